/* Independent truth for kernel tests: slow direct integrals in long double, without the library. */
#ifndef KERNEL_TRUTH_H
#define KERNEL_TRUTH_H

/* An unscaled law: theta^{1+nu} beta(theta) and its exponent, support (0, end]. */
typedef struct truth_law {
    long double (*smooth)(long double theta, const void *parameter);
    const void *parameter;
    long double nu, end;
} truth_law;

/* int beta(theta) theta^2 g(scale theta) dtheta, that is int beta^eps theta^2 g dtheta with scale = eps/pi: double exponential rule with
 * about 5000 points after the substitution u = (theta/end)^{2-nu}, which makes the singular measure flat. */
long double truth_integral(const truth_law *law, long double scale, long double (*g)(long double theta, const void *data),
                           const void *data);

/* int_a^b f, double exponential. */
long double truth_interval(long double a, long double b, long double (*f)(long double x, const void *data), const void *data);

/* lambda_l of beta^eps; 1 - P_l = sum_k g_k g_{l-k} 2 sin^2((l-2k) theta/2), g_k = binomial(2k, k)/4^k: all terms positive. */
long double truth_eigenvalue(const truth_law *law, long double scale, int l);

/* m_k of beta^eps. */
long double truth_moment(const truth_law *law, long double scale, int k);

/* theta^{1+nu} beta = 1 */
long double truth_power_law(long double theta, const void *parameter);

/* Uniform in (low, high), from a generator with its state in *seed. */
double truth_random(unsigned long long *seed, double low, double high);

extern const long double truth_pi;

#endif

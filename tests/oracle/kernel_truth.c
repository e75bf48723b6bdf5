#include "oracle/kernel_truth.h"

#include <math.h>
#include <stdlib.h>

const long double truth_pi = 3.14159265358979323846264338327950288L;

enum { POINTS = 5001, LARGEST_DEGREE = 400 };

/* The rule on (0, 1): x = 1/(1 + exp(-pi sinh t)), its distance from 1, its logarithm, weight. */
typedef struct point {
    long double x, complement, logarithm, weight;
} point;

static const point *rule(int *count)
{
    static point points[POINTS];
    *count = getenv("GRZ_EMULATED_PROCESSOR") ? POINTS / 5 : POINTS; /* valgrind looks at memory, and takes its time */
    if (points[*count / 2].weight > 0) return points;
    const long double range = 5.4L, step = 2 * range / (*count - 1);
    for (int i = 0; i < *count; i++) {
        long double t = -range + step * i, s = truth_pi * sinhl(t), x = 1 / (1 + expl(-s)), complement = 1 / (1 + expl(s));
        points[i] = (point){x, complement, x < 0.5L ? logl(x) : log1pl(-complement), step * truth_pi * coshl(t) * x * complement};
    }
    return points;
}

long double truth_integral(const truth_law *law, long double scale, long double (*g)(long double theta, const void *data), const void *data)
{
    long double sum = 0, power = 2 - law->nu;
    int count;
    const point *p = rule(&count);
    for (int i = 0; i < count; i++) {
        if (!(p[i].x > 0) || !(p[i].weight > 0)) continue;
        /* For nu near 2 nearly all of u has angles where g has long reached its limit at 0. */
        long double theta = fmaxl(law->end * expl(p[i].logarithm / power), 1e-140L);
        sum += p[i].weight * law->smooth(theta, law->parameter) * g(scale * theta, data);
    }
    return sum * powl(law->end, power) / power;
}

long double truth_interval(long double a, long double b, long double (*f)(long double x, const void *data), const void *data)
{
    long double sum = 0;
    int count;
    const point *p = rule(&count);
    for (int i = 0; i < count; i++)
        if (p[i].weight > 0) sum += p[i].weight * f(p[i].x < 0.5L ? a + (b - a) * p[i].x : b - (b - a) * p[i].complement, data);
    return sum * (b - a);
}

typedef struct legendre {
    int l;
    long double g[LARGEST_DEGREE + 1];
} legendre;

/* (1 - P_l)/theta^2 */
static long double loss(long double theta, const void *data)
{
    const legendre *p = data;
    long double sum = 0;
    for (int k = 0; 2 * k < p->l; k++) { /* k and l - k give the same */
        long double half = (p->l - 2 * k) * theta / 2, s = sinl(half) / theta;
        sum += p->g[k] * p->g[p->l - k] * 4 * s * s;
    }
    return sum;
}

long double truth_eigenvalue(const truth_law *law, long double scale, int l)
{
    legendre p = {l, {1}};
    for (int k = 0; k < l; k++) p.g[k + 1] = p.g[k] * (2 * k + 1) / (2 * k + 2);
    return -2 * truth_pi * truth_integral(law, scale, loss, &p);
}

static long double sine_power(long double theta, const void *data)
{
    int k = *(const int *)data;
    long double s = sinl(theta / 2);
    return powl(s * s, k - 1) * (s / theta) * (s / theta);
}

long double truth_moment(const truth_law *law, long double scale, int k)
{
    return 2 * truth_pi * truth_integral(law, scale, sine_power, &k);
}

long double truth_power_law(long double theta, const void *parameter)
{
    (void)theta, (void)parameter;
    return 1;
}

double truth_random(unsigned long long *seed, double low, double high)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * (double)(*seed >> 11) / 9007199254740992.0;
}

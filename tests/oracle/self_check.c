#include "self_check.h"

#include "bimaxwellian.h"
#include "brute_force.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const double PI = 3.14159265358979323846;

typedef struct {
    unsigned long long seed;
    int failures;
} checker;

static double uniform(checker *c, double low, double high)
{
    c->seed = c->seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * (double)(c->seed >> 11) / 9007199254740992.0;
}

static void judge(checker *c, const char *what, double worst, double tolerance)
{
    const int pass = worst <= tolerance; /* false for NaN */
    printf("%s  %-58s %9.2e  (%.0e)\n", pass ? "ok  " : "FAIL", what, worst, tolerance);
    c->failures += !pass;
}

static double relative(double x, double y)
{
    return x == y ? 0.0 : fabs(x - y) / fmax(fabs(x), fabs(y));
}

static double worst_of(double x, double y)
{
    return x > y || isnan(x) ? x : y;
}

static double tensor_relative(const double x[9], const double y[9])
{
    double difference = 0.0, size = 0.0;
    for (int i = 0; i < 9; ++i) {
        difference += (x[i] - y[i]) * (x[i] - y[i]);
        size += y[i] * y[i];
    }
    return difference == 0.0 ? 0.0 : sqrt(difference / size);
}

/* Worst relative deviation over all quantities. */
static double compare(const bimax_result *x, const bimax_result *y)
{
    double worst = relative(x->d_b, y->d_b);
    worst = worst_of(worst, relative(x->d_b_reduced, y->d_b_reduced));
    worst = worst_of(worst, relative(x->d_l, y->d_l));
    worst = worst_of(worst, relative(x->a_b, y->a_b));
    worst = worst_of(worst, relative(x->a_l, y->a_l));
    worst = worst_of(worst, tensor_relative(x->q_b, y->q_b));
    return worst_of(worst, tensor_relative(x->q_l, y->q_l));
}

static int solve(const bimax_problem *problem, bimax_result *result)
{
    const int status = bimax_oracle(problem, result);
    if (status != 0) {
        result->d_b = result->d_b_reduced = result->d_l = result->a_b = result->a_l = NAN;
        result->lambda_2 = result->c_beta = result->defect = NAN;
    }
    return status;
}

static double random_law(double theta, void *user)
{
    const double nu = *(const double *)user;
    return pow(theta, -1.0 - nu) * (1.0 + 0.5 * cos(theta)) + 0.1 * pow(theta, -nu);
}

static void random_problem(checker *c, double ratio, bimax_problem *p)
{
    static const double eps[] = {3.14159265358979323846, 1.0, 0.3, 1e-2, 1e-4, 1e-8, 0.0};
    static const double gamma[] = {-4.0, -3.0 - 1e-12, -3.0, -3.0 + 1e-9, -2.0, -1.0, 0.0, 1.0};
    double q[4];
    bimax_default(p);
    p->rho = uniform(c, 0.3, 3.0);
    const double scale = uniform(c, 0.4, 2.5);
    for (int i = 0; i < 3; ++i) {
        p->temperature[i] = scale * pow(ratio, uniform(c, 0.0, 1.0));
    }
    for (int i = 0; i < 4; ++i) {
        q[i] = uniform(c, -1.0, 1.0);
    }
    bimax_rotation(q, p->rotation);
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j <= i; ++j) {
            p->potential[3 * i + j] = p->potential[3 * j + i] = uniform(c, -1.0, 1.0);
        }
    }
    const int pick = (int)uniform(c, 0.0, 12.0);
    p->gamma = pick < 8 ? gamma[pick] : uniform(c, -4.0, 1.0);
    p->nu = uniform(c, 0.0, 1.99);
    p->eps = eps[(int)uniform(c, 0.0, 7.0)];
}

static void check_rules(checker *c)
{
    double worst = 0.0, node[80], weight[80];
    static const double exponent[] = {-0.995, -0.5, 0.0, 0.3, 1.0};
    for (int n = 1; n <= 80; n = n < 6 ? n + 1 : 2 * n) {
        for (int e = 0; e < 5; ++e) {
            if (bimax_gauss(n, exponent[e], node, weight) != 0) {
                worst = NAN;
            }
            for (int k = 0; k < 2 * n; k = k < 4 ? k + 1 : k + 7) {
                double sum = 0.0;
                for (int i = 0; i < n; ++i) {
                    sum += weight[i] * pow(node[i], k);
                }
                worst = worst_of(relative(sum, 1.0 / (k + 1.0 + exponent[e])), worst);
            }
        }
    }
    judge(c, "Gauss rules integrate monomials", worst, 5e-14);
}

static void check_orders(checker *c)
{
    double doubled = 0.0, defect = 0.0, longest = 0.0, order = 0.0;
    for (int k = 0; k < 60; ++k) {
        bimax_problem p;
        bimax_result coarse, fine;
        random_problem(c, k < 40 ? 4.0 : 12.0, &p);
        double nu = p.nu;
        if (k % 5 == 1) {
            p.law = BIMAX_SPHERE;
        } else if (k % 5 == 2) {
            p.law = BIMAX_COULOMB;
            p.eps = p.eps < 1.0 ? p.eps : uniform(c, 0.01, 0.9);
        } else if (k % 5 == 3) {
            p.law = BIMAX_CALLBACK;
            p.beta = random_law;
            p.user = &nu;
        }
        const clock_t start = clock();
        solve(&p, &coarse);
        if (k < 40) {
            longest = fmax(longest, 1e3 * (double)(clock() - start) / CLOCKS_PER_SEC);
        }
        p.refine = 1;
        solve(&p, &fine);
        doubled = worst_of(compare(&coarse, &fine), doubled);
        defect = worst_of(coarse.defect, defect);
        order = worst_of(coarse.d_b_reduced / coarse.d_b - 1.0, order);
    }
    judge(c, "doubling every quadrature order changes nothing", doubled, 1e-13);
    judge(c, "D_B by differences equals D_B by lambda_2", defect, 1e-13);
    judge(c, "D_B >= D_B^R", order, 1e-13);
    printf("      longest evaluation, temperature ratio up to 4: %.1f ms of processor time\n", longest);
}

static void check_limit(checker *c)
{
    double at_zero = 0.0, rate = 0.0;
    for (int k = 0; k < 12; ++k) {
        bimax_problem p;
        bimax_result r, s;
        random_problem(c, 5.0, &p);
        p.law = k % 3 == 0 ? BIMAX_SPHERE : BIMAX_POWER;
        p.eps = 0.0;
        solve(&p, &r);
        s = r; /* at eps = 0 every Boltzmann value must be the Landau one */
        s.d_b = s.d_b_reduced = s.d_l;
        s.a_b = s.a_l;
        memcpy(s.q_b, s.q_l, sizeof s.q_b);
        at_zero = worst_of(compare(&r, &s), at_zero);
        double gap[2], reduced[2], action[2];
        for (int i = 0; i < 2; ++i) {
            p.eps = i == 0 ? 2e-2 : 1e-2;
            solve(&p, &r);
            gap[i] = r.d_b - r.d_l;
            reduced[i] = r.d_b_reduced - r.d_l;
            action[i] = r.a_b - r.a_l;
        }
        rate = worst_of(fabs(gap[0] / gap[1] / 4.0 - 1.0), rate);
        rate = worst_of(fabs(reduced[0] / reduced[1] / 4.0 - 1.0), rate);
        rate = worst_of(fabs(action[0] / action[1] / 4.0 - 1.0), rate);
    }
    judge(c, "eps = 0 gives the Landau values", at_zero, 1e-13);
    judge(c, "D_B - D_L, D_B^R - D_L, A_B - A_L are of order eps^2", rate, 2e-3);
}

/* Trubnikov's rate for T = (T_par, T_perp, T_perp), as in the NRL formulary: dT_perp/dt = -(1/2) dT_par/dt
 * = -nu_T (T_perp - T_par), nu_T = 2 sqrt(pi) e^4 n lambda m^{-1/2} T_par^{-3/2} A^{-2} (-3 + (A+3) atan(sqrt A)/sqrt A),
 * A = T_perp/T_par - 1. The operator (3.10) with gamma = -3 has 2 pi e^4 lambda / m^2 = 1; here m = 1. */
static double trubnikov(double rho, double parallel, double perpendicular)
{
    const double a = perpendicular / parallel - 1.0;
    const double angle = a > 0.0 ? atan(sqrt(a)) / sqrt(a) : atanh(sqrt(-a)) / sqrt(-a);
    const double rate = 2.0 * sqrt(PI) / (2.0 * PI) * rho * pow(parallel, -1.5) / (a * a) * (-3.0 + (a + 3.0) * angle);
    return 2.0 * rho * rate * (perpendicular - parallel);
}

static void check_closed_forms(checker *c)
{
    double coulomb = 0.0, maxwell = 0.0, spectrum = 0.0;
    for (int k = 0; k < 20; ++k) {
        bimax_problem p;
        bimax_result r;
        bimax_default(&p);
        p.rho = uniform(c, 0.2, 4.0);
        p.temperature[0] = uniform(c, 0.3, 3.0);
        p.temperature[1] = p.temperature[2] = p.temperature[0] * pow(20.0, k % 2 ? uniform(c, 0.3, 1.0) : uniform(c, -1.0, -0.3));
        p.gamma = -3.0;
        p.parts = BIMAX_REDUCED;
        solve(&p, &r);
        coulomb = worst_of(relative(r.q_l[0], trubnikov(p.rho, p.temperature[0], p.temperature[1])), coulomb);
    }
    judge(c, "Coulomb Landau: <Q_L, v_x^2> is Trubnikov's closed form", coulomb, 2e-13);
    for (int k = 0; k < 20; ++k) {
        bimax_problem p;
        bimax_result r;
        random_problem(c, 6.0, &p);
        p.gamma = 0.0;
        solve(&p, &r);
        double decay[9], landau[9];
        const double mean = (p.temperature[0] + p.temperature[1] + p.temperature[2]) / 3.0;
        for (int i = 0; i < 9; ++i) {
            double stress = 0.0;
            for (int j = 0; j < 3; ++j) {
                stress += p.rotation[3 * (i / 3) + j] * p.rotation[3 * (i % 3) + j] * (p.temperature[j] - mean);
            }
            decay[i] = 0.5 * r.lambda_2 * p.rho * p.rho * stress;
            landau[i] = -12.0 * p.rho * p.rho * stress;
        }
        maxwell = worst_of(tensor_relative(r.q_b, decay), maxwell);
        maxwell = worst_of(tensor_relative(r.q_l, landau), maxwell);
    }
    judge(c, "Maxwell molecules: stress decays at -lambda_2/2, Landau 12", maxwell, 2e-13);
    bimax_problem p;
    bimax_result r;
    bimax_default(&p);
    p.parts = BIMAX_REDUCED;
    p.law = BIMAX_SPHERE;
    p.amplitude = 0.7;
    solve(&p, &r);
    spectrum = worst_of(relative(r.lambda_2, -2.0 * PI * 0.7), spectrum);
    p.law = BIMAX_COULOMB;
    p.eps = 0.05;
    p.amplitude = 0.0;
    solve(&p, &r);
    /* int sin^2(theta) theta^{-3}, from eps to pi/2, by Simpson's rule in log(theta) */
    double sum = 0.0;
    const int steps = 20000;
    const double step = log(0.5 * PI / p.eps) / steps;
    for (int i = 0; i <= steps; ++i) {
        const double theta = p.eps * exp(i * step), s = sin(theta) / theta;
        sum += (i == 0 || i == steps ? 1.0 : i % 2 ? 4.0 : 2.0) * s * s * step / 3.0;
    }
    spectrum = worst_of(relative(r.lambda_2, -3.0 * PI * 8.0 / PI * sum / log(1.0 / p.eps)), spectrum);
    p.law = BIMAX_POWER; /* -3 pi c int theta^{-1-nu} sin^2(theta) by the series of sin^2 */
    p.eps = PI;
    for (p.nu = 0.1; p.nu < 2.0; p.nu += 0.3) {
        solve(&p, &r);
        double term = 1.0, series = 0.0;
        for (int k = 1; k < 25; ++k) {
            term *= k == 1 ? 2.0 * 0.5 : -4.0 / ((2.0 * k) * (2.0 * k - 1.0)); /* sin^2 t = t^2 - t^4/3 + ... */
            series += term * pow(0.5 * PI, 2.0 * k - p.nu) / (2.0 * k - p.nu);
        }
        const double amplitude = 8.0 / PI * (2.0 - p.nu) / pow(0.5 * PI, 2.0 - p.nu);
        spectrum = worst_of(relative(r.lambda_2, -3.0 * PI * amplitude * series), spectrum);
    }
    judge(c, "lambda_2 of spheres, Coulomb and power laws", spectrum, 2e-13);
}

static void check_identities(checker *c)
{
    double entropy = 0.0, invariant = 0.0, homogeneous = 0.0, rotated = 0.0, pole = 0.0;
    for (int k = 0; k < 20; ++k) {
        bimax_problem p, q;
        bimax_result r, s;
        random_problem(c, 4.0, &p);
        solve(&p, &r);
        q = p; /* phi = log f: the actions are the dissipations, and -int Q log f = D */
        double b = 0.0, l = 0.0;
        for (int i = 0; i < 9; ++i) {
            q.potential[i] = 0.0;
            for (int j = 0; j < 3; ++j) {
                q.potential[i] -= 0.5 * p.rotation[3 * (i / 3) + j] * p.rotation[3 * (i % 3) + j] / p.temperature[j];
            }
            b -= q.potential[i] * r.q_b[i];
            l -= q.potential[i] * r.q_l[i];
        }
        solve(&q, &s);
        entropy = worst_of(relative(s.a_b, r.d_b), entropy);
        entropy = worst_of(relative(s.a_l, r.d_l), entropy);
        /* relative to the terms of the sum, which cancel for small anisotropy */
        entropy = worst_of(fabs(b - r.d_b) / (r.d_b + fabs(q.potential[0] * r.q_b[0])), entropy);
        entropy = worst_of(fabs(l - r.d_l) / (r.d_l + fabs(q.potential[0] * r.q_l[0])), entropy);
        q = p; /* phi = |v|^2 is a collision invariant */
        for (int i = 0; i < 9; ++i) {
            q.potential[i] = i % 4 == 0;
        }
        solve(&q, &s);
        invariant = worst_of(s.a_b / r.a_b + s.a_l / r.a_l, invariant);
        q = p; /* f -> c f and v -> v sqrt(c) */
        q.rho *= 3.0;
        for (int i = 0; i < 3; ++i) {
            q.temperature[i] *= 2.0;
        }
        solve(&q, &s);
        const double factor = 9.0 * pow(2.0, 0.5 * p.gamma);
        s.d_b /= factor;
        s.d_b_reduced /= factor;
        s.d_l /= factor;
        s.a_b /= 4.0 * factor;
        s.a_l /= 4.0 * factor;
        for (int i = 0; i < 9; ++i) {
            s.q_b[i] /= 2.0 * factor;
            s.q_l[i] /= 2.0 * factor;
        }
        homogeneous = worst_of(compare(&r, &s), homogeneous);
        q = p; /* the same f with its axes named in another order */
        for (int i = 0; i < 3; ++i) {
            q.temperature[i] = p.temperature[(i + 1) % 3];
            for (int j = 0; j < 3; ++j) {
                q.rotation[3 * j + i] = p.rotation[3 * j + (i + 1) % 3];
            }
        }
        solve(&q, &s);
        rotated = worst_of(compare(&r, &s), rotated);
        double value[3]; /* D_B^R is smooth through gamma = -3 */
        for (int i = 0; i < 3; ++i) {
            p.gamma = -3.0 + (i - 1) * 1e-4;
            solve(&p, &r);
            value[i] = r.d_b_reduced;
        }
        pole = worst_of(fabs(0.5 * (value[0] + value[2]) / value[1] - 1.0), pole);
    }
    judge(c, "A(f, log f) = D = -int Q log f, both operators", entropy, 3e-13);
    judge(c, "the action of |v|^2 vanishes", invariant, 1e-26);
    judge(c, "homogeneity in density and temperature", homogeneous, 1e-13);
    judge(c, "order of the axes", rotated, 1e-13);
    judge(c, "D_B^R through gamma = -3: second difference, step 1e-4", pole, 1e-7);
}

static void check_brute_force(checker *c)
{
    static const double temperature[4][3] = {{1.0, 1.0, 1.7}, {0.6, 0.9, 1.15}, {1.3, 0.75, 1.0}, {2.0, 1.1, 1.5}};
    static const double gamma[4] = {0.0, -3.0, -4.0, 1.0}, nu[4] = {0.5, 1.2, 1.7, 0.8}, eps[4] = {1.2, 1.0, 0.8, 0.5};
    for (int k = 0; k < 4; ++k) {
        bimax_problem p;
        bimax_result exact, direct;
        char line[80];
        random_problem(c, 2.0, &p);
        memcpy(p.temperature, temperature[k], sizeof p.temperature);
        p.gamma = gamma[k];
        p.nu = nu[k];
        p.eps = eps[k];
        const double u[3] = {uniform(c, -1.0, 1.0), uniform(c, -1.0, 1.0), uniform(c, -1.0, 1.0)};
        const int status = solve(&p, &exact) | brute_force(&p, u, &direct);
        snprintf(line, sizeof line, "brute force, gamma = %g, T = %g %g %g", p.gamma, p.temperature[0], p.temperature[1], p.temperature[2]);
        judge(c, line, status == 0 ? compare(&exact, &direct) : NAN, 2e-6);
        fflush(stdout);
    }
}

int oracle_self_check(int fast)
{
    checker c = {20220203ULL, 0};
    check_rules(&c);
    check_closed_forms(&c);
    check_identities(&c);
    check_limit(&c);
    check_orders(&c);
    if (!fast) {
        check_brute_force(&c);
    }
    printf(c.failures == 0 ? "all checks passed\n" : "%d checks FAILED\n", c.failures);
    return c.failures != 0;
}

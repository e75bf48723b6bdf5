/* Gauss rules and special functions of one variable against quadruple precision recurrences and closed forms. */
#include "quadrature/quadrature.h"

#include "support/check.h"
#include "support/norms.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#ifdef __SIZEOF_FLOAT128__
__extension__ typedef __float128 quad;
#else
typedef long double quad;
#endif

static grz_context *context;

static void setup(void)
{
    ck_assert_int_eq(grz_context_create(&context), GRZ_OK);
}

static void teardown(void)
{
    grz_context_destroy(&context);
}

/* Some emulators run long double in double: then the library's sums are good to less. */
static int wide_is_wider(void)
{
    volatile long double one = 1, tiny = DBL_EPSILON / 64;
    return one + tiny != one;
}

static quad magnitude(quad x)
{
    return x < 0 ? -x : x;
}

/* P_n of the weight x^a (1-x)^b and its derivative by the textbook recurrence in t = 2x - 1: P_{k+1} = (u_k t + v_k) P_k - z_k P_{k-1}. */
static void jacobi_recurrence(int n, quad a, quad b, quad recurrence[][3])
{
    quad s = a + b;
    for (int k = 1; k < n; k++) {
        quad c = 2 * (k + 1) * (k + s + 1) * (2 * k + s);
        recurrence[k][0] = (2 * k + s + 1) * (2 * k + s + 2) * (2 * k + s) / c;
        recurrence[k][1] = (2 * k + s + 1) * (b * b - a * a) / c;
        recurrence[k][2] = 2 * (k + a) * (k + b) * (2 * k + s + 2) / c;
    }
}

static void jacobi(int n, quad a, quad b, quad recurrence[][3], quad x, quad *value, quad *slope)
{
    quad s = a + b, t = 2 * x - 1, p0 = 1, p1 = ((s + 2) * t + b - a) / 2, d0 = 0, d1 = (s + 2) / 2;
    for (int k = 1; k < n; k++) {
        quad factor = recurrence[k][0] * t + recurrence[k][1];
        quad p2 = factor * p1 - recurrence[k][2] * p0, d2 = factor * d1 + recurrence[k][0] * p1 - recurrence[k][2] * d0;
        p0 = p1, p1 = p2, d0 = d1, d1 = d2;
    }
    *value = p1;
    *slope = 2 * d1;
}

static const double exponents[][2] = {{0, 0},   {-0.5, -0.5},    {0.5, 0.5}, {-0.9, 1.5},   {-0.999, -0.9},   {3.3, 10},
                                      {10, 10}, {-0.25, -0.999}, {2, 0},     {1.37, -0.61}, {-1 + 1e-9, 0.5}, {9.99, -0.97}};
enum { EXPONENTS = sizeof exponents / sizeof exponents[0] };

/* Weights are proportional to 1/(x (1-x) P_n'^2); their sum is B(a+1, b+1). */
START_TEST(gauss_jacobi_agrees_with_quadruple_precision)
{
    const int counts[] = {1, 2, 3, 5, 16, 40, 127, 500};
    double a = exponents[_i][0], b = exponents[_i][1], total = tgamma(a + 1) * tgamma(b + 1) / tgamma(a + b + 2);
    for (int c = 0; c < 8; c++) {
        int n = counts[c];
        double x[500], w[500], node_error = 0, weight_error = 0;
        static quad recurrence[500][3];
        quad reference[500], sum = 0;
        jacobi_recurrence(n, a, b, recurrence);
        ck_assert_int_eq(grzi_gauss_jacobi(context, n, a, b, x, w), GRZ_OK);
        for (int i = 0; i < n; i++) {
            ck_assert(x[i] > 0 && x[i] < 1 && w[i] > 0 && (i == 0 || x[i] > x[i - 1]));
            quad y = x[i], value, slope;
            for (int step = 0; step < 2; step++) {
                jacobi(n, a, b, recurrence, y, &value, &slope);
                y -= value / slope;
            }
            jacobi(n, a, b, recurrence, y, &value, &slope);
            reference[i] = 1 / (y * (1 - y) * slope * slope);
            sum += reference[i];
            keep_largest(&node_error, (double)magnitude((x[i] - y) / y));
        }
        for (int i = 0; i < n; i++) keep_largest(&weight_error, fabs((double)(w[i] / (reference[i] / sum * total) - 1)));
        double tolerance = wide_is_wider() ? 1e-15 : n <= 127 ? 1e-14 : 3e-14;
        ck_assert_msg(node_error < tolerance && weight_error < tolerance, "a %g b %g n %d: nodes %.1e, weights %.1e", a, b, n, node_error,
                      weight_error);
    }
}
END_TEST

/* Moments of x^k and (1-x)^k are ratios of beta functions; degree 2n is beyond the rule by the norm of the monic polynomial. */
START_TEST(gauss_jacobi_is_exact_to_its_degree)
{
    double a = exponents[_i][0], b = exponents[_i][1];
    for (int n = 1; n <= 64; n = 2 * n + (n == 1)) {
        double x[64], w[64];
        ck_assert_int_eq(grzi_gauss_jacobi(context, n, a, b, x, w), GRZ_OK);
        long double left = tgammal(a + 1.0L) * tgammal(b + 1.0L) / tgammal(a + b + 2.0L), right = left;
        for (int k = 0; k <= 2 * n; k++) {
            long double sum = 0, mirrored = 0;
            for (int i = 0; i < n; i++) {
                sum += w[i] * powl(x[i], k);
                mirrored += w[i] * powl(1.0L - x[i], k);
            }
            double error = larger(fabs((double)(sum / left - 1)), fabs((double)(mirrored / right - 1)));
            if (k < 2 * n)
                ck_assert_msg(error < 1e-13, "a %g b %g n %d k %d: %.2e", a, b, n, k, error);
            else if (n <= 3 && smaller(a, b) > -0.9)
                ck_assert_msg(error > 1e-5, "a %g b %g n %d: degree %d too good (%.2e)", a, b, n, k, error);
            left *= (a + k + 1) / (a + b + k + 2);
            right *= (b + k + 1) / (a + b + k + 2);
        }
    }
}
END_TEST

START_TEST(gauss_jacobi_refuses)
{
    double x[2] = {7, 7}, w[2] = {7, 7};
    ck_assert_int_eq(grzi_gauss_jacobi(context, 0, 0, 0, x, w), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grzi_gauss_jacobi(context, 2, -1, 0, x, w), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grzi_gauss_jacobi(context, 2, 0, -1.5, x, w), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grzi_gauss_jacobi(context, 2, NAN, 0, x, w), GRZ_ERROR_NOT_FINITE);
    ck_assert_int_eq(grzi_gauss_jacobi(context, 2, 0, INFINITY, x, w), GRZ_ERROR_NOT_FINITE);
    ck_assert(x[0] == 7 && w[1] == 7);
}
END_TEST

/* A measure of 3000 points on (0, scale], graded towards 0: its Gauss rule has its moments, in units of the scale. */
START_TEST(gauss_of_measure_has_the_moments)
{
    enum { SIZE = 3000 };
    const double scales[] = {1, 1e-17, 3e-300, 1e12};
    static double x[SIZE], w[SIZE];
    double scale = scales[_i], factor = _i == 1 ? 1e60 : 0.3;
    for (int i = 0; i < SIZE; i++) {
        double u = (i + 0.5) / SIZE;
        x[(i * 7) % SIZE] = scale * u * u * u;
        w[(i * 7) % SIZE] = factor * pow(u, -0.7) * (2 + sin(40 * u));
    }
    long double moments[81] = {0};
    for (int i = 0; i < SIZE; i++)
        for (int k = 0; k <= 80; k++) moments[k] += w[i] * powl(x[i] / scale, k);
    for (int n = 1; n <= 40; n++) {
        double nodes[40], weights[40], worst = 0;
        int found = -1;
        ck_assert_int_eq(grzi_gauss_of_measure(context, SIZE, x, w, n, nodes, weights, &found), GRZ_OK);
        ck_assert_int_eq(found, n);
        for (int i = 0; i < n; i++) ck_assert(nodes[i] > 0 && nodes[i] <= scale && weights[i] > 0 && (i == 0 || nodes[i] > nodes[i - 1]));
        for (int k = 0; k <= 2 * n; k++) {
            long double moment = moments[k], sum = 0;
            for (int i = 0; i < n; i++) sum += weights[i] * powl(nodes[i] / scale, k);
            double error = fabs((double)(sum / moment - 1));
            if (k < 2 * n)
                keep_largest(&worst, error);
            else if (n <= 4)
                ck_assert_msg(error > 1e-6, "n %d: degree %d too good (%.2e)", n, k, error);
        }
        ck_assert_msg(worst < 2e-13, "scale %g n %d: %.2e", scale, n, worst);
    }
}
END_TEST

/* The measure of a Gauss-Jacobi rule of 300 nodes has Gauss-Jacobi rules of less as its own. */
START_TEST(gauss_of_measure_finds_gauss_jacobi)
{
    double a = exponents[_i][0], b = exponents[_i][1], x[300], w[300], nodes[40], weights[40], y[40], v[40];
    int found = 0;
    ck_assert_int_eq(grzi_gauss_jacobi(context, 300, a, b, x, w), GRZ_OK);
    for (int n = 1; n <= 40; n += 13) {
        ck_assert_int_eq(grzi_gauss_of_measure(context, 300, x, w, n, nodes, weights, &found), GRZ_OK);
        ck_assert_int_eq(grzi_gauss_jacobi(context, n, a, b, y, v), GRZ_OK);
        double total = tgamma(a + 1) * tgamma(b + 1) / tgamma(a + b + 2);
        for (int i = 0; i < n; i++) {
            ck_assert_msg(fabs(nodes[i] - y[i]) < 1e-14, "a %g b %g n %d: node %d off by %.2e", a, b, n, i, nodes[i] - y[i]);
            ck_assert_msg(fabs(weights[i] - v[i]) < 1e-13 * total, "a %g b %g n %d: weight %d of %g off by %.2e", a, b, n, i, v[i],
                          weights[i] - v[i]);
        }
    }
}
END_TEST

START_TEST(gauss_of_small_measures_returns_the_support)
{
    const double x[] = {3, 1, 3, 2, 5}, w[] = {0.5, 2, 0.25, 1, 0};
    double nodes[8], weights[8];
    for (int n = 3; n <= 8; n++) {
        int found = 0;
        ck_assert_int_eq(grzi_gauss_of_measure(context, 5, x, w, n, nodes, weights, &found), GRZ_OK);
        ck_assert_int_eq(found, 3);
        for (int i = 0; i < 3; i++) ck_assert(fabs(nodes[i] - (i + 1)) < 1e-15 && fabs(weights[i] - (double[]){2, 1, 0.75}[i]) < 1e-15);
    }
    int found = 0;
    const double zero = 0, one = 1;
    ck_assert_int_eq(grzi_gauss_of_measure(context, 1, &zero, &one, 4, nodes, weights, &found), GRZ_OK);
    ck_assert(found == 1 && nodes[0] == 0 && weights[0] == 1);
    ck_assert_int_eq(grzi_gauss_of_measure(context, 1, &one, &zero, 4, nodes, weights, &found), GRZ_OK);
    ck_assert_int_eq(found, 0);
}
END_TEST

/* Clusters closer than rounding and weights of 1e-40 exhaust the measure numerically: the rule may be shorter, but never less positive. */
START_TEST(gauss_of_degenerate_measures_stays_positive)
{
    double x[60], w[60], nodes[40], weights[40];
    for (int i = 0; i < 60; i++) {
        x[i] = (i % 3 + 1) * (1 + 1e-16 * i);
        w[i] = i < 30 ? 1 : 1e-40;
    }
    x[59] = 1e8;
    int found = 0;
    ck_assert_int_eq(grzi_gauss_of_measure(context, 60, x, w, 40, nodes, weights, &found), GRZ_OK);
    ck_assert_int_ge(found, 3);
    for (int k = 0; k < 6; k++) {
        double sum = 0, moment = 0;
        for (int i = 0; i < 60; i++) moment += w[i] * pow(x[i], k);
        for (int i = 0; i < found; i++) {
            ck_assert(weights[i] > 0 && nodes[i] >= 1 && nodes[i] <= 1e8);
            sum += weights[i] * pow(nodes[i], k);
        }
        if (k < 2) ck_assert_msg(fabs(sum / moment - 1) < 1e-6, "moment %d: %.3e", k, sum / moment - 1);
    }
}
END_TEST

START_TEST(gauss_of_measure_refuses)
{
    const double x[] = {1, 2}, w[] = {1, -1}, bad[] = {1, NAN}, good[] = {1, 1};
    double nodes[2], weights[2];
    int found = 9;
    ck_assert_int_eq(grzi_gauss_of_measure(context, 2, x, w, 1, nodes, weights, &found), GRZ_ERROR_NOT_POSITIVE);
    ck_assert_int_eq(grzi_gauss_of_measure(context, 2, bad, good, 1, nodes, weights, &found), GRZ_ERROR_NOT_FINITE);
    ck_assert_int_eq(grzi_gauss_of_measure(context, 2, x, bad, 1, nodes, weights, &found), GRZ_ERROR_NOT_FINITE);
    ck_assert_int_eq(grzi_gauss_of_measure(context, 0, x, good, 1, nodes, weights, &found), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grzi_gauss_of_measure(context, 2, x, good, 0, nodes, weights, &found), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grzi_gauss_of_measure(context, 2, NULL, good, 1, nodes, weights, &found), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(found, 9);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    double x[64], w[64], nodes[16], weights[16];
    for (int i = 0; i < 64; i++) x[i] = i + 1, w[i] = 1;
    for (int rule = 0; rule < 2; rule++) {
        grz_status status = GRZ_ERROR_OUT_OF_MEMORY;
        int failures = 0;
        for (long n = 1; status != GRZ_OK; n++) {
            counting_allocator state = {0};
            grz_context *failing = NULL;
            ck_assert_int_eq(grz_context_create_with_allocator(counted_allocate, counted_release, &state, &failing), GRZ_OK);
            state.fail_at = state.calls + n;
            long before = state.outstanding;
            int found = 0;
            status = rule == 0 ? grzi_gauss_jacobi(failing, 16, 0.5, 2, nodes, weights)
                               : grzi_gauss_of_measure(failing, 64, x, w, 16, nodes, weights, &found);
            ck_assert(status == GRZ_OK || status == GRZ_ERROR_OUT_OF_MEMORY);
            ck_assert_int_eq(state.outstanding, before);
            failures += status != GRZ_OK;
            grz_context_destroy(&failing);
            ck_assert_int_eq(state.outstanding, 0);
        }
        ck_assert_int_ge(failures, 2);
    }
}
END_TEST

/* j_l = x^l/(2l+1)!! sum_k (-x^2/2)^k / (k! (2l+3)...(2l+2k+1)), no cancellation for x^2 < 2 (2l + 3). */
static quad bessel_series(int l, quad x)
{
    quad term = 1, sum = 0;
    for (int i = 1; i <= l; i++) term *= x / (2 * i + 1);
    for (int k = 1; k < 400 && magnitude(term) > magnitude(sum) * 1e-30; k++) {
        sum += term;
        term *= -x * x / (2 * k * (quad)(2 * l + 2 * k + 1));
    }
    return sum;
}

START_TEST(bessel_agrees_with_the_series)
{
    const double points[] = {1e-300, 1e-12, 1e-5, 0.013, 0.1, 0.5, 0.9999, 1, 1.3, 2, 2.99, 3.7, 5.5, 10, 17.3, 31.7};
    for (int i = 0; i < 16; i++)
        for (int lmax = 0; lmax <= 200; lmax = 3 * lmax + 1 > 200 && lmax < 200 ? 200 : 3 * lmax + 1) {
            double x = points[i], j[201];
            grzi_spherical_bessel(lmax, x, j);
            for (int l = 0; l <= lmax; l++) {
                double exact = (double)bessel_series(l, x);
                if (fabs(exact) < DBL_MIN) {
                    ck_assert_msg(fabs(j[l] - exact) < 1e-300, "j_%d(%g) = %g", l, x, j[l]);
                    continue;
                }
                double next = l < x ? (double)bessel_series(l + 1, x) : 0;
                double error = fabs(j[l] - exact) / hypot(exact, next);
                ck_assert_msg(error < 1e-13, "j_%d(%g) = %.17g, exact %.17g", l, x, j[l], exact);
            }
        }
}
END_TEST

/* sum (2l+1) j_l^2 = 1, sum (2l+1) j_l(x) j_l(y) P_l(t) = sinc |x - y|, and closed forms of low order, to large arguments. */
START_TEST(bessel_satisfies_its_sum_rules)
{
    static double j[1300], k[1300], P[1300];
    for (int i = 0; i < 200; i++) {
        double x = 1000.0 * (i + 1) / 200, y = 1000 - 4.3 * i, t = cos(0.3 + i), sum = 0, product = 0, weight = 0;
        grzi_spherical_bessel(1299, x, j);
        grzi_spherical_bessel(1299, y, k);
        grzi_legendre(1299, t, P);
        for (int l = 0; l < 1300; l++) {
            sum += (2 * l + 1) * j[l] * j[l];
            product += (2 * l + 1) * j[l] * k[l] * P[l];
            weight += (2 * l + 1) * fabs(j[l] * k[l] * P[l]);
        }
        double distance = sqrt(x * x + y * y - 2 * x * y * t);
        ck_assert_msg(fabs(sum - 1) < 2e-14, "x %g: %.2e", x, sum - 1);
        ck_assert_msg(fabs(product - sin(distance) / distance) < 1e-13 * larger(weight, 1), "x %g y %g: %.2e", x, y,
                      product - sin(distance) / distance);
        ck_assert(fabs(j[0] - sin(x) / x) < 1e-15 / x && fabs(j[1] - (sin(x) / x - cos(x)) / x) < 1e-15 / x);
    }
    grzi_spherical_bessel(200, 0, j);
    for (int l = 0; l <= 200; l++) ck_assert(j[l] == (l == 0));
}
END_TEST

START_TEST(legendre_agrees_with_closed_forms)
{
    double P[2001];
    for (int i = 0; i <= 100; i++) {
        double x = -1 + i / 50.0, y = x * x;
        grzi_legendre(8, x, P);
        const double exact[] = {1,
                                x,
                                (3 * y - 1) / 2,
                                x * (5 * y - 3) / 2,
                                (35 * y * y - 30 * y + 3) / 8,
                                x * (63 * y * y - 70 * y + 15) / 8,
                                (((231 * y - 315) * y + 105) * y - 5) / 16,
                                x * (((429 * y - 693) * y + 315) * y - 35) / 16,
                                ((((6435 * y - 12012) * y + 6930) * y - 1260) * y + 35) / 128};
        for (int l = 0; l <= 8; l++) ck_assert_msg(fabs(P[l] - exact[l]) < 1e-14, "P_%d(%g)", l, x);
        grzi_legendre(0, x, P);
        ck_assert(P[0] == 1);
    }
    grzi_legendre(2000, 1, P);
    for (int l = 0; l <= 2000; l++) ck_assert(fabs(P[l] - 1) < 1e-13);
    grzi_legendre(2000, -1, P);
    for (int l = 0; l <= 2000; l++) ck_assert(fabs(P[l] - (l % 2 ? -1 : 1)) < 1e-13);
}
END_TEST

/* sin(theta/2)^2 in quadruple precision, by the series of (1 - cos theta)/2. */
static quad half_angle(quad theta)
{
    quad term = theta * theta / 4, sum = 0;
    for (int k = 1; k < 60; k++) {
        sum += term;
        term *= -theta * theta / ((2 * k + 1) * (2 * k + 2));
    }
    return sum;
}

START_TEST(legendre_deficit_does_not_cancel)
{
    const double angles[] = {1e-9, 3.1e-8, 2.7e-7, 1e-5, 1e-3,   0.02,      0.1, 0.7, 1, 1.5, 1.5707963267948966,
                             1.6,  2.5,    3,      3.1,  3.1415, 3.14159265};
    static double deficit[2001];
    for (int i = 0; i < 17; i++) {
        grzi_legendre_deficit(2000, angles[i], deficit);
        quad y = half_angle(angles[i]), before = 1, P = 1 - 2 * y;
        ck_assert(deficit[0] == 0);
        for (int l = 1; l <= 2000; l++) {
            /* In the last rows 1 - P_l itself cancels for even l, down to 1e-12 of quadruple precision's 1e-34. */
            double exact = (double)((1 - P) / (2 * y)), error = fabs(deficit[l] / exact - 1);
            ck_assert_msg(error < 2e-14, "theta %g l %d: %.17g, exact %.17g", angles[i], l, deficit[l], exact);
            quad next = ((2 * l + 1) * (1 - 2 * y) * P - l * before) / (l + 1);
            before = P;
            P = next;
        }
    }
    for (int lmax = 0; lmax <= 2000; lmax += 500) {
        grzi_legendre_deficit(lmax, 0, deficit);
        for (int l = 0; l <= lmax; l++) ck_assert(fabs(deficit[l] - l * (l + 1.0) / 2) <= 1e-14 * deficit[l]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("quadrature");
    TCase *tests = tcase_create("quadrature");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, gauss_jacobi_agrees_with_quadruple_precision, 0, EXPONENTS);
    tcase_add_loop_test(tests, gauss_jacobi_is_exact_to_its_degree, 0, EXPONENTS);
    tcase_add_test(tests, gauss_jacobi_refuses);
    tcase_add_loop_test(tests, gauss_of_measure_has_the_moments, 0, 4);
    tcase_add_loop_test(tests, gauss_of_measure_finds_gauss_jacobi, 0, EXPONENTS);
    tcase_add_test(tests, gauss_of_small_measures_returns_the_support);
    tcase_add_test(tests, gauss_of_degenerate_measures_stays_positive);
    tcase_add_test(tests, gauss_of_measure_refuses);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, bessel_agrees_with_the_series);
    tcase_add_test(tests, bessel_satisfies_its_sum_rules);
    tcase_add_test(tests, legendre_agrees_with_closed_forms);
    tcase_add_test(tests, legendre_deficit_does_not_cancel);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

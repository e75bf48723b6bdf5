/* The spectral operators against truth: double sums over modes, the BKW solution, the grazing limit. GRZ_TEST_FULL=1: larger grids and all
 * parameters; prints what it finds. */
#include "oracle/spectral_direct.h"
#include "support/spectral.h"

#include <stdio.h>

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static void apply(grz_operator *op, const double *f, double *Q)
{
    apply_to(context, op, f, Q);
}

/* Boxes for n = 12 and 16 with the same largest wave number: what is compared is the same truncated sum. */
static int small(void)
{
    return full() ? 16 : 12;
}

static void compare_with_direct(double gamma, double nu, double eps, grz_equation equation, int count, const option_value *options,
                                double tolerance)
{
    int n = small();
    int64_t nodes = (int64_t)n * n * n;
    double *f = doubles(nodes), *Q = doubles(nodes), *exact = doubles(nodes), L = 0.2125 * n, R = 0.1 * n;
    direct_problem problem = {n, L, R, gamma, nu, equation == GRZ_EQUATION_LANDAU ? 0 : eps};
    option_value all[8] = {{GRZ_OPERATOR_OPTION_RADIUS, R}, {GRZ_OPERATOR_OPTION_CONSERVE, 1}, {GRZ_OPERATOR_OPTION_PADDED_NODES, 1.5 * n}};
    for (int i = 0; i < count; i++) all[3 + i] = options[i];
    grz_operator *op = make_operator(context, n, L, gamma, nu, eps, equation, 3 + count, all);
    const double T[2] = {0.6, 0.3};
    for (int density = 0; density < 2; density++) {
        if (density == 0)
            two_gaussians(n, L, 0.6, 0.25, f);
        else
            tilted_bimaxwellian(n, L, T, f);
        ck_assert_int_eq(direct_collision(&problem, f, exact), 0);
        apply(op, f, Q);
        double error = relative_difference(Q, exact, nodes);
        HOLDS(error <= tolerance, "gamma %g, nu %g, eps %g, density %d: relative error %.2e, allowed %.1e", gamma, nu, eps, density, error,
              tolerance);
    }
    grz_operator_destroy(&op);
    free(f);
    free(Q);
    free(exact);
}

static const double GAMMAS[4] = {1, 0, -1, -3};

START_TEST(radial_tensor_equals_the_double_sum)
{
    const option_value fine[2] = {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR}, {GRZ_OPERATOR_OPTION_ACCURACY, 3}};
    const option_value level[2] = {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR}, {GRZ_OPERATOR_OPTION_ACCURACY, 2}};
    for (int g = 0; g < (fast() ? 1 : 4); g += full() ? 1 : 3) {
        double gamma = GAMMAS[g];
        compare_with_direct(gamma, 0, 1, GRZ_EQUATION_BOLTZMANN, 2, level, 1e-4);
        compare_with_direct(gamma, 0.5, PI_, GRZ_EQUATION_BOLTZMANN, 2, level, 1e-4);
        compare_with_direct(gamma, 0, 1, GRZ_EQUATION_BOLTZMANN, 2, fine, 1e-6);
        compare_with_direct(gamma, 1.5, 1, GRZ_EQUATION_BOLTZMANN, 2, fine, 1e-6);
        if (!full()) continue;
        compare_with_direct(gamma, 1.5, 1, GRZ_EQUATION_BOLTZMANN, 2, level, 1e-4);
        compare_with_direct(gamma, 0.5, PI_, GRZ_EQUATION_BOLTZMANN, 2, fine, 1e-6);
        compare_with_direct(gamma, 1, 0.1, GRZ_EQUATION_BOLTZMANN, 2, fine, 1e-6);
    }
}
END_TEST

START_TEST(sphere_rule_equals_the_double_sum)
{
    const option_value fine[3] = {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE},
                                  {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, full() ? 35 : 27},
                                  {GRZ_OPERATOR_OPTION_RADIAL_NODES, full() ? 18 : 14}};
    for (int g = 0; g < (fast() ? 1 : 4); g += full() ? 1 : 3) {
        compare_with_direct(GAMMAS[g], 0, 1, GRZ_EQUATION_BOLTZMANN, 3, fine, 2e-7);
        compare_with_direct(GAMMAS[g], 1.5, 0.1, GRZ_EQUATION_BOLTZMANN, 3, fine, 2e-7);
        if (full()) compare_with_direct(GAMMAS[g], 0.5, PI_, GRZ_EQUATION_BOLTZMANN, 3, fine, 2e-7);
    }
}
END_TEST

START_TEST(landau_equals_the_double_sum)
{
    const option_value fit[2] = {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR}, {GRZ_OPERATOR_OPTION_ACCURACY, 3}};
    for (int i = fast() ? 3 : 0; i < 5; i += i < 3 && !full() ? 3 : 1) {
        double gamma = i < 4 ? GAMMAS[i] : -4;
        compare_with_direct(gamma, 0.5, PI_, GRZ_EQUATION_LANDAU, 0, NULL, 1e-10);
    }
    compare_with_direct(0, 0.5, PI_, GRZ_EQUATION_LANDAU, 2, fit, 1e-6);
}
END_TEST

/* At the size that solvers use: n = 32, the levels' own fits, transforms and aliasing against a refined sphere rule on the same modes whose
 * products do not alias, no projection. */
static void compare_with_refined_rule(double gamma, double nu, double eps)
{
    enum { N = 32, NODES = N * N * N };
    const double L = 6.62, R = 3, T[2] = {1.5, 0.75}, allowed[2] = {1e-4, 1e-6};
    const option_value refined[6] = {{GRZ_OPERATOR_OPTION_RADIUS, R},
                                     {GRZ_OPERATOR_OPTION_CONSERVE, 1},
                                     {GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE},
                                     {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, full() ? 35 : 21},
                                     {GRZ_OPERATOR_OPTION_RADIAL_NODES, full() ? 24 : 14},
                                     {GRZ_OPERATOR_OPTION_PADDED_NODES, 1.5 * N}};
    double *f = doubles(NODES), *Q = doubles(NODES), *reference = doubles(NODES);
    for (int density = full() ? 0 : 1; density < 2; density++) {
        if (density == 0)
            two_gaussians(N, L, 1.2, 0.5, f);
        else
            tilted_bimaxwellian(N, L, T, f);
        grz_operator *op = make_operator(context, N, L, gamma, nu, eps, GRZ_EQUATION_BOLTZMANN, 6, refined);
        apply(op, f, reference);
        grz_operator_destroy(&op);
        for (int level = 2; level <= (full() ? 3 : 2); level++) {
            const option_value chosen[3] = {
                {GRZ_OPERATOR_OPTION_RADIUS, R}, {GRZ_OPERATOR_OPTION_CONSERVE, 1}, {GRZ_OPERATOR_OPTION_ACCURACY, level}};
            op = make_operator(context, N, L, gamma, nu, eps, GRZ_EQUATION_BOLTZMANN, 3, chosen);
            apply(op, f, Q);
            double error = relative_difference(Q, reference, NODES);
            if (full()) printf("n 32, gamma %2g, nu %g, eps %.3g, density %d, level %d: %.1e\n", gamma, nu, eps, density, level, error);
            HOLDS(error <= allowed[level - 2], "gamma %g, nu %g, eps %g, density %d, level %d: relative error %.2e, allowed %.1e", gamma,
                  nu, eps, density, level, error, allowed[level - 2]);
            grz_operator_destroy(&op);
        }
    }
    free(f);
    free(Q);
    free(reference);
}

START_TEST(levels_hold_at_32)
{
    SKIP_IF(fast(), "n = 32");
    for (int g = full() ? 0 : 2; g < (full() ? 4 : 3); g++) {
        if (full()) compare_with_refined_rule(GAMMAS[g], 0, 1);
        compare_with_refined_rule(GAMMAS[g], 0.5, PI_);
        if (full()) compare_with_refined_rule(GAMMAS[g], 1.5, 1);
    }
}
END_TEST

/* BKW with K = 1 - exp(-6.5/6) by the sphere rule; isotropic, so that small rules are exact in the angles. */
typedef struct bkw_case {
    int n, degree, radii;
    double L, R, nu, eps;
} bkw_case;

static double bkw_error(const bkw_case *c, int relative, double *bytes)
{
    int64_t nodes = (int64_t)c->n * c->n * c->n, workspace;
    double *f = doubles(nodes), *exact = doubles(nodes), *Q = doubles(nodes), lambda[3], size;
    const option_value rule[4] = {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE},
                                  {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, c->degree},
                                  {GRZ_OPERATOR_OPTION_RADIAL_NODES, c->radii},
                                  {GRZ_OPERATOR_OPTION_RADIUS, c->R}};
    direct_spectrum(c->nu, c->eps, 2, lambda);
    bkw(c->n, c->L, 1 - exp(-6.5 / 6), lambda[2], f, exact);
    grz_operator *op = make_operator(context, c->n, c->L, 0, c->nu, c->eps, GRZ_EQUATION_BOLTZMANN, 4, rule);
    apply(op, f, Q);
    double error = difference(Q, exact, nodes);
    OK(grz_operator_projection_size(op, &size));
    HOLDS(size * largest(exact, nodes) <= error, "n %d, nu %g: projection %.2e, error %.2e", c->n, c->nu, size, error);
    HOLDS(moment_defect(c->n, c->L, Q) <= 1e-13, "n %d, nu %g: moments %.2e", c->n, c->nu, moment_defect(c->n, c->L, Q));
    OK(grz_operator_workspace(op, &workspace));
    if (bytes) *bytes = (double)workspace;
    error /= relative ? largest(exact, nodes) : 1;
    grz_operator_destroy(&op);
    free(f);
    free(exact);
    free(Q);
    return error;
}

/* The published cases: |z| <= 6 and |z| <= 8. */
START_TEST(bkw_cutoff)
{
    const bkw_case cases[2] = {{32, 3, 12, 6.62, 3, 0, 1}, {64, 3, 20, 8.83, 4, 0, 1}};
    const double errors[2] = {4e-8, 2e-12}, sizes[2] = {20e6, 200e6};
    for (int i = 0; i < (fast() ? 1 : 2); i++) {
        double bytes, error = bkw_error(cases + i, 0, &bytes);
        HOLDS(error <= errors[i] && bytes <= sizes[i], "n %d: error %.3e, %.0f bytes", cases[i].n, error, bytes);
    }
}
END_TEST

START_TEST(bkw_without_cutoff)
{
    const double epsilons[3] = {PI_, 1, 0.1};
    for (int i = 0; i < 9; i++) {
        double nu = 0.5 * (i / 3 + 1), eps = epsilons[i % 3];
        const bkw_case small = {32, 5, 16, 6.62, 3, nu, eps}, large = {64, 5, 24, 9.2, 4.4, nu, eps};
        double error = bkw_error(&small, 1, NULL);
        HOLDS(error <= 3e-6, "n 32, nu %g, eps %g: %.2e", nu, eps, error);
        if (!full() && (i != 5 || fast())) continue; /* two seconds each */
        double fine = bkw_error(&large, 1, NULL);
        HOLDS(fine <= 1e-10, "n 64, nu %g, eps %g: %.2e", nu, eps, fine);
        if (full()) printf("BKW, nu %g, eps %g: relative error %.2e (n 32), %.2e (n 64)\n", nu, eps, error, fine);
    }
}
END_TEST

START_TEST(bkw_by_the_radial_tensor)
{
    enum { N = 32 };
    const double L = 6.62, epsilons[3] = {PI_, 1, 0.1};
    int64_t nodes = N * N * N;
    double *f = doubles(nodes), *exact = doubles(nodes), *Q = doubles(nodes), lambda[3];
    const option_value tensor[2] = {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR}, {GRZ_OPERATOR_OPTION_RADIUS, 3}};
    for (int i = fast() ? 9 : 0; i < 9; i += full() ? 1 : 8) {
        double nu = 0.5 * (i / 3 + 1), eps = epsilons[i % 3];
        direct_spectrum(nu, eps, 2, lambda);
        bkw(N, L, 1 - exp(-6.5 / 6), lambda[2], f, exact);
        grz_operator *op = make_operator(context, N, L, 0, nu, eps, GRZ_EQUATION_BOLTZMANN, 2, tensor);
        apply(op, f, Q);
        double error = relative_difference(Q, exact, nodes);
        HOLDS(error <= 2e-5, "nu %g, eps %g: %.2e", nu, eps, error);
        HOLDS(moment_defect(N, L, Q) <= 1e-13, "moments %.2e", moment_defect(N, L, Q));
        grz_operator_destroy(&op);
    }
    free(f);
    free(exact);
    free(Q);
}
END_TEST

static void landau_bkw(int n, double L, double R, double modes, double tolerance)
{
    int64_t nodes = (int64_t)n * n * n;
    double *f = doubles(nodes), *exact = doubles(nodes), *Q = doubles(nodes), wrong = 0, all = 0;
    const option_value options[2] = {{GRZ_OPERATOR_OPTION_RADIUS, R}, {GRZ_OPERATOR_OPTION_MODES, modes}};
    bkw(n, L, 1 - exp(-6.5 / 6), -24, f, exact);
    grz_operator *op = make_operator(context, n, L, 0, 0.5, PI_, GRZ_EQUATION_LANDAU, 2, options);
    apply(op, f, Q);
    for (int64_t i = 0; i < nodes; i++) {
        wrong += pow(Q[i] - exact[i], 2);
        all += pow(exact[i], 2);
    }
    HOLDS(sqrt(wrong / all) <= tolerance, "n %d: relative L2 error %.2e", n, sqrt(wrong / all));
    grz_operator_destroy(&op);
    free(f);
    free(exact);
    free(Q);
}

START_TEST(bkw_landau)
{
    landau_bkw(32, 6.62, 3, 1, 3e-5);
    landau_bkw(48, 8.2, 4, 2, 2e-9);
}
END_TEST

/* Q_B^eps - Q_L = O(eps^2) at fixed n, by default and by both methods with quadratures of one's own, down to eps = 1e-6. */
static void check_limit(grz_spectral_scheme scheme, double gamma)
{
    enum { N = 12, STEPS = 5 };
    const double L = 2.55, epsilons[STEPS] = {0.2, 0.1, 0.05, 1e-3, 1e-6};
    int64_t nodes = N * N * N;
    double *f = doubles(nodes), *Q = doubles(nodes), *limit = doubles(nodes), distance[STEPS];
    const option_value options[4] = {{GRZ_OPERATOR_OPTION_PADDED_NODES, 18},
                                     {GRZ_OPERATOR_OPTION_RADIAL_NODES, 20},
                                     {GRZ_OPERATOR_OPTION_SCHEME, scheme},
                                     {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 11}};
    int by_default = scheme == 0;
    two_gaussians(N, L, 0.6, 0.25, f);
    grz_operator *op = make_operator(context, N, L, gamma, 1, PI_, GRZ_EQUATION_LANDAU, by_default ? 0 : 2, options);
    apply(op, f, limit);
    grz_operator_destroy(&op);
    for (int e = 0; e < STEPS; e++) {
        op = make_operator(context, N, L, gamma, 1, epsilons[e], GRZ_EQUATION_BOLTZMANN, by_default ? 0 : 4, options);
        apply(op, f, Q);
        distance[e] = relative_difference(Q, limit, nodes);
        grz_operator_destroy(&op);
        double constant = distance[0] / pow(epsilons[0], 2),
               order = e ? log(distance[e - 1] / distance[e]) / log(epsilons[e - 1] / epsilons[e]) : 2;
        /* the last term: rounding of lambda_l and of two different sums */
        HOLDS(distance[e] <= 1.3 * constant * pow(epsilons[e], 2) + 5e-13, "gamma %g, eps %g: difference %.2e, constant %.2e", gamma,
              epsilons[e], distance[e], constant);
        HOLDS(e > 3 || fabs(order - 2) < 0.03, "gamma %g, eps %g: order %.3f", gamma, epsilons[e], order);
        if (full()) printf("limit, scheme %d, gamma %g, eps %g: %.3e, order %.3f\n", (int)scheme, gamma, epsilons[e], distance[e], order);
    }
    free(f);
    free(Q);
    free(limit);
}

START_TEST(grazing_limit)
{
    for (int g = 0; g < 4; g += fast() ? 3 : 1) {
        check_limit(0, GAMMAS[g]);
        check_limit(GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR, GAMMAS[g]);
        check_limit(GRZ_SPECTRAL_SCHEME_SPHERE_RULE, GAMMAS[g]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral accuracy");
    TCase *tests = tcase_create("accuracy");
    tcase_set_timeout(tests, 3600);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, radial_tensor_equals_the_double_sum);
    tcase_add_test(tests, sphere_rule_equals_the_double_sum);
    tcase_add_test(tests, landau_equals_the_double_sum);
    tcase_add_test(tests, bkw_cutoff);
    tcase_add_test(tests, bkw_without_cutoff);
    tcase_add_test(tests, bkw_by_the_radial_tensor);
    tcase_add_test(tests, bkw_landau);
    tcase_add_test(tests, grazing_limit);
    TCase *levels = tcase_create("levels at 32");
    tcase_set_timeout(levels, 3600);
    tcase_add_checked_fixture(levels, open_context, close_context);
    tcase_add_test(levels, levels_hold_at_32);
    suite_add_tcase(suite, levels);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

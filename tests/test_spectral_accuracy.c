/* The spectral operators against truth: double sums over modes, the BKW solution, bi-Maxwellian moments, the grazing limit. */
#include "oracle/bimaxwellian.h"
#include "spectral_direct.h"
#include "spectral_support.h"

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
    if (grz_operator_apply(op, f, Q) != GRZ_OK) ck_abort_msg("%s", grz_context_last_message(context));
}

/* A box in which n = 16 resolves the densities to about 1e-4: what is compared is the same truncated sum. */
enum { SMALL = 16 };
static const double SMALL_L = 3.4, SMALL_R = 1.6;

static void compare_with_direct(double gamma, double nu, double eps, grz_equation equation, int count, const option_value *options,
                                double tolerance)
{
    int64_t nodes = SMALL * SMALL * SMALL;
    double *f = doubles(nodes), *Q = doubles(nodes), *exact = doubles(nodes);
    direct_problem problem = {SMALL, SMALL_L, SMALL_R, gamma, nu, equation == GRZ_LANDAU ? 0 : eps};
    option_value all[8] = {{GRZ_OPTION_RADIUS, SMALL_R}, {GRZ_OPTION_CONSERVE, 1}, {GRZ_OPTION_PADDED_NODES, 24}};
    for (int i = 0; i < count; i++) all[3 + i] = options[i];
    grz_operator *op = make_operator(context, SMALL, SMALL_L, gamma, nu, eps, equation, 3 + count, all);
    const double T[2] = {0.6, 0.3};
    for (int density = 0; density < 2; density++) {
        if (density == 0)
            two_gaussians(SMALL, SMALL_L, 0.6, 0.25, f);
        else
            tilted_bimaxwellian(SMALL, SMALL_L, T, f);
        ck_assert_int_eq(direct_collision(&problem, f, exact), 0);
        apply(op, f, Q);
        double error = difference(nodes, Q, exact) / largest(nodes, exact);
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
    const option_value fine[2] = {{GRZ_OPTION_SCHEME, GRZ_SCHEME_RADIAL_TENSOR}, {GRZ_OPTION_ACCURACY, 3}};
    const option_value level[2] = {{GRZ_OPTION_SCHEME, GRZ_SCHEME_RADIAL_TENSOR}, {GRZ_OPTION_ACCURACY, 2}};
    double gamma = GAMMAS[_i];
    compare_with_direct(gamma, 0, 1, GRZ_BOLTZMANN, 2, level, 1e-4);
    compare_with_direct(gamma, 0.5, PI_, GRZ_BOLTZMANN, 2, level, 1e-4);
    compare_with_direct(gamma, 1.5, 1, GRZ_BOLTZMANN, 2, level, 1e-4);
    compare_with_direct(gamma, 0, 1, GRZ_BOLTZMANN, 2, fine, 1e-6);
    compare_with_direct(gamma, 0.5, PI_, GRZ_BOLTZMANN, 2, fine, 1e-6);
    compare_with_direct(gamma, 1, 0.1, GRZ_BOLTZMANN, 2, fine, 1e-6);
    compare_with_direct(gamma, 1.5, 1, GRZ_BOLTZMANN, 2, fine, 1e-6);
}
END_TEST

START_TEST(sphere_rule_equals_the_double_sum)
{
    const option_value fine[3] = {
        {GRZ_OPTION_SCHEME, GRZ_SCHEME_SPHERE_RULE}, {GRZ_OPTION_SPHERE_DEGREE, 35}, {GRZ_OPTION_RADIAL_NODES, 18}};
    double gamma = GAMMAS[_i];
    compare_with_direct(gamma, 0, 1, GRZ_BOLTZMANN, 3, fine, 2e-7);
    compare_with_direct(gamma, 0.5, PI_, GRZ_BOLTZMANN, 3, fine, 2e-7);
    compare_with_direct(gamma, 1.5, 0.1, GRZ_BOLTZMANN, 3, fine, 2e-7);
}
END_TEST

START_TEST(landau_equals_the_double_sum)
{
    const option_value fit[2] = {{GRZ_OPTION_SCHEME, GRZ_SCHEME_RADIAL_TENSOR}, {GRZ_OPTION_ACCURACY, 3}};
    for (int i = 0; i < 5; i++) {
        double gamma = i < 4 ? GAMMAS[i] : -4;
        compare_with_direct(gamma, 0.5, PI_, GRZ_LANDAU, 0, NULL, 1e-10);
    }
    compare_with_direct(0, 0.5, PI_, GRZ_LANDAU, 2, fit, 1e-6);
}
END_TEST

/* The published case: cutoff Maxwell molecules, n = 32, |z| <= 6. */
START_TEST(bkw_cutoff)
{
    enum { N = 32 };
    const double L = 6.62, K = 1 - exp(-6.5 / 6);
    int64_t nodes = N * N * N;
    double *f = doubles(nodes), *exact = doubles(nodes), *Q = doubles(nodes);
    const option_value octahedron[4] = {
        {GRZ_OPTION_SCHEME, GRZ_SCHEME_SPHERE_RULE}, {GRZ_OPTION_SPHERE_DEGREE, 3}, {GRZ_OPTION_RADIAL_NODES, 12}, {GRZ_OPTION_RADIUS, 3}};
    bkw(N, L, K, -1, f, exact);
    grz_operator *op = make_operator(context, N, L, 0, 0, 1, GRZ_BOLTZMANN, 4, octahedron);
    apply(op, f, Q);
    double error = difference(nodes, Q, exact), size;
    int64_t bytes;
    HOLDS(error <= 4e-8, "error %.3e", error);
    OK(grz_operator_workspace(op, &bytes));
    ck_assert_int_le(bytes, 20000000);
    OK(grz_operator_projection_size(op, &size));
    HOLDS(size * largest(nodes, exact) <= error, "projection %.2e", size);
    HOLDS(moment_defect(N, L, Q) <= 1e-13, "moments %.2e", moment_defect(N, L, Q));
    grz_operator_destroy(&op);
    free(f);
    free(exact);
    free(Q);
}
END_TEST

START_TEST(bkw_without_cutoff)
{
    enum { N = 32 };
    const double L = 6.62, K = 1 - exp(-6.5 / 6), epsilons[3] = {PI_, 1, 0.1}, nu = 0.5 * (_i + 1);
    int64_t nodes = N * N * N;
    double *f = doubles(nodes), *exact = doubles(nodes), *Q = doubles(nodes), lambda[3];
    const option_value sphere[4] = {
        {GRZ_OPTION_SCHEME, GRZ_SCHEME_SPHERE_RULE}, {GRZ_OPTION_SPHERE_DEGREE, 5}, {GRZ_OPTION_RADIAL_NODES, 16}, {GRZ_OPTION_RADIUS, 3}};
    const option_value tensor[3] = {{GRZ_OPTION_SCHEME, GRZ_SCHEME_RADIAL_TENSOR}, {GRZ_OPTION_ACCURACY, 2}, {GRZ_OPTION_RADIUS, 3}};
    for (int e = 0; e < 3; e++) {
        direct_spectrum(nu, epsilons[e], 2, lambda);
        bkw(N, L, K, lambda[2], f, exact);
        grz_operator *op = make_operator(context, N, L, 0, nu, epsilons[e], GRZ_BOLTZMANN, 4, sphere);
        apply(op, f, Q);
        double error = difference(nodes, Q, exact) / largest(nodes, exact);
        HOLDS(error <= 3e-6, "sphere rule, nu %g, eps %g: %.2e", nu, epsilons[e], error);
        grz_operator_destroy(&op);
        op = make_operator(context, N, L, 0, nu, epsilons[e], GRZ_BOLTZMANN, 3, tensor);
        apply(op, f, Q);
        error = difference(nodes, Q, exact) / largest(nodes, exact);
        HOLDS(error <= 2e-5, "radial tensor, nu %g, eps %g: %.2e", nu, epsilons[e], error);
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
    const option_value options[2] = {{GRZ_OPTION_RADIUS, R}, {GRZ_OPTION_MODES, modes}};
    bkw(n, L, 1 - exp(-6.5 / 6), -24, f, exact);
    grz_operator *op = make_operator(context, n, L, 0, 0.5, PI_, GRZ_LANDAU, 2, options);
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

/* <Q, v_a v_b> of a tilted bi-Maxwellian against the oracle, in a box large enough. For soft potentials Qhat falls off only as
 * exp(-T k^2/4), which sets n. */
static void check_moments(int n, double L, double gamma, grz_equation equation, int count, const option_value *options, double tolerance)
{
    const double T[2] = {1.2, 0.9};
    int64_t nodes = (int64_t)n * n * n;
    double *f = doubles(nodes), *Q = doubles(nodes);
    double columns[9] = {1 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 1 / 3.0, -2 / 3.0, 2 / 3.0, -2 / 3.0, 1 / 3.0};
    bimax_problem problem;
    bimax_result result;
    bimax_default(&problem);
    memcpy(problem.rotation, columns, sizeof columns);
    problem.temperature[0] = T[0];
    problem.temperature[1] = problem.temperature[2] = T[1];
    problem.gamma = gamma;
    problem.nu = 1;
    problem.eps = 1;
    problem.parts = BIMAX_REDUCED;
    ck_assert_int_eq(bimax_oracle(&problem, &result), 0);
    const double *exact = equation == GRZ_LANDAU ? result.q_l : result.q_b;
    tilted_bimaxwellian(n, L, T, f);
    grz_operator *op = make_operator(context, n, L, gamma, 1, 1, equation, count, options);
    apply(op, f, Q);
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            double moment = second_moment(n, L, Q, a, b), off = fabs(moment - exact[3 * a + b]) / fabs(exact[1]);
            HOLDS(off <= tolerance, "gamma %g, equation %d: <Q, v_%d v_%d> = %.10g, exact %.10g, relative %.1e", gamma, (int)equation, a, b,
                  moment, exact[3 * a + b], off);
        }
    grz_operator_destroy(&op);
    free(f);
    free(Q);
}

static const option_value LARGE_R = {GRZ_OPTION_RADIUS, 5.1};

START_TEST(landau_moments_of_bimaxwellians)
{
    for (int i = 0; i < 5; i++) check_moments(48, 9.4, i < 4 ? GAMMAS[i] : -4, GRZ_LANDAU, 1, &LARGE_R, 1e-6);
}
END_TEST

START_TEST(sphere_rule_moments_of_bimaxwellians)
{
    option_value rule[4] = {
        LARGE_R, {GRZ_OPTION_SCHEME, GRZ_SCHEME_SPHERE_RULE}, {GRZ_OPTION_SPHERE_DEGREE, 19}, {GRZ_OPTION_RADIAL_NODES, 22}};
    check_moments(48, 9.4, GAMMAS[_i], GRZ_BOLTZMANN, 4, rule, 1e-6);
}
END_TEST

START_TEST(radial_tensor_moments_of_bimaxwellians)
{
    /* the default level promises 1e-4 */
    check_moments(40, 9.5, 0, GRZ_BOLTZMANN, 1, &LARGE_R, 3e-5);
    check_moments(40, 9.5, -3, GRZ_BOLTZMANN, 1, &LARGE_R, 3e-5);
}
END_TEST

/* Q_B^eps - Q_L = O(eps^2) at fixed n, down to eps = 1e-6. */
START_TEST(grazing_limit)
{
    enum { N = 16 };
    const double L = 3.4, epsilons[4] = {0.3, 0.03, 1e-3, 1e-6};
    int64_t nodes = N * N * N;
    double *f = doubles(nodes), *Q = doubles(nodes), *limit = doubles(nodes), gamma = GAMMAS[_i], constant = 0;
    const option_value padded[1] = {{GRZ_OPTION_PADDED_NODES, 24}};
    two_gaussians(N, L, 0.6, 0.25, f);
    grz_operator *op = make_operator(context, N, L, gamma, 1, PI_, GRZ_LANDAU, 1, padded);
    apply(op, f, limit);
    grz_operator_destroy(&op);
    for (int e = 0; e < 4; e++) {
        op = make_operator(context, N, L, gamma, 1, epsilons[e], GRZ_BOLTZMANN, 1, padded);
        apply(op, f, Q);
        double d = difference(nodes, Q, limit) / largest(nodes, limit), square = epsilons[e] * epsilons[e];
        if (e == 0) constant = d / square;
        HOLDS(d <= 1.3 * constant * square + 1e-13, "gamma %g, eps %g: difference %.2e, constant %.2e", gamma, epsilons[e], d, constant);
        grz_operator_destroy(&op);
    }
    free(f);
    free(Q);
    free(limit);
}
END_TEST

/* gamma = 0: the stress decays at rate -lambda_2/2. */
START_TEST(stress_of_maxwell_molecules)
{
    enum { N = 48 };
    const double L = 11, R = 5.8, nu = 0.5, T[2] = {1.2, 0.9};
    int64_t nodes = (int64_t)N * N * N;
    double *f = doubles(nodes), *Q = doubles(nodes), lambda[3];
    const option_value options[2] = {{GRZ_OPTION_RADIUS, R}, {GRZ_OPTION_SCHEME, GRZ_SCHEME_SEPARABLE}};
    tilted_bimaxwellian(N, L, T, f);
    grz_operator *op = make_operator(context, N, L, 0, nu, PI_, GRZ_LANDAU, 2, options);
    apply(op, f, Q);
    direct_spectrum(nu, 0, 2, lambda);
    double rate = second_moment(N, L, Q, 0, 1) / second_moment(N, L, f, 0, 1);
    HOLDS(fabs(rate - lambda[2] / 2) <= 1e-8 * fabs(lambda[2]), "rate %.12g, exact %.12g", rate, lambda[2] / 2);
    grz_operator_destroy(&op);
    free(f);
    free(Q);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral accuracy");
    TCase *tests = tcase_create("accuracy");
    tcase_set_timeout(tests, 1200);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, radial_tensor_equals_the_double_sum, 0, 4);
    tcase_add_loop_test(tests, sphere_rule_equals_the_double_sum, 0, 4);
    tcase_add_test(tests, landau_equals_the_double_sum);
    tcase_add_test(tests, bkw_cutoff);
    tcase_add_loop_test(tests, bkw_without_cutoff, 0, 3);
    tcase_add_test(tests, bkw_landau);
    tcase_add_loop_test(tests, grazing_limit, 0, 4);
    tcase_add_test(tests, stress_of_maxwell_molecules);
    suite_add_tcase(suite, tests);
    TCase *moments = tcase_create("moments");
    tcase_set_timeout(moments, 1200);
    tcase_add_checked_fixture(moments, open_context, close_context);
    tcase_add_test(moments, landau_moments_of_bimaxwellians);
    tcase_add_loop_test(moments, sphere_rule_moments_of_bimaxwellians, 0, 4);
    tcase_add_test(moments, radial_tensor_moments_of_bimaxwellians);
    suite_add_tcase(suite, moments);
    return run_suite(suite);
}

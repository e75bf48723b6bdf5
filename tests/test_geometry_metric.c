/* Metric derivatives against the dense solver; spectrum, affine bounds, moments out of reach, failures. */
#include "support/failing_operator.h"
#include "support/same_bits.h"
#include "support/scene.h"

#include <stdio.h>

/* g = K_f of a random potential: reachable, and not along the flow. */
static void random_rate(scene *s, uint64_t *seed, double *phi, double *g)
{
    double c[10];
    for (int i = 0; i < 10; i++) c[i] = uniform(seed) - 0.5;
    for (int64_t i = 0; i < s->count; i++) {
        double v[3];
        node_of(s, i, v);
        phi[i] = sin(c[0] + 2 * (c[1] * v[0] + c[2] * v[1] + c[3] * v[2])) + c[4] * v[0] * v[1] + c[5] * v[2] * v[2] +
                 c[6] * cos(v[1] * c[7] * 3);
    }
    OK(grz_operator_onsager(s->op, s->f, phi, g));
}

/* (7.1): never above, equal at the optimal potential */
START_TEST(affine_bounds)
{
    for (int equation = 0; equation < 2; equation++) {
        scene s;
        open_scene_of(&s, 8, 4, MIXTURE, -2, 0.5, 1, equation, 1);
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
        double *g = array_of(&s), *phi = array_of(&s), *image = array_of(&s), exact, bound, best;
        uint64_t seed = 21;
        random_rate(&s, &seed, phi, g);
        OK(grz_operator_action(s.op, s.f, phi, &exact));
        OK(grz_operator_metric_bound(s.op, s.f, g, phi, &bound, &best));
        NEAR(bound / exact, 1, 1e-12);
        NEAR(best / exact, 1, 1e-12);
        grz_metric *metric;
        double gap, square, *optimal = array_of(&s);
        OK(grz_metric_create(s.context, s.op, &metric));
        OK(grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 1e-12));
        OK(grz_metric_derivative(metric, s.f, g, &square, optimal));
        OK(grz_metric_gap(metric, s.f, g, optimal, &gap));
        ck_assert(gap >= 0 && gap < 1e-12 * square);
        random_rate(&s, &seed, phi, image);
        OK(grz_operator_metric_bound(s.op, s.f, g, phi, &bound, &best));
        OK(grz_metric_gap(metric, s.f, g, phi, &gap));
        NEAR((bound + gap) / exact, 1, 1e-6 * (1 + gap / exact));
        ck_assert(gap > 0.1 * exact);
        image[0] = NAN;
        ck_assert_int_eq(grz_metric_gap(NULL, s.f, g, phi, &gap), GRZ_ERROR_NULL_ARGUMENT);
        FAILS(s.context, grz_metric_gap(metric, s.f, image, phi, &gap), GRZ_ERROR_NOT_FINITE, "g");
        FAILS(s.context, grz_metric_gap(metric, s.f, g, image, &gap), GRZ_ERROR_NOT_FINITE, "psi");
        FAILS(s.context, grz_metric_gap(metric, s.f, g, phi, NULL), GRZ_ERROR_NULL_ARGUMENT, "gap");
        OK(grz_metric_gap(metric, s.f, s.f, phi, &gap)); /* f changes the mass */
        ck_assert(isinf(gap) && gap > 0);
        grz_metric_destroy(&metric);
        free(optimal);
        for (int trial = 0; trial < (full() ? 500 : 20); trial++) {
            random_rate(&s, &seed, phi, image);
            OK(grz_operator_metric_bound(s.op, s.f, g, phi, &bound, &best));
            HOLDS(bound <= best * (1 + 1e-12) && best <= exact * (1 + 1e-12), "bound %g, best %g, |f'|^2 %g", bound, best, exact);
        }
        free(g), free(phi), free(image);
        close_scene(&s);
    }
}
END_TEST

START_TEST(dense_and_iterative_solvers_agree)
{
    for (int equation = fast() ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++) {
        scene s;
        open_scene_of(&s, 8, 4, MIXTURE, -1, 0.5, 1, equation, 1);
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 9));
        double *phi = array_of(&s), *g = array_of(&s), *found = array_of(&s), *rates = array_of(&s), dense, iterative, expected;
        grz_metric *metric;
        uint64_t seed = 3;
        OK(grz_metric_create(s.context, s.op, &metric));
        OK(grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 1e-12));
        random_rate(&s, &seed, phi, g);
        OK(grz_operator_action(s.op, s.f, phi, &expected));
        OK(grz_metric_derivative(metric, s.f, g, &iterative, found));
        OK(grz_metric_derivative_dense(metric, s.f, g, &dense, phi));
        printf("n = 8: dense/action - 1 = %.1e, iterative/dense - 1 = %.1e, %d iterations\n", dense / expected - 1, iterative / dense - 1,
               grz_metric_iterations(metric));
        NEAR(iterative / dense, 1, 1e-8);
        NEAR(dense / expected, 1, 1e-8);
        OK(grz_metric_spectrum(metric, s.f, rates, NULL));
        for (int i = 0; i < 5; i++) HOLDS(fabs(rates[i]) < 1e-10 * rates[s.count - 1], "rate %d = %g", i, rates[i]);
        HOLDS(rates[5] > 1e-8 * rates[s.count - 1], "sixth rate %g", rates[5]);
        free(phi), free(g), free(found), free(rates);
        grz_metric_destroy(&metric);
        close_scene(&s);
    }
}
END_TEST

/* Modes are orthonormal with weight f, K_f m = rate f m, and the action of any potential is sum rate <m, phi>_f^2. */
START_TEST(spectrum_resolves_the_action)
{
    scene s;
    open_scene_of(&s, 8, 4, BIMAXWELLIAN, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 9));
    double *rates = array_of(&s), *modes = malloc(sizeof(double) * s.count * s.count), *phi = array_of(&s), *K = array_of(&s);
    double expected, action = 0;
    grz_metric *metric;
    uint64_t seed = 5;
    OK(grz_metric_create(s.context, s.op, &metric));
    OK(grz_metric_spectrum(metric, s.f, rates, modes));
    random_rate(&s, &seed, phi, K);
    OK(grz_operator_action(s.op, s.f, phi, &expected));
    for (int64_t a = 0; a < s.count; a++) {
        double component = 0;
        for (int64_t i = 0; i < s.count; i++) component += modes[a * s.count + i] * s.f[i] * phi[i];
        component *= s.cell;
        action += rates[a] * component * component;
        HOLDS(a == 0 || rates[a] >= rates[a - 1], "rates descend at %d", (int)a);
    }
    NEAR(action / expected, 1, 1e-10);
    for (int64_t a = 5; a < s.count; a += 73) {
        const double *m = modes + a * s.count;
        OK(grz_operator_action(s.op, s.f, m, &action));
        NEAR(action / rates[a], 1, 1e-8);
        for (int64_t i = 0; i < s.count; i++) K[i] = s.f[i] * m[i];
        NEAR(inner(&s, K, m), 1, 1e-9);
        NEAR(inner(&s, K, modes + (a - 1) * s.count), 0, 1e-9);
    }
    free(rates), free(modes), free(phi), free(K);
    grz_metric_destroy(&metric);
    close_scene(&s);
}
END_TEST

START_TEST(unreachable_derivatives)
{
    static const char *const words[] = {"none", "mass", "momentum along x", "momentum along y", "momentum along z", "energy"};
    scene s;
    open_scene_of(&s, 10, 4.5, BIMAXWELLIAN, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    double *g = array_of(&s), *Q = array_of(&s), *phi = array_of(&s), value;
    grz_metric *metric;
    OK(grz_metric_create(s.context, s.op, &metric));
    OK(grz_operator_apply(s.op, s.f, Q));
    for (int moment = 1; moment <= 5; moment++) {
        grz_distribution *density;
        double rho, u[3], T;
        OK(grz_distribution_create_array(s.context, s.grid, s.f, &density));
        OK(grz_distribution_moments(density, &rho, u, &T, NULL, NULL));
        grz_distribution_destroy(&density);
        for (int64_t i = 0; i < s.count; i++) {
            double v[3], w[3], r = 0;
            node_of(&s, i, v);
            for (int a = 0; a < 3; a++) w[a] = v[a] - u[a], r += w[a] * w[a];
            double chi[6] = {0, 1, w[0], w[1], w[2], r - 3 * T};
            g[i] = Q[i] + 1e-4 * s.f[i] * chi[moment];
        }
        phi[0] = 42;
        OK(grz_metric_derivative(metric, s.f, g, &value, phi));
        ck_assert(isinf(value) && value > 0);
        ck_assert(phi[0] == 42);
        HOLDS(grz_metric_unreachable(metric) == moment, "moment %d named %s", moment, grz_moment_name(grz_metric_unreachable(metric)));
        ck_assert_str_eq(grz_moment_name(grz_metric_unreachable(metric)), words[moment]);
    }
    memset(g, 0, sizeof(double) * s.count);
    OK(grz_metric_derivative(metric, s.f, g, &value, phi));
    ck_assert(value == 0);
    free(g), free(Q), free(phi);
    grz_metric_destroy(&metric);
    close_scene(&s);
}
END_TEST

static int stop(const char *stage, double fraction, void *user)
{
    (void)stage, (void)fraction;
    return --*(int *)user < 0;
}

START_TEST(bad_input_cancel_and_cap)
{
    scene s;
    open_scene_of(&s, 10, 4.5, MIXTURE, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    double *Q = array_of(&s), value = 7, keep;
    grz_metric *metric = NULL;
    ck_assert_int_eq(grz_metric_create(NULL, s.op, &metric), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_metric_create(s.context, NULL, &metric), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(s.context, grz_metric_create(s.context, s.op, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    OK(grz_metric_create(s.context, s.op, &metric));
    OK(grz_operator_apply(s.op, s.f, Q));
    FAILS(s.context, grz_operator_action(s.op, s.f, NULL, &value), GRZ_ERROR_NULL_ARGUMENT, "phi");
    FAILS(s.context, grz_operator_action(s.op, s.f, Q, NULL), GRZ_ERROR_NULL_ARGUMENT, "value");
    ck_assert_int_eq(grz_operator_action(NULL, s.f, Q, &value), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_metric_derivative(metric, Q, Q, &value, NULL), GRZ_ERROR_NOT_POSITIVE, "f[");
    FAILS(s.context, grz_metric_derivative(metric, s.f, NULL, &value, NULL), GRZ_ERROR_NULL_ARGUMENT, "g");
    FAILS(s.context, grz_metric_derivative(metric, s.f, Q, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "value");
    ck_assert_int_eq(grz_metric_derivative(NULL, s.f, Q, &value, NULL), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_metric_set_option(metric, (grz_metric_option)9, 1), GRZ_ERROR_INVALID_ARGUMENT, "option");
    FAILS(s.context, grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 0), GRZ_ERROR_INVALID_ARGUMENT,
          "GRZ_METRIC_OPTION_TOLERANCE = 0");
    FAILS(s.context, grz_metric_set_option(metric, GRZ_METRIC_OPTION_ITERATION_CAP, 2.5), GRZ_ERROR_INVALID_ARGUMENT,
          "GRZ_METRIC_OPTION_ITERATION_CAP = 2.5");
    FAILS(s.context, grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, NAN), GRZ_ERROR_NOT_FINITE, "GRZ_METRIC_OPTION_TOLERANCE");
    OK(grz_metric_option_value(metric, GRZ_METRIC_OPTION_ITERATION_CAP, &keep));
    ck_assert(keep == 1000);
    OK(grz_metric_set_option(metric, GRZ_METRIC_OPTION_ITERATION_CAP, 3));
    FAILS(s.context, grz_metric_derivative(metric, s.f, Q, &value, NULL), GRZ_ERROR_NOT_CONVERGED, "3 iterations");
    OK(grz_metric_set_option(metric, GRZ_METRIC_OPTION_ITERATION_CAP, 1000));
    int budget = 20;
    OK(grz_context_set_progress(s.context, stop, &budget));
    ck_assert_int_eq(grz_metric_derivative(metric, s.f, Q, &value, NULL), GRZ_ERROR_CANCELLED);
    OK(grz_context_set_progress(s.context, NULL, NULL));
    ck_assert(value == 7);
    ck_assert_int_eq(grz_metric_iterations(NULL), 0);
    ck_assert(isnan(grz_metric_residual(NULL)));
    ck_assert_int_eq(grz_metric_unreachable(NULL), -1);
    ck_assert_str_eq(grz_moment_name((grz_moment)17), "unknown moment");
    grz_metric_destroy(&metric);
    grz_metric_destroy(&metric);
    grz_metric_destroy(NULL);
    free(Q);
    close_scene(&s);
}
END_TEST

/* |f'|^2 is quadratic in g and phi linear, exactly so for powers of two, to the ends of double precision and no further. */
START_TEST(scales_of_the_derivative)
{
    scene s;
    open_scene_of(&s, 8, 4, MIXTURE, 0.3, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    double *g = array_of(&s), *scaled = array_of(&s), *phi[2] = {array_of(&s), array_of(&s)}, square[2], value = 7;
    grz_metric *metric;
    OK(grz_metric_create(s.context, s.op, &metric));
    OK(grz_operator_apply(s.op, s.f, g));
    for (int dense = 0; dense < 2; dense++) {
        grz_status (*const derivative)(grz_metric *, const double *, const double *, double *, double *) =
            dense ? grz_metric_derivative_dense : grz_metric_derivative;
        OK(derivative(metric, s.f, g, &square[0], phi[0]));
        static const int exponents[] = {-490, -30, 40, 500};
        for (int e = dense && fast() ? 3 : 0; e < 4; e += dense || fast() ? 3 : 1) {
            for (int64_t i = 0; i < s.count; i++) scaled[i] = ldexp(g[i], exponents[e]);
            OK(derivative(metric, s.f, scaled, &square[1], phi[1]));
            HOLDS(square[1] == ldexp(square[0], 2 * exponents[e]), "dense %d, 2^%d: %g", dense, exponents[e], square[1]);
            for (int64_t i = 0; i < s.count; i++) ck_assert(phi[1][i] == ldexp(phi[0][i], exponents[e]));
        }
        for (int64_t i = 0; i < s.count; i++) scaled[i] = 1e300 * g[i];
        FAILS(s.context, derivative(metric, s.f, scaled, &value, phi[1]), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
        ck_assert(value == 7 && phi[1][0] == ldexp(phi[0][0], 500));
    }
    grz_metric_destroy(&metric);
    free(g);
    free(scaled);
    free(phi[0]);
    free(phi[1]);
    close_scene(&s);
}
END_TEST

static grz_status measure(failing_operator *s, void *user)
{
    (void)user;
    double g[FAILING_NODES], value;
    grz_metric *metric = NULL;
    grz_status status = grz_operator_apply(s->op, s->f, g);
    if (status == GRZ_OK) status = grz_metric_create(s->context, s->op, &metric);
    if (status == GRZ_OK) status = grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 0.1);
    if (status == GRZ_OK) status = grz_metric_derivative(metric, s->f, g, &value, NULL);
    if (status == GRZ_OK) status = grz_metric_derivative_dense(metric, s->f, g, &value, NULL);
    if (status == GRZ_OK) status = grz_metric_gap(metric, s->f, g, s->f, &value);
    grz_metric_destroy(&metric);
    return status;
}

START_TEST(failing_allocations)
{
    refuse_every_allocation(GRZ_EQUATION_LANDAU, 5, measure, NULL);
}
END_TEST

static void derivative_and_potential(double *out, void *user)
{
    scene *s = user;
    double *g = array_of(s);
    grz_metric *metric;
    OK(grz_operator_setup(s->op)); /* takes in the new threads */
    OK(grz_operator_apply(s->op, s->f, g));
    OK(grz_metric_create(s->context, s->op, &metric));
    OK(grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 1e-3));
    OK(grz_metric_derivative(metric, s->f, g, out, out + 1));
    grz_metric_destroy(&metric);
    free(g);
}

START_TEST(threads_do_not_change_a_bit)
{
    scene s;
    open_scene_of(&s, 8, 4, MIXTURE, -1, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    same_bits_for_any_threads(s.context, 1 + s.count, derivative_and_potential, &s);
    close_scene(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metric derivatives");
    TCase *tests = tcase_create("metric");
    tcase_add_test(tests, dense_and_iterative_solvers_agree);
    tcase_add_test(tests, spectrum_resolves_the_action);
    tcase_add_test(tests, unreachable_derivatives);
    tcase_add_test(tests, bad_input_cancel_and_cap);
    tcase_add_test(tests, scales_of_the_derivative);
    tcase_add_test(tests, failing_allocations);
    tcase_add_test(tests, threads_do_not_change_a_bit);
    suite_add_tcase(suite, tests);
    TCase *bounds = tcase_create("bounds");
    tcase_add_test(bounds, affine_bounds);
    suite_add_tcase(suite, bounds);
    return run_suite(suite);
}

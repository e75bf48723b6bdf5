/* The largest rate of an operator: against all eigenvalues of its matrix, units, and what explicit steps make of it. */
#include "support/check.h"
#include "support/norms.h"

#include <lapacke.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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

typedef struct problem {
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    grz_distribution *f;
} problem;

/* Displaced and anisotropic, of mass s and temperatures near V^2. */
static problem make(int n, double L, double gamma, grz_equation equation, grz_method method, double s, double V)
{
    problem p;
    const double u[3] = {0.2 * V, -0.1 * V, 0.3 * V}, C[9] = {0.7 * V * V, 0, 0, 0, 1.2 * V * V, 0, 0, 0, V * V};
    OK(grz_grid_create(context, n, L * V, NULL, &p.grid));
    OK(grz_kernel_create_power_law(context, gamma, 0.5, 0, &p.kernel));
    OK(grz_operator_create(context, p.grid, p.kernel, equation, method, &p.op));
    OK(grz_operator_set_option(p.op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    if (method == GRZ_METHOD_ENTROPIC) {
        OK(grz_operator_set_option(p.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
        OK(grz_operator_set_option(p.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
        OK(grz_operator_set_option(p.op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    }
    OK(grz_distribution_create_mixture(context, p.grid, 1, &s, u, C, &p.f));
    return p;
}

static void drop(problem *p)
{
    grz_distribution_destroy(&p->f);
    grz_operator_destroy(&p->op);
    grz_kernel_destroy(&p->kernel);
    grz_grid_destroy(&p->grid);
}

/* By LAPACK from the whole matrix, column by column: of g -> -2 Q(f, g), or of f^{-1/2} K_f f^{-1/2}. */
static double dense_rate(const problem *p, int n, grz_method method)
{
    int count = n * n * n;
    const double *f = grz_distribution_view(p->f);
    double *J = malloc(sizeof *J * (size_t)count * (size_t)count), *unit = calloc((size_t)count, sizeof *unit),
           *real = malloc(sizeof *real * (size_t)count), *imaginary = malloc(sizeof *imaginary * (size_t)count), rate = 0;
    for (int i = 0; i < count; i++) {
        double *column = J + (size_t)i * (size_t)count;
        unit[i] = method == GRZ_METHOD_SPECTRAL ? -2 : 1 / sqrt(f[i]);
        if (method == GRZ_METHOD_SPECTRAL)
            OK(grz_operator_apply_bilinear(p->op, f, unit, column));
        else
            OK(grz_operator_onsager(p->op, f, unit, column));
        for (int k = 0; k < count && method == GRZ_METHOD_ENTROPIC; k++) column[k] /= sqrt(f[k]);
        unit[i] = 0;
    }
    ck_assert_int_eq(LAPACKE_dgeev(LAPACK_COL_MAJOR, 'N', 'N', count, J, count, real, imaginary, NULL, 1, NULL, 1), 0);
    for (int i = 0; i < count; i++) rate = larger(rate, hypot(real[i], imaginary[i]));
    free(J);
    free(unit);
    free(real);
    free(imaginary);
    return rate;
}

START_TEST(is_the_largest_eigenvalue)
{
    for (int method = GRZ_METHOD_ENTROPIC; method <= GRZ_METHOD_SPECTRAL; method++)
        for (int soft = getenv("GRZ_TEST_FAST") ? 1 : 0; soft < 2; soft++) {
            grz_equation equation = soft ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN;
            problem p = make(8, 4.5, soft ? -3 : 0, equation, (grz_method)method, 1.3, 1);
            double rate, exact = dense_rate(&p, 8, (grz_method)method);
            OK(grz_operator_largest_rate(p.op, grz_distribution_view(p.f), &rate));
            if (getenv("GRZ_TEST_SHOW")) printf("method %d, %s: %g of %g\n", method, soft ? "Landau" : "Boltzmann", rate, exact);
            HOLDS(rate <= exact * (1 + 1e-9) && rate >= 0.93 * exact, "method %d, soft %d: %g, LAPACK %g", method, soft, rate, exact);
            drop(&p);
        }
}
END_TEST

/* Powers of two: s V^{gamma + ...}: Q of v -> V v, f -> s V^-3 f is s V^gamma times as large. */
START_TEST(follows_the_units)
{
    for (int method = GRZ_METHOD_ENTROPIC; method <= GRZ_METHOD_SPECTRAL; method++) {
        double rate, scaled;
        problem p = make(10, 4.5, -2, GRZ_EQUATION_LANDAU, (grz_method)method, 1, 1),
                q = make(10, 4.5, -2, GRZ_EQUATION_LANDAU, (grz_method)method, 8, 4);
        OK(grz_operator_largest_rate(p.op, grz_distribution_view(p.f), &rate));
        OK(grz_operator_largest_rate(q.op, grz_distribution_view(q.f), &scaled));
        HOLDS(fabs(scaled / rate / (8 * pow(4, -2)) - 1) < 1e-6, "method %d: %g and %g", method, rate, scaled);
        drop(&p);
        drop(&q);
    }
}
END_TEST

/* Ten steps of nine tenths of what is stable stay bounded, twice as much is refused, for every explicit scheme; a flow whose state grew
 * beyond reason keeps the last good one. */
START_TEST(bounds_explicit_steps)
{
    static const double interval[] = {2, 2.51, 4.5, 2.51, 3.3};
    problem p = make(12, 6, -3, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, 1, 1);
    double rate;
    OK(grz_operator_largest_rate(p.op, grz_distribution_view(p.f), &rate));
    for (int scheme = GRZ_TIME_SCHEME_SSP_RK2; scheme <= GRZ_TIME_SCHEME_DORMAND_PRINCE; scheme++) {
        grz_flow *flow;
        double largest = 0, before = 0;
        OK(grz_flow_create(context, p.op, (grz_time_scheme)scheme, &flow));
        OK(grz_flow_start(flow, 0, grz_distribution_view(p.f)));
        for (int i = 0; i < 1728; i++) before = larger(before, grz_flow_view(flow)[i]);
        FAILS(context, grz_flow_step(flow, 2 * interval[scheme - GRZ_TIME_SCHEME_SSP_RK2] / rate), GRZ_ERROR_INVALID_ARGUMENT,
              "too long: at most");
        ck_assert_double_eq(grz_flow_time(flow), 0);
        for (int step = 0; step < 10; step++) OK(grz_flow_step(flow, 0.9 * interval[scheme - GRZ_TIME_SCHEME_SSP_RK2] / rate));
        for (int i = 0; i < 1728; i++) largest = larger(largest, fabs(grz_flow_view(flow)[i]));
        HOLDS(largest <= 1.05 * before, "scheme %d: from %g to %g", scheme, before, largest);
        OK(grz_flow_start(flow, 0, grz_distribution_view(p.f)));
        FAILS(context, grz_flow_run(flow, 100 / rate, 10 / rate, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "too long: at most");
        grz_flow_destroy(&flow);
    }
    drop(&p);
}
END_TEST

START_TEST(bad_input)
{
    double rate = 7;
    problem p = make(8, 4.5, 0, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, 1, 1);
    double *f = calloc(512, sizeof *f);
    ck_assert_int_eq(grz_operator_largest_rate(NULL, f, &rate), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_largest_rate(p.op, NULL, &rate), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_largest_rate(p.op, f, NULL), GRZ_ERROR_NULL_ARGUMENT);
    f[3] = NAN;
    FAILS(context, grz_operator_largest_rate(p.op, f, &rate), GRZ_ERROR_NOT_FINITE, "f[");
    ck_assert_double_eq(rate, 7);
    f[3] = 0;
    OK(grz_operator_largest_rate(p.op, f, &rate));
    ck_assert_double_eq(rate, 0);
    free(f);
    drop(&p);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("operator: largest rate");
    TCase *t = tcase_create("largest rate");
    tcase_add_checked_fixture(t, open_context, close_context);
    tcase_add_test(t, is_the_largest_eigenvalue);
    tcase_add_test(t, follows_the_units);
    tcase_add_test(t, bounds_explicit_steps);
    tcase_add_test(t, bad_input);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

/* What the suites of entropic operators share: a context with two threads, short constructors, random positive densities, sums. */
#ifndef SUPPORT_ENTROPIC_H
#define SUPPORT_ENTROPIC_H

#include "oracle/bimaxwellian.h"
#include "support/check.h"
#include "support/norms.h"

#include <stdio.h>

static UNUSED grz_context *context;

static UNUSED void open_context(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
}

static UNUSED void close_context(void)
{
    grz_context_destroy(&context);
}

static UNUSED void done(grz_status status, const char *what)
{
    HOLDS(status == GRZ_OK, "%s: %s: %s", what, grz_status_name(status), grz_context_last_message(context));
}

#define DONE(call) done((call), #call)

static UNUSED grz_kernel *power_law(double gamma, double nu, double eps)
{
    grz_kernel *unscaled, *kernel;
    DONE(grz_kernel_create_power_law(context, gamma, nu, 0, &unscaled));
    DONE(grz_kernel_create_scaled(context, unscaled, eps, &kernel));
    grz_kernel_destroy(&unscaled);
    return kernel;
}

static UNUSED grz_operator *entropic(const grz_grid *grid, const grz_kernel *kernel, grz_equation equation, int accuracy, int degree)
{
    grz_operator *op;
    DONE(grz_operator_create(context, grid, kernel, equation, GRZ_METHOD_ENTROPIC, &op));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, accuracy));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, degree));
    return op;
}

static UNUSED double dissipation_of(grz_operator *op, const double *f, grz_functional_type type)
{
    grz_functional *functional;
    double value = NAN;
    DONE(grz_functional_create_dissipation(context, op, type, &functional));
    DONE(grz_functional_evaluate(functional, f, &value));
    grz_functional_destroy(&functional);
    return value;
}

static UNUSED double weak_of(grz_operator *op, const double *f, const double *psi)
{
    double value = NAN;
    DONE(grz_operator_weak_form(op, f, psi, &value));
    return value;
}

static UNUSED double *doubles(int64_t count)
{
    double *x = malloc((size_t)count * sizeof *x);
    ck_assert_ptr_nonnull(x);
    return x;
}

static UNUSED double *logarithm(const double *f, int64_t count)
{
    double *g = doubles(count);
    for (int64_t i = 0; i < count; i++) g[i] = log(f[i]);
    return g;
}

/* Sum a b and, if asked, the sum of the absolute values, in long double. */
static UNUSED double dot(const double *a, const double *b, int64_t count, double *absolute)
{
    long double sum = 0, size = 0;
    for (int64_t i = 0; i < count; i++) {
        sum += (long double)a[i] * b[i];
        size += fabsl((long double)a[i] * b[i]);
    }
    if (absolute) *absolute = (double)size;
    return (double)sum;
}

/* Nodes of the grid, 3 doubles each. */
static UNUSED double *nodes_of(const grz_grid *grid)
{
    int n = grz_grid_nodes_per_axis(grid);
    double *axis = doubles(3 * n), *v = doubles(3 * grz_grid_node_count(grid));
    for (int a = 0; a < 3; a++) OK(grz_grid_axis_nodes(grid, a, axis + a * n));
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) {
        int index[3] = {(int)(i / n / n), (int)(i / n % n), (int)(i % n)};
        for (int a = 0; a < 3; a++) v[3 * i + a] = axis[a * n + index[a]];
    }
    free(axis);
    return v;
}

#endif

/* Handle and solver of metric derivatives (metric.h). */
#include "geometry/metric.h"

#include "core/options.h"
#include "solve/conjugate_gradients.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { VECTORS = 5, BLOCK = 4096 };

static const grzi_option records[GRZI_METRIC_OPTIONS] = {GRZI_OPTION(GRZ_METRIC_OPTION_TOLERANCE, 1e-15, 0.1, 1e-9, 0),
                                                         GRZI_OPTION(GRZ_METRIC_OPTION_ITERATION_CAP, 1, 100000, 1000, 1),
                                                         GRZI_OPTION(GRZ_METRIC_OPTION_MOMENT_TOLERANCE, 1e-15, 1, 1e-8, 0)};

static const grzi_option_table options = {records, GRZI_METRIC_OPTIONS};

grz_status grz_metric_create(grz_context *context, grz_operator *op, grz_metric **out)
{
    static const char *const function = "grz_metric_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONSAGER));
    grz_metric *made = grzi_allocate_zeroed(context, 1, sizeof *made);
    if (!made) return GRZ_ERROR_OUT_OF_MEMORY;
    made->work = grzi_allocate(context, VECTORS * grzi_grid_count(op->grid), sizeof(double));
    grz_status status = made->work ? grzi_preconditioner_create(context, op->grid->n, &made->preconditioner) : GRZ_ERROR_OUT_OF_MEMORY;
    if (status != GRZ_OK) {
        grzi_deallocate(context, made->work);
        grzi_deallocate(context, made);
        return status;
    }
    made->context = grzi_context_retain(context);
    made->op = grzi_operator_retain(op);
    grzi_options_initialise(&options, made->options);
    *out = made;
    return GRZ_OK;
}

void grz_metric_destroy(grz_metric **metric)
{
    if (!metric || !*metric) return;
    grz_context *context = (*metric)->context;
    grzi_coefficients_destroy(context, &(*metric)->coefficients);
    grzi_preconditioner_destroy(context, &(*metric)->preconditioner);
    grzi_operator_release((*metric)->op);
    grzi_deallocate(context, (*metric)->work);
    grzi_deallocate(context, *metric);
    grzi_context_release(context);
    *metric = NULL;
}

grz_status grz_metric_set_option(grz_metric *metric, grz_metric_option option, double value)
{
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_set(metric->context, "grz_metric_set_option", &options, (int32_t)option, value, metric->options);
}

grz_status grz_metric_option_value(const grz_metric *metric, grz_metric_option option, double *value)
{
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_value(metric->context, "grz_metric_option_value", &options, (int32_t)option, metric->options, value);
}

grz_status grz_metric_option_bounds(const grz_metric *metric, grz_metric_option option, double *minimum, double *maximum, double *initial)
{
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_bounds(metric->context, "grz_metric_option_bounds", &options, (int32_t)option, minimum, maximum, initial);
}

int32_t grz_metric_iterations(const grz_metric *metric)
{
    return metric ? metric->iterations : 0;
}

const grz_operator *grz_metric_operator(const grz_metric *metric)
{
    return metric ? metric->op : NULL;
}

double grz_metric_residual(const grz_metric *metric)
{
    return metric ? metric->residual : NAN;
}

grz_status grzi_metric_ready(grz_metric *metric, const char *function)
{
    double degree;
    (void)function;
    GRZI_TRY(grzi_operator_ready(metric->op));
    GRZI_TRY(grz_operator_option_value(metric->op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, &degree));
    if (metric->degree == (int)degree) return GRZ_OK;
    grzi_coefficients_destroy(metric->context, &metric->coefficients);
    metric->degree = 0;
    GRZI_TRY(grzi_coefficients_create(metric->context, (int)degree, metric->op->grid->n, &metric->coefficients));
    metric->degree = (int)degree;
    return GRZ_OK;
}

typedef struct problem {
    grz_metric *metric;
    const double *f;
} problem;

static grz_status apply(void *user, const double *x, double *K_x)
{
    const problem *p = user;
    return grzi_operator_compute_onsager(p->metric->op, p->f, x, K_x);
}

static void precondition(void *user, const double *r, double *z)
{
    grz_metric *metric = ((const problem *)user)->metric;
    grzi_precondition(&metric->preconditioner, &metric->coefficients, r, z);
}

static grz_status report(void *user, double error)
{
    const grz_metric *metric = ((const problem *)user)->metric;
    double tolerance = metric->options[GRZ_METRIC_OPTION_TOLERANCE], done = log(fmin(error, 1)) / log(tolerance);
    return grzi_report_progress(metric->context, "metric derivative", isfinite(error) ? fmin(1, done) : 0);
}

static grz_status iterate(grz_metric *metric, const char *function, const double *f, double *r, double *x, double *work)
{
    problem p = {metric, f};
    const grzi_symmetric_system system = {grzi_grid_count(metric->op->grid), apply, precondition, report, &p, 0};
    grzi_solution solution = {0, 0, 0, INFINITY};
    double tolerance = metric->options[GRZ_METRIC_OPTION_TOLERANCE];
    grz_status status =
        grzi_solve_symmetric(&system, tolerance, (int)metric->options[GRZ_METRIC_OPTION_ITERATION_CAP], r, x, work, &solution);
    metric->iterations = solution.iterations;
    metric->residual = solution.residual;
    if (status != GRZ_OK || solution.converged) return status;
    return grzi_fail(
        metric->context, GRZ_ERROR_NOT_CONVERGED,
        "%s: after %d iterations |f'|^2 has a relative error of about %.2g, asked for %.2g; g may be outside the operator's range",
        function, solution.iterations, solution.error, tolerance);
}

grz_status grzi_metric_deliver(const grz_metric *metric, const char *function, const double *f, double square, double *x, double *value,
                               double *phi)
{
    const int64_t count = grzi_grid_count(metric->op->grid);
    if (phi) grzi_metric_normalise(metric, f, x);
    square = ldexp(square, 2 * metric->exponent);
    for (int64_t i = 0; i < count; i++) x[i] = ldexp(x[i], metric->exponent);
    if (!isfinite(square) || !grzi_all_finite(x, count))
        return grzi_fail(metric->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: |f'|^2 or its potential overflows: g is of the order of %.1g",
                         function, ldexp(1, metric->exponent));
    if (phi) memcpy(phi, x, sizeof *phi * count);
    *value = square;
    return GRZ_OK;
}

/* In exact arithmetic the iterate is orthogonal to the residual, so that <g, x> = <x, K_f x>. Rounding brings directions back that had
 * converged, and this is lost long before the error of <g, phi> suffers, so the last iterate is scaled: of all multiples of x the one with
 * (g - K_f x, x) = 0 is the closest. */
grz_status grzi_metric_solve(grz_metric *metric, const char *function, const double *f, const double *g, double *value, double *phi)
{
    GRZI_TRY(grzi_metric_ready(metric, function));
    int64_t count = grzi_grid_count(metric->op->grid);
    double *x = metric->work, *r = x + count, *z = x + 2 * count;
    metric->iterations = 0;
    metric->residual = 0;
    GRZI_TRY(grzi_metric_admit(metric, function, f, g, r));
    if (metric->unreachable != GRZ_MOMENT_NONE) return *value = INFINITY, GRZ_OK;
    GRZI_TRY(grzi_preconditioner_fill(&metric->preconditioner, metric->op, metric->degree, f));
    GRZI_TRY(iterate(metric, function, f, r, x, z));
    GRZI_TRY(grzi_metric_admit(metric, function, f, g, z)); /* g once more: r has taken its place */
    double work = grzi_dot_by_blocks(BLOCK, count, z, x), action = work - grzi_dot_by_blocks(BLOCK, count, r, x);
    double scale = action > 0 ? work / action : 0;
    for (int64_t i = 0; i < count; i++) x[i] *= scale;
    return grzi_metric_deliver(metric, function, f, scale * work * grzi_grid_cell(metric->op->grid), x, value, phi);
}

grz_status grz_metric_derivative(grz_metric *metric, const double *f, const double *g, double *value, double *phi)
{
    static const char *const function = "grz_metric_derivative";
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(metric->op, function, f));
    GRZI_TRY(grzi_check_field_finite(metric->op->grid, function, "g", g));
    GRZI_TRY(grzi_check_pointer(metric->context, function, "value", value));
    return grzi_metric_solve(metric, function, f, g, value, phi);
}

grz_status grz_metric_gap(grz_metric *metric, const double *f, const double *g, const double *psi, double *gap)
{
    static const char *const function = "grz_metric_gap";
    double square;
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    const int64_t count = grzi_grid_count(metric->op->grid);
    GRZI_TRY(grzi_operator_check_density(metric->op, function, f));
    GRZI_TRY(grzi_check_field_finite(metric->op->grid, function, "g", g));
    GRZI_TRY(grzi_check_field_finite(metric->op->grid, function, "psi", psi));
    GRZI_TRY(grzi_check_pointer(metric->context, function, "gap", gap));
    double *phi = metric->work; /* where the solution is left */
    GRZI_TRY(grzi_metric_solve(metric, function, f, g, &square, NULL));
    if (isinf(square)) return *gap = INFINITY, GRZ_OK;
    for (int64_t i = 0; i < count; i++) phi[i] -= psi[i];
    return grz_operator_action(metric->op, f, phi, gap);
}

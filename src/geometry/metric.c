#include "geometry/metric.h"

#include <math.h>
#include <string.h>

enum { VECTORS = 5, DELAY = 5 };

static const struct {
    double minimum, maximum, initial;
} bounds[GRZI_METRIC_OPTIONS] = {{1e-15, 0.1, 1e-9}, {1, 100000, 1000}, {1e-15, 1, 1e-8}};

grz_status grz_metric_create(grz_context *context, grz_operator *op, grz_metric **out)
{
    static const char *const function = "grz_metric_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    if (!op->method->onsager || op->method_id != GRZ_METHOD_ENTROPIC)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method has no Onsager operator", function, op->method->name);
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
    for (int option = 0; option < GRZI_METRIC_OPTIONS; option++) made->options[option] = bounds[option].initial;
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
    static const char *const function = "grz_metric_set_option";
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(metric->context, function, "option", (int)option, 0, GRZI_METRIC_OPTIONS - 1));
    char name[GRZI_NAME_SIZE];
    grzi_name_value("GRZ_METRIC_OPTION_", (int32_t)option, name);
    GRZI_TRY(grzi_check_range(metric->context, function, name, value, bounds[option].minimum, bounds[option].maximum));
    if (option == GRZ_METRIC_OPTION_ITERATION_CAP && value != floor(value))
        return grzi_fail(metric->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %s = %g is not an integer", function, name, value);
    metric->options[option] = value;
    return GRZ_OK;
}

grz_status grz_metric_option_value(const grz_metric *metric, grz_metric_option option, double *value)
{
    static const char *const function = "grz_metric_option_value";
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(metric->context, function, "option", (int)option, 0, GRZI_METRIC_OPTIONS - 1));
    GRZI_TRY(grzi_check_pointer(metric->context, function, "value", value));
    *value = metric->options[option];
    return GRZ_OK;
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

/* Preconditioned conjugate gradients. The terms step * (r, z) are the decrease of the error of <g, phi> at each
 * iteration (Hestenes & Stiefel); the last DELAY of them estimate that error from a few iterations ago (Strakos & Tichy, ETNA 13 (2002)
 * 56). In exact arithmetic the iterate is orthogonal to the residual, so that <g, x> = <x, K_f x>. Rounding brings directions back that
 * had converged, and this is lost long before the error of <g, phi> suffers, so the last iterate is scaled: of all multiples of x the one
 * with (g - K_f x, x) = 0 is the closest. */
typedef struct iteration {
    int64_t count;
    double *x, *r, *z, *p, *q;
} iteration;

static double dot(int64_t count, const double *a, const double *b)
{
    double total = 0;
    for (int64_t begin = 0; begin < count; begin += 4096) { /* blocks: the order, hence the result, is that of one thread */
        double sum = 0;
        int64_t end = begin + 4096 < count ? begin + 4096 : count;
        for (int64_t i = begin; i < end; i++) sum += a[i] * b[i];
        total += sum;
    }
    return total;
}

static grz_status stalled(const grz_metric *metric, const char *function, int iterations, double estimate)
{
    return grzi_fail(
        metric->context, GRZ_ERROR_NOT_CONVERGED,
        "%s: after %d iterations |f'|^2 has a relative error of about %.2g, asked for %.2g; g may be outside the operator's range",
        function, iterations, estimate, metric->options[GRZ_METRIC_OPTION_TOLERANCE]);
}

static grz_status iterate(grz_metric *metric, const char *function, const double *f, const iteration *it)
{
    const int64_t count = it->count;
    const int cap = (int)metric->options[GRZ_METRIC_OPTION_ITERATION_CAP];
    const double tolerance = metric->options[GRZ_METRIC_OPTION_TOLERANCE];
    double recent[DELAY] = {0}, sum = 0, estimate = INFINITY;
    memset(it->x, 0, sizeof(double) * count);
    grzi_precondition(&metric->preconditioner, &metric->coefficients, it->r, it->z);
    memcpy(it->p, it->z, sizeof(double) * count);
    double rz = dot(count, it->r, it->z), first = rz;
    metric->iterations = 0;
    metric->residual = 0;
    if (rz == 0) return GRZ_OK;
    for (int k = 1; k <= cap; k++) {
        GRZI_TRY(metric->op->method->onsager(metric->op, f, it->p, it->q));
        double curvature = dot(count, it->p, it->q);
        if (!(curvature > 0) || !isfinite(curvature)) return stalled(metric, function, k, estimate);
        double step = rz / curvature;
        for (int64_t i = 0; i < count; i++) {
            it->x[i] += step * it->p[i];
            it->r[i] -= step * it->q[i];
        }
        sum += step * rz;
        recent[k % DELAY] = step * rz;
        metric->iterations = k;
        grzi_precondition(&metric->preconditioner, &metric->coefficients, it->r, it->z);
        double next = dot(count, it->r, it->z);
        metric->residual = sqrt(fmax(next, 0) / first);
        if (k >= DELAY) {
            estimate = 0;
            for (int j = 0; j < DELAY; j++) estimate += recent[j];
            estimate /= sum;
        }
        if ((k >= DELAY && estimate <= tolerance) || next <= 1e-30 * first) return GRZ_OK;
        GRZI_TRY(
            grzi_report_progress(metric->context, "metric derivative", k >= DELAY ? fmin(1, log(fmin(estimate, 1)) / log(tolerance)) : 0));
        for (int64_t i = 0; i < count; i++) it->p[i] = it->z[i] + next / rz * it->p[i];
        rz = next;
    }
    return stalled(metric, function, cap, estimate);
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

grz_status grzi_metric_solve(grz_metric *metric, const char *function, const double *f, const double *g, double *value, double *phi)
{
    GRZI_TRY(grzi_metric_ready(metric, function));
    int64_t count = grzi_grid_count(metric->op->grid);
    double *w = metric->work;
    iteration it = {count, w, w + count, w + 2 * count, w + 3 * count, w + 4 * count};
    metric->iterations = 0;
    metric->residual = 0;
    GRZI_TRY(grzi_metric_admit(metric, function, f, g, it.r));
    if (metric->unreachable != GRZ_MOMENT_NONE) return *value = INFINITY, GRZ_OK;
    GRZI_TRY(grzi_preconditioner_fill(&metric->preconditioner, metric->op, metric->degree, f));
    GRZI_TRY(iterate(metric, function, f, &it));
    GRZI_TRY(grzi_metric_admit(metric, function, f, g, it.z)); /* g once more: r has taken its place */
    double work = dot(count, it.z, it.x), action = work - dot(count, it.r, it.x), scale = action > 0 ? work / action : 0;
    for (int64_t i = 0; i < count; i++) it.x[i] *= scale;
    return grzi_metric_deliver(metric, function, f, scale * work * grzi_grid_cell(metric->op->grid), it.x, value, phi);
}

grz_status grz_metric_derivative(grz_metric *metric, const double *f, const double *g, double *value, double *phi)
{
    static const char *const function = "grz_metric_derivative";
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(metric->op, function, f));
    GRZI_TRY(grzi_check_array_finite(metric->context, function, "g", g, grzi_grid_count(metric->op->grid)));
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
    GRZI_TRY(grzi_check_array_finite(metric->context, function, "g", g, count));
    GRZI_TRY(grzi_check_array_finite(metric->context, function, "psi", psi, count));
    GRZI_TRY(grzi_check_pointer(metric->context, function, "gap", gap));
    double *phi = metric->work; /* where the solution is left */
    GRZI_TRY(grzi_metric_solve(metric, function, f, g, &square, NULL));
    if (isinf(square)) return *gap = INFINITY, GRZ_OK;
    for (int64_t i = 0; i < count; i++) phi[i] -= psi[i];
    return grz_operator_action(metric->op, f, phi, gap);
}

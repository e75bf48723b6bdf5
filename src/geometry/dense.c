/* K_f as a dense matrix, for grids of few nodes: its spectrum relative to f (relaxation modes) and, from it, the metric derivative. */
#include "distribution/grid.h"
#include "geometry/metric.h"
#include "solve/lapack.h"

#include <math.h>
#include <string.h>

enum { MOST_NODES_PER_AXIS = 16 };

/* Relative to the largest relaxation rate: below it a mode counts as one of K_f's kernel. */
static const double KERNEL = 1e-11;

typedef struct dense {
    int64_t size;
    double *K, *F; /* K_f and diag(f) in coefficients, both scaled by scale^{-1/2}; K becomes the eigenvectors */
    double *rates, *scale, *unit, *image, *work;
    lapack_int *integer_work;
    int64_t work_size, integer_work_size;
    lapack_int info;
} dense;

static void destroy(const grz_context *context, dense *d)
{
    double *const blocks[] = {d->K, d->F, d->rates, d->scale, d->unit, d->image, d->work};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) grzi_deallocate(context, blocks[i]);
    grzi_deallocate(context, d->integer_work);
}

static grz_status allocate(const grz_context *context, int64_t size, dense *d)
{
    *d = (dense){.size = size, .work_size = 1 + 6 * size + 2 * size * size, .integer_work_size = 3 + 5 * size};
    d->K = grzi_allocate(context, size * size, sizeof(double));
    d->F = grzi_allocate(context, size * size, sizeof(double));
    d->rates = grzi_allocate(context, size, sizeof(double));
    d->scale = grzi_allocate(context, size, sizeof(double));
    d->unit = grzi_allocate(context, size, sizeof(double));
    d->image = grzi_allocate(context, size, sizeof(double));
    d->work = grzi_allocate(context, d->work_size, sizeof(double));
    d->integer_work = grzi_allocate(context, d->integer_work_size, sizeof(lapack_int));
    return d->K && d->F && d->rates && d->scale && d->unit && d->image && d->work && d->integer_work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
}

/* Row sizes of K_f in coefficients follow f as a B-spline sees it, two nodes to each side. */
static void smooth_density(const grz_metric *metric, const double *f, double *scale, double *work)
{
    const double outer = 0.2, inner = 0.6;
    int n = metric->op->grid->n;
    int64_t count = grzi_grid_count(metric->op->grid), stride = 1;
    memcpy(scale, f, sizeof *scale * count);
    for (int axis = 0; axis < 3; axis++, stride *= n) {
        for (int64_t i = 0; i < count; i++) {
            int at = (int)(i / stride % n);
            double before = scale[at > 0 ? i - stride : i], after = scale[at < n - 1 ? i + stride : i];
            work[i] = inner * scale[i] + outer * (before + after);
        }
        memcpy(scale, work, sizeof *scale * count);
    }
}

/* Column c: scale^{-1/2} E^T K_f E scale^{-1/2} e_c, and the same with diag(f). */
static grz_status fill(grz_metric *metric, const double *f, dense *d)
{
    const int64_t size = d->size;
    smooth_density(metric, f, d->scale, d->unit);
    for (int64_t c = 0; c < size; c++) {
        double *K = d->K + c * size, *F = d->F + c * size;
        memset(d->unit, 0, sizeof(double) * size);
        d->unit[c] = 1 / sqrt(d->scale[c]);
        grzi_coefficients_to_values(&metric->coefficients, d->unit, d->unit);
        GRZI_TRY(grzi_operator_compute_onsager(metric->op, f, d->unit, d->image));
        grzi_coefficients_transpose(&metric->coefficients, d->image, K);
        for (int64_t i = 0; i < size; i++) d->image[i] = f[i] * d->unit[i];
        grzi_coefficients_transpose(&metric->coefficients, d->image, F);
        for (int64_t i = 0; i < size; i++) {
            K[i] /= sqrt(d->scale[i]);
            F[i] /= sqrt(d->scale[i]);
        }
        if (c % 64 == 0) GRZI_TRY(grzi_report_progress(metric->context, "dense Onsager operator", (double)c / size));
    }
    for (int64_t c = 0; c < size; c++) /* symmetric up to rounding; LAPACK reads one triangle */
        for (int64_t i = 0; i < c; i++) {
            d->K[c * size + i] = 0.5 * (d->K[c * size + i] + d->K[i * size + c]);
            d->F[c * size + i] = 0.5 * (d->F[c * size + i] + d->F[i * size + c]);
        }
    return GRZ_OK;
}

static void eigenvectors(void *user)
{
    dense *d = user;
    const lapack_int size = (lapack_int)d->size;
    d->info = LAPACKE_dsygvd_work(LAPACK_COL_MAJOR, 1, 'V', 'U', size, d->K, size, d->F, size, d->rates, d->work, (lapack_int)d->work_size,
                                  d->integer_work, (lapack_int)d->integer_work_size);
}

/* Rates, ascending, and the modes' nodal values in the columns of d->K, sum_i f_i m_a m_b h^3 = delta_ab. */
static grz_status decompose(grz_metric *metric, const char *function, const double *f, dense *d)
{
    GRZI_TRY(fill(metric, f, d));
    GRZI_TRY(grzi_run_lapack(metric->context, eigenvectors, d));
    const lapack_int info = d->info;
    if (info > (lapack_int)d->size)
        return grzi_fail(metric->context, GRZ_ERROR_NOT_REPRESENTABLE,
                         "%s: diag(f) is not positive definite in double precision: f spans too many orders", function);
    if (info != 0) return grzi_fail(metric->context, GRZ_ERROR_INTERNAL, "%s: dsygvd gave %d", function, (int)info);
    double normalise = 1 / sqrt(grzi_grid_cell(metric->op->grid));
    for (int64_t c = 0; c < d->size; c++) {
        double *mode = d->K + c * d->size;
        for (int64_t i = 0; i < d->size; i++) mode[i] *= normalise / sqrt(d->scale[i]);
        grzi_coefficients_to_values(&metric->coefficients, mode, mode);
    }
    return GRZ_OK;
}

static grz_status check_size(const grz_metric *metric, const char *function)
{
    int n = metric->op->grid->n;
    if (n <= MOST_NODES_PER_AXIS) return GRZ_OK;
    return grzi_fail(metric->context, GRZ_ERROR_UNSUPPORTED, "%s: n = %d nodes per axis, at most %d", function, n, MOST_NODES_PER_AXIS);
}

grz_status grz_metric_spectrum(grz_metric *metric, const double *f, double *rates, double *modes)
{
    static const char *const function = "grz_metric_spectrum";
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(metric->op, function, f));
    GRZI_TRY(grzi_check_pointer(metric->context, function, "rates", rates));
    GRZI_TRY(check_size(metric, function));
    GRZI_TRY(grzi_metric_ready(metric, function));
    dense d;
    grz_status status = allocate(metric->context, grzi_grid_count(metric->op->grid), &d);
    if (status == GRZ_OK) status = decompose(metric, function, f, &d);
    if (status == GRZ_OK) {
        memcpy(rates, d.rates, sizeof *rates * d.size);
        if (modes) memcpy(modes, d.K, sizeof *modes * d.size * d.size);
    }
    destroy(metric->context, &d);
    return status;
}

/* phi = sum over modes of <g, m>/rate m, |f'|^2 = sum <g, m>^2/rate. */
static grz_status solve(grz_metric *metric, const char *function, const double *f, const double *g, dense *d, double *value, double *phi)
{
    const int64_t size = d->size;
    double *admitted = metric->work, *solution = admitted + size, total = 0, cell = grzi_grid_cell(metric->op->grid);
    GRZI_TRY(grzi_metric_admit(metric, function, f, g, admitted));
    if (metric->unreachable != GRZ_MOMENT_NONE) return *value = INFINITY, GRZ_OK;
    GRZI_TRY(decompose(metric, function, f, d));
    memset(solution, 0, sizeof *solution * size);
    for (int64_t c = size - 1; c >= 0 && d->rates[c] > KERNEL * d->rates[size - 1]; c--) {
        const double *mode = d->K + c * size;
        double component = 0;
        for (int64_t i = 0; i < size; i++) component += mode[i] * admitted[i];
        component *= cell;
        total += component * component / d->rates[c];
        for (int64_t i = 0; i < size; i++) solution[i] += component / d->rates[c] * mode[i];
    }
    return grzi_metric_deliver(metric, function, f, total, solution, value, phi);
}

grz_status grz_metric_derivative_dense(grz_metric *metric, const double *f, const double *g, double *value, double *phi)
{
    static const char *const function = "grz_metric_derivative_dense";
    if (!metric) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(metric->op, function, f));
    GRZI_TRY(grzi_check_field_finite(metric->op->grid, function, "g", g));
    GRZI_TRY(grzi_check_pointer(metric->context, function, "value", value));
    GRZI_TRY(check_size(metric, function));
    GRZI_TRY(grzi_metric_ready(metric, function));
    dense d;
    grz_status status = allocate(metric->context, grzi_grid_count(metric->op->grid), &d);
    if (status == GRZ_OK) status = solve(metric, function, f, g, &d, value, phi);
    destroy(metric->context, &d);
    return status;
}

/* Interpolation from grid to grid is a matrix for each axis, and their tensor product. */
#include "regrid/regrid.h"
#include "solve/solve.h"
#include "spline/spline.h"

#include <math.h>

enum { DEGREE = 5 };

/* The place of a target's node in units of the source's spacing from its first node. */
static double place(const grz_grid *source, const grz_grid *target, int axis, int i)
{
    double shift = (target->centre[axis] - source->centre[axis]) + (source->half_width - target->half_width);
    return (shift + (i + 0.5) * target->spacing) / source->spacing - 0.5;
}

grz_status grzi_regrid_logarithmic(const grz_grid *source, const grz_grid *target, double *const matrices[3])
{
    int n = source->n, first;
    grzi_spline spline;
    GRZI_TRY(grzi_spline_create(source->context, DEGREE, n, &spline));
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < target->n; i++) {
            double x = place(source, target, axis, i), w[DEGREE + 1], *row = matrices[axis] + (int64_t)i * n;
            grzi_spline_weights(DEGREE, x < 0 ? 0 : x > n - 1 ? n - 1 : x, n - 1, &first, w);
            grzi_multiply(1, n, DEGREE + 1, grzi_rows(w, DEGREE + 1), grzi_rows(spline.matrix + (int64_t)first * n, n), 0, row, n);
        }
    grzi_spline_destroy(source->context, &spline);
    return GRZ_OK;
}

/* Mean of cos(k t) over the modes -n/2 <= k <= n/2, the outermost two halved for even n: 1 at t = 0 and 0 at the other nodes. */
static double dirichlet(int n, double t)
{
    double half = 0.5 * t, slope = sin(half);
    if (fabs(slope) < 1e-9) return 1;
    return sin(n * half) / (n * (n % 2 ? slope : tan(half)));
}

void grzi_regrid_fourier(const grz_grid *source, const grz_grid *target, double *const matrices[3])
{
    int n = source->n;
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < target->n; i++) {
            double x = place(source, target, axis, i), *row = matrices[axis] + (int64_t)i * n;
            int inside = x >= -0.5 && x <= n - 0.5;
            for (int m = 0; m < n; m++) row[m] = inside ? dirichlet(n, 2 * GRZI_PI * (x - m) / n) : 0;
        }
}

int64_t grzi_regrid_work(int source_n, int target_n)
{
    return (int64_t)target_n * source_n * source_n + (int64_t)target_n * target_n * source_n;
}

grz_status grzi_regrid_apply(const grz_context *context, int source_n, int target_n, double *const matrices[3], const double *in,
                             double *out, double *work)
{
    int n = source_n, m = target_n;
    double *x_done = work, *y_done = work + (int64_t)m * n * n;
    for (int64_t i = 0; i < m; i++) {
        GRZI_TRY(grzi_report_progress(context, "regridding", 0.5 * i / m));
        grzi_multiply(1, n * n, n, grzi_rows(matrices[0] + i * n, n), grzi_rows(in, n * n), 0, x_done + i * n * n, n * n);
    }
    for (int64_t i = 0; i < m; i++) {
        GRZI_TRY(grzi_report_progress(context, "regridding", 0.5 + 0.5 * i / m));
        grzi_multiply(m, n, n, grzi_rows(matrices[1], n), grzi_rows(x_done + i * n * n, n), 0, y_done + i * m * n, n);
        grzi_multiply(m, m, n, grzi_rows(y_done + i * m * n, n), grzi_columns_of(matrices[2], n), 0, out + i * m * m, m);
    }
    return GRZ_OK;
}

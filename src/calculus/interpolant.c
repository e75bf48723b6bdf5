#include "calculus/interpolant.h"

#include "distribution/grid.h"

#include <math.h>

enum { WIDTH = 7 }; /* of a stencil that may pass a knot */

grz_status grzi_interpolant_new(const grz_grid *grid, const grz_kernel *kernel, int degree, const double *f, grz_interpolant **out)
{
    const grz_context *context = grid->context;
    int64_t count = grzi_grid_count(grid);
    grz_interpolant *made = grzi_allocate_zeroed(context, 1, sizeof *made);
    if (!made) return GRZ_ERROR_OUT_OF_MEMORY;
    made->context = grzi_context_retain(context);
    made->grid = grzi_grid_retain(grid);
    made->kernel = grzi_kernel_retain(kernel);
    double *log_f = grzi_allocate(context, count, sizeof *log_f);
    grz_status status = log_f ? grzi_spline_create(context, degree, grid->n, &made->spline) : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        made->coefficients = grzi_allocate(context, made->spline.count, sizeof(double));
        if (!made->coefficients) status = GRZ_ERROR_OUT_OF_MEMORY;
    }
    if (status == GRZ_OK) {
        for (int64_t i = 0; i < count; i++) log_f[i] = log(f[i]);
        grzi_spline_interpolate(&made->spline, log_f, made->coefficients);
        *out = made;
    } else
        grz_interpolant_destroy(&made);
    grzi_deallocate(context, log_f);
    return status;
}

void grz_interpolant_destroy(grz_interpolant **interpolant)
{
    if (!interpolant || !*interpolant) return;
    grz_interpolant *old = *interpolant;
    *interpolant = NULL;
    grz_context *context = old->context;
    grzi_spline_destroy(context, &old->spline);
    grzi_deallocate(context, old->coefficients);
    grzi_kernel_release(old->kernel);
    grzi_grid_release(old->grid);
    grzi_deallocate(context, old);
    grzi_context_release(context);
}

/* Weights of the cell of v on each axis, first[axis] the first coefficient. Returns 0 outside the outermost nodes. */
static int weights_at(const grz_interpolant *interpolant, const double v[3], int64_t first[3], double w[3][WIDTH], double slope[3][WIDTH])
{
    const grz_grid *grid = interpolant->grid;
    for (int axis = 0; axis < 3; axis++) {
        double x = (v[axis] - grzi_grid_node(grid, axis, 0)) / grid->spacing, moved[WIDTH];
        if (!(x > -1e-9 && x < grid->n - 1 + 1e-9)) return 0;
        int cell = x > 0 ? (int)x : 0, offset;
        if (cell > grid->n - 2) cell = grid->n - 2;
        if (slope)
            grzi_spline_difference_weights(interpolant->spline.degree, x - cell, 1, 0, 1, &offset, w[axis], moved, slope[axis]);
        else
            grzi_spline_weights(interpolant->spline.degree, x - cell, 1, &offset, w[axis]);
        first[axis] = cell + offset;
    }
    return 1;
}

static const double *row_at(const grz_interpolant *interpolant, const int64_t first[3], int a, int b)
{
    const grzi_spline *spline = &interpolant->spline;
    return interpolant->coefficients + (first[0] + a) * grzi_spline_plane(spline) + (first[1] + b) * spline->stride + first[2];
}

int grzi_interpolant_at(const grz_interpolant *interpolant, const double v[3], double *log_f)
{
    const int width = interpolant->spline.degree + 1;
    double w[3][WIDTH], sum = 0;
    int64_t first[3];
    if (!weights_at(interpolant, v, first, w, NULL)) return 0;
    for (int a = 0; a < width; a++) {
        double plane = 0;
        for (int b = 0; b < width; b++) {
            const double *row = row_at(interpolant, first, a, b);
            double value = 0;
            for (int c = 0; c < width; c++) value += w[2][c] * row[c];
            plane += w[1][b] * value;
        }
        sum += w[0][a] * plane;
    }
    *log_f = sum;
    return 1;
}

int grzi_interpolant_slope(const grz_interpolant *interpolant, const double v[3], double *log_f, double gradient[3])
{
    const int width = interpolant->spline.degree + 1; /* the derivative needs no further node */
    double w[3][WIDTH], slope[3][WIDTH], sum[4] = {0, 0, 0, 0};
    int64_t first[3];
    if (!weights_at(interpolant, v, first, w, slope)) return 0;
    for (int a = 0; a < width; a++)
        for (int b = 0; b < width; b++) {
            const double *row = row_at(interpolant, first, a, b);
            double value = 0, change = 0;
            for (int c = 0; c < width; c++) {
                value += w[2][c] * row[c];
                change += slope[2][c] * row[c];
            }
            sum[0] += w[0][a] * w[1][b] * value;
            sum[1] += slope[0][a] * w[1][b] * value;
            sum[2] += w[0][a] * slope[1][b] * value;
            sum[3] += w[0][a] * w[1][b] * change;
        }
    *log_f = sum[0];
    for (int axis = 0; axis < 3; axis++) gradient[axis] = sum[1 + axis] / interpolant->grid->spacing;
    return 1;
}

grz_status grz_interpolant_evaluate(const grz_interpolant *interpolant, int64_t count, const double *v, double *f, double *gradient)
{
    static const char *const function = "grz_interpolant_evaluate";
    if (!interpolant) return GRZ_ERROR_NULL_ARGUMENT;
    if (count < 0 || count > INT64_MAX / 64)
        return grzi_fail(interpolant->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is out of range", function, (long long)count);
    GRZI_TRY(grzi_check_array_finite(interpolant->context, function, "v", v, 3 * count));
    GRZI_TRY(grzi_check_pointer(interpolant->context, function, "f", f));
    for (int64_t i = 0; i < count; i++) {
        double log_f, slope[3];
        int inside =
            gradient ? grzi_interpolant_slope(interpolant, v + 3 * i, &log_f, slope) : grzi_interpolant_at(interpolant, v + 3 * i, &log_f);
        f[i] = inside ? exp(log_f) : 0;
        for (int axis = 0; gradient && axis < 3; axis++) gradient[3 * i + axis] = inside ? f[i] * slope[axis] : 0;
    }
    return GRZ_OK;
}

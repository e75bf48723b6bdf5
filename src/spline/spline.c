#include "spline/spline.h"

#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { MAX_DEGREE = 5, MAX_RATIO = GRZI_SPLINE_LARGEST_RATIO };

/* Polynomial pieces of the centred cardinal B-spline: piece a (node first + a) at fraction t in [0, 1], lowest power first. */
static const double cubic[4][MAX_DEGREE + 1] = {
    {1 / 6., -3 / 6., 3 / 6., -1 / 6.}, {4 / 6., 0, -6 / 6., 3 / 6.}, {1 / 6., 3 / 6., 3 / 6., -3 / 6.}, {0, 0, 0, 1 / 6.}};
static const double quintic[6][MAX_DEGREE + 1] = {{1 / 120., -5 / 120., 10 / 120., -10 / 120., 5 / 120., -1 / 120.},
                                                  {26 / 120., -50 / 120., 20 / 120., 20 / 120., -20 / 120., 5 / 120.},
                                                  {66 / 120., 0, -60 / 120., 0, 30 / 120., -10 / 120.},
                                                  {26 / 120., 50 / 120., 20 / 120., -20 / 120., -20 / 120., 10 / 120.},
                                                  {1 / 120., 5 / 120., 10 / 120., 10 / 120., 5 / 120., -5 / 120.},
                                                  {0, 0, 0, 0, 0, 1 / 120.}};

static const double *piece(int degree, int a)
{
    return degree == 3 ? cubic[a] : quintic[a];
}

static double piece_value(int degree, int a, double t)
{
    const double *p = piece(degree, a);
    double value = p[degree];
    for (int k = degree - 1; k >= 0; k--) value = value * t + p[k];
    return value;
}

/* (p(t1) - p(t0))/(t1 - t0) by synthetic division: no difference of nearly equal numbers. */
static double piece_quotient(int degree, int a, double t0, double t1)
{
    const double *p = piece(degree, a);
    double quotient = 0, value = 0;
    for (int k = degree; k >= 0; k--) {
        quotient = quotient * t1 + value;
        value = value * t0 + p[k];
    }
    return quotient;
}

/* Cell of x: x = cell + t, t in [0, 1]; the last cell is closed on the right, and the first takes what rounding puts before it, so that no
 * node beyond the reach is touched. */
static int cell_of(double x, int reach)
{
    int cell = (int)floor(x);
    return cell < -reach ? -reach : cell < reach ? cell : reach - 1;
}

/* The stencil of a cell starts at node cell - (degree-1)/2, which is stored at index cell. */
void grzi_spline_weights(int degree, double x, int reach, int *first, double *w)
{
    int cell = cell_of(x, reach);
    for (int a = 0; a <= degree; a++) w[a] = piece_value(degree, a, x - cell);
    *first = cell;
}

static void add_segment(int degree, int offset, double t0, double t1, double slope, double *difference)
{
    for (int a = 0; a <= degree; a++) difference[a + offset] += slope * piece_quotient(degree, a, t0, t1);
}

void grzi_spline_difference_weights(int degree, double x, double dx, double theta, int reach, int *first, double *w, double *w_moved,
                                    double *difference)
{
    double step = theta * dx, moved = x + step;
    int cell = cell_of(x, reach), cell_moved = cell_of(moved, reach), lower = cell < cell_moved ? cell : cell_moved;
    for (int a = 0; a < degree + 2; a++) w[a] = w_moved[a] = difference[a] = 0;
    for (int a = 0; a <= degree; a++) {
        w[a + cell - lower] = piece_value(degree, a, x - cell);
        w_moved[a + cell_moved - lower] = piece_value(degree, a, moved - cell_moved);
    }
    if (cell == cell_moved) {
        add_segment(degree, 0, x - cell, (x - cell) + step, dx, difference);
    } else { /* across one knot, piece by piece */
        int knot = lower + 1, up = cell_moved > cell;
        double part = fabs(knot - x) / fabs(step);
        add_segment(degree, cell - lower, x - cell, up ? 1 : 0, dx * part, difference);
        add_segment(degree, cell_moved - lower, up ? 0 : 1, moved - cell_moved, dx * (1 - part), difference);
    }
    *first = lower;
}

/* Collocation matrix, size x size, row by row, with not-a-knot rows: the (d+1)-th difference of the coefficients is the jump of the d-th
 * derivative, zero at the (d-1)/2 outermost interior knots of each side. */
static void collocation(int degree, int n, double *matrix)
{
    int size = n + degree - 1, half = (degree - 1) / 2;
    memset(matrix, 0, sizeof *matrix * size * size);
    for (int i = 0; i < n; i++)
        for (int a = 0; a < degree; a++) matrix[(int64_t)i * size + i + a] = piece_value(degree, a, 0);
    for (int m = 0; m < half; m++) {
        double binomial = 1;
        for (int j = 0; j <= degree + 1; j++) {
            matrix[(int64_t)(n + m) * size + m + j] = binomial;
            matrix[(int64_t)(n + half + m) * size + size - 1 - m - j] = binomial;
            binomial *= -(double)(degree + 1 - j) / (j + 1);
        }
    }
}

static grz_status invert(const grz_context *context, int degree, int n, double *matrix)
{
    int size = n + degree - 1;
    double *equations = grzi_allocate(context, (int64_t)size * size, sizeof *equations);
    double *columns = grzi_allocate_zeroed(context, (int64_t)size * n, sizeof *columns);
    grz_status status = equations && columns ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        collocation(degree, n, equations);
        for (int i = 0; i < n; i++) columns[(int64_t)i * n + i] = 1;
        if (grzi_eliminate(size, n, equations, columns) != 0)
            status = grzi_fail(context, GRZ_ERROR_INTERNAL, "spline collocation of degree %d on %d nodes is singular", degree, n);
    }
    if (status == GRZ_OK) memcpy(matrix, columns, sizeof *columns * (size_t)size * n);
    grzi_deallocate(context, columns);
    grzi_deallocate(context, equations);
    return status;
}

/* B(x/ratio) = sum_j mask_j B(x - j), mask = ratio^{-d} [1 + z + ... + z^{ratio-1}]^{d+1}, centred: of length (ratio - 1)(d + 1) + 1. */
static int subdivision(int degree, int ratio, double *mask)
{
    int length = 1;
    mask[0] = ratio;
    for (int k = 0; k <= degree; k++) {
        length += ratio - 1;
        for (int j = length - 1; j >= 0; j--) {
            double sum = 0;
            for (int i = 0; i < ratio; i++)
                if (j - i >= 0 && j - i <= length - ratio) sum += mask[j - i];
            mask[j] = sum / ratio;
        }
    }
    return length;
}

/* matrix = the finer lattice's coefficients of the spline with the coarse ones, size x n from coarse size x n. */
static void refine(const grzi_spline *spline, const double *coarse, double *matrix)
{
    enum { MAX_MASK = (MAX_RATIO - 1) * (MAX_DEGREE + 1) + 1 };
    double mask[MAX_MASK];
    const int n = spline->n, half = (spline->degree - 1) / 2, length = subdivision(spline->degree, spline->ratio, mask);
    memset(matrix, 0, sizeof *matrix * (size_t)spline->size * n);
    for (int to = 0; to < spline->size; to++)
        for (int from = 0; from < n + spline->degree - 1; from++) {
            int j = (to - half) - spline->ratio * (from - half) + (length - 1) / 2;
            if (j < 0 || j >= length) continue;
            for (int c = 0; c < n; c++) matrix[(int64_t)to * n + c] += mask[j] * coarse[(int64_t)from * n + c];
        }
}

static grz_status fill(const grz_context *context, grzi_spline *spline)
{
    if (spline->ratio == 1) return invert(context, spline->degree, spline->n, spline->matrix);
    double *coarse = grzi_allocate(context, (int64_t)(spline->n + spline->degree - 1) * spline->n, sizeof *coarse);
    if (!coarse) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = invert(context, spline->degree, spline->n, coarse);
    if (status == GRZ_OK) refine(spline, coarse, spline->matrix);
    grzi_deallocate(context, coarse);
    return status;
}

grz_status grzi_spline_create(const grz_context *context, int degree, int n, grzi_spline *spline)
{
    return grzi_spline_create_refined(context, degree, n, 1, n, spline);
}

grz_status grzi_spline_create_refined(const grz_context *context, int degree, int n, int ratio, int shape, grzi_spline *spline)
{
    *spline = (grzi_spline){.degree = degree, .n = n, .ratio = ratio, .nodes = (n - 1) * ratio + 1};
    spline->size = spline->nodes + degree - 1;
    spline->rows = shape + degree;
    spline->stride = (spline->rows + 7) & ~7;
    spline->count = spline->rows * grzi_spline_plane(spline) + 32; /* vector loops run over the end of the last row */
    int64_t size = spline->size;
    spline->matrix = grzi_allocate(context, 3 * size * n, sizeof(double));
    spline->squares = spline->matrix ? spline->matrix + size * n : NULL;
    spline->sizes = spline->matrix ? spline->matrix + 2 * size * n : NULL;
    spline->work = grzi_allocate(context, size * n * n + size * size * n, sizeof(double));
    grz_status status = spline->matrix && spline->work ? fill(context, spline) : GRZ_ERROR_OUT_OF_MEMORY;
    for (int64_t i = 0; status == GRZ_OK && i < size * n; i++) {
        spline->squares[i] = spline->matrix[i] * spline->matrix[i];
        spline->sizes[i] = fabs(spline->matrix[i]);
    }
    if (status != GRZ_OK) grzi_spline_destroy(context, spline);
    return status;
}

void grzi_spline_destroy(const grz_context *context, grzi_spline *spline)
{
    grzi_deallocate(context, spline->matrix);
    grzi_deallocate(context, spline->work);
    *spline = (grzi_spline){0};
}

void grzi_spline_interpolate(grzi_spline *spline, const double *values, double *coefficients)
{
    int n = spline->n, size = spline->size, stride = spline->stride;
    int64_t plane = grzi_spline_plane(spline);
    const grzi_matrix S = grzi_rows(spline->matrix, n), S_transposed = grzi_columns_of(spline->matrix, n);
    double *x_done = spline->work, *y_done = x_done + (int64_t)size * n * n;
    memset(coefficients, 0, sizeof *coefficients * spline->count);
    grzi_multiply(size, n * n, n, S, grzi_rows(values, n * n), 0, x_done, n * n);
    for (int64_t i = 0; i < size; i++) {
        grzi_multiply(size, n, n, S, grzi_rows(x_done + i * n * n, n), 0, y_done + i * size * n, n);
        grzi_multiply(size, size, n, grzi_rows(y_done + i * size * n, n), S_transposed, 0, coefficients + i * plane, stride);
    }
}

void grzi_spline_transpose(grzi_spline *spline, const double *coefficients, double *values)
{
    int n = spline->n, size = spline->size, stride = spline->stride;
    int64_t plane = grzi_spline_plane(spline);
    const grzi_matrix S = grzi_rows(spline->matrix, n), S_transposed = grzi_columns_of(spline->matrix, n);
    double *x_done = spline->work, *y_done = x_done + (int64_t)size * n * n;
    for (int64_t i = 0; i < size; i++) {
        grzi_multiply(size, n, size, grzi_rows(coefficients + i * plane, stride), S, 0, y_done + i * size * n, n);
        grzi_multiply(n, n, size, S_transposed, grzi_rows(y_done + i * size * n, n), 0, x_done + i * n * n, n);
    }
    grzi_multiply(n, n * n, size, S_transposed, grzi_rows(x_done, n * n), 0, values, n * n);
}

double grzi_spline_largest(const grzi_spline *spline, const double *coefficients)
{
    int n = spline->nodes, degree = spline->degree, first;
    double weights[2][MAX_DEGREE + 1], largest = -INFINITY;
    for (int half = 0; half < 2; half++) grzi_spline_weights(degree, 0.5 * half, 1, &first, weights[half]);
    for (int i = 0; i < 2 * n - 1; i++)
        for (int j = 0; j < 2 * n - 1; j++)
            for (int k = 0; k < 2 * n - 1; k++) {
                const double *c = coefficients + i / 2 * grzi_spline_plane(spline) + (int64_t)(j / 2) * spline->stride + k / 2;
                double value = 0;
                for (int a = 0; a <= degree; a++)
                    for (int b = 0; b <= degree; b++) {
                        const double *row = c + a * grzi_spline_plane(spline) + (int64_t)b * spline->stride;
                        double sum = 0;
                        for (int d = 0; d <= degree; d++) sum += weights[k % 2][d] * row[d];
                        value += weights[i % 2][a] * weights[j % 2][b] * sum;
                    }
                largest = fmax(largest, value);
            }
    return largest;
}

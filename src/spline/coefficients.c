#include "spline/coefficients.h"

#include "solve/solve.h"

#include <string.h>

/* Centred cardinal B-splines at the integers -2 .. 2. */
static const double cubic[5] = {0, 1.0 / 6, 4.0 / 6, 1.0 / 6, 0};
static const double quintic[5] = {1.0 / 120, 26.0 / 120, 66.0 / 120, 26.0 / 120, 1.0 / 120};

const double *grzi_coefficients_spline(int degree)
{
    return degree == 3 ? cubic : quintic;
}

/* The (degree + 1)-th differences at both ends vanish, so c_0 = -sum_{j >= 1} (-1)^j binomial(degree + 1, j) c_j, and so on inwards. */
void grzi_coefficients_extension(int degree, int n, double *extension)
{
    int half = (degree - 1) / 2, size = n + 2 * half;
    memset(extension, 0, sizeof *extension * size * n);
    for (int i = 0; i < n; i++) extension[(int64_t)(half + i) * n + i] = 1;
    for (int end = half - 1; end >= 0; end--) {
        double binomial = 1, *left = extension + (int64_t)end * n, *right = extension + (int64_t)(size - 1 - end) * n;
        for (int j = 1; j <= degree + 1; j++) {
            binomial *= -(double)(degree + 2 - j) / j;
            for (int c = 0; c < n; c++) {
                left[c] -= binomial * left[(int64_t)j * n + c];
                right[c] -= binomial * right[c - (int64_t)j * n];
            }
        }
    }
}

static void fill(int degree, int n, const double *extension, double *matrix)
{
    const double *spline = grzi_coefficients_spline(degree);
    int half = (degree - 1) / 2;
    memset(matrix, 0, sizeof *matrix * n * n);
    for (int i = 0; i < n; i++)
        for (int a = -half; a <= half; a++)
            for (int c = 0; c < n; c++) matrix[(int64_t)i * n + c] += spline[2 + a] * extension[(int64_t)(i + half + a) * n + c];
}

grz_status grzi_coefficients_create(const grz_context *context, int degree, int n, grzi_coefficients *made)
{
    *made = (grzi_coefficients){.n = n};
    double *extension = grzi_allocate(context, (int64_t)(n + degree - 1) * n, sizeof *extension);
    made->matrix = grzi_allocate(context, (int64_t)n * n, sizeof(double));
    made->work = grzi_allocate(context, 2 * (int64_t)n * n * n, sizeof(double));
    grz_status status = extension && made->matrix && made->work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        grzi_coefficients_extension(degree, n, extension);
        fill(degree, n, extension, made->matrix);
    } else {
        grzi_coefficients_destroy(context, made);
    }
    grzi_deallocate(context, extension);
    return status;
}

void grzi_coefficients_destroy(const grz_context *context, grzi_coefficients *coefficients)
{
    grzi_deallocate(context, coefficients->matrix);
    grzi_deallocate(context, coefficients->work);
    *coefficients = (grzi_coefficients){0};
}

static grzi_matrix oriented(const double *matrix, int n, int transposed)
{
    return transposed ? grzi_columns_of(matrix, n) : grzi_rows(matrix, n);
}

/* One axis after the other. */
void grzi_tensor_product(int n, int transposed, const double *const matrices[3], const double *in, double *out, double *work)
{
    int64_t plane = (int64_t)n * n;
    double *x = work, *y = x + plane * n;
    grzi_multiply(n, n * n, n, oriented(matrices[0], n, transposed), grzi_rows(in, n * n), 0, x, n * n);
    for (int i = 0; i < n; i++) {
        grzi_multiply(n, n, n, oriented(matrices[1], n, transposed), grzi_rows(x + i * plane, n), 0, y + i * plane, n);
        grzi_multiply(n, n, n, grzi_rows(y + i * plane, n), oriented(matrices[2], n, !transposed), 0, out + i * plane, n);
    }
}

void grzi_coefficients_to_values(grzi_coefficients *e, const double *c, double *values)
{
    grzi_tensor_product(e->n, 0, (const double *const[3]){e->matrix, e->matrix, e->matrix}, c, values, e->work);
}

void grzi_coefficients_transpose(grzi_coefficients *e, const double *values, double *c)
{
    grzi_tensor_product(e->n, 1, (const double *const[3]){e->matrix, e->matrix, e->matrix}, values, c, e->work);
}

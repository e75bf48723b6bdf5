#include "geometry/coefficients.h"

#include <cblas.h>
#include <string.h>

/* Centred cardinal B-splines at the integers -2 .. 2. */
static const double cubic[5] = {0, 1.0 / 6, 4.0 / 6, 1.0 / 6, 0};
static const double quintic[5] = {1.0 / 120, 26.0 / 120, 66.0 / 120, 26.0 / 120, 1.0 / 120};

/* Row i over the size = n + 2 half coefficients, then the outermost eliminated by the not-a-knot conditions: the (degree + 1)-th differences
 * at both ends vanish, so c_0 = -sum_{j >= 1} (-1)^j binomial(degree + 1, j) c_j, and so on inwards. */
static void fill(int degree, int n, double *row, double *matrix)
{
    const double *spline = degree == 3 ? cubic : quintic;
    int half = (degree - 1) / 2, size = n + 2 * half;
    for (int i = 0; i < n; i++) {
        memset(row, 0, sizeof *row * size);
        for (int a = -half; a <= half; a++) row[i + half + a] = spline[2 + a];
        for (int end = 0; end < half; end++) {
            double binomial = 1, left = row[end], right = row[size - 1 - end];
            row[end] = row[size - 1 - end] = 0;
            for (int j = 1; j <= degree + 1; j++) {
                binomial *= -(double)(degree + 2 - j) / j;
                row[end + j] -= binomial * left;
                row[size - 1 - end - j] -= binomial * right;
            }
        }
        memcpy(matrix + (int64_t)i * n, row + half, sizeof *row * n);
    }
}

grz_status grzi_coefficients_create(const grz_context *context, int degree, int n, grzi_coefficients *made)
{
    *made = (grzi_coefficients){.n = n};
    double *row = grzi_allocate(context, n + degree - 1, sizeof *row);
    made->matrix = grzi_allocate(context, (int64_t)n * n, sizeof(double));
    made->work = grzi_allocate(context, 2 * (int64_t)n * n * n, sizeof(double));
    grz_status status = row && made->matrix && made->work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK)
        fill(degree, n, row, made->matrix);
    else
        grzi_coefficients_destroy(context, made);
    grzi_deallocate(context, row);
    return status;
}

void grzi_coefficients_destroy(const grz_context *context, grzi_coefficients *coefficients)
{
    grzi_deallocate(context, coefficients->matrix);
    grzi_deallocate(context, coefficients->work);
    *coefficients = (grzi_coefficients){0};
}

/* One axis after the other; products small enough that OpenBLAS stays on this thread. */
static void tensor(grzi_coefficients *e, CBLAS_TRANSPOSE transpose, const double *in, double *out)
{
    int n = e->n, other = transpose == CblasTrans ? CblasNoTrans : CblasTrans;
    int64_t plane = (int64_t)n * n;
    double *x = e->work, *y = x + plane * n;
    for (int j = 0; j < n; j++)
        cblas_dgemm(CblasRowMajor, transpose, CblasNoTrans, n, n, n, 1, e->matrix, n, in + (int64_t)j * n, n * n, 0, x + (int64_t)j * n,
                    n * n);
    for (int i = 0; i < n; i++)
        cblas_dgemm(CblasRowMajor, transpose, CblasNoTrans, n, n, n, 1, e->matrix, n, x + i * plane, n, 0, y + i * plane, n);
    for (int i = 0; i < n; i++)
        cblas_dgemm(CblasRowMajor, CblasNoTrans, (CBLAS_TRANSPOSE)other, n, n, n, 1, y + i * plane, n, e->matrix, n, 0, out + i * plane, n);
}

void grzi_coefficients_to_values(grzi_coefficients *coefficients, const double *c, double *values)
{
    tensor(coefficients, CblasNoTrans, c, values);
}

void grzi_coefficients_transpose(grzi_coefficients *coefficients, const double *values, double *c)
{
    tensor(coefficients, CblasTrans, values, c);
}

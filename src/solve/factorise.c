/* Small dense systems: Cholesky factors and elimination, without a call of BLAS on the hot path. */
#include "solve/solve.h"

#include <math.h>

int grzi_cholesky(int n, double *matrix)
{
    for (int j = 0; j < n; j++)
        for (int i = j; i < n; i++) {
            double sum = matrix[i * n + j];
            for (int k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
            if (i == j && !(sum > 0 && sum <= 1.7e308)) return 1 + j;
            matrix[i * n + j] = i == j ? sqrt(sum) : sum / matrix[j * n + j];
        }
    return 0;
}

void grzi_cholesky_solve(int n, const double *factor, double *x)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++) x[i] -= factor[i * n + k] * x[k];
        x[i] /= factor[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++) x[i] -= factor[k * n + i] * x[k];
        x[i] /= factor[i * n + i];
    }
}

static void exchange(int count, double *a, double *b)
{
    for (int i = 0; i < count; i++) {
        double held = a[i];
        a[i] = b[i];
        b[i] = held;
    }
}

int grzi_eliminate(int n, int columns, double *a, double *x)
{
    for (int step = 0; step < n; step++) {
        double *pivot_row = a + (int64_t)step * n;
        int largest = step;
        for (int i = step + 1; i < n; i++)
            if (fabs(a[(int64_t)i * n + step]) > fabs(a[(int64_t)largest * n + step])) largest = i;
        if (!(fabs(a[(int64_t)largest * n + step]) > 0)) return 1 + step;
        if (largest != step) {
            exchange(n, pivot_row, a + (int64_t)largest * n);
            exchange(columns, x + (int64_t)step * columns, x + (int64_t)largest * columns);
        }
        for (int i = step + 1; i < n; i++) {
            double factor = a[(int64_t)i * n + step] / pivot_row[step];
            if (factor == 0) continue; /* bands */
            for (int j = step; j < n; j++) a[(int64_t)i * n + j] -= factor * pivot_row[j];
            for (int j = 0; j < columns; j++) x[(int64_t)i * columns + j] -= factor * x[(int64_t)step * columns + j];
        }
    }
    for (int step = n - 1; step >= 0; step--) {
        const double *row = a + (int64_t)step * n;
        for (int k = step + 1; k < n; k++)
            for (int j = 0; row[k] != 0 && j < columns; j++) x[(int64_t)step * columns + j] -= row[k] * x[(int64_t)k * columns + j];
        for (int j = 0; j < columns; j++) x[(int64_t)step * columns + j] /= row[step];
    }
    return 0;
}

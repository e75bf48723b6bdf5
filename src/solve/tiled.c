#include "solve/tiled.h"

enum { TILE = GRZI_TILE };

void grzi_tiled_fill(int64_t n, double *matrix)
{
    int64_t last = grzi_tiled_rows(n) - 1;
    for (int64_t row = 0; row <= last; row++) {
        double *tile = matrix + grzi_tiled_tile(row, row);
        for (int j = 0; j < TILE; j++)
            for (int i = 0; i < j; i++) tile[j * TILE + i] = 0;
    }
    for (int64_t column = 0; column <= last; column++)
        for (int j = 0; j < TILE; j++)
            for (int64_t i = n - last * TILE; i < TILE; i++)
                matrix[grzi_tiled_tile(last, column) + j * TILE + i] = column == last && i == j;
}

/* Left-looking: a column of tiles takes up those before it, its tiles in any order, what each takes up always in the same. */
grz_status grzi_tiled_factorise(const grz_context *context, int64_t n, const char *stage, double from, double *matrix, int64_t *row)
{
    const grzi_tiles *set = grzi_tiles_select(grzi_context_simd(context));
    int64_t rows = grzi_tiled_rows(n);
    int threads = grzi_threads(context), failed = 0;
    double all = (double)rows * rows * rows / 6, done = 0;
    *row = 0;
    for (int64_t column = 0; column < rows; column++) {
#pragma omp parallel num_threads(threads)
        {
#pragma omp for schedule(dynamic, 1)
            for (int64_t i = column; i < rows; i++)
                for (int64_t k = 0; k < column; k++)
                    set->subtract(matrix + grzi_tiled_tile(column, k), matrix + grzi_tiled_tile(i, k), matrix + grzi_tiled_tile(i, column));
#pragma omp single
            failed = set->factorise(matrix + grzi_tiled_tile(column, column));
#pragma omp for schedule(dynamic, 1)
            for (int64_t i = column + 1; i < rows; i++)
                if (!failed) set->divide(matrix + grzi_tiled_tile(column, column), matrix + grzi_tiled_tile(i, column));
        }
        if (failed) {
            *row = column * TILE + failed;
            return GRZ_OK;
        }
        done += (double)(rows - column) * column;
        GRZI_TRY(grzi_report_progress(context, stage, from + (1 - from) * done / all));
    }
    return GRZ_OK;
}

/* With the tile on the diagonal, plainly: a hundredth of the work. */
static void solve_diagonal(const double *L, int transposed, double *x)
{
    for (int step = 0; step < TILE; step++) {
        int i = transposed ? TILE - 1 - step : step;
        double sum = x[i];
        if (transposed)
            for (int k = i + 1; k < TILE; k++) sum -= L[i * TILE + k] * x[k];
        x[i] = sum / L[i * TILE + i];
        if (!transposed)
            for (int k = i + 1; k < TILE; k++) x[k] -= L[i * TILE + k] * x[i];
    }
}

void grzi_tiled_solve(const grz_context *context, int64_t n, const double *factor, double *x)
{
    const grzi_tiles *set = grzi_tiles_select(grzi_context_simd(context));
    int64_t rows = grzi_tiled_rows(n);
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t k = 0; k < row; k++) set->subtract_product(factor + grzi_tiled_tile(row, k), x + k * TILE, x + row * TILE);
        solve_diagonal(factor + grzi_tiled_tile(row, row), 0, x + row * TILE);
    }
    for (int64_t row = rows - 1; row >= 0; row--) {
        solve_diagonal(factor + grzi_tiled_tile(row, row), 1, x + row * TILE);
        for (int64_t k = 0; k < row; k++) set->subtract_adjoint(factor + grzi_tiled_tile(row, k), x + row * TILE, x + k * TILE);
    }
}

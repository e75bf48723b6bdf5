/* Cholesky factors of large symmetric matrices in tiles, on several threads. Own code, not LAPACK's: its time does not depend on which
 * BLAS stands below, nor its bits on the number of threads, and it can be cancelled. */
#ifndef GRZI_TILED_H
#define GRZI_TILED_H

#include "solve/solve.h"
#include "solve/tiles.h"

/* The lower triangle of n rows: tiles of rows of tiles, those from the first to the diagonal. The last ones are filled up with the unit
 * matrix. */
static inline int64_t grzi_tiled_rows(int64_t n)
{
    return (n + GRZI_TILE - 1) / GRZI_TILE;
}

static inline int64_t grzi_tiled_doubles(int64_t n)
{
    return grzi_tiled_rows(n) * (grzi_tiled_rows(n) + 1) / 2 * GRZI_TILE_SIZE;
}

static inline int64_t grzi_tiled_tile(int64_t row, int64_t column)
{
    return (row * (row + 1) / 2 + column) * GRZI_TILE_SIZE;
}

/* Where entry (i, j <= i) stands. */
static inline int64_t grzi_tiled_index(int64_t i, int64_t j)
{
    return grzi_tiled_tile(i / GRZI_TILE, j / GRZI_TILE) + j % GRZI_TILE * GRZI_TILE + i % GRZI_TILE;
}

/* What the tiles hold beyond the matrix and above its diagonal. */
void grzi_tiled_fill(int64_t n, double *matrix);

/* L of L L^T in place. *row: 0, or 1 + the row where the matrix ceases to be positive definite. Reports progress from one share of the stage
 * to its end. */
grz_status grzi_tiled_factorise(const grz_context *context, int64_t n, const char *stage, double from, double *matrix, int64_t *row);

/* x = (L L^T)^{-1} x; x has whole tiles of places, zero beyond n. */
void grzi_tiled_solve(const grz_context *context, int64_t n, const double *factor, double *x);

#endif

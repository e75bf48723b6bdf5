/* Linear algebra of small systems and products on the calling thread, in no more stack than a page or two. What runs with every application
 * uses these: a threaded BLAS counts host threads, wants large stacks and starts threads of its own. */
#ifndef GRZI_SOLVE_H
#define GRZI_SOLVE_H

#include "core/core.h"

/* A matrix by its first entry and the distances between rows and between columns; exchanged, they make the transpose. */
typedef struct grzi_matrix {
    const double *entries;
    int64_t row, column;
} grzi_matrix;

static inline grzi_matrix grzi_rows(const double *entries, int64_t row)
{
    return (grzi_matrix){entries, row, 1};
}

static inline grzi_matrix grzi_columns_of(const double *entries, int64_t row)
{
    return (grzi_matrix){entries, 1, row};
}

/* c = a b, or c += a b where added, for a of m rows and k columns and b of k rows and n columns; c has rows c_row apart. c overlaps
 * neither. */
void grzi_multiply(int m, int n, int k, grzi_matrix a, grzi_matrix b, int added, double *c, int64_t c_row);

/* Inner products, always in the same order: in four lanes; or in blocks of this many, one number after the other, which keeps the rounding of
 * long sums small. */
double grzi_dot(int64_t count, const double *x, const double *y);
double grzi_dot_by_blocks(int64_t block, int64_t count, const double *x, const double *y);

/* Cholesky factor L of the symmetric matrix whose lower triangle is given, rows n apart, in place; 0, or 1 + the row where the matrix
 * ceases to be positive definite. Then x = (L L^T)^{-1} x. */
int grzi_cholesky(int n, double *matrix);
void grzi_cholesky_solve(int n, const double *factor, double *x);

/* x = a^{-1} x for `columns` right sides (rows of x are columns apart, those of a n), by elimination with partial pivoting; destroys a.
 * 0, or 1 + the step without a pivot. */
int grzi_eliminate(int n, int columns, double *a, double *x);

#endif

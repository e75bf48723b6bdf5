/* LAPACK's rectangular full packed format, lower, not transposed: L = (L1 0; S L2), columns hold L1, below it S, and above or beside it
 * L2^T. */
#include "solve/lapack.h"

enum { BLOCK = 192 };

typedef struct parts {
    int first, second, stride;
    double *L1, *L2, *S;
} parts;

static parts parts_of(int n, double *packed)
{
    int odd = n % 2;
    parts t = {.first = (n + 1) / 2, .second = n / 2, .stride = odd ? n : n + 1, .L1 = packed + !odd, .L2 = odd ? packed + n : packed};
    t.S = t.L1 + t.first;
    return t;
}

/* ------------------------------------------------------------------------------------------------------- factorisation */

/* Columns [from, to) of a symmetric matrix in one triangle of a column-major array: the lower one, with the rows of S below, or the upper
 * one, which has the transposed factor. */
typedef struct step {
    double *matrix, *below;
    int upper, n, below_rows, stride, from, size, info;
} step;

static inline double *at(const step *t, int row, int column) /* row >= column */
{
    return t->matrix + (t->upper ? column + (int64_t)row * t->stride : row + (int64_t)column * t->stride);
}

/* The block column from all columns before it, then its own factor. */
static void take_step(void *user)
{
    step *t = user;
    int from = t->from, size = t->size, rest = t->n - from - size, stride = t->stride;
    CBLAS_UPLO side = t->upper ? CblasUpper : CblasLower;
    double *diagonal = at(t, from, from), *under = rest > 0 ? at(t, from + size, from) : NULL;
    double *below = t->below_rows > 0 ? t->below + (int64_t)from * stride : NULL;
    if (from > 0) {
        const double *done = at(t, from, 0);
        cblas_dsyrk(CblasColMajor, side, t->upper ? CblasTrans : CblasNoTrans, size, from, -1, done, stride, 1, diagonal, stride);
        if (rest > 0 && !t->upper)
            cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, rest, size, from, -1, at(t, from + size, 0), stride, done, stride, 1,
                        under, stride);
        if (rest > 0 && t->upper)
            cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, size, rest, from, -1, done, stride, at(t, from + size, 0), stride, 1,
                        under, stride);
        if (below)
            cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, t->below_rows, size, from, -1, t->below, stride, done, stride, 1, below,
                        stride);
    }
    t->info = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, t->upper ? 'U' : 'L', size, diagonal, stride);
    if (t->info != 0) return;
    if (rest > 0 && !t->upper)
        cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, rest, size, 1, diagonal, stride, under, stride);
    if (rest > 0 && t->upper)
        cblas_dtrsm(CblasColMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, size, rest, 1, diagonal, stride, under, stride);
    if (below)
        cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, t->below_rows, size, 1, diagonal, stride, below,
                    stride);
}

/* L2 L2^T loses S S^T, block row by block row of the transposed half. */
static void subtract_outer(void *user)
{
    const step *t = user;
    const double *S = t->below;
    cblas_dsyrk(CblasColMajor, CblasUpper, CblasNoTrans, t->size, t->below_rows, -1, S + t->from, t->stride, 1, at(t, t->from, t->from),
                t->stride);
    if (t->from > 0)
        cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, t->from, t->size, t->below_rows, -1, S, t->stride, S + t->from, t->stride, 1,
                    at(t, t->from, 0), t->stride);
}

grz_status grzi_packed_cholesky(const grz_context *context, const char *stage, double begin, int n, double *packed, int *failed)
{
    parts p = parts_of(n, packed);
    step first = {.matrix = p.L1, .n = p.first, .stride = p.stride, .below = p.S, .below_rows = p.second};
    step outer = {.matrix = p.L2, .upper = 1, .n = p.second, .stride = p.stride, .below = p.S, .below_rows = p.first};
    step second = {.matrix = p.L2, .upper = 1, .n = p.second, .stride = p.stride};
    step *const phases[3] = {&first, &outer, &second};
    static const double share[4] = {0, 0.5, 0.875, 1};
    *failed = 0;
    for (int phase = 0; phase < 3; phase++) {
        step *t = phases[phase];
        for (; t->from < t->n; t->from += t->size) {
            t->size = t->n - t->from < BLOCK ? t->n - t->from : BLOCK;
            GRZI_TRY(grzi_run_lapack(context, phase == 1 ? subtract_outer : take_step, t));
            if (t->info != 0) {
                *failed = (phase == 2 ? p.first : 0) + t->from + t->info;
                return GRZ_OK;
            }
            double done = share[phase] + (share[phase + 1] - share[phase]) * (t->from + t->size) / t->n;
            GRZI_TRY(grzi_report_progress(context, stage, begin + (1 - begin) * done));
        }
    }
    return GRZ_OK;
}

/* ------------------------------------------------------------------------------------------------- products with vectors */

typedef struct vector {
    parts p;
    double *x;
} vector;

/* One right side is a matter of reading the factor twice, which LAPACK's blocked dpftrs does with copies. */
static void solve(void *user)
{
    const vector *t = user;
    const parts *p = &t->p;
    double *x1 = t->x, *x2 = t->x + p->first;
    cblas_dtrsv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, p->first, p->L1, p->stride, x1, 1);
    cblas_dgemv(CblasColMajor, CblasNoTrans, p->second, p->first, -1, p->S, p->stride, x1, 1, 1, x2, 1);
    cblas_dtrsv(CblasColMajor, CblasUpper, CblasTrans, CblasNonUnit, p->second, p->L2, p->stride, x2, 1);
    cblas_dtrsv(CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, p->second, p->L2, p->stride, x2, 1);
    cblas_dgemv(CblasColMajor, CblasTrans, p->second, p->first, -1, p->S, p->stride, x2, 1, 1, x1, 1);
    cblas_dtrsv(CblasColMajor, CblasLower, CblasTrans, CblasNonUnit, p->first, p->L1, p->stride, x1, 1);
}

static void multiply(void *user)
{
    const vector *t = user;
    const parts *p = &t->p;
    double *x1 = t->x, *x2 = t->x + p->first;
    cblas_dtrmv(CblasColMajor, CblasLower, CblasTrans, CblasNonUnit, p->first, p->L1, p->stride, x1, 1);
    cblas_dgemv(CblasColMajor, CblasTrans, p->second, p->first, 1, p->S, p->stride, x2, 1, 1, x1, 1);
    cblas_dtrmv(CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, p->second, p->L2, p->stride, x2, 1);
    cblas_dtrmv(CblasColMajor, CblasUpper, CblasTrans, CblasNonUnit, p->second, p->L2, p->stride, x2, 1);
    cblas_dgemv(CblasColMajor, CblasNoTrans, p->second, p->first, 1, p->S, p->stride, x1, 1, 1, x2, 1);
    cblas_dtrmv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, p->first, p->L1, p->stride, x1, 1);
}

grz_status grzi_packed_solve(const grz_context *context, int n, const double *packed, double *x)
{
    vector t = {parts_of(n, (double *)packed), x};
    return grzi_run_lapack(context, solve, &t);
}

grz_status grzi_packed_multiply(const grz_context *context, int n, const double *packed, double *x)
{
    vector t = {parts_of(n, (double *)packed), x};
    return grzi_run_lapack(context, multiply, &t);
}

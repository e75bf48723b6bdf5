/* A factor that came from a file: its checksum tells damage, not whether the numbers are right. */
#include "operator/spectral/factor.h"

#include <math.h>

/* Rounding leaves 1e-12 of both. */
static const double ORTHONORMAL = 1e-8, EQUATIONS = 1e-8;
/* Share of a fresh function's square outside the span: the last singular functions are not determined better. */
static const double OUTSIDE = 0.05;

static int is_identity(int n, const double *gram)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (!(fabs(gram[i * n + j] - (i == j)) <= ORTHONORMAL)) return 0;
    return 1;
}

/* gram: products of the factor's orthonormal functions (rows) with fresh ones. */
static int spans(int n, const double *gram)
{
    for (int j = 0; j < n; j++) {
        double inside = 0;
        for (int i = 0; i < n; i++) inside += gram[i * n + j] * gram[i * n + j];
        if (!(fabs(inside - 1) <= OUTSIDE)) return 0;
    }
    return 1;
}

static int sound_bases(const grzi_factor *factor, const grzi_fit_rows *own, const grzi_fit_rows *fresh, double *gram)
{
    int outputs = factor->shape.outputs, inputs = factor->shape.inputs;
    grzi_fit_gram_alpha(&own->cone, outputs, own->alpha, own->alpha, gram);
    if (!is_identity(outputs, gram)) return 0;
    grzi_fit_gram_alpha(&own->cone, outputs, own->alpha, fresh->alpha, gram);
    if (!spans(outputs, gram)) return 0;
    grzi_fit_gram_beta(&own->cone, inputs, own->beta, own->beta, gram);
    if (!is_identity(inputs, gram)) return 0;
    grzi_fit_gram_beta(&own->cone, inputs, own->beta, fresh->beta, gram);
    return spans(inputs, gram);
}

/* y = L L^T x; above the diagonal a tile holds zeros. */
static void multiply(const grzi_factor *factor, const double *x, double *half, double *y)
{
    const int64_t n = factor->unknowns;
    for (int64_t j = 0; j < n; j++) {
        half[j] = 0;
        for (int64_t i = j; i < n; i++) half[j] += factor->cholesky[grzi_tiled_index(i, j)] * x[i];
        y[j] = 0;
    }
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = j; i < n; i++) y[i] += factor->cholesky[grzi_tiled_index(i, j)] * half[j];
}

/* In the scaled unknowns, where the matrix has a diagonal of ones. */
static grz_status check_equations(const grz_context *context, const grzi_factor *factor, const grzi_fit_rows *rows, double *work,
                                  int *sound)
{
    int64_t n = factor->unknowns;
    double *x = work, *factored = x + n, *direct = factored + n;
    uint64_t state = 20261130;
    for (int64_t i = 0; i < n; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        x[i] = (state >> 63 ? 1 : -1) * (0.5 + (double)(state >> 11 & 0xfffffffff) * 0x1p-37);
    }
    multiply(factor, x, direct, factored);
    for (int64_t i = 0; i < n; i++) x[i] *= factor->scale[i];
    GRZI_TRY(grzi_fit_normal_product(context, factor, rows, x, direct));
    for (int64_t i = 0; i < n && *sound; i++) *sound = fabs(factored[i] - direct[i] * factor->scale[i]) <= EQUATIONS;
    return GRZ_OK;
}

static int is_finite(const grzi_factor *factor)
{
    if (!grzi_all_finite(factor->alpha.coefficients, (int64_t)factor->alpha.terms * factor->alpha.count)) return 0;
    if (!grzi_all_finite(factor->beta.coefficients, (int64_t)factor->beta.terms * factor->beta.count)) return 0;
    if (!grzi_all_finite(factor->cholesky, grzi_tiled_doubles(factor->unknowns))) return 0;
    for (int64_t i = 0; i < factor->unknowns; i++)
        if (!(factor->scale[i] > 0 && factor->scale[i] < INFINITY)) return 0;
    return 1;
}

grz_status grzi_factor_check(const grz_context *context, grzi_factor *factor, grzi_basis *alpha, grzi_basis *beta, int *sound)
{
    int outputs = factor->shape.outputs, inputs = factor->shape.inputs, most = outputs > inputs ? outputs : inputs;
    *sound = is_finite(factor);
    if (!*sound) return GRZ_OK;
    grzi_fit_rows own = {{0}, NULL, NULL}, fresh = {{0}, NULL, NULL};
    double *work = grzi_allocate(context, (int64_t)most * most + 3 * factor->unknowns, sizeof *work);
    grz_status status = work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_fit_rows_create(context, &factor->shape, &factor->alpha, &factor->beta, 0, &own);
    if (status == GRZ_OK) status = grzi_fit_rows_create(context, &factor->shape, alpha, beta, 1, &fresh);
    if (status == GRZ_OK) *sound = sound_bases(factor, &own, &fresh, work);
    if (status == GRZ_OK && *sound) status = check_equations(context, factor, &own, work + (int64_t)most * most, sound);
    grzi_fit_rows_destroy(context, &own);
    grzi_fit_rows_destroy(context, &fresh);
    grzi_deallocate(context, work);
    return status;
}

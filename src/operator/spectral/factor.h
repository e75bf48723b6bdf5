/* What a fit needs and no kernel enters: bases, nodes of the cone, and the Cholesky factor of the normal equations. It depends on the shape
 * alone, so kernels, eps and operators share it through the context's cache. */
#ifndef GRZI_SPECTRAL_FACTOR_H
#define GRZI_SPECTRAL_FACTOR_H

#include "operator/spectral/basis.h"
#include "operator/spectral/cone.h"
#include "solve/tiled.h"

/* Two factors are the same when their shapes are, bit by bit. */
typedef struct grzi_fit_shape {
    int32_t outputs, inputs; /* numbers of alpha and beta */
    int32_t sides, windows;  /* the cone's nodes */
    double bandwidth;        /* kappa R */
    double decay, floor;
} grzi_fit_shape;

int grzi_fit_windows(int outputs);

typedef struct grzi_factor {
    int references;
    grzi_fit_shape shape;
    int64_t unknowns; /* outputs * inputs (inputs + 1)/2 */
    grzi_basis alpha, beta;
    double *scale;            /* unknowns: 1/sqrt of the normal matrix's diagonal */
    double *cholesky;         /* lower factor in tiles: grzi_tiled_doubles(unknowns) */
    struct grzi_factor *next; /* in the cache */
} grzi_factor;

/* The cached factor of this shape, or a new one, which enters the cache. Reports progress of a new one. */
grz_status grzi_factor_get(grz_context *context, const grzi_fit_shape *shape, grzi_factor **out);
void grzi_factor_release(const grz_context *context, grzi_factor *factor);

/* Bases and memory for scale and Cholesky factor. */
grz_status grzi_factor_allocate(const grz_context *context, const grzi_fit_shape *shape, grzi_factor **out);
/* Bases orthonormal on the cone, normal equations, Cholesky factor. */
grz_status grzi_factor_compute(const grz_context *context, grzi_factor *factor);
void grzi_factor_free(const grz_context *context, grzi_factor *factor);

/* The fit's rows, separated: root_weight alpha_p(k) at all nodes (pairs * windows * outputs) and beta_i(l) at all sides (sides *
 * inputs). */
typedef struct grzi_fit_rows {
    grzi_cone cone;
    double *alpha, *beta;
} grzi_fit_rows;

grz_status grzi_fit_rows_create(const grz_context *context, const grzi_fit_shape *shape, grzi_basis *alpha, grzi_basis *beta,
                                int orthonormalise, grzi_fit_rows *rows);
void grzi_fit_rows_destroy(const grz_context *context, grzi_fit_rows *rows);

/* Gram matrices of two sets of n functions, given by such values, under the marginals of the cone's weight on k and on l. */
void grzi_fit_gram_alpha(const grzi_cone *cone, int n, const double *left, const double *right, double *gram);
void grzi_fit_gram_beta(const grzi_cone *cone, int n, const double *left, const double *right, double *gram);

/* y = A^T A x with the fit's rows A: M x but for its ridge. */
grz_status grzi_fit_normal_product(const grz_context *context, const grzi_factor *factor, const grzi_fit_rows *rows, const double *x,
                                   double *y);

/* Whether a factor of unknown origin is one of its shape: bases orthonormal on the cone that span what they should, to which the ones of
 * grzi_factor_allocate, given, are compared, and M x = A^T A x for one vector x without zeros, so that no number escapes. */
grz_status grzi_factor_check(const grz_context *context, grzi_factor *factor, grzi_basis *alpha, grzi_basis *beta, int *sound);

/* x = M^{-1} y with the factored regularised normal matrix M; work: grzi_factor_work doubles, aligned to 64 bytes. */
static inline int64_t grzi_factor_work(const grzi_factor *factor)
{
    return grzi_tiled_rows(factor->unknowns) * GRZI_TILE;
}

void grzi_factor_solve(const grz_context *context, const grzi_factor *factor, const double *y, double *work, double *x);

#endif

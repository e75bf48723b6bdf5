/* Radial basis functions of the radial tensor method: even functions of x = |k|/kappa on [0, 1], as sums of even Legendre polynomials. */
#ifndef GRZI_SPECTRAL_BASIS_H
#define GRZI_SPECTRAL_BASIS_H

#include "core/core.h"

typedef struct grzi_basis {
    int count, terms;     /* functions; Legendre polynomials P_0, P_2, .., P_{2 terms - 2} of each */
    double *coefficients; /* terms * count */
} grzi_basis;

/* Legendre polynomials that count functions of this bandwidth take. */
int grzi_basis_terms(int count, double bandwidth);

/* Leading left singular functions of {cos(c x), 0 <= c <= bandwidth} on [0, 1] in the norm int |g|^2 weight^2 dx, with
 * weight(x) = (exp(-decay x^2) + floor) (x + offset), offset < 0 meaning no such factor. They span what bandlimited functions of that
 * weight need, as prolate functions do without it. */
grz_status grzi_basis_create(const grz_context *context, int count, double bandwidth, double decay, double floor, double offset,
                             grzi_basis *basis);
void grzi_basis_destroy(const grz_context *context, grzi_basis *basis);

/* values[i*count + b] = b-th function at x_i. work: grzi_basis_work doubles. */
int64_t grzi_basis_work(const grzi_basis *basis);
void grzi_basis_values(const grzi_basis *basis, int64_t size, const double *x, double *work, double *values);

/* Replaces the functions by combinations orthonormal under a positive semidefinite Gram matrix (count*count, destroyed). */
grz_status grzi_basis_orthonormalise(const grz_context *context, grzi_basis *basis, double *gram);

#endif

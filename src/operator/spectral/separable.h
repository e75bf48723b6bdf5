/* The exactly separable part of a collision operator, by products in velocity space:
 *     Q = D_ij[f] d_ij f + f u[f],   D_ij = A_ij * f,  u = -d_ij A_ij * f - G * f ,
 * A_ij the Landau tensor c |z|^{gamma+2} (delta_ij - z_i z_j/|z|^2) on |z| <= 2R, the same truncation as Boltzmann's, and G the loss
 * kernel on the same ball. Quadratic: 7 complex transforms; bilinear: 28 real ones. */
#ifndef GRZI_SPECTRAL_SEPARABLE_H
#define GRZI_SPECTRAL_SEPARABLE_H

#include "operator/spectral/modes.h"
#include "operator/spectral/radial.h"

/* Fields of work of one application. */
static inline int grzi_separable_fields(int threads)
{
    return 2 * threads + 7;
}

typedef struct grzi_separable {
    int present, has_landau;
    double *tensor;  /* 6 * modes: xx xy xz yy yz zz, off-diagonal ones doubled */
    double *hessian; /* 6 * modes: -k_i k_j */
    double *scalar;  /* modes: u */
} grzi_separable;

grz_status grzi_separable_create(const grz_context *context, const grzi_modes *modes, const grzi_radial *radial, grzi_separable *separable);
void grzi_separable_destroy(const grz_context *context, grzi_separable *separable);

/* Complex numbers of work per thread. */
static inline int64_t grzi_separable_spectra(const grzi_fft *fft)
{
    return 2 * grzi_fft_nodes(fft);
}

/* sum(x) = the separable part at the transforms' nodes, symmetric bilinear in the ball arrays f and g (g == f: quadratic).
 * spectrum: threads times the above; fields: grzi_separable_fields of work; sum is not among them. */
void grzi_separable_apply(const grzi_separable *separable, const grzi_modes *modes, const grzi_fft *fft, int threads,
                          const double complex *f, const double complex *g, double complex *spectrum, double *fields, double *sum);

#endif

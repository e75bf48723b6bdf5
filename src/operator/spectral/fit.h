/* Bhat(|k|, |l|, |m|) ~ sum_p sum_ij C_pij alpha_p(|k|) beta_i(|l|) beta_j(|m|) by weighted least squares on the cone of triangles. */
#ifndef GRZI_SPECTRAL_FIT_H
#define GRZI_SPECTRAL_FIT_H

#include "operator/spectral/bhat.h"
#include "operator/spectral/factor.h"

typedef struct grzi_fit {
    int outputs, inputs;
    grzi_basis alpha, beta; /* of |k|/kappa */
    double *coefficients;   /* [pair (i <= j)][p]: of F_i F_j, so twice C_pij for i < j */
    double residual;        /* weighted root mean square on the fit's nodes, over that of Bhat */
    double error;           /* the same on points that the fit has not seen */
    int iterations;
} grzi_fit;

/* kappa: radius of the ball of modes, in wave numbers; shape->bandwidth = kappa R. */
grz_status grzi_fit_create(grz_context *context, const grzi_fit_shape *shape, const grzi_radial *radial, double kappa, grzi_fit *fit);
void grzi_fit_destroy(const grz_context *context, grzi_fit *fit);

#endif

/* The radial tensor scheme at the modes of a grid: Q = sum_p alpha_p(|D|) sum_ij C_pij (beta_i(|D|) f) (beta_j(|D|) g). */
#ifndef GRZI_SPECTRAL_TENSOR_H
#define GRZI_SPECTRAL_TENSOR_H

#include "operator/spectral/fit.h"
#include "operator/spectral/modes.h"

typedef struct grzi_tensor {
    int outputs, inputs;
    double *alpha, *beta; /* outputs, inputs rows of one factor per mode */
    double *coefficients; /* of grzi_contract */
    double residual, error;
} grzi_tensor;

grz_status grzi_tensor_create(grz_context *context, const grzi_modes *modes, const grzi_fit_shape *shape, const grzi_radial *radial,
                              double kappa, grzi_tensor *tensor);
void grzi_tensor_destroy(const grz_context *context, grzi_tensor *tensor);

static inline int64_t grzi_tensor_fields(const grzi_tensor *tensor, int bilinear)
{
    return (int64_t)tensor->inputs * (bilinear ? 2 : 1) + tensor->outputs;
}

/* Doubles of contraction work per thread. */
int64_t grzi_tensor_tiles(const grzi_tensor *tensor);

/* parts[p] = alpha_p times the transform of the p-th sum, ball arrays, unnormalised (sums over the transforms' nodes). */
void grzi_tensor_apply(const grzi_tensor *tensor, const grzi_modes *modes, const grzi_fft *fft, int threads, const double complex *f,
                       const double complex *g, double complex *spectrum, double *fields, double *tiles, double complex *parts);

#endif

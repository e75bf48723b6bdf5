/* The radial tensor scheme at the modes of a grid: Q = sum_p alpha_p(|D|) sum_ij C_pij (beta_i(|D|) f) (beta_j(|D|) g). */
#ifndef GRZI_SPECTRAL_TENSOR_H
#define GRZI_SPECTRAL_TENSOR_H

#include "operator/spectral/columns.h"
#include "operator/spectral/contraction.h"
#include "operator/spectral/fit.h"

typedef struct grzi_tensor {
    int outputs, inputs;
    double *alpha, *beta; /* outputs, inputs factor arrays */
    grzi_contraction contraction;
    double residual, error;
} grzi_tensor;

grz_status grzi_tensor_create(grz_context *context, const grzi_modes *modes, const grzi_columns *columns, const grzi_fit_shape *shape,
                              const grzi_radial *radial, double kappa, grzi_tensor *tensor);
void grzi_tensor_destroy(const grz_context *context, grzi_tensor *tensor);

#endif

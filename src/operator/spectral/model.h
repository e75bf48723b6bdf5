/* The least-squares problem of the fit as a linear map of its unknowns, and what it makes of the normal equations. */
#ifndef GRZI_SPECTRAL_MODEL_H
#define GRZI_SPECTRAL_MODEL_H

#include "operator/spectral/factor.h"

typedef struct grzi_fit_model {
    const grzi_fit_rows *rows;
    int outputs, inputs, pairs, threads;
    double *solving; /* grzi_factor_work, whole tiles */
    double *square;  /* inputs * inputs */
    double *half;    /* sides * inputs */
    double *sheets;  /* outputs * sides * sides */
} grzi_fit_model;

/* y = model at all nodes (times root weight) of packed unknowns x; x = the adjoint of forward at y. */
void grzi_fit_forward(const grzi_fit_model *t, const double *x, double *y);
void grzi_fit_adjoint(const grzi_fit_model *t, const double *y, double *x);

#endif

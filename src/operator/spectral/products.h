/* Products in velocity space of fields that are radial multipliers of f, the common step of the radial tensor and of the separable part:
 *     Qhat = sum_p alpha_p F[sum_ij C_pij (beta_i f)(beta_j f)] + F[sum_e (first_e f)(second_e f)] .
 * Fields go two by two through one complex transform; plane by plane they are made, multiplied and transformed back, so that nothing of
 * the size of all fields in velocity space is ever stored. */
#ifndef GRZI_SPECTRAL_PRODUCTS_H
#define GRZI_SPECTRAL_PRODUCTS_H

#include "core/pulse.h"
#include "operator/spectral/separable.h"
#include "operator/spectral/tensor.h"

typedef struct grzi_products {
    const grzi_columns *columns;
    const grzi_tensor *tensor;       /* inputs == 0: none */
    const grzi_separable *separable; /* terms == 0: none */
    int directed;                    /* separable part alone: the kernel's fields of g, the derivatives of f, in place of both ways' mean */
} grzi_products;

typedef struct grzi_products_work {
    int fields;      /* in a tile of inputs */
    double *columns; /* column arrays of the fields, then of the outputs */
    double *planes;  /* of each thread: a plane's work, tiles of inputs and of outputs */
} grzi_products_work;

/* For quadratic forms or for both. Bytes asked for go to *bytes. */
grz_status grzi_products_work_create(const grz_context *context, const grzi_products *products, int threads, int bilinear,
                                     grzi_products_work *work, int64_t *bytes);
void grzi_products_work_destroy(const grz_context *context, grzi_products_work *work);

/* Q += the transform, or = where fresh, unnormalised (sums over the transforms' nodes), symmetric bilinear in the mode arrays f and g (g ==
 * f: quadratic). */
void grzi_products_apply(const grzi_products *products, grzi_crew *crew, const double *f, const double *g, const grzi_products_work *work,
                         int fresh, double *Q, grzi_pulse *pulse);

#endif

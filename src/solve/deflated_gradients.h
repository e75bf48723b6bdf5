/* Conjugate gradients with a diagonal preconditioner, deflated by the null space. */
#ifndef GRZI_DEFLATED_GRADIENTS_H
#define GRZI_DEFLATED_GRADIENTS_H

#include "core/core.h"

/* (diag(shift) + scale G) x = b for a symmetric positive semidefinite G with G null = 0, preconditioned by P = diag(shift + scale diagonal),
 * diagonal as G's is estimated, until the residual in the norm of the preconditioner's inverse, sqrt(r . P^{-1} r), falls to tolerance. On
 * the span of null (fields one after the other, GRZI_MOST_NULLS at most) the solution is exact from the start. Gx: G x. work: 4 count. steps
 * counts applications; at the cap the last iterate is left, not an error. */
enum { GRZI_MOST_NULLS = 8 };

typedef struct grzi_gradients {
    grz_status (*apply)(void *user, const double *x, double *Gx);
    void *user;
    const double *shift, *diagonal, *null;
    int nulls;
    double scale, tolerance;
    int64_t count, cap, steps;
} grzi_gradients;

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work);

/* What the preconditioner never falls below. */
double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal);

#endif

/* Conjugate gradients with a diagonal preconditioner, deflated by directions of known image. */
#ifndef GRZI_DEFLATED_GRADIENTS_H
#define GRZI_DEFLATED_GRADIENTS_H

#include "core/core.h"

/* Directions and their images under G, kept from one solution to the next while only the shift changes. They start with a
 * basis of the null space of G, whose images vanish. memory: grzi_directions_doubles(count). */
enum { GRZI_MOST_DIRECTIONS = 32 };

typedef struct grzi_directions {
    int64_t count;
    int null, size;                    /* the first null span the null space */
    double *vectors, *images, *factor; /* factor: Cholesky's, row by row */
} grzi_directions;

int64_t grzi_directions_doubles(int64_t count);
/* basis: null vectors, one after the other, which may lie in memory already */
void grzi_directions_start(int64_t count, int null, const double *basis, double *memory, grzi_directions *directions);

/* (diag(shift) + scale G) x = b for a symmetric positive semidefinite G, preconditioned by P = diag(shift + scale diagonal), diagonal as
 * G's is estimated, until the residual in the norm of the preconditioner's inverse, sqrt(r . P^{-1} r), falls to tolerance. On the span of
 * directions the solution is exact from the start; new ones are added while there is room. Gx: G x. work: 4 n^3. steps counts
 * applications; at the cap the last iterate is left, not an error. */
typedef struct grzi_gradients {
    grz_status (*apply)(void *user, const double *x, double *Gx);
    void *user;
    const double *shift, *diagonal;
    grzi_directions *directions;
    double scale, tolerance;
    int64_t count, cap, steps;
} grzi_gradients;

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work);

/* What the preconditioner never falls below. */
double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal);

#endif

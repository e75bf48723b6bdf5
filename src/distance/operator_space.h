/* The entropic collision operators as a space of curves. */
#ifndef GRZI_OPERATOR_SPACE_H
#define GRZI_OPERATOR_SPACE_H

#include "distance/space.h"
#include "geometry/preconditioner.h"
#include "operator/operator.h"
#include "spline/coefficients.h"

typedef struct grzi_operator_space {
    grzi_space space;
    grz_operator *op; /* the caller's */
    int degree;       /* of its spline */
    grzi_coefficients coefficients;
    grzi_preconditioner *preconditioners; /* one for each place */
    double *null;
} grzi_operator_space;

/* For curves of that many steps; f, n^3, says where densities live. Sets op up. clear takes the memory back; context, count and cell stay,
 * so that curves of the space can be read. */
grz_status grzi_operator_space_create(grz_operator *op, const double *f, int steps, grzi_operator_space *made);
void grzi_operator_space_clear(grzi_operator_space *made);

#endif

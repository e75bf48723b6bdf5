/* Derivatives at theta = 0 of what a callback gives for collisions: where an operator takes a share of its law in the limit of small
 * angles (the tangential nodes of stream.h), a collision rate counts by its limit there. */
#ifndef GRZI_SMALL_ANGLES_H
#define GRZI_SMALL_ANGLES_H

#include "operator/operator.h"

enum { GRZI_SMALL_ANGLES = 6 };

/* lim U(theta)/theta = sum_k weight_k U(theta_k)/theta_k: the value at 0 of the polynomial through them. The angles are well above
 * rounding's reach, so that a callback may take theta from an arccosine and lose no more than 1e-10. */
typedef struct grzi_small_angles {
    double shortest; /* the law has no angles below */
    double theta[GRZI_SMALL_ANGLES], weight[GRZI_SMALL_ANGLES];
} grzi_small_angles;

void grzi_small_angles_make(double shortest, grzi_small_angles *rule);

/* sigma at the angle theta from w along chord. */
void grzi_small_angles_turn(const grzi_batch *batch, double theta, double sigma[3]);

#endif

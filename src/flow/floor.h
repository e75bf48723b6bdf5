/* The least values that an explicit step may leave, see floor.c. */
#ifndef GRZI_FLOOR_H
#define GRZI_FLOOR_H

#include "distribution/maxwellian.h"
#include "flow/flow.h"

/* More than this of the mass in one stage is no tail: the step is too long. */
#define GRZI_FLOOR_LARGEST 1e-6

/* maxwellian: the least values, peak their largest; mass: sum of f over the nodes. */
typedef struct grzi_floor {
    grzi_maxwellian maxwellian;
    double peak, mass;
} grzi_floor;

grz_status grzi_floor_prepare(const grz_flow *flow, grzi_floor *floor);

/* Raises the stage f to the floor and restores its moments; what was added, relative to the mass. Above GRZI_FLOOR_LARGEST nothing is
 * restored, and f[*node], which lacked most, is what it was. */
double grzi_floor_raise(const grz_flow *flow, const grzi_floor *floor, double *f, int64_t *node);

#endif

/* The sweep over spheres with a generator (generator.h): the values at the nodes of a rule, the generator's law between them, and the
 * adjoint of what it gives, slab by slab of centres. */
#ifndef GRZI_GENERATED_H
#define GRZI_GENERATED_H

#include "operator/entropic/sweep.h"

/* Doubles of one field of the largest slab, and of the tiles of one thread. */
int64_t grzi_generated_field_doubles(const grzi_sweep *sweep);
int64_t grzi_generated_tile_doubles(const grzi_sweep *sweep);

/* Adds to share_sum and the shares' adjoints, from the coefficients in sweep->g and sweep->psi. fraction: what the whole of it is of the
 * progress reported as stage. */
grz_status grzi_generated_run(grzi_sweep *sweep, grzi_task task, int has_psi, int has_adjoint, const char *stage, double fraction);

#endif

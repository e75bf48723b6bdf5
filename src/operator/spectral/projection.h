/* Conservation of mass, momentum and energy by a weighted least-squares correction: the smallest dQ in int dQ^2/W whose moments cancel
 * those of Q, dQ = W (a + b.v + c |v|^2). The defects come from errors spread over the whole box, so a W as narrow as the density would
 * concentrate them into a correction ten to a hundred times the error itself (measured); a flat one would reach into the corners. W is a
 * Gaussian about the box's centre with deviation L/3, 1 % at its faces. It is the same for every density, so that projected operators stay
 * quadratic and their forms bilinear. */
#ifndef GRZI_SPECTRAL_PROJECTION_H
#define GRZI_SPECTRAL_PROJECTION_H

#include "core/crew.h"
#include "distribution/maxwellian.h"

/* Per-axis tables and weights, sums over planes: doubles of work. */
static inline int64_t grzi_projection_work(int n)
{
    return 12 * (int64_t)n;
}

/* Moments by the midpoint rule. Returns 0 and leaves a broad centred one when they are no Maxwellian's (rho or T not positive). */
int grzi_spectral_maxwellian(const grz_grid *grid, grzi_crew *crew, const double *f, double *work, grzi_maxwellian *maxwellian);

/* Projects Q in place. *size = max |dQ| / max |Q|. */
grz_status grzi_project(const grz_context *context, const grz_grid *grid, grzi_crew *crew, double *work, double *Q, double *size);

#endif

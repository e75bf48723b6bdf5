/* Linear algebra of the proximal step. */
#ifndef GRZI_NEWTON_H
#define GRZI_NEWTON_H

#include "distribution/invariants.h"
#include "operator/operator.h"
#include "solve/deflated_gradients.h"
#include "solve/solve.h"

/* S = Pi^T diag(strength) Pi, see relaxation.c. strength from dt, steep, f, the diagonal of K_f and flow = K_f log f; prepare keeps the
 * arrays, fills weights and returns 0 when q is not determined; add: out += S phi (nothing before prepare). work, strength, weights: n^3.
 * */
typedef struct grzi_relaxation {
    const grz_grid *grid;
    const double *strength, *weights;
    int active;
    double factor[GRZI_INVARIANTS][GRZI_INVARIANTS];
} grzi_relaxation;

void grzi_relaxation_strength(const grz_grid *grid, double dt, double steep, const double *f, const double *diagonal, const double *flow,
                              double *strength, double *work);
int grzi_relaxation_prepare(grzi_relaxation *relaxation, const double *f, const double *strength, double *weights);
void grzi_relaxation_add(grzi_relaxation *relaxation, const double *phi, double *out);

#endif

/* Linear algebra of the proximal step and of metric derivatives: conjugate gradients, and minimisation over the
 * collision invariants. */
#ifndef GRZI_NEWTON_H
#define GRZI_NEWTON_H

#include "operator/operator.h"

/* (diag(shift) + scale K_f) x = b, shift NULL for 0 (then b must be orthogonal to the invariants), from x = 0, preconditioned
 * by P = diag(shift + scale diagonal), diagonal of K_f as the operator estimates it, until the residual in the norm of the
 * preconditioner's inverse, sqrt(r . P^{-1} r), falls to tolerance. Kx: K_f x. work: 4 n^3. steps counts applications; at the cap
 * the last iterate is left, not an error. */
typedef struct grzi_gradients {
    grz_operator *op;
    const double *f, *shift, *diagonal;
    double scale, tolerance;
    int64_t cap, steps;
    double residual, first_residual;
} grzi_gradients;

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Kx, double *work);

/* Adds a combination of the invariants 1, v, |v|^2 to phi so that exp(phi) has the five moments of f (all sums over the nodes): the minimum of
 * sum exp(phi) - f phi over them. exp_phi: exp(phi). Nonzero when it does not converge. */
int grzi_match_moments(const grz_grid *grid, const double *f, double *phi, double *exp_phi);

/* Removes from g the multiple of f times an invariant that carries its moments; returns the largest moment relative to the absolute one. */
double grzi_remove_moments(const grz_grid *grid, const double *f, double *g);

double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal);

double grzi_dot(int64_t count, const double *x, const double *y);

#endif

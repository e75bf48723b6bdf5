/* Linear algebra of the proximal step: conjugate gradients, and minimisation over the collision invariants. */
#ifndef GRZI_NEWTON_H
#define GRZI_NEWTON_H

#include "operator/operator.h"

enum { GRZI_INVARIANTS = 5 };

/* The invariants 1, x, |x|^2 - 1 at a node, x = (v - centre)/L; Cholesky's factorisation of a symmetric 5 x 5 matrix in its lower triangle,
 * 0 when it is not positive definite, and the solution in place. */
void grzi_invariants_at(const grz_grid *grid, int64_t node, double psi[GRZI_INVARIANTS]);
double grzi_invariants_sum(const double q[GRZI_INVARIANTS], const double psi[GRZI_INVARIANTS]);
int grzi_invariants_factorise(double A[GRZI_INVARIANTS][GRZI_INVARIANTS]);
void grzi_invariants_solve(double A[GRZI_INVARIANTS][GRZI_INVARIANTS], double b[GRZI_INVARIANTS]);

/* (diag(shift) + scale G) x = b for a symmetric positive semidefinite G that annihilates the invariants, preconditioned by P = diag(shift +
 * scale diagonal), diagonal as G's is estimated, until the residual in the norm of the preconditioner's inverse, sqrt(r . P^{-1} r), falls
 * to tolerance. On the invariants the solution is exact from the start. Gx: G x. work: 4 n^3. steps counts applications; at the cap the
 * last iterate is left, not an error. */
typedef struct grzi_gradients {
    grz_status (*apply)(void *user, const double *x, double *Gx);
    void *user;
    const grz_grid *grid;
    const double *shift, *diagonal;
    double scale, tolerance;
    int64_t count, cap, steps;
} grzi_gradients;

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work);

/* Adds a combination of the invariants 1, v, |v|^2 to phi so that exp(phi) has the five moments of f (all sums over the nodes): the minimum
 * of sum exp(phi) - f phi over them. exp_phi: exp(phi). Nonzero when it does not converge. */
int grzi_match_moments(const grz_grid *grid, const double *f, double *phi, double *exp_phi);

double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal);

double grzi_dot(int64_t count, const double *x, const double *y);

#endif

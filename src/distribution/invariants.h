/* The collision invariants on a grid: 1, v, |v|^2, the null space of K_f. */
#ifndef GRZI_INVARIANTS_H
#define GRZI_INVARIANTS_H

#include "distribution/grid.h"
#include "solve/solve.h"

enum { GRZI_INVARIANTS = 5 };

/* At a node: 1, x, |x|^2 - 1 with x = (v - centre)/L, of comparable size over the box; and 1, x, |x|^2 with x = (v - u)/width, over a
 * density. */
void grzi_invariants_at(const grz_grid *grid, int64_t node, double psi[GRZI_INVARIANTS]);
void grzi_invariants_about(const grz_grid *grid, const double u[3], double width, int64_t node, double chi[GRZI_INVARIANTS]);
double grzi_invariants_sum(const double q[GRZI_INVARIANTS], const double psi[GRZI_INVARIANTS]);
/* The first kind as five fields of n^3. */
void grzi_invariants_fields(const grz_grid *grid, double *fields);

/* Cholesky's factorisation of a symmetric 5 x 5 matrix in its lower triangle, 0 when it is not positive definite, and the solution in
 * place. */
static inline int grzi_invariants_factorise(double A[GRZI_INVARIANTS][GRZI_INVARIANTS])
{
    return grzi_cholesky(GRZI_INVARIANTS, &A[0][0]) == 0;
}

static inline void grzi_invariants_solve(double A[GRZI_INVARIANTS][GRZI_INVARIANTS], double b[GRZI_INVARIANTS])
{
    grzi_cholesky_solve(GRZI_INVARIANTS, &A[0][0], b);
}

/* Adds a combination of the invariants 1, v, |v|^2 to phi so that exp(phi) has the five moments of f, resp. these sums of the invariants at
 * the nodes (the first kind): the minimum of sum exp(phi) - f phi over them. exp_phi: exp(phi). Nonzero when it does not converge. */
int grzi_match_moments(const grz_grid *grid, const double *f, double *phi, double *exp_phi);
int grzi_match_sums(const grz_grid *grid, const double wanted[GRZI_INVARIANTS], double *phi, double *exp_phi);

#endif

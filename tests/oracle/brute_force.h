/*
 * The functionals of a bi-Maxwellian by plain quadrature in all of (y, r, w, sigma), straight from the paper's
 * definitions: densities and their logarithms at the four velocities, no reduction. Slow (half a minute) and of low accuracy
 * (about 1e-6 for temperature ratios up to 2); it judges the reductions in bimaxwellian.c.
 */
#ifndef ORACLE_BRUTE_FORCE_H
#define ORACLE_BRUTE_FORCE_H

#include "bimaxwellian.h"

/* Fills d_b, d_b_reduced, d_l, q_b, q_l, a_b, a_l for the law POWER (eps > 0) and a mean velocity u. 0 on success. */
int brute_force(const bimax_problem *problem, const double u[3], bimax_result *result);

#endif

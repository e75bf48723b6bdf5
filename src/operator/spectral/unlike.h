/* Operators of two unlike species on one grid: Q_ab and Q_ba together. With v = y + r_a w, v* = y - r_b w the product h = f_a(y + r_a w)
 * f_b(y - r_b w) of each (r, w) comes from one complex transform, and
 *
 *     Qhat_ab(k) += weight hhat(k) sum_l (2l+1) (-i)^l lambda_l j_l(r_a |k|) P_l(k.w/|k|),   Qhat_ba(k) the same with i^l and r_b,
 *
 * over all l. Both w and -w are nodes. Masses, momentum and energy of the two are kept by one projection. */
#ifndef GRZI_SPECTRAL_UNLIKE_H
#define GRZI_SPECTRAL_UNLIKE_H

#include "operator/operator.h"

grz_status grzi_unlike_setup(grz_operator *op);
grz_status grzi_unlike_reserve(grz_operator *op);
void grzi_unlike_teardown(grz_operator *op);

/* f: both densities; Q likewise, or NULL; *values: where Q is left. */
grz_status grzi_unlike_evaluate(grz_operator *op, const double *f, double *Q, const double **values);

/* Takes from Q (n^3 each) what changes the mass of either, sum m v or sum m |v|^2: the least change in int dQ_a^2/W + int dQ_b^2/W. */
grz_status grzi_unlike_project(const grz_context *context, const grz_grid *grid, const double mass[2], double *Q);

#endif

/* An approximate inverse of K_f for conjugate gradients, in spline coefficients.
 *
 * K_f is close to a diffusion weighted by f. log f is split into a sum of functions of one coordinate each and a rest, f = omega rho with
 * omega = omega_x omega_y omega_z. On splines int omega |grad phi|^2 is a sum of tensor products of n x n matrices, which the generalised
 * eigenvectors of each axis invert exactly (R. E. Lynch, J. R. Rice, D. H. Thomas, Numer. Math. 6 (1964) 185), steepness of f and smallness
 * of the splines' symbol at high frequencies included. The rest is milder than f, and scales by diagonal matrices from both sides, together
 * with how diffusive the operator is at each node, which falls towards the rim of the box, where few spheres fit. */
#ifndef GRZI_PRECONDITIONER_H
#define GRZI_PRECONDITIONER_H

#include "operator/operator.h"
#include "spline/coefficients.h"

enum { GRZI_CELL_NODES = 6 };

typedef struct grzi_preconditioner {
    int n;
    double node[GRZI_CELL_NODES], weight[GRZI_CELL_NODES]; /* Gauss's rule on (0, 1) */
    double *memory;                                        /* of all below */
    double *modes[3];                                      /* n x n: coefficients (rows) of an axis' modes (columns) */
    double *eigenvalues[3];                                /* n each, in node units */
    double *scale;                                         /* n^3 */
    double *work;                                          /* 2 n^3 */
    double shift;
} grzi_preconditioner;

grz_status grzi_preconditioner_create(const grz_context *context, int n, grzi_preconditioner *made);
void grzi_preconditioner_destroy(const grz_context *context, grzi_preconditioner *preconditioner);

/* For K_f of the entropic operator, which is ready, at f > 0. */
grz_status grzi_preconditioner_fill(grzi_preconditioner *preconditioner, grz_operator *op, int degree, const double *f);

/* z = approximate inverse of r, n^3 nodal values each. */
void grzi_precondition(grzi_preconditioner *preconditioner, grzi_coefficients *coefficients, const double *r, double *z);

#endif

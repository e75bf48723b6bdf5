/* Preconditioned conjugate gradients for <b, A^{-1} b>. */
#ifndef GRZI_CONJUGATE_GRADIENTS_H
#define GRZI_CONJUGATE_GRADIENTS_H

#include "core/core.h"

/* A symmetric positive semidefinite system. report may stop the solution, error being the relative error of <b, x>, or infinity while it is
 * not known. */
typedef struct grzi_symmetric_system {
    int64_t count;
    grz_status (*apply)(void *user, const double *x, double *Ax);
    void (*precondition)(void *user, const double *r, double *z);
    grz_status (*report)(void *user, double error);
    void *user;
    double least; /* an error of <b, x> that is small enough whatever <b, x> is */
} grzi_symmetric_system;

typedef struct grzi_solution {
    int iterations, converged;
    double residual; /* preconditioned, relative to that of x = 0 */
    double error;    /* of <b, x>, relative, estimated */
} grzi_solution;

/* x from 0 until the error is below tolerance or least, the cap is reached or a direction has no curvature; r: b on entry, b - A x on return. work:
 * 3 count. */
grz_status grzi_solve_symmetric(const grzi_symmetric_system *system, double tolerance, int cap, double *r, double *x, double *work,
                                grzi_solution *solution);

#endif

/* Minimisation of E/2 over the inner levels of a curve, or of E/2 + T H(f_m) over all levels but the first: a step of minimising movement
 * of the entropy H. */
#ifndef GRZI_DESCENT_H
#define GRZI_DESCENT_H

#include "distance/curve.h"

typedef struct grzi_descent {
    double horizon;   /* T > 0; 0: both ends are fixed */
    double tolerance; /* of the residual; with a free end, of the last step's length relative to sqrt(E) */
    int cap;          /* of iterations */
    grz_status (*report)(void *user, double residual);
    void *user;
    /* of the descent */
    int iterations, converged;
    double residual;
} grzi_descent;

/* Limited-memory BFGS whose initial metric is the Hessian with the K_k held fixed: its inverse is one solution with sum tau K_k. Each step
 * lowers the objective. Not converged: the cap is reached, or rounding leaves no descent; the curve is the best found. On an error the
 * curve is as it was after the last step. */
grz_status grzi_descend(grzi_curve *curve, grzi_descent *descent);

#endif

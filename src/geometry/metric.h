/* Metric derivatives (section 4, Lemma 4.5): K_f phi = g by conjugate gradients or densely. */
#ifndef GRZI_METRIC_H
#define GRZI_METRIC_H

#include "geometry/preconditioner.h"
#include "operator/operator.h"
#include "spline/coefficients.h"

enum { GRZI_METRIC_OPTIONS = 3, GRZI_METRIC_OPTION_CAPACITY = 80 }; /* ids stay below the capacity */

struct grz_metric {
    grz_context *context;
    grz_operator *op;
    double options[GRZI_METRIC_OPTION_CAPACITY];
    grzi_coefficients coefficients;
    grzi_preconditioner preconditioner;
    int degree;      /* of the operator's spline when coefficients were made; 0 before */
    double *work;    /* vectors of n^3 */
    int iterations;  /* of the last solution */
    double residual; /* of the last solution, preconditioned, relative to that of phi = 0 */
    grz_moment unreachable;
    int exponent; /* of the last g: the problem, linear in g, is solved for 2^-exponent g, whose square does not overflow */
};

/* Solves K_f phi = g without checks of the arguments' values. phi (n^3) is normalised: sum f phi chi = 0 for the collision invariants chi.
 * An unreachable g gives *value = +infinity and leaves phi alone. */
grz_status grzi_metric_solve(grz_metric *metric, const char *function, const double *f, const double *g, double *value, double *phi);

/* Workspace for the operator's spline as it is now. */
grz_status grzi_metric_ready(grz_metric *metric, const char *function);

/* 2^-exponent g without its remaining rounding of mass, momentum and energy (relative to the moment tolerance), or the moment that makes it
 * unreachable. */
grz_status grzi_metric_admit(grz_metric *metric, const char *function, const double *f, const double *g, double *admitted);

/* The outputs for g from the square and the solution x (overwritten by that for g) for 2^-exponent g. */
grz_status grzi_metric_deliver(const grz_metric *metric, const char *function, const double *f, double square, double *x, double *value,
                               double *phi);

/* phi minus the combination of collision invariants that makes sum f phi chi vanish. */
void grzi_metric_normalise(const grz_metric *metric, const double *f, double *phi);

#endif

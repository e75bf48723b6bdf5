/* The sum over all nodes (y, r, w, sigma), spread over threads. Work is cut into a fixed number of shares, each summed in a fixed order and the
 * shares in turn, so results do not depend on the number of threads. */
#ifndef GRZI_SWEEP_H
#define GRZI_SWEEP_H

#include "operator/entropic/lanes.h"
#include "operator/entropic/rules.h"
#include "operator/entropic/spline.h"

typedef struct grzi_sweep {
    grz_context *context;
    grzi_spline spline;
    grzi_rules rules;
    const grzi_lanes *lanes;
    double spacing;
    int64_t item_count; /* (r, w) pairs with centres */
    int64_t node_count; /* (y, w, sigma) nodes of one sweep */
    int *item_radius;   /* items in order of share, then of radius */
    int *item_direction;
    int share_count;
    int64_t *share_begin; /* share_count + 1 */
    double *share_sum;
    double *adjoints; /* share_count coefficient arrays */
    double *g, *psi;  /* coefficients of log f and of the second field */
    int thread_count;
    int64_t thread_doubles;
    double *thread_work; /* volumes and scratch per thread */
    int64_t bytes;
} grzi_sweep;

grz_status grzi_sweep_create(const grz_operator *op, grzi_sweep *sweep);
void grzi_sweep_destroy(grzi_sweep *sweep);

/* Workspace for as many threads as the context has now, if that is more than before. Runs take at most what they find. */
grz_status grzi_sweep_reserve(grzi_sweep *sweep);

/* The task's sum over nodes, without h^3, into *sum, or its adjoint with respect to the nodal values of log f, into adjoint (n^3). log_f and psi are
 * nodal; psi only for tasks with a second field. */
grz_status grzi_sweep_run(grzi_sweep *sweep, grzi_task task, const double *log_f, const double *psi, double *sum, double *adjoint);

/* Sum of W Lambda times the squares of what each node's dPsi takes from the nodal values of psi, cross terms left out (n^3). */
grz_status grzi_sweep_diagonal(grzi_sweep *sweep, const double *log_f, double *diagonal);

#endif

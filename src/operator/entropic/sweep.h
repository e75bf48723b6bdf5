/* The sum over all nodes (y, r, w, sigma), spread over threads. Work is cut into a fixed number of shares, each summed in a fixed order and
 * the shares in turn, so results do not depend on the number of threads. */
#ifndef GRZI_SWEEP_H
#define GRZI_SWEEP_H

#include "core/pulse.h"
#include "operator/entropic/kept.h"
#include "operator/entropic/lanes.h"
#include "operator/entropic/rules.h"
#include "spline/spline.h"

typedef struct grzi_sweep {
    grz_context *context;
    int species;           /* 1, or 2: fields are then two arrays, one after the other, of nodal values and of coefficients alike */
    grzi_spline spline[2]; /* of the species; coefficient arrays have one shape */
    int64_t coefficients;  /* doubles of a field's coefficients: those of all species */
    double arm[2];         /* v = y + arm r w, v* = y - arm r w */
    grzi_rules rules;
    const grzi_lanes *lanes;
    double spacing;      /* of the lattice of centres */
    int64_t item_count;  /* (r, w) pairs with centres, of circles and of generators */
    int circles;         /* whether any radius has circles or Landau's form */
    int64_t node_count;  /* (y, w, sigma) nodes of one sweep, those of a generator seen from both ends */
    int *item_radius;    /* items in order of share, then of radius */
    int *item_direction; /* of a radius' circles, then of its generator */
    int share_count;
    int64_t *share_begin; /* share_count + 1 */
    double *share_sum;
    double *adjoints; /* share_count coefficient arrays */
    double *g, *psi;  /* coefficients of log f and of the second field */
    int thread_count;
    int64_t volume; /* doubles of the largest volume of centres */
    int64_t thread_doubles;
    double *thread_work; /* volumes and scratch per thread */
    int64_t field_doubles;
    double *node_values; /* of two fields at a slab of centres and the nodes of a generator; NULL when no radius has one */
    double generated;    /* their share of the work */
    grzi_kept kept;
    grzi_pulse pulse; /* of the run under way, and the items it has done */
    int64_t done;
    double begun; /* share of the progress that lies before it */
    int64_t bytes;
} grzi_sweep;

/* The method's diffusivity, operator.h. */
void grzi_diffusivity(grz_operator *op, const double *f, double *diffusivity);

/* The state of an entropic operator. */
typedef struct grzi_entropic {
    grzi_sweep sweep;
    double *log_f, *result; /* n^3 each */
} grzi_entropic;

/* That of an operator which is ready. */
static inline grzi_sweep *grzi_entropic_sweep(grz_operator *op)
{
    return &((grzi_entropic *)op->state)->sweep;
}

grz_status grzi_sweep_create(const grz_operator *op, grzi_sweep *sweep);
void grzi_sweep_destroy(grzi_sweep *sweep);

/* Workspace for as many threads as the context has now, if that is more than before. Runs take at most what they find. */
grz_status grzi_sweep_reserve(grzi_sweep *sweep);

/* Coefficients of a field's nodal values. */
void grzi_sweep_interpolate(grzi_sweep *sweep, const double *values, double *coefficients);

/* The task's sum over nodes, without h^3, into *sum, or its adjoint with respect to the nodal values of log f, into adjoint (n^3). log_f
 * and psi are nodal; psi only for tasks with a second field. */
grz_status grzi_sweep_run(grzi_sweep *sweep, grzi_task task, const double *log_f, const double *psi, double *sum, double *adjoint);

/* Sum of W Lambda times the squares of what each node's dPsi takes from the nodal values of psi, cross terms left out (n^3). */
grz_status grzi_sweep_diagonal(grzi_sweep *sweep, const double *log_f, double *diagonal, double *pull);

/* ---------------------------------------------------------------------- the parts of a sweep, for other walks over the nodes */

/* All sigma around one direction w of one radius, in turn: the other nodes of a generator from one of its nodes, or circles and then theta =
 * 0 from a direction of the sphere rule. */
typedef struct grzi_circle {
    const grzi_sweep *sweep;
    const grzi_radius *radius;
    int generated;             /* from a generator's node */
    int direction, node, j, k; /* node: next of the generator */
    double turn;               /* 1, or -1: w and all sigma stand for their antipodes */
    int chords;                /* at theta = 0 */
    int wide; /* difference stencils for every angle they can do: the squares of a diagonal must not be of two overlapping stencils */
    const double *w;
    double p[3], q[3]; /* with w a right-handed frame */
    double weight;     /* of (r, w) */
} grzi_circle;

/* One sigma. Differences along the circle are in units of unit: (G(sigma) - G(w))/unit with unit = theta for difference stencils, 0 for
 * Landau, where they are derivatives along the tangent chord, and 1 for value stencils. */
typedef struct grzi_sigma {
    int is_difference;
    double theta, unit, weight; /* weight unit^{-2} h^3 is the measure of B dsigma dv* dv */
    double sigma[3], chord[3];  /* chord = (sigma - w)/unit */
    grzi_stencil plus, minus;   /* of +sigma and -sigma */
} grzi_sigma;

/* Begins with an item's sigma; returns its centres per axis. next: 0 after the last sigma. */
int grzi_circle_begin(const grzi_sweep *sweep, int64_t item, grzi_circle *circle);
int grzi_circle_next(grzi_circle *circle, grzi_sigma *node);

/* Of end 0, v = y + turn arm r direction, or 1, v* = y - turn arm r direction. */
void grzi_value_stencil(const grzi_sweep *sweep, const grzi_radius *radius, int end, double turn, const double direction[3],
                        grzi_stencil *stencil);
void grzi_difference_stencil(const grzi_sweep *sweep, const grzi_radius *radius, int end, double turn, const double w[3],
                             const double chord[3], double theta, grzi_stencil *stencil);
/* The volumes of an item in a thread's work (thread_doubles); no second field, no adjoint. */
void grzi_sphere_begin(const grzi_sweep *sweep, const grzi_circle *circle, double *work, grzi_sphere *sphere);

/* Zeroes share_sum and, if there is an adjoint, the shares' adjoints. */
void grzi_sweep_clear(grzi_sweep *sweep, int has_adjoint);

/* Runs all items by share; begun: share of the work already done, for the progress. The first failure, in order of shares, is returned. */
typedef grz_status grzi_item_fn(grzi_sweep *sweep, int share, int thread, int64_t item, void *user);
grz_status grzi_sweep_items(grzi_sweep *sweep, int threads, double begun, grzi_item_fn *run, void *user);

/* Whether the run under way is to stop, to be asked within items too: one may take a second. */
int grzi_sweep_stops(grzi_sweep *sweep);

/* The shares' adjoints, added up, with respect to nodal values. */
void grzi_sweep_adjoint(grzi_sweep *sweep, double *adjoint);

#endif

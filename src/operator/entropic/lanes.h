/* The hot loops of the entropic operators: stencils on whole planes of centres and the pointwise law between them. One source (lanes.inc),
 * compiled for several instruction sets, chosen at run time. */
#ifndef GRZI_LANES_H
#define GRZI_LANES_H

#include <stdint.h>

/* What a sweep over the nodes (y, r, w, sigma) computes. With g = log f, G(w) = g(y + r w) + g(y - r w), h = exp G, and the difference
 * along the circle dG = G(sigma) - G(w), every quantity is a sum over nodes of a function of h, dG and, for a second field psi, dPsi. */
typedef enum grzi_task {
    GRZI_TASK_FORCE,           /* adjoint of W (h' - h): the operator (3.1) */
    GRZI_TASK_ONSAGER,         /* adjoint of W Lambda dPsi: K_f psi */
    GRZI_TASK_ONSAGER_KEEP,    /* the same, and Lambda into mobility; not for landau */
    GRZI_TASK_ONSAGER_KEPT,    /* the same with Lambda from mobility, without log f; not for landau */
    GRZI_TASK_DIAGONAL,        /* W Lambda times squared weights, cross terms left out: see grzi_sweep_diagonal */
    GRZI_TASK_DISSIPATION,     /* sum W (h' - h) dG (1.2) */
    GRZI_TASK_SQUARE_ROOT,     /* sum W (sqrt h' - sqrt h)^2 (6.1.3) */
    GRZI_TASK_WEAK,            /* sum W (h' - h) dPsi */
    GRZI_TASK_ACTION,          /* sum W Lambda dPsi^2 */
    GRZI_TASK_VARIATION,       /* derivative of the dissipation sum with respect to g */
    GRZI_TASK_VARIATION_ROOT,  /* the same for the square-root form */
    GRZI_TASK_VARIATION_ACTION /* the same for the action's sum, dPsi fixed */
} grzi_task;

enum { GRZI_MAX_STENCIL = 7 }; /* spline degree 5: 6 nodes for values, 7 for differences */

/* One shift of all centres: separable weights per axis. For a difference stencil the shift moves from value (w) to moved, and difference is
 * their quotient by theta; for a value stencil only w is used. */
typedef struct grzi_stencil {
    int64_t first; /* offset in a coefficient array of the node with weight index 0 of the first centre */
    double w[3][GRZI_MAX_STENCIL], moved[3][GRZI_MAX_STENCIL], difference[3][GRZI_MAX_STENCIL];
} grzi_stencil;

/* All centres of one (r, w). Volumes are count planes of count rows of length doubles; length is count rounded up to full vectors. */
typedef struct grzi_sphere {
    int degree;            /* of the spline */
    int count, length;     /* centres per axis */
    int planes;            /* of them along x, from the stencils' first centre on: count, or fewer for evaluate and scatter */
    int64_t plane, row;    /* strides of a coefficient array */
    const double *g, *psi; /* coefficients of log f and of the second field, or NULL where a task does without */
    double *adjoint;       /* accumulates the adjoint in coefficient space, or NULL */
    double *G, *h, *Psi;   /* volumes: values at w; Psi only for tasks with a second field */
    double *w_force;       /* volume: adjoint force on the values at w */
    double *mobility;      /* volume: of the node in turn, for tasks that keep it */
    double *scratch;       /* grzi_lanes_scratch doubles */
} grzi_sphere;

enum { GRZI_TILE = 8 };

/* A generator (generator.h) at GRZI_TILE centres: arrays are count x GRZI_TILE, the last few of A's rows and of A's columns are zero. */
typedef struct grzi_tile {
    int count, stride;
    const double *A, *row_sum;
    const int64_t *first; /* count + 1: the pairs i < j with A_ij > 0 */
    const int *node;      /* their j */
    const double *value;  /* their A_ij */
    double *G;            /* log h; lost */
    double *psi;          /* second field */
    double *h, *work;     /* room */
    double *force;        /* adjoint with respect to G, in units of A's */
} grzi_tile;

typedef struct grzi_lanes {
    const char *name;
    int lanes; /* doubles per vector */
    /* Fills G, h, (Psi), zeroes w_force. plus and minus: value stencils of +r w and -r w. */
    void (*begin)(const grzi_sphere *sphere, const grzi_stencil *plus, const grzi_stencil *minus);
    /* One sigma: value stencils at sigma with theta = 1, or difference stencils from w to sigma and their theta. Returns the node sum. */
    double (*node)(const grzi_sphere *sphere, grzi_task task, const grzi_stencil *plus, const grzi_stencil *minus, int is_difference,
                   double theta, double weight);
    /* Adds the adjoint of w_force. */
    void (*finish)(const grzi_sphere *sphere, const grzi_stencil *plus, const grzi_stencil *minus);
    /* All of one (r, w) for the Landau operator, in place of begin, its nodes and finish: difference stencils of +r w and -r w at theta =
     * 0, for a chord (1, 1, 1); weight is that of one of the two directions. Not for GRZI_TASK_DIAGONAL and those that keep the mobility. */
    double (*landau)(const grzi_sphere *sphere, grzi_task task, const double *w, const grzi_stencil *plus, const grzi_stencil *minus,
                     double weight);
    /* The two halves of a node apart, for laws that are not here: the values at sigma (value stencils) or difference quotients (difference
     * stencils) of the function with the coefficients, at all centres; and the adjoint of a force on them, zero beyond the last centre of a
     * row, between begin and finish. */
    void (*evaluate)(const grzi_sphere *sphere, const double *coefficients, const grzi_stencil *plus, const grzi_stencil *minus,
                     int is_difference, double *out);
    void (*scatter)(const grzi_sphere *sphere, const double *force, const grzi_stencil *plus, const grzi_stencil *minus, int is_difference);
    /* Before scatter without begin: clears what must be zero in a scratch that others have used. */
    void (*clear)(const grzi_sphere *sphere);
    /* All nodes of a generator at a tile of centres: fills force for tasks with an adjoint, returns the sum for the others. */
    double (*tile)(const grzi_tile *tile, grzi_task task);
} grzi_lanes;

/* Doubles of scratch for spheres of at most count centres per axis. */
int64_t grzi_lanes_scratch(int count);

extern const grzi_lanes grzi_lanes_generic;
#if defined(__x86_64__) && defined(__GNUC__)
extern const grzi_lanes grzi_lanes_avx2, grzi_lanes_avx512;
#endif

/* The instruction set for a level of grzi_simd_level. */
const grzi_lanes *grzi_lanes_select(int level);

#endif

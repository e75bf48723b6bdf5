/* Dispatch of a collision operator to its method (entropic/, spectral/). */
#ifndef GRZI_OPERATOR_H
#define GRZI_OPERATOR_H

#include "core/options.h"
#include "distribution/distribution.h"
#include "kernel/kernel.h"
#include "operator/stream.h"

#define GRZI_OPTION_CAPACITY 64

/* Accuracy levels that users can set; methods have one more, the reference of error estimates. */
enum { GRZI_PUBLIC_LEVELS = 4, GRZI_LEVELS = GRZI_PUBLIC_LEVELS + 1 };

/* What a method implements. Arguments have been checked (pointers, finiteness) and setup has been run where needed. A NULL entry means that
 * the method does not offer the operation. */
typedef struct grzi_method {
    const char *name;
    int levels; /* that its tables have; GRZI_LEVELS are needed */
    int needs_positive_density;
    int periodic; /* sees f by its modes on the periodic box, so that images collide too */
    int pairs;    /* takes operators of two unlike species */
    const grzi_option_table *options;
    void (*adapt)(const grz_operator *op, grzi_option *option); /* bounds that depend on grid, kernel or equation */
    /* the value in force of an option left at 0, after setup */
    double (*option_in_force)(const grz_operator *op, grz_operator_option option);
    grz_status (*setup)(grz_operator *op);   /* fills op->state, op->node_count, op->workspace; on failure leaves state NULL */
    grz_status (*reserve)(grz_operator *op); /* after setup: more workspace if the context has more threads than it was made for */
    void (*teardown)(grz_operator *op);      /* frees op->state, if any */
    void (*dismiss)(grz_operator *op);       /* releases op->parts when the operator ends; NULL: it has none */
    grz_status (*apply)(grz_operator *op, const double *f, double *Q);
    grz_status (*weak_form)(grz_operator *op, const double *f, const double *psi, double *value);
    grz_status (*onsager)(grz_operator *op, const double *f, const double *phi, double *K_phi);
    /* <phi, K_f phi>, each square summed as such: nonnegative, and without the cancellation of sum phi K_f phi */
    grz_status (*action)(grz_operator *op, const double *f, const double *phi, double *value);
    /* of half of it, with respect to f */
    grz_status (*action_variation)(grz_operator *op, const double *f, const double *phi, double *variation);
    /* of K_f, an estimate >= 0 for preconditioners; pull: of max |(K_f phi)_i| over |phi| <= 1, NULL if not wanted */
    grz_status (*onsager_diagonal)(grz_operator *op, const double *f, double *diagonal, double *pull);
    double (*overshoot)(grz_operator *op, const double *f); /* largest interpolated over largest nodal value */
    int dissipations;                                       /* offered forms: 1 << grz_functional_type of each */
    grz_status (*dissipation)(grz_operator *op, const double *f, grz_functional_type type, double *value);
    grz_status (*dissipation_variation)(grz_operator *op, const double *f, grz_functional_type type, double *variation);
    grz_status (*apply_bilinear)(grz_operator *op, const double *f, const double *g, double *Q);
    grz_status (*apply_directed)(grz_operator *op, const double *f, const double *g, double *Q);
    grz_status (*apply_batch)(grz_operator *op, int64_t count, const double *f, double *Q); /* NULL: apply in turn */
    grz_status (*fit_error)(grz_operator *op, double *error);
    double (*projection_size)(const grz_operator *op);
    int (*sphere_count)(const grz_operator *op);
    /* index is one of theirs */
    void (*sphere)(const grz_operator *op, int index, double *r, int32_t *collisions, int32_t *directions, double *landau);
    /* sums over the collision nodes, stream.h */
    grz_status (*visit)(grz_operator *op, const double *f, const grzi_stream *stream, double *sums, double *adjoint);
    /* how strongly K_f/f diffuses at each node, relative to the largest value, at least 1e-8: the measure of the collisions of a particle
     * there with partners of f's Gaussian, times the squared distance they move it */
    void (*diffusivity)(grz_operator *op, const double *f, double *diffusivity);
    /* the density that the method sees between the nodes */
    grz_status (*interpolant)(grz_operator *op, const double *f, grz_interpolant **made);
} grzi_method;

/* Two unlike species a, b: v = y + arm_a r w, v* = y - arm_b r w with 2 r = |v - v*|, arm_a = 2 m_b/M, arm_b = 2 m_a/M. The operator's grid
 * is a's. Densities, fields and results are two arrays, a's and then b's; sums over both species take the place of integrals. */
typedef struct grzi_pair {
    grz_grid *partner; /* b's grid, with the same centre; the finer grid's lattice contains the nodes of both */
    double mass[2], arm[2];
    int ratio[2]; /* of a species' spacing to the lattice's */
} grzi_pair;

struct grz_operator {
    int references;
    grz_context *context;
    grz_grid *grid;
    grzi_pair *pair; /* of two unlike species, or NULL */
    int64_t count;   /* doubles of a density: n^3; of a pair or a mixture the sum over the species, whose arrays follow one another */
    grz_kernel *kernel;
    grz_equation equation;
    grz_method method_id;
    const grzi_method *method;
    double options[GRZI_OPTION_CAPACITY]; /* as set; 0: by the accuracy level */
    void *state;                          /* the method's rules, tables, workspace; NULL before setup */
    void *parts;                          /* what a mixture's operator is made of */
    int64_t node_count, workspace;
    const char *caller; /* the public function that last handed in a density, for messages */
};

static inline int64_t grzi_operator_count(const grz_operator *op)
{
    return op->count;
}

extern const grzi_method grzi_method_entropic;
extern const grzi_method grzi_method_spectral;

/* An operator for arguments that have been checked; and one of two unlike species, the first on grid: copies pair. */
const grzi_method *grzi_method_of(grz_method id);
grz_status grzi_operator_new(grz_context *context, const grz_grid *grid, const grz_kernel *kernel, grz_equation equation, grz_method id,
                             const grzi_method *method, grz_operator **made);
grz_status grzi_operator_new_pair(grz_context *context, const grzi_pair *pair, const grz_grid *grid, const grz_kernel *kernel,
                                  grz_equation equation, grz_method id, grz_operator **made);

/* 0, or 1 and the record of an option with the bounds that it has for op. */
int grzi_operator_find_option(const grz_operator *op, int32_t id, grzi_option *found);

/* An operator of op's grid, method and options for another equation, eps or accuracy level (0: op's own). Options that the other equation
 * lacks or bounds otherwise are left at their initial values. At another level the numbers of nodes that op has set follow the level, unless
 * op's are larger. */
grz_status grzi_operator_like(grz_operator *op, grz_equation equation, double eps, int level, grz_operator **made);

grz_operator *grzi_operator_retain(grz_operator *op);
void grzi_operator_release(grz_operator *op);
/* f as the method needs it; function is the caller that messages name until the next density */
grz_status grzi_operator_check_density(grz_operator *op, const char *function, const double *f);
/* D or its square-root form, and the first variation, with all checks and the set-up; function names the caller in messages */
grz_status grzi_operator_dissipation(grz_operator *op, const char *function, const double *f, grz_functional_type type, double *value);
grz_status grzi_operator_dissipation_variation(grz_operator *op, const char *function, const double *f, grz_functional_type type,
                                               double *variation);
/* setup unless it has been run since the options changed */
grz_status grzi_operator_ready(grz_operator *op);

/* Landau's operator, or Boltzmann's at eps = 0, which is the same. */
static inline int grzi_operator_is_landau(const grz_operator *op)
{
    return op->equation == GRZ_EQUATION_LANDAU || grz_kernel_eps(op->kernel) == 0;
}

/* What a method may lack; and what only an operator of one species has: a density on one grid. offers:
 * 1 or 0; require: GRZ_ERROR_UNSUPPORTED with the message where it lacks it. */
typedef enum grzi_offer { GRZI_ONSAGER, GRZI_NODES, GRZI_INTERPOLANT, GRZI_ONE_SPECIES } grzi_offer;

int grzi_operator_offers(const grz_operator *op, grzi_offer offer);
grz_status grzi_operator_require(const grz_operator *op, const char *function, grzi_offer offer);
/* whether densities must be > 0 everywhere */
static inline int grzi_operator_needs_positive(const grz_operator *op)
{
    return op->method->needs_positive_density;
}

int grzi_operator_offers_dissipation(const grz_operator *op, grz_functional_type type);
grz_status grzi_operator_require_dissipation(const grz_operator *op, const char *function, grz_functional_type type);

/* For handles made from an operator that offers them, with arguments checked and the set-up run: K_f phi; <phi, K_f phi>; sums over the
 * collision nodes for f > 0, sums (stream->sum_count) being the totals of what visit added and adjoint (n^3, or NULL) the derivative with
 * respect to the nodal values of psi of sum force (Psi(sigma) - Psi(w))/unit, independent of the number of threads. */
static inline grz_status grzi_operator_compute_onsager(grz_operator *op, const double *f, const double *phi, double *K_phi)
{
    return op->method->onsager(op, f, phi, K_phi);
}

static inline grz_status grzi_operator_compute_action(grz_operator *op, const double *f, const double *phi, double *value)
{
    return op->method->action(op, f, phi, value);
}

static inline grz_status grzi_operator_compute_action_variation(grz_operator *op, const double *f, const double *phi, double *variation)
{
    return op->method->action_variation(op, f, phi, variation);
}

/* The diagonal of K_f, an estimate >= 0, with an estimate of max |(K_f phi)_i| over |phi| <= 1 (or NULL); how strongly K_f/f diffuses, as the method's diffusivity. */
static inline grz_status grzi_operator_diagonal(grz_operator *op, const double *f, double *diagonal, double *pull)
{
    return op->method->onsager_diagonal(op, f, diagonal, pull);
}

static inline void grzi_operator_diffusivity(grz_operator *op, const double *f, double *diffusivity)
{
    op->method->diffusivity(op, f, diffusivity);
}

static inline grz_status grzi_operator_visit(grz_operator *op, const double *f, const grzi_stream *stream, double *sums, double *adjoint)
{
    return op->method->visit(op, f, stream, sums, adjoint);
}

#endif

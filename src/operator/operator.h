/* Dispatch of a collision operator to its method (entropic/, spectral/). */
#ifndef GRZI_OPERATOR_H
#define GRZI_OPERATOR_H

#include "distribution/distribution.h"
#include "kernel/kernel.h"

#define GRZI_OPTION_CAPACITY 64

/* One option of a method: bounds for this operator and the initial value. Integer options have a step, counted from the minimum. */
typedef struct grzi_option_bounds {
    double minimum, maximum, initial;
    int step;
} grzi_option_bounds;

/* What a method implements. Arguments have been checked (pointers, finiteness) and setup has been run where needed. A NULL entry means that
 * the method does not offer the operation. */
typedef struct grzi_method {
    const char *name;
    int needs_positive_density;
    /* bounds of an option for this operator: GRZ_OK or GRZ_ERROR_UNSUPPORTED, nothing recorded */
    grz_status (*option_bounds)(const grz_operator *op, grz_operator_option option, grzi_option_bounds *bounds);
    /* the value in force of an option left at 0, after setup */
    double (*option_in_force)(const grz_operator *op, grz_operator_option option);
    grz_status (*setup)(grz_operator *op);   /* fills op->state, op->node_count, op->workspace; on failure leaves state NULL */
    grz_status (*reserve)(grz_operator *op); /* after setup: more workspace if the context has more threads than it was made for */
    void (*teardown)(grz_operator *op);      /* frees op->state, if any */
    grz_status (*apply)(grz_operator *op, const double *f, double *Q);
    grz_status (*weak_form)(grz_operator *op, const double *f, const double *psi, double *value);
    grz_status (*onsager)(grz_operator *op, const double *f, const double *phi, double *K_phi);
    /* <phi, K_f phi>, each square summed as such: nonnegative, and without the cancellation of sum phi K_f phi */
    grz_status (*action)(grz_operator *op, const double *f, const double *phi, double *value);
    /* of K_f, an estimate >= 0 for preconditioners; pull: of max |(K_f phi)_i| over |phi| <= 1, NULL if not wanted */
    grz_status (*onsager_diagonal)(grz_operator *op, const double *f, double *diagonal, double *pull);
    double (*overshoot)(grz_operator *op, const double *f); /* largest interpolated over largest nodal value */
    grz_status (*dissipation)(grz_operator *op, const double *f, grz_functional_type type, double *value);
    grz_status (*dissipation_variation)(grz_operator *op, const double *f, grz_functional_type type, double *variation);
    grz_status (*apply_bilinear)(grz_operator *op, const double *f, const double *g, double *Q);
    grz_status (*apply_batch)(grz_operator *op, int64_t count, const double *f, double *Q); /* NULL: apply in turn */
    grz_status (*fit_error)(grz_operator *op, double *error);
    double (*projection_size)(const grz_operator *op);
} grzi_method;

struct grz_operator {
    int references;
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grz_equation equation;
    grz_method method_id;
    const grzi_method *method;
    double options[GRZI_OPTION_CAPACITY]; /* as set; 0: by the accuracy level */
    void *state;                          /* the method's rules, tables, workspace; NULL before setup */
    int64_t node_count, workspace;
    const char *caller; /* the public function that last handed in a density, for messages */
};

extern const grzi_method grzi_method_entropic;
extern const grzi_method grzi_method_spectral;

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

#endif

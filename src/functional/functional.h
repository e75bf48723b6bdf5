/* Functionals of a density on a grid: one class per kind, one handle. */
#ifndef GRZI_FUNCTIONAL_H
#define GRZI_FUNCTIONAL_H

#include "operator/operator.h"

/* What a kind implements. f and the output are not NULL; f is still to be checked. Outputs stay untouched on an error. */
typedef struct grzi_functional_class {
    grz_status (*evaluate)(grz_functional *functional, const char *function, const double *f, double *value);
    grz_status (*first_variation)(grz_functional *functional, const char *function, const double *f, double *variation);
} grzi_functional_class;

struct grz_functional {
    grz_context *context;
    grz_grid *grid;
    const grzi_functional_class *kind;
    grz_functional_type type;
    grz_operator *op;  /* of a dissipation, else NULL */
    double *reference; /* n^3 values of g > 0 of a relative entropy, else NULL */
    double *workspace; /* as the kind needs, or NULL */
};

/* A functional with workspace for that many doubles (0: none). */
grz_status grzi_functional_new(grz_context *context, const grz_grid *grid, const grzi_functional_class *kind, grz_functional_type type,
                               int64_t workspace, grz_functional **made);

/* Records that a result overflows. */
grz_status grzi_functional_overflow(const grz_functional *functional, const char *function);

#endif

#include "distance/operator_space.h"

#include "distribution/invariants.h"
#include "distribution/maxwellian.h"

#include <math.h>

static grz_status onsager(void *user, const double *f, const double *phi, double *K_phi)
{
    return grzi_operator_compute_onsager(((grzi_operator_space *)user)->op, f, phi, K_phi);
}

static grz_status variation(void *user, const double *f, const double *phi, double *G)
{
    return grzi_operator_compute_action_variation(((grzi_operator_space *)user)->op, f, phi, G);
}

static grz_status prepare(void *user, int place, const double *f)
{
    grzi_operator_space *s = user;
    return grzi_preconditioner_fill(&s->preconditioners[place], s->op, s->degree, f);
}

static void precondition(void *user, int place, const double *r, double *z)
{
    grzi_operator_space *s = user;
    grzi_precondition(&s->preconditioners[place], &s->coefficients, r, z);
}

static grz_status diagonal(void *user, const double *f, double *out)
{
    return grzi_operator_diagonal(((grzi_operator_space *)user)->op, f, out, NULL);
}

static grz_status build(grzi_operator_space *s, const double *f)
{
    const grz_grid *grid = s->op->grid;
    const grz_context *context = s->op->context;
    const int64_t count = grzi_grid_count(grid);
    double degree;
    GRZI_TRY(grzi_operator_ready(s->op));
    GRZI_TRY(grz_operator_option_value(s->op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, &degree));
    s->degree = (int)degree;
    GRZI_TRY(grzi_coefficients_create(context, s->degree, grid->n, &s->coefficients));
    s->null = grzi_allocate(context, GRZI_INVARIANTS * count, sizeof *s->null);
    s->preconditioners = grzi_allocate_zeroed(context, s->space.places, sizeof *s->preconditioners);
    if (!s->null || !s->preconditioners) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int place = 0; place < s->space.places; place++)
        GRZI_TRY(grzi_preconditioner_create(context, grid->n, &s->preconditioners[place]));
    grzi_maxwellian m;
    grzi_maxwellian_of(grid, f, &m);
    for (int64_t i = 0; i < count; i++) {
        double chi[GRZI_INVARIANTS];
        grzi_invariants_about(grid, m.u, sqrt(m.T), i, chi);
        for (int a = 0; a < GRZI_INVARIANTS; a++) s->null[a * count + i] = chi[a];
    }
    return GRZ_OK;
}

grz_status grzi_operator_space_create(grz_operator *op, const double *f, int steps, grzi_operator_space *made)
{
    *made = (grzi_operator_space){.op = op};
    made->space = (grzi_space){.context = op->context,
                               .count = grzi_grid_count(op->grid),
                               .cell = grzi_grid_cell(op->grid),
                               .nulls = GRZI_INVARIANTS,
                               .user = made,
                               .onsager = onsager,
                               .variation = variation,
                               .places = steps + 1,
                               .prepare = prepare,
                               .precondition = precondition,
                               .diagonal = diagonal};
    grz_status status = build(made, f);
    made->space.null = made->null;
    if (status != GRZ_OK) grzi_operator_space_clear(made);
    return status;
}

void grzi_operator_space_clear(grzi_operator_space *s)
{
    const grz_context *context = s->space.context;
    for (int place = 0; s->preconditioners && place < s->space.places; place++)
        grzi_preconditioner_destroy(context, &s->preconditioners[place]);
    grzi_deallocate(context, s->preconditioners);
    grzi_deallocate(context, s->null);
    grzi_coefficients_destroy(context, &s->coefficients);
    s->preconditioners = NULL;
    s->null = NULL;
    s->space.null = NULL;
    s->space.places = 0;
}

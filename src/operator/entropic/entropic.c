/* The entropic method: positive quadrature of the weak forms (3.1), (3.10) with log f in a spline space, and exact adjoints. Conservation,
 * the H-theorem and Maxwellian equilibria then hold for any rule. */
#include "calculus/interpolant.h"
#include "operator/entropic/nodes.h"
#include "operator/entropic/sweep.h"

#include <math.h>
#include <string.h>

static const grzi_option records[] = {
    GRZI_OPTION(GRZ_OPERATOR_OPTION_ACCURACY, 1, GRZI_PUBLIC_LEVELS, 2, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_RADIUS, 0, 0, 0, 0), /* by the grid, below */
    GRZI_OPTION(GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3, 5, 5, 2),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_RADIAL_NODES, 2, 60, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 3, 101, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_THETA_NODES, 1, GRZI_MAX_THETA_NODES, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_PHI_NODES, 4, 128, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 1, 1e6, 0, 0),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_CIRCLES, GRZ_COLLISIONS_GENERATOR, GRZ_COLLISIONS_CIRCLES, 1),
};

static const grzi_option_table options = {records, sizeof records / sizeof records[0]};

static void adapt(const grz_operator *op, grzi_option *option)
{
    if (option->id != GRZ_OPERATOR_OPTION_RADIUS) return;
    option->least = op->grid->spacing / 2;
    option->largest = op->grid->half_width - op->grid->spacing / 2;
}

static double option_in_force(const grz_operator *op, grz_operator_option option)
{
    const grzi_rules *rules = &((const grzi_entropic *)op->state)->sweep.rules;
    switch (option) {
    case GRZ_OPERATOR_OPTION_RADIUS:
        return rules->R;
    case GRZ_OPERATOR_OPTION_SPLINE_DEGREE:
        return rules->spline_degree;
    case GRZ_OPERATOR_OPTION_RADIAL_NODES:
        return rules->radial_nodes;
    case GRZ_OPERATOR_OPTION_SPHERE_DEGREE:
        return rules->sphere_degree;
    case GRZ_OPERATOR_OPTION_THETA_NODES:
        return rules->theta_nodes;
    case GRZ_OPERATOR_OPTION_PHI_NODES:
        return rules->phi_nodes;
    default:
        return op->options[option];
    }
}

static void destroy_state(grz_context *context, grzi_entropic *state)
{
    if (!state) return;
    grzi_sweep_destroy(&state->sweep);
    grzi_deallocate(context, state->log_f);
    grzi_deallocate(context, state);
}

static void teardown(grz_operator *op)
{
    destroy_state(op->context, op->state);
    op->state = NULL;
}

static int64_t workspace_bytes(const grz_operator *op)
{
    return ((const grzi_entropic *)op->state)->sweep.bytes + 2 * op->count * (int64_t)sizeof(double);
}

static grz_status setup(grz_operator *op)
{
    grzi_entropic *state = grzi_allocate_zeroed(op->context, 1, sizeof *state);
    if (!state) return GRZ_ERROR_OUT_OF_MEMORY;
    int64_t count = op->count;
    state->log_f = grzi_allocate(op->context, 2 * count, sizeof(double));
    if (state->log_f) state->result = state->log_f + count;
    grz_status status = state->log_f ? grzi_sweep_create(op, &state->sweep) : GRZ_ERROR_OUT_OF_MEMORY;
    if (status != GRZ_OK) {
        destroy_state(op->context, state);
        return status;
    }
    op->state = state;
    op->node_count = state->sweep.node_count;
    op->workspace = workspace_bytes(op);
    return GRZ_OK;
}

static grz_status reserve(grz_operator *op)
{
    GRZI_TRY(grzi_sweep_reserve(&((grzi_entropic *)op->state)->sweep));
    op->workspace = workspace_bytes(op);
    return GRZ_OK;
}

/* The species of an operator, one or two: their places in an array of all values, the volume of a cell of their lattice over that of their
 * grid's, and the unit of f. */
typedef struct part {
    int64_t from, count;
    double share, unit;
} part;

static int parts_of(const grz_operator *op, part parts[2])
{
    const grzi_pair *pair = op->pair;
    const int64_t first = grzi_grid_count(op->grid);
    parts[0] = parts[1] = (part){0, first, 1, 1};
    if (!pair) return 1;
    parts[1] = (part){first, op->count - first, 1, 1};
    for (int s = 0; s < 2; s++) parts[s].share = 1 / ((double)pair->ratio[s] * pair->ratio[s] * pair->ratio[s]);
    return 2;
}

static double lattice_cell(const grz_operator *op)
{
    part parts[2];
    parts_of(op, parts);
    return grzi_grid_cell(op->grid) * parts[0].share;
}

/* log(f/unit), unit a power of two near the largest f of a species: what is computed is the same for every s f, and h = ff* does not
 * leave the range of numbers before the result does. Results in h are to be multiplied by both units. */
static void take_logarithm(const grz_operator *op, const double *f, double *log_f, double unit[2])
{
    part parts[2];
    const int species = parts_of(op, parts);
    for (int s = 0; s < species; s++) {
        const part *p = &parts[s];
        unit[s] = grzi_unit(f + p->from, p->count);
        for (int64_t i = p->from; i < p->from + p->count; i++) log_f[i] = log(f[i] / unit[s]);
    }
    if (species == 1) unit[1] = unit[0];
}

/* Of the lattice's adjoint in units of both species, as a density on the grids. */
static void take_units(const grz_operator *op, const double unit[2], double *values)
{
    part parts[2];
    const int species = parts_of(op, parts);
    for (int s = 0; s < species; s++)
        for (int64_t i = parts[s].from; i < parts[s].from + parts[s].count; i++) {
            values[i] = values[i] * unit[0] * unit[1];
            if (species == 2) values[i] *= parts[s].share;
        }
}

static grz_status run_adjoint(grz_operator *op, grzi_task task, const double *f, const double *psi)
{
    grzi_entropic *state = op->state;
    double unit[2];
    take_logarithm(op, f, state->log_f, unit);
    GRZI_TRY(grzi_sweep_run(&state->sweep, task, state->log_f, psi, NULL, state->result));
    take_units(op, unit, state->result);
    for (int64_t i = 0; i < op->count; i++)
        if (!isfinite(state->result[i]))
            return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE,
                             "%s: the collision sum overflows at " GRZI_PLACE ": f is too large or spans too many orders of magnitude",
                             op->caller, GRZI_PLACE_OF(op->grid, i));
    return GRZ_OK;
}

static grz_status run_sum(grz_operator *op, grzi_task task, const double *f, const double *psi, double *sum)
{
    grzi_entropic *state = op->state;
    double value = 0;
    double unit[2];
    take_logarithm(op, f, state->log_f, unit);
    GRZI_TRY(grzi_sweep_run(&state->sweep, task, state->log_f, psi, &value, NULL));
    value = value * unit[0] * unit[1];
    if (!isfinite(value))
        return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE,
                         "%s: the collision sum overflows: f is too large or spans too many orders of magnitude", op->caller);
    *sum = value * lattice_cell(op);
    return GRZ_OK;
}

static void copy_scaled(const grz_operator *op, double factor, double *out)
{
    const grzi_entropic *state = op->state;
    for (int64_t i = 0; i < op->count; i++) out[i] = factor * state->result[i];
}

/* <Q, psi> = -1/4 sum (h' - h)(Psi' - Psi) for every psi: Q is minus a quarter of the adjoint; the cell volume of y cancels that of <.,
 * psi>. */
static grz_status apply(grz_operator *op, const double *f, double *Q)
{
    GRZI_TRY(run_adjoint(op, GRZI_TASK_FORCE, f, NULL));
    copy_scaled(op, -0.25, Q);
    return GRZ_OK;
}

static grz_status weak_form(grz_operator *op, const double *f, const double *psi, double *value)
{
    double sum = 0;
    GRZI_TRY(run_sum(op, GRZI_TASK_WEAK, f, psi, &sum));
    *value = -0.25 * sum;
    return GRZ_OK;
}

static grz_status onsager(grz_operator *op, const double *f, const double *phi, double *K_phi)
{
    GRZI_TRY(run_adjoint(op, GRZI_TASK_ONSAGER, f, phi));
    copy_scaled(op, 0.25, K_phi);
    return GRZ_OK;
}

static grz_status action(grz_operator *op, const double *f, const double *phi, double *value)
{
    double sum = 0;
    GRZI_TRY(run_sum(op, GRZI_TASK_ACTION, f, phi, &sum));
    *value = 0.25 * sum;
    return GRZ_OK;
}

/* Half of 1/4 sum Lambda (Psi' - Psi)^2, with respect to f. */
static grz_status action_variation(grz_operator *op, const double *f, const double *phi, double *variation)
{
    GRZI_TRY(run_adjoint(op, GRZI_TASK_VARIATION_ACTION, f, phi));
    double *result = ((grzi_entropic *)op->state)->result;
    int64_t count = grzi_grid_count(op->grid);
    for (int64_t i = 0; i < count; i++) result[i] = 0.125 * result[i] / f[i];
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(result[i]))
            return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the variation overflows at node %lld, f = %g", op->caller,
                             (long long)i, f[i]);
    copy_scaled(op, 1, variation);
    return GRZ_OK;
}

/* The diagonal of K_f but for the cross terms of overlapping stencils and of the splines. */
static grz_status onsager_diagonal(grz_operator *op, const double *f, double *diagonal, double *pull)
{
    grzi_entropic *state = op->state;
    double unit[2];
    take_logarithm(op, f, state->log_f, unit);
    GRZI_TRY(grzi_sweep_diagonal(&state->sweep, state->log_f, diagonal, pull));
    for (int64_t i = 0; i < op->count; i++) diagonal[i] = 0.25 * diagonal[i];
    for (int64_t i = 0; pull && i < op->count; i++) pull[i] = 0.25 * pull[i];
    take_units(op, unit, diagonal);
    if (pull) take_units(op, unit, pull);
    return GRZ_OK;
}

/* The factor of D's sum is 1/4 (1.2), of the square-root form's 1 (6.1.3). */
static grz_status dissipation(grz_operator *op, const double *f, grz_functional_type type, double *value)
{
    int root = type == GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT;
    double sum = 0;
    GRZI_TRY(run_sum(op, root ? GRZI_TASK_SQUARE_ROOT : GRZI_TASK_DISSIPATION, f, NULL, &sum));
    *value = root ? sum : 0.25 * sum;
    return GRZ_OK;
}

static grz_status dissipation_variation(grz_operator *op, const double *f, grz_functional_type type, double *variation)
{
    int root = type == GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT;
    GRZI_TRY(run_adjoint(op, root ? GRZI_TASK_VARIATION_ROOT : GRZI_TASK_VARIATION, f, NULL));
    const grzi_entropic *state = op->state;
    for (int64_t i = 0; i < op->count; i++) variation[i] = (root ? 1 : 0.25) * state->result[i] / f[i];
    return GRZ_OK;
}

static double overshoot(grz_operator *op, const double *f)
{
    grzi_entropic *state = op->state;
    grzi_sweep *sweep = &state->sweep;
    double worst = 1, unit[2];
    part parts[2];
    const int species = parts_of(op, parts);
    take_logarithm(op, f, state->log_f, unit);
    grzi_sweep_interpolate(sweep, state->log_f, sweep->g);
    for (int s = 0; s < species; s++) {
        double largest = -INFINITY;
        for (int64_t i = parts[s].from; i < parts[s].from + parts[s].count; i++) largest = fmax(largest, state->log_f[i]);
        const grzi_spline *spline = &sweep->spline[s];
        worst = fmax(worst, exp(grzi_spline_largest(spline, sweep->g + s * spline->count) - largest));
    }
    return worst;
}

static int sphere_count(const grz_operator *op)
{
    return ((const grzi_entropic *)op->state)->sweep.rules.count;
}

static void sphere(const grz_operator *op, int index, double *r, int32_t *collisions, int32_t *directions, double *landau)
{
    const grzi_radius *radius = &((const grzi_entropic *)op->state)->sweep.rules.radii[index];
    const grzi_generator *generator = radius->generator;
    *r = radius->r;
    *directions = generator ? radius->nodes.count : radius->sphere.count;
    *collisions = generator ? GRZ_COLLISIONS_GENERATOR : grzi_radius_circles(radius) == 0 ? 0 : GRZ_COLLISIONS_CIRCLES;
    *landau = generator ? generator->landau / generator->transfer : *collisions == 0;
}

static grz_status interpolant(grz_operator *op, const double *f, grz_interpolant **made)
{
    return grzi_interpolant_new(op->grid, op->kernel, (int)op->options[GRZ_OPERATOR_OPTION_SPLINE_DEGREE], f, made);
}

const grzi_method grzi_method_entropic = {.name = "entropic",
                                          .levels = GRZI_RULES_LEVELS,
                                          .needs_positive_density = 1,
                                          .pairs = 1,
                                          .options = &options,
                                          .adapt = adapt,
                                          .option_in_force = option_in_force,
                                          .setup = setup,
                                          .reserve = reserve,
                                          .teardown = teardown,
                                          .apply = apply,
                                          .weak_form = weak_form,
                                          .onsager = onsager,
                                          .action = action,
                                          .action_variation = action_variation,
                                          .onsager_diagonal = onsager_diagonal,
                                          .overshoot = overshoot,
                                          .dissipations =
                                              1 << GRZ_FUNCTIONAL_TYPE_DISSIPATION | 1 << GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT,
                                          .dissipation = dissipation,
                                          .dissipation_variation = dissipation_variation,
                                          .sphere_count = sphere_count,
                                          .sphere = sphere,
                                          .visit = grzi_nodes_visit,
                                          .diffusivity = grzi_diffusivity,
                                          .interpolant = interpolant};

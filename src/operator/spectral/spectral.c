/* The spectral method behind the operator's calls. */
#include "operator/spectral/spectral.h"
#include "operator/spectral/unlike.h"

#include <math.h>
#include <time.h>

static grz_status create_parts(grz_operator *op, grzi_spectral *state)
{
    grz_context *context = op->context;
    const grzi_modes *modes = &state->modes;
    double kappa = state->shape.bandwidth / state->reach;
    int landau = grzi_operator_is_landau(op);
    int lmax =
        state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE ? 2 * (state->degree / 4) : 2 * ((int)ceil(state->shape.bandwidth + 14) / 2);
    if (lmax < 20) lmax = 20; /* for the split */
    grzi_split split = state->scheme == GRZ_SPECTRAL_SCHEME_SEPARABLE     ? GRZI_SPLIT_ALL
                       : state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE ? GRZI_SPLIT_BOTH
                       : landau                                           ? GRZI_SPLIT_NONE
                                                                          : GRZI_SPLIT_LANDAU;
    grzi_radial radial;
    GRZI_TRY(grzi_radial_create(context, op->kernel, landau, state->reach, state->half_width, state->radial_nodes, lmax, split, &radial));
    state->strength = radial.strength;
    grz_status status = grzi_separable_create(context, modes, &state->columns, &radial, &state->separable);
    if (status == GRZ_OK && state->scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR)
        status = grzi_tensor_create(context, modes, &state->columns, &state->shape, &radial, kappa, &state->tensor);
    if (status == GRZ_OK && state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE)
        status = grzi_spheres_create(context, modes, &radial, state->degree, &state->spheres);
    if (status == GRZ_OK && state->spheres.nodes) status = grzi_fft_create(context, state->transform, &state->transforms);
    grzi_radial_destroy(context, &radial);
    return status;
}

static void free_batch(const grz_context *context, grzi_spectral *state)
{
    for (int i = 0; i < state->batch_size; i++) grzi_workspace_destroy(context, state->batch + i);
    grzi_deallocate(context, state->batch);
    state->batch = NULL;
    state->batch_size = 0;
}

static void free_state(const grz_context *context, grzi_spectral *state)
{
    if (!state) return;
    free_batch(context, state);
    grzi_workspace_destroy(context, &state->single);
    grzi_fft_destroy(&state->transforms);
    grzi_columns_destroy(context, &state->columns);
    grzi_columns_destroy(context, &state->grid_columns);
    grzi_modes_destroy(context, &state->modes);
    grzi_separable_destroy(context, &state->separable);
    grzi_tensor_destroy(context, &state->tensor);
    grzi_spheres_destroy(context, &state->spheres);
    grzi_deallocate(context, state);
}

static grz_status fill_state(grz_operator *op, grzi_spectral *state)
{
    grz_context *context = op->context;
    grzi_spectral_configure(op, state);
    if ((int64_t)state->shape.outputs * state->shape.inputs * (state->shape.inputs + 1) / 2 > 40000 &&
        state->scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR)
        return grzi_fail(context, GRZ_ERROR_SIZE_OVERFLOW, "spectral method: ranks %d and %d make a fit of more than 40000 unknowns",
                         (int)state->shape.outputs, (int)state->shape.inputs);
    if (state->cube && state->scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "spectral method: GRZ_OPERATOR_OPTION_MODES = 2 needs a scheme without a fit");
    GRZI_TRY(grzi_modes_create(context, op->grid->n, state->period, state->transform, state->cube, &state->modes));
    GRZI_TRY(grzi_columns_create(context, &state->modes, state->transform, &state->columns));
    if (state->transform != state->period) GRZI_TRY(grzi_columns_create(context, &state->modes, state->period, &state->grid_columns));
    GRZI_TRY(create_parts(op, state));
    state->bilinear = state->equilibrium;
    GRZI_TRY(grzi_workspace_create(context, state, grzi_threads(context), state->bilinear, &state->single));
    op->workspace = state->single.bytes;
    op->node_count = (int64_t)state->transform * state->transform * state->transform * (state->spheres.nodes ? state->spheres.nodes : 1);
    return GRZ_OK;
}

static void teardown(grz_operator *op)
{
    if (op->pair) {
        grzi_unlike_teardown(op);
        return;
    }
    free_state(op->context, op->state);
    op->state = NULL;
}

static grz_status setup(grz_operator *op)
{
    if (op->pair) return grzi_unlike_setup(op);
    grzi_spectral *state = grzi_allocate_zeroed(op->context, 1, sizeof *state);
    if (!state) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = fill_state(op, state);
    if (status != GRZ_OK) {
        free_state(op->context, state);
        return status;
    }
    op->state = state;
    return GRZ_OK;
}

/* Q(f) or, with exact equilibria, Q(f) - Q(M) = the bilinear form of f + M and f - M, which loses no digits as f tends to M. */
static grz_status evaluate_one(const grz_operator *op, const grzi_spectral *state, grzi_spectral_workspace *workspace, grzi_crew *crew,
                               const double *f, double *Q, double *size)
{
    grzi_maxwellian m;
    if (!state->equilibrium || !grzi_spectral_maxwellian(op->grid, crew, f, workspace->axes, &m))
        return grzi_spectral_evaluate(op, state, workspace, crew, GRZI_SPECTRAL_SYMMETRIC, f, f, Q, size);
    int64_t nodes = grzi_grid_count(op->grid);
    double *plus = workspace->plus, *minus = workspace->minus;
    grzi_maxwellian_fill(op->grid, &m, workspace->axes, plus);
    for (int64_t i = 0; i < nodes; i++) {
        double M = plus[i], value = f[i];
        plus[i] = value + M;
        minus[i] = value - M;
    }
    return grzi_spectral_evaluate(op, state, workspace, crew, GRZI_SPECTRAL_SYMMETRIC, plus, minus, Q, size);
}

/* One evaluation on the threads that pay. */
typedef struct evaluation {
    grz_operator *op;
    grzi_spectral_form form;
    const double *f, *g;
    double *Q;
    grz_status status;
} evaluation;

static void evaluate_with(grzi_crew *crew, void *data)
{
    evaluation *e = data;
    grzi_spectral *state = e->op->state;
    int quadratic = e->f == e->g && e->form == GRZI_SPECTRAL_SYMMETRIC;
    e->status = quadratic ? evaluate_one(e->op, state, &state->single, crew, e->f, e->Q, &state->projection_size)
                          : grzi_spectral_evaluate(e->op, state, &state->single, crew, e->form, e->f, e->g, e->Q, &state->projection_size);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static grz_status evaluate(grz_operator *op, grzi_spectral_form form, const double *f, const double *g, double *Q)
{
    grzi_spectral *state = op->state;
    grzi_pace *pace = state->pace + (f != g);
    evaluation e = {op, form, f, g, Q, GRZ_OK};
    int threads = grzi_threads(op->context);
    if (threads > state->single.threads) threads = state->single.threads;
    if (threads == 1) {
        grzi_crew_call(1, evaluate_with, &e);
        return e.status;
    }
    int used = grzi_pace_threads(pace, threads);
    double start = seconds();
    grzi_crew_call(used, evaluate_with, &e);
    grzi_pace_record(pace, used, seconds() - start);
    return e.status;
}

static grz_status apply(grz_operator *op, const double *f, double *Q)
{
    return op->pair ? grzi_unlike_evaluate(op, f, Q, NULL) : evaluate(op, GRZI_SPECTRAL_SYMMETRIC, f, f, Q);
}

/* Q, left in the workspace. */
static grz_status evaluate_inside(grz_operator *op, const double *f, const double **Q)
{
    if (op->pair) return grzi_unlike_evaluate(op, f, NULL, Q);
    GRZI_TRY(evaluate(op, GRZI_SPECTRAL_SYMMETRIC, f, f, NULL));
    *Q = ((const grzi_spectral *)op->state)->single.values;
    return GRZ_OK;
}

static grz_status weak_form(grz_operator *op, const double *f, const double *psi, double *value)
{
    const double *Q;
    GRZI_TRY(evaluate_inside(op, f, &Q));
    double sum = 0;
    for (int64_t i = 0; i < op->count; i++) sum += Q[i] * psi[i];
    *value = sum * grzi_grid_cell(op->grid);
    return GRZ_OK;
}

/* -int Q log f, for f > 0: no sum of squares here, so it may come out slightly negative near equilibrium. */
static grz_status dissipation(grz_operator *op, const double *f, grz_functional_type type, double *value)
{
    (void)type;
    int64_t nodes = grzi_grid_count(op->grid);
    const double *Q;
    GRZI_TRY(evaluate_inside(op, f, &Q));
    /* Q has no mass: a factor of f changes nothing, and a power of two not even the rounding. */
    double sum = 0;
    for (int64_t from = 0; from < op->count; from += nodes) {
        const double unit = grzi_unit(f + from, nodes);
        for (int64_t i = from; i < from + nodes; i++) sum += Q[i] * log(f[i] / unit);
    }
    *value = -sum * grzi_grid_cell(op->grid);
    return GRZ_OK;
}

static grz_status replace_single(grz_operator *op, grzi_spectral *state, int threads, int bilinear)
{
    grzi_spectral_workspace larger;
    GRZI_TRY(grzi_workspace_create(op->context, state, threads, bilinear, &larger));
    grzi_workspace_destroy(op->context, &state->single);
    state->single = larger;
    op->workspace = larger.bytes;
    return GRZ_OK;
}

static grz_status reserve(grz_operator *op)
{
    if (op->pair) return grzi_unlike_reserve(op);
    grzi_spectral *state = op->state;
    int threads = grzi_threads(op->context);
    return threads > state->single.threads ? replace_single(op, state, threads, state->bilinear) : GRZ_OK;
}

static grz_status make_bilinear(grz_operator *op, grzi_spectral *state)
{
    if (state->bilinear) return GRZ_OK;
    GRZI_TRY(replace_single(op, state, state->single.threads, 1));
    state->bilinear = 1;
    return GRZ_OK;
}

static grz_status apply_bilinear(grz_operator *op, const double *f, const double *g, double *Q)
{
    grzi_spectral *state = op->state;
    if (f != g) GRZI_TRY(make_bilinear(op, state));
    return evaluate(op, GRZI_SPECTRAL_SYMMETRIC, f, g, Q);
}

static grz_status apply_directed(grz_operator *op, const double *f, const double *g, double *Q)
{
    grzi_spectral *state = op->state;
    if (state->scheme != GRZ_SPECTRAL_SCHEME_SEPARABLE)
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED,
                         "grz_operator_apply_directed: needs Landau's equation and GRZ_SPECTRAL_SCHEME_SEPARABLE, here the scheme is %d",
                         (int)state->scheme);
    if (f != g) GRZI_TRY(make_bilinear(op, state));
    return evaluate(op, GRZI_SPECTRAL_DIRECTED, f, g, Q);
}

static grz_status make_batch(grz_operator *op, grzi_spectral *state, int size)
{
    if (state->batch_size >= size) return GRZ_OK;
    free_batch(op->context, state);
    state->batch = grzi_allocate_zeroed(op->context, size, sizeof *state->batch);
    if (!state->batch) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int i = 0; i < size; i++) {
        GRZI_TRY(grzi_workspace_create(op->context, state, 1, state->equilibrium, state->batch + i));
        state->batch[i].silent = 1; /* works on threads other than the caller's */
        state->batch_size = i + 1;
    }
    return GRZ_OK;
}

typedef struct batch {
    grz_operator *op;
    int64_t count, first, last;
    const double *f;
    double *Q;
    grz_status status;
} batch;

static void apply_member(void *loop, int chunk, int member)
{
    batch *b = loop;
    grzi_spectral *state = b->op->state;
    int64_t i = b->first + chunk, nodes = grzi_grid_count(b->op->grid);
    grzi_crew alone = grzi_crew_alone();
    double size = 0;
    grz_status status = evaluate_one(b->op, state, state->batch + member, &alone, b->f + i * nodes, b->Q + i * nodes, &size);
    if (status != GRZ_OK) __atomic_store_n(&b->status, status, __ATOMIC_RELAXED);
    if (i == b->count - 1) state->projection_size = size;
}

static void apply_members(grzi_crew *crew, void *data)
{
    batch *b = data;
    int64_t step = 16 * (int64_t)crew->threads;
    for (b->first = 0; b->first < b->count && b->status == GRZ_OK; b->first = b->last) {
        b->last = b->first + step < b->count ? b->first + step : b->count;
        grzi_crew_loop(crew, (int)(b->last - b->first), apply_member, b);
        if (b->status == GRZ_OK) b->status = grzi_report_progress(b->op->context, "spectral batch", (double)b->last / (double)b->count);
    }
}

static grz_status apply_batch(grz_operator *op, int64_t count, const double *f, double *Q)
{
    grzi_spectral *state = op->state;
    batch b = {op, count, 0, 0, f, Q, GRZ_OK};
    int threads = grzi_threads(op->context);
    if (threads > state->single.threads) threads = state->single.threads;
    GRZI_TRY(make_batch(op, state, state->single.threads));
    grzi_crew_call(threads < count ? threads : (int)count, apply_members, &b);
    return b.status;
}

static grz_status fit_error(grz_operator *op, double *error)
{
    *error = ((const grzi_spectral *)op->state)->tensor.error;
    return GRZ_OK;
}

static double projection_size(const grz_operator *op)
{
    return op->state ? ((const grzi_spectral *)op->state)->projection_size : 0;
}

const grzi_method grzi_method_spectral = {
    .name = "spectral",
    .levels = GRZI_SPECTRAL_LEVELS,
    .needs_positive_density = 0,
    .periodic = 1,
    .pairs = 1,
    .options = &grzi_spectral_options,
    .adapt = grzi_spectral_adapt,
    .option_in_force = grzi_spectral_option_in_force,
    .setup = setup,
    .reserve = reserve,
    .teardown = teardown,
    .apply = apply,
    .weak_form = weak_form,
    .dissipations = 1 << GRZ_FUNCTIONAL_TYPE_DISSIPATION,
    .dissipation = dissipation,
    .apply_bilinear = apply_bilinear,
    .apply_directed = apply_directed,
    .apply_batch = apply_batch,
    .fit_error = fit_error,
    .projection_size = projection_size,
};

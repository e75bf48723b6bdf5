/* The spectral method behind the operator's calls. */
#include "operator/spectral/spectral.h"

#include <math.h>

static grz_status create_parts(grz_operator *op, grzi_spectral *state)
{
    grz_context *context = op->context;
    const grzi_modes *modes = &state->modes;
    double kappa = state->shape.bandwidth / state->R;
    int landau = op->equation == GRZ_EQUATION_LANDAU || grz_kernel_eps(op->kernel) == 0;
    int lmax =
        state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE ? 2 * (state->degree / 4) : 2 * ((int)ceil(state->shape.bandwidth + 14) / 2);
    if (lmax < 20) lmax = 20; /* for the split */
    grzi_split split = state->scheme == GRZ_SPECTRAL_SCHEME_SEPARABLE     ? GRZI_SPLIT_ALL
                       : state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE ? GRZI_SPLIT_BOTH
                       : landau                                           ? GRZI_SPLIT_NONE
                                                                          : GRZI_SPLIT_LANDAU;
    grzi_radial radial;
    GRZI_TRY(grzi_radial_create(context, op->kernel, landau, state->R, state->radial_nodes, lmax, split, &radial));
    grz_status status = grzi_separable_create(context, modes, &state->columns, &radial, &state->separable);
    if (status == GRZ_OK && state->scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR)
        status = grzi_tensor_create(context, modes, &state->columns, &state->shape, &radial, kappa, &state->tensor);
    if (status == GRZ_OK && state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE)
        status = grzi_spheres_create(context, modes, &radial, state->degree, &state->spheres);
    if (status == GRZ_OK && state->spheres.nodes) status = grzi_fft_create(context, state->padded, &state->transforms);
    grzi_radial_destroy(context, &radial);
    return status;
}

static void free_crew(const grz_context *context, grzi_spectral *state)
{
    for (int i = 0; i < state->crew_size; i++) grzi_workspace_destroy(context, state->crew + i);
    grzi_deallocate(context, state->crew);
    state->crew = NULL;
    state->crew_size = 0;
}

static void free_state(const grz_context *context, grzi_spectral *state)
{
    if (!state) return;
    free_crew(context, state);
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
    int n = op->grid->n;
    grzi_spectral_configure(op, state);
    if ((int64_t)state->shape.outputs * state->shape.inputs * (state->shape.inputs + 1) / 2 > 40000 &&
        state->scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR)
        return grzi_fail(context, GRZ_ERROR_SIZE_OVERFLOW, "spectral method: ranks %d and %d make a fit of more than 40000 unknowns",
                         (int)state->shape.outputs, (int)state->shape.inputs);
    if (state->cube && state->scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "spectral method: GRZ_OPERATOR_OPTION_MODES = 2 needs a scheme without a fit");
    GRZI_TRY(grzi_modes_create(context, n, state->padded, state->cube, op->grid->half_width, &state->modes));
    GRZI_TRY(grzi_columns_create(context, &state->modes, state->padded, &state->columns));
    if (state->padded != n) GRZI_TRY(grzi_columns_create(context, &state->modes, n, &state->grid_columns));
    GRZI_TRY(create_parts(op, state));
    state->bilinear = state->equilibrium;
    GRZI_TRY(grzi_workspace_create(context, state, grzi_threads(context), state->bilinear, &state->single));
    op->workspace = state->single.bytes;
    op->node_count = (int64_t)state->padded * state->padded * state->padded * (state->spheres.nodes ? state->spheres.nodes : 1);
    return GRZ_OK;
}

static void teardown(grz_operator *op)
{
    free_state(op->context, op->state);
    op->state = NULL;
}

static grz_status setup(grz_operator *op)
{
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
static grz_status evaluate_one(const grz_operator *op, const grzi_spectral *state, grzi_spectral_workspace *workspace, int threads,
                               const double *f, double *Q, double *size)
{
    grzi_maxwellian m;
    if (!state->equilibrium || !grzi_maxwellian_of(op->grid, threads, f, workspace->axes, &m))
        return grzi_spectral_evaluate(op, state, workspace, threads, f, f, Q, size);
    int64_t nodes = grzi_grid_count(op->grid);
    double *plus = workspace->plus, *minus = workspace->minus;
    grzi_maxwellian_fill(op->grid, &m, workspace->axes, plus);
    for (int64_t i = 0; i < nodes; i++) {
        double M = plus[i], value = f[i];
        plus[i] = value + M;
        minus[i] = value - M;
    }
    return grzi_spectral_evaluate(op, state, workspace, threads, plus, minus, Q, size);
}

static grz_status apply(grz_operator *op, const double *f, double *Q)
{
    grzi_spectral *state = op->state;
    return evaluate_one(op, state, &state->single, grzi_threads(op->context), f, Q, &state->projection_size);
}

static grz_status weak_form(grz_operator *op, const double *f, const double *psi, double *value)
{
    grzi_spectral *state = op->state;
    int64_t nodes = grzi_grid_count(op->grid);
    GRZI_TRY(evaluate_one(op, state, &state->single, grzi_threads(op->context), f, NULL, &state->projection_size));
    const double *Q = state->single.values;
    double sum = 0;
    for (int64_t i = 0; i < nodes; i++) sum += Q[i] * psi[i];
    *value = sum * grzi_grid_cell(op->grid);
    return GRZ_OK;
}

/* -int Q log f, for f > 0: no sum of squares here, so it may come out slightly negative near equilibrium. */
static grz_status dissipation(grz_operator *op, const double *f, grz_functional_type type, double *value)
{
    if (type != GRZ_FUNCTIONAL_TYPE_DISSIPATION)
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "the spectral method offers the dissipation -int Q log f only");
    int64_t nodes = grzi_grid_count(op->grid);
    grzi_spectral *state = op->state;
    GRZI_TRY(evaluate_one(op, state, &state->single, grzi_threads(op->context), f, NULL, &state->projection_size));
    const double *Q = state->single.values;
    double sum = 0;
    for (int64_t i = 0; i < nodes; i++) sum += Q[i] * log(f[i]);
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
    return grzi_spectral_evaluate(op, state, &state->single, grzi_threads(op->context), f, g, Q, &state->projection_size);
}

static grz_status make_crew(grz_operator *op, grzi_spectral *state, int size)
{
    if (state->crew_size >= size) return GRZ_OK;
    free_crew(op->context, state);
    state->crew = grzi_allocate_zeroed(op->context, size, sizeof *state->crew);
    if (!state->crew) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int i = 0; i < size; i++) {
        GRZI_TRY(grzi_workspace_create(op->context, state, 1, state->equilibrium, state->crew + i));
        state->crew_size = i + 1;
    }
    return GRZ_OK;
}

static grz_status apply_batch(grz_operator *op, int64_t count, const double *f, double *Q)
{
    grzi_spectral *state = op->state;
    int64_t nodes = grzi_grid_count(op->grid);
    int threads = grzi_threads(op->context);
    if (threads > state->single.threads) threads = state->single.threads;
    GRZI_TRY(make_crew(op, state, state->single.threads));
    if (threads > count) threads = (int)count;
    grz_status failed = GRZ_OK;
    for (int64_t first = 0; first < count && failed == GRZ_OK; first += 16 * (int64_t)threads) {
        int64_t last = first + 16 * (int64_t)threads < count ? first + 16 * (int64_t)threads : count;
#pragma omp parallel for num_threads(threads) schedule(static, 1)
        for (int member = 0; member < threads; member++)
            for (int64_t i = first + member; i < last; i += threads) {
                double size = 0;
                grz_status status = evaluate_one(op, state, state->crew + member, 1, f + i * nodes, Q + i * nodes, &size);
                if (status != GRZ_OK) {
#pragma omp critical(grzi_spectral_batch)
                    failed = status;
                }
                if (i == count - 1) state->projection_size = size;
            }
        if (failed == GRZ_OK) failed = grzi_report_progress(op->context, "spectral batch", (double)last / (double)count);
    }
    return failed;
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
    .needs_positive_density = 0,
    .option_bounds = grzi_spectral_option_bounds,
    .option_in_force = grzi_spectral_option_in_force,
    .setup = setup,
    .reserve = reserve,
    .teardown = teardown,
    .apply = apply,
    .weak_form = weak_form,
    .dissipation = dissipation,
    .apply_bilinear = apply_bilinear,
    .apply_batch = apply_batch,
    .fit_error = fit_error,
    .projection_size = projection_size,
};

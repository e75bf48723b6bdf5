/* One application: transforms, the parts of the operator, their sum in a fixed order, projection. */
#include "operator/spectral/spectral.h"

#include <math.h>
#include <string.h>

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

grz_status grzi_workspace_create(const grz_context *context, const grzi_spectral *state, int threads, int bilinear,
                                 grzi_spectral_workspace *workspace)
{
    int64_t grid_nodes = (int64_t)state->modes.n * state->modes.n * state->modes.n, nodes = grzi_fft_nodes(&state->transforms);
    int64_t grid_spectrum = (int64_t)state->modes.n * state->modes.n * (state->modes.n / 2 + 1), count = state->modes.count;
    int64_t balance = state->equilibrium ? grid_nodes : 0; /* f + M, f - M */
    int64_t spectra = threads * grzi_fft_spectrum(&state->transforms), fields = 0, tiles = 0;
    if (state->tensor.inputs) {
        fields = nodes * grzi_tensor_fields(&state->tensor, bilinear);
        tiles = threads * grzi_tensor_tiles(&state->tensor);
    }
    if (state->separable.present) {
        fields = most(fields, nodes * (grzi_separable_fields(threads) + 1));
        spectra = most(spectra, threads * grzi_separable_spectra(&state->transforms));
    }
    if (state->spheres.nodes) spectra = most(spectra, threads * grzi_spheres_buffer(nodes));
    int64_t complex_count = grid_spectrum + (3 + (int64_t)state->part_count) * count + 6 * 8;
    int64_t real_count = fields + tiles + grid_nodes + 2 * balance + grzi_projection_work(state->modes.n);
    grzi_spectral_workspace made = {.threads = threads, .bytes = 16 * (complex_count + spectra) + 8 * real_count};
    *workspace = (grzi_spectral_workspace){0};
    made.grid_spectrum = grzi_allocate(context, grid_spectrum, sizeof(double complex));
    made.f = grzi_allocate(context, (3 + (int64_t)state->part_count) * count, sizeof(double complex));
    made.spectra = grzi_allocate(context, spectra, sizeof(double complex));
    made.fields = grzi_allocate(context, fields, sizeof(double));
    made.tiles = grzi_allocate(context, tiles, sizeof(double));
    made.values = grzi_allocate(context, grid_nodes, sizeof(double));
    made.plus = grzi_allocate(context, balance, sizeof(double));
    made.minus = grzi_allocate(context, balance, sizeof(double));
    made.axes = grzi_allocate(context, grzi_projection_work(state->modes.n), sizeof(double));
    if (!made.grid_spectrum || !made.f || !made.spectra || !made.fields || !made.tiles || !made.values || !made.plus || !made.minus ||
        !made.axes) {
        grzi_workspace_destroy(context, &made);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    made.g = made.f + count;
    made.Q = made.g + count;
    made.parts = made.Q + count;
    *workspace = made;
    return GRZ_OK;
}

void grzi_workspace_destroy(const grz_context *context, grzi_spectral_workspace *workspace)
{
    grzi_deallocate(context, workspace->grid_spectrum);
    grzi_deallocate(context, workspace->f);
    grzi_deallocate(context, workspace->spectra);
    grzi_deallocate(context, workspace->fields);
    grzi_deallocate(context, workspace->tiles);
    grzi_deallocate(context, workspace->values);
    grzi_deallocate(context, workspace->plus);
    grzi_deallocate(context, workspace->minus);
    grzi_deallocate(context, workspace->axes);
    *workspace = (grzi_spectral_workspace){0};
}

/* Ball array of a user's field: the transform overwrites its input, hence the copy. */
static void to_ball(const grzi_spectral *state, grzi_spectral_workspace *workspace, const double *field, double complex *ball)
{
    int64_t nodes = grzi_fft_nodes(&state->grid_transforms);
    memcpy(workspace->values, field, (size_t)nodes * sizeof *field);
    grzi_fft_forward(&state->grid_transforms, workspace->values, workspace->grid_spectrum);
    grzi_modes_gather_grid(&state->modes, workspace->grid_spectrum, 1.0 / (double)nodes, ball);
}

/* The parts of Qhat, unnormalised; returns how many. */
static int fill_parts(const grzi_spectral *state, grzi_spectral_workspace *w, int threads, const double complex *f, const double complex *g)
{
    const grzi_modes *modes = &state->modes;
    const grzi_fft *fft = &state->transforms;
    int used = 0;
    if (state->tensor.inputs) {
        grzi_tensor_apply(&state->tensor, modes, fft, threads, f, g, w->spectra, w->fields, w->tiles, w->parts);
        used = state->tensor.outputs;
    }
    if (state->spheres.nodes) {
        grzi_spheres_apply(&state->spheres, modes, fft, threads, f, g, w->spectra, w->parts);
        used = GRZI_SPHERES_CHUNKS;
    }
    if (state->separable.present) {
        double *sum = w->fields + grzi_separable_fields(threads) * grzi_fft_nodes(fft);
        grzi_separable_apply(&state->separable, modes, fft, threads, f, g, w->spectra, w->fields, sum);
        grzi_fft_forward(fft, sum, w->spectra);
        grzi_modes_gather(modes, w->spectra, NULL, w->parts + used * modes->count);
        used++;
    }
    return used;
}

grz_status grzi_spectral_evaluate(const grz_operator *op, const grzi_spectral *state, grzi_spectral_workspace *workspace, int threads,
                                  const double *f, const double *g, double *Q, double *size)
{
    const grzi_modes *modes = &state->modes;
    int64_t count = modes->count, nodes = grzi_grid_count(op->grid);
    threads = threads < workspace->threads ? threads : workspace->threads;
    grzi_maxwellian weight;
    if (state->conserve && !grzi_maxwellian_of(op->grid, f, &weight) && g != f) grzi_maxwellian_of(op->grid, g, &weight);
    to_ball(state, workspace, f, workspace->f);
    if (g != f) to_ball(state, workspace, g, workspace->g);
    int parts = fill_parts(state, workspace, threads, workspace->f, g == f ? workspace->f : workspace->g);
    double scale = 1.0 / (double)grzi_fft_nodes(&state->transforms);
    double complex *total = workspace->Q;
    memset(total, 0, (size_t)count * sizeof *total);
    for (int p = 0; p < parts; p++) {
        const double *restrict from = (const double *)(workspace->parts + p * count);
        double *restrict to = (double *)total;
        for (int64_t i = 0; i < 2 * count; i++) to[i] += scale * from[i];
    }
    total[0] = 0; /* k = 0 is the first mode: mass */
    grzi_modes_scatter_grid(modes, total, workspace->grid_spectrum);
    grzi_fft_backward(&state->grid_transforms, workspace->grid_spectrum, workspace->values);
    *size = 0;
    if (state->conserve) GRZI_TRY(grzi_project(op->context, op->grid, &weight, workspace->axes, workspace->values, size));
    double total_size = 0;
    for (int64_t i = 0; i < nodes; i++) total_size += fabs(workspace->values[i]);
    if (!isfinite(total_size))
        return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "spectral method: Q overflows; the largest density is too large");
    if (Q) memcpy(Q, workspace->values, (size_t)nodes * sizeof *Q);
    return GRZ_OK;
}

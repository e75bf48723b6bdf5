/* One application: transforms, the parts of the operator, their sum in a fixed order, projection. */
#include "operator/spectral/spectral.h"

#include <math.h>
#include <string.h>

static const grzi_columns *grid_columns(const grzi_spectral *state)
{
    return state->grid_columns.n ? &state->grid_columns : &state->columns;
}

static grzi_products products_of(const grzi_spectral *state, int directed)
{
    return (grzi_products){&state->columns, &state->tensor, &state->separable, directed};
}

grz_status grzi_workspace_create(const grz_context *context, const grzi_spectral *state, int threads, int bilinear,
                                 grzi_spectral_workspace *workspace)
{
    int64_t grid_nodes = (int64_t)state->modes.n * state->modes.n * state->modes.n, modes = grzi_mode_array(&state->columns);
    int64_t balance = state->equilibrium ? grid_nodes : 0; /* f + M, f - M */
    int64_t grid = grzi_field_work(grid_columns(state), threads), ball = 0, spheres = 0;
    if (state->spheres.nodes) {
        ball = (2 + GRZI_SPHERES_CHUNKS) * state->modes.count;
        spheres = threads * grzi_spheres_buffer(grzi_fft_nodes(&state->transforms));
    }
    int64_t complex_count = ball + spheres, real_count = 3 * modes + grid + grid_nodes + 2 * balance + grzi_projection_work(state->modes.n);
    grzi_spectral_workspace made = {.threads = threads};
    grzi_products products = products_of(state, 0);
    *workspace = (grzi_spectral_workspace){0};
    grz_status status = grzi_products_work_create(context, &products, threads, bilinear, &made.products, &made.bytes);
    made.bytes += 16 * complex_count + 8 * real_count;
    made.f = grzi_allocate(context, 3 * modes, sizeof(double));
    made.grid = grzi_allocate_zeroed(context, grid, sizeof(double));
    made.ball = grzi_allocate(context, ball, sizeof(double complex));
    made.spheres = grzi_allocate(context, spheres, sizeof(double complex));
    made.values = grzi_allocate(context, grid_nodes, sizeof(double));
    made.plus = grzi_allocate(context, balance, sizeof(double));
    made.minus = grzi_allocate(context, balance, sizeof(double));
    made.axes = grzi_allocate(context, grzi_projection_work(state->modes.n), sizeof(double));
    if (status != GRZ_OK || !made.f || !made.grid || !made.ball || !made.spheres || !made.values || !made.plus || !made.minus ||
        !made.axes) {
        grzi_workspace_destroy(context, &made);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    made.g = made.f + modes;
    made.Q = made.g + modes;
    *workspace = made;
    return GRZ_OK;
}

void grzi_workspace_destroy(const grz_context *context, grzi_spectral_workspace *workspace)
{
    grzi_products_work_destroy(context, &workspace->products);
    grzi_deallocate(context, workspace->f);
    grzi_deallocate(context, workspace->grid);
    grzi_deallocate(context, workspace->ball);
    grzi_deallocate(context, workspace->spheres);
    grzi_deallocate(context, workspace->values);
    grzi_deallocate(context, workspace->plus);
    grzi_deallocate(context, workspace->minus);
    grzi_deallocate(context, workspace->axes);
    *workspace = (grzi_spectral_workspace){0};
}

/* The sphere rule works on ball arrays; the sum of its chunks, in their order. */
static void apply_spheres(const grzi_spectral *state, const grzi_spectral_workspace *w, grzi_crew *crew, const double *f, const double *g,
                          grzi_pulse *pulse)
{
    int64_t count = state->modes.count;
    double complex *ball_f = w->ball, *ball_g = f == g ? ball_f : ball_f + count, *parts = w->ball + 2 * count;
    grzi_columns_to_ball(&state->columns, f, ball_f);
    if (f != g) grzi_columns_to_ball(&state->columns, g, ball_g);
    grzi_spheres_apply(&state->spheres, &state->modes, &state->transforms, crew, ball_f, ball_g, w->spheres, parts, pulse);
    for (int p = 1; p < GRZI_SPHERES_CHUNKS; p++)
        for (int64_t i = 0; i < count; i++) parts[i] += parts[p * count + i];
    grzi_columns_from_ball(&state->columns, parts, w->Q);
}

typedef struct survey {
    int64_t plane;
    const double *f;
    double *largest; /* of each plane */
} survey;

static void survey_plane(void *loop, int x, int member)
{
    const survey *s = loop;
    (void)member;
    s->largest[x] = grzi_largest(s->f + x * s->plane, s->plane);
}

static int largest_exponent(const grz_grid *grid, grzi_crew *crew, double *work, const double *f)
{
    survey s = {(int64_t)grid->n * grid->n, f, work};
    grzi_crew_loop(crew, grid->n, survey_plane, &s);
    return grzi_exponent_of(grzi_largest(work, grid->n));
}

/* L^3 2^exponent as two factors, so that only what is out of range itself over- or underflows. */
static void factors_of(double half_width, int exponent, double factor[2])
{
    int of_width;
    double fraction = frexp(half_width, &of_width);
    exponent += 3 * of_width;
    factor[0] = ldexp(fraction * fraction * fraction, exponent / 2);
    factor[1] = ldexp(1, exponent - exponent / 2);
}

/* A plane of Q in the user's units to the caller, if it wants it, and whether all of it is finite. */
typedef struct delivery {
    int n;
    double factor[2], *values, *Q;
    unsigned char *finite; /* of each plane */
} delivery;

static void check_plane(void *loop, int x, int member)
{
    const delivery *d = loop;
    int64_t size = (int64_t)d->n * d->n;
    double *plane = d->values + x * size;
    (void)member;
    for (int64_t i = 0; i < size; i++) plane[i] = plane[i] * d->factor[0] * d->factor[1];
    d->finite[x] = (unsigned char)grzi_all_finite(plane, size);
}

static void copy_plane(void *loop, int x, int member)
{
    const delivery *d = loop;
    int64_t size = (int64_t)d->n * d->n;
    (void)member;
    memcpy(d->Q + x * size, d->values + x * size, (size_t)size * sizeof *d->Q);
}

static grz_status deliver(const grz_operator *op, double half_width, grzi_crew *crew, int exponent, double *values, double *work, double *Q)
{
    delivery d = {.n = op->grid->n, .values = values, .Q = Q, .finite = (unsigned char *)work};
    factors_of(half_width, exponent, d.factor);
    grzi_crew_loop(crew, d.n, check_plane, &d);
    for (int x = 0; x < d.n; x++)
        if (!d.finite[x]) return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: Q overflows, f is too large", op->caller);
    if (Q) grzi_crew_loop(crew, d.n, copy_plane, &d);
    return GRZ_OK;
}

/* Mass is zero in the period; what little of it lies beyond the box is taken evenly from the inside, as Qhat(0) = 0 does. */
static void remove_mean(int64_t nodes, double *values)
{
    double sum = 0;
    for (int64_t i = 0; i < nodes; i++) sum += values[i];
    for (int64_t i = 0; i < nodes; i++) values[i] -= sum / (double)nodes;
}

/* In units in which the period is 1, the largest |f| and |g| between 1/2 and 1 and the kernel of strength 1: what is computed is the same in
 * all units. The powers come back at the end. */
grz_status grzi_spectral_evaluate(const grz_operator *op, const grzi_spectral *state, grzi_spectral_workspace *workspace, grzi_crew *crew,
                                  grzi_spectral_form form, const double *f, const double *g, double *Q, double *size)
{
    const grzi_columns *grid = grid_columns(state);
    const grzi_products products = products_of(state, form == GRZI_SPECTRAL_DIRECTED);
    int64_t period = state->period, padded = state->transform;
    int box = op->grid->n;
    int64_t nodes = grzi_grid_count(op->grid);
    int exponent_f = largest_exponent(op->grid, crew, workspace->axes, f);
    int exponent_g = g == f ? exponent_f : largest_exponent(op->grid, crew, workspace->axes, g);
    double scale = 1.0 / (double)(period * period * period), *values = workspace->values;
    grzi_field_to_modes(grid, crew, box, f, ldexp(scale, -exponent_f), workspace->grid, workspace->f);
    double *second = g == f ? workspace->f : workspace->g, *total = workspace->Q;
    if (g != f) grzi_field_to_modes(grid, crew, box, g, ldexp(scale, -exponent_g), workspace->grid, second);
    int spheres = state->spheres.nodes > 0;
    grzi_pulse pulse;
    grzi_pulse_begin(op->context, "spectral application", workspace->silent, &pulse);
    if (spheres) apply_spheres(state, workspace, crew, workspace->f, second, &pulse);
    if (state->tensor.inputs || state->separable.terms)
        grzi_products_apply(&products, crew, workspace->f, second, &workspace->products, !spheres, total, &pulse);
    else if (!spheres)
        memset(total, 0, (size_t)grzi_mode_array(grid) * sizeof *total);
    GRZI_TRY(grzi_pulse_end(&pulse));
    total[0] = total[1] = 0; /* k = 0: mass */
    grzi_modes_to_field(grid, crew, box, total, 1.0 / (double)(padded * padded * padded), workspace->grid, values);
    *size = 0;
    if (state->conserve && form == GRZI_SPECTRAL_SYMMETRIC)
        GRZI_TRY(grzi_project(op->context, op->grid, crew, workspace->axes, values, size));
    else if (state->period > box)
        remove_mean(nodes, values);
    return deliver(op, state->half_width, crew, state->strength + exponent_f + exponent_g, values, workspace->axes, Q);
}

/* A walk over the collision nodes of an entropic operator for those who do their own sums there. */
#include "operator/entropic/nodes.h"

#include "operator/entropic/sweep.h"

#include <math.h>
#include <string.h>

enum { POSITIONS = 4, SCALARS = 6 + GRZI_STREAM_FIELDS, BATCH_DOUBLES = (3 * POSITIONS + SCALARS) * GRZI_BATCH };

typedef struct walk {
    const grz_grid *grid;
    const grz_kernel *kernel;
    const grzi_stream *stream;
    double *coefficients; /* of the fields, one array after the other */
    double *work;         /* per thread: volumes of the force, of the fields at w and of their differences, then a batch */
    int64_t thread_doubles;
    double *sums; /* GRZI_STREAM_SUMS per share */
    double unit;  /* power of two: log f is of f/unit, so that h/unit^2 stays in range */
    int has_adjoint;
} walk;

/* A thread's arrays for one batch, and the volumes it is taken from. */
typedef struct desk {
    double *v, *v_star, *v_prime, *v_star_prime, *h, *h_prime, *mobility, *difference, *jump, *force, *fields[GRZI_STREAM_FIELDS];
    double *difference_volume, *force_volume, *at_w[GRZI_STREAM_FIELDS], *field_volume[GRZI_STREAM_FIELDS];
} desk;

static desk desk_of(const walk *walk, const grzi_sweep *sweep, const grzi_sphere *sphere, int thread)
{
    desk d;
    double *p = walk->work + thread * walk->thread_doubles;
    d.difference_volume = sphere->Psi;
    d.force_volume = p, p += sweep->volume;
    for (int k = 0; k < walk->stream->field_count; k++) {
        d.at_w[k] = p, p += sweep->volume;
        d.field_volume[k] = p, p += sweep->volume;
    }
    double **const positions[POSITIONS] = {&d.v, &d.v_star, &d.v_prime, &d.v_star_prime};
    for (int k = 0; k < POSITIONS; k++) *positions[k] = p, p += 3 * GRZI_BATCH;
    double **const scalars[] = {&d.h, &d.h_prime, &d.mobility, &d.difference, &d.jump, &d.force};
    for (int k = 0; k < 6; k++) *scalars[k] = p, p += GRZI_BATCH;
    for (int k = 0; k < GRZI_STREAM_FIELDS; k++) d.fields[k] = p, p += GRZI_BATCH;
    return d;
}

/* The law of one node, as in the lanes: with d = unit q, h' - h = h expm1(d) and the logarithmic mean is h expm1(d)/d. */
static void put_law(desk *d, int at, double h, double q, double unit)
{
    double change = unit * q, growth = expm1(change), ratio = fabs(change) > 1e-300 ? growth / change : 1;
    d->h[at] = h;
    d->h_prime[at] = h * growth + h;
    d->difference[at] = q;
    d->mobility[at] = h * ratio;
    d->jump[at] = fabs(change) > 1e-300 ? h * growth / unit : h * q;
}

static void put_positions(desk *d, int at, const double y[3], double r, const double *w, const double *sigma)
{
    for (int axis = 0; axis < 3; axis++) {
        d->v[3 * at + axis] = y[axis] + r * w[axis];
        d->v_star[3 * at + axis] = y[axis] - r * w[axis];
        d->v_prime[3 * at + axis] = y[axis] + r * sigma[axis];
        d->v_star_prime[3 * at + axis] = y[axis] - r * sigma[axis];
    }
}

static grz_status visit_batch(const walk *walk, int share, desk *d, grzi_batch *batch, const int64_t *origin)
{
    double *sums = walk->sums + share * GRZI_STREAM_SUMS;
    for (int k = 0; walk->has_adjoint && k < batch->count; k++) d->force[k] = 0;
    GRZI_TRY(walk->stream->visit(batch, sums, walk->has_adjoint ? d->force : NULL, walk->stream->user));
    for (int k = 0; walk->has_adjoint && k < batch->count; k++) d->force_volume[origin[k]] = d->force[k];
    batch->count = 0;
    return GRZ_OK;
}

/* All centres of one sigma, in batches. */
static grz_status visit_sigma(const walk *walk, const grzi_sphere *sphere, const grzi_circle *circle, const grzi_sigma *node, int share,
                              desk *d)
{
    const int reach = circle->radius->start[0], fields = walk->stream->field_count;
    const double r = circle->radius->r;
    int64_t origin[GRZI_BATCH];
    const int landau = node->theta == 0;
    grzi_batch batch = {.tangential = landau,
                        .r = r,
                        .theta = node->theta,
                        .unit = node->unit,
                        .shortest = circle->radius->shortest,
                        .weight = node->weight * grzi_grid_cell(walk->grid),
                        .strength = landau ? GRZI_PI / 8 * circle->radius->theta_weight[circle->radius->theta_count - 1] *
                                                 grzi_kernel_kinetic_factor(walk->kernel, 2 * r)
                                           : 0,
                        .w = circle->w,
                        .sigma = node->sigma,
                        .chord = node->chord,
                        .v = d->v,
                        .v_star = d->v_star,
                        .v_prime = d->v_prime,
                        .v_star_prime = d->v_star_prime,
                        .h = d->h,
                        .h_prime = d->h_prime,
                        .mobility = d->mobility,
                        .difference = d->difference,
                        .jump = d->jump};
    for (int k = 0; k < fields; k++) batch.fields[k] = d->fields[k];
    for (int64_t row = 0; row < (int64_t)sphere->count * sphere->count; row++)
        for (int z = 0; z < sphere->count; z++) {
            int at = batch.count;
            int64_t place = row * sphere->length + z;
            double y[3] = {grzi_grid_node(walk->grid, 0, reach + (int)(row / sphere->count)),
                           grzi_grid_node(walk->grid, 1, reach + (int)(row % sphere->count)), grzi_grid_node(walk->grid, 2, reach + z)};
            double q = d->difference_volume[place] - (node->is_difference ? 0 : sphere->G[place]);
            put_positions(d, at, y, r, circle->w, node->sigma);
            put_law(d, at, sphere->h[place] * walk->unit * walk->unit, q, node->unit);
            for (int k = 0; k < fields; k++) d->fields[k][at] = d->field_volume[k][place] - (node->is_difference ? 0 : d->at_w[k][place]);
            origin[at] = place;
            if (++batch.count == GRZI_BATCH) GRZI_TRY(visit_batch(walk, share, d, &batch, origin));
        }
    return batch.count > 0 ? visit_batch(walk, share, d, &batch, origin) : GRZ_OK;
}

static grz_status visit_item(grzi_sweep *sweep, int share, int thread, int64_t item, void *user)
{
    const walk *walk = user;
    grzi_circle circle;
    grzi_sigma node;
    grzi_sphere sphere;
    grzi_stencil plus, minus;
    grzi_circle_begin(sweep, item, &circle);
    grzi_sphere_begin(sweep, &circle, sweep->thread_work + thread * sweep->thread_doubles, &sphere);
    if (walk->has_adjoint) sphere.adjoint = sweep->adjoints + share * sweep->coefficients;
    desk d = desk_of(walk, sweep, &sphere, thread);
    const int fields = walk->stream->field_count;
    const int64_t size = (int64_t)sphere.count * sphere.count * sphere.length, coefficients = sweep->coefficients;
    grzi_value_stencil(sweep, circle.radius, 0, 1, circle.w, &plus);
    grzi_value_stencil(sweep, circle.radius, 1, 1, circle.w, &minus);
    sweep->lanes->begin(&sphere, &plus, &minus);
    for (int k = 0; k < fields; k++) sweep->lanes->evaluate(&sphere, walk->coefficients + k * coefficients, &plus, &minus, 0, d.at_w[k]);
    if (walk->has_adjoint) memset(d.force_volume, 0, sizeof(double) * size); /* for good where no centre is */
    while (!grzi_sweep_stops(sweep) && grzi_circle_next(&circle, &node)) {
        sweep->lanes->evaluate(&sphere, sphere.g, &node.plus, &node.minus, node.is_difference, d.difference_volume);
        for (int k = 0; k < fields; k++)
            sweep->lanes->evaluate(&sphere, walk->coefficients + k * coefficients, &node.plus, &node.minus, node.is_difference,
                                   d.field_volume[k]);
        GRZI_TRY(visit_sigma(walk, &sphere, &circle, &node, share, &d));
        if (!walk->has_adjoint) continue;
        sweep->lanes->scatter(&sphere, d.force_volume, &node.plus, &node.minus, node.is_difference);
        for (int64_t i = 0; i < size && !node.is_difference; i++) sphere.w_force[i] -= d.force_volume[i];
    }
    if (walk->has_adjoint) sweep->lanes->finish(&sphere, &plus, &minus);
    return GRZ_OK;
}

static grz_status run(grz_operator *op, grzi_sweep *sweep, const double *f, walk *walk, double *log_f, double *adjoint)
{
    const grzi_stream *stream = walk->stream;
    const int64_t count = grzi_grid_count(op->grid);
    walk->unit = grzi_unit(f, count);
    for (int64_t i = 0; i < count; i++) log_f[i] = log(f[i] / walk->unit);
    grzi_sweep_interpolate(sweep, log_f, sweep->g);
    for (int k = 0; k < stream->field_count; k++)
        grzi_sweep_interpolate(sweep, stream->fields[k], walk->coefficients + k * sweep->coefficients);
    grzi_sweep_clear(sweep, walk->has_adjoint);
    GRZI_TRY(grzi_sweep_items(sweep, stream->one_thread ? 1 : grzi_threads(op->context), 0, visit_item, walk));
    if (!adjoint) return GRZ_OK;
    grzi_sweep_adjoint(sweep, log_f);
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(log_f[i]))
            return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "the collision sum overflows at " GRZI_PLACE,
                             GRZI_PLACE_OF(op->grid, i));
    memcpy(adjoint, log_f, sizeof *adjoint * count);
    return GRZ_OK;
}

grz_status grzi_nodes_visit(grz_operator *op, const double *f, const grzi_stream *stream, double *sums, double *adjoint)
{
    grzi_sweep *sweep = grzi_entropic_sweep(op);
    walk walk = {.grid = op->grid, .kernel = op->kernel, .stream = stream, .has_adjoint = adjoint != NULL};
    walk.thread_doubles = (1 + 2 * stream->field_count) * sweep->volume + BATCH_DOUBLES;
    const int64_t sum_doubles = (int64_t)GRZI_STREAM_SUMS * sweep->share_count, fields = stream->field_count * sweep->coefficients;
    double *memory = grzi_allocate_zeroed(op->context, sum_doubles + fields + sweep->thread_count * walk.thread_doubles, sizeof *memory);
    double *log_f = grzi_allocate(op->context, grzi_grid_count(op->grid), sizeof *log_f);
    grz_status status = memory && log_f ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        walk.sums = memory;
        walk.coefficients = walk.sums + sum_doubles;
        walk.work = walk.coefficients + fields;
        status = run(op, sweep, f, &walk, log_f, adjoint);
    }
    for (int k = 0; status == GRZ_OK && k < stream->sum_count; k++) {
        sums[k] = 0;
        for (int share = 0; share < sweep->share_count; share++) sums[k] += walk.sums[share * GRZI_STREAM_SUMS + k];
    }
    grzi_deallocate(op->context, log_f);
    grzi_deallocate(op->context, memory);
    return status;
}

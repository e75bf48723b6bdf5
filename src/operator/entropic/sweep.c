/* The sum over all collision nodes, shared out among threads (sweep.h). */
#include "operator/entropic/sweep.h"

#include "operator/entropic/generated.h"

#include <math.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

enum { MAX_SHARES = 32, MIN_SHARES = 4 };
static const int64_t MAX_ADJOINT_BYTES = (int64_t)24 << 20; /* of all shares together, unless that leaves fewer than MIN_SHARES */

static int padded(int count)
{
    return (count + 7) & ~7;
}

static int64_t volume(int count)
{
    return ((int64_t)count * count * padded(count) + 7) & ~(int64_t)7;
}

static int64_t sigma_count(const grzi_radius *radius)
{
    int64_t count = 0;
    for (int j = 0; j < radius->theta_count; j++) count += radius->phi_count[j];
    return count;
}

static int64_t circle_nodes(const grzi_radius *radius)
{
    return sigma_count(radius) - 2 * grzi_radius_has_landau(radius);
}

/* All (w, sigma) of a radius, see grzi_circle_next(); of a generator, those from both ends. */
static int64_t nodes_of(const grzi_radius *radius)
{
    const int64_t tangents = grzi_radius_has_landau(radius) ? grzi_radius_chords(radius) : 0;
    return radius->sphere.count * (circle_nodes(radius) + tangents) +
           (radius->generator ? 2 * radius->generator->first[radius->generator->count] : 0);
}

static int64_t centre_count(const grzi_radius *radius)
{
    return (int64_t)radius->count * radius->count * radius->count;
}

static int share_limit(int64_t coefficient_count)
{
    int shares = MAX_SHARES;
    while (shares > MIN_SHARES && shares * coefficient_count * (int64_t)sizeof(double) > MAX_ADJOINT_BYTES) shares /= 2;
    return shares;
}

/* Items go, heaviest radius first, to the share with the least work so far. */
static grz_status distribute(grzi_sweep *sweep)
{
    const grzi_rules *rules = &sweep->rules;
    double items = 0, generated = 0;
    for (int i = 0; i < rules->count; i++) {
        const grzi_radius *radius = &rules->radii[i];
        if (radius->count == 0) continue;
        sweep->item_count += grzi_radius_items(radius);
        sweep->node_count += nodes_of(radius) * centre_count(radius) * radius->turns;
        if (radius->theta_count > 0) sweep->circles = 1;
        const double centres = (double)centre_count(radius);
        items += centres * radius->sphere.count * (2.0 * grzi_radius_has_landau(radius) + (double)sigma_count(radius));
        if (radius->generator) generated += centres * radius->generator->count * (1 + 0.01 * radius->generator->count);
    }
    sweep->generated = generated > 0 ? generated / (generated + items) : 0;
    int64_t count = sweep->item_count;
    int *owner = grzi_allocate(sweep->context, count, sizeof *owner);
    sweep->item_radius = grzi_allocate(sweep->context, count, sizeof(int));
    sweep->item_direction = grzi_allocate(sweep->context, count, sizeof(int));
    sweep->share_begin = grzi_allocate_zeroed(sweep->context, sweep->share_count + 1, sizeof(int64_t));
    sweep->share_sum = grzi_allocate(sweep->context, sweep->share_count, sizeof(double));
    if (!owner || !sweep->item_radius || !sweep->item_direction || !sweep->share_begin || !sweep->share_sum) {
        grzi_deallocate(sweep->context, owner);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    double work[MAX_SHARES] = {0};
    int64_t item = 0;
    for (int i = 0; i < rules->count; i++) {
        const grzi_radius *radius = &rules->radii[i];
        for (int w = 0; radius->count > 0 && w < grzi_radius_items(radius); w++, item++) {
            int least = 0;
            for (int share = 1; share < sweep->share_count; share++)
                if (work[share] < work[least]) least = share;
            if (w < grzi_radius_circle_items(radius))
                work[least] += (double)(sigma_count(radius) + 2) * (double)(centre_count(radius) + 500);
            owner[item] = least;
            sweep->share_begin[least + 1]++;
        }
    }
    for (int share = 0; share < sweep->share_count; share++) sweep->share_begin[share + 1] += sweep->share_begin[share];
    int64_t next[MAX_SHARES];
    memcpy(next, sweep->share_begin, sizeof(int64_t) * sweep->share_count);
    item = 0;
    for (int i = 0; i < rules->count; i++)
        for (int w = 0; rules->radii[i].count > 0 && w < grzi_radius_items(&rules->radii[i]); w++, item++) {
            int64_t place = next[owner[item]]++;
            sweep->item_radius[place] = i;
            sweep->item_direction[place] = w;
        }
    grzi_deallocate(sweep->context, owner);
    return GRZ_OK;
}

grz_status grzi_sweep_reserve(grzi_sweep *sweep)
{
    int threads = grzi_threads(sweep->context);
    if (threads > sweep->share_count) threads = sweep->share_count;
    if (threads <= sweep->thread_count) return GRZ_OK;
    double *work = grzi_allocate(sweep->context, threads * sweep->thread_doubles, sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    grzi_deallocate(sweep->context, sweep->thread_work);
    sweep->bytes += (threads - sweep->thread_count) * sweep->thread_doubles * (int64_t)sizeof(double);
    sweep->thread_work = work;
    sweep->thread_count = threads;
    return GRZ_OK;
}

/* Room for the mobilities of Boltzmann's nodes, item by item, as far as the option's memory goes. Landau's need no stencil at sigma. */
static grz_status keep(const grz_operator *op, grzi_sweep *sweep)
{
    const double bytes = 1e6 * op->options[GRZ_OPERATOR_OPTION_MOBILITY_MEMORY];
    if (bytes == 0 || op->equation == GRZ_EQUATION_LANDAU || sweep->item_count == 0) return GRZ_OK;
    int64_t *size = grzi_allocate(op->context, sweep->item_count, sizeof *size);
    if (!size) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int64_t item = 0; item < sweep->item_count; item++) {
        const grzi_radius *radius = &sweep->rules.radii[sweep->item_radius[item]];
        size[item] = sweep->item_direction[item] < grzi_radius_circle_items(radius) ? circle_nodes(radius) * volume(radius->count) : 0;
    }
    grz_status status = grzi_kept_create(op->context, op->count, sweep->item_count, size, bytes, &sweep->kept, &sweep->bytes);
    grzi_deallocate(op->context, size);
    return status;
}

/* One spline, or those of two species on the finer grid's lattice. */
static grz_status make_splines(const grz_operator *op, grzi_sweep *sweep)
{
    const grzi_pair *pair = op->pair;
    const int degree = sweep->rules.spline_degree;
    sweep->species = 1;
    sweep->spacing = op->grid->spacing;
    if (!pair) {
        GRZI_TRY(grzi_spline_create(op->context, degree, op->grid->n, &sweep->spline[0]));
    } else {
        const grz_grid *grids[2] = {op->grid, pair->partner};
        int shape = 0;
        for (int s = 0; s < 2; s++) {
            const int nodes = (grids[s]->n - 1) * pair->ratio[s] + 1;
            if (nodes > shape) shape = nodes;
            sweep->arm[s] = pair->arm[s];
            if (pair->ratio[s] == 1) sweep->spacing = grids[s]->spacing;
        }
        sweep->species = 2;
        for (int s = 0; s < 2; s++)
            GRZI_TRY(grzi_spline_create_refined(op->context, degree, grids[s]->n, pair->ratio[s], shape, &sweep->spline[s]));
    }
    sweep->coefficients = sweep->species * sweep->spline[0].count;
    return GRZ_OK;
}

static int64_t spline_doubles(const grzi_spline *spline)
{
    const int64_t size = spline->size, n = spline->n;
    return size * n * (1 + n + size);
}

static grz_status build(const grz_operator *op, grzi_sweep *sweep)
{
    GRZI_TRY(grzi_rules_create(op, &sweep->rules));
    GRZI_TRY(make_splines(op, sweep));
    int64_t count = sweep->coefficients;
    sweep->share_count = share_limit(count);
    GRZI_TRY(distribute(sweep));
    sweep->adjoints = grzi_allocate(op->context, sweep->share_count * count, sizeof(double));
    sweep->g = grzi_allocate(op->context, count, sizeof(double));
    sweep->psi = grzi_allocate(op->context, count, sizeof(double));
    if (!sweep->adjoints || !sweep->g || !sweep->psi) return GRZ_ERROR_OUT_OF_MEMORY;
    int largest = 0;
    for (int i = 0; i < sweep->rules.count; i++)
        if (sweep->rules.radii[i].count > largest) largest = sweep->rules.radii[i].count;
    sweep->volume = volume(largest);
    sweep->thread_doubles = 4 * sweep->volume + ((grzi_lanes_scratch(largest) + 7) & ~(int64_t)7);
    const int64_t tile_doubles = grzi_generated_tile_doubles(sweep);
    if (tile_doubles > sweep->thread_doubles) sweep->thread_doubles = tile_doubles;
    sweep->field_doubles = grzi_generated_field_doubles(sweep);
    if (sweep->field_doubles > 0) {
        sweep->node_values = grzi_allocate(op->context, 2 * sweep->field_doubles, sizeof(double));
        if (!sweep->node_values) return GRZ_ERROR_OUT_OF_MEMORY;
    }
    sweep->bytes = (int64_t)sizeof(double) * ((sweep->share_count + 2) * count + 2 * sweep->field_doubles);
    for (int s = 0; s < sweep->species; s++) sweep->bytes += (int64_t)sizeof(double) * spline_doubles(&sweep->spline[s]);
    GRZI_TRY(keep(op, sweep));
    return grzi_sweep_reserve(sweep);
}

grz_status grzi_sweep_create(const grz_operator *op, grzi_sweep *sweep)
{
    *sweep = (grzi_sweep){.context = op->context, .lanes = grzi_lanes_select(grzi_context_simd(op->context))};
    grz_status status = build(op, sweep);
    if (status != GRZ_OK) grzi_sweep_destroy(sweep);
    return status;
}

void grzi_sweep_destroy(grzi_sweep *sweep)
{
    const grz_context *context = sweep->context;
    grzi_rules_destroy(context, &sweep->rules);
    for (int s = 0; s < sweep->species; s++) grzi_spline_destroy(context, &sweep->spline[s]);
    grzi_kept_destroy(context, &sweep->kept);
    void *const blocks[] = {sweep->item_radius, sweep->item_direction, sweep->share_begin, sweep->share_sum, sweep->adjoints, sweep->g,
                            sweep->psi,         sweep->thread_work,    sweep->node_values};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) grzi_deallocate(context, blocks[i]);
    *sweep = (grzi_sweep){0};
}

void grzi_sphere_begin(const grzi_sweep *sweep, const grzi_circle *circle, double *work, grzi_sphere *sphere)
{
    int count = circle->radius->count;
    int64_t size = volume(count);
    *sphere = (grzi_sphere){.degree = sweep->spline[0].degree,
                            .count = count,
                            .planes = count,
                            .length = (count + sweep->lanes->lanes - 1) / sweep->lanes->lanes * sweep->lanes->lanes,
                            .plane = grzi_spline_plane(&sweep->spline[0]),
                            .row = sweep->spline[0].stride,
                            .g = sweep->g,
                            .G = work,
                            .h = work + size,
                            .Psi = work + 2 * size,
                            .w_force = work + 3 * size,
                            .scratch = work + 4 * size};
}

/* What a share of a task's sweep works on. */
typedef struct task_run {
    grzi_task task;
    int has_psi, has_adjoint;
    grzi_kept_state kept; /* of the task Onsager */
} task_run;

/* Both directions of theta -> 0 at once. */
static double landau_item(const grzi_sweep *sweep, grzi_task task, const grzi_circle *circle, const grzi_sphere *sphere)
{
    static const double axes[3] = {1, 1, 1};
    const grzi_radius *radius = circle->radius;
    grzi_stencil plus, minus;
    grzi_difference_stencil(sweep, radius, 0, circle->turn, circle->w, axes, 0, &plus);
    grzi_difference_stencil(sweep, radius, 1, circle->turn, circle->w, axes, 0, &minus);
    return sweep->lanes->landau(sphere, task, circle->w, &plus, &minus,
                                circle->weight * GRZI_PI * radius->theta_weight[radius->theta_count - 1]);
}

static grz_status run_item(grzi_sweep *sweep, int share, int thread, int64_t item, void *user)
{
    const task_run *run = user;
    grzi_circle circle;
    grzi_sigma node;
    grzi_sphere sphere;
    grzi_stencil plus, minus;
    double sum = 0;
    grzi_task task = run->task;
    int64_t offset = -1;
    if (run->kept != GRZI_KEPT_NOTHING) offset = sweep->kept.offset[item];
    if (offset >= 0) task = run->kept == GRZI_KEPT_TO_FILL ? GRZI_TASK_ONSAGER_KEEP : GRZI_TASK_ONSAGER_KEPT;
    grzi_circle_begin(sweep, item, &circle);
    if (circle.generated) return GRZ_OK; /* generated.h */
    circle.wide = run->task == GRZI_TASK_DIAGONAL;
    const int whole = run->task != GRZI_TASK_DIAGONAL && grzi_radius_has_landau(circle.radius);
    circle.chords = whole ? 0 : 2;
    grzi_sphere_begin(sweep, &circle, sweep->thread_work + thread * sweep->thread_doubles, &sphere);
    if (run->has_psi) sphere.psi = sweep->psi;
    if (run->has_adjoint) sphere.adjoint = sweep->adjoints + share * sweep->coefficients;
    if (whole) sweep->share_sum[share] += landau_item(sweep, run->task, &circle, &sphere);
    if (whole && grzi_radius_circles(circle.radius) == 0) return GRZ_OK;
    grzi_value_stencil(sweep, circle.radius, 0, circle.turn, circle.w, &plus);
    grzi_value_stencil(sweep, circle.radius, 1, circle.turn, circle.w, &minus);
    if (task == GRZI_TASK_ONSAGER_KEPT) sphere.g = NULL;
    if (offset >= 0) sphere.mobility = sweep->kept.values + offset;
    sweep->lanes->begin(&sphere, &plus, &minus);
    while (!grzi_sweep_stops(sweep) && grzi_circle_next(&circle, &node)) {
        sum += sweep->lanes->node(&sphere, task, &node.plus, &node.minus, node.is_difference, node.unit, node.weight);
        if (offset >= 0) sphere.mobility += volume(sphere.count);
    }
    if (run->task == GRZI_TASK_DIAGONAL)
        for (int axis = 0; axis < 3; axis++)
            for (int a = 0; a <= sweep->spline[0].degree; a++) {
                plus.w[axis][a] *= plus.w[axis][a];
                minus.w[axis][a] *= minus.w[axis][a];
            }
    if (run->has_adjoint) sweep->lanes->finish(&sphere, &plus, &minus);
    sweep->share_sum[share] += sum;
    return GRZ_OK;
}

/* ------------------------------------------------------------------------------------------------------------------ run */

static const char *const stage = "entropic sweep";

int grzi_sweep_stops(grzi_sweep *sweep)
{
    double share = (double)__atomic_load_n(&sweep->done, __ATOMIC_RELAXED) / (double)sweep->item_count;
    return grzi_pulse_stops(&sweep->pulse, sweep->begun + (1 - sweep->begun) * share);
}

void grzi_sweep_clear(grzi_sweep *sweep, int has_adjoint)
{
    int threads = grzi_threads(sweep->context);
    if (threads > sweep->thread_count) threads = sweep->thread_count;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int share = 0; share < sweep->share_count; share++) {
        if (has_adjoint) memset(sweep->adjoints + share * sweep->coefficients, 0, sizeof(double) * sweep->coefficients);
        sweep->share_sum[share] = 0;
    }
}

grz_status grzi_sweep_items(grzi_sweep *sweep, int threads, double begun, grzi_item_fn *run, void *user)
{
    grz_status failed[MAX_SHARES] = {GRZ_OK};
    if (threads > sweep->thread_count) threads = sweep->thread_count;
    sweep->done = 0;
    sweep->begun = begun;
    GRZI_TRY(grzi_report_progress(sweep->context, stage, begun));
    grzi_pulse_begin(sweep->context, stage, 0, &sweep->pulse);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int share = 0; share < sweep->share_count; share++) {
        int thread = 0;
#ifdef _OPENMP
        thread = omp_get_thread_num();
#endif
        for (int64_t item = sweep->share_begin[share]; item < sweep->share_begin[share + 1] && !grzi_sweep_stops(sweep); item++) {
            failed[share] = run(sweep, share, thread, item, user);
            if (failed[share] != GRZ_OK) grzi_pulse_stop(&sweep->pulse);
            __atomic_add_fetch(&sweep->done, 1, __ATOMIC_RELAXED);
        }
    }
    for (int share = 0; share < sweep->share_count; share++)
        if (failed[share] != GRZ_OK) return failed[share];
    return grzi_pulse_end(&sweep->pulse);
}

/* Sum of the shares' adjoints into the first, in their order. */
static void reduce(grzi_sweep *sweep)
{
    int64_t count = sweep->coefficients;
    int threads = grzi_threads(sweep->context);
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int64_t i = 0; i < count; i++) {
        double sum = sweep->adjoints[i];
        for (int share = 1; share < sweep->share_count; share++) sum += sweep->adjoints[share * count + i];
        sweep->adjoints[i] = sum;
    }
}

static int64_t value_count(const grzi_spline *spline)
{
    return (int64_t)spline->n * spline->n * spline->n;
}

/* The nodal values that the shares' adjoints, added up into the first, stand for. */
static void transpose(grzi_sweep *sweep, double *values)
{
    for (int s = 0; s < sweep->species; s++) {
        grzi_spline_transpose(&sweep->spline[s], sweep->adjoints + s * sweep->spline[s].count, values);
        values += value_count(&sweep->spline[s]);
    }
}

void grzi_sweep_interpolate(grzi_sweep *sweep, const double *values, double *coefficients)
{
    for (int s = 0; s < sweep->species; s++) {
        grzi_spline_interpolate(&sweep->spline[s], values, coefficients + s * sweep->spline[s].count);
        values += value_count(&sweep->spline[s]);
    }
}

void grzi_sweep_adjoint(grzi_sweep *sweep, double *adjoint)
{
    reduce(sweep);
    transpose(sweep, adjoint);
}

static grz_status run_all(grzi_sweep *sweep, task_run *run)
{
    grzi_sweep_clear(sweep, run->has_adjoint);
    if (sweep->generated > 0) {
        GRZI_TRY(grzi_report_progress(sweep->context, stage, 0));
        GRZI_TRY(grzi_generated_run(sweep, run->task, run->has_psi, run->has_adjoint, stage, sweep->generated));
    }
    return sweep->circles || sweep->generated == 0 ? grzi_sweep_items(sweep, grzi_threads(sweep->context), sweep->generated, run_item, run)
                                                   : GRZ_OK;
}

grz_status grzi_sweep_run(grzi_sweep *sweep, grzi_task task, const double *log_f, const double *psi, double *sum, double *adjoint)
{
    task_run run = {task, psi != NULL, adjoint != NULL, GRZI_KEPT_NOTHING};
    if (task == GRZI_TASK_ONSAGER) run.kept = grzi_kept_look(&sweep->kept, log_f);
    grzi_sweep_interpolate(sweep, log_f, sweep->g);
    if (psi) grzi_sweep_interpolate(sweep, psi, sweep->psi);
    GRZI_TRY(run_all(sweep, &run));
    if (run.kept == GRZI_KEPT_TO_FILL) sweep->kept.state = GRZI_KEPT_FILLED;
    if (sum) {
        *sum = 0;
        for (int share = 0; share < sweep->share_count; share++) *sum += sweep->share_sum[share];
    }
    if (adjoint) grzi_sweep_adjoint(sweep, adjoint);
    return GRZ_OK;
}

/* K_f = S^T K_c S with K_c acting on coefficients and S the interpolation: the sum of squares goes through both. Where log f is steep the
 * diagonal is made of leaks of the cardinal splines into the bulk, far above a row's local part; probing K_f by sign patterns misses that.
 * */
grz_status grzi_sweep_diagonal(grzi_sweep *sweep, const double *log_f, double *diagonal, double *pull)
{
    task_run run = {GRZI_TASK_DIAGONAL, 0, 1, GRZI_KEPT_NOTHING};
    double *matrix[2];
    grzi_sweep_interpolate(sweep, log_f, sweep->g);
    GRZI_TRY(run_all(sweep, &run));
    reduce(sweep);
    for (int s = 0; s < sweep->species; s++) matrix[s] = sweep->spline[s].matrix, sweep->spline[s].matrix = sweep->spline[s].squares;
    transpose(sweep, diagonal);
    for (int s = 0; s < sweep->species; s++) sweep->spline[s].matrix = sweep->spline[s].sizes;
    if (pull) transpose(sweep, pull);
    for (int s = 0; s < sweep->species; s++) sweep->spline[s].matrix = matrix[s];
    return GRZ_OK;
}

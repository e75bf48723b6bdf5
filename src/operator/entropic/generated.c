#include "operator/entropic/generated.h"

#include <math.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

static const int64_t SLAB_DOUBLES = 1 << 20;

static int64_t plane_doubles(const grzi_radius *radius)
{
    return ((int64_t)radius->count * ((radius->count + 7) & ~7) + 7) & ~(int64_t)7;
}

static int slab_planes(const grzi_radius *radius)
{
    int64_t planes = SLAB_DOUBLES / (radius->generator->count * plane_doubles(radius));
    if (planes < 1) planes = 1;
    if (planes >= radius->count) return radius->count;
    int64_t slabs = (radius->count + planes - 1) / planes; /* of nearly equal size: each computes degree planes besides its own */
    return (int)((radius->count + slabs - 1) / slabs);
}

int64_t grzi_generated_field_doubles(const grzi_sweep *sweep)
{
    int64_t most = 0;
    for (int i = 0; i < sweep->rules.count; i++) {
        const grzi_radius *radius = &sweep->rules.radii[i];
        if (!radius->generator || radius->count == 0) continue;
        int64_t doubles = radius->generator->count * slab_planes(radius) * plane_doubles(radius);
        if (doubles > most) most = doubles;
    }
    return most;
}

int64_t grzi_generated_tile_doubles(const grzi_sweep *sweep)
{
    enum { ARRAYS = 5 };
    int64_t most = 0;
    for (int i = 0; i < sweep->rules.count; i++) {
        const grzi_radius *radius = &sweep->rules.radii[i];
        if (radius->generator && radius->count > 0 && radius->generator->count > most) most = radius->generator->count;
    }
    return ARRAYS * GRZI_TILE * most;
}

/* Some planes of the centres of one radius. */
typedef struct slab {
    grzi_sweep *sweep;
    const grzi_radius *radius;
    const grzi_generator *generator;
    grzi_task task;
    int has_psi, has_adjoint;
    int from, planes;
    grzi_sphere sphere;   /* without scratch and adjoint */
    int64_t node_doubles; /* of a node's volume */
    double *G, *psi;      /* node_doubles x nodes each; forces come into G */
} slab;

static int this_thread(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

static slab slab_of(grzi_sweep *sweep, const grzi_radius *radius, int from, int planes)
{
    slab s = {.sweep = sweep, .radius = radius, .generator = radius->generator, .from = from};
    s.planes = radius->count - from < planes ? radius->count - from : planes;
    s.sphere = (grzi_sphere){.degree = sweep->spline[0].degree,
                             .count = radius->count,
                             .planes = s.planes,
                             .length = (radius->count + sweep->lanes->lanes - 1) / sweep->lanes->lanes * sweep->lanes->lanes,
                             .plane = grzi_spline_plane(&sweep->spline[0]),
                             .row = sweep->spline[0].stride};
    s.node_doubles = ((int64_t)s.planes * radius->count * s.sphere.length + 7) & ~(int64_t)7;
    s.G = sweep->node_values;
    s.psi = sweep->node_values + sweep->field_doubles;
    return s;
}

static void stencils(const slab *s, int node, grzi_stencil *plus, grzi_stencil *minus)
{
    const double *w = s->radius->nodes.nodes + 3 * node;
    grzi_value_stencil(s->sweep, s->radius, 0, 1, w, plus);
    grzi_value_stencil(s->sweep, s->radius, 1, 1, w, minus);
    plus->first += s->from * s->sphere.plane;
    minus->first += s->from * s->sphere.plane;
}

static grzi_sphere own_sphere(const slab *s)
{
    grzi_sphere sphere = s->sphere;
    sphere.scratch = s->sweep->thread_work + this_thread() * s->sweep->thread_doubles;
    return sphere;
}

static void evaluate_nodes(const slab *s, int threads)
{
    const int count = s->generator->count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int item = 0; item < count * (1 + s->has_psi); item++) {
        int node = item % count, second = item / count;
        grzi_stencil plus, minus;
        grzi_sphere sphere = own_sphere(s);
        stencils(s, node, &plus, &minus);
        s->sweep->lanes->evaluate(&sphere, second ? s->sweep->psi : s->sweep->g, &plus, &minus, 0,
                                  (second ? s->psi : s->G) + node * s->node_doubles);
    }
}

/* Centre number k of the slab in a node's volume. */
static int64_t place_of(const slab *s, int64_t k)
{
    return k / s->radius->count * s->sphere.length + k % s->radius->count;
}

/* Eight centres of all nodes to or from a tile's array; most lie side by side. */
static void gather(const slab *s, const int64_t *place, int contiguous, const double *volume, double *tile)
{
    for (int node = 0; node < s->generator->count; node++) {
        const double *from = volume + node * s->node_doubles;
        double *to = tile + node * GRZI_TILE;
        if (contiguous)
            memcpy(to, from + place[0], sizeof(double) * GRZI_TILE);
        else
            for (int k = 0; k < GRZI_TILE; k++) to[k] = from[place[k]];
    }
}

static void spread(const slab *s, const int64_t *place, int used, int contiguous, double scale, const double *tile, double *volume)
{
    for (int node = 0; node < s->generator->count; node++) {
        double *to = volume + node * s->node_doubles;
        const double *from = tile + node * GRZI_TILE;
        if (contiguous)
            for (int k = 0; k < GRZI_TILE; k++) to[place[0] + k] = scale * from[k];
        else
            for (int k = 0; k < used; k++) to[place[k]] = scale * from[k];
    }
}

/* The last tile repeats its last centre, with h = 0. */
static double run_tile(const slab *s, int64_t number, double scale, grzi_tile *tile)
{
    const int64_t centres = (int64_t)s->planes * s->radius->count * s->radius->count, begin = number * GRZI_TILE;
    const int used = centres - begin < GRZI_TILE ? (int)(centres - begin) : GRZI_TILE;
    int64_t place[GRZI_TILE];
    for (int k = 0; k < GRZI_TILE; k++) place[k] = place_of(s, begin + (k < used ? k : used - 1));
    int contiguous = used == GRZI_TILE && place[GRZI_TILE - 1] - place[0] == GRZI_TILE - 1;
    gather(s, place, contiguous, s->G, tile->G);
    if (s->has_psi) gather(s, place, contiguous, s->psi, tile->psi);
    for (int node = 0; used < GRZI_TILE && node < tile->count; node++)
        for (int k = used; k < GRZI_TILE; k++) tile->G[node * GRZI_TILE + k] = -1e4;
    double sum = s->sweep->lanes->tile(tile, s->task);
    if (s->has_adjoint) spread(s, place, used, contiguous, scale, tile->force, s->G);
    return scale * sum;
}

static void run_tiles(const slab *s, int threads)
{
    const int64_t centres = (int64_t)s->planes * s->radius->count * s->radius->count, tiles = (centres + GRZI_TILE - 1) / GRZI_TILE;
    const int shares = s->sweep->share_count;
    const grzi_generator *g = s->generator;
    const double scale = 8 * GRZI_PI * s->radius->weight;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int share = 0; share < shares; share++) {
        double *room = s->sweep->thread_work + this_thread() * s->sweep->thread_doubles;
        const int64_t size = (int64_t)GRZI_TILE * g->count;
        grzi_tile tile = {.count = g->count,
                          .stride = g->stride,
                          .A = g->A,
                          .row_sum = g->row_sum,
                          .first = g->first,
                          .node = g->node,
                          .value = g->value,
                          .G = room,
                          .psi = room + size,
                          .h = room + 2 * size,
                          .work = room + 3 * size,
                          .force = room + 4 * size};
        double sum = 0;
        for (int64_t k = tiles * share / shares; k < tiles * (share + 1) / shares; k++) sum += run_tile(s, k, scale, &tile);
        s->sweep->share_sum[share] += sum;
    }
}

/* Where no centre is, a force must be zero. */
static void clear_padding(const slab *s, double *force)
{
    const int64_t rows = (int64_t)s->planes * s->radius->count;
    for (int64_t row = 0; row < rows; row++)
        for (int k = s->radius->count; k < s->sphere.length; k++) force[row * s->sphere.length + k] = 0;
}

static void square(const slab *s, grzi_stencil *stencil)
{
    for (int axis = 0; axis < 3; axis++)
        for (int a = 0; a <= s->sphere.degree; a++) stencil->w[axis][a] *= stencil->w[axis][a];
}

static void scatter_nodes(const slab *s, int threads)
{
    const int shares = s->sweep->share_count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (int share = 0; share < shares; share++) {
        grzi_sphere sphere = own_sphere(s);
        sphere.adjoint = s->sweep->adjoints + share * s->sweep->coefficients;
        for (int node = share; node < s->generator->count; node += shares) {
            grzi_stencil plus, minus;
            double *force = s->G + node * s->node_doubles;
            stencils(s, node, &plus, &minus);
            if (s->task == GRZI_TASK_DIAGONAL) square(s, &plus), square(s, &minus);
            clear_padding(s, force);
            s->sweep->lanes->clear(&sphere);
            s->sweep->lanes->scatter(&sphere, force, &plus, &minus, 0);
        }
    }
}

static double work_of(const grzi_radius *radius)
{
    return radius->generator ? (double)radius->count * radius->count * radius->count * radius->generator->count : 0;
}

grz_status grzi_generated_run(grzi_sweep *sweep, grzi_task task, int has_psi, int has_adjoint, const char *stage, double fraction)
{
    double all = 0, done = 0;
    int threads = grzi_threads(sweep->context);
    if (threads > sweep->thread_count) threads = sweep->thread_count;
    for (int i = 0; i < sweep->rules.count; i++) all += work_of(&sweep->rules.radii[i]);
    for (int i = 0; i < sweep->rules.count; i++) {
        const grzi_radius *radius = &sweep->rules.radii[i];
        if (!radius->generator || radius->count == 0) continue;
        const int planes = slab_planes(radius);
        for (int from = 0; from < radius->count; from += planes) {
            slab s = slab_of(sweep, radius, from, planes);
            s.task = task;
            s.has_psi = has_psi;
            s.has_adjoint = has_adjoint;
            evaluate_nodes(&s, threads);
            run_tiles(&s, threads);
            if (has_adjoint) scatter_nodes(&s, threads);
            done += work_of(radius) * s.planes / radius->count;
            GRZI_TRY(grzi_report_progress(sweep->context, stage, fraction * done / all));
        }
    }
    return GRZ_OK;
}

#include "operator/spectral/products.h"

enum { TILE = GRZI_CONTRACTION_TILE, SCRATCH = GRZI_CONTRACTION_SCRATCH };

/* A field as weight * column + other, numbers of column arrays, -1: none. */
typedef struct source {
    int column, other;
    const double *weight;
} source;

/* Two fields that share the transforms along z: inputs number `input` and the next (bilinear: of f and of g), or, where input < 0, factors
 * of a term. */
typedef struct pair {
    source a, b;
    int input;
    double times;
} pair;

static int pair_count(const grzi_products *products, int bilinear)
{
    int inputs = products->tensor->inputs, terms = products->separable->terms;
    if (bilinear) return inputs + (products->directed ? terms : 2 * terms);
    return (inputs + 1) / 2 + terms;
}

/* The columns of f: inputs, then those of the terms; then, bilinear, the same of g. */
static int column_count(const grzi_products *products)
{
    return products->tensor->inputs + products->separable->columns;
}

static source source_of(const grzi_products *products, const grzi_separable_field *field, int of_g)
{
    int first = products->tensor->inputs + (of_g ? column_count(products) : 0);
    const double *weights = products->separable->weights;
    return (source){first + field->column, field->other < 0 ? -1 : first + field->other,
                    field->weight < 0 ? NULL : weights + field->weight * grzi_weight_array(products->columns)};
}

static pair pair_at(const grzi_products *products, int bilinear, int p)
{
    const grzi_separable *separable = products->separable;
    int inputs = products->tensor->inputs, first_term = bilinear ? inputs : (inputs + 1) / 2;
    if (p < first_term) {
        int input = bilinear ? p : 2 * p, next = bilinear ? p + column_count(products) : input + 1 < inputs ? input + 1 : input;
        return (pair){{input, -1, NULL}, {next, -1, NULL}, input, 0};
    }
    if (bilinear && products->directed) {
        int e = p - first_term;
        return (pair){source_of(products, separable->first + e, 1), source_of(products, separable->second + e, 0), -1, separable->times[e]};
    }
    int e = p - first_term, swap = bilinear && e % 2; /* half of (a f)(b g) and of (a g)(b f) */
    if (bilinear) e /= 2;
    return (pair){source_of(products, separable->first + e, swap), source_of(products, separable->second + e, bilinear && !swap), -1,
                  bilinear ? 0.5 * separable->times[e] : separable->times[e]};
}

/* The outputs and, behind them, the sum of the terms. */
static int output_count(const grzi_products *products)
{
    return products->tensor->outputs + (products->separable->terms > 0);
}

/* Fields in a tile of inputs: of f, of g; an odd one leaves a place for nothing. */
static int tile_fields(const grzi_products *products, int bilinear)
{
    int inputs = products->tensor->inputs;
    return bilinear ? 2 * inputs : inputs + inputs % 2;
}

static int64_t tile_count(const grzi_columns *columns)
{
    return ((int64_t)columns->n * columns->n + TILE - 1) / TILE;
}

/* Outputs share transforms two by two; a single one, Landau's, is taken from two planes at once. */
static int planes_at_once(const grzi_products *products)
{
    return output_count(products) == 1 ? 2 : 1;
}

/* A thread's memory in doubles: a plane's work, the product's scratch, tiles of inputs and of outputs; all but the first sizes are multiples
 * of a line of the cache. */
static int64_t plane_size(const grzi_columns *columns)
{
    return (grzi_plane_work(columns) + 7) / 8 * 8;
}

static int64_t thread_size(const grzi_products *products, int fields)
{
    return plane_size(products->columns) + SCRATCH +
           tile_count(products->columns) * TILE * (fields + output_count(products) * planes_at_once(products));
}

grz_status grzi_products_work_create(const grz_context *context, const grzi_products *products, int threads, int bilinear,
                                     grzi_products_work *work, int64_t *bytes)
{
    int count = column_count(products) * (bilinear ? 2 : 1), outputs = output_count(products), fields = tile_fields(products, bilinear);
    int64_t columns = (count > outputs ? count : outputs) * grzi_column_array(products->columns);
    int64_t planes = threads * thread_size(products, fields);
    *work = (grzi_products_work){.fields = fields};
    *bytes = 8 * (columns + planes);
    work->columns = grzi_allocate_zeroed(context, columns, sizeof *work->columns);
    work->planes = grzi_allocate_zeroed(context, planes, sizeof *work->planes);
    if (!work->columns || !work->planes) {
        grzi_products_work_destroy(context, work);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    return GRZ_OK;
}

void grzi_products_work_destroy(const grz_context *context, grzi_products_work *work)
{
    grzi_deallocate(context, work->columns);
    grzi_deallocate(context, work->planes);
    *work = (grzi_products_work){0};
}

static grzi_plane_field field_of(const grzi_products *products, int x, const source *s, const double *columns)
{
    int64_t size = grzi_column_array(products->columns);
    const double *plane = columns + (int64_t)x * products->columns->stride * GRZI_ENTRY;
    return (grzi_plane_field){plane + s->column * size, s->weight, s->other < 0 ? NULL : plane + s->other * size};
}

/* Nodes of a plane that a tile holds. */
static int tile_nodes(const grzi_columns *columns, int64_t tile)
{
    int64_t left = (int64_t)columns->n * columns->n - tile * TILE;
    return left < TILE ? (int)left : TILE;
}

/* A plane's real and imaginary parts to a and b of every tile, tiles `size` apart; and back, b NULL: zero. */
static void store_values(const grzi_columns *columns, const grzi_plane *t, int64_t size, double *restrict a, double *restrict b)
{
    const double *v = (const double *)t->values;
    for (int64_t tile = 0; tile < tile_count(columns); tile++, v += 2 * TILE, a += size, b += size)
        for (int i = 0, count = tile_nodes(columns, tile); i < count; i++) {
            a[i] = v[2 * i];
            b[i] = v[2 * i + 1];
        }
}

static void load_values(const grzi_columns *columns, const grzi_plane *t, int64_t size, const double *a, const double *b)
{
    double *v = (double *)t->values;
    for (int64_t tile = 0; tile < tile_count(columns); tile++, v += 2 * TILE)
        for (int i = 0, count = tile_nodes(columns, tile); i < count; i++) {
            v[2 * i] = a[tile * size + i];
            v[2 * i + 1] = b ? b[tile * size + i] : 0;
        }
}

/* sum = or += times * (real part) * (imaginary part) */
static void add_product(const grzi_columns *columns, const grzi_plane *t, double times, int fresh, int64_t size, double *sum)
{
    const double *v = (const double *)t->values;
    for (int64_t tile = 0; tile < tile_count(columns); tile++, v += 2 * TILE, sum += size)
        for (int i = 0, count = tile_nodes(columns, tile); i < count; i++) sum[i] = times * v[2 * i] * v[2 * i + 1] + (fresh ? 0 : sum[i]);
}

/* All fields of one plane into F and their products into S, both by tiles. */
static void multiply_plane(const grzi_products *products, int bilinear, int x, const grzi_products_work *work, const grzi_plane *plane,
                           double *scratch, double *F, double *S)
{
    const grzi_columns *c = products->columns;
    const grzi_tensor *tensor = products->tensor;
    int inputs = tensor->inputs, outputs = tensor->outputs, all = output_count(products), fields = work->fields;
    int pairs = pair_count(products, bilinear), fresh = 1;
    int64_t tiles = tile_count(c);
    const grzi_plane t = *plane;
    for (int p = 0; p < pairs; p++) {
        pair made = pair_at(products, bilinear, p);
        grzi_plane_field a = field_of(products, x, &made.a, work->columns), b = field_of(products, x, &made.b, work->columns);
        grzi_plane_backward(c, &a, &b, &t);
        if (made.input >= 0) {
            double *first = F + made.input * TILE;
            store_values(c, &t, fields * TILE, first, first + (bilinear ? inputs : 1) * TILE);
        } else {
            add_product(c, &t, made.times, fresh, all * TILE, S + outputs * TILE);
            fresh = 0;
        }
    }
    for (int64_t tile = 0; tile < tiles && inputs; tile++) {
        const double *f = F + tile * fields * TILE, *g = bilinear ? f + inputs * TILE : f;
        grzi_contract(&tensor->contraction, f, g, tile_nodes(c, tile), scratch, S + tile * all * TILE);
    }
}

/* The products of the planes from x on that go at once, transformed back into columns. */
static void process_planes(const grzi_products *products, int bilinear, int x, const grzi_products_work *work, double *memory)
{
    const grzi_columns *c = products->columns;
    int all = output_count(products), at_once = planes_at_once(products), count = x + at_once <= c->n ? at_once : c->n - x;
    int64_t tiles = tile_count(c), size = grzi_column_array(c), next = (int64_t)c->stride * GRZI_ENTRY;
    double *scratch = memory + plane_size(c), *F = scratch + SCRATCH, *S = F + tiles * TILE * work->fields;
    double *first = work->columns + x * next;
    grzi_plane t = grzi_plane_of(c, memory);
    for (int i = 0; i < count; i++) multiply_plane(products, bilinear, x + i, work, &t, scratch, F, S + i * tiles * TILE * all);
    for (int p = 0; p < all; p += 2) {
        int two = at_once == 2 ? count == 2 : p + 1 < all;
        const double *b = at_once == 2 ? S + tiles * TILE * all : S + (p + 1) * TILE;
        load_values(c, &t, all * TILE, S + p * TILE, two ? b : NULL);
        grzi_plane_forward(c, &t, first + p * size, two ? first + (at_once == 2 ? next : (p + 1) * size) : NULL);
    }
}

typedef struct application {
    const grzi_products *products;
    const double *f, *g;
    const grzi_products_work *work;
    int fresh, group_chunks;
    double *Q;
    grzi_pulse *pulse;
    int64_t steps, done; /* of all threads */
} application;

static int stops(application *a)
{
    int64_t done = __atomic_add_fetch(&a->done, 1, __ATOMIC_RELAXED);
    return grzi_pulse_stops(a->pulse, (double)done / (double)a->steps);
}

static int bilinear(const application *a)
{
    return a->f != a->g;
}

/* All columns of f (and of g) in groups first to last - 1. One column array after the other: an array's places of one group lie in as many
 * pages as there are planes, and so do those of the next. */
static void spread_groups(application *a, int first, int last, const grzi_plane *t, double *columns)
{
    const grzi_products *products = a->products;
    const grzi_columns *c = products->columns;
    int inputs = products->tensor->inputs, count = column_count(products);
    int64_t size = grzi_column_array(c), entries = grzi_factor_array(c);
    for (int p = 0; p < (bilinear(a) ? 2 : 1) * count && !stops(a); p++) {
        int q = p % count, odd = q >= inputs && products->separable->odd[q - inputs];
        const double *factor = q < inputs ? products->tensor->beta + q * entries : products->separable->factors + (q - inputs) * entries;
        for (int group = first; group < last; group++)
            grzi_group_backward(c, group, p < count ? a->f : a->g, factor, odd, t, columns + p * size);
    }
}

/* The columns of all outputs into Q, in the same order. */
static void gather_groups(application *a, int first, int last, double *columns, const grzi_plane *t)
{
    const grzi_products *products = a->products;
    const grzi_columns *c = products->columns;
    int64_t size = grzi_column_array(c), entries = grzi_factor_array(c);
    for (int p = 0; p < output_count(products) && !stops(a); p++) {
        const double *factor = p < products->tensor->outputs ? products->tensor->alpha + p * entries : c->inside;
        for (int group = first; group < last; group++)
            grzi_group_forward(c, group, columns + p * size, factor, a->fresh && p == 0, t, a->Q);
    }
}

static double *memory_of(const application *a, int member)
{
    return a->work->planes + member * thread_size(a->products, a->work->fields);
}

static void spread(void *loop, int chunk, int member)
{
    application *a = loop;
    int groups = a->products->columns->groups;
    grzi_plane t = grzi_plane_of(a->products->columns, memory_of(a, member));
    spread_groups(a, groups * chunk / a->group_chunks, groups * (chunk + 1) / a->group_chunks, &t, a->work->columns);
}

static void process(void *loop, int chunk, int member)
{
    application *a = loop;
    if (stops(a)) return;
    process_planes(a->products, bilinear(a), planes_at_once(a->products) * chunk, a->work, memory_of(a, member));
}

static void gather(void *loop, int chunk, int member)
{
    application *a = loop;
    int groups = a->products->columns->groups;
    grzi_plane t = grzi_plane_of(a->products->columns, memory_of(a, member));
    gather_groups(a, groups * chunk / a->group_chunks, groups * (chunk + 1) / a->group_chunks, a->work->columns, &t);
}

void grzi_products_apply(const grzi_products *products, grzi_crew *crew, const double *f, const double *g, const grzi_products_work *work,
                         int fresh, double *Q, grzi_pulse *pulse)
{
    const grzi_columns *c = products->columns;
    int at_once = planes_at_once(products);
    application a = {products, f, g, work, fresh, grzi_crew_chunks(crew, c->groups), Q, pulse, 0, 0};
    a.steps = a.group_chunks * ((bilinear(&a) ? 2 : 1) * column_count(products) + output_count(products)) + c->n;
    grzi_crew_loop(crew, a.group_chunks, spread, &a);
    grzi_crew_loop(crew, (c->n + at_once - 1) / at_once, process, &a);
    grzi_crew_loop(crew, a.group_chunks, gather, &a);
}

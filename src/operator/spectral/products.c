#include "operator/spectral/products.h"

#include "operator/spectral/contraction.h"

#include <string.h>

enum { TILE = GRZI_CONTRACTION_TILE };

/* Two real fields that share a transform: multipliers of f or, where so marked, of g; second may be NULL. */
typedef struct pair {
    const double *first, *second;
    int of_g[2];
} pair;

static int pair_count(const grzi_products *products, int bilinear)
{
    int inputs = products->tensor->inputs, terms = products->separable->terms;
    return bilinear ? inputs + 2 * terms : (inputs + 1) / 2 + terms;
}

/* Quadratic: inputs two by two, then both factors of each term. Bilinear: each input of f and of g, then each term's first factor of
 * both, then its second one. */
static pair pair_at(const grzi_products *products, int bilinear, int p)
{
    const grzi_tensor *tensor = products->tensor;
    const grzi_separable *separable = products->separable;
    int64_t size = grzi_mode_entries(products->columns);
    if (bilinear) {
        int e = p - tensor->inputs;
        const double *table = e < 0 ? tensor->beta + p * size : e % 2 ? separable->second[e / 2] : separable->first[e / 2];
        return (pair){table, table, {0, 1}};
    }
    int pairs = (tensor->inputs + 1) / 2;
    if (p >= pairs) return (pair){separable->first[p - pairs], separable->second[p - pairs], {0, 0}};
    return (pair){tensor->beta + 2 * p * size, 2 * p + 1 < tensor->inputs ? tensor->beta + (2 * p + 1) * size : NULL, {0, 0}};
}

static int output_count(const grzi_products *products)
{
    return products->tensor->outputs + (products->separable->terms > 0);
}

static int64_t tile_count(const grzi_columns *columns)
{
    return ((int64_t)columns->n * columns->n + TILE - 1) / TILE;
}

/* Doubles of one thread: tiles of F, of G where bilinear, of S, and the sum. */
static int64_t tile_size(const grzi_products *products, int bilinear)
{
    const grzi_tensor *tensor = products->tensor;
    return tile_count(products->columns) * TILE * (tensor->inputs * (bilinear ? 2 : 1) + tensor->outputs + 1);
}

grz_status grzi_products_work_create(const grz_context *context, const grzi_products *products, int threads, int bilinear,
                                     grzi_products_work *work, int64_t *bytes)
{
    int fields = 2 * pair_count(products, bilinear), outputs = output_count(products);
    int64_t columns = (fields > outputs ? fields : outputs) * grzi_column_entries(products->columns);
    int64_t planes = 4 * threads * grzi_plane_entries(products->columns), tiles = threads * tile_size(products, bilinear);
    *work = (grzi_products_work){0};
    *bytes = 16 * (columns + planes) + 8 * tiles;
    work->columns = grzi_allocate(context, columns, sizeof(double complex));
    work->planes = grzi_allocate_zeroed(context, planes, sizeof(double complex));
    work->tiles = grzi_allocate_zeroed(context, tiles, sizeof(double));
    if (work->columns && work->planes && work->tiles) return GRZ_OK;
    grzi_products_work_destroy(context, work);
    return GRZ_ERROR_OUT_OF_MEMORY;
}

void grzi_products_work_destroy(const grz_context *context, grzi_products_work *work)
{
    grzi_deallocate(context, work->columns);
    grzi_deallocate(context, work->planes);
    grzi_deallocate(context, work->tiles);
    *work = (grzi_products_work){0};
}

/* One plane's buffers. */
typedef struct sheet {
    double complex *spectrum; /* zero outside the ball */
    double complex *image, *other, *spare;
    double *F, *G, *S, *sum;
} sheet;

static sheet sheet_of(const grzi_products *products, int bilinear, int chunk, const grzi_products_work *work)
{
    int64_t plane = grzi_plane_entries(products->columns), tiles = tile_count(products->columns) * TILE;
    sheet t = {.spectrum = work->planes + 4 * chunk * plane};
    t.image = t.spectrum + plane;
    t.other = t.image + plane;
    t.spare = t.other + plane;
    t.F = work->tiles + chunk * tile_size(products, bilinear);
    t.G = t.F + (bilinear ? tiles * products->tensor->inputs : 0);
    t.S = t.G + tiles * products->tensor->inputs;
    t.sum = t.S + tiles * products->tensor->outputs;
    return t;
}

/* Real and imaginary parts to two fields of tiles with so many fields each (second may be NULL), and back. */
static void to_tiles(int64_t nodes, int fields, const double complex *image, double *first, double *second)
{
    for (int64_t from = 0; from < nodes; from += TILE, first += fields * TILE, second = second ? second + fields * TILE : NULL) {
        int count = nodes - from < TILE ? (int)(nodes - from) : TILE;
        const double *restrict v = (const double *)(image + from);
        double *restrict a = first, *restrict b = second;
        for (int i = 0; i < count; i++) a[i] = v[2 * i];
        if (b)
            for (int i = 0; i < count; i++) b[i] = v[2 * i + 1];
    }
}

static void from_tiles(int64_t nodes, int fields, const double *first, int other_fields, const double *second, double complex *image)
{
    for (int64_t from = 0; from < nodes; from += TILE, first += fields * TILE, second = second ? second + other_fields * TILE : NULL) {
        int count = nodes - from < TILE ? (int)(nodes - from) : TILE;
        double *restrict v = (double *)(image + from);
        const double *restrict a = first, *restrict b = second;
        for (int i = 0; i < count; i++) {
            v[2 * i] = a[i];
            v[2 * i + 1] = b ? b[i] : 0;
        }
    }
}

static void add_product(int64_t nodes, int fresh, const double complex *image, double *sum)
{
    const double *restrict v = (const double *)image;
    double *restrict to = sum;
    if (fresh)
        for (int64_t i = 0; i < nodes; i++) to[i] = v[2 * i] * v[2 * i + 1];
    else
        for (int64_t i = 0; i < nodes; i++) to[i] += v[2 * i] * v[2 * i + 1];
}

/* (a f)(b g) and (a g)(b f), half of each; first = a f + i a g, second = b f + i b g. */
static void add_crossed(int64_t nodes, int fresh, const double complex *first, const double complex *second, double *sum)
{
    const double *restrict v = (const double *)first, *restrict w = (const double *)second;
    for (int64_t i = 0; i < nodes; i++) sum[i] = (fresh ? 0 : sum[i]) + 0.5 * (v[2 * i] * w[2 * i + 1] + v[2 * i + 1] * w[2 * i]);
}

/* All fields at one x, their products, and the products' transforms back into columns. */
static void process_plane(const grzi_products *products, int bilinear, int x, const sheet *t, double complex *columns)
{
    const grzi_columns *c = products->columns;
    const grzi_tensor *tensor = products->tensor;
    int inputs = tensor->inputs, outputs = tensor->outputs, pairs = pair_count(products, bilinear), first_term = pairs;
    int64_t nodes = (int64_t)c->n * c->n, size = grzi_column_entries(c);
    if (products->separable->terms) first_term = bilinear ? inputs : (inputs + 1) / 2;
    double complex *at = columns + x * GRZI_FFT_COLUMNS;
    for (int p = 0; p < pairs; p++) {
        pair made = pair_at(products, bilinear, p);
        int e = p - first_term, held = bilinear && e >= 0 && e % 2 == 0;
        double complex *image = held ? t->other : t->image;
        const double complex *first = at + 2 * p * size;
        grzi_plane_pack(c, first, made.second ? first + size : NULL, t->spectrum);
        grzi_fft_plane(&c->layers, 1, t->spectrum, t->spare, image);
        if (e >= 0 && !bilinear)
            add_product(nodes, e == 0, image, t->sum);
        else if (e >= 0 && !held)
            add_crossed(nodes, e == 1, t->other, image, t->sum);
        else if (e < 0 && bilinear)
            to_tiles(nodes, inputs, image, t->F + p * TILE, t->G + p * TILE);
        else if (e < 0)
            to_tiles(nodes, inputs, image, t->F + 2 * p * TILE, made.second ? t->F + (2 * p + 1) * TILE : NULL);
    }
    for (int64_t from = 0, tile = 0; from < nodes && inputs; from += TILE, tile++)
        grzi_contract(inputs, outputs, tensor->coefficients, t->F + tile * inputs * TILE, t->G + tile * inputs * TILE,
                      nodes - from < TILE ? (int)(nodes - from) : TILE, t->S + tile * outputs * TILE);
    int all = output_count(products);
    for (int p = 0; p < all; p += 2) {
        int two = p + 1 < all;
        const double *first = p < outputs ? t->S + p * TILE : t->sum, *second = p + 1 < outputs ? t->S + (p + 1) * TILE : t->sum;
        from_tiles(nodes, p < outputs ? outputs : 1, first, p + 1 < outputs ? outputs : 1, two ? second : NULL, t->other);
        grzi_fft_plane(&c->layers, -1, t->other, t->spare, t->image);
        grzi_plane_unpack(c, t->image, at + p * size, two ? at + (p + 1) * size : NULL);
    }
}

void grzi_products_apply(const grzi_products *products, int threads, const double complex *f, const double complex *g,
                         const grzi_products_work *work, double complex *Q)
{
    const grzi_columns *c = products->columns;
    int bilinear = f != g, pairs = pair_count(products, bilinear), outputs = output_count(products);
    int64_t size = grzi_column_entries(c), entries = grzi_mode_entries(c), block_size = (int64_t)c->n * GRZI_FFT_COLUMNS;
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(static)
        for (int task = 0; task < pairs * c->blocks; task++) {
            int block = task / pairs, p = task % pairs;
            pair made = pair_at(products, bilinear, p);
            double complex *to = work->columns + 2 * p * size + block * block_size;
            grzi_block_backward(c, block, made.of_g[0] ? g : f, made.first, to);
            if (made.second) grzi_block_backward(c, block, made.of_g[1] ? g : f, made.second, to + size);
        }
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            sheet t = sheet_of(products, bilinear, chunk, work);
            for (int x = c->n * chunk / threads; x < c->n * (chunk + 1) / threads; x++)
                process_plane(products, bilinear, x, &t, work->columns);
        }
#pragma omp for schedule(static)
        for (int block = 0; block < c->blocks; block++)
            for (int p = 0; p < outputs; p++) {
                const double *factor = p < products->tensor->outputs ? products->tensor->alpha + p * entries : c->inside;
                grzi_block_forward(c, block, work->columns + p * size + block * block_size, factor, Q);
            }
    }
}

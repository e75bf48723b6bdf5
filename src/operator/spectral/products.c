#include "operator/spectral/products.h"

#include "operator/spectral/contraction.h"

enum { TILE = GRZI_CONTRACTION_TILE, LANES = GRZI_LANES };

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
    return bilinear ? inputs + 2 * terms : (inputs + 1) / 2 + terms;
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
    return ((int64_t)columns->rows * columns->n + TILE - 1) / TILE;
}

/* Doubles of one thread. */
static int64_t thread_size(const grzi_products *products, int fields)
{
    return tile_count(products->columns) * TILE * (fields + output_count(products)) + grzi_sheet_work(products->columns);
}

/* Places of a sheet's entries, eight nodes each, in tiles of so many fields. */
static void fill_places(const grzi_columns *columns, int fields, int32_t *places)
{
    for (int e = 0; e < columns->rows / LANES * columns->n; e++)
        places[e] = e / (TILE / LANES) * fields * (TILE / LANES) + e % (TILE / LANES);
}

grz_status grzi_products_work_create(const grz_context *context, const grzi_products *products, int threads, int bilinear,
                                     grzi_products_work *work, int64_t *bytes)
{
    int count = column_count(products) * (bilinear ? 2 : 1), outputs = output_count(products), fields = tile_fields(products, bilinear);
    int64_t columns = (count > outputs ? count : outputs) * grzi_column_array(products->columns);
    int64_t sheets = threads * thread_size(products, fields), places = (int64_t)products->columns->rows / LANES * products->columns->n;
    *work = (grzi_products_work){.fields = fields};
    *bytes = 8 * (columns + sheets + places);
    work->columns = grzi_allocate_zeroed(context, columns, sizeof *work->columns);
    work->sheets = grzi_allocate_zeroed(context, sheets, sizeof *work->sheets);
    work->in = grzi_allocate(context, 2 * places, sizeof *work->in);
    if (!work->columns || !work->sheets || !work->in) {
        grzi_products_work_destroy(context, work);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    work->out = work->in + places;
    fill_places(products->columns, fields, work->in);
    fill_places(products->columns, outputs, work->out);
    return GRZ_OK;
}

void grzi_products_work_destroy(const grz_context *context, grzi_products_work *work)
{
    grzi_deallocate(context, work->columns);
    grzi_deallocate(context, work->sheets);
    grzi_deallocate(context, work->in);
    *work = (grzi_products_work){0};
}

static void fields_of(const grzi_products *products, int sheet, const source *s, double *columns, const grzi_sheet *t, double *half)
{
    int64_t size = grzi_column_array(products->columns);
    grzi_sheet_backward(products->columns, sheet, columns + s->column * size, s->weight, s->other < 0 ? NULL : columns + s->other * size, t,
                        half);
}

/* All fields of one sheet, their products, and the products' transforms back into columns. */
static void process_sheet(const grzi_products *products, int bilinear, int sheet, const grzi_products_work *work, double *memory)
{
    const grzi_columns *c = products->columns;
    const grzi_tensor *tensor = products->tensor;
    int inputs = tensor->inputs, outputs = tensor->outputs, all = output_count(products), fields = work->fields;
    int blocks = c->rows / LANES, pairs = pair_count(products, bilinear), fresh = 1;
    int64_t tiles = tile_count(c);
    double *F = memory, *S = F + tiles * TILE * fields;
    grzi_sheet t = grzi_sheet_of(c, S + tiles * TILE * all);
    for (int p = 0; p < pairs; p++) {
        pair made = pair_at(products, bilinear, p);
        fields_of(products, sheet, &made.a, work->columns, &t, t.a);
        fields_of(products, sheet, &made.b, work->columns, &t, t.b);
        double *first = made.input >= 0 ? F + made.input * TILE : NULL;
        for (int block = 0; block < blocks; block++) {
            if (made.input >= 0) {
                grzi_stream to = {first, first + (bilinear ? inputs : 1) * TILE, work->in + block * c->n};
                grzi_rows_backward(c, block, t.a, t.b, &t, to);
            } else {
                grzi_stream sum = {S + outputs * TILE, NULL, work->out + block * c->n};
                grzi_rows_backward(c, block, t.a, t.b, &t, grzi_line(&c->batch, t.line));
                c->batch.kernels->product(c->n, made.times, fresh, t.line, &sum);
            }
        }
        fresh = fresh && made.input >= 0;
    }
    for (int64_t tile = 0; tile < tiles && inputs; tile++) {
        const double *f = F + tile * fields * TILE, *g = bilinear ? f + inputs * TILE : f;
        int64_t left = (int64_t)c->rows * c->n - tile * TILE;
        grzi_contract(inputs, outputs, tensor->coefficients, f, g, left < TILE ? (int)left : TILE, S + tile * all * TILE);
    }
    for (int p = 0; p < all; p += 2) {
        int two = p + 1 < all;
        double *first = S + p * TILE, *second = first + two * TILE;
        for (int block = 0; block < blocks; block++)
            grzi_rows_forward(c, block, (grzi_stream){first, second, work->out + block * c->n}, &t, t.a, t.b);
        grzi_sheet_forward(c, sheet, t.a, &t, work->columns + p * grzi_column_array(c));
        if (two) grzi_sheet_forward(c, sheet, t.b, &t, work->columns + (p + 1) * grzi_column_array(c));
    }
}

/* All columns of f (and of g) in one group. */
static void spread_group(const grzi_products *products, int bilinear, int group, const double *f, const double *g, const grzi_sheet *t,
                         double *columns)
{
    const grzi_columns *c = products->columns;
    int inputs = products->tensor->inputs, count = column_count(products);
    int64_t size = grzi_column_array(c), entries = grzi_factor_array(c);
    for (int p = 0; p < (bilinear ? 2 : 1) * count; p++) {
        int q = p % count;
        const double *factor = q < inputs ? products->tensor->beta + q * entries : products->separable->factors + (q - inputs) * entries;
        grzi_group_backward(c, group, p < count ? f : g, factor, q >= inputs && products->separable->odd[q - inputs], t,
                            columns + p * size);
    }
}

void grzi_products_apply(const grzi_products *products, int threads, const double *f, const double *g, const grzi_products_work *work,
                         int fresh, double *Q)
{
    const grzi_columns *c = products->columns;
    int bilinear = f != g, all = output_count(products);
    int64_t size = grzi_column_array(c), entries = grzi_factor_array(c), share = thread_size(products, work->fields);
#pragma omp parallel num_threads(threads)
    for (int phase = 0; phase < 3; phase++) {
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            double *memory = work->sheets + chunk * share;
            grzi_sheet t = grzi_sheet_of(c, memory + share - grzi_sheet_work(c));
            int whole = phase == 1 ? c->sheets : c->groups, last = whole * (chunk + 1) / threads;
            for (int i = whole * chunk / threads; i < last; i++)
                if (phase == 0) {
                    spread_group(products, bilinear, i, f, g, &t, work->columns);
                } else if (phase == 1) {
                    process_sheet(products, bilinear, i, work, memory);
                } else {
                    for (int p = 0; p < all; p++) {
                        const double *factor = p < products->tensor->outputs ? products->tensor->alpha + p * entries : c->inside;
                        grzi_group_forward(c, i, work->columns + p * size, factor, fresh && p == 0, &t, Q);
                    }
                }
        }
    }
}

#include "operator/spectral/unlike.h"

#include "operator/spectral/spectral.h"
#include "quadrature/quadrature.h"

#include <math.h>
#include <string.h>

typedef struct unlike {
    grzi_spectral shape; /* what the options say: period, transform, radial_nodes, degree, reach, conserve; nothing else is made of it */
    grzi_modes modes;
    grzi_columns columns, grid_columns; /* of the transforms and of the period, the latter only where these differ */
    grzi_fft transforms;
    grzi_radial radial;
    int lmax, *first, *top; /* directions of each radius; largest l used */
    double *direction, *weight;
    double *table[2]; /* [radius][|k|^2][l] of (-1)^{floor(l/2)} (2l+1) lambda_l j_l(r_s |k|), by species */
    int threads;
    double complex *ball, *buffers; /* f_a, f_b and two sums of each chunk; spectrum, image and product of each thread */
    double *mode_array, *field_work, *values;
    int64_t bytes;
} unlike;

static unlike *state_of(const grz_operator *op)
{
    return op->state;
}

static void destroy(const grz_context *context, unlike *u)
{
    if (!u) return;
    grzi_fft_destroy(&u->transforms);
    grzi_columns_destroy(context, &u->columns);
    grzi_columns_destroy(context, &u->grid_columns);
    grzi_modes_destroy(context, &u->modes);
    grzi_radial_destroy(context, &u->radial);
    void *const blocks[] = {u->first, u->direction, u->table[0], u->ball, u->buffers, u->mode_array, u->field_work, u->values};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) grzi_deallocate(context, blocks[i]);
    grzi_deallocate(context, u);
}

void grzi_unlike_teardown(grz_operator *op)
{
    destroy(op->context, op->state);
    op->state = NULL;
}

static const grzi_columns *grid_columns(const unlike *u)
{
    return u->grid_columns.n ? &u->grid_columns : &u->columns;
}

/* Functions that are not even have harmonics of every degree; as for one species, small spheres need few directions. */
static int degree_at(double r, double R, int degree)
{
    int grown = (int)ceil(degree * (0.3 + 1.2 * r / R));
    return grown < 5 ? 5 : grown < degree ? grown : degree;
}

static grz_status make_directions(const grz_context *context, unlike *u)
{
    const grzi_radial *radial = &u->radial;
    int64_t nodes = 0;
    u->first = grzi_allocate(context, 2 * (int64_t)radial->count + 1, sizeof *u->first);
    if (!u->first) return GRZ_ERROR_OUT_OF_MEMORY;
    u->top = u->first + radial->count + 1;
    for (int pass = 0; pass < 2; pass++) {
        nodes = 0;
        for (int i = 0; i < radial->count; i++) {
            grzi_sphere_rule rule;
            const int degree = degree_at(radial->r[i], radial->R, u->shape.degree);
            GRZI_TRY(grzi_sphere_rule_create(context, degree, &rule));
            grzi_sphere_rule_rotate(&rule, i);
            u->first[i] = (int)nodes;
            u->top[i] = degree / 2 < u->lmax ? degree / 2 : u->lmax;
            for (int j = 0; j < rule.count; j++)
                for (int turn = 1; turn >= -1; turn -= 2, nodes++) {
                    if (pass == 0) continue;
                    for (int a = 0; a < 3; a++) u->direction[3 * nodes + a] = turn * rule.nodes[3 * j + a];
                    u->weight[nodes] = 2 * GRZI_PI * radial->weight[i] * rule.weights[j];
                }
            grzi_sphere_rule_destroy(context, &rule);
        }
        u->first[radial->count] = (int)nodes;
        if (pass == 1) break;
        u->direction = grzi_allocate(context, 4 * nodes, sizeof(double));
        if (!u->direction) return GRZ_ERROR_OUT_OF_MEMORY;
        u->weight = u->direction + 3 * nodes;
    }
    return GRZ_OK;
}

static grz_status unlike_lambda(const grz_operator *op, double z, int lmax, double *lambda)
{
    if (!grzi_operator_is_landau(op)) return grzi_kernel_unlike_spectrum(op->kernel, z, lmax, lambda);
    double constant;
    GRZI_TRY(grzi_kernel_unlike_constant(op->kernel, z, &constant));
    for (int l = 0; l <= lmax; l++) lambda[l] = -4 * constant * l * (l + 1);
    return GRZ_OK;
}

static grz_status make_tables(const grz_operator *op, unlike *u)
{
    const grzi_radial *radial = &u->radial;
    const int orders = u->lmax + 1;
    const int64_t size = (int64_t)radial->count * u->modes.limit * orders;
    double *work = grzi_allocate(op->context, 2 * orders, sizeof *work);
    u->table[0] = grzi_allocate(op->context, 2 * size, sizeof(double));
    grz_status status = work && u->table[0] ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) u->table[1] = u->table[0] + size;
    for (int i = 0; i < radial->count && status == GRZ_OK; i++) {
        double *lambda = work, *bessel = work + orders;
        status = unlike_lambda(op, 2 * radial->r[i] * radial->speed, u->lmax, lambda);
        for (int s = 0; s < 2 && status == GRZ_OK; s++)
            for (int square = 0; square < u->modes.limit; square++) {
                double *row = u->table[s] + ((int64_t)i * u->modes.limit + square) * orders;
                grzi_spherical_bessel(u->lmax, op->pair->arm[s] * radial->r[i] * u->modes.unit * sqrt(square), bessel);
                for (int l = 0; l <= u->lmax; l++) row[l] = (l / 2 % 2 ? -1 : 1) * (2 * l + 1) * lambda[l] * bessel[l];
            }
    }
    grzi_deallocate(op->context, work);
    return status;
}

static grz_status make_workspace(grz_operator *op, unlike *u, int threads)
{
    const grz_context *context = op->context;
    const int64_t nodes = grzi_grid_count(op->grid), balls = (2 + 2 * GRZI_SPHERES_CHUNKS) * u->modes.count,
                  buffers = threads * grzi_spheres_buffer(grzi_fft_nodes(&u->transforms)), arrays = grzi_mode_array(&u->columns),
                  fields = grzi_field_work(grid_columns(u), threads);
    double complex *ball = grzi_allocate(context, balls, sizeof *ball), *buffer = grzi_allocate(context, buffers, sizeof *buffer);
    double *mode_array = grzi_allocate(context, arrays, sizeof *mode_array), *field = grzi_allocate_zeroed(context, fields, sizeof *field);
    double *values = grzi_allocate(context, 2 * nodes + op->grid->n, sizeof *values);
    if (!ball || !buffer || !mode_array || !field || !values) {
        void *const blocks[] = {ball, buffer, mode_array, field, values};
        for (int i = 0; i < 5; i++) grzi_deallocate(context, blocks[i]);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    void *const before[] = {u->ball, u->buffers, u->mode_array, u->field_work, u->values};
    for (int i = 0; i < 5; i++) grzi_deallocate(context, before[i]);
    u->ball = ball, u->buffers = buffer, u->mode_array = mode_array, u->field_work = field, u->values = values;
    u->threads = threads;
    u->bytes = 16 * (balls + buffers) + 8 * (arrays + fields + 2 * nodes);
    op->workspace = u->bytes;
    return GRZ_OK;
}

static grz_status fill(grz_operator *op, unlike *u)
{
    const grz_context *context = op->context;
    grzi_spectral *shape = &u->shape;
    grzi_spectral_configure(op, shape);
    /* the longer arm sees waves of up to twice the like particles' */
    const double longer = fmax(op->pair->arm[0], op->pair->arm[1]);
    if (op->options[GRZ_OPERATOR_OPTION_RADIAL_NODES] == 0) shape->radial_nodes = (int)ceil(longer * shape->radial_nodes);
    if (op->options[GRZ_OPERATOR_OPTION_SPHERE_DEGREE] == 0) shape->degree = (int)ceil(longer * shape->degree);
    GRZI_TRY(grzi_modes_create(context, op->grid->n, shape->period, shape->transform, shape->cube, &u->modes));
    GRZI_TRY(grzi_columns_create(context, &u->modes, shape->transform, &u->columns));
    if (shape->transform != shape->period) GRZI_TRY(grzi_columns_create(context, &u->modes, shape->period, &u->grid_columns));
    GRZI_TRY(grzi_fft_create(context, shape->transform, &u->transforms));
    GRZI_TRY(grzi_radial_create(context, op->kernel, grzi_operator_is_landau(op), shape->reach, shape->half_width, shape->radial_nodes, 20,
                                GRZI_SPLIT_NONE, &u->radial));
    u->lmax = shape->degree / 2;
    GRZI_TRY(make_directions(context, u));
    GRZI_TRY(make_tables(op, u));
    op->node_count = grzi_fft_nodes(&u->transforms) * u->first[u->radial.count];
    return make_workspace(op, u, grzi_threads(op->context));
}

grz_status grzi_unlike_setup(grz_operator *op)
{
    unlike *u = grzi_allocate_zeroed(op->context, 1, sizeof *u);
    if (!u) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = fill(op, u);
    if (status == GRZ_OK)
        op->state = u;
    else
        destroy(op->context, u);
    return status;
}

grz_status grzi_unlike_reserve(grz_operator *op)
{
    const int threads = grzi_threads(op->context);
    return threads > state_of(op)->threads ? make_workspace(op, state_of(op), threads) : GRZ_OK;
}

/* Full spectrum of f_a(y + s_a) + i f_b(y - s_b): fhat_a e^{ik.s_a} + i fhat_b e^{-ik.s_b}, at -k from the conjugates. */
static void shifted_pair(const grzi_modes *modes, const double complex *f_a, const double complex *f_b, const double *w, double r_a,
                         double r_b, double complex *spectrum)
{
    const int n = modes->padded;
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        const double across = modes->unit * (row->x * w[0] + row->y * w[1]), step = modes->unit * w[2];
        const int64_t plus = ((int64_t)((row->x + n) % n) * n + (row->y + n) % n) * n,
                      minus = ((int64_t)((n - row->x) % n) * n + (n - row->y) % n) * n;
        double complex at_a = cexp(I * r_a * across), at_b = cexp(-I * r_b * across);
        const double complex turn_a = cexp(I * r_a * step), turn_b = cexp(-I * r_b * step);
        for (int z = 0; z < row->length; z++, at_a *= turn_a, at_b *= turn_b) {
            const double complex a = f_a[row->first + z] * at_a, b = f_b[row->first + z] * at_b;
            spectrum[plus + z] = a + I * b;
            spectrum[minus + (z == 0 ? 0 : n - z)] = conj(a) + I * conj(b);
        }
    }
}

typedef struct application {
    const grz_operator *op;
    unlike *u;
    grzi_pulse *pulse;
    int64_t done;
} application;

/* parts += hhat(k) times the sums over l, for both species. */
static void add_harmonics(const application *a, int radius, int node, const double complex *spectrum, double complex *part_a,
                          double complex *part_b)
{
    const unlike *u = a->u;
    const double *w = u->direction + 3 * node, weight = u->weight[node];
    const int top = u->top[radius], orders = u->lmax + 1;
    for (const grzi_mode_row *row = u->modes.rows; row < u->modes.rows + u->modes.row_count; row++) {
        const double across = row->x * w[0] + row->y * w[1];
        for (int z = 0; z < row->length; z++) {
            const int square = u->modes.square[row->first + z];
            const double c = square ? (across + z * w[2]) / sqrt(square) : 0;
            const int64_t at = ((int64_t)radius * u->modes.limit + square) * orders;
            const double *t[2] = {u->table[0] + at, u->table[1] + at};
            double before = 0, here = 1, even[2] = {t[0][0], t[1][0]}, odd[2] = {0, 0};
            for (int l = 1; l <= top; l++) {
                const double next = ((2 * l - 1) * c * here - (l - 1) * before) / l;
                before = here;
                here = next;
                double *sum = l % 2 ? odd : even;
                for (int s = 0; s < 2; s++) sum[s] += t[s][l] * here;
            }
            const double complex h = weight * spectrum[row->offset + z];
            part_a[row->first + z] += h * (even[0] - I * odd[0]);
            part_b[row->first + z] += h * (even[1] + I * odd[1]);
        }
    }
}

static void apply_chunk(void *loop, int chunk, int member)
{
    application *a = loop;
    unlike *u = a->u;
    const int64_t nodes = grzi_fft_nodes(&u->transforms), count = u->modes.count;
    const int directions = u->first[u->radial.count];
    double complex *buffer = u->buffers + member * grzi_spheres_buffer(nodes), *image = buffer + nodes;
    double *product = (double *)(image + nodes);
    double complex *part_a = u->ball + (2 + 2 * chunk) * count, *part_b = part_a + count;
    memset(buffer, 0, (size_t)nodes * sizeof *buffer);
    memset(part_a, 0, 2 * (size_t)count * sizeof *part_a);
    for (int radius = 0; radius < u->radial.count; radius++)
        for (int j = u->first[radius]; j < u->first[radius + 1]; j++) {
            if (j % GRZI_SPHERES_CHUNKS != chunk) continue;
            if (grzi_pulse_stops(a->pulse, (double)__atomic_add_fetch(&a->done, 1, __ATOMIC_RELAXED) / (directions + 1))) return;
            const double r = u->radial.r[radius];
            shifted_pair(&u->modes, u->ball, u->ball + count, u->direction + 3 * j, a->op->pair->arm[0] * r, a->op->pair->arm[1] * r,
                         buffer);
            grzi_fft_complex_backward(&u->transforms, buffer, image);
            const double *restrict v = (const double *)image;
            for (int64_t x = 0; x < nodes; x++) product[x] = v[2 * x] * v[2 * x + 1];
            grzi_fft_forward(&u->transforms, product, image);
            add_harmonics(a, radius, j, image, part_a, part_b);
        }
}

static void remove_mean(int64_t count, double *values)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += values[i];
    for (int64_t i = 0; i < count; i++) values[i] -= sum / (double)count;
}

typedef struct evaluation {
    grz_operator *op;
    const double *f;
    grz_status status;
} evaluation;

static void evaluate(grzi_crew *crew, void *data)
{
    evaluation *e = data;
    grz_operator *op = e->op;
    unlike *u = state_of(op);
    const int64_t nodes = grzi_grid_count(op->grid), count = u->modes.count;
    const double padded = (double)grzi_fft_nodes(&u->transforms), period = u->shape.period;
    int exponent[2], of_width;
    for (int s = 0; s < 2; s++) {
        exponent[s] = grzi_exponent_of(grzi_largest(e->f + s * nodes, nodes));
        grzi_field_to_modes(grid_columns(u), crew, op->grid->n, e->f + s * nodes, ldexp(1.0 / (period * period * period), -exponent[s]),
                            u->field_work, u->mode_array);
        grzi_columns_to_ball(&u->columns, u->mode_array, u->ball + s * count);
    }
    grzi_pulse pulse;
    application a = {op, u, &pulse, 0};
    grzi_pulse_begin(op->context, "spectral application", 0, &pulse);
    grzi_crew_loop(crew, GRZI_SPHERES_CHUNKS, apply_chunk, &a);
    e->status = grzi_pulse_end(&pulse);
    if (e->status != GRZ_OK) return;
    const double fraction = frexp(u->shape.half_width, &of_width);
    const int power = u->radial.strength + exponent[0] + exponent[1] + 3 * of_width;
    for (int s = 0; s < 2; s++) {
        double complex *parts = u->ball + (2 + s) * count;
        for (int p = 1; p < GRZI_SPHERES_CHUNKS; p++)
            for (int64_t i = 0; i < count; i++) parts[i] += parts[2 * p * count + i];
        grzi_columns_from_ball(&u->columns, parts, u->mode_array);
        u->mode_array[0] = u->mode_array[1] = 0; /* k = 0: mass */
        grzi_modes_to_field(grid_columns(u), crew, op->grid->n, u->mode_array, 1 / padded, u->field_work, u->values + s * nodes);
    }
    if (!u->shape.conserve && u->shape.period > op->grid->n) /* what little lies beyond the box is taken evenly from the inside */
        for (int s = 0; s < 2; s++) remove_mean(nodes, u->values + s * nodes);
    if (u->shape.conserve) e->status = grzi_unlike_project(op->context, op->grid, op->pair->mass, u->values);
    for (int64_t i = 0; i < 2 * nodes; i++) u->values[i] = ldexp(u->values[i] * fraction * fraction * fraction, power);
}

grz_status grzi_unlike_evaluate(grz_operator *op, const double *f, double *Q, const double **values)
{
    unlike *u = state_of(op);
    const int threads = grzi_threads(op->context);
    evaluation e = {op, f, GRZ_OK};
    grzi_crew_call(threads < u->threads ? threads : u->threads, evaluate, &e);
    GRZI_TRY(e.status);
    for (int64_t i = 0; i < op->count; i++)
        if (!isfinite(u->values[i]))
            return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: Q overflows, f is too large", op->caller);
    if (Q) memcpy(Q, u->values, sizeof *Q * (size_t)op->count);
    if (values) *values = u->values;
    return GRZ_OK;
}

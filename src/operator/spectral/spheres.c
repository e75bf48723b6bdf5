#include "operator/spectral/spheres.h"

#include "quadrature/quadrature.h"

#include <math.h>
#include <string.h>

/* h at radius r has bandwidth 2 kappa r in w, so the degree may be smaller inside; five keeps L = 2. */
static int degree_at(double r, double R, int degree)
{
    int grown = (int)ceil(degree * (0.3 + 1.2 * r / R));
    grown = grown < 5 ? 5 : grown;
    return grown < degree ? grown : degree;
}

static void fill_table(const grzi_modes *modes, const grzi_radial *radial, int i, int orders, double *bessel, double *table)
{
    const double *rest = radial->rest + (int64_t)i * (radial->lmax + 1);
    for (int s = 0; s < modes->limit; s++) {
        grzi_spherical_bessel(2 * orders - 2, radial->r[i] * modes->unit * sqrt(s), bessel);
        for (int o = 0; o < orders; o++)
            table[((int64_t)i * modes->limit + s) * orders + o] = (o % 2 ? -1 : 1) * (4 * o + 1) * rest[2 * o] * bessel[2 * o];
    }
}

static grz_status allocate_nodes(const grz_context *context, grzi_spheres *spheres, int64_t capacity)
{
    double *shift = grzi_allocate(context, 3 * capacity, sizeof *shift), *weight = grzi_allocate(context, capacity, sizeof *weight);
    if (!shift || !weight) {
        grzi_deallocate(context, shift);
        grzi_deallocate(context, weight);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    if (spheres->nodes > 0) {
        memcpy(shift, spheres->shift, 3 * (size_t)spheres->nodes * sizeof *shift);
        memcpy(weight, spheres->weight, (size_t)spheres->nodes * sizeof *weight);
    }
    grzi_deallocate(context, spheres->shift);
    grzi_deallocate(context, spheres->weight);
    spheres->shift = shift;
    spheres->weight = weight;
    return GRZ_OK;
}

static grz_status add_radius(const grz_context *context, const grzi_radial *radial, int i, grzi_spheres *spheres)
{
    int degree = degree_at(radial->r[i], radial->R, spheres->degree), top = -1;
    const double *rest = radial->rest + (int64_t)i * (radial->lmax + 1);
    /* A rule of degree d aliases what h has above degree d - L into L. */
    for (int l = 0; l <= degree / 2 && l <= radial->lmax; l += 2)
        if (rest[l] != 0) top = l;
    spheres->first[i] = (int)spheres->nodes;
    spheres->top[i] = top;
    spheres->first[i + 1] = (int)spheres->nodes;
    if (top < 0) return GRZ_OK;
    grzi_sphere_rule rule;
    GRZI_TRY(grzi_sphere_rule_create(context, degree, &rule));
    grzi_sphere_rule_rotate(&rule, i);
    grz_status status = allocate_nodes(context, spheres, spheres->nodes + rule.count);
    for (int j = 0; j < rule.count && status == GRZ_OK; j++) {
        for (int a = 0; a < 3; a++) spheres->shift[3 * spheres->nodes + a] = radial->r[i] * rule.nodes[3 * j + a];
        spheres->weight[spheres->nodes++] = 4 * GRZI_PI * radial->weight[i] * rule.weights[j];
    }
    spheres->first[i + 1] = (int)spheres->nodes;
    grzi_sphere_rule_destroy(context, &rule);
    return status;
}

grz_status grzi_spheres_create(const grz_context *context, const grzi_modes *modes, const grzi_radial *radial, int degree,
                               grzi_spheres *spheres)
{
    grzi_spheres made = {.radii = radial->count, .degree = degree};
    int top = degree / 2 < radial->lmax ? degree / 2 : radial->lmax;
    made.table_orders = top / 2 + 1;
    *spheres = (grzi_spheres){0};
    made.first = grzi_allocate(context, 2 * (int64_t)made.radii + 1, sizeof *made.first);
    made.table = grzi_allocate(context, (int64_t)made.radii * modes->limit * made.table_orders, sizeof *made.table);
    double *bessel = grzi_allocate(context, 2 * made.table_orders, sizeof *bessel);
    grz_status status = made.first && made.table && bessel ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) made.top = made.first + made.radii + 1;
    for (int i = 0; i < made.radii && status == GRZ_OK; i++) {
        status = add_radius(context, radial, i, &made);
        if (status == GRZ_OK) fill_table(modes, radial, i, made.table_orders, bessel, made.table);
    }
    grzi_deallocate(context, bessel);
    if (status != GRZ_OK) {
        grzi_spheres_destroy(context, &made);
        return status;
    }
    *spheres = made;
    return GRZ_OK;
}

void grzi_spheres_destroy(const grz_context *context, grzi_spheres *spheres)
{
    grzi_deallocate(context, spheres->first);
    grzi_deallocate(context, spheres->shift);
    grzi_deallocate(context, spheres->weight);
    grzi_deallocate(context, spheres->table);
    *spheres = (grzi_spheres){0};
}

/* Full spectrum whose transform is f(y + s) + i f(y - s): fhat (e^{iks} + i e^{-iks}) at k, and at -k from the conjugate. The phases of
 * a row follow by one rotation per step in z. What lies outside the ball stays zero. */
static void shifted_pair(const grzi_modes *modes, const double complex *f, const double *shift, double complex *spectrum)
{
    int n = modes->padded;
    double unit = modes->unit;
    double turn_re = cos(unit * shift[2]), turn_im = sin(unit * shift[2]);
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        double angle = unit * (row->x * shift[0] + row->y * shift[1]), re = cos(angle), im = sin(angle);
        int64_t plus = ((int64_t)((row->x + n) % n) * n + (row->y + n) % n) * n,
                minus = ((int64_t)((n - row->x) % n) * n + (n - row->y) % n) * n;
        const double *from = (const double *)(f + row->first);
        double *at = (double *)(spectrum + plus), *opposite = (double *)(spectrum + minus);
        for (int z = 0; z < row->length; z++) {
            double a = from[2 * z], b = from[2 * z + 1], s = re - im, c = re + im;
            /* e^{it} + i e^{-it} = (cos t + sin t)(1 + i), at -k: (cos t - sin t)(1 + i) */
            at[2 * z] = c * (a - b);
            at[2 * z + 1] = c * (a + b);
            int64_t back = z == 0 ? 0 : 2 * (int64_t)(n - z);
            opposite[back] = s * (a + b);
            opposite[back + 1] = s * (a - b);
            double next = re * turn_re - im * turn_im;
            im = re * turn_im + im * turn_re;
            re = next;
        }
    }
}

/* product += or = weight f(y + s) f(y - s), symmetric in f and g. */
static void add_product(const grzi_modes *modes, const grzi_fft *fft, const double complex *f, const double complex *g, const double *shift,
                        double weight, int fresh, double complex *buffer, double *product)
{
    int64_t nodes = grzi_fft_nodes(fft);
    double complex *image = buffer + nodes;
    if (f == g) {
        shifted_pair(modes, f, shift, buffer);
        grzi_fft_complex_backward(fft, buffer, image);
        const double *restrict v = (const double *)image;
        double *restrict to = product;
        if (fresh)
            for (int64_t x = 0; x < nodes; x++) to[x] = weight * v[2 * x] * v[2 * x + 1];
        else
            for (int64_t x = 0; x < nodes; x++) to[x] += weight * v[2 * x] * v[2 * x + 1];
        return;
    }
    /* (f+ g- + f- g+)/2 = [(f + g)+ (f + g)- - (f - g)+ (f - g)-]/4 */
    for (int sign = 1; sign >= -1; sign -= 2) {
        double complex *combined = image; /* free until the transform writes it */
        for (int64_t m = 0; m < modes->count; m++) combined[m] = f[m] + sign * g[m];
        shifted_pair(modes, combined, shift, buffer);
        grzi_fft_complex_backward(fft, buffer, image);
        const double *restrict v = (const double *)image;
        double *restrict to = product, w = 0.25 * sign * weight;
        if (fresh && sign == 1)
            for (int64_t x = 0; x < nodes; x++) to[x] = w * v[2 * x] * v[2 * x + 1];
        else
            for (int64_t x = 0; x < nodes; x++) to[x] += w * v[2 * x] * v[2 * x + 1];
    }
}

/* part += factor(k) hhat(k) with factor = sum_o table_o P_{2o}(cosine); P by the recurrence in cosine^2 over even orders. */
static void add_harmonics(const grzi_spheres *spheres, const grzi_modes *modes, int radius, const double *direction, int orders,
                          const double complex *spectrum, double complex *part)
{
    const double *table = spheres->table + (int64_t)radius * modes->limit * spheres->table_orders;
    double up[GRZI_SPHERES_DEGREE / 4 + 1], mid[GRZI_SPHERES_DEGREE / 4 + 1], down[GRZI_SPHERES_DEGREE / 4 + 1];
    for (int o = 0; o + 1 < orders; o++) {
        double l = 2 * o;
        up[o] = (2 * l + 3) * (2 * l + 1) / ((l + 1) * (l + 2));
        mid[o] = -(2 * l + 3) * (l * l / (2 * l - 1) + (l + 1) * (l + 1) / (2 * l + 3)) / ((l + 1) * (l + 2));
        down[o] = -(2 * l + 3) * l * (l - 1) / ((2 * l - 1) * (l + 1) * (l + 2));
    }
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        double across = row->x * direction[0] + row->y * direction[1];
        for (int z = 0; z < row->length; z++) {
            int square = modes->square[row->first + z];
            double dot = across + z * direction[2], c2 = square ? dot * dot / square : 0;
            const double *t = table + (int64_t)square * spheres->table_orders;
            double before = 0, here = 1, factor = t[0];
            for (int o = 0; o + 1 < orders; o++) {
                double next = (up[o] * c2 + mid[o]) * here + down[o] * before;
                before = here;
                here = next;
                factor += t[o + 1] * here;
            }
            part[row->first + z] += factor * spectrum[row->offset + z];
        }
    }
}

/* What one application works on. */
typedef struct application {
    const grzi_spheres *spheres;
    const grzi_modes *modes;
    const grzi_fft *fft;
    const double complex *f, *g;
    double complex *buffers, *parts;
    grzi_pulse *pulse;
    int64_t done; /* nodes, of all threads */
} application;

static int stops(application *a)
{
    int64_t done = __atomic_add_fetch(&a->done, 1, __ATOMIC_RELAXED);
    return grzi_pulse_stops(a->pulse, (double)done / (double)(a->spheres->nodes + 1));
}

static void add_radius_to(application *a, int radius, double complex *buffer, double complex *part)
{
    const double zero[3] = {0, 0, 0};
    const grzi_spheres *spheres = a->spheres;
    double complex *image = buffer + grzi_fft_nodes(a->fft);
    double *product = (double *)(image + grzi_fft_nodes(a->fft));
    for (int j = spheres->first[radius]; j < spheres->first[radius + 1]; j++) {
        if (stops(a)) return;
        add_product(a->modes, a->fft, a->f, a->g, spheres->shift + 3 * j, spheres->weight[j], j == spheres->first[radius], buffer, product);
    }
    grzi_fft_forward(a->fft, product, image);
    add_harmonics(spheres, a->modes, radius, zero, 1, image, part);
}

static void add_node_to(application *a, int radius, int j, double complex *buffer, double complex *part)
{
    const grzi_spheres *spheres = a->spheres;
    const double *s = spheres->shift + 3 * j;
    double length = sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]), direction[3] = {s[0] / length, s[1] / length, s[2] / length};
    double complex *image = buffer + grzi_fft_nodes(a->fft);
    double *product = (double *)(image + grzi_fft_nodes(a->fft));
    if (stops(a)) return;
    add_product(a->modes, a->fft, a->f, a->g, s, spheres->weight[j], 1, buffer, product);
    grzi_fft_forward(a->fft, product, image);
    add_harmonics(spheres, a->modes, radius, direction, spheres->top[radius] / 2 + 1, image, part);
}

static void apply_chunk(void *loop, int chunk, int member)
{
    application *a = loop;
    const grzi_spheres *spheres = a->spheres;
    int64_t nodes = grzi_fft_nodes(a->fft), count = a->modes->count;
    double complex *buffer = a->buffers + member * grzi_spheres_buffer(nodes), *part = a->parts + chunk * count;
    memset(buffer, 0, (size_t)nodes * sizeof *buffer);
    memset(part, 0, (size_t)count * sizeof *part);
    for (int radius = 0; radius < spheres->radii; radius++) {
        if (spheres->top[radius] == 0 && radius % GRZI_SPHERES_CHUNKS == chunk) add_radius_to(a, radius, buffer, part);
        if (spheres->top[radius] <= 0) continue;
        for (int j = spheres->first[radius]; j < spheres->first[radius + 1]; j++)
            if (j % GRZI_SPHERES_CHUNKS == chunk) add_node_to(a, radius, j, buffer, part);
    }
}

void grzi_spheres_apply(const grzi_spheres *spheres, const grzi_modes *modes, const grzi_fft *fft, grzi_crew *crew, const double complex *f,
                        const double complex *g, double complex *buffers, double complex *parts, grzi_pulse *pulse)
{
    application a = {spheres, modes, fft, f, g, buffers, parts, pulse, 0};
    grzi_crew_loop(crew, GRZI_SPHERES_CHUNKS, apply_chunk, &a);
}

#include "operator/spectral/separable.h"

#include "quadrature/quadrature.h"

#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* int A_ij e^{-ik.z} dz = along delta_ij + across k_i k_j/|k|^2, from the angular mean of z_i z_j e^{-ik.z}/|z|^2,
 * delta_ij j_1(x)/x - k_i k_j/|k|^2 j_2(x); and the transform of the loss kernel. s^{gamma+4} ds = 4 r^2 weight, s = |z| = 2r. */
static void transform(const grzi_radial *radial, double k, double *along, double *across, double *loss)
{
    double a = 0, b = 0, g = 0;
    for (int i = 0; i < radial->count; i++) {
        double x = 2 * radial->r[i] * k, j[3], ratio;
        grzi_spherical_bessel(2, x, j);
        ratio = (j[0] + j[2]) / 3; /* j_1(x)/x */
        double w = 4 * PI * radial->weight[i];
        double landau = 4 * radial->r[i] * radial->r[i] * radial->landau[i] * w;
        a += landau * (j[0] - ratio);
        b += landau * j[2];
        g += radial->loss[i] * w * j[0];
    }
    *along = a;
    *across = b;
    *loss = g;
}

static void fill(const grzi_modes *modes, const grzi_radial *radial, double *table, grzi_separable *separable)
{
    for (int s = 0; s < modes->limit; s++) transform(radial, modes->unit * sqrt(s), table + 3 * s, table + 3 * s + 1, table + 3 * s + 2);
    int64_t count = modes->count;
    for (int r = 0; r < modes->row_count; r++) {
        const grzi_mode_row *row = modes->rows + r;
        for (int z = 0; z < row->length; z++) {
            int64_t m = row->first + z;
            int square = modes->square[m];
            const double *t = table + 3 * square;
            double k[3] = {row->x, row->y, z};
            separable->scalar[m] = modes->unit * modes->unit * square * (t[0] + t[1]) - t[2];
            if (!separable->has_landau) continue;
            for (int i = 0, e = 0; i < 3; i++)
                for (int j = i; j < 3; j++, e++) {
                    double projection = square ? k[i] * k[j] / square : 0;
                    separable->tensor[e * count + m] = (i == j ? t[0] + t[1] * projection : 2 * t[1] * projection);
                    separable->hessian[e * count + m] = -modes->unit * modes->unit * k[i] * k[j];
                }
        }
    }
}

grz_status grzi_separable_create(const grz_context *context, const grzi_modes *modes, const grzi_radial *radial, grzi_separable *separable)
{
    grzi_separable made = {0};
    for (int i = 0; i < radial->count; i++) {
        made.has_landau |= radial->landau[i] != 0;
        made.present |= radial->landau[i] != 0 || radial->loss[i] != 0;
    }
    *separable = (grzi_separable){0};
    if (!made.present) return GRZ_OK;
    double *table = grzi_allocate(context, 3 * (int64_t)modes->limit, sizeof *table);
    made.scalar = grzi_allocate(context, modes->count, sizeof *made.scalar);
    if (made.has_landau) {
        made.tensor = grzi_allocate(context, 6 * modes->count, sizeof *made.tensor);
        made.hessian = grzi_allocate(context, 6 * modes->count, sizeof *made.hessian);
    }
    if (!table || !made.scalar || (made.has_landau && (!made.tensor || !made.hessian))) {
        grzi_deallocate(context, table);
        grzi_separable_destroy(context, &made);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    fill(modes, radial, table, &made);
    grzi_deallocate(context, table);
    *separable = made;
    return GRZ_OK;
}

void grzi_separable_destroy(const grz_context *context, grzi_separable *separable)
{
    grzi_deallocate(context, separable->scalar);
    grzi_deallocate(context, separable->tensor);
    grzi_deallocate(context, separable->hessian);
    *separable = (grzi_separable){0};
}

static void field(const grzi_modes *modes, const grzi_fft *fft, const double complex *ball, const double *factor, double complex *spectrum,
                  double *values)
{
    grzi_modes_scatter(modes, ball, factor, spectrum);
    grzi_fft_backward(fft, spectrum, values);
}

/* One product of the sum: first[f] second[g], made symmetric. */
static void product(const grzi_modes *modes, const grzi_fft *fft, const double complex *f, const double complex *g, const double *first,
                    const double *second, double complex *spectrum, double *work, double *out)
{
    int64_t nodes = grzi_fft_nodes(fft);
    double *restrict a = work, *restrict b = work + nodes, *restrict to = out;
    field(modes, fft, f, first, spectrum, a);
    field(modes, fft, g, second, spectrum, b);
    for (int64_t x = 0; x < nodes; x++) to[x] = a[x] * b[x];
    field(modes, fft, g, first, spectrum, a);
    field(modes, fft, f, second, spectrum, b);
    for (int64_t x = 0; x < nodes; x++) to[x] = 0.5 * (to[x] + a[x] * b[x]);
}

/* The same for g = f by one complex transform: the spectrum (first + i second) fhat, first and second even, has the image first[f] + i second[f],
 * and the product is its real times its imaginary part. buffer is zero outside the ball. */
static void packed_product(const grzi_modes *modes, const grzi_fft *fft, const double complex *f, const double *first, const double *second,
                           double complex *buffer, double *out)
{
    int n = modes->padded;
    int64_t nodes = grzi_fft_nodes(fft);
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        int64_t plus = ((int64_t)((row->x + n) % n) * n + (row->y + n) % n) * n;
        int64_t minus = ((int64_t)((n - row->x) % n) * n + (n - row->y) % n) * n;
        const double *from = (const double *)(f + row->first), *by = first + row->first, *also = second ? second + row->first : NULL;
        double *at = (double *)(buffer + plus), *opposite = (double *)(buffer + minus);
        for (int z = 0; z < row->length; z++) {
            double a = by[z], b = also ? also[z] : 1, re = from[2 * z], im = from[2 * z + 1];
            at[2 * z] = a * re - b * im;
            at[2 * z + 1] = a * im + b * re;
            int64_t back = z == 0 ? 0 : 2 * (int64_t)(n - z);
            opposite[back] = a * re + b * im;
            opposite[back + 1] = b * re - a * im;
        }
    }
    double complex *image = buffer + nodes;
    grzi_fft_complex_backward(fft, buffer, image);
    const double *restrict v = (const double *)image;
    double *restrict to = out;
    for (int64_t x = 0; x < nodes; x++) to[x] = v[2 * x] * v[2 * x + 1];
}

void grzi_separable_apply(const grzi_separable *separable, const grzi_modes *modes, const grzi_fft *fft, int threads,
                          const double complex *f, const double complex *g, double complex *spectrum, double *fields, double *sum)
{
    int64_t nodes = grzi_fft_nodes(fft), size = grzi_separable_spectra(fft), count = modes->count;
    int terms = separable->has_landau ? 7 : 1;
    double *products = fields + 2 * threads * nodes;
#pragma omp parallel for num_threads(threads) schedule(static, 1)
    for (int chunk = 0; chunk < threads; chunk++) {
        if (f == g) memset(spectrum + chunk * size, 0, (size_t)nodes * sizeof *spectrum);
        for (int e = chunk; e < terms; e += threads) {
            const double *first = e < 6 && terms == 7 ? separable->tensor + e * count : separable->scalar;
            const double *second = e < 6 && terms == 7 ? separable->hessian + e * count : NULL;
            if (f == g)
                packed_product(modes, fft, f, first, second, spectrum + chunk * size, products + e * nodes);
            else
                product(modes, fft, f, g, first, second, spectrum + chunk * size, fields + 2 * chunk * nodes, products + e * nodes);
        }
    }
#pragma omp parallel for num_threads(threads) schedule(static)
    for (int64_t x = 0; x < nodes; x++) {
        double total = 0;
        for (int e = 0; e < terms; e++) total += products[e * nodes + x];
        sum[x] = total;
    }
}

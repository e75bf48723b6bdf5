#include "operator/spectral/separable.h"

#include "quadrature/quadrature.h"

#include <math.h>

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

/* tables: terms - 1 pairs (A_ij, off-diagonal ones doubled; -k_i k_j), then u. */
static void fill(const grzi_modes *modes, const grzi_columns *columns, const grzi_radial *radial, double *work, grzi_separable *separable)
{
    int64_t size = grzi_mode_entries(columns);
    int landau = separable->terms > 1;
    double *tables = separable->tables, *by_mode = work, *by_square = work + modes->count, unit = modes->unit;
    for (int s = 0; s < modes->limit; s++)
        transform(radial, unit * sqrt(s), by_square + 3 * s, by_square + 3 * s + 1, by_square + 3 * s + 2);
    for (int i = 0, e = 0; i < 3 && landau; i++)
        for (int j = i; j < 3; j++, e++)
            for (int part = 0; part < 2; part++) {
                for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++)
                    for (int z = 0; z < row->length; z++) {
                        int64_t m = row->first + z;
                        int square = modes->square[m], k[3] = {row->x, row->y, z};
                        double projection = square ? (double)k[i] * k[j] / square : 0, *t = by_square + 3 * square;
                        double A = i == j ? t[0] + t[1] * projection : 2 * t[1] * projection;
                        by_mode[m] = part == 0 ? A : -unit * unit * k[i] * k[j];
                    }
                grzi_columns_spread(columns, by_mode, tables + (2 * e + part) * size);
                *(part == 0 ? separable->first + e : separable->second + e) = tables + (2 * e + part) * size;
            }
    for (int64_t m = 0; m < modes->count; m++) {
        double *t = by_square + 3 * modes->square[m];
        by_mode[m] = unit * unit * modes->square[m] * (t[0] + t[1]) - t[2];
    }
    int last = separable->terms - 1;
    grzi_columns_spread(columns, by_mode, tables + 2 * last * size);
    separable->first[last] = tables + 2 * last * size;
    separable->second[last] = columns->inside;
}

grz_status grzi_separable_create(const grz_context *context, const grzi_modes *modes, const grzi_columns *columns,
                                 const grzi_radial *radial, grzi_separable *separable)
{
    grzi_separable made = {0};
    for (int i = 0; i < radial->count; i++) {
        if (radial->loss[i] != 0 && made.terms == 0) made.terms = 1;
        if (radial->landau[i] != 0) made.terms = GRZI_SEPARABLE_TERMS;
    }
    *separable = (grzi_separable){0};
    if (!made.terms) return GRZ_OK;
    double *work = grzi_allocate(context, modes->count + 3 * (int64_t)modes->limit, sizeof *work);
    made.tables = grzi_allocate(context, (2 * made.terms - 1) * grzi_mode_entries(columns), sizeof *made.tables);
    grz_status status = work && made.tables ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        fill(modes, columns, radial, work, &made);
        *separable = made;
    } else {
        grzi_separable_destroy(context, &made);
    }
    grzi_deallocate(context, work);
    return status;
}

void grzi_separable_destroy(const grz_context *context, grzi_separable *separable)
{
    grzi_deallocate(context, separable->tables);
    *separable = (grzi_separable){0};
}

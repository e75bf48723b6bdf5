#include "operator/spectral/separable.h"

#include "quadrature/quadrature.h"

#include <math.h>

/* int A_ij e^{-ik.z} dz = along delta_ij + across k_i k_j/|k|^2, from the angular mean of z_i z_j e^{-ik.z}/|z|^2,
 * delta_ij j_1(x)/x - k_i k_j/|k|^2 j_2(x); and the transform of the loss kernel. s^{gamma+4} ds = 4 r^2 weight, s = |z| = 2r. */
static void transform(const grzi_radial *radial, double k, double *along, double *across, double *loss)
{
    double a = 0, b = 0, g = 0;
    for (int i = 0; i < radial->count; i++) {
        double x = 2 * radial->r[i] * k, j[3], ratio;
        grzi_spherical_bessel(2, x, j);
        ratio = (j[0] + j[2]) / 3; /* j_1(x)/x */
        double w = 4 * GRZI_PI * radial->weight[i];
        double landau = 4 * radial->r[i] * radial->r[i] * radial->landau[i] * w;
        a += landau * (j[0] - ratio);
        b += landau * j[2];
        g += radial->loss[i] * w * j[0];
    }
    *along = a;
    *across = b;
    *loss = g;
}

/* Columns: f, k_x f, k_x^2 f; A_xx, across k_x/|k|^2, across/|k|^2, along; u. Or f and u alone. */
enum { F, F_X, F_XX, A_XX, B_X, B, ALONG, U };
enum { BY_Y, BY_Z, BY_YY, BY_YZ, BY_ZZ, PLAIN = -1, NONE = -1 };

static const grzi_separable_field LANDAU_FIRST[GRZI_SEPARABLE_TERMS] = {
    {A_XX, PLAIN, NONE}, {B_X, BY_Y, NONE}, {B_X, BY_Z, NONE}, {B, BY_YY, ALONG}, {B, BY_YZ, NONE}, {B, BY_ZZ, ALONG}, {U, PLAIN, NONE}};
static const grzi_separable_field LANDAU_SECOND[GRZI_SEPARABLE_TERMS] = {
    {F_XX, PLAIN, NONE}, {F_X, BY_Y, NONE}, {F_X, BY_Z, NONE}, {F, BY_YY, NONE}, {F, BY_YZ, NONE}, {F, BY_ZZ, NONE}, {F, PLAIN, NONE}};
static const int OF_YZ[GRZI_SEPARABLE_WEIGHTS][2] = {{1, 0}, {0, 1}, {2, 0}, {1, 1}, {0, 2}};

static double factor_of(int column, int x, int square, double unit, const double *t)
{
    const double across = square ? t[1] / square : 0, derivatives = -unit * unit;
    switch (column) {
    case F:
        return derivatives;
    case F_X:
        return derivatives * x;
    case F_XX:
        return derivatives * x * x;
    case A_XX:
        return t[0] + across * x * x;
    case B_X:
        return across * x;
    case B:
        return across;
    case ALONG:
        return t[0];
    default: /* u over the factor of f's column */
        return t[2] / (unit * unit) - square * (t[0] + t[1]);
    }
}

/* A term's two factors share a transform, and its rounding is that of the larger one. A factor 2^balance for what has the kernel, and its
 * inverse for the derivatives of f, makes them alike, second derivatives at half of the largest wave number. */
static int balance_of(const grzi_modes *modes, const double *t)
{
    double square = modes->unit * modes->unit, landau = fabs(t[0]) / (square * modes->limit / 4), loss = fabs(t[2]) / (square * square);
    int balance = 0;
    if (landau > 0 || loss > 0) frexp(1 / sqrt(fmax(landau, loss)), &balance);
    return balance;
}

static void fill(const grzi_modes *modes, const grzi_columns *columns, const grzi_radial *radial, double *work, grzi_separable *separable)
{
    double *by_mode = work, *by_square = work + modes->count, unit = modes->unit;
    int landau = separable->terms > 1;
    for (int s = 0; s < modes->limit; s++)
        transform(radial, unit * sqrt(s), by_square + 3 * s, by_square + 3 * s + 1, by_square + 3 * s + 2);
    int balance = balance_of(modes, by_square);
    for (int c = 0; c < separable->columns; c++) {
        int column = landau ? c : c == 0 ? F : U;
        double scale = ldexp(1, column <= F_XX ? -balance : balance);
        separable->odd[c] = column == F_X || column == B_X;
        for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++)
            for (int64_t m = row->first; m < row->first + row->length; m++)
                by_mode[m] = scale * factor_of(column, row->x, modes->square[m], unit, by_square + 3 * modes->square[m]);
        grzi_columns_spread(columns, by_mode, separable->factors + c * grzi_factor_array(columns));
    }
    for (int w = 0; w < GRZI_SEPARABLE_WEIGHTS; w++)
        grzi_columns_weight(columns, OF_YZ[w][0], OF_YZ[w][1], separable->weights + w * grzi_weight_array(columns));
    for (int e = 0; e < separable->terms; e++) {
        separable->first[e] = landau ? LANDAU_FIRST[e] : (grzi_separable_field){1, PLAIN, NONE};
        separable->second[e] = landau ? LANDAU_SECOND[e] : (grzi_separable_field){0, PLAIN, NONE};
        separable->times[e] = e == 1 || e == 2 || e == 4 ? 2 : 1; /* ij and ji */
    }
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
    made.columns = made.terms > 1 ? GRZI_SEPARABLE_COLUMNS : 2;
    double *work = grzi_allocate(context, modes->count + 3 * (int64_t)modes->limit, sizeof *work);
    made.factors = grzi_allocate(context, made.columns * grzi_factor_array(columns), sizeof *made.factors);
    made.weights = grzi_allocate(context, GRZI_SEPARABLE_WEIGHTS * grzi_weight_array(columns), sizeof *made.weights);
    grz_status status = work && made.factors && made.weights ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
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
    grzi_deallocate(context, separable->factors);
    grzi_deallocate(context, separable->weights);
    *separable = (grzi_separable){0};
}

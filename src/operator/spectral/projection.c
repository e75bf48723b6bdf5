#include "operator/spectral/projection.h"

#include "solve/solve.h"

#include <math.h>
#include <string.h>

/* Rows are taken eight numbers at a time, in pairs that any processor holds in registers: sums and maxima one by one would wait for each
 * other. */
enum { PAIRS = 4, LANES = 2 * PAIRS };
typedef double pair __attribute__((vector_size(16), aligned(8)));
typedef int64_t mask __attribute__((vector_size(16), aligned(8)));

static inline double sum_of(const pair x[PAIRS])
{
    pair sum = (x[0] + x[1]) + (x[2] + x[3]);
    return sum[0] + sum[1];
}

static inline pair larger_size(pair most, pair x)
{
    const mask sign = {INT64_MIN, INT64_MIN};
    pair size = (pair)((mask)x & ~sign);
    mask larger = size > most;
    return (pair)((larger & (mask)size) | (~larger & (mask)most));
}

static inline double largest(const pair x[PAIRS])
{
    double most = 0;
    for (int p = 0; p < PAIRS; p++) most = fmax(most, fmax(x[p][0], x[p][1]));
    return most;
}

/* Planes of a grid in turn. */
typedef struct planes {
    int n, measure;
    const double *f, *x, *w, *c; /* coordinates and weights by axis, coefficients of the correction */
    double *sums, *Q, *extremes; /* of planes: sums of 1, y, z, y^2 + z^2; largest change and value left */
} planes;

/* Over rows first, so that each node costs three operations. */
static void sum_plane(void *loop, int i, int member)
{
    const planes *t = loop;
    int n = t->n;
    const double *y = t->x + n, *z = t->x + 2 * n;
    double plane[4] = {0, 0, 0, 0};
    (void)member;
    for (int j = 0; j < n; j++) {
        const double *row = t->f + ((int64_t)i * n + j) * n;
        pair sum0[PAIRS] = {{0}}, sum1[PAIRS] = {{0}}, sum2[PAIRS] = {{0}};
        int k = 0;
        for (; k + LANES <= n; k += LANES)
            for (int p = 0; p < PAIRS; p++) {
                pair value = *(const pair *)(row + k + 2 * p), at = *(const pair *)(z + k + 2 * p), first = value * at;
                sum0[p] += value;
                sum1[p] += first;
                sum2[p] += first * at;
            }
        double s0 = sum_of(sum0), s1 = sum_of(sum1), s2 = sum_of(sum2);
        for (; k < n; k++) {
            double first = row[k] * z[k];
            s0 += row[k];
            s1 += first;
            s2 += first * z[k];
        }
        plane[0] += s0;
        plane[1] += s0 * y[j];
        plane[2] += s1;
        plane[3] += s0 * y[j] * y[j] + s2;
    }
    memcpy(t->sums + 4 * i, plane, sizeof plane);
}

/* Moments 1, x, y, z, and |.|^2 of f about centre, in units of scale. work: coordinates by axis, 3n, and sums over planes, 4n. */
static void sums(const grz_grid *grid, grzi_crew *crew, const double *f, const double *centre, double scale, double *work,
                 double moments[5])
{
    int n = grid->n;
    const double *x = work;
    planes t = {.n = n, .f = f, .x = work, .sums = work + 3 * n};
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < n; i++) work[axis * n + i] = (grzi_grid_node(grid, axis, i) - centre[axis]) / scale;
    grzi_crew_loop(crew, n, sum_plane, &t);
    memset(moments, 0, 5 * sizeof *moments);
    for (int i = 0; i < n; i++) {
        const double *plane = t.sums + 4 * i;
        moments[0] += plane[0];
        moments[1] += plane[0] * x[i];
        moments[2] += plane[1];
        moments[3] += plane[2];
        moments[4] += plane[0] * x[i] * x[i] + plane[3];
    }
}

int grzi_spectral_maxwellian(const grz_grid *grid, grzi_crew *crew, const double *f, double *work, grzi_maxwellian *maxwellian)
{
    double m[5], L = grid->half_width;
    sums(grid, crew, f, grid->centre, L, work, m);
    double rho = m[0] * grzi_grid_cell(grid), u[3] = {m[1] / m[0], m[2] / m[0], m[3] / m[0]};
    double T = (m[4] / m[0] - u[0] * u[0] - u[1] * u[1] - u[2] * u[2]) / 3;
    int good = rho > 0 && T > 0 && isfinite(rho) && T < 1 && fabs(u[0]) < 1 && fabs(u[1]) < 1 && fabs(u[2]) < 1;
    *maxwellian = (grzi_maxwellian){.rho = good ? rho : 1, .T = L * L * (good ? fmax(T, pow(grid->spacing / L, 2) / 4) : 1.0 / 16)};
    for (int a = 0; a < 3; a++) maxwellian->u[a] = grid->centre[a] + (good ? L * u[a] : 0);
    return good;
}

/* Gram matrix of 1, x, y, z, |.|^2 under a product weight, from the axes' moments. */
static void gram(int n, const double *x, const double *w, double matrix[25])
{
    double m[3][5] = {{0}};
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < n; i++) {
            double power = w[axis * n + i];
            for (int p = 0; p < 5; p++, power *= x[axis * n + i]) m[axis][p] += power;
        }
    /* functions as sums of monomials */
    static const int monomials[5][3][3] = {{{0, 0, 0}}, {{1, 0, 0}}, {{0, 1, 0}}, {{0, 0, 1}}, {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}}};
    static const int terms[5] = {1, 1, 1, 1, 3};
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < 5; b++) {
            double sum = 0;
            for (int s = 0; s < terms[a]; s++)
                for (int t = 0; t < terms[b]; t++) {
                    double product = 1;
                    for (int axis = 0; axis < 3; axis++) product *= m[axis][monomials[a][s][axis] + monomials[b][t][axis]];
                    sum += product;
                }
            matrix[a * 5 + b] = sum;
        }
}

/* Plane i -= W (a + b.v + c |v|^2); where asked, the largest change and value left. */
static void subtract(int n, const double c[5], const double *x, const double *w, int i, int measure, double *Q, double *change,
                     double *left)
{
    pair most[PAIRS] = {{0}}, rest[PAIRS] = {{0}};
    double most_of_tail = 0, rest_of_tail = 0;
    for (int j = 0; j < n; j++) {
        double factor = w[i] * w[n + j], base = c[0] + c[1] * x[i] + c[2] * x[n + j] + c[4] * (x[i] * x[i] + x[n + j] * x[n + j]);
        double *row = Q + ((int64_t)i * n + j) * n;
        int k = 0;
        for (; k + LANES <= n; k += LANES)
            for (int p = 0; p < PAIRS; p++) {
                pair z = *(const pair *)(x + 2 * n + k + 2 * p), *at = (pair *)(row + k + 2 * p);
                pair d = factor * *(const pair *)(w + 2 * n + k + 2 * p) * (base + z * (c[3] + c[4] * z)), value = *at - d;
                *at = value;
                if (!measure) continue;
                most[p] = larger_size(most[p], d);
                rest[p] = larger_size(rest[p], value);
            }
        for (; k < n; k++) {
            double z = x[2 * n + k], d = factor * w[2 * n + k] * (base + z * (c[3] + c[4] * z));
            row[k] -= d;
            most_of_tail = fabs(d) > most_of_tail ? fabs(d) : most_of_tail;
            rest_of_tail = fabs(row[k]) > rest_of_tail ? fabs(row[k]) : rest_of_tail;
        }
    }
    *change = fmax(largest(most), most_of_tail);
    *left = fmax(largest(rest), rest_of_tail);
}

static void correct_plane(void *loop, int i, int member)
{
    const planes *t = loop;
    (void)member;
    subtract(t->n, t->c, t->x, t->w, i, t->measure, t->Q, t->extremes + 2 * i, t->extremes + 2 * i + 1);
}

grz_status grzi_project(const grz_context *context, const grz_grid *grid, grzi_crew *crew, double *work, double *Q, double *size)
{
    int n = grid->n;
    grzi_maxwellian wide = {.rho = 1, .T = grid->half_width * grid->half_width / 9};
    memcpy(wide.u, grid->centre, sizeof wide.u);
    double scale = sqrt(wide.T), *x = work, *w = work + 7 * n, *extremes = work + 10 * n, matrix[25];
    grzi_maxwellian_axes(grid, &wide, w);
    for (int axis = 0; axis < 3; axis++) {
        double norm = 0;
        for (int i = 0; i < n; i++) norm += w[axis * n + i];
        for (int i = 0; i < n; i++) w[axis * n + i] /= norm;
    }
    int info = 0;
    /* A second pass removes what rounding left of the first. */
    for (int pass = 0; pass < 2; pass++) {
        double c[5], change = 0, left = 0;
        sums(grid, crew, Q, wide.u, scale, x, c);
        if (pass == 0) {
            gram(n, x, w, matrix);
            info = grzi_cholesky(5, matrix);
        }
        if (info != 0)
            return grzi_fail(context, GRZ_ERROR_INTERNAL, "conservation projection: the moments' matrix is singular (row %d)", info - 1);
        grzi_cholesky_solve(5, matrix, c);
        planes t = {.n = n, .measure = pass == 0, .x = x, .w = w, .c = c, .Q = Q, .extremes = extremes};
        grzi_crew_loop(crew, n, correct_plane, &t);
        if (pass > 0) continue;
        for (int i = 0; i < n; i++) {
            change = fmax(change, extremes[2 * i]);
            left = fmax(left, extremes[2 * i + 1]);
        }
        *size = left > 0 ? change / left : 0;
    }
    return GRZ_OK;
}

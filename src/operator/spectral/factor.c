/* The normal equations of the fit and their Cholesky factor. Unknown (p, i <= j) multiplies alpha_p(k) s_ij(l, m), s_ij = beta_i beta_j' +
 * beta_j beta_i' (half of it for i = j). With G_pq(a, b) = sum over the window of weight alpha_p alpha_q, the matrix is assembled from
 * H_pq[ii', jj'] = sum_ab beta_i beta_i'(a) G_pq(a, b) beta_j beta_j'(b), two small products per (p, q): nothing of the size of the rows
 * times the unknowns is ever formed. */
#include "operator/spectral/factor.h"

#include "solve/tiled.h"

#include <math.h>
#include <string.h>

/* Row sums of the ridge must stay below what the data can say and above rounding. */
static const double RIDGE = 1e-14;

enum { STRIP = 48 };

typedef struct assembly {
    const grzi_factor *factor;
    const grzi_fit_rows *rows;
    int pairs, threads;   /* pairs: of indices i <= j */
    const int32_t *index; /* inputs * inputs: pair of (i, j) */
    const int32_t *low, *high;
    const double *products; /* sides * pairs: beta_i beta_j */
    double *G, *X, *H;
} assembly;

static void form_H(const assembly *t, int p, int q)
{
    const grzi_cone *cone = &t->rows->cone;
    int sides = cone->sides, outputs = t->factor->shape.outputs;
    int64_t pair = 0;
    for (int a = 0; a < sides; a++)
        for (int b = a; b < sides; b++, pair++) {
            const double *rows = t->rows->alpha + pair * cone->windows * outputs;
            double sum = 0;
            for (int c = 0; c < cone->windows; c++) sum += rows[c * outputs + p] * rows[c * outputs + q];
            if (a < b) sum *= 0.5; /* both orders count once in the full sum */
            t->G[a * sides + b] = t->G[b * sides + a] = sum;
        }
    int pairs = t->pairs;
    const grzi_matrix products = grzi_rows(t->products, pairs), transposed = grzi_columns_of(t->products, pairs);
    grzi_multiply(sides, pairs, sides, grzi_rows(t->G, sides), products, 0, t->X, pairs);
#pragma omp parallel for num_threads(t->threads) schedule(static, 1)
    for (int from = 0; from < pairs; from += STRIP) { /* rows up to the diagonal, which mirror the others */
        int count = pairs - from < STRIP ? pairs - from : STRIP;
        grzi_matrix rows = {transposed.entries + from * transposed.row, transposed.row, transposed.column};
        grzi_multiply(count, from + count, sides, rows, grzi_rows(t->X, pairs), 0, t->H + (int64_t)from * pairs, pairs);
        for (int row = from; row < from + count; row++)
            for (int column = 0; column < from; column++) t->H[(int64_t)column * pairs + row] = t->H[(int64_t)row * pairs + column];
    }
}

static inline double entry(const assembly *t, int row, int column)
{
    int n = t->factor->shape.inputs, i = t->low[row], j = t->high[row], k = t->low[column], l = t->high[column];
    const int32_t *x = t->index;
    double v = t->H[(int64_t)x[i * n + k] * t->pairs + x[j * n + l]] + t->H[(int64_t)x[i * n + l] * t->pairs + x[j * n + k]];
    return 2 * v * (i == j ? 0.5 : 1) * (k == l ? 0.5 : 1);
}

static grz_status assemble(const grz_context *context, assembly *t, grzi_factor *factor, double share)
{
    int outputs = factor->shape.outputs, pairs = t->pairs;
    for (int p = 0; p < outputs; p++) {
        form_H(t, p, p);
        for (int row = 0; row < pairs; row++) factor->scale[p * pairs + row] = 1 / sqrt(entry(t, row, row));
    }
    for (int p = 0; p < outputs; p++) {
        for (int q = 0; q <= p; q++) {
            form_H(t, p, q);
#pragma omp parallel for num_threads(t->threads) schedule(static, 8)
            for (int row = 0; row < pairs; row++) {
                int last = p == q ? row : pairs - 1;
                int64_t i = (int64_t)p * pairs + row;
                for (int column = 0; column <= last; column++) {
                    int64_t j = (int64_t)q * pairs + column;
                    factor->cholesky[grzi_tiled_index(i, j)] = entry(t, row, column) * factor->scale[i] * factor->scale[j];
                }
                if (p == q) factor->cholesky[grzi_tiled_index(i, i)] += RIDGE;
            }
        }
        GRZI_TRY(
            grzi_report_progress(context, "spectral fit: normal equations", share * (p + 1.0) * (p + 2) / (outputs * (outputs + 1.0))));
    }
    return GRZ_OK;
}

static void index_pairs(int inputs, int32_t *index, int32_t *low, int32_t *high)
{
    int pair = 0;
    for (int i = 0; i < inputs; i++)
        for (int j = i; j < inputs; j++, pair++) {
            index[i * inputs + j] = index[j * inputs + i] = pair;
            low[pair] = i;
            high[pair] = j;
        }
}

static grz_status factorise(const grz_context *context, assembly *t, grzi_factor *factor)
{
    double share = 10.0 / (10 + factor->shape.outputs * 0.5);
    GRZI_TRY(assemble(context, t, factor, share));
    int64_t row;
    grzi_tiled_fill(factor->unknowns, factor->cholesky);
    GRZI_TRY(grzi_tiled_factorise(context, factor->unknowns, "spectral fit: normal equations", share, factor->cholesky, &row));
    if (row != 0)
        return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "spectral fit: normal equations of %lld unknowns singular at row %lld",
                         (long long)factor->unknowns, (long long)row);
    return grzi_report_progress(context, "spectral fit: normal equations", 1);
}

grz_status grzi_factor_compute(const grz_context *context, grzi_factor *factor)
{
    int inputs = factor->shape.inputs, sides = factor->shape.sides, pairs = inputs * (inputs + 1) / 2;
    grzi_fit_rows rows;
    GRZI_TRY(grzi_fit_rows_create(context, &factor->shape, &factor->alpha, &factor->beta, 1, &rows));
    assembly t = {.factor = factor, .rows = &rows, .pairs = pairs, .threads = grzi_threads(context)};
    int32_t *index = grzi_allocate(context, (int64_t)inputs * inputs + 2 * pairs, sizeof *index);
    double *work = grzi_allocate(context, 2 * (int64_t)sides * pairs + (int64_t)pairs * pairs + (int64_t)sides * sides, sizeof *work);
    grz_status status = index && work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        int32_t *low = index + inputs * inputs, *high = low + pairs;
        index_pairs(inputs, index, low, high);
        for (int a = 0; a < sides; a++)
            for (int row = 0; row < pairs; row++)
                work[(int64_t)a * pairs + row] = rows.beta[a * inputs + low[row]] * rows.beta[a * inputs + high[row]];
        t.index = index;
        t.low = low;
        t.high = high;
        t.products = work;
        t.X = work + (int64_t)sides * pairs;
        t.H = t.X + (int64_t)sides * pairs;
        t.G = t.H + (int64_t)pairs * pairs;
        status = factorise(context, &t, factor);
    }
    grzi_deallocate(context, index);
    grzi_deallocate(context, work);
    grzi_fit_rows_destroy(context, &rows);
    return status;
}

int grzi_fit_windows(int outputs)
{
    return (int)ceil(2.3 * outputs);
}

grz_status grzi_factor_allocate(const grz_context *context, const grzi_fit_shape *shape, grzi_factor **out)
{
    grzi_factor *factor = grzi_allocate_zeroed(context, 1, sizeof *factor);
    if (!factor) return GRZ_ERROR_OUT_OF_MEMORY;
    factor->references = 1;
    factor->shape = *shape;
    factor->unknowns = (int64_t)shape->outputs * shape->inputs * (shape->inputs + 1) / 2;
    factor->scale = grzi_allocate(context, factor->unknowns, sizeof(double));
    factor->cholesky = grzi_allocate(context, grzi_tiled_doubles(factor->unknowns), sizeof(double));
    grz_status status = factor->scale && factor->cholesky ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    /* alpha lives where the marginal in k does, beta under the amplitude times the measure's l; bands: r <= R and 2r <= 2R */
    if (status == GRZ_OK)
        status = grzi_basis_create(context, shape->outputs, shape->bandwidth, shape->decay / 2, shape->floor, -1, &factor->alpha);
    if (status == GRZ_OK)
        status = grzi_basis_create(context, shape->inputs, 2 * shape->bandwidth, shape->decay, shape->floor, 0.03, &factor->beta);
    if (status != GRZ_OK) {
        grzi_factor_free(context, factor);
        return status;
    }
    *out = factor;
    return GRZ_OK;
}

void grzi_factor_free(const grz_context *context, grzi_factor *factor)
{
    if (!factor) return;
    grzi_basis_destroy(context, &factor->alpha);
    grzi_basis_destroy(context, &factor->beta);
    grzi_deallocate(context, factor->scale);
    grzi_deallocate(context, factor->cholesky);
    grzi_deallocate(context, factor);
}

void grzi_factor_solve(const grz_context *context, const grzi_factor *factor, const double *y, double *work, double *x)
{
    int64_t n = factor->unknowns, padded = grzi_factor_work(factor);
    for (int64_t i = 0; i < n; i++) work[i] = factor->scale[i] * y[i];
    for (int64_t i = n; i < padded; i++) work[i] = 0;
    grzi_tiled_solve(context, n, factor->cholesky, work);
    for (int64_t i = 0; i < n; i++) x[i] = factor->scale[i] * work[i];
}

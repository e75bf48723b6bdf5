#include "operator/spectral/basis.h"

#include "quadrature/quadrature.h"
#include "solve/lapack.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

static double weight_at(double x, double decay, double floor, double offset)
{
    return (exp(-decay * x * x) + floor) * (offset < 0 ? 1 : x + offset);
}

typedef struct scratch {
    int nodes, frequencies;
    double *x, *w, *c, *wc, *A, *U, *s, *work, *legendre;
    int work_size, info;
} scratch;

/* Left singular vectors of A (column-major nodes x frequencies) into U. */
static void singular_vectors(void *user)
{
    scratch *t = user;
    double none;
    t->info = LAPACKE_dgesvd_work(LAPACK_COL_MAJOR, 'S', 'N', t->nodes, t->frequencies, t->A, t->nodes, t->s, t->U, t->nodes, &none, 1,
                                  t->work, t->work_size);
}

static grz_status decompose(const grz_context *context, scratch *t)
{
    GRZI_TRY(grzi_run_lapack(context, singular_vectors, t));
    if (t->info != 0) return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "spectral basis: dgesvd returned %d", t->info);
    return GRZ_OK;
}

static grz_status fill(const grz_context *context, double bandwidth, double decay, double floor, double offset, scratch *t,
                       grzi_basis *basis)
{
    GRZI_TRY(grzi_gauss_jacobi(context, t->nodes, 0, 0, t->x, t->w));
    GRZI_TRY(grzi_gauss_jacobi(context, t->frequencies, 0, 0, t->c, t->wc));
    for (int j = 0; j < t->frequencies; j++)
        for (int i = 0; i < t->nodes; i++)
            t->A[i + (size_t)j * t->nodes] =
                sqrt(t->wc[j] * t->w[i]) * weight_at(t->x[i], decay, floor, offset) * cos(bandwidth * t->c[j] * t->x[i]);
    GRZI_TRY(decompose(context, t));
    /* Legendre coefficients (2l + 1) int_0^1 g P_l of the functions g = u/(sqrt(w) weight), even l. */
    memset(basis->coefficients, 0, (size_t)basis->terms * basis->count * sizeof(double));
    for (int i = 0; i < t->nodes; i++) {
        grzi_legendre(2 * basis->terms - 2, t->x[i], t->legendre);
        double scale = sqrt(t->w[i]) / weight_at(t->x[i], decay, floor, offset);
        for (int l = 0; l < basis->terms; l++)
            for (int b = 0; b < basis->count; b++)
                basis->coefficients[l * basis->count + b] += (4 * l + 1) * t->legendre[2 * l] * scale * t->U[i + (size_t)b * t->nodes];
    }
    return GRZ_OK;
}

int grzi_basis_terms(int count, double bandwidth)
{
    return (int)ceil(0.75 * bandwidth) + count / 2 + 20;
}

grz_status grzi_basis_create(const grz_context *context, int count, double bandwidth, double decay, double floor, double offset,
                             grzi_basis *basis)
{
    grzi_basis made = {.count = count, .terms = grzi_basis_terms(count, bandwidth)};
    scratch t = {.nodes = 2 * made.terms, .frequencies = (int)ceil(bandwidth / 2) + count + 20};
    if (t.frequencies > t.nodes) t.frequencies = t.nodes;
    t.work_size = 8 * (t.nodes + t.frequencies) + 64 * t.nodes;
    int64_t product = (int64_t)t.nodes * t.frequencies;
    *basis = (grzi_basis){0};
    made.coefficients = grzi_allocate(context, (int64_t)made.terms * count, sizeof(double));
    t.x = grzi_allocate(context, 2 * t.nodes + 3 * t.frequencies + 2 * product + t.work_size + 2 * made.terms, sizeof(double));
    grz_status status = made.coefficients && t.x ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        t.w = t.x + t.nodes;
        t.c = t.w + t.nodes;
        t.wc = t.c + t.frequencies;
        t.s = t.wc + t.frequencies;
        t.A = t.s + t.frequencies;
        t.U = t.A + product;
        t.work = t.U + product;
        t.legendre = t.work + t.work_size;
        status = fill(context, bandwidth, decay, floor, offset, &t, &made);
    }
    grzi_deallocate(context, t.x);
    if (status != GRZ_OK) {
        grzi_basis_destroy(context, &made);
        return status;
    }
    *basis = made;
    return GRZ_OK;
}

void grzi_basis_destroy(const grz_context *context, grzi_basis *basis)
{
    grzi_deallocate(context, basis->coefficients);
    *basis = (grzi_basis){0};
}

enum { BLOCK = 64 };

int64_t grzi_basis_work(const grzi_basis *basis)
{
    return (basis->terms + 3) * (int64_t)BLOCK;
}

/* P_0, P_2, .. at size <= BLOCK points, side by side for the vector units. */
static void even_legendre(int terms, int size, const double *restrict x, double *restrict before, double *restrict here, double *restrict P)
{
    for (int i = 0; i < size; i++) {
        before[i] = 0;
        P[i] = here[i] = 1;
    }
    for (int l = 0; l < 2 * terms - 2; l++) {
        double ratio = l / (l + 1.0), *restrict row = P + (int64_t)(l + 1) / 2 * BLOCK;
        for (int i = 0; i < size; i++) {
            double t = x[i] * here[i], next = t + (t - before[i]) * ratio;
            before[i] = here[i];
            here[i] = next;
        }
        if (l % 2)
            for (int i = 0; i < size; i++) row[i] = here[i];
    }
}

void grzi_basis_values(const grzi_basis *basis, int64_t size, const double *x, double *work, double *values)
{
    int n = basis->count;
    for (int64_t first = 0; first < size; first += BLOCK) {
        int count = size - first < BLOCK ? (int)(size - first) : BLOCK;
        even_legendre(basis->terms, count, x + first, work, work + BLOCK, work + 2 * BLOCK);
        grzi_multiply(count, n, basis->terms, grzi_columns_of(work + 2 * BLOCK, BLOCK), grzi_rows(basis->coefficients, n), 0,
                      values + first * n, n);
    }
}

grz_status grzi_basis_orthonormalise(const grz_context *context, grzi_basis *basis, double *gram)
{
    int n = basis->count;
    double trace = 0;
    for (int i = 0; i < n; i++) trace += gram[i * n + i];
    for (int i = 0; i < n; i++) gram[i * n + i] += 1e-15 * trace;
    /* gram = L L^T; new functions = old L^{-T} */
    int failed = grzi_cholesky(n, gram);
    if (failed)
        return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "spectral basis: Gram matrix not positive definite at row %d", failed - 1);
    for (int l = 0; l < basis->terms; l++) {
        double *x = basis->coefficients + (int64_t)l * n;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) x[j] -= x[k] * gram[j * n + k];
            x[j] /= gram[j * n + j];
        }
    }
    return GRZ_OK;
}

/* The largest rate of an operator linearised at f, by Arnoldi's process: what bounds the step of an explicit method. */
#include "operator.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

enum { STEPS = 14 };

typedef struct rate_search {
    grz_operator *op;
    const double *f;
    double *root, *in; /* entropic: f^{1/2}, and what K_f is applied to */
} rate_search;

/* Spectral: y = -2 Q(f, x). Entropic: y = f^{-1/2} K_f f^{-1/2} x, similar to the derivative of -Q at equilibrium. */
static grz_status apply_linearised(const rate_search *s, int64_t count, const double *x, double *y)
{
    if (!s->root) {
        GRZI_TRY(s->op->method->apply_bilinear(s->op, s->f, x, y));
        for (int64_t i = 0; i < count; i++) y[i] *= -2;
        return GRZ_OK;
    }
    for (int64_t i = 0; i < count; i++) s->in[i] = x[i] / s->root[i];
    GRZI_TRY(s->op->method->onsager(s->op, s->f, s->in, y));
    for (int64_t i = 0; i < count; i++) y[i] /= s->root[i];
    return GRZ_OK;
}

static double dot(int64_t count, const double *x, const double *y)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += x[i] * y[i];
    return sum;
}

/* Noise, the same in every call, where f is: what decays fastest is of the scale of the grid. */
static void start(int64_t count, const double *f, double *x)
{
    uint64_t state = 88172645463325252u;
    double largest = 0, norm = 0;
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, fabs(f[i]));
    for (int64_t i = 0; i < count; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        x[i] = ((double)(state >> 11) * 0x1p-52 - 1) * (sqrt(fabs(f[i]) / largest) + 1e-3);
        norm += x[i] * x[i];
    }
    for (int64_t i = 0; i < count; i++) x[i] /= sqrt(norm);
}

static grz_status largest_eigenvalue(const grz_context *context, int size, double *H, double *rate)
{
    double real[STEPS], imaginary[STEPS], work[16 * STEPS];
    int info = LAPACKE_dhseqr_work(LAPACK_COL_MAJOR, 'E', 'N', size, 1, size, H, STEPS, real, imaginary, NULL, 1, work, 16 * STEPS);
    if (info != 0)
        return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "grz_operator_largest_rate: no eigenvalues of a %d x %d matrix", size, size);
    *rate = 0;
    for (int i = 0; i < size; i++) *rate = fmax(*rate, hypot(real[i], imaginary[i]));
    return GRZ_OK;
}

/* basis: (STEPS + 1) n^3. */
static grz_status search(const rate_search *s, int64_t count, double *basis, double *rate)
{
    double H[STEPS * STEPS] = {0};
    int size = 0;
    start(count, s->f, basis);
    while (size < STEPS) {
        double *next = basis + (size + 1) * count;
        GRZI_TRY(apply_linearised(s, count, basis + size * count, next));
        for (int twice = 0; twice < 2; twice++)
            for (int k = 0; k <= size; k++) {
                double *v = basis + k * count, part = dot(count, v, next);
                H[size * STEPS + k] += part;
                for (int64_t i = 0; i < count; i++) next[i] -= part * v[i];
            }
        double norm = sqrt(dot(count, next, next));
        if (!isfinite(norm))
            return grzi_fail(s->op->context, GRZ_ERROR_NOT_REPRESENTABLE, "grz_operator_largest_rate: the rates overflow: f is too large");
        size++;
        if (size == STEPS || !(norm > 1e-12 * fabs(H[(size - 1) * STEPS + size - 1]))) break;
        H[(size - 1) * STEPS + size] = norm;
        for (int64_t i = 0; i < count; i++) next[i] /= norm;
    }
    return largest_eigenvalue(s->op->context, size, H, rate);
}

grz_status grz_operator_largest_rate(grz_operator *op, const double *f, double *rate)
{
    static const char *const function = "grz_operator_largest_rate";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_check_pointer(op->context, function, "rate", rate));
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_operator_ready(op));
    const int64_t count = grzi_grid_count(op->grid);
    double found = 0, largest = 0;
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, fabs(f[i]));
    if (largest == 0) {
        *rate = 0;
        return GRZ_OK;
    }
    double *work = grzi_allocate(op->context, (STEPS + 3) * count, sizeof *work), *rest = work + (STEPS + 1) * count;
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    rate_search s = {.op = op, .f = f};
    if (!op->method->apply_bilinear) {
        s.root = rest, s.in = rest + count;
        for (int64_t i = 0; i < count; i++) s.root[i] = sqrt(f[i]);
    }
    grz_status status = search(&s, count, work, &found);
    grzi_deallocate(op->context, work);
    if (status == GRZ_OK) *rate = found;
    return status;
}

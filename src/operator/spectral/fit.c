/* The solve: conjugate gradients on the least-squares problem, preconditioned by the factored regularised normal equations. A dozen
 * iterations recover what the ridge and the squared condition number of the normal equations cost. */
#include "operator/spectral/fit.h"

#include "operator/spectral/model.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { MAX_ITERATIONS = 6 };

static double dot(int64_t n, const double *a, const double *b)
{
    return grzi_dot_by_blocks(1024, n, a, b);
}

static grz_status fill_right_side(const grz_context *context, const grzi_cone *cone, const grzi_bhat *bhat, int threads, double *y,
                                  double *whole)
{
    int64_t work = grzi_bhat_work(bhat), chunks = cone->sides;
    double *scratch = grzi_allocate(context, threads * work, sizeof *scratch);
    double *norms = grzi_allocate_zeroed(context, chunks, sizeof *norms);
    grz_status status = scratch && norms ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    int step = (int)(chunks + 7) / 8;
    for (int first = 0; first < cone->sides && status == GRZ_OK; first += step) {
        int last = first + step < cone->sides ? first + step : cone->sides;
#pragma omp parallel for num_threads(threads) schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++)
            for (int a = first + chunk; a < last; a += threads)
                for (int b = a; b < cone->sides; b++) {
                    int64_t pair = (int64_t)a * cone->sides - (int64_t)a * (a - 1) / 2 + (b - a);
                    for (int c = 0; c < cone->windows; c++) {
                        int64_t node = pair * cone->windows + c;
                        double rest, all;
                        grzi_bhat_value(bhat, cone->k[node], cone->side[a], cone->side[b], scratch + chunk * work, &rest, &all);
                        y[node] = rest * cone->root_weight[node];
                        norms[a] += pow(all * cone->root_weight[node], 2);
                    }
                }
        status = grzi_report_progress(context, "spectral fit: kernel", (double)last / cone->sides);
    }
    *whole = 0;
    for (int64_t a = 0; a < chunks && norms; a++) *whole += norms[a];
    *whole = sqrt(*whole);
    grzi_deallocate(context, scratch);
    grzi_deallocate(context, norms);
    return status;
}

static grz_status iterate(const grz_context *context, const grzi_fit_model *t, const grzi_factor *factor, int64_t nodes, double *y,
                          double *x, double *work, double *residual, int *iterations)
{
    int64_t n = factor->unknowns;
    double *gradient = work, *z = gradient + n, *p = z + n, *image = p + n;
    memset(x, 0, (size_t)n * sizeof *x);
    double start = sqrt(dot(nodes, y, y)), last = start;
    *residual = start;
    *iterations = 0;
    if (start == 0) return GRZ_OK;
    grzi_fit_adjoint(t, y, gradient);
    grzi_factor_solve(context, factor, gradient, t->solving, z);
    memcpy(p, z, (size_t)n * sizeof *p);
    double gz = dot(n, gradient, z);
    for (int k = 0; k < MAX_ITERATIONS && gz > 0; k++) {
        grzi_fit_forward(t, p, image);
        double curvature = dot(nodes, image, image);
        if (!(curvature > 0)) break;
        double step = gz / curvature;
        for (int64_t i = 0; i < n; i++) x[i] += step * p[i];
        for (int64_t i = 0; i < nodes; i++) y[i] -= step * image[i];
        *residual = sqrt(dot(nodes, y, y));
        *iterations = k + 1;
        if (*residual > 0.95 * last) break;
        last = *residual;
        grzi_fit_adjoint(t, y, gradient);
        grzi_factor_solve(context, factor, gradient, t->solving, z);
        double next = dot(n, gradient, z), ratio = next / gz;
        for (int64_t i = 0; i < n; i++) p[i] = z[i] + ratio * p[i];
        gz = next;
        GRZI_TRY(grzi_report_progress(context, "spectral fit: solve", (k + 1.0) / MAX_ITERATIONS));
    }
    return GRZ_OK;
}

static double uniform(uint64_t *state) /* a fixed sequence: the same points in every run */
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Weighted error on points drawn from the cone, none of them a node of the fit. */
static grz_status validate(const grz_context *context, const grzi_bhat *bhat, const grzi_fit_shape *shape, grzi_fit *fit)
{
    enum { POINTS = 2000 };
    int64_t size = grzi_bhat_work(bhat), legendre_size = grzi_basis_work(&fit->alpha) + grzi_basis_work(&fit->beta);
    double *work = grzi_allocate(context, size + legendre_size + fit->outputs + 2 * fit->inputs, sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    double *scratch = work, *legendre = scratch + size, *A = legendre + legendre_size, *L = A + fit->outputs, *M = L + fit->inputs;
    double wrong = 0, all = 0;
    uint64_t state = 20260731;
    for (int point = 0; point < POINTS; point++) {
        double l = uniform(&state), m = uniform(&state), low = fabs(l - m), high = fmin(l + m, 1), k = low + (high - low) * uniform(&state);
        double w = (high - low) * grzi_cone_weight(shape->decay, shape->floor, k, l, m);
        double rest, whole, model = 0;
        grzi_bhat_value(bhat, k, l, m, scratch, &rest, &whole);
        grzi_basis_values(&fit->alpha, 1, &k, legendre, A);
        grzi_basis_values(&fit->beta, 1, &l, legendre, L);
        grzi_basis_values(&fit->beta, 1, &m, legendre, M);
        const double *c = fit->coefficients;
        for (int i = 0; i < fit->inputs; i++)
            for (int j = i; j < fit->inputs; j++, c += fit->outputs) {
                double product = 0.5 * (L[i] * M[j] + L[j] * M[i]);
                for (int p = 0; p < fit->outputs; p++) model += c[p] * A[p] * product;
            }
        wrong += w * (model - rest) * (model - rest);
        all += w * whole * whole;
    }
    fit->error = all > 0 ? sqrt(wrong / all) : 0;
    grzi_deallocate(context, work);
    return GRZ_OK;
}

static grz_status copy_basis(const grz_context *context, const grzi_basis *from, grzi_basis *to)
{
    *to = *from;
    to->coefficients = grzi_allocate(context, (int64_t)from->terms * from->count, sizeof(double));
    if (!to->coefficients) return GRZ_ERROR_OUT_OF_MEMORY;
    memcpy(to->coefficients, from->coefficients, (size_t)from->terms * from->count * sizeof(double));
    return GRZ_OK;
}

static grz_status solve(grz_context *context, const grzi_factor *factor, const grzi_bhat *bhat, const grzi_fit_rows *rows, grzi_fit *fit)
{
    int inputs = fit->inputs, outputs = fit->outputs, pairs = inputs * (inputs + 1) / 2, threads = grzi_threads(context);
    int sides = rows->cone.sides;
    int64_t nodes = rows->cone.pairs * rows->cone.windows, n = factor->unknowns;
    int64_t solving = grzi_factor_work(factor),
            sizes = solving + 2 * nodes + 4 * n + (int64_t)inputs * inputs + (int64_t)sides * inputs + (int64_t)outputs * sides * sides;
    double *memory = grzi_allocate(context, sizes, sizeof *memory);
    if (!memory) return GRZ_ERROR_OUT_OF_MEMORY;
    double *y = memory + solving, *x = y + nodes, *work = x + n; /* gradient, z, p: n each, image: nodes */
    double *square = work + 3 * n + nodes, *half = square + (int64_t)inputs * inputs;
    grzi_fit_model t = {.rows = rows,
                        .solving = memory,
                        .outputs = outputs,
                        .inputs = inputs,
                        .pairs = pairs,
                        .threads = threads,
                        .square = square,
                        .half = half};
    t.sheets = half + (int64_t)sides * inputs;
    double whole, residual;
    grz_status status = fill_right_side(context, &rows->cone, bhat, threads, y, &whole);
    if (status == GRZ_OK) status = iterate(context, &t, factor, nodes, y, x, work, &residual, &fit->iterations);
    if (status == GRZ_OK) {
        fit->residual = whole > 0 ? residual / whole : 0;
        for (int p = 0; p < outputs; p++) {
            const double *c = x + (int64_t)p * pairs;
            for (int i = 0, pair = 0; i < inputs; i++)
                for (int j = i; j < inputs; j++, pair++) fit->coefficients[(int64_t)pair * outputs + p] = (i == j ? 1 : 2) * c[pair];
        }
    }
    grzi_deallocate(context, memory);
    return status;
}

grz_status grzi_fit_create(grz_context *context, const grzi_fit_shape *shape, const grzi_radial *radial, double kappa, grzi_fit *fit)
{
    grzi_factor *factor;
    *fit = (grzi_fit){0};
    GRZI_TRY(grzi_factor_get(context, shape, &factor));
    grzi_fit made = {.outputs = shape->outputs, .inputs = shape->inputs};
    grzi_fit_rows rows = {{0}, NULL, NULL};
    grzi_bhat bhat = {0};
    made.coefficients = grzi_allocate(context, factor->unknowns, sizeof(double));
    grz_status status = made.coefficients ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = copy_basis(context, &factor->alpha, &made.alpha);
    if (status == GRZ_OK) status = copy_basis(context, &factor->beta, &made.beta);
    if (status == GRZ_OK) status = grzi_fit_rows_create(context, shape, &made.alpha, &made.beta, 0, &rows);
    if (status == GRZ_OK) status = grzi_bhat_create(context, radial, kappa, &bhat);
    if (status == GRZ_OK) status = solve(context, factor, &bhat, &rows, &made);
    if (status == GRZ_OK) status = validate(context, &bhat, shape, &made);
    grzi_bhat_destroy(context, &bhat);
    grzi_fit_rows_destroy(context, &rows);
    grzi_factor_release(context, factor);
    if (status != GRZ_OK) {
        grzi_fit_destroy(context, &made);
        return status;
    }
    *fit = made;
    return GRZ_OK;
}

void grzi_fit_destroy(const grz_context *context, grzi_fit *fit)
{
    grzi_basis_destroy(context, &fit->alpha);
    grzi_basis_destroy(context, &fit->beta);
    grzi_deallocate(context, fit->coefficients);
    *fit = (grzi_fit){0};
}

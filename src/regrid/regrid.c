/* Regridding: interpolation, then the smallest change that gives the target the source's mass, momentum and energy exactly. */
#include "regrid/regrid.h"
#include "distribution/distribution.h"
#include "distribution/invariants.h"
#include "distribution/sum.h"

#include <math.h>
#include <string.h>

typedef struct regridding {
    const char *function;
    grz_context *context;
    const grz_grid *source, *target;
    const double *f;
    int64_t source_count, count;
    double *memory, *interpolated, *phi, *g, *logarithm, *matrices[3], *work;
    double wanted[GRZI_INVARIANTS]; /* sums over the target's nodes that the source's moments ask for */
    double u[3], T;                 /* of f, or, where it has none, of the target's box */
} regridding;

static grz_status allocate(regridding *r)
{
    int64_t n = r->source->n, m = r->target->n;
    r->memory = grzi_allocate(r->context, r->source_count + 3 * r->count + 3 * m * n + grzi_regrid_work((int)n, (int)m), sizeof(double));
    if (!r->memory) return GRZ_ERROR_OUT_OF_MEMORY;
    r->logarithm = r->memory;
    r->interpolated = r->logarithm + r->source_count;
    r->phi = r->interpolated + r->count;
    r->g = r->phi + r->count;
    for (int axis = 0; axis < 3; axis++) r->matrices[axis] = r->g + r->count + axis * m * n;
    r->work = r->matrices[2] + m * n;
    return GRZ_OK;
}

static void velocity(const grz_grid *grid, int64_t node, double v[3])
{
    int n = grid->n, index[3] = {(int)(node / ((int64_t)n * n)), (int)(node / n % n), (int)(node % n)};
    for (int a = 0; a < 3; a++) v[a] = grzi_grid_node(grid, a, index[a]);
}

/* Sums of 1, x, |x|^2 - 1 times f, x in the target's coordinates, and the share of |f| outside its box. */
static double sum_source(regridding *r)
{
    grzi_sum sum[GRZI_INVARIANTS] = {{0, 0}}, size = {0, 0}, outside = {0, 0};
    double ratio = r->source->spacing / r->target->spacing, v[3];
    for (int64_t i = 0; i < r->source_count; i++) {
        double psi[GRZI_INVARIANTS] = {1, 0, 0, 0, -1};
        int inside = 1;
        velocity(r->source, i, v);
        for (int a = 0; a < 3; a++) {
            psi[1 + a] = (v[a] - r->target->centre[a]) / r->target->half_width;
            psi[4] += psi[1 + a] * psi[1 + a];
            inside = inside && fabs(psi[1 + a]) <= 1;
        }
        for (int m = 0; m < GRZI_INVARIANTS; m++) grzi_sum_add(&sum[m], psi[m] * r->f[i]);
        grzi_sum_add(&size, fabs(r->f[i]));
        if (!inside) grzi_sum_add(&outside, fabs(r->f[i]));
    }
    for (int m = 0; m < GRZI_INVARIANTS; m++) r->wanted[m] = grzi_sum_total(&sum[m]) * ratio * ratio * ratio;
    return grzi_sum_total(&size) > 0 ? grzi_sum_total(&outside) / grzi_sum_total(&size) : 0;
}

/* Mean velocity and temperature of f. */
static void find_gaussian(regridding *r)
{
    const double *w = r->wanted;
    double L = r->target->half_width, square = 0;
    for (int a = 0; a < 3; a++) square += w[1 + a] * w[1 + a];
    double T = (w[4] / w[0] + 1 - square / (w[0] * w[0])) * L * L / 3;
    int has = w[0] > 0 && T > 0 && T < INFINITY;
    r->T = has ? T : L * L / 9;
    for (int a = 0; a < 3; a++) r->u[a] = r->target->centre[a] + (has ? w[1 + a] / w[0] * L : 0);
}

/* Beyond the source's nodes log f goes on from the nearest point of their range as that of the Maxwellian of f's moments. */
static void continue_as_maxwellian(const regridding *r, double *values)
{
    double v[3];
    for (int64_t i = 0; i < r->count; i++) {
        double change = 0;
        velocity(r->target, i, v);
        for (int a = 0; a < 3; a++) {
            double first = grzi_grid_node(r->source, a, 0), last = grzi_grid_node(r->source, a, r->source->n - 1);
            double nearest = fmin(fmax(v[a], first), last);
            change += (v[a] - nearest) * (v[a] + nearest - 2 * r->u[a]);
        }
        values[i] -= change / (2 * r->T);
    }
}

/* The density nearest in relative entropy to the interpolated one that has the moments: exp(phi), phi changed by a quadratic. */
static grz_status match_entropically(regridding *r, double *change)
{
    grzi_sum sum = {0, 0}, mass = {0, 0};
    memcpy(r->phi, r->interpolated, sizeof *r->phi * r->count);
    if (grzi_match_sums(r->target, r->wanted, r->phi, r->g) != 0)
        return grzi_fail(
            r->context, GRZ_ERROR_NOT_CONVERGED,
            "%s: no density near the interpolated one has f's mass, momentum and energy on the target grid: its box, half width "
            "%g, or its spacing %g does not hold f, of temperature %g",
            r->function, r->target->half_width, r->target->spacing, r->T);
    for (int64_t i = 0; i < r->count; i++) {
        double exponent = r->phi[i] - r->interpolated[i];
        grzi_sum_add(&sum, r->g[i] * exponent - r->g[i] + exp(r->interpolated[i]));
        grzi_sum_add(&mass, r->g[i]);
    }
    *change = fmax(grzi_sum_total(&sum) / grzi_sum_total(&mass), 0);
    return GRZ_OK;
}

static grz_status regrid_logarithmic(regridding *r, double *change)
{
    for (int64_t i = 0; i < r->source_count; i++) r->logarithm[i] = log(r->f[i]);
    GRZI_TRY(grzi_regrid_logarithmic(r->source, r->target, r->matrices));
    GRZI_TRY(grzi_regrid_apply(r->context, r->source->n, r->target->n, r->matrices, r->logarithm, r->interpolated, r->work));
    continue_as_maxwellian(r, r->interpolated);
    return match_entropically(r, change);
}

/* Adds the weight times a quadratic so that the sums of the invariants are as wanted. */
static grz_status add_quadratic(regridding *r, const double *weight)
{
    double matrix[GRZI_INVARIANTS][GRZI_INVARIANTS] = {{0}}, missing[GRZI_INVARIANTS], psi[GRZI_INVARIANTS];
    grzi_sum sum[GRZI_INVARIANTS] = {{0, 0}};
    for (int64_t i = 0; i < r->count; i++) {
        grzi_invariants_at(r->target, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) {
            grzi_sum_add(&sum[m], psi[m] * r->g[i]);
            for (int k = 0; k <= m; k++) matrix[m][k] += psi[m] * psi[k] * weight[i];
        }
    }
    for (int m = 0; m < GRZI_INVARIANTS; m++) missing[m] = r->wanted[m] - grzi_sum_total(&sum[m]);
    if (!grzi_invariants_factorise(matrix))
        return grzi_fail(r->context, GRZ_ERROR_NOT_CONVERGED, "%s: f, of temperature %g, is not resolved by the target's spacing %g",
                         r->function, r->T, r->target->spacing);
    grzi_invariants_solve(matrix, missing);
    for (int64_t i = 0; i < r->count; i++) {
        grzi_invariants_at(r->target, i, psi);
        r->g[i] += weight[i] * grzi_invariants_sum(missing, psi);
    }
    return GRZ_OK;
}

static grz_status regrid_fourier(regridding *r, double *change)
{
    grzi_sum moved = {0, 0}, size = {0, 0};
    double *weight = r->phi, v[3];
    grzi_regrid_fourier(r->source, r->target, r->matrices);
    GRZI_TRY(grzi_regrid_apply(r->context, r->source->n, r->target->n, r->matrices, r->f, r->interpolated, r->work));
    memcpy(r->g, r->interpolated, sizeof *r->g * r->count);
    for (int64_t i = 0; i < r->count; i++) {
        double square = 0;
        velocity(r->target, i, v);
        for (int a = 0; a < 3; a++) square += (v[a] - r->u[a]) * (v[a] - r->u[a]);
        weight[i] = exp(-square / (2 * r->T));
    }
    /* The second time removes what the first one's rounding left. */
    for (int pass = 0; pass < 2; pass++) GRZI_TRY(add_quadratic(r, weight));
    for (int64_t i = 0; i < r->count; i++) {
        grzi_sum_add(&moved, fabs(r->g[i] - r->interpolated[i]));
        grzi_sum_add(&size, fabs(r->g[i]));
    }
    *change = grzi_sum_total(&size) > 0 ? grzi_sum_total(&moved) / grzi_sum_total(&size) : 0;
    return GRZ_OK;
}

static grz_status compute(regridding *r, grz_regrid_method method, double *change)
{
    find_gaussian(r);
    GRZI_TRY(method == GRZ_REGRID_METHOD_FOURIER ? regrid_fourier(r, change) : regrid_logarithmic(r, change));
    if (grzi_all_finite(r->g, r->count)) return GRZ_OK;
    return grzi_fail(r->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: a value on the target grid overflows", r->function);
}

static grz_status check(regridding *r, grz_regrid_method method, const double *g)
{
    const char *function = r->function;
    GRZI_TRY(grzi_check_pointer(r->context, function, "source", r->source));
    GRZI_TRY(grzi_check_pointer(r->context, function, "f", r->f));
    GRZI_TRY(grzi_check_pointer(r->context, function, "target", r->target));
    GRZI_TRY(grzi_check_pointer(r->context, function, "g", g));
    if (r->source->context != r->context || r->target->context != r->context)
        return grzi_fail(r->context, GRZ_ERROR_MISMATCH, "%s: a grid belongs to another context", function);
    r->source_count = grzi_grid_count(r->source);
    r->count = grzi_grid_count(r->target);
    switch (method) {
    case GRZ_REGRID_METHOD_LOGARITHMIC:
        return grzi_check_field_positive(r->source, function, "f", r->f);
    case GRZ_REGRID_METHOD_FOURIER:
        return grzi_check_field_finite(r->source, function, "f", r->f);
    }
    return grzi_fail(r->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: method = %d is no grz_regrid_method", function, (int)method);
}

grz_status grz_regrid(grz_context *context, const grz_grid *source, const double *f, const grz_grid *target, grz_regrid_method method,
                      double *g, double *lost, double *change)
{
    regridding r = {.function = "grz_regrid", .context = context, .source = source, .target = target, .f = f};
    double outside, moved = 0;
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check(&r, method, g));
    outside = sum_source(&r);
    for (int m = 0; m < GRZI_INVARIANTS; m++)
        if (!isfinite(r.wanted[m]))
            return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: a moment of f overflows on the target grid", r.function);
    GRZI_TRY(allocate(&r));
    grz_status status = compute(&r, method, &moved);
    if (status == GRZ_OK) {
        memcpy(g, r.g, sizeof *g * r.count);
        if (lost) *lost = outside;
        if (change) *change = moved;
    }
    grzi_deallocate(context, r.memory);
    return status;
}

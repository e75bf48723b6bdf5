/* Fisher information (Remark 2.9): h^3 sum f |D log f|^2, D the differences of difference.h along the three axes. log f of a Maxwellian is
 * quadratic, hence D exact. Where f has zeros, 4 h^3 sum |D sqrt f|^2 instead. The first variation is the derivative of the discrete
 * value: |D log f|^2 + (2/f) D^T (f D log f). */
#include "distribution/sum.h"
#include "functional/difference.h"
#include "functional/functional.h"

#include <math.h>
#include <string.h>

/* Lines of nodes along an axis: their first nodes, and the stride along them. */
typedef struct lines {
    int64_t n, stride;
} lines;

static int64_t line_start(const lines *l, int64_t line)
{
    return line / l->stride * (l->stride * l->n) + line % l->stride;
}

static lines lines_along(const grz_grid *grid, int axis)
{
    int64_t n = grid->n;
    return (lines){n, axis == 0 ? n * n : axis == 1 ? n : 1};
}

static grz_status evaluate_fisher(grz_functional *functional, const char *function, const double *f, double *value)
{
    const grz_grid *grid = functional->grid;
    int64_t n = grid->n, count = grzi_grid_count(grid), zeros = 0;
    GRZI_TRY(grzi_check_field_nonnegative(functional->grid, function, "f", f));
    for (int64_t i = 0; i < count; i++) zeros += f[i] == 0;
    grzi_difference difference;
    grzi_difference_init(&difference, grid->n);
    double *g = functional->workspace, *slope = g + n, unit = grzi_unit(f, count);
    grzi_sum sum = {0, 0};
    for (int axis = 0; axis < 3; axis++) {
        lines l = lines_along(grid, axis);
        for (int64_t line = 0; line < n * n; line++) {
            const double *start = f + line_start(&l, line);
            for (int64_t i = 0; i < n; i++) g[i] = zeros ? sqrt(start[i * l.stride]) : log(start[i * l.stride] / unit);
            grzi_difference_apply(&difference, g, slope);
            for (int64_t i = 0; i < n; i++) grzi_sum_add(&sum, (zeros ? 4 : start[i * l.stride]) * slope[i] * slope[i]);
        }
    }
    double result = grid->spacing * grzi_sum_total(&sum);
    if (!isfinite(result)) return grzi_functional_overflow(functional, function);
    *value = result;
    return GRZ_OK;
}

static grz_status vary_fisher(grz_functional *functional, const char *function, const double *f, double *variation)
{
    const grz_grid *grid = functional->grid;
    int64_t n = grid->n, count = grzi_grid_count(grid);
    GRZI_TRY(grzi_check_field_positive(functional->grid, function, "f", f));
    grzi_difference difference;
    grzi_difference_init(&difference, grid->n);
    double *g = functional->workspace, *slope = g + n, *adjoint = slope + n, *result = adjoint + n;
    double scale = 1 / (grid->spacing * grid->spacing), unit = grzi_unit(f, count);
    memset(result, 0, (size_t)count * sizeof *result);
    for (int axis = 0; axis < 3; axis++) {
        lines l = lines_along(grid, axis);
        for (int64_t line = 0; line < n * n; line++) {
            int64_t start = line_start(&l, line);
            for (int64_t i = 0; i < n; i++) g[i] = log(f[start + i * l.stride] / unit);
            grzi_difference_apply(&difference, g, slope);
            for (int64_t i = 0; i < n; i++) g[i] = f[start + i * l.stride] * slope[i];
            memset(adjoint, 0, (size_t)n * sizeof *adjoint);
            grzi_difference_add_transpose(&difference, g, adjoint);
            for (int64_t i = 0; i < n; i++) {
                int64_t node = start + i * l.stride;
                result[node] += scale * (slope[i] * slope[i] + 2 * adjoint[i] / f[node]);
            }
        }
    }
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(result[i])) return grzi_functional_overflow(functional, function);
    memcpy(variation, result, (size_t)count * sizeof *result);
    return GRZ_OK;
}

static const grzi_functional_class fisher = {evaluate_fisher, vary_fisher};

grz_status grz_functional_create_fisher(grz_context *context, const grz_grid *grid, grz_functional **out)
{
    GRZI_TRY(grzi_distribution_check(context, "grz_functional_create_fisher", grid, out));
    return grzi_functional_new(context, grid, &fisher, GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION, 3 * (int64_t)grid->n + grzi_grid_count(grid),
                               out);
}

/* At every node and axis 2 a b - b^2 = a^2 - (a - b)^2, a the slope of sqrt(f) in the sum above: sqrt(f) D log f/2, or D sqrt f where f has
 * zeros. */
grz_status grz_functional_fisher_bound(grz_functional *functional, const double *f, const double *psi, double *bound, double *best,
                                       double *gap)
{
    static const char *const function = "grz_functional_fisher_bound";
    if (!functional) return GRZ_ERROR_NULL_ARGUMENT;
    const grz_grid *grid = functional->grid;
    int64_t n = grid->n, count = grzi_grid_count(grid), zeros = 0;
    if (functional->kind != &fisher)
        return grzi_fail(functional->context, GRZ_ERROR_UNSUPPORTED, "%s: it is no Fisher information", function);
    GRZI_TRY(grzi_check_field_nonnegative(functional->grid, function, "f", f));
    GRZI_TRY(grzi_check_field_finite(functional->grid, function, "psi", psi));
    GRZI_TRY(grzi_check_pointer(functional->context, function, "bound", bound));
    for (int64_t i = 0; i < count; i++) zeros += f[i] == 0;
    grzi_difference difference;
    grzi_difference_init(&difference, grid->n);
    double *g = functional->workspace, *slope = g + n, *p = slope + n, *b = p + n, unit = grzi_unit(f, count);
    grzi_sum pairing = {0, 0}, square = {0, 0}, rest = {0, 0};
    for (int axis = 0; axis < 3; axis++) {
        lines l = lines_along(grid, axis);
        for (int64_t line = 0; line < n * n; line++) {
            int64_t start = line_start(&l, line);
            for (int64_t i = 0; i < n; i++) {
                double value = f[start + i * l.stride];
                g[i] = zeros ? sqrt(value) : log(value / unit);
                p[i] = psi[start + i * l.stride];
            }
            grzi_difference_apply(&difference, g, slope);
            grzi_difference_apply(&difference, p, b);
            for (int64_t i = 0; i < n; i++) {
                double a = zeros ? slope[i] : 0.5 * sqrt(f[start + i * l.stride]) * slope[i];
                grzi_sum_add(&pairing, a * b[i]);
                grzi_sum_add(&square, b[i] * b[i]);
                grzi_sum_add(&rest, (a - b[i]) * (a - b[i]));
            }
        }
    }
    double scale = 4 * grid->spacing, L = grzi_sum_total(&pairing), q = grzi_sum_total(&square), value = scale * (2 * L - q);
    if (!isfinite(value) || !isfinite(grzi_sum_total(&rest))) return grzi_functional_overflow(functional, function);
    *bound = value;
    if (best) *best = q < 1e-280 ? 0 : scale * (L / q * L); /* squares that underflow would let the quotient rise above the value */
    if (gap) *gap = scale * grzi_sum_total(&rest);
    return GRZ_OK;
}

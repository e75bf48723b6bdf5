/* The discrete Maxwellian. exp(a + b.v + c|v|^2) is a product of three functions of one coordinate each, so its sums over the grid are
 * products of sums over an axis, and Newton's method costs O(n) per step. It minimises the convex dual
 *     psi(b, c) = sum_axes log sum_i exp(b x_i + c x_i^2) - b.m - c e,
 * (x = (v - u)/sqrt(T), m and e the wanted means of x and |x|^2), whose Hessian is the covariance of (x, |x|^2): an arrow. */
#include "distribution/distribution.h"
#include "distribution/sum.h"

#include <math.h>

typedef struct axis_sums {
    double log_normaliser, mean, square, variance, covariance, square_variance; /* of x, x^2 */
} axis_sums;

typedef struct dual_problem {
    const grz_grid *grid;
    double u[3], scale, mean[3], square;
} dual_problem;

/* The largest exponent is taken out, so that nothing overflows and the normaliser is at least 1. */
static double largest_exponent(const dual_problem *p, int axis, double b, double c)
{
    double largest = -INFINITY;
    for (int i = 0; i < p->grid->n; i++) {
        double x = (grzi_grid_node(p->grid, axis, i) - p->u[axis]) / p->scale, exponent = (b + c * x) * x;
        largest = exponent > largest ? exponent : largest; /* fmax here breaks GCC 12 for arm64 */
    }
    return largest;
}

static void sum_axis(const dual_problem *p, int axis, double b, double c, axis_sums *s)
{
    double largest = largest_exponent(p, axis, b, c), moment[5];
    grzi_sum sum[5] = {{0, 0}};
    for (int i = 0; i < p->grid->n; i++) {
        double x = (grzi_grid_node(p->grid, axis, i) - p->u[axis]) / p->scale, term = exp((b + c * x) * x - largest);
        for (int m = 0; m < 5; m++, term *= x) grzi_sum_add(&sum[m], term);
    }
    for (int m = 0; m < 5; m++) moment[m] = grzi_sum_total(&sum[m]) / grzi_sum_total(&sum[0]);
    s->log_normaliser = largest + log(grzi_sum_total(&sum[0]));
    s->mean = moment[1];
    s->square = moment[2];
    s->variance = moment[2] - moment[1] * moment[1];
    s->covariance = moment[3] - moment[1] * moment[2];
    s->square_variance = moment[4] - moment[2] * moment[2];
}

/* psi, its gradient (b first, c last) and, where wanted, the Newton step. Returns the largest component of the residual. */
static double evaluate_dual(const dual_problem *p, const double point[4], double *psi, double gradient[4], double step[4])
{
    double schur = 0, right = 0, residual;
    axis_sums s[3];
    *psi = -point[3] * p->square;
    gradient[3] = -p->square;
    for (int a = 0; a < 3; a++) {
        sum_axis(p, a, point[a], point[3], &s[a]);
        *psi += s[a].log_normaliser - point[a] * p->mean[a];
        gradient[a] = s[a].mean - p->mean[a];
        gradient[3] += s[a].square;
        schur += s[a].square_variance - s[a].covariance * s[a].covariance / s[a].variance;
        right += s[a].covariance / s[a].variance * gradient[a];
    }
    residual = fabs(gradient[3]) / p->square;
    for (int a = 0; a < 3; a++) residual = fmax(residual, fabs(gradient[a]));
    if (step) {
        step[3] = -(gradient[3] - right) / schur;
        for (int a = 0; a < 3; a++) step[a] = -(gradient[a] + s[a].covariance * step[3]) / s[a].variance;
    }
    return residual;
}

/* Newton converges in ten steps or so, at most twice as many for temperatures near the grid's ends; a fault in its matrix shows as failure. */
enum { NEWTON_STEPS = 40 };

/* Newton with halved steps until psi falls enough, or, once psi is flat to rounding, until the residual falls. Returns the residual. */
static double minimise_dual(const dual_problem *p, double point[4])
{
    double psi, gradient[4], step[4], residual = evaluate_dual(p, point, &psi, gradient, step);
    for (int iteration = 0; iteration < NEWTON_STEPS && residual > 2e-16; iteration++) {
        double slope = 0, t = 1, trial[4], trial_psi, trial_residual = INFINITY, trial_gradient[4];
        for (int m = 0; m < 4; m++) slope += gradient[m] * step[m];
        if (!isfinite(slope)) break;
        for (; t > 1e-10; t *= 0.5) {
            for (int m = 0; m < 4; m++) trial[m] = point[m] + t * step[m];
            trial_residual = evaluate_dual(p, trial, &trial_psi, trial_gradient, NULL);
            if (trial_residual < residual || trial_psi <= psi + 1e-4 * t * slope - 1e-14 * fabs(psi)) break;
        }
        if (t <= 1e-10 || !isfinite(trial_residual)) break;
        for (int m = 0; m < 4; m++) point[m] = trial[m];
        residual = evaluate_dual(p, point, &psi, gradient, step);
    }
    return residual;
}

static void fill_axis(const dual_problem *p, int axis, double b, double c, double *factor)
{
    double largest = largest_exponent(p, axis, b, c);
    grzi_sum sum = {0, 0};
    for (int i = 0; i < p->grid->n; i++) {
        double x = (grzi_grid_node(p->grid, axis, i) - p->u[axis]) / p->scale;
        factor[i] = exp((b + c * x) * x - largest);
        grzi_sum_add(&sum, factor[i]);
    }
    for (int i = 0; i < p->grid->n; i++) factor[i] /= grzi_sum_total(&sum);
}

static grz_status fill_product(const dual_problem *p, const double point[4], double mass, double *values)
{
    int n = p->grid->n;
    double *factor = grzi_allocate(p->grid->context, 3 * (int64_t)n, sizeof *factor);
    if (!factor) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int a = 0; a < 3; a++) fill_axis(p, a, point[a], point[3], factor + (int64_t)a * n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++, values += n)
            for (int k = 0; k < n; k++) values[k] = mass * (factor[i] * factor[n + j]) * factor[2 * n + k];
    grzi_deallocate(p->grid->context, factor);
    return GRZ_OK;
}

grz_status grzi_equilibrium(const char *function, const grz_grid *grid, const double *values, double *equilibrium)
{
    const grz_context *context = grid->context;
    dual_problem p = {.grid = grid};
    grzi_moment_sums sums;
    grzi_moment_sums_about(p.grid, values, p.grid->centre, &sums);
    if (sums.mass <= 0) return grzi_fail(context, GRZ_ERROR_NOT_POSITIVE, "%s: rho = %g", function, sums.mass * grzi_grid_cell(grid));
    grzi_recentre_moment_sums(p.grid, values, p.u, &sums);
    double T = (sums.second[0] + sums.second[4] + sums.second[8]) / (3 * sums.mass);
    if (!isfinite(T) || !isfinite(sums.mass))
        return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: a moment overflows: the values are too large", function);
    /* All mass in one node leaves only the rounding of u. */
    if (!(T > 1e-12 * p.grid->spacing * p.grid->spacing))
        return grzi_fail(context, GRZ_ERROR_NOT_POSITIVE, "%s: T = %g is zero on a grid of spacing %g", function, T, p.grid->spacing);
    p.scale = sqrt(T);
    for (int a = 0; a < 3; a++) p.mean[a] = sums.first[a] / sums.mass / p.scale;
    p.square = 3;
    double point[4] = {0, 0, 0, -0.5}, residual = minimise_dual(&p, point);
    if (!(residual <= 2e-14))
        return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "%s: no Maxwellian on this grid has T = %g (spacing^2 = %g, residual %g)",
                         function, T, p.grid->spacing * p.grid->spacing, residual);
    if (point[3] >= 0)
        return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "%s: T = %g is not below that of the uniform density on the grid", function, T);
    return fill_product(&p, point, sums.mass, equilibrium);
}

grz_status grz_distribution_create_equilibrium(grz_context *context, const grz_distribution *distribution, grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_equilibrium";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_pointer(context, function, "distribution", distribution));
    if (distribution->context != context)
        return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: distribution belongs to another context", function);
    grz_distribution *made;
    GRZI_TRY(grzi_distribution_new(context, distribution->grid, &made));
    grz_status status = grzi_equilibrium(function, distribution->grid, distribution->values, made->values);
    if (status == GRZ_OK)
        *out = made;
    else
        grz_distribution_destroy(&made);
    return status;
}

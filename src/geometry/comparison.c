/* Lemma 5.7: the metrics d_B and d_L dominate the dual norms of two classes of test functions, uniformly in eps. */
#include "distribution/distribution.h"
#include "distribution/sum.h"
#include "operator/operator.h"

#include <math.h>
#include <string.h>

/* Twice the proof's printed constant: the root of int |M|^2/(Lambda B) is 2 sqrt(A_B). With |dbar psi| <= |z||sigma - k| for Lipschitz psi,
 * and |dbar psi| <= |z|^2 |sigma - k|/2 for |D^2 psi| <= 1 (the chord's derivative of psi(y + x) + psi(y - x) is at most 2|x|), C^2 = m int
 * |z|^p ff* with p = 2 + gamma and m = pi int (1 - cos theta) beta <= pi/2 transfer, resp. p = 4 + gamma and m/4. In Landau's case |Pi
 * (grad psi - grad* psi*)|^2 <= 4, resp. |z|^2, gives half of that with m = pi/2 transfer. By Jensen int |z|^p ff* <= rho^2 (6 T)^{p/2},
 * since int |z|^2 ff* = 6 T rho^2, which no collision raises. */
static grz_status constant_of(const grz_operator *op, const char *function, const double *f, double *constant)
{
    const grz_kernel *kernel = op->kernel;
    double gamma = grz_kernel_gamma(kernel), transfer;
    if (!grzi_kernel_is_factorised(kernel) || gamma > 0)
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: Lemma 5.7 needs a factorised kernel with gamma in [-4, 0]", function);
    GRZI_TRY(grzi_check_field_nonnegative(op->grid, function, "f", f));
    GRZI_TRY(grz_kernel_angular_momentum_transfer(kernel, 1, &transfer));
    grzi_moment_sums sums;
    double mean[3];
    grzi_moment_sums_about(op->grid, f, op->grid->centre, &sums);
    if (!(sums.mass > 0)) return grzi_fail(op->context, GRZ_ERROR_NOT_POSITIVE, "%s: f has no mass", function);
    grzi_recentre_moment_sums(op->grid, f, mean, &sums);
    double cell = grzi_grid_cell(op->grid), rho = sums.mass * cell;
    double relative_energy = 2 * (sums.second[0] + sums.second[4] + sums.second[8]) / sums.mass;
    int lipschitz = gamma >= -2;
    double square = GRZI_HALF_PI * transfer * pow(relative_energy, (lipschitz ? 2 + gamma : 4 + gamma) / 2) * (lipschitz ? 1 : 0.25);
    *constant = rho * sqrt(op->equation == GRZ_EQUATION_LANDAU ? square / 2 : square);
    return GRZ_OK;
}

grz_status grz_operator_comparison_constant(grz_operator *op, const double *f, double *constant)
{
    static const char *const function = "grz_operator_comparison_constant";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_check_pointer(op->context, function, "constant", constant));
    double value;
    GRZI_TRY(constant_of(op, function, f, &value));
    GRZI_TRY(grzi_check_result(op->context, function, "the constant", value));
    *constant = value;
    return GRZ_OK;
}

/* int |E| over one cell of length h of a piecewise linear E from a to b. */
static double absolute_integral(double a, double b, double h)
{
    if (a * b >= 0) return 0.5 * h * fabs(a + b);
    return 0.5 * h * (a * a + b * b) / (fabs(a) + fabs(b));
}

/* For psi of one coordinate the supremum is explicit. With D(x) the mass of f0 - f1 above x: int |D| over |psi'| <= 1, and int |int_x^inf
 * D| over |psi''| <= 1. marginal: masses at equispaced points. */
static double marginal_supremum(int n, double h, const double *marginal, int lipschitz)
{
    double above = 0, twice = 0, sum = 0;
    for (int i = n - 1; i > 0; i--) {
        above += marginal[i];
        double next = twice + above * h;
        sum += lipschitz ? fabs(above) * h : absolute_integral(twice, next, h);
        twice = next;
    }
    return sum;
}

static double largest_difference(const grz_grid *grid, const double *f0, const double *f1, int lipschitz, double *work)
{
    const int n = grid->n;
    const double cell = grzi_grid_cell(grid);
    double largest = 0;
    for (int axis = 0; axis < 3; axis++) {
        memset(work, 0, sizeof *work * (size_t)n);
        for (int64_t node = 0; node < grzi_grid_count(grid); node++) {
            int64_t index = axis == 0 ? node / n / n : axis == 1 ? node / n % n : node % n;
            work[index] += (f0[node] - f1[node]) * cell;
        }
        largest = fmax(largest, marginal_supremum(n, grid->spacing, work, lipschitz));
    }
    return largest;
}

/* The first moment of two densities that differs: no collision connects them, and the supremum over psi is infinite. */
static int is_connected(const grz_grid *grid, const double *f0, const double *f1, int lipschitz)
{
    const double tolerance = 1e-8;
    grzi_moment_sums a, b;
    grzi_moment_sums_about(grid, f0, grid->centre, &a);
    grzi_moment_sums_about(grid, f1, grid->centre, &b);
    double width = sqrt((a.second[0] + a.second[4] + a.second[8]) / a.mass);
    if (fabs(a.mass - b.mass) > tolerance * a.mass) return 0;
    for (int axis = 0; axis < 3 && !lipschitz; axis++)
        if (fabs(a.first[axis] - b.first[axis]) > tolerance * a.mass * width) return 0;
    return 1;
}

grz_status grz_operator_comparison(grz_operator *op, const double *f0, const double *f1, double distance, double *difference, double *bound)
{
    static const char *const function = "grz_operator_comparison";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_check_pointer(op->context, function, "difference", difference));
    GRZI_TRY(grzi_check_pointer(op->context, function, "bound", bound));
    if (!(distance >= 0)) return grzi_fail(op->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: distance = %.17g is not >= 0", function, distance);
    double constant;
    GRZI_TRY(constant_of(op, function, f0, &constant));
    GRZI_TRY(grzi_check_field_nonnegative(op->grid, function, "f1", f1));
    int lipschitz = grz_kernel_gamma(op->kernel) >= -2;
    double value = INFINITY;
    if (is_connected(op->grid, f0, f1, lipschitz)) {
        double *work = grzi_allocate(op->context, op->grid->n, sizeof *work);
        if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
        value = largest_difference(op->grid, f0, f1, lipschitz, work);
        grzi_deallocate(op->context, work);
    }
    if (isnan(value)) return grzi_check_result(op->context, function, "the difference", value);
    GRZI_TRY(grzi_check_result(op->context, function, "the constant", constant));
    if (isfinite(distance)) GRZI_TRY(grzi_check_result(op->context, function, "the bound", constant * distance));
    *difference = value;
    *bound = constant == 0 ? 0 : constant * distance;
    return GRZ_OK;
}

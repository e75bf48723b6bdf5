/* The coercivity estimate (B.1): the fractional norm of sqrt(f) cut off at R against D_B^eps, with the constants of appendix B. */
#include "core/fft.h"
#include "distribution/distribution.h"
#include "operator/operator.h"

#include <math.h>
#include <stdlib.h>

enum { TERMS = GRZ_COERCIVITY_TERM_RIGHT + 1 };

/* chi_R: 1 in B_R, 0 outside B_{R+1}, smooth, slope at most 2 (reached half way). */
static double cutoff(double R, double radius)
{
    double t = R + 1 - radius;
    return t >= 1 ? 1 : t <= 0 ? 0 : 1 / (1 + exp(1 / t - 1 / (1 - t)));
}

static double cutoff_at(const grz_grid *grid, double R, int64_t node)
{
    const int n = grid->n;
    double x = grzi_grid_node(grid, 0, (int)(node / n / n)), y = grzi_grid_node(grid, 1, (int)(node / n % n)),
           z = grzi_grid_node(grid, 2, (int)(node % n));
    return cutoff(R, sqrt(x * x + y * y + z * z));
}

/* int |F[sqrt(f) chi_R]|^2 min(|xi|^2, |xi|^nu) dxi over the modes the grid carries, at half the spacing of its own. */
static grz_status left_side(const grz_operator *op, const double *f, double R, double nu, double *left)
{
    const grz_grid *grid = op->grid;
    const int n = grid->n, N = 2 * n;
    grzi_fft fft = {0};
    GRZI_TRY(grzi_fft_create(op->context, N, &fft));
    double *values = grzi_allocate_zeroed(op->context, grzi_fft_nodes(&fft), sizeof *values);
    double complex *spectrum = grzi_allocate(op->context, grzi_fft_spectrum(&fft), sizeof *spectrum);
    grz_status status = values && spectrum ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        for (int64_t node = 0; node < grzi_grid_count(grid); node++)
            values[(node / n / n * N + node / n % n) * N + node % n] = sqrt(f[node]) * cutoff_at(grid, R, node);
        grzi_fft_forward(&fft, values, spectrum);
        double step = 2 * GRZI_PI / (N * grid->spacing), sum = 0;
        for (int x = 0; x < N; x++)
            for (int y = 0; y < N; y++)
                for (int z = 0; z <= N / 2; z++) {
                    double kx = step * (x > N / 2 ? x - N : x), ky = step * (y > N / 2 ? y - N : y), kz = step * z;
                    double complex value = spectrum[((int64_t)x * N + y) * (N / 2 + 1) + z];
                    double square = kx * kx + ky * ky + kz * kz, size = creal(value) * creal(value) + cimag(value) * cimag(value);
                    sum += (z == 0 || z == N / 2 ? 1 : 2) * size * fmin(square, pow(square, nu / 2));
                }
        double cell = grzi_grid_cell(grid);
        *left = sum * cell * cell * step * step * step;
    }
    grzi_deallocate(op->context, spectrum);
    grzi_deallocate(op->context, values);
    grzi_fft_destroy(&fft);
    return status;
}

/* The largest c1 with beta >= c1 theta^{-1-nu} (A2): exact for power laws, sampled for others. */
static grz_status lower_constant(const grz_kernel *kernel, const char *function, double *c1)
{
    enum { SAMPLES = 257 };
    double theta[SAMPLES], beta[SAMPLES], nu = grz_kernel_nu(kernel), least = INFINITY;
    for (int i = 0; i < SAMPLES; i++) theta[i] = GRZI_PI / 2 * pow(1e-8, i / (SAMPLES - 1.0));
    GRZI_TRY(grz_kernel_beta(kernel, SAMPLES, theta, beta));
    for (int i = 0; i < SAMPLES; i++) least = fmin(least, beta[i] * pow(theta[i], 1 + nu));
    if (!(least > 0))
        return grzi_fail(grzi_kernel_context(kernel), GRZ_ERROR_UNSUPPORTED, "%s: beta has no lower bound c theta^{-1-nu}, c > 0 (A2)",
                         function);
    *c1 = least;
    return GRZ_OK;
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Integral of the density over the set of this measure where it is largest: sums[i] over the i largest nodes. */
static double concentrated(int64_t count, const double *sums, double cell, double measure)
{
    double nodes = measure / cell;
    if (!(nodes < (double)count)) return sums[count];
    int64_t whole = (int64_t)nodes;
    return sums[whole] + (nodes - (double)whole) * (sums[whole + 1] - sums[whole]);
}

/* C_f of Lemma B.3 for g = f chi_R: (B.5) at its best r and delta, with |xi| = 1 there, where its set is largest. The modulus of the
 * transform does not see translations, so second moments are about the mean. */
static grz_status fourier_constant(const grz_operator *op, const double *f, double R, double *constant)
{
    const grz_grid *grid = op->grid;
    const int64_t count = grzi_grid_count(grid);
    const double cell = grzi_grid_cell(grid);
    double *g = grzi_allocate(op->context, 2 * count + 1, sizeof *g);
    if (!g) return GRZ_ERROR_OUT_OF_MEMORY;
    double *sums = g + count, mean[3], best = 0;
    for (int64_t i = 0; i < count; i++) g[i] = f[i] * cutoff_at(grid, R, i);
    grzi_moment_sums moments;
    grzi_moment_sums_about(grid, g, grid->centre, &moments);
    if (moments.mass > 0) {
        grzi_recentre_moment_sums(grid, g, mean, &moments);
        double second = (moments.second[0] + moments.second[4] + moments.second[8]) * cell;
        qsort(g, (size_t)count, sizeof *g, descending);
        sums[0] = 0;
        for (int64_t i = 0; i < count; i++) sums[i + 1] = sums[i] + g[i] * cell;
        double width = sqrt(second / sums[count]);
        for (int i = 0; i < 60; i++) {
            double r = 1.02 * width * pow(1.05, i), kept = sums[count] - second / (r * r);
            for (double delta = GRZI_PI / 2; delta > 1e-9; delta *= 0.96) {
                double rest = kept - concentrated(count, sums, cell, 4 * delta * 4 * r * r * (3 + r / GRZI_PI));
                best = fmax(best, 2 * sin(delta) * sin(delta) * rest);
            }
        }
    }
    grzi_deallocate(op->context, g);
    *constant = best;
    return GRZ_OK;
}

/* Lemma B.4: (4 c1/pi) int_0^{pi/2} min(phi^2/2, pi^2/eps^2) phi^{-1-nu} dphi, which for eps <= sqrt(8) is the lemma's (2 c1/pi) int
 * phi^{1-nu}. */
static double average_constant(double c1, double nu, double eps)
{
    double end = GRZI_PI / 2, knee = fmin(end, sqrt(2) * GRZI_PI / eps);
    return 4 * c1 / GRZI_PI *
           (0.5 * pow(knee, 2 - nu) / (2 - nu) + GRZI_PI * GRZI_PI / (eps * eps) * (pow(knee, -nu) - pow(end, -nu)) / nu);
}

static grz_status check(const grz_operator *op, const char *function, double R)
{
    const grz_kernel *kernel = op->kernel;
    double gamma = grz_kernel_gamma(kernel), nu = grz_kernel_nu(kernel);
    if (op->equation != GRZ_EQUATION_BOLTZMANN || grz_kernel_eps(kernel) == 0 ||
        !grzi_operator_offers_dissipation(op, GRZ_FUNCTIONAL_TYPE_DISSIPATION))
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: it needs the dissipation of a Boltzmann operator with eps > 0", function);
    if (!grzi_kernel_is_factorised(kernel) || !(gamma <= 0) || !(nu > 0 && nu < 2))
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: appendix B needs gamma in [-4, 0] and nu in (0, 2), not %g and %g",
                         function, gamma, nu);
    double reach = INFINITY;
    for (int axis = 0; axis < 3; axis++) reach = fmin(reach, op->grid->half_width - fabs(op->grid->centre[axis]));
    GRZI_TRY(grzi_check_finite(op->context, function, "R", R));
    if (!(R >= 1 && R + 1 <= reach))
        return grzi_fail(op->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: R = %g is not in [1, %g], where B_{R+1} lies in the box", function,
                         R, reach - 1);
    return GRZ_OK;
}

grz_status grz_operator_coercivity(grz_operator *op, const double *f, double R, int32_t count, double *terms)
{
    static const char *const function = "grz_operator_coercivity";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_check_pointer(op->context, function, "terms", terms));
    GRZI_TRY(grzi_check_range(op->context, function, "count", count, 1, TERMS));
    GRZI_TRY(check(op, function, R));
    GRZI_TRY(grzi_check_field_nonnegative(op->grid, function, "f", f));
    double value[TERMS], c1, transfer, nu = grz_kernel_nu(op->kernel), origin[3] = {0, 0, 0};
    GRZI_TRY(lower_constant(op->kernel, function, &c1));
    GRZI_TRY(grz_kernel_angular_momentum_transfer(op->kernel, 1, &transfer));
    GRZI_TRY(grzi_operator_dissipation(op, function, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &value[GRZ_COERCIVITY_TERM_DISSIPATION]));
    grzi_moment_sums sums;
    grzi_moment_sums_about(op->grid, f, origin, &sums);
    double cell = grzi_grid_cell(op->grid), rho = sums.mass * cell, energy = (sums.second[0] + sums.second[4] + sums.second[8]) * cell;
    value[GRZ_COERCIVITY_TERM_C1] = 1.5 * GRZI_PI * transfer * rho * rho;
    value[GRZ_COERCIVITY_TERM_C2] = 150 * GRZI_PI * 2 * rho * energy * transfer;
    value[GRZ_COERCIVITY_TERM_C3] = 0.5 * pow(2 * sqrt(2) * (R + 1), grz_kernel_gamma(op->kernel));
    GRZI_TRY(fourier_constant(op, f, R, &value[GRZ_COERCIVITY_TERM_CF]));
    value[GRZ_COERCIVITY_TERM_C4] = value[GRZ_COERCIVITY_TERM_CF] * average_constant(c1, nu, grz_kernel_eps(op->kernel));
    GRZI_TRY(left_side(op, f, R, nu, &value[GRZ_COERCIVITY_TERM_LEFT]));
    value[GRZ_COERCIVITY_TERM_RIGHT] =
        (value[GRZ_COERCIVITY_TERM_DISSIPATION] + value[GRZ_COERCIVITY_TERM_C1] + value[GRZ_COERCIVITY_TERM_C2]) * 16 * GRZI_PI * GRZI_PI *
        GRZI_PI / (value[GRZ_COERCIVITY_TERM_C3] * value[GRZ_COERCIVITY_TERM_C4]);
    GRZI_TRY(grzi_check_results(op->context, function, "terms", value, count));
    for (int i = 0; i < count; i++) terms[i] = value[i];
    return GRZ_OK;
}

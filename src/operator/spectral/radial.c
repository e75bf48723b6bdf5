#include "operator/spectral/radial.h"

#include "quadrature/quadrature.h"

#include <math.h>
#include <string.h>

/* h has no l = 0, 1 part that counts, so the integrand is r^{2+gamma} times O(r^4): a power of r is moved from the weight where the bare
 * one is hard or impossible to integrate. */
static grz_status power_panel(const grz_context *context, const grz_kernel *kernel, double speed, double a, double b, int power_end,
                              int count, double *r, double *weight)
{
    double gamma = grzi_kernel_is_factorised(kernel) ? grz_kernel_gamma(kernel) : 0;
    double power = power_end ? 2 + gamma : 0;
    if (power < -0.25) power += 2;
    GRZI_TRY(grzi_gauss_jacobi(context, count, power, 0, r, weight));
    for (int i = 0; i < count; i++) {
        double x = r[i];
        r[i] = a + (b - a) * x;
        weight[i] *= (b - a) * pow(x, -power) * 8 * r[i] * r[i] * grzi_kernel_kinetic_factor(kernel, 2 * r[i] * speed);
    }
    return GRZ_OK;
}

static grz_status fill_rule(const grz_context *context, const grz_kernel *kernel, double speed, double R, int count, double *r,
                            double *weight)
{
    double kink = grzi_kernel_kink(kernel) / 2 / speed;
    if (!(kink > 0 && kink < R)) {
        int constant = kink >= R; /* below the kink the kinetic factor is 1 */
        if (!constant) return power_panel(context, kernel, speed, 0, R, 1, count, r, weight);
        return power_panel(context, kernel, speed, 0, R, 0, count, r, weight);
    }
    int inner = (int)ceil(count * kink / R / 2) + 6;
    if (inner > count / 2) inner = count / 2;
    GRZI_TRY(power_panel(context, kernel, speed, 0, kink, 0, inner, r, weight));
    return power_panel(context, kernel, speed, kink, R, 0, count - inner, r + inner, weight + inner);
}

/* Weighted least squares of lambda_l by -a - 4 c l(l+1) over even l >= 2. The weight falls off as the amplitudes of smooth f do. */
static void fit_split(const double *lambda, int lmax, int with_loss, double *a, double *c)
{
    double m[2][2] = {{0, 0}, {0, 0}}, y[2] = {0, 0};
    for (int l = 2; l <= lmax; l += 2) {
        double w = (2 * l + 1) * exp(-0.5 * l), basis[2] = {-1, -4.0 * l * (l + 1)};
        for (int i = 0; i < 2; i++) {
            y[i] += w * basis[i] * lambda[l];
            for (int j = 0; j < 2; j++) m[i][j] += w * basis[i] * basis[j];
        }
    }
    *a = 0;
    *c = y[1] / m[1][1];
    double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    if (with_loss && fabs(determinant) > 0) {
        *a = (m[1][1] * y[0] - m[0][1] * y[1]) / determinant;
        *c = (m[0][0] * y[1] - m[1][0] * y[0]) / determinant;
        if (*c <= 1e-14 * fabs(*a)) { /* isotropic scattering: rounding, which would cost six products */
            *c = 0;
            *a = y[0] / m[0][0];
        }
    }
}

static double rest_share(const double *lambda, int lmax, double c)
{
    double rest = 0, whole = 0;
    for (int l = 2; l <= lmax; l += 2) {
        double w = (2 * l + 1) * exp(-0.5 * l), d = lambda[l] + 4 * c * l * (l + 1);
        rest += w * d * d;
        whole += w * lambda[l] * lambda[l];
    }
    return whole > 0 ? sqrt(rest / whole) : 0;
}

static void split_node(const double *lambda, int lmax, grzi_split split, double *a, double *c, double *rest)
{
    *a = *c = 0;
    if (split != GRZI_SPLIT_NONE) fit_split(lambda, lmax, split == GRZI_SPLIT_BOTH, a, c);
    if (split == GRZI_SPLIT_LANDAU && rest_share(lambda, lmax, *c) > 0.25) *c = 0;
    double largest = 0, largest_rest = 0;
    for (int l = 0; l <= lmax; l += 2) {
        rest[l] = split == GRZI_SPLIT_ALL ? 0 : lambda[l] + *a + 4 * *c * l * (l + 1);
        double size = fabs(lambda[l]), rest_size = fabs(rest[l]);
        if (size > largest) largest = size; /* fmax here breaks GCC 12 for arm64 */
        if (l >= 2 && rest_size > largest_rest) largest_rest = rest_size;
    }
    /* A law that is exactly of this form (cutoff Maxwell molecules) leaves rounding errors only. */
    if (largest_rest <= 1e-13 * largest)
        for (int l = 2; l <= lmax; l += 2) rest[l] = 0;
    if (split == GRZI_SPLIT_LANDAU || split == GRZI_SPLIT_NONE) rest[0] = 0;
}

/* z: the relative speed, in the user's units */
static grz_status fill_lambda(const grz_kernel *kernel, int landau_only, double z, int lmax, double *lambda)
{
    if (landau_only) {
        double constant;
        GRZI_TRY(grzi_kernel_landau_constant(kernel, z, &constant));
        for (int l = 0; l <= lmax; l++) lambda[l] = -4 * constant * l * (l + 1);
    } else {
        GRZI_TRY(grz_kernel_spectrum(kernel, z, lmax, lambda));
    }
    for (int l = 1; l <= lmax; l += 2) lambda[l] = 0;
    lambda[0] = 0;
    return GRZ_OK;
}

/* Kernels of any strength, speeds of any unit: fields that share a transform must be of like size. */
static void normalise(grzi_radial *radial)
{
    double largest = 0;
    for (int i = 0; i < radial->count; i++)
        largest = fmax(largest, fabs(radial->weight[i] * radial->lambda[(int64_t)i * (radial->lmax + 1) + 2]));
    if (largest > 0 && isfinite(largest)) frexp(largest, &radial->strength);
    for (int i = 0; i < radial->count; i++) radial->weight[i] = ldexp(radial->weight[i], -radial->strength);
}

static grz_status fill(const grz_context *context, const grz_kernel *kernel, int landau_only, grzi_split split, grzi_radial *radial)
{
    int lmax = radial->lmax;
    size_t row = (size_t)lmax + 1;
    GRZI_TRY(fill_rule(context, kernel, radial->speed, radial->R, radial->count, radial->r, radial->weight));
    for (int i = 0; i < radial->count; i++) {
        double *lambda = radial->lambda + i * row;
        if (i > 0 && grzi_kernel_is_factorised(kernel))
            memcpy(lambda, radial->lambda, row * sizeof *lambda);
        else
            GRZI_TRY(fill_lambda(kernel, landau_only, 2 * radial->r[i] * radial->speed, lmax, lambda));
        for (int l = 0; l <= lmax; l++)
            if (!isfinite(lambda[l]))
                return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "spectral method: lambda_%d = %g at |v - v*| = %g", l, lambda[l],
                                 2 * radial->r[i] * radial->speed);
        memset(radial->rest + i * row, 0, row * sizeof *lambda);
        split_node(lambda, lmax, split, radial->loss + i, radial->landau + i, radial->rest + i * row);
    }
    normalise(radial);
    return GRZ_OK;
}

grz_status grzi_radial_create(const grz_context *context, const grz_kernel *kernel, int landau_only, double R, double speed, int count,
                              int lmax, grzi_split split, grzi_radial *radial)
{
    grzi_radial made = {.count = count, .lmax = lmax, .R = R, .speed = speed};
    int64_t table = (int64_t)count * (lmax + 1);
    made.r = grzi_allocate(context, 4 * (int64_t)count + 2 * table, sizeof(double));
    *radial = (grzi_radial){0};
    if (!made.r) return GRZ_ERROR_OUT_OF_MEMORY;
    made.weight = made.r + count;
    made.loss = made.weight + count;
    made.landau = made.loss + count;
    made.rest = made.landau + count;
    made.lambda = made.rest + table;
    grz_status status = fill(context, kernel, landau_only, split, &made);
    if (status != GRZ_OK) {
        grzi_radial_destroy(context, &made);
        return status;
    }
    *radial = made;
    return GRZ_OK;
}

void grzi_radial_destroy(const grz_context *context, grzi_radial *radial)
{
    grzi_deallocate(context, radial->r);
    *radial = (grzi_radial){0};
}

/* Kernels between unlike particles, for which theta and pi - theta differ. A law that is the same on the whole sphere, and is kept folded
 * to (0, pi/2] at twice its value, is unfolded here; others scatter forward only, as they stand. */
#include "kernel/law.h"

#include "quadrature/quadrature.h"

#include <math.h>

static int unfolds(const grz_kernel *kernel)
{
    return kernel->law->operations->isotropic;
}

/* beta = b0 sin(theta) on (0, pi], compressed with eps. Transfer: b0 (pi^2 - 4), folded 2 b0 (pi - 2). */
grz_status grzi_kernel_unlike_constant(const grz_kernel *kernel, double z, double *constant)
{
    GRZI_TRY(grzi_kernel_landau_constant(kernel, z, constant));
    if (unfolds(kernel)) *constant *= (GRZI_PI + 2) / 2;
    return GRZ_OK;
}

/* In x = sin^2(theta/2) the measure x b0 sin(theta) dtheta is 2 b0 x dx. */
grz_status grzi_kernel_unlike_rule(const grz_kernel *kernel, double z, int count, double *theta, double *weight, int *found)
{
    enum { LARGEST = 64 };
    double x[LARGEST], w[LARGEST];
    if (!unfolds(kernel)) return grzi_kernel_angular_rule(kernel, z, count, theta, weight, found);
    GRZI_TRY(grzi_check_range(kernel->context, "grzi_kernel_unlike_rule", "count", count, 1, LARGEST));
    if (kernel->eps == 0) {
        double constant;
        GRZI_TRY(grzi_kernel_unlike_constant(kernel, z, &constant));
        theta[0] = 0;
        weight[0] = 8 / GRZI_PI * constant;
        *found = 1;
        return GRZ_OK;
    }
    GRZI_TRY(grzi_gauss_jacobi(kernel->context, count, 1, 0, x, w));
    for (int j = 0; j < count; j++) {
        const double angle = 2 * asin(fmin(1, sqrt(x[j])));
        theta[j] = kernel->scale * angle;
        weight[j] = kernel->factor * 2 * w[j] * angle * angle / x[j];
    }
    *found = count;
    return GRZ_OK;
}

grz_status grzi_kernel_unlike_spectrum(const grz_kernel *kernel, double z, int lmax, double *lambda)
{
    enum { NODES = 60 };
    if (!unfolds(kernel)) return grz_kernel_spectrum(kernel, z, lmax, lambda);
    double theta[NODES], weight[NODES];
    int found;
    GRZI_TRY(grzi_kernel_unlike_rule(kernel, z, NODES, theta, weight, &found));
    double *deficit = grzi_allocate(kernel->context, lmax + 1, sizeof *deficit);
    if (!deficit) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int l = 0; l <= lmax; l++) lambda[l] = kernel->eps == 0 ? -GRZI_HALF_PI * weight[0] * l * (l + 1) : 0;
    for (int j = 0; j < found && kernel->eps > 0; j++) {
        const double s = sin(theta[j] / 2) / theta[j];
        grzi_legendre_deficit(lmax, theta[j], deficit);
        for (int l = 0; l <= lmax; l++) lambda[l] -= 4 * GRZI_PI * weight[j] * s * s * deficit[l];
    }
    grzi_deallocate(kernel->context, deficit);
    return GRZ_OK;
}

/* The angular rule of operators: Gauss's in x = sin^2(theta/2) for the measure x beta^eps dtheta. */
#include "kernel/law.h"

#include "quadrature/quadrature.h"

#include <math.h>

enum { LARGEST_RULE = 1000 };

/* x and the measure in units of (scale/2)^2, so that no eps underflows: y = x/(scale/2)^2 = chi^2 sinc^2(theta/2). */
static void scaled_measure(const grz_kernel *kernel, const grzi_fine_rule *fine, double *y, double *mass)
{
    for (int64_t j = 0; j < fine->size; j++) {
        double chi = fine->theta[j], half = kernel->scale * chi / 2, s = half > 0 ? sin(half) / half : 1;
        y[j] = chi * chi * s * s;
        mass[j] = fine->weight[j] * s * s;
    }
}

static grz_status gauss_rule(const grz_kernel *kernel, const grzi_fine_rule *fine, int count, double *theta, double *weight, int *found)
{
    double *memory = grzi_allocate(kernel->context, 2 * fine->size + 2 * count, sizeof(double));
    if (!memory) return GRZ_ERROR_OUT_OF_MEMORY;
    double *y = memory, *mass = y + fine->size, *nodes = mass + fine->size, *weights = nodes + count;
    scaled_measure(kernel, fine, y, mass);
    int size = 0;
    grz_status status = fine->size > 0 ? grzi_gauss_of_measure(kernel->context, fine->size, y, mass, count, nodes, weights, &size) : GRZ_OK;
    for (int j = 0; status == GRZ_OK && j < size; j++) {
        double half = asin(fmin(1, kernel->scale / 2 * sqrt(nodes[j]))), s = half > 0 ? sin(half) / half : 1;
        theta[j] = 2 * half;
        weight[j] = kernel->factor * weights[j] / (s * s);
    }
    if (status == GRZ_OK) *found = size;
    grzi_deallocate(kernel->context, memory);
    return status;
}

grz_status grzi_kernel_angular_rule(const grz_kernel *kernel, double z, int count, double *theta, double *weight, int *found)
{
    GRZI_TRY(grzi_check_range(kernel->context, "grzi_kernel_angular_rule", "count", count, 1, LARGEST_RULE));
    if (kernel->eps == 0) {
        double constant;
        GRZI_TRY(grzi_kernel_landau_constant(kernel, z, &constant));
        theta[0] = 0;
        weight[0] = 8 / GRZI_PI * constant;
        *found = 1;
        return GRZ_OK;
    }
    grzi_fine_rule own;
    const grzi_fine_rule *fine;
    grz_status status = grzi_kernel_fine_rule(kernel, z, 4.0 * count, &own, &fine);
    if (status == GRZ_OK) status = gauss_rule(kernel, fine, count, theta, weight, found);
    grzi_fine_rule_clear(kernel->context, &own);
    return status;
}

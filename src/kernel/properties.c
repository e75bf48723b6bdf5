/* What a kernel satisfies: its class, (A2), (2.3). */
#include "kernel/law.h"

#include <math.h>

int32_t grz_kernel_class_of(const grz_kernel *kernel)
{
    if (!kernel) return -1;
    if (!grzi_kernel_is_factorised(kernel)) return GRZ_KERNEL_CLASS_GENERAL;
    if (kernel->gamma > 0) return GRZ_KERNEL_CLASS_HARD;
    if (kernel->gamma == 0) return GRZ_KERNEL_CLASS_MAXWELL;
    return kernel->gamma >= -2 ? GRZ_KERNEL_CLASS_MODERATELY_SOFT : GRZ_KERNEL_CLASS_VERY_SOFT;
}

static const char *fault_in_A2(const grz_kernel *kernel, int bounded_below)
{
    if (!grzi_kernel_is_factorised(kernel)) return "a general kernel does not decouple: (2.3) takes the place of (A2)";
    if (kernel->kinetic_cutoff && kernel->gamma < 0) return "the kinetic factor is cut off, not |z|^gamma";
    if (!(kernel->gamma < 0)) return "gamma is not in [-4, 0)";
    if (kernel->law->nu >= 2) return "nu = 2: (2.2) is infinite without the logarithmic cutoff of Remark 2.6";
    if (!(kernel->law->nu > 0)) return "beta has no singularity theta^{-1-nu} with nu in (0, 2)";
    if (!bounded_below) return "beta has no lower bound c theta^{-1-nu}, c > 0, on (0, pi/2]";
    double constant = kernel->factor * kernel->law->fine.transfer * GRZI_PI / 8;
    if (fabs(constant - 1) > 1e-10) return "the angular momentum transfer (2.2) is not 8/pi";
    return NULL;
}

grz_status grz_kernel_satisfies_A2(const grz_kernel *kernel, int32_t *holds, const char **reason)
{
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(kernel->context, "grz_kernel_satisfies_A2", "holds", holds));
    int bounded = 0;
    if (grzi_kernel_is_factorised(kernel)) GRZI_TRY(kernel->law->operations->bounded_below(kernel->law, &bounded));
    const char *fault = fault_in_A2(kernel, bounded);
    *holds = !fault;
    if (reason) *reason = fault ? fault : "factorised, singular with nu in (0, 2), soft, transfer 8/pi";
    return GRZ_OK;
}

/* T/(|z|^{-4} + 1) must vanish at both ends: for |z|^gamma this is -4 < gamma < 0, and its cutoff only needs gamma < 0. */
static const char *fault_of_power(const grz_kernel *kernel)
{
    if (!(kernel->gamma < 0)) return "T does not tend to 0 at large |z|: gamma >= 0";
    if (!kernel->kinetic_cutoff && !(kernel->gamma > -4)) return "|z|^4 T does not tend to 0 at small |z|: gamma = -4";
    return NULL;
}

/* For a general kernel: the ratio at 1e-6 and 1e6 is smaller than two and four decades before, by at least the power 0.01. */
static grz_status fault_of_samples(const grz_kernel *kernel, const char **fault)
{
    for (int end = 0; end < 2; end++) {
        double ratio[3];
        for (int k = 0; k < 3; k++) {
            double z = pow(10, (end ? 1 : -1) * (2.0 + 2 * k)), T;
            GRZI_TRY(grz_kernel_total_cross_section(kernel, z, &T));
            ratio[k] = T / (pow(z, -4) + 1);
        }
        int vanishes = ratio[2] == 0 || (ratio[2] <= ratio[1] * pow(100, -0.01) && ratio[1] <= ratio[0] * pow(100, -0.01));
        if (!vanishes) {
            *fault = end ? "T does not tend to 0 at large |z|" : "|z|^4 T does not tend to 0 at small |z|";
            return GRZ_OK;
        }
    }
    *fault = NULL;
    return GRZ_OK;
}

grz_status grz_kernel_satisfies_2_3(const grz_kernel *kernel, int32_t *holds, const char **reason)
{
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(kernel->context, "grz_kernel_satisfies_2_3", "holds", holds));
    const char *fault = NULL;
    if (grzi_kernel_is_factorised(kernel))
        fault = fault_of_power(kernel);
    else
        GRZI_TRY(fault_of_samples(kernel, &fault));
    *holds = !fault;
    if (reason) *reason = fault ? fault : "T/(|z|^{-4} + 1) tends to 0 at small and large |z|";
    return GRZ_OK;
}

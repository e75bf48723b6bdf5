/* Values of beta, beta^eps and B at given angles. */
#include "kernel/law.h"

#include <math.h>
#include <string.h>

static grz_status check_angles(const grz_kernel *kernel, const char *function, int64_t count, const double *theta)
{
    if (count < 0)
        return grzi_fail(kernel->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is negative", function, (long long)count);
    GRZI_TRY(grzi_check_array_finite(kernel->context, function, "theta", theta, count));
    char text[GRZI_NUMBER_SIZE];
    for (int64_t i = 0; i < count; i++)
        if (!(theta[i] > 0 && theta[i] <= GRZI_HALF_PI))
            return grzi_fail(kernel->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: theta[%lld] = %s is outside (0, pi/2]", function,
                             (long long)i, grzi_number(text, theta[i]));
    return GRZ_OK;
}

static grz_status check_values(const grz_kernel *kernel, const char *function, int64_t count, const double *theta, const double *value)
{
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(value[i]))
            return grzi_fail(kernel->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the value at theta[%lld] = %g overflows", function,
                             (long long)i, theta[i]);
    return GRZ_OK;
}

grz_status grz_kernel_beta(const grz_kernel *kernel, int64_t count, const double *theta, double *beta)
{
    static const char *const function = "grz_kernel_beta";
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(kernel->context, function, "beta", beta));
    GRZI_TRY(check_angles(kernel, function, count, theta));
    double *value = grzi_allocate(kernel->context, count, sizeof(double));
    if (!value) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = kernel->law->operations->beta(kernel->law, 1, count, theta, value);
    for (int64_t i = 0; status == GRZ_OK && i < count; i++) value[i] *= kernel->factor;
    if (status == GRZ_OK) status = check_values(kernel, function, count, theta, value);
    if (status == GRZ_OK) memcpy(beta, value, (size_t)count * sizeof(double));
    grzi_deallocate(kernel->context, value);
    return status;
}

/* beta^eps at the angles in the support, z = NULL: relative speed 1; memory for 2 count. One callback per angle when z varies. */
static grz_status scaled_beta(const grz_kernel *kernel, int64_t count, const double *z, const double *theta, double *chi, double *value)
{
    const grzi_grazing *grazing = kernel->law->operations->grazing;
    int64_t inside = 0;
    for (int64_t i = 0; i < count; i++)
        if (grazing->angle(kernel, theta[i], &chi[inside])) inside++;
    const grzi_law *law = kernel->law;
    if (z && law->operations->depends_on_speed) {
        int64_t j = 0;
        double ignored;
        for (int64_t i = 0; i < count; i++) {
            if (!grazing->angle(kernel, theta[i], &ignored)) continue;
            GRZI_TRY(law->operations->beta(law, z[i], 1, &chi[j], &value[j]));
            j++;
        }
    } else if (inside > 0) {
        GRZI_TRY(law->operations->beta(law, 1, inside, chi, value));
    }
    double factor = grazing->density(kernel), ignored;
    for (int64_t i = count - 1; i >= 0; i--) {
        int support = grazing->angle(kernel, theta[i], &ignored);
        value[i] = support ? factor * value[--inside] : 0;
    }
    return GRZ_OK;
}

static grz_status scaled_values(const grz_kernel *kernel, const char *function, int64_t count, const double *z, const double *theta,
                                double *out)
{
    if (kernel->eps == 0)
        return grzi_fail(kernel->context, GRZ_ERROR_UNSUPPORTED, "%s: the grazing limit eps = 0 has no density in theta", function);
    double *memory = grzi_allocate(kernel->context, count, 2 * sizeof(double));
    if (!memory) return GRZ_ERROR_OUT_OF_MEMORY;
    double *value = memory + count;
    grz_status status = scaled_beta(kernel, count, z, theta, memory, value);
    if (z && status == GRZ_OK)
        for (int64_t i = 0; i < count; i++)
            if (value[i] != 0) value[i] *= grzi_kernel_kinetic_factor(kernel, z[i]) / sin(theta[i]);
    if (status == GRZ_OK) status = check_values(kernel, function, count, theta, value);
    if (status == GRZ_OK) memcpy(out, value, (size_t)count * sizeof(double));
    grzi_deallocate(kernel->context, memory);
    return status;
}

grz_status grz_kernel_beta_eps(const grz_kernel *kernel, int64_t count, const double *theta, double *beta)
{
    static const char *const function = "grz_kernel_beta_eps";
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(kernel->context, function, "beta", beta));
    GRZI_TRY(check_angles(kernel, function, count, theta));
    return scaled_values(kernel, function, count, NULL, theta, beta);
}

grz_status grz_kernel_B(const grz_kernel *kernel, int64_t count, const double *relative_speed, const double *theta, double *B)
{
    static const char *const function = "grz_kernel_B";
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(kernel->context, function, "B", B));
    GRZI_TRY(check_angles(kernel, function, count, theta));
    GRZI_TRY(grzi_check_array_finite(kernel->context, function, "relative_speed", relative_speed, count));
    for (int64_t i = 0; i < count; i++)
        if (!(relative_speed[i] > 0))
            return grzi_fail(kernel->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: relative_speed[%lld] = %g must be positive", function,
                             (long long)i, relative_speed[i]);
    return scaled_values(kernel, function, count, relative_speed, theta, B);
}

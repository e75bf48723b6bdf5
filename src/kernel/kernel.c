/* The kernel handle: reference count, derived kernels, parameters. */
#include "kernel/law.h"

#include <math.h>

static grz_kernel *allocate_kernel(const grz_context *context)
{
    grz_kernel *kernel = grzi_allocate_zeroed(context, 1, sizeof *kernel);
    if (!kernel) return NULL;
    kernel->references = 1;
    kernel->context = grzi_context_retain(context);
    return kernel;
}

static grz_status check_transfer(const grz_context *context, const char *function, const grz_kernel *kernel)
{
    if (kernel->law->operations->depends_on_speed) return GRZ_OK;
    double transfer = kernel->factor * grzi_law_limit_transfer(kernel->law);
    if (isfinite(transfer) && isfinite(kernel->factor * kernel->law->fine.transfer)) return GRZ_OK;
    return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the angular momentum transfer %g overflows", function, transfer);
}

grz_status grzi_kernel_create(const grz_context *context, const char *function, grzi_law *law, double gamma, double eps, double factor,
                              grz_kernel **out)
{
    if (!law) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = GRZ_OK;
    if (!law->fine.theta && !law->operations->depends_on_speed) {
        status = grzi_fine_rule_build(law, 1, GRZI_STORED_DEGREE, &law->fine);
        if (status == GRZ_OK && !(grzi_law_limit_transfer(law) > 0))
            status = grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: beta is zero: its angular momentum transfer is %g", function,
                               law->fine.transfer);
    }
    grz_kernel *kernel = status == GRZ_OK ? allocate_kernel(context) : NULL;
    if (!kernel) {
        grzi_law_release(law);
        return status == GRZ_OK ? GRZ_ERROR_OUT_OF_MEMORY : status;
    }
    kernel->law = law;
    kernel->gamma = gamma;
    kernel->eps = eps;
    kernel->scale = law->operations->grazing->scale(eps);
    kernel->factor = factor == 0 ? 8 / GRZI_PI / grzi_law_limit_transfer(law) : factor;
    status = check_transfer(context, function, kernel);
    if (status == GRZ_OK)
        *out = kernel;
    else
        grzi_kernel_release(kernel);
    return status;
}

grz_kernel *grzi_kernel_retain(const grz_kernel *kernel)
{
    grz_kernel *shared = (grz_kernel *)kernel;
    grzi_retain(&shared->references);
    return shared;
}

void grzi_kernel_release(grz_kernel *kernel)
{
    if (!kernel || !grzi_release_last(&kernel->references)) return;
    grz_context *context = kernel->context;
    grzi_law_release(kernel->law);
    grzi_deallocate(context, kernel);
    grzi_context_release(context);
}

void grz_kernel_destroy(grz_kernel **kernel)
{
    if (!kernel) return;
    grzi_kernel_release(*kernel);
    *kernel = NULL;
}

static grz_kernel *copy_kernel(const grz_kernel *kernel, grzi_law *law)
{
    grz_kernel *copy = allocate_kernel(kernel->context);
    if (!copy) {
        grzi_law_release(law);
        return NULL;
    }
    copy->law = law;
    copy->gamma = kernel->gamma;
    copy->eps = kernel->eps;
    copy->scale = kernel->scale;
    copy->factor = kernel->factor;
    copy->kinetic_cutoff = kernel->kinetic_cutoff;
    return copy;
}

/* Whether a kernel can be made from this one in this context. */
static grz_status check_derivation(grz_context *context, const char *function, const grz_kernel *kernel, grz_kernel **out)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_pointer(context, function, "kernel", kernel));
    if (kernel->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: kernel belongs to another context", function);
    return GRZ_OK;
}

grz_status grz_kernel_create_scaled(grz_context *context, const grz_kernel *kernel, double eps, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_scaled";
    GRZI_TRY(check_derivation(context, function, kernel, out));
    const grzi_grazing *grazing = kernel->law->operations->grazing;
    grz_kernel *scaled;
    GRZI_TRY(grazing->check(context, function, eps));
    GRZI_TRY(grzi_kernel_create(context, function, grazing->law_at(kernel->law, eps), kernel->gamma, eps, kernel->factor, &scaled));
    scaled->kinetic_cutoff = kernel->kinetic_cutoff;
    *out = scaled;
    return GRZ_OK;
}

grz_status grz_kernel_create_multiplied(grz_context *context, const grz_kernel *kernel, double factor, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_multiplied";
    GRZI_TRY(check_derivation(context, function, kernel, out));
    GRZI_TRY(grzi_check_finite(context, function, "factor", factor));
    if (!(factor > 0)) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: factor = %g must be positive", function, factor);
    if (!(kernel->factor * factor > 0 && isfinite(kernel->factor * factor)))
        return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: factor = %g times the kernel's own %g leaves double precision",
                         function, factor, kernel->factor);
    grz_kernel *multiple = copy_kernel(kernel, grzi_law_retain(kernel->law));
    if (!multiple) return GRZ_ERROR_OUT_OF_MEMORY;
    multiple->factor *= factor;
    grz_status status = check_transfer(context, function, multiple);
    if (status == GRZ_OK)
        *out = multiple;
    else
        grzi_kernel_release(multiple);
    return status;
}

grz_status grz_kernel_create_cut_off_kinetic(grz_context *context, const grz_kernel *kernel, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_cut_off_kinetic";
    GRZI_TRY(check_derivation(context, function, kernel, out));
    if (!grzi_kernel_is_factorised(kernel) || kernel->gamma > 0)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: appendix B has |z|_kin^gamma for gamma in [-4, 0] only", function);
    grz_kernel *cut = copy_kernel(kernel, grzi_law_retain(kernel->law));
    if (!cut) return GRZ_ERROR_OUT_OF_MEMORY;
    cut->kinetic_cutoff = 1;
    *out = cut;
    return GRZ_OK;
}

int32_t grz_kernel_type_of(const grz_kernel *kernel)
{
    return kernel ? (int32_t)kernel->law->type : -1;
}

double grz_kernel_gamma(const grz_kernel *kernel)
{
    return kernel ? kernel->gamma : NAN;
}

double grz_kernel_nu(const grz_kernel *kernel)
{
    return kernel ? kernel->law->nu : NAN;
}

double grz_kernel_eps(const grz_kernel *kernel)
{
    return kernel ? kernel->eps : NAN;
}

grz_context *grzi_kernel_context(const grz_kernel *kernel)
{
    return kernel->context;
}

int grzi_kernel_is_factorised(const grz_kernel *kernel)
{
    return !kernel->law->operations->depends_on_speed;
}

double grzi_power_of_speed(double z, double gamma)
{
    int exponent;
    double fraction = frexp(z, &exponent);
    return pow(fraction, gamma) * exp2(exponent * gamma);
}

double grzi_kernel_kinetic_factor(const grz_kernel *kernel, double z)
{
    if (!grzi_kernel_is_factorised(kernel) || kernel->gamma == 0) return 1;
    return kernel->kinetic_cutoff && z < 1 ? 1 : grzi_power_of_speed(z, kernel->gamma);
}

double grzi_kernel_kink(const grz_kernel *kernel)
{
    return kernel->kinetic_cutoff && kernel->gamma < 0 ? 1 : 0;
}

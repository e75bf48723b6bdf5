/* What all angular laws share: life, scaling, momentum transfer (law.h). */
#include "kernel/law.h"

#include <math.h>

grzi_law *grzi_law_create(const grz_context *context, const grzi_law_type *operations, grz_kernel_type type, double nu)
{
    grzi_law *law = grzi_allocate_zeroed(context, 1, sizeof *law);
    if (!law) return NULL;
    law->references = 1;
    law->context = grzi_context_retain(context);
    law->operations = operations;
    law->type = type;
    law->nu = nu;
    return law;
}

grzi_law *grzi_law_retain(const grzi_law *law)
{
    grzi_law *shared = (grzi_law *)law;
    grzi_retain(&shared->references);
    return shared;
}

void grzi_law_release(grzi_law *law)
{
    if (!law || !grzi_release_last(&law->references)) return;
    grz_context *context = law->context;
    grzi_fine_rule_clear(context, &law->fine);
    grzi_deallocate(context, law->abscissa);
    grzi_deallocate(context, law->ordinate);
    grzi_deallocate(context, law->slope);
    grzi_deallocate(context, law);
    grzi_context_release(context);
}

/* ------------------------------------------------------------------------------------------------------ compression (A2) */

static grz_status check_eps(const grz_context *context, const char *function, double eps)
{
    return grzi_check_range(context, function, "eps", eps, 0, GRZI_PI);
}

static grzi_law *same_law(const grzi_law *law, double eps)
{
    (void)eps;
    return grzi_law_retain(law);
}

static double compressed_scale(double eps)
{
    return eps / GRZI_PI;
}

static int compressed_angle(const grz_kernel *kernel, double theta, double *angle)
{
    *angle = fmin(theta / kernel->scale, GRZI_HALF_PI); /* theta = eps/2 may round beyond pi/2 */
    return theta <= kernel->eps / 2 && *angle > 0;
}

static double compressed_density(const grz_kernel *kernel)
{
    return kernel->factor / kernel->scale / kernel->scale / kernel->scale;
}

const grzi_grazing grzi_compressed = {check_eps, same_law, compressed_scale, compressed_angle, compressed_density, 0};

double grzi_law_limit_transfer(const grzi_law *law)
{
    double constant = law->operations->grazing->limit_constant;
    return constant > 0 ? 8 / GRZI_PI * constant : law->fine.transfer;
}

grz_status grzi_check_scattering(const grz_context *context, const char *function, grz_scattering scattering)
{
    if (scattering == GRZ_SCATTERING_POWER_LAW || scattering == GRZ_SCATTERING_CLASSICAL) return GRZ_OK;
    return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: scattering = %d is not a grz_scattering", function, (int)scattering);
}

grz_status grzi_check_nu(const grz_context *context, const char *function, double nu, double minimum)
{
    GRZI_TRY(grzi_check_finite(context, function, "nu", nu));
    if (nu >= minimum && nu < 2) return GRZ_OK;
    char text[GRZI_NUMBER_SIZE];
    return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: nu = %s is outside %s, 2)", function, grzi_number(text, nu),
                     minimum > 0 ? "(0" : "[-1");
}

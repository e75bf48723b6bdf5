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

/* beta = theta^{-1-nu} on (0, pi/2] (3.2). */
#include "kernel/law.h"

#include <math.h>

static grz_status power_law_beta(const grzi_law *law, double z, int64_t count, const double *theta, double *beta)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) beta[i] = pow(theta[i], -1 - law->nu);
    return GRZ_OK;
}

static grz_status evaluate(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    (void)law, (void)z;
    for (int64_t i = 0; i < count; i++) {
        theta[i] = u[i];
        smooth[i] = 1;
    }
    return GRZ_OK;
}

static grz_status measure(const grzi_law *law, double z, grzi_fine_rule *rule)
{
    grzi_piece piece = {GRZI_HALF_PI, 1 - law->nu, 0, evaluate};
    return grzi_fine_rule_add(law, z, &piece, 0, GRZI_HALF_PI, rule);
}

static grz_status bounded_below(const grzi_law *law, int *bounded)
{
    (void)law;
    *bounded = 1;
    return GRZ_OK;
}

const grzi_law_type grzi_power_law_type = {power_law_beta, measure, bounded_below, &grzi_compressed, 0, 0};

grz_status grz_kernel_create_power_law(grz_context *context, double gamma, double nu, double c, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_power_law";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "gamma", gamma, -4, 1));
    GRZI_TRY(grzi_check_nu(context, function, nu, nextafter(0, 1)));
    GRZI_TRY(grzi_check_range(context, function, "c", c, 0, HUGE_VAL));
    grzi_law *law = grzi_law_create(context, &grzi_power_law_type, GRZ_KERNEL_TYPE_POWER_LAW, nu);
    return grzi_kernel_create(context, function, law, gamma, GRZI_PI, c, out);
}

/* Variable hard spheres: B = |z|^gamma b0 on the whole sphere, symmetrised to 2 b0 on (0, pi/2]. The law is beta/b0 = 2 sin(theta). */
#include "kernel/law.h"

#include <math.h>

static grz_status vhs_beta(const grzi_law *law, double z, int64_t count, const double *theta, double *beta)
{
    (void)law, (void)z;
    for (int64_t i = 0; i < count; i++) beta[i] = 2 * sin(theta[i]);
    return GRZ_OK;
}

static grz_status evaluate(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    (void)law, (void)z;
    for (int64_t i = 0; i < count; i++) {
        theta[i] = u[i];
        smooth[i] = 2 * sin(u[i]) / u[i];
    }
    return GRZ_OK;
}

static grz_status measure(const grzi_law *law, double z, grzi_fine_rule *rule)
{
    grzi_piece piece = {GRZI_HALF_PI, 3, 0, evaluate};
    return grzi_fine_rule_add(law, z, &piece, 0, GRZI_HALF_PI, rule);
}

static grz_status bounded_below(const grzi_law *law, int *bounded)
{
    (void)law;
    *bounded = 0;
    return GRZ_OK;
}

static const grzi_law_type vhs_type = {vhs_beta, measure, bounded_below, &grzi_compressed, 0, 1};

grz_status grz_kernel_create_vhs(grz_context *context, double gamma, double b0, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_vhs";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "gamma", gamma, -4, 1));
    GRZI_TRY(grzi_check_range(context, function, "b0", b0, 0, HUGE_VAL));
    grzi_law *law = grzi_law_create(context, &vhs_type, GRZ_KERNEL_TYPE_VHS, -2);
    return grzi_kernel_create(context, function, law, gamma, GRZI_PI, b0, out);
}

/* Coulomb interaction, gamma = -3, nu = 2, with the logarithmic cutoff of Remark 2.6. The law's beta is without the cutoff and the
 * logarithm, (8/pi) theta^{-3} or Rutherford's; its measure has both. */
#include "kernel/law.h"

#include <math.h>

/* theta^3 beta. Rutherford: sin(theta) [sin^{-4}(theta/2) + cos^{-4}(theta/2)]/(2 pi), the constant that gives 8/pi at 0. */
static double theta3_beta(const grzi_law *law, double theta)
{
    if (law->scattering == GRZ_SCATTERING_POWER_LAW) return 8 / GRZI_PI;
    double s = sin(theta / 2), c = cos(theta / 2), ratio = theta / s, tangent = s / c;
    double t2 = tangent * tangent;
    return ratio * ratio * ratio * c * (1 + t2 * t2) / GRZI_PI;
}

static grz_status coulomb_beta(const grzi_law *law, double z, int64_t count, const double *theta, double *beta)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) beta[i] = theta3_beta(law, theta[i]) / theta[i] / theta[i] / theta[i];
    return GRZ_OK;
}

static grz_status evaluate(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) {
        theta[i] = u[i];
        smooth[i] = theta3_beta(law, u[i]) / -log(law->cutoff);
    }
    return GRZ_OK;
}

static grz_status measure(const grzi_law *law, double z, grzi_fine_rule *rule)
{
    if (law->cutoff == 0) return GRZ_OK; /* the limit is the point theta = 0, which queries treat by themselves */
    grzi_piece piece = {GRZI_HALF_PI, -1, 0, evaluate};
    return grzi_fine_rule_add(law, z, &piece, law->cutoff, GRZI_HALF_PI, rule);
}

static grz_status bounded_below(const grzi_law *law, int *bounded)
{
    (void)law;
    *bounded = 1;
    return GRZ_OK;
}

static grz_status check_eps(const grz_context *context, const char *function, double eps)
{
    GRZI_TRY(grzi_check_finite(context, function, "eps", eps));
    /* Below 1e-300 theta^{-1} nears the end of double precision. */
    if (eps == 0 || (eps >= 1e-300 && eps < 1)) return GRZ_OK;
    char text[GRZI_NUMBER_SIZE];
    return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: eps = %s is neither 0 nor a cutoff angle of Coulomb's, in [1e-300, 1)",
                     function, grzi_number(text, eps));
}

static grzi_law *law_at(const grzi_law *law, double eps);

static double scale(double eps)
{
    return eps > 0;
}

static int angle(const grz_kernel *kernel, double theta, double *angle)
{
    *angle = theta;
    return theta >= kernel->eps;
}

static double density(const grz_kernel *kernel)
{
    return kernel->factor / -log(kernel->eps);
}

static const grzi_grazing cut_off = {check_eps, law_at, scale, angle, density, 1};

static const grzi_law_type coulomb_type = {coulomb_beta, measure, bounded_below, &cut_off, 0, 0};

/* With the cutoff angle eps; 0: the grazing limit. */
static grzi_law *create(const grz_context *context, double eps, grz_scattering scattering)
{
    grzi_law *law = grzi_law_create(context, &coulomb_type, GRZ_KERNEL_TYPE_COULOMB, 2);
    if (!law) return NULL;
    law->cutoff = eps;
    law->scattering = scattering;
    return law;
}

static grzi_law *law_at(const grzi_law *law, double eps)
{
    return create(law->context, eps, law->scattering);
}

grz_status grz_kernel_create_coulomb(grz_context *context, double eps, grz_scattering scattering, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_coulomb";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(check_eps(context, function, eps));
    GRZI_TRY(grzi_check_scattering(context, function, scattering));
    return grzi_kernel_create(context, function, create(context, eps, scattering), -3, eps, 1, out);
}

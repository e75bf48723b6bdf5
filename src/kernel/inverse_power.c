/* Inverse-power potentials U ~ rho^{-(s-1)} (section 3.1), with the power law or the scattering law of the deflection integral. The
 * classical law is kept on two pieces in the orbit's own parameters, where no inversion is needed and both densities are smooth:
 *   forward  (theta < pi/2):  m in (0, half_m],  theta^2 beta dtheta = theta^2 m^{-1-nu} (m + nu q)/2 dm
 *   backward, reflected:      t = sqrt(q) in (0, sqrt(1 - half_m)], angle pi - theta, the same with dm = 2 t dt. */
#include "kernel/deflection.h"
#include "kernel/law.h"

#include <math.h>

/* -(1/2) d(b^2)/dm, b^2 = (1 - m) m^{-nu} */
static double cross_section(double nu, double m)
{
    return 0.5 * pow(m, -1 - nu) * (m + nu * (1 - m));
}

static grz_status classical_beta(const grzi_law *law, double z, int64_t count, const double *theta, double *beta)
{
    (void)z;
    const double *R = law->abscissa, *w = law->ordinate;
    for (int64_t i = 0; i < count; i++) {
        double ratio, slope, m = grzi_deflection_m(R, w, theta[i]), t = grzi_deflection_t(R, w, theta[i]);
        grzi_deflection_forward(R, w, m, &ratio, &slope);
        beta[i] = cross_section(law->nu, m) / slope;
        grzi_deflection_backward(R, w, t, &ratio, &slope);
        beta[i] += cross_section(law->nu, (1 - t) * (1 + t)) * 2 * t / slope;
    }
    return GRZ_OK;
}

static grz_status forward(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) {
        double ratio, slope, m = u[i];
        grzi_deflection_forward(law->abscissa, law->ordinate, m, &ratio, &slope);
        theta[i] = m * ratio;
        smooth[i] = 0.5 * (m + law->nu * (1 - m)) * ratio * ratio;
    }
    return GRZ_OK;
}

static grz_status backward(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) {
        double ratio, slope, t = u[i];
        grzi_deflection_backward(law->abscissa, law->ordinate, t, &ratio, &slope);
        theta[i] = t * ratio;
        smooth[i] = 2 * cross_section(law->nu, (1 - t) * (1 + t)) * ratio * ratio;
    }
    return GRZ_OK;
}

static grz_status measure(const grzi_law *law, double z, grzi_fine_rule *rule)
{
    grzi_piece grazing = {law->half_m, 1 - law->nu, 1, forward}, head_on = {sqrt(1 - law->half_m), 3, 1, backward};
    GRZI_TRY(grzi_fine_rule_add(law, z, &grazing, 0, grazing.end, rule));
    return grzi_fine_rule_add(law, z, &head_on, 0, head_on.end, rule);
}

static grz_status bounded_below(const grzi_law *law, int *bounded)
{
    (void)law;
    *bounded = 1;
    return GRZ_OK;
}

static const grzi_law_type classical_type = {classical_beta, measure, bounded_below, &grzi_compressed, 0, 0};

static grzi_law *create_law(const grz_context *context, double p, grz_scattering scattering)
{
    int classical = scattering == GRZ_SCATTERING_CLASSICAL;
    grzi_law *law = grzi_law_create(context, classical ? &classical_type : &grzi_power_law_type, GRZ_KERNEL_TYPE_INVERSE_POWER, 2 / p);
    if (!law) return NULL;
    law->scattering = scattering;
    law->count = GRZI_DEFLECTION_NODES;
    law->abscissa = grzi_allocate(context, law->count, sizeof(double));
    law->ordinate = law->abscissa ? grzi_allocate(context, law->count, sizeof(double)) : NULL;
    if (!law->ordinate) {
        grzi_law_release(law);
        return NULL;
    }
    grzi_deflection_rule(p, law->abscissa, law->ordinate);
    law->half_m = grzi_deflection_m(law->abscissa, law->ordinate, GRZI_HALF_PI);
    return law;
}

grz_status grz_kernel_create_inverse_power(grz_context *context, double s, grz_scattering scattering, int32_t normalise, grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_inverse_power";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_finite(context, function, "s", s));
    char text[GRZI_NUMBER_SIZE];
    if (!(s > 2 && s <= 1e6))
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: s = %s is outside (2, 1e6]", function, grzi_number(text, s));
    GRZI_TRY(grzi_check_scattering(context, function, scattering));
    grzi_law *law = create_law(context, s - 1, scattering);
    if (!law) return GRZ_ERROR_OUT_OF_MEMORY;
    double factor = normalise ? 0 : 1;
    if (!normalise && scattering == GRZ_SCATTERING_POWER_LAW) /* the classical law's constant at 0: b = (theta/A)^{-1/p} */
        factor = law->nu / 2 * pow(grzi_deflection_grazing(law->abscissa, law->ordinate), law->nu);
    return grzi_kernel_create(context, function, law, (s - 5) / (s - 1), GRZI_PI, factor, out);
}

/* Integrals of the scaled angular measure: transfer, spectrum, moments, total cross section, cancellation. They sum positive terms over
 * the law's fine rule {chi_j, mu_j}: int beta^eps g dtheta = sum mu_j g(theta_j)/theta_j^2 at theta_j = scale chi_j, since the measure
 * beta^eps theta^2 dtheta does not depend on eps. */
#include "kernel/law.h"

#include "quadrature/quadrature.h"

#include <math.h>
#include <string.h>

enum { LARGEST_DEGREE = 2000, LARGEST_MOMENT = 100 };

/* sin(theta/2)/(theta/2) */
static double half_sinc(double theta)
{
    return theta > 1e-9 ? sin(theta / 2) / (theta / 2) : 1;
}

static grz_status check_speed(const grz_kernel *kernel, const char *function, double z)
{
    GRZI_TRY(grzi_check_finite(kernel->context, function, "relative_speed", z));
    if (z > 0) return GRZ_OK;
    return grzi_fail(kernel->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: relative_speed = %g must be positive", function, z);
}

static grz_status check_query(const grz_kernel *kernel, const char *function, double z, const char *name, const void *output)
{
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(kernel->context, function, name, output));
    return grzi_kernel_is_factorised(kernel) ? GRZ_OK : check_speed(kernel, function, z);
}

static grz_status deliver(const grz_kernel *kernel, const char *function, int count, const double *values, double *output)
{
    for (int i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return grzi_fail(kernel->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the result overflows double precision", function);
    memcpy(output, values, (size_t)count * sizeof(double));
    return GRZ_OK;
}

/* int theta^2 beta of the unscaled law; for Coulomb, of beta^eps at its cutoff, and 8/pi in the limit. */
static grz_status transfer(const grz_kernel *kernel, double z, double *value)
{
    const grzi_law *law = kernel->law;
    if (kernel->eps == 0 && !law->operations->depends_on_speed) {
        *value = kernel->factor * grzi_law_limit_transfer(law);
        return GRZ_OK;
    }
    grzi_fine_rule own;
    const grzi_fine_rule *rule;
    grz_status status = grzi_kernel_fine_rule(kernel, z, 0, &own, &rule);
    if (status == GRZ_OK) *value = kernel->factor * rule->transfer;
    grzi_fine_rule_clear(kernel->context, &own);
    return status;
}

grz_status grzi_kernel_landau_constant(const grz_kernel *kernel, double z, double *constant)
{
    double limit = kernel->law->operations->grazing->limit_constant;
    if (limit > 0) {
        *constant = kernel->factor * limit;
        return GRZ_OK;
    }
    double value;
    GRZI_TRY(transfer(kernel, z, &value));
    *constant = GRZI_PI / 8 * value;
    return GRZ_OK;
}

grz_status grz_kernel_angular_momentum_transfer(const grz_kernel *kernel, double relative_speed, double *output)
{
    static const char *const function = "grz_kernel_angular_momentum_transfer";
    GRZI_TRY(check_query(kernel, function, relative_speed, "transfer", output));
    double value;
    GRZI_TRY(transfer(kernel, relative_speed, &value));
    return deliver(kernel, function, 1, &value, output);
}

grz_status grz_kernel_landau_constant(const grz_kernel *kernel, double relative_speed, double *constant)
{
    static const char *const function = "grz_kernel_landau_constant";
    GRZI_TRY(check_query(kernel, function, relative_speed, "constant", constant));
    double value;
    GRZI_TRY(grzi_kernel_landau_constant(kernel, relative_speed, &value));
    return deliver(kernel, function, 1, &value, constant);
}

/* lambda_l = -2 pi int beta^eps 2 sin^2(theta/2) deficit_l(theta) dtheta */
static grz_status spectrum(const grz_kernel *kernel, double z, int lmax, double *lambda)
{
    if (kernel->eps == 0) {
        double constant;
        GRZI_TRY(grzi_kernel_landau_constant(kernel, z, &constant));
        for (int l = 0; l <= lmax; l++) lambda[l] = -4 * constant * l * (l + 1);
        return GRZ_OK;
    }
    double *deficit = grzi_allocate(kernel->context, lmax + 1, sizeof(double));
    if (!deficit) return GRZ_ERROR_OUT_OF_MEMORY;
    grzi_fine_rule own;
    const grzi_fine_rule *rule;
    grz_status status = grzi_kernel_fine_rule(kernel, z, lmax * kernel->scale * GRZI_HALF_PI, &own, &rule);
    if (status == GRZ_OK) {
        for (int l = 0; l <= lmax; l++) lambda[l] = 0;
        for (int64_t j = 0; j < rule->size; j++) {
            double theta = kernel->scale * rule->theta[j], s = half_sinc(theta), weight = GRZI_PI * rule->weight[j] * s * s;
            grzi_legendre_deficit(lmax, theta, deficit);
            for (int l = 1; l <= lmax; l++) lambda[l] -= weight * deficit[l];
        }
        for (int l = 1; l <= lmax; l++) lambda[l] *= kernel->factor;
    }
    grzi_fine_rule_clear(kernel->context, &own);
    grzi_deallocate(kernel->context, deficit);
    return status;
}

grz_status grz_kernel_spectrum(const grz_kernel *kernel, double relative_speed, int32_t lmax, double *lambda)
{
    static const char *const function = "grz_kernel_spectrum";
    GRZI_TRY(check_query(kernel, function, relative_speed, "lambda", lambda));
    GRZI_TRY(grzi_check_range(kernel->context, function, "lmax", lmax, 0, LARGEST_DEGREE));
    double *value = grzi_allocate(kernel->context, lmax + 1, sizeof(double));
    if (!value) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = spectrum(kernel, relative_speed, lmax, value);
    if (status == GRZ_OK) status = deliver(kernel, function, lmax + 1, value, lambda);
    grzi_deallocate(kernel->context, value);
    return status;
}

grz_status grz_kernel_moments(const grz_kernel *kernel, double relative_speed, int32_t kmax, double *moments)
{
    static const char *const function = "grz_kernel_moments";
    GRZI_TRY(check_query(kernel, function, relative_speed, "moments", moments));
    GRZI_TRY(grzi_check_range(kernel->context, function, "kmax", kmax, 1, LARGEST_MOMENT));
    double value[LARGEST_MOMENT] = {0};
    if (kernel->eps == 0) {
        GRZI_TRY(grzi_kernel_landau_constant(kernel, relative_speed, value));
        value[0] *= 4; /* lambda_1 = -2 m_1 = -8 C_beta */
        return deliver(kernel, function, kmax, value, moments);
    }
    grzi_fine_rule own;
    const grzi_fine_rule *rule;
    grz_status status = grzi_kernel_fine_rule(kernel, relative_speed, 4.0 * kmax, &own, &rule);
    for (int64_t j = 0; status == GRZ_OK && j < rule->size; j++) {
        double theta = kernel->scale * rule->theta[j], s = half_sinc(theta), x = sin(theta / 2) * sin(theta / 2);
        double term = kernel->factor * GRZI_HALF_PI * rule->weight[j] * s * s;
        for (int k = 0; k < kmax; k++, term *= x) value[k] += term;
    }
    grzi_fine_rule_clear(kernel->context, &own);
    return status == GRZ_OK ? deliver(kernel, function, kmax, value, moments) : status;
}

grz_status grz_kernel_kinetic_factor(const grz_kernel *kernel, double relative_speed, double *factor)
{
    static const char *const function = "grz_kernel_kinetic_factor";
    GRZI_TRY(check_query(kernel, function, 1, "factor", factor));
    GRZI_TRY(check_speed(kernel, function, relative_speed));
    double value = grzi_kernel_kinetic_factor(kernel, relative_speed);
    return deliver(kernel, function, 1, &value, factor);
}

grz_status grz_kernel_total_cross_section(const grz_kernel *kernel, double relative_speed, double *T)
{
    static const char *const function = "grz_kernel_total_cross_section";
    GRZI_TRY(check_query(kernel, function, 1, "T", T));
    GRZI_TRY(check_speed(kernel, function, relative_speed));
    double value;
    GRZI_TRY(transfer(kernel, relative_speed, &value));
    value *= grzi_kernel_kinetic_factor(kernel, relative_speed);
    return deliver(kernel, function, 1, &value, T);
}

static grz_status check_cancellation(const grz_kernel *kernel, const char *function, double z, int kinetic)
{
    GRZI_TRY(check_speed(kernel, function, z));
    if (!grzi_kernel_is_factorised(kernel))
        return grzi_fail(kernel->context, GRZ_ERROR_UNSUPPORTED, "%s: Lemma B.1 needs a factorised kernel", function);
    if (kinetic && kernel->gamma > 0)
        return grzi_fail(kernel->context, GRZ_ERROR_UNSUPPORTED, "%s: |z|_kin^gamma of appendix B needs gamma in [-4, 0], not %g", function,
                         kernel->gamma);
    return GRZ_OK;
}

/* |z|_kin^gamma of appendix B */
static double kinetic_power(const grz_kernel *kernel, double z)
{
    return z <= 1 ? 1 : grzi_power_of_speed(z, kernel->gamma);
}

grz_status grz_kernel_cancellation(const grz_kernel *kernel, grz_cancellation form, double relative_speed, double *S)
{
    static const char *const function = "grz_kernel_cancellation";
    GRZI_TRY(check_query(kernel, function, 1, "S", S));
    if (form != GRZ_CANCELLATION_POWER && form != GRZ_CANCELLATION_KINETIC)
        return grzi_fail(kernel->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: form = %d is not a grz_cancellation", function, (int)form);
    int kinetic = form == GRZ_CANCELLATION_KINETIC;
    GRZI_TRY(check_cancellation(kernel, function, relative_speed, kinetic));
    double power = kinetic ? 3 : 3 + kernel->gamma, sum = 0, value;
    if (kernel->eps == 0) {
        GRZI_TRY(transfer(kernel, relative_speed, &value));
        sum = value * power / 8; /* cos^{-p}(theta/2) - 1 = p theta^2/8 + ... */
    } else {
        const grzi_fine_rule *rule = &kernel->law->fine;
        for (int64_t j = 0; j < rule->size; j++) {
            double theta = kernel->scale * rule->theta[j], sine = sin(theta / 2), s = half_sinc(theta);
            /* [cos^{-p} - 1]/theta^2, with -log(cos^2) = x + ... factored out so that small angles do not underflow */
            double x = sine * sine, logarithm = x > 0 ? -log1p(-x) / x : 1, exponent = power / 2 * logarithm * x;
            double growth = exponent != 0 ? expm1(exponent) / exponent : 1;
            sum += rule->weight[j] * growth * power / 8 * logarithm * s * s;
        }
        sum *= kernel->factor;
    }
    value = 2 * GRZI_PI * sum * (kinetic ? kinetic_power(kernel, relative_speed) : grzi_power_of_speed(relative_speed, kernel->gamma));
    return deliver(kernel, function, 1, &value, S);
}

grz_status grz_kernel_cancellation_bound(const grz_kernel *kernel, double relative_speed, double *bound)
{
    static const char *const function = "grz_kernel_cancellation_bound";
    GRZI_TRY(check_query(kernel, function, 1, "bound", bound));
    GRZI_TRY(check_cancellation(kernel, function, relative_speed, 1));
    double value;
    GRZI_TRY(transfer(kernel, relative_speed, &value));
    value *= 3 * GRZI_HALF_PI * kinetic_power(kernel, relative_speed);
    return deliver(kernel, function, 1, &value, bound);
}

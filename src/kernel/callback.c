/* Laws of the user: beta(theta), and a general beta(z, theta) of Remarks 2.5 and 5.8, both beta = theta^{-1-nu} times a smooth function. */
#include "kernel/law.h"

#include <math.h>

static grz_status check_values(const grzi_law *law, int returned, double z, int64_t count, const double *theta, const double *beta)
{
    static const char *const function = "kernel callback";
    const grz_context *context = law->context;
    if (returned != 0)
        return grzi_fail(context, GRZ_ERROR_CALLBACK, "%s: returned %d for %lld angles from %.17g on at relative speed %g", function,
                         returned, (long long)count, theta[0], z);
    for (int64_t i = 0; i < count; i++) {
        if (!isfinite(beta[i]))
            return grzi_fail(context, GRZ_ERROR_NOT_FINITE, "%s: beta(theta = %.17g) = %g at relative speed %g is not finite", function,
                             theta[i], beta[i], z);
        if (beta[i] < 0)
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: beta(theta = %.17g) = %g at relative speed %g is negative", function,
                             theta[i], beta[i], z);
    }
    return GRZ_OK;
}

static grz_status user_beta(const grzi_law *law, double z, int64_t count, const double *theta, double *beta)
{
    if (count == 0) return GRZ_OK;
    for (int64_t i = 0; i < count; i++) beta[i] = NAN; /* a value the callback forgets is found out */
    int returned = law->beta ? law->beta(count, theta, beta, law->user) : law->general_beta(z, count, theta, beta, law->user);
    return check_values(law, returned, z, count, theta, beta);
}

static grz_status evaluate(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    for (int64_t i = 0; i < count; i++) theta[i] = u[i];
    GRZI_TRY(user_beta(law, z, count, theta, smooth));
    for (int64_t i = 0; i < count; i++) smooth[i] *= pow(theta[i], 1 + law->nu);
    return GRZ_OK;
}

static grz_status measure(const grzi_law *law, double z, grzi_fine_rule *rule)
{
    grzi_piece piece = {GRZI_HALF_PI, 1 - law->nu, 1, evaluate};
    return grzi_fine_rule_add(law, z, &piece, 0, GRZI_HALF_PI, rule);
}

/* As far as samples show: theta^{1+nu} beta stays above 1e-8 of its largest value on a grid that is even in log theta. */
static grz_status bounded_below(const grzi_law *law, int *bounded)
{
    enum { SAMPLES = 257 };
    double theta[SAMPLES], beta[SAMPLES], lowest = HUGE_VAL, highest = 0;
    *bounded = 0;
    if (!(law->nu > 0)) return GRZ_OK;
    for (int i = 0; i < SAMPLES; i++) theta[i] = GRZI_HALF_PI * pow(10, -8.0 * i / (SAMPLES - 1));
    GRZI_TRY(user_beta(law, 1, SAMPLES, theta, beta));
    for (int i = 0; i < SAMPLES; i++) {
        double F = beta[i] * pow(theta[i], 1 + law->nu);
        lowest = fmin(lowest, F);
        highest = fmax(highest, F);
    }
    *bounded = lowest > 1e-8 * highest;
    return GRZ_OK;
}

static const grzi_law_type angular_type = {user_beta, measure, bounded_below, &grzi_compressed, 0, 0};
static const grzi_law_type general_type = {user_beta, measure, bounded_below, &grzi_compressed, 1, 0};

static grz_status create(grz_context *context, const char *function, double gamma, double nu, grz_beta_fn beta,
                         grz_general_beta_fn general_beta, void *user, grz_kernel **out)
{
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (!beta && !general_beta) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: beta is NULL", function);
    GRZI_TRY(grzi_check_range(context, function, "gamma", gamma, -4, 1));
    GRZI_TRY(grzi_check_nu(context, function, nu, -1));
    grzi_law *law = beta ? grzi_law_create(context, &angular_type, GRZ_KERNEL_TYPE_CALLBACK, nu)
                         : grzi_law_create(context, &general_type, GRZ_KERNEL_TYPE_GENERAL, nu);
    if (!law) return GRZ_ERROR_OUT_OF_MEMORY;
    law->beta = beta;
    law->general_beta = general_beta;
    law->user = user;
    if (general_beta) { /* finds a faulty callback now rather than in the first query */
        grzi_fine_rule trial;
        grz_status status = grzi_fine_rule_build(law, 1, 0, &trial);
        grzi_fine_rule_clear(context, &trial);
        if (status != GRZ_OK) {
            grzi_law_release(law);
            return status;
        }
    }
    return grzi_kernel_create(context, function, law, gamma, GRZI_PI, 1, out);
}

grz_status grz_kernel_create_callback(grz_context *context, double gamma, double nu, grz_beta_fn beta, void *user, grz_kernel **out)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    return create(context, "grz_kernel_create_callback", gamma, nu, beta, NULL, user, out);
}

grz_status grz_kernel_create_general(grz_context *context, double gamma, double nu, grz_general_beta_fn beta, void *user, grz_kernel **out)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    return create(context, "grz_kernel_create_general", gamma, nu, NULL, beta, user, out);
}

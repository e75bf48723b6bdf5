/* Kernels as objects: bad input, callbacks that fail, allocations that fail, lifetime, threads. */
#include "support/kernel_suite.h"

#include "support/allocators.h"

#include <pthread.h>
#include <string.h>

static void refused(grz_status status, grz_status expected, const char *word)
{
    const char *message = grz_context_last_message(context);
    ck_assert_msg(status == expected, "%s instead of %s: %s", grz_status_name(status), grz_status_name(expected), message);
    ck_assert_msg(strstr(message, word) != NULL, "\"%s\" does not say %s", message, word);
}

static int constant_beta(int64_t count, const double *theta, double *beta, void *user)
{
    for (int64_t i = 0; i < count; i++) beta[i] = theta[i] > 1.5 ? *(double *)user : 1;
    return 0;
}

static int stopping_beta(int64_t count, const double *theta, double *beta, void *user)
{
    (void)count, (void)theta, (void)beta;
    return *(int *)user;
}

static int lazy_beta(int64_t count, const double *theta, double *beta, void *user)
{
    (void)count, (void)theta, (void)beta, (void)user;
    return 0;
}

static int zero_beta(int64_t count, const double *theta, double *beta, void *user)
{
    (void)theta, (void)user;
    memset(beta, 0, (size_t)count * sizeof *beta);
    return 0;
}

static int singular_beta(int64_t count, const double *theta, double *beta, void *user)
{
    for (int64_t i = 0; i < count; i++) beta[i] = pow(theta[i], -1 - *(double *)user);
    return 0;
}

static int noisy_beta(int64_t count, const double *theta, double *beta, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) beta[i] = (float)(2 + sin(theta[i])) * (1 + 1e-7 * sin(1e9 * theta[i]));
    return 0;
}

static int general_constant_beta(double z, int64_t count, const double *theta, double *beta, void *user)
{
    return constant_beta(count, theta, beta, user) + (z > 10);
}

START_TEST(constructors_refuse_bad_input)
{
    static const double bad_gamma[] = {-4.0001, 1.0001, NAN, HUGE_VAL, -HUGE_VAL}, bad_nu[] = {0, 2, -1, NAN, HUGE_VAL};
    grz_kernel *const untouched = (grz_kernel *)&context;
    grz_kernel *kernel = untouched;
    double theta[3] = {0.1, 0.5, 1}, beta[3] = {3, 2, 1}, one = 1;
    for (int i = 0; i < 5; i++) {
        grz_status kind = i < 2 ? GRZ_ERROR_INVALID_ARGUMENT : GRZ_ERROR_NOT_FINITE;
        refused(grz_kernel_create_power_law(context, bad_gamma[i], 1, 0, &kernel), kind, "gamma");
        refused(grz_kernel_create_vhs(context, bad_gamma[i], 1, &kernel), kind, "gamma");
        refused(grz_kernel_create_table(context, bad_gamma[i], 1, 3, theta, beta, &kernel), kind, "gamma");
        refused(grz_kernel_create_callback(context, bad_gamma[i], 1, constant_beta, &one, &kernel), kind, "gamma");
        refused(grz_kernel_create_general(context, bad_gamma[i], 1, general_constant_beta, &one, &kernel), kind, "gamma");
        kind = i < 3 ? GRZ_ERROR_INVALID_ARGUMENT : GRZ_ERROR_NOT_FINITE;
        refused(grz_kernel_create_power_law(context, -1, bad_nu[i], 0, &kernel), kind, "nu");
        double nu = i == 0 || i == 2 ? -1.001 : bad_nu[i];
        refused(grz_kernel_create_table(context, -1, nu, 3, theta, beta, &kernel), kind, "nu");
        refused(grz_kernel_create_callback(context, -1, nu, constant_beta, &one, &kernel), kind, "nu");
        refused(grz_kernel_create_general(context, -1, nu, general_constant_beta, &one, &kernel), kind, "nu");
    }
    refused(grz_kernel_create_power_law(context, -1, 1, -1, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "c = -1");
    refused(grz_kernel_create_power_law(context, -1, 1, NAN, &kernel), GRZ_ERROR_NOT_FINITE, "c = nan");
    refused(grz_kernel_create_power_law(context, -1, 1.9999, 1e308, &kernel), GRZ_ERROR_NOT_REPRESENTABLE, "transfer");
    refused(grz_kernel_create_vhs(context, -1, -1, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "b0");
    refused(grz_kernel_create_vhs(context, -1, HUGE_VAL, &kernel), GRZ_ERROR_NOT_FINITE, "b0");
    static const double bad_s[] = {2, 1, -5, 1.1e6};
    for (int i = 0; i < 4; i++)
        refused(grz_kernel_create_inverse_power(context, bad_s[i], GRZ_SCATTERING_CLASSICAL, 1, &kernel), GRZ_ERROR_INVALID_ARGUMENT,
                "s =");
    refused(grz_kernel_create_inverse_power(context, NAN, GRZ_SCATTERING_CLASSICAL, 1, &kernel), GRZ_ERROR_NOT_FINITE, "s =");
    refused(grz_kernel_create_inverse_power(context, 5, (grz_scattering)7, 1, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "scattering = 7");
    refused(grz_kernel_create_coulomb(context, 0.1, (grz_scattering)7, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "scattering = 7");
    static const double bad_eps[] = {1, -0.1, 1e-301, 3};
    for (int i = 0; i < 4; i++)
        refused(grz_kernel_create_coulomb(context, bad_eps[i], GRZ_SCATTERING_POWER_LAW, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "eps");
    refused(grz_kernel_create_coulomb(context, NAN, GRZ_SCATTERING_POWER_LAW, &kernel), GRZ_ERROR_NOT_FINITE, "eps");
    ck_assert(kernel == untouched);

    ck_assert_int_eq(grz_kernel_create_power_law(NULL, -1, 1, 0, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_inverse_power(NULL, 5, GRZ_SCATTERING_CLASSICAL, 1, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_coulomb(NULL, 0.1, GRZ_SCATTERING_CLASSICAL, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_vhs(NULL, 1, 0, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_table(NULL, -1, 1, 3, theta, beta, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_callback(NULL, -1, 1, constant_beta, &one, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_general(NULL, -1, 1, general_constant_beta, &one, &kernel), GRZ_ERROR_NULL_ARGUMENT);
    refused(grz_kernel_create_power_law(context, -1, 1, 0, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_inverse_power(context, 5, GRZ_SCATTERING_CLASSICAL, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_CLASSICAL, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_vhs(context, 1, 0, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_table(context, -1, 1, 3, theta, beta, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_table(context, -1, 1, 3, NULL, beta, &kernel), GRZ_ERROR_NULL_ARGUMENT, "theta");
    refused(grz_kernel_create_table(context, -1, 1, 3, theta, NULL, &kernel), GRZ_ERROR_NULL_ARGUMENT, "beta");
    refused(grz_kernel_create_callback(context, -1, 1, NULL, &one, &kernel), GRZ_ERROR_NULL_ARGUMENT, "beta");
    refused(grz_kernel_create_callback(context, -1, 1, constant_beta, &one, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_general(context, -1, 1, NULL, &one, &kernel), GRZ_ERROR_NULL_ARGUMENT, "beta");
    refused(grz_kernel_create_general(context, -1, 1, general_constant_beta, &one, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    ck_assert(kernel == untouched);
}
END_TEST

START_TEST(tables_refuse_bad_rows)
{
    grz_kernel *kernel = NULL;
    double theta[3] = {0.1, 0.5, 1}, beta[3] = {3, 2, 1};
    refused(grz_kernel_create_table(context, -1, 1, 1, theta, beta, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "count = 1");
    refused(grz_kernel_create_table(context, -1, 1, -3, theta, beta, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "count = -3");
    refused(grz_kernel_create_table(context, -1, 1, INT64_MAX, theta, beta, &kernel), GRZ_ERROR_SIZE_OVERFLOW,
            "count = 9223372036854775807");
    for (int i = 0; i < 3; i++) {
        static const double wrong[] = {0.1, -1, 2, NAN, HUGE_VAL};
        double keep = theta[i];
        for (int k = i == 0; k < 5; k++) {
            theta[i] = wrong[k];
            refused(grz_kernel_create_table(context, -1, 1, 3, theta, beta, &kernel),
                    k < 3 ? GRZ_ERROR_INVALID_ARGUMENT : GRZ_ERROR_NOT_FINITE, "theta[");
        }
        theta[i] = keep;
        keep = beta[i];
        for (int k = 0; k < 3; k++) {
            beta[i] = (double[]){-1e-300, NAN, HUGE_VAL}[k];
            refused(grz_kernel_create_table(context, -1, 1, 3, theta, beta, &kernel),
                    k == 0 ? GRZ_ERROR_INVALID_ARGUMENT : GRZ_ERROR_NOT_FINITE, "beta[");
        }
        beta[i] = keep;
    }
    memset(beta, 0, sizeof beta);
    refused(grz_kernel_create_table(context, -1, 1, 3, theta, beta, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "zero");
    ck_assert(kernel == NULL);
}
END_TEST

START_TEST(faulty_callbacks_are_found_out)
{
    grz_kernel *kernel = NULL;
    int stop = 42;
    double value = NAN;
    refused(grz_kernel_create_callback(context, -1, 1, stopping_beta, &stop, &kernel), GRZ_ERROR_CALLBACK, "returned 42");
    refused(grz_kernel_create_callback(context, -1, 1, constant_beta, &value, &kernel), GRZ_ERROR_NOT_FINITE, "theta = 1.5");
    refused(grz_kernel_create_general(context, -1, 1, general_constant_beta, &value, &kernel), GRZ_ERROR_NOT_FINITE, "theta = 1.5");
    value = HUGE_VAL;
    refused(grz_kernel_create_callback(context, -1, 1, constant_beta, &value, &kernel), GRZ_ERROR_NOT_FINITE, "inf");
    value = -2.5;
    refused(grz_kernel_create_callback(context, -1, 1, constant_beta, &value, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "-2.5");
    refused(grz_kernel_create_callback(context, -1, 1, lazy_beta, NULL, &kernel), GRZ_ERROR_NOT_FINITE, "nan");
    refused(grz_kernel_create_callback(context, -1, 1, zero_beta, NULL, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "zero");
    ck_assert(kernel == NULL);

    /* One that goes wrong later, in queries and derived kernels; the kernel stays usable. */
    value = 1;
    double out[4] = {-7, -7, -7, -7}, theta[2] = {1.2, 1.3}, z[2] = {1, 20};
    grz_kernel *scaled = NULL;
    ok(grz_kernel_create_general(context, -1, -1, general_constant_beta, &value, &kernel));
    ok(grz_kernel_create_scaled(context, kernel, 3, &scaled));
    grz_kernel_destroy(&kernel);
    refused(grz_kernel_spectrum(scaled, 11, 3, out), GRZ_ERROR_CALLBACK, "relative speed 11");
    refused(grz_kernel_moments(scaled, 11, 3, out), GRZ_ERROR_CALLBACK, "returned 1");
    refused(grz_kernel_angular_momentum_transfer(scaled, 11, out), GRZ_ERROR_CALLBACK, "returned 1");
    refused(grz_kernel_landau_constant(scaled, 11, out), GRZ_ERROR_CALLBACK, "returned 1");
    refused(grz_kernel_total_cross_section(scaled, 11, out), GRZ_ERROR_CALLBACK, "returned 1");
    refused(grz_kernel_B(scaled, 2, z, theta, out), GRZ_ERROR_CALLBACK, "returned 1");
    int32_t holds = -1;
    refused(grz_kernel_satisfies_2_3(scaled, &holds, NULL), GRZ_ERROR_CALLBACK, "returned 1");
    value = NAN;
    refused(grz_kernel_spectrum(scaled, 1, 3, out), GRZ_ERROR_NOT_FINITE, "nan");
    for (int i = 0; i < 4; i++) ck_assert(out[i] == -7);
    ck_assert_int_eq(holds, -1);
    value = 1;
    ok(grz_kernel_spectrum(scaled, 1, 3, out));
    grz_kernel_destroy(&scaled);
}
END_TEST

/* The declared nu is what the rule trusts: a stronger singularity is either resolved all the same or refused. */
START_TEST(wrong_exponents_and_noise)
{
    grz_kernel *kernel = NULL;
    double nu = 2.5, transfer;
    refused(grz_kernel_create_callback(context, -1, 0.5, singular_beta, &nu, &kernel), GRZ_ERROR_NOT_CONVERGED, "nu = 0.5");
    nu = 2;
    refused(grz_kernel_create_callback(context, -1, 0.5, singular_beta, &nu, &kernel), GRZ_ERROR_NOT_CONVERGED, "nu = 0.5");
    ck_assert(kernel == NULL);
    nu = 1.2;
    ok(grz_kernel_create_callback(context, -1, 0.5, singular_beta, &nu, &kernel));
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    check_close(transfer, pow(M_PI_2, 0.8) / 0.8, 1e-12, "stronger singularity", nu, 0);
    grz_kernel_destroy(&kernel);
    ok(grz_kernel_create_callback(context, -1, -1, noisy_beta, NULL, &kernel));
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    check_close(transfer, 2 * pow(M_PI_2, 3) / 3 + M_PI - 2, 1e-6, "noise", 0, 0);
    grz_kernel_destroy(&kernel);
}
END_TEST

START_TEST(queries_refuse_bad_input)
{
    grz_kernel *kernel = NULL, *general = NULL, *limit = NULL, *hard = NULL, *out = NULL;
    double value[8], theta[2] = {0.1, 1}, z[2] = {1, 2}, one = 1;
    int32_t holds;
    ok(grz_kernel_create_power_law(context, -2, 1, 0, &kernel));
    ok(grz_kernel_create_general(context, -2, -1, general_constant_beta, &one, &general));
    ok(grz_kernel_create_vhs(context, 1, 0, &hard));
    ok(grz_kernel_create_scaled(context, kernel, 0, &limit));
    for (int i = 0; i < 8; i++) value[i] = -7;

    ck_assert_int_eq(grz_kernel_create_scaled(NULL, kernel, 1, &out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_multiplied(NULL, kernel, 1, &out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_create_cut_off_kinetic(NULL, kernel, &out), GRZ_ERROR_NULL_ARGUMENT);
    refused(grz_kernel_create_scaled(context, NULL, 1, &out), GRZ_ERROR_NULL_ARGUMENT, "kernel");
    refused(grz_kernel_create_multiplied(context, NULL, 1, &out), GRZ_ERROR_NULL_ARGUMENT, "kernel");
    refused(grz_kernel_create_cut_off_kinetic(context, NULL, &out), GRZ_ERROR_NULL_ARGUMENT, "kernel");
    grz_context *elsewhere;
    ck_assert_int_eq(grz_context_create(&elsewhere), GRZ_OK);
    ck_assert_int_eq(grz_kernel_create_scaled(elsewhere, kernel, 1, &out), GRZ_ERROR_MISMATCH);
    ck_assert_int_eq(grz_kernel_create_multiplied(elsewhere, kernel, 1, &out), GRZ_ERROR_MISMATCH);
    ck_assert_int_eq(grz_kernel_create_cut_off_kinetic(elsewhere, kernel, &out), GRZ_ERROR_MISMATCH);
    ck_assert_ptr_nonnull(strstr(grz_context_last_message(elsewhere), "kernel belongs to another context"));
    grz_context_destroy(&elsewhere);
    ck_assert_int_eq(grz_kernel_beta(NULL, 1, theta, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_beta_eps(NULL, 1, theta, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_B(NULL, 1, z, theta, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_angular_momentum_transfer(NULL, 1, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_landau_constant(NULL, 1, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_spectrum(NULL, 1, 2, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_moments(NULL, 1, 2, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_kinetic_factor(NULL, 1, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_total_cross_section(NULL, 1, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_cancellation(NULL, GRZ_CANCELLATION_POWER, 1, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_cancellation_bound(NULL, 1, value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_satisfies_A2(NULL, &holds, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_kernel_satisfies_2_3(NULL, &holds, NULL), GRZ_ERROR_NULL_ARGUMENT);

    refused(grz_kernel_create_scaled(context, kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_multiplied(context, kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_create_cut_off_kinetic(context, kernel, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    refused(grz_kernel_beta(kernel, 1, NULL, value), GRZ_ERROR_NULL_ARGUMENT, "theta");
    refused(grz_kernel_beta(kernel, 1, theta, NULL), GRZ_ERROR_NULL_ARGUMENT, "beta");
    refused(grz_kernel_beta_eps(kernel, 1, theta, NULL), GRZ_ERROR_NULL_ARGUMENT, "beta");
    refused(grz_kernel_B(kernel, 1, NULL, theta, value), GRZ_ERROR_NULL_ARGUMENT, "relative_speed");
    refused(grz_kernel_B(kernel, 1, z, theta, NULL), GRZ_ERROR_NULL_ARGUMENT, "B");
    refused(grz_kernel_angular_momentum_transfer(kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "transfer");
    refused(grz_kernel_landau_constant(kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "constant");
    refused(grz_kernel_spectrum(kernel, 1, 2, NULL), GRZ_ERROR_NULL_ARGUMENT, "lambda");
    refused(grz_kernel_moments(kernel, 1, 2, NULL), GRZ_ERROR_NULL_ARGUMENT, "moments");
    refused(grz_kernel_kinetic_factor(kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "factor");
    refused(grz_kernel_total_cross_section(kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "T");
    refused(grz_kernel_cancellation(kernel, GRZ_CANCELLATION_POWER, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "S");
    refused(grz_kernel_cancellation_bound(kernel, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "bound");
    refused(grz_kernel_satisfies_A2(kernel, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "holds");
    refused(grz_kernel_satisfies_2_3(kernel, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "holds");

    for (int i = 0; i < 5; i++) {
        double wrong = (double[]){0, -1, 1.6, NAN, HUGE_VAL}[i];
        grz_status kind = i < 3 ? GRZ_ERROR_INVALID_ARGUMENT : GRZ_ERROR_NOT_FINITE;
        double angles[2] = {0.1, wrong}, speeds[2] = {1, i == 2 ? -3 : wrong};
        refused(grz_kernel_beta(kernel, 2, angles, value), kind, "theta[1]");
        refused(grz_kernel_beta_eps(kernel, 2, angles, value), kind, "theta[1]");
        refused(grz_kernel_B(kernel, 2, z, angles, value), kind, "theta[1]");
        refused(grz_kernel_B(kernel, 2, speeds, theta, value), kind, "relative_speed[1]");
        refused(grz_kernel_spectrum(general, speeds[1], 2, value), kind, "relative_speed");
        refused(grz_kernel_moments(general, speeds[1], 2, value), kind, "relative_speed");
        refused(grz_kernel_angular_momentum_transfer(general, speeds[1], value), kind, "relative_speed");
        refused(grz_kernel_landau_constant(general, speeds[1], value), kind, "relative_speed");
        refused(grz_kernel_kinetic_factor(kernel, speeds[1], value), kind, "relative_speed");
        refused(grz_kernel_total_cross_section(kernel, speeds[1], value), kind, "relative_speed");
        refused(grz_kernel_cancellation(kernel, GRZ_CANCELLATION_POWER, speeds[1], value), kind, "relative_speed");
        refused(grz_kernel_cancellation_bound(kernel, speeds[1], value), kind, "relative_speed");
        double eps = (double[]){-1e-300, -1, 3.2, NAN, HUGE_VAL}[i], factor = (double[]){0, -1, -1e300, NAN, HUGE_VAL}[i];
        refused(grz_kernel_create_scaled(context, kernel, eps, &out), kind, "eps");
        refused(grz_kernel_create_multiplied(context, kernel, factor, &out), kind, "factor");
    }
    refused(grz_kernel_beta(kernel, -1, theta, value), GRZ_ERROR_INVALID_ARGUMENT, "count = -1");
    refused(grz_kernel_spectrum(kernel, 1, -1, value), GRZ_ERROR_INVALID_ARGUMENT, "lmax");
    refused(grz_kernel_spectrum(kernel, 1, 2001, value), GRZ_ERROR_INVALID_ARGUMENT, "lmax");
    refused(grz_kernel_moments(kernel, 1, 0, value), GRZ_ERROR_INVALID_ARGUMENT, "kmax");
    refused(grz_kernel_moments(kernel, 1, 101, value), GRZ_ERROR_INVALID_ARGUMENT, "kmax");
    refused(grz_kernel_beta_eps(limit, 1, theta, value), GRZ_ERROR_UNSUPPORTED, "eps = 0");
    refused(grz_kernel_B(limit, 1, z, theta, value), GRZ_ERROR_UNSUPPORTED, "eps = 0");
    refused(grz_kernel_create_cut_off_kinetic(context, general, &out), GRZ_ERROR_UNSUPPORTED, "gamma");
    refused(grz_kernel_create_cut_off_kinetic(context, hard, &out), GRZ_ERROR_UNSUPPORTED, "gamma");
    refused(grz_kernel_cancellation(general, GRZ_CANCELLATION_POWER, 1, value), GRZ_ERROR_UNSUPPORTED, "factorised");
    refused(grz_kernel_cancellation_bound(general, 1, value), GRZ_ERROR_UNSUPPORTED, "factorised");
    refused(grz_kernel_cancellation(kernel, (grz_cancellation)2, 1, value), GRZ_ERROR_INVALID_ARGUMENT, "form = 2");
    refused(grz_kernel_kinetic_factor(kernel, 1e-200, value), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    refused(grz_kernel_total_cross_section(kernel, 1e-200, value), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    theta[0] = 1e-200;
    refused(grz_kernel_beta(kernel, 1, theta, value), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    refused(grz_kernel_create_multiplied(context, kernel, 1e308, &out), GRZ_ERROR_NOT_REPRESENTABLE, "transfer");
    ok(grz_kernel_create_multiplied(context, kernel, 1e307, &out));
    refused(grz_kernel_spectrum(out, 1, 100, value), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    for (int i = 0; i < 8; i++) ck_assert(value[i] == -7);
    grz_kernel_destroy(&out);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&general);
    grz_kernel_destroy(&limit);
    grz_kernel_destroy(&hard);
}
END_TEST

/* Degrees above the stored rule's build a finer one; the same values come out where both apply. */
START_TEST(large_degrees)
{
    grz_kernel *kernel = NULL, *scaled = NULL;
    static double few[201], many[2001];
    ok(grz_kernel_create_power_law(context, -1, 1.3, 0, &kernel));
    ok(grz_kernel_create_scaled(context, kernel, 2.5, &scaled));
    ok(grz_kernel_spectrum(scaled, 1, 200, few));
    ok(grz_kernel_spectrum(scaled, 1, 2000, many));
    for (int l = 1; l <= 200; l++) check_close(many[l], few[l], 1e-13, "lambda", l, 0);
    for (int l = 1; l <= 2000; l++) ck_assert(many[l] < many[l - 1]);
    grz_kernel_destroy(&scaled);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- memory, threads */

enum { KINDS = 7 };

static grz_status create_kind(grz_context *own, int kind, double *one, grz_kernel **kernel)
{
    static const double theta[3] = {0.1, 0.5, 1.2}, beta[3] = {3, 2, 1};
    switch (kind) {
    case GRZ_KERNEL_TYPE_POWER_LAW:
        return grz_kernel_create_power_law(own, -2, 1.5, 0, kernel);
    case GRZ_KERNEL_TYPE_INVERSE_POWER:
        return grz_kernel_create_inverse_power(own, 7, GRZ_SCATTERING_CLASSICAL, 1, kernel);
    case GRZ_KERNEL_TYPE_COULOMB:
        return grz_kernel_create_coulomb(own, 0.01, GRZ_SCATTERING_CLASSICAL, kernel);
    case GRZ_KERNEL_TYPE_VHS:
        return grz_kernel_create_vhs(own, -1, 0, kernel);
    case GRZ_KERNEL_TYPE_TABLE:
        return grz_kernel_create_table(own, -1, 0.5, 3, theta, beta, kernel);
    case GRZ_KERNEL_TYPE_CALLBACK:
        return grz_kernel_create_callback(own, -1, -1, constant_beta, one, kernel);
    default:
        return grz_kernel_create_general(own, -1, -1, general_constant_beta, one, kernel);
    }
}

static grz_status query(const grz_kernel *kernel, int general)
{
    double theta[3] = {0.1, 0.5, 1.2}, z[3] = {1, 2, 3}, out[401], rule[2][8];
    int found;
    int32_t holds;
    GRZI_TRY(grz_kernel_spectrum(kernel, 1, 400, out)); /* beyond the stored rule */
    GRZI_TRY(grz_kernel_moments(kernel, 1, 5, out));
    GRZI_TRY(grz_kernel_angular_momentum_transfer(kernel, 1, out));
    GRZI_TRY(grz_kernel_landau_constant(kernel, 1, out));
    GRZI_TRY(grz_kernel_total_cross_section(kernel, 1, out));
    GRZI_TRY(grz_kernel_beta(kernel, 3, theta, out));
    GRZI_TRY(grz_kernel_beta_eps(kernel, 3, theta, out));
    GRZI_TRY(grz_kernel_B(kernel, 3, z, theta, out));
    GRZI_TRY(grz_kernel_satisfies_A2(kernel, &holds, NULL));
    if (!general) GRZI_TRY(grz_kernel_cancellation(kernel, GRZ_CANCELLATION_POWER, 1, out));
    if (!general) GRZI_TRY(grz_kernel_satisfies_2_3(kernel, &holds, NULL)); /* the callback refuses large speeds */
    return grzi_kernel_angular_rule(kernel, 1, 8, rule[0], rule[1], &found);
}

/* Makes a kernel of a kind, derives others from it, asks them everything; the first failure ends it. */
static grz_status everything(grz_context *own, int kind)
{
    grz_kernel *kernel = NULL, *scaled = NULL, *multiple = NULL, *cut = NULL;
    double one = 1;
    int general = kind == GRZ_KERNEL_TYPE_GENERAL, hard = kind == GRZ_KERNEL_TYPE_INVERSE_POWER;
    grz_status status = create_kind(own, kind, &one, &kernel);
    if (status == GRZ_OK) status = grz_kernel_create_scaled(own, kernel, 0.7, &scaled);
    if (status == GRZ_OK) status = grz_kernel_create_multiplied(own, scaled, 2, &multiple);
    if (status == GRZ_OK && !general && !hard) status = grz_kernel_create_cut_off_kinetic(own, multiple, &cut);
    if (status == GRZ_OK) status = query(kernel, general);
    if (status == GRZ_OK) status = query(multiple, general);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&scaled);
    grz_kernel_destroy(&multiple);
    grz_kernel_destroy(&cut);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    long failures = 0;
    for (long n = 1;; n++) {
        counting_allocator state = {.fail_at = n};
        grz_context *own = NULL;
        grz_status status = grz_context_create_with_allocator(counted_allocate, counted_release, &state, &own);
        if (n == 1) {
            ck_assert_int_eq(status, GRZ_ERROR_OUT_OF_MEMORY);
            continue;
        }
        ck_assert_int_eq(status, GRZ_OK);
        status = everything(own, _i);
        if (status == GRZ_OK) {
            ck_assert(state.calls < n);
            grz_context_destroy(&own);
            ck_assert_int_eq(state.outstanding, 0);
            break;
        }
        ck_assert_msg(status == GRZ_ERROR_OUT_OF_MEMORY, "allocation %ld: %s", n, grz_context_last_message(own));
        ck_assert_int_eq(state.outstanding, 1);
        failures++;
        grz_context_destroy(&own);
        ck_assert_int_eq(state.outstanding, 0);
    }
    ck_assert_msg(failures > 20, "only %ld allocations", failures);
}
END_TEST

START_TEST(handles_outlive_one_another)
{
    counting_allocator state = {0, 0, 0};
    grz_context *own = NULL;
    grz_kernel *kernel = NULL, *scaled = NULL;
    double one = 1, lambda[3];
    ck_assert_int_eq(grz_context_create_with_allocator(counted_allocate, counted_release, &state, &own), GRZ_OK);
    ck_assert_int_eq(grz_kernel_create_callback(own, -1, 0.5, constant_beta, &one, &kernel), GRZ_OK);
    ck_assert_int_eq(grz_kernel_create_scaled(own, kernel, 0.1, &scaled), GRZ_OK);
    grz_context_destroy(&own);
    grz_kernel *shared = grzi_kernel_retain(scaled);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&scaled);
    ck_assert_int_eq(grz_kernel_spectrum(shared, NAN, 2, lambda), GRZ_OK);
    ck_assert(lambda[2] < 0 && state.outstanding > 0);
    grzi_kernel_release(shared);
    ck_assert_int_eq(state.outstanding, 0);
}
END_TEST

typedef struct worker {
    grz_context *context;
    const grz_kernel *kernel;
    int good;
} worker;

static void *work(void *argument)
{
    worker *me = argument;
    double lambda[301], again[301];
    me->good = 1;
    for (int i = 0; i < 20; i++) {
        grz_kernel *scaled = NULL, *multiple = NULL;
        if (grz_kernel_create_scaled(me->context, me->kernel, 0.5, &scaled) != GRZ_OK ||
            grz_kernel_create_multiplied(me->context, scaled, 1, &multiple) != GRZ_OK)
            me->good = 0;
        grz_kernel_destroy(&scaled);
        if (grz_kernel_spectrum(multiple, NAN, 300, lambda) != GRZ_OK) me->good = 0;
        if (grz_kernel_spectrum(multiple, NAN, 300, again) != GRZ_OK) me->good = 0;
        if (memcmp(lambda, again, sizeof lambda) != 0) me->good = 0;
        if (grz_kernel_spectrum(multiple, NAN, -1, lambda) != GRZ_ERROR_INVALID_ARGUMENT) me->good = 0; /* messages under the lock */
        grz_kernel_destroy(&multiple);
    }
    return NULL;
}

START_TEST(kernels_are_shared_by_threads)
{
    double one = 1;
    grz_kernel *kernels[3] = {0};
    ok(grz_kernel_create_power_law(context, -2, 1.2, 0, &kernels[0]));
    ok(grz_kernel_create_coulomb(context, 0.01, GRZ_SCATTERING_CLASSICAL, &kernels[1]));
    ok(grz_kernel_create_callback(context, -1, 0.5, constant_beta, &one, &kernels[2]));
    for (int k = 0; k < 3; k++) {
        pthread_t threads[3];
        worker workers[3];
        for (int i = 0; i < 3; i++) {
            workers[i] = (worker){context, kernels[k], 0};
            ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
        }
        for (int i = 0; i < 3; i++) {
            pthread_join(threads[i], NULL);
            ck_assert(workers[i].good);
        }
        grz_kernel_destroy(&kernels[k]);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, constructors_refuse_bad_input);
    tcase_add_test(tests, tables_refuse_bad_rows);
    tcase_add_test(tests, faulty_callbacks_are_found_out);
    tcase_add_test(tests, wrong_exponents_and_noise);
    tcase_add_test(tests, queries_refuse_bad_input);
    tcase_add_test(tests, large_degrees);
    tcase_add_loop_test(tests, every_allocation_may_fail, 0, KINDS);
    tcase_add_test(tests, handles_outlive_one_another);
    tcase_add_test(tests, kernels_are_shared_by_threads);
}

int main(void)
{
    return run_kernel_suite("kernel handles", add);
}

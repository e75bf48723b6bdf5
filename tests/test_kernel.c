/* Laws, pointwise values, derived kernels, tables, callbacks. */
#include "oracle/kernel_truth.h"
#include "support/kernel_suite.h"

#include <string.h>

START_TEST(parameters_are_kept)
{
    static const double gammas[] = {1, 0, -0.5, -2, -2.5, -4};
    static const grz_kernel_class classes[] = {
        GRZ_KERNEL_CLASS_HARD,      GRZ_KERNEL_CLASS_MAXWELL,  GRZ_KERNEL_CLASS_MODERATELY_SOFT, GRZ_KERNEL_CLASS_MODERATELY_SOFT,
        GRZ_KERNEL_CLASS_VERY_SOFT, GRZ_KERNEL_CLASS_VERY_SOFT};
    grz_kernel *kernel = NULL;
    for (int i = 0; i < 6; i++) {
        ok(grz_kernel_create_power_law(context, gammas[i], 0.7, 0, &kernel));
        ck_assert_int_eq(grz_kernel_type_of(kernel), GRZ_KERNEL_TYPE_POWER_LAW);
        ck_assert_int_eq(grz_kernel_class_of(kernel), classes[i]);
        ck_assert(grz_kernel_gamma(kernel) == gammas[i] && grz_kernel_nu(kernel) == 0.7);
        ck_assert(grz_kernel_eps(kernel) == M_PI);
        grz_kernel_destroy(&kernel);
    }
    ok(grz_kernel_create_inverse_power(context, 5, GRZ_SCATTERING_POWER_LAW, 1, &kernel));
    ck_assert(grz_kernel_gamma(kernel) == 0 && grz_kernel_nu(kernel) == 0.5); /* Maxwell's molecules */
    ck_assert_int_eq(grz_kernel_type_of(kernel), GRZ_KERNEL_TYPE_INVERSE_POWER);
    grz_kernel_destroy(&kernel);
    ok(grz_kernel_create_coulomb(context, 0.01, GRZ_SCATTERING_CLASSICAL, &kernel));
    ck_assert(grz_kernel_gamma(kernel) == -3 && grz_kernel_nu(kernel) == 2 && grz_kernel_eps(kernel) == 0.01);
    ck_assert_int_eq(grz_kernel_type_of(kernel), GRZ_KERNEL_TYPE_COULOMB);
    grz_kernel_destroy(&kernel);
    ok(grz_kernel_create_vhs(context, 0.5, 1, &kernel));
    ck_assert(grz_kernel_nu(kernel) == -2);
    ck_assert_int_eq(grz_kernel_type_of(kernel), GRZ_KERNEL_TYPE_VHS);
    ck_assert(grzi_kernel_context(kernel) == context && grzi_kernel_is_factorised(kernel));
    grz_kernel_destroy(&kernel);
    ck_assert(kernel == NULL);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(NULL);
    ck_assert(grz_kernel_type_of(NULL) == -1 && grz_kernel_class_of(NULL) == -1);
    ck_assert(isnan(grz_kernel_gamma(NULL)) && isnan(grz_kernel_nu(NULL)) && isnan(grz_kernel_eps(NULL)));
}
END_TEST

/* beta, beta^eps and B of every law by their formulas; inside and outside the support; in place. */
START_TEST(pointwise_values)
{
    enum { COUNT = 40 };
    double theta[COUNT], z[COUNT], value[COUNT], same[COUNT], gamma = -1.7, nu = 1.3, c = 0.4, eps = 0.3;
    for (int i = 0; i < COUNT; i++) {
        theta[i] = M_PI_2 * pow(0.8, i);
        z[i] = pow(1.3, i - 20);
    }
    grz_kernel *kernel = NULL, *scaled = NULL;
    ok(grz_kernel_create_power_law(context, gamma, nu, c, &kernel));
    ok(grz_kernel_create_scaled(context, kernel, eps, &scaled));
    ok(grz_kernel_beta(scaled, COUNT, theta, value));
    for (int i = 0; i < COUNT; i++) check_close(value[i], c * pow(theta[i], -1 - nu), 1e-15, "beta", theta[i], 0);
    ok(grz_kernel_beta_eps(scaled, COUNT, theta, value));
    for (int i = 0; i < COUNT; i++) {
        double exact = theta[i] <= eps / 2 ? pow(M_PI / eps, 3) * c * pow(M_PI * theta[i] / eps, -1 - nu) : 0;
        check_close(value[i], exact, 1e-14, "beta^eps", theta[i], 0);
    }
    ok(grz_kernel_B(scaled, COUNT, z, theta, same));
    for (int i = 0; i < COUNT; i++) check_close(same[i], value[i] * pow(z[i], gamma) / sin(theta[i]), 1e-14, "B", theta[i], z[i]);
    memcpy(value, theta, sizeof theta);
    ok(grz_kernel_B(scaled, COUNT, z, value, value));
    ck_assert(memcmp(value, same, sizeof same) == 0);
    double edge = eps / 2;
    ok(grz_kernel_beta_eps(scaled, 1, &edge, value));
    check_close(value[0], pow(M_PI / eps, 3) * c * pow(M_PI_2, -1 - nu), 1e-14, "edge", 0, 0);
    ok(grz_kernel_beta(scaled, 0, theta, value));
    grz_kernel_destroy(&scaled);
    grz_kernel_destroy(&kernel);

    ok(grz_kernel_create_vhs(context, 1, 0.3, &kernel));
    ok(grz_kernel_B(kernel, COUNT, z, theta, value));
    for (int i = 0; i < COUNT; i++) check_close(value[i], 0.6 * z[i], 1e-15, "hard spheres", theta[i], z[i]);
    grz_kernel_destroy(&kernel);

    for (int rutherford = 0; rutherford < 2; rutherford++) {
        eps = 0.05;
        ok(grz_kernel_create_coulomb(context, eps, rutherford ? GRZ_SCATTERING_CLASSICAL : GRZ_SCATTERING_POWER_LAW, &kernel));
        ok(grz_kernel_beta(kernel, COUNT, theta, value));
        ok(grz_kernel_beta_eps(kernel, COUNT, theta, same));
        for (int i = 0; i < COUNT; i++) {
            double exact = 8 / M_PI * pow(theta[i], -3);
            if (rutherford) exact = sin(theta[i]) / (2 * M_PI) * (pow(sin(theta[i] / 2), -4) + pow(cos(theta[i] / 2), -4));
            check_close(value[i], exact, 1e-14, "Coulomb", theta[i], rutherford);
            check_close(same[i], theta[i] >= eps ? exact / log(1 / eps) : 0, 1e-14, "Coulomb cut off", theta[i], rutherford);
        }
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

START_TEST(derived_kernels_compose)
{
    grz_kernel *kernel = NULL, *twice = NULL, *once = NULL, *triple = NULL, *cut = NULL;
    double a[31], b[31], factor;
    ok(grz_kernel_create_power_law(context, -3, 1.5, 0, &kernel));
    ok(grz_kernel_create_scaled(context, kernel, 1e-3, &cut));
    ok(grz_kernel_create_scaled(context, cut, 0.2, &twice)); /* eps counts from the unscaled law */
    ok(grz_kernel_create_scaled(context, kernel, 0.2, &once));
    ok(grz_kernel_spectrum(twice, NAN, 30, a));
    ok(grz_kernel_spectrum(once, NAN, 30, b));
    ck_assert(memcmp(a, b, sizeof a) == 0);
    grz_kernel_destroy(&cut);
    ok(grz_kernel_create_multiplied(context, once, 3, &triple));
    grz_kernel_destroy(&once);
    grz_kernel_destroy(&kernel);
    ok(grz_kernel_spectrum(triple, NAN, 30, a));
    for (int l = 0; l <= 30; l++) check_close(a[l], 3 * b[l], 1e-15, "multiplied", l, 0);
    ok(grz_kernel_create_cut_off_kinetic(context, triple, &cut));
    grz_kernel_destroy(&triple);
    ok(grz_kernel_spectrum(cut, NAN, 30, b));
    ck_assert(memcmp(a, b, sizeof a) == 0);
    ck_assert(grzi_kernel_kink(cut) == 1 && grzi_kernel_kink(twice) == 0);
    for (double z = 0.1; z < 10; z *= 1.4) {
        double angle = 0.05, B, beta, T, transfer;
        ok(grz_kernel_kinetic_factor(cut, z, &factor));
        check_close(factor, z < 1 ? 1 : pow(z, -3), 1e-15, "kinetic cutoff", z, 0);
        ok(grz_kernel_B(cut, 1, &z, &angle, &B));
        ok(grz_kernel_beta_eps(cut, 1, &angle, &beta));
        check_close(B, factor * beta / sin(angle), 1e-15, "B", z, 0);
        ok(grz_kernel_total_cross_section(cut, z, &T));
        ok(grz_kernel_angular_momentum_transfer(cut, z, &transfer));
        check_close(T, factor * transfer, 1e-15, "T", z, 0);
        check_close(transfer, 24 / M_PI, 1e-14, "transfer", z, 0);
        ok(grz_kernel_total_cross_section(twice, z, &T));
        check_close(T, 8 / M_PI * pow(z, -3), 1e-14, "T", z, 0);
    }
    grz_kernel_destroy(&kernel);
    ok(grz_kernel_create_scaled(context, cut, 0, &kernel)); /* scaling keeps factor and cutoff */
    ok(grz_kernel_spectrum(kernel, NAN, 1, a));
    check_close(a[1], -24, 1e-14, "limit", 0, 0);
    ck_assert(grzi_kernel_kink(kernel) == 1);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&cut);
    grz_kernel_destroy(&twice);

    ok(grz_kernel_create_coulomb(context, 1e-2, GRZ_SCATTERING_POWER_LAW, &kernel));
    ok(grz_kernel_create_multiplied(context, kernel, 2, &twice));
    ok(grz_kernel_create_cut_off_kinetic(context, twice, &cut));
    ok(grz_kernel_create_scaled(context, cut, 1e-4, &once)); /* a new cutoff angle */
    ck_assert(grz_kernel_eps(once) == 1e-4 && grzi_kernel_kink(once) == 1);
    ok(grz_kernel_angular_momentum_transfer(once, NAN, &factor));
    check_close(factor, 16 / M_PI * log(M_PI_2 / 1e-4) / log(1e4), 1e-13, "Coulomb", 0, 0);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&twice);
    grz_kernel_destroy(&cut);
    grz_kernel_destroy(&once);
}
END_TEST

/* ---------------------------------------------------------------------------------------- tables and callbacks */

START_TEST(table_reproduces_a_power_law)
{
    enum { COUNT = 17 };
    double theta[COUNT], beta[COUNT], a[201], b[201], nu = 1.4, c = 0.6, at = 0.123, value;
    for (int i = 0; i < COUNT; i++) {
        theta[i] = M_PI_2 * pow(10, -6.0 * (COUNT - 1 - i) / (COUNT - 1));
        beta[i] = c * pow(theta[i], -1 - nu);
    }
    grz_kernel *table = NULL, *law = NULL;
    ok(grz_kernel_create_table(context, -2, nu, COUNT, theta, beta, &table));
    ok(grz_kernel_create_power_law(context, -2, nu, c, &law));
    ok(grz_kernel_spectrum(table, NAN, 200, a));
    ok(grz_kernel_spectrum(law, NAN, 200, b));
    for (int l = 1; l <= 200; l++) check_close(a[l], b[l], 1e-13, "table", l, 0);
    ok(grz_kernel_beta(table, 1, &at, &value));
    check_close(value, c * pow(at, -1 - nu), 1e-14, "beta", at, 0);
    int32_t holds;
    ok(grz_kernel_satisfies_A2(table, &holds, NULL));
    ck_assert_int_eq(holds, 0); /* not normalised */
    grz_kernel *normalised = NULL;
    ok(grz_kernel_angular_momentum_transfer(table, NAN, &value));
    ok(grz_kernel_create_multiplied(context, table, 8 / M_PI / value, &normalised));
    ok(grz_kernel_satisfies_A2(normalised, &holds, NULL));
    ck_assert_int_eq(holds, 1);
    ck_assert_int_eq(grz_kernel_type_of(normalised), GRZ_KERNEL_TYPE_TABLE);
    grz_kernel_destroy(&normalised);
    grz_kernel_destroy(&table);
    grz_kernel_destroy(&law);
}
END_TEST

/* F = theta^{1+nu} beta: constant to 0.5, linear to 1.2, 0 beyond. */
static long double ramp(long double theta, const void *parameter)
{
    (void)parameter;
    return theta < 0.5L ? 2 : 2 + (theta - 0.5L) * 3 / 0.7L;
}

START_TEST(table_of_two_points)
{
    double nu = 0.3, theta[2] = {0.5, 1.2}, beta[2] = {2 * pow(0.5, -1.3), 5 * pow(1.2, -1.3)}, transfer, lambda[61];
    grz_kernel *table = NULL;
    ok(grz_kernel_create_table(context, 0, nu, 2, theta, beta, &table));
    ok(grz_kernel_angular_momentum_transfer(table, NAN, &transfer));
    double flat = 2 * pow(0.5, 1.7) / 1.7, slope = 3 / 0.7;
    double linear = (2 - 0.5 * slope) * (pow(1.2, 1.7) - pow(0.5, 1.7)) / 1.7 + slope * (pow(1.2, 2.7) - pow(0.5, 2.7)) / 2.7;
    check_close(transfer, flat + linear, 1e-14, "transfer", 0, 0);
    ok(grz_kernel_spectrum(table, NAN, 60, lambda));
    truth_law law = {ramp, NULL, 0.3, 1.2L}; /* the kink costs the direct integral accuracy */
    check_close(lambda[60], (double)truth_eigenvalue(&law, 1, 60), 1e-6, "lambda", 60, 0);
    double angles[3] = {0.1, 0.85, 1.3}, value[3];
    ok(grz_kernel_beta(table, 3, angles, value));
    check_close(value[0], 2 * pow(0.1, -1.3), 1e-14, "flat", 0, 0);
    check_close(value[1], 3.5 * pow(0.85, -1.3), 1e-14, "ramp", 0, 0);
    ck_assert(value[2] == 0);
    grz_kernel_destroy(&table);
}
END_TEST

static double smooth_factor(double theta)
{
    return 1 + 0.5 * sin(3 * theta);
}

START_TEST(table_converges_to_a_smooth_law)
{
    double previous = 0, nu = 1;
    for (int count = 25; count <= 1600; count *= 4) {
        double theta[1600], beta[1600], a;
        for (int i = 0; i < count; i++) {
            theta[i] = M_PI_2 * (i + 1) / count;
            beta[i] = smooth_factor(theta[i]) / theta[i] / theta[i];
        }
        grz_kernel *table = NULL;
        ok(grz_kernel_create_table(context, 0, nu, count, theta, beta, &table));
        ok(grz_kernel_angular_momentum_transfer(table, NAN, &a));
        double exact = M_PI_2 + 0.5 * (1 - cos(3 * M_PI_2)) / 3, error = fabs(a - exact); /* nu = 1: int of the factor itself */
        if (previous > 0) ck_assert_msg(error < previous / 10, "%d angles: %g after %g", count, error, previous);
        previous = error;
        grz_kernel_destroy(&table);
    }
    ck_assert_msg(previous < 1e-6, "%g", previous);
}
END_TEST

/* By hand: slopes 35/3 (three points), 60/11 (harmonic mean with Fritsch and Butland's weights 7/12, 5/12) and 0 (the three-point slope has
 * the wrong sign); then 30, three times the chord's where the data turn, and 0. F = theta beta, at the middle of both intervals. */
START_TEST(table_has_monotone_slopes)
{
    static const double angles[2][3] = {{0.2, 0.3, 0.6}, {0.2, 0.3, 0.4}}, F[2][3] = {{1, 2, 3}, {5, 6, 0}};
    static const double exact[2][2] = {{1.5 + 0.1 / 8 * (35 / 3. - 60 / 11.), 2.5 + 0.3 / 8 * (60 / 11.)}, {5.5 + 0.1 / 8 * 30, NAN}};
    for (int k = 0; k < 2; k++) {
        grz_kernel *table;
        double beta[3];
        for (int i = 0; i < 3; i++) beta[i] = F[k][i] / angles[k][i];
        ok(grz_kernel_create_table(context, 0, 0, 3, angles[k], beta, &table));
        for (int i = 0; i < 2 - k; i++) {
            double at = 0.5 * (angles[k][i] + angles[k][i + 1]), value;
            ok(grz_kernel_beta(table, 1, &at, &value));
            check_close(at * value, exact[k][i], 1e-14, "F", at, k);
        }
        grz_kernel_destroy(&table);
    }
}
END_TEST

typedef struct user_law {
    double nu, gamma, jump;
    int calls;
} user_law;

static int smooth_beta(int64_t count, const double *theta, double *beta, void *user)
{
    user_law *law = user;
    law->calls++;
    for (int64_t i = 0; i < count; i++) beta[i] = smooth_factor(theta[i]) * pow(theta[i], -1 - law->nu);
    return 0;
}

static int general_beta(double z, int64_t count, const double *theta, double *beta, void *user)
{
    user_law *law = user;
    if (smooth_beta(count, theta, beta, user) != 0) return 1;
    for (int64_t i = 0; i < count; i++) beta[i] *= pow(z, law->gamma);
    return 0;
}

static int jump_beta(int64_t count, const double *theta, double *beta, void *user)
{
    user_law *law = user;
    for (int64_t i = 0; i < count; i++) beta[i] = theta[i] < law->jump ? 0 : sin(theta[i]);
    return 0;
}

static long double smooth_truth(long double theta, const void *parameter)
{
    (void)parameter;
    return 1 + 0.5L * sinl(3 * theta);
}

START_TEST(callback_agrees_with_direct_integrals)
{
    static const double epsilons[] = {M_PI, 0.3, 1e-6};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            user_law user = {(double[]){-0.5, 0.8, 1.95}[j], -1, 0, 0};
            truth_law truth = {smooth_truth, NULL, user.nu, truth_pi / 2};
            grz_kernel *kernel = NULL, *scaled = NULL;
            double lambda[201], theta = 1e-7, beta;
            ok(grz_kernel_create_callback(context, -1, user.nu, smooth_beta, &user, &kernel));
            ok(grz_kernel_create_scaled(context, kernel, epsilons[i], &scaled));
            grz_kernel_destroy(&kernel);
            ok(grz_kernel_spectrum(scaled, NAN, 200, lambda));
            for (int l = 2; l <= 200; l += 66)
                check_close(lambda[l], (double)truth_eigenvalue(&truth, epsilons[i] / truth_pi, l), 1e-12, "lambda", l, user.nu);
            ok(grz_kernel_beta(scaled, 1, &theta, &beta));
            check_close(beta, smooth_factor(theta) * pow(theta, -1 - user.nu), 1e-15, "beta", 0, 0);
            ck_assert_int_eq(grz_kernel_type_of(scaled), GRZ_KERNEL_TYPE_CALLBACK);
            grz_kernel_destroy(&scaled);
        }
}
END_TEST

START_TEST(callback_with_a_jump)
{
    for (double jump = 0.05; jump < 1.5; jump *= 1.7) {
        user_law user = {-1, 0, jump, 0};
        grz_kernel *kernel = NULL;
        double transfer, lambda[3];
        ok(grz_kernel_create_callback(context, 0, -1, jump_beta, &user, &kernel));
        ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
        double exact = M_PI - (-jump * jump * cos(jump) + 2 * jump * sin(jump) + 2 * cos(jump));
        check_close(transfer, exact, 1e-12, "jump", jump, 0);
        ok(grz_kernel_spectrum(kernel, NAN, 1, lambda)); /* 2 pi int sin (cos - 1) */
        check_close(lambda[1], -M_PI * cos(jump) * (2 - cos(jump)), 1e-12, "jump", jump, 1);
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

START_TEST(general_kernel_that_factorises)
{
    user_law user = {0.8, -1.6, 0, 0};
    grz_kernel *general = NULL, *factorised = NULL, *kernels[2];
    ok(grz_kernel_create_general(context, -1.6, 0.8, general_beta, &user, &general));
    ok(grz_kernel_create_callback(context, -1.6, 0.8, smooth_beta, &user, &factorised));
    ok(grz_kernel_create_scaled(context, general, 0.4, &kernels[0]));
    ok(grz_kernel_create_scaled(context, factorised, 0.4, &kernels[1]));
    grz_kernel_destroy(&general);
    grz_kernel_destroy(&factorised);
    ck_assert_int_eq(grz_kernel_class_of(kernels[0]), GRZ_KERNEL_CLASS_GENERAL);
    ck_assert_int_eq(grz_kernel_type_of(kernels[0]), GRZ_KERNEL_TYPE_GENERAL);
    ck_assert(!grzi_kernel_is_factorised(kernels[0]) && grzi_kernel_is_factorised(kernels[1]));
    for (double z = 0.01; z < 100; z *= 7) {
        double value[2][51], factor, theta[2] = {0.1, 0.7}, speeds[2] = {z, 2 * z}, rule[2][2][8], bound = pow(z, -1.6);
        int found;
        ok(grz_kernel_kinetic_factor(kernels[0], z, &factor));
        ck_assert(factor == 1 && grzi_kernel_kinetic_factor(kernels[0], z) == 1);
        for (int i = 0; i < 2; i++) ok(grz_kernel_spectrum(kernels[i], z, 50, value[i]));
        for (int l = 0; l <= 50; l++) check_close(value[0][l], bound * value[1][l], 1e-13, "lambda", z, l);
        for (int i = 0; i < 2; i++) ok(grz_kernel_moments(kernels[i], z, 9, value[i]));
        for (int k = 0; k < 9; k++) check_close(value[0][k], bound * value[1][k], 1e-13, "m", z, k);
        for (int i = 0; i < 2; i++) ok(grz_kernel_angular_momentum_transfer(kernels[i], z, value[i]));
        check_close(value[0][0], bound * value[1][0], 1e-13, "transfer", z, 0);
        for (int i = 0; i < 2; i++) ok(grz_kernel_landau_constant(kernels[i], z, value[i]));
        check_close(value[0][0], bound * value[1][0], 1e-13, "C_beta", z, 0);
        for (int i = 0; i < 2; i++) ok(grz_kernel_total_cross_section(kernels[i], z, value[i]));
        check_close(value[0][0], value[1][0], 1e-13, "T", z, 0);
        for (int i = 0; i < 2; i++) ok(grz_kernel_B(kernels[i], 2, speeds, theta, value[i]));
        for (int k = 0; k < 2; k++) check_close(value[0][k], value[1][k], 1e-13, "B", z, k);
        for (int i = 0; i < 2; i++) ok(grzi_kernel_angular_rule(kernels[i], z, 8, rule[i][0], rule[i][1], &found));
        for (int k = 0; k < 8; k++) {
            check_close(rule[0][0][k], rule[1][0][k], 1e-10, "node", z, k);
            check_close(rule[0][1][k], bound * rule[1][1][k], 1e-9, "weight", z, k);
        }
        for (int i = 0; i < 2; i++) ok(grz_kernel_beta_eps(kernels[i], 2, theta, value[i]));
        for (int k = 0; k < 2; k++) check_close(value[0][k], value[1][k], 1e-14, "beta^eps at z = 1", z, k);
    }
    grz_kernel_destroy(&kernels[0]);
    grz_kernel_destroy(&kernels[1]);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, parameters_are_kept);
    tcase_add_test(tests, pointwise_values);
    tcase_add_test(tests, derived_kernels_compose);
    tcase_add_test(tests, table_reproduces_a_power_law);
    tcase_add_test(tests, table_of_two_points);
    tcase_add_test(tests, table_converges_to_a_smooth_law);
    tcase_add_test(tests, callback_agrees_with_direct_integrals);
    tcase_add_test(tests, callback_with_a_jump);
    tcase_add_test(tests, general_kernel_that_factorises);
    tcase_add_test(tests, table_has_monotone_slopes);
}

int main(void)
{
    return run_kernel_suite("kernel", add);
}

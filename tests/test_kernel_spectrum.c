/* Spectrum, moments, transfer and angular rule against 150-digit constants, direct integrals and closed forms. */
#include "oracle/kernel_truth.h"
#include "support/kernel_suite.h"

static grz_kernel *power_law(double gamma, double nu, double c, double eps)
{
    grz_kernel *kernel = NULL, *scaled = NULL;
    ok(grz_kernel_create_power_law(context, gamma, nu, c, &kernel));
    ok(grz_kernel_create_scaled(context, kernel, eps, &scaled));
    grz_kernel_destroy(&kernel);
    return scaled;
}

/* lambda_l of the normalised power law in 150 digits: P_l in cosines of multiples of theta, each integrated by its power series. */
static const struct {
    double nu, eps;
    int l;
    double lambda;
} constants[] = {
    {1e-06, M_PI, 1, -7.2211718920261696047},
    {1e-06, M_PI, 17, -41.385555262800647685},
    {1e-06, M_PI, 200, -73.100139017292092822},
    {1e-06, 1.0, 1, -7.9171281036492553632},
    {1e-06, 1.0, 17, -258.91972175544341352},
    {1e-06, 1.0, 200, -575.03500297060925633},
    {1e-06, 0.01, 1, -7.9999916666733796271},
    {1e-06, 0.01, 17, -1223.7080662525205918},
    {1e-06, 0.01, 200, -155842.84576589882976},
    {1e-06, 1e-08, 1, -7.9999999999999999917},
    {1e-06, 1e-08, 17, -1223.999999999999708},
    {1e-06, 1e-08, 200, -160799.99999999494996},
    {0.5, M_PI, 1, -7.3307588510383093732},
    {0.5, M_PI, 17, -77.984607175852106774},
    {0.5, M_PI, 200, -310.58614785109563866},
    {0.5, 1.0, 1, -7.928948979086073863},
    {0.5, 1.0, 17, -348.07104350075653213},
    {0.5, 1.0, 200, -1645.8388555895402043},
    {0.5, 0.01, 1, -7.9999928571466450204},
    {0.5, 0.01, 17, -1223.749769406703758},
    {0.5, 0.01, 200, -156547.41054462284914},
    {0.5, 1e-08, 1, -7.9999999999999999929},
    {0.5, 1e-08, 17, -1223.9999999999997497},
    {0.5, 1e-08, 200, -160799.99999999567139},
    {1.0, M_PI, 1, -7.4779130382600260798},
    {1.0, M_PI, 17, -171.70019672916482946},
    {1.0, M_PI, 200, -2035.7895646056597973},
    {1.0, 1.0, 1, -7.9447213383619878846},
    {1.0, 1.0, 17, -494.05264835464528908},
    {1.0, 1.0, 200, -6352.0394351669349258},
    {1.0, 0.01, 1, -7.9999944444472222213},
    {1.0, 0.01, 17, -1223.8053747078291203},
    {1.0, 0.01, 200, -157489.06853478875292},
    {1.0, 1e-08, 1, -7.9999999999999999944},
    {1.0, 1e-08, 17, -1223.9999999999998053},
    {1.0, 1e-08, 200, -160799.99999999663331},
    {1.5, M_PI, 1, -7.6855963850814802452},
    {1.5, M_PI, 17, -432.13607809133241118},
    {1.5, M_PI, 200, -16847.843216010854947},
    {1.5, 1.0, 1, -7.9668205117123042308},
    {1.5, 1.0, 17, -747.56701891992278784},
    {1.5, 1.0, 200, -29844.54553570771255},
    {1.5, 0.01, 1, -7.9999966666682098761},
    {1.5, 0.01, 17, -1223.8832237266075594},
    {1.5, 0.01, 200, -158810.97346170425621},
    {1.5, 1e-08, 1, -7.9999999999999999967},
    {1.5, 1e-08, 17, -1223.9999999999998832},
    {1.5, 1e-08, 200, -160799.99999999797998},
    {1.999999, M_PI, 1, -7.9999992103825974989},
    {1.999999, M_PI, 17, -1223.9973077127313719},
    {1.999999, M_PI, 200, -160799.25445605082685},
    {1.999999, 1.0, 1, -7.9999999170128992259},
    {1.999999, 1.0, 17, -1223.9986783765085288},
    {1.999999, 1.0, 200, -160799.43849915692505},
    {1.999999, 0.01, 1, -7.9999999999916666743},
    {1.999999, 0.01, 17, -1223.999999708056031},
    {1.999999, 0.01, 200, -160799.99501971672693},
    {1.999999, 1e-08, 1, -8.0},
    {1.999999, 1e-08, 17, -1224.0},
    {1.999999, 1e-08, 200, -160799.99999999999999},
};

enum { CONSTANTS = sizeof constants / sizeof constants[0] };

START_TEST(spectrum_agrees_with_many_digits)
{
    double lambda[201];
    for (int i = 0; i < CONSTANTS; i++) {
        grz_kernel *kernel = power_law(-2, constants[i].nu, 0, constants[i].eps);
        ok(grz_kernel_spectrum(kernel, NAN, constants[i].l, lambda));
        check_close(lambda[constants[i].l], constants[i].lambda, 1e-14, "lambda", constants[i].nu, constants[i].eps);
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

/* nu spreads towards both ends of (0, 2), eps over [1e-8, pi], l to 200. */
START_TEST(spectrum_agrees_with_direct_integrals)
{
    unsigned long long seed = 1000 + (unsigned)_i;
    double distance = pow(10, truth_random(&seed, -6, 0)), nu = _i % 2 ? distance : 2 - distance;
    double eps = _i % 3 ? M_PI * pow(10, truth_random(&seed, -8.5, 0)) : M_PI, c = truth_random(&seed, 0.1, 10), lambda[401];
    int l = (int)truth_random(&seed, 1, 201), large = (int)truth_random(&seed, 201, 401);
    grz_kernel *kernel = power_law(truth_random(&seed, -4, 1), nu, c, eps);
    truth_law law = {truth_power_law, NULL, nu, truth_pi / 2};
    ok(grz_kernel_spectrum(kernel, NAN, l, lambda));
    check_close(lambda[l], c * (double)truth_eigenvalue(&law, eps / truth_pi, l), 1e-12, "lambda", nu, eps);
    check_close(lambda[1], c * (double)truth_eigenvalue(&law, eps / truth_pi, 1), 1e-13, "lambda", nu, eps);
    ck_assert(lambda[0] == 0);
    if (_i % 4 == 0) ok(grz_kernel_spectrum(kernel, NAN, large, lambda));
    if (_i % 4 == 0) check_close(lambda[large], c * (double)truth_eigenvalue(&law, eps / truth_pi, large), 1e-12, "lambda", nu, eps);
    grz_kernel_destroy(&kernel);
}
END_TEST

START_TEST(transfer_has_its_closed_form)
{
    unsigned long long seed = 7;
    for (int i = 0; i < 50; i++) {
        double nu = 2 - pow(10, truth_random(&seed, -12, 0.3)), c = truth_random(&seed, 0.1, 10), transfer, constant;
        if (!(nu > 0)) nu = 1e-12;
        double exact = c * exp((2 - nu) * log(M_PI_2)) / (2 - nu);
        grz_kernel *kernel = power_law(-1, nu, c, pow(10, truth_random(&seed, -300, 0.4)));
        ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
        ok(grz_kernel_landau_constant(kernel, NAN, &constant));
        check_close(transfer, exact, 2e-14, "transfer", nu, c);
        check_close(constant, exact * M_PI / 8, 2e-14, "C_beta", nu, c);
        grz_kernel_destroy(&kernel);
        kernel = power_law(-1, nu, 0, 1);
        ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
        check_close(transfer, 8 / M_PI, 1e-15, "normalised transfer", nu, 0);
        double theta = 1, beta;
        ok(grz_kernel_beta(kernel, 1, &theta, &beta));
        check_close(beta, 8 / M_PI * (2 - nu) / pow(M_PI_2, 2 - nu), 2e-14, "normalising c", nu, 0);
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

/* lambda_l = sum_k (-1)^k m_k/(k!)^2 prod_{j<k} [l(l+1) - j(j+1)], a finite sum. It cancels for larger l at eps = pi. */
START_TEST(spectrum_is_the_series_in_the_moments)
{
    static const double nus[] = {0.01, 0.5, 1, 1.5, 1.99}, epsilons[] = {M_PI, 1, 0.1, 1e-4};
    double lambda[11], m[10];
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < 4; b++) {
            grz_kernel *kernel = power_law(0, nus[a], 0, epsilons[b]);
            ok(grz_kernel_spectrum(kernel, NAN, 10, lambda));
            ok(grz_kernel_moments(kernel, NAN, 10, m));
            truth_law law = {truth_power_law, NULL, nus[a], truth_pi / 2};
            double c = 8 / M_PI * (2 - nus[a]) / pow(M_PI_2, 2 - nus[a]);
            for (int k = 1; k <= 10; k += 3)
                check_close(m[k - 1], c * (double)truth_moment(&law, epsilons[b] / truth_pi, k), 1e-13, "m", nus[a], epsilons[b]);
            for (int l = 0; l <= 10; l++) {
                double sum = 0, product = 1, size = DBL_MIN;
                for (int k = 1; k <= l; k++) {
                    product *= -(l * (l + 1.0) - (k - 1) * k) / k / k;
                    sum += m[k - 1] * product;
                    keep_largest(&size, fabs(m[k - 1] * product));
                }
                ck_assert_msg(fabs(lambda[l] - sum) <= 1e-14 * size, "nu %g eps %g l %d: %.17g, series %.17g", nus[a], epsilons[b], l,
                              lambda[l], sum);
            }
            grz_kernel_destroy(&kernel);
        }
}
END_TEST

/* P_2 - 1 = -3/2 sin^2, hence the relaxation rate of the stress of Maxwell molecules. */
START_TEST(second_eigenvalue_is_the_stress_rate)
{
    double lambda[3], m[2];
    grz_kernel *kernel = power_law(0, 0.5, 0, 2);
    ok(grz_kernel_spectrum(kernel, NAN, 2, lambda));
    ok(grz_kernel_moments(kernel, NAN, 2, m));
    double sine_squared = 4 * (m[0] - m[1]) / (2 * M_PI); /* sin^2 = 4 x (1 - x) */
    check_close(lambda[2], -3 * M_PI * sine_squared, 1e-14, "lambda_2", 0, 0);
    check_close(lambda[1], -2 * m[0], 4e-15, "lambda_1", 0, 0);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* int over the half range of P_l, by P_l = (P'_{l+1} - P'_{l-1})/(2l+1): (P_{l-1}(0) - P_{l+1}(0))/(2l+1), 0 for even l > 0. */
START_TEST(hard_spheres_have_closed_forms)
{
    enum { LMAX = 200 };
    double at_zero[LMAX + 2] = {1, 0}, lambda[LMAX + 1], transfer, b0 = 0.37;
    for (int l = 1; l <= LMAX; l++) at_zero[l + 1] = -at_zero[l - 1] * l / (l + 1);
    grz_kernel *kernel = NULL;
    ok(grz_kernel_create_vhs(context, 1, b0, &kernel));
    ok(grz_kernel_spectrum(kernel, NAN, LMAX, lambda));
    for (int l = 1; l <= LMAX; l++) {
        double half = l % 2 ? (at_zero[l - 1] - at_zero[l + 1]) / (2 * l + 1) : 0;
        check_close(lambda[l], 4 * M_PI * b0 * (half - 1), 1e-13, "hard spheres", l, 0);
    }
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    check_close(transfer, 2 * b0 * (M_PI - 2), 1e-14, "transfer", 0, 0);
    double m[30];
    ok(grz_kernel_moments(kernel, NAN, 30, m)); /* sin(theta) dtheta = 2 dx on (0, 1/2) */
    for (int k = 1; k <= 30; k++) check_close(m[k - 1], 8 * M_PI * b0 * pow(0.5, k + 1) / (k + 1), 1e-13, "m", k, 0);
    grz_kernel_destroy(&kernel);
    ok(grz_kernel_create_vhs(context, -1, 0, &kernel));
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    check_close(transfer, 8 / M_PI, 1e-15, "normalised", 0, 0);
    ok(grz_kernel_spectrum(kernel, NAN, 2, lambda));
    check_close(lambda[2], -4 * M_PI * 4 / (M_PI * (M_PI - 2)), 1e-14, "normalised", 2, 0);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* lambda_l^eps + 4 C l(l+1) = eps^2 c_l + O(eps^4), c_l > 0 from m_1's and m_2's second terms. */
START_TEST(grazing_limit_is_approached_at_second_order)
{
    double limit[21], lambda[21], error[21], m[3];
    grz_kernel *kernel = power_law(-3, 1.2, 0.8, 0);
    double constant;
    ok(grz_kernel_landau_constant(kernel, NAN, &constant));
    ok(grz_kernel_spectrum(kernel, NAN, 20, limit));
    for (int l = 0; l <= 20; l++) check_close(limit[l], -4 * constant * l * (l + 1), 1e-15, "limit", l, 0);
    ok(grz_kernel_moments(kernel, NAN, 3, m));
    check_close(m[0], 4 * constant, 1e-15, "m_1", 0, 0);
    ck_assert(m[1] == 0 && m[2] == 0);
    for (double eps = 0.1; eps > 3e-3; eps /= 2) {
        grz_kernel *scaled;
        ok(grz_kernel_create_scaled(context, kernel, eps, &scaled));
        ok(grz_kernel_spectrum(scaled, NAN, 20, lambda));
        for (int l = 1; l <= 20; l++) {
            double now = lambda[l] - limit[l];
            ck_assert(now > 0);
            if (eps < 0.1) ck_assert_msg(fabs(log2(error[l] / now) - 2) < 0.06, "eps %g l %d: order %g", eps, l, log2(error[l] / now));
            error[l] = now;
        }
        grz_kernel_destroy(&scaled);
    }
    for (double eps = 1e-8; eps > 1e-300; eps *= 1e-9) { /* no cancellation ever */
        grz_kernel *scaled;
        ok(grz_kernel_create_scaled(context, kernel, eps, &scaled));
        ok(grz_kernel_spectrum(scaled, NAN, 20, lambda));
        for (int l = 1; l <= 20; l++) check_close(lambda[l], limit[l], 2e-14, "limit", eps, l);
        grz_kernel_destroy(&scaled);
    }
    grz_kernel_destroy(&kernel);
}
END_TEST

/* (1 - P_l)/theta^2, as in kernel_truth.c */
static double over_theta2_loss(int l, double theta)
{
    long double sum = 0, g[401] = {1};
    for (int k = 0; k < l; k++) g[k + 1] = g[k] * (2 * k + 1) / (2 * k + 2);
    for (int k = 0; 2 * k < l; k++) {
        long double half = (l - 2 * k) * (long double)theta / 2, s = sinl(half) / theta;
        sum += g[k] * g[l - k] * 4 * s * s;
    }
    return (double)sum;
}

static double relative_error_of_rule(const grz_kernel *kernel, double z, int count, int lmax)
{
    static double theta[200], weight[200], lambda[401];
    int found = 0;
    double worst = 0;
    ok(grzi_kernel_angular_rule(kernel, z, count, theta, weight, &found));
    ck_assert_int_eq(found, count);
    ok(grz_kernel_spectrum(kernel, z, lmax, lambda));
    for (int j = 0; j < found; j++) ck_assert(weight[j] > 0 && theta[j] > 0 && theta[j] <= M_PI_2);
    for (int l = 1; l <= lmax; l++) {
        double sum = 0;
        for (int j = 0; j < found; j++) sum -= 2 * M_PI * weight[j] * over_theta2_loss(l, theta[j]);
        keep_largest(&worst, fabs(sum / lambda[l] - 1));
    }
    return worst;
}

START_TEST(angular_rule_is_exact_to_twice_its_count)
{
    static const double nus[] = {1e-6, 0.5, 1, 1.5, 1.999}, epsilons[] = {M_PI, 1, 0.01, 1e-8, 1e-200};
    static const int counts[] = {1, 2, 5, 16, 40};
    for (int a = 0; a < 5; a++)
        for (int b = 0; b < 5; b++)
            for (int c = 0; c < 5; c++) {
                grz_kernel *kernel = power_law(-2, nus[a], 0, epsilons[b]);
                double error = relative_error_of_rule(kernel, NAN, counts[c], 2 * counts[c]);
                ck_assert_msg(error < 1e-12, "nu %g eps %g, %d nodes: %g", nus[a], epsilons[b], counts[c], error);
                grz_kernel_destroy(&kernel);
            }
}
END_TEST

START_TEST(angular_rule_of_other_laws)
{
    grz_kernel *kernels[4] = {0};
    ok(grz_kernel_create_vhs(context, 1, 0, &kernels[0]));
    ok(grz_kernel_create_coulomb(context, 1e-3, GRZ_SCATTERING_POWER_LAW, &kernels[1]));
    ok(grz_kernel_create_coulomb(context, 1e-10, GRZ_SCATTERING_CLASSICAL, &kernels[2]));
    ok(grz_kernel_create_inverse_power(context, 7, GRZ_SCATTERING_CLASSICAL, 1, &kernels[3]));
    for (int i = 0; i < 4; i++) {
        for (int count = 1; count <= 32; count *= 2) {
            double error = relative_error_of_rule(kernels[i], NAN, count, 2 * count);
            ck_assert_msg(error < 1e-12, "kernel %d, %d nodes: %g", i, count, error);
        }
        double theta[1], weight[1], constant;
        int found;
        grz_kernel *limit;
        ok(grz_kernel_create_scaled(context, kernels[i], 0, &limit));
        ok(grzi_kernel_angular_rule(limit, NAN, 1, theta, weight, &found));
        ok(grz_kernel_landau_constant(limit, NAN, &constant));
        ck_assert(found == 1 && theta[0] == 0);
        check_close(weight[0], 8 / M_PI * constant, 1e-15, "limit", i, 0);
        check_close(constant, 1, 1e-15, "limit", i, 0);
        grz_kernel_destroy(&limit);
        grz_kernel_destroy(&kernels[i]);
    }
}
END_TEST

typedef struct coulomb_case {
    int rutherford, l;
} coulomb_case;

/* theta^3 beta of both laws, times log(theta range)/theta^2 quantity; x = log theta. */
static long double coulomb_integrand(long double x, const void *data)
{
    const coulomb_case *c = data;
    long double theta = expl(x), factor = 8 / truth_pi;
    if (c->rutherford) {
        long double s = sinl(theta / 2), k = cosl(theta / 2);
        factor = (k * powl(theta / s, 3) + s * powl(theta / k, 3)) / truth_pi; /* sin = 2 s k */
    }
    return c->l == 0 ? factor : -2 * truth_pi * factor * over_theta2_loss(c->l, (double)theta);
}

START_TEST(coulomb_with_its_logarithm)
{
    static const double epsilons[] = {0.9, 0.1, 1e-3, 1e-8, 1e-100, 1e-300};
    double previous = HUGE_VAL;
    for (int i = 0; i < 6; i++)
        for (int rutherford = 0; rutherford < 2; rutherford++) {
            double eps = epsilons[i], transfer, constant, lambda[41];
            grz_kernel *kernel = NULL;
            ok(grz_kernel_create_coulomb(context, eps, rutherford ? GRZ_SCATTERING_CLASSICAL : GRZ_SCATTERING_POWER_LAW, &kernel));
            ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
            if (!rutherford) {
                check_close(transfer, 8 / M_PI * log(M_PI / (2 * eps)) / log(1 / eps), 1e-13, "transfer", eps, 0);
                ck_assert(transfer < previous && transfer > 8 / M_PI);
                previous = transfer;
            }
            for (int l = 0; l <= 40; l += 10) {
                coulomb_case c = {rutherford, l};
                double exact = (double)truth_interval(logl(eps), logl(truth_pi / 2), coulomb_integrand, &c) / log(1 / eps);
                ok(grz_kernel_spectrum(kernel, NAN, 40, lambda));
                check_close(l == 0 ? transfer : lambda[l], exact, 1e-12, "Coulomb", eps, l);
            }
            ok(grz_kernel_landau_constant(kernel, NAN, &constant));
            ck_assert(constant == 1);
            grz_kernel_destroy(&kernel);
        }
    grz_kernel *limit = NULL;
    double lambda[4], transfer;
    ok(grz_kernel_create_coulomb(context, 0, GRZ_SCATTERING_POWER_LAW, &limit));
    ok(grz_kernel_angular_momentum_transfer(limit, NAN, &transfer));
    ok(grz_kernel_spectrum(limit, NAN, 3, lambda));
    check_close(transfer, 8 / M_PI, 1e-15, "limit", 0, 0);
    check_close(lambda[3], -48, 1e-15, "limit", 0, 0);
    grz_kernel_destroy(&limit);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, spectrum_agrees_with_many_digits);
    tcase_add_loop_test(tests, spectrum_agrees_with_direct_integrals, 0, 20);
    tcase_add_test(tests, transfer_has_its_closed_form);
    tcase_add_test(tests, spectrum_is_the_series_in_the_moments);
    tcase_add_test(tests, second_eigenvalue_is_the_stress_rate);
    tcase_add_test(tests, hard_spheres_have_closed_forms);
    tcase_add_test(tests, grazing_limit_is_approached_at_second_order);
    tcase_add_test(tests, angular_rule_is_exact_to_twice_its_count);
    tcase_add_test(tests, angular_rule_of_other_laws);
    tcase_add_test(tests, coulomb_with_its_logarithm);
}

int main(void)
{
    return run_kernel_suite("kernel spectrum", add);
}

/* The classical law of inverse-power potentials: deflection against Rutherford's formula, the closed form of U ~ rho^{-2}, direct orbit
 * integrals; impulse approximation and hard spheres as limits. */
#include "oracle/kernel_truth.h"
#include "support/kernel_suite.h"

#include "kernel/deflection.h"

static double R[GRZI_DEFLECTION_NODES], w[GRZI_DEFLECTION_NODES];

/* theta of the orbit with parameter m, from the nearer end. */
static double deflection(double m)
{
    double ratio, slope, t = sqrt(1 - m);
    if (m < 0.5) {
        grzi_deflection_forward(R, w, m, &ratio, &slope);
        return m * ratio;
    }
    grzi_deflection_backward(R, w, t, &ratio, &slope);
    return M_PI - t * ratio;
}

START_TEST(coulomb_potential_gives_rutherford)
{
    grzi_deflection_rule(1, R, w);
    for (double m = 1e-12; m < 1; m = m < 0.05 ? 3 * m : m + 0.03) {
        double b = sqrt(1 - m) / m, exact = 2 * atan(1 / (2 * b)), ratio, slope, back;
        check_close(deflection(m), exact, 1e-14, "theta", m, b);
        grzi_deflection_forward(R, w, m, &ratio, &slope);
        /* b^2 = (1-m)/m^2: db/dm = -(2 - m)/(2 m^2 sqrt(1-m)); dtheta/db = -1/(b^2 + 1/4) */
        check_close(slope, (2 - m) / (2 * m * m * sqrt(1 - m)) / (b * b + 0.25), 1e-13, "slope", m, b);
        grzi_deflection_backward(R, w, sqrt(1 - m), &ratio, &back);
        check_close(back, slope * 2 * sqrt(1 - m), 1e-13, "slope from the other end", m, b);
    }
    /* beta = sin/16 [sin^{-4}(theta/2) + cos^{-4}(theta/2)] is continued from s = 2. */
    grz_kernel *kernel = NULL;
    double previous = 1;
    for (double shift = 1e-3; shift > 1e-9; shift /= 100) {
        double worst = 0, beta;
        ok(grz_kernel_create_inverse_power(context, 2 + shift, GRZ_SCATTERING_CLASSICAL, 0, &kernel));
        for (double theta = 0.01; theta <= M_PI_2; theta += 0.05) {
            ok(grz_kernel_beta(kernel, 1, &theta, &beta));
            double exact = sin(theta) / 16 * (pow(sin(theta / 2), -4) + pow(cos(theta / 2), -4));
            keep_largest(&worst, fabs(beta / exact - 1));
        }
        ck_assert_msg(worst < 10 * shift && worst < previous / 50, "shift %g: %g", shift, worst);
        previous = worst;
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

/* s = 3: theta = pi (1 - b/sqrt(b^2 + 1)), so b^2 = u^2/(1 - u^2) with u = 1 - theta/pi, beta = u/(pi (1 - u^2)^2); as F = theta^2 beta. */
static long double inverse_square(long double theta, const void *parameter)
{
    (void)parameter;
    long double x = theta / truth_pi, u = 1 - x, forward = u / ((1 + u) * (1 + u) * x * x), back = x / ((1 - x * x) * (1 - x * x));
    return theta * theta * (forward + back) / truth_pi;
}

START_TEST(inverse_square_potential_has_a_closed_form)
{
    grz_kernel *kernel = NULL, *scaled = NULL;
    double beta, lambda[201];
    grzi_deflection_rule(2, R, w);
    for (double m = 1e-12; m < 1; m = m < 0.05 ? 3 * m : m + 0.03)
        check_close(deflection(m), M_PI * m / (1 + sqrt(1 - m)), 1e-14, "theta", m, 0);
    ok(grz_kernel_create_inverse_power(context, 3, GRZ_SCATTERING_CLASSICAL, 0, &kernel));
    ck_assert(grz_kernel_gamma(kernel) == -1 && grz_kernel_nu(kernel) == 1);
    for (double theta = M_PI_2; theta > 1e-12; theta /= 1.7) {
        ok(grz_kernel_beta(kernel, 1, &theta, &beta));
        check_close(beta, (double)inverse_square(theta, NULL) / theta / theta, 1e-13, "beta", theta, 0);
    }
    static const double epsilons[] = {M_PI, 0.5, 1e-6};
    truth_law law = {inverse_square, NULL, 1, truth_pi / 2};
    for (int i = 0; i < 3; i++) {
        ok(grz_kernel_create_scaled(context, kernel, epsilons[i], &scaled));
        ok(grz_kernel_spectrum(scaled, NAN, 200, lambda));
        for (int l = 1; l <= 200; l = 3 * l + 2)
            check_close(lambda[l], (double)truth_eigenvalue(&law, epsilons[i] / truth_pi, l), 1e-12, "lambda", epsilons[i], l);
        grz_kernel_destroy(&scaled);
    }
    grz_kernel_destroy(&kernel);
}
END_TEST

typedef struct orbit {
    long double p, b, x0;
} orbit;

/* dx/sqrt(1 - x^2 - (x/b)^p) at x = x0 (1 - c), c = y^2, x = b/rho; the radicand from its zero x0 on. */
static long double orbit_integrand(long double y, const void *data)
{
    const orbit *o = data;
    long double c = y * y, square = o->x0 * o->x0 * c * (2 - c) - powl(o->x0 / o->b, o->p) * expm1l(o->p * log1pl(-c));
    return c > 0 && c < 1 ? 2 * o->x0 * y / sqrtl(square) : 0;
}

START_TEST(deflection_agrees_with_orbit_integrals)
{
    unsigned long long seed = 5;
    for (int i = 0; i < 24; i++) {
        double p = i < 12 ? truth_random(&seed, 1, 6) : pow(10, truth_random(&seed, 0, 2.5));
        orbit o = {p, pow(10, truth_random(&seed, -1.5, 0.5)), 0};
        long double low = 0, high = 1;
        for (int step = 0; step < 80; step++) {
            o.x0 = (low + high) / 2;
            if (1 - o.x0 * o.x0 - powl(o.x0 / o.b, o.p) > 0)
                low = o.x0;
            else
                high = o.x0;
        }
        double m = (double)powl(o.x0 / o.b, o.p), exact = (double)(truth_pi - 2 * truth_interval(0, 1, orbit_integrand, &o));
        grzi_deflection_rule(p, R, w);
        double error = fabs(deflection(m) - exact);
        ck_assert_msg(error < 1e-13, "p %g b %g: theta %.15g, orbit integral %.15g", p, (double)o.b, deflection(m), exact);
    }
}
END_TEST

START_TEST(deflection_inverts_and_differentiates)
{
    static const double powers[] = {1, 1.1, 2, 4, 12, 300, 1e6};
    for (int i = 0; i < 7; i++) {
        grzi_deflection_rule(powers[i], R, w);
        for (double theta = M_PI_2; theta > 1e-14; theta /= 2.3) {
            double m = grzi_deflection_m(R, w, theta), t = grzi_deflection_t(R, w, theta), ratio, slope, up, down, unused, step = 1e-4;
            grzi_deflection_forward(R, w, m, &ratio, &slope);
            check_close(m * ratio, theta, 1e-13, "inverse of m", powers[i], theta);
            grzi_deflection_forward(R, w, m * (1 + step), &up, &unused);
            grzi_deflection_forward(R, w, m * (1 - step), &down, &unused);
            check_close((up * (1 + step) - down * (1 - step)) / (2 * step), slope, 1e-6, "dtheta/dm", powers[i], theta);
            grzi_deflection_backward(R, w, t, &ratio, &slope);
            check_close(t * ratio, theta, 1e-13, "inverse of t", powers[i], theta);
            grzi_deflection_backward(R, w, t * (1 + step), &up, &unused);
            grzi_deflection_backward(R, w, t * (1 - step), &down, &unused);
            check_close((up * (1 + step) - down * (1 - step)) / (2 * step), slope, 1e-6, "dtheta/dt", powers[i], theta);
        }
    }
}
END_TEST

/* beta theta^{1+nu} -> (nu/2) A^nu, A = sqrt(pi) Gamma((p+1)/2)/Gamma(p/2), the power law of the same potential. */
START_TEST(small_angles_follow_the_impulse_approximation)
{
    static const double s[] = {2.001, 2.5, 3, 4, 5, 7, 13, 51};
    for (int i = 0; i < 8; i++) {
        grz_kernel *classical = NULL, *power = NULL;
        double p = s[i] - 1, nu = 2 / p, A = sqrt(M_PI) * tgamma((p + 1) / 2) / tgamma(p / 2), theta = 1e-9, value;
        grzi_deflection_rule(p, R, w);
        check_close(grzi_deflection_grazing(R, w), A, 1e-13, "A", s[i], 0);
        ok(grz_kernel_create_inverse_power(context, s[i], GRZ_SCATTERING_CLASSICAL, 0, &classical));
        ok(grz_kernel_create_inverse_power(context, s[i], GRZ_SCATTERING_POWER_LAW, 0, &power));
        ck_assert(grz_kernel_gamma(classical) == (s[i] - 5) / (s[i] - 1));
        ok(grz_kernel_beta(classical, 1, &theta, &value));
        check_close(value, nu / 2 * pow(A, nu) * pow(theta, -1 - nu), 1e-7, "classical", s[i], theta);
        ok(grz_kernel_beta(power, 1, &theta, &value));
        check_close(value, nu / 2 * pow(A, nu) * pow(theta, -1 - nu), 1e-13, "power law", s[i], theta);
        grz_kernel_destroy(&classical);
        grz_kernel_destroy(&power);
    }
}
END_TEST

/* The stored rule against pointwise values, which come from inverting the deflection: two ways to the same integral. */
static long double pointwise(long double theta, const void *parameter)
{
    const grz_kernel *kernel = parameter;
    double angle = smaller(larger((double)theta, 1e-30), M_PI_2), beta; /* constant below: theta^{-1-nu} itself would overflow */
    ok(grz_kernel_beta(kernel, 1, &angle, &beta));
    return powl(angle, 1 + (long double)grz_kernel_nu(kernel)) * beta;
}

START_TEST(spectrum_of_the_classical_law)
{
    static const double s[] = {2.2, 5, 13};
    grz_kernel *kernel = NULL;
    double lambda[21], transfer;
    ok(grz_kernel_create_inverse_power(context, s[_i], GRZ_SCATTERING_CLASSICAL, 1, &kernel));
    truth_law law = {pointwise, kernel, grz_kernel_nu(kernel), truth_pi / 2};
    ok(grz_kernel_spectrum(kernel, NAN, 20, lambda));
    check_close(lambda[20], (double)truth_eigenvalue(&law, 1, 20), 1e-12, "lambda", s[_i], 20);
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    check_close(transfer, 8 / M_PI, 1e-14, "transfer", s[_i], 0);
    grz_kernel_destroy(&kernel);
}
END_TEST

START_TEST(steep_potentials_tend_to_hard_spheres)
{
    grz_kernel *spheres = NULL, *steep = NULL;
    double hard[41], lambda[41], previous = HUGE_VAL;
    ok(grz_kernel_create_vhs(context, 1, 0.25, &spheres)); /* b = cos(theta/2) for unit diameter */
    ok(grz_kernel_spectrum(spheres, NAN, 40, hard));
    for (double s = 100; s <= 1e6; s *= 10) {
        ok(grz_kernel_create_inverse_power(context, s, GRZ_SCATTERING_CLASSICAL, 0, &steep));
        ok(grz_kernel_spectrum(steep, NAN, 40, lambda));
        double worst = 0;
        for (int l = 1; l <= 40; l++) keep_largest(&worst, fabs(lambda[l] / hard[l] - 1));
        ck_assert_msg(worst < previous / 4, "s %g: %g after %g", s, worst, previous);
        previous = worst;
        grz_kernel_destroy(&steep);
    }
    ck_assert_msg(previous < 1e-4, "%g", previous);
    grz_kernel_destroy(&spheres);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, coulomb_potential_gives_rutherford);
    tcase_add_test(tests, inverse_square_potential_has_a_closed_form);
    tcase_add_test(tests, deflection_agrees_with_orbit_integrals);
    tcase_add_test(tests, deflection_inverts_and_differentiates);
    tcase_add_test(tests, small_angles_follow_the_impulse_approximation);
    tcase_add_loop_test(tests, spectrum_of_the_classical_law, 0, 3);
    tcase_add_test(tests, steep_potentials_tend_to_hard_spheres);
}

int main(void)
{
    return run_kernel_suite("kernel scattering", add);
}

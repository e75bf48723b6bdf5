/* Cancellation lemma B.1, classification, (A2), (2.3). */
#include "oracle/kernel_truth.h"
#include "support/kernel_suite.h"

static long double bracket(long double theta, const void *data)
{
    long double power = *(const double *)data, x = sinl(theta / 2) * sinl(theta / 2);
    return expm1l(-power / 2 * log1pl(-x)) / (theta * theta);
}

START_TEST(cancellation_in_both_forms)
{
    static const double gammas[] = {-4, -3, -2.2, -1, 0, 0.7}, epsilons[] = {M_PI, 1, 1e-2, 1e-7};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 4; j++) {
            double nu = 0.3 + 0.3 * i, c = 1.1, S, bound, power = 3 + gammas[i], three = 3;
            truth_law law = {truth_power_law, NULL, nu, truth_pi / 2};
            double power_form = 2 * M_PI * c * (double)truth_integral(&law, epsilons[j] / truth_pi, bracket, &power);
            double kinetic_form = 2 * M_PI * c * (double)truth_integral(&law, epsilons[j] / truth_pi, bracket, &three);
            grz_kernel *kernel = NULL, *scaled = NULL;
            ok(grz_kernel_create_power_law(context, gammas[i], nu, c, &kernel));
            ok(grz_kernel_create_scaled(context, kernel, epsilons[j], &scaled));
            for (double z = 0.2; z < 5; z *= 2.1) {
                ok(grz_kernel_cancellation(scaled, GRZ_CANCELLATION_POWER, z, &S));
                if (gammas[i] == -3)
                    ck_assert(S == 0);
                else
                    check_close(S, power_form * pow(z, gammas[i]), 1e-13, "S power", gammas[i], epsilons[j]);
                grz_status kinetic = grz_kernel_cancellation(scaled, GRZ_CANCELLATION_KINETIC, z, &S);
                grz_status bounded = grz_kernel_cancellation_bound(scaled, z, &bound);
                if (gammas[i] > 0) {
                    ck_assert(kinetic == GRZ_ERROR_UNSUPPORTED && bounded == GRZ_ERROR_UNSUPPORTED);
                } else {
                    double factor = z < 1 ? 1 : pow(z, gammas[i]), transfer = c * pow(M_PI_2, 2 - nu) / (2 - nu);
                    check_close(S, kinetic_form * factor, 1e-13, "S kinetic", gammas[i], epsilons[j]);
                    check_close(bound, 1.5 * M_PI * factor * transfer, 1e-13, "bound", gammas[i], epsilons[j]);
                    ck_assert(S > 0 && S <= bound);
                }
            }
            grz_kernel_destroy(&kernel);
            grz_kernel_destroy(&scaled);
        }
    double bound, S;
    grz_kernel *kernel = NULL, *limit = NULL;
    ok(grz_kernel_create_power_law(context, -3, 1.9, 0, &kernel));
    ok(grz_kernel_cancellation_bound(kernel, 0.5, &bound));
    check_close(bound, 12, 1e-14, "the lemma's 12", 0, 0);
    ok(grz_kernel_create_scaled(context, kernel, 0, &limit));
    ok(grz_kernel_cancellation(limit, GRZ_CANCELLATION_KINETIC, 0.5, &S));
    check_close(S, 6, 1e-14, "limit 2 pi (3/8)(8/pi)", 0, 0);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&limit);
}
END_TEST

/* f(v') - f(v) at v* = 0 for a Gaussian, |v'| = |v| cos(theta/2), over theta^2 */
static long double gain_minus_loss(long double theta, const void *data)
{
    long double speed = *(const double *)data, s = speed * sinl(theta / 2);
    return expl(-speed * speed) * expm1l(s * s) / (theta * theta);
}

/* Lemma B.1 itself: int int B (f' - f) dsigma dv = int f S dv at v* = 0, radially by the trapezoidal rule in log |v|. */
START_TEST(cancellation_lemma_holds)
{
    static const double gammas[] = {-2.5, -1, 0, 1};
    for (int i = 0; i < 4; i++) {
        double nu = 1.1, eps = 2, left = 0, right = 0, step = 0.125;
        truth_law law = {truth_power_law, NULL, nu, truth_pi / 2};
        grz_kernel *kernel = NULL, *scaled = NULL;
        ok(grz_kernel_create_power_law(context, gammas[i], nu, 1, &kernel));
        ok(grz_kernel_create_scaled(context, kernel, eps, &scaled));
        double low = gammas[i] < -2 ? -70 : -20;
        for (double t = low; t < 2.2; t += step) {
            double r = exp(t), S;
            if (t > -20) /* both sides converge, the left one sooner */
                left += 2 * M_PI * (double)truth_integral(&law, eps / truth_pi, gain_minus_loss, &r) * pow(r, 3 + gammas[i]);
            ok(grz_kernel_cancellation(scaled, GRZ_CANCELLATION_POWER, r, &S));
            right += exp(-r * r) * S * pow(r, 3);
        }
        check_close(left, right, 1e-10, "Lemma B.1", gammas[i], 0);
        grz_kernel_destroy(&kernel);
        grz_kernel_destroy(&scaled);
    }
}
END_TEST

static void expect(const grz_kernel *kernel, int A2, int two_three, const char *what)
{
    int32_t holds = -1;
    const char *reason = NULL;
    ok(grz_kernel_satisfies_A2(kernel, &holds, &reason));
    ck_assert_msg(holds == A2, "%s: (A2) %d: %s", what, holds, reason);
    ck_assert(reason != NULL);
    ok(grz_kernel_satisfies_2_3(kernel, &holds, &reason));
    ck_assert_msg(holds == two_three, "%s: (2.3) %d: %s", what, holds, reason);
    ok(grz_kernel_satisfies_2_3(kernel, &holds, NULL));
}

static int singular_beta(int64_t count, const double *theta, double *beta, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) beta[i] = (1 + 0.5 * sin(3 * theta[i])) * pow(theta[i], -1.5);
    return 0;
}

static int hole_beta(int64_t count, const double *theta, double *beta, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) beta[i] = theta[i] < 0.3 ? 0 : sin(theta[i]);
    return 0;
}

static int bounded_general(double z, int64_t count, const double *theta, double *beta, void *user)
{
    double power = *(const double *)user; /* T ~ |z|^power at 0 and |z|^{-1} at infinity */
    for (int64_t i = 0; i < count; i++) beta[i] = pow(z, power) / pow(1 + z, power + 1) / (theta[i] * theta[i]);
    return 0;
}

START_TEST(classification)
{
    static const struct {
        double gamma;
        int A2, two_three;
    } cases[] = {{1, 0, 0}, {0, 0, 0}, {-0.01, 1, 1}, {-2, 1, 1}, {-3.9, 1, 1}, {-4, 1, 0}};
    grz_kernel *kernel = NULL, *other = NULL;
    for (int i = 0; i < 6; i++) {
        ok(grz_kernel_create_power_law(context, cases[i].gamma, 1.2, 0, &kernel));
        expect(kernel, cases[i].A2, cases[i].two_three, "power law");
        ok(grz_kernel_create_scaled(context, kernel, 1e-3, &other));
        expect(other, cases[i].A2, cases[i].two_three, "scaled");
        grz_kernel_destroy(&other);
        ok(grz_kernel_create_multiplied(context, kernel, 1 + 1e-9, &other));
        expect(other, 0, cases[i].two_three, "not normalised");
        grz_kernel_destroy(&other);
        if (cases[i].gamma < 0) {
            ok(grz_kernel_create_cut_off_kinetic(context, kernel, &other));
            expect(other, 0, 1, "kinetic cutoff");
            grz_kernel_destroy(&other);
        }
        grz_kernel_destroy(&kernel);
        ok(grz_kernel_create_vhs(context, cases[i].gamma, 0, &kernel));
        expect(kernel, 0, cases[i].two_three, "variable hard spheres");
        grz_kernel_destroy(&kernel);
    }
    for (int law = 0; law < 2; law++) {
        ok(grz_kernel_create_inverse_power(context, 3, law ? GRZ_SCATTERING_CLASSICAL : GRZ_SCATTERING_POWER_LAW, 1, &kernel));
        expect(kernel, 1, 1, "s = 3");
        grz_kernel_destroy(&kernel);
        ok(grz_kernel_create_inverse_power(context, 9, law ? GRZ_SCATTERING_CLASSICAL : GRZ_SCATTERING_POWER_LAW, 1, &kernel));
        expect(kernel, 0, 0, "s = 9 is hard");
        grz_kernel_destroy(&kernel);
        ok(grz_kernel_create_coulomb(context, 1e-3, law ? GRZ_SCATTERING_CLASSICAL : GRZ_SCATTERING_POWER_LAW, &kernel));
        expect(kernel, 0, 1, "Coulomb");
        grz_kernel_destroy(&kernel);
    }
    double theta[2] = {0.1, 1}, beta[2] = {1, 1}, transfer, power;
    ok(grz_kernel_create_table(context, -1, 0.5, 2, theta, beta, &kernel));
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    ok(grz_kernel_create_multiplied(context, kernel, 8 / M_PI / transfer, &other));
    expect(other, 0, 1, "zero above the table");
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&other);
    ok(grz_kernel_create_callback(context, -1, 0.5, singular_beta, NULL, &kernel));
    ok(grz_kernel_angular_momentum_transfer(kernel, NAN, &transfer));
    ok(grz_kernel_create_multiplied(context, kernel, 8 / M_PI / transfer, &other));
    expect(other, 1, 1, "callback");
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&other);
    ok(grz_kernel_create_callback(context, -1, 0.5, hole_beta, NULL, &kernel));
    expect(kernel, 0, 1, "callback with a hole");
    grz_kernel_destroy(&kernel);
    for (power = -4.5; power < 2; power += 0.75) {
        ok(grz_kernel_create_general(context, -1, 1, bounded_general, &power, &kernel));
        expect(kernel, 0, power > -4, "general");
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

/* theta^2 beta = T(z)/(pi/2): int theta^2 beta = T, prescribed at every speed. */
typedef struct shape {
    int kind;
    double exponent[2]; /* at 0 and at infinity */
    double least, largest;
} shape;

static double total_of(const shape *s, double z)
{
    double T = pow(z, s->exponent[z > 1]);
    if (s->kind == 1 && z > 1e4) return pow(1e4, s->exponent[1]); /* falls, then no more */
    if (s->kind == 2 && z < 1e-4) return pow(1e-4, s->exponent[0]) * pow(z / 1e-4, -4);
    if (s->kind == 3 && (z > 1e5 || z < 1e-5)) return 0;
    if (s->kind == 4 && z > 1 && z < 1e3) return 1e-6;                /* rises at first */
    if (s->kind == 5 && z < 1 && z > 1e-3) return 1e-20 * pow(z, -4); /* likewise */
    return T;
}

static int shaped_general(double z, int64_t count, const double *theta, double *beta, void *user)
{
    shape *s = user;
    s->least = smaller(s->least, z), s->largest = larger(s->largest, z);
    for (int64_t i = 0; i < count; i++) beta[i] = total_of(s, z) / (M_PI / 2 * theta[i] * theta[i]);
    return 0;
}

/* (2.3) of a general kernel as the header states it: sampled from 1e-6 to 1e6, T/(|z|^{-4} + 1) falls on from two decades to the next at
 * either end; the sentence names the end at fault. */
START_TEST(limits_of_general_kernels)
{
    static const struct {
        int kind;
        double exponent[2];
        int holds;
        const char *end;
    } cases[] = {{0, {-3.98, -0.02}, 1, "tends"}, {0, {-3.995, -0.5}, 0, "small"}, {0, {-4, -0.5}, 0, "small"},
                 {0, {-4.3, -0.5}, 0, "small"},   {0, {-1, -0.005}, 0, "large"},   {0, {-1, 0}, 0, "large"},
                 {0, {-1, 0.4}, 0, "large"},      {0, {2, -7}, 1, "tends"},        {1, {-1, -1}, 0, "large"},
                 {2, {-1, -1}, 0, "small"},       {3, {-5, 3}, 1, "tends"},        {4, {-1, -1}, 0, "large"},
                 {5, {-1, -1}, 0, "small"},       {3, {-3, -1}, 1, "tends"}};
    for (int i = 0; i < (int)(sizeof cases / sizeof *cases); i++) {
        shape s = {cases[i].kind, {cases[i].exponent[0], cases[i].exponent[1]}, 1, 1};
        grz_kernel *kernel = NULL;
        int32_t holds = -1;
        const char *reason = NULL;
        double T;
        ok(grz_kernel_create_general(context, 0, 0.5, shaped_general, &s, &kernel));
        s.least = s.largest = 1;
        ok(grz_kernel_satisfies_2_3(kernel, &holds, &reason));
        ck_assert_msg(holds == cases[i].holds && strstr(reason, cases[i].end), "case %d: %d, %s", i, holds, reason);
        if (holds) /* every sample was taken */
            ck_assert_msg(fabs(s.least / 1e-6 - 1) < 1e-9 && fabs(s.largest / 1e6 - 1) < 1e-9, "from %g to %g", s.least, s.largest);
        ok(grz_kernel_total_cross_section(kernel, 3.7, &T));
        check_close(T, total_of(&s, 3.7), 1e-9, "T", i, 0);
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_test(tests, cancellation_in_both_forms);
    tcase_add_test(tests, cancellation_lemma_holds);
    tcase_add_test(tests, classification);
    tcase_add_test(tests, limits_of_general_kernels);
}

int main(void)
{
    return run_kernel_suite("kernel properties", add);
}

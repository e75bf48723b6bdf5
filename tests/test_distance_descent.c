/* The minimiser over curves, on a system with a closed form: Broadwell's four velocities (1, 0), (-1, 0), (0, 1), (0, -1) with densities
 * (a, a, 1 - a, 1 - a) and one collision of rate 1: <phi, K_f phi> = Lambda(f_1 f_2, f_3 f_4) (phi_1 + phi_2 - phi_3 - phi_4)^2, so that
 * d(a_0, a_1) = int da/sqrt(Lambda(a^2, (1 - a)^2)). */
#include "distance/descent.h"
#include "support/check.h"
#include "support/norms.h"

static const double nulls[12] = {1, 1, 1, 1, 1, -1, 0, 0, 0, 0, 1, -1};

static double logarithmic_mean(double a, double b)
{
    double x = log(b / a);
    return fabs(x) < 1e-4 ? sqrt(a * b) * (1 + x * x / 24) : (b - a) / x;
}

/* d/da */
static double mean_slope(double a, double b)
{
    double x = log(b / a);
    if (fabs(x) < 1e-3) return logarithmic_mean(a, b) / a * (0.5 - x / 12);
    return (logarithmic_mean(a, b) / a - 1) / x;
}

static grz_status onsager(void *user, const double *f, const double *phi, double *K_phi)
{
    (void)user;
    double flux = logarithmic_mean(f[0] * f[1], f[2] * f[3]) * (phi[0] + phi[1] - phi[2] - phi[3]);
    for (int i = 0; i < 4; i++) K_phi[i] = i < 2 ? flux : -flux;
    return GRZ_OK;
}

static grz_status variation(void *user, const double *f, const double *phi, double *G)
{
    (void)user;
    double a = f[0] * f[1], b = f[2] * f[3], change = phi[0] + phi[1] - phi[2] - phi[3], half = 0.5 * change * change;
    for (int i = 0; i < 4; i++) G[i] = half * (i < 2 ? mean_slope(a, b) * a : mean_slope(b, a) * b) / f[i];
    return GRZ_OK;
}

static grz_status prepare(void *user, int place, const double *f)
{
    (void)user, (void)place, (void)f;
    return GRZ_OK;
}

static void precondition(void *user, int place, const double *r, double *z)
{
    (void)user, (void)place;
    memcpy(z, r, 4 * sizeof *z);
}

static grz_status diagonal(void *user, const double *f, double *out)
{
    (void)user;
    for (int i = 0; i < 4; i++) out[i] = logarithmic_mean(f[0] * f[1], f[2] * f[3]);
    return GRZ_OK;
}

static grz_status go_on(void *user, double residual)
{
    (void)user, (void)residual;
    return GRZ_OK;
}

static grz_context *context;
static grzi_space space;

static void open_space(void)
{
    OK(grz_context_create(&context));
    space = (grzi_space){context, 4, 1, 3, nulls, NULL, onsager, variation, 1000, prepare, precondition, diagonal};
}

static void close_space(void)
{
    grz_context_destroy(&context);
}

static void density(double a, double *f)
{
    f[0] = f[1] = a;
    f[2] = f[3] = 1 - a;
}

/* Simpson's rule with 2000 steps. */
static double exact_distance(double from, double to)
{
    enum { STEPS = 2000 };
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
        double a = from + (to - from) * i / STEPS;
        sum += (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2) / sqrt(logarithmic_mean(a * a, (1 - a) * (1 - a)));
    }
    return sum * (to - from) / STEPS / 3;
}

static double minimise(double from, double to, int steps, grzi_descent *descent, double *variation_of_speed, double *levels)
{
    grzi_curve curve;
    OK(grzi_curve_create(&space, steps, &curve));
    for (int k = 0; k <= steps; k++) density(from + (to - from) * k / steps, grzi_curve_level(&curve, curve.f, k));
    *descent = (grzi_descent){.tolerance = 1e-9, .cap = 100, .report = go_on};
    OK(grzi_descend(&curve, descent));
    double least = INFINITY, most = 0, d = sqrt(curve.energy);
    for (int k = 0; k < steps; k++) keep_least(&least, sqrt(curve.square[k])), keep_largest(&most, sqrt(curve.square[k]));
    if (variation_of_speed) *variation_of_speed = most / least - 1;
    for (int k = 0; levels && k <= steps; k++) levels[k] = curve.f[4 * k];
    grzi_curve_destroy(&curve);
    return d;
}

START_TEST(the_closed_form)
{
    static const double ends[3][2] = {{0.5, 0.75}, {0.5, 0.9}, {0.2, 0.97}};
    NEAR(exact_distance(0.5, 0.75), 0.5075573, 1e-7);
    NEAR(exact_distance(0.5, 0.9), 0.8369180, 1e-7);
    double exact = exact_distance(ends[_i][0], ends[_i][1]), error[4], speed[4];
    for (int r = 0; r < 4; r++) {
        grzi_descent descent;
        error[r] = minimise(ends[_i][0], ends[_i][1], 8 << r, &descent, &speed[r], NULL) - exact;
        HOLDS(descent.converged && descent.residual <= 1e-9, "residual %g after %d", descent.residual, descent.iterations);
        HOLDS(descent.iterations <= 25, "%d iterations", descent.iterations);
    }
    /* second order in the time step; the extrapolated value */
    double order = log2(fabs(error[2] / error[3]));
    HOLDS(order > 1.9 && order < 2.1, "order %g", order);
    NEAR((4 * error[3] - error[2]) / 3, 0, 3e-5 * exact * (_i == 2 ? 10 : 0.02));
    HOLDS(speed[3] < 0.4 * speed[2] && speed[3] < 2e-3, "speed varies by %g, %g", speed[2], speed[3]);
}
END_TEST

/* H(f) + d^2/(2T): the exact minimiser solves, in a, d(a_0, a)/sqrt(Lambda) + T H'(a) = 0. */
START_TEST(a_free_end_makes_a_minimising_movement)
{
    const double start = 0.85, T = 0.2;
    double low = 0.5, high = start;
    for (int k = 0; k < 60; k++) {
        double a = 0.5 * (low + high), slope = 2 * log(a / (1 - a));
        double J = -exact_distance(a, start) / sqrt(logarithmic_mean(a * a, (1 - a) * (1 - a))) + T * slope;
        if (J > 0)
            high = a;
        else
            low = a;
    }
    double error[3];
    for (int r = 0; r < 3; r++) {
        int steps = 2 << r;
        grzi_curve curve;
        grzi_descent descent = {.horizon = T, .tolerance = 1e-8, .cap = 100, .report = go_on};
        OK(grzi_curve_create(&space, steps, &curve));
        for (int k = 0; k <= steps; k++) density(start - 1e-3 * k, grzi_curve_level(&curve, curve.f, k));
        OK(grzi_descend(&curve, &descent));
        HOLDS(descent.converged, "residual %g after %d", descent.residual, descent.iterations);
        error[r] = curve.f[4 * steps] - low;
        grzi_curve_destroy(&curve);
    }
    HOLDS(fabs(error[2]) < 1e-4, "off by %g, %g, %g", error[0], error[1], error[2]);
    double order = log2(fabs(error[1] / error[2]));
    HOLDS(order > 1.8 && order < 2.2, "order %g", order);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("descent");
    TCase *tests = tcase_create("descent");
    tcase_add_checked_fixture(tests, open_space, close_space);
    tcase_add_loop_test(tests, the_closed_form, 0, 3);
    tcase_add_test(tests, a_free_end_makes_a_minimising_movement);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

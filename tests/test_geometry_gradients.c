/* Calculus from user gradients against closed forms and the calculus from values; small angles; Lambda(f) and appendix A's inequalities. */
#include "support/check.h"
#include "support/norms.h"

#include <stdio.h>

static const double a[3] = {0.7, -0.4, 0.5}, b[3] = {-0.3, 0.6, 0.2};

static double dot(const double *x, const double *y)
{
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
}

static int wave(int64_t count, const double *v, double *psi, void *user)
{
    for (int64_t i = 0; i < count; i++) psi[i] = sin(dot(a, v + 3 * i) + 0.3);
    return user != NULL;
}

static int wave_gradient(int64_t count, const double *v, double *gradient, void *user)
{
    for (int64_t i = 0; i < 3 * count; i++) gradient[i] = a[i % 3] * cos(dot(a, v + i / 3 * 3) + 0.3);
    return user ? 3 : 0;
}

static int pair_wave(int64_t count, const double *v, const double *v_star, double *psi, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) psi[i] = sin(dot(a, v + 3 * i) + dot(b, v_star + 3 * i) + 0.3);
    return 0;
}

/* (grad - grad*) of the above */
static int pair_gradient(int64_t count, const double *v, const double *v_star, double *gradient, void *user)
{
    (void)user;
    for (int64_t i = 0; i < 3 * count; i++)
        gradient[i] = (a[i % 3] - b[i % 3]) * cos(dot(a, v + i / 3 * 3) + dot(b, v_star + i / 3 * 3) + 0.3);
    return 0;
}

enum { PAIRS = 150 };

static void random_pairs(uint64_t *seed, double *v, double *v_star)
{
    for (int i = 0; i < 3 * PAIRS; i++) {
        v[i] = 4 * uniform(seed) - 2;
        v_star[i] = i < 3 ? v[i] : 4 * uniform(seed) - 2; /* the first pair: v = v* */
    }
}

START_TEST(agrees_with_the_calculus_from_values)
{
    grz_context *context;
    uint64_t seed = 3;
    double v[3 * PAIRS], v_star[3 * PAIRS], x[3 * PAIRS], y[3 * PAIRS], worst[3] = {0}, size[3] = {0};
    OK(grz_context_create(&context));
    random_pairs(&seed, v, v_star);
    for (int both = 0; both < 2; both++)
        for (double gamma = -4; gamma <= 1; gamma += 1.25) {
            grz_velocity_fn psi = both ? NULL : wave;
            grz_pair_fn psi_pair = both ? pair_wave : NULL;
            grz_velocity_gradient_fn slope = both ? NULL : wave_gradient;
            grz_pair_vector_fn slope_pair = both ? pair_gradient : NULL;
            OK(grz_grazing_gradient(context, psi, psi_pair, NULL, gamma, PAIRS, v, v_star, x));
            OK(grz_grazing_gradient_from(context, slope, slope_pair, NULL, gamma, PAIRS, v, v_star, y));
            for (int i = 0; i < 3 * PAIRS; i++) keep_largest(&worst[0], fabs(x[i] - y[i])), keep_largest(&size[0], fabs(x[i]));
            ck_assert(y[0] == 0 && y[1] == 0 && y[2] == 0);
            OK(grz_grazing_laplacian(context, psi, psi_pair, NULL, gamma, PAIRS, v, v_star, x));
            OK(grz_grazing_laplacian_from(context, slope, slope_pair, NULL, gamma, PAIRS, v, v_star, y));
            for (int i = 0; i < PAIRS; i++) keep_largest(&worst[1], fabs(x[i] - y[i])), keep_largest(&size[1], fabs(x[i]));
            double theta[PAIRS], phi[PAIRS], after[3 * PAIRS], after_star[3 * PAIRS], sigma[3 * PAIRS];
            for (int i = 0; i < PAIRS; i++) theta[i] = 0.1 + 1.4 * uniform(&seed), phi[i] = 6 * uniform(&seed);
            OK(grz_post_collision_angles(context, PAIRS, v, v_star, theta, phi, after, after_star, sigma));
            OK(grz_discrete_gradient(context, psi, psi_pair, NULL, PAIRS, v, v_star, sigma, x));
            OK(grz_discrete_gradient_from(context, slope, slope_pair, NULL, PAIRS, v, v_star, theta, phi, y));
            for (int i = 0; i < PAIRS; i++) keep_largest(&worst[2], fabs(x[i] / theta[i] - y[i])), keep_largest(&size[2], fabs(y[i]));
        }
    printf("from gradients against from values: grad %.1e, Laplacian %.1e, dbar/theta %.1e of the largest\n", worst[0] / size[0],
           worst[1] / size[1], worst[2] / size[2]);
    ck_assert(worst[0] < 1e-11 * size[0] && worst[1] < 1e-9 * size[1] && worst[2] < 1e-13 * size[2]);
    grz_context_destroy(&context);
}
END_TEST

/* Lemma A.5 by a polynomial: psi(v, v*) = x0 x1 (4 + x2), x = (v - v*)/2: harmonics of degree 2 and 3 on spheres, so grad_tilde .
 * grad_tilde psi = 4 |z|^gamma (-6 * 4 x0 x1 - 12 x0 x1 x2). */
static int polynomial_gradient(int64_t count, const double *v, const double *v_star, double *gradient, void *user)
{
    (void)user;
    for (int64_t i = 0; i < 3 * count; i += 3) {
        double x[3];
        for (int k = 0; k < 3; k++) x[k] = 0.5 * (v[i + k] - v_star[i + k]);
        gradient[i] = x[1] * (4 + x[2]), gradient[i + 1] = x[0] * (4 + x[2]), gradient[i + 2] = x[0] * x[1];
    }
    return 0;
}

START_TEST(laplacian_of_harmonics)
{
    grz_context *context;
    uint64_t seed = 12;
    double v[3 * PAIRS], v_star[3 * PAIRS], y[PAIRS], worst = 0;
    OK(grz_context_create(&context));
    random_pairs(&seed, v, v_star);
    OK(grz_grazing_laplacian_from(context, NULL, polynomial_gradient, NULL, -1, PAIRS, v, v_star, y));
    for (int i = 1; i < PAIRS; i++) {
        double x[3], length = 0;
        for (int k = 0; k < 3; k++) x[k] = 0.5 * (v[3 * i + k] - v_star[3 * i + k]), length += x[k] * x[k];
        double exact = 4 / (2 * sqrt(length)) * (-24 * x[0] * x[1] - 12 * x[0] * x[1] * x[2]);
        keep_largest(&worst, fabs(y[i] - exact) / (24 * length));
    }
    printf("Laplacian from gradients: %.1e\n", worst);
    ck_assert(worst < 2e-12);
    grz_context_destroy(&context);
}
END_TEST

/* Lemma 3.5 down to theta = 1e-12: (dbar psi/theta - its limit)/theta tends to a constant, as differences of psi cannot show. */
START_TEST(small_angles)
{
    grz_context *context;
    uint64_t seed = 5;
    double v[3 * PAIRS], v_star[3 * PAIRS], phi[PAIRS], theta[PAIRS], limit[PAIRS], y[PAIRS], frame[3 * PAIRS], other[3 * PAIRS],
        p[3 * PAIRS];
    OK(grz_context_create(&context));
    random_pairs(&seed, v, v_star);
    for (int i = 0; i < PAIRS; i++) phi[i] = 6 * uniform(&seed), theta[i] = 1.5707963267948966;
    OK(grz_post_collision_angles(context, PAIRS, v, v_star, theta, phi, frame, other, p)); /* sigma = p at theta = pi/2 */
    for (int i = 0; i < PAIRS; i++) theta[i] = 0;
    OK(grz_discrete_gradient_from(context, wave_gradient, NULL, NULL, PAIRS, v, v_star, theta, phi, limit));
    for (int i = 1; i < PAIRS; i++) {
        double z[3] = {v[3 * i] - v_star[3 * i], v[3 * i + 1] - v_star[3 * i + 1], v[3 * i + 2] - v_star[3 * i + 2]};
        double exact = 0.5 * sqrt(dot(z, z)) * dot(a, p + 3 * i) * (cos(dot(a, v + 3 * i) + 0.3) - cos(dot(a, v_star + 3 * i) + 0.3));
        NEAR(limit[i], exact, 1e-14);
    }
    double slope[2] = {0};
    for (int step = 0; step < 8; step++) {
        double worst = 0;
        for (int i = 0; i < PAIRS; i++) theta[i] = pow(10, -1.5 * step - 1);
        OK(grz_discrete_gradient_from(context, wave_gradient, NULL, NULL, PAIRS, v, v_star, theta, phi, y));
        for (int i = 0; i < PAIRS; i++) keep_largest(&worst, fabs(y[i] - limit[i]) / theta[i]);
        if (step < 2) slope[step] = worst;
        if (step >= 2 && step <= 4) NEAR(worst / slope[1], 1, 0.05);                 /* order 1 in theta */
        if (step > 4) ck_assert(worst * theta[0] < 2 * slope[1] * theta[0] + 1e-14); /* below that, rounding of the positions only */
    }
    grz_context_destroy(&context);
}
END_TEST

static int bump(int64_t count, const double *v, double *f, void *user)
{
    const double *shift = user;
    if (shift && shift[0] == 9) return 8;
    for (int64_t i = 0; i < count; i++)
        f[i] = shift && shift[0] == 7 ? -1 : exp(-20 * dot(v + 3 * i, v + 3 * i)) + 1e-3 * exp(-pow(v[3 * i] - 1, 2));
    return 0;
}

/* Corollary A.3 and (A.1), strict for unequal products; Corollary A.2: Lambda (log b - log a)^2 >= 4 (sqrt b - sqrt a)^2. */
START_TEST(mobility_between_its_means)
{
    grz_context *context;
    uint64_t seed = 21;
    double v[3 * PAIRS], v_star[3 * PAIRS], sigma[3 * PAIRS], Lambda[PAIRS], lower[PAIRS], upper[PAIRS];
    OK(grz_context_create(&context));
    random_pairs(&seed, v, v_star);
    for (int i = 0; i < PAIRS; i++) {
        double norm = 0;
        for (int k = 0; k < 3; k++) sigma[3 * i + k] = uniform(&seed) - 0.5, norm += pow(sigma[3 * i + k], 2);
        for (int k = 0; k < 3; k++) sigma[3 * i + k] /= sqrt(norm);
    }
    OK(grz_collision_mobility(context, bump, NULL, PAIRS, v, v_star, sigma, Lambda, lower, upper));
    for (int i = 0; i < PAIRS; i++) {
        double after[3], after_star[3], f[4];
        OK(grz_post_collision(context, 1, v + 3 * i, v_star + 3 * i, sigma + 3 * i, after, after_star));
        OK(bump(1, v + 3 * i, f, NULL) | bump(1, v_star + 3 * i, f + 1, NULL) | bump(1, after, f + 2, NULL) |
           bump(1, after_star, f + 3, NULL));
        double before = f[0] * f[1], product = f[2] * f[3], jump = log(product) - log(before);
        if (i == 0) { /* v = v*: nothing happens */
            NEAR(Lambda[i] / before, 1, 1e-15);
            continue;
        }
        ck_assert(lower[i] < Lambda[i] && Lambda[i] < upper[i]);
        NEAR(Lambda[i] * jump / (product - before), 1, 1e-12);
        ck_assert((product - before) * jump >= 4 * pow(sqrt(product) - sqrt(before), 2));
        double t = exp(fabs(jump));
        if (t < 1e200) ck_assert(4 / ((t + 1) * (t + 1)) < 1 / t && 1 / t < 0.5 / sqrt(t) + 0.5 / (t * sqrt(t)));
    }
    OK(grz_collision_mobility(context, bump, NULL, PAIRS, v, v_star, sigma, upper, NULL, NULL));
    ck_assert_int_eq(memcmp(upper, Lambda, sizeof Lambda), 0);
    OK(grz_collision_mobility(context, bump, NULL, 0, v, v_star, sigma, upper, NULL, NULL));
    double stop = 9, negative = 7;
    FAILS(context, grz_collision_mobility(context, bump, &stop, 2, v, v_star, sigma, Lambda, NULL, NULL), GRZ_ERROR_CALLBACK, "8");
    FAILS(context, grz_collision_mobility(context, bump, &negative, 2, v, v_star, sigma, Lambda, NULL, NULL), GRZ_ERROR_NOT_POSITIVE, "f");
    FAILS(context, grz_collision_mobility(context, NULL, NULL, 2, v, v_star, sigma, Lambda, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "f");
    FAILS(context, grz_collision_mobility(context, bump, NULL, -1, v, v_star, sigma, Lambda, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "-1");
    FAILS(context, grz_collision_mobility(context, bump, NULL, 2, v, NULL, sigma, Lambda, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "v_star");
    FAILS(context, grz_collision_mobility(context, bump, NULL, 2, v, v_star, sigma, NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "Lambda");
    ck_assert_int_eq(grz_collision_mobility(NULL, bump, NULL, 2, v, v_star, sigma, Lambda, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    grz_context_destroy(&context);
}
END_TEST

START_TEST(bad_input)
{
    grz_context *context;
    const double v[3] = {1, 0, 0}, w[3] = {0, 1, 0}, angle = 0.1, bad = NAN;
    double out[3] = {7, 7, 7};
    int stop = 1;
    OK(grz_context_create(&context));
    ck_assert_int_eq(grz_grazing_gradient_from(NULL, wave_gradient, NULL, NULL, 0, 1, v, w, out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_grazing_laplacian_from(NULL, wave_gradient, NULL, NULL, 0, 1, v, w, out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_discrete_gradient_from(NULL, wave_gradient, NULL, NULL, 1, v, w, &angle, &angle, out), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_grazing_gradient_from(context, NULL, NULL, NULL, 0, 1, v, w, out), GRZ_ERROR_NULL_ARGUMENT, "gradient");
    FAILS(context, grz_grazing_gradient_from(context, wave_gradient, pair_gradient, NULL, 0, 1, v, w, out), GRZ_ERROR_INVALID_ARGUMENT,
          "both");
    FAILS(context, grz_grazing_gradient_from(context, wave_gradient, NULL, NULL, 2, 1, v, w, out), GRZ_ERROR_INVALID_ARGUMENT, "gamma");
    FAILS(context, grz_grazing_laplacian_from(context, wave_gradient, NULL, NULL, -5, 1, v, w, out), GRZ_ERROR_INVALID_ARGUMENT, "gamma");
    FAILS(context, grz_grazing_gradient_from(context, wave_gradient, NULL, NULL, 0, -1, v, w, out), GRZ_ERROR_INVALID_ARGUMENT, "count");
    FAILS(context, grz_grazing_gradient_from(context, wave_gradient, NULL, NULL, 0, 1, NULL, w, out), GRZ_ERROR_NULL_ARGUMENT, "v");
    FAILS(context, grz_discrete_gradient_from(context, wave_gradient, NULL, NULL, 1, v, w, &bad, &angle, out), GRZ_ERROR_NOT_FINITE,
          "theta");
    FAILS(context, grz_discrete_gradient_from(context, wave_gradient, NULL, NULL, 1, v, w, &angle, NULL, out), GRZ_ERROR_NULL_ARGUMENT,
          "phi");
    FAILS(context, grz_discrete_gradient_from(context, wave_gradient, NULL, NULL, 1, v, w, &angle, &angle, NULL), GRZ_ERROR_NULL_ARGUMENT,
          "out");
    ck_assert(out[0] == 7);
    FAILS(context, grz_grazing_gradient_from(context, wave_gradient, NULL, &stop, 0, 1, v, w, out), GRZ_ERROR_CALLBACK, "3");
    FAILS(context, grz_grazing_laplacian_from(context, wave_gradient, NULL, &stop, 0, 1, v, w, out), GRZ_ERROR_CALLBACK, "returned");
    grz_context_destroy(&context);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geometry_gradients");
    TCase *tests = tcase_create("gradients");
    tcase_add_test(tests, agrees_with_the_calculus_from_values);
    tcase_add_test(tests, laplacian_of_harmonics);
    tcase_add_test(tests, small_angles);
    tcase_add_test(tests, mobility_between_its_means);
    tcase_add_test(tests, bad_input);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

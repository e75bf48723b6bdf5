/* Means and pointwise calculus against closed forms; bounds of Lemma 3.4, orders of Lemmas 3.5 and 3.6, appendix A. */
#include "support/check.h"
#include "support/norms.h"

#include <float.h>
#include <stdio.h>

static const double a[3] = {0.7, -0.4, 0.5}, b[3] = {-0.3, 0.6, 0.2};

static double dot(const double *x, const double *y)
{
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
}

static int wave(int64_t count, const double *v, double *psi, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) psi[i] = sin(dot(a, v + 3 * i) + 0.3);
    return 0;
}

static int pair_wave(int64_t count, const double *v, const double *v_star, double *psi, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) psi[i] = sin(dot(a, v + 3 * i) + dot(b, v_star + 3 * i) + 0.3);
    return 0;
}

static int refuse(int64_t count, const double *v, double *psi, void *user)
{
    (void)count, (void)v, (void)psi, (void)user;
    return 5;
}

typedef struct pair {
    double v[3], v_star[3], z[3], k[3], speed;
} pair;

static pair random_pair(uint64_t *seed)
{
    pair at;
    for (int i = 0; i < 3; i++) {
        at.v[i] = 4 * uniform(seed) - 2;
        at.v_star[i] = 4 * uniform(seed) - 2;
        at.z[i] = at.v[i] - at.v_star[i];
    }
    at.speed = sqrt(dot(at.z, at.z));
    for (int i = 0; i < 3; i++) at.k[i] = at.z[i] / at.speed;
    return at;
}

static void project(const pair *at, double *x)
{
    double along = dot(at->k, x);
    for (int i = 0; i < 3; i++) x[i] -= along * at->k[i];
}

/* Laplace-Beltrami of sin(c.x + phase) on |x| = r, at x = r k */
static double sphere_laplacian(const double *c, double phase, const pair *at)
{
    double r = at->speed / 2, ck = dot(c, at->k), s = r * ck + phase;
    return r * r * (-dot(c, c) + ck * ck) * sin(s) - 2 * r * ck * cos(s);
}

START_TEST(logarithmic_mean)
{
    uint64_t seed = 11;
    double worst = 0;
    for (int trial = 0; trial < 100000; trial++) {
        double x = exp(600 * (uniform(&seed) - 0.5)), spread = trial % 3 == 0 ? 1e-9 : trial % 3 == 1 ? 1 : 60;
        double y = x * exp(spread * (uniform(&seed) - 0.5));
        double L = grz_logarithmic_mean(x, y);
        long double q = logl((long double)y / x), z = ((long double)y - x) / x;
        long double expected = x == y             ? x
                               : fabsl(q) < 1e-4L ? x * (1 + z / 2 - z * z / 12 + z * z * z / 24 - 19 * z * z * z * z / 720)
                                                  : ((long double)y - x) / q;
        keep_largest(&worst, fabs((double)(L / expected - 1)));
        HOLDS(grz_logarithmic_mean(y, x) == L, "not symmetric at %g %g", x, y);
        HOLDS(L >= sqrt(x) * sqrt(y) * (1 - 4 * DBL_EPSILON) && L <= (x / 2 + y / 2) * (1 + 4 * DBL_EPSILON), "(A.1) fails at %g %g", x, y);
        HOLDS((x - y) * log(x / y) >= 4 * pow(sqrt(x) - sqrt(y), 2) * (1 - 1e-6) - 1e-14 * x, "Corollary A.2 fails at %g %g", x, y);
    }
    printf("logarithmic mean: largest relative error %.1e\n", worst);
    HOLDS(worst < 8 * DBL_EPSILON, "error %g", worst);
    ck_assert(grz_logarithmic_mean(3, 3) == 3 && grz_logarithmic_mean(0, 2) == 0 && grz_logarithmic_mean(0, 0) == 0);
    ck_assert(isinf(grz_logarithmic_mean(1, INFINITY)) && grz_logarithmic_mean(0, INFINITY) == 0);
    ck_assert(isinf(grz_logarithmic_mean(INFINITY, INFINITY)));
    ck_assert(isnan(grz_logarithmic_mean(-1, 2)) && isnan(grz_logarithmic_mean(NAN, 2)));
    NEAR(grz_logarithmic_mean(5e-324, 1) * (1074 * log(2)), 1, 1e-14);
    NEAR(grz_logarithmic_mean(5e-324, DBL_MAX) / DBL_MAX * (1074 * log(2) + log(DBL_MAX)), 1, 1e-14);
    ck_assert(grz_logarithmic_mean(DBL_MAX, DBL_MAX) == DBL_MAX);
    NEAR(grz_alpha(3, 2, 2), 9.0 / 8, 1e-15);
    ck_assert(grz_alpha(0, 0, 1) == 0 && isinf(grz_alpha(1, 0, 1)) && isnan(grz_alpha(1, -1, 1)));
    NEAR(grz_kappa(a, 0.5), dot(a, a), 1e-15);
    ck_assert(grz_kappa((double[3]){0, 0, 0}, 0) == 0 && isinf(grz_kappa(a, 0)) && isnan(grz_kappa(NULL, 1)));
}
END_TEST

START_TEST(collisions_conserve)
{
    grz_context *context;
    uint64_t seed = 2;
    OK(grz_context_create(&context));
    for (int trial = 0; trial < 200; trial++) {
        pair at = random_pair(&seed);
        double theta = trial % 2 ? 1e-9 * uniform(&seed) : 1.5 * uniform(&seed), phi = 6 * uniform(&seed), x[3], y[3], sigma[3], x2[3],
               y2[3];
        OK(grz_post_collision_angles(context, 1, at.v, at.v_star, &theta, &phi, x, y, sigma));
        OK(grz_post_collision(context, 1, at.v, at.v_star, sigma, x2, y2));
        for (int i = 0; i < 3; i++) {
            NEAR(x[i], x2[i], 2e-15);
            NEAR(y[i], y2[i], 2e-15);
            NEAR(x[i] + y[i], at.v[i] + at.v_star[i], 4e-15);
        }
        NEAR(dot(x, x) + dot(y, y), dot(at.v, at.v) + dot(at.v_star, at.v_star), 2e-14);
        NEAR(dot(sigma, at.k), cos(theta), 1e-15);
        double chord[3];
        for (int i = 0; i < 3; i++) chord[i] = sigma[i] - at.k[i];
        NEAR(dot(chord, chord), 2 * (1 - cos(theta)), 2e-15); /* (3.5) */
    }
    grz_context_destroy(&context);
}
END_TEST

START_TEST(gradients_and_divergences)
{
    grz_context *context;
    uint64_t seed = 4;
    double worst[3] = {0};
    OK(grz_context_create(&context));
    for (int trial = 0; trial < 300; trial++) {
        pair at = random_pair(&seed);
        double gamma = -4 + 5 * uniform(&seed), c[3], G[3], exact[3], L, y[3], F = pow(at.speed, 1 + gamma / 2);
        for (int i = 0; i < 3; i++) {
            c[i] = a[i] - b[i];
            y[i] = (at.v[i] + at.v_star[i]) / 2;
            exact[i] = a[i] * (cos(dot(a, at.v) + 0.3) - cos(dot(a, at.v_star) + 0.3));
        }
        project(&at, exact);
        OK(grz_grazing_gradient(context, wave, NULL, NULL, gamma, 1, at.v, at.v_star, G));
        for (int i = 0; i < 3; i++) keep_largest(&worst[0], fabs(G[i] / F - exact[i]));
        OK(grz_grazing_gradient(context, NULL, pair_wave, NULL, gamma, 1, at.v, at.v_star, G));
        for (int i = 0; i < 3; i++) exact[i] = c[i] * cos(dot(a, at.v) + dot(b, at.v_star) + 0.3);
        project(&at, exact);
        for (int i = 0; i < 3; i++) keep_largest(&worst[0], fabs(G[i] / F - exact[i]));
        OK(grz_grazing_laplacian(context, wave, NULL, NULL, gamma, 1, at.v, at.v_star, &L));
        double minus[3] = {-a[0], -a[1], -a[2]}, phase = dot(a, y) + 0.3, scale = 4 * pow(at.speed, gamma);
        keep_largest(&worst[1], fabs(L / scale - sphere_laplacian(a, phase, &at) - sphere_laplacian(minus, phase, &at)));
        OK(grz_grazing_laplacian(context, NULL, pair_wave, NULL, gamma, 1, at.v, at.v_star, &L));
        keep_largest(&worst[2], fabs(L / scale - sphere_laplacian(c, dot(a, y) + dot(b, y) + 0.3, &at)));
    }
    printf("largest errors: grad_tilde %.1e, grad_tilde.grad_tilde %.1e (psi(v)), %.1e (psi(v,v*))\n", worst[0], worst[1], worst[2]);
    HOLDS(worst[0] < 1e-10 && worst[1] < 1e-9 && worst[2] < 1e-9, "errors %g %g %g", worst[0], worst[1], worst[2]);
    grz_context_destroy(&context);
}
END_TEST

/* A = grad_tilde of pair_wave with gamma in user */
static int gradient_field(int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    double gamma = *(const double *)user;
    for (int64_t i = 0; i < count; i++) {
        pair at;
        for (int j = 0; j < 3; j++) {
            at.v[j] = v[3 * i + j];
            at.v_star[j] = v_star[3 * i + j];
            at.z[j] = at.v[j] - at.v_star[j];
        }
        at.speed = sqrt(dot(at.z, at.z));
        for (int j = 0; j < 3; j++) at.k[j] = at.z[j] / at.speed;
        double *A = field + 3 * i, c = cos(dot(a, at.v) + dot(b, at.v_star) + 0.3);
        for (int j = 0; j < 3; j++) A[j] = (a[j] - b[j]) * c;
        project(&at, A);
        for (int j = 0; j < 3; j++) A[j] = A[j] * pow(at.speed, 1 + gamma / 2) + 0.7 * at.k[j]; /* what lies along k has no divergence */
    }
    return 0;
}

START_TEST(divergence_of_the_gradient)
{
    grz_context *context;
    uint64_t seed = 9;
    OK(grz_context_create(&context));
    for (int trial = 0; trial < 100; trial++) {
        pair at = random_pair(&seed);
        double gamma = -3 + 3 * uniform(&seed), L, D;
        OK(grz_grazing_laplacian(context, NULL, pair_wave, NULL, gamma, 1, at.v, at.v_star, &L));
        OK(grz_grazing_divergence(context, gradient_field, &gamma, gamma, 1, at.v, at.v_star, &D));
        NEAR(D, L, 1e-9 * (1 + fabs(L)));
    }
    grz_context_destroy(&context);
}
END_TEST

START_TEST(lemma_3_4)
{
    grz_context *context;
    uint64_t seed = 6;
    OK(grz_context_create(&context));
    double A = sqrt(dot(a, a)), Lip = A, D2 = A * A; /* |grad psi| <= A, |D^2 psi| <= A^2 */
    for (int trial = 0; trial < 2000; trial++) {
        pair at = random_pair(&seed);
        double theta = 1.5707963 * uniform(&seed), phi = 7 * uniform(&seed), x[3], y[3], sigma[3], jump, mean, chord = 2 * sin(theta / 2);
        OK(grz_post_collision_angles(context, 1, at.v, at.v_star, &theta, &phi, x, y, sigma));
        OK(grz_discrete_gradient(context, wave, NULL, NULL, 1, at.v, at.v_star, sigma, &jump));
        double direct = sin(dot(a, x) + 0.3) + sin(dot(a, y) + 0.3) - sin(dot(a, at.v) + 0.3) - sin(dot(a, at.v_star) + 0.3);
        NEAR(jump, direct, 4e-15);
        HOLDS(fabs(jump) <= Lip * at.speed * chord + 1e-14 && fabs(jump) <= D2 * at.speed * at.speed * chord + 1e-14, "first bounds at %d",
              trial);
        OK(grz_circle_average(context, wave, NULL, NULL, 1, at.v, at.v_star, theta, 32, &mean));
        HOLDS(fabs(mean) <= D2 * at.speed * at.speed * chord * chord + 1e-14, "third bound at %d", trial);
    }
    grz_context_destroy(&context);
}
END_TEST

/* Measured orders in eps at fixed chi = pi theta/eps: 1 for Lemma 3.5, 2 for Lemma 3.6. */
START_TEST(lemmas_3_5_and_3_6)
{
    grz_context *context;
    uint64_t seed = 8;
    const double chi = 1.1, pi = 3.14159265358979323846;
    double error[2][2] = {{0}};
    OK(grz_context_create(&context));
    for (int trial = 0; trial < 50; trial++) {
        pair at = random_pair(&seed);
        double phi = 1.3 + trial, zero_gamma, right = pi / 2, x[3], y[3], p[3], G[3];
        OK(grz_post_collision_angles(context, 1, at.v, at.v_star, &right, &phi, x, y, p)); /* sigma = p at theta = pi/2 */
        OK(grz_grazing_gradient(context, wave, NULL, NULL, 0, 1, at.v, at.v_star, G));
        OK(grz_grazing_laplacian(context, wave, NULL, NULL, 0, 1, at.v, at.v_star, &zero_gamma));
        for (int refinement = 0; refinement < 2; refinement++) {
            double eps = refinement ? 0.05 : 0.1, theta = eps * chi / pi, sigma[3], jump, mean;
            OK(grz_post_collision_angles(context, 1, at.v, at.v_star, &theta, &phi, x, y, sigma));
            OK(grz_discrete_gradient(context, wave, NULL, NULL, 1, at.v, at.v_star, sigma, &jump));
            error[0][refinement] += fabs(jump / eps - chi / (2 * pi) * dot(p, G)); /* G has |z| (grad - grad*) psi */
            OK(grz_circle_average(context, wave, NULL, NULL, 1, at.v, at.v_star, theta, 32, &mean));
            error[1][refinement] += fabs(2 * pi * mean / (eps * eps * chi * chi) - zero_gamma / (8 * pi));
        }
    }
    double first = log2(error[0][0] / error[0][1]), second = log2(error[1][0] / error[1][1]);
    printf("orders in eps: Lemma 3.5 %.3f, Lemma 3.6 %.3f\n", first, second);
    NEAR(first, 1, 0.05);
    NEAR(second, 2, 0.05);
    grz_context_destroy(&context);
}
END_TEST

START_TEST(bad_input)
{
    grz_context *context;
    double v[3] = {1, 0, 0}, w[3] = {0, 1, 0}, out[3] = {7, 7, 7};
    OK(grz_context_create(&context));
    ck_assert_int_eq(grz_post_collision(NULL, 1, v, w, v, out, out), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_post_collision(context, -1, v, w, v, out, out), GRZ_ERROR_INVALID_ARGUMENT, "count");
    FAILS(context, grz_post_collision(context, 1, NULL, w, v, out, out), GRZ_ERROR_NULL_ARGUMENT, "v");
    FAILS(context, grz_discrete_gradient(context, NULL, NULL, NULL, 1, v, w, v, out), GRZ_ERROR_NULL_ARGUMENT, "psi");
    FAILS(context, grz_discrete_gradient(context, wave, pair_wave, NULL, 1, v, w, v, out), GRZ_ERROR_INVALID_ARGUMENT, "both");
    FAILS(context, grz_discrete_gradient(context, refuse, NULL, NULL, 1, v, w, v, out), GRZ_ERROR_CALLBACK, "5");
    FAILS(context, grz_circle_average(context, wave, NULL, NULL, 1, v, w, 0.1, 0, out), GRZ_ERROR_INVALID_ARGUMENT, "nodes");
    FAILS(context, grz_grazing_gradient(context, wave, NULL, NULL, -5, 1, v, w, out), GRZ_ERROR_INVALID_ARGUMENT, "gamma");
    FAILS(context, grz_grazing_divergence(context, NULL, NULL, 0, 1, v, w, out), GRZ_ERROR_NULL_ARGUMENT, "field");
    ck_assert(out[0] == 7);
    OK(grz_grazing_gradient(context, wave, NULL, NULL, -3, 1, v, v, out));
    ck_assert(out[0] == 0 && out[1] == 0 && out[2] == 0);
    grz_context_destroy(&context);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pointwise calculus");
    TCase *tests = tcase_create("pointwise");
    tcase_add_test(tests, logarithmic_mean);
    tcase_add_test(tests, collisions_conserve);
    tcase_add_test(tests, gradients_and_divergences);
    tcase_add_test(tests, divergence_of_the_gradient);
    tcase_add_test(tests, lemma_3_4);
    tcase_add_test(tests, lemmas_3_5_and_3_6);
    tcase_add_test(tests, bad_input);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

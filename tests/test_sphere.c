/* The sphere handle against closed forms: linear and quadratic polynomials, addition theorem, adjointness; and Lemma 6.5 by fields of known
 * parts. */
#include "support/allocators.h"
#include "support/check.h"
#include "support/norms.h"

#include <stdio.h>

static const double PI = 3.14159265358979323846;
static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static double *doubles(int64_t count)
{
    double *x = malloc(sizeof *x * (size_t)(count + 1));
    ck_assert_ptr_nonnull(x);
    return x;
}

static double norm_of(int64_t count, const double *x)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += x[i] * x[i];
    return sqrt(sum);
}

/* psi = exp(a.w): int psi = 4 pi sinh|a|/|a|, gradient Pi a psi, Laplacian (|Pi a|^2 - 2 a.w) psi. Its harmonics beyond degree 18 are below
 * rounding. */
START_TEST(an_exponential)
{
    grz_sphere *sphere;
    OK(grz_sphere_create(context, 18, &sphere));
    const int64_t N = grz_sphere_node_count(sphere), C = grz_sphere_coefficient_count(sphere);
    ck_assert(grz_sphere_degree(sphere) == 18 && C == 361);
    const double a[2][3] = {{0.6, -0.9, 0.7}, {-0.2, 0.3, 1.1}};
    double *w = doubles(3 * N), *weights = doubles(N), *psi = doubles(2 * N), *c = doubles(2 * C), *again = doubles(2 * N);
    double *field = doubles(6 * N), *laplacian = doubles(2 * C), *exact = doubles(2 * C), total = 0;
    OK(grz_sphere_nodes(sphere, w, weights));
    for (int64_t i = 0; i < N; i++) {
        total += weights[i];
        for (int b = 0; b < 2; b++) {
            double along = a[b][0] * w[3 * i] + a[b][1] * w[3 * i + 1] + a[b][2] * w[3 * i + 2], square = 0;
            for (int axis = 0; axis < 3; axis++) square += pow(a[b][axis] - along * w[3 * i + axis], 2);
            psi[b * N + i] = exp(along);
            again[b * N + i] = (square - 2 * along) * exp(along);
        }
    }
    NEAR(total, 4 * PI, 1e-13);
    OK(grz_sphere_analyse(sphere, 2, again, exact));
    OK(grz_sphere_analyse(sphere, 2, psi, c));
    OK(grz_sphere_synthesise(sphere, 2, c, again));
    for (int64_t i = 0; i < 2 * N; i++) NEAR(again[i], psi[i], 2e-14);
    for (int b = 0; b < 2; b++) {
        double length = norm_of(3, a[b]);
        NEAR(c[b * C], sqrt(4 * PI) * sinh(length) / length, 1e-13);
    }
    OK(grz_sphere_gradient(sphere, 2, c, field));
    for (int64_t i = 0; i < 2 * N; i++) {
        const double *at = w + 3 * (i % N), *d = a[i / N];
        double along = d[0] * at[0] + d[1] * at[1] + d[2] * at[2];
        for (int axis = 0; axis < 3; axis++)
            NEAR(field[3 * i + axis], (d[axis] - along * at[axis]) * psi[i], 18 * 2e-14); /* Bernstein: degree times the values' error */
    }
    OK(grz_sphere_divergence(sphere, 2, field, laplacian));
    for (int64_t i = 0; i < 2 * C; i++) NEAR(laplacian[i], exact[i], 1e-12);
    OK(grz_sphere_solve(sphere, 2, laplacian));
    c[0] = c[C] = 0;
    for (int64_t i = 0; i < 2 * C; i++) NEAR(laplacian[i], c[i], 1e-13);
    OK(grz_sphere_synthesise(sphere, 0, c, again));
    free(w), free(weights), free(psi), free(c), free(again), free(field), free(laplacian), free(exact);
    grz_sphere_destroy(&sphere);
}
END_TEST

/* The multiplier lambda_l is the jump operator: int b(w.sigma) [psi(sigma) - psi(w)] dsigma, for VHS b constant on the half sphere 0 <
 * theta < pi/2 and psi = (a.w)^2: 2 pi 2 b0 [average over the cap] by elementary integrals. */
START_TEST(the_multiplier_is_the_collision_operator)
{
    grz_sphere *sphere;
    grz_kernel *kernel;
    OK(grz_sphere_create(context, 6, &sphere));
    OK(grz_kernel_create_vhs(context, 0, 1 / (4 * PI), &kernel));
    const int64_t N = grz_sphere_node_count(sphere), C = grz_sphere_coefficient_count(sphere);
    double *w = doubles(3 * N), *psi = doubles(N), *c = doubles(C), lambda[7];
    OK(grz_sphere_nodes(sphere, w, NULL));
    OK(grz_kernel_spectrum(kernel, 1, 6, lambda));
    for (int64_t i = 0; i < N; i++) psi[i] = pow(0.6 * w[3 * i] + 0.8 * w[3 * i + 2], 2);
    OK(grz_sphere_analyse(sphere, 1, psi, c));
    OK(grz_sphere_multiply(sphere, 1, lambda, c));
    OK(grz_sphere_synthesise(sphere, 1, c, psi));
    /* mean of (a.sigma)^2 over the cap cos(theta) in (0, 1): <cos^2> = 1/3, so t^2/3 + (1 - t^2)/3 = 1/3, t = a.w; b = 2 b0 on area 2 pi:
     * rate 1 */
    for (int64_t i = 0; i < N; i++) NEAR(psi[i], 1.0 / 3 - pow(0.6 * w[3 * i] + 0.8 * w[3 * i + 2], 2), 1e-13);
    free(w), free(psi), free(c);
    grz_kernel_destroy(&kernel);
    grz_sphere_destroy(&sphere);
}
END_TEST

/* For arbitrary nodal values: analysis is the adjoint of synthesis, divergence that of minus the gradient, and both round trips are
 * projections. */
START_TEST(adjoints_for_every_degree)
{
    uint64_t seed = 17;
    for (int lmax = 0; lmax <= 20; lmax++) {
        grz_sphere *sphere;
        OK(grz_sphere_create(context, lmax, &sphere));
        const int64_t N = grz_sphere_node_count(sphere), C = grz_sphere_coefficient_count(sphere);
        ck_assert_int_eq(C, (lmax + 1) * (lmax + 1));
        double *weights = doubles(N), *c = doubles(C), *d = doubles(C), *field = doubles(3 * N), *gradient = doubles(3 * N),
               *values = doubles(N);
        double left = 0, right = 0;
        OK(grz_sphere_nodes(sphere, NULL, weights));
        for (int64_t i = 0; i < C; i++) c[i] = uniform(&seed) - 0.5;
        for (int64_t i = 0; i < 3 * N; i++) field[i] = uniform(&seed) - 0.5;
        OK(grz_sphere_gradient(sphere, 1, c, gradient));
        OK(grz_sphere_divergence(sphere, 1, field, d));
        for (int64_t i = 0; i < 3 * N; i++) left += weights[i / 3] * field[i] * gradient[i];
        for (int64_t i = 0; i < C; i++) right -= c[i] * d[i];
        NEAR(left, right, 1e-12 * (1 + lmax));
        OK(grz_sphere_synthesise(sphere, 1, c, values));
        OK(grz_sphere_analyse(sphere, 1, values, d));
        for (int64_t i = 0; i < C; i++) NEAR(d[i], c[i], 3e-14 * (1 + lmax));
        OK(grz_sphere_divergence(sphere, 1, gradient, d));
        for (int l = 0; l <= lmax; l++)
            for (int m = -l; m <= l; m++) NEAR(d[l * l + l + m], -l * (l + 1) * c[l * l + l + m], 1e-13 * (1 + lmax * lmax));
        free(weights), free(c), free(d), free(field), free(gradient), free(values);
        grz_sphere_destroy(&sphere);
    }
}
END_TEST

/* V = grad_tilde g + a rotation w x grad_S k, both smooth, not antisymmetric; plus a radial part that Pi removes. */
typedef struct parts {
    double gamma, centre[3], rotation;
    int stop;
} parts;

static void scalar(const double *x, double *g, double slope[3])
{
    *g = sin(0.4 * x[0] - 0.3 * x[1] + 0.5 * x[2] + 0.2);
    double c = cos(0.4 * x[0] - 0.3 * x[1] + 0.5 * x[2] + 0.2);
    slope[0] = 0.4 * c, slope[1] = -0.3 * c, slope[2] = 0.5 * c;
}

static int two_parts(int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    const parts *p = user;
    for (int64_t i = 0; i < 3 * count; i += 3) {
        double x[3], w[3], g, slope[3], r = 0, along = 0;
        for (int a = 0; a < 3; a++) x[a] = 0.5 * (v[i + a] - v_star[i + a]), r += x[a] * x[a];
        r = sqrt(r);
        scalar(x, &g, slope);
        for (int a = 0; a < 3; a++) w[a] = x[a] / r, along += w[a] * slope[a];
        double factor = pow(2 * r, 1 + p->gamma / 2);                /* |z|^{1+gamma/2} Pi grad_x */
        const double k[3] = {w[1] * w[2], w[2] * w[0], w[0] * w[1]}; /* gradient of w0 w1 w2 */
        for (int a = 0; a < 3; a++) {
            int b = (a + 1) % 3, c = (a + 2) % 3;
            field[i + a] = factor * (slope[a] - along * w[a]) + p->rotation * (w[b] * k[c] - w[c] * k[b]) + 0.7 * w[a];
        }
    }
    return p->stop;
}

START_TEST(projection_onto_gradients)
{
    grz_sphere *sphere;
    OK(grz_sphere_create(context, 22, &sphere));
    const int64_t N = grz_sphere_node_count(sphere), C = grz_sphere_coefficient_count(sphere);
    double centre[3 * 20], radius[20], norms[3 * 20], *psi = doubles(20 * C), *values = doubles(20 * N), *w = doubles(3 * N);
    OK(grz_sphere_nodes(sphere, w, NULL));
    for (int i = 0; i < 20; i++) {
        radius[i] = 0.2 + 0.15 * i;
        for (int a = 0; a < 3; a++) centre[3 * i + a] = 0.1 * i - 0.5 * a;
    }
    double split = 0;
    for (double gamma = -4; gamma <= 1; gamma += 2.5) {
        parts p = {.gamma = gamma, .rotation = 0.8};
        OK(grz_grazing_project(context, sphere, two_parts, &p, gamma, 20, centre, radius, psi, norms));
        OK(grz_sphere_synthesise(sphere, 20, psi, values));
        for (int k = 0; k < 20; k++) {
            const double *n = norms + 3 * k;
            keep_largest(&split, fabs(n[1] + n[2] - n[0]) / n[0]);
            /* |w x grad_S (w0 w1 w2)|^2 integrates to l(l+1) int (w0 w1 w2)^2 = 12 * 4 pi/105 */
            NEAR(n[2], 0.64 * 12 * 4 * PI / 105, 1e-12 * (1 + n[0]));
            double mean = 0, g, slope[3], x[3];
            for (int64_t i = 0; i < N; i++) {
                for (int a = 0; a < 3; a++) x[a] = radius[k] * w[3 * i + a];
                scalar(x, &g, slope);
                if (i == 0) mean = g - values[k * N];
                NEAR(g - values[k * N + i], mean, 1e-12); /* psi is g up to its mean */
            }
        }
    }
    printf("(6.8): relative defect %.1e\n", split);
    ck_assert(split < 1e-12);
    free(psi), free(values), free(w);
    grz_sphere_destroy(&sphere);
}
END_TEST

/* A rough antisymmetric field, far from resolved: (6.8) holds for the nodal values all the same, and psi is even. */
static int rough(int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++)
        for (int a = 0; a < 3; a++)
            field[3 * i + a] =
                sin(40 * v[3 * i + a] * v_star[3 * i] + a) * (v[3 * i + 1] > v_star[3 * i + 1] ? 1 : -1) * (v[3 * i] * v_star[3 * i] > 0);
    for (int64_t i = 0; i < 3 * count; i++)
        if (v[i] == v_star[i]) field[i] = 0;
    return 0;
}

static int antisymmetric(int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    double *other = malloc(sizeof *other * 3 * (size_t)count);
    rough(count, v, v_star, field, user);
    rough(count, v_star, v, other, user);
    for (int64_t i = 0; i < 3 * count; i++) field[i] -= other[i];
    free(other);
    return 0;
}

START_TEST(the_split_holds_for_any_field)
{
    grz_sphere *sphere;
    OK(grz_sphere_create(context, 12, &sphere));
    const int64_t C = grz_sphere_coefficient_count(sphere);
    double norms[9], *psi = doubles(3 * C);
    const double centre[9] = {0.3, -0.2, 0.1, 1, 0, 0.4, 3, -2, 0}, radius[3] = {1, 0.4, 2.5};
    OK(grz_grazing_project(context, sphere, antisymmetric, NULL, -3, 3, centre, radius, psi, norms));
    for (int k = 0; k < 3; k++) {
        ck_assert(norms[3 * k] > 0.1 && norms[3 * k + 1] > 1e-3 * norms[3 * k]);
        NEAR((norms[3 * k + 1] + norms[3 * k + 2]) / norms[3 * k], 1, 1e-12);
        for (int l = 1; l <= 12; l += 2)
            for (int m = -l; m <= l; m++) NEAR(psi[k * C + l * l + l + m], 0, 1e-13);
    }
    free(psi);
    grz_sphere_destroy(&sphere);
}
END_TEST

START_TEST(refusals)
{
    grz_sphere *sphere = UNTOUCHED;
    double x[400] = {0}, y[400] = {0}, centre[3] = {0}, radius = 1;
    ck_assert_int_eq(grz_sphere_create(NULL, 3, &sphere), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_sphere_create(context, -1, &sphere), GRZ_ERROR_INVALID_ARGUMENT, "lmax");
    FAILS(context, grz_sphere_create(context, 65, &sphere), GRZ_ERROR_INVALID_ARGUMENT, "65");
    FAILS(context, grz_sphere_create(context, 3, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    ck_assert_ptr_eq(sphere, UNTOUCHED);
    OK(grz_sphere_create(context, 3, &sphere));
    ck_assert(grz_sphere_degree(NULL) == 0 && grz_sphere_node_count(NULL) == 0 && grz_sphere_coefficient_count(NULL) == 0);
    ck_assert_int_eq(grz_sphere_nodes(NULL, x, NULL), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_sphere_nodes(sphere, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "nodes");
    FAILS(context, grz_sphere_analyse(sphere, -1, x, y), GRZ_ERROR_INVALID_ARGUMENT, "batch");
    FAILS(context, grz_sphere_analyse(sphere, 1, NULL, y), GRZ_ERROR_NULL_ARGUMENT, "values");
    FAILS(context, grz_sphere_synthesise(sphere, 1, x, NULL), GRZ_ERROR_NULL_ARGUMENT, "values");
    FAILS(context, grz_sphere_gradient(sphere, 1, NULL, y), GRZ_ERROR_NULL_ARGUMENT, "coefficients");
    FAILS(context, grz_sphere_divergence(sphere, 1, NULL, y), GRZ_ERROR_NULL_ARGUMENT, "field");
    FAILS(context, grz_sphere_multiply(sphere, 1, NULL, y), GRZ_ERROR_NULL_ARGUMENT, "multiplier");
    FAILS(context, grz_sphere_solve(sphere, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "coefficients");
    ck_assert_int_eq(grz_sphere_analyse(NULL, 1, x, y), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_sphere_synthesise(NULL, 1, x, y), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_sphere_gradient(NULL, 1, x, y), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_sphere_divergence(NULL, 1, x, y), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_sphere_multiply(NULL, 1, x, y), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_sphere_solve(NULL, 1, y), GRZ_ERROR_NULL_ARGUMENT);
    x[2] = INFINITY;
    FAILS(context, grz_sphere_analyse(sphere, 1, x, y), GRZ_ERROR_NOT_FINITE, "values");
    parts p = {.stop = 4};
    FAILS(context, grz_grazing_project(context, sphere, two_parts, &p, -1, 1, centre, &radius, x, NULL), GRZ_ERROR_CALLBACK, "4");
    FAILS(context, grz_grazing_project(context, sphere, NULL, &p, -1, 1, centre, &radius, x, NULL), GRZ_ERROR_NULL_ARGUMENT, "field");
    FAILS(context, grz_grazing_project(context, NULL, two_parts, &p, -1, 1, centre, &radius, x, NULL), GRZ_ERROR_NULL_ARGUMENT, "sphere");
    FAILS(context, grz_grazing_project(context, sphere, two_parts, &p, -5, 1, centre, &radius, x, NULL), GRZ_ERROR_INVALID_ARGUMENT,
          "gamma");
    FAILS(context, grz_grazing_project(context, sphere, two_parts, &p, -1, -1, centre, &radius, x, NULL), GRZ_ERROR_INVALID_ARGUMENT,
          "count");
    FAILS(context, grz_grazing_project(context, sphere, two_parts, &p, -1, 1, centre, &radius, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "psi");
    radius = 0;
    FAILS(context, grz_grazing_project(context, sphere, two_parts, &p, -1, 1, centre, &radius, x, NULL), GRZ_ERROR_NOT_POSITIVE, "radius");
    ck_assert_int_eq(grz_grazing_project(NULL, sphere, two_parts, &p, -1, 1, centre, &radius, x, NULL), GRZ_ERROR_NULL_ARGUMENT);
    grz_sphere_destroy(&sphere);
    grz_sphere_destroy(&sphere);
    grz_sphere_destroy(NULL);
    ck_assert_ptr_null(sphere);
}
END_TEST

START_TEST(failing_memory)
{
    for (int n = 1, status = GRZ_ERROR_OUT_OF_MEMORY; status != GRZ_OK; n++) {
        counting_allocator state = {0};
        grz_context *failing;
        grz_sphere *sphere = NULL;
        double centre[3] = {0}, radius = 1, norms[3], psi[16];
        parts p = {.gamma = -1};
        OK(grz_context_create_with_allocator(counted_allocate, counted_release, &state, &failing));
        state.fail_at = state.calls + n;
        status = grz_sphere_create(failing, 3, &sphere);
        if (status == GRZ_OK) status = grz_grazing_project(failing, sphere, two_parts, &p, -1, 1, centre, &radius, psi, norms);
        ck_assert(status == GRZ_OK || status == GRZ_ERROR_OUT_OF_MEMORY);
        ck_assert(n > 8 || status != GRZ_OK);
        grz_sphere_destroy(&sphere);
        grz_context_destroy(&failing);
        ck_assert_int_eq(state.outstanding, 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sphere");
    TCase *tests = tcase_create("sphere");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, an_exponential);
    tcase_add_test(tests, the_multiplier_is_the_collision_operator);
    tcase_add_test(tests, adjoints_for_every_degree);
    tcase_add_test(tests, projection_onto_gradients);
    tcase_add_test(tests, the_split_holds_for_any_field);
    tcase_add_test(tests, refusals);
    tcase_add_test(tests, failing_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

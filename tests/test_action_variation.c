/* G(f, phi), the first variation of half the action: against central differences of the action, Gaussian moments, homogeneity. */
#include "support/norms.h"
#include "support/scene.h"

static double action_at(const scene *s, const double *f, const double *phi)
{
    double value = NAN;
    grz_status status = grz_operator_action(s->op, f, phi, &value);
    HOLDS(status == GRZ_OK, "%s", grz_context_last_message(s->context));
    return value;
}

/* A potential without symmetry, of order one where f is. */
static void potential(const scene *s, double *phi)
{
    for (int64_t i = 0; i < s->count; i++) {
        double v[3];
        node_of(s, i, v);
        phi[i] = sin(v[0] + 0.3 * v[1]) + 0.4 * v[0] * v[1] - 0.2 * v[2] * v[2] + 0.3 * cos(v[2] - 0.5 * v[0]);
    }
}

/* Ridders' extrapolation of central differences to step 0. */
static double derivative(const scene *s, const double *shift, const double *phi)
{
    enum { STEPS = 5 };
    double quotient[STEPS], *moved = array_of(s);
    for (int k = 0; k < STEPS; k++) {
        double t = 0.2 / (1 << k), side[2];
        for (int sign = 0; sign < 2; sign++) {
            for (int64_t i = 0; i < s->count; i++) moved[i] = s->f[i] + (sign ? t : -t) * shift[i];
            side[sign] = action_at(s, moved, phi);
        }
        quotient[k] = (side[1] - side[0]) / (2 * t);
    }
    for (int order = 1; order < STEPS; order++)
        for (int k = STEPS - 1; k >= order; k--) quotient[k] += (quotient[k] - quotient[k - 1]) / (pow(4, order) - 1);
    free(moved);
    return quotient[STEPS - 1];
}

/* eps, collisions of Boltzmann (0: Landau), spline degree, gamma. */
static const double ways[][4] = {{1, 0, 5, 0},          {1, 0, 3, -3},  {3.14159, 1, 5, 0}, {3.14159, 1, 3, 1}, {0.002, 1, 5, -2},
                                 {3.14159, 2, 5, -0.5}, {1.5, 2, 3, 0}, {0, 1, 5, 0.5},     {1.5, 2, 5, -1}};

START_TEST(it_is_the_derivative_of_half_the_action)
{
    SKIP_IF(fast() && _i % 2, "every second operator in fast mode");
    const double *way = ways[_i];
    scene s;
    open_scene_of(&s, 9, 3.6, MIXTURE, way[3], 0.5, way[0], way[1] == 0 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, way[2]));
    if (way[1] > 0) OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_COLLISIONS, way[1]));
    double *phi = array_of(&s), *G = array_of(&s), *shift = array_of(&s);
    uint64_t seed = 11 + (uint64_t)_i;
    potential(&s, phi);
    OK(grz_operator_action_variation(s.op, s.f, phi, G));
    for (int64_t i = 0; i < s.count; i++) shift[i] = s.f[i] * (2 * uniform(&seed) - 1);
    double scale = 0;
    for (int64_t i = 0; i < s.count; i++) scale += fabs(shift[i] * G[i]) * s.cell;
    NEAR(0.5 * derivative(&s, shift, phi), inner(&s, shift, G), 1e-8 * scale);
    double action = action_at(&s, s.f, phi); /* homogeneous of degree two */
    NEAR(inner(&s, s.f, G), action, 1e-12 * action);
    free(phi);
    free(G);
    free(shift);
    close_scene(&s);
}
END_TEST

/* Landau, gamma = 0, f the standard Gaussian and phi = v.Av/2: |grad_tilde phi|^2 = |z|^2 |Az|^2 - (z.Az)^2, whose mean over v* is
 * (|v|^2 + 3)(v.A^2 v + tr A^2) - (v.Av)^2 for tr A = 0. */
START_TEST(landau_at_a_gaussian)
{
    static const double A[3] = {1, -0.3, -0.7};
    scene s;
    open_scene_of(&s, 20, 6.5, BKW, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 2);
    grz_distribution *gaussian;
    OK(grz_distribution_create_maxwellian(s.context, s.grid, 1, (double[3]){0, 0, 0}, 1, &gaussian));
    OK(grz_distribution_values(gaussian, s.f));
    double *phi = array_of(&s), *G = array_of(&s), worst = 0, trace = 0;
    for (int a = 0; a < 3; a++) trace += A[a] * A[a];
    for (int64_t i = 0; i < s.count; i++) {
        double v[3];
        node_of(&s, i, v);
        phi[i] = 0;
        for (int a = 0; a < 3; a++) phi[i] += 0.5 * A[a] * v[a] * v[a];
    }
    OK(grz_operator_action_variation(s.op, s.f, phi, G));
    for (int64_t i = 0; i < s.count; i++) {
        double v[3], square = 0, form = 0, length = 0;
        node_of(&s, i, v);
        for (int a = 0; a < 3; a++) {
            square += A[a] * A[a] * v[a] * v[a];
            form += A[a] * v[a] * v[a];
            length += v[a] * v[a];
        }
        if (length > 2) continue; /* farther out spheres leave the box */
        double exact = 0.5 * ((length + 3) * (square + trace) - form * form), error = fabs(G[i] / exact - 1);
        keep_largest(&worst, error);
    }
    HOLDS(worst <= 2e-3, "relative error %g", worst);
    grz_distribution_destroy(&gaussian);
    free(phi);
    free(G);
    close_scene(&s);
}
END_TEST

START_TEST(bad_input)
{
    scene s;
    open_scene_of(&s, 8, 4, BKW, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    double *phi = array_of(&s), *G = array_of(&s);
    potential(&s, phi);
    G[5] = 17;
    ck_assert_int_eq(grz_operator_action_variation(NULL, s.f, phi, G), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_action_variation(s.op, NULL, phi, G), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_action_variation(s.op, s.f, NULL, G), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_action_variation(s.op, s.f, phi, NULL), GRZ_ERROR_NULL_ARGUMENT);
    double kept = s.f[7];
    s.f[7] = 0;
    ck_assert_int_eq(grz_operator_action_variation(s.op, s.f, phi, G), GRZ_ERROR_NOT_POSITIVE);
    s.f[7] = NAN;
    ck_assert_int_eq(grz_operator_action_variation(s.op, s.f, phi, G), GRZ_ERROR_NOT_FINITE);
    s.f[7] = kept;
    phi[3] = INFINITY;
    ck_assert_int_eq(grz_operator_action_variation(s.op, s.f, phi, G), GRZ_ERROR_NOT_FINITE);
    for (int64_t i = 0; i < s.count; i++) phi[i] = 1e160 * (i % 3);
    ck_assert_int_eq(grz_operator_action_variation(s.op, s.f, phi, G), GRZ_ERROR_NOT_REPRESENTABLE);
    ck_assert(G[5] == 17);
    grz_operator *spectral;
    OK(grz_operator_create(s.context, s.grid, s.kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &spectral));
    potential(&s, phi);
    ck_assert_int_eq(grz_operator_action_variation(spectral, s.f, phi, G), GRZ_ERROR_UNSUPPORTED);
    grz_operator_destroy(&spectral);
    /* in place */
    double *copy = array_of(&s);
    OK(grz_operator_action_variation(s.op, s.f, phi, G));
    memcpy(copy, phi, sizeof *phi * (size_t)s.count);
    OK(grz_operator_action_variation(s.op, s.f, copy, copy));
    ck_assert_int_eq(memcmp(copy, G, sizeof *G * (size_t)s.count), 0);
    free(copy);
    free(phi);
    free(G);
    close_scene(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("action variation");
    TCase *tests = tcase_create("action variation");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, it_is_the_derivative_of_half_the_action, 0, (int)(sizeof ways / sizeof ways[0]));
    tcase_add_test(tests, landau_at_a_gaussian);
    tcase_add_test(tests, bad_input);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

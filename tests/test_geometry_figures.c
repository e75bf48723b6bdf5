/* What actions and metric derivatives must reach: the bi-Maxwellian oracle, and |f'|^2 = D for g = Q(f, f). A part of each table; all of it under
 * GRZ_TEST_FULL=1. */
#include "geometry_support.h"
#include "oracle/bimaxwellian.h"

#include <stdio.h>

#define PI 3.14159265358979323846

static int full(void)
{
    return getenv("GRZ_TEST_FULL") != NULL;
}

static int fast(void)
{
    return getenv("GRZ_TEST_FAST") != NULL;
}

/* phi = v . P v, with P not diagonal in the axes of f */
static const double P[9] = {1, 0.2, -0.1, 0.2, -0.4, 0.3, -0.1, 0.3, 0.5};

static void quadratic(const scene *s, double *phi)
{
    for (int64_t i = 0; i < s->count; i++) {
        double v[3];
        node_of(s, i, v);
        phi[i] = 0;
        for (int a = 0; a < 9; a++) phi[i] += v[a / 3] * P[a] * v[a % 3];
    }
}

typedef struct action_case {
    int n, level;
    double half_width, temperatures[3], tolerance;
} action_case;

/* Displaced, rotated bi-Maxwellian. Returns the relative error. */
static double check_action(const action_case *how, double gamma, double nu, double eps, grz_equation equation)
{
    bimax_problem problem;
    bimax_result truth;
    bimax_default(&problem);
    uint64_t seed = 7;
    double axes[9];
    random_axes(&seed, axes);
    problem.rho = 0.9;
    problem.gamma = gamma;
    problem.nu = nu;
    problem.eps = eps;
    for (int i = 0; i < 3; i++) problem.temperature[i] = how->temperatures[i];
    for (int i = 0; i < 9; i++) problem.rotation[i] = axes[i % 3 * 3 + i / 3]; /* columns are axes */
    memcpy(problem.potential, P, sizeof P);
    ck_assert_int_eq(bimax_oracle(&problem, &truth), 0);
    scene s;
    grz_distribution *f;
    open_scene_of(&s, how->n, how->half_width, BIMAXWELLIAN, gamma, nu, eps, equation, how->level);
    OK(grz_distribution_create_bimaxwellian(s.context, s.grid, 0.9, (double[3]){0.15, -0.1, 0.05}, how->temperatures, axes, &f));
    OK(grz_distribution_values(f, s.f));
    grz_distribution_destroy(&f);
    double *phi = array_of(&s), value, expected = equation == GRZ_LANDAU ? truth.a_l : truth.a_b;
    quadratic(&s, phi);
    OK(grz_operator_action(s.op, s.f, phi, &value));
    HOLDS(fabs(value / expected - 1) <= how->tolerance, "%s gamma %g nu %g eps %g: relative error %.2e", equation ? "A_L" : "A_B", gamma,
          nu, eps, value / expected - 1);
    free(phi);
    close_scene(&s);
    return value / expected - 1;
}

START_TEST(actions_of_quadratic_potentials)
{
    static const double gammas[] = {0, -1, -2, -3, -4}, nus[] = {0.5, 1, 1.5}, widths[] = {PI, 1, 0.1, 0.01};
    const action_case table = {32, 2, 7.5, {1.5, 0.75, 0.75}, 1e-5};
    double worst = 0, worst_landau = 0;
    if (!fast()) worst = fabs(check_action(&table, -2, 1, 0.1, GRZ_BOLTZMANN));
    worst_landau = fabs(check_action(&table, -3, 1, 1, GRZ_LANDAU));
    for (int g = 0; g < 5 && full(); g++) {
        worst_landau = fmax(worst_landau, fabs(check_action(&table, gammas[g], 1, 1, GRZ_LANDAU)));
        for (int k = 0; k < 12; k++) worst = fmax(worst, fabs(check_action(&table, gammas[g], nus[k / 4], widths[k % 4], GRZ_BOLTZMANN)));
    }
    printf("actions, n = 32: A_B within %.1e, A_L within %.1e\n", worst, worst_landau);
}
END_TEST

START_TEST(refined_actions)
{
    const action_case refined = {40, 4, 9.5, {0.8, 1, 1.2}, 1e-8};
    if (!full()) return;
    for (int gamma = 0; gamma >= -3; gamma--)
        printf("refined A_L, gamma %d: %.1e\n", gamma, check_action(&refined, gamma, 1, 1, GRZ_LANDAU));
    printf("refined A_B, gamma -2, eps 0.1: %.1e\n", check_action(&refined, -2, 1, 0.1, GRZ_BOLTZMANN));
}
END_TEST

/* Returns the iterations. */
static int check_flow(int n, sample which, double gamma, grz_equation equation, int degree)
{
    static const double half_widths[] = {5, 5, 4.8};
    scene s;
    open_scene_of(&s, n, half_widths[which], which, gamma, 0.5, 1.5, equation, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPTION_SPLINE_DEGREE, degree));
    double *Q = array_of(&s), *phi = array_of(&s), value, action, D = dissipation_of(&s, GRZ_DISSIPATION);
    grz_metric *metric;
    OK(grz_metric_create(s.context, s.op, &metric));
    OK(grz_operator_apply(s.op, s.f, Q));
    OK(grz_metric_derivative(metric, s.f, Q, &value, phi));
    int iterations = grz_metric_iterations(metric);
    OK(grz_operator_action(s.op, s.f, phi, &action));
    printf("%s, density %d, gamma %g, n %d, degree %d: |f'|^2/D - 1 = %.1e, A(phi)/D - 1 = %.1e, %d iterations\n",
           equation ? "Landau" : "Boltzmann", which, gamma, n, degree, value / D - 1, action / D - 1, iterations);
    fflush(stdout);
    ck_assert_int_eq(grz_metric_unreachable(metric), GRZ_MOMENT_NONE);
    NEAR(value / D, 1, 1e-7);
    NEAR(action / value, 1, 1e-11);
    HOLDS(iterations <= 60, "%d iterations", iterations);
    free(Q), free(phi);
    grz_metric_destroy(&metric);
    close_scene(&s);
    return iterations;
}

START_TEST(metric_derivative_of_the_flow_is_the_dissipation)
{
    static const double gammas[] = {0, -2, -3};
    int most = check_flow(12, MIXTURE, -2, GRZ_BOLTZMANN, 5);
    if (!fast()) check_flow(10, BIMAXWELLIAN, 0, GRZ_LANDAU, 5);
    if (!fast()) check_flow(12, BKW, -3, GRZ_LANDAU, 3);
    for (int which = BIMAXWELLIAN; which <= MIXTURE && full(); which++)
        for (int k = 0; k < 12; k++) {
            int iterations = check_flow(k < 6 ? 16 : 24, which, gammas[k % 3], k / 3 % 2, 5);
            if (iterations > most) most = iterations;
        }
    printf("at most %d iterations\n", most);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("figures of the geometry");
    TCase *tests = tcase_create("figures");
    tcase_add_test(tests, actions_of_quadratic_potentials);
    tcase_add_test(tests, refined_actions);
    tcase_add_test(tests, metric_derivative_of_the_flow_is_the_dissipation);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* Actions of quadratic potentials for displaced, rotated bi-Maxwellians against the oracle, for every gamma, nu and eps of the table: by
 * the operator at its default, and refined, by the operator's rules with the integral over y done by hand and by the operator itself. All
 * of it under GRZ_TEST_FULL=1. */
#include "oracle/bimaxwellian.h"
#include "support/norms.h"
#include "support/rule_sums.h"
#include "support/scene.h"

#include <stdio.h>

static const double gammas[] = {0, -1, -2, -3, -4}, nus[] = {0.5, 1, 1.5}, widths[] = {M_PI, 1, 0.1, 0.01};

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

/* axes: rows. */
static bimax_result exact_values(const double T[3], const double axes[9], double gamma, double nu, double eps)
{
    bimax_problem problem;
    bimax_result truth;
    bimax_default(&problem);
    problem.rho = 0.9;
    problem.gamma = gamma;
    problem.nu = nu;
    problem.eps = eps;
    for (int i = 0; i < 3; i++) problem.temperature[i] = T[i];
    for (int i = 0; i < 9; i++) problem.rotation[i] = axes[i % 3 * 3 + i / 3];
    memcpy(problem.potential, P, sizeof P);
    ck_assert_int_eq(bimax_oracle(&problem, &truth), 0);
    return truth;
}

/* Relative errors. */
static double check_action(const action_case *how, double gamma, double nu, double eps, grz_equation equation)
{
    scene s;
    grz_distribution *f;
    uint64_t seed = 7;
    double axes[9];
    random_axes(&seed, axes);
    bimax_result truth = exact_values(how->temperatures, axes, gamma, nu, eps);
    open_scene_of(&s, how->n, how->half_width, BIMAXWELLIAN, gamma, nu, eps, equation, how->level);
    OK(grz_distribution_create_bimaxwellian(s.context, s.grid, 0.9, (double[3]){0.15, -0.1, 0.05}, how->temperatures, axes, &f));
    OK(grz_distribution_values(f, s.f));
    grz_distribution_destroy(&f);
    double *phi = array_of(&s), value, expected = equation == GRZ_EQUATION_LANDAU ? truth.a_l : truth.a_b;
    quadratic(&s, phi);
    OK(grz_operator_action(s.op, s.f, phi, &value));
    HOLDS(fabs(value / expected - 1) <= how->tolerance, "%s gamma %g nu %g eps %g: relative error %.2e", equation ? "A_L" : "A_B", gamma,
          nu, eps, value / expected - 1);
    free(phi);
    close_scene(&s);
    return fabs(value / expected - 1);
}

START_TEST(default_actions)
{
    const action_case table = {32, 2, 7.5, {1.5, 0.75, 0.75}, 1e-5};
    double worst = 0, worst_landau = check_action(&table, -3, 1, 1, GRZ_EQUATION_LANDAU);
    if (!fast()) worst = check_action(&table, -2, 1, 0.1, GRZ_EQUATION_BOLTZMANN);
    for (int g = 0; g < 5 && full(); g++) {
        keep_largest(&worst_landau, check_action(&table, gammas[g], 1, 1, GRZ_EQUATION_LANDAU));
        for (int k = 0; k < 12; k++)
            keep_largest(&worst, check_action(&table, gammas[g], nus[k / 4], widths[k % 4], GRZ_EQUATION_BOLTZMANN));
    }
    printf("actions, n = 32, level 2: A_B within %.1e, A_L within %.1e\n", worst, worst_landau);
}
END_TEST

/* A part of the twelve laws meets every gamma, nu and eps. */
START_TEST(refined_actions)
{
    const action_case refined = {32, 3, 9.5, {0.8, 1, 1.2}, 1e-8};
    for (int g = full() ? 0 : 4; g < 5 && !fast(); g++)
        printf("refined A_L, gamma %g: %.1e\n", gammas[g], check_action(&refined, gammas[g], 1, 1, GRZ_EQUATION_LANDAU));
    if (!fast()) printf("refined A_B, gamma -2, nu 1, eps 0.01: %.1e\n", check_action(&refined, -2, 1, 0.01, GRZ_EQUATION_BOLTZMANN));
    for (int k = 0; k < 12 && full(); k++) {
        double gamma = gammas[(k + 3 * (k / 4)) % 5], nu = nus[k / 4], eps = widths[k % 4];
        printf("refined A_B, gamma %g, nu %g, eps %.3g: %.1e\n", gamma, nu, eps,
               check_action(&refined, gamma, nu, eps, GRZ_EQUATION_BOLTZMANN));
        fflush(stdout);
    }
}
END_TEST

typedef struct rules_case {
    int n, level, radial_nodes, theta_nodes;
    double half_width, radius, temperatures[3];
} rules_case;

static double check_rules(const rules_case *how, const double axes[9], double gamma, double nu, double eps, grz_equation equation)
{
    scene s;
    grzi_rules rules;
    double rotation[9];
    bimax_result truth = exact_values(how->temperatures, axes, gamma, nu, eps);
    open_scene_of(&s, how->n, how->half_width, BIMAXWELLIAN, gamma, nu, eps, equation, how->level);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, how->radial_nodes));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_THETA_NODES, how->theta_nodes));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIUS, how->radius));
    OK(grzi_rules_create(s.op, &rules));
    for (int i = 0; i < 9; i++) rotation[i] = axes[i % 3 * 3 + i / 3];
    rule_sums sums = sums_of_rules(&rules, 0.9, how->temperatures, rotation, P);
    double error = fabs(sums.action / (equation == GRZ_EQUATION_LANDAU ? truth.a_l : truth.a_b) - 1);
    HOLDS(error <= 1e-8, "%s gamma %g nu %g eps %g: relative error %.2e", equation ? "A_L" : "A_B", gamma, nu, eps, error);
    grzi_rules_destroy(s.context, &rules);
    close_scene(&s);
    return error;
}

START_TEST(refined_rules_for_the_whole_table)
{
    /* the operator's refined setting above, and one for a box filled further */
    const rules_case cases[2] = {{32, 3, 0, 0, 9.5, 0, {0.8, 1, 1.2}}, {32, 4, 20, 10, 9, 7, {1.5, 0.75, 0.75}}};
    const int part = full() ? 1 : fast() ? 15 : 5;
    uint64_t seed = 7;
    for (int which = 0; which < 2; which++)
        for (int rotation = 0; rotation < (full() ? 3 : 1); rotation++) {
            double axes[9], worst = 0, worst_landau = 0;
            random_axes(&seed, axes);
            for (int k = 0; k < 60; k++) {
                double gamma = gammas[k % 5], nu = nus[k / 5 % 3], eps = widths[k / 15];
                if ((k + k / 15) % part == 0)
                    keep_largest(&worst, check_rules(&cases[which], axes, gamma, nu, eps, GRZ_EQUATION_BOLTZMANN));
                if (k < 5) keep_largest(&worst_landau, check_rules(&cases[which], axes, gamma, 1, 1, GRZ_EQUATION_LANDAU));
            }
            printf("refined rules, T = %g, %g, %g: A_B within %.1e, A_L within %.1e\n", cases[which].temperatures[0],
                   cases[which].temperatures[1], cases[which].temperatures[2], worst, worst_landau);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("actions");
    TCase *tests = tcase_create("actions");
    tcase_add_test(tests, default_actions);
    tcase_add_test(tests, refined_actions);
    tcase_add_test(tests, refined_rules_for_the_whole_table);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

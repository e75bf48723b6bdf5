/* Dissipations and moment rates of bi-Maxwellians, whose log f the splines of either degree reproduce exactly (so the cheaper is used),
 * against the oracle. The complete table of kernels goes through the operator's own rules with the integral over y done by hand (its n =
 * infinity, unbounded box); a part of it, with every gamma, nu and eps, through the operator itself at n = 32; other laws and temperatures
 * at n = 24, where the sum over y still errs by 1e-7 only. GRZ_TEST_FULL=1: all of it (half an hour). */
#include "support/entropic.h"
#include "support/rule_sums.h"

typedef struct state {
    double rho, T[3], u[3], rotation[9];
} state;

static const state straight = {1, {1.5, 0.75, 0.75}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};

static state tilted(const double T[3], const double u[3], double a, double b, double c, double d)
{
    state s = {1, {T[0], T[1], T[2]}, {u[0], u[1], u[2]}, {0}};
    bimax_rotation((double[4]){a, b, c, d}, s.rotation);
    return s;
}

static grz_distribution *bimaxwellian(const grz_grid *grid, const state *s)
{
    grz_distribution *f;
    double axes[9]; /* rows */
    for (int i = 0; i < 9; i++) axes[i] = s->rotation[3 * (i % 3) + i / 3];
    DONE(grz_distribution_create_bimaxwellian(context, grid, s->rho, s->u, s->T, axes, &f));
    return f;
}

static bimax_result oracle(const state *s, bimax_law law, double gamma, double nu, double eps, double amplitude, int parts)
{
    bimax_problem p;
    bimax_result result;
    bimax_default(&p);
    p.rho = s->rho;
    memcpy(p.temperature, s->T, sizeof p.temperature);
    memcpy(p.rotation, s->rotation, sizeof p.rotation);
    p.gamma = gamma;
    p.law = law;
    p.nu = nu;
    p.eps = eps;
    p.amplitude = amplitude;
    p.parts = parts;
    ck_assert_int_eq(bimax_oracle(&p, &result), 0);
    return result;
}

/* ------------------------------------------------------------------------------------------------- the complete table, rules alone */

static const double gammas[] = {0, -1, -2, -3, -4, 1}, nus[] = {0.5, 1, 1.5}, epss[] = {M_PI, 1, 0.1, 0.01};

typedef struct setting {
    int n;
    double L, tolerance;
    int radial_nodes, sphere_degree, theta_nodes, phi_nodes; /* 0: those of the default level */
    double R;
} setting;

static const setting standard = {32, 8, 1e-5, 0, 0, 0, 0, 0}, small = {24, 8, 1e-5, 0, 0, 0, 0, 0},
                     refined = {32, 9, 1e-8, 20, 41, 10, 24, 7}, refined_narrow = {32, 9, 1e-8, 20, 41, 3, 8, 7};

static void choose_rules(grz_operator *op, const setting *how)
{
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, how->R));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, how->radial_nodes));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, how->sphere_degree));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, how->theta_nodes));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, how->phi_nodes));
}

/* Every part-th kernel. */
static void check_rules(const setting *how, const state *s, int part, const char *what)
{
    grz_grid *grid;
    OK(grz_grid_create(context, how->n, how->L, NULL, &grid));
    for (int e = 0; e < 4; e++) {
        double worst[3] = {0};
        for (int g = 0; g < 6; g++)
            for (int k = 0; k < 3; k++) {
                if ((g + 2 * k + e) % part) continue;
                bimax_result exact = oracle(s, BIMAX_POWER, gammas[g], nus[k], epss[e], 0, BIMAX_ALL);
                grz_kernel *kernel = power_law(gammas[g], nus[k], epss[e]);
                grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 2, 3);
                choose_rules(op, how);
                grzi_rules rules;
                DONE(grzi_rules_create(op, &rules));
                rule_sums sums = sums_of_rules(&rules, s->rho, s->T, s->rotation, s->rotation);
                double value[3] = {sums.dissipation, sums.reduced, sums.rate}, truth[3] = {exact.d_b, exact.d_b_reduced, exact.q_b[0]};
                for (int i = 0; i < 3; i++) {
                    double error = fabs(value[i] / truth[i] - 1);
                    keep_largest(&worst[i], error);
                    HOLDS(error <= how->tolerance, "gamma %g, nu %g, eps %g, quantity %d: relative error %.3g", gammas[g], nus[k], epss[e],
                          i, error);
                }
                grzi_rules_destroy(context, &rules);
                grz_operator_destroy(&op);
                grz_kernel_destroy(&kernel);
            }
        printf("%s, eps %.3g: D_B %.1e, D_B^R %.1e, <Q, v_x^2> %.1e (asked %.0e)\n", what, epss[e], worst[0], worst[1], worst[2],
               how->tolerance);
    }
    grz_grid_destroy(&grid);
}

START_TEST(default_rules_for_the_whole_table)
{
    int part = fast() ? 6 : 1;
    check_rules(&standard, &straight, part, "default rules");
    state s = tilted(straight.T, (double[3]){0, 0, 0}, 0.3, 0.5, -0.7, 0.4);
    check_rules(&standard, &s, part, "default rules, tilted");
}
END_TEST

START_TEST(refined_rules_for_the_whole_table)
{
    SKIP_IF(fast(), "refined rules, seconds");
    state s = tilted(straight.T, (double[3]){0, 0, 0}, 0.3, 0.5, -0.7, 0.4);
    check_rules(&refined, &s, full() ? 1 : 3, "refined rules, tilted");
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- through the operator */

static double worst[5]; /* D_B, D_B^R, <Q_B, .>, D_L, <Q_L, .> */

static void note(int which, double value, double exact, double tolerance, const char *name)
{
    static const char *const names[] = {"D_B", "D_B^R", "<Q_B, v_x^2>", "D_L", "<Q_L, v_x^2>"};
    double error = fabs(value / exact - 1);
    keep_largest(&worst[which], error);
    printf("  %-34s %-13s %.1e\n", name, names[which], error);
    fflush(stdout);
    HOLDS(error <= tolerance, "%s: %s = %.12g, oracle %.12g, relative error %.3g, asked %.1g", name, names[which], value, exact, error,
          tolerance);
}

static void check_operator(const setting *how, const state *s, grz_kernel *kernel, const bimax_result *exact, int landau_only,
                           const char *name)
{
    grz_grid *grid;
    OK(grz_grid_create(context, how->n, how->L, NULL, &grid));
    grz_distribution *density = bimaxwellian(grid, s);
    const double *f = grz_distribution_view(density);
    int64_t count = grz_grid_node_count(grid);
    double *v = nodes_of(grid), *square = doubles(count);
    for (int64_t i = 0; i < count; i++) square[i] = v[3 * i] * v[3 * i];
    if (!landau_only) {
        grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 2, 3);
        choose_rules(op, how);
        note(0, dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), exact->d_b, how->tolerance, name);
        note(1, dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT), exact->d_b_reduced, how->tolerance, name);
        note(2, weak_of(op, f, square), exact->q_b[0], how->tolerance, name);
        grz_operator_destroy(&op);
    }
    grz_operator *landau = entropic(grid, kernel, GRZ_EQUATION_LANDAU, 2, 3);
    choose_rules(landau, how);
    note(3, dissipation_of(landau, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), exact->d_l, how->tolerance, name);
    note(4, weak_of(landau, f, square), exact->q_l[0], how->tolerance, name);
    grz_operator_destroy(&landau);
    free(v);
    free(square);
    grz_distribution_destroy(&density);
    grz_grid_destroy(&grid);
}

static void check_power(const setting *how, const state *s, double gamma, double nu, double eps, int landau_only, const char *what)
{
    char name[80];
    snprintf(name, sizeof name, "%s %g, %g, %.4g", what, gamma, nu, eps);
    bimax_result exact = oracle(s, BIMAX_POWER, gamma, nu, eps, 0, BIMAX_ALL);
    grz_kernel *kernel = power_law(gamma, nu, eps);
    check_operator(how, s, kernel, &exact, landau_only, name);
    grz_kernel_destroy(&kernel);
}

static void report(const char *what)
{
    printf("%s: largest relative errors D_B %.1e, D_B^R %.1e, <Q_B, v_x^2> %.1e, D_L %.1e, <Q_L, v_x^2> %.1e\n", what, worst[0], worst[1],
           worst[2], worst[3], worst[4]);
    memset(worst, 0, sizeof worst);
}

START_TEST(operator_on_the_table)
{
    if (full()) {
        for (int g = 0; g < 6; g++)
            for (int k = 0; k < 3; k++)
                for (int e = 0; e < 4; e++) check_power(&standard, &straight, gammas[g], nus[k], epss[e], 0, "straight");
        report("whole table, n = 32, L = 8");
        return;
    }
    state s = tilted(straight.T, (double[3]){0.35, -0.2, 0.15}, 0.3, 0.5, -0.7, 0.4);
    check_power(&standard, &straight, -4, 1, 0.01, fast(), "straight");
    if (!fast()) {
        check_power(&standard, &s, -3, 1.5, M_PI, 0, "tilted, displaced");
        check_power(&standard, &straight, 0, 0.5, 1, 0, "straight");
        check_power(&standard, &straight, -1, 1, 0.1, 0, "straight");
        check_power(&standard, &s, -2, 0.5, 0.1, 0, "tilted, displaced");
    }
    report("part of the table, n = 32, L = 8");
}
END_TEST

START_TEST(operator_on_any_temperatures)
{
    SKIP_IF(fast(), "n = 24 many times");
    state s = tilted((double[3]){1.3, 0.7, 1}, (double[3]){-0.1, 0.2, 0.3}, 0.8, -0.3, 0.1, 0.6);
    s.rho = 1.7;
    check_power(&small, &s, 1, 1.5, M_PI, 0, "three temperatures");
    uint64_t seed = 17;
    for (int trial = 0; trial < 4; trial++) {
        double q[4], T[3], u[3];
        for (int i = 0; i < 4; i++) q[i] = uniform(&seed) - 0.5;
        for (int i = 0; i < 3; i++) T[i] = 0.75 + 0.6 * uniform(&seed), u[i] = 0.6 * uniform(&seed) - 0.3;
        s = tilted(T, u, q[0], q[1], q[2], q[3]);
        check_power(&small, &s, -4 * uniform(&seed), 1, 0.3, trial > 0, "random");
    }
    report("three temperatures, random ones in [0.75, 1.35]");
}
END_TEST

START_TEST(refined_operator)
{
    SKIP_IF(fast(), "refined operators");
    state s = tilted(straight.T, (double[3]){0.3, -0.2, 0.1}, 0.3, 0.5, -0.7, 0.4);
    check_power(&refined, &s, -4, 0.5, 1, 1, "refined, tilted, displaced");
    if (full()) {
        check_power(&refined, &straight, -3, 1.5, 1, 1, "refined");
        check_power(&refined, &straight, 0, 0.5, 1, 1, "refined");
        check_power(&refined_narrow, &s, -2, 1, 0.1, 0, "refined, tilted, displaced");
        check_power(&refined_narrow, &straight, -3, 1.5, 0.01, 0, "refined");
        check_power(&refined, &s, -1, 0.5, M_PI, 0, "refined, tilted, displaced");
    }
    report("refined, n = 32, L = 9");
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------- other laws */

static int half_power(int64_t count, const double *theta, double *beta, void *user)
{
    for (int64_t i = 0; i < count; i++) beta[i] = *(const double *)user * pow(theta[i], -1.5);
    return 0;
}

START_TEST(other_laws)
{
    state s = tilted(straight.T, (double[3]){0.2, 0.1, -0.3}, 0.7, -0.1, 0.4, 0.2);
    grz_kernel *kernel;
    bimax_result exact;
    if (!fast()) {
        /* hard spheres of unit diameter: b0 = 1/4 on (0, pi], folded to 1/2 on (0, pi/2] */
        DONE(grz_kernel_create_vhs(context, 1, 0.25, &kernel));
        exact = oracle(&s, BIMAX_SPHERE, 1, -2, M_PI, 0.5, BIMAX_ALL);
        check_operator(&small, &s, kernel, &exact, 0, "hard spheres");
        grz_kernel_destroy(&kernel);
    }
    DONE(grz_kernel_create_coulomb(context, 0.05, GRZ_SCATTERING_POWER_LAW, &kernel));
    exact = oracle(&s, BIMAX_COULOMB, -3, 2, 0.05, 0, BIMAX_ALL);
    check_operator(&small, &s, kernel, &exact, fast(), "Coulomb, logarithmic cutoff");
    grz_kernel_destroy(&kernel);
    report("other laws");
}
END_TEST

/* The same law by formula, callback and table: one operator. */
START_TEST(table_and_callback_equal_the_power_law)
{
    grz_grid *grid;
    double c = 0.3, theta[400], beta[400];
    OK(grz_grid_create(context, 12, 4.5, NULL, &grid));
    grz_distribution *density = bimaxwellian(grid, &straight);
    const double *f = grz_distribution_view(density);
    double *Q[3];
    for (int which = 0; which < 3; which++) {
        grz_kernel *unscaled, *kernel;
        for (int i = 0; i < 400; i++) theta[i] = M_PI / 2 * (i + 1) / 400;
        theta[399] = M_PI / 2;
        OK(half_power(400, theta, beta, &c));
        if (which == 0) DONE(grz_kernel_create_power_law(context, -1.5, 0.5, c, &unscaled));
        if (which == 1) DONE(grz_kernel_create_callback(context, -1.5, 0.5, half_power, &c, &unscaled));
        if (which == 2) DONE(grz_kernel_create_table(context, -1.5, 0.5, 400, theta, beta, &unscaled));
        DONE(grz_kernel_create_scaled(context, unscaled, 2, &kernel));
        grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 3);
        Q[which] = doubles(12 * 12 * 12);
        DONE(grz_operator_apply(op, f, Q[which]));
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
        grz_kernel_destroy(&unscaled);
    }
    double size = largest(Q[0], 12 * 12 * 12);
    for (int which = 1; which < 3; which++) {
        double error = difference(Q[0], Q[which], 12 * 12 * 12) / size;
        printf("%s against the power law: %.1e\n", which == 1 ? "callback" : "table", error);
        HOLDS(error <= 1e-11, "%d: %.3g", which, error);
    }
    for (int which = 0; which < 3; which++) free(Q[which]);
    grz_distribution_destroy(&density);
    grz_grid_destroy(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entropic oracle");
    TCase *tests = tcase_create("entropic oracle");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, default_rules_for_the_whole_table);
    tcase_add_test(tests, refined_rules_for_the_whole_table);
    tcase_add_test(tests, operator_on_the_table);
    tcase_add_test(tests, operator_on_any_temperatures);
    tcase_add_test(tests, refined_operator);
    tcase_add_test(tests, other_laws);
    tcase_add_test(tests, table_and_callback_equal_the_power_law);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

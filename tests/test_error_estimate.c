/* grz_operator_estimate_error: both methods, both equations, every scheme and level; and the relatives of an operator that it and the limit
 * study are made of. */
#include "operator/operator.h"
#include "support/entropic.h"

static const struct {
    const char *name;
    grz_method method;
    grz_equation equation;
    int scheme, n;            /* n: every level pads it to another number */
    double half_width, falls; /* each level's estimate of Q is below this times the one before; of D from level 2 on */
} cases[] = {{"entropic Boltzmann", GRZ_METHOD_ENTROPIC, GRZ_EQUATION_BOLTZMANN, 0, 12, 5, 0.9},
             {"entropic Landau", GRZ_METHOD_ENTROPIC, GRZ_EQUATION_LANDAU, 0, 12, 5, 0.9},
             {"radial tensor", GRZ_METHOD_SPECTRAL, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR, 14, 5.5, 0.9},
             {"sphere rule", GRZ_METHOD_SPECTRAL, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_SPHERE_RULE, 12, 4.5, 0.9},
             {"separable", GRZ_METHOD_SPECTRAL, GRZ_EQUATION_LANDAU, GRZ_SPECTRAL_SCHEME_SEPARABLE, 12, 4.5, 0.9}};

enum { CASES = sizeof cases / sizeof cases[0], N = 12, LEVELS = 4 };

static grz_operator *make(const grz_grid *grid, int which, const grz_kernel *kernel)
{
    grz_operator *op;
    DONE(grz_operator_create(context, grid, kernel, cases[which].equation, cases[which].method, &op));
    if (cases[which].scheme) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, cases[which].scheme));
    return op;
}

static grz_distribution *tilted(const grz_grid *grid)
{
    const double T[3] = {0.7, 1, 1.3}, u[3] = {0.2, -0.1, 0.3}, axes[9] = {0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1};
    grz_distribution *f;
    DONE(grz_distribution_create_bimaxwellian(context, grid, 1.2, u, T, axes, &f));
    return f;
}

START_TEST(estimates_fall_from_level_to_level)
{
    grz_grid *grid;
    DONE(grz_grid_create(context, cases[_i].n, cases[_i].half_width, NULL, &grid));
    grz_kernel *kernel = power_law(-2, 0.5, cases[_i].method == GRZ_METHOD_ENTROPIC ? 0.5 : 1.5); /* fewer angles */
    grz_operator *op = make(grid, _i, kernel);
    grz_distribution *f = tilted(grid);
    double before = INFINITY, dissipation_before = INFINITY, of[LEVELS + 1];
    int spectral = cases[_i].method == GRZ_METHOD_SPECTRAL, last = fast() ? 2 : LEVELS;
    for (int level = 1; level <= last; level++) {
        double Q_error = NAN, D_error = NAN;
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, level));
        DONE(grz_operator_estimate_error(op, grz_distribution_view(f), &Q_error, &D_error));
        printf("%-20s level %d: Q %.2e, D %.2e\n", cases[_i].name, level, Q_error, D_error);
        HOLDS(Q_error >= 0 && (spectral || Q_error <= cases[_i].falls * before || Q_error < 1e-13), "%s, level %d: %g after %g",
              cases[_i].name, level, Q_error, before);
        /* On so coarse a grid (h = 0.9 thermal widths) the entropic D goes up and down with its radial nodes, and of the spectral one the
         * ball of modes and aliasing are nearly all: only their size is known. */
        HOLDS(D_error >= 0 && D_error < (spectral ? 2e-2 : 1e-3), "%s, level %d: D %g after %g", cases[_i].name, level, D_error,
              dissipation_before);
        before = of[level] = Q_error;
        dissipation_before = D_error;
    }
    /* What the ball of modes leaves out is the same at all levels. */
    for (int level = 2; level <= last && spectral; level++)
        HOLDS(of[level] <= cases[_i].falls * of[level - 1] || of[level] <= 1.15 * of[last], "%s, level %d: %g after %g, at last %g",
              cases[_i].name, level, of[level], of[level - 1], of[last]);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

/* Against an operator of many more nodes than the reference's: the estimate is the error, to a factor of two. */
START_TEST(an_estimate_is_the_error)
{
    SKIP_IF(fast() && _i == 0, "a fine Boltzmann operator");
    grz_grid *grid;
    DONE(grz_grid_create(context, N, 5, NULL, &grid));
    grz_kernel *kernel = power_law(-2, 0.5, 1.5);
    grz_operator *op = make(grid, _i, kernel), *fine = make(grid, _i, kernel);
    grz_distribution *f = tilted(grid);
    double *Q = doubles(N * N * N), *exact = doubles(N * N * N), estimate = NAN, error = 0, scale = 0;
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    DONE(grz_operator_set_option(fine, GRZ_OPERATOR_OPTION_ACCURACY, 4));
    DONE(grz_operator_set_option(fine, GRZ_OPERATOR_OPTION_RADIAL_NODES, 24));
    DONE(grz_operator_set_option(fine, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 47));
    DONE(grz_operator_apply(op, grz_distribution_view(f), Q));
    DONE(grz_operator_apply(fine, grz_distribution_view(f), exact));
    DONE(grz_operator_estimate_error(op, grz_distribution_view(f), &estimate, NULL));
    for (int i = 0; i < N * N * N; i++) {
        double difference = fabs(Q[i] - exact[i]);
        keep_largest(&error, difference);
        keep_largest(&scale, fabs(exact[i]));
    }
    error /= scale;
    printf("%s: error %.2e, estimate %.2e\n", cases[_i].name, error, estimate);
    HOLDS(error > 0 && estimate >= 0.5 * error && estimate <= 2 * error, "%s: error %g, estimate %g", cases[_i].name, error, estimate);
    free(exact);
    free(Q);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&fine);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

/* Two beams that nearly fill their box, by Landau's operator with short and long radii, against an operator in a box of twice the width,
 * where nothing is cut or meets an image: the estimates of Q and of D are their errors, to a factor of two. */
START_TEST(an_estimate_sees_the_box)
{
    enum { BEAM_N = 24, WIDE = 2 * BEAM_N };
    static const double RADII[3] = {0.45, 0.55, 0.65};
    const double L = 3.5, T = 0.3, h = 2 * L / BEAM_N, gamma = _i == 0 ? -3 : 0;
    double *f = doubles(BEAM_N * BEAM_N * BEAM_N), *Q = doubles(BEAM_N * BEAM_N * BEAM_N);
    double *wide = calloc(WIDE * WIDE * WIDE, sizeof *wide), *exact = doubles(WIDE * WIDE * WIDE);
    grz_grid *grid, *wide_grid;
    grz_kernel *kernel = power_law(gamma, 1, 1);
    grz_operator *op, *truth;
    DONE(grz_grid_create(context, BEAM_N, L, NULL, &grid));
    DONE(grz_grid_create(context, WIDE, 2 * L, NULL, &wide_grid));
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &op));
    DONE(grz_operator_create(context, wide_grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &truth));
    DONE(grz_operator_set_option(truth, GRZ_OPERATOR_OPTION_RADIUS, L));
    DONE(grz_operator_set_option(truth, GRZ_OPERATOR_OPTION_ACCURACY, 4));
    for (int i = 0; i < BEAM_N; i++)
        for (int j = 0; j < BEAM_N; j++)
            for (int k = 0; k < BEAM_N; k++) {
                double x = -L + (i + 0.5) * h, y = -L + (j + 0.5) * h, z = -L + (k + 0.5) * h;
                double value =
                    (exp(-(x - 1.3) * (x - 1.3) / (2 * T)) + 0.7 * exp(-(x + 1.3) * (x + 1.3) / (2 * T))) * exp(-(y * y + z * z) / (2 * T));
                f[(i * BEAM_N + j) * BEAM_N + k] = value;
                wide[((i + BEAM_N / 2) * WIDE + j + BEAM_N / 2) * WIDE + k + BEAM_N / 2] = value;
            }
    DONE(grz_operator_apply(truth, wide, exact));
    for (int r = 0; r < 3; r++) {
        double error = 0, scale = 0, D = 0, D_exact = 0, estimate = NAN, D_estimate = NAN;
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, RADII[r] * L));
        DONE(grz_operator_apply(op, f, Q));
        DONE(grz_operator_estimate_error(op, f, &estimate, &D_estimate));
        for (int i = 0; i < BEAM_N; i++)
            for (int j = 0; j < BEAM_N; j++)
                for (int k = 0; k < BEAM_N; k++) {
                    int at = (i * BEAM_N + j) * BEAM_N + k;
                    double right = exact[((i + BEAM_N / 2) * WIDE + j + BEAM_N / 2) * WIDE + k + BEAM_N / 2];
                    keep_largest(&error, fabs(Q[at] - right));
                    keep_largest(&scale, fabs(right));
                    D += Q[at] * log(f[at]);
                    D_exact += right * log(f[at]);
                }
        error /= scale;
        D = fabs(D / D_exact - 1);
        printf("gamma %g, R = %g L: Q off by %.2e, estimate %.2e; D %.2e, %.2e\n", gamma, RADII[r], error, estimate, D, D_estimate);
        HOLDS(estimate >= 0.5 * error && estimate <= 2 * error, "R = %g L: Q off by %g, estimate %g", RADII[r], error, estimate);
        HOLDS(D_estimate >= 0.5 * D && D_estimate <= 2 * D, "R = %g L: D off by %g, estimate %g", RADII[r], D, D_estimate);
        HOLDS(r > 0 || estimate > 1e-2, "the pairs beyond 2R do not count: %g", estimate);
    }
    free(exact);
    free(wide);
    free(Q);
    free(f);
    grz_operator_destroy(&truth);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&wide_grid);
    grz_grid_destroy(&grid);
}
END_TEST

/* Nodes that the caller has set follow the level of the reference, but never below what was set. */
START_TEST(a_reference_is_never_coarser)
{
    grz_grid *grid;
    DONE(grz_grid_create(context, 8, 4, NULL, &grid));
    grz_kernel *kernel = power_law(-2, 0.5, 1.5);
    grz_operator *op = make(grid, 0, kernel), *finer;
    double value = NAN;
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 3));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 31));
    DONE(grzi_operator_like(op, GRZ_EQUATION_BOLTZMANN, 1.5, 2, &finer));
    DONE(grz_operator_option_value(finer, GRZ_OPERATOR_OPTION_RADIAL_NODES, &value));
    ck_assert_double_eq(value, 10); /* level 2 */
    DONE(grz_operator_option_value(finer, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, &value));
    ck_assert_double_eq(value, 31);
    grz_operator_destroy(&finer);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

/* What is no matter of the level stays: box, spline, scheme, modes, projection, equilibrium, the fit's weights, memory. */
START_TEST(a_relative_keeps_the_options)
{
    static const struct {
        grz_method method;
        grz_operator_option option;
        double value;
    } set[] = {{GRZ_METHOD_ENTROPIC, GRZ_OPERATOR_OPTION_RADIUS, 2.2},        {GRZ_METHOD_ENTROPIC, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3},
               {GRZ_METHOD_ENTROPIC, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 3}, {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_RADIUS, 1.7},
               {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_SCHEME, 2},          {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_MODES, 2},
               {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_CONSERVE, 1},        {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 2},
               {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_DECAY, 11},          {GRZ_METHOD_SPECTRAL, GRZ_OPERATOR_OPTION_FLOOR, 0.01}};
    grz_grid *grid;
    DONE(grz_grid_create(context, 8, 4, NULL, &grid));
    grz_kernel *kernel = power_law(-2, 0.5, 1.5);
    for (int method = GRZ_METHOD_ENTROPIC; method <= GRZ_METHOD_SPECTRAL; method++)
        for (int level = 0; level <= GRZI_LEVELS; level += GRZI_LEVELS) {
            grz_operator *op, *relative;
            double eps = level ? 1.5 : 0.25;
            DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, (grz_method)method, &op));
            for (size_t i = 0; i < sizeof set / sizeof set[0]; i++)
                if ((int)set[i].method == method) DONE(grz_operator_set_option(op, set[i].option, set[i].value));
            DONE(grzi_operator_like(op, GRZ_EQUATION_BOLTZMANN, eps, level, &relative));
            ck_assert_double_eq(grz_kernel_eps(relative->kernel), eps);
            for (size_t i = 0; i < sizeof set / sizeof set[0]; i++)
                if ((int)set[i].method == method)
                    HOLDS(relative->options[set[i].option] == set[i].value, "option %d: %g, not %g", (int)set[i].option,
                          relative->options[set[i].option], set[i].value);
            ck_assert_double_eq(relative->options[GRZ_OPERATOR_OPTION_ACCURACY], level ? level : 2);
            grz_operator_destroy(&relative);
            grz_operator_destroy(&op);
        }
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error estimate");
    TCase *tests = tcase_create("levels");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, estimates_fall_from_level_to_level, 0, CASES);
    tcase_add_loop_test(tests, an_estimate_is_the_error, 0, 2);
    tcase_add_loop_test(tests, an_estimate_sees_the_box, 0, 2);
    tcase_add_test(tests, a_reference_is_never_coarser);
    tcase_add_test(tests, a_relative_keeps_the_options);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

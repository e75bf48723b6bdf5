/* The Maxwellian with the same discrete moments. */
#include "support/norms.h"
#include "support/slow_moments.h"

/* Whether log M is a collision invariant a + b.v + c|v|^2: second differences are 2 c h^2 along each axis, mixed ones 0. */
static void check_log_is_invariant(const grz_grid *g, const double *M)
{
    int64_t n = grz_grid_nodes_per_axis(g), stride[3] = {n * n, n, 1};
    double c = NAN, largest = 0;
    for (int64_t e = 0; e < n * n * n; e++) keep_largest(&largest, M[e]);
    for (int64_t e = 0; e < n * n * n; e++) {
        int64_t at[3] = {e / (n * n), e / n % n, e % n};
        if (M[e] < 1e-30 * largest) continue;
        for (int a = 0; a < 3; a++) {
            if (at[a] < 1 || at[a] > n - 2) continue;
            double below = M[e - stride[a]], above = M[e + stride[a]];
            if (below < 1e-200 * largest || above < 1e-200 * largest) continue;
            double second = log(below) - 2 * log(M[e]) + log(above);
            if (isnan(c)) c = second;
            NEAR(second, c, 1e-11);
            for (int b = a + 1; b < 3; b++) {
                if (at[b] > n - 2) continue;
                double mixed = log(above) + log(M[e + stride[b]]) - log(M[e]) - log(M[e + stride[a] + stride[b]]);
                if (M[e + stride[a] + stride[b]] > 1e-200 * largest && M[e + stride[b]] > 1e-200 * largest) NEAR(mixed, 0, 1e-11);
            }
        }
    }
    ck_assert_double_lt(c, 0);
}

static void check_equilibrium(const grz_grid *g, const grz_distribution *f)
{
    grz_distribution *M;
    OK(grz_distribution_create_equilibrium(context, f, &M));
    moments wanted = slow_moments(g, grz_distribution_view(f)), found = slow_moments(g, grz_distribution_view(M));
    NEAR(found.rho, wanted.rho, 1e-13 * wanted.rho);
    NEAR(found.T, wanted.T, 1e-13 * wanted.T);
    for (int a = 0; a < 3; a++) NEAR(found.u[a], wanted.u[a], 1e-13 * (sqrt(wanted.T) + fabs(wanted.u[a])));
    check_log_is_invariant(g, grz_distribution_view(M));
    grz_distribution_destroy(&M);
}

/* Maxwellians cut off by a corner of the box, far from where the iteration begins: each is its own equilibrium. */
START_TEST(maxwellians_are_their_own_equilibria)
{
    grz_grid *box;
    double v[12], f[1728], M[1728], largest;
    OK(grz_grid_create(context, 12, 3, NULL, &box));
    OK(grz_grid_axis_nodes(box, 0, v));
    for (int k = 0; k < 12; k++) {
        double a = 0.2 + 0.4 * (k / 2), b = k % 2 ? 0.15 : 0.02;
        for (int i = 0; i < 1728; i++) {
            double x = v[i / 144], y = v[i / 12 % 12], z = v[i % 12];
            f[i] = exp(a * (x + 0.7 * y - 0.5 * z) - b * (x * x + y * y + z * z));
        }
        OK(grz_grid_equilibrium(box, f, GRZ_NEGATIVE_RULE_KEEP, M, NULL));
        largest = 0;
        for (int i = 0; i < 1728; i++) largest = larger(largest, fabs(M[i] / f[i] - 1));
        HOLDS(largest < 1e-11, "a %g, b %g: %g", a, b, largest);
    }
    grz_grid_destroy(&box);
}
END_TEST

START_TEST(equilibrium_has_the_discrete_moments)
{
    uint64_t seed = 3;
    const double u[3] = {0.9, -0.8, 0.7}, T[3] = {1.5, 0.5, 0.2}, two[2] = {1, 0.5}, means[6] = {2, 0, 0, -2, 1, 0};
    const double covariances[18] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5, 0.1, 0, 0.1, 0.6, 0, 0, 0, 0.7};
    double axes[9];
    random_axes(&seed, axes);
    grz_distribution *f;
    OK(grz_distribution_create_bimaxwellian(context, grid, 3, u, T, axes, &f));
    check_equilibrium(grid, f);
    grz_distribution_destroy(&f);
    OK(grz_distribution_create_mixture(context, grid, 2, two, means, covariances, &f));
    check_equilibrium(grid, f);
    grz_distribution_destroy(&f);
    OK(grz_distribution_create_shell(context, grid, 1e-30, u, 10, 3, &f));
    check_equilibrium(grid, f);
    grz_distribution_destroy(&f);
    /* From much hotter than the box holds down to a third of the spacing. */
    for (double temperature = 8; temperature > 0.02; temperature *= 0.6) {
        OK(grz_distribution_create_maxwellian(context, grid, 1, u, temperature, &f));
        check_equilibrium(grid, f);
        grz_distribution_destroy(&f);
    }
}
END_TEST

START_TEST(equilibrium_of_random_values)
{
    uint64_t seed = 77;
    const double far_centre[3] = {100, -30, 5};
    for (int trial = 0; trial < 6; trial++) {
        grz_grid *g;
        grz_distribution *f;
        double values[11 * 11 * 11];
        OK(grz_grid_create(context, 11, 3, trial % 2 ? far_centre : NULL, &g));
        for (int e = 0; e < 1331; e++) {
            double x = e / 121 - 5, y = e / 11 % 11 - 5, z = e % 11 - 5;
            values[e] = uniform(&seed) * exp(-(x * x + y * y + z * z) / (4 + 4 * trial));
        }
        OK(grz_distribution_create_array(context, g, values, &f));
        check_equilibrium(g, f);
        grz_distribution_destroy(&f);
        grz_grid_destroy(&g);
    }
}
END_TEST

START_TEST(equilibrium_may_not_exist)
{
    grz_grid *g;
    grz_distribution *f, *M = UNTOUCHED;
    double values[512] = {0};
    OK(grz_grid_create(context, 8, 1, NULL, &g));
    OK(grz_distribution_create_array(context, g, values, &f));
    ck_assert_int_eq(grz_distribution_create_equilibrium(NULL, f, &M), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_distribution_create_equilibrium(context, NULL, &M), GRZ_ERROR_NULL_ARGUMENT, "distribution");
    FAILS(context, grz_distribution_create_equilibrium(context, f, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_distribution_create_equilibrium(context, f, &M), GRZ_ERROR_NOT_POSITIVE, "rho = 0");
    values[123] = 2;
    OK(grz_distribution_set_values(f, values));
    FAILS(context, grz_distribution_create_equilibrium(context, f, &M), GRZ_ERROR_NOT_POSITIVE, "T = ");
    /* Two opposite corners: hotter than uniform. */
    memset(values, 0, sizeof values);
    values[0] = values[511] = 1;
    OK(grz_distribution_set_values(f, values));
    FAILS(context, grz_distribution_create_equilibrium(context, f, &M), GRZ_ERROR_NOT_CONVERGED, "T = ");
    for (int e = 0; e < 512; e++) values[e] = 1;
    values[0] = values[511] = 2;
    OK(grz_distribution_set_values(f, values));
    FAILS(context, grz_distribution_create_equilibrium(context, f, &M), GRZ_ERROR_NOT_CONVERGED, "uniform");
    /* Mass on two nodes along x, asymmetric: less variance than any lattice Maxwellian of that mean, which also spreads along y and z. */
    memset(values, 0, sizeof values);
    values[(3 * 8 + 3) * 8 + 3] = 1;
    values[(5 * 8 + 3) * 8 + 4] = 1e-3;
    OK(grz_distribution_set_values(f, values));
    grz_status status = grz_distribution_create_equilibrium(context, f, &M);
    if (status == GRZ_OK) {
        grz_distribution_destroy(&M);
        check_equilibrium(g, f);
    } else {
        ck_assert_int_eq(status, GRZ_ERROR_NOT_CONVERGED);
        ck_assert_ptr_eq(M, UNTOUCHED);
    }
    grz_distribution_destroy(&f);
    grz_grid_destroy(&g);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("equilibrium");
    TCase *tests = tcase_create("equilibrium");
    tcase_add_checked_fixture(tests, open_grid, close_grid);
    tcase_add_test(tests, maxwellians_are_their_own_equilibria);
    tcase_add_test(tests, equilibrium_has_the_discrete_moments);
    tcase_add_test(tests, equilibrium_of_random_values);
    tcase_add_test(tests, equilibrium_may_not_exist);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

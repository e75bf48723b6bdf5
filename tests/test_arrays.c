/* Moments, entropy and equilibrium of plain arrays, with values below zero. */
#include "support/check.h"

static grz_context *context;

enum { N = 16, NODES = N * N * N };
static const double L = 5;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

/* A displaced bi-Maxwellian with every seventh value of the tail below zero: the first `negative` of it is returned. */
static double density(double *f, double *magnitude)
{
    double h = 2 * L / N, below = 0, all = 0;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            for (int k = 0; k < N; k++) {
                double x = -L + (i + 0.5) * h - 0.3, y = -L + (j + 0.5) * h + 0.2, z = -L + (k + 0.5) * h;
                int node = (i * N + j) * N + k;
                double value = exp(-x * x / 2.4 - (y * y + z * z) / 1.8);
                if (value < 1e-4 && node % 7 == 0) value = -value;
                f[node] = value;
                if (value < 0) below -= value;
                all += fabs(value);
            }
    *magnitude = all;
    return below / all;
}

/* The library's own functions of a distribution, which need f >= 0, judge DROP and RESCALE. */
START_TEST(dropped_values_are_zeros)
{
    double f[NODES], g[NODES], all, share = density(f, &all), negative, sum = 0, kept = 0;
    grz_grid *grid;
    grz_distribution *made, *equilibrium;
    OK(grz_grid_create(context, N, L, NULL, &grid));
    for (int i = 0; i < NODES; i++) {
        sum += f[i];
        kept += f[i] > 0 ? f[i] : 0;
    }
    for (int rule = GRZ_NEGATIVE_RULE_DROP; rule <= GRZ_NEGATIVE_RULE_RESCALE; rule++) {
        double factor = rule == GRZ_NEGATIVE_RULE_RESCALE ? sum / kept : 1, m[17], expected[17], M[NODES], H, H_expected;
        for (int i = 0; i < NODES; i++) g[i] = f[i] > 0 ? factor * f[i] : 0;
        OK(grz_distribution_create_array(context, grid, g, &made));
        OK(grz_distribution_moments(made, expected, expected + 1, expected + 4, expected + 5, expected + 14));
        OK(grz_grid_moments(grid, f, (grz_negative_rule)rule, m, m + 1, m + 4, m + 5, m + 14, &negative));
        NEAR(negative, share, 1e-13 * share);
        for (int k = 0; k < 17; k++) NEAR(m[k], expected[k], 1e-12 * expected[0]);
        if (rule == GRZ_NEGATIVE_RULE_RESCALE) NEAR(m[0], sum * pow(2 * L / N, 3), 1e-12 * m[0]);
        OK(grz_distribution_create_equilibrium(context, made, &equilibrium));
        OK(grz_grid_equilibrium(grid, f, (grz_negative_rule)rule, M, NULL));
        for (int i = 0; i < NODES; i++) NEAR(M[i], grz_distribution_view(equilibrium)[i], 1e-11);
        grz_functional *entropy;
        OK(grz_functional_create_entropy(context, grid, &entropy));
        OK(grz_functional_evaluate(entropy, g, &H_expected));
        OK(grz_grid_entropy(grid, f, (grz_negative_rule)rule, &H, &negative));
        NEAR(H, H_expected, 1e-12 * fabs(H_expected));
        NEAR(negative, share, 1e-13 * share);
        grz_functional_destroy(&entropy);
        grz_distribution_destroy(&equilibrium);
        grz_distribution_destroy(&made);
    }
    grz_grid_destroy(&grid);
}
END_TEST

/* KEEP is linear: moments of all values by a plain sum; and the equilibrium has them. */
START_TEST(kept_values_count_as_they_are)
{
    double f[NODES], M[NODES], all, share = density(f, &all), negative, rho, u[3], T, H, sums[5] = {0}, entropy = 0, h = 2 * L / N;
    grz_grid *grid;
    OK(grz_grid_create(context, N, L, NULL, &grid));
    for (int node = 0; node < NODES; node++) {
        double v[3] = {-L + (node / N / N + 0.5) * h, -L + (node / N % N + 0.5) * h, -L + (node % N + 0.5) * h};
        sums[0] += f[node];
        for (int a = 0; a < 3; a++) {
            sums[1 + a] += v[a] * f[node];
            sums[4] += v[a] * v[a] * f[node];
        }
        entropy += f[node] * log(fabs(f[node]));
    }
    OK(grz_grid_moments(grid, f, GRZ_NEGATIVE_RULE_KEEP, &rho, u, &T, NULL, NULL, &negative));
    NEAR(negative, share, 1e-13 * share);
    NEAR(rho, sums[0] * h * h * h, 1e-13 * rho);
    double square = 0;
    for (int a = 0; a < 3; a++) {
        NEAR(u[a], sums[1 + a] / sums[0], 1e-13);
        square += u[a] * u[a];
    }
    NEAR(T, (sums[4] / sums[0] - square) / 3, 1e-12);
    OK(grz_grid_entropy(grid, f, GRZ_NEGATIVE_RULE_KEEP, &H, NULL));
    NEAR(H, entropy * h * h * h, 1e-12 * fabs(H));
    OK(grz_grid_equilibrium(grid, f, GRZ_NEGATIVE_RULE_KEEP, M, NULL));
    double rho_M, u_M[3], T_M;
    OK(grz_grid_moments(grid, M, GRZ_NEGATIVE_RULE_KEEP, &rho_M, u_M, &T_M, NULL, NULL, &negative));
    NEAR(rho_M, rho, 1e-12 * rho);
    NEAR(T_M, T, 1e-12 * T);
    ck_assert(negative == 0);
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(bad_arrays_are_refused)
{
    double f[NODES], M[NODES], all, rho = 5, T = 5, negative = 5, H = 5;
    density(f, &all);
    grz_grid *grid;
    OK(grz_grid_create(context, N, L, NULL, &grid));
    ck_assert_int_eq(grz_grid_moments(NULL, f, GRZ_NEGATIVE_RULE_KEEP, &rho, NULL, &T, NULL, NULL, &negative), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_grid_moments(grid, NULL, GRZ_NEGATIVE_RULE_KEEP, &rho, NULL, &T, NULL, NULL, &negative), GRZ_ERROR_NULL_ARGUMENT,
          "values");
    FAILS(context, grz_grid_moments(grid, f, (grz_negative_rule)3, &rho, NULL, &T, NULL, NULL, &negative), GRZ_ERROR_INVALID_ARGUMENT,
          "rule");
    FAILS(context, grz_grid_entropy(grid, f, GRZ_NEGATIVE_RULE_KEEP, NULL, &negative), GRZ_ERROR_NULL_ARGUMENT, "H");
    FAILS(context, grz_grid_equilibrium(grid, f, GRZ_NEGATIVE_RULE_KEEP, NULL, &negative), GRZ_ERROR_NULL_ARGUMENT, "equilibrium");
    f[3] = NAN;
    FAILS(context, grz_grid_entropy(grid, f, GRZ_NEGATIVE_RULE_KEEP, &H, &negative), GRZ_ERROR_NOT_FINITE, "values[3]");
    for (int i = 0; i < NODES; i++) f[i] = -1;
    FAILS(context, grz_grid_moments(grid, f, GRZ_NEGATIVE_RULE_RESCALE, &rho, NULL, &T, NULL, NULL, &negative), GRZ_ERROR_NOT_POSITIVE,
          "rho");
    FAILS(context, grz_grid_equilibrium(grid, f, GRZ_NEGATIVE_RULE_DROP, M, &negative), GRZ_ERROR_NOT_POSITIVE, "rho");
    ck_assert(rho == 5 && T == 5 && negative == 5 && H == 5);
    grz_grid_destroy(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arrays");
    TCase *cases = tcase_create("arrays");
    tcase_add_checked_fixture(cases, open_context, close_context);
    tcase_add_test(cases, dropped_values_are_zeros);
    tcase_add_test(cases, kept_values_count_as_they_are);
    tcase_add_test(cases, bad_arrays_are_refused);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}

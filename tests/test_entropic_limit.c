/* The grazing limit at a fixed grid and a fixed rule: the discrete Boltzmann forms tend to the discrete Landau forms at order eps^2, down
 * to rounding. Written: the largest C with |D_B^eps - D_L| = C eps^2 D_L, and the orders between successive eps. */
#include "support/entropic.h"

enum { COUNT = 13 };
static const double epss[COUNT] = {1, 0.3, 0.1, 0.03, 1e-2, 4e-3, 2e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};

typedef struct limit_case {
    double gamma, nu;
    int n, degree, accuracy, kind;
} limit_case;

static const limit_case cases[] = {{0, 0.5, 12, 3, 1, 0}, {-3, 1.5, 12, 5, 1, 1}, {-2, 1, 11, 3, 2, 0}, {1, 1.9, 9, 5, 1, 2}};

static grz_distribution *density_of(const grz_grid *grid, int kind)
{
    static const double means[6] = {1.1, 0.2, -0.1, -0.8, -0.2, 0.3},
                        covariances[18] = {0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5, 0.6, 0.1, 0, 0.1, 0.5, 0, 0, 0, 0.4};
    grz_distribution *f;
    if (kind == 0) DONE(grz_distribution_create_mixture(context, grid, 2, (double[2]){0.6, 0.5}, means, covariances, &f));
    if (kind == 1) DONE(grz_distribution_create_bkw(context, grid, 0.7, &f));
    if (kind == 2) { /* noise */
        DONE(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1.2, &f));
        double *values = doubles(grz_grid_node_count(grid));
        uint64_t seed = 19;
        DONE(grz_distribution_values(f, values));
        for (int64_t i = 0; i < grz_grid_node_count(grid); i++) values[i] *= 0.8 + 0.4 * uniform(&seed);
        DONE(grz_distribution_set_values(f, values));
        free(values);
    }
    return f;
}

/* error(eps) <= C eps^2 + floor for all eps <= 0.3 with the C of eps = 0.3 and 0.1, and order 2 while the error stands clear of
 * rounding. */
static void check_order(const char *name, const double *error, double floor)
{
    double C = 0;
    for (int i = 1; i < 3; i++) keep_largest(&C, error[i] / (epss[i] * epss[i]));
    printf("  %-5s C = %.3g, errors", name, C);
    for (int i = 0; i < COUNT; i++) printf(" %.1e", error[i]);
    printf("; orders");
    for (int i = 1; i < COUNT && error[i] > 1e-10; i++) printf(" %.3f", log(error[i - 1] / error[i]) / log(epss[i - 1] / epss[i]));
    printf("\n");
    fflush(stdout);
    for (int i = 1; i < COUNT; i++) {
        HOLDS(error[i] <= 1.05 * C * epss[i] * epss[i] + floor, "%s, eps = %g: %.3g, C = %.3g", name, epss[i], error[i], C);
        double order = log(error[i - 1] / error[i]) / log(epss[i - 1] / epss[i]);
        if (i > 1 && error[i] > 1e-10) HOLDS(order > 1.9, "%s between eps = %g and %g: order %g", name, epss[i - 1], epss[i], order);
    }
}

START_TEST(boltzmann_tends_to_landau)
{
    const limit_case *c = &cases[_i];
    SKIP_IF(fast() && _i != 0, "one kernel in fast mode");
    grz_grid *grid;
    grz_kernel *unscaled, *kernel;
    OK(grz_grid_create(context, c->n, 5, NULL, &grid));
    DONE(grz_kernel_create_power_law(context, c->gamma, c->nu, 0, &unscaled));
    int64_t count = grz_grid_node_count(grid);
    grz_distribution *density = density_of(grid, c->kind);
    const double *f = grz_distribution_view(density);
    double *Q_L = doubles(count), *Q = doubles(count), *phi = doubles(count), *K_L = doubles(count), D_errors[COUNT], root_errors[COUNT],
           Q_errors[COUNT], K_errors[COUNT];
    for (int64_t i = 0; i < count; i++) phi[i] = sin(0.1 * (double)(i % 97));
    grz_operator *landau = entropic(grid, unscaled, GRZ_EQUATION_LANDAU, c->accuracy, c->degree);
    DONE(grz_operator_apply(landau, f, Q_L));
    DONE(grz_operator_onsager(landau, f, phi, K_L));
    double D_L = dissipation_of(landau, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), scale = largest(Q_L, count), K_scale = largest(K_L, count);
    for (int e = 0; e < COUNT; e++) {
        DONE(grz_kernel_create_scaled(context, unscaled, epss[e], &kernel));
        grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, c->accuracy, c->degree);
        D_errors[e] = fabs(dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION) / D_L - 1);
        root_errors[e] = fabs(dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT) / D_L - 1);
        DONE(grz_operator_apply(op, f, Q));
        Q_errors[e] = difference(Q, Q_L, count) / scale;
        DONE(grz_operator_onsager(op, f, phi, Q));
        K_errors[e] = difference(Q, K_L, count) / K_scale;
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    printf("gamma %g, nu %g, n = %d, degree %d, level %d\n", c->gamma, c->nu, c->n, c->degree, c->accuracy);
    check_order("D", D_errors, 1e-12);
    check_order("D^R", root_errors, 1e-12);
    check_order("Q", Q_errors, 1e-12);
    check_order("K", K_errors, 1e-12);
    /* eps = 0 is Landau itself. */
    DONE(grz_kernel_create_scaled(context, unscaled, 0, &kernel));
    grz_operator *limit = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, c->accuracy, c->degree);
    DONE(grz_operator_apply(limit, f, Q));
    double error = difference(Q, Q_L, count) / scale;
    printf("  eps = 0 against Landau: %.1e\n", error);
    HOLDS(error <= 1e-14, "eps = 0: %.3g", error);
    NEAR(dissipation_of(limit, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), D_L, 1e-14 * D_L);
    grz_operator_destroy(&limit);
    grz_operator_destroy(&landau);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
    grz_distribution_destroy(&density);
    grz_grid_destroy(&grid);
    free(Q_L);
    free(Q);
    free(phi);
    free(K_L);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entropic limit");
    TCase *tests = tcase_create("entropic limit");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, boltzmann_tends_to_landau, 0, (int)(sizeof cases / sizeof cases[0]));
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* Theorem 2.7 and Corollary 2.10 as one runs them: Boltzmann flows with eps -> 0 from the same data against the Landau flow. CSV, one
 * line for each eps, with the orders between neighbouring lines; limit_of_solutions.gp plots it. gamma = -2, nu = 1/2, two displaced
 * Gaussians; SSP-RK4. Given "coulomb" as first argument: Remark 2.6's cutoff, whose limit is reached like 1/log(1/eps), and in whose
 * logarithm the orders are.
 *
 *     cc limit_of_solutions.c -lgrazing -o limit
 *     ./limit [power|coulomb] [nodes per axis, 8] > limit.csv && gnuplot limit_of_solutions.gp */
#include <grazing.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES = 5, STEPS = 8, EPS = 4, CURVES = EPS + 1 };

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "limit_of_solutions: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static void print_distances(const grz_limit *limit, grz_limit_scale scale)
{
    static const struct {
        grz_limit_quantity quantity;
        const char *name;
    } columns[] = {{GRZ_LIMIT_QUANTITY_ENTROPY, "entropy"}, {GRZ_LIMIT_QUANTITY_DISSIPATION, "dissipation"},
                   {GRZ_LIMIT_QUANTITY_SPEED, "speed"},     {GRZ_LIMIT_QUANTITY_L1, "L1"},
                   {GRZ_LIMIT_QUANTITY_WEAK, "weak"},       {GRZ_LIMIT_QUANTITY_SQUARE_ROOT, "square root"}};
    enum { COLUMNS = sizeof columns / sizeof columns[0] };
    double eps[CURVES], value[COLUMNS][CURVES], order[COLUMNS][CURVES], hoelder[CURVES], bound[CURVES], defect[CURVES];
    check(grz_limit_column(limit, GRZ_LIMIT_QUANTITY_EPS, eps));
    check(grz_limit_column(limit, GRZ_LIMIT_QUANTITY_HOELDER, hoelder));
    check(grz_limit_column(limit, GRZ_LIMIT_QUANTITY_HOELDER_BOUND, bound));
    check(grz_limit_column(limit, GRZ_LIMIT_QUANTITY_DEFECT, defect));
    printf("eps");
    for (int c = 0; c < COLUMNS; c++) {
        check(grz_limit_column(limit, columns[c].quantity, value[c]));
        check(grz_limit_orders(limit, columns[c].quantity, scale, order[c]));
        printf(",%s,%s order", columns[c].name, columns[c].name);
    }
    printf(",hoelder,hoelder bound,defect\n");
    for (int e = 1; e < CURVES; e++) {
        printf("%g", eps[e]);
        for (int c = 0; c < COLUMNS; c++) printf(",%.4e,%.3f", value[c][e], order[c][e]);
        printf(",%.5f,%.5f,%.1e\n", hoelder[e], bound[e], defect[e]);
    }
}

/* liminf of H, D, D^R and |f'|^2 over eps -> 0 is not below the limit's value, at any time (sections 6 and 7). */
static void print_inequalities(const grz_limit *limit, grz_limit_scale scale)
{
    static const char *const names[] = {"H", "D", "D^R", "|f'|^2"};
    for (int s = 0; s < 4; s++) {
        double margin, error;
        check(grz_limit_liminf(limit, (grz_limit_series)(GRZ_LIMIT_SERIES_ENTROPY + s), scale, &margin, &error));
        fprintf(stderr, "liminf %-7s %s: margin %.1e, error %.1e\n", names[s], margin >= -error ? "holds" : "fails", margin, error);
    }
}

int main(int argc, char **argv)
{
    static const double weights[2] = {0.5, 0.5}, means[6] = {0.7, 0.2, 0, -0.7, -0.2, 0};
    static const double covariances[18] = {1, 0, 0, 0, 0.9, 0, 0, 0, 1, 1, 0, 0, 0, 0.9, 0, 0, 0, 1};
    static const double eps[2][EPS] = {{0.8, 0.4, 0.2, 0.1}, {1e-1, 1e-2, 1e-4, 1e-8}};
    int coulomb = argc > 1 && strcmp(argv[1], "coulomb") == 0, n = argc > 2 ? atoi(argv[2]) : 8;
    double times[TIMES], end = coulomb ? 0.2 : 0.06;
    grz_limit_scale scale = coulomb ? GRZ_LIMIT_SCALE_LOGARITHM : GRZ_LIMIT_SCALE_POWER;
    grz_kernel *kernel = NULL;
    grz_grid *grid = NULL;
    grz_distribution *f = NULL;
    grz_operator *op = NULL;
    grz_limit *limit = NULL;
    check(grz_context_create(&context));
    check(coulomb ? grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_POWER_LAW, &kernel)
                  : grz_kernel_create_power_law(context, -2, 0.5, 0, &kernel));
    check(grz_grid_create(context, n, 2.8, NULL, &grid));
    check(grz_distribution_create_mixture(context, grid, 2, weights, means, covariances, &f));
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    if (coulomb) { /* angles up to pi/2 keep their share 1/log(1/eps) at every eps: fewer nodes would show in the inequalities */
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 4));
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 10));
    }
    for (int k = 0; k < TIMES; k++) times[k] = end * k / (TIMES - 1);
    check(grz_limit_create(context, grid, TIMES, times, &limit));
    check(grz_limit_add_smooth_tests(limit, 1));
    check(grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK4, end / STEPS, EPS, eps[coulomb], grz_distribution_view(f)));
    print_distances(limit, scale);
    print_inequalities(limit, scale);
    grz_limit_destroy(&limit);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&context);
    return 0;
}

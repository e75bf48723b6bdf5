/* BKW (Bobylev, Krook, Wu) relaxes under Maxwell molecules exactly like K(t) = 1 - C exp(-(pi/2) t int beta sin^2). This program evolves it from K = 0.6 to
 * K = 0.8 or beyond with the spectral method, Landau and Boltzmann (nu = 1/2, eps = pi and 0.1), and with the entropic one, and prints the largest relative
 * error met. Arguments: nodes per axis of the spectral (16) and entropic (10) runs, half width of the spectral box (5), last K (0.8).
 *
 *     cc relax.c -lgrazing -lm -o relax && ./relax */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "relax: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

typedef struct comparison {
    grz_grid *grid;
    double K, rate, worst; /* K at time 0; the rate of 1 - K; largest error relative to the maximum so far */
} comparison;

static int compare(double time, const double *f, void *user)
{
    comparison *c = user;
    grz_distribution *exact = NULL;
    check(grz_distribution_create_bkw(context, c->grid, 1 - (1 - c->K) * exp(-c->rate * time), &exact));
    const double *g = grz_distribution_view(exact);
    double error = 0, size = 0;
    for (int64_t i = 0; i < grz_grid_node_count(c->grid); i++) {
        error = fmax(error, fabs(f[i] - g[i]));
        size = fmax(size, g[i]);
    }
    c->worst = fmax(c->worst, error / size);
    grz_distribution_destroy(&exact);
    return 0;
}

static double run(grz_equation equation, grz_method method, double eps, int32_t n, double half_width, double K, double K_end, double dt,
                  double *steps)
{
    grz_kernel *unscaled = NULL, *kernel = NULL;
    grz_operator *op = NULL;
    grz_distribution *f = NULL;
    grz_flow *flow = NULL;
    comparison c = {NULL, K, 0, 0};
    double lambda[3];
    check(grz_kernel_create_power_law(context, 0, 0.5, 0, &unscaled));
    check(grz_kernel_scale(unscaled, equation == GRZ_LANDAU ? 0 : eps, &kernel));
    check(grz_kernel_spectrum(kernel, 1, 2, lambda));
    c.rate = -lambda[2] / 6; /* (pi/2) int beta sin^2 */
    check(grz_grid_create(context, n, half_width, NULL, &c.grid));
    check(grz_operator_create(context, c.grid, kernel, equation, method, &op));
    if (method == GRZ_SPECTRAL) {
        check(grz_operator_set_option(op, GRZ_OPTION_PADDED_NODES, 1.5 * n));
        check(grz_operator_set_option(op, GRZ_OPTION_MODES, equation == GRZ_LANDAU ? 2 : 1));
        check(grz_operator_set_option(op, GRZ_OPTION_ACCURACY, equation == GRZ_LANDAU ? 2 : 3));
    } else
        check(grz_operator_set_option(op, GRZ_OPTION_ACCURACY, 1));
    check(grz_distribution_create_bkw(context, c.grid, K, &f));
    check(grz_flow_create(context, op, GRZ_SCHEME_SSP_RK4, &flow));
    check(grz_flow_start(flow, 0, grz_distribution_view(f)));
    check(grz_flow_run(flow, log((1 - K) / (1 - K_end)) / c.rate, dt, compare, &c));
    check(grz_flow_get_statistic(flow, GRZ_FLOW_STEPS, steps));
    grz_flow_destroy(&flow);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_grid_destroy(&c.grid);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
    return c.worst;
}

int main(int argc, char **argv)
{
    int32_t n = argc > 1 ? atoi(argv[1]) : 16, entropic = argc > 2 ? atoi(argv[2]) : 10;
    double steps, L = argc > 3 ? atof(argv[3]) : 5, K_end = argc > 4 ? atof(argv[4]) : 0.8, error;
    double stiff = 0.35 / (n * n); /* grazing operators are diffusions: explicit steps go like h^2 */
    setvbuf(stdout, NULL, _IOLBF, 0);
    check(grz_context_create(&context));
    printf("BKW, gamma = 0, K from 0.6 to %g: largest error relative to the maximum\n", K_end);
    error = run(GRZ_LANDAU, GRZ_SPECTRAL, 0, n, L, 0.6, K_end, stiff, &steps);
    printf("Landau     spectral  n = %2d            %.1e  %g steps\n", (int)n, error, steps);
    error = run(GRZ_BOLTZMANN, GRZ_SPECTRAL, 3.141592653589793, n, L, 0.6, K_end, 0.01, &steps);
    printf("Boltzmann  spectral  n = %2d  eps = pi  %.1e  %g steps\n", (int)n, error, steps);
    error = run(GRZ_BOLTZMANN, GRZ_SPECTRAL, 0.1, n, L, 0.6, fmin(K_end, 0.7), stiff, &steps);
    printf("Boltzmann  spectral  n = %2d  eps = 0.1 %.1e  %g steps, to K = %g\n", (int)n, error, steps, fmin(K_end, 0.7));
    /* BKW with K = 0.6 vanishes at v = 0, so the entropic run begins later; explicit steps want a box without deep tails. */
    error = run(GRZ_LANDAU, GRZ_ENTROPIC, 0, entropic, 3.6, 0.7, K_end, 0.0005, &steps);
    printf("Landau     entropic  n = %2d            %.1e  %g steps, from K = 0.7\n", (int)entropic, error, steps);
    grz_context_destroy(&context);
    return 0;
}

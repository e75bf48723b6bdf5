/* BKW (Bobylev, Krook, Wu) relaxes under Maxwell molecules exactly like K(t) = 1 - C exp(-(pi/2) t int beta sin^2). This program
 * evolves it from K = 0.6 to K = 0.8 or beyond with the spectral method, Landau and Boltzmann (nu = 1/2, eps = pi and 0.1), and with the
 * entropic one, and prints the largest relative error met. The tail is exp(-|v|^2/(2K)), so that a box good for the end is too coarse for
 * the beginning: the spectral flows go through three boxes. Arguments: nodes per axis of the spectral (16) and entropic (10) runs, last
 * K (0.8).
 *
 *     cc relax.c -lgrazing -lm -o relax && ./relax */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void create_operator(grz_grid *grid, grz_equation equation, grz_method method, double eps, grz_operator **op, double *rate)
{
    grz_kernel *unscaled = NULL, *kernel = NULL;
    double lambda[3];
    check(grz_kernel_create_power_law(context, 0, 0.5, 0, &unscaled));
    check(grz_kernel_create_scaled(context, unscaled, equation == GRZ_EQUATION_LANDAU ? 0 : eps, &kernel));
    check(grz_kernel_spectrum(kernel, 1, 2, lambda));
    *rate = -lambda[2] / 6; /* (pi/2) int beta sin^2 */
    check(grz_operator_create(context, grid, kernel, equation, method, op));
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
}

/* f from the n^3 nodes x of a box of half width L to the nodes y of a larger one: the trigonometric interpolant inside, 0 outside. */
static void regrid(int32_t n, const double *x, double L, const double *y, double *f)
{
    const double pi = 3.141592653589793;
    double *weights = malloc(sizeof(double) * (size_t)n * (size_t)n), *turned = malloc(sizeof(double) * (size_t)n * (size_t)n * (size_t)n);
    if (!weights || !turned) exit(1);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            double a = pi * (y[i] - x[j]) / L, s = sin(a / 2);
            weights[i * n + j] = fabs(y[i]) > L ? 0 : fabs(s) < 1e-13 ? 1 : sin(n * a / 2) * cos(a / 2) / (s * n);
        }
    for (int axis = 0; axis < 3; axis++) { /* along the first axis, which then becomes the last */
        for (int32_t i = 0; i < n; i++)
            for (int32_t q = 0; q < n * n; q++) {
                double sum = 0;
                for (int32_t j = 0; j < n; j++) sum += weights[i * n + j] * f[j * n * n + q];
                turned[q * n + i] = sum;
            }
        memcpy(f, turned, sizeof(double) * (size_t)n * (size_t)n * (size_t)n);
    }
    free(weights);
    free(turned);
}

/* From K = 0.6 through three boxes. L is for 32 nodes and goes like sqrt(n), which lets the tails in velocity and in frequency end
 * together. */
static double run_spectral(grz_equation equation, double eps, int32_t n, double K_end, double *steps)
{
    static const double boxes[3][3] = {{6.62, 3.2, 0.66}, {7, 3.3, 0.75}, {7.4, 3.5, 1}}; /* L, R, last K */
    double *f = malloc(sizeof(double) * (size_t)n * (size_t)n * (size_t)n), *x = malloc(sizeof(double) * 2 * (size_t)n), time = 0,
           before = 0, more;
    comparison c = {NULL, 0.6, 0, 0};
    if (!f || !x) exit(1);
    *steps = 0;
    for (int b = 0; b < 3 && (b == 0 || K_end > boxes[b - 1][2]); b++) {
        double L = boxes[b][0] * sqrt(n / 32.0), R = boxes[b][1] * sqrt(n / 32.0), *y = x + (b % 2) * n;
        grz_operator *op = NULL;
        grz_flow *flow = NULL;
        check(grz_grid_create(context, n, L, NULL, &c.grid));
        check(grz_grid_axis_nodes(c.grid, 0, y));
        create_operator(c.grid, equation, GRZ_METHOD_SPECTRAL, eps, &op, &c.rate);
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, R));
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PADDED_NODES, n));
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MODES, 2));
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 14));
        if (equation == GRZ_EQUATION_BOLTZMANN) { /* Maxwell molecules need few directions */
            check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE));
            check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
        }
        if (b > 0)
            regrid(n, x + ((b + 1) % 2) * n, before, y, f);
        else {
            grz_distribution *start = NULL;
            check(grz_distribution_create_bkw(context, c.grid, 0.6, &start));
            memcpy(f, grz_distribution_view(start), sizeof(double) * (size_t)grz_grid_node_count(c.grid));
            grz_distribution_destroy(&start);
        }
        check(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
        check(grz_flow_start(flow, time, f));
        time = log(0.4 / (1 - fmin(boxes[b][2], K_end))) / c.rate;
        /* grazing operators are diffusions: explicit steps go like h^2 */
        check(
            grz_flow_run(flow, time, (equation == GRZ_EQUATION_LANDAU || eps < 1 ? 0.12 * L * L / (n * n) : 0.022) / c.rate, compare, &c));
        check(grz_flow_values(flow, f));
        check(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_STEPS, &more));
        *steps += more;
        before = L;
        grz_flow_destroy(&flow);
        grz_operator_destroy(&op);
        grz_grid_destroy(&c.grid);
    }
    free(f);
    free(x);
    return c.worst;
}

static double run_entropic(int32_t n, double half_width, double K, double K_end, double *steps)
{
    grz_operator *op = NULL;
    grz_distribution *f = NULL;
    grz_flow *flow = NULL;
    comparison c = {NULL, K, 0, 0};
    check(grz_grid_create(context, n, half_width, NULL, &c.grid));
    create_operator(c.grid, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, 0, &op, &c.rate);
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    check(grz_distribution_create_bkw(context, c.grid, K, &f));
    check(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    check(grz_flow_set_option(flow, GRZ_FLOW_OPTION_FLOOR, 0.01)); /* f falls to 1e-17 in the corners, where splines cannot follow */
    check(grz_flow_start(flow, 0, grz_distribution_view(f)));
    check(grz_flow_run(flow, log((1 - K) / (1 - K_end)) / c.rate, fmin(0.006, 3. / (n * n)) / c.rate, compare, &c));
    check(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_STEPS, steps));
    grz_flow_destroy(&flow);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_grid_destroy(&c.grid);
    return c.worst;
}

int main(int argc, char **argv)
{
    int32_t n = argc > 1 ? atoi(argv[1]) : 16, entropic = argc > 2 ? atoi(argv[2]) : 10;
    double steps, K_end = argc > 3 ? atof(argv[3]) : 0.8, error;
    setvbuf(stdout, NULL, _IOLBF, 0);
    check(grz_context_create(&context));
    printf("BKW, gamma = 0, K from 0.6 to %g: largest error relative to the maximum\n", K_end);
    error = run_spectral(GRZ_EQUATION_LANDAU, 0, n, K_end, &steps);
    printf("Landau     spectral  n = %2d            %.1e  %g steps\n", (int)n, error, steps);
    error = run_spectral(GRZ_EQUATION_BOLTZMANN, 3.141592653589793, n, K_end, &steps);
    printf("Boltzmann  spectral  n = %2d  eps = pi  %.1e  %g steps\n", (int)n, error, steps);
    error = run_spectral(GRZ_EQUATION_BOLTZMANN, 0.1, n, K_end, &steps);
    printf("Boltzmann  spectral  n = %2d  eps = 0.1 %.1e  %g steps\n", (int)n, error, steps);
    error = run_entropic(entropic, 4.2, 0.6, K_end, &steps);
    printf("Landau     entropic  n = %2d            %.1e  %g steps\n", (int)entropic, error, steps);
    grz_context_destroy(&context);
    return 0;
}

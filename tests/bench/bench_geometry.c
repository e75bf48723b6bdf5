/* What the geometry costs beside one Q of the entropic operator: K_f phi, with and without kept mobilities, a metric derivative with its
 * iterations, the divergence of a rate by callback. Processor time on one thread, medians. Usage: bench_geometry [n [runs]] */
#define _POSIX_C_SOURCE 200809L

#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static grz_context *context;

static void done(grz_status status, const char *what)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", what, grz_context_last_message(context));
    exit(1);
}

#define DONE(call) done((call), #call)

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static int plain_collision(int64_t count, const double *v, const double *v_star, const double *sigma, double *U, void *user)
{
    (void)user;
    for (int64_t k = 0; k < count; k++) {
        double z = sqrt((v[3 * k] - v_star[3 * k]) * (v[3 * k] - v_star[3 * k]) + 1);
        U[k] = z * sigma[3 * k] - (v[3 * k] - v_star[3 * k]);
    }
    return 0;
}

static int plain_grazing(int64_t count, const double *v, const double *v_star, double *U, void *user)
{
    (void)user;
    for (int64_t k = 0; k < 3 * count; k++) U[k] = v[k] * v[k] - v_star[k];
    return 0;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 24, runs = argc > 2 ? atoi(argv[2]) : 5;
    if (n < 8 || n > 64 || runs < 1 || runs > 32) {
        fputs("bench_geometry [n = 8..64 [runs = 1..32]]\n", stderr);
        return 2;
    }
    grz_grid *grid;
    grz_kernel *kernel;
    grz_distribution *density;
    if (grz_context_create(&context) != GRZ_OK) return 1;
    DONE(grz_context_set_threads(context, 1));
    DONE(grz_grid_create(context, n, 5, NULL, &grid));
    DONE(grz_kernel_create_power_law(context, -1, 1, 0, &kernel));
    DONE(grz_distribution_create_bkw(context, grid, 0.75, &density));
    const double *f = grz_distribution_view(density);
    int64_t count = grz_grid_node_count(grid);
    double *Q = malloc(3 * (size_t)count * sizeof *Q), *phi = Q + count, *out = phi + count, value;
    if (!Q) return 1;
    for (int64_t i = 0; i < count; i++) phi[i] = sin(0.1 * (double)i);
    printf("%s\nn = %d, accuracy level 1, quintic splines, medians of %d\n", grz_build_configuration(), n, runs);
    for (int equation = 0; equation < 2; equation++) {
        grz_operator *op, *keeping;
        grz_metric *metric;
        grz_rate *rate;
        double cost[3][32];
        int64_t bytes;
        DONE(grz_operator_create(context, grid, kernel, (grz_equation)equation, GRZ_METHOD_ENTROPIC, &op));
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
        DONE(grz_metric_create(context, op, &metric));
        DONE(grz_operator_create(context, grid, kernel, (grz_equation)equation, GRZ_METHOD_ENTROPIC, &keeping));
        DONE(grz_operator_set_option(keeping, GRZ_OPERATOR_OPTION_ACCURACY, 1));
        DONE(grz_operator_set_option(keeping, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 4000));
        for (int i = 0; i < 2; i++) DONE(grz_operator_onsager(keeping, f, phi, out)); /* sees f, keeps its mobilities */
        DONE(grz_operator_workspace(keeping, &bytes));
        DONE(grz_operator_apply(op, f, Q));
        for (int i = 0; i < runs; i++) { /* in turn, so that a busy machine slows all */
            double begin = now();
            DONE(grz_operator_apply(op, f, Q));
            double middle = now();
            DONE(grz_operator_onsager(op, f, phi, out));
            cost[0][i] = middle - begin;
            double end = now();
            cost[1][i] = end - middle;
            DONE(grz_operator_onsager(keeping, f, phi, out));
            cost[2][i] = now() - end;
        }
        for (int k = 0; k < 3; k++) qsort(cost[k], (size_t)runs, sizeof(double), ascending);
        double unit = cost[0][runs / 2], begin = now();
        printf("%s: Q %.4f s; K_f phi %.2f Q", equation == GRZ_EQUATION_LANDAU ? "Landau" : "Boltzmann", unit, cost[1][runs / 2] / unit);
        if (equation == GRZ_EQUATION_BOLTZMANN) /* Landau has none to keep */
            printf(", %.2f Q with the mobilities kept in %.0f MB", cost[2][runs / 2] / unit, (double)bytes / 1e6);
        putchar('\n');
        DONE(grz_metric_derivative(metric, f, Q, &value, out));
        printf("  metric derivative of Q: %d iterations, %.2f Q each, preconditioner and all\n", (int)grz_metric_iterations(metric),
               (now() - begin) / unit / grz_metric_iterations(metric));
        if (equation == GRZ_EQUATION_BOLTZMANN)
            DONE(grz_rate_create_collision(context, op, plain_collision, NULL, GRZ_RATE_FORM_RELATIVE, &rate));
        else
            DONE(grz_rate_create_grazing(context, op, plain_grazing, NULL, GRZ_RATE_FORM_RELATIVE, &rate));
        begin = now();
        DONE(grz_rate_divergence(rate, f, out));
        printf("  divergence of a rate by callback: %.1f Q\n", (now() - begin) / unit);
        grz_rate_destroy(&rate);
        grz_metric_destroy(&metric);
        grz_operator_destroy(&keeping);
        grz_operator_destroy(&op);
    }
    free(Q);
    grz_distribution_destroy(&density);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

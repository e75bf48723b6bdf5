/* The metric derivative of a density along the exact BKW solution's direction and along the computed flow: |f'|^2 = D on the flow (Remark
 * 4.7), and any test function, here v_x^4, bounds it from below (7.1). */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

int main(void)
{
    enum { N = 12, COUNT = N * N * N };
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    grz_functional *dissipation;
    grz_metric *metric;
    check(grz_context_create(&context));
    check(grz_grid_create(context, N, 4.8, NULL, &grid));
    check(grz_kernel_create_power_law(context, 0, 0.5, 0, &kernel));
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    check(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &dissipation));
    check(grz_metric_create(context, op, &metric));
    double *Q = malloc(sizeof *Q * COUNT), *phi = malloc(sizeof *phi * COUNT);
    if (!Q || !phi) return 1;
    printf("    K          D      |f'|^2/D - 1  iterations  bound by v_x^4 / D\n");
    for (double K = 0.7; K < 0.96; K += 0.1) {
        grz_distribution *density;
        double D, squared, bound, best, x[N];
        check(grz_distribution_create_bkw(context, grid, K, &density));
        const double *f = grz_distribution_view(density);
        check(grz_operator_apply(op, f, Q));
        check(grz_functional_evaluate(dissipation, f, &D));
        check(grz_metric_derivative(metric, f, Q, &squared, phi));
        check(grz_grid_axis_nodes(grid, 0, x));
        for (int i = 0; i < COUNT; i++) phi[i] = pow(x[i / N / N], 4);
        check(grz_operator_metric_bound(op, f, Q, phi, &bound, &best));
        printf("%6.2f %12.6g %14.1e %10d %16.4f\n", K, D, squared / D - 1, (int)grz_metric_iterations(metric), best / D);
        grz_distribution_destroy(&density);
    }
    free(Q);
    free(phi);
    grz_metric_destroy(&metric);
    grz_functional_destroy(&dissipation);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

/* Geodesic, straight line and gradient flow between two densities: d_L along each, and the entropy.
 *
 *     geodesic [n [half_width [folder]]]
 *
 * With a folder, writes geodesic.csv into it: time, and the entropy along the three curves. */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFINEMENTS = 1, STEPS = 2 << REFINEMENTS };

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static double entropy_of(grz_functional *entropy, const double *f)
{
    double H;
    check(grz_functional_evaluate(entropy, f, &H));
    return H;
}

/* int |f'| dt along the levels of a path, by the metric derivative in the middle of each step. */
static double length_of(grz_metric *metric, int64_t count, const double *path)
{
    double *middle = malloc(2 * (size_t)count * sizeof *middle), *change = middle + count, sum = 0;
    for (int k = 0; k < STEPS; k++) {
        const double *from = path + k * count, *to = from + count;
        double square;
        for (int64_t i = 0; i < count; i++) {
            middle[i] = 0.5 * (from[i] + to[i]);
            change[i] = to[i] - from[i];
        }
        check(grz_metric_derivative(metric, middle, change, &square, NULL));
        sum += sqrt(square);
    }
    free(middle);
    return sum;
}

static void write_csv(const char *folder, grz_functional *entropy, int64_t count, double *const paths[3])
{
    char name[1024];
    snprintf(name, sizeof name, "%s/geodesic.csv", folder);
    FILE *file = fopen(name, "w");
    if (!file) {
        perror(name);
        exit(1);
    }
    fprintf(file, "time,geodesic,line,flow\n");
    for (int k = 0; k <= STEPS; k++) {
        fprintf(file, "%g", (double)k / STEPS);
        for (int p = 0; p < 3; p++) fprintf(file, ",%.10g", entropy_of(entropy, paths[p] + k * count));
        fprintf(file, "\n");
    }
    fclose(file);
}

int main(int count_of_arguments, char **arguments)
{
    const int n = count_of_arguments > 1 ? atoi(arguments[1]) : 8;
    const double half_width = count_of_arguments > 2 ? atof(arguments[2]) : 4;
    const double axes[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    grz_distribution *start;
    grz_flow *flow;
    grz_functional *entropy;
    grz_metric *metric;
    grz_geodesic *geodesic;
    double *paths[3], d, residual, variation;

    check(grz_context_create(&context));
    check(grz_grid_create(context, n, half_width, NULL, &grid));
    check(grz_kernel_create_power_law(context, 0, 0.5, 0, &kernel));
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    check(grz_distribution_create_bimaxwellian(context, grid, 1, (double[3]){0, 0, 0}, (double[3]){1.3, 0.9, 0.9}, axes, &start));
    const int64_t count = grz_grid_node_count(grid);
    for (int p = 0; p < 3; p++) paths[p] = malloc((size_t)count * (STEPS + 1) * sizeof(double));

    /* the gradient flow goes from the first density to the second */
    check(grz_distribution_values(start, paths[2]));
    check(grz_flow_create(context, op, GRZ_TIME_SCHEME_PROXIMAL_2, &flow));
    check(grz_flow_start(flow, 0, paths[2]));
    for (int k = 1; k <= STEPS; k++) {
        check(grz_flow_step(flow, 0.12 / STEPS));
        check(grz_flow_values(flow, paths[2] + k * count));
    }

    /* the geodesic, and the straight line, connect the same two */
    check(grz_geodesic_create(context, op, paths[2], paths[2] + STEPS * count, 0, &geodesic));
    check(grz_geodesic_set_option(geodesic, GRZ_GEODESIC_OPTION_REFINEMENTS, REFINEMENTS));
    check(grz_geodesic_set_option(geodesic, GRZ_GEODESIC_OPTION_TOLERANCE, 1e-3));
    check(grz_geodesic_run(geodesic));
    for (int k = 0; k <= STEPS; k++) {
        check(grz_geodesic_level(geodesic, k, paths[0] + k * count, NULL));
        for (int64_t i = 0; i < count; i++) paths[1][k * count + i] = ((STEPS - k) * paths[2][i] + k * paths[2][STEPS * count + i]) / STEPS;
    }

    check(grz_metric_create(context, op, &metric));
    check(grz_functional_create_entropy(context, grid, &entropy));
    check(grz_geodesic_number_value(geodesic, GRZ_GEODESIC_NUMBER_DISTANCE, &d));
    check(grz_geodesic_number_value(geodesic, GRZ_GEODESIC_NUMBER_RESIDUAL, &residual));
    check(grz_geodesic_number_value(geodesic, GRZ_GEODESIC_NUMBER_SPEED_VARIATION, &variation));
    printf("distance      %.6f (residual below 1e-3: %s, speed varies by less than 1%%: %s)\n", d, residual < 1e-3 ? "yes" : "no",
           variation < 0.01 ? "yes" : "no");
    printf("straight line %.6f\n", length_of(metric, count, paths[1]));
    printf("gradient flow %.6f\n", length_of(metric, count, paths[2]));
    if (count_of_arguments > 3) write_csv(arguments[3], entropy, count, paths);

    for (int p = 0; p < 3; p++) free(paths[p]);
    grz_geodesic_destroy(&geodesic);
    grz_metric_destroy(&metric);
    grz_functional_destroy(&entropy);
    grz_flow_destroy(&flow);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

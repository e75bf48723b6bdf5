/* One application of a collision operator to a density of one's own.
 *
 * The density is given by a callback: a Maxwellian with a bump in its tail. The program applies the Coulomb kernel's Boltzmann operator at
 * eps = 0.5 to it and prints the moments of f and of Q(f, f) (the collision invariants' vanish), the rate at which the entropy falls, by
 * the dissipation and by Q itself, and an estimate of the quadrature error. "operator_apply --method spectral" changes one constant of it.
 *
 * Build: cc operator_apply.c $(pkg-config --cflags --libs grazing) -lm */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(grz_status status, const grz_context *context)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

/* The density at count velocities; it must be positive, because the entropic method works with log f, as does any dissipation. */
static int bump_on_tail(int64_t count, const double *velocity, double *f, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) {
        const double *v = velocity + 3 * i;
        double perpendicular = v[1] * v[1] + v[2] * v[2];
        f[i] = exp(-(v[0] * v[0] + perpendicular) / 2) + 0.3 * exp(-(v[0] - 2.5) * (v[0] - 2.5) - perpendicular / 2);
    }
    return 0;
}

int main(int argc, char **argv)
{
    int spectral = argc == 3 && strcmp(argv[1], "--method") == 0 && strcmp(argv[2], "spectral") == 0;
    if (argc != 1 && !spectral && !(argc == 3 && strcmp(argv[1], "--method") == 0 && strcmp(argv[2], "entropic") == 0)) {
        fprintf(stderr, "usage: operator_apply [--method entropic|spectral]\n");
        return 2;
    }
    grz_context *context = NULL;
    grz_grid *grid = NULL;
    grz_kernel *unscaled = NULL, *kernel = NULL;
    grz_distribution *f = NULL;
    grz_operator *op = NULL;
    grz_functional *dissipation = NULL;
    check(grz_context_create(&context), context);
    const double centre[3] = {0.5, 0, 0}, L = 6.5;
    check(grz_grid_create(context, 24, L, centre, &grid), context);
    check(grz_distribution_create_callback(context, grid, bump_on_tail, NULL, &f), context);
    check(grz_kernel_create_power_law(context, -3, 1.5, 0, &unscaled), context);
    check(grz_kernel_create_scaled(context, unscaled, 0.5, &kernel), context);
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, spectral ? GRZ_METHOD_SPECTRAL : GRZ_METHOD_ENTROPIC, &op),
          context);
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, spectral ? 2 : 1), context);
    if (!spectral) check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 5), context);

    int64_t count = grz_grid_node_count(grid), nodes, bytes;
    int32_t n = grz_grid_nodes_per_axis(grid);
    double *Q = malloc((size_t)count * sizeof *Q), *axis = malloc(3 * (size_t)n * sizeof *axis);
    if (!Q || !axis) return 1;
    for (int a = 0; a < 3; a++) check(grz_grid_axis_nodes(grid, a, axis + a * n), context);
    const double *values = grz_distribution_view(f);
    check(grz_operator_apply(op, values, Q), context);
    check(grz_operator_node_count(op, &nodes), context);
    check(grz_operator_workspace(op, &bytes), context);
    printf("Q(f, f) on %d^3 nodes: %.3g collisions, %.1f MB of workspace\n\n", (int)n, (double)nodes, 1e-6 * (double)bytes);

    static const char *const names[] = {"1", "v_x", "v_y", "v_z", "|v|^2", "v_x^2", "v_y^2", "|v|^2 v_x", "log f"};
    enum { MOMENTS = sizeof names / sizeof names[0] };
    double of_f[MOMENTS] = {0}, of_Q[MOMENTS] = {0}, volume = pow(grz_grid_spacing(grid), 3), D, Q_error, D_error;
    for (int64_t i = 0; i < count; i++) {
        double x = axis[i / n / n], y = axis[n + i / n % n], z = axis[2 * n + i % n], square = x * x + y * y + z * z;
        const double phi[MOMENTS] = {1, x, y, z, square, x * x, y * y, square * x, log(values[i])};
        for (int k = 0; k < MOMENTS; k++) {
            of_f[k] += volume * phi[k] * values[i];
            of_Q[k] += volume * phi[k] * Q[i];
        }
    }
    printf("phi          int f phi     int Q phi\n");
    for (int k = 0; k < MOMENTS; k++) printf("%-10s %11.6f  %12.4e\n", names[k], of_f[k], of_Q[k]);

    check(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &dissipation), context);
    check(grz_functional_evaluate(dissipation, values, &D), context);
    printf("\ndissipation D = %.12f, which is -int Q log f but for %.1e of it\n", D, fabs(of_Q[MOMENTS - 1] / D + 1));
    check(grz_operator_estimate_error(op, values, &Q_error, &D_error), context);
    printf("quadrature error, against the next accuracy level: Q %.1e of its maximum, D %.1e\n", Q_error, D_error);

    free(axis);
    free(Q);
    grz_functional_destroy(&dissipation);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

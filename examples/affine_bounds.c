/* Affine representations (6.2): every test function psi(v, v*) bounds the dissipations from below, D_B >= D_B^R and D_L. Here psi =
 * sqrt(gg*) with g closer and closer to f: the Maxwellian of f's moments (which sees nothing), steps from it to f, and f itself, which
 * attains D_B^R and D_L. For fixed psi the Boltzmann bound tends to Landau's at O(eps^2), which is (6.14) and (6.15). Output
 * affine-bounds.csv: gnuplot affine_bounds.gp draws it. */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 8, COUNT = N * N * N, STEPS = 8 };
static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static double dissipation_of(grz_operator *op, const double *f, grz_functional_type type)
{
    grz_functional *functional;
    double value;
    check(grz_functional_create_dissipation(context, op, type, &functional));
    check(grz_functional_evaluate(functional, f, &value));
    grz_functional_destroy(&functional);
    return value;
}

int main(void)
{
    const double weights[] = {0.5, 0.5}, means[] = {0.8, 0, 0, -0.8, 0.2, 0}, half[] = {0.6, 0, 0, 0, 0.6, 0, 0, 0, 0.6};
    double covariances[18], g[COUNT], middle[16];
    int row = 0;
    grz_grid *grid;
    grz_kernel *unscaled;
    grz_distribution *density, *equilibrium;
    for (int i = 0; i < 18; i++) covariances[i] = half[i % 9];
    check(grz_context_create(&context));
    check(grz_grid_create(context, N, 4, NULL, &grid));
    check(grz_kernel_create_power_law(context, -2, 1, 0, &unscaled));
    check(grz_distribution_create_mixture(context, grid, 2, weights, means, covariances, &density));
    check(grz_distribution_create_equilibrium(context, density, &equilibrium));
    const double *f = grz_distribution_view(density), *M = grz_distribution_view(equilibrium);
    FILE *file = fopen("affine-bounds.csv", "w");
    if (!file) return perror("affine-bounds.csv"), 1;
    fprintf(file, "eps,share,bound,best,gap,reduced,dissipation\n");
    printf("     eps       D_B     D_B^R   bound by sqrt(gg*)/D_B^R, log g = (1-s) log M + s log f, s = 0, 1/4, 1/2, 3/4, 1   order\n");
    for (double eps = 1.6; eps >= 0; eps = eps > 0.06 ? eps / 2 : eps > 0 ? 0 : -1) { /* 0: Landau */
        grz_kernel *kernel;
        grz_operator *op;
        check(grz_kernel_create_scaled(context, unscaled, eps, &kernel));
        check(grz_operator_create(context, grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 3));
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
        double D = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION),
               reduced = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT);
        printf("%8.3g %9.6f %9.6f  ", eps, D, reduced);
        for (int step = 0; step <= STEPS; step++) {
            double s = (double)step / STEPS, bound, best, gap;
            grz_interpolant *test;
            for (int i = 0; i < COUNT; i++) g[i] = exp((1 - s) * log(M[i]) + s * log(f[i]));
            check(grz_interpolant_create(context, op, g, &test));
            check(grz_operator_affine_bound(op, f, grz_optimal_pair, test, &bound, &best, &gap));
            grz_interpolant_destroy(&test);
            fprintf(file, "%g,%g,%.12g,%.12g,%.12g,%.12g,%.12g\n", eps, s, bound, best, gap, reduced, D);
            if (step % 2 == 0) printf(" %9.6f", fabs(bound) < 1e-12 ? 0 : bound / reduced);
            if (2 * step == STEPS) middle[row] = bound;
        }
        if (row >= 2 && eps > 0) printf(" %8.3f", log2((middle[row - 2] - middle[row - 1]) / (middle[row - 1] - middle[row])));
        printf(eps > 0 ? "\n" : "  Landau\n");
        row++;
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    fclose(file);
    grz_distribution_destroy(&equilibrium);
    grz_distribution_destroy(&density);
    grz_kernel_destroy(&unscaled);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

/* Collision kernels of one's own, by callback.
 *
 * The first is factorised, |z|^-2 beta(theta), with a screened singularity: beta = theta / (theta^2 + delta^2)^{3/2}, smooth at 0. The
 * second is a general one, B sin(theta) = beta(|z|, theta) (Remark 2.5), whose strength falls from twice to once its limit as the speed
 * grows. The program prints their spectra and what their Boltzmann and Landau operators do to an anisotropic Maxwellian.
 *
 * Build: cc user_kernel.c $(pkg-config --cflags --libs grazing) -lm */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LMAX = 8 };

static void check(grz_status status, const grz_context *context)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

/* beta at count angles; user is the screening angle delta. */
static int screened(int64_t count, const double *theta, double *beta, void *user)
{
    double delta = *(const double *)user;
    for (int64_t i = 0; i < count; i++) beta[i] = theta[i] / pow(theta[i] * theta[i] + delta * delta, 1.5);
    return 0;
}

/* B(z, theta) sin(theta) at one relative speed z, singular like theta^{-3/2}. */
static int blended(double z, int64_t count, const double *theta, double *beta, void *user)
{
    (void)user;
    double speed_factor = 1 + 1 / (1 + z * z);
    for (int64_t i = 0; i < count; i++) beta[i] = speed_factor * pow(theta[i], -1.5) * (1 + 0.2 * cos(theta[i]));
    return 0;
}

static void print_kernel(const grz_context *context, const char *name, const grz_kernel *kernel)
{
    double lambda[LMAX + 1], constant;
    printf("%s, class %d\n  |z|     C_beta    lambda_1    lambda_2    lambda_4    lambda_8\n", name, (int)grz_kernel_class_of(kernel));
    for (double z = 0.25; z <= 4; z *= 4) {
        check(grz_kernel_landau_constant(kernel, z, &constant), context);
        check(grz_kernel_spectrum(kernel, z, LMAX, lambda), context);
        printf("  %-5g %8.4f  %10.5f  %10.5f  %10.5f  %10.5f\n", z, constant, lambda[1], lambda[2], lambda[4], lambda[8]);
    }
}

/* d/dt int v_x^2 f = <Q, v_x^2>, by the weak form. */
static void print_relaxation(grz_context *context, const grz_grid *grid, const grz_kernel *kernel, const double *f, const double *square)
{
    for (grz_equation equation = GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++) {
        grz_operator *op = NULL;
        double rate;
        check(grz_operator_create(context, grid, kernel, equation, GRZ_METHOD_ENTROPIC, &op), context);
        check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1), context);
        check(grz_operator_weak_form(op, f, square, &rate), context);
        printf("  %s: d/dt int v_x^2 f = %.6f\n", equation == GRZ_EQUATION_BOLTZMANN ? "Boltzmann" : "Landau   ", rate);
        grz_operator_destroy(&op);
    }
    printf("\n");
}

int main(void)
{
    grz_context *context = NULL;
    grz_grid *grid = NULL;
    grz_distribution *f = NULL;
    grz_kernel *law = NULL, *normalised = NULL, *general = NULL;
    double delta = 0.1, transfer, pi = 3.14159265358979323846;
    const double T[3] = {1.5, 0.75, 0.75};
    check(grz_context_create(&context), context);
    check(grz_grid_create(context, 20, 6, NULL, &grid), context);
    check(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, NULL, &f), context);
    int32_t n = grz_grid_nodes_per_axis(grid);
    double *axis = malloc((size_t)n * sizeof *axis), *square = malloc((size_t)grz_grid_node_count(grid) * sizeof *square);
    if (!axis || !square) return 1;
    check(grz_grid_axis_nodes(grid, 0, axis), context);
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) square[i] = axis[i / n / n] * axis[i / n / n];

    /* A callback's values are used as they come: normalise by (2.2) with the angular momentum transfer. beta = O(theta): nu = -1 at
     * least. */
    check(grz_kernel_create_callback(context, -2, -1, screened, &delta, &law), context);
    check(grz_kernel_angular_momentum_transfer(law, 1, &transfer), context);
    check(grz_kernel_create_multiplied(context, law, 8 / (pi * transfer), &normalised), context);
    print_kernel(context, "Screened law, |z|^-2, without the factor |z|^-2", normalised);
    print_relaxation(context, grid, normalised, grz_distribution_view(f), square);
    check(grz_kernel_create_general(context, 0, 0.5, blended, NULL, &general), context);
    print_kernel(context, "General law, with its whole dependence on |z|", general);
    print_relaxation(context, grid, general, grz_distribution_view(f), square);

    free(square);
    free(axis);
    grz_kernel_destroy(&general);
    grz_kernel_destroy(&normalised);
    grz_kernel_destroy(&law);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

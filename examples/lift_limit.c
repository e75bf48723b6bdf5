/* The lift of section 5.1: the gradient-flow rate M = -Lambda B dbar log f of the Boltzmann equation, lifted to a rate L of the Landau
 * equation, tends at O(eps^2) to Landau's own, -ff* grad_tilde log f, in action, in the time derivative it produces, and pointwise. f is a
 * bi-Maxwellian, whose logarithm the operators' splines reproduce, so eps is all that separates the two. Output lift-limit.csv: gnuplot
 * lift_limit.gp draws it. */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 10, COUNT = N * N * N };
static const double T[3] = {0.6, 1, 1.3}, Q = 1, DELTA = 0.25, GAMMA = -1;
static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static double product(const double *v, const double *v_star) /* ff* */
{
    const double norm = pow(2 * 3.14159265358979323846, -3) / (T[0] * T[1] * T[2]);
    double exponent = 0;
    for (int a = 0; a < 3; a++) exponent += (v[a] * v[a] + v_star[a] * v_star[a]) / (2 * T[a]);
    return norm * exp(-exponent);
}

/* M/B = -Lambda dbar log f = ff* - f'f*', times the weight of Proposition 5.5. */
static int weighted_rate(int64_t count, const double *v, const double *v_star, const double *sigma, double *m, void *user)
{
    double after[192], after_star[192], weight[64];
    (void)user;
    check(grz_post_collision(context, count, v, v_star, sigma, after, after_star));
    check(grz_lift_weight(context, Q, DELTA, count, v, v_star, weight));
    for (int64_t i = 0; i < count; i++)
        m[i] = weight[i] * (product(v + 3 * i, v_star + 3 * i) - product(after + 3 * i, after_star + 3 * i));
    return 0;
}

static int lifted(int64_t count, const double *v, const double *v_star, double *M, void *kernel)
{
    return grz_kernel_lift(kernel, weighted_rate, NULL, Q, DELTA, 3, 6, count, v, v_star, M) != GRZ_OK;
}

int main(void)
{
    grz_grid *grid;
    grz_kernel *unscaled;
    grz_operator *landau;
    grz_rate *own;
    grz_distribution *density;
    double f[COUNT], psi[COUNT], x[N], action, pairing, limit[3] = {0}, errors[3], last[3] = {0};
    const double v[3] = {0.7, -0.2, 0.4}, v_star[3] = {-0.5, 0.6, 0.1};
    check(grz_context_create(&context));
    check(grz_grid_create(context, N, 4.5, NULL, &grid));
    check(grz_kernel_create_power_law(context, GAMMA, 0.5, 0, &unscaled));
    check(grz_operator_create(context, grid, unscaled, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &landau));
    check(grz_operator_set_option(landau, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    check(grz_operator_set_option(landau, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    check(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, NULL, &density));
    check(grz_distribution_values(density, f));
    check(grz_grid_axis_nodes(grid, 0, x));
    for (int i = 0; i < COUNT; i++) psi[i] = x[i / N / N] * x[i / N / N]; /* v_x^2: d/dt of the temperature along x */
    check(grz_rate_create_gradient_flow(context, landau, &own));
    check(grz_rate_action(own, f, &limit[0]));
    check(grz_rate_pairing(own, f, psi, &limit[1]));
    grz_rate_destroy(&own);
    /* -ff* grad_tilde log f at one pair: grad log f = -v/T */
    double z[3], slope[3], length = 0, along = 0, exact[3], rate[3];
    for (int a = 0; a < 3; a++) z[a] = v[a] - v_star[a], length += z[a] * z[a];
    for (int a = 0; a < 3; a++) slope[a] = z[a] / T[a], along += z[a] * slope[a] / length;
    for (int a = 0; a < 3; a++) exact[a] = product(v, v_star) * pow(length, 0.5 + GAMMA / 4) * (slope[a] - along * z[a]);
    for (int a = 0; a < 3; a++) limit[2] += exact[a] * exact[a];
    FILE *file = fopen("lift-limit.csv", "w");
    if (!file) return perror("lift-limit.csv"), 1;
    fprintf(file, "eps,action,pairing,pointwise\n");
    printf("Landau: D_L = A_L = %.10g, d/dt int v_x^2 f = %.10g\n     eps   A_L(lifted M)    error (order)      d/dt error (order)      "
           "pointwise (order)\n",
           limit[0], limit[1]);
    for (double eps = 1.6; eps > 0.02; eps /= 2) {
        grz_kernel *kernel;
        grz_rate *lift;
        check(grz_kernel_create_scaled(context, unscaled, eps, &kernel));
        check(grz_rate_create_grazing(context, landau, lifted, kernel, GRZ_RATE_FORM_DENSITY, &lift));
        check(grz_rate_action(lift, f, &action));
        check(grz_rate_pairing(lift, f, psi, &pairing));
        check(grz_kernel_lift(kernel, weighted_rate, NULL, Q, DELTA, 3, 6, 1, v, v_star, rate));
        errors[0] = fabs(action / limit[0] - 1);
        errors[1] = fabs(pairing / limit[1] - 1);
        errors[2] = sqrt((pow(rate[0] - exact[0], 2) + pow(rate[1] - exact[1], 2) + pow(rate[2] - exact[2], 2)) / limit[2]);
        printf("%8.4f %15.10f", eps, action);
        for (int k = 0; k < 3; k++) printf("   %10.3e (%5.3f)", errors[k], last[k] > 0 ? log2(last[k] / errors[k]) : 0.0);
        printf("\n");
        fprintf(file, "%g,%.12g,%.12g,%.12g\n", eps, errors[0], errors[1], errors[2]);
        for (int k = 0; k < 3; k++) last[k] = errors[k];
        grz_rate_destroy(&lift);
        grz_kernel_destroy(&kernel);
    }
    fclose(file);
    grz_distribution_destroy(&density);
    grz_operator_destroy(&landau);
    grz_kernel_destroy(&unscaled);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

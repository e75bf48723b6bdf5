/* Families that depend on |v - u| alone: BKW's and Rosenbluth's shell. */
#include "distribution/distribution.h"

#include <math.h>
#include <string.h>

/* f = coefficient (p + q s) exp(-rate (sqrt(s) - radius)^2), s = |v - u|^2 */
typedef struct radial_profile {
    double u[3], coefficient, p, q, rate, radius;
} radial_profile;

static grz_status create_radial(grz_context *context, const grz_grid *grid, const radial_profile *g, grz_distribution **out)
{
    grz_distribution *made;
    GRZI_TRY(grzi_distribution_new(context, grid, &made));
    int n = grid->n;
    double *row = made->values;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++, row += n) {
            double x = grzi_grid_node(grid, 0, i) - g->u[0], y = grzi_grid_node(grid, 1, j) - g->u[1];
            for (int k = 0; k < n; k++) {
                double z = grzi_grid_node(grid, 2, k) - g->u[2], s = x * x + y * y + z * z;
                double d = g->radius > 0 ? sqrt(s) - g->radius : 0;
                row[k] = g->coefficient * (g->p + g->q * s) * exp(-(g->radius > 0 ? g->rate * d * d : g->rate * s));
            }
        }
    *out = made;
    return GRZ_OK;
}

grz_status grz_distribution_create_bkw(grz_context *context, const grz_grid *grid, double K, grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_bkw";
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(grzi_check_range(context, function, "K", K, 0.6, 1));
    radial_profile g = {.coefficient = pow(2 * GRZI_PI * K, -1.5), .rate = 1 / (2 * K)};
    g.p = fmax(5 * K - 3, 0) / (2 * K);
    g.q = (1 - K) / (2 * K * K);
    return create_radial(context, grid, &g, out);
}

/* int_{R^3} exp(-S (|v|-c)^2/c^2) dv = 4 pi c^3 [sqrt(pi/S)/2 (1 + erf sqrt S)(1 + 1/(2S)) + exp(-S)/(2S)] */
static double shell_integral(double S, double c)
{
    return 4 * GRZI_PI * c * c * c * (0.5 * sqrt(GRZI_PI / S) * (1 + erf(sqrt(S))) * (1 + 0.5 / S) + 0.5 * exp(-S) / S);
}

grz_status grz_distribution_create_shell(grz_context *context, const grz_grid *grid, double rho, const double *u, double S, double c,
                                         grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_shell";
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(grzi_check_range(context, function, "rho", rho, 1 / GRZI_LARGEST_PARAMETER, GRZI_LARGEST_PARAMETER));
    for (int i = 0; u && i < 3; i++)
        GRZI_TRY(grzi_check_range(context, function, (const char *[]){"u[0]", "u[1]", "u[2]"}[i], u[i], -GRZI_LARGEST_PARAMETER,
                                  GRZI_LARGEST_PARAMETER));
    GRZI_TRY(grzi_check_range(context, function, "S", S, 1e-50, 1e50));
    GRZI_TRY(grzi_check_range(context, function, "c", c, 1e-50, 1e50));
    radial_profile g = {.coefficient = rho / shell_integral(S, c), .p = 1, .rate = S / c / c, .radius = c};
    if (u) memcpy(g.u, u, sizeof g.u);
    return create_radial(context, grid, &g, out);
}

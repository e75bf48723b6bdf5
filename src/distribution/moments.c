/* Mass, mean velocity, temperature, pressure tensor and heat flux of values on a grid. */
#include "distribution/distribution.h"
#include "distribution/sum.h"

#include <math.h>
#include <string.h>

/* Rows along z: four compensated sums over a row give its share of all thirteen moments. */
void grzi_moment_sums_about(const grz_grid *grid, const double *f, const double point[3], grzi_moment_sums *sums)
{
    enum { MASS, X, Y, Z, XX, XY, XZ, YY, YZ, ZZ, QX, QY, QZ, COUNT };
    grzi_sum total[COUNT] = {{0, 0}};
    int n = grid->n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++, f += n) {
            grzi_sum power[4] = {{0, 0}};
            for (int k = 0; k < n; k++) {
                double z = grzi_grid_node(grid, 2, k) - point[2], p1 = f[k] * z, p2 = p1 * z;
                grzi_sum_add(&power[0], f[k]);
                grzi_sum_add(&power[1], p1);
                grzi_sum_add(&power[2], p2);
                grzi_sum_add(&power[3], p2 * z);
            }
            double x = grzi_grid_node(grid, 0, i) - point[0], y = grzi_grid_node(grid, 1, j) - point[1], r = x * x + y * y;
            double S0 = grzi_sum_total(&power[0]), S1 = grzi_sum_total(&power[1]), S2 = grzi_sum_total(&power[2]);
            double share[COUNT] = {S0,
                                   x * S0,
                                   y * S0,
                                   S1,
                                   x * x * S0,
                                   x * y * S0,
                                   x * S1,
                                   y * y * S0,
                                   y * S1,
                                   S2,
                                   x * (r * S0 + S2),
                                   y * (r * S0 + S2),
                                   r * S1 + grzi_sum_total(&power[3])};
            for (int m = 0; m < COUNT; m++) grzi_sum_add(&total[m], share[m]);
        }
    double value[COUNT];
    for (int m = 0; m < COUNT; m++) value[m] = grzi_sum_total(&total[m]);
    *sums =
        (grzi_moment_sums){.mass = value[MASS],
                           .first = {value[X], value[Y], value[Z]},
                           .second = {value[XX], value[XY], value[XZ], value[XY], value[YY], value[YZ], value[XZ], value[YZ], value[ZZ]},
                           .third = {value[QX], value[QY], value[QZ]}};
}

void grzi_recentre_moment_sums(const grz_grid *grid, const double *f, double u[3], grzi_moment_sums *sums)
{
    for (int a = 0; a < 3; a++) u[a] = grid->centre[a] + sums->first[a] / sums->mass;
    grzi_moment_sums_about(grid, f, u, sums);
    double shift[3], trace = sums->second[0] + sums->second[4] + sums->second[8];
    for (int a = 0; a < 3; a++) shift[a] = sums->first[a] / sums->mass;
    for (int a = 0; a < 3; a++) {
        sums->third[a] -= shift[a] * trace;
        for (int b = 0; b < 3; b++) sums->third[a] -= 2 * sums->second[3 * a + b] * shift[b];
    }
}

grz_status grzi_moments(const grz_grid *grid, const char *function, const double *f, double *rho, double *u, double *T, double *P,
                        double *q)
{
    double cell = grzi_grid_cell(grid), mean[3];
    grzi_moment_sums sums;
    grzi_moment_sums_about(grid, f, grid->centre, &sums);
    int central = u || T || P || q;
    if (central && sums.mass <= 0)
        return grzi_fail(grid->context, GRZ_ERROR_NOT_POSITIVE,
                         "%s: rho = %g: mean velocity, temperature, stress and heat flux have no meaning", function, cell * sums.mass);
    if (central) grzi_recentre_moment_sums(grid, f, mean, &sums);
    double trace = sums.second[0] + sums.second[4] + sums.second[8];
    double check = cell * sums.mass;
    if (central) check += cell * (fabs(trace) + fabs(sums.third[0]) + fabs(sums.third[1]) + fabs(sums.third[2]));
    if (!isfinite(check))
        return grzi_fail(grid->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: a moment overflows: the values are too large", function);
    if (rho) *rho = cell * sums.mass;
    if (u) memcpy(u, mean, sizeof mean);
    if (T) *T = trace / (3 * sums.mass);
    for (int e = 0; P && e < 9; e++) P[e] = cell * sums.second[e];
    for (int a = 0; q && a < 3; a++) q[a] = 0.5 * cell * sums.third[a];
    return GRZ_OK;
}

grz_status grz_distribution_moments(const grz_distribution *distribution, double *rho, double *u, double *T, double *P, double *q)
{
    if (!distribution) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_moments(distribution->grid, "grz_distribution_moments", distribution->values, rho, u, T, P, q);
}

/* Densities on a grid, and their moments. */
#ifndef GRZI_DISTRIBUTION_H
#define GRZI_DISTRIBUTION_H

#include "distribution/grid.h"

struct grz_distribution {
    grz_context *context;
    grz_grid *grid;
    double *values; /* n^3, finite and >= 0 */
};

/* Parameters of the families lie between 1/LARGEST and LARGEST in absolute value: no intermediate result can then overflow. */
#define GRZI_LARGEST_PARAMETER 1e100

/* What every constructor checks first: pointers, and that the grid is of the context. */
grz_status grzi_distribution_check(const grz_context *context, const char *function, const grz_grid *grid, const void *out);

/* A distribution with all values 0. */
grz_status grzi_distribution_new(grz_context *context, const grz_grid *grid, grz_distribution **made);

/* Sums over the nodes, without the weight h^3: 1, w, w w^T and |w|^2 w times f, w = v - point. NaN where a sum overflows. */
typedef struct grzi_moment_sums {
    double mass, first[3], second[9], third[3];
} grzi_moment_sums;

void grzi_moment_sums_about(const grz_grid *grid, const double *f, const double point[3], grzi_moment_sums *sums);

/* The values of grz_distribution_create_equilibrium, of n^3 finite values of any sign. */
grz_status grzi_equilibrium(const char *function, const grz_grid *grid, const double *values, double *equilibrium);

/* From the sums about the grid's centre to those about the mean velocity, which is returned in u; the first moment is then what rounding of
 * u leaves, and the third is freed of it to first order. Needs mass > 0. */
void grzi_recentre_moment_sums(const grz_grid *grid, const double *f, double u[3], grzi_moment_sums *sums);

/* grz_distribution_moments of n^3 values, which need not be a distribution's; function is the caller that messages name. */
grz_status grzi_moments(const grz_grid *grid, const char *function, const double *f, double *rho, double *u, double *T, double *P,
                        double *q);

#endif

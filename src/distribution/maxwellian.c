#include "distribution/maxwellian.h"

#include <math.h>

void grzi_maxwellian_of(const grz_grid *grid, const double *f, grzi_maxwellian *maxwellian)
{
    grzi_moment_sums sums;
    grzi_moment_sums_about(grid, f, grid->centre, &sums);
    grzi_recentre_moment_sums(grid, f, maxwellian->u, &sums);
    maxwellian->rho = grzi_grid_cell(grid) * sums.mass;
    maxwellian->T = (sums.second[0] + sums.second[4] + sums.second[8]) / (3 * sums.mass);
}

double grzi_maxwellian_peak(const grzi_maxwellian *maxwellian)
{
    return maxwellian->rho * pow(2 * GRZI_PI * maxwellian->T, -1.5);
}

double grzi_maxwellian_square(const grz_grid *grid, const grzi_maxwellian *maxwellian, int64_t node)
{
    int n = grid->n, index[3] = {(int)(node / ((int64_t)n * n)), (int)(node / n % n), (int)(node % n)};
    double square = 0;
    for (int a = 0; a < 3; a++) {
        double x = grzi_grid_node(grid, a, index[a]) - maxwellian->u[a];
        square += x * x;
    }
    return square;
}

void grzi_maxwellian_log(const grz_grid *grid, const grzi_maxwellian *maxwellian, double *values)
{
    double constant = log(maxwellian->rho) - 1.5 * log(2 * GRZI_PI * maxwellian->T);
    int64_t count = grzi_grid_count(grid);
    for (int64_t i = 0; i < count; i++) values[i] = constant - grzi_maxwellian_square(grid, maxwellian, i) / (2 * maxwellian->T);
}

void grzi_maxwellian_axes(const grz_grid *grid, const grzi_maxwellian *maxwellian, double *axes)
{
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < grid->n; i++) {
            double d = grzi_grid_node(grid, axis, i) - maxwellian->u[axis];
            axes[axis * grid->n + i] = exp(-d * d / (2 * maxwellian->T)) / sqrt(2 * GRZI_PI * maxwellian->T);
        }
}

void grzi_maxwellian_fill(const grz_grid *grid, const grzi_maxwellian *maxwellian, double *work, double *values)
{
    int n = grid->n;
    grzi_maxwellian_axes(grid, maxwellian, work);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double factor = maxwellian->rho * work[i] * work[n + j];
            double *row = values + ((int64_t)i * n + j) * n;
            for (int k = 0; k < n; k++) row[k] = factor * work[2 * n + k];
        }
}

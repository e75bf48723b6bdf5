#include "operator/spectral/unlike.h"

#include "distribution/maxwellian.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { INVARIANTS = 6 };

/* 1 of a, 1 of b, m x, m |x|^2 with x in units of a third of the half width and the masses' unit their sum. */
static void invariants_at(const grz_grid *grid, int species, const double mass[2], int64_t node, double psi[INVARIANTS])
{
    const int n = grid->n, index[3] = {(int)(node / ((int64_t)n * n)), (int)(node / n % n), (int)(node % n)};
    const double m = mass[species] / (mass[0] + mass[1]);
    double square = 0;
    psi[0] = species == 0;
    psi[1] = species == 1;
    for (int a = 0; a < 3; a++) {
        const double x = 3 * (grzi_grid_node(grid, a, index[a]) - grid->centre[a]) / grid->half_width;
        psi[2 + a] = m * x;
        square += x * x;
    }
    psi[5] = m * square;
}

/* W as of one species, projection.h. */
static double weight_at(const double psi[INVARIANTS], int species, const double mass[2])
{
    return exp(-0.5 * psi[5] * (mass[0] + mass[1]) / mass[species]);
}

static void defects(const grz_grid *grid, const double mass[2], const double *Q, double moments[INVARIANTS])
{
    const int64_t count = grzi_grid_count(grid);
    double psi[INVARIANTS];
    memset(moments, 0, INVARIANTS * sizeof *moments);
    for (int s = 0; s < 2; s++)
        for (int64_t i = 0; i < count; i++) {
            invariants_at(grid, s, mass, i, psi);
            for (int k = 0; k < INVARIANTS; k++) moments[k] += Q[s * count + i] * psi[k];
        }
}

static void gram(const grz_grid *grid, const double mass[2], double matrix[INVARIANTS * INVARIANTS])
{
    const int64_t count = grzi_grid_count(grid);
    double psi[INVARIANTS];
    memset(matrix, 0, INVARIANTS * INVARIANTS * sizeof *matrix);
    for (int s = 0; s < 2; s++)
        for (int64_t i = 0; i < count; i++) {
            invariants_at(grid, s, mass, i, psi);
            const double w = weight_at(psi, s, mass);
            for (int k = 0; k < INVARIANTS; k++)
                for (int l = 0; l < INVARIANTS; l++) matrix[k * INVARIANTS + l] += w * psi[k] * psi[l];
        }
}

grz_status grzi_unlike_project(const grz_context *context, const grz_grid *grid, const double mass[2], double *Q)
{
    const int64_t count = grzi_grid_count(grid);
    double matrix[INVARIANTS * INVARIANTS], c[INVARIANTS], psi[INVARIANTS];
    gram(grid, mass, matrix);
    const int info = grzi_cholesky(INVARIANTS, matrix);
    if (info != 0)
        return grzi_fail(context, GRZ_ERROR_INTERNAL, "conservation projection: the moments' matrix is singular (row %d)", info - 1);
    for (int pass = 0; pass < 2; pass++) { /* the second removes what rounding left of the first */
        defects(grid, mass, Q, c);
        grzi_cholesky_solve(INVARIANTS, matrix, c);
        for (int s = 0; s < 2; s++)
            for (int64_t i = 0; i < count; i++) {
                double change = 0;
                invariants_at(grid, s, mass, i, psi);
                for (int k = 0; k < INVARIANTS; k++) change += c[k] * psi[k];
                Q[s * count + i] -= weight_at(psi, s, mass) * change;
            }
    }
    return GRZ_OK;
}

/* A floor for the tails of explicit entropic flows. Where f falls by orders of magnitude from node to node, a spline's stencil lets the
 * flow of a large node take from a small one more than it holds, and a node of 1e-15 of the maximum ends a run. So a node may fall, but not
 * below floor times the Maxwellian of the flow's moments, nor further once it lies below. What that adds to the five moments is taken
 * from all nodes, f being multiplied by 1 - q with q a combination of the invariants of the size of what was added. */
#include "flow/floor.h"
#include "distribution/distribution.h"
#include "distribution/grid.h"
#include "flow/newton.h"

#include <math.h>

grz_status grzi_floor_prepare(const grz_flow *flow, grzi_floor *floor)
{
    double mass, T;
    grz_distribution density = {.context = flow->context, .grid = (grz_grid *)flow->op->grid, .values = flow->f};
    GRZI_TRY(grz_distribution_moments(&density, &mass, floor->centre, &T, NULL, NULL));
    floor->height = flow->options[GRZ_FLOW_OPTION_FLOOR] * mass * pow(2 * 3.14159265358979323846 * T, -1.5);
    floor->curvature = 0.5 / T;
    floor->mass = mass / grzi_grid_cell(flow->op->grid);
    return GRZ_OK;
}

static double floor_at(const grz_flow *flow, const grzi_floor *floor, int64_t node)
{
    const grz_grid *grid = flow->op->grid;
    int n = grid->n, index[3] = {(int)(node / ((int64_t)n * n)), (int)(node / n % n), (int)(node % n)};
    double square = 0;
    for (int a = 0; a < 3; a++) {
        double x = grzi_grid_node(grid, a, index[a]) - floor->centre[a];
        square += x * x;
    }
    return fmin(flow->f[node], floor->height * exp(-floor->curvature * square));
}

double grzi_floor_raise(const grz_flow *flow, const grzi_floor *floor, double *f, int64_t *node)
{
    const grz_grid *grid = flow->op->grid;
    double added[GRZI_INVARIANTS] = {0}, matrix[GRZI_INVARIANTS][GRZI_INVARIANTS] = {{0}}, psi[GRZI_INVARIANTS], total = 0, largest = 0;
    for (int64_t i = 0; i < flow->count; i++) {
        if (!(f[i] < flow->f[i])) continue;
        double least = floor_at(flow, floor, i), lack = least - f[i];
        if (!(lack > 0)) continue;
        grzi_invariants_at(grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) added[m] += lack * psi[m];
        total += lack;
        f[i] = least;
        if (lack > largest) largest = lack, *node = i;
    }
    if (!(total <= GRZI_FLOOR_LARGEST * floor->mass)) f[*node] -= largest;
    if (!(total > 0) || !(total <= GRZI_FLOOR_LARGEST * floor->mass)) return total / floor->mass;
    for (int64_t i = 0; i < flow->count; i++) {
        grzi_invariants_at(grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++)
            for (int k = 0; k <= m; k++) matrix[m][k] += f[i] * psi[m] * psi[k];
    }
    if (!grzi_invariants_factorise(matrix)) return INFINITY;
    grzi_invariants_solve(matrix, added);
    for (int64_t i = 0; i < flow->count; i++) {
        grzi_invariants_at(grid, i, psi);
        f[i] *= 1 - grzi_invariants_sum(added, psi);
    }
    return total / floor->mass;
}

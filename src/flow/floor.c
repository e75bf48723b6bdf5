/* A floor for the tails of explicit entropic flows. Where f falls by orders of magnitude from node to node, a spline's stencil lets the
 * flow of a large node take from a small one more than it holds, and a node of 1e-15 of the maximum ends a run. So a node may fall, but not
 * below floor times the Maxwellian of the flow's moments, nor further once it lies below. What that adds to the five moments is taken
 * from all nodes, f being multiplied by 1 - q with q a combination of the invariants of the size of what was added. */
#include "flow/floor.h"

#include "distribution/invariants.h"

#include <math.h>

grz_status grzi_floor_prepare(const grz_flow *flow, grzi_floor *floor)
{
    const grz_grid *grid = flow->op->grid;
    double mass;
    GRZI_TRY(grzi_moments(grid, "floor", flow->f, &mass, floor->maxwellian.u, &floor->maxwellian.T, NULL, NULL));
    floor->maxwellian.rho = flow->options[GRZ_FLOW_OPTION_FLOOR] * mass;
    floor->peak = grzi_maxwellian_peak(&floor->maxwellian);
    floor->mass = mass / grzi_grid_cell(grid);
    return GRZ_OK;
}

static double floor_at(const grz_flow *flow, const grzi_floor *floor, int64_t node)
{
    const grzi_maxwellian *m = &floor->maxwellian;
    double square = grzi_maxwellian_square(flow->op->grid, m, node);
    return fmin(flow->f[node], floor->peak * exp(-0.5 / m->T * square));
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

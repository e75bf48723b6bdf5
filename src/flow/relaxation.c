/* Relaxation of the tails in the proximal step: S = Pi^T diag(strength) Pi, Pi phi = phi - q with q the combination of the invariants
 * closest to phi in the weighted mean square. Symmetric, positive semidefinite, and zero on the invariants, as K_f is, so that all that the
 * step owes to these properties stays.
 *
 * Why: where f falls by orders of magnitude between neighbouring nodes, splines let the flow of a large node take more from a small one
 * than it holds. exp(phi) stays positive, but then phi = -1e4 there, and Newton's method has no chance. |K_ij| <= sqrt(K_ii K_jj) bounds
 * that pull from wherever it comes (cardinal splines reach far), so a strength of sqrt(K_ii max K_jj) at i keeps phi_i within a few units.
 * It is used only where |K log f| dt > 0.3 f, so the set shrinks to nothing as dt -> 0, and only where f is below 1/steep of a neighbour's,
 * so there is none on a grid that resolves f, whatever dt. */
#include "distribution/grid.h"
#include "flow/newton.h"

#include <math.h>
#include <string.h>

enum { REACH = 2 };                 /* nodes to each side that a spline couples directly */
static const double bearable = 0.3; /* of f, for a step to take */

/* out: the largest of in over the neighbours within REACH along one axis. */
static void largest_along(int n, int64_t stride, const double *in, double *out)
{
    int64_t count = (int64_t)n * n * n;
    for (int64_t i = 0; i < count; i++) {
        int at = (int)(i / stride % n), first = at < REACH ? -at : -REACH, last = at + REACH >= n ? n - 1 - at : REACH;
        out[i] = in[i];
        for (int a = first; a <= last; a++) out[i] = fmax(out[i], in[i + a * stride]);
    }
}

void grzi_relaxation_strength(const grz_grid *grid, double dt, double steep, const double *f, const double *diagonal, const double *flow,
                              double *strength, double *work)
{
    int64_t count = grzi_grid_count(grid), n = grid->n;
    double largest = 0;
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, diagonal[i]);
    largest_along(grid->n, 1, f, strength);
    largest_along(grid->n, n, strength, work);
    largest_along(grid->n, n * n, work, strength);
    for (int64_t i = 0; i < count; i++) {
        double pull = dt * fabs(flow[i]), part = pull > 0 ? fmax(0, 1 - bearable * f[i] / pull) : 0;
        strength[i] = part * fmax(0, 1 - steep * f[i] / strength[i]) * (sqrt(diagonal[i] * largest) - diagonal[i]);
    }
}

int grzi_relaxation_prepare(grzi_relaxation *r, const double *f, const double *strength, double *weights)
{
    int64_t count = grzi_grid_count(r->grid);
    double total = 0, mass = 0;
    for (int64_t i = 0; i < count; i++) {
        total += strength[i];
        mass += f[i];
    }
    r->strength = strength;
    r->weights = weights;
    r->active = total > 0;
    if (!r->active) return 1;
    memset(r->factor, 0, sizeof r->factor);
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        weights[i] = strength[i] / total + 1e-9 * f[i] / mass; /* the second where the first leaves q undetermined */
        grzi_invariants_at(r->grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++)
            for (int k = 0; k <= m; k++) r->factor[m][k] += weights[i] * psi[m] * psi[k];
    }
    return grzi_invariants_factorise(r->factor);
}

void grzi_relaxation_add(grzi_relaxation *r, const double *phi, double *out)
{
    int64_t count = grzi_grid_count(r->grid);
    double q[GRZI_INVARIANTS] = {0}, back[GRZI_INVARIANTS] = {0}, psi[GRZI_INVARIANTS];
    if (!r->active) return;
    for (int64_t i = 0; i < count; i++) {
        grzi_invariants_at(r->grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) q[m] += psi[m] * r->weights[i] * phi[i];
    }
    grzi_invariants_solve(r->factor, q);
    for (int64_t i = 0; i < count; i++) {
        if (r->strength[i] == 0) continue;
        grzi_invariants_at(r->grid, i, psi);
        double force = r->strength[i] * (phi[i] - grzi_invariants_sum(q, psi));
        out[i] += force;
        for (int m = 0; m < GRZI_INVARIANTS; m++) back[m] += psi[m] * force;
    }
    grzi_invariants_solve(r->factor, back);
    for (int64_t i = 0; i < count; i++) {
        grzi_invariants_at(r->grid, i, psi);
        out[i] -= r->weights[i] * grzi_invariants_sum(back, psi);
    }
}

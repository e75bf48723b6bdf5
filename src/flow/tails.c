/* The tails in the proximal step. Where log f falls by more than 0.84 from node to node, a cardinal spline's square falls more slowly than
 * f (by 0.43 a node at degree 5): the diagonal of K_f is made of the cardinal functions' leaks into the bulk, and one large node can pull at
 * a small one with far more than it holds. That makes diag(f) + dt K_f as badly conditioned as f's range is wide, and phi -1e4. So K_f is
 * given a potential that tails take no part in where their pull would be larger than they are:
 *     A = P^T K_f P + Pi^T diag(strength) Pi,    P = Q + diag(mask) Pi,    Pi = 1 - Q,
 * Q phi the quadratic polynomial closest to phi in a weighted mean square. mask is f over the largest pull at a node, at most 1. P = 1 where
 * nothing leaks, as everywhere when dt -> 0, and on quadratic phi: tails follow the bulk's Gaussian, isotropic or not, and what else they
 * do matters to K_f as far as they weigh. strength brings masked nodes to that Gaussian. A is symmetric, positive semidefinite, and zero on
 * the invariants, as K_f is, so that all that the step owes to these properties stays. */
#include "flow/tails.h"
#include "distribution/grid.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { Q = GRZI_QUADRATICS };
static const double gentle = 0.01; /* strength over the pull that a node bears */

/* 1, x_a, x_a x_b with x = (v - mean of f)/(standard deviation of f): well conditioned in its mean square. */
static void quadratics_at(const grzi_tails *t, int64_t node, double psi[Q])
{
    int n = t->grid->n, index[3] = {(int)(node / ((int64_t)n * n)), (int)(node / n % n), (int)(node % n)};
    double x[3];
    psi[0] = 1;
    for (int a = 0; a < 3; a++) x[a] = psi[1 + a] = (index[a] - t->centre[a]) * t->scale;
    for (int a = 0, k = 4; a < 3; a++)
        for (int b = a; b < 3; b++) psi[k++] = x[a] * x[b];
}

static double combination(const double q[Q], const double psi[Q])
{
    double sum = 0;
    for (int m = 0; m < Q; m++) sum += q[m] * psi[m];
    return sum;
}

/* In nodes. */
static void find_centre(grzi_tails *t, const double *f)
{
    int n = t->grid->n;
    double mass = 0, first[3] = {0}, second = 0, spread = 0;
    for (int64_t i = 0; i < grzi_grid_count(t->grid); i++) {
        const double at[3] = {(double)(i / ((int64_t)n * n)), (double)(i / n % n), (double)(i % n)};
        mass += f[i];
        for (int a = 0; a < 3; a++) first[a] += f[i] * at[a];
        second += f[i] * (at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
    }
    spread = second / mass;
    for (int a = 0; a < 3; a++) {
        t->centre[a] = first[a] / mass;
        spread -= t->centre[a] * t->centre[a];
    }
    t->scale = 1 / sqrt(fmax(spread / 3, 0.01));
}

int grzi_tails_prepare(grzi_tails *t, double dt, double bearable, double in_step, const double *f, double *pull)
{
    int64_t count = grzi_grid_count(t->grid);
    double mass = 0, total = 0;
    for (int64_t i = 0; i < count; i++) {
        mass += f[i];
        total += pull[i];
    }
    const double most = in_step / dt, least = 1 / dt, rate = fmax(fmin(bearable * total / mass, most), least);
    const double strength = fmax(fmin(gentle * bearable * total / mass, most), gentle * least);
    t->active = 0;
    find_centre(t, f);
    t->strength = pull;
    memset(t->factor, 0, sizeof t->factor);
    for (int64_t i = 0; i < count; i++) {
        double psi[Q];
        t->mask[i] = pull[i] > rate * f[i] ? rate * f[i] / pull[i] : 1;
        pull[i] = (1 - t->mask[i]) * strength * f[i];
        t->weights[i] = t->mask[i] * f[i] / mass;
        t->active |= t->mask[i] < 1;
        quadratics_at(t, i, psi);
        for (int m = 0; m < Q; m++)
            for (int k = 0; k <= m; k++) t->factor[m][k] += t->weights[i] * psi[m] * psi[k];
    }
    return !t->active || grzi_cholesky(Q, &t->factor[0][0]) == 0;
}

const double *grzi_tails_extend(grzi_tails *t, const double *phi)
{
    int64_t count = grzi_grid_count(t->grid);
    double psi[Q];
    if (!t->active) return phi;
    memset(t->q, 0, sizeof t->q);
    for (int64_t i = 0; i < count; i++) {
        quadratics_at(t, i, psi);
        for (int m = 0; m < Q; m++) t->q[m] += psi[m] * t->weights[i] * phi[i];
    }
    grzi_cholesky_solve(Q, &t->factor[0][0], t->q);
    for (int64_t i = 0; i < count; i++) {
        quadratics_at(t, i, psi);
        double close = combination(t->q, psi);
        t->extended[i] = t->mask[i] < 1 ? close + t->mask[i] * (phi[i] - close) : phi[i];
    }
    return t->extended;
}

void grzi_tails_return(grzi_tails *t, const double *phi, double *force, double *relaxing)
{
    int64_t count = grzi_grid_count(t->grid);
    double back[Q] = {0}, psi[Q];
    *relaxing = 0;
    if (!t->active) return;
    for (int64_t i = 0; i < count; i++) {
        if (t->mask[i] == 1) continue;
        quadratics_at(t, i, psi);
        double apart = phi[i] - combination(t->q, psi), bound = t->strength[i] * apart, held = (1 - t->mask[i]) * force[i] - bound;
        *relaxing += bound * apart;
        force[i] = t->mask[i] * force[i] + bound;
        for (int m = 0; m < Q; m++) back[m] += psi[m] * held;
    }
    grzi_cholesky_solve(Q, &t->factor[0][0], back);
    for (int64_t i = 0; i < count; i++) {
        quadratics_at(t, i, psi);
        force[i] += t->weights[i] * combination(back, psi);
    }
}

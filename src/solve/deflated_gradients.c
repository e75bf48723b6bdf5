/* Conjugate gradients with a diagonal preconditioner, deflated by the collision invariants, which the operator does not see. Source: Y. Saad,
 * M. Yeung, J. Erhel, F. Guyomarc'h, SIAM J. Sci. Comput. 21 (2000) 1909. */
#include "distribution/grid.h"
#include "flow/newton.h"

#include <math.h>
#include <string.h>

double grzi_dot(int64_t count, const double *x, const double *y)
{
    double sum[4] = {0};
    int64_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (int k = 0; k < 4; k++) sum[k] += x[i + k] * y[i + k];
    for (; i < count; i++) sum[0] += x[i] * y[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Rounding of K_f phi is relative to its largest values, while f spans many orders of magnitude: what lies below it is noise, and would
 * make directions of any size where the diagonal is tiny. */
double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal)
{
    double largest = 0;
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, shift[i] + scale * diagonal[i]);
    return largest > 0 ? 1e-14 * largest : 1;
}

/* Of psi^T diag(shift) psi, which is psi^T (diag(shift) + scale G) psi. 0 when it is not positive definite. */
static int factorise(const grzi_gradients *problem, double factor[GRZI_INVARIANTS][GRZI_INVARIANTS])
{
    double psi[GRZI_INVARIANTS];
    memset(factor, 0, sizeof(double) * GRZI_INVARIANTS * GRZI_INVARIANTS);
    for (int64_t i = 0; i < problem->count; i++) {
        grzi_invariants_at(problem->grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++)
            for (int k = 0; k <= m; k++) factor[m][k] += problem->shift[i] * psi[m] * psi[k];
    }
    return grzi_invariants_factorise(factor);
}

/* out += sign psi q with q the solution of psi^T diag(shift) psi q = psi^T (weight in), weight NULL for 1. */
static void deflate(const grzi_gradients *problem, double factor[GRZI_INVARIANTS][GRZI_INVARIANTS], const double *weight, const double *in,
                    double sign, double *out)
{
    double psi[GRZI_INVARIANTS], q[GRZI_INVARIANTS] = {0};
    for (int64_t i = 0; i < problem->count; i++) {
        double value = weight ? weight[i] * in[i] : in[i];
        grzi_invariants_at(problem->grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) q[m] += psi[m] * value;
    }
    grzi_invariants_solve(factor, q);
    for (int64_t i = 0; i < problem->count; i++) {
        grzi_invariants_at(problem->grid, i, psi);
        out[i] += sign * grzi_invariants_sum(q, psi);
    }
}

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work)
{
    int64_t count = problem->count;
    const double *shift = problem->shift;
    double *r = work, *z = work + count, *p = work + 2 * count, *Gp = work + 3 * count, rho = 0;
    double factor[GRZI_INVARIANTS][GRZI_INVARIANTS], floor = grzi_preconditioner_floor(count, shift, problem->scale, problem->diagonal);
    memset(x, 0, sizeof *x * (size_t)count);
    memset(Gx, 0, sizeof *Gx * (size_t)count);
    const int deflated = factorise(problem, factor);
    if (deflated) deflate(problem, factor, NULL, b, 1, x);
    for (int64_t i = 0; i < count; i++) r[i] = b[i] - shift[i] * x[i];
    for (problem->steps = 0;; problem->steps++) {
        for (int64_t i = 0; i < count; i++) z[i] = r[i] / (shift[i] + problem->scale * problem->diagonal[i] + floor);
        double before = rho;
        rho = grzi_dot(count, r, z);
        if (!(sqrt(rho) > problem->tolerance) || problem->steps >= problem->cap) return GRZ_OK;
        double beta = problem->steps > 0 ? rho / before : 0;
        for (int64_t i = 0; i < count; i++) p[i] = z[i] + (beta > 0 ? beta * p[i] : 0);
        if (deflated) deflate(problem, factor, shift, z, -1, p);
        GRZI_TRY(problem->apply(problem->user, p, Gp));
        double curvature = problem->scale * grzi_dot(count, p, Gp);
        for (int64_t i = 0; i < count; i++) curvature += shift[i] * p[i] * p[i];
        if (!(curvature > 0)) return GRZ_OK; /* the rest of r lies in the null space, to rounding */
        double alpha = rho / curvature;
        for (int64_t i = 0; i < count; i++) {
            x[i] += alpha * p[i];
            Gx[i] += alpha * Gp[i];
            r[i] -= alpha * (shift[i] * p[i] + problem->scale * Gp[i]);
        }
    }
}

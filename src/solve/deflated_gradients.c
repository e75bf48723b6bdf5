/* Conjugate gradients with a diagonal preconditioner, deflated by the null space of the operator. Source: Y. Saad,
 * M. Yeung, J. Erhel, F. Guyomarc'h, SIAM J. Sci. Comput. 21 (2000) 1909. */
#include "solve/deflated_gradients.h"

#include "solve/solve.h"

#include <math.h>
#include <string.h>

/* Rounding of K_f phi is relative to its largest values, while f spans many orders of magnitude: what lies below it is noise, and would
 * make directions of any size where the diagonal is tiny. */
double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal)
{
    double largest = 0;
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, shift[i] + scale * diagonal[i]);
    return largest > 0 ? 1e-14 * largest : 1;
}

/* Of V^T diag(shift) V with V the null vectors, which is V^T (diag(shift) + scale G) V; work: count. 0 when it is not positive definite. */
static int factorise(const grzi_gradients *problem, double *factor, double *work)
{
    const int nulls = problem->nulls;
    for (int m = 0; m < nulls; m++) {
        const double *v = problem->null + m * problem->count;
        for (int64_t i = 0; i < problem->count; i++) work[i] = problem->shift[i] * v[i];
        for (int k = 0; k <= m; k++) factor[m * nulls + k] = grzi_dot(problem->count, problem->null + k * problem->count, work);
    }
    return grzi_cholesky(nulls, factor) == 0;
}

/* out += sign V q with V^T diag(shift) V q = V^T in. */
static void deflate(const grzi_gradients *problem, const double *factor, const double *in, double sign, double *out)
{
    double q[GRZI_MOST_NULLS];
    for (int m = 0; m < problem->nulls; m++) q[m] = grzi_dot(problem->count, problem->null + m * problem->count, in);
    grzi_cholesky_solve(problem->nulls, factor, q);
    for (int m = 0; m < problem->nulls; m++) {
        const double *v = problem->null + m * problem->count;
        for (int64_t i = 0; i < problem->count; i++) out[i] += sign * q[m] * v[i];
    }
}

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work)
{
    int64_t count = problem->count;
    const double *shift = problem->shift;
    double *r = work, *z = work + count, *p = work + 2 * count, *Gp = work + 3 * count, rho = 0;
    double factor[GRZI_MOST_NULLS * GRZI_MOST_NULLS], floor = grzi_preconditioner_floor(count, shift, problem->scale, problem->diagonal);
    memset(x, 0, sizeof *x * (size_t)count);
    memset(Gx, 0, sizeof *Gx * (size_t)count);
    const int deflated = factorise(problem, factor, p);
    if (deflated) deflate(problem, factor, b, 1, x);
    for (int64_t i = 0; i < count; i++) r[i] = b[i] - shift[i] * x[i];
    for (problem->steps = 0;; problem->steps++) {
        for (int64_t i = 0; i < count; i++) z[i] = r[i] / (shift[i] + problem->scale * problem->diagonal[i] + floor);
        double before = rho;
        rho = grzi_dot(count, r, z);
        if (!(sqrt(rho) > problem->tolerance) || problem->steps >= problem->cap) return GRZ_OK;
        double beta = problem->steps > 0 ? rho / before : 0;
        for (int64_t i = 0; i < count; i++) p[i] = z[i] + (beta > 0 ? beta * p[i] : 0);
        for (int64_t i = 0; i < count; i++) Gp[i] = shift[i] * z[i];
        if (deflated) deflate(problem, factor, Gp, -1, p);
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

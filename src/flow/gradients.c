/* Conjugate gradients with a diagonal preconditioner. */
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

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work)
{
    int64_t count = problem->count;
    const double *shift = problem->shift;
    double *r = work, *z = work + count, *p = work + 2 * count, *Gp = work + 3 * count, rho = 0;
    double floor = grzi_preconditioner_floor(count, shift, problem->scale, problem->diagonal);
    memset(x, 0, sizeof *x * (size_t)count);
    memset(Gx, 0, sizeof *Gx * (size_t)count);
    memcpy(r, b, sizeof *r * (size_t)count);
    for (problem->steps = 0;; problem->steps++) {
        for (int64_t i = 0; i < count; i++) z[i] = r[i] / (shift[i] + problem->scale * problem->diagonal[i] + floor);
        double before = rho;
        rho = grzi_dot(count, r, z);
        if (!(sqrt(rho) > problem->tolerance) || problem->steps >= problem->cap) return GRZ_OK;
        double beta = problem->steps > 0 ? rho / before : 0;
        for (int64_t i = 0; i < count; i++) p[i] = z[i] + (beta > 0 ? beta * p[i] : 0);
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

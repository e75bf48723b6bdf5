#include "solve/conjugate_gradients.h"

#include "solve/solve.h"

#include <math.h>
#include <string.h>

/* The terms step * (r, z) are the decrease of the error of <b, x> at each iteration (Hestenes & Stiefel); the last DELAY of them estimate
 * that error from a few iterations ago (Strakos & Tichy, ETNA 13 (2002) 56). */
enum { DELAY = 5 };

static double dot(int64_t count, const double *a, const double *b)
{
    return grzi_dot_by_blocks(4096, count, a, b);
}

grz_status grzi_solve_symmetric(const grzi_symmetric_system *system, double tolerance, int cap, double *r, double *x, double *work,
                                grzi_solution *solution)
{
    const int64_t count = system->count;
    double *z = work, *p = work + count, *q = work + 2 * count, recent[DELAY] = {0}, sum = 0;
    memset(x, 0, sizeof *x * (size_t)count);
    system->precondition(system->user, r, z);
    memcpy(p, z, sizeof *p * (size_t)count);
    double rz = dot(count, r, z), first = rz;
    *solution = (grzi_solution){.converged = rz == 0, .error = INFINITY};
    for (int k = 1; k <= cap && !solution->converged; k++) {
        GRZI_TRY(system->apply(system->user, p, q));
        double curvature = dot(count, p, q);
        if (!(curvature > 0) || !isfinite(curvature)) return GRZ_OK;
        double step = rz / curvature;
        int small = 0;
        for (int64_t i = 0; i < count; i++) {
            x[i] += step * p[i];
            r[i] -= step * q[i];
        }
        sum += step * rz;
        recent[k % DELAY] = step * rz;
        solution->iterations = k;
        system->precondition(system->user, r, z);
        double next = dot(count, r, z);
        solution->residual = sqrt(fmax(next, 0) / first);
        if (k >= DELAY) {
            solution->error = 0;
            for (int j = 0; j < DELAY; j++) solution->error += recent[j];
            small = solution->error <= system->least;
            solution->error /= sum;
        }
        solution->converged = small || (k >= DELAY && solution->error <= tolerance) || next <= 1e-30 * first;
        if (solution->converged) break;
        GRZI_TRY(system->report(system->user, solution->error));
        for (int64_t i = 0; i < count; i++) p[i] = z[i] + next / rz * p[i];
        rz = next;
    }
    return GRZ_OK;
}

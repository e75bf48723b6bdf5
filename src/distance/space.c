#include "distance/space.h"

#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 4096 };

double grzi_space_product(const grzi_space *space, const double *a, const double *b)
{
    return space->cell * grzi_dot_by_blocks(BLOCK, space->count, a, b);
}

/* Coefficients q with sum_b (sum f null_a null_b) q_b = sums_a; 0 when f lives on too few nodes. */
static int solve_gram(const grzi_space *space, const double *f, double *sums)
{
    const int nulls = space->nulls;
    double gram[GRZI_SPACE_NULLS * GRZI_SPACE_NULLS];
    for (int a = 0; a < nulls; a++)
        for (int b = 0; b <= a; b++) {
            const double *x = space->null + a * space->count, *y = space->null + b * space->count;
            double sum = 0;
            for (int64_t i = 0; i < space->count; i++) sum += f[i] * x[i] * y[i];
            gram[a * nulls + b] = sum;
        }
    if (grzi_cholesky(nulls, gram) != 0) return 0;
    grzi_cholesky_solve(nulls, gram, sums);
    return 1;
}

static double combined(const grzi_space *space, const double *q, int64_t i)
{
    double sum = 0;
    for (int a = 0; a < space->nulls; a++) sum += q[a] * space->null[a * space->count + i];
    return sum;
}

double grzi_space_admit(const grzi_space *space, const double *f, double *g)
{
    double q[GRZI_SPACE_NULLS], change = 0;
    const double largest = grzi_largest(g, space->count);
    for (int a = 0; a < space->nulls; a++) q[a] = grzi_dot_by_blocks(BLOCK, space->count, g, space->null + a * space->count);
    if (!solve_gram(space, f, q)) return 0;
    for (int64_t i = 0; i < space->count; i++) {
        double part = f[i] * combined(space, q, i);
        change = fmax(change, fabs(part));
        g[i] -= part;
    }
    return largest > 0 ? change / largest : 0;
}

void grzi_space_normalise(const grzi_space *space, const double *f, double *phi)
{
    double q[GRZI_SPACE_NULLS];
    for (int a = 0; a < space->nulls; a++) {
        const double *x = space->null + a * space->count;
        q[a] = 0;
        for (int64_t i = 0; i < space->count; i++) q[a] += f[i] * phi[i] * x[i];
    }
    if (!solve_gram(space, f, q)) return;
    for (int64_t i = 0; i < space->count; i++) phi[i] -= combined(space, q, i);
}

/* 1 + u between -1/2 and 1; never below 1/4 or above 4, with a continuous slope. */
static double factor(double u)
{
    if (u > 1) return 4 - 2 * exp(0.5 * (1 - u));
    return u >= -0.5 ? 1 + u : 0.25 + 0.25 * exp(4 * u + 2);
}

int grzi_space_retract(const grzi_space *space, const double *f, double step, const double *change, double *moved)
{
    double q[GRZI_SPACE_NULLS] = {0};
    for (int64_t i = 0; i < space->count; i++) {
        const double u = step * change[i] / f[i];
        moved[i] = u >= -0.5 && u <= 1 ? f[i] + step * change[i] : f[i] * factor(u);
    }
    for (int a = 0; a < space->nulls; a++) {
        const double *x = space->null + a * space->count;
        for (int64_t i = 0; i < space->count; i++) q[a] += (moved[i] - f[i]) * x[i];
    }
    if (!solve_gram(space, f, q)) return 0;
    int positive = 1;
    for (int64_t i = 0; i < space->count; i++) {
        moved[i] *= 1 - combined(space, q, i);
        positive &= moved[i] > 0 && isfinite(moved[i]);
    }
    return positive;
}

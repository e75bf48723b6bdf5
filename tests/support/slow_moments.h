/* What the suites of moments share: an off-centre grid, and moments by slow sums. */
#ifndef SUPPORT_SLOW_MOMENTS_H
#define SUPPORT_SLOW_MOMENTS_H

#include "support/check.h"

static UNUSED grz_context *context;
static UNUSED grz_grid *grid; /* n = 40, off-centre */
static const double centre[3] = {0.4, -0.3, 0.2};

static UNUSED void open_grid(void)
{
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, 40, 8, centre, &grid));
}

static UNUSED void close_grid(void)
{
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}

typedef struct moments {
    double rho, u[3], T, P[9], q[3];
} moments;

/* Midpoint sums, node by node in long double, about the exact mean. */
static UNUSED moments slow_moments(const grz_grid *g, const double *f)
{
    int n = grz_grid_nodes_per_axis(g);
    double *v[3];
    long double sum[4] = {0}, P[9] = {0}, q[3] = {0}, u[3], h = grz_grid_spacing(g), cell = h * h * h;
    for (int a = 0; a < 3; a++) {
        v[a] = malloc((size_t)n * sizeof(double));
        OK(grz_grid_axis_nodes(g, a, v[a]));
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int a = 0; pass && a < 3; a++) u[a] = sum[a + 1] / sum[0];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++) {
                    long double w[3] = {v[0][i], v[1][j], v[2][k]}, value = f[((int64_t)i * n + j) * n + k];
                    if (!pass) {
                        sum[0] += value;
                        for (int a = 0; a < 3; a++) sum[a + 1] += w[a] * value;
                        continue;
                    }
                    long double square = 0;
                    for (int a = 0; a < 3; a++) {
                        w[a] -= u[a];
                        square += w[a] * w[a];
                    }
                    for (int e = 0; e < 9; e++) P[e] += w[e / 3] * w[e % 3] * value;
                    for (int a = 0; a < 3; a++) q[a] += square * w[a] * value / 2;
                }
    }
    moments m = {.rho = (double)(cell * sum[0]), .T = (double)((P[0] + P[4] + P[8]) / (3 * sum[0]))};
    for (int e = 0; e < 9; e++) m.P[e] = (double)(cell * P[e]);
    for (int a = 0; a < 3; a++) {
        m.u[a] = (double)u[a];
        m.q[a] = (double)(cell * q[a]);
        free(v[a]);
    }
    return m;
}

#endif

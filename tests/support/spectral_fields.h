/* Densities and norms of the spectral suites and benches; no test framework. */
#ifndef SUPPORT_SPECTRAL_FIELDS_H
#define SUPPORT_SPECTRAL_FIELDS_H

#include <grazing.h>

#include "support/norms.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const double PI_ = 3.14159265358979323846;

typedef struct option_value {
    grz_operator_option option;
    double value;
} option_value;

static inline double node(int n, double half_width, int i)
{
    return -half_width + (i + 0.5) * 2 * half_width / n;
}

/* sum over s = +-1 of 1/2 N(s u, T): two displaced Gaussians along a skew axis. */
static UNUSED void two_gaussians(int n, double L, double speed, double T, double *f)
{
    double axis[3] = {2 / 3.0 * speed, -1 / 3.0 * speed, 2 / 3.0 * speed};
    for (int i = 0, x = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++, x++) {
                double v[3] = {node(n, L, i), node(n, L, j), node(n, L, k)}, plus = 0, minus = 0;
                for (int a = 0; a < 3; a++) {
                    plus += pow(v[a] - axis[a], 2);
                    minus += pow(v[a] + axis[a], 2);
                }
                f[x] = 0.5 * pow(2 * PI_ * T, -1.5) * (exp(-plus / (2 * T)) + exp(-minus / (2 * T)));
            }
}

/* Temperature T[0] along (1, 2, 2)/3, T[1] across. */
static UNUSED void tilted_bimaxwellian(int n, double L, const double T[2], double *f)
{
    for (int i = 0, x = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++, x++) {
                double v[3] = {node(n, L, i), node(n, L, j), node(n, L, k)}, along = (v[0] + 2 * v[1] + 2 * v[2]) / 3;
                double across = v[0] * v[0] + v[1] * v[1] + v[2] * v[2] - along * along;
                f[x] = exp(-along * along / (2 * T[0]) - across / (2 * T[1])) / (pow(2 * PI_, 1.5) * sqrt(T[0]) * T[1]);
            }
}

/* BKW f and its exact Q = dK/dt df/dK, dK/dt = -(1 - K) lambda_2/6. */
static UNUSED void bkw(int n, double L, double K, double lambda_2, double *f, double *Q)
{
    for (int i = 0, x = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++, x++) {
                double v2 = pow(node(n, L, i), 2) + pow(node(n, L, j), 2) + pow(node(n, L, k), 2);
                double g = pow(2 * PI_ * K, -1.5) * exp(-v2 / (2 * K)), P = (5 * K - 3) / (2 * K) + (1 - K) / (2 * K * K) * v2;
                double dg = g * (-1.5 / K + v2 / (2 * K * K)), dP = 1.5 / (K * K) + v2 * ((K - 2) / (2 * K * K * K));
                f[x] = g * P;
                Q[x] = (dg * P + g * dP) * (1 - K) * (-lambda_2 / 6);
            }
}

/* Largest of the five moments of Q over those of |Q|. */
static UNUSED double moment_defect(int n, double L, const double *Q)
{
    double sum[5] = {0}, scale[5] = {0}, worst = 0;
    for (int i = 0, x = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++, x++) {
                double v[3] = {node(n, L, i), node(n, L, j), node(n, L, k)};
                double phi[5] = {1, v[0], v[1], v[2], v[0] * v[0] + v[1] * v[1] + v[2] * v[2]};
                for (int a = 0; a < 5; a++) {
                    sum[a] += Q[x] * phi[a];
                    scale[a] += fabs(Q[x] * phi[a]);
                }
            }
    for (int a = 0; a < 5; a++) keep_largest(&worst, scale[a] != 0 ? fabs(sum[a]) / scale[a] : 0);
    return worst;
}

/* int Q v_a v_b */
static UNUSED double second_moment(int n, double L, const double *Q, int a, int b)
{
    double sum = 0;
    for (int i = 0, x = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++, x++) {
                double v[3] = {node(n, L, i), node(n, L, j), node(n, L, k)};
                sum += Q[x] * v[a] * v[b];
            }
    return sum * pow(2 * L / n, 3);
}

#endif

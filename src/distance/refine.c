/* Curves between their levels. */
#include "distance/curve.h"

#include <math.h>
#include <string.h>

enum { NODES = 4 };

/* Lagrange's polynomials of count consecutive integers from 0 on, and their derivatives, at x. */
static void lagrange(int count, double x, double *weight, double *slope)
{
    for (int a = 0; a < count; a++) {
        weight[a] = 1;
        slope[a] = 0;
        for (int b = 0; b < count; b++) {
            if (b == a) continue;
            slope[a] = (slope[a] * (x - b) + weight[a]) / (a - b);
            weight[a] *= (x - b) / (a - b);
        }
    }
}

/* The polynomial of degree 3 at most through the fields nearest to x, fields k lying at k. */
static void interpolate(int fields, int64_t count, const double *values, double x, double *out, double *out_slope)
{
    int nodes = fields < NODES ? fields : NODES, first = (int)floor(x) - 1;
    double weight[NODES], slope[NODES];
    first = first < 0 ? 0 : first > fields - nodes ? fields - nodes : first;
    lagrange(nodes, x - first, weight, slope);
    for (int64_t i = 0; i < count; i++) {
        double sum = 0, rate = 0;
        for (int a = 0; a < nodes; a++) {
            sum += weight[a] * values[(first + a) * count + i];
            rate += slope[a] * values[(first + a) * count + i];
        }
        out[i] = sum;
        if (out_slope) out_slope[i] = rate;
    }
}

int grzi_curve_at(const grzi_curve *curve, double t, double *f, double *rate)
{
    const int64_t count = curve->space->count;
    interpolate(curve->steps + 1, count, curve->f, t * curve->steps, f, rate);
    int positive = 1;
    for (int64_t i = 0; i < count; i++) {
        positive &= f[i] > 0;
        if (rate) rate[i] *= curve->steps;
    }
    return positive;
}

int grzi_curve_refine(const grzi_curve *coarse, grzi_curve *fine)
{
    const int64_t count = coarse->space->count;
    double *change = grzi_curve_level(fine, fine->middle, 0), *middle = grzi_curve_level(fine, fine->G, 0);
    for (int k = 0; k <= fine->steps; k++) {
        double *f = grzi_curve_level(fine, fine->f, k);
        const double *from = grzi_curve_level(coarse, coarse->f, k / 2);
        if (k % 2 == 0) {
            memcpy(f, from, sizeof *f * (size_t)count);
            continue;
        }
        interpolate(coarse->steps + 1, count, coarse->f, 0.5 * k, change, NULL);
        for (int64_t i = 0; i < count; i++) {
            middle[i] = 0.5 * (from[i] + from[count + i]);
            change[i] -= middle[i];
        }
        if (!grzi_space_retract(coarse->space, middle, 1, change, f)) return 0;
    }
    for (int k = 0; k < fine->steps; k++) /* middles lie at (k + 1/2)/(2m), the coarse ones at (k + 1/2)/m */
        interpolate(coarse->steps, count, coarse->phi, 0.5 * k - 0.25, grzi_curve_level(fine, fine->phi, k), NULL);
    return 1;
}

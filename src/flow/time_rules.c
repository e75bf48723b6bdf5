/* Derivatives and integrals in time of what is known at snapshots. */
#include "flow/ledger.h"

#include <math.h>

void grzi_difference_weights(int count, const double *times, int at, double *weights)
{
    double sum = 0;
    for (int j = 0; j < count; j++) {
        if (j == at) continue;
        double weight = 1 / (times[j] - times[at]);
        for (int k = 0; k < count; k++)
            if (k != j && k != at) weight *= (times[at] - times[k]) / (times[j] - times[k]);
        weights[j] = weight;
        sum += weight;
    }
    weights[at] = -sum;
}

/* Neville's scheme at t over the values first .. first + degree. */
static double interpolate(int degree, int64_t stride, const double *times, const double *values, double t)
{
    double p[8];
    for (int j = 0; j <= degree; j++) p[j] = values[j * stride];
    for (int level = 1; level <= degree; level++)
        for (int j = 0; j + level <= degree; j++) {
            double a = times[j * stride], b = times[(j + level) * stride];
            p[j] = ((t - b) * p[j] - (t - a) * p[j + 1]) / (a - b);
        }
    return p[0];
}

void grzi_running_integral(int64_t count, int64_t stride, const double *times, const double *values, int degree, double *integrals)
{
    static const double node = 0.77459666924148338, outer = 5 / 18., inner = 8 / 18.; /* Gauss, exact to degree 5 */
    if (degree > count - 1) degree = (int)(count - 1);
    double total = 0;
    for (int64_t k = 0; k < count; k++) {
        integrals[k * stride] = total;
        if (k == count - 1) break;
        int64_t first = k - (degree - 1) / 2;
        first = first < 0 ? 0 : first + degree > count - 1 ? count - 1 - degree : first;
        const double *t = times + first * stride, *v = values + first * stride;
        double a = times[k * stride], b = times[(k + 1) * stride], middle = 0.5 * (a + b), half = 0.5 * (b - a);
        total += (b - a) *
                 (inner * interpolate(degree, stride, t, v, middle) + outer * (interpolate(degree, stride, t, v, middle - node * half) +
                                                                               interpolate(degree, stride, t, v, middle + node * half)));
    }
}

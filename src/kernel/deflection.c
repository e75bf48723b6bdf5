#include "kernel/deflection.h"

#include <math.h>

enum { N = GRZI_DEFLECTION_NODES, NEWTON_STEPS = 200 };

/* phi = (pi/2)/(1 + exp(-pi sinh t)); both end distances are computed directly, so that R keeps its accuracy at cos phi -> 0. */
void grzi_deflection_rule(double p, double *R, double *w)
{
    const double step = 0.02;
    for (int j = 0; j < N; j++) {
        double t = step * (j - N / 2), e = GRZI_PI * sinh(t), to_right = 1 / (1 + exp(e)), to_left = 1 / (1 + exp(-e));
        double c = sin(GRZI_HALF_PI * to_right);
        w[j] = step * GRZI_HALF_PI * GRZI_PI * cosh(t) * to_left * to_right;
        if (to_left < to_right)
            R[j] = (1 - pow(sin(GRZI_HALF_PI * to_left), p)) / (c * c);
        else
            R[j] = c * c > 0 ? -expm1(p / 2 * log1p(-c * c)) / (c * c) : p / 2;
    }
}

double grzi_deflection_grazing(const double *R, const double *w)
{
    double sum = 0;
    for (int j = 0; j < N; j++) sum += w[j] * R[j];
    return sum;
}

void grzi_deflection_forward(const double *R, const double *w, double m, double *theta_by_m, double *slope)
{
    double q = 1 - m, root = sqrt(q), first = 0, second = 0;
    for (int j = 0; j < N; j++) {
        double square = q + m * R[j], s = sqrt(square), wR = w[j] * R[j];
        first += wR / (s * (s + root));
        second += wR / (s * square);
    }
    *theta_by_m = 2 * first;
    *slope = second / root;
}

void grzi_deflection_backward(const double *R, const double *w, double t, double *angle_by_t, double *slope)
{
    double q = t * t, m = (1 - t) * (1 + t), first = 0, second = 0;
    for (int j = 0; j < N; j++) {
        double square = q + m * R[j], s = sqrt(square);
        first += w[j] / s;
        second += w[j] * R[j] / (s * square);
    }
    *angle_by_t = 2 * first;
    *slope = 2 * second;
}

typedef void map(const double *R, const double *w, double u, double *value_by_u, double *slope);

/* u in (0, 1) with value(u) = target for an increasing map. Newton's error is squared in a step: below 1e-9 the next is rounding. */
static double invert(map *value, const double *R, const double *w, double target, double u)
{
    double low = 0, high = 1;
    for (int step = 0; step < NEWTON_STEPS; step++) {
        double ratio, slope;
        value(R, w, u, &ratio, &slope);
        double excess = u * ratio - target;
        if (excess > 0)
            high = u;
        else
            low = u;
        double next = u - excess / slope;
        if (!(next > low && next < high)) next = excess == 0 ? u : low + (high - low) / 2;
        double change = fabs(next - u);
        u = next;
        if (change <= 1e-9 * u) break;
    }
    return u;
}

double grzi_deflection_m(const double *R, const double *w, double theta)
{
    return invert(grzi_deflection_forward, R, w, theta, fmin(theta / grzi_deflection_grazing(R, w), 0.5));
}

double grzi_deflection_t(const double *R, const double *w, double angle)
{
    double ratio, slope;
    grzi_deflection_backward(R, w, 0, &ratio, &slope);
    return invert(grzi_deflection_backward, R, w, angle, fmin(angle / ratio, 0.5));
}

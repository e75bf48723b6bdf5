/* The logarithmic mean Lambda (Lemma A.1) and the integrands alpha, kappa of the actions (section 4). */
#include "core/core.h"

#include <math.h>

/* L(a, b) = (b - a)/log(b/a). With t = a/b: near t = 1 as the arithmetic mean times z/atanh(z), z = (b - a)/(b + a), where b - a is exact.
 * */
double grz_logarithmic_mean(double a, double b)
{
    if (!(a >= 0 && b >= 0)) return NAN;
    if (a > b) {
        double swap = a;
        a = b;
        b = swap;
    }
    if (a == b || a == 0) return a;
    if (isinf(b)) return b;
    double t = a / b;
    if (t > 0.5) {
        double z = (b - a) / b / (1 + t), square = z * z;
        return (a + 0.5 * (b - a)) * (square < 1e-6 ? 1 - square * (1.0 / 3 + square * (4.0 / 45)) : z / atanh(z));
    }
    double logarithm = t > 1e-290 ? -log(t) : log(b) - log(a);
    return b * ((1 - t) / logarithm);
}

/* u (u/L) does not overflow before alpha does, nor underflow where it need not. */
static double quotient(double u, double L, double factor)
{
    if (u == 0) return 0;
    return L == 0 ? INFINITY : u / L * u * factor;
}

double grz_alpha(double u, double s, double t)
{
    double L = grz_logarithmic_mean(s, t);
    return isnan(L) || isnan(u) ? NAN : quotient(u, L, 0.25);
}

double grz_kappa(const double *u, double s)
{
    if (!u || !(s >= 0) || isnan(u[0]) || isnan(u[1]) || isnan(u[2])) return NAN;
    return quotient(u[0], s, 0.5) + quotient(u[1], s, 0.5) + quotient(u[2], s, 0.5);
}

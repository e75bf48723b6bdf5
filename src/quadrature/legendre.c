/* Legendre polynomials and their deficit from 1, and frames on the sphere. */
#include "quadrature.h"

#include <math.h>

void grzi_legendre(int lmax, double x, double *P)
{
    P[0] = 1;
    if (lmax >= 1) P[1] = x;
    for (int l = 1; l < lmax; l++) P[l + 1] = x * P[l] + (x * P[l] - P[l - 1]) * l / (l + 1);
}

/* The recurrence for d_l = (1 - P_l)/(2 y), y = sin^2(theta/2), in differences e_l = d_l - d_{l-1}:
 * (l+1) e_{l+1} = l e_l + (2l+1) P_l, without a division by y and stable for small y (Reinsch's form of Legendre's recurrence). */
static void deficit_from_pole(int lmax, double y, double *deficit)
{
    double d = 0, e = 0;
    for (int l = 0; l < lmax; l++) {
        deficit[l] = d;
        e = (l * e + (2 * l + 1) * (1 - 2 * y * d)) / (l + 1);
        d += e;
    }
    deficit[lmax] = d;
}

void grzi_legendre_deficit(int lmax, double theta, double *deficit)
{
    const double pi_rest = 1.2246467991473532e-16;
    double y = sin(theta / 2) * sin(theta / 2);
    if (y <= 0.5) {
        deficit_from_pole(lmax, y, deficit);
        return;
    }
    /* From the other pole: P_l(cos theta) = (-1)^l P_l(cos(pi - theta)), so that even l keep their zero at theta = pi. */
    double opposite = (GRZI_PI - theta) + pi_rest, z = sin(opposite / 2) * sin(opposite / 2);
    deficit_from_pole(lmax, z, deficit);
    for (int l = 0; l <= lmax; l++) deficit[l] = l % 2 == 0 ? deficit[l] * z / y : (1 - z * deficit[l]) / y;
}

/* Duff et al., J. Comput. Graph. Tech. 6 (2017) 1: no branch, no loss of accuracy near the poles. */
void grzi_orthonormal_frame(const double w[3], double p[3], double q[3])
{
    double sign = copysign(1, w[2]), a = -1 / (sign + w[2]), b = w[0] * w[1] * a;
    p[0] = 1 + sign * w[0] * w[0] * a;
    p[1] = sign * b;
    p[2] = -sign * w[0];
    q[0] = b;
    q[1] = sign + w[1] * w[1] * a;
    q[2] = -w[1];
}

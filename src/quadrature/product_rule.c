/* Product Gauss rules on the sphere, one node of each antipodal pair. */
#include "sphere_tables.h"

#include <math.h>

/* Azimuths on the ring at height cos(theta) that serve even degrees up to 2k: M equispaced ones leave the orders m = M, 2M, ... of which
 * 2k + 1 leave none. Near the poles the normalised Legendre functions of high order are below rounding, and fewer serve. */
static int ring_azimuths(int k, double height, double sine, double ring_weight)
{
    int seen = 0;
    double sectoral = ring_weight * sqrt(2);
    for (int m = 1; m <= 2 * k; m++) {
        sectoral *= sine * sqrt((2 * m + 1.0) / (2 * m));
        double q = sectoral, before = 0, largest = 0;
        for (int l = m; l <= 2 * k; l++) {
            if (l % 2 == 0) largest = fmax(largest, fabs(q));
            double f = (2 * l + 3.0) / ((l + 1.0 - m) * (l + 1.0 + m));
            double next = sqrt(f * (2 * l + 1.0)) * height * q - (l > m ? sqrt(f * (l - m) * (l + m) / (2 * l - 1.0)) * before : 0);
            before = q;
            q = next;
        }
        if (largest > 1e-17) seen = m;
    }
    return seen + 1;
}

/* Gauss-Legendre in z with k + 1 rings, of which the upper half is kept; the points of the equator and their antipodes make one ring of
 * 2k + 2. Rings are turned against each other so that no meridian is preferred. */
int grzi_product_rule(int k, const double *z, const double *ring_weight, double *nodes, double *weights)
{
    const long double turn = 6.28318530717958647692528676655900577L, golden = 0.61803398874989484820L;
    int count = 0;
    for (int ring = (k + 1) / 2; ring <= k; ring++) {
        int equator = 2 * ring == k;
        double height = equator ? 0 : 2 * z[ring] - 1, sine = equator ? 1 : 2 * sqrt(z[ring] * (1 - z[ring]));
        double share = ring_weight[ring] * (equator ? 1 : 2);
        int azimuths = equator ? k + 1 : ring_azimuths(k, height, sine, share);
        long double offset = golden * ring - floorl(golden * ring);
        for (int m = 0; nodes && m < azimuths; m++) {
            long double angle = turn * (m + offset) / (equator ? 2 * azimuths : azimuths);
            double *node = nodes + 3 * (count + m);
            node[0] = (double)(sine * cosl(angle));
            node[1] = (double)(sine * sinl(angle));
            node[2] = height;
            weights[count + m] = share / azimuths;
        }
        count += azimuths;
    }
    return count;
}

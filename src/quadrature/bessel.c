/* Spherical Bessel functions of the first kind. */
#include "quadrature.h"

#include <math.h>

/* Upwards from j_0, j_1 while l < x, where the recurrence is neutral; beyond, j_l is the minimal solution: its ratios j_{l+1}/j_l come from
 * the downward recurrence (Miller's algorithm in ratio form: no overflow, no normalisation). j_l(x) > 0 at the seam l = floor(x). */
void grzi_spherical_bessel(int lmax, double x, double *j)
{
    int seam = x < lmax ? (int)x : lmax;
    j[0] = x == 0 ? 1 : sin(x) / x;
    if (seam >= 1) j[1] = (j[0] - cos(x)) / x;
    for (int l = 1; l < seam; l++) j[l + 1] = (2 * l + 1) / x * j[l] - j[l - 1];
    if (seam == lmax) return;
    if (x == 0) {
        for (int l = 1; l <= lmax; l++) j[l] = 0;
        return;
    }
    int start = lmax + 20 + (int)(10 * cbrt(x));
    double ratio = x / (2 * start + 3);
    for (int l = start; l > seam; l--) {
        if (l < lmax) j[l + 1] = ratio;
        ratio = 1 / ((2 * l + 1) / x - ratio);
    }
    j[seam + 1] = ratio;
    for (int l = seam; l < lmax; l++) j[l + 1] *= j[l];
}

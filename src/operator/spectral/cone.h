/* The triangles |k|, |l|, |m| (k = l + m, all <= kappa) on which Bhat is needed, in units of kappa: a quadrature with Gauss nodes in l
 * and m and, for each pair, in k over the window ||l| - |m|| <= k <= min(l + m, 1). The weight is that of modes d^3l d^3m ~ k l m dk dl
 * dm times the squared amplitudes (exp(-decay l^2) + floor)^2 of smooth densities: the mean square error it measures is that of Q for
 * random phases. A factor 1 + (0.4/k)^2 stresses small k, where the errors of momentum and energy come from, at no cost elsewhere
 * (measured). */
#ifndef GRZI_SPECTRAL_CONE_H
#define GRZI_SPECTRAL_CONE_H

#include "operator/spectral/radial.h"

typedef struct grzi_cone {
    int sides, windows; /* nodes in l (and m), nodes in k for each pair */
    int64_t pairs;      /* pairs l_a <= l_b: sides (sides + 1)/2, index in the order (0,0) (0,1) .. (1,1) .. */
    double decay, floor;
    double *side;        /* l_a */
    double *k;           /* pairs * windows */
    double *root_weight; /* pairs * windows: square root of the weight, twice it for a < b */
} grzi_cone;

grz_status grzi_cone_create(const grz_context *context, int sides, int windows, double decay, double floor, grzi_cone *cone);
void grzi_cone_destroy(const grz_context *context, grzi_cone *cone);

/* The weight at a triangle. */
double grzi_cone_weight(double decay, double floor, double k, double l, double m);

#endif

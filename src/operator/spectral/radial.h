/* The kernel as the spectral methods need it: a rule for r = |v - v*|/2 on (0, R] and the eigenvalues lambda_l at its nodes, split as
 *     lambda_l = -a - 4 c l(l+1) + rest_l ,
 * where a is a loss term and c a Landau operator, both exactly separable in Fourier variables (separable.h). Speeds are in units of the
 * box's half width, so that nothing behind this rule knows the user's units, and the weights in a unit that makes the largest of
 * weight |lambda_2| about one: sums over the rule are to be multiplied by 2^strength. */
#ifndef GRZI_SPECTRAL_RADIAL_H
#define GRZI_SPECTRAL_RADIAL_H

#include "distribution/grid.h"
#include "kernel/kernel.h"

typedef struct grzi_radial {
    int count, lmax;
    double R, speed; /* in units of speed, the half width; speed itself */
    int strength;
    double *r;      /* count nodes */
    double *weight; /* 8 r^2 K(2r speed) dr 2^{-strength} with the kinetic factor K */
    double *loss;   /* a at the nodes */
    double *landau; /* c at the nodes */
    double *rest;   /* count * (lmax + 1): rest_l at the nodes, odd l unused (0) */
    double *lambda; /* the same for lambda_l itself */
} grzi_radial;

typedef enum grzi_split {
    GRZI_SPLIT_NONE = 0,   /* a = c = 0 */
    GRZI_SPLIT_LANDAU = 1, /* c where it makes the rest much smaller, as for grazing collisions */
    GRZI_SPLIT_BOTH = 2,   /* a and c by weighted least squares */
    GRZI_SPLIT_ALL = 3     /* everything is Landau's: eps = 0 or the Landau equation; rest = 0 */
} grzi_split;

/* landau_only: eigenvalues of the Landau operator of the kernel, whatever its eps. */
grz_status grzi_radial_create(const grz_context *context, const grz_kernel *kernel, int landau_only, double R, double speed, int count,
                              int lmax, grzi_split split, grzi_radial *radial);
void grzi_radial_destroy(const grz_context *context, grzi_radial *radial);

#endif

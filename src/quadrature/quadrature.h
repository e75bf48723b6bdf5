/* Rules of quadrature on intervals, for measures, and on the sphere; special functions of the sphere. Memory and failures through the
 * context; all functions may be called from any thread. */
#ifndef GRZI_QUADRATURE_H
#define GRZI_QUADRATURE_H

#include "core/core.h"

/* Gauss-Jacobi on (0, 1): sum w_i g(x_i) = int_0^1 x^a (1-x)^b g(x) dx, exact to degree 2 count - 1; -1 < a, b <= 80, x ascending.
 * Nodes are good to a rounding of the distance to the nearer endpoint (up to what x near 1 can hold), weights to a few roundings. */
grz_status grzi_gauss_jacobi(const grz_context *context, int count, double a, double b, double *x, double *w);

/* Gauss rule of a discrete positive measure {x_i, w_i}, i < size: count <= size nodes with the measure's first 2 count moments, all weights
 * positive, nodes ascending and within the support's hull. x may have any scale (support in (0, 1e-17] is usual), points may repeat,
 * weights may be 0. A measure of no more points than count, or exhausted to rounding sooner: *found < count nodes; 0 if all weights are 0.
 * count <= 1000. */
grz_status grzi_gauss_of_measure(const grz_context *context, int64_t size, const double *x, const double *w, int count, double *nodes,
                                 double *weights, int *found);

/* Antipodally symmetric rule on S^2 that integrates polynomials to its degree: one node of each pair +-w; weights are positive and sum to
 * 1 (means over the sphere of even functions). */
typedef struct grzi_sphere_rule {
    int degree, count;
    double *nodes;   /* count*3, unit vectors */
    double *weights; /* count */
} grzi_sphere_rule;

/* The rule of fewest nodes known here with at least the degree, 0 to 1000: a tabulated symmetric one (Lebedev's and others), or beyond
 * the table a product Gauss rule, thinned towards the poles as far as rounding allows. rule is untouched on failure. */
grz_status grzi_sphere_rule_create(const grz_context *context, int degree, grzi_sphere_rule *rule);
void grzi_sphere_rule_destroy(const grz_context *context, grzi_sphere_rule *rule);

/* Turns the rule's nodes by a fixed rotation that depends on the index (a well spread sequence in SO(3)): rules of several radii then do
 * not share their blind directions. Index 0 is the identity. */
void grzi_sphere_rule_rotate(grzi_sphere_rule *rule, int index);

/* Two unit vectors p, q with (w, p, q) orthonormal and right handed. */
void grzi_orthonormal_frame(const double w[3], double p[3], double q[3]);

/* j_0(x) .. j_lmax(x), x >= 0; good to a few roundings relative to hypot(j_l, j_{l+1}) for l < x, to j_l itself beyond, also where tiny. */
void grzi_spherical_bessel(int lmax, double x, double *j);

/* P_0(x) .. P_lmax(x). */
void grzi_legendre(int lmax, double x, double *P);

/* (1 - P_l(cos theta))/(2 sin^2(theta/2)) for l = 0..lmax without cancellation for any theta in [0, pi]; l(l+1)/2 at theta = 0. */
void grzi_legendre_deficit(int lmax, double theta, double *deficit);

/* Real orthonormal spherical harmonics Y_lm(w), index l*l + l + m, l <= lmax, at a unit vector, and their derivatives along the unit
 * tangents p and q. */
void grzi_harmonics_slopes(int lmax, const double w[3], const double p[3], const double q[3], double *Y, double *along_p, double *along_q);

#endif

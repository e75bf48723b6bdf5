/* The collision nodes of an operator one batch after the other, for sums that are none of its own: actions and divergences of given rates,
 * lower bounds by test functions of pairs. Same nodes, weights and values of log f as the operator's sums, so D summed here is its D to
 * rounding; a batch and a few volumes per thread are all the memory. */
#ifndef GRZI_STREAM_H
#define GRZI_STREAM_H

#include "core/core.h"

enum { GRZI_BATCH = 256, GRZI_STREAM_FIELDS = 3, GRZI_STREAM_SUMS = 8 };

/* Some centres y of one (r, w, sigma): v = y + r w, v* = y - r w, v' = y + r sigma, v*' = y - r sigma. With h = ff* and h' = f'f*', all
 * differences are in units of unit: jump = (h' - h)/unit, difference = (log h' - log h)/unit, and for a grid function psi
 * fields = (Psi(sigma) - Psi(w))/unit, where Psi(w) = psi(v) + psi(v*). weight unit^{-2} is the measure of B dsigma dv* dv at each node:
 * D_B = 1/4 sum weight jump difference, A_B = 1/4 sum weight mobility (dbar phi/unit)^2. unit is theta for small angles, else 1.
 *
 * A node of (w, sigma) stands for (-w, -sigma) too, half of its weight each. What is not symmetric under that exchange of v, v* and of v',
 * v*' must be averaged over the two.
 *
 * Landau (tangential = 1): theta = unit = 0, sigma = w, and differences are derivatives along the unit tangent chord; the batch of each w
 * comes twice, with two orthogonal chords. D_L = 1/4 sum weight h difference^2. With strength = C_beta times the kinetic factor |z|^gamma,
 * 2 sqrt(strength) difference is the component of grad_tilde log f along chord, and weight/(8 strength) the measure of dv* dv, which each
 * of the two batches sees.
 *
 * Boltzmann's nodes may be tangential too: the share of a law that its operator takes in the limit of small angles, with four chords e to
 * each w. Whatever is given for collisions counts there by its derivative at theta = 0 along e, as differences do. */
typedef struct grzi_batch {
    int count, tangential;
    double r, theta, unit, weight, strength;                  /* strength: 0 but for tangential ones */
    double shortest;                                          /* of Boltzmann's tangential ones: the law has the angles next above it */
    const double *w, *sigma, *chord;                          /* 3 each, of all nodes of the batch; chord = (sigma - w)/unit */
    const double *v, *v_star, *v_prime, *v_star_prime;        /* count*3 */
    const double *h, *h_prime, *mobility, *difference, *jump; /* count; mobility: the logarithmic mean of h and h' */
    const double *fields[GRZI_STREAM_FIELDS];                 /* count */
} grzi_batch;

/* Adds to sums (of the share) and, if there is an adjoint, writes force (count). A failure ends the walk. */
typedef grz_status grzi_visit_fn(const grzi_batch *batch, double *sums, double *force, void *user);

typedef struct grzi_stream {
    grzi_visit_fn *visit;
    void *user;
    int one_thread; /* visit may run on the calling thread only */
    int field_count;
    const double *fields[GRZI_STREAM_FIELDS]; /* nodal values, n^3 */
    int sum_count;
} grzi_stream;

#endif

/* Discrete curves f_0, ..., f_m of constant time steps tau = 1/m, and their energy
 *
 *     E = sum_k (1/tau) <g_k, K_k^+ g_k>,  g_k = f_{k+1} - f_k,  K_k the Onsager operator at the middle of f_k and f_{k+1},
 *
 * least over curves with these ends: d^2 up to O(tau^2). The flux is eliminated: phi_k = K_k^+ g_k/tau is found by conjugate gradients,
 * and E/2's derivative at an inner f_k is phi_{k-1} - phi_k - tau/2 (G(k-1) + G(k)), with G(k) = G at the middle and phi_k. */
#ifndef GRZI_CURVE_H
#define GRZI_CURVE_H

#include "distance/space.h"

typedef struct grzi_curve {
    const grzi_space *space;
    int steps;                /* m */
    double *f;                /* m + 1 densities */
    double *middle, *phi, *G; /* m fields each */
    double *square;           /* m squared speeds <g_k, phi_k>/tau */
    double energy;            /* tau sum square */
    int64_t applications;     /* of K or G so far */
    int64_t cap;              /* of conjugate gradient steps for one phi */
} grzi_curve;

grz_status grzi_curve_create(const grzi_space *space, int steps, grzi_curve *curve);
void grzi_curve_destroy(grzi_curve *curve);

static inline double *grzi_curve_level(const grzi_curve *curve, const double *fields, int k)
{
    return (double *)fields + k * curve->space->count;
}

/* Relative error of the energy when nothing is known of the accuracy that it takes. */
#define GRZI_CURVE_COARSE 1e-4

/* phi, G, square, energy from f; phi is a guess on entry. accuracy: of phi, the root of the error's sum tau <., K .>; 0: COARSE. work:
 * GRZI_CURVE_WORK fields. GRZ_ERROR_NOT_CONVERGED when conjugate gradients come to their cap. */
enum { GRZI_CURVE_WORK = 6 };
grz_status grzi_curve_evaluate(grzi_curve *curve, double accuracy, double *work);

/* E/2's derivative at the levels 1..m (m - 1 of them matter with fixed ends), without invariants. */
void grzi_curve_gradient(const grzi_curve *curve, double *gradient);

/* out = K_k x */
grz_status grzi_curve_onsager(grzi_curve *curve, int k, const double *x, double *out);

/* ||r||/||phi'||: sqrt(sum <r_k, K r_k>) of the gradient over that of tau G, size, over the inner levels; 0 for one step. work: 2
 * fields. */
grz_status grzi_curve_residual(grzi_curve *curve, const double *gradient, double *residual, double *size, double *work);

/* The curve at half the time step: even levels are coarse's, odd ones and phi by polynomials of degree 3 at most in time. Both of one
 * space, fine with twice the steps. 0 when that leaves the positive densities. */
int grzi_curve_refine(const grzi_curve *coarse, grzi_curve *fine);
/* The density at time 0 <= t <= 1 by the polynomial through the four nearest levels, kept positive, and its derivative (or NULL). */
int grzi_curve_at(const grzi_curve *curve, double t, double *f, double *rate);

#endif

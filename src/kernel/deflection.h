/* Classical scattering by the repulsive potential U = E rho^{-p}, E the relative energy, p = s - 1. With x0 = b/rho_min the deflection is
 *     theta = 2 int_0^{pi/2} [1 - sqrt(q/(q + m R(phi)))] dphi,   R = (1 - sin^p phi)/cos^2 phi,   q = x0^2 = 1 - m,   b^2 = q m^{-2/p},
 * so m in (0, 1) parametrises all orbits: m -> 0 grazing, theta ~ A m with A = int R dphi; m -> 1 head-on, theta -> pi. */
#ifndef GRZI_DEFLECTION_H
#define GRZI_DEFLECTION_H

#include "core/core.h"

enum { GRZI_DEFLECTION_NODES = 321 };

/* Quadrature in phi: int_0^{pi/2} G(R(phi)) dphi = sum w_j G(R_j), tanh-sinh, for R in GRZI_DEFLECTION_NODES places. */
void grzi_deflection_rule(double p, double *R, double *w);

/* A = int R dphi = sqrt(pi) Gamma((p+1)/2)/Gamma(p/2): theta ~ A b^{-p} at large impact parameter (impulse approximation). */
double grzi_deflection_grazing(const double *R, const double *w);

/* theta/m and dtheta/dm at m < 1, without cancellation for small m. */
void grzi_deflection_forward(const double *R, const double *w, double m, double *theta_by_m, double *slope);

/* (pi - theta)/t and d(pi - theta)/dt at t = sqrt(q) > 0, without cancellation for small t. */
void grzi_deflection_backward(const double *R, const double *w, double t, double *angle_by_t, double *slope);

/* Inverse maps, by safeguarded Newton: m of the deflection theta, t of the deflection pi - angle; both angles in (0, pi/2]. */
double grzi_deflection_m(const double *R, const double *w, double theta);
double grzi_deflection_t(const double *R, const double *w, double angle);

#endif

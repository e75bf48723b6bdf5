/* Independent truth for the spectral operators: the double sum over all pairs of retained modes, with the kernel's radial and angular sums
 * done by plain quadrature and recurrences. Nothing of the library is used. O(n^6): for n up to 16. */
#ifndef SPECTRAL_DIRECT_H
#define SPECTRAL_DIRECT_H

typedef struct direct_problem {
    int n;                /* even */
    double half_width, R; /* box [-L, L)^3, |v - v*| <= 2R */
    double gamma;
    double nu, eps; /* power law normalised by (2.2), scaled; nu = 0: isotropic scattering, lambda_l = -1 for l > 0; eps = 0: Landau */
} direct_problem;

/* lambda_l for even l <= lmax (odd entries 0). */
void direct_spectrum(double nu, double eps, int lmax, double *lambda);

/* Q(f, f) at the n^3 nodes, from modes |k| < n/2. 0 on success. */
int direct_collision(const direct_problem *problem, const double *f, double *Q);

#endif

/* Maxwellians rho (2 pi T)^{-3/2} exp(-|v - u|^2/(2 T)) at the nodes of a grid. */
#ifndef GRZI_MAXWELLIAN_H
#define GRZI_MAXWELLIAN_H

#include "distribution/distribution.h"

typedef struct grzi_maxwellian {
    double rho, u[3], T;
} grzi_maxwellian;

/* That of f's moments on the grid, for f known to have them: sums are compensated, nothing is checked. */
void grzi_maxwellian_of(const grz_grid *grid, const double *f, grzi_maxwellian *maxwellian);

double grzi_maxwellian_peak(const grzi_maxwellian *maxwellian);

/* |v - u|^2 at a node. */
double grzi_maxwellian_square(const grz_grid *grid, const grzi_maxwellian *maxwellian, int64_t node);

/* The logarithm, n^3 values. */
void grzi_maxwellian_log(const grz_grid *grid, const grzi_maxwellian *maxwellian, double *values);

/* The three factors of one coordinate each, 3n values, without rho; and the values, n^3, from them (work: 3n). */
void grzi_maxwellian_axes(const grz_grid *grid, const grzi_maxwellian *maxwellian, double *axes);
void grzi_maxwellian_fill(const grz_grid *grid, const grzi_maxwellian *maxwellian, double *work, double *values);

#endif

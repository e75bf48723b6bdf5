/* A density between the nodes of its grid, as entropic operators see it: exp of the spline through log f. */
#ifndef GRZI_INTERPOLANT_H
#define GRZI_INTERPOLANT_H

#include "distribution/grid.h"
#include "kernel/kernel.h"
#include "spline/spline.h"

struct grz_interpolant {
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grzi_spline spline;
    double *coefficients; /* of log f */
};

/* f > 0 (n^3, checked); the kernel is that of the test functions of optima.c. */
grz_status grzi_interpolant_new(const grz_grid *grid, const grz_kernel *kernel, int degree, const double *f, grz_interpolant **out);

/* log f at v, or log f and its gradient; 0 when v is outside the outermost nodes. */
int grzi_interpolant_at(const grz_interpolant *interpolant, const double v[3], double *log_f);
int grzi_interpolant_slope(const grz_interpolant *interpolant, const double v[3], double *log_f, double gradient[3]);

#endif

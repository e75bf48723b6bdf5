/* The density that an entropic operator sees between the nodes: exp of the spline through log f. */
#ifndef GRZI_INTERPOLANT_H
#define GRZI_INTERPOLANT_H

#include "operator/operator.h"
#include "spline/spline.h"

struct grz_interpolant {
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grzi_spline spline;
    double *coefficients; /* of log f */
};

/* log f at v, or log f and its gradient; 0 when v is outside the outermost nodes. */
int grzi_interpolant_at(const grz_interpolant *interpolant, const double v[3], double *log_f);
int grzi_interpolant_slope(const grz_interpolant *interpolant, const double v[3], double *log_f, double gradient[3]);

#endif

/* The handle of a curve of least length between two densities. */
#ifndef GRZI_GEODESIC_H
#define GRZI_GEODESIC_H

#include "core/options.h"
#include "distance/curve.h"
#include "distance/operator_space.h"

/* Options lie in an array by id. distances: those of 2, 4, 8, ... steps. */
enum { GRZI_GEODESIC_OPTIONS = 208, GRZI_GEODESIC_SIZES = 9 };

struct grz_geodesic {
    grz_context *context;
    grz_operator *op;
    int64_t count; /* n^3 */
    double options[GRZI_GEODESIC_OPTIONS];
    double *ends;     /* f_0 and f_1, the latter with the moments of the former */
    double projected; /* by how much that has changed f_1, relative to its largest value */
    grz_moment unreachable;
    grzi_operator_space space;
    grzi_curve curve; /* no steps: the straight line, still to be made */
    int evaluated;    /* phi, speeds and energy belong to f */
    double distances[GRZI_GEODESIC_SIZES], residual;
    int64_t iterations, applications;
};

/* The curve as it is, made if there is none yet. */
grz_status grzi_geodesic_begin(grz_geodesic *geodesic);
grz_status grzi_geodesic_check_run(const grz_geodesic *geodesic, const char *function);

/* log2 of the steps less 1: the place in distances */
int grzi_geodesic_size(int steps);

#endif

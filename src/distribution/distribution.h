#ifndef GRZI_DISTRIBUTION_H
#define GRZI_DISTRIBUTION_H

#include "distribution/grid.h"

struct grz_distribution {
    grz_context *context;
    grz_grid *grid;
    double *values; /* n^3, finite and >= 0 */
};

#endif

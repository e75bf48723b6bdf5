/* From one velocity grid to another. */
#ifndef GRZI_REGRID_H
#define GRZI_REGRID_H

#include "distribution/grid.h"

/* One matrix for each axis, target n x source n, row by row: values at the target's nodes from those at the source's. logarithmic: of the
 * quintic spline, at the nearest point of the range of the source's nodes. fourier: of the trigonometric polynomial through the nodes,
 * 0 outside the source's box. */
grz_status grzi_regrid_logarithmic(const grz_grid *source, const grz_grid *target, double *const matrices[3]);
void grzi_regrid_fourier(const grz_grid *source, const grz_grid *target, double *const matrices[3]);

/* out = (A x B x C) in, with this many doubles of workspace. */
int64_t grzi_regrid_work(int source_n, int target_n);
grz_status grzi_regrid_apply(const grz_context *context, int source_n, int target_n, double *const matrices[3], const double *in,
                             double *out, double *work);

#endif

/* The sphere rule scheme: for each r and node w of an antipodal rule, h = f(y + r w) f(y - r w) by one complex transform, then
 *     Qhat(k) += weight sum over even L of (-1)^{L/2} (2L+1) rest_L j_L(r|k|) P_L(k.w/|k|) hhat(k) .
 * The degree of the rule grows with r and the rule turns from radius to radius. Where only rest_0 is there (cutoff Maxwell molecules and
 * all isotropic scattering), the products of a radius are summed before their one transform. */
#ifndef GRZI_SPECTRAL_SPHERES_H
#define GRZI_SPECTRAL_SPHERES_H

#include "core/crew.h"
#include "core/pulse.h"
#include "operator/spectral/modes.h"
#include "operator/spectral/radial.h"

/* The sum over nodes is cut into this many chunks whatever the number of threads, for the same rounding. */
enum { GRZI_SPHERES_CHUNKS = 8, GRZI_SPHERES_DEGREE = 200 };

typedef struct grzi_spheres {
    int radii, degree;
    int64_t nodes;    /* (r, w) pairs: half spheres */
    int *first;       /* radii + 1: nodes of each radius */
    int *top;         /* radii: largest L used, -1: none */
    int table_orders; /* even orders 0..: row length of table */
    double *shift;    /* nodes * 3: r w in grid periods, so that the phase of mode k is exp(i unit k.shift) */
    double *weight;   /* nodes */
    double *table;    /* [radius][|k|^2][L/2] of (-1)^{L/2} (2L+1) rest_L j_L */
} grzi_spheres;

grz_status grzi_spheres_create(const grz_context *context, const grzi_modes *modes, const grzi_radial *radial, int degree,
                               grzi_spheres *spheres);
void grzi_spheres_destroy(const grz_context *context, grzi_spheres *spheres);

/* Complex numbers of work per thread: spectrum, image, product. nodes is even. */
static inline int64_t grzi_spheres_buffer(int64_t nodes)
{
    return 5 * nodes / 2;
}

/* parts: GRZI_SPHERES_CHUNKS ball arrays, unnormalised; buffers: threads times the above. Where the pulse stops, parts hold no result. */
void grzi_spheres_apply(const grzi_spheres *spheres, const grzi_modes *modes, const grzi_fft *fft, grzi_crew *crew, const double complex *f,
                        const double complex *g, double complex *buffers, double complex *parts, grzi_pulse *pulse);

#endif

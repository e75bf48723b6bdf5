/* The Fourier modes that the spectral operators keep: integer k with |k|^2 < N^2/4, N the nodes of the period, a ball, because their
 * kernels depend on |k| and rotations must not change which modes there are; or, for schemes without a fit, the whole cube |k_i| < N/2.
 * Where the period is longer than the box, f is zero beyond it. Of each pair +-k with k_z > 0 one is stored, as real transforms do. */
#ifndef GRZI_SPECTRAL_MODES_H
#define GRZI_SPECTRAL_MODES_H

#include "core/fft.h"

/* Modes (x, y, 0..length-1), consecutive in ball arrays from first on and in half spectra from their offset on. */
typedef struct grzi_mode_row {
    int32_t x, y, length;
    int64_t first, offset; /* offset: in the half spectrum of the transforms */
} grzi_mode_row;

typedef struct grzi_modes {
    int n, period; /* nodes per axis of the user's grid and of the period, n at least, with the same spacing */
    int padded;    /* nodes per axis of the transforms of the period */
    int limit;     /* |k|^2 < limit in the ball; in the cube, for all its modes */
    double unit;   /* pi: wave number of k = 1 in the period of half width 1 */
    int row_count;
    int64_t count;
    grzi_mode_row *rows;
    int32_t *square; /* |k|^2 of each mode */
} grzi_modes;

grz_status grzi_modes_create(const grz_context *context, int n, int period, int padded, int cube, grzi_modes *modes);
void grzi_modes_destroy(const grz_context *context, grzi_modes *modes);

#endif

/* Three-dimensional Fourier transforms of n^3 periodic grids, the only place that knows the FFT library. Plans are made and destroyed
 * under one lock (the library's planner keeps global state); transforms run on any thread, each on its own buffers, single-threaded, so
 * that results do not depend on the number of threads. Buffers come from grzi_allocate (plans assume its alignment). */
#ifndef GRZI_FFT_H
#define GRZI_FFT_H

#include "core/core.h"

#include <complex.h>

typedef struct grzi_fft {
    int n;
    void *forward, *complex_backward;
} grzi_fft;

/* Plans for n^3 nodes. On failure *fft is empty. */
grz_status grzi_fft_create(const grz_context *context, int n, grzi_fft *fft);
void grzi_fft_destroy(grzi_fft *fft);

static inline int64_t grzi_fft_nodes(const grzi_fft *fft)
{
    return (int64_t)fft->n * fft->n * fft->n;
}

/* Complex numbers of a half spectrum: n * n * (n/2 + 1), index (x*n + y)*(n/2 + 1) + z. */
static inline int64_t grzi_fft_spectrum(const grzi_fft *fft)
{
    return (int64_t)fft->n * fft->n * (fft->n / 2 + 1);
}

/* Unnormalised: sum f e^{-ikx} over the nodes, destroying its input; sum fhat e^{ikx} over the modes, n^3 complex numbers, keeping it. */
void grzi_fft_forward(const grzi_fft *fft, double *values, double complex *spectrum);
void grzi_fft_complex_backward(const grzi_fft *fft, double complex *spectrum, double complex *values);

/* The same transforms cut in two, along x for some columns (y, z) at once and in planes of constant x: what lies between the two halves
 * fits the caches, columns without modes are left out, and threads share one transform. */
enum { GRZI_FFT_COLUMNS = 16 };

typedef struct grzi_fft_layers {
    int n;
    void *columns[2], *plane[2]; /* e^{-ikx}, e^{+ikx} */
} grzi_fft_layers;

grz_status grzi_fft_layers_create(const grz_context *context, int n, grzi_fft_layers *layers);
void grzi_fft_layers_destroy(grzi_fft_layers *layers);

/* In place: block[x * GRZI_FFT_COLUMNS + column], x < n. sign: of the exponent. */
void grzi_fft_columns(const grzi_fft_layers *layers, int sign, double complex *block);
/* n * n numbers, from one buffer, which is kept, by a second to a third. */
void grzi_fft_plane(const grzi_fft_layers *layers, int sign, double complex *from, double complex *spare, double complex *to);

#endif

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

/* In place, of n entries of eight real parts and eight imaginary ones: what fft_batch.h has no passes for. */
grz_status grzi_fft_lines_plan(const grz_context *context, int n, void **plan);
void grzi_fft_lines_destroy(void **plan);
void grzi_fft_lines_execute(void *plan, double *line);

#endif

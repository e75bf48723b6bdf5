/* Fourier transforms of n^3 periodic grids, whole or axis by axis, the only place that knows the FFT library. Plans are made and destroyed
 * under one lock (the library's planner keeps global state); transforms run on any thread, each on its own buffers, single-threaded, so
 * that results do not depend on the number of threads. Buffers come from grzi_allocate (plans assume its alignment). */
#ifndef GRZI_FFT_H
#define GRZI_FFT_H

#include "core/core.h"

#include <complex.h>

/* Plans are made between begin and end, with the planner's lock, for one thread whatever the host asked of FFTW, which end restores. Where
 * measured is 0 (the context's choice) they depend on nothing but FFTW and the processor: no timing, no wisdom. */
typedef struct grzi_planning {
    int host_threads, measured;
    char *wisdom;
} grzi_planning;

grzi_planning grzi_planning_begin(const grz_context *context);
void grzi_planning_end(grzi_planning *planning);

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

/* Transforms along one axis at a time, for fields whose modes leave much of their box empty. A plane is n rows of n complex numbers; a line
 * is n entries of eight complex numbers, eight transforms side by side. */
enum { GRZI_LANES = 8 };

typedef struct grzi_fft_axes {
    int n, kept;
    int64_t stride;
    void *plans[6];
} grzi_fft_axes;

/* Lines go to and from places every stride complex numbers; the columns of a plane that are transformed are the first and the last
 * kept ones. On failure *axes is empty. */
grz_status grzi_fft_axes_create(const grz_context *context, int n, int kept, int64_t stride, grzi_fft_axes *axes);
void grzi_fft_axes_destroy(grzi_fft_axes *axes);

/* Unnormalised, exponent +1 backward and -1 forward. A line to its places and back, keeping the input. */
void grzi_fft_line_backward(const grzi_fft_axes *axes, double complex *line, double complex *places);
void grzi_fft_line_forward(const grzi_fft_axes *axes, double complex *places, double complex *line);
/* A plane: columns from modes to half, whose other columns must be zero, and rows from half to values; rows of values in place, then
 * columns from values to half. Backward keeps modes and half, forward destroys values. */
void grzi_fft_plane_backward(const grzi_fft_axes *axes, double complex *modes, double complex *half, double complex *values);
void grzi_fft_plane_forward(const grzi_fft_axes *axes, double complex *values, double complex *half);

#endif

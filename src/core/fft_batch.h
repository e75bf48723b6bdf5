/* Eight complex transforms side by side in vector registers, and the few loops around them that want the same vectors. A line is n entries
 * of 16 doubles, the real parts of eight transforms and then their imaginary ones. One source (fft_batch.inc), compiled for several
 * instruction sets, chosen at run time; lengths with prime factors above 13 go through the FFT library. */
#ifndef GRZI_FFT_BATCH_H
#define GRZI_FFT_BATCH_H

#include "core/core.h"

enum { GRZI_LANES = 8, GRZI_ENTRY = 2 * GRZI_LANES, GRZI_FFT_PASSES = 12 };

/* Entry i has its real parts at re + 8 place[i] and its imaginary parts at im + 8 place[i]. */
typedef struct grzi_stream {
    double *re, *im;
    const int32_t *place;
} grzi_stream;

struct grzi_fft_kernels;

typedef struct grzi_fft_batch {
    int n, passes, radix[GRZI_FFT_PASSES]; /* passes == 0: by the library */
    double *twiddles;
    int32_t *line; /* places of a line's entries */
    void *library;
    const struct grzi_fft_kernels *kernels;
} grzi_fft_batch;

typedef struct grzi_fft_kernels {
    /* Of lengths with passes. in and out may be the same line. spare: two lines. */
    void (*transform)(const grzi_fft_batch *batch, int sign, grzi_stream in, grzi_stream out, double *spare);
    /* count entries: out = times * factor * in, out += factor * in; eight factors each, step numbers from one entry to the next. */
    void (*multiply)(int count, const double *factor, int step, double times, const double *in, double *out);
    void (*multiply_add)(int count, const double *factor, int step, const double *in, double *out);
    /* line = weight * in + other, at the places of in (other may be NULL); eight weights for each entry before that place. */
    void (*weigh)(int n, const double *weight, const grzi_stream *in, const grzi_stream *other, double *line);
    /* Half spectra in z of eight rows of two real fields, a and b, row after row, modes 0..last in blocks of eight, depth entries a row:
     * to the line of a + i b, eight rows side by side; and back. */
    void (*pack)(int n, int last, int depth, const double *a, const double *b, double *line);
    void (*unpack)(int n, int last, int depth, const double *line, double *a, double *b);
    /* sum = or += weight * (real part) * (imaginary part) of a line; sum->im unused. */
    void (*product)(int n, double weight, int fresh, const double *line, const grzi_stream *sum);
    /* line = scale (a + i b) from up to eight rows of n numbers each of two real fields, and back. */
    void (*load_rows)(int n, double scale, int rows_a, const double *a, int rows_b, const double *b, double *line);
    void (*store_rows)(int n, double scale, const double *line, int rows_a, double *a, int rows_b, double *b);
} grzi_fft_kernels;

extern const grzi_fft_kernels grzi_fft_kernels_generic, grzi_fft_kernels_avx2, grzi_fft_kernels_avx512;

/* On failure *batch is empty. */
grz_status grzi_fft_batch_create(const grz_context *context, int n, grzi_fft_batch *batch);
void grzi_fft_batch_destroy(const grz_context *context, grzi_fft_batch *batch);

/* Unnormalised, sign of the exponent. in and out may be the same. spare: two lines. */
void grzi_fft_batch_transform(const grzi_fft_batch *batch, int sign, grzi_stream in, grzi_stream out, double *spare);

static inline grzi_stream grzi_line(const grzi_fft_batch *batch, double *line)
{
    return (grzi_stream){line, line + GRZI_LANES, batch->line};
}

#endif

/* Plans of the batched transforms, and the kernels of any processor: SSE2 on x86-64, NEON on arm64. */
#define LANES      2
#define LANES_NAME generic
#include "core/fft_batch.inc"

#include "core/fft.h"

#include <math.h>
#include <string.h>

static const grzi_fft_kernels *kernels(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    int level = grzi_simd_level();
    if (level == 2) return &grzi_fft_kernels_avx512;
    if (level == 1) return &grzi_fft_kernels_avx2;
#endif
    return &grzi_fft_kernels_generic;
}

/* The fewest radices whose product is n, of these the least in sum, in falling order; 0 where there are none. */
static int factor(int n, int largest, int room, int radix[GRZI_FFT_PASSES])
{
    static const int radices[10] = {13, 11, 9, 8, 7, 6, 5, 4, 3, 2};
    int best = 0, best_sum = 0, rest[GRZI_FFT_PASSES];
    for (int i = 0; i < 10 && room > 0; i++) {
        if (radices[i] > largest || n % radices[i]) continue;
        int count = n == radices[i] ? 0 : factor(n / radices[i], radices[i], room - 1, rest), sum = radices[i];
        if (count == 0 && n != radices[i]) continue;
        for (int j = 0; j < count; j++) sum += rest[j];
        if (best && (count + 1 > best || (count + 1 == best && sum >= best_sum))) continue;
        best = count + 1;
        best_sum = sum;
        radix[0] = radices[i];
        memcpy(radix + 1, rest, (size_t)count * sizeof *rest);
    }
    return best;
}

static void fill_twiddles(const grzi_fft_batch *batch)
{
    double *to = batch->twiddles;
    for (int p = 0, length = batch->n; p < batch->passes; length /= batch->radix[p++])
        for (int i = 0; i < length / batch->radix[p]; i++)
            for (int j = 1; j < batch->radix[p]; j++) {
                long double angle = 6.283185307179586476925286766559L * ((int64_t)i * j % length) / length;
                *to++ = (double)cosl(angle);
                *to++ = (double)-sinl(angle);
            }
}

grz_status grzi_fft_batch_create(const grz_context *context, int n, grzi_fft_batch *batch)
{
    grzi_fft_batch made = {.n = n, .kernels = kernels()};
    *batch = (grzi_fft_batch){0};
    made.passes = factor(n, n, GRZI_FFT_PASSES, made.radix);
    made.twiddles = grzi_allocate(context, 4 * (int64_t)n, sizeof *made.twiddles);
    made.line = grzi_allocate(context, n, sizeof *made.line);
    grz_status status = made.twiddles && made.line ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK && !made.passes) status = grzi_fft_lines_plan(context, n, &made.library);
    if (status != GRZ_OK) {
        grzi_fft_batch_destroy(context, &made);
        return status;
    }
    for (int i = 0; i < n; i++) made.line[i] = 2 * i;
    fill_twiddles(&made);
    *batch = made;
    return GRZ_OK;
}

void grzi_fft_batch_destroy(const grz_context *context, grzi_fft_batch *batch)
{
    grzi_deallocate(context, batch->twiddles);
    grzi_deallocate(context, batch->line);
    grzi_fft_lines_destroy(&batch->library);
    *batch = (grzi_fft_batch){0};
}

void grzi_fft_batch_transform(const grzi_fft_batch *batch, int sign, grzi_stream in, grzi_stream out, double *spare)
{
    if (batch->passes) {
        batch->kernels->transform(batch, sign, in, out, spare);
        return;
    }
    /* The library transforms with exponent -1; the other sign swaps real and imaginary parts. */
    double *re = spare + (sign > 0 ? GRZI_LANES : 0), *im = spare + (sign > 0 ? 0 : GRZI_LANES);
    for (int i = 0; i < batch->n; i++) {
        memcpy(re + GRZI_ENTRY * i, in.re + GRZI_LANES * (int64_t)in.place[i], GRZI_LANES * sizeof *re);
        memcpy(im + GRZI_ENTRY * i, in.im + GRZI_LANES * (int64_t)in.place[i], GRZI_LANES * sizeof *im);
    }
    grzi_fft_lines_execute(batch->library, spare);
    for (int i = 0; i < batch->n; i++) {
        memcpy(out.re + GRZI_LANES * (int64_t)out.place[i], re + GRZI_ENTRY * i, GRZI_LANES * sizeof *re);
        memcpy(out.im + GRZI_LANES * (int64_t)out.place[i], im + GRZI_ENTRY * i, GRZI_LANES * sizeof *im);
    }
}

#include "operator/spectral/contraction.h"

#include "core/core.h"

enum { TILE = GRZI_CONTRACTION_TILE };

/* Eight doubles: one AVX-512 register, two of AVX2, four of SSE2 or NEON; the compiler splits them. */
typedef double lane __attribute__((vector_size(64), aligned(64)));

/* BLOCK outputs for WIDTH lanes of nodes stay in registers while all pairs pass by. */
#define DEFINE_BLOCK(NAME, TARGET, BLOCK, WIDTH)                                                                   \
    TARGET static void NAME(int inputs, int outputs, const double *c, const double *F, const double *G, double *S) \
    {                                                                                                              \
        lane sum[BLOCK][WIDTH];                                                                                    \
        for (int p = 0; p < BLOCK; p++)                                                                            \
            for (int w = 0; w < WIDTH; w++) sum[p][w] = (lane){0};                                                 \
        for (int i = 0; i < inputs; i++)                                                                           \
            for (int j = i; j < inputs; j++, c += outputs) {                                                       \
                lane product[WIDTH];                                                                               \
                for (int w = 0; w < WIDTH; w++) {                                                                  \
                    const lane *Fi = (const lane *)(F + i * TILE) + w, *Fj = (const lane *)(F + j * TILE) + w;     \
                    if (F == G) {                                                                                  \
                        product[w] = *Fi * *Fj;                                                                    \
                    } else {                                                                                       \
                        const lane *Gi = (const lane *)(G + i * TILE) + w, *Gj = (const lane *)(G + j * TILE) + w; \
                        product[w] = (*Fi * *Gj + *Fj * *Gi) * 0.5;                                                \
                    }                                                                                              \
                }                                                                                                  \
                for (int p = 0; p < BLOCK; p++)                                                                    \
                    for (int w = 0; w < WIDTH; w++) sum[p][w] += c[p] * product[w];                                \
            }                                                                                                      \
        for (int p = 0; p < BLOCK; p++)                                                                            \
            for (int w = 0; w < WIDTH; w++) ((lane *)(S + p * TILE))[w] = sum[p][w];                               \
    }

typedef void (*block)(int inputs, int outputs, const double *c, const double *F, const double *G, double *S);

/* Over a tile's nodes, lanes at a time, and its outputs, cut in the fewest blocks that registers hold, of nearly equal size. */
static void over_blocks(const block *blocks, int largest, int lanes, int inputs, int outputs, const double *c, const double *F,
                        const double *G, int count, double *S)
{
    for (int x = 0; x < count; x += lanes)
        for (int p = 0, left = (outputs + largest - 1) / largest; left > 0; left--) {
            int size = (outputs - p) / left;
            blocks[size - 1](inputs, outputs, c + p, F + x, G + x, S + p * TILE + x);
            p += size;
        }
}

#define NO_TARGET
#define PORTABLE(SIZE) DEFINE_BLOCK(portable_##SIZE, NO_TARGET, SIZE, 1)
PORTABLE(1)
PORTABLE(2)
PORTABLE(3)
static const block PORTABLE_BLOCKS[3] = {portable_1, portable_2, portable_3};

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_DISPATCH 1
#define AVX2(SIZE)    DEFINE_BLOCK(avx2_##SIZE, __attribute__((target("avx2,fma"))), SIZE, 1)
#define AVX512(SIZE)  DEFINE_BLOCK(avx512_##SIZE, __attribute__((target("avx512f,avx512dq,avx512vl,fma"))), SIZE, 2)
AVX2(1)
AVX2(2)
AVX2(3)
AVX2(4)
AVX2(5)
AVX2(6)
static const block AVX2_BLOCKS[6] = {avx2_1, avx2_2, avx2_3, avx2_4, avx2_5, avx2_6};
AVX512(1)
AVX512(2)
AVX512(3)
AVX512(4)
AVX512(5)
AVX512(6)
AVX512(7)
AVX512(8)
AVX512(9)
AVX512(10)
AVX512(11)
AVX512(12)
static const block AVX512_BLOCKS[12] = {avx512_1, avx512_2, avx512_3, avx512_4,  avx512_5,  avx512_6,
                                        avx512_7, avx512_8, avx512_9, avx512_10, avx512_11, avx512_12};
#endif

void grzi_contract(int inputs, int outputs, const double *coefficients, const double *F, const double *G, int count, double *S)
{
#ifdef HAVE_DISPATCH
    int level = grzi_simd_level();
    if (level == 2) {
        over_blocks(AVX512_BLOCKS, 12, 16, inputs, outputs, coefficients, F, G, count, S);
        return;
    }
    if (level == 1) {
        over_blocks(AVX2_BLOCKS, 6, 8, inputs, outputs, coefficients, F, G, count, S);
        return;
    }
#endif
    over_blocks(PORTABLE_BLOCKS, 3, 8, inputs, outputs, coefficients, F, G, count, S);
}

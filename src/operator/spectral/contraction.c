#include "operator/spectral/contraction.h"

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

/* Blocks of the four sizes that make up any number of outputs with little waste, and the loop over a tile's nodes and outputs. */
#define DEFINE_TILE(SUFFIX, TARGET, WIDTH, B0, B1, B2)                                                                                 \
    DEFINE_BLOCK(block0_##SUFFIX, TARGET, B0, WIDTH)                                                                                   \
    DEFINE_BLOCK(block1_##SUFFIX, TARGET, B1, WIDTH)                                                                                   \
    DEFINE_BLOCK(block2_##SUFFIX, TARGET, B2, WIDTH)                                                                                   \
    DEFINE_BLOCK(block3_##SUFFIX, TARGET, 1, WIDTH)                                                                                    \
    TARGET static void tile_##SUFFIX(int inputs, int outputs, const double *c, const double *F, const double *G, int count, double *S) \
    {                                                                                                                                  \
        int blocks = (outputs + B0 - 1) / B0;                                                                                          \
        for (int x = 0; x < count; x += 8 * WIDTH)                                                                                     \
            for (int p = 0, b = 0; p < outputs; b++) {                                                                                 \
                int size = b < blocks ? (outputs - p) / (blocks - b) : outputs - p;                                                    \
                double *to = S + p * TILE + x;                                                                                         \
                const double *Fx = F + x, *Gx = F == G ? Fx : G + x;                                                                   \
                if (size >= B0) {                                                                                                      \
                    block0_##SUFFIX(inputs, outputs, c + p, Fx, Gx, to);                                                               \
                    p += B0;                                                                                                           \
                } else if (size >= B1) {                                                                                               \
                    block1_##SUFFIX(inputs, outputs, c + p, Fx, Gx, to);                                                               \
                    p += B1;                                                                                                           \
                } else if (size >= B2) {                                                                                               \
                    block2_##SUFFIX(inputs, outputs, c + p, Fx, Gx, to);                                                               \
                    p += B2;                                                                                                           \
                } else {                                                                                                               \
                    block3_##SUFFIX(inputs, outputs, c + p, Fx, Gx, to);                                                               \
                    p += 1;                                                                                                            \
                }                                                                                                                      \
            }                                                                                                                          \
    }

#define NO_TARGET
DEFINE_TILE(portable, NO_TARGET, 1, 3, 2, 2)

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_DISPATCH 1
DEFINE_TILE(avx2, __attribute__((target("avx2,fma"))), 1, 6, 5, 4)
DEFINE_TILE(avx512, __attribute__((target("avx512f,avx512dq,avx512vl,fma"))), 2, 12, 8, 7)
#endif

void grzi_contract(int inputs, int outputs, const double *coefficients, const double *F, const double *G, int count, double *S)
{
#ifdef HAVE_DISPATCH
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        tile_avx512(inputs, outputs, coefficients, F, G, count, S);
        return;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        tile_avx2(inputs, outputs, coefficients, F, G, count, S);
        return;
    }
#endif
    tile_portable(inputs, outputs, coefficients, F, G, count, S);
}

/* Any processor: SSE2 on x86-64, which has no multiplication that adds, NEON on arm64, which has twice the registers. */
#define LANES 2
#if defined(__aarch64__)
#define LARGEST 6 /* with 8 GCC 12 keeps four sums in memory */
#define COPIES  1
#else
#define LARGEST 3
#define COPIES  2
#endif
#define SET generic
#include "operator/spectral/contraction.inc"

/* Any processor: SSE2 on x86-64, which has no multiplication that adds, NEON on arm64, which has twice the registers. */
#define LANES 2
#if defined(__aarch64__)
#define LARGEST 8
#define COPIES  1
#else
#define LARGEST 3
#define COPIES  2
#endif
#define SET generic
#include "operator/spectral/contraction.inc"

/* Any processor: SSE2 on x86-64, NEON on arm64, which has twice the registers. Also the dispatcher. */
#define LANES 2
#if defined(__aarch64__)
#define COLUMNS 4
#define WIDTH   4
#else
#define COLUMNS 4
#define WIDTH   2
#endif
#define SET generic
#include "solve/tiles.inc"

const grzi_tiles *grzi_tiles_select(int level)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (level >= 2) return &grzi_tiles_avx512;
    if (level >= 1) return &grzi_tiles_avx2;
#endif
    (void)level;
    return &grzi_tiles_generic;
}

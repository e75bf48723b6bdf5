/* Any processor: SSE2 on x86-64, NEON on arm64. Also the dispatcher. */
#define LANES      2
#define LANES_NAME generic
#define LANES_OWNER
#include "operator/entropic/lanes.inc"

const grzi_lanes *grzi_lanes_select(int level)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (level >= 2) return &grzi_lanes_avx512;
    if (level >= 1) return &grzi_lanes_avx2;
#endif
    (void)level;
    return &grzi_lanes_generic;
}

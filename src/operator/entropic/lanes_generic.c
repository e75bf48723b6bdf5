/* Any processor: SSE2 on x86-64, NEON on arm64. Also the dispatcher. */
#define LANES      2
#define LANES_NAME generic
#define LANES_OWNER
#include "operator/entropic/lanes.inc"

const grzi_lanes *grzi_lanes_select(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return &grzi_lanes_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &grzi_lanes_avx2;
#endif
    return &grzi_lanes_generic;
}

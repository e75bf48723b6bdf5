/* x86-64 with AVX2 and FMA, chosen at run time only where the processor has it. */
#include "operator/spectral/contraction.h"

#if defined(__x86_64__) && defined(__GNUC__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif
#define LANES   4
#define LARGEST 4
#define COPIES  1
#define SET     avx2
#include "operator/spectral/contraction.inc"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int grzi_contraction_avx2_is_not_for_this_processor;
#endif

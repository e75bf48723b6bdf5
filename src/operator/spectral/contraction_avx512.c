/* x86-64 with AVX-512, chosen at run time only where the processor has it. */
#include "operator/spectral/contraction.h"

#if defined(__x86_64__) && defined(__GNUC__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512dq,avx512vl,avx2,fma,prefer-vector-width=512")
#endif
#define LANES   8
#define LARGEST 8
#define COPIES  1
#define SET     avx512
#include "operator/spectral/contraction.inc"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int grzi_contraction_avx512_is_not_for_this_processor;
#endif

/* x86-64 with AVX-512, chosen at run time only where the processor has it. */
#include "solve/tiles.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512dq,avx512vl,avx2,fma,prefer-vector-width=512")
#endif
#define LANES   8
#define COLUMNS 8
#define WIDTH   3
#define SET     avx512
#include "solve/tiles.inc"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int grzi_tiles_avx512_is_not_for_this_processor;
#endif

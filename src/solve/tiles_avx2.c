/* x86-64 with AVX2 and FMA, chosen at run time only where the processor has it. */
#include "solve/tiles.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif
#define LANES   4
#define COLUMNS 4
#define WIDTH   3
#define SET     avx2
#include "solve/tiles.inc"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int grzi_tiles_avx2_is_not_for_this_processor;
#endif

/* x86-64 with AVX-512, chosen at run time only where the processor has it. */
#if defined(__x86_64__) && defined(__GNUC__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512dq,avx512vl,avx2,fma,prefer-vector-width=512")
#endif
#define LANES      8
#define LANES_NAME avx512
#include "core/fft_batch.inc"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#else
typedef int grzi_fft_batch_avx512_is_not_for_this_processor;
#endif

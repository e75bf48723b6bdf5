/* What this library is: version, ABI, compiler, the libraries below it, instruction sets. */
#include "core/blas.h"
#include "core/core.h"

#include <fftw3.h>
#include <stdio.h>

/* Any library with the FFTW3 interface may stand below; this name exists only in FFTW itself, and a static program that calls none of it
 * links none. */
#pragma weak fftw_version

#define TEXT_(x) #x
#define TEXT(x)  TEXT_(x)

const char *grz_version(void)
{
    return TEXT(GRZ_VERSION_MAJOR) "." TEXT(GRZ_VERSION_MINOR) "." TEXT(GRZ_VERSION_PATCH);
}

int32_t grz_abi_version(void)
{
    return GRZ_ABI_VERSION;
}

static const char *compiler(void)
{
#if defined(__clang__)
    return __VERSION__;
#elif defined(__GNUC__)
    return "GCC " __VERSION__;
#else
    return "unknown compiler";
#endif
}

static const char *openmp(void)
{
#ifdef _OPENMP
    return "OpenMP " TEXT(_OPENMP);
#else
    return "no OpenMP";
#endif
}

int grzi_simd_level(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) return 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
    return 0;
}

static const char *instruction_set(void)
{
#if defined(__aarch64__)
    const char *baseline = "NEON";
#elif defined(__x86_64__)
    const char *baseline = "SSE2";
#else
    const char *baseline = "baseline instructions";
#endif
    int level = grzi_simd_level();
    return level == 2 ? "AVX-512" : level == 1 ? "AVX2" : baseline;
}

static char configuration[1024];
static pthread_once_t configuration_once = PTHREAD_ONCE_INIT;

static void write_configuration(void)
{
    char blas[512];
    grzi_blas_name(blas, sizeof blas);
    snprintf(configuration, sizeof configuration, "libgrazing %s; %s; %s; %s; %s; %s", grz_version(), compiler(), openmp(),
             instruction_set(), fftw_version ? fftw_version : "FFTW unknown or not linked", blas);
}

const char *grz_build_configuration(void)
{
    pthread_once(&configuration_once, write_configuration);
    return configuration;
}

/* Version and build configuration against what the header, the compiler and the libraries below say themselves. */
#include "support/check.h"

#include <fftw3.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(version_is_the_headers)
{
    int major = -1, minor = -1, patch = -1, end = 0;
    ck_assert_int_eq(sscanf(grz_version(), "%d.%d.%d%n", &major, &minor, &patch, &end), 3);
    ck_assert_int_eq(major, GRZ_VERSION_MAJOR);
    ck_assert_int_eq(minor, GRZ_VERSION_MINOR);
    ck_assert_int_eq(patch, GRZ_VERSION_PATCH);
    ck_assert_uint_eq(strlen(grz_version()), (size_t)end);
    ck_assert_int_eq(grz_abi_version(), GRZ_ABI_VERSION);
}
END_TEST

START_TEST(configuration_names_its_parts)
{
    const char *configuration = grz_build_configuration();
    ck_assert_ptr_nonnull(strstr(configuration, grz_version()));
    ck_assert_ptr_nonnull(strstr(configuration, __VERSION__));
#ifdef _OPENMP
    char openmp[32];
    snprintf(openmp, sizeof openmp, "OpenMP %d;", _OPENMP);
    ck_assert_ptr_nonnull(strstr(configuration, openmp));
#else
    ck_assert_ptr_nonnull(strstr(configuration, "no OpenMP;"));
#endif
    int parts = 1;
    for (const char *c = configuration; *c; c++) {
        ck_assert_msg(*c >= ' ' && *c <= '~', "byte %d in a one-line text", *c);
        parts += *c == ';';
    }
    ck_assert_int_ge(parts, 6);
}
END_TEST

/* The kernel's list of the processor's features is the independent witness. */
START_TEST(instruction_set_is_the_processors)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    SKIP_IF(!file, "no /proc/cpuinfo");
    char line[8192];
    int avx2 = 0, fma = 0, avx512 = 0, flags = 0;
    while (!flags && fgets(line, sizeof line, file)) {
        if (strncmp(line, "flags", 5) != 0) continue;
        flags = 1;
        for (char *word = strtok(line, " \t\n"); word; word = strtok(NULL, " \t\n")) {
            avx2 |= strcmp(word, "avx2") == 0;
            fma |= strcmp(word, "fma") == 0;
            avx512 += strcmp(word, "avx512f") == 0 || strcmp(word, "avx512dq") == 0 || strcmp(word, "avx512vl") == 0;
        }
    }
    fclose(file);
    SKIP_IF(!flags || getenv("GRZ_EMULATED_PROCESSOR"), "an emulated processor");
    const char *expected = avx512 == 3 ? "; AVX-512;" : avx2 && fma ? "; AVX2;" : "; SSE2;";
    ck_assert_msg(strstr(grz_build_configuration(), expected), "no '%s' in '%s'", expected, grz_build_configuration());
}
END_TEST

char *openblas_get_config(void) __attribute__((weak));

START_TEST(configuration_names_the_libraries_below)
{
    ck_assert_ptr_nonnull(strstr(grz_build_configuration(), fftw_version));
    int known = 0;
    static const char *const names[] = {"OpenBLAS ", "FlexiBLAS with ",  "BLIS ", "Intel",
                                        "ATLAS (",   "reference BLAS (", "Arm ",  "BLAS linked statically or not at all"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) known += strstr(grz_build_configuration(), names[i]) != NULL;
    ck_assert_msg(known == 1, "%d known BLAS in '%s'", known, grz_build_configuration());
    if (strstr(grz_build_configuration(), "OpenBLAS ") && openblas_get_config)
        ck_assert_ptr_nonnull(strstr(grz_build_configuration(), openblas_get_config()));
}
END_TEST

static void *read_configuration(void *unused)
{
    (void)unused;
    return (void *)grz_build_configuration();
}

START_TEST(configuration_is_one_string_for_all_threads)
{
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, read_configuration, NULL), 0);
    for (int i = 0; i < 8; i++) {
        void *text = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &text), 0);
        ck_assert_ptr_eq(text, grz_build_configuration());
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("version");
    TCase *tests = tcase_create("version");
    tcase_add_test(tests, version_is_the_headers);
    tcase_add_test(tests, configuration_names_its_parts);
    tcase_add_test(tests, configuration_names_the_libraries_below);
    tcase_add_test(tests, instruction_set_is_the_processors);
    tcase_add_test(tests, configuration_is_one_string_for_all_threads);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

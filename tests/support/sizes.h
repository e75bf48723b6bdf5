/* The three sizes of the tests (docs/testing.md), and tests that are left out in some of them: tests/run.sh counts the lines. */
#ifndef SUPPORT_SIZES_H
#define SUPPORT_SIZES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef UNUSED
#define UNUSED __attribute__((unused))
#endif

/* Reduced sets, for sanitizers and valgrind. */
static UNUSED int fast(void)
{
    return getenv("GRZ_TEST_FAST") != NULL;
}

/* Complete tables. */
static UNUSED int full(void)
{
    return getenv("GRZ_TEST_FULL") != NULL;
}

/* Check's names of test functions end in _fn. */
static UNUSED void report_skipped(const char *function, int index, const char *why)
{
    int length = (int)strlen(function) - (strlen(function) > 3 && strcmp(function + strlen(function) - 3, "_fn") == 0 ? 3 : 0);
    printf("SKIPPED %.*s[%d]: %s\n", length, function, index, why);
    fflush(stdout);
}

/* In the body of a test: it ends here, and is counted as left out. */
#define SKIP_IF(condition, why)                \
    do {                                       \
        if (condition) {                       \
            report_skipped(__func__, _i, why); \
            return;                            \
        }                                      \
    } while (0)

#endif

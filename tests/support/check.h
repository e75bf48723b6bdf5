/* What all suites share: checks that a NaN fails, the run of a suite or of one of its tests. */
#ifndef SUPPORT_CHECK_H
#define SUPPORT_CHECK_H

#include <grazing.h>

#include "support/allocators.h"
#include "support/random.h"
#include "support/sizes.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define OK(call) ck_assert_int_eq((call), GRZ_OK)

/* The call fails with exactly this status, and the context's message contains the word (argument, value). */
#define FAILS(context, call, expected, word)                                                                                            \
    do {                                                                                                                                \
        grz_status fails_status = (call);                                                                                               \
        ck_assert_msg(fails_status == (expected), "%s gave %s: %s", #call, grz_status_name(fails_status),                               \
                      grz_context_last_message(context));                                                                               \
        ck_assert_int_eq(grz_context_last_status(context), (expected));                                                                 \
        ck_assert_msg(strstr(grz_context_last_message(context), (word)), "no '%s' in '%s'", (word), grz_context_last_message(context)); \
    } while (0)

/* Check notes every assertion it meets, which is slow in long loops: these speak up on failure only. State what must hold, not what must
 * not: HOLDS(error < bound), since every comparison with NaN is false. */
#define HOLDS(condition, ...)                        \
    do {                                             \
        if (!(condition)) ck_abort_msg(__VA_ARGS__); \
    } while (0)

#define NEAR(value, expected, tolerance)                                                                                           \
    do {                                                                                                                           \
        double near_value = (value), near_expected = (expected), near_tolerance = (tolerance);                                     \
        HOLDS(fabs(near_value - near_expected) <= near_tolerance, "%s = %.17g, expected %.17g, off by %.3g, allowed %.3g", #value, \
              near_value, near_expected, fabs(near_value - near_expected), near_tolerance);                                        \
    } while (0)

/* An output that a failing call must leave alone. */
#define UNTOUCHED ((void *)(uintptr_t)0x5a5a5a50)

/* GRZ_TEST_ONLY: the name of the one test to run (make test T=suite/name). */
static UNUSED int is_chosen(const char *name)
{
    const char *only = getenv("GRZ_TEST_ONLY");
    return !only || !*only || strcmp(only, name) == 0;
}

#undef tcase_add_test
#define tcase_add_test(tcase, test) tcase_add_loop_test(tcase, test, 0, 1)
#undef tcase_add_loop_test
#define tcase_add_loop_test(tcase, test, first, end)                                  \
    do {                                                                              \
        if (is_chosen(#test)) _tcase_add_test((tcase), (test), 0, 0, (first), (end)); \
    } while (0)

static UNUSED int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner), none = srunner_ntests_run(runner) == 0;
    srunner_free(runner);
    if (none) printf("no test is called %s\n", getenv("GRZ_TEST_ONLY"));
    return failed != 0 || none;
}

#endif

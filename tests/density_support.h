/* What the suites of contexts, grids, distributions and functionals share. */
#ifndef DENSITY_SUPPORT_H
#define DENSITY_SUPPORT_H

#include <grazing.h>

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

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

/* Check notes every assertion it meets, which is slow in long loops: these speak up on failure only. */
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

/* Allocator hooks that count what is out and refuse the fail_at-th request (0: none), and all after it if asked. */
typedef struct ledger {
    int64_t requests, outstanding, fail_at;
} ledger;

static UNUSED void *ledger_allocate(int64_t size, void *user)
{
    ledger *l = user;
    if (++l->requests == l->fail_at) return NULL;
    void *pointer = malloc((size_t)size);
    l->outstanding += pointer != NULL;
    return pointer;
}

static UNUSED void ledger_release(void *pointer, void *user)
{
    ledger *l = user;
    ck_assert_ptr_nonnull(pointer);
    l->outstanding--;
    free(pointer);
}

/* Uniform in (0, 1): splitmix64. */
static UNUSED double uniform(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Rows: a rotation by the unit quaternion of four random numbers. */
static UNUSED void random_axes(uint64_t *state, double axes[9])
{
    double q[4], norm = 0;
    for (int i = 0; i < 4; i++) {
        q[i] = uniform(state) - 0.5;
        norm += q[i] * q[i];
    }
    for (int i = 0; i < 4; i++) q[i] /= sqrt(norm);
    double w = q[0], x = q[1], y = q[2], z = q[3];
    double R[9] = {1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y), 2 * (x * y + w * z),    1 - 2 * (x * x + z * z),
                   2 * (y * z - w * x),     2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)};
    memcpy(axes, R, sizeof R);
}

static UNUSED int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif

/* What the kernel suites share: context, checks. */
#ifndef SUPPORT_KERNEL_SUITE_H
#define SUPPORT_KERNEL_SUITE_H

#include "kernel/kernel.h"

#include "support/check.h"
#include "support/norms.h"

#include <float.h>

static grz_context *context;

static void setup(void)
{
    ck_assert_int_eq(grz_context_create(&context), GRZ_OK);
}

static void teardown(void)
{
    grz_context_destroy(&context);
}

static void ok(grz_status status)
{
    ck_assert_msg(status == GRZ_OK, "%s: %s", grz_status_name(status), grz_context_last_message(context));
}

/* Relative error; a and b say where. */
static void check_close(double value, double exact, double tolerance, const char *what, double a, double b)
{
    double error = fabs(value - exact) / larger(fabs(exact), DBL_MIN);
    ck_assert_msg(error <= tolerance, "%s (%g, %g): %.17g, exact %.17g, error %.3g", what, a, b, value, exact, error);
}

static int run_kernel_suite(const char *name, void (*add)(TCase *tests))
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    tcase_add_checked_fixture(tests, setup, teardown);
    add(tests);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

#endif

/* A small entropic operator, set up, on a context whose N-th further allocation fails. */
#ifndef FAILING_OPERATOR_H
#define FAILING_OPERATOR_H

#include "density_support.h"
#include "failing_allocator.h"

enum { FAILING_NODES = 512 };

typedef struct failing_operator {
    failing_allocator state;
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    double f[FAILING_NODES]; /* 1 everywhere */
} failing_operator;

static UNUSED void open_failing(failing_operator *s, grz_equation equation, long fail_at)
{
    *s = (failing_operator){0};
    for (int i = 0; i < FAILING_NODES; i++) s->f[i] = 1;
    OK(grz_context_create_with_allocator(failing_allocate, failing_release, &s->state, &s->context));
    OK(grz_grid_create(s->context, 8, 4, NULL, &s->grid));
    OK(grz_kernel_create_power_law(s->context, -1, 0.5, 0, &s->kernel));
    OK(grz_operator_create(s->context, s->grid, s->kernel, equation, GRZ_ENTROPIC, &s->op));
    OK(grz_operator_set_option(s->op, GRZ_OPTION_ACCURACY, 1));
    OK(grz_operator_setup(s->op));
    s->state.fail_at = s->state.calls + fail_at;
}

/* Nothing but success or want of memory, and nothing is left over. */
static UNUSED void close_failing(failing_operator *s, grz_status status)
{
    ck_assert(status == GRZ_OK || status == GRZ_ERROR_OUT_OF_MEMORY);
    grz_operator_destroy(&s->op);
    grz_kernel_destroy(&s->kernel);
    grz_grid_destroy(&s->grid);
    grz_context_destroy(&s->context);
    ck_assert_int_eq(s->state.outstanding, 0);
}

#endif

/* What is done with a small entropic operator, with each of its allocations refused in turn. */
#ifndef SUPPORT_FAILING_OPERATOR_H
#define SUPPORT_FAILING_OPERATOR_H

#include "support/allocators.h"
#include "support/check.h"

enum { FAILING_NODES = 512 };

typedef struct failing_operator {
    counting_allocator state;
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op; /* set up */
    double f[FAILING_NODES];
} failing_operator;

/* Handles it makes are released before it returns, whatever the status; what a refused call may not touch it checks itself. */
typedef grz_status (*failing_life)(failing_operator *s, void *user);

static UNUSED int was_refused(const failing_operator *s)
{
    return s->state.calls >= s->state.fail_at;
}

/* Each refusal gives out of memory, the rest success, and nothing is left over. least: allocations the life is known to make. */
static UNUSED void refuse_every_allocation(grz_equation equation, long least, failing_life live, void *user)
{
    for (long fail_at = 1, refused = 1; refused; fail_at++) {
        failing_operator s = {.f = {0}};
        for (int i = 0; i < FAILING_NODES; i++) s.f[i] = exp(-0.1 * (i % 8) - 0.2 * (i / 8 % 8) + 0.01 * (i % 7));
        OK(grz_context_create_with_allocator(counted_allocate, counted_release, &s.state, &s.context));
        OK(grz_grid_create(s.context, 8, 4, NULL, &s.grid));
        OK(grz_kernel_create_power_law(s.context, -1, 0.5, 0, &s.kernel));
        OK(grz_operator_create(s.context, s.grid, s.kernel, equation, GRZ_METHOD_ENTROPIC, &s.op));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 3));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
        OK(grz_operator_setup(s.op));
        s.state.fail_at = s.state.calls + fail_at;
        grz_status status = live(&s, user);
        refused = was_refused(&s);
        HOLDS(status == (refused ? GRZ_ERROR_OUT_OF_MEMORY : GRZ_OK), "%s at allocation %ld", grz_status_name(status), fail_at);
        HOLDS(refused || fail_at > least, "only %ld allocations", fail_at - 1);
        grz_operator_destroy(&s.op);
        grz_kernel_destroy(&s.kernel);
        grz_grid_destroy(&s.grid);
        grz_context_destroy(&s.context);
        ck_assert_int_eq(s.state.outstanding, 0);
    }
}

#endif

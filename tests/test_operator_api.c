/* The operators' interface: options, bad input, cancelling, failing allocations, lifetimes, threads. Accuracy is judged elsewhere, so grids
 * are small and rules coarse. */
#include "support/entropic.h"

#include <pthread.h>
#include <stddef.h>

enum { N = 8, COUNT = N * N * N };

static grz_grid *grid;
static grz_kernel *kernel;
static double f[COUNT];

static void fill(double *values, uint64_t seed)
{
    grz_distribution *made;
    DONE(grz_distribution_create_bkw(context, grid, 0.8, &made));
    DONE(grz_distribution_values(made, values));
    grz_distribution_destroy(&made);
    for (int i = 0; i < COUNT; i++) values[i] *= 0.7 + 0.6 * uniform(&seed);
}

static void open_all(void)
{
    open_context();
    OK(grz_grid_create(context, N, 3.5, NULL, &grid));
    kernel = power_law(-1, 0.5, 1);
    fill(f, 1);
}

static void close_all(void)
{
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    close_context();
}

static void coarse(grz_operator *op)
{
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 2));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 3));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 4));
}

/* ------------------------------------------------------------------------------------------------------------------ options */

START_TEST(options_and_bounds)
{
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 3);
    for (int option = GRZ_OPERATOR_OPTION_ACCURACY; option <= GRZ_OPERATOR_OPTION_PHI_NODES; option++) {
        double minimum = NAN, maximum = NAN, initial = NAN, value;
        char text[60];
        OK(grz_operator_option_bounds(op, (grz_operator_option)option, &minimum, &maximum, &initial));
        HOLDS(minimum < maximum && (initial == 0 || (initial >= minimum && initial <= maximum)), "option %d: %g, %g, %g", option, minimum,
              maximum, initial);
        OK(grz_operator_set_option(op, (grz_operator_option)option, maximum));
        OK(grz_operator_set_option(op, (grz_operator_option)option, minimum));
        snprintf(text, sizeof text, " = %g is outside", maximum + 1);
        FAILS(context, grz_operator_set_option(op, (grz_operator_option)option, maximum + 1), GRZ_ERROR_INVALID_ARGUMENT, text);
        FAILS(context, grz_operator_set_option(op, (grz_operator_option)option, -1), GRZ_ERROR_INVALID_ARGUMENT, " = -1 is outside");
        FAILS(context, grz_operator_set_option(op, (grz_operator_option)option, NAN), GRZ_ERROR_NOT_FINITE,
              "value of GRZ_OPERATOR_OPTION_");
        FAILS(context, grz_operator_set_option(op, (grz_operator_option)option, INFINITY), GRZ_ERROR_NOT_FINITE,
              "value of GRZ_OPERATOR_OPTION_");
        if (option != GRZ_OPERATOR_OPTION_RADIUS)
            FAILS(context, grz_operator_set_option(op, (grz_operator_option)option, minimum + 0.5), GRZ_ERROR_INVALID_ARGUMENT, "integer");
        if (initial == 0)
            OK(grz_operator_set_option(op, (grz_operator_option)option, 0));
        else
            FAILS(context, grz_operator_set_option(op, (grz_operator_option)option, 0), GRZ_ERROR_INVALID_ARGUMENT, " = 0 is outside");
        OK(grz_operator_set_option(op, (grz_operator_option)option, initial == 0 ? 0 : minimum));
        OK(grz_operator_option_value(op, (grz_operator_option)option, &value));
        HOLDS(value >= minimum && value <= maximum, "option %d in force: %g", option, value);
    }
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 4), GRZ_ERROR_INVALID_ARGUMENT,
          "value of GRZ_OPERATOR_OPTION_SPLINE_DEGREE = 4 is not an odd integer");
    double value = 42, minimum = 42, maximum = 42, initial = 42;
    FAILS(context, grz_operator_set_option(op, (grz_operator_option)-1, 1), GRZ_ERROR_INVALID_ARGUMENT, "option = -1");
    FAILS(context, grz_operator_option_value(op, (grz_operator_option)64, &value), GRZ_ERROR_INVALID_ARGUMENT, "option = 64");
    FAILS(context, grz_operator_option_value(op, (grz_operator_option)63, &value), GRZ_ERROR_UNSUPPORTED, "option 63");
    FAILS(context, grz_operator_option_bounds(op, (grz_operator_option)63, &minimum, &maximum, &initial), GRZ_ERROR_UNSUPPORTED,
          "option 63");
    FAILS(context, grz_operator_option_bounds(op, GRZ_OPERATOR_OPTION_RADIUS, NULL, &maximum, &initial), GRZ_ERROR_NULL_ARGUMENT,
          "minimum");
    FAILS(context, grz_operator_option_bounds(op, GRZ_OPERATOR_OPTION_RADIUS, &minimum, NULL, &initial), GRZ_ERROR_NULL_ARGUMENT,
          "maximum");
    FAILS(context, grz_operator_option_bounds(op, GRZ_OPERATOR_OPTION_RADIUS, &minimum, &maximum, NULL), GRZ_ERROR_NULL_ARGUMENT,
          "initial");
    FAILS(context, grz_operator_option_value(op, GRZ_OPERATOR_OPTION_RADIUS, NULL), GRZ_ERROR_NULL_ARGUMENT, "value");
    ck_assert(value == 42 && minimum == 42 && maximum == 42 && initial == 42);
    ck_assert_int_eq(grz_operator_set_option(NULL, GRZ_OPERATOR_OPTION_RADIUS, 1), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_option_value(NULL, GRZ_OPERATOR_OPTION_RADIUS, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_option_bounds(NULL, GRZ_OPERATOR_OPTION_RADIUS, &minimum, &maximum, &initial), GRZ_ERROR_NULL_ARGUMENT);
    grz_operator_destroy(&op);
}
END_TEST

START_TEST(options_take_effect)
{
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 3);
    int64_t few, many, bytes;
    double value, Q_1[COUNT], Q_2[COUNT], Q_3[COUNT];
    OK(grz_operator_apply(op, f, Q_1));
    OK(grz_operator_node_count(op, &few));
    OK(grz_operator_workspace(op, &bytes));
    ck_assert_int_gt(bytes, 3 * COUNT * 8);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 2));
    OK(grz_operator_node_count(op, &many));
    ck_assert_int_gt(many, few);
    static const grz_operator_option singly[] = {GRZ_OPERATOR_OPTION_RADIUS,       GRZ_OPERATOR_OPTION_SPLINE_DEGREE,
                                                 GRZ_OPERATOR_OPTION_RADIAL_NODES, GRZ_OPERATOR_OPTION_SPHERE_DEGREE,
                                                 GRZ_OPERATOR_OPTION_THETA_NODES,  GRZ_OPERATOR_OPTION_PHI_NODES};
    static const double values[] = {2.1, 5, 5, 9, 3, 6};
    for (int i = 0; i < 6; i++) {
        OK(grz_operator_set_option(op, singly[i], values[i]));
        OK(grz_operator_setup(op));
        OK(grz_operator_option_value(op, singly[i], &value));
        ck_assert_double_eq(value, values[i]);
    }
    OK(grz_operator_apply(op, f, Q_2));
    ck_assert_double_gt(difference(Q_1, Q_2, COUNT), 1e-9 * largest(Q_1, COUNT));
    for (int i = 0; i < 6; i++) OK(grz_operator_set_option(op, singly[i], i == 1 ? 3 : 0));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    OK(grz_operator_apply(op, f, Q_3));
    ck_assert_mem_eq(Q_1, Q_3, sizeof Q_1); /* back to where we were */
    grz_operator_destroy(&op);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------------- bad input */

START_TEST(constructor_refuses_bad_input)
{
    grz_operator *op = UNTOUCHED;
    ck_assert_int_eq(grz_operator_create(NULL, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_operator_create(context, NULL, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_NULL_ARGUMENT,
          "grid");
    FAILS(context, grz_operator_create(context, grid, NULL, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_NULL_ARGUMENT,
          "kernel");
    FAILS(context, grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, NULL), GRZ_ERROR_NULL_ARGUMENT,
          "out");
    FAILS(context, grz_operator_create(context, grid, kernel, (grz_equation)2, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_INVALID_ARGUMENT,
          "equation = 2");
    FAILS(context, grz_operator_create(context, grid, kernel, (grz_equation)-1, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_INVALID_ARGUMENT,
          "equation = -1");
    FAILS(context, grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, (grz_method)2, &op), GRZ_ERROR_INVALID_ARGUMENT,
          "method = 2");
    FAILS(context, grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, (grz_method)-1, &op), GRZ_ERROR_INVALID_ARGUMENT,
          "method = -1");
    grz_context *other;
    grz_grid *other_grid;
    grz_kernel *other_kernel;
    OK(grz_context_create(&other));
    OK(grz_grid_create(other, N, 3.5, NULL, &other_grid));
    OK(grz_kernel_create_power_law(other, -1, 0.5, 0, &other_kernel));
    FAILS(context, grz_operator_create(context, other_grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_MISMATCH,
          "grid");
    FAILS(context, grz_operator_create(context, grid, other_kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op), GRZ_ERROR_MISMATCH,
          "kernel");
    ck_assert_ptr_eq(op, UNTOUCHED);
    grz_kernel_destroy(&other_kernel);
    grz_grid_destroy(&other_grid);
    grz_context_destroy(&other);
    op = NULL;
    grz_operator_destroy(&op);
    grz_operator_destroy(NULL);
}
END_TEST

typedef struct outputs {
    double Q[COUNT], K[COUNT], variation[COUNT], weak, D, Q_error, D_error;
} outputs;

enum { APPLY, ONSAGER, WEAK, DISSIPATION, VARIATION, ESTIMATE, CALLS };

/* One of the computations, with psi as second field. */
static grz_status call(int which, grz_operator *op, grz_functional *D, const double *density, const double *psi, outputs *out)
{
    switch (which) {
    case APPLY:
        return grz_operator_apply(op, density, out->Q);
    case ONSAGER:
        return grz_operator_onsager(op, density, psi, out->K);
    case WEAK:
        return grz_operator_weak_form(op, density, psi, &out->weak);
    case DISSIPATION:
        return grz_functional_evaluate(D, density, &out->D);
    case VARIATION:
        return grz_functional_first_variation(D, density, out->variation);
    default:
        return grz_operator_estimate_error(op, density, &out->Q_error, &out->D_error);
    }
}

static void expect_refusal(grz_operator *op, grz_functional *D, const double *density, grz_status status, const char *text)
{
    for (int which = 0; which < CALLS; which++) {
        outputs out, before;
        memset(&out, 0x5a, sizeof out);
        before = out;
        FAILS(context, call(which, op, D, density, f, &out), status, text);
        ck_assert_mem_eq(&out, &before, sizeof out);
    }
}

START_TEST(computations_refuse_bad_input)
{
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 3);
    grz_functional *D;
    double bad[COUNT], value = 42, Q[COUNT];
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    static const struct {
        double value;
        grz_status status;
        const char *text;
    } cases[] = {{NAN, GRZ_ERROR_NOT_FINITE, "f[77] = "},
                 {INFINITY, GRZ_ERROR_NOT_FINITE, "f[77] = inf"},
                 {0, GRZ_ERROR_NOT_POSITIVE, "f[77] = 0"},
                 {-2.5, GRZ_ERROR_NOT_POSITIVE, "f[77] = -2.5"}};
    for (int c = 0; c < 4; c++) {
        memcpy(bad, f, sizeof bad);
        bad[77] = cases[c].value;
        expect_refusal(op, D, bad, cases[c].status, cases[c].text);
    }
    expect_refusal(op, D, NULL, GRZ_ERROR_NULL_ARGUMENT, "f is NULL");
    memcpy(bad, f, sizeof bad);
    bad[5] = -INFINITY;
    FAILS(context, grz_operator_weak_form(op, f, bad, &value), GRZ_ERROR_NOT_FINITE, "psi[5] = -inf");
    FAILS(context, grz_operator_onsager(op, f, bad, Q), GRZ_ERROR_NOT_FINITE, "phi[5] = -inf");
    FAILS(context, grz_operator_weak_form(op, f, NULL, &value), GRZ_ERROR_NULL_ARGUMENT, "psi is NULL");
    FAILS(context, grz_operator_onsager(op, f, NULL, Q), GRZ_ERROR_NULL_ARGUMENT, "phi is NULL");
    FAILS(context, grz_operator_weak_form(op, f, f, NULL), GRZ_ERROR_NULL_ARGUMENT, "value");
    FAILS(context, grz_operator_overshoot(op, f, NULL), GRZ_ERROR_NULL_ARGUMENT, "ratio");
    FAILS(context, grz_operator_overshoot(op, NULL, &value), GRZ_ERROR_NULL_ARGUMENT, "f is NULL");
    FAILS(context, grz_operator_onsager(op, f, f, NULL), GRZ_ERROR_NULL_ARGUMENT, "K_phi");
    FAILS(context, grz_operator_apply(op, f, NULL), GRZ_ERROR_NULL_ARGUMENT, "Q");
    FAILS(context, grz_operator_node_count(op, NULL), GRZ_ERROR_NULL_ARGUMENT, "nodes");
    FAILS(context, grz_operator_workspace(op, NULL), GRZ_ERROR_NULL_ARGUMENT, "bytes");
    FAILS(context, grz_operator_apply_batch(op, INT64_MAX / 8, f, Q), GRZ_ERROR_SIZE_OVERFLOW, "count = ");
    FAILS(context, grz_operator_apply_batch(op, -1, f, Q), GRZ_ERROR_INVALID_ARGUMENT, "count = -1");
    ck_assert_double_eq(value, 42);
    int64_t number;
    ck_assert_int_eq(grz_operator_apply(NULL, f, Q), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_weak_form(NULL, f, f, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_overshoot(NULL, f, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_onsager(NULL, f, f, Q), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_setup(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_node_count(NULL, &number), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_workspace(NULL, &number), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_estimate_error(NULL, f, &value, NULL), GRZ_ERROR_NULL_ARGUMENT);
    grz_functional_destroy(&D);
    grz_operator_destroy(&op);
}
END_TEST

/* Every density is checked before the first application, and named; one that overflows leaves every other Q whole or untouched. */
START_TEST(batches_fail_whole)
{
    enum { BATCH = 5 };
    double *many = malloc(BATCH * COUNT * sizeof *many), *Q = malloc(BATCH * COUNT * sizeof *Q), one[COUNT];
    for (int method = GRZ_METHOD_ENTROPIC; method <= GRZ_METHOD_SPECTRAL; method++)
        for (int threads = 1; threads <= 2; threads++) {
            grz_operator *op;
            OK(grz_context_set_threads(context, threads));
            OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, (grz_method)method, &op));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
            for (int k = 0; k < BATCH * COUNT; k++) many[k] = f[k % COUNT], Q[k] = 42;
            many[3 * COUNT + 2] = NAN;
            FAILS(context, grz_operator_apply_batch(op, BATCH, many, Q), GRZ_ERROR_NOT_FINITE,
                  "density 3: f[2] = nan is not finite, node (0, 0, 2)");
            for (int k = 0; k < BATCH * COUNT; k++) HOLDS(Q[k] == 42, "Q[%d] was written", k);
            for (int i = 0; i < COUNT; i++) many[3 * COUNT + i] = 1e200 * f[i];
            FAILS(context, grz_operator_apply_batch(op, BATCH, many, Q), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
            OK(grz_operator_apply(op, f, one));
            for (int k = 0; k < BATCH; k++)
                HOLDS((k != 3 && memcmp(Q + k * COUNT, one, sizeof one) == 0) || (Q[k * COUNT] == 42 && Q[k * COUNT + COUNT - 1] == 42),
                      "method %d: density %d is half written", method, k);
            grz_operator_destroy(&op);
        }
    free(many);
    free(Q);
}
END_TEST

/* Q is quadratic in f: what leaves double precision is said, what does not is right. */
START_TEST(extreme_scales_of_f)
{
    for (int equation = GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++) {
        grz_operator *op = entropic(grid, kernel, (grz_equation)equation, 1, 3);
        grz_functional *D;
        coarse(op);
        OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        double scaled[COUNT], Q[COUNT], reference[COUNT];
        OK(grz_operator_apply(op, f, reference));
        static const double scales[] = {1e-140, 1e-20, 1e20, 1e140};
        for (int s = 0; s < 4; s++) {
            for (int i = 0; i < COUNT; i++) scaled[i] = scales[s] * f[i];
            OK(grz_operator_apply(op, scaled, Q));
            for (int i = 0; i < COUNT; i++) Q[i] = Q[i] / scales[s] / scales[s] - reference[i];
            HOLDS(largest(Q, COUNT) <= 1e-11 * largest(reference, COUNT), "scale %g: %g", scales[s], largest(Q, COUNT));
        }
        for (int i = 0; i < COUNT; i++) scaled[i] = 1e160 * f[i];
        outputs out, before;
        memset(&out, 0x5a, sizeof out);
        before = out;
        for (int which = 0; which < CALLS; which++) {
            grz_status status = call(which, op, D, scaled, f, &out);
            HOLDS(status == GRZ_ERROR_NOT_REPRESENTABLE, "equation %d, call %d: %s", equation, which, grz_status_name(status));
            HOLDS(strncmp(grz_context_last_message(context), "grz_", 4) == 0, "%s", grz_context_last_message(context));
        }
        ck_assert_mem_eq(&out, &before, sizeof out);
        grz_functional_destroy(&D);
        grz_operator_destroy(&op);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- progress, cancelling */

typedef struct observer {
    pthread_t caller;
    int calls, stop_at, good;
    double last;
    const char *stage;
} observer;

static int observe(const char *stage, double fraction, void *user)
{
    observer *o = user;
    o->good &= pthread_equal(pthread_self(), o->caller) && stage && *stage && fraction >= 0 && fraction <= 1;
    if (o->stage && strcmp(o->stage, stage) == 0 && fraction != 0) o->good &= fraction >= o->last;
    o->stage = stage;
    o->last = fraction;
    return ++o->calls == o->stop_at;
}

/* Also where the overflow is in the first call that the operator gets. */
START_TEST(overflow_names_the_function_that_was_called)
{
    static double huge[COUNT];
    for (int i = 0; i < COUNT; i++) huge[i] = 1e160 * f[i];
    for (int method = GRZ_METHOD_ENTROPIC; method <= GRZ_METHOD_SPECTRAL; method++) {
        double value, Q[COUNT];
        grz_operator *op;
        grz_functional *D;
        OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, (grz_method)method, &op));
        OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        FAILS(context, grz_functional_evaluate(D, huge, &value), GRZ_ERROR_NOT_REPRESENTABLE, "grz_functional_evaluate: ");
        FAILS(context, grz_operator_apply(op, huge, Q), GRZ_ERROR_NOT_REPRESENTABLE, "grz_operator_apply: ");
        FAILS(context, grz_operator_weak_form(op, huge, f, &value), GRZ_ERROR_NOT_REPRESENTABLE, "grz_operator_weak_form: ");
        grz_functional_destroy(&D);
        grz_operator_destroy(&op);
    }
}
END_TEST

START_TEST(progress_and_cancel_from_the_callback)
{
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 3);
    grz_functional *D;
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    coarse(op);
    outputs reference, out, before;
    memset(&reference, 0, sizeof reference);
    for (int which = 0; which < CALLS; which++) {
        if (fast() && which == ESTIMATE) continue;
        observer o = {.caller = pthread_self(), .good = 1};
        OK(grz_context_set_progress(context, observe, &o));
        OK(call(which, op, D, f, f, &reference));
        HOLDS(o.good, "call %d", which);
        HOLDS(o.calls >= 1 && o.calls <= 600, "call %d: %d reports", which, o.calls);
        int calls = o.calls;
        for (int stop_at = 1; stop_at <= calls; stop_at += 1 + (calls - 1) / 3) {
            o = (observer){.caller = pthread_self(), .good = 1, .stop_at = stop_at};
            memset(&out, 0x5a, sizeof out);
            before = out;
            grz_status status = call(which, op, D, f, f, &out);
            if (status == GRZ_OK) continue; /* reports vary a little with the threads' speed */
            HOLDS(status == GRZ_ERROR_CANCELLED, "call %d, report %d: %s", which, stop_at, grz_status_name(status));
            ck_assert_mem_eq(&out, &before, sizeof out);
            ck_assert_int_eq(grz_context_is_cancelled(context), 0);
        }
    }
    OK(grz_context_set_progress(context, NULL, NULL));
    memset(&out, 0, sizeof out);
    for (int which = 0; which < ESTIMATE; which++) OK(call(which, op, D, f, f, &out));
    ck_assert_mem_eq(out.Q, reference.Q, sizeof out.Q);
    ck_assert_mem_eq(out.K, reference.K, sizeof out.K);
    ck_assert_mem_eq(out.variation, reference.variation, sizeof out.K);
    ck_assert(out.weak == reference.weak && out.D == reference.D);
    grz_functional_destroy(&D);
    grz_operator_destroy(&op);
}
END_TEST

static void *cancel_soon(void *argument)
{
    int *started = argument;
    while (!__atomic_load_n(started, __ATOMIC_ACQUIRE)) sched_yield();
    grz_context_cancel(context);
    return NULL;
}

static int note_start(const char *stage, double fraction, void *user)
{
    (void)stage;
    if (fraction > 0) __atomic_store_n((int *)user, 1, __ATOMIC_RELEASE);
    return 0;
}

START_TEST(cancel_from_another_thread)
{
    grz_grid *large;
    grz_distribution *density;
    OK(grz_grid_create(context, 24, 5, NULL, &large));
    OK(grz_distribution_create_bkw(context, large, 0.8, &density));
    double *Q = doubles(24 * 24 * 24);
    for (int i = 0; i < 24 * 24 * 24; i++) Q[i] = 42;
    grz_operator *op = entropic(large, kernel, GRZ_EQUATION_BOLTZMANN, 4, 5); /* would take many seconds */
    pthread_t thread;
    int started = 0;
    OK(grz_context_set_progress(context, note_start, &started));
    OK(grz_operator_setup(op));
    ck_assert_int_eq(pthread_create(&thread, NULL, cancel_soon, &started), 0);
    FAILS(context, grz_operator_apply(op, grz_distribution_view(density), Q), GRZ_ERROR_CANCELLED, "cancel");
    pthread_join(thread, NULL);
    for (int i = 0; i < 24 * 24 * 24; i++) HOLDS(Q[i] == 42, "Q[%d] = %g", i, Q[i]);
    OK(grz_context_set_progress(context, NULL, NULL));
    grz_operator *small = entropic(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 3);
    ck_assert_int_eq(grz_operator_apply(small, f, Q), GRZ_ERROR_CANCELLED); /* the flag stays up */
    ck_assert_double_eq(Q[0], 42);
    OK(grz_context_clear_cancel(context));
    OK(grz_operator_apply(small, f, Q));
    grz_operator_destroy(&small);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&density);
    grz_grid_destroy(&large);
    free(Q);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------ threads */

static void compute_all(grz_operator *op, outputs *out)
{
    grz_functional *D;
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    for (int which = 0; which < ESTIMATE; which++) OK(call(which, op, D, f, f, out));
    grz_functional_destroy(&D);
}

START_TEST(bitwise_the_same_for_any_number_of_threads)
{
    static const int threads[] = {1, 2, 7};
    static const double epss[] = {M_PI, 0.1};
    for (int degree = 3; degree <= 5; degree += 2)
        for (int e = 0; e < 3; e++) {
            outputs out[3];
            memset(out, 0, sizeof out);
            grz_kernel *own = power_law(-3, 1, epss[e % 2]);
            grz_operator *op = entropic(grid, own, e == 2 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1, degree);
            coarse(op);
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 9)); /* more items than shares */
            for (int t = 0; t < 3; t++) {
                OK(grz_context_set_threads(context, threads[t]));
                OK(grz_operator_setup(op)); /* the same operator: its workspace grows */
                compute_all(op, &out[t]);
                HOLDS(memcmp(&out[0], &out[t], sizeof out[0]) == 0, "%d threads, degree %d, case %d", threads[t], degree, e);
            }
            grz_operator *fresh = entropic(grid, own, e == 2 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1, degree);
            coarse(fresh);
            OK(grz_operator_set_option(fresh, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 9));
            OK(grz_context_set_threads(context, 7));
            compute_all(fresh, &out[1]);
            HOLDS(memcmp(&out[0], &out[1], sizeof out[0]) == 0, "made with 7 threads, degree %d, case %d", degree, e);
            grz_operator_destroy(&fresh);
            grz_operator_destroy(&op);
            grz_kernel_destroy(&own);
        }
}
END_TEST

typedef struct worker {
    grz_operator *op;
    double Q[COUNT];
    int good;
} worker;

static void *work(void *argument)
{
    worker *me = argument;
    me->good = 1;
    for (int i = 0; i < 3; i++)
        if (grz_operator_apply(me->op, f, me->Q) != GRZ_OK || grz_operator_apply(me->op, NULL, me->Q) != GRZ_ERROR_NULL_ARGUMENT)
            me->good = 0;
    return NULL;
}

START_TEST(two_operators_at_once)
{
    worker workers[2];
    pthread_t threads[2];
    double alone[2][COUNT];
    for (int i = 0; i < 2; i++) {
        workers[i].op = entropic(grid, kernel, i ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1, 3);
        OK(grz_operator_apply(workers[i].op, f, alone[i]));
        grz_operator_destroy(&workers[i].op);
        workers[i].op = entropic(grid, kernel, i ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1, 3); /* set up in the thread */
    }
    for (int i = 0; i < 2; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        ck_assert(workers[i].good);
        ck_assert_mem_eq(workers[i].Q, alone[i], sizeof alone[i]);
        grz_operator_destroy(&workers[i].op);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------- error estimate, memory, lifetimes */

START_TEST(error_estimate_compares_two_levels)
{
    grz_kernel *narrow = power_law(-1, 0.5, 0.1);
    for (int equation = fast() ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++) {
        grz_operator *op = entropic(grid, narrow, (grz_equation)equation, 1, 5),
                     *finer = entropic(grid, narrow, (grz_equation)equation, 2, 5);
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, 2));
        OK(grz_operator_set_option(finer, GRZ_OPERATOR_OPTION_RADIUS, 2));
        double Q[COUNT], Q_finer[COUNT], Q_error = NAN, D_error = NAN, alone = NAN;
        OK(grz_operator_apply(op, f, Q));
        OK(grz_operator_apply(finer, f, Q_finer));
        double D = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION),
               D_finer = dissipation_of(finer, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION);
        OK(grz_operator_estimate_error(op, f, &Q_error, &D_error));
        ck_assert_double_eq(Q_error, difference(Q, Q_finer, COUNT) / largest(Q_finer, COUNT));
        NEAR(D_error, fabs(D / D_finer - 1), 1e-15);
        OK(grz_operator_estimate_error(op, f, NULL, &alone));
        ck_assert_double_eq(alone, D_error);
        OK(grz_operator_estimate_error(op, f, NULL, NULL));
        double value, again[COUNT];
        OK(grz_operator_option_value(op, GRZ_OPERATOR_OPTION_ACCURACY, &value));
        ck_assert_double_eq(value, 1);
        OK(grz_operator_apply(op, f, again));
        ck_assert_mem_eq(again, Q, sizeof Q);
        grz_operator_destroy(&op);
        grz_operator_destroy(&finer);
    }
    grz_operator *finest = entropic(grid, kernel, GRZ_EQUATION_LANDAU, 4, 3);
    double Q_error = NAN;
    OK(grz_operator_estimate_error(finest, f, &Q_error, NULL));
    HOLDS(Q_error > 0 && Q_error < 0.1, "finest level: %g", Q_error);
    grz_kernel_destroy(&narrow);
    grz_operator_destroy(&finest);
}
END_TEST

/* Every N-th allocation of the whole life of an operator fails once; the call says so, leaves its outputs, loses nothing, and works when
 * repeated. */
START_TEST(every_allocation_may_fail)
{
    counting_allocator l = {0, 0, 0};
    grz_context *counted;
    grz_grid *g;
    grz_kernel *k;
    outputs reference[2], out, before;
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted));
    OK(grz_context_set_threads(counted, 1));
    OK(grz_grid_create(counted, N, 3.5, NULL, &g));
    OK(grz_kernel_create_power_law(counted, -1, 0.5, 0, &k));
    int64_t base = l.outstanding;
    int estimate = !fast(), failures = 1;
    for (int64_t n = 1; failures > 0; n++) {
        grz_operator *op = UNTOUCHED;
        grz_functional *D = UNTOUCHED;
        l = (counting_allocator){0, base, n};
        failures = 0;
        if (grz_operator_create(counted, g, k, n % 2 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op) != GRZ_OK) {
            ck_assert_ptr_eq(op, UNTOUCHED);
            ck_assert_int_eq(grz_context_last_status(counted), GRZ_ERROR_OUT_OF_MEMORY);
            ck_assert_int_eq(l.outstanding, base);
            failures++;
            OK(grz_operator_create(counted, g, k, n % 2 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
        }
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
        coarse(op);
        if (grz_functional_create_dissipation(counted, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D) != GRZ_OK) {
            ck_assert_ptr_eq(D, UNTOUCHED);
            failures++;
            OK(grz_functional_create_dissipation(counted, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        }
        memset(&out, 0, sizeof out);
        for (int which = -1; which < CALLS; which++) {
            if (which == ESTIMATE && (!estimate || failures > 0)) continue; /* the finer level takes its time */
            before = out;
            int64_t held = l.outstanding;
            grz_status status = which < 0 ? grz_operator_setup(op) : call(which, op, D, f, f, &out);
            if (status == GRZ_OK) continue;
            HOLDS(status == GRZ_ERROR_OUT_OF_MEMORY, "allocation %lld, call %d: %s", (long long)n, which, grz_status_name(status));
            ck_assert_mem_eq(&out, &before, sizeof out);
            HOLDS(l.outstanding == held, "allocation %lld, call %d: %lld blocks lost", (long long)n, which,
                  (long long)(l.outstanding - held));
            failures++;
            if (which == ESTIMATE && n % 16 != 0) continue;
            OK(which < 0 ? grz_operator_setup(op) : call(which, op, D, f, f, &out));
        }
        if (n <= 2)
            reference[n % 2] = out; /* of Boltzmann, of Landau */
        else
            ck_assert_mem_eq(&reference[n % 2], &out, offsetof(outputs, Q_error)); /* which stay 0 where no estimate was made */
        HOLDS(failures <= 1 && (failures == 1 || l.calls < n), "allocation %lld: %d failures", (long long)n, failures);
        grz_functional_destroy(&D);
        grz_operator_destroy(&op);
        HOLDS(l.outstanding == base, "allocation %lld: %lld blocks lost", (long long)n, (long long)(l.outstanding - base));
        if (failures == 0) printf("%lld allocations in an operator's life, each failed once\n", (long long)l.calls);
    }
    grz_kernel_destroy(&k);
    grz_grid_destroy(&g);
    grz_context_destroy(&counted);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

/* Bytes that are out; a block begins with its size. */
static void *weigh(int64_t size, void *user)
{
    int64_t *block = malloc((size_t)size + 16);
    if (!block) return NULL;
    *block = size;
    *(int64_t *)user += size;
    return block + 2;
}

static void unweigh(void *pointer, void *user)
{
    int64_t *block = (int64_t *)pointer - 2;
    *(int64_t *)user -= *block;
    free(block);
}

/* At n = 32 and the default level, 64 MB were asked for; what is reported is what is held, but for rules and lists. */
START_TEST(workspace_is_small_and_as_reported)
{
    int64_t bytes = 0;
    grz_context *weighed;
    grz_grid *g;
    grz_kernel *k;
    OK(grz_context_create_with_allocator(weigh, unweigh, &bytes, &weighed));
    OK(grz_grid_create(weighed, 32, 6, NULL, &g));
    OK(grz_kernel_create_power_law(weighed, -3, 1.5, 0, &k));
    for (int equation = GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++)
        for (int threads = 1; threads <= 8; threads *= 2) {
            grz_operator *op;
            int64_t before = bytes, reported = 0;
            OK(grz_context_set_threads(weighed, threads));
            OK(grz_operator_create(weighed, g, k, (grz_equation)equation, GRZ_METHOD_ENTROPIC, &op));
            OK(grz_operator_workspace(op, &reported));
            int64_t held = bytes - before;
            HOLDS(held <= (int64_t)64 << 20, "%d threads: %lld bytes", threads, (long long)held);
            HOLDS(reported <= held && held - reported < (int64_t)1 << 20, "%d threads: %lld bytes, reported %lld", threads, (long long)held,
                  (long long)reported);
            if (threads == 2) printf("n = 32, %s, two threads: %.1f MB\n", equation ? "Landau" : "Boltzmann", held / 1048576.0);
            grz_operator_destroy(&op);
            ck_assert_int_eq(bytes, before);
        }
    grz_kernel_destroy(&k);
    grz_grid_destroy(&g);
    grz_context_destroy(&weighed);
    ck_assert_int_eq(bytes, 0);
}
END_TEST

START_TEST(handles_outlive_one_another)
{
    counting_allocator l = {0, 0, 0};
    grz_context *counted;
    grz_grid *g;
    grz_kernel *k;
    grz_operator *op;
    double Q[COUNT], again[COUNT];
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted));
    OK(grz_grid_create(counted, N, 3.5, NULL, &g));
    OK(grz_kernel_create_power_law(counted, -1, 0.5, 0, &k));
    OK(grz_operator_create(counted, g, k, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, &op));
    coarse(op);
    OK(grz_operator_apply(op, f, Q));
    grz_kernel_destroy(&k);
    grz_grid_destroy(&g);
    grz_context_destroy(&counted);
    OK(grz_operator_apply(op, f, again));
    ck_assert_mem_eq(Q, again, sizeof Q);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 5)); /* a new set-up from the kernel and grid it kept */
    OK(grz_operator_apply(op, f, again));
    grz_operator_destroy(&op);
    ck_assert_ptr_null(op);
    grz_operator_destroy(&op);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("operator interface");
    TCase *tests = tcase_create("operator interface");
    tcase_add_checked_fixture(tests, open_all, close_all);
    tcase_add_test(tests, options_and_bounds);
    tcase_add_test(tests, options_take_effect);
    tcase_add_test(tests, constructor_refuses_bad_input);
    tcase_add_test(tests, computations_refuse_bad_input);
    tcase_add_test(tests, batches_fail_whole);
    tcase_add_test(tests, extreme_scales_of_f);
    tcase_add_test(tests, overflow_names_the_function_that_was_called);
    tcase_add_test(tests, progress_and_cancel_from_the_callback);
    tcase_add_test(tests, cancel_from_another_thread);
    tcase_add_test(tests, bitwise_the_same_for_any_number_of_threads);
    tcase_add_test(tests, two_operators_at_once);
    tcase_add_test(tests, error_estimate_compares_two_levels);
    tcase_add_test(tests, every_allocation_may_fail);
    tcase_add_test(tests, workspace_is_small_and_as_reported);
    tcase_add_test(tests, handles_outlive_one_another);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

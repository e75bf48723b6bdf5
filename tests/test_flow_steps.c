/* Steps: orders, positivity, adaptivity, restart, observers, cancellation, bad input, memory. */
#include "support/check.h"
#include "support/failing_operator.h"
#include "support/norms.h"

static grz_context *context;
static grz_grid *grid;
static grz_kernel *kernel;

static void open_all(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
    OK(grz_grid_create(context, 12, 3.6, (double[3]){0.1, -0.2, 0.05}, &grid));
    OK(grz_kernel_create_power_law(context, 0, 0.5, 0, &kernel));
}

static void close_all(void)
{
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}

/* Landau with gamma = 0, as cheap as it gets: structure does not depend on the quadrature. */
static grz_operator *cheap_operator(grz_context *in, const grz_grid *on, const grz_kernel *with, grz_equation equation)
{
    grz_operator *op;
    OK(grz_operator_create(in, on, with, equation, GRZ_METHOD_ENTROPIC, &op));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    return op;
}

static grz_distribution *mixture(grz_context *in, const grz_grid *on)
{
    const double w[2] = {0.6, 0.5}, u[6] = {0.9, 0.2, -0.1, -0.8, -0.5, 0.3};
    const double C[18] = {1.6, 0.2, 0, 0.2, 1.4, 0, 0, 0, 1.7, 1.5, 0, 0.2, 0, 1.8, 0, 0.2, 0, 1.5};
    grz_distribution *f;
    OK(grz_distribution_create_mixture(in, on, 2, w, u, C, &f));
    return f;
}

static void solution(grz_operator *op, grz_time_scheme scheme, const double *f, double end, int steps, double *out)
{
    grz_flow *flow;
    OK(grz_flow_create(context, op, scheme, &flow));
    OK(grz_flow_start(flow, 0, f));
    grz_status status = grz_flow_run(flow, end, end / steps, NULL, NULL);
    HOLDS(status == GRZ_OK, "%s", grz_context_last_message(context));
    OK(grz_flow_values(flow, out));
    double made;
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_STEPS, &made));
    ck_assert_double_eq(made, steps);
    ck_assert_double_eq(grz_flow_time(flow), end);
    grz_flow_destroy(&flow);
}

static double distance(const double *f, const double *g, int64_t count)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += fabs(f[i] - g[i]);
    return sum;
}

START_TEST(orders_in_dt)
{
    static const int order[] = {2, 3, 4, 3, 5};
    int64_t count = grz_grid_node_count(grid);
    double *exact = malloc((size_t)count * sizeof *exact), *coarse = malloc((size_t)count * sizeof *coarse),
           *fine = malloc((size_t)count * sizeof *fine);
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    const double *start = grz_distribution_view(f);
    solution(op, GRZ_TIME_SCHEME_DORMAND_PRINCE, start, 0.02, 32, exact);
    for (int scheme = GRZ_TIME_SCHEME_SSP_RK2; scheme <= GRZ_TIME_SCHEME_DORMAND_PRINCE; scheme++) {
        int steps = order[scheme - GRZ_TIME_SCHEME_SSP_RK2] >= 4 ? 6 : 10;
        solution(op, scheme, start, 0.02, steps, coarse);
        solution(op, scheme, start, 0.02, 2 * steps, fine);
        double measured = log2(distance(coarse, exact, count) / distance(fine, exact, count));
        HOLDS(measured > order[scheme - GRZ_TIME_SCHEME_SSP_RK2] - 0.35, "scheme %d: order %g (errors %g, %g)", scheme, measured,
              distance(coarse, exact, count), distance(fine, exact, count));
    }
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    free(exact);
    free(coarse);
    free(fine);
}
END_TEST

typedef struct watcher {
    int calls, stop_at;
    double last, *f;
    int64_t count;
} watcher;

static int watch(double time, const double *f, void *user)
{
    watcher *w = user;
    HOLDS(w->calls == 0 || time > w->last, "time %g after %g", time, w->last);
    w->last = time;
    if (w->f) memcpy(w->f, f, (size_t)w->count * sizeof *f);
    return ++w->calls == w->stop_at;
}

/* Stopped by the observer, saved, restored in another flow: the same bits as without the break. */
static void check_restart(grz_time_scheme scheme, double dt, double end)
{
    int64_t count = grz_grid_node_count(grid);
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU),
                 *other = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    grz_flow *whole, *first, *second;
    OK(grz_flow_create(context, op, scheme, &whole));
    OK(grz_flow_create(context, op, scheme, &first));
    OK(grz_flow_create(context, other, scheme, &second));
    OK(grz_flow_start(whole, 0.25, grz_distribution_view(f)));
    OK(grz_flow_start(first, 0.25, grz_distribution_view(f)));
    watcher w = {0, 0, 0, malloc((size_t)count * sizeof(double)), count};
    OK(grz_flow_run(whole, end, dt, watch, &w));
    HOLDS(w.calls >= 4, "only %d calls", w.calls);
    ck_assert_int_eq(memcmp(w.f, grz_flow_view(whole), (size_t)count * sizeof(double)), 0);
    w = (watcher){0, 3, 0, w.f, count};
    FAILS(context, grz_flow_run(first, end, dt, watch, &w), GRZ_ERROR_CALLBACK, "observer");
    ck_assert_double_eq(grz_flow_time(first), w.last);
    double *state = malloc((size_t)grz_flow_state_size(first) * sizeof *state), a, b;
    OK(grz_flow_save(first, state));
    OK(grz_flow_restore(second, state));
    OK(grz_context_set_threads(context, 1));
    OK(grz_flow_run(second, end, dt, NULL, NULL));
    ck_assert_int_eq(memcmp(grz_flow_view(second), grz_flow_view(whole), (size_t)count * sizeof(double)), 0);
    OK(grz_flow_statistic_value(whole, GRZ_FLOW_STATISTIC_STEPS, &a));
    OK(grz_flow_statistic_value(second, GRZ_FLOW_STATISTIC_STEPS, &b));
    ck_assert_double_eq(a, b);
    free(state);
    free(w.f);
    grz_flow_destroy(&whole);
    grz_flow_destroy(&first);
    grz_flow_destroy(&second);
    grz_operator_destroy(&op);
    grz_operator_destroy(&other);
    grz_distribution_destroy(&f);
}

START_TEST(restart_is_bitwise)
{
    check_restart(GRZ_TIME_SCHEME_SSP_RK3, 0.003, 0.26);
    check_restart(GRZ_TIME_SCHEME_BOGACKI_SHAMPINE, 0, 0.30);
    check_restart(GRZ_TIME_SCHEME_DORMAND_PRINCE, 0, 0.40);
}
END_TEST

/* The adaptive error stays near the tolerance, and tighter tolerances give closer results. */
START_TEST(adaptive_steps_keep_the_tolerance)
{
    int64_t count = grz_grid_node_count(grid);
    double h = grz_grid_spacing(grid), error[3], rho, before = INFINITY;
    double *exact = malloc((size_t)count * sizeof *exact);
    grz_distribution *f = mixture(context, grid);
    OK(grz_distribution_moments(f, &rho, NULL, NULL, NULL, NULL));
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    solution(op, GRZ_TIME_SCHEME_SSP_RK4, grz_distribution_view(f), 0.1, 40, exact);
    for (int i = 0; i < 3; i++) {
        grz_flow *flow;
        OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_DORMAND_PRINCE, &flow));
        OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_TOLERANCE, pow(10, -4 - i)));
        OK(grz_flow_start(flow, 0, grz_distribution_view(f)));
        OK(grz_flow_run(flow, 0.1, 0, NULL, NULL));
        error[i] = h * h * h * distance(exact, grz_flow_view(flow), count) / rho;
        HOLDS(error[i] < 10 * pow(10, -4 - i) && error[i] < before, "tolerance 1e-%d: error %g after %g", 4 + i, error[i], before);
        before = error[i];
        grz_flow_destroy(&flow);
    }
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    free(exact);
}
END_TEST

/* The time of the first step's end. */
static int stop_after_first(double time, const double *f, void *user)
{
    (void)f;
    *(double *)user = time;
    return time > 0;
}

/* Q(s f) = s^2 Q(f): rates are s times as large, and the first step the s-th part. It moves f by half the tolerance's root of the order. */
START_TEST(first_steps_follow_the_rates)
{
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    int64_t count = grz_grid_node_count(grid);
    double *scaled = malloc((size_t)count * sizeof *scaled), first[3], order[2];
    for (int k = 0; k < 3; k++) {
        grz_flow *flow;
        for (int64_t i = 0; i < count; i++) scaled[i] = (k == 1 ? 8 : 1) * grz_distribution_view(f)[i];
        OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_BOGACKI_SHAMPINE, &flow));
        OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_TOLERANCE, k == 2 ? 1e-9 : 1e-6));
        OK(grz_flow_start(flow, 0, scaled));
        FAILS(context, grz_flow_run(flow, 1e3, 0, stop_after_first, &first[k]), GRZ_ERROR_CALLBACK, "observer returned 1");
        OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_REJECTED, &order[0]));
        ck_assert_double_eq(order[0], 0);
        grz_flow_destroy(&flow);
    }
    NEAR(first[0] / first[1], 8, 1e-12);
    NEAR(first[0] / first[2], 10, 1e-9); /* order three */
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    free(scaled);
}
END_TEST

/* Observers of our own hear on which grid the flow is: no value is read on another. */
START_TEST(observers_of_another_grid_refuse)
{
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    const double times[2] = {0, 1};
    for (int way = 0; way < 3; way++) { /* more nodes, another width, another centre */
        grz_grid *other;
        grz_flow *flow;
        grz_ledger *ledger;
        grz_limit *limit;
        OK(grz_grid_create(context, way == 0 ? 16 : 12, way == 1 ? 3.7 : 3.6, way == 2 ? NULL : (double[3]){0.1, -0.2, 0.05}, &other));
        grz_operator *measure = cheap_operator(context, other, kernel, GRZ_EQUATION_LANDAU);
        OK(grz_ledger_create(context, measure, &ledger));
        OK(grz_limit_create(context, other, 2, times, &limit));
        OK(grz_limit_begin(limit, 0, NULL));
        OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK2, &flow));
        OK(grz_flow_start(flow, 0, grz_distribution_view(f)));
        FAILS(context, grz_flow_run(flow, 0.1, 0.01, grz_ledger_observe, ledger), GRZ_ERROR_CALLBACK, "another grid than the ledger");
        FAILS(context, grz_flow_run(flow, 0.1, 0.01, grz_limit_observe, limit), GRZ_ERROR_CALLBACK, "another grid than the study");
        ck_assert_int_eq(grz_ledger_count(ledger), 0);
        ck_assert_double_eq(grz_flow_time(flow), 0);
        grz_flow_destroy(&flow);
        grz_limit_destroy(&limit);
        grz_ledger_destroy(&ledger);
        grz_operator_destroy(&measure);
        grz_grid_destroy(&other);
    }
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(positivity_is_guarded)
{
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    grz_flow *flow;
    double rejected, next;
    OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_DORMAND_PRINCE, &flow));
    OK(grz_flow_start(flow, 0, grz_distribution_view(f)));
    FAILS(context, grz_flow_step(flow, 5), GRZ_ERROR_NOT_POSITIVE, "dt = 5");
    ck_assert_double_eq(grz_flow_time(flow), 0);
    ck_assert_int_eq(memcmp(grz_flow_view(flow), grz_distribution_view(f), sizeof(double) * (size_t)grz_grid_node_count(grid)), 0);
    OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_TOLERANCE, 1)); /* the first step proposed is then too long for positivity */
    OK(grz_flow_run(flow, 0.1, 0, NULL, NULL));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_REJECTED, &rejected));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_NEXT_STEP, &next));
    HOLDS(rejected >= 1 && next > 0, "rejected %g, next %g", rejected, next);
    OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_SMALLEST_STEP, 1));
    OK(grz_flow_start(flow, 0, grz_distribution_view(f)));
    FAILS(context, grz_flow_run(flow, 10, 0, NULL, NULL), GRZ_ERROR_NOT_CONVERGED, "shrank");
    grz_flow_destroy(&flow);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
}
END_TEST

/* With a floor no node falls below it, the moments stay, no tail ends the run, and restarts keep their bits; where nothing falls so far it
 * changes no bit; a step too long for the bulk is still refused. */
START_TEST(floor_keeps_tails_and_moments)
{
    grz_grid *wide;
    OK(grz_grid_create(context, 12, 6.5, (double[3]){0.1, -0.2, 0.05}, &wide));
    int64_t count = grz_grid_node_count(wide);
    grz_distribution *f = mixture(context, wide), *end, *inside = mixture(context, grid);
    grz_operator *op = cheap_operator(context, wide, kernel, GRZ_EQUATION_LANDAU),
                 *small = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    grz_flow *flow, *again;
    const double *start = grz_distribution_view(f), dt = 3e-4;
    double mass, u[3], T, moments[5], left, level = 1e-2, raised;
    OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &again));
    OK(grz_flow_start(flow, 0, start));
    FAILS(context, grz_flow_run(flow, 50 * dt, dt, NULL, NULL), GRZ_ERROR_NOT_POSITIVE, "too long");
    OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_FLOOR, level));
    OK(grz_flow_set_option(again, GRZ_FLOW_OPTION_FLOOR, level));
    OK(grz_flow_start(flow, 0, start));
    OK(grz_flow_run(flow, 30 * dt, dt, NULL, NULL));
    double *state = malloc(sizeof *state * (size_t)grz_flow_state_size(flow));
    OK(grz_flow_save(flow, state));
    OK(grz_flow_run(flow, 50 * dt, dt, NULL, NULL));
    OK(grz_flow_restore(again, state));
    OK(grz_flow_run(again, 50 * dt, dt, NULL, NULL));
    ck_assert_int_eq(memcmp(grz_flow_view(flow), grz_flow_view(again), sizeof(double) * (size_t)count), 0);
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_RAISED, &raised));
    HOLDS(raised > 0 && raised < 1e-4, "raised by %g", raised);
    OK(grz_distribution_moments(f, &mass, u, &T, NULL, NULL));
    OK(grz_distribution_create_array(context, wide, grz_flow_view(flow), &end));
    OK(grz_distribution_moments(end, &moments[0], moments + 1, &moments[4], NULL, NULL));
    HOLDS(fabs(moments[0] / mass - 1) < 1e-13 && fabs(moments[4] / T - 1) < 1e-13, "mass %g, T %g", moments[0] / mass - 1,
          moments[4] / T - 1);
    for (int a = 0; a < 3; a++) HOLDS(fabs(moments[1 + a] - u[a]) < 1e-13, "velocity %d: %g", a, moments[1 + a] - u[a]);
    double axis[3][12];
    for (int a = 0; a < 3; a++) OK(grz_grid_axis_nodes(wide, a, axis[a]));
    for (int64_t i = 0; i < count; i++) {
        double x = axis[0][i / 144] - u[0], y = axis[1][i / 12 % 12] - u[1], z = axis[2][i % 12] - u[2];
        left = smaller(start[i], level * mass * pow(2 * M_PI * T, -1.5) * exp(-(x * x + y * y + z * z) / (2 * T)));
        HOLDS(grz_flow_view(flow)[i] > 0.999 * left, "node %lld: %g, floor %g", (long long)i, grz_flow_view(flow)[i], left);
    }
    FAILS(context, grz_flow_step(flow, 5), GRZ_ERROR_NOT_POSITIVE, "dt = 5");
    FAILS(context, grz_flow_set_option(flow, GRZ_FLOW_OPTION_FLOOR, 0.2), GRZ_ERROR_INVALID_ARGUMENT,
          "value of GRZ_FLOW_OPTION_FLOOR = 0.2");
    grz_flow_destroy(&flow);
    grz_flow_destroy(&again);
    OK(grz_flow_create(context, small, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    OK(grz_flow_create(context, small, GRZ_TIME_SCHEME_SSP_RK4, &again));
    OK(grz_flow_set_option(again, GRZ_FLOW_OPTION_FLOOR, 1e-6));
    OK(grz_flow_start(flow, 0, grz_distribution_view(inside)));
    OK(grz_flow_start(again, 0, grz_distribution_view(inside)));
    OK(grz_flow_run(flow, 0.004, 0.002, NULL, NULL));
    OK(grz_flow_run(again, 0.004, 0.002, NULL, NULL));
    OK(grz_flow_statistic_value(again, GRZ_FLOW_STATISTIC_RAISED, &raised));
    ck_assert_double_eq(raised, 0);
    ck_assert_int_eq(memcmp(grz_flow_view(flow), grz_flow_view(again), sizeof(double) * (size_t)grz_grid_node_count(grid)), 0);
    free(state);
    grz_flow_destroy(&flow);
    grz_flow_destroy(&again);
    grz_distribution_destroy(&end);
    grz_distribution_destroy(&inside);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_operator_destroy(&small);
    grz_grid_destroy(&wide);
}
END_TEST

static int stop_late(const char *stage, double fraction, void *user)
{
    (void)stage;
    (void)fraction;
    return --*(int *)user == 0;
}

START_TEST(cancelled_steps_leave_the_state)
{
    static const grz_time_scheme schemes[] = {GRZ_TIME_SCHEME_SSP_RK4, GRZ_TIME_SCHEME_DORMAND_PRINCE, GRZ_TIME_SCHEME_PROXIMAL_2};
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    for (int i = 0; i < 3; i++)
        for (int calls = 1; calls < 600; calls = 4 * calls + 1) {
            grz_flow *flow;
            int left = calls;
            OK(grz_flow_create(context, op, schemes[i], &flow));
            OK(grz_flow_start(flow, 1, grz_distribution_view(f)));
            OK(grz_context_set_progress(context, stop_late, &left));
            grz_status status = grz_flow_step(flow, 1e-3);
            OK(grz_context_set_progress(context, NULL, NULL));
            HOLDS(status == GRZ_ERROR_CANCELLED || left > 0, "scheme %d: %s", i, grz_status_name(status));
            if (status != GRZ_OK) {
                ck_assert_double_eq(grz_flow_time(flow), 1);
                ck_assert_int_eq(memcmp(grz_flow_view(flow), grz_distribution_view(f), sizeof(double) * (size_t)grz_grid_node_count(grid)),
                                 0);
                OK(grz_flow_step(flow, 1e-3));
            }
            grz_flow_destroy(&flow);
        }
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(bad_input)
{
    grz_distribution *f = mixture(context, grid);
    grz_operator *op = cheap_operator(context, grid, kernel, GRZ_EQUATION_LANDAU);
    grz_flow *flow = UNTOUCHED;
    grz_context *stranger;
    OK(grz_context_create(&stranger));
    ck_assert_int_eq(grz_flow_create(NULL, op, GRZ_TIME_SCHEME_SSP_RK2, &flow), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_flow_create(context, NULL, GRZ_TIME_SCHEME_SSP_RK2, &flow), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(context, grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK2, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_flow_create(context, op, (grz_time_scheme)7, &flow), GRZ_ERROR_INVALID_ARGUMENT, "scheme = 7");
    FAILS(stranger, grz_flow_create(stranger, op, GRZ_TIME_SCHEME_SSP_RK2, &flow), GRZ_ERROR_MISMATCH, "op");
    ck_assert_ptr_eq(flow, UNTOUCHED);
    OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK2, &flow));
    double value, *values = malloc(sizeof(double) * (size_t)grz_flow_state_size(flow));
    HOLDS(isnan(grz_flow_time(flow)) && !grz_flow_view(flow) && isnan(grz_flow_time(NULL)) && !grz_flow_view(NULL), "before the start");
    FAILS(context, grz_flow_step(flow, 0.1), GRZ_ERROR_INVALID_ARGUMENT, "started");
    FAILS(context, grz_flow_run(flow, 1, 0.1, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "started");
    FAILS(context, grz_flow_values(flow, values), GRZ_ERROR_INVALID_ARGUMENT, "started");
    FAILS(context, grz_flow_save(flow, values), GRZ_ERROR_INVALID_ARGUMENT, "started");
    FAILS(context, grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_STEPS, &value), GRZ_ERROR_INVALID_ARGUMENT, "started");
    FAILS(context, grz_flow_start(flow, NAN, grz_distribution_view(f)), GRZ_ERROR_NOT_FINITE, "time");
    FAILS(context, grz_flow_start(flow, 0, NULL), GRZ_ERROR_NULL_ARGUMENT, "f");
    memcpy(values, grz_distribution_view(f), sizeof(double) * (size_t)grz_grid_node_count(grid));
    values[7] = 0;
    FAILS(context, grz_flow_start(flow, 0, values), GRZ_ERROR_NOT_POSITIVE, "f[7]");
    OK(grz_flow_start(flow, 0, grz_distribution_view(f)));
    FAILS(context, grz_flow_step(flow, 0), GRZ_ERROR_INVALID_ARGUMENT, "dt = 0");
    FAILS(context, grz_flow_step(flow, -1), GRZ_ERROR_INVALID_ARGUMENT, "dt = -1");
    FAILS(context, grz_flow_step(flow, INFINITY), GRZ_ERROR_NOT_FINITE, "dt");
    FAILS(context, grz_flow_run(flow, -1, 0.1, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "end = -1");
    FAILS(context, grz_flow_run(flow, 1, 0, NULL, NULL), GRZ_ERROR_UNSUPPORTED, "dt = 0");
    FAILS(context, grz_flow_statistic_value(flow, (grz_flow_statistic)107, &value), GRZ_ERROR_INVALID_ARGUMENT, "statistic = 107");
    FAILS(context, grz_flow_set_option(flow, GRZ_FLOW_OPTION_TOLERANCE, 0), GRZ_ERROR_INVALID_ARGUMENT, "GRZ_FLOW_OPTION_TOLERANCE = 0");
    FAILS(context, grz_flow_set_option(flow, GRZ_FLOW_OPTION_LARGEST_NEWTON, 1.5), GRZ_ERROR_INVALID_ARGUMENT,
          "GRZ_FLOW_OPTION_LARGEST_NEWTON = 1.5");
    FAILS(context, grz_flow_set_option(flow, (grz_flow_option)8, 1), GRZ_ERROR_INVALID_ARGUMENT, "option = 8");
    FAILS(context, grz_flow_set_option(flow, (grz_flow_option)-1, 1), GRZ_ERROR_INVALID_ARGUMENT, "option = -1");
    FAILS(context, grz_flow_statistic_value(flow, (grz_flow_statistic)-1, &value), GRZ_ERROR_INVALID_ARGUMENT, "statistic = -1");
    OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_LARGEST_STEP, 0.5));
    OK(grz_flow_option_value(flow, GRZ_FLOW_OPTION_LARGEST_STEP, &value));
    ck_assert_double_eq(value, 0.5);
    grz_flow *proximal;
    OK(grz_flow_create(context, op, GRZ_TIME_SCHEME_PROXIMAL_2, &proximal));
    OK(grz_flow_start(proximal, 0, grz_distribution_view(f)));
    FAILS(context, grz_flow_step(proximal, 1e308), GRZ_ERROR_NOT_REPRESENTABLE, "dt = 1e+308");
    ck_assert_double_eq(grz_flow_time(proximal), 0);
    grz_flow_destroy(&proximal);
    OK(grz_flow_save(flow, values));
    values[1] = 3;
    FAILS(context, grz_flow_restore(flow, values), GRZ_ERROR_MISMATCH, "scheme");
    values[1] = GRZ_TIME_SCHEME_SSP_RK2, values[2] = 13;
    FAILS(context, grz_flow_restore(flow, values), GRZ_ERROR_MISMATCH, "13");
    values[2] = 12, values[3] = INFINITY;
    FAILS(context, grz_flow_restore(flow, values), GRZ_ERROR_NOT_FINITE, "state");
    values[3] = 1;
    static const double wrong_steps[] = {-0.1, 1e-312, 1e-17};
    for (int i = 0; i < 3; i++) {
        values[4] = wrong_steps[i];
        FAILS(context, grz_flow_restore(flow, values), GRZ_ERROR_FORMAT, "next step");
    }
    values[4] = 0.1, values[5] = -1;
    FAILS(context, grz_flow_restore(flow, values), GRZ_ERROR_FORMAT, "next step");
    values[5] = 1;
    OK(grz_flow_restore(flow, values));
    OK(grz_flow_start(flow, 1e6, grz_distribution_view(f)));
    FAILS(context, grz_flow_step(flow, 1e-11), GRZ_ERROR_INVALID_ARGUMENT, "resolution of time 1e+06");
    FAILS(context, grz_flow_run(flow, 2e6, 1e-11, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "resolution of time 1e+06");
    OK(grz_flow_start(flow, 1e308, grz_distribution_view(f)));
    FAILS(context, grz_flow_step(flow, 1e308), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    values[0] = 1;
    FAILS(context, grz_flow_restore(flow, values), GRZ_ERROR_FORMAT, "state");
    ck_assert_int_eq(grz_flow_step(NULL, 1), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_flow_state_size(NULL), 0);
    free(values);
    grz_flow_destroy(&flow);
    grz_flow_destroy(&flow);
    grz_flow_destroy(NULL);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    grz_context_destroy(&stranger);
}
END_TEST

static grz_status create_flow(failing_operator *s, void *scheme)
{
    grz_flow *flow = NULL;
    grz_status status = grz_flow_create(s->context, s->op, *(grz_time_scheme *)scheme, &flow);
    ck_assert((status == GRZ_OK) == (flow != NULL));
    grz_flow_destroy(&flow);
    return status;
}

START_TEST(failing_allocations)
{
    for (int i = GRZ_TIME_SCHEME_SSP_RK2; i <= GRZ_TIME_SCHEME_PROXIMAL_2; i++) {
        grz_time_scheme scheme = (grz_time_scheme)i;
        refuse_every_allocation(GRZ_EQUATION_LANDAU, 1, create_flow, &scheme);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("flow: steps");
    TCase *t = tcase_create("steps");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, orders_in_dt);
    tcase_add_test(t, restart_is_bitwise);
    tcase_add_test(t, adaptive_steps_keep_the_tolerance);
    tcase_add_test(t, positivity_is_guarded);
    tcase_add_test(t, floor_keeps_tails_and_moments);
    tcase_add_test(t, cancelled_steps_leave_the_state);
    tcase_add_test(t, bad_input);
    tcase_add_test(t, failing_allocations);
    tcase_add_test(t, first_steps_follow_the_rates);
    tcase_add_test(t, observers_of_another_grid_refuse);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

/* Handle, options, state and steps of a curve. */
#include "flow/flow.h"

#include <math.h>
#include <string.h>

typedef struct bounds {
    const char *name; /* for messages */
    double minimum, maximum, initial;
    int integer;
} bounds;

static const bounds options[GRZI_FLOW_OPTIONS] = {{"value of GRZ_FLOW_OPTION_TOLERANCE", 1e-14, 1, 1e-6, 0},
                                                  {"value of GRZ_FLOW_OPTION_LARGEST_STEP", 0, INFINITY, 0, 0},
                                                  {"value of GRZ_FLOW_OPTION_SMALLEST_STEP", 0, INFINITY, 1e-14, 0},
                                                  {"value of GRZ_FLOW_OPTION_RESIDUAL", 1e-15, 1e-2, 1e-7, 0},
                                                  {"value of GRZ_FLOW_OPTION_LARGEST_NEWTON", 1, 1e9, 60, 1},
                                                  {"value of GRZ_FLOW_OPTION_LARGEST_GRADIENTS", 1, 1e9, 2000, 1},
                                                  {"value of GRZ_FLOW_OPTION_FLOOR", 0, 0.1, 0, 0},
                                                  {"value of GRZ_FLOW_OPTION_PARTS", 1, 1000, 4, 1}};

static grz_status allocate(grz_flow *flow)
{
    int64_t count = flow->count, stages = flow->tableau ? flow->tableau->stages : 0;
    int64_t extra = flow->tableau ? 0 : grzi_proximal_doubles(count, flow->scheme == GRZ_TIME_SCHEME_PROXIMAL_2 ? 2 : 1);
    flow->work = grzi_allocate(flow->context, (2 + stages) * count + extra, sizeof(double));
    if (!flow->work) return GRZ_ERROR_OUT_OF_MEMORY;
    flow->f = flow->work;
    flow->next = flow->work + count;
    for (int64_t stage = 0; stage < stages; stage++) flow->rates[stage] = flow->work + (2 + stage) * count;
    return GRZ_OK;
}

grz_status grz_flow_create(grz_context *context, grz_operator *op, grz_time_scheme scheme, grz_flow **out)
{
    static const char *const function = "grz_flow_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "scheme", (int)scheme, GRZ_TIME_SCHEME_SSP_RK2, GRZ_TIME_SCHEME_PROXIMAL_2));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    if (scheme >= GRZ_TIME_SCHEME_PROXIMAL && !op->method->onsager)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method has no Onsager operator", function, op->method->name);
    grz_flow *flow = grzi_allocate_zeroed(context, 1, sizeof *flow);
    if (!flow) return GRZ_ERROR_OUT_OF_MEMORY;
    flow->scheme = scheme;
    flow->tableau = grzi_tableau_of(scheme);
    flow->count = grzi_grid_count(op->grid);
    flow->context = context;
    if (allocate(flow) != GRZ_OK) {
        grzi_deallocate(context, flow);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    grzi_context_retain(context);
    flow->op = grzi_operator_retain(op);
    for (int i = 0; i < GRZI_FLOW_OPTIONS; i++) flow->options[i] = options[i].initial;
    flow->time = NAN;
    *out = flow;
    return GRZ_OK;
}

void grz_flow_destroy(grz_flow **flow)
{
    if (!flow || !*flow) return;
    grz_context *context = (*flow)->context;
    grzi_operator_release((*flow)->op);
    grzi_deallocate(context, (*flow)->work);
    grzi_deallocate(context, *flow);
    grzi_context_release(context);
    *flow = NULL;
}

grz_status grz_flow_set_option(grz_flow *flow, grz_flow_option option, double value)
{
    static const char *const function = "grz_flow_set_option";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(flow->context, function, "option", (int)option, 0, GRZI_FLOW_OPTIONS - 1));
    const bounds *allowed = &options[option];
    GRZI_TRY(grzi_check_range(flow->context, function, allowed->name, value, allowed->minimum, allowed->maximum));
    if (allowed->integer && value != floor(value))
        return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %s = %g is not an integer", function, allowed->name, value);
    flow->options[option] = value;
    return GRZ_OK;
}

grz_status grz_flow_option_value(const grz_flow *flow, grz_flow_option option, double *value)
{
    static const char *const function = "grz_flow_option_value";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(flow->context, function, "option", (int)option, 0, GRZI_FLOW_OPTIONS - 1));
    GRZI_TRY(grzi_check_pointer(flow->context, function, "value", value));
    *value = flow->options[option];
    return GRZ_OK;
}

/* --------------------------------------------------------------------------------------------------------------- state */

static double largest_value(const grz_flow *flow, const double *f)
{
    double largest = 0;
    for (int64_t i = 0; i < flow->count; i++) largest = isfinite(f[i]) ? fmax(largest, fabs(f[i])) : INFINITY;
    return largest;
}

static void begin_state(grz_flow *flow)
{
    flow->started = 1;
    flow->has_rate = 0;
    flow->longest_step = 0;
    flow->start_size = largest_value(flow, flow->f);
}

grz_status grz_flow_start(grz_flow *flow, double time, const double *f)
{
    static const char *const function = "grz_flow_start";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_finite(flow->context, function, "time", time));
    GRZI_TRY(grzi_operator_check_density(flow->op, function, f));
    memmove(flow->f, f, sizeof *f * (size_t)flow->count);
    memset(flow->statistics, 0, sizeof flow->statistics);
    begin_state(flow);
    flow->time = time;
    flow->next_step = 0;
    flow->previous_error = 1;
    return GRZ_OK;
}

double grz_flow_time(const grz_flow *flow)
{
    return flow ? flow->time : NAN;
}

const grz_operator *grz_flow_operator(const grz_flow *flow)
{
    return flow ? flow->op : NULL;
}

int32_t grz_flow_scheme(const grz_flow *flow)
{
    return flow ? (int32_t)flow->scheme : -1;
}

const double *grz_flow_view(const grz_flow *flow)
{
    return flow && flow->started ? flow->f : NULL;
}

static grz_status check_started(const grz_flow *flow, const char *function)
{
    return flow->started ? GRZ_OK : grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: flow has not been started", function);
}

grz_status grz_flow_values(const grz_flow *flow, double *f)
{
    static const char *const function = "grz_flow_values";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(flow->context, function, "f", f));
    GRZI_TRY(check_started(flow, function));
    memcpy(f, flow->f, sizeof *f * (size_t)flow->count);
    return GRZ_OK;
}

grz_status grz_flow_statistic_value(const grz_flow *flow, grz_flow_statistic statistic, double *value)
{
    static const char *const function = "grz_flow_statistic_value";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(flow->context, function, "statistic", (int)statistic, 0, GRZI_FLOW_STATISTICS - 1));
    GRZI_TRY(grzi_check_pointer(flow->context, function, "value", value));
    GRZI_TRY(check_started(flow, function));
    *value = statistic == GRZ_FLOW_STATISTIC_NEXT_STEP ? flow->next_step : flow->statistics[statistic];
    return GRZ_OK;
}

/* A saved state: this head, then the values. */
enum { MARK, SCHEME, NODES, TIME, NEXT, PREVIOUS, STATISTICS, HEAD = STATISTICS + GRZI_FLOW_STATISTICS };
static const double mark = 7106044.0;

int64_t grz_flow_state_size(const grz_flow *flow)
{
    return flow ? HEAD + flow->count : 0;
}

grz_status grz_flow_save(const grz_flow *flow, double *state)
{
    static const char *const function = "grz_flow_save";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(flow->context, function, "state", state));
    GRZI_TRY(check_started(flow, function));
    state[MARK] = mark;
    state[SCHEME] = flow->scheme;
    state[NODES] = flow->op->grid->n;
    state[TIME] = flow->time;
    state[NEXT] = flow->next_step;
    state[PREVIOUS] = flow->previous_error;
    memcpy(state + STATISTICS, flow->statistics, sizeof flow->statistics);
    memcpy(state + HEAD, flow->f, sizeof *state * (size_t)flow->count);
    return GRZ_OK;
}

grz_status grz_flow_restore(grz_flow *flow, const double *state)
{
    static const char *const function = "grz_flow_restore";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(flow->context, function, "state", state));
    if (state[MARK] != mark) return grzi_fail(flow->context, GRZ_ERROR_FORMAT, "%s: state is not a saved state", function);
    if (state[SCHEME] != flow->scheme)
        return grzi_fail(flow->context, GRZ_ERROR_MISMATCH, "%s: state is of scheme %g, flow of %d", function, state[SCHEME],
                         (int)flow->scheme);
    if (state[NODES] != flow->op->grid->n)
        return grzi_fail(flow->context, GRZ_ERROR_MISMATCH, "%s: state has n = %g, flow n = %d", function, state[NODES], flow->op->grid->n);
    GRZI_TRY(grzi_check_array_finite(flow->context, function, "state", state, HEAD));
    if (!(state[NEXT] == 0 || (state[NEXT] > 0 && state[TIME] + state[NEXT] > state[TIME])) || !(state[PREVIOUS] >= 0))
        return grzi_fail(flow->context, GRZ_ERROR_FORMAT, "%s: state has a next step of %g at time %g", function, state[NEXT], state[TIME]);
    GRZI_TRY(grzi_operator_check_density(flow->op, function, state + HEAD));
    memcpy(flow->f, state + HEAD, sizeof *state * (size_t)flow->count);
    memcpy(flow->statistics, state + STATISTICS, sizeof flow->statistics);
    flow->time = state[TIME];
    flow->next_step = state[NEXT];
    flow->previous_error = state[PREVIOUS];
    begin_state(flow);
    return GRZ_OK;
}

/* --------------------------------------------------------------------------------------------------------------- steps */

static const double beyond_reason =
    10; /* no density of f's mass, momentum and energy has a largest value below a third of its Maxwellian's */

/* Entropic stages that leave what is stable are seen by their signs. */
static grz_status check_stable(grz_flow *flow, const char *function, double dt)
{
    if (flow->op->method->needs_positive_density) return GRZ_OK;
    if (flow->longest_step == 0) {
        double rate;
        GRZI_TRY(grz_operator_largest_rate(flow->op, flow->f, &rate));
        flow->longest_step = rate > 0 ? grzi_stability_interval(flow->tableau) / rate : INFINITY;
    }
    if (dt <= flow->longest_step) return GRZ_OK;
    return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: dt = %g is too long: at most %g (%s, largest rate of the operator)",
                     function, dt, flow->longest_step, flow->tableau->name);
}

static grz_status check_growth(grz_flow *flow, const char *function, double dt)
{
    double largest = largest_value(flow, flow->next);
    if (largest <= beyond_reason * flow->start_size) return GRZ_OK;
    return grzi_fail(flow->context, GRZ_ERROR_NOT_CONVERGED,
                     "%s: dt = %g is too long: |f| grew to %g, from %g at the start (grz_operator_largest_rate tells what is stable)",
                     function, dt, largest, flow->start_size);
}

static void accept(grz_flow *flow, double time, double error)
{
    double *state = flow->next;
    flow->next = flow->f;
    flow->f = state;
    flow->time = time;
    flow->has_rate = 0;
    if (flow->tableau && flow->tableau->first_same_as_last) {
        int last = flow->tableau->stages - 1;
        double *rate = flow->rates[last];
        flow->rates[last] = flow->rates[0];
        flow->rates[0] = rate;
        flow->has_rate = 1;
    }
    flow->statistics[GRZ_FLOW_STATISTIC_STEPS]++;
    if (!flow->tableau) return;
    flow->statistics[GRZ_FLOW_STATISTIC_LAST_ERROR] = error;
    flow->statistics[GRZ_FLOW_STATISTIC_RAISED] += flow->raised;
}

static grz_status fixed_step(grz_flow *flow, const char *function, double dt, double time)
{
    double error = 0;
    if (!flow->tableau) {
        GRZI_TRY(grzi_proximal_step(flow, dt));
    } else {
        grzi_attempt attempt;
        int64_t node;
        GRZI_TRY(check_stable(flow, function, dt));
        GRZI_TRY(grzi_runge_kutta_step(flow, dt, &error, &attempt, &node));
        if (attempt == GRZI_STEP_NOT_POSITIVE)
            return grzi_fail(
                flow->context, GRZ_ERROR_NOT_POSITIVE,
                "%s: dt = %g is too long: a stage is %g at node %lld (where f is in its rounding, GRZ_FLOW_OPTION_FLOOR helps)", function,
                dt, flow->next[node], (long long)node);
        if (attempt == GRZI_STEP_NOT_FINITE)
            return grzi_fail(flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: dt = %g is too long: a stage overflows", function, dt);
        GRZI_TRY(check_growth(flow, function, dt));
    }
    accept(flow, time, error);
    return GRZ_OK;
}

static grz_status check_step(const grz_flow *flow, const char *function, double dt)
{
    GRZI_TRY(grzi_check_finite(flow->context, function, "dt", dt));
    if (!(dt > 0)) return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: dt = %g, must be > 0", function, dt);
    if (!isfinite(flow->time + dt))
        return grzi_fail(flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: time %g + dt = %g overflows", function, flow->time, dt);
    if (flow->time + dt > flow->time && fabs((flow->time + dt) - flow->time - dt) <= 0.01 * dt) return GRZ_OK;
    return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: dt = %g is below the resolution of time %g", function, dt, flow->time);
}

grz_status grz_flow_step(grz_flow *flow, double dt)
{
    static const char *const function = "grz_flow_step";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check_started(flow, function));
    GRZI_TRY(check_step(flow, function, dt));
    return fixed_step(flow, function, dt, flow->time + dt);
}

/* One accepted step of an embedded pair towards end, with a proportional-integral controller. Source: E. Hairer, G. Wanner, Solving
 * Ordinary Differential Equations II, IV.2. */
static grz_status adaptive_step(grz_flow *flow, const char *function, double end)
{
    double tolerance = flow->options[GRZ_FLOW_OPTION_TOLERANCE], largest = flow->options[GRZ_FLOW_OPTION_LARGEST_STEP],
           order = flow->tableau->order;
    if (flow->next_step == 0) GRZI_TRY(grzi_runge_kutta_first_step(flow, &flow->next_step));
    for (int rejected = 0;; rejected = 1) {
        double wanted = largest > 0 ? fmin(flow->next_step, largest) : flow->next_step, dt = fmin(wanted, end - flow->time), error;
        grzi_attempt attempt;
        int64_t node;
        GRZI_TRY(grzi_runge_kutta_step(flow, dt, &error, &attempt, &node));
        error /= tolerance;
        if (attempt == GRZI_STEP_MADE && error <= 1) {
            GRZI_TRY(check_growth(flow, function, dt));
            double factor = 0.9 * pow(fmax(error, 1e-10), -0.7 / order) * pow(fmax(flow->previous_error, 1e-10), 0.4 / order);
            double proposed = dt * fmin(fmax(factor, 0.2), rejected ? 1 : 5);
            flow->next_step = dt < wanted ? fmax(proposed, wanted) : proposed; /* a step cut at the end says nothing against longer ones */
            flow->previous_error = error;
            accept(flow, dt < wanted ? end : flow->time + dt, error * tolerance);
            return GRZ_OK;
        }
        flow->statistics[GRZ_FLOW_STATISTIC_REJECTED]++;
        flow->next_step = attempt == GRZI_STEP_MADE ? dt * fmax(0.9 * pow(error, -1 / order), 0.2) : 0.5 * dt;
        if (flow->next_step < flow->options[GRZ_FLOW_OPTION_SMALLEST_STEP] || flow->time + flow->next_step == flow->time)
            return grzi_fail(
                flow->context, GRZ_ERROR_NOT_CONVERGED, "%s: at time %g the step shrank to %g%s", function, flow->time, flow->next_step,
                attempt == GRZI_STEP_NOT_POSITIVE
                    ? ": a stage is not positive (GRZ_FLOW_OPTION_FLOOR 0.01 helps where f is in its rounding; a proximal scheme "
                      "or a finer grid, where tails are unresolved, see grz_operator_overshoot)"
                    : "");
    }
}

static grz_status observe(const grz_flow *flow, const char *function, grz_flow_observer_fn observer, void *user)
{
    int answer = observer ? observer(flow->time, flow->f, user) : 0;
    if (answer == 0) return GRZ_OK;
    return grzi_fail(flow->context, GRZ_ERROR_CALLBACK, "%s: the observer returned %d at time %g", function, answer, flow->time);
}

grz_status grz_flow_run(grz_flow *flow, double end, double dt, grz_flow_observer_fn observer, void *user)
{
    static const char *const function = "grz_flow_run";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check_started(flow, function));
    GRZI_TRY(grzi_check_finite(flow->context, function, "end", end));
    if (end < flow->time)
        return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: end = %g lies before the flow's time %g", function, end,
                         flow->time);
    if (dt != 0) GRZI_TRY(check_step(flow, function, dt));
    if (dt == 0 && !(flow->tableau && flow->tableau->embedded))
        return grzi_fail(flow->context, GRZ_ERROR_UNSUPPORTED, "%s: dt = 0 needs an embedded pair", function);
    double begin = flow->time;
    GRZI_TRY(observe(flow, function, observer, user));
    while (flow->time < end) {
        double left = end - flow->time;
        if (dt == 0)
            GRZI_TRY(adaptive_step(flow, function, end));
        else /* a remainder of rounding is no step of its own */
            GRZI_TRY(left <= dt * (1 + 1e-9) ? fixed_step(flow, function, left, end) : fixed_step(flow, function, dt, flow->time + dt));
        GRZI_TRY(observe(flow, function, observer, user));
        GRZI_TRY(grzi_report_progress(flow->context, "flow", (flow->time - begin) / (end - begin)));
    }
    return GRZ_OK;
}

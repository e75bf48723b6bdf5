/* Steps of a curve, of fixed size or as an embedded pair demands. */
#include "flow/flow.h"

#include <math.h>

/* What a step made becomes the state. */
static void accept(grz_flow *flow, double time, double error)
{
    double *state = flow->next;
    flow->next = flow->f;
    flow->f = state;
    flow->time = time;
    flow->has_rate = 0;
    flow->statistics[GRZ_FLOW_STATISTIC_STEPS]++;
    if (flow->scheme->accept) flow->scheme->accept(flow, error);
}

static grz_status fixed_step(grz_flow *flow, const char *function, double dt, double time)
{
    double error = 0;
    GRZI_TRY(flow->scheme->step(flow, function, dt, &error));
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
    GRZI_TRY(grzi_flow_check_started(flow, function));
    GRZI_TRY(check_step(flow, function, dt));
    return fixed_step(flow, function, dt, flow->time + dt);
}

/* 0: a share of what is left to the end, as times have any unit. */
static double smallest_step(const grz_flow *flow, double end)
{
    double set = flow->options[GRZ_FLOW_OPTION_SMALLEST_STEP];
    return set > 0 ? set : 1e-14 * (end - flow->time);
}

/* One accepted step of an embedded pair towards end, with a proportional-integral controller. Source: E. Hairer, G. Wanner, Solving
 * Ordinary Differential Equations II, IV.2. */
static grz_status adaptive_step(grz_flow *flow, const char *function, double end)
{
    double tolerance = flow->options[GRZ_FLOW_OPTION_TOLERANCE], largest = flow->options[GRZ_FLOW_OPTION_LARGEST_STEP],
           order = flow->scheme->tableau->order;
    if (flow->next_step == 0) GRZI_TRY(grzi_runge_kutta_first_step(flow, &flow->next_step));
    for (int rejected = 0;; rejected = 1) {
        double wanted = largest > 0 ? fmin(flow->next_step, largest) : flow->next_step, dt = fmin(wanted, end - flow->time), error;
        grzi_attempt attempt;
        int64_t node;
        GRZI_TRY(grzi_runge_kutta_attempt(flow, dt, &error, &attempt, &node));
        error /= tolerance;
        if (attempt == GRZI_STEP_MADE && error <= 1) {
            GRZI_TRY(grzi_runge_kutta_check_growth(flow, function, dt));
            double factor = 0.9 * pow(fmax(error, 1e-10), -0.7 / order) * pow(fmax(flow->previous_error, 1e-10), 0.4 / order);
            double proposed = dt * fmin(fmax(factor, 0.2), rejected ? 1 : 5);
            flow->next_step = dt < wanted ? fmax(proposed, wanted) : proposed; /* a step cut at the end says nothing against longer ones */
            flow->previous_error = error;
            accept(flow, dt < wanted ? end : flow->time + dt, error * tolerance);
            return GRZ_OK;
        }
        flow->statistics[GRZ_FLOW_STATISTIC_REJECTED]++;
        flow->next_step = attempt == GRZI_STEP_MADE ? dt * fmax(0.9 * pow(error, -1 / order), 0.2) : 0.5 * dt;
        if (flow->next_step < smallest_step(flow, end) || flow->time + flow->next_step == flow->time)
            return grzi_fail(
                flow->context, GRZ_ERROR_NOT_CONVERGED, "%s: at time %g the step shrank to %g%s", function, flow->time, flow->next_step,
                attempt == GRZI_STEP_NOT_POSITIVE
                    ? ": a stage is not positive (GRZ_FLOW_OPTION_FLOOR 0.01 helps where f is in its rounding; a proximal scheme "
                      "or a finer grid, where tails are unresolved, see grz_operator_overshoot)"
                    : "");
    }
}

/* An observer gets a bare pointer. What it is, on which grid, is kept while the observer runs, for each thread by itself, since flows of
 * several contexts may run at a time and an observer may run a flow. */
static __thread struct {
    const double *f;
    const grz_grid *grid;
} shown;

int grzi_flow_shows_otherwise(const double *f, const grz_grid *grid)
{
    return f && shown.f == f && !grzi_grid_equal(shown.grid, grid);
}

static int show(const grz_flow *flow, grz_flow_observer_fn observer, void *user)
{
    const double *f = shown.f;
    const grz_grid *grid = shown.grid;
    shown.f = flow->f;
    shown.grid = flow->op->grid;
    int answer = observer(flow->time, flow->f, user);
    shown.f = f;
    shown.grid = grid;
    return answer;
}

/* Where the observer failed in this context, its message is the reason. */
static grz_status observe(const grz_flow *flow, const char *function, grz_flow_observer_fn observer, void *user)
{
    int64_t failures = grz_context_failure_count(flow->context);
    int answer = observer ? show(flow, observer, user) : 0;
    if (answer == 0) return GRZ_OK;
    char reason[GRZI_MESSAGE_SIZE] = "";
    if (grz_context_failure_count(flow->context) != failures) grz_context_copy_message(flow->context, reason, sizeof reason);
    return grzi_fail(flow->context, GRZ_ERROR_CALLBACK, "%s: the observer returned %d at time %g%s%s", function, answer, flow->time,
                     *reason ? ": " : "", reason);
}

grz_status grz_flow_run(grz_flow *flow, double end, double dt, grz_flow_observer_fn observer, void *user)
{
    static const char *const function = "grz_flow_run";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_flow_check_started(flow, function));
    GRZI_TRY(grzi_check_finite(flow->context, function, "end", end));
    if (end < flow->time)
        return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: end = %g lies before the flow's time %g", function, end,
                         flow->time);
    if (dt != 0) GRZI_TRY(check_step(flow, function, dt));
    if (dt == 0 && !(flow->scheme->tableau && flow->scheme->tableau->embedded))
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

/* The state of a curve: where it starts, what it is now, saved and taken up again. */
#include "flow/flow.h"

#include <math.h>
#include <string.h>

double grzi_flow_size(const grz_flow *flow, const double *f)
{
    double largest = 0;
    for (int64_t i = 0; i < flow->count; i++) largest = isfinite(f[i]) ? fmax(largest, fabs(f[i])) : INFINITY;
    return largest;
}

static void begin(grz_flow *flow)
{
    flow->started = 1;
    flow->has_rate = 0;
    flow->longest_step = 0;
    flow->start_size = grzi_flow_size(flow, flow->f);
}

grz_status grz_flow_start(grz_flow *flow, double time, const double *f)
{
    static const char *const function = "grz_flow_start";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_finite(flow->context, function, "time", time));
    GRZI_TRY(grzi_operator_check_density(flow->op, function, f));
    memmove(flow->f, f, sizeof *f * (size_t)flow->count);
    memset(flow->statistics, 0, sizeof flow->statistics);
    begin(flow);
    flow->time = time;
    flow->next_step = 0;
    flow->previous_error = 1;
    return GRZ_OK;
}

double grz_flow_time(const grz_flow *flow)
{
    return flow ? flow->time : NAN;
}

const double *grz_flow_view(const grz_flow *flow)
{
    return flow && flow->started ? flow->f : NULL;
}

grz_status grzi_flow_check_started(const grz_flow *flow, const char *function)
{
    return flow->started ? GRZ_OK : grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: flow has not been started", function);
}

grz_status grz_flow_values(const grz_flow *flow, double *f)
{
    static const char *const function = "grz_flow_values";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(flow->context, function, "f", f));
    GRZI_TRY(grzi_flow_check_started(flow, function));
    memcpy(f, flow->f, sizeof *f * (size_t)flow->count);
    return GRZ_OK;
}

grz_status grz_flow_statistic_value(const grz_flow *flow, grz_flow_statistic statistic, double *value)
{
    static const char *const function = "grz_flow_statistic_value";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(flow->context, function, "statistic", (int)statistic, GRZ_FLOW_STATISTIC_STEPS, GRZ_FLOW_STATISTIC_PARTS));
    GRZI_TRY(grzi_check_pointer(flow->context, function, "value", value));
    GRZI_TRY(grzi_flow_check_started(flow, function));
    *value = statistic == GRZ_FLOW_STATISTIC_NEXT_STEP ? flow->next_step : flow->statistics[statistic];
    return GRZ_OK;
}

/* A saved state: this head, then the values. */
enum {
    MARK,
    SCHEME,
    NODES,
    TIME,
    NEXT,
    PREVIOUS,
    STATISTICS,
    KEPT = GRZI_FLOW_STATISTICS - GRZ_FLOW_STATISTIC_STEPS,
    HEAD = STATISTICS + KEPT
};
static const double mark = 7106043.0;

/* What tells states of another shape: n, or of a mixture the doubles of a density, negative. */
static double shape(const grz_flow *flow)
{
    return grzi_operator_offers(flow->op, GRZI_ONE_SPECIES) ? flow->op->grid->n : -(double)flow->count;
}

int64_t grz_flow_state_size(const grz_flow *flow)
{
    return flow ? HEAD + flow->count : 0;
}

grz_status grz_flow_save(const grz_flow *flow, double *state)
{
    static const char *const function = "grz_flow_save";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(flow->context, function, "state", state));
    GRZI_TRY(grzi_flow_check_started(flow, function));
    state[MARK] = mark;
    state[SCHEME] = flow->scheme->id;
    state[NODES] = shape(flow);
    state[TIME] = flow->time;
    state[NEXT] = flow->next_step;
    state[PREVIOUS] = flow->previous_error;
    memcpy(state + STATISTICS, flow->statistics + GRZ_FLOW_STATISTIC_STEPS, sizeof *state * KEPT);
    memcpy(state + HEAD, flow->f, sizeof *state * (size_t)flow->count);
    return GRZ_OK;
}

grz_status grz_flow_restore(grz_flow *flow, const double *state)
{
    static const char *const function = "grz_flow_restore";
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(flow->context, function, "state", state));
    if (state[MARK] != mark) return grzi_fail(flow->context, GRZ_ERROR_FORMAT, "%s: state is not a saved state", function);
    if (state[SCHEME] != flow->scheme->id)
        return grzi_fail(flow->context, GRZ_ERROR_MISMATCH, "%s: state is of scheme %g, flow of %d", function, state[SCHEME],
                         (int)flow->scheme->id);
    if (state[NODES] != shape(flow))
        return grzi_fail(flow->context, GRZ_ERROR_MISMATCH, "%s: state has n = %g, flow n = %g", function, state[NODES], shape(flow));
    GRZI_TRY(grzi_check_array_finite(flow->context, function, "state", state, HEAD));
    if (!(state[NEXT] == 0 || (state[NEXT] > 0 && state[TIME] + state[NEXT] > state[TIME])) || !(state[PREVIOUS] >= 0))
        return grzi_fail(flow->context, GRZ_ERROR_FORMAT, "%s: state has a next step of %g at time %g", function, state[NEXT], state[TIME]);
    GRZI_TRY(grzi_operator_check_density(flow->op, function, state + HEAD));
    memcpy(flow->f, state + HEAD, sizeof *state * (size_t)flow->count);
    memcpy(flow->statistics + GRZ_FLOW_STATISTIC_STEPS, state + STATISTICS, sizeof *state * KEPT);
    flow->time = state[TIME];
    flow->next_step = state[NEXT];
    flow->previous_error = state[PREVIOUS];
    begin(flow);
    return GRZ_OK;
}

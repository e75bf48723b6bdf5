/* Explicit Runge-Kutta steps of df/dt = Q(f, f), for either method. A step whose stages leave the operator's domain is not an error here:
 * the caller rejects or reports it. */
#include "flow/floor.h"

#include <math.h>

/* f + dt sum_j a_j k_j, always in this order: the stage that is the new state then has the very same bits. */
static void combine(const grz_flow *flow, double dt, const double *a, int terms, double *out)
{
    for (int64_t i = 0; i < flow->count; i++) {
        double sum = 0;
        for (int j = 0; j < terms; j++) sum += a[j] * flow->rates[j][i];
        out[i] = flow->f[i] + dt * sum;
    }
}

/* Whether the stage f serves, after raising it to the floor if there is one. */
static grzi_attempt judge(grz_flow *flow, const grzi_floor *floor, double *f, int64_t *node)
{
    if (floor) flow->raised = grzi_floor_raise(flow, floor, f, node);
    if (!(flow->raised <= GRZI_FLOOR_LARGEST)) return isfinite(flow->raised) ? GRZI_STEP_NOT_POSITIVE : GRZI_STEP_NOT_FINITE;
    int positive = grzi_operator_needs_positive(flow->op);
    for (int64_t i = 0; i < flow->count; i++)
        if (!isfinite(f[i]) || (positive && !(f[i] > 0))) {
            *node = i;
            return isfinite(f[i]) ? GRZI_STEP_NOT_POSITIVE : GRZI_STEP_NOT_FINITE;
        }
    return GRZI_STEP_MADE;
}

static grz_status evaluate(grz_flow *flow, const double *f, double *rate)
{
    GRZI_TRY(grz_operator_apply(flow->op, f, rate));
    flow->statistics[GRZ_FLOW_STATISTIC_EVALUATIONS]++;
    return GRZ_OK;
}

static grz_status first_rate(grz_flow *flow)
{
    if (flow->has_rate) return GRZ_OK;
    GRZI_TRY(evaluate(flow, flow->f, flow->rates[0]));
    flow->has_rate = 1;
    return GRZ_OK;
}

/* sqrt(int g^2/f / int f): the relative error in L^2(f), the second variation of the entropy; where f is tiny or not positive, 1e-10 of its
 * maximum takes its place. */
static double weighted_norm(const grz_flow *flow, const double *g)
{
    double largest = 0, mass = 0, sum = 0;
    for (int64_t i = 0; i < flow->count; i++) largest = fmax(largest, fabs(flow->f[i]));
    for (int64_t i = 0; i < flow->count; i++) {
        mass += fabs(flow->f[i]);
        sum += g[i] * g[i] / fmax(flow->f[i], 1e-10 * largest);
    }
    return largest > 0 ? sqrt(sum / mass) : 0;
}

grz_status grzi_runge_kutta_first_step(grz_flow *flow, double *dt)
{
    GRZI_TRY(first_rate(flow));
    double rate = weighted_norm(flow, flow->rates[0]);
    double tolerance = flow->options[GRZ_FLOW_OPTION_TOLERANCE];
    *dt = rate > 0 ? 0.5 * pow(tolerance, 1.0 / flow->scheme->tableau->order) / rate : INFINITY;
    return GRZ_OK;
}

grz_status grzi_runge_kutta_attempt(grz_flow *flow, double dt, double *error, grzi_attempt *attempt, int64_t *node)
{
    const grzi_tableau *tableau = flow->scheme->tableau;
    const double *row = tableau->A;
    int last = tableau->stages - 1;
    grzi_floor floor, *lowest = NULL;
    GRZI_TRY(first_rate(flow));
    if (flow->options[GRZ_FLOW_OPTION_FLOOR] > 0 && grzi_operator_needs_positive(flow->op))
        GRZI_TRY(grzi_floor_prepare(flow, lowest = &floor));
    flow->raised = 0;
    *error = 0;
    for (int stage = 1; stage <= last; row += stage, stage++) {
        combine(flow, dt, row, stage, flow->next);
        *attempt = judge(flow, lowest, flow->next, node);
        if (*attempt != GRZI_STEP_MADE) return GRZ_OK;
        GRZI_TRY(evaluate(flow, flow->next, flow->rates[stage]));
    }
    if (tableau->embedded) {
        double *difference = flow->next;
        for (int64_t i = 0; i < flow->count; i++) {
            double sum = 0;
            for (int j = 0; j <= last; j++) sum += tableau->embedded[j] * flow->rates[j][i];
            difference[i] = dt * sum;
        }
        *error = weighted_norm(flow, difference);
    }
    combine(flow, dt, tableau->b, tableau->first_same_as_last ? last : last + 1, flow->next);
    *attempt = judge(flow, lowest, flow->next, node);
    return GRZ_OK;
}

static const double beyond_reason = 10; /* a density of f's moments has nowhere less than a third of their Maxwellian's largest value */

/* Entropic stages beyond what is stable are seen by their signs. */
static grz_status check_stable(grz_flow *flow, const char *function, double dt)
{
    if (grzi_operator_needs_positive(flow->op)) return GRZ_OK;
    if (flow->longest_step == 0) {
        double rate;
        GRZI_TRY(grz_operator_largest_rate(flow->op, flow->f, &rate));
        flow->longest_step = rate > 0 ? grzi_stability_interval(flow->scheme->tableau) / rate : INFINITY;
    }
    if (dt <= flow->longest_step) return GRZ_OK;
    return grzi_fail(flow->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: dt = %g is too long: at most %g (%s, largest rate of the operator)",
                     function, dt, flow->longest_step, flow->scheme->name);
}

grz_status grzi_runge_kutta_check_growth(const grz_flow *flow, const char *function, double dt)
{
    double largest = grzi_flow_size(flow, flow->next);
    if (largest <= beyond_reason * flow->start_size) return GRZ_OK;
    return grzi_fail(flow->context, GRZ_ERROR_NOT_CONVERGED,
                     "%s: dt = %g is too long: |f| grew to %g, from %g at the start (grz_operator_largest_rate tells what is stable)",
                     function, dt, largest, flow->start_size);
}

grz_status grzi_runge_kutta_step(grz_flow *flow, const char *function, double dt, double *error)
{
    grzi_attempt attempt;
    int64_t node;
    GRZI_TRY(check_stable(flow, function, dt));
    GRZI_TRY(grzi_runge_kutta_attempt(flow, dt, error, &attempt, &node));
    if (attempt == GRZI_STEP_NOT_POSITIVE)
        return grzi_fail(flow->context, GRZ_ERROR_NOT_POSITIVE,
                         "%s: dt = %g is too long: a stage is %g at " GRZI_PLACE
                         " (where f is in its rounding, GRZ_FLOW_OPTION_FLOOR helps)",
                         function, dt, flow->next[node], GRZI_PLACE_OF(flow->op->grid, node));
    if (attempt == GRZI_STEP_NOT_FINITE)
        return grzi_fail(flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: dt = %g is too long: a stage overflows", function, dt);
    GRZI_TRY(grzi_runge_kutta_check_growth(flow, function, dt));
    return grzi_check_result(flow->context, function, "the step's error estimate", *error);
}

void grzi_runge_kutta_accept(grz_flow *flow, double error)
{
    const grzi_tableau *tableau = flow->scheme->tableau;
    flow->statistics[GRZ_FLOW_STATISTIC_LAST_ERROR] = error;
    flow->statistics[GRZ_FLOW_STATISTIC_RAISED] += flow->raised;
    if (!tableau->first_same_as_last) return;
    double *rate = flow->rates[tableau->stages - 1];
    flow->rates[tableau->stages - 1] = flow->rates[0];
    flow->rates[0] = rate;
    flow->has_rate = 1;
}

int64_t grzi_runge_kutta_storage(const grzi_scheme *scheme, int64_t count)
{
    return scheme->tableau->stages * count;
}

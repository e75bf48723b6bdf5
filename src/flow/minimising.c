/* Minimising movement: the next density is the minimum of H(f) + d^2(f_n, f)/(2 dt), d^2 by a curve of a few levels from f_n to f, all of
 * which are minimised over. The inequality H(f) + d^2/(2 dt) <= H(f_n) holds at every step, with the discrete d. */
#include "distance/descent.h"
#include "distance/operator_space.h"
#include "flow/flow.h"

#include <string.h>

int64_t grzi_minimising_storage(const grzi_scheme *scheme, int64_t count)
{
    (void)scheme, (void)count;
    return 0;
}

static grz_status report(void *user, double residual)
{
    const grz_flow *flow = user;
    (void)residual;
    return grzi_report_progress(flow->context, "minimising movement", 0);
}

static grz_status minimise(grz_flow *flow, const char *function, double dt, grzi_curve *curve)
{
    grzi_descent descent = {.horizon = dt,
                            .tolerance = flow->options[GRZ_FLOW_OPTION_RESIDUAL],
                            .cap = (int)flow->options[GRZ_FLOW_OPTION_LARGEST_NEWTON],
                            .report = report,
                            .user = flow};
    for (int k = 0; k <= curve->steps; k++) memcpy(grzi_curve_level(curve, curve->f, k), flow->f, sizeof *flow->f * (size_t)flow->count);
    curve->cap = (int64_t)flow->options[GRZ_FLOW_OPTION_LARGEST_GRADIENTS];
    GRZI_TRY(grzi_descend(curve, &descent));
    flow->statistics[GRZ_FLOW_STATISTIC_EVALUATIONS] += (double)curve->applications;
    flow->statistics[GRZ_FLOW_STATISTIC_NEWTON] += descent.iterations;
    if (!descent.converged)
        return grzi_fail(flow->context, GRZ_ERROR_NOT_CONVERGED, "%s: minimising movement: residual %.3g after %d iterations", function,
                         descent.residual, descent.iterations);
    flow->statistics[GRZ_FLOW_STATISTIC_LAST_ERROR] = descent.residual;
    flow->statistics[GRZ_FLOW_STATISTIC_DISSIPATED] += curve->energy / (2 * dt);
    memcpy(flow->next, grzi_curve_level(curve, curve->f, curve->steps), sizeof *flow->f * (size_t)flow->count);
    return GRZ_OK;
}

grz_status grzi_minimising_step(grz_flow *flow, const char *function, double dt, double *error)
{
    const int levels = (int)flow->options[GRZ_FLOW_OPTION_LEVELS];
    grzi_operator_space space;
    grzi_curve curve;
    (void)error;
    GRZI_TRY(grzi_operator_space_create(flow->op, flow->f, levels, &space));
    grz_status status = grzi_curve_create(&space.space, levels, &curve);
    if (status == GRZ_OK) {
        status = minimise(flow, function, dt, &curve);
        grzi_curve_destroy(&curve);
    }
    grzi_operator_space_clear(&space);
    return status;
}

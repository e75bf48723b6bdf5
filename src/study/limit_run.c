/* Curves that the study computes itself. */
#include "study/limit.h"

#include <math.h>

grz_status grz_limit_set_flow_option(grz_limit *limit, grz_flow_option option, double value)
{
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_set(limit->context, "grz_limit_set_flow_option", &grzi_flow_options, (int32_t)option, value, limit->flow_options);
}

grz_status grz_limit_flow_option_value(const grz_limit *limit, grz_flow_option option, double *value)
{
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_value(limit->context, "grz_limit_flow_option_value", &grzi_flow_options, (int32_t)option, limit->flow_options,
                              value);
}

/* begin to end, for the curve number `which` of `total` in the progress. */
static grz_status run_curve(grz_limit *limit, double eps, grz_operator *op, grz_time_scheme scheme, double dt, const double *f,
                            int64_t which, int64_t total)
{
    grz_flow *flow = NULL;
    GRZI_TRY(grz_limit_begin(limit, eps, op));
    grz_status status = grz_flow_create(limit->context, op, scheme, &flow);
    for (int i = 0; i < grzi_flow_options.count && status == GRZ_OK; i++) {
        int32_t id = grzi_flow_options.options[i].id;
        status = grz_flow_set_option(flow, (grz_flow_option)id, limit->flow_options[id]);
    }
    if (status == GRZ_OK) status = grz_flow_start(flow, limit->times[0], f);
    for (int64_t k = 0; k < limit->time_count && status == GRZ_OK; k++) {
        if (k) status = grz_flow_run(flow, limit->times[k], dt, NULL, NULL);
        if (status == GRZ_OK) status = grz_limit_record(limit, limit->times[k], grz_flow_view(flow), NULL);
        double done = (double)which + (double)(k + 1) / (double)limit->time_count;
        if (status == GRZ_OK) status = grzi_report_progress(limit->context, "limit of solutions", done / (double)total);
    }
    grz_flow_destroy(&flow);
    if (status == GRZ_OK) return grz_limit_end(limit);
    grzi_limit_drop(limit);
    return status;
}

grz_status grz_limit_run_flow(grz_limit *limit, double eps, grz_operator *op, grz_time_scheme scheme, double dt, const double *f)
{
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(limit->context, "grz_limit_run_flow", "op", op));
    return run_curve(limit, eps, op, scheme, dt, f, 0, 1);
}

grz_status grz_limit_run(grz_limit *limit, grz_operator *op, grz_time_scheme scheme, double dt, int64_t count, const double *eps,
                         const double *f)
{
    static const char *const function = "grz_limit_run";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(limit->context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(limit->context, function, "eps", eps));
    if (op->context != limit->context) return grzi_fail(limit->context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    if (count < 1)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld, must be >= 1", function, (long long)count);
    double before = limit->count > 1 ? grzi_limit_row(limit, limit->count - 1)[GRZ_LIMIT_QUANTITY_EPS] : nextafter(GRZI_PI, 4);
    for (int64_t e = 0; e < count; before = eps[e++]) /* all of them before the first curve, which may take hours */
        if (!(eps[e] > 0 && eps[e] < before))
            return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: eps[%lld] = %g, must be > 0 and below %g", function,
                             (long long)e, eps[e], before);
    int64_t first = limit->count ? 0 : -1, total = count - first;
    for (int64_t e = first; e < count; e++) {
        grz_operator *relative = NULL;
        double value = e < 0 ? 0 : eps[e];
        GRZI_TRY(grzi_operator_like(op, value > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, value, 0, &relative));
        grz_status status = run_curve(limit, value, relative, scheme, dt, f, e - first, total);
        grz_operator_destroy(&relative);
        GRZI_TRY(status);
    }
    return GRZ_OK;
}

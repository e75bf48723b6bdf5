/* Handle and options of a curve. */
#include "flow/flow.h"

#include <math.h>

static const grzi_option records[] = {GRZI_OPTION(GRZ_FLOW_OPTION_TOLERANCE, 1e-14, 1, 1e-6, 0),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_LARGEST_STEP, 0, INFINITY, 0, 0),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_SMALLEST_STEP, 0, INFINITY, 0, 0),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_RESIDUAL, 1e-15, 1e-2, 1e-7, 0),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_LARGEST_NEWTON, 1, 1e9, 60, 1),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_LARGEST_GRADIENTS, 1, 1e9, 2000, 1),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_FLOOR, 0, 0.1, 0, 0),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_PARTS, 1, 1000, 4, 1),
                                      GRZI_OPTION(GRZ_FLOW_OPTION_LEVELS, 1, 64, 2, 1)};

const grzi_option_table grzi_flow_options = {records, sizeof records / sizeof records[0]};

static grz_status allocate(grz_flow *flow)
{
    int64_t count = flow->count, stages = flow->scheme->tableau ? flow->scheme->tableau->stages : 0;
    flow->work = grzi_allocate(flow->context, 2 * count + flow->scheme->storage(flow->scheme, count), sizeof(double));
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
    const grzi_scheme *found = grzi_scheme_find(scheme);
    if (!found) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: scheme = %d does not exist", function, (int)scheme);
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    if (found->needs_onsager) GRZI_TRY(grzi_operator_require(op, function, GRZI_ONSAGER));
    grz_flow *flow = grzi_allocate_zeroed(context, 1, sizeof *flow);
    if (!flow) return GRZ_ERROR_OUT_OF_MEMORY;
    flow->scheme = found;
    flow->count = grzi_operator_count(op);
    flow->context = context;
    if (allocate(flow) != GRZ_OK) {
        grzi_deallocate(context, flow);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    grzi_context_retain(context);
    flow->op = grzi_operator_retain(op);
    grzi_options_initialise(&grzi_flow_options, flow->options);
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

const grz_operator *grz_flow_operator(const grz_flow *flow)
{
    return flow ? flow->op : NULL;
}

int32_t grz_flow_scheme(const grz_flow *flow)
{
    return flow ? (int32_t)flow->scheme->id : -1;
}

grz_status grz_flow_set_option(grz_flow *flow, grz_flow_option option, double value)
{
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    if (option == GRZ_FLOW_OPTION_FLOOR && value > 0) GRZI_TRY(grzi_operator_require(flow->op, "grz_flow_set_option", GRZI_ONE_SPECIES));
    return grzi_options_set(flow->context, "grz_flow_set_option", &grzi_flow_options, (int32_t)option, value, flow->options);
}

grz_status grz_flow_option_value(const grz_flow *flow, grz_flow_option option, double *value)
{
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_value(flow->context, "grz_flow_option_value", &grzi_flow_options, (int32_t)option, flow->options, value);
}

grz_status grz_flow_option_bounds(const grz_flow *flow, grz_flow_option option, double *minimum, double *maximum, double *initial)
{
    if (!flow) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_bounds(flow->context, "grz_flow_option_bounds", &grzi_flow_options, (int32_t)option, minimum, maximum, initial);
}

/* Handle, options and set-up of an operator; what its method offers. */
#include "operator.h"

#include <math.h>
#include <string.h>

static const grzi_method *const methods[] = {&grzi_method_entropic, &grzi_method_spectral};

grz_status grz_operator_create(grz_context *context, const grz_grid *grid, const grz_kernel *kernel, grz_equation equation,
                               grz_method method, grz_operator **out)
{
    static const char *const function = "grz_operator_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "grid", grid));
    GRZI_TRY(grzi_check_pointer(context, function, "kernel", kernel));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "equation", (int)equation, GRZ_EQUATION_BOLTZMANN, GRZ_EQUATION_LANDAU));
    GRZI_TRY(grzi_check_range(context, function, "method", (int)method, GRZ_METHOD_ENTROPIC, GRZ_METHOD_SPECTRAL));
    if (grid->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: grid belongs to another context", function);
    if (grzi_kernel_context(kernel) != context)
        return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: kernel belongs to another context", function);
    return grzi_operator_new(context, grid, kernel, equation, method, grzi_method_of(method), out);
}

const grzi_method *grzi_method_of(grz_method id)
{
    return methods[id - GRZ_METHOD_ENTROPIC];
}

grz_status grzi_operator_new(grz_context *context, const grz_grid *grid, const grz_kernel *kernel, grz_equation equation, grz_method id,
                             const grzi_method *method, grz_operator **made)
{
    if (method->levels != GRZI_LEVELS)
        return grzi_fail(context, GRZ_ERROR_INTERNAL, "the %s method has %d accuracy levels, not %d", method->name, method->levels,
                         GRZI_LEVELS);
    grz_operator *op = grzi_allocate_zeroed(context, 1, sizeof *op);
    if (!op) return GRZ_ERROR_OUT_OF_MEMORY;
    op->references = 1;
    op->context = grzi_context_retain(context);
    op->grid = grzi_grid_retain(grid);
    op->count = grzi_grid_count(grid);
    op->kernel = grzi_kernel_retain(kernel);
    op->equation = equation;
    op->method_id = id;
    op->method = method;
    grzi_options_initialise(op->method->options, op->options);
    *made = op;
    return GRZ_OK;
}

grz_status grzi_operator_new_pair(grz_context *context, const grzi_pair *pair, const grz_grid *grid, const grz_kernel *kernel,
                                  grz_equation equation, grz_method id, grz_operator **made)
{
    grzi_pair *own = grzi_allocate(context, 1, sizeof *own);
    if (!own) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_operator *op = NULL;
    grz_status status = grzi_operator_new(context, grid, kernel, equation, id, grzi_method_of(id), &op);
    if (status != GRZ_OK) {
        grzi_deallocate(context, own);
        return status;
    }
    *own = *pair;
    own->partner = grzi_grid_retain(pair->partner);
    op->pair = own;
    op->count += grzi_grid_count(own->partner);
    *made = op;
    return GRZ_OK;
}

grz_operator *grzi_operator_retain(grz_operator *op)
{
    grzi_retain(&op->references);
    return op;
}

void grzi_operator_release(grz_operator *op)
{
    if (!op || !grzi_release_last(&op->references)) return;
    grz_context *context = op->context;
    op->method->teardown(op);
    if (op->method->dismiss) op->method->dismiss(op);
    if (op->pair) grzi_grid_release(op->pair->partner);
    grzi_deallocate(context, op->pair);
    grzi_kernel_release(op->kernel);
    grzi_grid_release(op->grid);
    grzi_deallocate(context, op);
    grzi_context_release(context);
}

void grz_operator_destroy(grz_operator **op)
{
    if (!op) return;
    grzi_operator_release(*op);
    *op = NULL;
}

int64_t grz_operator_size(const grz_operator *op)
{
    return op ? op->count : 0;
}

const grz_grid *grz_operator_grid(const grz_operator *op)
{
    return op && !op->parts ? op->grid : NULL;
}

const grz_kernel *grz_operator_kernel(const grz_operator *op)
{
    return op ? op->kernel : NULL;
}

int32_t grz_operator_equation(const grz_operator *op)
{
    return op ? (int32_t)op->equation : -1;
}

int32_t grz_operator_method(const grz_operator *op)
{
    return op ? (int32_t)op->method_id : -1;
}

int grzi_operator_find_option(const grz_operator *op, int32_t id, grzi_option *found)
{
    const grzi_option *option = grzi_option_find(op->method->options, id);
    if (!option) return 0;
    *found = *option;
    op->method->adapt(op, found);
    return 1;
}

static grz_status find_option(const grz_operator *op, const char *function, grz_operator_option option, grzi_option *found)
{
    GRZI_TRY(grzi_check_range(op->context, function, "option", (int)option, 0, GRZI_OPTION_CAPACITY - 1));
    if (grzi_operator_find_option(op, (int32_t)option, found)) return GRZ_OK;
    char name[GRZI_OPTION_NAME], list[GRZI_OPTION_LIST];
    return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method has no option %s; it has %s", function, op->method->name,
                     grzi_constant_of("GRZ_OPERATOR_OPTION_", (int32_t)option, name), grzi_options_list(op->method->options, list));
}

grz_status grz_operator_set_option(grz_operator *op, grz_operator_option option, double value)
{
    static const char *const function = "grz_operator_set_option";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    grzi_option found;
    GRZI_TRY(find_option(op, function, option, &found));
    GRZI_TRY(grzi_option_check(op->context, function, &found, value));
    if (op->options[option] != value) {
        op->options[option] = value;
        op->method->teardown(op);
    }
    return GRZ_OK;
}

grz_status grz_operator_option_bounds(const grz_operator *op, grz_operator_option option, double *minimum, double *maximum, double *initial)
{
    static const char *const function = "grz_operator_option_bounds";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    grzi_option found;
    GRZI_TRY(find_option(op, function, option, &found));
    return grzi_option_bounds(op->context, function, &found, minimum, maximum, initial);
}

grz_status grzi_operator_ready(grz_operator *op)
{
    return op->state ? GRZ_OK : op->method->setup(op);
}

grz_status grz_operator_option_value(grz_operator *op, grz_operator_option option, double *value)
{
    static const char *const function = "grz_operator_option_value";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(op->context, function, "value", value));
    grzi_option found;
    GRZI_TRY(find_option(op, function, option, &found));
    if (op->options[option] != 0) {
        *value = op->options[option];
        return GRZ_OK;
    }
    GRZI_TRY(grzi_operator_ready(op));
    *value = op->method->option_in_force(op, option);
    return GRZ_OK;
}

grz_status grz_operator_setup(grz_operator *op)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    return op->state ? op->method->reserve(op) : op->method->setup(op);
}

grz_status grz_operator_node_count(grz_operator *op, int64_t *nodes)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(op->context, "grz_operator_node_count", "nodes", nodes));
    GRZI_TRY(grzi_operator_ready(op));
    *nodes = op->node_count;
    return GRZ_OK;
}

grz_status grz_operator_workspace(grz_operator *op, int64_t *bytes)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(op->context, "grz_operator_workspace", "bytes", bytes));
    GRZI_TRY(grzi_operator_ready(op));
    *bytes = op->workspace;
    return GRZ_OK;
}

int grzi_operator_offers(const grz_operator *op, grzi_offer offer)
{
    const grzi_method *method = op->method;
    switch (offer) {
    case GRZI_ONSAGER:
        return method->onsager && method->action && method->onsager_diagonal && method->diffusivity;
    case GRZI_NODES:
        return method->visit != NULL;
    case GRZI_INTERPOLANT:
        return method->interpolant != NULL;
    case GRZI_ONE_SPECIES:
        return op->parts == NULL;
    default:
        return 0;
    }
}

grz_status grzi_operator_require(const grz_operator *op, const char *function, grzi_offer offer)
{
    static const char *const lacks[GRZI_ONE_SPECIES] = {"Onsager operator", "collision nodes", "spline of log f"};
    if (grzi_operator_offers(op, offer)) return GRZ_OK;
    if (op->parts) return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: not for the operator of a mixture", function);
    return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method has no %s", function, op->method->name, lacks[offer]);
}

int grzi_operator_offers_dissipation(const grz_operator *op, grz_functional_type type)
{
    return op->method->dissipation && (op->method->dissipations >> type & 1);
}

grz_status grzi_operator_require_dissipation(const grz_operator *op, const char *function, grz_functional_type type)
{
    if (grzi_operator_offers_dissipation(op, type)) return GRZ_OK;
    return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method does not offer this dissipation", function, op->method->name);
}

/* Handle, options and calls common to all methods: arguments are checked here, the method computes. */
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
    GRZI_TRY(grzi_check_range(context, function, "method", (int)method, 0, (int)(sizeof methods / sizeof methods[0]) - 1));
    if (grid->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: grid belongs to another context", function);
    if (grzi_kernel_context(kernel) != context)
        return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: kernel belongs to another context", function);
    grz_operator *op = grzi_allocate_zeroed(context, 1, sizeof *op);
    if (!op) return GRZ_ERROR_OUT_OF_MEMORY;
    op->references = 1;
    op->context = grzi_context_retain(context);
    op->grid = grzi_grid_retain(grid);
    op->kernel = grzi_kernel_retain(kernel);
    op->equation = equation;
    op->method_id = method;
    op->method = methods[method];
    for (int option = 0; option < GRZI_OPTION_CAPACITY; option++) {
        grzi_option_bounds bounds;
        if (op->method->option_bounds(op, (grz_operator_option)option, &bounds) == GRZ_OK) op->options[option] = bounds.initial;
    }
    *out = op;
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

const grz_grid *grz_operator_grid(const grz_operator *op)
{
    return op ? op->grid : NULL;
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

static grz_status find_option(const grz_operator *op, const char *function, grz_operator_option option, grzi_option_bounds *bounds)
{
    GRZI_TRY(grzi_check_range(op->context, function, "option", (int)option, 0, GRZI_OPTION_CAPACITY - 1));
    if (op->method->option_bounds(op, option, bounds) == GRZ_OK) return GRZ_OK;
    return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method has no option %d", function, op->method->name, (int)option);
}

grz_status grz_operator_set_option(grz_operator *op, grz_operator_option option, double value)
{
    static const char *const function = "grz_operator_set_option";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    grzi_option_bounds bounds;
    GRZI_TRY(find_option(op, function, option, &bounds));
    char name[GRZI_NAME_SIZE], number[GRZI_NUMBER_SIZE];
    grzi_name_value("GRZ_OPERATOR_OPTION_", option, name);
    GRZI_TRY(grzi_check_finite(op->context, function, name, value));
    int automatic = value == 0 && bounds.initial == 0;
    if (!automatic) GRZI_TRY(grzi_check_range(op->context, function, name, value, bounds.minimum, bounds.maximum));
    if (bounds.step > 0 && !automatic && fmod(value - bounds.minimum, bounds.step) != 0)
        return grzi_fail(op->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %s = %s is not %s integer", function, name,
                         grzi_number(number, value),
                         bounds.step == 1               ? "an"
                         : fmod(bounds.minimum, 2) == 0 ? "an even"
                                                        : "an odd");
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
    GRZI_TRY(grzi_check_pointer(op->context, function, "minimum", minimum));
    GRZI_TRY(grzi_check_pointer(op->context, function, "maximum", maximum));
    GRZI_TRY(grzi_check_pointer(op->context, function, "initial", initial));
    grzi_option_bounds bounds;
    GRZI_TRY(find_option(op, function, option, &bounds));
    *minimum = bounds.minimum;
    *maximum = bounds.maximum;
    *initial = bounds.initial;
    return GRZ_OK;
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
    grzi_option_bounds bounds;
    GRZI_TRY(find_option(op, function, option, &bounds));
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

grz_status grzi_operator_check_density(grz_operator *op, const char *function, const double *f)
{
    op->caller = function;
    int64_t count = grzi_grid_count(op->grid);
    return op->method->needs_positive_density ? grzi_check_array_positive(op->context, function, "f", f, count)
                                              : grzi_check_array_finite(op->context, function, "f", f, count);
}

static grz_status unsupported(const grz_operator *op, const char *function)
{
    return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method does not offer it", function, op->method->name);
}

grz_status grz_operator_apply(grz_operator *op, const double *f, double *Q)
{
    static const char *const function = "grz_operator_apply";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_pointer(op->context, function, "Q", Q));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->apply(op, f, Q);
}

grz_status grz_operator_apply_bilinear(grz_operator *op, const double *f, const double *g, double *Q)
{
    static const char *const function = "grz_operator_apply_bilinear";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->apply_bilinear) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_array_finite(op->context, function, "g", g, grzi_grid_count(op->grid)));
    GRZI_TRY(grzi_check_pointer(op->context, function, "Q", Q));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->apply_bilinear(op, f, g, Q);
}

grz_status grz_operator_apply_batch(grz_operator *op, int64_t count, const double *f, double *Q)
{
    static const char *const function = "grz_operator_apply_batch";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    int64_t nodes = grzi_grid_count(op->grid);
    if (count < 0) return grzi_fail(op->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is negative", function, (long long)count);
    if (count > PTRDIFF_MAX / (int64_t)sizeof(double) / nodes)
        return grzi_fail(op->context, GRZ_ERROR_SIZE_OVERFLOW, "%s: count = %lld densities exceed the address space", function,
                         (long long)count);
    if (count == 0) return GRZ_OK;
    GRZI_TRY(grzi_check_pointer(op->context, function, "f", f));
    GRZI_TRY(grzi_check_pointer(op->context, function, "Q", Q));
    for (int64_t i = 0; i < count; i++) GRZI_TRY(grzi_operator_check_density(op, function, f + i * nodes));
    GRZI_TRY(grzi_operator_ready(op));
    if (op->method->apply_batch) return op->method->apply_batch(op, count, f, Q);
    for (int64_t i = 0; i < count; i++) GRZI_TRY(op->method->apply(op, f + i * nodes, Q + i * nodes));
    return GRZ_OK;
}

grz_status grz_operator_fit_error(grz_operator *op, double *error)
{
    static const char *const function = "grz_operator_fit_error";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->fit_error) return unsupported(op, function);
    GRZI_TRY(grzi_check_pointer(op->context, function, "error", error));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->fit_error(op, error);
}

grz_status grz_operator_projection_size(grz_operator *op, double *size)
{
    static const char *const function = "grz_operator_projection_size";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->projection_size) return unsupported(op, function);
    GRZI_TRY(grzi_check_pointer(op->context, function, "size", size));
    *size = op->method->projection_size(op);
    return GRZ_OK;
}

grz_status grz_operator_weak_form(grz_operator *op, const double *f, const double *psi, double *value)
{
    static const char *const function = "grz_operator_weak_form";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_array_finite(op->context, function, "psi", psi, grzi_grid_count(op->grid)));
    GRZI_TRY(grzi_check_pointer(op->context, function, "value", value));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->weak_form(op, f, psi, value);
}

grz_status grz_operator_onsager(grz_operator *op, const double *f, const double *phi, double *K_phi)
{
    static const char *const function = "grz_operator_onsager";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->onsager) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_array_finite(op->context, function, "phi", phi, grzi_grid_count(op->grid)));
    GRZI_TRY(grzi_check_pointer(op->context, function, "K_phi", K_phi));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->onsager(op, f, phi, K_phi);
}

grz_status grz_operator_overshoot(grz_operator *op, const double *f, double *ratio)
{
    static const char *const function = "grz_operator_overshoot";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->overshoot) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_pointer(op->context, function, "ratio", ratio));
    GRZI_TRY(grzi_operator_ready(op));
    *ratio = op->method->overshoot(op, f);
    return GRZ_OK;
}

grz_status grzi_operator_dissipation(grz_operator *op, const char *function, const double *f, grz_functional_type type, double *value)
{
    if (!op->method->dissipation) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    if (!op->method->needs_positive_density) /* but its logarithm does */
        GRZI_TRY(grzi_check_array_positive(op->context, function, "f", f, grzi_grid_count(op->grid)));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->dissipation(op, f, type, value);
}

grz_status grzi_operator_dissipation_variation(grz_operator *op, const char *function, const double *f, grz_functional_type type,
                                               double *variation)
{
    if (!op->method->dissipation_variation) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->dissipation_variation(op, f, type, variation);
}

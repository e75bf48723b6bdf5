/* Calls common to all methods: arguments are checked here, the method computes. */
#include "operator/operator.h"

#include <stdio.h>

/* A field of op's: nodes are named by their velocities, values of a mixture by their place. */
static grz_status check_finite(const grz_operator *op, const char *function, const char *name, const double *f)
{
    return op->parts ? grzi_check_array_finite(op->context, function, name, f, op->count)
                     : grzi_check_field_finite(op->grid, function, name, f);
}

static grz_status check_positive(const grz_operator *op, const char *function, const char *name, const double *f)
{
    return op->parts ? grzi_check_array_positive(op->context, function, name, f, op->count)
                     : grzi_check_field_positive(op->grid, function, name, f);
}

static grz_status check_density(grz_operator *op, const char *function, const char *name, const double *f)
{
    op->caller = function;
    return (op->method->needs_positive_density ? check_positive : check_finite)(op, function, name, f);
}

grz_status grzi_operator_check_density(grz_operator *op, const char *function, const double *f)
{
    return check_density(op, function, "f", f);
}

static grz_status check_densities(grz_operator *op, const char *function, int64_t count, const double *f)
{
    for (int64_t i = 0; i < count; i++) {
        char name[64];
        snprintf(name, sizeof name, "density %lld: f", (long long)i);
        GRZI_TRY(check_density(op, function, name, f + i * op->count));
    }
    return GRZ_OK;
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

typedef grz_status form_of_two(grz_operator *op, const double *f, const double *g, double *Q);

static grz_status apply_to_two(grz_operator *op, const char *function, form_of_two *form, const double *f, const double *g, double *Q)
{
    if (!form) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(check_finite(op, function, "g", g));
    GRZI_TRY(grzi_check_pointer(op->context, function, "Q", Q));
    GRZI_TRY(grzi_operator_ready(op));
    return form(op, f, g, Q);
}

grz_status grz_operator_apply_bilinear(grz_operator *op, const double *f, const double *g, double *Q)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    return apply_to_two(op, "grz_operator_apply_bilinear", op->method->apply_bilinear, f, g, Q);
}

grz_status grz_operator_apply_directed(grz_operator *op, const double *f, const double *g, double *Q)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    return apply_to_two(op, "grz_operator_apply_directed", op->method->apply_directed, f, g, Q);
}

grz_status grz_operator_apply_batch(grz_operator *op, int64_t count, const double *f, double *Q)
{
    static const char *const function = "grz_operator_apply_batch";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    int64_t nodes = op->count;
    if (count < 0) return grzi_fail(op->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is negative", function, (long long)count);
    if (count > PTRDIFF_MAX / (int64_t)sizeof(double) / nodes)
        return grzi_fail(op->context, GRZ_ERROR_SIZE_OVERFLOW, "%s: count = %lld densities exceed the address space", function,
                         (long long)count);
    if (count == 0) return GRZ_OK;
    GRZI_TRY(grzi_check_pointer(op->context, function, "f", f));
    GRZI_TRY(grzi_check_pointer(op->context, function, "Q", Q));
    GRZI_TRY(check_densities(op, function, count, f));
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
    double result;
    GRZI_TRY(op->method->fit_error(op, &result));
    GRZI_TRY(grzi_check_result(op->context, function, "the error", result));
    *error = result;
    return GRZ_OK;
}

grz_status grz_operator_projection_size(grz_operator *op, double *size)
{
    static const char *const function = "grz_operator_projection_size";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->projection_size) return unsupported(op, function);
    GRZI_TRY(grzi_check_pointer(op->context, function, "size", size));
    double result = op->method->projection_size(op);
    GRZI_TRY(grzi_check_result(op->context, function, "the size", result));
    *size = result;
    return GRZ_OK;
}

grz_status grz_operator_weak_form(grz_operator *op, const double *f, const double *psi, double *value)
{
    static const char *const function = "grz_operator_weak_form";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(check_finite(op, function, "psi", psi));
    GRZI_TRY(grzi_check_pointer(op->context, function, "value", value));
    GRZI_TRY(grzi_operator_ready(op));
    double result;
    GRZI_TRY(op->method->weak_form(op, f, psi, &result));
    GRZI_TRY(grzi_check_result(op->context, function, "<Q, psi>", result));
    *value = result;
    return GRZ_OK;
}

grz_status grz_operator_onsager(grz_operator *op, const double *f, const double *phi, double *K_phi)
{
    static const char *const function = "grz_operator_onsager";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->onsager) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(check_finite(op, function, "phi", phi));
    GRZI_TRY(grzi_check_pointer(op->context, function, "K_phi", K_phi));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->onsager(op, f, phi, K_phi);
}

/* A_B and A_L (section 4) of rates with a potential: M = Lambda B dbar phi, resp. ff* grad_tilde phi. */
grz_status grz_operator_action(grz_operator *op, const double *f, const double *phi, double *value)
{
    static const char *const function = "grz_operator_action";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->action) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(check_finite(op, function, "phi", phi));
    GRZI_TRY(grzi_check_pointer(op->context, function, "value", value));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->action(op, f, phi, value);
}

/* What turns phi along a geodesic: phi' = -G(f, phi). */
grz_status grz_operator_action_variation(grz_operator *op, const double *f, const double *phi, double *variation)
{
    static const char *const function = "grz_operator_action_variation";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->action_variation) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_field_finite(op->grid, function, "phi", phi));
    GRZI_TRY(grzi_check_pointer(op->context, function, "variation", variation));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->action_variation(op, f, phi, variation);
}

grz_status grz_operator_overshoot(grz_operator *op, const double *f, double *ratio)
{
    static const char *const function = "grz_operator_overshoot";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->overshoot) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_pointer(op->context, function, "ratio", ratio));
    GRZI_TRY(grzi_operator_ready(op));
    double result = op->method->overshoot(op, f);
    GRZI_TRY(grzi_check_result(op->context, function, "the ratio", result));
    *ratio = result;
    return GRZ_OK;
}

grz_status grz_operator_sphere_count(grz_operator *op, int32_t *count)
{
    static const char *const function = "grz_operator_sphere_count";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->sphere_count) return unsupported(op, function);
    GRZI_TRY(grzi_check_pointer(op->context, function, "count", count));
    GRZI_TRY(grzi_operator_ready(op));
    *count = op->method->sphere_count(op);
    return GRZ_OK;
}

grz_status grz_operator_sphere(grz_operator *op, int32_t index, double *r, int32_t *collisions, int32_t *directions, double *landau)
{
    static const char *const function = "grz_operator_sphere";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->sphere_count) return unsupported(op, function);
    GRZI_TRY(grzi_operator_ready(op));
    GRZI_TRY(grzi_check_range(op->context, function, "index", index, 0, op->method->sphere_count(op) - 1));
    double radius, share;
    int32_t way, nodes;
    op->method->sphere(op, index, &radius, &way, &nodes, &share);
    if (r) *r = radius;
    if (collisions) *collisions = way;
    if (directions) *directions = nodes;
    if (landau) *landau = share;
    return GRZ_OK;
}

grz_status grzi_operator_dissipation(grz_operator *op, const char *function, const double *f, grz_functional_type type, double *value)
{
    if (!op->method->dissipation) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    if (!op->method->needs_positive_density) /* but its logarithm does */
        GRZI_TRY(check_positive(op, function, "f", f));
    GRZI_TRY(grzi_operator_ready(op));
    double result;
    GRZI_TRY(op->method->dissipation(op, f, type, &result));
    GRZI_TRY(grzi_check_result(op->context, function, "the dissipation", result));
    *value = result;
    return GRZ_OK;
}

grz_status grzi_operator_dissipation_variation(grz_operator *op, const char *function, const double *f, grz_functional_type type,
                                               double *variation)
{
    if (!op->method->dissipation_variation) return unsupported(op, function);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->dissipation_variation(op, f, type, variation);
}

grz_status grz_interpolant_create(grz_context *context, grz_operator *op, const double *f, grz_interpolant **out)
{
    static const char *const function = "grz_interpolant_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require(op, function, GRZI_INTERPOLANT));
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->interpolant(op, f, out);
}

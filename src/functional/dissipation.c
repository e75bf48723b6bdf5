/* Dissipations D_B, D_L (1.2) and D_B^R (6.1.3): the operator computes them with the quadrature of its own weak form. */
#include "functional/functional.h"

#include <math.h>
#include <string.h>

static grz_status evaluate_dissipation(grz_functional *functional, const char *function, const double *f, double *value)
{
    double result;
    GRZI_TRY(grzi_operator_dissipation(functional->op, function, f, functional->type, &result));
    if (!isfinite(result)) return grzi_functional_overflow(functional, function);
    *value = result;
    return GRZ_OK;
}

static grz_status vary_dissipation(grz_functional *functional, const char *function, const double *f, double *variation)
{
    GRZI_TRY(grzi_operator_dissipation_variation(functional->op, function, f, functional->type, functional->workspace));
    memcpy(variation, functional->workspace, (size_t)grzi_operator_count(functional->op) * sizeof *variation);
    return GRZ_OK;
}

static const grzi_functional_class dissipation = {evaluate_dissipation, vary_dissipation};

grz_status grz_functional_create_dissipation(grz_context *context, grz_operator *op, grz_functional_type type, grz_functional **out)
{
    static const char *const function = "grz_functional_create_dissipation";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (type != GRZ_FUNCTIONAL_TYPE_DISSIPATION && type != GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT)
        return grzi_fail(
            context, GRZ_ERROR_INVALID_ARGUMENT,
            "%s: type = %d is neither GRZ_FUNCTIONAL_TYPE_DISSIPATION (%d) nor GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT (%d)", function,
            (int)type, GRZ_FUNCTIONAL_TYPE_DISSIPATION, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT);
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require_dissipation(op, function, type));
    grz_functional *made;
    GRZI_TRY(grzi_functional_new(context, op->grid, &dissipation, type, grzi_operator_count(op), &made));
    made->op = grzi_operator_retain(op);
    *out = made;
    return GRZ_OK;
}

/* Actions A_B and A_L (section 4) of rates with a potential: M = Lambda B dbar phi, resp. ff* grad_tilde phi. */
#include "operator/operator.h"

grz_status grz_operator_action(grz_operator *op, const double *f, const double *phi, double *value)
{
    static const char *const function = "grz_operator_action";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    if (!op->method->action)
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method does not offer it", function, op->method->name);
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_array_finite(op->context, function, "phi", phi, grzi_grid_count(op->grid)));
    GRZI_TRY(grzi_check_pointer(op->context, function, "value", value));
    GRZI_TRY(grzi_operator_ready(op));
    return op->method->action(op, f, phi, value);
}

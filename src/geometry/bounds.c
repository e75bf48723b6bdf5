/* Affine representations as lower bounds (section 7). */
#include "distribution/grid.h"
#include "distribution/sum.h"
#include "operator/operator.h"

#include <math.h>

grz_status grz_operator_metric_bound(grz_operator *op, const double *f, const double *g, const double *psi, double *bound, double *best)
{
    static const char *const function = "grz_operator_metric_bound";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    int64_t count = grzi_grid_count(op->grid);
    GRZI_TRY(grzi_check_field_finite(op->grid, function, "g", g));
    GRZI_TRY(grzi_check_field_finite(op->grid, function, "psi", psi));
    GRZI_TRY(grzi_check_pointer(op->context, function, "bound", bound));
    double action;
    GRZI_TRY(grz_operator_action(op, f, psi, &action));
    grzi_sum sum = {0, 0};
    for (int64_t i = 0; i < count; i++) grzi_sum_add(&sum, g[i] * psi[i]);
    double pairing = grzi_sum_total(&sum) * grzi_grid_cell(op->grid);
    double at_psi = 2 * pairing - action, at_best = pairing == 0 ? 0 : action > 0 ? pairing / action * pairing : INFINITY;
    GRZI_TRY(grzi_check_result(op->context, function, "int g psi", pairing));
    GRZI_TRY(grzi_check_result(op->context, function, "the bound", at_psi));
    if (best && action > 0) GRZI_TRY(grzi_check_result(op->context, function, "the best multiple's bound", at_best));
    *bound = at_psi;
    if (best) *best = at_best;
    return GRZ_OK;
}

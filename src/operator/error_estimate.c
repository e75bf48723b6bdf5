/* Quadrature error of an operator by comparison with the next finer accuracy level on the same grid. */
#include "operator.h"

#include <math.h>

static grz_status compare(grz_operator *op, grz_operator *finer, const double *f, double *work, double *Q_error, double *dissipation_error)
{
    static const char *const function = "grz_operator_estimate_error";
    int64_t count = grzi_grid_count(op->grid);
    double *Q = work, *Q_finer = work + count, Q_estimate = 0, D_estimate = 0;
    if (Q_error) {
        GRZI_TRY(grz_operator_apply(op, f, Q));
        GRZI_TRY(grz_operator_apply(finer, f, Q_finer));
        double difference = 0, scale = 0;
        for (int64_t i = 0; i < count; i++) {
            difference = fmax(difference, fabs(Q[i] - Q_finer[i]));
            scale = fmax(scale, fabs(Q_finer[i]));
        }
        Q_estimate = scale > 0 ? difference / scale : 0;
    }
    if (dissipation_error) {
        double D, D_finer;
        GRZI_TRY(grzi_operator_dissipation(op, function, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        GRZI_TRY(grzi_operator_dissipation(finer, function, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D_finer));
        D_estimate = D_finer != 0 ? fabs((D - D_finer) / D_finer) : 0;
    }
    if (Q_error) *Q_error = Q_estimate;
    if (dissipation_error) *dissipation_error = D_estimate;
    return GRZ_OK;
}

grz_status grz_operator_estimate_error(grz_operator *op, const double *f, double *Q_error, double *dissipation_error)
{
    static const char *const function = "grz_operator_estimate_error";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    grz_operator *finer = NULL;
    int level = (int)op->options[GRZ_OPERATOR_OPTION_ACCURACY] + 1;
    GRZI_TRY(grzi_operator_like(op, op->equation, grz_kernel_eps(op->kernel), level, &finer));
    double *work = grzi_allocate(op->context, 2 * grzi_grid_count(op->grid), sizeof *work);
    grz_status status = work ? compare(op, finer, f, work, Q_error, dissipation_error) : GRZ_ERROR_OUT_OF_MEMORY;
    grzi_deallocate(op->context, work);
    grz_operator_destroy(&finer);
    return status;
}

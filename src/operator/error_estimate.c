/* Error of an operator on its grid: of quadrature and fit by comparison with the next finer accuracy level; of a periodic method's radius,
 * period, ball of modes and aliasing by Landau's operator with the same ones and with the widest, whose transforms need neither fit nor
 * directions. The relative errors add up. */
#include "operator.h"

#include <math.h>

/* Adds the relative distances of Q and of D from the reference's; either may be NULL. */
static grz_status compare(grz_operator *op, grz_operator *reference, const double *f, double *work, double *Q_error, double *D_error)
{
    static const char *const function = "grz_operator_estimate_error";
    int64_t count = grzi_grid_count(op->grid);
    double *Q = work, *Q_reference = work + count;
    if (Q_error) {
        GRZI_TRY(grz_operator_apply(op, f, Q));
        GRZI_TRY(grz_operator_apply(reference, f, Q_reference));
        double difference = 0, scale = 0;
        for (int64_t i = 0; i < count; i++) {
            difference = fmax(difference, fabs(Q[i] - Q_reference[i]));
            scale = fmax(scale, fabs(Q_reference[i]));
        }
        *Q_error += scale > 0 ? difference / scale : 0;
    }
    if (D_error) {
        double D, D_reference;
        GRZI_TRY(grzi_operator_dissipation(op, function, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        GRZI_TRY(grzi_operator_dissipation(reference, function, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D_reference));
        *D_error += D_reference != 0 ? fabs((D - D_reference) / D_reference) : 0;
    }
    return GRZ_OK;
}

static grz_status compare_levels(grz_operator *op, const double *f, double *work, double *Q_error, double *D_error)
{
    grz_operator *finer = NULL;
    int level = (int)op->options[GRZ_OPERATOR_OPTION_ACCURACY] + 1;
    GRZI_TRY(grzi_operator_like(op, op->equation, grz_kernel_eps(op->kernel), level, &finer));
    grz_status status = compare(op, finer, f, work, Q_error, D_error);
    grz_operator_destroy(&finer);
    return status;
}

/* Landau's operator at the finest level with op's box, or the widest one. */
static grz_status landau_of(grz_operator *op, int widest, grz_operator **made)
{
    static const grz_operator_option BOX[3] = {GRZ_OPERATOR_OPTION_RADIUS, GRZ_OPERATOR_OPTION_PERIOD, GRZ_OPERATOR_OPTION_PADDED_NODES};
    const int n = op->grid->n;
    double values[3] = {op->grid->half_width, 2.0 * n, ceil(1.5 * n)};
    for (int i = 0; i < 3 && !widest; i++) GRZI_TRY(grz_operator_option_value(op, BOX[i], values + i));
    GRZI_TRY(grzi_operator_like(op, GRZ_EQUATION_LANDAU, grz_kernel_eps(op->kernel), GRZI_PUBLIC_LEVELS, made));
    double *options = (*made)->options;
    for (int i = 0; i < 3; i++) options[BOX[i]] = values[i];
    options[GRZ_OPERATOR_OPTION_SCHEME] = GRZ_SPECTRAL_SCHEME_SEPARABLE;
    options[GRZ_OPERATOR_OPTION_RADIAL_NODES] = 0;
    if (widest) options[GRZ_OPERATOR_OPTION_MODES] = 2;
    return GRZ_OK;
}

static grz_status compare_boxes(grz_operator *op, const double *f, double *work, double *Q_error, double *D_error)
{
    grz_operator *same = NULL, *widest = NULL;
    grz_status status = landau_of(op, 0, &same);
    if (status == GRZ_OK) status = landau_of(op, 1, &widest);
    if (status == GRZ_OK) status = compare(same, widest, f, work, Q_error, D_error);
    grz_operator_destroy(&same);
    grz_operator_destroy(&widest);
    return status;
}

grz_status grz_operator_estimate_error(grz_operator *op, const double *f, double *Q_error, double *dissipation_error)
{
    static const char *const function = "grz_operator_estimate_error";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    double *work = grzi_allocate(op->context, 2 * grzi_grid_count(op->grid), sizeof *work), of_Q = 0, of_D = 0;
    grz_status status = work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    double *Q = Q_error ? &of_Q : NULL, *D = dissipation_error ? &of_D : NULL;
    if (status == GRZ_OK) status = compare_levels(op, f, work, Q, D);
    if (status == GRZ_OK && op->method->periodic) status = compare_boxes(op, f, work, Q, D);
    grzi_deallocate(op->context, work);
    if (status != GRZ_OK) return status;
    if (Q_error) *Q_error = of_Q;
    if (dissipation_error) *dissipation_error = of_D;
    return GRZ_OK;
}

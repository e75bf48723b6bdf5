#include "operator/spectral/tensor.h"

#include <math.h>

/* Factors of one family at all modes, through their values at the integers |k|^2. */
static grz_status tabulate(const grz_context *context, const grzi_modes *modes, const grzi_columns *columns, double kappa,
                           const grzi_basis *basis, double *factors)
{
    double *work = grzi_allocate(context, grzi_basis_work(basis) + (int64_t)modes->limit * (basis->count + 1), sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    double *x = work + grzi_basis_work(basis), *table = x + modes->limit;
    for (int s = 0; s < modes->limit; s++) x[s] = fmin(modes->unit * sqrt(s) / kappa, 1);
    grzi_basis_values(basis, modes->limit, x, work, table);
    int64_t size = grzi_factor_array(columns);
    for (int b = 0; b < basis->count; b++)
        for (int64_t i = 0; i < size; i++) {
            int32_t mode = grzi_factor_mode(columns, i);
            factors[b * size + i] = mode >= 0 ? table[(int64_t)modes->square[mode] * basis->count + b] : 0;
        }
    grzi_deallocate(context, work);
    return GRZ_OK;
}

grz_status grzi_tensor_create(grz_context *context, const grzi_modes *modes, const grzi_columns *columns, const grzi_fit_shape *shape,
                              const grzi_radial *radial, double kappa, grzi_tensor *tensor)
{
    grzi_fit fit;
    *tensor = (grzi_tensor){0};
    GRZI_TRY(grzi_fit_create(context, shape, radial, kappa, &fit));
    grzi_tensor made = {.outputs = fit.outputs, .inputs = fit.inputs, .residual = fit.residual, .error = fit.error};
    made.alpha = grzi_allocate(context, made.outputs * grzi_factor_array(columns), sizeof(double));
    made.beta = grzi_allocate(context, made.inputs * grzi_factor_array(columns), sizeof(double));
    grz_status status = made.alpha && made.beta ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    const grzi_contraction_set *set = grzi_contraction_select(grzi_context_simd(context));
    if (status == GRZ_OK) status = grzi_contraction_create(context, set, made.inputs, made.outputs, fit.coefficients, &made.contraction);
    if (status == GRZ_OK) status = tabulate(context, modes, columns, kappa, &fit.alpha, made.alpha);
    if (status == GRZ_OK) status = tabulate(context, modes, columns, kappa, &fit.beta, made.beta);
    grzi_fit_destroy(context, &fit);
    if (status != GRZ_OK) {
        grzi_tensor_destroy(context, &made);
        return status;
    }
    *tensor = made;
    return GRZ_OK;
}

void grzi_tensor_destroy(const grz_context *context, grzi_tensor *tensor)
{
    grzi_deallocate(context, tensor->alpha);
    grzi_deallocate(context, tensor->beta);
    grzi_contraction_destroy(context, &tensor->contraction);
    *tensor = (grzi_tensor){0};
}

/* Moments, entropy and equilibrium of plain arrays, which may have negative values. */
#include "distribution/distribution.h"
#include "distribution/sum.h"

#include <math.h>

/* What a rule makes of the values: the array itself, or a new one in *own. *negative: the share of what is below zero. */
static grz_status treat(const char *function, const grz_grid *grid, const double *values, grz_negative_rule rule, const double **treated,
                        double **own, double *negative)
{
    const grz_context *context = grid->context;
    int64_t count = grzi_grid_count(grid);
    GRZI_TRY(grzi_check_range(context, function, "rule", (int)rule, GRZ_NEGATIVE_RULE_KEEP, GRZ_NEGATIVE_RULE_RESCALE));
    GRZI_TRY(grzi_check_field_finite(grid, function, "values", values));
    grzi_sum below = {0, 0}, above = {0, 0};
    for (int64_t i = 0; i < count; i++) grzi_sum_add(values[i] < 0 ? &below : &above, fabs(values[i]));
    double minus = grzi_sum_total(&below), plus = grzi_sum_total(&above), factor = 1;
    *negative = minus > 0 ? minus / (minus + plus) : 0;
    *treated = values;
    if (rule == GRZ_NEGATIVE_RULE_KEEP || minus == 0) return GRZ_OK;
    if (rule == GRZ_NEGATIVE_RULE_RESCALE) factor = (plus - minus) / plus;
    if (!(factor > 0)) return grzi_fail(context, GRZ_ERROR_NOT_POSITIVE, "%s: rho = %g", function, (plus - minus) * grzi_grid_cell(grid));
    *own = grzi_allocate(context, count, sizeof **own);
    if (!*own) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count; i++) (*own)[i] = values[i] > 0 ? factor * values[i] : 0;
    *treated = *own;
    return GRZ_OK;
}

grz_status grz_grid_moments(const grz_grid *grid, const double *values, grz_negative_rule rule, double *rho, double *u, double *T,
                            double *P, double *q, double *negative)
{
    static const char *const function = "grz_grid_moments";
    if (!grid) return GRZ_ERROR_NULL_ARGUMENT;
    const double *treated = NULL;
    double *own = NULL, share = 0;
    grz_status status = treat(function, grid, values, rule, &treated, &own, &share);
    if (status == GRZ_OK) status = grzi_moments(grid, function, treated, rho, u, T, P, q);
    if (status == GRZ_OK && negative) *negative = share;
    grzi_deallocate(grid->context, own);
    return status;
}

grz_status grz_grid_entropy(const grz_grid *grid, const double *values, grz_negative_rule rule, double *H, double *negative)
{
    static const char *const function = "grz_grid_entropy";
    if (!grid) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(grid->context, function, "H", H));
    const double *treated = NULL;
    double *own = NULL, share = 0;
    grz_status status = treat(function, grid, values, rule, &treated, &own, &share);
    if (status == GRZ_OK) {
        grzi_sum sum = {0, 0};
        for (int64_t i = 0; i < grzi_grid_count(grid); i++)
            if (treated[i] != 0) grzi_sum_add(&sum, treated[i] * log(fabs(treated[i])));
        double result = grzi_grid_cell(grid) * grzi_sum_total(&sum);
        if (!isfinite(result)) status = grzi_fail(grid->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the entropy overflows", function);
        if (status == GRZ_OK) *H = result;
        if (status == GRZ_OK && negative) *negative = share;
    }
    grzi_deallocate(grid->context, own);
    return status;
}

grz_status grz_grid_equilibrium(const grz_grid *grid, const double *values, grz_negative_rule rule, double *equilibrium, double *negative)
{
    static const char *const function = "grz_grid_equilibrium";
    if (!grid) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(grid->context, function, "equilibrium", equilibrium));
    const double *treated = NULL;
    double *own = NULL, share = 0;
    grz_status status = treat(function, grid, values, rule, &treated, &own, &share);
    if (status == GRZ_OK) status = grzi_equilibrium(function, grid, treated, equilibrium);
    if (status == GRZ_OK && negative) *negative = share;
    grzi_deallocate(grid->context, own);
    return status;
}

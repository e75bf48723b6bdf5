/* H = int f log f, and the entropy relative to a reference. */
#include "distribution/sum.h"
#include "functional/functional.h"

#include <float.h>
#include <math.h>
#include <string.h>

static grz_status finish(const grz_functional *functional, const char *function, const grzi_sum *sum, double *value)
{
    double result = grzi_grid_cell(functional->grid) * grzi_sum_total(sum);
    if (!isfinite(result)) return grzi_functional_overflow(functional, function);
    *value = result;
    return GRZ_OK;
}

static grz_status evaluate_entropy(grz_functional *functional, const char *function, const double *f, double *value)
{
    int64_t count = grzi_grid_count(functional->grid);
    GRZI_TRY(grzi_check_field_nonnegative(functional->grid, function, "f", f));
    grzi_sum sum = {0, 0};
    for (int64_t i = 0; i < count; i++)
        if (f[i] > 0) grzi_sum_add(&sum, f[i] * log(f[i]));
    return finish(functional, function, &sum, value);
}

static grz_status vary_entropy(grz_functional *functional, const char *function, const double *f, double *variation)
{
    int64_t count = grzi_grid_count(functional->grid);
    GRZI_TRY(grzi_check_field_positive(functional->grid, function, "f", f));
    for (int64_t i = 0; i < count; i++) variation[i] = log(f[i]) + 1;
    return GRZ_OK;
}

/* log(f/g) without cancellation for f close to g. Near 1 the difference f - g is exact. */
static double log_ratio(double f, double g)
{
    double ratio = f / g;
    if (f > 0.5 * g && f < 2 * g) return log1p((f - g) / g);
    return ratio >= DBL_MIN && ratio <= DBL_MAX ? log(ratio) : log(f) - log(g);
}

/* f log(f/g) - f + g = g [(1+x) log(1+x) - x], x = f/g - 1: for small x by its series sum_{k>=2} (-x)^k/(k(k-1)), so that the relative
 * entropy of two close densities keeps its digits and is never negative. */
static double relative_entropy_density(double f, double g)
{
    if (f == 0) return g;
    double x = (f - g) / g;
    if (fabs(x) > 0.0625) return f * log_ratio(f, g) - f + g;
    double series = 0;
    for (int k = 16; k >= 2; k--) series = 1.0 / (k * (k - 1)) - x * series;
    return g * x * x * series;
}

static grz_status evaluate_relative_entropy(grz_functional *functional, const char *function, const double *f, double *value)
{
    int64_t count = grzi_grid_count(functional->grid);
    GRZI_TRY(grzi_check_field_nonnegative(functional->grid, function, "f", f));
    grzi_sum sum = {0, 0};
    for (int64_t i = 0; i < count; i++) grzi_sum_add(&sum, relative_entropy_density(f[i], functional->reference[i]));
    return finish(functional, function, &sum, value);
}

static grz_status vary_relative_entropy(grz_functional *functional, const char *function, const double *f, double *variation)
{
    int64_t count = grzi_grid_count(functional->grid);
    GRZI_TRY(grzi_check_field_positive(functional->grid, function, "f", f));
    for (int64_t i = 0; i < count; i++) variation[i] = log_ratio(f[i], functional->reference[i]);
    return GRZ_OK;
}

static const grzi_functional_class entropy = {evaluate_entropy, vary_entropy};
static const grzi_functional_class relative_entropy = {evaluate_relative_entropy, vary_relative_entropy};

grz_status grz_functional_create_entropy(grz_context *context, const grz_grid *grid, grz_functional **out)
{
    GRZI_TRY(grzi_distribution_check(context, "grz_functional_create_entropy", grid, out));
    return grzi_functional_new(context, grid, &entropy, GRZ_FUNCTIONAL_TYPE_ENTROPY, 0, out);
}

grz_status grz_functional_create_relative_entropy(grz_context *context, const grz_distribution *reference, grz_functional **out)
{
    static const char *const function = "grz_functional_create_relative_entropy";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "reference", reference));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (reference->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: reference belongs to another context", function);
    int64_t count = grzi_grid_count(reference->grid);
    GRZI_TRY(grzi_check_field_positive(reference->grid, function, "reference", reference->values));
    grz_functional *made;
    GRZI_TRY(grzi_functional_new(context, reference->grid, &relative_entropy, GRZ_FUNCTIONAL_TYPE_RELATIVE_ENTROPY, 0, &made));
    made->reference = grzi_allocate(context, count, sizeof(double));
    if (!made->reference) {
        grz_functional_destroy(&made);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    memcpy(made->reference, reference->values, (size_t)count * sizeof(double));
    *out = made;
    return GRZ_OK;
}

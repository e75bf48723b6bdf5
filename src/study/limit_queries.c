/* What a study of the limit tells: quantities, measured orders, series, and the liminf inequalities. */
#include "study/limit.h"

#include <math.h>
#include <string.h>

int64_t grz_limit_count(const grz_limit *limit)
{
    return limit ? limit->count : 0;
}

const grz_grid *grz_limit_grid(const grz_limit *limit)
{
    return limit ? limit->grid : NULL;
}

static double quantity_of(const grz_limit *limit, int64_t curve, grz_limit_quantity quantity)
{
    return grzi_limit_row(limit, curve)[quantity];
}

grz_status grz_limit_column(const grz_limit *limit, grz_limit_quantity quantity, double *values)
{
    static const char *const function = "grz_limit_column";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(limit->context, function, "quantity", (int)quantity, GRZ_LIMIT_QUANTITY_EPS, GRZ_LIMIT_QUANTITY_START));
    GRZI_TRY(grzi_check_pointer(limit->context, function, "values", values));
    for (int64_t curve = 0; curve < limit->count; curve++) values[curve] = quantity_of(limit, curve, quantity);
    return GRZ_OK;
}

static double scale_of(const grz_limit *limit, grz_limit_scale scale, int64_t curve)
{
    double eps = quantity_of(limit, curve, GRZ_LIMIT_QUANTITY_EPS);
    return scale == GRZ_LIMIT_SCALE_POWER ? eps : -1 / log(eps);
}

/* eps decreases: the first one decides whether all have a logarithm's scale. */
static grz_status check_scale(const grz_limit *limit, const char *function, grz_limit_scale scale)
{
    GRZI_TRY(grzi_check_range(limit->context, function, "scale", (int)scale, GRZ_LIMIT_SCALE_POWER, GRZ_LIMIT_SCALE_LOGARITHM));
    if (scale == GRZ_LIMIT_SCALE_LOGARITHM && limit->count > 1 && quantity_of(limit, 1, GRZ_LIMIT_QUANTITY_EPS) >= 1)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: scale = LOGARITHM needs eps < 1, the first is %g", function,
                         quantity_of(limit, 1, GRZ_LIMIT_QUANTITY_EPS));
    return GRZ_OK;
}

grz_status grz_limit_orders(const grz_limit *limit, grz_limit_quantity quantity, grz_limit_scale scale, double *orders)
{
    static const char *const function = "grz_limit_orders";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(limit->context, function, "quantity", (int)quantity, GRZ_LIMIT_QUANTITY_EPS, GRZ_LIMIT_QUANTITY_START));
    GRZI_TRY(grzi_check_pointer(limit->context, function, "orders", orders));
    GRZI_TRY(check_scale(limit, function, scale));
    for (int64_t curve = 0; curve < limit->count; curve++) {
        orders[curve] = NAN;
        if (curve < 2) continue;
        double ratio = quantity_of(limit, curve - 1, quantity) / quantity_of(limit, curve, quantity);
        if (ratio > 0 && isfinite(ratio))
            orders[curve] = log(ratio) / log(scale_of(limit, scale, curve - 1) / scale_of(limit, scale, curve));
    }
    return GRZ_OK;
}

static grz_status check_curve(const grz_limit *limit, const char *function, int64_t curve)
{
    if (curve >= 0 && curve < limit->count) return GRZ_OK;
    return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: curve = %lld, there are %lld", function, (long long)curve,
                     (long long)limit->count);
}

grz_status grz_limit_curve_column(const grz_limit *limit, int64_t curve, grz_limit_series series, double *values)
{
    static const char *const function = "grz_limit_curve_column";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check_curve(limit, function, curve));
    GRZI_TRY(grzi_check_range(limit->context, function, "series", (int)series, GRZ_LIMIT_SERIES_ENTROPY, GRZ_LIMIT_SERIES_SECOND_MOMENT));
    GRZI_TRY(grzi_check_pointer(limit->context, function, "values", values));
    memcpy(values, grzi_limit_series(limit, curve, series), sizeof *values * (size_t)limit->time_count);
    return GRZ_OK;
}

grz_status grz_limit_means(const grz_limit *limit, int64_t curve, int32_t test, double *values)
{
    static const char *const function = "grz_limit_means";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check_curve(limit, function, curve));
    if (test < 0 || test >= limit->test_count)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: test = %d, there are %d", function, (int)test, limit->test_count);
    GRZI_TRY(grzi_check_pointer(limit->context, function, "values", values));
    memcpy(values, grzi_limit_means(limit, curve, test), sizeof *values * (size_t)limit->time_count);
    return GRZ_OK;
}

/* To eps = 0 from a curve and the one before, linearly in the scale's expected power: 2 of eps, 1 of the logarithm. */
static double extrapolate(const grz_limit *limit, grz_limit_series series, grz_limit_scale scale, int64_t curve, int64_t k)
{
    double near = scale_of(limit, scale, curve), far = scale_of(limit, scale, curve - 1);
    double x = scale == GRZ_LIMIT_SCALE_POWER ? near * near / (far * far) : near / far;
    double y = grzi_limit_series(limit, curve, series)[k];
    return y + (y - grzi_limit_series(limit, curve - 1, series)[k]) * x / (1 - x);
}

grz_status grz_limit_liminf(const grz_limit *limit, grz_limit_series series, grz_limit_scale scale, double *margin, double *error)
{
    static const char *const function = "grz_limit_liminf";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(limit->context, function, "series", (int)series, GRZ_LIMIT_SERIES_ENTROPY, GRZ_LIMIT_SERIES_SPEED));
    GRZI_TRY(grzi_check_pointer(limit->context, function, "margin", margin));
    GRZI_TRY(grzi_check_pointer(limit->context, function, "error", error));
    GRZI_TRY(check_scale(limit, function, scale));
    if (limit->count < 3)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %lld curves with eps > 0, must be 2 or more", function,
                         (long long)(limit->count ? limit->count - 1 : 0));
    int64_t last = limit->count - 1;
    double least = INFINITY, change = 0;
    for (int64_t k = 0; k < limit->time_count; k++) {
        double value = extrapolate(limit, series, scale, last, k), reference = grzi_limit_series(limit, 0, series)[k];
        double before = limit->count > 3 ? extrapolate(limit, series, scale, last - 1, k) : grzi_limit_series(limit, last, series)[k];
        if (isnan(value - reference)) return *margin = *error = NAN, GRZ_OK;
        least = fmin(least, value - reference);
        change = fmax(change, fabs(value - before));
    }
    *margin = least;
    *error = change;
    return GRZ_OK;
}

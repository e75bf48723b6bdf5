/* Residuals of the continuity equations (Definition 4.4) along a curve given by snapshots, in integral form. */
#include "distribution/grid.h"
#include "distribution/sum.h"
#include "geometry/rate.h"

#include <math.h>
#include <string.h>

static grz_status check(grz_context *context, const char *function, int64_t count, const double *times, const double *f,
                        grz_rate *const *rates, grz_time_rule rule)
{
    if (count < 2 || count > INT32_MAX)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is not 2 or more", function, (long long)count);
    GRZI_TRY(grzi_check_range(context, function, "rule", (int)rule, GRZ_TIME_RULE_TRAPEZOID, GRZ_TIME_RULE_SIMPSON));
    GRZI_TRY(grzi_check_pointer(context, function, "rates", rates));
    GRZI_TRY(grzi_check_array_finite(context, function, "times", times, count));
    for (int64_t k = 0; k < count; k++) {
        if (!rates[k]) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: rates[%lld] is NULL", function, (long long)k);
        if (rates[k]->context != context || !grzi_grid_equal(rates[k]->op->grid, rates[0]->op->grid))
            return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: rates[%lld] is on another grid or of another context", function,
                             (long long)k);
        if (k > 0 && times[k] <= times[k - 1])
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: times[%lld] = %g does not exceed the one before", function,
                             (long long)k, times[k]);
    }
    if (rule == GRZ_TIME_RULE_SIMPSON) {
        double step = (times[count - 1] - times[0]) / (double)(count - 1);
        if (count % 2 == 0)
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is even; Simpson's rule needs an odd one", function,
                             (long long)count);
        for (int64_t k = 1; k < count; k++)
            if (fabs(times[k] - times[k - 1] - step) > 1e-9 * step)
                return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: times[%lld] = %g is not equispaced", function, (long long)k,
                                 times[k]);
    }
    return grzi_check_pointer(context, function, "f", f);
}

/* Weight of the time derivative at snapshot j in the integral from times[0] to times[k]; k is even for Simpson's rule. */
static double weight_of(grz_time_rule rule, const double *times, int64_t k, int64_t j)
{
    if (j > k || k == 0) return 0;
    if (rule == GRZ_TIME_RULE_TRAPEZOID) return 0.5 * ((j > 0 ? times[j] - times[j - 1] : 0) + (j < k ? times[j + 1] - times[j] : 0));
    return (times[1] - times[0]) / 3 * (j == 0 || j == k ? 1 : j % 2 == 1 ? 4 : 2);
}

grz_status grz_curve_residual(grz_context *context, int64_t count, const double *times, const double *f, grz_rate *const *rates,
                              grz_time_rule rule, double *residual, double *norms)
{
    static const char *const function = "grz_curve_residual";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check(context, function, count, times, f, rates, rule));
    const grz_grid *grid = rates[0]->op->grid;
    GRZI_TRY(grzi_check_pointer(context, function, "norms", norms));
    const int64_t size = grzi_grid_count(grid);
    /* the integral so far, without the last snapshot's share, and the time derivative now */
    double *integral = grzi_allocate_zeroed(context, 2 * size, sizeof *integral),
           *found = grzi_allocate_zeroed(context, count, sizeof *found);
    grz_status status = integral && found ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    double *g = integral ? integral + size : NULL;
    const int stride = rule == GRZ_TIME_RULE_SIMPSON ? 2 : 1;
    for (int64_t k = 0; k < count && status == GRZ_OK; k++) {
        status = grz_rate_divergence(rates[k], f + k * size, g);
        if (status != GRZ_OK) break;
        grzi_sum sum = {0, 0};
        double last = weight_of(rule, times, k, k), full = weight_of(rule, times, count - 1, k);
        for (int64_t i = 0; i < size; i++) {
            grzi_sum_add(&sum, fabs(f[k * size + i] - f[i] - integral[i] - last * g[i]));
            if (residual && k == count - 1) residual[i] = f[k * size + i] - f[i] - integral[i] - last * g[i];
            integral[i] += full * g[i];
        }
        if (k % stride == 0) found[k / stride] = grzi_sum_total(&sum) * grzi_grid_cell(grid);
    }
    if (status == GRZ_OK) memcpy(norms, found, sizeof *norms * ((count - 1) / stride + 1));
    grzi_deallocate(context, found);
    grzi_deallocate(context, integral);
    return status;
}

/* Curves of a study: begin, record, end. */
#include "study/limit.h"

#include "distribution/distribution.h"
#include "distribution/sum.h"

#include <math.h>
#include <string.h>

static grz_status make_room(grz_limit *limit)
{
    if (limit->count < limit->capacity) return GRZ_OK;
    int64_t capacity = limit->capacity ? 2 * limit->capacity : 8, size = grzi_limit_row_size(limit);
    double *rows = grzi_allocate(limit->context, capacity * size, sizeof *rows);
    if (!rows) return GRZ_ERROR_OUT_OF_MEMORY;
    if (limit->count) memcpy(rows, limit->rows, sizeof *rows * (size_t)(limit->count * size));
    grzi_deallocate(limit->context, limit->rows);
    limit->rows = rows;
    limit->capacity = capacity;
    return GRZ_OK;
}

static grz_status open_curve(grz_limit *limit, grz_operator *op)
{
    limit->open = 1;
    limit->constant = NAN;
    limit->seminorm = 0;
    if (!op) return GRZ_OK;
    limit->op = grzi_operator_retain(op);
    limit->seminorm = grz_kernel_gamma(op->kernel) < -2;
    if (!grzi_operator_offers(op, GRZI_ONSAGER)) {
        limit->rate = grzi_allocate(limit->context, grzi_grid_count(limit->grid), sizeof(double));
        return limit->rate ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    }
    GRZI_TRY(grz_functional_create_dissipation(limit->context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT, &limit->square_root));
    return grz_ledger_create(limit->context, op, &limit->ledger);
}

grz_status grz_limit_begin(grz_limit *limit, double eps, grz_operator *op)
{
    static const char *const function = "grz_limit_begin";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_finite(limit->context, function, "eps", eps));
    double before = limit->count > 1 ? grzi_limit_row(limit, limit->count - 1)[GRZ_LIMIT_QUANTITY_EPS] : INFINITY;
    if (limit->count == 0 && eps != 0)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: eps = %g, but the first curve is the limit's, eps = 0", function,
                         eps);
    if (limit->count && !(eps > 0 && eps < before))
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: eps = %g, must be > 0 and below %g", function, eps, before);
    if (op && op->context != limit->context)
        return grzi_fail(limit->context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    if (op) GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    if (op && !grzi_grid_equal(op->grid, limit->grid))
        return grzi_fail(limit->context, GRZ_ERROR_MISMATCH, "%s: op is on another grid", function);
    grzi_limit_drop(limit);
    GRZI_TRY(make_room(limit));
    grz_status status = open_curve(limit, op);
    if (status != GRZ_OK)
        grzi_limit_drop(limit);
    else
        grzi_limit_row(limit, limit->count)[GRZ_LIMIT_QUANTITY_EPS] = eps;
    return status;
}

/* C of Lemma 5.7 by the first snapshot, where the lemma is stated. */
static grz_status find_constant(grz_limit *limit, const double *f)
{
    if (!limit->op || !grzi_kernel_is_factorised(limit->op->kernel) || grz_kernel_gamma(limit->op->kernel) > 0) return GRZ_OK;
    for (int64_t i = 0; i < grzi_grid_count(limit->grid); i++)
        if (f[i] < 0) return GRZ_OK;
    return grz_operator_comparison_constant(limit->op, f, &limit->constant);
}

/* int f phi, int |f^eps - f| and the largest |int (f^eps - f) phi|. */
static void record_means(grz_limit *limit, const double *f)
{
    int64_t count = grzi_grid_count(limit->grid), k = limit->recorded;
    const double *reference = limit->snapshots + k * count, cell = grzi_grid_cell(limit->grid);
    double weak = 0;
    for (int t = 0; t < limit->test_count; t++) {
        const double *phi = limit->tests[t].phi;
        grzi_sum mean = {0, 0}, difference = {0, 0};
        for (int64_t i = 0; i < count; i++) {
            grzi_sum_add(&mean, f[i] * phi[i]);
            grzi_sum_add(&difference, (f[i] - reference[i]) * phi[i]);
        }
        grzi_limit_means(limit, limit->count, t)[k] = cell * grzi_sum_total(&mean);
        weak = fmax(weak, cell * fabs(grzi_sum_total(&difference)));
    }
    grzi_sum distance = {0, 0};
    for (int64_t i = 0; i < count; i++) grzi_sum_add(&distance, fabs(f[i] - reference[i]));
    grzi_limit_series(limit, limit->count, GRZ_LIMIT_SERIES_L1)[k] = cell * grzi_sum_total(&distance);
    grzi_limit_series(limit, limit->count, GRZ_LIMIT_SERIES_WEAK)[k] = weak;
}

/* int f log f, and -int Q log f where Q is given, over the nodes with f > 0. */
static double entropy_of(const grz_limit *limit, const double *f, const double *Q)
{
    grzi_sum sum = {0, 0};
    double unit = Q ? grzi_unit(f, grzi_grid_count(limit->grid)) : 1; /* Q has no mass */
    for (int64_t i = 0; i < grzi_grid_count(limit->grid); i++)
        if (f[i] > 0) grzi_sum_add(&sum, (Q ? -Q[i] : f[i]) * log(f[i] / unit));
    return grzi_grid_cell(limit->grid) * grzi_sum_total(&sum);
}

/* int (1 + |v|^2) f */
static double second_moment(const grz_limit *limit, const double *f)
{
    const grz_grid *grid = limit->grid;
    const double origin[3] = {0, 0, 0};
    grzi_moment_sums sums;
    grzi_moment_sums_about(grid, f, origin, &sums);
    return grzi_grid_cell(grid) * (sums.mass + sums.second[0] + sums.second[4] + sums.second[8]);
}

static grz_status measure(grz_limit *limit, const double *f, const double *rate)
{
    const int64_t curve = limit->count, k = limit->recorded;
    double D = NAN, D_root = NAN;
    if (k == 0) GRZI_TRY(find_constant(limit, f));
    if (limit->ledger) GRZI_TRY(grz_ledger_record(limit->ledger, limit->times[k], f, rate));
    if (limit->square_root) GRZI_TRY(grz_functional_evaluate(limit->square_root, f, &D_root));
    if (limit->rate) {
        GRZI_TRY(grz_operator_apply(limit->op, f, limit->rate));
        D = entropy_of(limit, f, limit->rate);
    }
    grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_ENTROPY)[k] = entropy_of(limit, f, NULL);
    grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_DISSIPATION)[k] = D;
    grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_SQUARE_ROOT)[k] = D_root;
    grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_SPEED)[k] = NAN;
    grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_DEFECT)[k] = NAN;
    grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_SECOND_MOMENT)[k] = second_moment(limit, f);
    return GRZ_OK;
}

static grz_status check_record(const grz_limit *limit, const char *function, double time, const double *f, const double *rate)
{
    const grz_context *context = limit->context;
    int64_t last = limit->time_count - 1;
    if (!limit->open) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: no curve has begun", function);
    GRZI_TRY(grzi_check_finite(context, function, "time", time));
    if (limit->recorded > last)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: time = %g, but the curve is complete", function, time);
    double expected = limit->times[limit->recorded];
    if (!(fabs(time - expected) <= 1e-9 * (limit->times[last] - limit->times[0])))
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: time = %.17g, the next one is %.17g", function, time, expected);
    GRZI_TRY(limit->ledger ? grzi_check_field_positive(limit->grid, function, "f", f)
                           : grzi_check_field_finite(limit->grid, function, "f", f));
    return rate ? grzi_check_field_finite(limit->grid, function, "rate", rate) : GRZ_OK;
}

grz_status grz_limit_record(grz_limit *limit, double time, const double *f, const double *rate)
{
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check_record(limit, "grz_limit_record", time, f, rate));
    grz_status status = measure(limit, f, rate);
    if (status != GRZ_OK) {
        grzi_limit_drop(limit);
        return status;
    }
    int64_t count = grzi_grid_count(limit->grid);
    if (limit->count == 0) memcpy(limit->snapshots + limit->recorded * count, f, sizeof *f * (size_t)count);
    record_means(limit, f);
    limit->recorded++;
    return GRZ_OK;
}

int grz_limit_observe(double time, const double *f, void *user)
{
    grz_limit *limit = user;
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    if (grzi_flow_shows_otherwise(f, limit->grid))
        return (int)grzi_fail(limit->context, GRZ_ERROR_MISMATCH, "grz_limit_observe: the flow is on another grid than the study");
    int64_t last = limit->time_count - 1;
    if (limit->open && (limit->recorded > last || time < limit->times[limit->recorded] - 1e-9 * (limit->times[last] - limit->times[0])))
        return GRZ_OK;
    return (int)grz_limit_record(limit, time, f, NULL);
}

/* The ledger's columns, once all is recorded; travelled: int |f'|^2 over all times. */
static grz_status take_ledger(grz_limit *limit, double *travelled)
{
    int64_t curve = limit->count;
    double *scratch = grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_SPEED); /* filled last */
    GRZI_TRY(grz_ledger_end(limit->ledger));
    GRZI_TRY(grz_ledger_column(limit->ledger, GRZ_LEDGER_ENTRY_TRAVELLED, scratch));
    *travelled = scratch[limit->time_count - 1];
    GRZI_TRY(grz_ledger_column(limit->ledger, GRZ_LEDGER_ENTRY_DISSIPATION, grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_DISSIPATION)));
    GRZI_TRY(grz_ledger_column(limit->ledger, GRZ_LEDGER_ENTRY_DEFECT, grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_DEFECT)));
    return grz_ledger_column(limit->ledger, GRZ_LEDGER_ENTRY_SPEED, scratch);
}

grz_status grz_limit_end(grz_limit *limit)
{
    static const char *const function = "grz_limit_end";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    if (!limit->open) return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: no curve has begun", function);
    if (limit->recorded < limit->time_count)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %lld of %lld times are recorded", function,
                         (long long)limit->recorded, (long long)limit->time_count);
    double travelled = NAN;
    grz_status status = limit->ledger ? take_ledger(limit, &travelled) : GRZ_OK;
    if (status == GRZ_OK) {
        grzi_limit_compare(limit, travelled);
        limit->count++;
    }
    grzi_limit_drop(limit);
    return status;
}

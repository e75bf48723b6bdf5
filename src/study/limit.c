/* Handle and test functions of a study of the limit. */
#include "study/limit.h"

#include "distribution/distribution.h"

#include <math.h>
#include <string.h>

int64_t grzi_limit_row_size(const grz_limit *limit)
{
    return GRZI_LIMIT_QUANTITIES + (GRZI_LIMIT_SERIES + limit->test_count) * limit->time_count;
}

double *grzi_limit_row(const grz_limit *limit, int64_t curve)
{
    return limit->rows + curve * grzi_limit_row_size(limit);
}

double *grzi_limit_series(const grz_limit *limit, int64_t curve, int series)
{
    return grzi_limit_row(limit, curve) + GRZI_LIMIT_QUANTITIES + (series - GRZ_LIMIT_SERIES_ENTROPY) * limit->time_count;
}

double *grzi_limit_means(const grz_limit *limit, int64_t curve, int test)
{
    return grzi_limit_row(limit, curve) + GRZI_LIMIT_QUANTITIES + (GRZI_LIMIT_SERIES + test) * limit->time_count;
}

static grz_status check_times(const grz_context *context, const char *function, int64_t count, const double *times)
{
    GRZI_TRY(grzi_check_range(context, function, "count", (double)count, 2, 1e6));
    GRZI_TRY(grzi_check_array_finite(context, function, "times", times, count));
    for (int64_t k = 1; k < count; k++)
        if (!(times[k] > times[k - 1]))
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: times[%lld] = %g does not come after %g", function, (long long)k,
                             times[k], times[k - 1]);
    return GRZ_OK;
}

grz_status grz_limit_create(grz_context *context, const grz_grid *grid, int64_t count, const double *times, grz_limit **out)
{
    static const char *const function = "grz_limit_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(check_times(context, function, count, times));
    grz_limit *limit = grzi_allocate_zeroed(context, 1, sizeof *limit);
    if (!limit) return GRZ_ERROR_OUT_OF_MEMORY;
    limit->context = grzi_context_retain(context);
    limit->grid = grzi_grid_retain(grid);
    limit->time_count = count;
    grzi_options_initialise(&grzi_flow_options, limit->flow_options);
    limit->times = grzi_allocate(context, count, sizeof(double));
    limit->snapshots = grzi_allocate(context, count * grzi_grid_count(grid), sizeof(double));
    grz_status status = limit->times && limit->snapshots ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status != GRZ_OK) {
        grz_limit_destroy(&limit);
        return status;
    }
    memcpy(limit->times, times, sizeof *times * (size_t)count);
    *out = limit;
    return GRZ_OK;
}

void grzi_limit_drop(grz_limit *limit)
{
    grz_ledger_destroy(&limit->ledger);
    grz_functional_destroy(&limit->square_root);
    grzi_deallocate(limit->context, limit->rate);
    limit->rate = NULL;
    grzi_operator_release(limit->op);
    limit->op = NULL;
    limit->open = 0;
    limit->recorded = 0;
}

void grz_limit_destroy(grz_limit **limit)
{
    if (!limit || !*limit) return;
    grz_context *context = (*limit)->context;
    grzi_limit_drop(*limit);
    for (int t = 0; t < (*limit)->test_count; t++) grzi_deallocate(context, (*limit)->tests[t].phi);
    grzi_deallocate(context, (*limit)->times);
    grzi_deallocate(context, (*limit)->snapshots);
    grzi_deallocate(context, (*limit)->rows);
    grzi_grid_release((*limit)->grid);
    grzi_deallocate(context, *limit);
    grzi_context_release(context);
    *limit = NULL;
}

/* ------------------------------------------------------------------------------------------------------------- test functions */

static grz_status evaluate_test(const grz_limit *limit, const char *function, grz_velocity_fn phi, void *user, double *values)
{
    const grz_grid *grid = limit->grid;
    int64_t count = grzi_grid_count(grid), n = grid->n;
    double *v = grzi_allocate(limit->context, 3 * n, sizeof *v);
    if (!v) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = GRZ_OK;
    for (int64_t first = 0; first < count && status == GRZ_OK; first += n) { /* one line of nodes */
        for (int64_t k = 0; k < n; k++) {
            v[3 * k] = grzi_grid_node(grid, 0, (int)(first / n / n));
            v[3 * k + 1] = grzi_grid_node(grid, 1, (int)(first / n % n));
            v[3 * k + 2] = grzi_grid_node(grid, 2, (int)k);
        }
        int answer = phi(n, v, values + first, user);
        if (answer)
            status = grzi_fail(limit->context, GRZ_ERROR_CALLBACK, "%s: phi returned %d at " GRZI_PLACE, function, answer,
                               GRZI_PLACE_OF(grid, first));
    }
    grzi_deallocate(limit->context, v);
    return status == GRZ_OK ? grzi_check_field_finite(limit->grid, function, "phi", values) : status;
}

static grz_status check_room(const grz_limit *limit, const char *function, int more)
{
    if (limit->rows) return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: a curve has begun", function);
    if (limit->test_count + more > GRZI_LIMIT_TESTS)
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %d test functions, at most %d", function,
                         limit->test_count + more, GRZI_LIMIT_TESTS);
    return GRZ_OK;
}

static grz_status add_test(grz_limit *limit, const char *function, grz_velocity_fn phi, void *user, double lipschitz, double curvature)
{
    double *values = grzi_allocate(limit->context, grzi_grid_count(limit->grid), sizeof *values);
    if (!values) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = evaluate_test(limit, function, phi, user, values);
    if (status == GRZ_OK)
        limit->tests[limit->test_count++] = (grzi_limit_test){values, {lipschitz, curvature}};
    else
        grzi_deallocate(limit->context, values);
    return status;
}

grz_status grz_limit_add_test(grz_limit *limit, grz_velocity_fn phi, void *user, double lipschitz, double curvature)
{
    static const char *const function = "grz_limit_add_test";
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    if (!phi) return grzi_fail(limit->context, GRZ_ERROR_NULL_ARGUMENT, "%s: phi is NULL", function);
    if (!(lipschitz > 0))
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: lipschitz = %g, must be > 0", function, lipschitz);
    if (!(curvature > 0))
        return grzi_fail(limit->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: curvature = %g, must be > 0", function, curvature);
    GRZI_TRY(check_room(limit, function, 1));
    return add_test(limit, function, phi, user, lipschitz, curvature);
}

/* cos(k.w), sin(k.w), or exp(-|w|^2/2) where k = 0; w = (v - centre)/scale. */
typedef struct smooth_test {
    const double *centre;
    double scale, k[3];
    int sine;
} smooth_test;

static int smooth(int64_t count, const double *v, double *phi, void *user)
{
    const smooth_test *t = user;
    for (int64_t i = 0; i < count; i++) {
        double phase = 0, square = 0;
        for (int a = 0; a < 3; a++) {
            double w = (v[3 * i + a] - t->centre[a]) / t->scale;
            phase += t->k[a] * w;
            square += w * w;
        }
        phi[i] = t->k[0] == 0 && t->k[1] == 0 && t->k[2] == 0 ? exp(-0.5 * square) : t->sine ? sin(phase) : cos(phase);
    }
    return 0;
}

grz_status grz_limit_add_smooth_tests(grz_limit *limit, double scale)
{
    static const char *const function = "grz_limit_add_smooth_tests";
    enum { TESTS = 9 };
    static const struct {
        double k[3];
        int sine;
    } list[TESTS] = {{{1, 0, 0}, 0}, {{0, 1, 0}, 0}, {{0, 0, 1}, 0},  {{1, 0, 0}, 1}, {{0, 1, 0}, 1},
                     {{0, 0, 1}, 1}, {{1, 1, 1}, 0}, {{1, -1, 0}, 1}, {{0, 0, 0}, 0}};
    if (!limit) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(limit->context, function, "scale", scale, 1 / GRZI_LARGEST_PARAMETER, GRZI_LARGEST_PARAMETER));
    GRZI_TRY(check_room(limit, function, TESTS));
    int before = limit->test_count;
    for (int t = 0; t < TESTS; t++) {
        const double *k = list[t].k;
        smooth_test test = {limit->grid->centre, scale, {k[0], k[1], k[2]}, list[t].sine};
        double square = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
        double lipschitz = square > 0 ? sqrt(square) : exp(-0.5),
               curvature = square > 0 ? square : 1; /* of the Gaussian at |w| = 1 and 0 */
        grz_status status = add_test(limit, function, smooth, &test, lipschitz / scale, curvature / scale / scale);
        if (status == GRZ_OK) continue;
        while (limit->test_count > before) grzi_deallocate(limit->context, limit->tests[--limit->test_count].phi);
        return status;
    }
    return GRZ_OK;
}

int32_t grz_limit_test_count(const grz_limit *limit)
{
    return limit ? limit->test_count : 0;
}

/* What a ledger records of a curve and measures (ledger.h). */
#include "flow/ledger.h"
#include "flow/flow.h"

#include "distribution/invariants.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double accuracy = 1e-8; /* of |f'|^2 */

static double *row(const grz_ledger *ledger, int64_t k)
{
    return ledger->rows + k * GRZI_LEDGER_ENTRIES;
}

static double *snapshot(const grz_ledger *ledger, int64_t k)
{
    return ledger->window + k % GRZI_LEDGER_WINDOW * grzi_grid_count(ledger->op->grid);
}

grz_status grz_ledger_create(grz_context *context, grz_operator *op, grz_ledger **out)
{
    static const char *const function = "grz_ledger_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONSAGER));
    grz_ledger *ledger = grzi_allocate_zeroed(context, 1, sizeof *ledger);
    if (!ledger) return GRZ_ERROR_OUT_OF_MEMORY;
    ledger->context = grzi_context_retain(context);
    ledger->op = grzi_operator_retain(op);
    int64_t count = grzi_grid_count(op->grid);
    ledger->window = grzi_allocate(context, (GRZI_LEDGER_WINDOW + 2) * count, sizeof(double));
    grz_status status = ledger->window ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        ledger->rate = ledger->window + GRZI_LEDGER_WINDOW * count;
        ledger->residual = ledger->rate + count;
        status = grz_functional_create_entropy(context, op->grid, &ledger->entropy);
    }
    if (status == GRZ_OK) status = grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &ledger->dissipation);
    if (status == GRZ_OK) status = grz_functional_create_fisher(context, op->grid, &ledger->fisher);
    if (status == GRZ_OK) status = grz_metric_create(context, op, &ledger->metric);
    if (status == GRZ_OK) status = grz_metric_set_option(ledger->metric, GRZ_METRIC_OPTION_MOMENT_TOLERANCE, 1); /* unreachable() judges */
    if (status != GRZ_OK)
        grz_ledger_destroy(&ledger);
    else
        *out = ledger;
    return status;
}

void grz_ledger_destroy(grz_ledger **ledger)
{
    if (!ledger || !*ledger) return;
    grz_context *context = (*ledger)->context;
    grz_functional_destroy(&(*ledger)->entropy);
    grz_functional_destroy(&(*ledger)->dissipation);
    grz_functional_destroy(&(*ledger)->fisher);
    grz_metric_destroy(&(*ledger)->metric);
    grzi_operator_release((*ledger)->op);
    grzi_deallocate(context, (*ledger)->window);
    grzi_deallocate(context, (*ledger)->rows);
    grzi_deallocate(context, *ledger);
    grzi_context_release(context);
    *ledger = NULL;
}

static grz_status make_room(grz_ledger *ledger)
{
    if (ledger->count < ledger->capacity) return GRZ_OK;
    int64_t capacity = ledger->capacity ? 2 * ledger->capacity : 64;
    double *rows = grzi_allocate(ledger->context, capacity * GRZI_LEDGER_ENTRIES, sizeof *rows);
    if (!rows) return GRZ_ERROR_OUT_OF_MEMORY;
    if (ledger->count) memcpy(rows, ledger->rows, sizeof *rows * (size_t)(ledger->count * GRZI_LEDGER_ENTRIES));
    grzi_deallocate(ledger->context, ledger->rows);
    ledger->rows = rows;
    ledger->capacity = capacity;
    return GRZ_OK;
}

/* All of a row that f alone determines. */
static grz_status fill(grz_ledger *ledger, double time, const double *f, double *r)
{
    const grz_grid *grid = ledger->op->grid;
    double rho, u[3], P[9], least = INFINITY;
    GRZI_TRY(grzi_moments(grid, "grz_ledger_record", f, &rho, u, NULL, P, NULL));
    r[GRZ_LEDGER_ENTRY_TIME] = time;
    r[GRZ_LEDGER_ENTRY_MASS] = rho;
    r[GRZ_LEDGER_ENTRY_ENERGY] = P[0] + P[4] + P[8];
    for (int a = 0; a < 3; a++) {
        r[GRZ_LEDGER_ENTRY_MOMENTUM_X + a] = rho * u[a];
        r[GRZ_LEDGER_ENTRY_ENERGY] += rho * u[a] * u[a];
    }
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) least = fmin(least, f[i]);
    r[GRZ_LEDGER_ENTRY_MINIMUM] = least;
    r[GRZ_LEDGER_ENTRY_SPEED] = NAN;
    GRZI_TRY(grz_functional_evaluate(ledger->entropy, f, &r[GRZ_LEDGER_ENTRY_ENTROPY]));
    GRZI_TRY(grz_functional_evaluate(ledger->fisher, f, &r[GRZ_LEDGER_ENTRY_FISHER]));
    return grz_functional_evaluate(ledger->dissipation, f, &r[GRZ_LEDGER_ENTRY_DISSIPATION]);
}

/* Whether a derivative changes mass, momentum or energy by more than 1e-8 of the sum of absolute values and by more than a relative change
 * of f at this rounding rate, which a curve near equilibrium consists of. */
static int unreachable(const grz_grid *grid, const double *f, const double *rate, double rounding)
{
    double sum[GRZI_INVARIANTS] = {0}, size[GRZI_INVARIANTS] = {0}, noise[GRZI_INVARIANTS] = {0};
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) {
        double chi[GRZI_INVARIANTS];
        grzi_invariants_about(grid, grid->centre, grid->half_width, i, chi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) {
            sum[m] += rate[i] * chi[m];
            size[m] += fabs(rate[i] * chi[m]);
            noise[m] += f[i] * fabs(chi[m]);
        }
    }
    for (int m = 0; m < GRZI_INVARIANTS; m++)
        if (fabs(sum[m]) > 1e-8 * size[m] + rounding * noise[m]) return 1;
    return 0;
}

/* |f'|^2 from f' = Q + r: with K phi = f', phi = -log f + K^{-1} r, it is D - 2 <log f, r> + |r|^2. Along a gradient flow r is small, and
 * |r|^2 wanted to few digits only. */
static grz_status measure(grz_ledger *ledger, const double *f, const double *rate, double rounding, double D, double *speed)
{
    const grz_grid *grid = ledger->op->grid;
    double *r = ledger->residual, unit = grzi_unit(f, grzi_grid_count(grid)), pairing = 0, square = 0, tolerance = 0.1;
    int is_flow = 1;
    GRZI_TRY(grz_operator_apply(ledger->op, f, r));
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) is_flow = is_flow && rate[i] == r[i];
    if (!is_flow && unreachable(grid, f, rate, rounding)) return *speed = INFINITY, GRZ_OK;
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) {
        r[i] = rate[i] - r[i];
        pairing += r[i] * log(f[i] / unit); /* r has no mass */
    }
    double regular = D - 2 * grzi_grid_cell(grid) * pairing;
    for (int pass = 0; pass < 2; pass++) {
        GRZI_TRY(grz_metric_set_option(ledger->metric, GRZ_METRIC_OPTION_TOLERANCE, tolerance));
        GRZI_TRY(grz_metric_derivative(ledger->metric, f, r, &square, NULL));
        if (tolerance * square <= accuracy * fabs(regular + square)) break;
        tolerance = fmax(accuracy * fabs(regular + square) / square, accuracy);
    }
    *speed = regular + square < 0 ? 0 : regular + square; /* at equilibrium the sum is rounding */
    return GRZ_OK;
}

/* |f'|^2 of row k by differences of the rows in the window. */
static grz_status measure_speed(grz_ledger *ledger, int64_t k)
{
    int64_t first = ledger->count > GRZI_LEDGER_WINDOW ? ledger->count - GRZI_LEDGER_WINDOW : 0;
    int width = (int)(ledger->count - first);
    double times[GRZI_LEDGER_WINDOW], weights[GRZI_LEDGER_WINDOW];
    for (int j = 0; j < width; j++) times[j] = row(ledger, first + j)[GRZ_LEDGER_ENTRY_TIME];
    grzi_difference_weights(width, times, (int)(k - first), weights);
    const double *at = snapshot(ledger, k);
    double rounding = 0;
    for (int j = 0; j < width; j++) rounding += 64 * DBL_EPSILON * fabs(weights[j]);
    for (int64_t i = 0; i < grzi_grid_count(ledger->op->grid); i++) {
        double sum = 0; /* of differences from row k: the weights add up to 0 */
        for (int j = 0; j < width; j++) sum += weights[j] * (snapshot(ledger, first + j)[i] - at[i]);
        ledger->rate[i] = sum;
    }
    double *r = row(ledger, k);
    return measure(ledger, at, ledger->rate, rounding, r[GRZ_LEDGER_ENTRY_DISSIPATION], &r[GRZ_LEDGER_ENTRY_SPEED]);
}

static grz_status measure_until(grz_ledger *ledger, int64_t end)
{
    for (; ledger->first_pending < end; ledger->first_pending++)
        if (isnan(row(ledger, ledger->first_pending)[GRZ_LEDGER_ENTRY_SPEED])) GRZI_TRY(measure_speed(ledger, ledger->first_pending));
    return GRZ_OK;
}

grz_status grz_ledger_record(grz_ledger *ledger, double time, const double *f, const double *rate)
{
    static const char *const function = "grz_ledger_record";
    if (!ledger) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_finite(ledger->context, function, "time", time));
    GRZI_TRY(grzi_operator_check_density(ledger->op, function, f));
    if (ledger->finished) return grzi_fail(ledger->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: the ledger is finished", function);
    if (ledger->count && !(time > row(ledger, ledger->count - 1)[GRZ_LEDGER_ENTRY_TIME]))
        return grzi_fail(ledger->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: time = %g does not come after %g", function, time,
                         row(ledger, ledger->count - 1)[GRZ_LEDGER_ENTRY_TIME]);
    GRZI_TRY(make_room(ledger));
    double *r = row(ledger, ledger->count);
    GRZI_TRY(fill(ledger, time, f, r));
    if (rate) {
        GRZI_TRY(grzi_check_field_finite(ledger->op->grid, function, "rate", rate));
        GRZI_TRY(measure(ledger, f, rate, 0, r[GRZ_LEDGER_ENTRY_DISSIPATION], &r[GRZ_LEDGER_ENTRY_SPEED]));
    }
    memcpy(snapshot(ledger, ledger->count), f, sizeof *f * (size_t)grzi_grid_count(ledger->op->grid));
    ledger->count++;
    /* rows whose window is centred, and the first two when it is full for the first time */
    return ledger->count >= GRZI_LEDGER_WINDOW ? measure_until(ledger, ledger->count - GRZI_LEDGER_WINDOW / 2) : GRZ_OK;
}

int grz_ledger_observe(double time, const double *f, void *user)
{
    grz_ledger *ledger = user;
    if (!ledger) return GRZ_ERROR_NULL_ARGUMENT;
    if (grzi_flow_shows_otherwise(f, ledger->op->grid))
        return (int)grzi_fail(ledger->context, GRZ_ERROR_MISMATCH, "grz_ledger_observe: the flow is on another grid than the ledger");
    return (int)grz_ledger_record(ledger, time, f, NULL);
}

grz_status grz_ledger_end(grz_ledger *ledger)
{
    static const char *const function = "grz_ledger_end";
    if (!ledger) return GRZ_ERROR_NULL_ARGUMENT;
    if (ledger->finished) return GRZ_OK;
    int64_t count = ledger->count, stride = GRZI_LEDGER_ENTRIES;
    if (count < 2)
        return grzi_fail(ledger->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %lld snapshots, must be 2 or more", function, (long long)count);
    GRZI_TRY(measure_until(ledger, count));
    double *rows = ledger->rows, *times = rows + GRZ_LEDGER_ENTRY_TIME;
    /* the columns of the defect and its error hold lower-order integrals on the way */
    grzi_running_integral(count, stride, times, rows + GRZ_LEDGER_ENTRY_DISSIPATION, 3, rows + GRZ_LEDGER_ENTRY_DEFECT);
    grzi_running_integral(count, stride, times, rows + GRZ_LEDGER_ENTRY_SPEED, 3, rows + GRZ_LEDGER_ENTRY_ERROR);
    grzi_running_integral(count, stride, times, rows + GRZ_LEDGER_ENTRY_DISSIPATION, 5, rows + GRZ_LEDGER_ENTRY_DISSIPATED);
    grzi_running_integral(count, stride, times, rows + GRZ_LEDGER_ENTRY_SPEED, 5, rows + GRZ_LEDGER_ENTRY_TRAVELLED);
    for (int64_t k = 0; k < count; k++) {
        double *r = row(ledger, k), half = 0.5 * (r[GRZ_LEDGER_ENTRY_DISSIPATED] + r[GRZ_LEDGER_ENTRY_TRAVELLED]);
        double lower = 0.5 * (r[GRZ_LEDGER_ENTRY_DEFECT] + r[GRZ_LEDGER_ENTRY_ERROR]), H = r[GRZ_LEDGER_ENTRY_ENTROPY],
               H_start = rows[GRZ_LEDGER_ENTRY_ENTROPY];
        r[GRZ_LEDGER_ENTRY_DEFECT] = (H - H_start) + half;
        r[GRZ_LEDGER_ENTRY_ERROR] = fabs(half - lower) + 1e-15 * (fabs(H) + fabs(H_start) + r[GRZ_LEDGER_ENTRY_MASS]);
    }
    ledger->finished = 1;
    return GRZ_OK;
}

int64_t grz_ledger_count(const grz_ledger *ledger)
{
    return ledger ? ledger->count : 0;
}

const grz_operator *grz_ledger_operator(const grz_ledger *ledger)
{
    return ledger ? ledger->op : NULL;
}

static grz_status check_finished(const grz_ledger *ledger, const char *function)
{
    return ledger->finished ? GRZ_OK : grzi_fail(ledger->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: the ledger is not finished", function);
}

grz_status grz_ledger_column(const grz_ledger *ledger, grz_ledger_entry entry, double *values)
{
    static const char *const function = "grz_ledger_column";
    if (!ledger) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(ledger->context, function, "entry", (int)entry, 0, GRZI_LEDGER_ENTRIES - 1));
    GRZI_TRY(grzi_check_pointer(ledger->context, function, "values", values));
    GRZI_TRY(check_finished(ledger, function));
    for (int64_t k = 0; k < ledger->count; k++) values[k] = row(ledger, k)[entry];
    return GRZ_OK;
}

grz_status grz_ledger_judge(const grz_ledger *ledger, double tolerance, grz_ledger_verdict *verdict, int64_t *where)
{
    static const char *const function = "grz_ledger_judge";
    if (!ledger) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(ledger->context, function, "tolerance", tolerance, 0, INFINITY));
    GRZI_TRY(grzi_check_pointer(ledger->context, function, "verdict", verdict));
    GRZI_TRY(check_finished(ledger, function));
    const double *start = row(ledger, 0), *end = row(ledger, ledger->count - 1);
    double spent = 0.5 * (end[GRZ_LEDGER_ENTRY_DISSIPATED] + end[GRZ_LEDGER_ENTRY_TRAVELLED]), energy = INFINITY;
    grz_ledger_verdict found = GRZ_LEDGER_VERDICT_GRADIENT_FLOW;
    int64_t k = 0;
    for (; k < ledger->count; k++) {
        const double *r = row(ledger, k);
        double slack = tolerance * (isfinite(spent) ? spent : 0) + r[GRZ_LEDGER_ENTRY_ERROR];
        energy = fmin(energy, r[GRZ_LEDGER_ENTRY_ENERGY]);
        if (isinf(r[GRZ_LEDGER_ENTRY_SPEED]))
            found = GRZ_LEDGER_VERDICT_UNREACHABLE;
        else if (fabs(r[GRZ_LEDGER_ENTRY_MASS] - start[GRZ_LEDGER_ENTRY_MASS]) > (tolerance + 1e-13) * start[GRZ_LEDGER_ENTRY_MASS])
            found = GRZ_LEDGER_VERDICT_MASS_CHANGES;
        else if (r[GRZ_LEDGER_ENTRY_ENERGY] > energy * (1 + tolerance + 1e-13))
            found = GRZ_LEDGER_VERDICT_ENERGY_GROWS;
        else if (!(r[GRZ_LEDGER_ENTRY_DEFECT] <= slack))
            found = GRZ_LEDGER_VERDICT_INEQUALITY_FAILS;
        if (found != GRZ_LEDGER_VERDICT_GRADIENT_FLOW) break;
    }
    *verdict = found;
    if (where) *where = found == GRZ_LEDGER_VERDICT_GRADIENT_FLOW ? -1 : k;
    return GRZ_OK;
}

/* Starting and running: from coarse to fine in time. */
#include "distance/descent.h"
#include "distance/geodesic.h"

#include <math.h>
#include <string.h>

static const double coarse_tolerance = 1e-2; /* of the residual before the last refinement: what a finer curve starts from is off by more */

int grzi_geodesic_size(int steps)
{
    int size = 0;
    for (int m = 2; m < steps; m *= 2) size++;
    return size;
}

static int final_steps(const grz_geodesic *geodesic)
{
    return 2 << (int)geodesic->options[GRZ_GEODESIC_OPTION_REFINEMENTS];
}

grz_status grzi_geodesic_check_run(const grz_geodesic *geodesic, const char *function)
{
    return geodesic->evaluated ? GRZ_OK
                               : grzi_fail(geodesic->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: the geodesic has not been run", function);
}

/* Whatever lies at level 0 and at the last one, these are the ends. */
static void set_ends(grz_geodesic *geodesic, grzi_curve *curve)
{
    const size_t bytes = sizeof(double) * (size_t)geodesic->count;
    memcpy(grzi_curve_level(curve, curve->f, 0), geodesic->ends, bytes);
    memcpy(grzi_curve_level(curve, curve->f, curve->steps), geodesic->ends + geodesic->count, bytes);
}

static void replace(grz_geodesic *geodesic, grzi_curve *curve)
{
    grzi_curve_destroy(&geodesic->curve);
    geodesic->curve = *curve;
    geodesic->evaluated = 0;
}

static void forget(grz_geodesic *geodesic)
{
    geodesic->residual = NAN;
    geodesic->iterations = geodesic->applications = 0;
    for (int size = 0; size < GRZI_GEODESIC_SIZES; size++) geodesic->distances[size] = NAN;
}

static grz_status straight(grz_geodesic *geodesic)
{
    grzi_curve curve;
    GRZI_TRY(grzi_curve_create(&geodesic->space.space, 2, &curve));
    set_ends(geodesic, &curve);
    for (int64_t i = 0; i < geodesic->count; i++)
        curve.f[geodesic->count + i] = 0.5 * geodesic->ends[i] + 0.5 * geodesic->ends[geodesic->count + i];
    replace(geodesic, &curve);
    return GRZ_OK;
}

grz_status grzi_geodesic_begin(grz_geodesic *geodesic)
{
    return geodesic->curve.steps > 0 ? GRZ_OK : straight(geodesic);
}

/* The path's density at time t by linear interpolation, corrected to the ends' moments. */
static int sample(const grz_geodesic *geodesic, int64_t count, const double *times, const double *path, double t, double *work, double *f)
{
    const int64_t nodes = geodesic->count;
    int64_t at = 0;
    while (at < count - 2 && times[at + 1] < t) at++;
    double share = (t - times[at]) / (times[at + 1] - times[at]);
    for (int64_t i = 0; i < nodes; i++) {
        double value = (1 - share) * path[at * nodes + i] + share * path[(at + 1) * nodes + i];
        f[i] = (1 - t) * geodesic->ends[i] + t * geodesic->ends[nodes + i];
        work[i] = value - f[i];
    }
    memcpy(work + nodes, f, sizeof *f * (size_t)nodes);
    grzi_space_admit(&geodesic->space.space, work + nodes, work);
    return grzi_space_retract(&geodesic->space.space, work + nodes, 1, work, f);
}

static grz_status check_path(const grz_geodesic *geodesic, const char *function, int64_t count, const double *times, const double *path)
{
    const grz_context *context = geodesic->context;
    GRZI_TRY(grzi_check_range(context, function, "count", (double)count, 3, 1e6));
    GRZI_TRY(grzi_check_array_finite(context, function, "times", times, count));
    if (count > PTRDIFF_MAX / (int64_t)sizeof(double) / geodesic->count)
        return grzi_fail(context, GRZ_ERROR_SIZE_OVERFLOW, "%s: count = %lld densities exceed the address space", function,
                         (long long)count);
    GRZI_TRY(grzi_check_array_positive(context, function, "path", path, count * geodesic->count));
    if (times[0] != 0 || times[count - 1] != 1)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: times go from %g to %g, must go from 0 to 1", function, times[0],
                         times[count - 1]);
    for (int64_t k = 1; k < count; k++)
        if (!(times[k] > times[k - 1]))
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: times[%lld] = %g is not above the one before", function,
                             (long long)k, times[k]);
    return GRZ_OK;
}

static grz_status take_path(grz_geodesic *geodesic, const char *function, int64_t count, const double *times, const double *path)
{
    const int64_t nodes = geodesic->count;
    grzi_curve curve;
    int steps = 2, positive = 1;
    while (steps < final_steps(geodesic) && 2 * steps < count) steps *= 2;
    double *work = grzi_allocate(geodesic->context, 2 * nodes, sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = grzi_operator_space_create(geodesic->op, geodesic->ends, 0, &geodesic->space);
    if (status == GRZ_OK) status = grzi_curve_create(&geodesic->space.space, steps, &curve);
    if (status == GRZ_OK) {
        set_ends(geodesic, &curve);
        for (int k = 1; k < steps && positive; k++)
            positive = sample(geodesic, count, times, path, (double)k / steps, work, grzi_curve_level(&curve, curve.f, k));
        if (positive)
            replace(geodesic, &curve);
        else
            grzi_curve_destroy(&curve);
    }
    grzi_operator_space_clear(&geodesic->space);
    grzi_deallocate(geodesic->context, work);
    if (status == GRZ_OK && !positive)
        return grzi_fail(geodesic->context, GRZ_ERROR_NOT_POSITIVE, "%s: path has other moments than the ends", function);
    return status;
}

grz_status grz_geodesic_start(grz_geodesic *geodesic, int64_t count, const double *times, const double *path)
{
    static const char *const function = "grz_geodesic_start";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    if (path) {
        GRZI_TRY(grzi_check_pointer(geodesic->context, function, "times", times));
        GRZI_TRY(check_path(geodesic, function, count, times, path));
        GRZI_TRY(take_path(geodesic, function, count, times, path));
    } else {
        GRZI_TRY(straight(geodesic));
    }
    forget(geodesic);
    return GRZ_OK;
}

/* ---------------------------------------------------------------------------------------------------------------- running */

static grz_status report(void *user, double residual)
{
    const grz_geodesic *geodesic = user;
    const double goal = log(geodesic->options[GRZ_GEODESIC_OPTION_TOLERANCE]);
    const int size = grzi_geodesic_size(geodesic->curve.steps), last = grzi_geodesic_size(final_steps(geodesic));
    const double part = residual > 0 && residual < 1 && goal < 0 ? fmin(1, log(residual) / goal) : 0;
    return grzi_report_progress(geodesic->context, "geodesic", fmin(1, (size + part) / (last + 1.0)));
}

/* At the steps that the curve has. */
static grz_status descend(grz_geodesic *geodesic, const char *function, int *converged)
{
    grzi_curve *curve = &geodesic->curve;
    const double tolerance = geodesic->options[GRZ_GEODESIC_OPTION_TOLERANCE];
    const int last = curve->steps >= final_steps(geodesic);
    grzi_descent descent = {.tolerance = last ? tolerance : fmax(tolerance, coarse_tolerance),
                            .cap = (int)geodesic->options[GRZ_GEODESIC_OPTION_ITERATION_CAP],
                            .report = report,
                            .user = geodesic};
    curve->cap = (int64_t)geodesic->options[GRZ_GEODESIC_OPTION_GRADIENT_CAP];
    curve->applications = 0;
    GRZI_TRY(grzi_operator_space_create(geodesic->op, geodesic->ends, curve->steps, &geodesic->space));
    geodesic->evaluated = 0;
    grz_status status = grzi_descend(curve, &descent);
    grzi_operator_space_clear(&geodesic->space);
    geodesic->iterations += descent.iterations;
    geodesic->applications += curve->applications;
    if (status != GRZ_OK) return status;
    geodesic->evaluated = 1;
    geodesic->residual = descent.residual;
    geodesic->distances[grzi_geodesic_size(curve->steps)] = sqrt(fmax(0, curve->energy));
    *converged = descent.converged;
    if (!last || descent.converged) return GRZ_OK;
    return grzi_fail(geodesic->context, GRZ_ERROR_NOT_CONVERGED, "%s: residual %.3g after %d iterations with %d steps, asked for %.3g",
                     function, descent.residual, descent.iterations, curve->steps, tolerance);
}

static grz_status refine(grz_geodesic *geodesic, const char *function)
{
    grzi_curve fine;
    GRZI_TRY(grzi_operator_space_create(geodesic->op, geodesic->ends, 0, &geodesic->space));
    grz_status status = grzi_curve_create(&geodesic->space.space, 2 * geodesic->curve.steps, &fine);
    if (status == GRZ_OK && !grzi_curve_refine(&geodesic->curve, &fine)) {
        grzi_curve_destroy(&fine);
        status = grzi_fail(geodesic->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: a density between two levels is not positive", function);
    }
    grzi_operator_space_clear(&geodesic->space);
    if (status != GRZ_OK) return status;
    set_ends(geodesic, &fine);
    replace(geodesic, &fine);
    return GRZ_OK;
}

/* From a density to itself: nothing moves, and there is no rounding to be minimised. */
static grz_status stay(grz_geodesic *geodesic)
{
    grzi_curve curve;
    GRZI_TRY(grzi_curve_create(&geodesic->space.space, final_steps(geodesic), &curve));
    for (int k = 0; k <= curve.steps; k++)
        memcpy(grzi_curve_level(&curve, curve.f, k), geodesic->ends, sizeof(double) * (size_t)geodesic->count);
    memcpy(curve.middle, curve.f, sizeof(double) * (size_t)(curve.steps * geodesic->count));
    replace(geodesic, &curve);
    geodesic->evaluated = 1;
    geodesic->residual = 0;
    for (int size = 0; size <= grzi_geodesic_size(curve.steps); size++) geodesic->distances[size] = 0;
    return GRZ_OK;
}

static int ends_are_one(const grz_geodesic *geodesic)
{
    return memcmp(geodesic->ends, geodesic->ends + geodesic->count, sizeof(double) * (size_t)geodesic->count) == 0;
}

grz_status grz_geodesic_run(grz_geodesic *geodesic)
{
    static const char *const function = "grz_geodesic_run";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    if (geodesic->unreachable != GRZ_MOMENT_NONE) return GRZ_OK;
    if (ends_are_one(geodesic)) return stay(geodesic);
    GRZI_TRY(grzi_geodesic_begin(geodesic));
    for (;;) {
        int converged = 0;
        GRZI_TRY(descend(geodesic, function, &converged));
        if (geodesic->curve.steps >= final_steps(geodesic)) return GRZ_OK;
        GRZI_TRY(refine(geodesic, function));
    }
}

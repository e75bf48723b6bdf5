/* What a geodesic is asked; saved and taken up again. */
#include "distance/geodesic.h"

#include <math.h>
#include <string.h>

static double distance_of(const grz_geodesic *geodesic, int coarser)
{
    int size = grzi_geodesic_size(geodesic->curve.steps) - coarser;
    return size >= 0 ? geodesic->distances[size] : NAN;
}

static double speed_variation(const grz_geodesic *geodesic)
{
    double least = INFINITY, most = 0;
    for (int k = 0; k < geodesic->curve.steps; k++) {
        double speed = sqrt(fmax(0, geodesic->curve.square[k]));
        least = fmin(least, speed);
        most = fmax(most, speed);
    }
    return least > 0 ? most / least - 1 : 0;
}

static double number(const grz_geodesic *geodesic, grz_geodesic_number which)
{
    const double difference = distance_of(geodesic, 0) - distance_of(geodesic, 1);
    switch (which) {
    case GRZ_GEODESIC_NUMBER_DISTANCE:
        return distance_of(geodesic, 0);
    case GRZ_GEODESIC_NUMBER_EXTRAPOLATED:
        return distance_of(geodesic, 0) + difference / 3;
    case GRZ_GEODESIC_NUMBER_ERROR:
        return fabs(difference) / 3;
    case GRZ_GEODESIC_NUMBER_RESIDUAL:
        return geodesic->residual;
    case GRZ_GEODESIC_NUMBER_SPEED_VARIATION:
        return speed_variation(geodesic);
    case GRZ_GEODESIC_NUMBER_STEPS:
        return geodesic->curve.steps;
    case GRZ_GEODESIC_NUMBER_ITERATIONS:
        return (double)geodesic->iterations;
    case GRZ_GEODESIC_NUMBER_APPLICATIONS:
        return (double)geodesic->applications;
    case GRZ_GEODESIC_NUMBER_PROJECTED:
        return geodesic->projected;
    }
    return NAN;
}

grz_status grz_geodesic_number_value(const grz_geodesic *geodesic, grz_geodesic_number which, double *value)
{
    static const char *const function = "grz_geodesic_number_value";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(
        grzi_check_range(geodesic->context, function, "number", (int)which, GRZ_GEODESIC_NUMBER_DISTANCE, GRZ_GEODESIC_NUMBER_PROJECTED));
    GRZI_TRY(grzi_check_pointer(geodesic->context, function, "value", value));
    if (geodesic->unreachable != GRZ_MOMENT_NONE) {
        int is_distance = which == GRZ_GEODESIC_NUMBER_DISTANCE || which == GRZ_GEODESIC_NUMBER_EXTRAPOLATED;
        *value = is_distance ? INFINITY : 0;
        return GRZ_OK;
    }
    if (which != GRZ_GEODESIC_NUMBER_PROJECTED) GRZI_TRY(grzi_geodesic_check_run(geodesic, function));
    *value = number(geodesic, which);
    return GRZ_OK;
}

int32_t grz_geodesic_steps(const grz_geodesic *geodesic)
{
    return geodesic ? geodesic->curve.steps : 0;
}

grz_status grz_geodesic_level(const grz_geodesic *geodesic, int32_t level, double *f, double *rate)
{
    static const char *const function = "grz_geodesic_level";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_geodesic_check_run(geodesic, function));
    GRZI_TRY(grzi_check_range(geodesic->context, function, "level", level, 0, geodesic->curve.steps));
    double *work = grzi_allocate(geodesic->context, 2 * geodesic->count, sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    grzi_curve_at(&geodesic->curve, (double)level / geodesic->curve.steps, work, work + geodesic->count);
    const size_t bytes = sizeof *f * (size_t)geodesic->count;
    if (f) memcpy(f, grzi_curve_level(&geodesic->curve, geodesic->curve.f, level), bytes);
    if (rate) memcpy(rate, work + geodesic->count, bytes);
    grzi_deallocate(geodesic->context, work);
    return GRZ_OK;
}

grz_status grz_geodesic_step(const grz_geodesic *geodesic, int32_t step, double *middle, double *phi, double *speed)
{
    static const char *const function = "grz_geodesic_step";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_geodesic_check_run(geodesic, function));
    const grzi_curve *curve = &geodesic->curve;
    GRZI_TRY(grzi_check_range(geodesic->context, function, "step", step, 0, curve->steps - 1));
    const size_t bytes = sizeof *phi * (size_t)geodesic->count;
    if (middle) memcpy(middle, grzi_curve_level(curve, curve->middle, step), bytes);
    if (phi) memcpy(phi, grzi_curve_level(curve, curve->phi, step), bytes);
    if (speed) *speed = sqrt(fmax(0, curve->square[step]));
    return GRZ_OK;
}

/* ------------------------------------------------------------------------------------------------------------------ state */

/* A saved state: this head, then the levels and the potentials. */
enum { MARK, NODES, STEPS, HEAD };
static const double mark = 7106047.0;

int64_t grz_geodesic_state_size(const grz_geodesic *geodesic)
{
    return geodesic ? HEAD + (2 * (int64_t)geodesic->curve.steps + 1) * geodesic->count : 0;
}

grz_status grz_geodesic_save(const grz_geodesic *geodesic, double *state)
{
    static const char *const function = "grz_geodesic_save";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(geodesic->context, function, "state", state));
    if (geodesic->curve.steps == 0)
        return grzi_fail(geodesic->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: the geodesic has not been started", function);
    const grzi_curve *curve = &geodesic->curve;
    const int64_t levels = (curve->steps + 1) * geodesic->count, potentials = curve->steps * geodesic->count;
    state[MARK] = mark;
    state[NODES] = geodesic->op->grid->n;
    state[STEPS] = curve->steps;
    memcpy(state + HEAD, curve->f, sizeof *state * (size_t)levels);
    memcpy(state + HEAD + levels, curve->phi, sizeof *state * (size_t)potentials);
    return GRZ_OK;
}

static int is_size(double steps)
{
    for (int m = 2; m <= 2 << (GRZI_GEODESIC_SIZES - 2); m *= 2)
        if (steps == m) return 1;
    return 0;
}

grz_status grz_geodesic_restore(grz_geodesic *geodesic, int64_t size, const double *state)
{
    static const char *const function = "grz_geodesic_restore";
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    const grz_context *context = geodesic->context;
    GRZI_TRY(grzi_check_pointer(context, function, "state", state));
    if (size < HEAD || state[MARK] != mark || !is_size(state[STEPS]))
        return grzi_fail(context, GRZ_ERROR_FORMAT, "%s: state is not a saved state", function);
    if (state[NODES] != geodesic->op->grid->n)
        return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: state has n = %g, geodesic n = %d", function, state[NODES],
                         geodesic->op->grid->n);
    const int steps = (int)state[STEPS];
    const int64_t count = geodesic->count, levels = (steps + 1) * count;
    if (size != HEAD + levels + steps * count)
        return grzi_fail(context, GRZ_ERROR_FORMAT, "%s: size = %lld, the state has %lld doubles", function, (long long)size,
                         (long long)(HEAD + levels + steps * count));
    const size_t bytes = sizeof *state * (size_t)count;
    GRZI_TRY(grzi_check_array_positive(context, function, "state", state + HEAD, levels));
    GRZI_TRY(grzi_check_array_finite(context, function, "state", state + HEAD + levels, steps * count));
    if (memcmp(state + HEAD, geodesic->ends, bytes) != 0 || memcmp(state + HEAD + steps * count, geodesic->ends + count, bytes) != 0)
        return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: state is of other ends", function);
    grzi_curve curve;
    GRZI_TRY(grzi_curve_create(&geodesic->space.space, steps, &curve));
    memcpy(curve.f, state + HEAD, sizeof *state * (size_t)levels);
    memcpy(curve.phi, state + HEAD + levels, bytes * (size_t)steps);
    grzi_curve_destroy(&geodesic->curve);
    geodesic->curve = curve;
    geodesic->evaluated = 0;
    geodesic->iterations = geodesic->applications = 0;
    geodesic->residual = NAN;
    for (int size = 0; size < GRZI_GEODESIC_SIZES; size++) geodesic->distances[size] = NAN;
    return GRZ_OK;
}

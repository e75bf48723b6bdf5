#include "distance/curve.h"

#include "solve/conjugate_gradients.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

grz_status grzi_curve_create(const grzi_space *space, int steps, grzi_curve *curve)
{
    const int64_t count = space->count;
    *curve = (grzi_curve){.space = space, .steps = steps, .cap = 1000};
    curve->f = grzi_allocate_zeroed(space->context, (4 * (int64_t)steps + 1) * count + steps, sizeof(double));
    if (!curve->f) return GRZ_ERROR_OUT_OF_MEMORY;
    curve->middle = curve->f + (steps + 1) * count;
    curve->phi = curve->middle + steps * count;
    curve->G = curve->phi + steps * count;
    curve->square = curve->G + steps * count;
    return GRZ_OK;
}

void grzi_curve_destroy(grzi_curve *curve)
{
    if (curve->space) grzi_deallocate(curve->space->context, curve->f);
    *curve = (grzi_curve){0};
}

grz_status grzi_curve_onsager(grzi_curve *curve, int k, const double *x, double *out)
{
    curve->applications++;
    return curve->space->onsager(curve->space->user, grzi_curve_level(curve, curve->middle, k), x, out);
}

typedef struct step_system {
    grzi_curve *curve;
    int k;
} step_system;

static grz_status apply(void *user, const double *x, double *out)
{
    const step_system *s = user;
    return grzi_curve_onsager(s->curve, s->k, x, out);
}

static void precondition(void *user, const double *r, double *z)
{
    const step_system *s = user;
    s->curve->space->precondition(s->curve->space->user, s->k, r, z);
}

static grz_status report(void *user, double error)
{
    (void)error;
    const grz_context *context = ((const step_system *)user)->curve->space->context;
    return grzi_is_cancelled(context) ? grzi_fail(context, GRZ_ERROR_CANCELLED, "geodesic: cancelled") : GRZ_OK;
}

/* phi_k by correcting what it is. The value <g, phi>/tau + <rest, phi> is that of the quadratic form, to second order in the error. */
static grz_status solve_step(grzi_curve *curve, int k, double accuracy, double *work)
{
    const grzi_space *space = curve->space;
    const int64_t count = space->count;
    const double *from = grzi_curve_level(curve, curve->f, k), *to = from + count;
    double *middle = grzi_curve_level(curve, curve->middle, k), *phi = grzi_curve_level(curve, curve->phi, k);
    double *g = work, *rest = work + count, *x = work + 2 * count;
    for (int64_t i = 0; i < count; i++) {
        middle[i] = 0.5 * (from[i] + to[i]);
        g[i] = curve->steps * (to[i] - from[i]);
    }
    grzi_space_admit(space, middle, g);
    GRZI_TRY(space->prepare(space->user, k, middle));
    GRZI_TRY(grzi_curve_onsager(curve, k, phi, rest));
    for (int64_t i = 0; i < count; i++) rest[i] = g[i] - rest[i];
    grzi_space_admit(space, middle, rest);
    step_system of = {curve, k};
    const grzi_symmetric_system system = {count, apply, precondition, report, &of, accuracy * accuracy / space->cell};
    grzi_solution solution;
    GRZI_TRY(
        grzi_solve_symmetric(&system, accuracy > 0 ? 1e-15 : GRZI_CURVE_COARSE, (int)curve->cap, rest, x, work + 3 * count, &solution));
    if (!solution.converged && solution.iterations >= curve->cap)
        return grzi_fail(
            space->context, GRZ_ERROR_NOT_CONVERGED,
            "geodesic: K phi = f' between the levels %d and %d is not solved by %d conjugate gradient steps: a density may fall "
            "off too steeply for the grid",
            k, k + 1, solution.iterations);
    for (int64_t i = 0; i < count; i++) phi[i] += x[i];
    curve->square[k] = grzi_space_product(space, g, phi) + grzi_space_product(space, rest, phi);
    if (!isfinite(curve->square[k]))
        return grzi_fail(space->context, GRZ_ERROR_NOT_REPRESENTABLE, "geodesic: the speed between the levels %d and %d overflows", k,
                         k + 1);
    grzi_space_normalise(space, middle, phi);
    curve->applications++;
    return space->variation(space->user, middle, phi, grzi_curve_level(curve, curve->G, k));
}

grz_status grzi_curve_evaluate(grzi_curve *curve, double accuracy, double *work)
{
    curve->energy = 0;
    for (int k = 0; k < curve->steps; k++) {
        GRZI_TRY(solve_step(curve, k, accuracy, work));
        curve->energy += curve->square[k] / curve->steps;
    }
    return GRZ_OK;
}

void grzi_curve_gradient(const grzi_curve *curve, double *gradient)
{
    const int64_t count = curve->space->count;
    const double half = 0.5 / curve->steps;
    for (int k = 1; k <= curve->steps; k++) {
        const double *before = grzi_curve_level(curve, curve->phi, k - 1), *G_before = grzi_curve_level(curve, curve->G, k - 1);
        double *r = grzi_curve_level(curve, gradient, k - 1);
        if (k < curve->steps)
            for (int64_t i = 0; i < count; i++) r[i] = before[i] - before[count + i] - half * (G_before[i] + G_before[count + i]);
        else
            for (int64_t i = 0; i < count; i++) r[i] = before[i] - half * G_before[i];
        grzi_space_normalise(curve->space, grzi_curve_level(curve, curve->f, k), r);
    }
}

grz_status grzi_curve_residual(grzi_curve *curve, const double *gradient, double *residual, double *size, double *work)
{
    const grzi_space *space = curve->space;
    const int64_t count = space->count;
    double left = 0, turned = 0, *K_x = work, *turn = work + count;
    for (int k = 1; k < curve->steps; k++) {
        const double *r = grzi_curve_level(curve, gradient, k - 1), *G = grzi_curve_level(curve, curve->G, k - 1);
        GRZI_TRY(grzi_curve_onsager(curve, k, r, K_x));
        left += fmax(0, grzi_space_product(space, r, K_x));
        for (int64_t i = 0; i < count; i++) turn[i] = 0.5 / curve->steps * (G[i] + G[count + i]);
        GRZI_TRY(grzi_curve_onsager(curve, k, turn, K_x));
        turned += fmax(0, grzi_space_product(space, turn, K_x));
    }
    *size = sqrt(turned);
    *residual = left > 0 && turned > 0 ? sqrt(left / turned) : left > 0 ? INFINITY : 0;
    return GRZ_OK;
}

/* Source of the recursion: J. Nocedal, S. Wright, Numerical Optimization, algorithm 7.4. */
#include "distance/descent.h"

#include "solve/conjugate_gradients.h"
#include "solve/deflated_gradients.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

enum { WINDOW = 6, HALVINGS = 8, FIELDS = 8 + GRZI_CURVE_WORK };

static const double inner_tolerance = 1e-3; /* of <b, x> in the initial metric's solution */
static const double forcing = 0.01;         /* accuracy of phi over the length of the step before */
static const double stale = 0.2;            /* accuracy over the length of the next step from which on phi is found anew */
static const double share = 0.2;            /* of the tolerated residual that may be phi's inaccuracy */

/* Of a step: the change of f at the levels 1..m, of phi, of the gradient. */
typedef struct pair {
    double *f, *phi, *gradient;
    double product; /* <change of f, change of the gradient> */
} pair;

typedef struct descent {
    grzi_descent *of;
    grzi_curve *curve, trial;
    int free_levels; /* m - 1, or m with a free end */
    int64_t length;  /* doubles of m fields */
    double *gradient, *before, *work;
    pair step, pairs[WINDOW];
    int kept;
    double accuracy, size; /* of phi; of phi' in the norm of the residual */
    double *memory;
} descent;

static grz_status create(grzi_curve *curve, grzi_descent *of, descent *d)
{
    const grzi_space *space = curve->space;
    *d = (descent){.of = of, .curve = curve, .free_levels = curve->steps - (of->horizon > 0 ? 0 : 1)};
    d->length = curve->steps * space->count;
    GRZI_TRY(grzi_curve_create(space, curve->steps, &d->trial));
    d->memory = grzi_allocate_zeroed(space->context, (3 * (WINDOW + 1) + 1) * d->length + FIELDS * space->count, sizeof(double));
    if (!d->memory) {
        grzi_curve_destroy(&d->trial);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    double *next = d->memory;
    for (int p = 0; p <= WINDOW; p++) {
        pair *of_p = p < WINDOW ? &d->pairs[p] : &d->step;
        of_p->f = next, next += d->length;
        of_p->phi = next, next += d->length;
        of_p->gradient = next, next += d->length;
    }
    d->gradient = d->step.gradient;
    d->before = next;
    d->work = next + d->length;
    d->trial.cap = curve->cap;
    return GRZ_OK;
}

static void destroy(descent *d)
{
    grzi_deallocate(d->curve->space->context, d->memory);
    grzi_curve_destroy(&d->trial);
}

/* Over the free levels. */
static double product(const descent *d, const double *a, const double *b)
{
    double sum = 0;
    const int64_t count = d->curve->space->count;
    for (int k = 0; k < d->free_levels; k++) sum += grzi_space_product(d->curve->space, a + k * count, b + k * count);
    return sum;
}

static double objective(const descent *d, const grzi_curve *curve)
{
    double H = 0;
    const double *f = grzi_curve_level(curve, curve->f, curve->steps);
    if (d->of->horizon > 0)
        for (int64_t i = 0; i < curve->space->count; i++) H += f[i] * log(f[i]);
    return 0.5 * curve->energy + d->of->horizon * curve->space->cell * H;
}

static void fill_gradient(const descent *d, const grzi_curve *curve, double *gradient)
{
    grzi_curve_gradient(curve, gradient);
    if (!(d->of->horizon > 0)) return;
    const double *f = grzi_curve_level(curve, curve->f, curve->steps);
    double *r = grzi_curve_level(curve, gradient, curve->steps - 1);
    for (int64_t i = 0; i < curve->space->count; i++) r[i] += d->of->horizon * log(f[i]);
    grzi_space_normalise(curve->space, f, r);
}

/* ------------------------------------------------------------------------------------------------- the initial metric */

/* sum tau K_k x */
static grz_status apply_all(void *user, const double *x, double *out)
{
    descent *d = user;
    const int64_t count = d->curve->space->count;
    double *one = d->work + 7 * count;
    memset(out, 0, sizeof *out * (size_t)count);
    for (int k = 0; k < d->curve->steps; k++) {
        GRZI_TRY(grzi_curve_onsager(d->curve, k, x, one));
        for (int64_t i = 0; i < count; i++) out[i] += one[i] / d->curve->steps;
    }
    return GRZ_OK;
}

static void precondition_all(void *user, const double *r, double *z)
{
    const grzi_space *space = ((const descent *)user)->curve->space;
    space->precondition(space->user, ((const descent *)user)->curve->steps, r, z);
}

static grz_status go_on(void *user, double error)
{
    (void)error;
    const grz_context *context = ((const descent *)user)->curve->space->context;
    return grzi_is_cancelled(context) ? grzi_fail(context, GRZ_ERROR_CANCELLED, "geodesic: cancelled") : GRZ_OK;
}

/* sum tau K_k x = b. Fields of work: 0 b, 1 x, 2 to 4 the solver's, 7 apply_all's. */
static grz_status solve_fixed(descent *d)
{
    const grzi_space *space = d->curve->space;
    const int64_t count = space->count;
    double *b = d->work, *mean = d->work + 2 * count;
    memset(mean, 0, sizeof *mean * (size_t)count);
    for (int k = 0; k < d->curve->steps; k++)
        for (int64_t i = 0; i < count; i++) mean[i] += d->curve->middle[k * count + i] / d->curve->steps;
    grzi_space_admit(space, mean, b);
    GRZI_TRY(space->prepare(space->user, d->curve->steps, mean));
    const grzi_symmetric_system system = {count, apply_all, precondition_all, go_on, d, 0};
    grzi_solution solution;
    return grzi_solve_symmetric(&system, inner_tolerance, (int)d->curve->cap, b, d->work + count, d->work + 2 * count, &solution);
}

/* (f_m/T + sum tau K_k) x = b, as above; 5 the shift, 6 the diagonal. */
static grz_status solve_free(descent *d)
{
    const grzi_space *space = d->curve->space;
    const int64_t count = space->count;
    const double *f = grzi_curve_level(d->curve, d->curve->f, d->curve->steps);
    double *b = d->work, *shift = d->work + 5 * count, *diagonal = d->work + 6 * count, *one = d->work + 7 * count, size = 0;
    memset(diagonal, 0, sizeof *diagonal * (size_t)count);
    for (int k = 0; k < d->curve->steps; k++) {
        GRZI_TRY(space->diagonal(space->user, grzi_curve_level(d->curve, d->curve->middle, k), one));
        for (int64_t i = 0; i < count; i++) diagonal[i] += one[i] / d->curve->steps;
    }
    for (int64_t i = 0; i < count; i++) shift[i] = f[i] / d->of->horizon;
    for (int64_t i = 0; i < count; i++) size += b[i] * b[i] / (shift[i] + diagonal[i]);
    grzi_gradients system = {.apply = apply_all,
                             .user = d,
                             .shift = shift,
                             .diagonal = diagonal,
                             .null = space->null,
                             .nulls = space->nulls,
                             .scale = 1,
                             .tolerance = sqrt(inner_tolerance * size),
                             .count = count,
                             .cap = d->curve->cap};
    return grzi_conjugate_gradients(&system, b, d->work + count, d->work + 2 * count, d->work + 8 * count);
}

/* q -> H^{-1} q for the Hessian H with the K_k held fixed: phi_{k-1} - phi_k = q_k, phi_k = x + c_k, f_{k+1} = f_k + tau K_k phi_k, and at
 * the end f_m = 0 or phi_{m-1} + (T/f_m) f_m' = q_m. q and step.f may be the same. */
static grz_status apply_metric(descent *d, const double *q)
{
    grzi_curve *curve = d->curve;
    const int64_t count = curve->space->count;
    const int m = curve->steps, is_free = d->of->horizon > 0;
    double *c = d->step.phi, *b = d->work, *x = d->work + count, *one = d->work + 7 * count;
    memset(c, 0, sizeof *c * (size_t)count);
    memset(b, 0, sizeof *b * (size_t)count);
    for (int k = 1; k < m; k++) {
        for (int64_t i = 0; i < count; i++) c[k * count + i] = c[(k - 1) * count + i] - q[(k - 1) * count + i];
        GRZI_TRY(grzi_curve_onsager(curve, k, c + k * count, one));
        for (int64_t i = 0; i < count; i++) b[i] -= one[i] / m;
    }
    if (is_free) {
        const double *f = grzi_curve_level(curve, curve->f, m), *last = c + (m - 1) * count, *at_end = q + (m - 1) * count;
        for (int64_t i = 0; i < count; i++) b[i] += f[i] / d->of->horizon * (at_end[i] - last[i]);
    }
    GRZI_TRY(is_free ? solve_free(d) : solve_fixed(d));
    for (int k = 0; k < m; k++) {
        double *phi = c + k * count, *f = d->step.f + k * count;
        for (int64_t i = 0; i < count; i++) phi[i] += x[i];
        GRZI_TRY(grzi_curve_onsager(curve, k, phi, one));
        for (int64_t i = 0; i < count; i++) f[i] = (k > 0 ? f[i - count] : 0) + one[i] / m;
    }
    /* what the solution has left of f_m = 0 */
    const double *end = d->step.f + (m - 1) * count;
    for (int k = 0; k < m - 1 && !is_free; k++)
        for (int64_t i = 0; i < count; i++) d->step.f[k * count + i] -= (k + 1.0) / m * end[i];
    return GRZ_OK;
}

/* ---------------------------------------------------------------------------------------------------------------- steps */

static void add(int64_t count, double factor, const double *x, double *y)
{
    for (int64_t i = 0; i < count; i++) y[i] += factor * x[i];
}

/* The direction into step.f and step.phi; *slope: the objective's along it. */
static grz_status direct(descent *d, double *slope)
{
    double weight[WINDOW];
    double *q = d->before;
    memcpy(q, d->gradient, sizeof *q * (size_t)d->length);
    for (int p = 0; p < d->kept; p++) {
        weight[p] = product(d, d->pairs[p].f, q) / d->pairs[p].product;
        add(d->length, -weight[p], d->pairs[p].gradient, q);
    }
    GRZI_TRY(apply_metric(d, q));
    for (int p = d->kept - 1; p >= 0; p--) {
        double back = weight[p] - product(d, d->pairs[p].gradient, d->step.f) / d->pairs[p].product;
        add(d->length, back, d->pairs[p].f, d->step.f);
        add(d->length, back, d->pairs[p].phi, d->step.phi);
    }
    for (int64_t i = 0; i < d->length; i++) d->step.f[i] = -d->step.f[i], d->step.phi[i] = -d->step.phi[i];
    *slope = product(d, d->gradient, d->step.f);
    return GRZ_OK;
}

/* The curve after t times the direction into trial; 0 when it is no curve of positive densities. */
static int move(descent *d, double t)
{
    const grzi_curve *curve = d->curve;
    const int64_t count = curve->space->count;
    memcpy(d->trial.f, curve->f, sizeof *curve->f * (size_t)(d->length + count));
    memcpy(d->trial.phi, curve->phi, sizeof *curve->phi * (size_t)d->length);
    add(d->length, t, d->step.phi, d->trial.phi);
    for (int k = 1; k <= d->free_levels; k++)
        if (!grzi_space_retract(curve->space, grzi_curve_level(curve, curve->f, k), t, d->step.f + (k - 1) * count,
                                grzi_curve_level(&d->trial, d->trial.f, k)))
            return 0;
    return 1;
}

/* trial becomes the curve, the way there the newest pair, if the objective is convex along it. */
static void accept(descent *d)
{
    grzi_curve *curve = d->curve, old = *curve;
    pair newest = d->pairs[WINDOW - 1];
    memcpy(d->before, d->gradient, sizeof *d->before * (size_t)d->length);
    fill_gradient(d, &d->trial, d->gradient);
    for (int64_t i = 0; i < d->length; i++) {
        newest.f[i] = d->trial.f[curve->space->count + i] - curve->f[curve->space->count + i];
        newest.phi[i] = d->trial.phi[i] - curve->phi[i];
        newest.gradient[i] = d->gradient[i] - d->before[i];
    }
    newest.product = product(d, newest.f, newest.gradient);
    d->trial.applications += curve->applications;
    *curve = d->trial;
    d->trial = old;
    d->trial.applications = 0;
    if (!(newest.product > 0)) return;
    memmove(d->pairs + 1, d->pairs, sizeof d->pairs[0] * (WINDOW - 1));
    d->pairs[0] = newest;
    d->kept = d->kept < WINDOW ? d->kept + 1 : WINDOW;
}

/* What phi's accuracy is to be for a step of this length. */
static double wanted_accuracy(const descent *d, double length)
{
    return fmax(forcing * length, share * d->of->tolerance * d->size / sqrt(2.0 * d->curve->steps));
}

/* The energy is found too small by the square of phi's error: where descent has been faster than foreseen, that hides the next step. */
static grz_status refresh(descent *d, double *slope)
{
    const double length = sqrt(fabs(*slope));
    if (!(d->accuracy > stale * length) || !(wanted_accuracy(d, length) < d->accuracy)) return GRZ_OK;
    d->accuracy = wanted_accuracy(d, length);
    GRZI_TRY(grzi_curve_evaluate(d->curve, d->accuracy, d->work));
    fill_gradient(d, d->curve, d->gradient);
    return direct(d, slope);
}

/* *moved: 0 when no step lowers the objective by what its slope promises, up to rounding. */
static grz_status search(descent *d, double slope, int *moved)
{
    const double start = objective(d, d->curve), slack = d->accuracy * d->accuracy + 1e-13 * fabs(start);
    const double accuracy = wanted_accuracy(d, sqrt(-slope));
    *moved = 0;
    double t = 1;
    for (int attempt = 0; attempt < HALVINGS; attempt++, t *= 0.5) {
        if (!move(d, t)) continue;
        GRZI_TRY(grzi_curve_evaluate(&d->trial, accuracy, d->work));
        double value = objective(d, &d->trial);
        if (!(value <= start + 1e-4 * t * slope + slack)) continue;
        accept(d);
        d->accuracy = accuracy;
        *moved = 1;
        return GRZ_OK;
    }
    return GRZ_OK;
}

/* The residual, and whether it is small enough; of a free end the direction's length decides. */
static grz_status judge(descent *d)
{
    double size;
    GRZI_TRY(grzi_curve_residual(d->curve, d->gradient, &d->of->residual, &size, d->work));
    d->size = size;
    if (!(d->of->horizon > 0)) d->of->converged = d->of->residual <= d->of->tolerance;
    return d->of->report(d->of->user, d->of->residual);
}

static grz_status run(descent *d)
{
    double slope;
    int moved;
    GRZI_TRY(grzi_curve_evaluate(d->curve, 0, d->work));
    d->accuracy = sqrt(GRZI_CURVE_COARSE * d->curve->energy);
    fill_gradient(d, d->curve, d->gradient);
    for (;; d->of->iterations++) {
        GRZI_TRY(judge(d));
        if (d->of->converged || d->free_levels == 0 || d->of->iterations >= d->of->cap) break;
        GRZI_TRY(direct(d, &slope));
        GRZI_TRY(refresh(d, &slope));
        if (d->of->horizon > 0) {
            d->of->residual = d->curve->energy > 0 ? sqrt(fabs(slope) / d->curve->energy) : 1;
            if (d->of->residual <= d->of->tolerance) {
                d->of->converged = 1;
                break;
            }
        }
        moved = 0;
        if (slope < 0) GRZI_TRY(search(d, slope, &moved));
        if (moved) continue;
        if (d->kept == 0) break;
        d->kept = 0;
    }
    return GRZ_OK;
}

grz_status grzi_descend(grzi_curve *curve, grzi_descent *of)
{
    descent d;
    of->iterations = of->converged = 0;
    of->residual = 0;
    GRZI_TRY(create(curve, of, &d));
    grz_status status = run(&d);
    if (d.free_levels == 0) of->converged = 1;
    curve->applications += d.trial.applications;
    destroy(&d);
    return status;
}

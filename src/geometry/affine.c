/* Affine representations of the dissipations as lower bounds (section 6.1). At every node of the operator's quadrature, with a the jump of
 * sqrt(ff*) (Boltzmann) or its derivative along the chord (Landau), D = sum weight a^2; and for any number b there 2 a b - b^2 = a^2 - (a -
 * b)^2 <= a^2. Whatever a test function gives, also with rounding or with derivatives by differences, the sum is below D, and the gap is a
 * sum of squares. */
#include "distribution/grid.h"
#include "geometry/small_angles.h"

#include <math.h>
#include <string.h>

enum { PAIRING, SQUARE, GAP, SUMS };
enum { REACH = 2, SHIFTS = 2 * REACH };

static const double SMALLEST_SQUARE = 1e-280;

/* Central differences of order four at steps of this angle on the great circle: their error enters the gap squared. */
static const double STEP = 0.01, slope_weights[REACH] = {2.0 / 3, -1.0 / 12};

typedef struct representation {
    grz_operator *op;
    const char *function;
    grz_pair_fn pair;
    grz_pair_vector_fn field;
    grz_collision_rate_fn jump;
    void *user;
} representation;

/* What the callbacks write, and the shifted places of Landau's differences. */
typedef struct slate {
    double b[2][GRZI_BATCH], v[3 * GRZI_BATCH], v_star[3 * GRZI_BATCH], values[3 * GRZI_BATCH];
} slate;

static grz_status called(const representation *of, int stop, int count, const double *values)
{
    if (stop) return grzi_fail(of->op->context, GRZ_ERROR_CALLBACK, "%s: the test function returned %d", of->function, stop);
    return grzi_check_array_finite(of->op->context, of->function, "the test function", values, count);
}

/* Adds factor (psi(v, v*) + psi(v*, v)) to b. */
static grz_status add_pair(const representation *of, int count, const double *v, const double *v_star, double factor, slate *s)
{
    for (int order = 0; order < 2; order++) {
        GRZI_TRY(called(of, of->pair(count, order ? v_star : v, order ? v : v_star, s->values, of->user), count, s->values));
        for (int k = 0; k < count; k++) s->b[0][k] += factor * s->values[k];
    }
    return GRZ_OK;
}

/* b = dbar psi/2 in units, or half the derivative of psi(v, v*) + psi(v*, v) along the chord. */
static grz_status pair_values(const representation *of, const grzi_batch *batch, slate *s)
{
    for (int k = 0; k < batch->count; k++) s->b[0][k] = 0;
    if (!batch->tangential) {
        GRZI_TRY(add_pair(of, batch->count, batch->v_prime, batch->v_star_prime, 0.5 / batch->unit, s));
        return add_pair(of, batch->count, batch->v, batch->v_star, -0.5 / batch->unit, s);
    }
    for (int shift = 0; shift < SHIFTS; shift++) {
        int step = shift / 2 + 1, sign = shift % 2 ? -1 : 1;
        double half = sin(step * STEP / 2), inward = -2 * batch->r * half * half, across = sign * batch->r * sin(step * STEP);
        for (int i = 0; i < 3 * batch->count; i++) {
            double move = inward * batch->w[i % 3] + across * batch->chord[i % 3];
            s->v[i] = batch->v[i] + move;
            s->v_star[i] = batch->v_star[i] - move;
        }
        GRZI_TRY(add_pair(of, batch->count, s->v, s->v_star, 0.5 * sign * slope_weights[step - 1] / STEP, s));
    }
    return GRZ_OK;
}

/* grad_tilde sqrt(ff*) has the component 2 sqrt(strength) a along the chord at (v, v*), and minus that at (v*, v). */
static grz_status field_values(const representation *of, const grzi_batch *batch, slate *s)
{
    double factor = batch->strength > 0 ? 0.5 / sqrt(batch->strength) : 0;
    for (int order = 0; order < 2; order++) {
        const double *first = order ? batch->v_star : batch->v, *second = order ? batch->v : batch->v_star;
        GRZI_TRY(called(of, of->field(batch->count, first, second, s->values, of->user), 3 * batch->count, s->values));
        for (int k = 0; k < batch->count; k++) {
            const double *xi = s->values + 3 * k;
            double along = xi[0] * batch->chord[0] + xi[1] * batch->chord[1] + xi[2] * batch->chord[2];
            s->b[order][k] = (order ? -factor : factor) * along;
        }
    }
    return GRZ_OK;
}

/* Adds factor times the test function of both orders to the two sides. */
static grz_status add_jumps(const representation *of, const grzi_batch *batch, const double *sigma, double factor, slate *s)
{
    for (int order = 0; order < 2; order++) {
        for (int i = 0; i < 3 * batch->count; i++) s->v[i] = order ? -sigma[i % 3] : sigma[i % 3];
        const double *first = order ? batch->v_star : batch->v, *second = order ? batch->v : batch->v_star;
        GRZI_TRY(called(of, of->jump(batch->count, first, second, s->v, s->values, of->user), batch->count, s->values));
        for (int k = 0; k < batch->count; k++) s->b[order][k] += factor * s->values[k];
    }
    return GRZ_OK;
}

static grz_status jump_values(const representation *of, const grzi_batch *batch, slate *s)
{
    memset(s->b, 0, sizeof s->b);
    if (!batch->tangential) return add_jumps(of, batch, batch->sigma, 1 / batch->unit, s);
    grzi_small_angles rule;
    grzi_small_angles_make(batch->shortest, &rule);
    for (int k = 0; k < GRZI_SMALL_ANGLES; k++) {
        double sigma[3];
        grzi_small_angles_turn(batch, rule.theta[k], sigma);
        GRZI_TRY(add_jumps(of, batch, sigma, rule.weight[k] / rule.theta[k], s));
    }
    return GRZ_OK;
}

static grz_status visit(const grzi_batch *batch, double *sums, double *force, void *user)
{
    (void)force;
    const representation *of = user;
    slate s;
    int sides = of->pair ? 1 : 2;
    GRZI_TRY(of->pair ? pair_values(of, batch, &s) : of->field ? field_values(of, batch, &s) : jump_values(of, batch, &s));
    for (int k = 0; k < batch->count; k++) {
        double half = 0.5 * batch->unit * batch->difference[k], root = sqrt(batch->h[k]);
        double a = batch->tangential ? 0.5 * root * batch->difference[k] : root * expm1(half) / batch->unit;
        for (int side = 0; side < sides; side++) {
            double b = s.b[side][k], weight = batch->weight / sides;
            sums[PAIRING] += weight * a * b;
            sums[SQUARE] += weight * b * b;
            sums[GAP] += weight * (a - b) * (a - b);
        }
    }
    return GRZ_OK;
}

static grz_status evaluate(const representation *of, int needs_landau, const double *f, double *bound, double *best, double *gap)
{
    grz_operator *op = of->op;
    if (!of->pair && !of->field && !of->jump)
        return grzi_fail(op->context, GRZ_ERROR_NULL_ARGUMENT, "%s: the test function is NULL", of->function);
    GRZI_TRY(grzi_check_pointer(op->context, of->function, "bound", bound));
    GRZI_TRY(grzi_operator_require(op, of->function, GRZI_NODES));
    int landau = grzi_operator_is_landau(op);
    if (needs_landau >= 0 && needs_landau != landau)
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: it is a formula for %s operators", of->function,
                         landau ? "Boltzmann" : "Landau");
    GRZI_TRY(grzi_operator_check_density(op, of->function, f));
    double sums[SUMS];
    grzi_stream stream = {.visit = visit, .user = (void *)of, .one_thread = 1, .sum_count = SUMS};
    GRZI_TRY(grzi_operator_ready(op));
    GRZI_TRY(grzi_operator_visit(op, f, &stream, sums, NULL));
    double value = 2 * sums[PAIRING] - sums[SQUARE];
    if (!isfinite(value) || !isfinite(sums[GAP]))
        return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the sum over the test function overflows", of->function);
    *bound = value;
    /* squares that underflow would let the quotient rise above D */
    if (best) *best = sums[SQUARE] < SMALLEST_SQUARE ? 0 : sums[PAIRING] / sums[SQUARE] * sums[PAIRING];
    if (gap) *gap = sums[GAP];
    return GRZ_OK;
}

grz_status grz_operator_affine_bound(grz_operator *op, const double *f, grz_pair_fn psi, void *user, double *bound, double *best,
                                     double *gap)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    representation of = {.op = op, .function = "grz_operator_affine_bound", .pair = psi, .user = user};
    return evaluate(&of, -1, f, bound, best, gap);
}

grz_status grz_operator_affine_field_bound(grz_operator *op, const double *f, grz_pair_vector_fn xi, void *user, double *bound,
                                           double *best, double *gap)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    representation of = {.op = op, .function = "grz_operator_affine_field_bound", .field = xi, .user = user};
    return evaluate(&of, 1, f, bound, best, gap);
}

grz_status grz_operator_affine_jump_bound(grz_operator *op, const double *f, grz_collision_rate_fn psi, void *user, double *bound,
                                          double *best, double *gap)
{
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    representation of = {.op = op, .function = "grz_operator_affine_jump_bound", .jump = psi, .user = user};
    return evaluate(&of, 0, f, bound, best, gap);
}

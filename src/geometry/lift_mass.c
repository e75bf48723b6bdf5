/* The weighted bounds of Proposition 5.5. */
#include "calculus/lift.h"
#include "distribution/distribution.h"
#include "operator/operator.h"

#include <math.h>

typedef struct weights {
    double q, delta;
} weights;

/* theta |dbar phi| = unit^2 (theta/unit) |fields| at each node, theta/unit = 1 in the limit; the weight is the same for (v, v*) and (v*, v). */
static grz_status add_mass(const grzi_batch *batch, double *sums, double *force, void *user)
{
    (void)force;
    const weights *w = user;
    double ratio = batch->tangential ? 1 : batch->theta / batch->unit, scale = batch->weight * ratio * pow(2 * batch->r, w->q);
    for (int k = 0; k < batch->count; k++)
        sums[0] +=
            scale * batch->mobility[k] * fabs(batch->fields[0][k]) * grzi_lift_growth(w->delta, batch->v + 3 * k, batch->v_star + 3 * k);
    return GRZ_OK;
}

/* int w theta |M| <= 2 sqrt(A) (int w^2 theta^2 Lambda B)^{1/2}, and Lambda below the arithmetic mean. The weight's growth is the same for
 * both pairs, as is |z|: what is left is int w^2 ff* int theta^2 B dsigma = 2 pi transfer int w^2 |z|^gamma ff*. With s = |v|^2 + |v*|^2,
 * |z|^2 <= 2 s and (1 + s^{delta/2})^2 <= 2 (1 + s^delta); every power of s is at most 1, and Jensen leaves the mean of s. */
static grz_status mass_bound(const grz_operator *op, const double *f, const weights *w, double action, double *bound)
{
    double transfer, power = w->q + grz_kernel_gamma(op->kernel) / 2, origin[3] = {0, 0, 0};
    GRZI_TRY(grz_kernel_angular_momentum_transfer(op->kernel, 1, &transfer));
    grzi_moment_sums sums;
    grzi_moment_sums_about(op->grid, f, origin, &sums);
    double rho = sums.mass * grzi_grid_cell(op->grid), mean = 2 * (sums.second[0] + sums.second[4] + sums.second[8]) / sums.mass;
    double square = rho * rho * 2 * pow(2, power) * (pow(mean, power) + pow(mean, power + w->delta));
    *bound = 2 * sqrt(action) * sqrt(2 * GRZI_PI * transfer * square);
    return GRZ_OK;
}

grz_status grz_operator_lift_mass(grz_operator *op, const double *f, const double *phi, double q, double delta, double *mass, double *bound)
{
    static const char *const function = "grz_operator_lift_mass";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(op->context, function, "mass", mass));
    double gamma = grz_kernel_gamma(op->kernel), action, sums[1], limit;
    if (!grzi_operator_offers(op, GRZI_NODES) || grzi_operator_is_landau(op))
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: it needs an entropic Boltzmann operator with eps > 0", function);
    if (!grzi_kernel_is_factorised(op->kernel) || gamma > 0)
        return grzi_fail(op->context, GRZ_ERROR_UNSUPPORTED, "%s: Proposition 5.5 needs a factorised kernel with gamma in [-4, 0]",
                         function);
    GRZI_TRY(grzi_check_range(op->context, function, "q", q, -gamma / 2, 1 - gamma / 2));
    GRZI_TRY(grzi_check_range(op->context, function, "delta", delta, 0, 1 - gamma / 2 - q));
    GRZI_TRY(grz_operator_action(op, f, phi, &action));
    weights w = {q, delta};
    GRZI_TRY(mass_bound(op, f, &w, action, &limit));
    grzi_stream stream = {.visit = add_mass, .user = &w, .field_count = 1, .fields = {phi}, .sum_count = 1};
    GRZI_TRY(grzi_operator_visit(op, f, &stream, sums, NULL)); /* the action has made op ready */
    if (!isfinite(sums[0]) || !isfinite(limit))
        return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the mass overflows", function);
    *mass = sums[0];
    if (bound) *bound = limit;
    return GRZ_OK;
}

/* The lift L_{q,delta} of collision rates to grazing rates (section 5.1), and the weighted bounds of Proposition 5.5. */
#include "distribution/distribution.h"
#include "operator/entropic/nodes.h"
#include "quadrature/quadrature.h"

#include <math.h>

#define PI 3.14159265358979323846

enum { MOST_THETA = 32, MOST_PHI = 64 };

/* 1 + (|v|^2 + |v*|^2)^{delta/2} */
static double growth(double delta, const double *v, const double *v_star)
{
    double square = 0;
    for (int a = 0; a < 3; a++) square += v[a] * v[a] + v_star[a] * v_star[a];
    return 1 + pow(square, delta / 2);
}

static double distance(const double *v, const double *v_star)
{
    return hypot(hypot(v[0] - v_star[0], v[1] - v_star[1]), v[2] - v_star[2]);
}

static grz_status check(const grz_context *context, const char *function, double q, double delta, int64_t count, const double *v,
                        const double *v_star)
{
    GRZI_TRY(grzi_check_range(context, function, "q", q, 0, 4));
    GRZI_TRY(grzi_check_range(context, function, "delta", delta, 0, 4));
    if (count < 0 || count > INT64_MAX / 64)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is out of range", function, (long long)count);
    GRZI_TRY(grzi_check_array_finite(context, function, "v", v, 3 * count));
    return grzi_check_array_finite(context, function, "v_star", v_star, 3 * count);
}

grz_status grz_lift_weight(grz_context *context, double q, double delta, int64_t count, const double *v, const double *v_star,
                           double *weight)
{
    static const char *const function = "grz_lift_weight";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check(context, function, q, delta, count, v, v_star));
    GRZI_TRY(grzi_check_pointer(context, function, "weight", weight));
    for (int64_t i = 0; i < 3 * count; i += 3) weight[i / 3] = pow(distance(v + i, v_star + i), q) * growth(delta, v + i, v_star + i);
    return GRZ_OK;
}

typedef struct angles {
    int theta_count, phi_count;
    double theta[MOST_THETA], weight[MOST_THETA]; /* int beta g dtheta = sum weight g/theta^2 */
} angles;

/* int m theta p B dsigma, without the kinetic factor; the rule wants theta m . p/theta^2 = m . p/theta. */
static grz_status integrate(grz_context *context, const angles *rule, grz_collision_rate_fn m, void *user, const double *v,
                            const double *v_star, double integral[3])
{
    double x[3 * MOST_PHI], y[3 * MOST_PHI], sigma[3 * MOST_PHI], p[3 * MOST_PHI], values[MOST_PHI], k[3], h[3], i[3],
        z = distance(v, v_star);
    for (int a = 0; a < 3; a++) k[a] = (v[a] - v_star[a]) / z;
    grzi_orthonormal_frame(k, h, i);
    integral[0] = integral[1] = integral[2] = 0;
    for (int j = 0; j < rule->theta_count; j++) {
        double c = cos(rule->theta[j]), s = sin(rule->theta[j]);
        for (int l = 0; l < rule->phi_count; l++)
            for (int a = 0; a < 3; a++) {
                double phi = 2 * PI * (l + 0.5 * (j % 2)) / rule->phi_count;
                p[3 * l + a] = cos(phi) * h[a] + sin(phi) * i[a];
                sigma[3 * l + a] = c * k[a] + s * p[3 * l + a];
                x[3 * l + a] = v[a];
                y[3 * l + a] = v_star[a];
            }
        int stop = m(rule->phi_count, x, y, sigma, values, user);
        if (stop) return grzi_fail(context, GRZ_ERROR_CALLBACK, "grz_kernel_lift: the rate returned %d", stop);
        GRZI_TRY(grzi_check_array_finite(context, "grz_kernel_lift", "m", values, rule->phi_count));
        for (int l = 0; l < 3 * rule->phi_count; l++)
            integral[l % 3] += 2 * PI / rule->phi_count * rule->weight[j] / rule->theta[j] * values[l / 3] * p[l];
    }
    return GRZ_OK;
}

grz_status grz_kernel_lift(const grz_kernel *kernel, grz_collision_rate_fn m, void *user, double q, double delta, int32_t theta_nodes,
                           int32_t phi_nodes, int64_t count, const double *v, const double *v_star, double *out)
{
    static const char *const function = "grz_kernel_lift";
    if (!kernel) return GRZ_ERROR_NULL_ARGUMENT;
    grz_context *context = grzi_kernel_context(kernel);
    if (!m) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: m is NULL", function);
    GRZI_TRY(check(context, function, q, delta, count, v, v_star));
    GRZI_TRY(grzi_check_range(context, function, "theta_nodes", theta_nodes, 1, MOST_THETA));
    GRZI_TRY(grzi_check_range(context, function, "phi_nodes", phi_nodes, 3, MOST_PHI));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (grz_kernel_eps(kernel) == 0)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: there is no sphere to integrate over at eps = 0", function);
    angles rule = {.phi_count = phi_nodes};
    for (int64_t i = 0; i < 3 * count; i += 3) {
        double z = distance(v + i, v_star + i), integral[3], constant;
        for (int a = 0; a < 3; a++) out[i + a] = 0;
        if (z == 0) continue;
        if (rule.theta_count == 0 || !grzi_kernel_is_factorised(kernel))
            GRZI_TRY(grzi_kernel_angular_rule(kernel, z, theta_nodes, rule.theta, rule.weight, &rule.theta_count));
        GRZI_TRY(integrate(context, &rule, m, user, v + i, v_star + i, integral));
        GRZI_TRY(grzi_kernel_landau_constant(kernel, z, &constant));
        double kinetic = grzi_kernel_kinetic_factor(kernel, z);
        double factor = kinetic / sqrt(kinetic * constant) * pow(z, -q) / (4 * growth(delta, v + i, v_star + i));
        for (int a = 0; a < 3; a++) out[i + a] = factor * integral[a];
    }
    return GRZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ Proposition 5.5 */

typedef struct weights {
    double q, delta;
} weights;

/* theta |dbar phi| = unit^2 (theta/unit) |fields| at each node; the weight is the same for (v, v*) and (v*, v). */
static grz_status add_mass(const grzi_batch *batch, double *sums, double *force, void *user)
{
    (void)force;
    const weights *w = user;
    double scale = batch->weight * batch->theta / batch->unit * pow(2 * batch->r, w->q);
    for (int k = 0; k < batch->count; k++)
        sums[0] += scale * batch->mobility[k] * fabs(batch->fields[0][k]) * growth(w->delta, batch->v + 3 * k, batch->v_star + 3 * k);
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
    *bound = 2 * sqrt(action) * sqrt(2 * PI * transfer * square);
    return GRZ_OK;
}

grz_status grz_operator_lift_mass(grz_operator *op, const double *f, const double *phi, double q, double delta, double *mass, double *bound)
{
    static const char *const function = "grz_operator_lift_mass";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(op->context, function, "mass", mass));
    double gamma = grz_kernel_gamma(op->kernel), action, sums[1], limit;
    if (op->method_id != GRZ_METHOD_ENTROPIC || op->equation != GRZ_EQUATION_BOLTZMANN || grz_kernel_eps(op->kernel) == 0)
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
    GRZI_TRY(grzi_nodes_visit(op, f, &stream, sums, NULL));
    if (!isfinite(sums[0]) || !isfinite(limit))
        return grzi_fail(op->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the mass overflows", function);
    *mass = sums[0];
    if (bound) *bound = limit;
    return GRZ_OK;
}

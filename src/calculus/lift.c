/* The lift L_{q,delta} of collision rates to grazing rates (section 5.1). */
#include "calculus/lift.h"

#include "kernel/kernel.h"
#include "quadrature/quadrature.h"

#include <math.h>

enum { MOST_THETA = 32, MOST_PHI = 64 };

double grzi_lift_growth(double delta, const double *v, const double *v_star)
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
    /* infinite where v = v* and q < 0, and there only */
    for (int64_t i = 0; i < 3 * count; i += 3) {
        double z = distance(v + i, v_star + i);
        if (z > 0) GRZI_TRY(grzi_check_result(context, function, "the weight", pow(z, q) * grzi_lift_growth(delta, v + i, v_star + i)));
    }
    for (int64_t i = 0; i < 3 * count; i += 3)
        weight[i / 3] = pow(distance(v + i, v_star + i), q) * grzi_lift_growth(delta, v + i, v_star + i);
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
                double phi = 2 * GRZI_PI * (l + 0.5 * (j % 2)) / rule->phi_count;
                p[3 * l + a] = cos(phi) * h[a] + sin(phi) * i[a];
                sigma[3 * l + a] = c * k[a] + s * p[3 * l + a];
                x[3 * l + a] = v[a];
                y[3 * l + a] = v_star[a];
            }
        int stop = m(rule->phi_count, x, y, sigma, values, user);
        if (stop) return grzi_fail(context, GRZ_ERROR_CALLBACK, "grz_kernel_lift: the rate returned %d", stop);
        GRZI_TRY(grzi_check_array_finite(context, "grz_kernel_lift", "m", values, rule->phi_count));
        for (int l = 0; l < 3 * rule->phi_count; l++)
            integral[l % 3] += 2 * GRZI_PI / rule->phi_count * rule->weight[j] / rule->theta[j] * values[l / 3] * p[l];
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
        double factor = kinetic / sqrt(kinetic * constant) * pow(z, -q) / (4 * grzi_lift_growth(delta, v + i, v_star + i));
        for (int a = 0; a < 3; a++) out[i + a] = factor * integral[a];
    }
    return GRZ_OK;
}

/* Collisions and gradients at single pairs of velocities (sections 3.2 and 3.3), for user functions psi(v) and psi(v, v*).
 * With v = y + r w, v* = y - r w everything happens on the sphere of w: (nabla - nabla*) is grad_x for x = r w, so
 * |z|^{1+gamma/2} Pi (nabla - nabla*) psi = 2 |z|^{gamma/2} grad_S psi, and grad_tilde . grad_tilde psi = 4 |z|^gamma Laplace-Beltrami psi.
 * */
#include "calculus/pairs.h"
#include "quadrature/quadrature.h"

#include <math.h>

enum { REACH = 4, STENCIL = 4 * REACH + 1, MOST_ON_CIRCLE = 256 };

/* Central differences of order eight. */
static const double first_weights[REACH] = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
static const double second_weights[REACH + 1] = {-205.0 / 72, 8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560};
static const double ANGLE = 0.015; /* of the stencils on great circles */

typedef struct pair {
    double y[3], w[3], p[3], q[3], r; /* w, p, q orthonormal */
} pair;

static pair pair_of(const double *v, const double *v_star)
{
    pair at;
    double x[3];
    for (int a = 0; a < 3; a++) {
        at.y[a] = 0.5 * v[a] + 0.5 * v_star[a];
        x[a] = 0.5 * v[a] - 0.5 * v_star[a];
    }
    at.r = sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    for (int a = 0; a < 3; a++) at.w[a] = at.r > 0 ? x[a] / at.r : a == 2;
    grzi_orthonormal_frame(at.w, at.p, at.q);
    return at;
}

static void velocities(const pair *at, const double *sigma, double *v, double *v_star)
{
    for (int a = 0; a < 3; a++) {
        v[a] = at->y[a] + at->r * sigma[a];
        v_star[a] = at->y[a] - at->r * sigma[a];
    }
}

/* Beyond it velocities' squares and products with directions would overflow. */
static const double LARGEST_VELOCITY = 1e100;

static grz_status check_size(const grz_context *context, const char *function, const char *name, const double *values, int64_t count)
{
    GRZI_TRY(grzi_check_array_finite(context, function, name, values, count));
    for (int64_t i = 0; i < count; i++)
        if (!(fabs(values[i]) <= LARGEST_VELOCITY))
            return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: %s[%lld] = %g is too large: its square overflows", function, name,
                             (long long)i, values[i]);
    return GRZ_OK;
}

grz_status grzi_check_pairs(const grz_context *context, const char *function, int64_t count, const double *v, const double *v_star)
{
    if (count < 0 || count > INT64_MAX / 64)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is out of range", function, (long long)count);
    GRZI_TRY(check_size(context, function, "v", v, 3 * count));
    return check_size(context, function, "v_star", v_star, 3 * count);
}

grz_status grz_post_collision(grz_context *context, int64_t count, const double *v, const double *v_star, const double *sigma,
                              double *v_prime, double *v_star_prime)
{
    static const char *const function = "grz_post_collision";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pairs(context, function, count, v, v_star));
    GRZI_TRY(check_size(context, function, "sigma", sigma, 3 * count));
    GRZI_TRY(grzi_check_pointer(context, function, "v_prime", v_prime));
    GRZI_TRY(grzi_check_pointer(context, function, "v_star_prime", v_star_prime));
    for (int64_t i = 0; i < 3 * count; i += 3) {
        pair at = pair_of(v + i, v_star + i);
        velocities(&at, sigma + i, v_prime + i, v_star_prime + i);
    }
    return GRZ_OK;
}

/* (3.3): the displacement is formed first, so that it is accurate however small theta is. */
grz_status grz_post_collision_angles(grz_context *context, int64_t count, const double *v, const double *v_star, const double *theta,
                                     const double *phi, double *v_prime, double *v_star_prime, double *sigma)
{
    static const char *const function = "grz_post_collision_angles";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pairs(context, function, count, v, v_star));
    GRZI_TRY(grzi_check_array_finite(context, function, "theta", theta, count));
    GRZI_TRY(grzi_check_array_finite(context, function, "phi", phi, count));
    GRZI_TRY(grzi_check_pointer(context, function, "v_prime", v_prime));
    GRZI_TRY(grzi_check_pointer(context, function, "v_star_prime", v_star_prime));
    for (int64_t i = 0; i < count; i++) {
        pair at = pair_of(v + 3 * i, v_star + 3 * i);
        double half = sin(theta[i] / 2), inward = -2 * half * half, across = sin(theta[i]), c = cos(phi[i]), s = sin(phi[i]);
        for (int a = 0; a < 3; a++) {
            double tangent = c * at.p[a] + s * at.q[a], chord = inward * at.w[a] + across * tangent, before = v[3 * i + a];
            double before_star = v_star[3 * i + a];
            if (sigma) sigma[3 * i + a] = cos(theta[i]) * at.w[a] + across * tangent;
            v_prime[3 * i + a] = before + at.r * chord;
            v_star_prime[3 * i + a] = before_star - at.r * chord;
        }
    }
    return GRZ_OK;
}

/* psi at count directions of one pair's sphere: psi(v, v*) + psi(v*, v), resp. psi(v) + psi(v*). */
typedef struct source {
    const grz_context *context;
    const char *function;
    grz_velocity_fn single;
    grz_pair_fn both;
    void *user;
} source;

static grz_status evaluate(const source *psi, int count, const double *v, const double *v_star, double *values)
{
    int stop = psi->single ? psi->single(count, v, values, psi->user) : psi->both(count, v, v_star, values, psi->user);
    if (stop) return grzi_fail(psi->context, GRZ_ERROR_CALLBACK, "%s: the function psi returned %d", psi->function, stop);
    return grzi_check_array_finite(psi->context, psi->function, "psi", values, count);
}

static grz_status on_sphere(const source *psi, const pair *at, int count, const double *directions, int symmetrise, double *values)
{
    double v[3 * (MOST_ON_CIRCLE + 1)], v_star[3 * (MOST_ON_CIRCLE + 1)], reversed[MOST_ON_CIRCLE + 1];
    for (int i = 0; i < count; i++) velocities(at, directions + 3 * i, v + 3 * i, v_star + 3 * i);
    GRZI_TRY(evaluate(psi, count, v, v_star, values));
    if (!symmetrise && !psi->single) return GRZ_OK;
    GRZI_TRY(evaluate(psi, count, v_star, v, reversed));
    for (int i = 0; i < count; i++) values[i] += reversed[i];
    return GRZ_OK;
}

static grz_status open_source(source *psi, grz_context *context, const char *function, grz_velocity_fn single, grz_pair_fn both, void *user,
                              int64_t count, const double *v, const double *v_star, const double *out)
{
    *psi = (source){context, function, single, both, user};
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    if (!single && !both) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: psi and psi_pair are both NULL", function);
    if (single && both) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: psi and psi_pair are both given", function);
    GRZI_TRY(grzi_check_pairs(context, function, count, v, v_star));
    return grzi_check_pointer(context, function, "out", out);
}

grz_status grz_discrete_gradient(grz_context *context, grz_velocity_fn psi, grz_pair_fn psi_pair, void *user, int64_t count,
                                 const double *v, const double *v_star, const double *sigma, double *out)
{
    source at_psi;
    GRZI_TRY(open_source(&at_psi, context, "grz_discrete_gradient", psi, psi_pair, user, count, v, v_star, out));
    GRZI_TRY(grzi_check_array_finite(context, at_psi.function, "sigma", sigma, 3 * count));
    for (int64_t i = 0; i < count; i++) {
        pair at = pair_of(v + 3 * i, v_star + 3 * i);
        double directions[6], values[2];
        for (int a = 0; a < 3; a++) {
            directions[a] = at.w[a];
            directions[3 + a] = sigma[3 * i + a];
        }
        GRZI_TRY(on_sphere(&at_psi, &at, 2, directions, 1, values));
        out[i] = values[1] - values[0];
    }
    return GRZ_OK;
}

grz_status grz_circle_average(grz_context *context, grz_velocity_fn psi, grz_pair_fn psi_pair, void *user, int64_t count, const double *v,
                              const double *v_star, double theta, int32_t nodes, double *out)
{
    source at_psi;
    GRZI_TRY(open_source(&at_psi, context, "grz_circle_average", psi, psi_pair, user, count, v, v_star, out));
    GRZI_TRY(grzi_check_finite(context, at_psi.function, "theta", theta));
    GRZI_TRY(grzi_check_range(context, at_psi.function, "nodes", nodes, 1, MOST_ON_CIRCLE));
    for (int64_t i = 0; i < count; i++) {
        pair at = pair_of(v + 3 * i, v_star + 3 * i);
        double directions[3 * (MOST_ON_CIRCLE + 1)], values[MOST_ON_CIRCLE + 1], sum = 0;
        for (int k = 0; k < nodes; k++) {
            double phi = 2 * GRZI_PI * k / nodes, c = cos(phi), s = sin(phi);
            for (int a = 0; a < 3; a++) directions[3 * k + a] = cos(theta) * at.w[a] + sin(theta) * (c * at.p[a] + s * at.q[a]);
        }
        for (int a = 0; a < 3; a++) directions[3 * nodes + a] = at.w[a];
        GRZI_TRY(on_sphere(&at_psi, &at, nodes + 1, directions, 1, values));
        for (int k = 0; k < nodes; k++) sum += values[k] - values[nodes];
        out[i] = sum / nodes;
    }
    return GRZ_OK;
}

/* Great circles through w along p and along q: w first, then at -k and +k steps. */
static void great_circles(const pair *at, double directions[3 * STENCIL])
{
    for (int a = 0; a < 3; a++) directions[a] = at->w[a];
    double *next = directions + 3;
    for (int tangent = 0; tangent < 2; tangent++)
        for (int k = 1; k <= REACH; k++)
            for (int sign = -1; sign <= 1; sign += 2, next += 3)
                for (int a = 0; a < 3; a++) next[a] = cos(k * ANGLE) * at->w[a] + sign * sin(k * ANGLE) * (tangent ? at->q[a] : at->p[a]);
}

static grz_status check_gamma(const grz_context *context, const char *function, double gamma)
{
    return grzi_check_range(context, function, "gamma", gamma, -4, 1);
}

grz_status grz_grazing_gradient(grz_context *context, grz_velocity_fn psi, grz_pair_fn psi_pair, void *user, double gamma, int64_t count,
                                const double *v, const double *v_star, double *out)
{
    source at_psi;
    GRZI_TRY(open_source(&at_psi, context, "grz_grazing_gradient", psi, psi_pair, user, count, v, v_star, out));
    GRZI_TRY(check_gamma(context, at_psi.function, gamma));
    for (int64_t i = 0; i < count; i++) {
        pair at = pair_of(v + 3 * i, v_star + 3 * i);
        double directions[3 * STENCIL], values[STENCIL], slope[2] = {0, 0};
        great_circles(&at, directions);
        GRZI_TRY(on_sphere(&at_psi, &at, STENCIL, directions, 0, values));
        for (int tangent = 0; tangent < 2; tangent++)
            for (int k = 0; k < REACH; k++) {
                const double *ends = values + 1 + 2 * (tangent * REACH + k);
                slope[tangent] += first_weights[k] * (ends[1] - ends[0]) / ANGLE;
            }
        double factor = at.r > 0 ? 2 * pow(2 * at.r, gamma / 2) : 0;
        for (int a = 0; a < 3; a++) out[3 * i + a] = factor * (slope[0] * at.p[a] + slope[1] * at.q[a]);
    }
    return GRZ_OK;
}

grz_status grz_grazing_laplacian(grz_context *context, grz_velocity_fn psi, grz_pair_fn psi_pair, void *user, double gamma, int64_t count,
                                 const double *v, const double *v_star, double *out)
{
    source at_psi;
    GRZI_TRY(open_source(&at_psi, context, "grz_grazing_laplacian", psi, psi_pair, user, count, v, v_star, out));
    GRZI_TRY(check_gamma(context, at_psi.function, gamma));
    for (int64_t i = 0; i < count; i++) {
        pair at = pair_of(v + 3 * i, v_star + 3 * i);
        double directions[3 * STENCIL], values[STENCIL], sum = 0;
        great_circles(&at, directions);
        GRZI_TRY(on_sphere(&at_psi, &at, STENCIL, directions, 0, values));
        for (int j = 0; j < 2 * REACH; j++) /* second_weights sum to zero: differences from the value at w */
            sum += second_weights[j % REACH + 1] * ((values[1 + 2 * j] - values[0]) + (values[2 + 2 * j] - values[0]));
        out[i] = at.r > 0 ? 4 * pow(2 * at.r, gamma) * sum / (ANGLE * ANGLE) : 0;
    }
    return GRZ_OK;
}

/* grad_tilde . A = 2 |z|^{gamma/2} div_S (Pi A), the divergence on the sphere as the derivative of A . tau along two great circles. */
grz_status grz_grazing_divergence(grz_context *context, grz_pair_vector_fn field, void *user, double gamma, int64_t count, const double *v,
                                  const double *v_star, double *out)
{
    static const char *const function = "grz_grazing_divergence";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    if (!field) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: field is NULL", function);
    GRZI_TRY(grzi_check_pairs(context, function, count, v, v_star));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(check_gamma(context, function, gamma));
    for (int64_t i = 0; i < count; i++) {
        pair at = pair_of(v + 3 * i, v_star + 3 * i);
        double directions[3 * STENCIL], x[3 * STENCIL], x_star[3 * STENCIL], A[3 * STENCIL], sum = 0;
        great_circles(&at, directions);
        for (int j = 0; j < STENCIL; j++) velocities(&at, directions + 3 * j, x + 3 * j, x_star + 3 * j);
        int stop = field(STENCIL, x, x_star, A, user);
        if (stop) return grzi_fail(context, GRZ_ERROR_CALLBACK, "%s: the field returned %d", function, stop);
        GRZI_TRY(grzi_check_array_finite(context, function, "field", A, 3 * STENCIL));
        for (int tangent = 0; tangent < 2; tangent++)
            for (int k = 1; k <= REACH; k++)
                for (int sign = -1; sign <= 1; sign += 2) {
                    const double *value = A + 3 * (1 + 2 * (tangent * REACH + k - 1) + (sign > 0));
                    double along = 0;
                    for (int a = 0; a < 3; a++)
                        along += value[a] * (cos(k * ANGLE) * (tangent ? at.q[a] : at.p[a]) - sign * sin(k * ANGLE) * at.w[a]);
                    sum += sign * first_weights[k - 1] * along;
                }
        out[i] = at.r > 0 ? 2 * pow(2 * at.r, gamma / 2) * sum / ANGLE : 0;
    }
    return GRZ_OK;
}

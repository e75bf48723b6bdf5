/* Calculus of section 3.3 from user gradients, to rounding where differences of psi would cancel; and Lambda(f) with its bounds (appendix
 * A). */
#include "calculus/pairs.h"
#include "quadrature/quadrature.h"

#include <math.h>

enum { ARC = 16, BLOCK = 64 };

typedef struct slope_source {
    grz_context *context;
    const char *function;
    grz_velocity_gradient_fn single;
    grz_pair_vector_fn both;
    void *user;
    double gamma;
} slope_source;

static grz_status open_source(slope_source *of, grz_context *context, const char *function, grz_velocity_gradient_fn single,
                              grz_pair_vector_fn both, void *user, int64_t count, const double *v, const double *v_star, const double *out)
{
    *of = (slope_source){context, function, single, both, user, 0};
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    if (!single && !both) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: gradient and gradient_pair are both NULL", function);
    if (single && both) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: gradient and gradient_pair are both given", function);
    GRZI_TRY(grzi_check_pairs(context, function, count, v, v_star));
    return grzi_check_pointer(context, function, "out", out);
}

static grz_status call(const slope_source *of, int count, const double *v, const double *v_star, double *values)
{
    int stop = of->single ? of->single(count, v, values, of->user) : of->both(count, v, v_star, values, of->user);
    if (stop) return grzi_fail(of->context, GRZ_ERROR_CALLBACK, "%s: the gradient returned %d", of->function, stop);
    return grzi_check_array_finite(of->context, of->function, "gradient", values, 3 * count);
}

/* (grad - grad*) psi at count <= BLOCK pairs, or that minus the same at (v*, v). For psi(v) both are grad psi(v) - grad psi(v*). */
static grz_status slopes(const slope_source *of, int count, const double *v, const double *v_star, int symmetrise, double *out)
{
    double other[3 * BLOCK];
    GRZI_TRY(call(of, count, v, v_star, out));
    if (!of->single && !symmetrise) return GRZ_OK;
    GRZI_TRY(call(of, count, v_star, v, other));
    for (int i = 0; i < 3 * count; i++) out[i] -= other[i];
    return GRZ_OK;
}

/* |z|^{1+gamma/2} Pi (grad - grad*) psi */
static grz_status grazing(const slope_source *of, int64_t count, const double *v, const double *v_star, double *out)
{
    double slope[3 * BLOCK];
    for (int64_t first = 0; first < count; first += BLOCK) {
        int some = count - first < BLOCK ? (int)(count - first) : BLOCK;
        const double *x = v + 3 * first, *y = v_star + 3 * first;
        GRZI_TRY(slopes(of, some, x, y, 0, slope));
        for (int k = 0; k < some; k++) {
            double z[3], along = 0, speed;
            for (int a = 0; a < 3; a++) z[a] = x[3 * k + a] - y[3 * k + a];
            speed = hypot(hypot(z[0], z[1]), z[2]);
            for (int a = 0; speed > 0 && a < 3; a++) along += z[a] / speed * slope[3 * k + a];
            double factor = speed > 0 ? pow(speed, 1 + of->gamma / 2) : 0;
            for (int a = 0; a < 3; a++) out[3 * (first + k) + a] = speed > 0 ? factor * (slope[3 * k + a] - along * (z[a] / speed)) : 0;
        }
    }
    return GRZ_OK;
}

grz_status grz_grazing_gradient_from(grz_context *context, grz_velocity_gradient_fn gradient, grz_pair_vector_fn gradient_pair, void *user,
                                     double gamma, int64_t count, const double *v, const double *v_star, double *out)
{
    slope_source of;
    GRZI_TRY(open_source(&of, context, "grz_grazing_gradient_from", gradient, gradient_pair, user, count, v, v_star, out));
    GRZI_TRY(grzi_check_range(context, of.function, "gamma", gamma, -4, 1));
    of.gamma = gamma;
    return grazing(&of, count, v, v_star, out);
}

/* The field of which the Laplacian is the divergence; a failure inside keeps its own status and message. */
typedef struct field_of_slopes {
    slope_source of;
    grz_status status;
} field_of_slopes;

static int field(int64_t count, const double *v, const double *v_star, double *out, void *user)
{
    field_of_slopes *state = user;
    state->status = grazing(&state->of, count, v, v_star, out);
    return state->status != GRZ_OK;
}

grz_status grz_grazing_laplacian_from(grz_context *context, grz_velocity_gradient_fn gradient, grz_pair_vector_fn gradient_pair, void *user,
                                      double gamma, int64_t count, const double *v, const double *v_star, double *out)
{
    field_of_slopes state = {.status = GRZ_OK};
    GRZI_TRY(open_source(&state.of, context, "grz_grazing_laplacian_from", gradient, gradient_pair, user, count, v, v_star, out));
    GRZI_TRY(grzi_check_range(context, state.of.function, "gamma", gamma, -4, 1));
    state.of.gamma = gamma;
    grz_status status = grz_grazing_divergence(context, field, &state, gamma, count, v, v_star, out);
    return state.status != GRZ_OK ? state.status : status;
}

/* dbar psi = Psi(theta) - Psi(0) along the arc, so dbar psi/theta is the mean of dPsi/dalpha = r tau . grad_x Psi: Gauss-Legendre, no
 * cancellation. */
grz_status grz_discrete_gradient_from(grz_context *context, grz_velocity_gradient_fn gradient, grz_pair_vector_fn gradient_pair, void *user,
                                      int64_t count, const double *v, const double *v_star, const double *theta, const double *phi,
                                      double *out)
{
    slope_source of;
    double node[ARC], weight[ARC];
    GRZI_TRY(open_source(&of, context, "grz_discrete_gradient_from", gradient, gradient_pair, user, count, v, v_star, out));
    GRZI_TRY(grzi_check_array_finite(context, of.function, "theta", theta, count));
    GRZI_TRY(grzi_check_array_finite(context, of.function, "phi", phi, count));
    GRZI_TRY(grzi_gauss_jacobi(context, ARC, 0, 0, node, weight));
    for (int64_t i = 0; i < count; i++) {
        double x[3 * ARC], y[3 * ARC], tau[3 * ARC], slope[3 * ARC], w[3], p[3], q[3], r = 0, sum = 0;
        for (int a = 0; a < 3; a++) w[a] = 0.5 * v[3 * i + a] - 0.5 * v_star[3 * i + a];
        r = hypot(hypot(w[0], w[1]), w[2]);
        out[i] = 0;
        if (r == 0) continue;
        for (int a = 0; a < 3; a++) w[a] /= r;
        grzi_orthonormal_frame(w, p, q);
        for (int j = 0; j < ARC; j++) {
            double angle = theta[i] * node[j], half = sin(angle / 2), c = cos(phi[i]), s = sin(phi[i]);
            for (int a = 0; a < 3; a++) {
                double tangent = c * p[a] + s * q[a], chord = r * (-2 * half * half * w[a] + sin(angle) * tangent);
                x[3 * j + a] = v[3 * i + a] + chord;
                y[3 * j + a] = v_star[3 * i + a] - chord;
                tau[3 * j + a] = cos(angle) * tangent - sin(angle) * w[a];
            }
        }
        GRZI_TRY(slopes(&of, ARC, x, y, 1, slope));
        for (int j = 0; j < 3 * ARC; j++) sum += weight[j / 3] * tau[j] * slope[j];
        out[i] = r * sum;
    }
    return GRZ_OK;
}

grz_status grz_collision_mobility(grz_context *context, grz_density_fn f, void *user, int64_t count, const double *v, const double *v_star,
                                  const double *sigma, double *Lambda, double *lower, double *upper)
{
    static const char *const function = "grz_collision_mobility";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    if (!f) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: f is NULL", function);
    GRZI_TRY(grzi_check_pointer(context, function, "Lambda", Lambda));
    for (int64_t first = 0; first < count || first == 0; first += BLOCK) {
        double places[12 * BLOCK], values[4 * BLOCK];
        int some = count - first < BLOCK ? (int)(count - first) : BLOCK;
        GRZI_TRY(grz_post_collision(context, count < 0 ? count : some, v ? v + 3 * first : NULL, v_star ? v_star + 3 * first : NULL,
                                    sigma ? sigma + 3 * first : NULL, places, places + 3 * BLOCK));
        for (int i = 0; i < 3 * some; i++) {
            places[6 * BLOCK + i] = v[3 * first + i];
            places[9 * BLOCK + i] = v_star[3 * first + i];
        }
        for (int part = 0; part < 4; part++) {
            int stop = f(some, places + 3 * BLOCK * part, values + BLOCK * part, user);
            if (stop) return grzi_fail(context, GRZ_ERROR_CALLBACK, "%s: the density returned %d", function, stop);
            GRZI_TRY(grzi_check_array_nonnegative(context, function, "f", values + BLOCK * part, some));
        }
        for (int k = 0; k < some; k++) {
            double after = values[k] * values[BLOCK + k], before = values[2 * BLOCK + k] * values[3 * BLOCK + k];
            GRZI_TRY(grzi_check_result(context, function, "ff*", before));
            GRZI_TRY(grzi_check_result(context, function, "ff* after the collision", after));
            Lambda[first + k] = grz_logarithmic_mean(before, after);
            if (lower) lower[first + k] = sqrt(before) * sqrt(after);
            if (upper) upper[first + k] = 0.5 * (before + after);
        }
    }
    return GRZ_OK;
}

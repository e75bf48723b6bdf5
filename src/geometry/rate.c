/* Handles of collision and grazing rates: actions, divergence, pairing (rate.h). */
#include "geometry/rate.h"

#include "distribution/grid.h"
#include "distribution/sum.h"
#include "geometry/metric.h"

#include <math.h>
#include <string.h>

static grz_status create(grz_context *context, const char *function, grz_operator *op, grz_rate **out, grz_rate **made)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require(op, function, GRZI_NODES));
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONSAGER));
    int64_t count = grzi_grid_count(op->grid);
    grz_rate *rate = grzi_allocate_zeroed(context, 1, sizeof *rate);
    double *phi = grzi_allocate_zeroed(context, 2 * count, sizeof *phi);
    if (!rate || !phi) {
        grzi_deallocate(context, phi);
        grzi_deallocate(context, rate);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    rate->phi = phi;
    rate->work = phi + count;
    rate->context = grzi_context_retain(context);
    rate->op = grzi_operator_retain(op);
    *made = rate;
    return GRZ_OK;
}

grz_status grz_rate_create_potential(grz_context *context, grz_operator *op, const double *phi, grz_rate **out)
{
    static const char *const function = "grz_rate_create_potential";
    grz_rate *made = NULL;
    if (context && op) GRZI_TRY(grzi_check_field_finite(op->grid, function, "phi", phi));
    GRZI_TRY(create(context, function, op, out, &made));
    memcpy(made->phi, phi, sizeof *phi * grzi_grid_count(op->grid));
    *out = made;
    return GRZ_OK;
}

grz_status grz_rate_create_gradient_flow(grz_context *context, grz_operator *op, grz_rate **out)
{
    grz_rate *made = NULL;
    GRZI_TRY(create(context, "grz_rate_create_gradient_flow", op, out, &made));
    made->log_factor = -1;
    *out = made;
    return GRZ_OK;
}

/* What the two callback rates have in common; pointer is the callback. */
static grz_status create_callback(grz_context *context, const char *function, grz_operator *op, grz_equation equation, int has_callback,
                                  const char *name, void *user, grz_rate_form form, grz_rate **out, grz_rate **made)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    if (!has_callback) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: %s is NULL", function, name);
    GRZI_TRY(grzi_check_range(context, function, "form", (int)form, GRZ_RATE_FORM_DENSITY, GRZ_RATE_FORM_RELATIVE));
    if (op && op->equation != equation)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: op is not a %s operator", function,
                         equation == GRZ_EQUATION_LANDAU ? "Landau" : "Boltzmann");
    if (op && equation == GRZ_EQUATION_BOLTZMANN && grz_kernel_eps(op->kernel) == 0)
        return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: op's kernel has eps = 0, where v' = v", function);
    GRZI_TRY(create(context, function, op, out, made));
    (*made)->form = form;
    (*made)->user = user;
    return GRZ_OK;
}

grz_status grz_rate_create_collision(grz_context *context, grz_operator *op, grz_collision_rate_fn M, void *user, grz_rate_form form,
                                     grz_rate **out)
{
    grz_rate *made = NULL;
    GRZI_TRY(create_callback(context, "grz_rate_create_collision", op, GRZ_EQUATION_BOLTZMANN, M != NULL, "M", user, form, out, &made));
    made->collision = M;
    *out = made;
    return GRZ_OK;
}

grz_status grz_rate_create_grazing(grz_context *context, grz_operator *op, grz_pair_vector_fn M, void *user, grz_rate_form form,
                                   grz_rate **out)
{
    grz_rate *made = NULL;
    GRZI_TRY(create_callback(context, "grz_rate_create_grazing", op, GRZ_EQUATION_LANDAU, M != NULL, "M", user, form, out, &made));
    made->grazing = M;
    *out = made;
    return GRZ_OK;
}

void grz_rate_destroy(grz_rate **rate)
{
    if (!rate || !*rate) return;
    grz_context *context = (*rate)->context;
    grzi_operator_release((*rate)->op);
    grzi_deallocate(context, (*rate)->phi);
    grzi_deallocate(context, *rate);
    grzi_context_release(context);
    *rate = NULL;
}

const grz_operator *grz_rate_operator(const grz_rate *rate)
{
    return rate ? rate->op : NULL;
}

grz_status grz_rate_add_potential(grz_rate *rate, double factor, const double *phi)
{
    static const char *const function = "grz_rate_add_potential";
    if (!rate) return GRZ_ERROR_NULL_ARGUMENT;
    int64_t count = grzi_grid_count(rate->op->grid);
    GRZI_TRY(grzi_check_finite(rate->context, function, "factor", factor));
    GRZI_TRY(grzi_check_field_finite(rate->op->grid, function, "phi", phi));
    for (int64_t i = 0; i < count; i++) rate->work[i] = rate->phi[i] + factor * phi[i];
    GRZI_TRY(grzi_check_field_finite(rate->op->grid, function, "factor*phi", rate->work));
    memcpy(rate->phi, rate->work, sizeof *phi * count);
    return GRZ_OK;
}

void grzi_rate_potential(grz_rate *rate, const double *f)
{
    int64_t count = grzi_grid_count(rate->op->grid);
    double unit = grzi_unit(f, count);
    for (int64_t i = 0; i < count; i++) rate->work[i] = rate->phi[i] + (rate->log_factor != 0 ? rate->log_factor * log(f[i] / unit) : 0);
}

/* The density and the set-up, for all queries; the potential part is then in rate->work. */
static grz_status begin(grz_rate *rate, const char *function, const double *f)
{
    GRZI_TRY(grzi_operator_check_density(rate->op, function, f));
    GRZI_TRY(grzi_operator_ready(rate->op));
    grzi_rate_potential(rate, f);
    return GRZ_OK;
}

grz_status grz_rate_action(grz_rate *rate, const double *f, double *value)
{
    static const char *const function = "grz_rate_action";
    if (!rate) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(rate->context, function, "value", value));
    GRZI_TRY(begin(rate, function, f));
    if (grzi_rate_has_callback(rate)) return grzi_rate_walk(rate, f, rate->work, NULL, value, NULL, NULL);
    return grzi_operator_compute_action(rate->op, f, rate->work, value);
}

grz_status grz_rate_divergence(grz_rate *rate, const double *f, double *g)
{
    static const char *const function = "grz_rate_divergence";
    if (!rate) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(rate->context, function, "g", g));
    GRZI_TRY(begin(rate, function, f));
    if (grzi_rate_has_callback(rate)) return grzi_rate_walk(rate, f, rate->work, NULL, NULL, NULL, g);
    return grzi_operator_compute_onsager(rate->op, f, rate->work, g);
}

static double inner(const grz_grid *grid, const double *a, const double *b)
{
    grzi_sum sum = {0, 0};
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) grzi_sum_add(&sum, a[i] * b[i]);
    return grzi_sum_total(&sum) * grzi_grid_cell(grid);
}

grz_status grz_rate_pairing(grz_rate *rate, const double *f, const double *psi, double *value)
{
    static const char *const function = "grz_rate_pairing";
    if (!rate) return GRZ_ERROR_NULL_ARGUMENT;
    int64_t count = grzi_grid_count(rate->op->grid);
    GRZI_TRY(grzi_check_field_finite(rate->op->grid, function, "psi", psi));
    GRZI_TRY(grzi_check_pointer(rate->context, function, "value", value));
    GRZI_TRY(begin(rate, function, f));
    if (grzi_rate_has_callback(rate)) return grzi_rate_walk(rate, f, rate->work, psi, NULL, value, NULL);
    double *g = grzi_allocate(rate->context, count, sizeof *g);
    if (!g) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = grzi_operator_compute_onsager(rate->op, f, rate->work, g);
    double result = status == GRZ_OK ? inner(rate->op->grid, g, psi) : 0;
    grzi_deallocate(rate->context, g);
    if (status == GRZ_OK) status = grzi_check_result(rate->context, function, "int psi dM", result);
    if (status == GRZ_OK) *value = result;
    return status;
}

grz_status grz_rate_project(grz_rate *rate, grz_metric *metric, const double *f, double *optimal, double *remainder, double *phi)
{
    static const char *const function = "grz_rate_project";
    if (!rate) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(rate->context, function, "metric", metric));
    GRZI_TRY(grzi_check_pointer(rate->context, function, "optimal", optimal));
    if (metric->op != rate->op) return grzi_fail(rate->context, GRZ_ERROR_MISMATCH, "%s: metric is of another operator", function);
    int64_t count = grzi_grid_count(rate->op->grid);
    double *g = grzi_allocate(rate->context, 2 * count, sizeof *g), least, rest = 0;
    if (!g) return GRZ_ERROR_OUT_OF_MEMORY;
    double *potential = g + count;
    grz_status status = grz_rate_divergence(rate, f, g);
    if (status == GRZ_OK) status = grzi_metric_solve(metric, function, f, g, &least, potential);
    if (status == GRZ_OK && isinf(least))
        status = grzi_fail(rate->context, GRZ_ERROR_NOT_CONVERGED, "%s: rounding in the rate's divergence changes the %s", function,
                           grz_moment_name(metric->unreachable));
    if (status == GRZ_OK && remainder) {
        grzi_rate_potential(rate, f);
        for (int64_t i = 0; i < count; i++) rate->work[i] -= potential[i];
        status = grzi_rate_has_callback(rate) ? grzi_rate_walk(rate, f, rate->work, NULL, &rest, NULL, NULL)
                                              : grzi_operator_compute_action(rate->op, f, rate->work, &rest);
    }
    if (status == GRZ_OK) {
        *optimal = least;
        if (remainder) *remainder = rest;
        if (phi) memcpy(phi, potential, sizeof *phi * count);
    }
    grzi_deallocate(rate->context, g);
    return status;
}

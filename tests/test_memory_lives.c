/* The life of every handle, with all its calls, at the smallest sizes: run plainly, under valgrind and under the sanitizers. Each life is
 * lived once with a count of allocations, where what promises to allocate nothing is held to it, and then once for every N with the N-th
 * allocation refused: the call that met it says so, and nothing is lost. Then as hosts may live it: with floating-point exceptions trapped,
 * and on a thread with a small stack. */
#if defined(__linux__)
#define _GNU_SOURCE /* feenableexcept */
#endif
#include "support/check.h"

#include <fenv.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { N = 8, COUNT = N * N * N };

/* What a life is lived with; every handle in it is destroyed at the end, however far it came. */
typedef struct life {
    counting_allocator *m;
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grz_distribution *distribution, *second;
    grz_species *light, *heavy;
    grz_grid *fine;
    grz_mixture *mixture;
    grz_operator *op;
    grz_functional *functional;
    grz_metric *metric;
    grz_flow *flow;
    grz_limit *limit;
    grz_rate *rate;
    grz_geodesic *geodesic;
    grz_interpolant *interpolant;
    grz_sphere *sphere;
    double f[COUNT], g[COUNT], out[3 * COUNT];
} life;

#define TRY(call)                                    \
    do {                                             \
        grz_status try_status = (call);              \
        if (try_status != GRZ_OK) return try_status; \
    } while (0)

/* The call succeeds without an allocation. */
#define QUIET(call)                                                                                                                    \
    do {                                                                                                                               \
        int64_t quiet_before = l->m->calls;                                                                                            \
        grz_status quiet_status = (call);                                                                                              \
        HOLDS(quiet_status == GRZ_OK && l->m->calls == quiet_before, "%s: %s, %lld allocations", #call, grz_status_name(quiet_status), \
              (long long)(l->m->calls - quiet_before));                                                                                \
    } while (0)

static grz_status make_grid_and_kernel(life *l)
{
    uint64_t seed = 5;
    for (int i = 0; i < COUNT; i++) {
        double r2 = 0;
        for (int a = 0, index = i; a < 3; a++, index /= N) r2 += (index % N - 3.5) * (index % N - 3.5);
        l->f[i] = exp(-0.4 * r2) * (0.9 + 0.2 * uniform(&seed));
        l->g[i] = exp(-0.3 * r2);
    }
    TRY(grz_grid_create(l->context, N, 3.5, NULL, &l->grid));
    return grz_kernel_create_power_law(l->context, -1, 1, 0, &l->kernel);
}

/* ---------------------------------------------------------------------------------------------------------- distributions */

static int ones(int64_t count, const double *velocity, double *f, void *user)
{
    (void)velocity;
    for (int64_t i = 0; i < count; i++) f[i] = *(const double *)user;
    return 0;
}

static grz_status make_distribution(life *l, int family)
{
    static const double covariances[18] = {0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5, 0.6, 0.1, 0, 0.1, 0.4, 0, 0, 0, 0.5};
    static double one = 1;
    switch (family) {
    case 0:
        return grz_distribution_create_array(l->context, l->grid, l->f, &l->distribution);
    case 1:
        return grz_distribution_create_callback(l->context, l->grid, ones, &one, &l->distribution);
    case 2:
        return grz_distribution_create_maxwellian(l->context, l->grid, 1, NULL, 1, &l->distribution);
    case 3:
        return grz_distribution_create_bimaxwellian(l->context, l->grid, 1, NULL, (double[3]){1, 0.8, 0.7}, NULL, &l->distribution);
    case 4:
        return grz_distribution_create_bkw(l->context, l->grid, 0.8, &l->distribution);
    case 5:
        return grz_distribution_create_mixture(l->context, l->grid, 2, (double[2]){0.6, 0.4}, (double[6]){1, 0, 0, -1, 0, 0}, covariances,
                                               &l->distribution);
    default:
        return grz_distribution_create_shell(l->context, l->grid, 1, NULL, 10, 1.5, &l->distribution);
    }
}

static grz_status distributions(life *l)
{
    char path[64];
    double rho, u[3], T, P[9], q[3];
    int32_t n;
    TRY(make_grid_and_kernel(l));
    for (int family = 0; family < 7; family++) {
        TRY(make_distribution(l, family));
        if (family < 6) grz_distribution_destroy(&l->distribution);
    }
    QUIET(grz_distribution_values(l->distribution, l->out));
    QUIET(grz_distribution_set_values(l->distribution, l->f));
    QUIET(grz_distribution_moments(l->distribution, &rho, u, &T, P, q));
    QUIET(grz_grid_axis_nodes(l->grid, 1, l->out));
    TRY(grz_distribution_create_equilibrium(l->context, l->distribution, &l->second));
    grz_distribution_destroy(&l->second);
    snprintf(path, sizeof path, "/tmp/grazing-lives-%ld.npy", (long)getpid());
    grz_status status = grz_distribution_save_npy(l->distribution, path);
    if (status == GRZ_OK) status = grz_npy_nodes_per_axis(l->context, path, &n);
    if (status == GRZ_OK) status = grz_distribution_load_npy(l->context, l->grid, path, &l->second);
    remove(path);
    TRY(status);
    ck_assert_mem_eq(grz_distribution_view(l->second), l->f, sizeof l->f);
    return GRZ_OK;
}

/* ------------------------------------------------------------------------------------------------------------ functionals */

static grz_status functionals(life *l)
{
    double value;
    TRY(make_grid_and_kernel(l));
    TRY(grz_distribution_create_maxwellian(l->context, l->grid, 1, NULL, 1, &l->distribution));
    for (int which = 0; which < 3; which++) {
        grz_functional_destroy(&l->functional);
        TRY(which == 0   ? grz_functional_create_entropy(l->context, l->grid, &l->functional)
            : which == 1 ? grz_functional_create_relative_entropy(l->context, l->distribution, &l->functional)
                         : grz_functional_create_fisher(l->context, l->grid, &l->functional));
        QUIET(grz_functional_evaluate(l->functional, l->f, &value));
        QUIET(grz_functional_first_variation(l->functional, l->f, l->out));
    }
    return GRZ_OK;
}

/* -------------------------------------------------------------------------------------------------------------- operators */

static grz_status make_entropic(life *l, grz_equation equation, int degree)
{
    static const struct {
        grz_operator_option option;
        double value;
    } coarse[] = {{GRZ_OPERATOR_OPTION_RADIAL_NODES, 2},
                  {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5},
                  {GRZ_OPERATOR_OPTION_THETA_NODES, 2},
                  {GRZ_OPERATOR_OPTION_PHI_NODES, 4}};
    TRY(make_grid_and_kernel(l));
    TRY(grz_operator_create(l->context, l->grid, l->kernel, equation, GRZ_METHOD_ENTROPIC, &l->op));
    for (int i = 0; i < 4; i++) TRY(grz_operator_set_option(l->op, coarse[i].option, coarse[i].value));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 1));
    return grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, degree);
}

/* After set-up, and with more threads than it knew, nothing allocates; setting up again takes the threads in. */
static grz_status entropic(life *l, grz_equation equation, int degree)
{
    double value, best;
    int64_t bytes, more;
    TRY(make_entropic(l, equation, degree));
    TRY(grz_operator_setup(l->op));
    int threads = grz_context_threads(l->context);
    OK(grz_operator_workspace(l->op, &bytes));
    OK(grz_context_set_threads(l->context, threads + 1));
    QUIET(grz_operator_apply(l->op, l->f, l->out));
    QUIET(grz_operator_weak_form(l->op, l->f, l->g, &value));
    QUIET(grz_operator_onsager(l->op, l->f, l->g, l->out));
    QUIET(grz_operator_action(l->op, l->f, l->g, &value));
    QUIET(grz_operator_overshoot(l->op, l->f, &value));
    QUIET(grz_operator_metric_bound(l->op, l->f, l->out, l->g, &value, &best));
    QUIET(grz_operator_apply_batch(l->op, 1, l->f, l->out));
    for (int type = GRZ_FUNCTIONAL_TYPE_DISSIPATION; type <= GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT; type++) {
        grz_functional_destroy(&l->functional);
        TRY(grz_functional_create_dissipation(l->context, l->op, (grz_functional_type)type, &l->functional));
        QUIET(grz_functional_evaluate(l->functional, l->f, &value));
        QUIET(grz_functional_first_variation(l->functional, l->f, l->out));
    }
    TRY(grz_operator_setup(l->op));
    OK(grz_operator_workspace(l->op, &more));
    ck_assert_int_gt(more, bytes);
    QUIET(grz_operator_setup(l->op));
    QUIET(grz_operator_apply(l->op, l->f, l->out));
    return GRZ_OK;
}

static grz_status entropic_boltzmann(life *l)
{
    return entropic(l, GRZ_EQUATION_BOLTZMANN, 5);
}

static grz_status entropic_landau(life *l)
{
    return entropic(l, GRZ_EQUATION_LANDAU, 3);
}

/* Two species, the heavy one on a grid of half the spacing, then an explicit flow of both. */
static grz_status mixtures(life *l)
{
    enum { FINE = 9, BOTH = COUNT + FINE * FINE * FINE };
    static double f[BOTH], g[BOTH], Q[BOTH];
    double value, number[2], velocity[6], temperature[2], u[3];
    TRY(make_grid_and_kernel(l));
    TRY(grz_species_create(l->context, "light", 1, -1, &l->light));
    TRY(grz_species_create(l->context, "heavy", 4, 1, &l->heavy));
    TRY(grz_grid_create(l->context, FINE, 3.5 / N * FINE / 2, NULL, &l->fine));
    TRY(grz_mixture_create(l->context, 2, (const grz_species *const[2]){l->light, l->heavy}, (const grz_grid *const[2]){l->grid, l->fine},
                           &l->mixture));
    TRY(grz_mixture_set_coulomb(l->mixture, 1, 0, GRZ_SCATTERING_POWER_LAW));
    QUIET(grz_mixture_set_kernel(l->mixture, 1, 1, l->kernel));
    for (int i = 0; i < BOTH; i++) f[i] = i < COUNT ? l->f[i] : 1, g[i] = f[i];
    TRY(grz_operator_create_mixture(l->context, l->mixture, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &l->op));
    grz_mixture_destroy(&l->mixture); /* the operator keeps it */
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 2));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 3));
    const grz_mixture *mixture = grz_operator_mixture(l->op);
    QUIET(grz_mixture_moments(mixture, f, number, velocity, temperature, u, &value));
    QUIET(grz_mixture_equilibrium(mixture, f, g));
    QUIET(grz_mixture_entropy(mixture, f, &value));
    TRY(grz_operator_setup(l->op));
    QUIET(grz_operator_apply(l->op, f, Q));
    QUIET(grz_operator_weak_form(l->op, f, g, &value));
    QUIET(grz_operator_onsager(l->op, f, g, Q));
    QUIET(grz_operator_action(l->op, f, g, &value));
    QUIET(grz_operator_overshoot(l->op, f, &value));
    TRY(grz_functional_create_dissipation(l->context, l->op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &l->functional));
    QUIET(grz_functional_first_variation(l->functional, f, Q));
    TRY(grz_flow_create(l->context, l->op, GRZ_TIME_SCHEME_SSP_RK2, &l->flow));
    QUIET(grz_flow_start(l->flow, 0, f));
    QUIET(grz_flow_step(l->flow, 1e-6));
    return GRZ_OK;
}

static grz_status error_estimate(life *l)
{
    double Q_error, D_error;
    TRY(make_entropic(l, GRZ_EQUATION_LANDAU, 3));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_RADIUS, 1.2));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    return grz_operator_estimate_error(l->op, l->f, &Q_error, &D_error);
}

static grz_status spectral(life *l, grz_equation equation, grz_spectral_scheme scheme)
{
    double value;
    TRY(make_grid_and_kernel(l));
    TRY(grz_operator_create(l->context, l->grid, l->kernel, equation, GRZ_METHOD_SPECTRAL, &l->op));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_SCHEME, scheme));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 2));
    if (scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE) TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    if (scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR) {
        TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 3));
        TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_INPUT_RANK, 4));
    }
    TRY(grz_operator_setup(l->op));
    OK(grz_context_set_threads(l->context, grz_context_threads(l->context) + 1));
    for (int i = 0; i < COUNT; i++) l->out[i] = l->out[COUNT + i] = l->f[i];
    QUIET(grz_operator_apply(l->op, l->f, l->out + 2 * COUNT));
    QUIET(grz_operator_weak_form(l->op, l->f, l->g, &value));
    TRY(grz_functional_create_dissipation(l->context, l->op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &l->functional));
    QUIET(grz_functional_evaluate(l->functional, l->f, &value));
    QUIET(grz_operator_fit_error(l->op, &value));
    QUIET(grz_operator_projection_size(l->op, &value));
    TRY(grz_operator_apply_bilinear(l->op, l->f, l->g, l->out));
    QUIET(grz_operator_apply_bilinear(l->op, l->f, l->g, l->out));
    TRY(grz_operator_apply_batch(l->op, 1, l->f, l->out));
    QUIET(grz_operator_apply_batch(l->op, 1, l->f, l->out));
    TRY(grz_operator_setup(l->op));
    QUIET(grz_operator_apply(l->op, l->f, l->out));
    return GRZ_OK;
}

static grz_status spectral_tensor(life *l)
{
    return spectral(l, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR);
}

static grz_status spectral_spheres(life *l)
{
    return spectral(l, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_SPHERE_RULE);
}

static grz_status spectral_landau(life *l)
{
    return spectral(l, GRZ_EQUATION_LANDAU, GRZ_SPECTRAL_SCHEME_SEPARABLE);
}

/* Factorisations to a file and back. */
static grz_status cache(life *l)
{
    char path[64];
    TRY(make_grid_and_kernel(l));
    TRY(grz_operator_create(l->context, l->grid, l->kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, &l->op));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 3));
    TRY(grz_operator_set_option(l->op, GRZ_OPERATOR_OPTION_INPUT_RANK, 4));
    TRY(grz_operator_setup(l->op));
    snprintf(path, sizeof path, "/tmp/grazing-cache-%ld", (long)getpid());
    grz_status status = grz_spectral_cache_save(l->context, path);
    if (status == GRZ_OK) status = grz_spectral_cache_clear(l->context);
    if (status == GRZ_OK) status = grz_spectral_cache_load(l->context, path);
    remove(path);
    return status;
}

/* --------------------------------------------------------------------------------------------------- metric derivatives, flows */

static grz_status metric(life *l)
{
    double value;
    TRY(make_entropic(l, GRZ_EQUATION_LANDAU, 3));
    TRY(grz_operator_apply(l->op, l->f, l->out));
    TRY(grz_metric_create(l->context, l->op, &l->metric));
    TRY(grz_metric_set_option(l->metric, GRZ_METRIC_OPTION_TOLERANCE, 0.1));
    TRY(grz_metric_derivative(l->metric, l->f, l->out, &value, l->out + COUNT));
    QUIET(grz_metric_derivative(l->metric, l->f, l->out, &value, l->out + COUNT));
    return GRZ_OK;
}

static grz_status flows(life *l)
{
    TRY(make_entropic(l, GRZ_EQUATION_LANDAU, 3));
    TRY(grz_operator_setup(l->op));
    for (int scheme = GRZ_TIME_SCHEME_SSP_RK2; scheme <= GRZ_TIME_SCHEME_PROXIMAL_2; scheme++) {
        grz_flow_destroy(&l->flow);
        TRY(grz_flow_create(l->context, l->op, (grz_time_scheme)scheme, &l->flow));
        QUIET(grz_flow_set_option(l->flow, GRZ_FLOW_OPTION_RESIDUAL, 1e-2));
        QUIET(grz_flow_start(l->flow, 0, l->f));
        QUIET(grz_flow_step(l->flow, 1e-3));
        QUIET(grz_flow_run(l->flow, 2e-3, 1e-3, NULL, NULL));
        ck_assert_int_le(grz_flow_state_size(l->flow), 3 * COUNT);
        QUIET(grz_flow_save(l->flow, l->out));
        QUIET(grz_flow_restore(l->flow, l->out));
        QUIET(grz_flow_values(l->flow, l->out));
    }
    return GRZ_OK;
}

static grz_status limits(life *l)
{
    const double times[2] = {0, 1e-4}, eps = 0.5;
    double margin;
    TRY(make_entropic(l, GRZ_EQUATION_BOLTZMANN, 3));
    TRY(grz_limit_create(l->context, l->grid, 2, times, &l->limit));
    TRY(grz_limit_add_smooth_tests(l->limit, 1));
    for (int curve = 0; curve < 2; curve++) {
        TRY(grz_limit_begin(l->limit, curve, NULL));
        QUIET(grz_limit_record(l->limit, 0, l->f, NULL));
        QUIET(grz_limit_record(l->limit, 1e-4, l->g, NULL));
        QUIET(grz_limit_end(l->limit));
    }
    TRY(grz_limit_run(l->limit, l->op, GRZ_TIME_SCHEME_SSP_RK2, 1e-4, 1, &eps, l->g)); /* at equilibrium: the metric derivative is quick */
    ck_assert_int_eq(grz_limit_count(l->limit), 3);
    QUIET(grz_limit_column(l->limit, GRZ_LIMIT_QUANTITY_L1, l->out));
    QUIET(grz_limit_liminf(l->limit, GRZ_LIMIT_SERIES_ENTROPY, GRZ_LIMIT_SCALE_POWER, &margin, l->out));
    return GRZ_OK;
}

static int turned(int64_t count, const double *v, const double *v_star, const double *sigma, double *M, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) {
        double along = 0, square = 0;
        for (int64_t a = 3 * i; a < 3 * i + 3; a++) along += (v[a] - v_star[a]) * sigma[a], square += pow(v[a] - v_star[a], 2);
        M[i] = square - along * sqrt(square);
    }
    return 0;
}

static grz_status rates(life *l)
{
    double value, rest;
    TRY(make_entropic(l, GRZ_EQUATION_BOLTZMANN, 3));
    TRY(grz_metric_create(l->context, l->op, &l->metric));
    QUIET(grz_metric_set_option(l->metric, GRZ_METRIC_OPTION_TOLERANCE, 0.1));
    for (int which = 0; which < 3; which++) {
        grz_rate_destroy(&l->rate);
        TRY(which == 0   ? grz_rate_create_potential(l->context, l->op, l->g, &l->rate)
            : which == 1 ? grz_rate_create_gradient_flow(l->context, l->op, &l->rate)
                         : grz_rate_create_collision(l->context, l->op, turned, NULL, GRZ_RATE_FORM_RELATIVE, &l->rate));
        TRY(grz_rate_add_potential(l->rate, 0.5, l->g));
        TRY(grz_rate_action(l->rate, l->f, &value));
        TRY(grz_rate_divergence(l->rate, l->f, l->out));
        TRY(grz_rate_pairing(l->rate, l->f, l->g, &value));
    }
    TRY(grz_rate_project(l->rate, l->metric, l->f, &value, &rest, l->out));
    for (int i = 0; i < 2 * COUNT; i++) l->out[i] = l->f[i % COUNT];
    double norms[2];
    return grz_curve_residual(l->context, 2, (double[2]){0, 1}, l->out, (grz_rate *const[2]){l->rate, l->rate}, GRZ_TIME_RULE_TRAPEZOID,
                              NULL, norms);
}

static grz_status geodesics(life *l)
{
    double value;
    TRY(make_entropic(l, GRZ_EQUATION_LANDAU, 3));
    for (int i = 0; i < COUNT; i++) l->g[i] = l->f[i] * (1 + 0.1 * (i % 3));
    TRY(grz_geodesic_create(l->context, l->op, l->f, l->g, 0.5, &l->geodesic));
    QUIET(grz_geodesic_set_option(l->geodesic, GRZ_GEODESIC_OPTION_REFINEMENTS, 1));
    QUIET(grz_geodesic_set_option(l->geodesic, GRZ_GEODESIC_OPTION_TOLERANCE, 1));
    for (int i = 0; i < 3 * COUNT; i++) l->out[i] = l->f[i % COUNT];
    TRY(grz_geodesic_start(l->geodesic, 3, (double[3]){0, 0.4, 1}, l->out));
    TRY(grz_geodesic_run(l->geodesic));
    QUIET(grz_geodesic_number_value(l->geodesic, GRZ_GEODESIC_NUMBER_DISTANCE, &value));
    TRY(grz_geodesic_level(l->geodesic, 1, l->out, l->out + COUNT));
    QUIET(grz_geodesic_step(l->geodesic, 1, l->out, l->out + COUNT, &value));
    static double state[3 + 9 * COUNT];
    ck_assert_int_eq(grz_geodesic_state_size(l->geodesic), 3 + 9 * COUNT);
    QUIET(grz_geodesic_save(l->geodesic, state));
    TRY(grz_geodesic_restore(l->geodesic, 3 + 9 * COUNT, state));
    return GRZ_OK;
}

static grz_status interpolants(life *l)
{
    double f, gradient[3], bound;
    TRY(make_entropic(l, GRZ_EQUATION_BOLTZMANN, 5));
    TRY(grz_interpolant_create(l->context, l->op, l->f, &l->interpolant));
    QUIET(grz_interpolant_evaluate(l->interpolant, 1, (double[3]){0.1, 0.2, -0.3}, &f, gradient));
    TRY(grz_operator_affine_bound(l->op, l->f, grz_optimal_pair, l->interpolant, &bound, NULL, NULL));
    return grz_operator_affine_jump_bound(l->op, l->f, grz_optimal_jump, l->interpolant, &bound, NULL, NULL);
}

static int whirl(int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    (void)user;
    for (int64_t i = 0; i < 3 * count; i++) field[i] = (v[i] - v_star[i]) * v[i - i % 3];
    return 0;
}

static grz_status spheres(life *l)
{
    enum { LMAX = 4, C = (LMAX + 1) * (LMAX + 1) };
    double coefficients[C] = {1, 2, 3}, norms[3], centre[3] = {0.1, 0, -0.2}, radius = 1;
    TRY(grz_sphere_create(l->context, LMAX, &l->sphere));
    ck_assert_int_le(3 * grz_sphere_node_count(l->sphere), 3 * COUNT);
    TRY(grz_sphere_gradient(l->sphere, 1, coefficients, l->out));
    TRY(grz_sphere_divergence(l->sphere, 1, l->out, coefficients));
    TRY(grz_sphere_solve(l->sphere, 1, coefficients));
    TRY(grz_sphere_synthesise(l->sphere, 1, coefficients, l->out));
    TRY(grz_sphere_analyse(l->sphere, 1, l->out, coefficients));
    return grz_grazing_project(l->context, l->sphere, whirl, NULL, -1, 1, centre, &radius, coefficients, norms);
}

/* ------------------------------------------------------------------------------------------------------------------- lives */

static const struct {
    const char *name;
    grz_status (*live)(life *l);
} lives[] = {{"distributions", distributions},
             {"functionals", functionals},
             {"entropic Boltzmann", entropic_boltzmann},
             {"entropic Landau", entropic_landau},
             {"mixtures", mixtures},
             {"error estimate", error_estimate},
             {"spectral, radial tensor", spectral_tensor},
             {"spectral, sphere rule", spectral_spheres},
             {"spectral Landau", spectral_landau},
             {"cache", cache},
             {"metric", metric},
             {"flows", flows},
             {"limits", limits},
             {"rates", rates},
             {"geodesics", geodesics},
             {"interpolants", interpolants},
             {"spheres", spheres}};

enum { LIVES = sizeof lives / sizeof lives[0] };

/* Lives a life from context to end; requests receives the allocations made. */
static grz_status whole(int which, int threads, int64_t fail_at, int64_t *requests)
{
    static life l; /* fields of two hundred kilobytes */
    counting_allocator m = {0, 0, fail_at};
    memset(&l, 0, sizeof l);
    l.m = &m;
    grz_status status = grz_context_create_with_allocator(counted_allocate, counted_release, &m, &l.context);
    if (status == GRZ_OK) {
        OK(grz_context_set_threads(l.context, threads));
        status = lives[which].live(&l);
        HOLDS(status == GRZ_OK || grz_context_last_status(l.context) == status, "%s: no message", lives[which].name);
        HOLDS(status == GRZ_OK || status == GRZ_ERROR_OUT_OF_MEMORY, "%s, allocation %lld: %s: %s", lives[which].name, (long long)fail_at,
              grz_status_name(status), grz_context_last_message(l.context));
    }
    grz_context_destroy(&l.context);
    grz_kernel_destroy(&l.kernel);
    grz_operator_destroy(&l.op);
    grz_functional_destroy(&l.functional);
    grz_flow_destroy(&l.flow);
    grz_limit_destroy(&l.limit);
    grz_metric_destroy(&l.metric);
    grz_rate_destroy(&l.rate);
    grz_geodesic_destroy(&l.geodesic);
    grz_interpolant_destroy(&l.interpolant);
    grz_sphere_destroy(&l.sphere);
    grz_distribution_destroy(&l.second);
    grz_distribution_destroy(&l.distribution);
    grz_species_destroy(&l.light);
    grz_species_destroy(&l.heavy);
    grz_grid_destroy(&l.fine);
    grz_mixture_destroy(&l.mixture);
    grz_grid_destroy(&l.grid);
    HOLDS(m.outstanding == 0, "%s, allocation %lld: %lld blocks lost", lives[which].name, (long long)fail_at, (long long)m.outstanding);
    *requests = m.calls;
    return status;
}

START_TEST(calls_after_set_up_do_not_allocate)
{
    int64_t requests;
    for (int threads = 1; threads <= 2; threads++) OK(whole(_i, threads, 0, &requests));
    printf("%s: %lld allocations\n", lives[_i].name, (long long)requests);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    const int stride = getenv("GRZ_EMULATED_PROCESSOR") ? 3 : 1; /* thirty times slower there: a third of them */
    int64_t requests = 0, fail_at = 1;
    while (whole(_i, 1, fail_at, &requests) == GRZ_ERROR_OUT_OF_MEMORY) fail_at += stride;
    HOLDS(requests < fail_at && requests >= fail_at - stride && fail_at > 10, "%s: %lld allocations, %lld refused", lives[_i].name,
          (long long)requests, (long long)fail_at - 1);
}
END_TEST

#if defined(__linux__) && defined(__x86_64__)
/* Fortran hosts trap what C hosts ignore. A trap ends the test by SIGFPE, in OpenMP's threads too, which inherit it. */
START_TEST(no_call_raises_an_exception)
{
    const int exceptions = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW;
    int64_t requests;
    feclearexcept(FE_ALL_EXCEPT);
    ck_assert_int_ne(feenableexcept(exceptions), -1);
    for (int threads = 1; threads <= 2; threads++) OK(whole(_i, threads, 0, &requests));
    fedisableexcept(FE_ALL_EXCEPT);
    ck_assert_int_eq(fetestexcept(exceptions), 0);
}
END_TEST
#endif

#ifndef __SANITIZE_ADDRESS__
static void *live_briefly(void *which)
{
    int64_t requests;
    OK(whole(*(int *)which, 2, 0, &requests));
    return NULL;
}

START_TEST(a_small_stack_is_enough)
{
    pthread_attr_t attributes;
    pthread_t thread;
    ck_assert_int_eq(pthread_attr_init(&attributes), 0);
    ck_assert_int_eq(pthread_attr_setstacksize(&attributes, 128 << 10), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, live_briefly, &_i), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("memory lives");
    TCase *tests = tcase_create("memory lives");
    tcase_add_loop_test(tests, calls_after_set_up_do_not_allocate, 0, LIVES);
    tcase_add_loop_test(tests, every_allocation_may_fail, 0, LIVES);
#if defined(__linux__) && defined(__x86_64__)
    if (!getenv("GRZ_EMULATED_PROCESSOR")) tcase_add_loop_test(tests, no_call_raises_an_exception, 0, LIVES);
#endif
#ifndef __SANITIZE_ADDRESS__
    if (!getenv("GRZ_EMULATED_PROCESSOR")) tcase_add_loop_test(tests, a_small_stack_is_enough, 0, LIVES);
#endif
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

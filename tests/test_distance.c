/* Geodesics of d_B and d_L: against the metric at one density, the geodesic equation, exact relations between distances, bounds. */
#include "support/scene.h"

typedef struct way {
    grz_equation equation;
    double gamma, eps;
} way;

static const way ways[] = {{GRZ_EQUATION_LANDAU, 0, 1}, {GRZ_EQUATION_LANDAU, -2, 1}, {GRZ_EQUATION_BOLTZMANN, 0, 3.14159}};
enum { WAYS = 3, N = 8 };

/* What is tested here holds for any rules, and with these an application takes a millisecond. */
static void few_nodes(grz_operator *op, grz_equation equation)
{
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    if (equation == GRZ_EQUATION_LANDAU) return;
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 4));
}

/* A grid on which Gaussians of temperature 1.5 fall by a factor of some five from node to node at most, so that splines are at ease. */
static void open_way(scene *s, const way *w)
{
    open_scene_of(s, N, 3.2, BKW, w->gamma, 0.5, w->eps, w->equation, 1);
    few_nodes(s->op, w->equation);
}

/* Of temperatures T about u, mass rho. */
static void gaussian(const scene *s, double rho, const double u[3], const double T[3], double *f)
{
    for (int64_t i = 0; i < s->count; i++) {
        double v[3], exponent = 0;
        node_of(s, i, v);
        for (int a = 0; a < 3; a++) exponent += (v[a] - u[a]) * (v[a] - u[a]) / T[a];
        f[i] = rho * exp(-0.5 * exponent) / sqrt(8 * M_PI * M_PI * M_PI * T[0] * T[1] * T[2]);
    }
}

static const double centre[3] = {0.1, -0.05, 0.08};

/* The ends of most tests: an anisotropic Gaussian and an isotropic one, which the box cuts off; their moments are matched. */
static void ends(const scene *s, double anisotropy, double *f0, double *f1)
{
    gaussian(s, 1, centre, (double[3]){1.5 * (1 + anisotropy), 1.5 * (1 - anisotropy), 1.5}, f0);
    gaussian(s, 1, centre, (double[3]){1.5, 1.5, 1.5}, f1);
}

static grz_geodesic *geodesic_of(const scene *s, const double *f0, const double *f1, int refinements, double tolerance)
{
    grz_geodesic *g;
    grz_status status = grz_geodesic_create(s->context, s->op, f0, f1, 0.5, &g);
    HOLDS(status == GRZ_OK, "%s", grz_context_last_message(s->context));
    OK(grz_geodesic_set_option(g, GRZ_GEODESIC_OPTION_REFINEMENTS, refinements));
    OK(grz_geodesic_set_option(g, GRZ_GEODESIC_OPTION_TOLERANCE, tolerance));
    return g;
}

static void run(const scene *s, grz_geodesic *g)
{
    grz_status status = grz_geodesic_run(g);
    HOLDS(status == GRZ_OK, "%s", grz_context_last_message(s->context));
}

static double value_of(const grz_geodesic *g, grz_geodesic_number number)
{
    double value = NAN;
    OK(grz_geodesic_number_value(g, number, &value));
    return value;
}

static double distance_of(const scene *s, const double *f0, const double *f1, int refinements, double tolerance)
{
    grz_geodesic *g = geodesic_of(s, f0, f1, refinements, tolerance);
    run(s, g);
    double d = value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE);
    grz_geodesic_destroy(&g);
    return d;
}

/* The last level of a geodesic: f1 with the moments of f0. */
static void projected_end(const grz_geodesic *g, double *f1)
{
    OK(grz_geodesic_level(g, grz_geodesic_steps(g), f1, NULL));
}

static void variances(const scene *s, const double *f, double out[3])
{
    double mass = 0, mean[3] = {0}, square[3] = {0};
    for (int64_t i = 0; i < s->count; i++) {
        double v[3];
        node_of(s, i, v);
        mass += f[i];
        for (int a = 0; a < 3; a++) mean[a] += f[i] * v[a], square[a] += f[i] * v[a] * v[a];
    }
    for (int a = 0; a < 3; a++) out[a] = square[a] / mass - mean[a] * mean[a] / mass / mass;
}

/* d^2(f, f + g) = <g, K^+ g> at the middle, up to the fourth order in g. */
START_TEST(close_densities)
{
    SKIP_IF(fast() && _i != 0, "one operator in fast mode");
    scene s;
    open_way(&s, &ways[_i]);
    double *f0 = array_of(&s), *f1 = array_of(&s), *g = array_of(&s), square, error[2];
    for (int r = 0; r < 2; r++) {
        grz_metric *metric;
        ends(&s, 0.02 / (1 + r), f0, f1);
        grz_geodesic *geodesic = geodesic_of(&s, f0, f1, 0, 1e-3);
        run(&s, geodesic);
        projected_end(geodesic, f1);
        for (int64_t i = 0; i < s.count; i++) g[i] = f1[i] - f0[i], f1[i] = f0[i] + 0.5 * g[i];
        OK(grz_metric_create(s.context, s.op, &metric));
        OK(grz_metric_derivative(metric, f1, g, &square, NULL));
        error[r] = value_of(geodesic, GRZ_GEODESIC_NUMBER_DISTANCE) / sqrt(square) - 1;
        grz_metric_destroy(&metric);
        grz_geodesic_destroy(&geodesic);
    }
    HOLDS(fabs(error[0]) < 2e-3, "relative difference %g", error[0]);
    HOLDS(error[0] / error[1] > 3 && error[0] / error[1] < 5, "relative differences %g, %g", error[0], error[1]);
    free(f0);
    free(f1);
    free(g);
    close_scene(&s);
}
END_TEST

/* phi' = -G by the outputs alone, constant speed, the levels' moments, |f'| of the ledger's rate, the length from above. */
START_TEST(a_geodesic_satisfies_its_equations)
{
    SKIP_IF(fast() && _i != 0, "one operator in fast mode");
    scene s;
    open_way(&s, &ways[_i]);
    double *f0 = array_of(&s), *f1 = array_of(&s), left = 0, size = 0;
    double *phi[4], *G[4], *f[4], *r = array_of(&s), *turn = array_of(&s), *K = array_of(&s);
    ends(&s, 0.2, f0, f1);
    grz_geodesic *g = geodesic_of(&s, f0, f1, 1, 3e-3);
    run(&s, g);
    ck_assert_int_eq(grz_geodesic_steps(g), 4);
    double d = value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE), energy = 0;
    for (int k = 0; k < 4; k++) {
        double speed, action;
        phi[k] = array_of(&s), G[k] = array_of(&s), f[k] = array_of(&s);
        OK(grz_geodesic_step(g, k, f[k], phi[k], &speed));
        OK(grz_operator_action_variation(s.op, f[k], phi[k], G[k]));
        OK(grz_operator_action(s.op, f[k], phi[k], &action));
        NEAR(action, speed * speed, 1e-4 * action);
        energy += speed * speed / 4;
    }
    NEAR(energy, d * d, 1e-12 * energy);
    for (int k = 1; k < 4; k++) {
        OK(grz_geodesic_level(g, k, f0, NULL));
        for (int64_t i = 0; i < s.count; i++) {
            turn[i] = 0.125 * (G[k - 1][i] + G[k][i]);
            r[i] = phi[k][i] - phi[k - 1][i] + turn[i];
        }
        OK(grz_operator_onsager(s.op, f[k], r, K));
        left += inner(&s, r, K);
        OK(grz_operator_onsager(s.op, f[k], turn, K));
        size += inner(&s, turn, K);
    }
    double residual = sqrt(left / size);
    HOLDS(residual <= 5e-3, "residual %g", residual);
    NEAR(value_of(g, GRZ_GEODESIC_NUMBER_RESIDUAL), residual, 0.1 * residual);
    double variation = value_of(g, GRZ_GEODESIC_NUMBER_SPEED_VARIATION);
    HOLDS(variation < 0.03, "speed varies by %g", variation);
    double length, dual, error = value_of(g, GRZ_GEODESIC_NUMBER_ERROR);
    OK(grz_geodesic_bound_value(g, GRZ_GEODESIC_BOUND_LENGTH, &length));
    OK(grz_geodesic_bound_value(g, GRZ_GEODESIC_BOUND_DUAL, &dual));
    HOLDS(error < 0.01 * d, "error %g of %g", error, d);
    HOLDS(length > d - 4 * error && length < d + 4 * error, "length %g, distance %g +- %g", length, d, error);
    HOLDS(dual > 0 && dual < length, "dual bound %g", dual);
    double wasserstein, W = 0, variance[2][3]; /* the densities are nearly symmetric: covariances commute */
    OK(grz_geodesic_bound_value(g, GRZ_GEODESIC_BOUND_WASSERSTEIN, &wasserstein));
    ends(&s, 0.2, f0, f1);
    projected_end(g, f1);
    variances(&s, f0, variance[0]);
    variances(&s, f1, variance[1]);
    for (int a = 0; a < 3; a++) W += pow(sqrt(variance[0][a]) - sqrt(variance[1][a]), 2);
    if (_i == 1) NEAR(wasserstein, sqrt(W), 1e-3 * sqrt(W));
    if (_i == 1) HOLDS(wasserstein < length, "Wasserstein %g, length %g", wasserstein, length);
    if (_i != 1) ck_assert(wasserstein == 0);
    for (int k = 0; k < 4; k++) free(phi[k]), free(G[k]), free(f[k]);
    grz_geodesic_destroy(&g);
    free(f0);
    free(f1);
    free(r);
    free(turn);
    free(K);
    close_scene(&s);
}
END_TEST

/* d_eps -> d_L on one grid: the discrete forms do, and with them the metrics. */
START_TEST(the_grazing_limit)
{
    double d[2];
    for (int k = 0; k < 2; k++) {
        const way w = {k == 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 0, k == 0 ? 1e-4 : 1};
        scene s;
        open_way(&s, &w);
        double *f0 = array_of(&s), *f1 = array_of(&s);
        ends(&s, 0.1, f0, f1);
        d[k] = distance_of(&s, f0, f1, 0, 1e-2);
        free(f0);
        free(f1);
        close_scene(&s);
    }
    NEAR(d[0], d[1], 1e-5 * d[1]);
}
END_TEST

/* d(f, g) = d(g, f), d(rho f, rho g) = d(f, g), d(f_s, g_s) = s^{gamma/2} d(f, g) for f_s(v) = s^3 f(s v): the last two by powers of two,
 * so nothing but rounding differs. */
START_TEST(exact_relations)
{
    scene s, t;
    const way w = ways[1];
    open_way(&s, &w);
    double *f0 = array_of(&s), *f1 = array_of(&s);
    ends(&s, 0.2, f0, f1);
    grz_geodesic *g = geodesic_of(&s, f0, f1, 0, 1e-3);
    run(&s, g);
    double d = value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE);
    projected_end(g, f1);
    grz_geodesic_destroy(&g);
    NEAR(distance_of(&s, f1, f0, 0, 1e-3), d, 1e-6 * d);
    for (int64_t i = 0; i < s.count; i++) f0[i] *= 1024, f1[i] *= 1024;
    NEAR(distance_of(&s, f0, f1, 0, 1e-3), d, 1e-9 * d);
    close_scene(&s);
    open_way(&t, &w);
    grz_grid *small;
    grz_operator_destroy(&t.op);
    OK(grz_grid_create(t.context, N, 1.6, (double[3]){0.05, -0.025, 0.04}, &small));
    OK(grz_operator_create(t.context, small, t.kernel, w.equation, GRZ_METHOD_ENTROPIC, &t.op));
    few_nodes(t.op, w.equation);
    for (int64_t i = 0; i < t.count; i++) f0[i] /= 128, f1[i] /= 128;
    NEAR(distance_of(&t, f0, f1, 0, 1e-3), pow(2, w.gamma / 2) * d, 1e-9 * d);
    grz_grid_destroy(&small);
    free(f0);
    free(f1);
    close_scene(&t);
}
END_TEST

/* Along a flow d(f(0), f(t)) <= int sqrt(D) <= sqrt(t (H(0) - H(t))), and the flow is a start. */
START_TEST(a_flow_is_a_curve)
{
    SKIP_IF(fast(), "a flow and a geodesic");
    enum { STEPS = 16 };
    scene s;
    open_way(&s, &ways[0]);
    double *path = malloc(sizeof(double) * (size_t)(s.count * (STEPS + 1))), *f1 = array_of(&s), times[STEPS + 1], H[2], D[2];
    const double end = 0.02;
    ends(&s, 0.2, path, f1);
    grz_flow *flow;
    grz_functional *entropy, *dissipation;
    OK(grz_functional_create_entropy(s.context, s.grid, &entropy));
    OK(grz_functional_create_dissipation(s.context, s.op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &dissipation));
    OK(grz_flow_create(s.context, s.op, GRZ_TIME_SCHEME_PROXIMAL_2, &flow));
    OK(grz_flow_start(flow, 0, path));
    for (int k = 0; k <= STEPS; k++) {
        times[k] = (double)k / STEPS;
        if (k > 0) OK(grz_flow_step(flow, end / STEPS));
        OK(grz_flow_values(flow, path + k * s.count));
    }
    const double *last = path + STEPS * s.count;
    OK(grz_functional_evaluate(entropy, path, &H[0]));
    OK(grz_functional_evaluate(entropy, last, &H[1]));
    OK(grz_functional_evaluate(dissipation, path, &D[0]));
    OK(grz_functional_evaluate(dissipation, last, &D[1]));
    grz_geodesic *g = geodesic_of(&s, path, last, 1, 1e-2);
    OK(grz_geodesic_start(g, STEPS + 1, times, path));
    run(&s, g);
    ck_assert_int_eq(grz_geodesic_steps(g), 4);
    double d = value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE), by_entropy = sqrt(end * (H[0] - H[1]));
    HOLDS(d <= by_entropy * 1.01, "d = %g, entropy allows %g", d, by_entropy);
    HOLDS(d >= 0.98 * end * 0.5 * (sqrt(D[0]) + sqrt(D[1])), "d = %g, speeds %g, %g", d, sqrt(D[0]), sqrt(D[1]));
    ck_assert(isnan(value_of(g, GRZ_GEODESIC_NUMBER_ERROR)));
    grz_geodesic_destroy(&g);
    grz_flow_destroy(&flow);
    grz_functional_destroy(&entropy);
    grz_functional_destroy(&dissipation);
    free(path);
    free(f1);
    close_scene(&s);
}
END_TEST

START_TEST(other_invariants_are_infinitely_far)
{
    scene s;
    open_way(&s, &ways[0]);
    double *f0 = array_of(&s), *f1 = array_of(&s), value = 0;
    const double T[3] = {0.8, 0.8, 0.8}, hot[3] = {0.9, 0.9, 0.9}, shifted[3] = {0.1, 0.1, 0.08};
    gaussian(&s, 1, centre, T, f0);
    const grz_moment expected[3] = {GRZ_MOMENT_MASS, GRZ_MOMENT_MOMENTUM_Y, GRZ_MOMENT_ENERGY};
    for (int which = 0; which < 3; which++) {
        grz_geodesic *g;
        gaussian(&s, which == 0 ? 1.1 : 1, which == 1 ? shifted : centre, which == 2 ? hot : T, f1);
        OK(grz_geodesic_create(s.context, s.op, f0, f1, which == 0 ? 0 : 1e-2, &g));
        ck_assert_int_eq(grz_geodesic_unreachable(g), expected[which]);
        OK(grz_geodesic_run(g));
        ck_assert(isinf(value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE)));
        OK(grz_geodesic_bound_value(g, GRZ_GEODESIC_BOUND_DUAL, &value));
        ck_assert(isinf(value));
        grz_geodesic_destroy(&g);
    }
    grz_geodesic *g; /* rounding alone is taken out */
    for (int64_t i = 0; i < s.count; i++) f1[i] = f0[i] * (1 + 1e-10 * (double)(i % 3));
    OK(grz_geodesic_create(s.context, s.op, f0, f1, 0, &g));
    ck_assert_int_eq(grz_geodesic_unreachable(g), GRZ_MOMENT_NONE);
    double projected = value_of(g, GRZ_GEODESIC_NUMBER_PROJECTED);
    HOLDS(projected > 0 && projected < 1e-9, "projected by %g", projected);
    grz_geodesic_destroy(&g);
    OK(grz_geodesic_create(s.context, s.op, f0, f0, 0, &g));
    run(&s, g);
    ck_assert(value_of(g, GRZ_GEODESIC_NUMBER_RESIDUAL) == 0);
    ck_assert(value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE) == 0);
    grz_geodesic_destroy(&g);
    free(f0);
    free(f1);
    close_scene(&s);
}
END_TEST

static int stop_soon(const char *stage, double fraction, void *user)
{
    (void)fraction;
    return strcmp(stage, "geodesic") == 0 && ++*(int *)user > 2;
}

START_TEST(cancelled_saved_and_restored)
{
    scene s;
    open_way(&s, &ways[0]);
    double *f0 = array_of(&s), *f1 = array_of(&s);
    int reports = 0;
    ends(&s, 0.2, f0, f1);
    grz_geodesic *g = geodesic_of(&s, f0, f1, 1, 1e-3), *other = geodesic_of(&s, f0, f1, 1, 1e-3),
                 *foreign = geodesic_of(&s, f1, f0, 1, 1e-3);
    double *state = NULL, value = 17;
    FAILS(s.context, grz_geodesic_save(g, &value), GRZ_ERROR_INVALID_ARGUMENT, "started");
    FAILS(s.context, grz_geodesic_number_value(g, GRZ_GEODESIC_NUMBER_DISTANCE, &value), GRZ_ERROR_INVALID_ARGUMENT, "run");
    FAILS(s.context, grz_geodesic_level(g, 0, f1, NULL), GRZ_ERROR_INVALID_ARGUMENT, "run");
    OK(grz_context_set_progress(s.context, stop_soon, &reports));
    ck_assert_int_eq(grz_geodesic_run(g), GRZ_ERROR_CANCELLED);
    OK(grz_context_set_progress(s.context, NULL, NULL));
    int64_t size = grz_geodesic_state_size(g);
    state = malloc(sizeof *state * (size_t)size);
    OK(grz_geodesic_save(g, state));
    FAILS(s.context, grz_geodesic_restore(other, size - 1, state), GRZ_ERROR_FORMAT, "size");
    FAILS(s.context, grz_geodesic_restore(foreign, size, state), GRZ_ERROR_MISMATCH, "ends");
    double mark = state[0], inside = state[3 + s.count + 5];
    state[0] = 1;
    FAILS(s.context, grz_geodesic_restore(other, size, state), GRZ_ERROR_FORMAT, "saved");
    state[0] = mark;
    state[3 + s.count + 5] = -1;
    FAILS(s.context, grz_geodesic_restore(other, size, state), GRZ_ERROR_NOT_POSITIVE, "state");
    state[3 + s.count + 5] = inside;
    OK(grz_geodesic_restore(other, size, state));
    run(&s, g);
    run(&s, other);
    ck_assert(value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE) == value_of(other, GRZ_GEODESIC_NUMBER_DISTANCE));
    OK(grz_geodesic_set_option(foreign, GRZ_GEODESIC_OPTION_ITERATION_CAP, 1));
    OK(grz_geodesic_set_option(foreign, GRZ_GEODESIC_OPTION_TOLERANCE, 1e-12));
    FAILS(s.context, grz_geodesic_run(foreign), GRZ_ERROR_NOT_CONVERGED, "residual");
    NEAR(value_of(foreign, GRZ_GEODESIC_NUMBER_DISTANCE), value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE),
         0.1 * value_of(g, GRZ_GEODESIC_NUMBER_DISTANCE));
    free(state);
    grz_geodesic_destroy(&g);
    grz_geodesic_destroy(&g);
    grz_geodesic_destroy(&other);
    grz_geodesic_destroy(&foreign);
    free(f0);
    free(f1);
    close_scene(&s);
}
END_TEST

START_TEST(bad_input)
{
    scene s;
    open_way(&s, &ways[0]);
    double *f0 = array_of(&s), *f1 = array_of(&s), *path = malloc(sizeof(double) * 3 * (size_t)s.count), value = 17, low, high, initial;
    grz_geodesic *g = UNTOUCHED;
    grz_operator *spectral;
    grz_context *other;
    ends(&s, 0.2, f0, f1);
    ck_assert_int_eq(grz_geodesic_create(NULL, s.op, f0, f1, 0, &g), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_geodesic_create(s.context, NULL, f0, f1, 0, &g), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(s.context, grz_geodesic_create(s.context, s.op, NULL, f1, 0, &g), GRZ_ERROR_NULL_ARGUMENT, "f0");
    FAILS(s.context, grz_geodesic_create(s.context, s.op, f0, NULL, 0, &g), GRZ_ERROR_NULL_ARGUMENT, "f1");
    FAILS(s.context, grz_geodesic_create(s.context, s.op, f0, f1, 0, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(s.context, grz_geodesic_create(s.context, s.op, f0, f1, 2, &g), GRZ_ERROR_INVALID_ARGUMENT, "moment_tolerance");
    OK(grz_context_create(&other));
    FAILS(other, grz_geodesic_create(other, s.op, f0, f1, 0, &g), GRZ_ERROR_MISMATCH, "context");
    grz_context_destroy(&other);
    OK(grz_operator_create(s.context, s.grid, s.kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &spectral));
    FAILS(s.context, grz_geodesic_create(s.context, spectral, f0, f1, 0, &g), GRZ_ERROR_UNSUPPORTED, "spectral");
    grz_operator_destroy(&spectral);
    const double bad[3] = {0, -1, NAN}, kept = f1[11];
    for (int i = 0; i < 3; i++) {
        f1[11] = bad[i];
        FAILS(s.context, grz_geodesic_create(s.context, s.op, f0, f1, 0, &g), i < 2 ? GRZ_ERROR_NOT_POSITIVE : GRZ_ERROR_NOT_FINITE, "f1");
    }
    f1[11] = kept;
    ck_assert_ptr_eq(g, UNTOUCHED);
    g = geodesic_of(&s, f0, f1, 1, 1e-2);
    FAILS(s.context, grz_geodesic_set_option(g, GRZ_GEODESIC_OPTION_REFINEMENTS, 8), GRZ_ERROR_INVALID_ARGUMENT, "REFINEMENTS");
    FAILS(s.context, grz_geodesic_set_option(g, GRZ_GEODESIC_OPTION_TOLERANCE, 0), GRZ_ERROR_INVALID_ARGUMENT, "TOLERANCE");
    OK(grz_geodesic_option_bounds(g, GRZ_GEODESIC_OPTION_GRADIENT_CAP, &low, &high, &initial));
    ck_assert(low == 1 && high == 100000 && initial == 1000);
    OK(grz_geodesic_option_value(g, GRZ_GEODESIC_OPTION_REFINEMENTS, &value));
    ck_assert(value == 1);
    FAILS(s.context, grz_geodesic_number_value(g, (grz_geodesic_number)300, &value), GRZ_ERROR_INVALID_ARGUMENT, "number");
    FAILS(s.context, grz_geodesic_bound_value(g, (grz_geodesic_bound)0, &value), GRZ_ERROR_INVALID_ARGUMENT, "bound");
    ck_assert(value == 1);
    for (int k = 0; k < 3; k++) memcpy(path + k * s.count, f0, sizeof *f0 * (size_t)s.count);
    FAILS(s.context, grz_geodesic_start(g, 2, (double[2]){0, 1}, path), GRZ_ERROR_INVALID_ARGUMENT, "count");
    FAILS(s.context, grz_geodesic_start(g, 3, (double[3]){0, 0, 1}, path), GRZ_ERROR_INVALID_ARGUMENT, "times[1]");
    FAILS(s.context, grz_geodesic_start(g, 3, (double[3]){0, 0.5, 2}, path), GRZ_ERROR_INVALID_ARGUMENT, "times");
    FAILS(s.context, grz_geodesic_start(g, 3, (double[3]){0, NAN, 1}, path), GRZ_ERROR_NOT_FINITE, "times");
    FAILS(s.context, grz_geodesic_start(g, 3, NULL, path), GRZ_ERROR_NULL_ARGUMENT, "times");
    path[s.count + 3] = -1;
    FAILS(s.context, grz_geodesic_start(g, 3, (double[3]){0, 0.5, 1}, path), GRZ_ERROR_NOT_POSITIVE, "path");
    ck_assert_int_eq(grz_geodesic_run(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_geodesic_start(NULL, 0, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_geodesic_unreachable(NULL), -1);
    ck_assert_int_eq(grz_geodesic_steps(NULL), 0);
    ck_assert_int_eq(grz_geodesic_state_size(NULL), 0);
    ck_assert_ptr_null(grz_geodesic_operator(NULL));
    ck_assert_ptr_eq(grz_geodesic_operator(g), s.op);
    grz_geodesic_destroy(NULL);
    grz_geodesic_destroy(&g);
    free(path);
    free(f0);
    free(f1);
    close_scene(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("distance");
    TCase *tests = tcase_create("distance");
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, close_densities, 0, WAYS);
    tcase_add_loop_test(tests, a_geodesic_satisfies_its_equations, 0, WAYS);
    tcase_add_test(tests, the_grazing_limit);
    tcase_add_test(tests, exact_relations);
    tcase_add_test(tests, a_flow_is_a_curve);
    tcase_add_test(tests, other_invariants_are_infinitely_far);
    tcase_add_test(tests, cancelled_saved_and_restored);
    tcase_add_test(tests, bad_input);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

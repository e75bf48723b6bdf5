/* Functionals, metric derivatives, rates, flows, ledgers and studies of the limit in other units. Times go as 1/(V^{3+gamma} s). */
#include "support/units.h"

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

#define DONE(call) HOLDS((call) == GRZ_OK, "%s: %s", #call, grz_context_last_message(context))

enum { N = 8, NODES = N * N * N };
static const double L = 2.6; /* no node so small that a step of any use makes it negative */

/* One scene for all: an entropic operator of few nodes. */
typedef struct scene {
    scale u;
    grz_grid *grid;
    grz_operator *op;
    double gamma, time; /* unit of time */
    double f[NODES], psi[NODES], Q[NODES];
} scene;

static const double GAMMAS[3] = {-3, 1, -1};

static void open_scene(scale u, int which, scene *s)
{
    const grz_equation equation = which == 0 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN;
    grz_kernel *kernel;
    s->u = u;
    s->gamma = GAMMAS[which];
    s->time = 1 / (pow(u.V, 3 + s->gamma) * u.s);
    s->grid = unit_grid(context, u, N, L);
    unit_density(u, N, L, s->f);
    unit_function(N, s->psi);
    DONE(grz_kernel_create_power_law(context, s->gamma, 1, 0, &kernel));
    DONE(grz_operator_create(context, s->grid, kernel, equation, GRZ_METHOD_ENTROPIC, &s->op));
    DONE(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    DONE(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
    DONE(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
    DONE(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_PHI_NODES, 4));
    DONE(grz_operator_apply(s->op, s->f, s->Q));
    grz_kernel_destroy(&kernel);
}

static void close_scene(scene *s)
{
    grz_operator_destroy(&s->op);
    grz_grid_destroy(&s->grid);
}

static void measure_metric(scale u, notes *to, void *user)
{
    scene s;
    double value, best, phi[NODES], rate = 0;
    grz_metric *metric;
    open_scene(u, *(int *)user, &s);
    rate = 3 + s.gamma;
    DONE(grz_metric_create(context, s.op, &metric));
    DONE(grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 1e-13)); /* phi is as good as its square root */
    DONE(grz_metric_derivative(metric, s.f, s.Q, &value, phi));
    take_one(to, "|f'|^2", value, 6 + s.gamma, 2);
    magnifies(to, 100);                               /* solved to 1e-13, phi to its root */
    for (int i = 0; i < NODES; i++) phi[i] *= s.f[i]; /* in the tails nothing depends on it */
    take(to, "its potential times f", phi, NODES, 0, 1);
    magnifies(to, 1e6); /* to the square root of the metric's tolerance */
    take_one(to, "iterations", grz_metric_iterations(metric), 0, 0);
    magnifies(to, 3e8); /* the same to the bit in powers of two; rounding may cost or save one of a hundred */
    DONE(grz_operator_metric_bound(s.op, s.f, s.Q, s.psi, &value, &best));
    take_one(to, "bound (7.1)", value, 6 + s.gamma, 2);
    take_one(to, "best bound (7.1)", best, 6 + s.gamma, 2);
    DONE(grz_metric_gap(metric, s.f, s.Q, s.psi, &value));
    take_one(to, "gap of (7.1)", value, 6 + s.gamma, 2);
    magnifies(to, 1e6); /* to the square root of the tolerance 1e-9 */
    if (!getenv("GRZ_TEST_FAST")) {
        double *rates = malloc(sizeof *rates * NODES);
        DONE(grz_metric_spectrum(metric, s.f, rates, NULL));
        take(to, "spectrum", rates + 5, NODES - 5, rate, 1);
        DONE(grz_metric_derivative_dense(metric, s.f, s.Q, &value, NULL));
        take_one(to, "|f'|^2, dense", value, 6 + s.gamma, 2);
        magnifies(to, 100);
        free(rates);
    }
    grz_metric_destroy(&metric);
    close_scene(&s);
}

/* sigma in the angle, velocities in units: relative form, O(theta). */
static int relative_rate(int64_t count, const double *v, const double *v_star, const double *sigma, double *M, void *user)
{
    const double V = *(const double *)user;
    for (int64_t i = 0; i < count; i++, v += 3, v_star += 3, sigma += 3) {
        double z[3] = {(v[0] - v_star[0]) / V, (v[1] - v_star[1]) / V, (v[2] - v_star[2]) / V},
               size = sqrt(z[0] * z[0] + z[1] * z[1] + z[2] * z[2]);
        M[i] = size > 0 ? (sigma[0] - z[0] / size) * (1 + 0.2 * v[1] / V) : 0;
    }
    return 0;
}

static int relative_field(int64_t count, const double *v, const double *v_star, double *field, void *user)
{
    const double V = *(const double *)user;
    for (int64_t i = 0; i < 3 * count; i++) field[i] = cos(v[i] / V) - 0.3 * v_star[i] / V;
    return 0;
}

static int pair_function(int64_t count, const double *v, const double *v_star, double *psi, void *user)
{
    const double V = *(const double *)user;
    for (int64_t i = 0; i < count; i++) psi[i] = exp(-(v[3 * i] * v[3 * i] + v_star[3 * i + 1] * v_star[3 * i + 1]) / (V * V));
    return 0;
}

static void measure_rates(scale u, notes *to, void *user)
{
    scene s;
    double value, best, gap, g[NODES];
    int which = *(int *)user;
    grz_rate *rate;
    open_scene(u, which, &s);
    /* grad_tilde of a function without units goes as V^{gamma/2}, and ff* as s^2: M = ff* U of that size */
    const double of_V = which == 0 ? 6 : 6 + s.gamma;
    if (which == 0)
        DONE(grz_rate_create_grazing(context, s.op, relative_field, &s.u.V, GRZ_RATE_FORM_RELATIVE, &rate));
    else
        DONE(grz_rate_create_collision(context, s.op, relative_rate, &s.u.V, GRZ_RATE_FORM_RELATIVE, &rate));
    DONE(grz_rate_action(rate, s.f, &value));
    take_one(to, "action of a rate", value, of_V, 2);
    DONE(grz_rate_divergence(rate, s.f, g));
    take(to, "divergence of a rate", g, NODES, which == 0 ? 3 + s.gamma / 2 : 3 + s.gamma, 2);
    DONE(grz_rate_pairing(rate, s.f, s.psi, &value));
    take_one(to, "pairing of a rate", value, which == 0 ? 6 + s.gamma / 2 : 6 + s.gamma, 2);
    grz_rate_destroy(&rate);
    DONE(grz_rate_create_gradient_flow(context, s.op, &rate));
    DONE(grz_rate_divergence(rate, s.f, g));
    take(to, "gradient-flow rate", g, NODES, 3 + s.gamma, 2);
    grz_rate_destroy(&rate);
    /* the bound of a test function of size s: homogeneous of degree one in f */
    grz_interpolant *optimal;
    DONE(grz_interpolant_create(context, s.op, s.f, &optimal));
    DONE(grz_operator_affine_bound(s.op, s.f, grz_optimal_pair, optimal, &value, &best, &gap));
    take_one(to, "affine bound", value, 6 + s.gamma, 2);
    not_to_the_bit(to);
    magnifies(to, 100);
    DONE(grz_operator_affine_bound(s.op, s.f, pair_function, &s.u.V, &value, &best, &gap));
    take_one(to, "best affine bound", best, 6 + s.gamma, 2);
    double at[6] = {0.3 * u.V, 0.2 * u.V, -0.5 * u.V, 1.1 * u.V, 0, 0.7 * u.V}, value_at[2], slope[6];
    DONE(grz_interpolant_evaluate(optimal, 2, at, value_at, slope));
    take(to, "interpolant", value_at, 2, 0, 1);
    not_to_the_bit(to);
    take(to, "its gradient", slope, 6, -1, 1);
    not_to_the_bit(to);
    grz_interpolant_destroy(&optimal);
    if (s.gamma <= 0) {
        DONE(grz_operator_comparison_constant(s.op, s.f, &value));
        take_one(to, "constant of Lemma 5.7", value, s.gamma < -2 ? 5 + s.gamma / 2 : 4 + s.gamma / 2, 1);
        not_to_the_bit(to); /* a power 1/4 */
    }
    close_scene(&s);
}

static void measure_flow(scale u, notes *to, void *user)
{
    static const grz_time_scheme SCHEMES[] = {GRZ_TIME_SCHEME_SSP_RK3, GRZ_TIME_SCHEME_DORMAND_PRINCE, GRZ_TIME_SCHEME_PROXIMAL,
                                              GRZ_TIME_SCHEME_PROXIMAL_2};
    static const char *NAMES[] = {"SSP_RK3", "DORMAND_PRINCE", "PROXIMAL", "PROXIMAL_2"};
    scene s;
    double f[NODES], value;
    open_scene(u, *(int *)user, &s);
    for (int k = 0; k < (getenv("GRZ_TEST_FULL") ? 4 : 3); k++) {
        /* well below what explicit steps allow; a longer step for the others */
        double dt = (k < 2 ? 1e-4 : 1e-2) * s.time;
        grz_flow *flow;
        DONE(grz_flow_create(context, s.op, SCHEMES[k], &flow));
        DONE(grz_flow_start(flow, 0, s.f));
        DONE(grz_flow_run(flow, k < 2 ? 2 * dt : dt, k == 1 ? 0 : dt, NULL, NULL));
        DONE(grz_flow_values(flow, f));
        take(to, NAMES[k], f, NODES, 0, 1);
        if (k >= 2) magnifies(to, 1e5); /* solved to a residual of 1e-7 */
        if (k >= 2) not_to_the_bit(to);
        for (int i = 0; i < NODES; i++) f[i] -= s.f[i];
        take(to, "its change", f, NODES, 0, 1);
        magnifies(to, k >= 2 ? 1e6 : 1e4);
        if (k >= 2) not_to_the_bit(to);
        DONE(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_STEPS, &value));
        take_one(to, "steps", value, 0, 0);
        grz_flow_destroy(&flow);
    }
    close_scene(&s);
}

static void measure_ledger(scale u, notes *to, void *user)
{
    static const struct {
        grz_ledger_entry entry;
        const char *name;
        double of_V, of_s; /* beside those of gamma: V^gamma for what is per time */
        int per_time;
    } ENTRIES[] = {{GRZ_LEDGER_ENTRY_DISSIPATION, "D", 6, 2, 1},    {GRZ_LEDGER_ENTRY_SPEED, "|f'|^2 of a ledger", 6, 2, 1},
                   {GRZ_LEDGER_ENTRY_DISSIPATED, "int D", 3, 1, 0}, {GRZ_LEDGER_ENTRY_TRAVELLED, "int |f'|^2", 3, 1, 0},
                   {GRZ_LEDGER_ENTRY_MASS, "mass", 3, 1, 0},        {GRZ_LEDGER_ENTRY_MOMENTUM_Y, "momentum", 4, 1, 0},
                   {GRZ_LEDGER_ENTRY_ENERGY, "energy", 5, 1, 0},    {GRZ_LEDGER_ENTRY_FISHER, "Fisher information", 1, 1, 0},
                   {GRZ_LEDGER_ENTRY_MINIMUM, "minimum", 0, 1, 0}};
    scene s;
    open_scene(u, *(int *)user, &s);
    grz_ledger *ledger;
    double f[NODES], column[6];
    DONE(grz_ledger_create(context, s.op, &ledger));
    memcpy(f, s.f, sizeof f);
    for (int k = 0; k < 6; k++) {
        double dt = 1e-4 * s.time, Q[NODES];
        DONE(grz_ledger_record(ledger, k * dt, f, NULL));
        DONE(grz_operator_apply(s.op, f, Q));
        for (int i = 0; i < NODES; i++) f[i] += dt * Q[i];
    }
    DONE(grz_ledger_end(ledger));
    for (size_t e = 0; e < sizeof ENTRIES / sizeof *ENTRIES; e++) {
        DONE(grz_ledger_column(ledger, ENTRIES[e].entry, column));
        take(to, ENTRIES[e].name, column, 6, ENTRIES[e].of_V + ENTRIES[e].per_time * s.gamma, ENTRIES[e].of_s);
        if (ENTRIES[e].entry == GRZ_LEDGER_ENTRY_SPEED || ENTRIES[e].entry == GRZ_LEDGER_ENTRY_TRAVELLED) magnifies(to, 100);
    }
    grz_ledger_verdict verdict;
    DONE(grz_ledger_judge(ledger, 1e-2, &verdict, NULL));
    take_one(to, "verdict", 1 + verdict, 0, 0);
    grz_ledger_destroy(&ledger);
    close_scene(&s);
}

static void measure_limit(scale u, notes *to, void *user)
{
    static const grz_limit_quantity QUANTITIES[] = {GRZ_LIMIT_QUANTITY_DISSIPATION, GRZ_LIMIT_QUANTITY_SQUARE_ROOT, GRZ_LIMIT_QUANTITY_L1,
                                                    GRZ_LIMIT_QUANTITY_WEAK, GRZ_LIMIT_QUANTITY_DEFECT};
    scene s;
    open_scene(u, *(int *)user, &s);
    const double eps[1] = {0.5}, times[3] = {0, 1e-4 * s.time, 2e-4 * s.time};
    double column[2], bound[2];
    grz_limit *limit;
    DONE(grz_limit_create(context, s.grid, 3, times, &limit));
    DONE(grz_limit_add_smooth_tests(limit, 1.5 * u.V));
    DONE(grz_limit_run(limit, s.op, GRZ_TIME_SCHEME_SSP_RK2, 1e-4 * s.time, 1, eps, s.f));
    for (size_t q = 0; q < sizeof QUANTITIES / sizeof *QUANTITIES; q++) {
        DONE(grz_limit_column(limit, QUANTITIES[q], column));
        take_one(to, "quantity of a limit", column[1], 3, 1);
        magnifies(to, 100);
        if (QUANTITIES[q] == GRZ_LIMIT_QUANTITY_DEFECT) not_to_the_bit(to), is_a_difference(to);
    }
    DONE(grz_limit_column(limit, GRZ_LIMIT_QUANTITY_HOELDER, column));
    DONE(grz_limit_column(limit, GRZ_LIMIT_QUANTITY_HOELDER_BOUND, bound));
    if (s.gamma <= 0) { /* Lemma 5.7 */
        take_one(to, "Hoelder constant over its bound", column[1] / bound[1], 0, 0);
        not_to_the_bit(to);
        magnifies(to, 1e4);
    }
    grz_limit_destroy(&limit);
    close_scene(&s);
}

static void measure_functionals(scale u, notes *to, void *user)
{
    scene s;
    double value, variation[NODES], bound, best, gap, psi[NODES], g[NODES];
    open_scene(u, *(int *)user, &s);
    grz_functional *functional;
    grz_distribution *reference, *equilibrium;
    DONE(grz_functional_create_fisher(context, s.grid, &functional));
    DONE(grz_functional_evaluate(functional, s.f, &value));
    take_one(to, "Fisher information", value, 1, 1);
    DONE(grz_functional_first_variation(functional, s.f, variation));
    take(to, "its variation", variation, NODES, -2, 0);
    for (int i = 0; i < NODES; i++) psi[i] = sqrt(u.s) * s.psi[i];
    DONE(grz_functional_fisher_bound(functional, s.f, psi, &bound, &best, &gap));
    take_one(to, "best bound", best, 1, 1);
    grz_functional_destroy(&functional);
    for (int i = 0; i < NODES; i++) g[i] = s.f[NODES - 1 - i];
    DONE(grz_distribution_create_array(context, s.grid, g, &reference));
    DONE(grz_functional_create_relative_entropy(context, reference, &functional));
    DONE(grz_functional_evaluate(functional, s.f, &value));
    take_one(to, "relative entropy", value, 3, 1);
    DONE(grz_functional_first_variation(functional, s.f, variation));
    take(to, "its variation", variation, NODES, 0, 0);
    grz_functional_destroy(&functional);
    /* H(s f(v/V)) = s V^3 (H + log(s) rho) */
    DONE(grz_functional_create_entropy(context, s.grid, &functional));
    DONE(grz_functional_evaluate(functional, s.f, &value));
    double rho, mean[3], T, P[9], q[3];
    DONE(grz_distribution_set_values(reference, s.f));
    DONE(grz_distribution_moments(reference, &rho, mean, &T, P, q));
    take_one(to, "entropy", value - log(u.s) * rho, 3, 1);
    not_to_the_bit(to);
    magnifies(to, 100);
    grz_functional_destroy(&functional);
    take_one(to, "rho", rho, 3, 1);
    take(to, "u", mean, 3, 1, 0);
    take_one(to, "T", T, 2, 0);
    take(to, "P", P, 9, 5, 1);
    take(to, "q", q, 3, 6, 1);
    DONE(grz_distribution_create_equilibrium(context, reference, &equilibrium));
    take(to, "equilibrium", grz_distribution_view(equilibrium), NODES, 0, 1);
    not_to_the_bit(to);
    grz_distribution_destroy(&equilibrium);
    grz_distribution_destroy(&reference);
    DONE(grz_distribution_create_maxwellian(context, s.grid, 2 * u.s * pow(u.V, 3), mean, T, &reference));
    take(to, "Maxwellian", grz_distribution_view(reference), NODES, 0, 1);
    not_to_the_bit(to);
    grz_distribution_destroy(&reference);
    close_scene(&s);
}

static void (*const MEASURES[])(scale u, notes *to, void *user) = {measure_functionals, measure_metric, measure_rates,
                                                                   measure_flow,        measure_ledger, measure_limit};
enum { MEASURE_COUNT = sizeof MEASURES / sizeof *MEASURES };

START_TEST(curves)
{
    int which = _i % 3;
    if (which != _i / 3 % 3 && !getenv("GRZ_TEST_FULL")) return;
    same_in_all_units(MEASURES[_i / 3], &which, 1e-10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("units: curves");
    TCase *cases = tcase_create("units");
    tcase_add_checked_fixture(cases, open_context, close_context);
    tcase_add_loop_test(cases, curves, 0, 3 * MEASURE_COUNT);
    tcase_set_timeout(cases, 600);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}

/* The proximal step: converges from any start for any dt, entropy decreases, f > 0, five moments, the Maxwellian for large dt, orders 1 and
 * 2. */
#include "support/entropic.h"

enum { BEAMS, SHELL, RANDOM, STARTS };
static const char *const start_names[STARTS] = {"two Gaussians", "shell", "random mixture"};

static grz_distribution *make_start(const grz_grid *grid, int start, uint64_t seed)
{
    grz_distribution *f;
    if (start == SHELL) {
        DONE(grz_distribution_create_shell(context, grid, 1.3, (double[3]){0.1, 0, -0.1}, 3, 1.4, &f));
        return f;
    }
    double w[4], u[12], C[36];
    int count = start == BEAMS ? 2 : 4;
    for (int m = 0; m < count; m++) {
        double axes[9], T[3];
        random_axes(&seed, axes);
        w[m] = start == BEAMS ? 0.5 : 0.2 + uniform(&seed);
        for (int a = 0; a < 3; a++) {
            u[3 * m + a] = start == BEAMS ? (m ? -1 : 1) * (double[3]){1.2, 0.3, 0}[a] : 2.4 * uniform(&seed) - 1.2;
            T[a] = start == BEAMS ? 0.5 : 0.4 + 0.5 * uniform(&seed);
        }
        for (int i = 0; i < 9; i++) {
            C[9 * m + i] = 0;
            for (int a = 0; a < 3; a++) C[9 * m + i] += T[a] * axes[3 * a + i / 3] * axes[3 * a + i % 3];
        }
    }
    DONE(grz_distribution_create_mixture(context, grid, count, w, u, C, &f));
    return f;
}

static double entropy_of(const double *f, int64_t count)
{
    long double sum = 0;
    for (int64_t i = 0; i < count; i++) sum += (long double)f[i] * logl(f[i]);
    return (double)sum;
}

/* Largest change of the five moments, relative to the sums of absolute values. */
static double moment_change(const grz_grid *grid, const double *f, const double *g)
{
    double *v = nodes_of(grid), worst = 0;
    long double sum[5] = {0}, size[5] = {0};
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) {
        const double *x = v + 3 * i, psi[5] = {1, x[0], x[1], x[2], x[0] * x[0] + x[1] * x[1] + x[2] * x[2]};
        for (int m = 0; m < 5; m++) {
            sum[m] += (long double)(g[i] - f[i]) * psi[m];
            size[m] += fabsl((long double)f[i] * psi[m]);
        }
    }
    for (int m = 0; m < 5; m++) keep_largest(&worst, (double)(fabsl(sum[m]) / size[m]));
    free(v);
    return worst;
}

/* Relaxation time of the stress of Maxwell molecules whose cross-section is that of the relative speed 2 sqrt(T). */
static double relaxation_time(const grz_distribution *f, double gamma)
{
    double rho, T;
    OK(grz_distribution_moments(f, &rho, NULL, &T, NULL, NULL));
    return 1 / (12 * rho * pow(2 * sqrt(T), gamma));
}

static void show(const char *format, const char *what, double dt, grz_time_scheme scheme, const double numbers[7])
{
    if (!getenv("GRZ_TEST_SHOW")) return;
    printf(format, what, dt, scheme == GRZ_TIME_SCHEME_PROXIMAL ? 1 : 2, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4],
           numbers[5], numbers[6]);
    fflush(stdout);
}

/* One step; one of a thousand relaxation times lands on the Maxwellian. */
static void check_step(const grz_grid *grid, grz_operator *op, const grz_distribution *f, double gamma, double dt, grz_time_scheme scheme,
                       const char *what)
{
    int64_t count = grz_grid_node_count(grid);
    double newton, parts, applications, dissipated, relaxed, *after = doubles(count), h = grz_grid_spacing(grid), rho,
                                                             step = dt * relaxation_time(f, gamma);
    const double *before = grz_distribution_view(f);
    grz_flow *flow;
    grz_distribution *M;
    DONE(grz_distribution_create_equilibrium(context, f, &M));
    DONE(grz_flow_create(context, op, scheme, &flow));
    DONE(grz_flow_start(flow, 0, before));
    OK(grz_distribution_moments(f, &rho, NULL, NULL, NULL, NULL));
    grz_status status = grz_flow_step(flow, step);
    HOLDS(status == GRZ_OK, "%s, dt = %g: %s", what, dt, grz_context_last_message(context));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_NEWTON, &newton));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_PARTS, &parts));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_EVALUATIONS, &applications));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_DISSIPATED, &dissipated));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_RELAXED, &relaxed));
    OK(grz_flow_values(flow, after));
    double change = h * h * h * (entropy_of(after, count) - entropy_of(before, count)), moments = moment_change(grid, before, after);
    double distance = relative_distance(after, grz_distribution_view(M), count);
    for (int64_t i = 0; i < count; i++) HOLDS(after[i] > 0, "%s, dt = %g: f[%lld] = %g", what, dt, (long long)i, after[i]);
    HOLDS(change <= -dissipated + 1e-13 * rho && dissipated >= 0, "%s, dt = %g: dH = %g, dissipated %g", what, dt, change, dissipated);
    HOLDS(moments <= 1e-12, "%s, dt = %g: moments change by %g", what, dt, moments);
    HOLDS(0 <= relaxed && relaxed <= dissipated, "%s, dt = %g: %g of %g dissipated by S", what, dt, relaxed, dissipated);
    /* Implicit steps leave 1/(1 + dt lambda) of every mode of rate lambda, a thousandth at most in one part; the tolerance of the
     * minimisation leaves 1e-6 of f, a few of them where rounding ends it a step earlier. */
    HOLDS(dt < 1000 || distance <= 1e-5, "%s, dt = %g: off the Maxwellian by %g", what, dt, distance);
    HOLDS(newton <= 20 * parts, "%s, dt = %g: %g Newton steps in %g parts", what, dt, newton, parts);
    HOLDS(scheme != GRZ_TIME_SCHEME_PROXIMAL || applications <= 600, "%s, dt = %g: %g applications of K_f", what, dt, applications);
    show("%-50s dt %-6g order %d: %2.0f Newton, %4.0f applications, dH %.3g, moments %.0e, to M %.2g, S %.1e\n", what, dt, scheme,
         (double[7]){newton, applications, change, moments, distance, relaxed / dissipated});
    free(after);
    grz_flow_destroy(&flow);
    grz_distribution_destroy(&M);
}

/* Structure does not depend on the quadrature. */
static void cheapen(grz_operator *op)
{
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
}

static void check_case(int n, int degree, int start, uint64_t seed, double gamma, grz_equation equation, double dt, grz_time_scheme scheme)
{
    char what[100];
    grz_grid *grid;
    grz_kernel *kernel = power_law(gamma, gamma < 0 ? 1.5 : 0.5, 1);
    DONE(grz_grid_create(context, n, 5, NULL, &grid));
    grz_operator *op = entropic(grid, kernel, equation, 1, degree);
    if (n == 8) { /* structure does not depend on the quadrature */
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    }
    grz_distribution *f = make_start(grid, start, seed);
    snprintf(what, sizeof what, "n = %d, %s, gamma = %g, %s", n, start_names[start], gamma,
             equation == GRZ_EQUATION_LANDAU ? "Landau" : "Boltzmann");
    check_step(grid, op, f, gamma, dt, scheme, what);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}

static const double dts[] = {1e-3, 0.1, 10, 1000};

/* Boxes far wider than f: it falls to 1e-20 of its maximum and less, which is the hard part. */
START_TEST(converges_from_any_start)
{
    for (int start = 0; start < STARTS; start++)
        for (int i = fast() ? start : 0; i < (fast() ? start + 2 : 4); i++)
            check_case(8, 3, start, 7, i % 2 ? -3 : 0, GRZ_EQUATION_LANDAU, dts[i], GRZ_TIME_SCHEME_PROXIMAL);
    if (fast()) return;
    check_case(8, 5, BEAMS, 7, -3, GRZ_EQUATION_LANDAU, 0.1, GRZ_TIME_SCHEME_PROXIMAL_2);
    check_case(8, 3, BEAMS, 7, 0, GRZ_EQUATION_BOLTZMANN, 10, GRZ_TIME_SCHEME_PROXIMAL);
    check_case(8, 3, RANDOM, 8, -3, GRZ_EQUATION_BOLTZMANN, 1000, GRZ_TIME_SCHEME_PROXIMAL);
}
END_TEST

/* A step that misses its cap of Newton steps is cut into more parts, says so, and keeps what every step keeps. */
START_TEST(is_cut_where_it_does_not_converge)
{
    grz_grid *grid;
    grz_kernel *kernel = power_law(-3, 1.5, 1);
    DONE(grz_grid_create(context, 8, 5, NULL, &grid));
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_LANDAU, 1, 3);
    cheapen(op);
    grz_distribution *f = make_start(grid, RANDOM, 7);
    const double *before = grz_distribution_view(f);
    double wanted = 0;
    for (int cap = 60; cap > 0; cap = cap == 60 ? (int)wanted - 1 : 0) {
        grz_flow *flow;
        double newton, relaxed, dissipated, parts, cell = pow(grz_grid_spacing(grid), 3);
        DONE(grz_flow_create(context, op, GRZ_TIME_SCHEME_PROXIMAL, &flow));
        DONE(grz_flow_set_option(flow, GRZ_FLOW_OPTION_PARTS, 1));
        DONE(grz_flow_set_option(flow, GRZ_FLOW_OPTION_LARGEST_NEWTON, cap));
        DONE(grz_flow_start(flow, 0, before));
        DONE(grz_flow_step(flow, 10 * relaxation_time(f, -3)));
        OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_NEWTON, &newton));
        OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_RELAXED, &relaxed));
        OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_DISSIPATED, &dissipated));
        OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_PARTS, &parts));
        const double *after = grz_flow_view(flow);
        double change = cell * (entropy_of(after, 512) - entropy_of(before, 512));
        HOLDS(cap == 60 ? parts == 1 : parts >= 4 && parts <= 64, "cap %d: %g parts, %g Newton steps", cap, parts, newton);
        HOLDS(0 <= relaxed && relaxed <= dissipated, "cap %d: S has %g of %g", cap, relaxed, dissipated);
        HOLDS(change <= -dissipated + 1e-13, "cap %d: dH = %g, dissipated %g", cap, change, dissipated);
        HOLDS(moment_change(grid, before, after) <= 1e-12, "cap %d: moments change", cap);
        for (int i = 0; i < 512; i++) HOLDS(after[i] > 0, "cap %d: f[%d] = %g", cap, i, after[i]);
        wanted = newton;
        grz_flow_destroy(&flow);
    }
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

/* What users begin with: bi-Maxwellians of temperature ratios up to 4 in boxes of 5 to 8 thermal speeds, beams that the grid resolves. */
static const double half_widths[] = {5, 6.2, 7, 8}, ratios[] = {0.25, 0.5, 2, 4}, steps_of_grid[] = {1e-3, 1e-2, 0.1, 1, 10, 100, 1000};
enum { BEAM_CASE = 4, GRID_SHAPES, GRID_STEPS = 7 };

static grz_distribution *make_shape(const grz_grid *grid, int shape)
{
    grz_distribution *f;
    if (shape == BEAM_CASE) {
        const double u[6] = {1.5, 0, 0, -1.5, 0, 0}, w[2] = {0.5, 0.5};
        double C[18] = {0};
        for (int k = 0; k < 2; k++)
            for (int a = 0; a < 3; a++) C[9 * k + 4 * a] = 0.3;
        DONE(grz_distribution_create_mixture(context, grid, 2, w, u, C, &f));
        return f;
    }
    const double r = ratios[shape], w = 1, u[3] = {0.1, 0, -0.05}, C[9] = {3 * r / (r + 2), 0, 0, 0, 3 / (r + 2), 0, 0, 0, 3 / (r + 2)};
    DONE(grz_distribution_create_mixture(context, grid, 1, &w, u, C, &f));
    return f;
}

static void check_shape(int n, int width, int shape, double gamma, int degree, grz_equation equation, double dt, grz_time_scheme scheme)
{
    char what[120];
    grz_grid *grid;
    grz_kernel *kernel = power_law(gamma, gamma < 0 ? 1.5 : 0.5, 1);
    double L = shape < BEAM_CASE ? half_widths[width] : width < 2 ? 4 : 5;
    DONE(grz_grid_create(context, n, L, NULL, &grid));
    grz_operator *op = entropic(grid, kernel, equation, 1, degree);
    cheapen(op);
    grz_distribution *f = make_shape(grid, shape);
    snprintf(what, sizeof what, "n = %d, L = %g, shape %d, gamma = %g, degree %d, %s", n, L, shape, gamma, degree,
             equation == GRZ_EQUATION_LANDAU ? "Landau" : "Boltzmann");
    check_step(grid, op, f, gamma, dt / relaxation_time(f, gamma), scheme, what);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}

/* A few cases at random, other ones in every kind of run; GRZ_TEST_FULL takes as many as GRZ_TEST_CASES says. */
START_TEST(converges_in_ordinary_boxes)
{
    static const double gammas[] = {0, -2, -3};
    uint64_t seed = fast() ? 5 : 6;
    int cases = fast() ? 4 : full() && getenv("GRZ_TEST_CASES") ? atoi(getenv("GRZ_TEST_CASES")) : full() ? 60 : 8;
    check_shape(12, 1, 1, -3, 5, GRZ_EQUATION_LANDAU, 0.25, GRZ_TIME_SCHEME_PROXIMAL);
    if (!fast()) check_shape(16, 1, 1, -3, 5, GRZ_EQUATION_LANDAU, 0.25, GRZ_TIME_SCHEME_PROXIMAL);
    if (!fast()) check_shape(20, 1, BEAM_CASE, -3, 5, GRZ_EQUATION_LANDAU, 0.1, GRZ_TIME_SCHEME_PROXIMAL);
    for (int i = 0; i < cases; i++) {
        int n = full() ? 12 + 4 * (int)(4 * uniform(&seed)) : uniform(&seed) < 0.75 ? 12 : 16, second = full() && uniform(&seed) < 0.5;
        grz_equation equation = full() && n < 20 && uniform(&seed) < 0.3 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU;
        check_shape(n, (int)(4 * uniform(&seed)), (int)(GRID_SHAPES * uniform(&seed)), gammas[(int)(3 * uniform(&seed))],
                    uniform(&seed) < 0.5 ? 3 : 5, equation, steps_of_grid[(int)(GRID_STEPS * uniform(&seed))],
                    second ? GRZ_TIME_SCHEME_PROXIMAL_2 : GRZ_TIME_SCHEME_PROXIMAL);
    }
}
END_TEST

START_TEST(converges_in_all_cases)
{
    SKIP_IF(!full(), "minutes");
    for (int order = 1; order <= 2; order++)
        for (int equation = GRZ_EQUATION_LANDAU; equation >= GRZ_EQUATION_BOLTZMANN; equation--)
            for (int soft = 0; soft < 2; soft++)
                for (int start = 0; start < STARTS; start++)
                    for (int i = 0; i < 4; i++)
                        check_case(12, 3, start, 7, soft ? -3 : 0, equation, dts[i],
                                   order == 1 ? GRZ_TIME_SCHEME_PROXIMAL : GRZ_TIME_SCHEME_PROXIMAL_2);
    for (int seed = 1; seed <= 5; seed++)
        for (int i = 0; i < 4; i++)
            check_case(10, 5, RANDOM, (uint64_t)seed, i % 2 ? -3 : 0, GRZ_EQUATION_LANDAU, dts[i], GRZ_TIME_SCHEME_PROXIMAL);
}
END_TEST

static double error_after(grz_operator *op, const double *f, grz_time_scheme scheme, double end, int steps, const double *exact)
{
    double error, evaluations;
    grz_flow *flow;
    DONE(grz_flow_create(context, op, scheme, &flow));
    DONE(grz_flow_set_option(flow, GRZ_FLOW_OPTION_RESIDUAL, 1e-10));
    DONE(grz_flow_start(flow, 0, f));
    DONE(grz_flow_run(flow, end, end / steps, NULL, NULL));
    error = relative_distance(grz_flow_view(flow), exact, 1000);
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_EVALUATIONS, &evaluations));
    show("%s, %g steps, order %d: error %.2e, %.0f evaluations each\n", "curve", steps, scheme, (double[7]){error, evaluations / steps});
    grz_flow_destroy(&flow);
    return error;
}

/* A box that ends where f is about 1e-3 of its maximum, so that an explicit method gives the exact curve. */
START_TEST(orders_in_dt)
{
    grz_grid *grid;
    grz_distribution *f;
    grz_flow *flow;
    const double w[2] = {0.6, 0.5}, u[6] = {0.9, 0.2, -0.1, -0.8, -0.5, 0.3};
    const double C[18] = {1.6, 0.2, 0, 0.2, 1.4, 0, 0, 0, 1.7, 1.5, 0, 0.2, 0, 1.8, 0, 0.2, 0, 1.5};
    grz_kernel *kernel = power_law(0, 0.5, 1);
    DONE(grz_grid_create(context, 10, 3, (double[3]){0.1, -0.2, 0.05}, &grid));
    DONE(grz_distribution_create_mixture(context, grid, 2, w, u, C, &f));
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_LANDAU, 1, 3);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    double *exact = doubles(grz_grid_node_count(grid));
    DONE(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    DONE(grz_flow_start(flow, 0, grz_distribution_view(f)));
    DONE(grz_flow_run(flow, 0.02, 0.02 / 40, NULL, NULL));
    DONE(grz_flow_values(flow, exact));
    for (int scheme = GRZ_TIME_SCHEME_PROXIMAL; scheme <= GRZ_TIME_SCHEME_PROXIMAL_2; scheme++) {
        double coarse = error_after(op, grz_distribution_view(f), scheme, 0.02, 8, exact);
        double order = log2(coarse / error_after(op, grz_distribution_view(f), scheme, 0.02, 16, exact));
        HOLDS(fabs(order - (scheme == GRZ_TIME_SCHEME_PROXIMAL ? 1 : 2)) < 0.1, "scheme %d: order %g", scheme, order);
    }
    free(exact);
    grz_flow_destroy(&flow);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("flow: proximal step");
    TCase *t = tcase_create("proximal");
    tcase_add_checked_fixture(t, open_context, close_context);
    tcase_add_test(t, orders_in_dt);
    tcase_add_test(t, converges_from_any_start);
    tcase_add_test(t, is_cut_where_it_does_not_converge);
    tcase_add_test(t, converges_in_ordinary_boxes);
    tcase_add_test(t, converges_in_all_cases);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

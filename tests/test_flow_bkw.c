/* The exact solution of Bobylev, Krook and Wu under gamma = 0, K(t) = 1 - C exp(-(pi/2) t int beta sin^2): flows of both methods and
 * equations against it from K = 0.6, where it vanishes at v = 0, to 0.95. */
#include "support/entropic.h"

#include <string.h>

typedef struct comparison {
    const grz_grid *grid;
    double K, rate, worst; /* K at time 0; the rate of 1 - K; largest error so far, relative to the maximum */
    double L1, L2;         /* largest so far in these norms, relative to the solution's */
} comparison;

static int compare(double time, const double *f, void *user)
{
    comparison *c = user;
    grz_distribution *exact;
    DONE(grz_distribution_create_bkw(context, c->grid, 1 - (1 - c->K) * exp(-c->rate * time), &exact));
    const double *g = grz_distribution_view(exact);
    int64_t count = grz_grid_node_count(c->grid);
    double error = difference(f, g, count) / largest(g, count);
    c->worst = error > c->worst || isnan(error) ? error : c->worst;
    double one[2] = {0}, two[2] = {0};
    for (int64_t i = 0; i < count; i++) {
        one[0] += fabs(f[i] - g[i]), one[1] += g[i];
        two[0] += (f[i] - g[i]) * (f[i] - g[i]), two[1] += g[i] * g[i];
    }
    keep_largest(&c->L1, one[0] / one[1]);
    keep_largest(&c->L2, sqrt(two[0] / two[1]));
    grz_distribution_destroy(&exact);
    return 0;
}

static double rate_of(const grz_kernel *kernel)
{
    double lambda[3];
    DONE(grz_kernel_spectrum(kernel, 1, 2, lambda));
    return -lambda[2] / 6; /* (pi/2) int beta sin^2 */
}

/* ------------------------------------------------------------------------------------------------------------ spectral */

/* f from the n^3 nodes x of a periodic box of half width L to the nodes y of a larger one: the trigonometric interpolant inside, 0
 * outside. */
static void interpolate(int n, const double *x, double L, const double *y, double *f)
{
    int64_t plane = (int64_t)n * n;
    double *weights = doubles(plane), *turned = doubles(plane * n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double a = M_PI * (y[i] - x[j]) / L, s = n * sin(a / 2);
            weights[i * n + j] = fabs(y[i]) > L ? 0 : fabs(s) < 1e-12 ? 1 : sin(n * a / 2) * cos(a / 2) / s;
        }
    for (int axis = 0; axis < 3; axis++) { /* the first axis becomes the last */
        for (int i = 0; i < n; i++)
            for (int64_t q = 0; q < plane; q++) {
                turned[q * n + i] = 0;
                for (int j = 0; j < n; j++) turned[q * n + i] += weights[i * n + j] * f[j * plane + q];
            }
        memcpy(f, turned, sizeof *f * (size_t)(plane * n));
    }
    free(weights);
    free(turned);
}

/* n = 32, through boxes that grow with the tail, to K_end. step: in units of 1/rate. */
static double spectral_error(double eps, double K_end, double step)
{
    enum { N = 32 };
    static const double boxes[3][3] = {{6.62, 3.2, 0.66}, {7, 3.3, 0.75}, {7.4, 3.5, 1}}; /* L, R, last K */
    double x[N], y[N], *f = doubles(N * N * N), time = 0;
    grz_kernel *kernel = power_law(0, 0.5, eps);
    comparison c = {NULL, 0.6, rate_of(kernel), 0, 0, 0};
    for (int b = 0; b < 3 && (b == 0 || K_end > boxes[b - 1][2]); b++) {
        grz_grid *grid;
        grz_operator *op;
        grz_flow *flow;
        DONE(grz_grid_create(context, N, boxes[b][0], NULL, &grid));
        DONE(grz_operator_create(context, grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &op));
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, boxes[b][1]));
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PADDED_NODES, N));
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MODES, 2));
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 14));
        if (eps > 0) { /* f f* of an isotropic f is of degree 2 in w */
            DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE));
            DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
        }
        DONE(grz_grid_axis_nodes(grid, 0, y));
        if (b == 0) {
            grz_distribution *start;
            DONE(grz_distribution_create_bkw(context, grid, 0.6, &start));
            memcpy(f, grz_distribution_view(start), sizeof *f * N * N * N);
            grz_distribution_destroy(&start);
        } else
            interpolate(N, x, boxes[b - 1][0], y, f);
        c.grid = grid;
        DONE(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
        DONE(grz_flow_start(flow, time, f));
        time = log(0.4 / (1 - smaller(boxes[b][2], K_end))) / c.rate;
        DONE(grz_flow_run(flow, time, step / c.rate, compare, &c));
        DONE(grz_flow_values(flow, f));
        memcpy(x, y, sizeof x);
        grz_flow_destroy(&flow);
        grz_operator_destroy(&op);
        grz_grid_destroy(&grid);
    }
    grz_kernel_destroy(&kernel);
    free(f);
    return c.worst;
}

START_TEST(spectral_flows_within_a_millionth)
{
    static const double eps[3] = {0, M_PI, 0.1}, step[3] = {0.0055, 0.022, 0.0055};
    SKIP_IF(fast(), "n = 32");
    for (int e = 0; e < (full() ? 3 : 1); e++) {
        double error = spectral_error(eps[e], full() ? 0.95 : 0.68, step[e]);
        if (getenv("GRZ_TEST_SHOW")) printf("spectral, eps = %g: %.2e\n", eps[e], error);
        HOLDS(error < 1e-6, "eps = %g: %g", eps[e], error);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------ entropic */

/* error: in the maximum norm, L^1, L^2. L = 4.2, where f is 1e-18 of its maximum in the corners at K = 0.6. step: in units of 1/rate; floor: GRZ_FLOW_OPTION_FLOOR. */
static grz_status entropic_error(double eps, int n, int accuracy, double K, double K_end, double step, double floor, double error[3],
                                 double *raised)
{
    grz_grid *grid;
    grz_distribution *start;
    grz_flow *flow;
    grz_kernel *kernel = power_law(0, 0.5, eps);
    DONE(grz_grid_create(context, n, 4.2, NULL, &grid));
    grz_operator *op = entropic(grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, accuracy, 5);
    comparison c = {grid, K, rate_of(kernel), 0, 0, 0};
    DONE(grz_distribution_create_bkw(context, grid, K, &start));
    DONE(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    DONE(grz_flow_set_option(flow, GRZ_FLOW_OPTION_FLOOR, floor));
    DONE(grz_flow_start(flow, 0, grz_distribution_view(start)));
    grz_status status = grz_flow_run(flow, log((1 - K) / (1 - K_end)) / c.rate, step / c.rate, compare, &c);
    error[0] = c.worst, error[1] = c.L1, error[2] = c.L2;
    DONE(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_RAISED, raised));
    if (getenv("GRZ_TEST_SHOW"))
        printf("entropic, eps = %g, n = %d, K from %g to %g: %.2e, in L^1 %.2e, L^2 %.2e, raised by %.1e (%s)\n", eps, n, K, K_end, c.worst,
               c.L1, c.L2, *raised, grz_status_name(status));
    grz_flow_destroy(&flow);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    return status;
}

/* Without a floor no step is short enough: a corner, from which splines take more than it holds, is empty at a finite time. */
START_TEST(entropic_flows_within_five_thousandths)
{
    static const double eps[3] = {0, M_PI, 0.1}, step[3] = {0.006, 0.03, 0.006};
    double error[3], raised;
    if (full()) {
        for (int e = 0; e < 3; e++) {
            DONE(entropic_error(eps[e], 20, 1, 0.6, 0.95, step[e], 0.01, error, &raised));
            HOLDS(error[0] < 5e-3 && raised < 1e-5, "eps = %g: %g, raised by %g", eps[e], error[0], raised);
        }
    } else if (!fast()) {
        DONE(entropic_error(0, 16, 1, 0.65, 0.72, 0.008, 0.01, error, &raised));
        HOLDS(error[0] < 2e-3 && raised > 0 && raised < 1e-6, "%g, raised by %g", error[0], raised);
    }
    ck_assert_int_eq(entropic_error(0, 12, 1, 0.65, 0.72, 0.008, 0, error, &raised), GRZ_ERROR_NOT_POSITIVE);
    ck_assert_double_eq(raised, 0);
}
END_TEST

START_TEST(entropic_error_falls_at_order_four)
{
    static const int nodes[3] = {16, 24, 32};
    double error[3][3], raised;
    SKIP_IF(fast(), "three grids");
    for (int i = 0; i < (full() ? 3 : 2); i++) {
        DONE(entropic_error(0, nodes[i], 2, 0.65, 0.665, full() ? 0.005 : 0.008, 0.01, error[i], &raised));
        double order = i ? log(error[i - 1][0] / error[i][0]) / log((double)nodes[i] / nodes[i - 1]) : 4;
        HOLDS(order > 3.8, "n = %d: order %g", nodes[i], order);
    }
    if (!full()) return;
    for (int i = 1; i < 3; i++) { /* from K = 0.6, where log f has no spline at v = 0: a volume of order h^3 */
        DONE(entropic_error(0, nodes[i], 2, 0.6, 0.615, 0.005, 0.01, error[i], &raised));
        double ratio = log((double)nodes[i] / nodes[i - 1]), L1 = log(error[i - 1][1] / error[i][1]) / ratio,
               L2 = log(error[i - 1][2] / error[i][2]) / ratio;
        HOLDS(i < 2 || (L1 > 3.8 && L2 > 3), "from K = 0.6: orders %g in L^1, %g in L^2", L1, L2);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("flow: BKW");
    TCase *t = tcase_create("BKW");
    tcase_add_checked_fixture(t, open_context, close_context);
    tcase_add_test(t, spectral_flows_within_a_millionth);
    tcase_add_test(t, entropic_flows_within_five_thousandths);
    tcase_add_test(t, entropic_error_falls_at_order_four);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

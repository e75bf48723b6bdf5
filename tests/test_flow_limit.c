/* Flows as a whole: exact decay of second moments, Fisher information. */
#include "support/entropic.h"

typedef struct track {
    const grz_grid *grid;
    grz_functional *fisher;
    double rate, first[9], worst, largest, fisher_before, fisher_growth; /* largest: of first, relative to the pressure as worst is */
    int calls;
} track;

/* Traceless second moments against exp(-rate t) times those at time 0, relative to the pressure. */
static int follow(double time, const double *f, void *user)
{
    track *t = user;
    int64_t count = grz_grid_node_count(t->grid);
    double *v = nodes_of(t->grid), h = grz_grid_spacing(t->grid), fisher;
    long double P[9] = {0}; /* about 0, where the mean velocity is */
    for (int64_t i = 0; i < count; i++)
        for (int k = 0; k < 9; k++) P[k] += (long double)(h * h * h * f[i]) * v[3 * i + k / 3] * v[3 * i + k % 3];
    free(v);
    double pressure = (double)(P[0] + P[4] + P[8]) / 3;
    for (int k = 0; k < 9; k++) {
        double traceless = (double)P[k] - (k % 4 == 0 ? pressure : 0);
        if (t->calls == 0) t->first[k] = traceless, keep_largest(&t->largest, fabs(traceless) / pressure);
        keep_largest(&t->worst, fabs(traceless - t->first[k] * exp(-t->rate * time)) / pressure);
    }
    if (t->fisher) {
        DONE(grz_functional_evaluate(t->fisher, f, &fisher));
        if (t->calls) keep_largest(&t->fisher_growth, fisher / t->fisher_before - 1);
        t->fisher_before = fisher;
    }
    t->calls++;
    return 0;
}

/* half_width: of a spectral operator's box, the accuracy it is made for. eps: 0 for Landau. */
static track decay(double eps, grz_method method, int32_t n, double half_width, double gamma, grz_time_scheme scheme, double end, double dt)
{
    static const double T[3] = {0.9, 1.0, 1.15};
    uint64_t seed = 5;
    double axes[9], lambda[3];
    grz_grid *grid;
    grz_distribution *f;
    grz_flow *flow;
    grz_operator *op;
    grz_kernel *kernel = power_law(gamma, gamma < -2 ? 1.5 : 0.5, eps);
    track t = {0};
    random_axes(&seed, axes);
    double radius = 0;
    if (method == GRZ_METHOD_SPECTRAL) DONE(grz_spectral_propose(context, T[0], T[2], half_width, &n, &half_width, &radius));
    DONE(grz_grid_create(context, n, half_width, NULL, &grid));
    DONE(grz_operator_create(context, grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, method, &op));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, method == GRZ_METHOD_SPECTRAL ? 2 : 1));
    if (method == GRZ_METHOD_ENTROPIC)
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, scheme == GRZ_TIME_SCHEME_SSP_RK4 ? 3 : 5));
    if (radius > 0) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, radius));
    DONE(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, axes, &f));
    DONE(grz_kernel_spectrum(kernel, 1, 2, lambda));
    t.grid = grid;
    t.rate = -lambda[2] / 2;
    t.fisher_growth = -INFINITY;
    if (method == GRZ_METHOD_ENTROPIC) DONE(grz_functional_create_fisher(context, grid, &t.fisher));
    DONE(grz_flow_create(context, op, scheme, &flow));
    DONE(grz_flow_set_option(flow, GRZ_FLOW_OPTION_FLOOR, 0.01));
    DONE(grz_flow_start(flow, 0, grz_distribution_view(f)));
    DONE(grz_flow_run(flow, end, dt, follow, &t));
    if (getenv("GRZ_TEST_SHOW"))
        printf("eps = %g, method %d, n = %d, gamma = %g: moments off by %.2e, %.1e of their change, Fisher information grows by %.1e\n",
               eps, (int)method, n, gamma, t.worst, t.worst / (t.largest * -expm1(-t.rate * end)), t.fisher_growth);
    grz_functional_destroy(&t.fisher);
    grz_flow_destroy(&flow);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    return t;
}

START_TEST(second_moments_decay_exponentially)
{
    SKIP_IF(fast(), "long flows");
    track t = decay(0, GRZ_METHOD_SPECTRAL, 0, full() ? 1e-7 : 1e-5, 0, GRZ_TIME_SCHEME_SSP_RK4, 0.002, 2e-4);
    HOLDS(t.worst < (full() ? 1e-8 : 1e-6), "spectral: %g", t.worst);
    for (int e = 0; e < (full() ? 2 : 1); e++) { /* 0.04 and 0.2 relaxation times of the stress */
        double end = full() ? 0.2 / 12 : 0.04 / 12;
        t = decay(e ? M_PI : 0, GRZ_METHOD_ENTROPIC, 24, 6.7, 0, GRZ_TIME_SCHEME_SSP_RK4, end, 0.005 / 12);
        HOLDS(t.worst < 1e-6, "entropic, eps = %g: %g of the pressure", e ? M_PI : 0, t.worst);
        HOLDS(full() || t.worst < 1e-5 * t.largest * -expm1(-t.rate * end), "entropic: %g", t.worst);
        HOLDS(t.fisher_growth <= 0, "Fisher information grows by %g", t.fisher_growth);
    }
    if (!full()) return;
    const double end = 0.2 / 12; /* n = 24 is off by 1.2e-5 of the change */
    t = decay(0, GRZ_METHOD_ENTROPIC, 28, 6.7, 0, GRZ_TIME_SCHEME_SSP_RK4, end, 0.0025 / 12);
    HOLDS(t.worst < 1e-5 * t.largest * -expm1(-t.rate * end), "entropic, n = 28: %g of the pressure", t.worst);
}
END_TEST

/* The same for the rate itself, <Q, v_i v_j> = (lambda_2/2) (traceless P), in a box that holds f: smaller ones lose more than 1e-5 of the
 * moments' rate. */
START_TEST(entropic_rate_of_second_moments)
{
    static const double T[3] = {0.9, 1.0, 1.15}, eps[3] = {0, 0.1, M_PI};
    double axes[9], lambda[3];
    uint64_t seed = 5;
    grz_grid *grid;
    grz_distribution *f;
    random_axes(&seed, axes);
    DONE(grz_grid_create(context, 20, 7, NULL, &grid));
    DONE(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, axes, &f));
    int64_t count = grz_grid_node_count(grid);
    double *v = nodes_of(grid), *Q = doubles(count), h = grz_grid_spacing(grid);
    for (int e = 0; e < (fast() ? 1 : 3); e++) {
        grz_kernel *kernel = power_law(0, 0.5, eps[e]);
        grz_operator *op = entropic(grid, kernel, e ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 2, 5);
        double P[9] = {0}, rate[9] = {0}, worst = 0, largest_stress = 0;
        DONE(grz_kernel_spectrum(kernel, 1, 2, lambda));
        DONE(grz_operator_apply(op, grz_distribution_view(f), Q));
        for (int64_t i = 0; i < count; i++)
            for (int k = 0; k < 9; k++) {
                double weight = h * h * h * v[3 * i + k / 3] * v[3 * i + k % 3];
                P[k] += weight * grz_distribution_view(f)[i];
                rate[k] += weight * Q[i];
            }
        double pressure = (P[0] + P[4] + P[8]) / 3;
        for (int k = 0; k < 9; k++) {
            double traceless = P[k] - (k % 4 == 0 ? pressure : 0);
            keep_largest(&worst, fabs(rate[k] - lambda[2] / 2 * traceless));
            keep_largest(&largest_stress, fabs(lambda[2] / 2 * traceless));
        }
        if (getenv("GRZ_TEST_SHOW")) printf("eps = %g: rate of the stress off by %.2e of the largest\n", eps[e], worst / largest_stress);
        HOLDS(worst < 1e-5 * largest_stress, "eps = %g: %g of the largest rate", eps[e], worst / largest_stress);
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    free(v);
    free(Q);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(fisher_information_decreases)
{
    for (int gamma = -3; gamma <= 0; gamma += 3) {
        track t = decay(0, GRZ_METHOD_ENTROPIC, 8, 4, gamma, GRZ_TIME_SCHEME_PROXIMAL_2, 0.06, 0.03);
        HOLDS(t.fisher_growth <= 0, "gamma = %d: grows by %g", gamma, t.fisher_growth);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("flow: moments");
    TCase *t = tcase_create("limit");
    tcase_add_checked_fixture(t, open_context, close_context);
    tcase_add_test(t, second_moments_decay_exponentially);
    tcase_add_test(t, entropic_rate_of_second_moments);
    tcase_add_test(t, fisher_information_decreases);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

/* The ledger: rules in time, the defect (1.3) of computed curves and of curves that are none, Lemma 5.7 along the way. */
#include "flow/ledger.h"
#include "support/entropic.h"
#include "support/failing_operator.h"

static grz_grid *grid;
static grz_operator *op;
static grz_distribution *start;

enum { BEAMS, SHELL, TILTED, DATA };
static const char *const data_names[DATA] = {"two Gaussians", "shell", "tilted bi-Maxwellian"};

static void open_case(int data, grz_equation equation)
{
    static const double centre[3] = {0.1, -0.2, 0.05};
    const double w[2] = {0.6, 0.5}, u[6] = {0.9, 0.2, -0.1, -0.8, -0.5, 0.3}, T[3] = {1.4, 1.6, 1.9};
    const double C[18] = {1.6, 0.2, 0, 0.2, 1.4, 0, 0, 0, 1.7, 1.5, 0, 0.2, 0, 1.8, 0, 0.2, 0, 1.5};
    uint64_t seed = 5;
    double axes[9];
    random_axes(&seed, axes);
    open_context();
    grz_kernel *kernel = power_law(0, 0.5, 1);
    DONE(grz_grid_create(context, 8, 3, centre, &grid));
    op = entropic(grid, kernel, equation, 1, 3);
    if (data != BEAMS && !full()) { /* structure does not depend on the quadrature */
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    }
    if (data == BEAMS)
        DONE(grz_distribution_create_mixture(context, grid, 2, w, u, C, &start));
    else if (data == SHELL)
        DONE(grz_distribution_create_shell(context, grid, 1.1, centre, 1.2, 1.5, &start));
    else
        DONE(grz_distribution_create_bimaxwellian(context, grid, 1.1, centre, T, axes, &start));
    grz_kernel_destroy(&kernel);
}

static void open_all(void)
{
    open_case(BEAMS, GRZ_EQUATION_LANDAU);
}

static void close_all(void)
{
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    close_context();
}

START_TEST(rules_in_time)
{
    double times[9], values[9], integrals[9], weights[5], t = -0.3;
    uint64_t seed = 3;
    for (int k = 0; k < 9; k++) {
        times[k] = t += 0.1 + uniform(&seed);
        values[k] = 1 - 2 * t + 0.5 * pow(t, 3) + 0.25 * pow(t, 5);
    }
    grzi_running_integral(9, 1, times, values, 5, integrals);
    for (int k = 0; k < 9; k++) {
        double a = times[0], b = times[k];
        NEAR(integrals[k], b - a - (b * b - a * a) + (pow(b, 4) - pow(a, 4)) / 8 + (pow(b, 6) - pow(a, 6)) / 24, 1e-12 * pow(times[8], 6));
    }
    for (int at = 0; at < 5; at++) {
        double derivative = 0;
        grzi_difference_weights(5, times, at, weights);
        for (int j = 0; j < 5; j++) derivative += weights[j] * pow(times[j], 4);
        NEAR(derivative, 4 * pow(times[at], 3), 1e-10);
    }
}
END_TEST

/* With f' = Q, so that scheme and quadrature alone make the defect. */
static int record_with_rate(double time, const double *f, void *ledger)
{
    double *rate = doubles(grz_grid_node_count(grid));
    DONE(grz_operator_apply(op, f, rate));
    grz_status status = grz_ledger_record(ledger, time, f, rate);
    free(rate);
    return (int)status;
}

static grz_ledger *ledger_of(grz_time_scheme scheme, double end, int steps, grz_flow_observer_fn observer, double *dissipated)
{
    grz_ledger *ledger;
    grz_flow *flow;
    DONE(grz_ledger_create(context, op, &ledger));
    DONE(grz_flow_create(context, op, scheme, &flow));
    DONE(grz_flow_start(flow, 0, grz_distribution_view(start)));
    DONE(grz_flow_run(flow, end, end / steps, observer, ledger));
    OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_DISSIPATED, dissipated));
    DONE(grz_ledger_end(ledger));
    ck_assert_int_eq(grz_ledger_count(ledger), steps + 1);
    grz_flow_destroy(&flow);
    return ledger;
}

static double entry_at(const grz_ledger *ledger, grz_ledger_entry entry, int64_t k)
{
    double *values = doubles(grz_ledger_count(ledger));
    DONE(grz_ledger_column(ledger, entry, values));
    double value = values[k];
    free(values);
    return value;
}

static double largest_defect(const grz_ledger *ledger)
{
    double defect = 0;
    for (int64_t k = 0; k < grz_ledger_count(ledger); k++) keep_largest(&defect, fabs(entry_at(ledger, GRZ_LEDGER_ENTRY_DEFECT, k)));
    return defect;
}

static void check_runge_kutta(const char *what, double end)
{
    double unused, defect[2];
    grz_ledger_verdict verdict;
    int64_t where;
    for (int i = 0; i < 2; i++) {
        int steps = i ? 12 : 6;
        grz_ledger *ledger = ledger_of(GRZ_TIME_SCHEME_SSP_RK4, end, steps, record_with_rate, &unused);
        defect[i] = largest_defect(ledger);
        if (getenv("GRZ_TEST_SHOW")) printf("%s: RK4, %d steps: defect %.3e\n", what, steps, defect[i]);
        OK(grz_ledger_judge(ledger, 1e-6, &verdict, &where));
        ck_assert_int_eq(verdict, GRZ_LEDGER_VERDICT_GRADIENT_FLOW);
        ck_assert_int_eq(where, -1);
        for (int k = 1; k <= steps; k++) {
            NEAR(entry_at(ledger, GRZ_LEDGER_ENTRY_SPEED, k), entry_at(ledger, GRZ_LEDGER_ENTRY_DISSIPATION, k), 1e-12);
            for (int m = GRZ_LEDGER_ENTRY_MASS; m <= GRZ_LEDGER_ENTRY_ENERGY; m++)
                NEAR(entry_at(ledger, m, k), entry_at(ledger, m, 0), 1e-12);
        }
        grz_ledger_destroy(&ledger);
    }
    HOLDS(log2(defect[0] / defect[1]) > 3.5, "%s: defects %g, %g", what, defect[0], defect[1]);
    HOLDS(defect[1] < 1e-9, "%s: defect %g", what, defect[1]);
}

/* The discrete inequality H(f^n) + sum dt <phi, A phi> <= H(f^0) has a defect of order 1; that of the polygon through the states is
 * positive, as that of any curve that is not a gradient flow, and, being a square of the residual, of order 2. */
static void check_proximal(const char *what, double end)
{
    double dissipated, discrete[2], polygon[2];
    for (int i = 0; i < 2; i++) {
        int steps = i ? 8 : 4;
        grz_ledger *ledger = ledger_of(GRZ_TIME_SCHEME_PROXIMAL, end, steps, grz_ledger_observe, &dissipated);
        discrete[i] = entry_at(ledger, GRZ_LEDGER_ENTRY_ENTROPY, steps) - entry_at(ledger, GRZ_LEDGER_ENTRY_ENTROPY, 0) + dissipated;
        polygon[i] = entry_at(ledger, GRZ_LEDGER_ENTRY_DEFECT, steps);
        if (getenv("GRZ_TEST_SHOW"))
            printf("%s: proximal, %d steps: discrete defect %.3e, of the curve %.3e\n", what, steps, discrete[i], polygon[i]);
        HOLDS(discrete[i] < 0 && polygon[i] > 0, "%s: defects %g, %g", what, discrete[i], polygon[i]);
        grz_ledger_destroy(&ledger);
    }
    HOLDS(fabs(log2(discrete[0] / discrete[1]) - 1) < 0.15, "%s: discrete defects %g, %g", what, discrete[0], discrete[1]);
    HOLDS(log2(polygon[0] / polygon[1]) > 1.7, "%s: defects %g, %g", what, polygon[0], polygon[1]);
}

/* Landau and a Boltzmann kernel; by default Boltzmann on one of the three data only. */
START_TEST(orders_of_the_defect)
{
    SKIP_IF(fast(), "many flows");
    for (int data = BEAMS; data < DATA; data++)
        for (int equation = GRZ_EQUATION_LANDAU; equation >= (full() || data == SHELL ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU);
             equation--) {
            char what[80];
            snprintf(what, sizeof what, "%s, %s", data_names[data], equation == GRZ_EQUATION_LANDAU ? "Landau" : "Boltzmann");
            open_case(data, (grz_equation)equation);
            check_runge_kutta(what, data == SHELL ? 0.016 : 0.064);
            check_proximal(what, data == TILTED ? 0.02 : 0.008);
            close_all();
        }
}
END_TEST

/* Twice as fast as the flow: |f'|^2 = 4 D, and the defect is half of what is dissipated. Growth of mass is out of reach. */
static int record_twice_as_fast(double time, const double *f, void *ledger)
{
    return (int)grz_ledger_record(ledger, 0.5 * time, f, NULL);
}

START_TEST(curves_that_are_no_flows)
{
    enum { STEPS = 6 };
    int64_t count = grz_grid_node_count(grid), where;
    double *f = doubles(count), *rate = doubles(count);
    grz_ledger *twice, *growing;
    grz_flow *flow;
    grz_ledger_verdict verdict;
    DONE(grz_ledger_create(context, op, &twice));
    DONE(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    DONE(grz_flow_start(flow, 0, grz_distribution_view(start)));
    DONE(grz_flow_run(flow, 0.012, 0.012 / STEPS, record_twice_as_fast, twice));
    DONE(grz_ledger_end(twice));
    DONE(grz_ledger_end(twice));
    for (int k = 0; k <= STEPS; k++) {
        NEAR(entry_at(twice, GRZ_LEDGER_ENTRY_SPEED, k) / entry_at(twice, GRZ_LEDGER_ENTRY_DISSIPATION, k), 4, 1e-6);
        NEAR(entry_at(twice, GRZ_LEDGER_ENTRY_DEFECT, k), 0.5 * entry_at(twice, GRZ_LEDGER_ENTRY_DISSIPATED, k), 1e-9);
    }
    OK(grz_ledger_judge(twice, 1e-6, &verdict, &where));
    ck_assert_int_eq(verdict, GRZ_LEDGER_VERDICT_INEQUALITY_FAILS);
    ck_assert_int_eq(where, 1);
    OK(grz_ledger_judge(twice, 1, &verdict, NULL));
    ck_assert_int_eq(verdict, GRZ_LEDGER_VERDICT_GRADIENT_FLOW);
    /* with f' given */
    DONE(grz_ledger_create(context, op, &growing));
    DONE(grz_operator_apply(op, grz_distribution_view(start), rate));
    DONE(grz_ledger_record(growing, 0, grz_distribution_view(start), rate));
    for (int64_t i = 0; i < count; i++) f[i] = 1.001 * grz_distribution_view(start)[i];
    DONE(grz_ledger_record(growing, 0.1, f, NULL));
    DONE(grz_ledger_end(growing));
    NEAR(entry_at(growing, GRZ_LEDGER_ENTRY_SPEED, 0) / entry_at(growing, GRZ_LEDGER_ENTRY_DISSIPATION, 0), 1, 1e-12);
    OK(grz_ledger_judge(growing, 1e-6, &verdict, &where));
    ck_assert_int_eq(verdict, GRZ_LEDGER_VERDICT_UNREACHABLE);
    ck_assert_int_eq(where, 1);
    grz_ledger_destroy(&twice);
    grz_ledger_destroy(&growing);
    grz_flow_destroy(&flow);
    free(f);
    free(rate);
}
END_TEST

/* |int psi d(f_0 - f_t)| <= C int |f'|: with the ledger's |f'|^2 and Cauchy-Schwarz. */
START_TEST(lemma_5_7_along_a_flow)
{
    double unused, difference, bound, end = 0.016;
    int64_t count = grz_grid_node_count(grid);
    double *f = doubles(count);
    grz_flow *flow;
    grz_ledger *ledger = ledger_of(GRZ_TIME_SCHEME_SSP_RK4, end, 6, grz_ledger_observe, &unused);
    double distance = sqrt(end * entry_at(ledger, GRZ_LEDGER_ENTRY_TRAVELLED, 6));
    DONE(grz_flow_create(context, op, GRZ_TIME_SCHEME_SSP_RK4, &flow));
    DONE(grz_flow_start(flow, 0, grz_distribution_view(start)));
    DONE(grz_flow_run(flow, end, end / 6, NULL, NULL));
    DONE(grz_flow_values(flow, f));
    DONE(grz_operator_comparison(op, grz_distribution_view(start), f, distance, &difference, &bound));
    if (getenv("GRZ_TEST_SHOW")) printf("Lemma 5.7: %.4g <= %.4g\n", difference, bound);
    HOLDS(difference > 0 && difference <= bound, "%g, bound %g", difference, bound);
    free(f);
    grz_flow_destroy(&flow);
    grz_ledger_destroy(&ledger);
}
END_TEST

START_TEST(bad_input)
{
    grz_ledger *ledger = UNTOUCHED;
    grz_context *stranger;
    grz_kernel *kernel = power_law(0, 0.5, 1);
    grz_operator *spectral;
    grz_ledger_verdict verdict;
    double values[4];
    const double *f = grz_distribution_view(start);
    OK(grz_context_create(&stranger));
    OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &spectral));
    ck_assert_int_eq(grz_ledger_create(NULL, op, &ledger), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_ledger_create(context, NULL, &ledger), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(context, grz_ledger_create(context, op, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_ledger_create(context, spectral, &ledger), GRZ_ERROR_UNSUPPORTED, "spectral");
    FAILS(stranger, grz_ledger_create(stranger, op, &ledger), GRZ_ERROR_MISMATCH, "op");
    ck_assert_ptr_eq(ledger, UNTOUCHED);
    OK(grz_ledger_create(context, op, &ledger));
    FAILS(context, grz_ledger_record(ledger, NAN, f, NULL), GRZ_ERROR_NOT_FINITE, "time");
    FAILS(context, grz_ledger_record(ledger, 0, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "f");
    OK(grz_ledger_record(ledger, 1, f, NULL));
    FAILS(context, grz_ledger_record(ledger, 1, f, NULL), GRZ_ERROR_INVALID_ARGUMENT, "time = 1");
    FAILS(context, grz_ledger_end(ledger), GRZ_ERROR_INVALID_ARGUMENT, "1 snapshots");
    FAILS(context, grz_ledger_column(ledger, GRZ_LEDGER_ENTRY_TIME, values), GRZ_ERROR_INVALID_ARGUMENT, "finished");
    FAILS(context, grz_ledger_judge(ledger, 0, &verdict, NULL), GRZ_ERROR_INVALID_ARGUMENT, "finished");
    OK(grz_ledger_record(ledger, 2, f, NULL));
    OK(grz_ledger_end(ledger)); /* a curve that rests: no speed, and D > 0 makes the defect positive */
    FAILS(context, grz_ledger_record(ledger, 3, f, NULL), GRZ_ERROR_INVALID_ARGUMENT, "finished");
    FAILS(context, grz_ledger_column(ledger, (grz_ledger_entry)15, values), GRZ_ERROR_INVALID_ARGUMENT, "entry = 15");
    FAILS(context, grz_ledger_column(ledger, GRZ_LEDGER_ENTRY_TIME, NULL), GRZ_ERROR_NULL_ARGUMENT, "values");
    FAILS(context, grz_ledger_judge(ledger, -1, &verdict, NULL), GRZ_ERROR_INVALID_ARGUMENT, "tolerance");
    FAILS(context, grz_ledger_judge(ledger, 0, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "verdict");
    OK(grz_ledger_judge(ledger, 1e-3, &verdict, NULL));
    ck_assert_int_eq(verdict, GRZ_LEDGER_VERDICT_INEQUALITY_FAILS);
    ck_assert_int_eq(grz_ledger_record(NULL, 0, f, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_ledger_end(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_ledger_count(NULL), 0);
    grz_ledger_destroy(&ledger);
    grz_ledger_destroy(&ledger);
    grz_ledger_destroy(NULL);
    grz_operator_destroy(&spectral);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&stranger);
}
END_TEST

/* At equilibrium f' is rounding, which keeps no moments: no reason to call it out of reach. */
START_TEST(curves_at_rest)
{
    grz_distribution *keep = start;
    DONE(grz_distribution_create_equilibrium(context, keep, &start));
    for (int way = 0; way < 3; way++) {
        double dissipated;
        grz_ledger_verdict verdict;
        grz_ledger *ledger = ledger_of(way ? GRZ_TIME_SCHEME_SSP_RK4 : GRZ_TIME_SCHEME_PROXIMAL, 0.06, 6,
                                       way == 2 ? record_with_rate : grz_ledger_observe, &dissipated);
        OK(grz_ledger_judge(ledger, 1e-6, &verdict, NULL));
        ck_assert_int_eq(verdict, GRZ_LEDGER_VERDICT_GRADIENT_FLOW);
        for (int k = 0; k <= 6; k++) {
            double speed = entry_at(ledger, GRZ_LEDGER_ENTRY_SPEED, k);
            HOLDS(speed >= 0 && speed < 1e-12, "%g", speed);
        }
        grz_ledger_destroy(&ledger);
    }
    grz_distribution_destroy(&start);
    start = keep;
}
END_TEST

/* Curves that keep what their rates promise in nothing but mass, or energy; and the entries against what they stand for. */
START_TEST(entries_and_verdicts)
{
    int64_t count = grz_grid_node_count(grid), where;
    double *f[3] = {doubles(count), doubles(count), doubles(count)}, *rate = doubles(count), u[3], rho, T, sums[2] = {0, 0}, value;
    grz_ledger_verdict verdict;
    grz_distribution *hotter;
    grz_functional *fisher;
    DONE(grz_distribution_values(start, f[0]));
    DONE(grz_distribution_moments(start, &rho, u, &T, NULL, NULL));
    DONE(grz_distribution_create_maxwellian(context, grid, rho, u, 1.2 * T, &hotter));
    DONE(grz_distribution_values(hotter, f[2]));
    for (int64_t i = 0; i < count; i++) f[2][i] *= 1 + 0.01 * sin((double)i); /* off equilibrium, where rates are more than rounding */
    for (int64_t i = 0; i < count; i++) f[1][i] = 1.001 * f[0][i], sums[0] += f[0][i], sums[1] += f[2][i];
    for (int64_t i = 0; i < count; i++) f[2][i] *= sums[0] / sums[1];
    DONE(grz_functional_create_fisher(context, grid, &fisher));
    for (int other = 1; other < 3; other++) {
        grz_ledger *ledger;
        DONE(grz_ledger_create(context, op, &ledger));
        for (int k = 0; k < 3; k++) { /* the rates are reachable; the third snapshot is the first again */
            const double *at = f[k == 1 ? other : 0];
            DONE(grz_operator_apply(op, at, rate));
            DONE(grz_ledger_record(ledger, 0.1 * k, at, rate));
        }
        DONE(grz_ledger_end(ledger));
        OK(grz_ledger_judge(ledger, 1e-6, &verdict, &where));
        ck_assert_int_eq(verdict, other == 1 ? GRZ_LEDGER_VERDICT_MASS_CHANGES : GRZ_LEDGER_VERDICT_ENERGY_GROWS);
        ck_assert_int_eq(where, 1);
        for (int k = 0; k < 3; k++) {
            const double *at = f[k == 1 ? other : 0];
            double least = INFINITY;
            for (int64_t i = 0; i < count; i++) keep_least(&least, at[i]);
            ck_assert(entry_at(ledger, GRZ_LEDGER_ENTRY_MINIMUM, k) == least);
            DONE(grz_functional_evaluate(fisher, at, &value));
            ck_assert(entry_at(ledger, GRZ_LEDGER_ENTRY_FISHER, k) == value);
            double error = entry_at(ledger, GRZ_LEDGER_ENTRY_ERROR, k);
            HOLDS(isfinite(error) && error > 0, "error %g", error);
        }
        grz_ledger_destroy(&ledger);
    }
    for (int k = 0; k < 3; k++) free(f[k]);
    free(rate);
    grz_functional_destroy(&fisher);
    grz_distribution_destroy(&hotter);
}
END_TEST

static grz_status keep_ledger(failing_operator *s, void *user)
{
    (void)user;
    grz_ledger *ledger = NULL;
    grz_status status = grz_ledger_create(s->context, s->op, &ledger);
    if (status == GRZ_OK) status = grz_ledger_record(ledger, 0, s->f, NULL);
    if (status == GRZ_OK) status = grz_ledger_record(ledger, 1, s->f, NULL);
    if (status == GRZ_OK) status = grz_ledger_end(ledger);
    grz_ledger_destroy(&ledger);
    return status;
}

START_TEST(failing_allocations)
{
    refuse_every_allocation(GRZ_EQUATION_LANDAU, 5, keep_ledger, NULL);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("flow: ledger");
    TCase *t = tcase_create("ledger");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, rules_in_time);
    tcase_add_test(t, curves_that_are_no_flows);
    tcase_add_test(t, lemma_5_7_along_a_flow);
    tcase_add_test(t, curves_at_rest);
    tcase_add_test(t, entries_and_verdicts);
    tcase_add_test(t, bad_input);
    tcase_add_test(t, failing_allocations);
    suite_add_tcase(s, t);
    TCase *cases = tcase_create("orders");
    tcase_add_test(cases, orders_of_the_defect);
    suite_add_tcase(s, cases);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

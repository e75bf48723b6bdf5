/* What handles can be asked: what they were made of, and whose message the context has. */
#include "support/check.h"

static grz_context *context;
static grz_grid *grid;
static grz_kernel *kernel;
static grz_operator *boltzmann, *landau;
static grz_distribution *f;

static void open_handles(void)
{
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, 8, 4, (double[3]){0.1, 0, 0}, &grid));
    OK(grz_kernel_create_power_law(context, -2.5, 0.7, 0, &kernel));
    OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, &boltzmann));
    OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &landau));
    OK(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &f));
}

static void close_handles(void)
{
    grz_distribution_destroy(&f);
    grz_operator_destroy(&boltzmann);
    grz_operator_destroy(&landau);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}

static int is_the_grid(const grz_grid *found)
{
    double centre[3] = {0};
    OK(grz_grid_centre(found, centre));
    return grz_grid_nodes_per_axis(found) == 8 && grz_grid_half_width(found) == 4 && centre[0] == 0.1;
}

START_TEST(operators_know_what_they_are)
{
    ck_assert(is_the_grid(grz_operator_grid(boltzmann)) && is_the_grid(grz_operator_grid(landau)));
    ck_assert_double_eq(grz_kernel_gamma(grz_operator_kernel(boltzmann)), -2.5);
    ck_assert_double_eq(grz_kernel_nu(grz_operator_kernel(landau)), 0.7);
    ck_assert_int_eq(grz_operator_equation(boltzmann), GRZ_EQUATION_BOLTZMANN);
    ck_assert_int_eq(grz_operator_equation(landau), GRZ_EQUATION_LANDAU);
    ck_assert_int_eq(grz_operator_method(boltzmann), GRZ_METHOD_ENTROPIC);
    ck_assert_int_eq(grz_operator_method(landau), GRZ_METHOD_SPECTRAL);
    ck_assert(is_the_grid(grz_distribution_grid(f)));
    ck_assert(!grz_operator_grid(NULL) && !grz_operator_kernel(NULL) && !grz_distribution_grid(NULL));
    ck_assert(grz_operator_equation(NULL) == -1 && grz_operator_method(NULL) == -1);
}
END_TEST

/* Borrowed handles live as long as the one that was asked, whatever was destroyed before. */
START_TEST(borrowed_handles_live_with_their_owner)
{
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    ck_assert(is_the_grid(grz_operator_grid(landau)) && is_the_grid(grz_distribution_grid(f)));
    ck_assert_double_eq(grz_kernel_gamma(grz_operator_kernel(landau)), -2.5);
}
END_TEST

START_TEST(functionals_know_what_they_are)
{
    static const grz_functional_type types[] = {GRZ_FUNCTIONAL_TYPE_ENTROPY, GRZ_FUNCTIONAL_TYPE_RELATIVE_ENTROPY,
                                                GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION, GRZ_FUNCTIONAL_TYPE_DISSIPATION,
                                                GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT};
    for (int i = 0; i < 5; i++) {
        grz_functional *functional = NULL;
        OK(i == 0   ? grz_functional_create_entropy(context, grid, &functional)
           : i == 1 ? grz_functional_create_relative_entropy(context, f, &functional)
           : i == 2 ? grz_functional_create_fisher(context, grid, &functional)
                    : grz_functional_create_dissipation(context, boltzmann, types[i], &functional));
        ck_assert_int_eq(grz_functional_type_of(functional), types[i]);
        ck_assert(is_the_grid(grz_functional_grid(functional)));
        grz_functional_destroy(&functional);
    }
    ck_assert(grz_functional_type_of(NULL) == -1 && !grz_functional_grid(NULL));
}
END_TEST

START_TEST(curves_know_what_they_are)
{
    static const grz_time_scheme schemes[] = {GRZ_TIME_SCHEME_SSP_RK2, GRZ_TIME_SCHEME_DORMAND_PRINCE, GRZ_TIME_SCHEME_PROXIMAL_2};
    grz_metric *metric = NULL;
    grz_rate *rate = NULL;
    grz_ledger *ledger = NULL;
    grz_limit *limit = NULL;
    for (int i = 0; i < 3; i++) {
        grz_flow *flow = NULL;
        OK(grz_flow_create(context, boltzmann, schemes[i], &flow));
        ck_assert_int_eq(grz_flow_scheme(flow), schemes[i]);
        ck_assert_ptr_eq(grz_flow_operator(flow), boltzmann);
        grz_flow_destroy(&flow);
    }
    OK(grz_metric_create(context, boltzmann, &metric));
    OK(grz_rate_create_gradient_flow(context, boltzmann, &rate));
    OK(grz_ledger_create(context, boltzmann, &ledger));
    OK(grz_limit_create(context, grid, 2, (double[2]){0, 1}, &limit));
    ck_assert_ptr_eq(grz_metric_operator(metric), boltzmann);
    ck_assert_ptr_eq(grz_rate_operator(rate), boltzmann);
    ck_assert_ptr_eq(grz_ledger_operator(ledger), boltzmann);
    ck_assert(is_the_grid(grz_limit_grid(limit)));
    ck_assert(grz_flow_scheme(NULL) == -1 && !grz_flow_operator(NULL) && !grz_metric_operator(NULL) && !grz_rate_operator(NULL) &&
              !grz_ledger_operator(NULL) && !grz_limit_grid(NULL));
    grz_metric_destroy(&metric);
    grz_rate_destroy(&rate);
    grz_ledger_destroy(&ledger);
    grz_limit_destroy(&limit);
}
END_TEST

/* Of a NULL handle: 0 for counts, NaN for doubles, NULL for pointers, -1 for constants, as the header's first comment says. */
START_TEST(null_handles_have_no_numbers)
{
    ck_assert(grz_context_threads(NULL) == 0 && grz_context_failure_count(NULL) == 0 && grz_context_is_cancelled(NULL) == 0);
    ck_assert(grz_grid_nodes_per_axis(NULL) == 0 && grz_grid_node_count(NULL) == 0);
    ck_assert(isnan(grz_grid_half_width(NULL)) && isnan(grz_grid_spacing(NULL)));
    ck_assert(grz_kernel_type_of(NULL) == -1 && grz_kernel_class_of(NULL) == -1);
    ck_assert(isnan(grz_kernel_gamma(NULL)) && isnan(grz_kernel_nu(NULL)) && isnan(grz_kernel_eps(NULL)));
    ck_assert(!grz_distribution_view(NULL) && grz_sphere_degree(NULL) == 0 && grz_sphere_node_count(NULL) == 0);
    ck_assert(grz_metric_iterations(NULL) == 0 && isnan(grz_metric_residual(NULL)) && grz_metric_unreachable(NULL) == -1);
    ck_assert(isnan(grz_flow_time(NULL)) && !grz_flow_view(NULL) && grz_flow_state_size(NULL) == 0);
    ck_assert(grz_ledger_count(NULL) == 0 && grz_limit_count(NULL) == 0 && grz_limit_test_count(NULL) == 0);
}
END_TEST

START_TEST(failures_are_counted)
{
    double Q[512];
    ck_assert_int_eq(grz_context_failure_count(context), 0);
    ck_assert_int_eq(grz_operator_apply(boltzmann, NULL, Q), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_failure_count(context), 1);
    /* no handle, no context: the message stays that of the call before, and the count tells */
    ck_assert_int_eq(grz_operator_apply(NULL, Q, Q), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_failure_count(context), 1);
    ck_assert_ptr_nonnull(strstr(grz_context_last_message(context), "f is NULL"));
    ck_assert_int_eq(grz_operator_apply(boltzmann, NULL, Q), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_failure_count(context), 2);
    OK(grz_operator_set_option(boltzmann, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    ck_assert_int_eq(grz_context_failure_count(context), 2);
}
END_TEST

/* A constant of another enum is refused where the right one is asked for, though C lets it pass. */
START_TEST(constants_of_another_enum_are_refused)
{
    double value;
    grz_operator *op = NULL;
    grz_flow *flow = NULL;
    grz_metric *metric = NULL;
    grz_functional *functional = NULL;
    grz_ledger *ledger = NULL;
    grz_limit *limit = NULL;
    FAILS(context, grz_operator_create(context, grid, kernel, (grz_equation)GRZ_METHOD_ENTROPIC, (grz_method)GRZ_EQUATION_BOLTZMANN, &op),
          GRZ_ERROR_INVALID_ARGUMENT, "equation = 16");
    FAILS(context, grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, (grz_method)GRZ_EQUATION_LANDAU, &op),
          GRZ_ERROR_INVALID_ARGUMENT, "method = 1");
    for (int scheme = GRZ_TIME_SCHEME_SSP_RK2; scheme <= GRZ_TIME_SCHEME_PROXIMAL_2; scheme++)
        FAILS(context, grz_operator_set_option(landau, GRZ_OPERATOR_OPTION_SCHEME, scheme), GRZ_ERROR_INVALID_ARGUMENT,
              "value of GRZ_OPERATOR_OPTION_SCHEME");
    for (int scheme = GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR; scheme <= GRZ_SPECTRAL_SCHEME_SEPARABLE; scheme++)
        FAILS(context, grz_flow_create(context, boltzmann, (grz_time_scheme)scheme, &flow), GRZ_ERROR_INVALID_ARGUMENT, "scheme");
    for (int option = GRZ_FLOW_OPTION_TOLERANCE; option <= GRZ_FLOW_OPTION_PARTS; option++)
        FAILS(context, grz_operator_set_option(boltzmann, (grz_operator_option)option, 1), GRZ_ERROR_INVALID_ARGUMENT, "option");
    OK(grz_flow_create(context, boltzmann, GRZ_TIME_SCHEME_SSP_RK2, &flow));
    OK(grz_flow_start(flow, 0, grz_distribution_view(f)));
    for (int statistic = GRZ_FLOW_STATISTIC_STEPS; statistic <= GRZ_FLOW_STATISTIC_RELAXED; statistic++) {
        FAILS(context, grz_flow_set_option(flow, (grz_flow_option)statistic, 1), GRZ_ERROR_INVALID_ARGUMENT, "option");
        FAILS(context, grz_flow_option_value(flow, (grz_flow_option)statistic, &value), GRZ_ERROR_INVALID_ARGUMENT, "option");
        OK(grz_flow_statistic_value(flow, (grz_flow_statistic)statistic, &value));
    }
    for (int option = GRZ_FLOW_OPTION_TOLERANCE; option <= GRZ_FLOW_OPTION_PARTS; option++) {
        FAILS(context, grz_flow_statistic_value(flow, (grz_flow_statistic)option, &value), GRZ_ERROR_INVALID_ARGUMENT, "statistic");
        OK(grz_flow_option_value(flow, (grz_flow_option)option, &value));
    }
    FAILS(context, grz_flow_set_option(flow, (grz_flow_option)GRZ_OPERATOR_OPTION_FLOOR, 0.01), GRZ_ERROR_INVALID_ARGUMENT, "option");
    OK(grz_metric_create(context, boltzmann, &metric));
    FAILS(context, grz_metric_set_option(metric, (grz_metric_option)GRZ_FLOW_OPTION_TOLERANCE, 1e-3), GRZ_ERROR_INVALID_ARGUMENT, "option");
    FAILS(context, grz_metric_set_option(metric, (grz_metric_option)GRZ_OPERATOR_OPTION_ACCURACY, 1), GRZ_ERROR_INVALID_ARGUMENT, "option");
    FAILS(context, grz_functional_create_dissipation(context, boltzmann, GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION, &functional),
          GRZ_ERROR_INVALID_ARGUMENT, "type");
    double columns[8];
    OK(grz_ledger_create(context, boltzmann, &ledger));
    FAILS(context, grz_ledger_column(ledger, (grz_ledger_entry)GRZ_LIMIT_QUANTITY_ENTROPY, columns), GRZ_ERROR_INVALID_ARGUMENT, "entry");
    OK(grz_limit_create(context, grid, 2, (double[2]){0, 1}, &limit));
    FAILS(context, grz_limit_column(limit, (grz_limit_quantity)GRZ_LIMIT_SERIES_ENTROPY, columns), GRZ_ERROR_INVALID_ARGUMENT, "quantity");
    FAILS(context, grz_limit_column(limit, (grz_limit_quantity)GRZ_LEDGER_ENTRY_ENTROPY, columns), GRZ_ERROR_INVALID_ARGUMENT, "quantity");
    FAILS(context, grz_limit_orders(limit, (grz_limit_quantity)GRZ_LIMIT_SCALE_POWER, (grz_limit_scale)GRZ_LIMIT_QUANTITY_L1, columns),
          GRZ_ERROR_INVALID_ARGUMENT, "quantity");
    FAILS(context, grz_limit_curve_column(limit, 0, (grz_limit_series)GRZ_LIMIT_QUANTITY_ENTROPY, columns), GRZ_ERROR_INVALID_ARGUMENT, "");
    FAILS(context, grz_limit_liminf(limit, (grz_limit_series)GRZ_LIMIT_QUANTITY_SPEED, GRZ_LIMIT_SCALE_POWER, columns, columns + 1),
          GRZ_ERROR_INVALID_ARGUMENT, "series");
    grz_flow_destroy(&flow);
    grz_metric_destroy(&metric);
    grz_ledger_destroy(&ledger);
    grz_limit_destroy(&limit);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("queries");
    TCase *handles = tcase_create("handles");
    tcase_add_checked_fixture(handles, open_handles, close_handles);
    tcase_add_test(handles, operators_know_what_they_are);
    tcase_add_test(handles, borrowed_handles_live_with_their_owner);
    tcase_add_test(handles, functionals_know_what_they_are);
    tcase_add_test(handles, curves_know_what_they_are);
    tcase_add_test(handles, null_handles_have_no_numbers);
    tcase_add_test(handles, failures_are_counted);
    tcase_add_test(handles, constants_of_another_enum_are_refused);
    suite_add_tcase(suite, handles);
    return run_suite(suite);
}

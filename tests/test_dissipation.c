/* Dissipations as functionals: their dispatch, with an operator made up here whose values are known, and their variations with a real
 * one. */
#include "functional/functional.h"
#include "support/variation.h"

/* "D" = type * sum f^2, fails with `failure` after scribbling over its output. */
static grz_status failure;
static int setups, teardowns;

static grz_status made_up_setup(grz_operator *op)
{
    setups++;
    op->state = op;
    return GRZ_OK;
}

static void made_up_teardown(grz_operator *op)
{
    teardowns++;
    op->state = NULL;
}

static grz_status made_up_dissipation(grz_operator *op, const double *f, grz_functional_type type, double *value)
{
    *value = 0;
    for (int64_t i = 0; i < grz_grid_node_count(op->grid); i++) *value += (int)type * f[i] * f[i];
    return failure;
}

static grz_status made_up_variation(grz_operator *op, const double *f, grz_functional_type type, double *variation)
{
    for (int64_t i = 0; i < grz_grid_node_count(op->grid); i++) variation[i] = 2 * (int)type * f[i];
    return failure;
}

static grz_operator *made_up_operator(grz_context *c, const grz_grid *g, const grzi_method *method)
{
    grz_operator *op = grzi_allocate_zeroed(c, 1, sizeof *op);
    ck_assert_ptr_nonnull(op);
    op->references = 1;
    op->context = grzi_context_retain(c);
    op->grid = grzi_grid_retain(g);
    op->count = grz_grid_node_count(g);
    op->method = method;
    setups = teardowns = 0;
    failure = GRZ_OK;
    return op;
}

START_TEST(dissipations_come_from_the_operator)
{
    const grzi_method method = {.name = "made-up",
                                .needs_positive_density = 1,
                                .setup = made_up_setup,
                                .teardown = made_up_teardown,
                                .dissipations = 1 << GRZ_FUNCTIONAL_TYPE_DISSIPATION | 1 << GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT,
                                .dissipation = made_up_dissipation,
                                .dissipation_variation = made_up_variation};
    grz_grid *g;
    OK(grz_grid_create(context, 8, 1, NULL, &g));
    grz_operator *op = made_up_operator(context, g, &method);
    grz_functional *D, *root;
    double f[512], variation[512], value = 42, square = 0;
    for (int i = 0; i < 512; i++) {
        f[i] = 1 + i % 5;
        square += f[i] * f[i];
    }
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT, &root));
    ck_assert_int_eq(setups, 0);
    grz_operator_destroy(&op);
    ck_assert_int_eq(teardowns, 0);
    NEAR(value_of(D, f), 3 * square, 0);
    NEAR(value_of(root, f), 4 * square, 0);
    OK(grz_functional_first_variation(root, f, variation));
    NEAR(variation[3], 8 * f[3], 0);
    ck_assert_int_eq(setups, 1);
    failure = GRZ_ERROR_CANCELLED;
    variation[3] = 42;
    ck_assert_int_eq(grz_functional_evaluate(D, f, &value), GRZ_ERROR_CANCELLED);
    ck_assert_int_eq(grz_functional_first_variation(D, f, variation), GRZ_ERROR_CANCELLED);
    failure = GRZ_OK;
    f[100] = 0;
    FAILS(context, grz_functional_evaluate(D, f, &value), GRZ_ERROR_NOT_POSITIVE, "f[100] = 0");
    FAILS(context, grz_functional_first_variation(D, f, variation), GRZ_ERROR_NOT_POSITIVE, "f[100] = 0");
    f[100] = 1e200;
    FAILS(context, grz_functional_evaluate(D, f, &value), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    ck_assert_double_eq(value, 42);
    ck_assert_double_eq(variation[3], 42);
    grz_functional_destroy(&D);
    ck_assert_int_eq(teardowns, 0);
    grz_functional_destroy(&root);
    ck_assert_int_eq(teardowns, 1);
    grz_grid_destroy(&g);
}
END_TEST

START_TEST(bad_dissipations_are_refused)
{
    const grzi_method method = {.name = "made-up",
                                .setup = made_up_setup,
                                .teardown = made_up_teardown,
                                .dissipation = made_up_dissipation,
                                .dissipations = 1 << GRZ_FUNCTIONAL_TYPE_DISSIPATION};
    const grzi_method none = {.name = "barren", .setup = made_up_setup, .teardown = made_up_teardown};
    grz_operator *op = made_up_operator(context, grid, &method);
    grz_functional *D = UNTOUCHED;
    ck_assert_int_eq(grz_functional_create_dissipation(NULL, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_functional_create_dissipation(context, NULL, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(context, grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_ENTROPY, &D), GRZ_ERROR_INVALID_ARGUMENT, "type = 0");
    FAILS(context, grz_functional_create_dissipation(context, op, (grz_functional_type)77, &D), GRZ_ERROR_INVALID_ARGUMENT, "type = 77");
    grz_context *other;
    OK(grz_context_create(&other));
    FAILS(other, grz_functional_create_dissipation(other, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D), GRZ_ERROR_MISMATCH, "op");
    grz_context_destroy(&other);
    FAILS(context, grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT, &D), GRZ_ERROR_UNSUPPORTED,
          "made-up");
    ck_assert_ptr_eq(D, UNTOUCHED);
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    double *f = calloc((size_t)grz_grid_node_count(grid), sizeof *f);
    FAILS(context, grz_functional_first_variation(D, f, f), GRZ_ERROR_UNSUPPORTED, "made-up");
    free(f);
    grz_functional_destroy(&D);
    op->method = &none;
    D = UNTOUCHED;
    FAILS(context, grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D), GRZ_ERROR_UNSUPPORTED, "barren");
    ck_assert_ptr_eq(D, UNTOUCHED);
    grz_operator_destroy(&op);
}
END_TEST

/* With a real operator: D = -<Q, log f>, and the variation of D against difference quotients. */
START_TEST(dissipation_of_the_entropic_operator)
{
    grz_kernel *kernel;
    grz_grid *g;
    OK(grz_grid_create(context, 12, 4.5, (double[3]){0.1, 0, -0.2}, &g));
    OK(grz_kernel_create_power_law(context, -1, 0.5, 0, &kernel));
    grz_distribution *f = mixture_on(g);
    for (int equation = GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++) {
        grz_operator *op;
        grz_functional *D, *root;
        OK(grz_operator_create(context, g, kernel, (grz_equation)equation, GRZ_METHOD_ENTROPIC, &op));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
        OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT, &root));
        double log_f[12 * 12 * 12], rate;
        for (int i = 0; i < 12 * 12 * 12; i++) log_f[i] = log(grz_distribution_view(f)[i]);
        OK(grz_operator_weak_form(op, grz_distribution_view(f), log_f, &rate));
        double value = value_of(D, grz_distribution_view(f)), lower = value_of(root, grz_distribution_view(f));
        ck_assert_double_gt(value, 0);
        NEAR(value, -rate, 1e-12 * value);
        if (equation == GRZ_EQUATION_LANDAU)
            NEAR(lower, value, 1e-12 * value);
        else
            ck_assert_double_lt(lower, value);
        check_variation(D, g, grz_distribution_view(f), 21, 1e-7);
        check_variation(root, g, grz_distribution_view(f), 22, 1e-7);
        grz_operator_destroy(&op);
        grz_functional_destroy(&D);
        grz_functional_destroy(&root);
    }
    grz_distribution_destroy(&f);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&g);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dissipation");
    TCase *tests = tcase_create("dissipation");
    tcase_add_checked_fixture(tests, open_grid, close_grid);
    tcase_add_test(tests, dissipations_come_from_the_operator);
    tcase_add_test(tests, bad_dissipations_are_refused);
    tcase_add_test(tests, dissipation_of_the_entropic_operator);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

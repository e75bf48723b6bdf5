/* Options of operators, metrics and flows: what set accepts is what bounds says, and both are what the header says. */
#include "core/options.h"
#include "flow/flow.h"
#include "support/entropic.h"

#include <stdio.h>
#include <string.h>

static grz_grid *grid;
static grz_kernel *kernel;
static grz_operator *operators[3]; /* entropic; spectral Boltzmann and Landau */
static grz_metric *metric;
static grz_flow *flow;

static void open_handles(void)
{
    open_context();
    DONE(grz_grid_create(context, 9, 4.5, NULL, &grid));
    kernel = power_law(-2, 0.5, 1.5);
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, &operators[0]));
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, &operators[1]));
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &operators[2]));
    DONE(grz_metric_create(context, operators[0], &metric));
    DONE(grz_flow_create(context, operators[0], GRZ_TIME_SCHEME_SSP_RK2, &flow));
}

static void close_handles(void)
{
    grz_flow_destroy(&flow);
    grz_metric_destroy(&metric);
    for (int i = 0; i < 3; i++) grz_operator_destroy(&operators[i]);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    close_context();
}

/* Handles 0 to 2: operators, 3: metric, 4: flow. */
enum { HANDLES = 5, MOST = 128 };

static grz_status set(int handle, int option, double value)
{
    return handle < 3    ? grz_operator_set_option(operators[handle], (grz_operator_option)option, value)
           : handle == 3 ? grz_metric_set_option(metric, (grz_metric_option)option, value)
                         : grz_flow_set_option(flow, (grz_flow_option)option, value);
}

static grz_status bounds_of(int handle, int option, double *least, double *largest, double *initial)
{
    return handle < 3    ? grz_operator_option_bounds(operators[handle], (grz_operator_option)option, least, largest, initial)
           : handle == 3 ? grz_metric_option_bounds(metric, (grz_metric_option)option, least, largest, initial)
                         : grz_flow_option_bounds(flow, (grz_flow_option)option, least, largest, initial);
}

static double value_of(int handle, int option)
{
    double value = NAN;
    if (handle < 3) return operators[handle]->options[option];
    if (handle == 3)
        DONE(grz_metric_option_value(metric, (grz_metric_option)option, &value));
    else
        DONE(grz_flow_option_value(flow, (grz_flow_option)option, &value));
    return value;
}

START_TEST(bounds_are_what_set_accepts)
{
    int found = 0;
    for (int option = 0; option < MOST; option++) {
        double least = NAN, largest = NAN, initial = NAN;
        grz_status status = bounds_of(_i, option, &least, &largest, &initial);
        if (status != GRZ_OK) {
            ck_assert_int_ne(set(_i, option, 1), GRZ_OK);
            continue;
        }
        found++;
        ck_assert_double_eq(value_of(_i, option), initial);
        HOLDS(least < largest && ((initial >= least && initial <= largest) || initial == 0), "handle %d, option %d: %g to %g, initially %g",
              _i, option, least, largest, initial);
        double above = isinf(largest) ? NAN : nextafter(largest, INFINITY), below = nextafter(least, -INFINITY);
        const double good[] = {least, isinf(largest) ? 1e300 : largest, initial}, bad[] = {below, above, NAN, INFINITY, -INFINITY};
        for (int i = 0; i < 3; i++) {
            HOLDS(set(_i, option, good[i]) == GRZ_OK, "handle %d, option %d refuses %g: %s", _i, option, good[i],
                  grz_context_last_message(context));
            ck_assert_double_eq(value_of(_i, option), good[i]);
        }
        for (int i = 0; i < 5; i++) {
            if (bad[i] == 0 && initial == 0) continue;
            grz_status refused = set(_i, option, bad[i]);
            HOLDS(refused == (isfinite(bad[i]) ? GRZ_ERROR_INVALID_ARGUMENT : GRZ_ERROR_NOT_FINITE), "handle %d, option %d: %s for %g", _i,
                  option, grz_status_name(refused), bad[i]);
            HOLDS(strstr(grz_context_last_message(context), "_OPTION_"), "%s", grz_context_last_message(context));
            ck_assert_double_eq(value_of(_i, option), initial);
        }
    }
    static const int counts[HANDLES] = {9, 15, 15, 3, 9};
    ck_assert_int_eq(found, counts[_i]);
}
END_TEST

/* Bounds that depend on the grid or the equation, in closed form: n = 9, L = 4.5, h = 1. */
START_TEST(bounds_follow_the_operator)
{
    static const struct {
        int handle;
        grz_operator_option option;
        double least, largest;
    } cases[] = {{0, GRZ_OPERATOR_OPTION_RADIUS, 0.5, 4},       {1, GRZ_OPERATOR_OPTION_RADIUS, 0.0045, 4.5},
                 {1, GRZ_OPERATOR_OPTION_PADDED_NODES, 10, 20}, {1, GRZ_OPERATOR_OPTION_PERIOD, 9, 18},
                 {1, GRZ_OPERATOR_OPTION_SCHEME, 1, 2},         {2, GRZ_OPERATOR_OPTION_SCHEME, 1, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double least = NAN, largest = NAN, initial = NAN;
        DONE(grz_operator_option_bounds(operators[cases[i].handle], cases[i].option, &least, &largest, &initial));
        HOLDS(fabs(least - cases[i].least) < 1e-15 && largest == cases[i].largest && initial == 0, "case %d: %.17g to %.17g, %g", (int)i,
              least, largest, initial);
    }
    ck_assert_int_eq(grz_operator_set_option(operators[0], GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 4), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grz_metric_set_option(metric, GRZ_METRIC_OPTION_ITERATION_CAP, 10.5), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grz_flow_set_option(flow, GRZ_FLOW_OPTION_PARTS, 2.5), GRZ_ERROR_INVALID_ARGUMENT);
}
END_TEST

/* 1e-06 as 1e-6, 1e+09 as 1e9. */
static void put_number(char *text, size_t size, double x)
{
    char digits[40];
    snprintf(digits, sizeof digits, "%g", x);
    if (isinf(x)) snprintf(digits, sizeof digits, "infinity");
    char *e = strchr(digits, 'e'), *zeros = e ? e + 1 : NULL;
    if (zeros && isinf(x)) zeros = NULL;
    if (zeros && *zeros == '-') zeros++;
    if (zeros)
        while (*zeros == '+' || *zeros == '0') memmove(zeros, zeros + 1, strlen(zeros));
    strncat(text, digits, size - strlen(text) - 1);
}

static const char *name_of(const char *prefix, int value)
{
    for (int32_t i = 0, found; i < grz_constant_count(); i++)
        if (strncmp(grz_constant_name(i), prefix, strlen(prefix)) == 0 && grz_constant_value(grz_constant_name(i), &found) == GRZ_OK &&
            found == value)
            return grz_constant_name(i) + strlen(prefix);
    return "?";
}

/* The header's text, each run of spaces, line ends and comment stars one space. */
static char *read_header(void)
{
    const char *path = getenv("GRZ_HEADER") ? getenv("GRZ_HEADER") : "include/grazing.h";
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "run from the top of the tree");
    char *text = calloc(1 << 20, 1);
    size_t length = fread(text, 1, (1 << 20) - 1, file), out = 0;
    fclose(file);
    for (size_t i = 0; i < length; i++) {
        int space = text[i] == ' ' || text[i] == '\n';
        if (text[i] == '\n' && i + 2 < length && text[i + 1] == ' ' && text[i + 2] == '*') i += 2;
        if (space && out > 0 && text[out - 1] == ' ') continue;
        text[out++] = space ? ' ' : text[i];
    }
    text[out] = 0;
    return text;
}

/* The header's lists, "NAME least to largest (initial); ...", are those of the records, to the letter. */
START_TEST(the_header_has_the_bounds)
{
    static const struct {
        const char *title, *prefix;
    } lists[HANDLES] = {{"Entropic: ", "GRZ_OPERATOR_OPTION_"},
                        {"Spectral, Boltzmann: ", "GRZ_OPERATOR_OPTION_"},
                        {"Spectral: ", "GRZ_OPERATOR_OPTION_"},
                        {"Bounds: ", "GRZ_METRIC_OPTION_"},
                        {"Bounds: ", "GRZ_FLOW_OPTION_"}};
    static const struct {
        int handle, option;
        const char *text; /* where the bounds depend on the grid; bounds_follow_the_operator has their values */
    } texts[] = {{0, GRZ_OPERATOR_OPTION_RADIUS, "h/2 to L - h/2 (0)"},
                 {2, GRZ_OPERATOR_OPTION_RADIUS, "L/1000 to L (0)"},
                 {2, GRZ_OPERATOR_OPTION_PADDED_NODES, "n to 2n (0)"},
                 {2, GRZ_OPERATOR_OPTION_PERIOD, "n to 2n (0)"}};
    char wanted[2048] = "";
    if (_i == 1) return; /* as Landau's but for the scheme */
    char *header = read_header();
    strcat(wanted, lists[_i].title);
    for (int option = 0, first = 1; option < MOST; option++) {
        double least = NAN, largest = NAN, initial = NAN;
        if (bounds_of(_i, option, &least, &largest, &initial) != GRZ_OK) continue;
        if (!first) strcat(wanted, "; ");
        first = 0;
        strcat(wanted, name_of(lists[_i].prefix, option));
        strcat(wanted, " ");
        const char *text = NULL;
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            if (texts[i].handle == _i && texts[i].option == option) text = texts[i].text;
        if (text) {
            strcat(wanted, text);
            continue;
        }
        put_number(wanted, sizeof wanted, least);
        strcat(wanted, " to ");
        put_number(wanted, sizeof wanted, largest);
        strcat(wanted, " (");
        put_number(wanted, sizeof wanted, initial);
        strcat(wanted, ")");
    }
    strcat(wanted, ".");
    printf("%s\n", wanted);
    ck_assert_msg(strstr(header, wanted) != NULL, "include/grazing.h lacks\n%s", wanted);
    free(header);
}
END_TEST

START_TEST(bounds_refuse_bad_questions)
{
    double x = 0;
    ck_assert_int_eq(grz_metric_option_bounds(NULL, GRZ_METRIC_OPTION_TOLERANCE, &x, &x, &x), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_flow_option_bounds(NULL, GRZ_FLOW_OPTION_TOLERANCE, &x, &x, &x), GRZ_ERROR_NULL_ARGUMENT);
    for (int handle = 0; handle < HANDLES; handle++) {
        int option = handle < 3    ? GRZ_OPERATOR_OPTION_ACCURACY
                     : handle == 3 ? (int)GRZ_METRIC_OPTION_TOLERANCE
                                   : (int)GRZ_FLOW_OPTION_TOLERANCE;
        ck_assert_int_eq(bounds_of(handle, option, NULL, &x, &x), GRZ_ERROR_NULL_ARGUMENT);
        ck_assert_int_eq(bounds_of(handle, option, &x, NULL, &x), GRZ_ERROR_NULL_ARGUMENT);
        ck_assert_int_eq(bounds_of(handle, option, &x, &x, NULL), GRZ_ERROR_NULL_ARGUMENT);
        ck_assert_int_eq(bounds_of(handle, -1, &x, &x, &x), GRZ_ERROR_INVALID_ARGUMENT);
        ck_assert_int_eq(bounds_of(handle, 1000, &x, &x, &x), GRZ_ERROR_INVALID_ARGUMENT);
    }
}
END_TEST

/* Explicit and proximal is what the record says, not where the constant stands among the others. */
/* By names, and with what there is. */
START_TEST(messages_name_options)
{
    double value;
    FAILS(context, grz_operator_set_option(operators[0], GRZ_OPERATOR_OPTION_SCHEME, 1), GRZ_ERROR_UNSUPPORTED,
          "the entropic method has no option GRZ_OPERATOR_OPTION_SCHEME; it has GRZ_OPERATOR_OPTION_ACCURACY, RADIUS, ");
    FAILS(context, grz_operator_option_value(operators[1], GRZ_OPERATOR_OPTION_SPLINE_DEGREE, &value), GRZ_ERROR_UNSUPPORTED,
          "the spectral method has no option GRZ_OPERATOR_OPTION_SPLINE_DEGREE; it has ");
    FAILS(context, grz_flow_set_option(flow, (grz_flow_option)1, 1), GRZ_ERROR_INVALID_ARGUMENT,
          "option = 1 does not exist; there are GRZ_FLOW_OPTION_TOLERANCE, LARGEST_STEP, ");
}
END_TEST

START_TEST(schemes_are_records)
{
    for (int id = -1; id <= GRZ_TIME_SCHEME_MINIMISING_MOVEMENT + 1; id++) {
        const grzi_scheme *scheme = grzi_scheme_find((grz_time_scheme)id);
        ck_assert_int_eq(scheme != NULL, id >= GRZ_TIME_SCHEME_SSP_RK2 && id <= GRZ_TIME_SCHEME_MINIMISING_MOVEMENT);
        if (!scheme) continue;
        int minimising = id == GRZ_TIME_SCHEME_MINIMISING_MOVEMENT;
        int proximal = id == GRZ_TIME_SCHEME_PROXIMAL || id == GRZ_TIME_SCHEME_PROXIMAL_2 || minimising;
        ck_assert_int_eq((int)scheme->id, id);
        ck_assert_int_eq(scheme->tableau == NULL, proximal);
        ck_assert_int_eq(scheme->needs_onsager, proximal);
        if (!proximal) ck_assert_int_eq(scheme->order, scheme->tableau->order);
        ck_assert_int_ge(scheme->storage(scheme, 512), minimising ? 0 : 512);
    }
    grz_flow *none = NULL;
    ck_assert_int_eq(grz_flow_create(context, operators[0], (grz_time_scheme)7, &none), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grz_flow_create(context, operators[1], GRZ_TIME_SCHEME_PROXIMAL, &none), GRZ_ERROR_UNSUPPORTED);
    ck_assert_ptr_null(none);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *tests = tcase_create("records");
    tcase_add_checked_fixture(tests, open_handles, close_handles);
    tcase_add_loop_test(tests, bounds_are_what_set_accepts, 0, HANDLES);
    tcase_add_test(tests, bounds_follow_the_operator);
    tcase_add_loop_test(tests, the_header_has_the_bounds, 0, HANDLES);
    tcase_add_test(tests, bounds_refuse_bad_questions);
    tcase_add_test(tests, messages_name_options);
    tcase_add_test(tests, schemes_are_records);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

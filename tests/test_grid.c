#include "support/check.h"

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

START_TEST(nodes_are_cell_centres)
{
    static const int32_t sizes[] = {8, 9, 31, 32, 1024};
    const double centre[3] = {0.3, -7, 1e3}, half_width = 5.5;
    for (int s = 0; s < 5; s++) {
        int32_t n = sizes[s];
        grz_grid *grid;
        double nodes[1024], back[3];
        OK(grz_grid_create(context, n, half_width, centre, &grid));
        ck_assert_int_eq(grz_grid_nodes_per_axis(grid), n);
        ck_assert_int_eq(grz_grid_node_count(grid), (int64_t)n * n * n);
        ck_assert_double_eq(grz_grid_half_width(grid), half_width);
        NEAR(grz_grid_spacing(grid), 11.0 / n, 1e-15);
        OK(grz_grid_centre(grid, back));
        for (int axis = 0; axis < 3; axis++) {
            ck_assert_double_eq(back[axis], centre[axis]);
            OK(grz_grid_axis_nodes(grid, axis, nodes));
            for (int i = 0; i < n; i++) {
                long double exact = (long double)centre[axis] - half_width + (2 * i + 1) * (long double)half_width / n;
                NEAR(nodes[i], (double)exact, 4e-16 * (fabs(centre[axis]) + half_width));
            }
        }
        grz_grid_destroy(&grid);
        ck_assert_ptr_null(grid);
        grz_grid_destroy(&grid);
    }
    grz_grid_destroy(NULL);
}
END_TEST

START_TEST(default_centre_is_the_origin)
{
    grz_grid *grid;
    double centre[3] = {1, 1, 1};
    OK(grz_grid_create(context, 8, 1, NULL, &grid));
    OK(grz_grid_centre(grid, centre));
    for (int axis = 0; axis < 3; axis++) ck_assert_double_eq(centre[axis], 0);
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(bad_grids_are_refused)
{
    grz_grid *grid = UNTOUCHED;
    ck_assert_int_eq(grz_grid_create(NULL, 8, 1, NULL, &grid), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_grid_create(context, 8, 1, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    static const int32_t sizes[] = {7, 0, -1, 1025, INT32_MIN, INT32_MAX};
    static const char *const size_words[] = {"n = 7", "n = 0", "n = -1", "n = 1025", "n = -2147483648", "n = 2147483647"};
    for (int i = 0; i < 6; i++)
        FAILS(context, grz_grid_create(context, sizes[i], 1, NULL, &grid), GRZ_ERROR_INVALID_ARGUMENT, size_words[i]);
    static const double widths[] = {0, -1, 1e-51, 1e51};
    for (int i = 0; i < 4; i++)
        FAILS(context, grz_grid_create(context, 8, widths[i], NULL, &grid), GRZ_ERROR_INVALID_ARGUMENT, "half_width = ");
    FAILS(context, grz_grid_create(context, 8, NAN, NULL, &grid), GRZ_ERROR_NOT_FINITE, "half_width = nan");
    FAILS(context, grz_grid_create(context, 8, INFINITY, NULL, &grid), GRZ_ERROR_NOT_FINITE, "half_width = inf");
    FAILS(context, grz_grid_create(context, 8, 1, (double[3]){0, NAN, 0}, &grid), GRZ_ERROR_NOT_FINITE, "centre[1] = nan");
    FAILS(context, grz_grid_create(context, 8, 1, (double[3]){0, 0, -2e6}, &grid), GRZ_ERROR_INVALID_ARGUMENT, "centre[2] = -2e+06");
    ck_assert_ptr_eq(grid, UNTOUCHED);
    OK(grz_grid_create(context, 8, 1e-50, NULL, &grid));
    grz_grid_destroy(&grid);
    OK(grz_grid_create(context, 8, 1e50, NULL, &grid));
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(bad_queries_are_refused)
{
    grz_grid *grid;
    double nodes[8] = {42}, centre[3];
    ck_assert_int_eq(grz_grid_nodes_per_axis(NULL), 0);
    ck_assert_int_eq(grz_grid_node_count(NULL), 0);
    ck_assert(isnan(grz_grid_half_width(NULL)));
    ck_assert(isnan(grz_grid_spacing(NULL)));
    ck_assert_int_eq(grz_grid_centre(NULL, centre), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_grid_axis_nodes(NULL, 0, nodes), GRZ_ERROR_NULL_ARGUMENT);
    OK(grz_grid_create(context, 8, 1, NULL, &grid));
    FAILS(context, grz_grid_centre(grid, NULL), GRZ_ERROR_NULL_ARGUMENT, "centre");
    FAILS(context, grz_grid_axis_nodes(grid, 0, NULL), GRZ_ERROR_NULL_ARGUMENT, "nodes");
    FAILS(context, grz_grid_axis_nodes(grid, 3, nodes), GRZ_ERROR_INVALID_ARGUMENT, "axis = 3");
    FAILS(context, grz_grid_axis_nodes(grid, -1, nodes), GRZ_ERROR_INVALID_ARGUMENT, "axis = -1");
    ck_assert_double_eq(nodes[0], 42);
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(grid_allocation_failures)
{
    counting_allocator l = {0, 0, 0};
    grz_context *counted;
    grz_grid *grid = UNTOUCHED;
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted));
    l = (counting_allocator){0, l.outstanding, 1};
    FAILS(counted, grz_grid_create(counted, 8, 1, NULL, &grid), GRZ_ERROR_OUT_OF_MEMORY, "bytes");
    ck_assert_ptr_eq(grid, UNTOUCHED);
    OK(grz_grid_create(counted, 8, 1, NULL, &grid));
    grz_context_destroy(&counted);
    grz_grid_destroy(&grid);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("grid");
    TCase *tests = tcase_create("grid");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, nodes_are_cell_centres);
    tcase_add_test(tests, default_centre_is_the_origin);
    tcase_add_test(tests, bad_grids_are_refused);
    tcase_add_test(tests, bad_queries_are_refused);
    tcase_add_test(tests, grid_allocation_failures);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

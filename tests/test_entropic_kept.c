/* Mobilities kept between applications of K_f (GRZ_OPERATOR_OPTION_MOBILITY_MEMORY): the same bits as without, for all, some and none of the nodes
 * kept, whatever the sequence of densities, threads and interruptions; and that they are in fact used. */
#include "support/entropic.h"

#include "operator/entropic/sweep.h"
#include "support/same_bits.h"

enum { N = 12, FIELDS = 3 };

static grz_grid *grid;
static int64_t count;
static double *f[2], *phi[FIELDS];

static void open_fields(void)
{
    static const double means[6] = {0.9, 0.3, -0.4, -0.7, -0.2, 0.5},
                        covariances[18] = {0.5, 0.1, 0, 0.1, 0.6, 0, 0, 0, 0.8, 0.7, 0, 0.1, 0, 0.5, 0, 0.1, 0, 0.6};
    grz_distribution *made;
    uint64_t seed = 77;
    open_context();
    OK(grz_grid_create(context, N, 4, (double[3]){0.2, -0.1, 0.3}, &grid));
    count = grz_grid_node_count(grid);
    for (int k = 0; k < 2; k++) {
        f[k] = doubles(count);
        if (k == 0)
            DONE(grz_distribution_create_mixture(context, grid, 2, (double[2]){0.7, 0.4}, means, covariances, &made));
        else
            DONE(grz_distribution_create_bimaxwellian(context, grid, 1.3, (double[3]){0.4, 0, -0.2}, (double[3]){1.2, 0.6, 0.9}, NULL,
                                                      &made));
        DONE(grz_distribution_values(made, f[k]));
        grz_distribution_destroy(&made);
    }
    for (int k = 0; k < FIELDS; k++) {
        phi[k] = doubles(count);
        for (int64_t i = 0; i < count; i++) phi[k][i] = 2 * uniform(&seed) - 1;
    }
}

static void close_fields(void)
{
    for (int k = 0; k < 2; k++) free(f[k]);
    for (int k = 0; k < FIELDS; k++) free(phi[k]);
    grz_grid_destroy(&grid);
    close_context();
}

/* megabytes < 0: the option is left alone */
static grz_operator *made(double eps, int degree, double megabytes)
{
    grz_kernel *kernel = power_law(-2, 1, eps > 0 ? eps : 1);
    grz_operator *op = entropic(grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 1, degree);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 3));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 13));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_CIRCLES)); /* a generator keeps none */
    if (megabytes >= 0) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, megabytes));
    grz_kernel_destroy(&kernel);
    return op;
}

/* Direct and difference nodes (theta below 2.5e-3), both degrees; memory for a part of the nodes and for all. */
static const struct {
    double eps;
    int degree;
    double some;
} cases[] = {{M_PI, 3, 2}, {M_PI, 5, 2}, {0.1, 5, 1}, {1e-3, 3, 1}, {1e-3, 5, 1}};

START_TEST(results_have_the_same_bits)
{
    static const struct {
        int f, phi;
    } sequence[] = {{0, 0}, {0, 1}, {0, 2}, {0, 0}, {1, 0}, {0, 1}, {0, 1}, {0, 2}, {1, 2}, {1, 1}, {1, 0}};
    size_t first = fast() ? 5 : 0;
    double *plain = doubles(count), *out = doubles(count);
    grz_operator *without = made(cases[_i].eps, cases[_i].degree, -1);
    int64_t bytes_without, bytes, nodes;
    DONE(grz_operator_workspace(without, &bytes_without));
    DONE(grz_operator_node_count(without, &nodes));
    for (int all = 0; all < 2; all++) {
        double megabytes = all ? 300 : cases[_i].some;
        grz_operator *with = made(cases[_i].eps, cases[_i].degree, megabytes);
        DONE(grz_operator_workspace(with, &bytes));
        double kept = (double)(bytes - bytes_without) / 1e6, wanted = 8e-6 * (double)nodes;
        HOLDS(all ? kept >= wanted : kept > 0.3 * megabytes && kept < megabytes + 0.1, "%.3f MB of %.3f granted, %.3f for all nodes", kept,
              megabytes, wanted);
        HOLDS(all || megabytes < wanted, "%g MB are for all nodes, which want %g", megabytes, wanted);
        grzi_kept *at = &grzi_entropic_sweep(with)->kept;
        for (size_t k = first; k < sizeof sequence / sizeof sequence[0]; k++) {
            const double *density = f[sequence[k].f], *field = phi[sequence[k].phi];
            DONE(grz_operator_onsager(without, density, field, plain));
            DONE(grz_operator_onsager(with, density, field, out));
            HOLDS(memcmp(out, plain, sizeof(double) * (size_t)count) == 0, "eps %g, degree %d, application %zu", cases[_i].eps,
                  cases[_i].degree, k);
            int seen = k > first && sequence[k].f == sequence[k - 1].f;
            ck_assert_int_eq(at->state, seen ? GRZI_KEPT_FILLED : GRZI_KEPT_TO_FILL);
        }
        /* what fills the memory is what the next application takes: halved, K_f is halved where all is kept */
        int64_t last = 0;
        for (int64_t item = 0; item < grzi_entropic_sweep(with)->item_count; item++) last += at->offset[item] < 0;
        ck_assert_int_eq(last == 0, all);
        DONE(grz_operator_onsager(with, f[1], phi[0], plain));
        int64_t values = (int64_t)((kept * 1e6 - 8.0 * (double)(count + grzi_entropic_sweep(with)->item_count)) / 8 + 0.5);
        for (int64_t i = 0; i < values; i++) at->values[i] *= 0.5;
        DONE(grz_operator_onsager(with, f[1], phi[0], out));
        double change = 0, size = 0;
        for (int64_t i = 0; i < count; i++) {
            keep_largest(&change, fabs(plain[i] - out[i]));
            keep_largest(&size, fabs(plain[i]));
            if (all) NEAR(out[i], 0.5 * plain[i], 1e-14 * size);
        }
        HOLDS(change > 0.01 * size, "nothing is taken from the memory: change %g of %g", change, size);
        grz_operator_destroy(&with);
    }
    grz_operator_destroy(&without);
    free(plain);
    free(out);
}
END_TEST

static void second_and_third(double *out, void *user)
{
    grz_operator *op = user;
    DONE(grz_operator_setup(op));
    DONE(grz_operator_onsager(op, f[1], phi[0], out)); /* another density: begin anew */
    for (int k = 0; k < FIELDS; k++) DONE(grz_operator_onsager(op, f[0], phi[k], out));
}

START_TEST(threads_do_not_matter)
{
    grz_operator *op = made(M_PI, 5, 3);
    same_bits_for_any_threads(context, count, second_and_third, op);
    grz_operator_destroy(&op);
}
END_TEST

static int stop_at(const char *stage, double fraction, void *user)
{
    (void)stage;
    return fraction >= *(const double *)user;
}

START_TEST(an_interrupted_filling_is_not_used)
{
    double never = 2, first = 0; /* reports are spaced in time: so short a call has perhaps one */
    double *plain = doubles(count), *out = doubles(count);
    OK(grz_context_set_threads(context, 1));
    grz_operator *without = made(0.1, 3, -1), *with = made(0.1, 3, 100);
    DONE(grz_operator_onsager(without, f[0], phi[1], plain));
    DONE(grz_operator_onsager(with, f[0], phi[0], out));
    OK(grz_context_set_progress(context, stop_at, &first));
    FAILS(context, grz_operator_onsager(with, f[0], phi[0], out), GRZ_ERROR_CANCELLED, "progress");
    OK(grz_context_set_progress(context, stop_at, &never));
    for (int k = 0; k < 2; k++) {
        DONE(grz_operator_onsager(with, f[0], phi[1], out));
        HOLDS(memcmp(out, plain, sizeof(double) * (size_t)count) == 0, "application %d after the interrupted one", k);
    }
    grz_operator_destroy(&with);
    grz_operator_destroy(&without);
    free(plain);
    free(out);
}
END_TEST

START_TEST(landau_keeps_nothing)
{
    int64_t bytes[2];
    double *out[2] = {doubles(count), doubles(count)};
    for (int k = 0; k < 2; k++) {
        grz_operator *op = made(0, 3, k ? 100 : -1);
        DONE(grz_operator_workspace(op, &bytes[k]));
        for (int again = 0; again < 3; again++) DONE(grz_operator_onsager(op, f[0], phi[again % FIELDS], out[k]));
        grz_operator_destroy(&op);
    }
    ck_assert_int_eq(bytes[0], bytes[1]);
    ck_assert_int_eq(memcmp(out[0], out[1], sizeof(double) * (size_t)count), 0);
    free(out[0]);
    free(out[1]);
}
END_TEST

START_TEST(bounds_and_refusals)
{
    double minimum, maximum, initial, value;
    grz_operator *op = made(M_PI, 3, -1);
    OK(grz_operator_option_bounds(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, &minimum, &maximum, &initial));
    ck_assert(minimum == 1 && maximum == 1e6 && initial == 0);
    OK(grz_operator_option_value(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, &value));
    ck_assert(value == 0);
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, -1), GRZ_ERROR_INVALID_ARGUMENT,
          "GRZ_OPERATOR_OPTION_MOBILITY_MEMORY");
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 2e6), GRZ_ERROR_INVALID_ARGUMENT,
          "GRZ_OPERATOR_OPTION_MOBILITY_MEMORY");
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 12.5));
    OK(grz_operator_option_value(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, &value));
    ck_assert(value == 12.5);
    grz_operator_destroy(&op);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept mobilities");
    TCase *tests = tcase_create("kept mobilities");
    tcase_add_checked_fixture(tests, open_fields, close_fields);
    tcase_add_loop_test(tests, results_have_the_same_bits, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, threads_do_not_matter);
    tcase_add_test(tests, an_interrupted_filling_is_not_used);
    tcase_add_test(tests, landau_keeps_nothing);
    tcase_add_test(tests, bounds_and_refusals);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

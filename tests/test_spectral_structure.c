/* The spectral operators' structure: conservation, bilinearity, batches, equilibria, threads, caches, options, failures. */
#include "support/spectral.h"

#include <stdio.h>
#include <unistd.h>

static grz_context *context;

enum { N = 12, NODES = N * N * N };
static const double L = 4.2;

static void open_context(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static const option_value SCHEMES[3][2] = {
    {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR}, {GRZ_OPERATOR_OPTION_ACCURACY, 1}},
    {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE}, {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7}},
    {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SEPARABLE}, {GRZ_OPERATOR_OPTION_ACCURACY, 1}}};

/* Scheme 0, 1 of Boltzmann or 2 of Landau. */
static grz_operator *scheme_operator(grz_context *of, int scheme, double nu)
{
    return make_operator(of, N, L, -1, nu, 1, scheme == 2 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 2, SCHEMES[scheme]);
}

/* A random field with zeros and small negative values. */
static void random_density(uint64_t seed, double *f)
{
    two_gaussians(N, L, 0.7, 0.4, f);
    for (int i = 0; i < NODES; i++) {
        double u = uniform(&seed);
        f[i] *= u < 0.05 ? 0 : 0.5 + u;
        if (u > 0.97) f[i] = -1e-4 * u;
    }
}

START_TEST(moments_vanish_for_any_field)
{
    double f[NODES], Q[NODES], plain[NODES];
    for (int scheme = 0; scheme < 3; scheme++) {
        grz_operator *op = scheme_operator(context, scheme, 1);
        for (int seed = 1; seed < 4; seed++) {
            double size;
            random_density(seed, f);
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_CONSERVE, 2));
            OK(grz_operator_apply(op, f, Q));
            HOLDS(moment_defect(N, L, Q) <= 1e-13, "scheme %d: %.2e", scheme, moment_defect(N, L, Q));
            OK(grz_operator_projection_size(op, &size));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_CONSERVE, 1));
            OK(grz_operator_apply(op, f, plain));
            NEAR(difference(Q, plain, NODES), size * largest(Q, NODES), 0.05 * size * largest(Q, NODES) + 1e-15);
            double mass = 0;
            for (int i = 0; i < NODES; i++) mass += plain[i];
            HOLDS(fabs(mass) <= 1e-13 * NODES * largest(plain, NODES), "mass %.2e without projection", mass);
        }
        grz_operator_destroy(&op);
    }
}
END_TEST

START_TEST(bilinear_form_is_bilinear)
{
    double f[NODES], g[NODES], sum[NODES], A[NODES], B[NODES], C[NODES], D[NODES];
    random_density(5, f);
    random_density(6, g);
    for (int i = 0; i < NODES; i++) sum[i] = 2 * f[i] - 3 * g[i];
    for (int run = 0; run < 6; run++) { /* each scheme without and with the projection */
        int scheme = run / 2;
        grz_operator *op = scheme_operator(context, scheme, 0.5);
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_CONSERVE, 1 + run % 2));
        OK(grz_operator_apply(op, f, A));
        OK(grz_operator_apply_bilinear(op, f, f, B));
        for (int i = 0; i < NODES; i++) ck_assert(A[i] == B[i]);
        OK(grz_operator_apply_bilinear(op, f, g, B));
        OK(grz_operator_apply_bilinear(op, g, f, C));
        double scale = largest(A, NODES) + largest(B, NODES);
        HOLDS(difference(B, C, NODES) <= 1e-12 * scale, "scheme %d: not symmetric by %.2e", scheme, difference(B, C, NODES) / scale);
        OK(grz_operator_apply(op, g, C));
        OK(grz_operator_apply(op, sum, D));
        for (int i = 0; i < NODES; i++) A[i] = 4 * A[i] - 12 * B[i] + 9 * C[i];
        HOLDS(difference(A, D, NODES) <= 1e-11 * scale * 25, "scheme %d: not bilinear by %.2e", scheme, difference(A, D, NODES) / scale);
        grz_operator_destroy(&op);
    }
}
END_TEST

START_TEST(batches_equal_single_calls)
{
    enum { COUNT = 5 };
    static double f[COUNT * NODES], Q[COUNT * NODES], one[NODES];
    for (int b = 0; b < COUNT; b++) random_density(20 + b, f + b * NODES);
    for (int scheme = 0; scheme < 3; scheme++) {
        grz_operator *op = scheme_operator(context, scheme, 0.5);
        OK(grz_operator_apply_batch(op, COUNT, f, Q));
        for (int b = 0; b < COUNT; b++) {
            OK(grz_operator_apply(op, f + b * NODES, one));
            ck_assert_int_eq(memcmp(one, Q + b * NODES, sizeof one), 0);
        }
        OK(grz_operator_apply_batch(op, 0, NULL, NULL));
        FAILS(context, grz_operator_apply_batch(op, -1, f, Q), GRZ_ERROR_INVALID_ARGUMENT, "count");
        grz_operator_destroy(&op);
    }
}
END_TEST

START_TEST(maxwellians_are_exact_equilibria_on_request)
{
    double f[NODES], Q[NODES], plain[NODES], T[2] = {0.4, 0.4};
    tilted_bimaxwellian(N, L, T, f);
    for (int scheme = 0; scheme < 3; scheme++) {
        grz_operator *op = scheme_operator(context, scheme, 1);
        OK(grz_operator_apply(op, f, plain));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 2));
        OK(grz_operator_apply(op, f, Q));
        /* the discrete moments differ from those of R^3 by the box's error, and so do the two Maxwellians */
        HOLDS(largest(Q, NODES) <= 0.05 * largest(plain, NODES) + 1e-12, "scheme %d: %.2e against %.2e", scheme, largest(Q, NODES),
              largest(plain, NODES));
        two_gaussians(N, L, 0.7, 0.4, f);
        OK(grz_operator_apply(op, f, Q));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 1));
        OK(grz_operator_apply(op, f, plain));
        HOLDS(difference(Q, plain, NODES) <= 0.05 * largest(plain, NODES), "scheme %d", scheme);
        grz_operator_destroy(&op);
        tilted_bimaxwellian(N, L, T, f);
    }
}
END_TEST

START_TEST(results_do_not_depend_on_threads)
{
    enum { COUNT = 3, FIELDS = COUNT + 2 }; /* apply, apply_bilinear, a batch */
    static double f[COUNT * NODES], first[FIELDS * NODES], Q[FIELDS * NODES];
    static const int numbers[3] = {1, 2, 7};
    for (int b = 0; b < COUNT; b++) random_density(9 + b, f + b * NODES);
    for (int scheme = 0; scheme < 3; scheme++)
        for (int t = 0; t < 3; t++) {
            OK(grz_context_set_threads(context, numbers[t]));
            OK(grz_spectral_cache_clear(context));
            grz_operator *op = scheme_operator(context, scheme, 1);
            OK(grz_operator_apply(op, f, Q));
            OK(grz_operator_apply_bilinear(op, f, f + NODES, Q + NODES));
            OK(grz_operator_apply_batch(op, COUNT, f, Q + 2 * NODES));
            if (t == 0) memcpy(first, Q, sizeof Q);
            HOLDS(memcmp(first, Q, sizeof Q) == 0, "scheme %d, %d threads", scheme, numbers[t]);
            grz_operator_destroy(&op);
        }
}
END_TEST

START_TEST(weak_form_and_dissipation_follow_from_Q)
{
    double f[NODES], Q[NODES], psi[NODES], value, expected = 0, cell = pow(2 * L / N, 3);
    uint64_t seed = 3;
    two_gaussians(N, L, 0.7, 0.4, f);
    grz_operator *op = scheme_operator(context, 0, 0.5);
    OK(grz_operator_apply(op, f, Q));
    for (int i = 0; i < NODES; i++) expected += Q[i] * (psi[i] = uniform(&seed)) * cell;
    OK(grz_operator_weak_form(op, f, psi, &value));
    NEAR(value, expected, 1e-14);
    grz_functional *D;
    expected = 0;
    for (int i = 0; i < NODES; i++) expected -= Q[i] * log(f[i]) * cell;
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    OK(grz_functional_evaluate(D, f, &value));
    NEAR(value, expected, 1e-12 * fabs(expected));
    ck_assert(value > 0);
    f[7] = 0;
    FAILS(context, grz_functional_evaluate(D, f, &value), GRZ_ERROR_NOT_POSITIVE, "f");
    grz_functional_destroy(&D);
    FAILS(context, grz_operator_onsager(op, f, psi, Q), GRZ_ERROR_UNSUPPORTED, "spectral");
    grz_operator_destroy(&op);
}
END_TEST

START_TEST(factorisations_are_shared_and_kept_in_files)
{
    char path[] = "/tmp/grazing_cacheXXXXXX", bad[] = "/tmp/grazing_badXXXXXX";
    int32_t count;
    int64_t bytes;
    double f[NODES], Q[NODES], again[NODES];
    close(mkstemp(path));
    close(mkstemp(bad));
    random_density(2, f);
    grz_operator *op = scheme_operator(context, 0, 0.5), *other = scheme_operator(context, 0, 1.5);
    OK(grz_operator_apply(op, f, Q));
    OK(grz_operator_setup(other));
    OK(grz_spectral_cache_size(context, &count, &bytes));
    ck_assert_int_eq(count, 1);
    ck_assert_int_gt(bytes, 0);
    OK(grz_spectral_cache_save(context, path));
    grz_context *fresh;
    OK(grz_context_create(&fresh));
    OK(grz_context_set_threads(fresh, 2));
    OK(grz_spectral_cache_load(fresh, path));
    OK(grz_spectral_cache_load(fresh, path));
    OK(grz_spectral_cache_size(fresh, &count, NULL));
    ck_assert_int_eq(count, 1);
    grz_operator *loaded = scheme_operator(fresh, 0, 0.5);
    OK(grz_operator_apply(loaded, f, again));
    ck_assert_int_eq(memcmp(Q, again, sizeof Q), 0);
    OK(grz_spectral_cache_size(fresh, &count, NULL));
    ck_assert_int_eq(count, 1);
    OK(grz_spectral_cache_clear(fresh));
    OK(grz_spectral_cache_size(fresh, &count, &bytes));
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(bytes, 0);
    /* every truncation, a byte too many and a flipped byte are noticed */
    FILE *file = fopen(path, "rb");
    static unsigned char data[1 << 24];
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    const size_t cuts[4] = {0, 11, 60, size - 1};
    for (int i = 0; i <= 5; i++) {
        file = fopen(bad, "wb");
        if (i == 5) data[size / 2] ^= 4;
        fwrite(data, 1, i < 4 ? cuts[i] : size, file);
        if (i == 4) fputc(0, file);
        fclose(file);
        FAILS(fresh, grz_spectral_cache_load(fresh, bad), GRZ_ERROR_FORMAT, "path");
    }
    FAILS(fresh, grz_spectral_cache_load(fresh, "/nonexistent/file"), GRZ_ERROR_IO, "path");
    FAILS(fresh, grz_spectral_cache_save(fresh, "/nonexistent/file"), GRZ_ERROR_IO, "path");
    ck_assert_int_eq(grz_spectral_cache_load(NULL, path), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(fresh, grz_spectral_cache_load(fresh, NULL), GRZ_ERROR_NULL_ARGUMENT, "path");
    OK(grz_fft_export_wisdom(context, path));
    OK(grz_fft_import_wisdom(context, path));
    FAILS(context, grz_fft_import_wisdom(context, bad), GRZ_ERROR_FORMAT, "path");
    FAILS(context, grz_fft_import_wisdom(context, "/dev/zero"), GRZ_ERROR_FORMAT, "path");
    FAILS(context, grz_fft_import_wisdom(context, "/nonexistent/file"), GRZ_ERROR_IO, "path");
    FAILS(context, grz_fft_export_wisdom(context, "/nonexistent/file"), GRZ_ERROR_IO, "path");
    grz_fft_lock_planner();
    grz_fft_unlock_planner();
    remove(path);
    remove(bad);
    grz_operator_destroy(&op);
    grz_operator_destroy(&other);
    grz_operator_destroy(&loaded);
    grz_context_destroy(&fresh);
}
END_TEST

START_TEST(bad_input_is_refused)
{
    double f[NODES], Q[NODES], value;
    random_density(2, f);
    grz_operator *op = scheme_operator(context, 0, 0.5);
    f[5] = NAN;
    FAILS(context, grz_operator_apply(op, f, Q), GRZ_ERROR_NOT_FINITE, "f");
    FAILS(context, grz_operator_apply_bilinear(op, f, f, Q), GRZ_ERROR_NOT_FINITE, "f");
    FAILS(context, grz_operator_apply_batch(op, 1, f, Q), GRZ_ERROR_NOT_FINITE, "f");
    f[5] = 1;
    FAILS(context, grz_operator_apply(op, NULL, Q), GRZ_ERROR_NULL_ARGUMENT, "f");
    FAILS(context, grz_operator_apply(op, f, NULL), GRZ_ERROR_NULL_ARGUMENT, "Q");
    FAILS(context, grz_operator_apply_bilinear(op, f, NULL, Q), GRZ_ERROR_NULL_ARGUMENT, "g");
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, 3), GRZ_ERROR_INVALID_ARGUMENT, "value");
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, 2 * L), GRZ_ERROR_INVALID_ARGUMENT, "value");
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 5), GRZ_ERROR_UNSUPPORTED, "option");
    FAILS(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 5.5), GRZ_ERROR_INVALID_ARGUMENT, "integer");
    FAILS(context, grz_operator_fit_error(op, NULL), GRZ_ERROR_NULL_ARGUMENT, "error");
    f[5] = 1e300;
    Q[3] = 7;
    FAILS(context, grz_operator_apply(op, f, Q), GRZ_ERROR_NOT_REPRESENTABLE, "grz_operator_apply: Q overflows");
    ck_assert(Q[3] == 7);
    OK(grz_operator_fit_error(op, &value));
    ck_assert(value > 0 && value < 1e-2);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MODES, 2));
    FAILS(context, grz_operator_apply(op, f, Q), GRZ_ERROR_UNSUPPORTED, "MODES");
    grz_operator_destroy(&op);
}
END_TEST

START_TEST(proposed_boxes_meet_their_rule)
{
    int32_t n;
    double half_width, R;
    const double tolerances[3] = {1e-3, 1e-6, 1e-10};
    for (int i = 0; i < 3; i++) {
        double tol = tolerances[i] * (1 + 1e-9), T_min = 0.5, T_max = 1.5;
        OK(grz_spectral_propose(context, T_min, T_max, tolerances[i], &n, &half_width, &R));
        double kappa = PI_ * n / (2 * half_width), x = R * R / T_max;
        ck_assert(n % 2 == 0 && 3 * exp(-T_min * kappa * kappa / 4) <= tol);
        ck_assert(exp(-x) * (1 + x + x * x / 2) <= tol && fabs(half_width - 2 * R) < 1e-12);
    }
    OK(grz_spectral_propose(context, 1, 1, 1e-4, NULL, NULL, NULL));
    FAILS(context, grz_spectral_propose(context, 2, 1, 1e-4, &n, &half_width, &R), GRZ_ERROR_INVALID_ARGUMENT, "T_max");
    FAILS(context, grz_spectral_propose(context, 1, NAN, 1e-4, &n, &half_width, &R), GRZ_ERROR_NOT_FINITE, "T_max");
    FAILS(context, grz_spectral_propose(context, 1, 1, 1, &n, &half_width, &R), GRZ_ERROR_INVALID_ARGUMENT, "tol");
    FAILS(context, grz_spectral_propose(context, 1e-5, 1, 1e-14, &n, &half_width, &R), GRZ_ERROR_INVALID_ARGUMENT, "1024");
}
END_TEST

static int stop(const char *stage, double fraction, void *user)
{
    (void)stage;
    (void)fraction;
    return ++*(int *)user > 2;
}

START_TEST(long_work_can_be_stopped)
{
    double f[NODES], Q[NODES] = {7};
    int calls = 0;
    random_density(2, f);
    grz_operator *op = scheme_operator(context, 0, 0.5);
    OK(grz_context_set_progress(context, stop, &calls));
    ck_assert_int_eq(grz_operator_apply(op, f, Q), GRZ_ERROR_CANCELLED);
    ck_assert(Q[0] == 7);
    OK(grz_context_set_progress(context, NULL, NULL));
    OK(grz_operator_apply(op, f, Q));
    grz_operator_destroy(&op);
}
END_TEST

/* Everything a user does with each scheme, with the fail_at-th allocation refused. Returns 1 when none was. */
static int attempt(int scheme, int64_t fail_at)
{
    static double f[3 * 512], Q[3 * 512];
    counting_allocator l = {0, 0, fail_at};
    grz_context *counted;
    if (grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted) != GRZ_OK) {
        ck_assert_int_eq(l.outstanding, 0);
        return 0;
    }
    OK(grz_context_set_threads(counted, 2));
    grz_kernel *kernel = NULL;
    grz_grid *grid = NULL;
    grz_operator *op = NULL;
    for (int i = 0; i < 3 * 512; i++) f[i] = 0.01 * (i % 7);
    grz_status status = grz_kernel_create_power_law(counted, 0, 1, 0, &kernel);
    if (status == GRZ_OK) status = grz_grid_create(counted, 8, 3, NULL, &grid);
    if (status == GRZ_OK)
        status = grz_operator_create(counted, grid, kernel, scheme == 2 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL,
                                     &op);
    for (int i = 0; i < 2 && status == GRZ_OK; i++)
        status = grz_operator_set_option(op, SCHEMES[scheme][i].option, SCHEMES[scheme][i].value);
    if (status == GRZ_OK) status = grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PADDED_NODES, 10);
    if (status == GRZ_OK) status = grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 4); /* a fit that takes no time */
    if (status == GRZ_OK) status = grz_operator_set_option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 3);
    if (status == GRZ_OK) status = grz_operator_apply(op, f, Q);
    if (status == GRZ_OK) status = grz_operator_apply_bilinear(op, f, f + 512, Q);
    if (status == GRZ_OK) status = grz_operator_apply_batch(op, 3, f, Q);
    if (status == GRZ_OK) status = grz_operator_weak_form(op, f, f, Q);
    ck_assert(status == GRZ_OK || status == GRZ_ERROR_OUT_OF_MEMORY);
    ck_assert(status == GRZ_OK || l.calls >= fail_at);
    if (op && status != GRZ_OK) OK(grz_operator_apply(op, f, Q)); /* still usable */
    int complete = l.calls < fail_at;
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&counted);
    ck_assert_int_eq(l.outstanding, 0);
    return complete;
}

START_TEST(allocations_may_fail)
{
    int64_t fail_at = 1;
    while (!attempt(_i, fail_at)) fail_at++;
    ck_assert_int_gt(fail_at, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral structure");
    TCase *tests = tcase_create("structure");
    tcase_set_timeout(tests, 1200);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, moments_vanish_for_any_field);
    tcase_add_test(tests, bilinear_form_is_bilinear);
    tcase_add_test(tests, batches_equal_single_calls);
    tcase_add_test(tests, maxwellians_are_exact_equilibria_on_request);
    tcase_add_test(tests, results_do_not_depend_on_threads);
    tcase_add_test(tests, weak_form_and_dissipation_follow_from_Q);
    tcase_add_test(tests, factorisations_are_shared_and_kept_in_files);
    tcase_add_test(tests, bad_input_is_refused);
    tcase_add_test(tests, proposed_boxes_meet_their_rule);
    tcase_add_test(tests, long_work_can_be_stopped);
    tcase_add_loop_test(tests, allocations_may_fail, 0, 3);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

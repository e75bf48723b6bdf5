/* Cholesky factors in tiles, for every instruction set that this processor has, against a factorisation in long double. */
#include "support/check.h"

#include "solve/tiled.h"

#include <float.h>
#include <stdio.h>

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static double *doubles(int64_t count)
{
    double *x = grzi_allocate_zeroed(context, count, sizeof *x);
    ck_assert_ptr_nonnull(x);
    return x;
}

/* a_ij = 1/2/(1 + |i - j|), a convex sequence, with random signs of rows and columns, and more on the diagonal: positive definite. */
static double entry(int i, int j)
{
    uint64_t a = (uint64_t)i * 7 + 1, b = (uint64_t)j * 7 + 1;
    double sign = (uniform(&a) < 0.5) == (uniform(&b) < 0.5) ? 1 : -1;
    return i == j ? 2 + i % 5 : sign / (1 + abs(i - j)) / 2;
}

static void fill(int n, double *tiles)
{
    for (int64_t k = 0; k < grzi_tiled_doubles(n); k++) tiles[k] = NAN; /* all places get a value below */
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) tiles[grzi_tiled_index(i, j)] = entry(i, j);
    grzi_tiled_fill(n, tiles);
}

static void plain_factor(int n, long double *L)
{
    for (int j = 0; j < n; j++)
        for (int i = j; i < n; i++) {
            long double sum = entry(i, j);
            for (int k = 0; k < j; k++) sum -= L[i * n + k] * L[j * n + k];
            L[i * n + j] = i == j ? sqrtl(sum) : sum / L[j * n + j];
        }
}

static const int SIZES[] = {1, 7, GRZI_TILE - 1, GRZI_TILE, GRZI_TILE + 1, 250, 3 * GRZI_TILE};
enum { COUNT = sizeof SIZES / sizeof SIZES[0] };

START_TEST(factors_and_solutions_are_those_of_long_double)
{
    for (int s = 0; s < COUNT; s++) {
        int n = SIZES[s];
        if (n > GRZI_TILE + 1 && getenv("GRZ_EMULATED_PROCESSOR")) continue; /* long double is slow there */
        int64_t size = grzi_tiled_doubles(n), padded = grzi_tiled_rows(n) * GRZI_TILE, row;
        long double *L = calloc((size_t)n * n, sizeof *L);
        double *tiles = doubles(size), *first = doubles(size), *x = doubles(padded);
        plain_factor(n, L);
        for (int level = 0; level <= grzi_simd_level(); level++)
            for (int threads = 1; threads <= 3; threads++) {
                grzi_context_set_simd(context, level);
                OK(grz_context_set_threads(context, threads));
                fill(n, tiles);
                OK(grzi_tiled_factorise(context, n, "test", 0, tiles, &row));
                ck_assert_int_eq(row, 0);
                if (threads == 1) memcpy(first, tiles, sizeof *tiles * (size_t)size);
                HOLDS(memcmp(first, tiles, sizeof *tiles * (size_t)size) == 0, "n %d, level %d: bits differ on %d threads", n, level,
                      threads);
                for (int i = 0; i < n; i++)
                    for (int j = 0; j <= i; j++) NEAR(tiles[grzi_tiled_index(i, j)], (double)L[i * n + j], 8 * (n + 2) * DBL_EPSILON);
                for (int64_t i = 0; i < padded; i++) {
                    x[i] = 0;
                    for (int j = 0; j < n && i < n; j++) x[i] += entry(i > j ? (int)i : j, i > j ? j : (int)i) * cos(j);
                }
                grzi_tiled_solve(context, n, tiles, x);
                for (int i = 0; i < n; i++) NEAR(x[i], cos(i), 1e-12);
                for (int64_t i = n; i < padded; i++) NEAR(x[i], 0, 0);
            }
        free(L);
        grzi_deallocate(context, tiles);
        grzi_deallocate(context, first);
        grzi_deallocate(context, x);
    }
}
END_TEST

/* The row where a matrix ceases to be positive definite, also for a NaN there. */
START_TEST(indefinite_matrices_are_refused_at_their_row)
{
    enum { N = 230 };
    static const int rows[] = {0, 5, GRZI_TILE - 1, GRZI_TILE, 200, N - 1};
    double *tiles = doubles(grzi_tiled_doubles(N));
    for (int level = 0; level <= grzi_simd_level(); level++)
        for (int r = 0; r < 12; r++) {
            int64_t row, wrong = rows[r / 2];
            grzi_context_set_simd(context, level);
            fill(N, tiles);
            tiles[grzi_tiled_index(wrong, wrong)] = r % 2 ? NAN : -1e-3;
            OK(grzi_tiled_factorise(context, N, "test", 0, tiles, &row));
            HOLDS(row == wrong + 1, "level %d: row %lld, not %lld", level, (long long)row, (long long)wrong + 1);
        }
    grzi_deallocate(context, tiles);
}
END_TEST

static int stop_after_one_half(const char *stage, double fraction, void *user)
{
    double *last = user;
    HOLDS(fraction >= *last && fraction <= 1 && strcmp(stage, "test") == 0, "%s at %g after %g", stage, fraction, *last);
    *last = fraction;
    return fraction > 0.5;
}

START_TEST(progress_rises_and_work_can_be_stopped)
{
    enum { N = 8 * GRZI_TILE };
    int64_t row;
    double *tiles = doubles(grzi_tiled_doubles(N)), last = 0.25;
    fill(N, tiles);
    OK(grz_context_set_progress(context, stop_after_one_half, &last));
    ck_assert_int_eq(grzi_tiled_factorise(context, N, "test", 0.25, tiles, &row), GRZ_ERROR_CANCELLED);
    ck_assert(last > 0.5 && last < 1);
    grzi_deallocate(context, tiles);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tiled");
    TCase *tests = tcase_create("tiled");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, factors_and_solutions_are_those_of_long_double);
    tcase_add_test(tests, indefinite_matrices_are_refused_at_their_row);
    tcase_add_test(tests, progress_rises_and_work_can_be_stopped);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

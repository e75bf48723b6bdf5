/* Small linear algebra: products against a triple loop for every orientation and shape, factorisations by their residuals. */
#include "solve/solve.h"
#include "support/check.h"

static void fill(uint64_t *state, int64_t count, double *values)
{
    for (int64_t i = 0; i < count; i++) values[i] = uniform(state) - 0.5;
}

/* Sums of k products of at most 1/4 in another order differ by at most k (k + 1)/4 times 2^-53. Entries beside c stay. */
static void compare_product(int m, int n, int k, int a_turned, int b_turned, int added, uint64_t *state)
{
    int64_t a_row = (a_turned ? m : k) + 3, b_row = (b_turned ? k : n) + 1, c_row = n + 2;
    double *a = calloc((size_t)(a_row * (a_turned ? k : m) + 1), sizeof *a),
           *b = calloc((size_t)(b_row * (b_turned ? n : k) + 1), sizeof *b);
    double *c = calloc((size_t)(c_row * m + 1), sizeof *c), *start = calloc((size_t)(c_row * m + 1), sizeof *c);
    fill(state, a_row * (a_turned ? k : m), a);
    fill(state, b_row * (b_turned ? n : k), b);
    fill(state, c_row * m, c);
    memcpy(start, c, sizeof *c * (size_t)(c_row * m));
    grzi_multiply(m, n, k, a_turned ? grzi_columns_of(a, a_row) : grzi_rows(a, a_row),
                  b_turned ? grzi_columns_of(b, b_row) : grzi_rows(b, b_row), added, c, c_row);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < c_row; j++) {
            long double sum = j >= n || added ? start[i * c_row + j] : 0;
            for (int p = 0; p < k && j < n; p++)
                sum += (long double)(a_turned ? a[p * a_row + i] : a[i * a_row + p]) * (b_turned ? b[j * b_row + p] : b[p * b_row + j]);
            HOLDS(fabs(c[i * c_row + j] - (double)sum) <= (k + 2.0) * (k + 2.0) * 0x1p-54, "m %d n %d k %d: %g", m, n, k,
                  c[i * c_row + j] - (double)sum);
        }
    free(a);
    free(b);
    free(c);
    free(start);
}

/* Against long double for every length and offset of the tail; the magnitude bounds the rounding. */
START_TEST(scalar_products)
{
    uint64_t state = 9;
    double x[70], y[70];
    fill(&state, 70, x);
    fill(&state, 70, y);
    for (int count = 0; count <= 70; count++) {
        long double sum = 0;
        for (int i = 0; i < count; i++) sum += (long double)x[i] * y[i];
        NEAR(grzi_dot(count, x, y), (double)sum, count * 0.25 * 0x1p-52);
        for (int block = 1; block <= 9; block += 4) NEAR(grzi_dot_by_blocks(block, count, x, y), (double)sum, count * 0.25 * 0x1p-52);
    }
}
END_TEST

START_TEST(products_of_every_shape)
{
    static const int sizes[] = {0, 1, 2, 5, 7, 8, 9, 17, 64, 65, 130};
    uint64_t state = 1;
    for (int orientation = 0; orientation < 8; orientation++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++)
                for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
                    if (sizes[i] * sizes[j] * sizes[k] <= 65 * 64)
                        compare_product(sizes[i], sizes[j], sizes[k], orientation & 1, orientation >> 1 & 1, orientation >> 2, &state);
}
END_TEST

START_TEST(cholesky_solves)
{
    uint64_t state = 2;
    for (int n = 1; n <= 9; n++) {
        double b[9][9], a[81], x[9], y[9] = {0};
        fill(&state, 81, b[0]);
        fill(&state, 9, x);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                a[i * n + j] = i == j ? 0.1 : 0;
                for (int k = 0; k < n; k++) a[i * n + j] += b[i][k] * b[j][k];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) y[i] += a[i * n + j] * x[j];
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++) a[i * n + j] = NAN; /* not read */
        ck_assert_int_eq(grzi_cholesky(n, a), 0);
        grzi_cholesky_solve(n, a, y);
        for (int i = 0; i < n; i++) HOLDS(fabs(y[i] - x[i]) <= 1e-13, "%d: %g", n, y[i] - x[i]);
    }
}
END_TEST

START_TEST(cholesky_refuses)
{
    double zero[4] = {1, 0, 1, 1}, negative[4] = {-1, 0, 0, 1}, nan_entry[4] = {1, 0, NAN, 1}, infinite[4] = {1, 0, 0, INFINITY};
    ck_assert_int_eq(grzi_cholesky(2, zero), 2);
    ck_assert_int_eq(grzi_cholesky(2, negative), 1);
    ck_assert_int_eq(grzi_cholesky(2, nan_entry), 2);
    ck_assert_int_eq(grzi_cholesky(2, infinite), 2);
}
END_TEST

START_TEST(elimination_inverts_a_matrix_that_needs_pivots)
{
    enum { N = 30 };
    uint64_t state = 3;
    double a[N * N], kept[N * N], x[N * N] = {0};
    fill(&state, N * N, a);
    for (int i = 0; i < N; i++) a[i * N + i] = 0; /* no pivot on the diagonal */
    memcpy(kept, a, sizeof a);
    for (int i = 0; i < N; i++) x[i * N + i] = 1;
    ck_assert_int_eq(grzi_eliminate(N, N, a, x), 0);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            double sum = i == j ? -1 : 0;
            for (int k = 0; k < N; k++) sum += kept[i * N + k] * x[k * N + j];
            HOLDS(fabs(sum) <= 1e-11, "(%d, %d): %g", i, j, sum);
        }
    double singular[4] = {1, 2, 2, 4}, y[2] = {1, 1};
    ck_assert_int_eq(grzi_eliminate(2, 1, singular, y), 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("solve");
    TCase *test = tcase_create("solve");
    tcase_add_test(test, scalar_products);
    tcase_add_test(test, products_of_every_shape);
    tcase_add_test(test, cholesky_solves);
    tcase_add_test(test, cholesky_refuses);
    tcase_add_test(test, elimination_inverts_a_matrix_that_needs_pivots);
    suite_add_tcase(suite, test);
    return run_suite(suite);
}

/* The transforms of eight lines, of every kind of processor that this one is, and the transforms of fields, against direct sums. */
#include "operator/spectral/columns.h"

#include "density_support.h"
#include "failing_allocator.h"

#include <check.h>
#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;
static grz_context *context;
static uint64_t seed = 0x9E3779B97F4A7C15ULL;

static void setup(void)
{
    ck_assert_int_eq(grz_context_create(&context), GRZ_OK);
}

static void teardown(void)
{
    grz_context_destroy(&context);
}

static double *numbers(int64_t count)
{
    double *p = grzi_allocate(context, count, sizeof *p);
    ck_assert_ptr_nonnull(p);
    for (int64_t i = 0; i < count; i++) p[i] = 2 * uniform(&seed) - 1;
    return p;
}

/* Infinite once either is not a number. */
static double larger(double a, double b)
{
    return a >= b ? a : b > a ? b : INFINITY;
}

static int supported(const grzi_fft_kernels *all[3])
{
    all[0] = &grzi_fft_kernels_generic;
#if defined(__x86_64__) && defined(__GNUC__)
    all[1] = &grzi_fft_kernels_avx2;
    all[2] = &grzi_fft_kernels_avx512;
    return 1 + grzi_simd_level();
#else
    return 1;
#endif
}

/* Places that reverse the entries, so that a wrong one shows. */
static void check_lines(int n)
{
    const grzi_fft_kernels *kernels[3];
    int kinds = supported(kernels);
    double worst = 0;
    grzi_fft_batch batch;
    ck_assert_int_eq(grzi_fft_batch_create(context, n, &batch), GRZ_OK);
    double *in = numbers(GRZI_ENTRY * n), *out = numbers(GRZI_ENTRY * n), *spare = numbers(2 * GRZI_ENTRY * n);
    int32_t *reversed = calloc((size_t)n, sizeof *reversed);
    double turns[101][2];
    for (int i = 0; i < n; i++) {
        reversed[i] = 2 * (n - 1 - i);
        turns[i][0] = cos(2 * PI * i / n);
        turns[i][1] = sin(2 * PI * i / n);
    }
    for (int kind = 0; kind < kinds; kind++)
        for (int sign = -1; sign <= 1; sign += 2) {
            batch.kernels = kernels[kind];
            grzi_stream from = grzi_line(&batch, in), to = grzi_line(&batch, out);
            (sign > 0 ? &from : &to)->place = reversed;
            grzi_fft_batch_transform(&batch, sign, from, to, spare);
            for (int j = 0; j < n; j++) {
                double re[GRZI_LANES] = {0}, im[GRZI_LANES] = {0}, *value = out + 8 * to.place[j];
                for (int i = 0; i < n; i++) {
                    const double *entry = in + 8 * from.place[i], *t = turns[i * j % n];
                    for (int lane = 0; lane < GRZI_LANES; lane++) {
                        re[lane] += t[0] * entry[lane] - sign * t[1] * entry[GRZI_LANES + lane];
                        im[lane] += sign * t[1] * entry[lane] + t[0] * entry[GRZI_LANES + lane];
                    }
                }
                for (int lane = 0; lane < GRZI_LANES; lane++)
                    worst = larger(worst, fabs(value[lane] - re[lane]) + fabs(value[GRZI_LANES + lane] - im[lane]));
            }
        }
    ck_assert_double_le(worst, 1e-15 * n);
    free(reversed);
    grzi_deallocate(context, in);
    grzi_deallocate(context, out);
    grzi_deallocate(context, spare);
    grzi_fft_batch_destroy(context, &batch);
}

START_TEST(lines_of_every_length)
{
    for (int n = 2; n <= 100; n += n < 28 ? 1 : 4) check_lines(n);
}
END_TEST

/* Grids of n nodes: multiples of eight, even, odd, and primes that only the library transforms; modes of a smaller grid m, a ball or a
 * cube. */
static const int GRIDS[9][3] = {{8, 8, 0},   {10, 8, 1},  {11, 9, 0},  {13, 13, 1}, {16, 16, 0},
                                {17, 16, 1}, {18, 18, 0}, {19, 19, 0}, {20, 18, 1}};

/* The modes of half a field, and three times the field that these modes alone make. */
static void direct_sums(const grzi_modes *modes, int n, const double *field, double complex *ball, double *made)
{
    double c[32], s[32];
    int64_t nodes = (int64_t)n * n * n;
    for (int i = 0; i < n; i++) {
        c[i] = cos(2 * PI * i / n);
        s[i] = sin(2 * PI * i / n);
    }
    memset(made, 0, (size_t)nodes * sizeof *made);
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++)
        for (int z = 0; z < row->length; z++) {
            double re = 0, im = 0;
            for (int i = 0; i < nodes; i++) {
                int turns = (i / n / n * (row->x + n) + i / n % n * (row->y + n) + i % n * z) % n;
                re += field[i] * c[turns];
                im -= field[i] * s[turns];
            }
            ball[row->first + z] = 0.5 * (re + im * I);
            for (int i = 0; i < nodes; i++) {
                int turns = (i / n / n * (row->x + n) + i / n % n * (row->y + n) + i % n * z) % n;
                made[i] += (z ? 3 : 1.5) * (re * c[turns] - im * s[turns]); /* of k and -k; both are rows where z = 0 */
            }
        }
}

START_TEST(fields_and_their_modes)
{
    const grzi_fft_kernels *kernels[3];
    int kinds = supported(kernels), n = GRIDS[_i][0];
    grzi_modes modes;
    grzi_columns c;
    ck_assert_int_eq(grzi_modes_create(context, GRIDS[_i][1], n, GRIDS[_i][2], PI, &modes), GRZ_OK);
    ck_assert_int_eq(grzi_columns_create(context, &modes, n, &c), GRZ_OK);
    int64_t nodes = (int64_t)n * n * n, entries = grzi_mode_array(&c);
    double *field = numbers(nodes), *back = numbers(nodes), *made = numbers(nodes), *found = numbers(entries), *again = numbers(entries);
    double *work = grzi_allocate_zeroed(context, grzi_field_work(&c, 2), sizeof *work), largest = 0, worst[3] = {0};
    double complex *direct = calloc((size_t)modes.count, sizeof *direct), *ball = calloc((size_t)modes.count, sizeof *ball);
    direct_sums(&modes, n, field, direct, made);
    for (int64_t i = 0; i < nodes; i++) largest = fmax(largest, fabs(made[i]));
    for (int kind = 0; kind < kinds; kind++)
        for (int threads = 1; threads <= 2; threads++) {
            c.batch.kernels = kernels[kind];
            grzi_field_to_modes(&c, threads, field, 0.5, work, found);
            grzi_columns_to_ball(&c, found, ball);
            for (int64_t m = 0; m < modes.count; m++) worst[0] = larger(worst[0], cabs(ball[m] - direct[m]));
            grzi_columns_from_ball(&c, direct, again);
            for (int64_t e = 0; e < entries; e++) worst[1] = larger(worst[1], fabs(found[e] - again[e]));
            grzi_modes_to_field(&c, threads, again, 3, work, back);
            for (int64_t i = 0; i < nodes; i++) worst[2] = larger(worst[2], fabs(back[i] - made[i]));
        }
    ck_assert_double_le(worst[0], 1e-16 * (double)nodes);
    ck_assert_double_le(worst[1], 1e-16 * (double)nodes);
    ck_assert_double_le(worst[2], 1e-14 * largest);
    free(direct);
    free(ball);
    grzi_deallocate(context, field);
    grzi_deallocate(context, back);
    grzi_deallocate(context, made);
    grzi_deallocate(context, found);
    grzi_deallocate(context, again);
    grzi_deallocate(context, work);
    grzi_columns_destroy(context, &c);
    grzi_modes_destroy(context, &modes);
}
END_TEST

START_TEST(plans_survive_failing_memory)
{
    for (int n = 34; n <= 36; n += 2) /* by the library and by passes */
        for (long fail_at = 1;; fail_at++) {
            failing_allocator state = {0};
            grz_context *failing = NULL;
            ck_assert_int_eq(grz_context_create_with_allocator(failing_allocate, failing_release, &state, &failing), GRZ_OK);
            grzi_modes modes;
            grzi_columns c;
            ck_assert_int_eq(grzi_modes_create(failing, n, n, 0, PI, &modes), GRZ_OK);
            state.fail_at = state.calls + fail_at;
            grz_status status = grzi_columns_create(failing, &modes, n, &c);
            int all = state.calls < state.fail_at;
            ck_assert_int_eq(status, all ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY);
            grzi_columns_destroy(failing, &c);
            grzi_modes_destroy(failing, &modes);
            grz_context_destroy(&failing);
            ck_assert_int_eq(state.outstanding, 0);
            if (all) break;
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fft");
    TCase *tests = tcase_create("fft");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, lines_of_every_length);
    tcase_add_loop_test(tests, fields_and_their_modes, 0, 9);
    tcase_add_test(tests, plans_survive_failing_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

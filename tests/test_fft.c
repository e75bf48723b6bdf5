/* The transforms of fields to retained modes and back, against direct sums. */
#include "operator/spectral/columns.h"

#include "support/allocators.h"
#include "support/check.h"
#include "support/norms.h"

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

/* Grids of n nodes: multiples of eight, even, odd and prime; modes of as many nodes or fewer, a ball or a cube; {n, m, cube}. */
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

typedef struct passage {
    const grzi_columns *columns;
    const double *in;
    double scale, *work, *out;
} passage;

static void to_modes(grzi_crew *crew, void *data)
{
    passage *p = data;
    grzi_field_to_modes(p->columns, crew, p->columns->n, p->in, p->scale, p->work, p->out);
}

static void to_field(grzi_crew *crew, void *data)
{
    passage *p = data;
    grzi_modes_to_field(p->columns, crew, p->columns->n, p->in, p->scale, p->work, p->out);
}

START_TEST(fields_and_their_modes)
{
    int n = GRIDS[_i][0];
    grzi_modes modes;
    grzi_columns c;
    ck_assert_int_eq(grzi_modes_create(context, GRIDS[_i][1], GRIDS[_i][1], n, GRIDS[_i][2], &modes), GRZ_OK);
    ck_assert_int_eq(grzi_columns_create(context, &modes, n, &c), GRZ_OK);
    int64_t nodes = (int64_t)n * n * n, entries = grzi_mode_array(&c);
    double *field = numbers(nodes), *back = numbers(nodes), *made = numbers(nodes), *found = numbers(entries), *again = numbers(entries);
    double *work = grzi_allocate_zeroed(context, grzi_field_work(&c, 2), sizeof *work), largest = 0, worst[3] = {0};
    double complex *direct = calloc((size_t)modes.count, sizeof *direct), *ball = calloc((size_t)modes.count, sizeof *ball);
    direct_sums(&modes, n, field, direct, made);
    for (int64_t i = 0; i < nodes; i++) keep_largest(&largest, fabs(made[i]));
    for (int round = 0; round < 2; round++) /* the second in used work */
        for (int threads = 1; threads <= 2; threads++) {
            grzi_crew_call(threads, to_modes, &(passage){&c, field, 0.5, work, found});
            grzi_columns_to_ball(&c, found, ball);
            for (int64_t m = 0; m < modes.count; m++) worst[0] = larger(worst[0], cabs(ball[m] - direct[m]));
            grzi_columns_from_ball(&c, direct, again);
            for (int64_t e = 0; e < entries; e++) worst[1] = larger(worst[1], fabs(found[e] - again[e]));
            grzi_crew_call(threads, to_field, &(passage){&c, again, 3, work, back});
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
    for (int n = 17; n <= 18; n++)
        for (long fail_at = 1;; fail_at++) {
            counting_allocator state = {0};
            grz_context *failing = NULL;
            ck_assert_int_eq(grz_context_create_with_allocator(counted_allocate, counted_release, &state, &failing), GRZ_OK);
            grzi_modes modes;
            grzi_columns c;
            ck_assert_int_eq(grzi_modes_create(failing, n, n, n, 0, &modes), GRZ_OK);
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
    tcase_add_loop_test(tests, fields_and_their_modes, 0, 9);
    tcase_add_test(tests, plans_survive_failing_memory);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

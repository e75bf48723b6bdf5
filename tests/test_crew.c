/* Threads that share short loops: every chunk once, all done on return, memory by member; and the number of threads that pays. */
#include "support/check.h"

#include "core/crew.h"

enum { MOST = 3000, LOOPS = 400 };

typedef struct task {
    int threads, used[8];
    int64_t sums[8][16]; /* by member, a line of the cache apart */
    unsigned char times[MOST];
    int wrong, depth;
} task;

static void mark(void *loop, int chunk, int member)
{
    task *t = loop;
    if (member < 0 || member >= t->threads) __atomic_store_n(&t->wrong, 1, __ATOMIC_RELAXED);
    t->times[chunk]++; /* a chunk taken twice would be a race, too */
    t->sums[member][0] += chunk;
    t->used[member] = 1;
}

/* Loops of many lengths one after the other; what one wrote the next one's check sees. */
static void many_loops(grzi_crew *crew, void *data)
{
    task *t = data;
    int64_t expected = 0;
    for (int loop = 0; loop < LOOPS; loop++) {
        int chunks = loop % 7 == 0 ? loop * 7 % MOST : loop % 5;
        memset(t->times, 0, sizeof t->times);
        grzi_crew_loop(crew, chunks, mark, t);
        for (int c = 0; c < MOST; c++) t->wrong |= t->times[c] != (c < chunks);
        expected += (int64_t)chunks * (chunks - 1) / 2;
    }
    int64_t sum = 0;
    for (int m = 0; m < t->threads; m++) sum += t->sums[m][0];
    t->wrong |= sum != expected;
}

START_TEST(every_chunk_is_done_once)
{
    for (int threads = 1; threads <= 7; threads += 2) {
        static task t;
        memset(&t, 0, sizeof t);
        t.threads = threads;
        grzi_crew_call(threads, many_loops, &t);
        ck_assert_msg(!t.wrong, "%d threads", threads);
        ck_assert(t.used[0]);
    }
}
END_TEST

/* A crew within a member's chunk: OpenMP gives it one thread, and it does its work all the same. */
static void inner(grzi_crew *crew, void *data)
{
    static const int threads = 2;
    task *t = data;
    t->threads = threads;
    grzi_crew_loop(crew, 50, mark, t);
}

static void call_inner(void *loop, int chunk, int member)
{
    (void)member;
    grzi_crew_call(2, inner, (task *)loop + chunk);
}

static void outer(grzi_crew *crew, void *data)
{
    grzi_crew_loop(crew, 4, call_inner, data);
}

START_TEST(crews_may_be_nested)
{
    static task tasks[4];
    grzi_crew_call(2, outer, tasks);
    for (int i = 0; i < 4; i++) {
        int64_t sum = tasks[i].sums[0][0] + tasks[i].sums[1][0];
        ck_assert_int_eq(sum, 50 * 49 / 2);
        ck_assert_int_eq(tasks[i].wrong, 0);
    }
}
END_TEST

START_TEST(chunks_are_long_runs)
{
    grzi_crew crew = {.threads = 2};
    ck_assert_int_eq(grzi_crew_chunks(&crew, 100), 8);
    ck_assert_int_eq(grzi_crew_chunks(&crew, 5), 5);
    crew = grzi_crew_alone();
    ck_assert_int_eq(grzi_crew_chunks(&crew, 100), 1);
    ck_assert_int_eq(grzi_crew_chunks(&crew, 0), 0);
}
END_TEST

/* Mean time per computation when two threads take `together` and one takes 1. */
static double mean_time(double together, int computations)
{
    grzi_pace pace = {0};
    double sum = 0;
    for (int i = 0; i < computations; i++) {
        int threads = grzi_pace_threads(&pace, 2);
        ck_assert(threads == 1 || threads == 2);
        double time = threads == 1 ? 1 : together;
        grzi_pace_record(&pace, threads, time);
        sum += time;
    }
    return sum / computations;
}

START_TEST(threads_that_do_not_pay_are_left_alone)
{
    NEAR(mean_time(0.5, 1000), 0.5, 0.01); /* a quiet machine: one thread is measured now and then */
    ck_assert(mean_time(0.999, 1000) < 1); /* as long as they pay, they are used */
    ck_assert(mean_time(3, 1000) < 1.06);  /* beside other work */
    ck_assert(mean_time(25, 1000) < 1.7);  /* what was seen at worst */
    ck_assert_int_eq(grzi_pace_threads(&(grzi_pace){0}, 2), 2);
    grzi_pace pace = {0}; /* the machine falls quiet again */
    for (int i = 0; i < 1000; i++) grzi_pace_record(&pace, grzi_pace_threads(&pace, 2), grzi_pace_threads(&pace, 2) == 1 ? 1 : 3);
    int alone = 0;
    for (int i = 0; i < 300; i++) {
        int threads = grzi_pace_threads(&pace, 2);
        alone += threads == 1;
        grzi_pace_record(&pace, threads, threads == 1 ? 1 : 0.5);
    }
    ck_assert_int_le(alone, 64 + 300 / 64 + 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crew");
    TCase *tests = tcase_create("crew");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, every_chunk_is_done_once);
    tcase_add_test(tests, crews_may_be_nested);
    tcase_add_test(tests, chunks_are_long_runs);
    tcase_add_test(tests, threads_that_do_not_pay_are_left_alone);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

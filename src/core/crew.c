#include "core/crew.h"

#include <sched.h>
#ifdef _OPENMP
#include <omp.h>
#endif

/* About ten microseconds: less than it takes to come back from a yield. */
enum { PATIENCE = 200 };

static inline void pause_processor(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static inline void wait_a_little(int *times)
{
    if (++*times < PATIENCE)
        pause_processor();
    else
        sched_yield();
}

/* A chunk of the loop on offer, -1: none left. The rest of a loop's description may be read only after a chunk of it is taken: then the
 * caller waits for that chunk and cannot have gone on to another loop. */
static int take(grzi_crew *crew)
{
    uint64_t offer = __atomic_load_n(&crew->offer, __ATOMIC_ACQUIRE);
    while ((uint32_t)offer)
        if (__atomic_compare_exchange_n(&crew->offer, &offer, offer - 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            return (int)(uint32_t)offer - 1;
    return -1;
}

static int work_off(grzi_crew *crew, int member)
{
    int chunk, count = 0;
    for (; (chunk = take(crew)) >= 0; count++) {
        crew->run(crew->loop, chunk, member);
        __atomic_add_fetch(&crew->done, 1, __ATOMIC_RELEASE);
    }
    return count;
}

void grzi_crew_loop(grzi_crew *crew, int chunks, grzi_chunk_fn run, void *loop)
{
    if (crew->threads <= 1 || chunks <= 1) {
        for (int chunk = 0; chunk < chunks; chunk++) run(loop, chunk, 0);
        return;
    }
    crew->run = run;
    crew->loop = loop;
    __atomic_store_n(&crew->done, 0, __ATOMIC_RELAXED);
    uint64_t number = (__atomic_load_n(&crew->offer, __ATOMIC_RELAXED) >> 32) + 1;
    __atomic_store_n(&crew->offer, number << 32 | (uint32_t)chunks, __ATOMIC_RELEASE);
    work_off(crew, 0);
    for (int times = 0; __atomic_load_n(&crew->done, __ATOMIC_ACQUIRE) < chunks;) wait_a_little(&times);
}

#ifdef _OPENMP
static void serve(grzi_crew *crew, int member)
{
    for (int times = 0; !__atomic_load_n(&crew->finished, __ATOMIC_ACQUIRE);) {
        if (work_off(crew, member) > 0) times = 0;
        wait_a_little(&times);
    }
    __atomic_add_fetch(&crew->left, 1, __ATOMIC_RELEASE);
}
#endif

void grzi_crew_call(int threads, void (*work)(grzi_crew *crew, void *data), void *data)
{
    grzi_crew crew = {.threads = threads};
#ifdef _OPENMP
    if (threads > 1) {
#pragma omp parallel num_threads(threads)
        if (omp_get_thread_num() == 0) {
            work(&crew, data);
            __atomic_store_n(&crew.finished, 1, __ATOMIC_RELEASE);
            /* OpenMP's own barrier would keep the processor from a thread that has yet to come. */
            for (int times = 0; __atomic_load_n(&crew.left, __ATOMIC_ACQUIRE) < omp_get_num_threads() - 1;) wait_a_little(&times);
        } else {
            serve(&crew, omp_get_thread_num());
        }
        return;
    }
#endif
    crew.threads = 1;
    work(&crew, data);
}

/* One thread is measured anew every so often; several rest longer and longer while they are slower. */
enum { REMEASURE = 64, LONGEST_REST = 64 };

int grzi_pace_threads(const grzi_pace *pace, int threads)
{
    int measure = pace->together > 0 && (pace->alone == 0 || pace->since >= REMEASURE);
    return pace->rest > 0 || measure ? 1 : threads;
}

void grzi_pace_record(grzi_pace *pace, int threads, double seconds)
{
    if (threads == 1) {
        pace->alone = seconds;
        pace->since = 0;
        if (pace->rest > 0) pace->rest--;
        return;
    }
    pace->together = seconds;
    pace->since++;
    if (pace->alone == 0) return;
    if (seconds <= pace->alone) {
        pace->last_rest = 0;
    } else {
        pace->last_rest = pace->last_rest ? 2 * pace->last_rest : 2;
        if (pace->last_rest > LONGEST_REST) pace->last_rest = LONGEST_REST;
        pace->rest = pace->last_rest;
    }
}

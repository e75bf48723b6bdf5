/* Threads that share one computation of many short loops. Each `omp parallel for` waits until the last thread has come; beside other work
 * that thread often has no processor, and every loop costs a time slice. So the threads are called once for the whole computation. The
 * caller goes through it and offers loops; whoever is there takes chunks; nobody waits for a thread that has taken none. Who waits yields
 * its processor. No setting of OpenMP is read or changed. */
#ifndef GRZI_CREW_H
#define GRZI_CREW_H

#include <stdint.h>

/* One chunk of a loop; member: 0 (the caller) .. threads - 1, for memory of one's own. */
typedef void (*grzi_chunk_fn)(void *loop, int chunk, int member);

typedef struct grzi_crew {
    int threads;
    uint64_t offer; /* number of the loop, chunks left to take */
    int done;       /* chunks */
    int finished, left;
    grzi_chunk_fn run;
    void *loop;
} grzi_crew;

/* A crew of the caller alone. */
static inline grzi_crew grzi_crew_alone(void)
{
    return (grzi_crew){.threads = 1};
}

/* work(crew, data) on the calling thread, with at most this number of threads in its loops. */
void grzi_crew_call(int threads, void (*work)(grzi_crew *crew, void *data), void *data);

/* Within work: all chunks, in any order, done when it returns. */
void grzi_crew_loop(grzi_crew *crew, int chunks, grzi_chunk_fn run, void *loop);

/* Chunks for `count` things of equal cost that are best done in long runs: all in one for a single thread. */
static inline int grzi_crew_chunks(const grzi_crew *crew, int count)
{
    int chunks = crew->threads > 1 ? 4 * crew->threads : 1;
    return chunks < count ? chunks : count;
}

/* How many threads pay: beside other work one alone may be faster. A record of one computation that is done again and again. */
typedef struct grzi_pace {
    double alone, together; /* its latest times in seconds, 0: unknown */
    int rest, last_rest;    /* times still to go alone, as long as the next rest will be */
    int since;              /* times since one thread was last measured */
} grzi_pace;

int grzi_pace_threads(const grzi_pace *pace, int threads);
void grzi_pace_record(grzi_pace *pace, int threads, double seconds);

#endif

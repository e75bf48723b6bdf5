/* Allocation hooks that count what is out and fail at the N-th allocation. */
#ifndef FAILING_ALLOCATOR_H
#define FAILING_ALLOCATOR_H

#include <grazing.h>

#include <stdlib.h>

typedef struct failing_allocator {
    long fail_at; /* the allocation, counted from 1, that fails once; 0: none */
    long calls, outstanding;
} failing_allocator;

static inline void *failing_allocate(int64_t size, void *user)
{
    failing_allocator *state = user;
    if (++state->calls == state->fail_at) return NULL;
    void *pointer = malloc((size_t)size);
    if (pointer) state->outstanding++;
    return pointer;
}

static inline void failing_release(void *pointer, void *user)
{
    if (pointer) ((failing_allocator *)user)->outstanding--;
    free(pointer);
}

#endif

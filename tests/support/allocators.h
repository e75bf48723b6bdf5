/* Allocation hooks, for several threads, that count what is out and refuse one request. */
#ifndef SUPPORT_ALLOCATORS_H
#define SUPPORT_ALLOCATORS_H

#include <grazing.h>

#include <check.h>
#include <stdlib.h>

typedef struct counting_allocator {
    int64_t calls, outstanding;
    int64_t fail_at; /* the call, counted from 1, that is refused; 0: none */
} counting_allocator;

static inline void *counted_allocate(int64_t size, void *user)
{
    counting_allocator *state = user;
    if (__atomic_add_fetch(&state->calls, 1, __ATOMIC_RELAXED) == state->fail_at) return NULL;
    void *pointer = malloc((size_t)size);
    if (pointer) __atomic_add_fetch(&state->outstanding, 1, __ATOMIC_RELAXED);
    return pointer;
}

static inline void counted_release(void *pointer, void *user)
{
    ck_assert_ptr_nonnull(pointer);
    __atomic_sub_fetch(&((counting_allocator *)user)->outstanding, 1, __ATOMIC_RELAXED);
    free(pointer);
}

#endif

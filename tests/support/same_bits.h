/* Results that must not depend on the number of threads. */
#ifndef SUPPORT_SAME_BITS_H
#define SUPPORT_SAME_BITS_H

#include "support/check.h"

/* compute fills count doubles; it is called with 1, 2, 3 and 7 threads. */
static UNUSED void same_bits_for_any_threads(grz_context *context, int64_t count, void (*compute)(double *out, void *user), void *user)
{
    static const int threads[] = {1, 2, 3, 7};
    double *first = calloc((size_t)count, sizeof *first), *out = calloc((size_t)count, sizeof *out);
    ck_assert(first && out);
    for (int t = 0; t < 4; t++) {
        OK(grz_context_set_threads(context, threads[t]));
        compute(t ? out : first, user);
        for (int64_t i = 0; i < count && t; i++)
            HOLDS(memcmp(out + i, first + i, sizeof *out) == 0, "value %lld with %d threads: %.17g, with one %.17g", (long long)i,
                  threads[t], out[i], first[i]);
    }
    free(first), free(out);
}

#endif

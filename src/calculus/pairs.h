/* Pairs of velocities that callers hand in. */
#ifndef GRZI_PAIRS_H
#define GRZI_PAIRS_H

#include "core/core.h"

/* count pairs, finite and of at most 1e100, beyond which squares and products with directions would overflow. */
grz_status grzi_check_pairs(const grz_context *context, const char *function, int64_t count, const double *v, const double *v_star);

#endif

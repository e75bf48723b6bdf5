/* Mobilities kept between applications of K_f at one f. A solver of K_f phi = g, or a proximal step, applies K_f to many fields: the
 * logarithmic means at the nodes, half of the work, are the same each time. */
#ifndef GRZI_KEPT_H
#define GRZI_KEPT_H

#include "core/core.h"

typedef enum grzi_kept_state {
    GRZI_KEPT_NOTHING, /* of this f: seen for the first time */
    GRZI_KEPT_TO_FILL, /* f is that of the application before: it is worth keeping */
    GRZI_KEPT_FILLED
} grzi_kept_state;

typedef struct grzi_kept {
    int64_t count; /* of log_f; 0: no memory was granted */
    double *log_f; /* of the last application */
    double *values;
    int64_t *offset; /* of an item's mobilities in values, -1 for an item beyond the memory */
    grzi_kept_state state;
} grzi_kept;

/* size: doubles that each of item_count items wants, in order; bytes: memory granted for values. Adds what it took to *taken. */
grz_status grzi_kept_create(const grz_context *context, int64_t count, int64_t item_count, const int64_t *size, double bytes,
                            grzi_kept *kept, int64_t *taken);
void grzi_kept_destroy(const grz_context *context, grzi_kept *kept);

/* Before an application at log_f: what there is to use or to do. An application that is to fill ends with state GRZI_KEPT_FILLED, set by
 * the caller, if it was complete. */
grzi_kept_state grzi_kept_look(grzi_kept *kept, const double *log_f);

#endif

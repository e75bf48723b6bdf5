#include "operator/entropic/kept.h"

#include <string.h>

grz_status grzi_kept_create(const grz_context *context, int64_t count, int64_t item_count, const int64_t *size, double bytes,
                            grzi_kept *kept, int64_t *taken)
{
    *kept = (grzi_kept){0};
    if (bytes < (double)sizeof(double)) return GRZ_OK;
    kept->offset = grzi_allocate(context, item_count, sizeof *kept->offset);
    kept->log_f = grzi_allocate(context, count, sizeof *kept->log_f);
    if (!kept->offset || !kept->log_f) return GRZ_ERROR_OUT_OF_MEMORY;
    double room = bytes / (double)sizeof(double);
    int64_t total = 0;
    for (int64_t item = 0; item < item_count; item++) {
        int fits = size[item] > 0 && (double)(total + size[item]) <= room;
        kept->offset[item] = fits ? total : -1;
        if (fits) total += size[item];
    }
    if (total > 0) {
        kept->values = grzi_allocate(context, total, sizeof *kept->values);
        if (!kept->values) return GRZ_ERROR_OUT_OF_MEMORY;
        kept->count = count;
    }
    *taken += (int64_t)sizeof(double) * (item_count + count + total);
    return GRZ_OK;
}

void grzi_kept_destroy(const grz_context *context, grzi_kept *kept)
{
    grzi_deallocate(context, kept->log_f);
    grzi_deallocate(context, kept->values);
    grzi_deallocate(context, kept->offset);
    *kept = (grzi_kept){0};
}

grzi_kept_state grzi_kept_look(grzi_kept *kept, const double *log_f)
{
    if (kept->count == 0) return GRZI_KEPT_NOTHING;
    const size_t bytes = sizeof *log_f * (size_t)kept->count;
    if (kept->state == GRZI_KEPT_NOTHING || memcmp(kept->log_f, log_f, bytes) != 0) {
        memcpy(kept->log_f, log_f, bytes);
        kept->state = GRZI_KEPT_TO_FILL;
        return GRZI_KEPT_NOTHING;
    }
    return kept->state;
}

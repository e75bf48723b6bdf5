/* Long work on several threads that reports its progress and can be stopped: the calling thread reports, all hear. */
#ifndef GRZI_PULSE_H
#define GRZI_PULSE_H

#include "core/core.h"

typedef struct grzi_pulse {
    const grz_context *context;
    const char *stage;
    pthread_t owner;
    int silent, stopped;
    double last;
    grz_status status;
} grzi_pulse;

/* silent: nothing is reported, for a part of a call that runs on other threads than the caller's; it can still be cancelled. */
void grzi_pulse_begin(const grz_context *context, const char *stage, int silent, grzi_pulse *pulse);

/* Whether to stop. Any thread of the work, often enough that no thread computes for long in between; on the calling thread it reports the
 * fraction done every twentieth of a second, short work not at all. */
int grzi_pulse_stops(grzi_pulse *pulse, double fraction);
/* Lets all threads stop. */
void grzi_pulse_stop(grzi_pulse *pulse);

/* The end of the work: GRZ_OK, or GRZ_ERROR_CANCELLED with its message. */
grz_status grzi_pulse_end(grzi_pulse *pulse);

#endif

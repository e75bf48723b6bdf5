#include "core/pulse.h"

#include <time.h>

static const double INTERVAL = 0.05;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void grzi_pulse_begin(const grz_context *context, const char *stage, int silent, grzi_pulse *pulse)
{
    *pulse = (grzi_pulse){.context = context, .stage = stage, .owner = pthread_self(), .silent = silent, .last = now()};
}

void grzi_pulse_stop(grzi_pulse *pulse)
{
    __atomic_store_n(&pulse->stopped, 1, __ATOMIC_RELAXED);
}

/* Of the owner. */
static void report(grzi_pulse *pulse, double fraction)
{
    double time = now();
    if (time - pulse->last < INTERVAL) return;
    pulse->last = time;
    pulse->status = grzi_report_progress(pulse->context, pulse->stage, fraction < 1 ? fraction : 1);
    if (pulse->status != GRZ_OK) grzi_pulse_stop(pulse);
}

int grzi_pulse_stops(grzi_pulse *pulse, double fraction)
{
    if (grzi_is_cancelled(pulse->context)) grzi_pulse_stop(pulse);
    if (__atomic_load_n(&pulse->stopped, __ATOMIC_RELAXED)) return 1;
    if (!pulse->silent && pthread_equal(pthread_self(), pulse->owner)) report(pulse, fraction);
    return __atomic_load_n(&pulse->stopped, __ATOMIC_RELAXED);
}

grz_status grzi_pulse_end(grzi_pulse *pulse)
{
    if (!pulse->stopped || pulse->status != GRZ_OK) return pulse->status;
    return grzi_fail(pulse->context, GRZ_ERROR_CANCELLED, "%s: cancelled", pulse->stage);
}

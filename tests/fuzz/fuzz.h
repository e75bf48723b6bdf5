/* What the fuzz targets share: an input as a stream of choices and numbers, and what every call promises whatever it is given: GRZ_OK with
 * finite results, or a status with a message and the outputs untouched; no crash, and no long silence. */
#ifndef FUZZ_H
#define FUZZ_H

#include <grazing.h>

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define UNUSED __attribute__((unused))

/* Of libFuzzer, or of driver.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct stream {
    const uint8_t *data;
    size_t size;
} stream;

/* Zeros after the end. */
static UNUSED unsigned byte_of(stream *s)
{
    if (s->size == 0) return 0;
    s->size--;
    return *s->data++;
}

static UNUSED unsigned choice(stream *s, unsigned count)
{
    return byte_of(s) % count;
}

/* In [0, 1). */
static UNUSED double fraction(stream *s)
{
    unsigned high = byte_of(s);
    return (256 * high + byte_of(s)) / 65536.0;
}

/* Mostly moderate, of either sign; sometimes zero, of another order of magnitude, or not a number at all. */
static UNUSED double number(stream *s)
{
    static const double special[] = {0,      -0.0,  1,     -1,  4.9e-324, 2.2e-308,  1.7e308,          -1.7e308,
                                     1e-150, 1e150, 1e-16, NAN, INFINITY, -INFINITY, 3.14159265358979, 0.5};
    unsigned kind = choice(s, 8);
    if (kind == 0) return special[choice(s, 16)];
    if (kind == 1) return (fraction(s) - 0.5) * pow(10, 300 * (fraction(s) - 0.5));
    return (kind == 2 ? 100 : 4) * (fraction(s) - (kind < 5 ? 0.5 : 0));
}

static double silence, spoken; /* the longest time between reports, the last report */

static UNUSED double seconds_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static UNUSED int hear(const char *stage, double share, void *user)
{
    double now = seconds_now();
    (void)user;
    if (!(share >= 0 && share <= 1)) {
        fprintf(stderr, "%s: a share of %g\n", stage, share);
        abort();
    }
    silence = fmax(silence, now - spoken);
    spoken = now;
    return 0;
}

static UNUSED grz_context *fuzz_context(void)
{
    grz_context *context;
    if (grz_context_create(&context) || grz_context_set_threads(context, 1) || grz_context_set_measured_plans(context, 0) ||
        grz_context_set_progress(context, hear, NULL))
        abort();
    return context;
}

static UNUSED void broken(const char *call, const char *promise, double value)
{
    fprintf(stderr, "%s: %s (%g)\n", call, promise, value);
    abort();
}

/* Before a call its outputs get this number, which no call gives. */
static const double UNTOUCHED = -0x1.5a5a5a5a5a5a5p-77;

static UNUSED void prepare(int64_t count, double *out)
{
    for (int64_t i = 0; i < count; i++) out[i] = UNTOUCHED;
    silence = 0;
    spoken = seconds_now();
}

/* The longest a call may be silent; sanitizers and a busy machine are slow. */
static const double LONGEST = 20;

/* infinite: the documented infinity of this output is allowed, too; PARTLY: the output may be partly written on failure, as documented. */
enum { PARTLY = 2 };

static UNUSED void judge(const grz_context *context, const char *call, grz_status status, int64_t count, const double *out, int infinite)
{
    double quiet = fmax(silence, seconds_now() - spoken);
    if (quiet > LONGEST) broken(call, "silent for long", quiet);
    if (status < GRZ_OK || status > GRZ_ERROR_INTERNAL) broken(call, "no such status", (double)status);
    if (status == GRZ_ERROR_INTERNAL) broken(call, grz_context_last_message(context), (double)status);
    if (status != GRZ_OK && grz_context_last_message(context)[0] == '\0') broken(call, "no message", (double)status);
    for (int64_t i = 0; i < count; i++) {
        if (status != GRZ_OK && infinite != PARTLY && out[i] != UNTOUCHED) broken(call, "an output touched on failure", out[i]);
        if (status == GRZ_OK && !(isfinite(out[i]) || (infinite == 1 && out[i] == INFINITY))) broken(call, "GRZ_OK with", out[i]);
    }
}

#endif

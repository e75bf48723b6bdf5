/* The lowest room: context, failures, memory, checks of input. Every other room builds on this header. */
#ifndef GRZI_CORE_H
#define GRZI_CORE_H

#include <grazing.h>

#include <pthread.h>
#include <stddef.h>

#define GRZI_MESSAGE_SIZE 512

#define GRZI_PI      3.14159265358979323846
#define GRZI_HALF_PI 1.57079632679489661923

struct grz_context {
    int references;
    grz_allocate_fn allocate;
    grz_release_fn release;
    void *allocator_user;
    int threads; /* 0: OpenMP's default */
    int simd;    /* level of the instruction sets for hot loops */
    int cancelled;
    int estimates_plans;
    grz_progress_fn progress;
    void *progress_user;
    pthread_mutex_t lock; /* guards status, message, cache */
    grz_status status;
    int64_t failures; /* that left a message */
    char message[GRZI_MESSAGE_SIZE];
    void *cache; /* factorisations that operators share, with what releases them */
    void (*release_cache)(const grz_context *context, void *cache);
};

/* Handles keep their context alive. The public interface is const-correct for queries; reference counts and messages are not part of
 * a handle's value, hence these casts live here and nowhere else. */
grz_context *grzi_context_retain(const grz_context *context);
void grzi_context_release(grz_context *context);

/* Reference counts of shared handles: increments; decrements and tells whether it was the last. */
void grzi_retain(int *references);
int grzi_release_last(int *references);

/* Records the message (printf form) and returns the status. A NULL context is allowed. */
grz_status grzi_fail(const grz_context *context, grz_status status, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/* Memory of count elements of the given size, 64-byte aligned; NULL with the message recorded when it does not fit or is not to be had.
 * release takes NULL. Safe in parallel regions as far as the user's hooks are. */
void *grzi_allocate(const grz_context *context, int64_t count, size_t size);
void *grzi_allocate_zeroed(const grz_context *context, int64_t count, size_t size);
void grzi_deallocate(const grz_context *context, void *pointer);

/* A number for a message, with as many digits as it takes to read the same number back. */
#define GRZI_NUMBER_SIZE 32
const char *grzi_number(char text[GRZI_NUMBER_SIZE], double value);

/* Checks of arguments: GRZ_OK, or the failure recorded with the argument's name and value. */
grz_status grzi_check_pointer(const grz_context *context, const char *function, const char *name, const void *pointer);
grz_status grzi_check_finite(const grz_context *context, const char *function, const char *name, double value);
grz_status grzi_check_range(const grz_context *context, const char *function, const char *name, double value, double minimum,
                            double maximum);
grz_status grzi_check_array_finite(const grz_context *context, const char *function, const char *name, const double *values, int64_t count);
grz_status grzi_check_array_positive(const grz_context *context, const char *function, const char *name, const double *values,
                                     int64_t count);
grz_status grzi_check_array_nonnegative(const grz_context *context, const char *function, const char *name, const double *values,
                                        int64_t count);

/* What a call gives back, before it is written: GRZ_OK, or GRZ_ERROR_NOT_REPRESENTABLE where a number is not finite. NULL is not asked for. */
grz_status grzi_check_result(const grz_context *context, const char *function, const char *name, double value);
grz_status grzi_check_results(const grz_context *context, const char *function, const char *name, const double *values, int64_t count);

/* Whether all are. */
int grzi_all_finite(const double *values, int64_t count);

/* Units of fields are powers of two, so that taking them costs no rounding: the largest |value|, and e with value 2^-e in [1/2, 1), as near
 * as 2^e is a number itself; 0 for 0. */
double grzi_largest(const double *values, int64_t count);
int grzi_exponent_of(double value);

/* 2^e of the largest |value|. The logarithms of a density are log(f/unit): the same for every s f, s a power of two, and a constant apart
 * from log f, which no difference and no collision operator sees. */
double grzi_unit(const double *values, int64_t count);

/* Threads for a parallel region. */
int grzi_threads(const grz_context *context);

/* Whether FFTW may time plans. */
int grzi_measures_plans(const grz_context *context);

/* What hot loops with several clones run with on this processor: 2 AVX-512 (F, DQ, VL), 1 AVX2 and FMA, 0 what every processor of the
 * architecture has. */
int grzi_simd_level(void);

/* What operators that are set up from now on run with: that or, for tests and measurements, a lower level. */
int grzi_context_simd(const grz_context *context);
void grzi_context_set_simd(grz_context *context, int level);

/* GRZ_ERROR_CANCELLED once the cancel flag is up; report also calls the progress callback and must come from the calling thread. */
int grzi_is_cancelled(const grz_context *context);
grz_status grzi_report_progress(const grz_context *context, const char *stage, double fraction);

/* Returns from the calling function when the status of an expression is not GRZ_OK. */
#define GRZI_TRY(expression)                                   \
    do {                                                       \
        grz_status grzi_try_status = (expression);             \
        if (grzi_try_status != GRZ_OK) return grzi_try_status; \
    } while (0)

#endif

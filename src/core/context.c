/* The context of a caller: its hooks for memory, threads, progress and cancellation. */
#include "core.h"

#include <stdlib.h>

#ifdef _OPENMP
#include <omp.h>
#endif

static void *default_allocate(int64_t size, void *user)
{
    (void)user;
    return malloc((size_t)size);
}

static void default_release(void *pointer, void *user)
{
    (void)user;
    free(pointer);
}

grz_status grz_context_create_with_allocator(grz_allocate_fn allocate, grz_release_fn release, void *user, grz_context **out)
{
    if (!out || !allocate != !release) return GRZ_ERROR_NULL_ARGUMENT;
    if (!allocate) {
        allocate = default_allocate;
        release = default_release;
    }
    grz_context *context = allocate((int64_t)sizeof *context, user);
    if (!context) return GRZ_ERROR_OUT_OF_MEMORY;
    *context = (grz_context){.references = 1, .allocate = allocate, .release = release, .allocator_user = user, .simd = grzi_simd_level()};
    if (pthread_mutex_init(&context->lock, NULL) != 0) {
        release(context, user);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    *out = context;
    return GRZ_OK;
}

grz_status grz_context_create(grz_context **out)
{
    return grz_context_create_with_allocator(NULL, NULL, NULL, out);
}

void grzi_retain(int *references)
{
    __atomic_add_fetch(references, 1, __ATOMIC_RELAXED);
}

int grzi_release_last(int *references)
{
    return __atomic_sub_fetch(references, 1, __ATOMIC_ACQ_REL) == 0;
}

grz_context *grzi_context_retain(const grz_context *context)
{
    grz_context *shared = (grz_context *)context;
    grzi_retain(&shared->references);
    return shared;
}

void grzi_context_release(grz_context *context)
{
    if (!context || !grzi_release_last(&context->references)) return;
    if (context->cache) context->release_cache(context, context->cache);
    pthread_mutex_destroy(&context->lock);
    context->release(context, context->allocator_user);
}

void grz_context_destroy(grz_context **context)
{
    if (!context) return;
    grzi_context_release(*context);
    *context = NULL;
}

grz_status grz_context_set_threads(grz_context *context, int32_t threads)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(context, "grz_context_set_threads", "threads", threads, 0, 1024));
    __atomic_store_n(&context->threads, (int)threads, __ATOMIC_RELAXED);
    return GRZ_OK;
}

int grzi_threads(const grz_context *context)
{
    int threads = __atomic_load_n(&context->threads, __ATOMIC_RELAXED);
#ifdef _OPENMP
    return threads > 0 ? threads : omp_get_max_threads();
#else
    (void)threads;
    return 1;
#endif
}

int grzi_context_simd(const grz_context *context)
{
    return __atomic_load_n(&context->simd, __ATOMIC_RELAXED);
}

void grzi_context_set_simd(grz_context *context, int level)
{
    int highest = grzi_simd_level();
    __atomic_store_n(&context->simd, level < highest ? level : highest, __ATOMIC_RELAXED);
}

int32_t grz_context_threads(const grz_context *context)
{
    return context ? grzi_threads(context) : 0;
}

grz_status grz_context_set_measured_plans(grz_context *context, int32_t measured)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(context, "grz_context_set_measured_plans", "measured", measured, 0, 1));
    __atomic_store_n(&context->estimates_plans, !measured, __ATOMIC_RELAXED);
    return GRZ_OK;
}

int grzi_measures_plans(const grz_context *context)
{
    return !__atomic_load_n(&context->estimates_plans, __ATOMIC_RELAXED);
}

int32_t grz_context_measured_plans(const grz_context *context)
{
    return context ? grzi_measures_plans(context) : -1;
}

grz_status grz_context_set_progress(grz_context *context, grz_progress_fn progress, void *user)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    context->progress = progress;
    context->progress_user = user;
    return GRZ_OK;
}

grz_status grz_context_cancel(grz_context *context)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    __atomic_store_n(&context->cancelled, 1, __ATOMIC_RELAXED);
    return GRZ_OK;
}

grz_status grz_context_clear_cancel(grz_context *context)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    __atomic_store_n(&context->cancelled, 0, __ATOMIC_RELAXED);
    return GRZ_OK;
}

int grzi_is_cancelled(const grz_context *context)
{
    return __atomic_load_n(&context->cancelled, __ATOMIC_RELAXED);
}

int32_t grz_context_is_cancelled(const grz_context *context)
{
    return context ? grzi_is_cancelled(context) : 0;
}

grz_status grzi_report_progress(const grz_context *context, const char *stage, double fraction)
{
    if (grzi_is_cancelled(context)) return grzi_fail(context, GRZ_ERROR_CANCELLED, "%s: cancelled", stage);
    if (context->progress && context->progress(stage, fraction, context->progress_user) != 0)
        return grzi_fail(context, GRZ_ERROR_CANCELLED, "%s: stopped by the progress callback at %.3g", stage, fraction);
    return GRZ_OK;
}

/* Memory through the caller's hooks, aligned and with sizes that cannot overflow. */
#include "core.h"

#include <string.h>

/* Vector loads want cache-line alignment, which the user's hooks need not give: the block is shifted and its origin kept before it. */
enum { ALIGNMENT = 64 };

void *grzi_allocate(const grz_context *context, int64_t count, size_t size)
{
    if (count < 0 || (size > 0 && (uint64_t)count > (uint64_t)(INT64_MAX - 2 * ALIGNMENT) / size) ||
        (uint64_t)count * size > (uint64_t)PTRDIFF_MAX - 2 * ALIGNMENT) {
        grzi_fail(context, GRZ_ERROR_OUT_OF_MEMORY, "allocation of %lld elements of %zu bytes exceeds the address space", (long long)count,
                  size);
        return NULL;
    }
    int64_t bytes = count * (int64_t)size;
    void *origin = context->allocate(bytes + ALIGNMENT + (int64_t)sizeof(void *), context->allocator_user);
    if (!origin) {
        grzi_fail(context, GRZ_ERROR_OUT_OF_MEMORY, "allocation of %lld bytes failed", (long long)bytes);
        return NULL;
    }
    uintptr_t address = ((uintptr_t)origin + sizeof(void *) + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
    ((void **)address)[-1] = origin;
    return (void *)address;
}

void *grzi_allocate_zeroed(const grz_context *context, int64_t count, size_t size)
{
    void *pointer = grzi_allocate(context, count, size);
    if (pointer) memset(pointer, 0, (size_t)count * size);
    return pointer;
}

void grzi_deallocate(const grz_context *context, void *pointer)
{
    if (pointer) context->release(((void **)pointer)[-1], context->allocator_user);
}

#include "kinetic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("kinetic: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\n", stderr);
    va_end(arguments);
    MPI_Abort(MPI_COMM_WORLD, 1);
    exit(1);
}

void check(grz_status status, const grz_context *context)
{
    if (status != GRZ_OK) fail("%s: %s", grz_status_name(status), grz_context_last_message(context));
}

void *allocate(int64_t count, int64_t size)
{
    void *memory = malloc((size_t)(count * size));
    if (!memory) fail("no memory for %lld elements of %lld bytes", (long long)count, (long long)size);
    return memory;
}

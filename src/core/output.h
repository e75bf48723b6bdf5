/* Files that are written whole or not at all. */
#ifndef GRZI_OUTPUT_H
#define GRZI_OUTPUT_H

#include "core/core.h"

#include <stdio.h>

typedef struct grzi_output {
    FILE *file;
    const char *function, *path;
    char *beside; /* NULL: written in place */
} grzi_output;

/* A regular file is replaced by renaming a complete one over it, so that a reader sees the old or the new one and a full disk costs
 * nothing. Devices, links and files in a folder that takes no new file are written in place. */
grz_status grzi_output_open(const grz_context *context, const char *function, const char *path, grzi_output *output);
/* written: whether all writes went well, errno telling if not. On failure the old file stays and the message has the system's reason. */
grz_status grzi_output_close(const grz_context *context, grzi_output *output, int written);

/* GRZ_ERROR_IO with the system's reason: "function: action path = ... failed: reason". */
grz_status grzi_fail_io(const grz_context *context, const char *function, const char *action, const char *path, int error);

#endif

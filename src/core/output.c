#include "core/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

grz_status grzi_fail_io(const grz_context *context, const char *function, const char *action, const char *path, int error)
{
    char reason[128] = "";
    if (strerror_r(error, reason, sizeof reason) != 0) snprintf(reason, sizeof reason, "errno %d", error);
    return grzi_fail(context, GRZ_ERROR_IO, "%s: %s path = \"%.200s\" failed: %s", function, action, path, reason);
}

static FILE *open_beside(const char *path, char *beside, size_t size)
{
    struct stat state;
    int exists = lstat(path, &state) == 0;
    if (exists && !S_ISREG(state.st_mode)) return NULL;
    if (exists && access(path, W_OK) != 0) return NULL;
    for (int attempt = 0; attempt < 100; attempt++) {
        snprintf(beside, size, "%s.%ld-%d.part", path, (long)getpid(), attempt);
        int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return NULL;
        FILE *file = exists && fchmod(descriptor, state.st_mode & 07777) != 0 ? NULL : fdopen(descriptor, "wb");
        if (file) return file;
        close(descriptor);
        unlink(beside);
        return NULL;
    }
    return NULL;
}

grz_status grzi_output_open(const grz_context *context, const char *function, const char *path, grzi_output *output)
{
    size_t size = strlen(path) + 48;
    *output = (grzi_output){.function = function, .path = path};
    output->beside = grzi_allocate(context, (int64_t)size, 1);
    if (!output->beside) return GRZ_ERROR_OUT_OF_MEMORY;
    output->file = open_beside(path, output->beside, size);
    if (output->file) return GRZ_OK;
    grzi_deallocate(context, output->beside);
    output->beside = NULL;
    output->file = fopen(path, "wb");
    return output->file ? GRZ_OK : grzi_fail_io(context, function, "opening", path, errno);
}

grz_status grzi_output_close(const grz_context *context, grzi_output *output, int written)
{
    int error = errno;
    if (written && fflush(output->file) != 0) {
        error = errno;
        written = 0;
    }
    if (fclose(output->file) != 0 && written) {
        error = errno;
        written = 0;
    }
    grz_status status = written ? GRZ_OK : grzi_fail_io(context, output->function, "writing", output->path, error);
    if (output->beside) {
        if (status == GRZ_OK && rename(output->beside, output->path) != 0)
            status = grzi_fail_io(context, output->function, "replacing", output->path, errno);
        if (status != GRZ_OK) unlink(output->beside);
        grzi_deallocate(context, output->beside);
    }
    *output = (grzi_output){0};
    return status;
}

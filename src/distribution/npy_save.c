#include "distribution/distribution.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 2048, ALIGNMENT = 64, HEADER_SIZE = 128 };

static grz_status fail_io(const grz_context *context, const char *action, const char *path, int error)
{
    char reason[128] = "";
    if (strerror_r(error, reason, sizeof reason) != 0) snprintf(reason, sizeof reason, "errno %d", error);
    return grzi_fail(context, GRZ_ERROR_IO, "grz_distribution_save_npy: %s '%.200s' failed: %s", action, path, reason);
}

/* Version 1.0: magic string, version, two bytes of length, the dictionary padded so that the values begin at a multiple of 64. */
static int write_header(FILE *file, int n)
{
    unsigned char header[HEADER_SIZE];
    memset(header, ' ', sizeof header);
    memcpy(header, "\x93NUMPY\x01\x00", 8);
    header[8] = HEADER_SIZE - 10;
    header[9] = 0;
    char dictionary[HEADER_SIZE - 10];
    int length = snprintf(dictionary, sizeof dictionary, "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d, %d), }", n, n, n);
    memcpy(header + 10, dictionary, (size_t)length);
    header[HEADER_SIZE - 1] = '\n';
    return fwrite(header, 1, sizeof header, file) == sizeof header;
}

static int write_values(FILE *file, const double *values, int64_t count)
{
    unsigned char bytes[BLOCK * 8];
    for (int64_t first = 0; first < count; first += BLOCK) {
        int64_t size = count - first < BLOCK ? count - first : BLOCK;
        for (int64_t m = 0; m < size; m++) {
            uint64_t bits;
            memcpy(&bits, &values[first + m], sizeof bits);
            for (int b = 0; b < 8; b++) bytes[8 * m + b] = (unsigned char)(bits >> 8 * b);
        }
        if (fwrite(bytes, 8, (size_t)size, file) != (size_t)size) return 0;
    }
    return 1;
}

static grz_status write_stream(const grz_distribution *f, FILE *file, const char *path)
{
    int written = write_header(file, f->grid->n) && write_values(file, f->values, grzi_grid_count(f->grid)) && fflush(file) == 0;
    int error = errno;
    if (fclose(file) != 0 && written) {
        error = errno;
        written = 0;
    }
    return written ? GRZ_OK : fail_io(f->context, "writing", path, error);
}

/* A regular file is replaced by renaming a complete one over it, so that a reader sees the old or the new one and a full disk costs
 * nothing. Devices, links and files in a folder that takes no new file are written in place. */
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

grz_status grz_distribution_save_npy(const grz_distribution *distribution, const char *path)
{
    if (!distribution) return GRZ_ERROR_NULL_ARGUMENT;
    grz_context *context = distribution->context;
    GRZI_TRY(grzi_check_pointer(context, "grz_distribution_save_npy", "path", path));
    size_t size = strlen(path) + 48;
    char *beside = grzi_allocate(context, (int64_t)size, 1);
    if (!beside) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status;
    FILE *file = open_beside(path, beside, size);
    if (file) {
        status = write_stream(distribution, file, path);
        if (status == GRZ_OK && rename(beside, path) != 0) status = fail_io(context, "replacing", path, errno);
        if (status != GRZ_OK) unlink(beside);
    } else {
        file = fopen(path, "wb");
        status = file ? write_stream(distribution, file, path) : fail_io(context, "opening", path, errno);
    }
    grzi_deallocate(context, beside);
    return status;
}

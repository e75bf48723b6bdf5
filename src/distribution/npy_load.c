/* A distribution from a .npy file of any order and byte order. */
#include "distribution/distribution.h"
#include "distribution/npy.h"

#include <errno.h>
#include <string.h>

enum { BLOCK = 2048 };

static grz_status open_file(const grz_context *context, const char *function, const char *path, FILE **file)
{
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    *file = fopen(path, "rb");
    if (*file) return GRZ_OK;
    int error = errno;
    char reason[128] = "";
    if (strerror_r(error, reason, sizeof reason) != 0) snprintf(reason, sizeof reason, "errno %d", error);
    return grzi_fail(context, GRZ_ERROR_IO, "%s: cannot open '%.200s' for reading: %s", function, path, reason);
}

static double decode(const unsigned char *bytes, const grzi_npy_header *header)
{
    uint64_t bits = 0;
    for (int b = 0; b < header->item_size; b++) bits = bits << 8 | bytes[header->big_endian ? b : header->item_size - 1 - b];
    if (header->item_size == 4) {
        uint32_t half = (uint32_t)bits;
        float value;
        memcpy(&value, &half, sizeof value);
        return value;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Values in the file's order; Fortran order has x fastest. */
static grz_status read_values(const grz_distribution *f, const char *function, const char *path, FILE *file, const grzi_npy_header *header)
{
    unsigned char bytes[BLOCK * 8];
    int64_t n = f->grid->n, count = n * n * n;
    size_t size = (size_t)header->item_size;
    for (int64_t first = 0; first < count; first += BLOCK) {
        size_t wanted = (size_t)(count - first < BLOCK ? count - first : BLOCK);
        errno = 0;
        size_t got = fread(bytes, size, wanted, file);
        if (got < wanted && ferror(file))
            return grzi_fail(f->context, GRZ_ERROR_IO, "%s: reading '%.200s' failed (errno %d)", function, path, errno);
        if (got < wanted)
            return grzi_fail(f->context, GRZ_ERROR_FORMAT, "%s: '%.200s' ends after %lld of %lld values", function, path,
                             (long long)(first + (int64_t)got), (long long)count);
        for (size_t m = 0; m < wanted; m++) {
            int64_t at = first + (int64_t)m;
            if (header->fortran_order) at = (at % n * n + at / n % n) * n + at / (n * n);
            f->values[at] = decode(bytes + m * size, header);
        }
    }
    if (fgetc(file) != EOF)
        return grzi_fail(f->context, GRZ_ERROR_FORMAT, "%s: '%.200s' goes on after its %lld values", function, path, (long long)count);
    return GRZ_OK;
}

static grz_status check_shape(const grz_context *context, const char *function, const char *path, const grzi_npy_header *header, int n)
{
    int cubic = header->rank == 3;
    for (int a = 0; cubic && a < 3; a++) cubic = header->shape[a] == n;
    if (cubic) return GRZ_OK;
    if (header->rank != 3)
        return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: '%.200s' holds an array of %d dimensions, the grid's is (%d, %d, %d)", function,
                         path, header->rank, n, n, n);
    return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: '%.200s' holds an array of shape (%lld, %lld, %lld), the grid's is (%d, %d, %d)",
                     function, path, (long long)header->shape[0], (long long)header->shape[1], (long long)header->shape[2], n, n, n);
}

static grz_status load(grz_distribution *f, const char *path, FILE *file)
{
    static const char *const function = "grz_distribution_load_npy";
    grzi_npy_header header;
    GRZI_TRY(grzi_npy_read_header(f->context, function, path, file, &header));
    GRZI_TRY(check_shape(f->context, function, path, &header, f->grid->n));
    GRZI_TRY(read_values(f, function, path, file, &header));
    return grzi_check_field_nonnegative(f->grid, function, "values", f->values);
}

grz_status grz_distribution_load_npy(grz_context *context, const grz_grid *grid, const char *path, grz_distribution **out)
{
    static const char *const function = "grz_distribution_load_npy";
    FILE *file;
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(open_file(context, function, path, &file));
    grz_distribution *made = NULL;
    grz_status status = grzi_distribution_new(context, grid, &made);
    if (status == GRZ_OK) status = load(made, path, file);
    fclose(file);
    if (status == GRZ_OK)
        *out = made;
    else
        grz_distribution_destroy(&made);
    return status;
}

grz_status grz_npy_nodes_per_axis(grz_context *context, const char *path, int32_t *n)
{
    static const char *const function = "grz_npy_nodes_per_axis";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    FILE *file;
    grzi_npy_header header;
    GRZI_TRY(grzi_check_pointer(context, function, "n", n));
    GRZI_TRY(open_file(context, function, path, &file));
    grz_status status = grzi_npy_read_header(context, function, path, file, &header);
    fclose(file);
    GRZI_TRY(status);
    if (header.rank != 3 || header.shape[0] != header.shape[1] || header.shape[0] != header.shape[2] || header.shape[0] < 8 ||
        header.shape[0] > 1024)
        return grzi_fail(context, GRZ_ERROR_FORMAT,
                         "%s: '%.200s' holds no array of shape (n, n, n), 8 <= n <= 1024, but of %d dimensions, (%lld, ...)", function,
                         path, header.rank, (long long)header.shape[0]);
    *n = (int32_t)header.shape[0];
    return GRZ_OK;
}

/* A distribution as a .npy file. */
#include "core/output.h"
#include "distribution/distribution.h"

#include <string.h>

enum { BLOCK = 2048, ALIGNMENT = 64, HEADER_SIZE = 128 };

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

grz_status grz_distribution_save_npy(const grz_distribution *distribution, const char *path)
{
    static const char *const function = "grz_distribution_save_npy";
    if (!distribution) return GRZ_ERROR_NULL_ARGUMENT;
    const grz_context *context = distribution->context;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    grzi_output output;
    GRZI_TRY(grzi_output_open(context, function, path, &output));
    int written = write_header(output.file, distribution->grid->n) &&
                  write_values(output.file, distribution->values, grzi_grid_count(distribution->grid));
    return grzi_output_close(context, &output, written);
}

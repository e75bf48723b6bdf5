/* Headers of NumPy's .npy files (format versions 1 to 3, NEP 1). */
#ifndef GRZI_NPY_H
#define GRZI_NPY_H

#include "core/core.h"

#include <stdio.h>

enum { GRZI_NPY_LARGEST_RANK = 32, GRZI_NPY_LARGEST_HEADER = 65536 };

typedef struct grzi_npy_header {
    int item_size, big_endian, fortran_order, rank;
    int64_t shape[GRZI_NPY_LARGEST_RANK];
} grzi_npy_header;

/* Reads magic string and header, leaving the stream at the first value. GRZ_ERROR_FORMAT, GRZ_ERROR_IO, GRZ_ERROR_OUT_OF_MEMORY. */
grz_status grzi_npy_read_header(const grz_context *context, const char *function, const char *path, FILE *file, grzi_npy_header *header);

/* The header's dictionary: NULL, or a static sentence about what is wrong at byte *position. */
const char *grzi_npy_parse(const char *text, grzi_npy_header *header, int64_t *position);

#endif

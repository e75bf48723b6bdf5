/* The name of the BLAS in use, for grz_build_configuration. */
#ifndef GRZI_BLAS_H
#define GRZI_BLAS_H

#include <stddef.h>

/* One line; size > 0 bytes at most. */
void grzi_blas_name(char *text, size_t size);

#endif

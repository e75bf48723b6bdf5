/* The way into BLAS and LAPACK, for set-up only. */
#ifndef GRZI_LAPACK_H
#define GRZI_LAPACK_H

#include "core/core.h"

#include <cblas.h>
#include <lapacke.h>

/* Integers of 64 bits would be written into room for 32. */
__extension__ _Static_assert(sizeof(lapack_int) == 4, "LAPACKE with 64-bit integers (ILP64) is not supported");
#if defined(__GNUC__)
__extension__ _Static_assert(__builtin_types_compatible_p(__typeof__(&cblas_dscal), void (*)(int, double, double *, int)),
                             "a BLAS with 64-bit integers (ILP64) is not supported");
#endif

/* Runs a piece of dense algebra on a thread of its own, with a stack of 8 MiB and the default floating-point environment, and waits: a
 * threaded LAPACK takes hundreds of KiB of stack and some of its routines compute infinities on purpose, which the caller's thread may not
 * stand. At most a few run at a time (OpenBLAS counts the threads that call it), and none where a limit of address space leaves too little
 * for OpenBLAS, which would not return. Where no thread is to be had it runs on the caller's.
 * GRZ_OK or GRZ_ERROR_OUT_OF_MEMORY. run must not report progress. */
grz_status grzi_run_lapack(const grz_context *context, void (*run)(void *), void *user);

#endif

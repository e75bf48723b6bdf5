/* Old name of support/allocators.h. */
#include "support/allocators.h"
typedef counting_allocator failing_allocator;
#define failing_allocate counted_allocate
#define failing_release  counted_release

/* Old name of support/check.h. */
#include "support/check.h"
typedef counting_allocator ledger;
#define ledger_allocate counted_allocate
#define ledger_release  counted_release

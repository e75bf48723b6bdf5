#include "core.h"

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

const char *grz_version(void)
{
    return TEXT(GRZ_VERSION_MAJOR) "." TEXT(GRZ_VERSION_MINOR) "." TEXT(GRZ_VERSION_PATCH);
}

int32_t grz_abi_version(void)
{
    return GRZ_ABI_VERSION;
}

/* The names and values of the public constants, for callers that cannot read the header. */
#include "core.h"

#include <string.h>

static const struct {
    const char *name;
    int32_t value;
} table[] = {
#define CONSTANT(name) {#name, name},
#include "core/constants.def"
};

enum { COUNT = sizeof table / sizeof table[0] };

int32_t grz_constant_count(void)
{
    return COUNT;
}

const char *grz_constant_name(int32_t index)
{
    return index >= 0 && index < COUNT ? table[index].name : NULL;
}

grz_status grz_constant_value(const char *name, int32_t *value)
{
    if (!name || !value) return GRZ_ERROR_NULL_ARGUMENT;
    for (int i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, name) == 0) {
            *value = table[i].value;
            return GRZ_OK;
        }
    return GRZ_ERROR_INVALID_ARGUMENT;
}

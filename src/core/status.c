/* Names of statuses and a sentence for each. */
#include "core.h"

/* Statuses are numbered from 0 in their order. */
static const char *const table[][2] = {
#define STATUS(name, sentence) {#name, sentence},
#include "core/constants.def"
};

static const char *entry(grz_status status, int column)
{
    int count = (int)(sizeof table / sizeof table[0]);
    return (int)status >= 0 && (int)status < count ? table[status][column] : "unknown status";
}

const char *grz_status_name(grz_status status)
{
    return entry(status, 0);
}

const char *grz_status_string(grz_status status)
{
    return entry(status, 1);
}

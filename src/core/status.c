#include "core.h"

/* The one table of statuses: identifier, sentence. Its order is the numbering. */
static const char *const table[][2] = {
    {"GRZ_OK", "success"},
    {"GRZ_ERROR_NULL_ARGUMENT", "a required argument is NULL"},
    {"GRZ_ERROR_INVALID_ARGUMENT", "an argument is out of its range"},
    {"GRZ_ERROR_NOT_FINITE", "an input is NaN or infinite"},
    {"GRZ_ERROR_NOT_POSITIVE", "a density is not positive where its logarithm is needed"},
    {"GRZ_ERROR_OUT_OF_MEMORY", "an allocation failed"},
    {"GRZ_ERROR_SIZE_OVERFLOW", "a size does not fit its integer type or the address space"},
    {"GRZ_ERROR_CALLBACK", "a user callback asked to stop"},
    {"GRZ_ERROR_CANCELLED", "the computation was cancelled"},
    {"GRZ_ERROR_IO", "a file cannot be opened, read or written"},
    {"GRZ_ERROR_FORMAT", "a file's content is not what the function reads"},
    {"GRZ_ERROR_MISMATCH", "two arguments do not belong together"},
    {"GRZ_ERROR_UNSUPPORTED", "this object does not offer the operation"},
    {"GRZ_ERROR_NOT_CONVERGED", "an iteration reached its cap"},
    {"GRZ_ERROR_NOT_REPRESENTABLE", "a result overflows double precision"},
    {"GRZ_ERROR_INTERNAL", "a defect of the library or of a library below it"},
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

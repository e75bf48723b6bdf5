/* Checks of a caller's field on a grid: the message names the node by its three indices and its velocity. */
#include "distribution/grid.h"

#include <math.h>

typedef enum requirement { FINITE, NONNEGATIVE, POSITIVE } requirement;

static int fails(requirement wanted, double value)
{
    return wanted == FINITE ? !isfinite(value) : wanted == NONNEGATIVE ? !(value >= 0) : !(value > 0);
}

static grz_status refuse(const grz_grid *grid, const char *function, const char *name, const double *values, requirement wanted, int64_t i)
{
    static const char *const words[] = {"not finite", "negative", "not positive"};
    return grzi_fail(grid->context, wanted == FINITE ? GRZ_ERROR_NOT_FINITE : GRZ_ERROR_NOT_POSITIVE,
                     "%s: %s[%lld] = %g is %s, " GRZI_PLACE, function, name, (long long)i, values[i], words[wanted],
                     GRZI_PLACE_OF(grid, i));
}

static grz_status check(const grz_grid *grid, const char *function, const char *name, const double *values, requirement wanted)
{
    int64_t count = grzi_grid_count(grid);
    GRZI_TRY(grzi_check_pointer(grid->context, function, name, values));
    if (!grzi_all_finite(values, count))
        for (int64_t i = 0; i < count; i++)
            if (fails(FINITE, values[i])) return refuse(grid, function, name, values, FINITE, i);
    for (int64_t i = 0; wanted != FINITE && i < count; i++)
        if (fails(wanted, values[i])) return refuse(grid, function, name, values, wanted, i);
    return GRZ_OK;
}

grz_status grzi_check_field_finite(const grz_grid *grid, const char *function, const char *name, const double *values)
{
    return check(grid, function, name, values, FINITE);
}

grz_status grzi_check_field_nonnegative(const grz_grid *grid, const char *function, const char *name, const double *values)
{
    return check(grid, function, name, values, NONNEGATIVE);
}

grz_status grzi_check_field_positive(const grz_grid *grid, const char *function, const char *name, const double *values)
{
    return check(grid, function, name, values, POSITIVE);
}

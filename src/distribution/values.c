/* Distributions whose values are given: by an array, by a callback, anew. */
#include "distribution/distribution.h"

#include <math.h>
#include <string.h>

grz_status grzi_distribution_check(const grz_context *context, const char *function, const grz_grid *grid, const void *out)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "grid", grid));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (grid->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: grid belongs to another context", function);
    return GRZ_OK;
}

grz_status grzi_distribution_new(grz_context *context, const grz_grid *grid, grz_distribution **made)
{
    grz_distribution *distribution = grzi_allocate_zeroed(context, 1, sizeof *distribution);
    if (!distribution) return GRZ_ERROR_OUT_OF_MEMORY;
    distribution->values = grzi_allocate_zeroed(context, grzi_grid_count(grid), sizeof(double));
    if (!distribution->values) {
        grzi_deallocate(context, distribution);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    distribution->context = grzi_context_retain(context);
    distribution->grid = grzi_grid_retain(grid);
    *made = distribution;
    return GRZ_OK;
}

void grz_distribution_destroy(grz_distribution **distribution)
{
    if (!distribution || !*distribution) return;
    grz_context *context = (*distribution)->context;
    grzi_deallocate(context, (*distribution)->values);
    grzi_grid_release((*distribution)->grid);
    grzi_deallocate(context, *distribution);
    grzi_context_release(context);
    *distribution = NULL;
}

grz_status grz_distribution_create_array(grz_context *context, const grz_grid *grid, const double *values, grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_array";
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(grzi_check_field_nonnegative(grid, function, "values", values));
    grz_distribution *made;
    GRZI_TRY(grzi_distribution_new(context, grid, &made));
    memcpy(made->values, values, (size_t)grzi_grid_count(grid) * sizeof *values);
    *out = made;
    return GRZ_OK;
}

/* Blocks of nodes: large enough for a vectorised callback, few enough that progress is reported at most some hundred times. */
static grz_status fill_from_callback(grz_distribution *f, grz_density_fn density, void *user)
{
    static const char *const function = "grz_distribution_create_callback";
    const grz_grid *grid = f->grid;
    int64_t count = grzi_grid_count(grid), n = grid->n, block = count / 256 > 4096 ? count / 256 : 4096;
    if (block > count) block = count;
    double *velocity = grzi_allocate(f->context, 3 * block, sizeof *velocity);
    if (!velocity) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = GRZ_OK;
    for (int64_t first = 0; first < count && status == GRZ_OK; first += block) {
        int64_t size = count - first < block ? count - first : block;
        for (int64_t m = 0; m < size; m++) {
            int64_t node = first + m;
            velocity[3 * m] = grzi_grid_node(grid, 0, (int)(node / (n * n)));
            velocity[3 * m + 1] = grzi_grid_node(grid, 1, (int)(node / n % n));
            velocity[3 * m + 2] = grzi_grid_node(grid, 2, (int)(node % n));
        }
        int answer = density(size, velocity, f->values + first, user);
        if (answer != 0)
            status = grzi_fail(f->context, GRZ_ERROR_CALLBACK, "%s: the callback returned %d at " GRZI_PLACE, function, answer,
                               GRZI_PLACE_OF(grid, first));
        else
            status = grzi_report_progress(f->context, "distribution from a callback", (double)(first + size) / (double)count);
    }
    grzi_deallocate(f->context, velocity);
    return status != GRZ_OK ? status : grzi_check_field_nonnegative(grid, function, "density", f->values);
}

grz_status grz_distribution_create_callback(grz_context *context, const grz_grid *grid, grz_density_fn density, void *user,
                                            grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_callback";
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    if (!density) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: density is NULL", function);
    grz_distribution *made;
    GRZI_TRY(grzi_distribution_new(context, grid, &made));
    grz_status status = fill_from_callback(made, density, user);
    if (status == GRZ_OK)
        *out = made;
    else
        grz_distribution_destroy(&made);
    return status;
}

grz_status grz_distribution_values(const grz_distribution *distribution, double *values)
{
    if (!distribution) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(distribution->context, "grz_distribution_values", "values", values));
    memmove(values, distribution->values, (size_t)grzi_grid_count(distribution->grid) * sizeof *values);
    return GRZ_OK;
}

grz_status grz_distribution_set_values(grz_distribution *distribution, const double *values)
{
    if (!distribution) return GRZ_ERROR_NULL_ARGUMENT;
    int64_t count = grzi_grid_count(distribution->grid);
    GRZI_TRY(grzi_check_field_nonnegative(distribution->grid, "grz_distribution_set_values", "values", values));
    memmove(distribution->values, values, (size_t)count * sizeof *values);
    return GRZ_OK;
}

const double *grz_distribution_view(const grz_distribution *distribution)
{
    return distribution ? distribution->values : NULL;
}

const grz_grid *grz_distribution_grid(const grz_distribution *distribution)
{
    return distribution ? distribution->grid : NULL;
}

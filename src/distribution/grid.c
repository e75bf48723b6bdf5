/* Cell-centred grids of n^3 velocities. */
#include "grid.h"

#include <math.h>
#include <string.h>

grz_status grz_grid_create(grz_context *context, int32_t n, double half_width, const double *centre, grz_grid **out)
{
    static const char *const function = "grz_grid_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "n", n, 8, 1024));
    GRZI_TRY(grzi_check_range(context, function, "half_width", half_width, 1e-50, 1e50));
    /* Farther away, the nodes' rounding would show in the spacing. */
    for (int a = 0; centre && a < 3; a++)
        GRZI_TRY(grzi_check_range(context, function, (const char *[]){"centre[0]", "centre[1]", "centre[2]"}[a], centre[a],
                                  -1e6 * half_width, 1e6 * half_width));
    grz_grid *grid = grzi_allocate_zeroed(context, 1, sizeof *grid);
    if (!grid) return GRZ_ERROR_OUT_OF_MEMORY;
    grid->references = 1;
    grid->context = grzi_context_retain(context);
    grid->n = n;
    grid->half_width = half_width;
    grid->spacing = 2 * half_width / n;
    if (centre) memcpy(grid->centre, centre, sizeof grid->centre);
    *out = grid;
    return GRZ_OK;
}

grz_grid *grzi_grid_retain(const grz_grid *grid)
{
    grz_grid *shared = (grz_grid *)grid;
    grzi_retain(&shared->references);
    return shared;
}

void grzi_grid_release(grz_grid *grid)
{
    if (!grid || !grzi_release_last(&grid->references)) return;
    grz_context *context = grid->context;
    grzi_deallocate(context, grid);
    grzi_context_release(context);
}

void grz_grid_destroy(grz_grid **grid)
{
    if (!grid) return;
    grzi_grid_release(*grid);
    *grid = NULL;
}

int grzi_grid_equal(const grz_grid *a, const grz_grid *b)
{
    return a->n == b->n && a->half_width == b->half_width && a->centre[0] == b->centre[0] && a->centre[1] == b->centre[1] &&
           a->centre[2] == b->centre[2];
}

int32_t grz_grid_nodes_per_axis(const grz_grid *grid)
{
    return grid ? grid->n : 0;
}

int64_t grz_grid_node_count(const grz_grid *grid)
{
    return grid ? grzi_grid_count(grid) : 0;
}

double grz_grid_half_width(const grz_grid *grid)
{
    return grid ? grid->half_width : NAN;
}

double grz_grid_spacing(const grz_grid *grid)
{
    return grid ? grid->spacing : NAN;
}

grz_status grz_grid_centre(const grz_grid *grid, double *centre)
{
    if (!grid) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(grid->context, "grz_grid_centre", "centre", centre));
    memcpy(centre, grid->centre, sizeof grid->centre);
    return GRZ_OK;
}

grz_status grz_grid_axis_nodes(const grz_grid *grid, int32_t axis, double *nodes)
{
    static const char *const function = "grz_grid_axis_nodes";
    if (!grid) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(grid->context, function, "axis", axis, 0, 2));
    GRZI_TRY(grzi_check_pointer(grid->context, function, "nodes", nodes));
    for (int i = 0; i < grid->n; i++) nodes[i] = grzi_grid_node(grid, axis, i);
    return GRZ_OK;
}

/* Cell-centred grids of n^3 velocities, and checks of fields on them. */
#ifndef GRZI_GRID_H
#define GRZI_GRID_H

#include "core/core.h"

struct grz_grid {
    int references;
    grz_context *context;
    int n;
    double half_width, spacing, centre[3];
};

grz_grid *grzi_grid_retain(const grz_grid *grid);
void grzi_grid_release(grz_grid *grid);

static inline int64_t grzi_grid_count(const grz_grid *grid)
{
    return (int64_t)grid->n * grid->n * grid->n;
}

/* v_i = centre - L + (i + 1/2) h */
static inline double grzi_grid_node(const grz_grid *grid, int axis, int i)
{
    return grid->centre[axis] - grid->half_width + (i + 0.5) * grid->spacing;
}

/* Volume h^3 of a cell: the midpoint rule's weight. */
static inline double grzi_grid_cell(const grz_grid *grid)
{
    return grid->spacing * grid->spacing * grid->spacing;
}

/* Index of node number i, z fastest, along an axis. */
static inline int grzi_grid_index(const grz_grid *grid, int axis, int64_t i)
{
    int64_t n = grid->n;
    return (int)(axis == 0 ? i / (n * n) : axis == 1 ? i / n % n : i % n);
}

/* A node in a message, by its indices and its velocity: format and arguments. */
#define GRZI_PLACE "node (%d, %d, %d) at v = (%g, %g, %g)"
#define GRZI_PLACE_OF(grid, i)                                                                                      \
    grzi_grid_index(grid, 0, i), grzi_grid_index(grid, 1, i), grzi_grid_index(grid, 2, i),                          \
        grzi_grid_node(grid, 0, grzi_grid_index(grid, 0, i)), grzi_grid_node(grid, 1, grzi_grid_index(grid, 1, i)), \
        grzi_grid_node(grid, 2, grzi_grid_index(grid, 2, i))

/* n^3 values of a caller: GRZ_OK, or the failure recorded with the name, the first bad value and its place. */
grz_status grzi_check_field_finite(const grz_grid *grid, const char *function, const char *name, const double *values);
grz_status grzi_check_field_nonnegative(const grz_grid *grid, const char *function, const char *name, const double *values);
grz_status grzi_check_field_positive(const grz_grid *grid, const char *function, const char *name, const double *values);

int grzi_grid_equal(const grz_grid *a, const grz_grid *b);

#endif

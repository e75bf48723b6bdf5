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

int grzi_grid_equal(const grz_grid *a, const grz_grid *b);

#endif

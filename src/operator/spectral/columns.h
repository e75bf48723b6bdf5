/* The retained modes as columns along x, eight side by side, and transforms between them and fields in velocity space that skip what is
 * empty and store nothing larger than a few planes.
 *
 * A group is the columns (y, z..z+7), z >= 0 a multiple of eight; an entry is eight complex numbers of a group. Mode arrays are
 * [group][slot] entries, slot = x in the transforms' order without the frequencies that no mode has; what is no mode is zero. Column arrays
 * hold what lies between the transforms along x and those in planes: [x][group] entries, all n values of x. Two real fields share the
 * transforms in a plane of constant x, as real and imaginary part. */
#ifndef GRZI_SPECTRAL_COLUMNS_H
#define GRZI_SPECTRAL_COLUMNS_H

#include "core/crew.h"
#include "core/fft.h"
#include "operator/spectral/modes.h"

enum { GRZI_ENTRY = 2 * GRZI_LANES };

typedef struct grzi_column_group {
    int32_t y, z; /* of its first column */
} grzi_column_group;

typedef struct grzi_columns {
    int n, slots, last, depth; /* last: largest component of a mode; depth: groups along z */
    int groups, stride;        /* entries of a column array's plane */
    grzi_column_group *group;
    int32_t *mode;  /* of each entry and lane of a mode array, -1: none */
    double *inside; /* factors 1 or 0 */
    grzi_fft_axes axes;
} grzi_columns;

/* For transforms of n^3 nodes, n > 2h for the modes' largest component h. */
grz_status grzi_columns_create(const grz_context *context, const grzi_modes *modes, int n, grzi_columns *columns);
void grzi_columns_destroy(const grz_context *context, grzi_columns *columns);

/* Lengths in doubles: of mode and column arrays; of factors of modes, even or odd in x and hence stored for x >= 0 only, [group][x] eight
 * numbers each; of weights by column. */
static inline int64_t grzi_mode_entries(const grzi_columns *columns)
{
    return (int64_t)columns->groups * columns->slots * GRZI_LANES;
}

static inline int64_t grzi_factor_array(const grzi_columns *columns)
{
    return (int64_t)columns->groups * (columns->last + 1) * GRZI_LANES;
}

static inline int64_t grzi_mode_array(const grzi_columns *columns)
{
    return 2 * grzi_mode_entries(columns);
}

static inline int64_t grzi_column_array(const grzi_columns *columns)
{
    return (int64_t)columns->n * columns->stride * GRZI_ENTRY;
}

static inline int64_t grzi_weight_array(const grzi_columns *columns)
{
    return (int64_t)columns->groups * GRZI_LANES;
}

/* The mode of the i-th factor, or -1. */
static inline int32_t grzi_factor_mode(const grzi_columns *columns, int64_t i)
{
    int64_t length = (int64_t)(columns->last + 1) * GRZI_LANES;
    return columns->mode[i / length * columns->slots * GRZI_LANES + i % length];
}

/* Factors from a table by modes (one number each, read where x >= 0); y^a z^b at each column; and a ball array to or from a mode array. */
void grzi_columns_spread(const grzi_columns *columns, const double *by_mode, double *factors);
void grzi_columns_weight(const grzi_columns *columns, int a, int b, double *weight);
void grzi_columns_to_ball(const grzi_columns *columns, const double *modes, double complex *ball);
void grzi_columns_from_ball(const grzi_columns *columns, const double complex *ball, double *modes);

/* What one thread works in: modes and half transforms of a plane, zero where no mode is and kept so, the plane's n * n values, a line. */
typedef struct grzi_plane {
    double complex *modes, *half, *values, *line;
} grzi_plane;

static inline int64_t grzi_plane_work(const grzi_columns *columns)
{
    return 2 * (int64_t)columns->n * (3 * columns->n + GRZI_LANES);
}

/* work: grzi_plane_work doubles, zero at first. */
grzi_plane grzi_plane_of(const grzi_columns *columns, double *work);

/* One group: modes * factor, transformed along x into a column array; and back, modes += factor * transform, or = where fresh, for an even
 * factor. */
void grzi_group_backward(const grzi_columns *columns, int group, const double *modes, const double *factor, int odd, const grzi_plane *work,
                         double *out);
void grzi_group_forward(const grzi_columns *columns, int group, double *in, const double *factor, int fresh, const grzi_plane *work,
                        double *modes);

/* weight * column + other in one plane of column arrays; other may be NULL, weight of both fields of a pair or of neither. */
typedef struct grzi_plane_field {
    const double *column, *weight, *other;
} grzi_plane_field;

/* work->values = a + i b; and from them, destroying them, the planes a and b (NULL: not wanted) of column arrays. */
void grzi_plane_backward(const grzi_columns *columns, const grzi_plane_field *a, const grzi_plane_field *b, const grzi_plane *work);
void grzi_plane_forward(const grzi_columns *columns, const grzi_plane *work, double *a, double *b);

/* Unnormalised transforms of scale times a field of box^3 nodes, zero at the others of the n^3, and back to those. work: grzi_field_work
 * doubles, zero at first. */
void grzi_field_to_modes(const grzi_columns *columns, grzi_crew *crew, int box, const double *field, double scale, double *work,
                         double *modes);
void grzi_modes_to_field(const grzi_columns *columns, grzi_crew *crew, int box, const double *modes, double scale, double *work,
                         double *field);

static inline int64_t grzi_field_work(const grzi_columns *columns, int threads)
{
    return grzi_column_array(columns) + threads * grzi_plane_work(columns);
}

#endif

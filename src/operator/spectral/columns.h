/* The retained modes as columns along x, eight side by side, and transforms between them and fields in velocity space that skip what is
 * empty and store nothing larger than a few planes.
 *
 * A group is the columns (y, z..z+7), z >= 0 a multiple of eight. Mode arrays are [group][slot] entries of grzi_fft_batch, slot = x in the
 * transforms' order without the frequencies that no mode has; what is no mode is zero. Column arrays hold what lies between the transforms
 * along x and those in planes: [x][group] entries, all n values of x, and in each plane one group of zeros and one for what is dropped. A
 * sheet is one plane of constant x, or two where n is no multiple of eight: its rows (x, y) go eight side by side through the transforms
 * along z. */
#ifndef GRZI_SPECTRAL_COLUMNS_H
#define GRZI_SPECTRAL_COLUMNS_H

#include "core/fft_batch.h"
#include "operator/spectral/modes.h"

typedef struct grzi_column_group {
    int32_t y, z; /* of its first column */
} grzi_column_group;

typedef struct grzi_columns {
    int n, slots, last, depth; /* last: largest component of a mode; depth: groups along z */
    int groups, stride;        /* entries of a column array's plane */
    int planes, sheets, rows;  /* of a sheet; rows rounded up to eight */
    grzi_column_group *group;
    int32_t *mode;         /* of each entry and lane of a mode array, -1: none */
    double *inside;        /* factors 1 or 0 */
    int32_t *along, *row;  /* n places: of x in a column array, of y in a sheet's half spectra */
    int32_t *plane, *drop; /* [depth][n] places of y in a column array's plane; where no group is, the zeros and what is dropped */
    grzi_fft_batch batch;
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
    return (int64_t)(columns->groups + 1) * GRZI_LANES;
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

/* What one thread works in: half spectra in z of a sheet's rows of two fields, a line and two to spare. */
typedef struct grzi_sheet {
    double *a, *b, *line, *spare;
} grzi_sheet;

static inline int64_t grzi_sheet_work(const grzi_columns *columns)
{
    return (2 * (int64_t)columns->rows * columns->depth + 3 * columns->n) * GRZI_ENTRY;
}

grzi_sheet grzi_sheet_of(const grzi_columns *columns, double *work);

static inline int grzi_sheet_planes(const grzi_columns *columns, int sheet)
{
    int left = columns->n - sheet * columns->planes;
    return left < columns->planes ? left : columns->planes;
}

/* One group: modes * factor, transformed along x into a column array; and back, modes += factor * transform, or = where fresh, for an even
 * factor. */
void grzi_group_backward(const grzi_columns *columns, int group, const double *modes, const double *factor, int odd, const grzi_sheet *work,
                         double *out);
void grzi_group_forward(const grzi_columns *columns, int group, double *in, const double *factor, int fresh, const grzi_sheet *work,
                        double *modes);

/* One sheet of weight * in + other, column arrays (weight and other may be NULL), transformed along y into half spectra; and back. */
void grzi_sheet_backward(const grzi_columns *columns, int sheet, double *in, const double *weight, double *other, const grzi_sheet *work,
                         double *half);
void grzi_sheet_forward(const grzi_columns *columns, int sheet, double *half, const grzi_sheet *work, double *out);

/* Rows 8 block .. 8 block + 7 of two fields' half spectra a and b, transformed along z to a + i b; and back. */
void grzi_rows_backward(const grzi_columns *columns, int block, const double *a, const double *b, const grzi_sheet *work, grzi_stream out);
void grzi_rows_forward(const grzi_columns *columns, int block, grzi_stream in, const grzi_sheet *work, double *a, double *b);

/* Unnormalised transforms of scale times a field of n^3 nodes, and back. work: grzi_field_work doubles. */
void grzi_field_to_modes(const grzi_columns *columns, int threads, const double *field, double scale, double *work, double *modes);
void grzi_modes_to_field(const grzi_columns *columns, int threads, const double *modes, double scale, double *work, double *field);

static inline int64_t grzi_field_work(const grzi_columns *columns, int threads)
{
    return grzi_column_array(columns) + threads * grzi_sheet_work(columns);
}

#endif

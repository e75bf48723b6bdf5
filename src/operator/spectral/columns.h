/* The retained modes as columns along x, and transforms between them and fields in velocity space that skip what is empty.
 *
 * Mode arrays are cut in blocks of GRZI_FFT_COLUMNS columns (y, z), z >= 0: [block][slot][column], slot = x in the transforms' order
 * without the frequencies that no mode has. Entries that are no mode are zero. Column arrays hold what lies between the two halves of a
 * transform: all n values of x in place of the slots. */
#ifndef GRZI_SPECTRAL_COLUMNS_H
#define GRZI_SPECTRAL_COLUMNS_H

#include "operator/spectral/modes.h"

/* Consecutive columns of one block whose z is consecutive: in a plane, (y, z) at plus + i and (-y, -z) at minus - i. */
typedef struct grzi_column_run {
    int32_t block, column, length, plus, minus;
} grzi_column_run;

typedef struct grzi_columns {
    int n, slots, count, blocks, run_count;
    grzi_column_run *runs;
    int32_t *mode;  /* of each entry of a mode array, -1: none */
    double *inside; /* 1 or 0 */
    grzi_fft_layers layers;
} grzi_columns;

/* For transforms of n^3 nodes, n > 2h for the modes' largest component h. */
grz_status grzi_columns_create(const grz_context *context, const grzi_modes *modes, int n, grzi_columns *columns);
void grzi_columns_destroy(const grz_context *context, grzi_columns *columns);

/* Lengths of mode and column arrays, and of a plane, the latter rounded up for alignment. */
static inline int64_t grzi_mode_entries(const grzi_columns *columns)
{
    return (int64_t)columns->blocks * columns->slots * GRZI_FFT_COLUMNS;
}

static inline int64_t grzi_column_entries(const grzi_columns *columns)
{
    return (int64_t)columns->blocks * columns->n * GRZI_FFT_COLUMNS;
}

static inline int64_t grzi_plane_entries(const grzi_columns *columns)
{
    return ((int64_t)columns->n * columns->n + 7) / 8 * 8;
}

/* Mode array from a table by modes (one number each), and a ball array to or from a mode array. */
void grzi_columns_spread(const grzi_columns *columns, const double *by_mode, double *entries);
void grzi_columns_to_ball(const grzi_columns *columns, const double complex *entries, double complex *ball);
void grzi_columns_from_ball(const grzi_columns *columns, const double complex *ball, double complex *entries);

/* One block: modes * factor, transformed along x into column arrays' block; and back, block destroyed, modes += factor * transform. */
void grzi_block_backward(const grzi_columns *columns, int block, const double complex *modes, const double *factor, double complex *out);
void grzi_block_forward(const grzi_columns *columns, int block, double complex *in, const double *factor, double complex *modes);

/* Plane of a + i b from two real fields' column arrays, which begin at the field's x (b may be NULL); what is outside the ball must be
 * zero in plane. And back: the two real fields' columns from the transform of a + i b. */
void grzi_plane_pack(const grzi_columns *columns, const double complex *a, const double complex *b, double complex *plane);
void grzi_plane_unpack(const grzi_columns *columns, const double complex *plane, double complex *a, double complex *b);

/* Unnormalised transforms of scale times a field of n^3 nodes, and back. work: a column array and three planes for each thread, see
 * below. */
void grzi_field_to_modes(const grzi_columns *columns, int threads, const double *field, double scale, double complex *work,
                         double complex *modes);
void grzi_modes_to_field(const grzi_columns *columns, int threads, const double complex *modes, double scale, double complex *work,
                         double *field);

static inline int64_t grzi_field_work(const grzi_columns *columns, int threads)
{
    return grzi_column_entries(columns) + 3 * threads * grzi_plane_entries(columns);
}

#endif

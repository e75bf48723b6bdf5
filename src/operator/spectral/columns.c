#include "operator/spectral/columns.h"

#include <string.h>

enum { WIDTH = GRZI_FFT_COLUMNS };

/* Rows of modes come with x = 0 first, so that column (y, z) is the number of mode (0, y, z). */
static void fill(const grzi_modes *modes, grzi_columns *columns)
{
    int n = columns->n, h = columns->slots / 2;
    grzi_column_run *run = columns->runs;
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) columns->mode[e] = -1;
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        int slot = row->x >= 0 ? row->x : row->x + 2 * h + 1;
        const grzi_mode_row *zero = modes->rows;
        while (zero->y != row->y) zero++;
        for (int z = 0; z < row->length; z++) {
            int column = (int)zero->first + z, block = column / WIDTH;
            columns->mode[((int64_t)block * columns->slots + slot) * WIDTH + column % WIDTH] = (int32_t)(row->first + z);
            if (row->x != 0) continue;
            if (z <= 1 || column % WIDTH == 0) { /* -z is next to z = 0 at the other end of its line */
                int opposite = (n - row->y) % n * n + (n - z) % n;
                *run++ = (grzi_column_run){block, column % WIDTH, 0, (row->y + n) % n * n + z, opposite};
            }
            run[-1].length++;
        }
    }
    columns->run_count = (int)(run - columns->runs);
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) columns->inside[e] = columns->mode[e] >= 0;
}

grz_status grzi_columns_create(const grz_context *context, const grzi_modes *modes, int n, grzi_columns *columns)
{
    grzi_columns made = {.n = n};
    for (int r = 0; r < modes->row_count && modes->rows[r].x == 0; r++) made.count += modes->rows[r].length;
    for (int r = 0; r < modes->row_count; r++)
        if (modes->rows[r].x >= made.slots) made.slots = modes->rows[r].x;
    made.slots = 2 * made.slots + 1;
    made.blocks = (made.count + WIDTH - 1) / WIDTH;
    *columns = (grzi_columns){0};
    made.runs = grzi_allocate(context, made.count, sizeof *made.runs);
    made.mode = grzi_allocate(context, grzi_mode_entries(&made), sizeof *made.mode);
    made.inside = grzi_allocate(context, grzi_mode_entries(&made), sizeof *made.inside);
    grz_status status = made.runs && made.mode && made.inside ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_fft_layers_create(context, n, &made.layers);
    if (status != GRZ_OK) {
        grzi_columns_destroy(context, &made);
        return status;
    }
    fill(modes, &made);
    *columns = made;
    return GRZ_OK;
}

void grzi_columns_destroy(const grz_context *context, grzi_columns *columns)
{
    grzi_deallocate(context, columns->runs);
    grzi_deallocate(context, columns->mode);
    grzi_deallocate(context, columns->inside);
    grzi_fft_layers_destroy(&columns->layers);
    *columns = (grzi_columns){0};
}

void grzi_columns_spread(const grzi_columns *columns, const double *by_mode, double *entries)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) entries[e] = columns->mode[e] >= 0 ? by_mode[columns->mode[e]] : 0;
}

void grzi_columns_to_ball(const grzi_columns *columns, const double complex *entries, double complex *ball)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++)
        if (columns->mode[e] >= 0) ball[columns->mode[e]] = entries[e];
}

void grzi_columns_from_ball(const grzi_columns *columns, const double complex *ball, double complex *entries)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) entries[e] = columns->mode[e] >= 0 ? ball[columns->mode[e]] : 0;
}

/* First x of the slots with negative frequency. */
static int shift(const grzi_columns *columns)
{
    return columns->n - columns->slots;
}

void grzi_block_backward(const grzi_columns *columns, int block, const double complex *modes, const double *factor, double complex *out)
{
    int half = columns->slots / 2 + 1;
    int64_t first = (int64_t)block * columns->slots * WIDTH;
    const double *restrict from = (const double *)(modes + first), *restrict by = factor + first;
    memset(out + half * WIDTH, 0, (size_t)shift(columns) * WIDTH * sizeof *out);
    for (int part = 0; part < 2; part++) {
        double *restrict to = (double *)(out + (part ? shift(columns) * WIDTH : 0));
        int begin = part ? half * WIDTH : 0, end = (part ? columns->slots : half) * WIDTH;
        for (int e = begin; e < end; e++) {
            to[2 * e] = by[e] * from[2 * e];
            to[2 * e + 1] = by[e] * from[2 * e + 1];
        }
    }
    grzi_fft_columns(&columns->layers, 1, out);
}

void grzi_block_forward(const grzi_columns *columns, int block, double complex *in, const double *factor, double complex *modes)
{
    int half = columns->slots / 2 + 1;
    int64_t first = (int64_t)block * columns->slots * WIDTH;
    double *restrict to = (double *)(modes + first);
    const double *restrict by = factor + first;
    grzi_fft_columns(&columns->layers, -1, in);
    for (int part = 0; part < 2; part++) {
        const double *restrict from = (const double *)(in + (part ? shift(columns) * WIDTH : 0));
        int begin = part ? half * WIDTH : 0, end = (part ? columns->slots : half) * WIDTH;
        for (int e = begin; e < end; e++) {
            to[2 * e] += by[e] * from[2 * e];
            to[2 * e + 1] += by[e] * from[2 * e + 1];
        }
    }
}

/* A complex number in one register. */
typedef double number __attribute__((vector_size(16)));

static inline number swapped(number a)
{
    return (number){a[1], a[0]};
}

void grzi_plane_pack(const grzi_columns *columns, const double complex *a, const double complex *b, double complex *plane)
{
    const number turn = {-1, 1}, conjugate = {1, -1};
    int64_t stride = (int64_t)columns->n * WIDTH;
    for (const grzi_column_run *run = columns->runs; run < columns->runs + columns->run_count; run++) {
        int64_t at = run->block * stride + run->column;
        const number *A = (const number *)(a + at), *B = b ? (const number *)(b + at) : NULL;
        number *plus = (number *)(plane + run->plus), *minus = (number *)(plane + run->minus); /* the same for column (0, 0) */
        if (B)
            for (int i = 0; i < run->length; i++) {
                number u = A[i], v = swapped(B[i]);
                plus[i] = u + v * turn;        /* A + i B */
                minus[-i] = u * conjugate + v; /* conj A + i conj B */
            }
        else
            for (int i = 0; i < run->length; i++) {
                plus[i] = A[i];
                minus[-i] = A[i] * conjugate;
            }
    }
}

void grzi_plane_unpack(const grzi_columns *columns, const double complex *plane, double complex *a, double complex *b)
{
    const number half = {0.5, 0.5}, turn = {0.5, -0.5}, conjugate = {1, -1};
    int64_t stride = (int64_t)columns->n * WIDTH;
    for (const grzi_column_run *run = columns->runs; run < columns->runs + columns->run_count; run++) {
        int64_t at = run->block * stride + run->column;
        const number *plus = (const number *)(plane + run->plus), *minus = (const number *)(plane + run->minus);
        number *A = (number *)(a + at), *B = b ? (number *)(b + at) : NULL;
        for (int i = 0; i < run->length; i++) {
            number u = plus[i], v = minus[-i] * conjugate;
            A[i] = half * (u + v);
            if (B) B[i] = turn * swapped(u - v); /* (u - v)/(2i) */
        }
    }
}

void grzi_field_to_modes(const grzi_columns *columns, int threads, const double *field, double scale, double complex *work,
                         double complex *modes)
{
    int n = columns->n;
    int64_t plane = grzi_plane_entries(columns), nodes = (int64_t)n * n, slots = (int64_t)columns->slots * WIDTH;
    double complex *planes = work + grzi_column_entries(columns);
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            double complex *values = planes + 3 * chunk * plane, *image = values + plane, *spare = image + plane;
            for (int x = 2 * chunk; x < n; x += 2 * threads) {
                const double *restrict a = field + x * nodes, *restrict b = x + 1 < n ? a + nodes : NULL;
                double *restrict to = (double *)values;
                for (int64_t i = 0; i < nodes; i++) {
                    to[2 * i] = scale * a[i];
                    to[2 * i + 1] = b ? scale * b[i] : 0;
                }
                grzi_fft_plane(&columns->layers, -1, values, spare, image);
                double complex *at = work + x * WIDTH;
                grzi_plane_unpack(columns, image, at, b ? at + WIDTH : NULL);
            }
        }
#pragma omp for schedule(static)
        for (int block = 0; block < columns->blocks; block++) {
            memset(modes + block * slots, 0, (size_t)slots * sizeof *modes);
            grzi_block_forward(columns, block, work + (int64_t)block * n * WIDTH, columns->inside, modes);
        }
    }
}

void grzi_modes_to_field(const grzi_columns *columns, int threads, const double complex *modes, double scale, double complex *work,
                         double *field)
{
    int n = columns->n;
    int64_t plane = grzi_plane_entries(columns), nodes = (int64_t)n * n;
    double complex *planes = work + grzi_column_entries(columns);
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(static)
        for (int block = 0; block < columns->blocks; block++)
            grzi_block_backward(columns, block, modes, columns->inside, work + (int64_t)block * n * WIDTH);
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            double complex *values = planes + 3 * chunk * plane, *image = values + plane, *spare = image + plane;
            memset(values, 0, (size_t)plane * sizeof *values);
            for (int x = 2 * chunk; x < n; x += 2 * threads) {
                double *restrict a = field + x * nodes, *restrict b = x + 1 < n ? a + nodes : NULL;
                const double complex *at = work + x * WIDTH;
                grzi_plane_pack(columns, at, b ? at + WIDTH : NULL, values);
                grzi_fft_plane(&columns->layers, 1, values, spare, image);
                const double *restrict from = (const double *)image;
                for (int64_t i = 0; i < nodes; i++) {
                    a[i] = scale * from[2 * i];
                    if (b) b[i] = scale * from[2 * i + 1];
                }
            }
        }
    }
}

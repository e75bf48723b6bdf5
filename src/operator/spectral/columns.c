#include "operator/spectral/columns.h"

#include <string.h>

enum { LANES = GRZI_LANES, ENTRY = GRZI_ENTRY };

/* y = 0, 1, .., last, -last, .. of the columns with a mode, group after group along z. */
static int find_groups(const grzi_modes *modes, int depth, grzi_column_group *group)
{
    int count = 0;
    for (int d = 0; d < depth; d++)
        for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count && row->x == 0; row++)
            if (row->length > LANES * d) {
                if (group) group[count] = (grzi_column_group){row->y, LANES * d};
                count++;
            }
    return count;
}

static void fill_places(grzi_columns *columns)
{
    int n = columns->n;
    for (int d = 0; d < columns->depth; d++)
        for (int y = 0; y < n; y++) {
            columns->plane[d * n + y] = 2 * columns->groups;
            columns->drop[d * n + y] = 2 * (columns->groups + 1);
        }
    for (int g = 0; g < columns->groups; g++) {
        int at = columns->group[g].z / LANES * n + (columns->group[g].y + n) % n;
        columns->plane[at] = columns->drop[at] = 2 * g;
    }
    for (int i = 0; i < n; i++) {
        columns->along[i] = 2 * columns->stride * i;
        columns->row[i] = 2 * columns->depth * i;
    }
}

static void fill_modes(const grzi_modes *modes, grzi_columns *columns)
{
    int n = columns->n;
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) columns->mode[e] = -1;
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        int slot = row->x >= 0 ? row->x : row->x + columns->slots;
        for (int z = 0; z < row->length; z++) {
            int64_t group = columns->plane[z / LANES * n + (row->y + n) % n] / 2;
            columns->mode[(group * columns->slots + slot) * LANES + z % LANES] = (int32_t)(row->first + z);
        }
    }
    for (int64_t i = 0; i < grzi_factor_array(columns); i++) columns->inside[i] = grzi_factor_mode(columns, i) >= 0;
}

grz_status grzi_columns_create(const grz_context *context, const grzi_modes *modes, int n, grzi_columns *columns)
{
    grzi_columns made = {.n = n, .planes = n % LANES ? 2 : 1};
    for (int r = 0; r < modes->row_count; r++)
        if (modes->rows[r].x > made.last) made.last = modes->rows[r].x;
    made.slots = 2 * made.last + 1;
    made.depth = made.last / LANES + 1;
    made.groups = find_groups(modes, made.depth, NULL);
    made.stride = made.groups + 2 + (made.groups + 1) % 2; /* odd: planes fall into different sets of a cache */
    made.sheets = (n + made.planes - 1) / made.planes;
    made.rows = (made.planes * n + LANES - 1) / LANES * LANES;
    *columns = (grzi_columns){0};
    made.group = grzi_allocate(context, made.groups, sizeof *made.group);
    made.mode = grzi_allocate(context, grzi_mode_entries(&made), sizeof *made.mode);
    made.inside = grzi_allocate(context, grzi_factor_array(&made), sizeof *made.inside);
    made.along = grzi_allocate(context, 2 * (int64_t)n * (1 + made.depth), sizeof *made.along);
    grz_status status = made.group && made.mode && made.inside && made.along ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_fft_batch_create(context, n, &made.batch);
    if (status != GRZ_OK) {
        grzi_columns_destroy(context, &made);
        return status;
    }
    made.row = made.along + n;
    made.plane = made.row + n;
    made.drop = made.plane + (int64_t)made.depth * n;
    find_groups(modes, made.depth, made.group);
    fill_places(&made);
    fill_modes(modes, &made);
    *columns = made;
    return GRZ_OK;
}

void grzi_columns_destroy(const grz_context *context, grzi_columns *columns)
{
    grzi_deallocate(context, columns->group);
    grzi_deallocate(context, columns->mode);
    grzi_deallocate(context, columns->inside);
    grzi_deallocate(context, columns->along);
    grzi_fft_batch_destroy(context, &columns->batch);
    *columns = (grzi_columns){0};
}

void grzi_columns_spread(const grzi_columns *columns, const double *by_mode, double *factors)
{
    for (int64_t i = 0; i < grzi_factor_array(columns); i++) {
        int32_t mode = grzi_factor_mode(columns, i);
        factors[i] = mode >= 0 ? by_mode[mode] : 0;
    }
}

void grzi_columns_weight(const grzi_columns *columns, int a, int b, double *weight)
{
    memset(weight, 0, (size_t)grzi_weight_array(columns) * sizeof *weight);
    for (int g = 0; g < columns->groups; g++)
        for (int l = 0; l < LANES; l++) {
            double *w = weight + LANES * g + l;
            *w = 1;
            for (int i = 0; i < a; i++) *w *= columns->group[g].y;
            for (int i = 0; i < b; i++) *w *= columns->group[g].z + l;
        }
}

/* Place of the real part of an entry's lane. */
static int64_t at(int64_t e)
{
    return e / LANES * ENTRY + e % LANES;
}

void grzi_columns_to_ball(const grzi_columns *columns, const double *modes, double complex *ball)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++)
        if (columns->mode[e] >= 0) ball[columns->mode[e]] = modes[at(e)] + I * modes[at(e) + LANES];
}

void grzi_columns_from_ball(const grzi_columns *columns, const double complex *ball, double *modes)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) {
        double complex value = columns->mode[e] >= 0 ? ball[columns->mode[e]] : 0;
        modes[at(e)] = creal(value);
        modes[at(e) + LANES] = cimag(value);
    }
}

grzi_sheet grzi_sheet_of(const grzi_columns *columns, double *work)
{
    int64_t half = (int64_t)columns->rows * columns->depth * ENTRY;
    return (grzi_sheet){work, work + half, work + 2 * half, work + 2 * half + columns->n * ENTRY};
}

static grzi_stream stream(double *data, const int32_t *place)
{
    return (grzi_stream){data, data + LANES, place};
}

void grzi_group_backward(const grzi_columns *columns, int group, const double *modes, const double *factor, int odd, const grzi_sheet *work,
                         double *out)
{
    int last = columns->last, half = last + 1, shift = columns->n - columns->slots;
    modes += (int64_t)group * columns->slots * ENTRY;
    factor += (int64_t)group * half * LANES;
    columns->batch.kernels->multiply(half, factor, LANES, 1, modes, work->line);
    memset(work->line + half * ENTRY, 0, (size_t)shift * ENTRY * sizeof *work->line);
    columns->batch.kernels->multiply(last, factor + last * LANES, -LANES, odd ? -1 : 1, modes + half * ENTRY,
                                     work->line + (half + shift) * ENTRY);
    grzi_fft_batch_transform(&columns->batch, 1, grzi_line(&columns->batch, work->line),
                             stream(out + (int64_t)group * ENTRY, columns->along), work->spare);
}

void grzi_group_forward(const grzi_columns *columns, int group, double *in, const double *factor, int fresh, const grzi_sheet *work,
                        double *modes)
{
    int last = columns->last, half = last + 1, shift = columns->n - columns->slots;
    const double *negative = work->line + (half + shift) * ENTRY;
    grzi_fft_batch_transform(&columns->batch, -1, stream(in + (int64_t)group * ENTRY, columns->along),
                             grzi_line(&columns->batch, work->line), work->spare);
    modes += (int64_t)group * columns->slots * ENTRY;
    factor += (int64_t)group * half * LANES;
    if (fresh) {
        columns->batch.kernels->multiply(half, factor, LANES, 1, work->line, modes);
        columns->batch.kernels->multiply(last, factor + last * LANES, -LANES, 1, negative, modes + half * ENTRY);
    } else {
        columns->batch.kernels->multiply_add(half, factor, LANES, work->line, modes);
        columns->batch.kernels->multiply_add(last, factor + last * LANES, -LANES, negative, modes + half * ENTRY);
    }
}

void grzi_sheet_backward(const grzi_columns *columns, int sheet, double *in, const double *weight, double *other, const grzi_sheet *work,
                         double *half)
{
    for (int p = 0; p < grzi_sheet_planes(columns, sheet); p++)
        for (int d = 0; d < columns->depth; d++) {
            int64_t plane = (int64_t)(sheet * columns->planes + p) * columns->stride * ENTRY;
            grzi_stream from = stream(in + plane, columns->plane + d * columns->n);
            if (weight) {
                grzi_stream added = {0};
                if (other) added = stream(other + plane, from.place);
                columns->batch.kernels->weigh(columns->n, weight, &from, other ? &added : NULL, work->line);
                from = grzi_line(&columns->batch, work->line);
            }
            grzi_fft_batch_transform(&columns->batch, 1, from,
                                     stream(half + ((int64_t)p * columns->n * columns->depth + d) * ENTRY, columns->row), work->spare);
        }
}

void grzi_sheet_forward(const grzi_columns *columns, int sheet, double *half, const grzi_sheet *work, double *out)
{
    for (int p = 0; p < grzi_sheet_planes(columns, sheet); p++)
        for (int d = 0; d < columns->depth; d++) {
            int64_t plane = (int64_t)(sheet * columns->planes + p) * columns->stride * ENTRY;
            grzi_fft_batch_transform(&columns->batch, -1,
                                     stream(half + ((int64_t)p * columns->n * columns->depth + d) * ENTRY, columns->row),
                                     stream(out + plane, columns->drop + d * columns->n), work->spare);
        }
}

void grzi_rows_backward(const grzi_columns *columns, int block, const double *a, const double *b, const grzi_sheet *work, grzi_stream out)
{
    int64_t first = (int64_t)block * LANES * columns->depth * ENTRY;
    columns->batch.kernels->pack(columns->n, columns->last, columns->depth, a + first, b + first, work->line);
    grzi_fft_batch_transform(&columns->batch, 1, grzi_line(&columns->batch, work->line), out, work->spare);
}

void grzi_rows_forward(const grzi_columns *columns, int block, grzi_stream in, const grzi_sheet *work, double *a, double *b)
{
    int64_t first = (int64_t)block * LANES * columns->depth * ENTRY;
    grzi_fft_batch_transform(&columns->batch, -1, in, grzi_line(&columns->batch, work->line), work->spare);
    columns->batch.kernels->unpack(columns->n, columns->last, columns->depth, work->line, a + first, b + first);
}

/* Rows of eight from row 8 block on that a sheet has; none beyond the last sheet. */
static int rows_of(const grzi_columns *columns, int sheet, int block)
{
    int left = sheet < columns->sheets ? grzi_sheet_planes(columns, sheet) * columns->n - LANES * block : 0;
    return left < 0 ? 0 : left < LANES ? left : LANES;
}

/* Two sheets go through one transform along z. */
void grzi_field_to_modes(const grzi_columns *columns, int threads, const double *field, double scale, double *work, double *modes)
{
    int n = columns->n, blocks = columns->rows / LANES;
    int64_t size = (int64_t)columns->planes * n * n;
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            grzi_sheet t = grzi_sheet_of(columns, work + grzi_column_array(columns) + chunk * grzi_sheet_work(columns));
            for (int sheet = 2 * chunk; sheet < columns->sheets; sheet += 2 * threads) {
                const double *a = field + sheet * size, *b = a + (sheet + 1 < columns->sheets ? size : 0);
                for (int block = 0; block < blocks; block++) {
                    int64_t first = (int64_t)LANES * block * n;
                    columns->batch.kernels->load_rows(n, scale, rows_of(columns, sheet, block), a + first,
                                                      rows_of(columns, sheet + 1, block), b + first, t.line);
                    grzi_rows_forward(columns, block, grzi_line(&columns->batch, t.line), &t, t.a, t.b);
                }
                grzi_sheet_forward(columns, sheet, t.a, &t, work);
                if (sheet + 1 < columns->sheets) grzi_sheet_forward(columns, sheet + 1, t.b, &t, work);
            }
        }
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            grzi_sheet t = grzi_sheet_of(columns, work + grzi_column_array(columns) + chunk * grzi_sheet_work(columns));
            for (int g = columns->groups * chunk / threads; g < columns->groups * (chunk + 1) / threads; g++)
                grzi_group_forward(columns, g, work, columns->inside, 1, &t, modes);
        }
    }
}

void grzi_modes_to_field(const grzi_columns *columns, int threads, const double *modes, double scale, double *work, double *field)
{
    int n = columns->n, blocks = columns->rows / LANES;
    int64_t size = (int64_t)columns->planes * n * n;
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            grzi_sheet t = grzi_sheet_of(columns, work + grzi_column_array(columns) + chunk * grzi_sheet_work(columns));
            for (int g = columns->groups * chunk / threads; g < columns->groups * (chunk + 1) / threads; g++)
                grzi_group_backward(columns, g, modes, columns->inside, 0, &t, work);
        }
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++) {
            grzi_sheet t = grzi_sheet_of(columns, work + grzi_column_array(columns) + chunk * grzi_sheet_work(columns));
            for (int sheet = 2 * chunk; sheet < columns->sheets; sheet += 2 * threads) {
                double *a = field + sheet * size, *b = a + (sheet + 1 < columns->sheets ? size : 0);
                grzi_sheet_backward(columns, sheet, work, NULL, NULL, &t, t.a);
                if (sheet + 2 >= columns->sheets) /* b may have fewer rows than a, which shares its transforms */
                    memset(t.b, 0, (size_t)columns->rows * columns->depth * ENTRY * sizeof *t.b);
                if (sheet + 1 < columns->sheets) grzi_sheet_backward(columns, sheet + 1, work, NULL, NULL, &t, t.b);
                for (int block = 0; block < blocks; block++) {
                    int64_t first = (int64_t)LANES * block * n;
                    grzi_rows_backward(columns, block, t.a, t.b, &t, grzi_line(&columns->batch, t.line));
                    columns->batch.kernels->store_rows(n, scale, t.line, rows_of(columns, sheet, block), a + first,
                                                       rows_of(columns, sheet + 1, block), b + first);
                }
            }
        }
    }
}

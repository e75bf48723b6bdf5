#include "operator/spectral/modes.h"

#include <string.h>

static int row_length(int h, int limit, int x, int y)
{
    int z = 0;
    while (z <= h && x * x + y * y + z * z < limit) z++;
    return z;
}

static int largest(int limit)
{
    int h = 0;
    while ((h + 1) * (h + 1) < limit) h++;
    return h;
}

grz_status grzi_modes_create(const grz_context *context, int n, int padded, int cube, double half_width, grzi_modes *modes)
{
    grzi_modes made = {.n = n, .padded = padded, .limit = (n * n + 3) / 4, .unit = 3.14159265358979323846 / half_width};
    int h = largest(made.limit);
    if (cube) made.limit = 3 * h * h + 1;
    for (int x = -h; x <= h; x++)
        for (int y = -h; y <= h; y++) {
            int length = row_length(h, made.limit, x, y);
            made.row_count += length > 0;
            made.count += length;
        }
    made.rows = grzi_allocate(context, made.row_count, sizeof *made.rows);
    made.square = grzi_allocate(context, made.count, sizeof *made.square);
    if (!made.rows || !made.square) {
        grzi_modes_destroy(context, &made);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    grzi_mode_row *row = made.rows;
    int64_t first = 0;
    /* In the order of the transforms' memory: x = 0, 1, .., h, -h, .., -1. */
    for (int ix = 0; ix <= 2 * h; ix++)
        for (int iy = 0; iy <= 2 * h; iy++) {
            int x = ix <= h ? ix : ix - 2 * h - 1, y = iy <= h ? iy : iy - 2 * h - 1, length = row_length(h, made.limit, x, y);
            if (length == 0) continue;
            *row = (grzi_mode_row){.x = x, .y = y, .length = length, .first = first};
            row->offset = ((int64_t)((x + padded) % padded) * padded + (y + padded) % padded) * (padded / 2 + 1);
            row->grid_offset = ((int64_t)((x + n) % n) * n + (y + n) % n) * (n / 2 + 1);
            for (int z = 0; z < length; z++) made.square[first + z] = x * x + y * y + z * z;
            first += length;
            row++;
        }
    *modes = made;
    return GRZ_OK;
}

void grzi_modes_destroy(const grz_context *context, grzi_modes *modes)
{
    grzi_deallocate(context, modes->rows);
    grzi_deallocate(context, modes->square);
    *modes = (grzi_modes){0};
}

void grzi_modes_gather_grid(const grzi_modes *modes, const double complex *spectrum, double scale, double complex *ball)
{
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++)
        for (int z = 0; z < row->length; z++) ball[row->first + z] = scale * spectrum[row->grid_offset + z];
}

void grzi_modes_scatter_grid(const grzi_modes *modes, const double complex *ball, double complex *spectrum)
{
    memset(spectrum, 0, (size_t)modes->n * modes->n * (modes->n / 2 + 1) * sizeof *spectrum);
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++)
        memcpy(spectrum + row->grid_offset, ball + row->first, (size_t)row->length * sizeof *ball);
}

void grzi_modes_scatter(const grzi_modes *modes, const double complex *ball, const double *factor, double complex *spectrum)
{
    int n = modes->padded;
    memset(spectrum, 0, (size_t)n * n * (n / 2 + 1) * sizeof *spectrum);
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        const double *from = (const double *)(ball + row->first);
        double *to = (double *)(spectrum + row->offset);
        if (!factor) {
            memcpy(to, from, (size_t)row->length * sizeof *ball);
            continue;
        }
        const double *by = factor + row->first;
        for (int z = 0; z < row->length; z++) {
            to[2 * z] = by[z] * from[2 * z];
            to[2 * z + 1] = by[z] * from[2 * z + 1];
        }
    }
}

void grzi_modes_gather(const grzi_modes *modes, const double complex *spectrum, const double *factor, double complex *out)
{
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        const double *from = (const double *)(spectrum + row->offset);
        double *to = (double *)(out + row->first);
        if (!factor) {
            memcpy(to, from, (size_t)row->length * sizeof *out);
            continue;
        }
        const double *by = factor + row->first;
        for (int z = 0; z < row->length; z++) {
            to[2 * z] = by[z] * from[2 * z];
            to[2 * z + 1] = by[z] * from[2 * z + 1];
        }
    }
}

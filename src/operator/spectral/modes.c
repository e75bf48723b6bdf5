#include "operator/spectral/modes.h"

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

grz_status grzi_modes_create(const grz_context *context, int n, int period, int padded, int cube, grzi_modes *modes)
{
    grzi_modes made = {.n = n, .period = period, .padded = padded, .limit = (period * period + 3) / 4, .unit = GRZI_PI};
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

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

/* of: places for depth * n numbers. */
static void fill_modes(const grzi_modes *modes, grzi_columns *columns, int32_t *of)
{
    int n = columns->n;
    for (int g = 0; g < columns->groups; g++) of[columns->group[g].z / LANES * n + (columns->group[g].y + n) % n] = g;
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) columns->mode[e] = -1;
    for (const grzi_mode_row *row = modes->rows; row < modes->rows + modes->row_count; row++) {
        int slot = row->x >= 0 ? row->x : row->x + columns->slots;
        for (int z = 0; z < row->length; z++) {
            int64_t group = of[z / LANES * n + (row->y + n) % n];
            columns->mode[(group * columns->slots + slot) * LANES + z % LANES] = (int32_t)(row->first + z);
        }
    }
    for (int64_t i = 0; i < grzi_factor_array(columns); i++) columns->inside[i] = grzi_factor_mode(columns, i) >= 0;
}

grz_status grzi_columns_create(const grz_context *context, const grzi_modes *modes, int n, grzi_columns *columns)
{
    grzi_columns made = {.n = n};
    for (int r = 0; r < modes->row_count; r++)
        if (modes->rows[r].x > made.last) made.last = modes->rows[r].x;
    made.slots = 2 * made.last + 1;
    made.depth = made.last / LANES + 1;
    made.groups = find_groups(modes, made.depth, NULL);
    made.stride = made.groups | 1; /* odd: planes fall into different sets of a cache */
    *columns = (grzi_columns){0};
    made.group = grzi_allocate(context, made.groups, sizeof *made.group);
    made.mode = grzi_allocate(context, grzi_mode_entries(&made), sizeof *made.mode);
    made.inside = grzi_allocate(context, grzi_factor_array(&made), sizeof *made.inside);
    int32_t *of = grzi_allocate(context, (int64_t)made.depth * n, sizeof *of);
    grz_status status = made.group && made.mode && made.inside && of ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_fft_axes_create(context, n, made.last + 1, (int64_t)LANES * made.stride, &made.axes);
    if (status == GRZ_OK) {
        find_groups(modes, made.depth, made.group);
        fill_modes(modes, &made, of);
        *columns = made;
    } else {
        grzi_columns_destroy(context, &made);
    }
    grzi_deallocate(context, of);
    return status;
}

void grzi_columns_destroy(const grz_context *context, grzi_columns *columns)
{
    grzi_deallocate(context, columns->group);
    grzi_deallocate(context, columns->mode);
    grzi_deallocate(context, columns->inside);
    grzi_fft_axes_destroy(&columns->axes);
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

void grzi_columns_to_ball(const grzi_columns *columns, const double *modes, double complex *ball)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++)
        if (columns->mode[e] >= 0) ball[columns->mode[e]] = modes[2 * e] + I * modes[2 * e + 1];
}

void grzi_columns_from_ball(const grzi_columns *columns, const double complex *ball, double *modes)
{
    for (int64_t e = 0; e < grzi_mode_entries(columns); e++) {
        double complex value = columns->mode[e] >= 0 ? ball[columns->mode[e]] : 0;
        modes[2 * e] = creal(value);
        modes[2 * e + 1] = cimag(value);
    }
}

grzi_plane grzi_plane_of(const grzi_columns *columns, double *work)
{
    double complex *plane = (double complex *)work;
    int64_t size = (int64_t)columns->n * columns->n;
    return (grzi_plane){plane, plane + size, plane + 2 * size, plane + 3 * size};
}

/* A complex number as a vector of two: what any processor adds and multiplies at once. */
typedef double number __attribute__((vector_size(16), may_alias));

static inline number swapped(number a)
{
    return (number){a[1], a[0]};
}

/* count entries: out = times * factor * in, or += where add; step numbers from an entry's eight factors to the next one's. */
static inline void multiply(int count, const double *factor, int step, double times, int add, const double *in, double *out)
{
    const number *from = (const number *)in;
    number *to = (number *)out;
    for (int i = 0; i < count; i++, factor += step, from += LANES, to += LANES)
        for (int l = 0; l < LANES; l++) {
            number value = times * factor[l] * from[l];
            if (add) value += to[l];
            to[l] = value;
        }
}

void grzi_group_backward(const grzi_columns *columns, int group, const double *modes, const double *factor, int odd, const grzi_plane *work,
                         double *out)
{
    int last = columns->last, half = last + 1, shift = columns->n - columns->slots;
    double *line = (double *)work->line;
    modes += (int64_t)group * columns->slots * ENTRY;
    factor += (int64_t)group * half * LANES;
    multiply(half, factor, LANES, 1, 0, modes, line);
    memset(line + half * ENTRY, 0, (size_t)shift * ENTRY * sizeof *line);
    multiply(last, factor + last * LANES, -LANES, odd ? -1 : 1, 0, modes + half * ENTRY, line + (half + shift) * ENTRY);
    grzi_fft_line_backward(&columns->axes, work->line, (double complex *)(out + (int64_t)group * ENTRY));
}

void grzi_group_forward(const grzi_columns *columns, int group, double *in, const double *factor, int fresh, const grzi_plane *work,
                        double *modes)
{
    int last = columns->last, half = last + 1, shift = columns->n - columns->slots;
    const double *line = (const double *)work->line, *negative = line + (half + shift) * ENTRY;
    grzi_fft_line_forward(&columns->axes, (double complex *)(in + (int64_t)group * ENTRY), work->line);
    modes += (int64_t)group * columns->slots * ENTRY;
    factor += (int64_t)group * half * LANES;
    if (fresh) {
        multiply(half, factor, LANES, 1, 0, line, modes);
        multiply(last, factor + last * LANES, -LANES, 1, 0, negative, modes + half * ENTRY);
    } else {
        multiply(half, factor, LANES, 1, 1, line, modes);
        multiply(last, factor + last * LANES, -LANES, 1, 1, negative, modes + half * ENTRY);
    }
}

static inline number lane_of(const grzi_plane_field *field, int weighted, int added, int group, int l)
{
    int64_t lane = (int64_t)group * LANES + l;
    number value = ((const number *)field->column)[lane];
    if (weighted) value *= field->weight[lane];
    if (added) value += ((const number *)field->other)[lane];
    return value;
}

/* A group's place in a plane of modes: its first number and, opposite, that of -y and n - z, from which -z runs backward. */
typedef struct place {
    int64_t at, opposite;
    int first, count; /* lanes with an opposite of their own; lanes with modes */
} place;

static inline place place_of(const grzi_columns *columns, int group)
{
    int n = columns->n, y = columns->group[group].y, z = columns->group[group].z, left = columns->last + 1 - z;
    return (place){(int64_t)((y + n) % n) * n + z, (int64_t)((n - y) % n) * n + n - z, z == 0, left < LANES ? left : LANES};
}

/* a + i b at k, and at -k, where a and b are conjugate. */
static inline void pack(const grzi_columns *columns, const grzi_plane_field *a, const grzi_plane_field *b, int weighted, int added_a,
                        int added_b, double complex *modes)
{
    const number minus_re = {-1, 1}, minus_im = {1, -1};
    for (int g = 0; g < columns->groups; g++) {
        place p = place_of(columns, g);
        number *at = (number *)(modes + p.at), *opposite = (number *)(modes + p.opposite);
        for (int l = 0; l < p.count; l++) {
            number A = lane_of(a, weighted, added_a, g, l), B = swapped(lane_of(b, weighted, added_b, g, l));
            at[l] = A + minus_re * B;
            if (l >= p.first) opposite[-l] = minus_im * A + B;
        }
    }
}

void grzi_plane_backward(const grzi_columns *columns, const grzi_plane_field *a, const grzi_plane_field *b, const grzi_plane *work)
{
    int weighted = a->weight != NULL, added_a = a->other != NULL, added_b = b->other != NULL;
    if (!weighted && !added_a && !added_b)
        pack(columns, a, b, 0, 0, 0, work->modes);
    else if (!added_a && !added_b)
        pack(columns, a, b, 1, 0, 0, work->modes);
    else
        pack(columns, a, b, weighted, added_a, added_b, work->modes);
    grzi_fft_plane_backward(&columns->axes, work->modes, work->half, work->values);
}

void grzi_plane_forward(const grzi_columns *columns, const grzi_plane *work, double *a, double *b)
{
    const number half = {0.5, 0.5}, half_minus_im = {0.5, -0.5};
    grzi_fft_plane_forward(&columns->axes, work->values, work->half);
    for (int g = 0; g < columns->groups; g++) {
        place p = place_of(columns, g);
        const number *at = (const number *)(work->half + p.at), *opposite = (const number *)(work->half + p.opposite);
        number *A = (number *)a + (int64_t)g * LANES, *B = b ? (number *)b + (int64_t)g * LANES : NULL;
        for (int l = 0; l < p.count; l++) {
            number here = at[l], there = opposite[l < p.first ? -columns->n : -l];
            A[l] = half * here + half_minus_im * there;
            if (b) B[l] = swapped(half * there - half_minus_im * here);
        }
        for (int l = p.count; l < LANES; l++) {
            A[l] = (number){0};
            if (b) B[l] = (number){0};
        }
    }
}

/* A field's way to its modes or back; two planes go through one transform. */
typedef struct passage {
    const grzi_columns *columns;
    int box;
    const double *in;
    double scale, *work, *out;
    int group_chunks;
} passage;

static grzi_plane plane_of(const passage *p, int member)
{
    return grzi_plane_of(p->columns, p->work + grzi_column_array(p->columns) + member * grzi_plane_work(p->columns));
}

static void planes_to_columns(void *loop, int chunk, int member)
{
    const passage *p = loop;
    const grzi_columns *columns = p->columns;
    int n = columns->n, box = p->box, x = 2 * chunk, two = x + 1 < box;
    int64_t size = (int64_t)box * box, stride = (int64_t)columns->stride * ENTRY;
    grzi_plane t = plane_of(p, member);
    double *values = (double *)t.values;
    const double *a = p->in + x * size, *b = a + two * size;
    if (box < n) memset(values, 0, 2 * (size_t)n * (size_t)n * sizeof *values);
    for (int y = 0; y < box; y++, values += 2 * n, a += box, b += box)
        for (int z = 0; z < box; z++) {
            values[2 * z] = p->scale * a[z];
            values[2 * z + 1] = p->scale * b[z];
        }
    grzi_plane_forward(columns, &t, p->work + x * stride, two ? p->work + (x + 1) * stride : NULL);
}

static void columns_to_modes(void *loop, int chunk, int member)
{
    const passage *p = loop;
    const grzi_columns *columns = p->columns;
    grzi_plane t = plane_of(p, member);
    for (int g = columns->groups * chunk / p->group_chunks; g < columns->groups * (chunk + 1) / p->group_chunks; g++)
        grzi_group_forward(columns, g, p->work, columns->inside, 1, &t, p->out);
}

void grzi_field_to_modes(const grzi_columns *columns, grzi_crew *crew, int box, const double *field, double scale, double *work,
                         double *modes)
{
    passage p = {columns, box, field, scale, work, modes, grzi_crew_chunks(crew, columns->groups)};
    int64_t stride = (int64_t)columns->stride * ENTRY;
    memset(work + box * stride, 0, (size_t)((columns->n - box) * stride) * sizeof *work);
    grzi_crew_loop(crew, (box + 1) / 2, planes_to_columns, &p);
    grzi_crew_loop(crew, p.group_chunks, columns_to_modes, &p);
}

static void modes_to_columns(void *loop, int chunk, int member)
{
    const passage *p = loop;
    const grzi_columns *columns = p->columns;
    grzi_plane t = plane_of(p, member);
    for (int g = columns->groups * chunk / p->group_chunks; g < columns->groups * (chunk + 1) / p->group_chunks; g++)
        grzi_group_backward(columns, g, p->in, columns->inside, 0, &t, p->work);
}

static void columns_to_planes(void *loop, int chunk, int member)
{
    const passage *p = loop;
    const grzi_columns *columns = p->columns;
    int n = columns->n, box = p->box, x = 2 * chunk, two = x + 1 < box;
    int64_t size = (int64_t)box * box, stride = (int64_t)columns->stride * ENTRY;
    grzi_plane t = plane_of(p, member);
    const double *values = (const double *)t.values;
    grzi_plane_field a = {p->work + x * stride, NULL, NULL}, b = {p->work + (x + two) * stride, NULL, NULL};
    grzi_plane_backward(columns, &a, &b, &t);
    double *out = p->out + x * size;
    for (int y = 0; y < box; y++, values += 2 * n, out += box) {
        for (int z = 0; z < box; z++) out[z] = p->scale * values[2 * z];
        for (int z = 0; z < box && two; z++) out[size + z] = p->scale * values[2 * z + 1];
    }
}

void grzi_modes_to_field(const grzi_columns *columns, grzi_crew *crew, int box, const double *modes, double scale, double *work,
                         double *field)
{
    passage p = {columns, box, modes, scale, work, field, grzi_crew_chunks(crew, columns->groups)};
    grzi_crew_loop(crew, p.group_chunks, modes_to_columns, &p);
    grzi_crew_loop(crew, (box + 1) / 2, columns_to_planes, &p);
}

#include "operator/entropic/generator.h"
#include "solve/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_DEGREE = 40, BEYOND = 10, ROUNDS = 10, STEPS = 40 };

static const double EXACT = 1e-13, SOLVED = 1e-10, LEAST_REGULAR = 1e-15, MOST_REGULAR = 1e-11, AS_IT_IS = 1e-12;

/* A pair of nodes i < j; pairs that a symmetry of the rule maps to each other have equal angles and weights, form a class, and by the
 * uniqueness of the least-squares solution equal entries of A: there are some ten times fewer classes. */
typedef struct pair {
    int i, j, class;
    double angle, weight;
} pair;

typedef struct fit {
    const grz_context *context;
    const grzi_sphere_rule *rule;
    grzi_exactness exact;
    int largest, harmonics; /* even ones with 2 <= l <= largest */
    uint64_t seed;
    double *Y;                                  /* harmonics x count, mean 1 over the sphere, times (-lambda_l)^{-1/2} */
    int *l;                                     /* of each harmonic */
    double lambda[LARGEST_DEGREE + BEYOND + 1]; /* -lambda_l */
    int64_t pair_count, class_count;
    pair *pairs;
    double *start, *value, *angle; /* of a class: an entry of A; angle of its pairs */
    int64_t *size;
    int rows;
    double *matrix, *target; /* rows x (class_count + 1), column-major: the last column is c's; rows */
    double transfer, landau;
} fit;

static int by_angle(const void *a, const void *b)
{
    const pair *p = a, *q = b;
    if (fabs(p->angle - q->angle) > 1e-10) return p->angle < q->angle ? -1 : 1;
    if (fabs(p->weight - q->weight) > 1e-12 * (p->weight + q->weight)) return p->weight < q->weight ? -1 : 1;
    return 0;
}

static double axes_angle(const double *a, const double *b)
{
    double x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2], z = a[0] * b[1] - a[1] * b[0];
    return atan2(sqrt(x * x + y * y + z * z), fabs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
}

static grz_status make_pairs(fit *f)
{
    const grzi_sphere_rule *rule = f->rule;
    f->pair_count = (int64_t)rule->count * (rule->count - 1) / 2;
    f->pairs = grzi_allocate(f->context, f->pair_count, sizeof *f->pairs);
    f->start = grzi_allocate(f->context, 3 * f->pair_count, sizeof(double));
    f->size = grzi_allocate_zeroed(f->context, f->pair_count, sizeof *f->size);
    if (!f->pairs || !f->start || !f->size) return GRZ_ERROR_OUT_OF_MEMORY;
    f->value = f->start + f->pair_count;
    f->angle = f->value + f->pair_count;
    int64_t at = 0;
    for (int i = 0; i < rule->count; i++)
        for (int j = i + 1; j < rule->count; j++, at++)
            f->pairs[at] = (pair){i, j, 0, fmin(axes_angle(rule->nodes + 3 * i, rule->nodes + 3 * j), GRZI_PI / 2),
                                  rule->weights[i] * rule->weights[j]};
    qsort(f->pairs, f->pair_count, sizeof *f->pairs, by_angle);
    for (int64_t k = 0; k < f->pair_count; k++) {
        if (k == 0 || by_angle(&f->pairs[k - 1], &f->pairs[k]) != 0) {
            f->angle[f->class_count] = f->pairs[k].angle;
            f->start[f->class_count++] = f->pairs[k].weight;
        }
        f->pairs[k].class = (int)(f->class_count - 1);
        f->size[f->class_count - 1]++;
    }
    return GRZ_OK;
}

/* Pairs further apart than the law's largest angle stay without jumps. */
static void drop_empty(fit *f)
{
    int64_t kept = 0, classes = 0, before = -1;
    for (int64_t k = 0; k < f->pair_count; k++) {
        const int class = f->pairs[k].class;
        if (f->start[class] == 0) continue;
        if (class != before) {
            before = class;
            f->start[classes] = f->start[class];
            f->angle[classes] = f->angle[class];
            f->size[classes++] = f->size[class];
        }
        f->pairs[kept] = f->pairs[k];
        f->pairs[kept++].class = (int)(classes - 1);
    }
    f->pair_count = kept;
    f->class_count = classes;
}

static grz_status make_spectrum(fit *f, const grzi_angular_law *law)
{
    double deficit[LARGEST_DEGREE + BEYOND + 1];
    for (int j = 0; j < law->theta_count; j++) {
        double theta = law->theta[j], s = theta > 0 ? sin(theta / 2) / theta : 0.5, w = 2 * GRZI_PI * law->theta_weight[j] * s * s;
        grzi_legendre_deficit(LARGEST_DEGREE + BEYOND, theta, deficit);
        f->transfer += w;
        for (int l = 0; l <= LARGEST_DEGREE + BEYOND; l++) f->lambda[l] += 2 * w * deficit[l];
    }
    GRZI_TRY(law->b(law->of, f->class_count, f->angle, f->value));
    for (int64_t k = 0; k < f->class_count; k++) f->start[k] *= 2 * GRZI_PI * f->value[k];
    drop_empty(f);
    memcpy(f->value, f->start, sizeof(double) * f->class_count);
    return GRZ_OK;
}

static grz_status make_harmonics(fit *f)
{
    const int count = f->rule->count, degree = f->largest;
    f->harmonics = (degree + 1) * (degree + 2) / 2 - 1;
    const int all = (degree + 1) * (degree + 1);
    f->Y = grzi_allocate(f->context, (int64_t)f->harmonics * count, sizeof(double));
    f->l = grzi_allocate(f->context, f->harmonics, sizeof *f->l);
    double *Y = grzi_allocate(f->context, 3 * all, sizeof *Y), p[3], q[3];
    if (f->Y && f->l && Y)
        for (int i = 0; i < count; i++) {
            const double *w = f->rule->nodes + 3 * i;
            grzi_orthonormal_frame(w, p, q);
            grzi_harmonics_slopes(degree, w, p, q, Y, Y + all, Y + 2 * all);
            int k = 0;
            for (int l = 2; l <= degree; l += 2)
                for (int m = -l; m <= l; m++, k++) {
                    f->l[k] = l;
                    f->Y[(int64_t)k * count + i] = sqrt(4 * GRZI_PI / f->lambda[l]) * Y[l * l + l + m];
                }
        }
    grzi_deallocate(f->context, Y);
    return f->Y && f->l && Y ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
}

static double sign_of(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 63 ? 1 : -1;
}

static double class_eigenvalue(const fit *f, int64_t k, int l)
{
    double deficit[LARGEST_DEGREE + BEYOND + 1], s = sin(f->angle[k] / 2);
    grzi_legendre_deficit(l, f->angle[k], deficit);
    return 4 * (double)f->size[k] * s * s * deficit[l];
}

/* The mean of the forms <Y_lm, Y_lm> over m depends on the pairs' angles alone. */
static void trace_row(fit *f, int row, int l)
{
    for (int64_t k = 0; k < f->class_count; k++) f->matrix[k * f->rows + row] = class_eigenvalue(f, k, l) / f->lambda[l];
    f->matrix[f->class_count * f->rows + row] = l * (l + 1) / f->lambda[l];
    f->target[row] = 1;
}

static int is_exact(const fit *f, int la, int lb)
{
    if (lb <= f->exact.degree) return 1;
    return (la == 2 && lb <= f->exact.sum - 2) || (la == 4 && lb <= f->exact.sum - 6);
}

/* Rows for the forms <Y_a, Y_b> of two degrees: there are about as many invariants among them as forms over the order of the symmetry, some
 * more for low degrees. */
static int rows_of(const fit *f, int la, int lb)
{
    int64_t forms = la == lb ? (2 * la + 1) * (la + 1) : (2 * la + 1) * (2 * lb + 1);
    int64_t wanted = (int64_t)(1.7 * (double)forms * (double)f->class_count / (double)f->pair_count) + 6;
    return (int)(wanted < forms ? wanted : forms);
}

/* A random combination of each degree's harmonics stands for all of them. */
static void block_row(fit *f, int row, int la, int lb, uint64_t *state, double *u, double *v)
{
    const int count = f->rule->count;
    memset(u, 0, sizeof *u * count);
    memset(v, 0, sizeof *v * count);
    for (int side = 0; side < 2; side++) {
        int l = side ? lb : la;
        double *to = side ? v : u;
        uint64_t before = *state;
        for (int m = 0; m < 2 * l + 1; m++) {
            const double *Y = f->Y + (int64_t)((l - 1) * l / 2 - 1 + m) * count, a = sign_of(state);
            for (int i = 0; i < count; i++) to[i] += a * Y[i];
        }
        if (side == 0 || la != lb) continue;
        uint64_t first = f->seed, second = before;
        for (int m = 0; m < 2 * l + 1; m++) f->target[row] += sign_of(&first) * sign_of(&second);
        f->matrix[f->class_count * f->rows + row] = f->target[row] * l * (l + 1) / f->lambda[l];
    }
    for (int64_t k = 0; k < f->pair_count; k++) {
        const pair *p = &f->pairs[k];
        f->matrix[p->class * f->rows + row] += (u[p->j] - u[p->i]) * (v[p->j] - v[p->i]);
    }
}

static grz_status make_rows(fit *f)
{
    const int count = f->rule->count;
    f->rows = f->exact.traces;
    for (int la = 2; la <= f->largest; la += 2)
        for (int lb = la; lb <= f->largest; lb += 2)
            if (is_exact(f, la, lb)) f->rows += rows_of(f, la, lb);
    f->matrix = grzi_allocate_zeroed(f->context, f->rows * (f->class_count + 1), sizeof(double));
    f->target = grzi_allocate_zeroed(f->context, f->rows, sizeof(double));
    double *u = grzi_allocate(f->context, 2 * count, sizeof *u);
    if (!f->matrix || !f->target || !u) {
        grzi_deallocate(f->context, u);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    uint64_t state = 1;
    int row = 0;
    for (int la = 2; la <= f->largest; la += 2)
        for (int lb = la; lb <= f->largest; lb += 2)
            for (int k = is_exact(f, la, lb) ? rows_of(f, la, lb) : 0; k > 0; k--) {
                f->seed = state;
                block_row(f, row++, la, lb, &state, u, u + count);
            }
    grzi_deallocate(f->context, u);
    for (int k = 0; k < f->exact.traces; k++) trace_row(f, row++, f->exact.degree + 2 * (k + 1));
    return GRZ_OK;
}

/* Residual of the rows, root mean square in units of the targets' size. */
static double residual(const fit *f, double *out)
{
    double square = 0, scale = 0;
    memcpy(out, f->target, sizeof(double) * f->rows);
    for (int64_t k = 0; k <= f->class_count; k++) {
        double x = k < f->class_count ? f->value[k] : f->landau;
        for (int row = 0; x != 0 && row < f->rows; row++) out[row] -= x * f->matrix[k * f->rows + row];
    }
    for (int row = 0; row < f->rows; row++) square += out[row] * out[row], scale += f->target[row] * f->target[row];
    return sqrt(square / scale);
}

/* Landau's column as a unit vector, or zero where it is held at c = 0. */
static void diffusive_direction(const fit *f, int held, double *direction)
{
    double square = 0;
    memcpy(direction, f->matrix + f->class_count * f->rows, sizeof(double) * f->rows);
    for (int row = 0; row < f->rows; row++) square += direction[row] * direction[row];
    for (int row = 0; row < f->rows; row++) direction[row] = held ? 0 : direction[row] / sqrt(square);
}

/* out = column - direction (direction, column) */
static void without_direction(const fit *f, const double *direction, double scale, const double *column, double *out)
{
    double along = 0;
    for (int row = 0; row < f->rows; row++) along += direction[row] * column[row];
    for (int row = 0; row < f->rows; row++) out[row] = scale * (column[row] - along * direction[row]);
}

/* c for the entries as they are: what is left of the rows along its column. */
static double diffusive_share(const fit *f, const double *direction, double *left)
{
    const double *column = f->matrix + f->class_count * f->rows;
    double along = 0, size = 0;
    residual(f, left);
    for (int row = 0; row < f->rows; row++) along += direction[row] * left[row], size += direction[row] * column[row];
    return size > 0 ? f->landau + along / size : 0;
}

typedef struct room {
    int held; /* c at 0 */
    double *a, *gram, *x, *scale, *direction;
} room;

static grz_status make_room(const fit *f, room *r)
{
    *r = (room){0};
    r->a = grzi_allocate(f->context, f->rows * f->class_count, sizeof *r->a);
    r->gram = grzi_allocate(f->context, (int64_t)f->rows * f->rows, sizeof *r->gram);
    r->x = grzi_allocate(f->context, 2 * f->rows + f->class_count, sizeof *r->x);
    if (!r->a || !r->gram || !r->x) return GRZ_ERROR_OUT_OF_MEMORY;
    r->direction = r->x + f->rows;
    r->scale = r->direction + f->rows;
    return GRZ_OK;
}

/* Whether an entry or c was negative, and is now held at 0. */
static int hold_negative(fit *f, room *r)
{
    int negative = 0;
    for (int64_t k = 0; k < f->class_count; k++)
        if (f->value[k] < 0) f->value[k] = r->scale[k] = 0, negative = 1;
    if (f->landau < 0) f->landau = 0, r->held = negative = 1;
    return negative;
}

/* The rows, which are more than there are independent ones, as normal equations of the least change, with as little added to the diagonal
 * as they need: 0 when they cannot be factorised. */
static int factorise(const fit *f, room *r)
{
    const int n = f->rows, columns = (int)f->class_count;
    diffusive_direction(f, r->held, r->direction);
    for (int64_t k = 0; k < columns; k++) without_direction(f, r->direction, r->scale[k], f->matrix + k * n, r->a + k * n);
    for (double regular = LEAST_REGULAR; regular < MOST_REGULAR; regular *= 10) {
        double trace = 0;
        grzi_multiply(n, n, columns, (grzi_matrix){r->a, 1, n}, (grzi_matrix){r->a, n, 1}, 0, r->gram, n);
        for (int64_t i = 0; i < n; i++) trace += r->gram[i * n + i];
        for (int64_t i = 0; i < n; i++) r->gram[i * n + i] += regular * trace;
        if (grzi_cholesky(n, r->gram) == 0) return 1;
    }
    return 0;
}

/* Steps towards the rows; what regularisation left goes with the next ones. */
static void approach(fit *f, room *r, double *left)
{
    const int n = f->rows, columns = (int)f->class_count;
    for (int step = 0; step < STEPS; step++) {
        residual(f, r->x);
        without_direction(f, r->direction, 1, r->x, r->x);
        grzi_cholesky_solve(n, r->gram, r->x);
        for (int64_t k = 0; k < columns; k++) f->value[k] += r->scale[k] * grzi_dot(n, r->a + k * n, r->x);
        f->landau = diffusive_share(f, r->direction, r->x);
        double before = *left;
        *left = residual(f, r->x);
        if (*left < EXACT || (step > 0 && *left > 0.9 * before)) return;
    }
}

/* Least relative change of A, with c free: a law's part at angles far below the nodes' distances then goes into c whole and leaves A as it
 * was, so that D of a family of laws that differ by such parts, Coulomb's, is as smooth in eps as the laws are. Entries that would become
 * negative are fixed at 0 round after round. */
static grz_status solve(fit *f, double *left)
{
    room r;
    grz_status status = make_room(f, &r);
    if (status == GRZ_OK) {
        for (int64_t k = 0; k < f->class_count; k++) r.scale[k] = f->start[k] / sqrt((double)f->size[k]);
        *left = residual(f, r.x);
        for (int round = 0; round < ROUNDS && status == GRZ_OK; round++) {
            if (grzi_is_cancelled(f->context)) status = grzi_fail(f->context, GRZ_ERROR_CANCELLED, "sphere generator: cancelled");
            if (status != GRZ_OK || !factorise(f, &r)) break;
            approach(f, &r, left);
            if (!(*left < SOLVED) || !hold_negative(f, &r)) break;
            *left = residual(f, r.x);
        }
        for (int64_t k = 0; k < f->class_count; k++) f->value[k] = fmax(f->value[k], 0);
        f->landau = fmax(f->landau, 0);
        *left = residual(f, r.x);
    }
    void *const blocks[] = {r.a, r.gram, r.x};
    for (int k = 0; k < 3; k++) grzi_deallocate(f->context, blocks[k]);
    return status;
}

/* Relative error of lambda_l, averaged over the harmonics of a degree. */
static double spectrum_error(const fit *f, int l)
{
    double sum = f->landau * l * (l + 1);
    for (int64_t k = 0; k < f->class_count; k++) sum += f->value[k] * class_eigenvalue(f, k, l);
    return sum / f->lambda[l] - 1;
}

static grz_status fill(const fit *f, grzi_generator *generator)
{
    const int count = f->rule->count, stride = (count + 7) & ~7;
    *generator = (grzi_generator){
        .count = count, .degree = f->exact.degree, .stride = stride, .landau = f->landau, .transfer = f->transfer, .least = INFINITY};
    generator->A = grzi_allocate_zeroed(f->context, (int64_t)(count + 8) * stride + stride + f->pair_count, sizeof(double));
    generator->first = grzi_allocate(f->context, count + 1, sizeof *generator->first);
    generator->node = grzi_allocate(f->context, f->pair_count + 1, sizeof *generator->node);
    if (!generator->A || !generator->first || !generator->node) {
        grzi_generator_destroy(f->context, generator);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    generator->row_sum = generator->A + (int64_t)(count + 8) * stride;
    generator->value = generator->row_sum + stride;
    for (int64_t k = 0; k < f->pair_count; k++) {
        const pair *p = &f->pairs[k];
        double x = f->value[p->class];
        generator->A[p->i * stride + p->j] = generator->A[p->j * stride + p->i] = x;
        generator->row_sum[p->i] += x;
        generator->row_sum[p->j] += x;
        generator->least = fmin(generator->least, x / f->start[p->class]);
    }
    int64_t at = 0;
    for (int i = 0; i < count; i++) {
        generator->first[i] = at;
        for (int j = i + 1; j < count; j++)
            if (generator->A[i * stride + j] > 0) {
                generator->node[at] = j;
                generator->value[at++] = generator->A[i * stride + j];
            }
    }
    generator->first[count] = at;
    for (int l = 2; l <= f->exact.degree + 2 * f->exact.traces + 2; l += 2)
        generator->error = fmax(generator->error, fabs(spectrum_error(f, l)));
    return GRZ_OK;
}

static grz_status make(fit *f, const grzi_angular_law *law, double *left)
{
    double worst = 0;
    GRZI_TRY(make_pairs(f));
    GRZI_TRY(make_spectrum(f, law));
    if (!(f->lambda[2] > 0) || f->class_count == 0) return GRZ_OK;
    for (int l = 2; l <= f->exact.degree + 2 * f->exact.traces; l += 2) worst = fmax(worst, fabs(spectrum_error(f, l)));
    if (worst < AS_IT_IS) { /* a bounded law that is smooth where it meets its even extension */
        *left = 0;
        return GRZ_OK;
    }
    GRZI_TRY(make_harmonics(f));
    GRZI_TRY(make_rows(f));
    return solve(f, left);
}

grz_status grzi_generator_create(const grz_context *context, const grzi_angular_law *law, const grzi_sphere_rule *rule,
                                 grzi_exactness exact, grzi_generator *generator, int *made)
{
    fit f = {.context = context, .rule = rule, .exact = exact};
    f.largest = exact.sum - 2 > exact.degree ? exact.sum - 2 : exact.degree;
    double left = 1;
    *made = 0;
    grz_status status = make(&f, law, &left);
    if (status == GRZ_OK && left < SOLVED) {
        status = fill(&f, generator);
        *made = status == GRZ_OK;
    }
    void *const blocks[] = {f.Y, f.l, f.pairs, f.start, f.size, f.matrix, f.target};
    for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++) grzi_deallocate(context, blocks[k]);
    return status;
}

double grzi_generator_shortest(const grzi_sphere_rule *rule)
{
    double least = GRZI_PI / 2;
    for (int j = 1; j < rule->count; j++)
        for (int i = 0; i < j; i++) least = fmin(least, axes_angle(rule->nodes + 3 * i, rule->nodes + 3 * j));
    return sin(least / 2) * sin(least / 2);
}

void grzi_generator_destroy(const grz_context *context, grzi_generator *generator)
{
    if (!generator) return;
    grzi_deallocate(context, generator->A);
    grzi_deallocate(context, generator->first);
    grzi_deallocate(context, generator->node);
    *generator = (grzi_generator){0};
}

/* Functions and tangent fields on the sphere by spherical harmonics, many at a time: every transform is a matrix product. The rule has
 * nodes +-w; functions are split into even and odd parts at w, and Y_lm(-w) = (-1)^l Y_lm(w), which halves the work. */
#include "quadrature.h"
#include "solve/solve.h"

#include <math.h>

enum { LARGEST = 64 };
static const double SOLID_ANGLE = 12.566370614359172954; /* 4 pi */

struct grz_sphere {
    grz_context *context;
    int lmax, half, count[2];   /* nodes w; coefficients of even and odd degree */
    grzi_sphere_rule rule;      /* the w and mean weights */
    double *frames;             /* half*6: p and q at each w */
    double *Y[2], *slope[2][2]; /* half x count: harmonics of each parity, their derivatives along p and q */
};

/* Within its parity, in either one: the odd (even) degrees below l take l(l-1)/2 places. */
static int place(int l, int m)
{
    return l * (l - 1) / 2 + l + m;
}

static grz_status fill(grz_sphere *s)
{
    const int all = (s->lmax + 1) * (s->lmax + 1);
    double *work = grzi_allocate(s->context, 3 * (int64_t)all, sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int i = 0; i < s->half; i++) {
        double *p = s->frames + 6 * i, *q = p + 3;
        grzi_orthonormal_frame(s->rule.nodes + 3 * i, p, q);
        grzi_harmonics_slopes(s->lmax, s->rule.nodes + 3 * i, p, q, work, work + all, work + 2 * all);
        for (int l = 0; l <= s->lmax; l++)
            for (int m = -l; m <= l; m++) {
                int64_t at = (int64_t)i * s->count[l % 2] + place(l, m), from = l * l + l + m;
                s->Y[l % 2][at] = work[from];
                s->slope[l % 2][0][at] = work[all + from];
                s->slope[l % 2][1][at] = work[2 * all + from];
            }
    }
    grzi_deallocate(s->context, work);
    return GRZ_OK;
}

grz_status grz_sphere_create(grz_context *context, int32_t lmax, grz_sphere **out)
{
    static const char *const function = "grz_sphere_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(context, function, "lmax", lmax, 0, LARGEST));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    grz_sphere *made = grzi_allocate_zeroed(context, 1, sizeof *made);
    if (!made) return GRZ_ERROR_OUT_OF_MEMORY;
    made->context = grzi_context_retain(context);
    made->lmax = lmax;
    for (int l = 0; l <= lmax; l++) made->count[l % 2] += 2 * l + 1;
    grz_status status = grzi_sphere_rule_create(context, 2 * lmax, &made->rule);
    if (status == GRZ_OK) {
        made->half = made->rule.count;
        made->frames = grzi_allocate(context, 6 * (int64_t)made->half, sizeof(double));
        if (!made->frames) status = GRZ_ERROR_OUT_OF_MEMORY;
    }
    for (int parity = 0; parity < 2 && status == GRZ_OK; parity++) {
        int64_t size = (int64_t)made->half * made->count[parity];
        made->Y[parity] = grzi_allocate(context, 3 * size + 1, sizeof(double));
        if (!made->Y[parity]) status = GRZ_ERROR_OUT_OF_MEMORY;
        for (int tangent = 0; tangent < 2 && status == GRZ_OK; tangent++)
            made->slope[parity][tangent] = made->Y[parity] + (1 + tangent) * size;
    }
    if (status == GRZ_OK) status = fill(made);
    if (status == GRZ_OK)
        *out = made;
    else
        grz_sphere_destroy(&made);
    return status;
}

void grz_sphere_destroy(grz_sphere **sphere)
{
    if (!sphere || !*sphere) return;
    grz_sphere *old = *sphere;
    *sphere = NULL;
    grz_context *context = old->context;
    grzi_sphere_rule_destroy(context, &old->rule);
    grzi_deallocate(context, old->frames);
    for (int parity = 0; parity < 2; parity++) grzi_deallocate(context, old->Y[parity]);
    grzi_deallocate(context, old);
    grzi_context_release(context);
}

int32_t grz_sphere_degree(const grz_sphere *sphere)
{
    return sphere ? sphere->lmax : 0;
}

int64_t grz_sphere_node_count(const grz_sphere *sphere)
{
    return sphere ? 2 * (int64_t)sphere->half : 0;
}

int64_t grz_sphere_coefficient_count(const grz_sphere *sphere)
{
    return sphere ? (int64_t)sphere->count[0] + sphere->count[1] : 0;
}

grz_status grz_sphere_nodes(const grz_sphere *sphere, double *nodes, double *weights)
{
    if (!sphere) return GRZ_ERROR_NULL_ARGUMENT;
    if (!nodes && !weights) return grzi_fail(sphere->context, GRZ_ERROR_NULL_ARGUMENT, "grz_sphere_nodes: nodes and weights are both NULL");
    const int half = sphere->half;
    for (int i = 0; i < half; i++) {
        for (int a = 0; nodes && a < 3; a++) {
            nodes[3 * i + a] = sphere->rule.nodes[3 * i + a];
            nodes[3 * (half + i) + a] = -sphere->rule.nodes[3 * i + a];
        }
        if (weights) weights[i] = weights[half + i] = 0.5 * SOLID_ANGLE * sphere->rule.weights[i];
    }
    return GRZ_OK;
}

/* --------------------------------------------------------------------------------------------------------- transforms */

/* What a transform reads or writes. */
typedef enum array { COEFFICIENTS, VALUES, FIELD } array;

static grz_status check(const grz_sphere *s, const char *function, int64_t batch, array from, const double *in, array to, const double *out)
{
    static const char *const names[3] = {"coefficients", "values", "field"};
    const int64_t sizes[3] = {grz_sphere_coefficient_count(s), 2 * (int64_t)s->half, 6 * (int64_t)s->half};
    if (batch < 0 || batch > INT32_MAX / 8)
        return grzi_fail(s->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: batch = %lld is out of range", function, (long long)batch);
    GRZI_TRY(grzi_check_array_finite(s->context, function, names[from], in, batch * sizes[from]));
    return grzi_check_pointer(s->context, function, names[to], out);
}

/* Checks a transform's arguments and allocates batches of two arrays at the half nodes and of one parity's coefficients. */
static grz_status begin(const grz_sphere *s, const char *function, int64_t batch, array from, const double *in, array to, const double *out,
                        double **work)
{
    if (!s) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(check(s, function, batch, from, in, to, out));
    int64_t widest = s->count[0] > s->count[1] ? s->count[0] : s->count[1];
    *work = grzi_allocate(s->context, batch * (2 * (int64_t)s->half + widest) + 1, sizeof **work);
    return *work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
}

/* out = in M, or in M^T; in: batch rows. */
static void multiply(int64_t batch, int inner, int columns, const double *in, const double *M, int transpose, double beta, double *out)
{
    grzi_multiply((int)batch, columns, inner, grzi_rows(in, inner), transpose ? grzi_columns_of(M, inner) : grzi_rows(M, columns),
                  beta != 0, out, columns);
}

/* Coefficients of one parity between the caller's order and the matrices'. */
static void gather(const grz_sphere *s, int64_t batch, int parity, const double *coefficients, double *packed)
{
    const int64_t all = grz_sphere_coefficient_count(s), count = s->count[parity];
    for (int64_t b = 0; b < batch; b++)
        for (int l = parity; l <= s->lmax; l += 2)
            for (int m = -l; m <= l; m++) packed[b * count + place(l, m)] = coefficients[b * all + l * l + l + m];
}

static void scatter(const grz_sphere *s, int64_t batch, int parity, const double *packed, double *coefficients)
{
    const int64_t all = grz_sphere_coefficient_count(s), count = s->count[parity];
    for (int64_t b = 0; b < batch; b++)
        for (int l = parity; l <= s->lmax; l += 2)
            for (int m = -l; m <= l; m++) coefficients[b * all + l * l + l + m] = packed[b * count + place(l, m)];
}

grz_status grz_sphere_analyse(const grz_sphere *s, int64_t batch, const double *values, double *coefficients)
{
    double *work;
    GRZI_TRY(begin(s, "grz_sphere_analyse", batch, VALUES, values, COEFFICIENTS, coefficients, &work));
    const int half = s->half;
    double *packed = work + batch * half;
    for (int parity = 0; parity < 2; parity++) {
        for (int64_t b = 0; b < batch; b++)
            for (int i = 0; i < half; i++) {
                const double *at = values + 2 * b * half + i;
                work[b * half + i] = 0.5 * SOLID_ANGLE * s->rule.weights[i] * (parity ? at[0] - at[half] : at[0] + at[half]);
            }
        multiply(batch, half, s->count[parity], work, s->Y[parity], 0, 0, packed);
        scatter(s, batch, parity, packed, coefficients);
    }
    grzi_deallocate(s->context, work);
    return GRZ_OK;
}

grz_status grz_sphere_synthesise(const grz_sphere *s, int64_t batch, const double *coefficients, double *values)
{
    double *work;
    GRZI_TRY(begin(s, "grz_sphere_synthesise", batch, COEFFICIENTS, coefficients, VALUES, values, &work));
    const int half = s->half;
    double *packed = work + batch * half;
    for (int64_t i = 0; i < 2 * batch * half; i++) values[i] = 0;
    for (int parity = 0; parity <= (s->lmax > 0); parity++) {
        gather(s, batch, parity, coefficients, packed);
        multiply(batch, s->count[parity], half, packed, s->Y[parity], 1, 0, work);
        for (int64_t b = 0; b < batch; b++)
            for (int i = 0; i < half; i++) {
                double *at = values + 2 * b * half + i, part = work[b * half + i];
                at[0] += part;
                at[half] += parity ? -part : part;
            }
    }
    grzi_deallocate(s->context, work);
    return GRZ_OK;
}

/* grad Y_lm(-w) = (-1)^{l+1} grad Y_lm(w). */
grz_status grz_sphere_gradient(const grz_sphere *s, int64_t batch, const double *coefficients, double *field)
{
    double *work;
    GRZI_TRY(begin(s, "grz_sphere_gradient", batch, COEFFICIENTS, coefficients, FIELD, field, &work));
    const int half = s->half;
    double *packed = work + batch * half;
    for (int64_t i = 0; i < 6 * batch * half; i++) field[i] = 0;
    for (int parity = 0; parity <= (s->lmax > 0); parity++) {
        gather(s, batch, parity, coefficients, packed);
        for (int tangent = 0; tangent < 2; tangent++) {
            multiply(batch, s->count[parity], half, packed, s->slope[parity][tangent], 1, 0, work);
            for (int64_t b = 0; b < batch; b++)
                for (int i = 0; i < half; i++)
                    for (int a = 0; a < 3; a++) {
                        double *at = field + 3 * (2 * b * half + i) + a, part = work[b * half + i] * s->frames[6 * i + 3 * tangent + a];
                        at[0] += part;
                        at[3 * half] += parity ? part : -part;
                    }
        }
    }
    grzi_deallocate(s->context, work);
    return GRZ_OK;
}

/* Minus the adjoint of the gradient in the rule's inner products. */
grz_status grz_sphere_divergence(const grz_sphere *s, int64_t batch, const double *field, double *coefficients)
{
    double *work;
    GRZI_TRY(begin(s, "grz_sphere_divergence", batch, FIELD, field, COEFFICIENTS, coefficients, &work));
    const int half = s->half;
    double *packed = work + batch * half;
    for (int parity = 0; parity < 2; parity++) {
        for (int tangent = 0; tangent < 2; tangent++) {
            for (int64_t b = 0; b < batch; b++)
                for (int i = 0; i < half; i++) {
                    const double *at = field + 3 * (2 * b * half + i), *opposite = at + 3 * half, *t = s->frames + 6 * i + 3 * tangent;
                    double along = at[0] * t[0] + at[1] * t[1] + at[2] * t[2];
                    double along_opposite = opposite[0] * t[0] + opposite[1] * t[1] + opposite[2] * t[2];
                    work[b * half + i] =
                        -0.5 * SOLID_ANGLE * s->rule.weights[i] * (parity ? along + along_opposite : along - along_opposite);
                }
            multiply(batch, half, s->count[parity], work, s->slope[parity][tangent], 0, tangent, packed);
        }
        scatter(s, batch, parity, packed, coefficients);
    }
    grzi_deallocate(s->context, work);
    return GRZ_OK;
}

grz_status grz_sphere_multiply(const grz_sphere *s, int64_t batch, const double *multiplier, double *coefficients)
{
    if (!s) return GRZ_ERROR_NULL_ARGUMENT;
    const int64_t all = grz_sphere_coefficient_count(s);
    GRZI_TRY(check(s, "grz_sphere_multiply", batch, COEFFICIENTS, coefficients, COEFFICIENTS, coefficients));
    GRZI_TRY(grzi_check_array_finite(s->context, "grz_sphere_multiply", "multiplier", multiplier, s->lmax + 1));
    for (int64_t b = 0; b < batch; b++)
        for (int l = 0; l <= s->lmax; l++)
            for (int m = -l; m <= l; m++) coefficients[b * all + l * l + l + m] *= multiplier[l];
    return GRZ_OK;
}

grz_status grz_sphere_solve(const grz_sphere *s, int64_t batch, double *coefficients)
{
    if (!s) return GRZ_ERROR_NULL_ARGUMENT;
    double inverse[LARGEST + 1] = {0};
    for (int l = 1; l <= s->lmax; l++) inverse[l] = -1.0 / (l * (l + 1.0));
    return grz_sphere_multiply(s, batch, inverse, coefficients);
}

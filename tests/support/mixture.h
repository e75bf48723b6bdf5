/* What the suites of mixtures share: a scene of species on their grids, densities of them, sums over all species. */
#ifndef SUPPORT_MIXTURE_H
#define SUPPORT_MIXTURE_H

#include "support/entropic.h"

enum { MOST_SPECIES = 4 };

typedef struct scene {
    int count;
    double mass[MOST_SPECIES];
    grz_species *species[MOST_SPECIES];
    grz_grid *grids[MOST_SPECIES];
    grz_mixture *mixture;
    int64_t size;
    double *v, *weight; /* 3 size; size: a node's cell */
    int *of;            /* size: its species */
} scene;

static UNUSED scene scene_on(int count, const double *mass, const int *n, const double *half_width, const double *centre)
{
    scene s = {.count = count};
    for (int i = 0; i < count; i++) {
        s.mass[i] = mass[i];
        DONE(grz_species_create(context, "ion", mass[i], i % 2 ? 1 : -1, &s.species[i]));
        DONE(grz_grid_create(context, n[i], half_width[i], centre, &s.grids[i]));
    }
    DONE(grz_mixture_create(context, count, (const grz_species *const *)s.species, (const grz_grid *const *)s.grids, &s.mixture));
    s.size = grz_mixture_offset(s.mixture, count);
    s.v = doubles(3 * s.size);
    s.weight = doubles(s.size);
    s.of = malloc((size_t)s.size * sizeof *s.of);
    ck_assert_ptr_nonnull(s.of);
    for (int i = 0; i < count; i++) {
        int64_t begin = grz_mixture_offset(s.mixture, i), nodes = grz_grid_node_count(s.grids[i]);
        double *v = nodes_of(s.grids[i]), h = 2 * half_width[i] / n[i];
        memcpy(s.v + 3 * begin, v, sizeof *v * (size_t)(3 * nodes));
        for (int64_t k = begin; k < begin + nodes; k++) s.weight[k] = h * h * h, s.of[k] = i;
        free(v);
    }
    return s;
}

/* On one grid. */
static UNUSED scene scene_of(int count, const double *mass, int n, double half_width)
{
    int all[MOST_SPECIES];
    double widths[MOST_SPECIES];
    for (int i = 0; i < count; i++) all[i] = n, widths[i] = half_width;
    return scene_on(count, mass, all, widths, NULL);
}

static UNUSED void leave(scene *s)
{
    grz_mixture_destroy(&s->mixture);
    for (int i = 0; i < s->count; i++) {
        grz_species_destroy(&s->species[i]);
        grz_grid_destroy(&s->grids[i]);
    }
    free(s->v);
    free(s->weight);
    free(s->of);
}

static UNUSED void set_kernels(scene *s, const grz_kernel *kernel)
{
    for (int b = 0; b < s->count; b++)
        for (int a = 0; a <= b; a++) DONE(grz_mixture_set_kernel(s->mixture, a, b, kernel));
}

static UNUSED grz_operator *operator_of(const scene *s, grz_equation equation, grz_method method)
{
    grz_operator *op;
    DONE(grz_operator_create_mixture(context, s->mixture, equation, method, &op));
    return op;
}

/* n (m/2 pi T)^{3/2} exp(-m |v - u|^2/2 T) into a species' part. */
static UNUSED void put_maxwellian(const scene *s, int i, double number, const double u[3], double T, double *f)
{
    const double m = s->mass[i];
    for (int64_t k = grz_mixture_offset(s->mixture, i); k < grz_mixture_offset(s->mixture, i + 1); k++) {
        double square = 0;
        for (int a = 0; a < 3; a++) square += (s->v[3 * k + a] - (u ? u[a] : 0)) * (s->v[3 * k + a] - (u ? u[a] : 0));
        f[k] = number * pow(m / (2 * M_PI * T), 1.5) * exp(-m * square / (2 * T));
    }
}

/* Sum over the nodes of weight a b and, if asked, of its absolute values. */
static UNUSED double pairing(const scene *s, const double *a, const double *b, double *absolute)
{
    long double sum = 0, size = 0;
    for (int64_t k = 0; k < s->size; k++) {
        long double x = (long double)s->weight[k] * a[k] * b[k];
        sum += x;
        size += fabsl(x);
    }
    if (absolute) *absolute = (double)size;
    return (double)sum;
}

/* Which = 0 .. count - 1: the mass of a species; then momentum (3) and energy of all. */
static UNUSED void invariant(const scene *s, int which, double *phi)
{
    for (int64_t k = 0; k < s->size; k++) {
        const double *v = s->v + 3 * k, m = s->mass[s->of[k]];
        phi[k] = which < s->count       ? s->of[k] == which
                 : which < s->count + 3 ? m * v[which - s->count]
                                        : m * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }
}

/* Of one species, a component of velocity or |v|^2 (axis = 3), m/2 times: momentum and energy. */
static UNUSED void moment_of(const scene *s, int species, int axis, double *phi)
{
    for (int64_t k = 0; k < s->size; k++) {
        const double *v = s->v + 3 * k, m = s->mass[species];
        phi[k] = s->of[k] != species ? 0 : axis < 3 ? m * v[axis] : m * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) / 2;
    }
}

#endif

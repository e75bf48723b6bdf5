/* Densities and operators that the suites of the geometry share. */
#ifndef SUPPORT_SCENE_H
#define SUPPORT_SCENE_H

#include "support/check.h"

typedef enum sample { BIMAXWELLIAN, BKW, MIXTURE } sample;

static UNUSED const double sample_temperatures[3] = {0.7, 1.0, 1.3};

typedef struct scene {
    grz_context *context;
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    int64_t count;
    double cell;
    double *f;
} scene;

static UNUSED void open_scene_of(scene *s, int n, double half_width, sample which, double gamma, double nu, double eps,
                                 grz_equation equation, int level)
{
    grz_kernel *unscaled;
    grz_distribution *f;
    OK(grz_context_create(&s->context));
    OK(grz_grid_create(s->context, n, half_width, (double[3]){0.1, -0.05, 0.08}, &s->grid));
    OK(grz_kernel_create_power_law(s->context, gamma, nu, 0, &unscaled));
    OK(grz_kernel_create_scaled(s->context, unscaled, eps, &s->kernel));
    grz_kernel_destroy(&unscaled);
    OK(grz_operator_create(s->context, s->grid, s->kernel, equation, GRZ_METHOD_ENTROPIC, &s->op));
    OK(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_ACCURACY, level));
    uint64_t seed = 7;
    double axes[9];
    random_axes(&seed, axes);
    if (which == BIMAXWELLIAN)
        OK(grz_distribution_create_bimaxwellian(s->context, s->grid, 0.9, (double[3]){0.15, -0.1, 0.05}, sample_temperatures, axes, &f));
    else if (which == BKW)
        OK(grz_distribution_create_bkw(s->context, s->grid, 0.7, &f));
    else
        OK(grz_distribution_create_mixture(s->context, s->grid, 2, (double[2]){0.5, 0.6}, (double[6]){0.8, 0.1, 0, -0.9, 0, 0.2},
                                           (double[18]){0.6, 0.1, 0, 0.1, 0.5, 0, 0, 0, 0.7, 0.5, 0, 0, 0, 0.6, 0.05, 0, 0.05, 0.6}, &f));
    s->count = grz_grid_node_count(s->grid);
    s->cell = pow(grz_grid_spacing(s->grid), 3);
    s->f = malloc(sizeof(double) * s->count);
    OK(grz_distribution_values(f, s->f));
    grz_distribution_destroy(&f);
}

static UNUSED void close_scene(scene *s)
{
    free(s->f);
    grz_operator_destroy(&s->op);
    grz_kernel_destroy(&s->kernel);
    grz_grid_destroy(&s->grid);
    grz_context_destroy(&s->context);
}

static UNUSED double *array_of(const scene *s)
{
    return malloc(sizeof(double) * s->count);
}

static UNUSED void node_of(const scene *s, int64_t index, double v[3])
{
    int n = grz_grid_nodes_per_axis(s->grid);
    double x[128];
    int64_t at[3] = {index / n / n, index / n % n, index % n};
    for (int axis = 0; axis < 3; axis++) {
        grz_grid_axis_nodes(s->grid, axis, x);
        v[axis] = x[at[axis]];
    }
}

static UNUSED double dissipation_of(const scene *s, grz_functional_type type)
{
    grz_functional *D;
    double value;
    OK(grz_functional_create_dissipation(s->context, s->op, type, &D));
    OK(grz_functional_evaluate(D, s->f, &value));
    grz_functional_destroy(&D);
    return value;
}

static UNUSED double inner(const scene *s, const double *a, const double *b)
{
    double sum = 0;
    for (int64_t i = 0; i < s->count; i++) sum += a[i] * b[i];
    return sum * s->cell;
}

#endif

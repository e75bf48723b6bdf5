/* What the suites of functionals share: a grid, a mixture of two Gaussians, first variations against difference quotients. */
#ifndef SUPPORT_VARIATION_H
#define SUPPORT_VARIATION_H

#include "support/check.h"

static UNUSED grz_context *context;
static UNUSED grz_grid *grid;

static UNUSED void open_grid(void)
{
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, 36, 8, (double[3]){0.2, -0.1, 0.3}, &grid));
}

static UNUSED void close_grid(void)
{
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}

static UNUSED double value_of(grz_functional *functional, const double *f)
{
    double value = NAN;
    grz_status status = grz_functional_evaluate(functional, f, &value);
    HOLDS(status == GRZ_OK, "%s", grz_context_last_message(context));
    return value;
}

/* Two Gaussians as in many tests, also as a formula: density and gradient in long double. */
static UNUSED const double weights[2] = {0.7, 0.6}, means[6] = {1, 0.2, 0, -0.8, -0.3, 0.5};
static UNUSED const double covariances[18] = {0.9, 0.1, 0, 0.1, 0.8, -0.05, 0, -0.05, 1, 0.7, 0, 0.1, 0, 1.1, 0, 0.1, 0, 0.8};

static UNUSED grz_distribution *mixture_on(const grz_grid *g)
{
    grz_distribution *f;
    OK(grz_distribution_create_mixture(context, g, 2, weights, means, covariances, &f));
    return f;
}

/* (F(f+tg) - F(f-tg))/(2t) = h^3 sum g dF/df + O(t^2): the error falls fourfold when t halves, and Richardson's extrapolation agrees. */
static UNUSED void check_variation(grz_functional *F, const grz_grid *g, const double *f, uint64_t seed, double tolerance)
{
    int64_t count = grz_grid_node_count(g);
    double *shift = malloc((size_t)count * sizeof *f), *moved = malloc((size_t)count * sizeof *f),
           *variation = malloc((size_t)count * sizeof *f);
    double h = grz_grid_spacing(g), slope = 0, scale = 0, quotient[3];
    OK(grz_functional_first_variation(F, f, variation));
    for (int64_t i = 0; i < count; i++) {
        shift[i] = f[i] * (2 * uniform(&seed) - 1);
        slope += h * h * h * shift[i] * variation[i];
        scale += h * h * h * fabs(shift[i] * variation[i]);
    }
    for (int s = 0; s < 3; s++) {
        double t = 0.08 / (1 << s), side[2];
        for (int sign = 0; sign < 2; sign++) {
            for (int64_t i = 0; i < count; i++) moved[i] = f[i] + (sign ? t : -t) * shift[i];
            side[sign] = value_of(F, moved);
        }
        quotient[s] = (side[1] - side[0]) / (2 * t);
    }
    double error[3];
    for (int s = 0; s < 3; s++) error[s] = fabs(quotient[s] - slope);
    if (error[2] > 1e-9 * scale) {
        HOLDS(error[0] / error[1] > 3.6 && error[0] / error[1] < 4.4, "errors %g %g %g", error[0], error[1], error[2]);
        HOLDS(error[1] / error[2] > 3.8 && error[1] / error[2] < 4.2, "errors %g %g %g", error[0], error[1], error[2]);
    }
    double once[2] = {(4 * quotient[1] - quotient[0]) / 3, (4 * quotient[2] - quotient[1]) / 3};
    NEAR((16 * once[1] - once[0]) / 15, slope, tolerance * scale);
    /* In place, too. */
    memcpy(moved, f, (size_t)count * sizeof *f);
    OK(grz_functional_first_variation(F, moved, moved));
    ck_assert_int_eq(memcmp(moved, variation, (size_t)count * sizeof *f), 0);
    free(shift);
    free(moved);
    free(variation);
}

#endif

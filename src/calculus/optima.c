/* The test functions at which the affine representations of section 6.1 are attained, as callbacks whose user pointer is an interpolant. */
#include "calculus/interpolant.h"

#include <math.h>

static double root(const grz_interpolant *f, const double *v, const double *v_star)
{
    double a, b;
    return grzi_interpolant_at(f, v, &a) && grzi_interpolant_at(f, v_star, &b) ? exp(0.5 * (a + b)) : 0;
}

int grz_optimal_pair(int64_t count, const double *v, const double *v_star, double *psi, void *interpolant)
{
    if (!interpolant || !v || !v_star || !psi) return 1;
    for (int64_t i = 0; i < 3 * count; i += 3) psi[i / 3] = root(interpolant, v + i, v_star + i);
    return 0;
}

/* grad_tilde sqrt(ff*) = sqrt(C_beta) |z|^{1+gamma/2} sqrt(ff*)/2 Pi (grad log f - grad* log f*) */
int grz_optimal_field(int64_t count, const double *v, const double *v_star, double *field, void *interpolant)
{
    const grz_interpolant *f = interpolant;
    if (!f || !v || !v_star || !field) return 1;
    for (int64_t i = 0; i < 3 * count; i += 3) {
        double a, b, slope[3], slope_star[3], z[3], length = 0, along = 0, constant;
        for (int axis = 0; axis < 3; axis++) {
            field[i + axis] = 0;
            z[axis] = v[i + axis] - v_star[i + axis];
            length += z[axis] * z[axis];
        }
        if (!grzi_interpolant_slope(f, v + i, &a, slope) || !grzi_interpolant_slope(f, v_star + i, &b, slope_star) || length == 0) continue;
        if (grzi_kernel_landau_constant(f->kernel, sqrt(length), &constant) != GRZ_OK) return 1;
        for (int axis = 0; axis < 3; axis++) along += z[axis] * (slope[axis] - slope_star[axis]) / length;
        double factor = 0.5 * exp(0.5 * (a + b)) * sqrt(length * constant * grzi_kernel_kinetic_factor(f->kernel, sqrt(length)));
        for (int axis = 0; axis < 3; axis++) field[i + axis] = factor * (slope[axis] - slope_star[axis] - along * z[axis]);
    }
    return 0;
}

/* sqrt(f'f*') - sqrt(ff*) = sqrt(ff*) (exp(d/2) - 1), d the jump of log ff*. */
int grz_optimal_jump(int64_t count, const double *v, const double *v_star, const double *sigma, double *psi, void *interpolant)
{
    const grz_interpolant *f = interpolant;
    if (!f || !v || !v_star || !sigma || !psi) return 1;
    for (int64_t i = 0; i < 3 * count; i += 3) {
        double after[2][3], logs[4], length = 0;
        for (int axis = 0; axis < 3; axis++) length += (v[i + axis] - v_star[i + axis]) * (v[i + axis] - v_star[i + axis]);
        for (int axis = 0; axis < 3; axis++) {
            double centre = 0.5 * (v[i + axis] + v_star[i + axis]), turn = 0.5 * sqrt(length) * sigma[i + axis];
            after[0][axis] = centre + turn;
            after[1][axis] = centre - turn;
        }
        const double *const places[4] = {v + i, v_star + i, after[0], after[1]};
        int inside = 1;
        for (int k = 0; k < 4; k++) inside = inside && grzi_interpolant_at(f, places[k], &logs[k]);
        double before = 0.5 * (logs[0] + logs[1]);
        psi[i / 3] = inside ? exp(before) * expm1(0.5 * (logs[2] + logs[3]) - before) : 0;
    }
    return 0;
}

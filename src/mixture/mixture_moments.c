/* Moments of a mixture, its entropy, and the Maxwellians that it tends to. */
#include "distribution/maxwellian.h"
#include "mixture/mixture.h"

#include <math.h>

/* With number n, mean velocity u and temperature T of each: u = sum m n u/sum m n, sum n T = sum n_a T_a + m_a n_a |u_a - u|^2/3. */
void grzi_mixture_totals(const grz_mixture *mixture, const double *number, const double *velocity, const double *temperature, double u[3],
                         double *T)
{
    double mass = 0, total = 0, energy = 0;
    for (int axis = 0; axis < 3; axis++) u[axis] = 0;
    for (int i = 0; i < mixture->count; i++) {
        const double rho = mixture->species[i]->mass * number[i];
        mass += rho;
        total += number[i];
        for (int axis = 0; axis < 3; axis++) u[axis] += rho * velocity[3 * i + axis];
    }
    for (int axis = 0; axis < 3; axis++) u[axis] /= mass;
    for (int i = 0; i < mixture->count; i++) {
        double drift = 0;
        for (int axis = 0; axis < 3; axis++) drift += (velocity[3 * i + axis] - u[axis]) * (velocity[3 * i + axis] - u[axis]);
        energy += number[i] * (temperature[i] + mixture->species[i]->mass * drift / 3);
    }
    *T = energy / total;
}

static grz_status moments(const grz_mixture *mixture, const char *function, const double *f, double *number, double *velocity,
                          double *temperature)
{
    for (int i = 0; i < mixture->count; i++) {
        GRZI_TRY(
            grzi_moments(mixture->grids[i], function, f + mixture->offset[i], &number[i], velocity + 3 * i, &temperature[i], NULL, NULL));
        temperature[i] *= mixture->species[i]->mass;
        GRZI_TRY(grzi_check_result(mixture->context, function, "a temperature", temperature[i]));
    }
    return GRZ_OK;
}

grz_status grz_mixture_moments(const grz_mixture *mixture, const double *f, double *number, double *velocity, double *temperature,
                               double *total_velocity, double *total_temperature)
{
    static const char *const function = "grz_mixture_moments";
    if (!mixture) return GRZ_ERROR_NULL_ARGUMENT;
    double n[GRZI_MIXTURE_SPECIES], v[3 * GRZI_MIXTURE_SPECIES], t[GRZI_MIXTURE_SPECIES], u[3], T;
    GRZI_TRY(grzi_check_array_finite(mixture->context, function, "f", f, mixture->offset[mixture->count]));
    GRZI_TRY(moments(mixture, function, f, n, v, t));
    grzi_mixture_totals(mixture, n, v, t, u, &T);
    for (int axis = 0; axis < 3; axis++) GRZI_TRY(grzi_check_result(mixture->context, function, "the mean velocity", u[axis]));
    GRZI_TRY(grzi_check_result(mixture->context, function, "the temperature", T));
    for (int i = 0; number && i < mixture->count; i++) number[i] = n[i];
    for (int i = 0; velocity && i < 3 * mixture->count; i++) velocity[i] = v[i];
    for (int i = 0; temperature && i < mixture->count; i++) temperature[i] = t[i];
    for (int axis = 0; total_velocity && axis < 3; axis++) total_velocity[axis] = u[axis];
    if (total_temperature) *total_temperature = T;
    return GRZ_OK;
}

grz_status grz_mixture_equilibrium(const grz_mixture *mixture, const double *f, double *equilibrium)
{
    static const char *const function = "grz_mixture_equilibrium";
    if (!mixture) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(mixture->context, function, "equilibrium", equilibrium));
    double number[GRZI_MIXTURE_SPECIES], u[3], T;
    GRZI_TRY(grz_mixture_moments(mixture, f, number, NULL, NULL, u, &T));
    for (int i = 0; i < mixture->count; i++)
        if (!(number[i] >= 0))
            return grzi_fail(mixture->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: f has the density %g of species %d", function, number[i],
                             i);
    if (!(T > 0)) return grzi_fail(mixture->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: f has the temperature %g", function, T);
    for (int i = 0; i < mixture->count; i++) {
        const grz_grid *grid = mixture->grids[i];
        const grzi_maxwellian m = {number[i], {u[0], u[1], u[2]}, T / mixture->species[i]->mass};
        const double peak = grzi_maxwellian_peak(&m);
        for (int64_t node = 0; node < grzi_grid_count(grid); node++)
            equilibrium[mixture->offset[i] + node] = peak * exp(-grzi_maxwellian_square(grid, &m, node) / (2 * m.T));
    }
    return GRZ_OK;
}

grz_status grz_mixture_entropy(const grz_mixture *mixture, const double *f, double *entropy)
{
    static const char *const function = "grz_mixture_entropy";
    if (!mixture) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_array_nonnegative(mixture->context, function, "f", f, mixture->offset[mixture->count]));
    GRZI_TRY(grzi_check_pointer(mixture->context, function, "entropy", entropy));
    double total = 0;
    for (int s = 0; s < mixture->count; s++) {
        double sum = 0;
        for (int64_t i = mixture->offset[s]; i < mixture->offset[s + 1]; i++)
            if (f[i] > 0) sum += f[i] * log(f[i]);
        total += sum * grzi_grid_cell(mixture->grids[s]);
    }
    GRZI_TRY(grzi_check_result(mixture->context, function, "the entropy", total));
    *entropy = total;
    return GRZ_OK;
}

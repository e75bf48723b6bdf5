/* How strongly collisions diffuse a density: the coefficient that the preconditioner is made of. */
#include "distribution/maxwellian.h"
#include "operator/entropic/sweep.h"

#include <math.h>

static const double SMALLEST = 1e-8;

/* Square of the distance that collisions at this radius move a particle by, in the mean over angles; jumps beyond a cell count as of a
 * cell, since what they tell apart are independent values. */
static double mean_square_jump(const grzi_radius *radius, double spacing)
{
    double sum = 0;
    for (int j = 0; j < radius->law_count; j++) {
        double cells = radius->law_theta[j] * radius->r / spacing;
        sum += radius->law_weight[j] / (1 + cells * cells);
    }
    return radius->r * radius->r * sum;
}

/* sum over w of the partners' Gaussian at v - 2 r w, as far as the sphere's centre is one of the operator's. */
static double partners(const grz_grid *grid, const grzi_radius *radius, const double v[3], const double u[3], double T)
{
    double sum = 0, margin = (radius->count - 1) * 0.5 * grid->spacing + 0.5 * grid->spacing;
    for (int w = 0; w < radius->sphere.count; w++)
        for (int sign = -1; sign <= 1; sign += 2) {
            double square = 0;
            int inside = 1;
            for (int a = 0; a < 3; a++) {
                double x = sign * radius->r * radius->sphere.nodes[3 * w + a], far = v[a] - 2 * x - u[a];
                square += far * far;
                inside = inside && fabs(v[a] - x - grid->centre[a]) <= margin;
            }
            if (inside) sum += radius->sphere.weights[w] * exp(-square / (2 * T));
        }
    return sum;
}

void grzi_diffusivity(grz_operator *op, const double *f, double *diffusivity)
{
    const grz_grid *grid = op->grid;
    const grzi_rules *rules = &grzi_entropic_sweep(op)->rules;
    const int64_t count = grzi_grid_count(grid);
    const int n = grid->n, threads = grzi_threads(op->context);
    grzi_maxwellian m;
    double largest = 0;
    grzi_maxwellian_of(grid, f, &m);
    (void)threads;
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int64_t i = 0; i < count; i++) {
        double v[3] = {grzi_grid_node(grid, 0, (int)(i / n / n)), grzi_grid_node(grid, 1, (int)(i / n % n)),
                       grzi_grid_node(grid, 2, (int)(i % n))};
        diffusivity[i] = 0;
        for (int k = 0; k < rules->count; k++) {
            const grzi_radius *radius = &rules->radii[k];
            if (radius->count > 0)
                diffusivity[i] += radius->weight * mean_square_jump(radius, grid->spacing) * partners(grid, radius, v, m.u, m.T);
        }
    }
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, diffusivity[i]);
    for (int64_t i = 0; i < count; i++) diffusivity[i] = largest > 0 ? fmax(diffusivity[i] / largest, SMALLEST) : 1;
}

/* The collision invariants 1, v, |v|^2: the kernel of K_f. They decide what a collision rate can reach. */
#include "distribution/invariants.h"
#include "distribution/maxwellian.h"
#include "distribution/sum.h"
#include "geometry/metric.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

static const char *const names[] = {
#define MOMENT(name, words) words,
#include "core/constants.def"
};

/* sums[a] = sum x chi_a, sizes[a] = sum |x chi_a|, gram[a][b] = sum f chi_a chi_b (may be NULL) */
static void sum_against(const grz_grid *grid, const grzi_maxwellian *m, const double *x, const double *weight, double *sums, double *sizes,
                        const double *f, double *gram)
{
    grzi_sum total[5] = {{0, 0}};
    const double width = sqrt(m->T);
    for (int a = 0; a < 5; a++) sizes[a] = 0;
    if (gram) memset(gram, 0, 25 * sizeof *gram);
    for (int64_t node = 0; node < grzi_grid_count(grid); node++) {
        double chi[5], value = weight ? weight[node] * x[node] : x[node];
        grzi_invariants_about(grid, m->u, width, node, chi);
        for (int a = 0; a < 5; a++) {
            grzi_sum_add(&total[a], value * chi[a]);
            sizes[a] += fabs(value * chi[a]);
            for (int b = 0; gram && b < 5; b++) gram[5 * a + b] += f[node] * chi[a] * chi[b];
        }
    }
    for (int a = 0; a < 5; a++) sums[a] = grzi_sum_total(&total[a]);
}

/* out = x - weight * sum_a c_a chi_a with gram c = sums */
static int subtract(const grz_grid *grid, const grzi_maxwellian *m, double *gram, double *sums, const double *weight, const double *x,
                    double *out)
{
    const double width = sqrt(m->T);
    if (grzi_cholesky(5, gram) != 0) return 0;
    grzi_cholesky_solve(5, gram, sums);
    for (int64_t node = 0; node < grzi_grid_count(grid); node++) {
        double chi[5], value = 0;
        grzi_invariants_about(grid, m->u, width, node, chi);
        for (int a = 0; a < 5; a++) value += sums[a] * chi[a];
        out[node] = x[node] - (weight ? weight[node] : 1) * value;
    }
    return 1;
}

/* Mass before momentum before energy; of the momenta the one that changes most, as f may correlate them. */
static grz_moment first_defect(const double *sums, const double *sizes, double tolerance)
{
    int largest = 1;
    for (int a = 2; a <= 3; a++)
        if (fabs(sums[a]) * sizes[largest] > fabs(sums[largest]) * sizes[a]) largest = a;
    const int order[3] = {0, largest, 4};
    for (int i = 0; i < 3; i++)
        if (fabs(sums[order[i]]) > tolerance * sizes[order[i]]) return (grz_moment)(order[i] + 1);
    return GRZ_MOMENT_NONE;
}

grz_status grzi_metric_admit(grz_metric *metric, const char *function, const double *f, const double *g, double *admitted)
{
    const grz_grid *grid = metric->op->grid;
    grzi_maxwellian m; /* centre and width of f, so that the five functions are of order one where f is */
    grzi_maxwellian_of(grid, f, &m);
    double sums[5], sizes[5], gram[25], tolerance = metric->options[GRZ_METRIC_OPTION_MOMENT_TOLERANCE], largest = 0;
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) largest = fmax(largest, fabs(g[i]));
    frexp(largest, &metric->exponent);
    for (int64_t i = 0; i < grzi_grid_count(grid); i++) admitted[i] = ldexp(g[i], -metric->exponent);
    sum_against(grid, &m, admitted, NULL, sums, sizes, f, gram);
    metric->unreachable = first_defect(sums, sizes, tolerance);
    if (metric->unreachable != GRZ_MOMENT_NONE) return GRZ_OK;
    if (!subtract(grid, &m, gram, sums, f, admitted, admitted))
        return grzi_fail(metric->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: f lives on too few nodes to have a mass, a mean and an energy",
                         function);
    return GRZ_OK;
}

void grzi_metric_normalise(const grz_metric *metric, const double *f, double *phi)
{
    const grz_grid *grid = metric->op->grid;
    grzi_maxwellian m; /* centre and width of f, so that the five functions are of order one where f is */
    grzi_maxwellian_of(grid, f, &m);
    double sums[5], sizes[5], gram[25];
    sum_against(grid, &m, phi, f, sums, sizes, f, gram);
    subtract(grid, &m, gram, sums, NULL, phi, phi);
}

int32_t grz_metric_unreachable(const grz_metric *metric)
{
    return metric ? (int32_t)metric->unreachable : -1;
}

const char *grz_moment_name(grz_moment moment)
{
    return (int)moment >= 0 && (size_t)moment < sizeof names / sizeof names[0] ? names[moment] : "unknown moment";
}

/* The velocity grid: moments, Maxwellians with exact discrete invariants. */
#include "kinetic.h"

#include <math.h>
#include <stdlib.h>

/* The best box for n nodes: the tail of pairs exp(-R^2/T_max), that of f exp(-(L - R)^2/(2 T_max)) and the modes of f left out, exp(-T_min
 * kappa^2/2), kappa = pi n/(2L), are alike small. */
void velocity_create(grz_context *context, int n, double T_min, double T_max, double mean, velocity_grid *velocity, grz_grid **grid)
{
    const double pi = 3.14159265358979324, share = 1 + sqrt(2);
    double digits = n * pi * sqrt(T_min / T_max / 8) / share, radius = sqrt(T_max * digits), half_width = share * radius;
    const double centre[3] = {mean, 0, 0};
    check(grz_grid_create(context, n, half_width, centre, grid), context);
    *velocity = (velocity_grid){.n = n, .nodes = grz_grid_node_count(*grid), .half_width = half_width, .radius = radius};
    velocity->spacing = grz_grid_spacing(*grid);
    velocity->cell = pow(velocity->spacing, 3);
    for (int axis = 0; axis < 3; axis++) {
        velocity->v[axis] = allocate(n, sizeof(double));
        check(grz_grid_axis_nodes(*grid, axis, velocity->v[axis]), context);
    }
    while (velocity->negative < n && velocity->v[0][velocity->negative] < 0) velocity->negative++;
}

void velocity_destroy(velocity_grid *velocity)
{
    for (int axis = 0; axis < 3; axis++) free(velocity->v[axis]);
}

/* Sums of f and M times powers of w = v - u, of which |w|^2 is the last. */
static void sums_about(const velocity_grid *g, const double *f, const double u[3], double sum[INVARIANTS])
{
    int n = g->n;
    for (int k = 0; k < INVARIANTS; k++) sum[k] = 0;
    for (int i = 0; i < n; i++) {
        double x = g->v[0][i] - u[0], plane[4] = {0, 0, 0, 0};
        for (int j = 0; j < n; j++) {
            double y = g->v[1][j] - u[1], row[3] = {0, 0, 0};
            const double *values = f + ((int64_t)i * n + j) * n;
            for (int k = 0; k < n; k++) {
                double z = g->v[2][k] - u[2], fz = values[k] * z;
                row[0] += values[k];
                row[1] += fz;
                row[2] += fz * z;
            }
            plane[0] += row[0];
            plane[1] += row[0] * y;
            plane[2] += row[1];
            plane[3] += row[0] * y * y + row[2];
        }
        sum[0] += plane[0];
        sum[1] += plane[0] * x;
        sum[2] += plane[1];
        sum[3] += plane[2];
        sum[4] += plane[0] * x * x + plane[3];
    }
    for (int k = 0; k < INVARIANTS; k++) sum[k] *= g->cell;
}

void velocity_invariants(const velocity_grid *g, const double *f, double invariants[INVARIANTS])
{
    const double zero[3] = {0, 0, 0};
    sums_about(g, f, zero, invariants);
    invariants[ENERGY] /= 2;
}

int gas_of(const double invariants[INVARIANTS], double *rho, double u[3], double *T)
{
    *rho = invariants[MASS];
    double square = 0;
    for (int a = 0; a < 3; a++) {
        u[a] = invariants[MOMENTUM + a] / *rho;
        square += u[a] * u[a];
    }
    *T = (2 * invariants[ENERGY] / *rho - square) / 3;
    return *rho > 0 && *T > 0;
}

void velocity_moments(const velocity_grid *g, const double *f, double m[MOMENTS])
{
    int n = g->n;
    double rho, u[3], T;
    velocity_invariants(g, f, m);
    for (int k = INVARIANTS; k < MOMENTS; k++) m[k] = 0;
    if (!gas_of(m, &rho, u, &T)) return;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double x = g->v[0][i] - u[0], y = g->v[1][j] - u[1], row[2] = {0, 0};
            const double *values = f + ((int64_t)i * n + j) * n;
            for (int k = 0; k < n; k++) {
                double z = g->v[2][k] - u[2];
                row[0] += values[k];
                row[1] += values[k] * z * z;
            }
            m[STRESS] += row[0] * x * x * g->cell;
            m[STRESS + 1] += row[0] * y * y * g->cell;
            m[STRESS + 2] += row[1] * g->cell;
            m[HEAT_FLUX] += (row[0] * (x * x + y * y) + row[1]) * x / 2 * g->cell;
        }
}

/* f += M (a + b.w + c |w|^2) so that the sums of f about u become those wanted. The Gram matrix of the polynomials is the Maxwellian's of
 * R^3, which the grid's M meets to a few digits, so three rounds reach rounding. */
static void adjust(const velocity_grid *g, const double wanted[INVARIANTS], const double u[3], double T, const double *M, double *f)
{
    int n = g->n;
    double rho = wanted[0], defect[INVARIANTS], largest = 0;
    for (int round = 0;; round++) {
        sums_about(g, f, u, defect);
        const double unit[INVARIANTS] = {rho, rho * sqrt(T), rho * sqrt(T), rho * sqrt(T), 3 * rho * T};
        largest = 0;
        for (int k = 0; k < INVARIANTS; k++) {
            defect[k] = wanted[k] - defect[k];
            largest = fmax(largest, fabs(defect[k]) / unit[k]);
        }
        if (round == 3 || largest < 4e-16) break;
        double a = (5 * T * defect[0] - defect[4]) / (2 * rho * T), c = (defect[4] - 3 * T * defect[0]) / (6 * rho * T * T);
        const double b[3] = {defect[1] / (rho * T), defect[2] / (rho * T), defect[3] / (rho * T)};
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                double x = g->v[0][i] - u[0], y = g->v[1][j] - u[1], base = a + b[0] * x + b[1] * y + c * (x * x + y * y);
                int64_t at = ((int64_t)i * n + j) * n;
                for (int k = 0; k < n; k++) {
                    double z = g->v[2][k] - u[2];
                    f[at + k] += M[at + k] * (base + (b[2] + c * z) * z);
                }
            }
    }
    if (!(largest < 1e-12)) fail("velocity grid too coarse or too small for rho = %g, u = %g, T = %g: defect %.1e", rho, u[0], T, largest);
}

static void wanted_about(const double invariants[INVARIANTS], const double u[3], double wanted[INVARIANTS])
{
    double rho = invariants[MASS], square = u[0] * u[0] + u[1] * u[1] + u[2] * u[2];
    wanted[0] = rho;
    wanted[4] = 2 * invariants[ENERGY];
    for (int a = 0; a < 3; a++) {
        wanted[1 + a] = invariants[MOMENTUM + a] - rho * u[a];
        wanted[4] -= 2 * u[a] * invariants[MOMENTUM + a];
    }
    wanted[4] += rho * square;
}

static void product_add(const velocity_grid *g, double rho, const double u[3], const double T[3], double *f)
{
    int n = g->n;
    double factor[3 * 1024];
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < n; i++) {
            double w = g->v[axis][i] - u[axis];
            factor[axis * n + i] = exp(-w * w / (2 * T[axis])) / sqrt(2 * PI * T[axis]);
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double outer = rho * factor[i] * factor[n + j], *row = f + ((int64_t)i * n + j) * n;
            for (int k = 0; k < n; k++) row[k] += outer * factor[2 * n + k];
        }
}

void bimaxwellian_add(const velocity_grid *g, double rho, double u, double T_x, double T_p, double *f)
{
    const double mean[3] = {u, 0, 0}, T[3] = {T_x, T_p, T_p};
    product_add(g, rho, mean, T, f);
}

void maxwellian_fill(const velocity_grid *g, const double invariants[INVARIANTS], double *M)
{
    double rho, u[3], T;
    if (!gas_of(invariants, &rho, u, &T)) fail("no Maxwellian: rho = %g, T = %g", rho, T);
    const double temperatures[3] = {T, T, T};
    for (int64_t i = 0; i < g->nodes; i++) M[i] = 0;
    product_add(g, rho, u, temperatures, M);
    double wanted[INVARIANTS];
    wanted_about(invariants, u, wanted);
    adjust(g, wanted, u, T, M, M);
}

void invariants_restore(const velocity_grid *g, const double invariants[INVARIANTS], const double *M, double *f)
{
    double rho, u[3], T, wanted[INVARIANTS];
    if (!gas_of(invariants, &rho, u, &T)) fail("no gas with rho = %g, T = %g", rho, T);
    wanted_about(invariants, u, wanted);
    adjust(g, wanted, u, T, M, f);
}

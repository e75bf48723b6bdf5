/* The null space of K_f, and minimisation over it. */
#include "distribution/invariants.h"

#include "distribution/sum.h"

#include <math.h>
#include <string.h>

/* 1, x, |x|^2 - 1 with x = (v - centre)/L: of comparable size. */
void grzi_invariants_at(const grz_grid *grid, int64_t node, double psi[GRZI_INVARIANTS])
{
    int n = grid->n, index[3] = {(int)(node / ((int64_t)n * n)), (int)(node / n % n), (int)(node % n)};
    psi[0] = 1;
    psi[4] = -1;
    for (int a = 0; a < 3; a++) {
        psi[1 + a] = (2 * index[a] + 1) / (double)n - 1;
        psi[4] += psi[1 + a] * psi[1 + a];
    }
}

double grzi_invariants_sum(const double q[GRZI_INVARIANTS], const double psi[GRZI_INVARIANTS])
{
    double sum = 0;
    for (int m = 0; m < GRZI_INVARIANTS; m++) sum += q[m] * psi[m];
    return sum;
}

void grzi_invariants_about(const grz_grid *grid, const double u[3], double width, int64_t node, double chi[GRZI_INVARIANTS])
{
    int n = grid->n;
    chi[0] = 1;
    chi[1] = (grzi_grid_node(grid, 0, (int)(node / n / n)) - u[0]) / width;
    chi[2] = (grzi_grid_node(grid, 1, (int)(node / n % n)) - u[1]) / width;
    chi[3] = (grzi_grid_node(grid, 2, (int)(node % n)) - u[2]) / width;
    chi[4] = chi[1] * chi[1] + chi[2] * chi[2] + chi[3] * chi[3];
}

void grzi_invariants_fields(const grz_grid *grid, double *fields)
{
    int64_t count = grzi_grid_count(grid);
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        grzi_invariants_at(grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) fields[m * count + i] = psi[m];
    }
}

static int solve(double A[GRZI_INVARIANTS][GRZI_INVARIANTS], double b[GRZI_INVARIANTS])
{
    if (!grzi_invariants_factorise(A)) return 0;
    grzi_invariants_solve(A, b);
    return 1;
}

/* Sums of u's invariants less the wanted ones, and the matrix of u's second moments. Returns the size of the masses. */
static double residual_sums(const grz_grid *grid, const double wanted[GRZI_INVARIANTS], const double *u, double residual[GRZI_INVARIANTS],
                            double matrix[GRZI_INVARIANTS][GRZI_INVARIANTS])
{
    int64_t count = grzi_grid_count(grid);
    grzi_sum sum[GRZI_INVARIANTS] = {{0, 0}};
    double mass = 0;
    memset(matrix, 0, sizeof(double) * GRZI_INVARIANTS * GRZI_INVARIANTS);
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        grzi_invariants_at(grid, i, psi);
        mass += u[i];
        for (int m = 0; m < GRZI_INVARIANTS; m++) {
            grzi_sum_add(&sum[m], psi[m] * u[i]);
            for (int k = 0; k <= m; k++) matrix[m][k] += psi[m] * psi[k] * u[i];
        }
    }
    for (int m = 0; m < GRZI_INVARIANTS; m++) {
        grzi_sum_add(&sum[m], -wanted[m]);
        residual[m] = grzi_sum_total(&sum[m]);
    }
    return mass + fabs(wanted[0]);
}

/* phi + t q, its exponential, and sum exp - f (phi + t q) up to the constant sum f phi. */
static double objective(const grz_grid *grid, const double wanted[GRZI_INVARIANTS], const double *phi, const double q[GRZI_INVARIANTS],
                        double t, double *u)
{
    int64_t count = grzi_grid_count(grid);
    grzi_sum sum = {0, 0};
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        grzi_invariants_at(grid, i, psi);
        u[i] = exp(phi[i] + t * grzi_invariants_sum(q, psi));
        grzi_sum_add(&sum, u[i]);
    }
    for (int m = 0; m < GRZI_INVARIANTS; m++) grzi_sum_add(&sum, -t * q[m] * wanted[m]);
    return grzi_sum_total(&sum);
}

static void add(const grz_grid *grid, const double q[GRZI_INVARIANTS], double t, double *phi)
{
    int64_t count = grzi_grid_count(grid);
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        grzi_invariants_at(grid, i, psi);
        phi[i] += t * grzi_invariants_sum(q, psi);
    }
}

int grzi_match_sums(const grz_grid *grid, const double wanted[GRZI_INVARIANTS], double *phi, double *u)
{
    static const double none[GRZI_INVARIANTS] = {0};
    double best = INFINITY;
    double value = objective(grid, wanted, phi, none, 0, u);
    for (int iteration = 0; iteration < 200; iteration++) {
        double q[GRZI_INVARIANTS], matrix[GRZI_INVARIANTS][GRZI_INVARIANTS], slope = 0, residual = 0, t = 1;
        double size = residual_sums(grid, wanted, u, q, matrix);
        for (int m = 0; m < GRZI_INVARIANTS; m++) residual = fmax(residual, fabs(q[m]) / size);
        if (residual <= 2e-16 || (residual < 1e-13 && residual >= best)) return 0;
        best = fmin(best, residual);
        double gradient[GRZI_INVARIANTS];
        for (int m = 0; m < GRZI_INVARIANTS; m++) gradient[m] = q[m], q[m] = -q[m];
        if (!solve(matrix, q)) return 1;
        for (int m = 0; m < GRZI_INVARIANTS; m++) slope += gradient[m] * q[m];
        double trial = objective(grid, wanted, phi, q, t, u);
        while (!(trial <= value + 1e-4 * t * slope + 1e-14 * fabs(value)) && t > 1e-12)
            trial = objective(grid, wanted, phi, q, t *= 0.5, u);
        if (t <= 1e-12) return 1;
        add(grid, q, t, phi);
        value = objective(grid, wanted, phi, none, 0, u);
    }
    return best > 1e-12;
}

int grzi_match_moments(const grz_grid *grid, const double *f, double *phi, double *u)
{
    int64_t count = grzi_grid_count(grid);
    grzi_sum sum[GRZI_INVARIANTS] = {{0, 0}};
    double wanted[GRZI_INVARIANTS];
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        grzi_invariants_at(grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) grzi_sum_add(&sum[m], psi[m] * f[i]);
    }
    for (int m = 0; m < GRZI_INVARIANTS; m++) wanted[m] = grzi_sum_total(&sum[m]);
    return grzi_match_sums(grid, wanted, phi, u);
}

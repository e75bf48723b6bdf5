/* Maxwellians, bi-Maxwellians and mixtures of Gaussians: all are sums of coefficient * exp(-|W (v - mean)|^2). */
#include "distribution/distribution.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double two_pi = 6.283185307179586477;

typedef struct gaussian {
    double coefficient, mean[3], W[3][3];
} gaussian;

static void add_gaussian(const gaussian *g, grz_distribution *f)
{
    const grz_grid *grid = f->grid;
    int n = grid->n;
    double *row = f->values;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++, row += n) {
            double x = grzi_grid_node(grid, 0, i) - g->mean[0], y = grzi_grid_node(grid, 1, j) - g->mean[1];
            double a = g->W[0][0] * x + g->W[0][1] * y, b = g->W[1][0] * x + g->W[1][1] * y, c = g->W[2][0] * x + g->W[2][1] * y;
            for (int k = 0; k < n; k++) {
                double z = grzi_grid_node(grid, 2, k) - g->mean[2];
                double p = a + g->W[0][2] * z, q = b + g->W[1][2] * z, r = c + g->W[2][2] * z;
                row[k] += g->coefficient * exp(-(p * p + q * q + r * r));
            }
        }
}

static grz_status check_positive(const grz_context *context, const char *function, const char *name, double value)
{
    return grzi_check_range(context, function, name, value, 1 / GRZI_LARGEST_PARAMETER, GRZI_LARGEST_PARAMETER);
}

static grz_status check_vector(const grz_context *context, const char *function, const char *name, const double *u)
{
    for (int i = 0; u && i < 3; i++) {
        char component[80];
        snprintf(component, sizeof component, "%.48s[%d]", name, i);
        GRZI_TRY(grzi_check_range(context, function, component, u[i], -GRZI_LARGEST_PARAMETER, GRZI_LARGEST_PARAMETER));
    }
    return GRZ_OK;
}

/* rho prod_i (2 pi T_i)^{-1/2} exp(-(a_i.(v-u))^2/(2 T_i)) for the rows a_i of axes */
static grz_status create_from_axes(grz_context *context, const grz_grid *grid, double rho, const double *u, const double *T,
                                   const double *axes, grz_distribution **out)
{
    gaussian g = {.coefficient = rho};
    if (u) memcpy(g.mean, u, sizeof g.mean);
    for (int i = 0; i < 3; i++) {
        g.coefficient /= sqrt(two_pi * T[i]);
        for (int j = 0; j < 3; j++) g.W[i][j] = (axes ? axes[3 * i + j] : i == j) / sqrt(2 * T[i]);
    }
    grz_distribution *made;
    GRZI_TRY(grzi_distribution_new(context, grid, &made));
    add_gaussian(&g, made);
    *out = made;
    return GRZ_OK;
}

grz_status grz_distribution_create_maxwellian(grz_context *context, const grz_grid *grid, double rho, const double *u, double T,
                                              grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_maxwellian";
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(check_positive(context, function, "rho", rho));
    GRZI_TRY(check_vector(context, function, "u", u));
    GRZI_TRY(check_positive(context, function, "T", T));
    return create_from_axes(context, grid, rho, u, (double[3]){T, T, T}, NULL, out);
}

static grz_status check_orthonormal(const grz_context *context, const char *function, const double *axes)
{
    GRZI_TRY(grzi_check_array_finite(context, function, "axes", axes, 9));
    for (int i = 0; i < 3; i++)
        for (int j = i; j < 3; j++) {
            double product = 0;
            for (int k = 0; k < 3; k++) product += axes[3 * i + k] * axes[3 * j + k];
            if (!(fabs(product - (i == j)) <= 1e-12))
                return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT,
                                 "%s: axes are not orthonormal: row %d . row %d = %.17g, must be %d within 1e-12", function, i, j, product,
                                 i == j);
        }
    return GRZ_OK;
}

grz_status grz_distribution_create_bimaxwellian(grz_context *context, const grz_grid *grid, double rho, const double *u, const double *T,
                                                const double *axes, grz_distribution **out)
{
    static const char *const function = "grz_distribution_create_bimaxwellian";
    GRZI_TRY(grzi_distribution_check(context, function, grid, out));
    GRZI_TRY(check_positive(context, function, "rho", rho));
    GRZI_TRY(check_vector(context, function, "u", u));
    GRZI_TRY(grzi_check_pointer(context, function, "T", T));
    for (int i = 0; i < 3; i++) GRZI_TRY(check_positive(context, function, (const char *[]){"T[0]", "T[1]", "T[2]"}[i], T[i]));
    if (axes) GRZI_TRY(check_orthonormal(context, function, axes));
    return create_from_axes(context, grid, rho, u, T, axes, out);
}

/* Covariance C = L L^T gives W = L^{-1}/sqrt(2) and coefficient = weight (2 pi)^{-3/2}/det L. */
static grz_status gaussian_of_covariance(const grz_context *context, int component, double weight, const double *mean, const double *C,
                                         gaussian *g)
{
    static const char *const function = "grz_distribution_create_mixture";
    double L[3][3] = {{0}};
    *g = (gaussian){.coefficient = weight};
    memcpy(g->mean, mean, sizeof g->mean);
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < j; i++)
            if (fabs(C[3 * i + j] - C[3 * j + i]) > 1e-12 * sqrt(fabs(C[4 * i] * C[4 * j])))
                return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT,
                                 "%s: covariances[%d] is not symmetric: (%d,%d) = %.17g, (%d,%d) = %.17g", function, component, i, j,
                                 C[3 * i + j], j, i, C[3 * j + i]);
    for (int j = 0; j < 3; j++) {
        double pivot = C[4 * j];
        for (int k = 0; k < j; k++) pivot -= L[j][k] * L[j][k];
        if (!(C[4 * j] >= 1 / GRZI_LARGEST_PARAMETER) || !(pivot > 16 * DBL_EPSILON * C[4 * j]))
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT,
                             "%s: covariances[%d] is not positive definite: pivot %d of its Cholesky factorisation is %g", function,
                             component, j, pivot);
        L[j][j] = sqrt(pivot);
        g->coefficient /= sqrt(two_pi) * L[j][j];
        for (int i = j + 1; i < 3; i++) {
            double sum = C[3 * i + j];
            for (int k = 0; k < j; k++) sum -= L[i][k] * L[j][k];
            L[i][j] = sum / L[j][j];
        }
    }
    for (int j = 0; j < 3; j++)
        for (int i = j; i < 3; i++) {
            double sum = i == j ? sqrt(0.5) : 0;
            for (int k = j; k < i; k++) sum -= L[i][k] * g->W[k][j];
            g->W[i][j] = sum / L[i][i];
        }
    return GRZ_OK;
}

static grz_status check_mixture(const grz_context *context, int32_t count, const double *weights, const double *means,
                                const double *covariances)
{
    static const char *const function = "grz_distribution_create_mixture";
    GRZI_TRY(grzi_check_range(context, function, "count", count, 1, INT32_MAX));
    GRZI_TRY(grzi_check_pointer(context, function, "weights", weights));
    GRZI_TRY(grzi_check_pointer(context, function, "means", means));
    GRZI_TRY(grzi_check_pointer(context, function, "covariances", covariances));
    for (int m = 0; m < count; m++) {
        char name[64];
        gaussian g;
        snprintf(name, sizeof name, "weights[%d]", m);
        GRZI_TRY(check_positive(context, function, name, weights[m]));
        snprintf(name, sizeof name, "means[%d]", m);
        GRZI_TRY(check_vector(context, function, name, means + 3 * (size_t)m));
        for (int e = 0; e < 9; e++) {
            snprintf(name, sizeof name, "covariances[%d][%d]", m, e);
            GRZI_TRY(
                grzi_check_range(context, function, name, covariances[9 * (size_t)m + e], -GRZI_LARGEST_PARAMETER, GRZI_LARGEST_PARAMETER));
        }
        GRZI_TRY(gaussian_of_covariance(context, m, weights[m], means + 3 * (size_t)m, covariances + 9 * (size_t)m, &g));
    }
    return GRZ_OK;
}

grz_status grz_distribution_create_mixture(grz_context *context, const grz_grid *grid, int32_t count, const double *weights,
                                           const double *means, const double *covariances, grz_distribution **out)
{
    GRZI_TRY(grzi_distribution_check(context, "grz_distribution_create_mixture", grid, out));
    GRZI_TRY(check_mixture(context, count, weights, means, covariances));
    grz_distribution *made;
    GRZI_TRY(grzi_distribution_new(context, grid, &made));
    for (int m = 0; m < count; m++) {
        gaussian g;
        gaussian_of_covariance(context, m, weights[m], means + 3 * (size_t)m, covariances + 9 * (size_t)m, &g);
        add_gaussian(&g, made);
    }
    *out = made;
    return GRZ_OK;
}

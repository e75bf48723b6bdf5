/* Gauss rules of discrete measures: Lanczos from the square roots of the weights gives the Jacobi matrix (Gautschi, Orthogonal Polynomials:
 * Computation and Approximation, 2004, section 2.2.3), Golub-Welsch the rule. */
#include "quadrature.h"

#include "solve/solve.h"

#include <float.h>
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_first(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The measure's distinct support points with positive weight, ascending; points scaled by their largest modulus, weights by their sum. */
static int64_t normalise(int64_t size, const double *x, const double *w, double *points, double *scale, double *total)
{
    double heaviest = 0, sum = 0;
    for (int64_t i = 0; i < size; i++) heaviest = fmax(heaviest, w[i]);
    *scale = 0;
    int64_t used = 0;
    for (int64_t i = 0; i < size; i++) {
        if (!(w[i] > 0)) continue;
        points[2 * used] = x[i];
        points[2 * used + 1] = w[i] / heaviest;
        *scale = fmax(*scale, fabs(x[i]));
        used++;
    }
    qsort(points, (size_t)used, 2 * sizeof(double), compare_first);
    int64_t distinct = 0;
    for (int64_t i = 0; i < used; i++) {
        sum += points[2 * i + 1];
        if (distinct > 0 && points[2 * i] == points[2 * distinct - 2])
            points[2 * distinct - 1] += points[2 * i + 1];
        else {
            points[2 * distinct] = points[2 * i];
            points[2 * distinct + 1] = points[2 * i + 1];
            distinct++;
        }
    }
    if (*scale == 0) *scale = 1;
    for (int64_t i = 0; i < distinct; i++) {
        points[2 * i] /= *scale;
        points[2 * i + 1] /= sum;
    }
    *total = sum * heaviest;
    return distinct;
}

/* Jacobi matrix of the normalised measure, by Lanczos with full reorthogonalisation; returns its order, less than count when the measure is
 * exhausted to rounding. V holds count + 1 vectors. */
static int lanczos(int64_t size, const double *points, int count, double *V, double *diagonal, double *side)
{
    for (int64_t i = 0; i < size; i++) V[i] = sqrt(points[2 * i + 1]);
    for (int k = 0; k < count; k++) {
        double *v = V + k * size, *next = v + size;
        diagonal[k] = 0;
        for (int64_t i = 0; i < size; i++) diagonal[k] += points[2 * i] * v[i] * v[i];
        for (int64_t i = 0; i < size; i++) next[i] = (points[2 * i] - diagonal[k]) * v[i];
        for (int pass = 0; pass < 2; pass++)
            for (int j = k; j >= 0; j--) {
                const double *u = V + j * size;
                double overlap = grzi_dot_by_blocks(size, size, next, u);
                for (int64_t i = 0; i < size; i++) next[i] -= overlap * u[i];
            }
        double norm = sqrt(grzi_dot_by_blocks(size, size, next, next));
        if (k + 1 == count || norm <= 4 * DBL_EPSILON) return k + 1;
        side[k] = norm;
        for (int64_t i = 0; i < size; i++) next[i] /= norm;
    }
    return count;
}

/* Weight at a node where the eigenvector's first component is too small to be trusted: the Christoffel function, always positive. */
static double christoffel(int order, const double *diagonal, const double *side, double x)
{
    double previous = 0, p = 1, sum = 1;
    for (int k = 0; k + 1 < order; k++) {
        double next = ((x - diagonal[k]) * p - (k > 0 ? side[k - 1] * previous : 0)) / side[k];
        previous = p;
        p = next;
        sum += p * p;
    }
    return 1 / sum;
}

static grz_status gauss_of_normalised(const grz_context *context, int64_t size, const double *points, int count, double *nodes,
                                      double *weights, int *found)
{
    double *V = grzi_allocate(context, (count + 1) * size, sizeof(double));
    double *matrix = grzi_allocate(context, (int64_t)count * (count + 6), sizeof(double));
    grz_status status = V && matrix ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        double *diagonal = matrix, *side = matrix + count, *d = matrix + 2 * count, *e = matrix + 3 * count;
        double *work = matrix + 4 * count, *Z = matrix + 6 * count;
        int n = lanczos(size, points, count, V, diagonal, side);
        memcpy(d, diagonal, (size_t)n * sizeof(double));
        memcpy(e, side, (size_t)n * sizeof(double));
        if (LAPACKE_dsteqr_work(LAPACK_COL_MAJOR, 'I', n, d, e, Z, n, work) != 0)
            status = grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "grzi_gauss_of_measure: dsteqr failed for %d nodes", n);
        else {
            for (int i = 0; i < n; i++) {
                double first = Z[(int64_t)i * n];
                nodes[i] = fmin(fmax(d[i], points[0]), points[2 * size - 2]);
                weights[i] = fabs(first) > 1e-6 ? first * first : fmax(christoffel(n, diagonal, side, d[i]), DBL_MIN);
            }
            *found = n;
        }
    }
    grzi_deallocate(context, matrix);
    grzi_deallocate(context, V);
    return status;
}

grz_status grzi_gauss_of_measure(const grz_context *context, int64_t size, const double *x, const double *w, int count, double *nodes,
                                 double *weights, int *found)
{
    GRZI_TRY(grzi_check_range(context, "grzi_gauss_of_measure", "count", count, 1, 1000));
    GRZI_TRY(grzi_check_range(context, "grzi_gauss_of_measure", "size", (double)size, 1, 1e9));
    GRZI_TRY(grzi_check_array_finite(context, "grzi_gauss_of_measure", "x", x, size));
    GRZI_TRY(grzi_check_array_nonnegative(context, "grzi_gauss_of_measure", "w", w, size));
    double *points = grzi_allocate(context, 2 * size, sizeof(double));
    if (!points) return GRZ_ERROR_OUT_OF_MEMORY;
    double scale = 1, total = 0;
    int64_t distinct = normalise(size, x, w, points, &scale, &total);
    grz_status status = GRZ_OK;
    int n = (int)(distinct < count ? distinct : count);
    if (distinct <= count) {
        for (int i = 0; i < n; i++) {
            nodes[i] = points[2 * i] * scale;
            weights[i] = points[2 * i + 1] * total;
        }
    } else {
        status = gauss_of_normalised(context, distinct, points, count, nodes, weights, &n);
        for (int i = 0; i < n && status == GRZ_OK; i++) {
            nodes[i] *= scale;
            weights[i] *= total;
        }
    }
    if (status == GRZ_OK) *found = n;
    grzi_deallocate(context, points);
    return status;
}

/* Bounds of the distance that are proved: from above the length of a curve, from below what Lemma 5.7 and, for gamma = -2, Wasserstein's
 * distance allow. */
#include "distance/geodesic.h"
#include "distribution/distribution.h"
#include "geometry/metric.h"
#include "quadrature/quadrature.h"
#include "solve/lapack.h"

#include <math.h>
#include <string.h>

enum { NODES = 3 };

/* ----------------------------------------------------------------------------------------------------------- from above */

/* |f'| at time t of the curve through the levels; with is_straight, of the chord between the two next to t. *positive: 0 where the former
 * is none of densities. */
static grz_status speed_at(const grz_geodesic *geodesic, grz_metric *metric, const char *function, double t, int is_straight, double *work,
                           int *positive, double *speed)
{
    const int64_t count = geodesic->count;
    const grzi_curve *curve = &geodesic->curve;
    double *f = work, *rate = work + count, square;
    if (is_straight) {
        int k = (int)floor(t * curve->steps);
        const double *from = grzi_curve_level(curve, curve->f, k), share = t * curve->steps - k;
        for (int64_t i = 0; i < count; i++) {
            rate[i] = curve->steps * (from[count + i] - from[i]);
            f[i] = from[i] + share * (from[count + i] - from[i]);
        }
    } else {
        *positive = grzi_curve_at(curve, t, f, rate);
        if (!*positive) return GRZ_OK;
    }
    grzi_space_admit(&geodesic->space.space, f, rate);
    GRZI_TRY(grzi_metric_solve(metric, function, f, rate, &square, NULL));
    *speed = sqrt(square);
    return GRZ_OK;
}

/* int |f'| dt by Gauss' rule on each step. */
static grz_status length_of(grz_geodesic *geodesic, grz_metric *metric, const char *function, double *work, double *length)
{
    const int steps = geodesic->curve.steps;
    double node[NODES], weight[NODES];
    GRZI_TRY(grzi_gauss_jacobi(geodesic->context, NODES, 0, 0, node, weight));
    *length = 0;
    for (int k = 0; k < steps; k++) {
        double sum = 0;
        int is_straight = 0;
        for (int q = 0; q < NODES; q++) {
            int positive = 1;
            double speed = 0;
            GRZI_TRY(speed_at(geodesic, metric, function, (k + node[q]) / steps, is_straight, work, &positive, &speed));
            sum += weight[q] * speed;
            if (positive) continue;
            is_straight = 1; /* the whole step once more, by its chord */
            sum = 0;
            q = -1;
        }
        *length += sum / steps;
        GRZI_TRY(grzi_report_progress(geodesic->context, "length of a geodesic", (k + 1.0) / steps));
    }
    return GRZ_OK;
}

static grz_status upper_bound(grz_geodesic *geodesic, const char *function, double *value)
{
    GRZI_TRY(grzi_geodesic_check_run(geodesic, function));
    grz_metric *metric;
    GRZI_TRY(grz_metric_create(geodesic->context, geodesic->op, &metric));
    double *work = grzi_allocate(geodesic->context, 2 * geodesic->count, sizeof *work);
    grz_status status = work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_operator_space_create(geodesic->op, geodesic->ends, 0, &geodesic->space);
    if (status == GRZ_OK) status = length_of(geodesic, metric, function, work, value);
    grzi_operator_space_clear(&geodesic->space);
    grzi_deallocate(geodesic->context, work);
    grz_metric_destroy(&metric);
    return status;
}

/* ----------------------------------------------------------------------------------------------------------- from below */

/* |int psi (f_1 - f_0)| <= C d for all psi of Lemma 5.7's class, the supremum over those of one coordinate being explicit. */
static grz_status dual_bound(const grz_geodesic *geodesic, double *value)
{
    double constant, difference, bound;
    const double *f0 = geodesic->ends, *f1 = f0 + geodesic->count;
    GRZI_TRY(grz_operator_comparison_constant(geodesic->op, f0, &constant));
    GRZI_TRY(grz_operator_comparison(geodesic->op, f0, f1, 0, &difference, &bound));
    *value = constant > 0 ? difference / constant : 0;
    return GRZ_OK;
}

typedef struct covariances {
    double A[9], B[9], root[3]; /* root: the singular values of B^{1/2} A^{1/2} */
    int info;
} covariances;

static double trace(const double *A)
{
    return A[0] + A[4] + A[8];
}

/* With A = L L^T the squares of the singular values are the eigenvalues of L^T B L. */
static void singular_values(void *user)
{
    covariances *c = user;
    double L[9], M[9] = {0}, work[32];
    memcpy(L, c->A, sizeof L);
    c->info = (int)LAPACKE_dpotrf_work(LAPACK_ROW_MAJOR, 'L', 3, L, 3);
    L[1] = L[2] = L[5] = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                for (int l = 0; l < 3; l++) M[3 * i + j] += L[3 * k + i] * c->B[3 * k + l] * L[3 * l + j];
    if (c->info == 0) c->info = (int)LAPACKE_dsyev_work(LAPACK_COL_MAJOR, 'N', 'U', 3, M, 3, c->root, work, 32);
    for (int i = 0; i < 3; i++) c->root[i] = sqrt(fmax(0, c->root[i]));
}

/* With |z|^{2+gamma} = 1 the projection Pi only makes the action of Landau's equation smaller than C_beta rho times Wasserstein's, so
 * d_L >= W_2/sqrt(C_beta) of the normalised densities, and W_2 is not below that of the Gaussians of their covariances (M. Gelbrich, Math.
 * Nachr. 147 (1990) 185), whose means are the same. */
static grz_status wasserstein_bound(const grz_geodesic *geodesic, const char *function, double *value)
{
    covariances c;
    double rho, constant, *const tensors[2] = {c.A, c.B};
    for (int end = 0; end < 2; end++) {
        GRZI_TRY(grzi_moments(geodesic->op->grid, function, geodesic->ends + end * geodesic->count, &rho, NULL, NULL, tensors[end], NULL));
        for (int i = 0; i < 9; i++) tensors[end][i] /= rho;
    }
    GRZI_TRY(grz_kernel_landau_constant(geodesic->op->kernel, 1, &constant));
    GRZI_TRY(grzi_run_lapack(geodesic->context, singular_values, &c));
    double square = trace(c.A) + trace(c.B) - 2 * (c.root[0] + c.root[1] + c.root[2]);
    *value = c.info == 0 ? sqrt(fmax(0, square) / constant) : 0;
    return GRZ_OK;
}

static grz_status compute(grz_geodesic *geodesic, const char *function, grz_geodesic_bound bound, double *value)
{
    const grz_kernel *kernel = geodesic->op->kernel;
    const double gamma = grz_kernel_gamma(kernel);
    *value = 0;
    switch (bound) {
    case GRZ_GEODESIC_BOUND_LENGTH:
        return upper_bound(geodesic, function, value);
    case GRZ_GEODESIC_BOUND_DUAL:
        return grzi_kernel_is_factorised(kernel) && gamma <= 0 ? dual_bound(geodesic, value) : GRZ_OK;
    case GRZ_GEODESIC_BOUND_WASSERSTEIN:
        return grzi_kernel_is_factorised(kernel) && gamma == -2 && grzi_operator_is_landau(geodesic->op)
                   ? wasserstein_bound(geodesic, function, value)
                   : GRZ_OK;
    }
    return GRZ_OK;
}

grz_status grz_geodesic_bound_value(grz_geodesic *geodesic, grz_geodesic_bound bound, double *value)
{
    static const char *const function = "grz_geodesic_bound_value";
    double result;
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(geodesic->context, function, "bound", (int)bound, GRZ_GEODESIC_BOUND_LENGTH, GRZ_GEODESIC_BOUND_WASSERSTEIN));
    GRZI_TRY(grzi_check_pointer(geodesic->context, function, "value", value));
    if (geodesic->unreachable != GRZ_MOMENT_NONE) return *value = INFINITY, GRZ_OK;
    GRZI_TRY(compute(geodesic, function, bound, &result));
    GRZI_TRY(grzi_check_result(geodesic->context, function, "the bound", result));
    *value = result;
    return GRZ_OK;
}

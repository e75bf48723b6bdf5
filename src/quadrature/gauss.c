/* Gauss-Jacobi rules on (0, 1): Golub & Welsch, Math. Comp. 23 (1969) 221 for first nodes, then Newton's method on the recurrence written
 * for differences from the nearer endpoint, which keeps the relative accuracy of nodes next to it and of all weights. */
#include "quadrature.h"

#include <lapacke.h>
#include <math.h>
#include <string.h>

enum { NEWTON_STEPS = 20 };

/* The sums of up to hundreds of terms run in the widest native type: 1e-16 instead of 1e-14 where that is wider than double. */
typedef long double wide;

/* Jacobi polynomials of the weight x^a (1-x)^b scaled to R_k(0) = 1:
 * R_{k+1} - R_k = C_k (R_k - R_{k-1}) - A_k x R_k, and the norms h_k = int R_k^2 x^a (1-x)^b dx. */
typedef struct jacobi {
    int count;
    wide *A, *C, *reciprocal_norm;
} jacobi;

static void jacobi_coefficients(wide a, wide b, double total, jacobi *p)
{
    wide s = a + b;
    p->A[0] = (s + 2) / (a + 1);
    p->C[0] = 0;
    wide norm = total;
    p->reciprocal_norm[0] = 1 / norm;
    for (int k = 1; k < p->count; k++) {
        p->A[k] = (2 * k + s + 1) * (2 * k + s + 2) / ((k + s + 1) * (k + 1 + a));
        p->C[k] = (k + b) * k * (2 * k + s + 2) / ((k + s + 1) * (2 * k + s) * (k + 1 + a));
        int j = k - 1;
        norm *= j == 0 ? (b + 1) / ((s + 3) * (a + 1))
                       : (2 * j + s + 1) * (j + b + 1) * (j + 1) / ((2 * j + s + 3) * (j + s + 1) * (j + a + 1));
        p->reciprocal_norm[k] = 1 / norm;
    }
}

/* Newton's correction R_n / R_n' at x, and the weight 1 / sum_{k<n} R_k^2 / h_k there. */
static wide newton_step(const jacobi *p, wide x, double *weight)
{
    wide R = 1, difference = 0, slope = 0, slope_difference = 0, sum = 0;
    for (int k = 0; k < p->count; k++) {
        sum += R * R * p->reciprocal_norm[k];
        slope_difference = p->C[k] * slope_difference - p->A[k] * (R + x * slope);
        difference = p->C[k] * difference - p->A[k] * x * R;
        slope += slope_difference;
        R += difference;
    }
    *weight = (double)(1 / sum);
    return R / slope;
}

/* The nodes of p that are nearer to 0 than to 1, by polishing those in x[0 .. nearer-1] (ascending). */
static void polish(const jacobi *p, int nearer, double *x, double *w)
{
    for (int i = 0; i < nearer; i++) {
        /* The polynomial is monotone and convex up to its first zero, so -R/R' at 0 is a lower bound: it rescues a node below rounding. */
        if (i == 0) {
            double bound = 1;
            newton_step(p, 0, &bound);
            x[0] = fmax(x[0], (double)-newton_step(p, 0, &bound));
        }
        wide node = x[i];
        for (int step = 0; step < NEWTON_STEPS; step++) {
            wide change = newton_step(p, node, &w[i]);
            node -= change;
            if (fabsl(change) <= 1e-10L * node) break;
        }
        newton_step(p, node, &w[i]);
        x[i] = (double)node;
    }
}

static double beta_function(double p, double q)
{
    return tgamma(p) * tgamma(q) / tgamma(p + q);
}

grz_status grzi_gauss_jacobi(const grz_context *context, int count, double a, double b, double *x, double *w)
{
    /* Above these exponents the gamma functions leave the range of double precision. */
    const double lowest = nextafter(-1, 0), highest = 80;
    GRZI_TRY(grzi_check_range(context, "grzi_gauss_jacobi", "count", count, 1, 100000));
    GRZI_TRY(grzi_check_range(context, "grzi_gauss_jacobi", "a", a, lowest, highest));
    GRZI_TRY(grzi_check_range(context, "grzi_gauss_jacobi", "b", b, lowest, highest));
    int n = count;
    double *memory = grzi_allocate(context, 4 * (int64_t)n, sizeof(double));
    wide *recurrence = grzi_allocate(context, 3 * (int64_t)n, sizeof(wide));
    if (!memory || !recurrence) {
        grzi_deallocate(context, recurrence);
        grzi_deallocate(context, memory);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    double *diagonal = memory, *side = memory + n, *y = memory + 2 * n, *v = memory + 3 * n;
    jacobi p = {n, recurrence, recurrence + n, recurrence + 2 * n};

    double s = a + b;
    for (int k = 0; k < n; k++) {
        diagonal[k] = k == 0 ? (a + 1) / (s + 2) : 0.5 - (b * b - a * a) / (2 * (2 * k + s) * (2 * k + s + 2));
        if (k + 1 == n) break;
        double j = k + 1, c = 2 * j + s;
        double square = (j + a) * (j + b) / (c * c * (c + 1));
        if (j > 1) square *= j * (j + s) / (c - 1); /* at j = 1 these cancel, also where s = -1 */
        side[k] = sqrt(square);
    }
    if (LAPACKE_dsterf_work(n, diagonal, side) != 0) {
        grzi_deallocate(context, recurrence);
        grzi_deallocate(context, memory);
        return grzi_fail(context, GRZ_ERROR_NOT_CONVERGED, "grzi_gauss_jacobi: dsterf failed for %d nodes, exponents %g, %g", n, a, b);
    }
    double total = beta_function(a + 1, b + 1);
    int nearer = 0;
    while (nearer < n && diagonal[nearer] < 0.5) nearer++;
    for (int i = 0; i < n; i++) y[i] = i < nearer ? diagonal[i] : 1 - diagonal[n - 1 - (i - nearer)];
    jacobi_coefficients(a, b, total, &p);
    polish(&p, nearer, y, v);
    jacobi_coefficients(b, a, total, &p);
    polish(&p, n - nearer, y + nearer, v + nearer);
    for (int i = 0; i < n; i++) {
        x[i] = i < nearer ? y[i] : 1 - y[n - 1 - (i - nearer)];
        w[i] = v[i < nearer ? i : n - 1 - (i - nearer)];
    }
    grzi_deallocate(context, recurrence);
    grzi_deallocate(context, memory);
    return GRZ_OK;
}

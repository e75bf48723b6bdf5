/* A box for given temperatures and accuracy. */
#include "core/core.h"

#include <math.h>

static int good_size(double wanted)
{
    for (int n = 2 * (int)ceil(wanted / 2);; n += 2) {
        int m = n;
        while (m % 2 == 0) m /= 2;
        while (m % 3 == 0) m /= 3;
        while (m % 5 == 0) m /= 5;
        if (m == 1 && n >= 8) return n;
    }
}

/* R^2/T with e^{-x} (1 + x + .. + x^k/k!) = tol, k = ceil((gamma + 5)/2) - 1: the share in the stress, |z|^{gamma+2} times z^2 dz, of
 * relative velocities z beyond 2R, normal of variances 2T. */
static double digits_of_pairs(double gamma, double tol)
{
    int most = (int)ceil((gamma + 5) / 2) - 1;
    double x = -log(tol);
    for (int step = 0; step < 60; step++) {
        double sum = 1, term = 1;
        for (int k = 1; k <= most; k++) sum += term *= x / k;
        x = log(sum / tol);
    }
    return x;
}

/* R as above; L = 2R, so that as few pairs meet an image within 2R as are farther apart; modes up to kappa with exp(-T kappa^2/falls) = a
 * third of tol. */
static void box_of(double T_min, double T_max, double tol, double gamma, double falls, double *R, double *L, double *nodes)
{
    *R = sqrt(T_max * digits_of_pairs(gamma, tol));
    *L = 2 * *R;
    *nodes = 2 * *L / GRZI_PI * sqrt(falls * log(3 / tol) / T_min);
}

grz_status grz_spectral_propose(grz_context *context, double T_min, double T_max, double tol, int32_t *n, double *half_width,
                                double *radius)
{
    static const char *const function = "grz_spectral_propose";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_finite(context, function, "T_min", T_min));
    GRZI_TRY(grzi_check_finite(context, function, "T_max", T_max));
    GRZI_TRY(grzi_check_finite(context, function, "tol", tol));
    GRZI_TRY(grzi_check_range(context, function, "tol", tol, 1e-14, 0.1));
    if (!(T_min > 0 && T_max >= T_min && T_max <= 1e6 * T_min))
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: T_min = %g, T_max = %g must satisfy 0 < T_min <= T_max <= 1e6 T_min",
                         function, T_min, T_max);
    double R, L, wanted;
    box_of(T_min, T_max, tol, 1, 4, &R, &L, &wanted);
    if (wanted > 1024)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT,
                         "%s: T_min = %g, T_max = %g, tol = %g need %.0f nodes per axis, more than 1024", function, T_min, T_max, tol,
                         wanted);
    if (n) *n = good_size(wanted);
    if (half_width) *half_width = L;
    if (radius) *radius = R;
    return GRZ_OK;
}

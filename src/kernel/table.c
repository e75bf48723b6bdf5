/* A tabulated law: F = theta^{1+nu} beta by the monotone cubic of Fritsch & Carlson, SIAM J. Numer. Anal. 17 (1980) 238, with the slopes of
 * Fritsch & Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300. It keeps F >= 0 and reproduces power laws. */
#include "kernel/law.h"

#include <math.h>

static double cubic(const grzi_law *law, double theta)
{
    if (theta <= law->abscissa[0]) return law->ordinate[0];
    int64_t low = 0, high = law->count - 1;
    if (theta > law->abscissa[high]) return 0;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (law->abscissa[middle] < theta)
            low = middle;
        else
            high = middle;
    }
    double h = law->abscissa[high] - law->abscissa[low], t = (theta - law->abscissa[low]) / h, s = 1 - t;
    double value = (1 + 2 * t) * s * s * law->ordinate[low] + (1 + 2 * s) * t * t * law->ordinate[high];
    return fmax(0, value + h * t * s * (s * law->slope[low] - t * law->slope[high]));
}

static grz_status table_beta(const grzi_law *law, double z, int64_t count, const double *theta, double *beta)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) {
        double F = cubic(law, theta[i]);
        beta[i] = F == 0 ? 0 : F * pow(theta[i], -1 - law->nu);
    }
    return GRZ_OK;
}

static grz_status evaluate(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth)
{
    (void)z;
    for (int64_t i = 0; i < count; i++) {
        theta[i] = u[i];
        smooth[i] = cubic(law, u[i]);
    }
    return GRZ_OK;
}

static grz_status measure(const grzi_law *law, double z, grzi_fine_rule *rule)
{
    grzi_piece piece = {GRZI_HALF_PI, 1 - law->nu, 0, evaluate};
    GRZI_TRY(grzi_fine_rule_add(law, z, &piece, 0, law->abscissa[0], rule));
    for (int64_t i = 0; i + 1 < law->count; i++) GRZI_TRY(grzi_fine_rule_add(law, z, &piece, law->abscissa[i], law->abscissa[i + 1], rule));
    return GRZ_OK;
}

static grz_status bounded_below(const grzi_law *law, int *bounded)
{
    *bounded = law->nu > 0 && law->abscissa[law->count - 1] == GRZI_HALF_PI;
    for (int64_t i = 0; i < law->count; i++)
        if (!(law->ordinate[i] > 0)) *bounded = 0;
    return GRZ_OK;
}

static const grzi_law_type table_type = {table_beta, measure, bounded_below, &grzi_compressed, 0, 0};

/* Harmonic means inside (0 where the data turn), three-point formula at the ends, limited to keep monotonicity. */
static void set_slopes(int64_t count, const double *x, const double *F, double *slope)
{
    if (count == 2) {
        slope[0] = slope[1] = (F[1] - F[0]) / (x[1] - x[0]);
        return;
    }
    for (int64_t i = 1; i + 1 < count; i++) {
        double h0 = x[i] - x[i - 1], h1 = x[i + 1] - x[i], d0 = (F[i] - F[i - 1]) / h0, d1 = (F[i + 1] - F[i]) / h1;
        double a = (2 * h1 + h0) / (3 * (h0 + h1)), b = 1 - a;
        slope[i] = d0 * d1 > 0 ? 1 / (a / d0 + b / d1) : 0;
    }
    for (int end = 0; end < 2; end++) {
        int64_t i = end ? count - 1 : 0, j = end ? count - 2 : 1, k = end ? count - 3 : 2;
        double h0 = x[j] - x[i], h1 = x[k] - x[j], d0 = (F[j] - F[i]) / h0, d1 = (F[k] - F[j]) / h1;
        double s = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
        if (!(s * d0 > 0))
            s = 0;
        else if (!(d0 * d1 > 0) && fabs(s) > 3 * fabs(d0))
            s = 3 * d0;
        slope[i] = s;
    }
}

static grz_status check_table(const grz_context *context, const char *function, int64_t count, const double *theta, const double *beta)
{
    if (count < 2) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld, must be >= 2", function, (long long)count);
    if (count > PTRDIFF_MAX / (int64_t)sizeof *theta)
        return grzi_fail(context, GRZ_ERROR_SIZE_OVERFLOW, "%s: count = %lld angles exceed the address space", function, (long long)count);
    GRZI_TRY(grzi_check_array_finite(context, function, "theta", theta, count));
    GRZI_TRY(grzi_check_array_finite(context, function, "beta", beta, count));
    char text[GRZI_NUMBER_SIZE];
    for (int64_t i = 0; i < count; i++) {
        if (!(theta[i] > (i > 0 ? theta[i - 1] : 0) && theta[i] <= GRZI_HALF_PI))
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: theta[%lld] = %s is not increasing in (0, pi/2]", function,
                             (long long)i, grzi_number(text, theta[i]));
        if (beta[i] < 0)
            return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: beta[%lld] = %g is negative", function, (long long)i, beta[i]);
    }
    return GRZ_OK;
}

grz_status grz_kernel_create_table(grz_context *context, double gamma, double nu, int64_t count, const double *theta, const double *beta,
                                   grz_kernel **out)
{
    static const char *const function = "grz_kernel_create_table";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "gamma", gamma, -4, 1));
    GRZI_TRY(grzi_check_nu(context, function, nu, -1));
    GRZI_TRY(check_table(context, function, count, theta, beta));
    grzi_law *law = grzi_law_create(context, &table_type, GRZ_KERNEL_TYPE_TABLE, nu);
    if (!law) return GRZ_ERROR_OUT_OF_MEMORY;
    law->count = count;
    law->abscissa = grzi_allocate(context, count, sizeof(double));
    law->ordinate = law->abscissa ? grzi_allocate(context, count, sizeof(double)) : NULL;
    law->slope = law->ordinate ? grzi_allocate(context, count, sizeof(double)) : NULL;
    if (!law->slope) {
        grzi_law_release(law);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    for (int64_t i = 0; i < count; i++) {
        law->abscissa[i] = theta[i];
        law->ordinate[i] = beta[i] * pow(theta[i], 1 + nu);
    }
    set_slopes(count, law->abscissa, law->ordinate, law->slope);
    return grzi_kernel_create(context, function, law, gamma, GRZI_PI, 1, out);
}

#include "operator/spectral/cone.h"

#include "quadrature/quadrature.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

double grzi_cone_weight(double decay, double floor, double k, double l, double m)
{
    double amplitude = (exp(-decay * l * l) + floor) * (exp(-decay * m * m) + floor);
    double near = 0.4 / k;
    return amplitude * amplitude * l * m * k * (1 + near * near);
}

static void fill(grzi_cone *cone, const double *side_weight, const double *window, const double *window_weight)
{
    int64_t pair = 0;
    for (int a = 0; a < cone->sides; a++)
        for (int b = a; b < cone->sides; b++, pair++) {
            double l = cone->side[a], m = cone->side[b], low = m - l, high = fmin(l + m, 1);
            double w = side_weight[a] * side_weight[b] * (high - low) * (a == b ? 1 : 2);
            for (int c = 0; c < cone->windows; c++) {
                double k = low + (high - low) * window[c];
                cone->k[pair * cone->windows + c] = k;
                cone->root_weight[pair * cone->windows + c] =
                    sqrt(w * window_weight[c] * grzi_cone_weight(cone->decay, cone->floor, k, l, m));
            }
        }
}

grz_status grzi_cone_create(const grz_context *context, int sides, int windows, double decay, double floor, grzi_cone *cone)
{
    grzi_cone made = {.sides = sides, .windows = windows, .pairs = (int64_t)sides * (sides + 1) / 2, .decay = decay, .floor = floor};
    *cone = (grzi_cone){0};
    made.side = grzi_allocate(context, sides + 2 * made.pairs * windows, sizeof(double));
    double *gauss = grzi_allocate(context, sides + 2 * (int64_t)windows, sizeof(double));
    grz_status status = made.side && gauss ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_gauss_jacobi(context, sides, 0, 0, made.side, gauss);
    if (status == GRZ_OK) status = grzi_gauss_jacobi(context, windows, 0, 0, gauss + sides, gauss + sides + windows);
    if (status == GRZ_OK) {
        made.k = made.side + sides;
        made.root_weight = made.k + made.pairs * windows;
        fill(&made, gauss, gauss + sides, gauss + sides + windows);
    }
    grzi_deallocate(context, gauss);
    if (status != GRZ_OK) {
        grzi_cone_destroy(context, &made);
        return status;
    }
    *cone = made;
    return GRZ_OK;
}

void grzi_cone_destroy(const grz_context *context, grzi_cone *cone)
{
    grzi_deallocate(context, cone->side);
    *cone = (grzi_cone){0};
}

static int even_orders(const grzi_radial *radial)
{
    return radial->lmax / 2;
}

/* j_2(x), j_4(x), .. for x < 1/2 by the series, into j[order * stride]. */
static void small_bessel(int orders, double x, int stride, double *j)
{
    double leading = 1, y = 0.5 * x * x;
    for (int o = 0, l = 1; o < orders; o++) {
        for (; l <= 2 * o + 2; l++) leading *= x / (2 * l + 1);
        double sum = 1;
        for (int i = 6; i >= 1; i--) sum = 1 - sum * y / (i * (4.0 * o + 5 + 2 * i));
        j[(size_t)o * stride] = leading * sum;
    }
}

/* Downward recurrence for all radial nodes at once; count is a multiple of 8 for the vector units. here = 1e-290 at the start leaves room for
 * its growth. */
static inline __attribute__((always_inline)) void recur(int count, int start, int lmax, const double *restrict inverse,
                                                        double *restrict above, double *restrict here, double *restrict j)
{
    for (int l = start; l > 0; l -= 2) {
        /* here = j_l, above = j_{l+1}, l even, become j_{l-2}, j_{l-1} */
        double *restrict row = j + (size_t)(l / 2 - 1) * count;
        double first = 2 * l + 1, second = 2 * l - 1;
        if (l <= lmax)
            for (int i = 0; i < count; i++) row[i] = here[i];
        for (int i = 0; i < count; i++) {
            double odd = first * inverse[i] * here[i] - above[i], even = second * inverse[i] * odd - here[i];
            above[i] = odd;
            here[i] = even;
        }
    }
}

static void recur_portable(int count, int start, int lmax, const double *inverse, double *above, double *here, double *j)
{
    recur(count, start, lmax, inverse, above, here, j);
}

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_DISPATCH 1
__attribute__((target("avx2,fma"))) static void recur_avx2(int count, int start, int lmax, const double *inverse, double *above,
                                                           double *here, double *j)
{
    recur(count, start, lmax, inverse, above, here, j);
}
#endif

/* j_2, j_4, .. at r_i k for all i: j[order * count + i]. */
static void bessel_rows(const grzi_radial *radial, double k, double *work, double *j)
{
    int count = radial->count, orders = even_orders(radial), lmax = 2 * orders;
    double *inverse = work, *above = work + count, *here = work + 2 * count;
    double largest = 0;
    for (int i = 0; i < count; i++) {
        double x = radial->r[i] * k;
        x = x > 0.5 ? x : 0.5;
        largest = x > largest ? x : largest;
        inverse[i] = 1 / x;
        above[i] = 0;
        here[i] = 1e-290;
    }
    int start = 2 * (((int)(largest > lmax ? largest : lmax) + 27) / 2);
#ifdef HAVE_DISPATCH
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        recur_avx2(count, start, lmax, inverse, above, here, j);
    else
#endif
        recur_portable(count, start, lmax, inverse, above, here, j);
    for (int i = 0; i < count; i++) {
        double x = 1 / inverse[i], j0 = sin(x) / x, j1 = (j0 - cos(x)) / x;
        inverse[i] = fabs(j0) > fabs(j1) ? j0 / here[i] : j1 / above[i];
    }
    for (int o = 0; o < orders; o++)
        for (int i = 0; i < count; i++) j[(size_t)o * count + i] *= inverse[i];
    for (int i = 0; i < count; i++)
        if (radial->r[i] * k < 0.5) small_bessel(orders, radial->r[i] * k, count, j + i);
}

int64_t grzi_bhat_work(const grzi_radial *radial)
{
    return (3 + 2 * (int64_t)even_orders(radial)) * radial->count;
}

void grzi_bhat(const grzi_radial *radial, double kappa, double k, double l, double m, double *work, double *rest, double *whole)
{
    int count = radial->count, orders = even_orders(radial);
    double q = sqrt(fmax(2 * l * l + 2 * m * m - k * k, 0)), product = k * q;
    double cosine = product > 0 ? fmax(-1, fmin(1, (l - m) * (l + m) / product)) : 0;
    double *jk = work + 3 * count, *jq = jk + (size_t)orders * count;
    bessel_rows(radial, kappa * k, work, jk);
    bessel_rows(radial, kappa * q, work, jq);
    double P0 = 1, P1 = cosine, sum = 0, sum_whole = 0;
    for (int L = 2; L <= 2 * orders; L++) {
        double P2 = ((2 * L - 1) * cosine * P1 - (L - 1) * P0) / L;
        P0 = P1;
        P1 = P2;
        if (L % 2) continue;
        const double *restrict a = jk + (size_t)(L / 2 - 1) * count, *restrict b = jq + (size_t)(L / 2 - 1) * count;
        const double *restrict rest_L = radial->rest + L, *restrict lambda_L = radial->lambda + L;
        double s = 0, t = 0;
        for (int i = 0; i < count; i++) {
            double v = radial->weight[i] * a[i] * b[i];
            s += v * rest_L[(size_t)i * (radial->lmax + 1)];
            t += v * lambda_L[(size_t)i * (radial->lmax + 1)];
        }
        sum += (2 * L + 1) * P2 * s;
        sum_whole += (2 * L + 1) * P2 * t;
    }
    *rest = 4 * PI * sum;
    *whole = 4 * PI * sum_whole;
}

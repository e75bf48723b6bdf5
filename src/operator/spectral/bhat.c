#include "operator/spectral/bhat.h"

#include <math.h>

/* Doubles of the widest vector unit. */
enum { LANES = 8 };

grz_status grzi_bhat_create(const grz_context *context, const grzi_radial *radial, double kappa, grzi_bhat *bhat)
{
    grzi_bhat made = {.count = (radial->count + LANES - 1) / LANES * LANES, .orders = radial->lmax / 2, .kappa = kappa};
    int64_t table = (int64_t)made.orders * made.count;
    made.r = grzi_allocate_zeroed(context, made.count + 2 * table, sizeof *made.r);
    *bhat = (grzi_bhat){0};
    if (!made.r) return GRZ_ERROR_OUT_OF_MEMORY;
    made.rest = made.r + made.count;
    made.whole = made.rest + table;
    for (int i = 0; i < made.count; i++) {
        made.r[i] = radial->r[i < radial->count ? i : radial->count - 1];
        for (int o = 0; o < made.orders && i < radial->count; o++) {
            int L = 2 * o + 2;
            double w = 4 * GRZI_PI * (2 * L + 1) * radial->weight[i];
            made.rest[(int64_t)o * made.count + i] = w * radial->rest[(int64_t)i * (radial->lmax + 1) + L];
            made.whole[(int64_t)o * made.count + i] = w * radial->lambda[(int64_t)i * (radial->lmax + 1) + L];
        }
    }
    *bhat = made;
    return GRZ_OK;
}

void grzi_bhat_destroy(const grz_context *context, grzi_bhat *bhat)
{
    grzi_deallocate(context, bhat->r);
    *bhat = (grzi_bhat){0};
}

int64_t grzi_bhat_work(const grzi_bhat *bhat)
{
    return (7 + 2 * (int64_t)bhat->orders) * bhat->count;
}

/* j_2(x), j_4(x), .. for small x by the series, into j[order * stride]. */
static void small_bessel(int orders, double x, int stride, double *j)
{
    double leading = 1, y = 0.5 * x * x;
    for (int o = 0, l = 1; o < orders; o++) {
        for (; l <= 2 * o + 2; l++) leading *= x / (2 * l + 1);
        double sum = 1;
        for (int i = 6; i >= 1; i--) sum = 1 - sum * y / (i * (4.0 * o + 5 + 2 * i));
        j[(int64_t)o * stride] = leading * sum;
    }
}

/* Downward recurrence for all radial nodes at once, to j_0 in here and j_1 in above, all times an unknown factor. here = 1e-290 at the
 * start leaves room for its growth. */
static inline __attribute__((always_inline)) void recur(int count, int start, int orders, const double *restrict inverse,
                                                        double *restrict above, double *restrict here, double *restrict j)
{
    for (int l = start; l > 0; l -= 2) {
        /* here = j_l, above = j_{l+1}, l even, become j_{l-2}, j_{l-1} */
        double *restrict row = j + (int64_t)(l / 2 - 1) * count;
        double first = 2 * l + 1, second = 2 * l - 1;
        if (l <= 2 * orders)
            for (int i = 0; i < count; i++) row[i] = here[i];
        for (int i = 0; i < count; i++) {
            double odd = first * inverse[i] * here[i] - above[i], even = second * inverse[i] * odd - here[i];
            above[i] = odd;
            here[i] = even;
        }
    }
}

/* j_2, j_4, .. at r_i k for all i, j[order * count + i], each still to be multiplied by scale[i]. work: 3 * count. */
static inline __attribute__((always_inline)) void bessel_rows(const grzi_bhat *t, double k, double *restrict work, double *restrict scale,
                                                              double *restrict j)
{
    int count = t->count, orders = t->orders;
    double *restrict inverse = work, *restrict above = work + count, *restrict here = work + 2 * count;
    double largest = 0;
    for (int i = 0; i < count; i++) largest = t->r[i] * k > largest ? t->r[i] * k : largest;
    int start = 2 * (((int)(largest > 2 * orders ? largest : 2 * orders) + 27) / 2);
    double small = start > 150 ? 0.5 : 0.1; /* below, the growth could overflow */
    for (int i = 0; i < count; i++) {
        double x = t->r[i] * k;
        inverse[i] = 1 / (x > small ? x : small);
        above[i] = 0;
        here[i] = 1e-290;
    }
    recur(count, start, orders, inverse, above, here, j);
    for (int i = 0; i < count; i++) {
        double x = t->r[i] * k;
        if (x < small) {
            small_bessel(orders, x, count, j + i);
            scale[i] = 1;
            continue;
        }
        double j0 = sin(x) * inverse[i], j1 = (j0 - cos(x)) * inverse[i];
        scale[i] = fabs(j0) > fabs(j1) ? j0 / here[i] : j1 / above[i];
    }
}

static inline __attribute__((always_inline)) void value(const grzi_bhat *t, double k, double q, double cosine, double *restrict work,
                                                        double *rest, double *whole)
{
    int count = t->count;
    double *restrict a = work + 3 * count, *restrict b = a + count, *restrict s = b + count, *restrict w = s + count;
    double *restrict jk = w + count, *restrict jq = jk + (int64_t)t->orders * count;
    bessel_rows(t, k, work, a, jk);
    bessel_rows(t, q, work, b, jq);
    for (int i = 0; i < count; i++) s[i] = w[i] = 0;
    double P0 = 1, P1 = cosine;
    for (int L = 2; L <= 2 * t->orders; L++) {
        double P2 = ((2 * L - 1) * cosine * P1 - (L - 1) * P0) / L;
        P0 = P1;
        P1 = P2;
        if (L % 2) continue;
        int64_t row = (int64_t)(L / 2 - 1) * count;
        const double *restrict x = jk + row, *restrict y = jq + row, *restrict u = t->rest + row, *restrict v = t->whole + row;
        for (int i = 0; i < count; i++) {
            double product = P2 * (a[i] * x[i]) * (b[i] * y[i]); /* either alone may be near the limits of the number range */
            s[i] += product * u[i];
            w[i] += product * v[i];
        }
    }
    *rest = *whole = 0;
    for (int i = 0; i < count; i++) {
        *rest += s[i];
        *whole += w[i];
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_DISPATCH 1
__attribute__((target("avx2,fma"))) static void value_avx2(const grzi_bhat *t, double k, double q, double cosine, double *work,
                                                           double *rest, double *whole)
{
    value(t, k, q, cosine, work, rest, whole);
}
#endif

void grzi_bhat_value(const grzi_bhat *bhat, double k, double l, double m, double *work, double *rest, double *whole)
{
    double q = sqrt(fmax(2 * l * l + 2 * m * m - k * k, 0)), product = k * q;
    double cosine = product > 0 ? fmax(-1, fmin(1, (l - m) * (l + m) / product)) : 0;
#ifdef HAVE_DISPATCH
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        value_avx2(bhat, bhat->kappa * k, bhat->kappa * q, cosine, work, rest, whole);
        return;
    }
#endif
    value(bhat, bhat->kappa * k, bhat->kappa * q, cosine, work, rest, whole);
}

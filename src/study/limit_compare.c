/* What a curve's series say about its distance from the limit. */
#include "study/limit.h"

#include <math.h>

/* int |a - b|: on an interval where a - b keeps its sign, the ledger's rule of order six; else that of the broken line. */
static double absolute_integral(const grz_limit *limit, const double *a, const double *b)
{
    int64_t count = limit->time_count;
    const double *t = limit->times;
    double total = 0;
    for (int64_t k = 0; k + 1 < count; k++) {
        /* the six values around the interval, as far as there are, and the rule's integral from k to k + 1 */
        int64_t width = count < 6 ? count : 6, first = k - 2;
        first = first < 0 ? 0 : first + width > count ? count - width : first;
        double difference[6], integral[6], left = a[k] - b[k], right = a[k + 1] - b[k + 1], step = t[k + 1] - t[k];
        if (isnan(left) || isnan(right)) return NAN;
        for (int64_t j = 0; j < width; j++) difference[j] = a[first + j] - b[first + j];
        grzi_running_integral(width, 1, t + first, difference, 5, integral);
        if (left * right >= 0)
            total += fabs(integral[k + 1 - first] - integral[k - first]);
        else
            total += 0.5 * step * (left * left + right * right) / (fabs(left) + fabs(right));
    }
    return total;
}

/* NaN where one is not measured; the comparisons are those that raise no exception for it. */
static double largest_difference(const grz_limit *limit, const double *a, const double *b)
{
    double largest = 0;
    for (int64_t k = 0; k < limit->time_count && !isnan(largest); k++) {
        double difference = fabs(a[k] - b[k]);
        if (!islessequal(difference, largest)) largest = difference;
    }
    return largest;
}

static double least_difference(const grz_limit *limit, const double *a, const double *b)
{
    double least = INFINITY;
    for (int64_t k = 0; k < limit->time_count && !isnan(least); k++)
        if (!isgreaterequal(a[k] - b[k], least)) least = a[k] - b[k];
    return least;
}

static double largest_entry(const grz_limit *limit, int series)
{
    const double *values = grzi_limit_series(limit, limit->count, series);
    double largest = 0;
    for (int64_t k = 0; k < limit->time_count && !isnan(largest); k++)
        if (!islessequal(fabs(values[k]), largest)) largest = fabs(values[k]);
    return largest;
}

/* Over all pairs of times, relative to the seminorm. */
static double hoelder(const grz_limit *limit)
{
    double largest = 0;
    for (int test = 0; test < limit->test_count; test++) {
        const double *mean = grzi_limit_means(limit, limit->count, test), *t = limit->times;
        double seminorm = limit->tests[test].seminorm[limit->seminorm];
        for (int64_t k = 1; k < limit->time_count; k++)
            for (int64_t j = 0; j < k; j++) largest = fmax(largest, fabs(mean[k] - mean[j]) / sqrt(t[k] - t[j]) / seminorm);
    }
    return largest;
}

/* int D, where |f'|^2 is not measured. */
static double dissipated(const grz_limit *limit, const double *D)
{
    double total = 0;
    for (int64_t k = 0; k + 1 < limit->time_count; k++) total += 0.5 * (limit->times[k + 1] - limit->times[k]) * (D[k] + D[k + 1]);
    return total;
}

void grzi_limit_compare(grz_limit *limit, double travelled)
{
    static const struct {
        int series, distance, margin;
    } integrated[] = {{GRZ_LIMIT_SERIES_DISSIPATION, GRZ_LIMIT_QUANTITY_DISSIPATION, GRZ_LIMIT_QUANTITY_MARGIN_DISSIPATION},
                      {GRZ_LIMIT_SERIES_SQUARE_ROOT, GRZ_LIMIT_QUANTITY_SQUARE_ROOT, GRZ_LIMIT_QUANTITY_MARGIN_SQUARE_ROOT},
                      {GRZ_LIMIT_SERIES_SPEED, GRZ_LIMIT_QUANTITY_SPEED, GRZ_LIMIT_QUANTITY_MARGIN_SPEED}};
    int64_t curve = limit->count;
    double *q = grzi_limit_row(limit, curve), *H = grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_ENTROPY),
           *H_limit = grzi_limit_series(limit, 0, GRZ_LIMIT_SERIES_ENTROPY);
    q[GRZ_LIMIT_QUANTITY_ENTROPY] = largest_difference(limit, H, H_limit);
    q[GRZ_LIMIT_QUANTITY_MARGIN_ENTROPY] = least_difference(limit, H, H_limit);
    q[GRZ_LIMIT_QUANTITY_START] = fabs(H[0] - H_limit[0]);
    for (int i = 0; i < 3; i++) {
        const double *a = grzi_limit_series(limit, curve, integrated[i].series), *b = grzi_limit_series(limit, 0, integrated[i].series);
        q[integrated[i].distance] = absolute_integral(limit, a, b);
        q[integrated[i].margin] = least_difference(limit, a, b);
    }
    q[GRZ_LIMIT_QUANTITY_L1] = largest_entry(limit, GRZ_LIMIT_SERIES_L1);
    q[GRZ_LIMIT_QUANTITY_WEAK] = largest_entry(limit, GRZ_LIMIT_SERIES_WEAK);
    q[GRZ_LIMIT_QUANTITY_DEFECT] = largest_entry(limit, GRZ_LIMIT_SERIES_DEFECT);
    q[GRZ_LIMIT_QUANTITY_SECOND_MOMENT] = largest_entry(limit, GRZ_LIMIT_SERIES_SECOND_MOMENT);
    q[GRZ_LIMIT_QUANTITY_HOELDER] = hoelder(limit);
    double square = isnan(travelled) ? dissipated(limit, grzi_limit_series(limit, curve, GRZ_LIMIT_SERIES_DISSIPATION)) : travelled;
    q[GRZ_LIMIT_QUANTITY_HOELDER_BOUND] = limit->constant * sqrt(square);
}

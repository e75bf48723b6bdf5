/* Norms and sums for tests and benches, with no test framework. Nothing here loses a NaN: it comes out at the other end, where every
 * comparison with it is false. C's own maximum of a and NaN is a: no test may use it (make nan-check). */
#ifndef SUPPORT_NORMS_H
#define SUPPORT_NORMS_H

#include <math.h>
#include <stdint.h>

#ifndef UNUSED
#define UNUSED __attribute__((unused))
#endif

/* The larger of two; NaN if either is. */
static UNUSED double larger(double a, double b)
{
    return a >= b || isnan(a) ? a : b;
}

static UNUSED double smaller(double a, double b)
{
    return a <= b || isnan(a) ? a : b;
}

/* Keeps the largest error met. */
static UNUSED void keep_largest(double *worst, double error)
{
    *worst = larger(*worst, error);
}

/* Keeps the least value met. */
static UNUSED void keep_least(double *least, double value)
{
    *least = smaller(*least, value);
}

/* max |a| */
static UNUSED double largest(const double *a, int64_t count)
{
    double size = 0;
    for (int64_t i = 0; i < count; i++) size = larger(size, fabs(a[i]));
    return size;
}

/* max |a - b| */
static UNUSED double difference(const double *a, const double *b, int64_t count)
{
    double size = 0;
    for (int64_t i = 0; i < count; i++) size = larger(size, fabs(a[i] - b[i]));
    return size;
}

/* max |a - b| over max |b| */
static UNUSED double relative_difference(const double *a, const double *b, int64_t count)
{
    return difference(a, b, count) / largest(b, count);
}

/* In L^1, relative to g. */
static UNUSED double relative_distance(const double *f, const double *g, int64_t count)
{
    double sum = 0, size = 0;
    for (int64_t i = 0; i < count; i++) {
        sum += fabs(f[i] - g[i]);
        size += fabs(g[i]);
    }
    return sum / size;
}

#endif

/* Powers of two as units. */
#include "core.h"

#include <math.h>

double grzi_largest(const double *values, int64_t count)
{
    enum { LANES = 8 };
    double most[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (int l = 0; l < LANES; l++) {
            double size = fabs(values[i + l]);
            most[l] = size > most[l] ? size : most[l];
        }
    for (; i < count; i++) most[0] = fmax(most[0], fabs(values[i]));
    for (int l = 1; l < LANES; l++) most[0] = fmax(most[0], most[l]);
    return most[0];
}

int grzi_exponent_of(double value)
{
    enum { LARGEST = 1000 };
    int exponent = 0;
    if (value != 0) frexp(value, &exponent);
    return exponent < -LARGEST ? -LARGEST : exponent > LARGEST ? LARGEST : exponent;
}

double grzi_unit(const double *values, int64_t count)
{
    return ldexp(1, grzi_exponent_of(grzi_largest(values, count)));
}

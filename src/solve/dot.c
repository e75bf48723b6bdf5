/* Scalar products in a fixed order of summation. */
#include "solve/solve.h"

double grzi_dot(int64_t count, const double *x, const double *y)
{
    double sum[4] = {0};
    int64_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (int k = 0; k < 4; k++) sum[k] += x[i + k] * y[i + k];
    for (; i < count; i++) sum[0] += x[i] * y[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

double grzi_dot_by_blocks(int64_t block, int64_t count, const double *x, const double *y)
{
    double total = 0;
    for (int64_t begin = 0; begin < count; begin += block) {
        double sum = 0;
        int64_t end = begin + block < count ? begin + block : count;
        for (int64_t i = begin; i < end; i++) sum += x[i] * y[i];
        total += sum;
    }
    return total;
}

/* Compensated summation (Knuth's two-sum): the error of a sum over a grid stays at rounding level for any n, and its order is fixed, so
 * results do not depend on the number of threads. */
#ifndef GRZI_SUM_H
#define GRZI_SUM_H

typedef struct grzi_sum {
    double value, error;
} grzi_sum;

static inline void grzi_sum_add(grzi_sum *sum, double x)
{
    double total = sum->value + x, share = total - sum->value;
    sum->error += (sum->value - (total - share)) + (x - share);
    sum->value = total;
}

/* NaN once the sum has overflowed. */
static inline double grzi_sum_total(const grzi_sum *sum)
{
    return sum->value + sum->error;
}

#endif

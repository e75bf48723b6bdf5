#include "functional/difference.h"

/* Derivatives at node p of the Lagrange polynomials of the nodes 0..width-1: products of small integers, exact before the division. The
 * weight of p itself is minus the sum of the others, so that constants give 0. */
void grzi_difference_init(grzi_difference *difference, int n)
{
    int width = n < GRZI_DIFFERENCE_WIDTH ? n : GRZI_DIFFERENCE_WIDTH;
    difference->n = n;
    difference->width = width;
    for (int p = 0; p < width; p++) {
        double *row = difference->row[p];
        row[p] = 0;
        for (int j = 0; j < width; j++) {
            if (j == p) continue;
            double numerator = 1, denominator = 1;
            for (int k = 0; k < width; k++) {
                if (k != p && k != j) numerator *= p - k;
                if (k != j) denominator *= j - k;
            }
            row[j] = numerator / denominator;
            row[p] -= row[j];
        }
    }
}

/* First node of the stencil of node i: centred where the line allows. */
static int first_node(const grzi_difference *d, int i)
{
    int first = i - d->width / 2, last = d->n - d->width;
    return first < 0 ? 0 : first > last ? last : first;
}

void grzi_difference_apply(const grzi_difference *d, const double *x, double *y)
{
    for (int i = 0; i < d->n; i++) {
        int first = first_node(d, i);
        const double *row = d->row[i - first];
        double sum = 0;
        for (int k = 0; k < d->width; k++) sum += row[k] * x[first + k];
        y[i] = sum;
    }
}

void grzi_difference_add_transpose(const grzi_difference *d, const double *y, double *x)
{
    for (int i = 0; i < d->n; i++) {
        int first = first_node(d, i);
        const double *row = d->row[i - first];
        for (int k = 0; k < d->width; k++) x[first + k] += row[k] * y[i];
    }
}

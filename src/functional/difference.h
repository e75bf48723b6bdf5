/* Eighth-order first differences along a line of equidistant nodes, one-sided at its ends. */
#ifndef GRZI_DIFFERENCE_H
#define GRZI_DIFFERENCE_H

enum { GRZI_DIFFERENCE_WIDTH = 9 };

/* row[p] differentiates at the p-th of width neighbouring nodes, unit spacing: exact for polynomials of degree width - 1. */
typedef struct grzi_difference {
    int n, width;
    double row[GRZI_DIFFERENCE_WIDTH][GRZI_DIFFERENCE_WIDTH];
} grzi_difference;

/* n >= 2 nodes; the stencils have min(n, 9) of them. */
void grzi_difference_init(grzi_difference *difference, int n);

/* y = D x, and x += D^T y, over n nodes. */
void grzi_difference_apply(const grzi_difference *difference, const double *x, double *y);
void grzi_difference_add_transpose(const grzi_difference *difference, const double *y, double *x);

#endif

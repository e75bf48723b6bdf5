/* Tensor B-splines on the grid's nodes that interpolate log f (or any grid function). In units of h, with node i at x = i, the spline of
 * odd degree d is sum_k c_k B(x - k), B the centred cardinal B-spline, k = -(d-1)/2 .. n-1+(d-1)/2. End conditions are not-a-knot:
 * polynomials of degree d, hence collision invariants and log-Maxwellians, are reproduced exactly.
 *
 * The coefficients may be those of a finer lattice, ratio steps to a spacing of the nodes: its splines contain the coarser ones, by knot
 * insertion. Functions given on grids of different spacing are then seen on one lattice. */
#ifndef GRZI_SPLINE_H
#define GRZI_SPLINE_H

#include "core/core.h"

enum { GRZI_SPLINE_LARGEST_RATIO = 16 };

typedef struct grzi_spline {
    int degree, n, ratio;
    int nodes;       /* of the lattice: (n - 1) ratio + 1 */
    int size;        /* coefficients per axis: nodes + degree - 1 */
    int rows;        /* of a plane of coefficients, >= size + 1 */
    int stride;      /* of a row of coefficients, >= size + 1 */
    int64_t count;   /* doubles of a coefficient array, padding included */
    double *matrix;  /* size x n: coefficients of the cardinal data of one axis */
    double *squares; /* their squares */
    double *sizes;   /* and absolute values */
    double *work;    /* two stages of the tensor products */
} grzi_spline;

/* Coefficient arrays carry one zero row and plane beyond size: a difference stencil is one node wider than a value stencil. */
static inline int64_t grzi_spline_plane(const grzi_spline *spline)
{
    return (int64_t)spline->rows * spline->stride;
}

grz_status grzi_spline_create(const grz_context *context, int degree, int n, grzi_spline *spline);
/* On a lattice of ratio steps to a spacing, in coefficient arrays of the shape that a lattice of `shape` nodes has (at least its own). */
grz_status grzi_spline_create_refined(const grz_context *context, int degree, int n, int ratio, int shape, grzi_spline *spline);
void grzi_spline_destroy(const grz_context *context, grzi_spline *spline);

/* Coefficients of the spline through n^3 values, and the transpose: values receive the adjoint of coefficients. */
void grzi_spline_interpolate(grzi_spline *spline, const double *values, double *coefficients);
void grzi_spline_transpose(grzi_spline *spline, const double *coefficients, double *values);

/* Largest value of the spline at the nodes and at the midpoints between two, four or eight neighbours. */
double grzi_spline_largest(const grzi_spline *spline, const double *coefficients);

/* Weights of a shift by x: spline(i + x) = sum_a w[a] c[i + first + a], a <= degree, c[] as stored. |x| <= reach gives -reach <= first <
 * reach. */
void grzi_spline_weights(int degree, double x, int reach, int *first, double *w);

/* Weights w at x, w_moved at x + theta dx, and difference = (w_moved - w)/theta, all on one stencil of degree + 2 nodes from *first.
 * Differences of the polynomial pieces are exact, so theta may be as small as one likes, or 0 (the derivative times dx). |theta dx| <= 1.
 * */
void grzi_spline_difference_weights(int degree, double x, double dx, double theta, int reach, int *first, double *w, double *w_moved,
                                    double *difference);

#endif

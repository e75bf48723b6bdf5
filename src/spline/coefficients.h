/* The nodal values of a grid function in terms of its spline coefficients. The entropic operators see a function through its B-spline
 * coefficients: there K_f couples neighbours only and its rows are of the size of f nearby, while in nodal values the cardinal splines'
 * slow tails mix f's peak into rows where f is 1e-20 of it. Preconditioning and dense algebra therefore happen in coefficients. */
#ifndef GRZI_COEFFICIENTS_H
#define GRZI_COEFFICIENTS_H

#include "core/core.h"

typedef struct grzi_coefficients {
    int n;
    double *matrix; /* n x n, row by row: values at the nodes of one axis from the n inner coefficients (not-a-knot ends) */
    double *work;   /* 2 n^3 */
} grzi_coefficients;

grz_status grzi_coefficients_create(const grz_context *context, int degree, int n, grzi_coefficients *made);
void grzi_coefficients_destroy(const grz_context *context, grzi_coefficients *coefficients);

/* values = E c, and the transpose; n^3 each, input and output may be the same array. */
void grzi_coefficients_to_values(grzi_coefficients *coefficients, const double *c, double *values);
void grzi_coefficients_transpose(grzi_coefficients *coefficients, const double *values, double *c);

/* All n + degree - 1 coefficients of an axis from the n inner ones (row by row), by the not-a-knot conditions. */
void grzi_coefficients_extension(int degree, int n, double *extension);

/* The centred cardinal B-spline at the integers -2 .. 2. */
const double *grzi_coefficients_spline(int degree);

/* out = (A x B x C) in, or with the transposes, for n x n matrices of the three axes and n^3 values; in and out may be the same array,
 * work: 2 n^3. */
void grzi_tensor_product(int n, int transposed, const double *const matrices[3], const double *in, double *out, double *work);

#endif

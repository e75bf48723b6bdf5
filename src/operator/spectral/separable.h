/* The exactly separable part of a collision operator, by products in velocity space:
 *     Q = D_ij[f] d_ij f + f u[f],   D_ij = A_ij * f,  u = -d_ij A_ij * f - G * f ,
 * A_ij the Landau tensor c |z|^{gamma+2} (delta_ij - z_i z_j/|z|^2) on |z| <= 2R, the same truncation as Boltzmann's, and G the loss
 * kernel on the same ball. Seven terms, or one where there is only G. In the transform of z, A_ij = along delta_ij + across k_i k_j/|k|^2,
 * and derivatives are powers of k: fields that differ by powers of k_y and k_z alone share their transform along x. */
#ifndef GRZI_SPECTRAL_SEPARABLE_H
#define GRZI_SPECTRAL_SEPARABLE_H

#include "operator/spectral/columns.h"
#include "operator/spectral/radial.h"

enum { GRZI_SEPARABLE_TERMS = 7, GRZI_SEPARABLE_COLUMNS = 8, GRZI_SEPARABLE_WEIGHTS = 5 };

/* weight * column + other: numbers of columns and of a weight, -1: no weight, no other. */
typedef struct grzi_separable_field {
    int column, weight, other;
} grzi_separable_field;

typedef struct grzi_separable {
    int terms, columns, odd[GRZI_SEPARABLE_COLUMNS];                                /* in k_x, of a column's factors */
    grzi_separable_field first[GRZI_SEPARABLE_TERMS], second[GRZI_SEPARABLE_TERMS]; /* sum of times * first * second */
    double times[GRZI_SEPARABLE_TERMS];
    double *factors; /* factor arrays of the columns */
    double *weights; /* grzi_columns_weight */
} grzi_separable;

/* terms == 0 where radial has neither part. */
grz_status grzi_separable_create(const grz_context *context, const grzi_modes *modes, const grzi_columns *columns,
                                 const grzi_radial *radial, grzi_separable *separable);
void grzi_separable_destroy(const grz_context *context, grzi_separable *separable);

#endif

/* The steps of a blocked Cholesky factorisation on square tiles, a column's entries side by side. One source (tiles.inc), compiled for
 * several instruction sets with registers of their own width. */
#ifndef GRZI_TILES_H
#define GRZI_TILES_H

#include <stdint.h>

/* Rows and columns of a tile: whole blocks for every instruction set. */
enum { GRZI_TILE = 96, GRZI_TILE_SIZE = GRZI_TILE * GRZI_TILE };

typedef struct grzi_tiles {
    const char *name;
    /* c -= b a^T */
    void (*subtract)(const double *a, const double *b, double *c);
    /* c = L, c = L L^T, of which only the lower triangle is read; above the diagonal it becomes zero. 0, or 1 + the row where c ceases to be
     * positive definite. */
    int (*factorise)(double *c);
    /* c = c L^{-T} */
    void (*divide)(const double *L, double *c);
    /* y -= c x and y -= c^T x */
    void (*subtract_product)(const double *c, const double *x, double *y);
    void (*subtract_adjoint)(const double *c, const double *x, double *y);
} grzi_tiles;

/* The instruction set for a level of grzi_simd_level. */
const grzi_tiles *grzi_tiles_select(int level);

extern const grzi_tiles grzi_tiles_generic;
#if defined(__x86_64__) && defined(__GNUC__)
extern const grzi_tiles grzi_tiles_avx2, grzi_tiles_avx512;
#endif

#endif

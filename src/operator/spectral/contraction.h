/* The one dense product of the radial tensor method: at every node x, S_p(x) = sum_{i <= j} c_pij F_i(x) F_j(x), or, bilinear, with
 * (F_i G_j + F_j G_i)/2 in place of F_i F_j. The symmetry halves the work; the products F_i F_j of a few nodes stay in the first level of
 * the cache. One source (contraction.inc), compiled for several instruction sets with registers of their own width. */
#ifndef GRZI_SPECTRAL_CONTRACTION_H
#define GRZI_SPECTRAL_CONTRACTION_H

#include "core/core.h"

/* Nodes of a tile: whole slabs of three registers for every instruction set. Doubles that a call works in. */
enum { GRZI_CONTRACTION_TILE = 48, GRZI_CONTRACTION_SCRATCH = 3072 };

struct grzi_contraction;

typedef struct grzi_contraction_set {
    const char *name;
    int largest; /* outputs whose sums registers hold */
    int copies;  /* of a coefficient, side by side */
    void (*run)(const struct grzi_contraction *contraction, const double *F, const double *G, int count, double *scratch, double *S);
} grzi_contraction_set;

typedef struct grzi_contraction {
    const grzi_contraction_set *set;
    int inputs, outputs;
    double *packed; /* block of outputs after block, in each pair after pair */
} grzi_contraction;

/* The instruction set for a level of grzi_simd_level. */
const grzi_contraction_set *grzi_contraction_select(int level);

/* coefficients[pair * outputs + p], pairs (0,0) (0,1) .. (0,inputs-1) (1,1) .. */
grz_status grzi_contraction_create(const grz_context *context, const grzi_contraction_set *set, int inputs, int outputs,
                                   const double *coefficients, grzi_contraction *contraction);
void grzi_contraction_destroy(const grz_context *context, grzi_contraction *contraction);

/* F, G: tiles, aligned to 64 bytes as is scratch, field i of node x at i * GRZI_CONTRACTION_TILE + x; so is S. G == F: quadratic. The first
 * count <= GRZI_CONTRACTION_TILE nodes; those up to the next slab are read and written, too. */
static inline void grzi_contract(const grzi_contraction *contraction, const double *F, const double *G, int count, double *scratch,
                                 double *S)
{
    contraction->set->run(contraction, F, G, count, scratch, S);
}

/* Size of the block of outputs that begins at p: the fewest blocks, of nearly equal size. */
static inline int grzi_contraction_block(int outputs, int largest, int p)
{
    int blocks = (outputs - p + largest - 1) / largest;
    return (outputs - p) / blocks;
}

static inline int grzi_contraction_pairs(int inputs)
{
    return inputs * (inputs + 1) / 2;
}

extern const grzi_contraction_set grzi_contraction_generic;
#if defined(__x86_64__) && defined(__GNUC__)
extern const grzi_contraction_set grzi_contraction_avx2, grzi_contraction_avx512;
#endif

#endif

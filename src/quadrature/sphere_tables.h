/* The families of rules behind grzi_sphere_rule_create. Private to this room. */
#ifndef GRZI_SPHERE_TABLES_H
#define GRZI_SPHERE_TABLES_H

#include "quadrature.h"

/* Rotation groups; with the antipodal map they are the rule's symmetry. Cyclic and dihedral groups turn about z, dihedral ones also by pi
 * about x; the others have the coordinate axes as axes of order 2 or 4. */
typedef enum grzi_rotations { GRZI_CYCLIC, GRZI_DIHEDRAL, GRZI_TETRAHEDRAL, GRZI_OCTAHEDRAL, GRZI_ICOSAHEDRAL } grzi_rotations;

/* One orbit: a node of it and the weight of the whole orbit. */
typedef struct grzi_orbit {
    double node[3], weight;
} grzi_orbit;

typedef struct grzi_symmetric_rule {
    int degree, count; /* nodes, one of each antipodal pair */
    grzi_rotations rotations;
    int fold; /* of cyclic and dihedral groups */
    int orbits;
    const grzi_orbit *orbit;
} grzi_symmetric_rule;

/* By degree, up to 35 and beyond. */
extern const grzi_symmetric_rule grzi_symmetric_rules_low[], grzi_symmetric_rules_high[];
extern const int grzi_symmetric_rules_low_count, grzi_symmetric_rules_high_count;

/* The tabulated rule of least count with at least this degree, or NULL. */
const grzi_symmetric_rule *grzi_symmetric_rule_find(int degree);

/* Fills nodes (count*3) and weights (count). */
void grzi_symmetric_rule_fill(const grzi_symmetric_rule *rule, double *nodes, double *weights);

/* Product Gauss rule exact for the even degrees up to 2 k; z and ring_weight are Gauss-Legendre on (0, 1) with k + 1 nodes. NULL
 * nodes: counts only. */
int grzi_product_rule(int k, const double *z, const double *ring_weight, double *nodes, double *weights);

#endif

/* The one dense product of the radial tensor method: at every node x, S_p(x) = sum_{i <= j} c_pij F_i(x) F_j(x), or, bilinear, with
 * (F_i G_j + F_j G_i)/2 in place of F_i F_j. The products F_i F_j are formed in registers and never stored. */
#ifndef GRZI_SPECTRAL_CONTRACTION_H
#define GRZI_SPECTRAL_CONTRACTION_H

enum { GRZI_CONTRACTION_TILE = 64 };

/* coefficients[pair * outputs + p], pairs (0,0) (0,1) .. (0,inputs-1) (1,1) ..; F, G: tiles, aligned to 64 bytes, field i of node x at
 * i * GRZI_CONTRACTION_TILE + x; so is S. G == F: quadratic. The first count <= GRZI_CONTRACTION_TILE nodes, rounded up to 16. */
void grzi_contract(int inputs, int outputs, const double *coefficients, const double *F, const double *G, int count, double *S);

#endif

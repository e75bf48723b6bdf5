/* What of the Onsager operator a proximal step takes in the tails of f. See tails.c. */
#ifndef GRZI_TAILS_H
#define GRZI_TAILS_H

#include "operator/operator.h"

enum { GRZI_QUADRATICS = 10 };

typedef struct grzi_tails {
    const grz_grid *grid;
    double *mask, *weights, *extended; /* n^3 each */
    const double *strength;
    double centre[3], scale;
    int active; /* some node is masked; else A = K_f */
    double factor[GRZI_QUADRATICS][GRZI_QUADRATICS], q[GRZI_QUADRATICS];
} grzi_tails;

/* pull: a bound of what K_f phi is at a node for phi of size 1; it becomes strength, and stays the caller's. A node bears a pull of its own size
 * in a step, or more: bearable times the mean pull, in_step times its own size at most. 0 when Q is not determined. */
int grzi_tails_prepare(grzi_tails *tails, double dt, double bearable, double in_step, const double *f, double *pull);

/* P phi, in the tails' own memory or phi itself; then, of force = K_f P phi, A phi, and what phi.A phi owes to strength. */
const double *grzi_tails_extend(grzi_tails *tails, const double *phi);
void grzi_tails_return(grzi_tails *tails, const double *phi, double *force, double *relaxing);

#endif

/* What the minimisation over curves needs of a gradient structure: an Onsager operator K_f >= 0 on some finite set, its derivative in f, and
 * what K_f does not see. The collision operators are one instance (operator_space.c), a system with a closed form is another (tests). */
#ifndef GRZI_SPACE_H
#define GRZI_SPACE_H

#include "core/core.h"

enum { GRZI_SPACE_NULLS = 5 };

typedef struct grzi_space {
    const grz_context *context;
    int64_t count;      /* nodes */
    double cell;        /* weight of a node in <., .> */
    int nulls;          /* fields with K_f null = 0 for every f, at most GRZI_SPACE_NULLS: sum f null is conserved */
    const double *null; /* one after the other, of comparable size where f lives */
    void *user;
    grz_status (*onsager)(void *user, const double *f, const double *phi, double *K_phi);
    /* G(f, phi), the derivative of <phi, K_f phi>/2 in f */
    grz_status (*variation)(void *user, const double *f, const double *phi, double *G);
    /* an approximation of K_f^{-1} for each place, 0 <= place < places; between the two calls others may be prepared */
    int places;
    grz_status (*prepare)(void *user, int place, const double *f);
    void (*precondition)(void *user, int place, const double *r, double *z);
    /* an estimate >= 0 of K_f's diagonal; only for curves with a free end */
    grz_status (*diagonal)(void *user, const double *f, double *diagonal);
} grzi_space;

/* <a, b> */
double grzi_space_product(const grzi_space *space, const double *a, const double *b);

/* g minus f times the combination of null fields that makes sum g null vanish: what rounding has left. Returns the largest |change| over
 * the largest |g|. */
double grzi_space_admit(const grzi_space *space, const double *f, double *g);
/* phi minus the combination of null fields that makes sum f phi null vanish. */
void grzi_space_normalise(const grzi_space *space, const double *f, double *phi);

/* f becomes f + step change, but a node's value no less than a quarter and no more than four times what it was: in the tails K_f may take more
 * than there is. Then takes back what this has done to the conserved sums. 0 when a value would not be positive. moved: the new density, not
 * f. */
int grzi_space_retract(const grzi_space *space, const double *f, double step, const double *change, double *moved);

#endif

/* Rates of the collision rate equation and of the grazing continuity equation (Definition 4.4). */
#ifndef GRZI_RATE_H
#define GRZI_RATE_H

#include "operator/operator.h"

/* M = (what the callback gives) + Lambda B dbar of (phi + factor log f), resp. with ff* grad_tilde. */
struct grz_rate {
    grz_context *context;
    grz_operator *op;
    grz_collision_rate_fn collision; /* at most one of the two, by the operator's equation */
    grz_pair_vector_fn grazing;
    grz_rate_form form;
    void *user;
    double *phi;       /* n^3, 0 at first */
    double log_factor; /* -1: the gradient flow's */
    double *work;      /* n^3: phi + factor log f at a density */
};

static inline int grzi_rate_has_callback(const grz_rate *rate)
{
    return rate->collision || rate->grazing;
}

/* The potential part at f, in rate->work. */
void grzi_rate_potential(grz_rate *rate, const double *f);

/* A walk over the nodes with the rate, whose potential part is potential (n^3). action, pairing with psi (both may be NULL; psi then too)
 * and time derivative g (n^3, or NULL). The action may be +infinity. */
grz_status grzi_rate_walk(grz_rate *rate, const double *f, const double *potential, const double *psi, double *action, double *pairing,
                          double *g);

#endif

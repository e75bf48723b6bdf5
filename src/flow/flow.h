/* Curves in time: schemes behind one handle. Every scheme computes a new density from flow->f and leaves the accepted state alone; flow.c
 * takes it over. */
#ifndef GRZI_FLOW_H
#define GRZI_FLOW_H

#include "operator/operator.h"

enum { GRZI_FLOW_OPTIONS = 8, GRZI_FLOW_STATISTICS = 11, GRZI_LARGEST_STAGES = 7 };

/* Explicit Runge-Kutta method, lower triangle of A row by row. embedded = b - bhat, or NULL; with first_same_as_last the last row of A is b
 * and its stage the new state. */
typedef struct grzi_tableau {
    const char *name;
    int stages, order, first_same_as_last;
    const double *A, *b, *embedded;
} grzi_tableau;

/* NULL for the proximal schemes. */
const grzi_tableau *grzi_tableau_of(grz_time_scheme scheme);

struct grz_flow {
    grz_context *context;
    grz_operator *op;
    grz_time_scheme scheme;
    const grzi_tableau *tableau;
    int64_t count; /* n^3 */
    double options[GRZI_FLOW_OPTIONS], statistics[GRZI_FLOW_STATISTICS];
    int started, has_rate; /* has_rate: rates[0] is Q(f) of the accepted state */
    double time, next_step, previous_error;
    double start_size, longest_step;    /* Runge-Kutta: largest |f| at the start; stable steps, 0 until it is known */
    double raised;                      /* Runge-Kutta: by the last stage, see floor.c */
    double *f, *next;                   /* accepted state, and what a step made */
    double *rates[GRZI_LARGEST_STAGES]; /* Runge-Kutta */
    double *work;                       /* all arrays */
};

/* What became of an attempted step whose calls all succeeded. */
typedef enum grzi_attempt { GRZI_STEP_MADE, GRZI_STEP_NOT_POSITIVE, GRZI_STEP_NOT_FINITE } grzi_attempt;

/* next from f, and the embedded estimate of its relative error (0 without). node: where positivity failed, for the message. */
grz_status grzi_runge_kutta_step(grz_flow *flow, double dt, double *error, grzi_attempt *attempt, int64_t *node);
/* s of the interval [-s, 0] on which the method is stable. */
double grzi_stability_interval(const grzi_tableau *tableau);
/* Size of a first adaptive step from f and Q(f). */
grz_status grzi_runge_kutta_first_step(grz_flow *flow, double *dt);

/* exp(phi) + dt G phi = f; next = exp(phi). See proximal.c. */
grz_status grzi_proximal_step(grz_flow *flow, double dt);
int64_t grzi_proximal_doubles(int64_t count, int order);

#endif

/* Curves in time: schemes behind one handle. Every scheme computes a new density from flow->f and leaves the accepted state alone; run.c
 * takes it over. */
#ifndef GRZI_FLOW_H
#define GRZI_FLOW_H

#include "core/options.h"
#include "operator/operator.h"

/* Options and statistics lie in arrays by id, below these capacities. */
enum { GRZI_FLOW_OPTIONS = 96, GRZI_FLOW_STATISTICS = 128, GRZI_LARGEST_STAGES = 7 };

/* Explicit Runge-Kutta method, lower triangle of A row by row. embedded = b - bhat, or NULL; with first_same_as_last the last row of A is b
 * and its stage the new state. */
typedef struct grzi_tableau {
    int stages, order, first_same_as_last;
    const double *A, *b, *embedded;
} grzi_tableau;

extern const grzi_tableau grzi_tableau_ssp2, grzi_tableau_ssp3, grzi_tableau_ssp4, grzi_tableau_bogacki_shampine,
    grzi_tableau_dormand_prince;

/* s of the interval [-s, 0] on which the method is stable. */
double grzi_stability_interval(const grzi_tableau *tableau);

/* What a scheme is. step makes next from f, with the embedded estimate of its relative error (0 without), or says why dt cannot be made;
 * accept (or NULL) is told that next has become f. */
typedef struct grzi_scheme grzi_scheme;
struct grzi_scheme {
    grz_time_scheme id;
    const char *name;
    const grzi_tableau *tableau; /* NULL: proximal */
    int order, needs_onsager;
    int64_t (*storage)(const grzi_scheme *scheme, int64_t count); /* doubles beyond f and next, which are count each */
    grz_status (*step)(grz_flow *flow, const char *function, double dt, double *error);
    void (*accept)(grz_flow *flow, double error);
};

extern const grzi_option_table grzi_flow_options;

/* NULL: no such scheme. */
const grzi_scheme *grzi_scheme_find(grz_time_scheme id);

struct grz_flow {
    grz_context *context;
    grz_operator *op;
    const grzi_scheme *scheme;
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

/* Whether f is what a run on this thread shows its observer, on a grid that differs from this one: an observer that reads n^3 values of its
 * own grid asks before it reads. */
int grzi_flow_shows_otherwise(const double *f, const grz_grid *grid);

/* The largest |f|, infinite where a value is not finite. */
double grzi_flow_size(const grz_flow *flow, const double *f);
grz_status grzi_flow_check_started(const grz_flow *flow, const char *function);

/* What became of an attempted step whose calls all succeeded. */
typedef enum grzi_attempt { GRZI_STEP_MADE, GRZI_STEP_NOT_POSITIVE, GRZI_STEP_NOT_FINITE } grzi_attempt;

/* runge_kutta.c: the scheme's operations; an attempt, where too long a step is no error (node: where positivity failed); and the size of a
 * first adaptive step from f and Q(f). */
int64_t grzi_runge_kutta_storage(const grzi_scheme *scheme, int64_t count);
grz_status grzi_runge_kutta_step(grz_flow *flow, const char *function, double dt, double *error);
void grzi_runge_kutta_accept(grz_flow *flow, double error);
grz_status grzi_runge_kutta_attempt(grz_flow *flow, double dt, double *error, grzi_attempt *attempt, int64_t *node);
/* GRZ_ERROR_NOT_CONVERGED when next is beyond reason */
grz_status grzi_runge_kutta_check_growth(const grz_flow *flow, const char *function, double dt);
grz_status grzi_runge_kutta_first_step(grz_flow *flow, double *dt);

/* minimising.c: H(f) + d^2/(2 dt), which allocates. */
int64_t grzi_minimising_storage(const grzi_scheme *scheme, int64_t count);
grz_status grzi_minimising_step(grz_flow *flow, const char *function, double dt, double *error);

/* proximal.c: exp(phi) + dt G phi = f; next = exp(phi). */
int64_t grzi_proximal_storage(const grzi_scheme *scheme, int64_t count);
grz_status grzi_proximal_step(grz_flow *flow, const char *function, double dt, double *error);

#endif

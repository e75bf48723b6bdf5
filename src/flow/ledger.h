/* The energy-dissipation ledger of a curve: one row for each snapshot. */
#ifndef GRZI_LEDGER_H
#define GRZI_LEDGER_H

#include "operator/operator.h"

enum { GRZI_LEDGER_ENTRIES = 15, GRZI_LEDGER_WINDOW = 5 };

struct grz_ledger {
    grz_context *context;
    grz_operator *op;
    grz_functional *entropy, *dissipation, *fisher;
    grz_metric *metric;
    int64_t count, capacity; /* rows */
    double *rows;            /* GRZI_LEDGER_ENTRIES doubles each */
    int64_t first_pending;   /* rows from here on have no |f'|^2 yet */
    int finished;
    double *window;          /* the last snapshots, row k in slot k mod GRZI_LEDGER_WINDOW */
    double *rate, *residual; /* f' and f' - Q */
};

/* d/dt at times[at] of the polynomial through count values at different times: its weights. */
void grzi_difference_weights(int count, const double *times, int at, double *weights);
/* Integrals from the first of count times to each, of the function with these values, by polynomials of the given degree through
 * neighbouring values (lower with fewer values). Stride doubles lie between one value and the next. */
void grzi_running_integral(int64_t count, int64_t stride, const double *times, const double *values, int degree, double *integrals);

#endif

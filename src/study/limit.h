/* The limit of solutions: curves f^eps against the limit's curve at common times. */
#ifndef GRZI_LIMIT_H
#define GRZI_LIMIT_H

#include "flow/flow.h"
#include "flow/ledger.h"

/* Quantities lie in a row by id. */
enum {
    GRZI_LIMIT_QUANTITIES = GRZ_LIMIT_QUANTITY_START + 1,
    GRZI_LIMIT_SERIES = GRZ_LIMIT_SERIES_SECOND_MOMENT + 1 - GRZ_LIMIT_SERIES_ENTROPY,
    GRZI_LIMIT_TESTS = 256
};

typedef struct grzi_limit_test {
    double *phi;        /* n^3 values */
    double seminorm[2]; /* sup |grad phi|, sup |D^2 phi| */
} grzi_limit_test;

/* A curve is one row of doubles: quantities, series (time_count each), means of each test function (time_count each). */
struct grz_limit {
    grz_context *context;
    grz_grid *grid;
    double flow_options[GRZI_FLOW_OPTIONS]; /* of the flows that the study makes */
    int64_t time_count;
    double *times, *snapshots; /* the limit's, time_count n^3 values */
    int test_count;
    grzi_limit_test tests[GRZI_LIMIT_TESTS];
    int64_t count, capacity; /* rows; the open curve's is rows + count row_size */
    double *rows;
    /* of the open curve */
    int open;
    int64_t recorded;
    grz_operator *op;
    grz_ledger *ledger; /* entropic */
    grz_functional *square_root;
    double *rate;    /* spectral: Q */
    double constant; /* C of Lemma 5.7, or NaN */
    int seminorm;    /* which of a test function's is the lemma's */
};

int64_t grzi_limit_row_size(const grz_limit *limit);
double *grzi_limit_row(const grz_limit *limit, int64_t curve);
double *grzi_limit_series(const grz_limit *limit, int64_t curve, int series);
double *grzi_limit_means(const grz_limit *limit, int64_t curve, int test);

/* Ends the open curve, if any, without keeping it. */
void grzi_limit_drop(grz_limit *limit);

/* Quantities of the open curve, whose series and means are complete. travelled: int |f'|^2, or NaN. */
void grzi_limit_compare(grz_limit *limit, double travelled);

#endif

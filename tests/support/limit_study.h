/* What the suites of the limit study share: queries as arrays, and the data of examples/limit_of_solutions.c. */
#ifndef SUPPORT_LIMIT_STUDY_H
#define SUPPORT_LIMIT_STUDY_H

#include "support/entropic.h"

enum { LARGEST_CURVES = 8 };

static UNUSED double quantity_of(const grz_limit *limit, grz_limit_quantity quantity, int64_t curve)
{
    double values[LARGEST_CURVES];
    ck_assert_int_lt(curve, grz_limit_count(limit));
    ck_assert_int_le(grz_limit_count(limit), LARGEST_CURVES);
    DONE(grz_limit_column(limit, quantity, values));
    return values[curve];
}

static UNUSED double order_of(const grz_limit *limit, grz_limit_quantity quantity, grz_limit_scale scale, int64_t curve)
{
    double orders[LARGEST_CURVES];
    ck_assert_int_lt(curve, grz_limit_count(limit));
    DONE(grz_limit_orders(limit, quantity, scale, orders));
    return orders[curve];
}

static UNUSED grz_distribution *two_gaussians(const grz_grid *grid)
{
    const double weights[2] = {0.5, 0.5}, means[6] = {0.7, 0.2, 0, -0.7, -0.2, 0};
    const double covariances[18] = {1, 0, 0, 0, 0.9, 0, 0, 0, 1, 1, 0, 0, 0, 0.9, 0, 0, 0, 1};
    grz_distribution *f;
    DONE(grz_distribution_create_mixture(context, grid, 2, weights, means, covariances, &f));
    return f;
}

#endif

/* The limit study on flows: orders, liminf inequalities, the Hoelder bound, curves by hand, bad input, cancellation. */
#include "support/limit_study.h"

#include <time.h>

static void show(const grz_limit *limit, const char *title, grz_limit_scale scale, double seconds)
{
    static const char *const names[16] = {"eps",   "H",     "D",     "D^R",     "|f'|^2",     "L^1",    "weak-*",        "Hoelder",
                                          "bound", "inf H", "inf D", "inf D^R", "inf |f'|^2", "defect", "second moment", "start"};
    if (!getenv("GRZ_TEST_SHOW")) return;
    printf("%s, %.1f s\n", title, seconds);
    for (int q = GRZ_LIMIT_QUANTITY_EPS; q <= GRZ_LIMIT_QUANTITY_START; q++) {
        printf("  %-14s", names[q - GRZ_LIMIT_QUANTITY_EPS]);
        for (int64_t e = 1; e < grz_limit_count(limit); e++)
            printf("%12.4e (%6.3f)", quantity_of(limit, (grz_limit_quantity)q, e), order_of(limit, (grz_limit_quantity)q, scale, e));
        printf("\n");
    }
    for (int series = 0; series < 4 && grz_limit_count(limit) > 2; series++) {
        double margin, error;
        DONE(grz_limit_liminf(limit, (grz_limit_series)(GRZ_LIMIT_SERIES_ENTROPY + series), scale, &margin, &error));
        printf("  liminf of %-8s >= limit %+.2e, error %.1e\n",
               names[series == 0   ? 1
                     : series == 1 ? 2
                     : series == 2 ? 3
                                   : 4],
               margin, error);
    }
}

typedef struct family {
    grz_method method;
    int32_t n;
    double half_width, radius, end, dt;
    int64_t times;
    int degree, rules[4]; /* nodes in r, degree on the sphere, nodes in theta and phi; 0: of the level */
    int generators;       /* for collisions */
} family;

static grz_operator *operator_of(const family *s, const grz_grid *grid, const grz_kernel *kernel, grz_equation equation)
{
    grz_operator *op;
    DONE(grz_operator_create(context, grid, kernel, equation, s->method, &op));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, s->method == GRZ_METHOD_ENTROPIC ? 1 : 2));
    for (int i = 0; i < (equation == GRZ_EQUATION_BOLTZMANN ? 4 : 2); i++)
        if (s->rules[i]) DONE(grz_operator_set_option(op, (grz_operator_option)(GRZ_OPERATOR_OPTION_RADIAL_NODES + i), s->rules[i]));
    if (s->generators && equation == GRZ_EQUATION_BOLTZMANN)
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_GENERATOR));
    if (s->degree) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, s->degree));
    if (s->radius > 0) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, s->radius));
    return op;
}

static grz_operator *template_of(const family *s, const grz_kernel *kernel, grz_grid **grid)
{
    DONE(grz_grid_create(context, s->n, s->half_width, NULL, grid));
    return operator_of(s, *grid, kernel, GRZ_EQUATION_BOLTZMANN);
}

static void times_of(const family *s, double *times)
{
    for (int64_t k = 0; k < s->times; k++) times[k] = s->end * (double)k / (double)(s->times - 1);
}

static grz_limit *study_of(const family *s, const grz_kernel *kernel, int count, const double *eps, const char *title,
                           grz_limit_scale scale)
{
    double times[16];
    grz_grid *grid;
    grz_limit *limit;
    grz_operator *op = template_of(s, kernel, &grid);
    grz_distribution *start = two_gaussians(grid);
    times_of(s, times);
    clock_t begin = clock();
    DONE(grz_limit_create(context, grid, s->times, times, &limit));
    DONE(grz_limit_add_smooth_tests(limit, 1));
    DONE(grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK4, s->dt, count, eps, grz_distribution_view(start)));
    ck_assert_int_eq(grz_limit_count(limit), count + 1);
    show(limit, title, scale, (double)(clock() - begin) / CLOCKS_PER_SEC);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    return limit;
}

/* The data converge in nothing but eps: every distance falls at the order, from whatever side. A spectral D is less smooth in eps, by
 * the nodes where f is noise around 0. */
static void check_orders(const grz_limit *limit, grz_limit_scale scale, double expected, double tolerance, int measured)
{
    static const grz_limit_quantity list[] = {
        GRZ_LIMIT_QUANTITY_ENTROPY, GRZ_LIMIT_QUANTITY_DISSIPATION,        GRZ_LIMIT_QUANTITY_L1,
        GRZ_LIMIT_QUANTITY_WEAK,    GRZ_LIMIT_QUANTITY_MARGIN_DISSIPATION, GRZ_LIMIT_QUANTITY_SQUARE_ROOT,
        GRZ_LIMIT_QUANTITY_SPEED,   GRZ_LIMIT_QUANTITY_MARGIN_SPEED,       GRZ_LIMIT_QUANTITY_MARGIN_SQUARE_ROOT};
    int64_t last = grz_limit_count(limit) - 1;
    for (int i = 0; i < (measured ? 9 : 5); i++)
        HOLDS(fabs(order_of(limit, list[i], scale, last) - expected) < tolerance, "quantity %d: order %g", (int)list[i],
              order_of(limit, list[i], scale, last));
    for (int64_t e = 0; e <= last; e++) {
        double constant = quantity_of(limit, GRZ_LIMIT_QUANTITY_HOELDER, e),
               bound = quantity_of(limit, GRZ_LIMIT_QUANTITY_HOELDER_BOUND, e);
        HOLDS(constant > 0 && constant < bound, "Hoelder %g, bound %g", constant, bound);
        ck_assert_double_eq(quantity_of(limit, GRZ_LIMIT_QUANTITY_START, e), 0);
    }
    for (int series = GRZ_LIMIT_SERIES_ENTROPY; series <= (measured ? GRZ_LIMIT_SERIES_SPEED : GRZ_LIMIT_SERIES_DISSIPATION); series++) {
        double margin, error,
            distance =
                fabs(quantity_of(limit, (grz_limit_quantity)(GRZ_LIMIT_QUANTITY_MARGIN_ENTROPY + series - GRZ_LIMIT_SERIES_ENTROPY), last));
        DONE(grz_limit_liminf(limit, (grz_limit_series)series, scale, &margin, &error));
        HOLDS(margin >= -error - (measured ? 0 : 0.01 * distance), "series %d: margin %g, error %g", series, margin, error);
        if (series != GRZ_LIMIT_SERIES_ENTROPY)
            HOLDS(fabs(margin) < 0.1 * distance, "series %d: margin %g, last %g", series, margin, distance);
    }
}

START_TEST(entropic_flows)
{
    static const double eps[3] = {0.2, 0.1, 0.05};
    family s = {GRZ_METHOD_ENTROPIC, 8, 2.8, 0, 0.01, 0.005, 3, 3, {4, 7}, 0};
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    int count = fast() ? 2 : 3;
    grz_limit *limit = study_of(&s, kernel, count, eps, "entropic, n = 8", GRZ_LIMIT_SCALE_POWER);
    check_orders(limit, GRZ_LIMIT_SCALE_POWER, 2, 0.02, 1);
    for (int e = 0; e <= count; e++)
        HOLDS(quantity_of(limit, GRZ_LIMIT_QUANTITY_DEFECT, e) < 1e-8, "defect %g", quantity_of(limit, GRZ_LIMIT_QUANTITY_DEFECT, e));
    grz_limit_destroy(&limit);
    grz_kernel_destroy(&kernel);
}
END_TEST

START_TEST(spectral_flows)
{
    SKIP_IF(fast(), "many flows");
    static const double eps[2] = {0.2, 0.1};
    family s = {GRZ_METHOD_SPECTRAL, 16, 5.2, 2.6, 0.02, 0.01, 3, 0, {0}, 0};
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    grz_limit *limit = study_of(&s, kernel, 2, eps, "spectral, n = 16", GRZ_LIMIT_SCALE_POWER);
    check_orders(limit, GRZ_LIMIT_SCALE_POWER, 2, 0.05, 0);
    ck_assert(isnan(quantity_of(limit, GRZ_LIMIT_QUANTITY_SPEED, 1)) && isnan(quantity_of(limit, GRZ_LIMIT_QUANTITY_DEFECT, 1)));
    grz_limit_destroy(&limit);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* Remark 2.6: distances fall like 1/log(1/eps), and so do not by any power of eps. A generator's share of the law's wide angles is in
 * proportion to that factor, with one matrix for all eps, so what is left of it in the extrapolation is the solutions' own curvature, 1e-9,
 * and the O(eps^2) that the law's lower end has besides: 1e-9 at eps = 1e-2, nothing from 1e-3 on. */
START_TEST(coulomb_flows)
{
    static const double eps[3] = {1e-3, 1e-6, 1e-12};
    family s = {GRZ_METHOD_ENTROPIC, 8, 2.8, 0, 0.03, 0.015, 3, 3, {4, 7, 3, 8}, 1};
    grz_kernel *kernel;
    DONE(grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_POWER_LAW, &kernel));
    grz_limit *limit = study_of(&s, kernel, 3, eps, "Coulomb, n = 8", GRZ_LIMIT_SCALE_LOGARITHM);
    check_orders(limit, GRZ_LIMIT_SCALE_LOGARITHM, 1, 0.05, 1);
    HOLDS(order_of(limit, GRZ_LIMIT_QUANTITY_L1, GRZ_LIMIT_SCALE_POWER, 3) < 0.1, "order %g in eps",
          order_of(limit, GRZ_LIMIT_QUANTITY_L1, GRZ_LIMIT_SCALE_POWER, 3));
    grz_limit_destroy(&limit);
    grz_kernel_destroy(&kernel);
}
END_TEST

START_TEST(fine_grids)
{
    SKIP_IF(!full(), "minutes");
    static const double eps[4] = {0.2, 0.1, 0.05, 0.025};
    family s[2] = {{GRZ_METHOD_ENTROPIC, 24, 3.2, 0, 0.002, 0.001, 3, 3, {0}, 0},
                   {GRZ_METHOD_SPECTRAL, 24, 7, 3.5, 0.02, 0.01, 3, 0, {0}, 0}};
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    for (int i = 0; i < 2; i++) {
        grz_limit *limit = study_of(&s[i], kernel, 4, eps, i ? "spectral, n = 24" : "entropic, n = 24", GRZ_LIMIT_SCALE_POWER);
        check_orders(limit, GRZ_LIMIT_SCALE_POWER, 2, 0.05, i == 0);
        grz_limit_destroy(&limit);
    }
    grz_kernel_destroy(&kernel);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------ by hand */

static const family small = {GRZ_METHOD_ENTROPIC, 8, 2.8, 0, 0.002, 0.001, 3, 3, {2, 5, 2, 4}, 0};

/* grz_limit_run, run_flow, and a flow observed give the same bits, also with one thread; steps between the times are passed over. */
START_TEST(curves_by_hand)
{
    static const double eps[2] = {0.4, 0.2};
    double times[3];
    grz_grid *grid;
    grz_limit *limits[3];
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    grz_operator *op = template_of(&small, kernel, &grid);
    grz_distribution *start = two_gaussians(grid);
    times_of(&small, times);
    for (int way = 0; way < 3; way++) {
        OK(grz_context_set_threads(context, way == 1 ? 1 : 2));
        DONE(grz_limit_create(context, grid, 3, times, &limits[way]));
        DONE(grz_limit_add_smooth_tests(limits[way], 0.7));
        if (way == 0) DONE(grz_limit_run(limits[0], op, GRZ_TIME_SCHEME_SSP_RK2, 0.0005, 2, eps, grz_distribution_view(start)));
        for (int e = -1; way && e < 2; e++) {
            grz_flow *flow;
            grz_kernel *scaled = power_law(-2, 0.5, e < 0 ? 0 : eps[e]);
            grz_operator *own = operator_of(&small, grid, scaled, e < 0 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN);
            if (way == 1) {
                DONE(grz_limit_run_flow(limits[1], e < 0 ? 0 : eps[e], own, GRZ_TIME_SCHEME_SSP_RK2, 0.0005, grz_distribution_view(start)));
            } else {
                DONE(grz_limit_begin(limits[2], e < 0 ? 0 : eps[e], own));
                DONE(grz_flow_create(context, own, GRZ_TIME_SCHEME_SSP_RK2, &flow));
                DONE(grz_flow_start(flow, 0, grz_distribution_view(start)));
                for (int k = 0; k < 3; k++) {
                    /* every time is seen twice, and recorded once */
                    DONE(grz_flow_run(flow, times[k], 0.0005, grz_limit_observe, limits[2]));
                }
                DONE(grz_limit_end(limits[2]));
                grz_flow_destroy(&flow);
            }
            grz_operator_destroy(&own);
            grz_kernel_destroy(&scaled);
        }
    }
    for (int way = 1; way < 3; way++)
        for (int q = GRZ_LIMIT_QUANTITY_EPS; q <= GRZ_LIMIT_QUANTITY_START; q++)
            for (int e = 0; e < 3; e++) {
                double a = quantity_of(limits[0], (grz_limit_quantity)q, e), b = quantity_of(limits[way], (grz_limit_quantity)q, e);
                HOLDS(memcmp(&a, &b, sizeof a) == 0, "way %d, quantity %d, curve %d: %.17g, %.17g", way, q, e, a, b);
            }
    for (int way = 0; way < 3; way++) grz_limit_destroy(&limits[way]);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

/* Spectral flows measured by an entropic operator, and data that depend on eps (A1): H^eps(0) - H(0) of order 2. */
/* Where a difference in time changes its sign between two times, it is a straight line there: int |D^eps - D| dt in closed form. Measured by a
 * spectral operator, D = -int Q log f, at two times. */
START_TEST(differences_that_cross)
{
    static const double times[2] = {0.5, 2.5}, T[3] = {0.8, 1, 1.3};
    grz_grid *grid;
    grz_limit *limit;
    grz_kernel *kernel = power_law(0, 0.5, 0);
    grz_operator *op;
    grz_functional *dissipation;
    grz_distribution *f[3];
    double D[3];
    DONE(grz_grid_create(context, 12, 5, NULL, &grid));
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &op));
    DONE(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &dissipation));
    for (int k = 0; k < 3; k++) {
        DONE(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, (double[3]){T[k], 1, 1.5}, NULL, &f[k]));
        DONE(grz_functional_evaluate(dissipation, grz_distribution_view(f[k]), &D[k]));
    }
    HOLDS(D[0] > D[1] && D[1] > D[2], "D %g %g %g", D[0], D[1], D[2]);
    DONE(grz_limit_create(context, grid, 2, times, &limit));
    for (int curve = 0; curve < 2; curve++) { /* 1, 1 and 0, 2 */
        DONE(grz_limit_begin(limit, curve ? 0.5 : 0, op));
        for (int k = 0; k < 2; k++) DONE(grz_limit_record(limit, times[k], grz_distribution_view(f[curve ? 2 * k : 1]), NULL));
        DONE(grz_limit_end(limit));
    }
    double left = D[0] - D[1], right = D[1] - D[2], exact = 2 * (left * left + right * right) / (2 * (left + right));
    NEAR(quantity_of(limit, GRZ_LIMIT_QUANTITY_DISSIPATION, 1) / exact, 1, 1e-9);
    for (int k = 0; k < 3; k++) grz_distribution_destroy(&f[k]);
    grz_limit_destroy(&limit);
    grz_functional_destroy(&dissipation);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(other_curves)
{
    SKIP_IF(fast(), "many flows");
    static const double eps[2] = {0.2, 0.1};
    double times[3];
    grz_grid *grid;
    grz_limit *limit;
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    grz_operator *op = template_of(&small, kernel, &grid);
    times_of(&small, times);
    DONE(grz_limit_create(context, grid, 3, times, &limit));
    for (int e = -1; e < 2; e++) {
        double x = e < 0 ? 0 : eps[e], T[3] = {0.9, 1 + 0.1 * x * x, 1.1};
        grz_kernel *scaled = power_law(-2, 0.5, x);
        grz_operator *measuring = operator_of(&small, grid, scaled, e < 0 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN), *spectral;
        grz_distribution *start;
        grz_flow *flow;
        DONE(grz_operator_create(context, grid, scaled, e < 0 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL,
                                 &spectral));
        DONE(grz_operator_set_option(spectral, GRZ_OPERATOR_OPTION_SCHEME,
                                     e < 0 ? GRZ_SPECTRAL_SCHEME_SEPARABLE : GRZ_SPECTRAL_SCHEME_SPHERE_RULE));
        DONE(grz_operator_set_option(spectral, GRZ_OPERATOR_OPTION_ACCURACY, 1));
        DONE(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, NULL, &start));
        DONE(grz_flow_create(context, spectral, GRZ_TIME_SCHEME_SSP_RK2, &flow));
        DONE(grz_flow_start(flow, 0, grz_distribution_view(start)));
        DONE(grz_limit_begin(limit, x, measuring));
        DONE(grz_flow_run(flow, times[2], 0.0005, grz_limit_observe, limit));
        DONE(grz_limit_end(limit));
        ck_assert(quantity_of(limit, GRZ_LIMIT_QUANTITY_DISSIPATION, e + 1) >= 0 &&
                  quantity_of(limit, GRZ_LIMIT_QUANTITY_SPEED, e + 1) >= 0);
        grz_flow_destroy(&flow);
        grz_distribution_destroy(&start);
        grz_operator_destroy(&spectral);
        grz_operator_destroy(&measuring);
        grz_kernel_destroy(&scaled);
    }
    HOLDS(fabs(order_of(limit, GRZ_LIMIT_QUANTITY_START, GRZ_LIMIT_SCALE_POWER, 2) - 2) < 0.02, "order %g",
          order_of(limit, GRZ_LIMIT_QUANTITY_START, GRZ_LIMIT_SCALE_POWER, 2));
    grz_limit_destroy(&limit);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------------- bad input */

static int nothing(int64_t count, const double *v, double *phi, void *user)
{
    for (int64_t i = 0; i < count; i++) phi[i] = user ? 0 * v[3 * i] : NAN;
    return user ? *(int *)user : 0;
}

START_TEST(bad_input)
{
    double times[3] = {0, 0.001, 0.002}, values[8], eps[2] = {0.4, 0.2}, backwards[2] = {0.2, 0.4};
    int stop = 7;
    grz_limit *limit = UNTOUCHED;
    grz_grid *grid, *other_grid;
    grz_context *stranger;
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    grz_operator *op = template_of(&small, kernel, &grid), *elsewhere;
    grz_distribution *start = two_gaussians(grid);
    const double *f = grz_distribution_view(start);
    OK(grz_context_create(&stranger));
    DONE(grz_grid_create(context, 8, 3, NULL, &other_grid));
    elsewhere = entropic(other_grid, kernel, GRZ_EQUATION_LANDAU, 1, 3);
    ck_assert_int_eq(grz_limit_create(NULL, grid, 3, times, &limit), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_limit_create(context, NULL, 3, times, &limit), GRZ_ERROR_NULL_ARGUMENT, "grid");
    FAILS(context, grz_limit_create(context, grid, 3, NULL, &limit), GRZ_ERROR_NULL_ARGUMENT, "times");
    FAILS(context, grz_limit_create(context, grid, 3, times, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_limit_create(context, grid, 1, times, &limit), GRZ_ERROR_INVALID_ARGUMENT, "count = 1");
    FAILS(context, grz_limit_create(context, grid, 2, (double[2]){1, 1}, &limit), GRZ_ERROR_INVALID_ARGUMENT, "times[1] = 1");
    FAILS(context, grz_limit_create(context, grid, 2, (double[2]){1, NAN}, &limit), GRZ_ERROR_NOT_FINITE, "times");
    FAILS(stranger, grz_limit_create(stranger, grid, 3, times, &limit), GRZ_ERROR_MISMATCH, "grid");
    ck_assert_ptr_eq(limit, UNTOUCHED);
    DONE(grz_limit_create(context, grid, 3, times, &limit));
    FAILS(context, grz_limit_add_test(limit, NULL, NULL, 1, 1), GRZ_ERROR_NULL_ARGUMENT, "phi");
    FAILS(context, grz_limit_add_test(limit, nothing, NULL, 0, 1), GRZ_ERROR_INVALID_ARGUMENT, "lipschitz = 0");
    FAILS(context, grz_limit_add_test(limit, nothing, NULL, 1, NAN), GRZ_ERROR_INVALID_ARGUMENT, "curvature");
    FAILS(context, grz_limit_add_test(limit, nothing, NULL, 1, 1), GRZ_ERROR_NOT_FINITE, "phi");
    FAILS(context, grz_limit_add_test(limit, nothing, &stop, 1, 1), GRZ_ERROR_CALLBACK, "returned 7");
    FAILS(context, grz_limit_add_smooth_tests(limit, 0), GRZ_ERROR_INVALID_ARGUMENT, "scale = 0");
    ck_assert_int_eq(grz_limit_test_count(limit), 0);
    for (int i = 0; i < 28; i++) DONE(grz_limit_add_smooth_tests(limit, 1));
    FAILS(context, grz_limit_add_smooth_tests(limit, 1), GRZ_ERROR_INVALID_ARGUMENT, "at most 256");
    FAILS(context, grz_limit_record(limit, 0, f, NULL), GRZ_ERROR_INVALID_ARGUMENT, "no curve");
    FAILS(context, grz_limit_end(limit), GRZ_ERROR_INVALID_ARGUMENT, "no curve");
    FAILS(context, grz_limit_begin(limit, 0.1, op), GRZ_ERROR_INVALID_ARGUMENT, "eps = 0.1");
    FAILS(context, grz_limit_begin(limit, NAN, op), GRZ_ERROR_NOT_FINITE, "eps");
    FAILS(context, grz_limit_begin(limit, 0, elsewhere), GRZ_ERROR_MISMATCH, "grid");
    FAILS(context, grz_limit_run(limit, NULL, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, 2, eps, f), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(context, grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, 2, NULL, f), GRZ_ERROR_NULL_ARGUMENT, "eps");
    FAILS(context, grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, 0, eps, f), GRZ_ERROR_INVALID_ARGUMENT, "count = 0");
    FAILS(context, grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, 2, eps, NULL), GRZ_ERROR_NULL_ARGUMENT, "f is NULL");
    FAILS(context, grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 0, 2, eps, f), GRZ_ERROR_UNSUPPORTED, "dt = 0");
    FAILS(context, grz_limit_run_flow(limit, 0, NULL, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, f), GRZ_ERROR_NULL_ARGUMENT, "op");
    ck_assert_int_eq(grz_limit_count(limit), 0);
    DONE(grz_limit_begin(limit, 0, op));
    FAILS(context, grz_limit_add_smooth_tests(limit, 1), GRZ_ERROR_INVALID_ARGUMENT, "begun");
    FAILS(context, grz_limit_record(limit, 0.001, f, NULL), GRZ_ERROR_INVALID_ARGUMENT, "time = 0.001");
    FAILS(context, grz_limit_record(limit, 0, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "f");
    FAILS(context, grz_limit_record(limit, NAN, f, NULL), GRZ_ERROR_NOT_FINITE, "time");
    ck_assert_int_eq(grz_limit_observe(0.0005, f, limit), GRZ_ERROR_INVALID_ARGUMENT); /* 0 was skipped */
    DONE(grz_limit_record(limit, 0, f, NULL));
    FAILS(context, grz_limit_end(limit), GRZ_ERROR_INVALID_ARGUMENT, "1 of 3");
    DONE(grz_limit_begin(limit, 0, NULL)); /* anew, and nothing but distances */
    for (int k = 0; k < 3; k++) DONE(grz_limit_record(limit, times[k], f, NULL));
    FAILS(context, grz_limit_record(limit, 0.003, f, NULL), GRZ_ERROR_INVALID_ARGUMENT, "complete");
    OK(grz_limit_observe(0.003, f, limit));
    DONE(grz_limit_end(limit));
    FAILS(context, grz_limit_begin(limit, 0, op), GRZ_ERROR_INVALID_ARGUMENT, "eps = 0");
    FAILS(context, grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, 2, backwards, f), GRZ_ERROR_INVALID_ARGUMENT,
          "eps[1] = 0.4, must be > 0 and below 0.2");
    ck_assert_int_eq(grz_limit_count(limit), 1); /* before the first is run */
    DONE(grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 1e-3, 1, backwards, f));
    FAILS(context, grz_limit_liminf(limit, GRZ_LIMIT_SERIES_ENTROPY, GRZ_LIMIT_SCALE_POWER, values, values + 1), GRZ_ERROR_INVALID_ARGUMENT,
          "1 curves");
    FAILS(context, grz_limit_liminf(limit, GRZ_LIMIT_SERIES_L1, GRZ_LIMIT_SCALE_POWER, values, values + 1), GRZ_ERROR_INVALID_ARGUMENT,
          "series = 164");
    FAILS(context, grz_limit_column(limit, (grz_limit_quantity)144, values), GRZ_ERROR_INVALID_ARGUMENT, "quantity = 144");
    FAILS(context, grz_limit_column(limit, GRZ_LIMIT_QUANTITY_EPS, NULL), GRZ_ERROR_NULL_ARGUMENT, "values");
    FAILS(context, grz_limit_orders(limit, GRZ_LIMIT_QUANTITY_L1, (grz_limit_scale)2, values), GRZ_ERROR_INVALID_ARGUMENT, "scale = 2");
    FAILS(context, grz_limit_orders(limit, GRZ_LIMIT_QUANTITY_L1, GRZ_LIMIT_SCALE_POWER, NULL), GRZ_ERROR_NULL_ARGUMENT, "orders");
    FAILS(context, grz_limit_curve_column(limit, 2, GRZ_LIMIT_SERIES_L1, values), GRZ_ERROR_INVALID_ARGUMENT, "curve = 2");
    FAILS(context, grz_limit_curve_column(limit, 1, (grz_limit_series)168, values), GRZ_ERROR_INVALID_ARGUMENT, "series = 168");
    FAILS(context, grz_limit_means(limit, 0, 252, values), GRZ_ERROR_INVALID_ARGUMENT, "test = 252");
    FAILS(context, grz_limit_means(limit, 0, 0, NULL), GRZ_ERROR_NULL_ARGUMENT, "values");
    grz_limit_destroy(&limit);
    DONE(grz_limit_create(context, grid, 3, times, &limit));
    for (int e = 0; e < 2; e++) {
        DONE(grz_limit_begin(limit, e ? 1.5 : 0, NULL));
        for (int k = 0; k < 3; k++) DONE(grz_limit_record(limit, times[k], f, NULL));
        DONE(grz_limit_end(limit));
    }
    FAILS(context, grz_limit_orders(limit, GRZ_LIMIT_QUANTITY_L1, GRZ_LIMIT_SCALE_LOGARITHM, values), GRZ_ERROR_INVALID_ARGUMENT, "1.5");
    grz_limit_destroy(&limit);
    ck_assert_int_eq(grz_limit_begin(NULL, 0, op), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_limit_record(NULL, 0, f, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_limit_end(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_limit_observe(0, f, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_limit_count(NULL) + grz_limit_test_count(NULL), 0);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_operator_destroy(&elsewhere);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_grid_destroy(&other_grid);
    grz_context_destroy(&stranger);
}
END_TEST

typedef struct watch {
    double last;
    int calls, backwards, stop_at;
} watch;

static int watching(const char *stage, double fraction, void *user)
{
    watch *w = user;
    if (strcmp(stage, "limit of solutions") != 0) return 0;
    w->backwards += fraction < w->last;
    w->last = fraction;
    return ++w->calls == w->stop_at;
}

/* Stopped within the second curve, the first one stays, and the study goes on. */
START_TEST(progress_and_cancellation)
{
    static const double eps[2] = {0.4, 0.2};
    double times[3];
    grz_grid *grid;
    grz_limit *limit;
    grz_kernel *kernel = power_law(-2, 0.5, 1);
    grz_operator *op = template_of(&small, kernel, &grid);
    grz_distribution *start = two_gaussians(grid);
    watch w = {.stop_at = 5};
    times_of(&small, times);
    DONE(grz_limit_create(context, grid, 3, times, &limit));
    OK(grz_context_set_progress(context, watching, &w));
    ck_assert_int_eq(grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 0.001, 2, eps, grz_distribution_view(start)), GRZ_ERROR_CANCELLED);
    ck_assert_int_eq(grz_limit_count(limit), 1);
    ck_assert_int_eq(w.backwards, 0);
    w = (watch){0};
    DONE(grz_limit_run(limit, op, GRZ_TIME_SCHEME_SSP_RK2, 0.001, 2, eps, grz_distribution_view(start)));
    ck_assert_int_eq(grz_limit_count(limit), 3);
    ck_assert_int_eq(w.calls, 6);
    ck_assert_double_eq(w.last, 1);
    OK(grz_context_set_progress(context, NULL, NULL));
    grz_limit_destroy(&limit);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("flow: the limit study");
    TCase *t = tcase_create("limit");
    tcase_add_checked_fixture(t, open_context, close_context);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, entropic_flows);
    tcase_add_test(t, spectral_flows);
    tcase_add_test(t, coulomb_flows);
    tcase_add_test(t, curves_by_hand);
    tcase_add_test(t, differences_that_cross);
    tcase_add_test(t, other_curves);
    tcase_add_test(t, bad_input);
    tcase_add_test(t, progress_and_cancellation);
    TCase *fine = tcase_create("fine");
    tcase_add_checked_fixture(fine, open_context, close_context);
    tcase_set_timeout(fine, 1800);
    tcase_add_test(fine, fine_grids);
    suite_add_tcase(s, t);
    suite_add_tcase(s, fine);
    return s;
}

int main(void)
{
    return run_suite(suite());
}

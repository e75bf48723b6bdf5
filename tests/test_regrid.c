/* Regridding against densities known at every velocity, and slow moments in long double. */
#include "support/entropic.h"

/* exp(-T kappa^2/2), what the narrowest Gaussian (T = 0.6) has at the last mode kappa = pi/h of n = 24 nodes in a box of half width 7. */
#define FOURIER_TAIL 1.6e-4

static grz_grid *grid_of(int n, double half_width, double x, double y, double z)
{
    grz_grid *grid;
    DONE(grz_grid_create(context, n, half_width, (double[]){x, y, z}, &grid));
    return grid;
}

/* Two displaced Gaussians, the second tilted: neither isotropic nor a Maxwellian. */
static double *mixture(const grz_grid *grid, double second)
{
    static const double means[6] = {0.7, -0.3, 0.2, -0.8, 0.4, -0.1}, axes[3][3] = {{0.6, 0.8, 0}, {-0.8, 0.6, 0}, {0, 0, 1}};
    static const double T[2][3] = {{0.8, 0.8, 1.0}, {0.6, 1.1, 0.7}}, weight[2] = {0.6, 0.4};
    double *v = nodes_of(grid), *f = doubles(grz_grid_node_count(grid));
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) {
        f[i] = 0;
        for (int m = 0; m < 2; m++) {
            double exponent = 0, factor = m ? second * weight[m] : weight[m];
            for (int a = 0; a < 3; a++) {
                double w = 0;
                for (int b = 0; b < 3; b++) w += axes[a][b] * (v[3 * i + b] - means[3 * m + b]);
                exponent += w * w / (2 * T[m][a]);
                factor /= sqrt(2 * 3.14159265358979323846 * T[m][a]);
            }
            f[i] += factor * exp(-exponent);
        }
    }
    free(v);
    return f;
}

/* Mass, momentum, energy and their sizes, with the weight h^3. */
static void slow_invariants(const grz_grid *grid, const double *f, double moment[5], double size[5])
{
    double *v = nodes_of(grid), h = grz_grid_spacing(grid);
    long double sum[5] = {0}, absolute[5] = {0};
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) {
        long double x = v[3 * i], y = v[3 * i + 1], z = v[3 * i + 2], psi[5] = {1, x, y, z, x * x + y * y + z * z};
        for (int m = 0; m < 5; m++) {
            sum[m] += psi[m] * f[i];
            absolute[m] += fabsl(psi[m] * f[i]);
        }
    }
    for (int m = 0; m < 5; m++) {
        moment[m] = (double)(sum[m] * h * h * h);
        size[m] = (double)(absolute[m] * h * h * h);
    }
    free(v);
}

static void keeps_invariants(const grz_grid *a, const double *f, const grz_grid *b, const double *g)
{
    double before[5], after[5], size[5], other[5];
    slow_invariants(a, f, before, size);
    slow_invariants(b, g, after, other);
    for (int m = 0; m < 5; m++) NEAR(after[m], before[m], 1e-13 * size[m]);
}

/* 24^3 to 32^3 and back, a moved centre, a hotter box; what comes out is the density itself. */
START_TEST(invariants_stay_and_values_are_right)
{
    grz_grid *from = grid_of(24, 7, 0, 0, 0), *back = grid_of(24, 7, 0, 0, 0);
    grz_grid *targets[] = {grid_of(32, 7, 0, 0, 0), grid_of(28, 7, 0.31, -0.2, 0.15), grid_of(32, 9, 0.1, 0, 0), grid_of(20, 6.3, 0, 0, 0)};
    double *f = mixture(from, 1), lost, change;
    for (int t = 0; t < 4; t++) {
        int64_t count = grz_grid_node_count(targets[t]), back_count = grz_grid_node_count(back);
        double *g = doubles(count), *again = doubles(back_count), *exact = mixture(targets[t], 1);
        DONE(grz_regrid(context, from, f, targets[t], GRZ_REGRID_METHOD_LOGARITHMIC, g, &lost, &change));
        for (int64_t i = 0; i < count; i++) HOLDS(g[i] > 0, "g[%d] = %g", (int)i, g[i]);
        keeps_invariants(from, f, targets[t], g);
        HOLDS(relative_distance(g, exact, count) < 2e-4, "target %d: %g", t, relative_distance(g, exact, count));
        HOLDS(lost < 1e-8 && change < 1e-6, "lost %g, change %g", lost, change);
        DONE(grz_regrid(context, targets[t], g, back, GRZ_REGRID_METHOD_LOGARITHMIC, again, NULL, NULL));
        keeps_invariants(from, f, back, again);
        HOLDS(relative_distance(again, f, back_count) < 1e-3, "and back %d: %g", t, relative_distance(again, f, back_count));
        DONE(grz_regrid(context, from, f, targets[t], GRZ_REGRID_METHOD_FOURIER, g, &lost, &change));
        keeps_invariants(from, f, targets[t], g);
        HOLDS(relative_distance(g, exact, count) < FOURIER_TAIL, "Fourier, target %d: %g", t, relative_distance(g, exact, count));
        free(g);
        free(again);
        free(exact);
        grz_grid_destroy(&targets[t]);
    }
    free(f);
    grz_grid_destroy(&from);
    grz_grid_destroy(&back);
}
END_TEST

/* log f quadratic is in the spline space, and the tail goes on as the Maxwellian: a Maxwellian comes out as itself everywhere. */
START_TEST(a_maxwellian_is_reproduced)
{
    grz_grid *from = grid_of(16, 5, 0.1, 0, 0), *to = grid_of(24, 6.5, -0.2, 0.1, 0);
    grz_distribution *f, *exact;
    double u[3] = {0.2, -0.1, 0.05}, *g = doubles(grz_grid_node_count(to)), change;
    DONE(grz_distribution_create_maxwellian(context, from, 1.7, u, 0.9, &f));
    DONE(grz_distribution_create_maxwellian(context, to, 1.7, u, 0.9, &exact));
    DONE(grz_regrid(context, from, grz_distribution_view(f), to, GRZ_REGRID_METHOD_LOGARITHMIC, g, NULL, &change));
    double error = relative_distance(g, grz_distribution_view(exact), grz_grid_node_count(to));
    HOLDS(error < 1e-5, "%g", error); /* what the source's box leaves out of the moments */
    HOLDS(change < 1e-8, "%g", change);
    free(g);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(&exact);
    grz_grid_destroy(&from);
    grz_grid_destroy(&to);
}
END_TEST

/* Splines of degree five in log f: order six. */
START_TEST(converges_in_the_sources_spacing)
{
    static const int n[] = {16, 24, 32};
    grz_grid *to = grid_of(20, 5, 0.05, 0, 0);
    int64_t count = grz_grid_node_count(to);
    double *exact = mixture(to, 1), *g = doubles(count), error[3];
    for (int m = 0; m < 3; m++) {
        grz_grid *from = grid_of(n[m], 7, 0, 0, 0);
        double *f = mixture(from, 1);
        /* The moments are those of the larger box, so the tail beyond 5 comes in: compare the shapes before that by a box that has it. */
        DONE(grz_regrid(context, from, f, to, GRZ_REGRID_METHOD_LOGARITHMIC, g, NULL, NULL));
        error[m] = difference(g, exact, count) / largest(exact, count);
        free(f);
        grz_grid_destroy(&from);
    }
    double order = log(error[0] / error[2]) / log((double)n[2] / n[0]);
    HOLDS(order > 3.5, "errors %g %g %g, order %g", error[0], error[1], error[2], order);
    free(exact);
    free(g);
    grz_grid_destroy(&to);
}
END_TEST

/* Q of the result is Q of the density on the fine grid. */
START_TEST(collisions_go_on_as_before)
{
    grz_grid *from = grid_of(24, 6.5, 0, 0, 0), *to = grid_of(28, 6.5, 0, 0, 0);
    int64_t count = grz_grid_node_count(to);
    double *f = mixture(from, 1), *exact = mixture(to, 1), *g = doubles(count), *Q = doubles(count), *Q_exact = doubles(count);
    grz_kernel *kernel = power_law(-3, 1.5, 1);
    grz_operator *op;
    DONE(grz_operator_create(context, to, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &op));
    DONE(grz_operator_apply(op, exact, Q_exact));
    for (int method = 0; method < 2; method++) {
        DONE(grz_regrid(context, from, f, to, (grz_regrid_method)method, g, NULL, NULL));
        DONE(grz_operator_apply(op, g, Q));
        double error = relative_difference(Q, Q_exact, count);
        HOLDS(error < (method == GRZ_REGRID_METHOD_FOURIER ? 1e-4 : 1e-2), "method %d: %g", method, error);
    }
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    free(f), free(exact), free(g), free(Q), free(Q_exact);
    grz_grid_destroy(&from);
    grz_grid_destroy(&to);
}
END_TEST

/* f of any sign, with no mass: the difference of the two Gaussians. */
START_TEST(fourier_takes_any_sign)
{
    grz_grid *from = grid_of(24, 7, 0, 0, 0), *to = grid_of(30, 7.5, -0.1, 0.2, 0);
    int64_t count = grz_grid_node_count(to);
    double *f = mixture(from, -1.5), *exact = mixture(to, -1.5), *g = doubles(count), change;
    DONE(grz_regrid(context, from, f, to, GRZ_REGRID_METHOD_FOURIER, g, NULL, &change));
    keeps_invariants(from, f, to, g);
    HOLDS(relative_distance(g, exact, count) < FOURIER_TAIL, "%g", relative_distance(g, exact, count));
    HOLDS(change < 1e-5, "%g", change);
    free(f), free(exact), free(g);
    grz_grid_destroy(&from);
    grz_grid_destroy(&to);
}
END_TEST

START_TEST(what_lies_outside_is_told)
{
    grz_grid *from = grid_of(24, 7, 0, 0, 0), *to = grid_of(24, 3.2, 0.5, 0, 0), *tiny = grid_of(12, 0.3, 0, 0, 0);
    double *f = mixture(from, 1), *g = doubles(grz_grid_node_count(to)), lost, *v = nodes_of(from);
    long double inside = 0, all = 0;
    for (int64_t i = 0; i < grz_grid_node_count(from); i++) {
        all += f[i];
        if (fabs(v[3 * i] - 0.5) <= 3.2 && fabs(v[3 * i + 1]) <= 3.2 && fabs(v[3 * i + 2]) <= 3.2) inside += f[i];
    }
    DONE(grz_regrid(context, from, f, to, GRZ_REGRID_METHOD_LOGARITHMIC, g, &lost, NULL));
    NEAR(lost, (double)((all - inside) / all), 1e-13);
    HOLDS(lost > 1e-3, "the test's box should lose something: %g", lost);
    keeps_invariants(from, f, to, g);
    FAILS(context, grz_regrid(context, from, f, tiny, GRZ_REGRID_METHOD_LOGARITHMIC, g, &lost, NULL), GRZ_ERROR_NOT_CONVERGED, "0.3");
    free(f), free(g), free(v);
    grz_grid_destroy(&from);
    grz_grid_destroy(&to);
    grz_grid_destroy(&tiny);
}
END_TEST

/* Velocities times V and densities times s. */
START_TEST(units_do_not_matter)
{
    for (int way = 0; way < 2; way++)
        for (int power = -40; power <= 40; power += 80) {
            double V = ldexp(1, power), s = ldexp(1, -power);
            grz_grid *from = grid_of(12, 4, 0, 0, 0), *to = grid_of(16, 4.5, 0.1, 0, 0);
            grz_grid *scaled_from = grid_of(12, 4 * V, 0, 0, 0), *scaled_to = grid_of(16, 4.5 * V, 0.1 * V, 0, 0);
            int64_t count = grz_grid_node_count(to), source = grz_grid_node_count(from);
            double *f = mixture(from, 1), *g = doubles(count), *scaled = doubles(count), lost[2], change[2];
            DONE(grz_regrid(context, from, f, to, (grz_regrid_method)way, g, &lost[0], &change[0]));
            for (int64_t i = 0; i < source; i++) f[i] *= s;
            DONE(grz_regrid(context, scaled_from, f, scaled_to, (grz_regrid_method)way, scaled, &lost[1], &change[1]));
            for (int64_t i = 0; i < count; i++) scaled[i] /= s;
            HOLDS(relative_difference(scaled, g, count) <= 1e-12, "V = 2^%d: %g", power, relative_difference(scaled, g, count));
            NEAR(lost[1], lost[0], 1e-15);
            NEAR(change[1], change[0], 1e-12);
            free(f), free(g), free(scaled);
            grz_grid_destroy(&from), grz_grid_destroy(&to), grz_grid_destroy(&scaled_from), grz_grid_destroy(&scaled_to);
        }
}
END_TEST

START_TEST(bad_input_is_refused)
{
    grz_grid *from = grid_of(8, 4, 0, 0, 0), *to = grid_of(10, 4, 0, 0, 0), *foreign;
    grz_context *other;
    DONE(grz_context_create(&other));
    DONE(grz_grid_create(other, 8, 4, NULL, &foreign));
    double *f = mixture(from, 1), *g = doubles(grz_grid_node_count(to)), *untouched = doubles(grz_grid_node_count(to));
    for (int64_t i = 0; i < grz_grid_node_count(to); i++) g[i] = untouched[i] = 7;
    grz_regrid_method way = GRZ_REGRID_METHOD_LOGARITHMIC;
    ck_assert_int_eq(grz_regrid(NULL, from, f, to, way, g, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_regrid(context, NULL, f, to, way, g, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "source");
    FAILS(context, grz_regrid(context, from, NULL, to, way, g, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "f is");
    FAILS(context, grz_regrid(context, from, f, NULL, way, g, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "target");
    FAILS(context, grz_regrid(context, from, f, to, way, NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "g is");
    FAILS(context, grz_regrid(context, from, f, to, (grz_regrid_method)5, g, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "5");
    FAILS(context, grz_regrid(context, foreign, f, to, way, g, NULL, NULL), GRZ_ERROR_MISMATCH, "context");
    f[17] = 0;
    FAILS(context, grz_regrid(context, from, f, to, way, g, NULL, NULL), GRZ_ERROR_NOT_POSITIVE, "f");
    f[17] = NAN;
    FAILS(context, grz_regrid(context, from, f, to, GRZ_REGRID_METHOD_FOURIER, g, NULL, NULL), GRZ_ERROR_NOT_FINITE, "f");
    for (int64_t i = 0; i < grz_grid_node_count(from); i++) f[i] = 1e308;
    FAILS(context, grz_regrid(context, from, f, to, way, g, NULL, NULL), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    HOLDS(memcmp(g, untouched, sizeof *g * (size_t)grz_grid_node_count(to)) == 0, "an output was written");
    free(f), free(g), free(untouched);
    grz_grid_destroy(&from), grz_grid_destroy(&to), grz_grid_destroy(&foreign);
    grz_context_destroy(&other);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    grz_context *own;
    grz_grid *from, *to;
    counting_allocator state = {0};
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &state, &own));
    OK(grz_grid_create(own, 8, 4, NULL, &from));
    OK(grz_grid_create(own, 10, 4, NULL, &to));
    double *f = mixture(from, 1), *g = doubles(grz_grid_node_count(to));
    int64_t before = state.outstanding, refused = 0;
    for (;; refused++) {
        state.fail_at = state.calls + 1 + refused;
        grz_status status = grz_regrid(own, from, f, to, GRZ_REGRID_METHOD_LOGARITHMIC, g, NULL, NULL);
        ck_assert_int_eq(state.outstanding, before);
        if (status == GRZ_OK) break;
        ck_assert_int_eq(status, GRZ_ERROR_OUT_OF_MEMORY);
    }
    HOLDS(refused >= 2, "only %d allocations", (int)refused);
    free(f), free(g);
    grz_grid_destroy(&from), grz_grid_destroy(&to);
    grz_context_destroy(&own);
    ck_assert_int_eq(state.outstanding, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("regridding");
    TCase *tcase = tcase_create("regrid");
    tcase_add_checked_fixture(tcase, open_context, close_context);
    tcase_add_test(tcase, invariants_stay_and_values_are_right);
    tcase_add_test(tcase, a_maxwellian_is_reproduced);
    tcase_add_test(tcase, converges_in_the_sources_spacing);
    tcase_add_test(tcase, collisions_go_on_as_before);
    tcase_add_test(tcase, fourier_takes_any_sign);
    tcase_add_test(tcase, what_lies_outside_is_told);
    tcase_add_test(tcase, units_do_not_matter);
    tcase_add_test(tcase, bad_input_is_refused);
    tcase_add_test(tcase, every_allocation_may_fail);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}

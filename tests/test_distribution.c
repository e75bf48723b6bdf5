/* Families and moments against closed forms and slow long-double sums. */
#include "support/norms.h"
#include "support/slow_moments.h"

static moments moments_of(const grz_distribution *f)
{
    moments m;
    OK(grz_distribution_moments(f, &m.rho, m.u, &m.T, m.P, m.q));
    return m;
}

static void compare(const moments *a, const moments *b, double tolerance)
{
    NEAR(a->rho, b->rho, tolerance * b->rho);
    NEAR(a->T, b->T, tolerance * b->T);
    for (int i = 0; i < 3; i++) NEAR(a->u[i], b->u[i], tolerance * (fabs(b->u[i]) + sqrt(b->T)));
    for (int e = 0; e < 9; e++) NEAR(a->P[e], b->P[e], tolerance * b->rho * b->T);
    for (int i = 0; i < 3; i++) NEAR(a->q[i], b->q[i], 5 * tolerance * b->rho * pow(b->T, 1.5));
}

/* P = rho sum_i T_i a_i a_i^T */
static moments gaussian_moments(double rho, const double u[3], const double T[3], const double *axes)
{
    moments m = {.rho = rho, .T = (T[0] + T[1] + T[2]) / 3};
    memcpy(m.u, u, sizeof m.u);
    for (int e = 0; e < 9; e++)
        for (int i = 0; i < 3; i++) m.P[e] += rho * T[i] * axes[3 * i + e / 3] * axes[3 * i + e % 3];
    return m;
}

START_TEST(maxwellian_moments_are_exact)
{
    const double u[3] = {0.7, -0.9, 0.1}, T[3] = {1.3, 1.3, 1.3}, identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    grz_distribution *f;
    OK(grz_distribution_create_maxwellian(context, grid, 2.5, u, 1.3, &f));
    moments m = moments_of(f), exact = gaussian_moments(2.5, u, T, identity);
    compare(&m, &exact, 1e-8);
    NEAR(grz_distribution_view(f)[(20 * 40 + 19) * 40 + 20],
         2.5 * pow(2 * M_PI * 1.3, -1.5) * exp(-(0.1 * 0.1 + 0.4 * 0.4 + 0.3 * 0.3) / 2.6), 1e-15);
    grz_distribution_destroy(&f);
    OK(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &f));
    m = moments_of(f);
    for (int a = 0; a < 3; a++) NEAR(m.u[a], 0, 1e-11);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(tilted_bimaxwellian_moments_are_exact)
{
    uint64_t seed = 12;
    for (int trial = 0; trial < 4; trial++) {
        double axes[9], T[3], u[3], rho = 0.1 + 3 * uniform(&seed);
        random_axes(&seed, axes);
        for (int i = 0; i < 3; i++) {
            T[i] = 0.4 + 0.6 * uniform(&seed);
            u[i] = uniform(&seed) - 0.5;
        }
        if (trial == 3)
            for (int i = 0; i < 3; i++) axes[i] = -axes[i]; /* left-handed axes are as good */
        grz_distribution *f;
        OK(grz_distribution_create_bimaxwellian(context, grid, rho, u, T, axes, &f));
        moments m = moments_of(f), exact = gaussian_moments(rho, u, T, axes);
        compare(&m, &exact, 1e-11);
        grz_distribution_destroy(&f);
    }
}
END_TEST

START_TEST(bimaxwellian_without_axes_uses_coordinates)
{
    const double T[3] = {1.5, 0.75, 0.6}, identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    grz_distribution *f, *g;
    OK(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, NULL, &f));
    OK(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, identity, &g));
    ck_assert_int_eq(memcmp(grz_distribution_view(f), grz_distribution_view(g), 64000 * sizeof(double)), 0);
    moments m = moments_of(f);
    NEAR(m.P[0], 1.5, 1e-7);
    NEAR(m.P[4], 0.75, 1e-7);
    NEAR(m.P[8], 0.6, 1e-7);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(&g);
}
END_TEST

START_TEST(bkw_keeps_its_moments)
{
    static const double Ks[] = {0.6, 0.75, 0.9, 1};
    const double origin[3] = {0, 0, 0}, T[3] = {1, 1, 1}, identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int i = 0; i < 4; i++) {
        double K = Ks[i], h = grz_grid_spacing(grid), fourth = 0;
        grz_distribution *f;
        OK(grz_distribution_create_bkw(context, grid, K, &f));
        moments m = moments_of(f), exact = gaussian_moments(1, origin, T, identity);
        compare(&m, &exact, 1e-9);
        double x[40], y[40], z[40];
        OK(grz_grid_axis_nodes(grid, 0, x));
        OK(grz_grid_axis_nodes(grid, 1, y));
        OK(grz_grid_axis_nodes(grid, 2, z));
        for (int e = 0; e < 64000; e++) {
            double s = x[e / 1600] * x[e / 1600] + y[e / 40 % 40] * y[e / 40 % 40] + z[e % 40] * z[e % 40];
            fourth += h * h * h * s * s * grz_distribution_view(f)[e];
        }
        /* int |v|^4 f = 15 K (2 - K) */
        NEAR(fourth, 15 * K * (2 - K), 1e-7);
        grz_distribution_destroy(&f);
    }
}
END_TEST

START_TEST(mixture_moments_are_exact)
{
    uint64_t seed = 5;
    enum { COUNT = 3 };
    double weights[COUNT], means[3 * COUNT], covariances[9 * COUNT];
    moments exact = {0};
    for (int c = 0; c < COUNT; c++) {
        double axes[9];
        random_axes(&seed, axes);
        weights[c] = 0.2 + uniform(&seed);
        for (int i = 0; i < 3; i++) means[3 * c + i] = 2 * uniform(&seed) - 1;
        memset(covariances + 9 * c, 0, 9 * sizeof(double));
        for (int i = 0; i < 3; i++) {
            double T = 0.4 + 0.5 * uniform(&seed);
            for (int e = 0; e < 9; e++) covariances[9 * c + e] += T * axes[3 * i + e / 3] * axes[3 * i + e % 3];
        }
        exact.rho += weights[c];
        for (int i = 0; i < 3; i++) exact.u[i] += weights[c] * means[3 * c + i];
    }
    for (int i = 0; i < 3; i++) exact.u[i] /= exact.rho;
    /* E[ww^T] = C + dd^T, E[|w|^2 w] = d (|d|^2 + trace C) + 2 C d, d = mean - u */
    for (int c = 0; c < COUNT; c++) {
        const double *C = covariances + 9 * c;
        double d[3], dd = 0, trace = C[0] + C[4] + C[8];
        for (int i = 0; i < 3; i++) {
            d[i] = means[3 * c + i] - exact.u[i];
            dd += d[i] * d[i];
        }
        for (int e = 0; e < 9; e++) exact.P[e] += weights[c] * (C[e] + d[e / 3] * d[e % 3]);
        for (int i = 0; i < 3; i++)
            exact.q[i] += weights[c] * (0.5 * d[i] * (dd + trace) + C[3 * i] * d[0] + C[3 * i + 1] * d[1] + C[3 * i + 2] * d[2]);
    }
    exact.T = (exact.P[0] + exact.P[4] + exact.P[8]) / (3 * exact.rho);
    grz_distribution *f;
    OK(grz_distribution_create_mixture(context, grid, COUNT, weights, means, covariances, &f));
    moments m = moments_of(f);
    compare(&m, &exact, 1e-10);
    ck_assert_double_gt(fabs(exact.q[0]), 1e-3);
    grz_distribution_destroy(&f);
}
END_TEST

/* int_0^inf r^p exp(-S(r-c)^2/c^2) dr by a fine trapezoidal sum in long double. */
static double radial_integral(int p, double S, double c)
{
    long double sum = 0, step = (long double)c / sqrtl(S) / 2000, last = c + 12 * c / sqrtl(S);
    for (long double r = step / 2; r < last; r += step) sum += powl(r, p) * expl(-S * (r - c) * (r - c) / (c * (long double)c));
    return (double)(sum * step);
}

START_TEST(shell_has_its_density_and_temperature)
{
    static const double S[] = {10, 4, 1}, c[] = {2, 1.6, 1};
    const double u[3] = {0.3, -0.2, 0.15};
    for (int i = 0; i < 3; i++) {
        grz_distribution *f;
        OK(grz_distribution_create_shell(context, grid, 1.7, u, S[i], c[i], &f));
        moments m = moments_of(f);
        double T = radial_integral(4, S[i], c[i]) / (3 * radial_integral(2, S[i], c[i]));
        /* exp(-S(r-c)^2/c^2) has a cusp at v = u, of size exp(-S): only there the midpoint rule is not spectral. */
        double tolerance = 1e-7 + 0.05 * exp(-S[i]);
        NEAR(m.rho, 1.7, 1.7 * tolerance);
        NEAR(m.T, T, T * tolerance);
        for (int a = 0; a < 3; a++) NEAR(m.u[a], u[a], tolerance);
        double peak = 1.7 / (4 * M_PI * radial_integral(2, S[i], c[i])), largest = 0;
        for (int e = 0; e < 64000; e++) keep_largest(&largest, grz_distribution_view(f)[e]);
        ck_assert_double_le(largest, peak * (1 + 1e-6));
        ck_assert_double_ge(largest, peak * 0.98);
        grz_distribution_destroy(&f);
    }
}
END_TEST

typedef struct profile {
    int64_t calls, nodes, stop_at;
    double bad_value;
} profile;

static int skewed_density(int64_t count, const double *v, double *f, void *user)
{
    profile *p = user;
    for (int64_t i = 0; i < count; i++) {
        const double *w = v + 3 * i;
        f[i] = (1 + 0.5 * tanh(w[0]) + 0.3 * sin(w[1] * w[2])) * exp(-0.5 * (w[0] * w[0] + 2 * w[1] * w[1] + w[2] * w[2]));
        if (p->bad_value != 0 && p->nodes + i == 31337) f[i] = p->bad_value;
    }
    p->nodes += count;
    return ++p->calls == p->stop_at ? 3 : 0;
}

START_TEST(callback_sees_every_node_once)
{
    profile p = {0, 0, 0, 0};
    grz_distribution *f;
    double x[40], y[40], z[40], v[3], expected;
    OK(grz_distribution_create_callback(context, grid, skewed_density, &p, &f));
    ck_assert_int_eq(p.nodes, 64000);
    OK(grz_grid_axis_nodes(grid, 0, x));
    OK(grz_grid_axis_nodes(grid, 1, y));
    OK(grz_grid_axis_nodes(grid, 2, z));
    for (int e = 0; e < 64000; e++) {
        profile one = {0, 0, 0, 0};
        v[0] = x[e / 1600];
        v[1] = y[e / 40 % 40];
        v[2] = z[e % 40];
        skewed_density(1, v, &expected, &one);
        NEAR(grz_distribution_view(f)[e], expected, 0);
    }
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(callback_failures)
{
    grz_distribution *f = UNTOUCHED;
    FAILS(context, grz_distribution_create_callback(context, grid, NULL, NULL, &f), GRZ_ERROR_NULL_ARGUMENT, "density");
    FAILS(context, grz_distribution_create_callback(context, grid, skewed_density, &(profile){.stop_at = 2}, &f), GRZ_ERROR_CALLBACK,
          "returned 3");
    FAILS(context, grz_distribution_create_callback(context, grid, skewed_density, &(profile){.bad_value = NAN}, &f), GRZ_ERROR_NOT_FINITE,
          "density[31337] = nan");
    FAILS(context, grz_distribution_create_callback(context, grid, skewed_density, &(profile){.bad_value = -0.5}, &f),
          GRZ_ERROR_NOT_POSITIVE, "density[31337] = -0.5");
    ck_assert_ptr_eq(f, UNTOUCHED);
}
END_TEST

START_TEST(moments_are_accurate_sums)
{
    uint64_t seed = 99;
    const double far_centre[3] = {1000, -300, 50};
    grz_grid *odd;
    OK(grz_grid_create(context, 13, 2, far_centre, &odd));
    double *values = malloc(64000 * sizeof *values);
    for (int trial = 0; trial < 4; trial++) {
        const grz_grid *g = trial % 2 ? odd : grid;
        int64_t count = grz_grid_node_count(g);
        for (int64_t i = 0; i < count; i++) values[i] = trial < 2 ? uniform(&seed) : pow(10, 24 * uniform(&seed) - 12);
        grz_distribution *f;
        OK(grz_distribution_create_array(context, g, values, &f));
        moments m = moments_of(f), slow = slow_moments(g, values);
        compare(&m, &slow, 4e-15);
        grz_distribution_destroy(&f);
    }
    free(values);
    grz_grid_destroy(&odd);
}
END_TEST

START_TEST(midpoint_rule_converges_spectrally)
{
    double error[3];
    for (int r = 0; r < 3; r++) {
        grz_grid *g;
        grz_distribution *f;
        OK(grz_grid_create(context, 12 + 6 * r, 7, NULL, &g));
        OK(grz_distribution_create_maxwellian(context, g, 1, (double[3]){0.3, 0.2, -0.1}, 0.5, &f));
        error[r] = fabs(moments_of(f).T - 0.5);
        grz_distribution_destroy(&f);
        grz_grid_destroy(&g);
    }
    /* aliasing error exp(-2 pi^2 T/h^2), h = 7/6, 7/9, 7/12 */
    ck_assert_double_lt(error[1], 1e-3 * error[0]);
    ck_assert_double_lt(error[2], 1e-4 * error[1]);
}
END_TEST

START_TEST(some_moments_may_be_left_out)
{
    double rho = 0, T = 0, u[3], zero[512] = {0}, q[3] = {7, 7, 7};
    grz_grid *small;
    grz_distribution *f;
    OK(grz_distribution_create_bkw(context, grid, 0.8, &f));
    moments m = moments_of(f);
    OK(grz_distribution_moments(f, NULL, NULL, NULL, NULL, NULL));
    OK(grz_distribution_moments(f, &rho, NULL, NULL, NULL, NULL));
    OK(grz_distribution_moments(f, NULL, u, NULL, NULL, NULL));
    OK(grz_distribution_moments(f, NULL, NULL, &T, NULL, NULL));
    ck_assert_double_eq(rho, m.rho);
    ck_assert_double_eq(u[1], m.u[1]);
    ck_assert_double_eq(T, m.T);
    grz_distribution_destroy(&f);
    ck_assert_int_eq(grz_distribution_moments(NULL, &rho, NULL, NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    OK(grz_grid_create(context, 8, 1, NULL, &small));
    OK(grz_distribution_create_array(context, small, zero, &f));
    OK(grz_distribution_moments(f, &rho, NULL, NULL, NULL, NULL));
    ck_assert_double_eq(rho, 0);
    FAILS(context, grz_distribution_moments(f, NULL, NULL, NULL, NULL, q), GRZ_ERROR_NOT_POSITIVE, "rho = 0");
    for (int i = 0; i < 512; i++) zero[i] = 1e308;
    OK(grz_distribution_set_values(f, zero));
    FAILS(context, grz_distribution_moments(f, NULL, NULL, NULL, NULL, q), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    ck_assert_double_eq(q[0], 7);
    grz_distribution *equilibrium = UNTOUCHED;
    FAILS(context, grz_distribution_create_equilibrium(context, f, &equilibrium), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
    ck_assert_ptr_eq(equilibrium, UNTOUCHED);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&small);
}
END_TEST

START_TEST(values_are_copied)
{
    uint64_t seed = 8;
    grz_grid *g;
    grz_distribution *f = UNTOUCHED;
    double values[512], back[512];
    for (int e = 0; e < 512; e++) values[e] = uniform(&seed);
    OK(grz_grid_create(context, 8, 1, NULL, &g));
    OK(grz_distribution_create_array(context, g, values, &f));
    double first = values[0];
    values[0] = 99;
    OK(grz_distribution_values(f, back));
    ck_assert_double_eq(back[0], first);
    ck_assert_ptr_nonnull(grz_distribution_view(f));
    ck_assert_double_eq(grz_distribution_view(f)[0], first);
    OK(grz_distribution_set_values(f, values));
    ck_assert_int_eq(memcmp(grz_distribution_view(f), values, sizeof values), 0);
    OK(grz_distribution_set_values(f, grz_distribution_view(f)));
    values[77] = -1e-300;
    FAILS(context, grz_distribution_set_values(f, values), GRZ_ERROR_NOT_POSITIVE, "values[77] = -1e-300");
    values[77] = INFINITY;
    FAILS(context, grz_distribution_set_values(f, values), GRZ_ERROR_NOT_FINITE, "values[77] = inf");
    FAILS(context, grz_distribution_set_values(f, NULL), GRZ_ERROR_NULL_ARGUMENT, "values");
    FAILS(context, grz_distribution_values(f, NULL), GRZ_ERROR_NULL_ARGUMENT, "values");
    ck_assert_double_ne(grz_distribution_view(f)[77], INFINITY);
    ck_assert_int_eq(grz_distribution_values(NULL, back), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_distribution_set_values(NULL, back), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_ptr_null(grz_distribution_view(NULL));
    grz_distribution *g2 = UNTOUCHED;
    FAILS(context, grz_distribution_create_array(context, g, values, &g2), GRZ_ERROR_NOT_FINITE, "values[77] = inf");
    FAILS(context, grz_distribution_create_array(context, g, NULL, &g2), GRZ_ERROR_NULL_ARGUMENT, "values");
    FAILS(context, grz_distribution_create_array(context, NULL, values, &g2), GRZ_ERROR_NULL_ARGUMENT, "grid");
    FAILS(context, grz_distribution_create_array(context, g, values, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    ck_assert_int_eq(grz_distribution_create_array(NULL, g, values, &g2), GRZ_ERROR_NULL_ARGUMENT);
    grz_context *other;
    OK(grz_context_create(&other));
    FAILS(other, grz_distribution_create_array(other, g, values, &g2), GRZ_ERROR_MISMATCH, "grid");
    grz_context_destroy(&other);
    ck_assert_ptr_eq(g2, UNTOUCHED);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&g);
}
END_TEST

START_TEST(bad_parameters_of_gaussians)
{
    grz_distribution *f = UNTOUCHED;
    const double bad_u[3] = {0, 0, NAN}, T[3] = {1, 1, 1};
    FAILS(context, grz_distribution_create_maxwellian(context, grid, 0, NULL, 1, &f), GRZ_ERROR_INVALID_ARGUMENT, "rho = 0");
    FAILS(context, grz_distribution_create_maxwellian(context, grid, NAN, NULL, 1, &f), GRZ_ERROR_NOT_FINITE, "rho = nan");
    FAILS(context, grz_distribution_create_maxwellian(context, grid, 1, bad_u, 1, &f), GRZ_ERROR_NOT_FINITE, "u[2] = nan");
    FAILS(context, grz_distribution_create_maxwellian(context, grid, 1, NULL, -2, &f), GRZ_ERROR_INVALID_ARGUMENT, "T = -2");
    FAILS(context, grz_distribution_create_maxwellian(context, grid, 1, NULL, INFINITY, &f), GRZ_ERROR_NOT_FINITE, "T = inf");
    FAILS(context, grz_distribution_create_bimaxwellian(context, grid, 1, NULL, NULL, NULL, &f), GRZ_ERROR_NULL_ARGUMENT, "T");
    FAILS(context, grz_distribution_create_bimaxwellian(context, grid, 1, NULL, (double[3]){1, 0, 1}, NULL, &f), GRZ_ERROR_INVALID_ARGUMENT,
          "T[1] = 0");
    FAILS(context, grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, (double[9]){1, 0, 0, 0, 1, 0, 0, NAN, 1}, &f),
          GRZ_ERROR_NOT_FINITE, "axes[7] = nan");
    FAILS(context, grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, (double[9]){1, 0, 0, 0, 1, 0, 0, 1e-11, 1}, &f),
          GRZ_ERROR_INVALID_ARGUMENT, "row 1 . row 2");
    FAILS(context, grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, (double[9]){1, 0, 0, 0, 1, 0, 0, 0, 1 + 1e-11}, &f),
          GRZ_ERROR_INVALID_ARGUMENT, "row 2 . row 2");
    ck_assert_ptr_eq(f, UNTOUCHED);
    /* The ends of the ranges give finite values. */
    static const double ends[] = {1e-100, 1e100};
    for (int i = 0; i < 8; i++) {
        const double far_u[3] = {i & 4 ? 1e100 : 0, 0, 0};
        OK(grz_distribution_create_maxwellian(context, grid, ends[i & 1], far_u, ends[i >> 1 & 1], &f));
        for (int e = 0; e < 64000; e++) HOLDS(isfinite(grz_distribution_view(f)[e]), "value %d is not finite", e);
        grz_distribution_destroy(&f);
    }
}
END_TEST

START_TEST(bad_parameters_of_mixtures)
{
    grz_distribution *f = UNTOUCHED;
    const double w[2] = {1, 1}, mean[6] = {0}, C[18] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1};
    double bad[18];
#define MIXTURE(count, w, m, c) grz_distribution_create_mixture(context, grid, count, w, m, c, &f)
    FAILS(context, MIXTURE(0, w, mean, C), GRZ_ERROR_INVALID_ARGUMENT, "count = 0");
    FAILS(context, MIXTURE(-5, w, mean, C), GRZ_ERROR_INVALID_ARGUMENT, "count = -5");
    FAILS(context, MIXTURE(2, NULL, mean, C), GRZ_ERROR_NULL_ARGUMENT, "weights");
    FAILS(context, MIXTURE(2, w, NULL, C), GRZ_ERROR_NULL_ARGUMENT, "means");
    FAILS(context, MIXTURE(2, w, mean, NULL), GRZ_ERROR_NULL_ARGUMENT, "covariances");
    FAILS(context, MIXTURE(2, ((double[2]){1, 0}), mean, C), GRZ_ERROR_INVALID_ARGUMENT, "weights[1] = 0");
    FAILS(context, MIXTURE(2, ((double[2]){1, NAN}), mean, C), GRZ_ERROR_NOT_FINITE, "weights[1] = nan");
    FAILS(context, MIXTURE(2, w, ((double[6]){0, 0, 0, 0, INFINITY}), C), GRZ_ERROR_NOT_FINITE, "means[1][1] = inf");
    memcpy(bad, C, sizeof bad);
    bad[9 + 1] = 0.1;
    FAILS(context, MIXTURE(2, w, mean, bad), GRZ_ERROR_INVALID_ARGUMENT, "covariances[1] is not symmetric");
    bad[9 + 1] = bad[9 + 3] = 1;
    FAILS(context, MIXTURE(2, w, mean, bad), GRZ_ERROR_INVALID_ARGUMENT, "covariances[1] is not positive definite: pivot 1");
    bad[9 + 1] = bad[9 + 3] = NAN;
    FAILS(context, MIXTURE(2, w, mean, bad), GRZ_ERROR_NOT_FINITE, "covariances[1][1] = nan");
    memcpy(bad, C, sizeof bad);
    bad[8] = -1;
    FAILS(context, MIXTURE(2, w, mean, bad), GRZ_ERROR_INVALID_ARGUMENT, "covariances[0] is not positive definite: pivot 2");
#undef MIXTURE
    ck_assert_ptr_eq(f, UNTOUCHED);
}
END_TEST

START_TEST(bad_parameters_of_radial_families)
{
    grz_distribution *f = UNTOUCHED;
    FAILS(context, grz_distribution_create_bkw(context, grid, 0.5999, &f), GRZ_ERROR_INVALID_ARGUMENT, "K = 0.5999 is outside [0.6, 1]");
    FAILS(context, grz_distribution_create_bkw(context, grid, 1.0001, &f), GRZ_ERROR_INVALID_ARGUMENT, "K = 1.0001 is outside");
    FAILS(context, grz_distribution_create_bkw(context, grid, NAN, &f), GRZ_ERROR_NOT_FINITE, "K = nan");
    FAILS(context, grz_distribution_create_shell(context, grid, -1, NULL, 1, 1, &f), GRZ_ERROR_INVALID_ARGUMENT, "rho = -1");
    FAILS(context, grz_distribution_create_shell(context, grid, 1, (double[3]){NAN, 0, 0}, 1, 1, &f), GRZ_ERROR_NOT_FINITE, "u[0] = nan");
    FAILS(context, grz_distribution_create_shell(context, grid, 1, NULL, 0, 1, &f), GRZ_ERROR_INVALID_ARGUMENT, "S = 0");
    FAILS(context, grz_distribution_create_shell(context, grid, 1, NULL, 1, INFINITY, &f), GRZ_ERROR_NOT_FINITE, "c = inf");
    FAILS(context, grz_distribution_create_shell(context, grid, 1, NULL, 1, 1e-51, &f), GRZ_ERROR_INVALID_ARGUMENT, "c = ");
    ck_assert_ptr_eq(f, UNTOUCHED);
    static const double ends[] = {1e-50, 1e50};
    for (int i = 0; i < 4; i++) {
        OK(grz_distribution_create_shell(context, grid, 1e100, NULL, ends[i & 1], ends[i >> 1], &f));
        for (int e = 0; e < 64000; e++) HOLDS(isfinite(grz_distribution_view(f)[e]), "value %d is not finite", e);
        grz_distribution_destroy(&f);
    }
}
END_TEST

static grz_status make(grz_context *c, const grz_grid *g, int which, grz_distribution **f)
{
    static const double values[512] = {1}, T[3] = {1, 2, 3}, one[1] = {1}, mean[3] = {0}, C[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    profile p = {0, 0, 0, 0};
    switch (which) {
    case 0:
        return grz_distribution_create_array(c, g, values, f);
    case 1:
        return grz_distribution_create_callback(c, g, skewed_density, &p, f);
    case 2:
        return grz_distribution_create_maxwellian(c, g, 1, NULL, 1, f);
    case 3:
        return grz_distribution_create_bimaxwellian(c, g, 1, NULL, T, NULL, f);
    case 4:
        return grz_distribution_create_bkw(c, g, 0.7, f);
    case 5:
        return grz_distribution_create_mixture(c, g, 1, one, mean, C, f);
    default:
        return grz_distribution_create_shell(c, g, 1, NULL, 2, 1, f);
    }
}

START_TEST(every_allocation_may_fail)
{
    counting_allocator l = {0, 0, 0};
    grz_context *counted;
    grz_grid *g;
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted));
    OK(grz_grid_create(counted, 8, 4, NULL, &g));
    int64_t before = l.outstanding;
    for (int which = 0; which < 7; which++)
        for (int stage = 0; stage < 2; stage++) {
            grz_distribution *f = NULL;
            if (stage) OK(make(counted, g, which == 0 ? 2 : which, &f));
            int64_t base = l.outstanding;
            for (int64_t n = 1;; n++) {
                grz_distribution *made = UNTOUCHED;
                l = (counting_allocator){0, l.outstanding, n};
                grz_status status = stage ? grz_distribution_create_equilibrium(counted, f, &made) : make(counted, g, which, &made);
                if (status == GRZ_OK) {
                    ck_assert_int_ge(n, 3);
                    grz_distribution_destroy(&made);
                    break;
                }
                ck_assert_int_eq(status, GRZ_ERROR_OUT_OF_MEMORY);
                ck_assert_ptr_eq(made, UNTOUCHED);
                ck_assert_int_eq(l.outstanding, base);
            }
            l.fail_at = 0;
            grz_distribution_destroy(&f);
            ck_assert_int_eq(l.outstanding, before);
        }
    grz_grid_destroy(&g);
    grz_context_destroy(&counted);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("distribution");
    TCase *tests = tcase_create("distribution");
    tcase_add_checked_fixture(tests, open_grid, close_grid);
    tcase_add_test(tests, maxwellian_moments_are_exact);
    tcase_add_test(tests, tilted_bimaxwellian_moments_are_exact);
    tcase_add_test(tests, bimaxwellian_without_axes_uses_coordinates);
    tcase_add_test(tests, bkw_keeps_its_moments);
    tcase_add_test(tests, mixture_moments_are_exact);
    tcase_add_test(tests, shell_has_its_density_and_temperature);
    tcase_add_test(tests, callback_sees_every_node_once);
    tcase_add_test(tests, callback_failures);
    tcase_add_test(tests, moments_are_accurate_sums);
    tcase_add_test(tests, midpoint_rule_converges_spectrally);
    tcase_add_test(tests, some_moments_may_be_left_out);
    tcase_add_test(tests, values_are_copied);
    tcase_add_test(tests, bad_parameters_of_gaussians);
    tcase_add_test(tests, bad_parameters_of_mixtures);
    tcase_add_test(tests, bad_parameters_of_radial_families);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

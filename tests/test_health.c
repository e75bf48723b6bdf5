/* The health check against direct sums over all pairs, closed forms and the cases that used to pass in silence. */
#include "support/check.h"

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static grz_operator *operator_in(int n, double L, grz_method method)
{
    grz_grid *grid;
    grz_kernel *kernel;
    grz_operator *op;
    OK(grz_grid_create(context, n, L, NULL, &grid));
    OK(grz_kernel_create_power_law(context, -3, 1, 0, &kernel));
    OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, method, &op));
    if (method == GRZ_METHOD_ENTROPIC) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    return op;
}

/* Two beams along x at +-u, temperature T; u = 0: a Maxwellian. */
static double *beams(int n, double L, double u, double T)
{
    double *f = malloc(sizeof *f * n * n * n), h = 2 * L / n;
    ck_assert(f != NULL);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) {
                double x = -L + (i + 0.5) * h, y = -L + (j + 0.5) * h, z = -L + (k + 0.5) * h;
                f[(i * n + j) * n + k] =
                    (exp(-(x - u) * (x - u) / (2 * T)) + exp(-(x + u) * (x + u) / (2 * T))) * exp(-(y * y + z * z) / (2 * T));
            }
    return f;
}

/* Pairs beyond 2R and near images by the sum over all pairs and the 26 neighbours of a box of period P. */
static void count_directly(int n, double L, double P, double R, const double *f, double *beyond, double *images)
{
    double h = 2 * L / n, all = 0, far = 0, near = 0;
    for (int a = 0; a < n * n * n; a++)
        for (int b = 0; b < n * n * n; b++) {
            double w = f[a] * f[b], d[3] = {h * (a / n / n - b / n / n), h * (a / n % n - b / n % n), h * (a % n - b % n)};
            int image = 0;
            for (int m = 0; m < 27; m++) {
                double x = d[0] + P * (m / 9 - 1), y = d[1] + P * (m / 3 % 3 - 1), z = d[2] + P * (m % 3 - 1);
                if (m != 13 && x * x + y * y + z * z <= 4 * R * R) image = 1;
            }
            all += w;
            if (d[0] * d[0] + d[1] * d[1] + d[2] * d[2] > 4 * R * R) far += w;
            if (image) near += w;
        }
    *beyond = far / all;
    *images = near / all;
}

START_TEST(pairs_are_those_of_a_direct_sum)
{
    enum { N = 8 };
    static const double RADII[3] = {1.27, 1.73, 2.41};
    static const int PERIODS[3] = {8, 8, 10};
    double terms[GRZ_HEALTH_TERM_COUNT], beyond, images, *f = beams(N, 3, 1, 0.4);
    f[37] *= 4; /* no symmetry */
    for (int r = 0; r < 3; r++) {
        grz_operator *op = operator_in(N, 3, GRZ_METHOD_SPECTRAL);
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, RADII[r]));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PERIOD, PERIODS[r]));
        OK(grz_operator_health(op, f, terms, NULL));
        count_directly(N, 3, 2 * 3.0 * PERIODS[r] / N, RADII[r], f, &beyond, &images);
        NEAR(terms[GRZ_HEALTH_TERM_BEYOND], beyond, 1e-12);
        NEAR(terms[GRZ_HEALTH_TERM_IMAGES], images, 1e-12);
        ck_assert(beyond > 1e-6 && images > 1e-6);
        grz_operator_destroy(&op);
    }
    free(f);
}
END_TEST

/* Products of modes that alias, by the sum over all pairs of modes of a plain transform. */
START_TEST(aliased_products_are_those_of_a_direct_sum)
{
    enum { N = 8, M = 2 * (N / 2 - 1) + 1, MODES = M * M * M };
    double terms[GRZ_HEALTH_TERM_COUNT], *f = beams(N, 3, 1, 0.4), *size = calloc(MODES, sizeof *size);
    int at[MODES][3];
    f[37] *= 4;
    for (int m = 0; m < MODES; m++) {
        double re = 0, im = 0;
        at[m][0] = m / M / M - M / 2, at[m][1] = m / M % M - M / 2, at[m][2] = m % M - M / 2;
        if (4 * (at[m][0] * at[m][0] + at[m][1] * at[m][1] + at[m][2] * at[m][2]) >= N * N) continue;
        for (int i = 0; i < N * N * N; i++) {
            double phase = 2 * 3.14159265358979324 / N * (at[m][0] * (i / N / N) + at[m][1] * (i / N % N) + at[m][2] * (i % N));
            re += f[i] * cos(phase), im += f[i] * sin(phase);
        }
        size[m] = hypot(re, im);
    }
    for (int padded = N; padded <= N + 4; padded += 2) {
        double all = 0, aliased = 0;
        for (int l = 0; l < MODES; l++)
            for (int m = 0; m < MODES; m++) {
                int wraps = 0, square = 0;
                for (int a = 0; a < 3; a++) {
                    int k = at[l][a] + at[m][a], near = k > padded / 2 ? k - padded : k < -(padded / 2) ? k + padded : k;
                    if (2 * abs(k) == padded) near = k;
                    wraps |= near != k;
                    square += near * near;
                }
                all += size[l] * size[m];
                if (wraps && 4 * square < N * N) aliased += size[l] * size[m];
            }
        grz_operator *op = operator_in(N, 3, GRZ_METHOD_SPECTRAL);
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PADDED_NODES, padded));
        OK(grz_operator_health(op, f, terms, NULL));
        NEAR(terms[GRZ_HEALTH_TERM_ALIASED], aliased / all, 1e-12);
        HOLDS(padded > N ? aliased == 0 : aliased > 0, "%d nodes: %g aliased", padded, aliased);
        grz_operator_destroy(&op);
    }
    free(size);
    free(f);
}
END_TEST

START_TEST(closed_forms_of_a_gaussian)
{
    enum { N = 24 };
    const double L = 6, T = 0.8, h = 2 * L / N;
    double terms[GRZ_HEALTH_TERM_COUNT], *f = beams(N, L, 0, T), Q[N * N * N], of_f = 0, of_Q = 0;
    const char *advice = NULL;
    grz_operator *op = operator_in(N, L, GRZ_METHOD_SPECTRAL);
    f[5] = -1e-3 * f[N * N * N / 2];
    OK(grz_operator_health(op, f, terms, &advice));
    NEAR(terms[GRZ_HEALTH_TERM_CELLS], sqrt(T) / h, 1e-12);
    NEAR(terms[GRZ_HEALTH_TERM_OUTSIDE], 1 - pow(erf(L / sqrt(2 * T)), 3), 1e-4);
    OK(grz_operator_apply(op, f, Q));
    double below = -f[5];
    for (int i = 0; i < N * N * N; i++) {
        of_f += fabs(f[i]);
        of_Q += fabs(Q[i]);
    }
    NEAR(terms[GRZ_HEALTH_TERM_NEGATIVE], below / of_f, 1e-12 * below);
    NEAR(terms[GRZ_HEALTH_TERM_FREE_STEP], of_f / of_Q, 1e-10 * of_f / of_Q);
    ck_assert(terms[GRZ_HEALTH_TERM_OVERSHOOT] == 1);
    grz_operator_destroy(&op);
    free(f);
}
END_TEST

static void expect(int n, double L, double R, double u, double T, grz_method method, const char *word)
{
    double terms[GRZ_HEALTH_TERM_COUNT], *f = beams(n, L, u, T);
    const char *advice = "";
    grz_operator *op = operator_in(n, L, method);
    if (R > 0) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, R));
    OK(grz_operator_health(op, f, terms, &advice));
    HOLDS(strstr(advice, word) != NULL, "n = %d, L = %g, u = %g, T = %g: '%s' has no '%s'", n, L, u, T, advice, word);
    grz_operator_destroy(&op);
    free(f);
}

/* A Maxwellian in a good box; in one too small; on nodes too coarse; the good one's n with twice the width; two beams whose pairs a short
 * radius cuts, and that the default suits. */
START_TEST(silent_cases_are_seen)
{
    expect(24, 6.5, 0, 0, 1, GRZ_METHOD_SPECTRAL, "suit f");
    expect(24, 2.5, 0, 0, 1, GRZ_METHOD_SPECTRAL, "box is too small");
    expect(12, 6, 0, 0, 0.5, GRZ_METHOD_SPECTRAL, "too coarse");
    expect(24, 11, 0, 0, 0.4, GRZ_METHOD_SPECTRAL, "too coarse");
    expect(32, 4, 1.8, 1.5, 0.3, GRZ_METHOD_SPECTRAL, "pairs");
    expect(32, 4, 0, 1.5, 0.3, GRZ_METHOD_SPECTRAL, "suit f");
    expect(12, 2.5, 0, 0, 1, GRZ_METHOD_ENTROPIC, "box is too small");
    expect(10, 6, 0, 0, 0.25, GRZ_METHOD_ENTROPIC, "too coarse");
}
END_TEST

START_TEST(bad_input_is_refused)
{
    double terms[GRZ_HEALTH_TERM_COUNT] = {5}, *f = beams(8, 3, 0, 1);
    const char *advice = "untouched";
    grz_operator *op = operator_in(8, 3, GRZ_METHOD_SPECTRAL);
    ck_assert_int_eq(grz_operator_health(NULL, f, terms, &advice), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_operator_health(op, NULL, terms, &advice), GRZ_ERROR_NULL_ARGUMENT, "f");
    FAILS(context, grz_operator_health(op, f, NULL, &advice), GRZ_ERROR_NULL_ARGUMENT, "terms");
    f[9] = NAN;
    FAILS(context, grz_operator_health(op, f, terms, &advice), GRZ_ERROR_NOT_FINITE, "f[9]");
    ck_assert(terms[0] == 5 && strcmp(advice, "untouched") == 0);
    grz_operator_destroy(&op);
    free(f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("health");
    TCase *cases = tcase_create("health");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, open_context, close_context);
    tcase_add_test(cases, pairs_are_those_of_a_direct_sum);
    tcase_add_test(cases, aliased_products_are_those_of_a_direct_sum);
    tcase_add_test(cases, closed_forms_of_a_gaussian);
    tcase_add_test(cases, silent_cases_are_seen);
    tcase_add_test(cases, bad_input_is_refused);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}

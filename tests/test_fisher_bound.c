/* The affine form of the Fisher information (Remark 2.9): below its value, attained at sqrt(f), right for a known pair. */
#include "support/check.h"

#include <stdio.h>

enum { N = 32, COUNT = N * N * N };

typedef struct scene {
    grz_context *context;
    grz_grid *grid;
    grz_functional *fisher;
    double f[COUNT], psi[COUNT], v[COUNT][3];
} scene;

static scene s;

static void open_scene(void)
{
    double x[N];
    grz_distribution *f;
    OK(grz_context_create(&s.context));
    OK(grz_grid_create(s.context, N, 5, NULL, &s.grid));
    OK(grz_functional_create_fisher(s.context, s.grid, &s.fisher));
    OK(grz_grid_axis_nodes(s.grid, 0, x));
    OK(grz_distribution_create_maxwellian(s.context, s.grid, 1, NULL, 0.5, &f));
    OK(grz_distribution_values(f, s.f));
    grz_distribution_destroy(&f);
    for (int i = 0; i < COUNT; i++) s.v[i][0] = x[i / N / N], s.v[i][1] = x[i / N % N], s.v[i][2] = x[i % N];
}

static void close_scene(void)
{
    grz_functional_destroy(&s.fisher);
    grz_grid_destroy(&s.grid);
    grz_context_destroy(&s.context);
}

/* f = N(0, T), psi = sqrt of N(0, S): with c = (4 T S/(T+S)^2)^{3/4} = int sqrt(f) psi, int grad sqrt(f) . grad psi = 3 c/(2 (T+S)), int
 * |grad psi|^2 = 3/(4S). */
START_TEST(of_two_gaussians)
{
    const double T = 0.5, S = 0.8;
    double bound, best, gap, value;
    for (int i = 0; i < COUNT; i++) {
        double square = s.v[i][0] * s.v[i][0] + s.v[i][1] * s.v[i][1] + s.v[i][2] * s.v[i][2];
        s.psi[i] = pow(2 * 3.14159265358979323846 * S, -0.75) * exp(-square / (4 * S));
    }
    OK(grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, &best, &gap));
    OK(grz_functional_evaluate(s.fisher, s.f, &value));
    double c = pow(4 * T * S / ((T + S) * (T + S)), 0.75), L = 3 * c / (2 * (T + S)), q = 3 / (4 * S);
    NEAR(bound, 4 * (2 * L - q), 1e-4);
    NEAR(best, 4 * L * L / q, 1e-4);
    NEAR(value, 3 / T, 1e-6);
    NEAR(bound + gap, value, 1e-13);
}
END_TEST

START_TEST(never_above_and_attained)
{
    uint64_t seed = 3;
    double bound, best, gap, value;
    OK(grz_functional_evaluate(s.fisher, s.f, &value));
    for (int i = 0; i < COUNT; i++) s.psi[i] = sqrt(s.f[i]);
    OK(grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, &best, &gap));
    printf("sqrt(f): gap %.1e of %.3g\n", gap, value);
    ck_assert(bound <= value * (1 + 1e-14) && gap < 1e-4 * value && best >= bound);
    for (int trial = 0; trial < 200; trial++) {
        double wave[3], decay = uniform(&seed), amplitude = pow(10, 4 * uniform(&seed) - 3);
        for (int a = 0; a < 3; a++) wave[a] = 2 * uniform(&seed) - 1;
        for (int i = 0; i < COUNT; i++) {
            const double *v = s.v[i];
            s.psi[i] =
                amplitude * exp(-decay * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2])) * cos(wave[0] * v[0] + wave[1] * v[1] + wave[2] * v[2]);
        }
        OK(grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, &best, &gap));
        HOLDS(bound <= best && best <= value * (1 + 1e-13) && gap >= 0, "trial %d: %.17g %.17g above %.17g", trial, bound, best, value);
    }
    for (int i = 0; i < COUNT; i++) s.f[i] = s.v[i][0] > 0 ? s.f[i] : 0; /* zeros: slopes of sqrt(f) itself */
    for (int i = 0; i < COUNT; i++) s.psi[i] = sqrt(s.f[i]);
    OK(grz_functional_evaluate(s.fisher, s.f, &value));
    OK(grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, &best, &gap));
    NEAR(bound / value, 1, 1e-13);
    ck_assert(gap == 0);
}
END_TEST

START_TEST(refusals)
{
    double bound = 7;
    grz_functional *entropy;
    OK(grz_functional_create_entropy(s.context, s.grid, &entropy));
    ck_assert_int_eq(grz_functional_fisher_bound(NULL, s.f, s.psi, &bound, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_functional_fisher_bound(entropy, s.f, s.psi, &bound, NULL, NULL), GRZ_ERROR_UNSUPPORTED, "Fisher");
    FAILS(s.context, grz_functional_fisher_bound(s.fisher, NULL, s.psi, &bound, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "f");
    FAILS(s.context, grz_functional_fisher_bound(s.fisher, s.f, NULL, &bound, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "psi");
    FAILS(s.context, grz_functional_fisher_bound(s.fisher, s.f, s.f, NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "bound");
    for (int i = 0; i < COUNT; i++) s.psi[i] = 1e200 * s.v[i][0];
    FAILS(s.context, grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, NULL, NULL), GRZ_ERROR_NOT_REPRESENTABLE, "overflow");
    s.psi[5] = NAN;
    FAILS(s.context, grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, NULL, NULL), GRZ_ERROR_NOT_FINITE, "psi");
    s.f[5] = -1;
    FAILS(s.context, grz_functional_fisher_bound(s.fisher, s.f, s.psi, &bound, NULL, NULL), GRZ_ERROR_NOT_POSITIVE, "f");
    ck_assert(bound == 7);
    grz_functional_destroy(&entropy);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fisher_bound");
    TCase *tests = tcase_create("fisher_bound");
    tcase_add_checked_fixture(tests, open_scene, close_scene);
    tcase_add_test(tests, of_two_gaussians);
    tcase_add_test(tests, never_above_and_attained);
    tcase_add_test(tests, refusals);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

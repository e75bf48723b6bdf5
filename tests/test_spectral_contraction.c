/* The dense product of the radial tensor method, for every instruction set that this processor has, against sums in long double with the
 * bound that rounding allows; and whole operators that run with them. */
#include "support/spectral.h"

#include "operator/spectral/contraction.h"

#include <float.h>

enum { TILE = GRZI_CONTRACTION_TILE, GUARD = 8 };

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static double *random_doubles(uint64_t *seed, int64_t count)
{
    double *x = grzi_allocate(context, count, sizeof *x);
    ck_assert_ptr_nonnull(x);
    for (int64_t i = 0; i < count; i++) x[i] = 2 * uniform(seed) - 1;
    return x;
}

/* Sum over i <= j of c (F_i G_j + F_j G_i)/2 for output p at node x, and the sum of absolute values. */
static void direct_sum(int inputs, int outputs, const double *c, const double *F, const double *G, int p, int x, long double *sum,
                       long double *size)
{
    *sum = *size = 0;
    for (int i = 0; i < inputs; i++)
        for (int j = i; j < inputs; j++, c += outputs) {
            long double a = (long double)c[p] * F[i * TILE + x] * G[j * TILE + x] / 2;
            long double b = (long double)c[p] * F[j * TILE + x] * G[i * TILE + x] / 2;
            *sum += a + b;
            *size += fabsl(a) + fabsl(b);
        }
}

/* The worst error in units of what rounding allows: one rounding for each sum, three for a product. */
static void compare(const grzi_contraction_set *set, int inputs, int outputs, int count, int bilinear, uint64_t *seed)
{
    int pairs = grzi_contraction_pairs(inputs);
    grzi_contraction contraction;
    double *c = random_doubles(seed, (int64_t)pairs * outputs), *F = random_doubles(seed, (int64_t)inputs * TILE);
    double *G = bilinear ? random_doubles(seed, (int64_t)inputs * TILE) : F;
    double *S = random_doubles(seed, (int64_t)(outputs + 1) * TILE), *scratch = random_doubles(seed, GRZI_CONTRACTION_SCRATCH + GUARD);
    double next = S[outputs * TILE], behind = scratch[GRZI_CONTRACTION_SCRATCH];
    OK(grzi_contraction_create(context, set, inputs, outputs, c, &contraction));
    grzi_contract(&contraction, F, G, count, scratch, S);
    for (int p = 0; p < outputs; p++)
        for (int x = 0; x < count; x++) {
            long double sum, size;
            direct_sum(inputs, outputs, c, F, G, p, x, &sum, &size);
            HOLDS(fabsl(S[p * TILE + x] - sum) <= (pairs + 4) * (long double)(DBL_EPSILON / 2) * size,
                  "%s, %d inputs, %d outputs, %d nodes, bilinear %d: output %d at %d is %.17g, not %.17Lg", set->name, inputs, outputs,
                  count, bilinear, p, x, S[p * TILE + x], sum);
        }
    HOLDS(S[outputs * TILE] == next && scratch[GRZI_CONTRACTION_SCRATCH] == behind, "%s wrote beyond its arrays", set->name);
    grzi_contraction_destroy(context, &contraction);
    double *all[] = {c, F, S, scratch, bilinear ? G : NULL};
    for (int i = 0; i < 5; i++) grzi_deallocate(context, all[i]);
}

/* Every number of outputs in a block, one and several blocks, pairs that fill the scratch more than once. */
START_TEST(products_are_those_of_long_double)
{
    static const int inputs[] = {1, 2, 3, 7, 20, 33, 47}, counts[] = {1, 5, 25, TILE};
    uint64_t seed = 14;
    for (int level = 0; level <= grzi_simd_level(); level++) {
        const grzi_contraction_set *set = grzi_contraction_select(level);
        for (int i = 0; i < (getenv("GRZ_EMULATED_PROCESSOR") ? 4 : fast() ? 6 : 7); i++) /* long double is slow there */
            for (int outputs = 1; outputs <= (inputs[i] > 7 ? 12 : 26); outputs++)
                for (int bilinear = 0; bilinear < 2; bilinear++)
                    compare(set, inputs[i], outputs, counts[(outputs + i) % 4], bilinear, &seed);
    }
}
END_TEST

/* A NaN or an infinity of a field reaches all outputs of its node and no other. */
START_TEST(what_is_not_finite_stays_at_its_node)
{
    enum { INPUTS = 9, OUTPUTS = 5 };
    uint64_t seed = 3;
    for (int level = 0; level <= grzi_simd_level(); level++) {
        grzi_contraction contraction;
        double *c = random_doubles(&seed, INPUTS * (INPUTS + 1) / 2 * OUTPUTS), *F = random_doubles(&seed, INPUTS * TILE);
        double *S = random_doubles(&seed, OUTPUTS * TILE), *scratch = random_doubles(&seed, GRZI_CONTRACTION_SCRATCH);
        F[4 * TILE + 17] = NAN;
        F[8 * TILE + 30] = INFINITY;
        OK(grzi_contraction_create(context, grzi_contraction_select(level), INPUTS, OUTPUTS, c, &contraction));
        grzi_contract(&contraction, F, F, TILE, scratch, S);
        for (int p = 0; p < OUTPUTS; p++)
            for (int x = 0; x < TILE; x++)
                HOLDS((isfinite(S[p * TILE + x]) != 0) == (x != 17 && x != 30), "level %d, output %d at %d: %g", level, p, x,
                      S[p * TILE + x]);
        grzi_contraction_destroy(context, &contraction);
        double *all[] = {c, F, S, scratch};
        for (int i = 0; i < 4; i++) grzi_deallocate(context, all[i]);
    }
}
END_TEST

/* Operators on every instruction set: the same to rounding, the same bits on one, two and three threads. */
START_TEST(operators_agree_on_every_instruction_set)
{
    enum { N = 12, NODES = N * N * N };
    if (getenv("GRZ_EMULATED_PROCESSOR")) return; /* a fit takes minutes there */
    static const double L = 4.2;
    /* a radius whose fit has coefficients of order one: others amplify rounding */
    static const option_value options[] = {{GRZ_OPERATOR_OPTION_ACCURACY, 1}, {GRZ_OPERATOR_OPTION_RADIUS, 1.9}};
    double f[NODES], g[NODES], Q[2][NODES], first[2][NODES], reference[2][NODES];
    two_gaussians(N, L, 0.7, 0.4, f);
    tilted_bimaxwellian(N, L, (double[2]){0.5, 0.3}, g);
    for (int level = 0; level <= grzi_simd_level(); level++)
        for (int threads = 1; threads <= 3; threads++) {
            OK(grz_context_set_threads(context, threads));
            grzi_context_set_simd(context, level);
            ck_assert_int_eq(grzi_context_simd(context), level);
            grz_operator *op = make_operator(context, N, L, -1, 1, 1, GRZ_EQUATION_BOLTZMANN, 2, options);
            apply_to(context, op, f, Q[0]);
            OK(grz_operator_apply_bilinear(op, f, g, Q[1]));
            grz_operator_destroy(&op);
            if (threads == 1) memcpy(first, Q, sizeof Q);
            if (threads == 1 && level == 0) memcpy(reference, Q, sizeof Q);
            HOLDS(memcmp(first, Q, sizeof Q) == 0, "level %d, %d threads", level, threads);
            for (int form = 0; form < 2; form++)
                NEAR(difference(Q[form], reference[form], NODES), 0, 1e-13 * largest(reference[form], NODES));
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral contraction");
    TCase *tests = tcase_create("contraction");
    tcase_set_timeout(tests, 600);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, products_are_those_of_long_double);
    tcase_add_test(tests, what_is_not_finite_stays_at_its_node);
    tcase_add_test(tests, operators_agree_on_every_instruction_set);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

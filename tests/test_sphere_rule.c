/* Sphere rules against the mean values of polynomials, harmonics against their defining properties. */
#include "quadrature/quadrature.h"

#include "support/allocators.h"
#include "support/check.h"
#include "support/norms.h"

#include <check.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;
static grz_context *context;

static void setup(void)
{
    ck_assert_int_eq(grz_context_create(&context), GRZ_OK);
}

static void teardown(void)
{
    grz_context_destroy(&context);
}

static uint64_t seed = 0x9E3779B97F4A7C15ULL;

static void random_direction(double w[3])
{
    double z = 2 * uniform(&seed) - 1, angle = 2 * PI * uniform(&seed), r = sqrt(1 - z * z);
    w[0] = r * cos(angle), w[1] = r * sin(angle), w[2] = z;
}

/* Values of the library's harmonics, l <= 200. */
static void harmonics(int lmax, const double w[3], double *Y)
{
    static double along_p[201 * 201], along_q[201 * 201];
    double p[3], q[3];
    grzi_orthonormal_frame(w, p, q);
    grzi_harmonics_slopes(lmax, w, p, q, Y, along_p, along_q);
}

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Largest error of the means of Y_lm over even l <= limit (true mean: 0), and the norm of the errors of degree limit + 2. The recurrence in
 * l is written again here, order by order with all nodes at once, so that its square roots are taken once: many times faster than harmonics
 * node by node. */
static void harmonic_errors(const grzi_sphere_rule *rule, int limit, double *within, double *beyond)
{
    const size_t count = (size_t)rule->count;
    double *real = malloc(5 * count * sizeof *real), *imaginary = real + count, *q = real + 2 * count, *before = real + 3 * count;
    double *value = real + 4 * count, sectoral = 1 / sqrt(4 * PI);
    long double next = 0;
    ck_assert_ptr_nonnull(real);
    *within = 0;
    for (size_t i = 0; i < count; i++) real[i] = 1, imaginary[i] = 0;
    for (int m = 0; m <= limit + 2; m++) {
        for (size_t i = 0; i < count; i++) q[i] = (m == 0 ? 1 : sqrt(2)) * sectoral, before[i] = 0;
        for (int l = m; l <= limit + 2; l++) {
            long double cosine = 0, sine = 0;
            for (size_t i = 0; l % 2 == 0 && i < count; i++) {
                value[i] = rule->weights[i] * q[i];
                cosine += value[i] * real[i];
                sine += value[i] * imaginary[i];
            }
            if (l == 0) cosine -= 1 / sqrtl(4 * (long double)PI);
            if (l <= limit)
                keep_largest(within, (double)fmaxl(fabsl(cosine), fabsl(sine)));
            else
                next += cosine * cosine + sine * sine;
            double f = (2 * l + 3.0) / ((l + 1.0 - m) * (l + 1.0 + m)), up = sqrt(f * (2 * l + 1.0));
            double down = l > m ? sqrt(f * (l - m) * (l + m) / (2 * l - 1.0)) : 0;
            for (size_t i = 0; i < count; i++) {
                double above = up * rule->nodes[3 * i + 2] * q[i] - down * before[i];
                before[i] = q[i];
                q[i] = above;
            }
        }
        for (size_t i = 0; i < count; i++) {
            double x = rule->nodes[3 * i], y = rule->nodes[3 * i + 1], turned = x * real[i] - y * imaginary[i];
            imaginary[i] = x * imaginary[i] + y * real[i];
            real[i] = turned;
        }
        sectoral *= sqrt((2 * m + 3.0) / (2 * m + 2.0));
    }
    *beyond = (double)sqrtl(next);
    free(real);
}

/* Every degree to 80, then every 15th to 200; with GRZ_TEST_FAST=1 every fourth of these. */
static int degree_of(int index)
{
    if (fast()) index *= 4;
    return index <= 80 ? index : 80 + 15 * (index - 80);
}

/* Each degree: positive weights of sum 1, distinct lines, every even harmonic to rounding, and not one degree more. */
START_TEST(rules_are_exact_to_their_degree)
{
    int degree = degree_of(_i);
    grzi_sphere_rule rule;
    ck_assert_int_eq(grzi_sphere_rule_create(context, degree, &rule), GRZ_OK);
    ck_assert_int_ge(rule.degree, degree);
    ck_assert_int_eq(rule.degree % 2, 1);
    long double total = 0;
    for (int i = 0; i < rule.count; i++) {
        const double *w = rule.nodes + 3 * i;
        HOLDS(rule.weights[i] > 0, "degree %d: weight %d is %g", degree, i, rule.weights[i]);
        HOLDS(fabs(dot(w, w) - 1) < 5e-16, "degree %d: node %d off the sphere by %.1e", degree, i, dot(w, w) - 1);
        total += rule.weights[i];
    }
    ck_assert_msg(fabsl(total - 1) < 1e-15L, "degree %d: weights sum to 1 + %.1e", degree, (double)(total - 1));
    if (rule.count < 3000)
        for (int i = 0; i < rule.count; i++)
            for (int j = 0; j < i; j++)
                HOLDS(fabs(dot(rule.nodes + 3 * i, rule.nodes + 3 * j)) < 1 - 1e-6, "degree %d: %d = +-%d", degree, i, j);
    double within, beyond;
    harmonic_errors(&rule, rule.degree - 1, &within, &beyond);
    ck_assert_msg(within < larger(1e-15, 2.5e-17 * degree), "degree %d: %.2e", rule.degree, within);
    ck_assert_msg(beyond > 1e-7, "degree %d: exact to %d too (%.2e)", rule.degree, rule.degree + 1, beyond);
    grzi_sphere_rule_destroy(context, &rule);
    ck_assert(!rule.nodes && !rule.weights && rule.count == 0);
    grzi_sphere_rule_destroy(context, &rule);
}
END_TEST

/* The cheapest rule: no rule of higher degree has fewer nodes, none more than the plain product rule. */
START_TEST(counts_grow_with_the_degree)
{
    int before = 0;
    for (int degree = 0; degree <= 130; degree++) {
        grzi_sphere_rule rule;
        ck_assert_int_eq(grzi_sphere_rule_create(context, degree, &rule), GRZ_OK);
        ck_assert_int_ge(rule.count, before);
        int k = degree / 2, product = (k + 1) / 2 * (2 * k + 1) + (k % 2 == 0 ? k + 1 : 0);
        ck_assert_msg(rule.count <= product, "degree %d: %d nodes", degree, rule.count);
        before = rule.count;
        grzi_sphere_rule_destroy(context, &rule);
    }
}
END_TEST

/* Means of (a.w)^2p and (a.w)^2 (b.w)^2 in random directions: 1/(2p+1) and (1 + 2 (a.b)^2)/15. */
START_TEST(turned_rules_integrate_turned_polynomials)
{
    for (int degree = 4; degree <= 64; degree += 3) {
        grzi_sphere_rule rule, turned;
        ck_assert_int_eq(grzi_sphere_rule_create(context, degree, &rule), GRZ_OK);
        ck_assert_int_eq(grzi_sphere_rule_create(context, degree, &turned), GRZ_OK);
        grzi_sphere_rule_rotate(&turned, 0);
        ck_assert_int_eq(memcmp(rule.nodes, turned.nodes, 3 * (size_t)rule.count * sizeof(double)), 0);
        for (int index = 1; index <= 20; index++) {
            memcpy(turned.nodes, rule.nodes, 3 * (size_t)rule.count * sizeof(double));
            grzi_sphere_rule_rotate(&turned, index);
            ck_assert_int_eq(memcmp(rule.weights, turned.weights, (size_t)rule.count * sizeof(double)), 0);
            double a[3], b[3], mixed = 0;
            random_direction(a);
            random_direction(b);
            for (int p = 0; 2 * p <= rule.degree; p++) {
                long double error = -1 / (2 * p + 1.0L);
                for (int i = 0; i < rule.count; i++) error += turned.weights[i] * pow(dot(a, turned.nodes + 3 * i), 2 * p);
                ck_assert_msg(fabsl(error) < 1e-15L, "degree %d index %d p %d: %.2e", degree, index, p, (double)error);
            }
            for (int i = 0; i < rule.count; i++) {
                double s = dot(a, turned.nodes + 3 * i), t = dot(b, turned.nodes + 3 * i);
                mixed += turned.weights[i] * s * s * t * t;
            }
            ck_assert(fabs(mixed - (1 + 2 * dot(a, b) * dot(a, b)) / 15) < 1e-15);
        }
        grzi_sphere_rule_destroy(context, &turned);
        grzi_sphere_rule_destroy(context, &rule);
    }
}
END_TEST

/* Turned axes are right handed and orthonormal, and the images of a direction fill the sphere better than random ones, whose means of
 * harmonics would be near 1/sqrt(4 pi turns). */
START_TEST(rotations_are_proper_and_well_spread)
{
    enum { TURNS = 2000 };
    const double axes[12] = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0.36, 0.48, -0.8};
    double nodes[12], again[12], weights[4] = {1, 1, 1, 1}, Y[81], sum[4][81] = {{0}};
    for (int index = 1; index <= TURNS; index++) {
        grzi_sphere_rule rule = {1, 4, nodes, weights}, second = {1, 4, again, weights};
        memcpy(nodes, axes, sizeof nodes);
        memcpy(again, axes, sizeof again);
        grzi_sphere_rule_rotate(&rule, index);
        grzi_sphere_rule_rotate(&second, index);
        ck_assert_int_eq(memcmp(nodes, again, sizeof nodes), 0);
        double determinant = nodes[0] * (nodes[4] * nodes[8] - nodes[5] * nodes[7]) -
                             nodes[1] * (nodes[3] * nodes[8] - nodes[5] * nodes[6]) +
                             nodes[2] * (nodes[3] * nodes[7] - nodes[4] * nodes[6]);
        ck_assert(fabs(determinant - 1) < 2e-15);
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) ck_assert(fabs(dot(nodes + 3 * i, nodes + 3 * j) - dot(axes + 3 * i, axes + 3 * j)) < 2e-15);
        for (int i = 0; i < 4; i++) {
            harmonics(8, nodes + 3 * i, Y);
            for (int j = 0; j < 81; j++) sum[i][j] += Y[j] / TURNS;
        }
    }
    for (int i = 0; i < 4; i++) {
        double squares = 0;
        for (int l = 2; l <= 8; l += 2)
            for (int j = l * l; j < (l + 1) * (l + 1); j++) squares += sum[i][j] * sum[i][j];
        ck_assert_msg(sqrt(squares / 44) < 1 / sqrt(4 * PI * TURNS), "direction %d: harmonics of mean %.2e", i, sqrt(squares / 44));
    }
}
END_TEST

START_TEST(rules_refuse_and_survive_failing_memory)
{
    grzi_sphere_rule rule = {77, 0, NULL, NULL};
    ck_assert_int_eq(grzi_sphere_rule_create(context, -1, &rule), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grzi_sphere_rule_create(context, 1001, &rule), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(rule.degree, 77);
    for (int degree = 5; degree <= 165; degree += 160) {
        grz_status status = GRZ_ERROR_OUT_OF_MEMORY;
        int failures = 0;
        for (long n = 1; status != GRZ_OK; n++) {
            counting_allocator state = {0};
            grz_context *failing = NULL;
            ck_assert_int_eq(grz_context_create_with_allocator(counted_allocate, counted_release, &state, &failing), GRZ_OK);
            state.fail_at = state.calls + n;
            long before = state.outstanding;
            rule = (grzi_sphere_rule){77, 0, NULL, NULL};
            status = grzi_sphere_rule_create(failing, degree, &rule);
            ck_assert(status == GRZ_OK || status == GRZ_ERROR_OUT_OF_MEMORY);
            if (status != GRZ_OK) {
                ck_assert_int_eq(rule.degree, 77);
                failures++;
            } else
                grzi_sphere_rule_destroy(failing, &rule);
            ck_assert_int_eq(state.outstanding, before);
            grz_context_destroy(&failing);
            ck_assert_int_eq(state.outstanding, 0);
        }
        ck_assert_int_ge(failures, 2);
    }
    grzi_sphere_rule_destroy(context, NULL);
}
END_TEST

static void *make_rules(void *result)
{
    grzi_sphere_rule *rules = result;
    for (int i = 0; i < 40; i++) {
        if (i >= 2) grzi_sphere_rule_destroy(context, &rules[i % 2]);
        if (grzi_sphere_rule_create(context, i % 2 ? 131 : 23, &rules[i % 2]) != GRZ_OK) return NULL;
        grzi_sphere_rule_rotate(&rules[i % 2], 3);
    }
    return result;
}

START_TEST(threads_get_the_same_rules)
{
    pthread_t threads[4];
    grzi_sphere_rule rules[4][2];
    for (int i = 0; i < 4; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, make_rules, rules[i]), 0);
    for (int i = 0; i < 4; i++) {
        void *result = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_eq(result, rules[i]);
    }
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 2; k++) {
            ck_assert_int_eq(memcmp(rules[i][k].nodes, rules[0][k].nodes, 3 * (size_t)rules[0][k].count * sizeof(double)), 0);
            ck_assert_int_eq(memcmp(rules[i][k].weights, rules[0][k].weights, (size_t)rules[0][k].count * sizeof(double)), 0);
            if (i > 0) grzi_sphere_rule_destroy(context, &rules[i][k]);
        }
    for (int k = 0; k < 2; k++) grzi_sphere_rule_destroy(context, &rules[0][k]);
}
END_TEST

/* sum_m Y_lm(u) Y_lm(v) = (2l+1)/(4 pi) P_l(u.v), to high degrees and next to the poles. */
START_TEST(harmonics_obey_the_addition_theorem)
{
    static double Y[201 * 201], Z[201 * 201], deficit[201];
    for (int trial = 0; trial < 40; trial++) {
        double u[3], v[3];
        random_direction(u);
        random_direction(v);
        if (trial % 4 == 1) u[0] = 1e-9, u[1] = -3e-10, u[2] = trial % 8 == 1 ? 1 : -1;
        if (trial % 4 == 2) v[0] = v[1] = 0, v[2] = 1;
        if (trial % 4 == 3) memcpy(v, u, sizeof v);
        harmonics(200, u, Y);
        harmonics(200, v, Z);
        const double cross[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        double angle = atan2(sqrt(dot(cross, cross)), dot(u, v)), y = sin(angle / 2) * sin(angle / 2);
        grzi_legendre_deficit(200, angle, deficit);
        for (int l = 0; l <= 200; l++) {
            double sum = 0;
            for (int m = -l; m <= l; m++) sum += Y[l * l + l + m] * Z[l * l + l + m];
            double error = fabs(sum * 4 * PI / (2 * l + 1) - (1 - 2 * y * deficit[l]));
            /* unit vectors are unit to rounding, and dP_l/dtheta is up to l in size: that much is in the data */
            HOLDS(error < (40 + l) * DBL_EPSILON, "trial %d l %d: %.2e", trial, l, error);
        }
        for (int lmax = 0; lmax < 6; lmax++) {
            double few[36], many[37] = {[36] = 7};
            harmonics(lmax, u, few);
            many[(lmax + 1) * (lmax + 1)] = 7;
            harmonics(lmax, u, many);
            ck_assert(many[(lmax + 1) * (lmax + 1)] == 7 && memcmp(few, Y, (size_t)(lmax + 1) * (size_t)(lmax + 1) * sizeof(double)) == 0);
        }
    }
}
END_TEST

START_TEST(harmonics_have_their_closed_forms)
{
    for (int trial = 0; trial < 50; trial++) {
        double w[3], Y[16];
        random_direction(w);
        harmonics(3, w, Y);
        double x = w[0], y = w[1], z = w[2], a = sqrt(3 / (4 * PI)), b = sqrt(15 / (4 * PI)), c = sqrt(5 / (16 * PI));
        double d = sqrt(35 / (32 * PI)), e = sqrt(105 / (4 * PI)), f = sqrt(21 / (32 * PI)), g = sqrt(7 / (16 * PI));
        const double exact[16] = {sqrt(1 / (4 * PI)),
                                  a * y,
                                  a * z,
                                  a * x,
                                  b * x * y,
                                  b * y * z,
                                  c * (3 * z * z - 1),
                                  b * x * z,
                                  b * (x * x - y * y) / 2,
                                  d * y * (3 * x * x - y * y),
                                  e * x * y * z,
                                  f * y * (5 * z * z - 1),
                                  g * z * (5 * z * z - 3),
                                  f * x * (5 * z * z - 1),
                                  e * z * (x * x - y * y) / 2,
                                  d * x * (x * x - 3 * y * y)};
        for (int i = 0; i < 16; i++) ck_assert_msg(fabs(Y[i] - exact[i]) < 2e-15, "Y[%d]: %g, exact %g", i, Y[i], exact[i]);
    }
}
END_TEST

/* Means over the sphere of products of equal parity are delta/(4 pi), by a rule of twice the degree. */
START_TEST(harmonics_are_orthonormal)
{
    enum { LMAX = 30, SIZE = (LMAX + 1) * (LMAX + 1) };
    grzi_sphere_rule rule;
    ck_assert_int_eq(grzi_sphere_rule_create(context, 2 * LMAX, &rule), GRZ_OK);
    double *gram = calloc((size_t)SIZE * SIZE, sizeof *gram), Y[SIZE];
    ck_assert_ptr_nonnull(gram);
    for (int i = 0; i < rule.count; i++) {
        harmonics(LMAX, rule.nodes + 3 * i, Y);
        for (int j = 0; j < SIZE; j++)
            for (int k = 0; k <= j; k++) gram[j * SIZE + k] += 4 * PI * rule.weights[i] * Y[j] * Y[k];
    }
    for (int l = 0, j = 0; l <= LMAX; l++)
        for (int m = 0; m <= 2 * l; m++, j++)
            for (int n = 0, k = 0; n <= l; n++)
                for (int q = 0; q <= 2 * n && k <= j; q++, k++)
                    if ((l + n) % 2 == 0) HOLDS(fabs(gram[j * SIZE + k] - (j == k)) < 1e-13, "%d %d: %g", j, k, gram[j * SIZE + k]);
    free(gram);
    grzi_sphere_rule_destroy(context, &rule);
}
END_TEST

START_TEST(frames_are_orthonormal_and_right_handed)
{
    const double special[][3] = {{0, 0, 1},    {0, 0, -1},        {1, 0, 0},     {0, -1, 0},       {1, 0, -0.0},
                                 {1e-9, 0, 1}, {1e-9, -1e-9, -1}, {0.6, 0.8, 0}, {0.6, 0.8, -0.0}, {1e-200, 1e-200, -1}};
    for (int trial = 0; trial < 1000; trial++) {
        double w[3], p[3], q[3];
        if (trial < 10)
            memcpy(w, special[trial], sizeof w);
        else
            random_direction(w);
        if (trial >= 500) {
            double norm = 0;
            w[2] = copysign(1, w[2]) * (1 - pow(10, -16 * uniform(&seed)));
            norm = sqrt((1 - w[2] * w[2]) / (w[0] * w[0] + w[1] * w[1]));
            w[0] *= norm, w[1] *= norm;
        }
        grzi_orthonormal_frame(w, p, q);
        const double cross[3] = {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
        ck_assert(fabs(dot(p, p) - 1) < 1e-15 && fabs(dot(q, q) - 1) < 1e-15 && fabs(dot(p, q)) < 1e-15);
        ck_assert(fabs(dot(p, w)) < 1e-15 && fabs(dot(q, w)) < 1e-15);
        for (int i = 0; i < 3; i++) ck_assert(fabs(cross[i] - w[i]) < 1e-15);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sphere_rule");
    TCase *tests = tcase_create("sphere_rule");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, rules_are_exact_to_their_degree, 0, fast() ? 22 : 89);
    tcase_add_test(tests, counts_grow_with_the_degree);
    tcase_add_test(tests, turned_rules_integrate_turned_polynomials);
    tcase_add_test(tests, rotations_are_proper_and_well_spread);
    tcase_add_test(tests, rules_refuse_and_survive_failing_memory);
    tcase_add_test(tests, threads_get_the_same_rules);
    tcase_add_test(tests, harmonics_obey_the_addition_theorem);
    tcase_add_test(tests, harmonics_have_their_closed_forms);
    tcase_add_test(tests, harmonics_are_orthonormal);
    tcase_add_test(tests, frames_are_orthonormal_and_right_handed);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

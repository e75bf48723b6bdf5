/* Lemma 5.7: constants against exact moments, suprema over one coordinate against Gaussians, the inequality along curves and
 * infinitesimally. */
#include "support/failing_operator.h"
#include "support/norms.h"
#include "support/scene.h"

#include <stdio.h>

static const double PI = 3.14159265358979323846;

static double *gaussian(const scene *s, const double T[3])
{
    grz_distribution *f;
    double *values = array_of(s);
    OK(grz_distribution_create_bimaxwellian(s->context, s->grid, 1.2, (double[3]){0.1, -0.05, 0.08}, T, NULL, &f));
    OK(grz_distribution_values(f, values));
    grz_distribution_destroy(&f);
    return values;
}

/* Between N(0, a) and N(0, b) in one coordinate: |sqrt a - sqrt b| sqrt(2/pi) over Lipschitz functions, by psi = |x| (the kink costs
 * O(h^2)); |a - b|/2 over bounded second derivatives, by psi = x^2/2. */
START_TEST(suprema_of_gaussians)
{
    const double T0[3] = {0.8, 1.1, 0.95}, T1[3] = {1.0, 0.9, 0.95};
    double error[2];
    for (int pass = 0; pass < 3; pass++) {
        scene s;
        open_scene_of(&s, pass == 1 ? 48 : 24, 8, BKW, pass < 2 ? -1 : -3, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
        double *f0 = gaussian(&s, T0), *f1 = gaussian(&s, T1), difference, bound;
        OK(grz_operator_comparison(s.op, f0, f1, 0.5, &difference, &bound));
        if (pass < 2)
            error[pass] = difference - 1.2 * (1 - sqrt(0.8)) * sqrt(2 / PI);
        else
            NEAR(difference, 1.2 * 0.1, 1e-9);
        free(f0);
        free(f1);
        close_scene(&s);
    }
    printf("suprema: errors %.2e %.2e\n", error[0], error[1]);
    ck_assert(fabs(error[1]) < 2e-3 && fabs(error[0] / error[1] - 4) < 0.5);
}
END_TEST

/* C^2 = m int |z|^p ff* with m from the moments m_1 of the kernel, and for a Maxwellian int |z|^p ff* = rho^2 (4T)^{p/2}
 * Gamma((3+p)/2)/Gamma(3/2): C is never below, and equal for p = 0 and p = 2 where Jensen's inequality and (for eps -> 0) m_1 <= 4 C_beta
 * are equalities. */
START_TEST(constants_against_exact_moments)
{
    const double gammas[] = {0, -1, -2, -2.5, -4};
    for (int k = 0; k < 5; k++)
        for (int landau = 0; landau < 2; landau++) {
            scene s;
            open_scene_of(&s, 24, 8, BKW, gammas[k], 0.5, 1e-4, landau ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1);
            double T[3] = {0.9, 0.9, 0.9}, *f = gaussian(&s, T), constant, m, p = gammas[k] >= -2 ? 2 + gammas[k] : 4 + gammas[k];
            OK(grz_operator_comparison_constant(s.op, f, &constant));
            OK(grz_kernel_moments(s.kernel, 1, 1, &m));
            double exact = 1.2 * 1.2 * m * pow(4 * 0.9, p / 2) * tgamma((3 + p) / 2) / tgamma(1.5);
            exact *= (gammas[k] >= -2 ? 1 : 0.25) * (landau ? 0.5 : 1);
            ck_assert(constant * constant > exact * (1 - 1e-8) && constant * constant < 1.2 * exact);
            if (p == 0 || p == 2) NEAR(constant * constant / exact, 1, 1e-7);
            free(f);
            close_scene(&s);
        }
}
END_TEST

/* Along BKW's exact curve |f'|^2 = D, so int sqrt(D) dt is an upper bound of the distance. */
START_TEST(inequality_along_bkw)
{
    for (int landau = 0; landau < 2; landau++) {
        enum { STEPS = 8 };
        scene s;
        open_scene_of(&s, 20, 6.5, BKW, 0, 0.5, PI, landau ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 1);
        double lambda[3], C = 0.4, end = 0.5, distance = 0, difference, bound, *first = array_of(&s);
        OK(grz_kernel_spectrum(s.kernel, 1, 2, lambda));
        double rate = landau ? 4 : -lambda[2] / 6;
        for (int i = 0; i <= STEPS; i++) { /* Simpson */
            grz_distribution *f;
            OK(grz_distribution_create_bkw(s.context, s.grid, 1 - C * exp(-rate * end * i / STEPS), &f));
            OK(grz_distribution_values(f, s.f));
            grz_distribution_destroy(&f);
            if (i == 0) memcpy(first, s.f, sizeof(double) * (size_t)s.count);
            distance +=
                sqrt(dissipation_of(&s, GRZ_FUNCTIONAL_TYPE_DISSIPATION)) * (i == 0 || i == STEPS ? 1 : 2 + 2 * (i % 2)) / 3 * end / STEPS;
        }
        OK(grz_operator_comparison(s.op, first, s.f, distance, &difference, &bound));
        printf("BKW, %s: largest difference %.4g, bound %.4g, ratio %.3f\n", landau ? "Landau" : "Boltzmann", difference, bound,
               difference / bound);
        ck_assert(difference > 0.01 * bound && difference <= bound);
        free(first);
        close_scene(&s);
    }
}
END_TEST

typedef struct path {
    scene *s;
    double time, slope, distance, smallest, largest; /* slope: sqrt(D) at the time */
    double *first;
} path;

/* |f'|^2 = D along the flow and D falls, so that sums of sqrt(D) at the left ends are above the distance. */
static int compare_with_start(double time, const double *f, void *user)
{
    path *p = user;
    memcpy(p->s->f, f, sizeof *f * (size_t)p->s->count);
    double slope = sqrt(dissipation_of(p->s, GRZ_FUNCTIONAL_TYPE_DISSIPATION)), difference, bound;
    if (time > 0) {
        HOLDS(slope <= p->slope, "D grows to %g at %g", slope * slope, time);
        p->distance += p->slope * (time - p->time);
        OK(grz_operator_comparison(p->s->op, p->first, f, p->distance, &difference, &bound));
        HOLDS(difference > 0 && difference <= bound, "time %g: %g, bound %g", time, difference, bound);
        keep_least(&p->smallest, difference / bound);
        keep_largest(&p->largest, difference / bound);
    }
    p->time = time;
    p->slope = slope;
    return 0;
}

/* A box that ends where f is about 1e-2 of its maximum, so that explicit steps keep f positive. */
START_TEST(inequality_along_computed_flows)
{
    for (int k = fast() ? 6 : 0; k < 8; k++) {
        const double gamma = -(k % 4);
        scene s;
        grz_flow *flow;
        grz_distribution *f;
        open_scene_of(&s, 10, 3.4, MIXTURE, gamma, 0.5, 1, k < 4 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 1);
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
        OK(grz_distribution_create_mixture(s.context, s.grid, 2, (double[2]){0.6, 0.5}, (double[6]){0.9, 0.2, -0.1, -0.8, -0.5, 0.3},
                                           (double[18]){1.6, 0.2, 0, 0.2, 1.4, 0, 0, 0, 1.7, 1.5, 0, 0.2, 0, 1.8, 0, 0.2, 0, 1.5}, &f));
        path p = {.s = &s, .smallest = INFINITY, .first = array_of(&s)};
        OK(grz_distribution_values(f, p.first));
        grz_distribution_destroy(&f);
        OK(grz_flow_create(s.context, s.op, GRZ_TIME_SCHEME_SSP_RK3, &flow));
        OK(grz_flow_start(flow, 0, p.first));
        OK(grz_flow_run(flow, 0.024, 0.003, compare_with_start, &p));
        printf("flow of %s, gamma %g: Lemma 5.7 used by %.3f to %.3f\n", k < 4 ? "Boltzmann" : "Landau", gamma, p.smallest, p.largest);
        grz_flow_destroy(&flow);
        free(p.first);
        close_scene(&s);
    }
}
END_TEST

/* |int psi Q| <= C |f'| <= C sqrt(D), for psi = sum of waves with gradient at most 1, resp. second derivative at most 1. */
START_TEST(inequality_for_random_functions)
{
    uint64_t seed = 41;
    for (int k = 0; k < 4; k++) {
        const double gamma = k % 2 ? -3 : -1;
        scene s;
        open_scene_of(&s, 14, 5.5, MIXTURE, gamma, 0.5, 1.5, k < 2 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 1);
        double *Q = array_of(&s), constant, D = dissipation_of(&s, GRZ_FUNCTIONAL_TYPE_DISSIPATION), largest = 0;
        OK(grz_operator_apply(s.op, s.f, Q));
        OK(grz_operator_comparison_constant(s.op, s.f, &constant));
        for (int trial = 0; trial < 200; trial++) {
            double wave[3], phase = 6 * uniform(&seed), length = 0, pairing = 0;
            for (int a = 0; a < 3; a++) wave[a] = 3 * (uniform(&seed) - 0.5), length += wave[a] * wave[a];
            double scale = gamma < -2 ? length : sqrt(length);
            for (int64_t i = 0; i < s.count; i++) {
                double v[3];
                node_of(&s, i, v);
                pairing += sin(wave[0] * v[0] + wave[1] * v[1] + wave[2] * v[2] + phase) * Q[i] / scale * s.cell;
            }
            keep_largest(&largest, fabs(pairing) / (constant * sqrt(D)));
        }
        printf("random functions, gamma %g, %s: largest ratio %.3f\n", gamma, k < 2 ? "Boltzmann" : "Landau", largest);
        ck_assert(largest > 0.01 && largest <= 1);
        free(Q);
        close_scene(&s);
    }
}
END_TEST

static grz_status compare_densities(failing_operator *s, void *user)
{
    (void)user;
    double values[2];
    return grz_operator_comparison(s->op, s->f, s->f, 1, values, values + 1);
}

START_TEST(refusals)
{
    scene s;
    open_scene_of(&s, 8, 4, BKW, -1, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    double difference = 7, bound = 7, *g = array_of(&s), constant = 7;
    ck_assert_int_eq(grz_operator_comparison_constant(NULL, s.f, &constant), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_comparison(NULL, s.f, s.f, 1, &difference, &bound), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_operator_comparison_constant(s.op, NULL, &constant), GRZ_ERROR_NULL_ARGUMENT, "f");
    FAILS(s.context, grz_operator_comparison_constant(s.op, s.f, NULL), GRZ_ERROR_NULL_ARGUMENT, "constant");
    FAILS(s.context, grz_operator_comparison(s.op, s.f, s.f, -1, &difference, &bound), GRZ_ERROR_INVALID_ARGUMENT, "-1");
    FAILS(s.context, grz_operator_comparison(s.op, s.f, s.f, NAN, &difference, &bound), GRZ_ERROR_INVALID_ARGUMENT, "distance");
    FAILS(s.context, grz_operator_comparison(s.op, s.f, s.f, 1, NULL, &bound), GRZ_ERROR_NULL_ARGUMENT, "difference");
    FAILS(s.context, grz_operator_comparison(s.op, s.f, s.f, 1, &difference, NULL), GRZ_ERROR_NULL_ARGUMENT, "bound");
    memcpy(g, s.f, sizeof(double) * (size_t)s.count);
    g[3] = -1;
    FAILS(s.context, grz_operator_comparison(s.op, s.f, g, 1, &difference, &bound), GRZ_ERROR_NOT_POSITIVE, "f1");
    memset(g, 0, sizeof(double) * (size_t)s.count);
    FAILS(s.context, grz_operator_comparison_constant(s.op, g, &constant), GRZ_ERROR_NOT_POSITIVE, "mass");
    ck_assert(difference == 7 && bound == 7 && constant == 7);
    for (int64_t i = 0; i < s.count; i++) g[i] = 1.1 * s.f[i];
    OK(grz_operator_comparison(s.op, s.f, g, 2, &difference, &bound));
    OK(grz_operator_comparison_constant(s.op, s.f, &constant));
    ck_assert(isinf(difference) && bound == 2 * constant);
    OK(grz_operator_comparison(s.op, s.f, s.f, INFINITY, &difference, &bound));
    ck_assert(difference == 0 && isinf(bound));
    close_scene(&s);
    open_scene_of(&s, 8, 4, BKW, 0.5, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    FAILS(s.context, grz_operator_comparison_constant(s.op, s.f, &constant), GRZ_ERROR_UNSUPPORTED, "gamma");
    close_scene(&s);
    free(g);
    refuse_every_allocation(GRZ_EQUATION_BOLTZMANN, 1, compare_densities, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geometry_comparison");
    TCase *tests = tcase_create("comparison");
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, suprema_of_gaussians);
    tcase_add_test(tests, constants_against_exact_moments);
    tcase_add_test(tests, inequality_along_bkw);
    tcase_add_test(tests, inequality_along_computed_flows);
    tcase_add_test(tests, inequality_for_random_functions);
    tcase_add_test(tests, refusals);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

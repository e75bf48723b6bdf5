/* What metric derivatives must reach: |f'|^2 = D for g = Q(f, f), and the action of the potential likewise. A part of the table; all of it
 * under GRZ_TEST_FULL=1. */
#include "support/scene.h"

#include <stdio.h>

typedef struct flow_case {
    int n;
    sample which;
    double gamma;
    grz_equation equation;
    int degree;
    double K; /* BKW; 0: the sample's own */
} flow_case;

/* Returns the iterations. */
static int check_flow(const flow_case *c)
{
    static const double half_widths[] = {5, 5, 4.8};
    scene s;
    open_scene_of(&s, c->n, half_widths[c->which], c->which, c->gamma, 0.5, 1.5, c->equation, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, c->degree));
    if (c->K > 0) {
        grz_distribution *f;
        OK(grz_distribution_create_bkw(s.context, s.grid, c->K, &f));
        OK(grz_distribution_values(f, s.f));
        grz_distribution_destroy(&f);
    }
    double *Q = array_of(&s), *phi = array_of(&s), value, action, D = dissipation_of(&s, GRZ_FUNCTIONAL_TYPE_DISSIPATION);
    grz_metric *metric;
    OK(grz_metric_create(s.context, s.op, &metric));
    OK(grz_operator_apply(s.op, s.f, Q));
    OK(grz_metric_derivative(metric, s.f, Q, &value, phi));
    int iterations = grz_metric_iterations(metric);
    OK(grz_operator_action(s.op, s.f, phi, &action));
    printf("%s, density %d, gamma %g, n %d, degree %d: |f'|^2/D - 1 = %.1e, A(phi)/|f'|^2 - 1 = %.1e, %d iterations\n",
           c->equation ? "Landau" : "Boltzmann", c->which, c->gamma, c->n, c->degree, value / D - 1, action / value - 1, iterations);
    fflush(stdout);
    ck_assert_int_eq(grz_metric_unreachable(metric), GRZ_MOMENT_NONE);
    NEAR(value / D, 1, 1e-7);
    NEAR(action / value, 1, 1e-11);
    HOLDS(value <= D * (1 + 1e-11), "|f'|^2 = %.17g above D = %.17g", value, D);
    HOLDS(iterations <= 60, "%d iterations", iterations);
    free(Q), free(phi);
    grz_metric_destroy(&metric);
    close_scene(&s);
    return iterations;
}

START_TEST(metric_derivative_of_the_flow_is_the_dissipation)
{
    static const double gammas[] = {0, -2, -3};
    static const flow_case some[] = {{12, MIXTURE, -2, GRZ_EQUATION_BOLTZMANN, 5, 0},
                                     {10, BIMAXWELLIAN, 0, GRZ_EQUATION_LANDAU, 5, 0},
                                     {12, BKW, -3, GRZ_EQUATION_LANDAU, 3, 0},
                                     {24, BKW, 0, GRZ_EQUATION_LANDAU, 5, 0.9}};
    int most = 0;
    for (int k = 0; k < (full() ? 4 : fast() ? 1 : 3); k++) {
        int iterations = check_flow(&some[k]);
        if (iterations > most) most = iterations;
    }
    for (int which = BIMAXWELLIAN; which <= MIXTURE && full(); which++)
        for (int k = 0; k < 12; k++) {
            int iterations = check_flow(&(flow_case){k < 6 ? 16 : 24, which, gammas[k % 3], k / 3 % 2, 5, 0});
            if (iterations > most) most = iterations;
        }
    printf("at most %d iterations\n", most);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("figures of the geometry");
    TCase *tests = tcase_create("figures");
    tcase_add_test(tests, metric_derivative_of_the_flow_is_the_dissipation);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* Minimising movement: its inequality at every step, conservation, positivity, order one, next to the proximal scheme. */
#include "support/norms.h"
#include "support/scene.h"

enum { N = 8 };
static const double end = 0.04;

static void open_flow(scene *s, grz_equation equation)
{
    const double T[3] = {1.0, 0.65, 0.75}, centre[3] = {0.1, -0.05, 0.08};
    open_scene_of(s, N, 3.2, BKW, 0, 0.5, 3.14159, equation, 1);
    OK(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    OK(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    if (equation == GRZ_EQUATION_BOLTZMANN) OK(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
    if (equation == GRZ_EQUATION_BOLTZMANN) OK(grz_operator_set_option(s->op, GRZ_OPERATOR_OPTION_PHI_NODES, 4));
    for (int64_t i = 0; i < s->count; i++) {
        double v[3], exponent = 0;
        node_of(s, i, v);
        for (int a = 0; a < 3; a++) exponent += (v[a] - centre[a]) * (v[a] - centre[a]) / T[a];
        s->f[i] = exp(-0.5 * exponent);
    }
}

static double entropy_of(const scene *s, const double *f)
{
    double H = 0;
    for (int64_t i = 0; i < s->count; i++) H += f[i] * log(f[i]);
    return H * s->cell;
}

/* steps of a scheme to the end; H falls by at least what the statistic DISSIPATED says. */
static void run(const scene *s, grz_time_scheme scheme, int steps, int levels, double *f)
{
    grz_flow *flow;
    OK(grz_flow_create(s->context, s->op, scheme, &flow));
    OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_RESIDUAL, 1e-4));
    OK(grz_flow_set_option(flow, GRZ_FLOW_OPTION_LEVELS, levels));
    OK(grz_flow_start(flow, 0, s->f));
    double H = entropy_of(s, s->f), dissipated = 0;
    for (int k = 0; k < steps; k++) {
        double now, total;
        grz_status status = grz_flow_step(flow, end / steps);
        HOLDS(status == GRZ_OK, "%s", grz_context_last_message(s->context));
        OK(grz_flow_values(flow, f));
        OK(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_DISSIPATED, &total));
        now = entropy_of(s, f);
        HOLDS(now + (total - dissipated) <= H + 1e-7 * fabs(H) && total > dissipated, "H %g to %g, d^2/(2 dt) = %g", H, now,
              total - dissipated);
        H = now;
        dissipated = total;
        for (int64_t i = 0; i < s->count; i++) HOLDS(f[i] > 0, "f = %g", f[i]);
    }
    grz_flow_destroy(&flow);
}

START_TEST(it_is_a_first_order_scheme)
{
    SKIP_IF(fast() && _i != 0, "one equation in fast mode");
    scene s;
    open_flow(&s, _i ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU);
    double *reference = array_of(&s), *f = array_of(&s), error[2], moments[2][5] = {{0}};
    run(&s, GRZ_TIME_SCHEME_PROXIMAL_2, 16, 2, reference);
    for (int r = 0; r < 2; r++) {
        run(&s, GRZ_TIME_SCHEME_MINIMISING_MOVEMENT, 2 << r, 2, f);
        error[r] = difference(f, reference, s.count);
    }
    HOLDS(error[0] / error[1] > 1.6 && error[0] / error[1] < 2.4, "errors %g, %g", error[0], error[1]);
    for (int64_t i = 0; i < s.count; i++) {
        double v[3];
        node_of(&s, i, v);
        const double chi[5] = {1, v[0], v[1], v[2], v[0] * v[0] + v[1] * v[1] + v[2] * v[2]};
        for (int a = 0; a < 5; a++) moments[0][a] += s.f[i] * chi[a], moments[1][a] += f[i] * chi[a];
    }
    for (int a = 0; a < 5; a++) NEAR(moments[1][a], moments[0][a], 1e-12 * moments[0][4]);
    free(reference);
    free(f);
    close_scene(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("minimising movement");
    TCase *tests = tcase_create("minimising movement");
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, it_is_a_first_order_scheme, 0, 2);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

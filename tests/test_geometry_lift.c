/* The lift of section 5.1: exact for rates linear in theta p, order 2 in eps for rates with a potential, pairing; Proposition 5.5. */
#include "support/failing_operator.h"
#include "support/norms.h"
#include "support/same_bits.h"
#include "support/scene.h"

#include <stdio.h>

static const double PI = 3.14159265358979323846;

/* f = two Gaussians, phi a wave with a square. */
static double density(const double *v)
{
    return 0.05 * exp(-0.6 * (pow(v[0] - 0.7, 2) + pow(v[1], 2) + pow(v[2] + 0.2, 2))) +
           0.04 * exp(-0.8 * (pow(v[0] + 0.6, 2) + pow(v[1] - 0.3, 2) + 0.7 * pow(v[2], 2)));
}

static double potential(const double *v, double slope[3])
{
    double angle = 0.5 * v[0] - 0.4 * v[1] + 0.3 * v[2], c = cos(angle);
    if (slope) slope[0] = 0.5 * c + 0.2 * v[0], slope[1] = -0.4 * c, slope[2] = 0.3 * c - 0.1 * v[2];
    return sin(angle) + 0.1 * v[0] * v[0] - 0.05 * v[2] * v[2];
}

typedef struct lifted {
    grz_context *context;
    double q, delta, linear[3];
    int stop;
} lifted;

/* Lambda dbar phi times the weight of Proposition 5.5. */
static int weighted_rate(int64_t count, const double *v, const double *v_star, const double *sigma, double *m, void *user)
{
    lifted *l = user;
    double after[3], after_star[3], weight;
    for (int64_t i = 0; i < count; i++) {
        OK(grz_post_collision(l->context, 1, v + 3 * i, v_star + 3 * i, sigma + 3 * i, after, after_star));
        OK(grz_lift_weight(l->context, l->q, l->delta, 1, v + 3 * i, v_star + 3 * i, &weight));
        m[i] = weight * grz_logarithmic_mean(density(after) * density(after_star), density(v + 3 * i) * density(v_star + 3 * i)) *
               (potential(after, NULL) + potential(after_star, NULL) - potential(v + 3 * i, NULL) - potential(v_star + 3 * i, NULL));
    }
    return l->stop;
}

START_TEST(lifted_rates_converge_at_order_two)
{
    const double gammas[] = {-1, -3, 0}, qs[] = {1, 2, 0.5}, deltas[] = {0.25, 0.4, 0};
    for (int k = 0; k < 3; k++) {
        grz_context *context;
        grz_kernel *unscaled, *kernel;
        lifted l = {.q = qs[k], .delta = deltas[k]};
        OK(grz_context_create(&context));
        l.context = context;
        OK(grz_kernel_create_power_law(context, gammas[k], k == 1 ? 1.5 : 0.5, k == 2 ? 0.7 : 0, &unscaled));
        double error[5], constant;
        OK(grz_kernel_landau_constant(unscaled, NAN, &constant));
        for (int step = 0; step < 5; step++) {
            OK(grz_kernel_create_scaled(context, unscaled, 0.8 * pow(0.5, step), &kernel));
            uint64_t seed = 5;
            double largest = 0;
            error[step] = 0;
            for (int pair = 0; pair < 20; pair++) {
                double v[3], v_star[3], lift[3], slope[3], slope_star[3], z[3], length = 0, along = 0;
                for (int a = 0; a < 3; a++) v[a] = 3 * (uniform(&seed) - 0.5), v_star[a] = 3 * (uniform(&seed) - 0.5);
                OK(grz_kernel_lift(kernel, weighted_rate, &l, l.q, l.delta, 8, 16, 1, v, v_star, lift));
                potential(v, slope);
                potential(v_star, slope_star);
                for (int a = 0; a < 3; a++) z[a] = v[a] - v_star[a], length += z[a] * z[a];
                for (int a = 0; a < 3; a++) along += z[a] * (slope[a] - slope_star[a]) / length;
                double factor = density(v) * density(v_star) * pow(length, 0.5 + gammas[k] / 4) * sqrt(constant);
                for (int a = 0; a < 3; a++) {
                    double exact = factor * (slope[a] - slope_star[a] - along * z[a]);
                    keep_largest(&error[step], fabs(lift[a] - exact));
                    keep_largest(&largest, fabs(exact));
                }
            }
            error[step] /= largest;
            grz_kernel_destroy(&kernel);
        }
        printf("lift, gamma %g: errors %.1e .. %.1e, orders", gammas[k], error[0], error[4]);
        for (int step = 1; step < 5; step++) printf(" %.3f", log2(error[step - 1] / error[step]));
        printf("\n");
        NEAR(log2(error[3] / error[4]), 2, 0.02);
        NEAR(log2(error[2] / error[3]), 2, 0.05);
        grz_kernel_destroy(&unscaled);
        grz_context_destroy(&context);
    }
}
END_TEST

/* m = theta a . p: int theta^2 beta (int p p dp) a = transfer pi Pi a, at any eps. */
static int linear_rate(int64_t count, const double *v, const double *v_star, const double *sigma, double *m, void *user)
{
    const lifted *l = user;
    for (int64_t i = 0; i < count; i++) {
        double k[3], p[3], length = 0, c = 0, s = 0;
        for (int a = 0; a < 3; a++) k[a] = v[3 * i + a] - v_star[3 * i + a], length += k[a] * k[a];
        for (int a = 0; a < 3; a++) k[a] /= sqrt(length), c += k[a] * sigma[3 * i + a];
        for (int a = 0; a < 3; a++) p[a] = sigma[3 * i + a] - c * k[a], s += p[a] * p[a];
        m[i] = 0;
        for (int a = 0; a < 3; a++) m[i] += atan2(sqrt(s), c) * l->linear[a] * p[a] / sqrt(s);
    }
    return 0;
}

START_TEST(linear_rates_lift_exactly)
{
    grz_context *context;
    grz_kernel *unscaled, *kernel;
    OK(grz_context_create(&context));
    OK(grz_kernel_create_power_law(context, -2, 1, 0, &unscaled));
    for (double eps = PI; eps > 0.01; eps /= 4) {
        OK(grz_kernel_create_scaled(context, unscaled, eps, &kernel));
        lifted l = {.linear = {0.3, -1, 0.5}};
        const double v[6] = {1, 0.2, -0.5, 0.3, 0.3, 0.3}, v_star[6] = {-0.4, 0.7, 0.3, 0.3, 0.3, 0.3};
        double out[6] = {7, 7, 7, 7, 7, 7}, weight[2], z[3], length = 0, along = 0, square = 0;
        OK(grz_kernel_lift(kernel, linear_rate, &l, 1, 0.5, 12, 3, 2, v, v_star, out));
        OK(grz_lift_weight(context, 1, 0.5, 2, v, v_star, weight));
        for (int a = 0; a < 3; a++) z[a] = v[a] - v_star[a], length += z[a] * z[a], square += v[a] * v[a] + v_star[a] * v_star[a];
        for (int a = 0; a < 3; a++) along += z[a] * l.linear[a] / length;
        NEAR(weight[0], sqrt(length) * (1 + pow(square, 0.25)), 1e-14);
        ck_assert(weight[1] == 0 && out[3] == 0 && out[4] == 0 && out[5] == 0);
        /* |z|^{gamma - gamma/2 - 1} = |z|^{-2}; transfer 8/pi; 1/4 */
        for (int a = 0; a < 3; a++) NEAR(out[a], 2 / length / (1 + pow(square, 0.25)) * (l.linear[a] - along * z[a]), 1e-13);
        grz_kernel_destroy(&kernel);
    }
    grz_kernel_destroy(&unscaled);
    grz_context_destroy(&context);
}
END_TEST

/* Below the bound at every eps, independent of it in the limit, and 0 for a collision invariant. */
START_TEST(weighted_masses_stay_below_their_bound)
{
    const struct {
        double gamma, q, delta;
    } cases[] = {{-1, 1, 0.4}, {-2, 1, 0.9}, {-3, 2, 0.4}, {0, 0, 0.9}, {-0.5, 0.25, 0}};
    for (int k = 0; k < 5; k++) {
        double masses[4]; /* the last one by difference stencils alone, when the limit is wanted */
        for (int step = 0; step < (k == 0 ? 4 : 3); step++) {
            scene s;
            open_scene_of(&s, 10, 4.5, MIXTURE, cases[k].gamma, 0.5, step == 3 ? 1e-6 : pow(0.1, step), GRZ_EQUATION_BOLTZMANN, 1);
            double *phi = array_of(&s), bound;
            for (int64_t i = 0; i < s.count; i++) {
                double v[3];
                node_of(&s, i, v);
                phi[i] = step == 1 && k == 4 ? 1 + v[0] + 0.3 * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) : potential(v, NULL);
            }
            OK(grz_operator_lift_mass(s.op, s.f, phi, cases[k].q, cases[k].delta, &masses[step], &bound));
            if (step == 1 && k == 4)
                ck_assert(masses[step] < 1e-11);
            else
                ck_assert(masses[step] > 0.02 * bound && masses[step] < bound);
            if (step == 2)
                printf("mass, gamma %g q %g delta %g: %.3f of the bound\n", cases[k].gamma, cases[k].q, cases[k].delta,
                       masses[step] / bound);
            free(phi);
            close_scene(&s);
        }
        if (k < 4) NEAR(masses[1] / masses[2], 1, 0.02);
        if (k == 0) NEAR(masses[3] / masses[2], 1, 1e-3);
    }
}
END_TEST

/* f = N(0, T), phi = (v.e)^2: ff* = f'f*' = Lambda, and the mass is a mean over |y| and |z|, of laws N(0, T/2) and N(0, 2T), of |z|^{q +
 * gamma + 2} (1 + (2|y|^2 + |z|^2/2)^{delta/2})/2, times int theta b |(sigma.e)^2 - (w.e)^2| dsigma averaged over w. */
static double expected_mass(double T, double gamma, double nu, double eps, double q, double delta)
{
    enum { STEPS = 400, TURNS = 180 };
    double radial = 0, angular = 0, norm_y = 0, norm_z = 0, y2[STEPS], wy[STEPS];
    for (int i = 0; i < STEPS; i++) {
        double y = (i + 0.5) / STEPS * 7;
        y2[i] = y * y * T / 2, wy[i] = y * y * exp(-y * y / 2), norm_y += wy[i];
    }
    for (int j = 0; j < STEPS; j++) {
        double z = (j + 0.5) / STEPS * 7, weight = z * z * exp(-z * z / 2), mean = 0, length = z * sqrt(2 * T);
        norm_z += weight;
        for (int i = 0; i < STEPS; i++) mean += wy[i] * (1 + pow(2 * y2[i] + length * length / 2, delta / 2));
        radial += weight * pow(length, q + gamma + 2) / 2 * mean;
    }
    double p = 4 / (2 - nu), c = 8 / PI * (2 - nu) * pow(PI / 2, nu - 2) * pow(PI / eps, 3);
    for (int i = 0; i < TURNS; i++) {
        double mu = (i + 0.5) / TURNS, across = sqrt(1 - mu * mu);
        for (int j = 0; j < TURNS; j++) {
            double u = (j + 0.5) / TURNS, theta = eps / 2 * pow(u, p), weight = eps / 2 * p * pow(u, p - 1) / TURNS / TURNS;
            double sum = 0;
            for (int m = 0; m < TURNS; m++)
                sum += fabs(pow(mu * cos(theta) + across * sin(theta) * cos(PI * (m + 0.5) / TURNS), 2) - mu * mu);
            angular += weight * theta * c * pow(PI * theta / eps, -1 - nu) * 2 * PI * sum / TURNS;
        }
    }
    return radial / norm_y / norm_z * angular;
}

START_TEST(masses_of_maxwellians)
{
    const struct {
        double gamma, nu, eps, q, delta;
    } cases[] = {{-1, 0.5, 1, 1, 0.4}, {-2, 1, 0.1, 1.5, 0.3}, {0, 0.8, 2, 0.3, 0}};
    for (int k = fast() ? 1 : 0; k < (fast() ? 2 : 3); k++) {
        scene s;
        grz_distribution *f;
        double rho = 0.8, T = 0.6, mass, v[3];
        open_scene_of(&s, 14, 4.6, BKW, cases[k].gamma, cases[k].nu, cases[k].eps, GRZ_EQUATION_BOLTZMANN, 3);
        grz_operator_destroy(&s.op);
        grz_grid_destroy(&s.grid);
        OK(grz_grid_create(s.context, 14, 4.6, NULL, &s.grid));
        OK(grz_operator_create(s.context, s.grid, s.kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, &s.op));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 31));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_PHI_NODES, 16));
        OK(grz_distribution_create_maxwellian(s.context, s.grid, rho, NULL, T, &f));
        OK(grz_distribution_values(f, s.f));
        grz_distribution_destroy(&f);
        double *phi = array_of(&s);
        for (int64_t i = 0; i < s.count; i++) {
            node_of(&s, i, v);
            phi[i] = pow((2 * v[0] - v[1] + 2 * v[2]) / 3, 2);
        }
        OK(grz_operator_lift_mass(s.op, s.f, phi, cases[k].q, cases[k].delta, &mass, NULL));
        double exact = rho * rho * expected_mass(T, cases[k].gamma, cases[k].nu, cases[k].eps, cases[k].q, cases[k].delta);
        printf("mass of a Maxwellian, gamma %g: off by %.1e\n", cases[k].gamma, mass / exact - 1);
        NEAR(mass / exact, 1, 4e-3);
        free(phi);
        close_scene(&s);
    }
}
END_TEST

/* The proof's bound from its words, 2 sqrt(A) (2 pi transfer S)^{1/2}, with S = rho^2 2 2^p (m^p + m^{p + delta}), p = q + gamma/2, m the mean
 * of |v|^2 + |v*|^2; and S not below int |z|^{2q + gamma} (1 + (|v|^2 + |v*|^2)^{delta/2})^2 ff*, pair by pair. */
START_TEST(bound_of_the_mass_by_pairs)
{
    const struct {
        double gamma, q, delta;
    } cases[] = {{-1, 1, 0.4}, {-2, 1, 0.9}, {-3, 2, 0.3}, {0, 0, 0.9}};
    for (int k = 0; k < 4; k++) {
        scene s;
        double mass, bound, action, rho = 0, energy = 0, pairs = 0, p = cases[k].q + cases[k].gamma / 2;
        open_scene_of(&s, 9, 4.5, MIXTURE, cases[k].gamma, 0.5, 0.7, GRZ_EQUATION_BOLTZMANN, 1);
        double *phi = array_of(&s), *v = malloc((size_t)s.count * 3 * sizeof *v);
        for (int64_t i = 0; i < s.count; i++) {
            node_of(&s, i, v + 3 * i);
            phi[i] = potential(v + 3 * i, NULL);
            rho += s.f[i] * s.cell;
            for (int a = 0; a < 3; a++) energy += s.f[i] * s.cell * v[3 * i + a] * v[3 * i + a];
        }
        for (int64_t i = 0; i < s.count; i++)
            for (int64_t j = 0; j < s.count; j++) {
                double z2 = 0, square = 0;
                for (int a = 0; a < 3; a++) {
                    z2 += pow(v[3 * i + a] - v[3 * j + a], 2);
                    square += v[3 * i + a] * v[3 * i + a] + v[3 * j + a] * v[3 * j + a];
                }
                if (i != j) pairs += s.f[i] * s.f[j] * s.cell * s.cell * pow(z2, p) * pow(1 + pow(square, cases[k].delta / 2), 2);
            }
        OK(grz_operator_lift_mass(s.op, s.f, phi, cases[k].q, cases[k].delta, &mass, &bound));
        OK(grz_operator_action(s.op, s.f, phi, &action));
        double m = 2 * energy / rho, S = rho * rho * 2 * pow(2, p) * (pow(m, p) + pow(m, p + cases[k].delta));
        NEAR(bound / (2 * sqrt(action * 16 * S)), 1, 1e-12);
        HOLDS(S >= pairs && S < 6 * pairs, "S %g, by pairs %g", S, pairs);
        free(phi), free(v);
        close_scene(&s);
    }
}
END_TEST

static void mass_and_bound(double *out, void *user)
{
    scene *s = user;
    OK(grz_operator_lift_mass(s->op, s->f, s->f, 1, 0.25, out, out + 1));
}

START_TEST(masses_have_the_same_bits_for_any_threads)
{
    scene s;
    open_scene_of(&s, 10, 4.5, MIXTURE, -1, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    same_bits_for_any_threads(s.context, 2, mass_and_bound, &s);
    close_scene(&s);
}
END_TEST

static grz_status weigh_lift(failing_operator *s, void *user)
{
    (void)user;
    double values[2];
    return grz_operator_lift_mass(s->op, s->f, s->f, 1, 0.1, values, values + 1);
}

START_TEST(refusals)
{
    scene s;
    open_scene_of(&s, 8, 4, BKW, -1, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    lifted l = {.context = s.context, .stop = 6};
    const double v[3] = {1, 0, 0}, v_star[3] = {0, 1, 0};
    double out[3] = {7, 7, 7}, mass = 7, bound = 7;
    ck_assert_int_eq(grz_kernel_lift(NULL, weighted_rate, &l, 1, 0.1, 4, 8, 1, v, v_star, out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_lift_weight(NULL, 1, 0.1, 1, v, v_star, out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_lift_mass(NULL, s.f, s.f, 1, 0.1, &mass, &bound), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_kernel_lift(s.kernel, NULL, &l, 1, 0.1, 4, 8, 1, v, v_star, out), GRZ_ERROR_NULL_ARGUMENT, "m");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, -1, 0.1, 4, 8, 1, v, v_star, out), GRZ_ERROR_INVALID_ARGUMENT, "q");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 9, 4, 8, 1, v, v_star, out), GRZ_ERROR_INVALID_ARGUMENT, "delta");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 0.1, 0, 8, 1, v, v_star, out), GRZ_ERROR_INVALID_ARGUMENT,
          "theta_nodes");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 0.1, 4, 65, 1, v, v_star, out), GRZ_ERROR_INVALID_ARGUMENT,
          "phi_nodes");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 0.1, 4, 8, -1, v, v_star, out), GRZ_ERROR_INVALID_ARGUMENT, "count");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 0.1, 4, 8, 1, NULL, v_star, out), GRZ_ERROR_NULL_ARGUMENT, "v");
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 0.1, 4, 8, 1, v, v_star, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(s.context, grz_lift_weight(s.context, 1, 0.1, 1, v, v_star, NULL), GRZ_ERROR_NULL_ARGUMENT, "weight");
    ck_assert(out[0] == 7);
    FAILS(s.context, grz_kernel_lift(s.kernel, weighted_rate, &l, 1, 0.1, 4, 8, 1, v, v_star, out), GRZ_ERROR_CALLBACK, "6");
    FAILS(s.context, grz_operator_lift_mass(s.op, s.f, s.f, 0.4, 0.1, &mass, &bound), GRZ_ERROR_INVALID_ARGUMENT, "q");
    FAILS(s.context, grz_operator_lift_mass(s.op, s.f, s.f, 1, 0.6, &mass, &bound), GRZ_ERROR_INVALID_ARGUMENT, "delta");
    FAILS(s.context, grz_operator_lift_mass(s.op, s.f, s.f, 1, 0.1, NULL, &bound), GRZ_ERROR_NULL_ARGUMENT, "mass");
    FAILS(s.context, grz_operator_lift_mass(s.op, s.f, NULL, 1, 0.1, &mass, &bound), GRZ_ERROR_NULL_ARGUMENT, "phi");
    close_scene(&s);
    open_scene_of(&s, 8, 4, BKW, -1, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    FAILS(s.context, grz_operator_lift_mass(s.op, s.f, s.f, 1, 0.1, &mass, &bound), GRZ_ERROR_UNSUPPORTED, "Boltzmann");
    grz_kernel *limit;
    OK(grz_kernel_create_scaled(s.context, s.kernel, 0, &limit));
    FAILS(s.context, grz_kernel_lift(limit, weighted_rate, &l, 1, 0.1, 4, 8, 1, v, v_star, out), GRZ_ERROR_UNSUPPORTED, "eps = 0");
    grz_kernel_destroy(&limit);
    close_scene(&s);
    open_scene_of(&s, 8, 4, BKW, 0.5, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    FAILS(s.context, grz_operator_lift_mass(s.op, s.f, s.f, 1, 0.1, &mass, &bound), GRZ_ERROR_UNSUPPORTED, "gamma");
    ck_assert(mass == 7 && bound == 7);
    close_scene(&s);
    refuse_every_allocation(GRZ_EQUATION_BOLTZMANN, 1, weigh_lift, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geometry_lift");
    TCase *tests = tcase_create("lift");
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, lifted_rates_converge_at_order_two);
    tcase_add_test(tests, linear_rates_lift_exactly);
    tcase_add_test(tests, weighted_masses_stay_below_their_bound);
    tcase_add_test(tests, masses_of_maxwellians);
    tcase_add_test(tests, bound_of_the_mass_by_pairs);
    tcase_add_test(tests, masses_have_the_same_bits_for_any_threads);
    tcase_add_test(tests, refusals);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

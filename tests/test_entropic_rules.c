/* The entropic method's rules: circles, radii and directions against closed forms, and the nodes that the docs promise. */
#include "support/entropic.h"

#include "operator/entropic/sweep.h"

static grzi_rules rules_of(grz_operator *op)
{
    grzi_rules rules;
    DONE(grzi_rules_create(op, &rules));
    return rules;
}

static grz_operator *operator_on(int n, double half_width, double gamma, double nu, double eps, grz_equation equation, int accuracy)
{
    grz_grid *grid;
    DONE(grz_grid_create(context, n, half_width, NULL, &grid));
    grz_kernel *kernel = power_law(gamma, nu, eps);
    grz_operator *op = entropic(grid, kernel, equation, accuracy, 3);
    if (equation == GRZ_EQUATION_BOLTZMANN) /* what is judged here; generators have a suite of their own */
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_CIRCLES));
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    return op;
}

/* On the circle of angle theta the m-th harmonic of a smooth function has the size sin^m theta, and what is summed are squares of jumps: of a
 * function of third degree, with six harmonics. Relative error of the mean of (sum_m c_m sin^m cos(m phi + m))^2. */
static double error_of_circle(double theta, int count)
{
    static const double c[4] = {0, 1, 0.7, 0.5};
    double mean = 0, exact = 0;
    for (int k = 0; k < count; k++) {
        double value = 0;
        for (int m = 1; m < 4; m++) value += c[m] * pow(sin(theta), m) * cos(m * (2 * M_PI * (k + 0.3) / count + 1));
        mean += value * value / count;
    }
    for (int m = 1; m < 4; m++) exact += c[m] * c[m] * pow(sin(theta), 2 * m) / 2;
    return fabs(mean / exact - 1);
}

START_TEST(circles_have_the_nodes_they_need)
{
    int small = 0, wide = 0;
    for (int accuracy = 1; accuracy <= 4; accuracy++)
        for (double eps = M_PI; eps > 0.01; eps /= 1.7) {
            grz_operator *op = operator_on(16, 5, -1, 0.6, eps, GRZ_EQUATION_BOLTZMANN, accuracy);
            grzi_rules rules = rules_of(op);
            for (int i = 0; i < rules.count; i++)
                for (int j = 0; j < rules.radii[i].theta_count; j++) {
                    double theta = rules.radii[i].theta[j], error;
                    int count = rules.radii[i].phi_count[j];
                    ck_assert(theta > 0 && theta < eps / 2 && count % 2 == 0 && count <= rules.phi_nodes);
                    error = error_of_circle(theta, count);
                    HOLDS(error < (theta < 0.06 ? pow(theta, 4) + 1e-14 : 1e-13), "theta %g, %d nodes: %.2e", theta, count, error);
                    if (theta < 0.05) { /* the square of a slope: no more than six */
                        ck_assert_int_le(count, 6);
                        small++;
                    }
                    /* sin^m theta is what the m-th harmonic of a smooth function has on such a circle */
                    double missed = pow(sin(theta), count);
                    HOLDS(missed < (count == rules.phi_nodes ? 1
                                    : theta < 0.1            ? 1e-6
                                                             : 3e-2),
                          "theta %g: %d of %d nodes", theta, count, rules.phi_nodes);
                    wide += count == rules.phi_nodes;
                }
            grzi_rules_destroy(context, &rules);
            grz_operator_destroy(&op);
        }
    HOLDS(small > 100 && wide > 100, "%d small circles, %d wide ones", small, wide);
}
END_TEST

/* 8 r^2 K(2r) r^4 exp(-s r^2) over (0, R] for R^2 s from 8 to 45, as the density's own decay: to 1e-6 by ten nodes. */
START_TEST(radii_integrate_decaying_densities)
{
    static const double gammas[] = {-4, -3, -1.5, 0, 1};
    for (int k = 0; k < 5; k++)
        for (int cut_off = 0; cut_off < (gammas[k] < 0 ? 2 : 1); cut_off++) {
            grz_grid *grid;
            grz_kernel *plain = power_law(gammas[k], 0.6, 1), *kernel = plain;
            if (cut_off) DONE(grz_kernel_create_cut_off_kinetic(context, plain, &kernel));
            DONE(grz_grid_create(context, 20, 6, NULL, &grid));
            grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_LANDAU, 2, 3);
            grzi_rules rules = rules_of(op);
            NEAR(rules.R, (6 - 0.3) / sqrt(2), 1e-14);
            for (double decay = 8; decay <= 45; decay *= 1.2) {
                double s = decay / (rules.R * rules.R), sum = 0, exact = 0;
                for (int i = 0; i < rules.count; i++)
                    sum += rules.radii[i].weight * pow(rules.radii[i].r, 4) * exp(-s * pow(rules.radii[i].r, 2));
                for (int panel = 0; panel < 2; panel++) { /* Simpson's rule in log r on either side of |z| = 1 */
                    double a = panel ? log(0.5) : -14, b = panel ? log(rules.R) : log(0.5);
                    for (int i = 0; i <= 3000; i++) {
                        double r = exp(a + (b - a) * i / 3000), K = cut_off && !panel ? 1 : pow(2 * r, gammas[k]);
                        exact += (b - a) / 9000 * (i == 0 || i == 3000 ? 1 : i % 2 ? 4 : 2) * 8 * pow(r, 7) * K * exp(-s * r * r);
                    }
                }
                HOLDS(fabs(sum / exact - 1) < (cut_off ? 2e-5 : 2e-6), "gamma %g, cutoff %d, R^2 s %g: %.2e", gammas[k], cut_off, decay,
                      sum / exact - 1);
            }
            for (int i = 0; i < rules.count; i++) {
                const grzi_radius *radius = &rules.radii[i];
                ck_assert(radius->r > 0 && radius->r < rules.R && radius->weight > 0);
                ck_assert(radius->reach[0] * 0.6 >= radius->r && (radius->reach[0] - 1) * 0.6 < radius->r);
                ck_assert_int_eq(radius->count, radius->reach[0] > 10 ? 0 : 20 - 2 * radius->reach[0]);
                ck_assert_int_eq(radius->theta_count, 1);
                ck_assert(grzi_radius_has_landau(radius) && grzi_radius_circles(radius) == 0 && radius->phi_count[0] == 2);
                NEAR(radius->theta_weight[0], 8 / M_PI, 1e-12); /* C_beta = 1 */
            }
            grzi_rules_destroy(context, &rules);
            grz_operator_destroy(&op);
            grz_grid_destroy(&grid);
            if (cut_off) grz_kernel_destroy(&kernel);
            grz_kernel_destroy(&plain);
        }
}
END_TEST

/* On a sphere of radius r the mean of exp(2 r k.w) is sinh(2 r k)/(2 r k): displaced densities bring such functions, of degree that grows with
 * r. Of small spheres, too, the rule chosen is exact enough, and it is a smaller one. */
START_TEST(directions_grow_with_the_radius)
{
    for (int accuracy = 1; accuracy <= 4; accuracy++) {
        grz_operator *op = operator_on(20, 6, 0, 0.6, 1, GRZ_EQUATION_LANDAU, accuracy);
        grzi_rules rules = rules_of(op);
        for (int i = 0; i < rules.count; i++) {
            const grzi_radius *radius = &rules.radii[i];
            double k = 1.2, x = 2 * radius->r * k, mean = 0, total = 0;
            for (int l = 0; l < radius->sphere.count; l++) {
                const double *w = radius->sphere.nodes + 3 * l;
                mean += radius->sphere.weights[l] * cosh(x * (w[0] + 2 * w[1] - 2 * w[2]) / 3);
                total += radius->sphere.weights[l];
            }
            double error = fabs(mean / (sinh(x) / x) - 1), allowed[] = {1, 1e-2, 1e-4, 1e-7, 1e-10};
            HOLDS(error < allowed[accuracy], "level %d, r %g: degree %d, %.2e", accuracy, radius->r, radius->sphere.degree, error);
            NEAR(total, 1, 1e-13);
            if (radius->r < 0.3 * rules.R) ck_assert_int_le(2 * radius->sphere.degree, 2 * rules.sphere_degree);
            ck_assert_int_le(radius->sphere.degree, rules.sphere_degree + 2);
        }
        ck_assert_int_lt(rules.radii[0].sphere.degree, rules.radii[rules.count - 1].sphere.degree);
        grzi_rules_destroy(context, &rules);
        grz_operator_destroy(&op);
    }
}
END_TEST

/* int theta^2 beta^eps dtheta = 8/pi and int sin^2(theta/2)-moments by the nodes of any width: Gauss's rule of the law. */
START_TEST(angles_have_the_laws_moments)
{
    for (double nu = 0.2; nu < 2; nu += 0.35)
        for (double eps = M_PI; eps > 1e-3; eps /= 2.7) {
            grz_operator *op = operator_on(16, 5, -1, nu, eps, GRZ_EQUATION_BOLTZMANN, 2);
            grzi_rules rules = rules_of(op);
            const grzi_radius *radius = &rules.radii[rules.count / 2];
            double moments[3] = {0}, end = eps / 2;
            int counts = radius->theta_count;
            for (int j = 0; j < counts; j++)
                for (int m = 0; m < 3; m++) moments[m] += radius->theta_weight[j] * pow(radius->theta[j], 2 * m);
            /* beta^eps = c theta^{-1-nu}: int theta^{2 + 2m} beta = (8/pi) end^{2m} (2 - nu)/(2 - nu + 2m) */
            for (int m = 0; m < (counts == 1 ? 2 : 3); m++)
                NEAR(moments[m] / (8 / M_PI * pow(end, 2 * m) * (2 - nu) / (2 - nu + 2 * m)), 1, m == 0 ? 1e-7 : counts == 1 ? 0.6 : 0.02);
            grzi_rules_destroy(context, &rules);
            grz_operator_destroy(&op);
        }
}
END_TEST

/* For Maxwell molecules Landau's diffusion at v is int |v - v*|^2 f* dv* = rho (|v - u|^2 + 3 T): its ratio between nodes near the centre. */
START_TEST(diffusivity_grows_with_the_square)
{
    const int n = 16;
    const double T = 0.5;
    grz_operator *op = operator_on(n, 6, 0, 0.5, M_PI, GRZ_EQUATION_LANDAU, 2);
    const grz_grid *grid = grz_operator_grid(op);
    grz_distribution *f;
    DONE(grz_operator_setup(op));
    DONE(grz_distribution_create_maxwellian(context, grid, 1, NULL, T, &f));
    double *d = malloc((size_t)grz_grid_node_count(grid) * sizeof *d), h = grz_grid_spacing(grid);
    grzi_diffusivity(op, grz_distribution_view(f), d);
    int64_t middle = ((int64_t)n / 2 * n + n / 2) * n + n / 2;
    for (int steps = 1; steps <= 2; steps++) {
        double near = 3 * 0.25 * h * h, far = near - 0.25 * h * h + (steps + 0.5) * (steps + 0.5) * h * h;
        NEAR(d[middle + steps] / d[middle] * (near + 3 * T) / (far + 3 * T), 1, 0.05);
    }
    free(d);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
}
END_TEST

START_TEST(rules_hear_cancel)
{
    for (int way = GRZ_COLLISIONS_CIRCLES; way <= GRZ_COLLISIONS_GENERATOR; way++) {
        grz_operator *op = operator_on(8, 4, -1, 1.5, M_PI, GRZ_EQUATION_BOLTZMANN, 1);
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, way));
        grz_context_cancel(context);
        FAILS(context, grz_operator_setup(op), GRZ_ERROR_CANCELLED, "cancelled");
        grz_context_clear_cancel(context);
        DONE(grz_operator_setup(op));
        grz_operator_destroy(&op);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entropic rules");
    TCase *tests = tcase_create("rules");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, circles_have_the_nodes_they_need);
    tcase_add_test(tests, radii_integrate_decaying_densities);
    tcase_add_test(tests, directions_grow_with_the_radius);
    tcase_add_test(tests, angles_have_the_laws_moments);
    tcase_add_test(tests, diffusivity_grows_with_the_square);
    tcase_add_test(tests, rules_hear_cancel);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

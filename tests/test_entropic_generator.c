/* Generators on sphere rules: their form on harmonics against the kernel's spectrum, entry by entry; the values of whole spheres against
 * fine circles, over a sequence of eps that crosses the change between the two ways; what goes which way; floating-point exceptions. */
#include "support/entropic.h"
#include "support/rule_sums.h"

#include <fenv.h>

enum { HARMONICS = 8 }; /* largest degree whose forms are looked at */

static const double T[3] = {1.5, 0.75, 0.75}, tilted[9] = {0.36, 0.48, -0.8, -0.8, 0.6, 0, 0.48, 0.64, 0.6};

/* sum_{i<j} A_ij (Ya_j - Ya_i)(Yb_j - Yb_i) + c l(l+1) delta_ab = -lambda_l delta_ab, Y of mean square 1, for l <= exact. */
static double form_error(const grzi_radius *radius, const double *lambda, int exact)
{
    const grzi_generator *g = radius->generator;
    const int all = (HARMONICS + 1) * (HARMONICS + 1), count = g->count;
    double *Y = malloc(sizeof *Y * (size_t)(all * (count + 2))), *slopes = Y + all * count, worst = 0, p[3], q[3];
    for (int i = 0; i < count; i++) {
        const double *w = radius->nodes.nodes + 3 * i;
        grzi_orthonormal_frame(w, p, q);
        grzi_harmonics_slopes(HARMONICS, w, p, q, Y + i * all, slopes, slopes + all);
    }
    for (int la = 2; la <= exact; la += 2)
        for (int lb = 2; lb <= exact; lb += 2)
            for (int a = la * la; a < (la + 1) * (la + 1); a++)
                for (int b = lb * lb; b < (lb + 1) * (lb + 1); b++) {
                    double sum = 0;
                    for (int i = 0; i < count; i++)
                        for (int j = 0; j < i; j++)
                            sum += g->A[i * g->stride + j] * (Y[j * all + a] - Y[i * all + a]) * (Y[j * all + b] - Y[i * all + b]);
                    sum *= 4 * M_PI;
                    if (a == b) sum += g->landau * la * (la + 1) + lambda[la];
                    worst = larger(worst, fabs(sum) / -lambda[HARMONICS]);
                }
    free(Y);
    return worst;
}

static grz_operator *generated(const grz_grid *grid, const grz_kernel *kernel, grz_equation equation, int accuracy, int degree)
{
    grz_operator *op = entropic(grid, kernel, equation, accuracy, degree);
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_GENERATOR));
    return op;
}

static void check_structure(const grzi_generator *g)
{
    for (int i = 0; i < g->count; i++) {
        double sum = 0;
        for (int j = 0; j < g->count; j++) {
            double a = g->A[i * g->stride + j];
            ck_assert(a >= 0 && a == g->A[j * g->stride + i]);
            sum += a;
        }
        ck_assert(g->A[i * g->stride + i] == 0);
        NEAR(g->row_sum[i], sum, 1e-14 * sum);
    }
    ck_assert(g->landau >= 0 && g->least >= 0);
}

START_TEST(forms_are_those_of_the_kernel)
{
    static const struct {
        double gamma, nu, eps;
    } laws[] = {{0, 0.5, M_PI}, {-3, 1.5, M_PI}, {0, 0.5, 2}};
    grz_grid *grid;
    OK(grz_grid_create(context, 24, 6, NULL, &grid));
    for (size_t k = 0; k < sizeof laws / sizeof laws[0]; k++) {
        grz_kernel *kernel = power_law(laws[k].gamma, laws[k].nu, laws[k].eps);
        grz_operator *op = generated(grid, kernel, GRZ_EQUATION_BOLTZMANN, 2, 5);
        double lambda[HARMONICS + 1], worst = 0;
        DONE(grz_kernel_spectrum(kernel, 1, HARMONICS, lambda));
        grzi_rules rules;
        DONE(grzi_rules_create(op, &rules));
        int seen = 0;
        for (int i = 0; i < rules.count; i++) {
            const grzi_radius *radius = &rules.radii[i];
            if (!radius->generator) continue;
            check_structure(radius->generator);
            if (seen == radius->sphere.degree) continue;
            seen = radius->sphere.degree;
            int wanted = seen < 15 ? 4 : seen < 20 ? 6 : 8;
            ck_assert(radius->generator->degree <= wanted && radius->generator->degree >= (laws[k].eps > 3 ? wanted : 4));
            worst = larger(worst, form_error(radius, lambda, radius->generator->degree));
        }
        ck_assert_int_gt(seen, 0);
        printf("gamma %g, nu %g, eps %.3g: forms of harmonics within %.1e of the spectrum\n", laws[k].gamma, laws[k].nu, laws[k].eps,
               worst);
        HOLDS(worst < 1e-11, "forms differ by %g", worst);
        grzi_rules_destroy(context, &rules);
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    grz_grid_destroy(&grid);
}
END_TEST

static rule_sums landau_sums(const grz_grid *grid, const grz_kernel *kernel, int fine)
{
    grz_operator *op = entropic(grid, kernel, GRZ_EQUATION_LANDAU, 2, 5);
    if (fine) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 35));
    grzi_rules rules;
    DONE(grzi_rules_create(op, &rules));
    rule_sums sums = sums_of_rules(&rules, 1, T, tilted, tilted);
    grzi_rules_destroy(context, &rules);
    grz_operator_destroy(&op);
    return sums;
}

/* The default rules against the same radii with circles of rules that are fine: no jump where the way changes. */
START_TEST(no_jump_where_the_way_changes)
{
    grz_grid *grid;
    OK(grz_grid_create(context, 32, 8, NULL, &grid));
    int ways[2] = {0, 0};
    for (double eps = M_PI; eps > 0.5; eps /= 1.4) {
        rule_sums sums[2], limit[2];
        int generators = 0;
        for (int fine = 0; fine < 2; fine++) {
            grz_kernel *kernel = power_law(-1, 0.5, eps);
            grz_operator *op = generated(grid, kernel, GRZ_EQUATION_BOLTZMANN, 2, 5);
            if (fine) {
                OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_CIRCLES));
                OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 35));
                OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 7));
                OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 24));
            }
            grzi_rules rules;
            DONE(grzi_rules_create(op, &rules));
            sums[fine] = sums_of_rules(&rules, 1, T, tilted, tilted);
            for (int i = 0; i < rules.count; i++) generators += rules.radii[i].generator != NULL;
            grzi_rules_destroy(context, &rules);
            limit[fine] = landau_sums(grid, kernel, fine);
            grz_operator_destroy(&op);
            grz_kernel_destroy(&kernel);
        }
        ways[generators > 0]++;
        ck_assert(eps < 2.2 || generators == 10);
        ck_assert(eps > 0.6 || generators == 0);
        double D = fabs(sums[0].dissipation / sums[1].dissipation - 1), R = fabs(sums[0].reduced / sums[1].reduced - 1),
               Q = fabs(sums[0].rate / sums[1].rate - 1);
        double distance = limit[0].dissipation - sums[0].dissipation, truth = limit[1].dissipation - sums[1].dissipation;
        printf("eps %.3f, %d radii by generators: D %.1e, D^R %.1e, <Q, v_x^2> %.1e; (D_L - D)/(eps^2 D_L) %.6f, off by %.1e\n", eps,
               generators, D, R, Q, distance / limit[0].dissipation / (eps * eps), distance / truth - 1);
        HOLDS(fabs(distance / truth - 1) < 1e-3, "eps %g: D_L - D is off by %g", eps, distance / truth - 1);
        HOLDS(larger(D, larger(R, Q)) < 1e-5, "eps %g: D %g, D^R %g, Q %g", eps, D, R, Q);
    }
    ck_assert(ways[0] > 0 && ways[1] > 0);
    grz_grid_destroy(&grid);
}
END_TEST

START_TEST(queries_tell_the_way)
{
    static const int ways[] = {GRZ_COLLISIONS_GENERATOR, GRZ_COLLISIONS_GENERATOR, GRZ_COLLISIONS_CIRCLES, 0};
    grz_grid *grid;
    OK(grz_grid_create(context, 16, 5, NULL, &grid));
    for (int which = 0; which < 4; which++) {
        grz_kernel *kernel;
        if (which == 0)
            DONE(grz_kernel_create_vhs(context, 1, 1, &kernel));
        else
            kernel = power_law(0, 1, which == 2 ? 0.01 : M_PI);
        grz_operator *op = generated(grid, kernel, which == 3 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, 2, 5);
        int32_t count = 0, way, directions;
        double r, landau, before = 0;
        DONE(grz_operator_sphere_count(op, &count));
        ck_assert_int_eq(count, 10);
        for (int32_t i = 0; i < count; i++) {
            DONE(grz_operator_sphere(op, i, &r, &way, &directions, &landau));
            ck_assert(r > before && directions > 5);
            before = r;
            ck_assert_int_eq(way, ways[which]);
            ck_assert(which == 1 ? landau > 0.05 && landau < 0.4 : landau == (which == 3));
            DONE(grz_operator_sphere(op, i, NULL, NULL, NULL, NULL));
        }
        FAILS(context, grz_operator_sphere(op, count, &r, NULL, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "index");
        FAILS(context, grz_operator_sphere(op, -1, &r, NULL, NULL, NULL), GRZ_ERROR_INVALID_ARGUMENT, "index");
        FAILS(context, grz_operator_sphere_count(op, NULL), GRZ_ERROR_NULL_ARGUMENT, "count");
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, GRZ_COLLISIONS_CIRCLES));
        DONE(grz_operator_sphere(op, 0, NULL, &way, NULL, NULL));
        ck_assert_int_eq(way, which == 3 ? 0 : GRZ_COLLISIONS_CIRCLES);
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    ck_assert_int_eq(grz_operator_sphere_count(NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_operator_sphere(NULL, 0, NULL, NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    grz_grid_destroy(&grid);
}
END_TEST

/* At and near equilibrium logarithmic means are 0/0 and differences are rounding; a Gaussian's tail underflows. None of it traps. */
START_TEST(no_floating_point_exceptions)
{
    grz_grid *grid;
    OK(grz_grid_create(context, 12, 30, NULL, &grid));
    const int64_t count = grz_grid_node_count(grid);
    grz_kernel *kernel = power_law(0, 0.5, M_PI);
    grz_operator *op = generated(grid, kernel, GRZ_EQUATION_BOLTZMANN, 1, 5);
    DONE(grz_operator_setup(op));
    double *v = nodes_of(grid), *f = malloc(sizeof *f * (size_t)(3 * count)), *phi = f + count, *out = phi + count;
    for (double off = 0; off < 0.2; off += 0.05) {
        for (int64_t i = 0; i < count; i++) {
            const double *x = v + 3 * i;
            f[i] = exp(-0.5 * (x[0] * x[0] * (1 + off * off * off) + x[1] * x[1] + x[2] * x[2]) / 2);
            phi[i] = sin(x[0] - 2 * x[1]);
        }
        double value;
        feclearexcept(FE_ALL_EXCEPT);
        DONE(grz_operator_apply(op, f, out));
        DONE(grz_operator_onsager(op, f, phi, out));
        DONE(grz_operator_action(op, f, phi, &value));
        DONE(grz_operator_weak_form(op, f, phi, &value));
        ck_assert_int_eq(fetestexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW), 0);
        value = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION);
        ck_assert(value >= 0);
        ck_assert(dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT) >= 0);
    }
    free(v), free(f);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("generators on sphere rules");
    TCase *tests = tcase_create("generators");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, forms_are_those_of_the_kernel);
    tcase_add_test(tests, no_jump_where_the_way_changes);
    tcase_add_test(tests, queries_tell_the_way);
    tcase_add_test(tests, no_floating_point_exceptions);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* Entropic operators with every kind of kernel: against the oracle, against integrals done here, against the same law given in another way;
 * and their grazing limit. */
#include "support/entropic.h"

enum { N = 24, COUNT = N * N * N };

static const double T[3] = {1.5, 0.75, 0.75};

static double densities[COUNT], square[COUNT];
static grz_grid *grid;

static void open_all(void)
{
    open_context();
    grz_distribution *made;
    OK(grz_grid_create(context, N, 8, NULL, &grid));
    DONE(grz_distribution_create_bimaxwellian(context, grid, 1, (double[3]){0.1, -0.2, 0.05}, T, NULL, &made));
    DONE(grz_distribution_values(made, densities));
    grz_distribution_destroy(&made);
    double *v = nodes_of(grid);
    for (int i = 0; i < COUNT; i++) square[i] = v[3 * i] * v[3 * i];
    free(v);
}

static void close_all(void)
{
    grz_grid_destroy(&grid);
    close_context();
}

static bimax_problem problem(double gamma, double nu, double eps, double amplitude)
{
    bimax_problem p;
    bimax_default(&p);
    memcpy(p.temperature, T, sizeof T);
    p.gamma = gamma;
    p.nu = nu;
    p.eps = eps;
    p.amplitude = amplitude;
    return p;
}

static bimax_result solved(const bimax_problem *p)
{
    bimax_result result;
    ck_assert_int_eq(bimax_oracle(p, &result), 0);
    return result;
}

static void compare(const grz_kernel *kernel, grz_equation equation, double D, double root, double rate, double tolerance, const char *what)
{
    grz_operator *op = entropic(grid, kernel, equation, 2, 3);
    double error_D = fabs(dissipation_of(op, densities, GRZ_FUNCTIONAL_TYPE_DISSIPATION) / D - 1),
           error_Q = fabs(weak_of(op, densities, square) / rate - 1),
           error_root = root > 0 ? fabs(dissipation_of(op, densities, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT) / root - 1) : 0;
    printf("%-40s D %.1e, D^R %.1e, <Q, v_x^2> %.1e\n", what, error_D, error_root, error_Q);
    HOLDS(larger(error_D, larger(error_root, error_Q)) <= tolerance, "%s: D %.3g, D^R %.3g, <Q, v_x^2> %.3g", what, error_D, error_root,
          error_Q);
    grz_operator_destroy(&op);
}

/* B sin(theta) = (a |z|^{-1} + b |z|) theta^{-1-nu}: forms are linear in B, so the oracle's values for two powers of |z| add up. */
typedef struct two_powers {
    double a, b, nu;
} two_powers;

static int two_powers_beta(double z, int64_t count, const double *theta, double *beta, void *user)
{
    const two_powers *law = user;
    for (int64_t i = 0; i < count; i++) beta[i] = (law->a / z + law->b * z) * pow(theta[i], -1 - law->nu);
    return 0;
}

START_TEST(general_kernels_add_up)
{
    two_powers law = {0.7, 0.2, 1};
    grz_kernel *kernel, *scaled;
    double eps = 1;
    bimax_problem soft = problem(-1, law.nu, eps, law.a), hard = problem(1, law.nu, eps, law.b);
    bimax_result s = solved(&soft), h = solved(&hard);
    DONE(grz_kernel_create_general(context, -1, law.nu, two_powers_beta, &law, &kernel));
    DONE(grz_kernel_create_scaled(context, kernel, eps, &scaled));
    if (!fast())
        compare(scaled, GRZ_EQUATION_BOLTZMANN, s.d_b + h.d_b, s.d_b_reduced + h.d_b_reduced, s.q_b[0] + h.q_b[0], 1e-5,
                "general kernel, Boltzmann");
    compare(scaled, GRZ_EQUATION_LANDAU, s.d_l + h.d_l, 0, s.q_l[0] + h.q_l[0], 1e-5, "general kernel, Landau");
    grz_kernel_destroy(&scaled);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* D_L and <Q_L, v_x^2> for any kinetic factor: with A = diag(1/T), h = C exp(-y.A y - r^2 w.A w) and grad_S G = -2 r^2 Pi A w the integral
 * over y is done by hand; those over r, split at the kink, and the cosine x of w with the axis by Gauss's rule of the oracle. */
static void landau_by_hand(double gamma, double *D, double *rate)
{
    enum { NODES = 64 };
    double product = T[0] * T[1] * T[2], front = pow(2 * M_PI, -3) / product * pow(M_PI, 1.5) * sqrt(product), sums[2] = {0};
    double node[NODES], part[NODES];
    ck_assert_int_eq(bimax_gauss(NODES, 0, node, part), 0);
    for (int panel = 0; panel < 2; panel++) {
        double low = panel ? 0.5 : 0, length = panel ? 9 : 0.5;
        for (int i = 0; i < NODES; i++) {
            double r = low + length * node[i], factor = panel ? pow(2 * r, gamma) : 1;
            for (int j = 0; j < NODES; j++) {
                double x = node[j], across = 1 - x * x, wAw = x * x / T[0] + across / T[1];
                double slope = x * x / (T[0] * T[0]) + across / (T[1] * T[1]) - wAw * wAw; /* |Pi A w|^2 */
                double psi = 2 * r * r * 2 * x * (x / T[0] - x * wAw);                     /* Pi A w . grad_S Psi, Psi = 2 r^2 x^2 */
                double weight = front * 8 * r * r * factor * length * part[i] * 4 * M_PI * part[j] * 4 * exp(-r * r * wAw);
                sums[0] += 0.5 * weight * 4 * r * r * r * r * slope;
                sums[1] += 0.5 * weight * 2 * r * r * psi;
            }
        }
    }
    *D = sums[0];
    *rate = sums[1];
}

START_TEST(kinetic_cutoff_has_its_integrals)
{
    static const double gammas[] = {-1, -2.5, -4};
    for (int i = 0; i < (fast() ? 1 : 3); i++) {
        grz_kernel *kernel, *cut, *narrow;
        double D, rate;
        landau_by_hand(gammas[i], &D, &rate);
        DONE(grz_kernel_create_power_law(context, gammas[i], 1, 0, &kernel));
        DONE(grz_kernel_create_cut_off_kinetic(context, kernel, &cut));
        compare(cut, GRZ_EQUATION_LANDAU, D, 0, rate, 1e-5, "kinetic cutoff, Landau");
        DONE(grz_kernel_create_scaled(context, cut, 1e-4, &narrow));
        if (i == 1) compare(narrow, GRZ_EQUATION_BOLTZMANN, D, D, rate, 1e-5, "kinetic cutoff, eps = 1e-4");
        grz_kernel_destroy(&narrow);
        grz_kernel_destroy(&cut);
        grz_kernel_destroy(&kernel);
    }
}
END_TEST

static double beta_of(double theta, void *user)
{
    double beta = NAN;
    OK(grz_kernel_beta(user, 1, &theta, &beta));
    return beta;
}

/* The classical law of the inverse potential's deflection, whose values test_kernel_scattering judges, integrated by the oracle. */
START_TEST(classical_inverse_powers)
{
    grz_kernel *kernel;
    DONE(grz_kernel_create_inverse_power(context, 3.5, GRZ_SCATTERING_CLASSICAL, 0, &kernel));
    bimax_problem p = problem(grz_kernel_gamma(kernel), grz_kernel_nu(kernel), M_PI, 1);
    p.law = BIMAX_CALLBACK;
    p.beta = beta_of;
    p.user = kernel;
    bimax_result exact = solved(&p);
    if (!fast()) compare(kernel, GRZ_EQUATION_BOLTZMANN, exact.d_b, exact.d_b_reduced, exact.q_b[0], 1e-5, "classical s = 3.5, Boltzmann");
    compare(kernel, GRZ_EQUATION_LANDAU, exact.d_l, 0, exact.q_l[0], 1e-5, "classical s = 3.5, Landau");
    grz_kernel_destroy(&kernel);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- one law in two ways */

static const double cutoff = 0.03;

static int rutherford(int64_t count, const double *theta, double *beta, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) {
        double s = sin(theta[i] / 2), c = cos(theta[i] / 2);
        beta[i] = theta[i] < cutoff ? 0 : sin(theta[i]) / (2 * M_PI) * (pow(s, -4) + pow(c, -4)) / log(1 / cutoff);
    }
    return 0;
}

static int isotropic(int64_t count, const double *theta, double *beta, void *user)
{
    for (int64_t i = 0; i < count; i++) beta[i] = 2 * *(const double *)user * sin(theta[i]);
    return 0;
}

START_TEST(laws_given_by_callback)
{
    double b0 = 0.3, f[1000], Q[2][1000];
    grz_grid *small;
    grz_distribution *density;
    grz_kernel *kernels[4];
    OK(grz_grid_create(context, 10, 4, NULL, &small));
    DONE(grz_distribution_create_bkw(context, small, 0.8, &density));
    DONE(grz_distribution_values(density, f));
    DONE(grz_kernel_create_coulomb(context, cutoff, GRZ_SCATTERING_CLASSICAL, &kernels[0]));
    DONE(grz_kernel_create_callback(context, -3, -1, rutherford, NULL, &kernels[1]));
    DONE(grz_kernel_create_vhs(context, -0.5, b0, &kernels[2]));
    DONE(grz_kernel_create_callback(context, -0.5, -1, isotropic, &b0, &kernels[3]));
    for (int pair = 0; pair < 4; pair += 2) {
        for (int i = 0; i < 2; i++) {
            grz_operator *op = entropic(small, kernels[pair + i], GRZ_EQUATION_BOLTZMANN, 1, 3);
            DONE(grz_operator_apply(op, f, Q[i]));
            grz_operator_destroy(&op);
        }
        double error = difference(Q[0], Q[1], 1000) / largest(Q[0], 1000);
        printf("%s and its callback: %.1e\n", pair ? "variable hard spheres" : "Rutherford with cutoff", error);
        HOLDS(error <= 1e-10, "pair %d: %.3g", pair, error);
    }
    for (int i = 0; i < 4; i++) grz_kernel_destroy(&kernels[i]);
    grz_distribution_destroy(&density);
    grz_grid_destroy(&small);
}
END_TEST

/* --------------------------------------------------------------------------------------------------------------- grazing limit */

static grz_kernel *kind(int which, two_powers *law, double *b0)
{
    static const double theta[4] = {0.05, 0.3, 0.8, M_PI / 2}, beta[4] = {90, 5, 1.5, 0.4};
    grz_kernel *kernel = NULL, *cut;
    switch (which) {
    case 0:
        DONE(grz_kernel_create_inverse_power(context, 2.5, GRZ_SCATTERING_CLASSICAL, 1, &kernel));
        break;
    case 1:
        DONE(grz_kernel_create_vhs(context, 1, *b0, &kernel));
        break;
    case 2:
        DONE(grz_kernel_create_table(context, -2, 0.6, 4, theta, beta, &kernel));
        break;
    case 3:
        DONE(grz_kernel_create_callback(context, -0.5, -1, isotropic, b0, &kernel));
        break;
    case 4:
        DONE(grz_kernel_create_general(context, -1, law->nu, two_powers_beta, law, &kernel));
        break;
    default:
        DONE(grz_kernel_create_power_law(context, -3.5, 1.9, 2, &cut));
        DONE(grz_kernel_create_cut_off_kinetic(context, cut, &kernel));
        grz_kernel_destroy(&cut);
    }
    return kernel;
}

/* |D_B - D_L| <= C eps^2 + 1e-11 D_L at eps = 1e-8, and the same operator at eps = 0, for every kind but Coulomb's, whose limit is
 * logarithmic. */
START_TEST(every_kind_has_its_limit)
{
    two_powers law = {0.7, 0.2, 1.2};
    double b0 = 0.3, f[512], Q[512], Q_L[512];
    grz_grid *small;
    OK(grz_grid_create(context, 8, 3.5, NULL, &small));
    uint64_t seed = 31;
    for (int i = 0; i < 512; i++) f[i] = exp(-0.4 * (double)((i % 8) + (i / 8 % 8) + (i / 64))) * (0.7 + 0.6 * uniform(&seed));
    for (int which = 0; which < 6; which++) {
        grz_kernel *kernel = kind(which, &law, &b0), *narrow, *limit;
        DONE(grz_kernel_create_scaled(context, kernel, 1e-8, &narrow));
        DONE(grz_kernel_create_scaled(context, kernel, 0, &limit));
        grz_operator *landau = entropic(small, kernel, GRZ_EQUATION_LANDAU, 1, 5),
                     *nearly = entropic(small, narrow, GRZ_EQUATION_BOLTZMANN, 1, 5),
                     *zero = entropic(small, limit, GRZ_EQUATION_BOLTZMANN, 1, 5);
        double D_L = dissipation_of(landau, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION);
        NEAR(dissipation_of(nearly, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), D_L, 1e-11 * D_L);
        NEAR(dissipation_of(nearly, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT), D_L, 1e-11 * D_L);
        NEAR(dissipation_of(zero, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), D_L, 1e-14 * D_L);
        DONE(grz_operator_apply(landau, f, Q_L));
        DONE(grz_operator_apply(nearly, f, Q));
        HOLDS(difference(Q, Q_L, 512) <= 1e-11 * largest(Q_L, 512), "kind %d: %g", which, difference(Q, Q_L, 512));
        DONE(grz_operator_apply(zero, f, Q));
        HOLDS(difference(Q, Q_L, 512) <= 1e-13 * largest(Q_L, 512), "kind %d: %g", which, difference(Q, Q_L, 512));
        grz_operator_destroy(&landau);
        grz_operator_destroy(&nearly);
        grz_operator_destroy(&zero);
        grz_kernel_destroy(&kernel);
        grz_kernel_destroy(&narrow);
        grz_kernel_destroy(&limit);
    }
    grz_grid_destroy(&small);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entropic operators of all kernels");
    TCase *tests = tcase_create("kernels");
    tcase_add_checked_fixture(tests, open_all, close_all);
    tcase_add_test(tests, general_kernels_add_up);
    tcase_add_test(tests, kinetic_cutoff_has_its_integrals);
    tcase_add_test(tests, classical_inverse_powers);
    tcase_add_test(tests, laws_given_by_callback);
    tcase_add_test(tests, every_kind_has_its_limit);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

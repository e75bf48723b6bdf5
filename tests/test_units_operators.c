/* Operators and functionals in other units: both methods, both equations, every scheme. */
#include "support/units.h"

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

#define DONE(call) HOLDS((call) == GRZ_OK, "%s: %s", #call, grz_context_last_message(context))

enum { N = 10, NODES = N * N * N };
static const double L = 3.8;

typedef struct subject {
    grz_method method;
    grz_equation equation;
    grz_spectral_scheme scheme;
    double gamma, nu, eps; /* nu = 0: isotropic scattering */
} subject;

static grz_kernel *kernel_of(const subject *what)
{
    grz_kernel *kernel, *scaled;
    if (what->nu == 0) {
        DONE(grz_kernel_create_vhs(context, what->gamma, 0.1, &kernel));
        return kernel;
    }
    DONE(grz_kernel_create_power_law(context, what->gamma, what->nu, 0, &kernel));
    DONE(grz_kernel_create_scaled(context, kernel, what->eps, &scaled));
    grz_kernel_destroy(&kernel);
    return scaled;
}

static grz_operator *operator_of(const subject *what, const grz_grid *grid)
{
    grz_kernel *kernel = kernel_of(what);
    grz_operator *op;
    DONE(grz_operator_create(context, grid, kernel, what->equation, what->method, &op));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    if (what->method == GRZ_METHOD_SPECTRAL) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, what->scheme));
    if (what->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
    if (what->method == GRZ_METHOD_ENTROPIC) {
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 3));
    }
    grz_kernel_destroy(&kernel);
    return op;
}

static void measure_spectral(const subject *what, grz_operator *op, scale u, const double *f, notes *to)
{
    const double Q_power = 3 + what->gamma;
    double *g = malloc(sizeof *g * NODES), *out = malloc(2 * sizeof *out * NODES), *two = malloc(2 * sizeof *two * NODES), value;
    ck_assert(g && out && two);
    /* of another unit, as friction on a trace */
    for (int i = 0; i < NODES; i++) g[i] = 0x1p-40 * f[NODES - 1 - i];
    DONE(grz_operator_apply_bilinear(op, f, g, out));
    take(to, "bilinear form", out, NODES, Q_power, 2);
    memcpy(two, f, sizeof *f * NODES);
    memcpy(two + NODES, g, sizeof *g * NODES);
    if (what->equation == GRZ_EQUATION_LANDAU) {
        DONE(grz_operator_apply_directed(op, g, f, out));
        take(to, "directed form", out, NODES, Q_power, 2);
    }
    DONE(grz_operator_apply_batch(op, 2, two, out));
    take(to, "batch, first", out, NODES, Q_power, 2);
    take(to, "batch, second", out + NODES, NODES, Q_power, 2);
    DONE(grz_operator_projection_size(op, &value));
    take_one(to, "projection size", value, 0, 0);
    is_a_difference(to);
    DONE(grz_operator_fit_error(op, &value));
    take_one(to, "fit error", value, 0, 0);
    is_a_difference(to);
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 2));
    DONE(grz_operator_apply(op, f, out));
    take(to, "Q with exact equilibria", out, NODES, Q_power, 2);
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 1));
    free(g), free(out), free(two);
    (void)u;
}

static void measure_entropic(const subject *what, grz_operator *op, const double *f, const double *psi, notes *to)
{
    const double Q_power = 3 + what->gamma;
    double *out = malloc(sizeof *out * NODES), value;
    grz_functional *D;
    ck_assert(out != NULL);
    DONE(grz_operator_onsager(op, f, psi, out));
    take(to, "K_f psi", out, NODES, Q_power, 2);
    DONE(grz_operator_action(op, f, psi, &value));
    take_one(to, "action", value, 3 + Q_power, 2);
    DONE(grz_operator_overshoot(op, f, &value));
    take_one(to, "overshoot", value, 0, 0);
    for (int root = 0; root < 2; root++) {
        DONE(grz_functional_create_dissipation(context, op,
                                               root ? GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT : GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        DONE(grz_functional_evaluate(D, f, &value));
        take_one(to, root ? "square-root dissipation" : "dissipation", value, 3 + Q_power, 2);
        DONE(grz_functional_first_variation(D, f, out));
        take(to, root ? "its variation" : "variation of the dissipation", out, NODES, Q_power, 1);
        magnifies(to, 100);
        grz_functional_destroy(&D);
    }
    free(out);
}

static void measure_operator(scale u, notes *to, void *user)
{
    const subject *what = user;
    const double Q_power = 3 + what->gamma;
    double *f = malloc(sizeof *f * NODES), *psi = malloc(sizeof *psi * NODES), *Q = malloc(sizeof *Q * NODES), value, error;
    ck_assert(f && psi && Q);
    unit_density(u, N, L, f);
    unit_function(N, psi);
    grz_grid *grid = unit_grid(context, u, N, L);
    grz_operator *op = operator_of(what, grid);
    DONE(grz_operator_apply(op, f, Q));
    take(to, "Q", Q, NODES, Q_power, 2);
    DONE(grz_operator_weak_form(op, f, psi, &value));
    take_one(to, "weak form", value, 3 + Q_power, 2);
    DONE(grz_operator_option_value(op, GRZ_OPERATOR_OPTION_RADIUS, &value));
    take_one(to, "R", value, 1, 0);
    if (what->method == GRZ_METHOD_SPECTRAL) {
        grz_functional *D;
        DONE(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
        DONE(grz_functional_evaluate(D, f, &value));
        take_one(to, "dissipation", value, 3 + Q_power, 2);
        grz_functional_destroy(&D);
        measure_spectral(what, op, u, f, to);
    } else {
        measure_entropic(what, op, f, psi, to);
    }
    if (what->scheme != GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR) {
        DONE(grz_operator_estimate_error(op, f, &value, &error));
        take_one(to, "estimated error of Q", value, 0, 0);
        is_a_difference(to);
        take_one(to, "estimated error of D", error, 0, 0);
        is_a_difference(to);
    }
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    free(f), free(psi), free(Q);
}

static const subject SPECTRAL[] = {{GRZ_METHOD_SPECTRAL, GRZ_EQUATION_LANDAU, GRZ_SPECTRAL_SCHEME_SEPARABLE, -3, 1, 1},
                                   {GRZ_METHOD_SPECTRAL, GRZ_EQUATION_LANDAU, GRZ_SPECTRAL_SCHEME_SEPARABLE, 0.5, 1, 1},
                                   {GRZ_METHOD_SPECTRAL, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR, -3, 1, 1},
                                   {GRZ_METHOD_SPECTRAL, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR, 1, 0.5, 3},
                                   {GRZ_METHOD_SPECTRAL, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_SPHERE_RULE, -1, 1.5, 0.5},
                                   {GRZ_METHOD_SPECTRAL, GRZ_EQUATION_BOLTZMANN, GRZ_SPECTRAL_SCHEME_SPHERE_RULE, 1, 0, 0}};
static const subject ENTROPIC[] = {{GRZ_METHOD_ENTROPIC, GRZ_EQUATION_LANDAU, 0, -3, 1, 1},
                                   {GRZ_METHOD_ENTROPIC, GRZ_EQUATION_LANDAU, 0, 0.5, 1, 1},
                                   {GRZ_METHOD_ENTROPIC, GRZ_EQUATION_BOLTZMANN, 0, -3, 1, 1},
                                   {GRZ_METHOD_ENTROPIC, GRZ_EQUATION_BOLTZMANN, 0, 1, 0, 0},
                                   {GRZ_METHOD_ENTROPIC, GRZ_EQUATION_BOLTZMANN, 0, -1, 1.5, 0.002}};

START_TEST(spectral_operators)
{
    subject what = SPECTRAL[_i];
    same_in_all_units(measure_operator, &what, 1e-10);
}
END_TEST

START_TEST(entropic_operators)
{
    subject what = ENTROPIC[_i];
    same_in_all_units(measure_operator, &what, 1e-11);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("units: operators");
    TCase *cases = tcase_create("units");
    tcase_add_checked_fixture(cases, open_context, close_context);
    tcase_add_loop_test(cases, spectral_operators, 0, sizeof SPECTRAL / sizeof *SPECTRAL);
    tcase_add_loop_test(cases, entropic_operators, 0, sizeof ENTROPIC / sizeof *ENTROPIC);
    tcase_set_timeout(cases, 600);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}

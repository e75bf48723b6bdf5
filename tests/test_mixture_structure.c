/* What a mixture's operators owe to their construction, for any positive f, any masses and any rule: conservation of each mass, of momentum
 * and of energy, one H-theorem, equilibria, the Onsager operator; one species as before; grids of unlike spacing. */
#include "support/mixture.h"

typedef struct kind {
    const char *name;
    int count;
    double mass[3];
    int n[3];
    double half_width[3], centre[3];
    int resolved; /* Maxwellians of temperature 0.9 */
} kind;

/* Ratios of spacing: 1; 2 with n odd for the finer; 3; the whole off the origin. */
static const kind kinds[] = {
    {"equal masses", 2, {1, 1}, {9, 9}, {4.5, 4.5}, {0}, 1},
    {"ratio 2 and 5", 3, {1, 2, 5}, {9, 9, 9}, {4, 4, 4}, {0.3, -0.2, 0.1}, 0},
    {"ratio 40", 2, {1, 40}, {9, 9}, {2.5, 2.5}, {0}, 0},
    {"spacing 2", 2, {1, 4}, {10, 11}, {4, 2.2}, {0.2, 0, -0.1}, 1},
    {"spacing 3 and 1", 3, {9, 1, 8}, {9, 9, 9}, {1.5, 4.5, 1.5}, {0}, 1},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static scene enter(const kind *k)
{
    return scene_on(k->count, k->mass, k->n, k->half_width, k->centre);
}

/* Every pair with a law of its own. */
static void mixed_kernels(scene *s)
{
    for (int b = 0; b < s->count; b++)
        for (int a = 0; a <= b; a++) {
            grz_kernel *kernel = power_law(a == b ? -1 : -0.5 * (a + b), 0.5 + 0.25 * b, a == b ? M_PI : 1e-3 + 0.8 * a);
            DONE(grz_mixture_set_kernel(s->mixture, b, a, kernel));
            grz_kernel_destroy(&kernel);
        }
}

static grz_operator *few_nodes(const scene *s, grz_equation equation)
{
    grz_operator *op = operator_of(s, equation, GRZ_METHOD_ENTROPIC);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 4));
    return op;
}

static double *noise_of(const scene *s, uint64_t seed)
{
    double *f = doubles(s->size);
    for (int i = 0; i < s->count; i++) put_maxwellian(s, i, 1 + 0.5 * i, (double[3]){0.2 * i, -0.1, 0.1 * i}, 0.8 + 0.3 * i, f);
    for (int64_t k = 0; k < s->size; k++) f[k] *= 0.05 + uniform(&seed);
    return f;
}

static const grz_equation equations[2] = {GRZ_EQUATION_BOLTZMANN, GRZ_EQUATION_LANDAU};

START_TEST(structure)
{
    const kind *of = &kinds[_i / 2];
    const grz_equation equation = equations[_i % 2];
    scene s = enter(of);
    mixed_kernels(&s);
    grz_operator *op = few_nodes(&s, equation);
    ck_assert_int_eq(grz_operator_size(op), s.size);
    double *f = noise_of(&s, 7), *g = logarithm(f, s.size), *Q = doubles(s.size), *phi = doubles(s.size), size;
    DONE(grz_operator_apply(op, f, Q));
    for (int which = 0; which < s.count + 4; which++) {
        invariant(&s, which, phi);
        double sum = pairing(&s, Q, phi, &size);
        HOLDS(fabs(sum) <= 1e-13 * size, "%s, %d: invariant %d: %.3g of %.3g", of->name, equation, which, sum, size);
    }
    double D = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION),
           root = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT);
    double entropy = pairing(&s, Q, g, &size);
    HOLDS(fabs(entropy + D) <= 1e-13 * size, "%s, %d: <Q, log f> + D = %.3g of %.3g", of->name, equation, entropy + D, size);
    HOLDS(D > 0 && root > 0 && root <= D * (1 + 1e-13), "%s, %d: D = %g, D^R = %g", of->name, equation, D, root);
    NEAR(weak_of(op, f, g), -D, 1e-12 * D);
    uint64_t seed = 11;
    double *psi = doubles(s.size), *K_phi = doubles(s.size), *K_psi = doubles(s.size), action = NAN, size_2;
    for (int64_t k = 0; k < s.size; k++) phi[k] = uniform(&seed) - 0.5, psi[k] = uniform(&seed) - 0.5;
    DONE(grz_operator_onsager(op, f, phi, K_phi));
    DONE(grz_operator_onsager(op, f, psi, K_psi));
    DONE(grz_operator_action(op, f, phi, &action));
    double one = pairing(&s, psi, K_phi, &size), two = pairing(&s, phi, K_psi, &size_2);
    HOLDS(fabs(one - two) <= 1e-13 * larger(size, size_2), "%s, %d: symmetry %.3g of %.3g", of->name, equation, one - two, size);
    NEAR(pairing(&s, phi, K_phi, NULL), action, 1e-12 * action);
    NEAR(weak_of(op, f, psi), pairing(&s, Q, psi, &size), 1e-13 * size);
    for (int which = 0; which < s.count + 4; which++) {
        invariant(&s, which, phi);
        DONE(grz_operator_onsager(op, f, phi, K_phi));
        HOLDS(largest(K_phi, s.size) <= 1e-11 * largest(K_psi, s.size) * larger(1, largest(phi, s.size)),
              "%s, %d: K_f of invariant %d: %.3g of %.3g", of->name, equation, which, largest(K_phi, s.size), largest(K_psi, s.size));
    }
    free(f), free(g), free(Q), free(phi), free(psi), free(K_phi), free(K_psi);
    grz_operator_destroy(&op);
    leave(&s);
}
END_TEST

/* Of common mean and temperature, whatever the masses; and not of two temperatures. */
START_TEST(equilibria)
{
    const kind *of = &kinds[_i / 2];
    const grz_equation equation = equations[_i % 2];
    scene s = enter(of);
    mixed_kernels(&s);
    grz_operator *op = few_nodes(&s, equation);
    double *f = doubles(s.size), *Q = doubles(s.size), *other = doubles(s.size), *kept = doubles(s.size), u[3], T;
    for (int i = 0; i < s.count; i++) put_maxwellian(&s, i, 1 + i, (double[3]){0.2, -0.3, 0.1}, 0.9, f);
    DONE(grz_operator_apply(op, f, Q));
    for (int i = 0; i < s.count; i++) put_maxwellian(&s, i, 1 + i, (double[3]){0.2, -0.3, 0.1}, 0.9 + 0.3 * i, other);
    DONE(grz_operator_apply(op, other, kept));
    HOLDS(largest(Q, s.size) <= 2e-12 * largest(kept, s.size), "%s, %d: Q of Maxwellians %.3g of %.3g", of->name, equation,
          largest(Q, s.size), largest(kept, s.size));
    /* the equilibrium of f is f, as far as the grid has its moments */
    DONE(grz_mixture_equilibrium(s.mixture, f, kept));
    DONE(grz_mixture_moments(s.mixture, f, NULL, NULL, NULL, u, &T));
    if (of->resolved)
        HOLDS(relative_difference(kept, f, s.size) < 0.05, "%s: equilibrium off by %g", of->name, relative_difference(kept, f, s.size));
    if (of->resolved) NEAR(T, 0.9, 0.03);
    for (int a = 0; a < 3 && of->resolved; a++) NEAR(u[a], ((double[3]){0.2, -0.3, 0.1})[a], 0.01);
    free(f), free(Q), free(other), free(kept);
    grz_operator_destroy(&op);
    leave(&s);
}
END_TEST

/* One species: today's functions, to the bit. */
START_TEST(one_species)
{
    scene s = scene_of(1, (double[1]){3}, 8, 4);
    mixed_kernels(&s);
    double *f = noise_of(&s, 3), *Q = doubles(s.size), *plain = doubles(s.size);
    for (int e = 0; e < 2; e++) {
        grz_operator *op = operator_of(&s, equations[e], GRZ_METHOD_ENTROPIC), *single;
        DONE(grz_operator_create(context, s.grids[0], grz_mixture_kernel(s.mixture, 0, 0), equations[e], GRZ_METHOD_ENTROPIC, &single));
        DONE(grz_operator_apply(op, f, Q));
        DONE(grz_operator_apply(single, f, plain));
        ck_assert_mem_eq(Q, plain, sizeof *Q * (size_t)s.size);
        ck_assert(dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION) == dissipation_of(single, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION));
        ck_assert_ptr_eq(grz_operator_mixture(op), s.mixture);
        ck_assert_ptr_null(grz_operator_mixture(single));
        grz_operator_destroy(&op);
        grz_operator_destroy(&single);
    }
    free(f), free(Q), free(plain);
    leave(&s);
}
END_TEST

/* Two names for one gas: c f and (1 - c) f of equal mass and kernel evolve as f does, to the quadrature in r: unlike species' functions on a
 * sphere are of order r, like ones' of order r^2, and each rule has the power of its own. */
START_TEST(two_names)
{
    const double c = 0.3;
    scene s = scene_of(2, (double[2]){2, 2}, 8, 4);
    for (int e = 0; e < 2; e++) {
        grz_kernel *kernel = power_law(-1, 1, 0.8);
        set_kernels(&s, kernel);
        grz_operator *op = operator_of(&s, equations[e], GRZ_METHOD_ENTROPIC), *single;
        DONE(grz_operator_create(context, s.grids[0], kernel, equations[e], GRZ_METHOD_ENTROPIC, &single));
        double *f = noise_of(&s, 5), *Q = doubles(s.size), *plain = doubles(s.size);
        int64_t half = s.size / 2;
        DONE(grz_operator_apply(single, f, plain));
        double D = dissipation_of(single, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION);
        for (int64_t k = 0; k < half; k++) f[half + k] = (1 - c) * f[k], f[k] *= c;
        DONE(grz_operator_apply(op, f, Q));
        NEAR(dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), D, 2e-5 * D);
        for (int64_t k = 0; k < half; k++) NEAR(Q[k], c * plain[k], 1e-4 * largest(plain, half));
        for (int64_t k = 0; k < half; k++) NEAR(Q[half + k], (1 - c) * plain[k], 1e-4 * largest(plain, half));
        free(f), free(Q), free(plain);
        grz_operator_destroy(&op);
        grz_operator_destroy(&single);
        grz_kernel_destroy(&kernel);
    }
    leave(&s);
}
END_TEST

/* Names and places do not matter: species in another order, threads, and the whole mixture moved. */
START_TEST(labels_threads_frames)
{
    const double shift[3] = {0.7, -1.3, 0.4};
    for (int e = 0; e < 2; e++) {
        scene s = scene_on(2, (double[2]){1, 3}, (int[2]){9, 9}, (double[2]){4.5, 1.5}, NULL);
        scene t = scene_on(2, (double[2]){3, 1}, (int[2]){9, 9}, (double[2]){1.5, 4.5}, shift);
        grz_kernel *kernel = power_law(-2, 1.2, 1);
        set_kernels(&s, kernel);
        set_kernels(&t, kernel);
        grz_operator *op = few_nodes(&s, equations[e]), *other = few_nodes(&t, equations[e]), *single;
        double *f = noise_of(&s, 9), *g = doubles(s.size), *Q = doubles(s.size), *R = doubles(s.size), *alone = doubles(s.size);
        int64_t first = grz_mixture_offset(s.mixture, 1), second = s.size - first;
        memcpy(g, f + first, sizeof *g * (size_t)second);
        memcpy(g + second, f, sizeof *g * (size_t)first);
        DONE(grz_operator_apply(op, f, Q));
        DONE(grz_operator_apply(other, g, R));
        for (int64_t k = 0; k < s.size; k++)
            NEAR(R[k < first ? second + k : k - first], Q[k], 1e-12 * largest(k < first ? Q : Q + first, k < first ? first : second));
        OK(grz_context_set_threads(context, 1));
        single = few_nodes(&s, equations[e]);
        DONE(grz_operator_apply(single, f, alone));
        ck_assert_mem_eq(alone, Q, sizeof *Q * (size_t)s.size);
        OK(grz_context_set_threads(context, 2));
        free(f), free(g), free(Q), free(R), free(alone);
        grz_operator_destroy(&op);
        grz_operator_destroy(&other);
        grz_operator_destroy(&single);
        grz_kernel_destroy(&kernel);
        leave(&s);
        leave(&t);
    }
}
END_TEST

/* First variations against central differences; and Boltzmann's operator at small eps against Landau's, order 2. */
START_TEST(variations)
{
    scene s = scene_on(2, (double[2]){1, 3}, (int[2]){8, 9}, (double[2]){4, 4.5 / 2}, NULL);
    grz_kernel *kernel = power_law(-1, 1, 1);
    set_kernels(&s, kernel);
    for (int e = 0; e < 2; e++)
        for (int root = 0; root < 2; root++) {
            grz_operator *op = few_nodes(&s, equations[e]);
            grz_functional *functional;
            double *f = noise_of(&s, 13), *df = doubles(s.size), *variation = doubles(s.size), *moved = doubles(s.size), value[2];
            uint64_t seed = 17;
            for (int64_t k = 0; k < s.size; k++) df[k] = f[k] * (uniform(&seed) - 0.5);
            DONE(grz_functional_create_dissipation(
                context, op, root ? GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT : GRZ_FUNCTIONAL_TYPE_DISSIPATION, &functional));
            DONE(grz_functional_first_variation(functional, f, variation));
            for (int side = 0; side < 2; side++) {
                for (int64_t k = 0; k < s.size; k++) moved[k] = f[k] + (side ? 1e-4 : -1e-4) * df[k];
                DONE(grz_functional_evaluate(functional, moved, &value[side]));
            }
            double slope = (value[1] - value[0]) / 2e-4, expected = pairing(&s, variation, df, NULL);
            NEAR(slope, expected, 1e-6 * (fabs(expected) + value[0]));
            free(f), free(df), free(variation), free(moved);
            grz_functional_destroy(&functional);
            grz_operator_destroy(&op);
        }
    grz_kernel_destroy(&kernel);
    leave(&s);
}
END_TEST

START_TEST(grazing_limit)
{
    scene s = scene_on(2, (double[2]){1, 3}, (int[2]){8, 9}, (double[2]){4, 4.5 / 2}, NULL);
    double *f = noise_of(&s, 19), *limit = doubles(s.size), *Q = doubles(s.size), error[3];
    grz_kernel *kernel = power_law(-1, 1, 1);
    set_kernels(&s, kernel);
    grz_operator *op = few_nodes(&s, GRZ_EQUATION_LANDAU);
    DONE(grz_operator_apply(op, f, limit));
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    for (int k = 0; k < 3; k++) {
        kernel = power_law(-1, 1, k == 2 ? 1e-7 : 0.02 / (k + 1));
        set_kernels(&s, kernel);
        op = few_nodes(&s, GRZ_EQUATION_BOLTZMANN);
        DONE(grz_operator_apply(op, f, Q));
        error[k] = difference(Q, limit, s.size) / largest(limit, s.size);
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    HOLDS(error[0] < 0.1 && error[0] / error[1] > 3.8 && error[0] / error[1] < 4.2 && error[2] < 1e-11,
          "errors %.3g, %.3g at half, %.3g at 1e-7", error[0], error[1], error[2]);
    free(f), free(limit), free(Q);
    leave(&s);
}
END_TEST

START_TEST(bad_input)
{
    grz_species *species = UNTOUCHED, *made;
    FAILS(context, grz_species_create(context, "x", 0, 1, &species), GRZ_ERROR_INVALID_ARGUMENT, "mass = 0");
    FAILS(context, grz_species_create(context, "x", -2, 1, &species), GRZ_ERROR_INVALID_ARGUMENT, "mass = -2");
    FAILS(context, grz_species_create(context, "x", NAN, 1, &species), GRZ_ERROR_NOT_FINITE, "mass");
    FAILS(context, grz_species_create(context, "x", 1, INFINITY, &species), GRZ_ERROR_NOT_FINITE, "charge");
    ck_assert_ptr_eq(species, UNTOUCHED);
    OK(grz_species_create(context, NULL, 2, -1, &made));
    ck_assert_str_eq(grz_species_name(made), "");
    ck_assert(grz_species_mass(made) == 2 && grz_species_charge(made) == -1 && isnan(grz_species_mass(NULL)));
    grz_species_destroy(&made);
    scene s = scene_of(2, (double[2]){1, 2}, 8, 4);
    grz_mixture *mixture = UNTOUCHED;
    grz_operator *op = UNTOUCHED;
    grz_grid *other;
    const grz_species *const *both = (const grz_species *const *)s.species;
    const grz_grid *grids[2] = {s.grids[0], NULL};
    FAILS(context, grz_mixture_create(context, 0, both, grids, &mixture), GRZ_ERROR_INVALID_ARGUMENT, "count");
    FAILS(context, grz_mixture_create(context, 2, both, grids, &mixture), GRZ_ERROR_NULL_ARGUMENT, "grids[1]");
    const struct {
        int n;
        double half_width, centre;
    } odd[] = {{8, 3, 0}, {8, 2, 0}, {8, 4, 0.1}, {9, 4.5, 0}, {34, 1, 0}};
    for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
        OK(grz_grid_create(context, odd[k].n, odd[k].half_width, (double[3]){odd[k].centre, 0, 0}, &other));
        grids[1] = other;
        FAILS(context, grz_mixture_create(context, 2, both, grids, &mixture), GRZ_ERROR_MISMATCH, "no common lattice");
        grz_grid_destroy(&other);
    }
    FAILS(context, grz_operator_create_mixture(context, s.mixture, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op),
          GRZ_ERROR_INVALID_ARGUMENT, "no kernel for the species 0 and 0");
    grz_kernel *kernel = power_law(0, 1, 1);
    FAILS(context, grz_mixture_set_kernel(s.mixture, 0, 2, kernel), GRZ_ERROR_INVALID_ARGUMENT, "b = 2");
    FAILS(context, grz_mixture_set_kernel(s.mixture, 0, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "kernel");
    OK(grz_mixture_set_kernel(s.mixture, 0, 0, kernel));
    OK(grz_mixture_set_kernel(s.mixture, 1, 1, kernel));
    FAILS(context, grz_operator_create_mixture(context, s.mixture, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op),
          GRZ_ERROR_INVALID_ARGUMENT, "no kernel for the species 0 and 1");
    FAILS(context, grz_mixture_set_coulomb(s.mixture, 0, 0, GRZ_SCATTERING_POWER_LAW), GRZ_ERROR_INVALID_ARGUMENT, "strength = 0");
    ck_assert_ptr_null(grz_mixture_kernel(s.mixture, 0, 1));
    ck_assert_ptr_eq(mixture, UNTOUCHED);
    ck_assert_ptr_eq(op, UNTOUCHED);
    set_kernels(&s, kernel);
    op = few_nodes(&s, GRZ_EQUATION_BOLTZMANN);
    double *f = noise_of(&s, 1), *Q = doubles(s.size), value;
    f[s.size - 1] = 0;
    FAILS(context, grz_operator_apply(op, f, Q), GRZ_ERROR_NOT_POSITIVE, "f[1023]");
    f[s.size - 1] = NAN;
    FAILS(context, grz_operator_apply(op, f, Q), GRZ_ERROR_NOT_FINITE, "f[1023]");
    f[s.size - 1] = 1e-5;
    FAILS(context, grz_operator_largest_rate(op, f, &value), GRZ_ERROR_UNSUPPORTED, "mixture");
    FAILS(context, grz_operator_health(op, f, Q, NULL), GRZ_ERROR_UNSUPPORTED, "mixture");
    FAILS(context, grz_operator_estimate_error(op, f, &value, NULL), GRZ_ERROR_UNSUPPORTED, "mixture");
    FAILS(context, grz_operator_coercivity(op, f, 1, 1, Q), GRZ_ERROR_UNSUPPORTED, "mixture");
    FAILS(context, grz_operator_comparison_constant(op, f, &value), GRZ_ERROR_UNSUPPORTED, "mixture");
    FAILS(context, grz_operator_metric_bound(op, f, f, f, &value, NULL), GRZ_ERROR_UNSUPPORTED, "mixture");
    free(f), free(Q);
    grz_kernel_destroy(&kernel);
    grz_operator_destroy(&op);
    leave(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mixture: structure");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 0);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, structure, 0, 2 * KINDS);
    tcase_add_loop_test(tests, equilibria, 0, 2 * KINDS);
    tcase_add_test(tests, one_species);
    tcase_add_test(tests, two_names);
    tcase_add_test(tests, labels_threads_frames);
    tcase_add_test(tests, variations);
    tcase_add_test(tests, grazing_limit);
    tcase_add_test(tests, bad_input);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

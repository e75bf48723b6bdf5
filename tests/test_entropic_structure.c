/* What the entropic operators owe to their construction, for any positive f and any rule: conservation, the H-theorem, equilibria, the
 * Onsager operator's symmetry and kernel, the weak form, and first variations. Few nodes per sphere suffice: none of it is a matter of
 * accuracy. */
#include "support/entropic.h"

enum { NOISE, DISPLACED, COLD, ANISOTROPIC, TWO_GAUSSIANS, SHELL, KINDS };
static const char *const kind_names[] = {"noise", "displaced noise", "cold", "anisotropic", "two Gaussians", "shell"};

static grz_grid *grid_of(int n, int kind)
{
    static const double half_width[KINDS] = {5, 5, 2, 5.5, 5, 4.5};
    grz_grid *grid;
    OK(grz_grid_create(context, n, half_width[kind], kind == DISPLACED ? (double[3]){1.5, -0.7, 0.4} : NULL, &grid));
    return grid;
}

static double *density_of(const grz_grid *grid, int kind, uint64_t seed)
{
    int64_t count = grz_grid_node_count(grid);
    double *f = doubles(count), axes[9];
    grz_distribution *made;
    const double means[6] = {1.2, 0.1, -0.2, -0.9, 0.3, 0.1},
                 covariances[18] = {0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5, 0.6, 0.1, 0, 0.1, 0.4, 0, 0, 0, 0.5};
    random_axes(&seed, axes);
    switch (kind) {
    case DISPLACED:
        DONE(grz_distribution_create_maxwellian(context, grid, 2, (double[3]){1.7, -0.5, 0.2}, 1.2, &made));
        break;
    case COLD:
        DONE(grz_distribution_create_bimaxwellian(context, grid, 0.8, (double[3]){0.1, 0.05, -0.1}, (double[3]){0.12, 0.1, 0.08}, axes,
                                                  &made));
        break;
    case ANISOTROPIC:
        DONE(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, (double[3]){2, 0.5, 0.9}, axes, &made));
        break;
    case TWO_GAUSSIANS:
        DONE(grz_distribution_create_mixture(context, grid, 2, (double[2]){0.6, 0.4}, means, covariances, &made));
        break;
    case SHELL:
        DONE(grz_distribution_create_shell(context, grid, 1, NULL, 10, 1.5, &made));
        break;
    default:
        DONE(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &made));
        break;
    }
    DONE(grz_distribution_values(made, f));
    grz_distribution_destroy(&made);
    for (int64_t i = 0; i < count; i++) {
        if (kind == NOISE || kind == DISPLACED) f[i] *= 0.05 + uniform(&seed);
        if (kind == SHELL) f[i] += 1e-6;
    }
    return f;
}

/* eps of the kernel; 0: Landau's equation */
static grz_operator *few_nodes(const grz_grid *grid, double gamma, double nu, double eps, int degree)
{
    grz_kernel *kernel = power_law(gamma, nu, eps > 0 ? eps : 1);
    grz_operator *op = entropic(grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 1, degree);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 6));
    grz_kernel_destroy(&kernel);
    return op;
}

typedef struct ledger_of_errors {
    double mass, momentum, energy, entropy, entropy_of_D, root, weak, symmetry, negative, onsager, kernel;
} errors;

static errors worst;

static void judge(double *record, double error, double allowed, const char *what, const char *where)
{
    keep_largest(record, error);
    HOLDS(error <= allowed, "%s: %s: %.3g, allowed %.3g", where, what, error, allowed);
}

static void check_conservation(const double *Q, const double *v, int64_t count, const char *where)
{
    double size, *phi = doubles(count);
    for (int which = 0; which < 5; which++) {
        for (int64_t i = 0; i < count; i++) {
            const double *x = v + 3 * i;
            phi[i] = which == 0 ? 1 : which < 4 ? x[which - 1] : x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
        }
        double sum = dot(Q, phi, count, &size);
        judge(which == 0 ? &worst.mass : which < 4 ? &worst.momentum : &worst.energy, fabs(sum) / size, 1e-13, "conservation", where);
    }
    free(phi);
}

static void check_onsager(grz_operator *op, const double *f, const double *Q, const double *v, int64_t count, const char *where)
{
    uint64_t seed = 23;
    double *phi = doubles(count), *psi = doubles(count), *K_phi = doubles(count), *K_psi = doubles(count), size_1, size_2;
    for (int64_t i = 0; i < count; i++) phi[i] = uniform(&seed) - 0.5, psi[i] = uniform(&seed) - 0.5;
    DONE(grz_operator_onsager(op, f, phi, K_phi));
    DONE(grz_operator_onsager(op, f, psi, K_psi));
    double one = dot(psi, K_phi, count, &size_1), two = dot(phi, K_psi, count, &size_2), form = dot(phi, K_phi, count, NULL);
    judge(&worst.symmetry, fabs(one - two) / larger(size_1, size_2), 1e-13, "<psi, K phi> - <phi, K psi>", where);
    HOLDS(form > 0, "%s: <phi, K phi> = %g", where, form);
    double scale = largest(K_phi, count);
    /* of f in the operator's own unit, a power of two near its maximum: K_f sees no constant but by rounding, 1e-16/theta of it */
    int exponent;
    frexp(largest(f, count), &exponent);
    for (int64_t i = 0; i < count; i++) psi[i] = log(ldexp(f[i], -exponent));
    DONE(grz_operator_onsager(op, f, psi, K_psi));
    for (int64_t i = 0; i < count; i++) K_psi[i] += Q[i];
    judge(&worst.onsager, largest(K_psi, count) / largest(Q, count), 1e-13, "K_f log f + Q", where);
    double b[4];
    for (int a = 0; a < 4; a++) b[a] = uniform(&seed) - 0.5;
    for (int64_t i = 0; i < count; i++) {
        const double *x = v + 3 * i;
        psi[i] = b[0] + 0.2 * (b[1] * x[0] + b[2] * x[1] + b[3] * x[2]) + 0.03 * (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    }
    DONE(grz_operator_onsager(op, f, psi, K_psi));
    judge(&worst.kernel, largest(K_psi, count) / scale / largest(psi, count), 1e-13, "K_f of collision invariants", where);
    judge(&worst.negative, larger(0, -dot(psi, K_psi, count, NULL)) / (scale * count), 1e-15, "semidefinite", where);
    free(phi);
    free(psi);
    free(K_phi);
    free(K_psi);
}

static void check_everything(const grz_grid *grid, grz_operator *op, int is_landau, int kind, const char *where)
{
    int64_t count = grz_grid_node_count(grid);
    double *f = density_of(grid, kind, 100 + kind), *log_f = logarithm(f, count), *v = nodes_of(grid), *Q = doubles(count),
           *psi = doubles(count);
    double cell = pow(grz_grid_spacing(grid), 3), size;
    DONE(grz_operator_apply(op, f, Q));
    check_conservation(Q, v, count, where);
    double D = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION),
           root = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT);
    double rate = cell * dot(Q, log_f, count, &size);
    judge(&worst.entropy, fabs(rate + D) / (cell * size), 1e-13, "sum Q log f + D", where);
    keep_largest(&worst.entropy_of_D, fabs(rate + D) / D);
    HOLDS(root > 0 && D > 0, "%s: D = %g, D^R = %g", where, D, root);
    if (is_landau)
        judge(&worst.root, fabs(root / D - 1), 1e-13, "D^R = D for Landau", where);
    else
        HOLDS(root <= D * (1 + 1e-14), "%s: D^R/D - 1 = %g", where, root / D - 1);
    uint64_t seed = 29;
    for (int64_t i = 0; i < count; i++) psi[i] = uniform(&seed) - 0.5;
    double weak = weak_of(op, f, psi), sum = cell * dot(Q, psi, count, &size);
    judge(&worst.weak, fabs(weak - sum) / (cell * size), 1e-13, "weak form", where);
    judge(&worst.weak, fabs(weak_of(op, f, log_f) + D) / D, 1e-13, "weak form of log f", where);
    check_onsager(op, f, Q, v, count, where);
    free(f);
    free(log_f);
    free(v);
    free(Q);
    free(psi);
}

static const double epss[] = {M_PI, 0.3, 0.009, 1e-3, 1e-8, 0}; /* 0.009: the smallest angles that take values, not differences */
enum { EPS_COUNT = sizeof epss / sizeof epss[0] };

START_TEST(identities_for_any_density)
{
    static const int sizes[] = {9, 12, 9, 8, 12, 9};
    int e = _i;
    memset(&worst, 0, sizeof worst);
    for (int kind = 0; kind < KINDS; kind++)
        for (int degree = 3; degree <= 5; degree += 2) {
            if (fast() && (kind + degree / 2 + e) % 4) continue;
            int n = sizes[kind];
            if (!fast() && kind == (e + 1) % KINDS && degree == 3) n = 20;
            if (!fast() && kind == TWO_GAUSSIANS && e % 4 == 0 && degree == 5) n = 27;
            grz_grid *grid = grid_of(n, kind);
            grz_operator *op = few_nodes(grid, kind == NOISE ? 0.5 : -kind * 0.8, kind % 2 ? 0.5 : 1.5, epss[e], degree);
            char where[100];
            snprintf(where, sizeof where, "%s, n = %d, eps = %g, degree %d", kind_names[kind], n, epss[e], degree);
            check_everything(grid, op, epss[e] == 0, kind, where);
            grz_operator_destroy(&op);
            grz_grid_destroy(&grid);
        }
    printf("eps = %-6.3g relative to sum |Q| phi: mass %.1e, momentum %.1e, energy %.1e, sum Q log f + D %.1e (%.1e of D)\n", epss[e],
           worst.mass, worst.momentum, worst.energy, worst.entropy, worst.entropy_of_D);
    printf("             weak form %.1e, K symmetric %.1e, K log f + Q %.1e of max|Q|, K of invariants %.1e of K of noise\n", worst.weak,
           worst.symmetry, worst.onsager, worst.kernel);
}
END_TEST

/* The default rules too, once per equation. */
START_TEST(identities_with_default_rules)
{
    SKIP_IF(fast(), "default rules");
    grz_grid *grid = grid_of(16, DISPLACED);
    for (int equation = GRZ_EQUATION_BOLTZMANN; equation <= GRZ_EQUATION_LANDAU; equation++) {
        grz_kernel *kernel = power_law(-2, 1, 0.3);
        grz_operator *op = entropic(grid, kernel, (grz_equation)equation, 2, 3);
        check_everything(grid, op, equation == GRZ_EQUATION_LANDAU, DISPLACED, "default rules");
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    grz_grid_destroy(&grid);
}
END_TEST

/* Measure: largest |Q(M)| over the largest |Q| of a bi-Maxwellian with the same density, mean and trace of temperatures. */
START_TEST(maxwellians_are_equilibria)
{
    static const struct {
        int n;
        double L, T, u[3];
    } cases[] = {{12, 5, 1, {0, 0, 0}}, {9, 5, 1.3, {0.7, -0.4, 0.2}}, {20, 4, 0.3, {-0.5, 0.6, 1}}, {16, 2.5, 0.1, {0.2, 0.1, -0.3}}};
    double largest_ratio = 0;
    for (int c = 0; c < (fast() ? 2 : 4); c++)
        for (int e = 0; e < EPS_COUNT; e++)
            for (int degree = 3; degree <= 5; degree += 2) {
                if (fast() && degree == 5) continue;
                grz_grid *grid;
                grz_distribution *equilibrium, *other;
                double T = cases[c].T, *Q = doubles(20 * 20 * 20);
                OK(grz_grid_create(context, cases[c].n, cases[c].L, NULL, &grid));
                int64_t count = grz_grid_node_count(grid);
                DONE(grz_distribution_create_maxwellian(context, grid, 1.4, cases[c].u, T, &equilibrium));
                DONE(grz_distribution_create_bimaxwellian(context, grid, 1.4, cases[c].u, (double[3]){1.4 * T, 0.8 * T, 0.8 * T}, NULL,
                                                          &other));
                grz_operator *op = few_nodes(grid, -3, 1.5, epss[e], degree);
                DONE(grz_operator_apply(op, grz_distribution_view(other), Q));
                double scale = largest(Q, count);
                DONE(grz_operator_apply(op, grz_distribution_view(equilibrium), Q));
                double ratio = largest(Q, count) / scale,
                       D = dissipation_of(op, grz_distribution_view(equilibrium), GRZ_FUNCTIONAL_TYPE_DISSIPATION);
                keep_largest(&largest_ratio, ratio);
                /* Rounding, through the spline of degree five: up to 1.2e-12 with the library's own elimination, 1e-12 with LAPACK's. */
                HOLDS(ratio <= (degree == 5 ? 1.5e-12 : 1e-12), "T = %g, eps = %g, degree %d: %.3g", T, epss[e], degree, ratio);
                HOLDS(D >= 0 && D <= 1e-24 * dissipation_of(op, grz_distribution_view(other), GRZ_FUNCTIONAL_TYPE_DISSIPATION), "D = %g",
                      D);
                free(Q);
                grz_operator_destroy(&op);
                grz_distribution_destroy(&equilibrium);
                grz_distribution_destroy(&other);
                grz_grid_destroy(&grid);
            }
    printf("Q of Maxwellians: at most %.1e of that of bi-Maxwellians (1.4, 0.8, 0.8) T\n", largest_ratio);
}
END_TEST

/* (F(f + t g) - F(f - t g))/2t */
static double quotient(grz_operator *op, const double *f, const double *g, double t, int64_t count, grz_functional_type type)
{
    double *moved = doubles(count), value[2];
    for (int side = 0; side < 2; side++) {
        for (int64_t i = 0; i < count; i++) moved[i] = f[i] + (side ? -t : t) * g[i];
        value[side] = dissipation_of(op, moved, type);
    }
    free(moved);
    return (value[0] - value[1]) / (2 * t);
}

/* A Maxwellian plus 1e-30, whose Q is 1e-12 of gain and loss: what it owes to its structure holds relative to Q, not to them. */
START_TEST(structure_holds_near_equilibrium)
{
    enum { NODES = 12 };
    grz_grid *grid;
    grz_distribution *made;
    grz_functional *dissipation;
    int still = _i >= 4; /* about the box's centre, where less is left of Q */
    OK(grz_grid_create(context, NODES, still ? 4 : 5, NULL, &grid));
    int64_t count = grz_grid_node_count(grid);
    double *f = doubles(count), *Q = doubles(count), v[3][NODES], D = NAN;
    DONE(grz_distribution_create_maxwellian(context, grid, 1, still ? NULL : (double[3]){0.1, -0.2, 0.05}, 0.4, &made));
    DONE(grz_distribution_values(made, f));
    for (int64_t i = 0; i < count; i++) f[i] += 1e-30;
    for (int a = 0; a < 3; a++) OK(grz_grid_axis_nodes(grid, a, v[a]));
    grz_operator *op = few_nodes(grid, _i % 2 ? -3 : 0, 1, _i < 2 || still ? 0 : 1, 5);
    DONE(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &dissipation));
    DONE(grz_functional_evaluate(dissipation, f, &D));
    DONE(grz_operator_apply(op, f, Q));
    long double sum[5] = {0}, size[5] = {0}, heat = 0, heat_size = 0;
    for (int64_t i = 0; i < count; i++) {
        double x[3] = {v[0][i / NODES / NODES], v[1][i / NODES % NODES], v[2][i % NODES]};
        double psi[5] = {1, x[0], x[1], x[2], x[0] * x[0] + x[1] * x[1] + x[2] * x[2]};
        for (int k = 0; k < 5; k++) sum[k] += (long double)Q[i] * psi[k], size[k] += fabsl((long double)Q[i] * psi[k]);
        heat -= (long double)Q[i] * logl(f[i]);
        heat_size += fabsl((long double)Q[i] * logl(f[i]));
    }
    heat *= pow(grz_grid_spacing(grid), 3), heat_size *= pow(grz_grid_spacing(grid), 3);
    for (int k = 0; k < 5; k++) HOLDS(fabsl(sum[k]) <= 1e-12 * size[k], "case %d: moment %d of Q is %Lg of %Lg", _i, k, sum[k], size[k]);
    printf("case %d: energy %.1Le of sum |Q v^2|, -sum Q log f = %.6Le, D = %.6e, sum |Q log f| = %.1Le\n", _i, sum[4] / size[4], heat, D,
           heat_size);
    HOLDS(D >= 0 && fabsl(heat - D) <= 1e-12 * heat_size, "case %d: -sum Q log f = %Lg, D = %g", _i, heat, D);
    grz_functional_destroy(&dissipation);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&made);
    grz_grid_destroy(&grid);
    free(Q);
    free(f);
}
END_TEST

START_TEST(first_variations_of_dissipations)
{
    double worst_error = 0;
    for (int e = 0; e < EPS_COUNT; e++)
        for (int degree = 3; degree <= 5; degree += 2)
            for (int type = GRZ_FUNCTIONAL_TYPE_DISSIPATION; type <= GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT; type++) {
                int kind = (2 * e + degree + type) % KINDS;
                if (fast() && (kind || e % 2)) continue;
                grz_grid *grid = grid_of(9, kind);
                int64_t count = grz_grid_node_count(grid);
                double *f = density_of(grid, kind, 7), *g = doubles(count), *variation = doubles(count),
                       cell = pow(grz_grid_spacing(grid), 3);
                uint64_t seed = 41;
                for (int64_t i = 0; i < count; i++) g[i] = f[i] * (uniform(&seed) + 0.2);
                grz_operator *op = few_nodes(grid, -1.5, 1, epss[e], degree);
                grz_functional *D;
                DONE(grz_functional_create_dissipation(context, op, (grz_functional_type)type, &D));
                DONE(grz_functional_first_variation(D, f, variation));
                double exact = cell * dot(variation, g, count, NULL), error[2], t = 0.02, d[2];
                for (int i = 0; i < 2; i++, t /= 2) {
                    d[i] = quotient(op, f, g, t, count, (grz_functional_type)type);
                    error[i] = fabs(d[i] - exact);
                }
                double order = log2(error[0] / error[1]), extrapolated = fabs((4 * d[1] - d[0]) / 3 / exact - 1);
                keep_largest(&worst_error, extrapolated);
                HOLDS(fabs(order - 2) < 0.1, "%s, eps %g, degree %d, type %d: order %g, errors %g, %g of %g", kind_names[kind], epss[e],
                      degree, type, order, error[0], error[1], exact);
                HOLDS(extrapolated <= 1e-6, "%s, eps %g, degree %d, type %d: %g", kind_names[kind], epss[e], degree, type, extrapolated);
                free(f);
                free(g);
                free(variation);
                grz_functional_destroy(&D);
                grz_operator_destroy(&op);
                grz_grid_destroy(&grid);
            }
    printf("first variations of D and D^R against extrapolated quotients: %.1e, order 2 of the quotients\n", worst_error);
}
END_TEST

/* dH/dt = <Q, dH/df> = -D with the entropy's own variation. */
START_TEST(entropy_decays_by_the_dissipation)
{
    grz_grid *grid = grid_of(12, TWO_GAUSSIANS);
    int64_t count = grz_grid_node_count(grid);
    double *f = density_of(grid, TWO_GAUSSIANS, 3), *Q = doubles(count), *variation = doubles(count);
    grz_operator *op = few_nodes(grid, -3, 1.5, M_PI, 3);
    grz_functional *entropy;
    DONE(grz_functional_create_entropy(context, grid, &entropy));
    DONE(grz_operator_apply(op, f, Q));
    DONE(grz_functional_first_variation(entropy, f, variation));
    double D = dissipation_of(op, f, GRZ_FUNCTIONAL_TYPE_DISSIPATION), cell = pow(grz_grid_spacing(grid), 3);
    NEAR(cell * dot(Q, variation, count, NULL), -D, 1e-13 * D);
    free(f);
    free(Q);
    free(variation);
    grz_functional_destroy(&entropy);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
}
END_TEST

/* Midpoint after a unit step at node 0 of the infinite cubic spline: sums of the cardinal spline sum_j sqrt(3) z^|j| B(x - j), z = sqrt(3)
 * - 2. */
static double cubic_overshoot(void)
{
    double z = sqrt(3) - 2, sum = 0;
    for (int k = 0; k < 60; k++)
        for (int j = -80; j <= 80; j++) {
            double x = fabs(0.5 - k - j);
            sum += sqrt(3) * pow(z, abs(j)) * (x < 1 ? 23 / 48.0 : x < 2 ? 1 / 48.0 : 0);
        }
    return sum - 1;
}

/* What grz_operator_overshoot tells of a cliff, which is the cardinal spline's; of a Maxwellian centred between eight nodes, which is the
 * Gaussian itself; and of other densities whose log the splines resolve: nothing much. */
START_TEST(overshoot_is_seen)
{
    enum { N = 32, COUNT = N * N * N };
    grz_grid *grid;
    OK(grz_grid_create(context, N, 5, NULL, &grid));
    double *f = doubles(COUNT), h = grz_grid_spacing(grid), ratio = NAN, twice = NAN;
    for (int degree = 3; degree <= 5; degree += 2) {
        grz_operator *op = few_nodes(grid, -2, 1, 0, degree);
        for (int axis = 0, stride = 1; axis < 3; axis++, stride *= N) {
            for (int i = 0; i < COUNT; i++) f[i] = i / stride % N < N / 2 ? 1e-20 : 1;
            OK(grz_operator_overshoot(op, f, &ratio));
            if (degree == 3)
                NEAR(log(ratio) / log(1e20), cubic_overshoot(), 1e-7);
            else
                HOLDS(log(ratio) / log(1e20) > 0.11 && log(ratio) / log(1e20) < 0.13, "degree 5: %g", ratio);
        }
        for (int kind = 0; kind < 3; kind++) {
            grz_distribution *made;
            const double T = 0.15, means[6] = {1.5, 0, 0, -1.5, 0, 0},
                         covariances[18] = {.5, 0, 0, 0, .5, 0, 0, 0, .5, .3, 0, 0, 0, .4, 0, 0, 0, .3};
            if (kind == 0) DONE(grz_distribution_create_maxwellian(context, grid, 2.7, NULL, T, &made));
            if (kind == 1) DONE(grz_distribution_create_mixture(context, grid, 2, (double[2]){0.5, 0.5}, means, covariances, &made));
            if (kind == 2) DONE(grz_distribution_create_shell(context, grid, 1, NULL, 10, 1.5, &made));
            OK(grz_distribution_values(made, f));
            OK(grz_operator_overshoot(op, f, &ratio));
            if (kind == 0) NEAR(ratio, exp(3 * h * h / 8 / T), 1e-11 * ratio);
            HOLDS(ratio >= 1 && ratio < 1.4, "degree %d, kind %d: %g", degree, kind, ratio);
            for (int i = 0; i < COUNT; i++) f[i] *= 1e-30;
            OK(grz_operator_overshoot(op, f, &twice));
            NEAR(twice, ratio, 1e-12);
            grz_distribution_destroy(&made);
        }
        grz_operator_destroy(&op);
    }
    grz_kernel *kernel = power_law(-2, 1, 1);
    grz_operator *spectral;
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &spectral));
    FAILS(context, grz_operator_overshoot(spectral, f, &ratio), GRZ_ERROR_UNSUPPORTED, "grz_operator_overshoot");
    grz_operator_destroy(&spectral);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    free(f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entropic structure");
    TCase *tests = tcase_create("entropic structure");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, identities_for_any_density, 0, EPS_COUNT);
    tcase_add_test(tests, identities_with_default_rules);
    tcase_add_test(tests, maxwellians_are_equilibria);
    tcase_add_loop_test(tests, structure_holds_near_equilibrium, 0, 6);
    tcase_add_test(tests, first_variations_of_dissipations);
    tcase_add_test(tests, entropy_decays_by_the_dissipation);
    tcase_add_test(tests, overshoot_is_seen);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

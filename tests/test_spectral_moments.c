/* The spectral operators' second moments against closed forms and the bi-Maxwellian oracle, and kernels of every kind by both methods.
 * GRZ_TEST_FULL=1: all parameters at the tolerance of 1e-6; prints what it finds. */
#include "oracle/bimaxwellian.h"
#include "oracle/spectral_direct.h"
#include "support/spectral.h"

#include <stdio.h>

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
    OK(grz_context_set_threads(context, 2));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static const double GAMMAS[4] = {1, 0, -1, -3};

/* <Q, v_a v_b> of the tilted bi-Maxwellian with nu = 1 at eps = 1, with isotropic scattering (nu = 0), or of Landau. */
static void exact_moments(const double T[2], double gamma, double nu, grz_equation equation, double exact[9])
{
    const double columns[9] = {1 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 1 / 3.0, -2 / 3.0, 2 / 3.0, -2 / 3.0, 1 / 3.0};
    bimax_problem problem;
    bimax_result result;
    bimax_default(&problem);
    memcpy(problem.rotation, columns, sizeof columns);
    problem.temperature[0] = T[0];
    problem.temperature[1] = problem.temperature[2] = T[1];
    problem.gamma = gamma;
    problem.law = nu == 0 ? BIMAX_SPHERE : BIMAX_POWER;
    problem.amplitude = nu == 0 ? 1 / (2 * PI_) : 0;
    problem.nu = nu;
    problem.eps = nu == 0 ? PI_ : 1;
    problem.parts = BIMAX_REDUCED;
    ck_assert_int_eq(bimax_oracle(&problem, &result), 0);
    memcpy(exact, equation == GRZ_EQUATION_LANDAU ? result.q_l : result.q_b, 9 * sizeof *exact);
}

static void check_moments(int n, double L, const double T[2], double gamma, double nu, grz_equation equation, int count,
                          const option_value *options, double tolerance)
{
    int64_t nodes = (int64_t)n * n * n;
    double *f = doubles(nodes), *Q = doubles(nodes), exact[9], worst = 0, size;
    exact_moments(T, gamma, nu, equation, exact);
    tilted_bimaxwellian(n, L, T, f);
    grz_operator *op = make_operator(context, n, L, gamma, nu, 1, equation, count, options);
    apply_to(context, op, f, Q);
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) keep_largest(&worst, fabs(second_moment(n, L, Q, a, b) - exact[3 * a + b]) / fabs(exact[1]));
    OK(grz_operator_projection_size(op, &size));
    if (full())
        printf("n %d, gamma %g, nu %g, equation %d: <Q, v v> off by %.1e, projection %.1e\n", n, gamma, nu, (int)equation, worst, size);
    HOLDS(worst <= tolerance, "gamma %g, nu %g, equation %d: <Q, v v> off by %.1e of <Q, v_0 v_1> = %g", gamma, nu, (int)equation, worst,
          exact[1]);
    HOLDS(moment_defect(n, L, Q) <= 1e-13, "gamma %g, nu %g: moments %.2e", gamma, nu, moment_defect(n, L, Q));
    grz_operator_destroy(&op);
    free(f);
    free(Q);
}

/* For soft potentials Qhat falls off only as exp(-T k^2/4), which sets n. */
static const double T_FAR[2] = {1.2, 0.9};
static const option_value LARGE_R = {GRZ_OPERATOR_OPTION_RADIUS, 5.1};

START_TEST(landau_moments_of_bimaxwellians)
{
    for (int i = 0; i < 5; i++) check_moments(48, 9.4, T_FAR, i < 4 ? GAMMAS[i] : -4, 1, GRZ_EQUATION_LANDAU, 1, &LARGE_R, 1e-6);
}
END_TEST

START_TEST(sphere_rule_moments_of_bimaxwellians)
{
    option_value rule[4] = {LARGE_R,
                            {GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE},
                            {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 19},
                            {GRZ_OPERATOR_OPTION_RADIAL_NODES, 22}};
    for (int i = 0; i < 8 && full(); i++) /* isotropic scattering throws particles further */
        check_moments(i < 4 ? 56 : 48, i < 4 ? 10.9 : 9.4, T_FAR, GAMMAS[i % 4], i / 4, GRZ_EQUATION_BOLTZMANN, 4, rule, 1e-6);
    if (!full() && !fast()) check_moments(48, 9.4, T_FAR, -3, 1, GRZ_EQUATION_BOLTZMANN, 4, rule, 1e-6);
}
END_TEST

/* The default level promises 1e-4; it meets 3e-5. The fit for this box takes a few seconds. */
START_TEST(radial_tensor_moments_of_bimaxwellians)
{
    for (int i = 0; i < 4 && full(); i++) check_moments(40, 9.5, T_FAR, GAMMAS[i], 1, GRZ_EQUATION_BOLTZMANN, 1, &LARGE_R, 3e-5);
}
END_TEST

/* int Q v_x v_y where Q is: beyond |v| = 8, f is below 1e-12 and Q nothing but rounding, which in a box of 12.5 makes up to 2e-8 of this. */
static double stress(int n, double L, const double *Q)
{
    double sum = 0;
    for (int i = 0, at = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++, at++) {
                double x = node(n, L, i), y = node(n, L, j), z = node(n, L, k);
                if (x * x + y * y + z * z < 64) sum += Q[at] * x * y;
            }
    return sum;
}

/* gamma = 0: the stress decays at rate -lambda_2/2. */
static void check_rate(double nu, double eps, int count, const option_value *options)
{
    enum { N = 64 };
    const double L = 12.5, T[2] = {1.1, 0.95};
    int64_t nodes = (int64_t)N * N * N;
    double *f = doubles(nodes), *Q = doubles(nodes), lambda[3];
    tilted_bimaxwellian(N, L, T, f);
    grz_operator *op =
        make_operator(context, N, L, 0, nu, eps > 0 ? eps : PI_, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, count, options);
    apply_to(context, op, f, Q);
    direct_spectrum(nu, eps, 2, lambda);
    double rate = stress(N, L, Q) / stress(N, L, f), off = fabs(rate / (lambda[2] / 2) - 1);
    if (full()) printf("stress, nu %g, eps %g: rate off by %.1e\n", nu, eps, off);
    HOLDS(off <= 1e-8, "nu %g, eps %g: rate %.12g, exact %.12g", nu, eps, rate, lambda[2] / 2);
    grz_operator_destroy(&op);
    free(f);
    free(Q);
}

START_TEST(stress_of_maxwell_molecules)
{
    const option_value options[4] = {{GRZ_OPERATOR_OPTION_RADIUS, 5.8},
                                     {GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE},
                                     {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 21},
                                     {GRZ_OPERATOR_OPTION_RADIAL_NODES, 22}};
    check_rate(0.5, 0, 1, options);
    if (!full()) return; /* four to ten seconds each */
    check_rate(0, 1, 4, options);
    check_rate(0.5, PI_, 4, options);
    check_rate(1.5, 0.1, 4, options);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------ kinds of kernels */

static int law(int64_t count, const double *theta, double *beta, void *user)
{
    (void)user;
    for (int64_t i = 0; i < count; i++) beta[i] = pow(theta[i], -1.5) * (1 + 0.3 * cos(theta[i]));
    return 0;
}

static int general_law(double speed, int64_t count, const double *theta, double *beta, void *user)
{
    law(count, theta, beta, user);
    for (int64_t i = 0; i < count; i++) beta[i] *= exp(-0.3 * speed) * (1 + speed * theta[i]);
    return 0;
}

static grz_kernel *kernel_of_kind(int kind)
{
    enum { POINTS = 40 };
    double theta[POINTS], beta[POINTS];
    grz_kernel *kernel = NULL;
    for (int i = 0; i < POINTS; i++) theta[i] = PI_ / 2 * (i + 1) / POINTS;
    law(POINTS, theta, beta, NULL);
    grz_status status = kind == 0   ? grz_kernel_create_callback(context, -1, 0.5, law, NULL, &kernel)
                        : kind == 1 ? grz_kernel_create_table(context, -2, 0.5, POINTS, theta, beta, &kernel)
                        : kind == 2 ? grz_kernel_create_general(context, 0, 0.5, general_law, NULL, &kernel)
                        : kind == 3 ? grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_POWER_LAW, &kernel)
                        : kind == 4 ? grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_CLASSICAL, &kernel)
                        : kind == 5 ? grz_kernel_create_vhs(context, 1, 0.25, &kernel)
                                    : grz_kernel_create_inverse_power(context, 7, GRZ_SCATTERING_CLASSICAL, 1, &kernel);
    ck_assert_msg(status == GRZ_OK, "%s", grz_context_last_message(context));
    return kernel;
}

/* The radial tensor at its fine level and a sphere rule of high degree share only the eigenvalues: they agree to the fit's error. */
START_TEST(both_methods_agree_for_every_kind_of_kernel)
{
    enum { N = 12, NODES = N * N * N };
    const option_value options[2][2] = {
        {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR}, {GRZ_OPERATOR_OPTION_ACCURACY, 3}},
        {{GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE}, {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 23}}};
    double f[NODES], Q[2][NODES], fit;
    grz_grid *grid;
    two_gaussians(N, 2.55, 0.6, 0.25, f);
    for (int i = 0; i < NODES; i++)
        f[i] = f[i] < 1e-4 ? 0 : f[i] - (i % 7 == 0 ? 1e-3 * f[i] + 1e-6 : 0); /* zeros, small negative values */
    OK(grz_grid_create(context, N, 2.55, NULL, &grid));
    for (int kind = 0; kind < 7; kind += fast() ? 3 : 1) {
        grz_kernel *kernel = kernel_of_kind(kind);
        for (int scheme = 0; scheme < 2; scheme++) {
            grz_operator *op;
            OK(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, &op));
            for (int i = 0; i < 2; i++) OK(grz_operator_set_option(op, options[scheme][i].option, options[scheme][i].value));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, 1.2));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 24));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PADDED_NODES, 18));
            apply_to(context, op, f, Q[scheme]);
            if (scheme == 0) OK(grz_operator_fit_error(op, &fit));
            grz_operator_destroy(&op);
        }
        grz_kernel_destroy(&kernel);
        double off = relative_difference(Q[0], Q[1], NODES);
        if (full()) printf("kind %d: methods differ by %.1e, fit error %.1e\n", kind, off, fit);
        HOLDS(largest(Q[1], NODES) > 0 && off <= 2e-6, "kind %d: methods differ by %.1e, fit error %.1e", kind, off, fit);
    }
    grz_grid_destroy(&grid);
}
END_TEST

/* Landau of every kind of kernel, its C_beta a number or a function of |v - v*|: the three schemes share nothing but that. Kind 7: the
 * kinetic cutoff, for Boltzmann by the sphere rule and the radial tensor too. */
START_TEST(schemes_agree_for_landau_of_every_kind)
{
    enum { N = 12, NODES = N * N * N };
    double f[NODES], Q[3][NODES];
    grz_grid *grid;
    two_gaussians(N, 2.55, 0.6, 0.25, f);
    OK(grz_grid_create(context, N, 2.55, NULL, &grid));
    for (int kind = 0; kind < 9; kind++) {
        grz_kernel *kernel, *plain;
        if (fast() ? kind != 2 : !full() && kind != 1 && kind != 2 && kind < 7) continue;
        if (kind < 7)
            kernel = kernel_of_kind(kind);
        else {
            OK(grz_kernel_create_power_law(context, -2, 0.5, 0, &plain));
            OK(grz_kernel_create_cut_off_kinetic(context, plain, &kernel));
            grz_kernel_destroy(&plain);
        }
        grz_equation equation = kind < 8 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN;
        for (int scheme = GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR;
             scheme <= (equation == GRZ_EQUATION_LANDAU ? GRZ_SPECTRAL_SCHEME_SEPARABLE : GRZ_SPECTRAL_SCHEME_SPHERE_RULE); scheme++) {
            grz_operator *op;
            OK(grz_operator_create(context, grid, kernel, equation, GRZ_METHOD_SPECTRAL, &op));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, scheme));
            if (scheme == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 3));
            if (scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 23));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, 1.2));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 48));
            OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PADDED_NODES, 18));
            apply_to(context, op, f, Q[scheme - 1]);
            grz_operator_destroy(&op);
        }
        grz_kernel_destroy(&kernel);
        double size = largest(Q[1], NODES), tensor = difference(Q[0], Q[1], NODES) / size,
               separable = equation == GRZ_EQUATION_LANDAU ? difference(Q[2], Q[1], NODES) / size : 0;
        if (full())
            printf("kind %d, equation %d: sphere rule against tensor %.1e, separable %.1e\n", kind, (int)equation, tensor, separable);
        HOLDS(size > 0 && tensor <= 2e-6 && separable <= 1e-10, "kind %d: tensor %.1e, separable %.1e", kind, tensor, separable);
    }
    grz_grid_destroy(&grid);
}
END_TEST

/* d/dt <v_x^2> of two beams at +-u, temperature T, mass 1/2 each: 2 times the mean of |z|^gamma (|z|^2 - 3 z_x^2) over pairs, z
 * normal of mean 0 or +-2u and variances 2T, times C_beta (Landau) or -lambda_2/24 in its place. In polar coordinates, by Simpson's rule. */
static double rate_of_beams(double gamma, double u, double T)
{
    enum { RADII = 2000, ANGLES = 400 };
    double sum = 0, top = 2 * u + 9 * sqrt(2 * T);
    for (int i = 1; i < RADII; i++)
        for (int j = 0; j <= ANGLES; j++) {
            double r = top * i / RADII, mu = -1 + 2.0 * j / ANGLES, weight = (i % 2 ? 4 : 2) * (j == 0 || j == ANGLES ? 1 : j % 2 ? 4 : 2);
            sum += weight * pow(r, gamma + 4) * (1 - 3 * mu * mu) * exp(-(r * r - 4 * r * u * mu + 4 * u * u) / (4 * T));
        }
    sum *= top / RADII / 3 * (2.0 / ANGLES) / 3 * 2 * PI_ / pow(4 * PI_ * T, 1.5);
    return sum; /* same beam: none; the half of all pairs across, times 2 */
}

/* Two beams whose pairs nearly fill the box (mass inside it right to 2e-6), by an operator with all its initial options: right to 1e-3. */
START_TEST(beams_are_right_by_default)
{
    int boltzmann = _i >= 4, n = boltzmann ? 24 : 32;
    SKIP_IF(boltzmann && fast(), "a fit of seconds");
    double gamma = boltzmann ? (_i == 4 ? 1 : -3) : GAMMAS[_i], L = boltzmann ? 3.3 : 4, u = boltzmann ? 1.2 : 1.5,
           T = boltzmann ? 0.22 : 0.3;
    double h = 2 * L / n, lambda[3] = {0, 0, -24}, *f = doubles((int64_t)n * n * n), *Q = doubles((int64_t)n * n * n);
    grz_operator *op = make_operator(context, n, L, gamma, 1, 1, boltzmann ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 0, NULL);
    if (boltzmann) OK(grz_kernel_spectrum(grz_operator_kernel(op), 1, 2, lambda));
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) {
                double x = -L + (i + 0.5) * h, y = -L + (j + 0.5) * h, z = -L + (k + 0.5) * h;
                f[((int64_t)i * n + j) * n + k] = 0.5 * (exp(-(x - u) * (x - u) / (2 * T)) + exp(-(x + u) * (x + u) / (2 * T))) *
                                                  exp(-(y * y + z * z) / (2 * T)) / pow(2 * PI_ * T, 1.5);
            }
    apply_to(context, op, f, Q);
    double exact = rate_of_beams(gamma, u, T) * lambda[2] / -24, rate = second_moment(n, L, Q, 0, 0);
    printf("beams, gamma %g, %s: %g, exact %g, off by %.1e\n", gamma, boltzmann ? "Boltzmann" : "Landau", rate, exact, rate / exact - 1);
    HOLDS(fabs(rate / exact - 1) < 1e-3, "gamma %g, %d: %g, not %g", gamma, boltzmann, rate, exact);
    grz_operator_destroy(&op);
    free(f);
    free(Q);
}
END_TEST

static void gaussian(int n, double L, double u, double T, double *f)
{
    double h = 2 * L / n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) {
                double x = -L + (i + 0.5) * h - u, y = -L + (j + 0.5) * h, z = -L + (k + 0.5) * h;
                f[((int64_t)i * n + j) * n + k] = exp(-(x * x + y * y + z * z) / (2 * T)) / pow(2 * PI_ * T, 1.5);
            }
}

/* int Q v_x, or int Q |v|^2/2 */
static double moment_of(int n, double L, const double *Q, int energy)
{
    double h = 2 * L / n, sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) {
                double x = -L + (i + 0.5) * h, y = -L + (j + 0.5) * h, z = -L + (k + 0.5) * h;
                sum += Q[((int64_t)i * n + j) * n + k] * (energy ? 0.5 * (x * x + y * y + z * z) : x);
            }
    return sum * h * h * h;
}

/* Landau's Q(f, g) of two Gaussians. Friction, gamma = -3: -4 C_beta int f g* z/|z|^3 is the field of a Gaussian charge of variance T_f +
 * T_g at distance u, Chandrasekhar's function: -4/u^2 [erf(x) - 2x/sqrt(pi) exp(-x^2)], x = u/sqrt(2(T_f + T_g)). Heating at rest: 2 (T_g
 * - T_f)/(T_f + T_g) times the mean of |z|^{gamma+2}, z normal of variances T_f + T_g. */
START_TEST(friction_and_heating_of_parts)
{
    enum { NODES = 32, COUNT = NODES * NODES * NODES };
    const double L = 5.5, T[2] = {0.5, 0.8}, u = 1.2, sum = T[0] + T[1], x = u / sqrt(2 * sum);
    double gamma = _i ? 0 : -3, *f = doubles(COUNT), *g = doubles(COUNT), *Q = doubles(COUNT), *R = doubles(COUNT), *B = doubles(COUNT);
    grz_operator *op = make_operator(context, NODES, L, gamma, 1, 1, GRZ_EQUATION_LANDAU, 0, NULL);
    gaussian(NODES, L, _i ? 0 : u, T[0], f);
    gaussian(NODES, L, 0, T[1], g);
    double friction = -4 / (u * u) * (erf(x) - 2 * x / sqrt(PI_) * exp(-x * x));
    double mean = _i ? 3 * sum : sqrt(2 / (PI_ * sum)), heating = 2 * (T[1] - T[0]) / sum * mean;
    OK(grz_operator_apply_directed(op, f, g, Q));
    OK(grz_operator_apply_directed(op, g, f, R));
    OK(grz_operator_apply_bilinear(op, f, g, B));
    double exact = _i ? heating : friction, there = moment_of(NODES, L, Q, _i), back = moment_of(NODES, L, R, _i), mass = 0, worst = 0,
           scale = 0;
    printf("%s, gamma %g: %.10g, exact %.10g, off by %.1e; back %.1e\n", _i ? "heating" : "friction", gamma, there, exact,
           there / exact - 1, back / exact + 1);
    HOLDS(fabs(there / exact - 1) < 1e-5, "gamma %g: %g, not %g", gamma, there, exact);
    HOLDS(fabs(back / exact + 1) < 1e-5, "gamma %g: %g back, not %g", gamma, back, -exact);
    for (int i = 0; i < COUNT; i++) {
        mass += Q[i];
        keep_largest(&worst, fabs(Q[i] + R[i] - 2 * B[i])); /* B alone is projected */
        keep_largest(&scale, fabs(Q[i]));
    }
    HOLDS(fabs(mass) < 1e-11 * COUNT * scale, "mass %g", mass);
    HOLDS(worst < 1e-5 * scale, "Q(f, g) + Q(g, f) is off by %g of %g", worst, scale);
    /* the temperatures meet from a Maxwellian at rest by Coulomb collisions, too */
    if (_i == 0) {
        gaussian(NODES, L, 0, T[0], f);
        OK(grz_operator_apply_directed(op, f, g, Q));
        there = moment_of(NODES, L, Q, 1);
        HOLDS(fabs(there / heating - 1) < 1e-5, "heating %g, not %g", there, heating);
        OK(grz_operator_apply_directed(op, f, f, Q));
        OK(grz_operator_apply(op, f, R));
        worst = scale = 0;
        for (int i = 0; i < COUNT; i++) keep_largest(&worst, fabs(Q[i] - R[i])), keep_largest(&scale, f[i]);
        HOLDS(worst < 1e-5 * scale, "Q(f, f) is off by %g", worst);
    }
    grz_operator_destroy(&op);
    op = make_operator(context, 8, 3, 0, 1, 1, GRZ_EQUATION_BOLTZMANN, 0, NULL);
    FAILS(context, grz_operator_apply_directed(op, f, g, Q), GRZ_ERROR_UNSUPPORTED, "scheme");
    grz_operator_destroy(&op);
    free(f), free(g), free(Q), free(R), free(B);
}
END_TEST

/* Two Gaussians along x, about their mean velocity: weights, means, temperatures. */
static const double SKEW[2][3] = {{0.6, 0.9, 0.5}, {0.4, -1.35, 0.8}};

/* d/dt int v_x |v|^2 f = int int f f* [A_ij d_ij psi - 2 |z|^gamma z.(grad psi - grad* psi*)], psi = v_x |v|^2, of Landau's equation with
 * C_beta = 1. Given z, v is normal about u_a + T_a/S (z - U), S = T_a + T_b, U = u_a - u_b; what is left over z, normal of variance S about
 * U, by Simpson's rule in polar coordinates. */
static double third_moment_rate(double gamma)
{
    enum { RADII = 600, ANGLES = 600 };
    double sum = 0;
    for (int a = 0; a < 2; a++)
        for (int b = 0; b < 2; b++) {
            double S = SKEW[a][2] + SKEW[b][2], U = SKEW[a][1] - SKEW[b][1], share = SKEW[a][2] / S, top = fabs(U) + 9 * sqrt(S), pairs = 0;
            for (int i = 1; i < RADII; i++)
                for (int j = 0; j <= ANGLES; j++) {
                    double r = top * i / RADII, mu = -1 + 2.0 * j / ANGLES, x = r * mu, across = r * r - x * x;
                    double weight = (i % 2 ? 4 : 2) *
                                    (j == 0 || j == ANGLES ? 1
                                     : j % 2               ? 4
                                                           : 2) *
                                    r * r * exp(-(r * r - 2 * U * x + U * U) / (2 * S));
                    double v = SKEW[a][1] + share * (x - U), along = x * v + share * across; /* means of v_x and of v.z */
                    double A = 4 * (r * r * v - x * along) + 4 * r * r * v;
                    double change = x * (2 * along - r * r) + 2 * (v * r * r + x * along - x * r * r);
                    pairs += weight * pow(r, gamma) * (A - 2 * change);
                }
            sum += SKEW[a][0] * SKEW[b][0] * pairs * top / RADII / 3 * (2.0 / ANGLES) / 3 * 2 * PI_ / pow(2 * PI_ * S, 1.5);
        }
    return sum;
}

/* Heat conduction: the third moments by an operator with all its initial options. For Maxwell molecules the rate is -8 times the heat flux. */
START_TEST(third_moments_by_default)
{
    enum { NODES = 32, COUNT = NODES * NODES * NODES };
    const double L = 6, h = 2 * L / NODES, gamma = _i ? 0 : -3;
    double *f = doubles(COUNT), *part = doubles(COUNT), *Q = doubles(COUNT), rate = 0, exact = third_moment_rate(gamma), flux = 0;
    memset(f, 0, COUNT * sizeof *f);
    for (int a = 0; a < 2; a++) {
        gaussian(NODES, L, SKEW[a][1], SKEW[a][2], part);
        for (int i = 0; i < COUNT; i++) f[i] += SKEW[a][0] * part[i];
        flux += SKEW[a][0] * SKEW[a][1] * (SKEW[a][1] * SKEW[a][1] + 5 * SKEW[a][2]);
    }
    if (gamma == 0) HOLDS(fabs(exact / (-8 * flux) - 1) < 1e-8, "the integral: %.12g, not %.12g", exact, -8 * flux);
    grz_operator *op = make_operator(context, NODES, L, gamma, 1, 1, GRZ_EQUATION_LANDAU, 0, NULL);
    apply_to(context, op, f, Q);
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++)
            for (int k = 0; k < NODES; k++) {
                double x = -L + (i + 0.5) * h, y = -L + (j + 0.5) * h, z = -L + (k + 0.5) * h;
                rate += Q[(i * NODES + j) * NODES + k] * x * (x * x + y * y + z * z) * h * h * h;
            }
    printf("third moment, gamma %g: %.10g, exact %.10g, off by %.1e\n", gamma, rate, exact, rate / exact - 1);
    HOLDS(fabs(rate / exact - 1) < 3e-5, "gamma %g: %g, not %g", gamma, rate, exact);
    grz_operator_destroy(&op);
    free(f), free(part), free(Q);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral moments");
    TCase *tests = tcase_create("moments");
    tcase_set_timeout(tests, 3600);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, landau_moments_of_bimaxwellians);
    tcase_add_test(tests, sphere_rule_moments_of_bimaxwellians);
    tcase_add_test(tests, radial_tensor_moments_of_bimaxwellians);
    tcase_add_test(tests, stress_of_maxwell_molecules);
    tcase_add_test(tests, both_methods_agree_for_every_kind_of_kernel);
    tcase_add_test(tests, schemes_agree_for_landau_of_every_kind);
    tcase_add_loop_test(tests, friction_and_heating_of_parts, 0, 2);
    tcase_add_loop_test(tests, third_moments_by_default, 0, 2);
    tcase_add_loop_test(tests, beams_are_right_by_default, 0, 6);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

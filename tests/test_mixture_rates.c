/* Exchange between species at rates in closed form. With z = v - v*, Y = (m_a v + m_b v*)/M and mu = m_a m_b/M, a collision's mean change of
 * v - Y = (m_b/M) z is lambda_1 |z|^gamma (m_b/M) z, so
 *
 *     d/dt m_a <v>_a = lambda_1 mu <|z|^gamma z>,     d/dt m_a <v^2/2>_a = lambda_1 mu <|z|^gamma Y.z>,
 *
 * for Boltzmann's and (lambda_l = -4 C l(l+1)) Landau's operator. Of two Maxwellians z is Gaussian of variance S = T_a/m_a + T_b/m_b, and
 * given z the mean of Y is its own plus (T_a - T_b)/(M S) (z - u): Spitzer's exchange of energy, and with a drift Chandrasekhar's functions
 * (NRL plasma formulary). Of Maxwell molecules all moments close, of any density. */
#include "support/mixture.h"

static double lambda_of(const grz_kernel *kernel, grz_equation equation, int l)
{
    double lambda[8], C = NAN;
    if (equation == GRZ_EQUATION_LANDAU) {
        DONE(grz_kernel_landau_constant(kernel, 1, &C));
        return -4 * C * l * (l + 1);
    }
    DONE(grz_kernel_spectrum(kernel, 1, 7, lambda));
    return lambda[l];
}

/* <|z|^gamma z.u>/u and <|z|^{gamma + 2}> - u <|z|^gamma z.u>/u of a Gaussian with mean of length u and variance S, in the exact forms there
 * are: gamma = 0, and -3. */
static void gaussian_means(double gamma, double u, double S, double *along, double *rest)
{
    if (gamma == 0) {
        *along = u;
        *rest = 3 * S;
    } else if (u == 0) { /* any gamma */
        *along = 0;
        *rest = pow(2 * S, gamma / 2 + 1) * tgamma((gamma + 5) / 2) / tgamma(1.5);
    } else {
        double x = u / sqrt(2 * S), G = erf(x) - 2 * x / sqrt(M_PI) * exp(-x * x);
        *along = G / (u * u);
        *rest = erf(x) / u - G / u;
    }
}

typedef struct state {
    double mass[2], T[2], u[2][3], number[2];
} state;

/* Momentum and energy that species 0 gains from species 1. */
static void exact_gain(const state *s, const grz_kernel *kernel, grz_equation equation, double momentum[3], double *energy)
{
    const double M = s->mass[0] + s->mass[1], mu = s->mass[0] * s->mass[1] / M, S = s->T[0] / s->mass[0] + s->T[1] / s->mass[1];
    double drift[3], Y[3], u = 0, along, rest, scale = lambda_of(kernel, equation, 1) * mu * s->number[0] * s->number[1];
    for (int a = 0; a < 3; a++) {
        drift[a] = s->u[0][a] - s->u[1][a];
        Y[a] = (s->mass[0] * s->u[0][a] + s->mass[1] * s->u[1][a]) / M;
        u += drift[a] * drift[a];
    }
    u = sqrt(u);
    gaussian_means(grz_kernel_gamma(kernel), u, S, &along, &rest);
    *energy = (s->T[0] - s->T[1]) / (M * S) * rest;
    for (int a = 0; a < 3; a++) {
        momentum[a] = u > 0 ? along * drift[a] / u : 0;
        *energy += Y[a] * momentum[a];
        momentum[a] *= scale;
    }
    *energy *= scale;
}

typedef struct box {
    int n[2];
    double half_width[2];
} box;

/* Largest error of the gains, relative to their size. */
static double gain_error(const state *st, const box *b, const grz_kernel *kernel, grz_equation equation, grz_method method, int level)
{
    scene s = scene_on(2, st->mass, b->n, b->half_width, NULL);
    set_kernels(&s, kernel);
    grz_operator *op = operator_of(&s, equation, method);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, level));
    double *f = doubles(s.size), *psi = doubles(s.size), momentum[3], energy, scale = 0, worst = 0;
    for (int i = 0; i < 2; i++) put_maxwellian(&s, i, st->number[i], st->u[i], st->T[i], f);
    exact_gain(st, kernel, equation, momentum, &energy);
    for (int a = 0; a < 3; a++) scale = larger(scale, fabs(momentum[a]));
    double *Q = doubles(s.size);
    DONE(grz_operator_apply(op, f, Q));
    for (int a = 0; a < 4; a++) {
        moment_of(&s, 0, a, psi);
        double gain = pairing(&s, Q, psi, NULL), exact = a < 3 ? momentum[a] : energy;
        keep_largest(&worst, fabs(gain - exact) / (a < 3 ? (scale > 0 ? scale : fabs(energy)) : fabs(energy)));
    }
    free(f), free(psi), free(Q);
    grz_operator_destroy(&op);
    leave(&s);
    return worst;
}

/* Landau, Coulomb: Maxwellians at rest and adrift. */
START_TEST(coulomb_exchange)
{
    static const struct {
        state state;
        box box;
        double allowed;
    } cases[] = {
        {{{1, 1}, {1, 0.7}, {{0}}, {1, 0.8}}, {{24, 24}, {6, 6}}, 1e-4},
        {{{1, 2}, {1, 1.3}, {{0}}, {1, 0.8}}, {{24, 24}, {6, 6}}, 1e-4},
        {{{1, 2}, {1, 1.3}, {{0.4, 0.1, 0}, {-0.2, 0, 0.3}}, {1, 0.8}}, {{24, 24}, {6, 6}}, 1e-4},
        {{{1, 4}, {1, 1.4}, {{0.3, 0, 0}, {-0.1, 0.1, 0}}, {1, 0.8}}, {{24, 24}, {5.5, 5.5}}, 1e-3},
        {{{1, 10}, {1, 1.3}, {{0.2, 0, 0}, {-0.1, 0.05, 0}}, {1, 0.8}}, {{20, 20}, {6, 2}}, 1e-3},
    };
    SKIP_IF(!full() && _i > 1 && _i != 4, "two equal boxes and two unlike ones");
    SKIP_IF(fast() && _i != 1, "one pair of unlike masses");
    grz_kernel *kernel;
    DONE(grz_kernel_create_coulomb(context, 0, GRZ_SCATTERING_POWER_LAW, &kernel));
    double error = gain_error(&cases[_i].state, &cases[_i].box, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, 2);
    if (getenv("GRZ_TEST_PRINT")) printf("Coulomb %d: %.3g\n", _i, error);
    HOLDS(error < cases[_i].allowed, "case %d: %.3g", _i, error);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* A density of the species' subset of axes: int f prod v_axis. */
static double product_moment(const scene *s, const double *f, int species, int axes)
{
    long double sum = 0;
    for (int64_t k = grz_mixture_offset(s->mixture, species); k < grz_mixture_offset(s->mixture, species + 1); k++) {
        long double x = (long double)s->weight[k] * f[k];
        for (int a = 0; a < 3; a++)
            if (axes >> a & 1) x *= s->v[3 * k + a];
        sum += x;
    }
    return (double)sum;
}

/* d/dt int f_a prod_{axes} v for Maxwell molecules: v = Y + (m_b/M) z, and a product of different components of z is a harmonic of degree
 * their number. */
static double exact_product_rate(const scene *s, const double *f, const grz_kernel *kernel, grz_equation equation, int a, int b, int axes)
{
    const double M = s->mass[a] + s->mass[b], share[2] = {s->mass[a] / M, s->mass[b] / M};
    double rate = 0;
    for (int moved = 1; moved < 8; moved++) {
        if ((moved & axes) != moved) continue;
        double mean = 0;
        int degree = 0;
        for (int axis = 0; axis < 3; axis++) degree += moved >> axis & 1;
        for (int of_a = 0; of_a < 8; of_a++) { /* the axes whose factor is a component of v, the others of v* */
            if ((of_a & axes) != of_a) continue;
            double c = 1;
            for (int axis = 0; axis < 3; axis++)
                if (axes >> axis & 1)
                    c *= moved >> axis & 1 ? share[1] * (of_a >> axis & 1 ? 1 : -1) : of_a >> axis & 1 ? share[0] : share[1];
            mean += c * product_moment(s, f, a, of_a) * product_moment(s, f, b, axes & ~of_a);
        }
        rate += lambda_of(kernel, equation, degree) * mean;
    }
    return rate;
}

/* Maxwell molecules: the rates of v_x, v_x v_y and v_x v_y v_z have lambda_1, lambda_2 and lambda_3 in them, of any densities. */
START_TEST(maxwell_molecules)
{
    SKIP_IF(!full() && _i % 3 != 0, "a case of each equation");
    SKIP_IF(fast() && _i == 3, "Boltzmann's only");
    const grz_equation equation = _i % 2 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN;
    scene s = scene_of(2, (double[2]){1, 2.5}, 24, 6.5);
    grz_kernel *own = power_law(0, 0.5, 1), *kernel = power_law(0, 1, _i < 2 ? 1.5 : M_PI);
    set_kernels(&s, own);
    DONE(grz_mixture_set_kernel(s.mixture, 0, 1, kernel));
    grz_operator *op = operator_of(&s, equation, GRZ_METHOD_ENTROPIC);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, full() ? 2 : 1));
    double *f = doubles(s.size), *Q = doubles(s.size), *psi = doubles(s.size), axes[9], worst = 0;
    uint64_t seed = 4;
    for (int i = 0; i < 2; i++) {
        grz_distribution *made;
        random_axes(&seed, axes);
        double T[3] = {1.1 / (1 + i), 0.7 / (1 + i), 0.8 / (1 + i)}, u[3] = {0.3 - 0.5 * i, 0.2 - 0.1 * i, -0.2 + 0.3 * i};
        DONE(grz_distribution_create_bimaxwellian(context, s.grids[i], 1 - 0.3 * i, u, T, axes, &made));
        DONE(grz_distribution_values(made, f + grz_mixture_offset(s.mixture, i)));
        grz_distribution_destroy(&made);
    }
    DONE(grz_operator_apply(op, f, Q));
    for (int i = 0; i < 2; i++)
        for (int which = 1; which < 8; which++) {
            for (int64_t k = 0; k < s.size; k++) {
                psi[k] = s.of[k] == i;
                for (int a = 0; a < 3; a++)
                    if (which >> a & 1) psi[k] *= s.v[3 * k + a];
            }
            double exact =
                       exact_product_rate(&s, f, kernel, equation, i, 1 - i, which) + exact_product_rate(&s, f, own, equation, i, i, which),
                   size;
            pairing(&s, Q, psi, &size);
            double error = fabs(pairing(&s, Q, psi, NULL) - exact) / larger(fabs(exact), 0.1 * size);
            if (getenv("GRZ_TEST_PRINT"))
                printf("Maxwell %d, species %d, product %d: %.6g, off %.2g\n", _i, i, which, exact, error), fflush(stdout);
            keep_largest(&worst, error);
        }
    HOLDS(worst < (full() ? 1e-4 : 2e-4), "worst %.3g", worst);
    free(f), free(Q), free(psi);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&own);
    leave(&s);
}
END_TEST

/* The spectral method, on one grid: the same exchange, conservation to rounding, eps -> 0 at fixed grid. */
START_TEST(spectral)
{
    SKIP_IF(fast(), "a large box");
    static const state states[] = {{{1, 2}, {1, 1.3}, {{0.2, 0.1, 0}, {-0.1, 0, 0.1}}, {1, 0.8}}};
    static const box boxes[] = {{{24, 24}, {7, 7}}};
    grz_kernel *kernel = power_law(0, 1, 0.5);
    for (int e = 0; e < (full() ? 2 : 1); e++) {
        double error = gain_error(&states[0], &boxes[0], kernel, e ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, 1);
        if (getenv("GRZ_TEST_PRINT")) printf("spectral %d: %.3g\n", e, error), fflush(stdout);
        HOLDS(error < 0.05, "%d: %.3g", e, error);
    }
    grz_kernel_destroy(&kernel);
}
END_TEST

START_TEST(spectral_structure)
{
    scene s = scene_of(2, (double[2]){1, 2.5}, 10, 6);
    double *f = doubles(s.size), *Q = doubles(s.size), *limit = doubles(s.size), *phi = doubles(s.size), size, error[2];
    uint64_t seed = 2;
    for (int64_t k = 0; k < s.size; k++) f[k] = uniform(&seed) - 0.2;
    for (int k = -1; k < 2; k++) {
        grz_kernel *kernel = power_law(-1, 1, k < 0 ? 1 : 0.1 / (k + 1));
        set_kernels(&s, kernel);
        grz_operator *op = operator_of(&s, k < 0 ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL);
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_SPHERE_RULE));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 6));
        DONE(grz_operator_apply(op, f, k < 0 ? limit : Q));
        if (k >= 0) error[k] = difference(Q, limit, s.size) / largest(limit, s.size);
        for (int which = 0; which < s.count + 4; which++) {
            invariant(&s, which, phi);
            double sum = pairing(&s, k < 0 ? limit : Q, phi, &size);
            HOLDS(fabs(sum) <= 1e-13 * size, "invariant %d: %.3g of %.3g", which, sum, size);
        }
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    HOLDS(error[0] < 0.2 && error[0] / error[1] > 3.8 && error[0] / error[1] < 4.2, "eps: %.3g, %.3g at half", error[0], error[1]);
    free(f), free(Q), free(limit), free(phi);
    leave(&s);
}
END_TEST

/* Spheres of one size whatever their masses, B = |z| b0 over the whole sphere: lambda_l = -4 pi b0 for every l >= 1, and not the folded
 * law's. Landau's limit has the constant of the transfer over (0, pi]. */
START_TEST(whole_sphere)
{
    SKIP_IF(fast(), "a large box");
    const state st = {{1, 3}, {1, 1.3}, {{0}}, {1, 0.8}};
    const double b0 = 0.3, M = 4, mu = 0.75, S = 1 + 1.3 / 3, mean = pow(2 * S, 1.5) * tgamma(3) / tgamma(1.5);
    scene s = scene_of(2, st.mass, 20, 6.5);
    grz_kernel *kernel;
    DONE(grz_kernel_create_vhs(context, 1, b0, &kernel));
    set_kernels(&s, kernel);
    double *f = doubles(s.size), *psi = doubles(s.size);
    for (int i = 0; i < 2; i++) put_maxwellian(&s, i, st.number[i], st.u[i], st.T[i], f);
    moment_of(&s, 0, 3, psi);
    for (int e = 0; e < 2; e++) {
        grz_operator *op = operator_of(&s, e ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC);
        double lambda = e ? -8 * M_PI / 8 * b0 * (M_PI * M_PI - 4) : -4 * M_PI * b0;
        double exact = lambda * mu * st.number[0] * st.number[1] * (st.T[0] - st.T[1]) / (M * S) * mean;
        if (getenv("GRZ_TEST_PRINT")) printf("whole sphere %d: %.3g\n", e, weak_of(op, f, psi) / exact - 1), fflush(stdout);
        NEAR(weak_of(op, f, psi), exact, 3e-3 * exact);
        grz_operator_destroy(&op);
    }
    free(f), free(psi);
    grz_kernel_destroy(&kernel);
    leave(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mixture: rates");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 0);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, coulomb_exchange, 0, 5);
    tcase_add_loop_test(tests, maxwell_molecules, 0, 4);
    tcase_add_test(tests, whole_sphere);
    tcase_add_test(tests, spectral);
    tcase_add_test(tests, spectral_structure);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* Rates of the CRE and the GCE: against closed forms, against potentials, conservation, residuals along curves, projection. */
#include "support/failing_operator.h"
#include "support/norms.h"
#include "support/same_bits.h"
#include "support/scene.h"

#include <stdio.h>

#define PI 3.14159265358979323846

static const double P[9] = {0.9, 0.2, -0.1, 0.2, -0.7, 0.3, -0.1, 0.3, 0.4};

static double form(const double *x, const double *y)
{
    double sum = 0;
    for (int a = 0; a < 9; a++) sum += x[a / 3] * P[a] * y[a % 3];
    return sum;
}

/* phi = v.Pv + (k.v)^3/5: quintic splines reproduce it */
static const double K[3] = {0.3, -0.5, 0.4};

static double polynomial(const double *v)
{
    double k = K[0] * v[0] + K[1] * v[1] + K[2] * v[2];
    return form(v, v) + k * k * k / 5;
}

static void polynomial_gradient(const double *v, double *gradient)
{
    double k = K[0] * v[0] + K[1] * v[1] + K[2] * v[2];
    for (int a = 0; a < 3; a++) gradient[a] = 2 * (P[3 * a] * v[0] + P[3 * a + 1] * v[1] + P[3 * a + 2] * v[2]) + 0.6 * k * k * K[a];
}

typedef struct pair_geometry {
    double z, y[3], w[3], v_prime[3], v_star_prime[3], cosine;
} pair_geometry;

static pair_geometry geometry_of(const double *v, const double *v_star, const double *sigma)
{
    pair_geometry p = {.z = 0};
    for (int a = 0; a < 3; a++) p.z += (v[a] - v_star[a]) * (v[a] - v_star[a]);
    p.z = sqrt(p.z);
    for (int a = 0; a < 3; a++) {
        p.y[a] = (v[a] + v_star[a]) / 2;
        p.w[a] = (v[a] - v_star[a]) / p.z;
        if (!sigma) continue;
        p.v_prime[a] = p.y[a] + p.z / 2 * sigma[a];
        p.v_star_prime[a] = p.y[a] - p.z / 2 * sigma[a];
        p.cosine += p.w[a] * sigma[a];
    }
    return p;
}

/* What the callbacks below need of a kernel and of a density log f = c0 - (v - m).A(v - m)/2. */
typedef struct model {
    double gamma, nu, eps, normalisation; /* beta = normalisation theta^{-1-nu} on (0, pi/2] */
    double log_factor, mean[3], inverse[9];
    double antisymmetric, axial, seed;
    int calls, stop_at, bad_at;
} model;

static double log_density(const model *m, const double *v)
{
    double sum = m->log_factor;
    for (int a = 0; a < 9; a++) sum -= 0.5 * (v[a / 3] - m->mean[a / 3]) * m->inverse[a] * (v[a % 3] - m->mean[a % 3]);
    return sum;
}

static model model_of(double gamma, double nu, double eps)
{
    model m = {.gamma = gamma, .nu = nu, .eps = eps, .mean = {0.15, -0.1, 0.05}};
    m.normalisation = 8 / PI * (2 - nu) / pow(PI / 2, 2 - nu);
    uint64_t seed = 7;
    double axes[9], product = 1;
    random_axes(&seed, axes);
    for (int i = 0; i < 3; i++) {
        for (int a = 0; a < 9; a++) m.inverse[a] += axes[3 * i + a / 3] * axes[3 * i + a % 3] / sample_temperatures[i];
        product *= 2 * PI * sample_temperatures[i];
    }
    m.log_factor = log(0.9 / sqrt(product));
    return m;
}

static double B_of(const model *m, double z, double theta)
{
    double scale = PI / m->eps;
    return scale * scale * scale * pow(z, m->gamma) * m->normalisation * pow(scale * theta, -1 - m->nu) / sin(theta);
}

/* U = dbar phi, plus what the exchange of v and v* turns around */
static int relative_collision(int64_t count, const double *v, const double *v_star, const double *sigma, double *U, void *user)
{
    model *m = user;
    for (int64_t k = 0; k < count; k++, v += 3, v_star += 3, sigma += 3) {
        pair_geometry p = geometry_of(v, v_star, sigma);
        U[k] = polynomial(p.v_prime) + polynomial(p.v_star_prime) - polynomial(v) - polynomial(v_star);
        U[k] += m->antisymmetric * (sigma[0] - p.w[0]) * p.z;
    }
    return 0;
}

static int density_collision(int64_t count, const double *v, const double *v_star, const double *sigma, double *M, void *user)
{
    model *m = user;
    relative_collision(count, v, v_star, sigma, M, user);
    for (int64_t k = 0; k < count; k++, v += 3, v_star += 3, sigma += 3) {
        pair_geometry p = geometry_of(v, v_star, sigma);
        double before = exp(log_density(m, v) + log_density(m, v_star)),
               after = exp(log_density(m, p.v_prime) + log_density(m, p.v_star_prime));
        M[k] *= grz_logarithmic_mean(before, after) * B_of(m, p.z, acos(smaller(1, p.cosine)));
    }
    return 0;
}

/* U = grad_tilde phi + axial |z|^2 w + antisymmetric |z| (e_x - w w_x): the last is even under the exchange, so it pairs to nothing */
static int relative_grazing(int64_t count, const double *v, const double *v_star, double *U, void *user)
{
    model *m = user;
    for (int64_t k = 0; k < count; k++, v += 3, v_star += 3, U += 3) {
        pair_geometry p = geometry_of(v, v_star, NULL);
        double here[3], there[3], along = 0;
        polynomial_gradient(v, here);
        polynomial_gradient(v_star, there);
        for (int a = 0; a < 3; a++) along += p.w[a] * (here[a] - there[a]);
        for (int a = 0; a < 3; a++)
            U[a] = pow(p.z, 1 + m->gamma / 2) * (here[a] - there[a] - along * p.w[a]) + m->axial * p.z * p.z * p.w[a] +
                   m->antisymmetric * p.z * ((a == 0) - p.w[a] * p.w[0]);
    }
    return 0;
}

static int density_grazing(int64_t count, const double *v, const double *v_star, double *M, void *user)
{
    relative_grazing(count, v, v_star, M, user);
    for (int64_t k = 0; k < count; k++)
        for (int a = 0; a < 3; a++) M[3 * k + a] *= exp(log_density(user, v + 3 * k) + log_density(user, v_star + 3 * k));
    return 0;
}

static void compare_rates(scene *s, grz_rate *given, grz_rate *potential, double tolerance)
{
    double *g = array_of(s), *expected = array_of(s), *psi = array_of(s), pairing, worst = 0, size = 0;
    OK(grz_rate_divergence(given, s->f, g));
    OK(grz_rate_divergence(potential, s->f, expected));
    for (int64_t i = 0; i < s->count; i++) {
        double v[3];
        node_of(s, i, v);
        psi[i] = sin(v[0] - 0.5 * v[2]) + v[1] * v[1];
        keep_largest(&worst, fabs(g[i] - expected[i]));
        keep_largest(&size, fabs(g[i]));
    }
    HOLDS(worst <= tolerance * size, "divergences differ by %g of %g", worst, size);
    OK(grz_rate_pairing(given, s->f, psi, &pairing));
    NEAR(pairing / inner(s, g, psi), 1, 1e-12);
    OK(grz_rate_pairing(potential, s->f, psi, &pairing));
    NEAR(pairing / inner(s, expected, psi), 1, 1e-12);
    free(g), free(expected), free(psi);
}

/* The four callbacks give the rate of a polynomial potential, which splines have exactly; what they add is orthogonal to all potentials. */
static void check_callbacks(grz_equation equation, grz_collisions collisions, double gamma, double eps)
{
    scene s;
    open_scene_of(&s, 10, 5, BIMAXWELLIAN, gamma, 0.5, eps, equation, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 5));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 9));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_COLLISIONS, collisions));
    model m = model_of(gamma, 0.5, eps);
    double *phi = array_of(&s), action, expected, extra[2];
    for (int64_t i = 0; i < s.count; i++) {
        double v[3];
        node_of(&s, i, v);
        phi[i] = polynomial(v);
    }
    grz_rate *potential, *given[2];
    OK(grz_rate_create_potential(s.context, s.op, phi, &potential));
    for (int k = 0; k < 2; k++)
        if (equation == GRZ_EQUATION_BOLTZMANN)
            OK(grz_rate_create_collision(s.context, s.op, k ? density_collision : relative_collision, &m,
                                         k ? GRZ_RATE_FORM_DENSITY : GRZ_RATE_FORM_RELATIVE, &given[k]));
        else
            OK(grz_rate_create_grazing(s.context, s.op, k ? density_grazing : relative_grazing, &m,
                                       k ? GRZ_RATE_FORM_DENSITY : GRZ_RATE_FORM_RELATIVE, &given[k]));
    OK(grz_rate_action(potential, s.f, &expected));
    for (int k = 0; k < 2; k++) {
        m.antisymmetric = m.axial = 0;
        OK(grz_rate_action(given[k], s.f, &action));
        NEAR(action / expected, 1, 1e-10);
        m.antisymmetric = 0.4;
        m.axial = 0.3;
        compare_rates(&s, given[k], potential, 1e-9);
        OK(grz_rate_action(given[k], s.f, &action));
        OK(grz_rate_add_potential(given[k], -1, phi));
        OK(grz_rate_action(given[k], s.f, &extra[k]));
        NEAR((action - extra[k]) / expected, 1, 1e-9);
        NEAR(extra[k] / extra[0], 1, 1e-9);
    }
    ck_assert(extra[0] > 0.01 * expected);
    for (int k = 0; k < 2; k++) grz_rate_destroy(&given[k]);
    grz_rate_destroy(&potential);
    free(phi);
    close_scene(&s);
}

START_TEST(callbacks_of_potentials_are_potentials)
{
    check_callbacks(GRZ_EQUATION_BOLTZMANN, GRZ_COLLISIONS_GENERATOR, -1, 2.5); /* with a share of small angles in the limit */
    if (!fast()) check_callbacks(GRZ_EQUATION_BOLTZMANN, GRZ_COLLISIONS_CIRCLES, -1, 2.5);
    check_callbacks(GRZ_EQUATION_BOLTZMANN, GRZ_COLLISIONS_CIRCLES, 0, 0.1);
    check_callbacks(GRZ_EQUATION_LANDAU, GRZ_COLLISIONS_CIRCLES, -2, 1);
}
END_TEST

/* M = exp(-(|v|^2 + |v*|^2)/2) b(theta) dbar psi with psi = v.Pv, gamma = 0: per sphere int b (dbar psi)^2 = -2 lambda_2 r^4 4 times the
 * variance of w.Pw, 2/15 tr P_0^2, P_0 traceless; z is Gaussian with variance 2 per axis, so <g, psi> = -(2 pi)^3 lambda_2 tr P_0^2. */
static int gaussian_collision(int64_t count, const double *v, const double *v_star, const double *sigma, double *M, void *user)
{
    for (int64_t k = 0; k < count; k++, v += 3, v_star += 3, sigma += 3) {
        pair_geometry p = geometry_of(v, v_star, sigma);
        double square = 0;
        for (int a = 0; a < 3; a++) square += v[a] * v[a] + v_star[a] * v_star[a];
        M[k] = exp(-square / 2) * B_of(user, p.z, acos(smaller(1, p.cosine))) * p.z * p.z / 2 * (form(sigma, sigma) - form(p.w, p.w));
    }
    return 0;
}

/* M = exp(..) |z| Pi P z, whose product with grad_tilde psi = 2 |z| Pi P z has the mean 2 (E |z|^2 |Pz|^2 - E (z.Pz)^2). */
static int gaussian_grazing(int64_t count, const double *v, const double *v_star, double *M, void *user)
{
    (void)user;
    for (int64_t k = 0; k < count; k++, v += 3, v_star += 3, M += 3) {
        pair_geometry p = geometry_of(v, v_star, NULL);
        double square = 0, along = form(p.w, p.w);
        for (int a = 0; a < 3; a++) square += v[a] * v[a] + v_star[a] * v_star[a];
        for (int a = 0; a < 3; a++)
            M[a] = exp(-square / 2) * p.z * p.z * (P[3 * a] * p.w[0] + P[3 * a + 1] * p.w[1] + P[3 * a + 2] * p.w[2] - along * p.w[a]);
    }
    return 0;
}

START_TEST(pairings_have_closed_forms)
{
    double trace = P[0] + P[4] + P[8], squares = 0;
    for (int a = 0; a < 9; a++) squares += P[a] * P[a];
    for (int equation = 0; equation < 2; equation++) {
        scene s;
        open_scene_of(&s, 18, 7, BKW, 0, 0.5, 0.8, equation, 2);
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7)); /* the integrand is of degree 4 */
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_PHI_NODES, 6));
        model m = model_of(0, 0.5, 0.8);
        double *psi = array_of(&s), value, lambda[3], expected;
        for (int64_t i = 0; i < s.count; i++) {
            double v[3];
            node_of(&s, i, v);
            psi[i] = form(v, v);
        }
        grz_rate *rate;
        if (equation == GRZ_EQUATION_BOLTZMANN)
            OK(grz_rate_create_collision(s.context, s.op, gaussian_collision, &m, GRZ_RATE_FORM_DENSITY, &rate));
        else
            OK(grz_rate_create_grazing(s.context, s.op, gaussian_grazing, NULL, GRZ_RATE_FORM_DENSITY, &rate));
        OK(grz_rate_pairing(rate, s.f, psi, &value));
        OK(grz_kernel_spectrum(s.kernel, 1, 2, lambda));
        /* z has variance 2 per axis: E |z|^2 |Pz|^2 = 4*5 tr P^2, E (z.Pz)^2 = 4 (2 tr P^2 + (tr P)^2); half of twice their difference */
        expected =
            pow(2 * PI, 3) * (equation ? 20 * squares - 4 * (2 * squares + trace * trace) : -lambda[2] * (squares - trace * trace / 3));
        printf("%s: <g, psi> off by %.1e\n", equation ? "grazing" : "collision", value / expected - 1);
        NEAR(value / expected, 1, 2e-6);
        grz_rate_destroy(&rate);
        free(psi);
        close_scene(&s);
    }
}
END_TEST

START_TEST(gradient_flow_rate)
{
    for (int equation = 0; equation < 2; equation++)
        for (int which = BIMAXWELLIAN; which <= MIXTURE; which++) {
            scene s;
            open_scene_of(&s, 12, 5, which, -1, 0.5, 1, equation, 1);
            double *Q = array_of(&s), *g = array_of(&s), value, worst = 0, size = 0;
            grz_rate *rate;
            OK(grz_rate_create_gradient_flow(s.context, s.op, &rate));
            OK(grz_rate_action(rate, s.f, &value));
            NEAR(value / dissipation_of(&s, GRZ_FUNCTIONAL_TYPE_DISSIPATION), 1, 1e-13);
            OK(grz_rate_divergence(rate, s.f, g));
            OK(grz_operator_apply(s.op, s.f, Q));
            for (int64_t i = 0; i < s.count; i++) {
                keep_largest(&worst, fabs(Q[i] - g[i]));
                keep_largest(&size, fabs(Q[i]));
            }
            HOLDS(worst <= 1e-13 * size, "Q differs by %g of %g", worst, size);
            grz_rate_destroy(&rate);
            free(Q), free(g);
            close_scene(&s);
        }
}
END_TEST

/* Rates with no symmetry at all, different for every seed. */
static double noise(double seed, const double *v, const double *v_star, const double *sigma)
{
    double sum = seed;
    for (int a = 0; a < 3; a++) sum += sin(seed * (a + 1)) * v[a] + cos(2.3 * seed + a) * v_star[a] + 1.7 * sin(seed + a) * sigma[a];
    return sin(sum) + 0.5 * cos(1.9 * sum);
}

static int random_collision(int64_t count, const double *v, const double *v_star, const double *sigma, double *U, void *user)
{
    model *m = user;
    if (++m->calls == m->stop_at) return 17;
    for (int64_t k = 0; k < count; k++, v += 3, v_star += 3, sigma += 3) {
        pair_geometry p = geometry_of(v, v_star, sigma);
        U[k] = p.z * sqrt(larger(0, 2 - 2 * p.cosine)) * noise(m->seed, v, v_star, sigma);
    }
    if (m->calls == m->bad_at) U[0] = NAN;
    return 0;
}

static int random_grazing(int64_t count, const double *v, const double *v_star, double *U, void *user)
{
    const model *m = user;
    static const double axes[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int64_t k = 0; k < count; k++)
        for (int a = 0; a < 3; a++) U[3 * k + a] = noise(m->seed, v + 3 * k, v_star + 3 * k, axes + 3 * a);
    return 0;
}

static grz_rate *random_rate_of(scene *s, grz_equation equation, model *m)
{
    grz_rate *rate;
    if (equation == GRZ_EQUATION_BOLTZMANN)
        OK(grz_rate_create_collision(s->context, s->op, random_collision, m, GRZ_RATE_FORM_RELATIVE, &rate));
    else
        OK(grz_rate_create_grazing(s->context, s->op, random_grazing, m, GRZ_RATE_FORM_RELATIVE, &rate));
    return rate;
}

START_TEST(every_rate_conserves)
{
    for (int equation = 0; equation < 2; equation++) {
        scene s;
        open_scene_of(&s, 10, 4.5, MIXTURE, -2, 0.5, 1, equation, 1);
        model m = {.seed = 0.7};
        double *g = array_of(&s);
        grz_rate *rate = random_rate_of(&s, equation, &m);
        OK(grz_rate_divergence(rate, s.f, g));
        for (int moment = 0; moment < 5; moment++) {
            double sum = 0, size = 0;
            for (int64_t i = 0; i < s.count; i++) {
                double v[3];
                node_of(&s, i, v);
                double chi = moment == 0 ? 1 : moment == 4 ? v[0] * v[0] + v[1] * v[1] + v[2] * v[2] : v[moment - 1];
                sum += g[i] * chi;
                size += fabs(g[i] * chi);
            }
            HOLDS(fabs(sum) <= 1e-13 * size, "moment %d changes by %g of %g", moment, sum, size);
        }
        grz_rate_destroy(&rate);
        free(g);
        close_scene(&s);
    }
}
END_TEST

/* Lemma 4.5. The first rate's optimal potential is kept: with the remainders of the others it makes rates of the same divergence. */
START_TEST(projection_and_pythagoras)
{
    const int trials = full() ? 50 : fast() ? 1 : 3;
    for (int equation = 0; equation < 2; equation++) {
        scene s;
        open_scene_of(&s, 8, 4, MIXTURE, -1, 0.5, 1, equation, 1);
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
        OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
        double *phi = array_of(&s), *first = array_of(&s), *g = array_of(&s), *g0 = array_of(&s);
        double action, optimal, remainder, least = 0, worst_sum = 0, worst_divergence = 0, smallest = INFINITY;
        int most = 0;
        grz_metric *metric;
        OK(grz_metric_create(s.context, s.op, &metric));
        OK(grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 1e-11)); /* of squares: 3e-6 of what is compared below */
        for (int trial = 0; trial < trials; trial++) {
            model m = {.seed = 0.3 + 1.1 * trial};
            grz_rate *rate = random_rate_of(&s, equation, &m);
            OK(grz_rate_action(rate, s.f, &action));
            OK(grz_rate_project(rate, metric, s.f, &optimal, &remainder, phi));
            if (grz_metric_iterations(metric) > most) most = grz_metric_iterations(metric);
            keep_largest(&worst_sum, fabs((optimal + remainder) / action - 1));
            HOLDS(optimal <= action && optimal > 0 && remainder > 0, "optimal %g, remainder %g, action %g", optimal, remainder, action);
            if (trial == 0) {
                least = optimal;
                memcpy(first, phi, sizeof *phi * (size_t)s.count);
                OK(grz_rate_divergence(rate, s.f, g0));
            }
            OK(grz_rate_add_potential(rate, -1, phi));
            OK(grz_rate_add_potential(rate, 1, first));
            OK(grz_rate_divergence(rate, s.f, g));
            OK(grz_rate_action(rate, s.f, &action));
            double defect = 0, size = 0;
            for (int64_t i = 0; i < s.count; i++) {
                defect += fabs(g[i] - g0[i]);
                size += fabs(g0[i]);
            }
            keep_largest(&worst_divergence, defect / size);
            keep_least(&smallest, action / least);
            NEAR(action / (least + remainder), 1, 1e-6);
            grz_rate_destroy(&rate);
        }
        printf("%s: %d random rates, Pythagoras to %.1e; same divergence to %.1e, smallest A/|f'|^2 %.3f, at most %d iterations\n",
               equation ? "Landau" : "Boltzmann", trials, worst_sum, worst_divergence, smallest, most);
        ck_assert(worst_sum < 1e-12 && worst_divergence < 1e-5 && smallest > 1);
        free(phi), free(first), free(g), free(g0);
        grz_metric_destroy(&metric);
        close_scene(&s);
    }
}
END_TEST

static int pulsing_grazing(int64_t count, const double *v, const double *v_star, double *M, void *user)
{
    gaussian_grazing(count, v, v_star, M, NULL);
    for (int64_t k = 0; k < 3 * count; k++) M[k] *= *(double *)user;
    return 0;
}

/* M(t) = (1 + sin 3t) M_0 whatever f: then f(t) = f(0) + (t + (1 - cos 3t)/3) g_0 exactly, and the integral rules have the orders 2 and 4.
 * */
START_TEST(residual_along_a_curve)
{
    enum { SNAPSHOTS = 9, HALF = SNAPSHOTS / 2 + 1 };
    scene s;
    open_scene_of(&s, 8, 4, BIMAXWELLIAN, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    const size_t bytes = sizeof(double) * (size_t)s.count;
    double *f = malloc(SNAPSHOTS * bytes), *every_other = malloc(HALF * bytes), *residual = array_of(&s), *g = array_of(&s);
    double times[SNAPSHOTS], other_times[HALF], fine[SNAPSHOTS], coarse[SNAPSHOTS], order[2], largest = 0, size = 0;
    double amplitudes[SNAPSHOTS];
    grz_rate *rates[SNAPSHOTS], *others[HALF];
    for (int64_t i = 0; i < s.count; i++) {
        double v[3];
        node_of(&s, i, v);
        f[i] = exp(-(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) / 4);
    }
    for (int n = 0; n < SNAPSHOTS; n++) {
        times[n] = 0.125 * n;
        amplitudes[n] = 1 + sin(3 * times[n]);
        OK(grz_rate_create_grazing(s.context, s.op, pulsing_grazing, &amplitudes[n], GRZ_RATE_FORM_DENSITY, &rates[n]));
    }
    OK(grz_rate_divergence(rates[0], f, g)); /* amplitude 1 */
    for (int64_t i = 0; i < s.count; i++) keep_largest(&largest, fabs(g[i] / f[i]));
    for (int n = 0; n < SNAPSHOTS; n++) {
        amplitudes[n] *= 0.3 / largest;
        for (int64_t i = 0; i < s.count && n > 0; i++)
            f[n * s.count + i] = f[i] + 0.3 / largest * (times[n] + (1 - cos(3 * times[n])) / 3) * g[i];
        if (n % 2 == 1) continue;
        memcpy(every_other + n / 2 * s.count, f + n * s.count, bytes);
        other_times[n / 2] = times[n];
        others[n / 2] = rates[n];
    }
    for (int rule = 0; rule < 2; rule++) {
        int last = rule ? SNAPSHOTS / 2 : SNAPSHOTS - 1;
        OK(grz_curve_residual(s.context, SNAPSHOTS, times, f, rates, rule, residual, fine));
        OK(grz_curve_residual(s.context, HALF, other_times, every_other, others, rule, NULL, coarse));
        ck_assert(fine[0] == 0);
        for (int64_t i = size = 0; i < s.count; i++) size += fabs(residual[i]) * s.cell;
        NEAR(size / fine[last], 1, 1e-12);
        order[rule] = log(coarse[last / 2] / fine[last]) / log(2);
        printf("%s residual %.1e, order %.2f\n", rule ? "Simpson" : "trapezoid", fine[last], order[rule]);
    }
    NEAR(order[0], 2, 0.1);
    NEAR(order[1], 4, 0.2);
    /* rates of twice the size leave the way itself */
    for (int n = 0; n < SNAPSHOTS; n++) amplitudes[n] *= 2;
    OK(grz_curve_residual(s.context, SNAPSHOTS, times, f, rates, GRZ_TIME_RULE_SIMPSON, residual, fine));
    for (int64_t i = size = 0; i < s.count; i++) size += fabs(f[(SNAPSHOTS - 1) * s.count + i] - f[i]) * s.cell;
    NEAR(fine[SNAPSHOTS / 2] / size, 1, 1e-3);
    FAILS(s.context, grz_curve_residual(s.context, 4, times, f, rates, GRZ_TIME_RULE_SIMPSON, NULL, coarse), GRZ_ERROR_INVALID_ARGUMENT,
          "count = 4");
    FAILS(s.context, grz_curve_residual(s.context, 1, times, f, rates, GRZ_TIME_RULE_TRAPEZOID, NULL, coarse), GRZ_ERROR_INVALID_ARGUMENT,
          "count = 1");
    FAILS(s.context, grz_curve_residual(s.context, 3, times, f, rates, (grz_time_rule)7, NULL, coarse), GRZ_ERROR_INVALID_ARGUMENT,
          "rule = 7");
    FAILS(s.context, grz_curve_residual(s.context, 3, times, NULL, rates, GRZ_TIME_RULE_SIMPSON, NULL, coarse), GRZ_ERROR_NULL_ARGUMENT,
          "f");
    FAILS(s.context, grz_curve_residual(s.context, 3, times, f, rates, GRZ_TIME_RULE_SIMPSON, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT,
          "norms");
    FAILS(s.context, grz_curve_residual(s.context, 3, times, f, NULL, GRZ_TIME_RULE_SIMPSON, NULL, coarse), GRZ_ERROR_NULL_ARGUMENT,
          "rates");
    FAILS(s.context, grz_curve_residual(s.context, 0, times, f, rates, GRZ_TIME_RULE_SIMPSON, NULL, coarse), GRZ_ERROR_INVALID_ARGUMENT,
          "count = 0");
    ck_assert_int_eq(grz_curve_residual(NULL, 3, times, f, rates, GRZ_TIME_RULE_SIMPSON, NULL, coarse), GRZ_ERROR_NULL_ARGUMENT);
    times[1] = times[0];
    FAILS(s.context, grz_curve_residual(s.context, 3, times, f, rates, GRZ_TIME_RULE_TRAPEZOID, NULL, coarse), GRZ_ERROR_INVALID_ARGUMENT,
          "times[1]");
    times[1] = times[0] + 0.05;
    FAILS(s.context, grz_curve_residual(s.context, 3, times, f, rates, GRZ_TIME_RULE_SIMPSON, NULL, coarse), GRZ_ERROR_INVALID_ARGUMENT,
          "equispaced");
    grz_rate *keep = rates[1];
    rates[1] = NULL;
    FAILS(s.context, grz_curve_residual(s.context, 3, times, f, rates, GRZ_TIME_RULE_TRAPEZOID, NULL, coarse), GRZ_ERROR_NULL_ARGUMENT,
          "rates[1]");
    rates[1] = keep;
    for (int n = 0; n < SNAPSHOTS; n++) grz_rate_destroy(&rates[n]);
    free(f), free(every_other), free(residual), free(g);
    close_scene(&s);
}
END_TEST

START_TEST(bad_input_callbacks_and_infinite_actions)
{
    scene s, landau;
    open_scene_of(&s, 8, 4, MIXTURE, 0, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    open_scene_of(&landau, 8, 4, MIXTURE, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1);
    model m = {.seed = 1, .stop_at = 3};
    double *g = array_of(&s), value = 42;
    grz_rate *rate = UNTOUCHED;
    memset(g, 0, sizeof *g * (size_t)s.count);
    ck_assert_int_eq(grz_rate_create_potential(NULL, s.op, g, &rate), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(s.context, grz_rate_create_potential(s.context, s.op, NULL, &rate), GRZ_ERROR_NULL_ARGUMENT, "phi");
    FAILS(s.context, grz_rate_create_potential(s.context, NULL, g, &rate), GRZ_ERROR_NULL_ARGUMENT, "op");
    FAILS(s.context, grz_rate_create_gradient_flow(s.context, s.op, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(s.context, grz_rate_create_gradient_flow(s.context, landau.op, &rate), GRZ_ERROR_MISMATCH, "op");
    FAILS(s.context, grz_rate_create_collision(s.context, s.op, NULL, NULL, GRZ_RATE_FORM_DENSITY, &rate), GRZ_ERROR_NULL_ARGUMENT, "M");
    FAILS(s.context, grz_rate_create_collision(s.context, s.op, random_collision, NULL, (grz_rate_form)5, &rate),
          GRZ_ERROR_INVALID_ARGUMENT, "form = 5");
    FAILS(s.context, grz_rate_create_grazing(s.context, s.op, random_grazing, NULL, GRZ_RATE_FORM_DENSITY, &rate), GRZ_ERROR_UNSUPPORTED,
          "Landau");
    FAILS(landau.context, grz_rate_create_collision(landau.context, landau.op, random_collision, NULL, GRZ_RATE_FORM_DENSITY, &rate),
          GRZ_ERROR_UNSUPPORTED, "Boltzmann");
    grz_operator *spectral;
    OK(grz_operator_create(s.context, s.grid, s.kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &spectral));
    FAILS(s.context, grz_rate_create_gradient_flow(s.context, spectral, &rate), GRZ_ERROR_UNSUPPORTED, "spectral");
    grz_operator_destroy(&spectral);
    ck_assert_ptr_eq(rate, UNTOUCHED);
    OK(grz_rate_create_collision(s.context, s.op, random_collision, &m, GRZ_RATE_FORM_RELATIVE, &rate));
    FAILS(s.context, grz_rate_action(rate, s.f, &value), GRZ_ERROR_CALLBACK, "17");
    m = (model){.seed = 1, .bad_at = 2};
    FAILS(s.context, grz_rate_divergence(rate, s.f, g), GRZ_ERROR_NOT_FINITE, "callback");
    ck_assert(value == 42 && g[0] == 0);
    FAILS(s.context, grz_rate_action(rate, g, &value), GRZ_ERROR_NOT_POSITIVE, "f[");
    FAILS(s.context, grz_rate_action(rate, s.f, NULL), GRZ_ERROR_NULL_ARGUMENT, "value");
    FAILS(s.context, grz_rate_divergence(rate, s.f, NULL), GRZ_ERROR_NULL_ARGUMENT, "g");
    FAILS(s.context, grz_rate_pairing(rate, s.f, NULL, &value), GRZ_ERROR_NULL_ARGUMENT, "psi");
    FAILS(s.context, grz_rate_add_potential(rate, INFINITY, g), GRZ_ERROR_NOT_FINITE, "factor");
    FAILS(s.context, grz_rate_add_potential(rate, 1, NULL), GRZ_ERROR_NULL_ARGUMENT, "phi");
    grz_metric *metric;
    OK(grz_metric_create(landau.context, landau.op, &metric));
    FAILS(s.context, grz_rate_project(rate, metric, s.f, &value, NULL, NULL), GRZ_ERROR_MISMATCH, "metric");
    FAILS(s.context, grz_rate_project(rate, NULL, s.f, &value, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT, "metric");
    grz_metric_destroy(&metric);
    ck_assert_int_eq(grz_rate_action(NULL, s.f, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_rate_divergence(NULL, s.f, g), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_rate_pairing(NULL, s.f, g, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_rate_project(NULL, NULL, s.f, &value, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_rate_add_potential(NULL, 1, g), GRZ_ERROR_NULL_ARGUMENT);
    grz_rate_destroy(&rate);
    grz_rate_destroy(&rate);
    grz_rate_destroy(NULL);
    /* ff* underflows at the rim: a rate that lives there has no finite action, one relative to ff* does */
    for (int64_t i = 0; i < landau.count; i++) g[i] = larger(1e-300, landau.f[i] - 1e-6);
    for (int form = GRZ_RATE_FORM_DENSITY; form <= GRZ_RATE_FORM_RELATIVE; form++) {
        OK(grz_rate_create_grazing(landau.context, landau.op, random_grazing, &m, form, &rate));
        OK(grz_rate_action(rate, g, &value));
        ck_assert(form == GRZ_RATE_FORM_DENSITY ? isinf(value) && value > 0 : isfinite(value));
        grz_rate_destroy(&rate);
    }
    free(g);
    close_scene(&landau);
    close_scene(&s);
}
END_TEST

static grz_status use_rates(failing_operator *s, void *user)
{
    (void)user;
    model m = {.seed = 1};
    double curve[2 * FAILING_NODES], g[FAILING_NODES], value, norms[2];
    for (int i = 0; i < 2 * FAILING_NODES; i++) curve[i] = s->f[i % FAILING_NODES];
    grz_rate *rate = NULL, *potential = NULL;
    grz_metric *metric = NULL;
    grz_status status = grz_metric_create(s->context, s->op, &metric);
    if (status == GRZ_OK) status = grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 0.1);
    if (status == GRZ_OK) status = grz_rate_create_grazing(s->context, s->op, random_grazing, &m, GRZ_RATE_FORM_RELATIVE, &rate);
    if (status == GRZ_OK) status = grz_rate_create_potential(s->context, s->op, s->f, &potential);
    if (status == GRZ_OK) status = grz_rate_action(rate, s->f, &value);
    if (status == GRZ_OK) status = grz_rate_divergence(rate, s->f, g);
    if (status == GRZ_OK) status = grz_rate_pairing(potential, s->f, g, &value);
    if (status == GRZ_OK) status = grz_rate_project(rate, metric, s->f, &value, &value, NULL);
    if (status == GRZ_OK)
        status = grz_curve_residual(s->context, 2, (double[2]){0, 1}, curve, (grz_rate *[2]){rate, potential}, GRZ_TIME_RULE_TRAPEZOID,
                                    NULL, norms);
    grz_rate_destroy(&rate);
    grz_rate_destroy(&potential);
    grz_metric_destroy(&metric);
    return status;
}

START_TEST(failing_allocations)
{
    refuse_every_allocation(GRZ_EQUATION_LANDAU, 10, use_rates, NULL);
}
END_TEST

static void action_and_divergence(double *out, void *user)
{
    scene *s = user;
    model m = {.seed = 1};
    grz_rate *rate = random_rate_of(s, GRZ_EQUATION_BOLTZMANN, &m);
    OK(grz_operator_setup(s->op)); /* takes in the new threads */
    OK(grz_rate_action(rate, s->f, out));
    OK(grz_rate_divergence(rate, s->f, out + 1));
    grz_rate_destroy(&rate);
}

START_TEST(threads_do_not_change_a_bit)
{
    scene s;
    open_scene_of(&s, 8, 4, MIXTURE, -1, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 4));
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7));
    same_bits_for_any_threads(s.context, 1 + s.count, action_and_divergence, &s);
    close_scene(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rates");
    TCase *tests = tcase_create("rates");
    tcase_add_test(tests, callbacks_of_potentials_are_potentials);
    tcase_add_test(tests, pairings_have_closed_forms);
    tcase_add_test(tests, gradient_flow_rate);
    tcase_add_test(tests, every_rate_conserves);
    tcase_add_test(tests, projection_and_pythagoras);
    tcase_add_test(tests, residual_along_a_curve);
    tcase_add_test(tests, bad_input_callbacks_and_infinite_actions);
    tcase_add_test(tests, failing_allocations);
    tcase_add_test(tests, threads_do_not_change_a_bit);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

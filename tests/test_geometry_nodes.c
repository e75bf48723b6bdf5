/* The stream of collision nodes: its sums are the sweep's, its velocities, densities and weights those of the integrals in the paper. */
#include "operator/operator.h"

#include "support/failing_operator.h"
#include "support/norms.h"
#include "support/same_bits.h"
#include "support/scene.h"

#include <stdio.h>

static grz_status visit_nodes(grz_operator *op, const double *f, const grzi_stream *stream, double *sums, double *adjoint)
{
    grz_status status = grzi_operator_ready(op);
    return status == GRZ_OK ? grzi_operator_visit(op, f, stream, sums, adjoint) : status;
}

/* D, its square-root form, the action of a field, and in the adjoint four times K_f of the field. */
static grz_status known_sums(const grzi_batch *b, double *sums, double *force, void *user)
{
    (void)user;
    for (int k = 0; k < b->count; k++) {
        double half = 0.5 * b->difference[k], root = sqrt(b->h[k]) * (b->unit > 0 ? expm1(b->unit * half) / b->unit : half);
        double p = b->fields[0][k];
        sums[0] += 0.25 * b->weight * b->jump[k] * b->difference[k];
        sums[1] += b->weight * root * root;
        sums[2] += 0.25 * b->weight * b->mobility[k] * p * p;
        if (force) force[k] = b->weight * b->mobility[k] * p;
    }
    return GRZ_OK;
}

static void wave(const scene *s, double *phi)
{
    for (int64_t i = 0; i < s->count; i++) {
        double v[3];
        node_of(s, i, v);
        phi[i] = sin(0.8 * v[0] - 0.5 * v[1] + 0.3) + 0.2 * v[2] * v[0] + cos(v[2]);
    }
}

static void check_sums(sample which, double gamma, double eps, grz_equation equation, int degree)
{
    scene s;
    open_scene_of(&s, 10, 4.5, which, gamma, 0.5, eps, equation, 1);
    OK(grz_operator_set_option(s.op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, degree));
    double *phi = array_of(&s), *K = array_of(&s), *adjoint = array_of(&s), sums[3], action, h3 = s.cell, worst = 0, size = 0;
    wave(&s, phi);
    grzi_stream stream = {known_sums, NULL, 0, 1, {phi}, 3};
    OK(visit_nodes(s.op, s.f, &stream, sums, adjoint));
    NEAR(sums[0] / dissipation_of(&s, GRZ_FUNCTIONAL_TYPE_DISSIPATION), 1, 1e-13);
    NEAR(sums[1] / dissipation_of(&s, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT), 1, 1e-13);
    OK(grz_operator_action(s.op, s.f, phi, &action));
    NEAR(sums[2] / action, 1, 1e-13);
    OK(grz_operator_onsager(s.op, s.f, phi, K));
    for (int64_t i = 0; i < s.count; i++) {
        keep_largest(&worst, fabs(0.25 * adjoint[i] / h3 - K[i]));
        keep_largest(&size, fabs(K[i]));
    }
    HOLDS(worst < 1e-13 * size, "K_f differs by %g of %g", worst, size);
    free(phi), free(K), free(adjoint);
    close_scene(&s);
}

START_TEST(sums_are_those_of_the_sweep)
{
    check_sums(MIXTURE, -2, 3.141592653589793, GRZ_EQUATION_BOLTZMANN, 5);
    check_sums(BIMAXWELLIAN, 0, 0.02, GRZ_EQUATION_BOLTZMANN, 3);
    check_sums(BKW, -1, 1.2, GRZ_EQUATION_BOLTZMANN, 3);
    check_sums(MIXTURE, 1, 1e-7, GRZ_EQUATION_BOLTZMANN, 5);
    check_sums(BKW, -3, 1, GRZ_EQUATION_LANDAU, 5);
    check_sums(MIXTURE, 0, 1, GRZ_EQUATION_LANDAU, 3);
}
END_TEST

typedef struct truth {
    double inverse[9], mean[3], factor; /* f = factor exp(-(v - mean) . inverse (v - mean)/2) */
    double worst, C_beta, gamma;
    int64_t visited;
} truth;

static double bimaxwellian_at(const truth *t, const double *v)
{
    double sum = 0;
    for (int a = 0; a < 9; a++) sum += (v[a / 3] - t->mean[a / 3]) * t->inverse[a] * (v[a % 3] - t->mean[a % 3]);
    return t->factor * exp(-0.5 * sum);
}

static void note(truth *t, double error)
{
    keep_largest(&t->worst, fabs(error));
}

/* log f is quadratic, so splines give f exactly. sums[0]: int ff* |z|^4 dv* dv for Landau, int ff* theta^2 B |z|^4 for Boltzmann. */
static grz_status compare(const grzi_batch *b, double *sums, double *force, void *user)
{
    truth *t = user;
    (void)force;
    ck_assert_int_le(b->count, GRZI_BATCH);
    for (int k = 0; k < b->count; k++) {
        const double *v = b->v + 3 * k, *w = b->v_star + 3 * k, *p = b->v_prime + 3 * k, *q = b->v_star_prime + 3 * k;
        double before = 0, after = 0, along = 0, chord = 0, momentum = 0;
        for (int a = 0; a < 3; a++) {
            before += (v[a] - w[a]) * (v[a] - w[a]);
            after += (p[a] - q[a]) * (p[a] - q[a]);
            along += (v[a] - w[a]) * (p[a] - q[a]);
            momentum += fabs(v[a] + w[a] - p[a] - q[a]);
            chord += b->chord[a] * b->chord[a];
        }
        note(t, momentum);
        note(t, (after - before) / before);
        note(t, sqrt(before) / b->r / 2 - 1);
        note(t, along / before - cos(b->theta));
        note(t, b->tangential ? chord - 1 : b->unit * sqrt(chord) - 2 * sin(b->theta / 2));
        double h = bimaxwellian_at(t, v) * bimaxwellian_at(t, w), h_prime = bimaxwellian_at(t, p) * bimaxwellian_at(t, q);
        note(t, 1e-2 * (b->h[k] / h - 1));
        note(t, 1e-2 * (b->h_prime[k] / h_prime - 1));
        note(t, 1e-2 * (b->jump[k] * b->unit - (h_prime - h)) / (h + h_prime));
        note(t, 1e-2 * (b->mobility[k] / grz_logarithmic_mean(h, h_prime) - 1));
        note(t, 1e-3 * (b->difference[k] * b->unit - log(h_prime / h)));
        note(t, b->tangential ? b->strength / t->C_beta / pow(before, t->gamma / 2) - 1 : b->strength);
        double fourth = before * before * h;
        if (b->tangential)
            sums[0] += 0.5 * b->weight / (8 * b->strength) * fourth;
        else
            sums[0] += b->weight / (b->unit * b->unit) / pow(before, t->gamma / 2) * fourth * b->theta * b->theta;
        t->visited++;
    }
    return GRZ_OK;
}

/* gamma even: |z|^{-gamma} is then smooth in |z|^2, as the radial rule wants it. */
static void check_nodes(grz_equation equation, double gamma, double eps)
{
    scene s;
    open_scene_of(&s, 20, 7, BIMAXWELLIAN, gamma, 0.5, eps, equation, 2);
    OK(grz_context_set_threads(s.context, 1)); /* truth is not shared */
    truth t = {.mean = {0.15, -0.1, 0.05}, .gamma = gamma};
    uint64_t seed = 7;
    double axes[9], sums[1], traces[2] = {0, 0}, product = 1;
    random_axes(&seed, axes); /* row i is the axis of temperature i */
    for (int i = 0; i < 3; i++) {
        double T = sample_temperatures[i];
        for (int a = 0; a < 9; a++) t.inverse[a] += axes[3 * i + a / 3] * axes[3 * i + a % 3] / T;
        traces[0] += 2 * T;
        traces[1] += 4 * T * T;
        product *= 2 * 3.141592653589793 * T;
    }
    t.factor = 0.9 / sqrt(product);
    OK(grz_kernel_landau_constant(s.kernel, 1, &t.C_beta));
    grzi_stream stream = {compare, &t, 1, 0, {NULL}, 1};
    OK(visit_nodes(s.op, s.f, &stream, sums, NULL));
    /* z is Gaussian with covariance 2 Sigma */
    double fourth = 0.81 * (traces[0] * traces[0] + 2 * traces[1]);
    int64_t nodes;
    OK(grz_operator_node_count(s.op, &nodes));
    ck_assert_int_eq(t.visited, nodes);
    HOLDS(t.worst < 1e-13, "worst %g", t.worst);
    /* int theta^2 B dsigma |z|^{-gamma} = 2 pi int theta^2 beta = 16 C_beta */
    printf("%s: int ff* |z|^4 off by %.1e\n", equation ? "Landau" : "Boltzmann", sums[0] / (equation ? 1 : 16 * t.C_beta) / fourth - 1);
    NEAR(sums[0] / (equation ? 1 : 16 * t.C_beta) / fourth, 1, 1e-5);
    close_scene(&s);
}

START_TEST(nodes_are_collisions_with_the_measure_of_the_kernel)
{
    check_nodes(GRZ_EQUATION_LANDAU, -2, 1);
    check_nodes(GRZ_EQUATION_BOLTZMANN, 0, 0.5);
}
END_TEST

typedef struct waving {
    scene s;
    double *phi;
} waving;

static void known_sums_and_adjoint(double *out, void *user)
{
    waving *w = user;
    grzi_stream stream = {known_sums, NULL, 0, 1, {w->phi}, 3};
    OK(visit_nodes(w->s.op, w->s.f, &stream, out, out + 3));
}

START_TEST(threads_do_not_change_a_bit)
{
    waving w;
    open_scene_of(&w.s, 10, 4.5, MIXTURE, -1, 0.5, 1, GRZ_EQUATION_BOLTZMANN, 1);
    w.phi = array_of(&w.s);
    wave(&w.s, w.phi);
    same_bits_for_any_threads(w.s.context, 3 + w.s.count, known_sums_and_adjoint, &w);
    free(w.phi);
    close_scene(&w.s);
}
END_TEST

static grz_status refuse(const grzi_batch *b, double *sums, double *force, void *user)
{
    (void)b, (void)sums, (void)force;
    return ++*(int *)user == 5 ? GRZ_ERROR_CALLBACK : GRZ_OK;
}

static grz_status visit(failing_operator *s, void *user)
{
    (void)user;
    int calls = 0;
    double out[FAILING_NODES] = {42}, sums[3] = {42};
    grzi_stream stopping = {refuse, &calls, 1, 0, {NULL}, 1}, stream = {known_sums, NULL, 1, 1, {s->f}, 3};
    grz_status status = visit_nodes(s->op, s->f, &stream, sums, out);
    ck_assert((out[0] == 42 && sums[0] == 42) == was_refused(s));
    if (was_refused(s)) { /* none will be from here on */
        ck_assert_int_eq(visit_nodes(s->op, s->f, &stopping, sums, out), GRZ_ERROR_CALLBACK);
        ck_assert_int_eq(calls, 5);
    }
    return status;
}

START_TEST(failures)
{
    refuse_every_allocation(GRZ_EQUATION_LANDAU, 1, visit, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("collision nodes");
    TCase *tests = tcase_create("nodes");
    tcase_add_test(tests, sums_are_those_of_the_sweep);
    tcase_add_test(tests, nodes_are_collisions_with_the_measure_of_the_kernel);
    tcase_add_test(tests, threads_do_not_change_a_bit);
    tcase_add_test(tests, failures);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

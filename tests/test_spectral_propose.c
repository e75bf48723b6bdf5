/* Proposed boxes keep their tolerance: Landau's Q of mixtures of Gaussians in them against closed forms, relative error in L2. With f_a =
 * w_a times a Gaussian of mean u_a and variance T_a, A_ij = |z|^{gamma+2} (delta_ij - z_i z_j/|z|^2) and r = |v - u_b|:
 *     Q = sum_ab D_ij[f_b] d_ij f_a + u[f_b] f_a ;
 * gamma = 0: D = w_b [(r^2 + 2T_b) delta - (v - u_b)(v - u_b)], u = 6 w_b;
 * gamma = -3: A_ij = d_ij |z|, D = d_ij of Rosenbluth's G = |z| * f_b, G'/r = w_b (erf x - psi)/r, G'' = 2 w_b psi/r, psi = Chandrasekhar's
 * function of x = r/sqrt(2T_b), u = 8 pi f_b. */
#include "support/spectral.h"

#include <stdio.h>

enum { PARTS = 3, DENSITIES = 10 };

typedef struct mixture {
    int parts;
    double weight[PARTS], mean[PARTS][3], T[PARTS], T_min, T_max;
} mixture;

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static double random_number(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* The first has two temperatures at rest, the others random ones and means; all about their mean velocity. */
static mixture mixture_of(int which)
{
    uint64_t state = 12345 + 977 * (uint64_t)which;
    mixture m = {.parts = 2 + which % 2, .T_min = INFINITY};
    double mass = 0, mean[3] = {0};
    for (int a = 0; a < m.parts; a++) {
        mass += m.weight[a] = 0.2 + random_number(&state);
        m.T[a] = which == 0 ? 0.5 + a : 0.5 + random_number(&state);
        for (int i = 0; i < 3; i++) m.mean[a][i] = which == 0 ? 0 : 2 * random_number(&state) - 1;
    }
    for (int a = 0; a < m.parts; a++) {
        m.weight[a] /= mass;
        for (int i = 0; i < 3; i++) mean[i] += m.weight[a] * m.mean[a][i];
        if (!(m.T[a] >= m.T_min)) m.T_min = m.T[a];
        keep_largest(&m.T_max, m.T[a]);
    }
    for (int i = 0; i < 3; i++) {
        double variance = 0;
        for (int a = 0; a < m.parts; a++) {
            m.mean[a][i] -= mean[i];
            variance += m.weight[a] * (m.mean[a][i] * m.mean[a][i] + m.T[a]);
        }
        keep_largest(&m.T_max, variance);
    }
    return m;
}

static double coulomb_pair(double r, double T, double radial, double trace)
{
    double x = r / sqrt(2 * T);
    if (x < 1e-2) { /* series */
        double e = 2.0 / 3 * sqrt(2 / PI_ / T);
        return e * (1 - 3 * x * x / 5) * radial + e * (1 - x * x / 5) * (trace - radial);
    }
    double psi = (erf(x) - 2 / sqrt(PI_) * x * exp(-x * x)) / (2 * x * x);
    return 2 * psi / r * radial + (erf(x) - psi) / r * (trace - radial);
}

static void exact(const mixture *m, int coulomb, const double v[3], double *f, double *Q)
{
    double part[PARTS], d[PARTS][3], square[PARTS];
    *f = *Q = 0;
    for (int a = 0; a < m->parts; a++) {
        square[a] = 0;
        for (int i = 0; i < 3; i++) d[a][i] = v[i] - m->mean[a][i], square[a] += d[a][i] * d[a][i];
        part[a] = m->weight[a] * exp(-square[a] / (2 * m->T[a])) / pow(2 * PI_ * m->T[a], 1.5);
        *f += part[a];
    }
    for (int a = 0; a < m->parts; a++)
        for (int b = 0; b < m->parts; b++) {
            double T = m->T[a], across = 0, r = sqrt(square[b]), trace = part[a] * (square[a] / T - 3) / T;
            for (int i = 0; i < 3; i++) across += d[a][i] * d[b][i];
            double radial = square[b] > 0 ? part[a] * (across * across / square[b] / T - 1) / T : trace / 3; /* along v - u_b */
            *Q += coulomb ? m->weight[b] * coulomb_pair(r, m->T[b], radial, trace) + 8 * PI_ * part[a] * part[b]
                          : m->weight[b] * ((square[b] + 2 * m->T[b]) * trace - square[b] * radial + 6 * part[a]);
        }
}

static double error_of(const mixture *m, int coulomb, double tolerance, int modes)
{
    int32_t n;
    double L, R, wrong = 0, all = 0;
    OK(grz_spectral_propose(context, m->T_min, m->T_max, tolerance, &n, &L, &R));
    const option_value options[2] = {{GRZ_OPERATOR_OPTION_RADIUS, R}, {GRZ_OPERATOR_OPTION_MODES, modes}};
    grz_operator *op = make_operator(context, n, L, coulomb ? -3 : 0, 1, 1, GRZ_EQUATION_LANDAU, 2, options);
    int64_t nodes = (int64_t)n * n * n;
    double *f = doubles(nodes), *Q = doubles(nodes), *right = doubles(nodes), h = 2 * L / n;
    for (int64_t i = 0; i < nodes; i++) {
        const double v[3] = {-L + ((double)(i / n / n) + 0.5) * h, -L + ((double)(i / n % n) + 0.5) * h, -L + ((double)(i % n) + 0.5) * h};
        exact(m, coulomb, v, f + i, right + i);
    }
    apply_to(context, op, f, Q);
    for (int64_t i = 0; i < nodes; i++) {
        wrong += (Q[i] - right[i]) * (Q[i] - right[i]);
        all += right[i] * right[i];
    }
    printf("gamma %d, T in [%.2f, %.2f], asked %.0e, %s: n = %d, L = %.2f, error %.1e\n", coulomb ? -3 : 0, m->T_min, m->T_max, tolerance,
           modes == 2 ? "cube" : "ball", (int)n, L, sqrt(wrong / all));
    grz_operator_destroy(&op);
    free(right);
    free(Q);
    free(f);
    return sqrt(wrong / all);
}

START_TEST(tolerances_are_kept)
{
    int coulomb = _i % 2, last = fast() ? 2 : DENSITIES;
    double tolerance = _i < 2 ? 1e-2 : 1e-4;
    SKIP_IF(tolerance < 1e-2 && fast(), "larger boxes");
    for (int which = 0; which < (tolerance < 1e-2 && !full() ? 2 : last); which++) {
        mixture m = mixture_of(which);
        double error = error_of(&m, coulomb, tolerance, 1);
        HOLDS(error <= tolerance, "density %d, gamma %d: %g where %g was asked", which, coulomb ? -3 : 0, error, tolerance);
        if (which == 0) HOLDS(error_of(&m, coulomb, tolerance, 2) <= tolerance, "cube of modes, gamma %d", coulomb ? -3 : 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral propose");
    TCase *tests = tcase_create("boxes");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, tolerances_are_kept, 0, 4);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

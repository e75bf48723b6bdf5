#include "brute_force.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* Landau has no sigma to sum over and affords more directions. */
enum { POLAR = 13, TURN = 12, LANDAU_POLAR = 14, LANDAU_TURN = 13, ANGLES = 4, CIRCLE = 10, STEPS = 11 };

/* w with two tangents; w and -w give the same, so half a turn with twice the weight. */
typedef struct {
    double w[3], e[3], g[3], weight;
} direction;

typedef struct {
    double a[9], u[3], log_front;
} density;

static double dot(const double x[3], const double y[3])
{
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
}

static void apply(const double a[9], const double x[3], double y[3])
{
    for (int i = 0; i < 3; ++i) {
        y[i] = dot(a + 3 * i, x);
    }
}

static double log_density(const density *f, const double v[3])
{
    double c[3], ac[3];
    for (int i = 0; i < 3; ++i) {
        c[i] = v[i] - f->u[i];
    }
    apply(f->a, c, ac);
    return f->log_front - 0.5 * dot(c, ac);
}

static void log_gradient(const density *f, const double v[3], double gradient[3])
{
    double c[3];
    for (int i = 0; i < 3; ++i) {
        c[i] = f->u[i] - v[i];
    }
    apply(f->a, c, gradient);
}

static double form(const double p[9], const double v[3])
{
    double pv[3];
    apply(p, v, pv);
    return dot(v, pv);
}

/* One pair (v, v*): Landau densities, as printed in (1.2), (3.10) and section 4. */
static void landau_pair(const bimax_problem *in, const density *f, const double v[3], const double vs[3], double weight, bimax_result *out)
{
    double z[3], g[3], gs[3], pv[3], score[3], potential[3];
    for (int i = 0; i < 3; ++i) {
        z[i] = v[i] - vs[i];
    }
    const double length = sqrt(dot(z, z)), ff = exp(log_density(f, v) + log_density(f, vs));
    log_gradient(f, v, g);
    log_gradient(f, vs, gs);
    apply(in->potential, z, pv);
    for (int i = 0; i < 3; ++i) {
        score[i] = g[i] - gs[i];
        potential[i] = 2.0 * pv[i]; /* grad phi - grad phi* */
    }
    const double s = dot(score, z) / (length * length), t = dot(potential, z) / (length * length);
    for (int i = 0; i < 3; ++i) {
        score[i] -= s * z[i];
        potential[i] -= t * z[i];
    }
    const double kernel = weight * pow(length, 2.0 + in->gamma);
    /* (grad - grad*) sqrt(ff*) = sqrt(ff*)/2 (grad - grad*) log ff* */
    out->d_l += kernel * 2.0 * 0.25 * ff * dot(score, score);
    out->a_l += kernel * 0.5 * ff * dot(potential, potential);
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            /* grad psi - grad* psi* = e_i z_j + e_j z_i for psi = v_i v_j */
            out->q_l[3 * i + j] -= kernel * 0.5 * ff * (score[i] * z[j] + score[j] * z[i]);
        }
    }
}

/* log f f*, its exponential and phi + phi* of a pair. */
typedef struct {
    double log_product, product, potential;
} pair_values;

static pair_values evaluate(const bimax_problem *in, const density *f, const double v[3], const double vs[3])
{
    pair_values value;
    value.log_product = log_density(f, v) + log_density(f, vs);
    value.product = exp(value.log_product);
    value.potential = form(in->potential, v) + form(in->potential, vs);
    return value;
}

/* One collision x = (v, v*, v', v'*): (1.2), 6.1.3, (3.1) and the action of section 4. weight is B dsigma dv dv*. */
static void collision(const pair_values *before, const pair_values *after, double x[4][3], double weight, bimax_result *out)
{
    const double difference = after->product - before->product, logs = after->log_product - before->log_product;
    const double root = sqrt(after->product) - sqrt(before->product), jump = after->potential - before->potential;
    const double mean = fabs(logs) < 1e-9 ? before->product : difference / logs;
    out->d_b += 0.25 * weight * difference * logs;
    out->d_b_reduced += weight * root * root;
    out->a_b += 0.25 * weight * mean * jump * jump;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j <= i; ++j) {
            const double psi = x[2][i] * x[2][j] + x[3][i] * x[3][j] - x[0][i] * x[0][j] - x[1][i] * x[1][j];
            out->q_b[3 * i + j] -= 0.25 * weight * difference * psi;
        }
    }
}

static int directions_create(int polar, int turn, direction *list)
{
    double z[LANDAU_POLAR], weight[LANDAU_POLAR];
    if (bimax_gauss(polar, 0.0, z, weight) != 0) {
        return 1;
    }
    for (int d = 0; d < polar * turn; ++d) {
        const double c = 2.0 * z[d / turn] - 1.0, s = sqrt(1.0 - c * c), a = PI * (d % turn + 0.5) / turn;
        const double ca = cos(a), sa = sin(a);
        list[d] = (direction){{s * ca, s * sa, c}, {c * ca, c * sa, -s}, {-sa, ca, 0.0}, 4.0 * weight[d / turn] * PI / turn};
    }
    return 0;
}

static void pair_at(const double y[3], double r, const double w[3], double v[3], double vs[3])
{
    for (int i = 0; i < 3; ++i) {
        v[i] = y[i] + r * w[i];
        vs[i] = y[i] - r * w[i];
    }
}

int brute_force(const bimax_problem *in, const double u[3], bimax_result *out)
{
    memset(out, 0, sizeof *out);
    double chi[ANGLES], chi_weight[ANGLES];
    direction coarse[POLAR * TURN], fine[LANDAU_POLAR * LANDAU_TURN];
    if (in->law != BIMAX_POWER || in->amplitude != 0.0 || !(in->eps > 0.0) || bimax_gauss(ANGLES, 1.0 - in->nu, chi, chi_weight) != 0 ||
        directions_create(POLAR, TURN, coarse) != 0 || directions_create(LANDAU_POLAR, LANDAU_TURN, fine) != 0) {
        return 1;
    }
    density f;
    const double *t = in->temperature, *rotation = in->rotation;
    for (int i = 0; i < 3; ++i) {
        f.u[i] = u[i];
        for (int j = 0; j < 3; ++j) {
            f.a[3 * i + j] = 0.0;
            for (int k = 0; k < 3; ++k) {
                f.a[3 * i + j] += rotation[3 * i + k] * rotation[3 * j + k] / t[k];
            }
        }
    }
    f.log_front = log(in->rho) - 1.5 * log(2.0 * PI) - 0.5 * log(t[0] * t[1] * t[2]);
    const double largest = fmax(t[0], fmax(t[1], t[2])), smallest = fmin(t[0], fmin(t[1], t[2]));
    const double scale = in->eps / PI, half_pi = 0.5 * PI;
    const double constant = 8.0 / PI * (2.0 - in->nu) / pow(half_pi, 2.0 - in->nu); /* (2.2) */
    double law[ANGLES], turn[ANGLES * CIRCLE][3];
    for (int q = 0; q < ANGLES * CIRCLE; ++q) {
        const int angle = q / CIRCLE;
        const double theta = scale * half_pi * chi[angle], phi = 2.0 * PI * (q % CIRCLE + 0.25) / CIRCLE;
        turn[q][0] = cos(theta);
        turn[q][1] = sin(theta) * cos(phi);
        turn[q][2] = sin(theta) * sin(phi);
        /* beta^eps dtheta = scale^{-2} c chi^{-1-nu} dchi, the rule having the weight chi^{1-nu} */
        law[angle] = constant * pow(half_pi, 2.0 - in->nu) * chi_weight[angle] / (theta * theta);
    }
    /* r by the trapezoidal rule in log r, y by the trapezoidal rule along the axes */
    const double top = log(5.0 * sqrt(largest)), bottom = log(sqrt(smallest)) - 16.5 / (in->gamma + 7.0) - 0.5;
    const double radial_step = 0.21, spacing = 0.74;
    const int radii = (int)ceil((top - bottom) / radial_step);
    for (int n = 0; n < STEPS * STEPS * STEPS; ++n) {
        const int index[3] = {n / (STEPS * STEPS), n / STEPS % STEPS, n % STEPS};
        double y[3], volume = 1.0;
        for (int i = 0; i < 3; ++i) {
            y[i] = u[i];
            for (int k = 0; k < 3; ++k) {
                y[i] += rotation[3 * i + k] * sqrt(t[k]) * spacing * (index[k] - 0.5 * (STEPS - 1));
            }
            volume *= sqrt(t[i]) * spacing;
        }
        for (int radius = 0; radius < radii; ++radius) {
            const double r = exp(bottom + radius * radial_step);
            const double shell = volume * 8.0 * r * r * r * radial_step;
            double x[4][3];
            for (int d = 0; d < LANDAU_POLAR * LANDAU_TURN; ++d) {
                pair_at(y, r, fine[d].w, x[0], x[1]);
                landau_pair(in, &f, x[0], x[1], shell * fine[d].weight, out);
            }
            const double kernel = shell * pow(2.0 * r, in->gamma) * 2.0 * PI / CIRCLE;
            for (int d = 0; d < POLAR * TURN; ++d) {
                const direction *at = &coarse[d];
                pair_at(y, r, at->w, x[0], x[1]);
                const pair_values before = evaluate(in, &f, x[0], x[1]);
                for (int q = 0; q < ANGLES * CIRCLE; ++q) {
                    double sigma[3];
                    for (int i = 0; i < 3; ++i) {
                        sigma[i] = turn[q][0] * at->w[i] + turn[q][1] * at->e[i] + turn[q][2] * at->g[i];
                    }
                    pair_at(y, r, sigma, x[2], x[3]);
                    const pair_values after = evaluate(in, &f, x[2], x[3]);
                    collision(&before, &after, x, kernel * at->weight * law[q / CIRCLE], out);
                }
            }
        }
    }
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < i; ++j) {
            out->q_b[3 * j + i] = out->q_b[3 * i + j];
        }
    }
    return 0;
}

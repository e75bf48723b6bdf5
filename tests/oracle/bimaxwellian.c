/*
 * h = f f* = C exp(-(y-u).A(y-u)) exp(-r^2 a(w)), a(w) = w.Aw. With dm = 8 r^2 (2r)^gamma dr dw dy, the integral over y
 * is pi^{3/2} (T1 T2 T3)^{1/2} and int r^{2s-1} exp(-a r^2) dr = Gamma(s) a^{-s} / 2. Put p = (5+gamma)/2, q = p - 1 and
 * k0 = rho^2 / (8 pi^{3/2} (T1 T2 T3)^{1/2}). Then, over dw beta^eps dtheta dphi, with a = a(w), a' = a(sigma),
 *
 *     D_B   =   2^gamma k0 Gamma(p) int (a' - a)(a^{-p} - a'^{-p})
 *     A_B   = 4 2^gamma k0 Gamma(p) int (a^{-p} - a'^{-p}) / (a' - a) (sigma.P sigma - w.P w)^2
 *     D_B^R = 4 2^gamma k0 Gamma(q) int (a^{-q} + a'^{-q} - 2 ((a + a')/2)^{-q})        (continued to -2 < q <= 0)
 *     <Q_B, v v> = 4 2^gamma k0 Gamma(p) lambda_2 int a^{-p} (w w - I/3) dw
 *
 * The last uses that w w - I/3 is a spherical harmonic of degree 2, and D_B = A : <Q_B, v v> / 2.
 *
 * Pairs are parametrised by their bisector m: w, sigma = cos(theta/2) m +- sin(theta/2) p, p a unit vector normal to m
 * (same invariant measure). Then a' - a = -2 sin(theta) m.Ap and sigma.P sigma - w.P w = -2 sin(theta) m.Pp hold without
 * any subtraction, and x = sin(theta) m.Ap / abar, abar = (a + a')/2, gives a, a' = abar (1 +- x).
 */
#include "bimaxwellian.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* Powers of e that every rule gains. */
static const double DECAY = 38.0;

/* ---- Gauss rules ---- */

/* Jacobi polynomial P_n^{(0,b)} and its derivative. */
static void jacobi(int n, long double b, long double x, long double *value, long double *slope)
{
    long double below = 1.0L, here = 1.0L + 0.5L * (b + 2.0L) * (x - 1.0L);
    for (int k = 2; k <= n; ++k) {
        const long double s = 2.0L * k + b;
        const long double next = ((s - 1.0L) * (s * (s - 2.0L) * x - b * b) * here - 2.0L * (k - 1.0L) * (k + b - 1.0L) * s * below) /
                                 (2.0L * k * (k + b) * (s - 2.0L));
        below = here;
        here = next;
    }
    const long double s = 2.0L * n + b;
    *value = here;
    *slope = (n * (-b - s * x) * here + 2.0L * n * (n + b) * below) / (s * (1.0L - x * x));
}

int bimax_gauss(int n, double b, double *node, double *weight)
{
    if (n < 1 || !(b > -1.0)) {
        return 1;
    }
    long double *root = malloc((size_t)n * sizeof *root);
    if (root == NULL) {
        return 2;
    }
    const long double pi = acosl(-1.0L);
    long double total = 0.0L;
    for (int i = 0; i < n; ++i) {
        long double x = cosl(pi * (i + 0.75L) / (n + 0.5L * (b + 1.0L)));
        long double value, slope;
        for (int iteration = 0; iteration < 100; ++iteration) {
            long double pull = 0.0L; /* deflation by the roots already found */
            for (int j = 0; j < i; ++j) {
                pull += 1.0L / (x - root[j]);
            }
            jacobi(n, b, x, &value, &slope);
            long double next = x - value / (slope - value * pull);
            if (next <= -1.0L) {
                next = 0.5L * (x - 1.0L);
            } else if (next >= 1.0L) {
                next = 0.5L * (x + 1.0L);
            }
            const long double step = fabsl(next - x);
            x = next;
            if (step <= 4.0L * LDBL_EPSILON) {
                break;
            }
        }
        root[i] = x;
        jacobi(n, b, x, &value, &slope);
        const long double w = 1.0L / ((1.0L - x * x) * slope * slope);
        node[i] = (double)(0.5L * (1.0L + x));
        weight[i] = (double)w;
        total += w;
    }
    int status = 0;
    for (int i = 0; i < n; ++i) {
        weight[i] = (double)(weight[i] / (total * (1.0L + b)));
        if (!(root[i] > -1.0L && root[i] < 1.0L) || (i > 0 && !(root[i] < root[i - 1]))) {
            status = 1;
        }
    }
    free(root);
    return status;
}

/* ---- angular law ---- */

typedef struct {
    int count;
    double *theta;  /* collision angles */
    double *weight; /* of theta^2 beta^eps(theta) dtheta */
    double total;   /* int theta^2 beta^eps */
    double limit;   /* the same for the Landau limit */
} angular_rule;

static double sinc(double x)
{
    return fabs(x) < 1e-150 ? 1.0 : sin(x) / x;
}

/* log((sqrt k + 1)/(sqrt k - 1)): half of it is the width of the strip around the real angles where a(w), of extreme
 * values 1 : k on a great circle, has no zero; all convergence rates follow from it. */
static double strip(double ratio)
{
    const double s = sqrt(ratio);
    return s - 1.0 < 1e-12 ? 28.0 : log((s + 1.0) / (s - 1.0));
}

/* Digits (powers of e) a rule must gain on singularities of order p + 1: their coefficients start large if the strip is
 * narrow. */
static double decay(double margin, double p, double width)
{
    return margin * DECAY + 2.0 * (p + 1.0) * fmax(0.0, -log(width));
}

static int order(double count, int refine)
{
    return (int)ceil(count) * (1 + refine);
}

/* Unscaled angle chi in (0, pi/2], theta = scale chi. What multiplies theta^2 beta is even in theta, so the rules
 * for the analytic laws live in chi^2. */
static int angular_create(const bimax_problem *in, double p, double width, angular_rule *rule)
{
    const double half_pi = 0.5 * PI;
    const double scale = in->law == BIMAX_COULOMB ? 1.0 : in->eps / PI;
    const double reach = width / fmax(scale * half_pi, 1e-300);
    const double even = 0.25 * decay(0.8, p, width) / asinh(reach) + 3.0;
    const int n = in->law == BIMAX_CALLBACK ? order(fmax(2.0 * even, 40.0), in->refine) : order(fmax(even, 10.0), in->refine);
    rule->theta = malloc(((size_t)n + 1) * sizeof(double));
    rule->weight = malloc(((size_t)n + 1) * sizeof(double));
    if (rule->theta == NULL || rule->weight == NULL) {
        return 2;
    }
    double *theta = rule->theta, *weight = rule->weight;
    double total = 0.0; /* int theta^2 beta for amplitude 1 */
    int status = 0;
    rule->count = n;
    switch (in->law) {
    case BIMAX_POWER: /* theta^2 beta dtheta = (1/2) t^{-nu/2} dt, t = chi^2 */
        status = bimax_gauss(n, -0.5 * in->nu, theta, weight);
        for (int i = 0; i < n; ++i) {
            weight[i] *= 0.5 * pow(half_pi, 2.0 - in->nu);
            theta[i] = scale * half_pi * sqrt(theta[i]);
        }
        total = pow(half_pi, 2.0 - in->nu) / (2.0 - in->nu);
        break;
    case BIMAX_SPHERE: /* theta^2 beta dtheta = (1/2) t sinc(chi) dt */
        status = bimax_gauss(n, 1.0, theta, weight);
        for (int i = 0; i < n; ++i) {
            const double chi = half_pi * sqrt(theta[i]);
            weight[i] *= 0.5 * pow(half_pi, 4.0) * sinc(chi);
            theta[i] = scale * chi;
        }
        total = PI - 2.0;
        break;
    case BIMAX_COULOMB:
        if (in->eps > 0.0) {
            /* int_eps^{pi/2} F(theta^2) dtheta/theta = F(0) log(pi/(2 eps)) + 1/2 int (F(t) - F(0))/t dt */
            const double low = in->eps * in->eps, high = half_pi * half_pi, scale_log = 1.0 / log(1.0 / in->eps);
            double at_zero = log(half_pi / in->eps);
            total = at_zero * scale_log;
            status = bimax_gauss(n, 0.0, theta, weight);
            for (int i = 0; i < n; ++i) {
                const double t = low + (high - low) * theta[i];
                weight[i] *= 0.5 * (high - low) / t;
                at_zero -= weight[i];
                weight[i] *= scale_log;
                theta[i] = sqrt(t);
            }
            theta[n] = 0.0;
            weight[n] = at_zero * scale_log;
            rule->count = n + 1;
        } else {
            total = 1.0;
        }
        break;
    case BIMAX_CALLBACK:
        status = bimax_gauss(n, 1.0 - in->nu, theta, weight);
        for (int i = 0; i < n; ++i) {
            const double chi = half_pi * theta[i];
            weight[i] *= half_pi * chi * chi * in->beta(chi, in->user) * pow(theta[i], in->nu - 1.0);
            theta[i] = scale * chi;
            total += weight[i];
        }
        break;
    }
    if (status != 0) {
        return status;
    }
    double amplitude = in->amplitude;
    if (amplitude == 0.0) {
        amplitude = in->law == BIMAX_COULOMB ? 8.0 / PI : 8.0 / PI / total;
    }
    for (int i = 0; i < rule->count; ++i) {
        weight[i] *= amplitude;
    }
    rule->total = amplitude * total;
    rule->limit = in->law == BIMAX_COULOMB ? amplitude : rule->total;
    if (in->eps == 0.0) {
        rule->count = 1;
        theta[0] = 0.0;
        weight[0] = rule->total;
    }
    return isfinite(rule->total) && rule->total > 0.0 ? 0 : 1;
}

/* ---- the bi-Maxwellian in its own axes, polar axis last ---- */

typedef struct {
    double inverse[3];   /* 1/T */
    double mean;         /* tr A / 3 */
    double deviation[3]; /* 1/T - tr A / 3, from the differences of the temperatures */
    double diagonal[3];  /* P without its trace */
    double mixed[3];     /* P_12^2, P_20^2, P_01^2: opposite to axis 0, 1, 2 */
    int axis[3];         /* the problem's axis behind each of ours */
    double width;        /* strip of the largest ratio */
    double equatorial;   /* strip of the ratio across the equator */
} frame;

static void frame_create(const bimax_problem *in, frame *fr)
{
    const double *t = in->temperature;
    int polar = 0;
    double best = INFINITY, largest = 1.0;
    for (int k = 0; k < 3; ++k) {
        const double s = t[(k + 1) % 3], u = t[(k + 2) % 3];
        const double ratio = s > u ? s / u : u / s;
        if (ratio < best) {
            best = ratio;
            polar = k;
        }
        largest = fmax(largest, ratio);
    }
    fr->width = strip(largest);
    fr->equatorial = strip(best);
    double p[3][3];
    for (int k = 0; k < 3; ++k) {
        fr->axis[k] = (polar + 1 + k) % 3;
    }
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            double sum = 0.0;
            for (int k = 0; k < 3; ++k) {
                for (int l = 0; l < 3; ++l) {
                    sum += in->rotation[3 * k + fr->axis[i]] * in->rotation[3 * l + fr->axis[j]] * in->potential[3 * k + l];
                }
            }
            p[i][j] = sum;
        }
    }
    fr->mean = 0.0;
    for (int i = 0; i < 3; ++i) {
        const int j = (i + 1) % 3, k = (i + 2) % 3;
        const double ti = t[fr->axis[i]], tj = t[fr->axis[j]], tk = t[fr->axis[k]];
        fr->inverse[i] = 1.0 / ti;
        fr->mean += 1.0 / (3.0 * ti);
        fr->deviation[i] = ((tj - ti) / (ti * tj) + (tk - ti) / (ti * tk)) / 3.0;
        fr->diagonal[i] = ((p[i][i] - p[j][j]) + (p[i][i] - p[k][k])) / 3.0;
        fr->mixed[i] = 0.25 * (p[j][k] + p[k][j]) * (p[j][k] + p[k][j]);
    }
}

/* Nodes on the octant of the sphere: z by Gauss, azimuth by the midpoint rule, both for functions even in each axis. */
typedef struct {
    int polar, azimuth;
    double *z, *weight; /* weight of the whole sphere, azimuth included */
} octant;

static int octant_create(const frame *fr, double p, double margin, int refine, octant *oc)
{
    const double digits = decay(margin, p, fr->width);
    const int full = 2 * order(0.5 * digits / fr->width + 3.0, refine);
    oc->polar = full / 2;
    oc->azimuth = order(0.5 * digits / fr->equatorial + 3.0, refine);
    oc->z = malloc((size_t)full * sizeof(double));
    oc->weight = malloc((size_t)full * sizeof(double));
    if (oc->z == NULL || oc->weight == NULL) {
        return 2;
    }
    if (bimax_gauss(full, 0.0, oc->z, oc->weight) != 0) {
        return 1;
    }
    for (int i = 0; i < oc->polar; ++i) { /* the upper half, and 4 pi in all */
        oc->z[i] = 2.0 * oc->z[i] - 1.0;
        oc->weight[i] *= 8.0 * PI / oc->azimuth;
    }
    return 0;
}

static void octant_destroy(octant *oc)
{
    free(oc->z);
    free(oc->weight);
}

/* ---- integrals over one direction ---- */

/* 1/4 of |grad_S (w.P w)|^2 averaged over the reflections of the axes: the mixed terms separate. No subtraction. */
static double gradient_square(const double diagonal[3], const double mixed[3], const double w[3])
{
    double form = 0.0, sum = 0.0;
    for (int i = 0; i < 3; ++i) {
        form += diagonal[i] * w[i] * w[i];
    }
    for (int i = 0; i < 3; ++i) {
        const double part = (diagonal[i] - form) * w[i];
        sum += part * part;
    }
    for (int i = 0; i < 3 && mixed != NULL; ++i) {
        const double s = w[(i + 1) % 3] * w[(i + 1) % 3], t = w[(i + 2) % 3] * w[(i + 2) % 3];
        sum += mixed[i] * ((s - t) * (s - t) + (s + t) * w[i] * w[i]);
    }
    return sum;
}

static int reduced_integrals(const bimax_problem *in, const frame *fr, double p, double front, double lambda_2, bimax_result *out)
{
    octant oc = {0};
    int status = octant_create(fr, p, 1.25, in->refine, &oc);
    if (status != 0) {
        octant_destroy(&oc);
        return status;
    }
    double weak[3] = {0.0, 0.0, 0.0}, dissipation = 0.0, limit = 0.0, action = 0.0;
    for (int i = 0; i < oc.polar; ++i) {
        const double z = oc.z[i], sine = sqrt((1.0 - z) * (1.0 + z));
        double sums[6] = {0.0};
        for (int j = 0; j < oc.azimuth; ++j) {
            const double alpha = 0.5 * PI * (j + 0.5) / oc.azimuth;
            const double w[3] = {sine * cos(alpha), sine * sin(alpha), z};
            double excess = 0.0; /* a - tr A / 3, whose mean over the sphere vanishes */
            for (int k = 0; k < 3; ++k) {
                excess += fr->deviation[k] * w[k] * w[k];
            }
            const double logarithm = log1p(excess / fr->mean), power = expm1(-p * logarithm);
            for (int k = 0; k < 3; ++k) {
                sums[k] += power * (w[k] * w[k] - 1.0 / 3.0);
            }
            const double steep = exp(-(p + 1.0) * logarithm);
            sums[3] -= power * excess;
            sums[4] += steep * gradient_square(fr->deviation, NULL, w);
            sums[5] += steep * gradient_square(fr->diagonal, fr->mixed, w);
        }
        for (int k = 0; k < 3; ++k) {
            weak[k] += oc.weight[i] * sums[k];
        }
        dissipation += oc.weight[i] * sums[3];
        limit += oc.weight[i] * sums[4];
        action += oc.weight[i] * sums[5];
    }
    octant_destroy(&oc);
    const double scale = pow(fr->mean, -p), gamma_p = tgamma(p);
    const double common = 4.0 * front * gamma_p * scale;
    out->d_b = -0.5 * common * lambda_2 * dissipation;
    const double landau = 32.0 * out->c_landau * front * p * gamma_p * scale / fr->mean;
    out->d_l = landau * limit;
    out->a_l = 4.0 * landau * action;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            double sum = 0.0;
            for (int k = 0; k < 3; ++k) {
                sum += in->rotation[3 * i + fr->axis[k]] * in->rotation[3 * j + fr->axis[k]] * weak[k];
            }
            out->q_b[3 * i + j] = common * lambda_2 * sum;
            out->q_l[3 * i + j] = -24.0 * out->c_landau * common * sum; /* -4 C_beta l(l+1), l = 2 */
        }
    }
    return 0;
}

/* ---- integrals over pairs of directions ---- */

/* With d = atanh x, m = log(1 - x^2)/2:
 *   slope     = ((1-x)^{-p} - (1+x)^{-p}) / (2x)                     = e^{-pm} sinh(pd) / x
 *   curvature = ((1-x)^{-q} + (1+x)^{-q} - 2) / (2 q x^2)            = (e^{-qm} cosh(qd) - 1) / (q x^2), any q > -2 */
static void pair_factors(double x, double p, double q, double *slope, double *curvature)
{
    if (fabs(x) < 1e-9) { /* next terms are of relative order x^2 */
        *slope = p;
        *curvature = 0.5 * (1.0 + q);
        return;
    }
    const double d = 0.5 * (log1p(x) - log1p(-x)), m = 0.5 * log1p(-x * x);
    const double qm = -q * m, rise = qm == 0.0 ? 1.0 : expm1(qm) / qm;
    const double half = 0.5 * q * d, bend = half == 0.0 ? 1.0 : sinh(half) / half;
    *slope = exp(-p * m) * sinh(p * d) / x;
    /* cosh(qd) = 1 + 2 sinh^2(qd/2) */
    *curvature = (-m * rise * (1.0 + 2.0 * half * half * bend * bend) + 0.5 * q * d * d * bend * bend) / (x * x);
}

/* Half a circle of angles about the bisector; the other half only exchanges w and sigma. */
typedef struct {
    int count;
    double *cosine, *sine;
} half_circle;

static int circle_create(const bimax_problem *in, const frame *fr, double p, double theta, half_circle *circle)
{
    const double y = asinh(sinh(0.5 * fr->width) / fmax(sin(0.5 * theta), 1e-300));
    circle->count = order(0.5 * decay(0.8, p, fr->width) / y + 3.0, in->refine);
    circle->cosine = malloc(2 * (size_t)circle->count * sizeof(double));
    if (circle->cosine == NULL) {
        return 2;
    }
    circle->sine = circle->cosine + circle->count;
    for (int f = 0; f < circle->count; ++f) {
        circle->cosine[f] = cos(PI * (f + 0.5) / circle->count);
        circle->sine[f] = sin(PI * (f + 0.5) / circle->count);
    }
    return 0;
}

/* Adds to sum, for one bisector m with tangents e, g and one angle, the integrals over phi of the integrands of
 * D_B, D_B^R and A_B divided by sin^2(theta). */
static void circle_add(const frame *fr, const double m[3], const double e[3], const double g[3], double theta, double weight,
                       const half_circle *circle, double p, double sum[3])
{
    const double st = sin(theta), sh = sin(0.5 * theta), ch = cos(0.5 * theta);
    double along = 0.0, turn[3] = {0.0};
    for (int k = 0; k < 3; ++k) {
        along += fr->inverse[k] * m[k] * m[k];
    }
    for (int f = 0; f < circle->count; ++f) {
        double v[3], across = 0.0, tilt = 0.0, form = 0.0, mixed = 0.0;
        for (int k = 0; k < 3; ++k) {
            v[k] = circle->cosine[f] * e[k] + circle->sine[f] * g[k];
            across += fr->inverse[k] * v[k] * v[k];
            tilt += fr->deviation[k] * m[k] * v[k]; /* m.Ap, as m.p = 0 */
            form += fr->diagonal[k] * m[k] * v[k];
        }
        for (int k = 0; k < 3; ++k) { /* reflections of the axes leave only the squares of the mixed terms */
            const int i = (k + 1) % 3, j = (k + 2) % 3;
            const double cross = m[i] * v[j] + m[j] * v[i];
            mixed += fr->mixed[k] * cross * cross;
        }
        const double centre = ch * ch * along + sh * sh * across;
        double slope, curvature;
        pair_factors(st * tilt / centre, p, p - 1.0, &slope, &curvature);
        const double power = pow(centre, -p - 1.0); /* abar^{-q} x^2 ~ abar^{-p-1} (m.Ap)^2 */
        turn[0] += power * slope * tilt * tilt;
        turn[1] += power * curvature * tilt * tilt;
        turn[2] += power * slope * (form * form + mixed);
    }
    for (int k = 0; k < 3; ++k) {
        sum[k] += weight * (2.0 * PI / circle->count) * turn[k];
    }
}

static int pair_integrals(const bimax_problem *in, const frame *fr, const angular_rule *rule, double p, double front, bimax_result *out)
{
    octant oc = {0};
    int status = octant_create(fr, p, 0.9, in->refine, &oc);
    half_circle *circle = calloc((size_t)rule->count, sizeof *circle);
    if (circle == NULL) {
        status = 2;
    }
    for (int t = 0; t < rule->count && status == 0; ++t) {
        status = circle_create(in, fr, p, rule->theta[t], &circle[t]);
    }
    double sum[3] = {0.0};
    for (int i = 0; i < oc.polar && status == 0; ++i) {
        const double z = oc.z[i], s = sqrt((1.0 - z) * (1.0 + z));
        double ring[3] = {0.0};
        for (int j = 0; j < oc.azimuth; ++j) {
            const double alpha = 0.5 * PI * (j + 0.5) / oc.azimuth, ca = cos(alpha), sa = sin(alpha);
            const double m[3] = {s * ca, s * sa, z}, e[3] = {z * ca, z * sa, -s}, g[3] = {-sa, ca, 0.0};
            for (int t = 0; t < rule->count; ++t) {
                const double theta = rule->theta[t], chord = sinc(theta);
                circle_add(fr, m, e, g, theta, rule->weight[t] * chord * chord, &circle[t], p, ring);
                out->evaluations += circle[t].count;
            }
        }
        for (int k = 0; k < 3; ++k) {
            sum[k] += oc.weight[i] * ring[k];
        }
    }
    for (int t = 0; t < rule->count && circle != NULL; ++t) {
        free(circle[t].cosine);
    }
    free(circle);
    octant_destroy(&oc);
    const double gamma_p = tgamma(p);
    out->d_b_by_pairs = 4.0 * front * gamma_p * sum[0];
    out->d_b_reduced = 8.0 * front * gamma_p * sum[1]; /* q Gamma(q) = Gamma(p): no pole at gamma = -3 */
    out->a_b = 16.0 * front * gamma_p * sum[2];
    return status;
}

/* ---- entry points ---- */

void bimax_default(bimax_problem *problem)
{
    memset(problem, 0, sizeof *problem);
    problem->rho = 1.0;
    for (int i = 0; i < 3; ++i) {
        problem->temperature[i] = 1.0;
        problem->rotation[4 * i] = 1.0;
    }
    problem->law = BIMAX_POWER;
    problem->nu = 0.5;
    problem->eps = PI;
    problem->potential[0] = 1.0;
    problem->parts = BIMAX_ALL;
    problem->beta = NULL;
    problem->user = NULL;
}

void bimax_rotation(const double quaternion[4], double rotation[9])
{
    const double a = quaternion[0], b = quaternion[1], c = quaternion[2], d = quaternion[3];
    const double s = a * a + b * b + c * c + d * d;
    const double matrix[9] = {a * a + b * b - c * c - d * d, 2.0 * (b * c - a * d),         2.0 * (b * d + a * c),
                              2.0 * (b * c + a * d),         a * a - b * b + c * c - d * d, 2.0 * (c * d - a * b),
                              2.0 * (b * d - a * c),         2.0 * (c * d + a * b),         a * a - b * b - c * c + d * d};
    for (int i = 0; i < 9; ++i) {
        rotation[i] = matrix[i] / s;
    }
}

static int admissible(const bimax_problem *in)
{
    if (!(in->rho > 0.0 && isfinite(in->rho)) || !(in->gamma >= -4.0 && in->gamma <= 1.0) || in->refine < 0) {
        return 0;
    }
    for (int i = 0; i < 3; ++i) {
        if (!(in->temperature[i] > 0.0 && isfinite(in->temperature[i]))) {
            return 0;
        }
        for (int j = 0; j < 3; ++j) {
            double dot = 0.0;
            for (int k = 0; k < 3; ++k) {
                dot += in->rotation[3 * k + i] * in->rotation[3 * k + j];
            }
            if (!(fabs(dot - (i == j)) < 1e-12)) {
                return 0;
            }
        }
    }
    const double *t = in->temperature;
    if (fmax(t[0], fmax(t[1], t[2])) > 1000.0 * fmin(t[0], fmin(t[1], t[2]))) {
        return 0;
    }
    if (!(in->amplitude >= 0.0) || !(in->eps >= 0.0) || !(in->eps <= PI)) {
        return 0;
    }
    switch (in->law) {
    case BIMAX_POWER:
        return in->nu < 2.0;
    case BIMAX_SPHERE:
        return 1;
    case BIMAX_COULOMB:
        return in->eps < 1.0;
    case BIMAX_CALLBACK:
        return in->nu < 2.0 && in->beta != NULL;
    }
    return 0;
}

int bimax_oracle(const bimax_problem *in, bimax_result *out)
{
    memset(out, 0, sizeof *out);
    if (!admissible(in)) {
        return 1;
    }
    frame fr;
    frame_create(in, &fr);
    angular_rule rule = {0};
    const double p = 0.5 * (5.0 + in->gamma);
    int status = angular_create(in, p, fr.width, &rule);
    if (status == 0) {
        out->c_beta = PI / 8.0 * rule.total;
        out->c_landau = PI / 8.0 * rule.limit;
        double sum = 0.0;
        for (int i = 0; i < rule.count; ++i) {
            const double s = sinc(rule.theta[i]);
            sum += rule.weight[i] * s * s;
        }
        out->lambda_2 = -3.0 * PI * sum; /* P_2(cos) - 1 = -(3/2) sin^2 */
        const double *t = in->temperature;
        const double front = exp2(in->gamma) * in->rho * in->rho / (8.0 * PI * sqrt(PI) * sqrt(t[0] * t[1] * t[2]));
        if (in->parts & BIMAX_REDUCED) {
            status = reduced_integrals(in, &fr, p, front, out->lambda_2, out);
        }
        if (status == 0 && (in->parts & BIMAX_PAIRS)) {
            status = pair_integrals(in, &fr, &rule, p, front, out);
        }
        if (status == 0 && in->parts == BIMAX_ALL && out->d_b > 0.0) {
            out->defect = fabs(out->d_b_by_pairs / out->d_b - 1.0);
        }
    }
    free(rule.theta);
    free(rule.weight);
    return status;
}

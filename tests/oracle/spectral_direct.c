#include "oracle/spectral_direct.h"

#include "oracle/bimaxwellian.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;

enum { ANGLES = 60, RADII = 40, LMAX = 40 };

/* (1 - P_l(cos t))/(t^2/2) without cancellation: 1 - P_l by the recurrence of the differences. */
static double deficit(int l, double t)
{
    double s = 2 * pow(sin(t / 2), 2), c = 1 - s, d0 = 0, d1 = s; /* d_l = 1 - P_l */
    if (l == 0) return 0;
    for (int i = 1; i < l; i++) {
        /* (i+1) P_{i+1} = (2i+1) c P_i - i P_{i-1} */
        double d2 = ((2 * i + 1) * (s + c * d1) - i * d0) / (i + 1);
        d0 = d1;
        d1 = d2;
    }
    return t > 0 ? d1 / (t * t / 2) : l * (l + 1) / 2.0;
}

void direct_spectrum(double nu, double eps, int lmax, double *lambda)
{
    double x[ANGLES], w[ANGLES];
    for (int l = 0; l <= lmax; l++) lambda[l] = l % 2 || l == 0 ? 0 : nu == 0 ? -1 : eps == 0 ? -4.0 * l * (l + 1) : 0;
    if (nu == 0 || eps == 0) return;
    bimax_gauss(ANGLES, 1 - nu, x, w);
    double c = 8 / PI * (2 - nu) / pow(PI / 2, 2 - nu);
    for (int l = 2; l <= lmax; l += 2)
        for (int i = 0; i < ANGLES; i++) {
            double chi = PI / 2 * x[i], t = eps * chi / PI;
            /* beta^eps dtheta (1 - P) = c chi^{-1-nu} (pi/eps)^2 dchi t^2/2 deficit = c chi^{1-nu}/2 deficit dchi */
            lambda[l] -= 2 * PI * c * pow(PI / 2, 2 - nu) * w[i] * deficit(l, t) / 2;
        }
}

/* j_0..j_lmax by Miller's recurrence in long double. */
static void bessel(int lmax, double x, double *j)
{
    long double a = 0, b = 1e-3000L, table[LMAX + 1];
    if (x < 1e-8) {
        for (int l = 0; l <= lmax; l++) j[l] = l == 0;
        return;
    }
    for (int l = LMAX + 60 + (int)x; l >= 0; l--) {
        long double below = (2 * l + 3) / (long double)x * b - a;
        a = b;
        b = below;
        if (l <= lmax) table[l] = b;
    }
    long double j0 = sinl(x) / x, j1 = (j0 - cosl(x)) / x, scale = fabsl(j0) > fabsl(j1) ? j0 / table[0] : j1 / table[1];
    for (int l = 0; l <= lmax; l++) j[l] = (double)(table[l] * scale);
}

typedef struct tables {
    int limit;
    double unit, r[RADII], w[RADII], lambda[LMAX + 1];
    double *radial; /* [L/2 - 1][K][Q] */
} tables;

static void fill_radial(const direct_problem *p, tables *t)
{
    int limit = t->limit, squares = 4 * limit;
    double x[RADII], w[RADII], *at_k = malloc(sizeof(double) * limit * (LMAX + 1)), *at_q = malloc(sizeof(double) * squares * (LMAX + 1));
    double power = p->gamma <= -2.5 ? 4 + p->gamma : 2 + p->gamma; /* j_2 j_2 = O(r^4) leaves two powers to move */
    bimax_gauss(RADII, power, x, w);
    for (long i = 0; i < (long)(LMAX / 2) * limit * squares; i++) t->radial[i] = 0;
    for (int i = 0; i < RADII; i++) {
        double r = p->R * x[i], weight = w[i] * pow(p->R, power + 1) * 8 * pow(2, p->gamma) * pow(r, 2 + p->gamma - power);
        for (int s = 0; s < limit; s++) bessel(LMAX, r * t->unit * sqrt(s), at_k + s * (LMAX + 1));
        for (int s = 0; s < squares; s++) bessel(LMAX, r * t->unit * sqrt(s), at_q + s * (LMAX + 1));
        for (int L = 2; L <= LMAX; L += 2)
            for (int k = 0; k < limit; k++)
                for (int q = 0; q < squares; q++)
                    t->radial[((long)(L / 2 - 1) * limit + k) * squares + q] +=
                        weight * at_k[k * (LMAX + 1) + L] * at_q[q * (LMAX + 1) + L];
    }
    free(at_k);
    free(at_q);
}

static double kernel(const tables *t, int K, int a, int b)
{
    int Q = 2 * a + 2 * b - K;
    double cosine = K > 0 && Q > 0 ? (a - b) / sqrt((double)K * Q) : 0, P0 = 1, P1 = cosine, sum = 0;
    for (int L = 2; L <= LMAX; L++) {
        double P2 = ((2 * L - 1) * cosine * P1 - (L - 1) * P0) / L;
        P0 = P1;
        P1 = P2;
        if (L % 2 == 0) sum += (2 * L + 1) * t->lambda[L] * P2 * t->radial[((long)(L / 2 - 1) * t->limit + K) * 4 * t->limit + Q];
    }
    return 4 * PI * sum;
}

/* Coefficients of f at modes -h..h by plain sums along the axes, and back. */
static void transform(int n, int sign, const double complex *in, double complex *out)
{
    int h = n / 2 - 1, m = 2 * h + 1;
    (void)m;
    double complex *a = malloc(sizeof *a * n * n * n), *b = malloc(sizeof *b * n * n * n);
    for (long i = 0; i < (long)n * n * n; i++) a[i] = in[i];
    for (int axis = 0; axis < 3; axis++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++) {
                    double complex sum = 0;
                    for (int x = 0; x < n; x++) sum += a[((long)x * n + i) * n + j] * cexp(sign * 2 * PI * I * (double)((k * x) % n) / n);
                    b[((long)i * n + j) * n + k] = sum;
                }
        double complex *swap = a;
        a = b;
        b = swap;
    }
    for (long i = 0; i < (long)n * n * n; i++) out[i] = a[i];
    free(a);
    free(b);
}

int direct_collision(const direct_problem *p, const double *f, double *Q)
{
    int n = p->n, h = n / 2 - 1, limit = n * n / 4;
    long nodes = (long)n * n * n;
    tables t = {.limit = limit, .unit = PI / p->half_width};
    t.radial = malloc(sizeof(double) * (LMAX / 2) * limit * 4 * limit);
    double *B = malloc(sizeof(double) * limit * limit * limit);
    double complex *fhat = calloc(nodes, sizeof *fhat), *Qhat = calloc(nodes, sizeof *Qhat);
    if (!t.radial || !B || !fhat || !Qhat) return 1;
    direct_spectrum(p->nu, p->eps, LMAX, t.lambda);
    fill_radial(p, &t);
    for (int K = 0; K < limit; K++)
        for (int a = 0; a < limit; a++)
            for (int b = 0; b < limit; b++) {
                double low = sqrt(a) - sqrt(b), high = sqrt(a) + sqrt(b);
                B[((long)K * limit + a) * limit + b] = K < low * low - 1e-9 || K > high * high + 1e-9 ? 0 : kernel(&t, K, a, b);
            }
    for (long i = 0; i < nodes; i++) fhat[i] = f[i];
    transform(n, -1, fhat, fhat);
    for (int kx = -h; kx <= h; kx++)
        for (int ky = -h; ky <= h; ky++)
            for (int kz = -h; kz <= h; kz++) {
                int K = kx * kx + ky * ky + kz * kz;
                if (K >= limit) continue;
                double complex sum = 0;
                for (int x = -h; x <= h; x++)
                    for (int y = -h; y <= h; y++)
                        for (int z = -h; z <= h; z++) {
                            int a = x * x + y * y + z * z, u = kx - x, v = ky - y, w = kz - z, b = u * u + v * v + w * w;
                            if (a >= limit || b >= limit || abs(u) > h || abs(v) > h || abs(w) > h) continue;
                            sum += B[((long)K * limit + a) * limit + b] * fhat[(((x + n) % n) * n + (y + n) % n) * n + (z + n) % n] *
                                   fhat[(((u + n) % n) * n + (v + n) % n) * n + (w + n) % n];
                        }
                Qhat[(((kx + n) % n) * n + (ky + n) % n) * n + (kz + n) % n] = sum / ((double)nodes * nodes);
            }
    transform(n, 1, Qhat, Qhat);
    for (long i = 0; i < nodes; i++) Q[i] = creal(Qhat[i]);
    free(t.radial);
    free(B);
    free(fhat);
    free(Qhat);
    return 0;
}

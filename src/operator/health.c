/* Whether a box, a grid and a radius suit a density: numbers to look at before a run, and a sentence. */
#include "core/fft.h"
#include "operator.h"

#include <math.h>
#include <stdlib.h>

/* f's transform in a box of twice the width, where no pair has a periodic image: every other mode is one of the grid's own, and the inverse
 * of its square counts the pairs at each relative velocity. In the same way the square of the moduli's transform counts the products of
 * modes l and m at each l + m. */
typedef struct survey {
    const grz_grid *grid;
    int N; /* 2n */
    grzi_fft fft;
    double *values;
    double complex *spectrum;
} survey;

static void fill(const survey *s, const double *f)
{
    int n = s->grid->n, N = s->N;
    for (int64_t i = 0; i < (int64_t)N * N * N; i++) s->values[i] = 0;
    for (int x = 0; x < n; x++)
        for (int y = 0; y < n; y++)
            for (int z = 0; z < n; z++) s->values[((int64_t)x * N + y) * N + z] = *f++;
    grzi_fft_forward(&s->fft, s->values, s->spectrum);
}

static int64_t mode_at(const survey *s, int x, int y, int z)
{
    int N = s->N;
    return ((int64_t)((2 * x + N) % N) * N + (2 * y + N) % N) * (N / 2 + 1) + 2 * z;
}

static int outside_ball(int n, int x, int y, int z)
{
    return 4 * (x * x + y * y + z * z) >= n * n;
}

/* Relative to the largest mode, the largest one with a component of at least n/2 - 1; and the share of squares outside the ball of modes. */
static void look_at_modes(const survey *s, double *tail, double *outside)
{
    int n = s->grid->n, edge = n / 2 - 1;
    double largest = 0, last = 0, out = 0, all = 0;
    for (int x = -(n - 1) / 2; x <= n / 2; x++)
        for (int y = -(n - 1) / 2; y <= n / 2; y++)
            for (int z = 0; z <= n / 2; z++) {
                double size = cabs(s->spectrum[mode_at(s, x, y, z)]), weight = z > 0 ? 2 : 1;
                largest = fmax(largest, size);
                if (abs(x) >= edge || abs(y) >= edge || z >= edge) last = fmax(last, size);
                all += weight * size * size;
                if (outside_ball(n, x, y, z)) out += weight * size * size;
            }
    *tail = largest > 0 ? last / largest : 0;
    *outside = all > 0 ? out / all : 0;
}

/* The moduli of the ball's modes in place of f, scaled so that their squares neither over- nor underflow. */
static void fill_moduli(const survey *s)
{
    int n = s->grid->n, N = s->N, h = (n - 1) / 2;
    double largest = 0;
    for (int64_t i = 0; i < (int64_t)N * N * N; i++) s->values[i] = 0;
    for (int x = -h; x <= h; x++)
        for (int y = -h; y <= h; y++)
            for (int z = 0; z <= h; z++) largest = fmax(largest, cabs(s->spectrum[mode_at(s, x, y, z)]));
    for (int x = -h; x <= h; x++)
        for (int y = -h; y <= h; y++)
            for (int z = 0; z <= h; z++) {
                if (outside_ball(n, x, y, z) || largest == 0) continue;
                double size = cabs(s->spectrum[mode_at(s, x, y, z)]) / largest;
                s->values[((int64_t)((x + N) % N) * N + (y + N) % N) * N + z] = size;
                s->values[((int64_t)((N - x) % N) * N + (N - y) % N) * N + (N - z) % N] = size;
            }
    grzi_fft_forward(&s->fft, s->values, s->spectrum);
}

/* Pairs at every relative velocity, as real parts of the spectrum; destroys the transform. */
static void correlate(const survey *s)
{
    int N = s->N;
    for (int x = 0; x < N; x++)
        for (int y = 0; y < N; y++)
            for (int z = 0; z < N; z++) {
                int half = z <= N / 2;
                double complex mode = half ? s->spectrum[((int64_t)x * N + y) * (N / 2 + 1) + z]
                                           : s->spectrum[((int64_t)((N - x) % N) * N + (N - y) % N) * (N / 2 + 1) + N - z];
                s->values[((int64_t)x * N + y) * N + z] = creal(mode) * creal(mode) + cimag(mode) * cimag(mode);
            }
    grzi_fft_forward(&s->fft, s->values, s->spectrum);
}

/* Shares of the pairs counted with |d| > reach, and of those that have an image, shifted by periods, within reach, at differences d of
 * multiples of step. */
static void count_pairs(const survey *s, double step, double period, double reach, double *beyond, double *images)
{
    int N = s->N;
    double all = 0, far = 0, near = 0;
    for (int x = 0; x < N; x++)
        for (int y = 0; y < N; y++)
            for (int z = 0; z <= N / 2; z++) {
                double count = creal(s->spectrum[((int64_t)x * N + y) * (N / 2 + 1) + z]) * (z > 0 && z < N / 2 ? 2 : 1);
                double d[3] = {step * (x <= N / 2 ? x : N - x), step * (y <= N / 2 ? y : N - y), step * z}, direct = 0, nearest = 0,
                       image = INFINITY;
                for (int a = 0; a < 3; a++) {
                    direct += d[a] * d[a];
                    nearest += fmin(d[a] * d[a], (period - d[a]) * (period - d[a]));
                }
                for (int a = 0; a < 3; a++) {
                    double wrapped = (period - d[a]) * (period - d[a]);
                    image = fmin(image, nearest - fmin(d[a] * d[a], wrapped) + wrapped);
                }
                all += count;
                if (direct > reach * reach) far += count;
                if (image <= reach * reach) near += count;
            }
    *beyond = all > 0 ? fmax(far / all, 0) : 0;
    *images = all > 0 ? fmax(near / all, 0) : 0;
}

/* Nodes per axis of a spectral operator's period and of its padded box; of others the grid's own. */
static grz_status periodic_nodes(grz_operator *op, double *period, double *padded)
{
    *period = *padded = op->grid->n;
    if (!op->method->periodic) return GRZ_OK;
    GRZI_TRY(grz_operator_option_value(op, GRZ_OPERATOR_OPTION_PERIOD, period));
    return grz_operator_option_value(op, GRZ_OPERATOR_OPTION_PADDED_NODES, padded);
}

static grz_status look_at_pairs(grz_operator *op, const double *f, double R, double *terms)
{
    survey s = {.grid = op->grid, .N = 2 * op->grid->n};
    double period, padded, step = op->grid->spacing, ball = sqrt(0.25 * op->grid->n * op->grid->n - 0.25), ignored;
    GRZI_TRY(periodic_nodes(op, &period, &padded));
    GRZI_TRY(grzi_fft_create(op->context, s.N, &s.fft));
    s.values = grzi_allocate(op->context, grzi_fft_nodes(&s.fft), sizeof *s.values);
    s.spectrum = grzi_allocate(op->context, grzi_fft_spectrum(&s.fft), sizeof *s.spectrum);
    grz_status status = s.values && s.spectrum ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        fill(&s, f);
        look_at_modes(&s, terms + GRZ_HEALTH_TERM_TAIL, terms + GRZ_HEALTH_TERM_MODES);
        correlate(&s);
        count_pairs(&s, step, step * period, 2 * R, terms + GRZ_HEALTH_TERM_BEYOND, terms + GRZ_HEALTH_TERM_IMAGES);
        fill(&s, f);
        fill_moduli(&s);
        correlate(&s);
        count_pairs(&s, 1, padded, ball, &ignored, terms + GRZ_HEALTH_TERM_ALIASED);
        if (!op->method->periodic) terms[GRZ_HEALTH_TERM_IMAGES] = terms[GRZ_HEALTH_TERM_ALIASED] = 0;
    }
    grzi_fft_destroy(&s.fft);
    grzi_deallocate(op->context, s.values);
    grzi_deallocate(op->context, s.spectrum);
    return status;
}

/* Shares of |f| below zero and in the outermost layer of nodes, and what Gaussians of f's variances have outside the box. */
static void look_at_box(const grz_grid *grid, const double *f, double *terms)
{
    int n = grid->n;
    double all = 0, below = 0, edge = 0, mass = 0, first[3] = {0}, second[3] = {0}, inside = 1;
    for (int64_t node = 0; node < grzi_grid_count(grid); node++) {
        int at[3] = {(int)(node / n / n), (int)(node / n % n), (int)(node % n)}, outermost = 0;
        double size = fabs(f[node]);
        for (int a = 0; a < 3; a++) {
            double x = ((at[a] + 0.5) * grid->spacing - grid->half_width) / grid->half_width;
            outermost |= at[a] == 0 || at[a] == n - 1;
            first[a] += x * f[node];
            second[a] += x * x * f[node];
        }
        all += size;
        mass += f[node];
        if (f[node] < 0) below += size;
        if (outermost) edge += size;
    }
    for (int a = 0; a < 3; a++) {
        double u = first[a] / mass, T = second[a] / mass - u * u, width = sqrt(2 * T);
        inside *= T > 0 ? 0.5 * (erf((1 - u) / width) + erf((1 + u) / width)) : 1;
    }
    terms[GRZ_HEALTH_TERM_NEGATIVE] = all > 0 ? below / all : 0;
    terms[GRZ_HEALTH_TERM_BOUNDARY] = all > 0 ? edge / all : 0;
    terms[GRZ_HEALTH_TERM_OUTSIDE] = mass > 0 ? 1 - inside : 1;
}

/* The narrowest peak of at least a hundredth of the maximum, by second differences of log f along the axes: sqrt(T)/h of a Gaussian. */
static double cells(const grz_grid *grid, const double *f)
{
    int n = grid->n;
    int64_t step[3] = {(int64_t)n * n, n, 1};
    double largest = grzi_largest(f, grzi_grid_count(grid)), least = INFINITY;
    for (int64_t node = 0; node < grzi_grid_count(grid); node++) {
        int at[3] = {(int)(node / n / n), (int)(node / n % n), (int)(node % n)};
        if (!(f[node] >= 0.01 * largest) || !(f[node] > 0)) continue;
        for (int a = 0; a < 3; a++) {
            if (at[a] == 0 || at[a] == n - 1) continue;
            double before = f[node - step[a]], after = f[node + step[a]];
            if (before > f[node] || after > f[node]) continue;
            if (!(before > 0 && after > 0)) return 0;
            double curvature = 2 * log(f[node] / largest) - log(before / largest) - log(after / largest);
            if (curvature > 0) least = fmin(least, 1 / sqrt(curvature));
        }
    }
    return least;
}

static const char *advice_on(const double *t, int periodic)
{
    const double share = 1e-3;
    /* beams have little at the faces and yet a large variance */
    if (t[GRZ_HEALTH_TERM_BOUNDARY] > share || (t[GRZ_HEALTH_TERM_OUTSIDE] > share && t[GRZ_HEALTH_TERM_BOUNDARY] > 0.1 * share))
        return "The box is too small: f reaches its faces. Widen it and add nodes in proportion.";
    if (t[GRZ_HEALTH_TERM_CELLS] < 1 || (periodic && t[GRZ_HEALTH_TERM_TAIL] > share))
        return "The grid is too coarse for f: take more nodes, or a smaller box if f leaves much of it empty.";
    if (!periodic && t[GRZ_HEALTH_TERM_OVERSHOOT] > 1.5)
        return "The spline of log f overshoots between nodes: take more nodes, or f without nearly empty ones.";
    if (t[GRZ_HEALTH_TERM_BEYOND] > share && t[GRZ_HEALTH_TERM_IMAGES] > share)
        return "Some pairs are farther apart than 2R, others meet periodic images: raise the radius and lengthen the period.";
    if (t[GRZ_HEALTH_TERM_BEYOND] > share) return "Pairs farther apart than 2R do not collide: raise the radius.";
    if (t[GRZ_HEALTH_TERM_IMAGES] > share) return "Particles collide with periodic images: lengthen the period.";
    if (t[GRZ_HEALTH_TERM_ALIASED] > share) return "Products of f's modes alias: pad the transforms, or take more nodes.";
    if (t[GRZ_HEALTH_TERM_NEGATIVE] > share) return "f has much below zero: what made it lost accuracy. Look at its grid and time step.";
    return "Box, grid and radius suit f.";
}

static grz_status free_step(grz_operator *op, const double *f, double *time)
{
    int64_t count = grzi_grid_count(op->grid);
    double *Q = grzi_allocate(op->context, count, sizeof *Q), of_f = 0, of_Q = 0;
    if (!Q) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = op->method->apply(op, f, Q);
    for (int64_t i = 0; i < count && status == GRZ_OK; i++) {
        of_f += fabs(f[i]);
        of_Q += fabs(Q[i]);
    }
    grzi_deallocate(op->context, Q);
    *time = of_Q > 0 ? of_f / of_Q : INFINITY;
    return status;
}

grz_status grz_operator_health(grz_operator *op, const double *f, double *terms, const char **advice)
{
    static const char *const function = "grz_operator_health";
    if (!op) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONE_SPECIES));
    GRZI_TRY(grzi_operator_check_density(op, function, f));
    GRZI_TRY(grzi_check_pointer(op->context, function, "terms", terms));
    GRZI_TRY(grzi_operator_ready(op));
    double t[GRZ_HEALTH_TERM_COUNT], R;
    GRZI_TRY(grz_operator_option_value(op, GRZ_OPERATOR_OPTION_RADIUS, &R));
    look_at_box(op->grid, f, t);
    t[GRZ_HEALTH_TERM_CELLS] = cells(op->grid, f);
    t[GRZ_HEALTH_TERM_OVERSHOOT] = op->method->overshoot ? op->method->overshoot(op, f) : 1;
    GRZI_TRY(look_at_pairs(op, f, R, t));
    GRZI_TRY(free_step(op, f, t + GRZ_HEALTH_TERM_FREE_STEP));
    for (int k = 0; k < GRZ_HEALTH_TERM_COUNT; k++)
        if (isnan(t[k])) return grzi_check_result(op->context, function, "a term", t[k]);
    for (int k = 0; k < GRZ_HEALTH_TERM_COUNT; k++) terms[k] = t[k];
    if (advice) *advice = advice_on(t, op->method->periodic);
    return GRZ_OK;
}

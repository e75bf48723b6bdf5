/* Sums over the collision nodes of a rate given by a callback. In the variables of the nodes' differences M = Lambda B u unit, resp. the
 * component of M along a tangent chord is ff* u 2 sqrt(strength): then A = 1/4 sum weight mobility u^2 for both equations, and <g, psi> =
 * 1/4 sum weight mobility u (dbar psi/unit). A potential phi has u = dbar phi/unit. */
#include "distribution/grid.h"
#include "geometry/rate.h"
#include "geometry/small_angles.h"

#include <math.h>
#include <string.h>

typedef struct rate_sums {
    const grz_rate *rate;
    int has_psi;
    double r, theta, B; /* B at the nodes with this r and theta */
    grzi_small_angles rule;
    double limit[2 * GRZI_BATCH], turned[3]; /* M/(h B theta), resp. U/theta, for theta -> 0; sigma there */
    /* What the callback sees and gives: a batch, then the same with v and v*, v' and v*' exchanged; a node stands for both. */
    double v[6 * GRZI_BATCH], v_star[6 * GRZI_BATCH], sigma[6 * GRZI_BATCH], M[6 * GRZI_BATCH];
} rate_sums;

static grz_status call(rate_sums *s, const grzi_batch *b, const double *sigma)
{
    const grz_rate *rate = s->rate;
    const int count = b->count, values = rate->grazing ? 6 * count : 2 * count;
    memcpy(s->v, b->v, sizeof(double) * 3 * count);
    memcpy(s->v + 3 * count, b->v_star, sizeof(double) * 3 * count);
    memcpy(s->v_star, b->v_star, sizeof(double) * 3 * count);
    memcpy(s->v_star + 3 * count, b->v, sizeof(double) * 3 * count);
    for (int k = 0; k < 6 * count; k++) s->sigma[k] = k < 3 * count ? sigma[k % 3] : -sigma[k % 3];
    int stopped = rate->grazing ? rate->grazing(2 * count, s->v, s->v_star, s->M, rate->user)
                                : rate->collision(2 * count, s->v, s->v_star, s->sigma, s->M, rate->user);
    if (stopped) return grzi_fail(rate->context, GRZ_ERROR_CALLBACK, "the rate's callback returned %d", stopped);
    for (int k = 0; k < values; k++)
        if (!isfinite(s->M[k])) return grzi_fail(rate->context, GRZ_ERROR_NOT_FINITE, "the rate's callback gave %g", s->M[k]);
    return GRZ_OK;
}

/* The rate of a collision in the limit of small angles, along the chord. Lambda = h expm1(d)/d (1 + O(theta^2)) with d = theta times the
 * derivative of log h, and what is O(theta^2) goes with the limit. */
static grz_status call_limit(rate_sums *s, const grzi_batch *b)
{
    const int density = s->rate->form == GRZ_RATE_FORM_DENSITY;
    if (s->rule.shortest != b->shortest) grzi_small_angles_make(b->shortest, &s->rule);
    memset(s->limit, 0, sizeof s->limit);
    for (int k = 0; k < GRZI_SMALL_ANGLES; k++) {
        const double theta = s->rule.theta[k], z = 2 * b->r, factor = s->rule.weight[k] / theta;
        double B = 1;
        if (density) GRZI_TRY(grz_kernel_B(s->rate->op->kernel, 1, &z, &theta, &B));
        grzi_small_angles_turn(b, theta, s->turned);
        GRZI_TRY(call(s, b, s->turned));
        for (int at = 0; at < 2 * b->count; at++) {
            double d = theta * b->difference[at % b->count], mean = density && fabs(d) > 1e-300 ? expm1(d) / d : 1;
            s->limit[at] += factor * s->M[at] / (B * mean);
        }
    }
    memcpy(s->M, s->limit, sizeof(double) * 2 * b->count);
    return GRZ_OK;
}

/* One scalar value of the callback, of the node's density and of the factor between M/mobility and u, in terms of u and of mobility u. */
static void relate(const rate_sums *s, double value, double mobility, double factor, double *u, double *flux)
{
    if (s->rate->form == GRZ_RATE_FORM_RELATIVE) {
        *u = value / factor;
        *flux = mobility * *u;
    } else {
        *flux = value / factor;
        *u = *flux == 0 ? 0 : *flux / mobility; /* the conventions of alpha and kappa at 0 */
    }
}

/* Whatever of a grazing rate points along v - v* counts in the action only; each of the two chords of a pair takes half. */
static double along_axis(const rate_sums *s, const grzi_batch *b, const double *M, double h)
{
    double axial = 0, u, flux;
    for (int a = 0; a < 3; a++) axial += M[a] * b->w[a];
    relate(s, axial, h, 2 * sqrt(b->strength), &u, &flux);
    return u == 0 ? 0 : 0.5 * flux * u;
}

static grz_status visit(const grzi_batch *b, double *sums, double *force, void *user)
{
    rate_sums *s = user;
    const int grazing = s->rate->grazing != NULL, count = b->count;
    const int limit = !grazing && b->tangential;
    GRZI_TRY(limit ? call_limit(s, b) : call(s, b, b->sigma));
    double factor = limit ? 1 : 2 * sqrt(b->strength);
    if (!limit && !grazing && s->rate->form == GRZ_RATE_FORM_RELATIVE) factor = b->unit;
    if (!limit && !grazing && s->rate->form == GRZ_RATE_FORM_DENSITY) {
        double z = 2 * b->r;
        if (s->r != b->r || s->theta != b->theta) GRZI_TRY(grz_kernel_B(s->rate->op->kernel, 1, &z, &b->theta, &s->B));
        s->r = b->r;
        s->theta = b->theta;
        factor = s->B * b->unit;
    }
    for (int k = 0; k < count; k++) {
        double p = b->fields[0][k], mobility = b->mobility[k], flux_sum = 0, square = 0;
        for (int side = 0; side < 2; side++) {
            int at = side * count + k;
            double value = 0, u, flux;
            if (grazing)
                for (int a = 0; a < 3; a++) value += s->M[3 * at + a] * b->chord[a];
            else
                value = s->M[at];
            /* grad_tilde psi changes its sign under the exchange, dbar psi does not */
            relate(s, grazing && side ? -value : value, mobility, factor, &u, &flux);
            u += p;
            flux += mobility * p;
            flux_sum += 0.5 * flux;
            square += u == 0 ? 0 : 0.5 * flux * u;
            if (grazing) square += 0.5 * along_axis(s, b, s->M + 3 * at, mobility);
        }
        sums[0] += 0.25 * b->weight * square;
        if (s->has_psi) sums[1] += 0.25 * b->weight * flux_sum * b->fields[1][k];
        if (force) force[k] = b->weight * flux_sum;
    }
    return GRZ_OK;
}

grz_status grzi_rate_walk(grz_rate *rate, const double *f, const double *potential, const double *psi, double *action, double *pairing,
                          double *g)
{
    double sums[2] = {0, 0};
    rate_sums *state = grzi_allocate(rate->context, 1, sizeof *state);
    if (!state) return GRZ_ERROR_OUT_OF_MEMORY;
    state->rate = rate;
    state->has_psi = psi != NULL;
    state->r = state->theta = state->rule.shortest = NAN;
    grzi_stream stream = {visit, state, 1, psi ? 2 : 1, {potential, psi}, 2};
    grz_status status = grzi_operator_visit(rate->op, f, &stream, sums, g);
    grzi_deallocate(rate->context, state);
    if (status != GRZ_OK) return status;
    int64_t count = grzi_grid_count(rate->op->grid);
    for (int64_t i = 0; g && i < count; i++) g[i] /= 4 * grzi_grid_cell(rate->op->grid);
    if (action) *action = isnan(sums[0]) ? INFINITY : sums[0];
    if (pairing) *pairing = sums[1];
    return GRZ_OK;
}

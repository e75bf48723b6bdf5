/* The proximal steps: exp(phi) + dt G phi = f, the minimum of the strictly convex
 *     F(phi) = sum exp(phi) + dt/2 phi.G phi - f.phi,
 * G symmetric, positive semidefinite, and zero on the collision invariants.
 *   Order 1: G = A, A, which is the Onsager operator at f but for the tails (tails.c).
 *   Order 2: G = A + dt/2 A W^{-1} A, A at g, g the first-order solution after dt/2, W = g + dt strength. In exp(phi) =
 *   f + dt f' + ..., phi = log f + dt f'/f + ..., the second term supplies half of what A phi takes too much, and K at the midpoint the
 *   rest of f''.
 *
 * Globalisation. (i) Minimising over the invariants costs no application of G; done after every step it makes the five moments of exp(phi)
 * those of f, whatever the residual. (ii) The start is the minimum of F on the segment from log f (right for dt -> 0) to the Maxwellian of
 * f's moments (right for dt -> infinity), one application. (iii) Along a direction the quadratic part of F is known, so that an exact line
 * search costs exponentials only. (iv) exp(phi) in the Hessian is replaced by its mean between phi and where the node's residual alone
 * would take it, which solves exp(phi) = b in one step where Newton's method descends by one unit of phi at a time; where that would change
 * phi by more than a few units it is enlarged, by more after a short step. The direction stays one of descent, and the iteration ends as
 * Newton's.
 *
 * A mode of rate lambda is damped by 1/(1 + z), z = lambda dt, or 1/(1 + z + z^2/2), not by exp(-z). A step of many relaxation times is
 * therefore taken in a few parts. */
#include "distribution/invariants.h"
#include "distribution/maxwellian.h"
#include "flow/flow.h"
#include "flow/tails.h"
#include "solve/deflated_gradients.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

static const double first_change = 2;    /* of phi in one Newton step, about */
static const double largest_change = 32; /* after good steps, upwards, where it is the way back from far below */
static const double faster_down = 4;     /* exponentials flatten downwards */
static const double deepest_mean = 3e-4; /* exp(-8): the residual alone would take exp(phi) below 0 */
/* What a node bears of K_f's pull, of the mean and in a step, by order: that of 2 squares the condition of the equations. */
static const double bearable[] = {25, 4}, borne_in_step[] = {1000, 100};
enum { smallest_cut = 64 };               /* of a step that does not converge */
static const double longest_step = 1e100; /* times the largest rate: what a sum can still resolve */
static const double damped_well = 10;     /* relaxation times of a step that one part may make */

/* phi = log M + chi with M a Maxwellian: G phi = G chi, free of the rounding of the large quadratic. */
typedef struct proximal {
    grz_flow *flow;
    int64_t count;
    int order;
    int parts; /* of the whole step; 0 until it is known */
    int cut;   /* as many times more of them than the step's length asks for */
    double dt, mass, limit;
    double whole;            /* dt of the whole step */
    const double *f, *at;    /* old state, and the density of K */
    double *phi, *G_phi, *u; /* u = exp(phi) */
    double *log_M, *strength;
    double relaxing;    /* phi.S phi of the last application of A */
    double *invariants; /* five fields */
    grzi_tails tails;
    double *diagonal, *residual, *direction, *G_direction, *shift, *A_x, *y, *work; /* work: 4 n^3 */
} proximal;

int64_t grzi_proximal_storage(const grzi_scheme *scheme, int64_t count)
{
    return (19 + (scheme->order == 2) + GRZI_INVARIANTS) * count;
}

static grz_status apply_A(proximal *p, const double *x, double *Ax)
{
    p->flow->statistics[GRZ_FLOW_STATISTIC_EVALUATIONS]++;
    GRZI_TRY(grz_operator_onsager(p->flow->op, p->at, grzi_tails_extend(&p->tails, x), Ax));
    grzi_tails_return(&p->tails, x, Ax, &p->relaxing);
    return GRZ_OK;
}

static double weight_at(const proximal *p, int64_t i)
{
    return p->at[i] + p->dt * p->strength[i];
}

static grz_status apply_G(void *user, const double *x, double *Gx)
{
    proximal *p = user;
    if (p->order == 1) return apply_A(p, x, Gx);
    GRZI_TRY(apply_A(p, x, p->A_x));
    double relaxing = p->relaxing;
    for (int64_t i = 0; i < p->count; i++) p->y[i] = p->A_x[i] / weight_at(p, i);
    GRZI_TRY(apply_A(p, p->y, Gx));
    for (int64_t i = 0; i < p->count; i++) Gx[i] = p->A_x[i] + 0.5 * p->dt * Gx[i];
    p->relaxing = relaxing;
    return GRZ_OK;
}

/* d/dt F(phi + t direction) and its derivative, from the slope at 0 and quadratic = direction.G direction. */
static double slope_at(const proximal *p, const double *direction, double t, double start, double quadratic, double *curvature)
{
    double sum = 0, second = 0;
    for (int64_t i = 0; i < p->count; i++) {
        double part = p->u[i] * direction[i], change = expm1(t * direction[i]);
        sum += part * change;
        second += part * direction[i] * (change + 1);
    }
    *curvature = second + p->dt * quadratic;
    return start + sum + t * p->dt * quadratic;
}

/* The minimum over 0 <= t <= 1: the zero of the increasing slope by Newton's method, by halving where that is slow (it is along exponentials);
 * 0 when the slope at 0 is not negative. */
static double line_minimum(const proximal *p, const double *direction, double start, double quadratic)
{
    double low = 0, high = 1, t = 1, curvature, before = INFINITY;
    if (!(start < 0)) return 0;
    for (int iteration = 0; iteration < 100; iteration++) {
        double slope = slope_at(p, direction, t, start, quadratic, &curvature);
        if (slope <= 0)
            low = t; /* an overflow is not */
        else
            high = t;
        if (low == 1 || fabs(slope) <= 1e-3 * fabs(start)) return t;
        double next = t - slope / curvature;
        t = next > low && next < high && fabs(slope) < 0.5 * before ? next : 0.5 * (low + high);
        before = fabs(slope);
    }
    return low;
}

static grz_status log_maxwellian(proximal *p)
{
    const grz_grid *grid = p->flow->op->grid;
    grzi_maxwellian m;
    GRZI_TRY(grzi_moments(grid, "proximal step", p->f, NULL, m.u, &m.T, NULL, NULL));
    m.rho = p->mass * grzi_grid_cell(grid);
    grzi_maxwellian_log(grid, &m, p->log_M);
    (void)grzi_match_moments(grid, p->f, p->log_M, p->u); /* as far as it comes: any quadratic serves */
    return GRZ_OK;
}

/* The step in relaxation times, dt D/(2 (H(f) - H(M))) with D = chi.K_f chi: exact for one mode near equilibrium. Both are sums of positive
 * terms. */
static void decide_parts(proximal *p, const double *chi, const double *K_chi)
{
    double excess = 0;
    for (int64_t i = 0; i < p->count; i++) excess += p->f[i] * (chi[i] + expm1(-chi[i]));
    double times = excess > 1e-13 * p->mass ? p->dt * grzi_dot(p->count, chi, K_chi) / (2 * excess) : 0;
    double most = p->flow->options[GRZ_FLOW_OPTION_PARTS];
    if (p->flow->scheme->order == 2) most = ceil(0.75 * most); /* a part damps more, but costs two minimisations */
    p->parts = p->cut * (int)fmax(1, fmin(ceil(times / damped_well), most));
    p->dt /= p->parts;
}

/* A, then phi on the segment from log f to log M where F is least, and G phi. */
static grz_status begin(proximal *p)
{
    GRZI_TRY(grzi_operator_ready(p->flow->op));
    GRZI_TRY(grzi_operator_diagonal(p->flow->op, p->at, p->diagonal, p->strength));
    p->flow->statistics[GRZ_FLOW_STATISTIC_EVALUATIONS]++;
    double largest = 0;
    for (int64_t i = 0; i < p->count; i++) largest = fmax(largest, p->diagonal[i] / p->mass);
    if (!(p->dt * largest < longest_step))
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "proximal step: dt = %g is too long: dt K overflows", p->whole);
    GRZI_TRY(log_maxwellian(p));
    double *chi = p->work, *direction = p->direction;
    for (int64_t i = 0; i < p->count; i++) {
        p->phi[i] = log(p->f[i]);
        chi[i] = p->phi[i] - p->log_M[i];
        direction[i] = -chi[i];
    }
    if (p->parts == 0) {
        p->tails.active = 0;
        GRZI_TRY(apply_A(p, chi, p->G_phi));
        decide_parts(p, chi, p->G_phi);
    }
    if (!grzi_tails_prepare(&p->tails, p->dt, bearable[p->order - 1], borne_in_step[p->order - 1], p->at, p->strength))
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: f lives on too few nodes");
    GRZI_TRY(apply_G(p, chi, p->G_phi));
    for (int64_t i = 0; i < p->count; i++) {
        double m = p->tails.mask[i], d = m * m * p->diagonal[i] + p->strength[i];
        p->diagonal[i] = p->order == 1 ? d : d + 0.5 * p->dt * d * d / weight_at(p, i);
    }
    memcpy(p->u, p->f, sizeof(double) * (size_t)p->count);
    grzi_invariants_fields(p->flow->op->grid, p->invariants);
    double quadratic = grzi_dot(p->count, chi, p->G_phi), s = line_minimum(p, direction, -p->dt * quadratic, quadratic);
    for (int64_t i = 0; i < p->count; i++) {
        p->phi[i] += s * direction[i];
        p->G_phi[i] *= 1 - s;
    }
    p->relaxing *= (1 - s) * (1 - s);
    return GRZ_OK;
}

/* Matches the moments, then the residual f - exp(phi) - dt G phi and its norm relative to sqrt(mass), with which the change of exp(phi)
 * that it stands for is bounded in L^1 relative to the mass. */
static grz_status prepare(proximal *p, double *norm)
{
    if (grzi_match_moments(p->flow->op->grid, p->f, p->phi, p->u))
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: no moment-matching combination of invariants found");
    double sum = 0, floor = grzi_preconditioner_floor(p->count, p->u, p->dt, p->diagonal);
    for (int64_t i = 0; i < p->count; i++) {
        p->residual[i] = (p->f[i] - p->u[i]) - p->dt * p->G_phi[i];
        sum += p->residual[i] * p->residual[i] / (p->u[i] + p->dt * p->diagonal[i] + floor);
    }
    *norm = sqrt(sum / p->mass);
    if (!isfinite(*norm))
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "proximal step: dt = %g is too long: dt K overflows", p->whole);
    return GRZ_OK;
}

static grz_status newton_step(proximal *p, double norm)
{
    double *statistics = p->flow->statistics, wanted = p->flow->options[GRZ_FLOW_OPTION_RESIDUAL];
    double forcing = fmax(fmin(0.1, sqrt(norm)), fmin(0.5, 0.3 * wanted / norm));
    for (int64_t i = 0; i < p->count; i++) {
        double r = p->residual[i], x = fmin(fmax(r / p->u[i], deepest_mean - 1), 1e100);
        double mean = fabs(x) > 1e-6 ? p->u[i] * x / log1p(x) : p->u[i];
        p->shift[i] = fmax(mean, fabs(r) / (r < 0 ? faster_down * fmin(p->limit, first_change) : p->limit) - p->dt * p->diagonal[i]);
    }
    grzi_gradients problem = {.apply = apply_G,
                              .null = p->invariants,
                              .nulls = GRZI_INVARIANTS,
                              .user = p,
                              .shift = p->shift,
                              .diagonal = p->diagonal,
                              .scale = p->dt,
                              .tolerance = forcing * norm * sqrt(p->mass),
                              .count = p->count,
                              .cap = (int64_t)p->flow->options[GRZ_FLOW_OPTION_LARGEST_GRADIENTS]};
    GRZI_TRY(grzi_conjugate_gradients(&problem, p->residual, p->direction, p->G_direction, p->work));
    statistics[GRZ_FLOW_STATISTIC_GRADIENTS] += (double)problem.steps;
    statistics[GRZ_FLOW_STATISTIC_NEWTON]++;
    double t =
        line_minimum(p, p->direction, -grzi_dot(p->count, p->residual, p->direction), grzi_dot(p->count, p->direction, p->G_direction));
    p->limit = t < 0.3 ? 0.25 * p->limit : fmin(2 * p->limit, largest_change);
    if (!(t > 0)) {
        if (p->limit > 1e-9) return GRZ_OK;
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: relative residual %.3g, no further descent", norm);
    }
    double *chi = p->work;
    for (int64_t i = 0; i < p->count; i++) {
        p->phi[i] += t * p->direction[i];
        chi[i] = p->phi[i] - p->log_M[i];
    }
    return apply_G(p, chi, p->G_phi);
}

/* H(u) = H(f) - dt phi.G phi - KL(f|u) + chi.r (the moments of r vanish, chi = phi - log M): the residual may not use up the relative
 * entropy KL, up to rounding. */
static int entropy_decreases(const proximal *p)
{
    double relative = 0, spent = 0, size = 0;
    for (int64_t i = 0; i < p->count; i++) {
        double x = log(p->f[i]) - p->phi[i];
        relative += fabs(x) < 1e-3 ? p->u[i] * x * x * (0.5 + x / 3) : p->f[i] * (x - 1) + p->u[i];
        spent += (p->phi[i] - p->log_M[i]) * p->residual[i];
        size += fabs(p->phi[i]) * p->u[i];
    }
    return spent <= 0.5 * relative + 1e-15 * size;
}

static grz_status minimise(proximal *p)
{
    const double *options = p->flow->options;
    int cap = (int)fmin(options[GRZ_FLOW_OPTION_LARGEST_NEWTON], 1e9);
    double norm = 0;
    p->limit = first_change;
    GRZI_TRY(begin(p));
    for (int iteration = 0;; iteration++) {
        GRZI_TRY(prepare(p, &norm));
        if (norm <= options[GRZ_FLOW_OPTION_RESIDUAL] && entropy_decreases(p)) break;
        if (iteration == cap)
            return grzi_fail(p->flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: relative residual %.3g after %d Newton steps", norm,
                             cap);
        GRZI_TRY(newton_step(p, norm));
    }
    for (int64_t i = 0; i < p->count; i++)
        if (!(p->u[i] > 0))
            return grzi_fail(p->flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "proximal step: exp(%g) underflows at " GRZI_PLACE, p->phi[i],
                             GRZI_PLACE_OF(p->flow->op->grid, i));
    p->flow->statistics[GRZ_FLOW_STATISTIC_LAST_ERROR] = norm;
    return GRZ_OK;
}

/* dt phi.S phi and dt phi.G phi of the last solution. */
static void account(proximal *p, double *relaxed, double *dissipated)
{
    double cell = grzi_grid_cell(p->flow->op->grid);
    *relaxed += p->dt * cell * p->relaxing;
    *dissipated += p->dt * cell * grzi_dot(p->count, p->phi, p->G_phi);
}

static grz_status step_in_parts(grz_flow *flow, double dt, int cut)
{
    int64_t count = flow->count;
    int order = flow->scheme->order;
    double relaxed = 0, dissipated = 0;
    proximal p = {.flow = flow, .count = count, .dt = dt, .whole = dt, .cut = cut, .f = flow->f, .tails = {.grid = flow->op->grid}};
    double **const arrays[] = {&p.phi,         &p.G_phi, &p.u,   &p.log_M, &p.strength,   &p.diagonal,      &p.residual,       &p.direction,
                               &p.G_direction, &p.shift, &p.A_x, &p.y,     &p.tails.mask, &p.tails.weights, &p.tails.extended, &p.work};
    double *room = (flow->f < flow->next ? flow->f : flow->next) + 2 * count, *middle = room + (19 + GRZI_INVARIANTS) * count;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) *arrays[i] = room + count * (int64_t)i;
    p.invariants = room + 19 * count;
    for (int64_t i = 0; i < count; i++) p.mass += p.f[i];
    for (int part = 0; part == 0 || part < p.parts; part++) {
        p.order = 1;
        p.dt = order == 2 ? 0.5 * dt : dt;
        if (p.parts > 0) p.dt /= p.parts;
        p.at = p.f;
        GRZI_TRY(minimise(&p));
        if (order == 2) {
            memcpy(middle, p.u, sizeof *middle * (size_t)count);
            p.order = 2;
            p.dt *= 2;
            p.at = middle;
            GRZI_TRY(minimise(&p));
        }
        account(&p, &relaxed, &dissipated);
        memcpy(flow->next, p.u, sizeof *p.u * (size_t)count);
        p.f = flow->next;
    }
    flow->statistics[GRZ_FLOW_STATISTIC_DISSIPATED] += dissipated;
    flow->statistics[GRZ_FLOW_STATISTIC_RELAXED] += relaxed;
    flow->statistics[GRZ_FLOW_STATISTIC_PARTS] += p.parts;
    return GRZ_OK;
}

/* A step whose minimisation does not converge is cut further. */
grz_status grzi_proximal_step(grz_flow *flow, const char *function, double dt, double *error)
{
    (void)function, (void)error;
    grz_status status = GRZ_OK;
    for (int cut = 1; cut <= smallest_cut; cut *= 4) {
        status = step_in_parts(flow, dt, cut);
        if (status != GRZ_ERROR_NOT_REPRESENTABLE && status != GRZ_ERROR_NOT_CONVERGED) return status;
    }
    return status;
}

/* The proximal step exp(phi) + dt K phi = f, K the Onsager operator at f: minimises the strictly convex
 *     F(phi) = sum exp(phi) + dt/2 phi.K phi - f.phi.
 * Globalisation. (i) K annihilates the collision invariants, so minimising over them costs no application of K; done after every step it makes
 * the five moments of exp(phi) those of f, whatever the residual. (ii) The start is the minimum of F on the segment from log f (right for
 * dt -> 0) to the Maxwellian of f's moments (right for dt -> infinity), one application. (iii) Along a Newton direction the quadratic part of
 * F is known, so that an exact line search costs exponentials only; F is convex and its third derivative bounded by its second along bounded
 * directions, |F'''[d,d,d]| <= max|d| F''[d,d], hence every step with an inexact Newton direction decreases F and the iteration converges from
 * any start. */
#include "flow/flow.h"
#include "flow/newton.h"

#include <math.h>
#include <string.h>

/* phi = log M + chi with M a Maxwellian: K phi = K chi, free of the rounding of the large quadratic. */
typedef struct proximal {
    grz_flow *flow;
    int64_t count;
    double dt, mass;
    const double *f;
    double *phi, *K_phi, *u; /* u = exp(phi) */
    double *log_f, *log_M;
    double *diagonal, *residual, *direction, *K_direction, *work; /* work: 4 n^3 */
} proximal;

int64_t grzi_proximal_doubles(int64_t count)
{
    return 13 * count;
}

static grz_status onsager(proximal *p, const double *phi, double *K_phi)
{
    p->flow->statistics[GRZ_FLOW_EVALUATIONS]++;
    return grz_operator_onsager(p->flow->op, p->f, phi, K_phi);
}

/* d/dt F(phi + t direction) and its derivative, from the slope at 0 and quadratic = direction.K direction. */
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

/* phi on the segment from log f to log M where F is least; K phi with it. */
static grz_status begin(proximal *p)
{
    const grz_grid *grid = p->flow->op->grid;
    for (int64_t i = 0; i < p->count; i++) p->log_f[i] = log(p->f[i]);
    memcpy(p->log_M, p->log_f, sizeof(double) * (size_t)p->count);
    double T = 0, centre[3];
    grz_distribution density = {.context = p->flow->context, .grid = (grz_grid *)grid, .values = (double *)p->f};
    grz_status moments = grz_distribution_moments(&density, NULL, centre, &T, NULL, NULL);
    if (moments != GRZ_OK) return moments;
    double constant = log(p->mass * grzi_grid_cell(grid)) - 1.5 * log(2 * 3.14159265358979323846 * T);
    int n = grid->n;
    for (int64_t i = 0; i < p->count; i++) {
        double x = grzi_grid_node(grid, 0, (int)(i / ((int64_t)n * n))) - centre[0],
               y = grzi_grid_node(grid, 1, (int)(i / n % n)) - centre[1], z = grzi_grid_node(grid, 2, (int)(i % n)) - centre[2];
        p->log_M[i] = constant - (x * x + y * y + z * z) / (2 * T);
    }
    if (grzi_match_moments(grid, p->f, p->log_M, p->u)) /* as far as it came: any quadratic serves */
        p->u[0] = 0;
    double *chi = p->work, *direction = p->direction;
    for (int64_t i = 0; i < p->count; i++) chi[i] = p->log_f[i] - p->log_M[i];
    GRZI_TRY(onsager(p, chi, p->K_phi));
    memcpy(p->phi, p->log_f, sizeof(double) * (size_t)p->count);
    for (int64_t i = 0; i < p->count; i++) direction[i] = -chi[i];
    memcpy(p->u, p->f, sizeof(double) * (size_t)p->count);
    double quadratic = grzi_dot(p->count, chi, p->K_phi), s = line_minimum(p, direction, -p->dt * quadratic, quadratic);
    for (int64_t i = 0; i < p->count; i++) {
        p->phi[i] += s * direction[i];
        p->K_phi[i] *= 1 - s;
    }
    return GRZ_OK;
}

/* Matches the moments, then the residual f - exp(phi) - dt K phi and its norm relative to sqrt(mass), with which the change of exp(phi) that it
 * stands for is bounded in L^1 relative to the mass. */
static grz_status prepare(proximal *p, double *norm)
{
    if (grzi_match_moments(p->flow->op->grid, p->f, p->phi, p->u))
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: no moment-matching combination of invariants found");
    double sum = 0, floor = grzi_preconditioner_floor(p->count, p->u, p->dt, p->diagonal);
    for (int64_t i = 0; i < p->count; i++) {
        p->residual[i] = (p->f[i] - p->u[i]) - p->dt * p->K_phi[i];
        sum += p->residual[i] * p->residual[i] / (p->u[i] + p->dt * p->diagonal[i] + floor);
    }
    *norm = sqrt(sum / p->mass);
    return GRZ_OK;
}

static grz_status newton_step(proximal *p, double norm)
{
    double *statistics = p->flow->statistics, wanted = p->flow->options[GRZ_FLOW_RESIDUAL];
    double forcing = fmin(0.1, fmax(sqrt(norm), 0.3 * wanted / norm));
    grzi_gradients problem = {.op = p->flow->op,
                              .f = p->f,
                              .shift = p->u,
                              .diagonal = p->diagonal,
                              .scale = p->dt,
                              .tolerance = forcing * norm * sqrt(p->mass),
                              .cap = (int64_t)p->flow->options[GRZ_FLOW_LARGEST_GRADIENTS]};
    GRZI_TRY(grzi_conjugate_gradients(&problem, p->residual, p->direction, p->K_direction, p->work));
    statistics[GRZ_FLOW_EVALUATIONS] += (double)problem.steps;
    statistics[GRZ_FLOW_GRADIENTS] += (double)problem.steps;
    statistics[GRZ_FLOW_NEWTON]++;
    double t =
        line_minimum(p, p->direction, -grzi_dot(p->count, p->residual, p->direction), grzi_dot(p->count, p->direction, p->K_direction));
    if (!(t > 0))
        return grzi_fail(p->flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: relative residual %.3g, no further descent", norm);
    for (int64_t i = 0; i < p->count; i++) p->phi[i] += t * p->direction[i];
    double *chi = p->work;
    for (int64_t i = 0; i < p->count; i++) chi[i] = p->phi[i] - p->log_M[i];
    return onsager(p, chi, p->K_phi);
}

/* H(u) = H(f) - dt phi.K phi - KL(f|u) + chi.r (the moments of r vanish, chi = phi - log M): the residual may not use up the relative entropy KL, up
 * to rounding. */
static int entropy_decreases(const proximal *p)
{
    double relative = 0, spent = 0, size = 0;
    for (int64_t i = 0; i < p->count; i++) {
        double x = p->f[i] / p->u[i] - 1;
        relative += p->u[i] * (fabs(x) < 1e-3 ? x * x * (0.5 - x / 6) : (1 + x) * log1p(x) - x);
        spent += (p->phi[i] - p->log_M[i]) * p->residual[i];
        size += fabs(p->phi[i]) * p->u[i];
    }
    return spent <= 0.5 * relative + 1e-16 * size;
}

grz_status grzi_proximal_step(grz_flow *flow, double dt)
{
    int64_t count = flow->count, next = 0;
    proximal p = {.flow = flow, .count = count, .dt = dt, .f = flow->f};
    double **const arrays[] = {&p.phi, &p.K_phi, &p.u, &p.log_f, &p.log_M, &p.diagonal, &p.residual, &p.direction, &p.K_direction, &p.work};
    double *room = (flow->f < flow->next ? flow->f : flow->next) + 2 * count;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) *arrays[i] = room + count * next++;
    for (int64_t i = 0; i < count; i++) p.mass += p.f[i];
    GRZI_TRY(begin(&p));
    GRZI_TRY(flow->op->method->onsager_diagonal(flow->op, p.f, p.diagonal));
    flow->statistics[GRZ_FLOW_EVALUATIONS]++;
    int cap = (int)fmin(flow->options[GRZ_FLOW_LARGEST_NEWTON], 1e9);
    double norm = 0;
    for (int iteration = 0;; iteration++) {
        GRZI_TRY(prepare(&p, &norm));
        if (norm <= flow->options[GRZ_FLOW_RESIDUAL] && entropy_decreases(&p)) break;
        if (iteration == cap)
            return grzi_fail(flow->context, GRZ_ERROR_NOT_CONVERGED, "proximal step: relative residual %.3g after %d Newton steps", norm,
                             cap);
        GRZI_TRY(newton_step(&p, norm));
    }
    for (int64_t i = 0; i < count; i++)
        if (!(p.u[i] > 0))
            return grzi_fail(flow->context, GRZ_ERROR_NOT_REPRESENTABLE, "proximal step: exp(%g) underflows at node %lld", p.phi[i],
                             (long long)i);
    memcpy(flow->next, p.u, sizeof *p.u * (size_t)count);
    flow->statistics[GRZ_FLOW_LAST_ERROR] = norm;
    flow->statistics[GRZ_FLOW_DISSIPATED] += dt * grzi_grid_cell(flow->op->grid) * grzi_dot(count, p.phi, p.K_phi);
    return GRZ_OK;
}

/* The sigma round one direction of a sphere, and the stencils of their shifts. */
#include "operator/entropic/sweep.h"

#include <math.h>

/* Offset of the stencil of the first centre (node reach on every axis) whose weights start at first. */
static int64_t offset_of(const grzi_sweep *sweep, const grzi_radius *radius, int end, const int first[3])
{
    const grzi_spline *spline = &sweep->spline[0];
    const int64_t start = radius->start[end], field = sweep->species == 2 && end == 1 ? spline->count : 0;
    return field + (start + first[0]) * grzi_spline_plane(spline) + (start + first[1]) * spline->stride + start + first[2];
}

static double shift(const grzi_sweep *sweep, const grzi_radius *radius, int end, double turn)
{
    return (end ? -turn : turn) * (sweep->species == 2 ? sweep->arm[end] : 1) * radius->r;
}

void grzi_value_stencil(const grzi_sweep *sweep, const grzi_radius *radius, int end, double turn, const double direction[3],
                        grzi_stencil *stencil)
{
    int first[3];
    double length = shift(sweep, radius, end, turn);
    for (int axis = 0; axis < 3; axis++)
        grzi_spline_weights(sweep->spline[0].degree, length * direction[axis] / sweep->spacing, radius->reach[end], &first[axis],
                            stencil->w[axis]);
    stencil->first = offset_of(sweep, radius, end, first);
}

void grzi_difference_stencil(const grzi_sweep *sweep, const grzi_radius *radius, int end, double turn, const double w[3],
                             const double chord[3], double theta, grzi_stencil *stencil)
{
    int first[3];
    double scale = shift(sweep, radius, end, turn) / sweep->spacing;
    for (int axis = 0; axis < 3; axis++)
        grzi_spline_difference_weights(sweep->spline[0].degree, scale * w[axis], scale * chord[axis], theta, radius->reach[end],
                                       &first[axis], stencil->w[axis], stencil->moved[axis], stencil->difference[axis]);
    stencil->first = offset_of(sweep, radius, end, first);
}

/* Differences of values lose about 1e-16/theta of them: the identities of an operator hold to some 1e-16/theta of its size. The smallest
 * angles take difference stencils, which lose nothing and cost two or three times as much; one passes a knot at most. */
static int is_small(const grzi_circle *circle, double theta)
{
    return theta < (circle->wide ? 4 : 2.5e-3) && theta * circle->radius->far <= 0.9 * circle->sweep->spacing;
}

/* Start of the equispaced phi on a circle, in steps: spread evenly over circles, so that the errors of few nodes average out. */
static double twist(int64_t circle)
{
    double turns = 0.6180339887498949 * (double)circle;
    return turns - floor(turns);
}

int grzi_circle_begin(const grzi_sweep *sweep, int64_t item, grzi_circle *circle)
{
    const grzi_radius *radius = &sweep->rules.radii[sweep->item_radius[item]];
    const int number = sweep->item_direction[item], generated = number >= grzi_radius_circle_items(radius);
    const grzi_sphere_rule *rule = generated ? &radius->nodes : &radius->sphere;
    const int direction = generated ? number - grzi_radius_circle_items(radius) : number / radius->turns;
    *circle = (grzi_circle){.sweep = sweep,
                            .radius = radius,
                            .generated = generated,
                            .direction = direction,
                            .turn = !generated && number % radius->turns ? -1 : 1,
                            .w = rule->nodes + 3 * direction,
                            .chords = grzi_radius_chords(radius),
                            .weight = radius->weight * 4 * GRZI_PI * rule->weights[direction]};
    grzi_orthonormal_frame(circle->w, circle->p, circle->q);
    return radius->count;
}

/* A generator's next collision, from w to another node or to its antipode, whichever is nearer. */
static int generator_next(grzi_circle *at, grzi_sigma *node)
{
    const grzi_generator *generator = at->radius->generator;
    const double *A = generator->A + (int64_t)at->direction * generator->stride;
    while (at->node < generator->count && A[at->node] == 0) at->node++;
    if (at->node >= generator->count) return 0;
    const double *w = at->radius->nodes.nodes + 3 * at->node, *v = at->w;
    double cosine = v[0] * w[0] + v[1] * w[1] + v[2] * w[2], sign = cosine < 0 ? -1 : 1, square = 0;
    for (int axis = 0; axis < 3; axis++) {
        node->sigma[axis] = sign * w[axis];
        node->chord[axis] = node->sigma[axis] - v[axis];
        square += node->chord[axis] * node->chord[axis];
    }
    node->theta = 2 * asin(fmin(1, sqrt(square) / 2));
    node->is_difference = 0;
    node->unit = 1;
    node->weight = 4 * GRZI_PI * at->radius->weight * A[at->node++];
    grzi_value_stencil(at->sweep, at->radius, 0, at->turn, node->sigma, &node->plus);
    grzi_value_stencil(at->sweep, at->radius, 1, at->turn, node->sigma, &node->minus);
    return 1;
}

int grzi_circle_next(grzi_circle *at, grzi_sigma *node)
{
    const grzi_radius *radius = at->radius;
    if (at->generated) return generator_next(at, node);
    int j = at->j;
    if (j == radius->theta_count || (radius->theta[j] == 0 && at->chords == 0)) return 0;
    int landau = radius->theta[j] == 0, count = landau ? at->chords : radius->phi_count[j];
    double theta = radius->theta[j], half = sin(theta / 2), sine = sin(theta), cosine = cos(theta);
    double along = theta > 0 ? sine / theta : 1, inward = theta > 0 ? -2 * half * half / theta : 0;
    double start = twist((int64_t)at->direction * radius->theta_count + j);
    double phi = landau ? at->k * GRZI_PI / 2 : 2 * GRZI_PI * (at->k + start) / count, c = cos(phi), s = sin(phi);
    double weight = at->weight * 2 * GRZI_PI / count * radius->theta_weight[j];
    node->theta = theta;
    node->is_difference = is_small(at, theta);
    node->unit = node->is_difference ? theta : 1;
    node->weight = node->is_difference ? weight : weight / (theta * theta);
    for (int axis = 0; axis < 3; axis++) {
        double tangent = c * at->p[axis] + s * at->q[axis];
        node->sigma[axis] = cosine * at->w[axis] + sine * tangent;
        node->chord[axis] = node->is_difference ? inward * at->w[axis] + along * tangent : node->sigma[axis] - at->w[axis];
    }
    for (int end = 0; end < 2; end++) {
        grzi_stencil *stencil = end ? &node->minus : &node->plus;
        if (node->is_difference)
            grzi_difference_stencil(at->sweep, radius, end, at->turn, at->w, node->chord, theta, stencil);
        else
            grzi_value_stencil(at->sweep, radius, end, at->turn, node->sigma, stencil);
    }
    if (++at->k == count) at->k = 0, at->j++;
    return 1;
}

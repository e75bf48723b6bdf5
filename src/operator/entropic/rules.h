/* The quadrature of an entropic operator: nodes y (the grid's), r, w, theta, phi, and their weights. */
#ifndef GRZI_RULES_H
#define GRZI_RULES_H

#include "operator/entropic/generator.h"
#include "operator/operator.h"
#include "quadrature/quadrature.h"

enum { GRZI_MAX_THETA_NODES = 32, GRZI_RULES_LEVELS = 5 };

/* All pairs with |v - v*|/2 = r. Measure of a node: weight * (4 pi w weight) * (2 pi/phi_count) * theta_weight/theta^2, and h^3 for y. */
typedef struct grzi_radius {
    double r, weight;                /* 8 r^2 times the kinetic factor times dr */
    double far;                      /* the longer of the two shifts, r unless the masses differ */
    int reach[2];                    /* shifts of either end reach over this many nodes */
    int start[2];                    /* index of the first centre among the nodes of either end's lattice */
    int count;                       /* centres per axis whose whole sphere stays between the outermost nodes */
    int turns;                       /* 1: a direction stands for its antipode too; 2: both count by themselves, for two unlike species */
    grzi_sphere_rule sphere;         /* the w of circles and of theta = 0, for Landau's equation too */
    const grzi_generator *generator; /* or NULL; circles and theta = 0 have what it leaves */
    grzi_sphere_rule nodes;          /* the generator's */
    double shortest;                 /* where the law's angles begin, for a generator with a share of Landau's form */
    int law_count;                   /* the law's own angular rule, also where a generator takes its place */
    double law_theta[GRZI_MAX_THETA_NODES], law_weight[GRZI_MAX_THETA_NODES];
    int theta_count;
    double theta[GRZI_MAX_THETA_NODES], theta_weight[GRZI_MAX_THETA_NODES];
    int phi_count[GRZI_MAX_THETA_NODES]; /* theta = 0, which comes last if it is there: two orthogonal directions */
} grzi_radius;

typedef struct grzi_rules {
    double R;
    int spline_degree, radial_nodes, sphere_degree, theta_nodes, phi_nodes; /* in force: largest of all radii */
    int count;
    grzi_radius *radii;
    int generator_count;
    grzi_generator *generators; /* room for one a radius; radii of equal law and degree share theirs */
} grzi_rules;

/* Chooses between generator and circles for a radius with its sphere rule and its law's angular rule: selection.c. What a generator takes
 * leaves the angular rule. The sphere rule stays: with theta -> 0 the operator must tend to Landau's on the same nodes. */
grz_status grzi_rules_select(const grz_operator *op, grzi_rules *rules, int index);

grz_status grzi_rules_create(const grz_operator *op, grzi_rules *rules);
void grzi_rules_destroy(const grz_context *context, grzi_rules *rules);

/* Whether angles of a radius are taken in the limit theta -> 0, and the number of circles besides. */
static inline int grzi_radius_has_landau(const grzi_radius *radius)
{
    return radius->theta_count > 0 && radius->theta[radius->theta_count - 1] == 0;
}

static inline int grzi_radius_circles(const grzi_radius *radius)
{
    return radius->theta_count - grzi_radius_has_landau(radius);
}

/* Tangent chords at theta = 0 for walks other than the operator's own: what is linear in the chord needs two, a collision rate without
 * symmetry the opposite ones too. */
static inline int grzi_radius_chords(const grzi_radius *radius)
{
    return radius->generator || grzi_radius_circles(radius) > 0 ? 4 : 2;
}

/* Directions from which a radius' sigma are seen: the sphere's and a generator's. */
static inline int grzi_radius_circle_items(const grzi_radius *radius)
{
    return radius->theta_count > 0 ? radius->sphere.count * radius->turns : 0;
}

static inline int grzi_radius_items(const grzi_radius *radius)
{
    return grzi_radius_circle_items(radius) + (radius->generator ? radius->generator->count : 0);
}

#endif

/* The quadrature of an entropic operator: nodes y (the grid's), r, w, theta, phi, and their weights. */
#ifndef GRZI_RULES_H
#define GRZI_RULES_H

#include "operator/entropic/generator.h"
#include "operator/operator.h"
#include "quadrature/quadrature.h"

enum { GRZI_MAX_THETA_NODES = 32, GRZI_RULES_LEVELS = 5 };

/* All pairs with |v - v*|/2 = r. Measure of a node: weight * (4 pi w weight) * (2 pi/phi_count) * theta_weight/theta^2, and h^3 for y. */
typedef struct grzi_radius {
    double r, weight; /* 8 r^2 times the kinetic factor times dr */
    double far;       /* the longer of the two shifts, r unless the masses differ */
    int reach[2];     /* shifts of either end reach over this many nodes */
    int start[2];     /* index of the first centre among the nodes of either end's lattice */
    int count;        /* centres per axis whose whole sphere stays between the outermost nodes */
    grzi_sphere_rule sphere;
    const grzi_generator *generator; /* of the jumps between the sphere's nodes, or NULL; circles and theta = 0 are what it leaves */
    double shortest; /* a small angle that the law has: collisions of this angle stand for a generator's share of Landau's form */
    int law_count;   /* the law's own angular rule, also where a generator takes its place */
    double law_theta[GRZI_MAX_THETA_NODES], law_weight[GRZI_MAX_THETA_NODES];
    int wanted_degree; /* of the sphere rule, before a generator took a finer one */
    int theta_count;
    double theta[GRZI_MAX_THETA_NODES], theta_weight[GRZI_MAX_THETA_NODES];
    int phi_count[GRZI_MAX_THETA_NODES];
} grzi_radius;

typedef struct grzi_rules {
    double R;
    int turns; /* 1: a direction stands for its antipode too; 2: both count by themselves, for two unlike species */
    int spline_degree, radial_nodes, sphere_degree, theta_nodes, phi_nodes; /* in force: largest of all radii */
    int count;
    grzi_radius *radii;
    int generator_count;
    grzi_generator *generators; /* room for one a radius; radii of equal law and degree share theirs */
} grzi_rules;

/* Chooses between generator and circles for a radius with its sphere rule and its law's angular rule: selection.c. Takes the law out of
 * the angular rule, and may take a sphere rule of higher degree. */
grz_status grzi_rules_select(const grz_operator *op, grzi_rules *rules, int index);

grz_status grzi_rules_create(const grz_operator *op, grzi_rules *rules);
void grzi_rules_destroy(const grz_context *context, grzi_rules *rules);

/* Landau: two orthogonal directions of theta = 0 on a circle. */
static inline int grzi_rules_is_landau(const grzi_radius *radius)
{
    return radius->theta_count == 1 && radius->theta[0] == 0;
}

#endif

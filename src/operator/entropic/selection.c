/* Which way a radius goes: by a generator between the nodes of its sphere rule, or by circles round each of them. */
#include "operator/entropic/rules.h"

#include <math.h>
#include <string.h>

enum { LAW_NODES = 30, FINEST = 53, ATTEMPTS = 4, MOST_EXACT = 10, LEAST_EXACT = 4 };

static const double RESOLVED = 0.15, MUCH_LESS = 0.7;

/* b at relative speed 2 r, without the kinetic factor. */
typedef struct law_at {
    const grz_operator *op;
    double z;
} law_at;

static grz_status b_of(const void *of, int64_t count, const double *theta, double *b)
{
    const law_at *law = of;
    const grz_context *context = law->op->context;
    double *z = grzi_allocate(context, count, sizeof *z), factor = grzi_kernel_kinetic_factor(law->op->kernel, law->z);
    if (!z) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count; i++) z[i] = law->z;
    grz_status status = grz_kernel_B(law->op->kernel, count, z, theta, b);
    for (int64_t i = 0; i < count; i++) b[i] /= factor;
    grzi_deallocate(context, z);
    return status;
}

/* Harmonics on which the form is to be exact, for a radius whose functions want a sphere rule of the given degree. */
static int exact_degree(int degree)
{
    int half = degree / 5;
    return half < 2 ? 4 : 2 * (half < MOST_EXACT / 2 ? half : MOST_EXACT / 2);
}

/* In units of what a node of a circle costs the operator: values and adjoint at a node of the rule, and its row of A. */
static double generator_cost(int nodes)
{
    return nodes * (1.0 + 0.008 * nodes);
}

static double circles_cost(const grzi_radius *radius)
{
    double sigma = 1;
    for (int j = 0; j < radius->theta_count; j++) sigma += radius->phi_count[j];
    return radius->sphere.count * sigma;
}

/* m_3/m_2 of the law, m_k = int beta sin^{2k}(theta/2) dtheta: what the jumps of a generator must have too. */
static double width(const grzi_angular_law *law)
{
    double second = 0, third = 0;
    for (int j = 0; j < law->theta_count; j++) {
        double s = sin(law->theta[j] / 2), x = law->theta_weight[j] / (law->theta[j] * law->theta[j]) * s * s * s * s;
        second += x;
        third += x * s * s;
    }
    return third / second;
}

/* A generator whose jumps have the third moment of its law and forms that are exact up to a degree needs a nodes' distance s_min that
 * resolves the law: power laws need m_3/m_2 >= RESOLVED degree^2 s_min at least, often some more. */
static int resolves(const grzi_angular_law *law, const grzi_sphere_rule *rule, int degree)
{
    return width(law) >= RESOLVED * degree * degree * grzi_generator_shortest(rule);
}

/* The most exactness that a rule has, from what is wanted on; what fails with the least soon has no more. */
static grz_status attempt(const grz_operator *op, const grzi_angular_law *law, const grzi_sphere_rule *rule, int degree, int sum,
                          grzi_generator *generator, int *made)
{
    const grzi_exactness wanted[] = {{degree, sum, 3}, {degree, 0, 0}, {degree, sum, 1}, {degree, sum, 0}};
    for (int k = 0; k < 4; k++) {
        GRZI_TRY(grzi_generator_create(op->context, law, rule, wanted[k], generator, made));
        if (k == 1 ? !*made : *made) return GRZ_OK;
        if (k == 1) grzi_generator_destroy(op->context, generator);
        *made = 0;
    }
    return GRZ_OK;
}

/* The rule of fewest nodes, from the radius' own on, that has a positive generator with forms exact up to the given degree and costs less
 * than the circles. */
static grz_status find_exact(const grz_operator *op, const grzi_radius *radius, const grzi_angular_law *law, int exact,
                             grzi_sphere_rule *sphere, grzi_generator *generator, int *made)
{
    const double room = MUCH_LESS * circles_cost(radius), landau = 3.0 * radius->sphere.count;
    const int sum = (radius->sphere.degree - 1) / 2 * 2;
    int attempts = 0;
    for (int degree = radius->sphere.degree; degree <= FINEST && attempts < ATTEMPTS; degree += 2) {
        GRZI_TRY(grzi_sphere_rule_create(op->context, degree, sphere));
        degree = sphere->degree;
        const int affordable = generator_cost(sphere->count) + landau < room;
        if (affordable && resolves(law, sphere, exact)) {
            grz_status status = attempt(op, law, sphere, exact, sum, generator, made);
            if (status == GRZ_OK && *made) return GRZ_OK;
            if (status != GRZ_OK) {
                grzi_sphere_rule_destroy(op->context, sphere);
                return status;
            }
            attempts++;
        }
        grzi_sphere_rule_destroy(op->context, sphere);
        if (!affordable) break;
    }
    return GRZ_OK;
}

static grz_status find(const grz_operator *op, const grzi_radius *radius, const grzi_angular_law *law, grzi_sphere_rule *sphere,
                       grzi_generator *generator, int *made)
{
    const int wanted = exact_degree(radius->sphere.degree);
    *made = 0;
    for (int exact = wanted; exact >= LEAST_EXACT && exact >= wanted - 2 && !*made; exact -= 2)
        GRZI_TRY(find_exact(op, radius, law, exact, sphere, generator, made));
    return GRZ_OK;
}

/* The lower end of the law's support, 0 if it is below 1e-7. */
static grz_status shortest_angle(const grz_operator *op, grzi_radius *radius)
{
    static const double small = 1e-7;
    const law_at at = {op, 2 * radius->r};
    double b;
    radius->shortest = 0;
    GRZI_TRY(b_of(&at, 1, &small, &b));
    if (b > 0) return GRZ_OK;
    double theta[1], weight[1];
    int found;
    GRZI_TRY(grzi_kernel_angular_rule(op->kernel, at.z, 1, theta, weight, &found));
    /* bisection for the lower end of the support */
    double low = small, high = theta[0];
    for (int k = 0; k < 60; k++) {
        double middle = sqrt(low * high);
        GRZI_TRY(b_of(&at, 1, &middle, &b));
        if (b > 0)
            high = middle;
        else
            low = middle;
    }
    radius->shortest = high;
    return GRZ_OK;
}

static void take(grzi_radius *radius, const grzi_generator *generator, const grzi_sphere_rule *nodes)
{
    radius->generator = generator;
    radius->nodes = *nodes;
    radius->theta_count = generator->landau > 0;
    radius->theta[0] = 0;
    radius->theta_weight[0] = 2 / GRZI_PI * generator->landau;
    radius->phi_count[0] = 2;
}

/* What a radius of equal law and sphere rule has. */
static grz_status take_equal(const grz_context *context, grzi_radius *radius, const grzi_radius *other)
{
    grzi_sphere_rule nodes;
    if (!other->generator) return GRZ_OK;
    GRZI_TRY(grzi_sphere_rule_create(context, other->nodes.degree, &nodes));
    take(radius, other->generator, &nodes);
    radius->shortest = other->shortest;
    return GRZ_OK;
}

grz_status grzi_rules_select(const grz_operator *op, grzi_rules *rules, int index)
{
    grzi_radius *radius = &rules->radii[index];
    if (op->equation == GRZ_EQUATION_LANDAU || op->options[GRZ_OPERATOR_OPTION_COLLISIONS] == GRZ_COLLISIONS_CIRCLES ||
        radius->count == 0 || grzi_radius_circles(radius) == 0 || op->pair) /* generators are fitted to even functions */
        return GRZ_OK;
    for (int i = 0; i < index && grzi_kernel_is_factorised(op->kernel); i++)
        if (rules->radii[i].sphere.degree == radius->sphere.degree && rules->radii[i].count > 0)
            return take_equal(op->context, radius, &rules->radii[i]);
    double theta[LAW_NODES], weight[LAW_NODES];
    law_at at = {op, 2 * radius->r};
    grzi_angular_law law = {0, theta, weight, b_of, &at};
    grzi_sphere_rule nodes;
    int made;
    GRZI_TRY(grzi_kernel_angular_rule(op->kernel, at.z, LAW_NODES, theta, weight, &law.theta_count));
    grzi_generator *generator = &rules->generators[rules->generator_count];
    GRZI_TRY(find(op, radius, &law, &nodes, generator, &made));
    if (!made) return GRZ_OK;
    rules->generator_count++;
    take(radius, generator, &nodes);
    return shortest_angle(op, radius);
}

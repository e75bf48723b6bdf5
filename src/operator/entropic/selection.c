/* Which way a radius goes: by a generator between the nodes of its sphere rule, or by circles round each of them. */
#include "operator/entropic/rules.h"

#include <math.h>
#include <string.h>

enum { LAW_NODES = 30, FINER = 8, MOST_FITTED = 130, MOST_EXACT = 10 };

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

/* In units of what a node of a circle costs the operator: values and adjoint at a node of the rule, its row of A, its gradient. */
static double generator_cost(int nodes, int has_landau)
{
    return nodes * (1.0 + 0.008 * nodes + (has_landau ? 3.0 : 0));
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

/* The most exactness that a rule has, from what is wanted on. */
static grz_status attempt(const grz_operator *op, const grzi_angular_law *law, const grzi_sphere_rule *rule, int degree, int sum,
                          grzi_generator *generator, int *made)
{
    const grzi_exactness least = {degree, 0, 0}, wanted[] = {{degree, sum, 3}, {degree, sum, 1}, {degree, sum, 0}};
    const int as_it_is = rule->count > MOST_FITTED;
    GRZI_TRY(grzi_generator_create(op->context, law, rule, as_it_is ? wanted[0] : least, as_it_is, generator,
                                   made)); /* what fails here soon has no more */
    if (!*made || as_it_is) return GRZ_OK;
    grzi_generator_destroy(op->context, generator);
    *made = 0;
    for (int k = 0; !*made && k < 3; k++) GRZI_TRY(grzi_generator_create(op->context, law, rule, wanted[k], 0, generator, made));
    return GRZ_OK;
}

/* The rule of fewest nodes, from the radius' own on, that has a positive generator and costs less than the circles. */
static grz_status find(const grz_operator *op, const grzi_radius *radius, const grzi_angular_law *law, grzi_sphere_rule *sphere,
                       grzi_generator *generator, int *made)
{
    const double room = circles_cost(radius);
    const int exact = exact_degree(radius->sphere.degree);
    *made = 0;
    for (int degree = radius->sphere.degree; degree <= radius->sphere.degree + FINER && !*made; degree = sphere->degree + 2) {
        GRZI_TRY(grzi_sphere_rule_create(op->context, degree, sphere));
        int affordable = generator_cost(sphere->count, 1) < room;
        if (affordable && width(law) >= grzi_generator_shortest(sphere)) {
            grz_status status = attempt(op, law, sphere, exact, (radius->sphere.degree - 1) / 2 * 2, generator, made);
            if (status != GRZ_OK || *made) {
                if (status != GRZ_OK) grzi_sphere_rule_destroy(op->context, sphere);
                return status;
            }
        }
        int tried = sphere->degree;
        grzi_sphere_rule_destroy(op->context, sphere);
        if (!affordable) break;
        sphere->degree = tried;
    }
    return GRZ_OK;
}

static grz_status copy_rule(const grz_context *context, int degree, grzi_radius *radius)
{
    grzi_sphere_rule sphere;
    if (degree == radius->sphere.degree) return GRZ_OK;
    GRZI_TRY(grzi_sphere_rule_create(context, degree, &sphere));
    grzi_sphere_rule_destroy(context, &radius->sphere);
    radius->sphere = sphere;
    return GRZ_OK;
}

/* Collisions of this angle stand for Landau's form to rounding, unless the law has none as small. */
static grz_status shortest_angle(const grz_operator *op, grzi_radius *radius)
{
    static const double small = 1e-7;
    const law_at at = {op, 2 * radius->r};
    double b;
    radius->shortest = small;
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

static void take(grzi_radius *radius, const grzi_generator *generator)
{
    radius->generator = generator;
    radius->theta_count = generator->landau > 0;
    radius->theta[0] = 0;
    radius->theta_weight[0] = 2 / GRZI_PI * generator->landau;
    radius->phi_count[0] = 2;
}

grz_status grzi_rules_select(const grz_operator *op, grzi_rules *rules, int index)
{
    grzi_radius *radius = &rules->radii[index];
    radius->wanted_degree = radius->sphere.degree;
    if (op->equation == GRZ_EQUATION_LANDAU || op->options[GRZ_OPERATOR_OPTION_COLLISIONS] == GRZ_COLLISIONS_CIRCLES ||
        radius->count == 0 || grzi_rules_is_landau(radius) || op->pair) /* generators are fitted to even functions */
        return GRZ_OK;
    for (int i = 0; i < index && grzi_kernel_is_factorised(op->kernel); i++) {
        const grzi_radius *other = &rules->radii[i];
        if (other->wanted_degree != radius->wanted_degree || other->count == 0) continue;
        if (!other->generator) return GRZ_OK;
        GRZI_TRY(copy_rule(op->context, other->sphere.degree, radius));
        take(radius, other->generator);
        radius->shortest = other->shortest;
        return GRZ_OK;
    }
    double theta[LAW_NODES], weight[LAW_NODES];
    law_at at = {op, 2 * radius->r};
    grzi_angular_law law = {0, theta, weight, b_of, &at};
    grzi_sphere_rule sphere;
    int made;
    GRZI_TRY(grzi_kernel_angular_rule(op->kernel, at.z, LAW_NODES, theta, weight, &law.theta_count));
    grzi_generator *generator = &rules->generators[rules->generator_count];
    GRZI_TRY(find(op, radius, &law, &sphere, generator, &made));
    if (!made) return GRZ_OK;
    rules->generator_count++;
    grzi_sphere_rule_destroy(op->context, &radius->sphere);
    radius->sphere = sphere;
    take(radius, generator);
    return shortest_angle(op, radius);
}

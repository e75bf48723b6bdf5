/* The quadrature rules of an entropic operator, by accuracy level and options (rules.h). */
#include "operator/entropic/rules.h"
#include "core/pulse.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* Below the first angle the law in theta is nearly a parabola in sin^2(theta/2), and half the nodes do; below the second its curvature is
 * under the other errors, and one node has the whole of C_beta and of the order eps^2. */
static const double NARROW = 0.3, VERY_NARROW = 0.006;

static const double DECAY = 18;

/* What an accuracy level stands for. Levels 1 to 4 are public; 5 serves as the reference of error estimates. */
typedef struct level {
    int radial_nodes, sphere_degree, theta_nodes, phi_nodes;
} level;

static const level levels[GRZI_RULES_LEVELS] = {{8, 15, 2, 8}, {10, 21, 4, 14}, {14, 31, 6, 18}, {19, 41, 8, 24}, {25, 53, 11, 32}};

static int chosen(const grz_operator *op, grz_operator_option option, int automatic)
{
    return op->options[option] != 0 ? (int)op->options[option] : automatic;
}

/* Power of r in the kinetic factor near r = 0: it goes into the radial rule's weight. */
static double kinetic_exponent(const grz_operator *op)
{
    return grzi_kernel_kink(op->kernel) > 0 ? 0 : grz_kernel_gamma(op->kernel);
}

/* Radial rule on the panel from a to b. (h' - h)(G' - G) is r^4 times an analytic function of u = r^2, so the rule is of Gauss-Jacobi type
 * in u with the power u^{(5+gamma)/2} that 8 r^2 (2r)^gamma r^4 dr has; r^2 of unlike species, whose functions are not even. Densities decay like exp(-u/T), so the rule is Gauss's for that
 * power times such an exponential: with DECAY the terms exp(-s u/R^2) come out to 1e-6 for 8 <= s = R^2/T <= 45 by ten nodes: for half
 * widths of 4 to 9.5 sqrt T. The nodes' weights are those of 8 r^2 kinetic(2r) dr. */
static grz_status radial_panel(const grz_operator *op, double a, double b, double damping, int count, double *r, double *weight)
{
    enum { FINE = 160 };
    const grz_context *context = op->context;
    /* 8 r^2 (2r)^gamma dr times the integrand's own power, in u */
    double exponent = (op->pair ? 3 : 5) + (a > 0 ? grz_kernel_gamma(op->kernel) : kinetic_exponent(op)), power = a > 0 ? 0 : exponent / 2;
    double u0 = a * a, length = b * b - a * a;
    double *x = grzi_allocate(context, 4 * FINE, sizeof *x);
    if (!x) return GRZ_ERROR_OUT_OF_MEMORY;
    double *w = x + FINE, *nodes = w + FINE, *weights = nodes + FINE;
    int found = 0;
    grz_status status = grzi_gauss_jacobi(context, FINE, power, 0, x, w);
    if (status == GRZ_OK) {
        for (int i = 0; i < FINE; i++) w[i] *= exp(-damping * length * x[i]) * (a > 0 ? pow(u0 + length * x[i], exponent / 2) : 1);
        status = grzi_gauss_of_measure(context, FINE, x, w, count, nodes, weights, &found);
    }
    if (status == GRZ_OK && found != count) status = grzi_fail(context, GRZ_ERROR_INTERNAL, "radial rule has %d of %d nodes", found, count);
    if (status == GRZ_OK)
        for (int i = 0; i < count; i++) {
            double u = u0 + length * nodes[i], regular = a > 0 ? pow(u, exponent / 2) : pow(u / length, exponent / 2);
            r[i] = sqrt(u);
            /* dr = du/(2 r): weight of a function of u, then of r */
            weight[i] = weights[i] * exp(damping * length * nodes[i]) / regular * length / (2 * r[i]) * 8 * u *
                        grzi_kernel_kinetic_factor(op->kernel, 2 * r[i]);
        }
    grzi_deallocate(context, x);
    return status;
}

static grz_status radial_rule(const grz_operator *op, double R, int count, double *r, double *weight)
{
    double damping = DECAY / (R * R), kink = grzi_kernel_kink(op->kernel) / 2;
    if (kink <= 0 || kink >= R) return radial_panel(op, 0, R, damping, count, r, weight);
    int inner = 1 + (int)((count - 2) * (1 - exp(-DECAY / 2 * kink * kink / (R * R))) + count / 12.0);
    GRZI_TRY(radial_panel(op, 0, kink, damping, inner, r, weight));
    return radial_panel(op, kink, R, damping, count - inner, r + inner, weight + inner);
}

/* An even number: the square of a slope needs 4, an arc of length theta brings harmonics in phi up to an order that grows with it. */
static int circle_nodes(double theta, int largest)
{
    int least = theta < 0.06 ? 4 : 6;
    return least >= largest ? largest : 2 * (int)ceil((least + (largest - least) * sin(theta)) / 2 - 1e-9);
}

/* Angular features of a sphere grow with its radius: small ones, which have the most centres, need fewer directions. */
static int degree_at(double r, double R, int largest)
{
    double degree = 7 + 1.4 * largest * r / R;
    return degree < largest ? (int)ceil(degree) : largest;
}

static grz_status angular_rule(const grz_operator *op, grzi_radius *radius, int theta_nodes, int phi_nodes)
{
    double z = 2 * radius->r;
    grz_status (*rule)(const grz_kernel *, double, int, double *, double *, int *) =
        op->pair ? grzi_kernel_unlike_rule : grzi_kernel_angular_rule;
    if (op->equation == GRZ_EQUATION_LANDAU) {
        double constant;
        GRZI_TRY((op->pair ? grzi_kernel_unlike_constant : grzi_kernel_landau_constant)(op->kernel, z, &constant));
        radius->theta_count = 1;
        radius->theta[0] = 0;
        radius->theta_weight[0] = 8 / GRZI_PI * constant;
    } else {
        GRZI_TRY(rule(op->kernel, z, theta_nodes, radius->theta, radius->theta_weight, &radius->theta_count));
        double widest = 0;
        for (int j = 0; j < radius->theta_count; j++) widest = fmax(widest, radius->theta[j]);
        if (widest < NARROW && theta_nodes > 1 && op->options[GRZ_OPERATOR_OPTION_THETA_NODES] == 0)
            GRZI_TRY(rule(op->kernel, z, widest < VERY_NARROW ? 1 : (theta_nodes + 1) / 2, radius->theta, radius->theta_weight,
                          &radius->theta_count));
    }
    radius->law_count = radius->theta_count;
    memcpy(radius->law_theta, radius->theta, sizeof radius->theta);
    memcpy(radius->law_weight, radius->theta_weight, sizeof radius->theta_weight);
    for (int j = 0; j < radius->theta_count; j++)
        radius->phi_count[j] = radius->theta[j] == 0 ? 2 : circle_nodes(radius->theta[j], phi_nodes);
    return GRZ_OK;
}

/* Lattice of the centres: a grid's own, or of a pair the finer grid's. Both ends must stay between the outermost nodes of their species. */
static void place_centres(const grz_operator *op, grzi_radius *radius)
{
    const grzi_pair *pair = op->pair;
    const grz_grid *grids[2] = {op->grid, pair ? pair->partner : op->grid};
    int margin = INT_MAX; /* in half steps, from the lattice's centre to the outermost centre */
    radius->turns = pair ? 2 : 1;
    radius->far = 0;
    for (int end = 0; end < 2; end++) {
        const double length = pair ? pair->arm[end] * radius->r : radius->r;
        const int ratio = pair ? pair->ratio[end] : 1, across = (grids[end]->n - 1) * ratio;
        radius->far = fmax(radius->far, length);
        radius->reach[end] = (int)ceil(length / (grids[end]->spacing / ratio));
        if (across - 2 * radius->reach[end] < margin) margin = across - 2 * radius->reach[end];
        radius->start[end] = across;
    }
    radius->count = margin < 0 ? 0 : margin + 1;
    for (int end = 0; end < 2; end++) radius->start[end] = (radius->start[end] - margin) / 2;
}

static grz_status fill(const grz_operator *op, grzi_rules *rules)
{
    double *r = grzi_allocate(op->context, 2 * rules->count, sizeof *r);
    if (!r) return GRZ_ERROR_OUT_OF_MEMORY;
    double *weight = r + rules->count;
    grzi_pulse pulse; /* generators take time: a set-up that is short reports nothing */
    grzi_pulse_begin(op->context, "entropic rules", 0, &pulse);
    grz_status status = radial_rule(op, rules->R, rules->count, r, weight);
    for (int i = 0; i < rules->count && status == GRZ_OK && !grzi_pulse_stops(&pulse, (double)i / rules->count); i++) {
        grzi_radius *radius = &rules->radii[i];
        radius->r = r[i];
        radius->weight = weight[i];
        place_centres(op, radius);
        int degree =
            op->options[GRZ_OPERATOR_OPTION_SPHERE_DEGREE] != 0 ? rules->sphere_degree : degree_at(r[i], rules->R, rules->sphere_degree);
        status = grzi_sphere_rule_create(op->context, degree, &radius->sphere);
        if (status != GRZ_OK) break;
        status = angular_rule(op, radius, rules->theta_nodes, rules->phi_nodes);
        if (status == GRZ_OK) status = grzi_rules_select(op, rules, i);
        if (status == GRZ_OK) grzi_sphere_rule_rotate(&radius->sphere, i);
        if (status == GRZ_OK) grzi_sphere_rule_rotate(&radius->nodes, i);
    }
    if (status == GRZ_OK) status = grzi_pulse_end(&pulse);
    grzi_deallocate(op->context, r);
    return status;
}

static double hull(const grz_grid *grid)
{
    return grid->half_width - grid->spacing / 2;
}

/* Between the outermost nodes |y_i| + r <= L - h/2, a pair is lost at |v|^2 + |v*|^2 >= (L - h/2)^2: r beyond (L - h/2)/sqrt(2) adds less than
 * what is lost there. Unlike masses lose pairs of energy m H^2 at the nearer wall, and 4 mu r^2 is the energy of relative motion. */
static double largest_radius(const grz_operator *op)
{
    const grzi_pair *pair = op->pair;
    if (!pair) return hull(op->grid) / sqrt(2);
    const double a = hull(op->grid), b = hull(pair->partner), reduced = pair->mass[0] * pair->mass[1] / (pair->mass[0] + pair->mass[1]);
    return sqrt(fmin(pair->mass[0] * a * a, pair->mass[1] * b * b) / reduced) / 2;
}

grz_status grzi_rules_create(const grz_operator *op, grzi_rules *rules)
{
    const level *level = &levels[(int)op->options[GRZ_OPERATOR_OPTION_ACCURACY] - 1];
    *rules = (grzi_rules){0};
    rules->R = op->options[GRZ_OPERATOR_OPTION_RADIUS] != 0 ? op->options[GRZ_OPERATOR_OPTION_RADIUS] : largest_radius(op);
    rules->spline_degree = (int)op->options[GRZ_OPERATOR_OPTION_SPLINE_DEGREE];
    int split = grzi_kernel_kink(op->kernel) > 0; /* the panel below the kink takes a node or two */
    rules->count = rules->radial_nodes = chosen(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, level->radial_nodes + split);
    /* Hard kernels give weight to the large spheres, whose functions are the least smooth. */
    int hard = grz_kernel_gamma(op->kernel) > 0 ? 6 : 0;
    rules->sphere_degree = chosen(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, level->sphere_degree + hard);
    rules->theta_nodes = chosen(op, GRZ_OPERATOR_OPTION_THETA_NODES, level->theta_nodes);
    rules->phi_nodes = chosen(op, GRZ_OPERATOR_OPTION_PHI_NODES, level->phi_nodes);
    rules->radii = grzi_allocate_zeroed(op->context, rules->count, sizeof *rules->radii);
    rules->generators = grzi_allocate_zeroed(op->context, rules->count, sizeof *rules->generators);
    grz_status status = rules->radii && rules->generators ? fill(op, rules) : GRZ_ERROR_OUT_OF_MEMORY;
    if (status != GRZ_OK) grzi_rules_destroy(op->context, rules);
    return status;
}

void grzi_rules_destroy(const grz_context *context, grzi_rules *rules)
{
    for (int i = 0; i < rules->count && rules->radii; i++) {
        grzi_sphere_rule_destroy(context, &rules->radii[i].sphere);
        grzi_sphere_rule_destroy(context, &rules->radii[i].nodes);
    }
    for (int i = 0; i < rules->generator_count; i++) grzi_generator_destroy(context, &rules->generators[i]);
    grzi_deallocate(context, rules->generators);
    grzi_deallocate(context, rules->radii);
    *rules = (grzi_rules){0};
}

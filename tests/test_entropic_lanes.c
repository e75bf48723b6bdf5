/* The hot loops of the entropic operators, for every instruction set that this processor has, against sums over the nodes written plainly:
 * splines from the recursion of B-splines, the law from its formula, one centre after the other, in long double. */
#include "support/entropic.h"

#include "operator/entropic/sweep.h"

enum { MAX_WEIGHTS = 12, FIELDS = 3 }; /* log f, psi, and a direction v with which adjoints are paired */

static const struct {
    grzi_task task;
    const char *name;
    int has_psi, has_adjoint;
} tasks[] = {{GRZI_TASK_FORCE, "force", 0, 1},
             {GRZI_TASK_ONSAGER, "Onsager", 1, 1},
             {GRZI_TASK_DISSIPATION, "dissipation", 0, 0},
             {GRZI_TASK_SQUARE_ROOT, "square root", 0, 0},
             {GRZI_TASK_WEAK, "weak form", 1, 0},
             {GRZI_TASK_ACTION, "action", 1, 0},
             {GRZI_TASK_VARIATION, "variation", 0, 1},
             {GRZI_TASK_VARIATION_ROOT, "variation of the square root", 0, 1}};
enum { TASKS = sizeof tasks / sizeof tasks[0] };

/* The centred cardinal B-spline. */
static long double b_spline(int degree, long double x)
{
    if (degree == 0) return x >= -0.5L && x < 0.5L;
    long double half = (degree + 1) / 2.0L;
    return ((half + x) * b_spline(degree - 1, x + 0.5L) + (half - x) * b_spline(degree - 1, x - 0.5L)) / degree;
}

/* Of the spline at a place (in nodes): value and derivatives times step. */
typedef struct point {
    long double value, derivative[3];
} point;

typedef struct place {
    int first[3];
    long double w[3][MAX_WEIGHTS], d[3][MAX_WEIGHTS]; /* values and derivatives of the B-splines around */
} place;

static place place_of(const grzi_spline *spline, const long double *shift)
{
    place p;
    int degree = spline->degree, half = (degree - 1) / 2;
    for (int axis = 0; axis < 3; axis++) {
        p.first[axis] = (int)floorl(shift[axis]) - 1;
        for (int a = 0; a < degree + 4; a++) {
            long double x = shift[axis] + half - (p.first[axis] + a);
            p.w[axis][a] = b_spline(degree, x);
            p.d[axis][a] = b_spline(degree - 1, x + 0.5L) - b_spline(degree - 1, x - 0.5L);
        }
    }
    return p;
}

static point spline_at(const grzi_spline *spline, const double *c, const place *p, const int *node)
{
    point sum = {0, {0, 0, 0}};
    for (int i = 0; i < spline->degree + 4; i++)
        for (int j = 0; j < spline->degree + 4; j++)
            for (int k = 0; k < spline->degree + 4; k++) {
                int at[3] = {node[0] + p->first[0] + i, node[1] + p->first[1] + j, node[2] + p->first[2] + k}, inside = 1;
                for (int axis = 0; axis < 3; axis++) inside = inside && at[axis] >= 0 && at[axis] < spline->size;
                if (!inside) continue; /* the B-spline there is zero: shifts stay between the outermost nodes */
                long double value = c[at[0] * grzi_spline_plane(spline) + (int64_t)at[1] * spline->stride + at[2]];
                sum.value += p->w[0][i] * p->w[1][j] * p->w[2][k] * value;
                sum.derivative[0] += p->d[0][i] * p->w[1][j] * p->w[2][k] * value;
                sum.derivative[1] += p->w[0][i] * p->d[1][j] * p->w[2][k] * value;
                sum.derivative[2] += p->w[0][i] * p->w[1][j] * p->d[2][k] * value;
            }
    return sum;
}

/* What a node gives to every task. q, p, v: differences of the fields, in units of unit; at_w: v at w. */
static void add_node(long double *sums, long double weight, long double unit, long double h, long double q, long double p, long double v,
                     long double at_w)
{
    long double d = unit * q, jump = unit > 0 ? expm1l(d) / unit : q, root = unit > 0 ? expm1l(d / 2) / unit : q / 2;
    long double mobility = d == 0 ? h : h * expm1l(d) / d;
    const long double terms[TASKS] = {h * jump * v,
                                      mobility * p * v,
                                      h * jump * q,
                                      h * root * root,
                                      h * jump * p,
                                      mobility * p * p,
                                      (h * expl(d) * q + h * jump) * v + h * jump * q * at_w,
                                      h * root * expl(d / 2) * v + h * root * root * at_w};
    for (int task = 0; task < TASKS; task++) sums[task] += weight * terms[task];
}

static void direct_sums(const grzi_sweep *sweep, double *const *c, long double *sums)
{
    const grzi_spline *spline = &sweep->spline[0];
    memset(sums, 0, TASKS * sizeof *sums);
    for (int64_t item = 0; item < sweep->item_count; item++) {
        grzi_circle circle;
        grzi_sigma node;
        int count = grzi_circle_begin(sweep, item, &circle), reach = circle.radius->reach[0];
        long double step = circle.radius->r / (long double)sweep->spacing;
        while (grzi_circle_next(&circle, &node)) {
            place at_w[2], at_sigma[2];
            for (int sign = 0; sign < 2; sign++) {
                long double w[3], sigma[3];
                for (int axis = 0; axis < 3; axis++) {
                    w[axis] = (sign ? -step : step) * circle.w[axis];
                    sigma[axis] = (sign ? -step : step) * ((long double)circle.w[axis] + node.unit * (long double)node.chord[axis]);
                }
                at_w[sign] = place_of(spline, w);
                at_sigma[sign] = place_of(spline, sigma);
            }
            for (int64_t y = 0; y < (int64_t)count * count * count; y++) {
                const int centre[3] = {reach + (int)(y / count / count), reach + (int)(y / count % count), reach + (int)(y % count)};
                long double value[FIELDS] = {0}, difference[FIELDS] = {0};
                for (int field = 0; field < FIELDS; field++)
                    for (int sign = 0; sign < 2; sign++) {
                        point w = spline_at(spline, c[field], &at_w[sign], centre);
                        value[field] += w.value;
                        if (node.unit > 0)
                            difference[field] += (spline_at(spline, c[field], &at_sigma[sign], centre).value - w.value) / node.unit;
                        else
                            for (int axis = 0; axis < 3; axis++)
                                difference[field] += (sign ? -step : step) * node.chord[axis] * w.derivative[axis];
                    }
                add_node(sums, node.weight, node.unit, expl(value[0]), difference[0], difference[1], difference[2], value[2]);
            }
        }
    }
}

static int instruction_sets(const grzi_lanes **sets)
{
    int count = 0;
    sets[count++] = &grzi_lanes_generic;
#if defined(__x86_64__) && defined(__GNUC__)
    if (grzi_simd_level() >= 1) sets[count++] = &grzi_lanes_avx2;
    if (grzi_simd_level() >= 2) sets[count++] = &grzi_lanes_avx512;
#endif
    return count;
}

static const struct {
    double eps; /* 0: Landau */
    int degree, n;
} cases[] = {{M_PI, 3, 8}, {M_PI, 5, 8}, {1e-3, 3, 8}, {1e-3, 5, 8}, {0, 3, 11}, {0, 5, 10}};

START_TEST(sums_are_those_of_every_node)
{
    double eps = cases[_i].eps;
    int n = cases[_i].n;
    SKIP_IF(fast() && _i % 2, "every second case in fast mode");
    grz_grid *grid;
    grzi_sweep sweep;
    OK(grz_grid_create(context, n, 4, (double[3]){0.3, -0.2, 0.1}, &grid));
    grz_kernel *kernel = power_law(-1, 1, eps > 0 ? eps : 1);
    grz_operator *op = entropic(grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, 1, cases[_i].degree);
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 2));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 3));
    if (eps > 0) {
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 2));
        OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 4));
    }
    DONE(grzi_sweep_create(op, &sweep));
    int64_t count = grz_grid_node_count(grid);
    double *field[FIELDS], *c[FIELDS], *out = doubles(count);
    uint64_t seed = 31;
    for (int k = 0; k < FIELDS; k++) {
        field[k] = doubles(count);
        c[k] = doubles(sweep.spline[0].count);
        for (int64_t i = 0; i < count; i++) field[k][i] = 2 * uniform(&seed) - (k ? 1 : 3);
        memset(c[k], 0, sizeof(double) * (size_t)sweep.spline[0].count);
        grzi_spline_interpolate(&sweep.spline[0], field[k], c[k]);
    }
    long double exact[TASKS];
    direct_sums(&sweep, c, exact);
    const grzi_lanes *sets[3];
    int set_count = instruction_sets(sets);
    double *diagonal = doubles(count);
    for (int s = 0; s < set_count; s++) {
        double worst = 0, sum = 0;
        sweep.lanes = sets[s];
        for (int task = 0; task < TASKS; task++) {
            DONE(grzi_sweep_run(&sweep, tasks[task].task, field[0], tasks[task].has_psi ? field[1] : NULL,
                                tasks[task].has_adjoint ? NULL : &sum, tasks[task].has_adjoint ? out : NULL));
            double size = fabs((double)exact[task]);
            if (tasks[task].has_adjoint) {
                sum = size = 0;
                for (int64_t i = 0; i < count; i++) sum += out[i] * field[2][i], size += fabs(out[i] * field[2][i]);
            }
            double error = fabs(sum - (double)exact[task]) / size;
            keep_largest(&worst, error);
            HOLDS(error <= 1e-13, "%s, eps %g, degree %d, %s: %.17g, exactly %.17g", sets[s]->name, eps, cases[_i].degree, tasks[task].name,
                  sum, (double)exact[task]);
        }
        DONE(grzi_sweep_diagonal(&sweep, field[0], out, NULL));
        if (s == 0) memcpy(diagonal, out, sizeof(double) * (size_t)count);
        for (int64_t i = 0; i < count; i++) NEAR(out[i], diagonal[i], 1e-13 * diagonal[i]);
        printf("%-8s eps %-6.3g degree %d, n = %d: %.1e\n", sets[s]->name, eps, cases[_i].degree, n, worst);
    }
    for (int k = 0; k < FIELDS; k++) {
        free(field[k]);
        free(c[k]);
    }
    free(out);
    free(diagonal);
    grzi_sweep_destroy(&sweep);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entropic lanes");
    TCase *tests = tcase_create("entropic lanes");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, sums_are_those_of_every_node, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

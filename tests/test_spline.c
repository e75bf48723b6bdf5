/* The spline space of log f: reproduction, orders, adjoint, and the weights of shifts and of differences against B-splines in long double
 * by the Cox-de Boor recursion. */
#include "spline/coefficients.h"
#include "spline/spline.h"
#include "support/entropic.h"

/* Cardinal B-spline of the degree on [0, degree + 1]. */
static long double cardinal(int degree, long double y)
{
    int cell = (int)floorl(y);
    if (cell < 0 || cell > degree) return 0;
    long double t = y - cell, basis[6] = {1};
    for (int j = 1; j <= degree; j++) {
        long double saved = 0;
        for (int r = 0; r < j; r++) {
            long double part = basis[r] / j;
            basis[r] = saved + (r + 1 - t) * part;
            saved = (t + j - 1 - r) * part;
        }
        basis[j] = saved;
    }
    return basis[degree - cell];
}

/* The centred one, and its slope. */
static long double b_spline(int degree, long double x)
{
    return cardinal(degree, x + (degree + 1) / 2);
}

static long double b_spline_slope(int degree, long double x)
{
    long double y = x + (degree + 1) / 2;
    return cardinal(degree - 1, y) - cardinal(degree - 1, y - 1);
}

/* (B(x + theta dx - k) - B(x - k))/theta as dx times the mean slope: three Gauss points on each side of the knot between. */
static long double difference_truth(int degree, long double x, long double dx, long double theta, int k)
{
    static const long double node[3] = {-0.774596669241483377035853L, 0, 0.774596669241483377035853L},
                             weight[3] = {5 / 18.0L, 8 / 18.0L, 5 / 18.0L};
    long double a = x, b = x + theta * dx;
    if (a == b) return dx * b_spline_slope(degree, x - k);
    long double low = fminl(a, b), high = fmaxl(a, b), sum = 0, cuts[4] = {low, high, high, high};
    int pieces = 1;
    for (long double knot = floorl(low) + 1; knot < high; knot++) {
        cuts[pieces++] = knot;
        cuts[pieces] = high;
    }
    for (int i = 0; i < pieces; i++)
        for (int q = 0; q < 3; q++) {
            long double length = cuts[i + 1] - cuts[i];
            sum += length * weight[q] * b_spline_slope(degree, (cuts[i] + cuts[i + 1]) / 2 + length / 2 * node[q] - k);
        }
    return dx * sum / (high - low);
}

/* The spline at node index + shift (units of spacing), by the stored layout. */
static double evaluate(const grzi_spline *spline, const double *c, const int index[3], const double shift[3], int reach)
{
    int first[3];
    double w[3][6], sum = 0;
    for (int a = 0; a < 3; a++) grzi_spline_weights(spline->degree, shift[a], reach, &first[a], w[a]);
    for (int i = 0; i <= spline->degree; i++)
        for (int j = 0; j <= spline->degree; j++)
            for (int k = 0; k <= spline->degree; k++)
                sum += w[0][i] * w[1][j] * w[2][k] *
                       c[(index[0] + first[0] + i) * grzi_spline_plane(spline) + (int64_t)(index[1] + first[1] + j) * spline->stride +
                         index[2] + first[2] + k];
    return sum;
}

static long double polynomial(int degree, const double *coefficient, long double x)
{
    long double sum = 0;
    for (int k = degree; k >= 0; k--) sum = sum * x + coefficient[k];
    return sum;
}

START_TEST(polynomials_up_to_the_degree_are_reproduced)
{
    static const int sizes[] = {8, 9, 12, 20, 27};
    uint64_t seed = 3;
    double worst = 0;
    for (int s = 0; s < (fast() ? 2 : 5); s++)
        for (int degree = 3; degree <= 5; degree += 2) {
            int n = sizes[s];
            grzi_spline spline;
            OK(grzi_spline_create(context, degree, n, &spline));
            double p[3][6], *values = doubles((int64_t)n * n * n), *c = doubles(spline.count), scale = 0;
            for (int a = 0; a < 3; a++)
                for (int k = 0; k <= degree; k++) p[a][k] = 2 * uniform(&seed) - 1;
            for (int i = 0; i < n * n * n; i++) {
                int index[3] = {i / n / n, i / n % n, i % n};
                long double product = 1;
                for (int a = 0; a < 3; a++) product *= polynomial(degree, p[a], 2.0L * index[a] / (n - 1) - 1);
                values[i] = (double)product;
                keep_largest(&scale, fabs(values[i]));
            }
            grzi_spline_interpolate(&spline, values, c);
            for (int trial = 0; trial < 300; trial++) {
                int index[3];
                double shift[3];
                long double exact = 1;
                for (int a = 0; a < 3; a++) {
                    index[a] = (int)(n * uniform(&seed));
                    shift[a] = trial % 7 == a ? 0 : 2 * uniform(&seed) - 1;
                    if (index[a] + shift[a] < 0 || index[a] + shift[a] > n - 1) shift[a] = -shift[a];
                    exact *= polynomial(degree, p[a], 2 * ((long double)index[a] + shift[a]) / (n - 1) - 1);
                }
                double error = fabs(evaluate(&spline, c, index, shift, 1) - (double)exact) / scale;
                keep_largest(&worst, error);
                HOLDS(error <= 1e-13, "degree %d on %d nodes: error %.3g", degree, n, error);
            }
            free(values);
            free(c);
            grzi_spline_destroy(context, &spline);
        }
    printf("spline, polynomials: largest relative error %.1e (asked 1e-13)\n", worst);
}
END_TEST

/* Smooth, of different shape along each axis, no derivative with a zero (that would hide or feign an order). */
static double smooth(double x, double y, double z)
{
    return exp(1.5 * x - y) + 1 / (2.5 + z + 0.3 * x);
}

static double interpolation_error(int degree, int n)
{
    grzi_spline spline;
    OK(grzi_spline_create(context, degree, n, &spline));
    double *values = doubles((int64_t)n * n * n), *c = doubles(spline.count), h = 2.0 / (n - 1), worst = 0;
    for (int i = 0; i < n * n * n; i++) values[i] = smooth((i / n / n) * h - 1, (i / n % n) * h - 1, (i % n) * h - 1);
    grzi_spline_interpolate(&spline, values, c);
    const double middle[3] = {0.5, 0.5, 0.5};
    for (int i = 0; i < n - 1; i++)
        for (int j = 0; j < n - 1; j++)
            for (int k = 0; k < n - 1; k++) {
                double exact = smooth((i + 0.5) * h - 1, (j + 0.5) * h - 1, (k + 0.5) * h - 1);
                keep_largest(&worst, fabs(evaluate(&spline, c, (int[3]){i, j, k}, middle, 1) - exact));
            }
    free(values);
    free(c);
    grzi_spline_destroy(context, &spline);
    return worst;
}

START_TEST(interpolation_has_order_degree_plus_one)
{
    SKIP_IF(fast(), "large grids");
    for (int degree = 3; degree <= 5; degree += 2) {
        double e[3] = {interpolation_error(degree, 17), interpolation_error(degree, 33), interpolation_error(degree, 65)};
        double order = log2(e[1] / e[2]);
        printf("spline of degree %d: errors %.2e, %.2e, %.2e at 17, 33, 65 nodes, orders %.2f, %.2f\n", degree, e[0], e[1], e[2],
               log2(e[0] / e[1]), order);
        fflush(stdout);
        HOLDS(order >= degree + 0.7, "order %g of degree %d", order, degree);
    }
}
END_TEST

START_TEST(transpose_is_the_adjoint)
{
    static const int sizes[] = {8, 9, 13, 32};
    uint64_t seed = 7;
    for (int s = 0; s < (fast() ? 2 : 4); s++)
        for (int degree = 3; degree <= 5; degree += 2) {
            int n = sizes[s], count = n * n * n;
            grzi_spline spline;
            OK(grzi_spline_create(context, degree, n, &spline));
            double *v = doubles(count), *c = doubles(spline.count), *image = doubles(spline.count), *back = doubles(count);
            for (int i = 0; i < count; i++) v[i] = uniform(&seed) - 0.5;
            for (int64_t i = 0; i < spline.count; i++) c[i] = NAN; /* the padding must not matter */
            for (int i = 0; i < spline.size; i++)
                for (int j = 0; j < spline.size; j++)
                    for (int k = 0; k < spline.size; k++)
                        c[i * grzi_spline_plane(&spline) + (int64_t)j * spline.stride + k] = uniform(&seed) - 0.5;
            grzi_spline_interpolate(&spline, v, image);
            grzi_spline_transpose(&spline, c, back);
            long double left = 0, right = 0, size = 0;
            for (int64_t i = 0; i < spline.count; i++) {
                if (isnan(c[i])) {
                    ck_assert(image[i] == 0);
                    continue;
                }
                left += (long double)c[i] * image[i];
                size += fabsl((long double)c[i] * image[i]);
            }
            for (int i = 0; i < count; i++) right += (long double)v[i] * back[i];
            HOLDS(fabsl(left - right) <= 1e-14L * size, "degree %d on %d nodes: <c, S v> = %.17Lg, <S' c, v> = %.17Lg", degree, n, left,
                  right);
            free(v);
            free(c);
            free(image);
            free(back);
            grzi_spline_destroy(context, &spline);
        }
}
END_TEST

/* What the preconditioner's coefficients take for the spline's values at the integers. */
START_TEST(values_at_the_integers)
{
    for (int degree = 3; degree <= 5; degree += 2)
        for (int k = -2; k <= 2; k++) NEAR(grzi_coefficients_spline(degree)[k + 2], (double)b_spline(degree, (long double)k), 1e-16);
}
END_TEST

START_TEST(weights_of_shifts)
{
    uint64_t seed = 11;
    for (int degree = 3; degree <= 5; degree += 2)
        for (int trial = 0; trial < (fast() ? 200 : 4000); trial++) {
            int reach = 1 + trial % 6, first, half = (degree - 1) / 2;
            double w[6], x = trial % 5 == 0 ? floor((2 * uniform(&seed) - 1) * reach + 0.5) : (2 * uniform(&seed) - 1) * reach, sum = 0,
                         linear = 0;
            grzi_spline_weights(degree, x, reach, &first, w);
            HOLDS(first >= -reach && first < reach, "first = %d, reach = %d at %g", first, reach, x);
            for (int a = 0; a <= degree; a++) {
                int k = first - half + a; /* the node of weight a */
                sum += w[a];
                linear += w[a] * k;
                NEAR(w[a], (double)b_spline(degree, (long double)x - k), 3e-16);
            }
            NEAR(sum, 1, 1e-15);
            NEAR(linear, x, 1e-15 * (6 + fabs(x)));
        }
}
END_TEST

static double check_difference(int degree, double x, double dx, double theta, int reach)
{
    int first, half = (degree - 1) / 2;
    double w[7], moved[7], difference[7], sum = 0, linear = 0, worst = 0;
    grzi_spline_difference_weights(degree, x, dx, theta, reach, &first, w, moved, difference);
    HOLDS(first >= -reach && first < reach, "first = %d, reach = %d at %g", first, reach, x);
    for (int a = 0; a < degree + 2; a++) {
        int k = first - half + a;
        NEAR(w[a], (double)b_spline(degree, (long double)x - k), 3e-16);
        NEAR(moved[a], (double)b_spline(degree, (long double)x + (long double)theta * dx - k), 5e-16);
        NEAR(moved[a] - w[a], theta * difference[a], 1e-15);
        double truth = (double)difference_truth(degree, x, dx, theta, k), error = fabs(difference[a] - truth);
        keep_largest(&worst, error);
        HOLDS(error <= 1e-15, "degree %d, x = %.17g, dx = %g, theta = %g, node %d: %.17g, exact %.17g", degree, x, dx, theta, k,
              difference[a], truth);
        sum += difference[a];
        linear += difference[a] * k;
    }
    NEAR(sum, 0, 2e-15);             /* constants do not change */
    NEAR(linear, dx, 2e-15 * reach); /* nor do slopes of linear functions */
    return worst;
}

START_TEST(weights_of_differences)
{
    static const double thetas[] = {0.5, 0.1, 1e-2, 1e-3, 1e-5, 1e-8, 1e-10, 1e-12, 0};
    uint64_t seed = 13;
    double worst = 0;
    for (int degree = 3; degree <= 5; degree += 2)
        for (int t = 0; t < 9; t++)
            for (int trial = 0; trial < (fast() ? 20 : 400); trial++) {
                double theta = thetas[t], dx = 1.8 * uniform(&seed) - 0.9, part = uniform(&seed), knot = trial % 5 - 2;
                keep_largest(&worst, check_difference(degree, 5 * uniform(&seed) - 2.5, dx, theta, 4)); /* anywhere */
                keep_largest(&worst, check_difference(degree, knot - part * theta * dx, dx, theta, 4)); /* across a knot */
                keep_largest(&worst, check_difference(degree, knot, dx, theta, 4));                     /* from a knot */
                keep_largest(&worst, check_difference(degree, knot - theta * dx, dx, theta, 4));        /* onto a knot */
                keep_largest(&worst, check_difference(degree, 4, -fabs(dx), theta, 4));                 /* at either end of the reach */
                keep_largest(&worst, check_difference(degree, -4, fabs(dx), theta, 4));
            }
    printf("spline, difference weights: largest error %.1e\n", worst);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spline");
    TCase *tests = tcase_create("spline");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, polynomials_up_to_the_degree_are_reproduced);
    tcase_add_test(tests, interpolation_has_order_degree_plus_one);
    tcase_add_test(tests, transpose_is_the_adjoint);
    tcase_add_test(tests, values_at_the_integers);
    tcase_add_test(tests, weights_of_shifts);
    tcase_add_test(tests, weights_of_differences);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

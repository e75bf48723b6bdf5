/* Entropies and Fisher information against closed forms and dense independent sums; first variations against difference quotients. */
#include "functional/difference.h"
#include "functional/functional.h"
#include "support/norms.h"
#include "support/variation.h"

#include <stdio.h>

static double entropy_of(const grz_distribution *f)
{
    grz_functional *H;
    OK(grz_functional_create_entropy(context, grid, &H));
    double value = value_of(H, grz_distribution_view(f));
    grz_functional_destroy(&H);
    return value;
}

static void invert(const double *C, long double *inverse, long double *determinant)
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
            inverse[3 * j + i] = (long double)C[3 * a + c] * C[3 * b + d] - (long double)C[3 * a + d] * C[3 * b + c];
        }
    *determinant = C[0] * inverse[0] + C[1] * inverse[3] + C[2] * inverse[6];
    for (int e = 0; e < 9; e++) inverse[e] /= *determinant;
}

/* Dense sums of the mixture over a box of its own of: f log f, and |grad f|^2/f. */
static void mixture_integrals(double *entropy, double *fisher)
{
    long double inverse[2][9], determinant[2], H = 0, I = 0, h = 18.0L / 70;
    for (int c = 0; c < 2; c++) invert(covariances + 9 * c, inverse[c], &determinant[c]);
    for (int i = 0; i < 70; i++)
        for (int j = 0; j < 70; j++)
            for (int k = 0; k < 70; k++) {
                long double v[3] = {-9.05L + (i + 0.5L) * h, -9.02L + (j + 0.5L) * h, -8.93L + (k + 0.5L) * h}, f = 0, gradient[3] = {0};
                for (int c = 0; c < 2; c++) {
                    long double w[3], Aw[3] = {0}, exponent = 0;
                    for (int a = 0; a < 3; a++) w[a] = v[a] - means[3 * c + a];
                    for (int e = 0; e < 9; e++) Aw[e / 3] += inverse[c][e] * w[e % 3];
                    for (int a = 0; a < 3; a++) exponent += w[a] * Aw[a];
                    long double g = weights[c] * expl(-exponent / 2) / sqrtl(8 * 31.00627668029982017L * determinant[c]);
                    f += g;
                    for (int a = 0; a < 3; a++) gradient[a] -= Aw[a] * g;
                }
                H += f * logl(f);
                for (int a = 0; a < 3; a++) I += gradient[a] * gradient[a] / f;
            }
    *entropy = (double)(h * h * h * H);
    *fisher = (double)(h * h * h * I);
}

START_TEST(entropy_of_gaussians)
{
    uint64_t seed = 31;
    double axes[9], T[3] = {1.2, 0.9, 0.7}, u[3] = {0.5, -0.4, 0.3}, rho = 1.7, exact = log(rho) - 1.5;
    random_axes(&seed, axes);
    for (int i = 0; i < 3; i++) exact -= 0.5 * log(2 * M_PI * T[i]);
    grz_distribution *f;
    OK(grz_distribution_create_bimaxwellian(context, grid, rho, u, T, axes, &f));
    NEAR(entropy_of(f), rho * exact, 1e-9);
    grz_distribution_destroy(&f);
    OK(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &f));
    NEAR(entropy_of(f), -1.5 * log(2 * M_PI) - 1.5, 1e-10);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(entropy_of_a_mixture)
{
    double H, I;
    mixture_integrals(&H, &I);
    grz_distribution *f = mixture_on(grid);
    NEAR(entropy_of(f), H, 1e-8);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(entropy_sum_is_accurate)
{
    uint64_t seed = 6;
    int64_t count = grz_grid_node_count(grid);
    double *f = malloc((size_t)count * sizeof *f), h = grz_grid_spacing(grid);
    long double sum = 0;
    for (int64_t i = 0; i < count; i++) {
        f[i] = i % 7 == 0 ? 0 : pow(10, 20 * uniform(&seed) - 16);
        if (f[i] > 0) sum += (long double)f[i] * logl(f[i]);
    }
    grz_functional *H;
    OK(grz_functional_create_entropy(context, grid, &H));
    double exact = (double)(sum * h * h * h), first = value_of(H, f);
    NEAR(first, exact, 1e-15 * fabs(exact));
    OK(grz_context_set_threads(context, 7));
    ck_assert_double_eq(value_of(H, f), first);
    memset(f, 0, (size_t)count * sizeof *f);
    ck_assert_double_eq(value_of(H, f), 0);
    grz_functional_destroy(&H);
    free(f);
}
END_TEST

START_TEST(relative_entropy_of_gaussians)
{
    const double T[3] = {1.1, 0.8, 0.6}, S[3] = {0.9, 1.2, 0.7}, u[3] = {0.3, -0.2, 0.1}, w[3] = {-0.2, 0.1, 0.4}, rho = 1.3, mu = 0.8;
    double exact = rho * log(rho / mu) - rho + mu;
    for (int i = 0; i < 3; i++) exact += 0.5 * rho * (T[i] / S[i] - 1 + (u[i] - w[i]) * (u[i] - w[i]) / S[i] + log(S[i] / T[i]));
    grz_distribution *f, *g;
    grz_functional *D;
    OK(grz_distribution_create_bimaxwellian(context, grid, rho, u, T, NULL, &f));
    OK(grz_distribution_create_bimaxwellian(context, grid, mu, w, S, NULL, &g));
    OK(grz_functional_create_relative_entropy(context, g, &D));
    NEAR(value_of(D, grz_distribution_view(f)), exact, 1e-8);
    ck_assert_double_eq(value_of(D, grz_distribution_view(g)), 0);
    /* The reference was copied: what becomes of g does not matter. */
    OK(grz_distribution_set_values(g, grz_distribution_view(f)));
    grz_distribution_destroy(&g);
    NEAR(value_of(D, grz_distribution_view(f)), exact, 1e-8);
    /* f = 0 leaves the mass of the reference. */
    double *zero = calloc((size_t)grz_grid_node_count(grid), sizeof *zero);
    NEAR(value_of(D, zero), mu, 1e-9);
    free(zero);
    grz_functional_destroy(&D);
    grz_distribution_destroy(&f);
}
END_TEST

/* f = g (1 + d cos): the relative entropy is sum g [(1+x) log(1+x) - x] = O(d^2), to be had with all digits for the smallest d. */
START_TEST(relative_entropy_of_close_densities)
{
    grz_distribution *g;
    grz_functional *D;
    int64_t count = grz_grid_node_count(grid);
    double *f = malloc((size_t)count * sizeof *f), h = grz_grid_spacing(grid);
    OK(grz_distribution_create_bkw(context, grid, 0.9, &g));
    OK(grz_functional_create_relative_entropy(context, g, &D));
    for (double d = 0.5; d > 1e-8; d /= 4) {
        long double sum = 0;
        for (int64_t i = 0; i < count; i++) {
            double value = grz_distribution_view(g)[i];
            f[i] = value * (1 + d * cos((double)i));
            long double x = ((long double)f[i] - value) / value, term = 0;
            long double power = x * x;
            if (fabsl(x) > 1e-2)
                term = (1 + x) * log1pl(x) - x;
            else
                for (int k = 2; k <= 12; k++, power *= -x) term += power / (k * (k - 1.0L));
            sum += value * term;
        }
        double exact = (double)(sum * h * h * h);
        NEAR(value_of(D, f), exact, 1e-14 * exact);
    }
    grz_functional_destroy(&D);
    grz_distribution_destroy(&g);
    free(f);
}
END_TEST

START_TEST(difference_is_exact_for_polynomials)
{
    static const int sizes[] = {8, 9, 10, 17};
    for (int s = 0; s < 4; s++) {
        grzi_difference d;
        int n = sizes[s], degree = n < 9 ? n - 1 : 8;
        double x[17], y[17], z[17] = {0}, left = 0, right = 0;
        grzi_difference_init(&d, n);
        for (int p = 0; p <= degree; p++) {
            for (int i = 0; i < n; i++) x[i] = pow((i - 3.3) / n, p);
            grzi_difference_apply(&d, x, y);
            for (int i = 0; i < n; i++) NEAR(y[i], p ? p * pow((i - 3.3) / n, p - 1) / n : 0, 2e-13);
        }
        for (int i = 0; i < n; i++) x[i] = sin(3.0 * i);
        grzi_difference_apply(&d, x, y);
        for (int i = 0; i < n; i++) left += y[i] * cos(i);
        for (int i = 0; i < n; i++) y[i] = cos(i);
        grzi_difference_add_transpose(&d, y, z);
        for (int i = 0; i < n; i++) right += x[i] * z[i];
        NEAR(left, right, 1e-12);
    }
}
END_TEST

START_TEST(fisher_of_gaussians_is_exact)
{
    uint64_t seed = 41;
    grz_functional *I;
    OK(grz_functional_create_fisher(context, grid, &I));
    for (int trial = 0; trial < 3; trial++) {
        double axes[9], T[3], u[3], rho = 0.5 + uniform(&seed), exact = 0;
        random_axes(&seed, axes);
        for (int i = 0; i < 3; i++) {
            T[i] = trial ? 0.7 + 0.5 * uniform(&seed) : 1;
            u[i] = uniform(&seed) - 0.5;
            exact += rho / T[i];
        }
        grz_distribution *f;
        OK(grz_distribution_create_bimaxwellian(context, grid, rho, u, T, axes, &f));
        NEAR(value_of(I, grz_distribution_view(f)), exact, 1e-8 * exact);
        grz_distribution_destroy(&f);
    }
    grz_functional_destroy(&I);
}
END_TEST

/* On a coarse grid the midpoint rule is what errs: against sum f |v-u|^2/T^2 over the same nodes nothing is left but rounding. */
START_TEST(fisher_gradient_of_a_maxwellian_is_exact)
{
    static const int32_t sizes[] = {8, 9, 12, 33};
    for (int s = 0; s < 4; s++) {
        grz_grid *g;
        grz_distribution *f;
        grz_functional *I;
        const double u[3] = {0.3, -0.4, 0.2}, T = 0.8;
        double x[33], h, exact = 0;
        OK(grz_grid_create(context, sizes[s], 4, NULL, &g));
        OK(grz_grid_axis_nodes(g, 0, x));
        OK(grz_distribution_create_maxwellian(context, g, 1, u, T, &f));
        OK(grz_functional_create_fisher(context, g, &I));
        h = grz_grid_spacing(g);
        for (int i = 0; i < sizes[s]; i++)
            for (int j = 0; j < sizes[s]; j++)
                for (int k = 0; k < sizes[s]; k++) {
                    double w[3] = {x[i] - u[0], x[j] - u[1], x[k] - u[2]};
                    exact += h * h * h * grz_distribution_view(f)[(i * sizes[s] + j) * sizes[s] + k] *
                             (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]) / (T * T);
                }
        NEAR(value_of(I, grz_distribution_view(f)), exact, 1e-12 * exact);
        grz_functional_destroy(&I);
        grz_distribution_destroy(&f);
        grz_grid_destroy(&g);
    }
}
END_TEST

START_TEST(fisher_of_a_mixture_converges_at_order_eight)
{
    static const int32_t sizes[] = {32, 48, 72};
    double H, exact, error[3];
    mixture_integrals(&H, &exact);
    for (int s = 0; s < 3; s++) {
        grz_grid *g;
        grz_functional *I;
        OK(grz_grid_create(context, sizes[s], 8, NULL, &g));
        OK(grz_functional_create_fisher(context, g, &I));
        grz_distribution *f = mixture_on(g);
        error[s] = fabs(value_of(I, grz_distribution_view(f)) - exact) / exact;
        grz_distribution_destroy(&f);
        grz_functional_destroy(&I);
        grz_grid_destroy(&g);
    }
    double order = log(error[1] / error[2]) / log(1.5);
    if (getenv("GRZ_SHOW")) printf("Fisher errors %.3g %.3g %.3g, order %.2f\n", error[0], error[1], error[2], order), fflush(stdout);
    ck_assert_double_lt(error[2], 1e-6);
    ck_assert_double_gt(order, 7.3);
}
END_TEST

/* f = (1 - |v|^2/R^2)_+^8: 4 int |grad sqrt f|^2 = 1024 pi R int_0^1 x^4 (1-x^2)^6 dx, the integral is Gamma(5/2) Gamma(7)/(2
 * Gamma(19/2)). */
START_TEST(fisher_of_a_density_with_zeros)
{
    double R = 3, exact = 1024 * M_PI * R * 0.5 * tgamma(2.5) * tgamma(7) / tgamma(9.5), error[2];
    for (int s = 0; s < 2; s++) {
        int32_t n = 24 << s;
        grz_grid *g;
        grz_functional *I;
        OK(grz_grid_create(context, n, 4, NULL, &g));
        OK(grz_functional_create_fisher(context, g, &I));
        double *f = malloc((size_t)n * n * n * sizeof *f), x[48];
        OK(grz_grid_axis_nodes(g, 0, x));
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++)
                    f[(i * n + j) * n + k] = pow(larger(1 - (x[i] * x[i] + x[j] * x[j] + x[k] * x[k]) / (R * R), 0), 8);
        error[s] = fabs(value_of(I, f) - exact) / exact;
        double *variation = malloc((size_t)n * n * n * sizeof *f);
        variation[5] = 42;
        FAILS(context, grz_functional_first_variation(I, f, variation), GRZ_ERROR_NOT_POSITIVE, "f[0] = 0");
        ck_assert_double_eq(variation[5], 42);
        free(variation);
        free(f);
        grz_functional_destroy(&I);
        grz_grid_destroy(&g);
    }
    ck_assert_double_lt(error[0], 2e-3);
    ck_assert_double_lt(error[1], error[0] / 16);
}
END_TEST

START_TEST(variation_of_entropies)
{
    grz_distribution *f = mixture_on(grid), *g;
    grz_functional *F;
    OK(grz_functional_create_entropy(context, grid, &F));
    check_variation(F, grid, grz_distribution_view(f), 1, 1e-9);
    grz_functional_destroy(&F);
    OK(grz_distribution_create_maxwellian(context, grid, 2, NULL, 1.4, &g));
    OK(grz_functional_create_relative_entropy(context, g, &F));
    check_variation(F, grid, grz_distribution_view(f), 2, 1e-9);
    grz_functional_destroy(&F);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(&g);
}
END_TEST

START_TEST(variation_of_fisher)
{
    static const int32_t sizes[] = {8, 13, 20};
    for (int s = 0; s < 3; s++) {
        grz_grid *g;
        grz_functional *F;
        OK(grz_grid_create(context, sizes[s], 4, (double[3]){0.1, 0.2, 0}, &g));
        OK(grz_functional_create_fisher(context, g, &F));
        grz_distribution *f = mixture_on(g);
        check_variation(F, g, grz_distribution_view(f), 3, 1e-8);
        /* A density far from smooth, where one-sided stencils and large ratios of neighbours count. */
        int64_t count = grz_grid_node_count(g);
        uint64_t seed = 11;
        double *rough = malloc((size_t)count * sizeof *rough);
        for (int64_t i = 0; i < count; i++) rough[i] = 0.05 + uniform(&seed);
        check_variation(F, g, rough, 4, 1e-6);
        free(rough);
        grz_distribution_destroy(&f);
        grz_functional_destroy(&F);
        grz_grid_destroy(&g);
    }
}
END_TEST

/* Fisher's first variation is -|grad log f|^2 - 2 lap log f, for a Maxwellian 6/T - |v-u|^2/T^2, which the discrete one tends to at order 8
 * as long as the stencils are centred. */
START_TEST(variation_of_fisher_of_a_maxwellian)
{
    const double T = 0.9;
    double error[2] = {0, 0};
    for (int s = 0; s < 2; s++) {
        int n = 24 << s;
        grz_grid *g;
        grz_distribution *f;
        grz_functional *F;
        double *variation = malloc((size_t)n * n * n * sizeof(double)), x[48];
        OK(grz_grid_create(context, n, 5, NULL, &g));
        OK(grz_distribution_create_maxwellian(context, g, 1, NULL, T, &f));
        OK(grz_functional_create_fisher(context, g, &F));
        OK(grz_functional_first_variation(F, grz_distribution_view(f), variation));
        OK(grz_grid_axis_nodes(g, 0, x));
        for (int e = 0; e < n * n * n; e++) {
            double square = x[e / (n * n)] * x[e / (n * n)] + x[e / n % n] * x[e / n % n] + x[e % n] * x[e % n];
            if (square < 2) keep_largest(&error[s], fabs(variation[e] - (6 / T - square / (T * T))));
        }
        free(variation);
        grz_functional_destroy(&F);
        grz_distribution_destroy(&f);
        grz_grid_destroy(&g);
    }
    if (getenv("GRZ_SHOW")) printf("Fisher variation errors %.3g %.3g\n", error[0], error[1]), fflush(stdout);
    ck_assert_double_lt(error[1], 1e-4);
    ck_assert_double_gt(error[0] / error[1], 128);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------------------- bad input, memory */

START_TEST(bad_input_is_refused)
{
    grz_distribution *g;
    grz_functional *F[3], *out = UNTOUCHED;
    int64_t count = grz_grid_node_count(grid);
    double *f = malloc((size_t)count * sizeof *f), value = 42;
    double *variation = malloc((size_t)count * sizeof *f);
    OK(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &g));
    OK(grz_functional_create_entropy(context, grid, &F[0]));
    OK(grz_functional_create_relative_entropy(context, g, &F[1]));
    OK(grz_functional_create_fisher(context, grid, &F[2]));
    for (int which = 0; which < 3; which++) {
        memcpy(f, grz_distribution_view(g), (size_t)count * sizeof *f);
        variation[0] = 42;
        FAILS(context, grz_functional_evaluate(F[which], NULL, &value), GRZ_ERROR_NULL_ARGUMENT, "f is NULL");
        FAILS(context, grz_functional_evaluate(F[which], f, NULL), GRZ_ERROR_NULL_ARGUMENT, "value");
        FAILS(context, grz_functional_first_variation(F[which], NULL, variation), GRZ_ERROR_NULL_ARGUMENT, "f is NULL");
        FAILS(context, grz_functional_first_variation(F[which], f, NULL), GRZ_ERROR_NULL_ARGUMENT, "variation");
        f[count - 1] = NAN;
        FAILS(context, grz_functional_evaluate(F[which], f, &value), GRZ_ERROR_NOT_FINITE, "f[46655] = ");
        FAILS(context, grz_functional_first_variation(F[which], f, variation), GRZ_ERROR_NOT_FINITE, "f[46655] = ");
        f[count - 1] = -1e-9;
        FAILS(context, grz_functional_evaluate(F[which], f, &value), GRZ_ERROR_NOT_POSITIVE, "f[46655] = -1e-09");
        FAILS(context, grz_functional_first_variation(F[which], f, variation), GRZ_ERROR_NOT_POSITIVE, "f[46655] = -1e-09");
        f[count - 1] = 0;
        FAILS(context, grz_functional_first_variation(F[which], f, variation), GRZ_ERROR_NOT_POSITIVE, "f[46655] = 0");
        for (int64_t i = 0; i < count; i++) f[i] = i % 2 ? 1e308 : 1e-308;
        FAILS(context, grz_functional_evaluate(F[which], f, &value), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
        if (which == 2) FAILS(context, grz_functional_first_variation(F[which], f, variation), GRZ_ERROR_NOT_REPRESENTABLE, "overflows");
        ck_assert_double_eq(value, 42);
        ck_assert_double_eq(variation[0], 42);
        grz_functional_destroy(&F[which]);
        ck_assert_ptr_null(F[which]);
        grz_functional_destroy(&F[which]);
    }
    grz_functional_destroy(NULL);
    ck_assert_int_eq(grz_functional_evaluate(NULL, f, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_functional_first_variation(NULL, f, variation), GRZ_ERROR_NULL_ARGUMENT);
    grz_context *other;
    OK(grz_context_create(&other));
    ck_assert_int_eq(grz_functional_create_entropy(NULL, grid, &out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_functional_create_fisher(NULL, grid, &out), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_functional_create_relative_entropy(NULL, g, &out), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_functional_create_entropy(context, NULL, &out), GRZ_ERROR_NULL_ARGUMENT, "grid");
    FAILS(context, grz_functional_create_entropy(context, grid, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_functional_create_fisher(context, NULL, &out), GRZ_ERROR_NULL_ARGUMENT, "grid");
    FAILS(context, grz_functional_create_fisher(context, grid, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(context, grz_functional_create_relative_entropy(context, NULL, &out), GRZ_ERROR_NULL_ARGUMENT, "reference");
    FAILS(context, grz_functional_create_relative_entropy(context, g, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    FAILS(other, grz_functional_create_entropy(other, grid, &out), GRZ_ERROR_MISMATCH, "grid");
    FAILS(other, grz_functional_create_fisher(other, grid, &out), GRZ_ERROR_MISMATCH, "grid");
    FAILS(other, grz_functional_create_relative_entropy(other, g, &out), GRZ_ERROR_MISMATCH, "reference");
    memset(f, 0, (size_t)count * sizeof *f);
    OK(grz_distribution_set_values(g, f));
    FAILS(context, grz_functional_create_relative_entropy(context, g, &out), GRZ_ERROR_NOT_POSITIVE, "reference[0] = 0");
    ck_assert_ptr_eq(out, UNTOUCHED);
    grz_context_destroy(&other);
    grz_distribution_destroy(&g);
    free(f);
    free(variation);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    counting_allocator l = {0, 0, 0};
    grz_context *counted;
    grz_grid *g;
    grz_kernel *kernel;
    grz_operator *op;
    grz_distribution *f;
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted));
    OK(grz_grid_create(counted, 8, 4, NULL, &g));
    OK(grz_distribution_create_bkw(counted, g, 0.9, &f));
    OK(grz_kernel_create_power_law(counted, -1, 1, 0, &kernel));
    OK(grz_operator_create(counted, g, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    OK(grz_operator_setup(op));
    int64_t base = l.outstanding;
    for (int which = 0; which < 4; which++)
        for (int64_t n = 1;; n++) {
            grz_functional *F = UNTOUCHED;
            double value, variation[512];
            l = (counting_allocator){0, base, n};
            grz_status status = which == 0   ? grz_functional_create_entropy(counted, g, &F)
                                : which == 1 ? grz_functional_create_relative_entropy(counted, f, &F)
                                : which == 2 ? grz_functional_create_fisher(counted, g, &F)
                                             : grz_functional_create_dissipation(counted, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &F);
            if (status == GRZ_OK) {
                ck_assert_int_ge(n, which ? 3 : 2);
                /* Computing allocates nothing. */
                l.fail_at = l.calls + 1;
                OK(grz_functional_evaluate(F, grz_distribution_view(f), &value));
                OK(grz_functional_first_variation(F, grz_distribution_view(f), variation));
                l.fail_at = 0;
                grz_functional_destroy(&F);
                ck_assert_int_eq(l.outstanding, base);
                break;
            }
            ck_assert_int_eq(status, GRZ_ERROR_OUT_OF_MEMORY);
            ck_assert_ptr_eq(F, UNTOUCHED);
            ck_assert_int_eq(l.outstanding, base);
        }
    /* Handles may be destroyed in any order. */
    grz_functional *D;
    OK(grz_functional_create_dissipation(counted, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D));
    grz_context_destroy(&counted);
    grz_grid_destroy(&g);
    grz_kernel_destroy(&kernel);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    grz_functional_destroy(&D);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("functional");
    TCase *tests = tcase_create("functional");
    tcase_add_checked_fixture(tests, open_grid, close_grid);
    tcase_add_test(tests, entropy_of_gaussians);
    tcase_add_test(tests, entropy_of_a_mixture);
    tcase_add_test(tests, entropy_sum_is_accurate);
    tcase_add_test(tests, relative_entropy_of_gaussians);
    tcase_add_test(tests, relative_entropy_of_close_densities);
    tcase_add_test(tests, difference_is_exact_for_polynomials);
    tcase_add_test(tests, fisher_of_gaussians_is_exact);
    tcase_add_test(tests, fisher_gradient_of_a_maxwellian_is_exact);
    tcase_add_test(tests, fisher_of_a_mixture_converges_at_order_eight);
    tcase_add_test(tests, fisher_of_a_density_with_zeros);
    tcase_add_test(tests, variation_of_entropies);
    tcase_add_test(tests, variation_of_fisher);
    tcase_add_test(tests, variation_of_fisher_of_a_maxwellian);
    tcase_add_test(tests, bad_input_is_refused);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

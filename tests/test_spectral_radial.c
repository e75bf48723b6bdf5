/* The kernel as the spectral methods need it: the radial rule against closed integrals, the split of lambda_l against its definition. */
#include "operator/spectral/basis.h"
#include "operator/spectral/cone.h"
#include "operator/spectral/radial.h"
#include "support/norms.h"
#include "support/spectral.h"

static grz_context *context;

static void open_context(void)
{
    OK(grz_context_create(&context));
}

static void close_context(void)
{
    grz_context_destroy(&context);
}

static grzi_radial radial_of(const grz_kernel *kernel, int landau_only, double R, int count, int lmax, grzi_split split)
{
    grzi_radial radial;
    OK(grzi_radial_create(context, kernel, landau_only, R, 1, count, lmax, split, &radial));
    return radial;
}

/* int_0^R 8 r^2 K(2r) r^4 exp(-s r^2) dr by Simpson's rule in log r, on either side of the kink at r = 1/2. */
static double slow_integral(double gamma, int cut_off, double s, double R)
{
    enum { STEPS = 4000 };
    long double sum = 0;
    for (int panel = 0; panel < 2; panel++) {
        double a = panel ? log(0.5) : -12, b = panel ? log(R) : log(smaller(0.5, R));
        for (int i = 0; i <= STEPS && b > a; i++) {
            double r = exp(a + (b - a) * i / STEPS), K = cut_off && panel == 0 ? 1 : pow(2 * r, gamma);
            int weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
            sum += weight * (b - a) / (3 * STEPS) * 8 * pow(r, 7) * K * exp(-s * r * r);
        }
    }
    return (double)sum;
}

START_TEST(radial_rule_integrates_what_spheres_bring)
{
    static const double gammas[] = {-4, -3, -2.2, -1, -0.3, 0, 1};
    for (int k = 0; k < 7; k++)
        for (int cut_off = 0; cut_off < 2; cut_off++) {
            grz_kernel *kernel = make_kernel(context, gammas[k], 0.7, 1), *plain = kernel;
            if (cut_off && gammas[k] >= 0) {
                grz_kernel_destroy(&plain);
                continue;
            }
            if (cut_off) {
                OK(grz_kernel_create_cut_off_kinetic(context, plain, &kernel));
                grz_kernel_destroy(&plain);
            }
            for (double R = 0.4; R < 6; R *= 3) { /* the first below the kink */
                grzi_radial radial = radial_of(kernel, 0, R, 28, 4, GRZI_SPLIT_NONE);
                for (double s = 0.2; s < 9 / (R * R) + 1; s *= 2) {
                    double sum = 0;
                    for (int i = 0; i < radial.count; i++)
                        sum += ldexp(radial.weight[i], radial.strength) * pow(radial.r[i], 4) * exp(-s * radial.r[i] * radial.r[i]);
                    HOLDS(fabs(sum / slow_integral(gammas[k], cut_off, s, R) - 1) < 1e-8, "gamma %g, cutoff %d, R %g, s %g: %.2e",
                          gammas[k], cut_off, R, s, sum / slow_integral(gammas[k], cut_off, s, R) - 1);
                }
                grzi_radial_destroy(context, &radial);
            }
            grz_kernel_destroy(&kernel);
        }
}
END_TEST

/* Sum over even l >= 2 of (2l + 1) exp(-l/2) (lambda_l + a + 4 c l(l+1))^2. */
static double misfit(const double *lambda, int lmax, double a, double c)
{
    double sum = 0;
    for (int l = 2; l <= lmax; l += 2) sum += (2 * l + 1) * exp(-0.5 * l) * pow(lambda[l] + a + 4 * c * l * (l + 1), 2);
    return sum;
}

/* (a, c) are admissible and least: no step in a, c or both makes the misfit smaller. */
static void check_least(const double *lambda, int lmax, int with_loss, double a, double c)
{
    double best = misfit(lambda, lmax, a, c), scale = misfit(lambda, lmax, 0, 0);
    for (int da = -with_loss; da <= with_loss; da++)
        for (int dc = -1; dc <= 1; dc++) {
            double step = 1e-3, other_a = a + da * step * fabs(lambda[2]), other_c = c + dc * step * fabs(lambda[2]) / 24;
            if (other_c < 0) continue; /* a negative Landau part is none */
            HOLDS(misfit(lambda, lmax, other_a, other_c) >= best - 1e-13 * scale, "a %g c %g: %g; a %g c %g: %g", a, c, best, other_a,
                  other_c, misfit(lambda, lmax, other_a, other_c));
        }
}

static void check_split(const grz_kernel *kernel, int lmax, int *taken, int *left)
{
    double spectrum[64];
    for (grzi_split split = GRZI_SPLIT_NONE; split <= GRZI_SPLIT_ALL; split++) {
        grzi_radial radial = radial_of(kernel, split == GRZI_SPLIT_ALL, 3, 6, lmax, split);
        for (int i = 0; i < radial.count; i++) {
            const double *lambda = radial.lambda + i * (lmax + 1), *rest = radial.rest + i * (lmax + 1);
            double a = radial.loss[i], c = radial.landau[i], constant;
            if (split == GRZI_SPLIT_ALL) {
                OK(grz_kernel_landau_constant(kernel, 2 * radial.r[i], &constant));
                NEAR(a, 0, 1e-10 * constant);
                NEAR(c / constant, 1, 1e-12);
                for (int l = 0; l <= lmax; l++) ck_assert(rest[l] == 0);
                continue;
            }
            OK(grz_kernel_spectrum(kernel, 2 * radial.r[i], lmax, spectrum));
            for (int l = 2; l <= lmax; l += 2) {
                NEAR(lambda[l], spectrum[l], 1e-15 * fabs(spectrum[l]));
                NEAR(rest[l] - a - 4 * c * l * (l + 1), spectrum[l], 1e-12 * fabs(spectrum[lmax]));
            }
            for (int l = 1; l <= lmax; l += 2) ck_assert(lambda[l] == 0 && rest[l] == 0);
            if (split == GRZI_SPLIT_NONE) ck_assert(a == 0 && c == 0 && rest[0] == 0);
            if (split == GRZI_SPLIT_BOTH) { /* lambda_0 = 0 */
                check_least(spectrum, lmax, 1, a, c);
                NEAR(rest[0], a, 1e-15 * fabs(a));
            }
            if (split == GRZI_SPLIT_LANDAU) {
                double least = 0, size = 0;
                for (int l = 2; l <= lmax; l += 2) {
                    double w = (2 * l + 1) * exp(-0.5 * l), b = 4. * l * (l + 1);
                    least -= w * b * spectrum[l], size += w * b * b;
                }
                double share = sqrt(misfit(spectrum, lmax, 0, least / size) / misfit(spectrum, lmax, 0, 0));
                ck_assert(a == 0 && rest[0] == 0);
                HOLDS(fabs(share - 0.25) > 1e-3 && (share < 0.25 ? fabs(c * size / least - 1) < 1e-12 : c == 0), "share %g, c %g", share,
                      c);
                *taken += share<0.25, *left += share> 0.25;
            }
        }
        grzi_radial_destroy(context, &radial);
    }
}

START_TEST(splits_are_least_squares)
{
    int taken = 0, left = 0;
    for (double nu = 0.2; nu < 2; nu += 0.43)
        for (double eps = PI_; eps > 0.02; eps /= 1.6) {
            grz_kernel *kernel = make_kernel(context, -1, nu, eps);
            check_split(kernel, 16, &taken, &left);
            grz_kernel_destroy(&kernel);
        }
    grz_kernel *spheres = make_kernel(context, 1, 0, 0);
    check_split(spheres, 24, &taken, &left);
    grz_kernel_destroy(&spheres);
    HOLDS(taken > 40 && left > 40, "%d with a Landau part, %d without", taken, left);
}
END_TEST

/* lambda_l = -4 pi b for l > 0: all of it is loss, and the rest is 0, not its rounding. */
START_TEST(isotropic_scattering_is_all_loss)
{
    grz_kernel *kernel = make_kernel(context, 0, 0, 0);
    grzi_radial radial = radial_of(kernel, 0, 2, 5, 20, GRZI_SPLIT_BOTH);
    for (int i = 0; i < radial.count; i++) {
        NEAR(radial.loss[i], 1, 1e-12);
        NEAR(radial.landau[i], 0, 1e-14);
        NEAR(radial.rest[i * 21], 1, 1e-12);
        for (int l = 1; l <= 20; l++) ck_assert(radial.rest[i * 21 + l] == 0);
    }
    grzi_radial_destroy(context, &radial);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* Deflections near pi/2 alone: |lambda_2| exceeds |lambda_4|, the least Landau part would be negative, and loss takes all it can. */
START_TEST(wide_angles_have_no_landau_part)
{
    static const double theta[] = {1.2, 1.4, 1.5707963267948966}, beta[] = {0, 1, 1};
    grz_kernel *kernel;
    OK(grz_kernel_create_table(context, -0.5, -1, 3, theta, beta, &kernel));
    grzi_radial radial = radial_of(kernel, 0, 2, 5, 14, GRZI_SPLIT_BOTH);
    for (int i = 0; i < radial.count; i++) {
        const double *lambda = radial.lambda + i * 15;
        double sum = 0, weights = 0;
        for (int l = 2; l <= 14; l += 2) {
            sum -= (2 * l + 1) * exp(-0.5 * l) * lambda[l];
            weights += (2 * l + 1) * exp(-0.5 * l);
        }
        ck_assert(lambda[2] < lambda[4] && radial.landau[i] == 0);
        NEAR(radial.loss[i], sum / weights, 1e-13 * sum / weights);
        check_least(lambda, 14, 1, radial.loss[i], 0);
    }
    grzi_radial_destroy(context, &radial);
    grz_kernel_destroy(&kernel);
}
END_TEST

/* The cone's weights add up to the integral of the weight over all l, m and the window of k: by the midpoint rule, the inner integral of
 * l m (k + 0.16/k) closed. */
START_TEST(cone_has_the_measure_of_triangles)
{
    enum { STEPS = 400 };
    const double decay = 3, floor = 0.01;
    grzi_cone cone;
    OK(grzi_cone_create(context, 60, 24, decay, floor, &cone));
    double sum = 0, exact = 0;
    for (int64_t i = 0; i < cone.pairs * cone.windows; i++) sum += cone.root_weight[i] * cone.root_weight[i];
    for (int a = 0; a < STEPS; a++)
        for (int b = 0; b < STEPS; b++) {
            double l = (a + 0.5) / STEPS, m = (b + 0.3) / STEPS, low = fabs(l - m), high = smaller(l + m, 1);
            double amplitude = (exp(-decay * l * l) + floor) * (exp(-decay * m * m) + floor);
            exact += amplitude * amplitude * l * m * (0.5 * (high * high - low * low) + 0.16 * log(high / low)) / STEPS / STEPS;
        }
    NEAR(sum / exact, 1, 0.04); /* the logarithm at l = m: first order in the sides, 0.058 at 24 of them */
    grzi_cone_destroy(context, &cone);
}
END_TEST

/* Left singular vectors over their weight: orthonormal in int_0^1 weight^2 g_a g_b dx, by Simpson's rule at values from their Legendre sums. */
START_TEST(basis_is_orthonormal)
{
    enum { COUNT = 9, STEPS = 2000 };
    const double decay = 2, floor = 0.01;
    grzi_basis basis;
    OK(grzi_basis_create(context, COUNT, 8, decay, floor, -1, &basis));
    double *x = malloc((STEPS + 1) * sizeof *x), *g = malloc((STEPS + 1) * COUNT * sizeof *g),
           *work = malloc((size_t)grzi_basis_work(&basis) * sizeof *work);
    for (int i = 0; i <= STEPS; i++) x[i] = (double)i / STEPS;
    grzi_basis_values(&basis, STEPS + 1, x, work, g);
    for (int a = 0; a < COUNT; a++)
        for (int b = 0; b < COUNT; b++) {
            double sum = 0;
            for (int i = 0; i <= STEPS; i++) {
                double weight = exp(-decay * x[i] * x[i]) + floor, share = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
                sum += share / (3.0 * STEPS) * weight * weight * g[i * COUNT + a] * g[i * COUNT + b];
            }
            NEAR(sum, a == b, 1e-6);
        }
    free(x);
    free(g);
    free(work);
    grzi_basis_destroy(context, &basis);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral radial");
    TCase *tests = tcase_create("radial");
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_test(tests, radial_rule_integrates_what_spheres_bring);
    tcase_add_test(tests, splits_are_least_squares);
    tcase_add_test(tests, isotropic_scattering_is_all_loss);
    tcase_add_test(tests, wide_angles_have_no_landau_part);
    tcase_add_test(tests, cone_has_the_measure_of_triangles);
    tcase_add_test(tests, basis_is_orthonormal);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

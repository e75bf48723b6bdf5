/* Constructors and queries of grids, kernels, distributions, spheres and the pointwise calculus, with numbers of any kind. */
#include "fuzz.h"

#define CALL(count, infinite, expression)                                   \
    do {                                                                    \
        prepare((count), out);                                              \
        grz_status call_status = (expression);                              \
        judge(context, #expression, call_status, (count), out, (infinite)); \
    } while (0)

enum { COUNT = 5 };

static int law(int64_t count, const double *theta, double *beta, void *user)
{
    const double *p = user;
    for (int64_t i = 0; i < count; i++) beta[i] = p[0] * pow(theta[i], p[1]) + p[2];
    return 0;
}

static int ball(int64_t count, const double *v, double *f, void *user)
{
    const double *p = user;
    for (int64_t i = 0; i < count; i++)
        f[i] = p[0] * exp(-p[1] * (v[3 * i] * v[3 * i] + v[3 * i + 1] * v[3 * i + 1] + v[3 * i + 2] * v[3 * i + 2]));
    return 0;
}

static void kernels(stream *s, grz_context *context, double *out)
{
    grz_kernel *made = NULL, *kernel = NULL;
    double p[3], theta[COUNT], beta[COUNT], g[COUNT];
    for (int i = 0; i < 3; i++) p[i] = number(s);
    for (int i = 0; i < COUNT; i++)
        theta[i] = choice(s, 2) ? 1.57 * (i + 1) / COUNT : number(s), beta[i] = fabs(number(s)), g[i] = number(s);
    prepare(0, out);
    switch (choice(s, 6)) {
    case 0:
        judge(context, "power law", grz_kernel_create_power_law(context, p[0], p[1], p[2], &made), 0, out, 0);
        break;
    case 1:
        judge(context, "inverse power", grz_kernel_create_inverse_power(context, p[0], (grz_scattering)choice(s, 3), choice(s, 3), &made),
              0, out, 0);
        break;
    case 2:
        judge(context, "Coulomb", grz_kernel_create_coulomb(context, p[0], (grz_scattering)choice(s, 3), &made), 0, out, 0);
        break;
    case 3:
        judge(context, "VHS", grz_kernel_create_vhs(context, p[0], p[1], &made), 0, out, 0);
        break;
    case 4:
        judge(context, "table", grz_kernel_create_table(context, p[0], p[1], COUNT, theta, beta, &made), 0, out, 0);
        break;
    case 5:
        judge(context, "callback", grz_kernel_create_callback(context, p[0], p[1], law, p, &made), 0, out, 0);
        break;
    }
    if (!made) return;
    if (choice(s, 2)) judge(context, "scaled", grz_kernel_create_scaled(context, made, fabs(number(s)), &kernel), 0, out, 0);
    const grz_kernel *k = kernel ? kernel : made;
    double speed = fabs(number(s));
    CALL(COUNT, 1, grz_kernel_beta(k, COUNT, theta, out));
    CALL(COUNT, 1, grz_kernel_beta_eps(k, COUNT, theta, out));
    CALL(COUNT, 1, grz_kernel_B(k, COUNT, g, theta, out));
    CALL(1, 1, grz_kernel_angular_momentum_transfer(k, speed, out));
    CALL(1, 1, grz_kernel_landau_constant(k, speed, out));
    CALL(6, 1, grz_kernel_moments(k, speed, 6, out));
    CALL(1, 1, grz_kernel_total_cross_section(k, speed, out));
    CALL(1, 1, grz_kernel_cancellation_bound(k, speed, out));
    CALL(1, 1, grz_kernel_kinetic_factor(k, speed, out));
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&made);
}

static void densities(stream *s, grz_context *context, double *out)
{
    grz_grid *grid = NULL;
    grz_distribution *d = NULL, *e = NULL;
    double centre[3] = {number(s), number(s), number(s)}, u[3] = {number(s), number(s), number(s)},
           T[3] = {fabs(number(s)), fabs(number(s)), fabs(number(s))};
    double C[9], rho = number(s), p[2] = {number(s), number(s)};
    for (int i = 0; i < 9; i++) C[i] = number(s);
    prepare(0, out);
    judge(context, "grid",
          grz_grid_create(context, 8 + (int32_t)choice(s, 6) - 2, choice(s, 2) ? 4 : number(s), choice(s, 2) ? centre : NULL, &grid), 0,
          out, 0);
    if (!grid) return;
    prepare(0, out);
    switch (choice(s, 6)) {
    case 0:
        judge(context, "Maxwellian", grz_distribution_create_maxwellian(context, grid, rho, u, T[0], &d), 0, out, 0);
        break;
    case 1:
        judge(context, "bi-Maxwellian", grz_distribution_create_bimaxwellian(context, grid, rho, u, T, choice(s, 2) ? C : NULL, &d), 0, out,
              0);
        break;
    case 2:
        judge(context, "BKW", grz_distribution_create_bkw(context, grid, number(s), &d), 0, out, 0);
        break;
    case 3:
        judge(context, "mixture", grz_distribution_create_mixture(context, grid, 1, &rho, u, C, &d), 0, out, 0);
        break;
    case 4:
        judge(context, "shell", grz_distribution_create_shell(context, grid, rho, u, number(s), number(s), &d), 0, out, 0);
        break;
    case 5:
        judge(context, "callback", grz_distribution_create_callback(context, grid, ball, p, &d), 0, out, 0);
        break;
    }
    if (d) CALL(17, 0, grz_distribution_moments(d, out, out + 1, out + 4, out + 5, out + 14));
    prepare(0, out);
    if (d) judge(context, "equilibrium", grz_distribution_create_equilibrium(context, d, &e), 0, out, 0);
    if (e) CALL(17, 0, grz_distribution_moments(e, out, out + 1, out + 4, out + 5, out + 14));
    grz_distribution_destroy(&d);
    grz_distribution_destroy(&e);
    grz_grid_destroy(&grid);
}

static void pairs(stream *s, grz_context *context, double *out)
{
    double v[6], w[6], sigma[6], theta[2], phi[2];
    for (int i = 0; i < 6; i++) v[i] = number(s), w[i] = number(s), sigma[i] = number(s);
    for (int i = 0; i < 2; i++) theta[i] = number(s), phi[i] = number(s);
    CALL(12, 0, grz_post_collision(context, 2, v, w, sigma, out, out + 6));
    CALL(18, 0, grz_post_collision_angles(context, 2, v, w, theta, phi, out, out + 6, out + 12));
    CALL(2, 1, grz_lift_weight(context, number(s), number(s), 2, v, w, out));
    CALL(1, 0,
         (out[0] = grz_logarithmic_mean(fabs(v[0]), fabs(v[1])),
          isfinite(v[0]) && isfinite(v[1]) ? GRZ_OK : (out[0] = UNTOUCHED, grz_grid_create(context, 0, 1, NULL, NULL))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static double out[64];
    stream s = {data, size};
    grz_context *context = fuzz_context();
    for (int step = 0; step < 4 && s.size > 0; step++) {
        switch (choice(&s, 3)) {
        case 0:
            kernels(&s, context, out);
            break;
        case 1:
            densities(&s, context, out);
            break;
        case 2:
            pairs(&s, context, out);
            break;
        }
    }
    grz_context_destroy(&context);
    return 0;
}

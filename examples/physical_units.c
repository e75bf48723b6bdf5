/* Kernels in physical units: from what a physicist knows of a gas to the library's kernel and its unit of time, and back to a rate per
 * second.
 *
 * Velocities are measured in v0 = sqrt(kT/m), densities in n0, so f in n0/v0^3, and time in t0, chosen so that df/dt = Q(f, f) with the
 * kernel at hand. Three gases: electrons (Coulomb logarithm, isotropisation rate against the NRL Plasma Formulary), argon as variable hard
 * spheres (viscosity in, viscosity out), inverse-power molecules (Chapman and Cowling's A_2). The program fails when an answer is off.
 * docs/units.md has the formulas.
 *
 * Build: cc physical_units.c $(pkg-config --cflags --libs grazing) -lm */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double pi = 3.14159265358979323846;
static const double boltzmann = 1.380649e-23, charge = 1.602176634e-19, vacuum = 8.8541878128e-12, electron = 9.1093837015e-31;

static grz_context *context;
static int failures;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static void compare(const char *what, double computed, double known, double tolerance)
{
    double error = computed / known - 1;
    int good = fabs(error) <= tolerance;
    printf("  %-44s %10.4g %10.4g  %+.1e%s\n", what, computed, known, error, good ? "" : "  OFF");
    failures += !good;
}

/* d/dt of the temperature along x of a bi-Maxwellian (T_x, T_y = T_z) in units v0^2/t0: the weak form with psi = v_x^2. */
static double temperature_rate(const grz_kernel *kernel, grz_equation equation, double T_x, double T_y)
{
    enum { N = 24 };
    const double T[3] = {T_x, T_y, T_y};
    grz_grid *grid = NULL;
    grz_distribution *f = NULL;
    grz_operator *op = NULL;
    double axis[N], *square = malloc(sizeof *square * N * N * N), rate;
    if (!square) exit(1);
    check(grz_grid_create(context, N, 8, NULL, &grid));
    check(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, NULL, &f));
    check(grz_operator_create(context, grid, kernel, equation, GRZ_METHOD_ENTROPIC, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, equation == GRZ_EQUATION_LANDAU ? 2 : 1));
    check(grz_grid_axis_nodes(grid, 0, axis));
    for (int i = 0; i < N * N * N; i++) square[i] = axis[i / N / N] * axis[i / N / N];
    check(grz_operator_weak_form(op, grz_distribution_view(f), square, &rate));
    free(square);
    grz_operator_destroy(&op);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    return rate;
}

/* Electrons among themselves. n in 1/m^3, T in eV. */
static void electrons(double n, double T)
{
    double kT = T * charge, v0 = sqrt(kT / electron), n_cm = 1e-6 * n;
    /* NRL Plasma Formulary, thermal electron-electron collisions. */
    double logarithm = 23.5 - log(sqrt(n_cm) * pow(T, -1.25)) - sqrt(1e-5 + (log(T) - 2) * (log(T) - 2) / 16);
    /* Landau's equation is df/dt = c div int |z|^-1 Pi (f* grad f - f grad* f*) dv*, c as here, 1 in the library's units. */
    double c = pow(charge, 4) * logarithm / (8 * pi * vacuum * vacuum * electron * electron), t0 = v0 * v0 * v0 / (c * n);
    printf("Electrons, n = %.1e /m^3, T = %g eV: v0 = %.4g m/s, Coulomb logarithm %.2f, eps = %.1e, t0 = %.4g s\n", n, T, v0, logarithm,
           exp(-logarithm), t0);
    grz_kernel *kernel = NULL;
    check(grz_kernel_create_coulomb(context, exp(-logarithm), GRZ_SCATTERING_CLASSICAL, &kernel));
    /* dT_x/dt = 2 nu_T (T_y - T_x), nu_T in 1/s. */
    double nu = temperature_rate(kernel, GRZ_EQUATION_LANDAU, 0.99, 1.005) / (2 * 0.015 * t0);
    compare("isotropisation rate / s, NRL 8.2e-7 n ln T^-1.5", nu, 8.2e-7 * n_cm * logarithm * pow(T, -1.5), 0.01);
    double T_x = 0.7, A = 1.15 / T_x - 1, bracket = -3 + (A + 3) * atan(sqrt(A)) / sqrt(A);
    nu = temperature_rate(kernel, GRZ_EQUATION_LANDAU, T_x, 1.15) / (2 * (1.15 - T_x) * t0);
    compare("the same for T_x = 0.7, T_y = 1.15", nu, pow(T_x, -1.5) * bracket / (sqrt(pi) * A * A * t0), 1e-3);
    grz_kernel_destroy(&kernel);
}

/* Argon as variable hard spheres: viscosity mu at temperature T grows like T^omega. SI units. Source: G. A. Bird, Molecular Gas Dynamics
 * (1994). */
static void argon(double pressure)
{
    const double m = 66.3e-27, T = 273, mu = 2.117e-5, omega = 0.81;
    double kT = boltzmann * T, n = pressure / kT, v0 = sqrt(kT / m), gamma = 2 - 2 * omega;
    double diameter = sqrt(15 * sqrt(pi * m * kT) / (2 * pi * mu * (5 - 2 * omega) * (7 - 2 * omega)));
    /* B = |z|^gamma b0 with b0 |z|^gamma = |z| d(|z|)^2/4; t0 makes b0 = 1 in the library's units. */
    double b0 = diameter * diameter / 4 * pow(4 * kT / m, omega - 0.5) / tgamma(2.5 - omega), t0 = 1 / (n * b0 * pow(v0, gamma));
    printf("Argon, %g K, %g Pa: v0 = %.4g m/s, gamma = %.2f, t0 = %.4g s\n", T, pressure, v0, gamma, t0);
    compare("diameter / m, Bird 4.17e-10", diameter, 4.17e-10, 2e-3);
    grz_kernel *kernel = NULL;
    check(grz_kernel_create_vhs(context, gamma, 1, &kernel));
    /* The stress decays at the rate p/mu (Chapman and Enskog, first approximation). */
    double rate = -temperature_rate(kernel, GRZ_EQUATION_BOLTZMANN, 1.02, 0.99) / (0.02 * t0);
    compare("viscosity / Pa s from the decay of stress", n * kT / rate, mu, 0.02);
    grz_kernel_destroy(&kernel);
}

/* Molecules that repel with the force k/r^s: Chapman and Cowling's A_2(s) = int sin^2(theta) b db, b in the distance (2 k/(m
 * |z|^2))^{1/(s-1)}, which gives their viscosity. Known: s = 3, where theta = pi (1 - b/sqrt(1 + b^2)); s = 5 (Maxwell's molecules); hard
 * spheres. */
static void inverse_powers(void)
{
    enum { POINTS = 1000 };
    static const double s[3] = {3, 5, 1e6};
    double known[3] = {0, 0.436, 1.0 / 3};
    for (int i = 0; i < POINTS; i++) {
        double x = (i + 0.5) / POINTS, sine = sin(pi * x) / (1 - x * x);
        known[0] += sine * sine * x / POINTS;
    }
    printf("Inverse powers, from lambda_2 = -3 pi int beta sin^2\n");
    for (int i = 0; i < 3; i++) {
        grz_kernel *kernel = NULL;
        double lambda[3];
        char name[32];
        check(grz_kernel_create_inverse_power(context, s[i], GRZ_SCATTERING_CLASSICAL, 0, &kernel));
        check(grz_kernel_spectrum(kernel, 1, 2, lambda));
        snprintf(name, sizeof name, "A_2(%g)", s[i]);
        compare(name, -lambda[2] / (3 * pi) * pow(2 / (s[i] - 1), 2 / (s[i] - 1)), known[i], 1e-3);
        grz_kernel_destroy(&kernel);
    }
}

int main(void)
{
    check(grz_context_create(&context));
    printf("  %-44s %10s %10s  %s\n", "", "computed", "known", "error");
    electrons(1e20, 100);
    argon(100);
    inverse_powers();
    grz_context_destroy(&context);
    return failures != 0;
}

/* Electrons and deuterons of a reduced mass ratio, 25, exchange energy by Landau's operator: temperatures against Spitzer's law for two
 * Maxwellians, entropy and what is kept. Deuterons are slower by six and have a grid of a fifth of the spacing. The boxes end where f is not
 * yet thin: an explicit scheme does not get along with tails that f's spline does not resolve.
 *
 * Usage: mixture_exchange [NODES [END]]      12 and 1; columns: time, T_e, T_d, Spitzer's T_e and T_d, entropy, change of energy */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double mass[2] = {1, 25}, pi = 3.14159265358979323846;

static void check(grz_context *context, grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(EXIT_FAILURE);
}

/* dT_d/dt = 2/3 of the energy that a deuteron gains, C = 1/mu^2. */
static double spitzer(double T_e, double T_d)
{
    return 2.0 / 3 * 8 * sqrt(2 / pi) * (T_e - T_d) / (mass[0] * mass[1]) * pow(T_e / mass[0] + T_d / mass[1], -1.5);
}

typedef struct record {
    const grz_mixture *mixture;
    double time, T[2], energy;
    int count;
} record;

static int observe(double time, const double *f, void *user)
{
    record *r = user;
    double number[2], velocity[6], T[2], total, entropy;
    if (grz_mixture_moments(r->mixture, f, number, velocity, T, NULL, &total) != GRZ_OK) return 1;
    if (grz_mixture_entropy(r->mixture, f, &entropy) != GRZ_OK) return 1;
    if (r->count == 0) r->T[0] = T[0], r->T[1] = T[1], r->energy = total;
    /* Spitzer's law by midpoint steps */
    for (int k = 0; k < 20; k++) {
        const double dt = (time - r->time) / 20, half = dt / 2 * spitzer(r->T[0], r->T[1]), rate = spitzer(r->T[0] - half, r->T[1] + half);
        r->T[0] -= dt * rate;
        r->T[1] += dt * rate;
    }
    r->time = time;
    if (r->count++ % 5 == 0)
        printf("%8.4f  %.5f  %.5f   %.5f  %.5f   %.8f  %.1e\n", time, T[0], T[1], r->T[0], r->T[1], entropy, total / r->energy - 1);
    return 0;
}

int main(int argc, char **argv)
{
    const int n = argc > 1 ? atoi(argv[1]) : 12;
    const double end = argc > 2 ? atof(argv[2]) : 1, T[2] = {1, 0.7}, half_width[2] = {3.2, 0.64};
    grz_context *context;
    grz_species *species[2];
    grz_grid *grids[2];
    grz_mixture *mixture;
    grz_operator *op;
    grz_flow *flow;
    if (grz_context_create(&context) != GRZ_OK) return EXIT_FAILURE;
    check(context, grz_species_create(context, "electrons", mass[0], -1, &species[0]));
    check(context, grz_species_create(context, "deuterons", mass[1], 1, &species[1]));
    for (int s = 0; s < 2; s++) check(context, grz_grid_create(context, n, half_width[s], NULL, &grids[s]));
    check(context, grz_mixture_create(context, 2, (const grz_species *const *)species, (const grz_grid *const *)grids, &mixture));
    check(context, grz_mixture_set_coulomb(mixture, 1, 0, GRZ_SCATTERING_POWER_LAW));
    check(context, grz_operator_create_mixture(context, mixture, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    check(context, grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    const int64_t count = (int64_t)n * n * n;
    double *f = malloc(2 * (size_t)count * sizeof *f), *axis = malloc((size_t)n * sizeof *axis);
    if (!f || !axis) return EXIT_FAILURE;
    for (int s = 0; s < 2; s++) {
        check(context, grz_grid_axis_nodes(grids[s], 0, axis));
        for (int64_t i = 0; i < count; i++) {
            const double x = axis[i / n / n], y = axis[i / n % n], z = axis[i % n];
            f[s * count + i] = pow(mass[s] / (2 * pi * T[s]), 1.5) * exp(-mass[s] * (x * x + y * y + z * z) / (2 * T[s]));
        }
    }
    record r = {.mixture = mixture};
    check(context, grz_flow_create(context, op, GRZ_TIME_SCHEME_BOGACKI_SHAMPINE, &flow));
    check(context, grz_flow_set_option(flow, GRZ_FLOW_OPTION_TOLERANCE, 1e-3));
    check(context, grz_flow_start(flow, 0, f));
    printf("#   time      T_e      T_d     Spitzer: T_e, T_d     entropy      energy\n");
    check(context, grz_flow_run(flow, end, 0, observe, &r));
    grz_flow_destroy(&flow);
    grz_operator_destroy(&op);
    grz_mixture_destroy(&mixture);
    for (int s = 0; s < 2; s++) grz_grid_destroy(&grids[s]), grz_species_destroy(&species[s]);
    grz_context_destroy(&context);
    free(f), free(axis);
    return EXIT_SUCCESS;
}

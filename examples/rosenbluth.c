/* The shell of Rosenbluth, MacDonald and Judd (Phys. Rev. 107 (1957) 1) under Coulomb collisions fills its hole and becomes a Maxwellian.
 * Proximal steps, so that the deep tails of the shell (1e-20 of its maximum here) set no limit to the step; the ledger of (1.3) is printed
 * as CSV.
 *
 *     cc rosenbluth.c -lgrazing -lm -o rosenbluth && ./rosenbluth [nodes per axis, 8] > shell.csv */
#include <grazing.h>

#include <stdio.h>
#include <stdlib.h>

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "rosenbluth: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

typedef struct report {
    grz_functional *entropy, *dissipation, *distance;
    int32_t n;
} report;

static int write_line(double time, const double *f, void *user)
{
    report *r = user;
    double H, D, distance, least = f[0];
    int64_t count = (int64_t)r->n * r->n * r->n, centre = ((int64_t)r->n * r->n + r->n + 1) * (r->n / 2);
    for (int64_t i = 0; i < count; i++) least = f[i] < least ? f[i] : least;
    check(grz_functional_evaluate(r->entropy, f, &H));
    check(grz_functional_evaluate(r->dissipation, f, &D));
    check(grz_functional_evaluate(r->distance, f, &distance));
    printf("%.6g,%.10g,%.6g,%.6g,%.6g,%.3g\n", time, H, D, distance, f[centre], least);
    return 0;
}

int main(int argc, char **argv)
{
    grz_kernel *kernel = NULL;
    grz_grid *grid = NULL;
    grz_operator *op = NULL;
    grz_distribution *f = NULL, *M = NULL;
    grz_flow *flow = NULL;
    report r = {NULL, NULL, NULL, argc > 1 ? atoi(argv[1]) : 8};
    setvbuf(stdout, NULL, _IOLBF, 0);
    check(grz_context_create(&context));
    check(grz_kernel_create_coulomb(context, 0, GRZ_SCATTERING_POWER_LAW, &kernel));
    check(grz_grid_create(context, r.n, 3.6, NULL, &grid));
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    check(grz_distribution_create_shell(context, grid, 1, NULL, 4, 1.2, &f));
    check(grz_distribution_create_equilibrium(context, f, &M));
    check(grz_functional_create_entropy(context, grid, &r.entropy));
    check(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &r.dissipation));
    check(grz_functional_create_relative_entropy(context, M, &r.distance));
    check(grz_flow_create(context, op, GRZ_TIME_SCHEME_PROXIMAL_2, &flow));
    check(grz_flow_start(flow, 0, grz_distribution_view(f)));
    printf("time,entropy,dissipation,relative_entropy,centre,least\n");
    check(grz_flow_run(flow, 0.16, 0.04, write_line, &r));
    check(grz_flow_run(flow, 1.9, 0.58, write_line, &r));
    grz_flow_destroy(&flow);
    grz_functional_destroy(&r.entropy);
    grz_functional_destroy(&r.dissipation);
    grz_functional_destroy(&r.distance);
    grz_distribution_destroy(&M);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&context);
    return 0;
}

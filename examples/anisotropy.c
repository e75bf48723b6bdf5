/* A bi-Maxwellian under Coulomb collisions (Landau, gamma = -3): the rate at which its anisotropy decays, against Trubnikov's closed form,
 * and its way to isotropy by proximal steps of second order, with the entropy account.
 *
 *     cc anisotropy.c -lgrazing -lm -o anisotropy && ./anisotropy [nodes per axis of the rate, 20] [of the curve, 8] */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "anisotropy: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

/* dT_par/dt at density 1. (3.10) with psi = v_par^2 gives (1/T_par - 1/T_perp) E[|z| mu^2 (1 - mu^2)], z ~ N(0, 2T), mu = z_par/|z|; the
 * mean over |z| is elementary, that over mu is B. A. Trubnikov's function, Rev. Plasma Phys. 1 (1965) 105. */
static double closed_form(double perp, double par)
{
    double s = perp / par - 1, root = sqrt(fabs(s)), arc = s > 0 ? atan(root) / root : atanh(root) / root;
    double mean = 2 * perp * perp / (sqrt(3.141592653589793) * perp * sqrt(par)) * ((s + 3) * arc - 3) / (s * s);
    return (1 / par - 1 / perp) * mean;
}

static grz_operator *make_operator(const grz_kernel *kernel, int32_t n, double half_width, double accuracy, grz_grid **grid)
{
    grz_operator *op = NULL;
    check(grz_grid_create(context, n, half_width, NULL, grid));
    check(grz_operator_create(context, *grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, accuracy));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, 3));
    return op;
}

static void initial_rate(const grz_kernel *kernel, int32_t n, const double T[3])
{
    grz_grid *grid = NULL;
    grz_distribution *f = NULL;
    grz_operator *op = make_operator(kernel, n, 6.5, 2, &grid);
    double *nodes = malloc(sizeof *nodes * (size_t)n), *psi = malloc(sizeof *psi * (size_t)grz_grid_node_count(grid)), rate;
    if (!nodes || !psi) exit(1);
    check(grz_grid_axis_nodes(grid, 2, nodes));
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) psi[i] = nodes[i % n] * nodes[i % n];
    check(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, T, NULL, &f));
    check(grz_operator_weak_form(op, grz_distribution_view(f), psi, &rate));
    printf("dT_par/dt at the start: %.8f, closed form %.8f, relative error %.1e\n", rate, closed_form(T[0], T[2]),
           rate / closed_form(T[0], T[2]) - 1);
    free(nodes);
    free(psi);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
}

static grz_grid *watched;

static int print_line(double time, const double *f, void *user)
{
    double P[9], H, rho;
    grz_distribution *copy = NULL;
    check(grz_distribution_create_array(context, watched, f, &copy));
    check(grz_distribution_moments(copy, &rho, NULL, NULL, P, NULL));
    check(grz_functional_evaluate(user, f, &H));
    printf("%8.4f  %.6f  %.6f  %+.8f\n", time, P[0] / rho, P[8] / rho, H);
    grz_distribution_destroy(&copy);
    return 0;
}

int main(int argc, char **argv)
{
    const double T[3] = {0.8, 0.8, 1.4};
    grz_kernel *kernel = NULL;
    grz_distribution *f = NULL;
    grz_functional *entropy = NULL;
    grz_flow *flow = NULL;
    double evaluations, newton, dissipated;
    setvbuf(stdout, NULL, _IOLBF, 0);
    check(grz_context_create(&context));
    check(grz_kernel_create_coulomb(context, 0, GRZ_SCATTERING_POWER_LAW, &kernel));
    initial_rate(kernel, argc > 1 ? atoi(argv[1]) : 20, T);

    grz_operator *op = make_operator(kernel, argc > 2 ? atoi(argv[2]) : 8, 4, 1, &watched);
    check(grz_distribution_create_bimaxwellian(context, watched, 1, NULL, T, NULL, &f));
    check(grz_functional_create_entropy(context, watched, &entropy));
    check(grz_flow_create(context, op, GRZ_TIME_SCHEME_PROXIMAL_2, &flow));
    check(grz_flow_start(flow, 0, grz_distribution_view(f)));
    printf("    time    T_perp    T_par     entropy\n");
    check(grz_flow_run(flow, 1.5, 0.5, print_line, entropy));
    check(grz_flow_run(flow, 12, 3.5, print_line, entropy)); /* steps longer than the relaxation time */
    check(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_EVALUATIONS, &evaluations));
    check(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_NEWTON, &newton));
    check(grz_flow_statistic_value(flow, GRZ_FLOW_STATISTIC_DISSIPATED, &dissipated));
    printf("%g Newton steps, %g applications of K_f; the entropy fell by at least %.8f\n", newton, evaluations, dissipated);
    grz_flow_destroy(&flow);
    grz_functional_destroy(&entropy);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    grz_grid_destroy(&watched);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&context);
    return 0;
}

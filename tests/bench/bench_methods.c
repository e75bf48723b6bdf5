/* The two methods on the same cases: prints the table of docs/spectral.md. Truth is the BKW solution for Q, the bi-Maxwellian oracle for
 * the dissipation and the stress <Q, v_1 v_2>; structure is the largest of the five moments of Q, and -<Q, log f>/D - 1. Times: one
 * thread, median of three. */
#include "oracle/bimaxwellian.h"
#include "oracle/spectral_direct.h"
#include "support/spectral_fields.h"

#include <stdio.h>
#include <time.h>

static grz_context *context;

#define OK(call)                                                                                            \
    do {                                                                                                    \
        if ((call) != GRZ_OK) {                                                                             \
            fprintf(stderr, "%s: %s\n", #call, context ? grz_context_last_message(context) : "no context"); \
            exit(1);                                                                                        \
        }                                                                                                   \
    } while (0)

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct bench_case {
    const char *name;
    int n, isotropic; /* BKW or a tilted bi-Maxwellian */
    double L, gamma, nu, eps;
    grz_equation equation;
} bench_case;

static const bench_case CASES[] = {
    {"BKW, gamma 0, nu 1/2, eps pi", 32, 1, 6.62, 0, 0.5, 3.14159265358979324, GRZ_EQUATION_BOLTZMANN},
    {"BKW, gamma 0, Landau", 32, 1, 6.62, 0, 0.5, 1, GRZ_EQUATION_LANDAU},
    {"bi-Maxwellian, gamma 1, nu 1, eps 1", 32, 0, 7, 1, 1, 1, GRZ_EQUATION_BOLTZMANN},
    {"bi-Maxwellian, gamma -3, nu 1, eps 1", 32, 0, 7, -3, 1, 1, GRZ_EQUATION_BOLTZMANN},
    {"bi-Maxwellian, gamma -3, Landau", 32, 0, 7, -3, 1, 1, GRZ_EQUATION_LANDAU},
};

static const double T[2] = {0.85, 0.7}, K = 0.66;

/* exact: Q for BKW; D and stress from the oracle otherwise. */
typedef struct truth {
    double *Q, D, stress;
} truth;

static void fill(const bench_case *c, double *f, truth *exact)
{
    if (c->isotropic) {
        double lambda[3];
        direct_spectrum(c->nu, c->equation == GRZ_EQUATION_LANDAU ? 0 : c->eps, 2, lambda);
        bkw(c->n, c->L, K, lambda[2], f, exact->Q);
        return;
    }
    const double columns[9] = {1 / 3.0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 1 / 3.0, -2 / 3.0, 2 / 3.0, -2 / 3.0, 1 / 3.0};
    bimax_problem problem;
    bimax_result result;
    bimax_default(&problem);
    memcpy(problem.rotation, columns, sizeof columns);
    problem.temperature[0] = T[0];
    problem.temperature[1] = problem.temperature[2] = T[1];
    problem.gamma = c->gamma;
    problem.nu = c->nu;
    problem.eps = c->eps;
    problem.parts = BIMAX_REDUCED;
    if (bimax_oracle(&problem, &result) != 0) exit(1);
    exact->D = c->equation == GRZ_EQUATION_LANDAU ? result.d_l : result.d_b;
    exact->stress = c->equation == GRZ_EQUATION_LANDAU ? result.q_l[1] : result.q_b[1];
    tilted_bimaxwellian(c->n, c->L, T, f);
}

static void run(const bench_case *c, grz_method method, int level, const double *f, const truth *exact)
{
    int64_t nodes = (int64_t)c->n * c->n * c->n;
    double *Q = malloc((size_t)nodes * sizeof *Q), D, entropy = 0, times[3], start = now();
    grz_grid *grid;
    grz_kernel *kernel, *scaled;
    grz_operator *op;
    grz_functional *dissipation;
    if (!Q) exit(1);
    OK(grz_grid_create(context, c->n, c->L, NULL, &grid));
    OK(grz_kernel_create_power_law(context, c->gamma, c->nu, 0, &kernel));
    OK(grz_kernel_create_scaled(context, kernel, c->eps, &scaled));
    OK(grz_operator_create(context, grid, scaled, c->equation, method, &op));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, level));
    OK(grz_operator_setup(op));
    double setup = now() - start;
    for (int i = 0; i < 3; i++) {
        start = now();
        OK(grz_operator_apply(op, f, Q));
        times[i] = now() - start;
    }
    double fastest = fmin(times[0], fmin(times[1], times[2])), slowest = fmax(times[0], fmax(times[1], times[2]));
    double median = times[0] + times[1] + times[2] - fastest - slowest;
    OK(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &dissipation));
    OK(grz_functional_evaluate(dissipation, f, &D));
    for (int64_t i = 0; i < nodes; i++) entropy -= Q[i] * log(f[i]);
    entropy *= pow(2 * c->L / c->n, 3);
    printf("| %s | %s %d |", c->name, method == GRZ_METHOD_SPECTRAL ? "spectral" : "entropic", level);
    if (c->isotropic)
        printf(" %.0e | | |", relative_difference(Q, exact->Q, nodes));
    else
        printf(" | %.0e | %.0e |", fabs(second_moment(c->n, c->L, Q, 0, 1) / exact->stress - 1), fabs(D / exact->D - 1));
    printf(" %.0e | %.0e | %.2f s | %.3f s |\n", moment_defect(c->n, c->L, Q), fabs(entropy / D - 1), setup, median);
    fflush(stdout);
    grz_functional_destroy(&dissipation);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&scaled);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    free(Q);
}

int main(void)
{
    if (grz_context_create(&context) != GRZ_OK) return 1;
    OK(grz_context_set_threads(context, 1));
    printf("| case (n = 32) | method, level | Q, maximum | stress | D | moments of Q | -<Q, log f> = D | set-up | apply |\n");
    printf("|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const bench_case *c = CASES + i;
        int64_t nodes = (int64_t)c->n * c->n * c->n;
        truth exact = {.Q = malloc((size_t)nodes * sizeof *exact.Q)};
        double *f = malloc((size_t)nodes * sizeof *f);
        if (!f || !exact.Q) return 1;
        fill(c, f, &exact);
        run(c, GRZ_METHOD_ENTROPIC, 1, f, &exact);
        run(c, GRZ_METHOD_ENTROPIC, 2, f, &exact);
        run(c, GRZ_METHOD_SPECTRAL, 2, f, &exact);
        if (c->equation == GRZ_EQUATION_BOLTZMANN) run(c, GRZ_METHOD_SPECTRAL, 3, f, &exact);
        free(exact.Q);
        free(f);
    }
    grz_context_destroy(&context);
    return 0;
}

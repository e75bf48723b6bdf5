/* Speed and memory of the entropic operators on n = 32 nodes per axis at the default rules: medians of several sweeps, in nanoseconds of
 * processor time per (centre, sigma) node, for each kind of node, spline degree and instruction set; what Landau, K_f and D cost beside
 * Boltzmann's Q; the gain of two threads; workspace. Usage: bench_entropic [n [runs]] */
#define _POSIX_C_SOURCE 200809L

#include "operator/entropic/sweep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static grz_context *context;
static int runs = 3;

static void done(grz_status status, const char *what)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", what, grz_context_last_message(context));
    exit(1);
}

#define DONE(call) done((call), #call)

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

typedef struct cost {
    double wall, processor;
} cost;

/* Medians over the given number of sweeps. */
static cost sweep_cost(grzi_sweep *sweep, grzi_task task, int threads, int times, const double *log_f, const double *psi, double *out)
{
    double wall[32], processor[32], sum;
    int has_adjoint = task == GRZI_TASK_FORCE || task == GRZI_TASK_ONSAGER;
    DONE(grz_context_set_threads(context, threads));
    for (int i = 0; i < times; i++) {
        double w = seconds(CLOCK_MONOTONIC), p = seconds(CLOCK_PROCESS_CPUTIME_ID);
        DONE(grzi_sweep_run(sweep, task, log_f, psi, has_adjoint ? NULL : &sum, has_adjoint ? out : NULL));
        wall[i] = seconds(CLOCK_MONOTONIC) - w;
        processor[i] = seconds(CLOCK_PROCESS_CPUTIME_ID) - p;
    }
    qsort(wall, (size_t)times, sizeof *wall, ascending);
    qsort(processor, (size_t)times, sizeof *processor, ascending);
    return (cost){wall[times / 2], processor[times / 2]};
}

static int available(const grzi_lanes **sets)
{
    int count = 0, level = grzi_simd_level();
    sets[count++] = &grzi_lanes_generic;
#if defined(__x86_64__) && defined(__GNUC__)
    if (level >= 1) sets[count++] = &grzi_lanes_avx2;
    if (level >= 2) sets[count++] = &grzi_lanes_avx512;
#endif
    (void)level;
    return count;
}

/* One operator: a line per instruction set. Returns the cost of the best set on one thread. */
static cost bench(const grz_grid *grid, double eps, int degree, grz_collisions collisions, const double *log_f, const double *psi,
                  double *out)
{
    grz_kernel *unscaled, *kernel;
    grz_operator *op;
    grzi_sweep sweep;
    int64_t bytes;
    DONE(grz_kernel_create_power_law(context, -1, 1, 0, &unscaled));
    DONE(grz_kernel_create_scaled(context, unscaled, eps > 0 ? eps : 1, &kernel));
    DONE(grz_operator_create(context, grid, kernel, eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, degree));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_COLLISIONS, collisions));
    DONE(grz_context_set_threads(context, 2));
    DONE(grz_operator_workspace(op, &bytes));
    DONE(grzi_sweep_create(op, &sweep));
    const grzi_lanes *sets[3];
    int count = available(sets);
    cost best = {0, 0};
    printf("%s, %s, eps = %.4g, degree %d: %.1f million nodes, workspace %.1f MB (two threads)\n", eps > 0 ? "Boltzmann" : "Landau",
           collisions == GRZ_COLLISIONS_CIRCLES ? "circles" : "generators", eps, degree, (double)sweep.node_count * 1e-6,
           (double)bytes / 1048576);
    for (int s = 0; s < count; s++) {
        sweep.lanes = sets[s];
        best = sweep_cost(&sweep, GRZI_TASK_FORCE, 1, s + 1 < count ? 1 : runs, log_f, NULL, out);
        printf("  %-8s Q %6.2f ns per node and core, %.3f s (wall %.3f s)\n", sets[s]->name,
               best.processor / (double)sweep.node_count * 1e9, best.processor, best.wall);
        fflush(stdout);
    }
    cost both = sweep_cost(&sweep, GRZI_TASK_FORCE, 2, runs, log_f, NULL, out);
    printf("  two threads: wall %.3f s, %.2f times as fast; processor time %.2f of one thread's\n", both.wall, best.wall / both.wall,
           both.processor / best.processor);
    cost D = sweep_cost(&sweep, GRZI_TASK_DISSIPATION, 1, runs, log_f, NULL, out),
         K = sweep_cost(&sweep, GRZI_TASK_ONSAGER, 1, runs, log_f, psi, out);
    printf("  beside Q: D %.2f, K_f psi %.2f\n", D.processor / best.processor, K.processor / best.processor);
    grzi_sweep_destroy(&sweep);
    if (eps > 0 && eps < 1) { /* the next one, few enough nodes to keep the mobilities of all */
        DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_MOBILITY_MEMORY, 2000));
        DONE(grzi_sweep_create(op, &sweep));
        for (int i = 0; i < 2; i++) sweep_cost(&sweep, GRZI_TASK_ONSAGER, 1, 1, log_f, psi, out);
        cost kept = sweep_cost(&sweep, GRZI_TASK_ONSAGER, 1, runs, log_f, psi, out);
        printf("  beside Q: K_f psi %.2f with the mobilities kept, in %.0f MB\n", kept.processor / best.processor,
               (double)sweep.bytes / 1e6);
        grzi_sweep_destroy(&sweep);
    }
    fflush(stdout);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
    return best;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 32;
    if (argc > 2) runs = atoi(argv[2]);
    if (n < 8 || n > 128 || runs < 1 || runs > 32) {
        fputs("bench_entropic [n = 8..128 [runs = 1..32]]\n", stderr);
        return 2;
    }
    grz_grid *grid;
    grz_distribution *density;
    if (grz_context_create(&context) != GRZ_OK) return 1;
    DONE(grz_grid_create(context, n, 6, NULL, &grid));
    DONE(grz_distribution_create_bkw(context, grid, 0.75, &density));
    int64_t count = grz_grid_node_count(grid);
    double *work = malloc(3 * (size_t)count * sizeof *work), *log_f = work, *psi = log_f + count, *out = psi + count;
    if (!work) return 1;
    for (int64_t i = 0; i < count; i++) {
        log_f[i] = log(grz_distribution_view(density)[i]);
        psi[i] = sin(0.1 * (double)i);
    }
    printf("%s\nn = %d, medians of %d sweeps (one sweep for all but the best instruction set)\n", grz_build_configuration(), n, runs);
    for (int degree = 3; degree <= 5; degree += 2) {
        cost boltzmann = bench(grid, 3.14159265358979323846, degree, GRZ_COLLISIONS_CIRCLES, log_f, psi, out);
        cost generated = bench(grid, 3.14159265358979323846, degree, GRZ_COLLISIONS_GENERATOR, log_f, psi, out);
        printf("degree %d: generators are %.1f times as fast as circles at eps = pi\n", degree, boltzmann.processor / generated.processor);
        bench(grid, 0.01, degree, GRZ_COLLISIONS_GENERATOR, log_f, psi, out);
        cost landau = bench(grid, 0, degree, GRZ_COLLISIONS_GENERATOR, log_f, psi, out);
        printf("degree %d: Landau takes %.3f of Boltzmann's (eps = pi) time\n", degree, landau.processor / boltzmann.processor);
    }
    free(work);
    grz_distribution_destroy(&density);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

/* Threads beside other work: single applications on one and on two threads with 0, 1 and 3 busy processes on the machine, in turns, so that
 * both meet the same load. Times are medians in milliseconds; the ratio is that of two threads to one. */
#include <grazing.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { N = 32, RUNS = 31, MOST = 3 };

static void must(grz_status status, const char *what)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", what, grz_status_string(status));
    exit(1);
}
#define OK(call) must((call), #call)

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct contender {
    grz_context *context;
    grz_operator *op;
    double times[RUNS];
} contender;

static void create(contender *c, int threads, grz_equation equation, grz_method method)
{
    grz_grid *grid;
    grz_kernel *kernel, *scaled;
    OK(grz_context_create(&c->context));
    OK(grz_context_set_threads(c->context, threads));
    OK(grz_grid_create(c->context, N, 6.62, NULL, &grid));
    OK(grz_kernel_create_power_law(c->context, 0, 0.5, 0, &kernel));
    OK(grz_kernel_create_scaled(c->context, kernel, 1, &scaled));
    OK(grz_operator_create(c->context, grid, scaled, equation, method, &c->op));
    if (method == GRZ_METHOD_ENTROPIC) OK(grz_operator_set_option(c->op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    OK(grz_operator_setup(c->op));
    grz_kernel_destroy(&scaled);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
}

static void compete(const char *name, contender *one, contender *two, const double *f, double *Q, int busy)
{
    pid_t children[MOST];
    for (int k = 0; k < busy; k++) {
        children[k] = fork();
        if (children[k] == 0)
            for (volatile double x = 1;; x = x * 1.0000001 + 1e-9) {
            }
    }
    for (int i = -1; i < RUNS; i++)
        for (int which = 0; which < 2; which++) {
            contender *c = which ? two : one;
            double start = now();
            OK(grz_operator_apply(c->op, f, Q));
            if (i >= 0) c->times[i] = now() - start;
        }
    for (int k = 0; k < busy; k++) {
        kill(children[k], SIGKILL);
        waitpid(children[k], NULL, 0);
    }
    qsort(one->times, RUNS, sizeof(double), ascending);
    qsort(two->times, RUNS, sizeof(double), ascending);
    printf("%-30s %d busy: one thread %.2f ms (slowest %.2f), two %.2f (%.2f): ratio %.2f\n", name, busy, one->times[RUNS / 2],
           one->times[RUNS - 1], two->times[RUNS / 2], two->times[RUNS - 1], two->times[RUNS / 2] / one->times[RUNS / 2]);
    fflush(stdout);
}

int main(void)
{
    static const struct {
        const char *name;
        grz_equation equation;
        grz_method method;
    } cases[] = {{"Landau, spectral", GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL},
                 {"Boltzmann, spectral", GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL},
                 {"Landau, entropic, level 1", GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC}};
    static const int busy[] = {0, 1, MOST};
    double *f = malloc(N * N * N * sizeof *f), *Q = malloc(N * N * N * sizeof *Q);
    grz_context *context;
    grz_grid *grid;
    grz_distribution *made;
    if (!f || !Q) must(GRZ_ERROR_OUT_OF_MEMORY, "malloc");
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, N, 6.62, NULL, &grid));
    OK(grz_distribution_create_bimaxwellian(context, grid, 1, NULL, (double[3]){0.8, 1, 1.2}, NULL, &made));
    OK(grz_distribution_values(made, f));
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        contender one, two;
        create(&one, 1, cases[k].equation, cases[k].method);
        create(&two, 2, cases[k].equation, cases[k].method);
        for (size_t b = 0; b < sizeof busy / sizeof busy[0]; b++) compete(cases[k].name, &one, &two, f, Q, busy[b]);
        grz_operator_destroy(&one.op);
        grz_operator_destroy(&two.op);
        grz_context_destroy(&one.context);
        grz_context_destroy(&two.context);
    }
    grz_distribution_destroy(&made);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    free(f);
    free(Q);
    return 0;
}

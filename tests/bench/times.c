/* Times of what users call most, one name and number a line, for scripts/bench-compare.sh: processor time of one thread in seconds, the
 * smallest of several runs, by the public header alone. */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static grz_context *context;

static void must(grz_status status, const char *what)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", what, grz_context_last_message(context));
    exit(1);
}
#define OK(call) must((call), #call)

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct bench_case {
    const char *name;
    int n;
    double eps; /* 0: Landau */
    grz_method method;
    double level, scheme;
} bench_case;

static const bench_case CASES[] = {
    {"spectral Boltzmann n=32", 32, 3, GRZ_METHOD_SPECTRAL, 2, 0}, {"spectral Boltzmann fine n=32", 32, 3, GRZ_METHOD_SPECTRAL, 3, 0},
    {"spectral Landau n=32", 32, 0, GRZ_METHOD_SPECTRAL, 2, 0},    {"spectral sphere rule n=16", 16, 3, GRZ_METHOD_SPECTRAL, 1, 2},
    {"entropic Boltzmann n=16", 16, 3, GRZ_METHOD_ENTROPIC, 1, 0}, {"entropic small eps n=16", 16, 0.01, GRZ_METHOD_ENTROPIC, 1, 0},
    {"entropic Landau n=16", 16, 0, GRZ_METHOD_ENTROPIC, 1, 0},
};

static double smallest(double a, double b)
{
    return a < b ? a : b;
}

static void run(const bench_case *c)
{
    enum { RUNS = 12 };
    int64_t nodes = (int64_t)c->n * c->n * c->n;
    double L = 6.62, *f = malloc((size_t)nodes * sizeof *f), *g = malloc((size_t)nodes * sizeof *g), *Q = malloc((size_t)nodes * sizeof *Q);
    if (!f || !g || !Q) exit(1);
    for (int64_t i = 0; i < nodes; i++) {
        double x = 2 * L * (double)(i / c->n / c->n) / c->n - L, y = 2 * L * (double)(i / c->n % c->n) / c->n - L,
               z = 2 * L * (double)(i % c->n) / c->n - L;
        f[i] = exp(-x * x / 2 - y * y / 3 - z * z / 2) + 1e-9;
        g[i] = exp(-x * x / 2 - y * y / 2 - z * z / 3) + 1e-9;
    }
    grz_kernel *unscaled, *kernel;
    grz_grid *grid;
    grz_operator *op;
    OK(grz_kernel_create_power_law(context, 0, 0.5, 0, &unscaled));
    OK(grz_kernel_create_scaled(context, unscaled, c->eps > 0 ? c->eps : 1, &kernel));
    OK(grz_grid_create(context, c->n, L, NULL, &grid));
    OK(grz_operator_create(context, grid, kernel, c->eps > 0 ? GRZ_EQUATION_BOLTZMANN : GRZ_EQUATION_LANDAU, c->method, &op));
    OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, c->level));
    if (c->scheme > 0) OK(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, c->scheme));
    double start = now();
    OK(grz_operator_setup(op));
    printf("%s: set-up\t%.9f\n", c->name, now() - start);
    double apply = INFINITY, bilinear = INFINITY;
    for (int i = 0; i < RUNS; i++) {
        start = now();
        OK(grz_operator_apply(op, f, Q));
        apply = smallest(apply, now() - start);
        if (c->method != GRZ_METHOD_SPECTRAL || i >= RUNS / 3) continue;
        start = now();
        OK(grz_operator_apply_bilinear(op, f, g, Q));
        bilinear = smallest(bilinear, now() - start);
    }
    printf("%s: Q\t%.9f\n", c->name, apply);
    if (c->method == GRZ_METHOD_SPECTRAL) printf("%s: Q(f, g)\t%.9f\n", c->name, bilinear);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
    free(f);
    free(g);
    free(Q);
}

int main(void)
{
    if (grz_context_create(&context) != GRZ_OK) return 1;
    OK(grz_context_set_threads(context, 1));
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) run(CASES + i);
    grz_context_destroy(&context);
    return 0;
}

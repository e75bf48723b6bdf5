/* Error against cost: which method, which accuracy, how many nodes, which box.
 *
 * Writes choosing-cost.csv and choosing-box.csv into the present directory; examples/choosing_method.gp plots them. All errors are against
 * closed forms, relative to the largest |Q|:
 *   Landau, gamma = 0, of two displaced Gaussians, for density 1 and mean 0:
 *   Q = sum_ij (|v|^2 delta + P_kk delta - v_i v_j - P_ij) d_ij f + 6 f;
 *   Boltzmann, nu = 1/2, eps = pi, gamma = 0, of BKW: Q = K' df/dK, K' = -lambda_2/6 (1 - K).
 * Times are processor time of one thread, the smallest of a few applications. --full adds the larger runs (a minute), as in
 * docs/choosing.md.
 *
 * Build: cc choosing_method.c $(pkg-config --cflags --libs grazing) -lm */
#define _POSIX_C_SOURCE 199309L
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double pi = 3.14159265358979323846;
static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static double *doubles(int64_t count)
{
    double *p = malloc((size_t)count * sizeof *p);
    if (!p) exit(1);
    return p;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A density and its exact Q at one velocity. */
typedef void (*exact_fn)(const double *v, double *f, double *Q);

/* Two Gaussians of temperature S at +-U along x; Q_L for gamma = 0. */
static void gaussians(const double *v, double *f, double *Q)
{
    const double S = 0.5, U = 1.2, P[3] = {S + U * U, S, S}, square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    *f = *Q = 0;
    for (int side = -1; side <= 1; side += 2) {
        const double x[3] = {v[0] - side * U, v[1], v[2]};
        double g = 0.5 * pow(2 * pi * S, -1.5) * exp(-(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]) / (2 * S)), sum = 6;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double second = x[i] * x[j] / (S * S) - (i == j) / S;
                sum += ((i == j) * (square + P[0] + P[1] + P[2] - P[i]) - v[i] * v[j]) * second;
            }
        }
        *f += g;
        *Q += g * sum;
    }
}

static double bkw_rate; /* -lambda_2/6 */

static void bkw(const double *v, double *f, double *Q)
{
    const double K = 0.75, s = v[0] * v[0] + v[1] * v[1] + v[2] * v[2], g = pow(2 * pi * K, -1.5) * exp(-s / (2 * K));
    *f = g * ((5 * K - 3) / (2 * K) + (1 - K) * s / (2 * K * K));
    *Q =
        bkw_rate * (1 - K) * (*f * (s / (2 * K * K) - 3 / (2 * K)) + g * (3 / (2 * K * K) - s * (1 / (2 * K * K) + (1 - K) / (K * K * K))));
}

typedef struct run {
    double error, apply, setup, megabytes;
} run;

static run measure(const grz_kernel *kernel, grz_equation equation, grz_method method, int level, int n, double L, exact_fn exact)
{
    grz_grid *grid = NULL;
    grz_operator *op = NULL;
    check(grz_grid_create(context, n, L, NULL, &grid));
    check(grz_operator_create(context, grid, kernel, equation, method, &op));
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, level));
    /* a box made for f: the largest radius without any periodic image, not the default's */
    if (method == GRZ_METHOD_SPECTRAL) check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIUS, 0.453 * L));
    int64_t count = grz_grid_node_count(grid), bytes;
    double *f = doubles(count), *exact_Q = doubles(count), *Q = doubles(count), *axis = doubles(n), largest = 0, start = seconds();
    run result = {0};
    check(grz_operator_setup(op));
    result.setup = seconds() - start;
    check(grz_operator_workspace(op, &bytes));
    result.megabytes = 1e-6 * (double)bytes;
    check(grz_grid_axis_nodes(grid, 0, axis));
    for (int64_t i = 0; i < count; i++) {
        const double v[3] = {axis[i / n / n], axis[i / n % n], axis[i % n]};
        exact(v, f + i, exact_Q + i);
    }
    result.apply = INFINITY;
    for (int i = 0; i < (result.apply < 0.2 ? 4 : 1); i++) {
        start = seconds();
        check(grz_operator_apply(op, f, Q));
        result.apply = fmin(result.apply, seconds() - start);
    }
    for (int64_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs(exact_Q[i]));
        result.error = fmax(result.error, fabs(Q[i] - exact_Q[i]));
    }
    result.error /= largest;
    free(axis);
    free(Q);
    free(exact_Q);
    free(f);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    return result;
}

static FILE *open_table(const char *name, const char *columns)
{
    FILE *file = fopen(name, "w");
    if (!file) {
        perror(name);
        exit(1);
    }
    fprintf(file, "%s\n", columns);
    printf("%s\n%s\n", name, columns);
    return file;
}

static const char *method_name(grz_method method)
{
    return method == GRZ_METHOD_ENTROPIC ? "entropic" : "spectral";
}

/* Both equations, both methods, several levels and n, in a box that suits n. */
static void cost(const grz_kernel *kernel, int full)
{
    static const struct {
        grz_equation equation;
        grz_method method;
        int level, sizes[5];
    } series[] = {{GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, 1, {16, 24, 32, 48, 0}},
                  {GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, 2, {16, 24, 32, 48, 0}},
                  {GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, 3, {16, 24, 32, 48, 0}},
                  {GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, 2, {16, 24, 32, 48, 64}},
                  {GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, 1, {16, 24, 32, 0}},
                  {GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_ENTROPIC, 2, {16, 24, 32, 0}},
                  {GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, 2, {16, 24, 32, 64, 0}}};
    FILE *file = open_table("choosing-cost.csv", "equation,method,level,n,L,error,apply_s,setup_s,megabytes");
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        for (int k = 0; k < 5 && series[i].sizes[k]; k++) {
            int n = series[i].sizes[k], landau = series[i].equation == GRZ_EQUATION_LANDAU;
            /* Near the best box of each n (second table): that of the spectral method grows like sqrt(n), that of the entropic one
             * slower. */
            double L = series[i].method == GRZ_METHOD_SPECTRAL ? (landau ? 7.4 : 6.6) * sqrt(n / 32.0) : 4.9 * pow(n / 32.0, 0.3);
            if (!full && n > 24) continue;
            run r = measure(kernel, series[i].equation, series[i].method, series[i].level, n, L, landau ? gaussians : bkw);
            fprintf(file, "%s,%s,%d,%d,%.2f,%.2e,%.4f,%.3f,%.1f\n", landau ? "landau" : "boltzmann", method_name(series[i].method),
                    series[i].level, n, L, r.error, r.apply, r.setup, r.megabytes);
            printf("%s,%s,%d,%d,%.2f,%.2e,%.4f,%.3f,%.1f\n", landau ? "landau" : "boltzmann", method_name(series[i].method),
                   series[i].level, n, L, r.error, r.apply, r.setup, r.megabytes);
            fflush(stdout);
        }
    }
    fclose(file);
}

/* The error against the box at fixed n: too small a box cuts the tail, too large a one is too coarse. */
static void box(const grz_kernel *kernel, int full)
{
    static const struct {
        grz_method method;
        int n;
    } series[] = {{GRZ_METHOD_ENTROPIC, 16}, {GRZ_METHOD_ENTROPIC, 24}, {GRZ_METHOD_SPECTRAL, 16},
                  {GRZ_METHOD_SPECTRAL, 24}, {GRZ_METHOD_SPECTRAL, 32}, {GRZ_METHOD_SPECTRAL, 48}};
    FILE *file = open_table("choosing-box.csv", "method,n,L,error");
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        if (!full && series[i].n > 24) continue;
        for (double L = 3; L < 10.1; L += 0.5) {
            run r = measure(kernel, GRZ_EQUATION_LANDAU, series[i].method, 2, series[i].n, L, gaussians);
            fprintf(file, "%s,%d,%.2f,%.2e\n", method_name(series[i].method), series[i].n, L, r.error);
            printf("%s,%d,%.2f,%.2e\n", method_name(series[i].method), series[i].n, L, r.error);
        }
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    double lambda[3];
    grz_kernel *kernel = NULL;
    int full = argc > 1 && strcmp(argv[1], "--full") == 0;
    check(grz_context_create(&context));
    check(grz_context_set_threads(context, 1));
    check(grz_kernel_create_power_law(context, 0, 0.5, 0, &kernel));
    check(grz_kernel_spectrum(kernel, 1, 2, lambda));
    bkw_rate = -lambda[2] / 6;
    cost(kernel, full);
    box(kernel, full);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&context);
    return 0;
}

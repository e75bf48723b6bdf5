/* Speed of the spectral operators: set-up, application, memory, what transforms and the dense product take of it against FFTW's and
 * DGEMM's own speed, two threads, batches; at R = 0.453 L, for a box made for f, and at the default radius. Times are medians of several
 * runs, in milliseconds. */
#include "operator/spectral/columns.h"
#include "operator/spectral/contraction.h"
#include "oracle/spectral_direct.h"
#include "support/spectral_fields.h"

#include <cblas.h>
#include <fftw3.h>
#include <stdio.h>
#include <time.h>

/* A bench that cannot go on says why and ends. */
static void must(grz_status status, const char *what)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", what, grz_status_string(status));
    exit(1);
}
#define OK(call) must((call), #call)

static double *doubles(int64_t count)
{
    double *p = malloc((size_t)count * sizeof *p);
    if (!p) must(GRZ_ERROR_OUT_OF_MEMORY, "malloc");
    return p;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(int count, double *times)
{
    qsort(times, (size_t)count, sizeof *times, ascending);
    return 1e3 * times[count / 2];
}

static double time_apply(grz_operator *op, const double *f, double *Q, int runs)
{
    double times[64];
    OK(grz_operator_apply(op, f, Q));
    for (int i = 0; i < runs; i++) {
        double start = now();
        OK(grz_operator_apply(op, f, Q));
        times[i] = now() - start;
    }
    return median(runs, times);
}

static double option(grz_operator *op, grz_operator_option which)
{
    double value;
    OK(grz_operator_option_value(op, which, &value));
    return value;
}

/* One real transform of FFTW's own, forward and backward averaged. */
static double time_transform(int n)
{
    int64_t nodes = (int64_t)n * n * n;
    double times[31], *values = fftw_malloc((size_t)nodes * sizeof *values);
    fftw_complex *spectrum = fftw_malloc((size_t)n * n * (n / 2 + 1) * sizeof *spectrum);
    fftw_plan forward = fftw_plan_dft_r2c_3d(n, n, n, values, spectrum, FFTW_MEASURE);
    fftw_plan backward = fftw_plan_dft_c2r_3d(n, n, n, spectrum, values, FFTW_MEASURE);
    memset(values, 0, (size_t)nodes * sizeof *values);
    for (int i = 0; i < 31; i++) {
        double start = now();
        fftw_execute(forward);
        fftw_execute(backward);
        times[i] = (now() - start) / 2;
    }
    fftw_destroy_plan(forward);
    fftw_destroy_plan(backward);
    fftw_free(values);
    fftw_free(spectrum);
    return median(31, times);
}

/* One real field by columns and planes, as the operators do it, packing and all: half of two. */
static double time_layers(grz_context *context, int n, int padded)
{
    grzi_modes modes;
    grzi_columns c;
    double times[31];
    OK(grzi_modes_create(context, n, n, padded, 0, &modes));
    OK(grzi_columns_create(context, &modes, padded, &c));
    double *f = grzi_allocate_zeroed(context, grzi_mode_array(&c), sizeof *f);
    double *columns = grzi_allocate_zeroed(context, grzi_column_array(&c), sizeof *columns);
    double *work = grzi_allocate_zeroed(context, grzi_plane_work(&c), sizeof *work);
    if (!f || !columns || !work) must(GRZ_ERROR_OUT_OF_MEMORY, "transforms");
    grzi_plane t = grzi_plane_of(&c, work);
    for (int i = 0; i < 31; i++) {
        double start = now();
        for (int field = 0; field < 2; field++)
            for (int g = 0; g < c.groups; g++) grzi_group_backward(&c, g, f, c.inside, 0, &t, columns);
        for (int x = 0; x < padded; x++) {
            grzi_plane_field plane = {columns + (int64_t)x * c.stride * GRZI_ENTRY, NULL, NULL};
            grzi_plane_backward(&c, &plane, &plane, &t);
        }
        times[i] = (now() - start) / 2;
    }
    grzi_deallocate(context, f);
    grzi_deallocate(context, columns);
    grzi_deallocate(context, work);
    grzi_columns_destroy(context, &c);
    grzi_modes_destroy(context, &modes);
    return median(31, times);
}

static double time_product(grz_context *context, const grzi_contraction_set *set, int inputs, int outputs, int64_t nodes)
{
    enum { TILE = GRZI_CONTRACTION_TILE };
    int64_t pairs = grzi_contraction_pairs(inputs), tiles = nodes / TILE;
    grzi_contraction contraction;
    double *F = grzi_allocate(context, inputs * tiles * TILE, sizeof *F), *S = grzi_allocate(context, outputs * TILE, sizeof *S);
    double *scratch = grzi_allocate(context, GRZI_CONTRACTION_SCRATCH, sizeof *scratch), *c = doubles(pairs * outputs), times[9];
    for (int64_t i = 0; i < inputs * tiles * TILE; i++) F[i] = 1e-3 * (double)(i % 97);
    for (int64_t i = 0; i < pairs * outputs; i++) c[i] = 1e-3 * (double)(i % 89);
    OK(grzi_contraction_create(context, set, inputs, outputs, c, &contraction));
    for (int i = 0; i < 9; i++) {
        double start = now();
        for (int64_t tile = 0; tile < tiles; tile++)
            grzi_contract(&contraction, F + tile * inputs * TILE, F + tile * inputs * TILE, TILE, scratch, S);
        times[i] = now() - start;
    }
    grzi_contraction_destroy(context, &contraction);
    grzi_deallocate(context, F);
    grzi_deallocate(context, S);
    grzi_deallocate(context, scratch);
    free(c);
    return median(9, times);
}

/* GFlop/s of DGEMM for C = A B, m * k times k * n, one thread as the environment sets it. */
static double dgemm_speed(int m, int n, int k)
{
    double *A = doubles((int64_t)m * k), *B = doubles((int64_t)k * n), *C = doubles((int64_t)m * n), times[9];
    for (int64_t i = 0; i < (int64_t)m * k; i++) A[i] = 1e-3 * (double)(i % 89);
    for (int64_t i = 0; i < (int64_t)k * n; i++) B[i] = 1e-3 * (double)(i % 97);
    for (int i = 0; i < 9; i++) {
        double start = now();
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, A, k, B, n, 0, C, n);
        times[i] = now() - start;
    }
    free(A);
    free(B);
    free(C);
    return 2e-6 * m * n * (double)k / median(9, times);
}

typedef struct bench_case {
    const char *name;
    int n;
    double L, gamma, nu, eps;
    grz_equation equation;
    int count;
    option_value options[5];
} bench_case;

static const bench_case CASES[] = {
    {"Boltzmann, default, R set", 32, 6.62, 0, 0.5, 3.14159265358979, GRZ_EQUATION_BOLTZMANN, 1, {{GRZ_OPERATOR_OPTION_RADIUS, 3}}},
    {"Boltzmann, fine, R set",
     32,
     6.62,
     0,
     0.5,
     3.14159265358979,
     GRZ_EQUATION_BOLTZMANN,
     2,
     {{GRZ_OPERATOR_OPTION_RADIUS, 3}, {GRZ_OPERATOR_OPTION_ACCURACY, 3}}},
    {"Landau, R set", 32, 6.62, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 1, {{GRZ_OPERATOR_OPTION_RADIUS, 3}}},
    {"Boltzmann, default", 32, 6.62, 0, 0.5, 3.14159265358979, GRZ_EQUATION_BOLTZMANN, 0, {{0, 0}}},
    {"Landau, default", 32, 6.62, 0, 0.5, 1, GRZ_EQUATION_LANDAU, 0, {{0, 0}}},
    {"Landau, not padded",
     32,
     6.62,
     0,
     0.5,
     1,
     GRZ_EQUATION_LANDAU,
     2,
     {{GRZ_OPERATOR_OPTION_RADIUS, 3}, {GRZ_OPERATOR_OPTION_PADDED_NODES, 32}}},
    {"Landau, not padded",
     48,
     8.2,
     0,
     0.5,
     1,
     GRZ_EQUATION_LANDAU,
     3,
     {{GRZ_OPERATOR_OPTION_RADIUS, 4}, {GRZ_OPERATOR_OPTION_MODES, 2}, {GRZ_OPERATOR_OPTION_PADDED_NODES, 48}}},
    {"BKW cutoff, sphere rule",
     32,
     6.62,
     0,
     0,
     1,
     GRZ_EQUATION_BOLTZMANN,
     5,
     {{GRZ_OPERATOR_OPTION_SCHEME, 2},
      {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 3},
      {GRZ_OPERATOR_OPTION_RADIAL_NODES, 12},
      {GRZ_OPERATOR_OPTION_RADIUS, 3},
      {GRZ_OPERATOR_OPTION_PADDED_NODES, 32}}},
    {"BKW cutoff, sphere rule",
     64,
     8.83,
     0,
     0,
     1,
     GRZ_EQUATION_BOLTZMANN,
     5,
     {{GRZ_OPERATOR_OPTION_SCHEME, 2},
      {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 3},
      {GRZ_OPERATOR_OPTION_RADIAL_NODES, 20},
      {GRZ_OPERATOR_OPTION_RADIUS, 4},
      {GRZ_OPERATOR_OPTION_PADDED_NODES, 64}}},
    {"BKW, nu 1/2, sphere rule",
     64,
     9.2,
     0,
     0.5,
     3.14159265358979,
     GRZ_EQUATION_BOLTZMANN,
     5,
     {{GRZ_OPERATOR_OPTION_SCHEME, 2},
      {GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5},
      {GRZ_OPERATOR_OPTION_RADIAL_NODES, 24},
      {GRZ_OPERATOR_OPTION_RADIUS, 4.4},
      {GRZ_OPERATOR_OPTION_PADDED_NODES, 64}}},
};

static grz_operator *make_operator(grz_context *context, const bench_case *c)
{
    grz_grid *grid;
    grz_kernel *kernel, *scaled;
    grz_operator *op;
    if (c->nu == 0) {
        OK(grz_kernel_create_vhs(context, c->gamma, 1 / (4 * PI_), &scaled));
    } else {
        OK(grz_kernel_create_power_law(context, c->gamma, c->nu, 0, &kernel));
        OK(grz_kernel_create_scaled(context, kernel, c->eps, &scaled));
        grz_kernel_destroy(&kernel);
    }
    OK(grz_grid_create(context, c->n, c->L, NULL, &grid));
    OK(grz_operator_create(context, grid, scaled, c->equation, GRZ_METHOD_SPECTRAL, &op));
    for (int i = 0; i < c->count; i++) OK(grz_operator_set_option(op, c->options[i].option, c->options[i].value));
    grz_kernel_destroy(&scaled);
    grz_grid_destroy(&grid);
    return op;
}

static void run(grz_context *context, const bench_case *c)
{
    int64_t nodes = (int64_t)c->n * c->n * c->n, bytes;
    double *f = doubles(nodes), *Q = doubles(nodes), *exact = doubles(nodes), lambda[3], fit, projection;
    direct_spectrum(c->nu, c->equation == GRZ_EQUATION_LANDAU ? 0 : c->eps, 2, lambda);
    bkw(c->n, c->L, 1 - exp(-6.5 / 6), lambda[2], f, exact);
    OK(grz_context_set_threads(context, 1));
    double start = now();
    grz_operator *op = make_operator(context, c);
    OK(grz_operator_setup(op));
    double first = now() - start;
    start = now();
    grz_operator *again = make_operator(context, c);
    OK(grz_operator_setup(again));
    double second = now() - start;
    grz_operator_destroy(&again);
    int runs = c->n <= 32 ? 21 : 5;
    double one = time_apply(op, f, Q, runs);
    OK(grz_operator_workspace(op, &bytes));
    OK(grz_operator_fit_error(op, &fit));
    OK(grz_operator_projection_size(op, &projection));
    printf("%-26s n %d  set-up %.2f s, again %.2f s  apply %.1f ms  workspace %.1f MB  BKW error %.1e (relative %.1e)  fit %.1e  "
           "projection %.1e\n",
           c->name, c->n, first, second, one, 1e-6 * (double)bytes, difference(Q, exact, nodes),
           difference(Q, exact, nodes) / largest(exact, nodes), fit, projection);
    int padded = (int)option(op, GRZ_OPERATOR_OPTION_PADDED_NODES);
    double transform = time_transform(padded), layers = time_layers(context, c->n, padded);
    if (option(op, GRZ_OPERATOR_OPTION_PERIOD) > c->n) {
        printf("    period of %.0f nodes\n", option(op, GRZ_OPERATOR_OPTION_PERIOD));
    } else if (option(op, GRZ_OPERATOR_OPTION_SCHEME) == GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR) {
        int outputs = (int)option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK), inputs = (int)option(op, GRZ_OPERATOR_OPTION_INPUT_RANK);
        int64_t padded_nodes = (int64_t)padded * padded * padded;
        int pairs = grzi_contraction_pairs(inputs);
        double flops = 2e-6 * pairs * outputs * (double)padded_nodes, same = dgemm_speed(outputs, 8192, pairs),
               square = dgemm_speed(1000, 1000, 1000), whole = (outputs + inputs) * transform, own_transforms = (outputs + inputs) * layers;
        printf("    ranks %d, %d on %d^3: transforms %.1f ms, whole ones of FFTW's %.1f; DGEMM %.1f GFlop/s for %d x %d times %d x 8192, "
               "%.1f for 1000^3\n",
               outputs, inputs, padded, own_transforms, whole, same, outputs, pairs, pairs, square);
        for (int level = grzi_simd_level(); level >= 0; level--) {
            const grzi_contraction_set *set = grzi_contraction_select(level);
            double product = time_product(context, set, inputs, outputs, padded_nodes), own = flops / product;
            grzi_context_set_simd(context, level);
            grz_operator *other = make_operator(context, c);
            double all = time_apply(other, f, Q, runs);
            grz_operator_destroy(&other);
            printf("    %-8s product %.1f ms (%.0f %%) at %.1f GFlop/s: %.0f %% of DGEMM's, %.0f %% for 1000^3; apply %.1f ms: %.2f of "
                   "FFTW's transforms and DGEMM's product; pointwise parts %.1f ms, %.2f of its transforms\n",
                   set->name, product, 100 * product / all, own, 100 * own / same, 100 * own / square, all, all / (whole + flops / same),
                   all - product - own_transforms, (all - product - own_transforms) / own_transforms);
        }
        grzi_context_set_simd(context, grzi_simd_level());
    } else {
        printf("    one real transform of %d^3: %.3f ms whole, %.3f ms by columns and planes; apply / whole %.0f\n", padded, transform,
               layers, one / transform);
    }
    OK(grz_context_set_threads(context, 2));
    grz_operator *two = make_operator(context, c);
    printf("    two threads: speed-up %.2f", one / time_apply(two, f, Q, runs));
    if (c->n <= 32) {
        enum { BATCH = 16 };
        double *many = doubles(BATCH * nodes), *out = doubles(BATCH * nodes), times[3];
        for (int b = 0; b < BATCH; b++) memcpy(many + b * nodes, f, (size_t)nodes * sizeof *f);
        OK(grz_operator_apply_batch(two, BATCH, many, out));
        for (int i = 0; i < 3; i++) {
            start = now();
            OK(grz_operator_apply_batch(two, BATCH, many, out));
            times[i] = (now() - start) / BATCH;
        }
        double each = median(3, times);
        printf("; batch of %d on two threads: %.1f ms each, speed-up %.2f", BATCH, each, one / each);
        free(many);
        free(out);
    }
    printf("\n");
    fflush(stdout);
    grz_operator_destroy(&two);
    grz_operator_destroy(&op);
    free(f);
    free(Q);
    free(exact);
}

int main(void)
{
    grz_context *context;
    if (grz_context_create(&context) != GRZ_OK) return 1;
    printf("%s\n", grz_build_configuration());
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) run(context, CASES + i);
    grz_context_destroy(&context);
    return 0;
}

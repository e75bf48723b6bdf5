/* The grazing-collision limit: Boltzmann's operator turns into Landau's as eps -> 0 (Theorem 2.7 and section 6 of the paper).
 *
 * For several densities and kernels the program computes the dissipations D_B^eps and D_B^R and the operator Q_B^eps at decreasing eps, and
 * Landau's D_L and Q_L on the same grid; prints how far apart they are and the order at which they approach each other; and checks what the
 * entropic method promises for every one of them: conservation of mass, momentum and energy, -<Q, log f> = D, and D_B^R <= D_B. With
 * --method spectral the same is computed by Fourier transforms, whose D is -<Q, log f> itself and which has no D_B^R. It writes
 * grazing-limit.csv, which grazing_limit.gp plots. It exits with 1 if a promise is broken, with 2 on bad arguments.
 *
 * Build: cc grazing_limit.c $(pkg-config --cflags --libs grazing) -lm */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PI 3.14159265358979323846

enum { MAX_EPS = 32, DENSITIES = 3, KERNELS = 4 };

static const double PROMISE = 1e-12;     /* largest defect of an identity that counts as rounding */
static const double EQUILIBRIUM = 1e-20; /* a dissipation below is that of a Maxwellian's rounding */
static const double VISIBLE = 1e-10;     /* relative differences below have too few digits for an order */

/* A kernel (gamma, nu) or a density (half width of its box unless the user gives one), by the name used on the command line. */
typedef struct choice {
    const char *name, *title;
    double gamma, nu, half_width;
} choice;

/* nu = 2: theta^{-3} with the logarithmic cutoff of Remark 2.6, whose rate is 1/log(1/eps). */
static const choice kernels[KERNELS] = {{"maxwell", "Maxwell molecules, |z|^0, nu = 1/2", 0, 0.5, 0},
                                        {"soft", "soft, |z|^-2, nu = 1/2", -2, 0.5, 0},
                                        {"coulomb", "Coulomb, |z|^-3, nu = 3/2", -3, 1.5, 0},
                                        {"cutoff", "Coulomb, |z|^-3, nu = 2 with cutoff at eps, over log(1/eps)", -3, 2, 0}};
static const choice densities[DENSITIES] = {
    {"bkw", "BKW at K = 0.75", 0, 0, 5.5}, {"gaussians", "Two displaced Gaussians", 0, 0, 5.5}, {"shell", "Rosenbluth's shell", 0, 0, 4}};

typedef enum number { NODES, HALF_WIDTH, ACCURACY, THREADS, NUMBERS } number;

static const struct {
    const char *option;
    double least, most, initial; /* half width 0: the density's; accuracy 0: the method's */
} numbers[NUMBERS] = {{"--n", 8, 1024, 24}, {"--half-width", 1e-50, 1e50, 0}, {"--accuracy", 1, 4, 0}, {"--threads", 0, 1024, 0}};

typedef struct settings {
    double number[NUMBERS], eps[MAX_EPS];
    grz_method method;
    int eps_count, use_kernel[KERNELS], use_density[DENSITIES];
    const char *file, *output;
} settings;

/* What one operator says about f: dissipations, defects of conservation and of -<Q, log f> = D, relative distances to Landau's operator. */
typedef struct measurement {
    double eps, D, D_root, conservation, entropy, D_distance, root_distance, Q_distance;
} measurement;

typedef struct range {
    double least, largest;
} range;

/* Everything the closing statement is made of. */
typedef struct summary {
    range power_order, cutoff_order;      /* in eps; of the cutoff kernel in 1/log(1/eps) */
    double cutoff_eps, cutoff_distance;   /* smallest eps and the largest |Q_B - Q_L|/|Q_L| there */
    double conservation, entropy, excess; /* largest defects; excess of D_B^R over D_B */
    int operators;
} summary;

static const char *const usage =
    "usage: grazing_limit [OPTION]... [FILE.npy]\n"
    "Boltzmann's collision operator and its grazing limit, for the density of FILE.npy, n^3 positive values, or for built-in ones.\n\n"
    "  --n N                nodes per axis (24; a file brings its own)\n"
    "  --half-width L       of the box [-L, L]^3 (by density; required with a file)\n"
    "  --eps LIST           decreasing, from pi to 1e-8, separated by commas (1,0.3,0.1,0.01,0.001)\n"
    "  --kernel LIST        of maxwell, soft, coulomb, cutoff (all; cutoff wants eps < 1)\n"
    "  --distribution LIST  of bkw, gaussians, shell (all)\n"
    "  --method NAME        entropic or spectral (entropic)\n"
    "  --accuracy LEVEL     1 to 4 (entropic 1, spectral 2)\n"
    "  --threads COUNT      (0: as many as OpenMP says)\n"
    "  --output DIR         an existing directory, where grazing-limit.csv goes (.)\n";

static void refuse(const char *what, const char *value)
{
    fprintf(stderr, "grazing_limit: %s '%s'\nTry --help.\n", what, value);
    exit(2);
}

static double read_number(const char *option, const char *text, double least, double most, int whole)
{
    char *end, message[128];
    double value = strtod(text, &end);
    snprintf(message, sizeof message, "%s wants %s number from %g to %g, not", option, whole ? "a whole" : "a", least, most);
    if (end == text || *end || !(value >= least && value <= most) || (whole && value != floor(value))) refuse(message, text);
    return value;
}

static void read_eps(settings *set, char *list)
{
    double before = PI;
    set->eps_count = 0;
    for (char *item = strtok(list, ","); item; item = strtok(NULL, ",")) {
        if (set->eps_count == MAX_EPS) refuse("--eps takes 32 values at most; too many at", item);
        set->eps[set->eps_count++] = before = read_number("decreasing --eps", item, 1e-8, before, 0);
    }
}

static void read_choice(int count, const choice *choices, int *use, char *list)
{
    memset(use, 0, sizeof(int) * (size_t)count);
    for (char *item = strtok(list, ","); item; item = strtok(NULL, ",")) {
        int i = 0;
        while (i < count && strcmp(item, choices[i].name) != 0) i++;
        if (i == count) refuse("no such kernel or distribution:", item);
        use[i] = 1;
    }
}

static void read_arguments(int argc, char **argv, settings *set)
{
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i];
        number k = 0;
        if (strcmp(option, "--help") == 0) exit(fputs(usage, stdout) < 0);
        if (strncmp(option, "--", 2) != 0) {
            if (set->file) refuse("one file at most; what is", option);
            set->file = option;
            continue;
        }
        char *value = argv[++i];
        if (!value) refuse("a value must follow", option);
        while (k < NUMBERS && strcmp(option, numbers[k].option) != 0) k++;
        if (k < NUMBERS)
            set->number[k] = read_number(option, value, numbers[k].least, numbers[k].most, k != HALF_WIDTH);
        else if (strcmp(option, "--eps") == 0)
            read_eps(set, value);
        else if (strcmp(option, "--kernel") == 0)
            read_choice(KERNELS, kernels, set->use_kernel, value);
        else if (strcmp(option, "--distribution") == 0)
            read_choice(DENSITIES, densities, set->use_density, value);
        else if (strcmp(option, "--method") == 0) {
            set->method = strcmp(value, "spectral") == 0 ? GRZ_METHOD_SPECTRAL : GRZ_METHOD_ENTROPIC;
            if (set->method == GRZ_METHOD_ENTROPIC && strcmp(value, "entropic") != 0) refuse("no such method:", value);
        } else if (strcmp(option, "--output") == 0)
            set->output = value;
        else
            refuse("no such option:", option);
    }
    if (set->file && set->number[HALF_WIDTH] == 0) refuse("a file holds no velocities: --half-width is needed with", set->file);
}

/* Three sweeps for each operator: Q, D and D^R. */
typedef struct progress {
    int sweeps, done;
    time_t last;
} progress;

static int show_progress(const char *stage, double fraction, void *user)
{
    progress *p = user;
    time_t now = time(NULL);
    if (now == p->last) return 0;
    p->last = now;
    fprintf(stderr, "\r%3.0f %% (%s)\033[K", 100 * (p->done + fraction) / p->sweeps, stage);
    return 0;
}

static void check(grz_status status, const grz_context *context)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "grazing_limit: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static grz_distribution *make_density(grz_context *context, const settings *set, int density, grz_grid **grid)
{
    const double weights[2] = {0.5, 0.5}, means[6] = {1.2, 0.3, 0, -1.2, -0.3, 0};
    const double covariances[18] = {0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5};
    grz_distribution *f = NULL;
    int32_t n = (int32_t)set->number[NODES];
    double half_width = set->number[HALF_WIDTH] > 0 ? set->number[HALF_WIDTH] : densities[density].half_width;
    if (set->file) check(grz_npy_nodes_per_axis(context, set->file, &n), context);
    check(grz_grid_create(context, n, half_width, NULL, grid), context);
    if (set->file)
        check(grz_distribution_load_npy(context, *grid, set->file, &f), context);
    else if (density == 0)
        check(grz_distribution_create_bkw(context, *grid, 0.75, &f), context);
    else if (density == 1)
        check(grz_distribution_create_mixture(context, *grid, 2, weights, means, covariances, &f), context);
    else
        check(grz_distribution_create_shell(context, *grid, 1, NULL, 10, 1.5, &f), context);
    return f;
}

/* BKW is exact for gamma = 0: dK/dt = (1 - K) (-lambda_2/6), and D = -dH/dt = -dH/dK dK/dt. The integrand of dH/dK = int df/dK log f is an
 * even analytic function of |v|, for which the trapezoidal rule has no error to speak of. */
static double exact_bkw_dissipation(grz_context *context, const grz_kernel *unscaled, double eps)
{
    double lambda[3], K = 0.75, step = 0.02, derivative = 0;
    grz_kernel *kernel = NULL;
    check(grz_kernel_create_scaled(context, unscaled, eps, &kernel), context);
    check(grz_kernel_spectrum(kernel, 1, 2, lambda), context);
    grz_kernel_destroy(&kernel);
    for (double r = step; r < 16; r += step) {
        double q = r * r, gauss = pow(2 * PI * K, -1.5) * exp(-q / (2 * K)), factor = (5 * K - 3) / (2 * K) + (1 - K) * q / (2 * K * K);
        double varied = (q / (2 * K * K) - 1.5 / K) * factor + 1.5 / (K * K) + (K - 2) * q / (2 * K * K * K);
        derivative += 4 * PI * q * step * gauss * varied * log(gauss * factor);
    }
    return derivative * (1 - K) * lambda[2] / 6;
}

/* Largest of the five |sum Q phi| over sum |Q phi|, and -h^3 sum Q log f/D - 1. */
static void check_identities(grz_context *context, const grz_grid *grid, const double *f, const double *Q, measurement *result)
{
    enum { INVARIANTS = 5 };
    int32_t n = grz_grid_nodes_per_axis(grid);
    double *nodes = malloc(3 * (size_t)n * sizeof *nodes), h = grz_grid_spacing(grid);
    long double sum[INVARIANTS] = {0}, size[INVARIANTS] = {0}, entropy = 0;
    if (!nodes) exit(1);
    for (int axis = 0; axis < 3; axis++) check(grz_grid_axis_nodes(grid, axis, nodes + axis * n), context);
    for (int64_t i = 0; i < grz_grid_node_count(grid); i++) {
        double x = nodes[i / n / n], y = nodes[n + i / n % n], z = nodes[2 * n + i % n];
        const double phi[INVARIANTS] = {1, x, y, z, x * x + y * y + z * z};
        for (int k = 0; k < INVARIANTS; k++) {
            sum[k] += (long double)Q[i] * phi[k];
            size[k] += fabsl((long double)Q[i] * phi[k]);
        }
        entropy -= (long double)Q[i] * logl(f[i]);
    }
    for (int k = 0; k < INVARIANTS; k++) result->conservation = fmax(result->conservation, (double)(fabsl(sum[k]) / size[k]));
    result->entropy = (double)(entropy * h * h * h / result->D - 1);
    free(nodes);
}

static measurement measure(grz_context *context, const settings *set, const grz_grid *grid, const grz_kernel *kernel, grz_equation equation,
                           const double *f, double *Q, progress *p)
{
    grz_operator *op = NULL;
    grz_functional *D = NULL, *D_root = NULL;
    measurement result = {.D_root = NAN};
    double level = set->number[ACCURACY] > 0 ? set->number[ACCURACY] : set->method == GRZ_METHOD_SPECTRAL ? 2 : 1;
    check(grz_operator_create(context, grid, kernel, equation, set->method, &op), context);
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, level), context);
    check(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION, &D), context);
    check(grz_operator_apply(op, f, Q), context), p->done++;
    check(grz_functional_evaluate(D, f, &result.D), context), p->done++;
    if (set->method == GRZ_METHOD_ENTROPIC) {
        check(grz_functional_create_dissipation(context, op, GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT, &D_root), context);
        check(grz_functional_evaluate(D_root, f, &result.D_root), context);
    }
    p->done++;
    check_identities(context, grid, f, Q, &result);
    grz_functional_destroy(&D_root);
    grz_functional_destroy(&D);
    grz_operator_destroy(&op);
    return result;
}

static void compare(measurement *m, const measurement *landau, const double *Q, const double *Q_landau, int64_t count)
{
    double difference = 0, size = 0;
    for (int64_t i = 0; i < count; i++) {
        difference += fabs(Q[i] - Q_landau[i]);
        size += fabs(Q_landau[i]);
    }
    m->D_distance = fabs(m->D / landau->D - 1);
    m->root_distance = fabs(m->D_root / landau->D - 1);
    m->Q_distance = difference / size;
}

/* The eps from which down orders are judged: with the cutoff the corrections are powers of 1/log(1/eps), which shrink slowly. */
static double asymptotic(int logarithmic)
{
    return logarithmic ? 0.01 : 0.1;
}

/* Exponent p of distance ~ x^p between two eps, x = eps or, for the cutoff, 1/log(1/eps); NaN where there is nothing to see. */
static double order(double eps_before, double before, double eps, double now, int logarithmic)
{
    if (eps_before == 0 || eps_before == eps || before < VISIBLE || now < VISIBLE) return NAN;
    return log(before / now) / (logarithmic ? log(log(eps) / log(eps_before)) : log(eps_before / eps));
}

static void clear_progress(void)
{
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
}

/* The number, or nothing where there is none. */
static const char *text_of(double value, int digits, char text[16])
{
    snprintf(text, 16, "%.*f", digits, value);
    return isnan(value) ? "" : text;
}

static void extend(range *r, double value)
{
    if (isnan(value)) return;
    r->least = fmin(r->least, value);
    r->largest = fmax(r->largest, value);
}

static void keep_account(summary *all, const measurement *m)
{
    all->operators++;
    all->conservation = fmax(all->conservation, m->conservation);
    all->entropy = fmax(all->entropy, fabs(m->entropy));
    all->excess = fmax(all->excess, m->D_root / m->D - 1);
}

static void run_kernel(grz_context *context, const settings *set, const grz_grid *grid, const char *density, int exact, const choice *kind,
                       const double *f, double *Q, FILE *csv, progress *p, summary *all)
{
    int64_t count = grz_grid_node_count(grid);
    int logarithmic = kind->nu == 2;
    double *Q_landau = Q + count, worst = 0;
    char D_text[16], Q_text[16], root_text[16];
    grz_kernel *kernel = NULL;
    if (logarithmic)
        check(grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_POWER_LAW, &kernel), context);
    else
        check(grz_kernel_create_power_law(context, kind->gamma, kind->nu, 0, &kernel), context);
    measurement landau = measure(context, set, grid, kernel, GRZ_EQUATION_LANDAU, f, Q_landau, p), before = {0};
    clear_progress();
    if (landau.D < EQUILIBRIUM) {
        printf("\n  %s\n  D_L = %.1e: an equilibrium, nothing to compare\n", kind->title, landau.D);
        grz_kernel_destroy(&kernel);
        return;
    }
    keep_account(all, &landau);
    printf("\n  %s\n      eps       D_B^eps         D_B^R    |D_B/D_L-1|  order   |Q_B-Q_L|/|Q_L|  order   conserved   entropy\n",
           kind->title);
    for (int i = 0; i < set->eps_count; i++) {
        double eps = set->eps[i];
        if (logarithmic && eps >= 1) continue;
        grz_kernel *scaled = NULL;
        check(grz_kernel_create_scaled(context, kernel, eps, &scaled), context);
        measurement m = measure(context, set, grid, scaled, GRZ_EQUATION_BOLTZMANN, f, Q, p);
        grz_kernel_destroy(&scaled);
        m.eps = eps;
        compare(&m, &landau, Q, Q_landau, count);
        keep_account(all, &m);
        double D_order = order(before.eps, before.D_distance, eps, m.D_distance, logarithmic);
        double Q_order = order(before.eps, before.Q_distance, eps, m.Q_distance, logarithmic);
        double truth = exact ? exact_bkw_dissipation(context, kernel, eps) : NAN;
        if (exact) worst = fmax(worst, fabs(m.D / truth - 1));
        clear_progress();
        printf("  %7.4g  %12.9f  %12s      %9.3e  %5s         %9.3e  %5s     %7.1e  %8.1e\n", eps, m.D, text_of(m.D_root, 9, root_text),
               m.D_distance, text_of(D_order, 3, D_text), m.Q_distance, text_of(Q_order, 3, Q_text), m.conservation, m.entropy);
        fflush(stdout);
        fprintf(csv, "%s,%s,%g,%g,%.9g,%.15g,%.15g,%.15g,%.8e,%.8e,%.8e,%.5g,%.5g,%.3e,%.3e,%.15g\n", density, kind->name, kind->gamma,
                kind->nu, eps, m.D, m.D_root, landau.D, m.D_distance, m.root_distance, m.Q_distance, D_order, Q_order, m.conservation,
                m.entropy, truth);
        if (before.eps <= asymptotic(logarithmic)) {
            extend(logarithmic ? &all->cutoff_order : &all->power_order, D_order);
            extend(logarithmic ? &all->cutoff_order : &all->power_order, Q_order);
        }
        before = m;
    }
    printf("  %7s  %12.9f = D_L %58s%7.1e  %8.1e\n", "Landau", landau.D, "", landau.conservation, landau.entropy);
    if (exact) {
        double truth = exact_bkw_dissipation(context, kernel, 0);
        printf("  %7s  %12.9f = D_L; all D above are within %.1e of the exact solution's\n", "exact", truth,
               fmax(worst, fabs(landau.D / truth - 1)));
    }
    if (logarithmic && before.eps > 0) {
        all->cutoff_eps = before.eps;
        all->cutoff_distance = fmax(all->cutoff_distance, before.Q_distance);
    }
    grz_kernel_destroy(&kernel);
}

static void print_rate(const char *kernel, int logarithmic, const char *variable, const range *order, double expected)
{
    if (order->least > order->largest) return;
    printf("%s, eps <= %g: D_B^eps and Q_B^eps tend to D_L and Q_L with orders %.3f to %.3f in %s, %s %g.\n", kernel,
           asymptotic(logarithmic), order->least, order->largest, variable,
           fmax(expected - order->least, order->largest - expected) < 0.1 ? "near" : "NOT NEAR", expected);
}

static int print_statement(const summary *all)
{
    int kept = all->conservation <= PROMISE && all->entropy <= PROMISE && all->excess <= PROMISE;
    if (all->operators == 0) return 0;
    printf("\nSeen in %d operators: mass, momentum and energy conserved to %.1e of sum |Q phi|, -<Q, log f> = D to %.1e, %s.\n",
           all->operators, all->conservation, all->entropy,
           all->excess == -INFINITY ? "no D_B^R"
           : all->excess <= PROMISE ? "D_B^R <= D_B"
                                    : "D_B^R EXCEEDS D_B");
    print_rate("Power laws", 0, "eps", &all->power_order, 2);
    print_rate("Logarithmic cutoff", 1, "1/log(1/eps)", &all->cutoff_order, 1);
    if (all->cutoff_distance > 0)
        printf("With the cutoff Q_B^eps is still %.1f %% away from Q_L at eps = %g.\n", 100 * all->cutoff_distance, all->cutoff_eps);
    if (!kept) printf("A STRUCTURAL IDENTITY FAILED: a defect exceeds %g.\n", PROMISE);
    return kept ? 0 : 1;
}

int main(int argc, char **argv)
{
    settings set = {.method = GRZ_METHOD_ENTROPIC,
                    .eps = {1, 0.3, 0.1, 0.01, 0.001},
                    .eps_count = 5,
                    .use_kernel = {1, 1, 1, 1},
                    .use_density = {1, 1, 1},
                    .output = "."};
    for (int k = 0; k < NUMBERS; k++) set.number[k] = numbers[k].initial;
    read_arguments(argc, argv, &set);
    char path[4096];
    snprintf(path, sizeof path, "%s/grazing-limit.csv", set.output);
    FILE *csv = fopen(path, "w");
    if (!csv) refuse("cannot write", path);
    fprintf(csv, "distribution,kernel,gamma,nu,eps,D_B,D_B_R,D_L,D_distance,D_B_R_distance,Q_distance,order_D,order_Q,conservation,entropy,"
                 "D_exact\n");
    grz_context *context = NULL;
    check(grz_context_create(&context), context);
    check(grz_context_set_threads(context, (int32_t)set.number[THREADS]), context);
    progress p = {0};
    summary all = {.power_order = {INFINITY, -INFINITY}, .cutoff_order = {INFINITY, -INFINITY}, .excess = -INFINITY};
    if (set.file) memcpy(set.use_density, (int[DENSITIES]){1, 0, 0}, sizeof set.use_density);
    for (int d = 0; d < DENSITIES; d++)
        for (int k = 0; k < KERNELS; k++)
            if (set.use_density[d] && set.use_kernel[k]) p.sweeps += 3 * (1 + set.eps_count);
    if (isatty(STDERR_FILENO)) check(grz_context_set_progress(context, show_progress, &p), context);
    for (int d = 0; d < DENSITIES; d++) {
        if (!set.use_density[d]) continue;
        grz_grid *grid = NULL;
        grz_distribution *f = make_density(context, &set, d, &grid);
        double *Q = malloc(2 * (size_t)grz_grid_node_count(grid) * sizeof *Q), L = grz_grid_half_width(grid);
        if (!Q) return 1;
        printf("\n%s, n = %d, box [-%g, %g]^3\n", set.file ? set.file : densities[d].title, (int)grz_grid_nodes_per_axis(grid), L, L);
        for (int k = 0; k < KERNELS; k++)
            if (set.use_kernel[k])
                run_kernel(context, &set, grid, set.file ? "file" : densities[d].name, !set.file && d == 0 && kernels[k].gamma == 0,
                           &kernels[k], grz_distribution_view(f), Q, csv, &p, &all);
        free(Q);
        grz_distribution_destroy(&f);
        grz_grid_destroy(&grid);
    }
    grz_context_destroy(&context);
    if (fclose(csv) != 0) refuse("cannot write", path);
    int status = print_statement(&all);
    printf("Table: %s; examples/grazing_limit.gp plots it.\n", path);
    return status;
}

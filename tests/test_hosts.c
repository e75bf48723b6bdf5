/* What the programs that call the library do to it: threads of their own with small stacks and in great number, fork, limits of address space,
 * FFTW's threads, cancelling. */
#include "support/entropic.h"

#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int tasks(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/task");
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder));) count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Two Gaussians of unlike widths, off the centre. */
static void fill(const grz_grid *grid, double *f)
{
    static const double covariances[18] = {0.8, 0, 0, 0, 0.5, 0, 0, 0, 0.6, 0.5, 0.1, 0, 0.1, 0.7, 0, 0, 0, 0.6};
    grz_distribution *d;
    DONE(grz_distribution_create_mixture(context, grid, 2, (double[2]){0.7, 0.4}, (double[6]){0.8, 0.2, 0, -0.9, 0, 0.3}, covariances, &d));
    OK(grz_distribution_values(d, f));
    grz_distribution_destroy(&d);
}

/* Every method with what is coarse enough for a test. */
enum { ENTROPIC_BOLTZMANN, ENTROPIC_LANDAU, TENSOR, SPHERES, SEPARABLE, METHODS };

static grz_operator *method(const grz_grid *grid, const grz_kernel *kernel, int which)
{
    static const grz_spectral_scheme schemes[METHODS] = {0, 0, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR, GRZ_SPECTRAL_SCHEME_SPHERE_RULE,
                                                         GRZ_SPECTRAL_SCHEME_SEPARABLE};
    grz_equation equation = which == ENTROPIC_LANDAU || which == SEPARABLE ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN;
    grz_operator *op;
    DONE(grz_operator_create(context, grid, kernel, equation, which < TENSOR ? GRZ_METHOD_ENTROPIC : GRZ_METHOD_SPECTRAL, &op));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1));
    if (which >= TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, schemes[which]));
    if (which == SPHERES) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5));
    if (which == TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 6));
    if (which == TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 4));
    return op;
}

typedef struct bench {
    int n;
    grz_grid *grid;
    grz_kernel *kernel;
    double *f, *Q, *again;
} bench;

static bench open_bench(int n)
{
    bench b = {.n = n};
    size_t count = (size_t)n * n * n;
    open_context();
    DONE(grz_grid_create(context, n, 5, NULL, &b.grid));
    b.kernel = power_law(0.5, 0.5, 1.5);
    b.f = malloc(3 * count * sizeof *b.f);
    b.Q = b.f + count;
    b.again = b.Q + count;
    fill(b.grid, b.f);
    return b;
}

static void close_bench(bench *b)
{
    free(b->f);
    grz_kernel_destroy(&b->kernel);
    grz_grid_destroy(&b->grid);
    close_context();
}

static size_t bytes(const bench *b)
{
    return sizeof(double) * (size_t)b->n * b->n * b->n;
}

/* ------------------------------------------------------------------------------------------------------ threads, processes */

/* A child in which the library has used two threads before has none of them left; it computes on one. */
START_TEST(a_forked_child_computes_on_one_thread)
{
    bench b = open_bench(12);
    grz_operator *op = method(b.grid, b.kernel, _i);
    DONE(grz_operator_apply(op, b.f, b.Q));
    OK(grz_context_set_threads(context, 1));
    int before = tasks();
    pid_t child = fork();
    ck_assert_int_ne(child, -1);
    if (child == 0) {
        alarm(20);
        int good = grz_operator_apply(op, b.f, b.again) == GRZ_OK && memcmp(b.Q, b.again, bytes(&b)) == 0 && tasks() == 1;
        grz_operator *fresh = NULL; /* set-up as well */
        good = good && grz_operator_create(context, b.grid, b.kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &fresh) == GRZ_OK &&
               grz_operator_setup(fresh) == GRZ_OK;
        _exit(good ? 0 : 1);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == 0, "method %d: the child ended with status %d", _i, status);
    DONE(grz_operator_apply(op, b.f, b.again));
    ck_assert_int_eq(tasks(), before);
    grz_operator_destroy(&op);
    close_bench(&b);
}
END_TEST

/* One thread asked for after a set-up with four: no thread is started. */
START_TEST(lowered_threads_start_none)
{
    bench b = open_bench(10);
    OK(grz_context_set_threads(context, 4));
    grz_operator *op = method(b.grid, b.kernel, _i);
    DONE(grz_operator_setup(op));
    OK(grz_context_set_threads(context, 1));
    int before = tasks();
    DONE(grz_operator_apply(op, b.f, b.Q));
    ck_assert_int_eq(tasks(), before);
    grz_operator_destroy(&op);
    close_bench(&b);
}
END_TEST

typedef struct guest {
    const bench *b;
    grz_operator *op;
    double *Q;
    pthread_barrier_t *together;
    grz_status status;
} guest;

static void *apply_as_guest(void *argument)
{
    guest *g = argument;
    pthread_barrier_wait(g->together);
    g->status = grz_operator_apply(g->op, g->b->f, g->Q);
    return NULL;
}

START_TEST(three_hundred_threads_at_once)
{
    enum { THREADS = 300 };
    static guest guests[THREADS];
    static pthread_t threads[THREADS];
    bench b = open_bench(8);
    OK(grz_context_set_threads(context, 1));
    pthread_barrier_t together;
    ck_assert_int_eq(pthread_barrier_init(&together, NULL, THREADS), 0);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 << 10);
    for (int i = 0; i < THREADS; i++) {
        guests[i] = (guest){&b, method(b.grid, b.kernel, ENTROPIC_LANDAU + i % 4), malloc(bytes(&b)), &together, GRZ_OK};
        DONE(grz_operator_setup(guests[i].op));
    }
    for (int i = 0; i < THREADS; i++) ck_assert_int_eq(pthread_create(&threads[i], &attributes, apply_as_guest, &guests[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        OK(guests[i].status);
        ck_assert_mem_eq(guests[i].Q, guests[i % 4].Q, bytes(&b));
    }
    for (int i = 0; i < THREADS; i++) {
        grz_operator_destroy(&guests[i].op);
        free(guests[i].Q);
    }
    pthread_attr_destroy(&attributes);
    pthread_barrier_destroy(&together);
    close_bench(&b);
}
END_TEST

static void *setup_as_guest(void *argument)
{
    guest *g = argument;
    pthread_barrier_wait(g->together);
    g->status = grz_operator_setup(g->op);
    return NULL;
}

/* More than OpenBLAS has buffers for. */
START_TEST(three_hundred_set_ups_at_once)
{
    enum { THREADS = 300 };
    static guest guests[THREADS];
    static pthread_t threads[THREADS];
    bench b = open_bench(8);
    OK(grz_context_set_threads(context, 1));
    pthread_barrier_t together;
    ck_assert_int_eq(pthread_barrier_init(&together, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++) {
        guests[i] = (guest){&b, method(b.grid, b.kernel, TENSOR), NULL, &together, GRZ_OK};
        DONE(grz_operator_set_option(guests[i].op, GRZ_OPERATOR_OPTION_INPUT_RANK, 3));
        DONE(grz_operator_set_option(guests[i].op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 2));
        ck_assert_int_eq(pthread_create(&threads[i], NULL, setup_as_guest, &guests[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        OK(guests[i].status);
        grz_operator_destroy(&guests[i].op);
    }
    pthread_barrier_destroy(&together);
    close_bench(&b);
}
END_TEST

/* Sizes at which a threaded LAPACK uses its threads. */
static void *compute_all(void *argument)
{
    const bench *b = argument;
    for (int which = 0; which < METHODS; which++) {
        grz_operator *op = method(b->grid, b->kernel, which);
        if (which == TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 16));
        if (which == TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 10));
        DONE(grz_operator_apply(op, b->f, b->Q));
        if (which == ENTROPIC_LANDAU) {
            grz_metric *metric;
            double value;
            DONE(grz_metric_create(context, op, &metric));
            DONE(grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 0.1));
            DONE(grz_metric_derivative(metric, b->f, b->Q, &value, b->again));
            grz_metric_destroy(&metric);
        }
        grz_operator_destroy(&op);
    }
    return NULL;
}

START_TEST(a_stack_of_128_KiB_is_enough)
{
    void (*set_blas_threads)(int) = NULL;
    *(void **)&set_blas_threads = dlsym(RTLD_DEFAULT, "openblas_set_num_threads");
    if (set_blas_threads) set_blas_threads(4);
    bench b = open_bench(16);
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
#ifdef __SANITIZE_ADDRESS__
    const size_t size = 1 << 20; /* its zones between variables, and no variable shares another's place */
#else
    const size_t size = 128 << 10;
#endif
    ck_assert_int_eq(pthread_attr_setstacksize(&attributes, size), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, compute_all, &b), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    close_bench(&b);
}
END_TEST

/* OpenBLAS waits for ever for a buffer that the limit refuses: what applies must not ask for one, what sets up says that it has no room. */
START_TEST(a_limit_of_address_space_is_an_error_or_nothing)
{
    bench b = open_bench(12);
    OK(grz_context_set_threads(context, 1));
    grz_operator *op = method(b.grid, b.kernel, TENSOR);
    DONE(grz_operator_setup(op));
    grz_operator *fresh = method(b.grid, b.kernel, TENSOR);
    DONE(grz_operator_set_option(fresh, GRZ_OPERATOR_OPTION_INPUT_RANK, 7));
    long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    ck_assert(statm && fscanf(statm, "%ld", &pages) == 1);
    fclose(statm);
    const struct rlimit limit = {(rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + (24 << 20), RLIM_INFINITY};
    pid_t child = fork();
    ck_assert_int_ne(child, -1);
    if (child == 0) {
        alarm(30);
        int good = setrlimit(RLIMIT_AS, &limit) == 0 && grz_operator_apply(op, b.f, b.Q) == GRZ_OK;
        _exit(!good                                                  ? 1
              : grz_operator_setup(fresh) != GRZ_ERROR_OUT_OF_MEMORY ? 2
              : strstr(grz_context_last_message(context), "ulimit")  ? 0
                                                                     : 3);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the child ended with status %x", (unsigned)status);
    grz_operator_destroy(&op);
    grz_operator_destroy(&fresh);
    close_bench(&b);
}
END_TEST

/* --------------------------------------------------------------------------------------------------------- FFTW's planner */

START_TEST(the_hosts_threads_of_FFTW_stay_with_the_host)
{
    void *library = dlopen("libfftw3_omp.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) library = dlopen("libfftw3_threads.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) return; /* no such FFTW here */
    int (*init)(void), (*get)(void);
    void (*set)(int);
    *(void **)&init = dlsym(library, "fftw_init_threads");
    *(void **)&get = dlsym(library, "fftw_planner_nthreads");
    *(void **)&set = dlsym(library, "fftw_plan_with_nthreads");
    ck_assert(init && get && set && init());
    bench b = open_bench(24);
    OK(grz_context_set_threads(context, 1));
    grz_operator *op = method(b.grid, b.kernel, SEPARABLE);
    set(8);
    DONE(grz_operator_setup(op));
    ck_assert_int_eq(get(), 8);
    int before = tasks();
    DONE(grz_operator_apply(op, b.f, b.Q));
    ck_assert_int_eq(tasks(), before);
    grz_operator_destroy(&op);
    close_bench(&b);
}
END_TEST

/* Whatever wisdom the process has of timed plans; it has it afterwards, too. */
START_TEST(estimated_plans_do_not_depend_on_wisdom)
{
    char path[64];
    bench b = open_bench(24);
    ck_assert_int_eq(grz_context_measured_plans(context), 1);
    FAILS(context, grz_context_set_measured_plans(context, 2), GRZ_ERROR_INVALID_ARGUMENT, "measured");
    ck_assert_int_eq(grz_context_set_measured_plans(NULL, 0), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_measured_plans(NULL), -1);
    OK(grz_context_set_measured_plans(context, 0));
    grz_operator *op = method(b.grid, b.kernel, SPHERES);
    DONE(grz_operator_apply(op, b.f, b.Q));
    grz_operator_destroy(&op);
    OK(grz_context_set_measured_plans(context, 1));
    op = method(b.grid, b.kernel, SPHERES);
    DONE(grz_operator_apply(op, b.f, b.again));
    grz_operator_destroy(&op);
    snprintf(path, sizeof path, "/tmp/grazing-wisdom-%ld", (long)getpid());
    OK(grz_fft_export_wisdom(context, path));
    OK(grz_context_set_measured_plans(context, 0));
    op = method(b.grid, b.kernel, SPHERES);
    DONE(grz_operator_apply(op, b.f, b.again));
    grz_operator_destroy(&op);
    ck_assert_mem_eq(b.Q, b.again, bytes(&b));
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    static char before[1 << 20], after[1 << 20];
    size_t size = fread(before, 1, sizeof before, file);
    fclose(file);
    OK(grz_fft_export_wisdom(context, path));
    file = fopen(path, "r");
    ck_assert(file && fread(after, 1, sizeof after, file) == size && size > 100);
    fclose(file);
    remove(path);
    close_bench(&b);
}
END_TEST

/* -------------------------------------------------------------------------------------------------------------- cancelling */

typedef struct watch {
    double started, last, gap, cancelled;
    int calls, cancel_after; /* 0: not at all */
} watch;

static int observe(const char *stage, double fraction, void *user)
{
    watch *w = user;
    double time = seconds();
    HOLDS(fraction >= 0 && fraction <= 1, "%s: %g", stage, fraction);
    if (!(time - w->last <= w->gap)) w->gap = time - w->last;
    w->last = time;
    w->calls++;
    return 0;
}

static void *cancel_soon(void *user)
{
    watch *w = user;
    nanosleep(&(struct timespec){0, 300000000}, NULL);
    w->cancelled = seconds();
    grz_context_cancel(context);
    return NULL;
}

/* The sphere rule at n = 40 took five seconds and heard nothing. Latencies are judged generously: the machine may be busy. */
START_TEST(long_applications_hear_cancel_and_report)
{
    bench b = open_bench(_i < TENSOR ? 40 : 48);
    grz_operator *op;
    pthread_t thread;
    watch w = {0};
    OK(grz_context_set_threads(context, 1));
    if (_i < TENSOR)
        DONE(grz_operator_create(context, b.grid, b.kernel, _i == ENTROPIC_LANDAU ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN,
                                 GRZ_METHOD_ENTROPIC, &op));
    else
        op = method(b.grid, b.kernel, SPHERES);
    if (_i >= TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 33));
    if (_i < TENSOR) DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 4));
    DONE(grz_operator_setup(op));
    memset(b.Q, 0x5a, bytes(&b));
    memset(b.again, 0x5a, bytes(&b));
    w.started = w.last = seconds();
    OK(grz_context_set_progress(context, observe, &w));
    ck_assert_int_eq(pthread_create(&thread, NULL, cancel_soon, &w), 0);
    grz_status status = grz_operator_apply(op, b.f, b.Q);
    double ended = seconds();
    pthread_join(thread, NULL);
    HOLDS(status == GRZ_ERROR_CANCELLED, "method %d: %s after %.3g s", _i, grz_status_name(status), ended - w.started);
    printf("method %d: heard after %.3g s, largest gap %.3g s in %d reports\n", _i, ended - w.cancelled, w.gap, w.calls);
    HOLDS(ended - w.cancelled < 1, "method %d: heard after %.3g s", _i, ended - w.cancelled);
    HOLDS(w.gap < 1 && w.calls > 1, "method %d: a gap of %.3g s, %d calls", _i, w.gap, w.calls);
    ck_assert_mem_eq(b.Q, b.again, bytes(&b));
    OK(grz_context_set_progress(context, NULL, NULL));
    grz_operator_destroy(&op);
    close_bench(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hosts");
    TCase *tests = tcase_create("hosts");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, a_forked_child_computes_on_one_thread, 0, METHODS);
    tcase_add_loop_test(tests, lowered_threads_start_none, 0, METHODS);
    tcase_add_test(tests, three_hundred_threads_at_once);
    tcase_add_test(tests, three_hundred_set_ups_at_once);
    tcase_add_test(tests, a_stack_of_128_KiB_is_enough);
    tcase_add_test(tests, a_limit_of_address_space_is_an_error_or_nothing);
    tcase_add_test(tests, the_hosts_threads_of_FFTW_stay_with_the_host);
    tcase_add_test(tests, estimated_plans_do_not_depend_on_wisdom);
    tcase_add_loop_test(tests, long_applications_hear_cancel_and_report, 0, SPHERES);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

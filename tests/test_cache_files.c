/* Files that processes share: replaced whole or not at all, and judged by what they hold, not by their checksum alone. */
#include "support/entropic.h"

#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];

static grz_operator *fitted(const grz_grid *grid, const grz_kernel *kernel, int outputs)
{
    grz_operator *op;
    DONE(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, &op));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, outputs));
    DONE(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 5));
    DONE(grz_operator_setup(op));
    return op;
}

static void open_files(grz_grid **grid, grz_kernel **kernel)
{
    snprintf(path, sizeof path, "/tmp/grazing-cache-files-%ld", (long)getpid());
    open_context();
    DONE(grz_grid_create(context, 12, 5, NULL, grid));
    *kernel = power_law(0, 0.5, 2);
}

static void close_files(grz_grid *grid, grz_kernel *kernel)
{
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    remove(path);
    close_context();
}

static unsigned char *read_file(const char *name, size_t *size)
{
    FILE *file = fopen(name, "rb");
    ck_assert_ptr_nonnull(file);
    unsigned char *bytes = malloc(1 << 24);
    *size = fread(bytes, 1, 1 << 24, file);
    fclose(file);
    return bytes;
}

static void write_file(const unsigned char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

/* ------------------------------------------------------------------------------------------------ what a cache's numbers are */

/* The format's checksum over whole words, part by part, of which each has its end filled up with zeros. */
static uint64_t checksum(uint64_t sum, const unsigned char *from, size_t size)
{
    for (size_t i = 0; i < size; i += 8) {
        uint64_t word = 0;
        memcpy(&word, from + i, size - i < 8 ? size - i : 8);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 29;
    }
    return sum;
}

enum { HEADER = 24, SHAPE = 40 };

/* A file of one factor with its checksum made right again. */
static void sign(unsigned char *bytes, size_t size)
{
    uint64_t sum = checksum(14695981039346656037u, bytes + HEADER, SHAPE);
    sum = checksum(sum, bytes + HEADER + SHAPE, size - HEADER - SHAPE - 8);
    memcpy(bytes + size - 8, &sum, 8);
}

/* Every kind of number, in every part of the file; Q is then what it is without the file. */
START_TEST(wrong_numbers_with_a_right_checksum_are_refused)
{
    static const char *const kinds[] = {"NaN", "infinity", "zero", "three", "the negative", "a thousandth more"};
    grz_grid *grid;
    grz_kernel *kernel;
    size_t size;
    open_files(&grid, &kernel);
    grz_operator *op = fitted(grid, kernel, 4);
    OK(grz_spectral_cache_save(context, path));
    unsigned char *good = read_file(path, &size), *bad = malloc(size);
    memcpy(bad, good, size);
    sign(bad, size);
    ck_assert_mem_eq(bad, good, size); /* the test knows the format */
    size_t doubles = (size - HEADER - SHAPE - 8) / 8;
    uint64_t state = 9;
    int tried = 0;
    for (int trial = 0; trial < 240; trial++) {
        size_t where = (size_t)(uniform(&state) * (double)doubles);
        if (trial < 12) where = (size_t)(uniform(&state) * 60); /* the bases come first */
        double *number = (double *)(bad + HEADER + SHAPE) + where, value;
        memcpy(&value, number, sizeof value);
        int kind = trial % 6;
        if (fabs(value) < 1e-3) continue; /* too small to matter, or filling that is not read */
        double wrong = kind == 0 ? NAN : kind == 1 ? INFINITY : kind == 2 ? 0 : kind == 3 ? 3 : kind == 4 ? -value : 1.001 * value;
        memcpy(number, &wrong, sizeof wrong);
        sign(bad, size);
        write_file(bad, size);
        OK(grz_spectral_cache_clear(context));
        grz_status status = grz_spectral_cache_load(context, path);
        HOLDS(status == GRZ_ERROR_FORMAT, "%s for %.17g as number %zu of %zu: %s", kinds[kind], value, where, doubles,
              grz_status_name(status));
        int32_t count;
        OK(grz_spectral_cache_size(context, &count, NULL));
        ck_assert_int_eq(count, 0);
        memcpy(number, &value, sizeof value);
        tried++;
    }
    printf("%d of 240 numbers tried\n", tried);
    ck_assert_int_gt(tried, 30);
    /* all numbers of the factor zero, and a factor that belongs to another shape */
    memset(bad + HEADER + SHAPE, 0, size - HEADER - SHAPE);
    sign(bad, size);
    write_file(bad, size);
    FAILS(context, grz_spectral_cache_load(context, path), GRZ_ERROR_FORMAT, "wrong numbers");
    memcpy(bad, good, size);
    double *decay = (double *)(bad + HEADER + 24);
    *decay *= 1.5;
    sign(bad, size);
    write_file(bad, size);
    FAILS(context, grz_spectral_cache_load(context, path), GRZ_ERROR_FORMAT, "wrong numbers");
    /* a shape that would take minutes and more numbers than the file has */
    memcpy(bad, good, size);
    *(double *)(bad + HEADER + 16) = 9e3;
    sign(bad, size);
    write_file(bad, size);
    FAILS(context, grz_spectral_cache_load(context, path), GRZ_ERROR_FORMAT, "");
    write_file(good, size);
    OK(grz_spectral_cache_load(context, path));
    grz_operator_destroy(&op);
    free(good);
    free(bad);
    close_files(grid, kernel);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ whole or not at all */

/* A child reads while this process writes. */
START_TEST(readers_meet_whole_files)
{
    grz_grid *grid;
    grz_kernel *kernel;
    open_files(&grid, &kernel);
    OK(grz_context_set_threads(context, 1));
    grz_operator *op = fitted(grid, kernel, 3);
    if (_i == 0)
        OK(grz_spectral_cache_save(context, path));
    else
        OK(grz_fft_export_wisdom(context, path));
    enum { READS = 10, WRITES = 30 };
    volatile int *written = mmap(NULL, sizeof *written, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(written != MAP_FAILED);
    pid_t child = fork();
    ck_assert_int_ne(child, -1);
    if (child == 0) {
        int failures = 0;
        for (int i = 0; i < READS || *written < WRITES; i++) {
            if (_i == 0) grz_spectral_cache_clear(context);
            failures += (_i == 0 ? grz_spectral_cache_load(context, path) : grz_fft_import_wisdom(context, path)) != GRZ_OK;
        }
        _exit(failures < 60 ? failures : 60);
    }
    for (; *written < WRITES; ++*written) OK(_i == 0 ? grz_spectral_cache_save(context, path) : grz_fft_export_wisdom(context, path));
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%d reads failed (60: or more)", WEXITSTATUS(status));
    munmap((void *)written, sizeof *written);
    grz_operator_destroy(&op);
    close_files(grid, kernel);
}
END_TEST

static int left_beside(void)
{
    char pattern[80];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s.*", path);
    int count = glob(pattern, 0, NULL, &found) == 0 ? (int)found.gl_pathc : 0;
    globfree(&found);
    return count;
}

/* A limit of the size of files stands for a full disk: the old file stays, nothing is left beside it, the message has the reason. */
START_TEST(a_file_that_cannot_be_written_leaves_the_old_one)
{
    grz_grid *grid;
    grz_kernel *kernel;
    grz_distribution *f;
    size_t size, now;
    open_files(&grid, &kernel);
    grz_operator *op = fitted(grid, kernel, 3);
    DONE(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &f));
    const char *const old = "what was here before";
    write_file((const unsigned char *)old, strlen(old));
    signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small = {200, RLIM_INFINITY};
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    setrlimit(RLIMIT_FSIZE, &small); /* no assertion while it lasts: Check writes a file */
    grz_status status = _i == 0   ? grz_spectral_cache_save(context, path)
                        : _i == 1 ? grz_fft_export_wisdom(context, path)
                                  : grz_distribution_save_npy(f, path);
    setrlimit(RLIMIT_FSIZE, &before);
    HOLDS(status == GRZ_ERROR_IO && strstr(grz_context_last_message(context), strerror(EFBIG)), "%s: %s", grz_status_name(status),
          grz_context_last_message(context));
    unsigned char *bytes = read_file(path, &now);
    size = strlen(old);
    ck_assert(now == size && memcmp(bytes, old, size) == 0);
    ck_assert_int_eq(left_beside(), 0);
    FAILS(context,
          _i == 0   ? grz_spectral_cache_load(context, "/")
          : _i == 1 ? grz_fft_import_wisdom(context, "/")
                    : grz_distribution_save_npy(f, "/"),
          GRZ_ERROR_IO, "directory");
    free(bytes);
    grz_distribution_destroy(&f);
    grz_operator_destroy(&op);
    close_files(grid, kernel);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cache files");
    TCase *tests = tcase_create("cache files");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, wrong_numbers_with_a_right_checksum_are_refused);
    tcase_add_loop_test(tests, readers_meet_whole_files, 0, 2);
    tcase_add_loop_test(tests, a_file_that_cannot_be_written_leaves_the_old_one, 0, 3);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* Changes of a cache of factorisations, with its checksum made right again or not. What loads gives Q of the tolerance of the fit. */
#include "fuzz.h"

#include <unistd.h>

enum { N = 8, NODES = N * N * N, HEADER = 24, SHAPE = 40 };

static unsigned char *good, *bad;
static size_t good_size;
static double Q[NODES];
static char path[64];

static grz_status compute(grz_context *context, double *out)
{
    grz_grid *grid = NULL;
    grz_kernel *kernel = NULL;
    grz_operator *op = NULL;
    double f[NODES];
    for (int i = 0; i < NODES; i++) f[i] = exp(-0.3 * (pow(i / 64 - 3.5, 2) + pow(i / 8 % 8 - 3.2, 2) + 2 * pow(i % 8 - 3.6, 2)));
    grz_status status = grz_grid_create(context, N, 4, NULL, &grid);
    if (status == GRZ_OK) status = grz_kernel_create_power_law(context, 0, 1, 0, &kernel);
    if (status == GRZ_OK) status = grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, &op);
    if (status == GRZ_OK) status = grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME, GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR);
    if (status == GRZ_OK) status = grz_operator_set_option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 2);
    if (status == GRZ_OK) status = grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 3);
    if (status == GRZ_OK) status = grz_operator_apply(op, f, out);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    return status;
}

static void make_good(void)
{
    grz_context *context = fuzz_context();
    snprintf(path, sizeof path, "/tmp/grazing-fuzz-%ld.cache", (long)getpid());
    good = malloc(1 << 22);
    bad = malloc(1 << 22);
    if (!good || !bad || compute(context, Q) || grz_spectral_cache_save(context, path)) abort();
    FILE *file = fopen(path, "rb");
    if (!file) abort();
    good_size = fread(good, 1, 1 << 22, file);
    fclose(file);
    grz_context_destroy(&context);
}

static void sign(size_t size)
{
    uint64_t sum = 14695981039346656037u, word;
    for (size_t i = HEADER; i + 16 <= size; i += 8) {
        memcpy(&word, bad + i, 8);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 29;
    }
    memcpy(bad + size - 8, &sum, 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static double again[NODES];
    stream s = {data, size};
    if (!good) make_good();
    memcpy(bad, good, good_size);
    size_t now = choice(&s, 8) ? good_size : (size_t)(fraction(&s) * (double)good_size);
    unsigned how = choice(&s, 4);
    while (s.size > 0 && now > 16) {
        size_t where = (size_t)(fraction(&s) * (double)(choice(&s, 2) ? now : now < 2000 ? now : 2000));
        if (choice(&s, 2)) {
            double value = number(&s);
            where &= ~(size_t)7;
            if (where + 8 <= now) memcpy(bad + where, &value, 8);
        } else {
            bad[where] = (unsigned char)byte_of(&s);
        }
    }
    if (how > 0 && now == good_size) sign(now);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bad, 1, now, file) != now || fclose(file) != 0) abort();
    grz_context *context = fuzz_context();
    prepare(0, NULL);
    judge(context, "grz_spectral_cache_load", grz_spectral_cache_load(context, path), 0, NULL, 0);
    prepare(NODES, again);
    grz_status status = compute(context, again);
    judge(context, "grz_operator_apply after a load", status, NODES, again, 0);
    double largest = 0, difference = 0;
    for (int i = 0; i < NODES; i++) {
        if (!(fabs(Q[i]) <= largest) && !isnan(largest)) largest = fabs(Q[i]); /* a NaN stays */
        if (!(fabs(again[i] - Q[i]) <= difference)) difference = fabs(again[i] - Q[i]);
    }
    if (status != GRZ_OK || !(difference <= 1e-3 * largest)) broken("grz_spectral_cache_load", "another Q", difference / largest);
    grz_context_destroy(&context);
    remove(path);
    return 0;
}

/* Factors by shape, kept by the context: in memory from the first fit on, and in a file when asked. */
#include "core/output.h"
#include "operator/spectral/factor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char MAGIC[8] = "GRZFAC2";
static const uint64_t VERSION_MARK = 0x0102030405060701u; /* also tells another byte order */

static grzi_factor *retained(grzi_factor *factor)
{
    grzi_retain(&factor->references);
    return factor;
}

void grzi_factor_release(const grz_context *context, grzi_factor *factor)
{
    if (factor && grzi_release_last(&factor->references)) grzi_factor_free(context, factor);
}

static void release_all(const grz_context *context, void *cache)
{
    for (grzi_factor *factor = cache, *next; factor; factor = next) {
        next = factor->next;
        grzi_factor_release(context, factor);
    }
}

static grzi_factor *find(const grz_context *context, const grzi_fit_shape *shape)
{
    for (grzi_factor *factor = context->cache; factor; factor = factor->next)
        if (memcmp(&factor->shape, shape, sizeof *shape) == 0) return factor;
    return NULL;
}

/* Enters the factor unless another thread was faster; returns the one to use, retained. The caller's reference is taken. */
static grzi_factor *enter(grz_context *context, grzi_factor *factor)
{
    pthread_mutex_lock(&context->lock);
    grzi_factor *present = find(context, &factor->shape);
    if (present)
        retained(present);
    else {
        factor->next = context->cache;
        context->cache = retained(factor);
        context->release_cache = release_all;
    }
    pthread_mutex_unlock(&context->lock);
    if (!present) return factor;
    grzi_factor_release(context, factor);
    return present;
}

grz_status grzi_factor_get(grz_context *context, const grzi_fit_shape *shape, grzi_factor **out)
{
    pthread_mutex_lock(&context->lock);
    grzi_factor *factor = find(context, shape);
    if (factor) retained(factor);
    pthread_mutex_unlock(&context->lock);
    if (!factor) {
        GRZI_TRY(grzi_factor_allocate(context, shape, &factor));
        grz_status status = grzi_factor_compute(context, factor);
        if (status != GRZ_OK) {
            grzi_factor_release(context, factor);
            return status;
        }
        factor = enter(context, factor);
    }
    *out = factor;
    return GRZ_OK;
}

grz_status grz_spectral_cache_clear(grz_context *context)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    pthread_mutex_lock(&context->lock);
    void *cache = context->cache;
    context->cache = NULL;
    pthread_mutex_unlock(&context->lock);
    release_all(context, cache);
    return GRZ_OK;
}

static int64_t factor_doubles(const grzi_factor *factor)
{
    return (int64_t)factor->alpha.terms * factor->alpha.count + (int64_t)factor->beta.terms * factor->beta.count + factor->unknowns +
           grzi_tiled_doubles(factor->unknowns);
}

grz_status grz_spectral_cache_size(grz_context *context, int32_t *count, int64_t *bytes)
{
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    int32_t factors = 0;
    int64_t size = 0;
    pthread_mutex_lock(&context->lock);
    for (grzi_factor *factor = context->cache; factor; factor = factor->next, factors++)
        size += factor_doubles(factor) * (int64_t)sizeof(double);
    pthread_mutex_unlock(&context->lock);
    if (count) *count = factors;
    if (bytes) *bytes = size;
    return GRZ_OK;
}

/* A running checksum (FNV-1a over 64-bit words) follows each factor in the file. */
static uint64_t checksum(uint64_t sum, const void *data, size_t bytes)
{
    const unsigned char *from = data;
    for (size_t i = 0; i + 8 <= bytes; i += 8) {
        uint64_t word;
        memcpy(&word, from + i, 8);
        sum = (sum ^ word) * 1099511628211u;
        sum ^= sum >> 29;
    }
    return sum;
}

typedef struct part {
    void *data;
    size_t bytes;
} part;

static int parts_of(grzi_factor *factor, part parts[4])
{
    parts[0] = (part){factor->alpha.coefficients, (size_t)factor->alpha.terms * factor->alpha.count * sizeof(double)};
    parts[1] = (part){factor->beta.coefficients, (size_t)factor->beta.terms * factor->beta.count * sizeof(double)};
    parts[2] = (part){factor->scale, (size_t)factor->unknowns * sizeof(double)};
    parts[3] = (part){factor->cholesky, (size_t)grzi_tiled_doubles(factor->unknowns) * sizeof(double)};
    return 4;
}

static int write_factor(FILE *file, grzi_factor *factor)
{
    part parts[4];
    uint64_t sum = checksum(14695981039346656037u, &factor->shape, sizeof factor->shape);
    if (fwrite(&factor->shape, sizeof factor->shape, 1, file) != 1) return 0;
    for (int i = 0, count = parts_of(factor, parts); i < count; i++) {
        if (fwrite(parts[i].data, 1, parts[i].bytes, file) != parts[i].bytes) return 0;
        sum = checksum(sum, parts[i].data, parts[i].bytes);
    }
    return fwrite(&sum, sizeof sum, 1, file) == 1;
}

grz_status grz_spectral_cache_save(grz_context *context, const char *path)
{
    static const char *const function = "grz_spectral_cache_save";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    grzi_output output;
    GRZI_TRY(grzi_output_open(context, function, path, &output));
    /* Factors are immutable and the list only grows at its head, so a snapshot of it can be written without the lock. */
    pthread_mutex_lock(&context->lock);
    grzi_factor *list = context->cache;
    int32_t count = 0;
    for (grzi_factor *factor = list; factor; factor = factor->next, count++) retained(factor);
    pthread_mutex_unlock(&context->lock);
    uint64_t numbers[2] = {VERSION_MARK, (uint64_t)count};
    int good = fwrite(MAGIC, sizeof MAGIC, 1, output.file) == 1 && fwrite(numbers, sizeof numbers, 1, output.file) == 1;
    for (grzi_factor *factor = list, *next; factor; factor = next) {
        good = good && write_factor(output.file, factor);
        next = factor->next;
        grzi_factor_release(context, factor);
    }
    return grzi_output_close(context, &output, good);
}

static int plausible(const grzi_fit_shape *shape)
{
    return shape->outputs >= 1 && shape->outputs <= 256 && shape->inputs >= 1 && shape->inputs <= 256 && shape->sides >= 2 &&
           shape->sides <= 1024 && shape->windows == grzi_fit_windows(shape->outputs) && shape->bandwidth > 0 && shape->bandwidth <= 1e4 &&
           shape->decay >= 0 && shape->decay <= 1e4 && shape->floor > 0 && shape->floor <= 1;
}

/* Before anything is computed for a shape: a wrong one may ask for hours. A file that cannot be measured passes. */
static int has_room_for(const grzi_fit_shape *shape, FILE *file)
{
    int64_t outputs = shape->outputs, inputs = shape->inputs, unknowns = outputs * inputs * (inputs + 1) / 2;
    int64_t doubles = grzi_basis_terms(shape->outputs, shape->bandwidth) * outputs +
                      grzi_basis_terms(shape->inputs, shape->bandwidth) * inputs + unknowns + grzi_tiled_doubles(unknowns) + 1;
    long at = ftell(file);
    if (at < 0 || fseek(file, 0, SEEK_END) != 0) return 1;
    long end = ftell(file);
    return fseek(file, at, SEEK_SET) == 0 && doubles <= (end - at) / 8;
}

/* NULL when the file ends, is damaged or memory is short; *status says which. */
static grzi_factor *read_factor(const grz_context *context, FILE *file, grz_status *status)
{
    grzi_fit_shape shape;
    grzi_factor *factor = NULL;
    *status = GRZ_ERROR_FORMAT;
    if (fread(&shape, sizeof shape, 1, file) != 1 || !plausible(&shape) || !has_room_for(&shape, file)) return NULL;
    uint64_t sum = checksum(14695981039346656037u, &shape, sizeof shape), stored;
    grz_status allocated = grzi_factor_allocate(context, &shape, &factor);
    if (allocated != GRZ_OK) {
        *status = allocated;
        return NULL;
    }
    /* The file's bases take the place of the ones just computed, which then judge them. */
    grzi_basis alpha = factor->alpha, beta = factor->beta;
    factor->alpha.coefficients = grzi_allocate(context, (int64_t)alpha.terms * alpha.count, sizeof(double));
    factor->beta.coefficients = grzi_allocate(context, (int64_t)beta.terms * beta.count, sizeof(double));
    int good = factor->alpha.coefficients && factor->beta.coefficients;
    if (!good) *status = GRZ_ERROR_OUT_OF_MEMORY;
    part parts[4];
    for (int i = 0, count = parts_of(factor, parts); i < count && good; i++) {
        good = fread(parts[i].data, 1, parts[i].bytes, file) == parts[i].bytes;
        if (good) sum = checksum(sum, parts[i].data, parts[i].bytes);
    }
    good = good && fread(&stored, sizeof stored, 1, file) == 1 && stored == sum;
    if (good) {
        int sound = 0;
        grzi_tiled_fill(factor->unknowns, factor->cholesky);
        *status = grzi_factor_check(context, factor, &alpha, &beta, &sound);
        if (*status == GRZ_OK && !sound) *status = GRZ_ERROR_FORMAT;
        good = *status == GRZ_OK;
    }
    grzi_basis_destroy(context, &alpha);
    grzi_basis_destroy(context, &beta);
    if (good) return factor;
    grzi_factor_release(context, factor);
    return NULL;
}

grz_status grz_spectral_cache_load(grz_context *context, const char *path)
{
    static const char *const function = "grz_spectral_cache_load";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    FILE *file = fopen(path, "rb");
    if (!file) return grzi_fail_io(context, function, "opening", path, errno);
    char magic[sizeof MAGIC];
    uint64_t numbers[2];
    grz_status status = GRZ_ERROR_FORMAT;
    if (fread(magic, sizeof magic, 1, file) == 1 && memcmp(magic, MAGIC, sizeof MAGIC) == 0 &&
        fread(numbers, sizeof numbers, 1, file) == 1 && numbers[0] == VERSION_MARK) {
        status = GRZ_OK;
        for (uint64_t i = 0; i < numbers[1] && status == GRZ_OK; i++) {
            grzi_factor *factor = read_factor(context, file, &status);
            if (factor) grzi_factor_release(context, enter(context, factor));
        }
        if (status == GRZ_OK && fgetc(file) != EOF) status = GRZ_ERROR_FORMAT;
    }
    int error = ferror(file) ? errno : 0;
    fclose(file);
    if (error) return grzi_fail_io(context, function, "reading", path, error);
    if (status != GRZ_ERROR_FORMAT) return status;
    return grzi_fail(context, status,
                     "%s: path = \"%s\" is not a cache of this library version and machine, is damaged, holds wrong numbers or goes on "
                     "after its content",
                     function, path);
}

#include "core/fft.h"

#include <fftw3.h>
#include <stdio.h>

/* The planner's wisdom is global to the process, so its lock must be: it is the one mutable object of the library that no context owns. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

void grz_fft_lock_planner(void)
{
    pthread_mutex_lock(&planner);
}

void grz_fft_unlock_planner(void)
{
    pthread_mutex_unlock(&planner);
}

/* Measuring large transforms takes seconds and gains little. */
static unsigned effort(int n)
{
    return n <= 96 ? FFTW_MEASURE : FFTW_ESTIMATE;
}

/* Destroys plans, with the lock. */
static void destroy(int count, void *const *plans)
{
    grz_fft_lock_planner();
    for (int i = 0; i < count; i++)
        if (plans[i]) fftw_destroy_plan(plans[i]);
    grz_fft_unlock_planner();
}

static grz_status no_plan(const grz_context *context, int n)
{
    return grzi_fail(context, GRZ_ERROR_OUT_OF_MEMORY, "FFTW made no plan for n = %d", n);
}

grz_status grzi_fft_create(const grz_context *context, int n, grzi_fft *fft)
{
    grzi_fft made = {.n = n};
    *fft = (grzi_fft){0};
    int64_t nodes = grzi_fft_nodes(&made);
    double complex *values = grzi_allocate_zeroed(context, nodes, sizeof *values);
    double complex *spectrum = grzi_allocate_zeroed(context, nodes, sizeof *spectrum);
    grz_status status = values && spectrum ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        grz_fft_lock_planner();
        made.forward = fftw_plan_dft_r2c_3d(n, n, n, (double *)values, spectrum, effort(n) | FFTW_DESTROY_INPUT);
        made.complex_backward = fftw_plan_dft_3d(n, n, n, spectrum, values, FFTW_BACKWARD, effort(n));
        grz_fft_unlock_planner();
        if (!made.forward || !made.complex_backward) {
            grzi_fft_destroy(&made);
            status = no_plan(context, n);
        }
    }
    grzi_deallocate(context, values);
    grzi_deallocate(context, spectrum);
    if (status == GRZ_OK) *fft = made;
    return status;
}

void grzi_fft_destroy(grzi_fft *fft)
{
    destroy(2, (void *[]){fft->forward, fft->complex_backward});
    *fft = (grzi_fft){0};
}

void grzi_fft_forward(const grzi_fft *fft, double *values, double complex *spectrum)
{
    fftw_execute_dft_r2c(fft->forward, values, spectrum);
}

void grzi_fft_complex_backward(const grzi_fft *fft, double complex *spectrum, double complex *values)
{
    fftw_execute_dft(fft->complex_backward, spectrum, values);
}

grz_status grzi_fft_layers_create(const grz_context *context, int n, grzi_fft_layers *layers)
{
    grzi_fft_layers made = {.n = n};
    *layers = (grzi_fft_layers){0};
    int width = GRZI_FFT_COLUMNS;
    int64_t size = (int64_t)n * (n > width ? n : width);
    double complex *from = grzi_allocate_zeroed(context, size, sizeof *from), *to = grzi_allocate_zeroed(context, size, sizeof *to);
    grz_status status = from && to ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    for (int i = 0; i < 2 && status == GRZ_OK; i++) {
        int sign = i == 0 ? FFTW_FORWARD : FFTW_BACKWARD;
        grz_fft_lock_planner();
        made.columns[i] = fftw_plan_many_dft(1, &n, width, from, NULL, width, 1, from, NULL, width, 1, sign, effort(n));
        made.plane[i] = fftw_plan_many_dft(1, &n, n, from, NULL, n, 1, to, NULL, 1, n, sign, effort(n));
        grz_fft_unlock_planner();
        if (!made.columns[i] || !made.plane[i]) status = no_plan(context, n);
    }
    grzi_deallocate(context, from);
    grzi_deallocate(context, to);
    if (status != GRZ_OK) {
        grzi_fft_layers_destroy(&made);
        return status;
    }
    *layers = made;
    return GRZ_OK;
}

void grzi_fft_layers_destroy(grzi_fft_layers *layers)
{
    destroy(2, layers->columns);
    destroy(2, layers->plane);
    *layers = (grzi_fft_layers){0};
}

void grzi_fft_columns(const grzi_fft_layers *layers, int sign, double complex *block)
{
    fftw_execute_dft(layers->columns[sign > 0], block, block);
}

/* Each pass takes the columns and leaves them as rows, so that two make the whole; faster than FFTW's own for most n. */
void grzi_fft_plane(const grzi_fft_layers *layers, int sign, double complex *from, double complex *spare, double complex *to)
{
    fftw_execute_dft(layers->plane[sign > 0], from, spare);
    fftw_execute_dft(layers->plane[sign > 0], spare, to);
}

grz_status grz_fft_export_wisdom(grz_context *context, const char *path)
{
    static const char *const function = "grz_fft_export_wisdom";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    grz_fft_lock_planner();
    int written = fftw_export_wisdom_to_filename(path);
    grz_fft_unlock_planner();
    return written ? GRZ_OK : grzi_fail(context, GRZ_ERROR_IO, "%s: cannot write path = \"%s\"", function, path);
}

grz_status grz_fft_import_wisdom(grz_context *context, const char *path)
{
    static const char *const function = "grz_fft_import_wisdom";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    FILE *file = fopen(path, "r");
    if (!file) return grzi_fail(context, GRZ_ERROR_IO, "%s: cannot open path = \"%s\"", function, path);
    grz_fft_lock_planner();
    int read = fftw_import_wisdom_from_file(file);
    grz_fft_unlock_planner();
    fclose(file);
    return read ? GRZ_OK : grzi_fail(context, GRZ_ERROR_FORMAT, "%s: path = \"%s\" holds no wisdom of this FFTW", function, path);
}

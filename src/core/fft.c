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

grz_status grzi_fft_create(const grz_context *context, int n, int with_complex, grzi_fft *fft)
{
    grzi_fft made = {.n = n};
    *fft = (grzi_fft){0};
    int64_t nodes = grzi_fft_nodes(&made);
    double *values = grzi_allocate_zeroed(context, with_complex ? 2 * nodes : nodes, sizeof *values);
    double complex *spectrum = grzi_allocate_zeroed(context, with_complex ? nodes : grzi_fft_spectrum(&made), sizeof *spectrum);
    grz_status status = values && spectrum ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        /* Measuring large transforms takes seconds and gains little. */
        unsigned flags = (n <= 96 ? FFTW_MEASURE : FFTW_ESTIMATE) | FFTW_DESTROY_INPUT;
        grz_fft_lock_planner();
        made.forward = fftw_plan_dft_r2c_3d(n, n, n, values, spectrum, flags);
        made.backward = fftw_plan_dft_c2r_3d(n, n, n, spectrum, values, flags);
        if (with_complex)
            made.complex_backward =
                fftw_plan_dft_3d(n, n, n, spectrum, (double complex *)values, FFTW_BACKWARD, n <= 96 ? FFTW_MEASURE : FFTW_ESTIMATE);
        grz_fft_unlock_planner();
        if (!made.forward || !made.backward || (with_complex && !made.complex_backward)) {
            grzi_fft_destroy(&made);
            status = grzi_fail(context, GRZ_ERROR_OUT_OF_MEMORY, "FFTW made no plan for n = %d", n);
        }
    }
    grzi_deallocate(context, values);
    grzi_deallocate(context, spectrum);
    if (status == GRZ_OK) *fft = made;
    return status;
}

void grzi_fft_destroy(grzi_fft *fft)
{
    grz_fft_lock_planner();
    if (fft->forward) fftw_destroy_plan(fft->forward);
    if (fft->backward) fftw_destroy_plan(fft->backward);
    if (fft->complex_backward) fftw_destroy_plan(fft->complex_backward);
    grz_fft_unlock_planner();
    *fft = (grzi_fft){0};
}

void grzi_fft_forward(const grzi_fft *fft, double *values, double complex *spectrum)
{
    fftw_execute_dft_r2c(fft->forward, values, spectrum);
}

void grzi_fft_backward(const grzi_fft *fft, double complex *spectrum, double *values)
{
    fftw_execute_dft_c2r(fft->backward, spectrum, values);
}

void grzi_fft_complex_backward(const grzi_fft *fft, double complex *spectrum, double complex *values)
{
    fftw_execute_dft(fft->complex_backward, spectrum, values);
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

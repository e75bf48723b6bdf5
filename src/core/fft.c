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

grz_status grzi_fft_lines_plan(const grz_context *context, int n, void **plan)
{
    double *line = grzi_allocate_zeroed(context, 16 * (int64_t)n, sizeof *line);
    *plan = NULL;
    if (!line) return GRZ_ERROR_OUT_OF_MEMORY;
    fftw_iodim along = {n, 16, 16}, lanes = {8, 1, 1};
    grz_fft_lock_planner();
    *plan = fftw_plan_guru_split_dft(1, &along, 1, &lanes, line, line + 8, line, line + 8, effort(n));
    grz_fft_unlock_planner();
    grzi_deallocate(context, line);
    return *plan ? GRZ_OK : no_plan(context, n);
}

void grzi_fft_lines_destroy(void **plan)
{
    destroy(1, plan);
    *plan = NULL;
}

void grzi_fft_lines_execute(void *plan, double *line)
{
    fftw_execute_split_dft(plan, line, line + 8, line, line + 8);
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
    int first = fgetc(file), read = 0;
    if (first == '(') { /* FFTW would look for it to the end of an endless device */
        ungetc(first, file);
        grz_fft_lock_planner();
        read = fftw_import_wisdom_from_file(file);
        grz_fft_unlock_planner();
    }
    fclose(file);
    return read ? GRZ_OK : grzi_fail(context, GRZ_ERROR_FORMAT, "%s: path = \"%s\" holds no wisdom of this FFTW", function, path);
}

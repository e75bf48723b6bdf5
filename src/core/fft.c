#include "core/fft.h"

#include <fftw3.h>

/* Measuring large transforms takes seconds and gains little. */
static unsigned effort(const grzi_planning *planning, int n)
{
    return planning->measured && n <= 96 ? FFTW_MEASURE : FFTW_ESTIMATE;
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
        grzi_planning planning = grzi_planning_begin(context);
        unsigned how = effort(&planning, n);
        made.forward = fftw_plan_dft_r2c_3d(n, n, n, (double *)values, spectrum, how | FFTW_DESTROY_INPUT);
        made.complex_backward = fftw_plan_dft_3d(n, n, n, spectrum, values, FFTW_BACKWARD, how);
        grzi_planning_end(&planning);
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

enum { LINE_BACKWARD, LINE_FORWARD, COLUMNS_BACKWARD, COLUMNS_FORWARD, ROWS_BACKWARD, ROWS_FORWARD, PLANS };

/* n numbers `in` apart to n numbers `out` apart, count times, one next to the other every `in_next` and `out_next`. */
static fftw_plan plan_axis(int n, int64_t in, int64_t out, int count, int in_next, int out_next, double complex *from, double complex *to,
                           int sign, unsigned effort)
{
    fftw_iodim64 along = {n, in, out}, across = {count, in_next, out_next};
    return fftw_plan_guru64_dft(1, &along, 1, &across, from, to, sign, effort);
}

grz_status grzi_fft_axes_create(const grz_context *context, int n, int kept, int64_t stride, grzi_fft_axes *axes)
{
    grzi_fft_axes made = {.n = n, .kept = 2 * kept < n ? kept : n, .stride = stride};
    int64_t far = (n - 1) * stride + GRZI_LANES, plane = (int64_t)n * n;
    *axes = (grzi_fft_axes){0};
    double complex *a = grzi_allocate_zeroed(context, far > plane ? far : plane, sizeof *a);
    double complex *b = grzi_allocate_zeroed(context, plane > GRZI_LANES * n ? plane : GRZI_LANES * n, sizeof *b);
    grz_status status = a && b ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) {
        grzi_planning planning = grzi_planning_begin(context);
        unsigned how = effort(&planning, n);
        made.plans[LINE_BACKWARD] = plan_axis(n, GRZI_LANES, stride, GRZI_LANES, 1, 1, b, a, FFTW_BACKWARD, how);
        made.plans[LINE_FORWARD] = plan_axis(n, stride, GRZI_LANES, GRZI_LANES, 1, 1, a, b, FFTW_FORWARD, how);
        made.plans[COLUMNS_BACKWARD] = plan_axis(n, n, n, made.kept, 1, 1, a, b, FFTW_BACKWARD, how);
        made.plans[COLUMNS_FORWARD] = plan_axis(n, n, n, made.kept, 1, 1, a, b, FFTW_FORWARD, how);
        made.plans[ROWS_BACKWARD] = plan_axis(n, 1, 1, n, n, n, a, b, FFTW_BACKWARD, how);
        made.plans[ROWS_FORWARD] = plan_axis(n, 1, 1, n, n, n, a, a, FFTW_FORWARD, how);
        grzi_planning_end(&planning);
        for (int p = 0; p < PLANS; p++)
            if (!made.plans[p]) status = GRZ_ERROR_INTERNAL;
        if (status != GRZ_OK) {
            grzi_fft_axes_destroy(&made);
            status = no_plan(context, n);
        }
    }
    grzi_deallocate(context, a);
    grzi_deallocate(context, b);
    if (status == GRZ_OK) *axes = made;
    return status;
}

void grzi_fft_axes_destroy(grzi_fft_axes *axes)
{
    destroy(PLANS, axes->plans);
    *axes = (grzi_fft_axes){0};
}

void grzi_fft_line_backward(const grzi_fft_axes *axes, double complex *line, double complex *places)
{
    fftw_execute_dft(axes->plans[LINE_BACKWARD], line, places);
}

void grzi_fft_line_forward(const grzi_fft_axes *axes, double complex *places, double complex *line)
{
    fftw_execute_dft(axes->plans[LINE_FORWARD], places, line);
}

static void columns(const grzi_fft_axes *axes, int which, double complex *from, double complex *to)
{
    int last = axes->n - axes->kept;
    fftw_execute_dft(axes->plans[which], from, to);
    if (last > 0) fftw_execute_dft(axes->plans[which], from + last, to + last);
}

void grzi_fft_plane_backward(const grzi_fft_axes *axes, double complex *modes, double complex *half, double complex *values)
{
    columns(axes, COLUMNS_BACKWARD, modes, half);
    fftw_execute_dft(axes->plans[ROWS_BACKWARD], half, values);
}

void grzi_fft_plane_forward(const grzi_fft_axes *axes, double complex *values, double complex *half)
{
    fftw_execute_dft(axes->plans[ROWS_FORWARD], values, values);
    columns(axes, COLUMNS_FORWARD, values, half);
}

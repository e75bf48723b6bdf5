#include "geometry/preconditioner.h"

#include "distribution/grid.h"
#include "quadrature/quadrature.h"
#include "solve/lapack.h"
#include "spline/spline.h"

#include <math.h>
#include <string.h>

enum { STENCIL = 7 };

/* omega is what separates of f to the power STEEPER, and the diffusivity counts to the power WEAKER: by trial, which balances the smallest
 * eigenvalues, of potentials that live at the rim, with the largest. */
static const double STEEPER = 1.1, WEAKER = 0.8;

/* Of log omega on one axis, and of values of f and omega, all relative to their largest: what lies below is as good as this. */
static const double DEEPEST = 200, SMALLEST = 1e-300;

grz_status grzi_preconditioner_create(const grz_context *context, int n, grzi_preconditioner *made)
{
    const int64_t square = (int64_t)n * n, cube = square * n;
    *made = (grzi_preconditioner){.n = n};
    made->memory = grzi_allocate(context, 3 * square + 3 * n + 3 * cube, sizeof(double));
    if (!made->memory) return GRZ_ERROR_OUT_OF_MEMORY;
    for (int axis = 0; axis < 3; axis++) {
        made->modes[axis] = made->memory + axis * square;
        made->eigenvalues[axis] = made->memory + 3 * square + axis * n;
    }
    made->scale = made->memory + 3 * square + 3 * n;
    made->work = made->scale + cube;
    grz_status status = grzi_gauss_jacobi(context, GRZI_CELL_NODES, 0, 0, made->node, made->weight);
    if (status != GRZ_OK) grzi_preconditioner_destroy(context, made);
    return status;
}

void grzi_preconditioner_destroy(const grz_context *context, grzi_preconditioner *preconditioner)
{
    grzi_deallocate(context, preconditioner->memory);
    *preconditioner = (grzi_preconditioner){0};
}

/* log omega, n values per axis, relative to the largest of the axis: the means of log f over the two other axes, made steeper. */
static void split(int n, const double *f, double *log_omega)
{
    const int64_t square = (int64_t)n * n;
    const double unit = grzi_unit(f, square * n);
    memset(log_omega, 0, sizeof *log_omega * 3 * n);
    for (int64_t i = 0; i < square * n; i++) {
        double g = log(f[i] / unit) / (double)square;
        log_omega[i / square] += g;
        log_omega[n + i / n % n] += g;
        log_omega[2 * n + i % n] += g;
    }
    for (int axis = 0; axis < 3; axis++) {
        double *values = log_omega + axis * n, largest = values[0];
        for (int i = 1; i < n; i++) largest = fmax(largest, values[i]);
        for (int i = 0; i < n; i++) values[i] = STEEPER * fmax(values[i] - largest, -DEEPEST);
    }
}

/* Through four nodes. */
static double interpolate(int n, const double *values, double x)
{
    int first = (int)floor(x) - 1;
    first = first < 0 ? 0 : first > n - 4 ? n - 4 : first;
    double sum = 0;
    for (int a = 0; a < 4; a++) {
        double weight = 1;
        for (int b = 0; b < 4; b++)
            if (b != a) weight *= (x - first - b) / (a - b);
        sum += weight * values[first + a];
    }
    return sum;
}

/* int omega b_i b_j and int omega b_i' b_j' between the outermost nodes, for the splines b_i of the inner coefficients. */
typedef struct axis_forms {
    double *extension; /* (n + degree - 1) x n */
    double *mass, *stiffness, *value, *slope, *work;
} axis_forms;

static void assemble(const grzi_preconditioner *p, int degree, const double *log_omega, const axis_forms *forms)
{
    const int n = p->n;
    memset(forms->mass, 0, sizeof(double) * n * n);
    memset(forms->stiffness, 0, sizeof(double) * n * n);
    for (int cell = 0; cell < n - 1; cell++)
        for (int q = 0; q < GRZI_CELL_NODES; q++) {
            double x = cell + p->node[q], w[STENCIL], moved[STENCIL], slope[STENCIL];
            double weight = p->weight[q] * exp(interpolate(n, log_omega, x));
            int first;
            grzi_spline_difference_weights(degree, x, 1, 0, n, &first, w, moved, slope);
            memset(forms->value, 0, sizeof(double) * n);
            memset(forms->slope, 0, sizeof(double) * n);
            for (int a = 0; a <= degree; a++)
                for (int c = 0; c < n; c++) {
                    forms->value[c] += w[a] * forms->extension[(int64_t)(first + a) * n + c];
                    forms->slope[c] += slope[a] * forms->extension[(int64_t)(first + a) * n + c];
                }
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) {
                    forms->mass[i * n + j] += weight * forms->value[i] * forms->value[j];
                    forms->stiffness[i * n + j] += weight * forms->slope[i] * forms->slope[j];
                }
        }
}

typedef struct pencil {
    int n;
    const axis_forms *forms;
    double *eigenvalues;
    int info;
} pencil;

static void eigenvectors(void *user)
{
    pencil *t = user;
    t->info = (int)LAPACKE_dsygv_work(LAPACK_COL_MAJOR, 1, 'V', 'U', t->n, t->forms->stiffness, t->n, t->forms->mass, t->n, t->eigenvalues,
                                      t->forms->work, 4 * t->n);
}

/* stiffness m = eigenvalue mass m, after both have been scaled to a mass of diagonal 1: omega spans many orders. */
static grz_status solve_axis(const grz_context *context, int n, const axis_forms *forms, double *modes, double *eigenvalues)
{
    double *scale = forms->value;
    for (int i = 0; i < n; i++) scale[i] = 1 / sqrt(forms->mass[i * n + i]);
    for (int i = 0; i < n * n; i++) {
        forms->mass[i] *= scale[i / n] * scale[i % n];
        forms->stiffness[i] *= scale[i / n] * scale[i % n];
    }
    pencil pencil = {n, forms, eigenvalues, 0};
    GRZI_TRY(grzi_run_lapack(context, eigenvectors, &pencil));
    if (pencil.info != 0) return grzi_fail(context, GRZ_ERROR_INTERNAL, "metric preconditioner: dsygv gave %d", pencil.info);
    for (int i = 0; i < n; i++)
        for (int c = 0; c < n; c++) modes[i * n + c] = forms->stiffness[c * n + i] * scale[i];
    return GRZ_OK;
}

static grz_status fill_axes(grzi_preconditioner *p, const grz_context *context, int degree, const double *log_omega)
{
    const int n = p->n;
    const int64_t square = (int64_t)n * n;
    /* 3 n^2 + 10 n doubles at most, of n^3 with n >= 8 */
    axis_forms forms = {.extension = p->work};
    forms.mass = forms.extension + (int64_t)(n + degree - 1) * n;
    forms.stiffness = forms.mass + square;
    forms.value = forms.stiffness + square;
    forms.slope = forms.value + n;
    forms.work = forms.slope + n;
    grzi_coefficients_extension(degree, n, forms.extension);
    grz_status status = GRZ_OK;
    p->shift = INFINITY;
    for (int axis = 0; axis < 3 && status == GRZ_OK; axis++) {
        assemble(p, degree, log_omega + axis * n, &forms);
        status = solve_axis(context, n, &forms, p->modes[axis], p->eigenvalues[axis]);
        if (status == GRZ_OK) p->shift = fmin(p->shift, 0.1 * p->eigenvalues[axis][1]); /* the constant's eigenvalue is 0 up to rounding */
    }
    return status;
}

/* What a B-spline sees of a positive function: its larger neighbours, where that is steep. */
static void smooth(const double spline[5], int n, double *x, double *work)
{
    const int64_t count = (int64_t)n * n * n;
    int64_t stride = 1;
    for (int axis = 0; axis < 3; axis++, stride *= n) {
        for (int64_t i = 0; i < count; i++) {
            int at = (int)(i / stride % n);
            work[i] = 0;
            for (int a = -2; a <= 2; a++) {
                int to = at + a < 0 ? 0 : at + a >= n ? n - 1 : at + a;
                work[i] += spline[a + 2] * x[i + (to - at) * stride];
            }
        }
        memcpy(x, work, sizeof *x * count);
    }
}

grz_status grzi_preconditioner_fill(grzi_preconditioner *p, grz_operator *op, int degree, const double *f)
{
    const int n = p->n;
    const int64_t count = grzi_grid_count(op->grid);
    double *omega = p->work, *work = omega + count, *log_omega = work, largest = 0;
    const double *spline = grzi_coefficients_spline(degree);
    split(n, f, log_omega);
    GRZI_TRY(fill_axes(p, op->context, degree, log_omega));
    for (int64_t i = 0; i < count; i++) omega[i] = exp(log_omega[i / n / n] + log_omega[n + i / n % n] + log_omega[2 * n + i % n]);
    grzi_operator_diffusivity(op, f, p->scale);
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, f[i]);
    for (int64_t i = 0; i < count; i++) p->scale[i] = pow(p->scale[i], WEAKER) * f[i] / largest;
    smooth(spline, n, omega, work);
    smooth(spline, n, p->scale, work);
    for (int64_t i = 0; i < count; i++) p->scale[i] = sqrt(fmax(omega[i], SMALLEST) / fmax(p->scale[i], SMALLEST));
    return GRZ_OK;
}

void grzi_precondition(grzi_preconditioner *p, grzi_coefficients *coefficients, const double *r, double *z)
{
    const int n = p->n;
    const int64_t count = (int64_t)n * n * n;
    const double *const modes[3] = {p->modes[0], p->modes[1], p->modes[2]};
    grzi_coefficients_transpose(coefficients, r, z);
    for (int64_t i = 0; i < count; i++) z[i] *= p->scale[i];
    grzi_tensor_product(n, 1, modes, z, z, p->work);
    for (int64_t i = 0; i < count; i++) {
        double sum = p->eigenvalues[0][i / n / n] + p->eigenvalues[1][i / n % n] + p->eigenvalues[2][i % n];
        z[i] /= fmax(sum, 0) + p->shift;
    }
    grzi_tensor_product(n, 0, modes, z, z, p->work);
    for (int64_t i = 0; i < count; i++) z[i] *= p->scale[i];
    grzi_coefficients_to_values(coefficients, z, z);
}

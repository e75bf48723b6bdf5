/* Handle, options and ends. */
#include "distance/geodesic.h"

#include "distribution/invariants.h"
#include "distribution/maxwellian.h"
#include "distribution/sum.h"

#include <math.h>
#include <string.h>

static const grzi_option records[] = {
    GRZI_OPTION(GRZ_GEODESIC_OPTION_REFINEMENTS, 0, 7, 2, 1), GRZI_OPTION(GRZ_GEODESIC_OPTION_TOLERANCE, 1e-12, 1, 1e-4, 0),
    GRZI_OPTION(GRZ_GEODESIC_OPTION_ITERATION_CAP, 1, 10000, 60, 1), GRZI_OPTION(GRZ_GEODESIC_OPTION_GRADIENT_CAP, 1, 100000, 1000, 1)};

static const grzi_option_table options = {records, sizeof records / sizeof records[0]};

static const double same = 1e-12; /* densities that differ by less of their peak are one: rounding has no geodesic */

static void release(grz_geodesic *geodesic)
{
    grz_context *context = geodesic->context;
    grzi_curve_destroy(&geodesic->curve);
    grzi_operator_space_clear(&geodesic->space);
    grzi_operator_release(geodesic->op);
    grzi_deallocate(context, geodesic->ends);
    grzi_deallocate(context, geodesic);
    grzi_context_release(context);
}

/* Sums of the five invariants about f_0's mean, in units of its width, of f_1 - f_0, and their sizes in f_1 + f_0. */
static void moment_defects(const grz_geodesic *geodesic, const double *f1, double sums[5], double sizes[5])
{
    const grz_grid *grid = geodesic->op->grid;
    grzi_maxwellian m;
    grzi_sum sum[5] = {{0, 0}};
    grzi_maxwellian_of(grid, geodesic->ends, &m);
    memset(sizes, 0, 5 * sizeof *sizes);
    for (int64_t i = 0; i < geodesic->count; i++) {
        double chi[5];
        grzi_invariants_about(grid, m.u, sqrt(m.T), i, chi);
        for (int a = 0; a < 5; a++) {
            grzi_sum_add(&sum[a], f1[i] * chi[a]);
            grzi_sum_add(&sum[a], -geodesic->ends[i] * chi[a]);
            sizes[a] += (f1[i] + geodesic->ends[i]) * fabs(chi[a]);
        }
    }
    for (int a = 0; a < 5; a++) sums[a] = grzi_sum_total(&sum[a]);
}

/* Mass before momentum before energy; of the momenta the one that differs most. */
static grz_moment first_defect(const grz_geodesic *geodesic, const double *f1, double tolerance)
{
    double sums[5], sizes[5];
    moment_defects(geodesic, f1, sums, sizes);
    int largest = 1;
    for (int a = 2; a <= 3; a++)
        if (fabs(sums[a]) * sizes[largest] > fabs(sums[largest]) * sizes[a]) largest = a;
    const int order[3] = {0, largest, 4};
    for (int i = 0; i < 3; i++)
        if (!(fabs(sums[order[i]]) <= tolerance * sizes[order[i]])) return (grz_moment)(order[i] + 1);
    return GRZ_MOMENT_NONE;
}

/* f_1 becomes the density of the form f_1 exp(quadratic) that has f_0's moments. */
static grz_status project(grz_geodesic *geodesic, const char *function, double *work)
{
    const int64_t count = geodesic->count;
    double *f1 = geodesic->ends + count, *phi = work, *moved = work + count, *wanted = work + 2 * count, change = 0;
    const double unit = grzi_unit(f1, count), largest = grzi_largest(f1, count);
    for (int64_t i = 0; i < count; i++) {
        phi[i] = log(f1[i] / unit);
        wanted[i] = geodesic->ends[i] / unit;
    }
    if (grzi_match_moments(geodesic->op->grid, wanted, phi, moved))
        return grzi_fail(geodesic->context, GRZ_ERROR_INVALID_ARGUMENT,
                         "%s: f1 lives on too few nodes to have a mass, a mean and an energy", function);
    for (int64_t i = 0; i < count; i++) {
        change = fmax(change, fabs(moved[i] * unit - f1[i]));
        f1[i] = moved[i] * unit;
    }
    geodesic->projected = change / largest;
    double apart = 0;
    for (int64_t i = 0; i < count; i++) apart = fmax(apart, fabs(f1[i] - geodesic->ends[i]));
    if (apart <= same * largest) memcpy(f1, geodesic->ends, sizeof *f1 * (size_t)count);
    return grzi_check_array_positive(geodesic->context, function, "f1", f1, count);
}

static grz_status take_ends(grz_geodesic *geodesic, const char *function, const double *f0, const double *f1, double tolerance)
{
    const int64_t count = geodesic->count;
    geodesic->ends = grzi_allocate(geodesic->context, 2 * count, sizeof(double));
    if (!geodesic->ends) return GRZ_ERROR_OUT_OF_MEMORY;
    memcpy(geodesic->ends, f0, sizeof *f0 * (size_t)count);
    memcpy(geodesic->ends + count, f1, sizeof *f1 * (size_t)count);
    geodesic->unreachable = first_defect(geodesic, f1, tolerance);
    if (geodesic->unreachable != GRZ_MOMENT_NONE) return GRZ_OK;
    double *work = grzi_allocate(geodesic->context, 3 * count, sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = project(geodesic, function, work);
    grzi_deallocate(geodesic->context, work);
    return status;
}

static grz_status create(grz_context *context, const char *function, grz_operator *op, const double *f0, const double *f1, double tolerance,
                         grz_geodesic **out)
{
    grz_geodesic *made = grzi_allocate_zeroed(context, 1, sizeof *made);
    if (!made) return GRZ_ERROR_OUT_OF_MEMORY;
    made->context = grzi_context_retain(context);
    made->op = grzi_operator_retain(op);
    made->count = grzi_grid_count(op->grid);
    made->residual = NAN;
    for (int size = 0; size < GRZI_GEODESIC_SIZES; size++) made->distances[size] = NAN;
    grzi_options_initialise(&options, made->options);
    made->space.space = (grzi_space){.context = context, .count = made->count, .cell = grzi_grid_cell(op->grid)};
    grz_status status = take_ends(made, function, f0, f1, tolerance);
    if (status == GRZ_OK)
        *out = made;
    else
        release(made);
    return status;
}

grz_status grz_geodesic_create(grz_context *context, grz_operator *op, const double *f0, const double *f1, double moment_tolerance,
                               grz_geodesic **out)
{
    static const char *const function = "grz_geodesic_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "op", op));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    if (op->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: op belongs to another context", function);
    GRZI_TRY(grzi_operator_require(op, function, GRZI_ONSAGER));
    GRZI_TRY(grzi_check_field_positive(op->grid, function, "f0", f0));
    GRZI_TRY(grzi_check_field_positive(op->grid, function, "f1", f1));
    if (moment_tolerance != 0) GRZI_TRY(grzi_check_range(context, function, "moment_tolerance", moment_tolerance, 1e-15, 1));
    return create(context, function, op, f0, f1, moment_tolerance > 0 ? moment_tolerance : 1e-8, out);
}

void grz_geodesic_destroy(grz_geodesic **geodesic)
{
    if (!geodesic || !*geodesic) return;
    release(*geodesic);
    *geodesic = NULL;
}

grz_status grz_geodesic_set_option(grz_geodesic *geodesic, grz_geodesic_option option, double value)
{
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_set(geodesic->context, "grz_geodesic_set_option", &options, (int32_t)option, value, geodesic->options);
}

grz_status grz_geodesic_option_value(const grz_geodesic *geodesic, grz_geodesic_option option, double *value)
{
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_value(geodesic->context, "grz_geodesic_option_value", &options, (int32_t)option, geodesic->options, value);
}

grz_status grz_geodesic_option_bounds(const grz_geodesic *geodesic, grz_geodesic_option option, double *minimum, double *maximum,
                                      double *initial)
{
    if (!geodesic) return GRZ_ERROR_NULL_ARGUMENT;
    return grzi_options_bounds(geodesic->context, "grz_geodesic_option_bounds", &options, (int32_t)option, minimum, maximum, initial);
}

const grz_operator *grz_geodesic_operator(const grz_geodesic *geodesic)
{
    return geodesic ? geodesic->op : NULL;
}

int32_t grz_geodesic_unreachable(const grz_geodesic *geodesic)
{
    return geodesic ? (int32_t)geodesic->unreachable : -1;
}

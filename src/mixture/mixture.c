/* The handle of a mixture: species on their grids, kernels by pair. */
#include "mixture/mixture.h"

#include "spline/spline.h"

#include <math.h>

void grzi_mixture_ratio(const grz_grid *a, const grz_grid *b, int ratio[2])
{
    const int fine = a->spacing <= b->spacing ? 0 : 1;
    const grz_grid *finer = fine == 0 ? a : b, *coarser = fine == 0 ? b : a;
    const double quotient = coarser->spacing / finer->spacing, steps = floor(quotient + 0.5);
    ratio[0] = ratio[1] = 0;
    for (int axis = 0; axis < 3; axis++)
        if (!(fabs(a->centre[axis] - b->centre[axis]) <= 1e-12 * (finer->spacing + fabs(a->centre[axis])))) return;
    if (!(fabs(quotient - steps) <= 1e-10 * steps) || steps > GRZI_SPLINE_LARGEST_RATIO) return;
    if (((coarser->n - 1) * (int)steps - (finer->n - 1)) % 2 != 0) return;
    ratio[fine] = 1;
    ratio[1 - fine] = (int)steps;
}

static void destroy(grz_mixture *mixture)
{
    grz_context *context = mixture->context;
    for (int i = 0; mixture->species && i < mixture->count; i++) grzi_species_release(mixture->species[i]);
    for (int i = 0; mixture->grids && i < mixture->count; i++) grzi_grid_release(mixture->grids[i]);
    for (int i = 0; mixture->kernels && i < grzi_mixture_pairs(mixture->count); i++) grzi_kernel_release(mixture->kernels[i]);
    void *const blocks[] = {mixture->species, mixture->grids, mixture->kernels, mixture->offset};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) grzi_deallocate(context, blocks[i]);
    grzi_deallocate(context, mixture);
    grzi_context_release(context);
}

static grz_status check_members(const grz_context *context, const char *function, int count, const grz_species *const *species,
                                const grz_grid *const *grids)
{
    for (int i = 0; i < count; i++) {
        if (!species[i]) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: species[%d] is NULL", function, i);
        if (!grids[i]) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: grids[%d] is NULL", function, i);
        if (species[i]->context != context || grids[i]->context != context)
            return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: species[%d] or its grid belongs to another context", function, i);
        for (int j = 0; j < i; j++) {
            int ratio[2];
            grzi_mixture_ratio(grids[j], grids[i], ratio);
            if (ratio[0] == 0)
                return grzi_fail(
                    context, GRZ_ERROR_MISMATCH,
                    "%s: grids[%d] (n = %d, h = %g) and grids[%d] (n = %d, h = %g) have no common lattice: one centre, a whole ratio of "
                    "the spacings up to %d, and nodes of the coarser among those of the finer's lattice are needed",
                    function, j, grids[j]->n, grids[j]->spacing, i, grids[i]->n, grids[i]->spacing, (int)GRZI_SPLINE_LARGEST_RATIO);
        }
    }
    return GRZ_OK;
}

grz_status grz_mixture_create(grz_context *context, int32_t count, const grz_species *const *species, const grz_grid *const *grids,
                              grz_mixture **out)
{
    static const char *const function = "grz_mixture_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(context, function, "count", count, 1, GRZI_MIXTURE_SPECIES));
    GRZI_TRY(grzi_check_pointer(context, function, "species", species));
    GRZI_TRY(grzi_check_pointer(context, function, "grids", grids));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(check_members(context, function, count, species, grids));
    grz_mixture *mixture = grzi_allocate_zeroed(context, 1, sizeof *mixture);
    if (!mixture) return GRZ_ERROR_OUT_OF_MEMORY;
    mixture->references = 1;
    mixture->context = grzi_context_retain(context);
    mixture->count = count;
    mixture->species = grzi_allocate_zeroed(context, count, sizeof *mixture->species);
    mixture->grids = grzi_allocate_zeroed(context, count, sizeof *mixture->grids);
    mixture->kernels = grzi_allocate_zeroed(context, grzi_mixture_pairs(count), sizeof *mixture->kernels);
    mixture->offset = grzi_allocate_zeroed(context, count + 1, sizeof *mixture->offset);
    if (!mixture->species || !mixture->grids || !mixture->kernels || !mixture->offset) {
        destroy(mixture);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    for (int i = 0; i < count; i++) {
        mixture->species[i] = grzi_species_retain(species[i]);
        mixture->grids[i] = grzi_grid_retain(grids[i]);
        mixture->offset[i + 1] = mixture->offset[i] + grzi_grid_count(grids[i]);
    }
    *out = mixture;
    return GRZ_OK;
}

grz_mixture *grzi_mixture_retain(const grz_mixture *mixture)
{
    grz_mixture *own = (grz_mixture *)mixture;
    grzi_retain(&own->references);
    return own;
}

void grzi_mixture_release(grz_mixture *mixture)
{
    if (mixture && grzi_release_last(&mixture->references)) destroy(mixture);
}

void grz_mixture_destroy(grz_mixture **mixture)
{
    if (!mixture) return;
    grzi_mixture_release(*mixture);
    *mixture = NULL;
}

static void put_kernel(grz_mixture *mixture, int a, int b, const grz_kernel *kernel)
{
    grz_kernel **place = &mixture->kernels[a <= b ? grzi_mixture_pair(a, b) : grzi_mixture_pair(b, a)], *before = *place;
    *place = grzi_kernel_retain(kernel);
    grzi_kernel_release(before);
}

grz_status grz_mixture_set_kernel(grz_mixture *mixture, int32_t a, int32_t b, const grz_kernel *kernel)
{
    static const char *const function = "grz_mixture_set_kernel";
    if (!mixture) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_range(mixture->context, function, "a", a, 0, mixture->count - 1));
    GRZI_TRY(grzi_check_range(mixture->context, function, "b", b, 0, mixture->count - 1));
    GRZI_TRY(grzi_check_pointer(mixture->context, function, "kernel", kernel));
    if (grzi_kernel_context(kernel) != mixture->context)
        return grzi_fail(mixture->context, GRZ_ERROR_MISMATCH, "%s: kernel belongs to another context", function);
    put_kernel(mixture, a, b, kernel);
    return GRZ_OK;
}

/* 4 C mu^2 = 2 pi q_a^2 q_b^2 log Lambda: strength is (pi/2) log Lambda in Gaussian units. */
static grz_status make_coulomb(grz_mixture *mixture, const char *function, int a, int b, double strength, const grz_kernel *base,
                               grz_kernel **made)
{
    const grz_species *s = mixture->species[a], *t = mixture->species[b];
    const double reduced = s->mass * t->mass / (s->mass + t->mass), force = s->charge * t->charge;
    const double factor = strength * (force / reduced) * (force / reduced);
    if (s->charge == 0 || t->charge == 0)
        return grzi_fail(mixture->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: species %d has no charge", function, s->charge == 0 ? a : b);
    GRZI_TRY(grzi_check_result(mixture->context, function, "the factor of a pair", factor));
    return grz_kernel_create_multiplied(mixture->context, base, factor, made);
}

grz_status grz_mixture_set_coulomb(grz_mixture *mixture, double strength, double eps, grz_scattering scattering)
{
    static const char *const function = "grz_mixture_set_coulomb";
    if (!mixture) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_finite(mixture->context, function, "strength", strength));
    if (!(strength > 0))
        return grzi_fail(mixture->context, GRZ_ERROR_INVALID_ARGUMENT, "%s: strength = %g, must be > 0", function, strength);
    enum { PAIRS = GRZI_MIXTURE_SPECIES * (GRZI_MIXTURE_SPECIES + 1) / 2 };
    grz_kernel *base, *made[PAIRS] = {NULL};
    grz_status status = grz_kernel_create_coulomb(mixture->context, eps, scattering, &base);
    if (status != GRZ_OK) return status;
    for (int b = 0; b < mixture->count; b++)
        for (int a = 0; a <= b && status == GRZ_OK; a++)
            status = make_coulomb(mixture, function, a, b, strength, base, &made[grzi_mixture_pair(a, b)]);
    for (int b = 0; b < mixture->count && status == GRZ_OK; b++)
        for (int a = 0; a <= b; a++) put_kernel(mixture, a, b, made[grzi_mixture_pair(a, b)]);
    for (int i = 0; i < grzi_mixture_pairs(mixture->count); i++) grz_kernel_destroy(&made[i]);
    grz_kernel_destroy(&base);
    return status;
}

static int is_member(const grz_mixture *mixture, int32_t index)
{
    return mixture && index >= 0 && index < mixture->count;
}

int32_t grz_mixture_species_count(const grz_mixture *mixture)
{
    return mixture ? mixture->count : 0;
}

int64_t grz_mixture_offset(const grz_mixture *mixture, int32_t index)
{
    return mixture && index >= 0 && index <= mixture->count ? mixture->offset[index] : -1;
}

const grz_species *grz_mixture_species(const grz_mixture *mixture, int32_t index)
{
    return is_member(mixture, index) ? mixture->species[index] : NULL;
}

const grz_grid *grz_mixture_grid(const grz_mixture *mixture, int32_t index)
{
    return is_member(mixture, index) ? mixture->grids[index] : NULL;
}

const grz_kernel *grz_mixture_kernel(const grz_mixture *mixture, int32_t a, int32_t b)
{
    if (!is_member(mixture, a) || !is_member(mixture, b)) return NULL;
    return mixture->kernels[a <= b ? grzi_mixture_pair(a, b) : grzi_mixture_pair(b, a)];
}

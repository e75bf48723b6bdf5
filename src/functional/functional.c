/* The handle of a functional (functional.h). */
#include "functional/functional.h"

grz_status grzi_functional_new(grz_context *context, const grz_grid *grid, const grzi_functional_class *kind, grz_functional_type type,
                               int64_t workspace, grz_functional **made)
{
    grz_functional *functional = grzi_allocate_zeroed(context, 1, sizeof *functional);
    if (!functional) return GRZ_ERROR_OUT_OF_MEMORY;
    if (workspace > 0) {
        functional->workspace = grzi_allocate(context, workspace, sizeof(double));
        if (!functional->workspace) {
            grzi_deallocate(context, functional);
            return GRZ_ERROR_OUT_OF_MEMORY;
        }
    }
    functional->context = grzi_context_retain(context);
    functional->grid = grzi_grid_retain(grid);
    functional->kind = kind;
    functional->type = type;
    *made = functional;
    return GRZ_OK;
}

void grz_functional_destroy(grz_functional **functional)
{
    if (!functional || !*functional) return;
    grz_context *context = (*functional)->context;
    grzi_operator_release((*functional)->op);
    grzi_deallocate(context, (*functional)->reference);
    grzi_deallocate(context, (*functional)->workspace);
    grzi_grid_release((*functional)->grid);
    grzi_deallocate(context, *functional);
    grzi_context_release(context);
    *functional = NULL;
}

int32_t grz_functional_type_of(const grz_functional *functional)
{
    return functional ? (int32_t)functional->type : -1;
}

const grz_grid *grz_functional_grid(const grz_functional *functional)
{
    if (functional && functional->op) return grz_operator_grid(functional->op);
    return functional ? functional->grid : NULL;
}

grz_status grzi_functional_overflow(const grz_functional *functional, const char *function)
{
    return grzi_fail(functional->context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: the result overflows double precision", function);
}

grz_status grz_functional_evaluate(grz_functional *functional, const double *f, double *value)
{
    static const char *const function = "grz_functional_evaluate";
    if (!functional) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(functional->context, function, "f", f));
    GRZI_TRY(grzi_check_pointer(functional->context, function, "value", value));
    return functional->kind->evaluate(functional, function, f, value);
}

grz_status grz_functional_first_variation(grz_functional *functional, const double *f, double *variation)
{
    static const char *const function = "grz_functional_first_variation";
    if (!functional) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(functional->context, function, "f", f));
    GRZI_TRY(grzi_check_pointer(functional->context, function, "variation", variation));
    return functional->kind->first_variation(functional, function, f, variation);
}

#include "operator/spectral/contraction.h"

const grzi_contraction_set *grzi_contraction_select(int level)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (level >= 2) return &grzi_contraction_avx512;
    if (level >= 1) return &grzi_contraction_avx2;
#endif
    (void)level;
    return &grzi_contraction_generic;
}

grz_status grzi_contraction_create(const grz_context *context, const grzi_contraction_set *set, int inputs, int outputs,
                                   const double *coefficients, grzi_contraction *contraction)
{
    int pairs = grzi_contraction_pairs(inputs);
    double *packed = grzi_allocate(context, (int64_t)pairs * outputs * set->copies, sizeof *packed);
    *contraction = (grzi_contraction){0};
    if (!packed) return GRZ_ERROR_OUT_OF_MEMORY;
    *contraction = (grzi_contraction){set, inputs, outputs, packed};
    for (int first = 0, size; first < outputs; first += size) {
        size = grzi_contraction_block(outputs, set->largest, first);
        for (int pair = 0; pair < pairs; pair++)
            for (int p = first; p < first + size; p++)
                for (int copy = 0; copy < set->copies; copy++) *packed++ = coefficients[(int64_t)pair * outputs + p];
    }
    return GRZ_OK;
}

void grzi_contraction_destroy(const grz_context *context, grzi_contraction *contraction)
{
    grzi_deallocate(context, contraction->packed);
    *contraction = (grzi_contraction){0};
}

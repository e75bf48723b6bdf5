#include "operator/spectral/tensor.h"

#include "operator/spectral/contraction.h"

#include <math.h>
#include <string.h>

/* Factors of one family at all modes, through their values at the integers |k|^2. */
static grz_status tabulate(const grz_context *context, const grzi_modes *modes, double kappa, const grzi_basis *basis, double *factors)
{
    double *work = grzi_allocate(context, 2 * basis->terms + (int64_t)modes->limit * (basis->count + 1), sizeof *work);
    if (!work) return GRZ_ERROR_OUT_OF_MEMORY;
    double *x = work + 2 * basis->terms, *table = x + modes->limit;
    for (int s = 0; s < modes->limit; s++) x[s] = fmin(modes->unit * sqrt(s) / kappa, 1);
    grzi_basis_values(basis, modes->limit, x, work, table);
    for (int b = 0; b < basis->count; b++)
        for (int64_t m = 0; m < modes->count; m++) factors[b * modes->count + m] = table[(int64_t)modes->square[m] * basis->count + b];
    grzi_deallocate(context, work);
    return GRZ_OK;
}

grz_status grzi_tensor_create(grz_context *context, const grzi_modes *modes, const grzi_fit_shape *shape, const grzi_radial *radial,
                              double kappa, grzi_tensor *tensor)
{
    grzi_fit fit;
    *tensor = (grzi_tensor){0};
    GRZI_TRY(grzi_fit_create(context, shape, radial, kappa, &fit));
    grzi_tensor made = {.outputs = fit.outputs, .inputs = fit.inputs, .residual = fit.residual, .error = fit.error};
    made.coefficients = fit.coefficients;
    fit.coefficients = NULL;
    made.alpha = grzi_allocate(context, made.outputs * modes->count, sizeof(double));
    made.beta = grzi_allocate(context, made.inputs * modes->count, sizeof(double));
    grz_status status = made.alpha && made.beta ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = tabulate(context, modes, kappa, &fit.alpha, made.alpha);
    if (status == GRZ_OK) status = tabulate(context, modes, kappa, &fit.beta, made.beta);
    grzi_fit_destroy(context, &fit);
    if (status != GRZ_OK) {
        grzi_tensor_destroy(context, &made);
        return status;
    }
    *tensor = made;
    return GRZ_OK;
}

void grzi_tensor_destroy(const grz_context *context, grzi_tensor *tensor)
{
    grzi_deallocate(context, tensor->alpha);
    grzi_deallocate(context, tensor->beta);
    grzi_deallocate(context, tensor->coefficients);
    *tensor = (grzi_tensor){0};
}

int64_t grzi_tensor_tiles(const grzi_tensor *tensor)
{
    return (int64_t)GRZI_CONTRACTION_TILE * (2 * tensor->inputs + tensor->outputs);
}

void grzi_tensor_apply(const grzi_tensor *tensor, const grzi_modes *modes, const grzi_fft *fft, int threads, const double complex *f,
                       const double complex *g, double complex *spectrum, double *fields, double *tiles, double complex *parts)
{
    int inputs = tensor->inputs, outputs = tensor->outputs, all = f == g ? inputs : 2 * inputs;
    int64_t nodes = grzi_fft_nodes(fft), size = grzi_fft_spectrum(fft), count = modes->count;
    int64_t blocks = (nodes + GRZI_CONTRACTION_TILE - 1) / GRZI_CONTRACTION_TILE;
    double *F = fields, *G = f == g ? fields : fields + inputs * nodes, *S = fields + all * nodes;
#pragma omp parallel num_threads(threads)
    {
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++)
            for (int i = chunk; i < all; i += threads) {
                grzi_modes_scatter(modes, i < inputs ? f : g, tensor->beta + (i % inputs) * count, spectrum + chunk * size);
                grzi_fft_backward(fft, spectrum + chunk * size, fields + i * nodes);
            }
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++)
            for (int64_t block = blocks * chunk / threads; block < blocks * (chunk + 1) / threads; block++) {
                int64_t first = block * GRZI_CONTRACTION_TILE, left = nodes - first;
                grzi_contract(inputs, outputs, tensor->coefficients, F, G, S, nodes, first,
                              left < GRZI_CONTRACTION_TILE ? (int)left : GRZI_CONTRACTION_TILE, tiles + chunk * grzi_tensor_tiles(tensor));
            }
#pragma omp for schedule(static, 1)
        for (int chunk = 0; chunk < threads; chunk++)
            for (int p = chunk; p < outputs; p += threads) {
                grzi_fft_forward(fft, S + p * nodes, spectrum + chunk * size);
                grzi_modes_gather(modes, spectrum + chunk * size, tensor->alpha + p * count, parts + p * count);
            }
    }
}

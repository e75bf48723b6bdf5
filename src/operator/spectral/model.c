#include "operator/spectral/model.h"

#include "solve/solve.h"

void grzi_fit_forward(const grzi_fit_model *t, const double *x, double *y)
{
    const grzi_cone *cone = &t->rows->cone;
    int sides = cone->sides, n = t->inputs, outputs = t->outputs;
    const grzi_matrix beta = grzi_rows(t->rows->beta, n), beta_transposed = grzi_columns_of(t->rows->beta, n);
    for (int p = 0; p < outputs; p++) {
        const double *c = x + (int64_t)p * t->pairs;
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) t->square[i * n + j] = t->square[j * n + i] = *c++;
        grzi_multiply(sides, n, n, beta, grzi_rows(t->square, n), 0, t->half, n);
        grzi_multiply(sides, sides, n, grzi_rows(t->half, n), beta_transposed, 0, t->sheets + (int64_t)p * sides * sides, sides);
    }
#pragma omp parallel for num_threads(t->threads) schedule(static, 1)
    for (int a = 0; a < sides; a++)
        for (int b = a; b < sides; b++) {
            int64_t pair = (int64_t)a * sides - (int64_t)a * (a - 1) / 2 + (b - a);
            const double *alpha = t->rows->alpha + pair * cone->windows * outputs;
            for (int c = 0; c < cone->windows; c++) {
                double sum = 0;
                for (int p = 0; p < outputs; p++) sum += alpha[c * outputs + p] * t->sheets[((int64_t)p * sides + a) * sides + b];
                y[pair * cone->windows + c] = sum;
            }
        }
}

void grzi_fit_adjoint(const grzi_fit_model *t, const double *y, double *x)
{
    const grzi_cone *cone = &t->rows->cone;
    int sides = cone->sides, n = t->inputs, outputs = t->outputs;
    const grzi_matrix beta = grzi_rows(t->rows->beta, n), beta_transposed = grzi_columns_of(t->rows->beta, n);
#pragma omp parallel for num_threads(t->threads) schedule(static, 1)
    for (int a = 0; a < sides; a++)
        for (int b = a; b < sides; b++) {
            int64_t pair = (int64_t)a * sides - (int64_t)a * (a - 1) / 2 + (b - a);
            const double *alpha = t->rows->alpha + pair * cone->windows * outputs, *from = y + pair * cone->windows;
            for (int p = 0; p < outputs; p++) {
                double sum = 0;
                for (int c = 0; c < cone->windows; c++) sum += alpha[c * outputs + p] * from[c];
                double *sheet = t->sheets + (int64_t)p * sides * sides;
                sheet[a * sides + b] = sheet[b * sides + a] = a == b ? sum : 0.5 * sum;
            }
        }
    for (int p = 0; p < outputs; p++) {
        grzi_multiply(sides, n, sides, grzi_rows(t->sheets + (int64_t)p * sides * sides, sides), beta, 0, t->half, n);
        grzi_multiply(n, n, sides, beta_transposed, grzi_rows(t->half, n), 0, t->square, n);
        double *c = x + (int64_t)p * t->pairs;
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) *c++ = i == j ? t->square[i * n + i] : t->square[i * n + j] + t->square[j * n + i];
    }
}

grz_status grzi_fit_normal_product(const grz_context *context, const grzi_factor *factor, const grzi_fit_rows *rows, const double *x,
                                   double *y)
{
    int outputs = factor->shape.outputs, inputs = factor->shape.inputs, sides = rows->cone.sides;
    int64_t nodes = rows->cone.pairs * rows->cone.windows;
    int64_t size = nodes + (int64_t)inputs * inputs + (int64_t)sides * inputs + (int64_t)outputs * sides * sides;
    double *image = grzi_allocate(context, size, sizeof *image);
    if (!image) return GRZ_ERROR_OUT_OF_MEMORY;
    grzi_fit_model t = {
        .rows = rows, .outputs = outputs, .inputs = inputs, .pairs = inputs * (inputs + 1) / 2, .threads = grzi_threads(context)};
    t.square = image + nodes;
    t.half = t.square + (int64_t)inputs * inputs;
    t.sheets = t.half + (int64_t)sides * inputs;
    grzi_fit_forward(&t, x, image);
    grzi_fit_adjoint(&t, image, y);
    grzi_deallocate(context, image);
    return GRZ_OK;
}

/* The least-squares problem's rows: nodes of the cone, bases made orthonormal there, their values at the nodes. */
#include "operator/spectral/factor.h"
#include "solve/solve.h"

#include <math.h>
#include <string.h>

void grzi_fit_gram_alpha(const grzi_cone *cone, int n, const double *left, const double *right, double *gram)
{
    grzi_multiply(n, n, (int)(cone->pairs * cone->windows), grzi_columns_of(left, n), grzi_rows(right, n), 0, gram, n);
}

void grzi_fit_gram_beta(const grzi_cone *cone, int n, const double *left, const double *right, double *gram)
{
    memset(gram, 0, (size_t)n * n * sizeof *gram);
    int64_t pair = 0;
    for (int a = 0; a < cone->sides; a++)
        for (int b = a; b < cone->sides; b++, pair++) {
            double w = 0;
            for (int c = 0; c < cone->windows; c++) w += pow(cone->root_weight[pair * cone->windows + c], 2);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    gram[i * n + j] += 0.5 * w * (left[a * n + i] * right[a * n + j] + left[b * n + i] * right[b * n + j]);
        }
}

static void evaluate(const grzi_cone *cone, const grzi_basis *alpha, const grzi_basis *beta, double *legendre, grzi_fit_rows *rows)
{
    int64_t nodes = cone->pairs * cone->windows;
    grzi_basis_values(alpha, nodes, cone->k, legendre, rows->alpha);
    for (int64_t x = 0; x < nodes; x++)
        for (int p = 0; p < alpha->count; p++) rows->alpha[x * alpha->count + p] *= cone->root_weight[x];
    grzi_basis_values(beta, cone->sides, cone->side, legendre, rows->beta);
}

grz_status grzi_fit_rows_create(const grz_context *context, const grzi_fit_shape *shape, grzi_basis *alpha, grzi_basis *beta,
                                int orthonormalise, grzi_fit_rows *rows)
{
    grzi_fit_rows made = {{0}, NULL, NULL};
    *rows = made;
    GRZI_TRY(grzi_cone_create(context, shape->sides, shape->windows, shape->decay, shape->floor, &made.cone));
    int64_t most = shape->outputs > shape->inputs ? shape->outputs : shape->inputs, gram = most * most;
    made.alpha = grzi_allocate(context, made.cone.pairs * shape->windows * shape->outputs, sizeof(double));
    made.beta = grzi_allocate(context, (int64_t)shape->sides * shape->inputs, sizeof(double));
    double *work = grzi_allocate(context, gram + grzi_basis_work(alpha) + grzi_basis_work(beta), sizeof(double));
    grz_status status = made.alpha && made.beta && work ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) evaluate(&made.cone, alpha, beta, work, &made);
    if (status == GRZ_OK && orthonormalise) {
        grzi_fit_gram_alpha(&made.cone, shape->outputs, made.alpha, made.alpha, work);
        status = grzi_basis_orthonormalise(context, alpha, work);
        if (status == GRZ_OK) {
            grzi_fit_gram_beta(&made.cone, shape->inputs, made.beta, made.beta, work);
            status = grzi_basis_orthonormalise(context, beta, work);
        }
        if (status == GRZ_OK) evaluate(&made.cone, alpha, beta, work, &made);
    }
    grzi_deallocate(context, work);
    if (status != GRZ_OK) {
        grzi_fit_rows_destroy(context, &made);
        return status;
    }
    *rows = made;
    return GRZ_OK;
}

void grzi_fit_rows_destroy(const grz_context *context, grzi_fit_rows *rows)
{
    grzi_cone_destroy(context, &rows->cone);
    grzi_deallocate(context, rows->alpha);
    grzi_deallocate(context, rows->beta);
    *rows = (grzi_fit_rows){{0}, NULL, NULL};
}

/* What the suites of the spectral method share. */
#ifndef SUPPORT_SPECTRAL_H
#define SUPPORT_SPECTRAL_H

#include "support/check.h"
#include "support/spectral_fields.h"

/* nu = 0: isotropic scattering with b = 1/(4 pi); otherwise the power law at eps. */
static UNUSED grz_kernel *make_kernel(grz_context *context, double gamma, double nu, double eps)
{
    grz_kernel *kernel, *scaled;
    if (nu == 0) {
        OK(grz_kernel_create_vhs(context, gamma, 1 / (4 * PI_), &kernel));
        return kernel;
    }
    OK(grz_kernel_create_power_law(context, gamma, nu, 0, &kernel));
    OK(grz_kernel_create_scaled(context, kernel, eps, &scaled));
    grz_kernel_destroy(&kernel);
    return scaled;
}

/* count options; the grid is centred. */
static UNUSED grz_operator *make_operator(grz_context *context, int n, double half_width, double gamma, double nu, double eps,
                                          grz_equation equation, int count, const option_value *options)
{
    grz_grid *grid;
    grz_operator *op;
    grz_kernel *kernel = make_kernel(context, gamma, nu, eps);
    OK(grz_grid_create(context, n, half_width, NULL, &grid));
    OK(grz_operator_create(context, grid, kernel, equation, GRZ_METHOD_SPECTRAL, &op));
    for (int i = 0; i < count; i++)
        if (grz_operator_set_option(op, options[i].option, options[i].value) != GRZ_OK)
            ck_abort_msg("%s", grz_context_last_message(context));
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    return op;
}

static UNUSED void apply_to(grz_context *context, grz_operator *op, const double *f, double *Q)
{
    if (grz_operator_apply(op, f, Q) != GRZ_OK) ck_abort_msg("%s", grz_context_last_message(context));
}

static UNUSED double *doubles(int64_t count)
{
    double *p = malloc((size_t)count * sizeof *p);
    ck_assert_ptr_nonnull(p);
    return p;
}

#endif

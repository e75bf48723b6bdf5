/* Eigenvalues of the collision operator of some kernels, and how they turn into Landau's.
 *
 * On the sphere of directions of a colliding pair the Boltzmann operator has the spherical harmonics as eigenfunctions, with
 *     lambda_l = 2 pi int beta^eps(theta) [P_l(cos theta) - 1] dtheta,
 * and the Landau operator has -4 C_beta l(l+1). The program prints both for several kernels and eps, the moments m_k, and the order at
 * which lambda_l approaches its limit: 2 for the scaling of (A2), hardly visible for Coulomb's logarithm (Remark 2.6).
 *
 * Build: cc kernel_spectrum.c $(pkg-config --cflags --libs grazing) -lm */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LMAX = 32, MOMENTS = 3, EPSILONS = 4 };

static void check(grz_status status, const grz_context *context)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static void print_kernel(grz_context *context, const char *name, grz_kernel *kernel, const double *eps)
{
    static const int degrees[] = {1, 2, 4, 8, 32};
    double lambda[LMAX + 1], limit[LMAX + 1], moments[MOMENTS], constant, before = 0;
    int32_t holds;
    const char *reason;
    check(grz_kernel_landau_constant(kernel, 1, &constant), context);
    check(grz_kernel_satisfies_A2(kernel, &holds, &reason), context);
    printf("%s: gamma = %.3g, nu = %.3g, C_beta = %.6g\n  (A2) %s: %s\n", name, grz_kernel_gamma(kernel), grz_kernel_nu(kernel), constant,
           holds ? "holds" : "fails", reason);
    printf("  %-9s", "eps");
    for (int i = 0; i < 5; i++) printf("   lambda_%-5d", degrees[i]);
    for (int k = 1; k <= MOMENTS; k++) printf("  m_%-9d", k);
    printf("  order (l = 2)\n");
    grz_kernel *grazing = NULL;
    check(grz_kernel_create_scaled(context, kernel, 0, &grazing), context);
    check(grz_kernel_spectrum(grazing, 1, LMAX, limit), context);
    for (int j = 0; j <= EPSILONS; j++) {
        double e = j < EPSILONS ? eps[j] : 0;
        grz_kernel *scaled = NULL;
        check(grz_kernel_create_scaled(context, kernel, e, &scaled), context);
        check(grz_kernel_spectrum(scaled, 1, LMAX, lambda), context);
        check(grz_kernel_moments(scaled, 1, MOMENTS, moments), context);
        printf("  %-9.3g", e);
        for (int i = 0; i < 5; i++) printf("  %12.6f", lambda[degrees[i]]);
        for (int k = 0; k < MOMENTS; k++) printf("  %11.4e", moments[k]);
        double distance = fabs(lambda[2] - limit[2]);
        if (j > 0 && e > 0) printf("  %.3f", log(before / distance) / log(eps[j - 1] / e));
        printf(e > 0 ? "\n" : "  Landau: -4 C_beta l(l+1)\n\n");
        before = distance;
        grz_kernel_destroy(&scaled);
    }
    grz_kernel_destroy(&grazing);
    grz_kernel_destroy(&kernel);
}

int main(void)
{
    static const double scalings[EPSILONS] = {3.141592653589793, 1, 0.1, 0.01}, cutoffs[EPSILONS] = {0.1, 1e-3, 1e-10, 1e-100};
    grz_context *context = NULL;
    grz_kernel *kernel = NULL;
    check(grz_context_create(&context), context);
    check(grz_kernel_create_inverse_power(context, 5, GRZ_SCATTERING_POWER_LAW, 1, &kernel), context);
    print_kernel(context, "Maxwell molecules, power law", kernel, scalings);
    check(grz_kernel_create_inverse_power(context, 5, GRZ_SCATTERING_CLASSICAL, 1, &kernel), context);
    print_kernel(context, "Maxwell molecules, classical scattering", kernel, scalings);
    check(grz_kernel_create_power_law(context, -3, 1.5, 0, &kernel), context);
    print_kernel(context, "very soft, nu = 3/2", kernel, scalings);
    check(grz_kernel_create_vhs(context, 1, 0, &kernel), context);
    print_kernel(context, "hard spheres", kernel, scalings);
    check(grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_CLASSICAL, &kernel), context);
    print_kernel(context, "Coulomb with logarithmic cutoff, Rutherford's law", kernel, cutoffs);
    grz_context_destroy(&context);
    return 0;
}

/* Boltzmann's equation by somebody else's time integrator: ARKODE of SUNDIALS (explicit, order five, adaptive) on the spectral operator,
 * through the public interfaces of both alone. BKW relaxes from K = 0.65 to K = 0.8; the program compares with the exact solution and fails
 * when the error exceeds its bound. make sundials builds it where SUNDIALS is there.
 *
 *     cc arkode.c -lgrazing -lsundials_arkode -lsundials_nvecserial -lm -o arkode && ./arkode */
#include <grazing.h>

#include <arkode/arkode_erkstep.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_types.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef SUN_COMM_NULL /* SUNDIALS before 7 */
#define SUN_COMM_NULL NULL
#endif

static void check(grz_status status, const grz_context *context)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "arkode: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static void expect(int flag, const char *call)
{
    if (flag >= 0) return;
    fprintf(stderr, "arkode: %s failed with %d\n", call, flag);
    exit(1);
}

/* df/dt = Q(f, f). A positive return would ask for a shorter step, a negative one stops. */
static int collide(sunrealtype time, N_Vector f, N_Vector rate, void *op)
{
    (void)time;
    return grz_operator_apply(op, N_VGetArrayPointer(f), N_VGetArrayPointer(rate)) == GRZ_OK ? 0 : -1;
}

int main(void)
{
    const double K = 0.65, K_end = 0.8, bound = 2e-3;
    const int32_t n = 16;
    double lambda[3], worst = 0, size = 0;
    grz_context *context = NULL;
    grz_kernel *kernel = NULL;
    grz_grid *grid = NULL;
    grz_operator *op = NULL;
    grz_distribution *start = NULL, *exact = NULL;
    check(grz_context_create(&context), context);
    check(grz_kernel_create_power_law(context, 0, 0.5, 0, &kernel), context);
    check(grz_kernel_spectrum(kernel, 1, 2, lambda), context);
    check(grz_grid_create(context, n, 5, NULL, &grid), context);
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, &op), context);
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1), context);
    check(grz_distribution_create_bkw(context, grid, K, &start), context);
    check(grz_distribution_create_bkw(context, grid, K_end, &exact), context);
    double end = log((1 - K) / (1 - K_end)) / (-lambda[2] / 6);

    SUNContext sundials = NULL;
    expect(SUNContext_Create(SUN_COMM_NULL, &sundials), "SUNContext_Create");
    int64_t count = grz_grid_node_count(grid);
    N_Vector f = N_VNew_Serial((sunindextype)count, sundials);
    if (!f) return 1;
    check(grz_distribution_values(start, N_VGetArrayPointer(f)), context);
    void *arkode = ERKStepCreate(collide, 0, f, sundials);
    if (!arkode) return 1;
    expect(ERKStepSetUserData(arkode, op), "ERKStepSetUserData");
    expect(ERKStepSetOrder(arkode, 5), "ERKStepSetOrder");
    expect(ERKStepSStolerances(arkode, 1e-7, 1e-9), "ERKStepSStolerances");
    sunrealtype time;
    long steps, evaluations;
    expect(ERKStepSetStopTime(arkode, end), "ERKStepSetStopTime");
    expect(ERKStepEvolve(arkode, end, f, &time, ARK_NORMAL), "ERKStepEvolve");
    expect(ERKStepGetNumSteps(arkode, &steps), "ERKStepGetNumSteps");
    expect(ERKStepGetNumRhsEvals(arkode, &evaluations), "ERKStepGetNumRhsEvals");

    const double *computed = N_VGetArrayPointer(f), *g = grz_distribution_view(exact);
    for (int64_t i = 0; i < count; i++) {
        worst = fmax(worst, fabs(computed[i] - g[i]));
        size = fmax(size, g[i]);
    }
    printf("BKW, n = %d, to time %.4f: %ld steps, %ld applications of Q, relative error %.1e\n", (int)n, (double)time, steps, evaluations,
           worst / size);
    ERKStepFree(&arkode);
    N_VDestroy(f);
    SUNContext_Free(&sundials);
    grz_distribution_destroy(&exact);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&context);
    return worst / size > bound;
}

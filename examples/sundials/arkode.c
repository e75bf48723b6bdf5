/* Boltzmann's equation by somebody else's time integrator: ARKODE of SUNDIALS (explicit, order five, adaptive) on the spectral operator,
 * through the public interfaces of both alone. BKW relaxes from K = 0.65 to K = 0.8; the program compares with the exact solution and fails
 * when the error exceeds its bound. Then a cold beam in a warm gas by the entropic operator, which needs f > 0: integrated as log f, which no
 * trial state makes zero or negative. make sundials builds it where SUNDIALS is there.
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

/* g = log f: g' = Q(e^g, e^g)/e^g. Absolute errors of g are relative ones of f. */
typedef struct logarithmic {
    grz_operator *op;
    int64_t count;
    double *f;
} logarithmic;

/* A trial state beyond the range of numbers asks for a shorter step. */
static int collide_logarithm(sunrealtype time, N_Vector g, N_Vector rate, void *user)
{
    const logarithmic *l = user;
    const double *values = N_VGetArrayPointer(g);
    double *slope = N_VGetArrayPointer(rate);
    (void)time;
    for (int64_t i = 0; i < l->count; i++) l->f[i] = exp(values[i]);
    grz_status status = grz_operator_apply(l->op, l->f, slope);
    if (status == GRZ_ERROR_NOT_POSITIVE || status == GRZ_ERROR_NOT_FINITE || status == GRZ_ERROR_NOT_REPRESENTABLE) return 1;
    for (int64_t i = 0; i < l->count; i++) slope[i] /= l->f[i];
    return status == GRZ_OK ? 0 : -1;
}

/* A beam of 0.4 of the gas's temperature, Landau's operator with gamma = 0. Returns the drift of mass and energy, which Q keeps and the
 * integration of log f keeps to its tolerance; prints it. */
static double cold_beam(grz_context *context, SUNContext sundials)
{
    const int32_t n = 12;
    const double end = 0.1, tolerance = 1e-4, drift[3] = {1.2, 0, 0};
    grz_kernel *kernel = NULL;
    grz_grid *grid = NULL;
    grz_operator *op = NULL;
    grz_distribution *gas = NULL, *beam = NULL;
    check(grz_kernel_create_vhs(context, 0, 0, &kernel), context);
    check(grz_grid_create(context, n, 4.2, NULL, &grid), context);
    check(grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, &op), context);
    check(grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1), context);
    check(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &gas), context);
    check(grz_distribution_create_maxwellian(context, grid, 0.3, drift, 0.4, &beam), context);

    logarithmic l = {op, grz_grid_node_count(grid), NULL};
    N_Vector g = N_VNew_Serial((sunindextype)l.count, sundials), rate = N_VNew_Serial((sunindextype)l.count, sundials);
    double *f0 = malloc((size_t)l.count * sizeof *f0), fastest = 0;
    l.f = malloc((size_t)l.count * sizeof *l.f);
    if (!g || !rate || !f0 || !l.f) exit(1);
    for (int64_t i = 0; i < l.count; i++) {
        f0[i] = grz_distribution_view(gas)[i] + grz_distribution_view(beam)[i];
        N_VGetArrayPointer(g)[i] = log(f0[i]);
    }
    expect(-abs(collide_logarithm(0, g, rate, &l)), "the first rate");
    for (int64_t i = 0; i < l.count; i++) fastest = fmax(fastest, fabs(N_VGetArrayPointer(rate)[i]));
    void *arkode = ERKStepCreate(collide_logarithm, 0, g, sundials);
    if (!arkode) exit(1);
    sunrealtype time;
    long steps, evaluations;
    expect(ERKStepSetUserData(arkode, &l), "ERKStepSetUserData");
    expect(ERKStepSetOrder(arkode, 5), "ERKStepSetOrder");
    expect(ERKStepSStolerances(arkode, 1e-10, tolerance), "ERKStepSStolerances");
    expect(ERKStepSetInitStep(arkode, tolerance / fastest), "ERKStepSetInitStep");
    expect(ERKStepSetStopTime(arkode, end), "ERKStepSetStopTime");
    expect(ERKStepEvolve(arkode, end, g, &time, ARK_NORMAL), "ERKStepEvolve");
    expect(ERKStepGetNumSteps(arkode, &steps), "ERKStepGetNumSteps");
    expect(ERKStepGetNumRhsEvals(arkode, &evaluations), "ERKStepGetNumRhsEvals");

    double mass[2] = {0, 0}, energy[2] = {0, 0}, least = INFINITY, H[2] = {0, 0}, v[3][64];
    for (int32_t a = 0; a < 3; a++) check(grz_grid_axis_nodes(grid, a, v[a]), context);
    for (int64_t i = 0; i < l.count; i++) {
        double x = v[0][i / n / n], y = v[1][i / n % n], z = v[2][i % n], f[2] = {f0[i], exp(N_VGetArrayPointer(g)[i])};
        for (int k = 0; k < 2; k++) {
            mass[k] += f[k];
            energy[k] += f[k] * (x * x + y * y + z * z);
            H[k] += f[k] * log(f[k]);
        }
        least = fmin(least, f[1]);
    }
    double change = fmax(fabs(mass[1] / mass[0] - 1), fabs(energy[1] / energy[0] - 1));
    printf("cold beam as log f, n = %d, to time %.4f: %ld steps, %ld applications of Q, smallest f %.1e, drift of mass and energy %.1e\n",
           (int)n, (double)time, steps, evaluations, least, change);
    ERKStepFree(&arkode);
    N_VDestroy(g);
    N_VDestroy(rate);
    free(f0);
    free(l.f);
    grz_distribution_destroy(&beam);
    grz_distribution_destroy(&gas);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    return least > 0 && H[1] < H[0] ? change : INFINITY;
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
    double change = cold_beam(context, sundials);
    SUNContext_Free(&sundials);
    grz_distribution_destroy(&exact);
    grz_distribution_destroy(&start);
    grz_operator_destroy(&op);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&kernel);
    grz_context_destroy(&context);
    return !(worst / size <= bound && change < 1e-3);
}

/* Theorem 2.7 and Corollary 2.10 as one runs them: Boltzmann flows with eps -> 0 from the same data against the Landau flow. CSV, one line for each eps, with the
 * orders between neighbouring lines; limit_of_solutions.gp plots it. gamma = -2, nu = 1/2, two displaced Gaussians; entropic operators, SSP-RK4, and
 * the ledger of (1.3). Given "coulomb" as first argument: Remark 2.6's cutoff, whose limit is reached like 1/log(1/eps).
 *
 *     cc limit_of_solutions.c -lgrazing -lm -o limit && ./limit [power|coulomb] [nodes per axis, 8] > limit.csv && gnuplot limit_of_solutions.gp */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 8, TESTS = 3, QUANTITIES = 6 };

static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "limit_of_solutions: %s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

/* What one flow leaves behind: its ledger's columns, all its snapshots, and int f phi for the test functions. */
typedef struct curve {
    double time[STEPS + 1], H[STEPS + 1], D[STEPS + 1], speed[STEPS + 1], defect[STEPS + 1], means[STEPS + 1][TESTS], *f;
    int64_t count, row;
    double cell;
    const double *phi;
    grz_ledger *ledger;
} curve;

static int keep(double time, const double *f, void *user)
{
    curve *c = user;
    memcpy(c->f + c->row * c->count, f, sizeof *f * (size_t)c->count);
    for (int t = 0; t < TESTS; t++) {
        c->means[c->row][t] = 0;
        for (int64_t i = 0; i < c->count; i++) c->means[c->row][t] += c->cell * c->phi[t * c->count + i] * f[i];
    }
    c->row++;
    return grz_ledger_observe(time, f, c->ledger);
}

static void run(grz_operator *op, const double *start, double end, curve *c)
{
    grz_flow *flow = NULL;
    c->row = 0;
    check(grz_ledger_create(context, op, &c->ledger));
    check(grz_flow_create(context, op, GRZ_SCHEME_SSP_RK4, &flow));
    check(grz_flow_start(flow, 0, start));
    check(grz_flow_run(flow, end, end / STEPS, keep, c));
    check(grz_ledger_finish(c->ledger));
    check(grz_ledger_values(c->ledger, GRZ_LEDGER_TIME, c->time));
    check(grz_ledger_values(c->ledger, GRZ_LEDGER_ENTROPY, c->H));
    check(grz_ledger_values(c->ledger, GRZ_LEDGER_DISSIPATION, c->D));
    check(grz_ledger_values(c->ledger, GRZ_LEDGER_SPEED, c->speed));
    check(grz_ledger_values(c->ledger, GRZ_LEDGER_DEFECT, c->defect));
    grz_flow_destroy(&flow);
    grz_ledger_destroy(&c->ledger);
}

/* sup |H^eps - H|, int |D^eps - D|, int ||f'|_eps^2 - |f'|^2|, sup of the L^1 and of the weak-* distance, and how far D^eps falls below D (sections 6, 7: not
 * at all in the limit). */
static void compare(const curve *eps, const curve *landau, double out[QUANTITIES], double *hoelder)
{
    memset(out, 0, sizeof(double) * QUANTITIES);
    *hoelder = 0;
    for (int k = 0; k <= STEPS; k++) {
        double weight = (k == 0 || k == STEPS ? 0.5 : 1) * (landau->time[1] - landau->time[0]), distance = 0;
        out[0] = fmax(out[0], fabs(eps->H[k] - landau->H[k]));
        out[1] += weight * fabs(eps->D[k] - landau->D[k]);
        out[2] += weight * fabs(eps->speed[k] - landau->speed[k]);
        for (int64_t i = k * eps->count; i < (k + 1) * eps->count; i++) distance += eps->cell * fabs(eps->f[i] - landau->f[i]);
        out[3] = fmax(out[3], distance);
        for (int t = 0; t < TESTS; t++) {
            out[4] = fmax(out[4], fabs(eps->means[k][t] - landau->means[k][t]));
            for (int j = 0; j < k; j++) /* Hoelder-1/2 in time (Theorem 2.7) */
                *hoelder = fmax(*hoelder, fabs(eps->means[k][t] - eps->means[j][t]) / sqrt(eps->time[k] - eps->time[j]));
        }
        out[5] = fmax(out[5], fmax(landau->D[k] - eps->D[k], landau->speed[k] - eps->speed[k]));
    }
}

int main(int argc, char **argv)
{
    static const char *const names[QUANTITIES] = {"entropy", "dissipation", "speed", "L1", "weak", "below"};
    const double weights[2] = {0.5, 0.5}, means[6] = {0.7, 0.2, 0, -0.7, -0.2, 0};
    const double covariances[18] = {1, 0, 0, 0, 0.9, 0, 0, 0, 1, 1, 0, 0, 0, 0.9, 0, 0, 0, 1};
    int coulomb = argc > 1 && strcmp(argv[1], "coulomb") == 0, n = argc > 2 ? atoi(argv[2]) : 8;
    double list[2][4] = {{0.8, 0.4, 0.2, 0.1}, {1e-1, 1e-2, 1e-4, 1e-8}}, before[QUANTITIES], now[QUANTITIES], hoelder,
           end = coulomb ? 0.2 : 0.06;
    grz_kernel *unscaled = NULL;
    grz_grid *grid = NULL;
    grz_distribution *f = NULL;
    curve landau, boltzmann;
    check(grz_context_create(&context));
    check(coulomb ? grz_kernel_create_coulomb(context, 0.1, GRZ_SCATTERING_POWER_LAW, &unscaled)
                  : grz_kernel_create_power_law(context, -2, 0.5, 0, &unscaled));
    check(grz_grid_create(context, n, 2.8, NULL, &grid));
    check(grz_distribution_create_mixture(context, grid, 2, weights, means, covariances, &f));
    int64_t count = grz_grid_node_count(grid);
    double *nodes = malloc(sizeof(double) * (size_t)n), *phi = malloc(sizeof(double) * (size_t)(TESTS * count));
    landau = (curve){.count = count, .cell = pow(grz_grid_spacing(grid), 3), .phi = phi};
    landau.f = malloc(sizeof(double) * (size_t)((STEPS + 1) * count));
    boltzmann = landau;
    boltzmann.f = malloc(sizeof(double) * (size_t)((STEPS + 1) * count));
    if (!nodes || !phi || !landau.f || !boltzmann.f) return 1;
    check(grz_grid_axis_nodes(grid, 0, nodes));
    for (int64_t i = 0; i < count; i++) { /* bounded test functions with bounded derivatives */
        double x = nodes[i / n / n], y = nodes[i / n % n], z = nodes[i % n];
        phi[i] = cos(x);
        phi[count + i] = cos(x + y);
        phi[2 * count + i] = exp(-x * x - z * z);
    }
    printf("eps");
    for (int q = 0; q < QUANTITIES; q++) printf(",%s,%s order", names[q], names[q]);
    printf(",hoelder,defect\n");
    for (int e = -1; e < 4; e++) {
        double eps = e < 0 ? 0 : list[coulomb][e];
        grz_kernel *kernel = NULL;
        grz_operator *op = NULL;
        check(grz_kernel_scale(unscaled, eps, &kernel));
        check(grz_operator_create(context, grid, kernel, e < 0 ? GRZ_LANDAU : GRZ_BOLTZMANN, GRZ_ENTROPIC, &op));
        check(grz_operator_set_option(op, GRZ_OPTION_ACCURACY, 1));
        check(grz_operator_set_option(op, GRZ_OPTION_SPLINE_DEGREE, 3));
        run(op, grz_distribution_view(f), end, e < 0 ? &landau : &boltzmann);
        if (e >= 0) {
            double scale = e == 0 ? NAN : coulomb ? log(log(eps) / log(list[1][e - 1])) : log(list[0][e - 1] / eps);
            compare(&boltzmann, &landau, now, &hoelder);
            printf("%g", eps);
            for (int q = 0; q < QUANTITIES; q++) printf(now[q] > 0 ? ",%.4e,%.2f" : ",%g,", now[q], log(before[q] / now[q]) / scale);
            printf(",%.4f,%.1e\n", hoelder, boltzmann.defect[STEPS]);
            fflush(stdout);
            memcpy(before, now, sizeof now);
        }
        grz_operator_destroy(&op);
        grz_kernel_destroy(&kernel);
    }
    free(nodes);
    free(phi);
    free(landau.f);
    free(boltzmann.f);
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    grz_kernel_destroy(&unscaled);
    grz_context_destroy(&context);
    return 0;
}

/* Collisions of a cell, f_t = rate Q(f, f), by the library's batch call and an exponential Runge-Kutta rule.
 *
 * With M the Maxwellian of the cell and mu about the largest collision frequency, g = f - M obeys (e^{mu t} g)' = e^{mu t} (rate Q + mu g).
 * The midpoint rule on this, lambda = mu dt,
 *     g_1 = e^{-lambda/2} [(1 + lambda/2) g + dt/2 rate Q(f)],   g_new = e^{-lambda} g + e^{-lambda/2} [lambda g_1 + dt rate Q(f_1)],
 * is second order, tends to f = M for dt -> infinity whatever Q is (asymptotic preserving), and is a convex combination of f, M and the
 * gains P = f + rate Q/mu, which are positive when mu bounds the loss frequency. Source: G. Dimarco, L. Pareschi, SIAM J. Numer. Anal. 49
 * (2011) 2057. Grazing collisions have no loss frequency: mu = 0, the explicit midpoint rule, in as many steps as its stability asks. */
#include "kinetic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK = 16 }; /* cells of one batch and thread */

struct collider {
    grz_context *context;
    grz_kernel *kernel;
    grz_operator *op;
    const velocity_grid *velocity;
    molecules law;
    double gamma, rate, loss; /* loss: the frequency at rho = T = 1 over rate */
    int chunk;
    double *M, *Q, *stage, *invariants, *mu;
};

/* FFTW takes the transforms that are fastest at the moment, and others have other rounding: rank 0 reads the plans of earlier runs, makes
 * what misses, and hands them on. */
static void set_up(collider *c, const char *wisdom)
{
    int rank;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (rank == 0) {
        FILE *file = fopen(wisdom, "r");
        if (file) {
            fclose(file);
            check(grz_fft_import_wisdom(c->context, wisdom), c->context);
        }
        check(grz_operator_setup(c->op), c->context);
        char path[4096];
        snprintf(path, sizeof path, "%s.new", wisdom);
        check(grz_fft_export_wisdom(c->context, path), c->context);
        if (rename(path, wisdom) != 0) fail("cannot write %s", wisdom);
    }
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank > 0) {
        check(grz_fft_import_wisdom(c->context, wisdom), c->context);
        check(grz_operator_setup(c->op), c->context);
    }
}

/* <|z|^power> of the relative velocity of two particles of a Maxwellian with T = 1. */
static double mean_power(double power)
{
    return pow(2, power) * tgamma((3 + power) / 2) / tgamma(1.5);
}

collider *collider_create(grz_context *context, const grz_grid *grid, const velocity_grid *velocity, molecules law, double parameter,
                          double knudsen, int accuracy, const char *wisdom)
{
    collider *c = allocate(1, sizeof *c);
    *c = (collider){.context = context, .velocity = velocity, .law = law};
    check(law == VHS             ? grz_kernel_create_vhs(context, parameter, 0, &c->kernel)
          : law == INVERSE_POWER ? grz_kernel_create_inverse_power(context, parameter, GRZ_SCATTERING_CLASSICAL, 1, &c->kernel)
                                 : grz_kernel_create_coulomb(context, 0, GRZ_SCATTERING_POWER_LAW, &c->kernel),
          context);
    c->gamma = grz_kernel_gamma(c->kernel);
    int l = law == VHS ? 2 : velocity->n / 2 - velocity->n / 2 % 2; /* the grid resolves no finer angles */
    double *lambda = allocate(l + 1, sizeof *lambda);
    check(grz_kernel_spectrum(c->kernel, 1, l, lambda), context);
    /* Stress relaxes at -lambda_2/2 <|z|^{gamma+4}>/<|z|^4> where rho = T = 1: viscosity over pressure is 1/that (first approximation). */
    c->rate = 1 / (knudsen * -lambda[2] / 2 * mean_power(c->gamma + 4) / mean_power(4));
    /* Loss frequency: of a particle at three thermal speeds when it grows with speed, at rest when it falls. */
    if (law != COULOMB) c->loss = -lambda[l] * (c->gamma > 0 ? pow(12, c->gamma / 2) : mean_power(c->gamma) / pow(2, c->gamma / 2));
    free(lambda);
    check(grz_operator_create(context, grid, c->kernel, law == COULOMB ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL,
                              &c->op),
          context);
    check(grz_operator_set_option(c->op, GRZ_OPERATOR_OPTION_ACCURACY, accuracy), context);
    check(grz_operator_set_option(c->op, GRZ_OPERATOR_OPTION_RADIUS, velocity->radius), context);
    check(grz_operator_set_option(c->op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 2), context); /* Q(M) = 0 on this grid too */
    set_up(c, wisdom);
    c->chunk = CHUNK * (int)grz_context_threads(context);
    c->M = allocate(c->chunk * velocity->nodes, sizeof *c->M);
    c->Q = allocate(c->chunk * velocity->nodes, sizeof *c->Q);
    c->stage = allocate(c->chunk * velocity->nodes, sizeof *c->stage);
    c->invariants = allocate((int64_t)c->chunk * INVARIANTS, sizeof *c->invariants);
    c->mu = allocate(c->chunk, sizeof *c->mu);
    return c;
}

void collider_destroy(collider **collider)
{
    if (!*collider) return;
    free((*collider)->M);
    free((*collider)->Q);
    free((*collider)->stage);
    free((*collider)->invariants);
    free((*collider)->mu);
    grz_operator_destroy(&(*collider)->op);
    grz_kernel_destroy(&(*collider)->kernel);
    free(*collider);
    *collider = NULL;
}

double collider_rate(const collider *c)
{
    return c->rate;
}

/* Frequency mu of a cell; or, for Coulomb's law, the largest eigenvalue of its diffusion D_ij d_ij: trace D = 2 int f/|z| at most at rest,
 * and two thirds of that bound any one direction's share; modes up to pi n/(2L). */
static double frequency(const collider *c, double rho, double T)
{
    if (c->law != COULOMB) return c->rate * c->loss * rho * pow(T, c->gamma / 2);
    double wave_number = PI / c->velocity->spacing;
    return c->rate * 2.0 / 3 * rho * sqrt(2 / (PI * T)) * wave_number * wave_number;
}

/* One step in the cells of a chunk. */
static void step(collider *c, int count, double *f, double dt)
{
    int64_t nodes = c->velocity->nodes;
    check(grz_operator_apply_batch(c->op, count, f, c->Q), c->context);
    for (int cell = 0; cell < count; cell++) {
        double lambda = c->mu[cell] * dt, decay = exp(-lambda / 2), half = dt / 2 * c->rate;
        const double *M = c->M + cell * nodes, *Q = c->Q + cell * nodes, *from = f + cell * nodes;
        double *to = c->stage + cell * nodes;
        for (int64_t i = 0; i < nodes; i++) to[i] = M[i] + decay * ((1 + lambda / 2) * (from[i] - M[i]) + half * Q[i]);
    }
    check(grz_operator_apply_batch(c->op, count, c->stage, c->Q), c->context);
    for (int cell = 0; cell < count; cell++) {
        double lambda = c->mu[cell] * dt, decay = exp(-lambda / 2), whole = dt * c->rate;
        const double *M = c->M + cell * nodes, *Q = c->Q + cell * nodes, *stage = c->stage + cell * nodes;
        double *to = f + cell * nodes;
        for (int64_t i = 0; i < nodes; i++) to[i] = M[i] + decay * (decay * (to[i] - M[i]) + lambda * (stage[i] - M[i]) + whole * Q[i]);
        invariants_restore(c->velocity, c->invariants + (int64_t)cell * INVARIANTS, M, to);
    }
}

/* The same number of explicit steps in all cells of all ranks: nothing may depend on how cells are shared out. */
static int explicit_steps(const collider *c, int64_t count, const double *f, double dt)
{
    double fastest = 0, rho, u[3], T, invariants[INVARIANTS];
    for (int64_t cell = 0; cell < count; cell++) {
        velocity_invariants(c->velocity, f + cell * c->velocity->nodes, invariants);
        if (gas_of(invariants, &rho, u, &T)) fastest = fmax(fastest, frequency(c, rho, T));
    }
    MPI_Allreduce(MPI_IN_PLACE, &fastest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    return (int)fmax(1, ceil(fastest * dt));
}

int collide(collider *c, int64_t count, double *f, double dt)
{
    int64_t nodes = c->velocity->nodes;
    int steps = c->law == COULOMB ? explicit_steps(c, count, f, dt) : 1;
    for (int64_t first = 0; first < count; first += c->chunk) {
        int size = (int)(count - first < c->chunk ? count - first : c->chunk);
        double *cells = f + first * nodes, rho, u[3], T;
        for (int cell = 0; cell < size; cell++) {
            double *invariants = c->invariants + (int64_t)cell * INVARIANTS;
            velocity_invariants(c->velocity, cells + cell * nodes, invariants);
            maxwellian_fill(c->velocity, invariants, c->M + cell * nodes);
            gas_of(invariants, &rho, u, &T);
            c->mu[cell] = c->law == COULOMB ? 0 : frequency(c, rho, T);
        }
        for (int s = 0; s < steps; s++) step(c, size, cells, dt / steps);
    }
    return steps;
}

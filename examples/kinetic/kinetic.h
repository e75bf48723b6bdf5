/* A kinetic solver on libgrazing's public interface: f_t + v_x f_x = Q(f, f)/Kn for f(t, x, v), one space and three velocity dimensions,
 * cells spread over MPI ranks. docs/kinetic.md has the scheme. Every array of a cell is n^3 doubles in the library's layout. */
#ifndef KINETIC_H
#define KINETIC_H

#include <grazing.h>

#include <mpi.h>
#include <stdint.h>

static const double PI = 3.14159265358979323846;

/* Prints what went wrong and ends all ranks. check: a status of the library. */
#if defined(__GNUC__)
__attribute__((noreturn, format(printf, 1, 2)))
#endif
void fail(const char *format, ...);
void check(grz_status status, const grz_context *context);
void *allocate(int64_t count, int64_t size);

/* ---------------------------------------------------------------------------------------------------------------- gas.c */

/* Density, velocity along x, temperature; pressure is rho T. */
typedef struct gas {
    double rho, u, T;
} gas;

/* Exact solution of Euler's equations for two states meeting at x = 0, a perfect gas of ratio g of specific heats (3D monatomic: 5/3). */
typedef struct riemann {
    gas left, right;
    double g, p, u, left_rho, right_rho; /* between the two nonlinear waves: pressure and velocity, density on each side of the contact */
} riemann;

void riemann_solve(gas left, gas right, double g, riemann *solution);
gas riemann_sample(const riemann *solution, double x_over_t);

/* Free molecular flow at (x, t): f(t, x, v) = f_0(x - v_x t, v) with f_0 = (1 - Phi(x/width)) M_left + Phi(x/width) M_right, Phi the normal
 * distribution function; width 0 is a diaphragm. */
gas free_molecular(gas left, gas right, double width, double x, double t);

/* Trubnikov's rate d(T_x - T_p)/dt = -3 rate (T_x - T_p) of a bi-Maxwellian under Q_L with gamma = -3, C_beta = 1. */
double trubnikov_rate(double rho, double T_x, double T_p);

/* ----------------------------------------------------------------------------------------------------------- velocity.c */

typedef struct velocity_grid {
    int n;
    int64_t nodes;
    double half_width, radius, spacing, cell;
    double *v[3]; /* n nodes of each axis */
    int negative; /* nodes with v_x < 0; v_x = 0 counts as positive */
} velocity_grid;

/* Mass, momentum, energy int |v|^2/2 f: the collision invariants; then P_xx, P_yy, P_zz and the heat flux along x about the mean
 * velocity. */
enum { MASS = 0, MOMENTUM = 1, ENERGY = 4, INVARIANTS = 5, STRESS = 5, HEAT_FLUX = 8, MOMENTS = 9 };

/* The best box of n nodes an axis for temperatures in [T_min, T_max]. */
void velocity_create(grz_context *context, int n, double T_min, double T_max, double mean, velocity_grid *velocity, grz_grid **grid);
void velocity_destroy(velocity_grid *velocity);
void velocity_moments(const velocity_grid *velocity, const double *f, double moments[MOMENTS]);
void velocity_invariants(const velocity_grid *velocity, const double *f, double invariants[INVARIANTS]);

/* rho, u (3), T of invariants; 0 when there is no such gas. */
int gas_of(const double invariants[INVARIANTS], double *rho, double u[3], double *T);

/* The Maxwellian times a quadratic polynomial close to 1, whose discrete invariants are the given ones to rounding. */
void maxwellian_fill(const velocity_grid *velocity, const double invariants[INVARIANTS], double *M);
/* f += M times a quadratic polynomial, so that f has the invariants to rounding; M: a Maxwellian with about these. */
void invariants_restore(const velocity_grid *velocity, const double invariants[INVARIANTS], const double *M, double *f);
/* rho times a normal density of temperature T_x along x, T_p across, moving with u along x. */
void bimaxwellian_add(const velocity_grid *velocity, double rho, double u, double T_x, double T_p, double *f);

/* ---------------------------------------------------------------------------------------------------------- transport.c */

enum { GHOSTS = 2 };

/* This rank's cells: first, ..., first + count - 1 of all; f has GHOSTS more on each side. */
typedef struct domain {
    const velocity_grid *velocity;
    int rank, ranks, cells, first, count, periodic;
    double left, dx;
    double *f, *next;
    double inflow[INVARIANTS], outflow[INVARIANTS]; /* through the left end on the first rank, the right end on the last, since the start */
    int64_t halo_bytes, gather_bytes;               /* sent to other ranks */
    double exchanging;                              /* processor time spent in the halo exchange, which waits for the neighbours */
} domain;

void domain_create(const velocity_grid *velocity, int cells, double left, double right, int periodic, domain *d);
void domain_destroy(domain *d);
/* Cell i of this rank, -GHOSTS <= i < count + GHOSTS. */
double *domain_cell(const domain *d, double *f, int i);
/* One step of v_x f_x with |v_x| dt <= dx: second order in time and space, no new extrema. */
void transport(domain *d, double dt);
/* Values of width doubles of each cell, to rank 0 in the order of cells; all: cells*width doubles, only used there. */
void domain_gather(domain *d, int width, const double *own, double *all);

/* ---------------------------------------------------------------------------------------------------------- collision.c */

typedef enum molecules { VHS, INVERSE_POWER, COULOMB } molecules;

typedef struct collider collider;

/* parameter: gamma of VHS, s of the inverse power. knudsen: viscosity over pressure at rho = T = 1. wisdom: a file of FFTW's plans, which
 * runs must share to give the same bits; made if absent. All ranks together. */
collider *collider_create(grz_context *context, const grz_grid *grid, const velocity_grid *velocity, molecules law, double parameter,
                          double knudsen, int accuracy, const char *wisdom);
void collider_destroy(collider **collider);
/* f_t = rate Q(f, f) for a time dt in this rank's cells, one after the other from f on; all ranks together. Returns the number of steps. */
int collide(collider *collider, int64_t count, double *f, double dt);
/* What multiplies Q of the library's kernel. */
double collider_rate(const collider *collider);

/* ------------------------------------------------------------------------------------------------------------- output.c */

typedef struct record record;

record *record_create(const char *path, const domain *d, const char *parameters);
/* Appends the moments of all cells, and returns them (on rank 0, to be freed; NULL elsewhere). All ranks together. */
double *record_write(record *r, domain *d, double time);
void record_close(record **r);

/* The whole state, to go on from with the same bits. load: step, with the same parameters (a line of text) only. */
void checkpoint_save(const char *path, domain *d, const char *parameters, int64_t step);
int64_t checkpoint_load(const char *path, domain *d, const char *parameters);

/* Mass, momentum, energy of all cells, and what entered through the ends less what left; on rank 0. moments: of all cells. */
void totals(domain *d, const double *moments, double total[INVARIANTS], double entered[INVARIANTS]);

#endif

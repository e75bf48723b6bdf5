/* Transport in x: slopes limited by van Leer's monotonised central rule, each cell's linear profile moved exactly by v_x dt and averaged
 * again. The flux is second order in time and space; since the profiles lie between the neighbouring averages, a step makes no new extremum
 * and keeps f >= 0. Source: B. van Leer, J. Comput. Phys. 23 (1977) 276. */
#include "kinetic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void domain_create(const velocity_grid *velocity, int cells, double left, double right, int periodic, domain *d)
{
    *d = (domain){.velocity = velocity, .cells = cells, .periodic = periodic, .left = left, .dx = (right - left) / cells};
    MPI_Comm_rank(MPI_COMM_WORLD, &d->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &d->ranks);
    d->first = (int)((int64_t)cells * d->rank / d->ranks);
    d->count = (int)((int64_t)cells * (d->rank + 1) / d->ranks) - d->first;
    if (cells / d->ranks < GHOSTS) fail("%d cells are too few for %d ranks", cells, d->ranks);
    d->f = allocate((d->count + 2 * GHOSTS) * velocity->nodes, sizeof *d->f);
    d->next = allocate((d->count + 2 * GHOSTS) * velocity->nodes, sizeof *d->next);
}

void domain_destroy(domain *d)
{
    free(d->f);
    free(d->next);
}

double *domain_cell(const domain *d, double *f, int i)
{
    return f + (i + GHOSTS) * d->velocity->nodes;
}

/* What a neighbour needs is one run of memory. Rightward: the half v_x >= 0 of the last cell but one, then all of the last; leftward: all
 * of the first cell, then the half v_x < 0 of the second. */
static void exchange(domain *d)
{
    int64_t nodes = d->velocity->nodes, plane = (int64_t)d->velocity->n * d->velocity->n, negative = d->velocity->negative * plane;
    int64_t right_size = 2 * nodes - negative, left_size = nodes + negative;
    int last = d->rank == d->ranks - 1, first = d->rank == 0;
    int right = !last         ? d->rank + 1
                : d->periodic ? 0
                              : MPI_PROC_NULL,
        left = !first        ? d->rank - 1
               : d->periodic ? d->ranks - 1
                             : MPI_PROC_NULL;
    double *right_from = domain_cell(d, d->f, d->count - 2) + negative, *right_to = domain_cell(d, d->f, -2) + negative;
    double *left_from = domain_cell(d, d->f, 0), *left_to = domain_cell(d, d->f, d->count);
    if (d->ranks == 1) {
        if (d->periodic) {
            memcpy(right_to, right_from, (size_t)right_size * sizeof(double));
            memcpy(left_to, left_from, (size_t)left_size * sizeof(double));
        }
        return;
    }
    MPI_Sendrecv(right_from, (int)right_size, MPI_DOUBLE, right, 1, right_to, (int)right_size, MPI_DOUBLE, left, 1, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    MPI_Sendrecv(left_from, (int)left_size, MPI_DOUBLE, left, 2, left_to, (int)left_size, MPI_DOUBLE, right, 2, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    if (right != MPI_PROC_NULL) d->halo_bytes += right_size * (int64_t)sizeof(double);
    if (left != MPI_PROC_NULL) d->halo_bytes += left_size * (int64_t)sizeof(double);
}

/* Value carried through the downstream face of a cell: its average and the limited slope, times half of what stays. */
static inline double carried(double upstream, double here, double downstream, double half)
{
    double a = here - upstream, b = downstream - here;
    double small = fabs(a) < fabs(b) ? 2 * fabs(a) : 2 * fabs(b), middle = fabs(a + b) / 2, slope = middle < small ? middle : small;
    return here + half * (a * b > 0 ? (a > 0 ? slope : -slope) : 0);
}

/* cells: the averages of cells -2, ..., 2 about the one to be moved. */
static void move_cell(const velocity_grid *g, const double *const cells[5], double dt_over_dx, double *next)
{
    int64_t plane = (int64_t)g->n * g->n;
    for (int i = 0; i < g->n; i++) {
        double courant = g->v[0][i] * dt_over_dx, share = fabs(courant), half = (1 - share) / 2;
        const double *here = cells[2] + i * plane, *up1 = cells[courant < 0 ? 3 : 1] + i * plane,
                     *up2 = cells[courant < 0 ? 4 : 0] + i * plane, *down = cells[courant < 0 ? 1 : 3] + i * plane;
        double *to = next + i * plane;
        for (int64_t j = 0; j < plane; j++)
            to[j] = here[j] - share * (carried(up1[j], here[j], down[j], half) - carried(up2[j], up1[j], here[j], half));
    }
}

/* Invariants carried through the face between cells[1] and cells[2] in dt: its flux has the arithmetic of move_cell. */
static void add_flux(const velocity_grid *g, const double *const cells[4], double dt, double dx, double *work, double sums[INVARIANTS])
{
    int64_t plane = (int64_t)g->n * g->n;
    for (int i = 0; i < g->n; i++) {
        double courant = g->v[0][i] * (dt / dx), half = (1 - fabs(courant)) / 2;
        const double *at[4];
        for (int c = 0; c < 4; c++) at[c] = cells[courant < 0 ? 3 - c : c] + i * plane;
        for (int64_t j = 0; j < plane; j++) work[i * plane + j] = courant * dx * carried(at[0][j], at[1][j], at[2][j], half);
    }
    double flux[INVARIANTS];
    velocity_invariants(g, work, flux);
    for (int k = 0; k < INVARIANTS; k++) sums[k] += flux[k];
}

static void count_ends(domain *d, double dt)
{
    const double *cells[4];
    double *work = domain_cell(d, d->next, 0); /* free until the cells are moved */
    if (d->rank == 0) {
        for (int c = 0; c < 4; c++) cells[c] = domain_cell(d, d->f, c - 2);
        add_flux(d->velocity, cells, dt, d->dx, work, d->inflow);
    }
    if (d->rank == d->ranks - 1) {
        for (int c = 0; c < 4; c++) cells[c] = domain_cell(d, d->f, d->count + c - 2);
        add_flux(d->velocity, cells, dt, d->dx, work, d->outflow);
    }
}

void transport(domain *d, double dt)
{
    clock_t begin = clock();
    exchange(d);
    d->exchanging += (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (!d->periodic) count_ends(d, dt);
    for (int i = 0; i < d->count; i++) {
        const double *cells[5];
        for (int c = 0; c < 5; c++) cells[c] = domain_cell(d, d->f, i + c - 2);
        move_cell(d->velocity, cells, dt / d->dx, domain_cell(d, d->next, i));
    }
    double *moved = d->next;
    d->next = d->f;
    d->f = moved;
}

void domain_gather(domain *d, int width, const double *own, double *all)
{
    int *counts = allocate(d->ranks, sizeof *counts), *starts = allocate(d->ranks, sizeof *starts);
    for (int r = 0; r < d->ranks; r++) {
        starts[r] = (int)((int64_t)d->cells * r / d->ranks) * width;
        counts[r] = (int)((int64_t)d->cells * (r + 1) / d->ranks) * width - starts[r];
    }
    MPI_Gatherv(own, d->count * width, MPI_DOUBLE, all, counts, starts, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    if (d->rank > 0) d->gather_bytes += (int64_t)d->count * width * (int64_t)sizeof(double);
    free(counts);
    free(starts);
}

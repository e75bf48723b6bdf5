/* Mixtures: species with their masses on their grids, and a kernel for every pair. */
#ifndef GRZI_MIXTURE_H
#define GRZI_MIXTURE_H

#include "distribution/distribution.h"
#include "kernel/kernel.h"

struct grz_species {
    int references;
    grz_context *context;
    double mass, charge;
    char *name;
};

struct grz_mixture {
    int references;
    grz_context *context;
    int count;
    grz_species **species;
    grz_grid **grids;
    grz_kernel **kernels; /* of a <= b at grzi_mixture_pair; NULL where none was set */
    int64_t *offset;      /* count + 1: where a species' values begin in a density of all */
};

enum { GRZI_MIXTURE_SPECIES = 32 };

grz_species *grzi_species_retain(const grz_species *species);
void grzi_species_release(grz_species *species);
grz_mixture *grzi_mixture_retain(const grz_mixture *mixture);
void grzi_mixture_release(grz_mixture *mixture);

static inline int grzi_mixture_pairs(int count)
{
    return count * (count + 1) / 2;
}

/* Place of the pair a <= b: (0, 0), (0, 1), (1, 1), (0, 2), ... */
static inline int grzi_mixture_pair(int a, int b)
{
    return b * (b + 1) / 2 + a;
}

/* Steps of the finer of two grids' lattice to a spacing of either, 0 and 0 when no lattice has the nodes of both. */
void grzi_mixture_ratio(const grz_grid *a, const grz_grid *b, int ratio[2]);

/* The totals that collisions keep: mean velocity and temperature of all species, from each one's number, mean velocity and temperature. */
void grzi_mixture_totals(const grz_mixture *mixture, const double *number, const double *velocity, const double *temperature, double u[3],
                         double *T);

#endif

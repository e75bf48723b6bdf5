/* What a run computes, and the parameters that the command line sets. */
#ifndef KINETIC_CASES_H
#define KINETIC_CASES_H

#include "kinetic.h"

#include <stdio.h>

typedef enum problem {
    SHOCK_TUBE, /* two gases at rest, left and right of x = 0 */
    RELAXATION, /* a uniform plasma with two temperatures, along x and across */
    LAYERS      /* a periodic plasma whose temperature along x varies */
} problem;

typedef struct settings {
    problem problem;
    int cells, nodes, accuracy, outputs, threads;
    int64_t stop; /* step to end at; 0: at the end time */
    double length, end, courant, knudsen, width, T_x, T_p;
    molecules law;
    double parameter; /* VHS: gamma; inverse power: s */
    const char *name, *restart, *wisdom;
    int checkpoint, every; /* the state at the end; and after so many steps, 0: not */
    int progress;
} settings;

/* Ends the program, with the list of options where it is asked for. */
void settings_read(int argc, char **argv, settings *s);

/* One line that tells runs apart whose states differ. */
void settings_describe(const settings *s, int64_t steps, char *text, int size);

/* Temperatures that the velocity grid must hold, and its centre. */
void case_range(const settings *s, double *T_min, double *T_max, double *mean);
void case_start(const settings *s, domain *d);

/* A block of rows for one time: x, rho, u, T, T_x, T_p, q and the closed forms of the case. */
void case_print(const settings *s, const domain *d, const double *moments, double rate, double time, FILE *csv);

/* Mean |computed - exact| over mean |exact| of density, velocity and temperature of a shock tube. */
void case_errors(const settings *s, const domain *d, const double *moments, double time, double euler[3], double free_flow[3]);

#endif

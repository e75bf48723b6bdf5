#include "cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sod's tube: pressures 1 and 0.1. */
static const gas LEFT = {1, 0, 1}, RIGHT = {0.125, 0, 0.8};
static const double RATIO = 5.0 / 3;

enum { LAYER_PERCENT = 40 }; /* T_x = T_p (1 + 0.4 cos) */

void settings_describe(const settings *s, int64_t steps, char *text, int size)
{
    snprintf(text, (size_t)size,
             "problem %d, cells %d, nodes %d, accuracy %d, length %.17g, end %.17g in %lld steps, Kn %.17g, width %.17g, T %.17g %.17g, "
             "law %d %.17g",
             (int)s->problem, s->cells, s->nodes, s->accuracy, s->length, s->end, (long long)steps, s->knudsen, s->width, s->T_x, s->T_p,
             (int)s->law, s->parameter);
}

static void usage(void)
{
    puts(
        "kinetic CASE [--option value]...\n"
        "CASE: shock | relaxation | layers\n"
        "  --cells N --nodes N --length X --end T --outputs N   resolution, domain, times\n"
        "  --courant C      dt = C dx/v_max, at most 2 (two half steps of transport)\n"
        "  --knudsen K      viscosity over pressure at rho = T = 1; inf: no collisions\n"
        "  --vhs GAMMA | --inverse-power S | --coulomb 1        molecules\n"
        "  --width W        shock: standard deviation that smooths the initial jump\n"
        "  --tx T --tp T    relaxation: temperatures along x and across\n"
        "  --accuracy 1..4 --threads N                          of the library\n"
        "  --name NAME      NAME.h5, NAME.csv, with --checkpoint 1 NAME.state.h5 at the end\n"
        "  --checkpoint-every N                                 NAME.state.h5 after every N steps too; SIGINT and SIGTERM always write it\n"
        "  --progress 0                                         nothing on stderr\n"
        "  --stop STEP --restart FILE                           end early; go on from NAME.state.h5\n"
        "  --wisdom FILE    FFTW's plans: runs that share it have the same bits");
    exit(0);
}

static void choose_case(const char *name, settings *s)
{
    if (strcmp(name, "shock") == 0)
        *s = (settings){
            .problem = SHOCK_TUBE, .cells = 200, .nodes = 16, .length = 1, .end = 0.2, .knudsen = 5e-4, .law = VHS, .parameter = 0.38};
    else if (strcmp(name, "relaxation") == 0)
        *s = (settings){
            .problem = RELAXATION, .cells = 8, .nodes = 24, .length = 8, .end = 8, .knudsen = 1, .law = COULOMB, .T_x = 1.4, .T_p = 0.8};
    else if (strcmp(name, "layers") == 0)
        *s = (settings){
            .problem = LAYERS, .cells = 64, .nodes = 16, .length = 20, .end = 10, .knudsen = 1, .law = COULOMB, .T_x = 1, .T_p = 1};
    else
        fail("no case \"%s\"; kinetic --help lists them", name);
    s->accuracy = s->threads = 1;
    s->outputs = 1;
    s->courant = 0.9;
    s->progress = 1;
    s->name = name;
    s->wisdom = "kinetic.wisdom";
}

static void in_range(const char *option, double value, double least, double largest)
{
    if (!(value >= least && value <= largest)) fail("%s %g is not in [%g, %g]", option, value, least, largest);
}

static void settings_check(const settings *s)
{
    const double tiny = 1e-100, huge = 1e100;
    if (!(s->courant > 0 && s->courant <= 2)) fail("--courant %g is not in (0, 2]", s->courant);
    in_range("--length", s->length, tiny, huge);
    in_range("--end", s->end, tiny, huge);
    if (!(s->knudsen >= tiny)) fail("--knudsen %g: above 0, or inf", s->knudsen);
    in_range("--width", s->width, 0, s->length);
    in_range("--cells", s->cells, 2, 1e7);
    in_range("--nodes", s->nodes, 8, 128);
    in_range("--outputs", s->outputs, 1, 1e6);
    in_range("--accuracy", s->accuracy, 1, 4);
    in_range("--threads", s->threads, 1, 1024);
    in_range("--checkpoint", s->checkpoint, 0, 1);
    in_range("--checkpoint-every", s->every, 0, 1e9);
    in_range("--progress", s->progress, 0, 1);
    in_range("--stop", (double)s->stop, 0, 1e9);
    if (s->problem == SHOCK_TUBE) return;
    in_range("--tx", s->T_x, 1e-3, 1e3);
    in_range("--tp", s->T_p, 1e-3, 1e3);
}

void settings_read(int argc, char **argv, settings *s)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0) usage();
    choose_case(argv[1], s);
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc) fail("%s wants a value", argv[i]);
        const char *option = argv[i], *text = argv[i + 1];
        char *rest;
        double value = strtod(text, &rest);
        struct {
            const char *name;
            double *place;
        } numbers[] = {{"--length", &s->length},    {"--end", &s->end},       {"--courant", &s->courant},
                       {"--knudsen", &s->knudsen},  {"--width", &s->width},   {"--tx", &s->T_x},
                       {"--tp", &s->T_p},           {"--vhs", &s->parameter}, {"--inverse-power", &s->parameter},
                       {"--coulomb", &s->parameter}};
        struct {
            const char *name;
            int *place;
        } counts[] = {
            {"--cells", &s->cells},     {"--nodes", &s->nodes},           {"--accuracy", &s->accuracy},      {"--outputs", &s->outputs},
            {"--threads", &s->threads}, {"--checkpoint", &s->checkpoint}, {"--checkpoint-every", &s->every}, {"--progress", &s->progress}};
        struct {
            const char *name;
            const char **place;
        } texts[] = {{"--name", &s->name}, {"--restart", &s->restart}, {"--wisdom", &s->wisdom}};
        int found = 0, number = 0, whole = 0;
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            if (strcmp(option, texts[k].name) == 0) *texts[k].place = text, found = 1;
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            if (strcmp(option, numbers[k].name) == 0) *numbers[k].place = value, found = number = 1;
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
            if (strcmp(option, counts[k].name) == 0) {
                if (fabs(value) <= 1e9) *counts[k].place = (int)value;
                found = number = whole = 1;
            }
        if (strcmp(option, "--stop") == 0) {
            if (fabs(value) <= 1e15) s->stop = (int64_t)value;
            found = number = whole = 1;
        }
        if (strcmp(option, "--vhs") == 0) s->law = VHS;
        if (strcmp(option, "--inverse-power") == 0) s->law = INVERSE_POWER;
        if (strcmp(option, "--coulomb") == 0) s->law = COULOMB;
        if (!found) fail("no option %s; kinetic --help lists them", option);
        if (number && (rest == text || *rest != 0 || isnan(value))) fail("%s %s: not a number", option, text);
        if (whole && !(value == floor(value) && fabs(value) <= 1e9)) fail("%s %s: not a whole number up to 1e9", option, text);
        if (strcmp(option, "--coulomb") == 0 && value != 1) fail("--coulomb %s: 1 is the only value", text);
        if (strcmp(option, "--width") == 0 && s->problem != SHOCK_TUBE) fail("--width is of the case shock");
        if ((strcmp(option, "--tx") == 0 || strcmp(option, "--tp") == 0) && s->problem == SHOCK_TUBE)
            fail("%s is of the cases relaxation and layers", option);
        if (!number && *text == 0) fail("%s wants a name", option);
    }
    settings_check(s);
}

void case_range(const settings *s, double *T_min, double *T_max, double *mean)
{
    if (s->problem == SHOCK_TUBE) {
        riemann r;
        riemann_solve(LEFT, RIGHT, RATIO, &r);
        double T_left = r.p / r.left_rho, T_right = r.p / r.right_rho;
        *mean = r.u / 2;
        *T_min = fmin(fmin(LEFT.T, RIGHT.T), fmin(T_left, T_right));
        *T_max = fmax(fmax(LEFT.T, RIGHT.T), fmax(T_left, T_right)) + r.u * r.u / 4;
    } else {
        double swing = s->problem == LAYERS ? LAYER_PERCENT / 100.0 * s->T_x : 0;
        *mean = 0;
        *T_min = fmin(s->T_x - swing, s->T_p);
        *T_max = fmax(s->T_x + swing, s->T_p);
    }
}

/* Share of the right gas; averages over a cell of a jump are the fraction beyond it. */
static double right_share(const settings *s, const domain *d, double x)
{
    if (s->width > 0) return erfc(-x / (s->width * sqrt(2.0))) / 2;
    return fmin(1, fmax(0, x / d->dx + 0.5));
}

static void fill_maxwellian(const domain *d, double share, gas g, double *work, double *f)
{
    const double m[INVARIANTS] = {g.rho, g.rho * g.u, 0, 0, g.rho * (1.5 * g.T + g.u * g.u / 2)};
    if (share == 0) return;
    maxwellian_fill(d->velocity, m, work);
    for (int64_t i = 0; i < d->velocity->nodes; i++) f[i] += share * work[i];
}

void case_start(const settings *s, domain *d)
{
    int64_t nodes = d->velocity->nodes;
    double *work = allocate(nodes, sizeof *work);
    for (int i = -GHOSTS; i < d->count + GHOSTS; i++) {
        double x = d->left + (d->first + i + 0.5) * d->dx, *f = domain_cell(d, d->f, i);
        memset(f, 0, (size_t)nodes * sizeof *f);
        if (s->problem == SHOCK_TUBE) {
            double share = right_share(s, d, x);
            fill_maxwellian(d, 1 - share, LEFT, work, f);
            fill_maxwellian(d, share, RIGHT, work, f);
        } else {
            double swing = s->problem == LAYERS ? LAYER_PERCENT / 100.0 * cos(2 * PI * x / s->length) : 0;
            bimaxwellian_add(d->velocity, 1, 0, s->T_x * (1 + swing), s->T_p, f);
        }
        memcpy(domain_cell(d, d->next, i), f, (size_t)nodes * sizeof *f); /* ghosts of open ends stay as they are */
    }
    free(work);
}

static gas exact_average(const settings *s, const riemann *r, const domain *d, double x, double time)
{
    enum { POINTS = 10 };
    double sums[3] = {0, 0, 0};
    for (int k = 0; k < POINTS; k++) {
        double at = x + ((k + 0.5) / POINTS - 0.5) * d->dx;
        gas g = !r ? free_molecular(LEFT, RIGHT, s->width, at, time) : time > 0 ? riemann_sample(r, at / time) : (at < 0 ? LEFT : RIGHT);
        sums[0] += g.rho / POINTS;
        sums[1] += g.rho * g.u / POINTS;
        sums[2] += g.rho * (3 * g.T + g.u * g.u) / POINTS;
    }
    double u = sums[1] / sums[0];
    return (gas){sums[0], u, (sums[2] / sums[0] - u * u) / 3};
}

static gas gas_of_cell(const double *moments, int cell)
{
    double rho, u[3], T;
    gas_of(moments + (int64_t)cell * MOMENTS, &rho, u, &T);
    return (gas){rho, u[0], T};
}

void case_errors(const settings *s, const domain *d, const double *moments, double time, double euler[3], double free_flow[3])
{
    riemann r;
    riemann_solve(LEFT, RIGHT, RATIO, &r);
    for (int kind = 0; kind < 2; kind++) {
        double difference[3] = {0, 0, 0}, size[3] = {0, 0, 0};
        for (int i = 0; i < d->cells; i++) {
            gas g = gas_of_cell(moments, i), e = exact_average(s, kind == 0 ? &r : NULL, d, d->left + (i + 0.5) * d->dx, time);
            const double computed[3] = {g.rho, g.u, g.T}, exact[3] = {e.rho, e.u, e.T};
            for (int k = 0; k < 3; k++) {
                difference[k] += fabs(computed[k] - exact[k]);
                size[k] += fabs(exact[k]);
            }
        }
        for (int k = 0; k < 3; k++) (kind == 0 ? euler : free_flow)[k] = difference[k] / size[k];
    }
}

/* T_x and T_p at this time if f stayed a bi-Maxwellian: Runge-Kutta's classical rule on Trubnikov's equations. */
static void trubnikov_at(const settings *s, double rate, double time, double T[2])
{
    enum { STEPS = 400 };
    double T_x = s->T_x, T_p = s->T_p, dt = time / STEPS;
    for (int i = 0; i < STEPS; i++) {
        double k[4];
        for (int j = 0; j < 4; j++) { /* the difference alone evolves: T_x + 2 T_p is constant */
            double shift = j == 0 ? 0 : k[j - 1] * (j == 3 ? dt : dt / 2), x = T_x + 2 * shift / 3, p = T_p - shift / 3;
            k[j] = -3 * rate * trubnikov_rate(1, x, p) * (x - p);
        }
        double change = dt / 6 * (k[0] + 2 * k[1] + 2 * k[2] + k[3]);
        T_x += 2 * change / 3;
        T_p -= change / 3;
    }
    T[0] = T_x;
    T[1] = T_p;
}

void case_print(const settings *s, const domain *d, const double *moments, double rate, double time, FILE *csv)
{
    riemann r;
    riemann_solve(LEFT, RIGHT, RATIO, &r);
    fputs("time,x,rho,u,T,T_x,T_p,q", csv);
    fputs(s->problem == SHOCK_TUBE   ? ",Euler rho,Euler u,Euler T,free rho,free u,free T\n"
          : s->problem == RELAXATION ? ",Trubnikov T_x,Trubnikov T_p\n"
                                     : "\n",
          csv);
    for (int i = 0; i < d->cells; i++) {
        const double *m = moments + (int64_t)i * MOMENTS;
        gas g = gas_of_cell(moments, i);
        double x = d->left + (i + 0.5) * d->dx;
        fprintf(csv, "%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g", time, x, g.rho, g.u, g.T, m[STRESS] / g.rho,
                (m[STRESS + 1] + m[STRESS + 2]) / (2 * g.rho), m[HEAT_FLUX]);
        for (int kind = 0; s->problem == SHOCK_TUBE && kind < 2; kind++) {
            gas e = exact_average(s, kind == 0 ? &r : NULL, d, x, time);
            fprintf(csv, ",%.9g,%.9g,%.9g", e.rho, e.u, e.T);
        }
        if (s->problem == RELAXATION) {
            double T[2];
            trubnikov_at(s, rate, time, T);
            fprintf(csv, ",%.9g,%.9g", T[0], T[1]);
        }
        fputs("\n", csv);
    }
    fputs("\n\n", csv);
}

/* mpirun -n RANKS kinetic CASE [--option value]...: docs/kinetic.md. */
#define _POSIX_C_SOURCE 200809L /* sigaction, isatty */
#include "cases.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Largest defect of total - start - entered, relative to mass, momentum's and energy's size. */
static double balance(domain *d, const double *moments, const double start[INVARIANTS])
{
    double total[INVARIANTS], entered[INVARIANTS], defect = 0;
    totals(d, moments, total, entered);
    if (d->rank > 0) return 0;
    const double speed = sqrt(2 * start[ENERGY] / start[MASS]);
    for (int k = 0; k < INVARIANTS; k++) {
        double size = k == MASS ? start[MASS] : k == ENERGY ? start[ENERGY] : start[MASS] * speed;
        defect = fmax(defect, fabs(total[k] - start[k] - entered[k]) / size);
    }
    return defect;
}

static void report_state(const settings *s, domain *d, const double *moments, double time, double defect)
{
    double range[2] = {0, 0};
    for (int64_t i = 0; i < d->count * d->velocity->nodes; i++) {
        range[0] = fmax(range[0], -domain_cell(d, d->f, 0)[i]);
        range[1] = fmax(range[1], domain_cell(d, d->f, 0)[i]);
    }
    MPI_Allreduce(MPI_IN_PLACE, range, 2, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    if (d->rank > 0) return;
    printf("conservation defect            %.2e\n", defect);
    printf("smallest f over largest        %.2e\n", range[0] > 0 ? -range[0] / range[1] : 0.0);
    if (s->problem == SHOCK_TUBE) {
        double euler[3], free_flow[3];
        case_errors(s, d, moments, time, euler, free_flow);
        printf("L1 from Euler's solution       %.5f %.5f %.5f (density, velocity, temperature)\n", euler[0], euler[1], euler[2]);
        printf("L1 from free molecular flow    %.5f %.5f %.5f\n", free_flow[0], free_flow[1], free_flow[2]);
    }
}

/* processor: this rank's processor time in the steps. */
static void report_cost(domain *d, double *seconds, double processor, int64_t steps)
{
    double working = processor - d->exchanging;
    MPI_Allreduce(MPI_IN_PLACE, &working, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    int64_t sent[2] = {d->halo_bytes, d->gather_bytes};
    MPI_Allreduce(MPI_IN_PLACE, sent, 2, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
    if (d->rank > 0 || steps == 0) return;
    qsort(seconds, (size_t)steps, sizeof *seconds, by_size);
    printf("median time of a step          %.3e s\n", seconds[steps / 2]);
    printf("processor time of a step       %.3e s on the busiest rank, without exchange\n", working / (double)steps);
    printf("halo bytes of a step           %lld on %d ranks\n", (long long)(sent[0] / steps), d->ranks);
    printf("bytes gathered for output      %lld\n", (long long)sent[1]);
}

/* The signal that asks to stop, 0: none. A second one ends the program at once. */
static volatile sig_atomic_t asked;

static void ask(int number)
{
    asked = number;
}

static void listen_for_signals(void)
{
    struct sigaction action = {.sa_handler = ask, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* All ranks stop after the same step, whichever has heard. */
static int stops(void)
{
    int heard = (int)asked;
    MPI_Allreduce(MPI_IN_PLACE, &heard, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return heard;
}

/* One line on a terminal, a new one every ten seconds elsewhere: steps, and when the rest will be done at the pace so far. */
static void show_progress(int64_t first, int64_t now, int64_t last, double begin)
{
    static double shown = 0;
    const int terminal = isatty(STDERR_FILENO);
    double time = MPI_Wtime(), spent = time - begin;
    if (time - shown < (terminal ? 0.2 : 10) && now < last) return;
    if (shown == 0 && !terminal && now < last) {
        shown = time;
        return;
    }
    double left = now > first ? spent * (double)(last - now) / (double)(now - first) : 0;
    fprintf(stderr, "%sstep %lld of %lld, %.0f s, %.0f s left%s", terminal ? "\r" : "", (long long)now, (long long)last, spent, left,
            terminal && now < last ? "   " : "   \n");
    shown = time;
}

/* 0, or the signal that ended the run; its state is then in NAME.state.h5. */
static int run(const settings *s, domain *d, collider *collider, int64_t steps, const char *parameters)
{
    double dt = s->end / (double)steps, rate = collider ? collider_rate(collider) : 0, defect = 0;
    int64_t last = s->stop > 0 && s->stop < steps ? s->stop : steps, every = steps / s->outputs, now = 0;
    char path[4096];
    case_start(s, d);
    double start[INVARIANTS], nothing[INVARIANTS], *moments = record_write(NULL, d, 0);
    totals(d, moments, start, nothing); /* also of a run to be continued: the balance covers all of it */
    free(moments);
    if (s->restart) now = checkpoint_load(s->restart, d, parameters);
    int64_t first = now;
    snprintf(path, sizeof path, "%s.h5", s->name);
    record *record = record_create(path, d, parameters);
    snprintf(path, sizeof path, "%s.csv", s->name);
    FILE *csv = d->rank == 0 ? fopen(path, "w") : NULL;
    if (d->rank == 0 && !csv) fail("cannot write %s", path);
    double *seconds = allocate(last - first + 1, sizeof *seconds), begin = MPI_Wtime(), processor = 0;
    int heard = 0;
    char state[4096];
    snprintf(state, sizeof state, "%s.state.h5", s->name);
    for (;; now++) {
        if (now > first && now < last && (heard = stops())) break;
        if (s->every && now > first && now < last && now % s->every == 0) checkpoint_save(state, d, parameters, now);
        if (d->rank == 0 && s->progress) show_progress(first, now, last, begin);
        if (now % every == 0 || now == last) {
            double time = (double)now * dt;
            moments = record_write(record, d, time);
            defect = fmax(defect, balance(d, moments, start));
            if (csv) {
                case_print(s, d, moments, rate, time, csv);
                fflush(csv);
            }
            if (now >= last) break;
            free(moments);
        }
        double at = MPI_Wtime();
        clock_t processor_at = clock();
        transport(d, dt / 2);
        if (collider) collide(collider, d->count, domain_cell(d, d->f, 0), dt);
        transport(d, dt / 2);
        seconds[now - first] = MPI_Wtime() - at;
        processor += (double)(clock() - processor_at) / CLOCKS_PER_SEC;
    }
    if (d->rank == 0) printf("steps, seconds                 %lld %.2f\n", (long long)(now - first), MPI_Wtime() - begin);
    if (heard) {
        checkpoint_save(state, d, parameters, now);
        if (d->rank == 0) fprintf(stderr, "kinetic: signal %d after step %lld: go on with --restart %s\n", heard, (long long)now, state);
    } else {
        report_cost(d, seconds, processor, last - first);
        report_state(s, d, moments, (double)last * dt, defect);
        if (s->checkpoint) checkpoint_save(state, d, parameters, last);
        free(moments);
    }
    free(seconds);
    if (csv && fclose(csv) != 0) fail("cannot write %s.csv", s->name);
    record_close(&record);
    return heard;
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    listen_for_signals();
    settings s;
    settings_read(argc, argv, &s);
    grz_context *context = NULL;
    grz_grid *grid = NULL;
    check(grz_context_create(&context), context);
    check(grz_context_set_threads(context, s.threads), context);
    double T_min, T_max, mean;
    case_range(&s, &T_min, &T_max, &mean);
    velocity_grid velocity;
    velocity_create(context, s.nodes, T_min, T_max, mean, &velocity, &grid);
    domain d;
    domain_create(&velocity, s.cells, s.problem == SHOCK_TUBE ? -s.length / 2 : 0, s.problem == SHOCK_TUBE ? s.length / 2 : s.length,
                  s.problem != SHOCK_TUBE, &d);
    double fastest = fmax(-velocity.v[0][0], velocity.v[0][s.nodes - 1]);
    int64_t steps = (int64_t)ceil(s.end * fastest / (s.courant * d.dx));
    steps = (steps + s.outputs - 1) / s.outputs * s.outputs;
    collider *collider = NULL;
    if (isfinite(s.knudsen)) collider = collider_create(context, grid, &velocity, s.law, s.parameter, s.knudsen, s.accuracy, s.wisdom);
    char parameters[512];
    settings_describe(&s, steps, parameters, sizeof parameters);
    if (d.rank == 0)
        printf("%s\nvelocities                     %d^3 in [%.3f, %.3f] x [%.3f, %.3f]^2, R = %.3f\n", parameters, velocity.n,
               mean - velocity.half_width, mean + velocity.half_width, -velocity.half_width, velocity.half_width, velocity.radius);
    int heard = run(&s, &d, collider, steps, parameters);
    collider_destroy(&collider);
    domain_destroy(&d);
    velocity_destroy(&velocity);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    MPI_Finalize();
    return heard ? 128 + heard : 0;
}

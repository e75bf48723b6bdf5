/* Loops of C around single calls, for python_calls.py: the seconds of this thread's processor time that count calls take without Python. */
#define _POSIX_C_SOURCE 200809L

#include <grazing.h>

#include <time.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double time_apply(grz_operator *op, const double *f, double *Q, int32_t count);
double time_values(const grz_distribution *f, double *values, int32_t count);
double time_evaluate(grz_functional *functional, const double *f, double *value, int32_t count);

double time_apply(grz_operator *op, const double *f, double *Q, int32_t count)
{
    double begin = seconds();
    for (int32_t i = 0; i < count; i++)
        if (grz_operator_apply(op, f, Q) != GRZ_OK) return -1;
    return seconds() - begin;
}

double time_values(const grz_distribution *f, double *values, int32_t count)
{
    double begin = seconds();
    for (int32_t i = 0; i < count; i++)
        if (grz_distribution_values(f, values) != GRZ_OK) return -1;
    return seconds() - begin;
}

double time_evaluate(grz_functional *functional, const double *f, double *value, int32_t count)
{
    double begin = seconds();
    for (int32_t i = 0; i < count; i++)
        if (grz_functional_evaluate(functional, f, value) != GRZ_OK) return -1;
    return seconds() - begin;
}

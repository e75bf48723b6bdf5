/* Results in several systems of units. A suite computes everything it judges from a scale (speed V, density s): velocities V v, densities
 * s f, times t/(V^{3+gamma} s), and notes each number with the powers of V and s that it must have. In units that are powers of two the
 * numbers are the same to the bit wherever the powers are powers of two, which gamma in halves of integers and V = 4^k sees to. */
#ifndef UNITS_SUPPORT_H
#define UNITS_SUPPORT_H

#include "support/check.h"

#include <stdio.h>

typedef struct scale {
    double V, s;
} scale;

enum { MAX_NOTES = 400, MAX_NUMBERS = 400000 };

typedef struct note {
    char name[96];
    int first, count, exact, absolute;
    double magnified;
    double of_V, of_s; /* powers */
} note;

typedef struct notes {
    int count, numbers;
    note note[MAX_NOTES];
    double number[MAX_NUMBERS];
} notes;

static UNUSED void take(notes *to, const char *name, const double *values, int count, double of_V, double of_s)
{
    HOLDS(to->count < MAX_NOTES && to->numbers + count <= MAX_NUMBERS, "too many notes: %s", name);
    note *n = &to->note[to->count++];
    *n = (note){.first = to->numbers, .count = count, .exact = 1, .of_V = of_V, .of_s = of_s, .magnified = 1};
    snprintf(n->name, sizeof n->name, "%s", name);
    memcpy(to->number + to->numbers, values, sizeof *values * count);
    to->numbers += count;
}

static UNUSED void take_one(notes *to, const char *name, double value, double of_V, double of_s)
{
    take(to, name, &value, 1, of_V, of_s);
}

/* The last note is right within rounding even in powers of two: it has the logarithm of a unit in it. */
static UNUSED void not_to_the_bit(notes *to)
{
    to->note[to->count - 1].exact = 0;
}

/* The last note is a relative difference: it is right when it is right to the tolerance of a whole. */
static UNUSED void is_a_difference(notes *to)
{
    to->note[to->count - 1].absolute = 1;
}

/* The last note magnifies the rounding of each node, as derivatives of log f divided by a small f do, or is solved to a tolerance: allowed
 * so many times what others are. */
static UNUSED void magnifies(notes *to, double times)
{
    to->note[to->count - 1].magnified = times;
}

/* tolerance: relative to the largest number of a note; 0: to the bit. */
static UNUSED void compare_notes(const notes *base, const notes *other, scale u, double tolerance)
{
    ck_assert_int_eq(base->count, other->count);
    for (int i = 0; i < base->count; i++) {
        const note *n = &base->note[i];
        const double *a = base->number + n->first, *b = other->number + n->first;
        double power = pow(u.V, n->of_V) * pow(u.s, n->of_s), largest = 0, worst = 0,
               allowed = n->exact            ? tolerance
                         : tolerance > 1e-11 ? tolerance
                                             : 1e-11;
        allowed *= n->magnified;
        HOLDS(power > 0 && isfinite(power), "%s: the power itself is out of range", n->name);
        for (int k = 0; k < n->count; k++) {
            HOLDS(isfinite(a[k]) && isfinite(b[k]), "%s[%d] = %g, was %g", n->name, k, b[k], a[k]);
            if (!(fabs(a[k]) <= largest)) largest = fabs(a[k]);
            if (!(fabs(b[k] / power - a[k]) <= worst)) worst = fabs(b[k] / power - a[k]);
        }
        if (n->absolute) largest = 1;

        HOLDS(worst <= allowed * largest, "%s: V = %g, s = %g: off by %.2e of %.3g, allowed %.1e", n->name, u.V, u.s, worst / largest,
              largest, allowed);
    }
}

/* Runs measure at (1, 1), then to the bit in powers of two and within rounding in decimal units. */
static UNUSED void same_in_all_units(void (*measure)(scale u, notes *to, void *user), void *user, double tolerance)
{
    static const scale BINARY[] = {{0x1p-28, 0x1p30}, {0x1p28, 1}, {1, 0x1p-28}, {1, 0x1p40}, {0x1p24, 0x1p-66}, {0x1p-12, 1}};
    static const scale DECIMAL[] = {{1e-8, 1e8}, {1e8, 1e-8}, {4.19e6, 3.1e-14}, {1e-4, 1}, {1e3, 1e-3}};
    notes *base = calloc(1, sizeof *base), *other = calloc(1, sizeof *other);
    ck_assert(base && other);
    int some = getenv("GRZ_TEST_FULL") ? 1 : getenv("GRZ_TEST_FAST") ? 6 : 3;
    measure((scale){1, 1}, base, user);
    for (int i = 0; i < 6; i += some) {
        other->count = other->numbers = 0;
        measure(BINARY[i], other, user);
        compare_notes(base, other, BINARY[i], 0);
    }
    for (int i = 0; i < 5; i += some) {
        other->count = other->numbers = 0;
        measure(DECIMAL[i], other, user);
        compare_notes(base, other, DECIMAL[i], tolerance);
    }
    free(base);
    free(other);
}

static UNUSED grz_grid *unit_grid(grz_context *context, scale u, int n, double half_width)
{
    const double centre[3] = {0.5 * u.V, -0.25 * u.V, 0.125 * u.V};
    grz_grid *grid;
    OK(grz_grid_create(context, n, half_width * u.V, centre, &grid));
    return grid;
}

/* Two displaced, unlike, tilted Gaussians, positive everywhere: computed without units, then multiplied by s. */
static UNUSED void unit_density(scale u, int n, double half_width, double *f)
{
    double h = 2 * half_width / n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) {
                double x = -half_width + (i + 0.5) * h, y = -half_width + (j + 0.5) * h, z = -half_width + (k + 0.5) * h;
                double a = x - 0.8, b = x + 0.7, t = y + 0.3 * z;
                f[(i * n + j) * n + k] = u.s * (exp(-(a * a / 0.7 + t * t / 0.9 + z * z) / 2) +
                                                0.6 * exp(-(b * b / 0.6 + y * y / 0.8 + (z - 0.2) * (z - 0.2)) / 2));
            }
}

/* A test function without units: smooth, neither even nor odd. */
static UNUSED void unit_function(int n, double *psi)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++) {
                double x = (i + 0.5) / n, y = (j + 0.5) / n, z = (k + 0.5) / n;
                psi[(i * n + j) * n + k] = sin(3 * x - y) + x * x * y - 0.5 * z * z * z * x;
            }
}

#endif

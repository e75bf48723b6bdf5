/* Random numbers that are the same everywhere. */
#ifndef SUPPORT_RANDOM_H
#define SUPPORT_RANDOM_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#ifndef UNUSED
#define UNUSED __attribute__((unused))
#endif

/* Uniform in (0, 1): splitmix64. */
static UNUSED double uniform(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Rows: a rotation by the unit quaternion of four random numbers. */
static UNUSED void random_axes(uint64_t *state, double axes[9])
{
    double q[4], norm = 0;
    for (int i = 0; i < 4; i++) {
        q[i] = uniform(state) - 0.5;
        norm += q[i] * q[i];
    }
    for (int i = 0; i < 4; i++) q[i] /= sqrt(norm);
    double w = q[0], x = q[1], y = q[2], z = q[3];
    double R[9] = {1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y), 2 * (x * y + w * z),    1 - 2 * (x * x + z * z),
                   2 * (y * z - w * x),     2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)};
    memcpy(axes, R, sizeof R);
}

#endif

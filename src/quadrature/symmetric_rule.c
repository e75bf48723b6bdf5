/* Rules invariant under a finite rotation group: orbits from their generators. */
#include "sphere_tables.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static int group_order(const grzi_symmetric_rule *rule)
{
    switch (rule->rotations) {
    case GRZI_CYCLIC:
        return rule->fold;
    case GRZI_DIHEDRAL:
        return 2 * rule->fold;
    case GRZI_TETRAHEDRAL:
        return 12;
    case GRZI_OCTAHEDRAL:
        return 24;
    default:
        return 60;
    }
}

/* Turns x by the angle 2 pi j/fold about the unit axis. */
static void turn(const double axis[3], int j, int fold, double x[3])
{
    double angle = 2 * GRZI_PI * j / fold, c = cos(angle), s = sin(angle);
    double along = (1 - c) * (axis[0] * x[0] + axis[1] * x[1] + axis[2] * x[2]);
    double y[3] = {c * x[0] + s * (axis[1] * x[2] - axis[2] * x[1]) + along * axis[0],
                   c * x[1] + s * (axis[2] * x[0] - axis[0] * x[2]) + along * axis[1],
                   c * x[2] + s * (axis[0] * x[1] - axis[1] * x[0]) + along * axis[2]};
    memcpy(x, y, sizeof y);
}

/* The twelve rotations of the tetrahedron: even changes of sign and cyclic permutations. */
static void turn_tetrahedral(int element, double x[3])
{
    static const double sign[4][3] = {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}};
    double y[3];
    for (int i = 0; i < 3; i++) y[i] = sign[element / 3][i] * x[(i + element % 3) % 3];
    memcpy(x, y, sizeof y);
}

/* The group is a product of two sets, so that one rounding step separates a node from its generator. */
static void turn_by_element(const grzi_symmetric_rule *rule, int element, double x[3])
{
    static const double vertical[3] = {0, 0, 1};
    /* (0, 1, golden ratio)/norm: through a vertex of the icosahedron */
    static const double vertex[3] = {0, 0.52573111211913360603, 0.85065080835203993218};
    switch (rule->rotations) {
    case GRZI_DIHEDRAL:
        if (element >= rule->fold) x[1] = -x[1], x[2] = -x[2];
        turn(vertical, element % rule->fold, rule->fold, x);
        break;
    case GRZI_TETRAHEDRAL:
        turn_tetrahedral(element, x);
        break;
    case GRZI_OCTAHEDRAL:
        if (element >= 12) {
            double first = x[0];
            x[0] = -x[1];
            x[1] = first;
        }
        turn_tetrahedral(element % 12, x);
        break;
    case GRZI_ICOSAHEDRAL:
        turn(vertex, element / 12, 5, x);
        turn_tetrahedral(element % 12, x);
        break;
    default:
        turn(vertical, element, rule->fold, x);
    }
}

void grzi_symmetric_rule_fill(const grzi_symmetric_rule *rule, double *nodes, double *weights)
{
    int count = 0, order = group_order(rule);
    for (int orbit = 0; orbit < rule->orbits; orbit++) {
        int first = count;
        for (int element = 0; element < order && count < rule->count; element++) {
            double x[3];
            memcpy(x, rule->orbit[orbit].node, sizeof x);
            turn_by_element(rule, element, x);
            int known = 0;
            for (int i = first; i < count && !known; i++) {
                const double *y = nodes + 3 * i;
                known = fabs(x[0] * y[0] + x[1] * y[1] + x[2] * y[2]) > 1 - 1e-10;
            }
            if (!known) memcpy(nodes + 3 * count++, x, sizeof x);
        }
        for (int i = first; i < count; i++) weights[i] = rule->orbit[orbit].weight / (count - first);
    }
}

const grzi_symmetric_rule *grzi_symmetric_rule_find(int degree)
{
    const grzi_symmetric_rule *best = NULL;
    for (int i = 0; i < grzi_symmetric_rules_low_count + grzi_symmetric_rules_high_count; i++) {
        int high = i - grzi_symmetric_rules_low_count;
        const grzi_symmetric_rule *rule = high < 0 ? &grzi_symmetric_rules_low[i] : &grzi_symmetric_rules_high[high];
        if (rule->degree >= degree && (!best || rule->count < best->count)) best = rule;
    }
    return best;
}

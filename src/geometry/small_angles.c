#include "geometry/small_angles.h"

#include <math.h>

static const double WIDEST = 0.08;

void grzi_small_angles_make(double shortest, grzi_small_angles *rule)
{
    const double length = fmax(WIDEST, 3 * shortest);
    rule->shortest = shortest;
    for (int k = 0; k < GRZI_SMALL_ANGLES; k++) {
        double sine = sin((2 * k + 1) * GRZI_PI / (4 * GRZI_SMALL_ANGLES)); /* Chebyshev's nodes */
        rule->theta[k] = shortest + length * sine * sine;
    }
    for (int k = 0; k < GRZI_SMALL_ANGLES; k++) {
        rule->weight[k] = 1;
        for (int j = 0; j < GRZI_SMALL_ANGLES; j++)
            if (j != k) rule->weight[k] *= rule->theta[j] / (rule->theta[j] - rule->theta[k]);
    }
}

void grzi_small_angles_turn(const grzi_batch *batch, double theta, double sigma[3])
{
    for (int a = 0; a < 3; a++) sigma[a] = cos(theta) * batch->w[a] + sin(theta) * batch->chord[a];
}

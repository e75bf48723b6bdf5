#include "operator/spectral/cone.h"

#include "quadrature/quadrature.h"

#include <math.h>

double grzi_cone_weight(double decay, double floor, double k, double l, double m)
{
    double amplitude = (exp(-decay * l * l) + floor) * (exp(-decay * m * m) + floor);
    double near = 0.4 / k;
    return amplitude * amplitude * l * m * k * (1 + near * near);
}

static void fill(grzi_cone *cone, const double *side_weight, const double *window, const double *window_weight)
{
    int64_t pair = 0;
    for (int a = 0; a < cone->sides; a++)
        for (int b = a; b < cone->sides; b++, pair++) {
            double l = cone->side[a], m = cone->side[b], low = m - l, high = fmin(l + m, 1);
            double w = side_weight[a] * side_weight[b] * (high - low) * (a == b ? 1 : 2);
            for (int c = 0; c < cone->windows; c++) {
                double k = low + (high - low) * window[c];
                cone->k[pair * cone->windows + c] = k;
                cone->root_weight[pair * cone->windows + c] =
                    sqrt(w * window_weight[c] * grzi_cone_weight(cone->decay, cone->floor, k, l, m));
            }
        }
}

grz_status grzi_cone_create(const grz_context *context, int sides, int windows, double decay, double floor, grzi_cone *cone)
{
    grzi_cone made = {.sides = sides, .windows = windows, .pairs = (int64_t)sides * (sides + 1) / 2, .decay = decay, .floor = floor};
    *cone = (grzi_cone){0};
    made.side = grzi_allocate(context, sides + 2 * made.pairs * windows, sizeof(double));
    double *gauss = grzi_allocate(context, sides + 2 * (int64_t)windows, sizeof(double));
    grz_status status = made.side && gauss ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_gauss_jacobi(context, sides, 0, 0, made.side, gauss);
    if (status == GRZ_OK) status = grzi_gauss_jacobi(context, windows, 0, 0, gauss + sides, gauss + sides + windows);
    if (status == GRZ_OK) {
        made.k = made.side + sides;
        made.root_weight = made.k + made.pairs * windows;
        fill(&made, gauss, gauss + sides, gauss + sides + windows);
    }
    grzi_deallocate(context, gauss);
    if (status != GRZ_OK) {
        grzi_cone_destroy(context, &made);
        return status;
    }
    *cone = made;
    return GRZ_OK;
}

void grzi_cone_destroy(const grz_context *context, grzi_cone *cone)
{
    grzi_deallocate(context, cone->side);
    *cone = (grzi_cone){0};
}

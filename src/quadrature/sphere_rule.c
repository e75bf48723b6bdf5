/* Antipodal rules on the sphere: which family serves a degree, memory, rotation. */
#include "quadrature.h"

#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* Product Gauss rule, exact for even degrees up to 2k: Gauss-Legendre in z with k + 1 rings, of which the upper half is kept. 2k + 1
 * azimuths leave only the zonal part of a ring; the equator's points and antipodes are one ring of 2k + 2. */
static int product_count(int k)
{
    return (k + 1) / 2 * (2 * k + 1) + (k % 2 == 0 ? k + 1 : 0);
}

static void product_fill(int k, const double *z, const double *ring_weight, grzi_sphere_rule *rule)
{
    int i = 0;
    for (int ring = (k + 1) / 2; ring <= k; ring++) {
        int equator = 2 * ring == k, azimuths = equator ? k + 1 : 2 * k + 1;
        double height = equator ? 0 : 2 * z[ring] - 1, radius = equator ? 1 : 2 * sqrt(z[ring] * (1 - z[ring]));
        double weight = ring_weight[ring] * (equator ? 1 : 2) / azimuths;
        for (int m = 0; m < azimuths; m++, i++) {
            double angle = (equator ? PI : 2 * PI) * m / azimuths + ring;
            rule->nodes[3 * i] = radius * cos(angle);
            rule->nodes[3 * i + 1] = radius * sin(angle);
            rule->nodes[3 * i + 2] = height;
            rule->weights[i] = weight;
        }
    }
}

grz_status grzi_sphere_rule_create(const grz_context *context, int degree, grzi_sphere_rule *rule)
{
    GRZI_TRY(grzi_check_range(context, "grzi_sphere_rule_create", "degree", degree, 0, 1000));
    int k = degree / 2;
    grzi_sphere_rule made = {.degree = 2 * k + 1, .count = product_count(k)};
    made.nodes = grzi_allocate(context, 3 * (int64_t)made.count, sizeof(double));
    made.weights = grzi_allocate(context, made.count, sizeof(double));
    double *gauss = grzi_allocate(context, 2 * ((int64_t)k + 1), sizeof(double));
    grz_status status = made.nodes && made.weights && gauss ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    if (status == GRZ_OK) status = grzi_gauss_jacobi(context, k + 1, 0, 0, gauss, gauss + k + 1);
    if (status == GRZ_OK) product_fill(k, gauss, gauss + k + 1, &made);
    grzi_deallocate(context, gauss);
    if (status != GRZ_OK) {
        grzi_sphere_rule_destroy(context, &made);
        return status;
    }
    *rule = made;
    return GRZ_OK;
}

void grzi_sphere_rule_destroy(const grz_context *context, grzi_sphere_rule *rule)
{
    if (!rule) return;
    grzi_deallocate(context, rule->nodes);
    grzi_deallocate(context, rule->weights);
    *rule = (grzi_sphere_rule){0};
}

/* Kronecker sequence of the plastic number's cubic analogue (the root of t^4 = t + 1), mapped to uniform quaternions by Shoemake's
 * method (Graphics Gems III, 1992, p. 124); the offset makes index 0 the identity. */
void grzi_sphere_rule_rotate(grzi_sphere_rule *rule, int index)
{
    if (index == 0) return;
    const double t = 1.2207440846057596;
    double u = fmod(index / t, 1), v = fmod(index / (t * t), 1), s = fmod(index / (t * t * t), 1);
    double x = sqrt(1 - u) * sin(2 * PI * v), y = sqrt(1 - u) * cos(2 * PI * v), z = sqrt(u) * sin(2 * PI * s), w = sqrt(u) * cos(2 * PI * s);
    double Q[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
                      {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
                      {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
    for (int i = 0; i < rule->count; i++) {
        double *p = rule->nodes + 3 * i, n[3];
        for (int j = 0; j < 3; j++) n[j] = Q[j][0] * p[0] + Q[j][1] * p[1] + Q[j][2] * p[2];
        memcpy(p, n, sizeof n);
    }
}

/* Antipodal rules on the sphere: choice of the family, memory, rotation. */
#include "sphere_tables.h"

#include <math.h>
#include <string.h>

static grz_status allocate_rule(const grz_context *context, grzi_sphere_rule *rule)
{
    rule->nodes = grzi_allocate(context, 3 * (int64_t)rule->count, sizeof(double));
    rule->weights = grzi_allocate(context, rule->count, sizeof(double));
    return rule->nodes && rule->weights ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
}

static grz_status create_product(const grz_context *context, int degree, grzi_sphere_rule *rule)
{
    int k = degree / 2;
    double *z = grzi_allocate(context, 2 * ((int64_t)k + 1), sizeof(double));
    if (!z) return GRZ_ERROR_OUT_OF_MEMORY;
    double *ring_weight = z + k + 1;
    grz_status status = grzi_gauss_jacobi(context, k + 1, 0, 0, z, ring_weight);
    if (status == GRZ_OK) {
        rule->degree = 2 * k + 1;
        rule->count = grzi_product_rule(k, z, ring_weight, NULL, NULL);
        status = allocate_rule(context, rule);
    }
    if (status == GRZ_OK) grzi_product_rule(k, z, ring_weight, rule->nodes, rule->weights);
    grzi_deallocate(context, z);
    return status;
}

grz_status grzi_sphere_rule_create(const grz_context *context, int degree, grzi_sphere_rule *rule)
{
    GRZI_TRY(grzi_check_range(context, "grzi_sphere_rule_create", "degree", degree, 0, 1000));
    grzi_sphere_rule made = {0};
    grz_status status;
    const grzi_symmetric_rule *tabulated = grzi_symmetric_rule_find(degree);
    if (tabulated) {
        made.degree = tabulated->degree;
        made.count = tabulated->count;
        status = allocate_rule(context, &made);
        if (status == GRZ_OK) grzi_symmetric_rule_fill(tabulated, made.nodes, made.weights);
    } else
        status = create_product(context, degree, &made);
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
 * method (Graphics Gems III, 1992, p. 124). */
void grzi_sphere_rule_rotate(grzi_sphere_rule *rule, int index)
{
    if (index == 0) return;
    const double t = 1.2207440846057596;
    double u = index / t, v = index / (t * t), s = index / (t * t * t);
    u -= floor(u), v -= floor(v), s -= floor(s);
    double x = sqrt(1 - u) * sin(2 * GRZI_PI * v), y = sqrt(1 - u) * cos(2 * GRZI_PI * v), z = sqrt(u) * sin(2 * GRZI_PI * s),
           w = sqrt(u) * cos(2 * GRZI_PI * s);
    double Q[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
                      {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
                      {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
    for (int i = 0; i < rule->count; i++) {
        double *p = rule->nodes + 3 * i, n[3];
        for (int j = 0; j < 3; j++) n[j] = Q[j][0] * p[0] + Q[j][1] * p[1] + Q[j][2] * p[2];
        memcpy(p, n, sizeof n);
    }
}

/* Projection onto the image of grad_tilde (Lemma 6.5): on every sphere |v - v*| = 2r about (v + v*)/2 the Poisson problem (6.10). */
#include "core/core.h"

#include <math.h>

/* Spheres are taken this many at a time. */
enum { BATCH = 16 };

typedef struct plan {
    const grz_sphere *sphere;
    grz_context *context;
    double *nodes, *weights, *v, *v_star, *field, *image, *psi;
} plan;

static grz_status open_plan(grz_context *context, const grz_sphere *sphere, plan *p)
{
    const int64_t nodes = grz_sphere_node_count(sphere), coefficients = grz_sphere_coefficient_count(sphere);
    *p = (plan){.sphere = sphere, .context = context};
    double *next = grzi_allocate(context, 4 * nodes + BATCH * (12 * nodes + coefficients), sizeof *next);
    if (!next) return GRZ_ERROR_OUT_OF_MEMORY;
    p->nodes = next, next += 3 * nodes;
    p->weights = next, next += nodes;
    p->v = next, next += BATCH * 3 * nodes;
    p->v_star = next, next += BATCH * 3 * nodes;
    p->field = next, next += BATCH * 3 * nodes;
    p->image = next, next += BATCH * 3 * nodes;
    p->psi = next;
    return grz_sphere_nodes(sphere, p->nodes, p->weights);
}

/* Pi V at the nodes of count spheres. */
static grz_status sample(plan *p, const char *function, grz_pair_vector_fn V, void *user, int count, const double *centre,
                         const double *radius)
{
    const int64_t nodes = grz_sphere_node_count(p->sphere);
    for (int k = 0; k < count; k++)
        for (int64_t i = 0; i < 3 * nodes; i++) {
            p->v[3 * nodes * k + i] = centre[3 * k + i % 3] + radius[k] * p->nodes[i];
            p->v_star[3 * nodes * k + i] = centre[3 * k + i % 3] - radius[k] * p->nodes[i];
        }
    int stop = V(count * nodes, p->v, p->v_star, p->field, user);
    if (stop) return grzi_fail(p->context, GRZ_ERROR_CALLBACK, "%s: the field returned %d", function, stop);
    GRZI_TRY(grzi_check_array_finite(p->context, function, "field", p->field, 3 * nodes * count));
    for (int64_t i = 0; i < count * nodes; i++) {
        const double *w = p->nodes + 3 * (i % nodes);
        double *F = p->field + 3 * i, along = F[0] * w[0] + F[1] * w[1] + F[2] * w[2];
        for (int a = 0; a < 3; a++) F[a] -= along * w[a];
    }
    return GRZ_OK;
}

/* grad_tilde psi = 2 |z|^{gamma/2} grad_S psi: the projection of Pi V is grad_S chi with Laplacian chi = div (Pi V), and psi = chi/(2
 * |z|^{gamma/2}). */
static grz_status project(plan *p, double gamma, int count, const double *radius, double *psi, double *norms)
{
    const int64_t nodes = grz_sphere_node_count(p->sphere), coefficients = grz_sphere_coefficient_count(p->sphere);
    GRZI_TRY(grz_sphere_divergence(p->sphere, count, p->field, p->psi));
    GRZI_TRY(grz_sphere_solve(p->sphere, count, p->psi));
    if (norms) GRZI_TRY(grz_sphere_gradient(p->sphere, count, p->psi, p->image));
    for (int k = 0; k < count; k++) {
        for (int64_t i = 0; psi && i < coefficients; i++)
            psi[coefficients * k + i] = p->psi[coefficients * k + i] / (2 * pow(2 * radius[k], gamma / 2));
        double sums[3] = {0, 0, 0};
        for (int64_t i = 0; norms && i < 3 * nodes; i++) {
            double whole = p->field[3 * nodes * k + i], part = p->image[3 * nodes * k + i], weight = p->weights[i / 3];
            sums[0] += weight * whole * whole;
            sums[1] += weight * part * part;
            sums[2] += weight * (whole - part) * (whole - part);
        }
        for (int j = 0; norms && j < 3; j++) norms[3 * k + j] = sums[j];
    }
    return GRZ_OK;
}

grz_status grz_grazing_project(grz_context *context, const grz_sphere *sphere, grz_pair_vector_fn field, void *user, double gamma,
                               int64_t count, const double *centre, const double *radius, double *psi, double *norms)
{
    static const char *const function = "grz_grazing_project";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "sphere", sphere));
    if (!field) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: field is NULL", function);
    GRZI_TRY(grzi_check_range(context, function, "gamma", gamma, -4, 1));
    if (count < 0 || count > INT64_MAX / 64)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: count = %lld is out of range", function, (long long)count);
    GRZI_TRY(grzi_check_array_finite(context, function, "centre", centre, 3 * count));
    GRZI_TRY(grzi_check_array_positive(context, function, "radius", radius, count));
    if (!psi && !norms) return grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: psi and norms are both NULL", function);
    plan p;
    grz_status status = open_plan(context, sphere, &p);
    const int64_t coefficients = grz_sphere_coefficient_count(sphere);
    for (int64_t first = 0; first < count && status == GRZ_OK; first += BATCH) {
        int some = count - first < BATCH ? (int)(count - first) : BATCH;
        status = sample(&p, function, field, user, some, centre + 3 * first, radius + first);
        if (status == GRZ_OK)
            status = project(&p, gamma, some, radius + first, psi ? psi + coefficients * first : NULL, norms ? norms + 3 * first : NULL);
    }
    grzi_deallocate(context, p.nodes);
    return status;
}

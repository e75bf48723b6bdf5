/* The collision operator of a mixture: a method whose densities are those of all species, made of one operator for every pair. With
 * Psi(w) = psi_a(y + r_a w) + psi_b(y - r_b w) each pair keeps the masses of its species, their momentum and their energy and dissipates their
 * entropy, so the sum over pairs does. */
#include "mixture/mixture.h"
#include "operator/operator.h"

#include <string.h>

typedef struct parts {
    grzi_method method; /* what the pairs' method offers to a mixture */
    grz_mixture *mixture;
    int count;
    grz_operator **pairs;             /* a <= b at grzi_mixture_pair */
    double *density, *field, *result; /* of one pair */
    double *sum, *second;             /* of all species */
} parts;

typedef struct member {
    grz_operator *op;
    int species[2], count;
} member;

static parts *parts_of(const grz_operator *op)
{
    return op->parts;
}

static member member_of(const parts *p, int pair)
{
    int b = 0;
    while (grzi_mixture_pair(0, b + 1) <= pair) b++;
    const int a = pair - grzi_mixture_pair(0, b);
    return (member){p->pairs[pair], {a, b}, a == b ? 1 : 2};
}

/* Values of all species to those of a pair, and the sum back. */
static const double *gather(const parts *p, const member *m, const double *all, double *room)
{
    const int64_t *offset = p->mixture->offset;
    if (m->count == 1) return all + offset[m->species[0]];
    double *to = room;
    for (int s = 0; s < 2; s++) {
        const int64_t count = offset[m->species[s] + 1] - offset[m->species[s]];
        memcpy(to, all + offset[m->species[s]], sizeof *to * (size_t)count);
        to += count;
    }
    return room;
}

static void add(const parts *p, const member *m, const double *values, double *all)
{
    const int64_t *offset = p->mixture->offset;
    for (int s = 0; s < m->count; s++) {
        const int64_t begin = offset[m->species[s]], count = offset[m->species[s] + 1] - begin;
        for (int64_t i = 0; i < count; i++) all[begin + i] += values[i];
        values += count;
    }
}

/* What each pair computes of f and, where it has one, of a second field: values for all species (and a second array of them), or a number. */
typedef grz_status pair_fn(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                           double *number);

static grz_status sum_pairs(grz_operator *op, const double *f, const double *psi, pair_fn *compute, void *user, double *values,
                            double *second, double *number)
{
    parts *p = parts_of(op);
    double total = 0;
    if (values) memset(p->sum, 0, sizeof *p->sum * (size_t)op->count);
    if (second) memset(p->second, 0, sizeof *p->second * (size_t)op->count);
    for (int pair = 0; pair < p->count; pair++) {
        const member m = member_of(p, pair);
        const double *own_f = gather(p, &m, f, p->density), *own_psi = psi ? gather(p, &m, psi, p->field) : NULL;
        double part = 0, *own_second = second ? p->result + m.op->count : NULL;
        m.op->caller = op->caller;
        GRZI_TRY(compute(m.op, own_f, own_psi, user, p->result, own_second, &part));
        total += part;
        if (values) add(p, &m, p->result, p->sum);
        if (second) add(p, &m, own_second, p->second);
    }
    if (values) memcpy(values, p->sum, sizeof *values * (size_t)op->count);
    if (second) memcpy(second, p->second, sizeof *second * (size_t)op->count);
    if (number) *number = total;
    return GRZ_OK;
}

static grz_status apply_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                             double *number)
{
    (void)psi, (void)user, (void)second, (void)number;
    return pair->method->apply(pair, f, values);
}

static grz_status apply(grz_operator *op, const double *f, double *Q)
{
    return sum_pairs(op, f, NULL, apply_pair, NULL, Q, NULL, NULL);
}

static grz_status weak_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                            double *number)
{
    (void)user, (void)values, (void)second;
    return pair->method->weak_form(pair, f, psi, number);
}

static grz_status weak_form(grz_operator *op, const double *f, const double *psi, double *value)
{
    return sum_pairs(op, f, psi, weak_pair, NULL, NULL, NULL, value);
}

static grz_status onsager_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                               double *number)
{
    (void)user, (void)second, (void)number;
    return pair->method->onsager(pair, f, psi, values);
}

static grz_status onsager(grz_operator *op, const double *f, const double *phi, double *K_phi)
{
    return sum_pairs(op, f, phi, onsager_pair, NULL, K_phi, NULL, NULL);
}

static grz_status action_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                              double *number)
{
    (void)user, (void)values, (void)second;
    return pair->method->action(pair, f, psi, number);
}

static grz_status action(grz_operator *op, const double *f, const double *phi, double *value)
{
    return sum_pairs(op, f, phi, action_pair, NULL, NULL, NULL, value);
}

static grz_status diagonal_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                                double *number)
{
    (void)psi, (void)user, (void)number;
    return pair->method->onsager_diagonal(pair, f, values, second);
}

static grz_status onsager_diagonal(grz_operator *op, const double *f, double *diagonal, double *pull)
{
    return sum_pairs(op, f, NULL, diagonal_pair, NULL, diagonal, pull, NULL);
}

static grz_status dissipation_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                                   double *number)
{
    (void)psi, (void)values, (void)second;
    return pair->method->dissipation(pair, f, *(const grz_functional_type *)user, number);
}

static grz_status dissipation(grz_operator *op, const double *f, grz_functional_type type, double *value)
{
    return sum_pairs(op, f, NULL, dissipation_pair, &type, NULL, NULL, value);
}

static grz_status variation_pair(grz_operator *pair, const double *f, const double *psi, void *user, double *values, double *second,
                                 double *number)
{
    (void)psi, (void)second, (void)number;
    return pair->method->dissipation_variation(pair, f, *(const grz_functional_type *)user, values);
}

static grz_status dissipation_variation(grz_operator *op, const double *f, grz_functional_type type, double *variation)
{
    return sum_pairs(op, f, NULL, variation_pair, &type, variation, NULL, NULL);
}

static double overshoot(grz_operator *op, const double *f)
{
    const parts *p = parts_of(op);
    double worst = 1;
    for (int i = 0; i < p->mixture->count; i++) {
        grz_operator *own = p->pairs[grzi_mixture_pair(i, i)];
        const double ratio = own->method->overshoot(own, f + p->mixture->offset[i]);
        if (!(ratio <= worst)) worst = ratio;
    }
    return worst;
}

/* ----------------------------------------------------------------------------------------------------- options and set-up */

static void adapt(const grz_operator *op, grzi_option *option)
{
    const parts *p = parts_of(op);
    p->pairs[0]->method->adapt(p->pairs[0], option);
}

static double option_in_force(const grz_operator *op, grz_operator_option option)
{
    const parts *p = parts_of(op);
    return p->pairs[0]->method->option_in_force(p->pairs[0], option);
}

static void teardown(grz_operator *op)
{
    parts *p = parts_of(op);
    for (int i = 0; p && i < p->count; i++) p->pairs[i]->method->teardown(p->pairs[i]);
    op->state = NULL;
}

static void count_up(grz_operator *op)
{
    const parts *p = parts_of(op);
    op->node_count = op->workspace = 0;
    for (int i = 0; i < p->count; i++) {
        op->node_count += p->pairs[i]->node_count;
        op->workspace += p->pairs[i]->workspace;
    }
}

static grz_status setup(grz_operator *op)
{
    parts *p = parts_of(op);
    for (int i = 0; i < p->count; i++) {
        memcpy(p->pairs[i]->options, op->options, sizeof op->options);
        grz_status status = p->pairs[i]->method->setup(p->pairs[i]);
        if (status == GRZ_OK) continue;
        teardown(op);
        return status;
    }
    op->state = p;
    count_up(op);
    return GRZ_OK;
}

static grz_status reserve(grz_operator *op)
{
    parts *p = parts_of(op);
    for (int i = 0; i < p->count; i++) GRZI_TRY(p->pairs[i]->method->reserve(p->pairs[i]));
    count_up(op);
    return GRZ_OK;
}

static void destroy_parts(const grz_context *context, parts *p)
{
    if (!p) return;
    for (int i = 0; p->pairs && i < p->count; i++) grzi_operator_release(p->pairs[i]);
    grzi_deallocate(context, p->pairs);
    grzi_deallocate(context, p->density);
    grzi_mixture_release(p->mixture);
    grzi_deallocate(context, p);
}

static void dismiss(grz_operator *op)
{
    destroy_parts(op->context, op->parts);
    op->parts = NULL;
}

/* ----------------------------------------------------------------------------------------------------------------- making */

/* What the pairs' method offers, and a mixture through it. */
static grzi_method method_of(const grzi_method *base)
{
    grzi_method made = {.name = base->name,
                        .levels = base->levels,
                        .needs_positive_density = base->needs_positive_density,
                        .periodic = base->periodic,
                        .options = base->options,
                        .adapt = adapt,
                        .option_in_force = option_in_force,
                        .setup = setup,
                        .reserve = reserve,
                        .teardown = teardown,
                        .dismiss = dismiss,
                        .apply = apply,
                        .weak_form = weak_form,
                        .dissipations = base->dissipations};
    if (base->onsager) made.onsager = onsager;
    if (base->action) made.action = action;
    if (base->onsager_diagonal) made.onsager_diagonal = onsager_diagonal;
    if (base->overshoot) made.overshoot = overshoot;
    if (base->dissipation) made.dissipation = dissipation;
    if (base->dissipation_variation) made.dissipation_variation = dissipation_variation;
    return made;
}

static grz_status make_pair(grz_context *context, const grz_mixture *mixture, int a, int b, grz_equation equation, grz_method method,
                            grz_operator **made)
{
    const grz_kernel *kernel = mixture->kernels[grzi_mixture_pair(a, b)];
    if (a == b) return grz_operator_create(context, mixture->grids[a], kernel, equation, method, made);
    const double m_a = mixture->species[a]->mass, m_b = mixture->species[b]->mass;
    grzi_pair pair = {mixture->grids[b], {m_a, m_b}, {2 / (1 + m_a / m_b), 2 / (1 + m_b / m_a)}, {0, 0}};
    grzi_mixture_ratio(mixture->grids[a], mixture->grids[b], pair.ratio);
    return grzi_operator_new_pair(context, &pair, mixture->grids[a], kernel, equation, method, made);
}

static grz_status make_parts(grz_context *context, const grz_mixture *mixture, grz_equation equation, grz_method method, parts **made)
{
    parts *p = grzi_allocate_zeroed(context, 1, sizeof *p);
    if (!p) return GRZ_ERROR_OUT_OF_MEMORY;
    p->mixture = grzi_mixture_retain(mixture);
    p->count = grzi_mixture_pairs(mixture->count);
    p->pairs = grzi_allocate_zeroed(context, p->count, sizeof *p->pairs);
    grz_status status = p->pairs ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    int64_t largest = 0;
    const int64_t all = mixture->offset[mixture->count];
    for (int b = 0; b < mixture->count && status == GRZ_OK; b++)
        for (int a = 0; a <= b && status == GRZ_OK; a++) {
            grz_operator **pair = &p->pairs[grzi_mixture_pair(a, b)];
            status = make_pair(context, mixture, a, b, equation, method, pair);
            if (status == GRZ_OK && (*pair)->count > largest) largest = (*pair)->count;
        }
    if (status == GRZ_OK) {
        p->density = grzi_allocate(context, 4 * largest + 2 * all, sizeof(double));
        status = p->density ? GRZ_OK : GRZ_ERROR_OUT_OF_MEMORY;
    }
    if (status != GRZ_OK) {
        destroy_parts(context, p);
        return status;
    }
    p->field = p->density + largest;
    p->result = p->field + largest;
    p->sum = p->result + 2 * largest;
    p->second = p->sum + all;
    p->method = method_of(grzi_method_of(method));
    *made = p;
    return GRZ_OK;
}

static grz_status check(const grz_context *context, const char *function, const grz_mixture *mixture, grz_method method)
{
    if (mixture->context != context) return grzi_fail(context, GRZ_ERROR_MISMATCH, "%s: mixture belongs to another context", function);
    for (int b = 0; b < mixture->count; b++)
        for (int a = 0; a <= b; a++) {
            if (!mixture->kernels[grzi_mixture_pair(a, b)])
                return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: mixture has no kernel for the species %d and %d", function, a,
                                 b);
            if (a != b && !grzi_method_of(method)->pairs)
                return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method takes no unlike species", function,
                                 grzi_method_of(method)->name);
            if (grzi_method_of(method)->periodic && !grzi_grid_equal(mixture->grids[a], mixture->grids[b]))
                return grzi_fail(context, GRZ_ERROR_UNSUPPORTED, "%s: the %s method needs one grid, species %d and %d have two", function,
                                 grzi_method_of(method)->name, a, b);
        }
    return GRZ_OK;
}

grz_status grz_operator_create_mixture(grz_context *context, const grz_mixture *mixture, grz_equation equation, grz_method method,
                                       grz_operator **out)
{
    static const char *const function = "grz_operator_create_mixture";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "mixture", mixture));
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_range(context, function, "equation", (int)equation, GRZ_EQUATION_BOLTZMANN, GRZ_EQUATION_LANDAU));
    GRZI_TRY(grzi_check_range(context, function, "method", (int)method, GRZ_METHOD_ENTROPIC, GRZ_METHOD_SPECTRAL));
    GRZI_TRY(check(context, function, mixture, method));
    parts *p;
    grz_operator *op;
    GRZI_TRY(make_parts(context, mixture, equation, method, &p));
    grz_status status = grzi_operator_new(context, mixture->grids[0], mixture->kernels[0], equation, method, &p->method, &op);
    if (status != GRZ_OK) {
        destroy_parts(context, p);
        return status;
    }
    op->parts = p;
    op->count = mixture->offset[mixture->count];
    *out = op;
    return GRZ_OK;
}

const grz_mixture *grz_operator_mixture(const grz_operator *op)
{
    return op && op->method->dismiss == dismiss ? parts_of(op)->mixture : NULL;
}

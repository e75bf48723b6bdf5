/* Fine quadrature of the angular measure theta^2 beta dtheta: Gauss panels, the first with the weight u^exponent of the singularity, and
 * bisection where the density is not known beforehand. */
#include "kernel/law.h"

#include "quadrature/quadrature.h"

#include <math.h>
#include <string.h>

enum { LARGEST_PANEL = 512, DEEPEST_BISECTION = 60, LARGEST_ADAPTIVE_RULE = 50000, TESTS = 3 };

/* Noise in a callback's values may stop bisection early; a wrong exponent, or a divergent transfer, must not pass for a result. */
static const double LARGEST_UNRESOLVED = 1e-6;

typedef struct panel {
    int count;
    double theta[LARGEST_PANEL], weight[LARGEST_PANEL], u[LARGEST_PANEL];
} panel;

/* Gauss nodes for an integrand that oscillates through 2 half_phase radians and is else analytic in the Bernstein ellipse of parameter
 * rho: the error rho'^{-2n} exp(half_phase (rho' - 1/rho')/2) with the best rho' <= rho must be below rounding. A multiple of 4. */
static int nodes_needed(double half_phase, double rho)
{
    for (int n = 4; n < LARGEST_PANEL; n += 4) {
        double discriminant = 4.0 * n * n - half_phase * half_phase;
        if (discriminant <= 0) continue;
        double best = fmin(rho, (2 * n + sqrt(discriminant)) / fmax(half_phase, 1e-3));
        if (2 * n * log(best) - half_phase * (best - 1 / best) / 2 >= 38) return n + 4 < LARGEST_PANEL ? n + 4 : n;
    }
    return LARGEST_PANEL;
}

static grz_status fill_panel(const grzi_law *law, double z, const grzi_piece *piece, double degree, double from, double to, panel *p)
{
    double half_phase = 0.5 * degree * (asin(to / piece->end) - asin(from / piece->end));
    double rho = piece->adaptive ? 2.5 : 1e6;
    if (from > 0) {
        double centre = (to + from) / (to - from); /* the singularity u = 0 seen from the panel mapped to (-1, 1) */
        rho = fmin(rho, centre + sqrt(centre * centre - 1));
    }
    p->count = nodes_needed(half_phase, rho);
    GRZI_TRY(grzi_gauss_jacobi(law->context, p->count, from > 0 ? 0 : piece->exponent, 0, p->u, p->weight));
    if (from > 0) {
        for (int i = 0; i < p->count; i++) {
            p->u[i] = from + (to - from) * p->u[i];
            p->weight[i] *= (to - from) * pow(p->u[i], piece->exponent);
        }
    } else {
        double mass = pow(to, piece->exponent + 1);
        for (int i = 0; i < p->count; i++) {
            p->u[i] *= to;
            p->weight[i] *= mass;
        }
    }
    double smooth[LARGEST_PANEL];
    GRZI_TRY(piece->evaluate(law, z, p->count, p->u, p->theta, smooth));
    for (int i = 0; i < p->count; i++) p->weight[i] *= smooth[i];
    return GRZ_OK;
}

static grz_status append(const grz_context *context, const panel *p, grzi_fine_rule *rule)
{
    if (rule->size + p->count > rule->capacity) {
        int64_t capacity = 2 * rule->capacity + p->count;
        double *theta = grzi_allocate(context, 2 * capacity, sizeof(double));
        if (!theta) return GRZ_ERROR_OUT_OF_MEMORY;
        if (rule->size > 0) {
            memcpy(theta, rule->theta, (size_t)rule->size * sizeof(double));
            memcpy(theta + capacity, rule->weight, (size_t)rule->size * sizeof(double));
        }
        grzi_deallocate(context, rule->theta);
        rule->theta = theta;
        rule->weight = theta + capacity;
        rule->capacity = capacity;
    }
    for (int i = 0; i < p->count; i++) {
        if (!(p->weight[i] > 0)) continue; /* outside the support, or underflow */
        rule->theta[rule->size] = p->theta[i];
        rule->weight[rule->size++] = p->weight[i];
    }
    return GRZ_OK;
}

/* Integrals that tell whether a panel is resolved: the transfer, and the two halves 1/theta^2 and 1 of the eigenvalue integrand for the
 * fastest wave the rule must carry. */
static void test_integrals(const panel *p, double degree, double *sum)
{
    for (int k = 0; k < TESTS; k++) sum[k] = 0;
    for (int i = 0; i < p->count; i++) {
        double phase = p->theta[i] * degree / GRZI_PI, s = sin(phase);
        sum[0] += p->weight[i];
        sum[1] += p->weight[i] * s * s;
        sum[2] += phase > 0 ? p->weight[i] * s * s / (phase * phase) : p->weight[i];
    }
}

/* Appends p, which covers [from, to], or its halves, refined in turn. total: the test integrals over the whole piece. */
static grz_status refine(const grzi_law *law, double z, const grzi_piece *piece, double from, double to, int depth, const panel *p,
                         const double *total, grzi_fine_rule *rule)
{
    panel *half = grzi_allocate(law->context, 2, sizeof *half);
    if (!half) return GRZ_ERROR_OUT_OF_MEMORY;
    double middle = from + (to - from) / 2, whole[TESTS], left[TESTS], right[TESTS], reference[TESTS];
    grz_status status = fill_panel(law, z, piece, rule->degree, from, middle, &half[0]);
    if (status == GRZ_OK) status = fill_panel(law, z, piece, rule->degree, middle, to, &half[1]);
    if (status == GRZ_OK) {
        test_integrals(p, rule->degree, whole);
        test_integrals(&half[0], rule->degree, left);
        test_integrals(&half[1], rule->degree, right);
        int resolved = 1;
        for (int k = 0; k < TESTS; k++) {
            reference[k] = total ? total[k] : left[k] + right[k];
            if (!(fabs(whole[k] - left[k] - right[k]) <= 2e-14 * reference[k])) resolved = 0;
        }
        for (int k = 0; k < TESTS && status == GRZ_OK; k++) /* NaN would be halved for ever */
            if (!isfinite(whole[k]) || !isfinite(left[k] + right[k]))
                status =
                    grzi_fail(law->context, GRZ_ERROR_NOT_REPRESENTABLE, "kernel: the integral of beta over [%g, %g] overflows", from, to);
        if (status == GRZ_OK && depth > 0) /* a callback may be slow: thousands of panels of it */
            status = grzi_report_progress(law->context, "kernel: angles", fmin(1, (double)rule->size / LARGEST_ADAPTIVE_RULE));
        int smallest = !(middle > from && middle < to);
        if (status != GRZ_OK) {
            grzi_deallocate(law->context, half);
            return status;
        }
        if (resolved || smallest || depth >= DEEPEST_BISECTION || rule->size > LARGEST_ADAPTIVE_RULE) {
            if (!resolved) rule->unresolved += fabs(whole[0] - left[0] - right[0]);
            status = append(law->context, p, rule);
        } else {
            status = refine(law, z, piece, from, middle, depth + 1, &half[0], reference, rule);
            if (status == GRZ_OK) status = refine(law, z, piece, middle, to, depth + 1, &half[1], reference, rule);
        }
    }
    grzi_deallocate(law->context, half);
    return status;
}

static grz_status add_panel(const grzi_law *law, double z, const grzi_piece *piece, double from, double to, grzi_fine_rule *rule)
{
    panel *p = grzi_allocate(law->context, 1, sizeof *p);
    if (!p) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = fill_panel(law, z, piece, rule->degree, from, to, p);
    if (status == GRZ_OK) status = piece->adaptive ? refine(law, z, piece, from, to, 0, p, NULL, rule) : append(law->context, p, rule);
    grzi_deallocate(law->context, p);
    return status;
}

grz_status grzi_fine_rule_add(const grzi_law *law, double z, const grzi_piece *piece, double from, double to, grzi_fine_rule *rule)
{
    /* Polynomials of a degree oscillate evenly in the Chebyshev angle asin(u/end): parts of equal phase, then graded towards 0. */
    const double largest_phase = 550, grading = 4;
    double phi0 = asin(from / piece->end), phi1 = asin(to / piece->end);
    int parts = (int)ceil(rule->degree * (phi1 - phi0) / largest_phase);
    if (parts < 1) parts = 1;
    double high = to;
    for (int k = parts - 1; k >= 0; k--) {
        double low = k == 0 ? from : piece->end * sin(phi0 + (phi1 - phi0) * k / parts);
        while (low > 0 && high > grading * low) {
            GRZI_TRY(add_panel(law, z, piece, high / grading, high, rule));
            high /= grading;
        }
        GRZI_TRY(add_panel(law, z, piece, low, high, rule));
        high = low;
    }
    return GRZ_OK;
}

grz_status grzi_fine_rule_build(const grzi_law *law, double z, double degree, grzi_fine_rule *rule)
{
    memset(rule, 0, sizeof *rule);
    rule->degree = fmax(degree, 40);
    GRZI_TRY(law->operations->measure(law, z, rule));
    for (int64_t j = 0; j < rule->size; j++) rule->transfer += rule->weight[j];
    if (!(rule->unresolved > LARGEST_UNRESOLVED * rule->transfer)) return GRZ_OK;
    return grzi_fail(law->context, GRZ_ERROR_NOT_CONVERGED,
                     "kernel callback: int theta^2 beta = %g +- %g is not resolved by %lld angles; is nu = %g its exponent?",
                     rule->transfer, rule->unresolved, (long long)rule->size, law->nu);
}

void grzi_fine_rule_clear(const grz_context *context, grzi_fine_rule *rule)
{
    grzi_deallocate(context, rule->theta);
    memset(rule, 0, sizeof *rule);
}

grz_status grzi_kernel_fine_rule(const grz_kernel *kernel, double z, double degree, grzi_fine_rule *own, const grzi_fine_rule **rule)
{
    memset(own, 0, sizeof *own);
    if (!kernel->law->operations->depends_on_speed && degree <= kernel->law->fine.degree) {
        *rule = &kernel->law->fine;
        return GRZ_OK;
    }
    *rule = own;
    return grzi_fine_rule_build(kernel->law, z, degree, own);
}

/* Sequences of calls on operators and what is built on them, for densities of any shape and scale. */
#include "fuzz.h"

enum { N = 8, NODES = N * N * N };

/* Gaussians, spikes, steps, checkerboards, noise over many orders, times a power of ten; positive, or with zeros. */
static void density(stream *s, double *f)
{
    unsigned shape = choice(s, 7), zeros = choice(s, 4) == 0;
    double scale = choice(s, 2) ? 1 : pow(10, 300 * (fraction(s) - 0.5)), width = 0.1 + 4 * fraction(s), depth = 200 * fraction(s);
    int spike = (int)choice(s, 255) * 2;
    uint64_t state = choice(s, 256);
    for (int i = 0; i < NODES; i++) {
        int x = i / N / N, y = i / N % N, z = i % N;
        double r2 = pow(x - 3.5, 2) + pow(y - 3.5, 2) + pow(z - 3.5, 2), value = exp(-r2 / (2 * width * width));
        state = state * 6364136223846793005u + 1442695040888963407u;
        if (shape == 1 && i == spike) value += 1e8;
        if (shape == 2) value = x < 4 ? pow(10, -depth) : 1;
        if (shape == 3) value = (x + y + z) % 2 ? 1 : pow(10, -depth);
        if (shape == 4) value = pow(10, -depth * (double)(state >> 40) * 0x1p-24);
        if (shape == 5) value = 1;
        if (shape == 6 && i == spike) value = pow(10, depth);
        f[i] = zeros && (state >> 60) == 0 ? 0 : value * scale;
        if (f[i] == 0 && !zeros) f[i] = 1e-300;
    }
}

static void field(stream *s, double *psi)
{
    unsigned shape = choice(s, 4);
    double scale = choice(s, 2) ? 1 : pow(10, 290 * (fraction(s) - 0.5));
    uint64_t state = choice(s, 256);
    for (int i = 0; i < NODES; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        psi[i] = scale * (shape == 0   ? 1
                          : shape == 1 ? i / N / N - 3.5
                          : shape == 2 ? (i + i / N + i / N / N) % 2
                                       : (double)(int64_t)state * 0x1p-63);
    }
}

static grz_operator *make_operator(stream *s, grz_context *context, const grz_grid *grid, const grz_kernel *kernel, int *entropic)
{
    grz_operator *op = NULL;
    grz_equation equation = choice(s, 2) ? GRZ_EQUATION_LANDAU : GRZ_EQUATION_BOLTZMANN;
    *entropic = choice(s, 2) == 0;
    grz_status status = grz_operator_create(context, grid, kernel, equation, *entropic ? GRZ_METHOD_ENTROPIC : GRZ_METHOD_SPECTRAL, &op);
    if (status != GRZ_OK) return NULL;
    grz_operator_set_option(op, GRZ_OPERATOR_OPTION_ACCURACY, 1);
    if (*entropic) {
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, 2);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 5);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_THETA_NODES, 2);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_PHI_NODES, 4);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPLINE_DEGREE, choice(s, 2) ? 3 : 5);
    } else {
        if (equation == GRZ_EQUATION_BOLTZMANN)
            grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SCHEME,
                                    choice(s, 2) ? GRZ_SPECTRAL_SCHEME_SPHERE_RULE : GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 7);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, 3);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_INPUT_RANK, 4);
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_EQUILIBRIUM, 1 + choice(s, 2));
        grz_operator_set_option(op, GRZ_OPERATOR_OPTION_CONSERVE, 1 + choice(s, 2));
    }
    return op;
}

#define CALL(count, infinite, expression)                                   \
    do {                                                                    \
        prepare((count), out);                                              \
        grz_status call_status = (expression);                              \
        judge(context, #expression, call_status, (count), out, (infinite)); \
    } while (0)

static void call_operator(stream *s, grz_context *context, grz_operator *op, const double *f, const double *g, const double *psi,
                          double *out)
{
    switch (choice(s, 16)) {
    case 0:
        CALL(NODES, 0, grz_operator_apply(op, f, out));
        break;
    case 1:
        CALL(1, 0, grz_operator_weak_form(op, f, psi, out));
        break;
    case 2:
        CALL(NODES, 0, grz_operator_onsager(op, f, psi, out));
        break;
    case 3:
        CALL(1, 0, grz_operator_action(op, f, psi, out));
        break;
    case 4:
        CALL(2, 1, grz_operator_metric_bound(op, f, g, psi, out, out + 1));
        break;
    case 5:
        CALL(1, 0, grz_operator_overshoot(op, f, out));
        break;
    case 6:
        CALL(GRZ_COERCIVITY_TERM_RIGHT - GRZ_COERCIVITY_TERM_LEFT + 1, 0,
             grz_operator_coercivity(op, f, 1 + 3 * fraction(s), GRZ_COERCIVITY_TERM_RIGHT - GRZ_COERCIVITY_TERM_LEFT + 1, out));
        break;
    case 7:
        CALL(NODES, 0, grz_operator_apply_bilinear(op, f, g, out));
        break;
    case 8:
        CALL(2 * NODES, PARTLY, grz_operator_apply_batch(op, 2, f, out));
        break; /* g follows f */
    case 9:
        CALL(2, 0, grz_operator_estimate_error(op, f, out, out + 1));
        break;
    case 10:
        CALL(1, 0, grz_operator_comparison_constant(op, f, out));
        break;
    case 11:
        CALL(2, 1, grz_operator_comparison(op, f, g, number(s), out, out + 1));
        break;
    case 12:
        CALL(2, 0, grz_operator_lift_mass(op, f, psi, number(s), number(s), out, out + 1));
        break;
    case 13:
        CALL(1, 0, grz_operator_fit_error(op, out));
        break;
    case 14:
        CALL(1, 0, grz_operator_projection_size(op, out));
        break;
    case 15: {
        grz_interpolant *interpolant = NULL;
        prepare(0, out);
        judge(context, "grz_interpolant_create", grz_interpolant_create(context, op, f, &interpolant), 0, out, 0);
        double v[6] = {number(s), number(s), number(s), number(s), 0, 0};
        if (interpolant) CALL(8, 0, grz_interpolant_evaluate(interpolant, 2, v, out, out + 2));
        if (interpolant) CALL(3, 0, grz_operator_affine_bound(op, f, grz_optimal_pair, interpolant, out, out + 1, out + 2));
        grz_interpolant_destroy(&interpolant);
        break;
    }
    }
}

static void call_functional(stream *s, grz_context *context, const grz_grid *grid, grz_operator *op, const double *f, const double *g,
                            double *out)
{
    grz_functional *functional = NULL;
    grz_distribution *reference = NULL;
    unsigned which = choice(s, 5);
    prepare(0, out);
    if (which == 0) grz_functional_create_entropy(context, grid, &functional);
    if (which == 1 && grz_distribution_create_array(context, grid, g, &reference) == GRZ_OK)
        grz_functional_create_relative_entropy(context, reference, &functional);
    if (which == 2) grz_functional_create_fisher(context, grid, &functional);
    if (which >= 3)
        grz_functional_create_dissipation(
            context, op, which == 3 ? GRZ_FUNCTIONAL_TYPE_DISSIPATION : GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT, &functional);
    if (functional) CALL(1, 0, grz_functional_evaluate(functional, f, out));
    if (functional) CALL(NODES, 0, grz_functional_first_variation(functional, f, out));
    grz_functional_destroy(&functional);
    grz_distribution_destroy(&reference);
}

static void call_rate(stream *s, grz_context *context, grz_operator *op, const double *f, const double *psi, double *out)
{
    grz_rate *rate = NULL;
    if (choice(s, 2))
        grz_rate_create_potential(context, op, psi, &rate);
    else
        grz_rate_create_gradient_flow(context, op, &rate);
    if (!rate) return;
    if (choice(s, 2)) grz_rate_add_potential(rate, number(s), psi);
    CALL(1, 1, grz_rate_action(rate, f, out));
    CALL(NODES, 0, grz_rate_divergence(rate, f, out));
    CALL(1, 0, grz_rate_pairing(rate, f, psi, out));
    grz_rate_destroy(&rate);
}

static void call_metric(stream *s, grz_context *context, grz_operator *op, const double *f, const double *g, double *out)
{
    grz_metric *metric = NULL;
    double phi[NODES];
    grz_metric_create(context, op, &metric);
    if (!metric) return;
    grz_metric_set_option(metric, GRZ_METRIC_OPTION_TOLERANCE, 0.1);
    grz_metric_set_option(metric, GRZ_METRIC_OPTION_ITERATION_CAP, 20);
    grz_status status = choice(s, 2) ? grz_operator_apply(op, f, phi) : GRZ_ERROR_MISMATCH;
    CALL(1, 1, grz_metric_derivative(metric, f, status == GRZ_OK ? phi : g, out, NULL));
    CALL(1, 1, grz_metric_gap(metric, f, status == GRZ_OK ? phi : g, g, out));
    grz_metric_destroy(&metric);
}

static void call_flow(stream *s, grz_context *context, grz_operator *op, const double *f, double *out)
{
    grz_flow *flow = NULL;
    grz_flow_create(context, op, (grz_time_scheme)(GRZ_TIME_SCHEME_SSP_RK2 + (int)choice(s, 5)), &flow);
    if (!flow) return;
    prepare(0, out);
    grz_status status = grz_flow_start(flow, number(s), f);
    judge(context, "grz_flow_start", status, 0, out, 0);
    for (int step = 0; status == GRZ_OK && step < 2; step++) {
        prepare(0, out);
        status = grz_flow_step(flow, number(s));
        judge(context, "grz_flow_step", status, 0, out, 0);
        if (!isfinite(grz_flow_time(flow))) broken("grz_flow_step", "a time", grz_flow_time(flow));
        CALL(NODES, 0, grz_flow_values(flow, out));
        for (int i = GRZ_FLOW_STATISTIC_STEPS; i <= GRZ_FLOW_STATISTIC_RELAXED; i++)
            CALL(1, 0, grz_flow_statistic_value(flow, (grz_flow_statistic)i, out));
    }
    grz_flow_destroy(&flow);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static double fields[3 * NODES], out[2 * NODES + 16];
    stream s = {data, size};
    grz_context *context = fuzz_context();
    grz_grid *grid = NULL;
    grz_kernel *unscaled = NULL, *kernel = NULL;
    grz_operator *op = NULL;
    double *f = fields, *g = fields + NODES, *psi = fields + 2 * NODES,
           half_width = choice(&s, 4) ? 4 : pow(10, 120 * (fraction(&s) - 0.5));
    int entropic = 0;
    density(&s, f);
    density(&s, g);
    field(&s, psi);
    grz_grid_create(context, N, half_width, NULL, &grid);
    grz_kernel_create_power_law(context, -4 + 5 * fraction(&s), 0.1 + 1.8 * fraction(&s), 0, &unscaled);
    if (unscaled) grz_kernel_create_scaled(context, unscaled, choice(&s, 2) ? 1 : 1e-3, &kernel);
    if (grid && kernel) op = make_operator(&s, context, grid, kernel, &entropic);
    for (int step = 0; op && step < 6 && s.size > 0; step++) {
        switch (choice(&s, 6)) {
        case 0:
        case 1:
            call_operator(&s, context, op, f, g, psi, out);
            break;
        case 2:
            call_functional(&s, context, grid, op, f, g, out);
            break;
        case 3:
            call_rate(&s, context, op, f, psi, out);
            break;
        case 4:
            call_metric(&s, context, op, f, choice(&s, 2) ? psi : g, out);
            break;
        case 5:
            call_flow(&s, context, op, f, out);
            break;
        }
    }
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_kernel_destroy(&unscaled);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

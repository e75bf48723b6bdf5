/* From accuracy level, grid and options to the numbers of a spectral operator. */
#include "operator/spectral/spectral.h"

#include <math.h>

/* R = 2L/(3 + sqrt 2): with a support of that radius in relative velocity, no collision reaches a periodic image (Pareschi, Russo 2000). */
static const double RADIUS_OF_HALF_WIDTH = 0.45309818;

/* A ball of modes of bandwidth rho = kappa R needs rho/pi functions of |k|, 2 rho/pi of |l|, and these more for each level. */
static const double EXTRA_OUTPUTS[4] = {4.7, 7.7, 11.7, 13.7}, EXTRA_INPUTS[4] = {3.3, 5.3, 13.3, 17.3};
/* Padded nodes over n: the same for every scheme and equation, so that Q_B^eps and its limit Q_L alias alike. */
static const double PADDING[4] = {1, 1.125, 1.25, 1.5};
static const int SPHERE_DEGREE[4] = {11, 19, 27, 39};
static const double TENSOR_RADII[4] = {0.55, 0.6, 0.75, 0.85};
static const double SPHERE_RADII[4] = {0.5, 0.6, 0.75, 0.9};

enum { LARGEST_TENSOR = 48 };

static int level_of(const grz_operator *op)
{
    return (int)op->options[GRZ_OPERATOR_OPTION_ACCURACY];
}

static double chosen(const grz_operator *op, grz_operator_option option, double otherwise)
{
    return op->options[option] != 0 ? op->options[option] : otherwise;
}

/* Smallest even number >= n whose prime factors are at most 5. */
static int good_size(int n)
{
    for (n += n % 2;; n += 2) {
        int m = n;
        while (m % 2 == 0) m /= 2;
        while (m % 3 == 0) m /= 3;
        while (m % 5 == 0) m /= 5;
        if (m == 1) return n;
    }
}

static int padding(const grz_operator *op, int level)
{
    int n = op->grid->n, wanted = (int)op->options[GRZ_OPERATOR_OPTION_PADDED_NODES];
    if (wanted) return wanted + wanted % 2;
    return PADDING[level] == 1 ? n + n % 2 : good_size((int)ceil(PADDING[level] * n));
}

static int is_landau(const grz_operator *op)
{
    return op->equation == GRZ_EQUATION_LANDAU || grz_kernel_eps(op->kernel) == 0;
}

void grzi_spectral_configure(const grz_operator *op, grzi_spectral *state)
{
    int level = level_of(op) - 1, n = op->grid->n;
    double L = op->grid->half_width;
    state->R = chosen(op, GRZ_OPERATOR_OPTION_RADIUS, RADIUS_OF_HALF_WIDTH * L);
    double bandwidth = 3.14159265358979323846 / L * sqrt((n * n + 3) / 4 - 1) * state->R;
    int automatic = is_landau(op)         ? GRZ_SPECTRAL_SCHEME_SEPARABLE
                    : n <= LARGEST_TENSOR ? GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR
                                          : GRZ_SPECTRAL_SCHEME_SPHERE_RULE;
    state->scheme = (grz_spectral_scheme)(int)chosen(op, GRZ_OPERATOR_OPTION_SCHEME, automatic);
    state->conserve = op->options[GRZ_OPERATOR_OPTION_CONSERVE] == 2;
    state->equilibrium = op->options[GRZ_OPERATOR_OPTION_EQUILIBRIUM] == 2;
    state->cube = op->options[GRZ_OPERATOR_OPTION_MODES] == 2;
    state->padded = padding(op, level);
    /* Laws that change with the speed, or have a kink, are less smooth in r. */
    double rough = grzi_kernel_is_factorised(op->kernel) && grzi_kernel_kink(op->kernel) == 0 ? 1 : 1.5;
    int radii = state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE ? (int)ceil(rough * (SPHERE_RADII[level] * bandwidth + 6))
                                                                 : (int)ceil(rough * (TENSOR_RADII[level] * bandwidth + 8));
    state->radial_nodes = (int)chosen(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, radii);
    state->degree = (int)chosen(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, SPHERE_DEGREE[level]);
    grzi_fit_shape *shape = &state->shape;
    shape->bandwidth = bandwidth;
    shape->outputs = (int)chosen(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, ceil(bandwidth / 3.14159265358979323846 + EXTRA_OUTPUTS[level]));
    shape->inputs = (int)chosen(op, GRZ_OPERATOR_OPTION_INPUT_RANK, ceil(2 * bandwidth / 3.14159265358979323846 + EXTRA_INPUTS[level]));
    shape->sides = (int)chosen(op, GRZ_OPERATOR_OPTION_SAMPLES, ceil(2.6 * shape->inputs));
    shape->windows = (int)ceil(2.3 * shape->outputs);
    shape->decay = chosen(op, GRZ_OPERATOR_OPTION_DECAY, 14.4);
    shape->floor = chosen(op, GRZ_OPERATOR_OPTION_FLOOR, 1e-3);
}

grz_status grzi_spectral_option_bounds(const grz_operator *op, grz_operator_option option, grzi_option_bounds *bounds)
{
    int n = op->grid->n, even = n + n % 2;
    double L = op->grid->half_width;
    int lowest = is_landau(op) ? GRZ_SPECTRAL_SCHEME_SEPARABLE : GRZ_SPECTRAL_SCHEME_SPHERE_RULE;
    switch ((int)option) {
    case GRZ_OPERATOR_OPTION_ACCURACY:
        *bounds = (grzi_option_bounds){1, 4, 2, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_RADIUS:
        *bounds = (grzi_option_bounds){1e-3 * L, L, 0, 0};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_RADIAL_NODES:
        *bounds = (grzi_option_bounds){2, 1000, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_SPHERE_DEGREE:
        *bounds = (grzi_option_bounds){1, GRZI_SPHERES_DEGREE, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_SCHEME:
        *bounds = (grzi_option_bounds){1, lowest, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_OUTPUT_RANK:
        *bounds = (grzi_option_bounds){1, 64, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_INPUT_RANK:
        *bounds = (grzi_option_bounds){1, 64, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_SAMPLES:
        *bounds = (grzi_option_bounds){8, 512, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_DECAY:
        *bounds = (grzi_option_bounds){1e-3, 100, 0, 0};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_FLOOR:
        *bounds = (grzi_option_bounds){1e-8, 1, 0, 0};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_PADDED_NODES:
        *bounds = (grzi_option_bounds){even, 2 * even, 0, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_CONSERVE:
        *bounds = (grzi_option_bounds){1, 2, 2, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_MODES:
        *bounds = (grzi_option_bounds){1, 2, 1, 1};
        return GRZ_OK;
    case GRZ_OPERATOR_OPTION_EQUILIBRIUM:
        *bounds = (grzi_option_bounds){1, 2, 1, 1};
        return GRZ_OK;
    default:
        return GRZ_ERROR_UNSUPPORTED;
    }
}

double grzi_spectral_option_in_force(const grz_operator *op, grz_operator_option option)
{
    const grzi_spectral *state = op->state;
    switch ((int)option) {
    case GRZ_OPERATOR_OPTION_RADIUS:
        return state->R;
    case GRZ_OPERATOR_OPTION_RADIAL_NODES:
        return state->radial_nodes;
    case GRZ_OPERATOR_OPTION_SPHERE_DEGREE:
        return state->degree;
    case GRZ_OPERATOR_OPTION_SCHEME:
        return state->scheme;
    case GRZ_OPERATOR_OPTION_OUTPUT_RANK:
        return state->shape.outputs;
    case GRZ_OPERATOR_OPTION_INPUT_RANK:
        return state->shape.inputs;
    case GRZ_OPERATOR_OPTION_SAMPLES:
        return state->shape.sides;
    case GRZ_OPERATOR_OPTION_DECAY:
        return state->shape.decay;
    case GRZ_OPERATOR_OPTION_FLOOR:
        return state->shape.floor;
    case GRZ_OPERATOR_OPTION_PADDED_NODES:
        return state->padded;
    default:
        return op->options[option];
    }
}

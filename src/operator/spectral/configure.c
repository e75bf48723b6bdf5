/* From accuracy level, grid and options to the numbers of a spectral operator. */
#include "operator/spectral/spectral.h"

#include <math.h>

/* Two beams that fill the box have nearly all pairs nearer than 2R: right to 1e-3 for every gamma (docs/spectral.md). */
static const double RADIUS_OF_HALF_WIDTH = 0.75;

/* A ball of modes of bandwidth rho = kappa R needs rho/pi functions of |k|, 2 rho/pi of |l|, and these more for each level. */
static const double EXTRA_OUTPUTS[GRZI_SPECTRAL_LEVELS] = {4.7, 7.7, 11.7, 13.7, 15.7};
static const double EXTRA_INPUTS[GRZI_SPECTRAL_LEVELS] = {3.3, 5.3, 13.3, 17.3, 21.3};
/* Padded nodes over n: the same for every scheme and equation, so that Q_B^eps and its limit Q_L alias alike. */
static const double PADDING[GRZI_SPECTRAL_LEVELS] = {1, 1.125, 1.25, 1.5, 1.5};
static const int SPHERE_DEGREE[GRZI_SPECTRAL_LEVELS] = {11, 19, 27, 39, 51};
static const double TENSOR_RADII[GRZI_SPECTRAL_LEVELS] = {0.55, 0.6, 0.75, 0.85, 0.95};
static const double SPHERE_RADII[GRZI_SPECTRAL_LEVELS] = {0.5, 0.6, 0.75, 0.9, 1.05};

/* The fit of a larger box or ball takes minutes: the sphere rule is the default there. */
enum { LARGEST_TENSOR = 48 };
static const double LARGEST_BANDWIDTH = 38;

static int level_of(const grz_operator *op)
{
    return (int)op->options[GRZ_OPERATOR_OPTION_ACCURACY];
}

static double chosen(const grz_operator *op, grz_operator_option option, double otherwise)
{
    return op->options[option] != 0 ? op->options[option] : otherwise;
}

/* Smallest number >= n, a multiple of step, whose prime factors are at most largest. */
static int good_size(int n, int step, int largest)
{
    for (n += n % step;; n += step) {
        int m = n;
        for (int p = 2; p <= largest; p++)
            while (m % p == 0) m /= p;
        if (m == 1) return n;
    }
}

static int padding(const grz_operator *op, int level)
{
    int n = op->grid->n, wanted = (int)op->options[GRZ_OPERATOR_OPTION_PADDED_NODES];
    if (wanted) return wanted + wanted % 2;
    return PADDING[level] == 1 ? n + n % 2 : good_size((int)ceil(PADDING[level] * n), 2, 5);
}

/* Nodes of the period: two particles 2R apart are no nearer through it than directly. */
static int period(const grz_operator *op, double share)
{
    int n = op->grid->n, wanted = (int)op->options[GRZ_OPERATOR_OPTION_PERIOD];
    double least = 2 * share * n;
    return wanted ? wanted : least <= n * (1 + 1e-12) ? n : good_size((int)ceil(least * (1 - 1e-12)), 1, 13);
}

/* To 40 bits: the same box in other units, where R/L rounds otherwise, finds the same fit in the cache. */
static double share_of_box(double share)
{
    return ldexp(nearbyint(ldexp(share, 40)), -40);
}

void grzi_spectral_configure(const grz_operator *op, grzi_spectral *state)
{
    int level = level_of(op) - 1, n = op->grid->n;
    double L = op->grid->half_width;
    state->R = chosen(op, GRZ_OPERATOR_OPTION_RADIUS, RADIUS_OF_HALF_WIDTH * L);
    double share = share_of_box(state->R / L);
    state->period = period(op, share);
    state->half_width = state->period == n ? L : L * state->period / n;
    state->reach = state->period == n ? share : share * n / state->period;
    double bandwidth = GRZI_PI * sqrt((state->period * state->period + 3) / 4 - 1) * state->reach;
    int fits = n <= LARGEST_TENSOR && bandwidth <= LARGEST_BANDWIDTH;
    int automatic = grzi_operator_is_landau(op) ? GRZ_SPECTRAL_SCHEME_SEPARABLE
                    : fits                      ? GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR
                                                : GRZ_SPECTRAL_SCHEME_SPHERE_RULE;
    state->scheme = (grz_spectral_scheme)(int)chosen(op, GRZ_OPERATOR_OPTION_SCHEME, automatic);
    state->conserve = op->options[GRZ_OPERATOR_OPTION_CONSERVE] == 2;
    state->equilibrium = op->options[GRZ_OPERATOR_OPTION_EQUILIBRIUM] == 2;
    state->cube = op->options[GRZ_OPERATOR_OPTION_MODES] == 2;
    state->padded = padding(op, level);
    state->transform = state->period == n ? state->padded : good_size((int)ceil((double)state->padded / n * state->period), 2, 13);
    /* Laws that change with the speed, or have a kink, are less smooth in r. */
    double rough = grzi_kernel_is_factorised(op->kernel) && grzi_kernel_kink(op->kernel) == 0 ? 1 : 1.5;
    int radii = state->scheme == GRZ_SPECTRAL_SCHEME_SPHERE_RULE ? (int)ceil(rough * (SPHERE_RADII[level] * bandwidth + 6))
                                                                 : (int)ceil(rough * (TENSOR_RADII[level] * bandwidth + 8));
    state->radial_nodes = (int)chosen(op, GRZ_OPERATOR_OPTION_RADIAL_NODES, radii);
    state->degree = (int)chosen(op, GRZ_OPERATOR_OPTION_SPHERE_DEGREE, SPHERE_DEGREE[level]);
    grzi_fit_shape *shape = &state->shape;
    shape->bandwidth = bandwidth;
    shape->outputs = (int)chosen(op, GRZ_OPERATOR_OPTION_OUTPUT_RANK, ceil(bandwidth / GRZI_PI + EXTRA_OUTPUTS[level]));
    shape->inputs = (int)chosen(op, GRZ_OPERATOR_OPTION_INPUT_RANK, ceil(2 * bandwidth / GRZI_PI + EXTRA_INPUTS[level]));
    shape->sides = (int)chosen(op, GRZ_OPERATOR_OPTION_SAMPLES, ceil(2.6 * shape->inputs));
    shape->windows = grzi_fit_windows(shape->outputs);
    shape->decay = chosen(op, GRZ_OPERATOR_OPTION_DECAY, 14.4);
    shape->floor = chosen(op, GRZ_OPERATOR_OPTION_FLOOR, 1e-3);
}

static const grzi_option records[] = {
    GRZI_OPTION(GRZ_OPERATOR_OPTION_ACCURACY, 1, GRZI_PUBLIC_LEVELS, 2, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_RADIUS, 1e-3, 1, 0, 0), /* in half widths */
    GRZI_OPTION(GRZ_OPERATOR_OPTION_RADIAL_NODES, 2, 1000, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_SPHERE_DEGREE, 1, GRZI_SPHERES_DEGREE, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_SCHEME, 1, GRZ_SPECTRAL_SCHEME_SEPARABLE, 0, 1), /* of Boltzmann's equation the first two */
    GRZI_OPTION(GRZ_OPERATOR_OPTION_OUTPUT_RANK, 1, 64, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_INPUT_RANK, 1, 64, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_SAMPLES, 8, 512, 0, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_DECAY, 1e-3, 100, 0, 0),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_FLOOR, 1e-8, 1, 0, 0),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_PADDED_NODES, 1, 2, 0, 1), /* in the grid's nodes per axis, next even number */
    GRZI_OPTION(GRZ_OPERATOR_OPTION_CONSERVE, 1, 2, 2, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_MODES, 1, 2, 1, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_EQUILIBRIUM, 1, 2, 1, 1),
    GRZI_OPTION(GRZ_OPERATOR_OPTION_PERIOD, 1, 2, 0, 1), /* in the grid's nodes per axis */
};

const grzi_option_table grzi_spectral_options = {records, sizeof records / sizeof records[0]};

void grzi_spectral_adapt(const grz_operator *op, grzi_option *option)
{
    int n = op->grid->n;
    double unit = option->id == GRZ_OPERATOR_OPTION_RADIUS         ? op->grid->half_width
                  : option->id == GRZ_OPERATOR_OPTION_PADDED_NODES ? n + n % 2
                  : option->id == GRZ_OPERATOR_OPTION_PERIOD       ? n
                                                                   : 1;
    option->least *= unit;
    option->largest *= unit;
    if (option->id == GRZ_OPERATOR_OPTION_SCHEME && !grzi_operator_is_landau(op)) option->largest = GRZ_SPECTRAL_SCHEME_SPHERE_RULE;
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
    case GRZ_OPERATOR_OPTION_PERIOD:
        return state->period;
    default:
        return op->options[option];
    }
}

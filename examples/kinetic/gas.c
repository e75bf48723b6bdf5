/* Closed forms that the solver is judged by. */
#include "kinetic.h"

#include <math.h>

/* Velocity change across the wave on one side that takes its state (rho, p) to pressure p_star, and its derivative. Source: E. F. Toro,
 * Riemann Solvers and Numerical Methods for Fluid Dynamics, section 4.2. */
static double wave(double p_star, gas s, double g, double *derivative)
{
    double p = s.rho * s.T, c = sqrt(g * s.T);
    if (p_star > p) {
        double A = 2 / ((g + 1) * s.rho), B = (g - 1) / (g + 1) * p, root = sqrt(A / (p_star + B));
        *derivative = root * (1 - (p_star - p) / (2 * (p_star + B)));
        return (p_star - p) * root;
    }
    *derivative = pow(p_star / p, -(g + 1) / (2 * g)) / (s.rho * c);
    return 2 * c / (g - 1) * (pow(p_star / p, (g - 1) / (2 * g)) - 1);
}

static double density_behind(double p_star, gas s, double g)
{
    double ratio = p_star / (s.rho * s.T), q = (g - 1) / (g + 1);
    return ratio > 1 ? s.rho * (ratio + q) / (q * ratio + 1) : s.rho * pow(ratio, 1 / g);
}

/* The pressure function is increasing and concave; Newton's method from below converges monotonically. */
void riemann_solve(gas left, gas right, double g, riemann *solution)
{
    double left_c = sqrt(g * left.T), right_c = sqrt(g * right.T), slope_left, slope_right, exponent = (g - 1) / (2 * g);
    double sum = left_c + right_c - (g - 1) / 2 * (right.u - left.u);
    if (!(sum > 0)) fail("Riemann problem: the states part and leave a vacuum");
    double p = pow(sum / (left_c / pow(left.rho * left.T, exponent) + right_c / pow(right.rho * right.T, exponent)), 1 / exponent);
    p = fmin(p, fmin(left.rho * left.T, right.rho * right.T)); /* two rarefactions: exact or below */
    for (int i = 0; i < 100; i++) {
        double value = wave(p, left, g, &slope_left) + wave(p, right, g, &slope_right) + right.u - left.u;
        double step = value / (slope_left + slope_right);
        p -= step;
        if (fabs(step) < 1e-15 * p) break;
    }
    double below = wave(p, left, g, &slope_left), above = wave(p, right, g, &slope_right);
    *solution = (riemann){.left = left,
                          .right = right,
                          .g = g,
                          .p = p,
                          .u = (left.u + right.u + above - below) / 2,
                          .left_rho = density_behind(p, left, g),
                          .right_rho = density_behind(p, right, g)};
}

/* The left wave, seen from the left: u_star and rho_star behind it, speed s = x/t. The right wave is its mirror image. */
static gas sample_left(gas state, double p, double u, double rho, double g, double s)
{
    double ratio = p / (state.rho * state.T), c = sqrt(g * state.T);
    if (ratio > 1) {
        double shock = state.u - c * sqrt((g + 1) / (2 * g) * ratio + (g - 1) / (2 * g));
        return s < shock ? state : (gas){rho, u, p / rho};
    }
    double c_star = c * pow(ratio, (g - 1) / (2 * g));
    if (s < state.u - c) return state;
    if (s > u - c_star) return (gas){rho, u, p / rho};
    double c_fan = (2 * c + (g - 1) * (state.u - s)) / (g + 1), T = c_fan * c_fan / g;
    return (gas){state.rho * pow(T / state.T, 1 / (g - 1)), s + c_fan, T};
}

gas riemann_sample(const riemann *r, double s)
{
    if (s <= r->u) return sample_left(r->left, r->p, r->u, r->left_rho, r->g, s);
    gas mirror = {r->right.rho, -r->right.u, r->right.T}, found = sample_left(mirror, r->p, -r->u, r->right_rho, r->g, -s);
    found.u = -found.u;
    return found;
}

/* int (1, v_x, |v|^2) M(v) Phi(side (x - v_x t)/width) dv, added to sums: a normal density under a normal distribution function is one, and
 * moments about u follow by differentiating with respect to u. */
static void add_side(gas s, double side, double width, double x, double t, double sums[3])
{
    double deviation = sqrt(width * width + s.T * t * t);
    double xi = (x - s.u * t) / deviation, a = side * t / deviation; /* xi' = -a/side as u grows */
    double Phi = erfc(-side * xi / sqrt(2.0)) / 2, phi = exp(-xi * xi / 2) / sqrt(2 * PI);
    double first = -s.T * a * phi, second = s.T * Phi - s.T * s.T * a * t / deviation * xi * phi;
    sums[0] += s.rho * Phi;
    sums[1] += s.rho * (s.u * Phi + first);
    sums[2] += s.rho * (second + 2 * s.u * first + (s.u * s.u + 2 * s.T) * Phi);
}

gas free_molecular(gas left, gas right, double width, double x, double t)
{
    if (t == 0 && width == 0) return x < 0 ? left : right;
    double sums[3] = {0, 0, 0};
    add_side(left, -1, width, x, t, sums);
    add_side(right, 1, width, x, t, sums);
    double u = sums[1] / sums[0];
    return (gas){sums[0], u, (sums[2] / sums[0] - u * u) / 3};
}

/* Source: B. A. Trubnikov, Reviews of Plasma Physics 1 (1965) 105, as in the NRL Plasma Formulary; 2 pi e^4 log Lambda/m^2 is 1 here. */
double trubnikov_rate(double rho, double T_x, double T_p)
{
    double A = T_p / T_x - 1, bracket;
    if (fabs(A) < 1e-2) /* (3 + A) atan(sqrt A)/sqrt A - 3 as a series, over A^2 */
        bracket = 4.0 / 15 - 8.0 / 35 * A + 4.0 / 21 * A * A;
    else
        bracket = ((A + 3) * (A > 0 ? atan(sqrt(A)) / sqrt(A) : atanh(sqrt(-A)) / sqrt(-A)) - 3) / (A * A);
    return rho / sqrt(PI) * pow(T_x, -1.5) * bracket;
}

/* Butcher tableaus of the explicit schemes. */
#include "flow/flow.h"

#include <math.h>

static const double ssp2_A[] = {1}, ssp2_b[] = {0.5, 0.5};

/* C.-W. Shu, S. Osher, J. Comput. Phys. 77 (1988) 439 */
static const double ssp3_A[] = {1, 0.25, 0.25}, ssp3_b[] = {1 / 6., 1 / 6., 2 / 3.};

/* SSPRK(5,4) of R. J. Spiteri, S. J. Ruuth, SIAM J. Numer. Anal. 40 (2002) 469, in Butcher's form; all coefficients of its convex form are
 * nonnegative, with steps up to 1.508 times those of Euler's method. */
static const double ssp4_A[] = {0.39175222657189002, 0.21766909626116879,  0.36841059305037099, 0.082692086657810596, 0.13995850219189537,
                                0.25189177427169401, 0.067966283637114766, 0.11503469850463158, 0.20703489859738564,  0.54497475022852104};
static const double ssp4_b[] = {0.1468118760847866, 0.2484829094449762, 0.10425883033198097, 0.2744389009013507, 0.226007483236906};

/* P. Bogacki, L. F. Shampine, Appl. Math. Lett. 2 (1989) 321 */
static const double bs_A[] = {0.5, 0, 0.75, 2 / 9., 1 / 3., 4 / 9.}, bs_b[] = {2 / 9., 1 / 3., 4 / 9., 0};
static const double bs_e[] = {2 / 9. - 7 / 24., 1 / 3. - 1 / 4., 4 / 9. - 1 / 3., -1 / 8.};

/* J. R. Dormand, P. J. Prince, J. Comput. Appl. Math. 6 (1980) 19 */
static const double dp_A[] = {1 / 5.,         3 / 40.,       9 / 40.,     44 / 45.,     -56 / 15.,  32 / 9.,       19372 / 6561.,
                              -25360 / 2187., 64448 / 6561., -212 / 729., 9017 / 3168., -355 / 33., 46732 / 5247., 49 / 176.,
                              -5103 / 18656., 35 / 384.,     0,           500 / 1113.,  125 / 192., -2187 / 6784., 11 / 84.};
static const double dp_b[] = {35 / 384., 0, 500 / 1113., 125 / 192., -2187 / 6784., 11 / 84., 0};
static const double dp_e[] = {71 / 57600., 0, -71 / 16695., 71 / 1920., -17253 / 339200., 22 / 525., -1 / 40.};

const grzi_tableau grzi_tableau_ssp2 = {2, 2, 0, ssp2_A, ssp2_b, NULL};
const grzi_tableau grzi_tableau_ssp3 = {3, 3, 0, ssp3_A, ssp3_b, NULL};
const grzi_tableau grzi_tableau_ssp4 = {5, 4, 0, ssp4_A, ssp4_b, NULL};
const grzi_tableau grzi_tableau_bogacki_shampine = {4, 3, 1, bs_A, bs_b, bs_e};
const grzi_tableau grzi_tableau_dormand_prince = {7, 5, 1, dp_A, dp_b, dp_e};

/* The stages of y' = -x y from y = 1, and what they make of it. */
static double amplification(const grzi_tableau *t, double x)
{
    double rate[GRZI_LARGEST_STAGES], y = 1;
    const double *row = t->A;
    for (int stage = 0; stage < t->stages; row += stage, stage++) {
        double sum = 1;
        for (int j = 0; j < stage; j++) sum += row[j] * rate[j];
        rate[stage] = -x * sum;
    }
    for (int j = 0; j < t->stages; j++) y += t->b[j] * rate[j];
    return y;
}

double grzi_stability_interval(const grzi_tableau *tableau)
{
    double x = 0;
    while (fabs(amplification(tableau, x + 1e-3)) <= 1 + 1e-12) x += 1e-3;
    return x;
}

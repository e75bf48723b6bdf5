/* Real orthonormal spherical harmonics: Y_lm = N_lm d^|m| P_l(z)/dz^|m| times Re (x + iy)^m for m >= 0, Im (x + iy)^|m| for m < 0. */
#include "quadrature.h"

#include <math.h>

/* Offset of m = 0 of degree l, in the full or the even numbering. */
static int centre(int l, int even)
{
    return even ? l * (l - 1) / 2 + l : l * l + l;
}

/* For each m the recurrence in l, upwards: stable, normalised throughout; the powers of sin(theta) sit in (x + iy)^m alone. */
static void harmonics(int lmax, const double w[3], int even, double *Y)
{
    const double quarter_pi_root = 0.28209479177387814347; /* 1 / sqrt(4 pi) */
    double real = 1, imaginary = 0, sectoral = quarter_pi_root;
    for (int m = 0; m <= lmax; m++) {
        double q = m == 0 ? sectoral : sqrt(2) * sectoral, before = 0;
        for (int l = m; l <= lmax; l++) {
            if (!even || l % 2 == 0) {
                int i = centre(l, even);
                Y[i + m] = q * real;
                if (m > 0) Y[i - m] = q * imaginary;
            }
            double f = (2 * l + 3.0) / ((l + 1.0 - m) * (l + 1.0 + m));
            double next = sqrt(f * (2 * l + 1.0)) * w[2] * q - (l > m ? sqrt(f * (l - m) * (l + m) / (2 * l - 1.0)) * before : 0);
            before = q;
            q = next;
        }
        double turned = w[0] * real - w[1] * imaginary;
        imaginary = w[0] * imaginary + w[1] * real;
        real = turned;
        sectoral *= sqrt((2 * m + 3.0) / (2 * m + 2.0));
    }
}

void grzi_harmonics(int lmax, const double w[3], double *Y)
{
    harmonics(lmax, w, 0, Y);
}

void grzi_harmonics_even(int lmax, const double w[3], double *Y)
{
    harmonics(lmax, w, 1, Y);
}

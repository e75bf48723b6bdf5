/* Real orthonormal spherical harmonics: Y_lm = N_lm d^|m| P_l(z)/dz^|m| times Re (x + iy)^m for m >= 0, Im (x + iy)^|m| for m < 0. */
#include "quadrature.h"

#include <math.h>

/* For each m the recurrence in l, upwards: stable, normalised throughout; the powers of sin(theta) sit in (x + iy)^m alone. q(z) Re (x +
 * iy)^m is defined off the sphere too; its gradient's tangential part is that of Y_lm. */
void grzi_harmonics_slopes(int lmax, const double w[3], const double p[3], const double q[3], double *Y, double *along_p, double *along_q)
{
    const double quarter_pi_root = 0.28209479177387814347; /* 1 / sqrt(4 pi) */
    double real = 1, imaginary = 0, real_before = 0, imaginary_before = 0, sectoral = quarter_pi_root;
    for (int m = 0; m <= lmax; m++) {
        double value = m == 0 ? sectoral : sqrt(2) * sectoral, slope = 0, value_before = 0, slope_before = 0;
        for (int l = m; l <= lmax; l++) {
            for (int side = 0; side < (m > 0 ? 2 : 1); side++) {
                int i = l * l + l + (side ? -m : m);
                double power = side ? imaginary : real;
                const double gradient[3] = {value * m * (side ? imaginary_before : real_before),
                                            value * m * (side ? real_before : -imaginary_before), slope * power};
                Y[i] = value * power;
                along_p[i] = gradient[0] * p[0] + gradient[1] * p[1] + gradient[2] * p[2];
                along_q[i] = gradient[0] * q[0] + gradient[1] * q[1] + gradient[2] * q[2];
            }
            double f = (2 * l + 3.0) / ((l + 1.0 - m) * (l + 1.0 + m)), up = sqrt(f * (2 * l + 1.0));
            double down = l > m ? sqrt(f * (l - m) * (l + m) / (2 * l - 1.0)) : 0;
            double next = up * w[2] * value - down * value_before, next_slope = up * (w[2] * slope + value) - down * slope_before;
            value_before = value, slope_before = slope;
            value = next, slope = next_slope;
        }
        double turned = w[0] * real - w[1] * imaginary;
        real_before = real, imaginary_before = imaginary;
        imaginary = w[0] * imaginary + w[1] * real;
        real = turned;
        sectoral *= sqrt((2 * m + 3.0) / (2 * m + 2.0));
    }
}

/* The quadrature of an entropic operator on bi-Maxwellians with the integral over y done by hand: f f* = C exp(-y.A y - r^2 w.A w). */
#ifndef SUPPORT_RULE_SUMS_H
#define SUPPORT_RULE_SUMS_H

#include "operator/entropic/rules.h"
#include "support/check.h"

typedef struct rule_sums {
    double dissipation, reduced, rate, action; /* D, D^R, <Q, v_x^2>, and A of phi = v.P v */
} rule_sums;

/* Collisions from each node of a generator to another. */
static UNUSED void add_collisions(const grzi_radius *radius, const double A[9], const double P[9], long double sums[4])
{
    const double r2 = radius->r * radius->r;
    for (int l = 0; radius->generator && l < radius->nodes.count; l++)
        for (int m = 0; m < radius->nodes.count; m++) {
            const double *w = radius->nodes.nodes + 3 * l, *sigma = radius->nodes.nodes + 3 * m;
            double wAw = 0, dG = 0, dPhi = 0;
            for (int e = 0; e < 9; e++) {
                double change = sigma[e / 3] * sigma[e % 3] - w[e / 3] * w[e % 3];
                wAw += w[e / 3] * A[e] * w[e % 3];
                dG -= r2 * A[e] * change;
                dPhi += 2 * r2 * P[e] * change;
            }
            double weight = radius->weight * 4 * M_PI * radius->generator->A[l * radius->generator->stride + m] * exp(-r2 * wAw);
            sums[0] += 0.25 * weight * expm1(dG) * dG;
            sums[1] += weight * expm1(dG / 2) * expm1(dG / 2);
            sums[2] -= 0.25 * weight * expm1(dG) * 2 * r2 * (sigma[0] * sigma[0] - w[0] * w[0]);
            sums[3] += 0.25 * weight * (dG == 0 ? 1 : expm1(dG) / dG) * dPhi * dPhi;
        }
}

/* Rows of rotation: as of bimax_problem. */
static UNUSED rule_sums sums_of_rules(const grzi_rules *rules, double rho, const double T[3], const double rotation[9], const double P[9])
{
    double A[9], product = 1;
    for (int i = 0; i < 9; i++) {
        A[i] = 0;
        for (int k = 0; k < 3; k++) A[i] += rotation[3 * (i / 3) + k] / T[k] * rotation[3 * (i % 3) + k];
    }
    for (int k = 0; k < 3; k++) product *= T[k];
    long double sums[4] = {0};
    for (int i = 0; i < rules->count; i++) {
        const grzi_radius *radius = &rules->radii[i];
        double r2 = radius->r * radius->r;
        add_collisions(radius, A, P, sums);
        for (int l = 0; l < radius->sphere.count; l++) {
            const double *w = radius->sphere.nodes + 3 * l;
            double p[3], q[3], wAw = 0;
            grzi_orthonormal_frame(w, p, q);
            for (int e = 0; e < 9; e++) wAw += w[e / 3] * A[e] * w[e % 3];
            for (int j = 0; j < radius->theta_count; j++) {
                double theta = radius->theta[j], half = sin(theta / 2), turns = 0.6180339887498949 * (l * radius->theta_count + j);
                int count = radius->phi_count[j], landau = theta == 0;
                double weight =
                    radius->weight * 4 * M_PI * radius->sphere.weights[l] * 2 * M_PI / count * radius->theta_weight[j] * exp(-r2 * wAw);
                if (!landau) weight /= theta * theta;
                for (int m = 0; m < count; m++) {
                    /* Landau: two orthogonal unit tangents in place of chords */
                    double phi = landau ? M_PI / 2 * m : 2 * M_PI * (m + turns - floor(turns)) / count, along = landau ? 1 : sin(theta);
                    double chord[3], both[3], dG = 0, dPhi = 0;
                    for (int a = 0; a < 3; a++) {
                        chord[a] = -2 * half * half * w[a] + along * (cos(phi) * p[a] + sin(phi) * q[a]);
                        both[a] = 2 * w[a] + (landau ? 0 : chord[a]);
                    }
                    for (int e = 0; e < 9; e++) {
                        dG -= r2 * chord[e / 3] * A[e] * both[e % 3];
                        dPhi += 2 * r2 * chord[e / 3] * P[e] * both[e % 3];
                    }
                    double jump = landau ? dG : expm1(dG), root = landau ? dG / 2 : expm1(dG / 2);
                    sums[0] += 0.25 * weight * jump * dG;
                    sums[1] += weight * root * root;
                    sums[2] -= 0.25 * weight * jump * 2 * r2 * chord[0] * both[0];
                    sums[3] += 0.25 * weight * (dG == 0 ? 1 : jump / dG) * dPhi * dPhi;
                }
            }
        }
    }
    double constant = rho * rho * pow(2 * M_PI, -3) / product * pow(M_PI, 1.5) * sqrt(product);
    return (rule_sums){constant * (double)sums[0], constant * (double)sums[1], constant * (double)sums[2], constant * (double)sums[3]};
}

#endif

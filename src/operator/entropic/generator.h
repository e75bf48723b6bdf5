/* Positive generators: Boltzmann's jump operator on one sphere as a matrix between the nodes of its rule. For functions on the sphere of
 * one (y, r), even in w, with values h_i, G_i at one node w_i of each antipodal pair,
 *
 *     1/2 int b (h' - h)(G' - G) dsigma, averaged over w  =  sum_{i<j} A_ij (h_j - h_i)(G_j - G_i) + c sum_i W_i h_i |grad_S G_i|^2
 *
 * with A symmetric, A_ij >= 0 and c >= 0: conservation, the H-theorem, symmetry and Maxwellian equilibria hold for any such A and c. A
 * starts from 2 pi W_i W_j b(angle of the axes), the even extension of b, and is changed as little as possible, in relative least squares,
 * so that the form is exact for even harmonics of low degree: <Y_a, Y_b> = -lambda_l delta_ab. c, which is free, is the share of jumps that
 * are shorter than the distances of the nodes. */
#ifndef GRZI_GENERATOR_H
#define GRZI_GENERATOR_H

#include "kernel/kernel.h"
#include "quadrature/quadrature.h"

/* The angular law of a generator: b at angles in (0, pi/2] and a rule as grzi_kernel_angular_rule's. */
typedef struct grzi_angular_law {
    int theta_count;
    const double *theta, *theta_weight;
    grz_status (*b)(const void *of, int64_t count, const double *theta, double *b);
    const void *of;
} grzi_angular_law;

typedef struct grzi_generator {
    int count, stride; /* nodes; of a row of A */
    int degree;        /* up to which all forms are exact */
    double *A;         /* count x stride, symmetric, zero diagonal and padding; 8 more zero rows */
    double *row_sum;   /* count */
    int64_t *first;    /* count + 1: the pairs i < j with A_ij > 0, */
    int *node;         /* their j */
    double *value;     /* and A_ij */
    double landau;     /* c */
    double transfer;   /* 2 pi int beta sin^2(theta/2), of which c is a share */
    double least;      /* smallest entry of A over its start */
    double error;      /* largest relative error of a degree's mean eigenvalue among the exact degrees and the one beyond */
} grzi_generator;

/* Which forms <Y_a, Y_b> of even harmonics are exact: those of degrees a, b <= degree; those of degree 2 with b <= sum - 2 and of 4 with
 * b <= sum - 6, because h has high harmonics where log h has few; and the mean eigenvalue of so many more even degrees beyond degree (traces).
 * degree <= 40, sum <= 42, traces <= 4. */
typedef struct grzi_exactness {
    int degree, sum, traces;
} grzi_exactness;

/* A = 2 pi W_i W_j b with c = 0 where that is exact. GRZ_OK and *made = 0 when no A >= 0, c >= 0 is exact (then there is nothing to destroy). */
grz_status grzi_generator_create(const grz_context *context, const grzi_angular_law *law, const grzi_sphere_rule *rule,
                                 grzi_exactness exact, grzi_generator *generator, int *made);

/* A bound for the third moment of sin^2(theta/2) in units of the second that every generator on the rule has: laws below it are too narrow
 * for harmonics of degree 6 and more. */
double grzi_generator_shortest(const grzi_sphere_rule *rule);
void grzi_generator_destroy(const grz_context *context, grzi_generator *generator);

#endif

/* The kernel at a triangle (|k|, |l|, |m|), |q|^2 = 2|l|^2 + 2|m|^2 - |k|^2, k.q = |l|^2 - |m|^2: sums over the radial rule and even L of
 *     4 pi (2L+1) lambda_L j_L(r|k|) j_L(r|q|) P_L(cos(k,q)) . */
#ifndef GRZI_SPECTRAL_BHAT_H
#define GRZI_SPECTRAL_BHAT_H

#include "operator/spectral/radial.h"

typedef struct grzi_bhat {
    int count, orders;        /* radial nodes, padded for the vector units; even L = 2 .. 2 orders */
    double kappa;             /* unit of k, l, m */
    double *r, *rest, *whole; /* nodes; [order][node] of 4 pi (2L+1) weight rest_L, and the same of lambda_L */
} grzi_bhat;

grz_status grzi_bhat_create(const grz_context *context, const grzi_radial *radial, double kappa, grzi_bhat *bhat);
void grzi_bhat_destroy(const grz_context *context, grzi_bhat *bhat);

/* With rest_L and with lambda_L. work: grzi_bhat_work doubles, aligned to 64 bytes. */
int64_t grzi_bhat_work(const grzi_bhat *bhat);
void grzi_bhat_value(const grzi_bhat *bhat, double k, double l, double m, double *work, double *rest, double *whole);

#endif

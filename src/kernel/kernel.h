/* What operators need of a kernel beyond the public queries. */
#ifndef GRZI_KERNEL_H
#define GRZI_KERNEL_H

#include "core/core.h"

grz_kernel *grzi_kernel_retain(const grz_kernel *kernel);
void grzi_kernel_release(grz_kernel *kernel);
grz_context *grzi_kernel_context(const grz_kernel *kernel);

/* 1 when the kernel is a product |z|^gamma beta(theta); 0 for a general one, whose angular law changes with the relative speed. */
int grzi_kernel_is_factorised(const grz_kernel *kernel);

/* Factor of the collision rate in z: |z|^gamma, its kinetic cutoff, or 1 for a general kernel (then beta(z, .) has all of it). */
double grzi_kernel_kinetic_factor(const grz_kernel *kernel, double z);

/* z^gamma, z >= 0, such that (2^k z)^gamma is 2^{k gamma} z^gamma to the bit wherever that is a power of two: units change nothing. */
double grzi_power_of_speed(double z, double gamma);

/* Relative speed at which the kinetic factor has a kink (1 for the kinetic cutoff), or 0. */
double grzi_kernel_kink(const grz_kernel *kernel);

/* C_beta of the unscaled law with the factor of grz_kernel_create_multiplied, without the kinetic factor (general: all of it at relative speed z).
 * Coulomb: the limit of Remark 2.6, whatever the cutoff. */
grz_status grzi_kernel_landau_constant(const grz_kernel *kernel, double z, double *constant);

/* Angular rule: nodes theta_j in (0, theta_max] and positive weights with
 *     int beta^eps(theta) g(theta) dtheta = sum_j weight_j g(theta_j)/theta_j^2
 * for g = O(theta^2). It is the Gauss rule in x = sin^2(theta/2) of the measure x beta^eps dtheta, because an even function of the sphere,
 * averaged over the circle theta = const, is a polynomial in x: count nodes give lambda_l exactly for l <= 2 count. At eps = 0: one node
 * theta = 0 with weight (8/pi) C_beta. *found <= count nodes are returned. z: the relative speed (general kernels only). */
grz_status grzi_kernel_angular_rule(const grz_kernel *kernel, double z, int count, double *theta, double *weight, int *found);

/* The same between unlike particles, where theta may go up to pi (whole_sphere.c): C_beta, the angular rule (which then is in (0, pi]), and
 * lambda_0 .. lambda_lmax with the odd ones' due. count <= 64. */
grz_status grzi_kernel_unlike_constant(const grz_kernel *kernel, double z, double *constant);
grz_status grzi_kernel_unlike_rule(const grz_kernel *kernel, double z, int count, double *theta, double *weight, int *found);
grz_status grzi_kernel_unlike_spectrum(const grz_kernel *kernel, double z, int lmax, double *lambda);

#endif

/* Angular laws beta(theta) of one room: what a law offers, its fine rule, and the kernel handle built on it. */
#ifndef GRZI_LAW_H
#define GRZI_LAW_H

#include "kernel/kernel.h"

/* Degree resolved by the rule every law keeps: l (pi/2) for l = 200 at eps = pi. */
#define GRZI_STORED_DEGREE 315.0

typedef struct grzi_law grzi_law;

/* A fine positive rule of the unscaled law, int theta^2 beta(theta) g(theta) dtheta = sum weight_j g(theta_j), accurate to rounding for
 * g a polynomial of the given degree on (0, pi/2], hence also for waves cos(l theta) with l pi/2 <= degree. */
typedef struct grzi_fine_rule {
    int64_t size, capacity;
    double *theta, *weight;
    double degree, transfer; /* transfer = sum of the weights */
    double unresolved;       /* estimated error of the transfer where bisection ended before its tolerance */
} grzi_fine_rule;

/* A piece of the measure theta^2 beta dtheta in its own variable u on (0, end]: theta = theta(u), density u^exponent smooth(u) du. */
typedef struct grzi_piece {
    double end, exponent;
    int adaptive; /* smooth(u) is not known beforehand: bisect until resolved */
    grz_status (*evaluate)(const grzi_law *law, double z, int64_t count, const double *u, double *theta, double *smooth);
} grzi_piece;

/* How a law goes to other grazing parameters: most are compressed, beta^eps(theta) = (pi/eps)^3 beta(pi theta/eps) (A2); Coulomb's is cut off
 * (Remark 2.6). */
typedef struct grzi_grazing {
    grz_status (*check)(const grz_context *context, const char *function, double eps);
    grzi_law *(*law_at)(const grzi_law *law, double eps); /* a reference; NULL when out of memory */
    double (*scale)(double eps);                          /* theta = scale * (that law's angle); 0 in the limit */
    /* beta^eps = density * beta(angle) where theta is in the support, else 0 */
    int (*angle)(const grz_kernel *kernel, double theta, double *angle);
    double (*density)(const grz_kernel *kernel);
    double limit_constant; /* C_beta of the limit where the law's own transfer says nothing about it, else 0 */
} grzi_grazing;

extern const grzi_grazing grzi_compressed;

/* Operations of a law. z is the relative speed, which only speed-dependent ones look at; theta in (0, pi/2]. */
typedef struct grzi_law_type {
    grz_status (*beta)(const grzi_law *law, double z, int64_t count, const double *theta, double *beta);
    grz_status (*measure)(const grzi_law *law, double z, grzi_fine_rule *rule); /* adds the law's panels */
    grz_status (*bounded_below)(const grzi_law *law, int *bounded); /* c theta^{-1-nu} <= beta on (0, pi/2] with some c > 0 (A2) */
    const grzi_grazing *grazing;
    int depends_on_speed; /* all of B is in beta(z, .), and no fine rule is stored */
    int isotropic;        /* the fold of a law that is the same at all angles of the whole sphere */
} grzi_law_type;

/* An angular law, shared by the kernels derived from one another. Immutable once made. */
struct grzi_law {
    int references;
    grz_context *context;
    const grzi_law_type *operations;
    grz_kernel_type type;
    grz_scattering scattering;
    double nu;
    double cutoff; /* Coulomb: the angle of Remark 2.6, 0 in the grazing limit */
    double half_m; /* inverse power: m at which the deflection is pi/2 */
    int64_t count; /* table: angles, theta^{1+nu} beta and its slopes; inverse power: R and weights (deflection.h) */
    double *abscissa, *ordinate, *slope;
    grz_beta_fn beta;
    grz_general_beta_fn general_beta;
    void *user;
    grzi_fine_rule fine; /* empty for a general kernel, whose measure changes with z */
};

struct grz_kernel {
    int references;
    grz_context *context;
    grzi_law *law;
    double gamma, eps;
    double scale;  /* theta = scale * (the law's angle), by its grazing */
    double factor; /* of beta */
    int kinetic_cutoff;
};

/* A law without content, one reference; NULL when out of memory. Release frees the arrays with the last reference. */
grzi_law *grzi_law_create(const grz_context *context, const grzi_law_type *operations, grz_kernel_type type, double nu);
grzi_law *grzi_law_retain(const grzi_law *law);
void grzi_law_release(grzi_law *law);

/* Makes the fine rule of the law at relative speed z. rule is zeroed before use and cleared by the caller, after a failure too. */
grz_status grzi_fine_rule_build(const grzi_law *law, double z, double degree, grzi_fine_rule *rule);
void grzi_fine_rule_clear(const grz_context *context, grzi_fine_rule *rule);

/* For the laws' measure(): adds Gauss panels for a piece on [from, to], from = 0 with the weight u^exponent in the rule. */
grz_status grzi_fine_rule_add(const grzi_law *law, double z, const grzi_piece *piece, double from, double to, grzi_fine_rule *rule);

/* The rule of the kernel's law to the given degree: the stored one, or one made into *own, which the caller clears in either case. */
grz_status grzi_kernel_fine_rule(const grz_kernel *kernel, double z, double degree, grzi_fine_rule *own, const grzi_fine_rule **rule);

/* A kernel from a law, whose reference it takes over (also on failure; NULL means out of memory). Stores the law's fine rule if it has
 * none yet. factor = 0: normalised by (2.2). The transfer must be positive and finite. */
grz_status grzi_kernel_create(const grz_context *context, const char *function, grzi_law *law, double gamma, double eps, double factor,
                              grz_kernel **out);

extern const grzi_law_type grzi_power_law_type;

/* The transfer (2.2) of the limit eps -> 0, which normalises. */
double grzi_law_limit_transfer(const grzi_law *law);

/* Checks of the arguments that constructors share. */
grz_status grzi_check_scattering(const grz_context *context, const char *function, grz_scattering scattering);
grz_status grzi_check_nu(const grz_context *context, const char *function, double nu, double minimum);

#endif

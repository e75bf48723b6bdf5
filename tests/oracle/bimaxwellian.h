/*
 * Independent oracle for the tests: collision functionals of a bi-Maxwellian, exact up to smooth angular quadrature.
 *
 *     f(v) = rho (2 pi)^{-3/2} (T1 T2 T3)^{-1/2} exp(-(v - u) . A (v - u) / 2),   A = R diag(1/T) R^T
 *
 * For v = y + r w, v* = y - r w the product f f* is Gaussian in y and in r, so both integrals are done by hand and only
 * angles are left. Nothing here uses the library under test. The values do not depend on the mean velocity u.
 * Relative accuracy is about 1e-13 for temperature ratios up to 100 (`refine` checks a given case). The pair integrals
 * cost about 10 ms at a ratio of 4 and 60 ms at 10 with three temperatures and eps = pi, a few ms for eps <= 0.1; two
 * equal temperatures are an order of magnitude cheaper.
 */
#ifndef ORACLE_BIMAXWELLIAN_H
#define ORACLE_BIMAXWELLIAN_H

#ifdef __cplusplus
extern "C" {
#endif

/* Angular laws. All but Coulomb are scaled as in (A2): beta^eps(theta) = (pi/eps)^3 beta(pi theta/eps), theta <= eps/2;
 * eps = pi is the unscaled law. eps = 0 makes every Boltzmann value its Landau limit. */
typedef enum {
    BIMAX_POWER = 0,   /* beta = c theta^{-1-nu} on (0, pi/2], nu < 2 */
    BIMAX_SPHERE = 1,  /* beta = c sin(theta) on (0, pi/2]: hard spheres, variable hard spheres */
    BIMAX_COULOMB = 2, /* Remark 2.6: beta^eps = c theta^{-3} / log(1/eps) on [eps, pi/2], eps < 1 */
    BIMAX_CALLBACK = 3 /* beta given; beta(theta) theta^{1+nu} must be smooth on [0, pi/2] */
} bimax_law;

/* What to compute. The reductions are cheap (microseconds); the pair integrals take milliseconds. */
enum {
    BIMAX_REDUCED = 1, /* C_beta, lambda_2, D_B, D_L, <Q, v v>, A_L */
    BIMAX_PAIRS = 2,   /* D_B^R, A_B, and D_B once more by its definition */
    BIMAX_ALL = 3
};

typedef struct {
    double rho;
    double temperature[3]; /* the largest at most 1000 times the smallest */
    double rotation[9];    /* row major, orthogonal; column i is the axis of temperature[i] */
    double gamma;          /* in [-4, 1] */
    bimax_law law;
    double nu;                                /* POWER and CALLBACK */
    double eps;                               /* in [0, pi]; COULOMB: [0, 1) */
    double amplitude;                         /* c; multiplies the callback; 0 normalises by (2.2), for COULOMB to 8/pi */
    double (*beta)(double theta, void *user); /* unscaled law on (0, pi/2] */
    void *user;
    double potential[9]; /* P, symmetric, of phi(v) = v . P v in the actions */
    int parts;           /* BIMAX_REDUCED, BIMAX_PAIRS or BIMAX_ALL */
    int refine;          /* every quadrature order is multiplied by 1 + refine; 0 as a rule */
} bimax_problem;

typedef struct {
    double c_beta;       /* (pi/8) int theta^2 beta^eps */
    double c_landau;     /* C_beta of the Landau values: the limit of c_beta */
    double lambda_2;     /* 2 pi int beta^eps (P_2(cos theta) - 1) */
    double d_b;          /* Boltzmann dissipation (1.2) */
    double d_b_reduced;  /* D_B^R of section 6.1.3 */
    double d_l;          /* Landau dissipation (1.2) */
    double q_b[9];       /* <Q_B, v_i v_j> (3.1), also d/dt of int v_i v_j f */
    double q_l[9];       /* <Q_L, v_i v_j> (3.10) */
    double a_b;          /* Boltzmann action (section 4) of M = Lambda B dbar phi */
    double a_l;          /* Landau action of M = f f* grad_tilde phi */
    double d_b_by_pairs; /* D_B from differences of f f*: equal to d_b up to quadrature error */
    double defect;       /* |d_b_by_pairs - d_b| / d_b */
    long evaluations;    /* integrand evaluations of the pair integrals */
} bimax_result;

/* Unit density and temperatures, no rotation, gamma = 0, POWER with nu = 1/2, eps = pi, normalised, P = diag(1, 0, 0). */
void bimax_default(bimax_problem *problem);

/* Rotation matrix of a quaternion of any nonzero length, row major. */
void bimax_rotation(const double quaternion[4], double rotation[9]);

/* 0 on success; 1 if the problem is not admissible; 2 if memory ran out. Thread-safe. */
int bimax_oracle(const bimax_problem *problem, bimax_result *result);

/* Gauss rule for int_0^1 t^b g(t) dt, b > -1: n nodes in decreasing order and weights. 0 on success. */
int bimax_gauss(int n, double b, double *node, double *weight);

#ifdef __cplusplus
}
#endif
#endif

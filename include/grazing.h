/* libgrazing: the Boltzmann collision operator with non-cutoff kernels, its grazing-collision limit
 * the Landau operator, and their gradient-flow structure.
 *
 * Source of every definition and equation number: J. A. Carrillo, M. G. Delgadino, J. Wu,
 * "Boltzmann to Landau from the gradient flow perspective" (2022); "the paper" below. Velocities,
 * densities and times are the paper's nondimensional ones.
 *
 * Conventions, valid for every function unless its comment says otherwise
 * - Objects are opaque handles. grz_X_create*(context, ..., &x) makes one: every function that
 *   makes a handle takes the context first, to which the handles among the other arguments belong,
 *   too (else GRZ_ERROR_MISMATCH), and the caller owns what it gets. grz_X_destroy(&x) releases it,
 *   sets the pointer to NULL and may be called again or with a NULL handle. Handles keep alive what
 *   they were made from (a distribution its grid, a grid its context), so they may be destroyed in
 *   any order.
 * - A function named for a handle takes that handle first; every other one that can fail takes the
 *   context first. Inputs come before outputs, a callback's user pointer comes next to the
 *   callback, *out is last.
 * - A query that cannot fail returns its number. Of a NULL handle it gives 0 for a count or a flag,
 *   NaN for a double, NULL for a pointer, -1 for a constant of an enum. Handles that a query
 *   returns are borrowed: they live as long as the one asked, and are not to be destroyed.
 * - A function that can fail returns grz_status: GRZ_OK (0) or a positive error. On an error its
 *   outputs are untouched and grz_context_last_message says which argument was at fault and what
 *   its value was; of a call with a NULL handle where the context would be found no context can
 *   tell, and the message before stays. Nothing is printed, nothing aborts. "Returns" names every
 *   status that a function can return.
 * - Constants of an enum grz_X are called GRZ_X_..., those of grz_status GRZ_OK and GRZ_ERROR_....
 *   Enums that could be mixed up in a call have no value in common, so that a constant of the wrong
 *   one is refused.
 * - A curve, a ledger and a study begin, record and end. What is read per node of a grid is called
 *   values, what is read per snapshot or curve a column.
 * - What a comment does not date is in the library since version 0.2.
 * - Arrays belong to the caller and are copied, unless the name says view. A field on a grid is n^3
 *   doubles, C-contiguous, index (i*n + j)*n + k for the velocity components (x, y, z): z is
 *   fastest. Arrays of vectors are count*3 doubles, (x, y, z) of each in turn. 3x3 tensors are 9
 *   doubles, row by row.
 * - int32_t counts nodes per axis and small things, int64_t counts elements.
 * - Callbacks receive the user's pointer and return 0 to go on, anything else to stop (the call
 *   then returns GRZ_ERROR_CALLBACK or, for progress, GRZ_ERROR_CANCELLED). They may be called from
 *   the calling thread only.
 * - Threads: context, grid and kernel handles may be used by several threads at once (their
 *   messages are kept under a lock). A handle with workspace (operator, functional, flow) serves
 *   one thread at a time; distributions may be read by many threads and changed by one. There is no
 *   global state. Results are bitwise independent of the thread count. */
#ifndef GRAZING_H
#define GRAZING_H

#include <stdint.h>

/* Version of this header. The library's own is grz_version(); the ABI version is the number in the
 * soname and changes only when a program compiled before would break. */
#define GRZ_VERSION_MAJOR 0
#define GRZ_VERSION_MINOR 2
#define GRZ_VERSION_PATCH 0
#define GRZ_ABI_VERSION   1

#if defined(__GNUC__)
#define GRZ_API __attribute__((visibility("default")))
#else
#define GRZ_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------- statuses */

/* What a call returns. A program should treat every nonzero status as an error, also one that it
 * does not know: later versions may add some. */

typedef enum grz_status {
    GRZ_OK = 0,
    GRZ_ERROR_NULL_ARGUMENT = 1,    /* a required pointer is NULL */
    GRZ_ERROR_INVALID_ARGUMENT = 2, /* a value is out of its range */
    GRZ_ERROR_NOT_FINITE = 3,       /* an input is NaN or infinite */
    GRZ_ERROR_NOT_POSITIVE = 4,     /* a density is not strictly positive where log f is needed */
    GRZ_ERROR_OUT_OF_MEMORY = 5,    /* an allocation failed */
    GRZ_ERROR_SIZE_OVERFLOW = 6,    /* a size does not fit its integer type or the address space */
    GRZ_ERROR_CALLBACK = 7,         /* a user callback returned nonzero */
    GRZ_ERROR_CANCELLED = 8,      /* the progress callback or grz_context_cancel stopped the work */
    GRZ_ERROR_IO = 9,             /* a file cannot be opened, read or written */
    GRZ_ERROR_FORMAT = 10,        /* a file's content is not what the function reads */
    GRZ_ERROR_MISMATCH = 11,      /* two arguments do not belong together (grids, sizes) */
    GRZ_ERROR_UNSUPPORTED = 12,   /* this object does not offer the operation */
    GRZ_ERROR_NOT_CONVERGED = 13, /* an iteration reached its cap */
    GRZ_ERROR_NOT_REPRESENTABLE = 14, /* a result overflows double precision */
    GRZ_ERROR_INTERNAL = 15           /* a defect of the library or of a library below it */
} grz_status;

/* The status's identifier ("GRZ_ERROR_IO") and a sentence about it. Never NULL; an unknown status
 * gives "unknown status". Static strings, owned by the library. Any thread. */
GRZ_API const char *grz_status_name(grz_status status);
GRZ_API const char *grz_status_string(grz_status status);

/* ------------------------------------------------------------------------ version and constants */

/* What a program, or a wrapper in another language, can ask the library before anything else. */

/* Version of the library that runs: "major.minor.patch"; the ABI number of its soname; and one line
 * that names compiler, OpenMP, instruction sets chosen at run time, FFTW and BLAS in use. Static
 * strings. Any thread. */
GRZ_API const char *grz_version(void);
GRZ_API int32_t grz_abi_version(void);
GRZ_API const char *grz_build_configuration(void);

/* Every integer constant of this header by name, for callers that cannot read C: the number of
 * constants, the name of the i-th (NULL outside 0 <= i < count), and a constant's value by name.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (name, value); GRZ_ERROR_INVALID_ARGUMENT (no constant
 * of that name). Any thread. */
GRZ_API int32_t grz_constant_count(void);
GRZ_API const char *grz_constant_name(int32_t index);
GRZ_API grz_status grz_constant_value(const char *name, int32_t *value);

/* -------------------------------------------------------------------------------------- context */

/* A context holds what calls share: number of threads, allocator, last message, progress callback,
 * cancel flag. Programs usually have one; programs that want separate messages or allocators have
 * several, whose handles do not mix. */

typedef struct grz_context grz_context;
typedef struct grz_grid grz_grid;
typedef struct grz_kernel grz_kernel;
typedef struct grz_distribution grz_distribution;
typedef struct grz_operator grz_operator;
typedef struct grz_functional grz_functional;

/* Allocator hooks: allocate(size, user) returns memory aligned for any C object, or NULL;
 * release(pointer, user) takes it back (never NULL). They may be called from any thread that uses
 * the context or a handle made from it. */
typedef void *(*grz_allocate_fn)(int64_t size, void *user);
typedef void (*grz_release_fn)(void *pointer, void *user);

/* Progress of a long computation: fraction in [0, 1] of the named stage. A nonzero return
 * cancels the work. Called from the thread that called the library, a few hundred times per call
 * or, in calls of minutes, twenty times a second. */
typedef int (*grz_progress_fn)(const char *stage, double fraction, void *user);

/* Makes a context. The second form takes allocator hooks for all memory of the context and its
 * handles (FFTW, BLAS and OpenMP keep their own); either both hooks or neither.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (out, or one hook without the other);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_context_create(grz_context **out);
GRZ_API grz_status grz_context_create_with_allocator(grz_allocate_fn allocate,
                                                     grz_release_fn release, void *user,
                                                     grz_context **out);
GRZ_API void grz_context_destroy(grz_context **context);

/* ------------------------------------------------------- context: threads, messages, cancelling */

/* What may be set and asked while handles are in use. */

/* Threads that one call of the library may use: 1 <= threads <= 1024, or 0 for OpenMP's own default
 * (the initial value).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context); GRZ_ERROR_INVALID_ARGUMENT (threads). Any
 * thread; calls already running keep their count, and an operator uses at most the threads that the
 * context had at its last set-up (grz_operator_setup again takes in more). grz_context_threads
 * gives the number in force (at least 1). */
GRZ_API grz_status grz_context_set_threads(grz_context *context, int32_t threads);
GRZ_API int32_t grz_context_threads(const grz_context *context);

/* Whether FFTW may time candidates for the transforms of operators made later: 1 (the initial
 * value; up to 96 nodes per axis) or 0. Timed plans are often faster, but two processes may choose
 * different ones and then differ in the last digits of spectral results. With 0 plans depend on
 * FFTW's version and the processor's instruction set alone, so that a saved state continues with
 * the same bits in another process of the same machine and library. measured_plans gives the value
 * in force.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context); GRZ_ERROR_INVALID_ARGUMENT (measured). Any
 * thread. */
GRZ_API grz_status grz_context_set_measured_plans(grz_context *context, int32_t measured);
GRZ_API int32_t grz_context_measured_plans(const grz_context *context);

/* Status and message of the last call on this context or its handles that failed; "" and GRZ_OK
 * when none did or the context is NULL. failure_count counts these calls: where it stands as it did
 * before a call that failed, the message is of another call (this one had a NULL handle). The
 * string of last_message belongs to the context and lives until the next failing call; copy_message
 * copies at most size bytes including the final zero (size >= 1) under the lock and is the one to
 * use when several threads share a context.
 * Returns (copy): GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, buffer); GRZ_ERROR_INVALID_ARGUMENT
 * (size < 1). Any thread. */
GRZ_API grz_status grz_context_last_status(const grz_context *context);
GRZ_API const char *grz_context_last_message(const grz_context *context);
GRZ_API int64_t grz_context_failure_count(const grz_context *context);
GRZ_API grz_status grz_context_copy_message(const grz_context *context, char *buffer, int64_t size);

/* Progress callback (NULL switches it off). Not while another thread runs a computation of this
 * context.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context). */
GRZ_API grz_status grz_context_set_progress(grz_context *context, grz_progress_fn progress,
                                            void *user);

/* Asks every running computation of the context to stop with GRZ_ERROR_CANCELLED, outputs
 * untouched; the flag stays up, and stops later ones too, until clear_cancel. Any thread, also a
 * signal handler.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context). is_cancelled: 1 or 0. */
GRZ_API grz_status grz_context_cancel(grz_context *context);
GRZ_API grz_status grz_context_clear_cancel(grz_context *context);
GRZ_API int32_t grz_context_is_cancelled(const grz_context *context);

/* ----------------------------------------------------------------------------------------- grid */

/* Where densities live: nodes in a box of velocity space. */

/* The velocity grid of n^3 cell-centred nodes v_i = centre - half_width + (i + 1/2) h, h = 2
 * half_width/n on each axis, in velocity units (nondimensional, as the paper's). Integrals over R^3
 * become sums over the nodes with weight h^3 (midpoint rule), which converges faster than any power
 * of h for a smooth f that is negligible at the boundary. A grid is immutable and keeps its context
 * alive.
 * Valid: 8 <= n <= 1024; 1e-50 <= half_width <= 1e50; centre: 3 doubles, |centre[a]| <= 1e6
 * half_width, or NULL for the origin (copied).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (n,
 * half_width or centre outside its range); GRZ_ERROR_NOT_FINITE (half_width, centre);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread; destroy when no other thread uses the handle. */
GRZ_API grz_status grz_grid_create(grz_context *context, int32_t n, double half_width,
                                   const double *centre, grz_grid **out);
GRZ_API void grz_grid_destroy(grz_grid **grid);

/* Nodes per axis n, all nodes n^3, half width, spacing h. Any thread. */
GRZ_API int32_t grz_grid_nodes_per_axis(const grz_grid *grid);
GRZ_API int64_t grz_grid_node_count(const grz_grid *grid);
GRZ_API double grz_grid_half_width(const grz_grid *grid);
GRZ_API double grz_grid_spacing(const grz_grid *grid);

/* The centre (3 doubles, out); the n node coordinates of axis 0, 1 or 2 (x, y or z; n doubles,
 * out).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (grid, centre, nodes); GRZ_ERROR_INVALID_ARGUMENT
 * (axis). Any thread. */
GRZ_API grz_status grz_grid_centre(const grz_grid *grid, double *centre);
GRZ_API grz_status grz_grid_axis_nodes(const grz_grid *grid, int32_t axis, double *nodes);

/* --------------------------------------------------------------------------------------- kernel */

/* A collision kernel B(|z|, theta) sin(theta) = |z|^gamma beta(theta) on 0 < theta <= pi/2 (3.2),
 * or a general one B sin(theta) = beta(|z|, theta) (Remarks 2.5, 5.8), with its grazing parameter
 * eps: beta^eps(theta) = (pi/eps)^3 beta(pi theta/eps) on (0, eps/2] (A2). New kernels have eps =
 * pi, for which beta^eps = beta. Angles are radians, z = v - v* is the relative velocity.
 *
 * Kernels are immutable and may be used by several threads at once. They keep their context alive,
 * and a derived kernel all that it needs of the one it was made from, so they may be destroyed in
 * any order. */

typedef enum grz_kernel_type {
    GRZ_KERNEL_TYPE_POWER_LAW = 0,
    GRZ_KERNEL_TYPE_INVERSE_POWER = 1,
    GRZ_KERNEL_TYPE_COULOMB = 2,
    GRZ_KERNEL_TYPE_VHS = 3,
    GRZ_KERNEL_TYPE_TABLE = 4,
    GRZ_KERNEL_TYPE_CALLBACK = 5,
    GRZ_KERNEL_TYPE_GENERAL = 6
} grz_kernel_type;

/* Classes by growth with speed (section 1). */
typedef enum grz_kernel_class {
    GRZ_KERNEL_CLASS_HARD = 0,            /* gamma > 0 */
    GRZ_KERNEL_CLASS_MAXWELL = 1,         /* gamma = 0 */
    GRZ_KERNEL_CLASS_MODERATELY_SOFT = 2, /* -2 <= gamma < 0 */
    GRZ_KERNEL_CLASS_VERY_SOFT = 3,       /* gamma < -2 */
    GRZ_KERNEL_CLASS_GENERAL = 4          /* no single gamma */
} grz_kernel_class;

typedef enum grz_scattering {
    GRZ_SCATTERING_POWER_LAW = 0, /* beta = c theta^{-1-nu}, normalised by (2.2) */
    GRZ_SCATTERING_CLASSICAL = 1  /* of the potential's deflection integral (Rutherford's) */
} grz_scattering;

typedef enum grz_cancellation {
    GRZ_CANCELLATION_POWER = 0,  /* for |z|^gamma: bracket cos^{-3-gamma}(theta/2) - 1 */
    GRZ_CANCELLATION_KINETIC = 1 /* Lemma B.1, for |z|_kin^gamma: cos^{-3}(theta/2) - 1 */
} grz_cancellation;

/* beta(theta) of a callback kernel at count angles, and beta(z, theta) = B(z, theta) sin(theta) at
 * one relative speed z = |v - v*| of a general one. Angles lie in (0, pi/2], values must be finite
 * and nonnegative. Called from the calling thread, while the handle, or one derived from it, is
 * created or queried; threads that share the handle may call it at the same time. */
typedef int (*grz_beta_fn)(int64_t count, const double *theta, double *beta, void *user);
typedef int (*grz_general_beta_fn)(double relative_speed, int64_t count, const double *theta,
                                   double *beta, void *user);

/* --------------------------------------------------------------------------------- kernel: laws */

/* Constructors of kernels, one for each law. */

/* Power law beta = c theta^{-1-nu} on (0, pi/2] (3.2), -4 <= gamma <= 1, 0 < nu < 2. c = 0:
 * normalised by (2.2), so that C_beta = 1, which is c = (8/pi)(2 - nu)(pi/2)^{nu-2}; else c > 0.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (gamma, nu, c
 * out of range); GRZ_ERROR_NOT_FINITE (gamma, nu, c); GRZ_ERROR_NOT_REPRESENTABLE (the angular
 * momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_create_power_law(grz_context *context, double gamma, double nu,
                                               double c, grz_kernel **out);

/* Inverse-power potential U ~ rho^{-(s-1)}, 2 < s <= 1e6: gamma = (s-5)/(s-1), nu = 2/(s-1)
 * (section 3.1), with the power law or the classical scattering law, beta = b |db/dtheta| of the
 * deflection theta(b), symmetrised (beta(theta) + beta(pi - theta), section 3.2) to (0, pi/2]. Both
 * are normalised by (2.2) when normalise is nonzero. Otherwise the classical law keeps the constant
 * of the potential, impact parameter measured in the distance where U equals the relative energy at
 * |z| = 1, and the power law that of the classical one at theta -> 0, (nu/2) A^nu with A = sqrt(pi)
 * Gamma(s/2)/Gamma((s-1)/2). s -> infinity tends to hard spheres of unit diameter.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (s,
 * scattering out of range); GRZ_ERROR_NOT_FINITE (s); GRZ_ERROR_NOT_REPRESENTABLE (the angular
 * momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
 * Source: deflection integral as in Cercignani, The Boltzmann Equation and Its Applications,
 * II.4. */
GRZ_API grz_status grz_kernel_create_inverse_power(grz_context *context, double s,
                                                   grz_scattering scattering, int32_t normalise,
                                                   grz_kernel **out);

/* Coulomb (gamma = -3, nu = 2) with the logarithmic cutoff of Remark 2.6: beta^eps = 1_{theta >=
 * eps} beta(theta)/log(1/eps), beta = (8/pi) theta^{-3}, or Rutherford's law (1/2 pi) sin(theta)
 * [sin^{-4}(theta/2) + cos^{-4}(theta/2)], which has the same behaviour at 0 and is symmetrised to
 * (0, pi/2]. 1e-300 <= eps < 1; eps = 0 is the grazing limit. Its eps is this cutoff angle, which
 * grz_kernel_create_scaled changes. The transfer tends to 8/pi slowly: for the power law it is
 * (8/pi) log(pi/(2 eps))/log(1/eps).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (eps,
 * scattering out of range); GRZ_ERROR_NOT_FINITE (eps); GRZ_ERROR_NOT_REPRESENTABLE (the angular
 * momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_create_coulomb(grz_context *context, double eps,
                                             grz_scattering scattering, grz_kernel **out);

/* Variable hard spheres: B = |z|^gamma b0 for 0 <= theta <= pi, symmetrised to 2 b0 on (0, pi/2],
 * so beta = 2 b0 sin(theta); hard spheres are gamma = 1 (of diameter d: b0 = d^2/4); cutoff Maxwell
 * molecules gamma = 0. b0 = 0: normalised by (2.2), b0 = 4/(pi (pi-2)); else b0 > 0. -4 <= gamma <=
 * 1.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (gamma, b0
 * out of range); GRZ_ERROR_NOT_FINITE (gamma, b0); GRZ_ERROR_NOT_REPRESENTABLE (the angular
 * momentum transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_create_vhs(grz_context *context, double gamma, double b0,
                                         grz_kernel **out);

/* Table of beta at count >= 2 increasing angles in (0, pi/2], with its singularity exponent -1 <=
 * nu < 2: theta^{1+nu} beta is interpolated by a monotone cubic (Fritsch & Carlson 1980, slopes of
 * Fritsch & Butland 1984), constant below the first angle, and beta is 0 above the last. Values
 * finite, >= 0, not all 0. -4 <= gamma <= 1. Arrays are copied.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, theta, beta, out); GRZ_ERROR_INVALID_ARGUMENT
 * (gamma, nu, count, an angle or a value out of range); GRZ_ERROR_NOT_FINITE (gamma, nu, an angle,
 * a value); GRZ_ERROR_SIZE_OVERFLOW (count); GRZ_ERROR_NOT_REPRESENTABLE (the angular momentum
 * transfer overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_create_table(grz_context *context, double gamma, double nu,
                                           int64_t count, const double *theta, const double *beta,
                                           grz_kernel **out);

/* Callback for beta, and for a general B (Remarks 2.5, 5.8). theta^{1+nu} beta should be smooth on
 * (0, pi/2] (-1 <= nu < 2), a few jumps or kinks are found by bisection at the price of more calls;
 * beta(theta) must not be 0 everywhere. For a general kernel |z|^{-gamma} beta(z, .) should be
 * smooth in z^2 near 0; its gamma in [-4, 1] only serves the operators' quadrature in |z|. The
 * callback and its user pointer must live as long as the kernel and what is made from it. A general
 * kernel calls back at every query.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, beta, out); GRZ_ERROR_INVALID_ARGUMENT (gamma,
 * nu, or a negative value of the callback: the message has angle and value); GRZ_ERROR_NOT_FINITE
 * (gamma, nu, a value of the callback); GRZ_ERROR_CALLBACK (it returned nonzero);
 * GRZ_ERROR_NOT_CONVERGED (bisection does not resolve the transfer to 1e-6: it diverges, or nu is
 * not the law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (the transfer overflows);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_create_callback(grz_context *context, double gamma, double nu,
                                              grz_beta_fn beta, void *user, grz_kernel **out);
GRZ_API grz_status grz_kernel_create_general(grz_context *context, double gamma, double nu,
                                             grz_general_beta_fn beta, void *user,
                                             grz_kernel **out);

/* ---------------------------------------------------------- kernel: derived kernels, parameters */

/* Kernels are immutable, so changes make new ones; and what a kernel is. */

/* New kernels from one: the same law at another eps (0 <= eps <= pi, counted from the unscaled law,
 * not from the kernel's own eps; for Coulomb 0 or 1e-300 <= eps < 1; eps = 0 is the grazing limit
 * itself, whose Boltzmann operator is Landau's); multiplied by a factor > 0; with |z|^gamma
 * replaced by |z|_kin^gamma = min(1, |z|^gamma), -4 <= gamma <= 0 (appendix B).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, kernel, out); GRZ_ERROR_INVALID_ARGUMENT (eps,
 * factor); GRZ_ERROR_NOT_FINITE (eps, factor); GRZ_ERROR_MISMATCH (kernel of another context);
 * GRZ_ERROR_NOT_REPRESENTABLE (multiplied: the product or the transfer leaves double precision);
 * GRZ_ERROR_UNSUPPORTED (cut_off_kinetic of a general kernel, or gamma > 0);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_create_scaled(grz_context *context, const grz_kernel *kernel,
                                            double eps, grz_kernel **out);
GRZ_API grz_status grz_kernel_create_multiplied(grz_context *context, const grz_kernel *kernel,
                                                double factor, grz_kernel **out);
GRZ_API grz_status grz_kernel_create_cut_off_kinetic(grz_context *context, const grz_kernel *kernel,
                                                     grz_kernel **out);

/* Releases a kernel and sets the pointer to NULL; NULL, and a pointer to NULL, are allowed. Any
 * thread. */
GRZ_API void grz_kernel_destroy(grz_kernel **kernel);

/* Parameters: a grz_kernel_type, a grz_kernel_class, gamma and nu of (3.2), eps. nu is the
 * singularity exponent (VHS: -2, beta = O(theta); table, callback: as given). Any thread. */
GRZ_API int32_t grz_kernel_type_of(const grz_kernel *kernel);
GRZ_API int32_t grz_kernel_class_of(const grz_kernel *kernel);
GRZ_API double grz_kernel_gamma(const grz_kernel *kernel);
GRZ_API double grz_kernel_nu(const grz_kernel *kernel);
GRZ_API double grz_kernel_eps(const grz_kernel *kernel);

/* ----------------------------------------------------------------- kernel: values and integrals */

/* Numbers of a kernel, at angles and speeds or integrated. */

/* Pointwise: the unscaled beta(theta) (Coulomb: without cutoff and logarithm), beta^eps(theta)
 * (A2), both at count >= 0 angles in (0, pi/2] (a general kernel: at relative speed 1), and
 * B^eps(z, theta) = |z|^gamma beta^eps/sin(theta) (3.2) at count pairs, z > 0. Zero outside the
 * support. Arrays of count doubles; inputs and outputs may be the same array.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count, an angle, a speed);
 * GRZ_ERROR_NOT_FINITE (an angle, a speed, a value of the callback); GRZ_ERROR_UNSUPPORTED
 * (beta_eps, B at eps = 0); GRZ_ERROR_NOT_REPRESENTABLE (a value overflows); GRZ_ERROR_CALLBACK;
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_beta(const grz_kernel *kernel, int64_t count, const double *theta,
                                   double *beta);
GRZ_API grz_status grz_kernel_beta_eps(const grz_kernel *kernel, int64_t count, const double *theta,
                                       double *beta);
GRZ_API grz_status grz_kernel_B(const grz_kernel *kernel, int64_t count,
                                const double *relative_speed, const double *theta, double *B);

/* Integrals of the scaled kernel. A general kernel's depend on the relative speed z > 0 and include
 * all of it; a factorised one's are the angular ones, without |z|^gamma, and ignore z (NaN
 * allowed).
 *   angular_momentum_transfer   int theta^2 beta^eps dtheta (2.2), 1 double; 8/pi when normalised;
 *                               the same for every eps but for Coulomb
 *   landau_constant             C_beta = pi/8 of the unscaled law's transfer (section 1), 1 double;
 *                               Coulomb: 1, the limit of Remark 2.6
 *   spectrum                    lambda_l = 2 pi int beta^eps [P_l(cos theta) - 1] dtheta for l =
 *                               0..lmax, lmax + 1 doubles: the eigenvalues of the collision
 *                               operator on the sphere of an orbit's directions; at eps = 0, -4
 *                               C_beta l(l+1)
 *   moments                     m_k = 2 pi int beta^eps sin^{2k}(theta/2) dtheta, k = 1..kmax, kmax
 *                               doubles, that of k first; at eps = 0, 4 C_beta and zeros; lambda_1
 *                               = -2 m_1, lambda_2 = -6 m_1 + 6 m_2
 * spectrum is accurate to 1e-12 relative for any l and eps: no cancellation; 0 <= lmax <= 2000, 1
 * <= kmax <= 100.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (kernel, output); GRZ_ERROR_INVALID_ARGUMENT (lmax,
 * kmax, z of a general kernel, a negative value of the callback); GRZ_ERROR_NOT_FINITE (z of a
 * general kernel); GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE (the kernel's values);
 * GRZ_ERROR_NOT_CONVERGED (the integral is not resolved to 1e-6: it diverges, or nu is not the
 * law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (it overflows); GRZ_ERROR_OUT_OF_MEMORY. Any
 * thread. */
GRZ_API grz_status grz_kernel_angular_momentum_transfer(const grz_kernel *kernel,
                                                        double relative_speed, double *transfer);
GRZ_API grz_status grz_kernel_landau_constant(const grz_kernel *kernel, double relative_speed,
                                              double *constant);
GRZ_API grz_status grz_kernel_spectrum(const grz_kernel *kernel, double relative_speed,
                                       int32_t lmax, double *lambda);
GRZ_API grz_status grz_kernel_moments(const grz_kernel *kernel, double relative_speed, int32_t kmax,
                                      double *moments);

/* With the kinetic factor, 1 double each, z > 0:
 *   kinetic_factor       |z|^gamma or its kinetic cutoff (appendix B); 1 for a general kernel
 *   total_cross_section  T^eps(z) = int theta^2 sin(theta) B^eps dtheta (2.3)
 *   cancellation         S^eps(z) with int int B^eps (f' - f) dsigma dv = (f * S^eps)(v*), Lemma
 *                        B.1, as 2 pi int [bracket] beta^eps dtheta times |z|^gamma, bracket
 *                        cos^{-3-gamma}(theta/2) - 1, exact for the pure power; or times
 *                        |z|_kin^gamma (1 for |z| <= 1), bracket cos^{-3}(theta/2) - 1, the lemma's
 *                        own form, exact for the kinetic cutoff at |z| <= cos(theta/2) for all
 *                        theta of the support
 *   cancellation_bound   the lemma's bound on its form, (3 pi/2) |z|_kin^gamma int theta^2
 *                        beta^eps; at most 12 under (2.2)
 * cancellation of either form is that of the law and gamma, whether or not the kernel is cut off
 * kinetically.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (kernel, output); GRZ_ERROR_INVALID_ARGUMENT (z, form, a
 * negative value of the callback); GRZ_ERROR_NOT_FINITE (z); GRZ_ERROR_UNSUPPORTED (cancellation
 * and bound: of a general kernel; of the kinetic form with gamma > 0); GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE (the kernel's values); GRZ_ERROR_NOT_CONVERGED (the integral is not resolved
 * to 1e-6: it diverges, or nu is not the law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (it
 * overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_kernel_kinetic_factor(const grz_kernel *kernel, double relative_speed,
                                             double *factor);
GRZ_API grz_status grz_kernel_total_cross_section(const grz_kernel *kernel, double relative_speed,
                                                  double *T);
GRZ_API grz_status grz_kernel_cancellation(const grz_kernel *kernel, grz_cancellation form,
                                           double relative_speed, double *S);
GRZ_API grz_status grz_kernel_cancellation_bound(const grz_kernel *kernel, double relative_speed,
                                                 double *bound);

/* Whether the kernel satisfies (A2): a factorised kernel, gamma in [-4, 0), c1 theta^{-1-nu} <=
 * beta on (0, pi/2] with c1 > 0 and the kernel's nu in (0, 2) (a callback is sampled at 257 angles
 * from 1.6e-8 on), transfer (2.2) equal to 8/pi within 1e-10, no kinetic cutoff; and whether it
 * satisfies (2.3), that T (|z|^{-4}+1)^{-1} tends to 0 at small and large |z|: known for a
 * factorised kernel (-4 < gamma < 0, with kinetic cutoff gamma < 0), sampled at |z| = 10^{-6..-2}
 * and 10^{2..6} for a general one. 1 or 0 into *holds; *reason (may be NULL) receives a static
 * sentence.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (kernel, holds); GRZ_ERROR_INVALID_ARGUMENT (a
 * negative value of the callback); GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE (the kernel's
 * values); GRZ_ERROR_NOT_CONVERGED (the integral is not resolved to 1e-6: it diverges, or nu is
 * not the law's exponent); GRZ_ERROR_NOT_REPRESENTABLE (it overflows); GRZ_ERROR_OUT_OF_MEMORY.
 * Any thread. */
GRZ_API grz_status grz_kernel_satisfies_A2(const grz_kernel *kernel, int32_t *holds,
                                           const char **reason);
GRZ_API grz_status grz_kernel_satisfies_2_3(const grz_kernel *kernel, int32_t *holds,
                                            const char **reason);

/* --------------------------------------------------------------------------------- distribution */

/* A density f(v) >= 0 of particles in velocity space, by its n^3 values at the nodes of a grid
 * (layout as stated at the top). f need not have unit mass. A distribution keeps its grid and
 * context alive. */

/* Density f at count velocities (count*3 doubles in, count doubles out). Called from the calling
 * thread, several times for blocks of nodes. */
typedef int (*grz_density_fn)(int64_t count, const double *velocity, double *f, void *user);

/* Constructors; *out is a new handle, all arrays are copied. Families are evaluated at the nodes
 * and not renormalised there; values below 1e-308 may come out 0.
 *   array        values[n^3], finite and >= 0
 *   callback     values by a vectorised function, finite and >= 0; reports progress
 *   maxwellian   rho (2 pi T)^{-3/2} exp(-|v-u|^2/(2T)): the equilibria of (1.1). u: 3 doubles or
 *                NULL for 0
 *   bimaxwellian rho prod_i (2 pi T[i])^{-1/2} exp(-(a_i.(v-u))^2/(2 T[i])): three temperatures
 *                T[3] along the rows a_i of axes[9], which are orthonormal within 1e-12 (either
 *                handedness); NULL: the coordinate axes
 *   bkw          (2 pi K)^{-3/2} exp(-|v|^2/2K) [(5K-3)/(2K) + (1-K)/(2K^2) |v|^2], 3/5 <= K <= 1:
 *                density 1, temperature 1. The exact solution for gamma = 0, with K = 1 - C
 *                exp(-(pi/2) t int beta sin^2(theta) dtheta). Source: A. V. Bobylev, Sov. Phys.
 *                Dokl. 20 (1975) 820; M. Krook, T. T. Wu, Phys. Rev. Lett. 36 (1976) 1107
 *   mixture      sum over m < count of weights[m] N(means[3m..], covariances[9m..]), N the normal
 *                density; weights > 0, covariances symmetric within 1e-12 and positive definite
 *                (relative pivots of Cholesky's factorisation above 16 DBL_EPSILON)
 *   shell        rho exp(-S (|v-u|-c)^2/c^2)/Z with the exact Z = 4 pi c^3 [sqrt(pi/S)/2 (1 + erf
 *                sqrt S)(1 + 1/(2S)) + exp(-S)/(2S)]. Source: M. N. Rosenbluth, W. M. MacDonald, D.
 *                L. Judd, Phys. Rev. 107 (1957) 1
 * Valid: rho, T, weights and diagonals of covariances in [1e-100, 1e100]; u, means and covariances
 * in [-1e100, 1e100]; S, c in [1e-50, 1e50]; count >= 1.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (also for a NULL callback, T, weights, means,
 * covariances); GRZ_ERROR_INVALID_ARGUMENT (a parameter outside its range, axes not orthonormal,
 * covariance not symmetric or not positive definite); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE
 * (array, callback: a value < 0); GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED (callback only);
 * GRZ_ERROR_MISMATCH (grid of another context); GRZ_ERROR_OUT_OF_MEMORY. Any thread; destroy when
 * no other thread uses the handle. */
GRZ_API grz_status grz_distribution_create_array(grz_context *context, const grz_grid *grid,
                                                 const double *values, grz_distribution **out);
GRZ_API grz_status grz_distribution_create_callback(grz_context *context, const grz_grid *grid,
                                                    grz_density_fn density, void *user,
                                                    grz_distribution **out);
GRZ_API grz_status grz_distribution_create_maxwellian(grz_context *context, const grz_grid *grid,
                                                      double rho, const double *u, double T,
                                                      grz_distribution **out);
GRZ_API grz_status grz_distribution_create_bimaxwellian(grz_context *context, const grz_grid *grid,
                                                        double rho, const double *u,
                                                        const double *T, const double *axes,
                                                        grz_distribution **out);
GRZ_API grz_status grz_distribution_create_bkw(grz_context *context, const grz_grid *grid, double K,
                                               grz_distribution **out);
GRZ_API grz_status grz_distribution_create_mixture(grz_context *context, const grz_grid *grid,
                                                   int32_t count, const double *weights,
                                                   const double *means, const double *covariances,
                                                   grz_distribution **out);
GRZ_API grz_status grz_distribution_create_shell(grz_context *context, const grz_grid *grid,
                                                 double rho, const double *u, double S, double c,
                                                 grz_distribution **out);
GRZ_API void grz_distribution_destroy(grz_distribution **distribution);

/* -------------------------------------------------------------------------- distribution: files */

/* Densities to and from NumPy. */

/* NumPy .npy files, format versions 1 to 3 (source: NumPy Enhancement Proposal 1). load makes a
 * distribution of an array of shape (n, n, n), little- or big-endian float64 or float32, in C or
 * Fortran order, index (i, j, k) for the velocity (x, y, z). save writes version 1.0, little-endian
 * float64, C order; a regular file at path is replaced only once the new one is complete (written
 * beside it and renamed), anything else is written in place. The path is read during the call only.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_IO (the system's reason is in
 * the message); GRZ_ERROR_FORMAT (not a .npy file, another type of values, header malformed or over
 * 64 KiB, file shorter or longer than its array); GRZ_ERROR_MISMATCH (the shape is not the grid's,
 * or the grid is of another context); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (a value < 0);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_distribution_load_npy(grz_context *context, const grz_grid *grid,
                                             const char *path, grz_distribution **out);
GRZ_API grz_status grz_distribution_save_npy(const grz_distribution *distribution,
                                             const char *path);

/* The n of a .npy file that load can read on a grid of n^3 nodes, from its header alone, so that a
 * caller can make the grid.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_IO; GRZ_ERROR_FORMAT (also: not of shape (n,
 * n, n), 8 <= n <= 1024); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_npy_nodes_per_axis(grz_context *context, const char *path, int32_t *n);

/* --------------------------------------------------------------------- distribution: regridding */

/* From one velocity grid to another, for gases that drift, heat or cool out of their box. */

typedef enum grz_regrid_method {
    GRZ_REGRID_METHOD_LOGARITHMIC = 0, /* f > 0 stays > 0 */
    GRZ_REGRID_METHOD_FOURIER = 1      /* f of any sign, as spectral flows produce it */
} grz_regrid_method;

/* The values of f on another grid of the same context (n, half width and centre may differ), with
 * the source's mass, momentum and energy: sums over the nodes times the cell agree within 1e-13 of
 * those of their absolute values.
 *   LOGARITHMIC  the quintic spline of log f, beyond the source's nodes continued as log M, M the
 *                Maxwellian of f's moments; then the density nearest in relative entropy that has
 *                the moments, exp of a quadratic times the interpolated one (Newton's method)
 *   FOURIER      the trigonometric polynomial through the nodes, 0 outside the source's box; then
 *                the Gaussian of f's mean and temperature times a quadratic is added
 * f: n^3 values of the source (> 0, resp. finite); g: n^3 of the target, out, not overlapping f.
 * *lost: share of int |f| outside the target's box, which the correction put back. *change: size of
 * the correction: relative entropy over the mass, resp. its L^1 norm over that of g. Either may be
 * NULL; 1 double each. Reports progress. Since 0.2.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (method);
 * GRZ_ERROR_NOT_POSITIVE (LOGARITHMIC: f <= 0); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_MISMATCH (a grid of
 * another context); GRZ_ERROR_NOT_CONVERGED (the target's box or spacing cannot hold the moments);
 * GRZ_ERROR_NOT_REPRESENTABLE (a moment or value overflows); GRZ_ERROR_CANCELLED;
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_regrid(grz_context *context, const grz_grid *source, const double *f,
                              const grz_grid *target, grz_regrid_method method, double *g,
                              double *lost, double *change);

/* ------------------------------------------------------------- distribution: values and moments */

/* What a density is at the nodes, its moments, and the equilibrium that has them. */

/* Values: copied out and in (n^3 doubles, finite and >= 0), or viewed: the pointer belongs to the
 * handle and stays valid until destroy. The grid that they live on.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; set_values also GRZ_ERROR_NOT_FINITE and
 * GRZ_ERROR_NOT_POSITIVE (a value < 0), the values then unchanged. Reading: any number of threads;
 * set_values: while no other thread uses the handle. */
GRZ_API grz_status grz_distribution_values(const grz_distribution *distribution, double *values);
GRZ_API grz_status grz_distribution_set_values(grz_distribution *distribution,
                                               const double *values);
GRZ_API const double *grz_distribution_view(const grz_distribution *distribution);
GRZ_API const grz_grid *grz_distribution_grid(const grz_distribution *distribution);

/* Moments by the midpoint rule, of which mass, momentum and energy are the collision invariants'
 * (section 1): density rho = int f; mean velocity u = int v f/rho (3); temperature T = trace P/(3
 * rho); stress P_ij = int (v-u)_i (v-u)_j f (9, row by row); heat flux q_i = 1/2 int |v-u|^2
 * (v-u)_i f (3). Sums are compensated. Any output may be NULL.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (distribution); GRZ_ERROR_NOT_POSITIVE (rho = 0 while u,
 * T, P or q is asked); GRZ_ERROR_NOT_REPRESENTABLE (a moment overflows). Any thread. */
GRZ_API grz_status grz_distribution_moments(const grz_distribution *distribution, double *rho,
                                            double *u, double *T, double *P, double *q);

/* What values below zero count as, which spectral flows produce in the tails. RESCALE multiplies
 * the rest by the factor that gives rho back. */
typedef enum grz_negative_rule {
    GRZ_NEGATIVE_RULE_KEEP = 0,   /* what they are; in the entropy f log |f| */
    GRZ_NEGATIVE_RULE_DROP = 1,   /* zero */
    GRZ_NEGATIVE_RULE_RESCALE = 2 /* zero, the rest times a factor */
} grz_negative_rule;

/* Of a plain array of n^3 values, finite and of any sign, on a grid: moments as
 * grz_distribution_moments has them (any output may be NULL), the entropy H = int f log f (section
 * 1, midpoint rule; 1 double), and the n^3 values of the Maxwellian that
 * grz_distribution_create_equilibrium makes (equilibrium may not overlap values). *negative (may be
 * NULL): the sum of |f| over f < 0 relative to that over all nodes, in [0, 1].
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (grid, values, H, equilibrium);
 * GRZ_ERROR_INVALID_ARGUMENT (rule); GRZ_ERROR_NOT_FINITE (a value); GRZ_ERROR_NOT_POSITIVE (rho <=
 * 0 while u, T, P, q or the equilibrium is asked, or with RESCALE; T <= 0 of the equilibrium);
 * GRZ_ERROR_NOT_CONVERGED (no Maxwellian on this grid has these moments);
 * GRZ_ERROR_NOT_REPRESENTABLE (a moment overflows); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_grid_moments(const grz_grid *grid, const double *values,
                                    grz_negative_rule rule, double *rho, double *u, double *T,
                                    double *P, double *q, double *negative);
GRZ_API grz_status grz_grid_entropy(const grz_grid *grid, const double *values,
                                    grz_negative_rule rule, double *H, double *negative);
GRZ_API grz_status grz_grid_equilibrium(const grz_grid *grid, const double *values,
                                        grz_negative_rule rule, double *equilibrium,
                                        double *negative);

/* The Maxwellian exp(a + b.v + c|v|^2), c < 0, on the same grid whose five discrete moments equal
 * the distribution's: rho relative to itself, u to sqrt(T) and T to itself within 1e-13. It
 * minimises the discrete entropy among the densities with these moments. Newton's method on the
 * convex dual problem, damped, from the Maxwellian of R^3.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, distribution, out); GRZ_ERROR_MISMATCH
 * (distribution of another context); GRZ_ERROR_NOT_POSITIVE (rho = 0 or T = 0);
 * GRZ_ERROR_NOT_CONVERGED (no Maxwellian on this grid has these moments: too cold for the spacing,
 * or at least as hot as the uniform density); GRZ_ERROR_NOT_REPRESENTABLE (a moment overflows);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_distribution_create_equilibrium(grz_context *context,
                                                       const grz_distribution *distribution,
                                                       grz_distribution **out);

/* ------------------------------------------------------------------------------------- operator */

/* Q of the Boltzmann or the Landau equation, by one of two methods, on one grid with one kernel.
 * Both have the same calls; what a method does not offer it refuses with GRZ_ERROR_UNSUPPORTED. An
 * operator has a workspace: one thread at a time uses it. */

typedef enum grz_equation {
    GRZ_EQUATION_BOLTZMANN = 0, /* Q_B^eps with the kernel's eps (1.1); Landau's when eps = 0 */
    GRZ_EQUATION_LANDAU = 1     /* Q_L with the kernel's C_beta, whatever its eps (section 1) */
} grz_equation;

typedef enum grz_method {
    GRZ_METHOD_ENTROPIC = 16, /* conservation, H-theorem, equilibria hold exactly; needs f > 0 */
    GRZ_METHOD_SPECTRAL = 17  /* Fourier: fast and spectrally accurate */
} grz_method;

/* How an entropic Boltzmann operator sums the collisions sigma of a pair's direction w. Generator:
 * over the nodes of a rule that w has too, on every sphere |v - v*| = 2r where positive weights are
 * exact for the kernel's eigenvalues on even harmonics; circles elsewhere. */
typedef enum grz_collisions {
    GRZ_COLLISIONS_CIRCLES = 1,  /* over circles of (theta, phi) round w (initial) */
    GRZ_COLLISIONS_GENERATOR = 2 /* over the nodes of the rule where that serves */
} grz_collisions;

/* Options. Integer options are set as doubles too. 0 means: as the accuracy level says. ACCURACY
 * sets all that is not set singly. SAMPLES: at least twice INPUT_RANK is wanted. With
 * MOBILITY_MEMORY (10^6 bytes each, 0 none) the mobilities of K_f are kept while f is the same.
 * CONSERVE 2 projects mass, momentum and energy out of Q. PADDED_NODES: with n nodes products
 * alias, from 3n/2 on none does. DECAY and FLOOR: the fit weights densities as |fhat| ~ exp(-decay
 * |k|^2/kappa^2) + floor; the floor keeps high modes stable in time stepping. EQUILIBRIUM 2
 * computes Q(f) - Q(M), M the Maxwellian of f's moments, as one bilinear form. MODES: the ball |k|
 * < n/2 or the cube |k_i| < n/2. PERIOD: f is continued by zero to a period of this many nodes (n:
 * the box itself), so that pairs up to 2R apart do not meet periodic images; modes and padding grow
 * in proportion. */
typedef enum grz_operator_option {
    GRZ_OPERATOR_OPTION_ACCURACY = 0,        /* 1 draft, 2 default, 3 fine, 4 finest */
    GRZ_OPERATOR_OPTION_RADIUS = 1,          /* R, the largest |v - v*|/2 */
    GRZ_OPERATOR_OPTION_SPLINE_DEGREE = 2,   /* entropic: 3 or 5 (the default), of log f */
    GRZ_OPERATOR_OPTION_RADIAL_NODES = 3,    /* nodes in r on (0, R] */
    GRZ_OPERATOR_OPTION_SPHERE_DEGREE = 4,   /* degree of the rule for w on the sphere */
    GRZ_OPERATOR_OPTION_THETA_NODES = 5,     /* entropic: nodes in theta */
    GRZ_OPERATOR_OPTION_PHI_NODES = 6,       /* entropic: most nodes on a circle theta = const */
    GRZ_OPERATOR_OPTION_MOBILITY_MEMORY = 7, /* entropic, Boltzmann: megabytes for mobilities */
    GRZ_OPERATOR_OPTION_COLLISIONS = 8,      /* entropic, Boltzmann: a grz_collisions */
    GRZ_OPERATOR_OPTION_SCHEME = 16,         /* spectral: a grz_spectral_scheme */
    GRZ_OPERATOR_OPTION_OUTPUT_RANK = 17,    /* radial tensor: functions of |k| */
    GRZ_OPERATOR_OPTION_INPUT_RANK = 18,     /* radial tensor: functions of |l| */
    GRZ_OPERATOR_OPTION_SAMPLES = 19,        /* radial tensor: nodes in |l| of the fit */
    GRZ_OPERATOR_OPTION_DECAY = 20, /* radial tensor: decay of the densities that the fit is for */
    GRZ_OPERATOR_OPTION_FLOOR = 21, /* radial tensor: floor of the same */
    GRZ_OPERATOR_OPTION_PADDED_NODES = 22, /* spectral: nodes per axis of transforms */
    GRZ_OPERATOR_OPTION_CONSERVE = 23,     /* spectral: 1 no projection, 2 projection (initial) */
    GRZ_OPERATOR_OPTION_EQUILIBRIUM = 24,  /* spectral: 1 plain (initial), 2 Maxwellians kept */
    GRZ_OPERATOR_OPTION_MODES = 25, /* spectral: 1 ball (initial), 2 cube (not radial tensor) */
    GRZ_OPERATOR_OPTION_PERIOD = 26 /* spectral: nodes per axis of the period */
} grz_operator_option;

typedef enum grz_spectral_scheme {
    GRZ_SPECTRAL_SCHEME_RADIAL_TENSOR = 1, /* Bhat in a small Tucker form */
    GRZ_SPECTRAL_SCHEME_SPHERE_RULE = 2, /* quadrature in r and w, O(n^3) memory: the second way */
    GRZ_SPECTRAL_SCHEME_SEPARABLE = 3    /* Landau, seven products of transforms: its default */
} grz_spectral_scheme;

/* ------------------------------------------------------------ operator: making, options, set-up */

/* How an operator comes to be; its options; what it was made of. */

/* Collision operator on a grid with a kernel. Grid, kernel and context are kept alive; *out has the
 * initial options and is not yet set up. Fields are n^3 doubles of the caller's (layout as stated
 * at the top), f in particles per velocity volume, Q in f per time.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (equation,
 * method); GRZ_ERROR_MISMATCH (handles of another context); GRZ_ERROR_OUT_OF_MEMORY. Any thread;
 * destroy when no other thread uses the handle. */
GRZ_API grz_status grz_operator_create(grz_context *context, const grz_grid *grid,
                                       const grz_kernel *kernel, grz_equation equation,
                                       grz_method method, grz_operator **out);
GRZ_API void grz_operator_destroy(grz_operator **op);

/* What it was made of: grid (NULL of a mixture's), kernel, a grz_equation, a grz_method. Any
 * thread. */
GRZ_API const grz_grid *grz_operator_grid(const grz_operator *op);
GRZ_API const grz_kernel *grz_operator_kernel(const grz_operator *op);
GRZ_API int32_t grz_operator_equation(const grz_operator *op);
GRZ_API int32_t grz_operator_method(const grz_operator *op);

/* Options: set (takes effect at the next computation), the value in force (after the level has
 * been applied), and the bounds and initial value of one for this operator (where that is 0,
 * setting 0 goes back to what the level says, RADIUS to (L - h/2)/sqrt(2) for an entropic
 * operator). A change discards the set-up. Below: least to largest (initial) value, with n nodes
 * per axis (of PADDED_NODES the next even number), half width L and spacing h.
 * Entropic: ACCURACY 1 to 4 (2); RADIUS h/2 to L - h/2 (0); SPLINE_DEGREE 3 to 5 (5); RADIAL_NODES
 * 2 to 60 (0); SPHERE_DEGREE 3 to 101 (0); THETA_NODES 1 to 32 (0); PHI_NODES 4 to 128 (0);
 * MOBILITY_MEMORY 1 to 1e6 (0); COLLISIONS 1 to 2 (1).
 * Spectral: ACCURACY 1 to 4 (2); RADIUS L/1000 to L (0); RADIAL_NODES 2 to 1000 (0); SPHERE_DEGREE
 * 1 to 200 (0); SCHEME 1 to 3 (0); OUTPUT_RANK 1 to 64 (0); INPUT_RANK 1 to 64 (0); SAMPLES 8 to
 * 512 (0); DECAY 0.001 to 100 (0); FLOOR 1e-8 to 1 (0); PADDED_NODES n to 2n (0); CONSERVE 1 to 2
 * (2); EQUILIBRIUM 1 to 2 (1); MODES 1 to 2 (1); PERIOD n to 2n (0). Boltzmann's SCHEME is 1 or 2.
 * Left alone, RADIUS is 0.75 L and PERIOD at least 2 R n/L: whatever the box holds collides. In a
 * box made for f (grz_spectral_propose) a smaller R is right and several times as fast.
 * docs/entropic.md has what the levels stand for and cost. With mobility memory, the second
 * application of K_f in a row at one f keeps the mobilities of as many nodes as fit, 8 bytes each,
 * and the next ones take them: the same bits in less than two thirds of the time, for metric
 * derivatives and proximal steps.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
 * of bounds or not one of the option's choices); GRZ_ERROR_NOT_FINITE (value);
 * GRZ_ERROR_UNSUPPORTED (the method has no such option); option_value where the set-up is still to
 * do, GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE, GRZ_ERROR_CANCELLED. One thread at a time
 * per handle. */
GRZ_API grz_status grz_operator_set_option(grz_operator *op, grz_operator_option option,
                                           double value);
GRZ_API grz_status grz_operator_option_value(grz_operator *op, grz_operator_option option,
                                             double *value);
GRZ_API grz_status grz_operator_option_bounds(const grz_operator *op, grz_operator_option option,
                                              double *minimum, double *maximum, double *initial);

/* Builds rules, tables and workspace now instead of at the first computation, for the number of
 * threads that the context has now. Run again after that has been raised, it adds workspace for the
 * new ones; until then computations use the threads of the last set-up. After it no call of the
 * operator, or of a functional or flow made of it, allocates, but for estimate_error and, of the
 * spectral method, the first apply_bilinear or apply_directed and the first apply_batch.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op); GRZ_ERROR_INVALID_ARGUMENT (options that do not go
 * together, spline degree 4); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_SIZE_OVERFLOW; GRZ_ERROR_CALLBACK
 * (kernel); GRZ_ERROR_NOT_FINITE (kernel values); GRZ_ERROR_NOT_CONVERGED,
 * GRZ_ERROR_NOT_REPRESENTABLE (kernel integrals); GRZ_ERROR_CANCELLED. One thread at a time per
 * handle. */
GRZ_API grz_status grz_operator_setup(grz_operator *op);

/* After setup, which they run if need be: (y, r, w, sigma) nodes of one application (its time is
 * proportional to them), bytes of workspace. One number each.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; where the set-up is still to do also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE, GRZ_ERROR_CANCELLED. One thread at a time
 * per handle. */
GRZ_API grz_status grz_operator_node_count(grz_operator *op, int64_t *nodes);
GRZ_API grz_status grz_operator_workspace(grz_operator *op, int64_t *bytes);

/* -------------------------------------------------------------------- operator: Q and its forms */

/* Applications. f is in particles per velocity volume, Q in f per time. Inputs and outputs must not
 * overlap. A call that finds its operator not set up does that first and reports progress. */

/* Q(f, f), n^3 values (1.1; section 1 for Landau). The entropic method, which needs f > 0
 * everywhere, takes the weak form (3.1) or (3.10) and its adjoint; sum Q = sum Q v = sum Q |v|^2 =
 * 0 and -h^3 sum Q log f is the dissipation, to rounding. Reports progress.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE
 * (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (Q overflows); GRZ_ERROR_CANCELLED; where the
 * set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
 * per handle. */
GRZ_API grz_status grz_operator_apply(grz_operator *op, const double *f, double *Q);

/* Weak form <Q(f,f), psi> = h^3 sum Q psi for a grid function psi (n^3 values, finite), (3.1) or
 * (3.10); 1 double. The rate of change of int psi f, without the work of Q.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, psi); GRZ_ERROR_NOT_POSITIVE
 * (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (the value overflows); GRZ_ERROR_CANCELLED; where
 * the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
 * per handle. */
GRZ_API grz_status grz_operator_weak_form(grz_operator *op, const double *f, const double *psi,
                                          double *value);

/* Onsager operator: K_f phi with <phi, K_f phi> = the action A_B or A_L of the rate of potential
 * phi (section 4), Q(f,f) = -K_f log f. Symmetric and positive semidefinite in h^3 sum; 1, v and
 * |v|^2 span its kernel. phi (finite) and K_phi: n^3 values.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, phi); GRZ_ERROR_NOT_POSITIVE
 * (f); GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_NOT_REPRESENTABLE (K_f phi overflows);
 * GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
 * that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_operator_onsager(grz_operator *op, const double *f, const double *phi,
                                        double *K_phi);

/* --------------------------------------------------------------------- operator: how good it is */

/* Estimates of what the quadrature and the grid leave. */

/* Compares the accuracy level in force (all options) with the next finer one on the same grid: the
 * largest |Q - Q_finer| over the largest |Q_finer|, and |D - D_finer|/D_finer (either may be NULL);
 * 1 double each, of the error of quadrature and fit. The spectral method adds the same for Landau's
 * operator with this radius, period, ball of modes and padding against that with R = L, a period of
 * 2n nodes, the cube of modes and no aliasing: pairs beyond 2R, periodic images, what the ball
 * leaves out and aliases. What f has beyond the box, and beyond the modes of the grid, neither
 * counts; nor does the entropic method count pairs beyond 2R: see grz_operator_health. Costs two
 * set-ups and two applications, of Landau's operator in a period of 2n nodes too; allocates.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE
 * (entropic, f <= 0); GRZ_ERROR_UNSUPPORTED (D of a method without it); GRZ_ERROR_NOT_REPRESENTABLE
 * (Q or D overflows); GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY; of the two set-ups also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_SIZE_OVERFLOW and, of the
 * kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED. One thread at a time
 * per handle. */
GRZ_API grz_status grz_operator_estimate_error(grz_operator *op, const double *f, double *Q_error,
                                               double *dissipation_error);

/* The largest rate at which the operator linearised at f damps anything on this grid: the largest
 * modulus of an eigenvalue of g -> -2 Q(f, g) (spectral), of f^{-1/2} K_f f^{-1/2} (entropic),
 * which is that near equilibrium; 1 double >= 0 in units of 1/time. An explicit method of
 * stability interval [-s, 0] needs dt <= s/rate: s = 2 and 2.51 for orders 2 and 3, about 4.5 for
 * SSP_RK4. It grows like (n/L)^2 for Landau, so its modes need no accuracy, only stability. By 14
 * steps of Arnoldi's process, one application each: from below, within a few per cent. Allocates
 * 17 n^3 doubles.
 * Entropic rates are those of the thinnest tails, see docs/flow.md.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE
 * (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (the rates overflow); GRZ_ERROR_CANCELLED;
 * GRZ_ERROR_OUT_OF_MEMORY; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
 * that do not go together), GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED. One thread at a time per handle. */
GRZ_API grz_status grz_operator_largest_rate(grz_operator *op, const double *f, double *rate);

/* Whether the grid resolves log f: the largest value that its spline takes at the midpoints between
 * neighbouring nodes, over the largest f at the nodes (entropic only); 1 double >= 1, +infinity
 * where it overflows. A little above 1 when the maximum lies between nodes; 2 and more says that
 * the spline overshoots between nodes whose f differ by many orders: Q then is exact in its
 * structure, but of a density that is not f. Costs a fraction of an application.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE (f);
 * GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_CANCELLED; where the set-up is still to do also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_operator_overshoot(grz_operator *op, const double *f, double *ratio);

/* What grz_operator_health counts. Shares are of int |f|, of pairs (v, v*) with weight ff*, or of
 * sum |fhat|^2 (ALIASED: of sum |fhat_l fhat_m|, those with l + m an alias of a mode of the ball).
 * CELLS is sqrt(T)/h of the narrowest peak of at least a hundredth of the maximum;
 * OUTSIDE is estimated by Gaussians of f's variances along the axes; the other numbers are exact
 * sums over nodes. */
typedef enum grz_health_term {
    GRZ_HEALTH_TERM_NEGATIVE = 0,  /* share of f below zero */
    GRZ_HEALTH_TERM_BOUNDARY = 1,  /* share in the outermost layer of nodes */
    GRZ_HEALTH_TERM_OUTSIDE = 2,   /* share beyond the box, estimated */
    GRZ_HEALTH_TERM_CELLS = 3,     /* spacings in a thermal width; +infinity without a peak */
    GRZ_HEALTH_TERM_TAIL = 4,      /* largest Fourier mode at the grid's end over the largest */
    GRZ_HEALTH_TERM_MODES = 5,     /* share outside the ball of modes */
    GRZ_HEALTH_TERM_BEYOND = 6,    /* share of pairs with |v - v*| > 2R, which do not collide */
    GRZ_HEALTH_TERM_IMAGES = 7,    /* spectral: share of pairs with a periodic image within 2R */
    GRZ_HEALTH_TERM_OVERSHOOT = 8, /* entropic: as grz_operator_overshoot; spectral: 1 */
    GRZ_HEALTH_TERM_FREE_STEP = 9, /* int |f| / int |Q|: a time between collisions */
    GRZ_HEALTH_TERM_ALIASED = 10,  /* spectral: share of products of modes that alias */
    GRZ_HEALTH_TERM_COUNT = 11     /* how many */
} grz_health_term;

/* Whether box, grid and radius of an operator suit a density f (n^3 values): GRZ_HEALTH_TERM_COUNT
 * doubles into terms, and a static sentence that names the worst of what exceeds 1e-3 (CELLS < 1,
 * OVERSHOOT > 1.5) and its remedy into *advice (may be NULL). Costs an application and two
 * transforms of (2n)^3 nodes; allocates.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, terms); GRZ_ERROR_NOT_FINITE (f);
 * GRZ_ERROR_NOT_POSITIVE (entropic, f <= 0); GRZ_ERROR_NOT_REPRESENTABLE (Q or a term overflows);
 * GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where the set-up is still to do also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_SIZE_OVERFLOW and, of the
 * kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_CONVERGED. One thread at a time per handle. */
GRZ_API grz_status grz_operator_health(grz_operator *op, const double *f, double *terms,
                                       const char **advice);

/* How an entropic operator sums over the sphere |v - v*| = 2r of each of its radii, index from 0 to
 * count - 1 (r ascending but for rounding of the rule): r; collisions, a grz_collisions, 0 where
 * Landau's form is all (Landau operators, eps = 0); directions, the nodes w of the rule, one of
 * each antipodal pair; landau, the share of the momentum transfer 2 pi int beta sin^2(theta/2) that
 * Landau's form carries: 1, 0 for circles, and what a generator leaves to it. Outputs may be NULL.
 * sphere_count sets the operator up as grz_operator_setup does, sphere too.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op; count); GRZ_ERROR_INVALID_ARGUMENT (index);
 * GRZ_ERROR_UNSUPPORTED (spectral); where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT
 * (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW,
 * GRZ_ERROR_CANCELLED and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_operator_sphere_count(grz_operator *op, int32_t *count);
GRZ_API grz_status grz_operator_sphere(grz_operator *op, int32_t index, double *r,
                                       int32_t *collisions, int32_t *directions, double *landau);

/* ------------------------------------------------------------------------------ spectral method */

/* Qhat(k) = sum over l + m = k of fhat_l fhat_m Bhat, modes in the ball |k| < n/2 of the periodic
 * box, relative positions in the ball |v - v*| <= 2R. docs/spectral.md derives both schemes and
 * measures them. f may have zeros and small negative values. */

/* The symmetric bilinear form (Q(f, g) + Q(g, f))/2, n^3 values (spectral only), with Q(f, f) =
 * apply(f) for the plain form of GRZ_OPERATOR_OPTION_EQUILIBRIUM. The first call allocates.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, g); GRZ_ERROR_UNSUPPORTED
 * (entropic); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_NOT_REPRESENTABLE (the result overflows);
 * GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
 * that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_operator_apply_bilinear(grz_operator *op, const double *f, const double *g,
                                               double *Q);

/* Q_L(f, g), n^3 values: the rate of change of f by collisions with g, C_beta div int |v -
 * v*|^{gamma+2} Pi (g* grad f - f grad* g*) dv* (3.10), of Landau's equation with the separable
 * scheme (its default) only. Q_L(f, g) + Q_L(g, f) is twice the symmetric form, Q_L(f, f) is
 * apply(f); what f loses of momentum and energy g gains, to the accuracy of the method: nothing but
 * mass is projected. The friction and the heating of a part of f by another. The first call
 * allocates.
 * Returns: as grz_operator_apply_bilinear; GRZ_ERROR_UNSUPPORTED (another scheme or equation). One
 * thread at a time per handle. */
GRZ_API grz_status grz_operator_apply_directed(grz_operator *op, const double *f, const double *g,
                                               double *Q);

/* Q(f, f) for count densities, count*n^3 values in and out: the same numbers as count calls of
 * apply. The spectral method spreads the densities over the threads of the set-up, each with its
 * own workspace (allocated at the first batch after it); the entropic one takes them in turn. All
 * densities are checked before the first application; on a later error (overflow, cancelled) the Q
 * of each density is complete or untouched.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count < 0);
 * GRZ_ERROR_SIZE_OVERFLOW (count); GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_NOT_POSITIVE (entropic, f <=
 * 0); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_NOT_REPRESENTABLE (Q overflows); GRZ_ERROR_CANCELLED;
 * where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go
 * together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_operator_apply_batch(grz_operator *op, int64_t count, const double *f,
                                            double *Q);

/* After setup, the radial tensor scheme's own error: weighted root mean square of the fitted
 * kernel's error over that of the kernel, on 2000 triangles that the fit has not seen; 0 for
 * schemes without a fit. After an application: the largest correction of the conservation
 * projection over the largest |Q| (of the last density of a batch); 0 when it is off.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_UNSUPPORTED (entropic); fit_error where the
 * set-up is still to do, GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE, GRZ_ERROR_CANCELLED.
 * One thread at a time per handle. */
GRZ_API grz_status grz_operator_fit_error(grz_operator *op, double *error);
GRZ_API grz_status grz_operator_projection_size(grz_operator *op, double *size);

/* ---------------------------------------------- spectral method: box, kept factorisations, FFTW */

/* What spectral operators share, and a box for them. */

/* A box for densities whose temperatures in all directions lie in [T_min, T_max] (of beams: T_max
 * the variance of the whole), at relative accuracy tol of Q in L2, for every gamma: R with
 * e^{-x}(1 + x + x^2/2) = tol, x = R^2/T_max, the share of pairs beyond 2R in the stress of hard
 * spheres; half width L = 2R, so that as few meet a periodic image within 2R; n even, of small
 * prime factors, with 3 exp(-T_min kappa^2/4) <= tol at the last mode kappa = pi n/(2L), the decay
 * of Q of soft kernels. Set the option RADIUS to R. The error of a fit (radial tensor) is not in
 * it: see grz_operator_estimate_error. Centre the grid on the mean velocity. Outputs may be NULL.
 * Valid: 0 < T_min <= T_max <= 1e6 T_min; 1e-14 <= tol <= 0.1.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context); GRZ_ERROR_INVALID_ARGUMENT (T_min, T_max,
 * tol; also when n would exceed 1024); GRZ_ERROR_NOT_FINITE (T_min, T_max, tol). Any thread. */
GRZ_API grz_status grz_spectral_propose(grz_context *context, double T_min, double T_max,
                                        double tol, int32_t *n, double *half_width, double *radius);

/* Factorisations of the radial tensor fits. They depend on the ranks, nodes and kappa R only, not
 * on kernel or eps: the first operator of a shape computes it (seconds), later ones of the same
 * context find it. The context keeps them until clear or its end. save writes all of them to a file
 * (native byte order, 40 MB at n = 32 and the default level), replaced whole or not at all; load
 * adds those of a file whose numbers solve the equations they belong to.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_IO; GRZ_ERROR_FORMAT (another version or byte
 * order, damaged, wrong numbers, bytes after its content); GRZ_ERROR_OUT_OF_MEMORY. Any thread.
 * size: count and bytes may be NULL. */
GRZ_API grz_status grz_spectral_cache_clear(grz_context *context);
GRZ_API grz_status grz_spectral_cache_size(grz_context *context, int32_t *count, int64_t *bytes);
GRZ_API grz_status grz_spectral_cache_save(grz_context *context, const char *path);
GRZ_API grz_status grz_spectral_cache_load(grz_context *context, const char *path);

/* FFTW's planner keeps global state and is not thread-safe. The library plans under one lock; a
 * program that plans itself while other threads may create operators takes the same lock around its
 * planner calls. Not recursive: no call of this library in between. export and import carry FFTW's
 * wisdom, which makes planning immediate, through a file, which export replaces whole or not at
 * all.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_IO; GRZ_ERROR_FORMAT (import: no wisdom of
 * this FFTW). Any thread. */
GRZ_API void grz_fft_lock_planner(void);
GRZ_API void grz_fft_unlock_planner(void);
GRZ_API grz_status grz_fft_export_wisdom(grz_context *context, const char *path);
GRZ_API grz_status grz_fft_import_wisdom(grz_context *context, const char *path);

/* ------------------------------------------------------------------------------------- mixtures */

/* Several species with their own masses (docs/mixtures.md). For a pair of species a, b write v = y
 * + r_a w, v* = y - r_b w with r_a = m_b |z|/(m_a + m_b), r_b = m_a |z|/(m_a + m_b), z = v - v*:
 * a collision keeps y and |z| and moves w to sigma, cos(theta) = w.sigma, at the rate B_ab(|z|,
 * theta) of the pair's kernel. Q_a = sum_b Q_ab(f_a, f_b). Species sit on grids of their own, which
 * may differ where one lattice has the nodes of both.
 *
 * A density of a mixture is the species' arrays one after another, grz_mixture_offset doubles into
 * one array; so are potentials, fields and results. <Q, psi> is the sum of the species' integrals.
 * Species are immutable. A mixture's kernels may be set until an operator is made from it, which
 * sees no later change. Handles keep what they were made from alive. */

typedef struct grz_species grz_species;
typedef struct grz_mixture grz_mixture;

/* A species: name (copied; NULL: ""), mass > 0 and charge in any units that the mixture's other
 * species have too. The charge serves grz_mixture_set_coulomb only.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, out); GRZ_ERROR_INVALID_ARGUMENT (mass);
 * GRZ_ERROR_NOT_FINITE (mass, charge); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_species_create(grz_context *context, const char *name, double mass,
                                      double charge, grz_species **out);
GRZ_API void grz_species_destroy(grz_species **species);

/* What it was made of; NULL and NaN for NULL. The name belongs to the species. Any thread. */
GRZ_API const char *grz_species_name(const grz_species *species);
GRZ_API double grz_species_mass(const grz_species *species);
GRZ_API double grz_species_charge(const grz_species *species);

/* A mixture of 1 <= count <= 32 species, the i-th on grids[i] (a grid may serve several). Grids of
 * two species need one centre and spacings in a whole ratio, at most 16, such that the nodes of the
 * coarser are among those of the finer's lattice: an odd ratio for n both even or both odd, an even
 * ratio for n of the finer odd. No kernel is set yet.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, species, grids, one of them, out);
 * GRZ_ERROR_INVALID_ARGUMENT (count); GRZ_ERROR_MISMATCH (handles of another context, grids without
 * a common lattice: the message has both); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_mixture_create(grz_context *context, int32_t count,
                                      const grz_species *const *species,
                                      const grz_grid *const *grids, grz_mixture **out);
GRZ_API void grz_mixture_destroy(grz_mixture **mixture);

/* Kernels by pair, a and b in either order (0 <= a, b < count); each has an eps of its own. For
 * unlike species theta runs over the kernel's (0, pi/2] only, but for kernels that are the same on
 * the whole sphere (VHS): these scatter over all of it, with half of the law at pi - theta.
 * set_coulomb gives every pair grz_kernel_create_coulomb(eps, scattering) times strength (q_a
 * q_b/mu)^2, mu = m_a m_b/(m_a + m_b): Landau's operator of the plasma when strength is (pi/2) log
 * Lambda (Gaussian units) or log Lambda/(32 pi epsilon_0^2) (SI).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (a, b; strength, eps,
 * scattering; a species without charge); GRZ_ERROR_NOT_FINITE (strength, eps); GRZ_ERROR_MISMATCH
 * (kernel of another context); GRZ_ERROR_NOT_REPRESENTABLE (a factor overflows);
 * GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per mixture; kernels stay as they were on an error.
 */
GRZ_API grz_status grz_mixture_set_kernel(grz_mixture *mixture, int32_t a, int32_t b,
                                          const grz_kernel *kernel);
GRZ_API grz_status grz_mixture_set_coulomb(grz_mixture *mixture, double strength, double eps,
                                           grz_scattering scattering);

/* What it is made of: the number of species; one of them, its grid, a pair's kernel (NULL where
 * there is none); and where a species' values begin in a density, for index = count the number of
 * doubles of all (-1 for others). Any thread. */
GRZ_API int32_t grz_mixture_species_count(const grz_mixture *mixture);
GRZ_API const grz_species *grz_mixture_species(const grz_mixture *mixture, int32_t index);
GRZ_API const grz_grid *grz_mixture_grid(const grz_mixture *mixture, int32_t index);
GRZ_API const grz_kernel *grz_mixture_kernel(const grz_mixture *mixture, int32_t a, int32_t b);
GRZ_API int64_t grz_mixture_offset(const grz_mixture *mixture, int32_t index);

/* Moments of a density f of the mixture: each species' number density (count doubles), mean
 * velocity (3 count) and temperature m <|v - u|^2>/3 (count, in units of energy); and those of all,
 * the mean velocity of mass (3) and the temperature with respect to it. Any output may be NULL.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (mixture, f); GRZ_ERROR_NOT_FINITE (f);
 * GRZ_ERROR_INVALID_ARGUMENT (a species without mass); GRZ_ERROR_NOT_REPRESENTABLE (a moment
 * overflows). Any thread. */
GRZ_API grz_status grz_mixture_moments(const grz_mixture *mixture, const double *f, double *number,
                                       double *velocity, double *temperature,
                                       double *total_velocity, double *total_temperature);

/* The Maxwellians that collisions drive f to: of f's number densities and the mean velocity and
 * temperature of all, at the nodes. And the entropy, the sum over species of int f log f.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f); GRZ_ERROR_INVALID_ARGUMENT
 * (moments that no Maxwellian has; entropy: a negative value); GRZ_ERROR_NOT_REPRESENTABLE (the
 * result overflows). Any thread. */
GRZ_API grz_status grz_mixture_equilibrium(const grz_mixture *mixture, const double *f,
                                           double *equilibrium);
GRZ_API grz_status grz_mixture_entropy(const grz_mixture *mixture, const double *f,
                                       double *entropy);

/* The collision operator of all species: an operator whose densities are those of the mixture.
 * Options are those of the method, for every pair; RADIUS is r = |z|/2. What takes an operator
 * takes this one, too, where a density is any array of grz_operator_size doubles: apply, weak form,
 * Onsager operator, action, dissipations with their variations, overshoot, explicit flows (without
 * floor). GRZ_ERROR_UNSUPPORTED says where it does not. The spectral method needs one grid for all.
 * For any quadrature, mass of each species, sum m v and sum m |v|^2 are kept and, for the entropic
 * method, sum <Q_a, log f_a> = -D with Maxwellians of common mean velocity and temperature in
 * equilibrium. With one species it is grz_operator_create's, bit for bit.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (equation, method, a pair
 * without a kernel); GRZ_ERROR_MISMATCH (mixture of another context); GRZ_ERROR_UNSUPPORTED (grids
 * that the method cannot do); GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per mixture. */
GRZ_API grz_status grz_operator_create_mixture(grz_context *context, const grz_mixture *mixture,
                                               grz_equation equation, grz_method method,
                                               grz_operator **out);

/* The mixture that an operator was made from (NULL for others), and the doubles of its densities:
 * n^3, of a mixture the sum over its species. Any thread. */
GRZ_API const grz_mixture *grz_operator_mixture(const grz_operator *op);
GRZ_API int64_t grz_operator_size(const grz_operator *op);

/* ----------------------------------------------------------------------------------- functional */

/* Entropy, relative entropy, Fisher information, dissipation: a value and a first variation of
 * each, behind one handle. */

typedef enum grz_functional_type {
    GRZ_FUNCTIONAL_TYPE_ENTROPY = 0,                /* H = int f log f, section 1 */
    GRZ_FUNCTIONAL_TYPE_RELATIVE_ENTROPY = 1,       /* int f log(f/g) - f + g, g > 0 */
    GRZ_FUNCTIONAL_TYPE_FISHER_INFORMATION = 2,     /* 4 int |grad sqrt f|^2 (Remark 2.9) */
    GRZ_FUNCTIONAL_TYPE_DISSIPATION = 3,            /* D_B^eps or D_L of an operator (1.2) */
    GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT = 4 /* D_B^R of (6.1.3) <= D_B; Landau: D_L */
} grz_functional_type;

/* Functionals of a density f on a grid, given by its n^3 values; integrals are midpoint sums,
 * compensated.
 *   entropy          H[f] = int f log f; first variation log f + 1
 *   relative_entropy int f log(f/g) - f + g >= 0, g = reference (its grid and a copy of its values
 *                    are kept); first variation log(f/g). Accurate also for f close to g
 *   fisher           h^3 sum f |D log f|^2, D the eighth-order differences along the axes (nine
 *                    nodes, one-sided near the boundary, for n = 8 all eight nodes, order seven):
 *                    exact for a Maxwellian. Where some f is 0, 4 h^3 sum |D sqrt f|^2. First
 *                    variation, for f > 0 only: the exact derivative of the discrete value, |D log
 *                    f|^2 + (2/f) D^T (f D log f). Source: Remark 2.9; stencils as by B. Fornberg,
 *                    Math. Comp. 51 (1988) 699
 *   dissipation      type GRZ_FUNCTIONAL_TYPE_DISSIPATION: D_B or D_L (1.2), or
 *                    GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT: D_B^R = int B (sqrt(f'f*') -
 *                    sqrt(ff*))^2 <= D_B (6.1.3), of op at its options of the time of the call. op
 *                    is kept and used by the calls, so the one-thread rule covers both handles
 *                    together
 * fisher and dissipation hold a workspace of n^3 doubles.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (dissipation:
 * any other type); GRZ_ERROR_NOT_POSITIVE (a value of the reference is 0); GRZ_ERROR_MISMATCH
 * (grid, reference or op of another context); GRZ_ERROR_UNSUPPORTED (op's method does not offer it,
 * as the square-root dissipation of a spectral operator); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_functional_create_entropy(grz_context *context, const grz_grid *grid,
                                                 grz_functional **out);
GRZ_API grz_status grz_functional_create_relative_entropy(grz_context *context,
                                                          const grz_distribution *reference,
                                                          grz_functional **out);
GRZ_API grz_status grz_functional_create_fisher(grz_context *context, const grz_grid *grid,
                                                grz_functional **out);
GRZ_API grz_status grz_functional_create_dissipation(grz_context *context, grz_operator *op,
                                                     grz_functional_type type,
                                                     grz_functional **out);
GRZ_API void grz_functional_destroy(grz_functional **functional);

/* What it is: a grz_functional_type, its grid. Any thread. */
GRZ_API int32_t grz_functional_type_of(const grz_functional *functional);
GRZ_API const grz_grid *grz_functional_grid(const grz_functional *functional);

/* The value at f, and the first variation dF/df at the nodes: F(f + t g) = F(f) + t h^3 sum g dF/df
 * + o(t). f: n^3 values, finite and >= 0 (a dissipation: what grz_operator_apply takes); variation:
 * n^3 values out, may be the array f itself.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f < 0;
 * first variation: also f = 0); GRZ_ERROR_NOT_REPRESENTABLE (the result overflows); dissipations
 * also GRZ_ERROR_UNSUPPORTED (the method has no first variation), GRZ_ERROR_CANCELLED; where the
 * set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
 * per handle. */
GRZ_API grz_status grz_functional_evaluate(grz_functional *functional, const double *f,
                                           double *value);
GRZ_API grz_status grz_functional_first_variation(grz_functional *functional, const double *f,
                                                  double *variation);

/* Affine lower bound of the Fisher information (Remark 2.9) by a test function psi (n^3 values):
 * *bound = 4 int (2 grad sqrt f . grad psi - |grad psi|^2) <= 4 int |grad sqrt f|^2, node by node
 * in the functional's own differences, so never above its value; psi = sqrt(f) attains it up to the
 * differences' error, to rounding where f has zeros. *best (may be NULL): by the best multiple of
 * psi; *gap (may be NULL): the value minus *bound, as a sum of squares.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (functional, f, psi, bound); GRZ_ERROR_NOT_FINITE (f,
 * psi); GRZ_ERROR_NOT_POSITIVE (f < 0); GRZ_ERROR_UNSUPPORTED (another functional);
 * GRZ_ERROR_NOT_REPRESENTABLE (a result overflows). One thread at a time per handle. */
GRZ_API grz_status grz_functional_fisher_bound(grz_functional *functional, const double *f,
                                               const double *psi, double *bound, double *best,
                                               double *gap);

/* --------------------------------------------------------------------------------------- sphere */

/* Functions and fields on the sphere of directions. */

typedef struct grz_sphere grz_sphere;

/* Spherical harmonic transforms up to degree lmax, on which the sphere |v - v*| = const of a pair
 * lives: the collision operator is the multiplier lambda_l of grz_kernel_spectrum there, Landau's
 * the Laplace-Beltrami operator (section 3.3, Lemmas A.5, 6.5). The rule has antipodal nodes and is
 * exact to degree 2 lmax, so all below is exact for polynomials of degree lmax. 0 <= lmax <= 64;
 * memory about (lmax+1)^4 2.2 doubles. Immutable; any number of threads may use one handle.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (lmax);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_sphere_create(grz_context *context, int32_t lmax, grz_sphere **out);
GRZ_API void grz_sphere_destroy(grz_sphere **sphere);

/* lmax; nodes N; coefficients C = (lmax+1)^2. nodes: N*3 unit vectors, the second half minus the
 * first; weights: N, sum 4 pi; either may be NULL. Returns (nodes): GRZ_OK;
 * GRZ_ERROR_NULL_ARGUMENT. Any thread. */
GRZ_API int32_t grz_sphere_degree(const grz_sphere *sphere);
GRZ_API int64_t grz_sphere_node_count(const grz_sphere *sphere);
GRZ_API int64_t grz_sphere_coefficient_count(const grz_sphere *sphere);
GRZ_API grz_status grz_sphere_nodes(const grz_sphere *sphere, double *nodes, double *weights);

/* Transforms of batch functions or tangent fields at once, by matrix products. values: batch*N;
 * coefficients: batch*C, that of the real orthonormal Y_lm at l*l + l + m; field: batch*N*3,
 * tangential out, in of which only the tangential part counts.
 *   analyse      c_lm = int psi Y_lm, by the rule       synthesise  psi = sum c_lm Y_lm at the
 *                nodes
 *   gradient     grad_S sum c_lm Y_lm at the nodes      divergence  coefficients of div_S: -int
 *                field . grad_S Y_lm, by the rule
 *   multiply     c_lm := multiplier[l] c_lm, lmax + 1 multipliers, as lambda_l
 *   solve        c_lm := -c_lm/(l(l+1)), c_00 := 0: Laplacian psi = c of mean 0 (6.10)
 * solve of divergence is the orthogonal projection onto gradients in the rule's inner product, for
 * any nodal field: the split (6.8).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (batch < 0);
 * GRZ_ERROR_NOT_FINITE (an input); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_sphere_analyse(const grz_sphere *sphere, int64_t batch, const double *values,
                                      double *coefficients);
GRZ_API grz_status grz_sphere_synthesise(const grz_sphere *sphere, int64_t batch,
                                         const double *coefficients, double *values);
GRZ_API grz_status grz_sphere_gradient(const grz_sphere *sphere, int64_t batch,
                                       const double *coefficients, double *field);
GRZ_API grz_status grz_sphere_divergence(const grz_sphere *sphere, int64_t batch,
                                         const double *field, double *coefficients);
GRZ_API grz_status grz_sphere_multiply(const grz_sphere *sphere, int64_t batch,
                                       const double *multiplier, double *coefficients);
GRZ_API grz_status grz_sphere_solve(const grz_sphere *sphere, int64_t batch, double *coefficients);

/* ------------------------------------------------------------------- geometry: actions, metrics */

/* The gradient-flow structure of sections 3 to 7: actions, metric derivatives, rates. Grid
 * functions are n^3 doubles on the operator's grid. Where C_beta (section 1) is not 1, grad_tilde
 * carries the factor sqrt(C_beta) (Remark 5.8), so that all formulas keep their form. */

/* Action A_B or A_L (section 4) of the rate with potential phi, M = Lambda B dbar phi resp. ff*
 * grad_tilde phi: 1/4 int Lambda B (dbar phi)^2 resp. 1/2 int ff* |grad_tilde phi|^2, by the
 * operator's own quadrature, so that phi = log f gives D_B or D_L to rounding. f, phi: n^3 values;
 * value: 1 double >= 0.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, phi); GRZ_ERROR_NOT_POSITIVE
 * (f); GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_NOT_REPRESENTABLE (the action overflows);
 * GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
 * that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_operator_action(grz_operator *op, const double *f, const double *phi,
                                       double *value);

/* First variation in f of half the action at fixed potential, G(f, phi) with h^3 sum G g = d/ds of
 * 1/2 <phi, K_{f+sg} phi> at s = 0: for Landau 1/2 int f* |grad_tilde phi|^2 dv*, for Boltzmann by
 * the derivatives of the logarithmic mean; exactly that of the discrete action. Geodesics of d_B
 * and d_L satisfy f' = K_f phi, phi' = -G(f, phi). h^3 sum f G is the action. variation: n^3
 * values; it may be f or phi.
 * Returns: as grz_operator_action; GRZ_ERROR_NOT_REPRESENTABLE (G overflows). One thread at a time
 * per handle. */
GRZ_API grz_status grz_operator_action_variation(grz_operator *op, const double *f,
                                                 const double *phi, double *variation);

typedef struct grz_metric grz_metric;

/* The collision invariants, by which a time derivative can be out of reach of any collision
 * rate. */
typedef enum grz_moment {
    GRZ_MOMENT_NONE = 0,
    GRZ_MOMENT_MASS = 1,
    GRZ_MOMENT_MOMENTUM_X = 2,
    GRZ_MOMENT_MOMENTUM_Y = 3,
    GRZ_MOMENT_MOMENTUM_Z = 4,
    GRZ_MOMENT_ENERGY = 5
} grz_moment;

/* TOLERANCE is an estimate. MOMENT_TOLERANCE (initially 1e-8) is how much g may change a collision
 * invariant chi. */
typedef enum grz_metric_option {
    GRZ_METRIC_OPTION_TOLERANCE = 64, /* relative error of |f'|^2: 1e-15 to 0.1, initially 1e-9 */
    GRZ_METRIC_OPTION_ITERATION_CAP = 65,   /* 1 to 100000, initially 1000 */
    GRZ_METRIC_OPTION_MOMENT_TOLERANCE = 66 /* |sum g chi| over sum |g chi|: 1e-15 to 1; 1e-8 */
} grz_metric_option;

/* Solver for metric derivatives of an entropic operator (Definition 4.2, Lemma 4.5), with a
 * workspace of 8 n^3 doubles, and 2 n^3 more from the first derivative on. Later derivatives
 * allocate nothing; dense ones and the spectrum do, for the time of the call. op is kept and used
 * by the calls at its options of the time, so the one-thread rule covers both handles together.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context);
 * GRZ_ERROR_UNSUPPORTED (op is not entropic); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_metric_create(grz_context *context, grz_operator *op, grz_metric **out);
GRZ_API void grz_metric_destroy(grz_metric **metric);

/* Options: set one, its value, its bounds and initial value.
 * Bounds: TOLERANCE 1e-15 to 0.1 (1e-9); ITERATION_CAP 1 to 100000 (1000); MOMENT_TOLERANCE 1e-15
 * to 1 (1e-8).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
 * of bounds or not an integer); GRZ_ERROR_NOT_FINITE. One thread at a time per handle. */
GRZ_API grz_status grz_metric_set_option(grz_metric *metric, grz_metric_option option,
                                         double value);
GRZ_API grz_status grz_metric_option_value(const grz_metric *metric, grz_metric_option option,
                                           double *value);
GRZ_API grz_status grz_metric_option_bounds(const grz_metric *metric, grz_metric_option option,
                                            double *minimum, double *maximum, double *initial);

/* ----------------------------------------------------------------- geometry: metric derivatives */

/* The squared speed |f'|^2 of a curve, and the potential of its optimal rate. */

/* |f'|^2 = <g, phi> for a density f > 0 and a time derivative g of it, and the optimal potential
 * phi (may be NULL), K_f phi = g: the rate M = Lambda B dbar phi, resp. ff* grad_tilde phi, has the
 * least action of all that produce g (Lemma 4.5), and that action is the value to rounding: what
 * has not converged makes it smaller, never larger, as (7.1) is a lower bound. phi is determined up
 * to collision invariants chi; it is returned with sum f phi chi = 0. For g = Q(f,f), phi = -log f
 * up to these and |f'|^2 = D. When g changes mass, momentum or energy by more than the moment
 * tolerance no rate produces it: the value is +infinity, phi is left alone, the status is GRZ_OK
 * and grz_metric_unreachable names the moment. Smaller defects are taken out of g as f times a
 * combination of invariants. derivative: preconditioned conjugate gradients on K_f, some twenty to
 * seventy iterations for g = Q(f,f); reports progress. derivative_dense: n <= 16 per axis, by the
 * spectrum below; 6 n^6 doubles of memory.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, g); GRZ_ERROR_NOT_POSITIVE
 * (f); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes); GRZ_ERROR_NOT_CONVERGED (cap reached,
 * or g outside the discrete operator's range); GRZ_ERROR_NOT_REPRESENTABLE (|f'|^2 or phi
 * overflows); GRZ_ERROR_CANCELLED; dense: GRZ_ERROR_UNSUPPORTED (n > 16),
 * GRZ_ERROR_NOT_REPRESENTABLE (f spans too many orders), GRZ_ERROR_OUT_OF_MEMORY; where the set-up
 * is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
 * per handle. */
GRZ_API grz_status grz_metric_derivative(grz_metric *metric, const double *f, const double *g,
                                         double *value, double *phi);
GRZ_API grz_status grz_metric_derivative_dense(grz_metric *metric, const double *f, const double *g,
                                               double *value, double *phi);

/* Of the last derivative: iterations; norm of the preconditioned residual relative to that of phi =
 * 0; a grz_moment. And the operator. */
GRZ_API int32_t grz_metric_iterations(const grz_metric *metric);
GRZ_API double grz_metric_residual(const grz_metric *metric);
GRZ_API int32_t grz_metric_unreachable(const grz_metric *metric);
GRZ_API const grz_operator *grz_metric_operator(const grz_metric *metric);

/* "none", "mass", "momentum along x", ..., "energy"; "unknown moment" for any other value. Static
 * strings. Any thread. */
GRZ_API const char *grz_moment_name(grz_moment moment);

/* Spectrum of K_f relative to f, n <= 16 per axis: K_f m = rate f m, ascending, n^3 rates; the five
 * invariants have rate 0 up to rounding. modes (may be NULL) receives n^3 grid functions one after
 * the other, h^3 sum f m_a m_b = delta_ab. At an equilibrium f, perturbations f (1 + c m) relax
 * like exp(-rate t).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (metric, f, rates); GRZ_ERROR_NOT_FINITE (f);
 * GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes);
 * GRZ_ERROR_UNSUPPORTED (n > 16); GRZ_ERROR_NOT_REPRESENTABLE (f spans too many orders);
 * GRZ_ERROR_NOT_CONVERGED (LAPACK's iteration); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where
 * the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK,
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time
 * per handle. */
GRZ_API grz_status grz_metric_spectrum(grz_metric *metric, const double *f, double *rates,
                                       double *modes);

/* ------------------------------------------------------------------------------ geometry: rates */

/* Collision rates M and what they do to a density. */

/* Vectorised test functions: psi(v), psi(v, v*) and vector fields A(v, v*) at count velocities or
 * pairs (count*3 doubles each; field: count*3 out). Called from the calling thread. */
typedef int (*grz_velocity_fn)(int64_t count, const double *v, double *psi, void *user);
typedef int (*grz_pair_fn)(int64_t count, const double *v, const double *v_star, double *psi,
                           void *user);
typedef int (*grz_pair_vector_fn)(int64_t count, const double *v, const double *v_star,
                                  double *field, void *user);

/* A rate at count collisions (v, v*, sigma), sigma a unit vector (count*3 doubles each; M: count
 * out). Called from the calling thread. */
typedef int (*grz_collision_rate_fn)(int64_t count, const double *v, const double *v_star,
                                     const double *sigma, double *M, void *user);

typedef struct grz_rate grz_rate;

/* What a callback gives. */
typedef enum grz_rate_form {
    GRZ_RATE_FORM_DENSITY = 0, /* M against dsigma dv* dv, resp. the vector M against dv* dv */
    GRZ_RATE_FORM_RELATIVE = 1 /* U, M = U Lambda(f) B resp. U ff*, for the f of each query */
} grz_rate_form;

typedef enum grz_time_rule { GRZ_TIME_RULE_TRAPEZOID = 0, GRZ_TIME_RULE_SIMPSON = 1 } grz_time_rule;

/* A collision rate M on R^6 x S^2 (CRE) of a Boltzmann operator, or a grazing rate, a vector M on
 * R^6 (GCE), of a Landau operator (Definition 4.4). op is entropic; its nodes are the quadrature of
 * all integrals below.
 *   potential      M = Lambda B dbar phi, resp. ff* grad_tilde phi; phi: n^3 values, copied. n^3
 *                  doubles of memory
 *   gradient_flow  potential -log f, for the f of each query (Remark 4.7)
 *   collision      M by a callback (Boltzmann, eps > 0), evaluated batch by batch at both (v, v*,
 *                  sigma) and (v*, v, -sigma): never stored. A finite action needs U = O(theta);
 *                  callback values of small differences are divided by theta, so their rounding is
 *                  too. Where op takes small angles in the limit (grz_operator_sphere's landau), M
 *                  counts by lim M/(Lambda B theta), from its values at six theta up to 0.08
 *   grazing        M by a callback (Landau), at (v, v*) and (v*, v). Its component along v - v* has
 *                  a part in the action only
 * op is used by the calls at its options of the time, so the one-thread rule covers all handles of
 * one operator together. add_potential adds factor times the rate of potential phi (n^3 values) to
 * any rate.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument but user); GRZ_ERROR_INVALID_ARGUMENT
 * (form); GRZ_ERROR_NOT_FINITE (phi, factor, their product); GRZ_ERROR_MISMATCH (op of another
 * context); GRZ_ERROR_UNSUPPORTED (op is not entropic, or of the other equation, or has eps = 0);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread; add_potential: one thread at a time. */
GRZ_API grz_status grz_rate_create_potential(grz_context *context, grz_operator *op,
                                             const double *phi, grz_rate **out);
GRZ_API grz_status grz_rate_create_gradient_flow(grz_context *context, grz_operator *op,
                                                 grz_rate **out);
GRZ_API grz_status grz_rate_create_collision(grz_context *context, grz_operator *op,
                                             grz_collision_rate_fn M, void *user,
                                             grz_rate_form form, grz_rate **out);
GRZ_API grz_status grz_rate_create_grazing(grz_context *context, grz_operator *op,
                                           grz_pair_vector_fn M, void *user, grz_rate_form form,
                                           grz_rate **out);
GRZ_API grz_status grz_rate_add_potential(grz_rate *rate, double factor, const double *phi);
GRZ_API void grz_rate_destroy(grz_rate **rate);

/* The operator whose rate it is. Any thread. */
GRZ_API const grz_operator *grz_rate_operator(const grz_rate *rate);

/* ---------------------------------------------------------------------- geometry: what rates do */

/* Actions, divergences and projections of rates; residuals of curves. */

/* Of a rate at a density f > 0 (n^3 values):
 *   action      A_B(f, M) = 1/4 int M^2/(Lambda B), resp. A_L(f, M) = 1/2 int |M|^2/(ff*) (section
 *               4); +infinity where M lives and Lambda does not
 *   divergence  the time derivative g that M produces, -1/4 dbar . M resp. -1/2 grad_tilde . M, n^3
 *               values: the strong form
 *   pairing     <g, psi> = 1/4 int dbar psi dM, resp. 1/2 int grad_tilde psi . dM, psi: n^3 values:
 *               the weak form, h^3 sum g psi to rounding
 * Potential rates cost one application of K_f. sum g = sum g v = sum g |v|^2 = 0 to rounding, for
 * every rate.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, psi, a value of the callback);
 * GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_REPRESENTABLE (the result overflows);
 * GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY; where the set-up is still to do
 * also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_rate_action(grz_rate *rate, const double *f, double *value);
GRZ_API grz_status grz_rate_divergence(grz_rate *rate, const double *f, double *g);
GRZ_API grz_status grz_rate_pairing(grz_rate *rate, const double *f, const double *psi,
                                    double *value);

/* The optimal rate among those with the divergence of a given one (Lemma 4.5), by its potential phi
 * (n^3 values, or NULL; normalised as in grz_metric_derivative), its action *optimal = |f'|^2, and
 * the action of the remainder M - Lambda B dbar phi, resp. M - ff* grad_tilde phi, which has no
 * divergence (*remainder, or NULL): A(f, M) = *optimal + *remainder. The remainder as a rate is
 * what grz_rate_add_potential(rate, -1, phi) leaves. metric is of the same operator; its options
 * and its queries about the last solution apply.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (rate, metric, f, optimal); GRZ_ERROR_NOT_FINITE (f, a
 * value of the callback); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_REPRESENTABLE (the result
 * overflows); GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_MISMATCH
 * (metric of another operator); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes);
 * GRZ_ERROR_NOT_CONVERGED (cap reached, or the divergence outside the discrete operator's range);
 * where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go
 * together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_rate_project(grz_rate *rate, grz_metric *metric, const double *f,
                                    double *optimal, double *remainder, double *phi);

/* Residual of the CRE or GCE along a curve (Definition 4.4) given by count >= 2 snapshots f(t_k)
 * (count arrays of n^3 values, one after the other) and rates: R_k = f(t_k) - f(t_0) -
 * int_{t_0}^{t_k} g dt, g the divergence of rates[k] at f(t_k), by the trapezoidal rule (any
 * ascending times) or Simpson's (equispaced times, count odd). residual (n^3 values, or NULL): R at
 * the last snapshot; norms: int |R_k| dv at every snapshot (count doubles), for Simpson's rule at
 * every other one (k = 0, 2, ...: (count + 1)/2 doubles). The same handle may stand for several
 * snapshots.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, times, f, a rate, norms); GRZ_ERROR_NOT_FINITE
 * (f, times, a value of the callback); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_REPRESENTABLE (the
 * result overflows); GRZ_ERROR_CALLBACK; GRZ_ERROR_CANCELLED; GRZ_ERROR_OUT_OF_MEMORY;
 * GRZ_ERROR_INVALID_ARGUMENT (count, times, rule); GRZ_ERROR_MISMATCH (rates of another context or
 * of several grids); where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that
 * do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time for all the rates. */
GRZ_API grz_status grz_curve_residual(grz_context *context, int64_t count, const double *times,
                                      const double *f, grz_rate *const *rates, grz_time_rule rule,
                                      double *residual, double *norms);

/* --------------------------------------------------------------- geometry: collisions and means */

/* Pointwise formulas of sections 3 and 4. */

/* Logarithmic mean (b - a)/(log b - log a) (Lemma A.1), a for a = b, 0 when either is 0, infinity
 * when one is and the other is positive; a, b >= 0, of any magnitude, to a few units in the last
 * place. The integrands of the actions (section 4): alpha = u^2/(4 L(s, t)) and kappa = |u|^2/(2 s)
 * (u: 3 doubles), 0 for u = 0 and +infinity for u != 0 where the denominator is 0. NaN for a
 * negative or NaN argument, or NULL. Any thread. */
GRZ_API double grz_logarithmic_mean(double a, double b);
GRZ_API double grz_alpha(double u, double s, double t);
GRZ_API double grz_kappa(const double *u, double s);

/* Post-collisional velocities of count pairs (section 3): v' = (v + v*)/2 + |v - v*|/2 sigma, v*'
 * with the opposite sign, sigma unit vectors; or in the form (3.3) by theta and phi, sigma =
 * cos(theta) k + sin(theta) p, p = cos(phi) h + sin(phi) i with h, i a right-handed frame with k
 * that the library chooses; displacements are accurate however small theta is. All arrays count*3
 * doubles, angles count; sigma may be NULL as an output.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count < 0);
 * GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_REPRESENTABLE (a velocity or sigma beyond 1e100). Any
 * thread. */
GRZ_API grz_status grz_post_collision(grz_context *context, int64_t count, const double *v,
                                      const double *v_star, const double *sigma, double *v_prime,
                                      double *v_star_prime);
GRZ_API grz_status grz_post_collision_angles(grz_context *context, int64_t count, const double *v,
                                             const double *v_star, const double *theta,
                                             const double *phi, double *v_prime,
                                             double *v_star_prime, double *sigma);

/* --------------------------------------------------------- geometry: calculus of test functions */

/* Gradients and divergences of section 3.3 for functions that callbacks give. */

/* Calculus of section 3.3 at count pairs for one test function, given as psi(v) or as psi(v, v*)
 * (the other callback NULL); -4 <= gamma <= 1.
 *   discrete_gradient   dbar psi = psi(v') + psi(v*') - psi(v) - psi(v*), resp. psi(v',v*') +
 *                       psi(v*',v') - psi(v,v*) - psi(v*,v)
 *   circle_average      (1/2 pi) int dbar psi dp over the circle of angle theta (Lemmas 3.4, 3.6),
 *                       by 1 <= nodes <= 256 equispaced points
 *   grazing_gradient    grad_tilde psi = |v-v*|^{1+gamma/2} Pi (grad psi - grad* psi*), resp. Pi
 *                       (grad - grad*) psi(v, v*); count*3 out
 *   grazing_laplacian   grad_tilde . grad_tilde psi, as in (3.12)
 *   grazing_divergence  the adjoint grad_tilde . A = (grad - grad*) . (Pi |v-v*|^{1+gamma/2} A)
 * Derivatives are central differences of order eight along great circles of the pair's sphere, at
 * steps of 0.015 radians: about 1e-10 relative for a psi whose scale is |v - v*|/10 or larger. All
 * are 0 where v = v*.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, both callbacks, an array);
 * GRZ_ERROR_INVALID_ARGUMENT (count < 0, two callbacks, nodes, gamma); GRZ_ERROR_NOT_FINITE (an
 * array, theta, gamma, a value of a callback); GRZ_ERROR_CALLBACK; after these two, outputs of
 * earlier pairs have been written; GRZ_ERROR_NOT_REPRESENTABLE (a velocity beyond 1e100). Any
 * thread. */
GRZ_API grz_status grz_discrete_gradient(grz_context *context, grz_velocity_fn psi,
                                         grz_pair_fn psi_pair, void *user, int64_t count,
                                         const double *v, const double *v_star, const double *sigma,
                                         double *out);
GRZ_API grz_status grz_circle_average(grz_context *context, grz_velocity_fn psi,
                                      grz_pair_fn psi_pair, void *user, int64_t count,
                                      const double *v, const double *v_star, double theta,
                                      int32_t nodes, double *out);
GRZ_API grz_status grz_grazing_gradient(grz_context *context, grz_velocity_fn psi,
                                        grz_pair_fn psi_pair, void *user, double gamma,
                                        int64_t count, const double *v, const double *v_star,
                                        double *out);
GRZ_API grz_status grz_grazing_laplacian(grz_context *context, grz_velocity_fn psi,
                                         grz_pair_fn psi_pair, void *user, double gamma,
                                         int64_t count, const double *v, const double *v_star,
                                         double *out);
GRZ_API grz_status grz_grazing_divergence(grz_context *context, grz_pair_vector_fn field,
                                          void *user, double gamma, int64_t count, const double *v,
                                          const double *v_star, double *out);

/* grad psi at count velocities (count*3 out). Called from the calling thread. */
typedef int (*grz_velocity_gradient_fn)(int64_t count, const double *v, double *gradient,
                                        void *user);

/* The same calculus from a user's gradient: of psi(v), or (grad - grad*) psi(v, v*) for psi(v, v*)
 * (the other callback NULL).
 *   discrete_gradient_from  dbar psi/theta for sigma of (theta, phi) as in
 *                           grz_post_collision_angles, by sixteen Gauss nodes on the arc: accurate
 *                           however small theta is; at theta = 0 the limit 1/2 |v-v*| p . (grad -
 *                           grad*) psi of Lemma 3.5 (psi(v, v*): symmetrised, as dbar)
 *   grazing_gradient_from   grad_tilde psi, to rounding
 *   grazing_laplacian_from  grad_tilde . grad_tilde psi, with one difference of order eight: about
 *                           1e-12 relative
 * theta, phi: count; v, v_star: count*3; out: count, grazing_gradient_from count*3; -4 <= gamma <=
 * 1.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (context, both callbacks, an array);
 * GRZ_ERROR_INVALID_ARGUMENT (count < 0, two callbacks, gamma); GRZ_ERROR_NOT_FINITE (an array,
 * gamma, a value of a callback); GRZ_ERROR_CALLBACK; after these two, outputs of earlier pairs have
 * been written; GRZ_ERROR_NOT_REPRESENTABLE (a velocity beyond 1e100); GRZ_ERROR_OUT_OF_MEMORY
 * (discrete_gradient_from). Any thread. */
GRZ_API grz_status grz_discrete_gradient_from(grz_context *context,
                                              grz_velocity_gradient_fn gradient,
                                              grz_pair_vector_fn gradient_pair, void *user,
                                              int64_t count, const double *v, const double *v_star,
                                              const double *theta, const double *phi, double *out);
GRZ_API grz_status grz_grazing_gradient_from(grz_context *context,
                                             grz_velocity_gradient_fn gradient,
                                             grz_pair_vector_fn gradient_pair, void *user,
                                             double gamma, int64_t count, const double *v,
                                             const double *v_star, double *out);
GRZ_API grz_status grz_grazing_laplacian_from(grz_context *context,
                                              grz_velocity_gradient_fn gradient,
                                              grz_pair_vector_fn gradient_pair, void *user,
                                              double gamma, int64_t count, const double *v,
                                              const double *v_star, double *out);

/* --------------------------------------------------------------- geometry: mobility, projection */

/* Lambda at collisions, and the projection of fields onto gradients. */

/* Lambda(f) = (f'f*' - ff*)/(log f'f*' - log ff*) at count collisions (v, v*, sigma) of a density f
 * >= 0 given by a callback, and its bounds of Corollary A.3 (each may be NULL): lower =
 * sqrt(ff*f'f*') <= Lambda <= upper = (f'f*' + ff*)/2. count doubles each.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (count < 0);
 * GRZ_ERROR_NOT_FINITE (also a value of f); GRZ_ERROR_NOT_POSITIVE (f < 0); GRZ_ERROR_CALLBACK;
 * GRZ_ERROR_NOT_REPRESENTABLE (ff* overflows, a velocity beyond 1e100); after these four, outputs
 * of earlier collisions have been written. Any thread. */
GRZ_API grz_status grz_collision_mobility(grz_context *context, grz_density_fn f, void *user,
                                          int64_t count, const double *v, const double *v_star,
                                          const double *sigma, double *Lambda, double *lower,
                                          double *upper);

/* Projection of a field V(v, v*) onto the image of grad_tilde (Lemma 6.5), sphere by sphere: count
 * spheres, of centre (v + v*)/2 (count*3) and radius |v - v*|/2 > 0 (count); -4 <= gamma <= 1. psi
 * (count*C, or NULL): coefficients of the solution of the Poisson problem (6.10) in harmonics of
 * the direction of v - v*, mean 0, so that grad_tilde psi = 2 |z|^{gamma/2} grad_S psi is the
 * projection of Pi V. norms (count*3, or NULL): the integrals over directions of |Pi V|^2,
 * |grad_tilde psi|^2 and |Pi V - grad_tilde psi|^2; the first is the sum of the others to rounding
 * (6.8). V antisymmetric in v, v* gives psi even. The callback gets N times up to 16 pairs at a
 * time.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (gamma, count);
 * GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (a radius); GRZ_ERROR_CALLBACK;
 * GRZ_ERROR_OUT_OF_MEMORY; after a failure of the callback, outputs of earlier spheres have been
 * written. Any thread. */
GRZ_API grz_status grz_grazing_project(grz_context *context, const grz_sphere *sphere,
                                       grz_pair_vector_fn field, void *user, double gamma,
                                       int64_t count, const double *centre, const double *radius,
                                       double *psi, double *norms);

/* ---------------------------------------------------------------------- geometry: affine bounds */

/* Lower bounds of |f'|^2 and of the dissipations by test functions, and what attains them. */

/* Affine lower bound (7.1) for |f'|^2 by a test function psi(v) on the grid: *bound = 2 <g, psi> -
 * A(f, psi) <= |f'|^2, with equality for the optimal potential; *best (may be NULL) = <g,
 * psi>^2/A(f, psi), the bound of the best multiple of psi (0 when <g, psi> = 0).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, g, psi, bound); GRZ_ERROR_NOT_FINITE (f, g,
 * psi); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_UNSUPPORTED (spectral); GRZ_ERROR_NOT_REPRESENTABLE
 * (a result overflows); GRZ_ERROR_CANCELLED; where the set-up is still to do also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_operator_metric_bound(grz_operator *op, const double *f, const double *g,
                                             const double *psi, double *bound, double *best);

/* *gap = |f'|^2 minus the bound (7.1) of psi, as the action of the optimal potential minus psi
 * (Lemma 4.5): a sum of squares, so that bound + gap = |f'|^2 to the square root of the metric's
 * tolerance. Its options and queries about the last solution apply. +infinity when no rate produces
 * g. f, g, psi: n^3 values. Costs a metric derivative.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (f, g, psi);
 * GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_INVALID_ARGUMENT (f lives on too few nodes);
 * GRZ_ERROR_NOT_CONVERGED (cap reached, or g outside the discrete operator's range);
 * GRZ_ERROR_NOT_REPRESENTABLE (a result overflows); GRZ_ERROR_CANCELLED; where the set-up is still
 * to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_metric_gap(grz_metric *metric, const double *f, const double *g,
                                  const double *psi, double *gap);

typedef struct grz_interpolant grz_interpolant;

/* The density that an entropic operator sees between the nodes, exp of its spline through log f, at
 * the operator's options of the time; f: n^3 values, not kept. evaluate: f and (unless NULL) its
 * gradient at count velocities (count*3 doubles in, count and count*3 out), 0 outside the outermost
 * nodes.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; create: GRZ_ERROR_MISMATCH (op of another context),
 * GRZ_ERROR_NOT_FINITE (f), GRZ_ERROR_NOT_POSITIVE (f), GRZ_ERROR_UNSUPPORTED (spectral),
 * GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_CANCELLED; where the set-up is still to do also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE; evaluate: GRZ_ERROR_INVALID_ARGUMENT (count
 * < 0), GRZ_ERROR_NOT_FINITE (v). create: one thread at a time for op; evaluate: any thread. */
GRZ_API grz_status grz_interpolant_create(grz_context *context, grz_operator *op, const double *f,
                                          grz_interpolant **out);
GRZ_API void grz_interpolant_destroy(grz_interpolant **interpolant);
GRZ_API grz_status grz_interpolant_evaluate(const grz_interpolant *interpolant, int64_t count,
                                            const double *v, double *f, double *gradient);

/* Affine representations of the dissipations (section 6.1) as lower bounds by a test function:
 *   affine_bound        (6.2), Lemma 6.7: psi(v, v*), symmetrised. Boltzmann: int (sqrt(f'f*') -
 *                       sqrt(ff*)) dbar psi B - 1/4 int (dbar psi)^2 B, which is -2 int sqrt(ff*)
 *                       dbar psi B - 1/4 int (dbar psi)^2 B when the exchange of v and v' is
 *                       carried out. Landau: 4 int grad_tilde sqrt(ff*) . grad_tilde psi - 2 int
 *                       |grad_tilde psi|^2, in (6.2) integrated by parts; derivatives of psi are
 *                       differences of order four along great circles
 *   affine_field_bound  (6.3), (6.5): xi(v, v*) in place of grad_tilde psi, of which only Pi (xi -
 *                       xi with v, v* exchanged)/2 pairs (Landau)
 *   affine_jump_bound   (6.12): psi(v, v*, sigma) in place of dbar psi/2 (Boltzmann); small
 *                       angles as of grz_rate_create_collision
 * *bound <= D_B^R <= D_B, resp. <= D_L, for every test function: the inequality holds at every node
 * of op's quadrature, so it is one for the values that GRZ_FUNCTIONAL_TYPE_DISSIPATION_SQUARE_ROOT
 * gives, to rounding. *best (may be NULL): the bound of the best multiple of the test function, 0
 * for one that pairs to 0 or whose square is below 1e-280. *gap (may be NULL): D_B^R, resp. D_L,
 * minus *bound, as a sum of squares. Calls back from the calling thread with up to 256 pairs at a
 * time; runs on that thread.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, the callback, bound); GRZ_ERROR_NOT_FINITE (f, a
 * value of the test function); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_UNSUPPORTED (spectral, or the
 * other equation's formula); GRZ_ERROR_CALLBACK; GRZ_ERROR_NOT_REPRESENTABLE (a result overflows);
 * GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
 * that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_operator_affine_bound(grz_operator *op, const double *f, grz_pair_fn psi,
                                             void *user, double *bound, double *best, double *gap);
GRZ_API grz_status grz_operator_affine_field_bound(grz_operator *op, const double *f,
                                                   grz_pair_vector_fn xi, void *user, double *bound,
                                                   double *best, double *gap);
GRZ_API grz_status grz_operator_affine_jump_bound(grz_operator *op, const double *f,
                                                  grz_collision_rate_fn psi, void *user,
                                                  double *bound, double *best, double *gap);

/* The optimal test functions as such callbacks, user an interpolant of the same operator and
 * density: sqrt(ff*) for affine_bound, grad_tilde sqrt(ff*) for affine_field_bound, sqrt(f'f*') -
 * sqrt(ff*) for affine_jump_bound. They attain D_B^R, resp. D_L, within 1e-12 relative. 0 on
 * success. Any thread. */
GRZ_API int grz_optimal_pair(int64_t count, const double *v, const double *v_star, double *psi,
                             void *interpolant);
GRZ_API int grz_optimal_field(int64_t count, const double *v, const double *v_star, double *field,
                              void *interpolant);
GRZ_API int grz_optimal_jump(int64_t count, const double *v, const double *v_star,
                             const double *sigma, double *psi, void *interpolant);

/* ------------------------------------------------------- geometry: lift, comparison, coercivity */

/* The inequalities of sections 5 and B, both sides as numbers. */

/* The lift of section 5.1, L_{q,delta}(N) = |z|^{-gamma/2-q}/(4 (1 + (|v|^2 + |v*|^2)^{delta/2}))
 * int N p dsigma with p of (3.3), of the measure N = theta m B: m(v, v*, sigma) is its density
 * relative to theta times the kernel B^eps, eps > 0, and must be O(theta). For a rate M the measure
 * of Proposition 5.5 has m = (M/B) times grz_lift_weight = |z|^q (1 + (|v|^2 + |v*|^2)^{delta/2});
 * its lift then tends at O(eps^2) to the rate of the grazing equation, M = Lambda B dbar phi to ff*
 * grad_tilde phi. Where C_beta is not 1, divided by sqrt(C_beta). Integrals over theta by the Gauss
 * rule of the law, 1 <= theta_nodes <= 32, over p by 3 <= phi_nodes <= 64 points. 0 <= q, delta <=
 * 4. v, v_star, out: count*3 doubles, weight: count; 0 where v = v*.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (q, delta, nodes, count);
 * GRZ_ERROR_NOT_FINITE (also a value of m); GRZ_ERROR_UNSUPPORTED (eps = 0); GRZ_ERROR_CALLBACK,
 * after which outputs of earlier pairs have been written; GRZ_ERROR_NOT_CONVERGED,
 * GRZ_ERROR_NOT_REPRESENTABLE (the kernel's integrals); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_lift_weight(grz_context *context, double q, double delta, int64_t count,
                                   const double *v, const double *v_star, double *weight);
GRZ_API grz_status grz_kernel_lift(const grz_kernel *kernel, grz_collision_rate_fn m, void *user,
                                   double q, double delta, int32_t theta_nodes, int32_t phi_nodes,
                                   int64_t count, const double *v, const double *v_star,
                                   double *out);

/* Proposition 5.5 for the rate M = Lambda B dbar phi (phi, f: n^3 values): *mass = int |z|^q (1 +
 * (|v|^2 + |v*|^2)^{delta/2}) theta |M|, by the operator's nodes, and *bound (may be NULL), the
 * proof's, uniform in eps: 2 sqrt(A_B(f, M)) (16 C_beta int |z|^{2q+gamma} (..)^2 ff*)^{1/2} with
 * the moments estimated by the mean of |v|^2. -gamma/2 <= q, 0 <= delta <= 1 - gamma/2 - q.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (op, f, phi, mass); GRZ_ERROR_INVALID_ARGUMENT (q,
 * delta); GRZ_ERROR_NOT_FINITE (f, phi, q, delta); GRZ_ERROR_NOT_POSITIVE (f);
 * GRZ_ERROR_UNSUPPORTED (spectral, Landau, eps = 0, general kernel, gamma > 0);
 * GRZ_ERROR_NOT_REPRESENTABLE (a result overflows); GRZ_ERROR_CANCELLED; where the set-up is still
 * to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_operator_lift_mass(grz_operator *op, const double *f, const double *phi,
                                          double q, double delta, double *mass, double *bound);

/* Lemma 5.7: |int psi d(f0 - f1)| <= C d(f0, f1) for every psi with Lipschitz constant 1 (-2 <=
 * gamma <= 0), resp. with |D^2 psi| <= 1 (gamma < -2), d the metric d_B^eps or d_L of the
 * operator's equation and kernel. comparison_constant gives C by the proof's steps, from the
 * transfer (2.2), rho and T of f alone: C = rho sqrt(4 C_beta) (6 T)^{(2+gamma)/4}, resp. rho
 * sqrt(C_beta) (6 T)^{(4+gamma)/4}, C_beta the law's at its eps; for Landau over sqrt(2).
 * comparison takes two densities and an upper bound of their distance, int |f'| dt along any curve
 * from one to the other (or sqrt(T int A dt) of its rates): *bound = C distance with C of f0, and
 * *difference <= *bound is the largest |int psi d(f0 - f1)| over the functions psi of one
 * coordinate in the class, each axis' supremum taken exactly; difference/bound is how much of the
 * lemma is used. difference is +infinity where the supremum is: masses differ, or for gamma < -2
 * momenta (1e-8 relative). f0, f1: n^3 values >= 0; distance >= 0, may be +infinity. Either method.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (distance);
 * GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f < 0, or no mass); GRZ_ERROR_UNSUPPORTED (general
 * kernel, gamma > 0); GRZ_ERROR_NOT_REPRESENTABLE (the constant or bound overflows);
 * GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per handle. */
GRZ_API grz_status grz_operator_comparison_constant(grz_operator *op, const double *f,
                                                    double *constant);
GRZ_API grz_status grz_operator_comparison(grz_operator *op, const double *f0, const double *f1,
                                           double distance, double *difference, double *bound);

/* LEFT = int |F[sqrt(f) chi_R]|^2 min(|xi|^2, |xi|^nu) dxi with F g(xi) = int g exp(-i v.xi) dv. C1
 * depends on the transfer (2.2) and mass; C2 on transfer, mass and energy; C4 on CF, the lower
 * bound c1 of (A2) and nu; CF on the mass and second moment of f chi_R and on how it concentrates,
 * which entropy bounds. */
typedef enum grz_coercivity_term {
    GRZ_COERCIVITY_TERM_LEFT = 0,        /* the fractional norm of sqrt(f) chi_R */
    GRZ_COERCIVITY_TERM_DISSIPATION = 1, /* D_B^eps(f) */
    GRZ_COERCIVITY_TERM_C1 = 2,          /* 12 C_beta rho^2 (Lemma B.1) */
    GRZ_COERCIVITY_TERM_C2 = 3,   /* 150 pi int (|v|^2 + |v*|^2) ff* int theta^2 beta (Lemma B.2) */
    GRZ_COERCIVITY_TERM_C3 = 4,   /* (2 sqrt(2) (R+1))^gamma/2 (Lemma B.2) */
    GRZ_COERCIVITY_TERM_C4 = 5,   /* CF (2 c1/pi) (pi/2)^{2-nu}/(2-nu) (Lemma B.4) */
    GRZ_COERCIVITY_TERM_CF = 6,   /* C_f of (B.5) for f chi_R */
    GRZ_COERCIVITY_TERM_RIGHT = 7 /* 2 (2 pi)^3 (D_B^eps + C1 + C2)/(C3 C4) */
} grz_coercivity_term;

/* The coercivity estimate (B.1), LEFT <= RIGHT, with every constant of its proof for this f (n^3
 * values): the first count, 1 to 8, of them in the order of grz_coercivity_term. C1 to C4 do not
 * depend on eps <= sqrt(8) (above, C4 is smaller); chi_R is smooth, 1 in B_R and 0 outside B_{R+1}
 * about the origin. LEFT by a transform of twice n nodes per axis, over the modes of the grid; r
 * and delta of (B.5) are the best of a search; c1 is exact for power laws, the least of 257 angles
 * for other laws. 1 <= R, and B_{R+1} within the box.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (R, count);
 * GRZ_ERROR_NOT_FINITE (f, R); GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_UNSUPPORTED (Landau, eps = 0,
 * general kernel, gamma > 0, nu not in (0, 2), no c1 > 0); GRZ_ERROR_NOT_REPRESENTABLE (a term
 * overflows); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where the set-up is still to do also
 * GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_operator_coercivity(grz_operator *op, const double *f, double R,
                                           int32_t count, double *terms);

/* ------------------------------------------------------------------------ distances, geodesics */

/* d_B and d_L between two densities (section 4), and curves of least length. A curve has 2, 4, 8,
 * ... equal time steps tau from f_0 to f_1; its energy E = sum over them of <g, K^+ g>/tau, g the
 * change of f and K the Onsager operator at the middle, is minimised over the levels in between,
 * so that the distance sqrt(E) has an error O(tau^2). The action is not jointly convex in density
 * and rate: a minimum is a local one. docs/distance.md has what is proved and what is measured. */

typedef struct grz_geodesic grz_geodesic;

/* RESIDUAL, which TOLERANCE bounds, is that of phi' = -G(f, phi) at the inner levels, in the norm
 * <., K .>^{1/2}, relative to G's. */
typedef enum grz_geodesic_option {
    GRZ_GEODESIC_OPTION_REFINEMENTS = 192,   /* 2^(1 + this) steps at the end; initially 2 */
    GRZ_GEODESIC_OPTION_TOLERANCE = 193,     /* of the residual; initially 1e-4 */
    GRZ_GEODESIC_OPTION_ITERATION_CAP = 194, /* descent steps for each number of time steps */
    GRZ_GEODESIC_OPTION_GRADIENT_CAP = 195   /* conjugate gradient steps for one K phi = g */
} grz_geodesic_option;

typedef enum grz_geodesic_number {
    GRZ_GEODESIC_NUMBER_DISTANCE = 208,        /* sqrt(E); +infinity between other invariants */
    GRZ_GEODESIC_NUMBER_EXTRAPOLATED = 209,    /* to tau = 0 from the last two numbers of steps */
    GRZ_GEODESIC_NUMBER_ERROR = 210,           /* what the extrapolation changes */
    GRZ_GEODESIC_NUMBER_RESIDUAL = 211,        /* of the geodesic equation, relative */
    GRZ_GEODESIC_NUMBER_SPEED_VARIATION = 212, /* largest over least speed, less 1 */
    GRZ_GEODESIC_NUMBER_STEPS = 213,           /* time steps */
    GRZ_GEODESIC_NUMBER_ITERATIONS = 214,      /* descent steps since the start */
    GRZ_GEODESIC_NUMBER_APPLICATIONS = 215,    /* of K and G since the start: the cost */
    GRZ_GEODESIC_NUMBER_PROJECTED = 216        /* change of f1, relative to its largest value */
} grz_geodesic_number;

/* Bounds of the distance. LENGTH is from above: int |f'| dt of the curve of cubic polynomials in
 * time through the levels, by three Gauss nodes a step; it costs 3 metric derivatives a step.
 * From below, 0 where it says nothing: DUAL by Lemma 5.7, grz_operator_comparison's difference over
 * its constant (factorised kernels, gamma <= 0); WASSERSTEIN for Landau and gamma = -2, where d_L
 * >= W_2/sqrt(C_beta) of the normalised densities, and W_2 is at least that of the Gaussians with
 * their covariances. */
typedef enum grz_geodesic_bound {
    GRZ_GEODESIC_BOUND_LENGTH = 224,
    GRZ_GEODESIC_BOUND_DUAL = 225,
    GRZ_GEODESIC_BOUND_WASSERSTEIN = 226
} grz_geodesic_bound;

/* ------------------------------------------------------------- geodesics: making, options, runs */

/* How a geodesic comes to be. */

/* A geodesic of the metric of an entropic operator's equation and kernel between two densities
 * (n^3 values > 0 each, copied). Where a moment of f1 differs from f0's by more than the tolerance
 * (|sum (f1 - f0) chi| over sum (f0 + f1) |chi|; 1e-15 to 1, 0 for 1e-8) no curve connects them:
 * the distance is +infinity, and unreachable names the moment. Otherwise f1 is replaced by f1
 * exp(quadratic) of f0's moments; the number PROJECTED is the change. op is kept and used by the
 * calls at its options of the time, so the one-thread rule covers both handles together.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context);
 * GRZ_ERROR_UNSUPPORTED (op is not entropic); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f0,
 * f1); GRZ_ERROR_INVALID_ARGUMENT (moment_tolerance; f1 lives on too few nodes);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_geodesic_create(grz_context *context, grz_operator *op, const double *f0,
                                       const double *f1, double moment_tolerance,
                                       grz_geodesic **out);
GRZ_API void grz_geodesic_destroy(grz_geodesic **geodesic);

/* Options: set one, its value, its bounds and initial value.
 * Bounds: REFINEMENTS 0 to 7 (2); TOLERANCE 1e-12 to 1 (1e-4); ITERATION_CAP 1 to 10000 (60);
 * GRADIENT_CAP 1 to 100000 (1000).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
 * of bounds or not an integer); GRZ_ERROR_NOT_FINITE. One thread at a time per handle. */
GRZ_API grz_status grz_geodesic_set_option(grz_geodesic *geodesic, grz_geodesic_option option,
                                           double value);
GRZ_API grz_status grz_geodesic_option_value(const grz_geodesic *geodesic,
                                             grz_geodesic_option option, double *value);
GRZ_API grz_status grz_geodesic_option_bounds(const grz_geodesic *geodesic,
                                              grz_geodesic_option option, double *minimum,
                                              double *maximum, double *initial);

/* The operator; a grz_moment, NONE where the ends are connected. Any thread. */
GRZ_API const grz_operator *grz_geodesic_operator(const grz_geodesic *geodesic);
GRZ_API int32_t grz_geodesic_unreachable(const grz_geodesic *geodesic);

/* Begins anew, from a path of count >= 3 densities (count n^3 values > 0) at increasing times from
 * 0 to 1, whose first and last do not matter, or, with path NULL, from the straight line of two
 * steps, as a first run does by itself. The path is sampled, linearly in time, at as many steps as
 * it has densities for; what its moments are off is taken out.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (geodesic, times with a path);
 * GRZ_ERROR_INVALID_ARGUMENT (count, times); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (path,
 * or its moments are far off); GRZ_ERROR_SIZE_OVERFLOW (count); GRZ_ERROR_OUT_OF_MEMORY; of the
 * operator's set-up also GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE,
 * GRZ_ERROR_CANCELLED. One thread at a time per handle. */
GRZ_API grz_status grz_geodesic_start(grz_geodesic *geodesic, int64_t count, const double *times,
                                      const double *path);

/* Minimises: descends at the steps that the curve has, then halves them and goes on, up to
 * REFINEMENTS; limited-memory BFGS, preconditioned by the exact Hessian of fixed K. Every step
 * lowers the energy and keeps densities positive and moments. On an error or cancelled, the curve
 * is that of the last step, and another run goes on from it. Reports progress; allocates. With ends
 * that are not connected it does nothing.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_CONVERGED (residual above TOLERANCE at
 * the cap or where rounding ends the descent, after which all numbers can be asked; GRADIENT_CAP);
 * GRZ_ERROR_NOT_REPRESENTABLE; GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; where the set-up is
 * still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together),
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE. One thread
 * at a time per handle. */
GRZ_API grz_status grz_geodesic_run(grz_geodesic *geodesic);

/* --------------------------------------------------------------------------- geodesics: results */

/* What a geodesic is; only after a run, but for PROJECTED, steps and the bounds from below. */

/* A number; a bound. Of ends that are not connected +infinity for both distances and all bounds, 0
 * for the other numbers. ERROR and EXTRAPOLATED are NaN with one number of steps only.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such number or bound,
 * not run); bound: as grz_metric_derivative, GRZ_ERROR_OUT_OF_MEMORY. One thread at a time. */
GRZ_API grz_status grz_geodesic_number_value(const grz_geodesic *geodesic,
                                             grz_geodesic_number number, double *value);
GRZ_API grz_status grz_geodesic_bound_value(grz_geodesic *geodesic, grz_geodesic_bound bound,
                                            double *value);

/* Time steps m (0 before a start). The density at level 0..m, time level/m, and f' there by the
 * cubic polynomial in time; of a step 0..m-1 the density in its middle, the potential phi with K
 * phi = f' there, and the speed <phi, K phi>^{1/2}, 1 double. n^3 values each; any may be NULL. A
 * ledger takes the curve level by level, rate included.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (geodesic); GRZ_ERROR_INVALID_ARGUMENT (level, step; not
 * run); GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per handle. */
GRZ_API int32_t grz_geodesic_steps(const grz_geodesic *geodesic);
GRZ_API grz_status grz_geodesic_level(const grz_geodesic *geodesic, int32_t level, double *f,
                                      double *rate);
GRZ_API grz_status grz_geodesic_step(const grz_geodesic *geodesic, int32_t step, double *middle,
                                     double *phi, double *speed);

/* The curve as state_size doubles, for a geodesic of the same ends and grid to start from: levels
 * and potentials. restore takes size of them, which need not be its own state_size. Numbers come
 * with the next run.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; save: GRZ_ERROR_INVALID_ARGUMENT (no curve yet);
 * restore: GRZ_ERROR_FORMAT (not a saved state, size), GRZ_ERROR_MISMATCH (grid size, other ends),
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_POSITIVE, GRZ_ERROR_OUT_OF_MEMORY. One thread at a time. */
GRZ_API int64_t grz_geodesic_state_size(const grz_geodesic *geodesic);
GRZ_API grz_status grz_geodesic_save(const grz_geodesic *geodesic, double *state);
GRZ_API grz_status grz_geodesic_restore(grz_geodesic *geodesic, int64_t size, const double *state);

/* ----------------------------------------------------------------------------------------- flow */

/* Schemes, options and statistics of flows df/dt = Q(f, f). */

typedef struct grz_flow grz_flow;

/* SSP: strong stability preserving. Sources: C.-W. Shu, S. Osher, J. Comput. Phys. 77 (1988) 439
 * (SSP_RK2, SSP_RK3); R. J. Spiteri, S. J. Ruuth, SIAM J. Numer. Anal. 40 (2002) 469 (SSP_RK4); P.
 * Bogacki, L. F. Shampine, Appl. Math. Lett. 2 (1989) 321; J. R. Dormand, P. J. Prince, J. Comput.
 * Appl. Math. 6 (1980) 19. The proximal schemes, for entropic operators, keep densities positive,
 * conserve and let the entropy decrease for every dt. */
typedef enum grz_time_scheme {
    GRZ_TIME_SCHEME_SSP_RK2 = 32,            /* two stages */
    GRZ_TIME_SCHEME_SSP_RK3 = 33,            /* three stages */
    GRZ_TIME_SCHEME_SSP_RK4 = 34,            /* SSPRK(5,4), five stages */
    GRZ_TIME_SCHEME_BOGACKI_SHAMPINE = 35,   /* embedded pair 3(2), adaptive */
    GRZ_TIME_SCHEME_DORMAND_PRINCE = 36,     /* embedded pair 5(4), adaptive */
    GRZ_TIME_SCHEME_PROXIMAL = 37,           /* proximal, order 1 */
    GRZ_TIME_SCHEME_PROXIMAL_2 = 38,         /* proximal, order 2 */
    GRZ_TIME_SCHEME_MINIMISING_MOVEMENT = 39 /* H + d^2/(2 dt) minimised, order 1 */
} grz_time_scheme;

/* TOLERANCE bounds sqrt(int e^2/f / int f), e the estimated error of a step. LARGEST_GRADIENTS is
 * per Newton step. FLOOR: no node falls below this times the Maxwellian of f's moments. PARTS: a
 * step longer than ten relaxation times is cut into so many at most. */
typedef enum grz_flow_option {
    GRZ_FLOW_OPTION_TOLERANCE = 80,      /* adaptive: relative error of a step; initially 1e-6 */
    GRZ_FLOW_OPTION_LARGEST_STEP = 81,   /* adaptive: 0 (initially) for no bound */
    GRZ_FLOW_OPTION_SMALLEST_STEP = 82,  /* adaptive: no shorter step; 0: 1e-14 of what is left */
    GRZ_FLOW_OPTION_RESIDUAL = 83,       /* proximal: relative, where Newton's method ends; 1e-7 */
    GRZ_FLOW_OPTION_LARGEST_NEWTON = 84, /* proximal: cap of Newton steps; initially 60 */
    GRZ_FLOW_OPTION_LARGEST_GRADIENTS = 85, /* proximal: cap of gradient steps; initially 2000 */
    GRZ_FLOW_OPTION_FLOOR = 86,             /* explicit, entropic: floor; initially 0, off */
    GRZ_FLOW_OPTION_PARTS = 87,             /* proximal: most parts of a long step; initially 4 */
    GRZ_FLOW_OPTION_LEVELS = 88 /* minimising movement: steps of its curves, 1 to 64; initially 2 */
} grz_flow_option;

/* DISSIPATED, which the entropy's decrease is never below, and its part RELAXED, which is not the
 * equation's: see PROXIMAL at grz_flow_create. */
typedef enum grz_flow_statistic {
    GRZ_FLOW_STATISTIC_STEPS = 96,       /* accepted steps since the start */
    GRZ_FLOW_STATISTIC_REJECTED = 97,    /* rejected steps */
    GRZ_FLOW_STATISTIC_EVALUATIONS = 98, /* applications of Q or K_f: the cost */
    GRZ_FLOW_STATISTIC_NEWTON = 99,      /* Newton steps */
    GRZ_FLOW_STATISTIC_GRADIENTS = 100,  /* conjugate gradient steps */
    GRZ_FLOW_STATISTIC_LAST_ERROR = 101, /* relative error of the last step; proximal: residual */
    GRZ_FLOW_STATISTIC_NEXT_STEP = 102,  /* what an adaptive run will try next */
    GRZ_FLOW_STATISTIC_DISSIPATED = 103, /* proximal: sum of dt <phi, A phi> */
    GRZ_FLOW_STATISTIC_RAISED = 104,     /* FLOOR: what it added, relative to the mass */
    GRZ_FLOW_STATISTIC_RELAXED = 105,    /* proximal: sum of dt <phi, S phi> */
    GRZ_FLOW_STATISTIC_PARTS = 106       /* proximal: parts that the steps were cut into */
} grz_flow_statistic;

/* Called with the state at the start of a run and after every accepted step; f: n^3 values, valid
 * during the call. Nonzero stops. */
typedef int (*grz_flow_observer_fn)(double time, const double *f, void *user);

/* ------------------------------------------------------------------------ flow: making, options */

/* Making a flow, and its options. */

/* The flow df/dt = Q(f, f) of an operator (1.1), discretised in time by a scheme.
 *   SSP_RK*, BOGACKI_SHAMPINE, DORMAND_PRINCE   explicit, for both methods. A fixed step beyond
 *              the stability interval over grz_operator_largest_rate at the state that the flow was
 *              started from is refused with a spectral operator, and |f| that grows to ten times
 *              its largest value there ends a step: the last good state stays. With an entropic
 *              operator all stages must stay positive. GRZ_FLOW_OPTION_FLOOR = c > 0 keeps them so
 *              in the tails: with M the Maxwellian of f's moments, no stage falls below min(f, c
 *              M), f the state before the step. What that adds (to moments, too) is taken from all
 *              nodes in proportion to f (1 + quadratic), so that the five moments stay. A stage
 *              that would need more than 1e-6 of the mass counts as not positive.
 *   PROXIMAL   f' = exp(phi) with exp(phi) + dt A phi = f, A = P^T K_f P + S: the minimiser of
 *              the strictly convex int exp(phi) + dt/2 <phi, A phi> - <f, phi>. K_f is the Onsager
 *              operator of the entropic method at the old state. P and S are there for nodes where
 *              f falls so steeply that K_f could take more than it holds: P continues phi from the
 *              others by a quadratic polynomial, S >= 0 draws such nodes to it (docs/flow.md). P =
 *              1 and S = 0 once dt is small, and RELAXED tells how much S did. Both see nothing of
 *              the collision invariants, hence f' > 0, the five moments are f's, and H(f') <=
 *              H(f) - dt <phi, A phi> <= H(f), for every dt > 0. Order 1. A mode of rate lambda is
 *              damped by 1/(1 + lambda dt), so a step longer than ten relaxation times, dt D(f)/(2
 *              (H(f) - H(M))) with the Maxwellian M, is cut into up to PARTS equal parts
 *              (PROXIMAL_2: three quarters of that), and a step whose minimisation does not
 *              converge into four, sixteen or 64 times as many; the statistic PARTS counts them.
 *              Each keeps its inequality, their sum the whole's.
 *   PROXIMAL_2 the same with A + dt/2 A W^{-1} A for A, K at a first-order step of dt/2, W that
 *              density but for S: the same guarantees, order 2. Both by Newton's method with
 *              conjugate gradients and exact line search, from the best point between log f and the
 *              Maxwellian; exact minimisation over the collision invariants after every step keeps
 *              the moments whatever the residual.
 *   MINIMISING_MOVEMENT   f' minimises H(f') + d^2(f, f')/(2 dt), with d^2 the energy of a curve of
 *              LEVELS steps as a grz_geodesic's, over its levels and f' together: H(f') + d^2/(2
 *              dt) <= H(f) and positivity at every step, the five moments are f's. Order 1.
 *              RESIDUAL is
 *              of the last descent step's length relative to d, LARGEST_NEWTON caps these steps,
 *              DISSIPATED sums d^2/(2 dt). Each step allocates.
 * The flow keeps op and uses it at its options of the time of the call, so the one-thread rule
 * covers both handles together.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (scheme);
 * GRZ_ERROR_MISMATCH (op of another context); GRZ_ERROR_UNSUPPORTED (PROXIMAL* with a method
 * without Onsager operator); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_flow_create(grz_context *context, grz_operator *op, grz_time_scheme scheme,
                                   grz_flow **out);
GRZ_API void grz_flow_destroy(grz_flow **flow);

/* The operator that it follows and its grz_time_scheme. Any thread. */
GRZ_API const grz_operator *grz_flow_operator(const grz_flow *flow);
GRZ_API int32_t grz_flow_scheme(const grz_flow *flow);

/* Options: set one, its value, its bounds and initial value.
 * Bounds: TOLERANCE 1e-14 to 1 (1e-6); LARGEST_STEP 0 to infinity (0); SMALLEST_STEP 0 to infinity
 * (0); RESIDUAL 1e-15 to 0.01 (1e-7); LARGEST_NEWTON 1 to 1e9 (60); LARGEST_GRADIENTS 1 to 1e9
 * (2000); FLOOR 0 to 0.1 (0); PARTS 1 to 1000 (4); LEVELS 1 to 64 (2).
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
 * of bounds); GRZ_ERROR_NOT_FINITE (value). One thread at a time per handle. */
GRZ_API grz_status grz_flow_set_option(grz_flow *flow, grz_flow_option option, double value);
GRZ_API grz_status grz_flow_option_value(const grz_flow *flow, grz_flow_option option,
                                         double *value);
GRZ_API grz_status grz_flow_option_bounds(const grz_flow *flow, grz_flow_option option,
                                          double *minimum, double *maximum, double *initial);

/* -------------------------------------------------------------------------------- flow: running */

/* Starting, stepping, reading, saving. */

/* Starts a curve at this time with these n^3 values (copied), finite, and > 0 for an entropic
 * operator; statistics go back to 0.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_NOT_FINITE (time, f); GRZ_ERROR_NOT_POSITIVE
 * (f). One thread at a time per handle. */
GRZ_API grz_status grz_flow_start(grz_flow *flow, double time, const double *f);

/* The state: time (NaN before start), n^3 values copied out or viewed (valid until the next call
 * that moves the flow, NULL before start), and statistics.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (not started, no such
 * statistic). One thread at a time per handle. */
GRZ_API double grz_flow_time(const grz_flow *flow);
GRZ_API grz_status grz_flow_values(const grz_flow *flow, double *f);
GRZ_API const double *grz_flow_view(const grz_flow *flow);
GRZ_API grz_status grz_flow_statistic_value(const grz_flow *flow, grz_flow_statistic statistic,
                                            double *value);

/* One step of size dt > 0, of any scheme. On an error the state is what it was.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (not started, dt);
 * GRZ_ERROR_NOT_FINITE (dt); GRZ_ERROR_NOT_POSITIVE (an explicit stage is not positive where the
 * operator needs it: the step is too long); GRZ_ERROR_NOT_REPRESENTABLE (a stage, or dt K,
 * overflows); GRZ_ERROR_NOT_CONVERGED (proximal: a cap is reached); GRZ_ERROR_OUT_OF_MEMORY;
 * GRZ_ERROR_CANCELLED; where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options
 * that do not go together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_flow_step(grz_flow *flow, double dt);

/* Steps until time = end >= the flow's time: of size dt > 0, the last one shorter where needed; or,
 * with dt = 0 and an embedded pair, as TOLERANCE demands: steps with too large an error or a stage
 * that is not positive are rejected and tried again shorter. observer may be NULL. Progress is
 * reported per step as well as by the operator. On an error the state is that of the last accepted
 * step, and a run can go on from there.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (not started, end, dt);
 * GRZ_ERROR_NOT_FINITE (end, dt); GRZ_ERROR_NOT_POSITIVE (an explicit stage is not positive where
 * the operator needs it: the step is too long); GRZ_ERROR_NOT_REPRESENTABLE (a stage, or dt K,
 * overflows); GRZ_ERROR_NOT_CONVERGED (proximal: a cap is reached; adaptive: steps shrank below
 * SMALLEST_STEP); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; GRZ_ERROR_CALLBACK (observer);
 * GRZ_ERROR_UNSUPPORTED (dt = 0 with a scheme that is not adaptive); where the set-up is still to
 * do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go together), GRZ_ERROR_OUT_OF_MEMORY,
 * GRZ_ERROR_SIZE_OVERFLOW and, of the kernel, GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE,
 * GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE. One thread at a time per handle. */
GRZ_API grz_status grz_flow_run(grz_flow *flow, double end, double dt,
                                grz_flow_observer_fn observer, void *user);

/* The whole state as state_size doubles, to go on later, elsewhere, in a new flow of the same
 * scheme, grid, operator and options: what follows then has the same bits as without the break.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; save: GRZ_ERROR_INVALID_ARGUMENT (not started);
 * restore: GRZ_ERROR_FORMAT (not a saved state; a next step that is negative or does not move its
 * time), GRZ_ERROR_MISMATCH (scheme or grid size),
 * GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_POSITIVE. One thread at a time per handle. */
GRZ_API int64_t grz_flow_state_size(const grz_flow *flow);
GRZ_API grz_status grz_flow_save(const grz_flow *flow, double *state);
GRZ_API grz_status grz_flow_restore(grz_flow *flow, const double *state);

/* --------------------------------------------------------------------------------------- ledger */

/* The ledger of a curve, computed or handed in: what (1.3) and Definition 2.1 speak of, at every
 * snapshot. */

typedef struct grz_ledger grz_ledger;

/* DEFECT is 0 for a gradient flow and positive for other curves; ERROR counts quadrature in time
 * and rounding. */
typedef enum grz_ledger_entry {
    GRZ_LEDGER_ENTRY_TIME = 0,
    GRZ_LEDGER_ENTRY_ENTROPY = 1,     /* H */
    GRZ_LEDGER_ENTRY_DISSIPATION = 2, /* D_B or D_L */
    GRZ_LEDGER_ENTRY_SPEED = 3,       /* |f'|^2; +infinity where no rate produces f' */
    GRZ_LEDGER_ENTRY_DISSIPATED = 4,  /* int D from the first snapshot */
    GRZ_LEDGER_ENTRY_TRAVELLED = 5,   /* int |f'|^2 */
    GRZ_LEDGER_ENTRY_DEFECT = 6,      /* H(t) - H(0) + 1/2 int D + 1/2 int |f'|^2 (1.3) */
    GRZ_LEDGER_ENTRY_ERROR = 7,       /* estimated error of the defect */
    GRZ_LEDGER_ENTRY_MASS = 8,
    GRZ_LEDGER_ENTRY_MOMENTUM_X = 9,
    GRZ_LEDGER_ENTRY_MOMENTUM_Y = 10,
    GRZ_LEDGER_ENTRY_MOMENTUM_Z = 11,
    GRZ_LEDGER_ENTRY_ENERGY = 12, /* int |v|^2 f */
    GRZ_LEDGER_ENTRY_FISHER = 13, /* Fisher information */
    GRZ_LEDGER_ENTRY_MINIMUM = 14 /* least value of f */
} grz_ledger_entry;

typedef enum grz_ledger_verdict {
    GRZ_LEDGER_VERDICT_GRADIENT_FLOW = 0,    /* all of Definition 2.1 holds within tolerance */
    GRZ_LEDGER_VERDICT_INEQUALITY_FAILS = 1, /* the defect is positive */
    GRZ_LEDGER_VERDICT_MASS_CHANGES = 2,
    GRZ_LEDGER_VERDICT_ENERGY_GROWS = 3,
    GRZ_LEDGER_VERDICT_UNREACHABLE = 4 /* |f'| is infinite: not absolutely continuous */
} grz_ledger_verdict;

/* A ledger for curves of densities f > 0 on the grid of an entropic operator, which measures D and
 * |f'|^2 whatever made the curve. op is kept and used by the calls at its options of the time, so
 * the one-thread rule covers both handles together. |f'|^2 is computed to 1e-8. Holds the last five
 * snapshots.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context);
 * GRZ_ERROR_UNSUPPORTED (op is not entropic); GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_ledger_create(grz_context *context, grz_operator *op, grz_ledger **out);
GRZ_API void grz_ledger_destroy(grz_ledger **ledger);

/* The operator that measures. Any thread. */
GRZ_API const grz_operator *grz_ledger_operator(const grz_ledger *ledger);

/* Adds the snapshot f (n^3 values, copied) at a time after the last one. rate: f' there (n^3
 * values), or NULL: differences of order four of five neighbouring snapshots, whose times may be
 * unequal. observe is a grz_flow_observer_fn that records without rate, user being the ledger; it
 * returns the status, GRZ_ERROR_MISMATCH where the flow that calls it is on another grid. A failure
 * of the metric derivative of an earlier snapshot leaves this one recorded; any other, the ledger
 * as it was.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (time not after the last
 * one, ledger ended; f lives on too few nodes); GRZ_ERROR_NOT_FINITE (time, f, rate);
 * GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_CONVERGED (the metric derivative);
 * GRZ_ERROR_NOT_REPRESENTABLE (an entry overflows); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED;
 * where the set-up is still to do also GRZ_ERROR_INVALID_ARGUMENT (options that do not go
 * together), GRZ_ERROR_OUT_OF_MEMORY, GRZ_ERROR_SIZE_OVERFLOW and, of the kernel,
 * GRZ_ERROR_CALLBACK, GRZ_ERROR_NOT_FINITE, GRZ_ERROR_NOT_CONVERGED, GRZ_ERROR_NOT_REPRESENTABLE.
 * One thread at a time per handle. */
GRZ_API grz_status grz_ledger_record(grz_ledger *ledger, double time, const double *f,
                                     const double *rate);
GRZ_API int grz_ledger_observe(double time, const double *f, void *ledger);

/* Closes the ledger: the last derivatives, and the integrals in time by piecewise polynomials of
 * degree five.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (fewer than two snapshots,
 * ledger ended; f lives on too few nodes); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f);
 * GRZ_ERROR_NOT_CONVERGED (the metric derivative); GRZ_ERROR_NOT_REPRESENTABLE (an entry
 * overflows); GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED. One thread at a time per handle. */
GRZ_API grz_status grz_ledger_end(grz_ledger *ledger);

/* Number of snapshots; an entry at each, count doubles, of a ledger that has ended.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (ledger, column); GRZ_ERROR_INVALID_ARGUMENT (no such
 * entry, not ended). One thread at a time per handle. */
GRZ_API int64_t grz_ledger_count(const grz_ledger *ledger);
GRZ_API grz_status grz_ledger_column(const grz_ledger *ledger, grz_ledger_entry entry,
                                     double *column);

/* Whether the curve is an H-gradient flow (Definition 2.1): defect <= tolerance times all that was
 * dissipated, plus its estimated error; mass kept and energy not growing within tolerance,
 * relative. *where (may be NULL): the first snapshot at which it is not, or -1.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (ledger, verdict); GRZ_ERROR_INVALID_ARGUMENT (tolerance
 * < 0, not ended); GRZ_ERROR_NOT_FINITE (tolerance). One thread at a time per handle. */
GRZ_API grz_status grz_ledger_judge(const grz_ledger *ledger, double tolerance,
                                    grz_ledger_verdict *verdict, int64_t *where);

/* --------------------------------------------------------------- limit of solutions: quantities */

/* The limit of solutions (Theorem 2.7, Corollary 2.10): curves f^eps with eps decreasing to 0
 * against the limit's curve f, all at the same times. Curve 0 is the limit (eps = 0); of the others
 * nothing but what is listed here is kept. */

typedef struct grz_limit grz_limit;

/* One number for each curve; the limit's distances and margins are 0. HOELDER is relative to the
 * test function's seminorm, and HOELDER_BOUND what Lemma 5.7 allows, C sqrt(int |f'|^2), with D for
 * |f'|^2 where that is not measured. WEAK and HOELDER are the largest of all test functions. The
 * liminf of MARGIN_ENTROPY is >= 0 by the proof of Theorem 2.7. */
typedef enum grz_limit_quantity {
    GRZ_LIMIT_QUANTITY_EPS = 128,
    GRZ_LIMIT_QUANTITY_ENTROPY = 129,            /* sup_t |H^eps - H| */
    GRZ_LIMIT_QUANTITY_DISSIPATION = 130,        /* int |D^eps - D| dt */
    GRZ_LIMIT_QUANTITY_SQUARE_ROOT = 131,        /* int |D^R - D| dt, D^R of (6.1.3) for f^eps */
    GRZ_LIMIT_QUANTITY_SPEED = 132,              /* int ||f'|^2_eps - |f'|^2| dt */
    GRZ_LIMIT_QUANTITY_L1 = 133,                 /* sup_t int |f^eps - f| */
    GRZ_LIMIT_QUANTITY_WEAK = 134,               /* sup_t of the largest |int (f^eps - f) phi| */
    GRZ_LIMIT_QUANTITY_HOELDER = 135,            /* largest |int (f(t) - f(s)) phi|/sqrt(t - s) */
    GRZ_LIMIT_QUANTITY_HOELDER_BOUND = 136,      /* its bound */
    GRZ_LIMIT_QUANTITY_MARGIN_ENTROPY = 137,     /* inf_t of H^eps - H (Theorem 2.7) */
    GRZ_LIMIT_QUANTITY_MARGIN_DISSIPATION = 138, /* inf_t of D^eps - D (Proposition 6.1) */
    GRZ_LIMIT_QUANTITY_MARGIN_SQUARE_ROOT = 139, /* inf_t of D^R - D (section 6.1.3) */
    GRZ_LIMIT_QUANTITY_MARGIN_SPEED = 140,       /* inf_t of |f'|^2_eps - |f'|^2 (Prop. 7.1) */
    GRZ_LIMIT_QUANTITY_DEFECT = 141,             /* sup_t of |defect| (1.3) */
    GRZ_LIMIT_QUANTITY_SECOND_MOMENT = 142,      /* sup_t int (1 + |v|^2) f, bounded by (2.5) */
    GRZ_LIMIT_QUANTITY_START = 143               /* |H^eps - H| at the first time (A1) */
} grz_limit_quantity;

/* One number for each time of a curve. */
typedef enum grz_limit_series {
    GRZ_LIMIT_SERIES_ENTROPY = 160,
    GRZ_LIMIT_SERIES_DISSIPATION = 161,
    GRZ_LIMIT_SERIES_SQUARE_ROOT = 162,
    GRZ_LIMIT_SERIES_SPEED = 163,
    GRZ_LIMIT_SERIES_L1 = 164,
    GRZ_LIMIT_SERIES_WEAK = 165,
    GRZ_LIMIT_SERIES_DEFECT = 166,
    GRZ_LIMIT_SERIES_SECOND_MOMENT = 167
} grz_limit_series;

/* In what a distance falls. */
typedef enum grz_limit_scale {
    GRZ_LIMIT_SCALE_POWER = 0,    /* eps: order 2 is expected of (A2) */
    GRZ_LIMIT_SCALE_LOGARITHM = 1 /* 1/log(1/eps), eps < 1: order 1 is expected of Remark 2.6 */
} grz_limit_scale;

/* --------------------------------------------------------- limit of solutions: study and curves */

/* A study collects curves, computed by it or handed in. */

/* A study on a grid at these times (count of them, 2 to 1e6, increasing, copied). Holds count n^3
 * doubles for the limit's curve and n^3 for each test function.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT (any argument); GRZ_ERROR_INVALID_ARGUMENT (count, times
 * not increasing); GRZ_ERROR_NOT_FINITE (times); GRZ_ERROR_MISMATCH (grid of another context);
 * GRZ_ERROR_OUT_OF_MEMORY. Any thread. */
GRZ_API grz_status grz_limit_create(grz_context *context, const grz_grid *grid, int64_t count,
                                    const double *times, grz_limit **out);
GRZ_API void grz_limit_destroy(grz_limit **limit);

/* The grid of its curves. Any thread. */
GRZ_API const grz_grid *grz_limit_grid(const grz_limit *limit);

/* Test functions for WEAK and HOELDER, at most 256, before the first curve. add_test: phi at the
 * nodes by a callback, evaluated here and not kept; lipschitz = sup |grad phi| and curvature = sup
 * |D^2 phi| (the norm as a matrix) > 0 are the seminorms of Theorem 2.7 for gamma >= -2 and gamma <
 * -2; with infinity phi is left out of HOELDER of that class. add_smooth_tests: nine of w = (v -
 * the grid's centre)/scale, scale > 0: cos w_a, sin w_a (a = x, y, z), cos(w_x + w_y + w_z),
 * sin(w_x - w_y), exp(-|w|^2/2). test_count: how many there are.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (seminorms, scale, a curve
 * has begun, no room); GRZ_ERROR_NOT_FINITE (a value of phi, scale); GRZ_ERROR_CALLBACK;
 * GRZ_ERROR_OUT_OF_MEMORY. One thread at a time per handle. */
GRZ_API grz_status grz_limit_add_test(grz_limit *limit, grz_velocity_fn phi, void *user,
                                      double lipschitz, double curvature);
GRZ_API grz_status grz_limit_add_smooth_tests(grz_limit *limit, double scale);
GRZ_API int32_t grz_limit_test_count(const grz_limit *limit);

/* A curve of any origin: begin, record at every time in turn, end. The first has eps = 0, and every
 * other an eps > 0 below the one before; data may depend on eps (A1). begin drops a curve that has
 * not ended. op measures it, whatever made it: an entropic one D, D^R, |f'|^2 and the defect by a
 * grz_ledger; a spectral one D = -int Q log f alone; NULL nothing but H, moments and distances.
 * What is not measured is NaN. op is kept until end and used at its options of the time. record:
 * time is the next one, to 1e-9 of the whole interval; f: n^3 values, > 0 for an entropic op, else
 * finite, and logarithms are taken where f > 0; rate: f' (n^3 values), or NULL: by differences as
 * in grz_ledger_record. observe: a grz_flow_observer_fn, user being the study, that records without
 * rate at the study's times and passes over others; it returns the status, GRZ_ERROR_MISMATCH where
 * the flow that calls it is on another grid. After an error other than of an argument the curve is
 * dropped, those before it stay.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context or grid);
 * GRZ_ERROR_INVALID_ARGUMENT (eps, time, no curve begun, end before the last time, observe: a time
 * was skipped; op's options do not go together); GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f);
 * GRZ_ERROR_NOT_CONVERGED; GRZ_ERROR_NOT_REPRESENTABLE; GRZ_ERROR_OUT_OF_MEMORY;
 * GRZ_ERROR_CANCELLED; of op's set-up also GRZ_ERROR_SIZE_OVERFLOW and GRZ_ERROR_CALLBACK. One
 * thread at a time per handle. */
GRZ_API grz_status grz_limit_begin(grz_limit *limit, double eps, grz_operator *op);
GRZ_API grz_status grz_limit_record(grz_limit *limit, double time, const double *f,
                                    const double *rate);
GRZ_API int grz_limit_observe(double time, const double *f, void *limit);
GRZ_API grz_status grz_limit_end(grz_limit *limit);

/* Options of the flows that run_flow and run make (grz_flow_set_option has them, with their bounds
 * and initial values): FLOOR where tails lie in their rounding, TOLERANCE of adaptive steps. They
 * hold for curves begun after the call.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such option, value out
 * of bounds); GRZ_ERROR_NOT_FINITE (value). One thread at a time per handle. Since 0.2. */
GRZ_API grz_status grz_limit_set_flow_option(grz_limit *limit, grz_flow_option option,
                                             double value);
GRZ_API grz_status grz_limit_flow_option_value(const grz_limit *limit, grz_flow_option option,
                                               double *value);

/* Curves that the study computes. run_flow: the flow of op from f (n^3 values) at the first time,
 * by steps dt of a scheme between the times (0: adaptive), measured by op. run: a whole family from
 * the same f: the limit's, if there is none yet, then those of count values of eps, decreasing, by
 * operators of op's grid, method, options (where both equations have them) and kernel scaled to
 * eps; op's own equation and eps do not matter, and it is not set up. eps as
 * grz_kernel_create_scaled allows. Reports progress; cancelled, the curves finished before stay.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_MISMATCH (op of another context or grid);
 * GRZ_ERROR_INVALID_ARGUMENT (count < 1, eps, scheme, dt, op's options do not go together);
 * GRZ_ERROR_NOT_FINITE; GRZ_ERROR_NOT_POSITIVE (f); GRZ_ERROR_NOT_CONVERGED;
 * GRZ_ERROR_NOT_REPRESENTABLE; GRZ_ERROR_OUT_OF_MEMORY; GRZ_ERROR_CANCELLED; of op's set-up also
 * GRZ_ERROR_SIZE_OVERFLOW and GRZ_ERROR_CALLBACK; GRZ_ERROR_UNSUPPORTED (a scheme that op's method
 * or dt = 0 does not allow). One thread at a time per handle. */
GRZ_API grz_status grz_limit_run_flow(grz_limit *limit, double eps, grz_operator *op,
                                      grz_time_scheme scheme, double dt, const double *f);
GRZ_API grz_status grz_limit_run(grz_limit *limit, grz_operator *op, grz_time_scheme scheme,
                                 double dt, int64_t count, const double *eps, const double *f);

/* ------------------------------------------------------------------ limit of solutions: results */

/* What a study has measured. */

/* How many curves have ended, the limit's included. column: a quantity of each, count doubles.
 * orders: measured between each curve and the one before, log of the quantity's ratio over log of
 * the scale's; NaN for the first two, and where the quantity is 0 or changes sign. curve_column: a
 * series, one number at every time of a curve 0 <= curve < count; means: int f phi of a test
 * function likewise; number of times doubles.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (no such quantity, scale,
 * curve, series, test; LOGARITHM with eps >= 1). One thread at a time per handle. */
GRZ_API int64_t grz_limit_count(const grz_limit *limit);
GRZ_API grz_status grz_limit_column(const grz_limit *limit, grz_limit_quantity quantity,
                                    double *column);
GRZ_API grz_status grz_limit_orders(const grz_limit *limit, grz_limit_quantity quantity,
                                    grz_limit_scale scale, double *orders);
GRZ_API grz_status grz_limit_curve_column(const grz_limit *limit, int64_t curve,
                                          grz_limit_series series, double *column);
GRZ_API grz_status grz_limit_means(const grz_limit *limit, int64_t curve, int32_t test,
                                   double *column);

/* The liminf inequalities: for H, D, D^R or |f'|^2 (SERIES_ENTROPY to SERIES_SPEED), *margin =
 * inf_t of the value extrapolated to eps = 0 minus the limit's, >= -*error if the inequality holds.
 * Extrapolated from the last two curves, as if the differences were the scale's expected order;
 * *error: the largest change from the extrapolation of the two before, or, with two curves, from
 * the last: of the operators' own quadrature it knows nothing. NaN: not measured.
 * Returns: GRZ_OK; GRZ_ERROR_NULL_ARGUMENT; GRZ_ERROR_INVALID_ARGUMENT (other series, scale, fewer
 * than two eps > 0, LOGARITHM with eps >= 1). One thread at a time per handle. */
GRZ_API grz_status grz_limit_liminf(const grz_limit *limit, grz_limit_series series,
                                    grz_limit_scale scale, double *margin, double *error);

#ifdef __cplusplus
}
#endif

#endif

/* State of a spectral operator: scheme, modes, transforms, the parts of the operator, workspaces. */
#ifndef GRZI_SPECTRAL_H
#define GRZI_SPECTRAL_H

#include "operator/operator.h"
#include "operator/spectral/products.h"
#include "operator/spectral/projection.h"
#include "operator/spectral/spheres.h"

enum { GRZI_SPECTRAL_LEVELS = 5 };

/* Everything one application writes to, but its output. */
typedef struct grzi_spectral_workspace {
    int threads;
    double *f, *g, *Q; /* mode arrays */
    double *grid;      /* transforms of the user's grid */
    grzi_products_work products;
    double complex *ball, *spheres; /* sphere rule: f, g and the chunks' sums, ball arrays; its buffers */
    double *values, *plus, *minus;  /* fields of the user's grid */
    double *axes;                   /* projection */
    int64_t bytes;
    int silent; /* reports no progress */
} grzi_spectral_workspace;

typedef struct grzi_spectral {
    grz_spectral_scheme scheme;
    int padded, cube, conserve, equilibrium;
    int period, transform;       /* nodes per axis of the period, with the grid's spacing, and of its transforms */
    double R, half_width, reach; /* the option's value; of the period, the unit of velocity; R in it */
    int strength;                /* of the kernel (radial.h) */
    int radial_nodes, degree;
    grzi_fit_shape shape;
    grzi_modes modes;
    grzi_columns columns, grid_columns; /* of the transforms and of the period's nodes, the latter only where these differ */
    grzi_fft transforms;                /* sphere rule */
    grzi_separable separable;
    grzi_tensor tensor;   /* inputs == 0: none */
    grzi_spheres spheres; /* nodes == 0: none */
    grzi_spectral_workspace single;
    grzi_pace pace[2];              /* quadratic, bilinear */
    grzi_spectral_workspace *batch; /* one workspace of one thread for each thread of a batch */
    int batch_size;
    int bilinear; /* workspaces have room for the bilinear form */
    double projection_size;
} grzi_spectral;

/* Options as the level, the grid and the setters say. */
void grzi_spectral_configure(const grz_operator *op, grzi_spectral *state);
extern const grzi_option_table grzi_spectral_options;
void grzi_spectral_adapt(const grz_operator *op, grzi_option *option);
double grzi_spectral_option_in_force(const grz_operator *op, grz_operator_option option);

grz_status grzi_workspace_create(const grz_context *context, const grzi_spectral *state, int threads, int bilinear,
                                 grzi_spectral_workspace *workspace);
void grzi_workspace_destroy(const grz_context *context, grzi_spectral_workspace *workspace);

/* (Q(f, g) + Q(g, f))/2, projected; or Q(f, g), of f scattered by g, which owes nothing but mass, for schemes without other parts than the
 * separable one. */
typedef enum grzi_spectral_form { GRZI_SPECTRAL_SYMMETRIC, GRZI_SPECTRAL_DIRECTED } grzi_spectral_form;

/* The form of f and g, all steps, left in the workspace's values and copied to Q unless that is NULL; with at most the workspace's threads in the crew. g == f:
 * quadratic. *size: of the projection. */
grz_status grzi_spectral_evaluate(const grz_operator *op, const grzi_spectral *state, grzi_spectral_workspace *workspace, grzi_crew *crew,
                                  grzi_spectral_form form, const double *f, const double *g, double *Q, double *size);

#endif

/* Conjugate gradients with a diagonal preconditioner, deflated by directions of known image. Source: Y. Saad, M. Yeung, J. Erhel, F.
 * Guyomarc'h, SIAM J. Sci. Comput. 21 (2000) 1909. */
#include "distribution/grid.h"
#include "flow/newton.h"

#include <math.h>
#include <string.h>

double grzi_dot(int64_t count, const double *x, const double *y)
{
    double sum[4] = {0};
    int64_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (int k = 0; k < 4; k++) sum[k] += x[i + k] * y[i + k];
    for (; i < count; i++) sum[0] += x[i] * y[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static const double independent = 1e-8; /* of the square of a direction's length */

/* Rounding of K_f phi is relative to its largest values, while f spans many orders of magnitude: what lies below it is noise, and would
 * make directions of any size where the diagonal is tiny. */
double grzi_preconditioner_floor(int64_t count, const double *shift, double scale, const double *diagonal)
{
    double largest = 0;
    for (int64_t i = 0; i < count; i++) largest = fmax(largest, shift[i] + scale * diagonal[i]);
    return largest > 0 ? 1e-14 * largest : 1;
}

int64_t grzi_directions_doubles(int64_t count)
{
    return GRZI_MOST_DIRECTIONS * (2 * count + GRZI_MOST_DIRECTIONS);
}

void grzi_directions_start(const grz_grid *grid, double *memory, grzi_directions *d)
{
    int64_t count = grzi_grid_count(grid);
    *d = (grzi_directions){.count = count, .size = GRZI_INVARIANTS, .vectors = memory};
    d->images = memory + GRZI_MOST_DIRECTIONS * count;
    d->factor = d->images + GRZI_MOST_DIRECTIONS * count;
    for (int64_t i = 0; i < count; i++) {
        double psi[GRZI_INVARIANTS];
        grzi_invariants_at(grid, i, psi);
        for (int m = 0; m < GRZI_INVARIANTS; m++) d->vectors[m * count + i] = psi[m];
    }
    memset(d->images, 0, sizeof(double) * GRZI_INVARIANTS * (size_t)count);
}

static void add_direction(grzi_directions *d, const double *x, const double *Gx)
{
    if (d->size == GRZI_MOST_DIRECTIONS) return;
    memcpy(d->vectors + d->size * d->count, x, sizeof *x * (size_t)d->count);
    memcpy(d->images + d->size * d->count, Gx, sizeof *x * (size_t)d->count);
    d->size++;
}

/* v.(diag(shift) + scale G) v of the directions, work: n^3. A direction that depends on those before it gives its place to the last. */
static void factorise(const grzi_gradients *problem, double *work)
{
    grzi_directions *d = problem->directions;
    for (int j = 0; j < d->size; j++) {
        double *row = d->factor + j * GRZI_MOST_DIRECTIONS, size = 0;
        const double *v = d->vectors + j * d->count, *image = d->images + j * d->count;
        for (int64_t i = 0; i < d->count; i++) work[i] = problem->shift[i] * v[i] + problem->scale * image[i];
        for (int k = 0; k <= j; k++) {
            const double *other = d->factor + k * GRZI_MOST_DIRECTIONS;
            row[k] = size = grzi_dot(d->count, d->vectors + k * d->count, work);
            for (int l = 0; l < k; l++) row[k] -= row[l] * other[l];
            if (k < j) row[k] /= other[k];
        }
        if (row[j] > independent * size) {
            row[j] = sqrt(row[j]);
            continue;
        }
        d->size--;
        memmove(d->vectors + j * d->count, d->vectors + d->size * d->count, sizeof *v * (size_t)d->count);
        memmove(d->images + j * d->count, d->images + d->size * d->count, sizeof *v * (size_t)d->count);
        j--;
    }
}

/* x += sign V y and Gx += sign G V y, where V^T (diag(shift) + scale G) V y = b. */
static void solve_and_add(const grzi_directions *d, int size, double sign, double *b, double *x, double *Gx)
{
    for (int i = 0; i < size; i++) {
        const double *row = d->factor + i * GRZI_MOST_DIRECTIONS;
        for (int k = 0; k < i; k++) b[i] -= row[k] * b[k];
        b[i] /= row[i];
    }
    for (int i = size - 1; i >= 0; i--) {
        for (int k = i + 1; k < size; k++) b[i] -= d->factor[k * GRZI_MOST_DIRECTIONS + i] * b[k];
        b[i] /= d->factor[i * GRZI_MOST_DIRECTIONS + i];
    }
    for (int m = 0; m < size; m++) {
        const double *v = d->vectors + m * d->count, *image = d->images + m * d->count;
        for (int64_t i = 0; i < d->count; i++) x[i] += sign * b[m] * v[i];
        if (Gx && m >= GRZI_INVARIANTS)
            for (int64_t i = 0; i < d->count; i++) Gx[i] += sign * b[m] * image[i];
    }
}

grz_status grzi_conjugate_gradients(grzi_gradients *problem, const double *b, double *x, double *Gx, double *work)
{
    int64_t count = problem->count;
    const double *shift = problem->shift;
    grzi_directions *d = problem->directions;
    double *r = work, *z = work + count, *p = work + 2 * count, *Gp = work + 3 * count, rho = 0, known[GRZI_MOST_DIRECTIONS];
    double floor = grzi_preconditioner_floor(count, shift, problem->scale, problem->diagonal);
    factorise(problem, p);
    const int size = d->size;
    memset(x, 0, sizeof *x * (size_t)count);
    memset(Gx, 0, sizeof *Gx * (size_t)count);
    for (int m = 0; m < size; m++) known[m] = grzi_dot(count, d->vectors + m * count, b);
    solve_and_add(d, size, 1, known, x, Gx);
    for (int64_t i = 0; i < count; i++) r[i] = b[i] - (shift[i] * x[i] + problem->scale * Gx[i]);
    for (problem->steps = 0;; problem->steps++) {
        for (int64_t i = 0; i < count; i++) z[i] = r[i] / (shift[i] + problem->scale * problem->diagonal[i] + floor);
        double before = rho;
        rho = grzi_dot(count, r, z);
        if (!(sqrt(rho) > problem->tolerance) || problem->steps >= problem->cap) return GRZ_OK;
        double beta = problem->steps > 0 ? rho / before : 0;
        for (int64_t i = 0; i < count; i++) p[i] = z[i] + (beta > 0 ? beta * p[i] : 0);
        for (int64_t i = 0; i < count; i++) Gp[i] = shift[i] * z[i];
        for (int m = 0; m < size; m++)
            known[m] = grzi_dot(count, d->vectors + m * count, Gp) + problem->scale * grzi_dot(count, d->images + m * count, z);
        solve_and_add(d, size, -1, known, p, NULL);
        GRZI_TRY(problem->apply(problem->user, p, Gp));
        double curvature = problem->scale * grzi_dot(count, p, Gp);
        for (int64_t i = 0; i < count; i++) curvature += shift[i] * p[i] * p[i];
        if (!(curvature > 0)) return GRZ_OK; /* the rest of r lies in the null space, to rounding */
        add_direction(d, p, Gp);
        double alpha = rho / curvature;
        for (int64_t i = 0; i < count; i++) {
            x[i] += alpha * p[i];
            Gx[i] += alpha * Gp[i];
            r[i] -= alpha * (shift[i] * p[i] + problem->scale * Gp[i]);
        }
    }
}

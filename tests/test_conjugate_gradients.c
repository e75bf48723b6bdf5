/* Conjugate gradients, plain and deflated, against elimination; inner products against long double; the invariants' 5 x 5 systems. */
#include "distribution/invariants.h"
#include "solve/conjugate_gradients.h"
#include "solve/deflated_gradients.h"
#include "solve/solve.h"
#include "support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 40 };

static grz_context *context;
static double A[N][N]; /* symmetric, positive definite: a diffusion with entries from 1 to 1e3 */
static int applications;

static void open_matrix(void)
{
    OK(grz_context_create(&context));
    memset(A, 0, sizeof A);
    applications = 0;
    for (int i = 0; i + 1 < N; i++) {
        double flux = pow(10, 3 * sin(0.7 * i) * sin(0.7 * i));
        A[i][i] += flux;
        A[i + 1][i + 1] += flux;
        A[i][i + 1] = A[i + 1][i] = -flux;
    }
}

static void close_matrix(void)
{
    grz_context_destroy(&context);
}

static double shift_at(int i)
{
    return 0.01 + 0.02 * (i % 3);
}

static grz_status apply_singular(void *user, const double *x, double *Ax)
{
    (void)user;
    applications++;
    for (int i = 0; i < N; i++) {
        Ax[i] = 0;
        for (int j = 0; j < N; j++) Ax[i] += A[i][j] * x[j];
    }
    return GRZ_OK;
}

static grz_status apply_shifted(void *user, const double *x, double *Ax)
{
    grz_status status = apply_singular(user, x, Ax);
    for (int i = 0; i < N; i++) Ax[i] += shift_at(i) * x[i];
    return status;
}

static void by_diagonal(void *user, const double *r, double *z)
{
    (void)user;
    for (int i = 0; i < N; i++) z[i] = r[i] / (A[i][i] + shift_at(i));
}

static grz_status go_on(void *user, double error)
{
    (void)user;
    ck_assert(error >= 0);
    return GRZ_OK;
}

static void solve_directly(const double *b, double *x)
{
    double matrix[N * N];
    for (int i = 0; i < N * N; i++) matrix[i] = A[i / N][i % N] + (i / N == i % N ? shift_at(i / N) : 0);
    memcpy(x, b, sizeof *x * N);
    ck_assert_int_eq(grzi_eliminate(N, 1, matrix, x), 0);
}

START_TEST(the_error_is_as_estimated)
{
    double b[N], exact[N], truth = 0;
    for (int i = 0; i < N; i++) b[i] = sin(1.0 + i * i);
    solve_directly(b, exact);
    for (int i = 0; i < N; i++) truth += b[i] * exact[i];
    const grzi_symmetric_system system = {N, apply_shifted, by_diagonal, go_on, NULL, 0};
    for (double tolerance = 1e-2; tolerance > 1e-12; tolerance *= 1e-3) {
        double r[N], x[N], work[3 * N], value = 0;
        grzi_solution solution;
        memcpy(r, b, sizeof r);
        OK(grzi_solve_symmetric(&system, tolerance, 1000, r, x, work, &solution));
        ck_assert_int_eq(solution.converged, 1);
        for (int i = 0; i < N; i++) value += b[i] * x[i];
        /* below the truth, and by no more than a few times what was asked for: the estimate is that of some iterations ago */
        HOLDS(value <= truth * (1 + 1e-12) && truth - value <= 3 * tolerance * truth, "tolerance %g: error %g", tolerance,
              (truth - value) / truth);
    }
}
END_TEST

START_TEST(a_cap_and_a_flat_direction_end_it)
{
    const grzi_symmetric_system system = {N, apply_singular, by_diagonal, go_on, NULL, 0};
    double r[N], x[N], work[3 * N];
    grzi_solution solution;
    for (int i = 0; i < N; i++) r[i] = i == 3 ? 1 : i == 20 ? -1 : 0;
    OK(grzi_solve_symmetric(&system, 1e-14, 7, r, x, work, &solution));
    ck_assert_int_eq(solution.iterations, 7);
    ck_assert_int_eq(solution.converged, 0);
    for (int i = 0; i < N; i++) r[i] = A[i][i] + shift_at(i); /* z = 1, the null vector */
    OK(grzi_solve_symmetric(&system, 1e-14, 100, r, x, work, &solution));
    ck_assert_int_eq(solution.converged, 0);
    memset(r, 0, sizeof r);
    OK(grzi_solve_symmetric(&system, 1e-14, 100, r, x, work, &solution));
    ck_assert_int_eq(solution.iterations, 0);
    ck_assert_int_eq(solution.converged, 1);
}
END_TEST

/* (diag(shift) + G) x = b with the null vector of G known: the solution by elimination, G x beside it, and steps as counted. */
START_TEST(the_null_space_is_deflated)
{
    double b[N], exact[N], shift[N], diagonal[N], basis[N], x[N], Gx[N], image[N], work[4 * N];
    for (int i = 0; i < N; i++) {
        b[i] = 1 + cos(0.3 * i);
        shift[i] = shift_at(i);
        diagonal[i] = A[i][i];
        basis[i] = 1;
    }
    solve_directly(b, exact);
    grzi_gradients problem = {.apply = apply_singular,
                              .shift = shift,
                              .diagonal = diagonal,
                              .null = basis,
                              .nulls = 1,
                              .scale = 1,
                              .tolerance = 1e-10,
                              .count = N,
                              .cap = 200};
    applications = 0;
    OK(grzi_conjugate_gradients(&problem, b, x, Gx, work));
    ck_assert_int_eq(problem.steps, applications);
    HOLDS(applications > 0 && applications <= 2 * N, "%d applications", applications);
    apply_singular(NULL, x, image);
    for (int i = 0; i < N; i++) {
        NEAR(x[i], exact[i], 1e-8 * fabs(exact[i]));
        NEAR(Gx[i], image[i], 1e-6);
    }
}
END_TEST

START_TEST(inner_products_are_sums)
{
    double a[1000], b[1000];
    for (int i = 0; i < 1000; i++) {
        a[i] = sin(3.0 * i);
        b[i] = cos(0.1 * i * i);
    }
    for (int64_t count = 0; count <= 1000; count = 2 * count + 1) {
        long double sum = 0, size = 0;
        for (int64_t i = 0; i < count; i++) {
            sum += (long double)a[i] * b[i];
            size += fabsl((long double)a[i] * b[i]);
        }
        const double found[] = {grzi_dot(count, a, b), grzi_dot_by_blocks(7, count, a, b), grzi_dot_by_blocks(4096, count, a, b)};
        for (int k = 0; k < 3; k++) NEAR(found[k], (double)sum, 1e-14 * (double)size);
    }
}
END_TEST

/* Both kinds of invariants are 1, v and |v|^2 of a node, and their systems are solved. */
START_TEST(invariants_are_those_of_the_nodes)
{
    grz_grid *grid;
    const double centre[3] = {0.3, -0.2, 0.1}, u[3] = {0.5, 0.1, -0.4};
    OK(grz_grid_create(context, 9, 3, centre, &grid));
    double M[GRZI_INVARIANTS][GRZI_INVARIANTS] = {{0}}, right[GRZI_INVARIANTS] = {0}, *axis = calloc(27, sizeof *axis);
    for (int a = 0; a < 3; a++) OK(grz_grid_axis_nodes(grid, a, axis + 9 * a));
    for (int64_t node = 0; node < 729; node++) {
        double psi[GRZI_INVARIANTS], chi[GRZI_INVARIANTS], square = 0, about = 0;
        grzi_invariants_at(grid, node, psi);
        grzi_invariants_about(grid, u, 0.7, node, chi);
        const int index[3] = {(int)(node / 81), (int)(node / 9 % 9), (int)(node % 9)};
        for (int a = 0; a < 3; a++) {
            double v = axis[9 * a + index[a]], x = (v - centre[a]) / 3, y = (v - u[a]) / 0.7;
            NEAR(psi[1 + a], x, 1e-14);
            NEAR(chi[1 + a], y, 1e-14 * 10);
            square += x * x;
            about += y * y;
        }
        ck_assert(psi[0] == 1 && chi[0] == 1);
        NEAR(psi[4], square - 1, 1e-14 * 3);
        NEAR(chi[4], about, 1e-13 * about);
        for (int m = 0; m < GRZI_INVARIANTS; m++)
            for (int k = 0; k < GRZI_INVARIANTS; k++) M[m][k] += psi[m] * psi[k] * exp(-square);
    }
    const double wanted[GRZI_INVARIANTS] = {1, -2, 0.5, 3, -0.25};
    for (int m = 0; m < GRZI_INVARIANTS; m++)
        for (int k = 0; k < GRZI_INVARIANTS; k++) right[m] += M[m][k] * wanted[k];
    ck_assert_int_eq(grzi_invariants_factorise(M), 1);
    grzi_invariants_solve(M, right);
    for (int m = 0; m < GRZI_INVARIANTS; m++) NEAR(right[m], wanted[m], 1e-12);
    memset(M, 0, sizeof M);
    ck_assert_int_eq(grzi_invariants_factorise(M), 0);
    free(axis);
    grz_grid_destroy(&grid);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("conjugate gradients");
    TCase *tests = tcase_create("solve");
    tcase_add_checked_fixture(tests, open_matrix, close_matrix);
    tcase_add_test(tests, the_error_is_as_estimated);
    tcase_add_test(tests, a_cap_and_a_flat_direction_end_it);
    tcase_add_test(tests, the_null_space_is_deflated);
    tcase_add_test(tests, inner_products_are_sums);
    tcase_add_test(tests, invariants_are_those_of_the_nodes);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* The conservation projection against its definition, and the Maxwellian of a density's moments against slow sums. */
#include "operator/spectral/projection.h"
#include "support/norms.h"
#include "support/slow_moments.h"

typedef struct room {
    grz_grid *grid;
    int n;
    int64_t count;
    double L, *work, *values, *nodes;
} room;

static double *array(int64_t count)
{
    double *a = malloc((size_t)count * sizeof *a);
    ck_assert_ptr_nonnull(a);
    return a;
}

static void open_room(room *r, int n, double L)
{
    r->n = n, r->L = L, r->count = (int64_t)n * n * n;
    OK(grz_grid_create(context, n, L, centre, &r->grid));
    r->work = array(grzi_projection_work(n)), r->values = array(r->count), r->nodes = array(3 * r->count);
    double *axis = array(n);
    for (int a = 0; a < 3; a++) {
        OK(grz_grid_axis_nodes(r->grid, a, axis));
        for (int64_t i = 0; i < r->count; i++) r->nodes[3 * i + a] = axis[a == 0 ? i / n / n : a == 1 ? i / n % n : i % n];
    }
    free(axis);
}

/* With a crew of so many threads. */
typedef struct task {
    const room *r;
    double *Q, *size;
    grzi_maxwellian *M;
    int found;
    grz_status status;
} task;

static void run(grzi_crew *crew, void *data)
{
    task *t = data;
    if (t->M)
        t->found = grzi_spectral_maxwellian(t->r->grid, crew, t->r->values, t->r->work, t->M);
    else
        t->status = grzi_project(context, t->r->grid, crew, t->r->work, t->Q, t->size);
}

static grz_status project(const room *r, int threads, double *Q, double *size)
{
    task t = {.r = r, .Q = Q, .size = size};
    grzi_crew_call(threads, run, &t);
    return t.status;
}

static int maxwellian_of(const room *r, int threads, grzi_maxwellian *M)
{
    task t = {.r = r, .M = M};
    grzi_crew_call(threads, run, &t);
    return t.found;
}

static void close_room(room *r)
{
    grz_grid_destroy(&r->grid);
    free(r->work), free(r->values), free(r->nodes);
}

static double invariant(const room *r, int which, int64_t node)
{
    const double *v = r->nodes + 3 * node;
    return which == 0 ? 1 : which < 4 ? v[which - 1] : v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
}

/* The largest of the five moments of Q, each over the moment of |Q|. */
static double defect_of(const room *r, const double *Q)
{
    double worst = 0;
    for (int m = 0; m < 5; m++) {
        long double sum = 0, size = 0;
        for (int64_t i = 0; i < r->count; i++) {
            sum += (long double)Q[i] * invariant(r, m, i);
            size += fabsl((long double)Q[i] * invariant(r, m, i));
        }
        keep_largest(&worst, (double)(fabsl(sum) / size));
    }
    return worst;
}

/* Solves A x = b of five rows by Gauss's elimination with pivots. */
static void eliminate(long double A[5][6], double x[5])
{
    for (int k = 0; k < 5; k++) {
        int pivot = k;
        for (int i = k; i < 5; i++)
            if (fabsl(A[i][k]) > fabsl(A[pivot][k])) pivot = i;
        for (int j = 0; j < 6; j++) {
            long double t = A[k][j];
            A[k][j] = A[pivot][j], A[pivot][j] = t;
        }
        for (int i = 0; i < 5; i++)
            for (int j = 5; j >= k && i != k; j--) A[i][j] -= A[i][k] / A[k][k] * A[k][j];
    }
    for (int k = 0; k < 5; k++) x[k] = (double)(A[k][5] / A[k][k]);
}

/* The weight W = exp(-|v - centre|^2 / (2 L^2/9)): what is taken from Q is W times the combination of invariants that has Q's moments. */
static void expected_projection(const room *r, const double *Q, double *expected)
{
    long double A[5][6] = {{0}};
    double c[5], *W = array(r->count);
    for (int64_t i = 0; i < r->count; i++) {
        double square = 0;
        for (int a = 0; a < 3; a++) square += pow(r->nodes[3 * i + a] - centre[a], 2);
        W[i] = exp(-4.5 * square / (r->L * r->L));
        for (int m = 0; m < 5; m++) {
            for (int k = 0; k < 5; k++) A[m][k] += (long double)W[i] * invariant(r, m, i) * invariant(r, k, i);
            A[m][5] += (long double)Q[i] * invariant(r, m, i);
        }
    }
    eliminate(A, c);
    for (int64_t i = 0; i < r->count; i++) {
        expected[i] = Q[i];
        for (int m = 0; m < 5; m++) expected[i] -= W[i] * c[m] * invariant(r, m, i);
    }
    free(W);
}

START_TEST(projection_is_the_weighted_least_change)
{
    static const int sizes[] = {8, 9, 13, 16, 22}; /* rows of eights and with tails of each kind */
    for (int s = 0; s < 5; s++) {
        room r;
        open_room(&r, sizes[s], 4 + s);
        uint64_t seed = 5 + s;
        double *expected = array(r.count), *Q = array(r.count), size = NAN, change;
        for (int threads = 1; threads <= 2; threads++) {
            for (int64_t i = 0; i < r.count; i++) Q[i] = uniform(&seed) - 0.3 + 0.1 * r.nodes[3 * i];
            memcpy(r.values, Q, (size_t)r.count * sizeof *Q);
            expected_projection(&r, Q, expected);
            OK(project(&r, threads, Q, &size));
            NEAR(difference(Q, expected, r.count), 0, 1e-13 * largest(expected, r.count));
            change = difference(Q, r.values, r.count);
            NEAR(size, change / largest(Q, r.count), 1e-13 * size);
            HOLDS(defect_of(&r, Q) < 1e-15, "n %d: defect %.2e", r.n, defect_of(&r, Q));
        }
        memset(Q, 0, (size_t)r.count * sizeof *Q);
        OK(project(&r, 1, Q, &size));
        ck_assert(size == 0 && largest(Q, r.count) == 0);
        free(expected), free(Q);
        close_room(&r);
    }
}
END_TEST

/* What is left is 1e-9 of what was taken away: rounding of the large part is removed, too. */
START_TEST(what_little_is_left_is_conserved)
{
    room r;
    open_room(&r, 16, 5);
    uint64_t seed = 3;
    double size;
    for (int64_t i = 0; i < r.count; i++) {
        double square = 0;
        for (int a = 0; a < 3; a++) square += pow(r.nodes[3 * i + a] - centre[a], 2);
        r.values[i] = exp(-4.5 * square / 25) * (3 - 0.4 * r.nodes[3 * i + 1] + 0.2 * square) + 1e-9 * (uniform(&seed) - 0.5);
    }
    OK(project(&r, 1, r.values, &size));
    HOLDS(size > 1e8 && defect_of(&r, r.values) < 1e-14, "change %.2e of what is left, defect %.2e", size, defect_of(&r, r.values));
    close_room(&r);
}
END_TEST

START_TEST(maxwellians_have_the_moments)
{
    static const double means[][3] = {{0.4, -0.3, 0.2}, {1.1, 0.2, -0.6}, {-0.9, -1.2, 1.3}};
    for (int k = 0; k < 3; k++) {
        room r;
        open_room(&r, 17 + k, 6);
        uint64_t seed = 11 + k;
        for (int64_t i = 0; i < r.count; i++) {
            double exponent = 0;
            for (int a = 0; a < 3; a++) exponent += pow(r.nodes[3 * i + a] - means[k][a], 2) / (2 * (0.5 + 0.3 * a));
            r.values[i] = 0.1 * (0.5 + uniform(&seed)) * exp(-exponent);
        }
        moments m = slow_moments(r.grid, r.values);
        grzi_maxwellian M;
        ck_assert(maxwellian_of(&r, 1 + k % 2, &M));
        NEAR(M.rho / m.rho, 1, 1e-14);
        NEAR(M.T / m.T, 1, 1e-13);
        for (int a = 0; a < 3; a++) NEAR(M.u[a], m.u[a], 1e-14);
        double *filled = array(r.count);
        grzi_maxwellian_fill(r.grid, &M, r.work, filled);
        for (int64_t i = 0; i < r.count; i++) {
            double square = 0;
            for (int a = 0; a < 3; a++) square += pow(r.nodes[3 * i + a] - m.u[a], 2);
            NEAR(filled[i], m.rho * pow(2 * M_PI * m.T, -1.5) * exp(-square / (2 * m.T)), 1e-12 * m.rho);
        }
        free(filled);
        close_room(&r);
    }
}
END_TEST

/* No density's moments: the broad Maxwellian of the box takes their place. One cell: half the spacing is its thermal speed. */
START_TEST(moments_of_no_maxwellian)
{
    room r;
    grzi_maxwellian M;
    open_room(&r, 12, 6);
    for (int kind = 0; kind < 4; kind++) {
        for (int64_t i = 0; i < r.count; i++)
            r.values[i] = kind == 0   ? 0
                          : kind == 1 ? -1
                          : kind == 2 ? (i == 5 ? NAN : 1)
                                      : (r.nodes[3 * i] > 5 ? 1.01 : -1) + 2 * (i == 600);
        ck_assert(!maxwellian_of(&r, 1, &M));
        ck_assert(M.rho == 1);
        NEAR(M.T, 36.0 / 16, 1e-14);
        for (int a = 0; a < 3; a++) NEAR(M.u[a], centre[a], 1e-15);
    }
    memset(r.values, 0, (size_t)r.count * sizeof(double));
    r.values[600] = 2;
    ck_assert(!maxwellian_of(&r, 1, &M) || M.T >= 0.25 * (1 - 1e-12));
    r.values[601] = 1e-9;
    ck_assert(maxwellian_of(&r, 1, &M));
    NEAR(M.T, 0.25, 1e-13); /* spacing 1 */
    close_room(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectral projection");
    TCase *tests = tcase_create("projection");
    tcase_add_checked_fixture(tests, open_grid, close_grid);
    tcase_add_test(tests, projection_is_the_weighted_least_change);
    tcase_add_test(tests, what_little_is_left_is_conserved);
    tcase_add_test(tests, maxwellians_have_the_moments);
    tcase_add_test(tests, moments_of_no_maxwellian);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

/* The solver's parts against closed forms: run by tests/kinetic.sh on one rank. kinetic_units WISDOM */
#include "kinetic.h"

#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures, checks;

static void expect(int holds, const char *what, double value, double bound)
{
    checks++;
    failures += !holds;
    printf("%s %-58s %.3e (%.3e)\n", holds ? "ok  " : "FAIL", what, value, bound);
}

static void below(const char *what, double value, double bound)
{
    expect(value <= bound, what, value, bound);
}

/* The larger of two; NaN if either is, which no comparison lets pass: fmax would lose it. */
static double larger(double a, double b)
{
    return a >= b || isnan(a) ? a : b;
}

static double smaller(double a, double b)
{
    return -larger(-a, -b);
}

/* E. F. Toro, Riemann Solvers and Numerical Methods for Fluid Dynamics, tables 4.1 to 4.3; the first is Sod's. */
static void test_riemann_tables(void)
{
    static const double table[5][10] = {{1, 0, 1, 0.125, 0, 0.1, 0.30313, 0.92745, 0.42632, 0.26557},
                                        {1, -2, 0.4, 1, 2, 0.4, 0.00189, 0, 0.02185, 0.02185},
                                        {1, 0, 1000, 1, 0, 0.01, 460.894, 19.5975, 0.57506, 5.99924},
                                        {1, 0, 0.01, 1, 0, 100, 46.0950, -6.19633, 5.99242, 0.57511},
                                        {5.99924, 19.5975, 460.894, 5.99242, -6.19633, 46.0950, 1691.64, 8.68975, 14.2823, 31.0426}};
    double worst = 0;
    for (int i = 0; i < 5; i++) {
        const double *row = table[i];
        riemann r;
        riemann_solve((gas){row[0], row[1], row[2] / row[0]}, (gas){row[3], row[4], row[5] / row[3]}, 1.4, &r);
        const double found[4] = {r.p, r.u, r.left_rho, r.right_rho};
        for (int k = 0; k < 4; k++) worst = larger(worst, fabs(found[k] - row[6 + k]) / larger(1, fabs(row[6 + k])));
    }
    below("Riemann solver against Toro's tables, five decimals", worst, 5.1e-6);
}

/* Gas in an interval that no wave leaves: mass and energy stay, momentum grows by the pressure difference. */
static void test_riemann_balance(void)
{
    const gas left = {1, 0.1, 1}, right = {0.125, 0.1, 0.8};
    const double g = 5.0 / 3, t = 0.2, a = -0.6, b = 0.8;
    riemann r;
    riemann_solve(left, right, g, &r);
    enum { POINTS = 200000 };
    double sum[3] = {0, 0, 0}, dx = (b - a) / POINTS;
    for (int i = 0; i < POINTS; i++) {
        gas s = riemann_sample(&r, (a + (i + 0.5) * dx) / t);
        sum[0] += s.rho * dx;
        sum[1] += s.rho * s.u * dx;
        sum[2] += s.rho * (1.5 * s.T + s.u * s.u / 2) * dx;
    }
    double expected[3] = {0, 0, 0};
    for (int side = 0; side < 2; side++) {
        gas s = side ? right : left;
        double p = s.rho * s.T, energy = 1.5 * p + s.rho * s.u * s.u / 2, sign = side ? -1 : 1, size = side ? b : -a;
        expected[0] += size * s.rho + sign * t * s.rho * s.u;
        expected[1] += size * s.rho * s.u + sign * t * (s.rho * s.u * s.u + p);
        expected[2] += size * energy + sign * t * s.u * (energy + p);
    }
    double worst = 0;
    for (int k = 0; k < 3; k++) worst = larger(worst, fabs(sum[k] - expected[k]));
    below("Riemann solution, balance of mass, momentum, energy", worst, 2e-6);
}

/* The moments of f_0(x - v t, v) by the trapezoidal rule in v. */
static void test_free_molecular(void)
{
    const gas left = {1, 0.3, 1.2}, right = {0.4, -0.5, 0.7};
    const double width = 0.15, t = 0.4;
    double worst = 0;
    for (double x = -1; x <= 1; x += 0.17) {
        double sum[3] = {0, 0, 0}, dv = 0.005;
        for (double v = -12; v <= 12; v += dv)
            for (int side = 0; side < 2; side++) {
                gas s = side ? right : left;
                double share = erfc((side ? -1 : 1) * (x - v * t) / (width * sqrt(2.0))) / 2;
                double f = dv * share * s.rho * exp(-(v - s.u) * (v - s.u) / (2 * s.T)) / sqrt(2 * PI * s.T);
                sum[0] += f;
                sum[1] += f * v;
                sum[2] += f * (v * v + 2 * s.T);
            }
        gas found = free_molecular(left, right, width, x, t);
        double u = sum[1] / sum[0], T = (sum[2] / sum[0] - u * u) / 3;
        worst = larger(worst, larger(fabs(found.rho - sum[0]), larger(fabs(found.u - u), fabs(found.T - T))));
    }
    below("free molecular flow against a quadrature", worst, 1e-12);
}

static double pseudo_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

static void test_maxwellian(const velocity_grid *velocity)
{
    const double wanted[INVARIANTS] = {0.7, 0.7 * 0.4, -0.7 * 0.3, 0.7 * 0.2, 0.7 * (1.5 * 1.1 + (0.16 + 0.09 + 0.04) / 2)};
    double *M = allocate(velocity->nodes, sizeof *M), *f = allocate(velocity->nodes, sizeof *f), found[INVARIANTS], worst = 0, smallest = 1;
    maxwellian_fill(velocity, wanted, M);
    velocity_invariants(velocity, M, found);
    for (int k = 0; k < INVARIANTS; k++) worst = larger(worst, fabs(found[k] - wanted[k]));
    for (int64_t i = 0; i < velocity->nodes; i++) smallest = smaller(smallest, M[i]);
    below("Maxwellian, discrete mass, momentum, energy", worst, 2e-15);
    expect(smallest > 0, "Maxwellian, smallest value", smallest, 0);
    uint64_t state = 7;
    for (int64_t i = 0; i < velocity->nodes; i++) f[i] = M[i] * (1 + 1e-3 * (pseudo_random(&state) - 0.5));
    invariants_restore(velocity, wanted, M, f);
    velocity_invariants(velocity, f, found);
    worst = 0;
    for (int k = 0; k < INVARIANTS; k++) worst = larger(worst, fabs(found[k] - wanted[k]));
    below("projection, discrete mass, momentum, energy", worst, 2e-15);
    free(M);
    free(f);
}

/* Periodic f(t, x, v) = profile(x - v_x t): error at t, mean over cells and velocities. */
static double advection_error(const velocity_grid *velocity, int cells, double *conservation)
{
    domain d;
    domain_create(velocity, cells, 0, 1, 1, &d);
    const double t = 0.3, fastest = larger(fabs(velocity->v[0][0]), velocity->v[0][velocity->n - 1]);
    int steps = (int)ceil(t * fastest / (0.8 * d.dx));
    int64_t plane = velocity->nodes / velocity->n;
    double before = 0, after = 0, error = 0;
    for (int i = 0; i < cells; i++) { /* averages over the cells of 1 + sin(2 pi x)/2 */
        double x = (i + 0.5) * d.dx, *f = domain_cell(&d, d.f, i), sum[INVARIANTS];
        for (int64_t k = 0; k < velocity->nodes; k++) f[k] = 1 + 0.5 * sin(2 * PI * x) * sin(PI * d.dx) / (PI * d.dx);
        velocity_invariants(velocity, f, sum);
        before += sum[MASS];
    }
    for (int s = 0; s < steps; s++) transport(&d, t / steps);
    for (int i = 0; i < cells; i++) {
        double *f = domain_cell(&d, d.f, i), sum[INVARIANTS];
        for (int64_t k = 0; k < velocity->nodes; k++) {
            double x = (i + 0.5) * d.dx - velocity->v[0][k / plane] * t;
            error += fabs(f[k] - 1 - 0.5 * sin(2 * PI * x) * sin(PI * d.dx) / (PI * d.dx));
        }
        velocity_invariants(velocity, f, sum);
        after += sum[MASS];
    }
    *conservation = fabs(after / before - 1);
    domain_destroy(&d);
    return error / cells / (double)velocity->nodes;
}

static void test_transport(const velocity_grid *velocity)
{
    double defect[3], error[3];
    for (int i = 0; i < 3; i++) error[i] = advection_error(velocity, 32 << i, defect + i);
    double order = log(error[1] / error[2]) / log(2);
    expect(order > 1.9 && order < 2.6, "transport, order on a smooth profile (1.9 to 2.6)", order, 1.9);
    below("transport, error at 128 cells", error[2], 1e-3);
    below("transport, sum over cells", larger(defect[0], larger(defect[1], defect[2])), 1e-13);
    /* Random cells, half of them 0: nothing negative, nothing above the largest. */
    domain d;
    domain_create(velocity, 16, 0, 1, 1, &d);
    uint64_t state = 5;
    double fastest = larger(fabs(velocity->v[0][0]), velocity->v[0][velocity->n - 1]), low = 1, high = 0;
    for (int64_t i = 0; i < 16 * velocity->nodes; i++) {
        double value = pseudo_random(&state) - 0.5;
        domain_cell(&d, d.f, 0)[i] = value > 0 ? value : 0;
    }
    for (int s = 0; s < 20; s++) transport(&d, d.dx / fastest);
    for (int64_t i = 0; i < 16 * velocity->nodes; i++) {
        low = smaller(low, domain_cell(&d, d.f, 0)[i]);
        high = larger(high, domain_cell(&d, d.f, 0)[i]);
    }
    expect(low >= -1e-16 && high <= 0.5 + 1e-15, "transport at Courant number 1, smallest value", low, 0);
    domain_destroy(&d);
}

static double anisotropy(const velocity_grid *velocity, const double *f)
{
    double m[MOMENTS];
    velocity_moments(velocity, f, m);
    return m[STRESS] - (m[STRESS + 1] + m[STRESS + 2]) / 2;
}

/* d/dt of the anisotropy of a small bi-Maxwellian is -anisotropy/Kn at rho = T = 1, whatever the molecules: this is what Kn means. */
static void test_stress_rate(grz_context *context, const velocity_grid *velocity, const grz_grid *grid, const char *wisdom)
{
    static const struct {
        molecules law;
        double parameter;
        const char *name;
    } kinds[] = {{VHS, 0.38, "stress relaxation, VHS gamma = 0.38"},
                 {VHS, 1, "stress relaxation, hard spheres"},
                 {INVERSE_POWER, 10, "stress relaxation, inverse power s = 10"},
                 {COULOMB, 1, "stress relaxation, Coulomb"}};
    double *f = allocate(velocity->nodes, sizeof *f);
    for (int k = 0; k < 4; k++) {
        const double knudsen = 0.1, dt = 1e-4;
        collider *c = collider_create(context, grid, velocity, kinds[k].law, kinds[k].parameter, knudsen, 2, wisdom);
        memset(f, 0, (size_t)velocity->nodes * sizeof *f);
        bimaxwellian_add(velocity, 1, 0.2, 1.002, 0.999, f);
        double before = anisotropy(velocity, f);
        collide(c, 1, f, dt);
        below(kinds[k].name, fabs(log(before / anisotropy(velocity, f)) * knudsen / dt - 1), 5e-3);
        collider_destroy(&c);
    }
    free(f);
}

static double distance(const velocity_grid *velocity, const double *f, const double *g)
{
    double sum = 0;
    for (int64_t i = 0; i < velocity->nodes; i++) sum += fabs(f[i] - g[i]);
    return sum * velocity->cell;
}

static void start_cell(const velocity_grid *velocity, double *f)
{
    memset(f, 0, (size_t)velocity->nodes * sizeof *f);
    bimaxwellian_add(velocity, 0.6, 0.7, 0.9, 0.8, f);
    bimaxwellian_add(velocity, 0.5, -0.4, 0.7, 1.2, f);
}

/* Order 2 in dt; the Maxwellian for dt -> infinity; the five invariants; and Trubnikov's rate for states far from equilibrium. */
static void test_collisions(grz_context *context, const velocity_grid *velocity, const grz_grid *grid, const char *wisdom)
{
    collider *c = collider_create(context, grid, velocity, VHS, 0.38, 1, 1, wisdom);
    double *f = allocate(velocity->nodes, sizeof *f), *reference = allocate(velocity->nodes, sizeof *reference), error[2];
    start_cell(velocity, reference);
    for (int s = 0; s < 100; s++) collide(c, 1, reference, 0.01);
    for (int k = 0; k < 2; k++) {
        start_cell(velocity, f);
        for (int s = 0; s < 10 << k; s++) collide(c, 1, f, 0.1 / (1 << k));
        error[k] = distance(velocity, f, reference);
    }
    double order = log(error[0] / error[1]) / log(2);
    expect(order > 1.8 && order < 2.6, "collisions, order in time (1.8 to 2.6)", order, 1.8);
    double before[INVARIANTS], after[INVARIANTS], worst = 0;
    start_cell(velocity, f);
    velocity_invariants(velocity, f, before);
    collide(c, 1, f, 1e6);
    velocity_invariants(velocity, f, after);
    for (int k = 0; k < INVARIANTS; k++) worst = larger(worst, fabs(after[k] - before[k]));
    below("collisions, mass, momentum, energy", worst, 2e-15);
    maxwellian_fill(velocity, before, reference);
    below("collisions for dt -> infinity, distance from the Maxwellian", distance(velocity, f, reference), 1e-14);
    collider_destroy(&c);
    c = collider_create(context, grid, velocity, COULOMB, 1, 1, 2, wisdom);
    for (int k = 0; k < 2; k++) {
        const double T_x = k ? 0.8 : 1.3, T_p = k ? 1.1 : 0.85, dt = 1e-4;
        memset(f, 0, (size_t)velocity->nodes * sizeof *f);
        bimaxwellian_add(velocity, 1, 0, T_x, T_p, f);
        double P = anisotropy(velocity, f);
        collide(c, 1, f, dt);
        double rate = log(P / anisotropy(velocity, f)) / dt, exact = 3 * trubnikov_rate(1, T_x, T_p) * collider_rate(c);
        below(k ? "Trubnikov's rate, T_p > T_x" : "Trubnikov's rate, T_x > T_p", fabs(rate / exact - 1), 5e-3);
    }
    collider_destroy(&c);
    free(f);
    free(reference);
}

/* Reads a data set of two cells and two times back. */
static int64_t read_back(const char *path, const char *name, double *values)
{
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT), set = H5Dopen(file, name, H5P_DEFAULT), space = H5Dget_space(set);
    int64_t size = H5Sget_simple_extent_npoints(space);
    if (size > 4 * MOMENTS || H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) size = -1;
    H5Sclose(space);
    H5Dclose(set);
    H5Fclose(file);
    return size;
}

static void test_record(const velocity_grid *velocity, const char *path)
{
    domain d;
    domain_create(velocity, 2, -1, 3, 1, &d);
    double wanted[4 * MOMENTS], found[4 * MOMENTS], sums[2][INVARIANTS], defect = 0;
    record *r = record_create(path, &d, "test");
    for (int time = 0; time < 2; time++) {
        for (int k = 0; k < INVARIANTS; k++) sums[time][k] = 0;
        for (int cell = 0; cell < 2; cell++) {
            double *f = domain_cell(&d, d.f, cell), *m = wanted + (2 * time + cell) * MOMENTS;
            memset(f, 0, (size_t)velocity->nodes * sizeof *f);
            bimaxwellian_add(velocity, 1 + time, 0.1 * cell, 1 + 0.1 * time, 0.9, f);
            velocity_moments(velocity, f, m);
            for (int k = 0; k < INVARIANTS; k++) sums[time][k] += 2 * m[k];
        }
        free(record_write(r, &d, 0.5 * time));
    }
    record_close(&r);
    int sizes = read_back(path, "moments", found) == 4 * MOMENTS;
    for (int k = 0; k < 4 * MOMENTS; k++) defect = larger(defect, fabs(found[k] - wanted[k]));
    sizes = sizes && read_back(path, "total", found) == 2 * INVARIANTS;
    for (int k = 0; k < 2 * INVARIANTS; k++) defect = larger(defect, fabs(found[k] - sums[k / INVARIANTS][k % INVARIANTS]));
    sizes = sizes && read_back(path, "time", found) == 2;
    defect = larger(defect, larger(fabs(found[0]), fabs(found[1] - 0.5)));
    sizes = sizes && read_back(path, "x", found) == 2;
    defect = larger(defect, larger(fabs(found[0]), fabs(found[1] - 2)));
    expect(sizes && defect < 1e-14, "HDF5 file read back", defect, 1e-14);
    domain_destroy(&d);
}

/* Moments of a sum of two bi-Maxwellians in closed form. */
static void test_moments(const velocity_grid *velocity)
{
    double *f = allocate(velocity->nodes, sizeof *f), m[MOMENTS];
    memset(f, 0, (size_t)velocity->nodes * sizeof *f);
    bimaxwellian_add(velocity, 0.75, 0.4, 0.9, 1.1, f);
    bimaxwellian_add(velocity, 0.25, -0.4, 1, 0.8, f);
    const double u = 0.2, a = 0.2, b = -0.6, P_x = 0.75 * (0.9 + a * a) + 0.25 * (1 + b * b), P_y = 0.75 * 1.1 + 0.25 * 0.8;
    const double q = (0.75 * a * (3 * 0.9 + a * a + 2 * 1.1) + 0.25 * b * (3 + b * b + 2 * 0.8)) / 2;
    const double exact[MOMENTS] = {1, u, 0, 0, (P_x + 2 * P_y + u * u) / 2, P_x, P_y, P_y, q};
    double worst = 0;
    velocity_moments(velocity, f, m);
    for (int k = 0; k < MOMENTS; k++) worst = larger(worst, fabs(m[k] - exact[k]));
    below("moments of a sum of bi-Maxwellians", worst, 1e-10);
    free(f);
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    if (argc < 2) fail("kinetic_units WISDOM");
    grz_context *context = NULL;
    grz_grid *grid = NULL;
    check(grz_context_create(&context), context);
    check(grz_context_set_threads(context, 1), context);
    velocity_grid velocity;
    velocity_create(context, 20, 0.75, 1.35, 0.1, &velocity, &grid);
    test_riemann_tables();
    test_riemann_balance();
    test_free_molecular();
    test_maxwellian(&velocity);
    test_record(&velocity, "units.h5");
    test_collisions(context, &velocity, grid, argv[1]);
    velocity_destroy(&velocity);
    grz_grid_destroy(&grid);
    /* Relative velocities beyond 2R are not seen: their share of stress relaxation, 1.9 % for hard spheres on the grid above, is small
     * here. */
    velocity_create(context, 28, 0.95, 1.05, 0.2, &velocity, &grid);
    test_moments(&velocity);
    test_stress_rate(context, &velocity, grid, argv[1]);
    velocity_destroy(&velocity);
    grz_grid_destroy(&grid);
    velocity_create(context, 8, 0.9, 1.1, 0.1, &velocity, &grid);
    test_transport(&velocity);
    velocity_destroy(&velocity);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    MPI_Finalize();
    printf("%d of %d checks failed\n", failures, checks);
    return failures > 0;
}

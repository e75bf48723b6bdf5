/* HDF5 files, written by rank 0 from what it gathers in the order of cells: the same bytes for every number of ranks. */
#include "kinetic.h"

#include <errno.h>
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct record {
    hid_t file;
    hsize_t rows;
};

/* The system's or HDF5's own words for the failure: the innermost entry of its stack. */
static herr_t innermost(unsigned depth, const H5E_error2_t *entry, void *reason)
{
    (void)depth;
    snprintf(reason, 512, "%s", entry->desc ? entry->desc : "");
    return 1;
}

static hid_t good(hid_t id, const char *what)
{
    if (id >= 0) return id;
    char reason[512] = "";
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, reason);
    fail("HDF5: %s: %s", what, *reason ? reason : "no reason given");
}

/* HDF5 says nothing by itself: what is wrong is said once. */
static void silence(void)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

/* Objects without the time of their creation, so that equal content is equal bytes. */
static hid_t dataset(hid_t file, const char *name, int rank, const hsize_t *size, int growing)
{
    hid_t properties = good(H5Pcreate(H5P_DATASET_CREATE), name);
    H5Pset_obj_track_times(properties, 0);
    hsize_t largest[4], chunk[4];
    for (int i = 0; i < rank; i++) largest[i] = chunk[i] = size[i];
    if (growing) {
        largest[0] = H5S_UNLIMITED;
        chunk[0] = 1;
        H5Pset_chunk(properties, rank, chunk);
    }
    hid_t space = good(H5Screate_simple(rank, size, growing ? largest : NULL), name);
    hid_t set = good(H5Dcreate(file, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, properties, H5P_DEFAULT), name);
    H5Sclose(space);
    H5Pclose(properties);
    return set;
}

static void set_text(hid_t file, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, strlen(text) + 1);
    hid_t attribute = good(H5Acreate(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT), name);
    good(H5Awrite(attribute, type, text), name);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

/* Part of a data set: rows first, ..., first + count - 1 of its leading index. */
static void move_rows(hid_t set, hsize_t first, hsize_t count, double *values, int writing)
{
    hid_t space = good(H5Dget_space(set), "data space");
    hsize_t size[4], start[4] = {first, 0, 0, 0};
    int rank = H5Sget_simple_extent_dims(space, size, NULL);
    size[0] = count;
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, size, NULL);
    hid_t memory = good(H5Screate_simple(rank, size, NULL), "data space");
    good(writing ? H5Dwrite(set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values)
                 : H5Dread(set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values),
         writing ? "write" : "read");
    H5Sclose(memory);
    H5Sclose(space);
}

static void append(hid_t file, const char *name, hsize_t row, double *values)
{
    hid_t set = good(H5Dopen(file, name, H5P_DEFAULT), name), space = H5Dget_space(set);
    hsize_t size[4];
    H5Sget_simple_extent_dims(space, size, NULL);
    H5Sclose(space);
    size[0] = row + 1;
    good(H5Dset_extent(set, size), name);
    move_rows(set, row, 1, values, 1);
    H5Dclose(set);
}

record *record_create(const char *path, const domain *d, const char *parameters)
{
    if (d->rank > 0) return NULL;
    silence();
    record *r = allocate(1, sizeof *r);
    r->rows = 0;
    r->file = good(H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), path);
    set_text(r->file, "parameters", parameters);
    set_text(r->file, "columns of moments", "mass, momentum x y z, energy, stress xx yy zz, heat flux x");
    const hsize_t none[3] = {0, 1, 1}, cells = (hsize_t)d->cells, moments[3] = {0, (hsize_t)d->cells, MOMENTS}, sums[2] = {0, INVARIANTS};
    double *x = allocate(d->cells, sizeof *x);
    for (int i = 0; i < d->cells; i++) x[i] = d->left + (i + 0.5) * d->dx;
    hid_t set = dataset(r->file, "x", 1, &cells, 0);
    good(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, x), "x");
    H5Dclose(set);
    free(x);
    /* A chunk is one row; the extents are set before anything is written. */
    struct {
        const char *name;
        int rank;
        const hsize_t *size;
    } sets[] = {{"time", 1, none}, {"moments", 3, moments}, {"total", 2, sums}, {"entered", 2, sums}};
    for (int i = 0; i < 4; i++) H5Dclose(dataset(r->file, sets[i].name, sets[i].rank, sets[i].size, 1));
    return r;
}

static double *gather_moments(domain *d)
{
    double *own = allocate((int64_t)d->count * MOMENTS, sizeof *own);
    double *all = d->rank == 0 ? allocate((int64_t)d->cells * MOMENTS, sizeof *all) : NULL;
    for (int i = 0; i < d->count; i++) velocity_moments(d->velocity, domain_cell(d, d->f, i), own + (int64_t)i * MOMENTS);
    domain_gather(d, MOMENTS, own, all);
    free(own);
    return all;
}

void totals(domain *d, const double *moments, double total[INVARIANTS], double entered[INVARIANTS])
{
    if (d->ranks > 1 && d->rank == d->ranks - 1) MPI_Send(d->outflow, INVARIANTS, MPI_DOUBLE, 0, 3, MPI_COMM_WORLD);
    if (d->rank > 0) return;
    double outflow[INVARIANTS];
    memcpy(outflow, d->outflow, sizeof outflow);
    if (d->ranks > 1) MPI_Recv(outflow, INVARIANTS, MPI_DOUBLE, d->ranks - 1, 3, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    for (int k = 0; k < INVARIANTS; k++) {
        total[k] = 0;
        for (int i = 0; i < d->cells; i++) total[k] += moments[(int64_t)i * MOMENTS + k] * d->dx;
        entered[k] = d->inflow[k] - outflow[k];
    }
}

double *record_write(record *r, domain *d, double time)
{
    double *all = gather_moments(d), total[INVARIANTS], entered[INVARIANTS];
    totals(d, all, total, entered);
    if (r) {
        append(r->file, "time", r->rows, &time);
        append(r->file, "moments", r->rows, all);
        append(r->file, "total", r->rows, total);
        append(r->file, "entered", r->rows, entered);
        r->rows++;
    }
    return all;
}

void record_close(record **r)
{
    if (!*r) return;
    good(H5Fclose((*r)->file), "closing");
    free(*r);
    *r = NULL;
}

static void share_ends(domain *d)
{
    MPI_Bcast(d->inflow, INVARIANTS, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    MPI_Bcast(d->outflow, INVARIANTS, MPI_DOUBLE, d->ranks - 1, MPI_COMM_WORLD);
}

/* f passes through rank 0 one cell at a time. The old file stays until the new one is whole. */
void checkpoint_save(const char *path, domain *d, const char *parameters, int64_t step)
{
    int n = d->velocity->n, nodes = (int)d->velocity->nodes;
    share_ends(d);
    if (d->rank > 0) {
        for (int i = 0; i < d->count; i++) MPI_Send(domain_cell(d, d->f, i), nodes, MPI_DOUBLE, 0, 4, MPI_COMM_WORLD);
        d->gather_bytes += (int64_t)d->count * nodes * (int64_t)sizeof(double);
        return;
    }
    char beside[4096 + 8];
    snprintf(beside, sizeof beside, "%s.part", path);
    silence();
    hid_t file = good(H5Fcreate(beside, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), beside);
    set_text(file, "parameters", parameters);
    double state[1 + 2 * INVARIANTS] = {(double)step};
    memcpy(state + 1, d->inflow, sizeof d->inflow);
    memcpy(state + 1 + INVARIANTS, d->outflow, sizeof d->outflow);
    const hsize_t length = 1 + 2 * INVARIANTS, size[4] = {(hsize_t)d->cells, (hsize_t)n, (hsize_t)n, (hsize_t)n};
    hid_t set = dataset(file, "state", 1, &length, 0);
    move_rows(set, 0, length, state, 1);
    H5Dclose(set);
    set = dataset(file, "f", 4, size, 0);
    double *cell = allocate(nodes, sizeof *cell);
    for (int r = 0, i = 0; r < d->ranks; r++)
        for (; i < (int)((int64_t)d->cells * (r + 1) / d->ranks); i++) {
            if (r > 0) MPI_Recv(cell, nodes, MPI_DOUBLE, r, 4, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            move_rows(set, (hsize_t)i, 1, r == 0 ? domain_cell(d, d->f, i) : cell, 1);
        }
    free(cell);
    H5Dclose(set);
    good(H5Fclose(file), beside);
    if (rename(beside, path) != 0) fail("%s cannot become %s: %s", beside, path, strerror(errno));
}

/* Every rank reads its own cells. */
int64_t checkpoint_load(const char *path, domain *d, const char *parameters)
{
    silence();
    hid_t file = good(H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT), path);
    hid_t attribute = good(H5Aopen(file, "parameters", H5P_DEFAULT), path), type = H5Aget_type(attribute);
    char *text = allocate((int64_t)H5Tget_size(type) + 1, 1);
    good(H5Aread(attribute, type, text), path);
    if (strcmp(text, parameters) != 0) fail("%s is of another run:\n  %s\n  %s", path, text, parameters);
    free(text);
    H5Tclose(type);
    H5Aclose(attribute);
    double state[1 + 2 * INVARIANTS];
    hid_t set = good(H5Dopen(file, "state", H5P_DEFAULT), path);
    move_rows(set, 0, 1 + 2 * INVARIANTS, state, 0);
    H5Dclose(set);
    memcpy(d->inflow, state + 1, sizeof d->inflow);
    memcpy(d->outflow, state + 1 + INVARIANTS, sizeof d->outflow);
    set = good(H5Dopen(file, "f", H5P_DEFAULT), path);
    move_rows(set, (hsize_t)d->first, (hsize_t)d->count, domain_cell(d, d->f, 0), 0);
    H5Dclose(set);
    H5Fclose(file);
    return (int64_t)state[0];
}

/* .npy files of any bytes: read, or refused with the reason; what was read is written and read again with the same bits. */
#include "fuzz.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    grz_context *context = fuzz_context();
    grz_grid *grid = NULL;
    grz_distribution *f = NULL, *again = NULL;
    static double a[512], b[512];
    int32_t n = -7;
    snprintf(path, sizeof path, "/tmp/grazing-fuzz-%ld.npy", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) abort();
    prepare(0, NULL);
    grz_status status = grz_npy_nodes_per_axis(context, path, &n);
    judge(context, "grz_npy_nodes_per_axis", status, 0, NULL, 0);
    if (status == GRZ_OK ? n < 1 : n != -7) broken("grz_npy_nodes_per_axis", "n", n);
    if (grz_grid_create(context, 8, 4, NULL, &grid)) abort();
    prepare(0, NULL);
    judge(context, "grz_distribution_load_npy", grz_distribution_load_npy(context, grid, path, &f), 0, NULL, 0);
    if (f && (grz_distribution_save_npy(f, path) || grz_distribution_load_npy(context, grid, path, &again) ||
              grz_distribution_values(f, a) || grz_distribution_values(again, b) || memcmp(a, b, sizeof a) != 0))
        broken("grz_distribution_save_npy", "not what was loaded", 0);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(&again);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    remove(path);
    return 0;
}

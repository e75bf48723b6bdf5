/* A program outside the tree: compiled against the installed library, shared and static (tests/consumer.sh). */
#include <grazing.h>

#include <stdio.h>
#include <string.h>

int main(void)
{
    grz_context *context = NULL;
    grz_grid *grid = NULL;
    if (strcmp(grz_version(), EXPECTED_VERSION) != 0) return 1;
    if (grz_abi_version() != GRZ_ABI_VERSION) return 2;
    if (grz_context_create(&context) != GRZ_OK) return 3;
    if (grz_grid_create(context, 16, 5.0, NULL, &grid) != GRZ_OK) return 4;
    if (grz_grid_node_count(grid) != 16 * 16 * 16) return 5;
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    printf("libgrazing %s: %s\n", grz_version(), grz_build_configuration());
    return 0;
}

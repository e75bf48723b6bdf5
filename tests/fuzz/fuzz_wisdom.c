/* Files of wisdom of any bytes. */
#include "fuzz.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    grz_context *context = fuzz_context();
    snprintf(path, sizeof path, "/tmp/grazing-fuzz-%ld.wisdom", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) abort();
    prepare(0, NULL);
    grz_status status = grz_fft_import_wisdom(context, path);
    judge(context, "grz_fft_import_wisdom", status, 0, NULL, 0);
    if (status == GRZ_OK && (grz_fft_export_wisdom(context, path) || grz_fft_import_wisdom(context, path)))
        broken("grz_fft_export_wisdom", "not read again", 0);
    grz_context_destroy(&context);
    remove(path);
    return 0;
}

/* Which BLAS runs below. Linking does not tell: Debian's alternatives, FlexiBLAS and MKL's run-time library choose when the program starts.
 * So ask the object that holds the product in use. */
#define _GNU_SOURCE
#include "core/blas.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The only name to go by where everything is linked statically; a static program that calls no BLAS links none. */
char *openblas_get_config(void) __attribute__((weak));

/* The object that defines a symbol, NULL: none does. */
static const void *object_of(const char *symbol, const char **file)
{
    Dl_info info;
    const void *address = dlsym(RTLD_DEFAULT, symbol);
    if (!address || !dladdr(address, &info)) return NULL;
    if (file) *file = info.dli_fname;
    return info.dli_fbase;
}

typedef const char *(*text_fn)(void);
typedef void (*fill_text_fn)(char *, int);
typedef int (*backend_fn)(char *, size_t);

/* A function by its name, NULL: there is none. ISO C has no cast from an object's address. */
typedef void (*any_fn)(void);
static any_fn function_of(const char *symbol)
{
    void *address = dlsym(RTLD_DEFAULT, symbol);
    any_fn function;
    memcpy(&function, &address, sizeof function);
    return function;
}

/* Writes what a library says of itself; 0 where it does not. */
static int ask(const char *path, char *text, size_t size)
{
    char said[200] = "";
    any_fn openblas = function_of("openblas_get_config"), flexiblas = function_of("flexiblas_current_backend");
    any_fn blis = function_of("bli_info_get_version_str"), mkl = function_of("MKL_Get_Version_String");
    if (strstr(path, "flexiblas") && flexiblas) {
        ((backend_fn)flexiblas)(said, sizeof said - 1);
        snprintf(text, size, "FlexiBLAS with %s", said);
    } else if (strstr(path, "openblas") && openblas) {
        snprintf(text, size, "%s", ((text_fn)openblas)());
    } else if (strstr(path, "blis") && blis) {
        snprintf(text, size, "BLIS %s", ((text_fn)blis)());
    } else if (strstr(path, "mkl") && mkl) {
        ((fill_text_fn)mkl)(said, sizeof said - 1);
        for (size_t end = strlen(said); end > 0 && said[end - 1] == ' '; end--) said[end - 1] = 0;
        snprintf(text, size, "%s", said);
    } else {
        return 0;
    }
    return 1;
}

/* By its file; Netlib's by helpers that the others hide or lack, too. */
static const char *kind_of(const void *object, const char *path)
{
    static const char *const names[][2] = {{"flexiblas", "FlexiBLAS"}, {"openblas", "OpenBLAS"}, {"blis", "BLIS"},
                                           {"mkl", "Intel MKL"},       {"atlas", "ATLAS"},       {"armpl", "Arm Performance Libraries"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strstr(path, names[i][0])) return names[i][1];
    return object_of("lsame_", NULL) == object && object_of("dcabs1_", NULL) == object ? "reference BLAS" : "BLAS";
}

void grzi_blas_name(char *text, size_t size)
{
    const char *file = "";
    const void *object = object_of("dgemm_", &file);
    if (!object) {
        snprintf(text, size, "%s", openblas_get_config ? openblas_get_config() : "BLAS linked statically or not at all");
        return;
    }
    char *real = realpath(file, NULL); /* distributions' links hide what they stand for */
    const char *path = real ? real : file;
    if (!ask(path, text, size)) snprintf(text, size, "%s (%.200s)", kind_of(object, path), path);
    free(real);
}

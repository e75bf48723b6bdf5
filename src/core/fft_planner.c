/* FFTW's planner: its lock, its wisdom in files, and the state of the host's that plans must not depend on. */
#include "core/fft.h"
#include "core/output.h"

#include <dlfcn.h>
#include <errno.h>
#include <fftw3.h>
#include <stdlib.h>

/* The planner's wisdom is global to the process, so its lock must be: it is the one mutable object of the library that no context owns. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

void grz_fft_lock_planner(void)
{
    pthread_mutex_lock(&planner);
}

void grz_fft_unlock_planner(void)
{
    pthread_mutex_unlock(&planner);
}

/* The host's number of threads for plans, read and set (FFTW 3.3.9) by the functions of FFTW's companion libraries where the process has one: linked with the
 * program, or loaded later, also out of sight of the program's other symbols (Python's modules). */
#pragma weak fftw_plan_with_nthreads
#pragma weak fftw_planner_nthreads

typedef struct host_threads {
    void (*set)(int count);
    int (*get)(void);
} host_threads;

static void *symbol(void *library, const char *name)
{
    return library ? dlsym(library, name) : NULL;
}

static host_threads find_host_threads(void)
{
    static const char *const companions[] = {"libfftw3_omp.so.3", "libfftw3_threads.so.3"};
    host_threads found = {fftw_plan_with_nthreads, fftw_planner_nthreads};
    for (size_t i = 0; i < sizeof companions / sizeof *companions && !found.set; i++) {
        void *library = dlopen(companions[i], RTLD_LAZY | RTLD_NOLOAD);
        /* POSIX guarantees this conversion, ISO C does not */
        *(void **)&found.set = symbol(library, "fftw_plan_with_nthreads");
        *(void **)&found.get = symbol(library, "fftw_planner_nthreads");
        if (library) dlclose(library); /* still held by who loaded it */
    }
    return found;
}

grzi_planning grzi_planning_begin(const grz_context *context)
{
    grz_fft_lock_planner();
    host_threads host = find_host_threads();
    grzi_planning planning = {.host_threads = host.get ? host.get() : 1, .measured = grzi_measures_plans(context)};
    if (planning.host_threads > 1) host.set(1); /* else not at all: the first call of set ends all plans that are alive */
    if (!planning.measured) {                   /* wisdom of measured plans would enter estimated ones */
        planning.wisdom = fftw_export_wisdom_to_string();
        fftw_forget_wisdom();
    }
    return planning;
}

void grzi_planning_end(grzi_planning *planning)
{
    if (planning->host_threads > 1) find_host_threads().set(planning->host_threads);
    if (!planning->measured) fftw_forget_wisdom();
    if (planning->wisdom) fftw_import_wisdom_from_string(planning->wisdom);
    free(planning->wisdom);
    grz_fft_unlock_planner();
}

grz_status grz_fft_export_wisdom(grz_context *context, const char *path)
{
    static const char *const function = "grz_fft_export_wisdom";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    grzi_output output;
    GRZI_TRY(grzi_output_open(context, function, path, &output));
    grz_fft_lock_planner();
    errno = 0;
    fftw_export_wisdom_to_file(output.file);
    grz_fft_unlock_planner();
    return grzi_output_close(context, &output, fflush(output.file) == 0 && !ferror(output.file));
}

grz_status grz_fft_import_wisdom(grz_context *context, const char *path)
{
    static const char *const function = "grz_fft_import_wisdom";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "path", path));
    FILE *file = fopen(path, "r");
    if (!file) return grzi_fail_io(context, function, "opening", path, errno);
    errno = 0;
    int first = fgetc(file), read = 0, error = first == EOF && ferror(file) ? errno : 0;
    if (first == '(') { /* FFTW would look for it to the end of an endless device */
        ungetc(first, file);
        grz_fft_lock_planner();
        read = fftw_import_wisdom_from_file(file);
        grz_fft_unlock_planner();
    }
    fclose(file);
    if (error) return grzi_fail_io(context, function, "reading", path, error);
    return read ? GRZ_OK : grzi_fail(context, GRZ_ERROR_FORMAT, "%s: path = \"%s\" holds no wisdom of this FFTW", function, path);
}

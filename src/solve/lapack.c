#include "solve/lapack.h"

#include <fenv.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

enum { STACK_BYTES = 8 << 20, MAX_RUNNING = 16 };
/* Of OpenBLAS for one calling thread on x86-64. It keeps them. */
static const size_t BUFFER_BYTES = (size_t)160 << 20;

typedef struct task {
    void (*run)(void *);
    void *user;
} task;

static void *start(void *argument)
{
    const task *task = argument;
    fesetenv(FE_DFL_ENV);
    task->run(task->user);
    return NULL;
}

/* A count without an owner, so that a child made by fork can go on with it. */
static int running;

static void enter(void)
{
    const struct timespec pause = {0, 1000000};
    while (__atomic_add_fetch(&running, 1, __ATOMIC_ACQUIRE) > MAX_RUNNING) {
        __atomic_sub_fetch(&running, 1, __ATOMIC_RELAXED);
        nanosleep(&pause, NULL);
    }
}

static void leave(void)
{
    __atomic_sub_fetch(&running, 1, __ATOMIC_RELEASE);
}

/* Whether the limit of address space, if there is one, leaves room. */
static int has_room(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 1;
    void *trial = mmap(NULL, BUFFER_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (trial == MAP_FAILED) return 0;
    munmap(trial, BUFFER_BYTES);
    return 1;
}

static int start_thread(task *task, pthread_t *thread)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return 0;
    int good = pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0;
    sigset_t all, before; /* the host's handlers run on the host's threads */
    sigfillset(&all);
    good = good && pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
    if (good) {
        good = pthread_create(thread, &attributes, start, task) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return good;
}

grz_status grzi_run_lapack(const grz_context *context, void (*run)(void *), void *user)
{
    task task = {run, user};
    pthread_t thread;
    if (!has_room())
        return grzi_fail(context, GRZ_ERROR_OUT_OF_MEMORY, "the limit of address space (ulimit -v) leaves less than %zu MiB for BLAS",
                         BUFFER_BYTES >> 20);
    enter();
    if (start_thread(&task, &thread))
        pthread_join(thread, NULL);
    else {
        fenv_t environment;
        feholdexcept(&environment);
        run(user);
        fesetenv(&environment);
    }
    leave();
    return GRZ_OK;
}

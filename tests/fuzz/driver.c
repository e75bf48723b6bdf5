/* libFuzzer's place where there is none: runs the target on every file of the corpus and then, for a time, on random changes of them.
 * Usage: TARGET SECONDS FILE.... A failing input is kept as crash-TARGET beside the program. */
#include "fuzz.h"

#include <signal.h>
#include <unistd.h>

enum { LARGEST = 8192, SEEDS = 256 };

static uint8_t seeds[SEEDS][LARGEST];
static size_t sizes[SEEDS];
static uint8_t input[LARGEST];
static size_t input_size;
static char kept[512];

/* A crash loses nothing but the process: async-signal-safe calls only. */
static void keep(int number)
{
    FILE *file = fopen(kept, "wb");
    if (file) {
        fwrite(input, 1, input_size, file);
        fclose(file);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static uint64_t state = 1;

static unsigned random_below(unsigned bound)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((state >> 33) % bound);
}

static void change(int count)
{
    unsigned from = random_below((unsigned)count), changes = 1 + random_below(8);
    input_size = sizes[from];
    memcpy(input, seeds[from], input_size);
    for (unsigned i = 0; i < changes; i++) switch (random_below(4)) {
        case 0:
            if (input_size > 1) input_size = 1 + random_below((unsigned)input_size);
            break;
        case 1:
            while (input_size < LARGEST && random_below(8)) input[input_size++] = (uint8_t)random_below(256);
            break;
        default:
            if (input_size > 0) input[random_below((unsigned)input_size)] = (uint8_t)random_below(256);
        }
    if (random_below(4) == 0) {
        input_size = 1 + random_below(256);
        for (size_t i = 0; i < input_size; i++) input[i] = (uint8_t)random_below(256);
    }
}

int main(int argc, char **argv)
{
    int count = 1, runs = 0;
    double end = seconds_now() + (argc > 1 ? atof(argv[1]) : 1);
    snprintf(kept, sizeof kept, "%s.crash", argv[0]);
    signal(SIGSEGV, keep);
    signal(SIGABRT, keep);
    signal(SIGFPE, keep);
    signal(SIGBUS, keep);
    for (int i = 2; i < argc && count < SEEDS; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) continue;
        sizes[count] = fread(seeds[count], 1, LARGEST, file);
        fclose(file);
        input_size = sizes[count];
        memcpy(input, seeds[count++], input_size);
        LLVMFuzzerTestOneInput(input, input_size);
    }
    if (argc > 1 && strcmp(argv[1], "0") == 0) return 0;
    for (; seconds_now() < end; runs++) {
        change(count);
        LLVMFuzzerTestOneInput(input, input_size);
    }
    printf("%d random inputs\n", runs);
    return 0;
}

/* Products of a few tall matrices, by the vectors that the processor has. */
#include "solve/solve.h"

#include <string.h>

enum { WIDTH = 8, DEPTH = 64 };

typedef double pair __attribute__((vector_size(16)));
typedef double quad __attribute__((vector_size(32)));
typedef double octet __attribute__((vector_size(64)));

/* Rows stay in registers, eight columns as vectors of a type, while the packed panel, depth rows of eight, passes by. */
#define DEFINE_ROWS(NAME, TARGET, ROWS, VECTOR)                                                                                \
    TARGET static void NAME(int depth, const double *a, int64_t row, int64_t column, const double *panel, double *sum)         \
    {                                                                                                                          \
        enum { PARTS = WIDTH * sizeof(double) / sizeof(VECTOR) };                                                              \
        VECTOR s[ROWS][PARTS];                                                                                                 \
        for (int r = 0; r < ROWS; r++)                                                                                         \
            for (int p = 0; p < PARTS; p++) s[r][p] = ((const VECTOR *)(sum + r * WIDTH))[p];                                  \
        for (int i = 0; i < depth; i++)                                                                                        \
            for (int r = 0; r < ROWS; r++)                                                                                     \
                for (int p = 0; p < PARTS; p++) s[r][p] += a[r * row + i * column] * ((const VECTOR *)(panel + i * WIDTH))[p]; \
        for (int r = 0; r < ROWS; r++)                                                                                         \
            for (int p = 0; p < PARTS; p++) ((VECTOR *)(sum + r * WIDTH))[p] = s[r][p];                                        \
    }

typedef void (*rows_fn)(int depth, const double *a, int64_t row, int64_t column, const double *panel, double *sum);

#define NO_TARGET
DEFINE_ROWS(portable_1, NO_TARGET, 1, pair)
DEFINE_ROWS(portable_3, NO_TARGET, 3, pair)

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_DISPATCH 1
#define AVX2          __attribute__((target("avx2,fma")))
#define AVX512        __attribute__((target("avx512f,avx512dq,avx512vl,fma")))
DEFINE_ROWS(avx2_1, AVX2, 1, quad)
DEFINE_ROWS(avx2_6, AVX2, 6, quad)
DEFINE_ROWS(avx512_1, AVX512, 1, octet)
DEFINE_ROWS(avx512_8, AVX512, 8, octet)
#endif

typedef struct kernel {
    int rows;
    rows_fn several, one;
} kernel;

static kernel select_kernel(void)
{
#ifdef HAVE_DISPATCH
    int level = grzi_simd_level();
    if (level == 2) return (kernel){8, avx512_8, avx512_1};
    if (level == 1) return (kernel){6, avx2_6, avx2_1};
#endif
    return (kernel){3, portable_3, portable_1};
}

static void pack(int depth, int width, grzi_matrix b, double *panel)
{
    for (int i = 0; i < depth; i++)
        for (int j = 0; j < WIDTH; j++) panel[i * WIDTH + j] = j < width ? b.entries[i * b.row + j * b.column] : 0;
}

static void over_rows(const kernel *kernel, int m, int depth, int width, grzi_matrix a, const double *panel, int added, double *c,
                      int64_t c_row)
{
    double sum[WIDTH * WIDTH] __attribute__((aligned(64)));
    for (int i = 0, rows; i < m; i += rows) {
        rows = m - i >= kernel->rows ? kernel->rows : 1;
        for (int r = 0; r < rows * WIDTH; r++) sum[r] = 0;
        for (int r = 0; added && r < rows; r++) memcpy(sum + r * WIDTH, c + (i + r) * c_row, sizeof(double) * width);
        (rows > 1 ? kernel->several : kernel->one)(depth, a.entries + i * a.row, a.row, a.column, panel, sum);
        for (int r = 0; r < rows; r++) memcpy(c + (i + r) * c_row, sum + r * WIDTH, sizeof(double) * width);
    }
}

void grzi_multiply(int m, int n, int k, grzi_matrix a, grzi_matrix b, int added, double *c, int64_t c_row)
{
    double panel[DEPTH * WIDTH] __attribute__((aligned(64)));
    const kernel kernel = select_kernel();
    if (k == 0 && !added)
        for (int i = 0; i < m; i++) memset(c + i * c_row, 0, sizeof(double) * n);
    for (int j = 0; j < n; j += WIDTH)
        for (int first = 0; first < k; first += DEPTH) {
            int width = n - j < WIDTH ? n - j : WIDTH, depth = k - first < DEPTH ? k - first : DEPTH;
            pack(depth, width, (grzi_matrix){b.entries + first * b.row + j * b.column, b.row, b.column}, panel);
            over_rows(&kernel, m, depth, width, (grzi_matrix){a.entries + first * a.column, a.row, a.column}, panel, added || first > 0,
                      c + j, c_row);
        }
}

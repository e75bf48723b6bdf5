#include "solve/solve.h"

#include <string.h>

enum { WIDTH = 8, DEPTH = 64 };

/* Eight doubles: one AVX-512 register, two of AVX2, four of SSE2 or NEON; the compiler splits them. */
typedef double lane __attribute__((vector_size(64), aligned(64)));

/* ROWS rows of eight columns stay in registers while the packed panel, depth rows of eight, passes by. */
#define DEFINE_ROWS(NAME, TARGET, ROWS)                                                                            \
    TARGET static void NAME(int depth, const double *a, int64_t row, int64_t column, const lane *panel, lane *sum) \
    {                                                                                                              \
        lane s[ROWS];                                                                                              \
        for (int r = 0; r < ROWS; r++) s[r] = sum[r];                                                              \
        for (int i = 0; i < depth; i++)                                                                            \
            for (int r = 0; r < ROWS; r++) s[r] += a[r * row + i * column] * panel[i];                             \
        for (int r = 0; r < ROWS; r++) sum[r] = s[r];                                                              \
    }

typedef void (*rows_fn)(int depth, const double *a, int64_t row, int64_t column, const lane *panel, lane *sum);

#define NO_TARGET
DEFINE_ROWS(portable_1, NO_TARGET, 1)
DEFINE_ROWS(portable_3, NO_TARGET, 3)

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_DISPATCH 1
#define AVX2          __attribute__((target("avx2,fma")))
#define AVX512        __attribute__((target("avx512f,avx512dq,avx512vl,fma")))
DEFINE_ROWS(avx2_1, AVX2, 1)
DEFINE_ROWS(avx2_6, AVX2, 6)
DEFINE_ROWS(avx512_1, AVX512, 1)
DEFINE_ROWS(avx512_8, AVX512, 8)
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

static void pack(int depth, int width, grzi_matrix b, lane *panel)
{
    double *to = (double *)panel;
    for (int i = 0; i < depth; i++)
        for (int j = 0; j < WIDTH; j++) to[i * WIDTH + j] = j < width ? b.entries[i * b.row + j * b.column] : 0;
}

static void over_rows(const kernel *kernel, int m, int depth, int width, grzi_matrix a, const lane *panel, int added, double *c,
                      int64_t c_row)
{
    lane sum[WIDTH];
    for (int i = 0, rows; i < m; i += rows) {
        rows = m - i >= kernel->rows ? kernel->rows : 1;
        for (int r = 0; r < rows; r++) sum[r] = (lane){0};
        for (int r = 0; added && r < rows; r++) memcpy(&sum[r], c + (i + r) * c_row, sizeof(double) * width);
        (rows > 1 ? kernel->several : kernel->one)(depth, a.entries + i * a.row, a.row, a.column, panel, sum);
        for (int r = 0; r < rows; r++) memcpy(c + (i + r) * c_row, &sum[r], sizeof(double) * width);
    }
}

void grzi_multiply(int m, int n, int k, grzi_matrix a, grzi_matrix b, int added, double *c, int64_t c_row)
{
    lane panel[DEPTH];
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

/* .npy files, written here byte by byte from NEP 1, not by the library's own writer. */
#include "support/check.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N = 9, COUNT = N * N * N };

static grz_context *context;
static grz_grid *grid;
static char folder[64], path[128];

static void open_grid(void)
{
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, N, 4, NULL, &grid));
    strcpy(folder, "/tmp/grazing-npy-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/f.npy", folder);
}

static void close_grid(void)
{
    unlink(path);
    ck_assert_msg(rmdir(folder) == 0, "something was left in %s", folder);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}

/* Bytes of a file under construction. */
typedef struct bytes {
    unsigned char data[1 << 17];
    size_t size;
} bytes;

static bytes file; /* large: not on the stack */

static void put(const void *data, size_t size)
{
    ck_assert_uint_le(file.size + size, sizeof file.data);
    memcpy(file.data + file.size, data, size);
    file.size += size;
}

static void begin(int version, uint32_t header_length)
{
    file.size = 0;
    put("\x93NUMPY", 6);
    put((unsigned char[2]){(unsigned char)version, 0}, 2);
    unsigned char length[4] = {header_length & 255, header_length >> 8 & 255, header_length >> 16 & 255, header_length >> 24 & 255};
    put(length, version == 1 ? 2 : 4);
}

static void begin_with(int version, const char *dictionary)
{
    begin(version, (uint32_t)strlen(dictionary));
    put(dictionary, strlen(dictionary));
}

static void put_value(double value, const char *descr)
{
    unsigned char native[8], swapped[8];
    size_t size = descr[2] == '8' ? 8 : 4;
    float single = (float)value;
    memcpy(native, size == 8 ? (void *)&value : (void *)&single, size);
    const uint16_t probe = 1;
    int little = *(const unsigned char *)&probe == 1;
    for (size_t b = 0; b < size; b++) swapped[b] = (descr[0] == '<') == little ? native[b] : native[size - 1 - b];
    put(swapped, size);
}

static void flush(void)
{
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(file.data, 1, file.size, stream), file.size);
    fclose(stream);
}

/* A value that single precision holds, different at every node. */
static double value_at(int i, int j, int k)
{
    return 1 + i + j / 16.0 + k / 256.0;
}

static void write_array(int version, const char *descr, int fortran)
{
    char dictionary[256];
    snprintf(dictionary, sizeof dictionary, "{'descr': '%s', 'fortran_order': %s, 'shape': (%d, %d, %d), }     \n", descr,
             fortran ? "True" : "False", N, N, N);
    begin_with(version, dictionary);
    for (int a = 0; a < N; a++)
        for (int b = 0; b < N; b++)
            for (int c = 0; c < N; c++) put_value(fortran ? value_at(c, b, a) : value_at(a, b, c), descr);
    flush();
}

START_TEST(every_layout_is_read)
{
    static const char *const descr[] = {"<f8", ">f8", "<f4", ">f4"};
    for (int version = 1; version <= 3; version++)
        for (int d = 0; d < 4; d++)
            for (int fortran = 0; fortran < 2; fortran++) {
                grz_distribution *f;
                int32_t n = 0;
                write_array(version, descr[d], fortran);
                OK(grz_npy_nodes_per_axis(context, path, &n));
                ck_assert_int_eq(n, N);
                OK(grz_distribution_load_npy(context, grid, path, &f));
                for (int e = 0; e < COUNT; e++) NEAR(grz_distribution_view(f)[e], value_at(e / (N * N), e / N % N, e % N), 0);
                grz_distribution_destroy(&f);
            }
}
END_TEST

static void accept_header(const char *dictionary)
{
    begin_with(1, dictionary);
    for (int e = 0; e < COUNT; e++) put_value(e, "<f8");
    flush();
    grz_distribution *f;
    ck_assert_msg(grz_distribution_load_npy(context, grid, path, &f) == GRZ_OK, "%s: %s", dictionary, grz_context_last_message(context));
    NEAR(grz_distribution_view(f)[COUNT - 1], COUNT - 1, 0);
    grz_distribution_destroy(&f);
}

START_TEST(headers_may_be_written_otherwise)
{
    accept_header("{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9)}");
    accept_header("{\"shape\":(9,9,9,),\"fortran_order\":False,\"descr\":\"<f8\",}\n\n");
    accept_header("\n{ 'shape' : ( 9L , 9L,9L ) , 'descr' : '<f8' ,\t'fortran_order' : False\n}\r\n");
    accept_header("{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 0009), }");
}
END_TEST

static void refuse_header(const char *dictionary, grz_status status, const char *word)
{
    begin_with(1, dictionary);
    for (int e = 0; e < COUNT; e++) put_value(e, "<f8");
    flush();
    grz_distribution *f = UNTOUCHED;
    FAILS(context, grz_distribution_load_npy(context, grid, path, &f), status, word);
    ck_assert_ptr_eq(f, UNTOUCHED);
    int32_t n = -7;
    FAILS(context, grz_npy_nodes_per_axis(context, path, &n), GRZ_ERROR_FORMAT, path);
    ck_assert_int_eq(n, -7);
}

START_TEST(malformed_headers_are_refused)
{
    static const struct {
        const char *dictionary, *word;
    } cases[] = {
        {"", "'{' was expected"},
        {"   \n", "'{' was expected"},
        {"[]", "'{' was expected"},
        {"{", "a string was expected"},
        {"{}", "missing"},
        {"{'descr': '<f8', 'fortran_order': False}", "missing"},
        {"{'descr': '<f8', 'shape': (9, 9, 9)}", "missing"},
        {"{'fortran_order': False, 'shape': (9, 9, 9)}", "missing"},
        {"{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9)}", "twice"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9), 'more': 1}", "a key is none of"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9)} x", "something follows"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9)", "',' or '}'"},
        {"{'descr': '<f8' 'fortran_order': False, 'shape': (9, 9, 9)}", "',' or '}'"},
        {"{'descr' '<f8', 'fortran_order': False, 'shape': (9, 9, 9)}", "':' was expected"},
        {"{'descr: <f8", "does not end"},
        {"{'descr': '<f8", "does not end"},
        {"{'de\\scr': '<f8'}", "not one of a .npy header"},
        {"{'a key that is far longer than any key of a header of a .npy file': 1}", "not one of a .npy header"},
        {"{'descr': '<i8', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': '<c16', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': '|f8', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': '<f2', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': '', 'fortran_order': False, 'shape': (9, 9, 9)}", "descr is none of"},
        {"{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (9, 9, 9)}", "a string was expected"},
        {"{'descr': '<f8', 'fortran_order': 0, 'shape': (9, 9, 9)}", "fortran_order"},
        {"{'descr': '<f8', 'fortran_order': , 'shape': (9, 9, 9)}", "fortran_order"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': 9}", "not a tuple"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9)}", "not a tuple"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9 9)}", "',' or ')'"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, -9, 9)}", "negative"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9.0, 9)}", "',' or ')'"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, x, 9)}", "not an integer"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 99999999999999999999999)}", "overflows"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}",
         "too many"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9", "',' or ')'"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) refuse_header(cases[c].dictionary, GRZ_ERROR_FORMAT, cases[c].word);
}
END_TEST

START_TEST(other_shapes_do_not_match)
{
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", GRZ_ERROR_MISMATCH, "0 dimensions");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (729,)}", GRZ_ERROR_MISMATCH, "1 dimensions");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 8)}", GRZ_ERROR_MISMATCH, "(9, 9, 8)");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9, 1)}", GRZ_ERROR_MISMATCH, "4 dimensions");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 0, 0)}", GRZ_ERROR_MISMATCH, "(0, 0, 0)");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (7, 7, 7)}", GRZ_ERROR_MISMATCH, "(7, 7, 7)");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (1025, 1025, 1025)}", GRZ_ERROR_MISMATCH, "(1025, 1025, 1025)");
    refuse_header("{'descr': '<f8', 'fortran_order': False, 'shape': (3037000500, 3037000500, 3037000500)}", GRZ_ERROR_MISMATCH,
                  "3037000500");
}
END_TEST

START_TEST(wrong_beginnings_are_refused)
{
    grz_distribution *f = UNTOUCHED;
    const char *dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9)}";
    static const int versions[][2] = {{0, 0}, {4, 0}, {1, 1}, {255, 0}};
    for (int v = 0; v < 4; v++) {
        begin_with(1, dictionary);
        file.data[6] = (unsigned char)versions[v][0];
        file.data[7] = (unsigned char)versions[v][1];
        flush();
        FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "format version");
    }
    for (int b = 0; b < 6; b++) {
        begin_with(1, dictionary);
        file.data[b] ^= 1;
        flush();
        FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "magic");
    }
    begin(2, 0xffffffffu);
    flush();
    FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "4294967295 bytes");
    begin(1, 0xffff);
    put(dictionary, strlen(dictionary));
    flush();
    FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "within its header");
    begin(1, 80);
    put(dictionary, strlen(dictionary) + 1);
    for (int e = 0; e < 100; e++) put(" ", 1);
    flush();
    FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "zero byte");
    ck_assert_ptr_eq(f, UNTOUCHED);
}
END_TEST

/* Every prefix of a file, and the file with one byte more. */
START_TEST(truncated_and_overlong_files_are_refused)
{
    grz_distribution *f = UNTOUCHED;
    write_array(1, "<f8", 0);
    size_t whole = file.size;
    for (size_t size = 0; size < whole; size += size < 200 ? 1 : 97) {
        file.size = size;
        flush();
        FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "ends");
    }
    file.size = whole;
    put("x", 1);
    flush();
    FAILS(context, grz_distribution_load_npy(context, grid, path, &f), GRZ_ERROR_FORMAT, "goes on after its 729 values");
    ck_assert_ptr_eq(f, UNTOUCHED);
}
END_TEST

/* A changed byte of the header never crashes, and what is accepted is a density. */
START_TEST(damaged_headers_never_crash)
{
    uint64_t seed = 4;
    write_array(1, "<f8", 0);
    bytes *whole = malloc(sizeof *whole);
    *whole = file;
    for (int trial = 0; trial < 1500; trial++) {
        file = *whole;
        for (int damage = 0; damage <= trial % 3; damage++) file.data[(int)(uniform(&seed) * 90)] = (unsigned char)(256 * uniform(&seed));
        flush();
        grz_distribution *f = UNTOUCHED;
        int32_t n;
        grz_status status = grz_distribution_load_npy(context, grid, path, &f);
        grz_npy_nodes_per_axis(context, path, &n);
        if (status == GRZ_OK) {
            for (int e = 0; e < COUNT; e++) HOLDS(grz_distribution_view(f)[e] >= 0, "value %d", e);
            grz_distribution_destroy(&f);
        } else
            HOLDS(f == UNTOUCHED, "output touched by %s", grz_status_name(status));
    }
    free(whole);
}
END_TEST

START_TEST(values_must_be_densities)
{
    static const struct {
        double value;
        grz_status status;
        const char *word;
    } cases[] = {{NAN, GRZ_ERROR_NOT_FINITE, "[700] = "},
                 {INFINITY, GRZ_ERROR_NOT_FINITE, "[700] = inf"},
                 {-0.25, GRZ_ERROR_NOT_POSITIVE, "[700] = -0.25"}};
    static const char *const descr[] = {"<f8", ">f4"};
    for (int d = 0; d < 2; d++)
        for (int c = 0; c < 3; c++) {
            char dictionary[128];
            snprintf(dictionary, sizeof dictionary, "{'descr': '%s', 'fortran_order': False, 'shape': (9, 9, 9)}", descr[d]);
            begin_with(2, dictionary);
            for (int e = 0; e < COUNT; e++) put_value(e == 700 ? cases[c].value : 1, descr[d]);
            flush();
            grz_distribution *f = UNTOUCHED;
            FAILS(context, grz_distribution_load_npy(context, grid, path, &f), cases[c].status, cases[c].word);
            ck_assert_ptr_eq(f, UNTOUCHED);
        }
}
END_TEST

START_TEST(save_writes_the_documented_bytes)
{
    grz_distribution *f, *back;
    OK(grz_distribution_create_maxwellian(context, grid, 1, (double[3]){0.1, 0.2, 0.3}, 0.7, &f));
    OK(grz_distribution_save_npy(f, path));
    begin(1, 118);
    char dictionary[119];
    int length = snprintf(dictionary, sizeof dictionary, "{'descr': '<f8', 'fortran_order': False, 'shape': (9, 9, 9), }");
    memset(dictionary + length, ' ', sizeof dictionary - (size_t)length);
    dictionary[117] = '\n';
    put(dictionary, 118);
    for (int e = 0; e < COUNT; e++) put_value(grz_distribution_view(f)[e], "<f8");
    FILE *stream = fopen(path, "rb");
    ck_assert_ptr_nonnull(stream);
    for (size_t b = 0; b < file.size; b++) HOLDS(fgetc(stream) == file.data[b], "byte %d differs", (int)b);
    ck_assert_int_eq(fgetc(stream), EOF);
    fclose(stream);
    OK(grz_distribution_load_npy(context, grid, path, &back));
    ck_assert_int_eq(memcmp(grz_distribution_view(f), grz_distribution_view(back), COUNT * sizeof(double)), 0);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(&back);
}
END_TEST

START_TEST(save_replaces_a_file_and_keeps_its_mode)
{
    grz_distribution *f;
    int32_t n = 0;
    struct stat state;
    OK(grz_distribution_create_bkw(context, grid, 0.8, &f));
    file.size = 0;
    for (int e = 0; e < 10000; e++) put("old contents", 12);
    flush();
    ck_assert_int_eq(chmod(path, 0640), 0);
    OK(grz_distribution_save_npy(f, path));
    ck_assert_int_eq(stat(path, &state), 0);
    ck_assert_int_eq(state.st_mode & 0777, 0640);
    ck_assert_int_eq(state.st_size, 128 + 8 * COUNT);
    OK(grz_npy_nodes_per_axis(context, path, &n));
    /* Through a symbolic link the file it points to is written. */
    char link[160];
    snprintf(link, sizeof link, "%s.link", path);
    ck_assert_int_eq(symlink(path, link), 0);
    OK(grz_distribution_save_npy(f, link));
    ck_assert_int_eq(lstat(link, &state), 0);
    ck_assert(S_ISLNK(state.st_mode));
    unlink(link);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(io_failures_have_a_reason)
{
    grz_distribution *f, *g = UNTOUCHED;
    int32_t n = -7;
    char missing[200];
    snprintf(missing, sizeof missing, "%s/none/f.npy", folder);
    OK(grz_distribution_create_bkw(context, grid, 0.8, &f));
    FAILS(context, grz_distribution_load_npy(context, grid, missing, &g), GRZ_ERROR_IO, "No such file");
    FAILS(context, grz_distribution_load_npy(context, grid, missing, &g), GRZ_ERROR_IO, missing);
    FAILS(context, grz_npy_nodes_per_axis(context, missing, &n), GRZ_ERROR_IO, "No such file");
    FAILS(context, grz_distribution_load_npy(context, grid, folder, &g), GRZ_ERROR_IO, folder);
    FAILS(context, grz_distribution_save_npy(f, missing), GRZ_ERROR_IO, "No such file");
    FAILS(context, grz_distribution_save_npy(f, folder), GRZ_ERROR_IO, "directory");
    if (access("/dev/full", W_OK) == 0) FAILS(context, grz_distribution_save_npy(f, "/dev/full"), GRZ_ERROR_IO, "No space left");
    FAILS(context, grz_distribution_load_npy(context, grid, NULL, &g), GRZ_ERROR_NULL_ARGUMENT, "path");
    FAILS(context, grz_distribution_load_npy(context, NULL, path, &g), GRZ_ERROR_NULL_ARGUMENT, "grid");
    FAILS(context, grz_distribution_load_npy(context, grid, path, NULL), GRZ_ERROR_NULL_ARGUMENT, "out");
    ck_assert_int_eq(grz_distribution_load_npy(NULL, grid, path, &g), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_npy_nodes_per_axis(context, path, NULL), GRZ_ERROR_NULL_ARGUMENT, "n is NULL");
    FAILS(context, grz_npy_nodes_per_axis(context, NULL, &n), GRZ_ERROR_NULL_ARGUMENT, "path");
    ck_assert_int_eq(grz_npy_nodes_per_axis(NULL, path, &n), GRZ_ERROR_NULL_ARGUMENT);
    FAILS(context, grz_distribution_save_npy(f, NULL), GRZ_ERROR_NULL_ARGUMENT, "path");
    ck_assert_int_eq(grz_distribution_save_npy(NULL, path), GRZ_ERROR_NULL_ARGUMENT);
    grz_context *other;
    OK(grz_context_create(&other));
    FAILS(other, grz_distribution_load_npy(other, grid, path, &g), GRZ_ERROR_MISMATCH, "grid");
    grz_context_destroy(&other);
    ck_assert_ptr_eq(g, UNTOUCHED);
    ck_assert_int_eq(n, -7);
    grz_distribution_destroy(&f);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    counting_allocator l = {0, 0, 0};
    grz_context *counted;
    grz_grid *g;
    grz_distribution *f;
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &counted));
    OK(grz_grid_create(counted, N, 4, NULL, &g));
    OK(grz_distribution_create_bkw(counted, g, 0.9, &f));
    int64_t base = l.outstanding;
    for (int which = 0; which < 3; which++)
        for (int64_t n = 1;; n++) {
            grz_distribution *made = UNTOUCHED;
            int32_t nodes = -7;
            l = (counting_allocator){0, base, n};
            grz_status status = which == 0   ? grz_distribution_save_npy(f, path)
                                : which == 1 ? grz_npy_nodes_per_axis(counted, path, &nodes)
                                             : grz_distribution_load_npy(counted, g, path, &made);
            if (status == GRZ_OK) {
                ck_assert_int_ge(n, 2);
                if (which == 2) grz_distribution_destroy(&made);
                ck_assert_int_eq(l.outstanding, base);
                break;
            }
            ck_assert_int_eq(status, GRZ_ERROR_OUT_OF_MEMORY);
            ck_assert_ptr_eq(made, UNTOUCHED);
            ck_assert_int_eq(nodes, -7);
            ck_assert_int_eq(l.outstanding, base);
        }
    grz_distribution_destroy(&f);
    grz_grid_destroy(&g);
    grz_context_destroy(&counted);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("npy");
    TCase *tests = tcase_create("npy");
    tcase_add_checked_fixture(tests, open_grid, close_grid);
    tcase_add_test(tests, every_layout_is_read);
    tcase_add_test(tests, headers_may_be_written_otherwise);
    tcase_add_test(tests, malformed_headers_are_refused);
    tcase_add_test(tests, other_shapes_do_not_match);
    tcase_add_test(tests, wrong_beginnings_are_refused);
    tcase_add_test(tests, truncated_and_overlong_files_are_refused);
    tcase_add_test(tests, damaged_headers_never_crash);
    tcase_add_test(tests, values_must_be_densities);
    tcase_add_test(tests, save_writes_the_documented_bytes);
    tcase_add_test(tests, save_replaces_a_file_and_keeps_its_mode);
    tcase_add_test(tests, io_failures_have_a_reason);
    tcase_add_test(tests, every_allocation_may_fail);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

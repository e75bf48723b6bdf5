/* Core: statuses, constants against the header, messages, allocator hooks, reference counts, cancel, progress, threads. */
#include "core/core.h"
#include "support/check.h"

#include <ctype.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

START_TEST(statuses_have_names_and_sentences)
{
    for (int i = 0; i <= GRZ_ERROR_INTERNAL; i++) {
        int32_t value = -1;
        OK(grz_constant_value(grz_status_name((grz_status)i), &value));
        ck_assert_int_eq(value, i);
        ck_assert_uint_gt(strlen(grz_status_string((grz_status)i)), 5);
    }
    static const int unknown[] = {-1, GRZ_ERROR_INTERNAL + 1, 1000000};
    for (int i = 0; i < 3; i++) {
        ck_assert_str_eq(grz_status_name((grz_status)unknown[i]), "unknown status");
        ck_assert_str_eq(grz_status_string((grz_status)unknown[i]), "unknown status");
    }
}
END_TEST

/* The header as text, comments blanked. */
static char *read_header(void)
{
    const char *path = getenv("GRZ_HEADER") ? getenv("GRZ_HEADER") : "include/grazing.h";
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s: run from the root of the tree or set GRZ_HEADER", path);
    char *text = calloc(1, 1 << 20);
    size_t length = fread(text, 1, (1 << 20) - 1, file);
    ck_assert_uint_lt(length, (1 << 20) - 1);
    fclose(file);
    for (char *at = strstr(text, "/*"); at; at = strstr(at, "/*")) {
        char *end = strstr(at, "*/");
        ck_assert_ptr_nonnull(end);
        memset(at, ' ', (size_t)(end + 2 - at));
    }
    return text;
}

/* Next "GRZ_NAME = value" of an enum or "#define GRZ_NAME value" with an integer; name and value are returned. */
static char *next_constant(char *at, char name[128], long *value)
{
    while ((at = strstr(at, "GRZ_"))) {
        char *end = at, *number;
        while (isalnum((unsigned char)*end) || *end == '_') end++;
        ck_assert_int_lt((int)(end - at), 127);
        snprintf(name, 128, "%.*s", (int)(end - at), at);
        char *value_at = end + strspn(end, " \t");
        int is_macro = *value_at != '=' && value_at > end && strncmp(at - 8, "#define ", 8) == 0;
        at = end;
        if (*value_at != '=' && !is_macro) continue;
        if (*value_at == '=') value_at++;
        *value = strtol(value_at, &number, 0);
        if (number != value_at) return end;
    }
    return NULL;
}

START_TEST(constants_are_the_headers)
{
    char *header = read_header(), name[128];
    long value;
    int32_t count = 0;
    for (char *at = header; (at = next_constant(at, name, &value));) {
        int32_t found = INT32_MIN;
        ck_assert_msg(grz_constant_value(name, &found) == GRZ_OK, "%s of the header is not in src/core/constants.def", name);
        ck_assert_msg(found == value, "%s is %ld in the header, %d in the library", name, value, found);
        count++;
    }
    ck_assert_int_gt(count, 40);
    for (int32_t i = 0; i < grz_constant_count(); i++) {
        int known = 0;
        const char *wanted = grz_constant_name(i);
        for (char *at = header; !known && (at = next_constant(at, name, &value));) known = strcmp(name, wanted) == 0;
        ck_assert_msg(known, "%s is no constant of the header", wanted);
        for (int32_t j = 0; j < i; j++) ck_assert_str_ne(grz_constant_name(j), wanted);
    }
    ck_assert_int_eq(grz_constant_count(), count);
    free(header);
}
END_TEST

START_TEST(constants_refuse_bad_questions)
{
    int32_t value = 7;
    ck_assert_ptr_null(grz_constant_name(-1));
    ck_assert_ptr_null(grz_constant_name(grz_constant_count()));
    ck_assert_int_eq(grz_constant_value(NULL, &value), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_constant_value("GRZ_OK", NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_constant_value("", &value), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(grz_constant_value("GRZ_O", &value), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_int_eq(value, 7);
}
END_TEST

START_TEST(context_null_arguments)
{
    grz_context *context = UNTOUCHED;
    char buffer[8] = "keep";
    ck_assert_int_eq(grz_context_create(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_create_with_allocator(counted_allocate, NULL, NULL, &context), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_create_with_allocator(NULL, counted_release, NULL, &context), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_create_with_allocator(NULL, NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_ptr_eq(context, UNTOUCHED);
    ck_assert_int_eq(grz_context_set_threads(NULL, 1), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_threads(NULL), 0);
    ck_assert_int_eq(grz_context_last_status(NULL), GRZ_OK);
    ck_assert_str_eq(grz_context_last_message(NULL), "");
    ck_assert_int_eq(grz_context_copy_message(NULL, buffer, sizeof buffer), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_str_eq(buffer, "keep");
    ck_assert_int_eq(grz_context_set_progress(NULL, NULL, NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_cancel(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_clear_cancel(NULL), GRZ_ERROR_NULL_ARGUMENT);
    ck_assert_int_eq(grz_context_is_cancelled(NULL), 0);
    grz_context_destroy(NULL);
    context = NULL;
    grz_context_destroy(&context);
}
END_TEST

START_TEST(messages_name_argument_and_value)
{
    grz_context *context;
    grz_grid *grid = UNTOUCHED;
    char buffer[600], small[5];
    OK(grz_context_create(&context));
    ck_assert_int_eq(grz_context_last_status(context), GRZ_OK);
    ck_assert_str_eq(grz_context_last_message(context), "");
    FAILS(context, grz_grid_create(context, 7, 1, NULL, &grid), GRZ_ERROR_INVALID_ARGUMENT, "n = 7");
    OK(grz_context_copy_message(context, buffer, sizeof buffer));
    ck_assert_str_eq(buffer, grz_context_last_message(context));
    OK(grz_context_copy_message(context, small, sizeof small));
    ck_assert_uint_eq(strlen(small), 4);
    ck_assert_int_eq(strncmp(small, buffer, 4), 0);
    int64_t length = (int64_t)strlen(buffer); /* room for all but the end */
    char exact[256];
    memset(exact, 'x', sizeof exact);
    ck_assert_int_lt(length, 250);
    OK(grz_context_copy_message(context, exact, length));
    ck_assert(exact[length - 1] == 0 && exact[length] == 'x' && strncmp(exact, buffer, (size_t)length - 1) == 0);
    OK(grz_context_copy_message(context, small, 1));
    ck_assert_str_eq(small, "");
    FAILS(context, grz_context_copy_message(context, small, 0), GRZ_ERROR_INVALID_ARGUMENT, "size = 0");
    FAILS(context, grz_context_copy_message(context, small, INT64_MIN), GRZ_ERROR_INVALID_ARGUMENT, "size = -9223372036854775808");
    ck_assert_int_eq(grz_context_copy_message(context, NULL, 3), GRZ_ERROR_NULL_ARGUMENT);
    /* A later success leaves the message of the last failure. */
    OK(grz_context_set_threads(context, 1));
    ck_assert_int_eq(grz_context_last_status(context), GRZ_ERROR_INVALID_ARGUMENT);
    ck_assert_ptr_eq(grid, UNTOUCHED);
    grz_context_destroy(&context);
    ck_assert_ptr_null(context);
    grz_context_destroy(&context);
}
END_TEST

/* As many digits as it takes to read the same number back, and no more than that. */
START_TEST(numbers_read_back)
{
    uint64_t seed = 3;
    char text[GRZI_NUMBER_SIZE];
    ck_assert_str_eq(grzi_number(text, 0.1 + 0.2), "0.30000000000000004");
    ck_assert_str_eq(grzi_number(text, 0.3), "0.3");
    ck_assert_str_eq(grzi_number(text, -1e300), "-1e+300");
    for (int i = 0; i < 2000; i++) {
        double value = ldexp(2 * uniform(&seed) - 1, (int)(600 * uniform(&seed)) - 300);
        HOLDS(strtod(grzi_number(text, value), NULL) == value, "%.17g became %s", value, text);
    }
}
END_TEST

START_TEST(threads_have_a_range)
{
    grz_context *context;
    OK(grz_context_create(&context));
    ck_assert_int_ge(grz_context_threads(context), 1);
    OK(grz_context_set_threads(context, 1024));
    ck_assert_int_eq(grz_context_threads(context), 1024);
    FAILS(context, grz_context_set_threads(context, 1025), GRZ_ERROR_INVALID_ARGUMENT, "threads = 1025");
    FAILS(context, grz_context_set_threads(context, -1), GRZ_ERROR_INVALID_ARGUMENT, "threads = -1");
    FAILS(context, grz_context_set_threads(context, INT32_MIN), GRZ_ERROR_INVALID_ARGUMENT, "threads = -2147483648");
    ck_assert_int_eq(grz_context_threads(context), 1024);
    OK(grz_context_set_threads(context, 3));
    ck_assert_int_eq(grz_context_threads(context), 3);
    OK(grz_context_set_threads(context, 0));
    ck_assert_int_ge(grz_context_threads(context), 1);
    grz_context_destroy(&context);
}
END_TEST

START_TEST(handles_outlive_their_makers)
{
    counting_allocator l = {0, 0, 0};
    grz_context *context;
    grz_grid *grid;
    grz_distribution *f;
    OK(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &context));
    OK(grz_grid_create(context, 8, 4, NULL, &grid));
    OK(grz_distribution_create_maxwellian(context, grid, 1, NULL, 1, &f));
    grz_context_destroy(&context);
    grz_grid_destroy(&grid);
    double rho = 0;
    OK(grz_distribution_moments(f, &rho, NULL, NULL, NULL, NULL));
    ck_assert_double_gt(rho, 0.9);
    ck_assert_int_gt(l.outstanding, 0);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(&f);
    grz_distribution_destroy(NULL);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

START_TEST(allocation_failures_of_contexts)
{
    counting_allocator l = {0, 0, 1};
    grz_context *context = UNTOUCHED;
    ck_assert_int_eq(grz_context_create_with_allocator(counted_allocate, counted_release, &l, &context), GRZ_ERROR_OUT_OF_MEMORY);
    ck_assert_ptr_eq(context, UNTOUCHED);
    ck_assert_int_eq(l.outstanding, 0);
}
END_TEST

static int density_of_one(int64_t count, const double *velocity, double *f, void *user)
{
    (void)velocity;
    (void)user;
    for (int64_t i = 0; i < count; i++) f[i] = 1;
    return 0;
}

typedef struct progress_record {
    int calls, stop_at;
    double last;
} progress_record;

static int record_progress(const char *stage, double fraction, void *user)
{
    progress_record *record = user;
    ck_assert_uint_gt(strlen(stage), 0);
    ck_assert_double_ge(fraction, record->last);
    ck_assert_double_le(fraction, 1);
    record->last = fraction;
    return ++record->calls == record->stop_at;
}

START_TEST(progress_is_reported_and_may_stop)
{
    grz_context *context;
    grz_grid *grid;
    grz_distribution *f = UNTOUCHED;
    progress_record record = {0, 0, 0};
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, 32, 4, NULL, &grid));
    OK(grz_context_set_progress(context, record_progress, &record));
    OK(grz_distribution_create_callback(context, grid, density_of_one, NULL, &f));
    grz_distribution_destroy(&f);
    ck_assert_int_ge(record.calls, 4);
    ck_assert_int_le(record.calls, 400);
    ck_assert_double_eq(record.last, 1);
    record = (progress_record){0, 3, 0};
    f = UNTOUCHED;
    FAILS(context, grz_distribution_create_callback(context, grid, density_of_one, NULL, &f), GRZ_ERROR_CANCELLED, "progress");
    ck_assert_ptr_eq(f, UNTOUCHED);
    ck_assert_int_eq(record.calls, 3);
    OK(grz_context_set_progress(context, NULL, NULL));
    OK(grz_distribution_create_callback(context, grid, density_of_one, NULL, &f));
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}
END_TEST

static void *cancel_from_outside(void *context)
{
    grz_context_cancel(context);
    return NULL;
}

START_TEST(cancel_stays_until_cleared)
{
    grz_context *context;
    grz_grid *grid;
    grz_distribution *f = UNTOUCHED;
    pthread_t thread;
    OK(grz_context_create(&context));
    OK(grz_grid_create(context, 8, 4, NULL, &grid));
    ck_assert_int_eq(grz_context_is_cancelled(context), 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, cancel_from_outside, context), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(grz_context_is_cancelled(context), 1);
    for (int i = 0; i < 2; i++)
        FAILS(context, grz_distribution_create_callback(context, grid, density_of_one, NULL, &f), GRZ_ERROR_CANCELLED, "cancelled");
    ck_assert_ptr_eq(f, UNTOUCHED);
    OK(grz_context_clear_cancel(context));
    ck_assert_int_eq(grz_context_is_cancelled(context), 0);
    OK(grz_distribution_create_callback(context, grid, density_of_one, NULL, &f));
    grz_distribution_destroy(&f);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
}
END_TEST

/* Several threads fail on one context and copy messages meanwhile: each copy is one whole message (a race detector sees the rest). */
static void *fail_and_copy(void *user)
{
    grz_context *context = user;
    char buffer[600];
    int whole = 1;
    for (int i = 0; i < 300; i++) {
        grz_grid *grid;
        grz_grid_create(context, i % 2 ? 7 : 2000, 1, NULL, &grid);
        grz_context_copy_message(context, buffer, sizeof buffer);
        whole &= strcmp(buffer, "grz_grid_create: n = 7 is outside [8, 1024]") == 0 ||
                 strcmp(buffer, "grz_grid_create: n = 2000 is outside [8, 1024]") == 0;
    }
    return whole ? NULL : user;
}

START_TEST(messages_are_kept_under_a_lock)
{
    grz_context *context;
    pthread_t threads[4];
    OK(grz_context_create(&context));
    for (int i = 0; i < 4; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, fail_and_copy, context), 0);
    for (int i = 0; i < 4; i++) {
        void *broken = NULL;
        pthread_join(threads[i], &broken);
        ck_assert_ptr_null(broken);
    }
    grz_context_destroy(&context);
}
END_TEST

/* In a host that speaks German numbers in messages have a point, and the host's keep their comma. */
START_TEST(numbers_in_messages_do_not_follow_the_locale)
{
    char folder[] = "/tmp/grazing-locale-XXXXXX", command[160], text[16];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >/dev/null 2>&1", folder);
    int made = system(command) == 0 && setenv("LOCPATH", folder, 1) == 0 && setlocale(LC_ALL, "de_DE.UTF-8");
    if (made) {
        grz_context *context;
        grz_kernel *kernel = NULL;
        OK(grz_context_create(&context));
        FAILS(context, grz_kernel_create_power_law(context, 0, 2.5, 0, &kernel), GRZ_ERROR_INVALID_ARGUMENT, "2.5");
        snprintf(text, sizeof text, "%g", 2.5);
        ck_assert_str_eq(text, "2,5");
        grz_context_destroy(&context);
    }
    setlocale(LC_ALL, "C"); /* other tests may share the process */
    unsetenv("LOCPATH");
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    if (!made) printf("no locale with a decimal comma can be made here\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *tests = tcase_create("context");
    tcase_add_test(tests, statuses_have_names_and_sentences);
    tcase_add_test(tests, numbers_in_messages_do_not_follow_the_locale);
    tcase_add_test(tests, constants_are_the_headers);
    tcase_add_test(tests, constants_refuse_bad_questions);
    tcase_add_test(tests, context_null_arguments);
    tcase_add_test(tests, messages_name_argument_and_value);
    tcase_add_test(tests, threads_have_a_range);
    tcase_add_test(tests, handles_outlive_their_makers);
    tcase_add_test(tests, allocation_failures_of_contexts);
    tcase_add_test(tests, progress_is_reported_and_may_stop);
    tcase_add_test(tests, cancel_stays_until_cleared);
    tcase_add_test(tests, messages_are_kept_under_a_lock);
    tcase_add_test(tests, numbers_read_back);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}

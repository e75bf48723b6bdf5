/* Messages of failures, and the checks of arguments and results that leave one. */
#include "core.h"

#include <locale.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers in messages have a point whatever the host's locale; only the calling thread's is changed, and put back. */
static locale_t point_locale;
static pthread_once_t point_locale_once = PTHREAD_ONCE_INIT;

static void make_point_locale(void)
{
    point_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static locale_t begin_numbers(void)
{
    pthread_once(&point_locale_once, make_point_locale);
    return point_locale ? uselocale(point_locale) : (locale_t)0;
}

static void end_numbers(locale_t before)
{
    if (before) uselocale(before);
}

grz_status grzi_fail(const grz_context *context, grz_status status, const char *format, ...)
{
    if (!context) return status;
    grz_context *shared = (grz_context *)context;
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&shared->lock);
    shared->status = status;
    shared->failures++;
    locale_t before = begin_numbers();
    vsnprintf(shared->message, sizeof shared->message, format, arguments);
    end_numbers(before);
    pthread_mutex_unlock(&shared->lock);
    va_end(arguments);
    return status;
}

grz_status grz_context_last_status(const grz_context *context)
{
    if (!context) return GRZ_OK;
    grz_context *shared = (grz_context *)context;
    pthread_mutex_lock(&shared->lock);
    grz_status status = shared->status;
    pthread_mutex_unlock(&shared->lock);
    return status;
}

int64_t grz_context_failure_count(const grz_context *context)
{
    if (!context) return 0;
    grz_context *shared = (grz_context *)context;
    pthread_mutex_lock(&shared->lock);
    int64_t failures = shared->failures;
    pthread_mutex_unlock(&shared->lock);
    return failures;
}

const char *grz_context_last_message(const grz_context *context)
{
    return context ? context->message : "";
}

grz_status grz_context_copy_message(const grz_context *context, char *buffer, int64_t size)
{
    if (!context || !buffer) return GRZ_ERROR_NULL_ARGUMENT;
    if (size < 1)
        return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "grz_context_copy_message: size = %lld, must be >= 1", (long long)size);
    grz_context *shared = (grz_context *)context;
    pthread_mutex_lock(&shared->lock);
    size_t length = strlen(shared->message);
    if ((int64_t)length > size - 1) length = (size_t)(size - 1);
    memcpy(buffer, shared->message, length);
    pthread_mutex_unlock(&shared->lock);
    buffer[length] = '\0';
    return GRZ_OK;
}

const char *grzi_number(char text[GRZI_NUMBER_SIZE], double value)
{
    locale_t before = begin_numbers();
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, GRZI_NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    end_numbers(before);
    return text;
}

grz_status grzi_check_pointer(const grz_context *context, const char *function, const char *name, const void *pointer)
{
    return pointer ? GRZ_OK : grzi_fail(context, GRZ_ERROR_NULL_ARGUMENT, "%s: %s is NULL", function, name);
}

grz_status grzi_check_finite(const grz_context *context, const char *function, const char *name, double value)
{
    return isfinite(value) ? GRZ_OK : grzi_fail(context, GRZ_ERROR_NOT_FINITE, "%s: %s = %g is not finite", function, name, value);
}

grz_status grzi_check_range(const grz_context *context, const char *function, const char *name, double value, double minimum,
                            double maximum)
{
    GRZI_TRY(grzi_check_finite(context, function, name, value));
    if (value >= minimum && value <= maximum) return GRZ_OK;
    char text[3][GRZI_NUMBER_SIZE];
    return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %s = %s is outside [%s, %s]", function, name, grzi_number(text[0], value),
                     grzi_number(text[1], minimum), grzi_number(text[2], maximum));
}

/* Zero times a number is no zero where the number is not finite; eight sums, for vectors. */
int grzi_all_finite(const double *values, int64_t count)
{
    double sum[8] = {0};
    int64_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int lane = 0; lane < 8; lane++) sum[lane] += 0 * values[i + lane];
    for (; i < count; i++) sum[0] += 0 * values[i];
    for (int lane = 1; lane < 8; lane++) sum[0] += sum[lane];
    return sum[0] == 0;
}

grz_status grzi_check_array_finite(const grz_context *context, const char *function, const char *name, const double *values, int64_t count)
{
    GRZI_TRY(grzi_check_pointer(context, function, name, values));
    if (grzi_all_finite(values, count)) return GRZ_OK;
    for (int64_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return grzi_fail(context, GRZ_ERROR_NOT_FINITE, "%s: %s[%lld] = %g is not finite", function, name, (long long)i, values[i]);
    return GRZ_OK;
}

grz_status grzi_check_array_positive(const grz_context *context, const char *function, const char *name, const double *values,
                                     int64_t count)
{
    GRZI_TRY(grzi_check_array_finite(context, function, name, values, count));
    for (int64_t i = 0; i < count; i++)
        if (!(values[i] > 0))
            return grzi_fail(context, GRZ_ERROR_NOT_POSITIVE, "%s: %s[%lld] = %g is not positive", function, name, (long long)i, values[i]);
    return GRZ_OK;
}

grz_status grzi_check_array_nonnegative(const grz_context *context, const char *function, const char *name, const double *values,
                                        int64_t count)
{
    GRZI_TRY(grzi_check_array_finite(context, function, name, values, count));
    for (int64_t i = 0; i < count; i++)
        if (!(values[i] >= 0))
            return grzi_fail(context, GRZ_ERROR_NOT_POSITIVE, "%s: %s[%lld] = %g is negative", function, name, (long long)i, values[i]);
    return GRZ_OK;
}

grz_status grzi_check_result(const grz_context *context, const char *function, const char *name, double value)
{
    if (isfinite(value)) return GRZ_OK;
    return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE, "%s: %s overflows: an input is too large or spans too many orders of magnitude",
                     function, name);
}

grz_status grzi_check_results(const grz_context *context, const char *function, const char *name, const double *values, int64_t count)
{
    if (!values || grzi_all_finite(values, count)) return GRZ_OK;
    int64_t i = 0;
    while (i < count - 1 && isfinite(values[i])) i++;
    return grzi_fail(context, GRZ_ERROR_NOT_REPRESENTABLE,
                     "%s: %s[%lld] overflows: an input is too large or spans too many orders of magnitude", function, name, (long long)i);
}

#include "core/options.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const grzi_option *grzi_option_find(const grzi_option_table *table, int32_t id)
{
    for (int i = 0; i < table->count; i++)
        if (table->options[i].id == id) return &table->options[i];
    return NULL;
}

void grzi_options_initialise(const grzi_option_table *table, double *values)
{
    for (int i = 0; i < table->count; i++) values[table->options[i].id] = table->options[i].initial;
}

static int is_on_step(const grzi_option *option, double value)
{
    return option->step == 0 || fmod(value - option->least, option->step) == 0;
}

int grzi_option_takes(const grzi_option *option, double value)
{
    if (value == 0 && option->initial == 0) return 1;
    return isfinite(value) && value >= option->least && value <= option->largest && is_on_step(option, value);
}

grz_status grzi_option_check(const grz_context *context, const char *function, const grzi_option *option, double value)
{
    if (grzi_option_takes(option, value)) return GRZ_OK;
    char name[64], number[GRZI_NUMBER_SIZE];
    snprintf(name, sizeof name, "value of %s", option->name);
    GRZI_TRY(grzi_check_range(context, function, name, value, option->least, option->largest));
    return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: %s = %s is not %s integer", function, name, grzi_number(number, value),
                     option->step == 1             ? "an"
                     : fmod(option->least, 2) == 0 ? "an even"
                                                   : "an odd");
}

grz_status grzi_option_bounds(const grz_context *context, const char *function, const grzi_option *option, double *minimum, double *maximum,
                              double *initial)
{
    GRZI_TRY(grzi_check_pointer(context, function, "minimum", minimum));
    GRZI_TRY(grzi_check_pointer(context, function, "maximum", maximum));
    GRZI_TRY(grzi_check_pointer(context, function, "initial", initial));
    *minimum = option->least;
    *maximum = option->largest;
    *initial = option->initial;
    return GRZ_OK;
}

const char *grzi_constant_of(const char *prefix, int32_t value, char text[GRZI_OPTION_NAME])
{
    for (int32_t i = 0; i < grz_constant_count(); i++) {
        const char *name = grz_constant_name(i);
        int32_t found;
        if (strncmp(name, prefix, strlen(prefix)) == 0 && grz_constant_value(name, &found) == GRZ_OK && found == value) return name;
    }
    snprintf(text, GRZI_OPTION_NAME, "%d", (int)value);
    return text;
}

/* The first by its whole name, the others without what all begin with. */
const char *grzi_options_list(const grzi_option_table *table, char text[GRZI_OPTION_LIST])
{
    size_t used = 0, common = strstr(table->options[0].name, "_OPTION_") - table->options[0].name + strlen("_OPTION_");
    text[0] = 0;
    for (int i = 0; i < table->count && used < GRZI_OPTION_LIST; i++) {
        int written = snprintf(text + used, GRZI_OPTION_LIST - used, "%s%s", i ? ", " : "", table->options[i].name + (i ? common : 0));
        used += (size_t)written;
    }
    return text;
}

static grz_status find(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id,
                       const grzi_option **option)
{
    *option = grzi_option_find(table, id);
    if (*option) return GRZ_OK;
    char list[GRZI_OPTION_LIST];
    return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: option = %d does not exist; there are %s", function, (int)id,
                     grzi_options_list(table, list));
}

grz_status grzi_options_set(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id, double value,
                            double *values)
{
    const grzi_option *option;
    GRZI_TRY(find(context, function, table, id, &option));
    GRZI_TRY(grzi_option_check(context, function, option, value));
    values[id] = value;
    return GRZ_OK;
}

grz_status grzi_options_value(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id,
                              const double *values, double *value)
{
    const grzi_option *option;
    GRZI_TRY(find(context, function, table, id, &option));
    GRZI_TRY(grzi_check_pointer(context, function, "value", value));
    *value = values[id];
    return GRZ_OK;
}

grz_status grzi_options_bounds(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id,
                               double *minimum, double *maximum, double *initial)
{
    const grzi_option *option;
    GRZI_TRY(find(context, function, table, id, &option));
    return grzi_option_bounds(context, function, option, minimum, maximum, initial);
}

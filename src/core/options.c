#include "core/options.h"

#include <math.h>
#include <stdio.h>

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

static grz_status find(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id,
                       const grzi_option **option)
{
    *option = grzi_option_find(table, id);
    return *option ? GRZ_OK : grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: option = %d does not exist", function, (int)id);
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

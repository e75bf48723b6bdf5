/* Options of handles: one record each, by which set, value and bounds work for operators, metrics and flows alike. */
#ifndef GRZI_OPTIONS_H
#define GRZI_OPTIONS_H

#include "core/core.h"

/* Values from least to largest; with step > 0 only least, least + step, ... An option whose initial value is 0 may always go back to 0,
 * which then means: as the accuracy level says, or off. */
typedef struct grzi_option {
    int32_t id;       /* a constant of the handle's enum */
    const char *name; /* of that constant */
    double least, largest, initial;
    int step;
} grzi_option;

#define GRZI_OPTION(id, least, largest, initial, step) \
    {                                                  \
        id, #id, least, largest, initial, step         \
    }

/* All options of a kind of handle, whose values lie in an array by id. */
typedef struct grzi_option_table {
    const grzi_option *options;
    int count;
} grzi_option_table;

/* NULL: no such option. */
const grzi_option *grzi_option_find(const grzi_option_table *table, int32_t id);

void grzi_options_initialise(const grzi_option_table *table, double *values);

/* Whether the option takes this value, with and without a message. */
int grzi_option_takes(const grzi_option *option, double value);
grz_status grzi_option_check(const grz_context *context, const char *function, const grzi_option *option, double value);

/* For messages: the constant of an enum with this prefix and value, or its number where there is none; the options of a table. */
enum { GRZI_OPTION_NAME = 64, GRZI_OPTION_LIST = 320 };
const char *grzi_constant_of(const char *prefix, int32_t value, char text[GRZI_OPTION_NAME]);
const char *grzi_options_list(const grzi_option_table *table, char text[GRZI_OPTION_LIST]);

/* What the calls of handles do with a table. */
grz_status grzi_options_set(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id, double value,
                            double *values);
grz_status grzi_options_value(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id,
                              const double *values, double *value);
grz_status grzi_options_bounds(const grz_context *context, const char *function, const grzi_option_table *table, int32_t id,
                               double *minimum, double *maximum, double *initial);

/* The bounds of one option into a caller's three numbers, none of which may be NULL. */
grz_status grzi_option_bounds(const grz_context *context, const char *function, const grzi_option *option, double *minimum, double *maximum,
                              double *initial);

#endif

/* Relatives of an operator: at the next finer level for error estimates, at another eps for the limit of solutions. */
#include "operator/operator.h"

/* Numbers of nodes that the accuracy level decides when they are not set. */
static int follows_level(int option)
{
    static const grz_operator_option list[] = {GRZ_OPERATOR_OPTION_RADIAL_NODES, GRZ_OPERATOR_OPTION_SPHERE_DEGREE,
                                               GRZ_OPERATOR_OPTION_THETA_NODES,  GRZ_OPERATOR_OPTION_PHI_NODES,
                                               GRZ_OPERATOR_OPTION_OUTPUT_RANK,  GRZ_OPERATOR_OPTION_INPUT_RANK,
                                               GRZ_OPERATOR_OPTION_SAMPLES,      GRZ_OPERATOR_OPTION_PADDED_NODES};
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if ((int)list[i] == option) return 1;
    return 0;
}

static void copy_options(const grz_operator *op, int other_level, grz_operator *made)
{
    for (int option = 0; option < GRZI_OPTION_CAPACITY; option++) {
        grzi_option found;
        if (!grzi_operator_find_option(made, option, &found) || (other_level && follows_level(option))) continue;
        if (grzi_option_takes(&found, op->options[option])) made->options[option] = op->options[option];
    }
}

/* Where op has set more nodes than made's level has, as many as op. */
static grz_status keep_larger(const grz_operator *op, grz_operator *made)
{
    int changed = 0;
    for (int option = 0; option < GRZI_OPTION_CAPACITY; option++) {
        grzi_option found;
        if (!follows_level(option) || op->options[option] == 0 || !grzi_operator_find_option(made, option, &found)) continue;
        GRZI_TRY(grzi_operator_ready(made));
        if (made->method->option_in_force(made, (grz_operator_option)option) >= op->options[option]) continue;
        made->options[option] = op->options[option];
        changed = 1;
    }
    if (changed) made->method->teardown(made);
    return GRZ_OK;
}

grz_status grzi_operator_like(grz_operator *op, grz_equation equation, double eps, int level, grz_operator **made)
{
    grz_kernel *scaled = NULL;
    grz_operator *relative = NULL;
    if (eps != grz_kernel_eps(op->kernel)) GRZI_TRY(grz_kernel_create_scaled(op->context, op->kernel, eps, &scaled));
    grz_status status = grz_operator_create(op->context, op->grid, scaled ? scaled : op->kernel, equation, op->method_id, &relative);
    grz_kernel_destroy(&scaled);
    if (status != GRZ_OK) return status;
    copy_options(op, level != 0, relative);
    if (level != 0) {
        relative->options[GRZ_OPERATOR_OPTION_ACCURACY] = level;
        status = keep_larger(op, relative);
    }
    if (status == GRZ_OK)
        *made = relative;
    else
        grz_operator_destroy(&relative);
    return status;
}

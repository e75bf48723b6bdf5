/* Changes of a flow's saved state: refused, or a state that runs forward in time. */
#include "fuzz.h"

enum { N = 8, NODES = N * N * N };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static double f[NODES], state[2 * NODES + 64], out[NODES];
    stream s = {data, size};
    grz_context *context = fuzz_context();
    grz_grid *grid = NULL;
    grz_kernel *kernel = NULL;
    grz_operator *op = NULL;
    grz_flow *flow = NULL;
    for (int i = 0; i < NODES; i++) f[i] = exp(-0.3 * (pow(i / 64 - 3.5, 2) + pow(i / 8 % 8 - 3.2, 2) + 2 * pow(i % 8 - 3.6, 2)));
    grz_time_scheme scheme = choice(&s, 2) ? GRZ_TIME_SCHEME_BOGACKI_SHAMPINE : GRZ_TIME_SCHEME_SSP_RK2;
    if (grz_grid_create(context, N, 4, NULL, &grid) || grz_kernel_create_power_law(context, 0, 1, 0, &kernel) ||
        grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_SPECTRAL, &op) ||
        grz_flow_create(context, op, scheme, &flow) || grz_flow_start(flow, 1, f) || grz_flow_run(flow, 1.0008, 0.0004, NULL, NULL) ||
        grz_flow_save(flow, state))
        abort();
    int64_t count = grz_flow_state_size(flow);
    while (s.size > 0) {
        int64_t where = (int64_t)(fraction(&s) * (double)(choice(&s, 4) ? 20 : count));
        if (where < count) state[where] = number(&s);
    }
    prepare(0, out);
    grz_status status = grz_flow_restore(flow, state);
    judge(context, "grz_flow_restore", status, 0, out, 0);
    double time = grz_flow_time(flow);
    if (!isfinite(time)) broken("grz_flow_restore", "a time", time);
    for (int i = GRZ_FLOW_STATISTIC_STEPS; status == GRZ_OK && i <= GRZ_FLOW_STATISTIC_RELAXED; i++) {
        prepare(1, out);
        judge(context, "grz_flow_statistic_value", grz_flow_statistic_value(flow, (grz_flow_statistic)i, out), 1, out, 0);
    }
    prepare(0, out);
    status = grz_flow_step(flow, 0.0004);
    judge(context, "grz_flow_step", status, 0, out, 0);
    if (status == GRZ_OK && !(grz_flow_time(flow) >= time)) broken("grz_flow_step", "back in time", grz_flow_time(flow) - time);
    prepare(NODES, out);
    judge(context, "grz_flow_values", grz_flow_values(flow, out), NODES, out, 0);
    grz_flow_destroy(&flow);
    grz_operator_destroy(&op);
    grz_kernel_destroy(&kernel);
    grz_grid_destroy(&grid);
    grz_context_destroy(&context);
    return 0;
}

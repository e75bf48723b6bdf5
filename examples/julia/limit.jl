# The limit of solutions (Theorem 2.7): curves at the same times, the limit's (eps = 0) first, then with eps decreasing.

function Limit(grid::Grid, times)
    out = Ref{Ptr{grz_limit}}(C_NULL)
    moments = collect(Float64, times)
    checked(grz_limit_create(grid.context, grid, length(moments), moments, out), grid)
    Limit(out[], grid.context, Callback[], grid.n)
end

"A test function phi(v) and bounds of its first and second derivatives, infinite where unknown."
function add_test!(phi, limit::Limit; lipschitz = Inf, curvature = Inf)
    callback = Callback(phi)
    GC.@preserve callback checked(grz_limit_add_test(limit, velocity_hook(), pointer_from_objref(callback), lipschitz, curvature),
                                  limit, (callback,))
end

add_smooth_tests!(limit::Limit, scale = 1) = checked(grz_limit_add_smooth_tests(limit, scale), limit)

"A curve of any origin, measured by op, or without it: then record! at every time, and end!."
begin_curve!(limit::Limit, eps, op::Operator) = (append!(limit.callbacks, op.callbacks); checked(grz_limit_begin(limit, eps, op), limit))
begin_curve!(limit::Limit, eps) = checked(grz_limit_begin(limit, eps, C_NULL), limit)
record!(limit::Limit, time, f; rate = nothing) =
    checked(grz_limit_record(limit, time, field(f, limit, "f"), rate === nothing ? C_NULL : field(rate, limit, "rate")), limit)
end!(limit::Limit) = checked(grz_limit_end(limit), limit)

"Runs a flow with the begun curve as its observer."
function run!(limit::Limit, flow::Flow, finish, dt = 0)
    hook = cglobal((:grz_limit_observe, libgrazing))
    GC.@preserve limit checked(grz_flow_run(flow, finish, dt, hook, convert(Ptr{Cvoid}, opened(limit))), flow, callbacks_of(limit))
end

"A curve by the flow of op from f, and a whole family by operators like op with its kernel scaled to each eps."
run_flow!(limit::Limit, eps, op::Operator, scheme, dt, f) =
    checked(grz_limit_run_flow(limit, eps, op, scheme, dt, field(f, limit, "f")), limit, callbacks_of(op))
function run!(limit::Limit, op::Operator, scheme, dt, eps::AbstractVector, f)
    list = collect(Float64, eps)
    checked(grz_limit_run(limit, op, scheme, dt, length(list), list, field(f, limit, "f")), limit, callbacks_of(op))
end

"Options of the flows that run_flow! and run! make."
set!(limit::Limit, option, value) = checked(grz_limit_set_flow_option(limit, option, value), limit)
option(limit::Limit, option) = number(out -> grz_limit_flow_option_value(limit, option, out), limit)

Base.length(limit::Limit) = Int(grz_limit_count(limit))

"One of GRZ_LIMIT_QUANTITY_ENTROPY, ... of every curve, and the orders between neighbours."
function column(limit::Limit, which)
    values = zeros(length(limit))
    checked(grz_limit_column(limit, which, values), limit)
    values
end

function orders(limit::Limit, which, scale = GRZ_LIMIT_SCALE_POWER)
    values = zeros(length(limit))
    checked(grz_limit_orders(limit, which, scale, values), limit)
    values
end

"One of GRZ_LIMIT_SERIES_ENTROPY, ... of a curve (1 is the limit's) at its count times, and int f phi of a test function."
function column(limit::Limit, curve, which, count)
    values = zeros(count)
    checked(grz_limit_curve_column(limit, curve - 1, which, values), limit)
    values
end

function means(limit::Limit, curve, test, count)
    values = zeros(count)
    checked(grz_limit_means(limit, curve - 1, test - 1, values), limit)
    values
end

"A liminf inequality: it holds if margin >= -error."
function liminf(limit::Limit, which, scale = GRZ_LIMIT_SCALE_POWER)
    margin, error = Ref(0.0), Ref(0.0)
    checked(grz_limit_liminf(limit, which, scale, margin, error), limit)
    (margin = margin[], error = error[])
end

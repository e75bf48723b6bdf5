"""
libgrazing for Julia: handles with finalizers over the ccalls of library.jl.

The library is ENV["GRAZING_LIBRARY"], else lib/ of the source tree, else what the loader finds.

Fields on a grid are `Array{Float64,3}` of size (n, n, n) that are never copied: the library's fastest index, v_z, is Julia's first, so an
element is `f[k, j, i]` for (v_x, v_y, v_z) = nodes (i, j, k). Velocities are 3 x count matrices, a velocity in each column.
"""
module Grazing

export Context, Grid, Kernel, Distribution, Operator, Functional, Metric, Geodesic, Flow, GrazingError, action_variation!,
    distance, quantity, bound, unreachable, steps, level, potential, apply, apply!, apply_batch!, apply_bilinear!, apply_directed!,
    weak_form, onsager!, action, set!, option, setup!, values!, first_variation!, derivative!, start!, step!, run!, current_time,
    statistic, option_bounds, largest_rate, overshoot, fit_error, projection_size, workspace, iterations, residual, spectrum, scale,
    multiply, moments, equilibrium, axis_nodes, sample, integrate, cancel, clear_cancel, Rate, Sphere,
    Interpolant, Ledger, Limit, Species, Mixture, mass, charge, set_kernel!, set_coulomb!, places, entropy,
    potential_rate, gradient_flow_rate, collision_rate, grazing_rate, add_potential!, pairing, divergence, gradient, project, curve_residual,
    node_count, coefficient_count, sphere_nodes, analyse, synthesise, multiply!, solve!, grazing_project, affine_bound,
    affine_field_bound, affine_jump_bound, fisher_bound, metric_bound, gap, lift, lift_weight, lift_mass, comparison_constant, comparison,
    coercivity, equation, method, scheme, record!, end!, column, judge,
    add_test!, add_smooth_tests!, begin_curve!, run_flow!, orders, means, liminf,
    logarithmic_mean, post_collision, discrete_gradient, circle_average, grazing_gradient, grazing_laplacian, grazing_divergence,
    discrete_gradient_from, grazing_gradient_from, grazing_laplacian_from, collision_mobility

const libgrazing = get(ENV, "GRAZING_LIBRARY") do
    built = joinpath(@__DIR__, "..", "..", "lib", "libgrazing.so")
    isfile(built) ? built : "libgrazing"
end

include("library.jl")

struct GrazingError <: Exception
    status::Int32
    message::String
end

Base.showerror(io::IO, e::GrazingError) = print(io, unsafe_string(grz_status_name(e.status)), ": ", e.message)

include("callbacks.jl")

# -------------------------------------------------------------------------------------------------------------- handles

abstract type Handle end

"Gives up the C object; a second call does nothing, and the garbage collector makes it otherwise. Any order is right."
Base.close(handle::Handle) = release(handle)

function opened(handle::Handle)
    handle.pointer == C_NULL && throw(ArgumentError("this $(typeof(handle)) is closed"))
    handle.pointer
end

"Raises what a callback threw, or the status with the library's message."
function check(status, context, callbacks = ())
    for callback in callbacks
        if callback.failure !== nothing
            failure, callback.failure = callback.failure, nothing
            throw(failure[1])
        end
    end
    status == GRZ_OK && return nothing
    message = unsafe_string(grz_status_string(status))
    if context !== nothing && context.pointer != C_NULL
        failures, buffer = grz_context_failure_count(context), zeros(UInt8, 1024)
        stale = failures == context.shown # the message is of another call
        context.shown = failures
        if !stale && grz_context_last_status(context) == status && grz_context_copy_message(context, buffer, length(buffer)) == GRZ_OK
            message = GC.@preserve buffer unsafe_string(pointer(buffer))
        end
    end
    throw(GrazingError(status, message))
end

"Context(; threads, progress): progress(stage, fraction) is called during long work and returns true to cancel it."
mutable struct Context <: Handle
    pointer::Ptr{grz_context}
    callbacks::Vector{Callback}
    shown::Int64 # how many failures it had at the last one shown
    function Context(; threads = 0, progress = nothing)
        out = Ref{Ptr{grz_context}}(C_NULL)
        check(grz_context_create(out), nothing)
        context = finalizer(release, new(out[], Callback[], 0))
        check(grz_context_set_threads(context, threads), context)
        if progress !== nothing
            callback = Callback(progress)
            push!(context.callbacks, callback)
            hook = @cfunction(call_grz_progress_fn, Cint, (Cstring, Cdouble, Ptr{Cvoid}))
            check(grz_context_set_progress(context, hook, pointer_from_objref(callback)), context)
        end
        context
    end
end

context_of(context::Context) = context
context_of(handle::Handle) = handle.context
callbacks_of(handle::Handle) = handle.callbacks

# Every other handle keeps its context and, in callbacks, the Julia functions that the C object may call.
const handle_types = ((:Grid, :grz_grid), (:Kernel, :grz_kernel), (:Distribution, :grz_distribution), (:Operator, :grz_operator),
                      (:Functional, :grz_functional), (:Metric, :grz_metric), (:Geodesic, :grz_geodesic), (:Flow, :grz_flow), (:Sphere, :grz_sphere),
                      (:Rate, :grz_rate), (:Interpolant, :grz_interpolant), (:Ledger, :grz_ledger), (:Limit, :grz_limit),
                      (:Species, :grz_species), (:Mixture, :grz_mixture))

for (name, handle) in handle_types
    @eval mutable struct $name <: Handle
        pointer::Ptr{$handle}
        context::Context
        callbacks::Vector{Callback}
        n::Int
        $name(pointer::Ptr{$handle}, context, callbacks, n = 0) = finalizer(release, new(pointer, context, callbacks, n))
    end
end

for (name, handle) in ((:Context, :grz_context), handle_types...)
    destroy = Symbol(handle, :_destroy)
    @eval begin
        # ccall takes the handle itself, and keeps it from the garbage collector for the call.
        Base.unsafe_convert(::Type{Ptr{$handle}}, x::$name) = opened(x)
        function release(x::$name)
            out = Ref(x.pointer)
            x.pointer = C_NULL
            $destroy(out)
            nothing
        end
    end
end

checked(status, handle::Handle, more = ()) =
    check(status, context_of(handle), (context_of(handle).callbacks..., callbacks_of(handle)..., more...))

"A number written by call(out)."
function number(call, handle, ::Type{T} = Cdouble) where {T}
    out = Ref{T}(zero(T))
    checked(call(out), handle)
    out[]
end

field(f::Array{Float64,3}, handle, name) = size(f) == (handle.n, handle.n, handle.n) ? f :
    throw(DimensionMismatch("$name has the size $(size(f)) instead of $((handle.n, handle.n, handle.n))"))
field(f, handle, name) = field(convert(Array{Float64,3}, f), handle, name)
three(v) = v === nothing ? C_NULL : length(v) == 3 ? collect(Float64, v) :
    throw(DimensionMismatch("three numbers are needed, not $(length(v))"))

cancel(context::Context) = check(grz_context_cancel(context), context)
clear_cancel(context::Context) = check(grz_context_clear_cancel(context), context)

# ----------------------------------------------------------------------------------------------------------------- grid

function Grid(context::Context, n, half_width; centre = nothing)
    out = Ref{Ptr{grz_grid}}(C_NULL)
    check(grz_grid_create(context, n, half_width, three(centre), out), context)
    Grid(out[], context, Callback[], n)
end

spacing(grid::Grid) = grz_grid_spacing(grid)

function axis_nodes(grid::Grid, axis)
    nodes = zeros(grid.n)
    checked(grz_grid_axis_nodes(grid, axis, nodes), grid)
    nodes
end

"g(vx, vy, vz) at every node, as a field."
function sample(g, grid::Grid)
    x, y, z = (axis_nodes(grid, axis) for axis in 0:2)
    [Float64(g(vx, vy, vz)) for vz in z, vy in y, vx in x]
end

"h^3 sum of a field: the library's midpoint rule."
integrate(grid::Grid, f) = spacing(grid)^3 * sum(f)

# --------------------------------------------------------------------------------------------------------------- kernel

function kernel(call, context, callbacks = Callback[])
    out = Ref{Ptr{grz_kernel}}(C_NULL)
    check(call(out), context, (context.callbacks..., callbacks...))
    Kernel(out[], context, callbacks)
end

power_law(context, gamma, nu, c = 0) = kernel(out -> grz_kernel_create_power_law(context, gamma, nu, c, out), context)
inverse_power(context, s; scattering = GRZ_SCATTERING_POWER_LAW, normalise = true) =
    kernel(out -> grz_kernel_create_inverse_power(context, s, scattering, normalise, out), context)
coulomb(context, eps; scattering = GRZ_SCATTERING_POWER_LAW) =
    kernel(out -> grz_kernel_create_coulomb(context, eps, scattering, out), context)
vhs(context, gamma, b0 = 0) = kernel(out -> grz_kernel_create_vhs(context, gamma, b0, out), context)

function table(context, gamma, nu, theta::Vector{Float64}, beta::Vector{Float64})
    length(theta) == length(beta) || throw(DimensionMismatch("theta and beta differ in length"))
    kernel(out -> grz_kernel_create_table(context, gamma, nu, length(theta), theta, beta, out), context)
end

"beta(theta) of one angle, theta^(1+nu) beta smooth."
function angular_law(beta, context, gamma, nu)
    callback = Callback(beta)
    hook = @cfunction(call_grz_beta_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
    kernel(out -> grz_kernel_create_callback(context, gamma, nu, hook, pointer_from_objref(callback), out), context, [callback])
end

"beta(z, theta) = B(z, theta) sin(theta) of a relative speed and an angle (Remark 2.5)."
function general_law(beta, context, gamma, nu)
    callback = Callback(beta)
    hook = @cfunction(call_grz_general_beta_fn, Cint, (Cdouble, Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
    kernel(out -> grz_kernel_create_general(context, gamma, nu, hook, pointer_from_objref(callback), out), context, [callback])
end

scale(k::Kernel, eps) = kernel(out -> grz_kernel_create_scaled(k.context, k, eps, out), k.context, k.callbacks)
multiply(k::Kernel, factor) = kernel(out -> grz_kernel_create_multiplied(k.context, k, factor, out), k.context, k.callbacks)
cut_off_kinetic(k::Kernel) = kernel(out -> grz_kernel_create_cut_off_kinetic(k.context, k, out), k.context, k.callbacks)

angular_momentum_transfer(k::Kernel, speed = NaN) = number(out -> grz_kernel_angular_momentum_transfer(k, speed, out), k)
landau_constant(k::Kernel, speed = NaN) = number(out -> grz_kernel_landau_constant(k, speed, out), k)

"lambda_0, ..., lambda_lmax; only general kernels need the speed, NaN does for the others."
function spectrum(k::Kernel, speed, lmax)
    lambda = zeros(lmax + 1)
    checked(grz_kernel_spectrum(k, speed, lmax, lambda), k)
    lambda
end

# --------------------------------------------------------------------------------------------------------- distribution

function distribution(call, grid, more = ())
    out = Ref{Ptr{grz_distribution}}(C_NULL)
    checked(call(out), grid, more)
    Distribution(out[], context_of(grid), Callback[], grid.n)
end

Distribution(grid::Grid, f::AbstractArray) =
    distribution(out -> grz_distribution_create_array(grid.context, grid, field(f, grid, "f"), out), grid)
maxwellian(grid, rho = 1, u = nothing, T = 1) =
    distribution(out -> grz_distribution_create_maxwellian(grid.context, grid, rho, three(u), T, out), grid)
bkw(grid, K) = distribution(out -> grz_distribution_create_bkw(grid.context, grid, K, out), grid)
shell(grid, rho, u, S, c) = distribution(out -> grz_distribution_create_shell(grid.context, grid, rho, three(u), S, c, out), grid)

"Temperatures T along the columns of axes."
function bimaxwellian(grid, rho, u, T; axes = nothing)
    directions = axes === nothing ? C_NULL : size(axes) == (3, 3) ? Matrix{Float64}(axes) : throw(DimensionMismatch("axes has to be 3 x 3"))
    distribution(out -> grz_distribution_create_bimaxwellian(grid.context, grid, rho, three(u), three(T), directions, out), grid)
end

"weights (count), means (3 x count), covariances (3 x 3 x count)."
function mixture(grid, weights, means, covariances)
    count = length(weights)
    (length(means) == 3count && length(covariances) == 9count) || throw(DimensionMismatch("means or covariances do not fit $count weights"))
    w, m, c = Vector{Float64}(weights), Vector{Float64}(vec(means)), Vector{Float64}(vec(covariances))
    distribution(out -> grz_distribution_create_mixture(grid.context, grid, count, w, m, c, out), grid)
end

"density(v) of one velocity."
function Distribution(density::Function, grid::Grid)
    callback = Callback(density)
    GC.@preserve callback distribution(
        out -> grz_distribution_create_callback(grid.context, grid, density_hook(), pointer_from_objref(callback), out), grid, (callback,))
end

load(grid::Grid, path) = distribution(out -> grz_distribution_load_npy(grid.context, grid, path, out), grid)
save(f::Distribution, path) = checked(grz_distribution_save_npy(f, path), f)
equilibrium(f::Distribution) = distribution(out -> grz_distribution_create_equilibrium(f.context, f, out), f)

function Base.collect(f::Distribution)
    result = zeros(f.n, f.n, f.n)
    checked(grz_distribution_values(f, result), f)
    result
end
Base.convert(::Type{Array{Float64,3}}, f::Distribution) = collect(f)

# The grid of a handle, a pointer that the library owns; C_NULL where there is none to compare.
grid_pointer(x::Union{Grid,Ptr}) = x isa Grid ? opened(x) : x
grid_pointer(x::Distribution) = grz_distribution_grid(x)
grid_pointer(x::Operator) = grz_operator_grid(x)
grid_pointer(x::Functional) = grz_functional_grid(x)
grid_pointer(x::Metric) = grz_operator_grid(grz_metric_operator(x))
grid_pointer(x::Flow) = grz_operator_grid(grz_flow_operator(x))
grid_pointer(x::Rate) = grz_operator_grid(grz_rate_operator(x))
grid_pointer(x::Ledger) = grz_operator_grid(grz_ledger_operator(x))
grid_pointer(x::Limit) = grz_limit_grid(x)
grid_pointer(x) = C_NULL

function grid_key(pointer)
    centre = zeros(3)
    grz_grid_centre(pointer, centre)
    (grz_grid_nodes_per_axis(pointer), grz_grid_half_width(pointer), centre)
end

"A distribution is of its grid: nodes, width and centre are those of the handle that takes it."
function field(f::Distribution, handle, name)
    pointer = grid_pointer(handle)
    pointer == C_NULL || grid_key(grid_pointer(f)) == grid_key(pointer) || throw(DimensionMismatch("$name is on another grid"))
    field(collect(f), handle, name)
end
values!(f::Distribution, new) = checked(grz_distribution_set_values(f, field(new, f, "values")), f)

function moments(f::Distribution)
    rho, T, u, P, q = Ref(0.0), Ref(0.0), zeros(3), zeros(3, 3), zeros(3)
    checked(grz_distribution_moments(f, rho, u, T, P, q), f)
    (density = rho[], velocity = u, temperature = T[], stress = P, heat_flux = q)
end

# ------------------------------------------------------------------------------------------------------------- operator

"Operator(grid, kernel; equation, method, options...): options by name, accuracy = 3. One task at a time."
function Operator(grid::Grid, kernel::Kernel; equation = GRZ_EQUATION_BOLTZMANN, method = GRZ_METHOD_ENTROPIC, options...)
    out = Ref{Ptr{grz_operator}}(C_NULL)
    checked(grz_operator_create(grid.context, grid, kernel, equation, method, out), grid)
    op = Operator(out[], grid.context, kernel.callbacks, grid.n)
    for (name, value) in options
        set!(op, getfield(Grazing, Symbol("GRZ_OPERATOR_OPTION_", uppercase(string(name)))), value)
    end
    op
end

equation(op::Operator) = grz_operator_equation(op)
method(op::Operator) = grz_operator_method(op)

set!(op::Operator, option, value) = checked(grz_operator_set_option(op, option, value), op)
option(op::Operator, option) = number(out -> grz_operator_option_value(op, option, out), op)
"Least, largest and initial value of an option of an operator, metric or flow."
function option_bounds(handle, option)
    bounds = (Ref(0.0), Ref(0.0), Ref(0.0))
    call = handle isa Operator ? grz_operator_option_bounds : handle isa Metric ? grz_metric_option_bounds : grz_flow_option_bounds
    checked(call(handle, option, bounds...), handle)
    map(b -> b[], bounds)
end
largest_rate(op::Operator, f) = number(out -> grz_operator_largest_rate(op, field(f, op, "f"), out), op)
overshoot(op::Operator, f) = number(out -> grz_operator_overshoot(op, field(f, op, "f"), out), op)
fit_error(op::Operator) = number(out -> grz_operator_fit_error(op, out), op)
projection_size(op::Operator) = number(out -> grz_operator_projection_size(op, out), op)
node_count(op::Operator) = number(out -> grz_operator_node_count(op, out), op, Int64)
workspace(op::Operator) = number(out -> grz_operator_workspace(op, out), op, Int64)
setup!(op::Operator) = checked(grz_operator_setup(op), op)

"Q(f, f) into Q."
function apply!(Q::Array{Float64,3}, op::Operator, f)
    checked(grz_operator_apply(op, field(f, op, "f"), field(Q, op, "Q")), op)
    Q
end
apply(op::Operator, f) = apply!(zeros(op.n, op.n, op.n), op, f)

"The right-hand side of an ODE as DifferentialEquations.jl wants it: op(du, u, p, t)."
(op::Operator)(du, u, p, t) = apply!(du, op, u)

function apply_bilinear!(Q::Array{Float64,3}, op::Operator, f, g)
    checked(grz_operator_apply_bilinear(op, field(f, op, "f"), field(g, op, "g"), field(Q, op, "Q")), op)
    Q
end

function apply_directed!(Q::Array{Float64,3}, op::Operator, f, g)
    checked(grz_operator_apply_directed(op, field(f, op, "f"), field(g, op, "g"), field(Q, op, "Q")), op)
    Q
end

"Densities along the last dimension."
function apply_batch!(Q::Array{Float64,4}, op::Operator, f::Array{Float64,4})
    (size(f) == size(Q) && size(f)[1:3] == (op.n, op.n, op.n)) || throw(DimensionMismatch("f and Q have to be $(op.n)^3 x count"))
    checked(grz_operator_apply_batch(op, size(f, 4), f, Q), op)
    Q
end

weak_form(op::Operator, f, psi) = number(out -> grz_operator_weak_form(op, field(f, op, "f"), field(psi, op, "psi"), out), op)
action(op::Operator, f, phi) = number(out -> grz_operator_action(op, field(f, op, "f"), field(phi, op, "phi"), out), op)

function action_variation!(G::Array{Float64,3}, op::Operator, f, phi)
    checked(grz_operator_action_variation(op, field(f, op, "f"), field(phi, op, "phi"), field(G, op, "variation")), op)
    G
end

function onsager!(K_phi::Array{Float64,3}, op::Operator, f, phi)
    checked(grz_operator_onsager(op, field(f, op, "f"), field(phi, op, "phi"), field(K_phi, op, "K_phi")), op)
    K_phi
end

# ----------------------------------------------------------------------------------------------------------- functional

function functional(call, parent)
    out = Ref{Ptr{grz_functional}}(C_NULL)
    checked(call(out), parent)
    Functional(out[], parent.context, parent.callbacks, parent.n)
end

entropy(grid::Grid) = functional(out -> grz_functional_create_entropy(grid.context, grid, out), grid)
relative_entropy(reference::Distribution) =
    functional(out -> grz_functional_create_relative_entropy(reference.context, reference, out), reference)
fisher(grid::Grid) = functional(out -> grz_functional_create_fisher(grid.context, grid, out), grid)
dissipation(op::Operator, type = GRZ_FUNCTIONAL_TYPE_DISSIPATION) =
    functional(out -> grz_functional_create_dissipation(op.context, op, type, out), op)

(F::Functional)(f) = number(out -> grz_functional_evaluate(F, field(f, F, "f"), out), F)

function first_variation!(variation::Array{Float64,3}, F::Functional, f)
    checked(grz_functional_first_variation(F, field(f, F, "f"), field(variation, F, "variation")), F)
    variation
end

# --------------------------------------------------------------------------------------------------------- metric, flow

function Metric(op::Operator)
    out = Ref{Ptr{grz_metric}}(C_NULL)
    checked(grz_metric_create(op.context, op, out), op)
    Metric(out[], op.context, op.callbacks, op.n)
end

"|f'|^2 for the time derivative g of f; phi receives the optimal potential."
derivative!(phi::Array{Float64,3}, metric::Metric, f, g) = number(metric) do out
    grz_metric_derivative(metric, field(f, metric, "f"), field(g, metric, "g"), out, field(phi, metric, "phi"))
end

"|f'|^2 minus the bound (7.1) by a field psi."
gap(metric::Metric, f, g, psi) = number(metric) do out
    grz_metric_gap(metric, field(f, metric, "f"), field(g, metric, "g"), field(psi, metric, "psi"), out)
end

function Flow(op::Operator, scheme = GRZ_TIME_SCHEME_DORMAND_PRINCE)
    out = Ref{Ptr{grz_flow}}(C_NULL)
    checked(grz_flow_create(op.context, op, scheme, out), op)
    Flow(out[], op.context, op.callbacks, op.n)
end

set!(flow::Flow, option, value) = checked(grz_flow_set_option(flow, option, value), flow)
option(flow::Flow, option) = number(out -> grz_flow_option_value(flow, option, out), flow)
set!(metric::Metric, option, value) = checked(grz_metric_set_option(metric, option, value), metric)
option(metric::Metric, option) = number(out -> grz_metric_option_value(metric, option, out), metric)
iterations(metric::Metric) = grz_metric_iterations(metric)
residual(metric::Metric) = grz_metric_residual(metric)
start!(flow::Flow, time, f) = checked(grz_flow_start(flow, time, field(f, flow, "f")), flow)
step!(flow::Flow, dt) = checked(grz_flow_step(flow, dt), flow)
scheme(flow::Flow) = grz_flow_scheme(flow)
current_time(flow::Flow) = grz_flow_time(flow)
statistic(flow::Flow, which) = number(out -> grz_flow_statistic_value(flow, which, out), flow)

function Base.collect(flow::Flow)
    f = zeros(flow.n, flow.n, flow.n)
    checked(grz_flow_values(flow, f), flow)
    f
end

"To time finish by steps dt, or adaptively (0). observer(time, f) returns true to stop."
function run!(flow::Flow, finish, dt = 0; observer = nothing)
    observer === nothing && return checked(grz_flow_run(flow, finish, dt, C_NULL, C_NULL), flow)
    callback = Callback(observer, flow.n)
    hook = @cfunction(call_grz_flow_observer_fn, Cint, (Cdouble, Ptr{Cdouble}, Ptr{Cvoid}))
    GC.@preserve callback checked(grz_flow_run(flow, finish, dt, hook, pointer_from_objref(callback)), flow, (callback,))
end

include("geodesic.jl")
include("mixture.jl")
include("pointwise.jl")
include("geometry.jl")
include("ledger.jl")
include("limit.jl")

end

# Distances between densities, and curves of least length.

"A curve of least length from f0 to f1; moment_tolerance: how much the moments of f1 may differ (0: 1e-8)."
function Geodesic(op::Operator, f0, f1; moment_tolerance = 0)
    out = Ref{Ptr{grz_geodesic}}(C_NULL)
    checked(grz_geodesic_create(op.context, op, field(f0, op, "f0"), field(f1, op, "f1"), moment_tolerance, out), op)
    Geodesic(out[], op.context, op.callbacks, op.n)
end

set!(g::Geodesic, option, value) = checked(grz_geodesic_set_option(g, option, value), g)
run!(g::Geodesic) = checked(grz_geodesic_run(g), g)
quantity(g::Geodesic, which) = number(out -> grz_geodesic_number_value(g, which, out), g)
bound(g::Geodesic, which) = number(out -> grz_geodesic_bound_value(g, which, out), g)
distance(g::Geodesic) = quantity(g, GRZ_GEODESIC_NUMBER_DISTANCE)
unreachable(g::Geodesic) = grz_geodesic_unreachable(g)
steps(g::Geodesic) = Int(grz_geodesic_steps(g))

"Begins anew from densities along the last dimension of path at times from 0 to 1; without them from the straight line."
start!(g::Geodesic) = checked(grz_geodesic_start(g, 0, C_NULL, C_NULL), g)
function start!(g::Geodesic, times, path::Array{Float64,4})
    size(path) == (g.n, g.n, g.n, length(times)) || throw(DimensionMismatch("path has to be $(g.n)^3 x $(length(times))"))
    checked(grz_geodesic_start(g, length(times), collect(Float64, times), path), g)
end

"The density at time level/steps, and its time derivative."
function level(g::Geodesic, k)
    f, rate = zeros(g.n, g.n, g.n), zeros(g.n, g.n, g.n)
    checked(grz_geodesic_level(g, k, f, rate), g)
    f, rate
end

"The potential of the rate in the middle of a step, and the speed there."
function potential(g::Geodesic, step)
    phi, speed = zeros(g.n, g.n, g.n), Ref(0.0)
    checked(grz_geodesic_step(g, step, C_NULL, phi, speed), g)
    phi, speed[]
end

# A displaced pair of Gaussians relaxes under Landau's operator for Maxwell molecules; the anisotropy of the stress decays like exp(-12 t).
# With OrdinaryDiffEq.jl installed its Tsit5 solves df/dt = Q(f, f); without it the classical Runge-Kutta method below does, through the
# same f!.
#
#     julia examples/julia/relaxation.jl
include("Grazing.jl")
using .Grazing
using LinearAlgebra, Printf

const context = Context(threads = 1)
const grid = Grid(context, 32, 8.5)
const landau = Operator(grid, Grazing.power_law(context, 0, 0.5); equation = Grazing.GRZ_EQUATION_LANDAU, method = Grazing.GRZ_METHOD_SPECTRAL)
const f0 = collect(Grazing.mixture(grid, [0.5, 0.5], [0.8 -0.8; 0 0; 0 0], cat(Matrix(0.8I, 3, 3), Matrix(0.8I, 3, 3); dims = 3)))

# The right-hand side in the form f!(du, u, p, t): no allocation, du and u are the library's arrays.
f!(du, u, p, t) = apply!(du, p, u)

function runge_kutta(f!, u, p, dt, steps)
    u = copy(u)
    k1, k2, k3, k4, stage = (similar(u) for _ in 1:5)
    for step in 1:steps
        t = (step - 1) * dt
        f!(k1, u, p, t)
        f!(k2, (stage .= u .+ dt / 2 .* k1), p, t + dt / 2)
        f!(k3, (stage .= u .+ dt / 2 .* k2), p, t + dt / 2)
        f!(k4, (stage .= u .+ dt .* k3), p, t + dt)
        u .+= dt / 6 .* (k1 .+ 2 .* k2 .+ 2 .* k3 .+ k4)
    end
    u
end

const packaged = Base.find_package("OrdinaryDiffEq") !== nothing
packaged && @eval using OrdinaryDiffEq
const f1 = packaged ? @eval(solve(ODEProblem(f!, f0, (0.0, 0.1), landau), Tsit5(); reltol = 1e-6, abstol = 1e-9).u[end]) :
           runge_kutta(f!, f0, landau, 0.005, 20)

const anisotropy = sample((x, y, z) -> x^2 - (y^2 + z^2) / 2, grid)
found, exact = integrate(grid, f1 .* anisotropy), exp(-1.2) * integrate(grid, f0 .* anisotropy)
@printf("anisotropy %.8f, exact %.8f, mass %.12f\n", found, exact, integrate(grid, f1))
abs(found / exact - 1) < 1e-3 || error("the anisotropy is wrong")

# Rates, spheres, the density between the nodes, and the inequalities of the paper as calls.

# ----------------------------------------------------------------------------------------------------------------- rate

function rate(call, op, callbacks = Callback[])
    out = Ref{Ptr{grz_rate}}(C_NULL)
    checked(call(out), op, callbacks)
    Rate(out[], op.context, [op.callbacks; callbacks], op.n)
end

potential_rate(op::Operator, phi) = rate(out -> grz_rate_create_potential(op.context, op, field(phi, op, "phi"), out), op)
gradient_flow_rate(op::Operator) = rate(out -> grz_rate_create_gradient_flow(op.context, op, out), op)

"M(v, v_star, sigma) of a Boltzmann operator, or with form = GRZ_RATE_FORM_RELATIVE U, M = U Lambda(f) B."
function collision_rate(M, op::Operator; form = GRZ_RATE_FORM_DENSITY)
    callback = Callback(M)
    rate(out -> grz_rate_create_collision(op.context, op, collision_hook(), pointer_from_objref(callback), form, out), op, [callback])
end

"The vector M(v, v_star) of a Landau operator, or with form = GRZ_RATE_FORM_RELATIVE U, M = U f f_star."
function grazing_rate(M, op::Operator; form = GRZ_RATE_FORM_DENSITY)
    callback = Callback(M)
    rate(out -> grz_rate_create_grazing(op.context, op, field_hook(), pointer_from_objref(callback), form, out), op, [callback])
end

add_potential!(r::Rate, factor, phi) = checked(grz_rate_add_potential(r, factor, field(phi, r, "phi")), r)
action(r::Rate, f) = number(out -> grz_rate_action(r, field(f, r, "f"), out), r)
pairing(r::Rate, f, psi) = number(out -> grz_rate_pairing(r, field(f, r, "f"), field(psi, r, "psi"), out), r)

"The time derivative that the rate produces at f."
function divergence(r::Rate, f)
    g = zeros(r.n, r.n, r.n)
    checked(grz_rate_divergence(r, field(f, r, "f"), g), r)
    g
end

"The optimal rate of the same divergence (Lemma 4.5): its action, that of the remainder, its potential."
function project(r::Rate, metric::Metric, f)
    optimal, remainder, phi = Ref(0.0), Ref(0.0), zeros(r.n, r.n, r.n)
    checked(grz_rate_project(r, metric, field(f, r, "f"), optimal, remainder, phi), r)
    (optimal = optimal[], remainder = remainder[], phi = phi)
end

"Of the CRE or GCE along snapshots f[:, :, :, k] with a rate each: the residual at the last one, and norms."
function curve_residual(context::Context, times, f::Array{Float64,4}, rates::Vector{Rate}; rule = GRZ_TIME_RULE_TRAPEZOID)
    isempty(rates) && throw(ArgumentError("no rates"))
    n, count = rates[1].n, length(times)
    (length(rates) == count && size(f) == (n, n, n, count)) || throw(DimensionMismatch("rates, times and f differ in length, or f in n"))
    result, norms = zeros(n, n, n), zeros(rule == GRZ_TIME_RULE_SIMPSON ? (count + 1) ÷ 2 : count)
    pointers = [opened(r) for r in rates]
    GC.@preserve rates checked(grz_curve_residual(context, count, collect(Float64, times), f, pointers, rule, result, norms), rates[1],
                               Iterators.flatten(callbacks_of(r) for r in rates))
    result, norms
end

# --------------------------------------------------------------------------------------------------------------- sphere

"Spherical harmonics up to degree lmax; of values N, of coefficients (lmax+1)^2, of fields 3 x N, and a last dimension for several at once."
function Sphere(context::Context, lmax)
    out = Ref{Ptr{grz_sphere}}(C_NULL)
    check(grz_sphere_create(context, lmax, out), context)
    Sphere(out[], context, Callback[], lmax)
end

node_count(sphere::Sphere) = Int(grz_sphere_node_count(sphere))
coefficient_count(sphere::Sphere) = Int(grz_sphere_coefficient_count(sphere))

"Unit vectors (3 x N) and weights."
function sphere_nodes(sphere::Sphere)
    nodes, weights = zeros(3, node_count(sphere)), zeros(node_count(sphere))
    checked(grz_sphere_nodes(sphere, nodes, weights), sphere)
    nodes, weights
end

"How many arrays of the shape `one` x has along its last dimension: () for a single one."
function batch_of(x, one)
    (ndims(x) - length(one) in (0, 1) && size(x)[1:length(one)] == one) ||
        throw(DimensionMismatch("the size $(size(x)) does not begin with $one"))
    size(x)[length(one)+1:end]
end

function transform(call, sphere, from, one, result)
    batch = batch_of(from, one)
    to = zeros(result..., batch...)
    checked(call(prod(batch), convert(Array{Float64}, from), to), sphere)
    to
end

analyse(s::Sphere, psi) =
    transform((batch, from, to) -> grz_sphere_analyse(s, batch, from, to), s, psi, (node_count(s),), (coefficient_count(s),))
synthesise(s::Sphere, c) =
    transform((batch, from, to) -> grz_sphere_synthesise(s, batch, from, to), s, c, (coefficient_count(s),), (node_count(s),))
gradient(s::Sphere, c) =
    transform((batch, from, to) -> grz_sphere_gradient(s, batch, from, to), s, c, (coefficient_count(s),), (3, node_count(s)))
divergence(s::Sphere, A) =
    transform((batch, from, to) -> grz_sphere_divergence(s, batch, from, to), s, A, (3, node_count(s)), (coefficient_count(s),))

"Coefficients of degree l times multiplier[l + 1]."
function multiply!(s::Sphere, multiplier, c::Array{Float64})
    length(multiplier) == s.n + 1 || throw(DimensionMismatch("$(s.n + 1) multipliers are needed, not $(length(multiplier))"))
    checked(grz_sphere_multiply(s, prod(batch_of(c, (coefficient_count(s),))), collect(Float64, multiplier), c), s)
    c
end

"c becomes the coefficients of the solution of the Poisson problem (6.10), mean 0."
function solve!(s::Sphere, c::Array{Float64})
    checked(grz_sphere_solve(s, prod(batch_of(c, (coefficient_count(s),))), c), s)
    c
end

"Lemma 6.5 for a field V(v, v_star) on spheres of centres (3 x count) and radii: coefficients of psi, and three squared norms of each."
function grazing_project(V, s::Sphere, gamma, centre, radius)
    count = size(centre, 2)
    psi, norms = zeros(coefficient_count(s), count), zeros(3, count)
    calling(V, s) do user
        grz_grazing_project(s.context, s, field_hook(), user, gamma, count, velocities(centre, "centre"), angles(radius, "radius", count),
                            psi, norms)
    end
    psi, norms
end

# ---------------------------------------------------------------------------------------------------------- interpolant

"The density that an entropic operator sees between the nodes: g(v), gradient(g, v) for velocities v (3 x count)."
function Interpolant(op::Operator, f)
    out = Ref{Ptr{grz_interpolant}}(C_NULL)
    checked(grz_interpolant_create(op.context, op, field(f, op, "f"), out), op)
    Interpolant(out[], op.context, op.callbacks, op.n)
end

function (g::Interpolant)(v)
    f = zeros(size(v, 2))
    checked(grz_interpolant_evaluate(g, length(f), velocities(v, "v"), f, C_NULL), g)
    f
end

function gradient(g::Interpolant, v)
    f, slope = zeros(size(v, 2)), zeros(3, size(v, 2))
    checked(grz_interpolant_evaluate(g, length(f), velocities(v, "v"), f, slope), g)
    slope
end

# --------------------------------------------------------------------------------------------------------- inequalities

function three_numbers(call)
    bound, best, gap = Ref(0.0), Ref(0.0), Ref(0.0)
    call(bound, best, gap)
    (bound = bound[], best = best[], gap = gap[])
end

# The first argument is a Julia function, or an Interpolant of f for the optimal test function, whose callback is the library's own.
optimal(g::Interpolant) = convert(Ptr{Cvoid}, opened(g))

"(6.2) by psi(v, v_star)."
affine_bound(psi, op::Operator, f) = three_numbers() do bound, best, gap
    calling(user -> grz_operator_affine_bound(op, field(f, op, "f"), pair_hook(), user, bound, best, gap), psi, op)
end
affine_bound(g::Interpolant, op::Operator, f) = three_numbers() do bound, best, gap
    hook = cglobal((:grz_optimal_pair, libgrazing))
    GC.@preserve g checked(grz_operator_affine_bound(op, field(f, op, "f"), hook, optimal(g), bound, best, gap), op)
end

"(6.3), (6.5) by a field xi(v, v_star), Landau."
affine_field_bound(xi, op::Operator, f) = three_numbers() do bound, best, gap
    calling(user -> grz_operator_affine_field_bound(op, field(f, op, "f"), field_hook(), user, bound, best, gap), xi, op)
end
affine_field_bound(g::Interpolant, op::Operator, f) = three_numbers() do bound, best, gap
    hook = cglobal((:grz_optimal_field, libgrazing))
    GC.@preserve g checked(grz_operator_affine_field_bound(op, field(f, op, "f"), hook, optimal(g), bound, best, gap), op)
end

"(6.12) by psi(v, v_star, sigma), Boltzmann."
affine_jump_bound(psi, op::Operator, f) = three_numbers() do bound, best, gap
    calling(user -> grz_operator_affine_jump_bound(op, field(f, op, "f"), collision_hook(), user, bound, best, gap), psi, op)
end
affine_jump_bound(g::Interpolant, op::Operator, f) = three_numbers() do bound, best, gap
    hook = cglobal((:grz_optimal_jump, libgrazing))
    GC.@preserve g checked(grz_operator_affine_jump_bound(op, field(f, op, "f"), hook, optimal(g), bound, best, gap), op)
end

"Remark 2.9 by a field psi."
fisher_bound(F::Functional, f, psi) = three_numbers() do bound, best, gap
    checked(grz_functional_fisher_bound(F, field(f, F, "f"), field(psi, F, "psi"), bound, best, gap), F)
end

"(7.1) by a field psi."
function metric_bound(op::Operator, f, g, psi)
    bound, best = Ref(0.0), Ref(0.0)
    checked(grz_operator_metric_bound(op, field(f, op, "f"), field(g, op, "g"), field(psi, op, "psi"), bound, best), op)
    (bound = bound[], best = best[])
end

"Proposition 5.5 for the rate of potential phi."
function lift_mass(op::Operator, f, phi, q, delta)
    mass, bound = Ref(0.0), Ref(0.0)
    checked(grz_operator_lift_mass(op, field(f, op, "f"), field(phi, op, "phi"), q, delta, mass, bound), op)
    (mass = mass[], bound = bound[])
end

comparison_constant(op::Operator, f) = number(out -> grz_operator_comparison_constant(op, field(f, op, "f"), out), op)

"Lemma 5.7 for two densities and a bound of their distance: difference <= bound."
function comparison(op::Operator, f0, f1, distance)
    difference, bound = Ref(0.0), Ref(0.0)
    checked(grz_operator_comparison(op, field(f0, op, "f0"), field(f1, op, "f1"), distance, difference, bound), op)
    (difference = difference[], bound = bound[])
end

"(B.1) with the constants of its proof: left <= right."
function coercivity(op::Operator, f, R)
    terms = zeros(GRZ_COERCIVITY_TERM_RIGHT + 1)
    checked(grz_operator_coercivity(op, field(f, op, "f"), R, length(terms), terms), op)
    at(term) = terms[term+1]
    (left = at(GRZ_COERCIVITY_TERM_LEFT), right = at(GRZ_COERCIVITY_TERM_RIGHT), dissipation = at(GRZ_COERCIVITY_TERM_DISSIPATION),
     C1 = at(GRZ_COERCIVITY_TERM_C1), C2 = at(GRZ_COERCIVITY_TERM_C2), C3 = at(GRZ_COERCIVITY_TERM_C3), C4 = at(GRZ_COERCIVITY_TERM_C4),
     CF = at(GRZ_COERCIVITY_TERM_CF))
end

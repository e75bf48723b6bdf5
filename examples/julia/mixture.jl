# Mixtures of species with their own masses. A density of a mixture is one vector: the values of all species, one after another.

"What the particles of a species are."
function Species(context::Context, name, mass, charge = 0)
    out = Ref{Ptr{grz_species}}(C_NULL)
    check(grz_species_create(context, name, mass, charge, out), context)
    Species(out[], context, Callback[])
end

mass(species::Species) = grz_species_mass(species)
charge(species::Species) = grz_species_charge(species)

"Species on their grids, one each; set_kernel! or set_coulomb! give every pair its kernel."
function Mixture(species::Vector{Species}, grids::Vector{Grid})
    length(species) == length(grids) > 0 || throw(DimensionMismatch("$(length(species)) species on $(length(grids)) grids"))
    context, out = species[1].context, Ref{Ptr{grz_mixture}}(C_NULL)
    GC.@preserve species grids check(grz_mixture_create(context, length(species), map(opened, species), map(opened, grids), out), context)
    Mixture(out[], context, Callback[], length(species))
end

Base.length(mixture::Mixture) = Int(grz_mixture_species_count(mixture))

"The kernel of species a and b, counted from 1."
function set_kernel!(mixture::Mixture, a, b, kernel::Kernel)
    checked(grz_mixture_set_kernel(mixture, a - 1, b - 1, kernel), mixture)
    append!(mixture.callbacks, kernel.callbacks)
    mixture
end

"Coulomb kernels of all pairs by charges and reduced masses."
set_coulomb!(mixture::Mixture, strength, eps; scattering = GRZ_SCATTERING_POWER_LAW) =
    checked(grz_mixture_set_coulomb(mixture, strength, eps, scattering), mixture)

"Where the values of a species lie in a density of the mixture."
places(mixture::Mixture, species) =
    (Int(grz_mixture_offset(mixture, species - 1))+1):Int(grz_mixture_offset(mixture, species))

function whole(f::Vector{Float64}, handle, size, name)
    length(f) == size || throw(DimensionMismatch("$name has $(length(f)) values instead of $size"))
    f
end
whole(f::Vector{Float64}, mixture::Mixture, name) = whole(f, mixture, Int(grz_mixture_offset(mixture, length(mixture))), name)
field(f::Vector{Float64}, op::Operator, name) = whole(f, op, Int(grz_operator_size(op)), name)

"Number densities, mean velocities and temperatures of the species, and the velocity and temperature of all."
function moments(mixture::Mixture, f::Vector{Float64})
    count = length(mixture)
    densities, u, T, mean, common = zeros(count), zeros(3, count), zeros(count), zeros(3), Ref(0.0)
    checked(grz_mixture_moments(mixture, whole(f, mixture, "f"), densities, u, T, mean, common), mixture)
    (density = densities, velocity = u, temperature = T, total_velocity = mean, total_temperature = common[])
end

"The Maxwellians that collisions drive f to."
function equilibrium(mixture::Mixture, f::Vector{Float64})
    M = similar(f)
    checked(grz_mixture_equilibrium(mixture, whole(f, mixture, "f"), M), mixture)
    M
end

entropy(mixture::Mixture, f::Vector{Float64}) = number(out -> grz_mixture_entropy(mixture, whole(f, mixture, "f"), out), mixture)

"The collision operator of all species; options by name, as for one."
function Operator(mixture::Mixture; equation = GRZ_EQUATION_BOLTZMANN, method = GRZ_METHOD_ENTROPIC, options...)
    out = Ref{Ptr{grz_operator}}(C_NULL)
    checked(grz_operator_create_mixture(mixture.context, mixture, equation, method, out), mixture)
    op = Operator(out[], mixture.context, mixture.callbacks)
    for (name, value) in options
        set!(op, getfield(Grazing, Symbol("GRZ_OPERATOR_OPTION_", uppercase(string(name)))), value)
    end
    op
end

function apply!(Q::Vector{Float64}, op::Operator, f::Vector{Float64})
    checked(grz_operator_apply(op, field(f, op, "f"), field(Q, op, "Q")), op)
    Q
end
apply(op::Operator, f::Vector{Float64}) = apply!(similar(f), op, f)

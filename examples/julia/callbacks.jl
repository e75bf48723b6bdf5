# Julia functions as callbacks of the library.

"A Julia function on its way through C, and the exception that stopped it: none may pass through C's frames."
mutable struct Callback
    f::Any
    failure::Any
    size::Int
    Callback(f, size = 0) = new(f, nothing, size)
end

function guarded(work, callback::Callback)::Cint
    try
        return work() === true ? Cint(1) : Cint(0)
    catch failure
        callback.failure = (failure, catch_backtrace())
        return Cint(1)
    end
end

of(user::Ptr{Cvoid}) = unsafe_pointer_to_objref(user)::Callback
vector(p::Ptr{Cdouble}, count) = unsafe_wrap(Array, p, Int(count))
columns(p::Ptr{Cdouble}, count) = unsafe_wrap(Array, p, (3, Int(count)))

# Inputs are copied: their memory is the library's and ends with the call.
function call_grz_progress_fn(stage::Cstring, fraction::Cdouble, user::Ptr{Cvoid})::Cint
    guarded(() -> of(user).f(unsafe_string(stage), fraction), of(user))
end

function call_grz_beta_fn(count::Int64, theta::Ptr{Cdouble}, beta::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> (vector(beta, count) .= of(user).f.(vector(theta, count)); false), of(user))
end

function call_grz_general_beta_fn(speed::Cdouble, count::Int64, theta::Ptr{Cdouble}, beta::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> (vector(beta, count) .= of(user).f.(speed, vector(theta, count)); false), of(user))
end

function call_grz_density_fn(count::Int64, velocity::Ptr{Cdouble}, f::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> (vector(f, count) .= of(user).f.(eachcol(copy(columns(velocity, count)))); false), of(user))
end

function call_grz_velocity_fn(count::Int64, v::Ptr{Cdouble}, psi::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> (vector(psi, count) .= of(user).f.(eachcol(copy(columns(v, count)))); false), of(user))
end

function call_grz_pair_fn(count::Int64, v::Ptr{Cdouble}, v_star::Ptr{Cdouble}, psi::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> (vector(psi, count) .= of(user).f.(eachcol(copy(columns(v, count))),
                                                     eachcol(copy(columns(v_star, count)))); false), of(user))
end

function call_grz_collision_rate_fn(count::Int64, v::Ptr{Cdouble}, v_star::Ptr{Cdouble}, sigma::Ptr{Cdouble}, M::Ptr{Cdouble},
                                    user::Ptr{Cvoid})::Cint
    guarded(of(user)) do
        inputs = (columns(p, count) for p in (v, v_star, sigma))
        vector(M, count) .= of(user).f.((eachcol(copy(input)) for input in inputs)...)
        false
    end
end

"Three numbers f(...) into each column of out."
function fill_columns!(out, f, inputs...)
    for (i, arguments) in enumerate(zip(map(eachcol, inputs)...))
        out[:, i] = f(arguments...)
    end
    false
end

function call_grz_velocity_gradient_fn(count::Int64, v::Ptr{Cdouble}, gradient::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> fill_columns!(columns(gradient, count), of(user).f, copy(columns(v, count))), of(user))
end

function call_grz_pair_vector_fn(count::Int64, v::Ptr{Cdouble}, v_star::Ptr{Cdouble}, field::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    guarded(() -> fill_columns!(columns(field, count), of(user).f, copy(columns(v, count)), copy(columns(v_star, count))), of(user))
end

function call_grz_flow_observer_fn(time::Cdouble, f::Ptr{Cdouble}, user::Ptr{Cvoid})::Cint
    n = of(user).size
    guarded(() -> of(user).f(time, copy(unsafe_wrap(Array, f, (n, n, n)))), of(user))
end

velocity_hook() = @cfunction(call_grz_velocity_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
gradient_hook() = @cfunction(call_grz_velocity_gradient_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
pair_hook() = @cfunction(call_grz_pair_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
field_hook() = @cfunction(call_grz_pair_vector_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
collision_hook() = @cfunction(call_grz_collision_rate_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))
density_hook() = @cfunction(call_grz_density_fn, Cint, (Int64, Ptr{Cdouble}, Ptr{Cdouble}, Ptr{Cvoid}))

# The calculus of sections 3 and 5 at pairs of velocities (3 x count matrices), for Julia functions of one velocity, pair or collision
# at a time.

"call(user) while f may be called back; what f throws comes out of here."
function calling(call, f, handle)
    callback = Callback(f)
    GC.@preserve callback checked(call(pointer_from_objref(callback)), handle, (callback,))
end

# Of psi(v) and psi(v, v_star) the library takes one, and NULL for the other.
test_hooks(pair) = pair ? (C_NULL, pair_hook()) : (velocity_hook(), C_NULL)
test_gradient_hooks(pair) = pair ? (C_NULL, field_hook()) : (gradient_hook(), C_NULL)

function velocities(v, name, count = size(v, 2))
    size(v) == (3, count) || throw(DimensionMismatch("$name has the size $(size(v)) instead of $((3, count))"))
    convert(Matrix{Float64}, v)
end

function angles(theta, name, count)
    length(theta) == count || throw(DimensionMismatch("$name has $(length(theta)) values instead of $count"))
    collect(Float64, theta)
end

logarithmic_mean(a, b) = grz_logarithmic_mean(a, b)

"(v', v_star') for unit vectors sigma."
function post_collision(context::Context, v, v_star, sigma)
    count = size(v, 2)
    after, after_star = zeros(3, count), zeros(3, count)
    check(grz_post_collision(context, count, velocities(v, "v"), velocities(v_star, "v_star", count), velocities(sigma, "sigma", count),
                             after, after_star), context)
    after, after_star
end

"(v', v_star', sigma) for the angles of (3.3)."
function post_collision(context::Context, v, v_star, theta, phi)
    count = size(v, 2)
    after, after_star, sigma = zeros(3, count), zeros(3, count), zeros(3, count)
    check(grz_post_collision_angles(context, count, velocities(v, "v"), velocities(v_star, "v_star", count), angles(theta, "theta", count),
                                    angles(phi, "phi", count), after, after_star, sigma), context)
    after, after_star, sigma
end

"dbar psi at collisions; psi(v), or with pair = true psi(v, v_star)."
function discrete_gradient(psi, context::Context, v, v_star, sigma; pair = false)
    count, (one, two) = size(v, 2), test_hooks(pair)
    out = zeros(count)
    calling(psi, context) do user
        grz_discrete_gradient(context, one, two, user, count, velocities(v, "v"), velocities(v_star, "v_star", count),
                              velocities(sigma, "sigma", count), out)
    end
    out
end

"The mean of dbar psi over the circle of angle theta (Lemmas 3.4, 3.6)."
function circle_average(psi, context::Context, v, v_star, theta; nodes = 32, pair = false)
    count, (one, two) = size(v, 2), test_hooks(pair)
    out = zeros(count)
    calling(psi, context) do user
        grz_circle_average(context, one, two, user, count, velocities(v, "v"), velocities(v_star, "v_star", count), theta, nodes, out)
    end
    out
end

"grad_tilde psi at pairs."
function grazing_gradient(psi, context::Context, gamma, v, v_star; pair = false)
    count, (one, two) = size(v, 2), test_hooks(pair)
    out = zeros(3, count)
    calling(psi, context) do user
        grz_grazing_gradient(context, one, two, user, gamma, count, velocities(v, "v"), velocities(v_star, "v_star", count), out)
    end
    out
end

function grazing_laplacian(psi, context::Context, gamma, v, v_star; pair = false)
    count, (one, two) = size(v, 2), test_hooks(pair)
    out = zeros(count)
    calling(psi, context) do user
        grz_grazing_laplacian(context, one, two, user, gamma, count, velocities(v, "v"), velocities(v_star, "v_star", count), out)
    end
    out
end

"grad_tilde . A of a field A(v, v_star) of three numbers."
function grazing_divergence(A, context::Context, gamma, v, v_star)
    count = size(v, 2)
    out = zeros(count)
    calling(A, context) do user
        grz_grazing_divergence(context, field_hook(), user, gamma, count, velocities(v, "v"), velocities(v_star, "v_star", count), out)
    end
    out
end

"dbar psi / theta from grad psi(v), or with pair = true from (grad - grad_star) psi(v, v_star)."
function discrete_gradient_from(gradient, context::Context, v, v_star, theta, phi; pair = false)
    count, (one, two) = size(v, 2), test_gradient_hooks(pair)
    out = zeros(count)
    calling(gradient, context) do user
        grz_discrete_gradient_from(context, one, two, user, count, velocities(v, "v"), velocities(v_star, "v_star", count),
                                   angles(theta, "theta", count), angles(phi, "phi", count), out)
    end
    out
end

function grazing_gradient_from(gradient, context::Context, gamma, v, v_star; pair = false)
    count, (one, two) = size(v, 2), test_gradient_hooks(pair)
    out = zeros(3, count)
    calling(gradient, context) do user
        grz_grazing_gradient_from(context, one, two, user, gamma, count, velocities(v, "v"), velocities(v_star, "v_star", count), out)
    end
    out
end

function grazing_laplacian_from(gradient, context::Context, gamma, v, v_star; pair = false)
    count, (one, two) = size(v, 2), test_gradient_hooks(pair)
    out = zeros(count)
    calling(gradient, context) do user
        grz_grazing_laplacian_from(context, one, two, user, gamma, count, velocities(v, "v"), velocities(v_star, "v_star", count), out)
    end
    out
end

"Lambda(f) of a density f(v) at collisions, and its bounds of Corollary A.3."
function collision_mobility(f, context::Context, v, v_star, sigma)
    count = size(v, 2)
    mobility, lower, upper = zeros(count), zeros(count), zeros(count)
    calling(f, context) do user
        grz_collision_mobility(context, density_hook(), user, count, velocities(v, "v"), velocities(v_star, "v_star", count),
                               velocities(sigma, "sigma", count), mobility, lower, upper)
    end
    (mobility = mobility, lower = lower, upper = upper)
end

"|z|^q (1 + (|v|^2 + |v_star|^2)^(delta/2)), section 5.1."
function lift_weight(context::Context, q, delta, v, v_star)
    count = size(v, 2)
    weight = zeros(count)
    check(grz_lift_weight(context, q, delta, count, velocities(v, "v"), velocities(v_star, "v_star", count), weight), context)
    weight
end

"The lift of section 5.1 of m(v, v_star, sigma), relative to theta B: three numbers at each pair."
function lift(m, kernel::Kernel, q, delta, theta_nodes, phi_nodes, v, v_star)
    count = size(v, 2)
    out = zeros(3, count)
    calling(m, kernel) do user
        grz_kernel_lift(kernel, collision_hook(), user, q, delta, theta_nodes, phi_nodes, count, velocities(v, "v"),
                 velocities(v_star, "v_star", count), out)
    end
    out
end

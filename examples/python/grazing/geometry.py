"""Pointwise calculus of the gradient-flow structure: pairs of velocities, discrete and grazing gradients, means."""
import numpy as np

from .handle import incoming, outgoing, read, write
from .library import callback, check, lib
from .sphere import field_callback, pair_callback


def _pairs(v, v_star):
    v = read(v, (-1, 3), "v")
    return v, read(v_star, v.shape, "v_star")


def post_collision(context, v, v_star, sigma):
    """v' and v*' of pairs (count, 3) for unit vectors sigma."""
    v, v_star = _pairs(v, v_star)
    result = np.empty(v.shape), np.empty(v.shape)
    check(lib.grz_post_collision(context._pointer, len(v), v, v_star, read(sigma, v.shape, "sigma"), *result), context._context)
    return result


def post_collision_angles(context, v, v_star, theta, phi):
    """v', v*' and sigma for angles (count,), in the form (3.3)."""
    v, v_star = _pairs(v, v_star)
    theta, phi = read(theta, (len(v),), "theta"), read(phi, (len(v),), "phi")
    result = np.empty(v.shape), np.empty(v.shape), np.empty(v.shape)
    check(lib.grz_post_collision_angles(context._pointer, len(v), v, v_star, theta, phi, *result), context._context)
    return result


def _test_function(psi, pairs):
    """psi(v), or with pairs psi(v, v_star), as the two callback arguments."""
    if pairs:
        return lib.grz_velocity_fn(), pair_callback(psi)

    def call(count, v, out, user):
        outgoing(out, (count,), psi(incoming(v, (count, 3))), "psi")
    return callback("grz_velocity_fn", call), lib.grz_pair_fn()


def discrete_gradient(context, psi, v, v_star, sigma, pairs=False, out=None):
    """dbar psi at pairs; psi takes (count, 3) velocities, with pairs=True two such arrays."""
    v, v_star = _pairs(v, v_star)
    sigma = read(sigma, v.shape, "sigma")
    out = write(out, (len(v),), v, v_star, sigma)
    check(lib.grz_discrete_gradient(context._pointer, *_test_function(psi, pairs), None, len(v), v, v_star, sigma, out), context._context)
    return out


def circle_average(context, psi, v, v_star, theta, nodes=16, pairs=False, out=None):
    """Mean of dbar psi over the circle of angle theta."""
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_circle_average(context._pointer, *_test_function(psi, pairs), None, len(v), v, v_star, theta, nodes, out), context._context)
    return out


def grazing_gradient(context, psi, gamma, v, v_star, pairs=False, out=None):
    """grad_tilde psi, (count, 3)."""
    v, v_star = _pairs(v, v_star)
    out = write(out, v.shape, v, v_star)
    check(lib.grz_grazing_gradient(context._pointer, *_test_function(psi, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def grazing_laplacian(context, psi, gamma, v, v_star, pairs=False, out=None):
    """grad_tilde . grad_tilde psi."""
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_grazing_laplacian(context._pointer, *_test_function(psi, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def grazing_divergence(context, field, gamma, v, v_star, out=None):
    """grad_tilde . A of a vector field A(v, v_star) -> (count, 3)."""
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_grazing_divergence(context._pointer, field_callback(field), None, gamma, len(v), v, v_star, out),
          context._context)
    return out


def _gradient(gradient, pairs):
    """gradient(v) -> (count, 3), or with pairs (grad - grad*) psi(v, v_star), as the two callback arguments."""
    if pairs:
        return lib.grz_velocity_gradient_fn(), field_callback(gradient)

    def call(count, v, out, user):
        outgoing(out, (count, 3), gradient(incoming(v, (count, 3))), "gradient")
    return callback("grz_velocity_gradient_fn", call), lib.grz_pair_vector_fn()


def discrete_gradient_from(context, gradient, v, v_star, theta, phi, pairs=False, out=None):
    """dbar psi/theta from psi's gradient, accurate for any theta."""
    v, v_star = _pairs(v, v_star)
    theta, phi = read(theta, (len(v),), "theta"), read(phi, (len(v),), "phi")
    out = write(out, (len(v),), v, v_star, theta, phi)
    check(lib.grz_discrete_gradient_from(context._pointer, *_gradient(gradient, pairs), None, len(v), v, v_star, theta, phi, out), context._context)
    return out


def grazing_gradient_from(context, gradient, gamma, v, v_star, pairs=False, out=None):
    """grad_tilde psi from psi's gradient."""
    v, v_star = _pairs(v, v_star)
    out = write(out, v.shape, v, v_star)
    check(lib.grz_grazing_gradient_from(context._pointer, *_gradient(gradient, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def grazing_laplacian_from(context, gradient, gamma, v, v_star, pairs=False, out=None):
    """grad_tilde . grad_tilde psi from psi's gradient."""
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_grazing_laplacian_from(context._pointer, *_gradient(gradient, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def collision_mobility(context, density, v, v_star, sigma):
    """Lambda(f) at collisions for density(v), and its lower and upper bound (Corollary A.3)."""
    v, v_star = _pairs(v, v_star)

    def call(count, velocity, out, user):
        outgoing(out, (count,), density(incoming(velocity, (count, 3))), "density")

    result = tuple(np.empty(len(v)) for _ in range(3))
    check(lib.grz_collision_mobility(context._pointer, callback("grz_density_fn", call), None, len(v), v, v_star, read(sigma, v.shape, "sigma"),
                                     *result), context._context)
    return result


def logarithmic_mean(a, b):
    return lib.grz_logarithmic_mean(a, b)


def alpha(u, s, t):
    return lib.grz_alpha(u, s, t)


def kappa(u, s):
    return lib.grz_kappa(read(u, (3,), "u"), s)


__all__ = ["post_collision", "post_collision_angles", "discrete_gradient", "circle_average", "grazing_gradient", "grazing_laplacian",
           "grazing_divergence", "discrete_gradient_from", "grazing_gradient_from", "grazing_laplacian_from", "collision_mobility", "logarithmic_mean", "alpha", "kappa"]

"""Pointwise calculus of the gradient-flow structure: pairs of velocities, discrete and grazing gradients, means."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from .handle import incoming, outgoing, read, write
from .hints import Array, ArrayLike, Function
from .library import callback, check, lib
from .sphere import field_callback, pair_callback

if TYPE_CHECKING:
    from .context import Context


def _pairs(v: ArrayLike, v_star: ArrayLike) -> tuple[Array, Array]:
    v = read(v, (-1, 3), "v")
    return v, read(v_star, v.shape, "v_star")


def post_collision(context: Context, v: ArrayLike, v_star: ArrayLike, sigma: ArrayLike) -> tuple[Array, ...]:
    """Velocities after a collision.

    Parameters
    ----------
    context : Context
        for messages
    v, v_star : array_like (count, 3)
        pairs
    sigma : array_like (count, 3)
        unit vectors

    Returns
    -------
    v_prime, v_star_prime : ndarray (count, 3)
        after the collision
    """
    v, v_star = _pairs(v, v_star)
    result = np.empty(v.shape), np.empty(v.shape)
    check(lib.grz_post_collision(context._pointer, len(v), v, v_star, read(sigma, v.shape, "sigma"), *result), context._context)
    return result


def post_collision_angles(context: Context, v: ArrayLike, v_star: ArrayLike, theta: ArrayLike, phi: ArrayLike) -> tuple[Array, ...]:
    """Velocities after a collision by its angles, in the form (3.3).

    Parameters
    ----------
    context : Context
        for messages
    v, v_star : array_like (count, 3)
        pairs
    theta : array_like (count,)
        angles
    phi : array_like (count,)
        angles

    Returns
    -------
    v_prime, v_star_prime, sigma : ndarray (count, 3)
        after the collision
    """
    v, v_star = _pairs(v, v_star)
    theta, phi = read(theta, (len(v),), "theta"), read(phi, (len(v),), "phi")
    result = np.empty(v.shape), np.empty(v.shape), np.empty(v.shape)
    check(lib.grz_post_collision_angles(context._pointer, len(v), v, v_star, theta, phi, *result), context._context)
    return result


def _test_function(psi: Callable, pairs: bool) -> tuple[Any, Any]:
    """psi(v), or with pairs psi(v, v_star), as the two callback arguments."""
    if pairs:
        return lib.grz_velocity_fn(), pair_callback(psi)

    def call(count, v, out, user):
        outgoing(out, (count,), psi(incoming(v, (count, 3))), "psi")
    return callback("grz_velocity_fn", call), lib.grz_pair_fn()


def discrete_gradient(context: Context, psi: Function, v: ArrayLike, v_star: ArrayLike, sigma: ArrayLike, pairs: bool = False,
                      out: Array | None = None) -> Array:
    """dbar psi at collisions.

    Parameters
    ----------
    context : Context
        for messages
    psi : callable
        psi(v) of an array (count, 3) of velocities, with pairs psi(v, v_star) of two
    v, v_star : array_like (count, 3)
        pairs
    sigma : array_like (count, 3)
        unit vectors
    pairs : bool
        whether the function takes pairs
    out : ndarray (count,), optional
        where to

    Returns
    -------
    ndarray (count,)
        psi(v') + psi(v*') - psi(v) - psi(v*)
    """
    v, v_star = _pairs(v, v_star)
    sigma = read(sigma, v.shape, "sigma")
    out = write(out, (len(v),), v, v_star, sigma)
    check(lib.grz_discrete_gradient(context._pointer, *_test_function(psi, pairs), None, len(v), v, v_star, sigma, out), context._context)
    return out


def circle_average(context: Context, psi: Function, v: ArrayLike, v_star: ArrayLike, theta: float, nodes: int = 16, pairs: bool = False,
                   out: Array | None = None) -> Array:
    """Mean of dbar psi over the circle of angle theta.

    Parameters
    ----------
    context : Context
        for messages
    psi : callable
        psi(v) of an array (count, 3) of velocities, with pairs psi(v, v_star) of two
    v, v_star : array_like (count, 3)
        pairs
    theta : float
        the angle
    nodes : int
        on the circle, 1 to 256
    pairs : bool
        whether the function takes pairs
    out : ndarray (count,), optional
        where to

    Returns
    -------
    ndarray (count,)
        the means
    """
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_circle_average(context._pointer, *_test_function(psi, pairs), None, len(v), v, v_star, theta, nodes, out), context._context)
    return out


def grazing_gradient(context: Context, psi: Function, gamma: float, v: ArrayLike, v_star: ArrayLike, pairs: bool = False,
                     out: Array | None = None) -> Array:
    """grad_tilde psi.

    Parameters
    ----------
    context : Context
        for messages
    psi : callable
        psi(v) of an array (count, 3) of velocities, with pairs psi(v, v_star) of two
    gamma : float
        exponent of the kernel, -4 to 1
    v, v_star : array_like (count, 3)
        pairs
    pairs : bool
        whether the function takes pairs
    out : ndarray (count, 3), optional
        where to

    Returns
    -------
    ndarray (count, 3)
        |v - v*|^(1 + gamma/2) Pi (grad psi - grad* psi*)
    """
    v, v_star = _pairs(v, v_star)
    out = write(out, v.shape, v, v_star)
    check(lib.grz_grazing_gradient(context._pointer, *_test_function(psi, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def grazing_laplacian(context: Context, psi: Function, gamma: float, v: ArrayLike, v_star: ArrayLike, pairs: bool = False,
                      out: Array | None = None) -> Array:
    """grad_tilde . grad_tilde psi.

    Parameters
    ----------
    context : Context
        for messages
    psi : callable
        psi(v) of an array (count, 3) of velocities, with pairs psi(v, v_star) of two
    gamma : float
        exponent of the kernel, -4 to 1
    v, v_star : array_like (count, 3)
        pairs
    pairs : bool
        whether the function takes pairs
    out : ndarray (count,), optional
        where to

    Returns
    -------
    ndarray (count,)
        as in (3.12)
    """
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_grazing_laplacian(context._pointer, *_test_function(psi, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def grazing_divergence(context: Context, field: Function, gamma: float, v: ArrayLike, v_star: ArrayLike, out: Array | None = None) -> Array:
    """grad_tilde . A of a vector field.

    Parameters
    ----------
    context : Context
        for messages
    field : callable
        A(v, v_star) -> (count, 3) of two arrays (count, 3)
    gamma : float
        exponent of the kernel, -4 to 1
    v, v_star : array_like (count, 3)
        pairs
    out : ndarray (count,), optional
        where to

    Returns
    -------
    ndarray (count,)
        the adjoint of the gradient
    """
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_grazing_divergence(context._pointer, field_callback(field), None, gamma, len(v), v, v_star, out),
          context._context)
    return out


def _gradient(gradient: Callable, pairs: bool) -> tuple[Any, Any]:
    """gradient(v) -> (count, 3), or with pairs (grad - grad*) psi(v, v_star), as the two callback arguments."""
    if pairs:
        return lib.grz_velocity_gradient_fn(), field_callback(gradient)

    def call(count, v, out, user):
        outgoing(out, (count, 3), gradient(incoming(v, (count, 3))), "gradient")
    return callback("grz_velocity_gradient_fn", call), lib.grz_pair_vector_fn()


def discrete_gradient_from(context: Context, gradient: Function, v: ArrayLike, v_star: ArrayLike, theta: ArrayLike, phi: ArrayLike,
                           pairs: bool = False, out: Array | None = None) -> Array:
    """dbar psi/theta from psi's gradient, accurate for any theta.

    Parameters
    ----------
    context : Context
        for messages
    gradient : callable
        gradient(v) -> (count, 3), with pairs (grad - grad*) psi(v, v_star)
    v, v_star : array_like (count, 3)
        pairs
    theta : array_like (count,)
        angles
    phi : array_like (count,)
        angles
    pairs : bool
        whether the function takes pairs
    out : ndarray (count,), optional
        where to

    Returns
    -------
    ndarray (count,)
        dbar psi/theta
    """
    v, v_star = _pairs(v, v_star)
    theta, phi = read(theta, (len(v),), "theta"), read(phi, (len(v),), "phi")
    out = write(out, (len(v),), v, v_star, theta, phi)
    check(lib.grz_discrete_gradient_from(context._pointer, *_gradient(gradient, pairs), None, len(v), v, v_star, theta, phi, out), context._context)
    return out


def grazing_gradient_from(context: Context, gradient: Function, gamma: float, v: ArrayLike, v_star: ArrayLike, pairs: bool = False,
                          out: Array | None = None) -> Array:
    """grad_tilde psi from psi's gradient.

    Parameters
    ----------
    context : Context
        for messages
    gradient : callable
        gradient(v) -> (count, 3), with pairs (grad - grad*) psi(v, v_star)
    gamma : float
        exponent of the kernel, -4 to 1
    v, v_star : array_like (count, 3)
        pairs
    pairs : bool
        whether the function takes pairs
    out : ndarray (count, 3), optional
        where to

    Returns
    -------
    ndarray (count, 3)
        to rounding
    """
    v, v_star = _pairs(v, v_star)
    out = write(out, v.shape, v, v_star)
    check(lib.grz_grazing_gradient_from(context._pointer, *_gradient(gradient, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def grazing_laplacian_from(context: Context, gradient: Function, gamma: float, v: ArrayLike, v_star: ArrayLike, pairs: bool = False,
                           out: Array | None = None) -> Array:
    """grad_tilde . grad_tilde psi from psi's gradient.

    Parameters
    ----------
    context : Context
        for messages
    gradient : callable
        gradient(v) -> (count, 3), with pairs (grad - grad*) psi(v, v_star)
    gamma : float
        exponent of the kernel, -4 to 1
    v, v_star : array_like (count, 3)
        pairs
    pairs : bool
        whether the function takes pairs
    out : ndarray (count,), optional
        where to

    Returns
    -------
    ndarray (count,)
        about 1e-12 relative
    """
    v, v_star = _pairs(v, v_star)
    out = write(out, (len(v),), v, v_star)
    check(lib.grz_grazing_laplacian_from(context._pointer, *_gradient(gradient, pairs), None, gamma, len(v), v, v_star, out), context._context)
    return out


def collision_mobility(context: Context, density: Function, v: ArrayLike, v_star: ArrayLike, sigma: ArrayLike) -> tuple[Array, ...]:
    """Lambda(f) at collisions, and its lower and upper bound (Corollary A.3).

    Parameters
    ----------
    context : Context
        for messages
    density : callable
        f(v) >= 0 of an array (count, 3) of velocities
    v, v_star : array_like (count, 3)
        pairs
    sigma : array_like (count, 3)
        unit vectors

    Returns
    -------
    Lambda, lower, upper : ndarray (count,)
        and its bounds
    """
    v, v_star = _pairs(v, v_star)

    def call(count, velocity, out, user):
        outgoing(out, (count,), density(incoming(velocity, (count, 3))), "density")

    result = tuple(np.empty(len(v)) for _ in range(3))
    check(lib.grz_collision_mobility(context._pointer, callback("grz_density_fn", call), None, len(v), v, v_star, read(sigma, v.shape, "sigma"),
                                     *result), context._context)
    return result


def logarithmic_mean(a: float, b: float) -> float:
    """(b - a)/(log b - log a).

    Parameters
    ----------
    a, b : float
        >= 0

    Returns
    -------
    float
        NaN for a negative argument
    """
    return lib.grz_logarithmic_mean(a, b)


def alpha(u: float, s: float, t: float) -> float:
    """u^2/(4 L(s, t)), the integrand of Boltzmann's action, L the logarithmic mean.

    Parameters
    ----------
    u : float
        rate
    s, t : float
        ff* and f'f*', >= 0

    Returns
    -------
    float
        inf for u != 0 where L is 0
    """
    return lib.grz_alpha(u, s, t)


def kappa(u: ArrayLike, s: float) -> float:
    """|u|^2/(2 s), the integrand of Landau's action.

    Parameters
    ----------
    u : array_like (3,)
        rate
    s : float
        ff* >= 0

    Returns
    -------
    float
        inf for u != 0 where s is 0
    """
    return lib.grz_kappa(read(u, (3,), "u"), s)


__all__ = ["post_collision", "post_collision_angles", "discrete_gradient", "circle_average", "grazing_gradient", "grazing_laplacian",
           "grazing_divergence", "discrete_gradient_from", "grazing_gradient_from", "grazing_laplacian_from", "collision_mobility", "logarithmic_mean", "alpha", "kappa"]

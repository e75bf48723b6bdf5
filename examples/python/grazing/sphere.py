"""Spherical harmonic transforms on the sphere of a pair's directions."""
from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from .handle import Handle, incoming, outgoing, read, write
from .hints import Array, ArrayLike
from .library import callback, check, lib

if TYPE_CHECKING:
    from .context import Context


class Sphere(Handle):
    """Transforms up to degree lmax. Arrays have a leading batch dimension of any length. Immutable, for any number of threads.

    Parameters
    ----------
    context : Context
        that it belongs to
    lmax : int
        degree, 0 to 64
    """

    def __init__(self, context: Context, lmax: int):
        self._make("grz_sphere", context._context, lib.grz_sphere_create, context._pointer, lmax, keep=context._keep)

    def _describe(self) -> str:
        return f"Sphere(lmax={self.degree})"

    @property
    def degree(self) -> int:
        """lmax."""
        return lib.grz_sphere_degree(self._pointer)

    @property
    def node_count(self) -> int:
        """N, the nodes of the rule."""
        return lib.grz_sphere_node_count(self._pointer)

    @property
    def coefficient_count(self) -> int:
        """C = (lmax + 1)^2."""
        return lib.grz_sphere_coefficient_count(self._pointer)

    def nodes(self) -> tuple[Array, Array]:
        """The rule.

        Returns
        -------
        nodes : ndarray (N, 3)
            unit vectors
        weights : ndarray (N,)
            of sum 4 pi
        """
        nodes, weights = np.empty((self.node_count, 3)), np.empty(self.node_count)
        self._call(lib.grz_sphere_nodes, nodes, weights)
        return nodes, weights

    def _transform(self, function: Callable, values: ArrayLike, name: str, tail: tuple, result_tail: tuple, out: Array | None) -> Array:
        values = read(values, (-1,) + tail, name)
        out = write(out, (len(values),) + result_tail, values)
        self._call(function, len(values), values, out)
        return out

    def analyse(self, values: ArrayLike, out: Array | None = None) -> Array:
        """Coefficients of functions.

        Parameters
        ----------
        values : array_like (batch, N)
            at the nodes
        out : ndarray (batch, C), optional
            where to

        Returns
        -------
        ndarray (batch, C)
            that of Y_lm at l*l + l + m
        """
        return self._transform(lib.grz_sphere_analyse, values, "values", (self.node_count,), (self.coefficient_count,), out)

    def synthesise(self, coefficients: ArrayLike, out: Array | None = None) -> Array:
        """Functions of coefficients.

        Parameters
        ----------
        coefficients : array_like (batch, C)
            that of Y_lm at l*l + l + m
        out : ndarray (batch, N), optional
            where to

        Returns
        -------
        ndarray (batch, N)
            at the nodes
        """
        return self._transform(lib.grz_sphere_synthesise, coefficients, "coefficients", (self.coefficient_count,), (self.node_count,), out)

    def gradient(self, coefficients: ArrayLike, out: Array | None = None) -> Array:
        """Surface gradients.

        Parameters
        ----------
        coefficients : array_like (batch, C)
            of functions
        out : ndarray (batch, N, 3), optional
            where to

        Returns
        -------
        ndarray (batch, N, 3)
            tangent vectors at the nodes
        """
        return self._transform(lib.grz_sphere_gradient, coefficients, "coefficients", (self.coefficient_count,), (self.node_count, 3), out)

    def divergence(self, field: ArrayLike, out: Array | None = None) -> Array:
        """Surface divergences.

        Parameters
        ----------
        field : array_like (batch, N, 3)
            of which the tangential part counts
        out : ndarray (batch, C), optional
            where to

        Returns
        -------
        ndarray (batch, C)
            coefficients
        """
        return self._transform(lib.grz_sphere_divergence, field, "field", (self.node_count, 3), (self.coefficient_count,), out)

    def multiply(self, multiplier: ArrayLike, coefficients: ArrayLike) -> Array:
        """Coefficients times multiplier[l].

        Parameters
        ----------
        multiplier : array_like (lmax + 1,)
            as Kernel.spectrum gives it
        coefficients : array_like (batch, C)
            of functions

        Returns
        -------
        ndarray (batch, C)
            a new array
        """
        result = read(coefficients, (-1, self.coefficient_count), "coefficients").copy()
        self._call(lib.grz_sphere_multiply, len(result), read(multiplier, (self.degree + 1,), "multiplier"), result)
        return result

    def solve(self, coefficients: ArrayLike) -> Array:
        """Solution of the Poisson problem, of mean 0.

        Parameters
        ----------
        coefficients : array_like (batch, C)
            of the right-hand sides

        Returns
        -------
        ndarray (batch, C)
            a new array
        """
        result = read(coefficients, (-1, self.coefficient_count), "coefficients").copy()
        self._call(lib.grz_sphere_solve, len(result), result)
        return result

    def grazing_project(self, field: Callable[[Array, Array], ArrayLike], gamma: float, centre: ArrayLike,
                        radius: ArrayLike) -> tuple[Array, Array]:
        """Projection of a field onto the image of grad_tilde (Lemma 6.5), sphere by sphere.

        Parameters
        ----------
        field : callable
            field(v, v_star) -> (count, 3) of two arrays (count, 3)
        gamma : float
            -4 to 1
        centre : array_like (count, 3)
            (v + v*)/2 of every sphere
        radius : array_like (count,)
            |v - v*|/2 > 0

        Returns
        -------
        psi : ndarray (count, C)
            coefficients
        norms : ndarray (count, 3)
            int |Pi V|^2, int |grad_tilde psi|^2 and that of the remainder
        """
        centre = read(centre, (-1, 3), "centre")
        radius = read(radius, (len(centre),), "radius")
        psi, norms = np.empty((len(centre), self.coefficient_count)), np.empty((len(centre), 3))
        check(lib.grz_grazing_project(self._context, self._pointer, field_callback(field), None, gamma, len(centre), centre, radius, psi, norms),
              self._context)
        return psi, norms


def field_callback(field: Callable) -> Any:
    """A vector field of pairs as a callback."""

    def call(count, v, v_star, out, user):
        outgoing(out, (count, 3), field(incoming(v, (count, 3)), incoming(v_star, (count, 3))), "field")

    return callback("grz_pair_vector_fn", call)


def pair_callback(psi: Callable) -> Any:
    """A function of pairs as a callback."""

    def call(count, v, v_star, out, user):
        outgoing(out, (count,), psi(incoming(v, (count, 3)), incoming(v_star, (count, 3))), "psi")

    return callback("grz_pair_fn", call)


def collision_callback(rate: Callable) -> Any:
    """A function of collisions (v, v_star, sigma) as a callback."""

    def call(count, v, v_star, sigma, out, user):
        outgoing(out, (count,), rate(*(incoming(array, (count, 3)) for array in (v, v_star, sigma))), "rate")

    return callback("grz_collision_rate_fn", call)


def given(optimal: Any, kind: str) -> Any:
    """One of the library's own test functions as a callback."""
    return ctypes.cast(optimal, getattr(lib, kind))

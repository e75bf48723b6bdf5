"""Spherical harmonic transforms on the sphere of a pair's directions."""
import ctypes

import numpy as np

from .handle import Handle, incoming, outgoing, read, write
from .library import callback, check, lib


class Sphere(Handle):
    """Transforms up to degree lmax. Arrays have a leading batch dimension of any length: values (batch, nodes), coefficients (batch, (lmax+1)^2),
    tangent fields (batch, nodes, 3)."""

    def __init__(self, context, lmax):
        self._make("grz_sphere", context._context, lib.grz_sphere_create, context._pointer, lmax, keep=context._keep)

    @property
    def degree(self):
        return lib.grz_sphere_degree(self._pointer)

    @property
    def node_count(self):
        return lib.grz_sphere_node_count(self._pointer)

    @property
    def coefficient_count(self):
        return lib.grz_sphere_coefficient_count(self._pointer)

    def nodes(self):
        """Unit vectors (nodes, 3) and weights (nodes,), of sum 4 pi."""
        nodes, weights = np.empty((self.node_count, 3)), np.empty(self.node_count)
        self._call(lib.grz_sphere_nodes, nodes, weights)
        return nodes, weights

    def _transform(self, function, values, name, tail, result_tail, out):
        values = read(values, (-1,) + tail, name)
        out = write(out, (len(values),) + result_tail, values)
        self._call(function, len(values), values, out)
        return out

    def analyse(self, values, out=None):
        return self._transform(lib.grz_sphere_analyse, values, "values", (self.node_count,), (self.coefficient_count,), out)

    def synthesise(self, coefficients, out=None):
        return self._transform(lib.grz_sphere_synthesise, coefficients, "coefficients", (self.coefficient_count,), (self.node_count,), out)

    def gradient(self, coefficients, out=None):
        return self._transform(lib.grz_sphere_gradient, coefficients, "coefficients", (self.coefficient_count,), (self.node_count, 3), out)

    def divergence(self, field, out=None):
        return self._transform(lib.grz_sphere_divergence, field, "field", (self.node_count, 3), (self.coefficient_count,), out)

    def multiply(self, multiplier, coefficients):
        """Coefficients times multiplier[l], a new array."""
        result = read(coefficients, (-1, self.coefficient_count), "coefficients").copy()
        self._call(lib.grz_sphere_multiply, len(result), read(multiplier, (self.degree + 1,), "multiplier"), result)
        return result

    def solve(self, coefficients):
        """Coefficients of the solution of the Poisson problem, a new array."""
        result = read(coefficients, (-1, self.coefficient_count), "coefficients").copy()
        self._call(lib.grz_sphere_solve, len(result), result)
        return result

    def grazing_project(self, field, gamma, centre, radius):
        """Projection of field(v, v_star) -> (count, 3) onto the image of grad_tilde (Lemma 6.5) on spheres centre (count, 3), radius (count,):
        coefficients of psi (count, C), and the three squared norms (count, 3)."""
        centre = read(centre, (-1, 3), "centre")
        radius = read(radius, (len(centre),), "radius")
        psi, norms = np.empty((len(centre), self.coefficient_count)), np.empty((len(centre), 3))
        check(lib.grz_grazing_project(self._context, self._pointer, field_callback(field), None, gamma, len(centre), centre, radius, psi, norms),
              self._context)
        return psi, norms


def field_callback(field):
    """A vector field of pairs as a callback."""

    def call(count, v, v_star, out, user):
        outgoing(out, (count, 3), field(incoming(v, (count, 3)), incoming(v_star, (count, 3))), "field")

    return callback("grz_pair_vector_fn", call)


def pair_callback(psi):
    """A function of pairs as a callback."""

    def call(count, v, v_star, out, user):
        outgoing(out, (count,), psi(incoming(v, (count, 3)), incoming(v_star, (count, 3))), "psi")

    return callback("grz_pair_fn", call)


def collision_callback(rate):
    """A function of collisions (v, v_star, sigma) as a callback."""

    def call(count, v, v_star, sigma, out, user):
        outgoing(out, (count,), rate(*(incoming(array, (count, 3)) for array in (v, v_star, sigma))), "rate")

    return callback("grz_collision_rate_fn", call)


def given(optimal, kind):
    """One of the library's own test functions as a callback."""
    return ctypes.cast(optimal, getattr(lib, kind))

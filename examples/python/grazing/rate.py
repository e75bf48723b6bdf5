"""Rates of the collision and the grazing rate equation, the lift between them, and the density between the nodes."""
import ctypes

import numpy as np

from .distribution import field
from .handle import Handle, read, write
from .library import check, enums, lib, number
from .operator import Operator
from .sphere import collision_callback, field_callback


class Rate(Handle):
    """A collision rate M (CRE) of a Boltzmann operator or a grazing rate (GCE) of a Landau operator, made by the class methods."""

    @classmethod
    def _new(cls, op, create, *arguments, keep=()):
        rate = cls.__new__(cls)
        rate._lock = op._lock
        rate._make("grz_rate", op._context, create, op._context, op._pointer, *arguments, keep=op._keep + tuple(keep))
        rate._on(op)
        return rate

    @classmethod
    def potential(cls, op, phi):
        """Lambda B dbar phi, or ff* grad_tilde phi."""
        return cls._new(op, lib.grz_rate_create_potential, field(phi, op, "phi"))

    @classmethod
    def gradient_flow(cls, op):
        """Potential -log f, for the f of each query."""
        return cls._new(op, lib.grz_rate_create_gradient_flow)

    @classmethod
    def collision(cls, op, M, form="density"):
        """M(v, v_star, sigma) of arrays (count, 3), as a "density" or "relative" to Lambda B."""
        hook = collision_callback(M)
        return cls._new(op, lib.grz_rate_create_collision, hook, None, number("grz_rate_form", form), keep=(hook,))

    @classmethod
    def grazing(cls, op, M, form="density"):
        """M(v, v_star) -> (count, 3), as a "density" or "relative" to ff*."""
        hook = field_callback(M)
        return cls._new(op, lib.grz_rate_create_grazing, hook, None, number("grz_rate_form", form), keep=(hook,))

    @property
    def operator(self):
        return Operator._of(self, lib.grz_rate_operator)

    def add_potential(self, factor, phi):
        self._call(lib.grz_rate_add_potential, factor, field(phi, self, "phi"))

    def action(self, f):
        return self._number(lib.grz_rate_action, field(f, self, "f"))

    def divergence(self, f, out=None):
        """The time derivative that the rate produces."""
        f = field(f, self, "f")
        out = write(out, self.shape, f)
        self._call(lib.grz_rate_divergence, f, out)
        return out

    def pairing(self, f, psi):
        return self._number(lib.grz_rate_pairing, field(f, self, "f"), field(psi, self, "psi"))

    def project(self, metric, f):
        """Action of the optimal rate with the same divergence, action of the remainder, and the optimal potential (Lemma 4.5)."""
        optimal, remainder, phi = ctypes.c_double(), ctypes.c_double(), np.empty(self.shape)
        self._call(lib.grz_rate_project, metric._pointer, field(f, self, "f"), ctypes.byref(optimal), ctypes.byref(remainder), phi)
        return optimal.value, remainder.value, phi


def curve_residual(context, times, f, rates, rule="trapezoid"):
    """Residual of the rate equation along snapshots f (count, n, n, n) at these times: the last one's residual, and int |R_k|."""
    rates = list(rates)
    if not rates or any(not isinstance(rate, Rate) for rate in rates):
        raise TypeError("rates: one or more Rate objects are needed")
    times, f = read(times, (len(rates),), "times"), read(f, (len(rates),) + rates[0].shape, "f")
    rule = number("grz_time_rule", rule)
    norms = np.empty(len(rates) if rule == number("grz_time_rule", "trapezoid") else (len(rates) + 1) // 2)
    residual = np.empty(rates[0].shape)
    handles = (ctypes.c_void_p * len(rates))(*(rate._pointer.value for rate in rates))
    with rates[0]._lock:
        check(lib.grz_curve_residual(context._pointer, len(rates), times, f, ctypes.cast(handles, ctypes.POINTER(lib.grz_rate)), rule, residual, norms),
              context._context)
    return residual, norms


def lift_weight(context, q, delta, v, v_star):
    """|z|^q (1 + (|v|^2 + |v*|^2)^(delta/2)) at pairs (count, 3)."""
    v = read(v, (-1, 3), "v")
    weight = np.empty(len(v))
    check(lib.grz_lift_weight(context._pointer, q, delta, len(v), v, read(v_star, v.shape, "v_star"), weight), context._context)
    return weight


def lift(kernel, m, q, delta, theta_nodes, phi_nodes, v, v_star):
    """L_{q,delta} of section 5.1 at pairs (count, 3), for the density m(v, v_star, sigma) relative to theta B."""
    v = read(v, (-1, 3), "v")
    out = np.empty(v.shape)
    kernel._call(lib.grz_kernel_lift, collision_callback(m), None, q, delta, theta_nodes, phi_nodes, len(v), v, read(v_star, v.shape, "v_star"), out)
    return out


class Interpolant(Handle):
    """The density that an entropic operator sees between the nodes; itself the optimal test function of the operator's affine bounds."""

    def __init__(self, op, f):
        with op._lock:
            self._make("grz_interpolant", op._context, lib.grz_interpolant_create, op._context, op._pointer, field(f, op, "f"), keep=op._keep)

    def evaluate(self, v, gradient=False):
        """f at velocities (count, 3), and with gradient also its gradient there."""
        v = read(v, (-1, 3), "v")
        values, slopes = np.empty(len(v)), np.empty(v.shape) if gradient else None
        self._call(lib.grz_interpolant_evaluate, len(v), v, values, slopes)
        return (values, slopes) if gradient else values

    __call__ = evaluate

    def _optimal(self, function, shape, *arrays):
        out = np.empty(shape)
        if function(len(arrays[0]), *arrays, out, self._pointer):
            raise ValueError("the velocities are not finite")
        return out

    def optimal_pair(self, v, v_star):
        """sqrt(ff*)"""
        v = read(v, (-1, 3), "v")
        return self._optimal(lib.grz_optimal_pair, (len(v),), v, read(v_star, v.shape, "v_star"))

    def optimal_field(self, v, v_star):
        """grad_tilde sqrt(ff*)"""
        v = read(v, (-1, 3), "v")
        return self._optimal(lib.grz_optimal_field, v.shape, v, read(v_star, v.shape, "v_star"))

    def optimal_jump(self, v, v_star, sigma):
        """sqrt(f'f*') - sqrt(ff*)"""
        v = read(v, (-1, 3), "v")
        return self._optimal(lib.grz_optimal_jump, (len(v),), v, read(v_star, v.shape, "v_star"), read(sigma, v.shape, "sigma"))


__all__ = ["Rate", "Interpolant", "curve_residual", "lift_weight", "lift"]

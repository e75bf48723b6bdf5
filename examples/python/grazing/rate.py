"""Rates of the collision and the grazing rate equation, the lift between them, and the density between the nodes."""
from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Callable, Sequence

import numpy as np

from .grid import field
from .handle import Handle, read, write
from .hints import Array, ArrayLike, Field, Name
from .kernel import Kernel
from .library import check, lib, number
from .metric import Metric
from .operator import Operator
from .sphere import collision_callback, field_callback

if TYPE_CHECKING:
    from .context import Context


class Rate(Handle):
    """A collision rate M (CRE) of a Boltzmann operator or a grazing rate (GCE) of a Landau operator, made by the class methods."""

    @classmethod
    def _new(cls, op: Operator, create: Callable, *arguments: Any, keep: tuple = ()) -> Rate:
        rate = cls.__new__(cls)
        rate._lock = op._lock
        rate._make("grz_rate", op._context, create, op._context, op._pointer, *arguments, keep=op._keep + tuple(keep),
                   recipe={"operator": op._pointer.recipe})
        rate._on(op)
        return rate

    def _describe(self) -> str:
        return f"<Rate of {self.operator!r}>"

    @classmethod
    def potential(cls, op: Operator, phi: Field) -> Rate:
        """Lambda B dbar phi, or ff* grad_tilde phi.

        Parameters
        ----------
        op : Operator
            entropic
        phi : array_like (n, n, n)
            potential, copied

        Returns
        -------
        Rate
            of Boltzmann's or Landau's equation
        """
        return cls._new(op, lib.grz_rate_create_potential, field(phi, op, "phi"))

    @classmethod
    def gradient_flow(cls, op: Operator) -> Rate:
        """Potential -log f, for the f of each query.

        Parameters
        ----------
        op : Operator
            entropic

        Returns
        -------
        Rate
            whose divergence is Q
        """
        return cls._new(op, lib.grz_rate_create_gradient_flow)

    @classmethod
    def collision(cls, op: Operator, M: Callable[[Array, Array, Array], ArrayLike], form: Name = "density") -> Rate:
        """A rate of collisions.

        Parameters
        ----------
        op : Operator
            entropic, Boltzmann's
        M : callable
            M(v, v_star, sigma) of arrays (count, 3)
        form : {"density", "relative"}
            against dsigma dv* dv, or relative to Lambda B

        Returns
        -------
        Rate
            evaluated at every query
        """
        hook = collision_callback(M)
        return cls._new(op, lib.grz_rate_create_collision, hook, None, number("grz_rate_form", form), keep=(hook,))

    @classmethod
    def grazing(cls, op: Operator, M: Callable[[Array, Array], ArrayLike], form: Name = "density") -> Rate:
        """A grazing rate.

        Parameters
        ----------
        op : Operator
            entropic, Landau's
        M : callable
            M(v, v_star) -> (count, 3) of arrays (count, 3)
        form : {"density", "relative"}
            against dv* dv, or relative to ff*

        Returns
        -------
        Rate
            evaluated at every query
        """
        hook = field_callback(M)
        return cls._new(op, lib.grz_rate_create_grazing, hook, None, number("grz_rate_form", form), keep=(hook,))

    @property
    def operator(self) -> Operator:
        """The operator whose rate it is."""
        return Operator._of(self, lib.grz_rate_operator)

    def add_potential(self, factor: float, phi: Field) -> None:
        """Adds a multiple of the rate with a potential.

        Parameters
        ----------
        factor : float
            times
        phi : array_like (n, n, n)
            potential
        """
        self._call(lib.grz_rate_add_potential, factor, field(phi, self, "phi"))

    def action(self, f: Field) -> float:
        """A(f, M).

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume

        Returns
        -------
        float
            inf where M lives and Lambda does not
        """
        return self._number(lib.grz_rate_action, field(f, self, "f"))

    def divergence(self, f: Field, out: Array | None = None) -> Array:
        """The time derivative that the rate produces.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            in f per time
        """
        f = field(f, self, "f")
        out = write(out, self.shape, f)
        self._call(lib.grz_rate_divergence, f, out)
        return out

    def pairing(self, f: Field, psi: Field) -> float:
        """<g, psi> for the time derivative g that the rate produces.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        psi : array_like (n, n, n)
            test function

        Returns
        -------
        float
            the weak form
        """
        return self._number(lib.grz_rate_pairing, field(f, self, "f"), field(psi, self, "psi"))

    def project(self, metric: Metric, f: Field) -> tuple[float, float, Array]:
        """The optimal rate among those with the same divergence (Lemma 4.5).

        Parameters
        ----------
        metric : Metric
            of the same operator
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume

        Returns
        -------
        optimal : float
            its action
        remainder : float
            action of the rest
        phi : ndarray (n, n, n)
            its potential
        """
        optimal, remainder, phi = ctypes.c_double(), ctypes.c_double(), np.empty(self.shape)
        self._call(lib.grz_rate_project, metric._pointer, field(f, self, "f"), ctypes.byref(optimal), ctypes.byref(remainder), phi)
        return optimal.value, remainder.value, phi


def curve_residual(context: Context, times: ArrayLike, f: ArrayLike, rates: Sequence[Rate], rule: Name = "trapezoid") -> tuple[Array, Array]:
    """Residual of the rate equation along snapshots (Definition 4.4).

    Parameters
    ----------
    context : Context
        for messages
    times : array_like (count,)
        ascending; equispaced for Simpson's rule
    f : array_like (count, n, n, n)
        densities there, per velocity volume
    rates : sequence of Rate
        count of them
    rule : {"trapezoid", "simpson"}
        in time

    Returns
    -------
    residual : ndarray (n, n, n)
        at the last snapshot
    norms : ndarray
        int |R_k| at every snapshot, for Simpson's rule at every other one
    """
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


def lift_weight(context: Context, q: float, delta: float, v: ArrayLike, v_star: ArrayLike) -> Array:
    """|z|^q (1 + (|v|^2 + |v*|^2)^(delta/2)).

    Parameters
    ----------
    context : Context
        for messages
    q, delta : float
        exponents
    v, v_star : array_like (count, 3)
        pairs

    Returns
    -------
    ndarray (count,)
        the weight
    """
    v = read(v, (-1, 3), "v")
    weight = np.empty(len(v))
    check(lib.grz_lift_weight(context._pointer, q, delta, len(v), v, read(v_star, v.shape, "v_star"), weight), context._context)
    return weight


def lift(kernel: Kernel, m: Callable[[Array, Array, Array], ArrayLike], q: float, delta: float, theta_nodes: int, phi_nodes: int, v: ArrayLike,
         v_star: ArrayLike) -> Array:
    """L_{q,delta} of section 5.1.

    Parameters
    ----------
    kernel : Kernel
        eps > 0
    m : callable
        m(v, v_star, sigma) of arrays (count, 3): the measure's density relative to theta B
    q, delta : float
        exponents
    theta_nodes, phi_nodes : int
        of the quadrature, at most 32 and 64
    v, v_star : array_like (count, 3)
        pairs

    Returns
    -------
    ndarray (count, 3)
        the lift at the pairs
    """
    v = read(v, (-1, 3), "v")
    out = np.empty(v.shape)
    kernel._call(lib.grz_kernel_lift, collision_callback(m), None, q, delta, theta_nodes, phi_nodes, len(v), v, read(v_star, v.shape, "v_star"), out)
    return out


class Interpolant(Handle):
    """The density that an entropic operator sees between the nodes; itself the optimal test function of the operator's affine bounds.

    Parameters
    ----------
    op : Operator
        entropic
    f : array_like (n, n, n) or Distribution
        density > 0, per velocity volume; not kept
    """

    def __init__(self, op: Operator, f: Field):
        with op._lock:
            self._make("grz_interpolant", op._context, lib.grz_interpolant_create, op._context, op._pointer, field(f, op, "f"), keep=op._keep)

    def evaluate(self, v: ArrayLike, gradient: bool = False) -> Array | tuple[Array, Array]:
        """f between the nodes; calling the interpolant is the same.

        Parameters
        ----------
        v : array_like (count, 3)
            velocities
        gradient : bool
            whether the gradient is wanted, too

        Returns
        -------
        f : ndarray (count,)
            0 outside the outermost nodes
        gradient : ndarray (count, 3)
            where it is wanted
        """
        v = read(v, (-1, 3), "v")
        values, slopes = np.empty(len(v)), np.empty(v.shape) if gradient else None
        self._call(lib.grz_interpolant_evaluate, len(v), v, values, slopes)
        return values if slopes is None else (values, slopes)

    __call__ = evaluate

    def _optimal(self, function: Callable, shape: tuple, *arrays: Array) -> Array:
        out = np.empty(shape)
        if function(len(arrays[0]), *arrays, out, self._pointer):
            raise ValueError("the velocities are not finite")
        return out

    def optimal_pair(self, v: ArrayLike, v_star: ArrayLike) -> Array:
        """sqrt(ff*), by the interpolant.

        Parameters
        ----------
        v, v_star : array_like (count, 3)
            pairs

        Returns
        -------
        ndarray (count,)
            its values
        """
        v = read(v, (-1, 3), "v")
        return self._optimal(lib.grz_optimal_pair, (len(v),), v, read(v_star, v.shape, "v_star"))

    def optimal_field(self, v: ArrayLike, v_star: ArrayLike) -> Array:
        """grad_tilde sqrt(ff*), by the interpolant.

        Parameters
        ----------
        v, v_star : array_like (count, 3)
            pairs

        Returns
        -------
        ndarray (count, 3)
            its values
        """
        v = read(v, (-1, 3), "v")
        return self._optimal(lib.grz_optimal_field, v.shape, v, read(v_star, v.shape, "v_star"))

    def optimal_jump(self, v: ArrayLike, v_star: ArrayLike, sigma: ArrayLike) -> Array:
        """sqrt(f'f*') - sqrt(ff*), by the interpolant.

        Parameters
        ----------
        v, v_star : array_like (count, 3)
            pairs
        sigma : array_like (count, 3)
            unit vectors

        Returns
        -------
        ndarray (count,)
            its values
        """
        v = read(v, (-1, 3), "v")
        return self._optimal(lib.grz_optimal_jump, (len(v),), v, read(v_star, v.shape, "v_star"), read(sigma, v.shape, "sigma"))


__all__ = ["Rate", "Interpolant", "curve_residual", "lift_weight", "lift"]

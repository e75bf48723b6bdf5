"""Metric derivatives: the squared speed |f'|^2 of a curve and the potential of its optimal rate."""
from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from .grid import field
from .handle import Handle
from .hints import Array, Field
from .library import enums, lib
from .operator import Operator
from .options import Options


class Metric(Options, Handle):
    """Solver for metric derivatives of an entropic operator (Definition 4.2, Lemma 4.5), whose one thread it shares.

    Parameters
    ----------
    operator : Operator
        entropic
    **options
        by name: tolerance, iteration_cap, moment_tolerance
    """

    _options, _set, _get = "grz_metric_option", lib.grz_metric_set_option, lib.grz_metric_option_value
    _bounds = lib.grz_metric_option_bounds

    def __init__(self, operator: Operator, **options: float):
        self._lock = operator._lock
        self._make("grz_metric", operator._context, lib.grz_metric_create, operator._context, operator._pointer, keep=operator._keep,
                   recipe={"operator": operator._pointer.recipe, "options": {}})
        self._on(operator)
        self.set_options(**options)

    def _describe(self) -> str:
        return f"<Metric of {self.operator!r}>"

    def derivative(self, f: Field, g: Field, dense: bool = False) -> tuple[float, Array | None]:
        """|f'|^2 for a time derivative, and the optimal potential.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        g : array_like (n, n, n)
            its time derivative
        dense : bool
            by the spectrum, n <= 16

        Returns
        -------
        value : float
            |f'|^2; inf when no rate produces g, and `unreachable` says why
        phi : ndarray (n, n, n) or None
            K_f phi = g; None for inf
        """
        phi, value = np.empty(self.shape), ctypes.c_double()
        function = lib.grz_metric_derivative_dense if dense else lib.grz_metric_derivative
        self._call(function, field(f, self, "f"), field(g, self, "g"), ctypes.byref(value), phi)
        return value.value, phi if np.isfinite(value.value) else None

    def gap(self, f: Field, g: Field, psi: Field) -> float:
        """|f'|^2 minus the affine bound (7.1).

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        g : array_like (n, n, n)
            its time derivative
        psi : array_like (n, n, n)
            the test function

        Returns
        -------
        float
            as a sum of squares
        """
        return self._number(lib.grz_metric_gap, field(f, self, "f"), field(g, self, "g"), field(psi, self, "psi"))

    def spectrum(self, f: Field, modes: bool = False) -> Array | tuple[Array, Array]:
        """Rates of K_f relative to f, for n <= 16.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        modes : bool
            whether the modes are wanted, too

        Returns
        -------
        rates : ndarray (n^3,)
            ascending, per time
        functions : ndarray (n^3, n, n, n)
            with modes: h^3 sum f m_a m_b = delta_ab
        """
        count = int(np.prod(self.shape))
        rates, functions = np.empty(count), np.empty((count,) + self.shape) if modes else None
        self._call(lib.grz_metric_spectrum, field(f, self, "f"), rates, functions)
        return rates if functions is None else (rates, functions)

    @property
    def operator(self) -> Operator:
        """The operator that it is of."""
        return Operator._of(self, lib.grz_metric_operator)

    @property
    def iterations(self) -> int:
        """Of the last derivative."""
        return lib.grz_metric_iterations(self._pointer)

    @property
    def residual(self) -> float:
        """Of the last derivative, relative."""
        return lib.grz_metric_residual(self._pointer)

    @property
    def unreachable(self) -> Any:
        """The moment (a Moment) that put the last derivative out of reach, or Moment.MOMENT_NONE."""
        return enums["grz_moment"](lib.grz_metric_unreachable(self._pointer))

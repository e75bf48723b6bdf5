"""The distances d_B and d_L between two densities, and curves of least length."""
from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from .grid import field
from .handle import Handle, read
from .hints import Array, ArrayLike, Field, Name
from .library import enums, lib, number
from .operator import Operator
from .options import Options


class Geodesic(Options, Handle):
    """A curve of least length between two densities, in the metric of an entropic operator, whose one thread it shares.

    Parameters
    ----------
    operator : Operator
        entropic
    f0, f1 : array_like (n, n, n) or Distribution
        the ends, > 0, of one mass, momentum and energy
    moment_tolerance : float
        how much the moments of f1 may differ from those of f0; 0: 1e-8
    **options
        by name: refinements, tolerance, iteration_cap, gradient_cap
    """

    _options, _set, _get = "grz_geodesic_option", lib.grz_geodesic_set_option, lib.grz_geodesic_option_value
    _bounds = lib.grz_geodesic_option_bounds

    def __init__(self, operator: Operator, f0: Field, f1: Field, moment_tolerance: float = 0.0, **options: float):
        self._lock = operator._lock
        self._make("grz_geodesic", operator._context, lib.grz_geodesic_create, operator._context, operator._pointer,
                   field(f0, operator, "f0"), field(f1, operator, "f1"), moment_tolerance, keep=operator._keep,
                   recipe={"operator": operator._pointer.recipe, "options": {}})
        self._on(operator)
        self.set_options(**options)

    def _describe(self) -> str:
        return f"<Geodesic of {self.operator!r}>"

    def start(self, times: ArrayLike | None = None, path: ArrayLike | None = None) -> None:
        """Begins anew.

        Parameters
        ----------
        times : array_like (count,), optional
            from 0 to 1
        path : array_like (count, n, n, n), optional
            densities > 0 at these times; without, the straight line
        """
        if times is None or path is None:
            if times is not path:
                raise TypeError("times and path come together")
            self._call(lib.grz_geodesic_start, 0, None, None)
            return
        if times is None:
            raise ValueError("times: a path needs its times")
        at = read(times, (-1,), "times")
        self._call(lib.grz_geodesic_start, len(at), at, read(path, (len(at),) + self.shape, "path"))

    def run(self) -> None:
        """Minimises the energy, from coarse to fine time steps."""
        self._call(lib.grz_geodesic_run)

    @property
    def distance(self) -> float:
        """Of the ends; inf where their moments differ."""
        return self.number("distance")

    def number(self, name: Name) -> float:
        """A number of the curve.

        Parameters
        ----------
        name : {"distance", "extrapolated", "error", "residual", "speed_variation", "steps", "iterations", "applications", "projected"}
            which

        Returns
        -------
        float
        """
        return self._number(lib.grz_geodesic_number_value, number("grz_geodesic_number", name))

    def bound(self, name: Name) -> float:
        """A bound of the distance.

        Parameters
        ----------
        name : {"length", "dual", "wasserstein"}
            the first from above, the others from below

        Returns
        -------
        float
        """
        return self._number(lib.grz_geodesic_bound_value, number("grz_geodesic_bound", name))

    @property
    def operator(self) -> Operator:
        """The operator whose metric it is."""
        return Operator._of(self, lib.grz_geodesic_operator)

    @property
    def unreachable(self) -> Any:
        """The moment (a Moment) in which the ends differ, or Moment.MOMENT_NONE."""
        return enums["grz_moment"](lib.grz_geodesic_unreachable(self._pointer))

    @property
    def steps(self) -> int:
        """Time steps, 0 before a start."""
        return lib.grz_geodesic_steps(self._pointer)

    def level(self, level: int) -> tuple[Array, Array]:
        """The density at a level.

        Parameters
        ----------
        level : int
            0 to steps, at time level/steps

        Returns
        -------
        f : ndarray (n, n, n)
            the density
        rate : ndarray (n, n, n)
            its time derivative
        """
        f, rate = np.empty(self.shape), np.empty(self.shape)
        self._call(lib.grz_geodesic_level, level, f, rate)
        return f, rate

    def step(self, step: int) -> tuple[Array, Array, float]:
        """The middle of a time step.

        Parameters
        ----------
        step : int
            0 to steps - 1

        Returns
        -------
        middle : ndarray (n, n, n)
            the density there
        phi : ndarray (n, n, n)
            the potential of its rate
        speed : float
            |f'|
        """
        middle, phi, speed = np.empty(self.shape), np.empty(self.shape), ctypes.c_double()
        self._call(lib.grz_geodesic_step, step, middle, phi, ctypes.byref(speed))
        return middle, phi, speed.value

    def save(self) -> Array:
        """The curve, to start from later.

        Returns
        -------
        ndarray
        """
        with self._lock:
            state = np.empty(lib.grz_geodesic_state_size(self._pointer))
            self._call(lib.grz_geodesic_save, state)
        return state

    def restore(self, state: ArrayLike) -> None:
        """Takes up a saved curve of the same ends.

        Parameters
        ----------
        state : array_like
            what `save` gave
        """
        saved = read(state, (-1,), "state")
        self._call(lib.grz_geodesic_restore, len(saved), saved)

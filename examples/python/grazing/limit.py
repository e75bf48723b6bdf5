"""The limit of solutions as eps goes to 0."""
from __future__ import annotations

import ctypes
import math
from typing import Callable

import numpy as np

from .grid import Grid, field
from .handle import Handle, incoming, new_lock, outgoing, read
from .hints import Array, ArrayLike, Field, Name
from .library import callback, lib, number
from .operator import Operator


class Limit(Handle):
    """The limit of solutions (Theorem 2.7): curves at the same times, first the limit's with eps = 0, then those of decreasing eps > 0.

    run makes a family of flows; begin, record and end take curves of any origin; what was measured is read by name, limit["entropy"], one
    number for each curve.

    Parameters
    ----------
    grid : Grid
        of all curves
    times : array_like (count,)
        increasing, 2 or more

    Attributes
    ----------
    times : ndarray (count,)
        at which curves are compared
    """

    _observe = lib.grz_limit_observe

    def __init__(self, grid: Grid, times: ArrayLike):
        times = read(times, (-1,), "times")
        self._lock = new_lock()
        self._make("grz_limit", grid._context, lib.grz_limit_create, grid._context, grid._pointer, len(times), times)
        self._on(grid)
        self.times = times.copy()

    def _describe(self) -> str:
        return f"<Limit of {len(self)} curves at {len(self.times)} times on {self.grid!r}>"

    def add_test(self, phi: Callable[[Array], ArrayLike], lipschitz: float = math.inf, curvature: float = math.inf) -> None:
        """A test function for "weak" and "hoelder".

        Parameters
        ----------
        phi : callable
            phi(v) of an array (count, 3) of velocities
        lipschitz, curvature : float
            sup |grad phi| and sup |D^2 phi|; inf where unknown
        """
        def call(count, v, out, user):
            outgoing(out, (count,), phi(incoming(v, (count, 3))), "phi")
        self._call(lib.grz_limit_add_test, callback("grz_velocity_fn", call), None, lipschitz, curvature)

    def add_smooth_tests(self, scale: float = 1.0) -> None:
        """Nine test functions.

        Parameters
        ----------
        scale : float
            in velocity
        """
        self._call(lib.grz_limit_add_smooth_tests, scale)

    @property
    def grid(self) -> Grid:
        """Of all curves."""
        return Grid._of(self, lib.grz_limit_grid)

    @property
    def test_count(self) -> int:
        """How many test functions there are."""
        return lib.grz_limit_test_count(self._pointer)

    def set_flow_options(self, **options: float) -> None:
        """Options of the flows that run and run_flow make.

        Parameters
        ----------
        **options
            by name: floor=0.01 where tails lie in their rounding, tolerance=1e-8 (grz_flow_option)
        """
        for name, value in options.items():
            self._call(lib.grz_limit_set_flow_option, number("grz_flow_option", name), value)

    def flow_option(self, name: Name) -> float:
        """Of those flows.

        Parameters
        ----------
        name : str
            a grz_flow_option

        Returns
        -------
        float
            in force
        """
        return self._number(lib.grz_limit_flow_option_value, number("grz_flow_option", name))

    def begin(self, eps: float, operator: Operator | None = None) -> None:
        """Begins a curve.

        Parameters
        ----------
        eps : float
            0 for the first, then decreasing
        operator : Operator, optional
            which measures the curve, whatever made it
        """
        if operator is not None:
            self._pointer.keep += operator._keep  # callbacks of its kernel
        self._call(lib.grz_limit_begin, eps, None if operator is None else operator._pointer)

    def record(self, time: float, f: Field, rate: Field | None = None) -> None:
        """Adds a snapshot.

        Parameters
        ----------
        time : float
            the next of the study's times
        f : array_like (n, n, n) or Distribution
            density, per velocity volume
        rate : array_like (n, n, n), optional
            f' where it is known; else by differences in time
        """
        self._call(lib.grz_limit_record, time, field(f, self, "f"), None if rate is None else field(rate, self, "rate"))

    def end(self) -> None:
        """Closes the curve."""
        self._call(lib.grz_limit_end)

    def run_flow(self, eps: float, operator: Operator, scheme: Name, dt: float, f: Field, **options: float) -> None:
        """One curve: the flow of an operator.

        Parameters
        ----------
        eps : float
            as for begin
        operator : Operator
            which makes and measures the curve
        scheme : str
            as for Flow
        dt : float
            steps between the times; 0 for adaptive ones
        f : array_like (n, n, n) or Distribution
            density at the first time, per velocity volume
        **options
            of the flow, as set_flow_options
        """
        self.set_flow_options(**options)
        with operator._lock, self._context.hook.during("limit of solutions"):
            self._call(lib.grz_limit_run_flow, eps, operator._pointer, number("grz_time_scheme", scheme), dt, field(f, self, "f"))

    def run(self, operator: Operator, scheme: Name, dt: float, eps: ArrayLike, f: Field, **options: float) -> None:
        """The limit's flow and those of all eps, by operators like this one with its kernel scaled.

        Parameters
        ----------
        operator : Operator
            whose grid, method, options and kernel they have
        scheme : str
            as for Flow
        dt : float
            steps between the times; 0 for adaptive ones
        eps : array_like (count,)
            decreasing
        f : array_like (n, n, n) or Distribution
            density at the first time, per velocity volume
        **options
            of the flows, as set_flow_options
        """
        self.set_flow_options(**options)
        eps = read(eps, (-1,), "eps")
        with operator._lock, self._context.hook.during("limit of solutions"):
            self._call(lib.grz_limit_run, operator._pointer, number("grz_time_scheme", scheme), dt, len(eps), eps, field(f, self, "f"))

    def __len__(self) -> int:
        return lib.grz_limit_count(self._pointer)

    def __getitem__(self, quantity: Name) -> Array:
        """"eps", "entropy", "dissipation", "square_root", "speed", "l1", "weak", "hoelder", "hoelder_bound", "margin_speed", ... of every curve."""
        values = np.empty(len(self))
        self._call(lib.grz_limit_column, number("grz_limit_quantity", quantity), values)
        return values

    def orders(self, quantity: Name, scale: Name = "power") -> Array:
        """Measured orders of convergence.

        Parameters
        ----------
        quantity : str
            as in limit[quantity]
        scale : {"power", "logarithm"}
            in eps, or in 1/log(1/eps)

        Returns
        -------
        ndarray (curves,)
            between each curve and the one before; NaN for the first two
        """
        orders = np.empty(len(self))
        self._call(lib.grz_limit_orders, number("grz_limit_quantity", quantity), number("grz_limit_scale", scale), orders)
        return orders

    def series(self, curve: int, name: Name) -> Array:
        """A number at every time.

        Parameters
        ----------
        curve : int
            its number; 0 is the limit
        name : {"entropy", "dissipation", "square_root", "speed", "l1", "weak", "defect", "second_moment"}
            a grz_limit_series

        Returns
        -------
        ndarray (times,)
            NaN where it was not measured
        """
        values = np.empty(len(self.times))
        self._call(lib.grz_limit_curve_column, curve, number("grz_limit_series", name), values)
        return values

    def means(self, curve: int, test: int) -> Array:
        """int f phi at every time.

        Parameters
        ----------
        curve : int
            its number; 0 is the limit
        test : int
            number of the test function

        Returns
        -------
        ndarray (times,)
            the means
        """
        values = np.empty(len(self.times))
        self._call(lib.grz_limit_means, curve, test, values)
        return values

    def liminf(self, name: Name, scale: Name = "power") -> tuple[float, float]:
        """A liminf inequality, which holds if margin >= -error.

        Parameters
        ----------
        name : {"entropy", "dissipation", "square_root", "speed"}
            of what
        scale : {"power", "logarithm"}
            what is extrapolated in

        Returns
        -------
        margin : float
            inf over the times of the value at eps = 0 minus the limit's
        error : float
            of the extrapolation
        """
        margin, error = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_limit_liminf, number("grz_limit_series", name), number("grz_limit_scale", scale),
                   ctypes.byref(margin), ctypes.byref(error))
        return margin.value, error.value

"""Flows df/dt = Q(f, f)."""
from __future__ import annotations

import math
from typing import Any, Callable

import numpy as np

from .grid import field
from .handle import Handle, incoming, read, view, write
from .hints import Array, ArrayLike, Field, Name
from .library import callback, enums, lib, number
from .operator import Operator
from .options import Options
from .sphere import given


class Flow(Options, Handle):
    """A curve of densities: start, then step or run. One thread at a time uses it and its operator.

    Parameters
    ----------
    operator : Operator
        whose equation it follows
    scheme : {"ssp_rk2", "ssp_rk3", "ssp_rk4", "bogacki_shampine", "dormand_prince", "proximal", "proximal_2", "minimising_movement"}
        explicit, explicit and adaptive, or (entropic) implicit with all structure
    **options
        by name: tolerance, floor, ... (grz_flow_option)

    Attributes
    ----------
    shape : tuple
        (n, n, n)
    """

    _options, _set, _get = "grz_flow_option", lib.grz_flow_set_option, lib.grz_flow_option_value
    _bounds = lib.grz_flow_option_bounds

    def __init__(self, operator: Operator, scheme: Name = "dormand_prince", **options: float):
        self._lock = operator._lock
        self._make("grz_flow", operator._context, lib.grz_flow_create, operator._context, operator._pointer, number("grz_time_scheme", scheme),
                   keep=operator._keep, recipe={"operator": operator._pointer.recipe, "options": {}})
        self._on(operator)
        self.set_options(**options)

    def _describe(self) -> str:
        where = f"at t = {self.time:.6g} after {self.statistic('steps'):.0f} steps" if self.started else "not started"
        return f"<Flow {self.scheme.name.lower().removeprefix('time_scheme_')}, {where}, of {self.operator!r}>"

    def start(self, time: float, f: Field) -> None:
        """Begins a curve.

        Parameters
        ----------
        time : float
            of its beginning
        f : array_like (n, n, n) or Distribution
            density there, per velocity volume; > 0 for an entropic operator
        """
        self._call(lib.grz_flow_start, time, field(f, self, "f"))

    @property
    def time(self) -> float:
        """Of the state; NaN before start."""
        return lib.grz_flow_time(self._pointer)

    @property
    def operator(self) -> Operator:
        """The operator that it follows."""
        return Operator._of(self, lib.grz_flow_operator)

    @property
    def scheme(self) -> Any:
        """A TimeScheme."""
        return enums["grz_time_scheme"](lib.grz_flow_scheme(self._pointer))

    @property
    def started(self) -> bool:
        """Whether there is a state."""
        return not math.isnan(self.time)

    def values(self, out: Array | None = None) -> Array:
        """The state, copied.

        Parameters
        ----------
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            per velocity volume
        """
        out = write(out, self.shape)
        self._call(lib.grz_flow_values, out)
        return out

    def view(self) -> Array:
        """The state without a copy, (n, n, n), read-only: the library's own memory, whose values mean nothing after the next step. It stays
        alive with the array, also after close."""
        address = lib.grz_flow_view(self._pointer)
        if not address:
            raise ValueError("the flow has not been started")
        result = view(address, self.shape, self._pointer)
        result.flags.writeable = False
        return result

    def statistic(self, name: Name) -> float:
        """What the steps cost.

        Parameters
        ----------
        name : {"steps", "rejected", "evaluations", "newton", "gradients", "last_error", "next_step", "dissipated", "raised", ...}
            a grz_flow_statistic

        Returns
        -------
        float
            since start
        """
        return self._number(lib.grz_flow_statistic_value, number("grz_flow_statistic", name))

    def step(self, dt: float) -> None:
        """One step.

        Parameters
        ----------
        dt : float
            > 0
        """
        self._call(lib.grz_flow_step, dt)

    def run(self, end: float, dt: float = 0.0, observer: Callable[[float, Array], Any] | Handle | None = None) -> None:
        """To a time. Interrupted, the state is that of the last accepted step, and a run can go on from there.

        Parameters
        ----------
        end : float
            the time
        dt : float
            steps, the last one shorter where needed; 0 for adaptive ones
        observer : callable, Ledger or Limit, optional
            observer(time, f) sees the state at the start and after every step, f being a copy (n, n, n); returning true stops the run
            with a CallbackError, an exception comes through. A Ledger or Run records every state, a Limit those at its times
        """
        user = None
        if observer is None:
            hook = lib.grz_flow_observer_fn()
        elif isinstance(observer, Handle):
            if observer._grid_key != self._grid_key:
                raise ValueError(f"observer: a {type(observer).__name__} on another grid")
            hook, user = given(observer._observe, "grz_flow_observer_fn"), observer._pointer
        else:
            see = observer
            hook = callback("grz_flow_observer_fn", lambda time, f, user: see(time, incoming(f, self.shape)))
        with self._context.hook.during("flow"):
            self._call(lib.grz_flow_run, end, dt, hook, user)

    def save(self) -> Array:
        """The whole state, to go on later with the same bits."""
        with self._lock:
            state = np.empty(lib.grz_flow_state_size(self._pointer))
            self._call(lib.grz_flow_save, state)
        return state

    def restore(self, state: ArrayLike) -> None:
        """Goes on from a saved state.

        Parameters
        ----------
        state : array_like
            of save, by a flow of the same scheme, grid, operator and options
        """
        self._call(lib.grz_flow_restore, read(state, (lib.grz_flow_state_size(self._pointer),), "state"))

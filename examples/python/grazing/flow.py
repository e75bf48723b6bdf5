"""Flows df/dt = Q(f, f), the ledger of entropy and dissipation along a curve, and the limit of solutions as eps goes to 0."""
import ctypes
import math

import numpy as np

from .distribution import Grid, field
from .handle import Handle, incoming, new_lock, outgoing, read, write
from .library import callback, enums, lib, number
from .operator import Operator, Options
from .sphere import given


class Flow(Options, Handle):
    """A curve of densities: start, then step or run. scheme: "ssp_rk2", "ssp_rk3", "ssp_rk4", "bogacki_shampine", "dormand_prince",
    "proximal", "proximal_2". Options by name: tolerance=1e-8."""

    _options, _set, _get = "grz_flow_option", lib.grz_flow_set_option, lib.grz_flow_option_value
    _bounds = lib.grz_flow_option_bounds

    def __init__(self, operator, scheme="dormand_prince", **options):
        self._lock = operator._lock
        self._make("grz_flow", operator._context, lib.grz_flow_create, operator._context, operator._pointer, number("grz_time_scheme", scheme),
                   keep=operator._keep)
        self._on(operator)
        self.set_options(**options)

    def start(self, time, f):
        self._call(lib.grz_flow_start, time, field(f, self, "f"))

    @property
    def time(self):
        return lib.grz_flow_time(self._pointer)

    @property
    def operator(self):
        return Operator._of(self, lib.grz_flow_operator)

    @property
    def scheme(self):
        return enums["grz_time_scheme"](lib.grz_flow_scheme(self._pointer))

    @property
    def started(self):
        return not math.isnan(self.time)

    def values(self, out=None):
        """The state, copied: the library's own memory changes with every step."""
        out = write(out, self.shape)
        self._call(lib.grz_flow_values, out)
        return out

    def statistic(self, name):
        """"steps", "rejected", "evaluations", "newton", "gradients", "last_error", "next_step", "dissipated"."""
        return self._number(lib.grz_flow_statistic_value, number("grz_flow_statistic", name))

    def step(self, dt):
        self._call(lib.grz_flow_step, dt)

    def run(self, end, dt=0.0, observer=None):
        """To time end by steps dt, or adaptively (0). observer(time, f) sees every state, f being a copy; returning true stops the run with a
        CallbackError, an exception comes through. The state is then that of the last accepted step. A Ledger as observer records them, a Limit
        those at its times."""
        user = None
        if observer is None:
            hook = lib.grz_flow_observer_fn()
        elif isinstance(observer, (Ledger, Limit)):
            if observer._grid_key != self._grid_key:
                raise ValueError(f"observer: a {type(observer).__name__} on another grid")
            hook, user = given(observer._observe, "grz_flow_observer_fn"), observer._pointer
        else:
            hook = callback("grz_flow_observer_fn", lambda time, f, user: observer(time, incoming(f, self.shape)))
        self._call(lib.grz_flow_run, end, dt, hook, user)

    def save(self):
        """The whole state, to go on later with the same bits."""
        with self._lock:
            state = np.empty(lib.grz_flow_state_size(self._pointer))
            self._call(lib.grz_flow_save, state)
        return state

    def restore(self, state):
        self._call(lib.grz_flow_restore, read(state, (lib.grz_flow_state_size(self._pointer),), "state"))


class Ledger(Handle):
    """The energy-dissipation ledger (1.3) of a curve of densities, for an entropic operator: record snapshots, or give it to Flow.run as observer;
    end; then read entries by name and judge."""

    _observe = lib.grz_ledger_observe

    def __init__(self, operator):
        self._lock = operator._lock
        self._make("grz_ledger", operator._context, lib.grz_ledger_create, operator._context, operator._pointer, keep=operator._keep)
        self._on(operator)

    @property
    def operator(self):
        return Operator._of(self, lib.grz_ledger_operator)

    def record(self, time, f, rate=None):
        """rate: f' where it is known."""
        self._call(lib.grz_ledger_record, time, field(f, self, "f"), None if rate is None else field(rate, self, "rate"))

    def end(self):
        self._call(lib.grz_ledger_end)

    def __len__(self):
        return lib.grz_ledger_count(self._pointer)

    def __getitem__(self, entry):
        """"time", "entropy", "dissipation", "speed", "dissipated", "travelled", "defect", "error", "mass", ... at every snapshot."""
        values = np.empty(len(self))
        self._call(lib.grz_ledger_column, number("grz_ledger_entry", entry), values)
        return values

    def judge(self, tolerance):
        """A LedgerVerdict, and the first snapshot that decided it or None."""
        verdict, where = ctypes.c_int(), ctypes.c_int64()
        self._call(lib.grz_ledger_judge, tolerance, ctypes.byref(verdict), ctypes.byref(where))
        return enums["grz_ledger_verdict"](verdict.value), where.value if where.value >= 0 else None


class Limit(Handle):
    """The limit of solutions (Theorem 2.7): curves at the same times, first the limit's with eps = 0, then those of decreasing eps > 0. run makes a
    family of flows; begin, record and end take curves of any origin; what was measured is read by name, one number for each curve."""

    _observe = lib.grz_limit_observe

    def __init__(self, grid, times):
        times = read(times, (len(times),), "times")
        self._lock = new_lock()
        self._make("grz_limit", grid._context, lib.grz_limit_create, grid._context, grid._pointer, len(times), times)
        self._on(grid)
        self.times = times.copy()

    def add_test(self, phi, lipschitz=math.inf, curvature=math.inf):
        """phi takes (count, 3) velocities; the bounds of its first and second derivatives are infinite where unknown."""
        def call(count, v, out, user):
            outgoing(out, (count,), phi(incoming(v, (count, 3))), "phi")
        self._call(lib.grz_limit_add_test, callback("grz_velocity_fn", call), None, lipschitz, curvature)

    def add_smooth_tests(self, scale=1.0):
        self._call(lib.grz_limit_add_smooth_tests, scale)

    @property
    def grid(self):
        return Grid._of(self, lib.grz_limit_grid)

    @property
    def test_count(self):
        return lib.grz_limit_test_count(self._pointer)

    def begin(self, eps, operator=None):
        """operator measures the curve, whatever made it."""
        if operator is not None:
            self._pointer.keep += operator._keep  # callbacks of its kernel
        self._call(lib.grz_limit_begin, eps, None if operator is None else operator._pointer)

    def record(self, time, f, rate=None):
        """rate: f' where it is known."""
        self._call(lib.grz_limit_record, time, field(f, self, "f"), None if rate is None else field(rate, self, "rate"))

    def end(self):
        self._call(lib.grz_limit_end)

    def run_flow(self, eps, operator, scheme, dt, f):
        """The flow of operator from f, by steps dt between the times (0: adaptively)."""
        with operator._lock:
            self._call(lib.grz_limit_run_flow, eps, operator._pointer, number("grz_time_scheme", scheme), dt, field(f, self, "f"))

    def run(self, operator, scheme, dt, eps, f):
        """The limit's flow and those of all eps, by operators like this one with its kernel scaled."""
        eps = read(eps, (len(eps),), "eps")
        with operator._lock:
            self._call(lib.grz_limit_run, operator._pointer, number("grz_time_scheme", scheme), dt, len(eps), eps, field(f, self, "f"))

    def __len__(self):
        return lib.grz_limit_count(self._pointer)

    def __getitem__(self, quantity):
        """"eps", "entropy", "dissipation", "square_root", "speed", "l1", "weak", "hoelder", "hoelder_bound", "margin_speed", ... of every curve."""
        values = np.empty(len(self))
        self._call(lib.grz_limit_column, number("grz_limit_quantity", quantity), values)
        return values

    def orders(self, quantity, scale="power"):
        """Measured between each curve and the one before, in eps or, with scale="logarithm", in 1/log(1/eps)."""
        orders = np.empty(len(self))
        self._call(lib.grz_limit_orders, number("grz_limit_quantity", quantity), number("grz_limit_scale", scale), orders)
        return orders

    def series(self, curve, name):
        """"entropy", "dissipation", "square_root", "speed", "l1", "weak", "defect" or "second_moment" at every time."""
        values = np.empty(len(self.times))
        self._call(lib.grz_limit_curve_column, curve, number("grz_limit_series", name), values)
        return values

    def means(self, curve, test):
        values = np.empty(len(self.times))
        self._call(lib.grz_limit_means, curve, test, values)
        return values

    def liminf(self, name, scale="power"):
        """(margin, error) of a liminf inequality, for "entropy", "dissipation", "square_root" or "speed": it holds if margin >= -error."""
        margin, error = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_limit_liminf, number("grz_limit_series", name), number("grz_limit_scale", scale),
                   ctypes.byref(margin), ctypes.byref(error))
        return margin.value, error.value

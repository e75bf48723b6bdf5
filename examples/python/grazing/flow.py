"""Flows df/dt = Q(f, f), and the ledger of entropy and dissipation along a curve."""
import ctypes
import math

import numpy as np

from .handle import Handle, incoming, read, write
from .library import callback, enums, lib, number
from .operator import Options, field
from .sphere import given


class Flow(Options, Handle):
    """A curve of densities: start, then step or run. scheme: "ssp_rk2", "ssp_rk3", "ssp_rk4", "bogacki_shampine", "dormand_prince",
    "proximal", "proximal_2". Options by name: tolerance=1e-8."""

    _group, _set, _get = "FLOW_", lib.grz_flow_set_option, lib.grz_flow_get_option

    def __init__(self, operator, scheme="dormand_prince", **options):
        self._lock = operator._lock
        self._make("grz_flow", operator._context, lib.grz_flow_create, operator._context, operator._pointer, number("SCHEME_", scheme, "grz_scheme"),
                   keep=operator._keep)
        self.shape = operator.shape
        self.set_options(**options)

    def start(self, f, time=0.0):
        self._call(lib.grz_flow_start, time, field(f, self.shape, "f"))

    @property
    def time(self):
        return lib.grz_flow_time(self._pointer)

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
        return self._number(lib.grz_flow_get_statistic, number("FLOW_", name))

    def step(self, dt):
        self._call(lib.grz_flow_step, dt)

    def run(self, end, dt=0.0, observer=None):
        """To time end by steps dt, or adaptively (0). observer(time, f) sees every state, f being a copy; returning true stops the run with a
        CallbackError, an exception comes through. The state is then that of the last accepted step. A Ledger as observer records them."""
        user = None
        if observer is None:
            hook = lib.grz_flow_observer_fn()
        elif isinstance(observer, Ledger):
            hook, user = given(lib.grz_ledger_observe, "grz_flow_observer_fn"), observer._pointer
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
    finish; then read entries by name and judge."""

    def __init__(self, operator):
        self._lock = operator._lock
        self._make("grz_ledger", operator._context, lib.grz_ledger_create, operator._context, operator._pointer, keep=operator._keep)
        self.shape = operator.shape

    def record(self, time, f, rate=None):
        """rate: f' where it is known."""
        self._call(lib.grz_ledger_record, time, field(f, self.shape, "f"), None if rate is None else read(rate, self.shape, "rate"))

    def finish(self):
        self._call(lib.grz_ledger_finish)

    def __len__(self):
        return lib.grz_ledger_count(self._pointer)

    def __getitem__(self, entry):
        """"time", "entropy", "dissipation", "speed", "dissipated", "travelled", "defect", "error", "mass", ... at every snapshot."""
        values = np.empty(len(self))
        self._call(lib.grz_ledger_values, number("LEDGER_", entry, "grz_ledger_entry"), values)
        return values

    def judge(self, tolerance):
        """A LedgerVerdict, and the first snapshot that decided it or None."""
        verdict, where = ctypes.c_int(), ctypes.c_int64()
        self._call(lib.grz_ledger_judge, tolerance, ctypes.byref(verdict), ctypes.byref(where))
        return enums["grz_ledger_verdict"](verdict.value), where.value if where.value >= 0 else None

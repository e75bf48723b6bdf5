"""The ledger of entropy and dissipation along a curve."""
from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from .grid import field
from .handle import Handle
from .hints import Array, Field, Name
from .library import enums, lib, number
from .operator import Operator


class Ledger(Handle):
    """The energy-dissipation ledger (1.3) of a curve of densities: record snapshots, or give it to Flow.run as observer; end; then read
    entries by name, ledger["entropy"], and judge.

    Parameters
    ----------
    operator : Operator
        entropic, which measures D and |f'|^2 whatever made the curve
    """

    _observe = lib.grz_ledger_observe

    def __init__(self, operator: Operator):
        self._lock = operator._lock
        self._make("grz_ledger", operator._context, lib.grz_ledger_create, operator._context, operator._pointer, keep=operator._keep,
                   recipe={"operator": operator._pointer.recipe})
        self._on(operator)

    def _describe(self) -> str:
        return f"<Ledger of {len(self)} snapshots>"

    @property
    def operator(self) -> Operator:
        """The operator that measures."""
        return Operator._of(self, lib.grz_ledger_operator)

    def record(self, time: float, f: Field, rate: Field | None = None) -> None:
        """Adds a snapshot.

        Parameters
        ----------
        time : float
            after the last one's
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        rate : array_like (n, n, n), optional
            f' where it is known; else by differences in time
        """
        self._call(lib.grz_ledger_record, time, field(f, self, "f"), None if rate is None else field(rate, self, "rate"))

    def end(self) -> None:
        """Closes the ledger; entries can then be read."""
        self._call(lib.grz_ledger_end)

    def __len__(self) -> int:
        return lib.grz_ledger_count(self._pointer)

    def __getitem__(self, entry: Name) -> Array:
        """"time", "entropy", "dissipation", "speed", "dissipated", "travelled", "defect", "error", "mass", ... at every snapshot."""
        values = np.empty(len(self))
        self._call(lib.grz_ledger_column, number("grz_ledger_entry", entry), values)
        return values

    def judge(self, tolerance: float) -> tuple[Any, int | None]:
        """Whether the curve is an H-gradient flow (Definition 2.1).

        Parameters
        ----------
        tolerance : float
            relative to all that was dissipated

        Returns
        -------
        verdict : LedgerVerdict
            LEDGER_VERDICT_GRADIENT_FLOW if it is
        where : int or None
            the first snapshot at which it is not
        """
        verdict, where = ctypes.c_int(), ctypes.c_int64()
        self._call(lib.grz_ledger_judge, tolerance, ctypes.byref(verdict), ctypes.byref(where))
        return enums["grz_ledger_verdict"](verdict.value), where.value if where.value >= 0 else None

"""Options of operators, metrics and flows, by name."""
from __future__ import annotations

import ctypes
from typing import Any, Callable

from .hints import Name
from .library import enums, number


class Options:
    """op["accuracy"] = 3, op["accuracy"]: options by name or by number."""

    _options: str
    _set: Callable
    _get: Callable
    _bounds: Callable
    _call: Callable
    _number: Callable
    _pointer: Any

    def _key(self, option: Name) -> int:
        return number(self._options, option)

    def __setitem__(self, option: Name, value: float) -> None:
        key = self._key(option)
        self._call(self._set, key, value)
        self._chosen[enums[self._options](key).name.rpartition("OPTION_")[2].lower()] = float(value)

    def __getitem__(self, option: Name) -> float:
        return self._number(self._get, self._key(option))

    @property
    def _chosen(self) -> dict[str, float]:
        """What was set, by name; kept with the handle, so that those who follow an operator see it."""
        return self._pointer.recipe["options"]

    def option_bounds(self, option: Name) -> tuple[float, float, float]:
        """What an option may be.

        Parameters
        ----------
        option : str or int
            its name

        Returns
        -------
        minimum, maximum : float
            bounds
        initial : float
            before anything is set; 0 often means: as the accuracy level says
        """
        bounds = [ctypes.c_double() for _ in range(3)]
        self._call(self._bounds, self._key(option), *map(ctypes.byref, bounds))
        return bounds[0].value, bounds[1].value, bounds[2].value

    def set_options(self, **options: float) -> None:
        """Several options at once.

        Parameters
        ----------
        **options
            values by name: accuracy=3
        """
        for name, value in options.items():
            self[name] = value

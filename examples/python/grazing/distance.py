"""The distances d_B and d_L between two densities, and curves of least length."""
import ctypes

import numpy as np

from .distribution import field
from .handle import Handle, read
from .library import enums, lib, number
from .operator import Operator, Options


class Geodesic(Options, Handle):
    """A curve of least length from f0 to f1 in the metric of an entropic operator. Options by name: refinements=3, tolerance=1e-3.
    moment_tolerance: how much the moments of f1 may differ from f0's (0: 1e-8)."""

    _options, _set, _get = "grz_geodesic_option", lib.grz_geodesic_set_option, lib.grz_geodesic_option_value
    _bounds = lib.grz_geodesic_option_bounds

    def __init__(self, operator, f0, f1, moment_tolerance=0.0, **options):
        self._lock = operator._lock
        self._make("grz_geodesic", operator._context, lib.grz_geodesic_create, operator._context, operator._pointer,
                   field(f0, operator, "f0"), field(f1, operator, "f1"), moment_tolerance, keep=operator._keep)
        self._on(operator)
        self.set_options(**options)

    def start(self, times=None, path=None):
        """Begins anew, from densities path (count, n, n, n) at times from 0 to 1, or from the straight line."""
        if path is None:
            self._call(lib.grz_geodesic_start, 0, None, None)
            return
        times = read(times, (-1,), "times")
        self._call(lib.grz_geodesic_start, len(times), times, read(path, (len(times),) + self.shape, "path"))

    def run(self):
        self._call(lib.grz_geodesic_run)

    @property
    def distance(self):
        return self.number("distance")

    def number(self, name):
        """"distance", "extrapolated", "error", "residual", "speed_variation", "steps", "iterations", "applications", "projected"."""
        return self._number(lib.grz_geodesic_number_value, number("grz_geodesic_number", name))

    def bound(self, name):
        """"length" from above, "dual" and "wasserstein" from below."""
        return self._number(lib.grz_geodesic_bound_value, number("grz_geodesic_bound", name))

    @property
    def operator(self):
        return Operator._of(self, lib.grz_geodesic_operator)

    @property
    def unreachable(self):
        """The moment (a Moment) in which the ends differ, or Moment.MOMENT_NONE."""
        return enums["grz_moment"](lib.grz_geodesic_unreachable(self._pointer))

    @property
    def steps(self):
        return lib.grz_geodesic_steps(self._pointer)

    def level(self, level):
        """The density at time level/steps, and its time derivative."""
        f, rate = np.empty(self.shape), np.empty(self.shape)
        self._call(lib.grz_geodesic_level, level, f, rate)
        return f, rate

    def step(self, step):
        """The density in the middle of a step, the potential of its rate, its speed."""
        middle, phi, speed = np.empty(self.shape), np.empty(self.shape), ctypes.c_double()
        self._call(lib.grz_geodesic_step, step, middle, phi, ctypes.byref(speed))
        return middle, phi, speed.value

    def save(self):
        state = np.empty(lib.grz_geodesic_state_size(self._pointer))
        self._call(lib.grz_geodesic_save, state)
        return state

    def restore(self, state):
        state = read(state, (-1,), "state")
        self._call(lib.grz_geodesic_restore, len(state), state)

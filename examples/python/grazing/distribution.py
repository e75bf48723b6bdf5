"""Velocity grids and densities on them."""
import ctypes
from typing import NamedTuple

import numpy as np

from .handle import Handle, incoming, optional, outgoing, read, view, write
from .library import callback, check, declarations, lib


class Grid(Handle):
    """n^3 nodes in the box of that half width around centre. shape is (n, n, n); arrays on it are indexed (x, y, z)."""

    def __init__(self, context, n, half_width, centre=None):
        self._make("grz_grid", context._context, lib.grz_grid_create, context._pointer, n, half_width, optional(centre, (3,), "centre"),
                   keep=context._keep)
        self._measure()

    def _measure(self):
        """shape, and what tells this grid from others."""
        n = self.n
        self.shape, self._grid_key = (n, n, n), (n, self.half_width, *self.centre.tolist())

    @property
    def n(self):
        return lib.grz_grid_nodes_per_axis(self._pointer)

    @property
    def size(self):
        return lib.grz_grid_node_count(self._pointer)

    @property
    def half_width(self):
        return lib.grz_grid_half_width(self._pointer)

    @property
    def spacing(self):
        return lib.grz_grid_spacing(self._pointer)

    @property
    def centre(self):
        result = np.empty(3)
        self._call(lib.grz_grid_centre, result)
        return result

    @classmethod
    def _of(cls, handle, function):
        """The grid that a handle lends."""
        grid = handle._borrow("grz_grid", function, cls)
        grid._measure()
        return grid

    def axis(self, axis):
        """The n node coordinates of axis 0, 1 or 2."""
        result = np.empty(self.n)
        self._call(lib.grz_grid_axis_nodes, axis, result)
        return result

    def velocities(self):
        """The coordinates vx, vy, vz as arrays of shape (n, 1, 1), (1, n, 1), (1, 1, n), which broadcast to the grid's."""
        return np.meshgrid(*(self.axis(a) for a in range(3)), indexing="ij", sparse=True)

    def integrate(self, values):
        """h^3 sum, the library's midpoint rule."""
        return float(np.sum(values)) * self.spacing**3

    def moments(self, values, negative="keep"):
        """Moments of plain values of any sign, and the share of |values| below zero, which counts as is ("keep"), as zero ("drop"), or as zero with
        the rest multiplied to the same density ("rescale")."""
        rho, T, below = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        u, P, q = np.empty(3), np.empty((3, 3)), np.empty(3)
        self._call(lib.grz_grid_moments, field(values, self, "values"), _negative_rule(negative), ctypes.byref(rho), u, ctypes.byref(T), P, q,
                   ctypes.byref(below))
        return Moments(rho.value, u, T.value, P, q), below.value

    def entropy(self, values, negative="keep"):
        """int f log f of plain values, and the share below zero, treated as in moments."""
        H, below = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_grid_entropy, field(values, self, "values"), _negative_rule(negative), ctypes.byref(H), ctypes.byref(below))
        return H.value, below.value

    def equilibrium(self, values, negative="keep"):
        """The Maxwellian on the grid with the moments of plain values, and the share below zero, treated as in moments."""
        result, below = np.empty(self.shape), ctypes.c_double()
        self._call(lib.grz_grid_equilibrium, field(values, self, "values"), _negative_rule(negative), result, ctypes.byref(below))
        return result, below.value


def _negative_rule(name):
    constant = f"GRZ_NEGATIVE_RULE_{name.upper()}"
    if constant not in declarations.constants:
        raise ValueError(f"negative is 'keep', 'drop' or 'rescale', not {name!r}")
    return declarations.constants[constant]


def field(values, owner, name):
    """A grid function for owner, a handle on a grid: an array of the grid's shape, or a Distribution on the same grid, without a copy."""
    if not isinstance(values, Distribution):
        return read(values, owner.shape, name)
    if values._grid_key != owner._grid_key:
        raise ValueError(f"{name}: a Distribution on another grid: n, half width and centre are {values._grid_key}, not {owner._grid_key}")
    return values.values


class Moments(NamedTuple):
    density: float
    velocity: np.ndarray
    temperature: float
    stress: np.ndarray
    heat_flux: np.ndarray


class Distribution(Handle):
    """A density on a grid, made by the class methods."""

    @classmethod
    def _new(cls, grid, create, *arguments):
        distribution = cls.__new__(cls)
        distribution._make("grz_distribution", grid._context, create, grid._context, *arguments, keep=grid._keep)
        distribution._on(grid)
        return distribution

    @classmethod
    def array(cls, grid, values):
        return cls._new(grid, lib.grz_distribution_create_array, grid._pointer, field(values, grid, "values"))

    @classmethod
    def callback(cls, grid, density):
        """density(v) of an array (count, 3) of velocities."""

        def call(count, velocity, out, user):
            outgoing(out, (count,), density(incoming(velocity, (count, 3))), "density")

        return cls._new(grid, lib.grz_distribution_create_callback, grid._pointer, callback("grz_density_fn", call), None)

    @classmethod
    def maxwellian(cls, grid, rho=1.0, u=None, T=1.0):
        return cls._new(grid, lib.grz_distribution_create_maxwellian, grid._pointer, rho, optional(u, (3,), "u"), T)

    @classmethod
    def bimaxwellian(cls, grid, rho, u, T, axes=None):
        """Three temperatures T along the rows of axes."""
        return cls._new(grid, lib.grz_distribution_create_bimaxwellian, grid._pointer, rho, optional(u, (3,), "u"),
                        read(T, (3,), "T"), optional(axes, (3, 3), "axes"))

    @classmethod
    def bkw(cls, grid, K):
        return cls._new(grid, lib.grz_distribution_create_bkw, grid._pointer, K)

    @classmethod
    def mixture(cls, grid, weights, means, covariances):
        """Gaussians: weights (count,), means (count, 3), covariances (count, 3, 3)."""
        weights = read(weights, (-1,), "weights")
        count = len(weights)
        return cls._new(grid, lib.grz_distribution_create_mixture, grid._pointer, count, weights,
                        read(means, (count, 3), "means"), read(covariances, (count, 3, 3), "covariances"))

    @classmethod
    def shell(cls, grid, rho, u, S, c):
        return cls._new(grid, lib.grz_distribution_create_shell, grid._pointer, rho, optional(u, (3,), "u"), S, c)

    @classmethod
    def load(cls, grid, path):
        """A .npy file by the library's own reader; nodes_per_axis tells which grid it wants."""
        return cls._new(grid, lib.grz_distribution_load_npy, grid._pointer, path)

    @staticmethod
    def nodes_per_axis(context, path):
        n = ctypes.c_int32()
        check(lib.grz_npy_nodes_per_axis(context._pointer, path, ctypes.byref(n)), context._context)
        return n.value

    def save(self, path):
        self._call(lib.grz_distribution_save_npy, path)

    @property
    def grid(self):
        return Grid._of(self, lib.grz_distribution_grid)

    @property
    def values(self):
        """The values without a copy, read-only; they change with set_values. The array keeps its memory alive even after close."""
        result = view(lib.grz_distribution_view(self._pointer), self.shape, self._pointer)
        result.flags.writeable = False
        return result

    def copy_values(self, out=None):
        """The values copied, into out if given."""
        out = write(out, self.shape)
        self._call(lib.grz_distribution_values, out)
        return out

    def set_values(self, values):
        self._call(lib.grz_distribution_set_values, field(values, self, "values"))

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype or np.float64)

    def moments(self):
        """Density, mean velocity, temperature, stress and heat flux."""
        rho, T, u, P, q = ctypes.c_double(), ctypes.c_double(), np.empty(3), np.empty((3, 3)), np.empty(3)
        self._call(lib.grz_distribution_moments, ctypes.byref(rho), u, ctypes.byref(T), P, q)
        return Moments(rho.value, u, T.value, P, q)

    def regrid(self, grid, method="logarithmic"):
        """The density on another grid, with the same mass, momentum and energy; what lay outside its box is in the moments too."""
        return Distribution.array(grid, regrid(self.grid, self.values, grid, method).values)

    def equilibrium(self):
        """The Maxwellian with the same five discrete moments."""
        return self._new(self, lib.grz_distribution_create_equilibrium, self._pointer)


class Regridded(NamedTuple):
    """Values on the new grid, the share of the mass that lay outside its box, the size of the correction of the moments."""

    values: np.ndarray
    lost: float
    change: float


def regrid(source, f, target, method="logarithmic"):
    """Values of f, on the nodes of source, at those of target: "logarithmic" for f > 0, "fourier" for any sign."""
    name = f"GRZ_REGRID_METHOD_{method.upper()}"
    if name not in declarations.constants:
        raise ValueError(f"method is 'logarithmic' or 'fourier', not {method!r}")
    lost, change = ctypes.c_double(), ctypes.c_double()
    values = np.empty((target.n,) * 3)
    check(lib.grz_regrid(source._context, source._pointer, read(f, (source.n,) * 3, "f"), target._pointer, declarations.constants[name], values,
                         ctypes.byref(lost), ctypes.byref(change)), source._context)
    return Regridded(values, lost.value, change.value)

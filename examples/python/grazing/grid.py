"""Velocity grids."""
from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

import numpy as np

from .handle import Handle, optional, read
from .hints import Array, ArrayLike, Field
from .library import declarations, lib

if TYPE_CHECKING:
    from .context import Context


class Moments(NamedTuple):
    """Moments of a density."""

    density: float
    velocity: Array
    temperature: float
    stress: Array
    heat_flux: Array


def tidy(numbers: Any) -> str:
    """Numbers for a repr: (0, 0.1, -2)."""
    return "(" + ", ".join(f"{number:.6g}" for number in numbers) + ")"


class Grid(Handle):
    """n^3 cell-centred nodes in a box of velocity space; arrays on it have shape (n, n, n), indexed (x, y, z). Immutable.

    Grids of the same n, half width and centre are equal, and what lives on one can be used on the other. They can be pickled.

    Parameters
    ----------
    context : Context
        whose messages and threads serve it
    n : int
        nodes per axis, 8 to 1024
    half_width : float
        of the box, in velocity, 1e-50 to 1e50
    centre : array_like (3,), optional
        of the box, in velocity; the origin

    Attributes
    ----------
    shape : tuple
        (n, n, n)
    """

    def __init__(self, context: Context, n: int, half_width: float, centre: ArrayLike | None = None):
        self._make("grz_grid", context._context, lib.grz_grid_create, context._pointer, n, half_width, optional(centre, (3,), "centre"),
                   keep=context._keep)
        self._measure()

    def _measure(self) -> None:
        """shape, and what tells this grid from others."""
        n = self.n
        self.shape, self._grid_key = (n, n, n), (n, self.half_width, *self.centre.tolist())

    def _describe(self) -> str:
        n, half_width, *centre = self._grid_key
        return f"Grid(n={n}, half_width={half_width:.6g}" + (f", centre={tidy(centre)})" if any(centre) else ")")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and self._grid_key == other._grid_key

    def __hash__(self) -> int:
        return hash(self._grid_key)

    def __reduce__(self) -> tuple:
        n, half_width, *centre = self._grid_key
        return Grid, (self.context, n, half_width, centre)

    @property
    def n(self) -> int:
        """Nodes per axis."""
        return lib.grz_grid_nodes_per_axis(self._pointer)

    @property
    def size(self) -> int:
        """All nodes, n^3."""
        return lib.grz_grid_node_count(self._pointer)

    @property
    def half_width(self) -> float:
        """Of the box, in velocity."""
        return lib.grz_grid_half_width(self._pointer)

    @property
    def spacing(self) -> float:
        """h = 2 half_width/n, in velocity."""
        return lib.grz_grid_spacing(self._pointer)

    @property
    def centre(self) -> Array:
        """Of the box, (3,), in velocity."""
        result = np.empty(3)
        self._call(lib.grz_grid_centre, result)
        return result

    @classmethod
    def _of(cls, handle: Handle, function: Callable) -> Grid:
        """The grid that a handle lends."""
        grid = handle._borrow("grz_grid", function, cls)
        grid._measure()
        return grid

    def axis(self, axis: int) -> Array:
        """Node coordinates along an axis.

        Parameters
        ----------
        axis : int
            0, 1 or 2 for x, y, z

        Returns
        -------
        ndarray (n,)
            in velocity
        """
        result = np.empty(self.n)
        self._call(lib.grz_grid_axis_nodes, axis, result)
        return result

    def velocities(self) -> list[Array]:
        """The coordinates vx, vy, vz as arrays of shape (n, 1, 1), (1, n, 1), (1, 1, n), which broadcast to the grid's."""
        return np.meshgrid(*(self.axis(a) for a in range(3)), indexing="ij", sparse=True)

    def integrate(self, values: ArrayLike) -> float:
        """h^3 sum, the library's midpoint rule.

        Parameters
        ----------
        values : array_like (n, n, n)
            the integrand at the nodes

        Returns
        -------
        float
            in values times velocity^3
        """
        return float(np.sum(values)) * self.spacing**3

    def moments(self, values: Field, negative: str = "keep") -> tuple[Moments, float]:
        """Moments of plain values of any sign.

        Parameters
        ----------
        values : array_like (n, n, n) or Distribution
            per velocity volume
        negative : {"keep", "drop", "rescale"}
            values below zero count as is, as zero, or as zero with the rest multiplied to the same density

        Returns
        -------
        moments : Moments
            density, velocity (3,), temperature, stress (3, 3), heat flux (3,)
        below : float
            the share of |values| below zero
        """
        rho, T, below = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
        u, P, q = np.empty(3), np.empty((3, 3)), np.empty(3)
        self._call(lib.grz_grid_moments, field(values, self, "values"), _negative_rule(negative), ctypes.byref(rho), u, ctypes.byref(T), P, q,
                   ctypes.byref(below))
        return Moments(rho.value, u, T.value, P, q), below.value

    def entropy(self, values: Field, negative: str = "keep") -> tuple[float, float]:
        """int f log f of plain values of any sign.

        Parameters
        ----------
        values : array_like (n, n, n) or Distribution
            per velocity volume
        negative : {"keep", "drop", "rescale"}
            as in moments

        Returns
        -------
        entropy : float
            H
        below : float
            the share of |values| below zero
        """
        H, below = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_grid_entropy, field(values, self, "values"), _negative_rule(negative), ctypes.byref(H), ctypes.byref(below))
        return H.value, below.value

    def equilibrium(self, values: Field, negative: str = "keep") -> tuple[Array, float]:
        """The Maxwellian on the grid with the moments of plain values.

        Parameters
        ----------
        values : array_like (n, n, n) or Distribution
            per velocity volume
        negative : {"keep", "drop", "rescale"}
            as in moments

        Returns
        -------
        equilibrium : ndarray (n, n, n)
            per velocity volume
        below : float
            the share of |values| below zero
        """
        result, below = np.empty(self.shape), ctypes.c_double()
        self._call(lib.grz_grid_equilibrium, field(values, self, "values"), _negative_rule(negative), result, ctypes.byref(below))
        return result, below.value


def _negative_rule(name: str) -> int:
    constant = f"GRZ_NEGATIVE_RULE_{name.upper()}"
    if constant not in declarations.constants:
        raise ValueError(f"negative is 'keep', 'drop' or 'rescale', not {name!r}")
    return declarations.constants[constant]


def field(values: Any, owner: Any, name: str) -> Array:
    """A grid function for owner, a handle on a grid: an array of the grid's shape, or a Distribution on the same grid, without a copy."""
    if not (isinstance(values, Handle) and values._is_distribution):
        return read(values, owner.shape, name)
    if values._grid_key != owner._grid_key:
        raise ValueError(f"{name}: a Distribution on another grid: n, half width and centre are {values._grid_key}, not {owner._grid_key}")
    return values.values

"""Densities on velocity grids."""
from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

import numpy as np

from .grid import Grid, Moments, field, tidy
from .handle import FLOAT, Handle, incoming, optional, outgoing, read, view, write
from .hints import Array, ArrayLike, Field, Path
from .library import callback, check, declarations, lib

if TYPE_CHECKING:
    from .context import Context


class Distribution(Handle):
    """A density f >= 0 on a grid, per velocity volume, made by the class methods.

    f + g, f - g, 2 * f, f / 2 and f * array are new densities on the same grid; f[i, j, k] are values, and NumPy's functions take f as the
    array of its values. Densities of the same values on the same grid are equal. They can be pickled.
    """

    _is_distribution = True
    __array_priority__ = 1000  # an array or a NumPy number times f is a density

    @classmethod
    def _new(cls, grid: Any, create: Callable, *arguments: Any) -> Distribution:
        distribution = cls.__new__(cls)
        distribution._make("grz_distribution", grid._context, create, grid._context, *arguments, keep=grid._keep)
        distribution._on(grid)
        return distribution

    @classmethod
    def array(cls, grid: Grid, values: Field) -> Distribution:
        """Of given values.

        Parameters
        ----------
        grid : Grid
            where it lives
        values : array_like (n, n, n) or Distribution
            >= 0, per velocity volume

        Returns
        -------
        Distribution
            with a copy of them
        """
        return cls._new(grid, lib.grz_distribution_create_array, grid._pointer, field(values, grid, "values"))

    @classmethod
    def callback(cls, grid: Grid, density: Callable[[Array], ArrayLike]) -> Distribution:
        """Of a Python function.

        Parameters
        ----------
        grid : Grid
            where it lives
        density : callable
            density(v) >= 0 of an array (count, 3) of velocities, as an array (count,)

        Returns
        -------
        Distribution
            of its values at the nodes
        """

        def call(count, velocity, out, user):
            outgoing(out, (count,), density(incoming(velocity, (count, 3))), "density")

        return cls._new(grid, lib.grz_distribution_create_callback, grid._pointer, callback("grz_density_fn", call), None)

    @classmethod
    def maxwellian(cls, grid: Grid, rho: float = 1.0, u: ArrayLike | None = None, T: float = 1.0) -> Distribution:
        """rho (2 pi T)^(-3/2) exp(-|v - u|^2/(2 T)).

        Parameters
        ----------
        grid : Grid
            where it lives
        rho : float
            density
        u : array_like (3,), optional
            mean velocity; 0
        T : float
            temperature, in velocity^2

        Returns
        -------
        Distribution
            the equilibrium of these moments
        """
        return cls._new(grid, lib.grz_distribution_create_maxwellian, grid._pointer, rho, optional(u, (3,), "u"), T)

    @classmethod
    def bimaxwellian(cls, grid: Grid, rho: float, u: ArrayLike | None, T: ArrayLike, axes: ArrayLike | None = None) -> Distribution:
        """A Gaussian of three temperatures.

        Parameters
        ----------
        grid : Grid
            where it lives
        rho : float
            density
        u : array_like (3,) or None
            mean velocity; None for 0
        T : array_like (3,)
            temperatures along the axes, in velocity^2
        axes : array_like (3, 3), optional
            orthonormal rows; the coordinate axes

        Returns
        -------
        Distribution
            the Gaussian at the nodes
        """
        return cls._new(grid, lib.grz_distribution_create_bimaxwellian, grid._pointer, rho, optional(u, (3,), "u"),
                        read(T, (3,), "T"), optional(axes, (3, 3), "axes"))

    @classmethod
    def bkw(cls, grid: Grid, K: float) -> Distribution:
        """The exact solution of Bobylev, Krook and Wu for gamma = 0, of density and temperature 1.

        Parameters
        ----------
        grid : Grid
            where it lives
        K : float
            its parameter, 3/5 to 1

        Returns
        -------
        Distribution
            the solution at the time that belongs to K
        """
        return cls._new(grid, lib.grz_distribution_create_bkw, grid._pointer, K)

    @classmethod
    def mixture(cls, grid: Grid, weights: ArrayLike, means: ArrayLike, covariances: ArrayLike) -> Distribution:
        """A sum of Gaussians.

        Parameters
        ----------
        grid : Grid
            where it lives
        weights : array_like (count,)
            density of each, > 0
        means : array_like (count, 3)
            mean velocity of each
        covariances : array_like (count, 3, 3)
            symmetric and positive definite, in velocity^2

        Returns
        -------
        Distribution
            the sum at the nodes
        """
        weights = read(weights, (-1,), "weights")
        count = len(weights)
        return cls._new(grid, lib.grz_distribution_create_mixture, grid._pointer, count, weights,
                        read(means, (count, 3), "means"), read(covariances, (count, 3, 3), "covariances"))

    @classmethod
    def shell(cls, grid: Grid, rho: float, u: ArrayLike | None, S: float, c: float) -> Distribution:
        """The shell of Rosenbluth, MacDonald and Judd, rho exp(-S (|v - u| - c)^2/c^2)/Z.

        Parameters
        ----------
        grid : Grid
            where it lives
        rho : float
            density
        u : array_like (3,) or None
            its centre; None for 0
        S : float
            sharpness
        c : float
            radius, in velocity

        Returns
        -------
        Distribution
            the shell at the nodes
        """
        return cls._new(grid, lib.grz_distribution_create_shell, grid._pointer, rho, optional(u, (3,), "u"), S, c)

    @classmethod
    def load(cls, grid: Grid, path: Path) -> Distribution:
        """Of a .npy file, by the library's own reader.

        Parameters
        ----------
        grid : Grid
            where it lives; nodes_per_axis tells which n the file wants
        path : path
            an array (n, n, n) of float64 or float32

        Returns
        -------
        Distribution
            of the file's values
        """
        return cls._new(grid, lib.grz_distribution_load_npy, grid._pointer, path)

    @staticmethod
    def nodes_per_axis(context: Context, path: Path) -> int:
        """The n of a .npy file of shape (n, n, n), from its header alone.

        Parameters
        ----------
        context : Context
            for messages
        path : path
            the file

        Returns
        -------
        int
            8 to 1024
        """
        n = ctypes.c_int32()
        check(lib.grz_npy_nodes_per_axis(context._pointer, path, ctypes.byref(n)), context._context)
        return n.value

    def save(self, path: Path) -> None:
        """Writes a .npy file of float64 in C order.

        Parameters
        ----------
        path : path
            a regular file there is replaced once the new one is complete
        """
        self._call(lib.grz_distribution_save_npy, path)

    @property
    def grid(self) -> Grid:
        """The grid that it lives on."""
        return Grid._of(self, lib.grz_distribution_grid)

    @property
    def values(self) -> Array:
        """The values (n, n, n) without a copy, read-only; they change with set_values. The array keeps its memory alive even after close."""
        result = view(lib.grz_distribution_view(self._pointer), self.shape, self._pointer)
        result.flags.writeable = False
        return result

    def copy_values(self, out: Array | None = None) -> Array:
        """The values copied.

        Parameters
        ----------
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            out, or a new array; per velocity volume
        """
        out = write(out, self.shape)
        self._call(lib.grz_distribution_values, out)
        return out

    def set_values(self, values: Field) -> None:
        """Other values in place of these.

        Parameters
        ----------
        values : array_like (n, n, n) or Distribution
            >= 0, per velocity volume
        """
        self._call(lib.grz_distribution_set_values, field(values, self, "values"))

    def moments(self) -> Moments:
        """Density, mean velocity (3,), temperature, stress (3, 3) and heat flux (3,)."""
        rho, T, u, P, q = ctypes.c_double(), ctypes.c_double(), np.empty(3), np.empty((3, 3)), np.empty(3)
        self._call(lib.grz_distribution_moments, ctypes.byref(rho), u, ctypes.byref(T), P, q)
        return Moments(rho.value, u, T.value, P, q)

    def regrid(self, grid: Grid, method: str = "logarithmic") -> Distribution:
        """The density on another grid, with the same mass, momentum and energy; what lay outside its box is in the moments too.

        Parameters
        ----------
        grid : Grid
            of the same context
        method : {"logarithmic", "fourier"}
            for f > 0, or as spectral flows leave it

        Returns
        -------
        Distribution
            on that grid
        """
        return Distribution.array(grid, regrid(self.grid, self.values, grid, method).values)

    def equilibrium(self) -> Distribution:
        """The Maxwellian with the same five discrete moments."""
        return self._new(self, lib.grz_distribution_create_equilibrium, self._pointer)

    # As a Python object.

    def _describe(self) -> str:
        text = f"<Distribution on {self.grid!r}"
        rho = self.grid.integrate(self.values)
        if rho > 0:
            moments = self.moments()
            velocity = np.where(abs(moments.velocity) < 1e-12 * self._grid_key[1], 0, moments.velocity)
            text += f": density {moments.density:.6g}, velocity {tidy(velocity)}, temperature {moments.temperature:.6g}"
        return text + ">"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Distribution) and self._grid_key == other._grid_key and np.array_equal(self.values, other.values)

    __hash__ = None  # type: ignore[assignment]  # its values may change

    def __reduce__(self) -> tuple:
        return Distribution.array, (self.grid, self.copy_values())

    def __array__(self, dtype: Any = None, copy: Any = None) -> Array:
        return np.array(self.values, dtype=dtype or np.float64)

    def __getitem__(self, index: Any) -> Any:
        return self.values[index]

    def _combined(self, operation: Callable, other: Any, plain: bool) -> Any:
        """operation of these values and other's; plain: numbers may take part, too."""
        if isinstance(other, Distribution):
            if self._context.value != other._context.value:
                raise ValueError("the densities belong to different contexts")
            values = field(other, self, "the other density")
        elif plain and np.ndim(other) == 0:
            values = np.asarray(other)
        elif isinstance(other, np.ndarray):
            values = read(other, self.shape, "the array")
        else:
            return NotImplemented
        if not np.can_cast(values.dtype, FLOAT, "same_kind"):
            return NotImplemented
        return Distribution.array(self.grid, operation(self.values, values))

    def __add__(self, other: Any) -> Distribution:
        if isinstance(other, (int, float)) and other == 0:  # sum() begins with 0
            return self._combined(np.add, 0.0, True)
        return self._combined(np.add, other, False)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Distribution:
        return self._combined(np.subtract, other, False)

    def __mul__(self, factor: Any) -> Distribution:
        return NotImplemented if isinstance(factor, Distribution) else self._combined(np.multiply, factor, True)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Any) -> Distribution:
        return NotImplemented if isinstance(divisor, Distribution) else self._combined(np.divide, divisor, True)


class Regridded(NamedTuple):
    """Values on the new grid, the share of the mass that lay outside its box, the size of the correction of the moments."""

    values: Array
    lost: float
    change: float


def regrid(source: Grid, f: Field, target: Grid, method: str = "logarithmic") -> Regridded:
    """Values on another grid, with the same mass, momentum and energy.

    Parameters
    ----------
    source : Grid
        where f lives
    f : array_like (n, n, n) or Distribution
        values there, per velocity volume
    target : Grid
        of the same context
    method : {"logarithmic", "fourier"}
        for f > 0, which stays so, or for f of any sign

    Returns
    -------
    Regridded
        values (n, n, n) on the target, share lost outside its box, size of the correction
    """
    name = f"GRZ_REGRID_METHOD_{method.upper()}"
    if name not in declarations.constants:
        raise ValueError(f"method is 'logarithmic' or 'fourier', not {method!r}")
    lost, change = ctypes.c_double(), ctypes.c_double()
    values = np.empty((target.n,) * 3)
    check(lib.grz_regrid(source._context, source._pointer, field(f, source, "f"), target._pointer, declarations.constants[name], values,
                         ctypes.byref(lost), ctypes.byref(change)), source._context)
    return Regridded(values, lost.value, change.value)

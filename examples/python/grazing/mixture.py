"""Mixtures of species with their own masses, and their collision operator."""
from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple, Sequence

import numpy as np

from .distribution import Distribution
from .grid import Grid, field
from .handle import Handle, new_lock, read, write
from .hints import Array, ArrayLike, Field, Name
from .kernel import Kernel
from .library import lib, number
from .operator import Operator

if TYPE_CHECKING:
    from .context import Context


class Species(Handle):
    """What the particles of a species are. Immutable.

    Parameters
    ----------
    context : Context
        that it belongs to
    name : str
        for people
    mass : float
        > 0, in the unit of the mixture's other species
    charge : float
        for Mixture.set_coulomb
    """

    def __init__(self, context: Context, name: str, mass: float, charge: float = 0.0):
        self._make("grz_species", context._context, lib.grz_species_create, context._pointer, name, mass, charge, keep=context._keep)

    def _describe(self) -> str:
        return f"<Species {self.name!r}, mass {self.mass:.6g}, charge {self.charge:.6g}>"

    @property
    def name(self) -> str:
        """As given."""
        return lib.grz_species_name(self._pointer).decode()

    @property
    def mass(self) -> float:
        """As given."""
        return lib.grz_species_mass(self._pointer)

    @property
    def charge(self) -> float:
        """As given."""
        return lib.grz_species_charge(self._pointer)


class MixtureMoments(NamedTuple):
    """Moments of a mixture: of each species, and of all."""

    number: Array
    velocity: Array
    temperature: Array
    total_velocity: Array
    total_temperature: float


class Mixture(Handle):
    """Species on their grids with a kernel for every pair: mixture[a, b] = kernel sets one. A density of a mixture is one array of all values, which join() makes
    and split() takes apart.

    Parameters
    ----------
    species : sequence of Species
        1 to 32
    grids : Grid or sequence of Grid
        one for all, or one each; of unlike spacing where one lattice has the nodes of both

    Attributes
    ----------
    shape : tuple
        (size,), of its densities
    """

    def __init__(self, species: Sequence[Species], grids: Grid | Sequence[Grid]):
        members = list(species)
        places = [grids] * len(members) if isinstance(grids, Grid) else list(grids)
        if len(members) != len(places) or not members:
            raise ValueError(f"{len(members)} species on {len(places)} grids")
        context = members[0]._context
        both: tuple[Sequence[Handle], ...] = (members, places)
        arrays = [(ctypes.c_void_p * len(members))(*(handle._pointer.value for handle in handles)) for handles in both]
        self._make("grz_mixture", context, lib.grz_mixture_create, context, len(members),
                   *(ctypes.cast(array, ctypes.POINTER(kind)) for array, kind in zip(arrays, (lib.grz_species, lib.grz_grid))),
                   keep=members[0]._keep)
        self._measure()

    def _measure(self) -> None:
        self._shapes = [self.grid(i).shape for i in range(len(self))]
        self.shape = (lib.grz_mixture_offset(self._pointer, len(self)),)
        self._grid_key = ("mixture", *(self.grid(i)._grid_key for i in range(len(self))))

    def _describe(self) -> str:
        return f"<Mixture of {', '.join(repr(self.species(i)) for i in range(len(self)))}>"

    def __len__(self) -> int:
        return lib.grz_mixture_species_count(self._pointer)

    def species(self, index: int) -> Species:
        """One of its species.

        Parameters
        ----------
        index : int
            0 .. len - 1

        Returns
        -------
        Species
            as given
        """
        if not 0 <= index < len(self):
            raise IndexError(f"species {index} of {len(self)}")
        return self._borrow("grz_species", lambda pointer: lib.grz_mixture_species(pointer, index), Species)

    def grid(self, index: int) -> Grid:
        """The grid of a species.

        Parameters
        ----------
        index : int
            0 .. len - 1

        Returns
        -------
        Grid
            as given
        """
        if not 0 <= index < len(self):
            raise IndexError(f"species {index} of {len(self)}")
        grid = self._borrow("grz_grid", lambda pointer: lib.grz_mixture_grid(pointer, index), Grid)
        grid._measure()
        return grid

    def __setitem__(self, pair: tuple[int, int], kernel: Kernel) -> None:
        self._call(lib.grz_mixture_set_kernel, *pair, kernel._pointer)
        self._pointer.keep += tuple(kernel._keep)

    def __getitem__(self, pair: tuple[int, int]) -> Kernel | None:
        if not lib.grz_mixture_kernel(self._pointer, *pair):
            return None
        return self._borrow("grz_kernel", lambda pointer: lib.grz_mixture_kernel(pointer, *pair), Kernel)

    def set_coulomb(self, strength: float, eps: float = 0.0, scattering: Name = "power_law") -> None:
        """Coulomb kernels for all pairs by charges and reduced masses.

        Parameters
        ----------
        strength : float
            (pi/2) log Lambda in Gaussian units, log Lambda/(32 pi epsilon_0^2) in SI
        eps : float
            angle of the cutoff; 0 for the limit
        scattering : {"power_law", "classical"}
            law of the cut-off kernel
        """
        self._call(lib.grz_mixture_set_coulomb, strength, eps, number("grz_scattering", scattering))

    def join(self, densities: Sequence[Any]) -> Array:
        """One array of the species' densities.

        Parameters
        ----------
        densities : sequence of array_like or Distribution
            of each species, on its grid

        Returns
        -------
        ndarray (size,)
            a copy
        """
        if len(densities) != len(self):
            raise ValueError(f"densities: {len(densities)} for {len(self)} species")
        parts = [one.values if isinstance(one, Distribution) else read(one, shape, f"densities[{i}]")
                 for i, (one, shape) in enumerate(zip(densities, self._shapes))]
        return np.concatenate([part.reshape(-1) for part in parts])

    def split(self, f: ArrayLike) -> list[Array]:
        """The species' parts of a density of all.

        Parameters
        ----------
        f : ndarray (size,)
            of all species

        Returns
        -------
        list of ndarray
            views, of the shapes of their grids
        """
        f = read(f, self.shape, "f")
        places = [lib.grz_mixture_offset(self._pointer, i) for i in range(len(self) + 1)]
        return [f[begin:end].reshape(shape) for begin, end, shape in zip(places, places[1:], self._shapes)]

    def moments(self, f: Field) -> MixtureMoments:
        """Number densities, mean velocities and temperatures.

        Parameters
        ----------
        f : ndarray (size,)
            density of all species

        Returns
        -------
        MixtureMoments
            number (count,), velocity (count, 3), temperature (count,) in energy; of all, velocity (3,) and temperature
        """
        count = len(self)
        numbers, velocity, temperature, total = np.empty(count), np.empty((count, 3)), np.empty(count), np.empty(3)
        T = ctypes.c_double()
        self._call(lib.grz_mixture_moments, field(f, self, "f"), numbers, velocity, temperature, total, ctypes.byref(T))
        return MixtureMoments(numbers, velocity, temperature, total, T.value)

    def equilibrium(self, f: Field, out: Array | None = None) -> Array:
        """The Maxwellians that collisions drive f to.

        Parameters
        ----------
        f : ndarray (size,)
            density of all species
        out : ndarray (size,), optional
            where to

        Returns
        -------
        ndarray (size,)
            of common mean velocity and temperature
        """
        values = field(f, self, "f")
        out = write(out, self.shape, values)
        self._call(lib.grz_mixture_equilibrium, values, out)
        return out

    def entropy(self, f: Field) -> float:
        """The sum over species of int f log f.

        Parameters
        ----------
        f : ndarray (size,)
            density of all species

        Returns
        -------
        float
            H
        """
        return self._number(lib.grz_mixture_entropy, field(f, self, "f"))


class MixtureOperator(Operator):
    """The collision operator of a mixture: an Operator whose arrays have the mixture's shape. What serves one species only raises UnsupportedError.

    Parameters
    ----------
    mixture : Mixture
        with a kernel for every pair
    equation : {"boltzmann", "landau"}
        the equation
    method : {"entropic", "spectral"}
        exact in structure, for f > 0; or by Fourier modes, on one grid
    **options
        by name: accuracy, radial_nodes, ... (grz_operator_option), for every pair

    Attributes
    ----------
    shape : tuple
        (size,), of the densities that it takes and gives
    """

    def __init__(self, mixture: Mixture, equation: Name = "boltzmann", method: Name = "entropic", **options: float):
        self._lock = new_lock()
        self._make("grz_operator", mixture._context, lib.grz_operator_create_mixture, mixture._context, mixture._pointer,
                   number("grz_equation", equation), number("grz_method", method), keep=mixture._keep, recipe={"kernel": None, "options": {}})
        self._on(mixture)
        self.set_options(**options)

    def _describe(self) -> str:
        return f"<MixtureOperator of {self.mixture!r}>"

    @property
    def mixture(self) -> Mixture:
        """As it was when the operator was made."""
        mixture = self._borrow("grz_mixture", lib.grz_operator_mixture, Mixture)
        mixture._measure()
        return mixture

    @property
    def size(self) -> int:
        """Numbers of a density."""
        return lib.grz_operator_size(self._pointer)

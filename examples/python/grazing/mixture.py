"""Mixtures of species with their own masses, and their collision operator."""
import ctypes
from typing import NamedTuple

import numpy as np

from .distribution import Distribution, Grid, field
from .handle import Handle, new_lock, read, write
from .kernel import Kernel
from .library import lib, number
from .operator import Operator


class Species(Handle):
    """What the particles of a species are: mass, charge, a name."""

    def __init__(self, context, name, mass, charge=0.0):
        self._make("grz_species", context._context, lib.grz_species_create, context._pointer, name, mass, charge, keep=context._keep)

    @property
    def name(self):
        return lib.grz_species_name(self._pointer).decode()

    @property
    def mass(self):
        return lib.grz_species_mass(self._pointer)

    @property
    def charge(self):
        return lib.grz_species_charge(self._pointer)


class MixtureMoments(NamedTuple):
    number: np.ndarray
    velocity: np.ndarray
    temperature: np.ndarray
    total_velocity: np.ndarray
    total_temperature: float


class Mixture(Handle):
    """Species on their grids: Mixture([electrons, ions], [grid, fine_grid]), or one grid for all. mixture[a, b] = kernel sets a pair's kernel. A
    density is one array of all values: join() makes it of the species' arrays or Distributions, split() gives views of them."""

    def __init__(self, species, grids):
        species = list(species)
        grids = [grids] * len(species) if isinstance(grids, Grid) else list(grids)
        if len(species) != len(grids) or not species:
            raise ValueError(f"{len(species)} species on {len(grids)} grids")
        context = species[0]._context
        members = [(ctypes.c_void_p * len(species))(*(handle._pointer.value for handle in handles)) for handles in (species, grids)]
        self._make("grz_mixture", context, lib.grz_mixture_create, context, len(species),
                   *(ctypes.cast(array, ctypes.POINTER(kind)) for array, kind in zip(members, (lib.grz_species, lib.grz_grid))),
                   keep=species[0]._keep)
        self._measure()

    def _measure(self):
        self.shapes = [self.grid(i).shape for i in range(len(self))]
        self.shape = (lib.grz_mixture_offset(self._pointer, len(self)),)
        self._grid_key = ("mixture", *(self.grid(i)._grid_key for i in range(len(self))))

    def __len__(self):
        return lib.grz_mixture_species_count(self._pointer)

    def species(self, index):
        return self._borrow("grz_species", lambda pointer: lib.grz_mixture_species(pointer, index), Species)

    def grid(self, index):
        grid = self._borrow("grz_grid", lambda pointer: lib.grz_mixture_grid(pointer, index), Grid)
        grid._measure()
        return grid

    def __setitem__(self, pair, kernel):
        self._call(lib.grz_mixture_set_kernel, *pair, kernel._pointer)
        self._pointer.keep += tuple(kernel._keep)

    def __getitem__(self, pair):
        """The kernel of a pair, None where there is none."""
        if not lib.grz_mixture_kernel(self._pointer, *pair):
            return None
        return self._borrow("grz_kernel", lambda pointer: lib.grz_mixture_kernel(pointer, *pair), Kernel)

    def set_coulomb(self, strength, eps=0.0, scattering="power_law"):
        """Coulomb kernels for all pairs by charges and reduced masses; strength: (pi/2) log Lambda in Gaussian units."""
        self._call(lib.grz_mixture_set_coulomb, strength, eps, number("grz_scattering", scattering))

    def join(self, densities):
        parts = [one.values if isinstance(one, Distribution) else read(one, shape, f"densities[{i}]")
                 for i, (one, shape) in enumerate(zip(densities, self.shapes, strict=True))]
        return np.concatenate([part.reshape(-1) for part in parts])

    def split(self, f):
        f = read(f, self.shape, "f")
        places = [lib.grz_mixture_offset(self._pointer, i) for i in range(len(self) + 1)]
        return [f[begin:end].reshape(shape) for begin, end, shape in zip(places, places[1:], self.shapes)]

    def moments(self, f):
        count = len(self)
        number_, velocity, temperature, total = np.empty(count), np.empty((count, 3)), np.empty(count), np.empty(3)
        T = ctypes.c_double()
        self._call(lib.grz_mixture_moments, field(f, self, "f"), number_, velocity, temperature, total, ctypes.byref(T))
        return MixtureMoments(number_, velocity, temperature, total, T.value)

    def equilibrium(self, f, out=None):
        """The Maxwellians that collisions drive f to."""
        f = field(f, self, "f")
        out = write(out, self.shape, f)
        self._call(lib.grz_mixture_equilibrium, f, out)
        return out

    def entropy(self, f):
        return self._number(lib.grz_mixture_entropy, field(f, self, "f"))


class MixtureOperator(Operator):
    """The collision operator of a mixture. It is used as an Operator whose arrays are the mixture's; what serves one species only raises
    UnsupportedError."""

    def __init__(self, mixture, equation="boltzmann", method="entropic", **options):
        self._lock = new_lock()
        self._make("grz_operator", mixture._context, lib.grz_operator_create_mixture, mixture._context, mixture._pointer,
                   number("grz_equation", equation), number("grz_method", method), keep=mixture._keep)
        self._on(mixture)
        self.set_options(**options)

    @property
    def mixture(self):
        mixture = self._borrow("grz_mixture", lib.grz_operator_mixture, Mixture)
        mixture._measure()
        return mixture

    @property
    def size(self):
        return lib.grz_operator_size(self._pointer)

"""Functionals of a density: entropy, relative entropy, Fisher information, dissipation."""
from __future__ import annotations

import ctypes
from typing import Any, Callable

from .distribution import Distribution
from .grid import Grid, field
from .handle import Handle, new_lock, write
from .hints import Array, Field
from .library import enums, lib, number
from .operator import Operator


class Functional(Handle):
    """A functional of a density, made by the class methods: its value by calling it, its first variation. One thread at a time."""

    @classmethod
    def _new(cls, parent: Any, create: Callable, *arguments: Any, lock: Any = None) -> Functional:
        functional = cls.__new__(cls)
        functional._lock = lock or new_lock()
        functional._make("grz_functional", parent._context, create, parent._context, *arguments, keep=parent._keep)
        functional._on(parent)
        return functional

    def _describe(self) -> str:
        return f"<Functional {self.type.name.lower().removeprefix('functional_type_')} on {'a mixture' if self._grid_key[0] == 'mixture' else repr(self.grid)}>"

    @classmethod
    def entropy(cls, grid: Grid) -> Functional:
        """H = int f log f.

        Parameters
        ----------
        grid : Grid
            where the densities live

        Returns
        -------
        Functional
            first variation log f + 1
        """
        return cls._new(grid, lib.grz_functional_create_entropy, grid._pointer)

    @classmethod
    def relative_entropy(cls, reference: Distribution) -> Functional:
        """int f log(f/g) - f + g.

        Parameters
        ----------
        reference : Distribution
            g > 0, copied

        Returns
        -------
        Functional
            first variation log(f/g)
        """
        return cls._new(reference, lib.grz_functional_create_relative_entropy, reference._pointer)

    @classmethod
    def fisher(cls, grid: Grid) -> Functional:
        """The Fisher information 4 int |grad sqrt f|^2.

        Parameters
        ----------
        grid : Grid
            where the densities live

        Returns
        -------
        Functional
            by differences of order eight of log f
        """
        return cls._new(grid, lib.grz_functional_create_fisher, grid._pointer)

    @classmethod
    def dissipation(cls, operator: Operator, square_root: bool = False) -> Functional:
        """D_B or D_L of an operator.

        Parameters
        ----------
        operator : Operator
            whose quadrature it is
        square_root : bool
            for D_B^R of section 6.1.3

        Returns
        -------
        Functional
            which shares the operator's one thread
        """
        kind = number("grz_functional_type", "dissipation_square_root" if square_root else "dissipation")
        return cls._new(operator, lib.grz_functional_create_dissipation, operator._pointer, kind, lock=operator._lock)

    @property
    def type(self) -> Any:
        """A FunctionalType."""
        return enums["grz_functional_type"](lib.grz_functional_type_of(self._pointer))

    @property
    def grid(self) -> Grid:
        """The grid of its densities."""
        return Grid._of(self, lib.grz_functional_grid)

    def evaluate(self, f: Field) -> float:
        """The value; calling the functional is the same.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume

        Returns
        -------
        float
            F(f)
        """
        return self._number(lib.grz_functional_evaluate, field(f, self, "f"))

    __call__ = evaluate

    def first_variation(self, f: Field, out: Array | None = None) -> Array:
        """dF/df at the nodes.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume
        out : ndarray (n, n, n), optional
            where to; may be f itself

        Returns
        -------
        ndarray (n, n, n)
            with F(f + t g) = F(f) + t h^3 sum g dF/df + o(t)
        """
        f = field(f, self, "f")
        out = write(out, self.shape) if out is f else write(out, self.shape, f)
        self._call(lib.grz_functional_first_variation, f, out)
        return out

    def fisher_bound(self, f: Field, psi: Field) -> tuple[float, float, float]:
        """Lower bound of the Fisher information by a test function (Remark 2.9).

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume
        psi : array_like (n, n, n)
            the test function

        Returns
        -------
        bound : float
            by psi
        best : float
            by the best multiple of psi
        gap : float
            the Fisher information minus bound, as a sum of squares
        """
        numbers = [ctypes.c_double() for _ in range(3)]
        self._call(lib.grz_functional_fisher_bound, field(f, self, "f"), field(psi, self, "psi"), *map(ctypes.byref, numbers))
        return numbers[0].value, numbers[1].value, numbers[2].value

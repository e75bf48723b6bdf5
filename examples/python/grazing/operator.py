"""Collision operators."""
from __future__ import annotations

import ctypes
from typing import Any, Callable, Sequence

import numpy as np

from .grid import Grid, field
from .handle import Handle, new_lock, read, write
from .hints import Array, ArrayLike, Field, Name
from .kernel import Kernel
from .library import declarations, enums, lib, number, short_names
from .options import Options
from .sphere import collision_callback, field_callback, given, pair_callback


class Operator(Options, Handle):
    """Q of the Boltzmann or the Landau equation, by the entropic or the spectral method. One thread at a time uses it, others wait.

    Parameters
    ----------
    grid : Grid
        where the densities live
    kernel : Kernel
        of the same context
    equation : {"boltzmann", "landau"}
        the equation
    method : {"entropic", "spectral"}
        exact in structure, for f > 0; or fast
    **options
        by name: accuracy, radius, ... (grz_operator_option)

    Attributes
    ----------
    shape : tuple
        (n, n, n), of the grid functions that it takes and gives
    """

    _options, _set, _get = "grz_operator_option", lib.grz_operator_set_option, lib.grz_operator_option_value
    _bounds = lib.grz_operator_option_bounds

    def __init__(self, grid: Grid, kernel: Kernel, equation: Name = "boltzmann", method: Name = "entropic", **options: float):
        self._lock = new_lock()
        self._make("grz_operator", grid._context, lib.grz_operator_create, grid._context, grid._pointer, kernel._pointer, number("grz_equation", equation),
                   number("grz_method", method), keep=grid._keep + kernel._keep, recipe={"kernel": kernel._recipe, "options": {}})
        self._on(grid)
        self.set_options(**options)

    @classmethod
    def _of(cls, handle: Handle, function: Callable) -> Operator:
        """The operator that a handle lends."""
        operator = handle._borrow("grz_operator", function, cls, handle._pointer.recipe["operator"])
        operator._lock = handle._lock
        operator._on(handle)
        return operator

    def _describe(self) -> str:
        options = "".join(f", {name}={value:g}" for name, value in self._chosen.items())
        names = [enumerator.name.lower().partition("_")[2] for enumerator in (self.equation, self.method)]
        return f"<Operator {names[0]}, {names[1]} on {self.grid!r}, {self.kernel!r}{options}>"

    @property
    def grid(self) -> Grid:
        """Where its densities live."""
        return Grid._of(self, lib.grz_operator_grid)

    @property
    def kernel(self) -> Kernel:
        """Its kernel."""
        return self._borrow("grz_kernel", lib.grz_operator_kernel, Kernel, self._pointer.recipe["kernel"])

    @property
    def equation(self) -> Any:
        """An Equation."""
        return enums["grz_equation"](lib.grz_operator_equation(self._pointer))

    @property
    def method(self) -> Any:
        """A Method."""
        return enums["grz_method"](lib.grz_operator_method(self._pointer))

    def setup(self) -> None:
        """Builds rules, tables and workspace now instead of at the first application."""
        self._call(lib.grz_operator_setup)

    @property
    def node_count(self) -> int:
        """Nodes of one application, to which its time is proportional."""
        return self._number(lib.grz_operator_node_count, kind=ctypes.c_int64)

    @property
    def workspace(self) -> int:
        """Bytes."""
        return self._number(lib.grz_operator_workspace, kind=ctypes.c_int64)

    def apply(self, f: Field, out: Array | None = None) -> Array:
        """Q(f, f); calling the operator is the same.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume; > 0 for the entropic method
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            in f per time
        """
        f = field(f, self, "f")
        out = write(out, self.shape, f)
        self._call(lib.grz_operator_apply, f, out)
        return out

    __call__ = apply

    def apply_bilinear(self, f: Field, g: Field, out: Array | None = None) -> Array:
        """(Q(f, g) + Q(g, f))/2, by the spectral method.

        Parameters
        ----------
        f, g : array_like (n, n, n) or Distribution
            per velocity volume
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            in f per time
        """
        f, g = field(f, self, "f"), field(g, self, "g")
        out = write(out, self.shape, f, g)
        self._call(lib.grz_operator_apply_bilinear, f, g, out)
        return out

    def apply_directed(self, f: Field, g: Field, out: Array | None = None) -> Array:
        """Q(f, g), the rate of change of f by collisions with g, of Landau's equation by the spectral method.

        Parameters
        ----------
        f, g : array_like (n, n, n) or Distribution
            per velocity volume
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            in f per time
        """
        f, g = field(f, self, "f"), field(g, self, "g")
        out = write(out, self.shape, f, g)
        self._call(lib.grz_operator_apply_directed, f, g, out)
        return out

    def apply_batch(self, f: ArrayLike | Sequence[Field], out: Array | None = None) -> Array:
        """Q of many densities, which the spectral method spreads over the threads.

        Parameters
        ----------
        f : array_like (count, n, n, n) or sequence of Distribution
            densities, per velocity volume
        out : ndarray (count, n, n, n), optional
            where to

        Returns
        -------
        ndarray (count, n, n, n)
            in f per time
        """
        if not isinstance(f, np.ndarray):
            f = [field(one, self, f"f[{i}]") for i, one in enumerate(f)]  # type: ignore[arg-type]
        f = read(f, (-1,) + self.shape, "f")
        out = write(out, f.shape, f)
        self._call(lib.grz_operator_apply_batch, len(f), f, out)
        return out

    def weak_form(self, f: Field, psi: Field) -> float:
        """<Q(f, f), psi>.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume
        psi : array_like (n, n, n)
            test function

        Returns
        -------
        float
            rate of change of int psi f, per time
        """
        return self._number(lib.grz_operator_weak_form, field(f, self, "f"), field(psi, self, "psi"))

    def onsager(self, f: Field, phi: Field, out: Array | None = None) -> Array:
        """K_f phi, by the entropic method; Q = -K_f log f.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        phi : array_like (n, n, n)
            potential
        out : ndarray (n, n, n), optional
            where to

        Returns
        -------
        ndarray (n, n, n)
            in f per time
        """
        f, phi = field(f, self, "f"), field(phi, self, "phi")
        out = write(out, self.shape, f, phi)
        self._call(lib.grz_operator_onsager, f, phi, out)
        return out

    def action(self, f: Field, phi: Field) -> float:
        """Action of the rate with potential phi, <phi, K_f phi>.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        phi : array_like (n, n, n)
            potential

        Returns
        -------
        float
            >= 0; D for phi = log f
        """
        return self._number(lib.grz_operator_action, field(f, self, "f"), field(phi, self, "phi"))

    def action_variation(self, f: Field, phi: Field, out: Array | None = None) -> Array:
        """G(f, phi): the first variation in f of half the action, phi' = -G along geodesics.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        phi : array_like (n, n, n)
            potential
        out : ndarray (n, n, n), optional
            takes the result

        Returns
        -------
        ndarray (n, n, n)
        """
        f, phi = field(f, self, "f"), field(phi, self, "phi")
        out = write(out, self.shape, f, phi)
        self._call(lib.grz_operator_action_variation, f, phi, out)
        return out

    def metric_bound(self, f: Field, g: Field, psi: Field) -> tuple[float, float]:
        """The affine lower bound (7.1) of |f'|^2.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        g : array_like (n, n, n)
            its time derivative
        psi : array_like (n, n, n)
            test function

        Returns
        -------
        bound : float
            by psi
        best : float
            by the best multiple of psi
        """
        bound, best = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_metric_bound, field(f, self, "f"), field(g, self, "g"), field(psi, self, "psi"),
                   ctypes.byref(bound), ctypes.byref(best))
        return bound.value, best.value

    def estimate_error(self, f: Field, dissipation: bool = True) -> tuple[float, float | None]:
        """Quadrature error against the next accuracy level.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume
        dissipation : bool
            whether that of D is wanted

        Returns
        -------
        Q_error : float
            relative to the largest |Q|
        D_error : float or None
            relative; None where it is not asked
        """
        Q, D = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_estimate_error, field(f, self, "f"), ctypes.byref(Q), ctypes.byref(D) if dissipation else None)
        return Q.value, D.value if dissipation else None

    def largest_rate(self, f: Field) -> float:
        """The largest rate of the linearised operator: an explicit step times it stays within the scheme's stability interval.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume

        Returns
        -------
        float
            per time
        """
        return self._number(lib.grz_operator_largest_rate, field(f, self, "f"))

    def health(self, f: Field) -> tuple[dict[str, float], str]:
        """Whether box, grid and radius suit a density.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume

        Returns
        -------
        terms : dict
            those of grz_health_term by name, in lower case
        advice : str
            the worst of them and its remedy
        """
        terms, advice = np.empty(declarations.constants["GRZ_HEALTH_TERM_COUNT"]), ctypes.c_char_p()
        self._call(lib.grz_operator_health, field(f, self, "f"), terms, ctypes.byref(advice))
        names = {value: name for name, value in declarations.enums["grz_health_term"].items() if name != "GRZ_HEALTH_TERM_COUNT"}
        return {names[i][len("GRZ_HEALTH_TERM_"):].lower(): float(terms[i]) for i in sorted(names)}, (advice.value or b"").decode()

    def overshoot(self, f: Field) -> float:
        """Whether the grid resolves log f, by the entropic method.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume

        Returns
        -------
        float
            the spline's largest value between nodes over the largest f: near 1 where the grid resolves f
        """
        return self._number(lib.grz_operator_overshoot, field(f, self, "f"))

    def spheres(self) -> list[dict[str, Any]]:
        """How an entropic operator sums over the sphere of each radius.

        Returns
        -------
        list of dict
            r, collisions (a Collisions, None where Landau's form is all), directions, landau (the share of Landau's form)
        """
        count = self._number(lib.grz_operator_sphere_count, kind=ctypes.c_int32)
        result = []
        for index in range(count):
            r, collisions, directions, landau = ctypes.c_double(), ctypes.c_int32(), ctypes.c_int32(), ctypes.c_double()
            self._call(lib.grz_operator_sphere, index, ctypes.byref(r), ctypes.byref(collisions), ctypes.byref(directions),
                       ctypes.byref(landau))
            kind = enums["grz_collisions"](collisions.value) if collisions.value else None
            result.append({"r": r.value, "collisions": kind, "directions": directions.value, "landau": landau.value})
        return result

    def _affine(self, function: Callable, f: Field, test: Any, kind: str, optimal: Any, make: Callable) -> tuple[float, float, float]:
        """test: a Python function, or an Interpolant of f for the optimal one."""
        interpolant = test if isinstance(test, Handle) else None
        hook = given(optimal, kind) if interpolant else make(test)
        numbers = [ctypes.c_double() for _ in range(3)]
        self._call(function, field(f, self, "f"), hook, interpolant and interpolant._pointer, *map(ctypes.byref, numbers))
        return numbers[0].value, numbers[1].value, numbers[2].value

    def affine_bound(self, f: Field, psi: Any) -> tuple[float, float, float]:
        """Lower bound (6.2) of the square-root dissipation.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        psi : callable or Interpolant
            psi(v, v_star) of two arrays (count, 3); an Interpolant of f for the optimal one

        Returns
        -------
        bound, best, gap : float
            by psi, by its best multiple, and what bound leaves
        """
        return self._affine(lib.grz_operator_affine_bound, f, psi, "grz_pair_fn", lib.grz_optimal_pair, pair_callback)

    def affine_field_bound(self, f: Field, xi: Any) -> tuple[float, float, float]:
        """Lower bound (6.3) of Landau's dissipation.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        xi : callable or Interpolant
            xi(v, v_star) -> (count, 3); an Interpolant of f for the optimal one

        Returns
        -------
        bound, best, gap : float
            by xi, by its best multiple, and what bound leaves
        """
        return self._affine(lib.grz_operator_affine_field_bound, f, xi, "grz_pair_vector_fn", lib.grz_optimal_field, field_callback)

    def affine_jump_bound(self, f: Field, psi: Any) -> tuple[float, float, float]:
        """Lower bound (6.12) of Boltzmann's square-root dissipation.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        psi : callable or Interpolant
            psi(v, v_star, sigma) of three arrays (count, 3); an Interpolant of f for the optimal one

        Returns
        -------
        bound, best, gap : float
            by psi, by its best multiple, and what bound leaves
        """
        return self._affine(lib.grz_operator_affine_jump_bound, f, psi, "grz_collision_rate_fn", lib.grz_optimal_jump, collision_callback)

    def lift_mass(self, f: Field, phi: Field, q: float, delta: float) -> tuple[float, float]:
        """Weighted mass of Proposition 5.5.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        phi : array_like (n, n, n)
            potential of the rate
        q, delta : float
            exponents, -gamma/2 <= q, 0 <= delta <= 1 - gamma/2 - q

        Returns
        -------
        mass, bound : float
            and the proof's bound of it
        """
        mass, bound = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_lift_mass, field(f, self, "f"), field(phi, self, "phi"), q, delta, ctypes.byref(mass),
                   ctypes.byref(bound))
        return mass.value, bound.value

    def comparison_constant(self, f: Field) -> float:
        """C of Lemma 5.7.

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density, per velocity volume

        Returns
        -------
        float
            by the proof's steps
        """
        return self._number(lib.grz_operator_comparison_constant, field(f, self, "f"))

    def comparison(self, f0: Field, f1: Field, distance: float) -> tuple[float, float]:
        """Both sides of Lemma 5.7.

        Parameters
        ----------
        f0, f1 : array_like (n, n, n) or Distribution
            densities, per velocity volume
        distance : float
            an upper bound of their distance

        Returns
        -------
        difference : float
            the largest |int psi d(f0 - f1)|
        bound : float
            C times the distance
        """
        difference, bound = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_comparison, field(f0, self, "f0"), field(f1, self, "f1"), distance, ctypes.byref(difference),
                   ctypes.byref(bound))
        return difference.value, bound.value

    def coercivity(self, f: Field, R: float) -> dict[str, float]:
        """Both sides and all constants of the coercivity estimate (B.1).

        Parameters
        ----------
        f : array_like (n, n, n) or Distribution
            density > 0, per velocity volume
        R : float
            >= 1, the ball of R + 1 within the box, in velocity

        Returns
        -------
        dict
            "left", "right", "dissipation", "c1", ... (grz_coercivity_term)
        """
        names = short_names("grz_coercivity_term")
        terms = np.empty(len(names))
        self._call(lib.grz_operator_coercivity, field(f, self, "f"), R, len(terms), terms)
        return dict(zip(names, terms.tolist()))

    @property
    def fit_error(self) -> float:
        """The radial tensor scheme's own error, relative."""
        return self._number(lib.grz_operator_fit_error)

    @property
    def projection_size(self) -> float:
        """Of the last application: the largest correction of the conservation projection over the largest |Q|."""
        return self._number(lib.grz_operator_projection_size)

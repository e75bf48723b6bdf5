"""Collision operators and functionals of a density."""
import ctypes

import numpy as np

from .distribution import Distribution, Grid, field
from .handle import Handle, new_lock, read, write
from .kernel import Kernel
from .library import declarations, enums, lib, number, short_names
from .sphere import collision_callback, field_callback, given, pair_callback


class Options:
    """op["accuracy"] = 3, op["accuracy"]: options by name or by number."""

    _options = _set = _get = _bounds = None

    def __setitem__(self, option, value):
        self._call(self._set, number(self._options, option), value)

    def __getitem__(self, option):
        return self._number(self._get, number(self._options, option))

    def option_bounds(self, option):
        """Minimum, maximum and initial value."""
        bounds = [ctypes.c_double() for _ in range(3)]
        self._call(self._bounds, number(self._options, option), *map(ctypes.byref, bounds))
        return tuple(bound.value for bound in bounds)

    def set_options(self, **options):
        for name, value in options.items():
            self[name] = value


class Operator(Options, Handle):
    """The "boltzmann" or "landau" operator by the "entropic" or the "spectral" method. Options follow by name: accuracy=3. Arrays have the
    grid's shape; results go to out= if given. One thread at a time uses the operator, others wait."""

    _options, _set, _get = "grz_operator_option", lib.grz_operator_set_option, lib.grz_operator_option_value
    _bounds = lib.grz_operator_option_bounds

    def __init__(self, grid, kernel, equation="boltzmann", method="entropic", **options):
        self._lock = new_lock()
        self._make("grz_operator", grid._context, lib.grz_operator_create, grid._context, grid._pointer, kernel._pointer, number("grz_equation", equation),
                   number("grz_method", method), keep=grid._keep + kernel._keep)
        self._on(grid)
        self.set_options(**options)

    @classmethod
    def _of(cls, handle, function):
        """The operator that a handle lends."""
        operator = handle._borrow("grz_operator", function, cls)
        operator._lock = handle._lock
        operator._on(handle)
        return operator

    @property
    def grid(self):
        return Grid._of(self, lib.grz_operator_grid)

    @property
    def kernel(self):
        return self._borrow("grz_kernel", lib.grz_operator_kernel, Kernel)

    @property
    def equation(self):
        return enums["grz_equation"](lib.grz_operator_equation(self._pointer))

    @property
    def method(self):
        return enums["grz_method"](lib.grz_operator_method(self._pointer))

    def setup(self):
        self._call(lib.grz_operator_setup)

    @property
    def node_count(self):
        return self._number(lib.grz_operator_node_count, kind=ctypes.c_int64)

    @property
    def workspace(self):
        """Bytes."""
        return self._number(lib.grz_operator_workspace, kind=ctypes.c_int64)

    def apply(self, f, out=None):
        """Q(f, f)."""
        f = field(f, self, "f")
        out = write(out, self.shape, f)
        self._call(lib.grz_operator_apply, f, out)
        return out

    __call__ = apply

    def apply_bilinear(self, f, g, out=None):
        """(Q(f, g) + Q(g, f))/2 (spectral)."""
        f, g = field(f, self, "f"), field(g, self, "g")
        out = write(out, self.shape, f, g)
        self._call(lib.grz_operator_apply_bilinear, f, g, out)
        return out

    def apply_batch(self, f, out=None):
        """Q of every density of an array (count, n, n, n)."""
        if not isinstance(f, np.ndarray):
            f = [field(one, self, f"f[{i}]") for i, one in enumerate(f)]
        f = read(f, (-1,) + self.shape, "f")
        out = write(out, f.shape, f)
        self._call(lib.grz_operator_apply_batch, len(f), f, out)
        return out

    def weak_form(self, f, psi):
        """<Q(f, f), psi>."""
        return self._number(lib.grz_operator_weak_form, field(f, self, "f"), field(psi, self, "psi"))

    def onsager(self, f, phi, out=None):
        """K_f phi."""
        f, phi = field(f, self, "f"), field(phi, self, "phi")
        out = write(out, self.shape, f, phi)
        self._call(lib.grz_operator_onsager, f, phi, out)
        return out

    def action(self, f, phi):
        """Action of the rate with potential phi."""
        return self._number(lib.grz_operator_action, field(f, self, "f"), field(phi, self, "phi"))

    def action_variation(self, f, phi, out=None):
        """G(f, phi): the first variation in f of half the action."""
        f, phi = field(f, self, "f"), field(phi, self, "phi")
        out = write(out, self.shape, f, phi)
        self._call(lib.grz_operator_action_variation, f, phi, out)
        return out

    def metric_bound(self, f, g, psi):
        """The affine lower bound (7.1) of |f'|^2 by psi, and that of its best multiple."""
        bound, best = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_metric_bound, field(f, self, "f"), field(g, self, "g"), field(psi, self, "psi"),
                   ctypes.byref(bound), ctypes.byref(best))
        return bound.value, best.value

    def estimate_error(self, f, dissipation=True):
        """Quadrature error against the next level: of Q relative to its maximum, and of D (None where it is not asked)."""
        Q, D = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_estimate_error, field(f, self, "f"), ctypes.byref(Q), ctypes.byref(D) if dissipation else None)
        return Q.value, D.value if dissipation else None

    def largest_rate(self, f):
        """The largest rate at which the linearised operator relaxes or oscillates about f: explicit steps times it stay within a scheme's stability
        interval."""
        return self._number(lib.grz_operator_largest_rate, field(f, self, "f"))

    def health(self, f):
        """Whether box, grid and radius suit f: a dictionary of the terms of grz_health_term by name, in lower case, and a sentence of advice."""
        terms, advice = np.empty(declarations.constants["GRZ_HEALTH_TERM_COUNT"]), ctypes.c_char_p()
        self._call(lib.grz_operator_health, field(f, self, "f"), terms, ctypes.byref(advice))
        names = {value: name for name, value in declarations.enums["grz_health_term"].items() if name != "GRZ_HEALTH_TERM_COUNT"}
        return {names[i][len("GRZ_HEALTH_TERM_"):].lower(): float(terms[i]) for i in sorted(names)}, advice.value.decode()

    def overshoot(self, f):
        """How far the spline through log f exceeds f's maximum between the nodes: near 1 where the grid resolves f."""
        return self._number(lib.grz_operator_overshoot, field(f, self, "f"))

    def spheres(self):
        """How an entropic operator sums over the sphere of each radius: dictionaries of r, collisions (a Collisions, None where Landau's form is
        all), directions, landau."""
        count = self._number(lib.grz_operator_sphere_count, kind=ctypes.c_int32)
        result = []
        for index in range(count):
            r, collisions, directions, landau = ctypes.c_double(), ctypes.c_int32(), ctypes.c_int32(), ctypes.c_double()
            self._call(lib.grz_operator_sphere, index, *map(ctypes.byref, (r, collisions, directions, landau)))
            kind = enums["grz_collisions"](collisions.value) if collisions.value else None
            result.append({"r": r.value, "collisions": kind, "directions": directions.value, "landau": landau.value})
        return result

    def _affine(self, function, f, test, kind, optimal, make):
        """test: a Python function, or an Interpolant of f for the optimal one."""
        interpolant = test if isinstance(test, Handle) else None
        hook = given(optimal, kind) if interpolant else make(test)
        numbers = [ctypes.c_double() for _ in range(3)]
        self._call(function, field(f, self, "f"), hook, interpolant and interpolant._pointer, *map(ctypes.byref, numbers))
        return tuple(value.value for value in numbers)

    def affine_bound(self, f, psi):
        """Lower bound (6.2) of the square-root dissipation by psi(v, v_star), that of the best multiple of psi, and the gap."""
        return self._affine(lib.grz_operator_affine_bound, f, psi, "grz_pair_fn", lib.grz_optimal_pair, pair_callback)

    def affine_field_bound(self, f, xi):
        """The same by xi(v, v_star) -> (count, 3), (6.3) (Landau)."""
        return self._affine(lib.grz_operator_affine_field_bound, f, xi, "grz_pair_vector_fn", lib.grz_optimal_field, field_callback)

    def affine_jump_bound(self, f, psi):
        """The same by psi(v, v_star, sigma), (6.12) (Boltzmann)."""
        return self._affine(lib.grz_operator_affine_jump_bound, f, psi, "grz_collision_rate_fn", lib.grz_optimal_jump, collision_callback)

    def lift_mass(self, f, phi, q, delta):
        """Weighted mass of Proposition 5.5 for the rate of potential phi, and its bound."""
        mass, bound = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_lift_mass, field(f, self, "f"), field(phi, self, "phi"), q, delta, ctypes.byref(mass),
                   ctypes.byref(bound))
        return mass.value, bound.value

    def comparison_constant(self, f):
        """C of Lemma 5.7."""
        return self._number(lib.grz_operator_comparison_constant, field(f, self, "f"))

    def comparison(self, f0, f1, distance):
        """Both sides of Lemma 5.7: the largest |int psi d(f0 - f1)|, and C times the distance."""
        difference, bound = ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_operator_comparison, field(f0, self, "f0"), field(f1, self, "f1"), distance, ctypes.byref(difference),
                   ctypes.byref(bound))
        return difference.value, bound.value

    def coercivity(self, f, R):
        """Both sides and all constants of the coercivity estimate (B.1), by name: "left", "right", "c1", ..."""
        names = short_names("grz_coercivity_term")
        terms = np.empty(len(names))
        self._call(lib.grz_operator_coercivity, field(f, self, "f"), R, len(terms), terms)
        return dict(zip(names, terms.tolist()))

    @property
    def fit_error(self):
        return self._number(lib.grz_operator_fit_error)

    @property
    def projection_size(self):
        return self._number(lib.grz_operator_projection_size)


class Functional(Handle):
    """A functional of a density, made by the class methods: its value by calling it, its first variation."""

    @classmethod
    def _new(cls, parent, create, *arguments, lock=None):
        functional = cls.__new__(cls)
        functional._lock = lock or new_lock()
        functional._make("grz_functional", parent._context, create, parent._context, *arguments, keep=parent._keep)
        functional._on(parent)
        return functional

    @classmethod
    def entropy(cls, grid):
        return cls._new(grid, lib.grz_functional_create_entropy, grid._pointer)

    @classmethod
    def relative_entropy(cls, reference):
        return cls._new(reference, lib.grz_functional_create_relative_entropy, reference._pointer)

    @classmethod
    def fisher(cls, grid):
        return cls._new(grid, lib.grz_functional_create_fisher, grid._pointer)

    @classmethod
    def dissipation(cls, operator, square_root=False):
        """D_B or D_L of an operator; with square_root D_B^R."""
        kind = number("grz_functional_type", "dissipation_square_root" if square_root else "dissipation")
        return cls._new(operator, lib.grz_functional_create_dissipation, operator._pointer, kind, lock=operator._lock)

    @property
    def type(self):
        return enums["grz_functional_type"](lib.grz_functional_type_of(self._pointer))

    @property
    def grid(self):
        return Grid._of(self, lib.grz_functional_grid)

    def evaluate(self, f):
        return self._number(lib.grz_functional_evaluate, field(f, self, "f"))

    __call__ = evaluate

    def first_variation(self, f, out=None):
        """dF/df; out may be f itself."""
        f = field(f, self, "f")
        out = write(out, self.shape) if out is f else write(out, self.shape, f)
        self._call(lib.grz_functional_first_variation, f, out)
        return out

    def fisher_bound(self, f, psi):
        """Lower bound of the Fisher information by psi (Remark 2.9), that of the best multiple of psi, and the gap."""
        numbers = [ctypes.c_double() for _ in range(3)]
        self._call(lib.grz_functional_fisher_bound, field(f, self, "f"), field(psi, self, "psi"), *map(ctypes.byref, numbers))
        return tuple(value.value for value in numbers)


class Metric(Options, Handle):
    """Solver for metric derivatives of an entropic operator. Options by name: tolerance=1e-8."""

    _options, _set, _get = "grz_metric_option", lib.grz_metric_set_option, lib.grz_metric_option_value
    _bounds = lib.grz_metric_option_bounds

    def __init__(self, operator, **options):
        self._lock = operator._lock
        self._make("grz_metric", operator._context, lib.grz_metric_create, operator._context, operator._pointer, keep=operator._keep)
        self._on(operator)
        self.set_options(**options)

    def derivative(self, f, g, dense=False):
        """|f'|^2 for the time derivative g of f, and the optimal potential phi; (inf, None) when no rate produces g."""
        phi, value = np.empty(self.shape), ctypes.c_double()
        function = lib.grz_metric_derivative_dense if dense else lib.grz_metric_derivative
        self._call(function, field(f, self, "f"), field(g, self, "g"), ctypes.byref(value), phi)
        return value.value, phi if np.isfinite(value.value) else None

    def gap(self, f, g, psi):
        """|f'|^2 minus the affine bound (7.1) by psi, as a sum of squares."""
        return self._number(lib.grz_metric_gap, field(f, self, "f"), field(g, self, "g"), field(psi, self, "psi"))

    def spectrum(self, f, modes=False):
        """Rates of K_f relative to f, ascending; with modes also the grid functions, (n^3, n, n, n)."""
        count = int(np.prod(self.shape))
        rates, functions = np.empty(count), np.empty((count,) + self.shape) if modes else None
        self._call(lib.grz_metric_spectrum, field(f, self, "f"), rates, functions)
        return (rates, functions) if modes else rates

    @property
    def operator(self):
        return Operator._of(self, lib.grz_metric_operator)

    @property
    def iterations(self):
        return lib.grz_metric_iterations(self._pointer)

    @property
    def residual(self):
        return lib.grz_metric_residual(self._pointer)

    @property
    def unreachable(self):
        """The moment (a Moment) that put the last derivative out of reach, or Moment.MOMENT_NONE."""
        return enums["grz_moment"](lib.grz_metric_unreachable(self._pointer))

"""Collision kernels."""
from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from .handle import Handle, broadcast, incoming, outgoing, read
from .hints import Array, ArrayLike, Name
from .library import callback, enums, lib, number, text

if TYPE_CHECKING:
    from .context import Context


def _speed(relative_speed: float | None) -> float:
    return math.nan if relative_speed is None else relative_speed


def _named(step: tuple) -> str:
    """A step of a recipe as it is written."""
    name, *arguments = step
    return f"{name}({', '.join('...' if isinstance(a, tuple) else f'{a:.6g}' if isinstance(a, float) else getattr(a, '__name__', repr(a)) for a in arguments)})"


class Kernel(Handle):
    """A collision kernel B(|z|, theta) sin(theta) = |z|^gamma beta^eps(theta), made by the class methods. Immutable, for any number of threads.

    Kernels made by the same calls are equal. They can be pickled, those of Python functions if their functions can.
    """

    @classmethod
    def _new(cls, context: Any, recipe: tuple, create: Callable, *arguments: Any, keep: tuple = ()) -> Kernel:
        """recipe: the calls that make it, each a name and its arguments."""
        kernel = cls.__new__(cls)
        kernel._make("grz_kernel", context._context, create, context._context, *arguments, keep=context._keep + tuple(keep), recipe=recipe)
        return kernel

    @classmethod
    def power_law(cls, context: Context, gamma: float, nu: float, c: float = 0.0) -> Kernel:
        """beta = c theta^(-1-nu).

        Parameters
        ----------
        context : Context
            that it belongs to
        gamma : float
            -4 to 1
        nu : float
            0 < nu < 2
        c : float
            > 0; 0 normalises by (2.2)

        Returns
        -------
        Kernel
            at eps = pi
        """
        return cls._new(context, (("power_law", float(gamma), float(nu), float(c)),), lib.grz_kernel_create_power_law, gamma, nu, c)

    @classmethod
    def inverse_power(cls, context: Context, s: float, scattering: Name = "power_law", normalise: bool = True) -> Kernel:
        """Of the potential rho^-(s-1).

        Parameters
        ----------
        context : Context
            that it belongs to
        s : float
            2 < s <= 1e6
        scattering : {"power_law", "classical"}
            the law: its leading power, or of the deflection integral
        normalise : bool
            by (2.2)

        Returns
        -------
        Kernel
            at eps = pi
        """
        law = number("grz_scattering", scattering)
        return cls._new(context, (("inverse_power", float(s), law, bool(normalise)),), lib.grz_kernel_create_inverse_power, s, law, bool(normalise))

    @classmethod
    def coulomb(cls, context: Context, eps: float, scattering: Name = "power_law") -> Kernel:
        """gamma = -3, nu = 2 with the logarithmic cutoff of Remark 2.6.

        Parameters
        ----------
        context : Context
            that it belongs to
        eps : float
            angle of the cutoff, 1e-300 to 1; 0 is the grazing limit
        scattering : {"power_law", "classical"}
            the leading power, or Rutherford's law

        Returns
        -------
        Kernel
            at this eps
        """
        law = number("grz_scattering", scattering)
        return cls._new(context, (("coulomb", float(eps), law),), lib.grz_kernel_create_coulomb, eps, law)

    @classmethod
    def vhs(cls, context: Context, gamma: float, b0: float = 0.0) -> Kernel:
        """Variable hard spheres, B = |z|^gamma b0.

        Parameters
        ----------
        context : Context
            that it belongs to
        gamma : float
            -4 to 1
        b0 : float
            > 0; 0 normalises by (2.2)

        Returns
        -------
        Kernel
            at eps = pi
        """
        return cls._new(context, (("vhs", float(gamma), float(b0)),), lib.grz_kernel_create_vhs, gamma, b0)

    @classmethod
    def table(cls, context: Context, gamma: float, nu: float, theta: ArrayLike, beta: ArrayLike) -> Kernel:
        """beta by its values.

        Parameters
        ----------
        context : Context
            that it belongs to
        gamma : float
            -4 to 1
        nu : float
            exponent of the singularity, -1 <= nu < 2
        theta : array_like (count,)
            increasing angles in (0, pi/2]
        beta : array_like (count,)
            values there, >= 0

        Returns
        -------
        Kernel
            at eps = pi
        """
        theta = read(theta, (-1,), "theta")
        beta = read(beta, theta.shape, "beta")
        recipe = ("table", float(gamma), float(nu), tuple(theta.tolist()), tuple(beta.tolist()))
        return cls._new(context, (recipe,), lib.grz_kernel_create_table, gamma, nu, len(theta), theta, beta)

    @classmethod
    def callback(cls, context: Context, gamma: float, nu: float, beta: Callable[[Array], ArrayLike]) -> Kernel:
        """beta by a Python function.

        Parameters
        ----------
        context : Context
            that it belongs to
        gamma : float
            -4 to 1
        nu : float
            exponent of the singularity, -1 <= nu < 2
        beta : callable
            beta(theta) >= 0 of an array (count,) of angles; theta^(1+nu) beta smooth

        Returns
        -------
        Kernel
            at eps = pi
        """

        def call(count, theta, out, user):
            outgoing(out, (count,), beta(incoming(theta, (count,))), "beta")

        hook = callback("grz_beta_fn", call)
        return cls._new(context, (("callback", float(gamma), float(nu), beta),), lib.grz_kernel_create_callback, gamma, nu, hook, None, keep=(hook,))

    @classmethod
    def general(cls, context: Context, gamma: float, nu: float, beta: Callable[[float, Array], ArrayLike]) -> Kernel:
        """B(z, theta) sin(theta) by a Python function (Remark 2.5).

        Parameters
        ----------
        context : Context
            that it belongs to
        gamma : float
            |z|^-gamma beta is smooth near z = 0
        nu : float
            exponent of the singularity, -1 <= nu < 2
        beta : callable
            beta(z, theta) >= 0 of one relative speed z and an array (count,) of angles

        Returns
        -------
        Kernel
            at eps = pi
        """

        def call(speed, count, theta, out, user):
            outgoing(out, (count,), beta(speed, incoming(theta, (count,))), "beta")

        hook = callback("grz_general_beta_fn", call)
        return cls._new(context, (("general", float(gamma), float(nu), beta),), lib.grz_kernel_create_general, gamma, nu, hook, None, keep=(hook,))

    @property
    def _recipe(self) -> tuple:
        return self._pointer.recipe

    def scale(self, eps: float) -> Kernel:
        """The same law at another eps (A2).

        Parameters
        ----------
        eps : float
            0 to pi, of the unscaled law; 0 is the grazing limit

        Returns
        -------
        Kernel
            a new one
        """
        unscaled = tuple(step for step in self._recipe if step[0] != "scale")
        return self._new(self, (*unscaled, ("scale", float(eps))), lib.grz_kernel_create_scaled, self._pointer, eps)

    def multiply(self, factor: float) -> Kernel:
        """The kernel times a number.

        Parameters
        ----------
        factor : float
            > 0

        Returns
        -------
        Kernel
            a new one
        """
        return self._new(self, (*self._recipe, ("multiply", float(factor))), lib.grz_kernel_create_multiplied, self._pointer, factor)

    def cut_off_kinetic(self) -> Kernel:
        """With min(1, |z|^gamma) for |z|^gamma (appendix B)."""
        return self._new(self, (*self._recipe, ("cut_off_kinetic",)), lib.grz_kernel_create_cut_off_kinetic, self._pointer)

    # As a Python object.

    def _describe(self) -> str:
        return "Kernel." + ".".join(map(_named, self._recipe))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kernel) and self._recipe == other._recipe

    def __hash__(self) -> int:
        return hash(self._recipe)

    def __reduce__(self) -> tuple:
        return kernel_of, (self.context, self._recipe)

    @property
    def type(self) -> Any:
        """A KernelType."""
        return enums["grz_kernel_type"](lib.grz_kernel_type_of(self._pointer))

    @property
    def kernel_class(self) -> Any:
        """A KernelClass: hard, Maxwell, moderately or very soft."""
        return enums["grz_kernel_class"](lib.grz_kernel_class_of(self._pointer))

    @property
    def gamma(self) -> float:
        """Exponent of |z|."""
        return lib.grz_kernel_gamma(self._pointer)

    @property
    def nu(self) -> float:
        """Exponent of the singularity at theta = 0."""
        return lib.grz_kernel_nu(self._pointer)

    @property
    def eps(self) -> float:
        """The grazing parameter."""
        return lib.grz_kernel_eps(self._pointer)

    def _pointwise(self, function: Callable, *inputs: ArrayLike) -> Array:
        arrays = broadcast(*inputs)
        result = np.empty(arrays[0].shape)
        self._call(function, result.size, *arrays, result)
        return result

    def beta(self, theta: ArrayLike) -> Array:
        """The unscaled beta.

        Parameters
        ----------
        theta : array_like
            angles in (0, pi/2], of any shape

        Returns
        -------
        ndarray
            of that shape
        """
        return self._pointwise(lib.grz_kernel_beta, theta)

    def beta_eps(self, theta: ArrayLike) -> Array:
        """beta^eps, zero beyond eps/2.

        Parameters
        ----------
        theta : array_like
            angles in (0, pi/2], of any shape

        Returns
        -------
        ndarray
            of that shape
        """
        return self._pointwise(lib.grz_kernel_beta_eps, theta)

    def B(self, relative_speed: ArrayLike, theta: ArrayLike) -> Array:
        """B^eps(z, theta).

        Parameters
        ----------
        relative_speed : array_like
            z > 0, in velocity
        theta : array_like
            angles in (0, pi/2]; shapes broadcast

        Returns
        -------
        ndarray
            of the common shape
        """
        return self._pointwise(lib.grz_kernel_B, relative_speed, theta)

    def angular_momentum_transfer(self, relative_speed: float | None = None) -> float:
        """int theta^2 beta^eps dtheta (2.2).

        Parameters
        ----------
        relative_speed : float, optional
            z > 0, which a general kernel needs

        Returns
        -------
        float
            8/pi when normalised
        """
        return self._number(lib.grz_kernel_angular_momentum_transfer, _speed(relative_speed))

    def landau_constant(self, relative_speed: float | None = None) -> float:
        """C_beta.

        Parameters
        ----------
        relative_speed : float, optional
            z > 0, which a general kernel needs

        Returns
        -------
        float
            1 when normalised
        """
        return self._number(lib.grz_kernel_landau_constant, _speed(relative_speed))

    def spectrum(self, relative_speed: float | None, lmax: int) -> Array:
        """Eigenvalues on the sphere of directions.

        Parameters
        ----------
        relative_speed : float or None
            z > 0, which a general kernel needs
        lmax : int
            0 to 2000

        Returns
        -------
        ndarray (lmax + 1,)
            lambda_0, ..., lambda_lmax
        """
        result = np.empty(max(lmax, 0) + 1)
        self._call(lib.grz_kernel_spectrum, _speed(relative_speed), lmax, result)
        return result

    def moments(self, relative_speed: float | None, kmax: int) -> Array:
        """m_k = 2 pi int beta^eps sin^(2k)(theta/2) dtheta.

        Parameters
        ----------
        relative_speed : float or None
            z > 0, which a general kernel needs
        kmax : int
            1 to 100

        Returns
        -------
        ndarray (kmax,)
            m_1, ..., m_kmax
        """
        result = np.empty(max(kmax, 1))
        self._call(lib.grz_kernel_moments, _speed(relative_speed), kmax, result)
        return result

    def kinetic_factor(self, relative_speed: float) -> float:
        """|z|^gamma or its kinetic cutoff.

        Parameters
        ----------
        relative_speed : float
            z > 0

        Returns
        -------
        float
            1 for a general kernel
        """
        return self._number(lib.grz_kernel_kinetic_factor, relative_speed)

    def total_cross_section(self, relative_speed: float) -> float:
        """T^eps(z) of (2.3).

        Parameters
        ----------
        relative_speed : float
            z > 0

        Returns
        -------
        float
            int theta^2 sin(theta) B^eps dtheta
        """
        return self._number(lib.grz_kernel_total_cross_section, relative_speed)

    def cancellation(self, form: Name, relative_speed: float) -> float:
        """S^eps(z) of Lemma B.1.

        Parameters
        ----------
        form : {"power", "kinetic"}
            for |z|^gamma or its kinetic cutoff
        relative_speed : float
            z > 0

        Returns
        -------
        float
            S^eps
        """
        return self._number(lib.grz_kernel_cancellation, number("grz_cancellation", form), relative_speed)

    def cancellation_bound(self, relative_speed: float) -> float:
        """The bound of Lemma B.1.

        Parameters
        ----------
        relative_speed : float
            z > 0

        Returns
        -------
        float
            at most 12 under (2.2)
        """
        return self._number(lib.grz_kernel_cancellation_bound, relative_speed)

    def _condition(self, function: Callable) -> tuple[bool, str | None]:
        holds, reason = ctypes.c_int32(), ctypes.c_char_p()
        self._call(function, ctypes.byref(holds), ctypes.byref(reason))
        return bool(holds.value), text(reason.value)

    def satisfies_A2(self) -> tuple[bool, str | None]:
        """Whether (A2) holds, and why or why not."""
        return self._condition(lib.grz_kernel_satisfies_A2)

    def satisfies_2_3(self) -> tuple[bool, str | None]:
        """Whether (2.3) holds, and why or why not."""
        return self._condition(lib.grz_kernel_satisfies_2_3)


def kernel_of(context: Context, recipe: tuple) -> Kernel:
    """The kernel that these calls make."""
    (name, *arguments), *others = recipe
    kernel = getattr(Kernel, name)(context, *arguments)
    for name, *arguments in others:
        kernel = getattr(kernel, name)(*arguments)
    return kernel

"""Collision kernels."""
import ctypes
import math

import numpy as np

from .handle import Handle, broadcast, incoming, outgoing, read
from .library import callback, enums, lib, number, text


def _speed(relative_speed):
    return math.nan if relative_speed is None else relative_speed


class Kernel(Handle):
    """A collision kernel; see the section kernel of grazing.h. Made by the class methods, immutable, for any number of threads."""

    @classmethod
    def _new(cls, context, create, *arguments, keep=()):
        kernel = cls.__new__(cls)
        kernel._make("grz_kernel", context._context, create, context._context, *arguments, keep=context._keep + tuple(keep))
        return kernel

    @classmethod
    def power_law(cls, context, gamma, nu, c=0.0):
        """|z|^gamma c theta^(-1-nu); c = 0 normalises by (2.2)."""
        return cls._new(context, lib.grz_kernel_create_power_law, gamma, nu, c)

    @classmethod
    def inverse_power(cls, context, s, scattering="power_law", normalise=True):
        """Potential rho^-(s-1), with the "power_law" or the "classical" scattering law."""
        return cls._new(context, lib.grz_kernel_create_inverse_power, s, number("grz_scattering", scattering), bool(normalise))

    @classmethod
    def coulomb(cls, context, eps, scattering="power_law"):
        """gamma = -3, nu = 2 with the logarithmic cutoff of Remark 2.6 at angle eps."""
        return cls._new(context, lib.grz_kernel_create_coulomb, eps, number("grz_scattering", scattering))

    @classmethod
    def vhs(cls, context, gamma, b0=0.0):
        """Variable hard spheres; b0 = 0 normalises."""
        return cls._new(context, lib.grz_kernel_create_vhs, gamma, b0)

    @classmethod
    def table(cls, context, gamma, nu, theta, beta):
        """beta at increasing angles, with its singularity exponent nu."""
        theta = read(theta, (-1,), "theta")
        beta = read(beta, theta.shape, "beta")
        return cls._new(context, lib.grz_kernel_create_table, gamma, nu, len(theta), theta, beta)

    @classmethod
    def callback(cls, context, gamma, nu, beta):
        """beta(theta) of an array of angles, theta^(1+nu) beta smooth."""

        def call(count, theta, out, user):
            outgoing(out, (count,), beta(incoming(theta, (count,))), "beta")

        hook = callback("grz_beta_fn", call)
        return cls._new(context, lib.grz_kernel_create_callback, gamma, nu, hook, None, keep=(hook,))

    @classmethod
    def general(cls, context, gamma, nu, beta):
        """beta(z, theta) = B(z, theta) sin(theta) of one relative speed z and an array of angles (Remark 2.5)."""

        def call(speed, count, theta, out, user):
            outgoing(out, (count,), beta(speed, incoming(theta, (count,))), "beta")

        hook = callback("grz_general_beta_fn", call)
        return cls._new(context, lib.grz_kernel_create_general, gamma, nu, hook, None, keep=(hook,))

    def scale(self, eps):
        """The same law at another eps (A2); eps = 0 is the grazing limit."""
        return self._new(self, lib.grz_kernel_create_scaled, self._pointer, eps)

    def multiply(self, factor):
        return self._new(self, lib.grz_kernel_create_multiplied, self._pointer, factor)

    def cut_off_kinetic(self):
        """With min(1, |z|^gamma) for |z|^gamma (appendix B)."""
        return self._new(self, lib.grz_kernel_create_cut_off_kinetic, self._pointer)

    @property
    def type(self):
        return enums["grz_kernel_type"](lib.grz_kernel_type_of(self._pointer))

    @property
    def kernel_class(self):
        return enums["grz_kernel_class"](lib.grz_kernel_class_of(self._pointer))

    @property
    def gamma(self):
        return lib.grz_kernel_gamma(self._pointer)

    @property
    def nu(self):
        return lib.grz_kernel_nu(self._pointer)

    @property
    def eps(self):
        return lib.grz_kernel_eps(self._pointer)

    def _pointwise(self, function, *inputs):
        inputs = broadcast(*inputs)
        result = np.empty(inputs[0].shape)
        self._call(function, result.size, *inputs, result)
        return result

    def beta(self, theta):
        """The unscaled beta at angles of any shape."""
        return self._pointwise(lib.grz_kernel_beta, theta)

    def beta_eps(self, theta):
        return self._pointwise(lib.grz_kernel_beta_eps, theta)

    def B(self, relative_speed, theta):
        """B^eps(z, theta) of speeds and angles that broadcast."""
        return self._pointwise(lib.grz_kernel_B, relative_speed, theta)

    def angular_momentum_transfer(self, relative_speed=None):
        """int theta^2 beta^eps; general kernels need the speed, here and below, for the others it may be None."""
        return self._number(lib.grz_kernel_angular_momentum_transfer, _speed(relative_speed))

    def landau_constant(self, relative_speed=None):
        return self._number(lib.grz_kernel_landau_constant, _speed(relative_speed))

    def spectrum(self, relative_speed, lmax):
        """lambda_0, ..., lambda_lmax."""
        result = np.empty(max(lmax, 0) + 1)
        self._call(lib.grz_kernel_spectrum, _speed(relative_speed), lmax, result)
        return result

    def moments(self, relative_speed, kmax):
        """m_1, ..., m_kmax."""
        result = np.empty(max(kmax, 1))
        self._call(lib.grz_kernel_moments, _speed(relative_speed), kmax, result)
        return result

    def kinetic_factor(self, relative_speed):
        return self._number(lib.grz_kernel_kinetic_factor, relative_speed)

    def total_cross_section(self, relative_speed):
        return self._number(lib.grz_kernel_total_cross_section, relative_speed)

    def cancellation(self, form, relative_speed):
        """S^eps of Lemma B.1, of the "power" or the "kinetic" form."""
        return self._number(lib.grz_kernel_cancellation, number("grz_cancellation", form), relative_speed)

    def cancellation_bound(self, relative_speed):
        return self._number(lib.grz_kernel_cancellation_bound, relative_speed)

    def _condition(self, function):
        holds, reason = ctypes.c_int32(), ctypes.c_char_p()
        self._call(function, ctypes.byref(holds), ctypes.byref(reason))
        return bool(holds.value), text(reason.value)

    def satisfies_A2(self):
        """Whether (A2) holds, and why or why not."""
        return self._condition(lib.grz_kernel_satisfies_A2)

    def satisfies_2_3(self):
        return self._condition(lib.grz_kernel_satisfies_2_3)

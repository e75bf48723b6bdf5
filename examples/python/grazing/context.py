"""Contexts: threads, messages, progress, cancelling, allocator; and what the library keeps for them or for the process."""
from __future__ import annotations

import contextlib
import ctypes
import uuid
import weakref
from typing import Any, Callable, Iterator

from .handle import Handle
from .library import callback, check, constants, lib, text
from .progress import ProgressBar
from .hints import Path

_contexts: weakref.WeakValueDictionary = weakref.WeakValueDictionary()  # handles by identity


class _Progress:
    """The context's one progress callback. It is always there, so that Ctrl-C arrives during long work."""

    def __init__(self) -> None:
        self.function: Any = None

    def __call__(self, stage: bytes, fraction: float, user: Any) -> Any:
        if self.function is None:
            return False
        self.shown = True
        return self.function(stage.decode(), fraction)

    shown = False

    def done(self) -> None:
        """The call has ended, and with it its bar."""
        if isinstance(self.function, ProgressBar) and self.function.whole is None:
            self.function.close()
        self.shown = False

    def during(self, stage: str) -> Any:
        """One bar for the whole of this stage, where a bar is drawn."""
        return self.function.during(stage) if isinstance(self.function, ProgressBar) else contextlib.nullcontext()


class Context(Handle):
    """What calls share: threads, messages, progress, a flag to cancel. Every handle belongs to one, and those of several do not mix.

    Pickled handles bring their context along: in a process that has it they join it, in another one a context like it is made once.

    Parameters
    ----------
    threads : int, optional
        how many one call may use, 1 to 1024; 0 or None for OpenMP's default
    progress : bool or callable, optional
        True for a bar (ProgressBar), or a function (stage, fraction) that returns true to cancel
    allocator : (callable, callable), optional
        (allocate(size) -> address or 0, release(address)) for all memory of the context and its handles
    """

    def __init__(self, threads: int | None = None, progress: bool | Callable[[str, float], Any] | None = None,
                 allocator: tuple[Callable[[int], int], Callable[[int], Any]] | None = None):
        if allocator is None:
            self._make("grz_context", None, lib.grz_context_create)
        else:
            allocate, release = allocator
            hooks = lib.grz_allocate_fn(lambda size, user: allocate(size)), lib.grz_release_fn(lambda pointer, user: release(pointer))
            self._make("grz_context", None, lib.grz_context_create_with_allocator, *hooks, None, keep=hooks)
        self._context = self._pointer
        self._pointer.hook = self._progress = _Progress()
        hook = callback("grz_progress_fn", self._progress)
        self._pointer.keep += (hook,)
        self._call(lib.grz_context_set_progress, hook, None)
        if threads is not None:
            self.threads = threads
        self.progress = progress  # type: ignore[assignment]

    @classmethod
    def _of(cls, pointer: Any) -> Context:
        context = cls.__new__(cls)
        context._context = context._pointer = pointer
        context._progress = pointer.hook
        return context

    def _describe(self) -> str:
        return f"Context(threads={self.threads})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Context) and not self.closed and not other.closed and self._pointer.value == other._pointer.value

    def __hash__(self) -> int:
        return hash(self._pointer.value)

    def __reduce__(self) -> tuple:
        pointer = self._pointer
        if pointer.identity is None:
            pointer.identity = uuid.uuid4().hex
            _contexts[pointer.identity] = pointer
        return _context_again, (pointer.identity, self.threads, self.measured_plans)

    @property
    def threads(self) -> int:
        """Threads that one call may use, at least 1."""
        return lib.grz_context_threads(self._pointer)

    @threads.setter
    def threads(self, count: int) -> None:
        self._call(lib.grz_context_set_threads, count)

    @property
    def progress(self) -> Callable[[str, float], Any] | None:
        """The function (stage, fraction) called during long work, or None; True sets a ProgressBar."""
        return self._progress.function

    @progress.setter
    def progress(self, function: Any) -> None:
        self._progress.function = ProgressBar() if function is True else function or None

    @property
    def measured_plans(self) -> bool:
        """Whether spectral operators let FFTW measure its plans."""
        return bool(lib.grz_context_measured_plans(self._pointer))

    @measured_plans.setter
    def measured_plans(self, measured: bool) -> None:
        self._call(lib.grz_context_set_measured_plans, int(measured))

    def cancel(self) -> None:
        """Stops all work of this context, from any thread: the calls raise CancelledError, until clear_cancel."""
        self._call(lib.grz_context_cancel)

    def clear_cancel(self) -> None:
        """Lets calls run again after cancel."""
        self._call(lib.grz_context_clear_cancel)

    @property
    def cancelled(self) -> bool:
        """Whether the flag of cancel is up."""
        return bool(lib.grz_context_is_cancelled(self._pointer))

    @property
    def last_error(self) -> tuple[int, str | None]:
        """Status and message of the last call that failed."""
        return lib.grz_context_last_status(self._pointer), text(lib.grz_context_last_message(self._pointer))

    # What the spectral method keeps for the context; FFTW's wisdom.

    def spectral_propose(self, T_min: float, T_max: float, tol: float) -> tuple[int, float, float]:
        """A box for a spectral operator.

        Parameters
        ----------
        T_min, T_max : float
            least and largest temperature in any direction, in velocity^2
        tol : float
            relative accuracy, 1e-14 to 0.1

        Returns
        -------
        n : int
            nodes per axis
        half_width : float
            of the box, in velocity
        radius : float
            R, for the option "radius", in velocity
        """
        n, half_width, radius = ctypes.c_int32(), ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_spectral_propose, T_min, T_max, tol, ctypes.byref(n), ctypes.byref(half_width), ctypes.byref(radius))
        return n.value, half_width.value, radius.value

    def spectral_cache_clear(self) -> None:
        """Forgets the kept factorisations."""
        self._call(lib.grz_spectral_cache_clear)

    def spectral_cache_size(self) -> tuple[int, int]:
        """How much is kept.

        Returns
        -------
        count : int
            factorisations
        size : int
            bytes
        """
        count, size = ctypes.c_int32(), ctypes.c_int64()
        self._call(lib.grz_spectral_cache_size, ctypes.byref(count), ctypes.byref(size))
        return count.value, size.value

    def spectral_cache_save(self, path: Path) -> None:
        """Writes the kept factorisations to a file.

        Parameters
        ----------
        path : path
            replaced whole or not at all
        """
        self._call(lib.grz_spectral_cache_save, path)

    def spectral_cache_load(self, path: Path) -> None:
        """Adds the factorisations of a file.

        Parameters
        ----------
        path : path
            of spectral_cache_save
        """
        self._call(lib.grz_spectral_cache_load, path)

    def fft_export_wisdom(self, path: Path) -> None:
        """Writes FFTW's wisdom.

        Parameters
        ----------
        path : path
            replaced whole or not at all
        """
        self._call(lib.grz_fft_export_wisdom, path)

    def fft_import_wisdom(self, path: Path) -> None:
        """Reads FFTW's wisdom, which makes planning immediate.

        Parameters
        ----------
        path : path
            of fft_export_wisdom
        """
        self._call(lib.grz_fft_import_wisdom, path)


def _context_again(identity: str, threads: int, measured_plans: bool) -> Context:
    """The context of a pickle: this process's own where it has it."""
    pointer = _contexts.get(identity)
    if pointer is not None:
        return Context._of(pointer)
    context = Context(threads)
    context.measured_plans = measured_plans
    context._pointer.identity = identity
    _contexts[identity] = context._pointer
    return context


@contextlib.contextmanager
def fft_planner_lock() -> Iterator[None]:
    """The library's lock around FFTW's planner, for a program that plans itself. Do not call the library inside."""
    lib.grz_fft_lock_planner()
    try:
        yield
    finally:
        lib.grz_fft_unlock_planner()


def version() -> str | None:
    """The library's version, "major.minor.patch"."""
    return text(lib.grz_version())


def abi_version() -> int:
    """The number in the library's soname."""
    return lib.grz_abi_version()


def build_configuration() -> str | None:
    """Compiler, OpenMP, instruction sets, FFTW and BLAS in use, in one line."""
    return text(lib.grz_build_configuration())


def status_string(status: int) -> str | None:
    """A sentence about a status.

    Parameters
    ----------
    status : int
        a Status

    Returns
    -------
    str
        "unknown status" for other numbers
    """
    return text(lib.grz_status_string(status))


def library_constants() -> dict[str, int]:
    """Every integer constant by name, as the running library (not the header) has it."""
    result: dict[str, int] = {}
    for index in range(lib.grz_constant_count()):
        name, value = lib.grz_constant_name(index), ctypes.c_int32()
        check(lib.grz_constant_value(name, ctypes.byref(value)))
        result[name.decode()] = value.value
    return result


def moment_name(moment: int) -> str | None:
    """Name of a collision invariant.

    Parameters
    ----------
    moment : int
        a Moment

    Returns
    -------
    str
        "none", "mass", "momentum along x", ..., "energy"
    """
    return text(lib.grz_moment_name(moment))


__all__ = ["Context", "ProgressBar", "fft_planner_lock", "version", "abi_version", "build_configuration", "status_string",
           "library_constants", "moment_name", "constants"]

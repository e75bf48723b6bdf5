"""What every class here shares: handles, arrays in and out, memory behind callbacks."""
from __future__ import annotations

import ctypes
import math
import os
import threading
import weakref
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from .library import check, interruptible, lib
from .hints import Array, ArrayLike

if TYPE_CHECKING:
    from .context import Context

FLOAT = np.dtype(np.float64)


class Handle:
    """Owns one C object. It goes when close is called, the with block ends, or the last reference (also that of an array that views it) is
    gone. Objects may be closed in any order: the library keeps alive what others need."""

    _lock: Any = None  # for objects with workspace, which serve one thread at a time
    _is_distribution = False
    _pointer: Any
    _context: Any
    shape: tuple[int, ...]
    _grid_key: tuple

    def _make(self, kind: str, context: Any, create: Callable, *arguments: Any, keep: tuple = (), recipe: Any = None) -> None:
        """create(*arguments, &handle). keep: Python objects that must outlive the C object. recipe: how it can be made again."""
        pointer = getattr(lib, kind)()
        check(create(*arguments, ctypes.byref(pointer)), context)
        pointer.keep, pointer.recipe = tuple(keep), recipe
        self._context, self._pointer = context, pointer

    def __getattr__(self, name: str) -> Any:
        if name in ("_pointer", "_context"):
            raise ValueError(f"this {type(self).__name__} is closed")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def close(self) -> None:
        """Gives up the C object; a second call does nothing. Array views of it stay valid."""
        with self._lock or _no_lock:
            self.__dict__.pop("_pointer", None)
            self.__dict__.pop("_context", None)

    @property
    def closed(self) -> bool:
        """Whether close was called."""
        return "_pointer" not in self.__dict__

    @property
    def context(self) -> Context:
        """The context that it belongs to."""
        from .context import Context
        return Context._of(self._context)

    def _describe(self) -> str:
        return ""

    def __repr__(self) -> str:
        return f"<closed {type(self).__name__}>" if self.closed else self._describe() or f"<{type(self).__name__}>"

    def __enter__(self):
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    @property
    def _keep(self) -> tuple:
        return self._pointer.keep

    def _on(self, other: Handle) -> None:
        """This handle's functions live on the same grid as other's."""
        self.shape, self._grid_key = other.shape, other._grid_key

    def _borrow(self, kind: str, function: Callable, like: type, recipe: Any = None) -> Any:
        """An object of the class like around the handle that function(self) lends."""
        pointer = getattr(lib, kind)(function(self._pointer))
        pointer.owner, pointer.keep, pointer.recipe = self._pointer, self._pointer.keep, recipe
        result: Any = like.__new__(like)  # type: ignore[call-overload]
        result._context, result._pointer = self._context, pointer
        return result

    def _call(self, function: Callable, *arguments: Any) -> None:
        """function(self, *arguments), checked, one thread at a time where need be."""
        if self._lock is None:
            check(function(self._pointer, *arguments), self._context)
        else:
            with self._lock:
                try:
                    check(interruptible(function, self._pointer, *arguments), self._context)
                finally:
                    if self._context.hook.shown:
                        self._context.hook.done()

    def _number(self, function: Callable, *arguments: Any, kind: Any = ctypes.c_double) -> Any:
        """The number that function(self, *arguments, &number) writes."""
        result = kind()
        self._call(function, *arguments, ctypes.byref(result))
        return result.value


class _NoLock:
    def __enter__(self):
        pass

    def __exit__(self, *exception):
        pass


_no_lock = _NoLock()


_locks: weakref.WeakSet = weakref.WeakSet()


def new_lock() -> Any:
    """Reentrant: an observer of a flow may use the flow's operator."""
    lock = threading.RLock()
    _locks.add(lock)
    return lock


def _after_fork():
    """The threads that held locks are not in the child."""
    for lock in list(_locks):
        if not lock._is_owned():
            lock._at_fork_reinit()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def read(values: ArrayLike, shape: tuple[int, ...], name: str) -> Array:
    """An input: a C-contiguous float64 array of this shape, the caller's own where it is one already, else converted without loss of values
    (integers and float32 become float64; complex numbers and text are refused). -1 stands for any length."""
    if not (type(values) is np.ndarray and values.dtype == FLOAT and values.flags.c_contiguous and values.flags.aligned):
        values = np.asarray(values)
        if not np.can_cast(values.dtype, FLOAT, "same_kind") or values.dtype == bool:
            raise TypeError(f"{name}: numbers that convert to float64 are needed, not {values.dtype}")
        values = np.require(values, FLOAT, ["C", "A"])
    _check_shape(values, shape, name)
    return values


def write(out: Array | None, shape: tuple[int, ...], *inputs: Array) -> Array:
    """An output: a new array, or the caller's out, which has to be exactly what the library writes and apart from the inputs."""
    if out is None:
        return np.empty(shape)
    if not isinstance(out, np.ndarray) or out.dtype != FLOAT:
        raise TypeError(f"out: a float64 array is needed, not {getattr(out, 'dtype', type(out).__name__)}")
    if not (out.flags.c_contiguous and out.flags.aligned and out.flags.writeable):
        raise TypeError("out: a C-contiguous, writeable array is needed")
    _check_shape(out, shape, "out")
    for values in inputs:
        if np.may_share_memory(out, values):
            raise ValueError("out must not overlap an input")
    return out


def _check_shape(values, shape, name):
    found = values.shape
    if found == shape:
        return
    if len(found) != len(shape) or any(wanted not in (-1, length) for wanted, length in zip(shape, found)):
        wanted = ", ".join("any" if length == -1 else str(length) for length in shape)
        raise ValueError(f"{name}: the shape has to be ({wanted}), not {found}")


def optional(values: ArrayLike | None, shape: tuple[int, ...], name: str) -> Array | None:
    return None if values is None else read(values, shape, name)


def broadcast(*arrays: ArrayLike) -> list[Array]:
    """Contiguous float64 arrays of one common shape."""
    given = [np.asarray(a, dtype=FLOAT) for a in arrays]
    shape = np.broadcast_shapes(*(a.shape for a in given))
    return [np.require(a if a.shape == shape else np.broadcast_to(a, shape), FLOAT, ["C", "A"]) for a in given]


def view(address: int, shape: tuple[int, ...], owner: Any = None) -> Array:
    """The memory at address as an array. owner stays alive as long as the array."""
    buffer: Any = (ctypes.c_double * math.prod(shape)).from_address(address)
    buffer.owner = owner
    return np.ndarray(shape, FLOAT, buffer)


def incoming(address: int, shape: tuple[int, ...]) -> Array:
    """A callback's input, copied: the library's memory is valid during the call only, the array as long as anybody likes."""
    return view(address, shape).copy()


def outgoing(address: int, shape: tuple[int, ...], values: ArrayLike, name: str) -> None:
    """Stores a callback's result, which has to have this shape or be one number."""
    values = np.asarray(values)
    if values.shape not in (shape, ()):
        raise ValueError(f"{name} returned the shape {values.shape} instead of {shape}")
    view(address, shape)[...] = values

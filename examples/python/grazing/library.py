"""Declares every function of grazing.h to ctypes, and turns statuses into exceptions.

`lib` has every public function under its C name. Arguments are checked by type: handles are grz_* pointers that destroy themselves when the
last reference goes, `const double *` takes a C-contiguous float64 array, `double *` a writeable one, None is NULL; likewise int32 and int64.
The classes of this package are built on it.
"""
from __future__ import annotations

import _signal  # type: ignore  # the functions of signal wrap its numbers into enumerations, which takes 10 microseconds
import ctypes
import enum
import operator
import os
import threading
from types import SimpleNamespace
from typing import Any, Callable, Iterable

import numpy as np

from . import header as _header
from .locate import header_path, load


class _Array:
    """Argument type of a pointer to numbers: an array of exactly these numbers, an address, or None. What has to be converted is the
    classes' business, not done silently here."""

    dtype = None
    writeable = False

    @classmethod
    def from_param(cls, value):
        if isinstance(value, np.ndarray):
            if value.dtype != cls.dtype:
                raise TypeError(f"an array of {cls.dtype} is needed, not of {value.dtype}")
            flags = value.flags
            if not flags.c_contiguous or not flags.aligned:
                raise TypeError("a C-contiguous array is needed")
            if flags.writeable and value.size:
                return ctypes.byref(ctypes.c_char.from_buffer(value))  # a third of the time of the array's own ways to its address
            if cls.writeable and value.size:
                raise TypeError("a writeable array is needed")
            return ctypes.c_void_p(value.__array_interface__["data"][0])
        if value is None or isinstance(value, (int, ctypes.c_void_p)):
            return ctypes.c_void_p(value) if isinstance(value, int) else value
        if type(value).__name__ == "CArgObject" or isinstance(value, (ctypes.Array, ctypes._Pointer)):
            return value  # byref(c_double()) and the like
        raise TypeError(f"an array of {cls.dtype} or None is needed, not {type(value).__name__}")


_NUMBERS = {"double": (ctypes.c_double, np.float64), "int32_t": (ctypes.c_int32, np.int32), "int64_t": (ctypes.c_int64, np.int64),
            "int": (ctypes.c_int, np.intc)}


class _Integer:
    """Argument type of an integer: ctypes' own would cut off the upper bits in silence."""

    @classmethod
    def from_param(cls, value):
        value = operator.index(value)
        if not -cls.bound <= value < cls.bound:
            raise OverflowError(f"{value} does not fit {cls.kind.__name__}")
        return cls.kind(value)


_INTEGERS = {name: type(f"{name}_number", (_Integer,), {"kind": kind, "bound": 2 ** (bits - 1)})
             for name, kind, bits in (("int32_t", ctypes.c_int32, 32), ("int64_t", ctypes.c_int64, 64))}


class _String(ctypes.c_char_p):
    @classmethod
    def from_param(cls, value):
        value = os.fsencode(value) if isinstance(value, (str, os.PathLike)) else value
        if isinstance(value, bytes) and b"\0" in value:
            raise ValueError("embedded null byte")  # C would end the text there
        return ctypes.c_char_p.from_param(value)


class _Types:
    """C types of the header as ctypes types."""

    def __init__(self, header, library):
        self.header = header
        self.arrays = {(name, const): type(f"{name}_array", (_Array,), {"dtype": np.dtype(number), "writeable": not const})
                       for name, (_, number) in _NUMBERS.items() for const in (False, True)}
        self.handles = {name: self._handle(name, getattr(library, name + "_destroy")) for name in header.handles}
        self.callbacks = {}
        for name, function in header.callbacks.items():
            # Callbacks receive addresses: what they point to is valid during the call only, so it is copied at once.
            arguments = [ctypes.c_char_p if str(kind) == "const char *" else ctypes.c_void_p if kind.stars else self.of(kind)
                         for kind, _ in function.arguments]
            self.callbacks[name] = ctypes.CFUNCTYPE(self.of(function.result), *arguments)

    @staticmethod
    def _handle(name, destroy):
        def release(self):
            if self and self.owner is None:
                destroy(ctypes.byref(self))

        def from_param(cls, value):
            if value is None or isinstance(value, cls):
                return value
            raise TypeError(f"a {cls.__name__} is needed, not {type(value).__name__}")

        # keep: the Python objects (callbacks) that the C object uses. owner: the handle that a borrowed one belongs to. recipe: how the
        # object, or of an operator's followers the operator, was made. Of a context, shown: how many failures it had at the last one
        # shown; identity: what its pickled grids know it by; hook: its progress.
        kind = type(name, (ctypes.c_void_p,), {"__del__": release, "from_param": classmethod(from_param), "keep": (), "owner": None,
                                              "recipe": None, "shown": 0, "identity": None, "hook": None})
        destroy.argtypes, destroy.restype = [ctypes.POINTER(kind)], None
        return kind

    def of(self, kind):
        base, stars = kind.base, kind.stars
        if stars == 0:
            if base == "void":
                return None
            if base in self.callbacks:
                return self.callbacks[base]
            return ctypes.c_int if base in self.header.enums else _NUMBERS[base][0]
        if base in self.handles:
            return self.handles[base] if stars == 1 else ctypes.POINTER(self.handles[base])
        if base == "char":
            return ctypes.POINTER(ctypes.c_char_p) if stars == 2 else _String if kind.const else ctypes.c_char_p
        if base == "void":
            return ctypes.c_void_p
        if stars == 1 and (base in _NUMBERS or base in self.header.enums):
            return self.arrays["int" if base in self.header.enums else base, kind.const]
        if stars == 2 and base in _NUMBERS:
            return ctypes.c_void_p
        raise ValueError(f"no ctypes type for '{kind}'")


def _declare(header, library):
    missing = [name for name in header.functions if not hasattr(library, name)]
    if missing:
        raise ImportError(f"{library._name} has no {missing[0]}, which its header declares: they are of different versions")
    types, functions = _Types(header, library), {}
    for name, function in header.functions.items():
        symbol = getattr(library, name)
        if not name.endswith("_destroy"):
            symbol.argtypes = [_INTEGERS[kind.base] if not kind.stars and kind.base in _INTEGERS else types.of(kind)
                               for kind, _ in function.arguments]
            result = function.result
            symbol.restype = ctypes.c_char_p if result.base == "char" else ctypes.c_void_p if result.stars else types.of(result)
        functions[name] = symbol
    return SimpleNamespace(**functions, **types.handles, **types.callbacks)


def _enumeration(name, members):
    """typedef enum grz_flow_option {GRZ_FLOW_OPTION_...} as IntEnum FlowOption with members FLOW_OPTION_..."""
    title = "".join(word.capitalize() for word in name.split("_")[1:])
    return enum.IntEnum(title, {member[4:]: value for member, value in members.items()})


_cdll = load()
_header_path = header_path(_cdll)
declarations = _header.read(_header_path)
lib: Any = _declare(declarations, _cdll)
enums = {name: _enumeration(name, members) for name, members in declarations.enums.items()}
constants = {member.name: member for kind in enums.values() for member in kind}
_versions = ".".join(str(declarations.macros[f"GRZ_VERSION_{part}"]) for part in ("MAJOR", "MINOR", "PATCH"))
if lib.grz_version().decode() != _versions:
    raise ImportError(f"{_cdll._name} has version {lib.grz_version().decode()}, grazing.h {_versions}")


def header_text() -> str:
    """grazing.h."""
    return _header_path.read_text(encoding="utf-8")


def short_names(kind: str) -> dict[str, enum.IntEnum]:
    """Enumerators of a typedef by their own name: "accuracy" for GRZ_OPERATOR_OPTION_ACCURACY of grz_operator_option."""
    prefix = len(kind) - len("grz_") + 1
    return {member.name[prefix:].lower(): member for member in enums[kind]}


def number(kind: str, key: str | int) -> int:
    """Value of an enumerator of a typedef: the enumerator or its value, or its own name ("accuracy")."""
    if not isinstance(key, str):
        if isinstance(key, enum.Enum) and not isinstance(key, enums[kind]):
            raise TypeError(f"{key.name} is not a {enums[kind].__name__}")
        return int(key)
    names = short_names(kind)
    try:
        return names[key.lower()].value
    except KeyError:
        raise ValueError(f"no '{key}' in {kind}{nearest(key.lower(), names)}") from None


def nearest(key: str, names: Iterable[str]) -> str:
    """For messages: the names that a misspelt one is likely to mean; all of them only where none is near and they are few."""
    import difflib  # only when something is wrong
    names = list(names)
    close = difflib.get_close_matches(key, names, n=3, cutoff=0.6) or [name for name in names if key and key in name][:3]
    if close:
        return ": did you mean " + " or ".join(f"'{name}'" for name in close) + "?"
    return f"; there are {', '.join(names)}" if len(names) <= 24 else f"; there are {len(names)}, as '{names[0]}'"


# ---------------------------------------------------------------------------------------------------------- errors


class GrazingError(Exception):
    """A status other than GRZ_OK: its number, its name, and the library's message, which names the argument and its value.

    Parameters
    ----------
    status : int
        a Status
    message : str
        of the library; empty for the status's own sentence
    """

    def __init__(self, status: int, message: str):
        self.status = int(status)
        self.name = lib.grz_status_name(self.status).decode()
        self._message = message
        super().__init__(f"{self.name}: {message or lib.grz_status_string(self.status).decode()}")

    def __reduce__(self):
        return _unpickled, (self.status, self._message)


def _unpickled(status, message):
    return errors.get(status, GrazingError)(status, message)


_BUILT_IN = {"NULL_ARGUMENT": ValueError, "INVALID_ARGUMENT": ValueError, "NOT_FINITE": ValueError, "NOT_POSITIVE": ValueError,
             "MISMATCH": ValueError, "FORMAT": ValueError, "OUT_OF_MEMORY": MemoryError, "SIZE_OVERFLOW": OverflowError,
             "NOT_REPRESENTABLE": OverflowError, "IO": OSError, "UNSUPPORTED": NotImplementedError, "NOT_CONVERGED": ArithmeticError}


def _error_class(identifier):
    """GRZ_ERROR_NOT_FINITE -> NotFiniteError, also a ValueError."""
    short = identifier[len("GRZ_ERROR_"):]
    title = "".join(word.capitalize() for word in short.split("_"))
    bases = (GrazingError, _BUILT_IN[short]) if short in _BUILT_IN else (GrazingError,)
    return type(title + "Error", bases, {"__doc__": f"Status {identifier}.", "__module__": "grazing"})


errors = {value: _error_class(name) for name, value in declarations.enums["grz_status"].items() if name != "GRZ_OK"}


class _Pending(threading.local):
    error = None


_pending = _Pending()


def callback(kind: str, function: Callable) -> Any:
    """A C callback of that type around a Python function that returns true to stop. Its exception stops the library, too, and is raised
    again by check in the thread that made the call; the library calls back from that thread only."""

    def call(*arguments):
        try:
            return 1 if _pending.error is not None or function(*arguments) or _pending.error is not None else 0
        except BaseException as error:
            _pending.error = error
            return 1

    return getattr(lib, kind)(call)


def check(status: int, context: Any = None) -> None:
    """Raises what a callback raised during the call, or the status's exception with the context's message.

    Parameters
    ----------
    status : int
        what a function of `grazing.lib` returned
    context : grz_context, optional
        a handle's `_context`, which has the message
    """
    if _pending.error is not None:
        error, _pending.error = _pending.error, None
        raise error
    if status:
        message = b""
        failures = lib.grz_context_failure_count(context) if context else 0
        if failures > 0 and failures != context.shown:  # else the message is of another call
            context.shown = failures
            buffer = ctypes.create_string_buffer(1024)
            if lib.grz_context_copy_message(context, buffer, 1024) == 0 and lib.grz_context_last_status(context) == status:
                message = buffer.value
        raise errors.get(status, GrazingError)(status, message.decode(errors="replace"))


def _note_interrupt(number, frame):
    _pending.error = KeyboardInterrupt()


_main_thread = threading.main_thread().ident


def _after_fork():
    """The thread that forked is the child's main thread."""
    global _main_thread
    _main_thread = threading.main_thread().ident
    _pending.error = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def interruptible(function: Callable, *arguments: Any) -> Any:
    """A call that Ctrl-C can stop. Python would raise KeyboardInterrupt on entry to a callback, out of reach of its try, and ctypes would lose
    it; so for the duration of the call the interrupt is only noted, the next progress callback stops the work, and check raises."""
    if threading.get_ident() != _main_thread or _signal.getsignal(_signal.SIGINT) is not _signal.default_int_handler:
        return function(*arguments)
    _signal.signal(_signal.SIGINT, _note_interrupt)
    try:
        return function(*arguments)
    finally:
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)


def text(value: bytes | None) -> str | None:
    """A static C string, or None."""
    return value.decode() if value is not None else None

"""help() tells all: what grazing.h says of a function, its equations, units, valid ranges and source, and the exceptions of all its
statuses are put below the docstring of the method that calls it, so the two cannot disagree."""
from __future__ import annotations

import inspect
import re
import types
from typing import Any, Iterator

from .header import comments
from .library import declarations, errors, header_text, lib


def _statuses(name: str, said: dict[str, str]) -> dict[str, str]:
    """{status: why} of a function, from the sentence "Returns:" of its comment."""
    _, _, text = " ".join(said[name].split()).partition("Returns")
    result: dict[str, str] = {}
    if same := re.search(r"as (grz_\w+)", text):
        result.update(_statuses(same[1], said))
    for status, why in re.findall(r"(GRZ_ERROR_\w+)(?: \(((?:[^()]|\([^()]*\))*)\))?", text):
        if why or status not in result:
            result[status] = "; ".join(dict.fromkeys(filter(None, (result.get(status), why))))
    result.pop("GRZ_ERROR_NULL_ARGUMENT", None)  # a missing argument is Python's TypeError
    return result


def _called(function: Any) -> list[str]:
    """C functions that a Python function names."""
    return [name for name in function.__code__.co_names if name in declarations.functions and not name.endswith("_destroy")]


def _sections(names: list[str], said: dict[str, str]) -> str:
    statuses: dict[str, str] = {}
    for name in names:
        statuses.update(_statuses(name, said))
    result = ""
    if statuses:
        result += "\nRaises\n------\n"
        for value, kind in errors.items():
            status = declarations_by_value[value]
            if status in statuses:
                result += f"{kind.__name__}\n    {statuses[status] or lib.grz_status_string(value).decode()}\n"
    result += "\nNotes\n-----\n"
    for name in names:
        text = re.sub(r"\s*Returns\b.*", "", said[name], flags=re.S)
        result += f"`{name}` of grazing.h::\n\n" + "".join(f"    {line}".rstrip() + "\n" for line in text.split("\n"))
    return result


declarations_by_value = {value: name for name, value in declarations.enums["grz_status"].items()}


def documented(thing: Any) -> Iterator[tuple[str, Any, Any]]:
    """(name, function, what carries its docstring) of a function or of a class and its public methods."""
    if inspect.isfunction(thing):
        yield thing.__name__, thing, thing
    if not inspect.isclass(thing):
        return
    for name, member in vars(thing).items():
        if name == "__init__":
            yield f"{thing.__name__}.__init__", member, thing
        elif not name.startswith("_"):
            if isinstance(member, (classmethod, staticmethod)):
                yield f"{thing.__name__}.{name}", member.__func__, member.__func__
            elif isinstance(member, property):
                yield f"{thing.__name__}.{name}", member.fget, member
            elif inspect.isfunction(member):
                yield f"{thing.__name__}.{name}", member, member


def complete(things: list[Any]) -> None:
    """Puts what the header says below every docstring."""
    said = comments(header_text())
    for thing in things:
        for _, function, carrier in documented(thing):
            if carrier.__doc__ and isinstance(function, types.FunctionType) and (names := _called(function)):
                carrier.__doc__ = inspect.cleandoc(carrier.__doc__) + "\n" + _sections(names, said)

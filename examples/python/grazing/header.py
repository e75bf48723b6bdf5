"""Reads the declarations of grazing.h: every function, enumeration, constant, callback and handle type.

The header is plain C99 without function-like macros, inline functions or public structs, so a few regular expressions are a full parser;
whatever they do not cover raises ValueError instead of being passed over.
"""
from __future__ import annotations

import os
import re
from typing import NamedTuple


class CType(NamedTuple):
    """double, const double *, grz_grid **, ... as base name, number of stars and whether what is pointed to is const."""

    base: str
    stars: int
    const: bool

    def __str__(self):
        return ("const " if self.const else "") + self.base + (" " + "*" * self.stars if self.stars else "")


class Function(NamedTuple):
    """A function, or the type of a callback: its result and [(type, name), ...]."""

    name: str
    result: CType
    arguments: list


class Header(NamedTuple):
    functions: dict  # name -> Function
    callbacks: dict  # typedef name -> Function
    enums: dict      # typedef name -> {enumerator: value}
    macros: dict     # name -> integer
    handles: list    # opaque struct typedefs

    @property
    def constants(self) -> dict[str, int]:
        """All integer constants by name."""
        return {**self.macros, **{name: value for members in self.enums.values() for name, value in members.items()}}


def _declaration(text: str) -> tuple[CType, str]:
    """'const double *values' -> (CType, 'values')."""
    words = re.findall(r"\w+|\*", text)
    name = words.pop() if len(words) > 1 and re.match(r"\w", words[-1]) and words[-1] != "const" else ""
    stars = words.count("*")
    plain = [word for word in words if word not in ("*", "const", "struct", "enum")]
    if len(plain) != 1 or "[" in text or "..." in text:
        raise ValueError(f"cannot read the declaration '{text}'")
    return CType(plain[0], stars, "const" in words), name


def _function(result: str, name: str, arguments: str) -> Function:
    listed = [] if arguments.strip() in ("", "void") else [_declaration(argument) for argument in arguments.split(",")]
    return Function(name, _declaration(result)[0], listed)


def comments(text: str) -> dict[str, str]:
    """What the header says of every function: the comment before it, which may be of several."""
    result, last = {}, ""
    for comment, name in re.findall(r"^/\*(.*?)\*/|^GRZ_API [^;(]*?(\w+)\(", text, re.M | re.S):
        if name:
            result[name] = last
        else:
            last = "\n".join(line.lstrip("*").removeprefix(" ") for line in (part.strip(" ") for part in comment.strip().split("\n")))
    return result


def parse(text: str) -> Header:
    """The Header of the text of grazing.h."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)
    macros = {name: int(value) for name, value in re.findall(r"^#\s*define\s+(GRZ_\w+)\s+(-?\d+)\s*$", text, re.M)}
    text = re.sub(r"^#.*$", "", text, flags=re.M)
    text = re.sub(r'extern\s+"C"\s*\{', "", text)
    header = Header({}, {}, {}, macros, [])

    def take_enum(match):
        members, value = {}, -1
        for member in filter(None, (part.strip() for part in match[1].split(","))):
            name, _, given = (part.strip() for part in member.partition("="))
            value = int(given, 0) if given else value + 1
            members[name] = value
        header.enums[match[2]] = members
        return ""

    text = re.sub(r"typedef\s+enum\s+\w*\s*\{([^}]*)\}\s*(\w+)\s*;", take_enum, text)
    for statement in filter(None, (" ".join(part.split()) for part in text.split(";"))):
        if statement == "}":
            continue
        if match := re.fullmatch(r"typedef struct (\w+) (\w+)", statement):
            header.handles.append(match[2])
        elif match := re.fullmatch(r"typedef (.+?)\( ?\* ?(\w+) ?\)\((.*)\)", statement):
            header.callbacks[match[2]] = _function(match[1], match[2], match[3])
        elif match := re.fullmatch(r"GRZ_API (.+?)(\w+)\((.*)\)", statement):
            header.functions[match[2]] = _function(match[1], match[2], match[3])
        else:
            raise ValueError(f"cannot read '{statement}' of grazing.h")
    return header


def read(path: os.PathLike[str]) -> Header:
    """The Header of a file."""
    with open(path, encoding="utf-8") as file:
        return parse(file.read())

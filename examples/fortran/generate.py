#!/usr/bin/env python3
"""Usage: generate.py [HEADER]. Writes grazing_c.f90, the declarations of grazing.h for Fortran: a type for every handle, all constants, an
interface for every function and an abstract one for every callback, with the header's comments."""
import importlib.util
import re
import sys
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
specification = importlib.util.spec_from_file_location("header", ROOT / "examples" / "python" / "grazing" / "header.py")
header = importlib.util.module_from_spec(specification)
specification.loader.exec_module(header)

WIDTH = 120
NUMBERS = {"double": "real(c_double)", "int32_t": "integer(c_int32_t)", "int64_t": "integer(c_int64_t)", "int": "integer(c_int)"}
# double * that points to one number; all others are arrays.
SCALARS = {"Q_error", "S", "T", "best", "bound", "constant", "difference", "dissipation_error", "error", "factor", "gap", "half_width",
           "initial", "maximum", "minimum", "margin", "mass", "optimal", "radius", "ratio", "remainder", "rho", "size", "transfer", "value"}
# Arrays of vectors: one column for each velocity or pair.
VECTORS = {"v", "v_star", "velocity", "sigma", "field", "means"}

HEAD = """\
! Written by generate.py from include/grazing.h; not to be edited. The comments are the header's, so they speak of C:
! index (i*n + j)*n + k of a field is element (k, j, i) of a Fortran array (n, n, n), for the velocity components x, y, z of nodes
! i, j, k counted from 1; a NULL argument is one that is left out; arrays of vectors are (3, count).
"""


def declaration(kind, name, declarations):
    """Attributes of a dummy argument and its shape."""
    base, stars = kind.base, kind.stars
    if base in declarations.callbacks and stars == 0:
        return "type(c_funptr), value", ""
    if base == "void":
        return "type(c_ptr), value", ""
    if base == "char":
        if stars == 2:
            return "type(c_ptr), intent(out), optional", ""
        return f"character(kind=c_char), intent({'in' if kind.const else 'out'})", "(*)"
    if base in declarations.handles:
        if stars == 1:
            return f"type({base}), value", ""
        return (f"type({base}), intent(in)", "(*)") if kind.const else (f"type({base}), intent(inout)", "")
    number = "integer(c_int)" if base in declarations.enums else NUMBERS[base]
    if stars == 0:
        return f"{number}, value", ""
    shape = "" if base != "double" or name in SCALARS and not kind.const else "(3, *)" if name in VECTORS else "(*)"
    return f"{number}, intent({'in' if kind.const else 'inout'}), optional", shape


def result_type(kind, declarations):
    if kind.stars:
        return f"type({kind.base})" if kind.base in declarations.handles else "type(c_ptr)"
    return "integer(c_int)" if kind.base in declarations.enums else NUMBERS[kind.base]


def wrapped(line, indent):
    """A statement, continued after commas."""
    lines = []
    while len(line) > WIDTH:
        cut = line.rindex(", ", 0, WIDTH - 2) + 1
        lines.append(line[:cut] + " &")
        line = " " * (indent + 4) + line[cut + 1:]
    return lines + [line]


def commented(text, indent):
    """A comment of the header, its line breaks kept."""
    lines = [re.sub(r"^ ?\* ?", "", line).rstrip() for line in text.strip().split("\n")]
    parts = [part for line in lines for part in (textwrap.wrap(line, WIDTH + 8 - indent, drop_whitespace=True) or [""])]
    return [(" " * indent + "! " + part).rstrip() for part in parts]


def comments(text):
    """Comment before each function and callback by name, for the first of a paragraph; comment behind each enumerator."""
    before, behind = {}, {}
    for comment, line in re.findall(r"/\*((?:(?!\*/).)*)\*/\n((?:GRZ_API|typedef)[^;]*;)", text, re.S):
        match = re.search(r"\(\*(\w+)\)|(grz_\w+)\(|enum (grz_\w+)", line)
        if match:
            before[next(filter(None, match.groups()))] = comment
    for name, comment in re.findall(r"^\s+(GRZ_\w+) = -?\d+,?\s*/\* (.*) \*/", text, re.M):
        behind[name] = comment
    return before, behind


def procedure(function, name, binding, declarations, indent):
    """An interface body."""
    space = " " * indent
    subroutine = function.result.base == "void" and function.result.stars == 0
    word = "subroutine" if subroutine else "function"
    listed = ", ".join(argument for _, argument in function.arguments)
    tail = binding + ("" if subroutine else " result(grz_result)")
    lines = wrapped(f"{space}{word} {name}({listed}) {tail}", indent) + [f"{space}    import"]
    for kind, argument in function.arguments:
        attributes, shape = declaration(kind, argument, declarations)
        lines.append(f"{space}    {attributes} :: {argument}{shape}")
    if not subroutine:
        lines.append(f"{space}    {result_type(function.result, declarations)} :: grz_result")
    return lines + [f"{space}end {word}"]


def callback(function, declarations):
    """As a function of the header, but with arguments that are always there."""
    lines = procedure(function, function.name, "bind(C)", declarations, 8)
    return [line.replace(", optional", "") for line in lines]


def generate(declarations, text):
    """The text of grazing_c.f90."""
    before, behind = comments(text)
    lines = [HEAD + "module grazing_c", "    use, intrinsic :: iso_c_binding", "    implicit none", "    public", "",
             "    ! Handles: addresses of the library's objects."]
    for handle in declarations.handles:
        lines += [f"    type, bind(C) :: {handle}", "        type(c_ptr) :: address = c_null_ptr", f"    end type {handle}"]
    lines += [""] + [f"    integer(c_int), parameter :: {name} = {value}" for name, value in declarations.macros.items()
                   if name.lower() not in declarations.functions]  # GRZ_ABI_VERSION: Fortran has one case
    for enum, members in declarations.enums.items():
        lines += [""] + (commented(before[enum], 4) if enum in before else [f"    ! {enum}"])
        for name, value in members.items():
            line = f"    integer(c_int), parameter :: {name} = {value}"
            lines += [f"{line} ! {behind[name]}"] if name in behind and len(line) + len(behind[name]) < 128 else \
                commented(behind[name], 4) + [line] if name in behind else [line]
    lines += ["", "    abstract interface"]
    for name, function in declarations.callbacks.items():
        lines += (commented(before[name], 8) if name in before else []) + callback(function, declarations) + [""]
    lines[-1] = "    end interface"
    lines += ["", "    interface"]
    for name, function in declarations.functions.items():
        lines += (commented(before[name], 8) if name in before else [])
        lines += procedure(function, name, f'bind(C, name="{name}")', declarations, 8) + [""]
    lines[-1] = "    end interface"
    return "\n".join(lines) + "\nend module grazing_c\n"


if __name__ == "__main__":
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "include" / "grazing.h"
    (HERE / "grazing_c.f90").write_text(generate(header.read(source), source.read_text(encoding="utf-8")), encoding="utf-8")

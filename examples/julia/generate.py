#!/usr/bin/env python3
"""Usage: generate.py [HEADER]. Writes library.jl, the declarations of grazing.h for Julia: opaque types, constants, one ccall for every
function."""
import importlib.util
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
specification = importlib.util.spec_from_file_location("header", ROOT / "examples" / "python" / "grazing" / "header.py")
header = importlib.util.module_from_spec(specification)
specification.loader.exec_module(header)

NUMBERS = {"double": "Cdouble", "int32_t": "Int32", "int64_t": "Int64", "int": "Cint"}


def julia_type(kind, declarations):
    """Pointers to numbers are Ptr{...}, for which Julia takes arrays, references and C_NULL."""
    base, stars = kind.base, kind.stars
    if base in declarations.callbacks and stars == 0:
        return "Ptr{Cvoid}"
    if base == "char":
        text = "Cstring" if kind.const else "Ptr{UInt8}"
        return text if stars == 1 else "Ptr{Cstring}"
    name = "Cvoid" if base == "void" else "Cint" if base in declarations.enums else base if base in declarations.handles else NUMBERS[base]
    return "Ptr{" * stars + name + "}" * stars


def wrapped(line, width=140):
    """The line, broken after commas, which never end a statement."""
    lines = []
    while len(line) > width:
        cut = line.rindex(", ", 0, width) + 1
        lines.append(line[:cut])
        line = "        " + line[cut + 1:]
    return lines + [line]


def generate(declarations):
    """The text of library.jl."""
    lines = ["# Written by generate.py from include/grazing.h; not to be edited.", ""]
    lines += [f"struct {handle} end" for handle in declarations.handles] + [""]
    lines += [f"const {name} = Int32({value})" for name, value in declarations.constants.items()] + [""]
    for name, function in declarations.functions.items():
        # Julia's own words and types cannot be arguments.
        arguments = ", ".join(argument + "_" if argument in ("function", "end", "begin", "type", "where", "T") else argument
                              for _, argument in function.arguments)
        types = "".join(julia_type(kind, declarations) + ", " for kind, _ in function.arguments)
        types = types.rstrip() if len(function.arguments) == 1 else types[:-2]
        values = ", " + arguments if arguments else ""
        result = julia_type(function.result, declarations)
        lines += wrapped(f"{name}({arguments}) =") + wrapped(f"    ccall((:{name}, libgrazing), {result}, ({types}){values})")
    return "\n".join(lines) + "\n"


def listed_constants():
    """Names in the library's own list, which must be the header's."""
    text = (ROOT / "src" / "core" / "constants.def").read_text(encoding="utf-8")
    return re.findall(r"^\w+\((GRZ_\w+)", text, re.MULTILINE)


if __name__ == "__main__":
    source = sys.argv[1] if len(sys.argv) > 1 else ROOT / "include" / "grazing.h"
    different = set(listed_constants()) ^ set(header.read(source).constants)
    if different:
        sys.exit(f"src/core/constants.def and {source} differ: {', '.join(sorted(different))}")
    (HERE / "library.jl").write_text(generate(header.read(source)), encoding="utf-8")

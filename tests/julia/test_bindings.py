"""Every ccall and @cfunction of examples/julia against grazing.h and the library's exported symbols. The code itself is not run: there is no Julia
on the test machines."""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JULIA = ROOT / "examples" / "julia"
sys.path[:0] = [str(ROOT / "examples" / "python" / "grazing"), str(JULIA)]

import generate  # noqa: E402
import header as reader  # noqa: E402

LIBRARY = os.environ.get("GRAZING_LIBRARY", str(ROOT / "lib" / "libgrazing.so"))
HEADER = reader.read(os.environ.get("GRAZING_HEADER", ROOT / "include" / "grazing.h"))
SCALARS = {"double": {"Cdouble", "Float64"}, "int32_t": {"Int32", "Cint"}, "int64_t": {"Int64", "Clonglong"}, "int": {"Cint", "Int32"}, "void": {"Cvoid", "Nothing"}}


def strip(text):
    """Without comments and documentation strings."""
    return re.sub(r"#[^\n]*", "", re.sub(r'"""(.*?)"""', "", text, flags=re.S))


def closing(text, start):
    """Index after the bracket that closes the one at start."""
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] in "([{") - (text[index] in ")]}")
        if depth == 0:
            return index + 1
    raise ValueError("unbalanced brackets")


def split(text):
    """The parts of a list between commas outside of brackets."""
    parts, depth, begin = [], 0, 0
    for index, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append(text[begin:index].strip())
            begin = index + 1
    return [part for part in parts + [text[begin:].strip()] if part]


def calls(text, name):
    """The lists of arguments of all name(...)."""
    for match in re.finditer(rf"(?<![\w.!]){name}\(", text):
        yield split(text[match.end():closing(text, match.end() - 1) - 1])


def fits(julia, kind):
    """Whether a Julia type of a ccall is right for the C type."""
    if kind.stars == 0:
        if kind.base in HEADER.callbacks:
            return julia == "Ptr{Cvoid}"
        return julia in ({"Cint", "Int32"} if kind.base in HEADER.enums else SCALARS[kind.base])
    if kind.base == "char":
        return julia in ({"Cstring"} if kind.stars == 1 and kind.const else {"Ptr{UInt8}"} if kind.stars == 1 else {"Ptr{Cstring}", "Ref{Cstring}"})
    match = re.fullmatch(r"(Ptr|Ref)\{(.*)\}", julia)
    return bool(match) and (match[2] == kind.base if kind.stars == 1 and kind.base in HEADER.handles else fits(match[2], kind._replace(stars=kind.stars - 1)))


def problems(text):
    """What is wrong with the ccalls of a Julia text."""
    found = []
    for arguments in calls(text, "ccall"):
        target, result, types, *values = arguments
        match = re.fullmatch(r"\(:(\w+), libgrazing\)", target)
        function = HEADER.functions.get(match[1] if match else None)
        if function is None:
            found.append(f"{target} is not a function of grazing.h")
            continue
        types = split(types.strip()[1:-1])
        if not (len(types) == len(values) == len(function.arguments)):
            found.append(f"{function.name} has {len(function.arguments)} arguments, the ccall {len(types)} types and {len(values)} values")
        found += [f"{function.name}, {name}: {julia} is not {kind}" for julia, (kind, name) in zip(types, function.arguments) if not fits(julia, kind)]
        if not fits(result, function.result):
            found.append(f"{function.name}: the result {result} is not {function.result}")
    return found


class Bindings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = {path.name: strip(path.read_text(encoding="utf-8")) for path in sorted(JULIA.glob("*.jl"))}
        cls.all = "\n".join(cls.texts.values())

    def test_ccalls(self):
        self.assertEqual(problems(self.all), [])

    def test_every_function_and_only_exported_ones(self):
        called = {re.match(r"\(:(\w+),", arguments[0])[1] for arguments in calls(self.all, "ccall")}
        exported = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], check=True, capture_output=True, text=True).stdout
        self.assertLessEqual(called, set(re.findall(r" T (grz_\w+)", exported)))
        missing = sorted(set(HEADER.functions) - called)
        self.assertEqual(missing, [], "not in examples/julia/library.jl: run examples/julia/generate.py")

    def test_constants(self):
        values = {name: int(value) for name, value in re.findall(r"^const (GRZ_\w+) = Int32\((-?\d+)\)", self.all, re.M)}
        self.assertEqual(values, HEADER.constants)

    def test_names_used_by_the_module(self):
        """Every grz_ function that Grazing.jl calls has as many arguments as in the header; every other GRZ_ or grz_ name exists."""
        text = self.texts["Grazing.jl"] + self.texts["relaxation.jl"]
        for name in set(re.findall(r"\b(grz_\w+)\(", text)):
            for arguments in calls(text, name):
                self.assertEqual(len(arguments), len(HEADER.functions[name].arguments), f"{name}({', '.join(arguments)})")
        known = {*HEADER.functions, *HEADER.constants, *HEADER.handles, *HEADER.callbacks, "GRZ_OPTION_"}
        self.assertLessEqual(set(re.findall(r"\b(?:grz|GRZ)_\w+", text)), known)

    def test_callbacks(self):
        """call_NAME is the C function of the callback type NAME: its own types and those of its @cfunction."""
        text, made = self.texts["Grazing.jl"], set()
        for arguments in calls(text, "@cfunction"):
            name, result, types = arguments
            kind = HEADER.callbacks[name.removeprefix("call_")]
            made.add(name)
            definition = re.search(rf"^function {name}\((.*?)\)::(\w+)", text, re.M | re.S)
            own = [argument.split("::")[1] for argument in split(definition[1])]
            self.assertEqual((own, definition[2]), (split(types[1:-1]), result), name)
            self.assertEqual(len(own), len(kind.arguments), name)
            for julia, (c, argument) in zip(own, kind.arguments):
                self.assertTrue(fits(julia, c), f"{name}, {argument}: {julia} is not {c}")
            self.assertTrue(fits(result, kind.result), name)
        self.assertEqual(made, set(re.findall(r"^function (call_\w+)\(", text, re.M)), "a callback without @cfunction")

    def test_every_handle_is_released(self):
        for handle in set(re.findall(r":(grz_\w+)\)", self.texts["Grazing.jl"])) & set(HEADER.handles):
            self.assertIn(handle + "_destroy", HEADER.functions)
        self.assertIn("finalizer(release", self.texts["Grazing.jl"])

    def test_library_is_what_generate_writes(self):
        self.assertEqual((JULIA / "library.jl").read_text(encoding="utf-8"), generate.generate(HEADER), "run examples/julia/generate.py")

    def test_blocks_and_brackets(self):
        """A rough check of syntax: brackets close, and each block has its end."""
        for name, text in self.texts.items():
            text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
            for opening, ending in ("()", "[]", "{}"):
                self.assertEqual(text.count(opening), text.count(ending), f"{opening}{ending} in {name}")

    def test_page(self):
        """The names that docs/julia.md uses are those of the module."""
        code = "\n".join(re.findall(r"^```julia\n(.*?)^```", (ROOT / "docs" / "julia.md").read_text(encoding="utf-8"), re.M | re.S))
        module = self.texts["Grazing.jl"]
        exported = set(re.findall(r"\w+!?", re.search(r"^export (.*?)\n\n", module, re.M | re.S)[1]))
        defined = exported | set(re.findall(r"^(?:function |const |mutable struct |struct )?(\w+!?)[({ ]", module, re.M)) | set(HEADER.constants) | set(HEADER.functions)
        self.assertLessEqual(set(re.findall(r"Grazing\.(\w+!?)", code)) - {"jl"}, defined)
        known = {"include", "exp", "tanh", "println", "f!", "solve", "ODEProblem", "Tsit5", "collect", "op"}
        for line in strip(code).splitlines():
            self.assertLessEqual(set(re.findall(r"(?<![\w.])([A-Za-z]\w*!?)\(", line)) - known, exported, line)
        for name in exported:
            self.assertTrue(re.search(rf"(?m)(^|:)(?:function |mutable struct |struct )?\(?(?:\w+::)?{re.escape(name)}(?![\w!])", module), name)

    def test_this_test_sees_mistakes(self):
        good = "ccall((:grz_grid_centre, libgrazing), Cint, (Ptr{grz_grid}, Ptr{Cdouble}), grid, centre)"
        self.assertEqual(problems(good), [])
        for mistake in (good.replace("grid_centre", "grid_center"), good.replace("Ptr{Cdouble}", "Ptr{Cfloat}"), good.replace("Ptr{grz_grid}", "Ptr{grz_kernel}"),
                        good.replace(", centre)", ")"), good.replace("Cint", "Cdouble"), good.replace("Ptr{Cdouble}", "Cdouble"),
                        good.replace("(Ptr{grz_grid}, ", "(")):
            self.assertNotEqual(problems(mistake), [], mistake)


if __name__ == "__main__":
    unittest.main()

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


def unreleased(text):
    """What is missing for each handle type of the header to have a Julia type with a finalizer that calls its destroy function."""
    table = re.search(r"^const handle_types = (\(.*?\)\))$", text, re.M | re.S)
    pairs = re.findall(r"\(:(\w+), :(grz_\w+)\)", table[1]) + [("Context", "grz_context")]
    found = [handle + " is not in handle_types once" for handle in HEADER.handles if [made for _, made in pairs].count(handle) != 1]
    found += [made + " is not a handle type" for _, made in pairs if made not in HEADER.handles]
    if len({name for name, _ in pairs}) != len(pairs):
        found.append("two handles share a Julia type")
    for _, made in pairs:
        destroy = HEADER.functions.get(made + "_destroy")
        if destroy is None or [(kind.base, kind.stars) for kind, _ in destroy.arguments] != [(made, 2)]:
            found.append(made + " has no destroy function")
    # The types: Context by hand, the others by a loop over the table; each has one inner constructor, and that sets the finalizer.
    types = {"Context": r"^mutable struct Context <: Handle\n(.*?)^end", "$name": r"^for \(name, handle\) in handle_types\n(.*?)^end"}
    for name, pattern in types.items():
        body = re.search(pattern, text, re.M | re.S)
        if body is None or len(re.findall(r"\bnew\(", body[1])) != 1 or "finalizer(release, new(" not in body[1] or f"{name}(" not in body[1]:
            found.append(f"{name} is not made with a finalizer")
    releases = re.search(r"^for \(name, handle\) in \(\(:Context, :grz_context\), handle_types\.\.\.\)\n(.*?)^end", text, re.M | re.S)
    steps = ["destroy = Symbol(handle, :_destroy)", "function release(x::$name)", "out = Ref(x.pointer)", "x.pointer = C_NULL", "$destroy(out)"]
    if releases is None or not all(step in releases[1] for step in steps):
        found.append("release does not call the destroy function of every handle")
    return found


class Bindings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = {path.name: strip(path.read_text(encoding="utf-8")) for path in sorted(JULIA.glob("*.jl"))}
        cls.all = "\n".join(cls.texts.values())
        cls.module = "\n".join(text for name, text in cls.texts.items() if name not in ("library.jl", "relaxation.jl"))

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
        """Every grz_ function that the module calls has as many arguments as in the header; every other GRZ_ or grz_ name exists."""
        text = self.module + self.texts["relaxation.jl"]
        for name in set(re.findall(r"\b(grz_\w+)\(", text)):
            for arguments in calls(text, name):
                self.assertEqual(len(arguments), len(HEADER.functions[name].arguments), f"{name}({', '.join(arguments)})")
        known = {*HEADER.functions, *HEADER.constants, *HEADER.handles, *HEADER.callbacks, "GRZ_OPERATOR_OPTION_"}
        self.assertLessEqual(set(re.findall(r"\b(?:grz|GRZ)_\w+", text)), known)

    def test_callbacks(self):
        """call_NAME is the C function of the callback type NAME: its own types and those of its @cfunction."""
        text, made = self.module, set()
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
        # Julia's own memory management is not for the library's blocks.
        self.assertEqual({"call_" + name for name in HEADER.callbacks} - made, {"call_grz_allocate_fn", "call_grz_release_fn"})
        for body in re.findall(r"^function call_\w+\(.*?^end", text, re.M | re.S):
            self.assertRegex(body, r"(?m)^ +guarded\(", "an exception could pass through C")

    def test_library_callbacks(self):
        """What cglobal names is a function of the header that fits a callback type."""
        named = re.findall(r"cglobal\(\(:(\w+), libgrazing\)\)", self.module)
        self.assertEqual(sorted(named), ["grz_ledger_observe", "grz_limit_observe", "grz_optimal_field", "grz_optimal_jump", "grz_optimal_pair"])
        kinds = [[kind for kind, _ in callback.arguments] for callback in HEADER.callbacks.values()]
        for name in named:
            self.assertIn([kind for kind, _ in HEADER.functions[name].arguments], kinds, name)

    def test_every_handle_is_released(self):
        """Every handle type of the header has one Julia type, whose finalizer calls its destroy function."""
        self.assertEqual(unreleased(self.module), [])
        for broken in (self.module.replace("(:Ledger, :grz_ledger)", ""), self.module.replace("Symbol(handle, :_destroy)", "Symbol(handle, :_close)"),
                       self.module.replace("finalizer(release, new(pointer,", "identity(new(pointer,"), self.module.replace("$destroy(out)", "out"),
                       self.module.replace("finalizer(release, new(out[]", "identity(new(out[]"), self.module.replace(":grz_rate)", ":grz_ledger)"),
                       self.module.replace("((:Context, :grz_context), handle_types...)", "handle_types")):
            self.assertNotEqual(broken, self.module)
            self.assertNotEqual(unreleased(broken), [])

    def test_every_handle_is_made(self):
        """Every Julia handle type is made from each of the header's functions that give one."""
        for name, function in HEADER.functions.items():
            kind, argument = function.arguments[-1] if function.arguments else (None, None)
            if argument == "out" and kind.base in HEADER.handles and name != "grz_context_create_with_allocator":
                self.assertRegex(self.module, rf"\b{name}\(")

    def test_library_is_what_generate_writes(self):
        self.assertEqual((JULIA / "library.jl").read_text(encoding="utf-8"), generate.generate(HEADER), "run examples/julia/generate.py")

    def test_blocks_and_brackets(self):
        """A rough check of syntax: brackets close, and each block has its end."""
        for name, text in self.texts.items():
            text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
            for opening, ending in ("()", "[]", "{}"):
                self.assertEqual(text.count(opening), text.count(ending), f"{opening}{ending} in {name}")
            # Within brackets `for`, `if` and `end` belong to comprehensions and indices.
            while (outside := re.sub(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}", "", text)) != text:
                text = outside
            begun = re.findall(r"(?<![:\w])(?:function|do|for|if|try|struct|type|module|while|let|begin|quote|macro)(?!\w)", text)
            self.assertEqual(len(begun), len(re.findall(r"(?<![:\w])end(?![\w!])", text)), name)

    def test_page(self):
        """The names that docs/julia.md uses are those of the module."""
        code = "\n".join(re.findall(r"^```julia\n(.*?)^```", (ROOT / "docs" / "julia.md").read_text(encoding="utf-8"), re.M | re.S))
        module = self.module
        exported = set(re.findall(r"\w+!?", re.search(r"^export (.*?)\n\n", module, re.M | re.S)[1]))
        defined = exported | set(re.findall(r"^(?:function |const |mutable struct |struct )?(\w+!?)[({ ]", module, re.M)) | set(HEADER.constants) | set(HEADER.functions)
        self.assertLessEqual(set(re.findall(r"Grazing\.(\w+!?)", code)) - {"jl"}, defined)
        known = {"include", "exp", "tanh", "println", "f!", "solve", "ODEProblem", "Tsit5", "collect", "op"}
        for line in strip(code).splitlines():
            self.assertLessEqual(set(re.findall(r"(?<![\w.])([A-Za-z]\w*!?)\(", line)) - known, exported, line)
        # What its table names is exported, and every handle type is on the page.
        page = (ROOT / "docs" / "julia.md").read_text(encoding="utf-8")
        named = {name for row in re.findall(r"^\| .*", page, re.M) for name in re.findall(r"`(\w+!?)(?:\([^`]*\))?`", row)}
        self.assertLessEqual(named - {"g", "length"}, exported)
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

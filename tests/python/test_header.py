"""Everything the header declares is declared to ctypes as the header says, and used by the classes."""
import ctypes
import re
import subprocess
import unittest
from pathlib import Path

from support import ROOT, grazing
from grazing import header as parser, library

HEADER = (ROOT / "include" / "grazing.h").read_text(encoding="utf-8")
SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(grazing.__file__).parent.glob("*.py"))


class Header(unittest.TestCase):
    def test_every_function_is_declared(self):
        """Names by a plain search of the header and by the library's own symbol table."""
        names = set(re.findall(r"^GRZ_API .*?(grz_\w+)\(", HEADER, re.M))
        self.assertEqual(names, set(grazing.declarations.functions))
        symbols = subprocess.run(["nm", "-D", "--defined-only", library._cdll._name], check=True, capture_output=True, text=True).stdout
        self.assertEqual(names, set(re.findall(r" T (grz_\w+)", symbols)))
        for name in names:
            function = getattr(grazing.lib, name)
            self.assertIsNotNone(function.argtypes, name)
            self.assertEqual(len(function.argtypes), len(grazing.declarations.functions[name].arguments), name)

    def test_every_function_has_a_method(self):
        missing = [name for name in grazing.declarations.functions  # handles destroy themselves
                   if not name.endswith("_destroy") and not re.search(rf"\blib\.{name}\b", SOURCES)]
        self.assertEqual(missing, [], "functions of grazing.h that no class of examples/python/grazing calls")

    def test_types(self):
        lib = grazing.lib
        kinds = [kind.__name__ for kind in lib.grz_distribution_create_bimaxwellian.argtypes]
        self.assertEqual(kinds, ["grz_context", "grz_grid", "c_double"] + ["double_array"] * 3 + ["LP_grz_distribution"])
        self.assertTrue(lib.grz_kernel_spectrum.argtypes[-1].writeable and not lib.grz_kernel_beta.argtypes[2].writeable)
        self.assertIs(lib.grz_grid_spacing.restype, ctypes.c_double)
        self.assertIs(lib.grz_status_name.restype, ctypes.c_char_p)
        self.assertIsNone(lib.grz_fft_lock_planner.restype)
        with grazing.Context() as context, grazing.Grid(context, 8, 1) as grid:
            for wrong in (grid._pointer, context, 3.5, 0, "context"):
                with self.assertRaises(ctypes.ArgumentError):
                    lib.grz_kernel_gamma(wrong)

    def test_constants(self):
        """The header's, the library's and the module's."""
        values = {name: int(value) for name, value in re.findall(r"\b(GRZ_\w+) = (-?\d+)", re.sub(r"/\*.*?\*/", "", HEADER, flags=re.S))}
        self.assertEqual({**values, **grazing.declarations.macros}, grazing.library_constants())
        for name, value in values.items():
            self.assertEqual(getattr(grazing, name[4:]), value)
        for status in values.values():
            self.assertIsInstance(grazing.status_string(status), str)

    def test_versions(self):
        self.assertRegex(grazing.version(), r"^\d+\.\d+\.\d+$")
        self.assertEqual(grazing.abi_version(), grazing.declarations.macros["GRZ_ABI_VERSION"])
        self.assertIn("libgrazing " + grazing.version(), grazing.build_configuration())

    def test_unreadable_declarations_are_refused(self):
        for text in ("GRZ_API int f(struct {int a;} x);", "GRZ_API double grz_x(double a[3]);", "int grz_y(void);", "GRZ_API void grz_z(int, ...);"):
            with self.assertRaises(ValueError):
                parser.parse(text)
        parsed = parser.parse("typedef enum grz_a { GRZ_P, GRZ_Q = 5, GRZ_R } grz_a; GRZ_API const char *grz_b(grz_a a, const double *x);")
        self.assertEqual(parsed.enums["grz_a"], {"GRZ_P": 0, "GRZ_Q": 5, "GRZ_R": 6})
        self.assertEqual([str(kind) for kind, _ in parsed.functions["grz_b"].arguments], ["grz_a", "const double *"])


if __name__ == "__main__":
    unittest.main()

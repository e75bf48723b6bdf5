"""What help() and type checkers see: every public function and method has types, a numpydoc docstring that names its parameters and what it
returns, the exceptions of all statuses that grazing.h lists, and its arguments in C's order."""
import inspect
import re
import unittest

from support import ROOT, grazing
from grazing import document, header, library

THINGS = [getattr(grazing, name) for name in grazing.__all__]
PUBLIC = [entry for thing in THINGS + [getattr(grazing.plot, name) for name in grazing.plot.__all__] if getattr(thing, "__module__", "").startswith("grazing.")
          for entry in document.documented(thing) if not issubclass(type(thing), type) or not issubclass(thing, (tuple, BaseException))]
SAID = header.comments(library.header_text())


def unwrapped(function):
    return inspect.unwrap(function)


def parameters(function):
    return [p for p in inspect.signature(unwrapped(function)).parameters.values() if p.name not in ("self", "cls")]


class Documented(unittest.TestCase):
    def test_there_is_something_to_judge(self):
        self.assertGreater(len(PUBLIC), 150)

    def test_docstrings(self):
        """A sentence; where there are parameters, a section with each of them; where there is a result, what it is."""
        for name, function, carrier in PUBLIC:
            with self.subTest(name):
                text = carrier.__doc__
                self.assertTrue(text and text.strip(), "no docstring")
                text = inspect.cleandoc(text)
                listed = [word.strip(" *") for words in re.findall(r"^(\*?\*?\w[\w, ]*?)(?: :.*)?$",
                          text.partition("Parameters\n----------\n")[2].partition("\n\n")[0], re.M) for word in words.split(",")]
                self.assertEqual(sorted(listed), sorted(p.name for p in parameters(function)), "the section Parameters")
                if not isinstance(carrier, property) and not name.endswith("__init__") and parameters(function):
                    returns = inspect.signature(unwrapped(function)).return_annotation
                    if returns not in ("None", "Iterator[None]"):
                        self.assertIn("Returns\n-------\n", text)

    def test_types(self):
        for name, function, _ in PUBLIC:
            with self.subTest(name):
                signature = inspect.signature(unwrapped(function))
                for parameter in parameters(function):
                    self.assertIsNot(parameter.annotation, inspect.Parameter.empty, parameter.name)
                if not name.endswith("__init__"):
                    self.assertIsNot(signature.return_annotation, inspect.Signature.empty, "its result")
        self.assertTrue((ROOT / "examples" / "python" / "grazing" / "py.typed").exists())

    def test_errors(self):
        """Every status but that of a missing argument is named by its exception."""
        judged = 0
        for name, function, carrier in PUBLIC:
            for called in document._called(function):
                for status in set(re.findall(r"GRZ_ERROR_\w+", SAID[called].partition("Returns")[2])) - {"GRZ_ERROR_NULL_ARGUMENT"}:
                    with self.subTest(name):
                        self.assertIn(f"\n{library.errors[grazing.declarations.constants[status]].__name__}\n    ", carrier.__doc__)
                        judged += 1
        self.assertGreater(judged, 500)

    def test_order_of_arguments(self):
        """What Python and C both have comes in the same order."""
        judged = 0
        for name, function, _ in PUBLIC:
            called = document._called(function)
            if len(called) != 1:
                continue
            in_c = [argument for _, argument in grazing.declarations.functions[called[0]].arguments]
            ours = [{"operator": "op"}.get(p.name, p.name) for p in parameters(function)]
            common = [argument for argument in ours if argument in in_c]
            with self.subTest(name):
                self.assertEqual(common, sorted(common, key=in_c.index))
                judged += len(common)
        self.assertGreater(judged, 120)


if __name__ == "__main__":
    unittest.main()

"""The scripts of examples/python in a small setting, the code of docs/python.md, and finding the library."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import ROOT
from grazing import library, locate

EXAMPLES = ROOT / "examples" / "python"


class Examples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.scratch = Path(folder.name)
        os.environ.setdefault("MPLCONFIGDIR", folder.name)

    def run_python(self, *arguments, path=EXAMPLES, **environment):
        outside = {name: value for name, value in os.environ.items() if path == EXAMPLES or not name.startswith("GRAZING_")}
        result = subprocess.run([sys.executable, *map(str, arguments)], cwd=self.scratch, capture_output=True, text=True,
                                env={**outside, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1", **environment})
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def test_grazing_limit(self):
        text = self.run_python(EXAMPLES / "grazing_limit.py", "--n", 12, "--eps", "0.3,0.1")
        self.assertRegex(text, r"order 1\.9|order 2\.0")
        self.assertEqual((self.scratch / "grazing-limit-python.png").read_bytes()[:4], b"\x89PNG")

    def test_embed_scipy(self):
        text = self.run_python(EXAMPLES / "embed_scipy.py", "--end", "0.1", "--output", "flow.png")
        self.assertIn("largest error", text)
        self.assertGreater((self.scratch / "flow.png").stat().st_size, 10000)

    def test_pages(self):
        """The blocks of one page follow each other, as a reader runs them."""
        for page in ("docs/python.md", "README.md"):
            text = (ROOT / page).read_text(encoding="utf-8")
            code = "\n".join(re.findall(r"^```python\n(.*?)^```", text, re.M | re.S))
            if page != "README.md":
                self.assertGreater(len(code), 500)
            self.run_python("-W", "error", "-c", code)

    def test_installed(self):
        """A copy of the module outside the tree finds library and header through the loader's path, and says so when it does not."""
        shutil.copytree(EXAMPLES / "grazing", self.scratch / "site" / "grazing", ignore=shutil.ignore_patterns("__pycache__"))
        prefix = self.scratch / "prefix"
        (prefix / "lib").mkdir(parents=True)
        (prefix / "include").mkdir()
        shutil.copy(locate.loaded_path(library._cdll), prefix / "lib" / "libgrazing.so")
        shutil.copy(ROOT / "include" / "grazing.h", prefix / "include")
        show = "import grazing.library as l; import grazing.locate as w; print(w.loaded_path(l._cdll), l._header_path)"
        expected = f"{prefix}/lib/libgrazing.so {prefix}/include/grazing.h\n"
        site = self.scratch / "site"
        self.assertEqual(self.run_python("-c", show, path=site, LD_LIBRARY_PATH=f"{prefix}/lib"), expected)
        self.assertEqual(self.run_python("-c", show, path=site, GRAZING_LIBRARY=f"{prefix}/lib/libgrazing.so"), expected)
        refused = "try:\n    import grazing\nexcept ImportError as error:\n    print(error)"
        self.assertIn("GRAZING_LIBRARY", self.run_python("-c", refused, path=site, GRAZING_LIBRARY="/nonexistent.so"))
        (prefix / "include" / "grazing.h").write_text(
            (ROOT / "include" / "grazing.h").read_text(encoding="utf-8").replace("#define GRZ_VERSION_PATCH ", "#define GRZ_VERSION_PATCH 9"))
        self.assertIn("has version", self.run_python("-c", refused, path=site, GRAZING_LIBRARY=f"{prefix}/lib/libgrazing.so"))


if __name__ == "__main__":
    unittest.main()

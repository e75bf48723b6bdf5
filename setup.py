"""What pyproject.toml cannot say: the version is that of include/grazing.h, and make builds the library, which goes into the package."""
import os
import re
import shutil
import subprocess
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from wheel.bdist_wheel import bdist_wheel

HEADER = Path("include/grazing.h").read_text(encoding="utf-8")
VERSION = ".".join(re.search(rf"GRZ_VERSION_{part} (\d+)", HEADER)[1] for part in ("MAJOR", "MINOR", "PATCH"))


class WithLibrary(build_py):
    def run(self):
        super().run()
        if getattr(self, "editable_mode", False):
            return  # the package finds lib/ of its source tree
        if not os.environ.get("GRAZING_BUILT"):  # make wheel has built it
            subprocess.run(["make", "all"], check=True)
        package = Path(self.build_lib) / "grazing"
        shutil.copy("lib/libgrazing.so", package)
        shutil.copy("include/grazing.h", package)


class OfThisMachine(Distribution):
    def has_ext_modules(self):
        return True


class AnyPython(bdist_wheel):
    """ctypes: one wheel for every Python 3 of an architecture."""

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2])


setup(version=VERSION, cmdclass={"build_py": WithLibrary, "bdist_wheel": AnyPython}, distclass=OfThisMachine)

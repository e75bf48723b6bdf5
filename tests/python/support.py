"""What the tests of the Python module share."""
import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "python"))

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import numpy as np  # noqa: E402

import grazing  # noqa: E402

FAST = os.environ.get("GRZ_TEST_FAST", "0") != "0"


class Case(unittest.TestCase):
    """One thread, a context of its own for every test."""

    def setUp(self):
        self.context = grazing.Context(threads=1)

    def tearDown(self):
        self.context.close()

    def close_to(self, value, exact, relative):
        value, exact = np.asarray(value), np.asarray(exact)
        error = np.max(abs(value - exact)) / np.max(abs(exact))
        self.assertLess(error, relative)


def oracle(*options):
    """What the C tests' oracle (tests/oracle, which shares no code with the library) says: numbers and 3x3 tensors by name."""
    program = os.environ.get("GRAZING_ORACLE", str(ROOT / "build" / "release" / "tests" / "oracle" / "oracle"))
    text = subprocess.run([program, *map(str, options)], check=True, capture_output=True, text=True).stdout
    result, name = {}, None
    for line in text.splitlines():
        name = line[:14].strip() or name
        result.setdefault(name, []).append([float(word) for word in line[14:].split()])
    return {name: np.squeeze(rows) for name, rows in result.items()}


def two_gaussians(grid):
    return grazing.Distribution.mixture(grid, [0.6, 0.4], [[0.9, 0.2, 0], [-0.8, -0.3, 0.4]],
                                        [np.diag([0.8, 0.7, 0.9]), [[0.9, 0.1, 0], [0.1, 0.8, 0], [0, 0, 0.7]]])


def square(grid):
    vx, vy, vz = grid.velocities()
    return vx**2 + vy**2 + vz**2

#!/usr/bin/env python3
"""What a call from Python costs beside the same call from C: overhead of small calls (asked: at most 10 microseconds) and the time of one
application of the spectral operator at n = 32 (asked: within 2 per cent). C and Python take turns in one process, on one thread;
medians of the thread's processor time, which other programs disturb less than the clock on the wall.
"""
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "python"))

import numpy as np

import grazing
from grazing import library, locate


def c_loops(folder):
    output, place = Path(folder) / "apply_time.so", Path(locate.loaded_path(library._cdll)).parent
    subprocess.run([*os.environ.get("CC", "cc").split(), "-O2", "-shared", "-fPIC", f"-I{ROOT}/include", "-o", output, ROOT / "tests/bench/apply_time.c",
                    f"-L{place}", "-lgrazing", f"-Wl,-rpath,{place}"], check=True)
    loops = ctypes.CDLL(str(output))
    for name in ("time_apply", "time_values", "time_evaluate"):
        function = getattr(loops, name)
        function.restype, function.argtypes = ctypes.c_double, [ctypes.c_void_p] * (2 if name == "time_values" else 3) + [ctypes.c_int32]
    return loops


def address(array):
    return array.ctypes.data


def compare(from_c, from_python, count, rounds):
    """Medians over the rounds: seconds per call from C and from Python, their difference, their ratio (each within a round)."""
    c, python = [], []
    for _ in range(rounds):
        c.append(from_c(count) / count)
        begin = time.thread_time()
        for _ in range(count):
            from_python()
        python.append((time.thread_time() - begin) / count)
    return np.median(c), np.median(python), np.median(np.subtract(python, c)), np.median(np.divide(python, c))


def main():
    with tempfile.TemporaryDirectory() as folder, grazing.Context(threads=1) as context:
        loops = c_loops(folder)
        small = grazing.Grid(context, 8, 4)
        f, out = grazing.Distribution.bkw(small, 0.75), np.empty(small.shape)
        entropy, value = grazing.Functional.entropy(small), ctypes.c_double()
        values = f.copy_values()
        calls = [("512 values copied out", lambda count: loops.time_values(f._pointer, address(out), count), lambda: f.copy_values(out)),
                 ("entropy of 512 values", lambda count: loops.time_evaluate(entropy._pointer, address(values), ctypes.addressof(value), count),
                  lambda: entropy(values))]
        worst = 0
        for name, from_c, from_python in calls:
            c, python, difference, _ = compare(from_c, from_python, 100, 201)
            worst = max(worst, difference)
            print(f"{name}: C {1e6 * c:.2f} us, Python {1e6 * python:.2f} us, overhead {1e6 * difference:.2f} us")

        grid = grazing.Grid(context, 32, 6.62)
        op = grazing.Operator(grid, grazing.Kernel.power_law(context, 0, 0.5), "boltzmann", "spectral")
        op.setup()
        f, Q = grazing.Distribution.bkw(grid, 0.75).copy_values(), np.empty(grid.shape)

        def from_c(count):
            return loops.time_apply(op._pointer, address(f), address(Q), count)

        c, python, _, ratio = compare(from_c, lambda: op.apply(f, Q), 1, 101)
        fresh = compare(from_c, lambda: op(f), 1, 41)[3]
        print(f"spectral apply, n = 32: C {1e3 * c:.2f} ms, Python {1e3 * python:.2f} ms, ratio {ratio:.4f}, with a new array {fresh:.4f}")
    print(f"overhead {'within' if worst <= 10e-6 else 'ABOVE'} 10 us, apply {'within' if ratio <= 1.02 else 'NOT within'} 2 % of C")


if __name__ == "__main__":
    main()

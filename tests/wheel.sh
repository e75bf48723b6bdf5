#!/bin/sh
# Usage: wheel.sh FOLDER PYTHON. Installs the wheel of FOLDER by pip into a fresh virtual environment (which sees PYTHON's NumPy) without a
# network, and uses it there: it finds the library that it carries, loads nothing of its kind from elsewhere, computes what is exact, says its
# licence, and goes without a trace.
set -eu
wheel=$(ls "$1"/libgrazing-*.whl) python=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv --system-site-packages "$scratch/venv"
alone=
[ "$(id -u)" = 0 ] && unshare -n true 2>/dev/null && alone='unshare -n'
inside() { env -i PATH=/usr/bin:/bin HOME="$scratch" OMP_NUM_THREADS=2 OPENBLAS_NUM_THREADS=1 $alone "$scratch/venv/bin/python" "$@"; }
inside -m pip install -q --no-index --disable-pip-version-check "$wheel"
cd "$scratch"
cat >use.py <<'END'
import importlib.metadata
import re
import sys
from pathlib import Path

import numpy as np

import grazing
from grazing import library, locate

home = Path(sys.prefix).resolve()
assert Path(grazing.__file__).resolve().is_relative_to(home), grazing.__file__
assert Path(locate.loaded_path(library._cdll)).is_relative_to(home) and library._header_path.is_relative_to(home)
loaded = {Path(line.split(None, 5)[5].strip()) for line in Path("/proc/self/maps").read_text().splitlines() if "libgrazing.libs" in line}
assert any("fftw" in path.name for path in loaded) and any("openblas" in path.name for path in loaded), loaded
assert all(path.is_relative_to(home) for path in loaded)
assert "OpenBLAS" in grazing.build_configuration(), grazing.build_configuration()

# Q of the BKW solution, gamma = 0: (1 - K) 4 df/dK.
with grazing.Context(threads=1) as context:
    K, grid = 0.75, grazing.Grid(context, 32, 6.62)
    s = sum(v**2 for v in grid.velocities())
    a, b, gaussian = (5 * K - 3) / (2 * K), (1 - K) / (2 * K * K), (2 * np.pi * K) ** -1.5 * np.exp(-s / (2 * K))
    da, db = 3 / (2 * K * K), -1 / (2 * K * K) - (1 - K) / K**3
    exact = 4 * (1 - K) * gaussian * (da + db * s + (a + b * s) * (-1.5 / K + s / (2 * K * K)))
    Q = grazing.Operator(grid, grazing.Kernel.power_law(context, 0, 0.5), "landau", "spectral", radius=3)(grazing.Distribution.bkw(grid, K))
    error = abs(Q - exact).max() / abs(exact).max()
    assert error < 2e-3, error
    entropic = grazing.Operator(grazing.Grid(context, 8, 4), grazing.Kernel.power_law(context, -3, 1.5), "boltzmann", accuracy=1)
    assert np.isfinite(entropic(grazing.Distribution.maxwellian(entropic.grid))).all()

about = importlib.metadata.distribution("libgrazing")
assert about.version == grazing.__version__, about.version
assert "GPL-2.0-or-later" in about.metadata["License"]
licence = next(file for file in about.files if file.name == "LICENSE.bundle").read_text()
assert "GNU General Public License, version 2 or later" in licence and re.search(r"libfftw3-\w+\.so\.3: ", licence)
assert (Path(grazing.__file__).parent / "py.typed").exists()
print(f"error {error:.1e} of Q, {len(loaded)} libraries carried, {grazing.build_configuration()}")
END
inside -W error use.py
inside -m pip uninstall -q -y libgrazing
if find venv -path '*grazing*' | grep .; then echo "wheel: these are left" >&2 && exit 1; fi
echo "wheel: installed without a network, used, uninstalled"

"""Where libgrazing.so and grazing.h are: beside this file in a wheel, in lib/ and include/ of a prefix or source tree above it, else where
the loader finds them. GRAZING_LIBRARY and GRAZING_HEADER name others."""
from __future__ import annotations

import ctypes
import ctypes.util
import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ABOVE = _HERE.parents[:6]  # lib/python3/dist-packages, examples/python, a virtual environment's lib/python3.N/site-packages


def loaded_path(library: ctypes.CDLL) -> str:
    """Where a library that the loader found by name lies."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            return next((line.split(None, 5)[5].strip() for line in maps if "libgrazing" in line), library._name)
    except OSError:
        return library._name


def _library_places() -> list[str]:
    if named := os.environ.get("GRAZING_LIBRARY"):
        return [named]
    folders = [_HERE] + [folder for above in _ABOVE for folder in (above, above / "lib")]
    near = [str(path) for folder in folders if (path := folder / "libgrazing.so").exists()]
    return near + ["libgrazing.so", ctypes.util.find_library("grazing") or "", "/usr/local/lib/libgrazing.so"]


def load() -> ctypes.CDLL:
    """libgrazing, or an ImportError that says where it was looked for."""
    problems = []
    for place in filter(None, _library_places()):
        try:
            return ctypes.CDLL(place)
        except OSError as error:
            problems.append(str(error))
    raise ImportError("libgrazing was not found; build it with make, or name it in GRAZING_LIBRARY. Tried: " + "; ".join(problems))


def header_path(library: ctypes.CDLL) -> Path:
    """grazing.h of this library."""
    if named := os.environ.get("GRAZING_HEADER"):
        return Path(named)
    place = Path(loaded_path(library)).resolve()
    candidates = [place.parent / "grazing.h"]
    candidates += [prefix / "include" / "grazing.h" for prefix in place.parents[1:4]] + [_HERE / "grazing.h"]
    candidates += [prefix / "include" / "grazing.h" for prefix in [Path("/usr/local"), Path("/usr"), *_ABOVE]]
    for path in candidates:
        if path.exists():
            return path
    raise ImportError(f"grazing.h was not found near {place}; name it in GRAZING_HEADER")

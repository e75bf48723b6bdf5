"""libgrazing for Python: ctypes and NumPy, nothing to build.

    import grazing
    with grazing.Context() as context, grazing.Grid(context, 24, 5.5) as grid:
        kernel = grazing.Kernel.power_law(context, gamma=-3, nu=1.5)
        f = grazing.Distribution.bkw(grid, 0.75)
        Q = grazing.Operator(grid, kernel, "landau")(f)

The library is taken from GRAZING_LIBRARY, else from beside this package or from lib/ of a folder above it, else from where the loader finds it;
grazing.h from GRAZING_HEADER or from beside the library. Enumerators are here without their prefix GRZ_, and grazing.lib has every function of
the header under its C name. A status other than GRZ_OK raises its exception, all of them GrazingError. Arguments come in the order of grazing.h,
and the help of every class and function has what grazing.h says of it: equations, units, ranges, errors.
"""
from __future__ import annotations

from typing import Any

from . import document as _document
from . import plot
from .context import *
from .context import __all__ as _context
from .distance import Geodesic
from .distribution import Distribution, Regridded, regrid
from .flow import Flow
from .functional import Functional
from .geometry import *
from .geometry import __all__ as _geometry
from .grid import Grid, Moments
from .kernel import Kernel
from .ledger import Ledger
from .library import GrazingError, check, declarations, enums, errors, lib
from .limit import Limit
from .metric import Metric
from .mixture import Mixture, MixtureMoments, MixtureOperator, Species
from .operator import Operator
from .rate import *
from .rate import __all__ as _rate
from .run import Run
from .sphere import Sphere

_types = {_thing.__name__: _thing for _thing in (*enums.values(), *errors.values())}
globals().update(_types)
globals().update(constants)


def __getattr__(name: str) -> Any:  # enumerations, constants and exceptions of the header are in globals()
    from .library import nearest
    raise AttributeError(f"module 'grazing' has no attribute '{name}'{nearest(name, __all__)}")


__version__ = version()
__all__ = [*_context, *_geometry, *_rate, *constants, *_types, "Distribution", "Flow", "Functional", "Geodesic", "GrazingError", "Grid", "Kernel", "Ledger",
           "Limit", "Metric", "Mixture", "MixtureMoments", "MixtureOperator", "Moments", "Operator", "Regridded", "Run", "Species", "Sphere",
           "check", "declarations", "lib", "plot", "regrid"]
_document.complete([globals()[_name] for _name in __all__ if _name not in constants and _name not in _types])

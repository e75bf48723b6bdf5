"""libgrazing for Python: ctypes and NumPy, nothing to build.

    import grazing
    with grazing.Context() as context, grazing.Grid(context, 24, 5.5) as grid:
        kernel = grazing.Kernel.power_law(context, gamma=-3, nu=1.5)
        f = grazing.Distribution.bkw(grid, 0.75)
        Q = grazing.Operator(grid, kernel, "landau")(f)

The library is taken from GRAZING_LIBRARY, else from lib/ of the source tree that this file is in, else from where the loader finds it;
grazing.h from GRAZING_HEADER or from beside the library. Enumerators are here without their prefix GRZ_, and grazing.lib has every function of
the header under its C name. A status other than GRZ_OK raises its exception, all of them GrazingError.
"""
from .context import *
from .context import __all__ as _context
from .distance import Geodesic
from .distribution import Distribution, Grid, Moments, Regridded, regrid
from .flow import Flow, Ledger, Limit
from .geometry import *
from .geometry import __all__ as _geometry
from .kernel import Kernel
from .library import GrazingError, check, declarations, enums, errors, lib
from .operator import Functional, Metric, Operator
from .rate import *
from .rate import __all__ as _rate
from .sphere import Sphere

for _thing in (*enums.values(), *errors.values()):
    globals()[_thing.__name__] = _thing
globals().update(constants)

__version__ = version()
__all__ = [*_context, *_geometry, *_rate, *constants, *(thing.__name__ for thing in (*enums.values(), *errors.values())), "Distribution", "Flow",
           "Functional", "Geodesic", "GrazingError", "Grid", "Kernel", "Ledger", "Limit", "Metric", "Moments", "Operator", "Regridded", "Sphere", "check", "declarations", "lib", "regrid"]

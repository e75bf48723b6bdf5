"""Names for the types in signatures."""
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Callable, Union

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from .distribution import Distribution

Array = npt.NDArray[np.float64]
ArrayLike = npt.ArrayLike
Field = Union["Distribution", npt.ArrayLike]  # a function on a grid
Name = Union[str, int]                        # an enumerator, its value, or its own name: "landau"
Path = Union[str, bytes, "os.PathLike[str]"]
Function = Callable[..., Any]                 # a Python function that the library calls

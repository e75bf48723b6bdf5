"""A whole run in one file: box, kernel, options, times, densities, and the state to go on from."""
from __future__ import annotations

import json
import os
from pathlib import Path as _Path
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from .context import version
from .flow import Flow
from .grid import Grid, Moments
from .handle import read
from .hints import Array, ArrayLike, Field
from .kernel import Kernel, kernel_of
from .operator import Operator

if TYPE_CHECKING:
    from .context import Context

_FORMAT = "libgrazing run 1"


class Run:
    """Records a flow, as the observer of Flow.run, and keeps all that made it.

        run = grazing.Run(flow)
        flow.run(1.0, observer=run)
        run.save("run.npz")
        again = grazing.Run.load(context, "run.npz")
        again.flow.run(2.0, observer=again)        # goes on with the same bits

    Parameters
    ----------
    flow : Flow
        which it follows
    every : int
        records the first state and then every so many steps
    times : array_like, optional
        records the first state at or after each of these times instead

    Attributes
    ----------
    flow : Flow
        the flow, its operator, grid and kernel
    """

    def __init__(self, flow: Flow, every: int = 1, times: ArrayLike | None = None):
        if every < 1:
            raise ValueError(f"every = {every}, must be >= 1")
        self.flow, self._every, self._seen = flow, every, 0
        self._wanted = None if times is None else sorted(read(times, (-1,), "times").tolist())
        self._times: list[float] = []
        self._values: list[Array] = []

    def __call__(self, time: float, f: Field) -> None:
        if self._times and time <= self._times[-1]:
            return  # a run that goes on shows its first state again
        if self._wanted is None:
            wanted = self._seen % self._every == 0
            self._seen += 1
        else:
            wanted = not self._times or bool(self._wanted) and time >= self._wanted[0]
            self._wanted = [later for later in self._wanted if later > time]
        if wanted:
            self._times.append(time)
            self._values.append(np.array(f, dtype=float))

    def __repr__(self) -> str:
        return f"<Run of {len(self)} states of {self.flow!r}>"

    def __len__(self) -> int:
        return len(self._times)

    @property
    def grid(self) -> Grid:
        """The flow's grid."""
        return self.flow.operator.grid

    @property
    def kernel(self) -> Kernel:
        """The operator's kernel."""
        return self.flow.operator.kernel

    @property
    def times(self) -> Array:
        """Of the states, (count,)."""
        return np.array(self._times)

    @property
    def values(self) -> Array:
        """The states, (count, n, n, n), per velocity volume."""
        return np.array(self._values).reshape((len(self),) + self.flow.shape)

    @property
    def entropy(self) -> Array:
        """H = int f log f of every state, (count,)."""
        return np.array([self.grid.entropy(f)[0] for f in self._values])

    @property
    def moments(self) -> list[Moments]:
        """Of every state."""
        return [self.grid.moments(f)[0] for f in self._values]

    # Files.

    def _about(self) -> dict[str, Any]:
        operator, flow = self.flow.operator, self.flow
        n, half_width, *centre = operator._grid_key
        return {"format": _FORMAT, "library": version(), "grid": {"n": n, "half_width": half_width, "centre": centre},
                "kernel": [[_plain(part) for part in step] for step in operator.kernel._recipe],
                "equation": int(operator.equation), "method": int(operator.method), "operator_options": operator._chosen,
                "scheme": int(flow.scheme), "flow_options": flow._chosen}

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes everything to a file, replaced only once the new one is complete.

        Parameters
        ----------
        path : path
            .h5 or .hdf5 for HDF5 (with h5py), else NumPy's .npz
        """
        path = _Path(path)
        if not self.flow.started:
            raise ValueError("the flow has not been started")
        about = json.dumps(self._about())
        arrays = {"times": self.times, "values": self.values, "entropy": self.entropy, "state": self.flow.save()}
        new = path.with_name(path.name + ".new")
        try:
            if _is_hdf5(path):
                import h5py  # type: ignore
                with h5py.File(new, "w") as file:
                    file.attrs["about"] = about
                    for name, array in arrays.items():
                        file[name] = array
            else:
                with open(new, "wb") as file:
                    np.savez_compressed(file, about=np.array(about), **arrays)
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)

    @classmethod
    def load(cls, context: Context, path: str | os.PathLike[str], kernel: Kernel | None = None) -> Run:
        """Everything of a file: grid, kernel, operator and flow are made anew, and the flow goes on from its last state.

        Parameters
        ----------
        context : Context
            that they shall belong to
        path : path
            of save
        kernel : Kernel, optional
            needed where the kernel was a Python function, which no file holds

        Returns
        -------
        Run
            which records on, every state

        Raises
        ------
        ValueError
            not such a file, or its kernel was a Python function and none is given
        """
        path = _Path(path)
        if _is_hdf5(path):
            import h5py  # type: ignore
            with h5py.File(path, "r") as file:
                about, arrays = str(file.attrs.get("about", "{}")), {name: file[name][...] for name in ("times", "values", "state") if name in file}
        else:
            with np.load(path, allow_pickle=False) as file:
                about, arrays = str(file["about"]) if "about" in file else "{}", {name: file[name] for name in ("times", "values", "state") if name in file}
        said = json.loads(about)
        if said.get("format") != _FORMAT or len(arrays) != 3:
            raise ValueError(f"{path} is not a run of this library: its format is {said.get('format')!r}, not {_FORMAT!r}")
        grid = Grid(context, said["grid"]["n"], said["grid"]["half_width"], said["grid"]["centre"])
        operator = Operator(grid, _kernel_again(context, said["kernel"], kernel), said["equation"], said["method"], **said["operator_options"])
        flow = Flow(operator, said["scheme"], **said["flow_options"])
        flow.restore(arrays["state"])
        run = cls(flow)
        run._times, run._values = arrays["times"].tolist(), list(arrays["values"])
        return run


def _is_hdf5(path: _Path) -> bool:
    return path.suffix in (".h5", ".hdf5")


def _plain(part: Any) -> Any:
    """A part of a kernel's recipe for JSON."""
    if isinstance(part, Callable):  # type: ignore[arg-type]
        return {"function": f"{part.__module__}.{getattr(part, '__qualname__', type(part).__name__)}"}
    return list(part) if isinstance(part, tuple) else part


def _kernel_again(context: Context, recipe: list[list[Any]], kernel: Kernel | None) -> Kernel:
    functions = [part["function"] for step in recipe for part in step if isinstance(part, dict)]
    if kernel is not None:
        return kernel
    if functions:
        raise ValueError(f"the kernel was of the Python function {functions[0]}, which no file holds: give the kernel, too")
    return kernel_of(context, tuple(tuple(tuple(part) if isinstance(part, list) else part for part in step) for step in recipe))

"""Figures of densities, runs, ledgers and limit studies, by Matplotlib, which is asked for when the first one is drawn.

Every function draws into ax, or into a new figure, and returns the axes.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .hints import Field
from .run import Run

if TYPE_CHECKING:
    from .distribution import Distribution
    from .grid import Grid
    from .ledger import Ledger
    from .limit import Limit


def _axes(ax: Any) -> Any:
    if ax is not None:
        return ax
    import matplotlib.pyplot as pyplot  # type: ignore
    return pyplot.subplots(layout="constrained")[1]


def slice(f: Distribution | Field, grid: Grid | None = None, axis: int = 2, at: float | None = None, logarithmic: bool = False, ax: Any = None) -> Any:
    """A density, or any grid function, in a plane of velocity space.

    Parameters
    ----------
    f : Distribution or array_like (n, n, n)
        what is drawn
    grid : Grid, optional
        where it lives; needed for an array
    axis : int
        0, 1 or 2: the velocity component that is constant in the plane
    at : float, optional
        its value, in velocity, of which the nearest node is taken; the box's centre
    logarithmic : bool
        whether log10 is drawn, where f > 0
    ax : matplotlib.axes.Axes, optional
        where to

    Returns
    -------
    matplotlib.axes.Axes
        with a colour bar
    """
    if grid is None:
        if not hasattr(f, "grid"):
            raise ValueError("slice: an array needs its grid, too: slice(f, grid)")
        grid = f.grid
    values = np.asarray(f)
    if values.shape != grid.shape:
        raise ValueError(f"f: the shape has to be {grid.shape}, not {values.shape}")
    across = grid.axis(axis)
    index = int(np.argmin(abs(across - (grid.centre[axis] if at is None else at))))
    plane, first, second = np.take(values, index, axis), *(other for other in range(3) if other != axis)
    if logarithmic:
        plane = np.log10(np.where(plane > 0, plane, np.nan))
    signed = not logarithmic and plane.min() < -1e-3 * abs(plane).max()
    largest = abs(plane).max() if signed else None
    ax = _axes(ax)
    image = ax.pcolormesh(grid.axis(first), grid.axis(second), plane.T, shading="nearest", cmap="RdBu_r" if signed else "viridis",
                          vmin=-largest if signed else None, vmax=largest)
    ax.figure.colorbar(image, ax=ax, label="log10 f" if logarithmic else "f")
    names = [f"$v_{letter}$" for letter in "xyz"]
    ax.set(xlabel=names[first], ylabel=names[second], aspect="equal", title=f"{names[axis]} = {across[index]:.3g}")
    return ax


def entropy(run: Run | Ledger, ax: Any = None) -> Any:
    """H along a curve, above its value at the equilibrium of the same moments where the run has states.

    Parameters
    ----------
    run : Run or Ledger
        the curve
    ax : matplotlib.axes.Axes, optional
        where to

    Returns
    -------
    matplotlib.axes.Axes
        of a Run with a logarithmic scale
    """
    ax = _axes(ax)
    if isinstance(run, Run):
        grid, values = run.grid, run.values
        lowest = grid.entropy(grid.equilibrium(values[-1])[0])[0]
        above = run.entropy - lowest
        ax.semilogy(run.times, np.where(above > 0, above, np.nan), marker=".")
        ax.set(xlabel="t", ylabel="H(f) - H(M)")
    else:
        ax.plot(run["time"], run["entropy"], marker=".")
        ax.set(xlabel="t", ylabel="H")
    return ax


def ledger(ledger: Ledger, ax: Any = None) -> Any:
    """The energy-dissipation balance (1.3): the entropy's fall against what was dissipated and travelled.

    Parameters
    ----------
    ledger : Ledger
        which has ended
    ax : matplotlib.axes.Axes, optional
        where to

    Returns
    -------
    matplotlib.axes.Axes
        with a legend
    """
    ax = _axes(ax)
    time, H = ledger["time"], ledger["entropy"]
    ax.plot(time, H[0] - H, "k", label="H(0) - H(t)")
    ax.plot(time, (ledger["dissipated"] + ledger["travelled"]) / 2, "C1--", label=r"$\frac{1}{2}\int D + \frac{1}{2}\int |f'|^2$")
    ax.plot(time, ledger["dissipated"] / 2, "C0:", label=r"$\frac{1}{2}\int D$")
    ax.fill_between(time, -ledger["error"], ledger["error"], color="C3", alpha=0.3, lw=0)
    ax.plot(time, ledger["defect"], "C3", label="defect and its error")
    ax.set(xlabel="t")
    ax.legend()
    return ax


def limit_study(limit: Limit, quantities: tuple[str, ...] = ("entropy", "dissipation", "speed", "l1"), ax: Any = None) -> Any:
    """How fast curves come near the limit's.

    Parameters
    ----------
    limit : Limit
        two or more curves with eps > 0
    quantities : sequence of str
        distances, as in limit[quantity]; those that were not measured are left out
    ax : matplotlib.axes.Axes, optional
        where to

    Returns
    -------
    matplotlib.axes.Axes
        logarithmic, with a line of order two
    """
    ax = _axes(ax)
    eps = limit["eps"][1:]
    drawn = []
    for name in quantities:
        distances = abs(limit[name][1:])
        if np.all(np.isfinite(distances)) and np.any(distances > 0):
            ax.loglog(eps, distances, "o-", label=name.replace("_", " "))
            drawn.append(distances)
    if not drawn:
        raise ValueError(f"none of {', '.join(quantities)} was measured for these curves")
    ax.loglog(eps, 0.5 * drawn[0][-1] * (eps / eps[-1]) ** 2, "k:", label=r"$\varepsilon^2$")
    ax.set(xlabel=r"$\varepsilon$", ylabel="distance from the limit")
    ax.legend()
    return ax


__all__ = ["slice", "entropy", "ledger", "limit_study"]

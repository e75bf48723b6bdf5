"""A bar for long work, with the time that is left."""
from __future__ import annotations

import contextlib
import importlib.util
import sys
import time
from typing import Any, Iterator, TextIO


def clock(seconds: float) -> str:
    """75 as 1:15, 3700 as 1:01:40."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


class LineBar:
    """The bar without tqdm: one line, drawn again at most ten times a second.

    Parameters
    ----------
    stage : str
        what is computed
    file : file, optional
        where the line goes; stderr
    """

    WIDTH = 20

    def __init__(self, stage: str, file: TextIO | None = None):
        self.stage, self.file, self.begin, self.drawn, self.length = stage, file or sys.stderr, time.monotonic(), 0.0, 0

    def show(self, fraction: float) -> None:
        """Draws the line at a fraction of the work.

        Parameters
        ----------
        fraction : float
            in [0, 1]
        """
        now = time.monotonic()
        if fraction < 1 and now - self.drawn < 0.1:
            return
        self.drawn, spent = now, now - self.begin
        left = clock(spent / fraction - spent) if fraction > 0.001 else "?"
        full = int(self.WIDTH * fraction)
        line = f"{self.stage}: {100 * fraction:3.0f} % [{'#' * full}{'.' * (self.WIDTH - full)}] {clock(spent)}, {left} left"
        print("\r" + line.ljust(self.length), end="", file=self.file, flush=True)
        self.length = len(line)

    def close(self) -> None:
        """Takes the line away."""
        print("\r" + " " * self.length + "\r", end="", file=self.file, flush=True)


class TqdmBar:
    """The bar by tqdm.auto: a widget in a notebook, a line in a terminal.

    Parameters
    ----------
    stage : str
        what is computed
    file : file, optional
        where the line goes; stderr
    tqdm : type, optional
        the class of the bar; that of tqdm.auto
    """

    def __init__(self, stage: str, file: TextIO | None = None, tqdm: Any = None):
        if tqdm is None:
            from tqdm.auto import tqdm as auto  # type: ignore
            tqdm = auto
        self.bar = tqdm(total=1.0, desc=stage, file=file, leave=False, bar_format="{desc}: {percentage:3.0f}% |{bar}| {elapsed}<{remaining}")

    def show(self, fraction: float) -> None:
        """Moves the bar to a fraction of the work.

        Parameters
        ----------
        fraction : float
            in [0, 1]
        """
        self.bar.update(fraction - self.bar.n)

    def close(self) -> None:
        """Takes the bar away."""
        self.bar.close()


class ProgressBar:
    """What Context(progress=True) shows: one bar for a whole call with the time spent and left, tqdm's where it is installed.

    A flow or a study is one call: the stages of the applications inside it do not draw bars of their own.

    Parameters
    ----------
    file : file, optional
        where the bar goes; stderr
    tqdm : bool, optional
        False for the plain line even where tqdm is installed
    """

    def __init__(self, file: TextIO | None = None, tqdm: bool = True):
        self.file, self._kind = file, TqdmBar if tqdm and importlib.util.find_spec("tqdm") else LineBar
        self.stage: str | None = None
        self.whole: str | None = None
        self.bar: Any = None

    def __call__(self, stage: str, fraction: float) -> None:
        if self.whole is not None and stage != self.whole:
            return
        if stage != self.stage:
            self.close()
            self.stage, self.bar = stage, self._kind(stage, self.file)
        self.bar.show(fraction)

    @contextlib.contextmanager
    def during(self, stage: str) -> Iterator[None]:
        """One bar for this stage alone; within another one that one stays.

        Parameters
        ----------
        stage : str
            as the library reports it: "flow", "limit of solutions"
        """
        if self.whole is not None:
            yield
            return
        self.whole = stage
        try:
            yield
        finally:
            self.whole = None
            self.close()

    def close(self) -> None:
        """Takes the bar away."""
        if self.bar is not None:
            self.bar.close()
        self.stage = self.bar = None

    @property
    def shown(self) -> bool:
        """Whether there is a bar now."""
        return self.bar is not None

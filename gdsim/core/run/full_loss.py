"""The loss over all rows of the data, for a descent by batches.

A trace holds the loss of each update's own batch. What a class wants to see fall is the loss over
all rows. The path does not need it, so it is computed separately: at every row of a short run, and
at a thinned selection of the rows of a long run.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from gdsim.core.arrays import Floats, Integers
from gdsim.core.run.trace import Trace, first_difference

MOST = 1_024
"""About how many rows the loss is computed at; with twice as many, every other one is left out."""

_SLICE_SECONDS = 0.02


class FullLoss:
    """L over all rows of the data, at rows of a trace.

    One thread may call :meth:`advance` or take the :meth:`stages`; any thread may ask for the
    points.

    Parameters
    ----------
    trace : the run; it may go on growing.
    known : the full loss of another run, for the rows that both share.
    """

    def __init__(self, trace: Trace, known: FullLoss | None = None) -> None:
        self.trace = trace
        self._rows: Integers = np.empty(0, dtype=np.int64)
        self._losses: Floats = np.empty(0)
        if known is not None:
            rows, losses = known.points()
            shared = int(np.searchsorted(rows, first_difference(trace, known.trace)))
            self._rows, self._losses = rows[:shared], losses[:shared]
        self._points = (self._rows, self._losses)
        self._together = 1  # rows that are computed at once; follows the measured pace

    def points(self) -> tuple[Integers, Floats]:
        """The rows at which it is known, ascending, and the losses there, (n,) each."""
        return self._points

    def at(self, t: int) -> float:
        """The loss over all rows at row ``t``, whether it was computed already or not."""
        rows, losses = self._points
        index = int(np.searchsorted(rows, t))
        if index < len(rows) and rows[index] == t:
            return float(losses[index])
        return float(self._computed(np.array([t]))[0])

    def advance(self, seconds: float) -> bool:
        """Compute for about this time; returns whether everything wanted now is done."""
        end = time.perf_counter() + seconds
        missing = self._missing()
        done = 0
        while done < len(missing):
            begun = time.perf_counter()
            rows = missing[done : done + self._together]
            self._add(rows, self._computed(rows))
            done += len(rows)
            now = time.perf_counter()
            pace = seconds / 4 / max(now - begun, 1e-6)
            self._together = max(1, int(self._together * min(pace, 4.0)))
            if now >= end:
                break
        return done == len(missing)

    def stages(self) -> Iterator[tuple[float, tuple[Integers, Floats]]]:
        """Compute what is wanted now in slices of some hundredths of a second.

        Yields
        ------
        how much is done, from 0 to 1; and the points so far.
        """
        whole = max(1, len(self._missing()))
        while not self.advance(_SLICE_SECONDS):
            yield max(0.0, 1 - len(self._missing()) / whole), self.points()
        yield 1.0, self.points()

    def _missing(self) -> Integers:
        """The rows at which it is wanted and not known, the newest last."""
        stride = 1
        while len(self.trace) > MOST * stride:
            stride *= 2
        wanted = np.arange(0, len(self.trace), stride)
        return np.setdiff1d(wanted, self._rows, assume_unique=True)

    def _computed(self, rows: Integers) -> Floats:
        """The loss at these rows, ascending, each with the experiment of its stretch."""
        losses = np.empty(len(rows))
        starts = [stretch.start for stretch in self.trace.stretches]
        indices = np.searchsorted(starts, rows, side="right")
        for index in np.unique(indices):
            chosen = indices == index
            objective = self.trace.stretches[index - 1].experiment.objective()
            thetas = [self.trace.theta(int(row), int(row) + 1)[0] for row in rows[chosen]]
            losses[chosen] = objective.value(np.array(thetas).T)
        return losses

    def _add(self, rows: Integers, losses: Floats) -> None:
        indices = np.searchsorted(self._rows, rows)
        self._rows = np.insert(self._rows, indices, rows)
        self._losses = np.insert(self._losses, indices, losses)
        self._points = (self._rows, self._losses)


def differs(trace: Trace) -> bool:
    """Whether somewhere the loss of a row of this trace is not that of all rows of the data."""
    return any(stretch.experiment.learns_in_parts for stretch in trace.stretches)

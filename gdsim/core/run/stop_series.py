"""What the stop rules compare with ε, along a whole run, and where each would have ended it."""

from __future__ import annotations

import math

import numpy as np

from gdsim.core.arrays import Flags, Floats
from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.core.run.trace import Trace

# Norms of many rows at once may differ from the descent's own by this share.
_NORM_ERROR = 1e-12


def quantity_at(trace: Trace, row: int, stop: StopRule) -> float:
    """What the stop rule compares with ε at a row; NaN where there is nothing to compare."""
    step = trace.step(row)
    previous = float(trace.loss(row - 1, row)[0]) if row > 0 else math.nan
    return stop.at_row(step.delta.tolist(), step.gradient.tolist(), step.loss, previous)


def quantities(trace: Trace, stop: StopRule, start: int = 0, stop_row: int | None = None) -> Floats:
    """What the stop rule compares with ε in rows start … stop_row − 1, (n,), as in
    :func:`quantity_at` but for the rounding of a length."""
    start = max(start, 0)
    stop_row = len(trace) if stop_row is None else min(stop_row, len(trace))
    if stop_row <= start:
        return np.empty(0)
    return stop.at_rows(*_columns(trace, stop, start, stop_row))


def _columns(
    trace: Trace, stop: StopRule, start: int, end: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Δ, ∇L, L and the loss of the row before, of rows start … end − 1, as far as they are read."""
    nothing = np.empty((end - start, 0))
    loss = trace.loss(start, end)
    previous = loss
    if stop.reads("previous"):
        previous = trace.loss(max(start - 1, 0), end - 1)
        if start == 0:
            previous = np.concatenate(([math.nan], previous))
    return (
        trace.delta(start, end) if stop.reads("delta") else nothing,
        trace.gradient(start, end) if stop.reads("gradient") else nothing,
        loss,
        previous,
    )


def tolerances(trace: Trace, start: int, stop_row: int) -> Floats:
    """The ε of rows start … stop_row − 1, (n,)."""
    found = np.empty(max(stop_row - start, 0))
    for stretch in trace.stretches:
        if stretch.start < stop_row:
            found[max(stretch.start - start, 0) :] = stretch.experiment.epsilon
    return found


class FirstStops:
    """Where each stop rule would first have ended a run, found as its rows come in.

    The path is the one that was taken, with the ε of each row. A row that is not finite ends a run
    before any rule is tested.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.read = 0
        self._rows: dict[StopRule, int] = {}

    def row(self, stop: StopRule) -> int | None:
        """The first row at which the rule's quantity is below ε; None where no row read is."""
        return self._rows.get(stop)

    def advance(self, rows: int) -> bool:
        """Read up to ``rows`` further rows; returns whether some are left."""
        start, end = self.read, min(self.read + rows, len(self.trace))
        missing = [stop for stop in RULES if stop not in self._rows]
        if missing and start < end:
            epsilons = tolerances(self.trace, start, end)
            for stop in missing:
                below = start + np.flatnonzero(self._below(stop, start, end, epsilons))
                # Only the last row of a run can fail to be finite.
                row = next((row for row in below.tolist() if _is_finite(self.trace, row)), None)
                if row is not None:
                    self._rows[stop] = row
        self.read = end
        return end < len(self.trace)

    def _below(self, stop: StopRule, start: int, end: int, epsilons: Floats) -> Flags:
        columns = _columns(self.trace, stop, start, end)
        values = stop.at_rows(*columns)
        with np.errstate(invalid="ignore"):
            below: Flags = values < epsilons
            close = np.flatnonzero(np.abs(values - epsilons) <= _NORM_ERROR * epsilons)
        # Too close to decide from rounded numbers: compute as the descent itself does.
        rows = zip(*(column[close].tolist() for column in columns), strict=True)
        for index, row in zip(close, rows, strict=True):
            below[index] = stop.at_row(*row) < epsilons[index]
        return below


def _is_finite(trace: Trace, row: int) -> bool:
    """Whether L, ∇L, Δ and θ + Δ are."""
    step = trace.step(row)
    with np.errstate(over="ignore", invalid="ignore"):
        following = step.theta + step.delta
    return bool(np.isfinite([step.loss, *step.gradient, *step.delta, *following]).all())


class QuantitySeries:
    """A stop rule's quantity along a run, as far as it was read, in the form that plots read.

    A long run is read piece by piece, so that no frame is delayed.
    """

    def __init__(self, trace: Trace, stop: StopRule) -> None:
        self.trace = trace
        self.stop = stop
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def advance(self, rows: int) -> bool:
        """Read up to ``rows`` further rows; returns whether some are left."""
        self._length = min(self._length + rows, len(self.trace))
        return self._length < len(self.trace)

    def loss(self, start: int = 0, stop: int | None = None) -> Floats:
        """The quantity in rows start … stop − 1, (n,)."""
        stop = self._length if stop is None else min(stop, self._length)
        return quantities(self.trace, self.stop, start, stop)

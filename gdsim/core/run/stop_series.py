"""What the stop rules compare with ε, along a whole run, and where each would have ended it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from gdsim.core.arrays import Flags, Floats
from gdsim.core.run.stop_rules import RULES, StopRule
from gdsim.core.run.trace import Trace

# Norms of many rows at once may differ from the descent's own by this share.
_NORM_ERROR = 1e-12


def quantity_at(trace: Trace, row: int, stop: StopRule) -> float:
    """What the stop rule compares with ε at a row; NaN where there is nothing to compare.

    With batches smaller than all rows there is something at the ends of epochs only.
    """
    if trace.stretch(row).experiment.learns_in_parts:
        return trace.epochs.value(row, stop)
    step = trace.step(row)
    return stop.at_row(
        step.delta.tolist(), step.gradient.tolist(), step.loss, loss_before(trace, row)
    )


def loss_before(trace: Trace, row: int) -> float:
    """The loss of the row before; NaN where there is none, or where it is that of some rows of the
    data only."""
    if row == 0 or trace.stretch(row - 1).experiment.learns_in_parts:
        return math.nan
    return float(trace.loss(row - 1, row)[0])


def quantities(trace: Trace, stop: StopRule, start: int = 0, stop_row: int | None = None) -> Floats:
    """What the stop rule compares with ε in rows start … stop_row − 1, (n,), as in
    :func:`quantity_at` but for the rounding of a length."""
    start = max(start, 0)
    stop_row = len(trace) if stop_row is None else min(stop_row, len(trace))
    pieces = [
        trace.epochs.values(stop, first, end)
        if in_parts
        else stop.at_rows(*_columns(trace, stop, first, end))
        for first, end, in_parts in _pieces(trace, start, stop_row)
    ]
    return np.concatenate(pieces) if pieces else np.empty(0)


def _pieces(trace: Trace, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """First row, row past the last, and whether the batches are smaller than all rows."""
    following = [*(stretch.start for stretch in trace.stretches[1:]), end]
    for stretch, next_start in zip(trace.stretches, following, strict=True):
        first, last = max(start, stretch.start), min(end, next_start)
        if first < last:
            yield first, last, stretch.experiment.learns_in_parts


def _columns(
    trace: Trace, stop: StopRule, start: int, end: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Δ, ∇L, L and the loss of the row before, of rows start … end − 1 of a piece, as far as they
    are read."""
    nothing = np.empty((end - start, 0))
    loss = trace.loss(start, end)
    previous = loss
    if stop.reads("previous"):
        before = [loss_before(trace, start)]
        previous = np.concatenate((before, trace.loss(start, end - 1)))
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

    The path is the one that was taken, with the ε of each row. A row at which a run fails ends it
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
        for first, last, in_parts in _pieces(self.trace, start, end) if missing else ():
            epsilons = tolerances(self.trace, first, last)
            for stop in missing:
                below = first + np.flatnonzero(self._below(stop, first, last, epsilons, in_parts))
                # Only at the last row can a run have failed.
                row = next((row for row in below.tolist() if _is_sound(self.trace, row)), None)
                if row is not None:
                    self._rows.setdefault(stop, row)
        self.read = end
        return end < len(self.trace)

    def _below(
        self, stop: StopRule, start: int, end: int, epsilons: Floats, in_parts: bool
    ) -> Flags:
        if in_parts:
            with np.errstate(invalid="ignore"):
                return np.asarray(self.trace.epochs.values(stop, start, end) < epsilons)
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


def _is_sound(trace: Trace, row: int) -> bool:
    """Whether the run goes on from this row, or could."""
    ending = trace.ending
    if ending is not None and ending.outcome.is_failure and ending.t == row:
        return False
    step = trace.step(row)
    with np.errstate(over="ignore", invalid="ignore"):
        following = step.theta + step.delta
    return bool(np.isfinite([step.loss, *step.gradient, *step.delta, *following]).all())


class QuantitySeries:
    """A stop rule's quantity along a run, as far as it was read, in the form that plots read.

    A long run is read piece by piece, so that no frame is delayed. With batches smaller than all
    rows the value at the end of an epoch is held until the next one ends.
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
        found = quantities(self.trace, self.stop, start, stop)
        for first, last, in_parts in _pieces(self.trace, max(start, 0), stop):
            if in_parts:
                part = found[first - max(start, 0) : last - max(start, 0)]
                part[:] = _held(part, self.trace.epochs.last_value(first, self.stop))
        return found


def _held(values: Floats, before: float) -> Floats:
    """Every NaN replaced by the number in front of it, at the beginning by the one before."""
    known = np.where(np.isnan(values), -1, np.arange(len(values)))
    newest = np.maximum.accumulate(known)
    return np.where(newest < 0, before, values[newest])

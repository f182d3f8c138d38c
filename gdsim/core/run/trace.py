"""The record of a descent: one row a step, in columns, to which rows are only appended."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.run.ending import Ending
from gdsim.core.run.epochs import EpochEnds

if TYPE_CHECKING:
    from gdsim.core.run.experiment import Experiment


_FIRST_BLOCK = 1 << 8
_LARGEST_BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a descent: the state before an update, and the update.

    ``state`` is what the optimizer remembered before this update, a (d,) vector a name.
    """

    index: int
    theta: Floats  # (d,)
    loss: float
    gradient: Floats  # (d,)
    delta: Floats  # (d,), the update that the rule proposes
    eta: float
    state: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows made under one experiment.

    ``start`` is the first row. ``rule_start`` is the row at which the optimizer began, with its
    initial state: at row r its own count of updates is ``r − rule_start + 1``.
    """

    start: int
    rule_start: int
    experiment: Experiment


@dataclass(slots=True)
class _Block:
    first: int
    rows: Floats  # (capacity, width)
    used: int
    stretch: Stretch


class Trace:
    """Rows θ, L, ∇L, Δ, η and the optimizer's state, each exactly as it was computed.

    One thread appends; any thread may read rows below ``len(trace)``, which only grows. Rows are
    never changed after they are published.
    """

    def __init__(self, stretch: Stretch) -> None:
        self.parameters: tuple[str, ...] = stretch.experiment.parameters
        self.stretches: tuple[Stretch, ...] = (stretch,)
        self.ending: Ending | None = None
        self.is_full = False  # the memory that it may take is used up
        self.epochs = EpochEnds()
        """The ends of epochs, where the batches are smaller than all rows."""
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        self._length = 0
        self._released = 0
        self._nbytes = 0
        self._start: Floats | None = None  # θ of row 0
        self._first_loss: float | None = None
        self._measured = 0  # rows whose distance from the start is part of ``_radius``
        self._radius = 0.0

    def __len__(self) -> int:
        return self._length

    @property
    def nbytes(self) -> int:
        """The memory of the rows in bytes."""
        return self._nbytes + self.epochs.nbytes

    @property
    def experiment(self) -> Experiment:
        """The experiment of the newest rows."""
        return self.stretches[-1].experiment

    def append(self, rows: Floats) -> None:
        """Publish further rows, (n, width), laid out as :func:`row_width` says."""
        done = 0
        while done < len(rows):
            block = self._room(rows.shape[1])
            count = min(len(rows) - done, len(block.rows) - block.used)
            block.rows[block.used : block.used + count] = rows[done : done + count]
            block.used += count
            done += count
        self._length += len(rows)

    def _room(self, width: int) -> _Block:
        stretch = self.stretches[-1]
        if self._blocks:
            last = self._blocks[-1]
            if last.stretch is stretch and last.used < len(last.rows):
                return last
            first = last.first + last.used
            capacity = min(_LARGEST_BLOCK, 2 * len(last.rows))
        else:
            first, capacity = 0, _FIRST_BLOCK
        block = _Block(first, np.empty((capacity, width)), 0, stretch)
        self._add(block)
        return block

    def _add(self, block: _Block) -> None:
        self._blocks.append(block)
        self._starts.append(block.first)
        self._nbytes += block.rows.nbytes

    def fork(self, index: int, stretch: Stretch) -> Trace:
        """A new trace with the rows before ``index`` and a new stretch from there on."""
        forked = Trace(stretch)
        kept = [old for old in self.stretches if old.start < index and old is not stretch]
        forked.stretches = (*kept, stretch)
        for block in self._blocks:
            if block.first >= index:
                break
            used = min(block.used, index - block.first)
            whole = used == len(block.rows)
            # A block with room left is copied: its spare rows belong to the old trace.
            rows = block.rows if whole else block.rows[:used].copy()
            forked._add(_Block(block.first, rows, used, block.stretch))
        forked._length = index
        forked.epochs = self.epochs.before(index)
        forked._first_loss = self._first_loss if index else None
        forked._released = self._released
        if self._released:
            forked._start, forked._measured = self._start, self._measured
            forked._radius = self._radius
        return forked

    def copy(self) -> Trace:
        """A trace with the same rows and the same ending, which continues independently."""
        copied = self.fork(len(self), self.stretches[-1])
        copied.ending = self.ending
        return copied

    def bytes_from(self, index: int) -> int:
        """The memory of the blocks that begin at row ``index`` or later, in bytes."""
        return sum(block.rows.nbytes for block in self._blocks if block.first >= index)

    def release(self, below: int) -> None:
        """Free the memory of whole blocks before row ``below``; they can no longer be read."""
        self.radius()
        self.first_loss()
        self.epochs.release(below)
        while len(self._blocks) > 1 and self._blocks[0].first + self._blocks[0].used <= below:
            released = self._blocks.pop(0)
            self._starts.pop(0)
            self._nbytes -= released.rows.nbytes
            self._released = released.first + released.used

    def radius(self) -> float:
        """The largest distance of any iterate from the start; every row is measured once."""
        if self._length == 0:
            return 0.0
        if self._start is None:
            self._start = self.theta(0, 1)[0].copy()
        start = self._start
        while self._measured < (length := self._length):
            stop = min(length, self._measured + _LARGEST_BLOCK)
            with np.errstate(all="ignore"):
                apart = self.theta(self._measured, stop) - start
                largest = float(np.sqrt(np.square(apart).sum(axis=1)).max())
            self._radius = max(self._radius, largest if np.isfinite(largest) else np.inf)
            self._measured = stop
        return self._radius

    def first_loss(self) -> float:
        """L₀, the loss at row 0: over all rows where there are data."""
        if self._first_loss is None:
            experiment = self.stretches[0].experiment
            if experiment.learns_in_parts:
                self._first_loss = float(experiment.objective().value(self.theta(0, 1)[0]))
            else:
                self._first_loss = float(self.loss(0, 1)[0])
        return self._first_loss

    def theta(self, start: int = 0, stop: int | None = None) -> Floats:
        """θ of rows start … stop − 1, (n, d)."""
        d = len(self.parameters)
        return self._columns(start, stop, 0, d)

    def loss(self, start: int = 0, stop: int | None = None) -> Floats:
        """L(θ) of rows start … stop − 1, (n,)."""
        d = len(self.parameters)
        return self._columns(start, stop, d, d + 1)[:, 0]

    def gradient(self, start: int = 0, stop: int | None = None) -> Floats:
        """∇L(θ) of rows start … stop − 1, (n, d)."""
        d = len(self.parameters)
        return self._columns(start, stop, d + 1, 2 * d + 1)

    def delta(self, start: int = 0, stop: int | None = None) -> Floats:
        """Δ proposed in rows start … stop − 1, (n, d)."""
        d = len(self.parameters)
        return self._columns(start, stop, 2 * d + 1, 3 * d + 1)

    def eta(self, start: int = 0, stop: int | None = None) -> Floats:
        """η of rows start … stop − 1, (n,)."""
        d = len(self.parameters)
        return self._columns(start, stop, 3 * d + 1, 3 * d + 2)[:, 0]

    def stretch(self, index: int) -> Stretch:
        """The stretch that row ``index`` belongs to."""
        self._check(index)
        return self._block(index).stretch

    def step(self, index: int) -> Step:
        """Row ``index`` with everything that a readout shows."""
        self._check(index)
        block = self._block(index)
        d = len(self.parameters)
        row = block.rows[index - block.first].copy()
        row.flags.writeable = False
        names = block.stretch.experiment.rule.state
        state = {
            name: row[3 * d + 2 + d * number : 3 * d + 2 + d * (number + 1)]
            for number, name in enumerate(names)
        }
        return Step(
            index,
            row[:d],
            float(row[d]),
            row[d + 1 : 2 * d + 1],
            row[2 * d + 1 : 3 * d + 1],
            float(row[3 * d + 1]),
            state,
        )

    def _check(self, index: int) -> None:
        if not 0 <= index < self._length:
            raise IndexError(f"row {index} of {self._length}")
        if index < self._released:
            raise IndexError(f"row {index} was released")

    def _block(self, index: int) -> _Block:
        return self._blocks[bisect_right(self._starts, index) - 1]

    def _columns(self, start: int, stop: int | None, left: int, right: int) -> Floats:
        stop = self._length if stop is None else min(stop, self._length)
        start = max(start, 0)
        if start < self._released:
            raise IndexError(f"row {start} was released")
        if stop <= start:
            return np.empty((0, right - left))
        pieces = []
        number = bisect_right(self._starts, start) - 1
        while start < stop:
            block = self._blocks[number]
            end = min(stop, block.first + len(block.rows))
            pieces.append(block.rows[start - block.first : end - block.first, left:right])
            start = end
            number += 1
        columns = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        view = columns[:]
        view.flags.writeable = False
        return view


def first_difference(first: Trace, second: Trace) -> int:
    """The first row in which two traces differ; they share the rows before it."""
    for one, other in zip(first.stretches, second.stretches, strict=False):
        if one is not other:
            return min(one.start, other.start)
    longer = max(first.stretches, second.stretches, key=len)
    shared = min(len(first.stretches), len(second.stretches))
    if shared < len(longer):
        return longer[shared].start
    return min(len(first), len(second))


def row_width(dimension: int, states: int) -> int:
    """Numbers in a row: θ (d), L, ∇L (d), Δ (d), η, and d for each state."""
    return 3 * dimension + 2 + dimension * states

"""The ends of epochs: what the stop rules compare there, over all rows of the data.

With batches smaller than all rows, a single update says little: its step, its slope and its loss
are those of a few rows. The rules are therefore tested once an epoch, after each row of the data
has been used once.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.loss.objective import Objective
from gdsim.core.run.stop_rules import RULES, StopRule

_FIRST_ROOM = 16
_PLACES = {rule: place for place, rule in enumerate(RULES, start=2)}

_FARTHEST = 1e10


def farthest_loss(first_loss: float) -> float:
    """The size of a loss beyond which a descent that goes on so diverges: 10¹⁰ max(\\|L₀|, 1)."""
    return min(_FARTHEST * max(abs(first_loss), 1.0), sys.float_info.max)


def diverges(loss: float, before: float, first_loss: float) -> bool:
    """Whether L is beyond :func:`farthest_loss`, upwards and rising or downwards and falling.

    Parameters
    ----------
    before : the loss that L is compared with, of the row or the epoch before.
    """
    if not farthest_loss(first_loss) < abs(loss) < math.inf:
        return False
    return before < loss if loss > 0 else loss < before


def first_end(t: int, length: int) -> int:
    """The first row from ``t`` on at which an epoch of so many updates ends."""
    return max(1, -(-t // length)) * length


class EpochEnds:
    """The ends of epochs of a trace, to which further ones are only appended.

    One thread appends; any thread may read. With each end belong L over all rows and the quantity
    of every stop rule.
    """

    def __init__(self) -> None:
        self._table: Floats = np.empty((0, 2 + len(RULES)))
        self._filled: Floats = self._table

    @property
    def nbytes(self) -> int:
        """The memory of the ends in bytes."""
        return self._table.nbytes

    def append(self, t: int, loss: float, values: Sequence[float]) -> None:
        """Publish the end of an epoch.

        Parameters
        ----------
        values : of each of the ``RULES``.
        """
        count = len(self._filled)
        if count == len(self._table):
            larger = np.empty((max(_FIRST_ROOM, 2 * count), self._table.shape[1]))
            larger[:count] = self._filled
            self._table = larger
        self._table[count] = (t, loss, *values)
        self._filled = self._table[: count + 1]

    def value(self, t: int, stop: StopRule) -> float:
        """The quantity of a rule at row t; NaN where no epoch ends there."""
        return float(self.values(stop, t, t + 1)[0])

    def values(self, stop: StopRule, start: int, end: int) -> Floats:
        """The quantity of a rule in rows start … end − 1, (n,), NaN except at ends of epochs."""
        table = self._filled
        first, last = np.searchsorted(table[:, 0], (start, end))
        found = np.full(max(end - start, 0), math.nan)
        if stop.compares:
            rows = table[first:last, 0].astype(np.int64) - start
            found[rows] = table[first:last, _PLACES[stop]]
        return found

    def last_value(self, t: int, stop: StopRule) -> float:
        """The quantity of a rule at the newest end of an epoch up to row t; NaN before any."""
        table = self._filled
        index = int(np.searchsorted(table[:, 0], t, side="right"))
        return float(table[index - 1, _PLACES[stop]]) if index and stop.compares else math.nan

    def loss(self, t: int) -> float | None:
        """L over all rows at row t; None where no epoch ends there."""
        table = self._filled
        index = int(np.searchsorted(table[:, 0], t))
        return float(table[index, 1]) if index < len(table) and table[index, 0] == t else None

    def before(self, t: int) -> EpochEnds:
        """The ends before row t, to which others can be appended."""
        return self._part(slice(int(np.searchsorted(self._filled[:, 0], t))))

    def release(self, below: int) -> None:
        """Free the memory of the ends before row ``below``."""
        kept = self._part(slice(int(np.searchsorted(self._filled[:, 0], below)), None))
        self._table, self._filled = kept._table, kept._filled

    def _part(self, which: slice) -> EpochEnds:
        part = EpochEnds()
        part._table = part._filled = self._filled[which].copy()
        return part


class EpochTest:
    """What is computed at the end of every epoch of a descent, and tested there.

    Parameters
    ----------
    ends : to which each end is appended.
    objective : the mean over all rows.
    begin : θ (d,) at the beginning of the epoch under way.
    begin_loss : L over all rows there, where it is known.
    first_loss : gives L over all rows at the first row of the descent.
    """

    def __init__(
        self,
        ends: EpochEnds,
        objective: Objective,
        stop: StopRule,
        epsilon: float,
        begin: Floats,
        begin_loss: float | None,
        first_loss: Callable[[], float],
    ) -> None:
        self._ends = ends
        self._objective = objective
        self._stop = stop
        self._epsilon = epsilon
        self._begin = begin
        self._loss = begin_loss
        self._first_loss = first_loss
        self.has_diverged = False
        """Whether the last test ended the descent because L is beyond all bounds."""

    @property
    def loss(self) -> float:
        """L over all rows at the beginning of the epoch under way."""
        if self._loss is None:
            self._loss = float(self._objective.value(self._begin))
        return self._loss

    def ends_at(self, t: int, *theta: float) -> bool:
        """Append the end of an epoch at row t; returns whether the descent ends there."""
        here = np.array(theta)
        loss, gradient = float(self._objective.value(here)), self._objective.gradient(here)
        delta, before = here - self._begin, self.loss
        values = [rule.at_row(delta.tolist(), gradient.tolist(), loss, before) for rule in RULES]
        self._ends.append(t, loss, values)
        self._begin, self._loss = here, loss
        self.has_diverged = diverges(loss, before, self._first_loss())
        if self.has_diverged or not self._stop.compares:
            return self.has_diverged
        return values[RULES.index(self._stop)] < self._epsilon

"""A summary of a run's losses, so that plotting takes the same time for any length. NumPy only."""

from __future__ import annotations

from math import ceil, isfinite, log2
from typing import NamedTuple, Protocol

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.views.plot.growing_array import GrowingRows

_BLOCK = 64
_BLOCKS_AT_ONCE = 1024
# Of more rows than this, only summaries of blocks are read.
_MOST_SINGLE_ROWS = _BLOCK * 512
# Larger losses count as infinite.
_LARGEST = 1e300


class LossRows(Protocol):
    """The part of a trace that a summary uses."""

    def __len__(self) -> int:
        """The number of published rows."""

    def loss(self, start: int = 0, stop: int | None = None) -> Floats:
        """L of rows start … stop − 1."""


class Extent(NamedTuple):
    """The lowest, highest and lowest positive loss; NaN if there is none."""

    low: float
    high: float
    positive: float


class Envelope(NamedTuple):
    """A line in few points: the lowest and highest loss near each row; NaN if there is none.

    All arrays are (n,). ``positive`` is the lowest loss above 0. ``exact``: the points are all
    rows, and ``low`` equals ``high``.
    """

    rows: Floats
    low: Floats
    high: Floats
    positive: Floats
    exact: bool


class LossSummary:
    """The lowest and highest loss of blocks of 64, 128, 256… rows, and the rows where L rose.

    Each row of the trace is read once.
    """

    def __init__(self, trace: LossRows) -> None:
        self._trace = trace
        self._levels = [GrowingRows(3)]
        # For each block of 64 rows: the number of rises up to its end, and the row and the loss of
        # its first rise (NaN without one).
        self._rises = GrowingRows(3)
        self._extent = Extent(float("nan"), float("nan"), float("nan"))

    def update(self) -> None:
        """Read the blocks that have been completed."""
        length = len(self._trace)
        while (blocks := length // _BLOCK - len(self._rises)) > 0:
            self._read_blocks(min(blocks, _BLOCKS_AT_ONCE))

    def extent(self) -> Extent:
        """The lowest, highest and lowest positive loss of all rows."""
        tail = _finite(self._trace.loss(len(self._rises) * _BLOCK, len(self._trace)))
        if not len(tail):
            return self._extent
        return _wider(self._extent, np.array([_summed(tail[None, :])[0]]))

    def rises_until(self, row: int) -> int:
        """The number of rows up to and including ``row`` at which L was larger than just before."""
        row = min(row, len(self._trace) - 1)
        blocks = min((row + 1) // _BLOCK, len(self._rises))
        before = int(self._rises.rows()[blocks - 1, 0]) if blocks else 0
        losses = self._trace.loss(max(blocks * _BLOCK - 1, 0), row + 1)
        return before + int(np.count_nonzero(losses[1:] > losses[:-1]))

    def rise_after(self, row: int) -> int | None:
        """The first row after ``row`` at which L was larger than just before; None: no such row."""
        return self._rise(self.rises_until(row))

    def rise_before(self, row: int) -> int | None:
        """The last row before ``row`` at which L was larger than just before; None: no such row."""
        count = self.rises_until(row - 1) if row > 0 else 0
        return self._rise(count - 1) if count else None

    def _rise(self, index: int) -> int | None:
        """The row of the rise with this index, counted from 0; None if there are fewer."""
        counts = self._rises.rows()[:, 0]
        block = int(np.searchsorted(counts, index, side="right"))
        earlier = int(counts[block - 1]) if block else 0
        start = block * _BLOCK
        stop = start + _BLOCK if block < len(counts) else len(self._trace)
        losses = self._trace.loss(max(start - 1, 0), stop)
        rows = np.flatnonzero(losses[1:] > losses[:-1]) + max(start - 1, 0) + 1
        return int(rows[index - earlier]) if index - earlier < len(rows) else None

    def rises(self, first: int, last: int, bins: int) -> tuple[Floats, Floats]:
        """The rows in first … last − 1 at which L rose, at most one per bin, and their losses."""
        if last - first <= _MOST_SINGLE_ROWS:
            start = max(first - 1, 0)
            losses = self._trace.loss(start, last)
            indices = np.flatnonzero(losses[1:] > losses[:-1]) + 1
            rows: Floats = (indices + start).astype(np.float64)
            values: Floats = losses[indices]
        else:
            table = self._rises.rows()[first // _BLOCK : -(-last // _BLOCK)]
            table = table[np.isfinite(table[:, 1])]
            rows, values = table[:, 1], table[:, 2]
        width = _bin_rows(last - first, bins)
        _, indices = np.unique(rows // width, return_index=True)
        return rows[indices], values[indices]

    def envelope(self, first: int, last: int, bins: int) -> Envelope:
        """Rows first … last − 1 summarised in about ``bins`` points."""
        first, last = max(first, 0), min(last, len(self._trace))
        count = last - first
        if count <= bins or count <= 0:
            losses = _finite(self._trace.loss(first, last))
            with np.errstate(invalid="ignore"):
                positive = np.where(losses > 0, losses, np.nan)
            rows = np.arange(first, first + len(losses), dtype=np.float64)
            return Envelope(rows, losses, losses, positive, True)
        width = _bin_rows(count, bins)
        first -= first % width
        level = round(log2(width / _BLOCK)) if width >= _BLOCK else -1
        if level < 0:
            table = self._summed_rows(first, last, width)
        else:
            table = self._blocks(first, last, width, level)
        middles: Floats = first - 0.5 + width * (np.arange(len(table), dtype=np.float64) + 0.5)
        return Envelope(middles, table[:, 0], table[:, 1], table[:, 2], False)

    def _blocks(self, first: int, last: int, width: int, level: int) -> Floats:
        blocks = self._levels[level].rows() if level < len(self._levels) else np.empty((0, 3))
        whole = blocks[first // width : -(-last // width)]
        rest = (first // width + len(whole)) * width
        return (
            np.vstack((whole, self._incomplete_block(rest, last, width))) if rest < last else whole
        )

    def _incomplete_block(self, first: int, last: int, width: int) -> Floats:
        """The newest rows, which do not fill a block of this width yet, from shorter blocks."""
        base: Floats = self._levels[0].rows()[first // _BLOCK :]
        first_single_row = max(first, len(self._levels[0]) * _BLOCK)
        if first_single_row < last:
            base = np.vstack(
                (base, _summed(_finite(self._trace.loss(first_single_row, last))[None, :]))
            )
        starts = np.arange(0, len(base), width // _BLOCK)
        return np.column_stack(
            (
                np.fmin.reduceat(base[:, 0], starts),
                np.fmax.reduceat(base[:, 1], starts),
                np.fmin.reduceat(base[:, 2], starts),
            )
        )

    def _summed_rows(self, first: int, last: int, width: int) -> Floats:
        losses = _finite(self._trace.loss(first, last))
        padded = np.full(-(-len(losses) // width) * width, np.nan)
        padded[: len(losses)] = losses
        return _summed(padded.reshape(-1, width))

    def _read_blocks(self, blocks: int) -> None:
        done = len(self._rises)
        start, stop = done * _BLOCK, (done + blocks) * _BLOCK
        losses = self._trace.loss(max(start - 1, 0), stop)
        rose = np.zeros(stop - start, dtype=bool)
        rose[1 if start == 0 else 0 :] = losses[1:] > losses[:-1]
        block_losses = losses[-(stop - start) :].reshape(blocks, _BLOCK)
        block_rose = rose.reshape(blocks, _BLOCK)
        before = self._rises.rows()[-1, 0] if done else 0.0
        has_rise, first_rise = block_rose.any(axis=1), block_rose.argmax(axis=1)
        indices = np.arange(blocks)
        self._rises.append(
            np.column_stack(
                (
                    before + np.cumsum(block_rose.sum(axis=1)),
                    np.where(has_rise, start + indices * _BLOCK + first_rise, np.nan),
                    np.where(has_rise, block_losses[indices, first_rise], np.nan),
                )
            )
        )
        table = _summed(_finite(block_losses))
        self._levels[0].append(table)
        self._extent = _wider(self._extent, table)
        self._combine_blocks()

    def _combine_blocks(self) -> None:
        """Combine pairs of new blocks into blocks of twice the length, level by level."""
        level = 0
        while len(self._levels[level]) >= 2:
            if level + 1 == len(self._levels):
                self._levels.append(GrowingRows(3))
            upper = self._levels[level + 1]
            lower = self._levels[level].rows()
            new_rows = lower[2 * len(upper) : len(lower) // 2 * 2]
            upper.append(
                np.column_stack(
                    (
                        np.fmin(new_rows[::2, 0], new_rows[1::2, 0]),
                        np.fmax(new_rows[::2, 1], new_rows[1::2, 1]),
                        np.fmin(new_rows[::2, 2], new_rows[1::2, 2]),
                    )
                )
            )
            level += 1


def _bin_rows(count: int, bins: int) -> int:
    """The rows per bin: a power of two, so that bins do not move while rows are added."""
    return 1 << max(0, ceil(log2(count / max(bins, 1)))) if count > bins else 1


def _finite(losses: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(losses) < _LARGEST, losses, np.nan)


def _summed(losses: Floats) -> Floats:
    """Lowest, highest and lowest positive loss of each row of an array (n, width): (n, 3)."""
    with np.errstate(invalid="ignore"):
        positive = np.where(losses > 0, losses, np.nan)
    return np.column_stack(
        (
            np.fmin.reduce(losses, axis=1),
            np.fmax.reduce(losses, axis=1),
            np.fmin.reduce(positive, axis=1),
        )
    )


def _wider(extent: Extent, table: Floats) -> Extent:
    return Extent(
        float(np.fmin(extent.low, np.fmin.reduce(table[:, 0]))),
        float(np.fmax(extent.high, np.fmax.reduce(table[:, 1]))),
        float(np.fmin(extent.positive, np.fmin.reduce(table[:, 2]))),
    )


def union(extents: list[Extent]) -> Extent:
    """The extent of several runs together; NaN if no run has a value."""
    columns = zip(*extents, strict=True) if extents else ((), (), ())
    low, high, positive = ([v for v in column if isfinite(v)] for column in columns)
    nothing = float("nan")
    return Extent(
        min(low, default=nothing), max(high, default=nothing), min(positive, default=nothing)
    )

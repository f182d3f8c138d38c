"""Which rows each update uses, computed from the seed and the number of the update."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gdsim.core.arrays import Floats, Integers
from gdsim.core.data.dataset import Dataset

USUAL_SIZES = (1, 32, 64)
"""The sizes of batches that are offered: one row, and the usual mini-batches."""

_GATHERED = 8_192
"""Rows that are copied at once; one copy serves several small batches."""


@lru_cache(maxsize=4)
def shuffled(rows: int, seed: int, epoch: int) -> Integers:
    """The order of the rows in an epoch: a permutation of 0 … rows − 1, all equally likely.

    Every row draws a random number and the rows are sorted by it. Only the raw output of Philox
    is used, which NumPy promises to keep; its ``permutation`` may change from version to version.

    References
    ----------
    Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC 2011.
    """
    draws = np.random.Philox(key=[seed, epoch]).random_raw(rows)
    # With the row number in the lowest bits all numbers differ, so that any sort gives one order.
    low = np.uint64((1 << (rows - 1).bit_length()) - 1)
    tickets = np.sort((draws & ~low) | np.arange(rows, dtype=np.uint64))
    order = (tickets & low).astype(np.int64)
    order.flags.writeable = False
    return order


class Batches:
    """The rows of every update: all of them, or the next ``batch`` rows of a shuffled epoch.

    Parameters
    ----------
    rows : the number of rows in the data.
    batch : rows per update; None, or at least ``rows``: all rows, in the order of the data.
    seed : each seed gives another shuffling.
    """

    def __init__(self, rows: int, batch: int | None, seed: int) -> None:
        self.rows = rows
        self.size = rows if batch is None else min(batch, rows)
        self.seed = seed

    @property
    def is_whole(self) -> bool:
        """Whether every update uses all rows."""
        return self.size == self.rows

    @property
    def in_epoch(self) -> int:
        """Updates per epoch; the last one may use fewer rows than the others."""
        return -(-self.rows // self.size)

    def epoch_of(self, t: int) -> int:
        """The epoch that update ``t`` → ``t + 1`` belongs to, counted from 0."""
        return t // self.in_epoch

    def batch_of(self, t: int) -> int:
        """The number of the update within its epoch, counted from 0."""
        return t % self.in_epoch

    def rows_of(self, t: int) -> Integers:
        """The rows that update ``t`` → ``t + 1`` uses, in order."""
        if self.is_whole:
            return np.arange(self.rows)
        first = self.batch_of(t) * self.size
        return shuffled(self.rows, self.seed, self.epoch_of(t))[first : first + self.size]


class GatheredBatches:
    """The columns of each update's rows, as views into an array with the rows of many batches.

    Safe to use from any thread: the gathered rows are replaced as a whole.
    """

    def __init__(self, data: Dataset, batches: Batches) -> None:
        self.batches = batches
        self._columns = list(data.columns.values())
        self._together = max(1, _GATHERED // batches.size)  # batches per copy
        self._gathered: tuple[int, int, list[Floats]] = (-1, -1, [])

    def of(self, t: int) -> list[Floats]:
        """The columns of the rows of update ``t`` → ``t + 1``."""
        batches = self.batches
        if batches.is_whole:
            return self._columns
        epoch, batch = divmod(t, batches.in_epoch)
        piece, batch = divmod(batch, self._together)
        held_epoch, held_piece, columns = self._gathered
        if (epoch, piece) != (held_epoch, held_piece):
            count = self._together * batches.size
            order = shuffled(batches.rows, batches.seed, epoch)
            rows = order[piece * count : (piece + 1) * count]
            columns = [column[rows] for column in self._columns]
            self._gathered = (epoch, piece, columns)
        first = batch * batches.size
        return [column[first : first + batches.size] for column in columns]
